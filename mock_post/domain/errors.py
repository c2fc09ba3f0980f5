"""Refusals of the post."""

from simkit.core.errors import NotAllowed, NotFound, RuleBroken


class ParcelUnknown(NotFound):
    """No parcel carries that item code."""

    code = "parcel-unknown"


class CustomerUnknown(NotAllowed):
    """Nobody has a contract with the post under that customer code."""

    code = "customer-unknown"


class CodNotOffered(RuleBroken):
    """Money is to be collected at the door, which this post does not do yet."""

    code = "cod-not-offered"
