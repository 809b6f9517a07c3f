"""The grades that a requirement of a ruleset depends on."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve
from hypothesis import given
from strategies import judged

import ecei_rules as er
from ecei_rules.rulesets.criteria import (
    Complete,
    CountGraded,
    EveryRequirement,
    Floor,
    ScoreReaches,
    SomeRequirement,
)


@given(judged())
def test_criterion_depends_on_no_grades_but_those_named(
    case: tuple[er.Interview, er.Ruleset],
) -> None:
    """
    If every other answer attains the best grade, or the worst, the outcome stays.
    """
    interview, ruleset = case
    for criterion in ruleset.criteria:
        names = ruleset.grades_in(criterion.requirement, criterion.dimension)
        outcomes = {er.evaluate(criterion, interview, ruleset).outcome}
        for place in (0, -1):
            grading = {
                name: evolve(grading, grades=[evolve(grading.grades[place], when=None)])
                for name, grading in ruleset.grading.items()
                if name not in names
            }
            changed = evolve(ruleset, grading={**ruleset.grading, **grading})
            outcomes.add(er.evaluate(criterion, interview, changed).outcome)

        assert len(outcomes) == 1


def test_combination_depends_on_the_grades_of_its_parts() -> None:
    """
    Indicators are named once, in the order of the parts; the scope limits scores and counts.
    """
    bronze = er.shipped().ruleset("bronze", version="2019-11")
    floor = Floor(["working-groups", "strategy"], "reasonable")
    score = ScoreReaches(Decimal(50), "percent")
    in_structure = [each.id for each in bronze.graded("structure")]
    assert "working-groups" not in in_structure

    for limited in (score, CountGraded(2, "reasonable")):
        combination = EveryRequirement([Complete(), SomeRequirement([floor, limited])])
        names = bronze.grades_in(combination, "structure")
        assert names == tuple(dict.fromkeys([*floor.indicators, *in_structure]))
