"""Reads the values of the cells of a workbook from its parts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite
from posixpath import join, normpath
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

from attrs import frozen

from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import exact
from ecei_rules.diagnostics.phrasing import value_text
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.spreadsheets.xlsx_archive import MAX_UNPACKED, part_name, unpack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Attributes: TypeAlias = dict[str, str]
    #: Takes an element at its end: its name, attributes and text.
    Handler: TypeAlias = Callable[[str, Attributes, str], None]
    #: Takes an element at its beginning: its name and attributes.
    Opening: TypeAlias = Callable[[str, Attributes], None]


@frozen
class Formula:
    """A formula, which is never evaluated, or the error value of one."""

    text: str


@frozen
class Percentage:
    """A number in a cell that is formatted as a percentage."""

    number: int | Decimal


#: The value of a cell; a day is a number in a cell that is formatted as a day.
CellValue = str | bool | int | Decimal | date | Formula | Percentage


@frozen
class Sheet:
    """One sheet: the values of its cells by row and column, both from 1."""

    name: str
    cells: FrozenMap[tuple[int, int], CellValue]


#: Cells beyond this row or column are ignored; workbooks of interviews are smaller.
MAX_ROW, MAX_COLUMN = 20_000, 20

_MAX_DEPTH = 50
_MAX_DIGITS = 400
_COORDINATES = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DAY_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENT_FORMATS = {9, 10}
#: The encodings of the format, and the two others that the parser decodes by itself.
_ENCODINGS = {"utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "iso-8859-1"}
#: 1 March 1900 and the last day of 2999, as numbers of days.
_FIRST, _LAST = 61, 401_768


class _Refused(Exception):
    """A workbook is damaged, too large or declares a document type."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def _damage(reason: str) -> Problem:
    return Problem("ECEI421", "", f"the workbook is damaged: {reason}")


def read_sheets(content: bytes, *, name: str) -> tuple[Sheet, ...]:
    """
    Read the sheets of a workbook, in order.

    Nothing is evaluated, fetched or expanded, and memory is bounded by the size of the
    parts times a factor.

    Raises:
        InvalidDocument: it is not a workbook, is damaged or too large, or declares a
            document type.
    """
    parts = unpack(content, name)
    try:
        return _sheets(parts)
    except _Refused as error:
        raise InvalidDocument(name, [error.problem]) from None


def _sheets(parts: dict[str, bytes]) -> tuple[Sheet, ...]:
    workbook = _workbook_part(parts)
    listed: list[tuple[str, str]] = []
    epoch = date(1899, 12, 30)

    def about(tag: str, attributes: Attributes, _text: str) -> None:
        nonlocal epoch
        if tag == "sheet":
            listed.append((attributes.get("name", ""), attributes.get("id", "")))
        elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            epoch = date(1904, 1, 1)

    _walk(parts[workbook], about)
    targets, by_type = _targets(parts, workbook)
    if by_type.get("styles", workbook) not in parts:
        # a cell would be read as a number where its style makes it a day
        raise _Refused(_damage(f"the part {value_text(by_type['styles'])} is missing"))
    styles = _styles(parts.get(by_type.get("styles", ""), b""))
    strings = _strings(parts.get(by_type.get("sharedStrings", ""), b""))
    sheets = []
    unread = dict(parts)
    length = 0
    for title, relation in listed:
        # no part is read twice, even if several sheets name it
        part = unread.pop(targets.get(relation, ""), None)
        if part is None:
            raise _Refused(_damage(f'the sheet "{title}" is missing'))
        cells = _Cells(strings, styles, epoch, length)
        _walk(part, cells.take, cells.begin)
        length = cells.length
        sheets.append(Sheet(title, FrozenMap(cells.values)))
    return tuple(sheets)


