"""What the gateway adds to the control room: partners can be put in place."""

from collections.abc import Mapping

from mock_payment_gateway.domain.partner import Partner
from mock_payment_gateway.service import GatewayService
from simkit.core.errors import BadInput
from simkit.flaskkit.body import known_fields


def reseed(service: GatewayService, body: Mapping[str, object]) -> Mapping[str, object]:
    """Register ``{"partners": [{"code", "name", "secret", "confirm_url", "return_url"}]}``."""
    entries = known_fields(body, (), ("partners",)).get("partners", [])
    if not isinstance(entries, list):
        raise BadInput("partners phải là một danh sách.", {"partners": "phải là một danh sách"})
    partners = [_partner(entry, number) for number, entry in enumerate(entries)]
    service.register(partners)
    return {"partners": [partner.code for partner in partners]}


def ledger(service: GatewayService) -> Mapping[str, object]:
    """Return the gateway's part of the audit."""
    return {"payments": service.ledger()}


def _partner(entry: object, number: int) -> Partner:
    """Read one registration; the facts of a refusal name the entry."""
    if not isinstance(entry, dict):
        where = f"partners[{number}]"
        raise BadInput("Thông tin đối tác chưa đúng.", {where: "phải là một đối tượng"})
    try:
        return Partner.read(entry)
    except BadInput as wrong:
        facts = {f"partners[{number}].{name}": rule for name, rule in wrong.facts.items()}
        raise BadInput(str(wrong), facts) from None
