"""The review of a ruleset, compared with trying every interview."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any

import brute_force
import pytest
from attrs import evolve
from hypothesis import given
from interview_cells import answers_of
from reviewed_rulesets import (
    DAY,
    GRADING,
    HIGH,
    LOW,
    MIDDLE,
    at_least,
    irrelevant,
    named,
    of,
    reported_in,
    ruleset,
)
from small_worlds import worlds

import ecei_rules as er
from ecei_rules.analysis.checks.ruleset import check_ruleset
from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.interviews.dates import Period
from ecei_rules.rulesets.conditions import AllOf, OneOf, Threshold
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

if TYPE_CHECKING:
    from collections.abc import Iterator


#: Rulesets of small worlds in force on one day, so that the trials are of the same day.
small = worlds().map(lambda world: evolve(world.new, in_force=Period(DAY, DAY)))


@pytest.mark.oracle
class TestAgainstEveryInterview:
    """Every claim holds for all interviews of a small world, and none is missing."""

    @given(small)
    def test_unattainable_label_or_dimension_is_reported(self, ruleset: Ruleset) -> None:
        """
        The label and each dimension are reported exactly if no interview attains them.
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
    def test_named_criteria_are_a_minimal_core(self, ruleset: Ruleset) -> None:
        """
        Together they exclude every interview, and without any one of them they do not.
        """
        for each in review_ruleset(ruleset):
            if each.code in ("ECEI361", "ECEI362"):
                names = named(each.message.partition(": ")[2])
                assert not brute_force.attainable(only(ruleset, names), on=DAY)
                for fewer in combinations(names, len(names) - 1):
                    assert brute_force.attainable(only(ruleset, fewer), on=DAY)

    @given(small)
    def test_implied_criterion_is_reported(self, ruleset: Ruleset) -> None:
        """
        A required criterion that can fail, but not alone, is implied by the named ones and
        by no fewer of them. Where nobody attains the label, no criterion is reported.
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
    def test_irrelevant_question_is_reported(self, ruleset: Ruleset) -> None:
        """
        No two interviews that differ in its answer alone have different outcomes.
        """
        asked = [*ruleset.catalogue.asked, *ruleset.catalogue.facts_asked]

        reported = [named(each.message)[0] for each in of("ECEI364", review_ruleset(ruleset))]

        assert reported == [
            each for each in asked if not brute_force.matters(each, ruleset, on=DAY)
        ]

    @given(small)
    def test_unreachable_grade_is_reported(self, ruleset: Ruleset) -> None:
        """
        Answers of every kind are tried on every day of the period.
        """
        missed = [
            f"/grading/{name}/grades/{index}"
            for name, grading in ruleset.grading.items()
            for index, grade in enumerate(grading.grades)
            if grade not in set(grades_of(ruleset, name))
        ]

        assert [each.where for each in of("ECEI323", check_ruleset(ruleset))] == missed

    @given(small)
    def test_every_problem_points_into_the_document(self, ruleset: Ruleset) -> None:
        """
        The pointer leads to a value; that of a bound leads to the bound.
        """
        document = json.loads(er.write_ruleset(ruleset), parse_float=Decimal)

        for each in review_ruleset(ruleset):
            value: Any = document
            for one in each.where.split("/")[1:]:
                value = value[int(one) if isinstance(value, list) else one]
            if each.code == "ECEI365":
                assert f"can be {value}: the nearest are " in each.message


def only(ruleset: Ruleset, names: Any) -> Ruleset:
    """Return the ruleset with some of its criteria alone."""
    return evolve(ruleset, criteria=[each for each in ruleset.criteria if each.id in names])


def grades_of(ruleset: Ruleset, name: str) -> Iterator[Grade]:
    """Return the grades that the answers of a small kind attain."""
    grading = ruleset.grading[name]
    whens = [grade.when for grade in grading.grades if grade.when is not None]
    for answer in answers_of(ruleset.catalogue.asked[name].answer, whens):
        yield grading.grade_of(answer, DAY)


class TestUnattained:
    """ECEI361 and ECEI362: a label or dimension that no interview attains."""

    def test_contradictory_criteria_are_named(self) -> None:
        """
        Nobody has 40 members at least and 39 at most; the score does not matter.
        """
        few = Threshold("value", "at_most", Decimal(39))
        found = ruleset(
            ScoreReaches(Decimal(50), "percent"),
            AnswerMeets("indicator", "members", few),
            Floor(["members"], HIGH),
        )

        assert reported_in(found, "ECEI361", "ECEI362", "ECEI363", "ECEI366") == [
            (
                'ECEI361 (whole document): no interview attains the label: "b" and "c" exclude'
                " each other"
            )
        ]

    def test_criterion_that_always_fails_is_named_alone(self) -> None:
        """
        The problem of a dimension points to its criterion, that of the label to the
        document.
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

        assert reported_in(found, "ECEI361", "ECEI362") == [
            'ECEI361 (whole document): no interview attains the label: "never" always fails',
            (
                'ECEI362 /criteria/1: no interview passes the dimension "services":'
                ' "never" always fails'
            ),
        ]

    def test_contradictory_dimensions_are_each_passable(self) -> None:
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

        assert reported_in(found, "ECEI361", "ECEI362") == [
            (
                'ECEI361 (whole document): no interview attains the label: "many" and "none"'
                " exclude each other"
            )
        ]

    def test_day_is_named_if_it_matters(self) -> None:
        """
        Founded in 2020 and ten years ago is not possible in 2024, but in 2030 it is.
        """
        ruled = AllOf([at_least("2020"), at_least("10", "years_ago")])

        assert reported_in(ruleset(AnswerMeets("indicator", "founded", ruled)), "ECEI361") == [
            (
                "ECEI361 (whole document): no interview held on 2024-03-18 attains the label:"
                ' "a" always fails'
            )
        ]

    def test_advisory_criteria_are_ignored(self) -> None:
        """
        An advisory criterion may be impossible to meet.
        """
        few = AnswerMeets("indicator", "members", Threshold("value", "at_most", Decimal(39)))
        found = ruleset(Floor(["members"], HIGH), Criterion("b", "advisory", few))

        assert reported_in(found, "ECEI361", "ECEI362", "ECEI363") == []


