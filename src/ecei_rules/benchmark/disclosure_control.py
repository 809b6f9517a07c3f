"""Which figures of which groups can be shown, so that nobody is singled out."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import Literal

from attrs import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Family = Literal["everybody", "label", "portfolio", "country"]
Reason = Literal["too_few", "difference", "remainder"]

#: In the order in which they are admitted.
FAMILIES: tuple[Family, ...] = ("everybody", "label", "portfolio", "country")
#: The labels, as they are admitted.
HIGHEST_FIRST = ("gold", "silver", "bronze")


@frozen(cache_hash=True)
class GroupName:
    """A group that organisations are compared with: what it has in common, and which."""

    family: Family
    name: str | None = None

    def __str__(self) -> str:
        return self.name or self.family


EVERYBODY = GroupName("everybody")

if TYPE_CHECKING:
    #: Of some groups that organisations are in together: how many are, and have a value.
    Counts = tuple[int, int]
    Cells = Mapping[tuple[GroupName, ...], Counts]


def withheld(cells: Cells, minimum: int) -> dict[GroupName, Reason | None]:
    """
    Why each group is withheld in the figures of one subject, or `None` where it is shown.

    *cells* says of every combination of groups how many organisations are in just these,
    and how many of them have a value. Groups are admitted in a fixed order: everybody,
    the labels from the highest down, portfolios, countries, those with more values
    first, then by name. Source: docs/benchmark.md, "Nobody is singled out".

    >>> gold = GroupName("label", "gold")
    >>> withheld({(EVERYBODY,): (4, 4), (EVERYBODY, gold): (6, 6)}, 5)[gold]
    'difference'
    """
    sizes = _Sizes(cells)
    reasons: dict[GroupName, Reason | None] = {}
    shown: list[GroupName] = []
    for group in sorted(sizes.groups, key=sizes.order):
        if sizes.of(group, group)[1] < minimum:
            reasons[group] = "too_few"
        elif any(sizes.close(group, other, minimum) for other in shown):
            reasons[group] = "difference"
        else:
            reasons[group] = None
            shown.append(group)
    while (apart := _apart(shown, sizes, minimum)) is not None:
        reasons[apart] = "remainder"
        shown.remove(apart)
    return reasons


class _Sizes:
    """How many organisations are in two groups at once."""

    def __init__(self, cells: Cells) -> None:
        self.members: Counter[tuple[GroupName, GroupName]] = Counter()
        self.values: Counter[tuple[GroupName, GroupName]] = Counter()
        for groups, (members, values) in cells.items():
            for pair in product(groups, groups):
                self.members[pair] += members
                self.values[pair] += values
        self.groups = {group for group, _ in self.members}

    def of(self, one: GroupName, other: GroupName) -> Counts:
        return self.members[one, other], self.values[one, other]

    def order(self, group: GroupName) -> tuple[int, int, str]:
        family = FAMILIES.index(group.family)
        if group.name in HIGHEST_FIRST and group.family == "label":
            return family, HIGHEST_FIRST.index(group.name), ""
        return family, -self.values[group, group], str(group)

    def close(self, one: GroupName, other: GroupName, minimum: int) -> bool:
        """Whether one of two groups has a few that the other has not."""
        both = self.of(one, other)
        return any(
            0 < own - common < minimum
            for group in (one, other)
            for own, common in zip(self.of(group, group), both, strict=True)
        )

    def leave_few(self, groups: Sequence[GroupName], minimum: int) -> bool:
        """Whether groups that have nobody in common leave a few of everybody over."""
        for at in (0, 1):
            apart = all(not self.of(*pair)[at] for pair in combinations(groups, 2))
            rest = self.of(EVERYBODY, EVERYBODY)[at] - sum(self.of(g, g)[at] for g in groups)
            if apart and 0 < rest < minimum:
                return True
        return False


def _apart(shown: Iterable[GroupName], sizes: _Sizes, minimum: int) -> GroupName | None:
    """The smallest group of the first that together leave a few of everybody over."""
    for groups in _parting(list(shown)):
        if groups and sizes.leave_few(groups, minimum):
            return min(groups, key=lambda group: (sizes.of(group, group)[1], str(group)))
    return None


def _parting(shown: Sequence[GroupName]) -> Iterator[Sequence[GroupName]]:
    """Groups that may have nobody in common: all of a family, or some labels."""
    labels = [each for each in shown if each.family == "label"]
    yield from (pair for size in (2, 3) for pair in combinations(labels, size))
    for family in ("portfolio", "country"):
        yield [each for each in shown if each.family == family]
