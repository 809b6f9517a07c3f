"""Laws of the exhaustive search over small rulesets."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from brute_force import (
    ON,
    Regions,
    cells_of,
    cheapest_improvement,
    classes_of_interviews,
    regions,
    settled,
    verdict,
)
from hypothesis import given
from hypothesis import strategies as st
from interview_cells import interview_of
from small_worlds import World, small_interviews, worlds

import ecei_rules as er
from ecei_rules.analysis.checks.ruleset import check_ruleset

if TYPE_CHECKING:
    from ecei_rules.rulesets.ruleset import Ruleset

pytestmark = pytest.mark.oracle

AWARDED = er.LabelOutcome.AWARDED


def outcomes(given: er.Interview, rules: Ruleset) -> tuple[object, ...]:
    """
    Return the outcomes of the label, the dimensions and the criteria in an ordinary
    assessment.
    """
    found = er.assess(given, rules)
    return (
        found.outcome,
        tuple(each.outcome for each in found.dimensions),
        {each.criterion: each.outcome for each in found.all_findings},
    )


@given(worlds(), st.data())
def test_interviews_of_one_class_have_the_same_outcomes(world: World, data: st.DataObject) -> None:
    """
    Any complete interview, with any history, is in a class, and has the outcomes of the
    representative of the class.
    """
    complete = data.draw(small_interviews(world))
    on = complete.conducted.on
    classes = classes_of_interviews(world.old, world.new, on=on)
    own = cells_of(complete, world.old, world.new)

    values = {
        question: next(each for each in classes[question] if each == cell).value
        for question, cell in own.items()
    }

    representative = interview_of(world.catalogue, on, values)
    for rules in (world.old, world.new):
        assert outcomes(representative, rules) == outcomes(complete, rules)


@given(worlds())
def test_regions_agree_with_ordinary_assessments(world: World) -> None:
    """
    Counting by the questions of each criterion gives the same as counting whole interviews.
    """
    classes = classes_of_interviews(world.old, world.new)
    counted: Counter[tuple[str | None, bool, bool]] = Counter()
    for each in product(*classes.values()):
        values = {q: cell.value for q, cell in zip(classes, each, strict=True)}
        whole = interview_of(world.catalogue, ON, values)
        old, new = (er.assess(whole, rules) for rules in (world.old, world.new))
        counted[None, old.outcome is AWARDED, new.outcome is AWARDED] += 1
        for one, other in zip(old.dimensions, new.dimensions, strict=True):
            passed = er.DimensionOutcome.PASSED
            counted[one.id, one.outcome is passed, other.outcome is passed] += 1

    for scope in (None, "structure", "services"):
        signs = ((True, True), (True, False), (False, True), (False, False))
        expected = Regions(*(counted[scope, *each] for each in signs))
        assert regions(world.old, world.new, scope) == expected


@given(worlds())
def test_comparison_is_antisymmetric(world: World) -> None:
    """
    Swapping the rulesets swaps old and new; a ruleset does not differ from itself.
    """
    there, back = regions(world.old, world.new), regions(world.new, world.old)

    assert back == evolve(there, old_only=there.new_only, new_only=there.old_only)
    assert verdict(world.old, world.old) == "equivalent"


@given(worlds(), st.data())
def test_no_completion_overturns_a_settled_outcome(world: World, data: st.DataObject) -> None:
    """
    Every completion has the settled outcomes of an assessment; an outcome without open
    questions is settled.
    """
    given_answers = data.draw(small_interviews(world, complete=data.draw(st.booleans())))
    label, dimensions, criteria = outcomes(given_answers, world.old)

    found = settled(given_answers, world.old)

    kept = [(label, found.label)]
    kept += zip(dimensions, found.dimensions.values(), strict=True)
    kept += [(outcome, found.criteria[name]) for name, outcome in criteria.items()]
    for before, after in kept:
        assert before.value == "undetermined" or after == {before}
    if not given_answers.unanswered:
        assert all(before.value != "undetermined" for before, _ in kept)


@given(worlds(), st.data())
def test_cheapest_changes_earn_the_label(world: World, data: st.DataObject) -> None:
    """
    All changes of a cheapest set are sufficient, and without one of them they are not.
    """
    start = data.draw(small_interviews(world, complete=data.draw(st.booleans())))
    found = cheapest_improvement(start, world.new)

    def awarded(changes: list[tuple[str, object]]) -> bool:
        changed = evolve(start, answers={**start.answers, **dict(changes)})
        return er.assess(changed, world.new).outcome is AWARDED

    assert (found is not None and found.cost == 0) is awarded([])
    for changes in found.changes if found else ():
        applied = [(each.indicator, each.cell.value) for each in changes]
        assert awarded(applied)
        for left_out in applied:
            assert not awarded([each for each in applied if each != left_out])


@given(worlds())
def test_worlds_have_no_problems_but_unattainable_parts(world: World) -> None:
    """
    A grade that no answer attains and a criterion that cannot be met do not prevent a
    comparison.
    """
    for rules in (world.old, world.new):
        assert {each.code for each in check_ruleset(rules)} <= {"ECEI323", "ECEI327"}
