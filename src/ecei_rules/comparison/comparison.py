"""What a comparison of two rulesets found."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.diff.change import Change
from ecei_rules.comparison.impact.corpus_outcomes import CorpusComparison
from ecei_rules.comparison.validity import ValidityComparison
from ecei_rules.evaluation.assessment import rounded_down
from ecei_rules.interviews.catalogue import Catalogue
from ecei_rules.interviews.history import Label
from ecei_rules.interviews.interview import Interview
from ecei_rules.interviews.provenance import Basis
from ecei_rules.interviews.texts import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal


class Verdict(Enum):
    """How the interviews that the new ruleset awards lie to those of the old one."""

    EQUIVALENT = "equivalent"
    STRICTER = "stricter"
    LOOSER = "looser"
    INCOMPARABLE = "incomparable"


class ChangeClass(Enum):
    """
    What a new version does to those who have the label, the harmless first.

    *editorial*: the wording alone differs. *holder-safe*: nobody who has the label can
    lose it. *holder-affecting*: somebody can, or holds it for a shorter time.
    *data-breaking*: an interview that was enough lacks answers that the new ruleset
    needs. *incomparable*: each awards what the other refuses, or it cannot be said.
    """

    EDITORIAL = "editorial"
    HOLDER_SAFE = "holder-safe"
    HOLDER_AFFECTING = "holder-affecting"
    DATA_BREAKING = "data-breaking"
    INCOMPARABLE = "incomparable"


@frozen
class ComparedCriterion:
    """
    A required criterion, and how sure it is.

    Without a title of its own it is named by what it asks for. Its *basis* is the
    weakest of its own and that of the gradings that it looks at.
    """

    id: str
    title: Text
    basis: Basis


@frozen
class ComparedRuleset:
    """
    One of the two rulesets, with what is needed to speak of it.

    *basis* is the weakest of what it requires and of its rules for the days, *weakest*
    that of all its values, advice among them.
    """

    label: Label
    version: str
    title: Text
    digest: str
    catalogue: Catalogue
    criteria: tuple[ComparedCriterion, ...] = field(converter=tuple[ComparedCriterion, ...])
    basis: Basis
    weakest: Basis

    @property
    def reference(self) -> str:
        """How the ruleset is named, as `bronze@2019-11`."""
        return f"{self.label}@{self.version}"


@frozen
class Origin:
    """
    The interview that witnesses are made from, held with each of the catalogues.

    It is the best that there is, or one that was *given*, with the best answers where it
    has none.
    """

    old: Interview
    new: Interview
    given: bool


@frozen
class Witness:
    """
    A complete interview that one ruleset awards and the other does not.

    *old* is held with the old catalogue, *new* with the new one; where the catalogues
    are the same, so are the two. It differs from the one it was made from in the
    answers to *changed* and in no more than it must. *fails* are the criteria of the
    refusing ruleset that are not met.
    """

    old: Interview
    new: Interview
    changed: tuple[str, ...] = field(converter=tuple[str, ...])
    fails: tuple[str, ...] = field(converter=tuple[str, ...])


@frozen
class Shares:
    """
    How many classes of interviews each ruleset awards: a size, and no likelihood.

    A class is one of the ways to answer that the two rulesets can tell apart.
    """

    both: int
    old_only: int
    new_only: int
    neither: int

    @property
    def total(self) -> int:
        """All classes."""
        return self.both + self.old_only + self.new_only + self.neither

    def percent(self, classes: int) -> Decimal:
        """
        How many percent of all some classes are, for display: rounded down to one decimal.

        >>> Shares(both=1, old_only=999, new_only=0, neither=0).percent(999)
        Decimal('99.9')
        """
        return rounded_down(Fraction(100 * classes, self.total) if self.total else Fraction())


@frozen
class ScopeComparison:
    """
    The label, or one dimension, under both rulesets.

    *lost* is what the old ruleset awards (or passes) and the new one does not, *gained*
    the other way round: a witness if there is such an interview, and otherwise a
    certificate that there is none. What is `None` is beyond the method, and *beyond*
    says why.
    """

    scope: str | None
    title: Text
    verdict: Verdict | None
    lost: Witness | Certificate | None
    gained: Witness | Certificate | None
    shares: Shares | None
    beyond: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)


@frozen
class Comparison:
    """
    What differs between two rulesets: part by part, in outcomes and in days.

    Outcomes are those of complete interviews held *on* a day. With different catalogues
    they are compared over the answers that fit both; *only_old* and *only_new* are what
    one of them asks alone. *missing* is what the new ruleset needs an answer to and the
    old one does not. Witnesses are made from *origin*; without one there are none.
    *corpus* is what the rulesets make of real interviews, where there were some.
    """

    old: ComparedRuleset
    new: ComparedRuleset
    on: date
    change_class: ChangeClass
    changes: tuple[Change, ...] = field(converter=tuple[Change, ...])
    label: ScopeComparison
    dimensions: tuple[ScopeComparison, ...] = field(converter=tuple[ScopeComparison, ...])
    validity: ValidityComparison
    only_old: tuple[str, ...] = field(converter=tuple[str, ...])
    only_new: tuple[str, ...] = field(converter=tuple[str, ...])
    missing: tuple[str, ...] = field(converter=tuple[str, ...])
    origin: Origin | None = field(default=None, kw_only=True)
    corpus: CorpusComparison | None = field(default=None, kw_only=True)
