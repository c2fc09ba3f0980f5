"""What the owner of the phone answers when a bank asks there."""

from mock_bank.domain.errors import UnknownApproval
from mock_bank.domain.otp import Challenge, ChallengeState
from mock_bank.domain.payment import CALLED_OFF
from mock_bank.domain.visit import Stage
from mock_bank.ports import Unit, Work
from mock_bank.service.endings import close, current
from mock_bank.service.till import Till
from mock_bank.service.turns import customer_of, turn
from simkit.core.clock import Clock


class Approvals:
    """Takes answers from phones, at least once each and in any order."""

    def __init__(self, work: Work, clock: Clock, till: Till) -> None:
        """Take the ports."""
        self._work = work
        self._clock = clock
        self._till = till

    def answer(self, approval: str, *, approved: bool) -> ChallengeState:
        """Take an answer and return how the challenge stands.

        Only the first answer counts, and only in time: a later one changes nothing.
        """
        with self._work.write() as unit:
            token = unit.payments.by_approval(approval)
            if token is None:
                raise UnknownApproval(
                    "Yêu cầu phê duyệt này không còn hiệu lực. Hãy xem lại trang của ngân hàng.",
                    {"approval": "unknown, or another one was sent since"},
                )
            return self._judge(unit, token, approved=approved)

    def _judge(self, unit: Unit, token: str, *, approved: bool) -> ChallengeState:
        now = self._clock.now()
        payment = current(unit, token, now)
        visit, challenge = turn(unit, token, now)
        if challenge is None or visit.stage is not Stage.CONFIRM or not payment.is_open:
            return _seen(challenge)
        if not approved:
            refused = challenge.refuse()
            unit.payments.put_challenge(token, refused)
            close(unit, payment.end(CALLED_OFF))
            return refused.state
        passed = challenge.answer(challenge.code, now)
        unit.payments.put_challenge(token, passed)
        self._till.pay(unit, payment, customer_of(unit, payment, visit), now)
        return passed.state


def _seen(challenge: Challenge | None) -> ChallengeState:
    """Return how a challenge stands that no answer can change any more."""
    if challenge is None or challenge.state is ChallengeState.OPEN:
        return ChallengeState.LAPSED
    return challenge.state
