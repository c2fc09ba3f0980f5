"""What is kept of a journey: progress as it goes; picture, text and journals on failure."""

import json
from pathlib import Path

from playwright.sync_api import Error as BrowserError

from motcua.control import ControlError
from scenarios.engine.observer import Observer, Step
from scenarios.engine.stage import Stage


class Progress(Observer):
    """Writes each step as a line into a file that ``motcua journeys`` reads as it grows."""

    def __init__(self, place: Path, run: str) -> None:
        """``run`` names this run of the journey."""
        self._place = place
        self._run = run

    def before(self, stage: Stage, step: Step) -> None:
        """Tell that a step begins."""
        self._tell(stage, "step", number=step.number, sentence=step.sentence)

    def failed(self, stage: Stage, step: Step, error: BaseException) -> None:
        """Tell that it failed."""
        self._tell(stage, "failed", number=step.number, sentence=step.sentence, error=str(error))

    def ends(self, stage: Stage) -> None:
        """Tell that the journey ended."""
        self._tell(stage, "end", steps=len(stage.steps))

    def _tell(self, stage: Stage, what: str, **facts: object) -> None:
        line = {"run": self._run, "journey": stage.journey.id, "what": what, **facts}
        with self._place.open("a", encoding="utf-8") as target:
            target.write(json.dumps(line, ensure_ascii=False) + "\n")


class Evidence(Observer):
    """Keeps what explains a failure, in one folder per run."""

    def __init__(self, folder: Path, *, trace: bool) -> None:
        """Keep it in ``folder``; ``trace`` also records a Playwright trace, which is slow."""
        self._folder = folder
        self._trace = trace

    def begins(self, stage: Stage) -> None:
        """Start the trace."""
        if self._trace:
            stage.context.tracing.start(screenshots=True, snapshots=True, sources=False)

    def before(self, stage: Stage, step: Step) -> None:
        """Put the sentence into the trace."""
        if self._trace:
            stage.context.tracing.group(f"{step.number}. {step.sentence}")

    def after(self, stage: Stage, step: Step) -> None:
        """Close the sentence's group."""
        del step
        if self._trace:
            stage.context.tracing.group_end()

    def failed(self, stage: Stage, step: Step, error: BaseException) -> None:
        """Keep picture and text of every open page, the error, and the houses' journals."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "error.txt").write_text(
            f"{stage.journey.id} step {step.number} «{step.sentence}»\n{error}\n",
            encoding="utf-8",
        )
        for number, page in enumerate(stage.all_pages()):
            try:
                page.screenshot(path=self._folder / f"page-{number}.png", full_page=True)
                text = f"{page.url}\n\n{page.locator('body').inner_text()}"
            except BrowserError as gone:
                text = f"the page could not be read: {gone}"
            (self._folder / f"page-{number}.txt").write_text(text, encoding="utf-8")
        self._keep_journals(stage)

    def ends(self, stage: Stage) -> None:
        """Write the trace."""
        if self._trace:
            self._folder.mkdir(parents=True, exist_ok=True)
            stage.context.tracing.stop(path=self._folder / "trace.zip")

    def _keep_journals(self, stage: Stage) -> None:
        controls = stage.backstage.controls
        for house in controls.urls:
            try:
                found = controls.call(house, "GET", "journal?limit=2000", world=stage.world.name)
            except ControlError as error:
                found = {"error": str(error)}
            (self._folder / f"journal-{house}.json").write_text(
                json.dumps(found, ensure_ascii=False, indent=1),
                encoding="utf-8",
            )
