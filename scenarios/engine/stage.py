"""The stage: who is acting, where, and what is being done at the moment."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import BrowserContext, Page

from scenarios.backstage import Backstage
from scenarios.engine.journey import Journey
from scenarios.engine.observer import Observer, Step
from scenarios.environment import World
from simkit.core.people import Person

T = TypeVar("T")


class StepFailed(AssertionError):
    """A step went wrong; the message starts with its number and sentence."""


@dataclass
class Stage:
    """One journey in one world with one browser. Made by the readings, handed to the journey."""

    journey: Journey
    world: World
    actor: Person
    backstage: Backstage
    context: BrowserContext
    folder: Path
    observers: Sequence[Observer] = ()
    steps: list[Step] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the first page of the actor's browser and a folder for the papers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.page = self.context.new_page()

    def on(self, kind: Callable[[Page, Backstage], T]) -> T:
        """Return a page object on the actor's page."""
        return kind(self.page, self.backstage)

    def other_tab(self, kind: Callable[[Page, Backstage], T]) -> T:
        """Return a page object in another tab of the actor's browser."""
        return kind(self.context.new_page(), self.backstage)

    def close_tab(self) -> None:
        """Close the tab that the actor works in, whatever it shows, and open an empty one."""
        self.page.close()
        self.page = self.context.new_page()

    def other_browser(self, kind: Callable[[Page, Backstage], T]) -> T:
        """Return a page object in a browser of somebody else (an officer at the desk)."""
        browser = self.context.browser
        if browser is None:
            raise RuntimeError("the actor's context has no browser")
        context = browser.new_context(**self.world.look)
        self._others.append(context)
        return kind(context.new_page(), self.backstage)

    @property
    def _others(self) -> list[BrowserContext]:
        found: list[BrowserContext] = self.__dict__.setdefault("others", [])
        return found

    def all_pages(self) -> list[Page]:
        """Return every open page, the actor's first."""
        return [p for context in (self.context, *self._others) for p in context.pages]

    @contextlib.contextmanager
    def step(self, sentence: str, why: str = "") -> Iterator[None]:
        """Do one thing that a person would tick off.

        The sentence is in the portal's language, imperative, and ends with a full stop: it is
        caption, manual text and failure message.
        """
        if not sentence.endswith("."):
            raise ValueError(f"a step's sentence ends with a full stop: {sentence}")
        step = Step(len(self.steps) + 1, sentence, why)
        self.steps.append(step)
        for observer in self.observers:
            observer.before(self, step)
        try:
            yield
        except Exception as error:
            for observer in self.observers:
                observer.failed(self, step, error)
            raise StepFailed(f"step {step.number} «{sentence}»: {error}") from error
        for observer in self.observers:
            observer.after(self, step)

    def perform(self) -> None:
        """Play the journey from begin to end."""
        for observer in self.observers:
            observer.begins(self)
        try:
            self.journey.play(self)
        finally:
            for observer in self.observers:
                observer.ends(self)
            for context in self._others:
                context.close()
