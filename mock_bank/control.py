"""What the banks add to the control room: customers put in place, and the books laid open."""

from collections.abc import Callable, Mapping, Sequence

from mock_bank.domain.profile import BANKS
from mock_bank.service import BankService
from mock_bank.service.books import Wanted
from simkit.core.errors import BadInput
from simkit.core.people import Person
from simkit.core.refs import PhoneNumber
from simkit.flaskkit.body import known_fields

# Every invented person of a new world signs in with the phone number and this word.
FIRST_PASSWORD = "Ngan-Hang-123"  # noqa: S105 -- invented, and in the README for everybody to read
FIRST_BALANCE = 20_000_000  # đồng
MOST_BALANCE = 10**13
LONGEST_TEXT = 200
MOST_CUSTOMERS = 1000

_FIELDS = ("name", "phone", "user", "password", "bank", "balance")


def first_customers(people: Sequence[Person]) -> list[Wanted]:
    """Return an account for each person at each bank; the user name is the phone number."""
    return [
        Wanted(each.full_name, each.phone, each.phone, FIRST_PASSWORD, bank.code, FIRST_BALANCE)
        for each in people
        for bank in BANKS
    ]


def reseed(service: BankService, body: Mapping[str, object]) -> Mapping[str, object]:
    """Put the customers of a body in place and tell their account numbers.

    ``{"customers": [{"name", "phone", "user", "password", "bank", "balance"}]}``; the same body
    again changes nothing.
    """
    listed = known_fields(body, ("customers",))["customers"]
    if not isinstance(listed, list) or len(listed) > MOST_CUSTOMERS:
        rule = f"must be a list of at most {MOST_CUSTOMERS}"
        raise BadInput(f"customers {rule}.", {"customers": rule})
    customers = service.books.seed([_wanted(index, each) for index, each in enumerate(listed)])
    return {
        "customers": [{"user": c.user, "bank": c.bank, "account": c.account} for c in customers]
    }


def ledger(service: BankService) -> Mapping[str, object]:
    """Return accounts, entries and payments for the audit; amounts in đồng."""
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
        "payments": [
            {
                "request_id": each.order.request_id,
                "state": each.state.value,
                "amount": each.order.amount,
                "bank_ref": each.bank_ref,
                "reference": each.order.reference,
            }
            for each in state.payments
        ],
    }


def _wanted(index: int, item: object) -> Wanted:
    """Read one customer; what is wrong is named ``customers[3].phone``."""
    place = f"customers[{index}]"
    if not isinstance(item, dict):
        raise BadInput(f"{place} must be an object.", {place: "must be an object"})
    body = known_fields(item, _FIELDS)
    wrong: dict[str, str] = {}
    for field, rule in _RULES.items():
        fault = rule(body[field])
        if fault:
            wrong[f"{place}.{field}"] = fault
    if wrong:
        raise BadInput(f"These fields are wrong: {', '.join(wrong)}.", wrong)
    texts = {field: str(body[field]) for field in ("name", "user", "password", "bank")}
    phone = str(PhoneNumber.parse(str(body["phone"])))
    return Wanted(phone=phone, balance=int(str(body["balance"])), **texts)


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


_RULES: Mapping[str, Callable[[object], str]] = {
    "name": _text,
    "phone": _phone,
    "user": _text,
    "password": _text,
    "bank": _bank,
    "balance": _balance,
}
