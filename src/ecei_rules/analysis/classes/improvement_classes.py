"""The numbers of confirmed improvements that rulesets can distinguish."""

from __future__ import annotations

from itertools import pairwise, product

from attrs import field, frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


@frozen
class ConfirmedImprovements:
    """
    Numbers of indicators with a confirmed improvement.

    *common* are indicators that all catalogues ask in a common way. *own* has for each
    ruleset the number of those that its catalogue alone asks, or asks in a way of its own.
    A ruleset counts both. Source: docs/semantics.md, 9.2.

    >>> ConfirmedImprovements(1, (2, 0)).counted_by(0), ConfirmedImprovements(1, (2, 0)).total
    (3, 3)
    """

    common: int
    own: tuple[int, ...] = field(converter=tuple[int, ...])

    def counted_by(self, side: int) -> int:
        """Return the number that a ruleset counts."""
        return self.common + self.own[side]

    @property
    def total(self) -> int:
        """The number of all indicators with an improvement."""
        return self.common + sum(self.own)


@frozen
class Improvable:
    """
    The indicators in which an improvement counts.

    *common* are those that all catalogues ask in a common way, *own* those of each ruleset
    that its catalogue alone asks, or asks in a way of its own.
    """

    common: tuple[str, ...] = field(converter=tuple[str, ...])
    own: tuple[tuple[str, ...], ...] = field(converter=tuple[tuple[str, ...], ...])

    @property
    def most(self) -> ConfirmedImprovements:
        """Return the numbers where all of them have a confirmed improvement."""
        return ConfirmedImprovements(len(self.common), map(len, self.own))

    def count(self, confirmed: Collection[str], side: int) -> ConfirmedImprovements:
        """
        Count the improvements of an interview held with the catalogue of a ruleset.

        It has none in the indicators that the other catalogue alone asks.
        """
        return ConfirmedImprovements(
            sum(name in confirmed for name in self.common),
            (
                sum(each == side and name in confirmed for name in names)
                for each, names in enumerate(self.own)
            ),
        )

    def first(self, numbers: ConfirmedImprovements, side: int) -> tuple[str, ...]:
        """Return the first indicators of a ruleset, as many of each as *numbers* says."""
        return (*self.common[: numbers.common], *self.own[side][: numbers.own[side]])


def improvable(asked: Iterable[tuple[str, tuple[int, ...]]], rulesets: int) -> Improvable:
    """Return the indicators in which an improvement counts, by the rulesets that ask each."""
    indicators, every = tuple(asked), tuple(range(rulesets))
    return Improvable(
        (name for name, sides in indicators if sides == every),
        (tuple(name for name, sides in indicators if sides == (side,) != every) for side in every),
    )


@frozen
class EnoughImprovements:
    """The test that the ruleset of a *side* counts at least this number of improvements."""

    side: int
    at_least: int

    def holds(self, confirmed: ConfirmedImprovements) -> bool:
        """Return whether the ruleset counts enough of them."""
        return confirmed.counted_by(self.side) >= self.at_least


def improvement_classes(
    tests: Iterable[EnoughImprovements], most: ConfirmedImprovements
) -> tuple[ConfirmedImprovements, ...]:
    """
    Return numbers of improvements from every class that tests distinguish, up to *most*.

    They are in the order of docs/semantics.md, 9.6: fewer improvements come first, then
    more common ones, then more that the first ruleset counts. Each is the first of its class.

    >>> two = [EnoughImprovements(side, 2) for side in (0, 1)]
    >>> improvement_classes(two, ConfirmedImprovements(1, (1, 0)))[-1]  # the second counts 1 only
    ConfirmedImprovements(common=1, own=(1, 0))
    """
    bounds: list[set[int]] = [{0, most.counted_by(side) + 1} for side in range(len(most.own))]
    for test in tests:
        if test.at_least <= most.counted_by(test.side):
            bounds[test.side].add(test.at_least)
    firsts = (
        _first_between(between, most) for between in product(*map(pairwise, map(sorted, bounds)))
    )
    return tuple(sorted((each for each in firsts if each is not None), key=_order))


def _first_between(
    between: Sequence[tuple[int, int]], most: ConfirmedImprovements
) -> ConfirmedImprovements | None:
    """Return the first numbers that each ruleset counts between two bounds of its own."""
    possible = []
    for common in range(most.common + 1):
        tried = ConfirmedImprovements(common, (max(0, least - common) for least, _ in between))
        fits = all(
            own <= largest and common + own < beyond
            for own, largest, (_, beyond) in zip(tried.own, most.own, between, strict=True)
        )
        if fits:
            possible.append(tried)
    return min(possible, key=_order, default=None)


def _order(confirmed: ConfirmedImprovements) -> tuple[int, ...]:
    return confirmed.total, -confirmed.common, *(-number for number in confirmed.own)
