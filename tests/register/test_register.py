"""
Registers: odd pages and tables, round trips, and reading arbitrary text.

`tests/cases/pages` has pages of the listing (`*.page`) and tables (`*.csv`) of invented
organisations. Each is odd in some way and named for a problem code, and has the problems
that reading it reports beside it. After changing a message, write them anew and read the
difference:

    PYTHONPATH=tests/support python tests/register/test_register.py --write
"""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from paths import CASES
from register_pages import ITALY, LINE_END, UNSEEN, collapsed, key, read
from register_strategies import (
    HEADING,
    Line,
    altered,
    records,
    registers,
    rows,
    tables,
    trimmed,
)

import ecei_rules as er
from ecei_rules.diagnostics.codes import PROBLEM_CODES
from ecei_rules.documents.resources import schema
from ecei_rules.register.csv_table import write_table

if TYPE_CHECKING:
    from pathlib import Path

PAGES = CASES / "pages"
ODD = sorted(path for path in PAGES.iterdir() if path.suffix in (".page", ".csv"))
LISTED = sorted(code for code in PROBLEM_CODES if code.startswith(("ECEI40", "ECEI41")))
#: The codes of problems that quote their line.
LINES = {*(f"ECEI40{n}" for n in range(1, 8)), "ECEI415", "ECEI417", "ECEI418"}
#: What is stated of a page in place of Bronze.
STATED: dict[str, dict[str, Any]] = {
    "ecei409-label-not-named": {},
    "ecei409-rows-alone": {},
    "ecei410-several-labels": {},
}
each_odd = pytest.mark.parametrize("path", ODD, ids=lambda path: path.name)


def reported(path: Path) -> tuple[str, tuple[er.Problem, ...]]:
    """Return the problems of a page or a table, as text and as values."""
    try:
        stated = STATED.get(path.stem, {"label": "bronze"} if path.suffix == ".page" else {})
        problems = er.read_register(path.read_bytes(), name=path.name, **stated).problems
    except er.InvalidDocument as error:
        return str(error), error.problems
    return "\n".join(map(str, problems)), problems


def write_texts() -> None:
    """Write the expected texts, and remove those without a page."""
    reports = {path.with_suffix(".txt"): f"{reported(path)[0]}\n" for path in ODD}
    for path in PAGES.glob("*.txt"):
        path.unlink()
    for path, text in reports.items():
        path.write_text(text, encoding="utf-8", newline="\n")


class TestOddPages:
    """Every odd page or table has exactly the problems in the text beside it."""

    @each_odd
    def test_problems_are_as_expected(self, path: Path) -> None:
        """Messages change only on purpose."""
        expected = path.with_suffix(".txt").read_text(encoding="utf-8")

        assert f"{reported(path)[0]}\n" == expected

    @each_odd
    def test_page_has_the_problem_of_its_name(self, path: Path) -> None:
        """So the examples of a code can be found by name."""
        codes = {problem.code.lower() for problem in reported(path)[1]}

        assert path.stem.partition("-")[0] in codes

    def test_every_code_has_a_page(self) -> None:
        """No code is without an example."""
        codes = {problem.code for path in ODD for problem in reported(path)[1]}

        assert sorted(code for code in codes if code.startswith(("ECEI40", "ECEI41"))) == LISTED

    def test_every_page_has_a_text_and_every_text_a_page(self) -> None:
        """There are no other files, which no test would read."""
        assert len({path.stem for path in ODD}) == len(ODD)
        assert sorted(PAGES.iterdir()) == sorted([*ODD, *(p.with_suffix(".txt") for p in ODD)])

    @each_odd
    def test_problems_are_in_the_order_of_the_page(self, path: Path) -> None:
        """
        Those without a line come first (too many problems) or last (records that differ).
        """
        without_line = {"ECEI112": 0, "ECEI408": sys.maxsize}

        order = [
            without_line[each.code] if each.line is None else each.line
            for each in reported(path)[1]
        ]

        assert order == sorted(order)

    @pytest.mark.parametrize(
        "path", [each for each in ODD if each.suffix == ".page"], ids=lambda path: path.name
    )
    def test_problem_of_a_line_quotes_the_line(self, path: Path) -> None:
        """A reader need not open the page, and an editor finds the line."""
        text = path.read_bytes().decode("utf-8", errors="replace").removeprefix("\ufeff")
        page = LINE_END.split(text)

        for problem in reported(path)[1]:
            if problem.code in LINES:
                assert problem.line is not None
                assert problem.message.endswith(f": {collapsed(page[problem.line - 1])}")

    def test_warnings_refuse_nothing(self) -> None:
        """
        They lose no record: a row with several labels, records that differ, a label that is
        not named, an extra column, a portfolio written otherwise, a code of no country, a
        month without a day, and a page of no portfolio.
        """
        assert [code for code in LISTED if PROBLEM_CODES[code].warning] == [
            "ECEI401",
            "ECEI408",
            "ECEI409",
            "ECEI414",
            "ECEI415",
            "ECEI416",
            "ECEI418",
            "ECEI419",
        ]


