"""A workbook to fill in, or one that holds an interview."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.interviews.catalogue import Breakdown, Choices, Indicator
from ecei_rules.spreadsheets.cell_formats import bounds, cut, fill, letter, offered, opened, put
from ecei_rules.spreadsheets.cell_names import (
    CLUSTER,
    EVENT,
    EXPERT,
    EXPERTS,
    HISTORY,
    IMPROVEMENTS,
    SCHEMA,
    CellSpec,
    answer_cells,
    cell_values,
    improvement,
    not_representable,
)
from ecei_rules.spreadsheets.cell_types import (
    Checkbox,
    FreeText,
    OneOf,
    OptionCount,
    escaped,
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
    beside,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ecei_rules.interviews.catalogue import Catalogue, Fact
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.spreadsheets.cell_types import CellKind, Value

#: How many characters a cell takes in every spreadsheet program.
_LONGEST = 32_767
_EXPERTS, _ROWS = 3, 30
_LONG_PROMPT, _LONG_TITLE = 255, 32
_SHEET_NAME = 31
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")

_HOW_TO = """\
{title}, {reference}
This workbook is an interview to fill in. \
Write into the light cells; all others are protected, without a password.
Leave a cell empty where there is no answer: that is neither zero nor no.
Where there are several options, each has a row of its own. \
Of those that are counted, an empty one is 0 as soon as another one is filled in.
Where an indicator does not apply and may be left out, write the reason in place of an answer.
Write numbers without units, a share of 12.5 percent as 12.5, and days as 2024-03-18. \
Do not use formulas: they are refused.
The sheets Improvements and History have a row for each improvement or event.
Then save it as .xlsx and run: ecei-rules convert FILE.xlsx -o FILE.json"""


def new_workbook(catalogue: Catalogue) -> bytes:
    """
    A workbook to fill in: the questions of a catalogue, and no answer.

    `read_workbook` reads it once it is filled in. The same catalogue gives the same bytes.

    Raises:
        ModuleNotFoundError: openpyxl is missing, which comes with the extra `excel`.
    """
    return _Layout(catalogue, {}, _EXPERTS, _ROWS, _ROWS).content()


def write_workbook(interview: Interview) -> bytes:
    """
    A workbook that holds an interview; `read_workbook` gives it back.

    The same interview gives the same bytes.

    Raises:
        InvalidDocument: the interview holds what no cell can, such as an `x-` member, or
            does not fit its catalogue.
        ModuleNotFoundError: openpyxl is missing, which comes with the extra `excel`.
    """
    problems = not_representable(interview, longest=_LONGEST)
    if problems:
        raise InvalidDocument(interview.cluster.name, problems)
    experts = max(_EXPERTS, len(interview.conducted.experts))
    improvements = _ROWS + len(interview.improvements)
    events = _ROWS + len(interview.history)
    layout = _Layout(interview.catalogue, cell_values(interview), experts, improvements, events)
    return layout.content()


class _Layout:
    """A workbook in the making."""

    def __init__(
        self,
        catalogue: Catalogue,
        found: dict[str, Value],
        experts: int,
        improvements: int,
        events: int,
    ) -> None:
        from openpyxl import Workbook

        self.catalogue = catalogue
        self.found = found
        self.book: Workbook = Workbook()
        self.lists: dict[tuple[str, ...], str] = {}
        self.names = {SETTINGS, LISTS}
        self._how_to()
        self._about(experts)
        if catalogue.facts_asked:
            self._asked("Facts", catalogue.facts_asked.values())
        for dimension in catalogue.dimensions:
            self._asked(str(dimension.title), catalogue.within(dimension.id))
        group = improvement(catalogue)
        self._list("Improvements", IMPROVEMENTS, group, improvements)
        self._list("History", HISTORY, EVENT, events)
        self._settings()

    def _how_to(self) -> None:
        from openpyxl.styles import Alignment, Font

        sheet = self.book.active
        assert sheet is not None, "a new workbook has a sheet"
        sheet.title = self._name("How to fill in")
        sheet.column_dimensions["A"].width = 100
        about = {"title": str(self.catalogue.title), "reference": self.catalogue.reference}
        for row, line in enumerate(_HOW_TO.splitlines(), 1):
            cell = put(sheet, row, 1, escaped(line.format(**about)))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet["A1"].font = Font(bold=True, size=14)
        sheet.protection.sheet = True

    def _about(self, experts: int) -> None:
        sheet = self._sheet("Interview", HEADINGS[:ANSWER])
        for each in CLUSTER:
            self._row(sheet, each, each.title, "")
        for number in range(1, experts + 1):
            for each in EXPERT:
                asked = CellSpec(f"{EXPERTS}.{number}.{each.name}", each.title, each.kind)
                self._row(sheet, asked, f"Expert {number}: {each.title}", "")

    def _asked(self, title: str, entries: Iterable[Fact | Indicator]) -> None:
        sheet = self._sheet(title, HEADINGS)
        for entry in entries:
            question = str(entry.question or entry.title)
            numbered = f"{entry.number} " if isinstance(entry, Indicator) and entry.number else ""
            shown = f"{numbered}{entry.title}"
            cells = answer_cells(entry)
            others = beside(cells[0].name)
            if isinstance(entry.answer, Breakdown | Choices):
                name = cells[0].name.rpartition(".")[0]
                others = beside(name)
                row = self._heading(sheet, name, shown, question)
                for each in cells:
                    self._row(sheet, each, f"    {each.title}", "")
            else:
                row = self._row(sheet, cells[0], shown, question)
            if isinstance(entry, Indicator) and entry.not_applicable:
                self._answer(
                    sheet, row, REASON, CellSpec(others.reason, shown, FreeText()), question
                )
            self._answer(sheet, row, REMARK, CellSpec(others.remark, shown, FreeText()), question)

    def _list(self, title: str, name: str, group: Sequence[CellSpec], count: int) -> None:
        sheet = self._sheet(title, (name, *(each.title for each in group)))
        for column, each in enumerate(group, ID + 1):
            sheet.column_dimensions[letter(column)].width = 30
            for number in range(1, count + 1):
                cell = opened(sheet, number + 1, column, each.kind)
                fill(cell, self.found.get(f"{name}.{number}.{each.name}"), each.kind)
            self._validate(sheet, f"{letter(column)}2:{letter(column)}{count + 1}", each, "")

    def _settings(self) -> None:
        sheet = self.book.create_sheet(SETTINGS)
        schema = self.found.get(SCHEMA)
        rows = (
            (SETTINGS, "what this workbook is; do not change it"),
            ("format", FORMAT),
            ("catalogue", self.catalogue.reference),
            (SCHEMA, None if schema is None else escaped(str(schema))),
        )
        for row, texts in enumerate(rows, 1):
            for column, text in enumerate(texts, 1):
                if text is not None:
                    put(sheet, row, column, text)
        lists = self.book.create_sheet(LISTS)
        for column, choices in enumerate(self.lists, 1):
            for row, text in enumerate(choices, 1):
                put(lists, row, column, text)
        for each in (sheet, lists):
            each.sheet_state = "hidden"
            each.protection.sheet = True

    def _sheet(self, title: str, headings: Sequence[str]) -> Worksheet:
        from openpyxl.styles import Alignment, Font

        sheet: Worksheet = self.book.create_sheet(self._name(title))
        widths = (8, 34, 60, 34, 26, 34, 34)
        for column, heading in enumerate(headings, 1):
            cell = put(sheet, 1, column, heading)
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            sheet.column_dimensions[letter(column)].width = widths[column - 1]
        sheet.column_dimensions["A"].hidden = True
        sheet.freeze_panes = "B2"
        # without a password: it keeps from slips, not from changes
        sheet.protection.sheet = True
        sheet.protection.formatColumns = False
        sheet.protection.formatRows = False
        return sheet

    def _name(self, title: str) -> str:
        """A name for a sheet that programs take, and that no other sheet has."""
        kept = "".join(" " if each in r"[]:*?/\'" else each for each in escaped(title))
        bare = " ".join(kept.split()) or "Sheet"
        name, number = bare[:_SHEET_NAME].strip(), 1
        while name.casefold() in self.names:
            number += 1
            end = f" {number}"
            name = bare[: _SHEET_NAME - len(end)].strip() + end
        self.names.add(name.casefold())
        return name

    def _heading(self, sheet: Worksheet, name: str, title: str, question: str) -> int:
        """A row that asks something whose answers stand in the rows below."""
        from openpyxl.styles import Alignment

        row = sheet.max_row + 1
        for column, text in ((ID, name), (TITLE, escaped(title)), (QUESTION, escaped(question))):
            cell = put(sheet, row, column, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        return row

    def _row(self, sheet: Worksheet, asked: CellSpec, title: str, question: str) -> int:
        """A row with one answer."""
        from openpyxl.styles import Alignment

        row = self._heading(sheet, asked.name, title, question)
        short = "one of the list" if isinstance(asked.kind, OneOf) else expected_form(asked.kind)
        put(sheet, row, ANSWER - 1, short).alignment = Alignment(wrap_text=True, vertical="top")
        self._answer(sheet, row, ANSWER, asked, question or asked.title)
        return row

    def _answer(
        self, sheet: Worksheet, row: int, column: int, asked: CellSpec, question: str
    ) -> None:
        cell = opened(sheet, row, column, asked.kind)
        fill(cell, self.found.get(asked.name), asked.kind)
        self._validate(sheet, cell.coordinate, asked, question)

    def _validate(self, sheet: Worksheet, where: str, asked: CellSpec, question: str) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        expected = expected_form(asked.kind)
        rule = DataValidation(
            **self._rule(asked.kind),
            allow_blank=True,
            showInputMessage=True,
            promptTitle=cut(asked.title, _LONG_TITLE),
            prompt=cut(question or expected, _LONG_PROMPT),
            showErrorMessage=not isinstance(asked.kind, FreeText | OptionCount | Checkbox),
            errorTitle="Another answer is expected",
            error=cut(expected, _LONG_PROMPT),
        )
        rule.add(where)
        sheet.add_data_validation(rule)

    def _rule(self, kind: CellKind) -> dict[str, Any]:
        """What a spreadsheet program checks of a cell, as far as it can."""
        texts = offered(kind)
        return self._choices(texts) if texts else bounds(kind)

    def _choices(self, texts: tuple[str, ...]) -> dict[str, Any]:
        """A list to choose from; lists stand on a sheet of their own, each once."""
        column = letter(len(self.lists) + 1)
        place = f"'{LISTS}'!${column}$1:${column}${len(texts)}"
        return {"type": "list", "formula1": self.lists.setdefault(texts, place)}

    def content(self) -> bytes:
        """The bytes of the workbook, the same at any time."""
        from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

        made, fixed = BytesIO(), BytesIO()
        self.book.save(made)
        with ZipFile(made) as given, ZipFile(fixed, "w", ZIP_DEFLATED) as archive:
            for each in given.namelist():
                data = given.read(each)
                if each == "docProps/core.xml":
                    data = _TIMES.sub(b"", data)
                archive.writestr(ZipInfo(each), data, ZIP_DEFLATED)
        return fixed.getvalue()
