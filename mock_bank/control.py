"""What the banks add to the control room: customers put in place, and the books laid open."""

from collections.abc import Callable, Mapping, Sequence

from mock_bank.domain.magic import MAGIC
from mock_bank.domain.profile import BANKS, BankProfile
from mock_bank.service import BankService
from mock_bank.service.books import Wanted
from simkit.core.errors import BadInput
from simkit.core.people import Person
from simkit.core.refs import PhoneNumber
from simkit.flaskkit.body import known_fields

# Every invented person of a new world signs in with the phone number and this word.
FIRST_PASSWORD = "Ngan-Hang-123"  # noqa: S105 -- invented, and in the README for everybody to read
FIRST_PIN = "246810"  # the wallet's word; invented, too
FIRST_BALANCE = 20_000_000  # đồng
MOST_BALANCE = 10**13
LONGEST_TEXT = 200
MOST_CUSTOMERS = 1000

_FIELDS = ("name", "phone", "user", "password", "bank", "balance")
_OPTIONAL = ("magic",)


def first_customers(people: Sequence[Person]) -> list[Wanted]:
    """Return an account for each person at each bank; the user name is the phone number."""
    return [
        Wanted(each.full_name, each.phone, each.phone, _first_word(bank), bank.code, FIRST_BALANCE)
        for each in people
        for bank in BANKS
    ]


def magic_customers() -> list[Wanted]:
    """Return one customer for each row of the magic table at each bank."""
    return [
        Wanted(
            row.holder,
            row.phone,
            row.phone,
            _first_word(bank),
            bank.code,
            FIRST_BALANCE,
            row.number,
        )
        for row in MAGIC
        for bank in BANKS
    ]


def _first_word(bank: BankProfile) -> str:
    return FIRST_PIN if bank.is_wallet else FIRST_PASSWORD


def reseed(service: BankService, body: Mapping[str, object]) -> Mapping[str, object]:
    """Put the customers of a body in place and note the outcomes that it asks for.

    ``{"customers": [{"name", "phone", "user", "password", "bank", "balance", "magic"?}],
    "outcomes": [{"payment" or "bank", "magic"}]}``, one of both may be missing; the same body
    again changes nothing. Tells account numbers.
    """
    listed = known_fields(body, (), ("customers", "outcomes"))
    if not listed:
        raise BadInput("customers or outcomes must be there.", {"customers": "missing"})
    wanted = [_wanted(index, each) for index, each in enumerate(_list(listed, "customers"))]
    wishes = [_wish(index, each) for index, each in enumerate(_list(listed, "outcomes"))]
    customers = service.books.seed(wanted)
    for key, number in wishes:
        service.books.wish(key, number)
    return {
        "customers": [{"user": c.user, "bank": c.bank, "account": c.account} for c in customers]
    }


def _list(body: Mapping[str, object], field: str) -> list[object]:
    listed = body.get(field, [])
    if not isinstance(listed, list) or len(listed) > MOST_CUSTOMERS:
        rule = f"must be a list of at most {MOST_CUSTOMERS}"
        raise BadInput(f"{field} {rule}.", {field: rule})
    return listed


def _wish(index: int, item: object) -> tuple[str, int | None]:
    """Read one outcome: about which payment or bank, and the row (null: as in life again)."""
    place = f"outcomes[{index}]"
    if not isinstance(item, dict):
        raise BadInput(f"{place} must be an object.", {place: "must be an object"})
    body = known_fields(item, ("magic",), ("payment", "bank"))
    about = [name for name in ("payment", "bank") if name in body]
    wrong = {f"{place}.magic": fault for fault in [_magic(body["magic"])] if fault}
    if len(about) != 1:
        wrong[place] = "must name either a payment or a bank"
    elif fault := (_bank if about == ["bank"] else _text)(body[about[0]]):
        wrong[f"{place}.{about[0]}"] = fault
    if wrong:
        raise BadInput(f"These fields are wrong: {', '.join(wrong)}.", wrong)
    number = body["magic"]
    return f"{about[0]}:{body[about[0]]}", number if isinstance(number, int) else None


def ledger(service: BankService) -> Mapping[str, object]:
    """Return accounts, entries, payments and refunds for the audit; amounts in đồng."""
    state = service.books.state()
    return {
        "accounts": [
            {
                "number": each.account.number,
                "owner": each.account.owner,
                "kind": each.account.kind.value,
                "balance": each.balance,
            }
            for each in state.standings
        ],
        "entries": [
            {
                "id": each.id,
                "account": each.posting.account,
                "amount": each.posting.amount,
                "about": each.about,
                "at": each.at.isoformat(),
            }
            for each in state.booked
        ],
        "entries_last": state.last_number,
        "payments": [
            {
                "request_id": each.order.request_id,
                "state": each.said.value,
                "amount": each.order.amount,
                "bank_ref": each.bank_ref,
                "reference": each.order.reference,
                "standing": each.state.value,
                "payer": each.payer,
            }
            for each in state.payments
        ],
        "refunds": [
            {
                "refund_id": each.refund_id,
                "request_id": each.request_id,
                "amount": each.amount,
                "state": each.state.value,
                "bank_ref": each.bank_ref,
            }
            for each in state.refunds
        ],
        "transfers": [
            {
                "key": each.key,
                "from": each.source,
                "to": each.target,
                "amount": each.amount,
                "state": each.state.value,
                "to_return": each.to_return,
            }
            for each in state.transfers
        ],
    }


def _wanted(index: int, item: object) -> Wanted:
    """Read one customer; what is wrong is named ``customers[3].phone``."""
    place = f"customers[{index}]"
    if not isinstance(item, dict):
        raise BadInput(f"{place} must be an object.", {place: "must be an object"})
    body = known_fields({"magic": None, **item}, _FIELDS, _OPTIONAL)
    wrong: dict[str, str] = {}
    for field, rule in _RULES.items():
        fault = rule(body[field])
        if fault:
            wrong[f"{place}.{field}"] = fault
    if wrong:
        raise BadInput(f"These fields are wrong: {', '.join(wrong)}.", wrong)
    texts = {field: str(body[field]) for field in ("name", "user", "password", "bank")}
    phone = str(PhoneNumber.parse(str(body["phone"])))
    number = body["magic"]
    magic = number if isinstance(number, int) else None
    return Wanted(phone=phone, balance=int(str(body["balance"])), magic=magic, **texts)


def _text(value: object) -> str:
    fits = isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT
    if fits and str(value).isprintable() and value == str(value).strip():
        return ""
    return f"must be a printable text of 1 to {LONGEST_TEXT} characters, no blanks at the ends"


def _phone(value: object) -> str:
    try:
        PhoneNumber.parse(value if isinstance(value, str) else "")
    except BadInput:
        return "must be a Vietnamese mobile number"
    return ""


def _bank(value: object) -> str:
    codes = [bank.code for bank in BANKS]
    return "" if value in codes else f"must be one of: {', '.join(codes)}"


def _balance(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_BALANCE:
        return ""
    return f"must be a whole number from 0 to {MOST_BALANCE}"


def _magic(value: object) -> str:
    known = [row.number for row in MAGIC]
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value in known):
        return ""
    return f"must be null or one of: {', '.join(map(str, known))}"


_RULES: Mapping[str, Callable[[object], str]] = {
    "name": _text,
    "phone": _phone,
    "user": _text,
    "password": _text,
    "bank": _bank,
    "balance": _balance,
    "magic": _magic,
}