class TestRoundTrips:
    """docs/formats.md, "Register": written registers read as they were."""

    @given(registers())
    def test_written_register_reads_as_it_was(self, register: er.Register) -> None:
        """
        JSON keeps every record with all its texts, and the extensions.
        """
        text = er.write_register(register)

        assert er.read_register(text) == er.read_register(text.encode()) == register
        Draft202012Validator(schema("register")).validate(json.loads(text))

    @given(st.lists(records(trimmed), max_size=4))
    @example([er.LabelRecord("Example\rBakers", "bronze", date(2016, 7, 24))])
    def test_written_table_reads_as_it_was(self, drawn: list[er.LabelRecord]) -> None:
        """
        Commas, quotation marks and line breaks in a text are kept. Space around it is not,
        and repeats are merged.
        """
        merged = er.merge_registers([er.Register(drawn)])

        register = er.read_register(write_table(merged))

        assert register == merged
        assert {each.code for each in register.problems} <= {"ECEI408", "ECEI415"}

    @given(tables())
    def test_table_of_another_program_reads_the_same(
        self, written: tuple[list[er.LabelRecord], str]
    ) -> None:
        """
        It may have semicolons or tabs, quotation marks around everything, other orders of
        columns, capital letters, a byte order mark or leading empty lines.
        """
        expected, text = written

        assert er.read_register(text) == er.merge_registers([er.Register(expected)])

    @given(st.lists(rows(), min_size=1, unique_by=lambda row: key(row.records[0])))
    def test_listing_json_and_table_give_the_same_records(self, drawn: list[Line]) -> None:
        """
        The form of a register does not matter.
        """
        register = er.read_register("\n".join([HEADING, *(row.text for row in drawn)]))

        assert er.read_register(er.write_register(register)) == register
        assert er.read_register(write_table(register)) == register


class TestArbitraryText:
    """docs/formats.md: reading any text gives a register or problems."""

    PAGE = ITALY.read_text(encoding="utf-8")
    REGISTER = er.read_register(PAGE)
    TABLE = write_table(REGISTER)
    JSON = er.write_register(REGISTER)

    @given(
        st.text(st.characters())
        | st.sampled_from((PAGE, TABLE, JSON)).flatmap(altered)
        | st.sampled_from((f"{HEADING}\n", TABLE.partition("\n")[0] + "\n")).flatmap(
            lambda head: st.text().map(head.__add__)
        )
    )
    def test_any_text_gives_a_register_or_problems(self, text: str) -> None:
        """
        Problems name existing lines, and print no control characters.
        """
        records, problems = read(text)
        count = len(LINE_END.split(text))

        assert problems or records or er.read_register(text) == er.Register([])
        for each in problems:
            assert each.line is None or 1 <= each.line <= count
            assert each.line is not None or each.code == "ECEI408"
            assert not UNSEEN.search(str(each).replace("\n  hint: ", "", 1))

    @given(st.binary() | st.sampled_from((PAGE, TABLE, JSON)).flatmap(altered).map(str.encode))
    def test_any_bytes_give_a_register_or_problems(self, data: bytes) -> None:
        """
        Bytes are UTF-8 or refused, and give the same as their text.
        """
        records, problems = read(data)

        if {each.code for each in problems} != {"ECEI102"}:
            assert read(data.decode("utf-8")) == (records, problems)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/register/test_register.py --write")
    write_texts()
