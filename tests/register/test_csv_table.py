"""docs/formats.md, "Register": tables whose first line names their columns."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register_pages import LINE_END, read
from register_strategies import (
    Line,
    table_rows,
)

import ecei_rules as er
from ecei_rules.register.csv_table import COLUMNS, write_table


class TestTables:
    """The first line of a table names its columns."""

    def test_table_has_all_columns(self) -> None:
        """
        The columns are always the same six, and missing values are empty. Lines end as in
        RFC 4180.
        """
        register = er.Register(
            [
                er.LabelRecord("Example Miners", "silver", date(2024, 2, 29)),
                er.LabelRecord(
                    'Example "Bakers", Inc.',
                    "bronze",
                    date(2016, 7, 24),
                    country="IT",
                    comparative_portfolio="Maritime technologies, water resources",
                    website="https://example.org/;,",
                ),
            ]
        )

        assert write_table(register) == (
            "name,label,valid_until,country,comparative_portfolio,website\r\n"
            "Example Miners,silver,2024-02-29,,,\r\n"
            '"Example ""Bakers"", Inc.",bronze,2016-07-24,IT,'
            '"Maritime technologies, water resources","https://example.org/;,"\r\n'
        )

    @pytest.mark.parametrize(
        ("text", "cell"),
        [
            ('=HYPERLINK("https://example.org")', '"\'=HYPERLINK(""https://example.org"")"'),
            ("@SUM(1;1)", "'@SUM(1;1)"),
            ("+1-1", "'+1-1"),
            ("-Example-", "'-Example-"),
            (" =1+1", "' =1+1"),
            ("\t=1+1", "'\t=1+1"),
            ("\tExample", "'\tExample"),
            ("\rExample", '"\'\rExample"'),
            ("'s-Hertogenbosch", "''s-Hertogenbosch"),
            ("Example =1", "Example =1"),
            (" Example", " Example"),
        ],
    )
    def test_formulas_are_guarded(self, text: str, cell: str) -> None:
        """
        An apostrophe is before every text that a spreadsheet would run; reading takes it off.
        """
        record = er.LabelRecord(text, "gold", date(2024, 2, 29), comparative_portfolio=text)

        written = write_table(er.Register([record]))

        assert written.partition("\r\n")[2] == f"{cell},gold,2024-02-29,,{cell},\r\n"
        (again,) = er.read_register(written).records
        assert again.name == again.comparative_portfolio == text.strip()

    def test_apostrophe_alone_is_an_empty_value(self) -> None:
        """
        Spreadsheet programs write it for an empty text.
        """
        record = er.LabelRecord("Example Bakers", "bronze", date(2016, 7, 24))
        text = "name,label,valid_until,country,website\nExample Bakers,bronze,'2016-07-24,',' \n"

        assert er.read_register(text) == er.Register([record])

    def test_too_long_value_is_quoted_and_the_rest_is_read(self) -> None:
        """
        Neither its row nor the rows after it are lost.
        """
        row = "Example Bakers,bronze,2016-07-24"
        long = f"{'x' * 140_000},bronze,2016-07-24"

        records, problems = read(f"name,label,valid_until\n{row}\n{long}\n{row[:13]}2{row[14:]}\n")

        assert [each.name for each in records] == ["Example Bakers", "Example Baker2"]
        assert [(p.line, p.code) for p in problems] == [(3, "ECEI413")]
        assert long in problems[0].message

    def test_too_many_columns_are_one_problem(self) -> None:
        """
        The heading of a hostile table does not give a problem for each column.
        """
        names = ",".join(f"c{n}" for n in range(998))
        heading = f"name,label,valid_until,{names}"

        assert [p.message for p in read(f"{heading}\n")[1]] == ["the table has 1,001 columns"]
        assert len(read(f"{heading.removesuffix(',c997')}\n")[1]) == 997

    def test_warning_does_not_refuse_a_table(self) -> None:
        """
        An empty table with an unknown column is an empty register.
        """
        register = er.read_register("name,label,valid_until,notes\n")

        assert register.records == ()
        assert [each.code for each in register.problems] == ["ECEI414"]

    @pytest.mark.parametrize("text", ["A ICT 2016/07/24", "name,label,valid_until\n", "{}"])
    @pytest.mark.parametrize(
        ("stated", "message"),
        [
            ({"country": "it"}, "there is no country with the code 'it'; expected one such as IT"),
            ({"country": "XX"}, "there is no country with the code 'XX'; expected one such as IT"),
            (
                {"country": "Italy"},
                "there is no country with the code 'Italy'; expected one such as IT",
            ),
            ({"label": "Gold"}, 'a label is "bronze", "silver" or "gold", got \'Gold\''),
            ({"portfolio": " "}, "a portfolio is not empty"),
        ],
        ids=str,
    )
    def test_wrong_statement_is_refused(
        self, text: str, stated: dict[str, Any], message: str
    ) -> None:
        """
        It is a mistake of the caller, so the document is not read.
        """
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            er.read_register(text, **stated)

    def test_table_without_rows_is_an_empty_register(self) -> None:
        """
        An exported empty register can be read again.
        """
        assert er.read_register(write_table(er.Register([]))) == er.Register([])

    def test_country_argument_is_the_default(self) -> None:
        """
        A stated country is kept.
        """
        text = "name,label,valid_until,country\nA,bronze,2016-07-24,NO\nB,bronze,2016-07-24,\n"

        records = er.read_register(text, country="IT").records

        assert [each.country for each in records] == ["NO", "IT"]

    def test_space_around_a_value_is_ignored(self) -> None:
        """
        A cell of spaces is empty.
        """
        text = "name , label,valid_until,website\n Example  Bakers\t, Bronze , 2016/07/24 ,  \n"

        assert er.read_register(text).records == (
            er.LabelRecord("Example  Bakers", "bronze", date(2016, 7, 24)),
        )

    @given(st.lists(table_rows()))
    def test_every_row_is_a_record_or_a_problem(self, drawn: list[Line]) -> None:
        """
        Wrong values, missing or extra values and misplaced quotation marks are problems with
        the line on which the row begins; rows without values are ignored.
        """
        text, expected = f"{','.join(COLUMNS)}\r\n", []
        for row in drawn:
            if row.code:
                expected.append((1 + len(LINE_END.findall(text)), row.code))
            text += row.text

        records, problems = read(text)

        told = ("ECEI408", "ECEI415")
        assert [(p.line, p.code) for p in problems if p.code not in told] == expected
        register = er.Register([record for row in drawn for record in row.records])
        assert records == er.merge_registers([register]).records

    @pytest.mark.parametrize(
        ("text", "row"),
        [
            (
                'name,label,valid_until\n"A,bronze,2016-07-24\nB,bronze,2016-07-24\n',
                "B,bronze,2016-07-24",
            ),
            ('label,valid_until,name\nbronze,2016-07-24,"A\nbronze,2016-07-24,B\n', ",B"),
            (
                'name,label,valid_until,website\nA,bronze,2016-07-24,"https://a\nB,bronze,2016-07-24,\n',
                "B,bronze,2016-07-24,",
            ),
        ],
        ids=["first-column", "last-column", "address"],
    )
    def test_open_quotation_mark_hides_no_row(self, text: str, row: str) -> None:
        """
        In any column, the rows after it are not read as its text, and the problem quotes them.
        """
        records, problems = read(text)

        assert records == ()
        assert [(each.line, each.code) for each in problems] == [(2, "ECEI413")]
        assert problems[0].message.endswith(row)

    @pytest.mark.parametrize(("length", "read_whole"), [(131_072, True), (131_073, False)])
    def test_value_has_a_greatest_length(self, length: int, *, read_whole: bool) -> None:
        """
        The rows around one with a longer value are read.
        """
        names = ["Example Bakers", "x" * length, "Example Coders"]
        rows = "".join(f"{name},bronze,2016-07-24\n" for name in names)

        records, problems = read(f"name,label,valid_until\n{rows}")

        kept = names if read_whole else [names[0], names[2]]
        assert [each.name for each in records] == kept
        assert [(p.line, p.code) for p in problems] == ([] if read_whole else [(3, "ECEI413")])