def _workbook_part(parts: dict[str, bytes]) -> str:
    """Return the part that lists the sheets, which may have any name."""
    _, by_type = _targets(parts, "")
    usual = (each for each in parts if each.endswith("workbook.xml"))
    found = by_type.get("officeDocument")
    name = found if found in parts else next(usual, None)
    if name is None:
        raise _Refused(_damage("it has no part workbook.xml"))
    return name


def _targets(parts: dict[str, bytes], source: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the parts that a part, or for "" the archive, refers to: by id, and by type."""
    by_id: dict[str, str] = {}
    by_type: dict[str, str] = {}
    folder, _, base = source.rpartition("/")

    def relation(tag: str, attributes: Attributes, _text: str) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "").replace("\\", "/")
            path = part_name(normpath(join("/", folder, target)))
            by_id[attributes.get("Id", "")] = path
            by_type.setdefault(attributes.get("Type", "").rpartition("/")[2], path)

    _walk(parts.get(join(folder, "_rels", f"{base}.rels"), b""), relation)
    return by_id, by_type


def _styles(part: bytes) -> list[str]:
    """Return for each style of a cell `day`, `percent` or nothing."""
    formats = {str(each): "day" for each in _DAY_FORMATS}
    formats |= {str(each): "percent" for each in _PERCENT_FORMATS}
    direct: list[str] = []
    collected: list[str] = []

    def style(tag: str, attributes: Attributes, _text: str) -> None:
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = _format_kind(attributes.get("formatCode", ""))
        elif tag == "xf":
            direct.append(attributes.get("numFmtId", ""))
        elif tag == "cellXfs":
            collected.extend(direct)
        if tag in ("cellXfs", "cellStyleXfs"):
            direct.clear()

    _walk(part, style)
    return [formats.get(each, "") for each in collected]


def _format_kind(code: str) -> str:
    bare = _QUOTED.sub("", code).lower()
    if "%" in bare:
        return "percent"
    return "day" if "general" not in bare and re.search("[dy]", bare) else ""


def _strings(part: bytes) -> list[str]:
    strings: list[str] = []
    runs: list[str] = []

    def string(tag: str, _attributes: Attributes, text: str) -> None:
        if tag == "t":
            runs.append(text)
        elif tag == "rPh" and runs:
            runs.pop()  # a phonetic guide is not part of the text
        elif tag == "si":
            strings.append(_decoded("".join(runs)))
            runs.clear()

    _walk(part, string)
    return strings


class _Cells:
    """Collects the cells of one sheet while its part is read."""

    def __init__(self, strings: list[str], styles: list[str], epoch: date, length: int) -> None:
        self.strings = strings
        self.styles = styles
        self.epoch = epoch
        self.values: dict[tuple[int, int], CellValue] = {}
        self.length = length
        self.row = self.column = 0
        self.value = ""
        self.formula: str | None = None
        self.runs: list[str] = []

    def begin(self, tag: str, attributes: Attributes) -> None:
        """Note where a row begins; rows and cells without a place follow the last ones."""
        if tag == "row":
            name = attributes.get("r", str(self.row + 1))
            if not _ROW.fullmatch(name):
                raise _Refused(_damage(f"{value_text(name)} does not name a row"))
            self.row, self.column = int(name), 0

    def take(self, tag: str, attributes: Attributes, text: str) -> None:
        match tag:
            case "v" if not self.value:
                # the value of an extension comes later
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
        self._move(attributes)
        if self.row > MAX_ROW or self.column > MAX_COLUMN:
            return
        value = self._value(attributes)
        if (self.row, self.column) in self.values:
            raise _Refused(_damage(f"a sheet has the cell {attributes.get('r')} twice"))
        if value != "":
            self.values[self.row, self.column] = value
            self.length += len(value) if isinstance(value, str) else 1
        if self.length > MAX_UNPACKED:
            # any number of cells may refer to one long text
            message = f"the texts of the workbook have more than {MAX_UNPACKED:,} characters"
            raise _Refused(Problem("ECEI422", "", message))

    def _move(self, attributes: Attributes) -> None:
        """Go to the place of a cell."""
        name = attributes.get("r", "")
        if not name and self.row:
            self.column += 1
            return
        coordinates = _COORDINATES.fullmatch(name)
        if coordinates is None:
            raise _Refused(_damage(f"{value_text(name)} does not name a cell"))
        self.row, self.column = int(coordinates[2]), _column(coordinates[1])

    def _value(self, attributes: Attributes) -> CellValue:
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
                return self._truth()
            case "d":
                return self.value.removesuffix("T00:00:00")
            case _:
                return self._number(attributes.get("s", "0"))

    def _truth(self) -> bool:
        """Return a boolean, as XML Schema writes it."""
        if self.value.strip() not in _TRUTHS:
            raise _Refused(_damage(f"{value_text(self.value)} is neither true nor false"))
        return _TRUTHS[self.value.strip()]

    def _shared(self) -> str:
        if not re.fullmatch("[0-9]{1,7}", self.value) or int(self.value) >= len(self.strings):
            raise _Refused(_damage(f'there is no shared text "{self.value}"'))
        return self.strings[int(self.value)]

    def _number(self, style: str) -> CellValue:
        text = self.value.strip()
        if not text or len(text) > _MAX_DIGITS or not _NUMBER.fullmatch(text):
            return text
        known = re.fullmatch("[0-9]{1,6}", style) and int(style) < len(self.styles)
        format_ = self.styles[int(style)] if known else ""
        # a cell holds the double nearest to the number that was typed, its shortest decimal
        double = float(text)
        number = exact(repr(double)) if isfinite(double) else None
        if number is None:
            return text
        if format_ == "percent":
            return Percentage(number)
        return self._day(number) if format_ == "day" else number

    def _day(self, number: int | Decimal) -> CellValue:
        """Return the day that a number shows, or a text of the time, or of the day with a time."""
        # before March 1900 programs disagree on days, and after 2999 no day is accepted
        if _FIRST <= number <= _LAST and isinstance(number, int):
            return self.epoch + timedelta(number)
        if 0 < number < 1 or _FIRST <= number <= _LAST:
            seconds = round((number % 1) * 86_400)
            time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
            return time if number < 1 else f"{self.epoch + timedelta(int(number))} {time}"
        return number


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _decoded(text: str) -> str:
    """Decode the escapes of the format, such as `_x000D_` for a carriage return."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _walk(part: bytes, handle: Handler, begin: Opening | None = None) -> None:
    """Pass every element of a part to a handler at its end, and to another at its beginning."""
    if not part:
        return
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    open_: list[tuple[Attributes, list[str]]] = []

    def start(name: str, attributes: Attributes) -> None:
        if len(open_) >= _MAX_DEPTH:
            raise _Refused(_damage(f"its parts are nested more than {_MAX_DEPTH} deep"))
        own = {k.rpartition(" ")[2]: v for k, v in attributes.items()}
        open_.append((own, []))
        if begin is not None:
            begin(name.rpartition(" ")[2], own)

    def end(name: str) -> None:
        attributes, text = open_.pop()
        handle(name.rpartition(" ")[2], attributes, "".join(text))

    def characters(text: str) -> None:
        open_[-1][1].append(text)

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        # for any other one the parser would look up a codec of Python, of whatever kind
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            expected = "where UTF-8 or UTF-16 is expected"
            raise _Refused(_damage(f"a part names the encoding {value_text(encoding)}, {expected}"))

    def doctype(*_declared: object) -> None:
        message = "a part of the workbook declares a document type, which is never read"
        raise _Refused(Problem("ECEI423", "", message))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.XmlDeclHandler = declaration
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(part)
        parser.Parse(b"", bool(part))
    except ExpatError as error:
        raise _Refused(_damage(f"a part is not XML: {ErrorString(error.code)}")) from None
