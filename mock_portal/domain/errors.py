"""What the portal refuses; every code is part of its interface and never changes."""

from simkit.core.errors import BadInput, Conflict, NotAllowed, NotFound, NotSignedIn, RuleBroken


class ProcedureUnknown(NotFound):
    """The site pack has no procedure with that code."""

    code = "procedure-unknown"


class AgencyUnknown(NotFound):
    """The site pack has no agency with that code."""

    code = "agency-unknown"


class FieldUnknown(NotFound):
    """The site pack has no field (lĩnh vực) with that key."""

    code = "field-unknown"


class DossierCodeMalformed(BadInput):
    """The text cannot be the code of a dossier."""

    code = "dossier-code-malformed"


class FeeNotFixed(RuleBroken):
    """The source gives no amount: the agency sets the fee after it has received the dossier."""

    code = "fee-not-fixed"


class ChannelNotOffered(RuleBroken):
    """The procedure cannot be filed that way."""

    code = "channel-not-offered"


class CalendarEnds(RuleBroken):
    """The working calendar of the site pack does not reach that day."""

    code = "calendar-ends"


class SignInRefused(RuleBroken):
    """User name and password do not belong together; nobody learns which of the two is wrong."""

    code = "sign-in-refused"


class CitizenNotSignedIn(NotSignedIn):
    """The page is for citizens who have signed in."""

    code = "citizen-not-signed-in"


class OfficerNotSignedIn(NotSignedIn):
    """The page is for officers who have signed in."""

    code = "officer-not-signed-in"


class AccountNotActive(NotAllowed):
    """The citizen is known but has not typed the activation code yet."""

    code = "account-not-active"


class EmailTaken(Conflict):
    """One e-mail address holds one account only [S: FAQ 1]."""

    code = "email-taken"


class IdNumberTaken(Conflict):
    """One identity number holds one account only (ours: the user name is made from it)."""

    code = "id-number-taken"


class UserNameTaken(Conflict):
    """Another account has that user name."""

    code = "user-name-taken"


class ActivationCodeWrong(RuleBroken):
    """The typed code is not the one that was sent; ``facts`` tells how many tries are left."""

    code = "activation-code-wrong"


class ActivationCodeExpired(RuleBroken):
    """The code is too old, or was mistyped too often: a new one has to be asked for."""

    code = "activation-code-expired"


class CodeTooSoon(RuleBroken):
    """A new code is sent only some time after the last; ``facts`` tells the seconds to wait."""

    code = "code-too-soon"


class DossierUnknown(NotFound):
    """There is no dossier with that code, or none that the caller may see."""

    code = "dossier-unknown"


class DraftUnknown(NotFound):
    """The account has no draft with that reference."""

    code = "draft-unknown"


class AttachmentUnknown(NotFound):
    """The dossier has no such file, or none that the caller may see."""

    code = "attachment-unknown"


class DossierIncomplete(RuleBroken):
    """A dossier cannot be sent yet; ``facts`` maps each field or component to what is missing."""

    code = "dossier-incomplete"


class NotFiledOnline(RuleBroken):
    """The procedure takes no dossiers over this portal."""

    code = "not-filed-online"


class UnitNotInCharge(RuleBroken):
    """That agency does not execute that procedure."""

    code = "unit-not-in-charge"


class KeyReused(Conflict):
    """The same idempotency key came with another request."""

    code = "idempotency-key-reused"


class RoleMissing(NotAllowed):
    """The officer's roles do not include that step."""

    code = "role-missing"


class OtherUnit(NotAllowed):
    """The dossier belongs to another agency."""

    code = "other-unit"


class ReasonMissing(BadInput):
    """The step needs a reason that can be told to the citizen."""

    code = "reason-missing"


class ResultGoesByPost(Conflict):
    """The citizen chose delivery at home, so the desk does not hand the result out."""

    code = "result-goes-by-post"


class FeeNotDue(Conflict):
    """Nothing has to be paid for the dossier (any more)."""

    code = "fee-not-due"


class PaymentPending(Conflict):
    """Another attempt to pay the same fee is under way, or its result is not known yet."""

    code = "payment-pending"


class OrderUnknown(NotFound):
    """No payment was started under that reference."""

    code = "order-unknown"


class ReceiptUnknown(NotFound):
    """No receipt has that number, or none that the caller may see."""

    code = "receipt-unknown"


class PlatformRefused(RuleBroken):
    """The Payment Platform did not take the order; ``facts`` holds its code."""

    code = "platform-refused"


class ParcelUnknown(NotFound):
    """The portal sent no delivery order under that number."""

    code = "parcel-unknown"
