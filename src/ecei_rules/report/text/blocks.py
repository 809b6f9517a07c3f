"""A report in blocks, written as text or as Markdown."""

from __future__ import annotations

import re
from textwrap import fill
from typing import assert_never

from attrs import field, frozen

from ecei_rules.diagnostics.phrasing import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 100
_UNBROKEN = "\N{NO-BREAK SPACE}%"
_MARKS = re.compile(r"[&<>\\`*_~\[\]|#$]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
#: What makes a list, a heading or a line of a paragraph that begins with it.
_BEGINNING = re.compile(r"^(\d*)([-+=]|[.)](?=\s|$))")


@frozen
class Paragraph:
    """Some sentences."""

    text: str


def _items(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(items)


@frozen
class Item:
    """One entry of a list, perhaps with a list of its own."""

    text: str
    items: tuple[Item, ...] = field(default=(), converter=_items)


@frozen
class Items:
    """A list."""

    items: tuple[Item, ...] = field(converter=tuple[Item, ...])


@frozen
class Row:
    """One row of a table, and what it says where there are no tables."""

    text: str
    cells: tuple[str, ...] = field(converter=tuple[str, ...])


@frozen
class Table:
    """Rows under one heading; as text they are a list."""

    head: tuple[str, ...] = field(converter=tuple[str, ...])
    rows: tuple[Row, ...] = field(converter=tuple[Row, ...])


@frozen
class Lines:
    """Lines that are laid out already, at most 96 columns wide."""

    lines: tuple[str, ...] = field(converter=tuple[str, ...])


Block = Paragraph | Items | Table | Lines


@frozen
class Section:
    """Some blocks under a title."""

    title: str
    blocks: tuple[Block, ...] = field(converter=tuple[Block, ...])


@frozen
class Report:
    """A title, what has to be known before anything else, an introduction, and sections."""

    title: str
    notice: str
    introduction: str
    sections: tuple[Section, ...] = field(converter=tuple[Section, ...])


def as_text(report: Report) -> str:
    """The report for a terminal: no line has more than 100 columns."""
    head = [_filled(each) for each in (report.notice, report.title, report.introduction)]
    parts = ["\n".join(head)]
    for section in report.sections:
        lines = (line for block in section.blocks for line in _lines(block))
        parts.append("\n".join([_filled(section.title), *lines]))
    return "\n\n".join(parts) + "\n"


def as_markdown(report: Report) -> str:
    """The report as Markdown, with tables as GitHub has them."""
    parts = [
        f"# {escaped(report.title)}",
        f"> {escaped(report.notice)}",
        escaped(report.introduction),
    ]
    for section in report.sections:
        parts.append(f"## {escaped(section.title)}")
        parts += ["\n".join(_markdown(block)) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    r"""
    A text that is only text in Markdown, whatever a document holds.

    >>> print(escaped("a | b <i> *c*"), escaped("1. d"), escaped("- e"))
    a \| b &lt;i&gt; \*c\* 1\. d \- e
    """
    plain = _MARKS.sub(
        lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), visible(text).strip()
    )
    return _BEGINNING.sub(r"\1\\\2", plain)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield _filled(text, "  ")
        case Items(items=items):
            yield from _listed(items, "  ")
        case Table(rows=rows):
            yield from (_filled(row.text, "  - ") for row in rows)
        case Lines(lines=lines):
            yield from (f"  {line}" for line in lines)
        case unreachable:
            assert_never(unreachable)


def _listed(items: Iterable[Item], margin: str) -> Iterator[str]:
    for item in items:
        yield _filled(item.text, f"{margin}- ")
        yield from _listed(item.items, f"{margin}  ")


def _filled(text: str, mark: str = "") -> str:
    return fill(
        visible(text).replace(" %", _UNBROKEN),
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_on_hyphens=False,
    ).replace(_UNBROKEN, " %")


def _markdown(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield escaped(text)
        case Items(items=items):
            yield from _bulleted(items, "")
        case Table(head=head, rows=rows):
            yield _row(head)
            yield "|---" * len(head) + "|"
            yield from (_row(row.cells) for row in rows)
        case Lines(lines=lines):
            yield from ("```text", *lines, "```")
        case unreachable:
            assert_never(unreachable)


def _bulleted(items: Iterable[Item], margin: str) -> Iterator[str]:
    for item in items:
        yield f"{margin}- {escaped(item.text)}"
        yield from _bulleted(item.items, f"{margin}  ")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"
