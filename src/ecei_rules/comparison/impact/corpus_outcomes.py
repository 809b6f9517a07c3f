"""What a comparison of two rulesets on interviews found."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import field, frozen

from ecei_rules.evaluation.assessment import LabelOutcome, Outcome
from ecei_rules.interviews.provenance import Basis


class How(Enum):
    """
    In what a criterion differs between two rulesets.

    *added*, *removed*: only the new ruleset has it, or only the old one; *requirement*:
    it asks for something else; *severity*: it is required in one, and advice in the
    other; *scope*: it is about another dimension. The last two leave its text as it is:
    *gradings*: an indicator under it is graded otherwise, or the scale is another;
    *questions*: what it looks at is asked in another form, or in one edition alone.
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
    A criterion, required by one of two rulesets or by both, that is not the same in both.

    *basis* is the weakest among its provenance and that of the gradings it looks at, in
    either ruleset.
    """

    id: str
    title: str | None
    basis: Basis
    how: tuple[How, ...] = field(converter=tuple[How, ...])


class Side(Enum):
    """One of the two rulesets."""

    OLD = "old"
    NEW = "new"


@frozen
class Cell:
    """How many interviews come to one outcome under the old ruleset and one under the new."""

    old: LabelOutcome
    new: LabelOutcome
    interviews: int


@frozen
class Turn:
    """
    What a criterion came to under both rulesets.

    `None` stands where a ruleset has no such criterion, or only advises it.
    """

    criterion: str
    old: Outcome | None
    new: Outcome | None


@frozen
class Move:
    """
    An interview whose label comes out otherwise under the new ruleset.

    *where* it was read. *blame* are the least sets of criteria that give the new outcome
    when they are put into their new form and everything else stays old: each of the
    sets is enough. *turns* says what the criteria in them came to.
    """

    where: str
    name: str
    country: str
    on: date
    old: LabelOutcome
    new: LabelOutcome
    blame: tuple[tuple[str, ...], ...] = field(converter=tuple[tuple[str, ...], ...])
    turns: tuple[Turn, ...] = field(converter=tuple[Turn, ...])


@frozen
class Cause:
    """
    How often a criterion is to blame for one kind of move, listed or not.

    *alone*: putting it into its new form is enough; *together*: it is only together
    with others. An interview counts once for each criterion that is to blame.
    """

    criterion: str
    old: LabelOutcome
    new: LabelOutcome
    alone: int
    together: int


@frozen
class HeldWith:
    """
    How many interviews were held with one edition of a catalogue.

    *carried* are the rulesets that judge another one, under which an interview stands
    with those answers alone that fit that one.
    """

    catalogue: str
    interviews: int
    carried: tuple[Side, ...] = field(converter=tuple[Side, ...])


@frozen
class LeftOut:
    """Interviews held with a catalogue of which neither ruleset judges any edition."""

    catalogue: str
    interviews: int
    first: str


@frozen
class Broken:
    """
    A document that could not be read: the *count* of its problems, and the first of them.

    *place* is that of the first problem, as `file:line:column`.
    """

    where: str
    count: int
    place: str
    first: str


@frozen
class CorpusComparison:
    """
    What two rulesets make of the same interviews, and which criteria turn the outcomes.

    *table* has a cell for each pair of outcomes, in the order of `LabelOutcome`, the old
    one first. *moves* and *broken* are those met first, up to 1,000 each; *moved* and
    *unread* count all of them.
    """

    old: str
    new: str
    table: tuple[Cell, ...] = field(converter=tuple[Cell, ...])
    moved: int
    moves: tuple[Move, ...] = field(converter=tuple[Move, ...])
    causes: tuple[Cause, ...] = field(converter=tuple[Cause, ...])
    changed: tuple[ChangedCriterion, ...] = field(converter=tuple[ChangedCriterion, ...])
    held: tuple[HeldWith, ...] = field(converter=tuple[HeldWith, ...])
    left_out: tuple[LeftOut, ...] = field(converter=tuple[LeftOut, ...])
    unread: int
    broken: tuple[Broken, ...] = field(converter=tuple[Broken, ...])

    @property
    def interviews(self) -> int:
        """How many interviews were held against both rulesets."""
        return sum(each.interviews for each in self.table)
