"""An interview read from a workbook."""

from __future__ import annotations

import re

from ecei_rules.diagnostics.errors import InvalidDocument, UnsupportedFormat
from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import value_text
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.documents.shipped import shipped_catalogues
from ecei_rules.documents.stages import MAX_SIZE
from ecei_rules.spreadsheets.assemble import CellPlace, NamedCell, assemble, named
from ecei_rules.spreadsheets.cell_names import EVENT, HISTORY, IMPROVEMENTS, SCHEMA, improvement
from ecei_rules.spreadsheets.layout import (
    ANSWER,
    BY_ID,
    FORMAT,
    ID,
    REASON,
    REMARK,
    SETTINGS,
    beside,
    coordinates,
)
from ecei_rules.spreadsheets.xlsx_cells import Formula, Percentage, sheets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ecei_rules.interviews.catalogue import Catalogue
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.spreadsheets.xlsx_cells import Sheet


def read_workbook(
    content: bytes,
    *,
    edition: Edition | None = None,
    name: str = "workbook",
    max_size: int = MAX_SIZE,
) -> Interview:
    """
    Read the interview in a workbook that `new_workbook` or `write_workbook` made.

    It may have been saved again by a spreadsheet program. The catalogue that it names is
    looked up in *edition*, by default the shipped one. No formula is worked out: one in
    the place of an answer is a problem. Nothing but the standard library is needed.

    >>> read_workbook(b"answers")
    Traceback (most recent call last):
        ...
    ecei_rules.InvalidDocument: workbook has 1 problem
    ECEI421 (whole document): the file is no workbook
      hint: a workbook is a file of the format .xlsx

    Raises:
        InvalidDocument: with every problem; its place is a cell, as `Structure!E7`.
        UnsupportedFormat: the workbook was made for another version of this library.
    """
    if len(content) > max_size:
        message = f"the document is larger than {max_size:,} bytes"
        raise InvalidDocument(name, [Problem("ECEI101", "", message)])
    found = sheets(content, name=name)
    settings = next((each for each in found if each.cells.get((1, ID)) == SETTINGS), None)
    if settings is None:
        message = "the workbook is not one of an interview"
        hint = "`ecei-rules new interview --format xlsx` writes one"
        raise InvalidDocument(name, [Problem("ECEI425", "", message, hint)])
    catalogue = _catalogue(settings, edition or shipped_catalogues(), name)
    members = {HISTORY: EVENT, IMPROVEMENTS: improvement(catalogue)}
    lists = {group: [each.name for each in asked] for group, asked in members.items()}
    entries = [_entry(SCHEMA, settings, 4, 2)]
    entries += [entry for sheet in found for entry in _entries(sheet, lists)]
    return assemble(entries, catalogue, name=name, whole=CellPlace(""))


def _catalogue(settings: Sheet, edition: Edition, name: str) -> Catalogue:
    mark = settings.cells.get((2, 2))
    if mark != FORMAT:
        where = CellPlace(coordinates(settings.name, 2, 2))
        if isinstance(mark, str) and re.fullmatch(rf"{FORMAT[:-1]}[0-9]+", mark):
            message = f'this library reads version 1 of the format, found "{mark}"'
            hint = "a newer version of the library may read it"
            raise UnsupportedFormat(name, [where.problem("ECEI202", message, hint)])
        message = f'expected "{FORMAT}", found {value_text(mark or None)}'
        raise InvalidDocument(name, [where.problem("ECEI425", message)])
    reference = settings.cells.get((3, 2), "")
    return named(str(reference), edition, CellPlace(coordinates(settings.name, 3, 2)), name)


def _entries(sheet: Sheet, lists: Mapping[str, Sequence[str]]) -> Iterator[NamedCell]:
    """The cells of one sheet by the names they have; of one that is not the library's, none."""
    first = sheet.cells.get((1, ID))
    rows = sorted({row for row, _ in sheet.cells if row > 1})
    if first == BY_ID:
        for row in rows:
            yield from _answered(sheet, row)
    elif isinstance(first, str) and first in lists:
        for row in rows:
            for column, member in enumerate(lists[first], ID + 1):
                yield _entry(f"{first}.{row - 1}.{member}", sheet, row, column)


def _answered(sheet: Sheet, row: int) -> Iterator[NamedCell]:
    name = sheet.cells.get((row, ID), "")
    others = beside(str(name))
    names = (str(name), ANSWER), (others.reason, REASON), (others.remark, REMARK)
    for each, column in names:
        yield _entry(each if name else "", sheet, row, column)


def _entry(name: str, sheet: Sheet, row: int, column: int) -> NamedCell:
    held = sheet.cells.get((row, column))
    place = CellPlace(coordinates(sheet.name, row, column))
    match held:
        case Formula(text=text):
            message = f"formulas are not worked out, found {value_text(text)}"
            wrong = place.problem("ECEI424", message, "write the value itself")
            return NamedCell(name, None, place, refused=wrong)
        case Percentage(number=number):
            hundredfold = plain(number * 100)
            message = f"expected a number as it stands, found {plain(number)} shown as a percentage"
            hint = (
                f"if {hundredfold} % is meant, write {hundredfold} and format the cell as a number"
            )
            return NamedCell(name, None, place, refused=place.problem("ECEI428", message, hint))
        case _:
            return NamedCell(name, held, place)
