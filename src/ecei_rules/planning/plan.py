"""The parts of a plan: settled outcomes, open questions, and ways to the label."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from ecei_rules.evaluation.assessment import (
    DimensionOutcome,
    InterviewReference,
    LabelOutcome,
    RulesetReference,
)
from ecei_rules.evaluation.grounds import Outcome, SubjectKind
from ecei_rules.interviews.answers import Answer
from ecei_rules.interviews.provenance import Basis
from ecei_rules.interviews.texts import Text


@frozen
class SettledOutcome:
    """
    An outcome that is the same whatever the missing answers are.

    *of* says whether *id* names the label (by the reference of the ruleset), a dimension
    or a criterion. Source: docs/semantics.md, 10.2.
    """

    of: Literal["label", "dimension", "criterion"]
    id: str
    outcome: LabelOutcome | DimensionOutcome | Outcome


@frozen
class AnswerChange:
    """
    The change of one answer.

    *before* is `None` for an unanswered indicator, and *grade* and *target* are `None`
    where nothing is graded. *answer* is an example of a new answer; of numbers it is the
    first or last one that is enough. *steps* counts the grades between the two answers,
    at least 1, and *cost* is the effort of all steps. Source: docs/semantics.md, 10.4.
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
    """
    Changes that together earn the label (or lose it), none of which can be left out.

    Source: docs/semantics.md, 10.6 and 10.7.

    >>> Way([]).cost
    Decimal('0')
    """

    changes: tuple[AnswerChange, ...] = field(converter=tuple[AnswerChange, ...])

    @property
    def cost(self) -> Decimal:
        """The total cost of the changes."""
        return sum((change.cost for change in self.changes), Decimal(0))


@frozen
class OpenQuestion:
    """
    An unanswered indicator or fact whose answer can change the label.

    The subject *conducted* is the experts and the mode, where they are not stated.
    Source: docs/semantics.md, 10.3.
    """

    subject: SubjectKind | Literal["conducted"]
    id: str
    title: Text


#: The kind of thing that keeps improvements from meeting a criterion.
Obstacle = Literal[
    "fact",
    "history",
    "improvements",
    "conducted",
    "locked",
    "not_improvable",
    "not_applicable",
    "indicator",
]


@frozen
class Blocked:
    """
    A required criterion that no improvement can meet, with the fixed things it looks at.

    Source: docs/semantics.md, 10.5.
    """

    criterion: str
    title: Text | None
    obstacles: tuple[Obstacle, ...] = field(converter=tuple[Obstacle, ...])


@frozen
class Plan:
    """
    The settled outcomes of an interview under a ruleset, and the cheapest ways to the label.

    *basis* is the basis of the rules that the plan rests on, and *unanswered* the number
    of missing answers. *decides* are the questions whose answers settle the label.

    *ways* are the cheapest sets of improvements, the cheapest first. The first is empty
    if the label is awarded already, and there is none if no improvement helps. The ways
    meet all required criteria but the *blocked* ones, so they earn the label if nothing
    is blocked. *loses* are the fewest downgrades after which the label is no longer
    awarded (refused or undetermined), `None` if it is not awarded or nothing loses it. A
    part that is beyond the method is left out, and *beyond* gives the reason. Source:
    docs/semantics.md, 10.1 to 10.7.
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
