"""What comes to nothing in a ruleset, against trying every interview there is."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any

import brute_force
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from interview_cells import answers_of
from paths import CASES, ROOT
from small_rulesets import kinds, simple_conditions
from small_worlds import worlds

import ecei_rules as er
from ecei_rules.analysis.checks.gaps import MAX_POINTS, Gap, attainable_neighbours, gap_in_points
from ecei_rules.analysis.checks.ruleset import check_ruleset
from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.cli.main import main
from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Catalogue,
    Choices,
    Count,
    Dimension,
    Fact,
    Indicator,
    Number,
    Option,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.texts import Attestation, Text
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Includes, OneOf, Threshold, measure
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset
from ecei_rules.rulesets.validity import FirstAward, ValidityRules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecei_rules.diagnostics.problem import Problem
    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.rulesets.conditions import Comparison, Condition
    from ecei_rules.rulesets.criteria import Requirement

MESSAGES = CASES / "messages"
DAY = date(2024, 3, 18)
WORDS = Text({"en": "words"})
OPTIONS = tuple(Option(name, WORDS) for name in ("north", "south", "east"))
#: Rulesets of small worlds in force on one day, so that the trials are of the same day.
small = worlds().map(lambda world: evolve(world.new, in_force=Period(DAY, DAY)))


def of(code: str, problems: tuple[Problem, ...]) -> list[Problem]:
    """The problems of one code."""
    return [each for each in problems if each.code == code]


def named(text: str) -> list[str]:
    """What a message has in quotes."""
    return re.findall(r'"(.+?)"', text)


class TestAgainstEveryInterview:
    """Every claim is true of all interviews of a small world, and none is left out."""

    @given(small)
    def test_a_label_or_a_dimension_is_reported_when_no_interview_attains_it(
        self, ruleset: Ruleset
    ) -> None:
        """
        The label, and each dimension, are refused to everybody or not reported.
        """
        problems = review_ruleset(ruleset)

        reported = [named(each.message)[0] for each in of("ECEI362", problems)]
        missed = [
            each.id
            for each in ruleset.catalogue.dimensions
            if not brute_force.attainable(ruleset, each.id, on=DAY)
        ]
        assert bool(of("ECEI361", problems)) is not brute_force.attainable(ruleset, on=DAY)
        assert reported == missed

    @given(small)
    def test_the_criteria_named_exclude_each_other_and_any_fewer_do_not(
        self, ruleset: Ruleset
    ) -> None:
        """
        Who reads why nobody attains a label reads no word too many.
        """
        for each in review_ruleset(ruleset):
            if each.code in ("ECEI361", "ECEI362"):
                names = named(each.message.partition(": ")[2])
                assert not brute_force.attainable(only(ruleset, names), on=DAY)
                for fewer in combinations(names, len(names) - 1):
                    assert brute_force.attainable(only(ruleset, fewer), on=DAY)

    @given(small)
    def test_a_criterion_is_reported_when_the_others_imply_it(self, ruleset: Ruleset) -> None:
        """
        A required criterion that can fail, but not alone, is implied by those named and
        by no fewer of them; where nobody attains the label, nothing is said of it.
        """
        problems = review_ruleset(ruleset)

        reported = {
            named(each.message)[0]: named(each.message)[1:]
            for each in problems
            if each.code == "ECEI363"
        }
        implied = [
            each.id
            for each in ruleset.criteria
            if each.severity == "required"
            and brute_force.attainable(ruleset, on=DAY)
            and brute_force.implied(each, ruleset, on=DAY)
            and not brute_force.implied(each, only(ruleset, [each.id]), on=DAY)
        ]
        assert list(reported) == implied
        for name, by in reported.items():
            criterion = next(each for each in ruleset.criteria if each.id == name)
            assert brute_force.implied(criterion, only(ruleset, [name, *by]), on=DAY)
            for fewer in combinations(by, len(by) - 1):
                assert not brute_force.implied(criterion, only(ruleset, [name, *fewer]), on=DAY)

    @given(small)
    def test_an_answer_is_reported_when_it_changes_no_criterion(self, ruleset: Ruleset) -> None:
        """
        No two interviews that differ in this answer alone have different outcomes.
        """
        asked = [*ruleset.catalogue.asked, *ruleset.catalogue.facts_asked]

        reported = [named(each.message)[0] for each in of("ECEI364", review_ruleset(ruleset))]

        assert reported == [
            each for each in asked if not brute_force.matters(each, ruleset, on=DAY)
        ]

    @given(small)
    def test_a_grade_is_reported_when_no_answer_attains_it(self, ruleset: Ruleset) -> None:
        """
        Of every kind of answer, on every day of the period.
        """
        missed = [
            f"/grading/{name}/grades/{index}"
            for name, grading in ruleset.grading.items()
            for index, grade in enumerate(grading.grades)
            if grade not in set(grades_of(ruleset, name))
        ]

        assert [each.where for each in of("ECEI323", check_ruleset(ruleset))] == missed

    @given(small)
    def test_every_problem_has_its_place_in_the_document(self, ruleset: Ruleset) -> None:
        """
        A pointer leads to a value; that of a bound to the bound, which is no answer's.
        """
        document = json.loads(er.write_ruleset(ruleset), parse_float=Decimal)

        for each in review_ruleset(ruleset):
            value: Any = document
            for one in each.where.split("/")[1:]:
                value = value[int(one) if isinstance(value, list) else one]
            if each.code == "ECEI365":
                assert f"can be {value}: the nearest are " in each.message


def only(ruleset: Ruleset, names: Any) -> Ruleset:
    """The ruleset with some of its criteria alone."""
    return evolve(ruleset, criteria=[each for each in ruleset.criteria if each.id in names])


def grades_of(ruleset: Ruleset, name: str) -> Iterator[Grade]:
    """The grades that all answers of a small kind attain."""
    grading = ruleset.grading[name]
    whens = [grade.when for grade in grading.grades if grade.when is not None]
    for answer in answers_of(ruleset.catalogue.asked[name].answer, whens):
        yield grading.attained(answer, DAY)


countable = kinds.map(
    lambda kind: Count(maximum=5) if isinstance(kind, Number | Share | YesNo) else kind
)


class TestGaps:
    """A gap is reported when its ends can occur, and nothing from one to the other."""

    @given(
        countable.flatmap(lambda kind: st.tuples(st.just(kind), simple_conditions(kind))),
        st.decimals(-2, 101, places=1) | st.decimals(-1, 5, places=1),
    )
    def test_the_ends_are_the_nearest_values_that_answers_have(
        self, case: tuple[AnswerKind, Condition], bound: Decimal
    ) -> None:
        """
        All answers are measured, on every year of the period.
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
        The nearest fractions of two whole numbers that have each their limit.
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
    def test_the_ends_are_the_nearest_sums(self, earned: list[set[int]], bound: Decimal) -> None:
        """
        All sums of one of each are formed.
        """
        sums = {Fraction(sum(each)) for each in product(*earned)}

        assert gap_in_points(Fraction(bound), earned) == around(Fraction(bound), sums)

    def test_without_a_maximum_every_fraction_can_occur(self) -> None:
        """
        33.34 % are 1667 of 5000; of all options there are, it is nothing or everything.
        """
        kind = Breakdown(OPTIONS)
        third = Threshold("share_of", "at_least", Decimal("33.34"), options=["north"])
        whole = evolve(third, options=[each.id for each in OPTIONS])

        assert attainable_neighbours(third, kind, Period(DAY)) is None
        assert attainable_neighbours(whole, kind, Period(DAY)) == Gap(Fraction(0), Fraction(100))

    def test_the_most_that_can_be_counted_can_occur(self) -> None:
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

    def test_where_nothing_can_be_counted_there_is_no_gap(self) -> None:
        """
        Of counts of at most 0 there is no share, no sum and no type above 0.
        """
        kind = Breakdown(OPTIONS, maximum=0)

        for each in ("share_of", "sum_of", "types"):
            threshold = Threshold(each, "at_least", Decimal("0.5"), options=["north"])
            assert attainable_neighbours(threshold, kind, Period(DAY)) is None

    def test_numbers_have_no_gaps(self) -> None:
        """
        Somebody can have 14.5 FTE, and 14.5 %.
        """
        threshold = Threshold("value", "at_least", Decimal("14.5"))

        assert attainable_neighbours(threshold, Number(), Period(DAY)) is None
        assert attainable_neighbours(threshold, Share(), Period(DAY)) is None

    def test_what_nobody_is_beyond_is_no_gap(self) -> None:
        """
        Of at most 500 members, 500.5 has no neighbour above; without a maximum it has.
        """
        threshold = Threshold("value", "at_least", Decimal("500.5"))

        assert attainable_neighbours(threshold, Count(maximum=500), Period(DAY)) is None
        assert attainable_neighbours(threshold, Count(), Period(DAY)) == Gap(
            Fraction(500), Fraction(501)
        )

    def test_a_period_without_end_has_years_to_the_last_one(self) -> None:
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

    def test_more_points_than_can_be_added_up_are_not_decided(self) -> None:
        """
        A million points are looked through, one more is not.
        """
        half = Fraction(1, 2)

        assert gap_in_points(half, [{0, MAX_POINTS}]) == Gap(Fraction(0), Fraction(MAX_POINTS))
        with pytest.raises(BeyondMethod) as raised:
            gap_in_points(half, [{0, MAX_POINTS}, {0, 1}])
        assert raised.value.what == "looking for sums of up to 1000001 points"


