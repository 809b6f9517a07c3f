"""HTML as a tree, for tests that need no browser."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}


class Element:
    """An element with its content, texts and elements."""

    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.content: list[str | Element] = []

    @property
    def text(self) -> str:
        """All the text in it."""
        return "".join(each if isinstance(each, str) else each.text for each in self.content)

    def all(self, tag: str) -> Iterator[Element]:
        """Return the elements with a tag, in order, itself included."""
        return (each for each in self.everything() if each.tag == tag)

    def by_id(self, name: str) -> Element:
        """Return the element with an id."""
        return next(each for each in self.everything() if each.attributes.get("id") == name)

    def everything(self) -> Iterator[Element]:
        """Yield itself and all elements in it, in order."""
        yield self
        for each in self.content:
            if isinstance(each, Element):
                yield from each.everything()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].content.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"</{tag}> closes <{closed.tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def tree(html: str) -> Element:
    """Parse a page, and check that every element is closed at its place."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert len(parser.open) == 1, parser.open[-1].tag
    return parser.open[0]
