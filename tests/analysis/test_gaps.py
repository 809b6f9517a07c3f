"""Gaps in the attainable values, and bounds in them (ECEI365)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from interview_cells import answers_of
from reviewed_rulesets import (
    DAY,
    HIGH,
    LOW,
    MIDDLE,
    OPTIONS,
    WORDS,
    at_least,
    of,
    reported_in,
    ruleset,
)
from small_rulesets import kinds, simple_conditions

from ecei_rules.analysis.checks.gaps import MAX_POINTS, Gap, attainable_neighbours, gap_in_points
from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Count,
    Number,
    Option,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.dates import Period
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Includes, OneOf, Threshold, measure
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    Criterion,
    EveryRequirement,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Grade, Grading

if TYPE_CHECKING:
    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.rulesets.conditions import Comparator, Condition

countable = kinds.map(
    lambda kind: Count(maximum=5) if isinstance(kind, Number | Share | YesNo) else kind
)


class TestGaps:
    """A gap is reported if its ends are attainable and nothing between them is."""

    @given(
        countable.flatmap(lambda kind: st.tuples(st.just(kind), simple_conditions(kind))),
        st.decimals(-2, 101, places=1) | st.decimals(-1, 5, places=1),
    )
    def test_ends_are_the_nearest_attainable_values(
        self, case: tuple[AnswerKind, Condition], bound: Decimal
    ) -> None:
        """
        All answers are measured in every year of the period.
        """
        kind, condition = case
        days = Period(date(2022, 5, 1), date(2024, 4, 30))
        if isinstance(condition, Threshold):
            threshold = evolve(condition, bound=bound)
            values = {
                Fraction(part) * 100 / total if total else Fraction(part)
                for answer in answers_of(kind, [])
                for year in (2022, 2023, 2024)
                for part, total in [measure(threshold, answer, date(year, 5, 1))]
            }

            assert attainable_neighbours(threshold, kind, days) == around(Fraction(bound), values)

    @given(
        st.integers(1, 3),
        st.integers(2, 4),
        st.integers(1, 9),
        st.fractions(0, 100, max_denominator=400).map(lambda each: round(each, 3)),
    )
    def test_shares_of_larger_counts_are_exact(
        self, inside: int, options: int, maximum: int, percent: Fraction
    ) -> None:
        """
        They are the nearest fractions of two whole numbers with a limit each.
        """
        named_ones = [Option(f"option-{each}", WORDS) for each in range(options + inside)]
        ids = [each.id for each in named_ones[:inside]]
        bound = Decimal(percent.numerator * 1000 // percent.denominator).scaleb(-3)
        parts = range(inside * maximum + 1)
        rests = range(options * maximum + 1)
        values = {
            Fraction(100 * part, part + rest) for part, rest in product(parts, rests) if part + rest
        }

        found = attainable_neighbours(
            Threshold("share_of", "at_least", bound, options=ids),
            Breakdown(named_ones, maximum=maximum),
            Period(DAY),
        )

        assert found == around(Fraction(bound), values)

    @given(
        st.lists(st.sets(st.integers(0, 9), min_size=1, max_size=3), max_size=4),
        st.decimals(-1, 40, places=1),
    )
    def test_ends_are_the_nearest_sums(self, earned: list[set[int]], bound: Decimal) -> None:
        """
        All sums of one value of each are formed.
        """
        sums = {Fraction(sum(each)) for each in product(*earned)}

        assert gap_in_points(Fraction(bound), earned) == around(Fraction(bound), sums)

    def test_every_share_is_attainable_without_a_maximum(self) -> None:
        """
        33.34 % are 1667 of 5000; a share of all options is 0 or 100.
        """
        kind = Breakdown(OPTIONS)
        third = Threshold("share_of", "at_least", Decimal("33.34"), options=["north"])
        whole = evolve(third, options=[each.id for each in OPTIONS])

        assert attainable_neighbours(third, kind, Period(DAY)) is None
        assert attainable_neighbours(whole, kind, Period(DAY)) == Gap(Fraction(0), Fraction(100))

    def test_largest_count_is_attainable(self) -> None:
        """
        Of two counts up to 4 one is 80 % as 4 of 5, and 20 % as 1 of 5; 81 % is neither
        that nor 100. Both together are 8, and 7.5 has a neighbour on each side.
        """
        kind = Breakdown(OPTIONS[:2], maximum=4)
        share = Threshold("share_of", "at_least", Decimal(80), options=["north"])
        both = Threshold("sum_of", "at_least", Decimal("7.5"), options=["north", "south"])

        assert attainable_neighbours(share, kind, Period(DAY)) is None
        assert attainable_neighbours(evolve(share, bound=Decimal(20)), kind, Period(DAY)) is None
        assert attainable_neighbours(evolve(share, bound=Decimal(81)), kind, Period(DAY)) == Gap(
            Fraction(80), Fraction(100)
        )
        assert attainable_neighbours(both, kind, Period(DAY)) == Gap(Fraction(7), Fraction(8))
        assert attainable_neighbours(evolve(both, bound=Decimal("8.5")), kind, Period(DAY)) is None

    def test_empty_breakdown_has_no_gap(self) -> None:
        """
        Counts of at most 0 have no share, sum or type above 0.
        """
        kind = Breakdown(OPTIONS, maximum=0)

        for each in ("share_of", "sum_of", "types"):
            threshold = Threshold(each, "at_least", Decimal("0.5"), options=["north"])
            assert attainable_neighbours(threshold, kind, Period(DAY)) is None

    def test_types_that_are_named_are_as_many_as_can_be(self) -> None:
        """
        Of three types two are named, so that 1.5 has two neighbours, and 2.5 none above.
        """
        two = Threshold("types", "at_least", Decimal("1.5"), options=["north", "south"])
        all_of_them, kind = evolve(two, options=()), Breakdown(OPTIONS)

        assert attainable_neighbours(two, kind, Period(DAY)) == Gap(Fraction(1), Fraction(2))
        more = Decimal("2.5")
        assert attainable_neighbours(evolve(two, bound=more), kind, Period(DAY)) is None
        assert attainable_neighbours(evolve(all_of_them, bound=more), kind, Period(DAY)) == Gap(
            Fraction(2), Fraction(3)
        )

    def test_numbers_have_no_gaps(self) -> None:
        """
        14.5 FTE and 14.5 % are attainable.
        """
        threshold = Threshold("value", "at_least", Decimal("14.5"))

        assert attainable_neighbours(threshold, Number(), Period(DAY)) is None
        assert attainable_neighbours(threshold, Share(), Period(DAY)) is None

    def test_bound_beyond_all_values_is_in_no_gap(self) -> None:
        """
        Of at most 500 members, 500.5 has no neighbour above; without a maximum it has.
        """
        threshold = Threshold("value", "at_least", Decimal("500.5"))

        assert attainable_neighbours(threshold, Count(maximum=500), Period(DAY)) is None
        assert attainable_neighbours(threshold, Count(), Period(DAY)) == Gap(
            Fraction(500), Fraction(501)
        )

    def test_period_without_end_lasts_until_9999(self) -> None:
        """
        2000 is 7999 years ago in 9999, and nothing is longer ago.
        """
        threshold = Threshold("years_ago", "at_least", Decimal("7998.5"))
        kind = Year(minimum=2000, maximum=2100)

        assert attainable_neighbours(threshold, kind, Period(DAY)) == Gap(
            Fraction(7998), Fraction(7999)
        )
        later = evolve(threshold, bound=Decimal("7999.5"))
        assert attainable_neighbours(later, kind, Period(DAY)) is None

    def test_too_many_points_are_not_decided(self) -> None:
        """
        A million points are decided, and one more is not.
        """
        half = Fraction(1, 2)

        assert gap_in_points(half, [{0, MAX_POINTS}]) == Gap(Fraction(0), Fraction(MAX_POINTS))
        with pytest.raises(BeyondMethod) as raised:
            gap_in_points(half, [{0, MAX_POINTS}, {0, 1}])
        assert raised.value.what == "looking for sums of up to 1000001 points"


def around(bound: Fraction, values: set[Fraction]) -> Gap | None:
    """Return the neighbours of a bound among some values, if it has two and is none."""
    gaps = (each for each in pairwise(sorted(values)) if each[0] < bound < each[1])
    return next((Gap(*each) for each in gaps), None)


class TestBoundsBetweenValues:
    """ECEI365: bounds that are not attainable."""

    @pytest.mark.parametrize(
        ("comparison", "same"),
        [
            ("at_least", '"at_least": 15'),
            ("more_than", '"at_least": 15'),
            ("at_most", '"at_most": 14'),
            ("less_than", '"at_most": 14'),
        ],
    )
    def test_hint_is_an_equivalent_bound(self, comparison: Comparator, same: str) -> None:
        """
        At least 14.5 is at least 15, and at most 14.5 is at most 14.
        """
        bound = Threshold("value", comparison, Decimal("14.5"))
        nested = SomeRequirement(
            [Improvements(1), AnswerMeets("fact", "offices", AnyOf([at_least("20"), bound]))]
        )

        assert reported_in(ruleset(nested), "ECEI365") == [
            (
                f"ECEI365 /criteria/0/parts/1/when/parts/1/{comparison}: no answer can be 14.5:"
                f" the nearest are 14 and 15\n  hint: {same} means the same"
            )
        ]

    @pytest.mark.parametrize(
        ("condition", "nearest"),
        [
            (at_least("2.5", "types"), "number of types can be 2.5: the nearest are 2 and 3"),
            (
                at_least("1.5", "sum_of", "north"),
                "sum of the options can be 1.5: the nearest are 1 and 2",
            ),
            (
                at_least("1", "share_of", "north", "south", "east"),
                "share can be 1: the nearest are 0 and 100",
            ),
            (
                at_least("33.4", "share_of", "north"),
                "share can be 33.4: the nearest are 1 of 3 and 40",
            ),
        ],
    )
    def test_message_names_the_nearest_values(self, condition: Threshold, nearest: str) -> None:
        """
        Of counts up to 2 in three options 2 of 5 are 40 %, and below that comes 1 of 3.
        """
        found = review_ruleset(ruleset(AnswerMeets("indicator", "types", condition)))

        assert [each.message for each in of("ECEI365", found)] == [f"no {nearest}"]

    @pytest.mark.parametrize(
        ("comparison", "bound", "hint"),
        [
            ("at_least", "33.4", '"at_least": 40 means the same'),
            ("at_most", "33.4", '"less_than": 40 means the same'),
            ("less_than", "33.3", '"at_most": 25 means the same'),
            ("at_least", "33.3", '"more_than": 25 means the same'),
        ],
    )
    def test_hint_has_few_decimals(self, comparison: Comparator, bound: str, hint: str) -> None:
        """
        1 of 4 is 25 %, 1 of 3 is no decimal number, 2 of 5 is 40 %.
        """
        threshold = Threshold("share_of", comparison, Decimal(bound), options=["north"])
        found = review_ruleset(ruleset(AnswerMeets("indicator", "types", threshold)))

        assert [each.hint for each in of("ECEI365", found)] == [hint]

    def test_no_hint_between_two_endless_decimals(self) -> None:
        """
        Of counts up to 3 in one option and two others, 1 of 7 and 1 of 6 are neighbours.
        """
        found = ruleset(AnswerMeets("indicator", "types", at_least("15", "share_of", "north")))
        asked = [
            evolve(each, answer=Breakdown(OPTIONS, maximum=3)) if each.id == "types" else each
            for each in found.catalogue.indicators
        ]
        wider = evolve(found, catalogue=evolve(found.catalogue, indicators=asked))

        assert reported_in(wider, "ECEI365") == [
            (
                "ECEI365 /criteria/0/when/at_least: no share can be 15:"
                " the nearest are 1 of 7 and 1 of 6"
            )
        ]

    def test_years_and_years_ago_are_whole(self) -> None:
        """
        The problem of a grade's bound points into the grading.
        """
        grades = [
            Grade(HIGH, 2, when=at_least("2.5", "years_ago")),
            Grade(MIDDLE, 1, when=at_least("2019.5")),
            Grade(LOW, 0),
        ]

        assert reported_in(
            ruleset(Complete(), grading={"founded": Grading(1, grades)}), "ECEI365"
        ) == [
            (
                "ECEI365 /grading/founded/grades/0/when/at_least: no number of years can be 2.5:"
                ' the nearest are 2 and 3\n  hint: "at_least": 3 means the same'
            ),
            (
                "ECEI365 /grading/founded/grades/1/when/at_least: no answer can be 2019.5:"
                ' the nearest are 2019 and 2020\n  hint: "at_least": 2020 means the same'
            ),
        ]

    def test_attainable_bounds_are_not_reported(self) -> None:
        """
        18.0 is a whole number, staff can be 1.5 FTE, and `includes` has no bound.
        """
        found = ruleset(
            AnswerMeets("fact", "offices", at_least("18.0")),
            AnswerMeets("indicator", "staff", at_least("1.5")),
            AnswerMeets("indicator", "types", AllOf([Includes(["north"]), at_least("2", "types")])),
            AnswerMeets("fact", "listed", OneOf([True])),
        )

        assert reported_in(found, "ECEI365") == []

    def test_bound_between_sums_of_points_is_reported(self) -> None:
        """
        0, 2 or 5 points and 0 or 3 make 0, 2, 3, 5 and 8: 6 is between, and 5 is not. A
        percentage is not reported: 50 % of 8 are 4, and no sum is 4.
        """
        six = Criterion("a", "required", ScoreReaches(Decimal(6), "points"), dimension="structure")
        nested = evolve(six, requirement=EveryRequirement([six.requirement, Improvements(1)]))
        five, half = ScoreReaches(Decimal(5), "points"), ScoreReaches(Decimal(50), "percent")
        message = (
            "at_least_points: no sum of points can be 6: the nearest are 5 and 8\n"
            '  hint: "at_least_points": 8 means the same'
        )

        assert reported_in(ruleset(six), "ECEI365") == [f"ECEI365 /criteria/0/{message}"]
        assert reported_in(ruleset(nested), "ECEI365") == [f"ECEI365 /criteria/0/parts/0/{message}"]
        for each in (five, half):
            assert reported_in(ruleset(evolve(six, requirement=each)), "ECEI365") == []

    def test_day_is_named_for_points_of_years_ago(self) -> None:
        """
        Founded at least 70 years ago earns 4 points, and in 2019 nobody would have been.
        """
        grading = {
            "founded": Grading(2, [Grade(HIGH, 2, when=at_least("70", "years_ago")), Grade(LOW, 0)])
        }

        assert reported_in(
            ruleset(ScoreReaches(Decimal(3), "points"), grading=grading), "ECEI365"
        ) == [
            (
                "ECEI365 /criteria/0/at_least_points: no sum of points in interviews held on"
                " 2024-03-18 can be 3: the nearest are 0 and 4\n"
                '  hint: "at_least_points": 4 means the same'
            )
        ]