def around(bound: Fraction, values: set[Fraction]) -> Gap | None:
    """The neighbours of a bound among some values, if it is none and has two."""
    gaps = (each for each in pairwise(sorted(values)) if each[0] < bound < each[1])
    return next((Gap(*each) for each in gaps), None)


def at_least(bound: str, measured: Any = "value", *options: str) -> Threshold:
    """A condition on an answer."""
    return Threshold(measured, "at_least", Decimal(bound), options=options)


LOW, MIDDLE, HIGH = "improvable", "reasonable", "excellent"
DIMENSIONS = ("structure", "services")
ASKED: dict[str, tuple[str, AnswerKind]] = {
    "members": ("structure", Count(maximum=500)),
    "types": ("structure", Breakdown(OPTIONS, maximum=2)),
    "founded": ("services", Year(minimum=1950, maximum=2050)),
    "staff": ("services", Number(minimum=Decimal(0))),
}
#: 0, 2 or 5 points for members, 0 or 3 for types, 0 or 3 for staff; founded is not graded.
GRADING = {
    "members": Grading(
        1,
        [Grade(HIGH, 5, when=at_least("40")), Grade(MIDDLE, 2, when=at_least("15")), Grade(LOW, 0)],
    ),
    "types": Grading(1, [Grade(HIGH, 3, when=at_least("2", "types")), Grade(LOW, 0)]),
    "staff": Grading(3, [Grade(HIGH, 1, when=at_least("1.5")), Grade(LOW, 0)]),
}


