"""docs/command-line.md, "register report": the figures of the page."""

from __future__ import annotations

from collections import Counter
from datetime import date

from dateutil.relativedelta import relativedelta
from hypothesis import given
from register_page_samples import ON, SHIPPED, pages, record
from register_strategies import days

import ecei_rules as er
from ecei_rules.register.deadlines import deadlines
from ecei_rules.report.pages.register import STATUSES, register_figures


def counted(register: er.Register, on: date) -> Counter[tuple[str, str | None, str | None]]:
    """Count the records by status, portfolio and country, one by one."""
    return Counter(
        (
            er.status_of(each.label, each.valid_until, on, SHIPPED).value,
            each.comparative_portfolio,
            each.country,
        )
        for each in register.records
    )


class TestFigures:
    """The figures of the page agree with the records."""

    @given(pages, days)
    def test_counts_agree_with_the_records(self, register: er.Register, on: date) -> None:
        """
        By status, portfolio and country, counted one record after the other.
        """
        figures = register_figures(register, on, SHIPPED)

        by_feature = counted(register, on)
        statuses = [each.value for each in STATUSES]
        for place, status in enumerate(statuses):
            of_status = {key: n for key, n in by_feature.items() if key[0] == status}
            assert figures.counts[place] == sum(of_status.values())
            for value in figures.portfolios:
                expected = sum(n for key, n in of_status.items() if (key[1] or "") == value.value)
                assert value.counts[place] == expected
            for value in figures.countries:
                expected = sum(n for key, n in of_status.items() if (key[2] or "") == value.value)
                assert value.counts[place] == expected
        assert sum(each.total for each in figures.portfolios) == len(register.records)
        assert sum(each.total for each in figures.countries) == len(register.records)

    @given(pages, days)
    def test_values_with_most_labels_come_first_and_not_stated_last(
        self, register: er.Register, on: date
    ) -> None:
        """
        The first lines show the largest numbers.
        """
        for values in (
            register_figures(register, on, SHIPPED).portfolios,
            register_figures(register, on, SHIPPED).countries,
        ):
            stated = [each.total for each in values if each.value]
            assert stated == sorted(stated, reverse=True)
            assert all(each.value for each in values[:-1])

    @given(pages, days)
    def test_deadlines_of_two_years_are_grouped_by_month(
        self, register: er.Register, on: date
    ) -> None:
        """
        From the day itself to the last day of the 24th month, each once in its own month.
        """
        months = register_figures(register, on, SHIPPED).months

        begin = on.replace(day=1)
        assert [each.first for each in months] == [
            begin + relativedelta(months=count) for count in range(24)
        ]
        after = begin + relativedelta(months=24)
        expected = [each for each in deadlines(register, SHIPPED) if on <= each.on < after]
        assert [each for month in months for each in month.due] == expected
        for month in months:
            assert {each.on.replace(day=1) for each in month.due} <= {month.first}
            kinds = Counter(each.what for each in month.due)
            assert (month.running_out, month.last_days) == (
                kinds["runs_out"],
                kinds["last_day_to_renew"],
            )

    def test_deadlines_begin_with_the_day_itself(self) -> None:
        """
        A label that runs out today is shown, one of yesterday is not.
        """
        register = er.Register(
            [record("Today", "bronze", "2016-06-30"), record("Gone", "bronze", "2016-06-29")]
        )
        months = register_figures(register, date(2016, 6, 30), SHIPPED).months

        assert [each.record.name for each in months[0].due] == ["Today"]
        assert months[0].running_out == 1

    def test_names_are_sorted_without_accents_and_capitals(self) -> None:
        """
        É is sorted with e, and not after z.
        """
        names = ["zeta", "Éclat", "Zebra", "eagle"]
        register = er.Register([record(each, "bronze", "2024-01-31") for each in names])

        rows = register_figures(register, ON, SHIPPED).rows

        assert [each.record.name for each in rows] == ["eagle", "Éclat", "Zebra", "zeta"]
