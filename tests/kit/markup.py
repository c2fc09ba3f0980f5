"""Reads a rendered page as a tree, and refuses one that is not closed properly."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"})


@dataclass(eq=False)
class Element:
    """One element: its name, attributes (value ``""`` when it has none) and what it holds."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def __getitem__(self, attribute: str) -> str:
        """Return the value of an attribute that must be there."""
        return self.attributes[attribute]

    def __contains__(self, attribute: str) -> bool:
        """Tell whether the attribute is there, with a value or without."""
        return attribute in self.attributes

    @property
    def text(self) -> str:
        """All text inside, as it was written."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    @property
    def words(self) -> str:
        """All text inside, white space made one space."""
        return " ".join(self.text.split())

    @property
    def classes(self) -> list[str]:
        """The names in the class attribute."""
        return self.attributes.get("class", "").split()

    def all(self, name: str = "", **wanted: str) -> list["Element"]:
        """Return every element inside with this name and these attributes.

        ``class_`` names one class of several; ``name_`` is the attribute of that name.
        """
        return [e for e in self._inside() if (not name or e.name == name) and _has(e, wanted)]

    def one(self, name: str = "", **wanted: str) -> "Element":
        """Return the only such element."""
        (found,) = self.all(name, **wanted)
        return found

    def _inside(self) -> Iterator["Element"]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.all()


def _has(element: Element, wanted: dict[str, str]) -> bool:
    return all(
        value in element.classes
        if key == "class_"
        else element.attributes.get(key.rstrip("_").replace("_", "-")) == value
        for key, value in wanted.items()
    )


def parse(html: str) -> Element:
    """Return the document; a tag that is closed in the wrong place is an error."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"not closed: {[e.name for e in reader.open[1:]]}"
    return reader.open[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {tag} {attrs}"
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
