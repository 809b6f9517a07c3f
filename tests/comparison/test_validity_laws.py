"""Comparisons of validity rules against brute force over the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import product

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from validity_samples import (
    MEETING_IN_FEBRUARY,
    MONTHLY,
    TO_THE_DAY,
    case_of,
    dates,
    rules_of,
    short_rules,
)

from ecei_rules.comparison.validity import (
    Days,
    Example,
    History,
    HistoryCompared,
    Relation,
    Shift,
    ValidityComparison,
    compare_validity,
)
from ecei_rules.interviews.provenance import Basis, Provenance
from ecei_rules.report.text.validity import lines
from ecei_rules.rulesets.validity import Renewal, ValidityRules, validity

ONE_DAY = timedelta(days=1)


any_rules = rules_of(st.integers(1, 100), 100)


calendar_days = st.dates(date(1900, 1, 1), date(2999, 12, 31))


ends_of_february = st.builds(
    lambda year, days: date(year, 3, 1) - timedelta(days=days),
    st.integers(1900, 2999),
    st.integers(0, 3),
)


some_days = calendar_days | ends_of_february


def shift(old: date | None, new: date | None) -> Shift:
    """Return the shift between two dates, by its definition."""
    if old is None or new is None:
        return Shift.SAME if old is new else Shift.GAINED if old is None else Shift.LOST
    return {0: Shift.SAME, 1: Shift.LATER, -1: Shift.EARLIER}[(new > old) - (new < old)]


ALLOWED = {
    Shift.SAME: set(),
    Shift.LATER: {Shift.LATER},
    Shift.EARLIER: {Shift.EARLIER},
    Shift.EITHER: {Shift.LATER, Shift.EARLIER},
    Shift.GAINED: {Shift.GAINED},
    Shift.LOST: {Shift.LOST},
}


def claims(days: Days, counted_from: date | None) -> bool | None:
    """Whether *days* claims a difference on a day; `None` if it claims nothing."""
    match days:
        case Days.NEVER | Days.ALWAYS:
            return days is Days.ALWAYS
        case Days.SOMETIMES:
            return None
        case Days.NOT_LAST_OF_MONTH | Days.FEBRUARY:
            assert counted_from is not None
            if counted_from.month == 2 and (days is Days.FEBRUARY or counted_from.day >= 28):
                return None
            last = monthrange(counted_from.year, counted_from.month)[1]
            return days is Days.NOT_LAST_OF_MONTH and counted_from.day != last


def counted_from(case: HistoryCompared, interview: date, end: date | None) -> date | None:
    """Return the day that both rules count from, if there is one."""
    if case.old.from_end != case.new.from_end:
        return None
    return end if case.old.from_end else interview


def confirm(
    comparison: ValidityComparison,
    old: ValidityRules,
    new: ValidityRules,
    interview: date,
    end: date | None,
) -> None:
    """Check every claim of a comparison about one interview."""
    case = case_of(comparison, interview, end)
    periods = [validity(rules, interview, end) for rules in (old, new)]
    day = counted_from(case, interview, end)
    old_dates, new_dates = map(dates, periods)
    pairs = zip(old_dates, new_dates, (case.begins, case.ends, case.renewable), strict=True)
    for before, after, relation in pairs:
        actual = shift(before, after)
        assert actual is Shift.SAME or actual in ALLOWED[relation.shift]
        assert claims(relation.days, day) in (None, before != after)
    assert claims(case.days, day) in (None, old_dates != new_dates)
    for period, terms in zip(periods, (case.old, case.new), strict=True):
        assert (period.award, period.years, period.ends) == (terms.award, terms.years, terms.ends)


def near(end: date) -> set[date]:
    """Return interviews around a previous end, and around its month in the years near it."""
    months = [date(end.year + apart, end.month, 1) for apart in range(-3, 4)]
    days = (-1, 0, 1, 13, *range(25, 32))
    return {month + timedelta(days=each) for month in months for each in days} | {
        end,
        end + ONE_DAY,
        end + 2 * ONE_DAY,
    }


# days of all kinds, in common and leap years and around 2100, which is not a leap year
PREVIOUS_ENDS = [
    date(year, month, 1) + timedelta(days=days)
    for year in (*range(2023, 2027), *range(2093, 2101))
    for month, days in ((1, 0), (1, 28), (1, 29), (1, 30), (2, 0), (2, 26), (2, 27), (2, 28))
]


GRID: list[tuple[date, date | None]] = [
    *((interview, end) for end in PREVIOUS_ENDS for interview in sorted(near(end))),
    *((interview, None) for interview in PREVIOUS_ENDS),
]


class TestLaws:
    """The comparison of the days of two rules is exact."""

    @pytest.mark.oracle
    @given(short_rules, short_rules, some_days)
    @example(*MEETING_IN_FEBRUARY, date(2024, 2, 10))
    def test_claims_hold_on_every_day_of_eight_years(
        self, old: ValidityRules, new: ValidityRules, end: date
    ) -> None:
        """
        From four years before a previous end to four years after it, each interview belongs
        to one case, and no claim about the case is wrong for it.
        """
        comparison = compare_validity(old, new)

        for days in range(-4 * 366, 4 * 366):
            confirm(comparison, old, new, end + timedelta(days=days), end)
        for days in range(4 * 366):
            confirm(comparison, old, new, end + timedelta(days=days), None)

    @given(any_rules, any_rules, st.lists(st.tuples(some_days, some_days), max_size=200))
    def test_claims_hold_for_rules_of_any_length(
        self, old: ValidityRules, new: ValidityRules, pairs: list[tuple[date, date]]
    ) -> None:
        """
        No claim is wrong up to a hundred years, and from 1900 to 2999.
        """
        comparison = compare_validity(old, new)

        for interview, end in pairs:
            confirm(comparison, old, new, interview, end)
            confirm(comparison, old, new, interview, None)

    @given(any_rules, any_rules, some_days, st.data())
    def test_claims_hold_next_to_every_bound(
        self, old: ValidityRules, new: ValidityRules, end: date, data: st.DataObject
    ) -> None:
        """
        No claim is wrong within a month of the days on which two dates may coincide.
        """
        comparison = compare_validity(old, new)
        rules = (old.first, new.first, old.renewal, new.renewal)
        years = {0, *(each.years for each in rules if each)}
        years |= {each.until_years_after_end for each in rules if isinstance(each, Renewal)}
        apart = data.draw(st.sampled_from(sorted({a + b - c for a, b, c in product(*[years] * 3)})))
        year = min(max(end.year + apart, 1900), 2998)

        for days in range(-40, 40):
            near = date(year, end.month, 1) + timedelta(days=max(days, 0 if year == 1900 else -40))
            confirm(comparison, old, new, near, end)

    @given(short_rules, short_rules)
    @example(*MEETING_IN_FEBRUARY)
    def test_claimed_shifts_occur(self, old: ValidityRules, new: ValidityRules) -> None:
        """
        Every claimed shift occurs in an interview near previous ends of common and leap
        years, and if a difference is not claimed for always, some interview has none.
        """
        comparison = compare_validity(old, new)
        seen: dict[History, set[tuple[Shift, ...]]] = {
            case.history: set() for case in comparison.cases
        }
        for interview, end in GRID:
            case = case_of(comparison, interview, end)
            both = [dates(validity(rules, interview, end)) for rules in (old, new)]
            seen[case.history].add(tuple(shift(*pair) for pair in zip(*both, strict=True)))

        for case in comparison.cases:
            occurring = seen[case.history]
            for which, relation in enumerate((case.begins, case.ends, case.renewable)):
                shifts = {each[which] for each in occurring}
                assert shifts - {Shift.SAME} == ALLOWED[relation.shift]
                assert (Shift.SAME in shifts) is (relation.days is not Days.ALWAYS)
            without = {set(each) == {Shift.SAME} for each in occurring}
            assert (True in without) is (case.days is not Days.ALWAYS)
            assert (False in without) is (case.days is not Days.NEVER)

    @given(any_rules, any_rules)
    def test_examples_show_their_claims(self, old: ValidityRules, new: ValidityRules) -> None:
        """
        An example belongs to its case, has the dates of `validity`, and differs. A loss is an
        earlier end or last day to renew, a gain a later one; each has an example.
        """
        for case in compare_validity(old, new).cases:
            for shown in filter(None, (case.example, case.loss, case.gain)):
                assert case.covers(shown.interview, shown.previous_end)
                assert shown.old == validity(old, shown.interview, shown.previous_end)
                assert shown.new == validity(new, shown.interview, shown.previous_end)
            claimed = {case.ends.shift, case.renewable.shift}
            loses = claimed & {Shift.EARLIER, Shift.LOST, Shift.EITHER}
            gains = claimed & {Shift.LATER, Shift.GAINED, Shift.EITHER}
            assert (case.example is not None) is (case.days is not Days.NEVER)
            assert (case.loss is not None) is bool(loses)
            assert (case.gain is not None) is bool(gains)
            assert case.example is None or after_the_first(case.example)
            assert case.loss is None or after_the_first(case.loss) & {Shift.EARLIER, Shift.LOST}
            assert case.gain is None or after_the_first(case.gain) & {Shift.LATER, Shift.GAINED}

    @given(any_rules)
    @example(TO_THE_DAY)
    @example(MONTHLY)
    def test_rules_do_not_differ_from_themselves(self, rules: ValidityRules) -> None:
        """
        Rules give the same dates as themselves, and another provenance makes no difference.
        """
        surer = evolve(rules, first=evolve(rules.first, provenance=Provenance(Basis.DOCUMENTED)))
        comparison = compare_validity(rules, surer)

        same = Relation(Days.NEVER, Shift.SAME)
        assert (comparison.differs, comparison.shortens, comparison.interrupts) == (False,) * 3
        for case in comparison.cases:
            assert case.days is Days.NEVER
            assert case.begins == case.ends == case.renewable == same
            assert case.example is case.loss is case.gain is None

    @given(any_rules, any_rules)
    def test_reverse_comparison_is_the_mirror(self, old: ValidityRules, new: ValidityRules) -> None:
        """
        Exchanging the rules exchanges later and earlier, gained and lost, gains and losses.
        """
        forth, back = compare_validity(old, new), compare_validity(new, old)

        assert back == ValidityComparison([mirrored(case) for case in forth.cases])

    @given(any_rules, any_rules)
    def test_every_comparison_can_be_read(self, old: ValidityRules, new: ValidityRules) -> None:
        """
        No line is longer than 96 columns, or empty, or ends in a space.
        """
        text = lines(compare_validity(old, new))

        assert max(len(line) for line in text) <= 96
        assert all(line == line.rstrip() != "" for line in text)


def after_the_first(shown: Example) -> set[Shift]:
    """Return the shifts of the end and the last day to renew, or else that of the first day."""
    later_dates = {
        shift(shown.old.until, shown.new.until),
        shift(shown.old.renewable_until, shown.new.renewable_until),
    } - {Shift.SAME}
    return later_dates or ({shift(shown.old.first, shown.new.first)} - {Shift.SAME})


MIRROR = {
    Shift.LATER: Shift.EARLIER,
    Shift.EARLIER: Shift.LATER,
    Shift.GAINED: Shift.LOST,
    Shift.LOST: Shift.GAINED,
}


def mirrored(case: HistoryCompared) -> HistoryCompared:
    """Return the case with its rules exchanged."""

    def turned(relation: Relation) -> Relation:
        return evolve(relation, shift=MIRROR.get(relation.shift, relation.shift))

    def exchanged(shown: Example | None) -> Example | None:
        return shown and evolve(shown, old=shown.new, new=shown.old)

    return evolve(
        case,
        old=case.new,
        new=case.old,
        begins=turned(case.begins),
        ends=turned(case.ends),
        renewable=turned(case.renewable),
        example=exchanged(case.example),
        loss=exchanged(case.gain),
        gain=exchanged(case.loss),
    )
