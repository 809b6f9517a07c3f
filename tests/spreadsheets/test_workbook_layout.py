"""docs/spreadsheets.md: sheets, rows and columns that were added, deleted or moved."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from workbook_samples import BACK, example, rearranged, refusal

import ecei_rules as er

if TYPE_CHECKING:
    from openpyxl import Workbook

CATALOGUE = er.shipped().catalogues[1]


class TestLayout:
    """A workbook that lost answers is refused, and one with more sheets is read."""

    def test_added_sheets_are_ignored(self) -> None:
        """
        They are not part of the interview.
        """
        book = load_workbook(BytesIO(er.write_workbook(example())))
        book.create_sheet("Mine")["A1"] = "notes"
        made = BytesIO()
        book.save(made)

        assert er.read_workbook(made.getvalue()) == example()

    def test_deleted_first_column_is_a_problem(self) -> None:
        """
        All answers of the sheet would vanish with it.
        """
        book = load_workbook(BytesIO(er.write_workbook(example())))
        for sheet in ("Interview", "Facts", "Improvements", "History"):
            book[sheet].delete_cols(1)
        made = BytesIO()
        book.save(made)

        assert refusal(made.getvalue()).splitlines() == [
            line
            for sheet in ("Interview", "Facts", "Improvements", "History")
            for line in (
                f"ECEI425 {sheet}!A1: the hidden first column, which names the answers, is missing",
                "  hint: undo deleting it, or copy the answers into a new workbook",
            )
        ]

    def test_deleted_sheets_are_a_problem(self) -> None:
        """
        Their answers vanish with them, and a history that is left out is another history.
        """
        sheets = ("Interview", "Facts", "Structure of the cluster", "Improvements", "History")

        def delete(book: Workbook) -> None:
            for sheet in sheets:
                del book[sheet]

        found = refusal(rearranged(delete)).splitlines()

        assert found[:10] == [
            line
            for sheet in sheets
            for line in (
                (
                    f'ECEI425 (whole document): the sheet of "{sheet}" is missing, and its answers'
                    " with it"
                ),
                f"  hint: {BACK}",
            )
        ]
        assert [line[:7] for line in found[10:]] == ["ECEI429"] * 3

    def test_deleted_rows_are_a_problem(self) -> None:
        """
        A question with options has a row of its own, with the remark, and one for each option.
        """

        def delete(book: Workbook) -> None:
            book["Facts"].delete_rows(2)
            book["Structure of the cluster"].delete_rows(7, 2)
            book["Interview"].delete_rows(4)

        assert refusal(rearranged(delete)).splitlines() == [
            line
            for row in (
                '"Website"',
                f'"{next(iter(CATALOGUE.facts_asked.values())).title}"',
                f'"{CATALOGUE.asked["composition"].title}"',
                f'"Small and medium-sized enterprises" of "{CATALOGUE.asked["composition"].title}"',
            )
            for line in (
                f"ECEI425 (whole document): the row of {row} is missing, and its answer with it",
                f"  hint: {BACK}",
            )
        ]

    @pytest.mark.parametrize(
        ("sheet", "change", "cell", "heading", "found"),
        [
            ("Facts", ("delete_cols", 3), "C1", "Question", '"Expected"'),
            ("Facts", ("delete_cols", 2), "B1", "What is asked", '"Question"'),
            ("Facts", ("insert_cols", 5), "E1", "Answer", "no value"),
            ("Facts", ("insert_cols", 1), "A1", "id", "no value"),
            ("Facts", ("insert_rows", 1), "A1", "id", "no value"),
            ("Facts", ("delete_rows", 1), "A1", "id", '"facts.cluster-organisation"'),
            ("Interview", ("insert_cols", 4), "D1", "Expected", "no value"),
            ("History", ("insert_rows", 1), "A1", "history", "no value"),
            ("History", ("delete_rows", 1), "A1", "history", "no value"),
            ("History", ("delete_cols", 3), "C1", "Event", '"On"'),
            ("Improvements", ("insert_cols", 2), "B1", "Indicator", "no value"),
        ],
    )
    def test_moved_columns_and_rows_are_a_problem(
        self, sheet: str, change: tuple[str, int], cell: str, heading: str, found: str
    ) -> None:
        """
        Answers would be read as something else, or not at all.
        """
        method, where = change
        changed = rearranged(lambda book: getattr(book[sheet], method)(where))

        assert refusal(changed) == (
            f'ECEI425 {sheet}!{cell}: expected the heading "{heading}", found {found}\n'
            "  hint: undo inserting or deleting it, or copy the answers into a new workbook"
        )

    def test_own_sheet_may_begin_like_ours(self) -> None:
        """
        A sheet with a column "id" of its own has none of the rows.
        """

        def add(book: Workbook) -> None:
            book.create_sheet("Mine").append(["id", "what I think"])

        assert er.read_workbook(rearranged(add)) == example()
