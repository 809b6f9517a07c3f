"""A report in blocks, written as text or as Markdown."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import assert_never

from attrs import field, frozen

from ecei_rules.diagnostics.phrasing import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Columns of a line of text, and of a line inside a `Lines` block.
WIDTH = 100
INNER_WIDTH = WIDTH - 4
_UNBROKEN = "\N{NO-BREAK SPACE}%"
_MARKS = re.compile(r"[&<>\\`*_~\[\]|#$]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
#: Beginnings that Markdown takes for a list, a heading or an underline.
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
    """A list; the entries of the outer list can be *numbered*."""

    items: tuple[Item, ...] = field(converter=tuple[Item, ...])
    numbered: bool = field(default=False, kw_only=True)


@frozen
class TableRow:
    """One row of a table; *text* replaces it where there are no tables."""

    text: str
    cells: tuple[str, ...] = field(converter=tuple[str, ...])


@frozen
class Table:
    """Rows under one heading; in text they are a list."""

    head: tuple[str, ...] = field(converter=tuple[str, ...])
    rows: tuple[TableRow, ...] = field(converter=tuple[TableRow, ...])


@frozen
class Grid:
    """Numbers in rows and columns, all with a name first; a table in text as well."""

    head: tuple[str, ...] = field(converter=tuple[str, ...])
    rows: tuple[tuple[str, ...], ...] = field(converter=tuple[tuple[str, ...], ...])


@frozen
class Lines:
    """Lines that are wrapped already, at most `INNER_WIDTH` columns wide."""

    lines: tuple[str, ...] = field(converter=tuple[str, ...])


Block = Paragraph | Items | Table | Grid | Lines


@frozen
class Section:
    """Some blocks under a title."""

    title: str
    blocks: tuple[Block, ...] = field(converter=tuple[Block, ...])


@frozen
class Report:
    """A title, a notice to read before anything else or none, an introduction, and sections."""

    title: str
    notice: str
    introduction: tuple[str, ...] = field(converter=tuple[str, ...])
    sections: tuple[Section, ...] = field(converter=tuple[Section, ...])


def as_text(report: Report) -> str:
    """Write the report for a terminal: no line has more than 100 columns."""
    notice = [report.notice] if report.notice else []
    head = map(_filled, [*notice, report.title, *report.introduction])
    return "\n".join([*head, "", sections_as_text(report.sections)])


def sections_as_text(sections: Iterable[Section]) -> str:
    """Write sections alone for a terminal, with a blank line between two of them."""
    parts = []
    for section in sections:
        lines = (line for block in section.blocks for line in _lines(block))
        parts.append("\n".join([_filled(section.title), *lines]))
    return "\n\n".join(parts) + "\n"


def as_markdown(report: Report) -> str:
    """Write the report as Markdown, with tables as GitHub has them."""
    parts = [
        f"# {escape_markdown(report.title)}",
        *([f"> {escape_markdown(report.notice)}"] if report.notice else []),
        *map(escape_markdown, report.introduction),
    ]
    for section in report.sections:
        parts.append(f"## {escape_markdown(section.title)}")
        parts += ["\n".join(_markdown(block)) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def escape_markdown(text: str) -> str:
    r"""
    Escape a text of a document, so that Markdown shows it as it is.

    >>> print(escape_markdown("a | b <i> *c*"), escape_markdown("1. d"), escape_markdown("- e"))
    a \| b &lt;i&gt; \*c\* 1\. d \- e
    """
    plain = _MARKS.sub(
        lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), visible(text).strip()
    )
    return _BEGINNING.sub(r"\1\\\2", plain)


def inner_lines(line: str) -> list[str]:
    """
    Wrap a line for a `Lines` block; what follows is indented under it.

    >>> [len(each) for each in inner_lines("  " + "word " * 30)]
    [96, 60]
    """
    indent = " " * (len(line) - len(line.lstrip()))
    return wrap(line, INNER_WIDTH, subsequent_indent=f"{indent}    ")


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield _filled(text, "  ")
        case Items(items=items, numbered=False):
            yield from _listed(items, "  ")
        case Items(items=items):
            for number, item in enumerate(items, 1):
                yield _filled(item.text, f"  {number}. ")
                yield from _listed(item.items, "    ")
        case Table(rows=rows):
            yield from (_filled(row.text, "  - ") for row in rows)
        case Grid(head=head, rows=rows):
            yield from ("", *_aligned([head, *rows]), "")
        case Lines(lines=lines):
            yield from (f"  {line}" for line in lines)
        case unreachable:
            assert_never(unreachable)


def _listed(items: Iterable[Item], margin: str) -> Iterator[str]:
    for item in items:
        yield _filled(item.text, f"{margin}- ")
        yield from _listed(item.items, f"{margin}  ")


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *numbers in rows:
        cells = map(str.rjust, numbers, widths[1:])
        yield f"  {name.ljust(widths[0])}  {'  '.join(cells)}"


def _filled(text: str, mark: str = "") -> str:
    lines = wrap(
        visible(text).replace(" %", _UNBROKEN),
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_on_hyphens=False,
    )
    return "\n".join(lines).replace(_UNBROKEN, " %")


def _markdown(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield escape_markdown(text)
        case Items(items=items, numbered=numbered):
            for number, item in enumerate(items, 1):
                yield f"{f'{number}.' if numbered else '-'} {escape_markdown(item.text)}"
                yield from _bulleted(item.items, "   " if numbered else "  ")
        case Table(head=head, rows=rows):
            yield _row(head)
            yield "|---" * len(head) + "|"
            yield from (_row(row.cells) for row in rows)
        case Grid(head=head, rows=rows):
            yield _row(head)
            yield "|---" + "|---:" * (len(head) - 1) + "|"
            yield from map(_row, rows)
        case Lines(lines=lines):
            yield from ("```text", *lines, "```")
        case unreachable:
            assert_never(unreachable)


def _bulleted(items: Iterable[Item], margin: str) -> Iterator[str]:
    for item in items:
        yield f"{margin}- {escape_markdown(item.text)}"
        yield from _bulleted(item.items, f"{margin}  ")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(escape_markdown, cells))} |"
