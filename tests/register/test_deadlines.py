"""docs/semantics.md, 8: the deadlines of a register, and its counts on a day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from register_pages import ONE_DAY
from register_strategies import (
    due_registers,
    editions,
    turns,
)

import ecei_rules as er
from ecei_rules.register.deadlines import count_by_feature, deadlines, due
from ecei_rules.rulesets.validity import Status


def renews(record: er.LabelRecord, day: date, edition: er.Edition) -> bool:
    """Return whether an interview on a day, the end or later, renews a label."""
    if day > record.valid_until:
        return er.status_of(record.label, record.valid_until, day, edition) is Status.RENEWABLE
    try:
        return edition.ruleset(record.label, on=day).validity.renewal is not None
    except er.NoRulesetInForce:
        return False


def last_day_to_renew(record: er.LabelRecord, edition: er.Edition) -> date | None:
    """Return the last such day, searched day by day; no rule here gives more than a year."""
    days = [record.valid_until + number * ONE_DAY for number in range(500)]
    return max((day for day in days if renews(record, day, edition)), default=None)


each_edition = st.one_of(st.just(er.shipped()), editions(), editions())


class TestDeadlines:
    """docs/semantics.md, 8.6 and 8.8."""

    @given(due_registers, each_edition, st.tuples(turns, turns).map(sorted))
    def test_deadlines_agree_with_a_search_day_by_day(
        self, register: er.Register, edition: er.Edition, bounds: list[date]
    ) -> None:
        """
        A label runs out on a day if it is valid on it and not on the next. The last day to
        renew is the last on which the rules in force renew it. Both ends of the period
        count, and records of one day keep their order.
        """
        on, within = bounds[0], (bounds[1] - bounds[0]).days
        lasts = [last_day_to_renew(each, edition) for each in register.records]
        expected = []
        for day in (on + number * ONE_DAY for number in range(within + 1)):
            for record, last in zip(register.records, lasts, strict=True):
                until = record.valid_until
                today, tomorrow = (
                    er.status_of(record.label, until, either, edition)
                    for either in (day, day + ONE_DAY)
                )
                if today is Status.VALID and tomorrow is not Status.VALID:
                    expected.append((day, "runs_out", record))
                if day == last:
                    expected.append((day, "last_day_to_renew", record))

        actual = due(register, on, within, edition)

        assert [(each.on, each.what, each.record) for each in actual] == expected

    @given(due_registers, each_edition)
    def test_every_record_has_its_deadlines(
        self, register: er.Register, edition: er.Edition
    ) -> None:
        """
        Each record runs out once and has at most one last day to renew, which both deadlines
        name. Deadlines of one day have the order of the register.
        """
        actual = deadlines(register, edition)

        lasts = [(each, last_day_to_renew(each, edition)) for each in register.records]
        expected = []
        for record, last in lasts:
            expected.append((record.valid_until, "runs_out", record, last))
            if last is not None:
                expected.append((last, "last_day_to_renew", record, last))
        expected.sort(key=lambda each: each[0])
        assert [(e.on, e.what, e.record, e.renewable_until) for e in actual] == expected
        assert due(register, date(2013, 1, 1), 5000, edition) == actual

    @given(due_registers, each_edition)
    def test_later_record_of_the_same_name_is_named(
        self, register: er.Register, edition: er.Edition
    ) -> None:
        """
        An organisation with a later record of the same country and label may still hold the
        label; the latest end is given.
        """
        for deadline in deadlines(register, edition):
            record = deadline.record
            later = [
                other.valid_until
                for other in register.records
                if other.country == record.country
                and (other.name, other.label) == (record.name, record.label)
                and other.valid_until > record.valid_until
            ]
            assert deadline.later_end == max(later, default=None)

    def test_later_record_may_spell_the_name_otherwise(self) -> None:
        """
        docs/semantics.md, 8.9: it is of the same organisation.
        """
        first = er.LabelRecord("Agrupaci\u00f3 d\u2019Example", "gold", date(2024, 3, 31))
        later = evolve(first, name="AGRUPACIO\u0301 d'Example", valid_until=date(2027, 3, 31))

        found = deadlines(er.Register([first, later]), er.shipped())

        assert [each.later_end for each in found if each.what == "runs_out"] == [
            later.valid_until,
            None,
        ]

    @given(due_registers, each_edition, turns)
    def test_counts_are_those_of_the_records(
        self, register: er.Register, edition: er.Edition, on: date
    ) -> None:
        """
        Every feature counts every record once, under its value and its status.
        """
        counts = count_by_feature(register, on, edition)

        assert list(counts) == ["comparative_portfolio", "country", "year", "label"]
        for name, by_value in counts.items():
            features = [
                str(each.valid_until.year) if name == "year" else getattr(each, name) or ""
                for each in register.records
            ]
            statuses = [
                er.status_of(each.label, each.valid_until, on, edition) for each in register.records
            ]
            cells = [
                (value, status, number)
                for value, by_status in by_value.items()
                for status, number in by_status.items()
            ]
            expected = Counter(zip(features, statuses, strict=True))
            assert Counter({(value, status): n for value, status, n in cells}) == expected
            assert sum(number for *_, number in cells) == len(register.records)
            assert list(by_value) == sorted(set(features))

    @given(due_registers, each_edition)
    def test_passing_days_make_no_label_valid_again(
        self, register: er.Register, edition: er.Edition
    ) -> None:
        """
        Neither a lapsed label nor a renewable one becomes valid. No label is "not yet valid",
        because the register does not state first days.
        """
        for record in register.records:
            around = [record.valid_until + number * ONE_DAY for number in range(-30, 500)]
            statuses = [er.status_of(record.label, record.valid_until, d, edition) for d in around]
            assert statuses[:31] == [Status.VALID] * 31
            assert Status.VALID not in statuses[31:]
            assert Status.NOT_YET_VALID not in statuses

    def test_new_rules_can_make_a_lapsed_label_renewable(self) -> None:
        """
        Bronze had no renewal until 2019-11-14. From the next day on, a label that ran out
        less than a year ago can be renewed until the end of the month.
        """
        end, days = date(2018, 12, 20), (date(2018, 12, 20), date(2018, 12, 21), date(2019, 11, 14))
        more = (date(2019, 11, 15), date(2019, 12, 31), date(2020, 1, 1))

        statuses = [er.status_of("bronze", end, day, er.shipped()).value for day in (*days, *more)]

        assert statuses == ["valid", "lapsed", "lapsed", "renewable", "renewable", "lapsed"]
        assert er.shipped().renewable_until("bronze", end) == date(2019, 12, 31)
        assert er.shipped().renewable_until("bronze", date(2018, 10, 20)) is None

    @pytest.mark.parametrize(
        ("end", "last"),
        [
            (date(2019, 3, 31), date(2020, 3, 31)),
            (date(2020, 3, 31), date(2020, 6, 30)),
            (date(2020, 6, 30), date(2020, 6, 30)),
            (date(2020, 7, 1), None),
        ],
        ids=str,
    )
    def test_rules_out_of_force_renew_nothing(self, end: date, last: date | None) -> None:
        """
        If the rules of 2019 end on 2020-06-30 without a successor, that is the last day to
        renew, and a label that ends later cannot be renewed.
        """
        bronze = er.shipped().ruleset("bronze", version="2019-11")
        ended = evolve(bronze, in_force=er.Period(date(2019, 11, 15), date(2020, 6, 30)))
        edition = er.Edition([bronze.catalogue], rulesets=[ended])

        record = er.LabelRecord("Example Bakers", "bronze", end)
        actual = [(each.on, each.what) for each in deadlines(er.Register([record]), edition)]

        assert edition.renewable_until("bronze", end) == last
        assert actual[0] == (end, "runs_out")
        assert actual[1:] == ([(last, "last_day_to_renew")] if last else [])
