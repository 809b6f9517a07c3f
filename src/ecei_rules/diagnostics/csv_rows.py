"""Rows of CSV tables, separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import re

from ecei_rules.diagnostics.problem import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: The end of a line of a listing or a table.
LINE_ENDS = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
#: Spreadsheets run texts that begin so as formulas, unless an apostrophe is before them.
_FORMULA, _GUARD = re.compile(r"\s*[=+\-@']|[\t\r]"), "'"
#: Programs also write it before numbers and days that are texts, and alone for an empty text.
_GUARDED = re.compile(rf"{_FORMULA.pattern}|[0-9]|$")
_SEPARATORS = ",;\t|"
#: A first line that names the separator, as some programs write it.
_SEPARATOR = re.compile(rf'(?i)\s*"?sep=([{_SEPARATORS}])"?[^\S\r\n]*(?:\r\n|\r|\n|$)')


def rows(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """
    Yield the rows that are not empty, each with the line on which it begins.

    A first line such as `sep=;` names the separator and is no row.
    """
    lines = _LINE.findall(text)
    named = _SEPARATOR.match(text)
    if named:
        lines[len(_LINE.findall(named[0])) - 1] = "\n"
    reader = csv.reader(lines, delimiter=delimiter(text), strict=True)
    line = 1
    while line <= len(lines):
        try:
            row = next(reader)
        except csv.Error:
            unread = "".join(lines[line - 1 : reader.line_num]).strip()
            message = f"the row cannot be read: {unread}"
            hint = "is a closing quotation mark missing?"
            problems.append(csv_problem("ECEI413", "line", line, message, hint))
        else:
            if any(map(str.strip, row)):
                yield line, row
        line = reader.line_num + 1


def first_line(text: str) -> str:
    """Return the first line that is not empty and does not name the separator."""
    named = _SEPARATOR.match(text)
    return LINE_ENDS.split(text[named.end() if named else 0 :].lstrip(), 1)[0]


def delimiter(text: str) -> str:
    """Return the separator that the text names, or the most frequent one of its first line."""
    named = _SEPARATOR.match(text)
    return named[1] if named else max(",;\t", key=first_line(text).count)


def guarded(text: str) -> str:
    """
    Return a text for a cell of a table, so that no program runs it as a formula.

    >>> guarded("=1+1"), guarded("'s-Hertogenbosch"), guarded("Example")
    ("'=1+1", "''s-Hertogenbosch", 'Example')
    """
    return _GUARD + text if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """
    Return the text of a cell, without the space around it and the apostrophe that guards it.

    An apostrophe that belongs to a name stays, also where another program wrote the table.

    >>> unguarded("'=1+1"), unguarded(" ''s-Hertogenbosch"), unguarded("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch", "'s-Hertogenbosch")
    """
    text = cell.strip()
    bare = text.removeprefix(_GUARD)
    return bare if _GUARDED.match(bare) else text


def csv_problem(code: str, where: str, line: int, message: str, hint: str | None = None) -> Problem:
    """Return a problem of the row that begins on a line."""
    return Problem(code, where, message, hint, line=line, column=1)