def ruleset(*requirements: Requirement | Criterion, grading: Any = None) -> Ruleset:
    """A ruleset in force from 2024-03-18 with criteria named a, b, c and so on."""
    criteria = [
        each if isinstance(each, Criterion) else Criterion("abcdefgh"[index], "required", each)
        for index, each in enumerate(requirements)
    ]
    return Ruleset(
        "bronze",
        "2024-03",
        WORDS,
        Period(DAY),
        Catalogue(
            "sample",
            "2024-03",
            WORDS,
            [Dimension(each, WORDS) for each in DIMENSIONS],
            [
                Indicator(name, scope, WORDS, WORDS, kind, provenance=Attestation("attested"))
                for name, (scope, kind) in ASKED.items()
            ],
            facts=[Fact("listed", WORDS, YesNo()), Fact("offices", WORDS, Count())],
        ),
        [LOW, MIDDLE, HIGH],
        GRADING if grading is None else grading,
        criteria,
        ValidityRules(FirstAward(2, "same_day")),
    )


def said(found: Ruleset, *codes: str) -> list[str]:
    """What a review says, of some codes."""
    return [str(each) for each in review_ruleset(found) if each.code in codes]


class TestUnattained:
    """ECEI361 and ECEI362: what no interview attains."""

    def test_two_criteria_that_exclude_each_other_are_named(self) -> None:
        """
        Nobody has 40 members at least and 39 at most; the score does not matter.
        """
        few = Threshold("value", "at_most", Decimal(39))
        found = ruleset(
            ScoreReaches(Decimal(50), "percent"),
            AnswerMeets("indicator", "members", few),
            Floor(["members"], HIGH),
        )

        assert said(found, "ECEI361", "ECEI362", "ECEI363", "ECEI366") == [
            (
                'ECEI361 (whole document): no interview attains the label: "b" and "c" exclude'
                " each other"
            )
        ]

    def test_a_criterion_that_always_fails_is_named_alone(self) -> None:
        """
        A dimension stands at its criterion, and the label with it.
        """
        both = EveryRequirement(
            [
                AnswerMeets("indicator", "staff", at_least("2")),
                AnswerMeets("indicator", "staff", Threshold("value", "less_than", Decimal(2))),
            ]
        )
        found = ruleset(
            CountGraded(1, HIGH), Criterion("never", "required", both, dimension="services")
        )

        assert said(found, "ECEI361", "ECEI362") == [
            'ECEI361 (whole document): no interview attains the label: "never" always fails',
            (
                'ECEI362 /criteria/1: no interview passes the dimension "services":'
                ' "never" always fails'
            ),
        ]

    def test_dimensions_that_exclude_each_other_only_together_are_passed_alone(self) -> None:
        """
        40 members or none: each is possible, and both of them are not.
        """
        none = Threshold("value", "at_most", Decimal(0))
        found = ruleset(
            Criterion("many", "required", Floor(["members"], HIGH), dimension="structure"),
            Criterion(
                "none", "required", AnswerMeets("indicator", "members", none), dimension="services"
            ),
        )

        assert said(found, "ECEI361", "ECEI362") == [
            (
                'ECEI361 (whole document): no interview attains the label: "many" and "none"'
                " exclude each other"
            )
        ]

    def test_a_day_that_may_tell_is_named(self) -> None:
        """
        Founded in 2020 and ten years ago is not possible in 2024, but in 2030 it is.
        """
        ruled = AllOf([at_least("2020"), at_least("10", "years_ago")])

        assert said(ruleset(AnswerMeets("indicator", "founded", ruled)), "ECEI361") == [
            (
                "ECEI361 (whole document): no interview held on 2024-03-18 attains the label:"
                ' "a" always fails'
            )
        ]

    def test_what_only_advises_keeps_nobody_from_the_label(self) -> None:
        """
        An advisory criterion may ask for what nobody can have.
        """
        few = AnswerMeets("indicator", "members", Threshold("value", "at_most", Decimal(39)))
        found = ruleset(Floor(["members"], HIGH), Criterion("b", "advisory", few))

        assert said(found, "ECEI361", "ECEI362", "ECEI363") == []


