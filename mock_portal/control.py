"""What the portal adds to the control room: citizens, officers and dossiers put in place."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass

from mock_portal.domain.account import EmailAddress, Holder, full_name_from, user_name_from
from mock_portal.domain.dossier import Applicant, Dossier
from mock_portal.domain.errors import AgencyUnknown
from mock_portal.domain.officer import OfficerRole
from mock_portal.domain.site import Site
from mock_portal.service import PortalService
from mock_portal.service.accounts import SeedAccount, SeedOfficer
from mock_portal.service.filing import Filing, Upload
from simkit.core.errors import BadInput, RuleBroken
from simkit.core.refs import IdNumber, PhoneNumber
from simkit.flaskkit.body import known_fields

MOST_PEOPLE = 10_000
LONGEST_PASSWORD = 128
LONGEST_TEXT = 300
MOST_DOSSIERS = 200
ADDRESS = "12 Lê Lợi, phường Hồng Bàng, thành phố Hải Phòng"
"""Where a seeded applicant lives unless it is said."""

PAPER = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""
"""An empty sheet, which stands for each required paper of a seeded dossier."""

_ACCOUNT = ("full_name", "id_number", "email", "phone", "user", "password")
_DOSSIER = ("key", "user", "procedure")
_DOSSIER_MAY = ("agency", "address")
_OFFICER = ("full_name", "user", "password", "unit", "roles")


def reseed(service: PortalService, body: Mapping[str, object]) -> Mapping[str, object]:
    """Put ``{"accounts": [...], "officers": [...], "dossiers": [...]}`` in place; tell how many.

    An account: ``full_name, id_number, email, phone, user, password``; it is active at once. An
    officer: ``full_name, user, password, unit`` (agency code, or null for an admin), ``roles``.
    Whoever has the user name already is left as is and counted as ``known``. A dossier: ``key,
    user, procedure`` and maybe ``agency, address``; it is filed now by the account with that user
    name, with an empty sheet for each required paper. The same key again gives the same dossier;
    ``codes`` tells the codes by key. People are put in place all or none, dossiers one by one.
    """
    wanted = known_fields(body, (), ("accounts", "officers", "dossiers"))
    filings = [_dossier(place, each) for place, each in _listed(wanted, "dossiers", MOST_DOSSIERS)]
    accounts = [_account(place, each) for place, each in _listed(wanted, "accounts")]
    officers = [_officer(place, each, service.site) for place, each in _listed(wanted, "officers")]
    done = service.accounts.seed(accounts, officers)
    told: dict[str, object] = {
        "accounts": {"made": done.accounts_made, "known": done.accounts_known},
        "officers": {"made": done.officers_made, "known": done.officers_known},
    }
    return told | {"dossiers": _filed(service, filings)} if "dossiers" in wanted else told


@dataclass(frozen=True, slots=True)
class SeedDossier:
    """A dossier that somebody filed; ``place`` is where it stands in the request."""

    place: str
    key: str
    user: str
    procedure: str
    agency: str
    address: str


def _dossier(place: str, item: object) -> SeedDossier:
    if not isinstance(item, dict):
        raise BadInput(f"{place} must be an object.", {place: "must be an object"})
    try:
        body = known_fields(item, _DOSSIER, _DOSSIER_MAY)
    except BadInput as wrong:
        raise _at(place, wrong) from None
    text = {name: _text(f"{place}.{name}", value) for name, value in body.items()}
    return SeedDossier(
        place,
        text["key"],
        text["user"],
        text["procedure"],
        text.get("agency", ""),
        text.get("address", ADDRESS),
    )


def _filed(service: PortalService, wanted: list[SeedDossier]) -> Mapping[str, object]:
    codes: dict[str, str] = {}
    made = 0
    for each in wanted:
        try:
            dossier, new = _file(service, each)
        except RuleBroken as refusal:
            raise _at(each.place, refusal) from None
        codes[each.key] = dossier.code
        made += new
    return {"made": made, "known": len(wanted) - made, "codes": codes}


def _file(service: PortalService, wanted: SeedDossier) -> tuple[Dossier, bool]:
    account = service.accounts.named(wanted.user)
    if account is None:
        raise BadInput("there is no such account.", {"user": "unknown user"})
    offer = service.dossiers.offer(wanted.procedure)
    holder = account.holder
    filing = Filing(
        wanted.procedure,
        wanted.agency or offer.agencies[0].code,
        Applicant(
            holder.full_name,
            holder.id_number.value,
            holder.email.value,
            holder.phone.value,
            wanted.address,
        ),
        uploads=tuple(
            Upload(each.key, f"giay-to-{each.key}.pdf", io.BytesIO(PAPER))
            for each in offer.procedure.components
            if each.required
        ),
    )
    fingerprint = json.dumps([wanted.user, wanted.procedure, wanted.agency, wanted.address])
    return service.dossiers.register(filing, f"seed:{wanted.key}", fingerprint, account.id)


def _listed(
    body: Mapping[str, object], name: str, most: int = MOST_PEOPLE
) -> list[tuple[str, object]]:
    items = body.get(name, [])
    if not isinstance(items, list) or len(items) > most:
        rule = f"must be a list of at most {most}"
        raise BadInput(f"{name} {rule}.", {name: rule})
    return [(f"{name}[{number}]", each) for number, each in enumerate(items)]


def _account(place: str, item: object) -> SeedAccount:
    body = _object(place, item, _ACCOUNT)
    text = {name: _text(f"{place}.{name}", body[name]) for name in _ACCOUNT}
    try:
        number = IdNumber.parse(text["id_number"])
        return SeedAccount(
            user=user_name_from(text["user"], number),
            holder=Holder(
                full_name_from(text["full_name"]),
                number,
                EmailAddress.parse(text["email"]),
                PhoneNumber.parse(text["phone"]),
            ),
            password=_password(text["password"]),
        )
    except BadInput as wrong:
        raise _at(place, wrong) from None


def _officer(place: str, item: object, site: Site) -> SeedOfficer:
    body = _object(place, item, _OFFICER)
    text = {
        name: _text(f"{place}.{name}", body[name]) for name in ("full_name", "user", "password")
    }
    roles = _roles(f"{place}.roles", body["roles"])
    unit = None if body["unit"] is None else _text(f"{place}.unit", body["unit"])
    if unit is None and OfficerRole.ADMIN not in roles:
        raise BadInput("Only an admin has no unit.", {f"{place}.unit": "missing"})
    try:
        return SeedOfficer(
            user=user_name_from(text["user"]),
            full_name=full_name_from(text["full_name"]),
            unit=site.agency(unit).code if unit is not None else None,
            roles=roles,
            password=_password(text["password"]),
        )
    except BadInput as wrong:
        raise _at(place, wrong) from None
    except AgencyUnknown:
        raise BadInput("There is no such agency.", {f"{place}.unit": "unknown agency"}) from None


def _object(place: str, item: object, fields: tuple[str, ...]) -> Mapping[str, object]:
    if not isinstance(item, dict):
        raise BadInput(f"{place} must be an object.", {place: "must be an object"})
    try:
        return known_fields(item, fields)
    except BadInput as wrong:
        raise _at(place, wrong) from None


def _at(place: str, wrong: RuleBroken) -> BadInput:
    """Return the refusal with the place in front of each field."""
    facts = {f"{place}.{name}": fault for name, fault in wrong.facts.items()}
    return BadInput(f"{place}: {wrong}", facts)


def _text(place: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        rule = f"must be a text of 1 to {LONGEST_TEXT} characters"
        raise BadInput(f"{place} {rule}.", {place: rule})
    return value


def _password(text: str) -> str:
    if not text.isprintable() or len(text) > LONGEST_PASSWORD:
        rule = f"at most {LONGEST_PASSWORD} printable characters"
        raise BadInput(f"A password has {rule}.", {"password": rule})
    return text


def _roles(place: str, value: object) -> frozenset[OfficerRole]:
    known = {role.value: role for role in OfficerRole}
    if not isinstance(value, list) or not value:
        raise BadInput(f"{place} must be a list.", {place: "must be a list with a role"})
    roles = [known.get(each) if isinstance(each, str) else None for each in value]
    found = frozenset(role for role in roles if role is not None)
    if None in roles:
        rule = f"must be of: {', '.join(known)}"
        raise BadInput(f"{place} {rule}.", {place: rule})
    return found
