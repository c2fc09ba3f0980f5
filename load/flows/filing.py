"""Filing a dossier and looking it up, over the portal's core for machines."""

import base64
import random
from dataclasses import dataclass
from typing import Any

from simkit.core.people import Person

PDF = base64.b64encode(
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n",
).decode()
"""A real one-page PDF, small: what is measured is the portal, not the network."""

CREATED = 201


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure that can be filed online: code, agency, keys of the components it needs."""

    procedure: str
    agency: str
    components: tuple[str, ...]


def submit(client: Any, offer: Offer, person: Person, chance: random.Random) -> str | None:
    """File a dossier and return its code, or mark the request as failed."""
    body = {
        "procedure": offer.procedure,
        "agency": offer.agency,
        "applicant": {
            "full_name": person.full_name,
            "id_number": person.id_number,
            "email": person.email,
            "phone": person.phone,
            "address": person.address,
        },
        "documents": [
            {"component": key, "name": f"giay-to-{number}.pdf", "content_base64": PDF}
            for number, key in enumerate(offer.components, start=1)
        ],
    }
    headers = {"Idempotency-Key": f"load-{chance.getrandbits(96):024x}"}
    with client.post(
        "/api/v1/dossiers",
        json=body,
        headers=headers,
        name="submit",
        catch_response=True,
    ) as answer:
        if answer.status_code != CREATED:
            answer.failure(f"{answer.status_code}: {answer.text[:200]}")
            return None
        code = answer.json().get("code")
        if not isinstance(code, str):
            answer.failure("no code in the answer")
            return None
        return code


def look_up(client: Any, code: str) -> None:
    """Look a dossier up and check that the answer is about it."""
    with client.get(f"/api/v1/dossiers/{code}", name="look up", catch_response=True) as answer:
        if not answer.ok or answer.json().get("code") != code:
            answer.failure(f"{answer.status_code}: {answer.text[:200]}")


def search(client: Any, phrase: str) -> None:
    """Search the procedures and check that something was found."""
    with client.get(
        "/api/v1/procedures",
        params={"q": phrase},
        name="search",
        catch_response=True,
    ) as answer:
        if not answer.ok or not answer.json().get("procedures"):
            answer.failure(f"{answer.status_code}: {answer.text[:200]}")
