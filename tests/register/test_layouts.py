"""
docs/formats.md, "Register": the layouts in which people keep lists of labels.

Each is invented, since only pages of Bronze by country are known as they were published.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register_pages import read
from register_strategies import HEADING, days

import ecei_rules as er
from ecei_rules.register.days import written_day

INDUSTRY = "Name Country www Label valid until"
MARCH = "2025-03-31"


def summary(text: str, **stated: Any) -> tuple[list[str], list[str]]:
    """Return the records of a text, a line each, and the codes of its problems by line."""
    records, problems = read(text, **stated)
    lines = [
        " | ".join(
            str(getattr(each, name) or "-")
            for name in ("name", "label", "valid_until", "country", "comparative_portfolio")
        )
        for each in records
    ]
    return lines, [f"{each.line} {each.code}" for each in problems]


class TestLabelOfAPage:
    """docs/formats.md, "The label of a page"."""

    GOLD = f"Holders of the Gold Label\n\n{HEADING}\nExample Bakers Food industry 2025/03/31\n"
    READ = f"Example Bakers | gold | {MARCH} | - | Food industry"

    def test_page_of_gold_labels(self) -> None:
        """
        Its text names the label, whether it is stated too or not.
        """
        assert summary(self.GOLD) == summary(self.GOLD, label="gold") == ([self.READ], [])

    @pytest.mark.parametrize("label", ["bronze", "silver"])
    def test_page_of_another_label_is_refused(self, label: str) -> None:
        """
        No record of it gets the stated label.
        """
        with pytest.raises(er.InvalidDocument) as caught:
            er.read_register(self.GOLD, label=label, name="page")  # type: ignore[arg-type]

        message = f'the page names "gold", but "{label}" was stated'
        assert str(caught.value) == f"page has 1 problem\n1:1: ECEI410 line: {message}"

    @pytest.mark.parametrize(
        ("title", "label"),
        [
            ("Cluster Management Excellence Label GOLD", "gold"),
            ("Silver-Label: Dedicated to Cluster Excellence", "silver"),
            ("You are here: Home / the SILVER LABELS", "silver"),
            ("URL: https://www.cluster-analysis.org/silver-label", "silver"),
            ("URL: http://www.cluster-analysis.org/benchmarked-clusters/?country=9e", "bronze"),
        ],
    )
    def test_ways_to_name_a_label(self, title: str, label: str) -> None:
        """
        A line with the word Label, or the address of the operator's pages of Bronze.
        """
        records, problems = read(self.GOLD.replace("Holders of the Gold Label", title))

        assert [each.label for each in records] == [label]
        assert problems == []

    def test_words_that_name_no_label(self) -> None:
        """
        Neither a row, nor a heading, nor a golden age.
        """
        page = self.GOLD.replace("Holders of the Gold Label", "A golden age.")

        assert summary(page.replace("Bakers", "Gold Label")) == (
            [f"Example Gold Label | bronze | {MARCH} | - | Food industry"],
            ["3 ECEI409"],
        )

    @pytest.mark.parametrize(
        ("line", "word"),
        [
            ("Clusters awarded in Gold", "Gold"),
            ("European Cluster Excellence GOLD", "GOLD"),
            ("Goldlabel", "Gold"),
            ("Register of Silver\n(Label of excellence)", "Silver"),
        ],
    )
    def test_word_of_a_higher_label_needs_a_statement(self, line: str, word: str) -> None:
        """
        Such a page may be one of that label, so it does not become Bronze.
        """
        page = self.GOLD.replace("Holders of the Gold Label", line)

        with pytest.raises(er.InvalidDocument) as caught:
            er.read_register(page, name="page")

        message = f'the page does not name its label, but has the word "{word}"'
        assert str(caught.value) == (
            f"page has 1 problem\n1:1: ECEI410 line: {message}\n"
            "  hint: state the label with `register import --label`"
        )
        assert summary(page, label="gold") == ([self.READ], [])

    def test_several_labels_need_a_statement(self) -> None:
        """
        A page with a menu of all labels is read if one of them is stated.
        """
        page = f"Bronze Label\nSilver Label\n{self.GOLD}"

        assert summary(page) == ([], ["1 ECEI410"])
        assert summary(page, label="gold") == ([self.READ], [])


class TestPageByIndustry:
    """docs/formats.md, "The public listing": the country is in the rows."""

    ROWS = (
        f"{INDUSTRY}\n"
        "Example Bakers Italy www.example.org 2025/03/31\n"
        "Example Kitchen of New Zealand New Zealand 2025/03/31\n"
        "Example Divers Papua New Guinea 2025/03/31\n"
        "Example Brewers Belgi\u00eb 2025/03/31\n"
        "Example Millers \u00d6STERREICH www 2025/03/31\n"
        "Example Shippers \u0395\u03bb\u03bb\u03ac\u03b4\u03b1 2025/03/31\n"
        "Example Growers UK 2025/03/31\n"
    )

    def read_as(self, portfolio: str) -> list[str]:
        """Return what the rows are read as."""
        found = [
            ("Bakers", "IT"),
            ("Kitchen of New Zealand", "NZ"),
            ("Divers", "PG"),
            ("Brewers", "BE"),
            ("Millers", "AT"),
            ("Shippers", "GR"),
            ("Growers", "GB"),
        ]
        return [f"Example {name} | bronze | {MARCH} | {c} | {portfolio}" for name, c in found]

    @pytest.mark.parametrize(
        "title",
        [
            "Bronze Label / Benchmarked clusters: Food industry",
            "BRONZE LABEL / BENCHMARKED CLUSTERS: FOOD INDUSTRY",
            "Bronze Label\nURL: https://example.org/benchmarked-clusters/food-industry/",
            "Bronze Label\nURL: https://example.org/?industry=Food%20industry&page=1",
        ],
    )
    def test_title_or_address_names_the_portfolio(self, title: str) -> None:
        """
        It is that of all rows, whatever is stated; the given country is not that of any.
        """
        page = f"{title}\n\n{self.ROWS}"

        assert summary(page) == (self.read_as("Food industry"), [])
        assert summary(page, portfolio="ICT", country="FR") == (self.read_as("Food industry"), [])

    def test_commas_of_a_portfolio_are_no_part_of_an_address(self) -> None:
        """
        In an address, signs do not matter.
        """
        address = "URL: https://example.org/maritime-technologies-water-resources"
        portfolio = "Maritime technologies, water resources"

        assert summary(f"{address}\n{self.ROWS}", label="bronze") == (self.read_as(portfolio), [])

    def test_portfolio_is_stated(self) -> None:
        """
        In any capitals; one that is new in the listing is told.
        """
        page = f"Bronze Label\n\n{self.ROWS}"

        assert summary(page, portfolio="food INDUSTRY") == (self.read_as("Food industry"), [])
        new = summary(page, portfolio="Metal industry")
        assert new == (self.read_as("Metal industry"), ["1 ECEI415"])

    def test_portfolio_is_not_named(self) -> None:
        """
        The records have none, and that is told once.
        """
        assert summary(f"Bronze Label\n\n{self.ROWS}") == (self.read_as("-"), ["3 ECEI419"])

    def test_page_with_both_columns(self) -> None:
        """
        The columns are those of the heading, in its order.
        """
        expected = [f"Example Bakers | gold | {MARCH} | IT | Food industry"]

        for columns, row in (
            ("Country Comparative portfolio", "Italy Food industry"),
            ("Comparative portfolio Country", "Food industry Italy"),
        ):
            heading = f"Cluster name {columns} Label valid until"
            page = f"Gold Label\n{heading}\nExample Bakers {row} {MARCH}"
            assert summary(page) == (expected, [])


class TestPortfolios:
    """docs/formats.md, "The public listing": portfolios that are written otherwise."""

    def test_other_capitals_are_told(self) -> None:
        """
        The row has the portfolio of the listing.
        """
        page = f"Bronze Label\n{HEADING}\nExample Bakers food INDUSTRY 2025/03/31\n"

        assert summary(page) == (
            [f"Example Bakers | bronze | {MARCH} | - | Food industry"],
            ["3 ECEI415"],
        )

    def test_unknown_portfolio_keeps_the_row(self) -> None:
        """
        The end of the name cannot be found on a page, but in a table.
        """
        page = f"Bronze Label\n{HEADING}\nExample Founders Metal industry 2025/03/31\n"
        table = (
            "name;label;valid_until;comparative_portfolio\n"
            "Example Founders;bronze;2025/03/31;Metal industry\n"
        )

        assert summary(page) == (
            [f"Example Founders Metal industry | bronze | {MARCH} | - | -"],
            ["3 ECEI403"],
        )
        assert summary(table) == (
            [f"Example Founders | bronze | {MARCH} | - | Metal industry"],
            ["2 ECEI415"],
        )

    def test_text_of_another_kind_is_no_page(self) -> None:
        """
        Without a heading, lines with days are rows only beside a row of a known portfolio.
        """
        log = "started 2025-03-31 at noon\nended 2025-03-31\n"

        assert summary(log) == ([], ["1 ECEI403", "2 ECEI403"])
        assert summary(f"{log}Example Bakers Food industry 2025/03/31", label="gold")[0] == [
            f"started | gold | {MARCH} | - | -",
            f"ended | gold | {MARCH} | - | -",
            f"Example Bakers | gold | {MARCH} | - | Food industry",
        ]


class TestDays:
    """docs/formats.md, "Days"."""

    FORMS = (
        (f"{MARCH}", None),
        ("2025/03/31", None),
        ("2025/3/31", None),
        ("31.03.2025", None),
        ("31.3.2025", None),
        ("31/03/2025", None),
        ("3/31/2025", None),
        ("31 March 2025", None),
        ("31  MARCH 2025", None),
        ("end of March 2025", "ECEI418"),
        ("March 2025", "ECEI418"),
    )

    @pytest.mark.parametrize(("written", "code"), FORMS)
    def test_forms_of_a_day(self, written: str, code: str | None) -> None:
        """
        They are the same in tables and on pages; a month is told.
        """
        page = f"Silver Label\n{HEADING}\nExample Bakers Food industry {written}\n"
        table = f"name,label,valid_until\nExample Bakers,silver,{written}\n"

        assert summary(page) == (
            [f"Example Bakers | silver | {MARCH} | - | Food industry"],
            [f"3 {code}"] if code else [],
        )
        assert summary(table) == (
            [f"Example Bakers | silver | {MARCH} | - | -"],
            [f"2 {code}"] if code else [],
        )

    @pytest.mark.parametrize(
        ("written", "codes"),
        [
            ("04/03/2025", ("ECEI417", "ECEI417")),
            ("31.02.2025", ("ECEI406", "ECEI412")),
            ("2025/02/29", ("ECEI406", "ECEI412")),
            ("31 February 2025", ("ECEI406", "ECEI412")),
            ("end of March 3025", ("ECEI406", "ECEI412")),
            ("31.03.25", ("ECEI405", "ECEI412")),
            ("2025/03/3", ("ECEI405", "ECEI412")),
            ("2025-03/31", ("ECEI405", "ECEI412")),
            ("spring 2025", ("ECEI405", "ECEI412")),
            ("Ma\u0307rch 2025", ("ECEI405", "ECEI412")),
            ("April\u0131 2025", ("ECEI405", "ECEI412")),
        ],
    )
    def test_days_that_are_refused(self, written: str, codes: tuple[str, str]) -> None:
        """
        None is guessed at: two readings, no such day, a year of two digits, a day cut off.
        """
        page = f"Silver Label\n{HEADING}\nExample Bakers Food industry {written}\n"
        table = f"name,label,valid_until\nExample Bakers,silver,{written}\n"

        assert summary(page) == ([], [f"3 {codes[0]}"])
        assert summary(table) == ([], [f"2 {codes[1]}"])

    @given(days)
    def test_every_day_is_read_in_every_form(self, day: date) -> None:
        """
        Except with slashes and the year last, where the first number must be above 12 or
        equal to the second.
        """
        month = day.strftime("%B")
        for written in (
            f"{day}",
            f"{day:%Y/%m/%d}",
            f"{day.year}/{day.month}/{day.day}",
            f"{day:%d.%m.%Y}",
            f"{day.day}.{day.month}.{day.year}",
            f"{day.day} {month} {day.year}",
            f" {day:%d}\t{month.upper()}\u00a0{day.year} ",
        ):
            read_as = written_day(written)
            assert read_as is not None
            assert read_as.days == (day,)
        slashes = written_day(f"{day:%d/%m/%Y}")
        assert slashes is not None
        assert day in slashes.days
        assert (len(slashes.days) == 1) is (day.day > 12 or day.day == day.month)

    @given(days)
    def test_a_month_is_its_last_day(self, day: date) -> None:
        """
        The day after it is of another month.
        """
        for written in (f"{day:%B} {day.year}", f"End of {day:%B} {day.year}"):
            read_as = written_day(written)
            assert read_as is not None
            (last,) = read_as.days
            assert (last.year, last.month) == (day.year, day.month)
            assert last.day in (28, 29, 30, 31)
            assert not [n for n in range(last.day + 1, 32) if exists(day.year, day.month, n)]

    @pytest.mark.parametrize(
        "written",
        [
            "15th March 2025",
            "15. March 2025",
            "1st of March 2025",
            "mid March 2025",
            "until March 2025",
        ],
    )
    def test_part_of_a_month_is_not_its_last_day(self, written: str) -> None:
        """
        The row has no day that can be read.
        """
        page = f"Gold Label\n{HEADING}\nExample Bakers Food industry {written}\n"

        assert summary(page) == ([], ["3 ECEI405"])

    def test_months_within_a_name_are_no_days(self) -> None:
        """
        Unless a portfolio is before them, as before the first day of a row of two labels.
        """
        page = (
            f"Gold Label\n{HEADING}\n"
            "Example Fair of May 2020 Food industry 31 March 2025\n"
            "Example Fair of May 2020 in Transportatio\n"
            "Example Coders ICT March 2025 Food industry May 2025 *\n"
        )

        assert summary(page) == (
            [
                f"Example Fair of May 2020 | gold | {MARCH} | - | Food industry",
                f"Example Coders | gold | {MARCH} | - | ICT",
                "Example Coders | gold | 2025-05-31 | - | Food industry",
            ],
            ["4 ECEI405", "5 ECEI401", "5 ECEI418", "5 ECEI402"],
        )


class TestTablesOfOtherPrograms:
    """docs/formats.md, "The table": names of columns, separators and values."""

    READ = (f"Example Bakers | silver | {MARCH} | IT | Food industry",)

    @pytest.mark.parametrize(
        "heading",
        [
            "Cluster name;ECEI label;Label valid until;Country;Comparative portfolio;www",
            "CLUSTER  NAME;ecei_label;label_valid_until;country;comparative_portfolio;website",
        ],
    )
    @pytest.mark.parametrize(
        "label", ["silver", "Silver Label", "SILVER label", "silver\u00a0label"]
    )
    def test_words_of_the_register(self, heading: str, label: str) -> None:
        """
        Columns may have the names of the listing, and labels the word Label.
        """
        row = f"Example Bakers;{label};{MARCH};Italia;Food industry;www.example.org"

        assert summary(f"{heading}\n{row}\n") == ([*self.READ], [])

    @pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
    @pytest.mark.parametrize("line", ["sep={}", '"sep={}"', "SEP={}", "\n\nsep={}  "])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_line_that_names_the_separator(self, separator: str, line: str, end: str) -> None:
        """
        It is no row, and lines are counted with it.
        """
        values = ("Example Bakers", "silver", MARCH, "IT", "Food industry")
        rows = [("name", "label", "valid_until", "country", "comparative_portfolio"), values]
        lines = [*line.format(separator).split("\n"), *map(separator.join, rows), "a"]

        assert summary(end.join(lines)) == ([*self.READ], [f"{len(lines)} ECEI412"])

    def test_named_separator_counts_against_the_frequent_one(self) -> None:
        """
        The first line has more commas than semicolons.
        """
        table = "sep=;\nname;label;valid_until;,,,,\nExample, Inc.;gold;2025-03-31;\n"

        assert summary(table) == ([f"Example, Inc. | gold | {MARCH} | - | -"], ["2 ECEI414"])

    @pytest.mark.parametrize(
        ("country", "code", "problems"),
        [
            ("Germany", "DE", []),
            ("deutschland", "DE", []),
            ("\u010cesko", "CZ", []),
            ("Czech Republic", "CZ", []),
            ("EL", "GR", []),
            ("UK", "GB", []),
            ("XX", "XX", ["2 ECEI416"]),
        ],
    )
    def test_countries(self, country: str, code: str, problems: list[str]) -> None:
        """
        Names in English and in the country's own language, and codes; an unknown one is told.
        """
        table = f"name,label,valid_until,country\nExample Bakers,gold,{MARCH},{country}\n"

        assert summary(table) == ([f"Example Bakers | gold | {MARCH} | {code} | -"], problems)

    def test_details_that_are_stated_for_all_rows(self) -> None:
        """
        A row that states them keeps its own.
        """
        table = (
            "name,valid_until,label\nExample Bakers,2025-03-31,\nExample Coders,2025-03-31,gold\n"
        )

        assert summary(table, label="silver", country="EL", portfolio="ict") == (
            [
                f"Example Bakers | silver | {MARCH} | GR | ICT",
                f"Example Coders | gold | {MARCH} | GR | ICT",
            ],
            [],
        )

    def test_heading_of_a_page_makes_no_table(self) -> None:
        """
        A page that was copied from a browser has tabs between its columns.
        """
        page = (
            "Name\tComparative portfolio\twww\tLabel valid until\n"
            "Example Bakers\tFood industry\t\t2025/03/31\n"
        )

        assert summary(page) == (
            [f"Example Bakers | bronze | {MARCH} | - | Food industry"],
            ["1 ECEI409"],
        )

    def test_label_of_a_table_without_the_column(self) -> None:
        """
        It is stated, or no row is read.
        """
        table = f"Cluster name;Label valid until\nExample Bakers;{MARCH}\n"

        assert summary(table, label="gold") == ([f"Example Bakers | gold | {MARCH} | - | -"], [])
        assert summary(table) == ([], ["1 ECEI411"])


def exists(year: int, month: int, day: int) -> bool:
    """Return whether a day is in the calendar."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@given(st.text())
def test_written_days_are_within_the_years(text: str) -> None:
    """
    Any text gives a day of the years 1900 to 2999, two, or none.
    """
    day = written_day(text)

    assert day is None or all(1900 <= each.year <= 2999 for each in day.days)
