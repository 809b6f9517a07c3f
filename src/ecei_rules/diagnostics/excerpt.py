"""Excerpts: the line of a problem, with a mark under the place."""

from __future__ import annotations

import re
from itertools import accumulate, takewhile
from unicodedata import category, east_asian_width

from attrs import frozen

from ecei_rules.diagnostics.phrasing import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: A mark covers a text in quotes, a number or a word, or one character.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[^\s,:;\[\]{}"]+|.', re.DOTALL)
_WIDTH = 100
#: The number of columns reserved for the text before the place.
_BEFORE = 40
_CUT = "…"
#: Combining marks and joiners, which take no column of their own.
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})


@frozen
class Excerpt:
    """A part of a line, and the line to print below it: blanks, and a mark below the place."""

    line: str
    mark: str


def excerpt(line: str, column: int) -> Excerpt:
    r"""
    Cut the part of a line around a column, and make the mark to print below it.

    A column is a character and counts from 1. An excerpt takes at most 100 columns of a
    terminal; a tab takes one, and control characters are shown as their numbers.

    >>> part = excerpt('\t"name": "Ex" }', 10)
    >>> print(f"{part.line}\n{part.mark}")
     "name": "Ex" }
             ^^^^
    """
    start = min(column - 1, len(line))
    token = _TOKEN.match(line, start, start + _WIDTH)
    end = token.end() if token else start
    before = _fitting(_characters(line[max(0, start - _BEFORE) : start])[::-1], _BEFORE)[::-1]
    lead = _CUT if len(before) < start else ""
    room = _WIDTH - len(_CUT) - _columns([lead, *before])
    place = _fitting(_characters(line[start:end]), room)
    after = _characters(line[end : end + _WIDTH]) if len(place) == end - start else []
    rest = _fitting(after, room - _columns(place))
    cut = start + len(place) + len(rest) < len(line)
    shown = "".join([lead, *before, *place, *rest])
    blanks = " " * _columns([lead, *before])
    return Excerpt(shown + _CUT if cut else shown.rstrip(), blanks + "^" * max(1, _columns(place)))


def _characters(text: str) -> list[str]:
    return [visible(" " if character == "\t" else character) for character in text]


def _fitting(characters: list[str], columns: int) -> list[str]:
    """Return the first characters, as many as fit into the columns."""
    used = accumulate(map(_width, characters))
    return characters[: sum(1 for _ in takewhile(lambda end: end <= columns, used))]


def _columns(characters: Iterable[str]) -> int:
    return sum(map(_width, characters))


def _width(text: str) -> int:
    """Return the number of columns that a text takes in a terminal."""
    return sum(
        0 if category(character) in _NO_WIDTH else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )
