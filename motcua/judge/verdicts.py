"""Verdicts: what a case found, and the rules by which an acknowledgement is judged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from motcua.judge.ack import Ack, AckKind
from motcua.judge.books import State
from motcua.judge.wire import Exchange


class Verdict(StrEnum):
    """How a case ended.

    ``WARN``: no money is at risk, but the sender will be puzzled. ``UNSEEN``: the acknowledgement
    alone cannot tell; it takes a state address. ``SKIPPED``: not fired, for want of an order or
    because the correct notice already was refused.
    """

    PASS = "pass"  # noqa: S105 -- a verdict
    WARN = "warn"
    FAIL = "fail"
    UNSEEN = "unseen"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Opinion:
    """A verdict and why."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one case; ``about`` says what the case is for."""

    case: str
    title: str
    about: str
    opinion: Opinion
    exchanges: Sequence[Exchange] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is to judge by: the acknowledgements, and the books if one may look."""

    acks: Sequence[Ack]
    statuses: Sequence[int]
    state: State | None

    @property
    def ack(self) -> Ack:
        """The first acknowledgement."""
        return self.acks[0]

    @property
    def crashed(self) -> bool:
        """Whether the listener fell over: 5xx."""
        return any(status >= 500 for status in self.statuses)  # noqa: PLR2004 -- HTTP's class


Rule = Callable[[Seen], Opinion]


def _passes(reason: str) -> Opinion:
    return Opinion(Verdict.PASS, reason)


def _warns(reason: str) -> Opinion:
    return Opinion(Verdict.WARN, reason)


def _fails(reason: str) -> Opinion:
    return Opinion(Verdict.FAIL, reason)


def must_accept(seen: Seen) -> Opinion:
    """Judge a correct notice for an unpaid order: accepted, and booked once."""
    ack, state = seen.ack, seen.state
    if ack.kind is not AckKind.ACCEPTED:
        return _fails(f"a correct notice was not accepted: {ack.words}")
    if state is not None and not state.paid:
        return _fails(f"acknowledged with {ack.words}, but the order is not paid in the books")
    if state is not None and (state.payments or 1) > 1:
        return _fails(f"booked {state.payments} times by one notice")
    return _passes(f"accepted with {ack.words}" + (", and paid in the books" if state else ""))


def must_repeat(seen: Seen) -> Opinion:
    """Judge a notice that came before: acknowledged again, booked no second time."""
    ack, state = seen.ack, seen.state
    if state is not None and (state.payments or 1) > 1:
        return _fails(f"the same payment was booked {state.payments} times")
    if not ack.takes_it:
        return _fails(f"a repetition is not acknowledged ({ack.words}): the sender never stops")
    if ack.kind is AckKind.ALREADY:
        return _passes(f"known as confirmed before: {ack.words}")
    if state is not None and state.payments == 1:
        return _passes(f"acknowledged with {ack.words}, and booked once")
    return _warns(f"{ack.words} again, as if it were news; 02 would show that it was booked once")


def must_book_once(seen: Seen) -> Opinion:
    """Judge the same notice many times at once: one winner."""
    state = seen.state
    if state is not None and (state.payments or 1) > 1:
        return _fails(f"one payment was booked {state.payments} times")
    if state is not None and not state.paid:
        return _fails("none of the notices was booked")
    return _race(seen.acks, booked_once=state is not None and state.payments == 1)


def _race(acks: Sequence[Ack], *, booked_once: bool) -> Opinion:
    odd = [ack.words for ack in acks if not ack.takes_it]
    winners = sum(ack.kind is AckKind.ACCEPTED for ack in acks)
    if not winners:
        return _fails(f"none was accepted: {acks[0].words}")
    if odd:
        return _warns(f"{len(odd)} of {len(acks)} were not acknowledged: {odd[0]}")
    if winners == 1:
        return _passes(f"one accepted, {len(acks) - 1} known as confirmed before")
    if booked_once:
        return _passes(f"{winners} acknowledged as news, but booked once")
    return _warns(f"{winners} of {len(acks)} were accepted as news: look for double bookings")


def must_stay_unpaid(seen: Seen) -> Opinion:
    """Judge the notice of a failed payment: understood, and not booked as paid."""
    ack, state = seen.ack, seen.state
    if state is not None and state.paid:
        return _fails(f"a failed payment was booked as paid ({ack.words})")
    if not ack.readable:
        return _warns(f"not acknowledged ({ack.words}): the sender will repeat it")
    if state is None:
        said = f"{ack.words} says that the notice arrived, not how it was booked"
        return Opinion(Verdict.UNSEEN, f"{said}: give --state-url to find out")
    return _passes(f"answered {ack.words}, and not paid in the books")


@dataclass(frozen=True, slots=True)
class MustRefuse:
    """Judges a notice that must not be believed; ``codes`` are the right words to say so."""

    what: str
    codes: frozenset[str] = frozenset()

    def __call__(self, seen: Seen) -> Opinion:
        """Fail whoever took it; warn whoever refused it in other words."""
        ack, state = seen.ack, seen.state
        if state is not None and state.paid:
            return _fails(f"{self.what} was booked as paid (answered {ack.words})")
        if ack.takes_it:
            return _fails(f"{self.what} was accepted: {ack.words}")
        if not ack.readable:
            return _warns(f"refused, but not in the protocol's words: {ack.words}")
        if self.codes and ack.code not in self.codes:
            wanted = " or ".join(sorted(self.codes))
            return _warns(f"refused with {ack.words} where {wanted} would tell the sender why")
        return _passes(f"refused with {ack.words}")


@dataclass(frozen=True, slots=True)
class MustSurvive:
    """Judges bytes that are no notice at all: not believed, and no crash."""

    what: str

    def __call__(self, seen: Seen) -> Opinion:
        """Any refusal will do, even a closed connection; falling over will not."""
        ack, state = seen.ack, seen.state
        if (state is not None and state.paid) or ack.takes_it:
            return _fails(f"{self.what} was accepted: {ack.words}")
        if seen.crashed:
            return _warns(f"{self.what} made the listener fall over: {ack.words}")
        if ack.words.startswith("no answer within"):
            return _fails(f"{self.what} kept the listener busy: {ack.words}")
        return _passes(f"refused: {ack.words}")
