"""The criteria of a ruleset, each tried on every answer that it looks at."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen
from event_streams import leaves, stream_of
from interview_cells import (
    CONDUCTED,
    IMPROVEMENTS,
    Cell,
    Cells,
    Question,
    interview_of,
)

import ecei_rules as er
from ecei_rules.evaluation.grounds import Outcome
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Criterion,
    Earlier,
    Floor,
    Improvements,
    Requirement,
    ScoreReaches,
)
from ecei_rules.rulesets.ruleset import Ruleset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PASSING = Outcome.MET, Outcome.NOT_APPLICABLE


@frozen(eq=False)
class Trial:
    """
    One ruleset, with the outcome of each criterion for everything that it looks at.

    A criterion looks at the indicators and facts, streams of events and improvements that
    docs/semantics.md, 2.11, names for it, so that nothing else can change its outcome: the
    rest is left unanswered. Kinds of events that a ruleset *beside* it joins are one question.
    """

    ruleset: Ruleset
    on: date
    beside: tuple[Ruleset, ...] = ()
    known: dict[tuple[object, ...], Outcome] = field(factory=dict, init=False)
    looks: dict[str, tuple[Question, ...]] = field(init=False)
    alone: Ruleset = field(init=False)
    deciding: dict[str | None, list[Criterion]] = field(factory=dict, init=False)

    @looks.default
    def _looks(self) -> dict[str, tuple[Question, ...]]:
        criteria = self.ruleset.criteria
        return {
            each.id: tuple(sorted(looked_at(each, self.ruleset, self.beside))) for each in criteria
        }

    @alone.default
    def _alone(self) -> Ruleset:
        # `evaluate` would hold the interview against all of its criteria beside the one
        return evolve(self.ruleset, criteria=())

    def outcome(self, criterion: Criterion, held: Cells) -> Outcome:
        """Return the outcome of a criterion, with nothing else answered."""
        looks = self.looks[criterion.id]
        key = (criterion.id, *(held.get(each) for each in looks))
        if key not in self.known:
            given = {each: cell.value for each in looks if (cell := held.get(each))}
            interview = interview_of(self.ruleset.catalogue, self.on, given)
            self.known[key] = er.evaluate(criterion, interview, self.alone).outcome
        return self.known[key]

    def required(self, scope: str | None) -> list[Criterion]:
        """The criteria that decide the label, or a dimension."""
        if scope not in self.deciding:
            self.deciding[scope] = [
                each
                for each in self.ruleset.criteria
                if each.severity == "required" and scope in (None, each.dimension)
            ]
        return self.deciding[scope]

    def passes(self, held: Cells, scope: str | None) -> bool:
        """
        Whether the label is awarded, or the dimension passed (docs/semantics.md, 4.1 and
        4.2).
        """
        return all(self.outcome(each, held) in PASSING for each in self.required(scope))

    def relevant(self, scope: str | None) -> set[Question]:
        """Return the questions that can decide the label, or a dimension."""
        return {question for each in self.required(scope) for question in self.looks[each.id]}


def looked_at(
    criterion: Criterion, ruleset: Ruleset, beside: tuple[Ruleset, ...] = ()
) -> set[Question]:
    """Return the questions that can change the outcome of a criterion (docs/semantics.md, 2.11)."""
    return {
        question
        for leaf in leaves(criterion.requirement)
        for question in _looked_at(leaf, criterion.dimension, ruleset, beside)
    }


def _looked_at(
    leaf: Requirement, scope: str | None, ruleset: Ruleset, beside: tuple[Ruleset, ...]
) -> Iterable[Question]:
    match leaf:
        case Complete():
            return [("indicator", each.id) for each in ruleset.catalogue.within(scope)]
        case ScoreReaches() | CountGraded():
            return [("indicator", each.id) for each in ruleset.graded(scope)]
        case Floor(indicators=names):
            return [("indicator", each) for each in names]
        case AnswerMeets(subject=subject, id=name):
            return [(subject, name)]
        case Earlier():
            return [stream_of(leaf, (ruleset, *beside))]
        case Improvements():
            return [IMPROVEMENTS]
        case ConductedBy():
            return [CONDUCTED]
    msg = f"{leaf} is not simple"
    raise ValueError(msg)


def every_choice(choices: Mapping[Question, Iterable[Cell | None]]) -> Iterator[Cells]:
    """Return every way to take one cell for each question."""
    for each in product(*choices.values()):
        yield dict(zip(choices, each, strict=True))
