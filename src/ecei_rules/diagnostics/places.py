"""The places in a JSON text of the values that problems point at."""

from __future__ import annotations

import re

from attrs import field, frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_SPACE = re.compile(r"[ \t\n\r]*+")
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"')
_SCALAR = re.compile(r"[-+.0-9A-Za-z]++")
#: Everything up to the next bracket that is not in a text, and the bracket.
_TO_BRACKET = re.compile(r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+([\[\]{}])')


@frozen
class Offsets:
    """The offsets of a value and of the name before it."""

    value: int
    name: int


def places(text: str, pointers: Iterable[str]) -> dict[str, Offsets]:
    """
    Find the values that JSON Pointers lead to in a text that is strict JSON.

    Values that no pointer leads into are skipped from bracket to bracket: time grows with
    the text, and memory with the number of pointers. A pointer that leads nowhere has no
    place.

    >>> places('{"a": [10, 20]}', ["/a/1", "/b"])
    {'/a/1': Offsets(value=11, name=11)}
    """
    root = _Node()
    for pointer in pointers:
        node = root
        for name in pointer.split("/")[1:]:
            node = node.inside.setdefault(name.replace("~1", "/").replace("~0", "~"), _Node())
        node.pointers.append(pointer)
    located: dict[str, Offsets] = {}
    start = _after_space(text, 0)
    _locate(text, Offsets(start, start), root, located)
    return located


def lines_and_columns(text: str, offsets: Iterable[int]) -> dict[int, tuple[int, int]]:
    r"""
    Find the line and the column of each offset; both count from 1, and lines end at "\n".

    >>> lines_and_columns("ab\ncd", [4, 0])
    {0: (1, 1), 4: (2, 2)}
    """
    located = {}
    line, begins, before = 1, 0, 0
    for offset in sorted(set(offsets)):
        ends = text.count("\n", before, offset)
        if ends:
            line += ends
            begins = text.rfind("\n", before, offset) + 1
        before = offset
        located[offset] = line, offset - begins + 1
    return located


@frozen
class _Node:
    """A node of the tree of requested pointers."""

    inside: dict[str, _Node] = field(factory=dict)
    pointers: list[str] = field(factory=list)


def _locate(text: str, place: Offsets, node: _Node, located: dict[str, Offsets]) -> int:
    """Locate the requested values inside the one at a place, and return the end of that."""
    located.update(dict.fromkeys(node.pointers, place))
    if not node.inside or text[place.value] not in "{[":
        return _end(text, place.value)
    named = text[place.value] == "{"
    left, index = len(node.inside), 0
    at = _after_space(text, place.value + 1)
    while left and text[at] not in "}]":
        name, value = str(index), at
        if named:
            name, end = _name(text, at)
            value = _after_space(text, _after_space(text, end) + 1)
        requested = node.inside.get(name)
        if requested is None:
            at = _end(text, value)
        else:
            at = _locate(text, Offsets(value, at), requested, located)
            left -= 1
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)
        index += 1
    return _closing(text, at)


def _end(text: str, at: int) -> int:
    """Return the end of the value that begins at an offset."""
    if text[at] in "{[":
        return _closing(text, at + 1)
    return _matched(_STRING if text[at] == '"' else _SCALAR, text, at)


def _closing(text: str, at: int) -> int:
    """Return the end of the object or list that an offset is in."""
    depth = 1
    while depth:
        bracket = _TO_BRACKET.match(text, at)
        assert bracket is not None, "in strict JSON every bracket is closed"
        depth += 1 if bracket[1] in "{[" else -1
        at = bracket.end()
    return at


def _name(text: str, at: int) -> tuple[str, int]:
    """Return the name of a member, and its end."""
    end = _matched(_STRING, text, at)
    name = text[at + 1 : end - 1]
    if "\\" in name:
        from json import loads

        name = loads(text[at:end])
    return name, end


def _after_space(text: str, at: int) -> int:
    return _matched(_SPACE, text, at)


def _matched(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    assert match is not None, "strict JSON has one of few forms at each place"
    return match.end()
