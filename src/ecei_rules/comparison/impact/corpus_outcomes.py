"""The result of comparing two rulesets on a corpus of interviews."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import field, frozen

from ecei_rules.evaluation.assessment import LabelOutcome
from ecei_rules.evaluation.grounds import Outcome
from ecei_rules.interviews.provenance import Basis


class CriterionChange(Enum):
    """
    The way in which a criterion differs between two rulesets.

    *added*, *removed*: only the new ruleset has it, or only the old one; *requirement*:
    it requires something else; *severity*: one requires it, the other advises it;
    *scope*: it is about another dimension. The last two leave its text as it is:
    *gradings*: the grading of an indicator that it looks at differs, or the scale does;
    *questions*: a question that it looks at has another form, or is in one edition only.
    """

    ADDED = "added"
    REMOVED = "removed"
    REQUIREMENT = "requirement"
    SEVERITY = "severity"
    SCOPE = "scope"
    GRADINGS = "gradings"
    QUESTIONS = "questions"


@frozen
class ChangedCriterion:
    """
    A criterion, required by one or both of two rulesets, that differs between them.

    *basis* is the weakest basis of the criterion and of the gradings it looks at, in
    either ruleset.
    """

    id: str
    title: str | None
    basis: Basis
    how: tuple[CriterionChange, ...] = field(converter=tuple[CriterionChange, ...])


class OldOrNew(Enum):
    """One of the two rulesets."""

    OLD = "old"
    NEW = "new"


@frozen
class OutcomeCount:
    """The number of interviews with one outcome under the old ruleset and one under the new."""

    old: LabelOutcome
    new: LabelOutcome
    interviews: int


@frozen
class CriterionOutcomes:
    """
    The outcomes of a criterion under both rulesets.

    `None` means that a ruleset does not have the criterion, or only advises it.
    """

    criterion: str
    old: Outcome | None
    new: Outcome | None


@frozen
class ChangedOutcome:
    """
    An interview whose label has another outcome under the new ruleset.

    *where* is the place it was read from. *blame* are the minimal sets of criteria that
    cause the new outcome: each set is enough if its criteria change and all others do
    not. *turns* has the outcomes of the criteria in them. Source: docs/semantics.md, 9.11.
    """

    where: str
    name: str
    country: str
    on: date
    old: LabelOutcome
    new: LabelOutcome
    blame: tuple[tuple[str, ...], ...] = field(converter=tuple[tuple[str, ...], ...])
    turns: tuple[CriterionOutcomes, ...] = field(converter=tuple[CriterionOutcomes, ...])


@frozen
class Cause:
    """
    The number of interviews in which a criterion is to blame for one change of outcome.

    *alone*: changing it is enough; *together*: it is enough only together with others. An
    interview counts once for each criterion to blame, whether it is listed or not.
    """

    criterion: str
    old: LabelOutcome
    new: LabelOutcome
    alone: int
    together: int


@frozen
class CatalogueCount:
    """
    The number of interviews conducted with one edition of a catalogue.

    *carried* are the rulesets of another edition; under these, only the answers that fit
    that edition are used.
    """

    catalogue: str
    interviews: int
    carried: tuple[OldOrNew, ...] = field(converter=tuple[OldOrNew, ...])


@frozen
class ExcludedCatalogue:
    """Interviews conducted with a catalogue of which neither ruleset uses any edition."""

    catalogue: str
    interviews: int
    first: str


@frozen
class UnreadableDocument:
    """
    A document that could not be read, with the *count* of its problems and the first one.

    *place* is that of the first problem, as `file:line:column`.
    """

    where: str
    count: int
    place: str
    first: str


@frozen
class CorpusComparison:
    """
    The outcomes of the same interviews under two rulesets, and the criteria that change them.

    *table* has a count for each pair of outcomes, in the order of `LabelOutcome`, the old
    one first. *moves* and *broken* are the first 1,000 changed outcomes and unreadable
    documents; *moved* and *unread* are the numbers of all of them.
    """

    old: str
    new: str
    table: tuple[OutcomeCount, ...] = field(converter=tuple[OutcomeCount, ...])
    moved: int
    moves: tuple[ChangedOutcome, ...] = field(converter=tuple[ChangedOutcome, ...])
    causes: tuple[Cause, ...] = field(converter=tuple[Cause, ...])
    changed: tuple[ChangedCriterion, ...] = field(converter=tuple[ChangedCriterion, ...])
    held: tuple[CatalogueCount, ...] = field(converter=tuple[CatalogueCount, ...])
    left_out: tuple[ExcludedCatalogue, ...] = field(converter=tuple[ExcludedCatalogue, ...])
    unread: int
    broken: tuple[UnreadableDocument, ...] = field(converter=tuple[UnreadableDocument, ...])

    @property
    def interviews(self) -> int:
        """The number of interviews that were assessed."""
        return sum(count.interviews for count in self.table)
