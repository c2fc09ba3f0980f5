"""The daily reconciliation file (đối soát) of a partner: written, read, compared, spoilt at will.

That such files are pipe-delimited lines, Base64 in JSON and named by date is [S]; the real layout
is not public, so this one is ours. UTF-8, each line ended by a line feed:

    H|1.0|partner|yyyyMMdd|yyyyMMddHHmmss of making|VND
    D|number from 1|PAY/REFUND|MaGiaoDich|MaThamChieu|đồng|state|yyyyMMddHHmmss|bank|bank's number
    T|number of D lines|đồng of PAY|đồng of REFUND|first 16 hex digits of SHA-256 of all before

The sums count what is SUCCESS. In values ``%``, ``|`` and line breaks stand as ``%25 %7C %0A %0D``.
"""

import binascii
import re
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from mock_payment_gateway.domain.text import is_storable
from simkit.core.chance import Ids
from simkit.core.clock import ICT
from simkit.core.errors import BadInput

VERSION = "1.0"
CURRENCY = "VND"
_SEAL = 16
_HEAD, _LINE, _TAIL = 6, 10, 5  # parts of each kind of line
_AMOUNT = re.compile(r"[0-9]{1,15}")
_MOST_FAULTS = 20
_ESCAPES = {"%": "%25", "|": "%7C", "\n": "%0A", "\r": "%0D"}
_ESCAPED = re.compile("%(?:25|7C|0A|0D)")
_BACK = {escape: sign for sign, escape in _ESCAPES.items()}
_NEEDS_ESCAPE = re.compile(r"[%|\r\n]")


class Kind(StrEnum):
    """What a line speaks of."""

    PAY = "PAY"
    REFUND = "REFUND"


class State(StrEnum):
    """How it stands at the end of the day."""

    SUCCESS = "SUCCESS"
    FAILED = "FAILED"
    PENDING = "PENDING"
    REVERSED = "REVERSED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One payment or refund in a file."""

    kind: Kind
    platform_id: str  # MaGiaoDich
    reference: str  # MaThamChieu
    amount: int  # đồng
    state: State
    at: datetime  # to the second
    bank: str
    bank_ref: str

    @property
    def key(self) -> tuple[str, str]:
        """Return what both sides know it by."""
        return self.kind, self.platform_id


@dataclass(frozen=True, slots=True)
class Day:
    """The file of one partner and day."""

    partner: str
    day: date
    made_at: datetime
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return f"doi-soat-{self.partner}-{self.day:%Y%m%d}.txt"

    def total(self, kind: Kind) -> int:
        """Return the đồng of what succeeded."""
        done = (e for e in self.entries if e.kind is kind and e.state is State.SUCCESS)
        return sum(entry.amount for entry in done)


class BadFile(BadInput):
    """A file that cannot be trusted; ``facts``: line -> what is wrong with it."""

    code = "bad-reconciliation-file"


# -- writing and reading ---------------------------------------------------------------------------


def _escaped(value: str) -> str:
    return _NEEDS_ESCAPE.sub(lambda found: _ESCAPES[found[0]], value)


def _line(*values: object) -> str:
    return "|".join(_escaped(str(value)) for value in values) + "\n"


def _stamp(at: datetime) -> str:
    return at.astimezone(ICT).strftime("%Y%m%d%H%M%S")


def write(day: Day) -> str:
    """Return the file of a day."""
    head = _line("H", VERSION, day.partner, f"{day.day:%Y%m%d}", _stamp(day.made_at), CURRENCY)
    lines = [
        _line(
            "D", number, e.kind, e.platform_id, e.reference, e.amount, e.state, _stamp(e.at),
            e.bank, e.bank_ref,
        )
        for number, e in enumerate(day.entries, start=1)
    ]  # fmt: skip
    body = head + "".join(lines)
    return body + _line("T", len(lines), day.total(Kind.PAY), day.total(Kind.REFUND), _seal(body))


def _seal(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:_SEAL]


