"""Statistical disclosure control: which figures may be published without revealing anybody."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import Literal

from attrs import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Family = Literal["everybody", "label", "portfolio", "country"]
Reason = Literal["too_few", "difference", "remainder"]

#: The families in their order of publication.
FAMILIES: tuple[Family, ...] = ("everybody", "label", "portfolio", "country")
#: The labels in their order of publication.
HIGHEST_FIRST = ("gold", "silver", "bronze")


@frozen(cache_hash=True)
class GroupName:
    """The name of a group of organisations within its family; everybody needs none."""

    family: Family
    name: str | None = None

    def __str__(self) -> str:
        return self.name or self.family


EVERYBODY = GroupName("everybody")

if TYPE_CHECKING:
    #: The numbers of organisations that belong to some groups, and of those with a value.
    Counts = tuple[int, int]
    #: The counts of the organisations that belong to exactly these groups.
    Cells = Mapping[tuple[GroupName, ...], Counts]


def withheld(cells: Cells, minimum: int) -> dict[GroupName, Reason | None]:
    """
    Return why each group's figures of one subject are suppressed, `None` for published ones.

    A count is small if it is above zero and below *minimum*.
    *Primary suppression* withholds a group with a small count (`too_few`), and a group
    that differs from a published one by a small count (`difference`): differencing would
    reveal the values of those few. Groups are considered in a fixed order: everybody, the
    labels from the highest to the lowest, portfolios, countries; within a family those with
    more values first, then by name. *Complementary suppression* then withholds the smallest
    group where a family leaves a small remainder of everybody (`remainder`).
    Source: docs/benchmark.md, "Nobody is singled out".

    >>> gold = GroupName("label", "gold")
    >>> withheld({(EVERYBODY,): (4, 4), (EVERYBODY, gold): (6, 6)}, 5)[gold]
    'difference'
    """
    overlaps = _Overlaps(cells, minimum)
    reasons: dict[GroupName, Reason | None] = {}
    published: list[GroupName] = []
    for group in sorted(overlaps.groups, key=overlaps.publication_order):
        if overlaps.counts(group, group)[1] < minimum:
            reasons[group] = "too_few"
        elif any(overlaps.differ_by_few(group, earlier) for earlier in published):
            reasons[group] = "difference"
        else:
            reasons[group] = None
            published.append(group)
    while (complementary := _complementary_suppression(published, overlaps)) is not None:
        reasons[complementary] = "remainder"
        published.remove(complementary)
    return reasons


class _Overlaps:
    """The counts of the organisations that two groups have in common."""

    def __init__(self, cells: Cells, minimum: int) -> None:
        self.minimum = minimum
        self.members: Counter[tuple[GroupName, GroupName]] = Counter()
        self.values: Counter[tuple[GroupName, GroupName]] = Counter()
        for groups, (members, values) in cells.items():
            for pair in product(groups, groups):
                self.members[pair] += members
                self.values[pair] += values
        self.groups = {group for group, _ in self.members}

    def counts(self, first: GroupName, second: GroupName) -> Counts:
        return self.members[first, second], self.values[first, second]

    def publication_order(self, group: GroupName) -> tuple[int, int, str]:
        family = FAMILIES.index(group.family)
        if group.name in HIGHEST_FIRST and group.family == "label":
            return family, HIGHEST_FIRST.index(group.name), ""
        return family, -self.values[group, group], str(group)

    def differ_by_few(self, first: GroupName, second: GroupName) -> bool:
        """Return whether differencing two groups leaves a small count in one of them."""
        common = self.counts(first, second)
        return any(
            0 < count - shared < self.minimum
            for group in (first, second)
            for count, shared in zip(self.counts(group, group), common, strict=True)
        )

    def leave_few(self, groups: Sequence[GroupName]) -> bool:
        """Return whether disjoint groups leave a small remainder of everybody."""
        for index in (0, 1):
            disjoint = all(not self.counts(*pair)[index] for pair in combinations(groups, 2))
            total = self.counts(EVERYBODY, EVERYBODY)[index]
            remainder = total - sum(self.counts(group, group)[index] for group in groups)
            if disjoint and 0 < remainder < self.minimum:
                return True
        return False


def _complementary_suppression(
    published: Sequence[GroupName], overlaps: _Overlaps
) -> GroupName | None:
    """Return the smallest of the first groups that leave a small remainder, if any do."""
    for groups in _families(published):
        if groups and overlaps.leave_few(groups):
            return min(groups, key=lambda group: (overlaps.counts(group, group)[1], str(group)))
    return None


def _families(published: Sequence[GroupName]) -> Iterator[Sequence[GroupName]]:
    """Yield the groups that may be disjoint: two or three labels, all portfolios, all countries."""
    labels = [group for group in published if group.family == "label"]
    yield from (some for size in (2, 3) for some in combinations(labels, size))
    for family in FAMILIES[2:]:
        yield [group for group in published if group.family == family]
