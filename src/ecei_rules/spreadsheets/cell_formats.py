"""Writes the cells of a workbook."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, assert_never

from ecei_rules.interviews.catalogue import Count, Number, Share, Year, YesNo
from ecei_rules.spreadsheets.cell_types import (
    Checkbox,
    Day,
    FreeText,
    ListChoice,
    OptionCount,
    escape_text,
    text_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from ecei_rules.spreadsheets.cell_types import CellKind, Value

#: A double keeps any number of so many decimal digits.
_DIGITS = 15
_HUGE = Decimal(10) ** 300
#: 1 March 1900, before which programs disagree on days, and the last day of 2999.
_FIRST_DAY, _FIRST, _LAST = date(1900, 3, 1), 61, 401_768
#: Texts that programs take for an escape of the format.
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def unlocked_cell(sheet: Worksheet, row: int, column: int, kind: CellKind) -> Cell:
    """Return a cell that users can write into."""
    from openpyxl.styles import Border, PatternFill, Protection, Side

    cell = _cell(sheet, row, column)
    line = Side(style="thin", color="FFBFBFBF")
    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", fgColor="FFFFF2CC")
    cell.border = Border(left=line, right=line, top=line, bottom=line)
    match kind:
        case FreeText() | ListChoice():
            cell.number_format = "@"  # a text stays one, even if it looks like a number
        case Day():
            cell.number_format = "yyyy-mm-dd"
        case Count() | Number() | Share() | Year() | YesNo() | Checkbox() | OptionCount():
            cell.number_format = "General"
        case unreachable:
            assert_never(unreachable)
    return cell


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment

    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell), "no cells are merged"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def choices_for(kind: CellKind) -> tuple[str, ...]:
    """Return the texts that a cell offers in a list."""
    match kind:
        case FreeText(suggested=texts):
            return texts
        case ListChoice(labels=labels):
            return tuple(labels.values())
        case YesNo() | Checkbox():
            return ("yes", "no")
        case Day() | OptionCount() | Count() | Number() | Share() | Year():
            return ()
        case unreachable:
            assert_never(unreachable)


def bounds_for(kind: CellKind) -> dict[str, Any]:
    """Return the bounds of a number or a day for a spreadsheet program to check."""
    match kind:
        case Day():
            return _between("date", _FIRST, _LAST)
        case OptionCount(count=count):
            return _between("whole", 0, count.maximum)
        case Count():
            return _between("whole", kind.minimum or 0, kind.maximum)
        case Year():
            return _between("whole", kind.minimum, kind.maximum)
        case Share():
            return _between("decimal", 0, 100)
        case Number():
            return _between("decimal", kind.minimum, kind.maximum)
        case FreeText() | ListChoice() | YesNo() | Checkbox():
            return {}
        case unreachable:
            assert_never(unreachable)


def fill_cell(cell: Cell, value: Value | None, kind: CellKind) -> None:
    """Write the value of a cell; a number that a double does not keep becomes a text."""
    match value:
        case None:
            return
        case bool():
            _text(cell, "yes" if value else "no")
        case date():
            if value < _FIRST_DAY:
                _text(cell, text_of(value))
            else:
                cell.value = value
        case int() | Decimal():
            number = Decimal(value)
            if len(number.normalize().as_tuple().digits) <= _DIGITS and abs(number) < _HUGE:
                cell.value = float(number) if number != int(number) else int(number)
            else:
                _text(cell, text_of(value))
        case str() if isinstance(kind, ListChoice):
            _text(cell, kind.labels[value])
        case str():
            _text(cell, escape_text(value) if isinstance(kind, FreeText) else value)
        case unreachable:
            assert_never(unreachable)


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text into a cell."""
    cell = _cell(sheet, row, column)
    _text(cell, text)
    return cell


def _text(cell: Cell, text: str) -> None:
    """Write a text that stays one, even if it begins like a formula."""
    cell.value = _LIKE_ESCAPE.sub("_x005F_", text)
    cell.data_type = "s"
    # a text typed over it stays one too
    cell.quotePrefix = True


def _between(
    kind: str, lowest: int | Decimal | None, highest: int | Decimal | None
) -> dict[str, Any]:
    if lowest is None:
        limit = (
            {} if highest is None else {"operator": "lessThanOrEqual", "formula1": text_of(highest)}
        )
    elif highest is None:
        limit = {"operator": "greaterThanOrEqual", "formula1": text_of(lowest)}
    else:
        limit = {"operator": "between", "formula1": text_of(lowest), "formula2": text_of(highest)}
    return {"type": kind, **limit} if limit else {}


def shortened(text: str, length: int) -> str:
    """Cut a text to the length that a program takes."""
    safe = escape_text(text)
    return safe if len(safe) <= length else f"{safe[: length - 1]}…"


def column_letters(column: int) -> str:
    """Return the letters of a column."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)
