"""docs/formats.md, "The public listing"."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register_pages import ITALY, LINE_END, collapsed, has, key, read_bronze, rows_alone
from register_strategies import (
    HEADING,
    Line,
    altered,
    line_ends,
    lines,
    preambles,
    rows,
)

import ecei_rules as er

#: Lines of a listing that are not rows: its heading, and the address of the page.
SKIPPED = re.compile(f"{HEADING.replace('www ', '(www )?')}|URL: ?https?://\\S+", re.IGNORECASE)


class TestListing:
    """Rows are read from their right end."""

    @given(
        st.lists(rows(), min_size=1, unique_by=lambda row: key(row.records[0])),
        preambles,
        st.sampled_from((HEADING, HEADING.replace("www ", ""), HEADING.upper(), None)),
        line_ends,
    )
    def test_rows_are_read_as_they_were_written(
        self, drawn: list[Line], above: list[str], heading: str | None, end: str
    ) -> None:
        """
        Names may consist of any words, and lines above the heading that are not rows are
        ignored.
        """
        head = [] if heading is None else [*above, heading]

        records, problems = read_bronze(end.join([*head, *(row.text for row in drawn)]))

        assert records == tuple(row.records[0] for row in drawn)
        assert problems == []

    @given(st.lists(lines), line_ends)
    def test_every_line_is_read_or_quoted(self, drawn: list[Line], end: str) -> None:
        """
        After the heading nothing is lost: a line gives its records, or a problem with its
        number quotes it, or both if it has more than one record.
        """
        records, problems = read_bronze(end.join([HEADING, *(line.text for line in drawn)]))

        odd = [(number, line) for number, line in enumerate(drawn, 2) if line.code]
        expected = [record for line in drawn for record in line.records]
        reported = [each for each in problems if each.code != "ECEI408"]
        no_row = [(1, "ECEI400")] if not odd and not expected else []
        codes = no_row or [(number, line.code) for number, line in odd]
        assert [(each.line, each.code) for each in reported] == codes
        for (_, line), problem in zip(odd, reported, strict=False):
            assert problem.message.endswith(f": {collapsed(line.text)}")
        assert all(any(has(kept, record) for kept in records) for record in expected)
        assert {key(each) for each in records} == {key(each) for each in expected}

    @given(
        st.lists(st.text() | lines.map(lambda line: line.text)).map("\n".join)
        | altered(rows_alone(ITALY.read_text(encoding="utf-8")))
    )
    def test_no_line_of_any_text_is_lost(self, text: str) -> None:
        """
        A line that no problem quotes gives no more records alone than within the text.
        """
        whole, problems = read_bronze(f"{HEADING}\n{text}")

        for number, line in enumerate(LINE_END.split(text), 2):
            ends = [each.message for each in problems if each.line == number]
            if collapsed(line) and not any(end.endswith(f": {collapsed(line)}") for end in ends):
                alone, odd = read_bronze(f"{HEADING}\n{line}")
                assert alone or SKIPPED.fullmatch(collapsed(line))
                assert all(any(has(kept, record) for kept in whole) for record in alone)
                assert [each.code for each in odd] == ["ECEI400"] * (not alone)

    @pytest.mark.parametrize(
        ("line", "names"),
        [
            (
                "Centre of the Food industry Food industry 2016/07/24",
                ["Centre of the Food industry"],
            ),
            ("ICT ICT 2016/07/24", ["ICT"]),
            ("- Example ICT 2016/07/24", ["- Example"]),
            ("2016/07 Example ICT 2016/07/24", ["2016/07 Example"]),
            ("[Example] ICT 2016/07/24", ["[Example]"]),
            # a word without visible characters is no part of a portfolio
            ("A \ufe0f ICT 2016/07/24", ["A \ufe0f"]),
            ("A ICT 2016/07/24 ICT 2018/03/01", ["A", "A"]),
            ("A ICT 2016/07/24 - ICT 2018/03/01", ["A", "A"]),
            ("A ICT 2016/07/24 \u2013 B ICT 2018/03/01", ["A", "B"]),
            ("A ICT 2016/07/24 B - C ICT 2018/03/01 ICT 2018/03/02", ["A", "B - C", "B - C"]),
        ],
    )
    def test_name_is_the_rest_of_the_row(self, line: str, names: list[str]) -> None:
        """
        A name may end like a portfolio; a label without a name has the name before it.
        """
        assert [each.name for each in read_bronze(line)[0]] == names

    def test_row_above_the_heading_is_read(self) -> None:
        """
        Other lines there belong to the page, even with a day, and are no problem.
        """
        row = "Example Bakers Food industry 2016/07/24"
        text = f"As of 2016/12/01\nExample {row}\nExample Miners Constr\n{HEADING}\n{row}\n"

        records, problems = read_bronze(text)

        assert [each.name for each in records] == ["Example Example Bakers", "Example Bakers"]
        assert problems == []

    def test_equal_labels_of_one_row_are_one_record(self) -> None:
        """
        The warning names the numbers of labels and records.
        """
        row = "Example Bakers Food industry 2016/07/24 Food industry 2016/07/24"

        records, problems = read_bronze(row)

        assert len(records) == 1
        assert [str(each) for each in problems] == [
            f"1:1: ECEI401 line: the row holds 2 labels and became 1 record: {row}"
        ]

    @pytest.mark.parametrize("number", [999, 1000, 1001, 10_000])
    def test_refused_text_has_at_most_a_thousand_problems(self, number: int) -> None:
        """
        If there are more, the first problem says so.
        """
        _, problems = read_bronze("Example Miners Constr\n" * number)

        if number <= 1000:
            assert [each.line for each in problems] == list(range(1, number + 1))
        else:
            assert [each.code for each in problems] == ["ECEI112"] + ["ECEI405"] * 1000

    def test_repeated_row_is_one_record(self) -> None:
        """
        Two of the published pages repeat rows.
        """
        row = "Example Bakers Food industry 2016/07/24"

        register = er.read_register(
            f"{row}\n{row}\n{row.replace(' 2016', ' www.example.org 2016')}", label="bronze"
        )

        assert register == er.Register(
            [
                er.LabelRecord(
                    "Example Bakers",
                    "bronze",
                    date(2016, 7, 24),
                    comparative_portfolio="Food industry",
                    website="http://www.example.org",
                )
            ]
        )
        assert register.problems == ()
