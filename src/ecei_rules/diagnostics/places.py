"""Where in a JSON text the values stand that problems point at."""

from __future__ import annotations

import re

from attrs import field, frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_SPACE = re.compile(r"[ \t\n\r]*+")
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"')
_SCALAR = re.compile(r"[-+.0-9A-Za-z]++")
#: What stands before the next bracket that is not in a text, and the bracket.
_TO_BRACKET = re.compile(r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+([\[\]{}])')


@frozen
class Offsets:
    """Where a value stands: offsets of the value and of the name before it."""

    value: int
    name: int


def places(text: str, pointers: Iterable[str]) -> dict[str, Offsets]:
    """
    The places of the values that JSON Pointers lead to in a text that is strict JSON.

    What no pointer leads into is passed over from bracket to bracket, and nothing is
    kept of it: time grows with the text, and memory with what is asked for. A pointer
    that leads nowhere has no place.

    >>> places('{"a": [10, 20]}', ["/a/1", "/b"])
    {'/a/1': Place(value=11, name=11)}
    """
    root = _Node()
    for each in pointers:
        node = root
        for name in each.split("/")[1:]:
            node = node.inside.setdefault(name.replace("~1", "/").replace("~0", "~"), _Node())
        node.pointers.append(each)
    found: dict[str, Offsets] = {}
    start = _after_space(text, 0)
    _locate(text, Offsets(start, start), root, found)
    return found


def lines_and_columns(text: str, offsets: Iterable[int]) -> dict[int, tuple[int, int]]:
    r"""
    The line and the column of each offset, both counted from 1; lines end at line feeds.

    >>> lines_and_columns("ab\ncd", [4, 0])
    {0: (1, 1), 4: (2, 2)}
    """
    found = {}
    line, begins, before = 1, 0, 0
    for offset in sorted(set(offsets)):
        ends = text.count("\n", before, offset)
        if ends:
            line += ends
            begins = text.rfind("\n", before, offset) + 1
        before = offset
        found[offset] = line, offset - begins + 1
    return found


@frozen
class _Node:
    """What is asked for at one place of a document, and inside it."""

    inside: dict[str, _Node] = field(factory=dict)
    pointers: list[str] = field(factory=list)


def _locate(text: str, place: Offsets, node: _Node, found: dict[str, Offsets]) -> int:
    """Note what is asked for in the value at a place, and return where the value ends."""
    found.update(dict.fromkeys(node.pointers, place))
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
        asked = node.inside.get(name)
        if asked is None:
            at = _end(text, value)
        else:
            at = _locate(text, Offsets(value, at), asked, found)
            left -= 1
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)
        index += 1
    return _closing(text, at)


def _end(text: str, at: int) -> int:
    """Where the value ends that begins at an offset."""
    if text[at] in "{[":
        return _closing(text, at + 1)
    return _matched(_STRING if text[at] == '"' else _SCALAR, text, at)


def _closing(text: str, at: int) -> int:
    """Where the object or list ends that an offset stands in."""
    depth = 1
    while depth:
        found = _TO_BRACKET.match(text, at)
        assert found is not None, "in strict JSON every bracket is closed"
        depth += 1 if found[1] in "{[" else -1
        at = found.end()
    return at


def _name(text: str, at: int) -> tuple[str, int]:
    """The name of a member, and where it ends."""
    end = _matched(_STRING, text, at)
    name = text[at + 1 : end - 1]
    if "\\" in name:
        from json import loads

        name = loads(text[at:end])
    return name, end


def _after_space(text: str, at: int) -> int:
    return _matched(_SPACE, text, at)


def _matched(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    assert found is not None, "strict JSON has one of few forms at each place"
    return found.end()
