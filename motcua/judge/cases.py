"""The set of cases: what is fired, at which order, and by which rule the answer is judged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from motcua.judge.ack import ALREADY
from motcua.judge.dialects import Dialect, Moment, Order, PipeDialect
from motcua.judge.verdicts import (
    MustRefuse,
    MustSurvive,
    Rule,
    must_accept,
    must_book_once,
    must_repeat,
    must_stay_unpaid,
)
from motcua.judge.wire import Shot

AT_ONCE = 10
HUGE = 5 * 1024 * 1024
LONG_QUERY = 64 * 1024
WRONG_SECRET = "a-secret-that-nobody-has"  # noqa: S105 -- what a forger guesses
BAD_SIGNATURE = frozenset({"97"})
UNKNOWN = frozenset({"01"})


class Target(Enum):
    """Which order a case is fired at.

    ``VICTIM``: one that must stay unpaid and is used again as long as it does. ``FRESH``: one of
    its own, used up by the case. ``PAID``: the one that the correct notice paid.
    """

    VICTIM = "victim"
    FRESH = "fresh"
    PAID = "paid"


Make = Callable[[Dialect, Order, Moment], Sequence[Shot]]


@dataclass(frozen=True, slots=True)
class Case:
    """One case; ``about`` says what goes wrong in the world when a listener fails it."""

    key: str
    title: str
    about: str
    target: Target
    rule: Rule
    make: Make


def _correct(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    return [d.shot(d.signed(d.paid(order, moment)))]


def _parallel(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    return _correct(d, order, moment) * AT_ONCE


def _forged(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    return [d.shot(d.signed(d.paid(order, moment), WRONG_SECRET))]


def _missing(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    return [d.shot(d.paid(order, moment))]


def _empty(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    return [d.shot({**d.paid(order, moment), d.names.hash: ""})]


def _tampered(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    """Sign that the payment failed, then write that it succeeded."""
    paid = d.paid(order, moment)
    failed = d.signed(d.failed(paid)[0])
    return [d.shot({**failed, **paid, d.names.hash: failed[d.names.hash]})]


def _borrowed(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    """Take the genuine notice of another order and write this one's reference over it."""
    other = Order(f"{order.reference}X", order.amount)
    signed = d.signed(d.paid(other, moment))
    return [d.shot({**signed, d.names.reference: order.reference})]


