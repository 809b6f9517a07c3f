"""The result of comparing two rulesets."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.diff.change import Change
from ecei_rules.comparison.impact.corpus_outcomes import CorpusComparison
from ecei_rules.comparison.validity import ValidityComparison
from ecei_rules.evaluation.grounds import rounded_down
from ecei_rules.interviews.catalogue import Catalogue
from ecei_rules.interviews.history import Label
from ecei_rules.interviews.interview import Interview
from ecei_rules.interviews.provenance import Basis
from ecei_rules.interviews.texts import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal


class Verdict(Enum):
    """
    How the interviews that the new ruleset awards relate to those of the old one.

    *equivalent*: they are the same. *stricter*: the new ruleset refuses some that the old
    one awards, and awards no others; *looser* is the other way round. *incomparable*: each
    awards some that the other refuses. Source: docs/semantics.md, 9.5.
    """

    EQUIVALENT = "equivalent"
    STRICTER = "stricter"
    LOOSER = "looser"
    INCOMPARABLE = "incomparable"


class ChangeClass(Enum):
    """
    How a new version affects those who hold the label, from harmless to serious.

    *editorial*: the wording alone differs. *holder-safe*: nobody who holds the label can
    lose it. *holder-affecting*: somebody can, or holds it for a shorter time.
    *data-breaking*: an interview that was enough lacks answers that the new ruleset
    needs. *incomparable*: each awards what the other refuses, or the verdict is beyond
    the method. Source: docs/semantics.md, 9.9.
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

    A criterion without a title has its requirement in words for one. The *basis* is the
    weakest of the criterion's own and those of the gradings that it looks at.
    """

    id: str
    title: Text
    basis: Basis


@frozen
class ComparedRuleset:
    """
    One of the two rulesets: its name, its catalogue and its required criteria.

    *basis* is the weakest basis among its required criteria and its rules for the days,
    *weakest* that among all its values, advisory ones included.
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
        """The label and the version, as `bronze@2019-11`."""
        return f"{self.label}@{self.version}"


@frozen
class Origin:
    """
    The interview that witnesses are made from, with each of the two catalogues.

    It is the best interview, or one that was *given*, completed with the best answers.
    """

    old: Interview
    new: Interview
    given: bool


@frozen
class Witness:
    """
    A complete interview that one ruleset awards and the other does not.

    *old* has the old catalogue, *new* the new one; where the catalogues are the same, so
    are the two. The witness differs from its origin in the answers to *changed* alone,
    and no witness differs in fewer. *fails* are the criteria of the refusing ruleset that
    it does not meet. Source: docs/semantics.md, 9.6.
    """

    old: Interview
    new: Interview
    changed: tuple[str, ...] = field(converter=tuple[str, ...])
    fails: tuple[str, ...] = field(converter=tuple[str, ...])


@frozen
class Shares:
    """
    The numbers of classes of interviews that each ruleset awards: sizes, not likelihoods.

    Two interviews are of one class if neither ruleset distinguishes any of their answers.
    Source: docs/semantics.md, 9.8.
    """

    both: int
    old_only: int
    new_only: int
    neither: int

    @property
    def total(self) -> int:
        """The number of all classes."""
        return self.both + self.old_only + self.new_only + self.neither

    def percent(self, classes: int) -> Decimal:
        """
        Return a number of classes as a percentage of all, rounded down to one decimal.

        >>> Shares(both=1, old_only=999, new_only=0, neither=0).percent(999)
        Decimal('99.9')
        """
        return rounded_down(Fraction(100 * classes, self.total) if self.total else Fraction())


@frozen
class ScopeComparison:
    """
    The label, or one dimension, under both rulesets.

    *scope* is the id of the dimension, `None` for the label. *lost* is a witness that the
    old ruleset awards (or passes) and the new one does not, or a certificate that there
    is none; *gained* is the same the other way round. Whatever is `None` is beyond the
    method, for the reasons in *beyond* (docs/semantics.md, 9.12).
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
    The differences between two rulesets: part by part, in outcomes and in days.

    Outcomes are those of complete interviews held *on* a day. With different catalogues
    they are compared over the answers that fit both; *only_old* and *only_new* are the
    ids of the questions that one ruleset alone asks. *missing* are the ids of answers
    that the new ruleset needs and an old interview may lack. Witnesses are made from
    *origin*; it is `None` if there are no outcomes to compare. *corpus* has the outcomes
    of real interviews, if any were given. Source: docs/semantics.md, 9.1 to 9.12.
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
