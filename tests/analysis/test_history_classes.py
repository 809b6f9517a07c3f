"""Classes of histories, compared with days counted by another library."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from dateutil.relativedelta import relativedelta
from event_streams import critical_days
from hypothesis import given, settings
from hypothesis import strategies as st
from small_worlds import interview_days

from ecei_rules.analysis.classes.history_classes import history_classes
from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.interviews.history import contradictions
from ecei_rules.rulesets.criteria import Earlier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MANY = settings(max_examples=4 * settings().max_examples)

months = st.none() | st.sampled_from((0, 1, 2, 6, 12, 18))


def of_silver(repeated: st.SearchStrategy[bool]) -> st.SearchStrategy[Earlier]:
    """Draw requirements of an award of silver, single or repeated."""
    bounds: dict[str, Any] = {"at_least_months": months, "at_most_months": months}
    return st.builds(Earlier, st.just("silver"), st.just("awarded"), repeated=repeated, **bounds)


#: At most one of them asks for two events; several of these are tried one by one.
requirements = st.builds(
    lambda one, others: list(dict.fromkeys([one, *others])),
    of_silver(st.booleans()),
    st.lists(of_silver(st.just(value=False)), max_size=3),
)


def met(asked: Earlier, days: Iterable[date], on: date) -> bool:
    """Evaluate a requirement as docs/semantics.md, 2.12, words it."""
    before = sorted(day for day in days if day < on)
    pairs = combinations(before, 2) if asked.repeated else ((day, on) for day in before)
    least, most = asked.at_least_months, asked.at_most_months
    return any(
        (least is None or one + relativedelta(months=least) <= other)
        and (most is None or other <= one + relativedelta(months=most))
        for one, other in pairs
    )


def truths(asked: Sequence[Earlier], days: Iterable[date], on: date) -> tuple[bool, ...]:
    """Return the truth of each requirement in a history of these days."""
    days = tuple(days)
    return tuple(met(each, days, on) for each in asked)


def assert_events_have_the_truths(asked: list[Earlier], on: date) -> None:
    """Assert that the events of each class have its truths."""
    found = history_classes(asked, on)
    for each in found:
        days = [event.on for event in each.events]
        assert truths(asked, days, on) == each.truths
        assert days == sorted(set(days))
        assert all(date(1900, 1, 1) <= day < on for day in days)
        assert {(e.label, e.event) for e in each.events} <= {("silver", "awarded")}
        assert not [*contradictions(each.events)]
    assert len({each.truths for each in found}) == len(found)
    counts = [sum(each.truths) for each in found]
    assert counts == sorted(counts, reverse=True)


def assert_few_events_have_a_class(asked: list[Earlier], on: date, most: int) -> None:
    """Assert that every history of a few events on critical days has a class."""
    known = {each.truths for each in history_classes(asked, on)}
    for size in range(most + 1):
        for chosen in combinations(critical_days(asked, on), size):
            assert truths(asked, chosen, on) in known


@pytest.mark.parametrize(("least", "most"), [(None, 0), (0, 0), (13, 12)])
def test_impossible_distances_are_never_met(least: int | None, most: int) -> None:
    """
    Two events are on two days, and so not 0 months apart; nor more than 12 and fewer than
    13.
    """
    never = Earlier("silver", "awarded", repeated=True, at_least_months=least, at_most_months=most)
    others = [
        Earlier("silver", "awarded", at_most_months=1),
        Earlier("silver", "awarded", at_most_months=12),
        Earlier("silver", "awarded", at_least_months=1, at_most_months=2),
    ]
    on = date(2024, 3, 18)

    assert not any(each.truths[0] for each in history_classes([never, *others], on))
    assert_few_events_have_a_class([never, *others], on, 2)


@MANY
@given(requirements, interview_days)
def test_each_class_has_a_history_with_its_truths(asked: list[Earlier], on: date) -> None:
    """
    No two classes are the same, and those that meet most requirements come first.
    """
    assert_events_have_the_truths(asked, on)


@given(requirements, interview_days)
def test_every_history_of_two_events_has_a_class(asked: list[Earlier], on: date) -> None:
    """
    All days that can make a difference are tried.
    """
    assert_few_events_have_a_class(asked, on, 2)


@given(requirements, interview_days, st.data())
def test_every_history_has_a_class(asked: list[Earlier], on: date, data: st.DataObject) -> None:
    """
    Histories of any number of events, on any days, are drawn.
    """
    known = {each.truths for each in history_classes(asked, on)}

    day = st.sampled_from(critical_days(asked, on)) | st.dates(
        on - timedelta(1500), on + timedelta(3)
    )
    for days in data.draw(st.lists(st.sets(day, max_size=7), max_size=5)):
        assert truths(asked, days, on) in known


@pytest.mark.parametrize("on", [date(2024, 3, 18), date(2024, 2, 29)])
@pytest.mark.parametrize(
    "bounds",
    [
        [(18, 24), (18, 23)],
        [(6, 12), (12, None)],
        [(None, 6), (1, None)],
    ],
)
def test_two_repeated_requirements_are_distinguished(
    bounds: list[tuple[int | None, int | None]], on: date
) -> None:
    """
    Both, one, the other or neither is met, wherever there is such a history.
    """
    asked = [
        Earlier("silver", "awarded", repeated=True, at_least_months=least, at_most_months=most)
        for least, most in bounds
    ]

    assert_events_have_the_truths(asked, on)
    assert_few_events_have_a_class(asked, on, 2)


def earlier(**more: Any) -> Earlier:
    """Return the requirement of a benchmarking of bronze of some age."""
    return Earlier("bronze", "benchmarked", **more)


def by_truths(asked: list[Earlier], on: date) -> dict[tuple[bool, ...], list[str]]:
    """Return the days of each class."""
    found = history_classes(asked, on)
    return {each.truths: [str(event.on) for event in each.events] for each in found}


class TestLatest:
    """The events of a class are the latest possible."""

    def test_event_without_bounds_is_on_the_day_before(self) -> None:
        """
        An event on the interview's own day does not count.
        """
        assert by_truths([earlier()], date(2024, 3, 18)) == {(True,): ["2024-03-17"], (False,): []}

    def test_event_is_on_the_last_day_that_is_old_enough(self) -> None:
        """
        From 29 February on 31 August is six months ago, on 28 February it was not.
        """
        half = [earlier(at_least_months=6)]

        assert by_truths(half, date(2024, 2, 29))[True,] == ["2023-08-31"]
        assert by_truths(half, date(2024, 2, 28))[True,] == ["2023-08-28"]
        # no month has passed since any day before it but the day itself
        assert by_truths([earlier(at_least_months=0)], date(2024, 2, 28))[True,] == ["2024-02-27"]

    def test_event_too_old_for_one_requirement_meets_another(self) -> None:
        """
        There is an event for each requirement met. An event that is not old enough is a day
        later than 12 months ago, and one that is too old a day earlier.
        """
        asked = [earlier(at_most_months=12), earlier(at_least_months=12)]

        assert by_truths(asked, date(2024, 3, 18)) == {
            (True, True): ["2023-03-18", "2024-03-17"],
            (True, False): ["2024-03-17"],
            (False, True): ["2023-03-17"],
            (False, False): [],
        }

    def test_bounds_that_exclude_each_other_are_never_met(self) -> None:
        """
        No day is at least 12 and at most 6 months ago, and no two are so far apart.
        """
        for repeated in (True, False):
            asked = [earlier(at_least_months=12, at_most_months=6, repeated=repeated)]
            assert by_truths(asked, date(2024, 3, 18)) == {(False,): []}

    def test_no_event_is_before_1900(self) -> None:
        """
        By 2000 at most a hundred years can have passed.
        """
        old = [earlier(at_least_months=1200)]

        assert by_truths(old, date(2000, 1, 1)) == {(True,): ["1900-01-01"], (False,): []}
        assert by_truths(old, date(1999, 12, 31)) == {(False,): []}
        assert by_truths([earlier(at_most_months=1200)], date(1950, 1, 1))[True,] == ["1949-12-31"]


class TestRepeated:
    """Repeated requirements: two events, so many months apart."""

    def test_later_event_is_on_the_day_before(self) -> None:
        """
        The earlier event is as late as it may be: a day earlier, or six months.
        """
        on = date(2024, 3, 18)

        assert by_truths([earlier(repeated=True)], on)[True,] == ["2024-03-16", "2024-03-17"]
        half = [earlier(repeated=True, at_least_months=6)]
        assert by_truths(half, on)[True,] == ["2023-09-17", "2024-03-17"]

    def test_two_ages_without_the_distance_between(self) -> None:
        """
        Two events are at most 6 and at least 12 months old, but no two are 6 to 9 months
        apart: the older one 12 months ago leaves the younger one less than 6 months or more
        than 9 after it.
        """
        asked = [
            earlier(at_most_months=6),
            earlier(at_least_months=12),
            earlier(repeated=True, at_least_months=6, at_most_months=9),
        ]
        on = date(2024, 3, 18)

        found = by_truths(asked, on)

        # from 18 March 2023 to 17 March 2024 it is more than 9 months
        assert found[True, True, False] == ["2023-03-18", "2024-03-17"]
        # and six from 17 September
        assert found[True, True, True] == ["2023-03-18", "2023-09-17", "2024-03-17"]
        # between 19 March and 17 September it is less than six
        assert (False, False, True) not in found

    def test_any_two_events_meet_an_unbounded_repetition(self) -> None:
        """
        Two ages that no single event has cannot go without it.
        """
        asked = [earlier(at_most_months=6), earlier(at_least_months=12), earlier(repeated=True)]

        found = by_truths(asked, date(2024, 3, 18))

        assert (True, True, True) in found
        assert (True, True, False) not in found


class TestLimits:
    """Limits on the requirements on one kind of event."""

    def test_nine_requirements_are_refused(self) -> None:
        """
        Eight are accepted; each further one doubles the combinations.
        """
        asked = [earlier(at_least_months=each) for each in range(9)]
        on = date(2024, 3, 18)

        # what is old enough for a higher bound is so for a lower: none is met, one, ... or all
        assert len(history_classes(asked[:8], on)) == 9
        with pytest.raises(BeyondMethod) as caught:
            history_classes(asked, on)
        reason = "a history with so many requirements on one kind of event is beyond the method"
        assert str(caught.value) == reason

    def test_entangled_requirements_are_refused(self) -> None:
        """
        Eight windows of 18 to 24 months, 19 to 25, and so on, take too many trials.
        """
        asked = [
            earlier(repeated=True, at_least_months=each, at_most_months=each + 6)
            for each in range(18, 26)
        ]

        with pytest.raises(BeyondMethod) as caught:
            history_classes(asked, date(2024, 3, 18))
        assert str(caught.value) == "a history with requirements so entangled is beyond the method"