class TestImplied:
    """ECEI363: what cannot fail alone."""

    def test_a_criterion_that_asks_for_less_is_implied(self) -> None:
        """
        Who attains the floor has 15 members; who has 15 attains it, so each is implied.
        """
        found = ruleset(
            Floor(["members"], MIDDLE),
            AnswerMeets("indicator", "members", at_least("15")),
            AnswerMeets("indicator", "members", at_least("14")),
        )

        assert said(found, "ECEI363") == [
            (
                'ECEI363 /criteria/0: the criterion "a" is implied by "b"\n'
                "  hint: it decides nothing about the label"
            ),
            (
                'ECEI363 /criteria/1: the criterion "b" is implied by "a"\n'
                "  hint: it decides nothing about the label"
            ),
            (
                'ECEI363 /criteria/2: the criterion "c" is implied by "a"\n'
                "  hint: it decides nothing about the label"
            ),
        ]

    def test_several_may_imply_one_together(self) -> None:
        """
        5 points for members and 3 for types make 8 of 11, which is more than 70 %.
        """
        found = ruleset(
            ScoreReaches(Decimal(70), "percent"),
            Floor(["members"], HIGH),
            Floor(["types"], HIGH),
            AnswerMeets("fact", "listed", OneOf([True])),
        )

        assert said(found, "ECEI363") == [
            (
                'ECEI363 /criteria/0: the criterion "a" is implied by "b" and "c"\n'
                "  hint: it decides nothing about the label"
            )
        ]

    def test_what_can_never_fail_is_not_implied(self) -> None:
        """
        A complete interview is complete, and 0 points are had by everybody.
        """
        anything = AnswerMeets("indicator", "members", at_least("0"))

        assert said(ruleset(Complete(), anything, Floor(["members"], HIGH)), "ECEI363") == []

    def test_advice_is_not_called_implied(self) -> None:
        """
        What is only reported decides nothing about the label in any case.
        """
        less = AnswerMeets("indicator", "members", at_least("14"))
        found = ruleset(Floor(["members"], MIDDLE), Criterion("b", "advisory", less))

        assert said(found, "ECEI363") == []

    def test_a_history_within_months_names_the_day(self) -> None:
        """
        Who was benchmarked a year ago was benchmarked; months differ by their days.
        """
        ever = Earlier("bronze", "benchmarked")
        long_ago = Earlier("bronze", "benchmarked", at_least_months=12)
        recent = Earlier("bronze", "benchmarked", at_most_months=12)
        held = "in interviews held on 2024-03-18\n  hint: it decides nothing about the label"

        assert said(ruleset(ever, long_ago), "ECEI363") == [
            f'ECEI363 /criteria/0: the criterion "a" is implied by "b" {held}'
        ]
        assert said(ruleset(ever, recent), "ECEI363") == [
            f'ECEI363 /criteria/0: the criterion "a" is implied by "b" {held}'
        ]


