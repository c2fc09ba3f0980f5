"""What no citizen can do: read a captcha, move time, have messages delivered, seed people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import requests

from motcua.audit.report import Report, audit
from motcua.control import Controls
from scenarios.environment import World
from simkit.core.people import Person


class NoMessage(AssertionError):
    """No message came that fits; the text says which ones did."""


@dataclass
class Backstage:
    """The control rooms and the phone of one world."""

    controls: Controls
    world: World

    # -- time ---------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everything that is due now be delivered."""
        self.controls.settle(self.world.name)

    def advance(self, duration: timedelta) -> None:
        """Move the world's clock forward; what is due until then happens in order."""
        self.controls.advance(duration, self.world.name)

    # -- the control room ---------------------------------------------------------------------

    def captcha(self, house: str, token: str) -> str:
        """Return what the picture with this token shows."""
        found = self.controls.call(house, "GET", f"captcha/{token}", world=self.world.name)
        return str(found["answer"])

    def seed(self, house: str, content: Mapping[str, object]) -> Mapping[str, Any]:
        """Put named people and things into a house; repeating it changes nothing."""
        return self.controls.call(house, "POST", "seed", content, world=self.world.name)

    def open_bank_account(
        self, person: Person, balance: int, bank: str = "VIETCOMBANK", magic: int | None = None
    ) -> None:
        """Give a person an account with so many đồng; they sign in with their own user name.

        ``magic`` is a row of the bank's table of outcomes, such as 65: over the day's limit.
        """
        customer: dict[str, object] = {
            "name": person.full_name,
            "phone": person.phone,
            "user": person.user,
            "password": person.password,
            "bank": bank,
            "balance": balance,
        }
        if magic is not None:
            customer["magic"] = magic
        self.seed("bank", {"customers": [customer]})

    def open_wallet(self, person: Person, balance: int, pin: str) -> None:
        """Give a person a VNPT Money wallet with so many đồng; they sign in by phone and PIN."""
        wallet = {
            "name": person.full_name,
            "phone": person.phone,
            "user": person.phone,
            "password": pin,
            "bank": "VNPTPAY",
            "balance": balance,
        }
        self.seed("bank", {"customers": [wallet]})

    def file_dossier(self, person: Person, procedure: str, number: int = 1) -> str:
        """Give a person an account and a dossier that they have just sent; return its code.

        Another ``number`` is another dossier.
        """
        account = {
            "full_name": person.full_name,
            "id_number": person.id_number,
            "email": person.email,
            "phone": person.phone,
            "user": person.user,
            "password": person.password,
        }
        key = f"{person.user} {procedure} {number}"
        dossier = {"key": key, "user": person.user, "procedure": procedure}
        done = self.seed("portal", {"accounts": [account], "dossiers": [dossier]})
        return str(done["dossiers"]["codes"][key])

    def paid_at_bank(self) -> int:
        """Return how many payments of this world have taken money from somebody."""
        ledger = self.controls.call("bank", "GET", "ledger", world=self.world.name)
        return sum(payment["state"] == "paid" for payment in ledger["payments"])

    def audit(self) -> Report:
        """Audit the world."""
        return audit(self.controls, self.world.name)

    # -- the phone ----------------------------------------------------------------------------

    def message(self, to: str, fits: str, after: int = 0) -> re.Match[str]:
        """Wait for the message to a number or address whose text fits a pattern.

        A long poll by identity: it returns as soon as the message is there. ``fits`` is a regular
        expression, looked for in the text; the match is returned.
        """
        self.settle()
        seen: list[str] = []
        for _ in range(2):  # what is there already, then one long poll for what is to come
            for message in self._messages(to, after, wait=10 if seen or after else 0):
                match = re.search(fits, message["text"])
                if match:
                    return match
                seen.append(message["text"])
                after = message["seq"]
        raise NoMessage(f"Nothing to {to} fits {fits!r}. There came: {seen or 'nothing'}")

    def last_message(self, to: str) -> int:
        """Return the number of the last message to somebody, to wait for one after it."""
        self.settle()
        return max((int(each["seq"]) for each in self._messages(to, 0, wait=0)), default=0)

    def _messages(self, to: str, after: int, wait: int) -> list[dict[str, Any]]:
        query = urlencode({"to": to, "after": after, "wait": wait})
        url = f"{self.world.urls['phone']}/api/v1/messages?{query}"
        answer = requests.get(url, timeout=60)
        answer.raise_for_status()
        return list(answer.json()["messages"])
