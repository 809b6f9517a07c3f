"""docs/spreadsheets.md: what a cell does not accept, and the hint that it gets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import ecei_rules as er
from ecei_rules.interviews.catalogue import Count, Number, Share, Year, YesNo
from ecei_rules.spreadsheets.cell_hints import hint_for
from ecei_rules.spreadsheets.cell_names import CLUSTER_CELLS
from ecei_rules.spreadsheets.cell_types import (
    CellKind,
    Checkbox,
    Day,
    FreeText,
    OptionCount,
    Value,
    parse_cell,
)

HEAD = "catalogue,cluster.name,cluster.country,conducted.on"
ROW = "benchmarking@2019-11,Example,IT,2024-03-18"

SEPARATED = "write the number without a thousands separator: "
WHOLE = "write a whole number, without a fraction"


def refusal(column: str, value: str) -> str:
    """Return the problems of a table with one more column."""
    with pytest.raises(er.InvalidDocument) as refused:
        er.read_interview_table(f'{HEAD},{column}\n{ROW},"{value}"')
    return "\n".join(map(str, refused.value.problems))


ALONE = "write the number alone, without separators, a unit or spaces"
FORMATTED = "the cell is formatted as a day; format it as a number, and write the number again"
PLACE = "a number is the place of the option among the chosen ones, 1 to 7; 0 means no"


class TestOneOrAThousand:
    """docs/spreadsheets.md: A text such as 1.000 is no whole number."""

    @pytest.mark.parametrize("kind", [Count(), Year(), OptionCount(Count()), Checkbox(7)])
    @pytest.mark.parametrize(
        "text", ["1.000", "1,000", "63.000", "-1.000", "0.000", "1234.000", "1.000e0"]
    )
    def test_three_digits_after_a_point_are_no_whole_number(
        self, kind: CellKind, text: str
    ) -> None:
        """
        Wherever a whole number is expected.
        """
        assert parse_cell(kind, text) is None

    @pytest.mark.parametrize(
        ("value", "number"),
        [("63.0", 63), ("63.00", 63), ("63.0000", 63), ("1e3", 1000), (1000, 1000)],
    )
    def test_other_whole_numbers(self, value: Value, number: int) -> None:
        """
        Zeros after a point are accepted where they cannot be thousands.
        """
        assert parse_cell(Count(), value) == number

    @pytest.mark.parametrize("text", ["1.000", "0.746", "12.345"])
    def test_numbers_with_fractions_have_any_number_of_digits(self, text: str) -> None:
        """
        The point is a decimal point there, as tables are written with it.
        """
        assert parse_cell(Number(), text) == parse_cell(Share(), text) == Decimal(text)

    @pytest.mark.parametrize("written", ["1.000", "1,000"])
    def test_hint_asks_which_is_meant(self, written: str) -> None:
        """
        A label hung on which of the two was read.
        """
        assert refusal("answers.committed-participants", written) == (
            "2:1: ECEI428 answers.committed-participants: expected a whole number of"
            f' organisations, 0 to 100000, found "{written}"\n'
            "  hint: 1000 or 1? write the one that is meant"
        )


class TestNumbers:
    """docs/spreadsheets.md: A number that a hint proposes is accepted."""

    @pytest.mark.parametrize(
        ("kind", "text", "hint"),
        [
            (Count(), "1.000", "1000 or 1? write the one that is meant"),
            (Count(maximum=500), "1.000", "if 1 is meant, write 1"),
            (Count(), "1.234", "if 1234 is meant, write 1234"),
            (Count(), "1234.000", "if 1234 is meant, write 1234"),
            (Count(), "63,0", "write a point in place of the comma: 63.0"),
            (Count(), "63,5", WHOLE),
            (Count(), "0.746", WHOLE),
            (Count(maximum=5), "1,000,000", ALONE),
            (OptionCount(Count()), "1,000", "1000 or 1? write the one that is meant"),
            (OptionCount(Count()), "-1", None),
            (Year(), "2,016", "if 2016 is meant, write 2016"),
            (Year(), "2016,5", WHOLE),
            (Number(), "1,000", "1000 or 1? write the one that is meant"),
            (Number(), "-12,345", "-12345 or -12.345? write the one that is meant"),
            (Number(), "12,50", "write a point in place of the comma: 12.50"),
            (Number(), "1'000", f"{SEPARATED}1000"),
            (Number(), "1\u202f000,5", f"{SEPARATED}1000.5"),
            (Number(), "1.000,5", f"{SEPARATED}1000.5"),
            (Number(), "1,000,000.5", f"{SEPARATED}1000000.5"),
            (Number(), "1.000.5", ALONE),
            (Share(), "0,746", "write a point in place of the comma: 0.746"),
            (Share(), "74,600", "if 74.6 is meant, write 74.6"),
            (Share(), "74 %", "write 74"),
            (Share(), "34,5 %", "write 34.5"),
            (Number(), "2,5 FTE", "write 2.5"),
            (Number(), "\u22125", "write -5"),
            (Count(), "+63", "write 63"),
            (Count(), "0063", "write 63"),
            (Count(), "63.", "write 63"),
            (Count(), "ca. 63", "write 63"),
            (Count(), "1.000 EUR", ALONE),
            (Count(), "60-70", ALONE),
            (Count(), "1,000e0", "if 1 is meant, write 1"),
            (Year(), "2016/17", ALONE),
            (Count(), "n/a", "leave the cell empty if there is no answer"),
            (Share(), "k. A.", "leave the cell empty if there is no answer"),
            (Number(), "02:30:00", FORMATTED),
            (Number(), "2024-03-18 10:30:00", FORMATTED),
            (Checkbox(7), "8", PLACE),
            (Checkbox(7), 99, PLACE),
            (Checkbox(7), "some", None),
            (Share(), "most", None),
            (Count(), Decimal("1.5"), None),
        ],
    )
    def test_hints(self, kind: CellKind, text: Value, hint: str | None) -> None:
        """
        A comma, a fraction, or a thousands separator where there is one.
        """
        assert parse_cell(kind, text) is None
        assert hint_for(kind, text) == hint


class TestDays:
    """docs/spreadsheets.md: A day in another form is proposed in the form that is read."""

    @pytest.mark.parametrize(
        ("value", "hint"),
        [
            ("18.03.2024", "write 2024-03-18"),
            ("03/18/2024", "write 2024-03-18"),
            ("18/03/2024", "write 2024-03-18"),
            ("3 March 2024", "write 2024-03-03"),
            ("2024-3-18", "write 2024-03-18"),
            ("03/04/2024", "2024-04-03 or 2024-03-04? write the one that is meant"),
            ("2024-03-18 10:30", "write the day alone, without a time: 2024-03-18"),
            ("2024-03-18T10:30:00Z", "write the day alone, without a time: 2024-03-18"),
            ("18.03.2024 10:30", "write the day alone, without a time: 2024-03-18"),
            ("31.02.2024", None),
            ("18.03.24", None),
            ("March 2024", None),
            ("soon", None),
            (45369, "format the cell as a day, or write the day as a text such as 2024-03-18"),
            (Decimal("45369.4375"), "write the day alone, without a time"),
            (2024, None),
            (Decimal("73050.5"), None),
            (True, None),
        ],
    )
    def test_days(self, value: Value, hint: str | None) -> None:
        """
        Both, where the day and the month may be meant either way; no part of a month.
        """
        assert parse_cell(Day(), value) is None
        assert hint_for(Day(), value) == hint

    @pytest.mark.parametrize("kind", [Count(), Number(), Share(), Year(), OptionCount(Count())])
    def test_number_formatted_as_a_day(self, kind: CellKind) -> None:
        """
        A program shows the number 63 as 3 March 1900.
        """
        assert parse_cell(kind, date(1900, 3, 3)) is None
        assert hint_for(kind, date(1900, 3, 3)) == (
            "the cell is formatted as a day; format it as a number, and write the number again"
        )

    def test_day_for_yes_or_no(self) -> None:
        """
        Nothing is known of what was meant.
        """
        assert hint_for(YesNo(), date(2024, 3, 18)) is None


class TestTexts:
    """docs/spreadsheets.md: Countries have their codes, and websites are whole addresses."""

    @pytest.mark.parametrize(
        ("column", "text", "hint"),
        [
            ("cluster.country", "it", "write IT"),
            ("cluster.country", "Italy", "write IT"),
            ("cluster.country", "\u00d6sterreich", "write AT"),
            ("cluster.country", "el", "write GR"),
            ("cluster.country", "Atlantis", None),
            ("cluster.country", "www.example.org", None),
            ("cluster.website", "www.example.org", "write https://www.example.org"),
            ("cluster.website", "example.org/about", "write https://example.org/about"),
            ("cluster.website", "none", None),
            ("cluster.website", "Italy", None),
            ("cluster.website", "info@example.org", None),
        ],
    )
    def test_hints(self, column: str, text: str, hint: str | None) -> None:
        """
        What is proposed is accepted.
        """
        kinds = {each.name: each.kind for each in CLUSTER_CELLS}
        kind = kinds[column]
        assert isinstance(kind, FreeText)

        assert parse_cell(kind, text) is None
        assert hint_for(kind, text) == hint