class TestIdle:
    """ECEI364: answers that change nothing."""

    def test_what_no_criterion_looks_at_is_reported_where_it_stands(self) -> None:
        """
        A grading has its place; what the ruleset does not name has that of the catalogue.
        """
        assert said(ruleset(Complete(), Floor(["members"], MIDDLE)), "ECEI364") == [
            'ECEI364 /grading/types: no answer to "types" changes the outcome of a criterion',
            'ECEI364 /catalogue: no answer to "founded" changes the outcome of a criterion',
            'ECEI364 /grading/staff: no answer to "staff" changes the outcome of a criterion',
            'ECEI364 /catalogue: no answer to "listed" changes the outcome of a criterion',
            'ECEI364 /catalogue: no answer to "offices" changes the outcome of a criterion',
        ]

    def test_points_that_never_decide_are_found(self) -> None:
        """
        Of 5 or 2 or 0, 3 or 0, and 3 or 0 points, 11 need all; for 4 points types and
        staff still count; for 5 of members alone, they do not.
        """
        all_of_them = ruleset(ScoreReaches(Decimal(11), "points"))
        members = Criterion(
            "a", "advisory", ScoreReaches(Decimal(4), "points"), dimension="structure"
        )

        assert idle(all_of_them) == ["founded", "listed", "offices"]
        assert idle(ruleset(members)) == ["founded", "staff", "listed", "offices"]

    def test_a_sum_that_steps_over_the_bound_is_exact(self) -> None:
        """
        4 of the points of members (0 or 4) and listed staff (0 or 1): the one point never
        decides, since no sum of the others is just below.
        """
        grading = {
            "members": Grading(4, [Grade(HIGH, 1, when=at_least("40")), Grade(LOW, 0)]),
            "staff": Grading(1, [Grade(HIGH, 1, when=at_least("1.5")), Grade(LOW, 0)]),
        }

        assert "staff" in idle(ruleset(ScoreReaches(Decimal(4), "points"), grading=grading))
        assert "staff" not in idle(ruleset(ScoreReaches(Decimal(5), "points"), grading=grading))

    def test_an_alternative_that_covers_another_leaves_it_idle(self) -> None:
        """
        At least 15 members or 40 members and listed: being listed never decides.
        """
        covered = SomeRequirement(
            [
                AnswerMeets("indicator", "members", at_least("15")),
                EveryRequirement(
                    [Floor(["members"], HIGH), AnswerMeets("fact", "listed", OneOf([True]))]
                ),
            ]
        )

        assert "listed" in idle(ruleset(covered))
        assert "members" not in idle(ruleset(covered))

    def test_what_need_not_apply_can_matter_by_that_alone(self) -> None:
        """
        A condition that every answer meets is not met, but not failed either, by one that
        does not apply.
        """
        anything = ruleset(AnswerMeets("indicator", "members", at_least("0")))
        asked = [evolve(each, not_applicable=True) for each in anything.catalogue.indicators]
        allowed = evolve(anything, catalogue=evolve(anything.catalogue, indicators=asked))

        assert "members" in idle(anything)
        assert "members" not in idle(allowed)

    def test_failing_and_not_applying_are_two_outcomes(self) -> None:
        """
        Nobody meets at least 40 and at most 39, but who it does not apply to does not fail.
        """
        both = AllOf([at_least("40"), Threshold("value", "at_most", Decimal(39))])
        never = ruleset(Criterion("a", "advisory", AnswerMeets("indicator", "members", both)))
        asked = [evolve(each, not_applicable=True) for each in never.catalogue.indicators]
        allowed = evolve(never, catalogue=evolve(never.catalogue, indicators=asked))

        assert "members" in idle(never)
        assert "members" not in idle(allowed)

    def test_only_where_no_other_alternative_is_met_one_decides(self) -> None:
        """
        At least 15 members, or an office, or 40 members and listed: who has 40 has 15.
        """
        last = EveryRequirement(
            [Floor(["members"], HIGH), AnswerMeets("fact", "listed", OneOf([True]))]
        )
        many = AnswerMeets("indicator", "members", at_least("15"))
        more = AnswerMeets("indicator", "members", at_least("41"))
        office = AnswerMeets("fact", "offices", at_least("1"))

        assert "listed" in idle(ruleset(SomeRequirement([many, office, last])))
        assert "listed" not in idle(ruleset(SomeRequirement([more, office, last])))

    def test_two_answers_may_leave_nothing_alike(self) -> None:
        """
        With fewer than 15 members offices and staff are asked for, with more being listed
        and two types: each of them matters.
        """
        few = AnswerMeets("indicator", "members", Threshold("value", "at_most", Decimal(14)))
        many = AnswerMeets("indicator", "members", at_least("15"))
        asked = (
            (many, AnswerMeets("fact", "offices", at_least("1"))),
            (many, AnswerMeets("indicator", "staff", at_least("1"))),
            (few, AnswerMeets("fact", "listed", OneOf([True]))),
            (few, AnswerMeets("indicator", "types", at_least("2", "types"))),
        )

        found = ruleset(EveryRequirement(map(SomeRequirement, asked)), grading={})

        assert idle(found) == ["founded"]

    def test_one_of_several_answers_may_be_the_one_that_decides(self) -> None:
        """
        0 or 1 point beside 0, 3 or 6 are the same to a bound of 6, and 5 points are not.
        """
        high = Grade(HIGH, 5, when=at_least("40"))
        grades = [high, Grade(MIDDLE, 1, when=at_least("15")), Grade(LOW, 0)]
        grading = {**GRADING, "members": Grading(1, grades)}
        without = {**GRADING, "members": Grading(1, [Grade(HIGH, 1, when=high.when), grades[2]])}
        six = ScoreReaches(Decimal(6), "points")

        assert "members" not in idle(ruleset(six, grading=grading))
        assert "members" in idle(ruleset(six, grading=without))

    def test_the_day_is_named_only_where_it_may_tell(self) -> None:
        """
        How long ago something was depends on the day, and so do months of a history,
        with what they are combined with.
        """
        old = AllOf([at_least("30", "years_ago"), at_least("2000")])
        last = Earlier("bronze", "awarded", at_least_months=6, at_most_months=6)
        both = EveryRequirement([last, AnswerMeets("fact", "offices", at_least("0"))])
        held = " in interviews held on 2024-03-18"
        found = ruleset(AnswerMeets("indicator", "founded", old), both, Improvements(2))

        assert said(found, "ECEI364")[2:] == [
            'ECEI364 /catalogue: no answer to "founded" changes the outcome of a criterion' + held,
            'ECEI364 /grading/staff: no answer to "staff" changes the outcome of a criterion',
            'ECEI364 /catalogue: no answer to "listed" changes the outcome of a criterion',
            'ECEI364 /catalogue: no answer to "offices" changes the outcome of a criterion' + held,
        ]


def idle(found: Ruleset) -> list[str]:
    """The indicators and facts whose answer changes nothing."""
    return [named(each.message)[0] for each in of("ECEI364", review_ruleset(found))]


