"""The catalogues and rulesets of one place, and which is in force on a day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise, zip_longest

from attrs import field, frozen

from ecei_rules.diagnostics.errors import ConflictingEditions, NoRulesetInForce, UnknownEdition
from ecei_rules.interviews.catalogue import Catalogue
from ecei_rules.interviews.dates import Period
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DAY = timedelta(days=1)


@frozen
class Edition:
    """
    The catalogues and rulesets of one place, such as those in the package.

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
        conflicts = [f"{name} is there twice" for name, n in Counter(references).items() if n > 1]
        conflicts += [text for _, _, text in conflicts_among(self.rulesets)]
        if conflicts:
            raise ConflictingEditions(conflicts)

    def find_catalogue(self, name: str, version: str) -> Catalogue | None:
        """The edition of a catalogue, or `None`."""
        return next(
            (each for each in self.catalogues if (each.id, each.version) == (name, version)),
            None,
        )

    def catalogue(self, name: str, version: str) -> Catalogue:
        """
        The edition of a catalogue, by its id and version.

        Raises:
            UnknownEdition: there is none.
        """
        found = self.find_catalogue(name, version)
        if found is None:
            reference = f"{name}@{version}"
            raise UnknownEdition(reference, [each.reference for each in self.catalogues])
        return found

    def ruleset(self, label: str, *, on: date | None = None, version: str | None = None) -> Ruleset:
        """
        The ruleset of a label that was in force on a day, or the one of a version.

        Exactly one of *on* and *version* is given.

        Raises:
            NoRulesetInForce: none was in force on that day.
            UnknownEdition: there is no such version.
            TypeError: both or none of *on* and *version* were given.
        """
        if (on is None) is (version is None):
            msg = "a ruleset is asked for by its day (on) or by its version"
            raise TypeError(msg)
        of_label = [each for each in self.rulesets if each.label == label]
        if on is None:
            for each in of_label:
                if each.version == version:
                    return each
            reference = f"{label}@{version}"
            raise UnknownEdition(reference, [each.reference for each in of_label])
        periods = in_force(of_label)
        for each, period in periods:
            if on in period:
                return each
        raise NoRulesetInForce(
            label, on, [f"{each.reference} {period}" for each, period in periods]
        )

    def renewable_until(self, label: str, end: date) -> date | None:
        """
        The last day on which an interview renews a label that runs until *end*.

        By the rules in force on that day, which need not be those the label was
        awarded under; `None` where, from the end on, no rules renew it. Source:
        docs/semantics.md, 8.6.
        """
        found = []
        for each, period in in_force(each for each in self.rulesets if each.label == label):
            if each.validity.renewal is not None:
                last = min(each.validity.renewal.last_day(end), period.last or date.max)
                if last >= max(end, period.first):
                    found.append(last)
        return max(found, default=None)


def in_force(rulesets: Iterable[Ruleset]) -> tuple[tuple[Ruleset, Period], ...]:
    """
    The rulesets of one label with the days they are in force, in order.

    A ruleset without a last day ends on the day before the next begins.
    """
    ordered = sorted(rulesets, key=lambda each: each.in_force.first)
    found = []
    for each, successor in zip_longest(ordered, ordered[1:]):
        first, last = each.in_force.first, each.in_force.last
        if last is None and successor is not None and successor.in_force.first > first:
            last = successor.in_force.first - _DAY
        found.append((each, Period(first, last)))
    return tuple(found)


def conflicts_among(rulesets: Iterable[Ruleset]) -> Iterator[tuple[Ruleset, bool, str]]:
    """
    Overlaps of, and undeclared gaps between, rulesets of one label.

    Yields the later ruleset, whether it is an overlap, and the matter in words.
    """
    rulesets = tuple(rulesets)
    for label in dict.fromkeys(each.label for each in rulesets):
        periods = in_force(each for each in rulesets if each.label == label)
        for (one, before), (other, after) in pairwise(periods):
            if before.last is None or after.first <= before.last:
                shared = f"{other.reference} begins on {after.first}, while {one.reference}"
                yield other, True, f"{shared} is in force {before}"
            elif before.last + _DAY < after.first and not other.after_gap:
                gap = Period(before.last + _DAY, after.first - _DAY)
                days = f"on {gap.first}" if gap.first == gap.last else str(gap)
                yield other, False, f"no ruleset of {label} is in force {days}"
