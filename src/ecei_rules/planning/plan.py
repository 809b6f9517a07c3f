"""Where one interview stands, and what would earn the label."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from ecei_rules.evaluation.assessment import (
    DimensionOutcome,
    InterviewReference,
    LabelOutcome,
    Outcome,
    RulesetReference,
    Subject,
)
from ecei_rules.interviews.answers import Answer
from ecei_rules.interviews.provenance import Basis
from ecei_rules.interviews.texts import Text


@frozen
class SettledOutcome:
    """
    What comes out the same whatever the missing answers are.

    *of* is the label, a dimension or a criterion, by its id (that of the label is the
    reference of the ruleset).
    """

    of: Literal["label", "dimension", "criterion"]
    id: str
    outcome: LabelOutcome | DimensionOutcome | Outcome


@frozen
class AnswerChange:
    """
    One answer that becomes another one.

    *before* and *grade* are `None` where it was not answered or is not graded; *answer*
    is one that will do, of numbers one at the end of those that will.
    *steps* are the grades between the two, and *cost* what they take.
    """

    indicator: str
    title: Text
    before: Answer | None
    answer: Answer
    grade: str | None = field(kw_only=True)
    target: str | None = field(kw_only=True)
    steps: int = field(kw_only=True)
    cost: Decimal = field(kw_only=True)


@frozen
class Way:
    """Changes that together do what is asked, none of which can be left out."""

    changes: tuple[AnswerChange, ...] = field(converter=tuple[AnswerChange, ...])

    @property
    def cost(self) -> Decimal:
        """What all the changes take together."""
        return sum((each.cost for each in self.changes), Decimal(0))


@frozen
class OpenQuestion:
    """An indicator or fact without whose answer the label is not settled."""

    subject: Subject
    id: str
    title: Text


#: What a criterion looks at that no improvement changes.
Obstacle = Literal["fact", "history", "improvements", "locked", "not_applicable", "indicator"]


@frozen
class Blocked:
    """A required criterion that no improvement can meet, and what it looks at instead."""

    criterion: str
    title: Text | None
    obstacles: tuple[Obstacle, ...] = field(converter=tuple[Obstacle, ...])


@frozen
class Plan:
    """
    Where an interview stands under a ruleset, and the cheapest ways to the label.

    *basis* is how sure the rules are that a plan rests on, *unanswered* how many answers
    are missing. *ways* are the cheapest sets of improvements, the cheapest first; the first of them
    is empty where the label is awarded already, and there is none where no improvement
    helps. They earn the label if nothing is *blocked*: those are the required criteria
    that no improvement can meet, and the ways meet all the others. *decides* are the
    answers that would settle the label, the fewest that do whatever they are; *loses*
    are the fewest downgrades that would lose an award, if any would. What could not be
    found is left out, and *beyond* says why.
    """

    interview: InterviewReference
    ruleset: RulesetReference
    outcome: LabelOutcome
    basis: Basis
    unanswered: int
    settled: tuple[SettledOutcome, ...] = field(
        default=(), converter=tuple[SettledOutcome, ...], kw_only=True
    )
    decides: tuple[OpenQuestion, ...] = field(
        default=(), converter=tuple[OpenQuestion, ...], kw_only=True
    )
    blocked: tuple[Blocked, ...] = field(default=(), converter=tuple[Blocked, ...], kw_only=True)
    ways: tuple[Way, ...] = field(default=(), converter=tuple[Way, ...], kw_only=True)
    loses: Way | None = field(default=None, kw_only=True)
    locked: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)
    beyond: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)
