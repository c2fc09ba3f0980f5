"""What the banks refuse."""

from simkit.core.errors import Conflict, NotFound, NotSignedIn, RuleBroken


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


class SignInLocked(RuleBroken):
    """Too many wrong passwords in a row; ``facts["until"]`` says when the door opens again."""

    code = "sign-in-locked"


class ResendTooSoon(RuleBroken):
    """Another code was asked for too soon; ``facts["seconds"]`` says how long to wait."""

    code = "resend-too-soon"


class UnknownApproval(NotFound):
    """No approval on a phone is known under that id."""

    code = "unknown-approval"


class UnknownMagic(RuleBroken):
    """The table of magic inputs has no row with that number."""

    code = "unknown-magic"


class UnknownRefund(NotFound):
    """No refund is known under that id."""

    code = "unknown-refund"


class OtherRefundSameId(Conflict):
    """The refund id is taken by a refund of another amount or payment."""

    code = "refund-id-taken"


class NotRefundable(Conflict):
    """The payment is not paid, so there is nothing to give back."""

    code = "not-refundable"


class RefundTooMuch(Conflict):
    """All refunds of a payment together would exceed it; ``facts["left"]`` says what is left."""

    code = "refund-too-much"


class BadQr(RuleBroken):
    """A text that is no VietQR code, or one that asks for something else than a transfer."""

    code = "bad-qr"


class UnknownAccount(NotFound):
    """No account has that number at any bank here."""

    code = "unknown-account"


class UnknownTransfer(NotFound):
    """No transfer is known under that key."""

    code = "unknown-transfer"


class OtherTransferSameKey(Conflict):
    """The idempotency key belongs to another transfer."""

    code = "transfer-key-taken"


class SignInNeeded(NotSignedIn):
    """Nobody is signed in at this bank's internet banking, or the header says nothing."""

    code = "sign-in-needed"
