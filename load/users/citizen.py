"""Citizens who file dossiers and look after them."""

import random

from locust import FastHttpUser, constant_pacing, task

from load.flows.filing import look_up, submit
from load.users.plan import offers, people, record


class Citizen(FastHttpUser):
    """Files a dossier, then looks at it a few times."""

    weight = 2
    wait_time = constant_pacing(0.5)

    def on_start(self) -> None:
        """Become somebody."""
        self.chance = random.Random()  # noqa: S311 -- spreads the load, keeps no secret
        self.codes: list[str] = []

    @task(2)
    def file(self) -> None:
        """File one dossier."""
        offer = self.chance.choice(offers())
        code = submit(self.client, offer, self.chance.choice(people()), self.chance)
        if code is not None:
            self.codes.append(code)
            record(code)

    @task(1)
    def follow(self) -> None:
        """Look at one of one's own dossiers."""
        if self.codes:
            look_up(self.client, self.chance.choice(self.codes))
