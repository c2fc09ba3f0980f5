"""Refusals of the phone."""

from simkit.core.errors import Conflict, NotFound, TooMany


class NoSuchMessage(NotFound):
    """No message with that number is in this mailbox."""

    code = "no-such-message"


class IdTaken(Conflict):
    """The sender's reference came before, with another content."""

    code = "message-id-taken"


class TooManyWaiting(TooMany):
    """Every place to wait for a message is taken; asking without waiting still works."""

    code = "too-many-waiting"


class NoSuchApproval(NotFound):
    """No question with that id is on this phone."""

    code = "no-such-approval"
