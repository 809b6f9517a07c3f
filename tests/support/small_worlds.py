"""Pairs of rulesets so small that every interview can be enumerated."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen
from event_streams import events, kinds_of
from hypothesis import strategies as st
from interview_cells import Value, interview_of, questions, values_of
from small_rulesets import (
    COMPARISONS,
    DIMENSIONS,
    SCALE,
    Stage,
    bounds_of,
    conducted,
    percentages,
    point_bounds,
    requirements,
    rulesets,
    simple_conditions,
    stages,
)

from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    Requirement,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Grading, Ruleset

if TYPE_CHECKING:
    from ecei_rules.interviews.catalogue import AnswerKind, Catalogue
    from ecei_rules.interviews.interview import Conducted, Interview

#: An ordinary day, and two from which some months ago there is no such day.
interview_days = st.sampled_from((date(2024, 3, 18), date(2024, 2, 29), date(2023, 8, 31)))


@frozen
class World:
    """An old and a new ruleset for one small catalogue."""

    old: Ruleset
    new: Ruleset

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of both rulesets."""
        return self.old.catalogue


@st.composite
def _other_condition(draw: st.DrawFn, condition: Condition, kind: AnswerKind) -> Condition:
    """The condition with one bound, comparison or list of values changed."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            place = draw(st.integers(0, len(parts) - 1))
            changed = draw(_other_condition(parts[place], kind))
            return evolve(condition, parts=_replaced(parts, place, changed))
        case Threshold(bound=bound):
            steps = bounds_of("-1", "-0.5", "0.5", "1")
            return draw(
                st.builds(lambda step: evolve(condition, bound=bound + step), steps)
                | st.builds(lambda c: evolve(condition, comparison=c), st.sampled_from(COMPARISONS))
            )
        case _:
            return draw(simple_conditions(kind))


def _replaced(parts: tuple[Any, ...], place: int, changed: Any) -> tuple[Any, ...]:
    return (*parts[:place], changed, *parts[place + 1 :])


@st.composite
def _other_requirement(draw: st.DrawFn, requirement: Requirement, stage: Stage) -> Requirement:
    """The requirement with one bound, grade or condition changed."""
    match requirement:
        case Complete():
            return Improvements(1) if stage.improvements else CountGraded(1, SCALE[1])
        case AnswerMeets(subject=subject, id=name, when=when):
            known = stage.catalogue.asked if subject == "indicator" else stage.catalogue.facts_asked
            return evolve(requirement, when=draw(_other_condition(when, known[name].answer)))
        case Floor():
            return evolve(requirement, grade=draw(st.sampled_from(SCALE)))
        case ScoreReaches(unit=unit):
            bounds = percentages() if unit == "percent" else point_bounds()
            return evolve(requirement, at_least=draw(bounds))
        case CountGraded():
            return draw(st.builds(CountGraded, st.integers(1, 3), st.sampled_from(SCALE)))
        case Earlier():
            bounds = ("at_least_months", "at_most_months")
            since = requirement.since_award_of
            changed = draw(st.sampled_from((*bounds, *["since_award_of"] * (since is not None))))
            if changed == "since_award_of":
                return evolve(requirement, since_award_of=None)
            months = draw(st.sampled_from((None, 6, 7, 12, 18, 24)))
            return evolve(requirement, **{changed: months})
        case Improvements():
            return Improvements(draw(st.integers(1, 3)))
        case ConductedBy():
            return draw(conducted)
        case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
            place = draw(st.integers(0, len(parts) - 1))
            changed = draw(_other_requirement(parts[place], stage))
            return evolve(requirement, parts=_replaced(parts, place, changed))


@st.composite
def _regraded(draw: st.DrawFn, ruleset: Ruleset, stage: Stage) -> Ruleset:
    """One indicator with another weight, condition, or points if it does not apply."""
    name = draw(st.sampled_from(sorted(ruleset.grading)))
    grading = ruleset.grading[name]
    match draw(st.sampled_from(("weight", "aside", "when", "when"))):
        case "weight":
            changed = evolve(grading, weight=draw(st.integers(1, 3)))
        case "aside":
            best = grading.grades[0].points
            changed = evolve(grading, not_applicable_points=draw(st.integers(0, best)))
        case _:
            kind = stage.catalogue.asked[name].answer
            place = draw(st.integers(0, len(grading.grades) - 1))
            grade = grading.grades[place]
            if grade.when is not None:
                grade = evolve(grade, when=draw(_other_condition(grade.when, kind)))
            changed = evolve(grading, grades=_replaced(grading.grades, place, grade))
    return evolve(ruleset, grading={**ruleset.grading, name: changed})


@st.composite
def _edited(draw: st.DrawFn, ruleset: Ruleset, stage: Stage) -> Ruleset:
    """The ruleset with one small edit, which may have no effect."""
    criteria = ruleset.criteria
    places = range(len(criteria))
    required = [each for each in places if criteria[each].severity == "required"]
    place = draw(st.sampled_from(required) | st.sampled_from(required) | st.sampled_from(places))
    criterion = criteria[place]
    graded = tuple(ruleset.grading)
    possible = ["requirement", "requirement", "severity", "removed", "added", "scope", "doubled"]
    possible += ["floor", "grading", "grading", "grading"] * bool(graded)
    match draw(st.sampled_from(possible)):
        case "requirement":
            changed = draw(_other_requirement(criterion.requirement, stage))
            edit = evolve(criterion, requirement=changed)
        case "severity":
            other = "advisory" if criterion.severity == "required" else "required"
            edit = evolve(criterion, severity=other)
        case "scope":
            edit = evolve(criterion, dimension=draw(st.none() | st.sampled_from(DIMENSIONS)))
        case "removed":
            return evolve(ruleset, criteria=(*criteria[:place], *criteria[place + 1 :]))
        case "added":
            added = Criterion("added", "required", draw(requirements(stage, graded, 1)))
            return evolve(ruleset, criteria=(*criteria, added))
        case "floor":
            floor = Floor([draw(st.sampled_from(graded))], draw(st.sampled_from(SCALE)))
            return evolve(ruleset, criteria=(Criterion("floor", "required", floor), *criteria))
        case "doubled":
            return evolve(ruleset, grading=doubled(ruleset))
        case _:
            return draw(_regraded(ruleset, stage))
    return evolve(ruleset, criteria=_replaced(criteria, place, edit))


def doubled(ruleset: Ruleset) -> dict[str, Grading]:
    """Return the grading of a ruleset with every weight doubled."""
    return {name: evolve(each, weight=2 * each.weight) for name, each in ruleset.grading.items()}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """
    Pairs of rulesets for one catalogue, the second often a small edit of the first.

    They have every kind of criterion, required and advisory, and nested. Their only
    problems are criteria that may never be met and grades that no answer may attain.
    """
    stage = draw(stages())
    old = draw(rulesets(stage, "2024-01"))
    if draw(st.sampled_from((True, False))):
        return World(old, draw(rulesets(stage, "2025-01")))
    edited = draw(_edited(old, stage))
    return World(old, evolve(edited, version="2025-01"))


@st.composite
def partly_stated(draw: st.DrawFn, possible: list[Conducted]) -> Conducted:
    """Draw experts and a mode of which some are not stated."""
    conducted = draw(st.sampled_from(possible))
    experts = [
        evolve(expert, impartial=draw(st.sampled_from((expert.impartial, None))))
        for expert in conducted.experts
    ]
    return evolve(
        conducted,
        mode=draw(st.sampled_from((conducted.mode, None))),
        experts=draw(st.sampled_from((experts, None))),
    )


@st.composite
def small_interviews(draw: st.DrawFn, world: World, *, complete: bool = True) -> Interview:
    """
    Interviews of a world on one of the days, with any histories and improvements.

    Unless they are *complete*, some questions are left unanswered.
    """
    both = world.old, world.new
    on = draw(interview_days)
    values: dict[tuple[str, ...], Value] = {}
    for question in questions(both):
        if question[0] == "history":
            days = st.dates(date(on.year - 5, 1, 1), on)
            dated = st.tuples(st.sampled_from(kinds_of(question)), days)
            values[question] = events(draw(st.sets(dated, max_size=5)))
        elif question[0] == "conducted" and not complete:
            values[question] = draw(partly_stated(values_of(question, both, on)))
        elif complete or question[0] == "improvements" or draw(st.booleans()):
            values[question] = draw(st.sampled_from(values_of(question, both, on)))
    return interview_of(world.catalogue, on, values)
