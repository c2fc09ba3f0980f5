"""A browser without a screen: reads pages, fills in fields that are there, presses buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import requests

Files = list[tuple[str, tuple[str, bytes, str]]]
_TIMES_TO_FOLLOW = 10
_SILENT = frozenset({"style", "script", "svg", "title"})


@dataclass
class Button:
    """What can be pressed."""

    words: str = ""
    form: str = ""
    name: str = ""
    value: str = ""


@dataclass
class Form:
    """A form with the values that it would send as it stands."""

    action: str
    method: str
    id: str = ""
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    buttons: list[Button] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads forms, headings and words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.outside: list[Button] = []
        self.words: list[str] = []
        self.heading = ""
        self._form: Form | None = None
        self._button: Button | None = None
        self._select = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT or tag == "h1":
            self._open.append(tag)
        if tag == "form":
            method = given.get("method", "get").lower()
            self._form = Form(given.get("action", ""), method, given.get("id", ""))
            self.forms.append(self._form)
        elif tag == "button" and given.get("type", "submit") == "submit":
            self._button = Button("", *(given.get(name, "") for name in ("form", "name", "value")))
        elif self._form is not None:
            self._control(self._form, tag, given)

    def _control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        if tag in {"input", "select", "textarea"} and name:
            form.names.add(name)
        if tag == "input":
            ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            if name and ticked and given.get("type") != "file":
                form.values[name] = given.get("value", "")
        chosen = "selected" in given or self._select not in form.values
        if tag == "option" and self._select and chosen:
            form.values[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "button" and self._button is not None:
            self._button.words = " ".join(self._button.words.split())
            inside = self._form is not None and not self._button.form
            (self._form.buttons if inside and self._form else self.outside).append(self._button)
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in _SILENT:
            return
        self.words.append(data)
        if self._open and self._open[-1] == "h1":
            self.heading += data
        if self._button is not None:
            self._button.words += data


class Page:
    """An answer, read as a person would read it."""

    def __init__(self, answer: requests.Response) -> None:
        """Read it."""
        self.answer = answer
        self.url = str(answer.url)
        self.status = answer.status_code
        reader = _Reader()
        reader.feed(answer.text)
        reader.close()
        self.heading = " ".join(reader.heading.split())
        self.words = " ".join(" ".join(reader.words).split())
        self._forms = reader.forms
        for button in reader.outside:
            for form in self._forms:
                if form.id and form.id == button.form:
                    form.buttons.append(button)

    def value(self, name: str) -> str:
        """Return the value that a field of the page stands at."""
        found = [form.values[name] for form in self._forms if name in form.values]
        assert found, f"no field {name} at {self.url}: {self.words}"
        return found[0]

    def button(self, words: str, having: str = "") -> tuple[Form, Button]:
        """Return the button with these words, in the form that has a field of that name."""
        found = [
            (form, button)
            for form in self._forms
            for button in form.buttons
            if button.words == words and (not having or having in form.names)
        ]
        assert found, f"no button «{words}» at {self.url} ({self.status}): {self.words}"
        return found[0]


class Browser:
    """One person's browser, with its cookies; ``page`` is what it shows."""

    def __init__(self, session: requests.Session) -> None:
        """Open it; it shows nothing yet."""
        self.session = session
        self.session.max_redirects = _TIMES_TO_FOLLOW
        self.session.headers["Accept"] = "text/html"
        self.page: Page

    def open(self, url: str) -> Page:
        """Open an address."""
        return self._show("GET", url)

    def another_window(self) -> "Browser":
        """Open a second window: the same cookies, a page of its own."""
        return Browser(self.session)

    def close_after(self, words: str, **fields: str) -> requests.Response:
        """Press a button and close the window before the next page comes."""
        form, button = self.page.button(words, next(iter(fields), ""))
        values = {**form.values, **fields} | ({button.name: button.value} if button.name else {})
        target = urljoin(self.page.url, form.action)
        return self.session.post(target, data=values, timeout=30, allow_redirects=False)

    def press(self, words: str, files: Files | None = None, /, **fields: str) -> Page:
        """Fill in fields of the form that has this button and press it.

        A field that the form does not have is an error of the test, as is a missing button.
        """
        form, button = self.page.button(words, next(iter(fields), ""))
        unknown = fields.keys() - form.names
        assert not unknown, f"the form of «{words}» at {self.page.url} has no {unknown}"
        values = {**form.values, **fields}
        if button.name:
            values[button.name] = button.value
        target = urljoin(self.page.url, form.action)
        if form.method == "get":
            return self._show("GET", target, params=values)
        return self._show("POST", target, data=values, files=files)

    def _show(self, method: str, url: str, **more: Any) -> Page:
        self.page = Page(self.session.request(method, url, timeout=30, **more))
        return self.page
