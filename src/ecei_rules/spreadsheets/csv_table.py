"""Interviews as a table (CSV), one in a row."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import assert_never

from ecei_rules.diagnostics.csv_rows import delimiter, guarded, rows, unguarded
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.phrasing import near, number_of
from ecei_rules.diagnostics.problem import MAX_PROBLEMS, Problem
from ecei_rules.documents.shipped import shipped_catalogues
from ecei_rules.documents.stages import MAX_SIZE, decoded
from ecei_rules.spreadsheets.assemble import (
    CellPlace,
    NamedCell,
    assemble,
    find_catalogue,
    invalid_document,
)
from ecei_rules.spreadsheets.cell_names import (
    CATALOGUE,
    all_cells,
    cell_values,
    not_representable,
    repeated_name,
)
from ecei_rules.spreadsheets.cell_types import FreeText, escape_text, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.spreadsheets.cell_types import CellKind, Value

_BYTE_ORDER_MARK = "\ufeff"
_MOST_COLUMNS = 10_000
#: After these problems of the first line no row can be read.
_NO_HEADING = ("ECEI425", "ECEI431")
#: Similar names are looked up for so many unknown columns, since it takes long.
_HINTS = 20


def write_interview_table(interviews: Iterable[Interview]) -> str:
    """
    Write interviews as a table (CSV), one in a row, below a line with the names of the columns.

    Use it to hand many interviews to a survey tool or a spreadsheet program;
    `read_interview_table` gives the interviews back. The columns are those of the
    interviews' catalogues, also where they are empty, with as many experts, improvements
    and events as the longest interview has. See docs/spreadsheets.md, "Tables".

    >>> write_interview_table([]).splitlines()
    ['']

    Raises:
        InvalidDocument: an interview has a member for which there is no cell, such as an
            `x-` member, or does not fit its catalogue.
    """
    written = tuple(interviews)
    for interview in written:
        problems = not_representable(interview)
        if problems:
            raise InvalidDocument(interview.cluster.name, problems)
    kinds = _kinds(written)
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(kinds)
    for interview in written:
        values = cell_values(interview)
        writer.writerow(_text(values.get(name), kind) for name, kind in kinds.items())
    return text.getvalue()


def read_interview_table(
    text: str | bytes,
    *,
    edition: Edition | None = None,
    name: str = "table",
    max_size: int = MAX_SIZE,
) -> tuple[Interview, ...]:
    r"""
    Read the interviews of a table (CSV), one in a row.

    The first line names the columns, in any order, as `write_interview_table` writes
    them; a missing column counts as empty, and one whose name begins with `x-` is
    ignored. Values are separated by commas, semicolons or tabs. Each row names its
    catalogue, which is looked up in *edition*, by default the shipped one. *name* is the
    name of the table in errors, and *max_size* the greatest number of bytes that are
    accepted. See docs/spreadsheets.md, "Tables".

    >>> read_interview_table("catalogue,cluster.name\nbenchmarking@2019,Example")
    Traceback (most recent call last):
        ...
    ecei_rules.InvalidDocument: table has 1 problem
    2:1: ECEI301 catalogue: there is no catalogue edition "benchmarking@2019"
      hint: did you mean "benchmarking@2019-11" or "benchmarking@2010-11"?

    Raises:
        InvalidDocument: with the problems of all rows, each with its line and column.
    """
    known = edition or shipped_catalogues()
    problems: list[Problem] = []
    interviews: list[Interview] = []
    columns: list[str] = []
    count = 0
    plain = decoded(text, name, max_size).removeprefix(_BYTE_ORDER_MARK)
    for line, row in rows(plain, problems):
        if not columns:
            if problems:
                break  # the line that should name the columns could not be read
            columns = [each.strip().casefold() for each in row]
            written = [each.strip() for each in row]
            problems += _heading(columns, written, known, line)
            if any(each.code in _NO_HEADING for each in problems):
                break
            unknown = {each.where.casefold() for each in problems if each.code == "ECEI426"}
            columns = ["x-" if each in unknown else each for each in columns]
            continue
        count += 1
        if len(problems) > MAX_PROBLEMS:
            break
        if len(row) != len(columns):
            counts = f"{number_of(len(row), 'value')} for {number_of(len(columns), 'column')}"
            split = len(row) > len(columns) and delimiter(plain) == ","
            hint = "put a value with a comma in it in quotation marks" if split else None
            problems.append(
                CellPlace("line", line).problem("ECEI431", f"the row has {counts}", hint)
            )
            continue
        try:
            interviews.append(_interview(dict(_cells(columns, row)), line, known, name))
        except InvalidDocument as error:
            problems += error.problems
    if not (count or problems):
        message = "there is no row below the names of the columns"
        problems.append(CellPlace("line", 1).problem("ECEI431", message))
    if problems:
        raise invalid_document(name, problems)
    return tuple(interviews)


def _kinds(interviews: tuple[Interview, ...]) -> dict[str, CellKind]:
    """Return the columns of a table of interviews, with the kinds of their cells."""
    most = {"experts": 1, "improvements": 1, "events": 1}
    for interview in interviews:
        most["experts"] = max(most["experts"], len(interview.conducted.experts or ()))
        most["improvements"] = max(most["improvements"], len(interview.improvements))
        most["events"] = max(most["events"], len(interview.history))
    catalogues = {each.catalogue.reference: each.catalogue for each in interviews}
    return {
        spec.name: spec.kind
        for catalogue in catalogues.values()
        for spec in all_cells(catalogue, **most)
    }


def _text(value: Value | None, kind: CellKind) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() if isinstance(kind, FreeText):
            return guarded(escape_text(value))
        case int() | Decimal() | date() | str():
            return text_of(value)
        case unreachable:
            assert_never(unreachable)


def _cells(columns: list[str], row: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the values of a row with the names of their columns, without ignored columns."""
    seen = set()
    for column, value in zip(columns, row, strict=True):
        text = unguarded(value)
        # of columns without a name any may have a value
        if (column not in seen or (not column and text)) and not column.startswith("x-"):
            yield column, text
        seen.add(column)


