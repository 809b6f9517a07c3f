"""Plans for an interview under a small ruleset, by trying everything."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, product
from typing import TYPE_CHECKING

from attrs import evolve, frozen
from brute_force import cells_of, settled
from interview_cells import (
    Cell,
    cells,
    is_open,
    possible_cells,
)
from ruleset_trials import PASSING, Trial, every_choice

import ecei_rules as er
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.rulesets.criteria import Complete, EveryRequirement, Improvements, SomeRequirement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from interview_cells import Question

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.planning.plan import AnswerChange
    from ecei_rules.rulesets.criteria import Criterion, Requirement
    from ecei_rules.rulesets.ruleset import Ruleset

AWARDED, REFUSED = er.LabelOutcome.AWARDED, er.LabelOutcome.NOT_AWARDED

#: More confirmed improvements than there can be, so that what asks for them is never met.
NEVER_MET = Improvements(1000)

#: What a set of changes takes of each indicator that it changes, none twice.
Taken = frozenset[tuple[str, Decimal]]


def applied(interview: Interview, changes: Iterable[AnswerChange]) -> Interview:
    """Return the interview with some of its answers changed."""
    changed = {each.indicator: each.answer for each in changes}
    return evolve(interview, answers={**interview.answers, **changed})


def awarded(interview: Interview, ruleset: Ruleset) -> bool:
    """Whether an ordinary assessment awards the label."""
    return er.assess(interview, ruleset).outcome is AWARDED


@frozen
class Move:
    """A class of answers that an indicator can move up to, with the steps there."""

    indicator: str
    cost: Decimal
    cell: Cell


def minimal_moves(
    interview: Interview,
    ruleset: Ruleset,
    criteria: Collection[Criterion],
    efforts: Mapping[str, Decimal],
    locked: Collection[str],
) -> set[Taken]:
    """
    Return the sets of changes with which some criteria do not fail, none larger than
    needed.

    Every indicator stays or moves to any class that is not worse, in all combinations. One
    of two sets is larger than needed if it takes no less of any indicator than the other,
    and more of some.
    """
    trial, own = Trial(ruleset, interview.conducted.on), cells_of(interview, ruleset)
    found: set[Taken] = set()
    for chosen in product(*_moves(interview, ruleset, efforts, locked)):
        made = [each for each in chosen if each is not None]
        held = {**own, **{("indicator", each.indicator): each.cell for each in made}}
        if all(trial.outcome(each, held) in PASSING for each in criteria):
            found.add(frozenset((each.indicator, each.cost) for each in made))
    return {each for each in found if not any(_takes_more(each, other) for other in found)}


def _takes_more(one: Taken, other: Taken) -> bool:
    spent = dict(one)
    return one != other and all(spent.get(name, Decimal(0)) >= cost for name, cost in other)


def _moves(
    interview: Interview,
    ruleset: Ruleset,
    efforts: Mapping[str, Decimal],
    locked: Collection[str],
) -> Iterator[list[Move | None]]:
    own = cells_of(interview, ruleset)
    for question, known in cells((ruleset,), interview.conducted.on).items():
        subject, name = question[0], question[-1]
        before = interview.answers.get(name)
        if subject != "indicator" or name in locked or isinstance(before, NotApplicable):
            continue
        moves: list[Move | None] = [None]
        for cell in known:
            steps = _level(interview, ruleset, name, cell.value) - _level(
                interview, ruleset, name, before
            )
            if not _can_move(interview, name, steps):
                continue
            if cell != own[question] and not isinstance(cell.value, NotApplicable):
                cost = max(steps, 1) * efforts.get(name, Decimal(1))
                moves.append(Move(name, cost, cell))
        yield moves


def _can_move(interview: Interview, name: str, steps: int) -> bool:
    """Whether an indicator moves up; one that nobody can improve is only answered at its worst."""
    if interview.catalogue.asked[name].improvable:
        return steps >= 0
    return name not in interview.answers and steps == 1


def _level(interview: Interview, ruleset: Ruleset, name: str, answer: Answer | None) -> int:
    """Return how many grades of an indicator are below that of an answer, -1 if unanswered."""
    if answer is None:
        return -1
    if name not in ruleset.grading or isinstance(answer, NotApplicable):
        return 0
    grading = ruleset.grading[name]
    names = [each.grade for each in reversed(grading.grades)]
    return names.index(grading.grade_of(answer, interview.conducted.on).grade)


def never_complete(ruleset: Ruleset, scopes: Collection[str | None]) -> Ruleset:
    """Return the ruleset in which completeness fails in some scopes."""

    def changed(requirement: Requirement) -> Requirement:
        match requirement:
            case Complete():
                return NEVER_MET
            case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
                return evolve(requirement, parts=tuple(map(changed, parts)))
            case _:
                return requirement

    return evolve(
        ruleset,
        criteria=[
            evolve(each, requirement=changed(each.requirement))
            if each.dimension in scopes
            else each
            for each in ruleset.criteria
        ],
    )


def incomplete_scopes(interview: Interview, without: Collection[str] = ()) -> list[str | None]:
    """Return the dimensions, and the whole (`None`), with an unanswered indicator."""
    catalogue = interview.catalogue
    missing = [each for each in interview.unanswered if each not in without]
    return [
        scope
        for scope in (None, *(each.id for each in catalogue.dimensions))
        if any(each.id in missing for each in catalogue.within(scope))
    ]


def settled_outcomes(interview: Interview, ruleset: Ruleset) -> set[tuple[str, str, object]]:
    """
    Return the outcomes that are the same however an interview is completed, or is not.

    They are the same in all completions, and stay so when every criterion, or part of one,
    that requires completeness where something is unanswered fails.
    """
    whole = settled(interview, ruleset)
    gaps = settled(interview, never_complete(ruleset, incomplete_scopes(interview)))
    found = {("label", ruleset.reference): whole.label | gaps.label}
    for name, outcomes in whole.dimensions.items():
        found["dimension", name] = outcomes | gaps.dimensions[name]
    for name, outcomes in whole.criteria.items():
        found["criterion", name] = outcomes | gaps.criteria[name]
    return {(*of, *outcomes) for of, outcomes in found.items() if len(outcomes) == 1}


def smallest_settling(interview: Interview, ruleset: Ruleset) -> list[set[Question]]:
    """
    Return the smallest sets of unanswered questions whose answers settle the label.

    Every set is tried, the small ones first. It settles the label if for each way to answer
    it the label is the same in all completions, whether or not completeness is taken to
    fail where an indicator outside the set is unanswered.
    """
    on = interview.conducted.on
    own, known = cells_of(interview, ruleset), cells((ruleset,), on)
    missing = [each for each, cell in own.items() if is_open(each, cell)]
    completions = list(
        every_choice({q: possible_cells(q, cell, known[q], (ruleset,)) for q, cell in own.items()})
    )
    labels: dict[tuple[str | None, ...], list[bool]] = {}

    def label(scopes: Sequence[str | None]) -> list[bool]:
        key = tuple(scopes)
        if key not in labels:
            trial = Trial(never_complete(ruleset, scopes), on)
            labels[key] = [trial.passes(held, None) for held in completions]
        return labels[key]

    def settles(chosen: Sequence[Question]) -> bool:
        names = [each[1] for each in chosen if each[0] == "indicator"]
        gaps = label(incomplete_scopes(interview, names))
        seen: dict[tuple[Cell | None, ...], set[bool]] = {}
        for held, *each in zip(completions, label(()), gaps, strict=True):
            seen.setdefault(tuple(held[one] for one in chosen), set()).update(each)
        return all(len(each) == 1 for each in seen.values())

    for size in range(len(missing) + 1):
        found = [set(each) for each in combinations(missing, size) if settles(each)]
        if found:
            return found
    msg = "all answers together settle the label"
    raise AssertionError(msg)
