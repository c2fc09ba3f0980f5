"""What is asked of a citizen who files a dossier, and what is wrong with the answers."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from mock_portal.domain.account import EmailAddress, full_name_from
from mock_portal.domain.delivery import HomeDelivery
from mock_portal.domain.dossier import Applicant, Dossier
from mock_portal.domain.procedure import Procedure
from simkit.core.errors import BadInput
from simkit.core.refs import IdNumber, PhoneNumber

LINE_LENGTH = 300
"""The longest answer in one line that is kept, in characters (ours)."""

MISSING = "Bạn chưa nhập mục này."


def one_line(text: str) -> str:
    """Return text as it is kept: composed accents, single spaces, nothing unprintable, not long."""
    composed = unicodedata.normalize("NFC", text[: 4 * LINE_LENGTH])
    shown = "".join(c if c.isprintable() else " " for c in composed)
    return " ".join(shown.split())[:LINE_LENGTH]


@dataclass
class Checked:
    """Answers in the one way that they are kept, and a sentence for each field that is wrong."""

    wrong: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, text: str, read: Callable[[str], object]) -> str:
        """Return the answer as ``read`` writes it; note what it refuses and keep the text then."""
        kept = one_line(text)
        if not kept:
            self.wrong[name] = MISSING
            return kept
        try:
            return str(read(kept))
        except BadInput as refused:
            self.wrong[name] = str(refused)
            return kept


def _address(text: str) -> str:
    if not any(c.isalpha() for c in text):
        raise BadInput("Hãy ghi số nhà, tên đường hoặc thôn, xóm.", {"address": "no words"})
    return text


def check_applicant(given: Applicant) -> tuple[Applicant, dict[str, str]]:
    """Return the applicant as kept, and what is wrong by field name."""
    checked = Checked()
    kept = Applicant(
        full_name=checked.take("full_name", given.full_name, full_name_from),
        id_number=checked.take("id_number", given.id_number, IdNumber.parse),
        email=checked.take("email", given.email, EmailAddress.parse),
        phone=checked.take("phone", given.phone, PhoneNumber.parse),
        address=checked.take("address", given.address, _address),
    )
    return kept, checked.wrong


def check_delivery(given: HomeDelivery) -> tuple[HomeDelivery, dict[str, str]]:
    """Return the wish to have the result brought home as kept, and what is wrong by field name."""
    checked = Checked()
    kept = HomeDelivery(
        receiver=checked.take("delivery_receiver", given.receiver, full_name_from),
        phone=checked.take("delivery_phone", given.phone, PhoneNumber.parse),
        address=checked.take("delivery_address", given.address, _address),
        place=checked.take("delivery_place", given.place, str),
    )
    return kept, checked.wrong


def check(dossier: Dossier, procedure: Procedure) -> tuple[Dossier, dict[str, str]]:
    """Return the draft as kept, and everything that keeps it from being sent, by field name.

    A required component without a file is named ``component_<key>``. Whether unit and place exist
    is for the site pack to say.
    """
    applicant, wrong = check_applicant(dossier.applicant)
    kept = replace(dossier, applicant=applicant)
    if dossier.delivery is not None:
        delivery, more = check_delivery(dossier.delivery)
        kept, wrong = replace(kept, delivery=delivery), wrong | more
    return kept, wrong | missing_components(dossier, procedure)


def missing_components(dossier: Dossier, procedure: Procedure) -> dict[str, str]:
    """Return a sentence for each required component without a file."""
    return {
        f"component_{each.key}": f"Bạn chưa đính kèm tệp cho «{each.name}»."
        for each in procedure.required_components
        if not dossier.of_component(each.key)
    }
