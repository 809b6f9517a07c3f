"""The line that a problem is in, with a mark under the place."""

from __future__ import annotations

import re
from itertools import accumulate, takewhile
from unicodedata import category, east_asian_width

from attrs import frozen

from ecei_rules.diagnostics.phrasing import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: What is marked as a whole: a text in quotes, a number or a word, or one character.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[^\s,:;\[\]{}"]+|.', re.DOTALL)
_WIDTH = 100
#: How many of the columns are for what stands before the place.
_BEFORE = 40
_CUT = "…"
#: Marks and joiners that stand on the character before them.
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})


@frozen
class Excerpt:
    """A part of a line, and what stands under it: blanks, and a mark as wide as the place."""

    line: str
    mark: str


def excerpt(line: str, column: int) -> Excerpt:
    r"""
    What of a line is around a column, and a mark to stand under it.

    A column is a character and counts from 1. No more than 100 columns of a terminal
    are taken; a tab takes one, and what would steer the terminal is shown as its number.

    >>> found = excerpt('\t"name": "Ex" }', 10)
    >>> print(f"{found.line}\n{found.mark}")
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
    """Each character as it is shown."""
    return [visible(" " if each == "\t" else each) for each in text]


def _fitting(characters: list[str], columns: int) -> list[str]:
    """As many characters, from the first on, as fit into some columns."""
    used = accumulate(map(_width, characters))
    return characters[: sum(1 for _ in takewhile(lambda end: end <= columns, used))]


def _columns(characters: Iterable[str]) -> int:
    return sum(map(_width, characters))


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if category(each) in _NO_WIDTH else 2 if east_asian_width(each) in "WF" else 1
        for each in text
    )