class _Reader:
    """Reads lines one after the other and keeps every fault."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.faults: dict[str, str] = {}

    def fault(self, number: int, words: str) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.setdefault(f"dòng {number}", words)

    def parts(self, number: int, letter: str, count: int) -> list[str]:
        """Return the values of a line, or as many empty ones."""
        parts = [_ESCAPED.sub(lambda f: _BACK[f[0]], p) for p in self.lines[number - 1].split("|")]
        if len(parts) == count and parts[0] == letter:
            return parts
        self.fault(number, f"phải có {count} cột và bắt đầu bằng {letter}")
        return []

    def moment(self, number: int, text: str, shape: str = "%Y%m%d%H%M%S") -> datetime:
        try:
            at = datetime.strptime(f"{text}+0700", f"{shape}%z").replace(tzinfo=ICT)
        except ValueError:
            at = None
        if at is None or at.strftime(shape) != text:
            self.fault(number, f"thời gian không hợp lệ: {text[:20]}")
            return datetime.min.replace(tzinfo=ICT)
        return at

    def amount(self, number: int, text: str) -> int:
        if _AMOUNT.fullmatch(text):
            return int(text)
        self.fault(number, f"số không hợp lệ: {text[:20]}")
        return 0

    def entry(self, number: int) -> Entry | None:
        parts = self.parts(number, "D", _LINE)
        if not parts:
            return None
        _, place, kind, platform_id, reference, amount, state, at, bank, bank_ref = parts
        if place != str(number - 1):
            self.fault(number, f"số thứ tự phải là {number - 1}")
        if kind not in (*Kind,) or state not in (*State,):
            self.fault(number, "loại hoặc trạng thái không có trong danh sách")
            return None
        return Entry(
            Kind(kind),
            platform_id,
            reference,
            self.amount(number, amount),
            State(state),
            self.moment(number, at),
            bank,
            bank_ref,
        )

    def tail(self, day: Day) -> None:
        number = len(self.lines) - 1
        parts = self.parts(number, "T", _TAIL)
        told = [str(len(day.entries)), str(day.total(Kind.PAY)), str(day.total(Kind.REFUND))]
        if parts and not self.faults and parts[1:4] != told:
            self.fault(number, f"số dòng và tổng tiền phải là {'|'.join(told)}")
        body = self.text[: self.text.rstrip("\n").rfind("\n") + 1]
        if parts and parts[4] != _seal(body):
            self.fault(number, "mã kiểm tra không khớp, tệp đã bị sửa")

    def day(self) -> Day:
        parts = self.parts(1, "H", _HEAD) or ["H", "", "", "", "", ""]
        _, version, partner, on, made_at, currency = parts
        if (version, currency) != (VERSION, CURRENCY):
            self.fault(1, f"phiên bản phải là {VERSION}, tiền tệ {CURRENCY}")
        day = self.moment(1, on, "%Y%m%d").date()
        made = self.moment(1, made_at)
        entries = [self.entry(number) for number in range(2, len(self.lines) - 1)]
        return Day(partner, day, made, tuple(entry for entry in entries if entry))


_LEAST = 3  # head, tail, and what follows the last line feed


def read(text: str) -> Day:
    """Read a file, or raise ``BadFile`` naming the lines that are wrong."""
    if not is_storable(text) or not text.endswith("\n") or text.count("\n") < _LEAST - 1:
        raise BadFile(
            "Tệp đối soát không đủ dòng.", {"tệp": "phải có dòng đầu, dòng cuối và xuống dòng"}
        )
    reader = _Reader(text)
    day = reader.day()
    reader.tail(day)
    if reader.faults:
        raise BadFile("Tệp đối soát có dòng không đúng.", reader.faults)
    return day


def to_base64(text: str) -> str:
    """Return a file as it travels in JSON [S]."""
    return b64encode(text.encode()).decode("ascii")


def from_base64(text: str) -> str:
    """Return the file that travelled in JSON, or raise ``BadFile``."""
    try:
        return b64decode(text.encode("ascii"), validate=True).decode()
    except (binascii.Error, ValueError):
        raise BadFile("Tệp đối soát không đọc được.", {"tệp": "phải là Base64 của UTF-8"}) from None


# -- comparing -------------------------------------------------------------------------------------


class Difference(StrEnum):
    """In what two books can differ; «here» is one's own, «there» the other side's file."""

    MISSING_HERE = "missing-here"
    MISSING_THERE = "missing-there"
    AMOUNT = "amount-differs"
    STATE = "state-differs"
    DOUBLED_HERE = "doubled-here"
    DOUBLED_THERE = "doubled-there"


DIFFERENCES: Mapping[Difference, str] = {
    Difference.MISSING_HERE: "Có trong tệp đối soát, không có trong sổ",
    Difference.MISSING_THERE: "Có trong sổ, không có trong tệp đối soát",
    Difference.AMOUNT: "Số tiền khác nhau",
    Difference.STATE: "Trạng thái khác nhau",
    Difference.DOUBLED_HERE: "Ghi hai lần trong sổ",
    Difference.DOUBLED_THERE: "Ghi hai lần trong tệp đối soát",
}


@dataclass(frozen=True, slots=True, order=True)
class Mismatch:
    """One thing in which the books differ."""

    kind: Kind
    platform_id: str
    what: Difference


def compare(here: Iterable[Entry], there: Iterable[Entry]) -> tuple[Mismatch, ...]:
    """Return every difference between one's own book and the other side's, sorted by transaction.

    A transaction on both sides is compared by the first line of each; each further line with the
    same key is one doubling.
    """
    mine, theirs = _by_key(here), _by_key(there)
    found: list[Mismatch] = []
    for key in sorted(mine.keys() | theirs.keys()):
        ours, others = mine.get(key, []), theirs.get(key, [])
        differences = [
            *_pair(ours, others),
            *[Difference.DOUBLED_HERE] * (len(ours) - 1),
            *[Difference.DOUBLED_THERE] * (len(others) - 1),
        ]
        found += [Mismatch(Kind(key[0]), key[1], what) for what in differences]
    return tuple(found)


def _by_key(entries: Iterable[Entry]) -> dict[tuple[str, str], list[Entry]]:
    book: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        book[entry.key].append(entry)
    return book


def _pair(ours: Sequence[Entry], theirs: Sequence[Entry]) -> list[Difference]:
    if not ours:
        return [Difference.MISSING_HERE]
    if not theirs:
        return [Difference.MISSING_THERE]
    amount = [Difference.AMOUNT] if ours[0].amount != theirs[0].amount else []
    state = [Difference.STATE] if ours[0].state is not theirs[0].state else []
    return amount + state


# -- spoiling --------------------------------------------------------------------------------------

PLANTABLE = (
    Difference.MISSING_HERE,
    Difference.MISSING_THERE,
    Difference.AMOUNT,
    Difference.STATE,
    Difference.DOUBLED_THERE,
)
"""What can be planted in a file: all but a doubling in the reader's own book."""


