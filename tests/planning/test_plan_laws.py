"""docs/semantics.md, 10: plans on small worlds, compared with trying every interview."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from brute_force import (
    cells_of,
    cheapest_improvement,
    fewest_downgrades,
)
from hypothesis import given
from hypothesis import strategies as st
from interview_cells import (
    CONDUCTED,
    completed_conducts,
    conducted_asked,
    is_open,
    values_of,
)
from plan_trials import (
    AWARDED,
    Taken,
    applied,
    awarded,
    minimal_moves,
    settled_outcomes,
    smallest_settling,
)
from ruleset_trials import looked_at
from small_worlds import World, small_interviews, worlds

import ecei_rules as er
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.planning.planner import plan

if TYPE_CHECKING:
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.planning.plan import Way
    from ecei_rules.rulesets.criteria import (
        Criterion,
    )
    from ecei_rules.rulesets.ruleset import Ruleset

#: More than all changes in a small world cost together.
OUT_OF_REACH = 1_000_000

efforts = st.integers(1, 5).map(Decimal) | st.decimals("0.1", 4, places=1)


@st.composite
def placed(draw: st.DrawFn, *, complete: bool | None = None) -> tuple[Interview, Ruleset]:
    """Draw an interview, complete or not unless given, and a small ruleset."""
    world = draw(worlds())
    whole = draw(st.booleans()) if complete is None else complete
    return draw(small_interviews(World(world.old, world.old), complete=whole)), world.old


@st.composite
def wishes(draw: st.DrawFn, ruleset: Ruleset) -> tuple[dict[str, Decimal], list[str]]:
    """Draw the efforts of some indicators, and locked ones."""
    names = st.sampled_from([*ruleset.catalogue.asked])
    return draw(st.dictionaries(names, efforts)), draw(st.lists(names, max_size=2, unique=True))


def requiring(ruleset: Ruleset, *ids: str) -> Ruleset:
    """Return the ruleset with only these required criteria."""
    return evolve(
        ruleset,
        criteria=[
            evolve(each, severity="required" if each.id in ids else "advisory")
            for each in ruleset.criteria
        ],
    )


def required(ruleset: Ruleset) -> list[Criterion]:
    """Return the criteria that decide the label."""
    return [each for each in ruleset.criteria if each.severity == "required"]


def taken(way: Way) -> frozenset[tuple[str, Decimal]]:
    """Return the cost of a way at each indicator."""
    return frozenset((each.indicator, each.cost) for each in way.changes)


@pytest.mark.oracle
class TestBruteForce:
    """On small worlds a plan agrees with trying every interview."""

    @given(st.data())
    def test_first_way_is_the_cheapest(self, data: st.DataObject) -> None:
        """
        It costs as little as any set of changes, at any efforts and with any locks, and is
        one of the cheapest sets. There is no way where no changes earn the label.
        """
        interview, ruleset = data.draw(placed())
        effort, locked = data.draw(wishes(ruleset))
        found = plan(interview, ruleset, effort=effort, locked=locked)
        blocked = {each.criterion for each in found.blocked}
        possible = [each.id for each in required(ruleset) if each.id not in blocked]

        def cost(indicator: str, steps: int) -> int:
            if indicator in locked:
                return OUT_OF_REACH
            return int(steps * 10 * effort.get(indicator, Decimal(1)))

        tried = cheapest_improvement(interview, requiring(ruleset, *possible), cost)
        assert tried is not None or not found.ways
        if tried is not None and tried.cost >= OUT_OF_REACH:
            assert not found.ways
        elif tried is not None:
            first = found.ways[0]
            assert 10 * first.cost == tried.cost
            assert frozenset((each.indicator, each.target) for each in first.changes) in {
                frozenset((each.indicator, each.grade) for each in changes)
                for changes in tried.changes
            }

    @given(st.data(), st.integers(0, 5))
    def test_ways_are_the_cheapest_minimal_sets(
        self, data: st.DataObject, alternatives: int
    ) -> None:
        """
        Of all sets of changes in which none can be left out or made smaller, the ways are
        the first in order of cost; of two of one cost the one that costs less at the first
        indicator where they differ comes first.
        """
        interview, ruleset = data.draw(placed())
        effort, locked = data.draw(wishes(ruleset))
        found = plan(interview, ruleset, effort=effort, locked=locked, alternatives=alternatives)
        blocked = {each.criterion for each in found.blocked}
        possible = [each for each in required(ruleset) if each.id not in blocked]
        least = minimal_moves(interview, ruleset, possible, effort, locked)

        def order(spent: Taken) -> tuple[Decimal, list[Decimal]]:
            each = dict(spent)
            return sum(each.values(), Decimal(0)), [
                each.get(name, Decimal(0)) for name in ruleset.catalogue.asked
            ]

        assert [taken(each) for each in found.ways] == sorted(least, key=order)[: 1 + alternatives]

    @given(st.data())
    def test_blocked_criteria_are_those_that_no_changes_meet(self, data: st.DataObject) -> None:
        """
        A required criterion is blocked exactly if it fails after any changes, whatever the
        other criteria. The obstacles are the fixed things that it looks at, or else its
        indicators.
        """
        interview, ruleset = data.draw(placed())
        _, locked = data.draw(wishes(ruleset))
        found = plan(interview, ruleset, locked=locked)
        blocked = {
            each.id: each
            for each in required(ruleset)
            if not minimal_moves(interview, ruleset, [each], {}, locked)
        }
        assert [each.criterion for each in found.blocked] == [*blocked]
        asked = ruleset.catalogue.asked
        for each in found.blocked:
            looked = looked_at(blocked[each.criterion], ruleset)
            named = {question[0] for question in looked if question[0] != "indicator"}
            for question in looked:
                if question[0] == "indicator" and question[1] in locked:
                    named.add("locked")
                elif question[0] == "indicator" and not asked[question[1]].improvable:
                    named.add("not_improvable")
                elif isinstance(interview.answers.get(question[-1]), NotApplicable):
                    named.add("not_applicable")
            assert set(each.obstacles) == (named or {"indicator"})
            assert len(set(each.obstacles)) == len(each.obstacles)

    @given(placed())
    def test_settled_outcomes_are_equal_in_all_completions(
        self, case: tuple[Interview, Ruleset]
    ) -> None:
        """
        They stay settled if `complete` fails for every scope in which an indicator is
        unanswered.
        """
        found = plan(*case).settled
        assert {(each.of, each.id, each.outcome) for each in found} == settled_outcomes(*case)
        assert len(found) == len(settled_outcomes(*case))

    @given(placed(complete=False))
    def test_deciding_questions_are_the_smallest_settling_set(
        self, case: tuple[Interview, Ruleset]
    ) -> None:
        """
        However they are answered, the label depends on no other answer; no smaller set of
        missing answers settles it, and no other set of this size.
        """
        decides = [(each.subject, each.id) for each in plan(*case).decides]
        conducted = ("conducted", "conducted")
        questions = {CONDUCTED if each == conducted else each for each in decides}
        assert smallest_settling(*case) == [questions]
        names = [name for _, name in decides]
        assert names == [each for each in (*case[0].unanswered, "conducted") if each in names]

    @given(placed())
    def test_loss_takes_the_fewest_steps(self, case: tuple[Interview, Ruleset]) -> None:
        """
        It costs as few steps down as any changes that lose the award, and there is one
        exactly if some do.
        """
        loses = plan(*case).loses
        assert (None if loses is None else loses.cost) == fewest_downgrades(*case)


class TestLaws:
    """Plans agree with ordinary assessments."""

    @given(st.data())
    def test_every_change_of_a_way_is_needed(self, data: st.DataObject) -> None:
        """
        An interview with the changes of a way meets every criterion that is not blocked.
        Without any one of them it does not.
        """
        interview, ruleset = data.draw(placed())
        effort, locked = data.draw(wishes(ruleset))
        found = plan(interview, ruleset, effort=effort, locked=locked)
        blocked = {each.criterion for each in found.blocked}
        rest = requiring(ruleset, *(e.id for e in required(ruleset) if e.id not in blocked))
        for way in found.ways:
            assert awarded(applied(interview, way.changes), rest)
            for left_out in way.changes:
                kept = [each for each in way.changes if each != left_out]
                assert not awarded(applied(interview, kept), rest)

    @given(placed())
    def test_every_downgrade_of_a_loss_is_needed(self, case: tuple[Interview, Ruleset]) -> None:
        """
        An interview with all of the downgrades is not awarded; without any one it still is.
        """
        interview, ruleset = case
        loses = plan(interview, ruleset).loses
        if loses is not None:
            assert not awarded(applied(interview, loses.changes), ruleset)
            for left_out in loses.changes:
                kept = [each for each in loses.changes if each != left_out]
                assert awarded(applied(interview, kept), ruleset)

    @given(st.data())
    def test_changes_are_valid(self, data: st.DataObject) -> None:
        """
        Every change replaces the present answer by one that its question allows and that
        attains the named grade, no worse than before. It costs its steps, at least one,
        times the effort. Locked indicators, and those that do not apply, do not change.
        """
        interview, ruleset = data.draw(placed())
        effort, locked = data.draw(wishes(ruleset))
        found = plan(interview, ruleset, effort=effort, locked=locked)
        for change in (each for way in found.ways for each in way.changes):
            name = change.indicator
            assert name not in locked
            assert change.before == interview.answers.get(name)
            assert not isinstance(change.before, NotApplicable)
            assert er.check_interview(applied(interview, [change])) == ()
            assert change.title == ruleset.catalogue.asked[name].title
            assert change.cost == change.steps * effort.get(name, 1)
            grades: list[str | None] = [None, None]
            rises = 0
            if name in ruleset.grading:
                order = [None, *(each.grade for each in reversed(ruleset.grading[name].grades))]
                grades = [
                    None
                    if answer is None
                    else ruleset.grading[name].grade_of(answer, interview.conducted.on).grade
                    for answer in (change.before, change.answer)
                ]
                rises = order.index(grades[1]) - order.index(grades[0])
            assert [change.grade, change.target] == grades
            assert change.steps == max(1, rises)
            assert rises >= 0

    @given(placed())
    def test_awarded_interview_needs_no_change(self, case: tuple[Interview, Ruleset]) -> None:
        """
        The label is awarded exactly if nothing is blocked and the first way is empty; only
        then can it be lost.
        """
        found = plan(*case)
        nothing = not found.blocked and bool(found.ways) and not found.ways[0].changes
        assert (found.outcome is AWARDED) == nothing == awarded(*case)
        assert found.loses is None or found.outcome is AWARDED
        assert len(found.ways) == 1 or not nothing

    @given(st.data(), efforts, efforts)
    def test_more_effort_and_locks_make_nothing_cheaper(
        self, data: st.DataObject, effort: Decimal, more: Decimal
    ) -> None:
        """
        With a higher effort or a lock on an indicator no fewer criteria are blocked, and
        the ways to the others cost no less.
        """
        interview, ruleset = data.draw(placed())
        name = data.draw(st.sampled_from([*ruleset.catalogue.asked]))
        before = plan(interview, ruleset, effort={name: effort})
        dearer = plan(interview, ruleset, effort={name: effort + more})
        locked = plan(interview, ruleset, effort={name: effort}, locked=[name])
        assert dearer.blocked == before.blocked
        assert len(dearer.ways) == len(before.ways)
        assert not before.ways or dearer.ways[0].cost >= before.ways[0].cost
        assert {each.criterion for each in before.blocked} <= {
            each.criterion for each in locked.blocked
        }
        if len(locked.blocked) == len(before.blocked) and locked.ways:
            assert locked.ways[0].cost >= before.ways[0].cost

    @given(st.data())
    def test_settled_outcomes_agree_with_assessments(self, data: st.DataObject) -> None:
        """
        Outcomes that an assessment settles are settled in the plan, and an assessment of
        any completion has the settled outcomes.
        """
        interview, ruleset = data.draw(placed(complete=False))
        settled = {(each.of, each.id): each.outcome for each in plan(interview, ruleset).settled}
        answers, facts = dict(interview.answers), dict(interview.facts)
        for name in ruleset.catalogue.asked:
            known = values_of(("indicator", name), (ruleset,), interview.conducted.on)
            answers.setdefault(name, data.draw(st.sampled_from(known)))
        for name in ruleset.catalogue.facts_asked:
            facts.setdefault(
                name,
                data.draw(
                    st.sampled_from(values_of(("fact", name), (ruleset,), interview.conducted.on))
                ),
            )
        conducts = completed_conducts(interview.conducted, conducted_asked((ruleset,)))
        conducted = data.draw(st.sampled_from(conducts))
        found = outcomes(interview, ruleset)
        complete = evolve(interview, answers=answers, facts=facts, conducted=conducted)
        completed = outcomes(complete, ruleset)
        for of, outcome in found.items():
            if outcome.value != "undetermined":
                assert settled[of] is outcome
        for of, outcome in settled.items():
            assert completed[of] is outcome

    @given(placed())
    def test_plan_repeats_its_assessment(self, case: tuple[Interview, Ruleset]) -> None:
        """
        Interview, ruleset and outcome are those of the assessment; missing answers are
        counted; nothing is beyond the method.
        """
        found, assessment = plan(*case), er.assess(*case)
        assert (found.interview, found.ruleset) == (assessment.interview, assessment.ruleset)
        assert found.outcome is assessment.outcome
        interview, ruleset = case
        own = cells_of(interview, ruleset)
        waits = CONDUCTED in own and is_open(CONDUCTED, own[CONDUCTED])
        assert found.unanswered == len(assessment.unanswered) + waits
        assert (found.locked, found.beyond) == ((), ())


def outcomes(
    interview: Interview, ruleset: Ruleset
) -> dict[tuple[str, str], er.LabelOutcome | er.DimensionOutcome | er.Outcome]:
    """Return the outcomes of the label, each dimension and each criterion by an assessment."""
    assessment = er.assess(interview, ruleset)
    return {
        ("label", ruleset.reference): assessment.outcome,
        **{("dimension", each.id): each.outcome for each in assessment.dimensions},
        **{("criterion", each.criterion): each.outcome for each in assessment.all_findings},
    }
