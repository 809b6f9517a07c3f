"""Checking certificates that were made by hand, and faulty ones."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from certificate_samples import (
    BY_FLOOR,
    FIRMS,
    FLOOR,
    GAINED,
    HALF,
    HALF_BY_FLOOR,
    LABS,
    LISTED,
    LOSES_THREE,
    LOST,
    MISSED,
    STEPS,
    THREE,
    TWICE,
    TWICE_BY_POINTS,
    TWO,
    TWO_BY_THREE,
    claim,
    ruleset,
)

from ecei_rules.comparison.certificate import Case, Certificate, CertifiedQuestion, Need, Proof
from ecei_rules.comparison.checking.certificate_check import check_certificate
from ecei_rules.rulesets.criteria import (
    Complete,
    ScoreReaches,
)

NONE_LACKING = "indicator/firms of class 1 or 2 and indicator/labs of class 1 or 2"


POINTS = "points from indicator/firms, indicator/labs"


class TestByHand:
    """Certificates with bounds that were computed by hand."""

    def test_bounds_of_one_need(self) -> None:
        """
        The most points lost after each question, if the floor leaves two classes of each.
        """
        assert check_certificate(HALF_BY_FLOOR, FLOOR, HALF) == ()

    def test_bounds_of_two_needs(self) -> None:
        """
        The most grades missed for each number of points.
        """
        assert check_certificate(TWICE_BY_POINTS, THREE, TWICE) == ()

    def test_needs_that_contradict_each_other(self) -> None:
        """
        Points that must be both gained and lost need no bounds.
        """
        assert check_certificate(TWO_BY_THREE, THREE, TWO) == ()

    def test_points_with_a_common_factor(self) -> None:
        """
        With twice the weight all points are even, 0 to 8. To need 3 is to need 4, or 2 of 4
        twos; to have less than 4 is to lose 5 of 8, so 6, or 3 twos.
        """
        twice = {"firms": evolve(STEPS, weight=2), "labs": evolve(STEPS, weight=2)}
        three, four = (
            evolve(ruleset(version, ScoreReaches(Decimal(points), "points")), grading=twice)
            for version, points in (("1", 3), ("2", 4))
        )

        assert (
            check_certificate(
                only(TWO_BY_THREE, needs=[Need(GAINED, 2), Need(LOST, 3)]), three, four
            )
            == ()
        )

    def test_points_that_everybody_has(self) -> None:
        """
        If every answer earns one more point, 5 points are 3 without these, and 4 are 2.
        """
        steps = evolve(
            STEPS, grades=[evolve(each, points=each.points + 1) for each in STEPS.grades]
        )
        five, four = (
            evolve(
                ruleset(version, ScoreReaches(Decimal(points), "points")),
                grading={"firms": steps, "labs": steps},
            )
            for version, points in (("1", 5), ("2", 4))
        )

        assert check_certificate(TWO_BY_THREE, five, four) == ()

    def test_needs_can_be_in_any_order(self) -> None:
        """
        By grades missed, the most points: after firms 2 without a miss and 0 with one;
        then none missed 4, and at least one missed 2.
        """
        swapped = Case({}, [Need(MISSED, 1), Need(GAINED, 3)], [[(0, 2), (1, 0)], [(0, 4), (1, 2)]])
        made = claim(Proof("criterion-0", ["criterion-0"], [swapped]), questions=(FIRMS, LABS))

        assert check_certificate(made, THREE, TWICE) == ()

    def test_questions_that_gain_nothing_have_no_bounds(self) -> None:
        """
        A question that is listed for another proof is ignored.
        """
        listed = CertifiedQuestion("fact/listed", (0, 1), (True,))
        made = evolve(HALF_BY_FLOOR, questions=(listed, FIRMS, LABS))

        assert check_certificate(made, FLOOR, HALF) == ()

    def test_both_directions_of_rulesets_of_one_name(self) -> None:
        """
        If both rulesets have the same name, one proved direction is enough.
        """
        made = evolve(HALF_BY_FLOOR, not_refused_by="bronze@1")
        half = evolve(HALF, version="1")

        assert check_certificate(made, FLOOR, half) == ()
        assert check_certificate(made, half, FLOOR) == ()


def only(made: Certificate, **changes: object) -> Certificate:
    """Return the certificate with its only case changed."""
    (proof,) = made.proofs
    (case,) = proof.cases
    return evolve(made, proofs=[evolve(proof, cases=[evolve(case, **changes)])])


class TestRefused:
    """Faulty certificates, with the messages."""

    def test_of_other_rulesets(self) -> None:
        """
        A certificate must be about the two rulesets, in either order.
        """
        assert check_certificate(HALF_BY_FLOOR, HALF, FLOOR) == ()
        assert check_certificate(HALF_BY_FLOOR, evolve(THREE, version="3"), HALF) == (
            "it is about bronze@1 and bronze@2, not bronze@3 and bronze@2",
        )

    def test_of_an_unknown_dimension(self) -> None:
        """
        The scope must be a dimension of both rulesets.
        """
        assert check_certificate(evolve(HALF_BY_FLOOR, scope="nowhere"), FLOOR, HALF) == (
            'bronze@1 has no dimension "nowhere"',
            'bronze@2 has no dimension "nowhere"',
            'expected none, found 1 proofs of "criterion-0"',
        )

    def test_with_a_missing_or_superfluous_proof(self) -> None:
        """
        There must be one proof for each required criterion, and no other.
        """
        other = evolve(BY_FLOOR, criterion="other")

        assert check_certificate(evolve(HALF_BY_FLOOR, proofs=[]), FLOOR, HALF) == (
            'expected one, found 0 proofs of "criterion-0"',
        )
        twice = evolve(HALF_BY_FLOOR, proofs=[BY_FLOOR, other, BY_FLOOR])
        assert check_certificate(twice, FLOOR, HALF) == (
            'expected one, found 2 proofs of "criterion-0"',
            'expected none, found 1 proofs of "other"',
        )

    def test_with_wrong_questions(self) -> None:
        """
        A question must be listed once, with its key and the rulesets that ask it.
        """
        alone, other = evolve(FIRMS, sides=[0]), evolve(LABS, key="fact/labs")
        made = evolve(HALF_BY_FLOOR, questions=[alone, other, LABS, LABS])

        assert check_certificate(made, FLOOR, HALF) == (
            "a question is listed twice",
            "indicator/firms is not asked in this way",
            "fact/labs is not asked in this way",
        )

    def test_with_bounds_that_do_not_follow(self) -> None:
        """
        Every bound must follow, and there must be one layer for each question.
        """
        for bounds, wrong in [
            ([[(0,)], [(2,)]], "the bounds after indicator/firms do not follow"),
            ([[(1,)], [(1,)]], "the bounds after indicator/labs do not follow"),
            ([[(1,)]], "the bounds after indicator/labs do not follow"),
            ([], "the bounds after indicator/firms do not follow"),
            ([[(1,)], [(2,)], [(2,)]], "there are bounds after the last question"),
        ]:
            assert check_certificate(only(HALF_BY_FLOOR, bounds=bounds), FLOOR, HALF) == (
                f'the proof of "criterion-0": {wrong}: {NONE_LACKING} and 3 {POINTS}',
            )

    def test_with_bounds_that_prove_nothing(self) -> None:
        """
        With at least one of both an organisation may have 2 of 4 points: it lost 2.
        """
        three = ruleset("2", ScoreReaches(Decimal(75), "percent"))
        made = only(HALF_BY_FLOOR, needs=[Need(LOST, 2)])
        wrong = "the bounds leave it possible"

        assert check_certificate(made, FLOOR, three) == (
            f'the proof of "criterion-0": {wrong}: {NONE_LACKING} and 2 {POINTS}',
        )

    def test_with_a_feasible_case(self) -> None:
        """
        A case without needs is feasible, as every question has a class left.
        """
        nothing, listed = ruleset("1", Complete()), ruleset("2", LISTED)
        question = CertifiedQuestion("fact/listed", (0, 1), (True, False))
        case = Case({"fact/listed": (1,)})
        made = claim(Proof("criterion-0", [], [case]), questions=(question,))

        assert check_certificate(made, nothing, listed) == (
            'the proof of "criterion-0": nothing makes it infeasible: fact/listed of class 1',
        )

    def test_without_bounds_if_needs_do_not_contradict_each_other(self) -> None:
        """
        To gain 2 of 4 points and to lose the other 2 is possible.
        """
        two, three = (
            ruleset(version, ScoreReaches(Decimal(points), "points"))
            for version, points in (("1", 2), ("2", 3))
        )
        made = only(TWO_BY_THREE, needs=[Need(GAINED, 2), Need(LOST, 2)])
        wrong = "the bounds after indicator/firms do not follow"

        assert check_certificate(made, two, three) == (
            f'the proof of "criterion-0": {wrong}: 2 {POINTS} and 2 {POINTS}',
        )

    def test_with_superfluous_bounds(self) -> None:
        """
        A contradiction needs no bounds.
        """
        made = only(TWO_BY_THREE, bounds=[[(0, 2)]])

        (wrong,) = check_certificate(made, THREE, TWO)

        assert wrong == (
            'the proof of "criterion-0" has bounds where the needs contradict each other:'
            f" 3 {POINTS} and 3 {POINTS}"
        )

    def test_with_another_case(self) -> None:
        """
        The cases must be exactly the conjunctions that are to be excluded.
        """
        lacks = f'the proof of "criterion-0" has no case for {NONE_LACKING} and 3 {POINTS}'
        for changes, term in [
            ({"allowed": {}}, f"3 {POINTS}"),
            ({"allowed": {}, "needs": []}, "any answers"),
        ]:
            assert check_certificate(only(HALF_BY_FLOOR, **changes), FLOOR, HALF) == (
                lacks,
                f'the proof of "criterion-0" has a superfluous case: {term}',
            )

    def test_with_a_repeated_case_or_need(self) -> None:
        """
        A repeated case or need is superfluous.
        """
        proof = evolve(BY_FLOOR, cases=[LOSES_THREE, LOSES_THREE])
        fault = f'the proof of "criterion-0" has a superfluous case: {NONE_LACKING} and 3 {POINTS}'
        needs = only(HALF_BY_FLOOR, needs=[Need(LOST, 3), Need(LOST, 3)])

        assert check_certificate(evolve(HALF_BY_FLOOR, proofs=[proof]), FLOOR, HALF) == (fault,)
        assert check_certificate(needs, FLOOR, HALF) == (fault,)

    def test_on_an_unlisted_question(self) -> None:
        """
        Every question of a case must be listed with its classes.

        Labs alone lose at most 1, as in the first layer of bounds, so the second is left over.
        """
        last = "there are bounds after the last question"

        assert check_certificate(evolve(HALF_BY_FLOOR, questions=[LABS]), FLOOR, HALF) == (
            'the proof of "criterion-0" rests on indicator/firms, which is not listed',
            f'the proof of "criterion-0": {last}: {NONE_LACKING} and 3 {POINTS}',
        )

    @pytest.mark.parametrize("by", [["other"], ["criterion-0", "criterion-0"]])
    def test_by_criteria_that_are_not_required(self, by: list[str]) -> None:
        """
        A proof must be by required criteria of the awarding ruleset, each once.
        """
        made = evolve(HALF_BY_FLOOR, proofs=[evolve(BY_FLOOR, by=by)])

        assert check_certificate(made, FLOOR, HALF) == (
            f'the proof of "criterion-0" is by {", ".join(by)}, not by required criteria',
        )
