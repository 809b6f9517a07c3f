"""Label histories as documents, and the days in them."""

from __future__ import annotations

from datetime import date
from itertools import combinations, permutations, product
from typing import Any

import pytest
from attrs import evolve
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st
from paths import EXAMPLES
from strategies import histories

import ecei_rules as er
from ecei_rules.interviews.history import days_apart

THREE = EXAMPLES / "histories" / "three-labels.json"
BENCHMARKED = er.LabelEvent("silver", "benchmarked", date(2020, 2, 29))
AWARDED = er.LabelEvent("silver", "awarded", date(2020, 2, 29), valid_until=date(2022, 2, 28))


@given(histories())
def test_written_history_reads_as_it_was(events: list[er.LabelEvent]) -> None:
    """
    Events, cluster and notes are kept.
    """
    example = er.load_history(THREE)
    history = evolve(example, events=events)

    assert er.read_history(er.write_history(history)) == history


@pytest.mark.parametrize(
    ("event", "until"), [("awarded", None), ("benchmarked", date(2026, 1, 31))]
)
def test_award_alone_has_a_last_day(event: Any, until: date | None) -> None:
    """
    docs/semantics.md, 8.1: it needs one, and a benchmarking cannot have one.
    """
    with pytest.raises(
        ValueError, match=r"^an award, and nothing else, has a last day of validity$"
    ):
        er.LabelEvent("bronze", event, date(2024, 1, 31), valid_until=until)


def test_history_is_contradictory_if_two_of_its_awards_are() -> None:
    """
    docs/semantics.md, 8.2: two on one day, or one that ends before an earlier one; here in
    every set of up to four awards on three days that end on three days.
    """
    days = [(date(2012, 1, on), date(2014, 1, until)) for on, until in product((1, 2, 3), repeat=2)]
    every = [er.LabelEvent("gold", "awarded", on, valid_until=until) for on, until in days]
    for number in range(5):
        for awards in combinations(every, number):
            contradictory = any(
                one.on == other.on or _until(other) < _until(one)
                for one, other in combinations(awards, 2)
            )

            found = er.check_history(er.LabelHistory(awards))

            assert {each.code for each in found} == ({"ECEI343"} if contradictory else set())


def _until(award: er.LabelEvent) -> date:
    assert award.valid_until is not None
    return award.valid_until


def test_two_ends_of_one_award_are_found_after_another_award_with_one_of_them() -> None:
    """
    docs/semantics.md, 8.2: gold of 2012 ends in 2014, as that of 2010 does, or in 2016.
    """
    awards = [
        er.LabelEvent("gold", "awarded", date(on, 3, 1), valid_until=date(until, 3, 31))
        for on, until in ((2010, 2014), (2012, 2014), (2012, 2016))
    ]

    assert "\n".join(map(str, er.check_history(er.LabelHistory(awards)))) == (
        "ECEI343 /history/2/valid_until: the award of gold on 2012-03-01 ends on 2016-03-31 here,"
        " and on 2014-03-31 elsewhere in the list\n  hint: give the award a single last day"
    )


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_end_is_compared_with_the_longest_award_before_it(order: tuple[int, ...]) -> None:
    """
    docs/semantics.md, 8.2: after a rise and a fall of the ends, an award that ends after the
    one just before it still contradicts the longest.
    """
    awards = [
        er.LabelEvent("gold", "awarded", date(2012, 3, 1), valid_until=date(2014, 3, 31)),
        er.LabelEvent("gold", "awarded", date(2013, 3, 1), valid_until=date(2016, 3, 31)),
        er.LabelEvent("gold", "awarded", date(2014, 3, 1), valid_until=date(2015, 3, 31)),
    ]
    last = er.LabelEvent("gold", "awarded", date(2015, 3, 1), valid_until=date(2015, 12, 31))
    events = [*(awards[index] for index in order), last]

    problems = er.check_history(er.LabelHistory(events))

    before = "before the one of 2013-03-01 (2016-03-31)"
    assert [str(each) for each in problems] == [
        (
            f"ECEI343 /history/{order.index(2)}/valid_until: the award of gold on 2014-03-01 ends"
            f" on 2015-03-31, {before}\n  hint: a later award must not end before an earlier one"
        ),
        (
            "ECEI343 /history/3/valid_until: the award of gold on 2015-03-01 ends on 2015-12-31,"
            f" {before}\n  hint: a later award must not end before an earlier one"
        ),
    ]


@pytest.mark.parametrize(
    ("events", "problems"),
    [
        (
            [BENCHMARKED, AWARDED, BENCHMARKED, AWARDED],
            [
                "ECEI341 /history/2: the benchmarking of silver on 2020-02-29 is listed twice",
                "  hint: it is number 1 of the list already",
                "ECEI341 /history/3: the award of silver on 2020-02-29 is listed twice",
                "  hint: it is number 2 of the list already",
            ],
        ),
        (
            [BENCHMARKED, evolve(AWARDED, valid_until=date(2020, 2, 28))],
            [
                (
                    "ECEI342 /history/1/valid_until: the award of silver on 2020-02-29 ends before"
                    " that day, on 2020-02-28"
                )
            ],
        ),
        ([evolve(AWARDED, valid_until=date(2020, 2, 29))], []),
        (
            [evolve(AWARDED, valid_until=date(2022, 3, 1)), BENCHMARKED, AWARDED],
            [
                (
                    "ECEI343 /history/0/valid_until: the award of silver on 2020-02-29 ends on"
                    " 2022-03-01 here, and on 2022-02-28 elsewhere in the list"
                ),
                "  hint: give the award a single last day",
            ],
        ),
        ([AWARDED, evolve(AWARDED, label="gold"), evolve(AWARDED, on=date(2021, 1, 1))], []),
    ],
)
def test_contradictions_of_a_history(events: list[er.LabelEvent], problems: list[str]) -> None:
    """
    docs/semantics.md, 8.2: an event twice, an end before its own day, two ends of one award.
    """
    found = er.check_history(er.LabelHistory(events))

    assert "\n".join(map(str, found)).splitlines() == problems


@given(
    st.sets(st.dates(date(2015, 1, 1), date(2021, 12, 31)), max_size=12).map(sorted),
    st.none() | st.integers(0, 40),
    st.none() | st.integers(0, 60),
    st.none() | st.dates(date(2014, 12, 31), date(2022, 1, 1)),
)
@example([date(2020, 1, 10), date(2020, 2, 10), date(2020, 3, 10)], 1, 1, date(2020, 2, 11))
def test_days_apart_are_those_of_every_fitting_pair(
    drawn: list[date], least: int | None, most: int | None, later_from: date | None
) -> None:
    """
    docs/semantics.md, 2.12: any two days count, whatever is between them. Every pair is tried
    with the months of another library.
    """
    pairs = [
        (first, second)
        for first, second in combinations(drawn, 2)
        if (least is None or first + relativedelta(months=least) <= second)
        and (most is None or second <= first + relativedelta(months=most))
        and (later_from is None or later_from <= second)
    ]

    found = days_apart(drawn, least, most, later_from=later_from)

    assert found == {day for pair in pairs for day in pair}
