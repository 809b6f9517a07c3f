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


def rows(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the line on which it begins."""
    lines = _LINE.findall(text)
    reader = csv.reader(lines, delimiter=delimiter(first_line(text)), strict=True)
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
    """Return the first line that is not empty."""
    return LINE_ENDS.split(text.lstrip(), 1)[0]


def delimiter(first: str) -> str:
    """Return the separator that occurs most often in the first line of a table."""
    return max(",;\t", key=first.count)


def csv_problem(code: str, where: str, line: int, message: str, hint: str | None = None) -> Problem:
    """Return a problem of the row that begins on a line."""
    return Problem(code, where, message, hint, line=line, column=1)