def plant(day: Day, wanted: Sequence[Difference], ids: Ids) -> tuple[Day, tuple[Mismatch, ...]]:
    """Return the file with these differences in it, and where they are.

    The transactions of ``day`` are all different. Each difference goes to one of its own, drawn by
    chance; ``MISSING_HERE`` adds one that nobody made.
    Raises ``BadInput`` if one cannot be planted or there are too few transactions.
    """
    spoilt = [what for what in wanted if what is not Difference.MISSING_HERE]
    if not set(wanted) <= {*PLANTABLE}:
        raise BadInput("Không gieo được lỗi này vào tệp.", {"mismatches": ", ".join(PLANTABLE)})
    if len(spoilt) > len({entry.key for entry in day.entries}):
        rule = f"tối đa {len(day.entries)} lỗi trên giao dịch có sẵn"
        raise BadInput("Ngày này không đủ giao dịch để gieo lỗi.", {"mismatches": rule})
    entries, planted = list(day.entries), list[Mismatch]()
    left = sorted({entry.key for entry in entries})
    for what in wanted:
        if what is Difference.MISSING_HERE:
            at = len(entries)
            entries.append(_invented(day, ids, {e.platform_id for e in (*day.entries, *entries)}))
            planted.append(Mismatch(Kind.PAY, entries[at].platform_id, what))
            continue
        key = left.pop(ids.number("reconciliation-line", 0, len(left) - 1))
        at = next(index for index, entry in enumerate(entries) if entry.key == key)
        planted.append(Mismatch(Kind(key[0]), key[1], what))
        entries[at : at + 1] = _spoilt(entries[at], what, ids)
    return replace(day, entries=tuple(entries)), tuple(sorted(planted))


def _spoilt(entry: Entry, what: Difference, ids: Ids) -> list[Entry]:
    if what is Difference.MISSING_THERE:
        return []
    if what is Difference.DOUBLED_THERE:
        return [entry, entry]
    if what is Difference.AMOUNT:
        more = 1_000 * ids.number("reconciliation-amount", 1, 50)
        return [replace(entry, amount=entry.amount + more)]
    others = [state for state in State if state is not entry.state]
    return [replace(entry, state=others[ids.number("reconciliation-state", 0, 2)])]


def _invented(day: Day, ids: Ids, taken: set[str]) -> Entry:
    number = f"PP{day.day:%y%m%d}{ids.digits('reconciliation-id', 6)}"
    while number in taken:
        number += "X"
    morning = datetime(day.day.year, day.day.month, day.day.day, 8, tzinfo=ICT)
    return Entry(
        kind=Kind.PAY,
        platform_id=number,
        reference=f"LA{number}",
        amount=1_000 * ids.number("reconciliation-amount", 1, 500),
        state=State.SUCCESS,
        at=morning + timedelta(seconds=ids.number("reconciliation-time", 0, 36_000)),
        bank="NCB",
        bank_ref=ids.digits("reconciliation-bank-ref", 8),
    )