class TestBoundsBetweenValues:
    """ECEI365: bounds that nobody is at."""

    @pytest.mark.parametrize(
        ("comparison", "same"),
        [
            ("at_least", '"at_least": 15'),
            ("more_than", '"at_least": 15'),
            ("at_most", '"at_most": 14'),
            ("less_than", '"at_most": 14'),
        ],
    )
    def test_each_comparison_has_a_bound_that_says_the_same(
        self, comparison: Comparison, same: str
    ) -> None:
        """
        At least 14.5 is at least 15, and at most 14.5 is at most 14.
        """
        bound = Threshold("value", comparison, Decimal("14.5"))
        nested = SomeRequirement(
            [Improvements(1), AnswerMeets("fact", "offices", AnyOf([at_least("20"), bound]))]
        )

        assert said(ruleset(nested), "ECEI365") == [
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
    def test_each_measure_of_a_breakdown_says_what_is_nearest(
        self, condition: Threshold, nearest: str
    ) -> None:
        """
        Of counts up to 2 in three options: 2 of 5 are 40 %, and below it comes 1 of 3.
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
    def test_a_bound_is_offered_that_can_be_written(
        self, comparison: Comparison, bound: str, hint: str
    ) -> None:
        """
        1 of 4 is 25 %, 1 of 3 is no decimal number, 2 of 5 is 40 %.
        """
        threshold = Threshold("share_of", comparison, Decimal(bound), options=["north"])
        found = review_ruleset(ruleset(AnswerMeets("indicator", "types", threshold)))

        assert [each.hint for each in of("ECEI365", found)] == [hint]

    def test_between_two_shares_that_cannot_be_written_there_is_no_hint(self) -> None:
        """
        Of counts up to 3 in one option and two others, 1 of 7 and 1 of 6 are neighbours.
        """
        found = ruleset(AnswerMeets("indicator", "types", at_least("15", "share_of", "north")))
        asked = [
            evolve(each, answer=Breakdown(OPTIONS, maximum=3)) if each.id == "types" else each
            for each in found.catalogue.indicators
        ]
        wider = evolve(found, catalogue=evolve(found.catalogue, indicators=asked))

        assert said(wider, "ECEI365") == [
            "ECEI365 /criteria/0/when/at_least: no share can be 15: the nearest are 1 of 7 and 1 of 6"
        ]

    def test_a_year_and_how_long_ago_it_was_are_whole(self) -> None:
        """
        The bounds of a grade stand in the grading.
        """
        grades = [
            Grade(HIGH, 2, when=at_least("2.5", "years_ago")),
            Grade(MIDDLE, 1, when=at_least("2019.5")),
            Grade(LOW, 0),
        ]

        assert said(ruleset(Complete(), grading={"founded": Grading(1, grades)}), "ECEI365") == [
            (
                "ECEI365 /grading/founded/grades/0/when/at_least: no number of years can be 2.5:"
                ' the nearest are 2 and 3\n  hint: "at_least": 3 means the same'
            ),
            (
                "ECEI365 /grading/founded/grades/1/when/at_least: no answer can be 2019.5:"
                ' the nearest are 2019 and 2020\n  hint: "at_least": 2020 means the same'
            ),
        ]

    def test_bounds_that_somebody_can_be_at_are_in_order(self) -> None:
        """
        18.0 is a whole number, 1.5 FTE is an amount of staff, and including is no bound.
        """
        found = ruleset(
            AnswerMeets("fact", "offices", at_least("18.0")),
            AnswerMeets("indicator", "staff", at_least("1.5")),
            AnswerMeets("indicator", "types", AllOf([Includes(["north"]), at_least("2", "types")])),
            AnswerMeets("fact", "listed", OneOf([True])),
        )

        assert said(found, "ECEI365") == []

    def test_points_come_in_steps(self) -> None:
        """
        0, 2 or 5 points and 0 or 3 make 0, 2, 3, 5 and 8: 6 is between, and 5 is not. A
        percentage is not looked at: 50 % of 8 are 4, and no sum is 4.
        """
        six = Criterion("a", "required", ScoreReaches(Decimal(6), "points"), dimension="structure")
        nested = evolve(six, requirement=EveryRequirement([six.requirement, Improvements(1)]))
        five, half = ScoreReaches(Decimal(5), "points"), ScoreReaches(Decimal(50), "percent")
        message = (
            "at_least_points: no sum of points can be 6: the nearest are 5 and 8\n"
            '  hint: "at_least_points": 8 means the same'
        )

        assert said(ruleset(six), "ECEI365") == [f"ECEI365 /criteria/0/{message}"]
        assert said(ruleset(nested), "ECEI365") == [f"ECEI365 /criteria/0/parts/0/{message}"]
        for each in (five, half):
            assert said(ruleset(evolve(six, requirement=each)), "ECEI365") == []

    def test_points_for_what_is_some_years_ago_name_the_day(self) -> None:
        """
        Founded at least 70 years ago earns 4 points, and in 2019 nobody would have been.
        """
        grading = {
            "founded": Grading(2, [Grade(HIGH, 2, when=at_least("70", "years_ago")), Grade(LOW, 0)])
        }

        assert said(ruleset(ScoreReaches(Decimal(3), "points"), grading=grading), "ECEI365") == [
            (
                "ECEI365 /criteria/0/at_least_points: no sum of points in interviews held on"
                " 2024-03-18 can be 3: the nearest are 0 and 4\n"
                '  hint: "at_least_points": 4 means the same'
            )
        ]


def entangled(kind: Choices) -> Condition:
    """At least two of each three of 39 options, of which there are too few in all."""
    chosen = [Includes([option.id]) for option in kind.options]
    threes = [chosen[at : at + 3] for at in range(0, 39, 3)]
    pairs = [AnyOf(pair) for three in threes for pair in combinations(three, 2)]
    return AllOf([*pairs, Threshold("types", "at_most", Decimal(25))])


class TestNotDecided:
    """ECEI366: what is beyond the method is said, and the rest is reviewed."""

    def test_an_answer_that_cannot_be_cut_leaves_the_bounds(self) -> None:
        """
        Grades and criteria are not decided, and a bound of another answer is.
        """
        many = [Option(f"option-{each}", WORDS) for each in range(39)]
        plain = ruleset(AnswerMeets("fact", "offices", at_least("2.5")))
        asked = [
            evolve(each, answer=Choices(many)) if each.id == "types" else each
            for each in plain.catalogue.indicators
        ]
        grades = [Grade(HIGH, 1, when=entangled(Choices(many))), Grade(LOW, 0)]
        found = evolve(
            plain,
            catalogue=evolve(plain.catalogue, indicators=asked),
            grading={"types": Grading(1, grades)},
        )

        assert [(each.code, each.where, each.message) for each in review_ruleset(found)] == [
            (
                "ECEI365",
                "/criteria/0/when/at_least",
                "no answer can be 2.5: the nearest are 2 and 3",
            ),
            (
                "ECEI366",
                "/grading/types",
                'whether every grade of "types" can be attained was not decided',
            ),
            (
                "ECEI366",
                "",
                (
                    "whether the criteria have an effect was not decided: telling apart the answers over 39"
                    " options is beyond the method"
                ),
            ),
        ]

    def test_criteria_with_too_many_alternatives_are_named_one_by_one(self) -> None:
        """
        Thirteen pairs of alternatives are 8,192 ways, and without one of them 4,096, of
        which 4,000 are looked at. An answer that no criterion looks at changes nothing.
        """
        found = paired(13)
        beyond = "was not decided: a combination of so many alternatives is beyond the method"

        assert [(each.code, each.where, each.message) for each in review_ruleset(found)] == [
            ("ECEI366", "", f"whether the label can be attained {beyond}"),
            ("ECEI366", "", f'whether the dimension "structure" can be passed {beyond}'),
            ("ECEI366", "/criteria/1", f'whether the criterion "b" is implied {beyond}'),
            *(
                ("ECEI366", "/catalogue", f'whether "{each.id}" matters {beyond}')
                for each in found.catalogue.indicators
            ),
            ("ECEI364", "/catalogue", 'no answer to "offices" changes the outcome of a criterion'),
        ]

    def test_a_criterion_that_tells_is_enough(self) -> None:
        """
        An answer that decides a simple criterion matters, whatever the entangled one does.
        """
        pairs = paired(13)
        simple = AnswerMeets("indicator", "indicator-0", at_least("5"))
        found = evolve(pairs, criteria=[*pairs.criteria, Criterion("c", "advisory", simple)])

        reported = [each.message for each in review_ruleset(found)]

        assert not any('"indicator-0"' in each for each in reported)
        assert any('whether "indicator-1" matters was not decided' in each for each in reported)

    def test_what_two_answers_leave_alike_is_not_multiplied(self) -> None:
        """
        Of seven pairs the six without the answer hold, and nothing asks if they do not.
        """
        assert [each.code for each in review_ruleset(paired(7))] == ["ECEI364"]
        assert idle(paired(7)) == ["offices"]

    def test_points_that_are_too_many_are_not_added_up(self) -> None:
        """
        The bound of the score is not decided, and everything else is.
        """
        grading = {**GRADING, "members": evolve(GRADING["members"], weight=MAX_POINTS)}
        found = ruleset(ScoreReaches(Decimal(6), "points"), grading=grading)

        assert said(found, "ECEI361", "ECEI363", "ECEI365", "ECEI366") == [
            (
                "ECEI366 /criteria/0/at_least_points: whether a sum of points is at the bound was"
                " not decided: looking for sums of up to 5000006 points is beyond the method"
            )
        ]


def paired(pairs: int) -> Ruleset:
    """A ruleset that asks for one of two answers, so many times, and to be listed."""
    plain = ruleset(Complete())
    names = [f"indicator-{each}" for each in range(2 * pairs)]
    asked = [
        Indicator(each, "structure", WORDS, WORDS, Count(), provenance=Attestation("attested"))
        for each in names
    ]
    met = [AnswerMeets("indicator", each, at_least("5")) for each in names]
    either = [SomeRequirement(met[each : each + 2]) for each in range(0, 2 * pairs, 2)]
    return evolve(
        plain,
        catalogue=evolve(plain.catalogue, indicators=asked),
        grading={},
        criteria=[
            Criterion("a", "required", EveryRequirement(either), dimension="structure"),
            Criterion("b", "required", AnswerMeets("fact", "listed", OneOf([True]))),
        ],
    )


class TestGradesOutOfReach:
    """ECEI323 is exact for every kind of answer, several measures together included."""

    def test_a_grade_that_two_measures_exclude_is_found(self) -> None:
        """
        Counts up to 2 in three options: three types with a sum of 6 are all 2, which is a
        third each; more than 34 % of one are not among them.
        """
        whole = at_least("6", "sum_of", "north", "south", "east")
        share = Threshold("share_of", "more_than", Decimal(34), options=["north"])
        grades = [Grade(HIGH, 1, when=AllOf([whole, share])), Grade(LOW, 0)]
        found = ruleset(Complete(), grading={"types": Grading(1, grades)})

        assert [str(each) for each in check_ruleset(found)] == [
            'ECEI323 /grading/types/grades/0: no answer attains "excellent"'
        ]


class TestShippedRulesets:
    """What the shipped rulesets are told: warnings, each of them true."""

    #: In the catalogue of the audits, but in no ruleset of Silver (docs/sources.md).
    OUTSIDE = (
        "geographical-concentration",
        "human-resources-available",
        "life-long-learning-of-team",
        "stability-of-human-resources",
        "stability-of-participation",
        "prospects-of-financial-resources",
        "share-of-private-resources",
        "focus-of-strategy",
        "working-groups",
        "recognition-in-media",
        "success-stories",
        "satisfaction-of-participants",
    )
    #: The floors ask for 15 participants and for a private majority with more besides.
    IMPLIED = ("enough-committed-participants", "private-majority")

    @pytest.mark.parametrize(
        ("reference", "implied", "idle_ones"),
        [
            ("bronze@2010-11", (), ()),
            ("bronze@2019-11", (), ()),
            ("silver@2014-10", (), OUTSIDE),
            ("silver@2017-01", (), OUTSIDE),
            ("silver@2019-11", IMPLIED, OUTSIDE),
            ("gold@2012-04", (), ()),
            ("gold@2019-11", IMPLIED, ()),
        ],
    )
    def test_each_is_told_what_its_rules_imply(
        self, reference: str, implied: tuple[str, ...], idle_ones: tuple[str, ...]
    ) -> None:
        """
        Silver looks at 19 of 31 indicators. A reasonable number of participants is 15,
        and a reasonable composition has a private majority.
        """
        label, version = reference.split("@")
        found = review_ruleset(er.shipped().ruleset(label, version=version))

        assert [
            (each.code, *named(each.message)) for each in found if not each.message.endswith(".")
        ] == [
            *(("ECEI363", name, "structure-floors") for name in implied),
            *(("ECEI364", name) for name in idle_ones),
        ]
        assert all(each.severity == "warning" for each in found)


class TestCommand:
    """`ecei-rules ruleset check` says it, with the places in the file."""

    SILVER = ROOT / "rulesets" / "silver" / "2019-11.json"

    def refused(self, tmp_path: Path) -> Path:
        """A copy of Bronze that asks for at most 14.5 participants as well as for 15."""
        document = json.loads((ROOT / "rulesets" / "bronze" / "2019-11.json").read_bytes())
        few = {"kind": "threshold", "measure": "value", "at_most": 14.5}
        document["criteria"].append(
            {
                "id": "few",
                "severity": "required",
                "kind": "answer",
                "indicator": "committed-participants",
                "when": few,
            }
        )
        path = tmp_path / "ruleset.json"
        path.write_text(json.dumps(document, indent=1), encoding="utf-8")
        return path

    def test_warnings_alone_leave_a_ruleset_in_order(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        They are said before the file is said to be in order, and the code is 0.
        """
        code = main(["ruleset", "check", str(self.SILVER)])
        out, err = capsys.readouterr()
        lines = [line for line in out.splitlines() if not line.startswith("  ")]

        assert code == 0
        assert err == "ecei-rules: 14 warnings\n"
        assert len(lines) == 15
        assert all(re.match(rf"{self.SILVER}:\d+:\d+: ECEI36[34] /", line) for line in lines[:-1])
        assert lines[-1] == f"{self.SILVER}: ok (ecei-ruleset/1)"

    def test_a_label_that_nobody_attains_is_a_problem(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The code is 1, and problems and warnings are counted apart.
        """
        path = self.refused(tmp_path)
        text = path.read_text(encoding="utf-8")
        line = text[: text.rindex('"at_most"')].count("\n") + 1

        code = main(["ruleset", "check", str(path)])

        assert code == 1
        assert capsys.readouterr() == (
            (
                f"{path}:1:1: ECEI361 (whole document): no interview attains the label:"
                ' "enough-committed-participants" and "few" exclude each other\n'
                "  1 | {\n"
                "    | ^\n"
                f"{path}:{line}:16: ECEI365 /criteria/21/when/at_most: warning: no answer can be 14.5:"
                " the nearest are 14 and 15\n"
                f'  {line} |     "at_most": 14.5\n'
                f"  {' ' * len(str(line))} |                ^^^^\n"
                '  hint: "at_most": 14 means the same\n'
            ),
            "ecei-rules: 1 problem, 1 warning\n",
        )

    def test_programs_get_problems_and_warnings_apart(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The format is said of what is in order, and warnings are always listed.
        """
        bad, good = str(self.refused(tmp_path)), str(self.SILVER)

        code = main(["ruleset", "check", bad, good, "--format", "json"])
        first, second = json.loads(capsys.readouterr().out)["files"]

        assert code == 1
        assert [each["code"] for each in first["problems"]] == ["ECEI361"]
        assert [each["code"] for each in first["warnings"]] == ["ECEI365"]
        assert "format" not in first
        assert second["problems"] == []
        assert len(second["warnings"]) == 14
        assert second["format"] == "ecei-ruleset/1"
