"""Writes workbooks: empty ones to fill in, and those of interviews."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.interviews.catalogue import Indicator
from ecei_rules.spreadsheets.cell_formats import (
    bounds_for,
    choices_for,
    column_letters,
    fill_cell,
    put_text,
    shortened,
    unlocked_cell,
)
from ecei_rules.spreadsheets.cell_names import (
    CLUSTER_CELLS,
    EVENT_CELLS,
    EXPERTS,
    HISTORY,
    IMPROVEMENTS,
    SCHEMA,
    CellSpec,
    answer_cells,
    answer_name,
    cell_values,
    expert_cells,
    improvement_cells,
    not_representable,
)
from ecei_rules.spreadsheets.cell_types import (
    Checkbox,
    FreeText,
    ListChoice,
    OptionCount,
    escape_text,
    expected_form,
)
from ecei_rules.spreadsheets.layout import (
    ANSWER,
    FORMAT,
    HEADINGS,
    ID,
    LISTS,
    QUESTION,
    REASON,
    REMARK,
    SETTINGS,
    TITLE,
    reason_and_remark,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ecei_rules.interviews.catalogue import Catalogue, Fact
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.spreadsheets.cell_types import CellKind, Value

#: Every spreadsheet program takes so many characters in a cell.
_LONGEST = 32_767
_EXPERTS, _ROWS = 3, 30
_LONG_PROMPT, _LONG_TITLE = 255, 32
_SHEET_NAME = 31
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")

_HOW_TO = """\
{title}, {reference}
Fill in this workbook to record an interview. \
Write into the light cells; all others are protected, without a password.
Leave a cell empty if there is no answer; an empty cell means neither zero nor no.
A question with several options has a row for each. \
As soon as one is filled in, an empty row means 0 where options are counted, and otherwise no.
If an indicator does not apply, write the reason in the cell beside the answer, if it is light.
Write numbers without units, a share of 12.5 percent as 12.5, and days as 2024-03-18. \
Do not use formulas: they are refused.
State the mode and everybody who held the interview, with their roles: \
what is left empty is not known, and the label may stay open.
Use one row of the sheets Improvements and History for each improvement or event.
Then save the workbook as .xlsx and run: ecei-rules convert FILE.xlsx -o FILE.json"""


def new_workbook(catalogue: Catalogue) -> bytes:
    """
    Write a workbook to fill in, with the questions of a catalogue and no answers.

    `read_workbook` reads it once it is filled in. The result is the content of a file
    (`.xlsx`); the same catalogue gives the same bytes. See docs/spreadsheets.md.

    Raises:
        ModuleNotFoundError: openpyxl is missing, a package of the extra `excel`.
    """
    return _Workbook(catalogue, {}, _EXPERTS, _ROWS, _ROWS).content()


def write_workbook(interview: Interview) -> bytes:
    """
    Write the workbook of an interview; `read_workbook` gives the interview back.

    The result is the content of a file (`.xlsx`); the same interview gives the same
    bytes. See docs/spreadsheets.md.

    >>> from ecei_rules._files import read_interview
    >>> try:
    ...     write_workbook(
    ...         read_interview(
    ...             '{"format": "ecei-interview/1", "x-note": "a draft",'
    ...             ' "catalogue": {"id": "benchmarking", "version": "2019-11"},'
    ...             ' "cluster": {"name": "Example", "country": "IT"},'
    ...             ' "conducted": {"on": "2024-03-18"}, "answers": {}}'
    ...         )
    ...     )
    ... except InvalidDocument as error:
    ...     print(error)
    Example has 1 problem
    ECEI432 /x-note: a note under a name that begins with x- has no cell

    Raises:
        InvalidDocument: the interview has a member for which there is no cell, such as an
            `x-` member, a text that is too long for one, or does not fit its catalogue.
        ModuleNotFoundError: openpyxl is missing, a package of the extra `excel`.
    """
    problems = not_representable(interview, longest=_LONGEST)
    if problems:
        raise InvalidDocument(interview.cluster.name, problems)
    experts = max(_EXPERTS, len(interview.conducted.experts or ()))
    improvements = _ROWS + len(interview.improvements)
    events = _ROWS + len(interview.history)
    values = cell_values(interview)
    return _Workbook(interview.catalogue, values, experts, improvements, events).content()


class _Workbook:
    """A workbook that is being written."""

    def __init__(
        self,
        catalogue: Catalogue,
        values: dict[str, Value],
        experts: int,
        improvements: int,
        events: int,
    ) -> None:
        from openpyxl import Workbook

        self.catalogue = catalogue
        self.values = values
        self.book: Workbook = Workbook()
        self.lists: dict[tuple[str, ...], str] = {}
        self.names = {SETTINGS, LISTS}
        self._how_to()
        self._about(experts)
        if catalogue.facts_asked:
            self._questions("Facts", catalogue.facts_asked.values())
        for dimension in catalogue.dimensions:
            self._questions(str(dimension.title), catalogue.within(dimension.id))
        group = improvement_cells(catalogue)
        self._list("Improvements", IMPROVEMENTS, group, improvements)
        self._list("History", HISTORY, EVENT_CELLS, events)
        self._settings()

    def _how_to(self) -> None:
        from openpyxl.styles import Alignment, Font

        sheet = self.book.active
        assert sheet is not None, "a new workbook has a sheet"
        sheet.title = self._name("How to fill in")
        sheet.column_dimensions["A"].width = 100
        title, reference = str(self.catalogue.title), self.catalogue.reference
        head, *lines = _HOW_TO.format(title=title, reference=reference).splitlines()
        note = [self.catalogue.note] if self.catalogue.note else []
        for row, text in enumerate([head, *note, *lines], 1):
            put_text(sheet, row, 1, escape_text(text)).alignment = Alignment(wrap_text=True)
        sheet["A1"].font = Font(bold=True, size=14)
        sheet.protection.sheet = True

    def _about(self, experts: int) -> None:
        sheet = self._sheet("Interview", HEADINGS[:ANSWER])
        for spec in CLUSTER_CELLS:
            self._row(sheet, spec, spec.title, "")
        for number in range(1, experts + 1):
            for spec in expert_cells(self.catalogue):
                name = f"{EXPERTS}.{number}.{spec.name}"
                title = f"Expert {number}: {spec.title}"
                self._row(sheet, CellSpec(name, spec.title, spec.kind), title, "")

    def _questions(self, sheet_title: str, entries: Iterable[Fact | Indicator]) -> None:
        sheet = self._sheet(sheet_title, HEADINGS)
        for entry in entries:
            question = str(entry.question or entry.title)
            numbered = f"{entry.number} " if isinstance(entry, Indicator) and entry.number else ""
            title = f"{numbered}{entry.title}"
            name, cells = answer_name(entry), answer_cells(entry)
            reason, remark = reason_and_remark(name)
            if cells[0].name == name:
                row = self._row(sheet, cells[0], title, question)
            else:
                row = self._heading(sheet, name, title, question)
                for spec in cells:
                    self._row(sheet, spec, f"    {spec.title}", "")
            if isinstance(entry, Indicator) and entry.not_applicable:
                self._answer(sheet, row, REASON, CellSpec(reason, title, FreeText()), question)
            self._answer(sheet, row, REMARK, CellSpec(remark, title, FreeText()), question)

    def _list(self, title: str, name: str, group: Sequence[CellSpec], count: int) -> None:
        sheet = self._sheet(title, (name, *(each.title for each in group)))
        for column, spec in enumerate(group, ID + 1):
            letters = column_letters(column)
            sheet.column_dimensions[letters].width = 30
            for number in range(1, count + 1):
                cell = unlocked_cell(sheet, number + 1, column, spec.kind)
                fill_cell(cell, self.values.get(f"{name}.{number}.{spec.name}"), spec.kind)
            self._validate(sheet, f"{letters}2:{letters}{count + 1}", spec, "")

    def _settings(self) -> None:
        sheet = self.book.create_sheet(SETTINGS)
        schema = self.values.get(SCHEMA)
        rows = (
            (SETTINGS, "what this workbook is; do not change it"),
            ("format", FORMAT),
            ("catalogue", self.catalogue.reference),
            (SCHEMA, None if schema is None else escape_text(str(schema))),
        )
        for row, texts in enumerate(rows, 1):
            for column, text in enumerate(texts, 1):
                if text is not None:
                    put_text(sheet, row, column, text)
        lists = self.book.create_sheet(LISTS)
        for column, choices in enumerate(self.lists, 1):
            for row, text in enumerate(choices, 1):
                put_text(lists, row, column, text)
        for hidden in (sheet, lists):
            hidden.sheet_state = "hidden"
            hidden.protection.sheet = True

    def _sheet(self, title: str, headings: Sequence[str]) -> Worksheet:
        from openpyxl.styles import Font

        sheet: Worksheet = self.book.create_sheet(self._name(title))
        widths = (8, 34, 60, 34, 26, 34, 34)
        for column, heading in enumerate(headings, 1):
            put_text(sheet, 1, column, heading).font = Font(bold=True)
            sheet.column_dimensions[column_letters(column)].width = widths[column - 1]
        sheet.column_dimensions["A"].hidden = True
        sheet.freeze_panes = "B2"
        # without a password: it prevents mistakes, not changes
        sheet.protection.sheet = True
        sheet.protection.formatColumns = False
        sheet.protection.formatRows = False
        return sheet

    def _name(self, title: str) -> str:
        """Return a name for a sheet that programs accept and no other sheet has."""
        allowed = "".join(" " if each in r"[]:*?/\'" else each for each in escape_text(title))
        bare = " ".join(allowed.split()) or "Sheet"
        name, number = bare[:_SHEET_NAME].strip(), 1
        while name.casefold() in self.names:
            number += 1
            end = f" {number}"
            name = bare[: _SHEET_NAME - len(end)].strip() + end
        self.names.add(name.casefold())
        return name

    def _heading(self, sheet: Worksheet, name: str, title: str, question: str) -> int:
        """Write a question without an answer; the rows below may have its options."""
        row = sheet.max_row + 1
        for column, text in (
            (ID, name),
            (TITLE, escape_text(title)),
            (QUESTION, escape_text(question)),
        ):
            put_text(sheet, row, column, text)
        return row

    def _row(self, sheet: Worksheet, spec: CellSpec, title: str, question: str) -> int:
        """Write a row with one answer."""
        row = self._heading(sheet, spec.name, title, question)
        form = "one of the list" if isinstance(spec.kind, ListChoice) else expected_form(spec.kind)
        put_text(sheet, row, ANSWER - 1, form)
        self._answer(sheet, row, ANSWER, spec, question or spec.title)
        return row

    def _answer(
        self, sheet: Worksheet, row: int, column: int, spec: CellSpec, question: str
    ) -> None:
        cell = unlocked_cell(sheet, row, column, spec.kind)
        fill_cell(cell, self.values.get(spec.name), spec.kind)
        self._validate(sheet, cell.coordinate, spec, question)

    def _validate(self, sheet: Worksheet, where: str, spec: CellSpec, question: str) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        expected = expected_form(spec.kind)
        # cells of these kinds accept more than the program can check
        lenient = isinstance(spec.kind, FreeText | OptionCount | Checkbox)
        rule = DataValidation(
            **self._rule(spec.kind),
            allow_blank=True,
            showInputMessage=True,
            promptTitle=shortened(spec.title, _LONG_TITLE),
            prompt=shortened(question or expected, _LONG_PROMPT),
            showErrorMessage=not lenient,
            errorTitle="Another answer is expected",
            error=shortened(expected, _LONG_PROMPT),
        )
        rule.add(where)
        sheet.add_data_validation(rule)

    def _rule(self, kind: CellKind) -> dict[str, Any]:
        """Return the checks of a cell that a spreadsheet program can make."""
        texts = choices_for(kind)
        return self._choices(texts) if texts else bounds_for(kind)

    def _choices(self, texts: tuple[str, ...]) -> dict[str, Any]:
        """Return a drop-down list; its texts are on a sheet of their own, each list once."""
        column = column_letters(len(self.lists) + 1)
        place = f"'{LISTS}'!${column}$1:${column}${len(texts)}"
        return {"type": "list", "formula1": self.lists.setdefault(texts, place)}

    def content(self) -> bytes:
        """Return the bytes of the workbook, without the time at which it was written."""
        from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

        saved, timeless = BytesIO(), BytesIO()
        self.book.save(saved)
        with ZipFile(saved) as source, ZipFile(timeless, "w", ZIP_DEFLATED) as archive:
            for name in source.namelist():
                data = source.read(name)
                if name == "docProps/core.xml":
                    data = _TIMES.sub(b"", data)
                archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)
        return timeless.getvalue()