class TestImplied:
    """ECEI363: criteria that cannot fail alone."""

    def test_weaker_criterion_is_implied(self) -> None:
        """
        An interview that attains the floor has 15 members, and the other way round, so each
        is implied.
        """
        found = ruleset(
            Floor(["members"], MIDDLE),
            AnswerMeets("indicator", "members", at_least("15")),
            AnswerMeets("indicator", "members", at_least("14")),
        )

        assert reported_in(found, "ECEI363") == [
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

    def test_several_criteria_imply_one_together(self) -> None:
        """
        5 points for members and 3 for types make 8 of 11, which is more than 70 %.
        """
        found = ruleset(
            ScoreReaches(Decimal(70), "percent"),
            Floor(["members"], HIGH),
            Floor(["types"], HIGH),
            AnswerMeets("fact", "listed", OneOf([True])),
        )

        assert reported_in(found, "ECEI363") == [
            (
                'ECEI363 /criteria/0: the criterion "a" is implied by "b" and "c"\n'
                "  hint: it decides nothing about the label"
            )
        ]

    def test_criterion_that_never_fails_is_not_reported(self) -> None:
        """
        A complete interview is complete, and everybody has 0 points.
        """
        anything = AnswerMeets("indicator", "members", at_least("0"))

        assert reported_in(ruleset(Complete(), anything, Floor(["members"], HIGH)), "ECEI363") == []

    def test_advisory_criterion_is_not_reported_as_implied(self) -> None:
        """
        It decides nothing about the label in any case.
        """
        less = AnswerMeets("indicator", "members", at_least("14"))
        found = ruleset(Floor(["members"], MIDDLE), Criterion("b", "advisory", less))

        assert reported_in(found, "ECEI363") == []

    def test_day_is_named_for_a_history_with_months(self) -> None:
        """
        A benchmarking a year ago is a benchmarking; months differ in length.
        """
        ever = Earlier("bronze", "benchmarked")
        long_ago = Earlier("bronze", "benchmarked", at_least_months=12)
        recent = Earlier("bronze", "benchmarked", at_most_months=12)
        held = "in interviews held on 2024-03-18\n  hint: it decides nothing about the label"

        assert reported_in(ruleset(ever, long_ago), "ECEI363") == [
            f'ECEI363 /criteria/0: the criterion "a" is implied by "b" {held}'
        ]
        assert reported_in(ruleset(ever, recent), "ECEI363") == [
            f'ECEI363 /criteria/0: the criterion "a" is implied by "b" {held}'
        ]


class TestIrrelevant:
    """ECEI364: answers that change no outcome."""

    def test_unused_question_is_reported_at_its_grading(self) -> None:
        """
        A question that the ruleset does not name is reported at the catalogue.
        """
        assert reported_in(ruleset(Complete(), Floor(["members"], MIDDLE)), "ECEI364") == [
            'ECEI364 /grading/types: no answer to "types" changes the outcome of a criterion',
            'ECEI364 /catalogue: no answer to "founded" changes the outcome of a criterion',
            'ECEI364 /grading/staff: no answer to "staff" changes the outcome of a criterion',
            'ECEI364 /catalogue: no answer to "listed" changes the outcome of a criterion',
            'ECEI364 /catalogue: no answer to "offices" changes the outcome of a criterion',
        ]

    def test_points_that_never_decide_are_reported(self) -> None:
        """
        Of 5 or 2 or 0, 3 or 0, and 3 or 0 points, 11 need all; for 4 points types and staff
        still count; for 5 of members alone, they do not.
        """
        all_of_them = ruleset(ScoreReaches(Decimal(11), "points"))
        members = Criterion(
            "a", "advisory", ScoreReaches(Decimal(4), "points"), dimension="structure"
        )

        assert irrelevant(all_of_them) == ["founded", "listed", "offices"]
        assert irrelevant(ruleset(members)) == ["founded", "staff", "listed", "offices"]

    def test_point_that_no_sum_lacks_is_reported(self) -> None:
        """
        Members earn 0 or 4 points and listed staff 0 or 1: the one point never decides,
        since no sum of the others is just below the bound.
        """
        grading = {
            "members": Grading(4, [Grade(HIGH, 1, when=at_least("40")), Grade(LOW, 0)]),
            "staff": Grading(1, [Grade(HIGH, 1, when=at_least("1.5")), Grade(LOW, 0)]),
        }

        assert "staff" in irrelevant(ruleset(ScoreReaches(Decimal(4), "points"), grading=grading))
        assert "staff" not in irrelevant(
            ruleset(ScoreReaches(Decimal(5), "points"), grading=grading)
        )

    def test_covered_alternative_is_irrelevant(self) -> None:
        """
        At least 15 members, or 40 members and listed: being listed never decides.
        """
        covered = SomeRequirement(
            [
                AnswerMeets("indicator", "members", at_least("15")),
                EveryRequirement(
                    [Floor(["members"], HIGH), AnswerMeets("fact", "listed", OneOf([True]))]
                ),
            ]
        )

        assert "listed" in irrelevant(ruleset(covered))
        assert "members" not in irrelevant(ruleset(covered))

    def test_not_applicable_alone_makes_a_question_relevant(self) -> None:
        """
        A condition that every answer meets is neither met nor failed if the question does
        not apply.
        """
        anything = ruleset(AnswerMeets("indicator", "members", at_least("0")))
        asked = [evolve(each, not_applicable=True) for each in anything.catalogue.indicators]
        allowed = evolve(anything, catalogue=evolve(anything.catalogue, indicators=asked))

        assert "members" in irrelevant(anything)
        assert "members" not in irrelevant(allowed)

    def test_failing_and_not_applying_are_two_outcomes(self) -> None:
        """
        Nobody meets at least 40 and at most 39, but where it does not apply it does not
        fail.
        """
        both = AllOf([at_least("40"), Threshold("value", "at_most", Decimal(39))])
        never = ruleset(Criterion("a", "advisory", AnswerMeets("indicator", "members", both)))
        asked = [evolve(each, not_applicable=True) for each in never.catalogue.indicators]
        allowed = evolve(never, catalogue=evolve(never.catalogue, indicators=asked))

        assert "members" in irrelevant(never)
        assert "members" not in irrelevant(allowed)

    def test_alternative_decides_only_if_no_other_is_met(self) -> None:
        """
        At least 15 members, or an office, or 40 members and listed: whoever has 40 has 15.
        """
        last = EveryRequirement(
            [Floor(["members"], HIGH), AnswerMeets("fact", "listed", OneOf([True]))]
        )
        many = AnswerMeets("indicator", "members", at_least("15"))
        more = AnswerMeets("indicator", "members", at_least("41"))
        office = AnswerMeets("fact", "offices", at_least("1"))

        assert "listed" in irrelevant(ruleset(SomeRequirement([many, office, last])))
        assert "listed" not in irrelevant(ruleset(SomeRequirement([more, office, last])))

    def test_answers_may_leave_different_requirements(self) -> None:
        """
        With fewer than 15 members offices and staff are required, with more being listed
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

        assert irrelevant(found) == ["founded"]

    def test_single_answer_can_make_a_question_relevant(self) -> None:
        """
        0 or 1 point beside 0, 3 or 6 are the same to a bound of 6, and 5 points are not.
        """
        high = Grade(HIGH, 5, when=at_least("40"))
        grades = [high, Grade(MIDDLE, 1, when=at_least("15")), Grade(LOW, 0)]
        grading = {**GRADING, "members": Grading(1, grades)}
        without = {**GRADING, "members": Grading(1, [Grade(HIGH, 1, when=high.when), grades[2]])}
        six = ScoreReaches(Decimal(6), "points")

        assert "members" not in irrelevant(ruleset(six, grading=grading))
        assert "members" in irrelevant(ruleset(six, grading=without))

    def test_day_is_named_only_if_it_matters(self) -> None:
        """
        Years ago and months of a history depend on the day, alone and in combinations.
        """
        old = AllOf([at_least("30", "years_ago"), at_least("2000")])
        last = Earlier("bronze", "awarded", at_least_months=6, at_most_months=6)
        both = EveryRequirement([last, AnswerMeets("fact", "offices", at_least("0"))])
        held = " in interviews held on 2024-03-18"
        found = ruleset(AnswerMeets("indicator", "founded", old), both, Improvements(2))

        assert reported_in(found, "ECEI364")[2:] == [
            'ECEI364 /catalogue: no answer to "founded" changes the outcome of a criterion' + held,
            'ECEI364 /grading/staff: no answer to "staff" changes the outcome of a criterion',
            'ECEI364 /catalogue: no answer to "listed" changes the outcome of a criterion',
            'ECEI364 /catalogue: no answer to "offices" changes the outcome of a criterion' + held,
        ]


class TestGradesOutOfReach:
    """ECEI323 is exact for every kind of answer, with several measures together."""

    def test_grade_with_contradictory_measures_is_reported(self) -> None:
        """
        Counts up to 2 in three options: three types with a sum of 6 are all 2, which is a
        third each, and never more than 34 %.
        """
        whole = at_least("6", "sum_of", "north", "south", "east")
        share = Threshold("share_of", "more_than", Decimal(34), options=["north"])
        grades = [Grade(HIGH, 1, when=AllOf([whole, share])), Grade(LOW, 0)]
        found = ruleset(Complete(), grading={"types": Grading(1, grades)})

        assert [str(each) for each in check_ruleset(found)] == [
            'ECEI323 /grading/types/grades/0: no answer attains "excellent"'
        ]