def _heading(
    columns: list[str], written: list[str], edition: Edition, line: int
) -> Iterator[Problem]:
    if len(columns) > _MOST_COLUMNS:
        message = f"the table has {len(columns):,} columns"
        yield CellPlace("line", line).problem("ECEI431", message)
        return
    # in their order, so that hints are the same in every run
    known = dict.fromkeys(
        cell.name for catalogue in edition.catalogues for cell in all_cells(catalogue)
    )
    if CATALOGUE not in columns:
        message = 'the table has no column "catalogue"'
        yield CellPlace(CATALOGUE, line).problem(
            "ECEI425", message, "for example benchmarking@2019-11"
        )
    unknown = 0
    seen: set[str] = set()
    for column, name in zip(columns, written, strict=True):
        if not column or column.startswith("x-"):
            continue
        if column in seen:
            place = CellPlace(column, line)
            yield place.problem("ECEI427", f'there are two columns "{column}"')
        elif column not in known and not _is_one_of_several(column, known):
            message = f'there is no column "{name}"'
            unknown += 1
            likely = near(column, known, most=_MOST_COLUMNS) if unknown <= _HINTS else None
            hint = likely or "begin the name with x- to have a column ignored"
            yield CellPlace(name, line).problem("ECEI426", message, hint)
        seen.add(column)


def _is_one_of_several(column: str, known: Collection[str]) -> bool:
    place = repeated_name(column)
    return place is not None and f"{place[0]}.1.{place[2]}" in known


def _interview(cells: dict[str, str], line: int, edition: Edition, name: str) -> Interview:
    reference = cells.get(CATALOGUE, "")
    catalogue = find_catalogue(reference, edition, CellPlace(CATALOGUE, line), name)
    named = (
        NamedCell(column, value or None, CellPlace(column or "line", line))
        for column, value in cells.items()
    )
    return assemble(named, catalogue, name=name, whole=CellPlace("line", line))
