"""docs/semantics.md, 2.10: a score where there is nothing to earn."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from tiny_rulesets import IMPROVABLE, ON, YES, catalogue, grades, indicator, interview, ruleset

import ecei_rules as er
from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.checking.certificate_check import check_certificate
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.evaluation.assess import evaluate
from ecei_rules.interviews.catalogue import YesNo
from ecei_rules.planning.planner import plan
from ecei_rules.rulesets.criteria import Criterion, ScoreReaches
from ecei_rules.rulesets.ruleset import Grade, Grading

ASKED = catalogue(indicator("plan", YesNo()))
#: No grading at all, or one that earns nothing.
NOTHING = ({}, {"plan": Grading(1, [Grade("excellent", 0, when=YES), Grade(IMPROVABLE, 0)])})
each_nothing = pytest.mark.parametrize("grading", NOTHING, ids=["ungraded", "worthless"])


class TestScoreOfNothing:
    """It is 0 of 0 points, which is 0 %: no required score is reached."""

    @each_nothing
    @pytest.mark.parametrize("answers", [{}, {"plan": True}], ids=["open", "answered"])
    @pytest.mark.parametrize("unit", ["percent", "points"])
    def test_criterion_is_not_met_and_a_problem(
        self, grading: dict[str, Grading], answers: dict[str, bool], unit: str
    ) -> None:
        """
        The ruleset check, the evaluation and the plan say the same.
        """
        required = ScoreReaches(Decimal("0.1"), unit)  # type: ignore[arg-type]
        rules = ruleset(ASKED, required, grading=grading)
        held = interview(ASKED, ON, **answers)

        assert [each.code for each in er.check_ruleset(rules)] == ["ECEI327"]
        assert er.assess(held, rules).outcome is er.LabelOutcome.NOT_AWARDED
        tried = evaluate(Criterion("tried", "advisory", required), held, rules)
        assert tried.outcome is er.Outcome.NOT_MET
        assert [each.criterion for each in plan(held, rules).blocked] == ["criterion-0"]

    @each_nothing
    def test_comparison_knows_that_nobody_reaches_it(self, grading: dict[str, Grading]) -> None:
        """
        Nobody is awarded by the old ruleset, so nobody loses the label under any other; the
        certificate says so and is accepted.
        """
        old = ruleset(ASKED, ScoreReaches(Decimal(50), "percent"), grading=grading)
        never = ruleset(ASKED, ScoreReaches(Decimal(1), "points"), version="2")

        label = compare_rulesets(old, never).label

        assert label.verdict is er.Verdict.EQUIVALENT
        for proof in (label.lost, label.gained):
            assert isinstance(proof, Certificate)
            assert check_certificate(proof, old, never) == ()
        easy = evolve(never, criteria=[])
        gained = compare_rulesets(old, easy).label
        assert gained.verdict is er.Verdict.LOOSER

    def test_nothing_is_enough_for_nothing(self) -> None:
        """
        0 % of nothing is reached. No ruleset in a document can require it.
        """
        rules = ruleset(ASKED, ScoreReaches(Decimal(0), "percent"), grading={"plan": grades()})

        assert er.assess(interview(ASKED, ON), rules).outcome is er.LabelOutcome.AWARDED
        assert er.check_ruleset(rules) == ()
