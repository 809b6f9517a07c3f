"""A register as a table (CSV)."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

from attrs import frozen

from ecei_rules.diagnostics.csv_rows import (
    csv_problem,
    delimiter,
    first_line,
    guarded,
    rows,
    unguarded,
)
from ecei_rules.diagnostics.phrasing import near, number_of, quoted, value_text
from ecei_rules.diagnostics.problem import MAX_PROBLEMS, Problem
from ecei_rules.interviews.history import LABELS
from ecei_rules.interviews.names import comparable_name
from ecei_rules.interviews.portfolios import PORTFOLIOS, portfolio_of
from ecei_rules.register.countries import country_of
from ecei_rules.register.days import last_of_month, two_readings, written_day
from ecei_rules.register.listing import heading_columns, read_portfolio
from ecei_rules.register.register import LabelRecord, Register, address, merge_registers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecei_rules.register.register import RecordDefaults

COLUMNS = ("name", "label", "valid_until", "country", "comparative_portfolio", "website")
_NEEDED = COLUMNS[:3]
#: The columns by their names, without underscores; some have other names in the register.
_BY_NAME = {column.replace("_", " "): column for column in COLUMNS} | {
    "cluster name": "name",
    "ecei label": "label",
    "label valid until": "valid_until",
    "www": "website",
}


def is_table(text: str) -> bool:
    """
    Return whether the first line of a text names at least two columns of a register.

    The heading of a page does not make a table, whatever space it has.
    """
    first = first_line(text)
    columns = [_column(name.strip().strip('"')) for name in first.split(delimiter(text))]
    page = heading_columns(" ".join(first.split()))
    return not page and len(set(COLUMNS).intersection(columns)) > 1


def read_table(text: str, defaults: RecordDefaults) -> Register:
    """
    Read the records of a table whose first line names its columns.

    Values are separated by commas, semicolons or tabs, as in the first line, or as a line
    `sep=;` above it says. The columns `name` and `valid_until` are needed, and `label` where
    *defaults* has none. An empty value is not stated. Source: docs/formats.md, "The table".
    """
    records: list[LabelRecord] = []
    problems: list[Problem] = []
    columns: list[str] = []
    stated_for_all = {
        "label": defaults.label,
        "country": defaults.country,
        "comparative_portfolio": defaults.comparative_portfolio,
    }
    given = {name: value for name, value in stated_for_all.items() if value}
    for line, row in rows(text, problems):
        if not columns and problems:
            break  # the line that should name the columns could not be read
        if not columns:
            columns = [_column(name) for name in row]
            problems += _heading_problems(columns, line, given)
            if any(each.code == "ECEI411" for each in problems):
                break
        elif len(row) != len(columns):
            values = f"{number_of(len(row), 'value')} for {number_of(len(columns), 'column')}"
            message = f"the row has {values}: {', '.join(row)}"
            problems.append(csv_problem("ECEI412", "line", line, message))
        else:
            cells = {
                n: unguarded(v).strip() for n, v in zip(columns, row, strict=True) if n in COLUMNS
            }
            stated = {name: value for name, value in cells.items() if value}
            record, row_problems = _record(stated, given, line, ", ".join(row))
            problems += row_problems
            records += [record] if record else []
    return merge_registers([Register(records, problems=problems)])


def write_table(register: Register) -> str:
    """
    Write a register as a table; `read_table` restores it but for spaces around values.

    A text that a spreadsheet program would run as a formula has an apostrophe before it.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for record in register.records:
        writer.writerow(guarded(str(getattr(record, name) or "")) for name in COLUMNS)
    return text.getvalue()


def unlisted_portfolio(portfolio: str) -> tuple[str, str | None]:
    """Return the message that a portfolio is not in the listing, and a hint at those near."""
    message = f"the register has no comparative portfolio {quoted([portfolio])}; it was kept"
    return message, near(portfolio, PORTFOLIOS)


