"""Speaks to the control rooms of all houses as if they were one."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import requests

MAIN = "main"


class ControlError(Exception):
    """A house refused or did not answer; the message says which and why."""


@dataclass
class Controls:
    """The control rooms of the houses at ``urls``."""

    urls: Mapping[str, str]
    token: str | None = None
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        """Keep the machine's proxies out."""
        self.session.trust_env = False

    # -- one call -----------------------------------------------------------------------------

    def call(
        self,
        house: str,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        world: str = MAIN,
    ) -> dict[str, Any]:
        """Call ``/_sim/<path>`` of one house in one world and return its JSON object."""
        prefix = "" if world == MAIN else f"/w/{_part(world)}"
        url = f"{self.urls[house]}{prefix}/_sim/{path}"
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            answer = self.session.request(method, url, json=body, headers=headers, timeout=60)
        except requests.RequestException as error:
            raise ControlError(
                f"{house} does not answer at {url}. Is `motcua up` running?"
            ) from error
        if not answer.ok:
            raise ControlError(f"{house}: {_reason(answer)}")
        return dict(answer.json()) if answer.content else {}

    def everywhere(self, method: str, path: str, world: str = MAIN) -> dict[str, dict[str, Any]]:
        """Call every house and return the answers by house."""
        return {house: self.call(house, method, path, world=world) for house in self.urls}

    # -- worlds -------------------------------------------------------------------------------

    def create(self, name: str, seed: str | None = None) -> None:
        """Make a world in every house, or in none."""
        body = {"name": name} | ({"seed": seed} if seed else {})
        made: list[str] = []
        try:
            for house in self.urls:
                self.call(house, "POST", "worlds", body)
                made.append(house)
        except ControlError:
            for house in made:
                with suppress(ControlError):  # the first refusal is the one to tell
                    self.call(house, "DELETE", _world(name))
            raise

    def delete(self, name: str) -> None:
        """Remove a world from every house that has it: half a world can be removed, too."""
        owners = [h for h in self.urls if name in self.call(h, "GET", "worlds")["worlds"]]
        if not owners:
            raise ControlError(f"No house has a world {name}.")
        for house in owners:
            self.call(house, "DELETE", _world(name))

    def reset(self, name: str) -> None:
        """Begin a world anew in every house."""
        self.everywhere("POST", f"{_world(name)}/reset")

    def snapshot(self, name: str, snapshot: str) -> None:
        """Keep a copy of a world, with nothing left to deliver while it is taken."""
        self.settle(name)
        for house in self.urls:
            self.call(house, "POST", f"{_world(name)}/snapshots", {"snapshot": snapshot})

    def restore(self, name: str, snapshot: str) -> None:
        """Put a world back to a copy in every house, or in none."""
        kept = self.everywhere("GET", f"{_world(name)}/snapshots")
        missing = [house for house, answer in kept.items() if snapshot not in answer["snapshots"]]
        if missing:
            raise ControlError(f"World {name} has no copy {snapshot} in: {', '.join(missing)}.")
        for house in self.urls:
            self.call(house, "POST", f"{_world(name)}/restore", {"snapshot": snapshot})

    def worlds(self) -> list[str]:
        """Return the worlds that every house has."""
        found = [set(self.call(h, "GET", "worlds")["worlds"]) for h in self.urls]
        return sorted(set.intersection(*found)) if found else []

    # -- time ---------------------------------------------------------------------------------

    def now(self, world: str = MAIN) -> datetime:
        """Return the world's time: the latest that any house has."""
        return max(
            datetime.fromisoformat(clock["now"])
            for clock in self.everywhere("GET", "clock", world).values()
        )

    def settle(self, world: str = MAIN) -> int:
        """Let everything that is due now happen, in all houses, until nothing more does.

        Houses also deliver in the background, so a round in which nothing was left to do proves
        little: what the last house was just delivering may be news to the first. Quiet is when two
        rounds, one after the other, find the same count of things done in every house. Returns how
        many things have happened in this world since the houses opened it.
        """
        before = None
        while (counts := self._pump(world)) != before:
            before = counts
        return sum(counts.values())

    def _pump(self, world: str) -> dict[str, int]:
        tallies = self.everywhere("POST", "pump", world)
        return {house: int(tally["so_far"]) for house, tally in tallies.items()}

    def freeze(self, world: str = MAIN, at: datetime | None = None) -> datetime:
        """Stop the clock in every house at the same moment.

        First each where it stands, then all at the latest: a running clock has moved on between
        being asked and being told, and never goes back. An earlier ``at`` is refused.
        """
        if at is not None:
            _forbid_going_back(self.now(world), at)
        for house in self.urls:
            self.call(house, "PATCH", "clock", {"mode": "frozen"}, world)
        moment = at or self.now(world)
        self._set(world, moment, mode="frozen")
        return moment

    def run(self, world: str = MAIN) -> None:
        """Let the clock run on from where it stands."""
        self._set(world, self.freeze(world), mode="running")

    def set_time(self, at: datetime, world: str = MAIN) -> int:
        """Move the clock forward to ``at`` through everything that is due until then.

        A discrete-event run: ask every house for its next due thing, move all clocks to the
        earliest, let it happen and settle, repeat. A clock that ran runs on from ``at``, also when
        ``at`` is refused. Returns how many things happened on the way.
        """
        return self._move(lambda _: at, world)

    def advance(self, duration: timedelta, world: str = MAIN) -> int:
        """Move the clock forward by ``duration``, as ``set_time`` does."""
        return self._move(lambda now: now + duration, world)

    def _move(self, target: Callable[[datetime], datetime], world: str) -> int:
        """Move the clock from where it stands to what ``target`` makes of that."""
        modes = {c["mode"] for c in self.everywhere("GET", "clock", world).values()}
        now = self.freeze(world)
        try:
            at = target(now)
            _forbid_going_back(now, at)
            return self._go(now, at, world)
        except OverflowError as error:
            raise ControlError(
                f"From {now.isoformat()} the calendar does not reach that far."
            ) from error
        finally:
            if modes == {"running"}:
                self.run(world)

    def _go(self, now: datetime, at: datetime, world: str) -> int:
        before = done = self.settle(world)
        while (moment := self._next_due(world)) is not None and moment <= at:
            if moment > now:
                now = moment
                self._set(world, now, mode="frozen")
            so_far, done = done, self.settle(world)
            if done == so_far:
                break  # what is due is being delivered elsewhere and stays due: do not spin
        self._set(world, at, mode="frozen")
        return self.settle(world) - before

    def _next_due(self, world: str) -> datetime | None:
        found = [due["next"] for due in self.everywhere("GET", "due", world).values()]
        return min((datetime.fromisoformat(f) for f in found if f), default=None)

    def _set(self, world: str, at: datetime, mode: str) -> None:
        for house in self.urls:
            self.call(house, "PATCH", "clock", {"mode": mode, "now": at.isoformat()}, world)


def _part(name: str) -> str:
    """Return a name as one part of an address, whatever somebody typed."""
    return quote(name, safe="")


def _world(name: str) -> str:
    return f"worlds/{_part(name)}"


def _forbid_going_back(now: datetime, at: datetime) -> None:
    if at < now:
        raise ControlError(
            f"The clock stands at {now.isoformat()} and cannot go back to {at.isoformat()}."
            " Only a reset or a copy that is restored takes a world back."
        )


def _reason(answer: requests.Response) -> str:
    try:
        body = answer.json()
        return f"{body['message']} ({body['code']}) {body['facts'] or ''}".strip()
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status_code}"
