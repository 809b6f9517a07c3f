"""A register as a table (CSV)."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

from ecei_rules.diagnostics.csv_rows import csv_problem, delimiter, first_line, rows
from ecei_rules.diagnostics.phrasing import near, number_of, quoted, value_text
from ecei_rules.diagnostics.problem import MAX_PROBLEMS, Problem
from ecei_rules.interviews.dates import calendar_day
from ecei_rules.interviews.history import LABELS
from ecei_rules.register.register import LabelRecord, Register, address, merge_registers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

COLUMNS = ("name", "label", "valid_until", "country", "comparative_portfolio", "website")
_NEEDED = COLUMNS[:3]


def is_table(text: str) -> bool:
    """Return whether the first line of a text names at least two columns of a register."""
    return len(set(COLUMNS).intersection(_fields(first_line(text)))) > 1


def read_table(text: str, *, country: str | None = None) -> Register:
    """
    Read the records of a table whose first line names its columns.

    Values are separated by commas, semicolons or tabs, as in the first line. The columns
    `name`, `label` and `valid_until` are needed. An empty value is not stated; *country* is
    the default country. Days are written 2024-03-31 or 2024/03/31.
    """
    records: list[LabelRecord] = []
    problems: list[Problem] = []
    columns: list[str] = []
    for line, row in rows(text, problems):
        if not columns and problems:
            break  # the line that should name the columns could not be read
        if not columns:
            columns = [name.strip().casefold() for name in row]
            problems += _heading_problems(columns, line)
            if any(each.code == "ECEI411" for each in problems):
                break
        elif len(row) != len(columns):
            values = f"{number_of(len(row), 'value')} for {number_of(len(columns), 'column')}"
            message = f"the row has {values}: {', '.join(row)}"
            problems.append(csv_problem("ECEI412", "line", line, message))
        else:
            cells = {n: v.strip() for n, v in zip(columns, row, strict=True) if n in COLUMNS}
            stated = {"country": country} if country else {}
            stated |= {name: value for name, value in cells.items() if value}
            result = _record(stated, line, ", ".join(row))
            if isinstance(result, LabelRecord):
                records.append(result)
            else:
                problems += result
    return merge_registers([Register(records, problems=problems)])


def write_table(register: Register) -> str:
    """Write a register as a table; `read_table` restores it but for spaces around values."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for record in register.records:
        writer.writerow(getattr(record, name) or "" for name in COLUMNS)
    return text.getvalue()


def _fields(heading: str) -> list[str]:
    return [name.strip().strip('"').casefold() for name in heading.split(delimiter(heading))]


def _heading_problems(columns: list[str], line: int) -> Iterator[Problem]:
    if len(columns) > MAX_PROBLEMS:
        yield csv_problem("ECEI411", "line", line, f"the table has {len(columns):,} columns")
        return
    for name in _NEEDED:
        if name not in columns:
            yield csv_problem("ECEI411", name, line, f'the table has no column "{name}"')
    for index, name in enumerate(columns):
        if not name:
            message = f"column {index + 1} of the table has no name; it was left out"
            yield csv_problem("ECEI414", "line", line, message)
        elif name in columns[:index]:
            yield csv_problem("ECEI411", name, line, f'the table has the column "{name}" twice')
        elif name not in COLUMNS:
            message = f'a register has no column "{name}"; it was left out'
            yield csv_problem("ECEI414", name, line, message, near(name, COLUMNS))


def _record(stated: dict[str, str], line: int, row: str) -> LabelRecord | list[Problem]:
    """Return the record of a row, or its problems."""
    values: dict[str, Any] = {}
    problems = [
        csv_problem("ECEI412", name, line, f"the row has no {name}: {row}")
        for name in _NEEDED
        if name not in stated
    ]
    for name, value in stated.items():
        parse, expected = _PARSERS.get(name, (str, "a text"))
        values[name] = parse(value)
        if values[name] is None:
            message = f"expected {expected}, found {value_text(value)}: {row}"
            problems.append(csv_problem("ECEI412", name, line, message))
    return problems or LabelRecord(**values)


def _label(value: str) -> str | None:
    return value.casefold() if value.casefold() in LABELS else None


def _day(value: str) -> date | None:
    return calendar_day(value.replace("/", "-"))


def _country(value: str) -> str | None:
    return value if re.fullmatch("[A-Z]{2}", value) else None


_PARSERS: dict[str, tuple[Callable[[str], object], str]] = {
    "label": (_label, quoted(LABELS)),
    "valid_until": (_day, "a day such as 2024-03-31, of the years 1900 to 2999"),
    "country": (_country, "a country as two capital letters such as IT"),
    "website": (address, "an address that begins with https://, http:// or www."),
}
