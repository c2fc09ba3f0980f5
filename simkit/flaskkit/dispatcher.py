"""Delivers what is due and lets happen what is due, world by world, on the world's clock."""

import heapq
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from simkit.core.errors import RuleBroken
from simkit.core.messages import PATIENT, Courier, Due, Message, Receipt, Schedule
from simkit.flaskkit.world import World
from simkit.runtime.clock import ClockMode
from simkit.storage.outbox import (
    Outcome,
    Pending,
    due_appointment,
    due_messages,
    next_due,
    postpone,
    record_outcomes,
    strike,
)

log = logging.getLogger(__name__)

_BATCH = 20
_AFTER_A_BUG = timedelta(minutes=1)
_NEVER = 3600.0


@dataclass(frozen=True)
class Handlers:
    """What a house does with what is due. ``S`` is the house's service."""

    couriers: Callable[[World], Mapping[str, Courier]]
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    receipts: Mapping[str, Callable[[Any, Message, Receipt], None]] = field(default_factory=dict)
    agenda: Mapping[str, Callable[[Any, Due], None]] = field(default_factory=dict)


@dataclass
class Tally:
    """What one pump did."""

    delivered: int = 0
    failed: int = 0
    happened: int = 0

    @property
    def anything(self) -> bool:
        """Whether there was something to do."""
        return bool(self.delivered or self.failed or self.happened)


class Dispatcher:
    """A few threads that pump worlds when they are woken or when their next thing is due."""

    def __init__(self, name: str, handlers: Handlers, threads: int = 2) -> None:
        """Start nothing yet: threads come with the first thing to do."""
        self._name = name
        self._handlers = handlers
        self._most_threads = threads
        self._threads: list[threading.Thread] = []
        self._ready: dict[World, None] = {}
        self._timers: list[tuple[float, int, World]] = []
        self._tick = 0
        self._couriers: dict[World, Mapping[str, Courier]] = {}
        self._condition = threading.Condition()
        self._ending = False

    # -- being woken --------------------------------------------------------------------------

    def wake(self, world: World) -> None:
        """Have the world pumped soon."""
        with self._condition:
            if self._ending:
                return
            self._ready[world] = None
            if len(self._threads) < self._most_threads:
                thread = threading.Thread(
                    target=self._work,
                    name=f"{self._name}-outbox-{len(self._threads)}",
                    daemon=True,
                )
                self._threads.append(thread)
                thread.start()
            self._condition.notify()

    def forget(self, world: World) -> None:
        """Stop caring for a world that was reset or deleted."""
        with self._condition:
            self._ready.pop(world, None)
            self._timers = [t for t in self._timers if t[2] is not world]
            heapq.heapify(self._timers)
            self._couriers.pop(world, None)

    def close(self) -> None:
        """End the threads; a delivery that is under way is not waited for longer than a second."""
        with self._condition:
            self._ending = True
            self._condition.notify_all()
        for thread in self._threads:
            thread.join(timeout=1.0)

    def _work(self) -> None:
        while (world := self._next()) is not None:
            try:
                with world.lease():
                    self.pump(world)
                    self._set_timer(world)
            except Exception:
                if not self._ending:
                    log.exception("pumping %s/%s failed", world.house, world.name)

    def _next(self) -> World | None:
        with self._condition:
            while not self._ending:
                now = time.monotonic()
                while self._timers and self._timers[0][0] <= now:
                    self._ready[heapq.heappop(self._timers)[2]] = None
                if self._ready:
                    world = next(iter(self._ready))
                    del self._ready[world]
                    return world
                wait = self._timers[0][0] - now if self._timers else _NEVER
                self._condition.wait(min(wait, _NEVER))
            return None

    def _set_timer(self, world: World) -> None:
        """Wake up again when the next thing is due; a frozen clock never gets there by itself."""
        if world.clock.state.mode is not ClockMode.RUNNING:
            return
        with world.database.read() as sql:
            due = next_due(sql)
        if due is None:
            return
        seconds = max((due - world.clock.now()).total_seconds(), 0.0)
        with self._condition:
            self._tick += 1
            heapq.heappush(self._timers, (time.monotonic() + seconds, self._tick, world))
            self._condition.notify()

    # -- pumping ------------------------------------------------------------------------------

    def pump(self, world: World) -> Tally:
        """Do all that is due now, and what becomes due by that; return when nothing is left."""
        total = Tally()
        with world.pumping:
            while True:
                happened = self._keep_appointment(world)
                delivered, failed = self._deliver(world) if not happened else (0, 0)
                total.happened += happened
                total.delivered += delivered
                total.failed += failed
                world.done += happened + delivered + failed
                if not happened and not delivered and not failed:
                    return total

    def _keep_appointment(self, world: World) -> int:
        now = world.clock.now()
        with world.database.read() as sql:
            found = due_appointment(sql, now)
        if found is None:
            return 0
        row, due = found
        try:
            with world.database.write() as sql:
                if strike(sql, row):
                    self._handlers.agenda[due.kind](world.service, due)
        except RuleBroken as refused:
            # The world went on before the appointment came (an order that expires was paid).
            log.info("%s/%s: %s %s: %s", world.house, world.name, due.kind, due.key, refused)
            with world.database.write() as sql:
                strike(sql, row)
        except Exception:
            log.exception("%s/%s: %s %s failed", world.house, world.name, due.kind, due.key)
            with world.database.write() as sql:
                postpone(sql, row, now + _AFTER_A_BUG)
        return 1

    def _deliver(self, world: World) -> tuple[int, int]:
        with world.database.read() as sql:
            pending = due_messages(sql, world.clock.now(), _BATCH)
        if not pending:
            return 0, 0
        results = [(p, self._carry(world, p)) for p in pending]
        with world.database.write() as sql:
            record_outcomes(sql, [self._outcome(world, p, r) for p, r in results])
            for p, receipt in results:
                heard = self._handlers.receipts.get(p.message.kind)
                if heard is not None:
                    heard(world.service, p.message, receipt)
        good = sum(receipt.accepted for _, receipt in results)
        return good, len(results) - good

    def _carry(self, world: World, pending: Pending) -> Receipt:
        world.traces.set(pending.trace)
        couriers = self._couriers.get(world)
        if couriers is None:
            couriers = self._couriers[world] = self._handlers.couriers(world)
        try:
            return couriers[pending.message.kind].deliver(pending.message)
        except Exception as bug:
            log.exception("%s: no courier could carry %s", world.house, pending.message.kind)
            return Receipt(accepted=False, detail=f"{type(bug).__name__}: {bug}")

    def _outcome(self, world: World, pending: Pending, receipt: Receipt) -> Outcome:
        tries = pending.tries + 1
        if receipt.accepted:
            return Outcome(pending.id, "delivered", pending.due, tries, receipt.detail)
        schedule = self._handlers.schedules.get(pending.message.kind, PATIENT)
        delay = None if receipt.final else schedule.delay_after(tries)
        if delay is None:
            return Outcome(pending.id, "given-up", pending.due, tries, receipt.detail)
        return Outcome(pending.id, "due", world.clock.now() + delay, tries, receipt.detail)
