"""What a comparison of two rulesets found."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import field, frozen

from ecei_rules.assessment import RulesetReference
from ecei_rules.certificate import Certificate
from ecei_rules.changes import Change
from ecei_rules.interview import Interview
from ecei_rules.texts import Text
from ecei_rules.validity_comparison import ValidityComparison


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
    old one does not.
    """

    old: RulesetReference
    new: RulesetReference
    on: date
    change_class: ChangeClass
    changes: tuple[Change, ...] = field(converter=tuple[Change, ...])
    label: ScopeComparison
    dimensions: tuple[ScopeComparison, ...] = field(converter=tuple[ScopeComparison, ...])
    validity: ValidityComparison
    only_old: tuple[str, ...] = field(converter=tuple[str, ...])
    only_new: tuple[str, ...] = field(converter=tuple[str, ...])
    missing: tuple[str, ...] = field(converter=tuple[str, ...])
