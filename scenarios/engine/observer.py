"""Those who watch a journey. They may look, draw and write down; they never act on the page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.engine.stage import Stage


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number from 1, its sentence, and why it is done, if that needs saying."""

    number: int
    sentence: str
    why: str = ""


class Observer:
    """Does nothing by default; readings override what they care for."""

    def begins(self, stage: "Stage") -> None:
        """Act when a journey begins."""

    def before(self, stage: "Stage", step: Step) -> None:
        """Act before a step."""

    def after(self, stage: "Stage", step: Step) -> None:
        """Act after a step that went well."""

    def failed(self, stage: "Stage", step: Step, error: BaseException) -> None:
        """Act on a step that failed; the error goes on its way afterwards."""

    def ends(self, stage: "Stage") -> None:
        """Act when a journey has ended, well or not."""