def _wrong_amount(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    less = max(order.amount - 1_000, 1) if order.amount > 1 else 2
    return [d.shot(d.signed({**d.paid(order, moment), d.names.amount: less * d.unit}))]


def _unknown(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    stranger = Order(f"KHONGCO{moment.number:04d}{moment.stamp[-6:]}", order.amount)
    return _correct(d, stranger, moment)


def _wrong_partner(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    stranger = {**d.paid(order, moment), d.names.partner: "KHONGCO1"}
    return [d.shot(d.signed(stranger))]


def _wrong_currency(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    return [d.shot(d.signed({**d.paid(order, moment), d.names.currency: "USD"}))]


def _old_format(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    return [d.old_format(d.paid(order, moment))]


def _not_json(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    del order, moment
    like = d.shot({})
    if like.method == "GET":
        return [Shot("GET", query="%FF%FE=%00&vnp_Amount[]=1&vnp_TxnRef=%C3%28")]
    return [Shot("POST", b"<notice>\xff\x00{[", content_type=like.content_type)]


def _huge(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    paid = d.paid(order, moment)
    size = LONG_QUERY if d.shot(paid).method == "GET" else HUGE
    return [d.shot({**paid, d.names.info: "A" * size, d.names.hash: "0" * 64})]


def _upper_case(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    signed = d.signed(d.paid(order, moment))
    return [d.shot({**signed, d.names.hash: str(signed[d.names.hash]).upper()})]


def _failed(which: int) -> Make:
    def make(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
        return [d.shot(d.signed(d.failed(d.paid(order, moment))[which]))]

    return make


def _bent_query(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    return [d.shot(_pipe(d).query_answer_as_notice(d.paid(order, moment)))]


def _in_form(d: Dialect, order: Order, moment: Moment) -> list[Shot]:
    return [_pipe(d).in_form(d.signed(d.paid(order, moment)))]


def _pipe(d: Dialect) -> PipeDialect:
    if not isinstance(d, PipeDialect):
        raise TypeError(f"{d.key} has no such message")
    return d


CORRECT = Case(
    "correct",
    "Correct notice",
    "the baseline: without it no refusal below means anything",
    Target.FRESH,
    must_accept,
    _correct,
)


def cases(d: Dialect) -> list[Case]:
    """Return the cases of a dialect after the correct notice, in the order they are fired.

    The attacks come before what uses an order up, so that few orders go far.
    """
    found = [*_repeated(), *_attacks(d), *_noise(), *_outcomes(d)]
    return [case for case in found if d.names.currency or case.key != "wrong-currency"]


def _repeated() -> list[Case]:
    return [
        Case(
            "replayed",
            "Replayed: the correct notice again, byte for byte",
            f"platforms repeat notices; {ALREADY} stops them, booking twice pays twice",
            Target.PAID,
            must_repeat,
            _correct,
        ),
    ]


def _attacks(d: Dialect) -> list[Case]:
    return [
        _refused(
            "forged-signature",
            "Forged signature",
            "whoever knows an order number could mark it as paid",
            MustRefuse("a notice signed with a wrong secret", BAD_SIGNATURE),
            _forged,
        ),
        _refused(
            "missing-signature",
            "Missing signature",
            "a check that is skipped when there is nothing to check",
            MustRefuse("a notice without a signature", BAD_SIGNATURE),
            _missing,
        ),
        _refused(
            "empty-signature",
            "Empty signature",
            "the same with the field left empty",
            MustRefuse("a notice with an empty signature", BAD_SIGNATURE),
            _empty,
        ),
        _refused(
            "tampered-code",
            "Tampered after signing: a failure turned into a success",
            "a citizen edits the answer of a payment that failed",
            MustRefuse("a failed notice edited into a successful one", BAD_SIGNATURE),
            _tampered,
        ),
        _refused(
            "tampered-reference",
            "Tampered after signing: another order's signature",
            "one payment would settle any number of orders",
            MustRefuse("the notice of another order", BAD_SIGNATURE),
            _borrowed,
        ),
        _refused(
            "wrong-amount",
            "Wrong amount, correctly signed",
            "a fee of 150.000 đồng settled with 149.000",
            MustRefuse("a wrong amount", frozenset(filter(None, [d.amount_code]))),
            _wrong_amount,
        ),
        _refused(
            "wrong-currency",
            "Wrong currency, correctly signed",
            "the number is right and the money is not",
            MustRefuse("a payment in USD"),
            _wrong_currency,
        ),
        _refused(
            "unknown-order",
            "Unknown order, correctly signed",
            "acknowledged, it would never be told again, and the money would be lost track of",
            MustRefuse("a notice about an unknown order", UNKNOWN),
            _unknown,
        ),
        _refused(
            "wrong-partner",
            "Wrong partner, correctly signed",
            "the money went to somebody else's account",
            MustRefuse("somebody else's payment"),
            _wrong_partner,
        ),
        _refused(
            "old-format",
            "Old format: as an earlier version signed it",
            "an outdated hash is easier to forge; accepting it undoes the new one",
            MustRefuse("a notice in an old format"),
            _old_format,
        ),
        *_pipe_attacks(d),
    ]


def _pipe_attacks(d: Dialect) -> list[Case]:
    if not isinstance(d, PipeDialect):
        return []
    return [
        _refused(
            "query-as-confirm",
            "A QUERY answer «pending», bent into a CONFIRM",
            "values are joined by «|»: a signed answer fits a CONFIRM unless kind and «|» are "
            "looked at",
            MustRefuse("a pending QUERY answer sent as a CONFIRM"),
            _bent_query,
        ),
    ]


def _noise() -> list[Case]:
    return [
        _refused(
            "not-a-notice",
            "Bytes that are no notice",
            "a listener that falls over can be stopped by anybody",
            MustSurvive("garbage"),
            _not_json,
        ),
        _refused(
            "huge",
            "A huge notice, wrongly signed",
            "reading without a limit fills the memory",
            MustSurvive("a huge notice"),
            _huge,
        ),
    ]


def _outcomes(d: Dialect) -> list[Case]:
    found = [
        _fresh(
            "failed-code",
            "Failed payment, correctly signed",
            "a failed payment booked as paid gives the service away",
            must_stay_unpaid,
            _failed(0),
        ),
        _fresh(
            "parallel",
            f"The same notice {AT_ONCE} times at once",
            "platforms send duplicates 92 ms apart; a check before the lock books twice",
            must_book_once,
            _parallel,
        ),
        _fresh(
            "upper-case-hash",
            "Signature in upper-case hex",
            "hex has no case: comparing text refuses genuine payments",
            must_accept,
            _upper_case,
        ),
    ]
    if d.key == "vnptpay":
        found.append(
            _fresh(
                "form-data",
                "Correct notice in the form field «data»",
                "VNPT Pay sends JSON either as the body or in a form",
                must_accept,
                _in_form,
            )
        )
    if d.key == "vnpay":
        found.insert(
            1,
            _fresh(
                "failed-status",
                "Code 00 with a failed TransactionStatus, correctly signed",
                "charged only when both codes are 00",
                must_stay_unpaid,
                _failed(1),
            ),
        )
    return found


def _refused(key: str, title: str, about: str, rule: Rule, make: Make) -> Case:
    return Case(key, title, about, Target.VICTIM, rule, make)


def _fresh(key: str, title: str, about: str, rule: Rule, make: Make) -> Case:
    return Case(key, title, about, Target.FRESH, rule, make)
