"""Reads an interview from a workbook."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import assert_never

from attrs import frozen

from ecei_rules.diagnostics.errors import InvalidDocument, UnsupportedFormat
from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import value_text
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.documents.shipped import shipped_catalogues
from ecei_rules.documents.stages import MAX_SIZE
from ecei_rules.spreadsheets.assemble import CellPlace, NamedCell, assemble, find_catalogue
from ecei_rules.spreadsheets.cell_names import (
    CLUSTER_CELLS,
    EVENT_CELLS,
    HISTORY,
    IMPROVEMENTS,
    SCHEMA,
    answer_cells,
    answer_name,
    improvement_cells,
)
from ecei_rules.spreadsheets.layout import (
    ANSWER,
    BY_ID,
    FORMAT,
    HEADINGS,
    ID,
    REASON,
    REMARK,
    SETTINGS,
    coordinates,
    reason_and_remark,
)
from ecei_rules.spreadsheets.xlsx_cells import Formula, Percentage, read_sheets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ecei_rules.interviews.catalogue import Catalogue, Fact, Indicator
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

    The workbook may have been saved again by a spreadsheet program. The catalogue that it
    names is looked up in *edition*, by default the shipped one; *name* is the name of the
    workbook in errors, and *max_size* the greatest number of bytes that are accepted.
    Formulas are not evaluated: one in place of an answer is a problem. The extra `excel`
    is not needed. See docs/spreadsheets.md.

    >>> read_workbook(b"answers")
    Traceback (most recent call last):
        ...
    ecei_rules.InvalidDocument: workbook has 1 problem
    ECEI421 (whole document): the file is not a workbook
      hint: a workbook is a file of the format .xlsx

    Raises:
        InvalidDocument: with every problem; the place of each is a cell, as `Structure!E7`.
        UnsupportedFormat: the workbook was made for another version of this library.
    """
    if len(content) > max_size:
        message = f"the document is larger than {max_size:,} bytes"
        raise InvalidDocument(name, [Problem("ECEI101", "", message)])
    sheets = read_sheets(content, name=name)
    settings = next((each for each in sheets if each.cells.get((1, ID)) == SETTINGS), None)
    if settings is None:
        message = "this is not an interview workbook"
        hint = "make one with `ecei-rules new interview --format xlsx`"
        raise InvalidDocument(name, [Problem("ECEI425", "", message, hint)])
    catalogue = _catalogue(settings, edition or shipped_catalogues(), name)
    layouts = [*_layouts(catalogue)]
    moved = [problem for each in layouts for problem in _moved_headings(each, sheets)]
    if moved:
        # the cells below have moved as well, and their problems would mislead
        raise InvalidDocument(name, moved)
    missing = [problem for each in layouts for problem in _missing_rows(each, sheets)]
    members = {HISTORY: EVENT_CELLS, IMPROVEMENTS: improvement_cells(catalogue)}
    lists = {group: [each.name for each in specs] for group, specs in members.items()}
    cells = [_cell(SCHEMA, settings, 4, 2)]
    cells += [cell for sheet in sheets for cell in _cells(sheet, lists)]
    try:
        interview = assemble(cells, catalogue, name=name, whole=CellPlace(""))
    except InvalidDocument as error:
        raise InvalidDocument(name, [*missing, *error.problems]) from error
    if missing:
        raise InvalidDocument(name, missing)
    return interview


def _catalogue(settings: Sheet, edition: Edition, name: str) -> Catalogue:
    format_ = settings.cells.get((2, 2))
    if format_ != FORMAT:
        where = CellPlace(coordinates(settings.name, 2, 2))
        if isinstance(format_, str) and re.fullmatch(rf"{FORMAT[:-1]}[0-9]+", format_):
            message = f'this library reads version 1 of the format, found "{format_}"'
            hint = "a newer version of the library may read it"
            raise UnsupportedFormat(name, [where.problem("ECEI202", message, hint)])
        message = f'expected "{FORMAT}", found {value_text(format_ or None)}'
        raise InvalidDocument(name, [where.problem("ECEI425", message)])
    reference = settings.cells.get((3, 2), "")
    return find_catalogue(
        str(reference), edition, CellPlace(coordinates(settings.name, 3, 2)), name
    )


@frozen
class _Layout:
    """
    A sheet as it was written: its headings, and the titles of its rows by their names.

    A list, such as that of the events of the history, has no named rows.
    """

    title: str
    headings: tuple[str, ...]
    rows: dict[str, str]

    def fits(self, sheet: Sheet) -> bool:
        """Whether a sheet has a row of this one, or lists the same."""
        if not self.rows:
            return sheet.cells.get((1, ID)) == self.headings[0]
        return not self.rows.keys().isdisjoint(_names_in(sheet))


def _names_in(sheet: Sheet) -> set[object]:
    return {value for (_, column), value in sheet.cells.items() if column == ID}