def _column(name: str) -> str:
    """Return the column of a register that a name is for, or the name in small letters."""
    small = name.strip().casefold()
    return _BY_NAME.get(comparable_name(small.replace("_", " ")), small)


def _heading_problems(columns: list[str], line: int, given: dict[str, str]) -> Iterator[Problem]:
    if len(columns) > MAX_PROBLEMS:
        yield csv_problem("ECEI411", "line", line, f"the table has {len(columns):,} columns")
        return
    for name in _NEEDED:
        if name not in columns and name not in given:
            hint = (
                "state the label of all rows with `register import --label`"
                if name == "label"
                else None
            )
            yield csv_problem("ECEI411", name, line, f'the table has no column "{name}"', hint)
    for index, name in enumerate(columns):
        if not name:
            message = f"column {index + 1} of the table has no name; it was left out"
            yield csv_problem("ECEI414", "line", line, message)
        elif name in columns[:index]:
            yield csv_problem("ECEI411", name, line, f'the table has the column "{name}" twice')
        elif name not in COLUMNS:
            message = f'a register has no column "{name}"; it was left out'
            yield csv_problem("ECEI414", name, line, message, near(name, COLUMNS))


def _record(
    cells: dict[str, str], given: dict[str, str], line: int, row: str
) -> tuple[LabelRecord | None, list[Problem]]:
    """Return the record of a row, if it is one, and the problems of the row."""
    values: dict[str, Any] = dict(given)
    problems = [
        csv_problem("ECEI412", name, line, f"the row has no {name}: {row}")
        for name in _NEEDED
        if name not in cells and name not in given
    ]
    refused = bool(problems)
    for name, text in cells.items():
        value, note = _PARSERS[name](text)
        if note is not None:
            message = f"{note.message}: {row}"
            problems.append(csv_problem(note.code, name, line, message, note.hint))
        refused |= value is None
        values[name] = value
    return None if refused else LabelRecord(**values), problems


@frozen
class _Note:
    """What is told of a value."""

    code: str
    message: str
    hint: str | None = None


if TYPE_CHECKING:
    #: A value that can be read, and what is told of it.
    Parsed = tuple[object | None, _Note | None]


def _refused(expected: str, found: str) -> Parsed:
    return None, _Note("ECEI412", f"expected {expected}, found {value_text(found)}")


def _name(text: str) -> Parsed:
    return text, None


def _label(text: str) -> Parsed:
    label = comparable_name(text).removesuffix(" label")
    return (label, None) if label in LABELS else _refused(quoted(LABELS), text)


def _valid_until(text: str) -> Parsed:
    day = written_day(text)
    if day is None or not day.days:
        return _refused("a day such as 2024-03-31, of the years 1900 to 2999", text)
    if len(day.days) > 1:
        return None, _Note("ECEI417", two_readings(day))
    return day.days[0], _Note("ECEI418", last_of_month(day)) if day.by_month else None


def _country(text: str) -> Parsed:
    code = country_of(text)
    if code is None and re.fullmatch("[A-Z]{2}", text):
        return text, _Note("ECEI416", f'there is no country with the code "{text}"; it was kept')
    if code is None:
        return _refused("the code or the name of a country such as IT or Italy", text)
    return code, None


def _portfolio(text: str) -> Parsed:
    portfolio = portfolio_of(text)
    if portfolio is None:
        return text, _Note("ECEI415", *unlisted_portfolio(text))
    same = portfolio == text
    return portfolio, None if same else _Note("ECEI415", read_portfolio(text, portfolio))


def _website(text: str) -> Parsed:
    website = address(text)
    if website is None:
        return _refused("an address that begins with https://, http:// or www.", text)
    return website, None


_PARSERS: dict[str, Callable[[str], Parsed]] = {
    "name": _name,
    "label": _label,
    "valid_until": _valid_until,
    "country": _country,
    "comparative_portfolio": _portfolio,
    "website": _website,
}
