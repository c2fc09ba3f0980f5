"""What the banks refuse."""

from simkit.core.errors import Conflict, NotFound, RuleBroken


class UnbalancedEntry(RuleBroken):
    """An entry whose postings do not sum to zero, or that posts nothing."""

    code = "unbalanced-entry"


class NotEnoughMoney(RuleBroken):
    """A customer's account does not hold what is to leave it."""

    code = "not-enough-money"


class UnknownBank(RuleBroken):
    """No bank profile bears that code."""

    code = "unknown-bank"


class UnknownPayment(NotFound):
    """No payment is known under that request or link."""

    code = "unknown-payment"


class OtherPaymentSameId(Conflict):
    """The request id is taken by a payment of another amount, bank or order."""

    code = "request-id-taken"


class WrongSignIn(RuleBroken):
    """User name and password do not belong together at this bank; which is wrong is not told."""

    code = "wrong-sign-in"


class ConsentMissing(RuleBroken):
    """The bank's sentence was not ticked."""

    code = "consent-missing"


class WrongOtp(RuleBroken):
    """The code is not the one that was sent; ``facts["tries_left"]`` says how many tries remain."""

    code = "wrong-otp"