def _layouts(catalogue: Catalogue) -> Iterator[_Layout]:
    """Yield the layouts of the sheets with answers."""
    yield _Layout("Interview", HEADINGS[:ANSWER], {c.name: f'"{c.title}"' for c in CLUSTER_CELLS})
    sheets: list[tuple[str, Iterable[Fact | Indicator]]] = [
        ("Facts", catalogue.facts_asked.values()),
        *((str(each.title), catalogue.within(each.id)) for each in catalogue.dimensions),
    ]
    for title, entries in sheets:
        rows = {name: text for entry in entries for name, text in _rows_of(entry)}
        if rows:
            yield _Layout(title, HEADINGS, rows)
    for title, name, group in (
        ("Improvements", IMPROVEMENTS, improvement_cells(catalogue)),
        ("History", HISTORY, EVENT_CELLS),
    ):
        yield _Layout(title, (name, *(each.title for each in group)), {})


def _rows_of(entry: Fact | Indicator) -> Iterator[tuple[str, str]]:
    """Yield the rows of one question: that of the question, and one for each option."""
    name, cells = answer_name(entry), answer_cells(entry)
    yield name, f'"{entry.title}"'
    if cells[0].name != name:
        yield from ((each.name, f'"{each.title}" of "{entry.title}"') for each in cells)


def _moved_headings(layout: _Layout, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """Yield a problem of the first heading of each sheet that is not where it was written."""
    own = [each for each in sheets if layout.fits(each)]
    named = [each for each in sheets if layout.title.startswith(each.name)]
    for sheet in own or named:
        first = [sheet.cells.get((1, column)) for column in range(ID, ID + len(HEADINGS))]
        if tuple(first[: len(layout.headings) - 1]) == layout.headings[1:]:
            message = "the hidden first column, which names the answers, is missing"
            hint = "undo deleting it, or copy the answers into a new workbook"
            yield CellPlace(coordinates(sheet.name, 1, ID)).problem("ECEI425", message, hint)
            continue
        for column, (heading, found) in enumerate(zip(layout.headings, first, strict=False), ID):
            if found != heading:
                place = CellPlace(coordinates(sheet.name, 1, column))
                shown = "no value" if found is None else value_text(found)
                message = f'expected the heading "{heading}", found {shown}'
                hint = "undo inserting or deleting it, or copy the answers into a new workbook"
                yield place.problem("ECEI425", message, hint)
                break


def _missing_rows(layout: _Layout, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """Yield a problem of a sheet, or of each row, that is missing, and its answers with it."""
    own = [each for each in sheets if layout.fits(each)]
    hint = "move it back from another copy, or from a new workbook if nothing is answered"
    if not own:
        message = f'the sheet of "{layout.title}" is missing, and its answers with it'
        yield Problem("ECEI425", "", message, hint)
        return
    names = {name for sheet in own for name in _names_in(sheet)}
    for name, title in layout.rows.items():
        if name not in names:
            message = f"the row of {title} is missing, and its answer with it"
            yield Problem("ECEI425", "", message, hint)


def _cells(sheet: Sheet, lists: Mapping[str, Sequence[str]]) -> Iterator[NamedCell]:
    """Yield the named cells of one sheet; a sheet that users added has none."""
    first = sheet.cells.get((1, ID))
    rows = sorted({row for row, _ in sheet.cells if row > 1})
    if first == BY_ID:
        for row in rows:
            yield from _row(sheet, row)
    elif isinstance(first, str) and first in lists:
        for row in rows:
            for column, member in enumerate(lists[first], ID + 1):
                yield _cell(f"{first}.{row - 1}.{member}", sheet, row, column)


def _row(sheet: Sheet, row: int) -> Iterator[NamedCell]:
    name = str(sheet.cells.get((row, ID), ""))
    reason, remark = reason_and_remark(name)
    for cell, column in ((name, ANSWER), (reason, REASON), (remark, REMARK)):
        yield _cell(cell if name else "", sheet, row, column)


def _cell(name: str, sheet: Sheet, row: int, column: int) -> NamedCell:
    value = sheet.cells.get((row, column))
    place = CellPlace(coordinates(sheet.name, row, column))
    match value:
        case Formula(text=text):
            noun = "a formula" if text.startswith("=") else "an error"
            message = f"the cell contains {noun} ({value_text(text)}); formulas are not evaluated"
            wrong = place.problem("ECEI424", message, "write the value itself")
            return NamedCell(name, None, place, refused=wrong)
        case Percentage(number=number):
            hundredfold = plain(number * 100)
            message = f"expected a plain number, found {plain(number)} formatted as a percentage"
            hint = (
                f"if {hundredfold} % is meant, write {hundredfold} and format the cell as a number"
            )
            return NamedCell(name, None, place, refused=place.problem("ECEI428", message, hint))
        case None | bool() | int() | Decimal() | date() | str():
            return NamedCell(name, value, place)
        case unreachable:
            assert_never(unreachable)
