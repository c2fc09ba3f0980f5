"""What the gateway adds to the control room: whom it knows, and what is to happen."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from mock_payment_gateway.domain.course import Course
from mock_payment_gateway.domain.daybook import Plant
from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.domain.vnpay.merchant import Merchant
from mock_payment_gateway.domain.vnpay.sale import SaleEvent
from mock_payment_gateway.service import GatewayService
from mock_payment_gateway.service.vnpay import LEVERS
from simkit.core.errors import BadInput
from simkit.flaskkit.body import known_fields

T = TypeVar("T")
_KEYS = ("partners", "merchants", "courses", "events", "mismatches")
_EVENT_FIELDS = ("merchant", "reference", "event")
_COURSE_KEY = ("partner", "reference")


def reseed(service: GatewayService, body: Mapping[str, object]) -> Mapping[str, object]:
    """Do what each of these lists asks for; a wrong entry refuses the whole.

    ``partners`` of the platform and of VNPT Pay; ``merchants`` of VNPAY; ``courses``: the order of
    events of a transaction, a partner or the world; ``events``: what happens to a VNPAY payment;
    ``mismatches``: differences in the reconciliation file of a day.
    """
    known = known_fields(body, (), _KEYS)
    partners = _entries(known, "partners", Partner.read)
    merchants = _entries(known, "merchants", Merchant.read)
    courses = dict(_entries(known, "courses", _course))
    events = _entries(known, "events", _event)
    service.vnpay.direct(courses)
    service.register(partners)
    service.vnpay.register(merchants)
    plants = _entries(known, "mismatches", Plant.read)
    states = [service.vnpay.pull(*event).state for event in events]
    done = {
        "partners": [partner.code for partner in partners],
        "merchants": [merchant.tmn_code for merchant in merchants],
        "courses": len(courses),
        "events": states,
        "mismatches": [service.daybook.sow(plant) for plant in plants],
    }
    return {name: value for name, value in done.items() if name in known}


def ledger(service: GatewayService) -> Mapping[str, object]:
    """Return the gateway's part of the audit."""
    return {
        "payments": service.ledger(),
        "refunds": service.refunds.ledger(),
        **service.vnpay.ledger(),
    }


def _course(entry: Mapping[str, object]) -> tuple[tuple[str, str], Mapping[str, object]]:
    """Read one course: ``partner`` and ``reference`` are ``*`` for all, the rest is the course."""
    key = {name: entry.get(name, "*") for name in _COURSE_KEY}
    wrong = {
        name: "phải là chuỗi từ 1 đến 255 ký tự"
        for name, value in key.items()
        if not isinstance(value, str) or not 0 < len(value) <= 255  # noqa: PLR2004 -- as the rule says
    }
    if wrong:
        raise BadInput("Diễn biến giao dịch chưa đúng.", wrong)
    rest = {name: value for name, value in entry.items() if name not in _COURSE_KEY}
    Course().read(rest)
    return (str(key["partner"]), str(key["reference"])), rest


def _event(entry: Mapping[str, object]) -> tuple[str, str, SaleEvent]:
    texts = known_fields(entry, _EVENT_FIELDS)
    event = next((e for e in sorted(LEVERS) if e == texts["event"]), None)
    if event is None:
        rule = f"phải là một trong: {', '.join(sorted(LEVERS))}"
        raise BadInput("Sự kiện chưa đúng.", {"event": rule})
    return str(texts["merchant"]), str(texts["reference"]), event


def _entries(
    body: Mapping[str, object], name: str, read: Callable[[Mapping[str, object]], T]
) -> list[T]:
    """Read a list of entries; the facts of a refusal name the entry."""
    entries = body.get(name, [])
    if not isinstance(entries, list):
        raise BadInput(f"{name} phải là một danh sách.", {name: "phải là một danh sách"})
    return [_entry(entry, f"{name}[{number}]", read) for number, entry in enumerate(entries)]


def _entry(entry: object, where: str, read: Callable[[Mapping[str, object]], T]) -> T:
    if not isinstance(entry, dict):
        raise BadInput("Mục chưa đúng.", {where: "phải là một đối tượng"})
    try:
        return read(entry)
    except BadInput as wrong:
        facts = {f"{where}.{name}": rule for name, rule in wrong.facts.items()}
        raise BadInput(str(wrong), facts) from None
