"""JSON, and everything that is wrong with it."""

from __future__ import annotations

import re

from attrs import evolve, frozen

from ecei_rules.diagnostics.json_text import (
    LONE_SURROGATE,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NAME,
    Json,
    exact,
)
from ecei_rules.diagnostics.places import lines_and_columns
from ecei_rules.diagnostics.problem import MAX_PROBLEMS, TOO_MANY, Problem, pointer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.diagnostics.problem import Steps

    #: What may help; with an offset, its place follows the words.
    Hint = str | tuple[str, int] | None

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[A-Za-z0-9+.-]+")
_VALUE = re.compile(r"[\"{\[A-Za-z0-9-]")
_CHUNK = re.compile(r'[^"\\\x00-\x1f]*')
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None}
_REFUSED_WORDS = ("NaN", "Infinity", "-Infinity")
_ESCAPES = dict(zip('"\\/bfnrt', '"\\/\b\f\n\r\t', strict=True))
_SHOWN = 12
#: One character more than is shown, so that a longer word is known for one.
_SHORT_WORD = re.compile(rf"[^\s,:\[\]{{}}\"]{{1,{_SHOWN + 1}}}")
_COMMA = "there is a comma too many"
_BACKSLASH = "a backslash itself is written twice"
_WRITTEN = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_COMMENTS = (
    (
        re.compile(r"//|/\*|#"),
        "JSON has no comments; a member whose name begins with x- can hold a note",
    ),
)
_SLIPS = (
    *_COMMENTS,
    (re.compile(r"True|False|None"), "JSON writes true, false and null in small letters"),
    (
        re.compile("['\u2018\u2019\u201c\u201d\u201e\u00ab]|[A-Za-z_]"),
        'JSON writes names and texts in straight double quotes (")',
    ),
    (
        re.compile(r"[+.0-9-]"),
        "a number has a point with digits on both sides, no leading zero, no plus and no space",
    ),
    (re.compile(","), _COMMA),
)
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


@frozen
class Scanned:
    """What a text says as JSON, and all that is wrong with it."""

    value: Json
    problems: tuple[Problem, ...]


def scan(text: str) -> Scanned:
    """
    Read strict JSON, noting every problem on the way.

    A repeated name, `NaN`, a lone surrogate or a number that is too long is noted and
    read over; what cannot be read over (a syntax error, too deep a nesting, a name that
    is too long) ends the reading, and the rest of the text is not looked at. Takes any
    string and raises nothing.
    """
    scanner = _Scanner(text)
    value = scanner.document()
    return Scanned(value, tuple(scanner.problems()))


@frozen
class _Noted:
    """A problem at an offset; its hint may end with another place."""

    at: int
    problem: Problem
    other: int | None = None


