"""The groups of organisations that a benchmark describes."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from ecei_rules.interviews.portfolios import portfolio_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.interviews.history import Cluster

Family = Literal["everybody", "label", "portfolio", "country"]

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


def groups_of(cluster: Cluster, labels: Iterable[str]) -> tuple[GroupName, ...]:
    """
    Return the groups of an organisation with some labels, in the order of the families.

    A comparative portfolio that is not in the public register makes no group.
    """
    held_labels = set(labels)
    groups = [
        EVERYBODY,
        *(GroupName("label", each) for each in HIGHEST_FIRST if each in held_labels),
    ]
    portfolio = portfolio_of(cluster.comparative_portfolio or "")
    if portfolio is not None:
        groups.append(GroupName("portfolio", portfolio))
    return (*groups, GroupName("country", cluster.country))


def group_order(group: GroupName) -> tuple[int, int, str]:
    """Return the sort key: everybody, the highest label first, then portfolios and countries."""
    label = HIGHEST_FIRST.index(group.name) if group.name in HIGHEST_FIRST else 0
    return FAMILIES.index(group.family), label, str(group)
