"""Visitors who look things up without an account."""

import random

from locust import FastHttpUser, constant_pacing, task

from load.flows.filing import look_up, search
from load.users.plan import codes

PHRASES = ("khai sinh", "ket hon", "đăng ký", "giay phep", "tạm trú")


class Visitor(FastHttpUser):
    """Looks dossiers up and searches procedures."""

    weight = 3
    wait_time = constant_pacing(0.5)

    def on_start(self) -> None:
        """Come in."""
        self.chance = random.Random()  # noqa: S311 -- spreads the load, keeps no secret

    @task(4)
    def look_up(self) -> None:
        """Look a dossier up that somebody filed."""
        known = codes()
        if known:
            look_up(self.client, self.chance.choice(known))

    @task(1)
    def search(self) -> None:
        """Search the procedures."""
        search(self.client, self.chance.choice(PHRASES))
