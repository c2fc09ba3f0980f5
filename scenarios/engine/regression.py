"""The regression reading: a journey in a fresh world, headless; a failure is looked into once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from scenarios.backstage import Backstage
from scenarios.engine.evidence import Evidence, Progress
from scenarios.engine.journey import Journey
from scenarios.engine.observer import Observer
from scenarios.engine.stage import Stage
from scenarios.environment import Environment
from simkit.core.people import Person
from simkit.runtime.people import People


@dataclass
class Regression:
    """Plays journeys as tests."""

    environment: Environment
    browser: Browser
    report: Path

    def play(self, journey: Journey, run: str, observers: Sequence[Observer] = ()) -> None:
        """Play a journey in a world of its own, which is audited and removed at the end.

        When it fails, it is played a second time in another fresh world with tracing on: for the
        evidence only. The first failure stands, whatever the second run does.
        """
        progress = Progress(self.report / "progress.jsonl", run)
        folder = self.report / run
        try:
            self._once(journey, run, [progress, Evidence(folder, trace=False), *observers])
        except Exception as first:
            try:
                self._once(journey, f"{run}-again", [Evidence(folder / "again", trace=True)])
            except Exception as second:  # noqa: BLE001 -- it is evidence, whatever it says
                first.add_note(f"The second run, with a trace, failed too: {second}")
            else:
                first.add_note("The second run, with a trace, went well: look at both journals.")
            first.add_note(f"Evidence: {folder}")
            raise

    def _once(self, journey: Journey, run: str, observers: Sequence[Observer]) -> None:
        world = self.environment.create_world(run, seed=run)
        context = self.browser.new_context(**world.look)
        context.set_default_timeout(15_000)
        try:
            stage = Stage(
                journey=journey,
                world=world,
                actor=a_citizen(run),
                backstage=Backstage(self.environment.controls, world),
                context=context,
                folder=self.report / "papers" / run,
                observers=observers,
            )
            stage.perform()
        finally:
            context.close()
            self.environment.delete_world(run)


def a_citizen(run: str) -> Person:
    """Return the person who acts in a run: invented, and of this run only."""
    return People(f"actor of {run}").person()
