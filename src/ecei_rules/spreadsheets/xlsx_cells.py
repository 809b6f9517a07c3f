"""What stands in the cells of a workbook, read from its parts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

from attrs import frozen

from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import exact
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.spreadsheets.xlsx_archive import MAX_UNPACKED, unpacked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Attributes: TypeAlias = dict[str, str]
    #: Takes an element at its end: its name, attributes and text, and whether it is spoken.
    Handler: TypeAlias = Callable[[str, Attributes, str], None]


@frozen
class Formula:
    """A formula, which is never worked out, or the error that one came to."""

    text: str


@frozen
class Percentage:
    """A number in a cell that shows it times a hundred."""

    number: int | Decimal


#: What a cell holds: a day is a number in a cell that shows it as a day.
Held = str | bool | int | Decimal | date | Formula | Percentage


@frozen
class Sheet:
    """One sheet: what its cells hold, by row and column, both from 1."""

    name: str
    cells: FrozenMap[tuple[int, int], Held]


#: No cell below or to the right of these is looked at; workbooks of interviews end above.
MAX_ROW, MAX_COLUMN = 20_000, 20

_MAX_DEPTH = 50
_MAX_DIGITS = 400
_COORDINATES = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DAY_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENT_FORMATS = {9, 10}
#: 1 March 1900 and the last day of 2999, as numbers of days.
_FIRST, _LAST = 61, 401_768


class _Damaged(Exception):
    """A part is not as a spreadsheet program writes it."""


def sheets(content: bytes, *, name: str) -> tuple[Sheet, ...]:
    """
    The sheets of a workbook, in order.

    Nothing is worked out, fetched or expanded, and no more memory is taken than the
    parts have bytes, times a factor.

    Raises:
        InvalidDocument: it is no workbook, is damaged or too large, or declares a
            document type.
    """
    parts = unpacked(content, name)
    try:
        return _sheets(parts)
    except _Doctype:
        message = "a part of the workbook declares a document type, which is never read"
        raise InvalidDocument(name, [Problem("ECEI423", "", message)]) from None
    except _TooLarge:
        message = f"the texts of the workbook have more than {MAX_UNPACKED:,} characters"
        raise InvalidDocument(name, [Problem("ECEI422", "", message)]) from None
    except _Damaged as error:
        problem = Problem("ECEI421", "", f"the workbook is damaged: {error}")
        raise InvalidDocument(name, [problem]) from None


class _TooLarge(Exception):
    """Its cells hold more than its parts."""


class _Doctype(Exception):
    """A part declares a document type."""


def _sheets(parts: dict[str, bytes]) -> tuple[Sheet, ...]:
    workbook = next((each for each in parts if each.endswith("workbook.xml")), None)
    if workbook is None:
        msg = "it has no part workbook.xml"
        raise _Damaged(msg)
    folder, _, _ = workbook.rpartition("/")
    listed: list[tuple[str, str]] = []
    epoch = date(1899, 12, 30)

    def about(tag: str, attributes: Attributes, _text: str) -> None:
        nonlocal epoch
        if tag == "sheet":
            listed.append((attributes.get("name", ""), attributes.get("id", "")))
        elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            epoch = date(1904, 1, 1)

    _walk(parts[workbook], about)
    targets = _targets(parts.get(f"{folder}/_rels/workbook.xml.rels", b""), folder)
    styles = _styles(parts.get(targets.get("styles", ""), b""))
    strings = _strings(parts.get(targets.get("sharedStrings", ""), b""))
    found = []
    left = dict(parts)
    length = 0
    for title, relation in listed:
        # each part is a sheet once, so that no part is read twice
        part = left.pop(targets.get(relation, ""), None)
        if part is None:
            msg = f'the sheet "{title}" is missing'
            raise _Damaged(msg)
        cells = _Cells(strings, styles, epoch, length)
        _walk(part, cells.take)
        length = cells.length
        found.append(Sheet(title, FrozenMap(cells.found)))
    return tuple(found)


def _targets(part: bytes, folder: str) -> dict[str, str]:
    """The parts that a workbook refers to, by id, and the styles and strings by kind."""
    found: dict[str, str] = {}

    def relation(tag: str, attributes: Attributes, _text: str) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            found[attributes.get("Id", "")] = path
            found.setdefault(attributes.get("Type", "").rpartition("/")[2], path)

    _walk(part, relation)
    return found


def _styles(part: bytes) -> list[str]:
    """For each style of a cell: `day`, `percent`, or nothing."""
    formats = {str(each): "day" for each in _DAY_FORMATS}
    formats |= {str(each): "percent" for each in _PERCENT_FORMATS}
    direct: list[str] = []
    collected: list[str] = []

    def style(tag: str, attributes: Attributes, _text: str) -> None:
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = _shows(attributes.get("formatCode", ""))
        elif tag == "xf":
            direct.append(attributes.get("numFmtId", ""))
        elif tag == "cellXfs":
            collected.extend(direct)
        if tag in ("cellXfs", "cellStyleXfs"):
            direct.clear()

    _walk(part, style)
    return [formats.get(each, "") for each in collected]


def _shows(code: str) -> str:
    bare = _QUOTED.sub("", code).lower()
    if "%" in bare:
        return "percent"
    return "day" if "general" not in bare and re.search("[dy]", bare) else ""


def _strings(part: bytes) -> list[str]:
    found: list[str] = []
    runs: list[str] = []

    def string(tag: str, _attributes: Attributes, text: str) -> None:
        if tag == "t":
            runs.append(text)
        elif tag == "rPh" and runs:
            runs.pop()  # how a name is spoken is no part of it
        elif tag == "si":
            found.append(_decoded("".join(runs)))
            runs.clear()

    _walk(part, string)
    return found


class _Cells:
    """The cells of one sheet, gathered while its part is read."""

    def __init__(self, strings: list[str], styles: list[str], epoch: date, length: int) -> None:
        self.strings = strings
        self.styles = styles
        self.epoch = epoch
        self.found: dict[tuple[int, int], Held] = {}
        self.length = length
        self.value = ""
        self.formula: str | None = None
        self.runs: list[str] = []

    def take(self, tag: str, attributes: Attributes, text: str) -> None:
        match tag:
            case "v":
                self.value = text
            case "f":
                self.formula = text
            case "t":
                self.runs.append(text)
            case "rPh" if self.runs:
                self.runs.pop()
            case "c":
                self._keep(attributes)
                self.value, self.formula, self.runs = "", None, []

    def _keep(self, attributes: Attributes) -> None:
        at = _COORDINATES.fullmatch(attributes.get("r", ""))
        if at is None:
            msg = f'"{attributes.get("r", "")}" is no cell'
            raise _Damaged(msg)
        row, column = int(at[2]), _column(at[1])
        if row > MAX_ROW or column > MAX_COLUMN:
            return
        held = self._held(attributes)
        if held != "":
            self.found[row, column] = held
            self.length += len(held) if isinstance(held, str) else 1
        if self.length > MAX_UNPACKED:
            # one long text can stand in any number of cells
            raise _TooLarge

    def _held(self, attributes: Attributes) -> Held:
        if self.formula is not None:
            return Formula(f"={_decoded(self.formula)}")
        match attributes.get("t", "n"):
            case "inlineStr":
                return _decoded("".join(self.runs))
            case "str":
                return _decoded(self.value)
            case "s":
                return self._shared()
            case "e":
                return Formula(self.value)
            case "b":
                return self.value == "1"
            case "d":
                return self.value.removesuffix("T00:00:00")
            case _:
                return self._number(attributes.get("s", "0"))

    def _shared(self) -> str:
        if not re.fullmatch("[0-9]{1,7}", self.value) or int(self.value) >= len(self.strings):
            msg = f'there is no text "{self.value}"'
            raise _Damaged(msg)
        return self.strings[int(self.value)]

    def _number(self, style: str) -> Held:
        text = self.value.strip()
        if not text or len(text) > _MAX_DIGITS or not _NUMBER.fullmatch(text):
            return text
        known = re.fullmatch("[0-9]{1,6}", style) and int(style) < len(self.styles)
        shows = self.styles[int(style)] if known else ""
        # a cell holds the double next to what was typed, which is its shortest decimal
        double = float(text)
        number = exact(repr(double)) if isfinite(double) else None
        if number is None:
            return text
        if shows == "percent":
            return Percentage(number)
        if shows == "day" and isinstance(number, int):
            return self._day(number)
        return number

    def _day(self, number: int) -> date | int:
        # before March 1900 programs count differently, and after 2999 there is no day for us
        if _FIRST <= number <= _LAST:
            return self.epoch + timedelta(number)
        return number


def _column(letters: str) -> int:
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - ord("A") + 1
    return number


def _decoded(text: str) -> str:
    """A text without the escapes of the format, `_x000D_` for a carriage return."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _walk(part: bytes, handle: Handler) -> None:
    """Hand over every element of a part at its end, those within it first."""
    if not part:
        return
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    open_: list[tuple[Attributes, list[str]]] = []

    def start(_name: str, attributes: Attributes) -> None:
        if len(open_) >= _MAX_DEPTH:
            msg = f"its parts are nested more than {_MAX_DEPTH} deep"
            raise _Damaged(msg)
        open_.append(({k.rpartition(" ")[2]: v for k, v in attributes.items()}, []))

    def end(name: str) -> None:
        attributes, text = open_.pop()
        handle(name.rpartition(" ")[2], attributes, "".join(text))

    def characters(text: str) -> None:
        open_[-1][1].append(text)

    def doctype(*_declared: object) -> None:
        raise _Doctype

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(part)
        parser.Parse(b"", bool(part))
    except ExpatError as error:
        msg = f"a part is no XML: {ErrorString(error.code)}"
        raise _Damaged(msg) from None
