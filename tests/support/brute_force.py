"""The outcomes of two small rulesets, by exhaustive search over all interviews."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen
from event_streams import kinds_of
from interview_cells import (
    Cell,
    Cells,
    Question,
    Value,
    cell_of,
    cells,
    histories_of,
    interview_of,
    possible_cells,
    questions,
    values_of,
)
from ruleset_trials import PASSING, Trial, every_choice

import ecei_rules as er
from ecei_rules.evaluation.assessment import DimensionOutcome, LabelOutcome
from ecei_rules.evaluation.grounds import Outcome
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.rulesets.ruleset import Ruleset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from small_worlds import World

    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.criteria import Criterion

Verdict = Literal["equivalent", "stricter", "looser", "incomparable"]

#: The day of an interview where none is given.
ON = date(2024, 3, 18)


@frozen
class Regions:
    """
    The numbers of classes of interviews that pass under both rulesets, one, the other, or
    neither.
    """

    both: int
    old_only: int
    new_only: int
    neither: int


@frozen
class Change:
    """An answer of an indicator moved into another class, and its grade there."""

    indicator: str
    grade: str | None
    cell: Cell


@frozen
class Improvement:
    """The lowest cost of earning the label, and every set of changes of that cost."""

    cost: int
    changes: frozenset[frozenset[Change]]


@frozen
class Settled:
    """The possible outcomes of the label, each dimension and each criterion in all completions."""

    label: frozenset[LabelOutcome]
    dimensions: Mapping[str, frozenset[DimensionOutcome]]
    criteria: Mapping[str, frozenset[Outcome]]


def complete_interviews(world: World, on: date = ON) -> Iterator[Interview]:
    """
    Yield all complete interviews of a world: every answer to every indicator and fact.

    An indicator that need not apply is also not applicable. They are combined with every
    number of confirmed improvements (on the first indicators) and every history of at most
    three events on critical days of each stream. These may be many: take from them lazily.
    """
    both = world.old, world.new
    choices = {
        each: histories_of(each, both, on) if each[0] == "history" else values_of(each, both, on)
        for each in questions(both)
    }
    for values in product(*choices.values()):
        yield interview_of(world.old.catalogue, on, dict(zip(choices, values, strict=True)))


def cells_of(interview: Interview, *rulesets: Ruleset) -> Cells:
    """Return the class of an interview for each question, `None` for an unanswered one."""
    on = interview.conducted.on
    found: Cells = {}
    for question in questions(rulesets):
        value: Value | None
        match question:
            case "indicator", name:
                value = interview.answers.get(name)
            case "fact", name:
                value = interview.facts.get(name)
            case "history", *_:
                kinds = kinds_of(question)
                value = tuple(e for e in interview.history if (e.label, e.event) in kinds)
            case ("improvements",):
                value = interview.improvements
            case _:
                value = interview.conducted
        found[question] = None if value is None else cell_of(question, value, rulesets, on)
    return found


@frozen(eq=False)
class BruteForce:
    """
    Two rulesets, tried on every class of interviews of a day.

    *classes* has for each question the cells that the two rulesets can tell apart, see
    `cells`. A class of interviews is one cell for each question; all complete interviews
    of a class have the same outcomes under both rulesets, so that one stands for all.
    Cells are made once, and each criterion is evaluated once on what it looks at, however
    many scopes are tried.
    """

    old: Ruleset
    new: Ruleset
    on: date = ON
    classes: dict[Question, tuple[Cell, ...]] = field(init=False)
    trials: tuple[Trial, Trial] = field(init=False)

    @classes.default
    def _classes(self) -> dict[Question, tuple[Cell, ...]]:
        return cells((self.old, self.new), self.on)

    @trials.default
    def _trials(self) -> tuple[Trial, Trial]:
        both = self.old, self.new
        return Trial(self.old, self.on, beside=both), Trial(self.new, self.on, beside=both)

    def relevant(self, scope: str | None) -> set[Question]:
        """The questions that can decide the label, or a dimension, under either ruleset."""
        old, new = self.trials
        return old.relevant(scope) | new.relevant(scope)

    def regions(self, scope: str | None = None) -> Regions:
        """
        In how many classes both rulesets award, only one does, only the other, and none.

        With the id of a dimension for *scope* the same of passing that dimension.
        """
        old, new = self.trials
        relevant = self.relevant(scope)
        counted = {(first, second): 0 for first in (True, False) for second in (True, False)}
        # the cells of a question that no criterion looks at only multiply
        for chosen in every_choice({q: self.classes[q] for q in self.classes if q in relevant}):
            counted[old.passes(chosen, scope), new.passes(chosen, scope)] += 1
        times = prod(len(self.classes[q]) for q in self.classes if q not in relevant)
        return Regions(
            counted[True, True] * times,
            counted[True, False] * times,
            counted[False, True] * times,
            counted[False, False] * times,
        )

    def fewest_changes(
        self,
        own: Cells,
        scope: str | None = None,
        *,
        awarded_by: Literal["old", "new"] = "old",
    ) -> int | None:
        """
        In how few questions a complete interview differs that passes under one ruleset alone.

        That is the one of *awarded_by*, and the other does not award, or pass the *scope*.
        *own* are the cells of the interview that it differs from. A question differs when
        its cell does: each indicator, fact, stream of events and the improvements count as
        one. What is unanswered differs in any case. `None` when no interview passes so.
        """
        giving, refusing = self.trials if awarded_by == "old" else reversed(self.trials)
        relevant = self.relevant(scope)
        # what no criterion looks at stays as it is, or is answered in any way
        choices = {
            question: known if question in relevant else (own[question] or known[0],)
            for question, known in self.classes.items()
        }
        changes = (
            sum(own[question] != cell for question, cell in chosen.items())
            for chosen in every_choice(choices)
            if giving.passes(chosen, scope) and not refusing.passes(chosen, scope)
        )
        return min(changes, default=None)


def classes_of_interviews(
    old: Ruleset, new: Ruleset, *, on: date = ON
) -> dict[Question, tuple[Cell, ...]]:
    """For each question the cells that the two rulesets can tell apart, see `BruteForce`."""
    return BruteForce(old, new, on).classes


def regions(old: Ruleset, new: Ruleset, scope: str | None = None, *, on: date = ON) -> Regions:
    """In how many classes both rulesets award, see `BruteForce.regions`."""
    return BruteForce(old, new, on).regions(scope)


def verdict(old: Ruleset, new: Ruleset, scope: str | None = None, *, on: date = ON) -> Verdict:
    """
    Return the verdict on the new ruleset, over all complete interviews.

    *Equivalent* if no class passes under one alone; *stricter* if some pass under the old
    alone and none under the new alone; *looser* in the opposite case; otherwise
    *incomparable*.
    """
    found = regions(old, new, scope, on=on)
    if found.old_only and found.new_only:
        return "incomparable"
    if found.old_only:
        return "stricter"
    return "looser" if found.new_only else "equivalent"


def fewest_changes(
    base: Interview,
    old: Ruleset,
    new: Ruleset,
    *,
    awarded_by: Literal["old", "new"] = "old",
) -> int | None:
    """The fewest questions to change from an interview, see `BruteForce.fewest_changes`."""
    tried = BruteForce(old, new, base.conducted.on)
    return tried.fewest_changes(cells_of(base, old, new), awarded_by=awarded_by)


def by_steps(_indicator: str, steps: int) -> int:
    """Return the number of steps of a change as its cost."""
    return steps


def cheapest_improvement(
    interview: Interview, ruleset: Ruleset, cost: Callable[[str, int], int] = by_steps
) -> Improvement | None:
    """
    Return the lowest total cost of improving indicators so that the label is awarded.

    An indicator moves to any class of the same or a better grade; an unanswered one to any
    class; one that does not apply does not move, and none moves to not applicable. Facts,
    history and improvements do not change. *cost* takes the indicator and the steps of one
    change: the distance between the two among the indicator's own grades, where unanswered
    is one below the lowest; 1 for another class of the same grade, or without grades. No
    two changes of a set are of one indicator. An awarded interview needs the empty set of
    changes, at a cost of 0. `None` if no changes earn the label.
    """
    best: int | None = None
    sets: set[frozenset[Change]] = set()
    for price, changes, awarded in _moves(interview, ruleset, cost, upwards=True):
        if awarded and (best is None or price <= best):
            sets = {changes} if best is None or price < best else {*sets, changes}
            best = price
    return None if best is None else Improvement(best, frozenset(sets))


def fewest_downgrades(interview: Interview, ruleset: Ruleset) -> int | None:
    """
    Return the fewest steps down that lose an awarded label.

    An answered indicator moves to any class of the same or a lower grade; steps are those
    of `cheapest_improvement`. Indicators that are unanswered or do not apply do not move,
    nor do facts, history and improvements. `None` if no changes lose the label, or if it is
    not awarded.
    """
    tried = list(_moves(interview, ruleset, by_steps, upwards=False))
    if not next(awarded for _, changes, awarded in tried if not changes):
        return None
    return min((price for price, _, awarded in tried if not awarded), default=None)


def _moves(
    interview: Interview, ruleset: Ruleset, cost: Callable[[str, int], int], *, upwards: bool
) -> Iterator[tuple[int, frozenset[Change], bool]]:
    """
    Yield every set of changes of indicators in one direction: its cost, and whether it has
    the label.
    """
    trial = Trial(ruleset, interview.conducted.on)
    classes, own = cells((ruleset,), trial.on), cells_of(interview, ruleset)
    choices: list[list[tuple[int, Change | None]]] = []
    for question, known in classes.items():
        if question[0] == "indicator":
            held = own[question]
            options: list[tuple[int, Change | None]] = [(0, None)]
            for cell in known:
                steps = _steps(trial, question, held, cell, upwards=upwards)
                if steps is not None:
                    change = Change(question[1], _grade(trial, question, cell), cell)
                    options.append((cost(question[1], steps), change))
            choices.append(options)
    for chosen in product(*choices):
        changes = [change for _, change in chosen if change is not None]
        held_now = {**own, **{("indicator", each.indicator): each.cell for each in changes}}
        price = sum(each for each, _ in chosen)
        yield price, frozenset(changes), trial.passes(held_now, None)


def _steps(
    trial: Trial, question: Question, held: Cell | None, cell: Cell, *, upwards: bool
) -> int | None:
    """Return the steps from one class to another, `None` if that is no move in the direction."""
    aside = any(each and isinstance(each.value, NotApplicable) for each in (held, cell))
    improvable = trial.ruleset.catalogue.asked[question[1]].improvable
    if aside or held == cell or (held is None and not upwards):
        return None
    if held is not None and not improvable:
        return None
    grading = trial.ruleset.grading.get(question[1])
    if grading is None:
        return 1
    order = [None, *(each.grade for each in reversed(grading.grades))]
    before = order.index(None if held is None else _grade(trial, question, held))
    steps = order.index(_grade(trial, question, cell)) - before
    if not upwards:
        steps = -steps
    if steps < 0 or (steps > 1 and not improvable):
        return None
    return max(steps, 1)


def _grade(trial: Trial, question: Question, cell: Cell) -> str | None:
    """Return the grade of an answer in the ordinary assessment."""
    given = interview_of(trial.ruleset.catalogue, trial.on, {question: cell.value})
    dimensions = er.assess(given, trial.ruleset).dimensions
    graded = {one.indicator: one.grade for each in dimensions for one in each.indicators}
    return graded.get(question[1])


def settled(interview: Interview, ruleset: Ruleset) -> Settled:
    """
    Return the outcomes over all completions of an interview.

    In a completion every unanswered indicator and fact is answered in some way, or does not
    apply if that is allowed; answers, history and improvements do not change. A criterion,
    dimension or label with one outcome is settled. Experts and the mode are stated in every way.
    """
    trial = Trial(ruleset, interview.conducted.on)
    classes, own = cells((ruleset,), trial.on), cells_of(interview, ruleset)
    choices = {
        question: possible_cells(question, cell, classes[question], (ruleset,))
        for question, cell in own.items()
    }
    dimensions = [each.id for each in ruleset.catalogue.dimensions]
    passed: dict[str | None, set[bool]] = {scope: set() for scope in (None, *dimensions)}
    criteria: dict[str, set[Outcome]] = {each.id: set() for each in ruleset.criteria}
    for held in every_choice(choices):
        for scope, seen in passed.items():
            seen.add(trial.passes(held, scope))
        for each in ruleset.criteria:
            criteria[each.id].add(trial.outcome(each, held))
    label = {True: LabelOutcome.AWARDED, False: LabelOutcome.NOT_AWARDED}
    dimension = {True: DimensionOutcome.PASSED, False: DimensionOutcome.FAILED}
    return Settled(
        frozenset(label[each] for each in passed[None]),
        {name: frozenset(dimension[each] for each in passed[name]) for name in dimensions},
        {name: frozenset(outcomes) for name, outcomes in criteria.items()},
    )


def implied(criterion: Criterion, ruleset: Ruleset, *, on: date = ON) -> bool:
    """
    Return whether no complete interview that passes all other required criteria fails this
    one.

    To pass is to be met or not applicable, to fail is not to be met. The others are the
    required criteria of the ruleset with another id, in any dimension. If no interview can
    pass them all, everything is implied.
    """
    trial = Trial(ruleset, on)
    others = [each for each in trial.required(None) if each.id != criterion.id]
    relevant = {question for each in (*others, criterion) for question in trial.looks[each.id]}
    classes = cells((ruleset,), on)
    return not any(
        trial.outcome(criterion, held) is Outcome.NOT_MET
        and all(trial.outcome(each, held) in PASSING for each in others)
        for held in every_choice({each: classes[each] for each in relevant})
    )


def matters(name: str, ruleset: Ruleset, *, on: date = ON) -> bool:
    """
    Return whether the answer to an indicator or a fact can change the outcome of a
    criterion.

    It can if two complete interviews differ in this answer alone, which may be *not
    applicable*, and in the outcome of some criterion, required or advisory.
    """
    trial = Trial(ruleset, on)
    classes = cells((ruleset,), on)
    question = next(each for each in classes if each[1:] == (name,))
    for criterion in ruleset.criteria:
        looks = trial.looks[criterion.id]
        for held in every_choice({each: classes[each] for each in looks if each != question}):
            tried = ({**held, question: cell} for cell in classes[question])
            if len({trial.outcome(criterion, each) for each in tried}) > 1:
                return True
    return False


def attainable(ruleset: Ruleset, scope: str | None = None, *, on: date = ON) -> bool:
    """Return whether some complete interview is awarded the label, or passes the dimension."""
    trial = Trial(ruleset, on)
    classes = cells((ruleset,), on)
    relevant = trial.relevant(scope)
    each = every_choice({question: classes[question] for question in relevant})
    return any(trial.passes(held, scope) for held in each)
