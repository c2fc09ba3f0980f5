"""A trial: fires every case at a listener and judges what comes back."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from motcua.judge.ack import Ack, read_ack
from motcua.judge.books import Pool, State, StateReader
from motcua.judge.cases import CORRECT, Case, Target, cases
from motcua.judge.dialects import Dialect, Moment, Order, PipeDialect, pipe_hash
from motcua.judge.verdicts import Opinion, Result, Seen, Verdict
from motcua.judge.wire import Exchange, Line

NO_ORDER = "no unpaid order is left: give one more --order, or --setup-url"
NO_BASELINE = "the correct notice was not accepted, so a refusal here would mean nothing"


@dataclass
class Trial:
    """One run over one listener; ``stamp`` is when its notices say they were paid."""

    line: Line
    dialect: Dialect
    pool: Pool
    stamp: str
    state: StateReader | None = None
    _victim: Order | None = None
    _paid: Order | None = None
    _number: int = 0
    _first: Moment = field(default_factory=lambda: Moment("", 0))

    def run(self) -> Iterator[Result]:
        """Fire all cases, one after another, and yield each result as soon as it is known."""
        baseline = self._try(CORRECT)
        yield baseline
        if baseline.opinion.verdict is not Verdict.PASS:
            for case in cases(self.dialect):
                yield _skipped(case, NO_BASELINE)
            return
        yield self._ack_shape(baseline)
        for case in cases(self.dialect):
            yield self._try(case)

    # -- one case -----------------------------------------------------------------------------

    def _try(self, case: Case) -> Result:
        order = self._order_for(case)
        if order is None:
            return _skipped(case, NO_ORDER)
        exchanges = self._fire(case, order)
        seen = Seen(
            acks=[self._read(each) for each in exchanges],
            statuses=[each.answer.status for each in exchanges],
            state=self._state(order),
        )
        opinion = case.rule(seen)
        self._after(case, order, seen, opinion)
        return Result(case.key, case.title, case.about, opinion, tuple(exchanges))

    def _order_for(self, case: Case) -> Order | None:
        if case.target is Target.PAID:
            return self._paid
        if case.target is Target.FRESH:
            return self.pool.take()
        if self._victim is None:
            self._victim = self.pool.take()
        return self._victim

    def _fire(self, case: Case, order: Order) -> list[Exchange]:
        shots = case.make(self.dialect, order, self._moment(case))
        if len(shots) > 1:
            return self.line.fire_at_once(shots)
        return [self.line.fire(shot) for shot in shots]

    def _moment(self, case: Case) -> Moment:
        """Return a transaction of its own; a replay repeats the first one's."""
        if case.target is Target.PAID:
            return self._first
        self._number += 1
        moment = Moment(self.stamp, self._number)
        if case is CORRECT:
            self._first = moment
        return moment

    def _read(self, exchange: Exchange) -> Ack:
        return read_ack(exchange.answer, self.dialect.names.ack_code)

    def _state(self, order: Order) -> State | None:
        return self.state.of(order) if self.state else None

    def _after(self, case: Case, order: Order, seen: Seen, opinion: Opinion) -> None:
        """Keep the paid order for the replay; leave a victim that was taken in."""
        if case is CORRECT and opinion.verdict is Verdict.PASS:
            self._paid = order
        if case.target is Target.VICTIM and (seen.ack.takes_it or (seen.state and seen.state.paid)):
            self._victim = None

    # -- the shape of an acknowledgement ------------------------------------------------------

    def _ack_shape(self, baseline: Result) -> Result:
        """Judge by the correct notice's acknowledgement: fields, their spelling, its own hash."""
        ack = self._read(baseline.exchanges[0])
        odd = list(self._oddities(ack))
        opinion = (
            Opinion(Verdict.WARN, "; ".join(odd))
            if odd
            else Opinion(Verdict.PASS, f"complete: {', '.join(ack.fields)}")
        )
        about = "a tolerant platform copes, a strict one counts it as no answer and repeats"
        return Result("ack-shape", "Shape of the acknowledgement", about, opinion)

    def _oddities(self, ack: Ack) -> Iterator[str]:
        wanted = _ack_fields(self.dialect)
        for name in wanted:
            if name not in ack.fields:
                alike = [each for each in ack.fields if each.lower() == name.lower()]
                yield f"{name} is spelt {alike[0]}" if alike else f"{name} is missing"
        if isinstance(self.dialect, PipeDialect) and all(name in ack.fields for name in wanted):
            values = [ack.fields[name] for name in self.dialect.ack_order]
            right = pipe_hash(values, self.dialect.secret)
            if ack.fields[self.dialect.names.hash].lower() != right:
                yield f"{self.dialect.names.hash} is not the hash of the acknowledgement's values"


def _ack_fields(dialect: Dialect) -> tuple[str, ...]:
    if isinstance(dialect, PipeDialect):
        return (*dialect.ack_order, dialect.names.hash)
    return ("RspCode", "Message")


def _skipped(case: Case, why: str) -> Result:
    return Result(case.key, case.title, case.about, Opinion(Verdict.SKIPPED, why))
