"""Why a hash does not fit, as facts for a page, for machines and for the journal."""

from collections.abc import Mapping

from mock_payment_gateway.domain.explain import explain
from mock_payment_gateway.domain.signing_rules import VNPAY, SigningRule, vnpay_legacy
from mock_payment_gateway.domain.vnpay import wire
from mock_payment_gateway.domain.vnpay.pay import LEGACY


def explanation(raw: str, fields: Mapping[str, str], secret: str) -> dict[str, str]:
    """Explain the hash of a query string as received; empty facts are left out."""
    rule = VNPAY
    if fields.get("vnp_Version") in LEGACY:
        newer = fields.get(wire.HASH_TYPE, "").upper() == wire.HashKind.SHA256
        rule = vnpay_legacy("sha256" if newer else "md5")
    return explained(rule, raw, secret, fields.get(wire.HASH, ""))


def explained(
    rule: SigningRule, came: Mapping[str, object] | str, secret: str, signature: str
) -> dict[str, str]:
    """Explain the hash of any message; empty facts are left out."""
    found = explain(rule, came, secret, signature)
    gap = found.difference
    told = {
        "sentence": found.sentence,
        "ours": found.ours,
        "theirs": found.theirs or "",
        "findings": " ".join(found.codes),
        "at": str(gap.at) if gap else "",
        "our_context": gap.our_context if gap else "",
        "their_context": gap.their_context if gap else "",
    }
    return {name: value for name, value in told.items() if value}