class _Unreadable(Exception):
    """Reading cannot go on; the problem is noted."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.first = 0
        self.found: list[_Noted] = []

    def document(self) -> Json:
        try:
            start = 0
            if self.text.startswith("\ufeff"):
                hint = "save the file as UTF-8 without a byte order mark"
                self.note(0, "ECEI103", None, "the text begins with a byte order mark", hint)
                start = 1
            self.first = self.skip(start)
            value, end = self.value(self.first, None, 0)
            rest = self.skip(end)
            if rest < len(self.text):
                after = "there is text after the end of the document"
                self.note(rest, "ECEI105", None, f"{after}: {self.shown(rest)}")
        except _Unreadable:
            return None
        return value

    def problems(self) -> Iterator[Problem]:
        """What was noted, in the order of the text, each with its line and column."""
        found = sorted(self.found, key=lambda each: each.at)
        offsets = [each.at for each in found]
        others = [each.other for each in found if each.other is not None]
        places = lines_and_columns(self.text, [*offsets, *others])
        for each in found:
            line, column = places[each.at]
            hint = each.problem.hint
            if each.other is not None:
                hint = "{} {}:{}".format(hint, *places[each.other])
            yield evolve(each.problem, hint=hint, line=line, column=column)

    def note(
        self,
        at: int,
        code: str,
        where: Steps,
        message: str,
        hint: Hint = None,
    ) -> None:
        if len(self.found) == MAX_PROBLEMS:
            self.found.append(_Noted(0, TOO_MANY))
            raise _Unreadable
        other = None
        if isinstance(hint, tuple):
            hint, other = hint
        self.found.append(_Noted(at, Problem(code, pointer(where), message, hint), other))

    def stop(
        self,
        at: int,
        where: Steps,
        expected: str,
        hint: Hint = None,
    ) -> _Unreadable:
        there = self.shown(at) if at < len(self.text) else "the end of the text"
        message = f"expected {expected}, found {there}"
        if at == self.first == len(self.text):
            message = "the document is empty"
        self.note(at, "ECEI104", where, message, hint or self.slip(at, expected))
        return _Unreadable()

    def slip(self, at: int, expected: str) -> str | None:
        """What somebody who wrote this probably took JSON for."""
        if at == self.first:
            return "a document begins with {"
        slips = _SLIPS if expected.startswith("a ") else _COMMENTS
        return next((hint for begins, hint in slips if begins.match(self.text, at)), None)

    def shown(self, at: int) -> str:
        word = _SHORT_WORD.match(self.text, at)
        piece = word[0] if word else self.text[at]
        if piece == '"':
            return "a quotation mark"
        return f'"{piece if len(piece) <= _SHOWN else piece[: _SHOWN - 1] + "…"}"'

    def skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        assert found is not None, "the pattern matches the empty text"
        return found.end()

    def value(self, at: int, where: Steps, depth: int) -> tuple[Json, int]:
        first = self.text[at : at + 1]
        if first == '"':
            return self.string(at, where)
        if first in ("{", "["):
            if depth == MAX_DEPTH:
                self.note(at, "ECEI109", where, f"nested more than {MAX_DEPTH} deep")
                raise _Unreadable
            inside = self.members if first == "{" else self.items
            return inside(at, where, depth + 1)
        return self.scalar(at, where)

    def scalar(self, at: int, where: Steps) -> tuple[Json, int]:
        found = _WORD.match(self.text, at)
        word = found[0] if found else ""
        if word in _WORDS:
            return _WORDS[word], at + len(word)
        if word in _REFUSED_WORDS:
            message, hint = f"{word} is not a JSON number", "leave out what is not known"
            self.note(at, "ECEI107", where, message, hint)
            return None, at + len(word)
        found = _NUMBER.fullmatch(word)
        if found is None:
            raise self.stop(at, where, "a value")
        value = exact(word)
        if value is None:
            message = f"the number takes more than {MAX_DIGITS:,} digits to write out"
            self.note(at, "ECEI110", where, message)
        return value, at + len(word)

    def items(self, at: int, where: Steps, depth: int) -> tuple[Json, int]:
        result: list[Json] = []
        at = self.skip(at + 1)
        if self.text.startswith("]", at):
            return result, at + 1
        while True:
            value, at = self.value(at, (where, len(result)), depth)
            result.append(value)
            at = self.skip(at)
            if self.text.startswith("]", at):
                return result, at + 1
            if not self.text.startswith(",", at):
                raise self.stop(at, where, '"," or "]"', self.comma_missing(at))
            at = self.skip(at + 1)
            if self.text.startswith("]", at):
                raise self.stop(at, where, "a value", _COMMA)

    def members(self, at: int, where: Steps, depth: int) -> tuple[Json, int]:
        result: dict[str, Json] = {}
        first: dict[str, int] = {}
        at = self.skip(at + 1)
        if self.text.startswith("}", at):
            return result, at + 1
        while True:
            if not self.text.startswith('"', at):
                trailing = result and self.text.startswith("}", at)
                hint = _COMMA if trailing else None
                raise self.stop(at, where, "a name in double quotes", hint)
            name, value, end = self.member(at, where, depth, first)
            result[name] = value
            at = self.skip(end)
            if self.text.startswith("}", at):
                return result, at + 1
            if not self.text.startswith(",", at):
                raise self.stop(at, where, '"," or "}"', self.comma_missing(at))
            at = self.skip(at + 1)

    def member(
        self, at: int, where: Steps, depth: int, first: dict[str, int]
    ) -> tuple[str, Json, int]:
        name, end = self.string(at, where)
        if len(name) > MAX_NAME:
            message = f"the name has more than {MAX_NAME:,} characters"
            self.note(at, "ECEI113", where, message)
            raise _Unreadable
        here = where, name
        colon = self.skip(end)
        if not self.text.startswith(":", colon):
            raise self.stop(colon, where, '":"')
        value, end = self.value(self.skip(colon + 1), here, depth)
        before = first.setdefault(name, at)
        if before != at:
            message = f'the name "{name}" stands twice in one object'
            self.note(at, "ECEI106", here, message, ("it first stands at", before))
        return name, value, end

    def comma_missing(self, at: int) -> str | None:
        begins = _VALUE.match(self.text, at)
        return "is a comma missing before it?" if begins else None

    def string(self, at: int, where: Steps) -> tuple[str, int]:
        parts: list[str] = []
        start, at, clean = at, at + 1, True
        while True:
            found = _CHUNK.match(self.text, at)
            assert found is not None, "the pattern matches the empty text"
            parts.append(found[0])
            at = found.end()
            ending = self.text[at : at + 1]
            if ending == '"':
                break
            if ending == "\\":
                piece, at = self.escape(at, where)
                parts.append(piece)
            elif ending:
                if clean:
                    self.control_character(at, where)
                at, clean = at + 1, False
            else:
                begins = "the text begins at", start
                raise self.stop(at, where, "a closing quotation mark", begins)
        result = "".join(parts)
        if not result.isascii() and LONE_SURROGATE.search(result):
            hint = "a character outside the basic plane is a pair of \\u escapes"
            self.note(start, "ECEI108", where, "half of a surrogate pair stands alone", hint)
            result = LONE_SURROGATE.sub("\ufffd", result)
        return result, at + 1

    def control_character(self, at: int, where: Steps) -> None:
        letter = self.text[at]
        message = f"the control character U+{ord(letter):04X} stands in a text"
        hint = f"write it as {_WRITTEN.get(letter, f'{chr(92)}u{ord(letter):04x}')}"
        if letter in "\r\n":
            hint = f"is the closing quotation mark missing? {hint} if it is meant"
        self.note(at, "ECEI111", where, message, hint)

    def escape(self, at: int, where: Steps) -> tuple[str, int]:
        letter = self.text[at + 1 : at + 2]
        if letter in _ESCAPES:
            return _ESCAPES[letter], at + 2
        high = self.hexadecimal(at) if letter == "u" else None
        if high is None:
            hint = "\\u takes four hexadecimal digits" if letter == "u" else _BACKSLASH
            raise self.stop(at, where, "an escape such as \\n or \\u00e9", hint)
        low = self.hexadecimal(at + 6)
        if high in _HIGH and low is not None and low in _LOW:
            return chr(0x10000 + ((high - _HIGH[0]) << 10) + (low - _LOW[0])), at + 12
        return chr(high), at + 6

    def hexadecimal(self, at: int) -> int | None:
        found = _HEX.match(self.text, at + 2) if self.text.startswith("\\u", at) else None
        return None if found is None else int(found[0], 16)
