"""The scanner, which finds every problem of a JSON text."""

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

    #: A hint; one with an offset ends with the line and column of it.
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
#: One character more than is shown, to recognise a longer word.
_SHORT_WORD = re.compile(rf"[^\s,:\[\]{{}}\"]{{1,{_SHOWN + 1}}}")
_COMMA = "there is a comma too many"
_BACKSLASH = "write a backslash twice"
_WRITTEN = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_COMMENTS = (
    (
        re.compile(r"//|/\*|#"),
        "JSON has no comments; use a member whose name begins with x- for a note",
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
    """The JSON value of a text, and the problems of the text."""

    value: Json
    problems: tuple[Problem, ...]


def scan(text: str) -> Scanned:
    """
    Read strict JSON, and collect every problem on the way.

    Reading goes on after a repeated name, `NaN`, a lone surrogate or a number that is too
    long. It ends at a syntax error, a nesting that is too deep or a name that is too
    long; the rest of the text is then not read. It takes any string and raises nothing.
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
        self.noted: list[_Noted] = []

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
        """Yield the noted problems in the order of the text, with their lines and columns."""
        ordered = sorted(self.noted, key=lambda noted: noted.at)
        offsets = [noted.at for noted in ordered]
        others = [noted.other for noted in ordered if noted.other is not None]
        places = lines_and_columns(self.text, [*offsets, *others])
        for noted in ordered:
            line, column = places[noted.at]
            hint = noted.problem.hint
            if noted.other is not None:
                hint = "{} {}:{}".format(hint, *places[noted.other])
            yield evolve(noted.problem, hint=hint, line=line, column=column)

    def note(
        self,
        at: int,
        code: str,
        where: Steps,
        message: str,
        hint: Hint = None,
    ) -> None:
        if len(self.noted) == MAX_PROBLEMS:
            self.noted.append(_Noted(0, TOO_MANY))
            raise _Unreadable
        other_place = None
        if isinstance(hint, tuple):
            hint, other_place = hint
        self.noted.append(_Noted(at, Problem(code, pointer(where), message, hint), other_place))

    def stop(
        self,
        at: int,
        where: Steps,
        expected: str,
        hint: Hint = None,
    ) -> _Unreadable:
        actual = self.shown(at) if at < len(self.text) else "the end of the text"
        message = f"expected {expected}, found {actual}"
        if at == self.first == len(self.text):
            message = "the document is empty"
        self.note(at, "ECEI104", where, message, hint or self.slip(at, expected))
        return _Unreadable()

    def slip(self, at: int, expected: str) -> str | None:
        """Return a hint on a common mistake at this place."""
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
        space = _SPACE.match(self.text, at)
        assert space is not None, "the pattern matches the empty text"
        return space.end()

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
        match = _WORD.match(self.text, at)
        word = match[0] if match else ""
        if word in _WORDS:
            return _WORDS[word], at + len(word)
        if word in _REFUSED_WORDS:
            message, hint = f"{word} is not a JSON number", "leave out a value that is not known"
            self.note(at, "ECEI107", where, message, hint)
            return None, at + len(word)
        if not _NUMBER.fullmatch(word):
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
            message = f'the name "{name}" occurs twice in one object'
            self.note(at, "ECEI106", here, message, ("the first one is at", before))
        return name, value, end

    def comma_missing(self, at: int) -> str | None:
        begins = _VALUE.match(self.text, at)
        return "is a comma missing before it?" if begins else None

    def string(self, at: int, where: Steps) -> tuple[str, int]:
        parts: list[str] = []
        start, at, clean = at, at + 1, True
        while True:
            chunk = _CHUNK.match(self.text, at)
            assert chunk is not None, "the pattern matches the empty text"
            parts.append(chunk[0])
            at = chunk.end()
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
            hint = "write a character outside the basic plane as a pair of \\u escapes"
            self.note(start, "ECEI108", where, "the text contains half of a surrogate pair", hint)
            result = LONE_SURROGATE.sub("\ufffd", result)
        return result, at + 1

    def control_character(self, at: int, where: Steps) -> None:
        letter = self.text[at]
        message = f"a text contains the control character U+{ord(letter):04X}"
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
        digits = _HEX.match(self.text, at + 2) if self.text.startswith("\\u", at) else None
        return None if digits is None else int(digits[0], 16)
