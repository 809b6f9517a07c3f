"""Collections of catalogues and rulesets, and the ruleset in force on a day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise, zip_longest
from operator import attrgetter

from attrs import field, frozen

from ecei_rules.diagnostics.errors import ConflictingEditions, NoRulesetInForce, UnknownEdition
from ecei_rules.interviews.catalogue import Catalogue
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.provenance import Basis
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DAY = timedelta(days=1)


@frozen
class LastRenewal:
    """
    The last day on which a label can be renewed, and the basis of the rule that gives it.

    Source: docs/semantics.md, 6.9 and 8.6.
    """

    on: date
    basis: Basis


@frozen
class Edition:
    """
    A collection of catalogues and rulesets, such as `shipped()`.

    Build one to use your own rules beside the shipped ones, or in place of them.
    Source: docs/semantics.md, 5.1, 5.2, 5.3, 5.4 and 5.5.

    >>> import ecei_rules as er
    >>> er.shipped().ruleset("bronze", on=date(2019, 11, 14)).reference
    'bronze@2010-11'
    >>> er.shipped().ruleset("bronze", on=date(2019, 11, 15)).reference
    'bronze@2019-11'

    Raises:
        ConflictingEditions: two have the same name, or two rulesets of one label would
            be in force on one day, or there is a gap between them that the later one
            does not declare.
    """

    catalogues: tuple[Catalogue, ...] = field(converter=tuple[Catalogue, ...])
    rulesets: tuple[Ruleset, ...] = field(default=(), converter=tuple[Ruleset, ...], kw_only=True)

    def __attrs_post_init__(self) -> None:
        references = [each.reference for each in self.catalogues]
        references += [each.reference for each in self.rulesets]
        conflicts = [f"{name} is given twice" for name, n in Counter(references).items() if n > 1]
        conflicts += [text for _, _, text in conflicts_among(self.rulesets)]
        if conflicts:
            raise ConflictingEditions(conflicts)

    def find_catalogue(self, name: str, version: str) -> Catalogue | None:
        """Return the catalogue with this id and version, or `None`."""
        for each in self.catalogues:
            if each.id == name and each.version == version:
                return each
        return None

    def catalogue(self, name: str, version: str) -> Catalogue:
        """
        Return the catalogue with this id and version.

        Raises:
            UnknownEdition: there is none.
        """
        catalogue = self.find_catalogue(name, version)
        if catalogue is None:
            reference = f"{name}@{version}"
            raise UnknownEdition(reference, [each.reference for each in self.catalogues])
        return catalogue

    def ruleset(self, label: str, *, on: date | None = None, version: str | None = None) -> Ruleset:
        """
        Return the ruleset of a label that is in force on a day, or that has a version.

        Give exactly one of *on* and *version*. For an interview *on* is the day it was
        conducted. Source: docs/semantics.md, 5.1 and 5.5.

        Raises:
            NoRulesetInForce: no ruleset of the label is in force on that day.
            UnknownEdition: the label has no such version.
            TypeError: both or none of *on* and *version* are given.
        """
        if (on is None) is (version is None):
            msg = "give either the day (on) or the version of a ruleset"
            raise TypeError(msg)
        of_label = [ruleset for ruleset in self.rulesets if ruleset.label == label]
        if on is None:
            for ruleset in of_label:
                if ruleset.version == version:
                    return ruleset
            reference = f"{label}@{version}"
            raise UnknownEdition(reference, [each.reference for each in of_label])
        periods = in_force(of_label)
        for ruleset, period in periods:
            if on in period:
                return ruleset
        raise NoRulesetInForce(
            label, on, [f"{ruleset.reference} {period}" for ruleset, period in periods]
        )

    def renewable_until(self, label: str, end: date) -> date | None:
        """
        Return the last day on which an interview renews a label that ends on *end*.

        The rules in force on that day count, and not those the label was awarded
        under. It is `None` if no rules renew the label on or after its end. Source:
        docs/semantics.md, 8.6.
        """
        last = self.last_renewal(label, end)
        return last.on if last else None

    def last_renewal(self, label: str, end: date) -> LastRenewal | None:
        """
        Return the last day of `renewable_until`, with the basis of the rule that gives it.

        >>> from datetime import date
        >>> import ecei_rules as er
        >>> er.shipped().last_renewal("bronze", date(2024, 3, 31)).basis.value
        'inferred'
        """
        last_days = []
        for ruleset, period in in_force(each for each in self.rulesets if each.label == label):
            renewal = ruleset.validity.renewal
            if renewal is not None:
                last = min(renewal.last_day(end), period.last or date.max)
                if last >= max(end, period.first):
                    last_days.append(LastRenewal(last, renewal.provenance.status))
        return max(last_days, key=attrgetter("on"), default=None)


def in_force(rulesets: Iterable[Ruleset]) -> tuple[tuple[Ruleset, Period], ...]:
    """
    Return the rulesets of one label with the periods they are in force, in order.

    A ruleset without a last day ends on the day before the next begins. Source:
    docs/semantics.md, 5.3.
    """
    ordered = sorted(rulesets, key=lambda each: each.in_force.first)
    periods = []
    for ruleset, successor in zip_longest(ordered, ordered[1:]):
        first, last = ruleset.in_force.first, ruleset.in_force.last
        if last is None and successor is not None and successor.in_force.first > first:
            last = successor.in_force.first - _DAY
        periods.append((ruleset, Period(first, last)))
    return tuple(periods)


def conflicts_among(rulesets: Iterable[Ruleset]) -> Iterator[tuple[Ruleset, bool, str]]:
    """
    Find overlaps of, and undeclared gaps between, rulesets of one label.

    Yields the later ruleset, whether it is an overlap, and a sentence that says so.
    Source: docs/semantics.md, 5.4.
    """
    rulesets = tuple(rulesets)
    for label in dict.fromkeys(each.label for each in rulesets):
        periods = in_force(each for each in rulesets if each.label == label)
        for (earlier, before), (later, after) in pairwise(periods):
            if before.last is None or after.first <= before.last:
                overlap = f"{later.reference} begins on {after.first}, while {earlier.reference}"
                yield later, True, f"{overlap} is in force {before}"
            elif before.last + _DAY < after.first and not later.after_gap:
                gap = Period(before.last + _DAY, after.first - _DAY)
                days = f"on {gap.first}" if gap.first == gap.last else str(gap)
                yield later, False, f"no ruleset of {label} is in force {days}"
