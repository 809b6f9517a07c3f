"""The kinds of events that requirements look at together."""

from __future__ import annotations

from ecei_rules.interviews.history import LABELS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.rulesets.criteria import Earlier


def joined_requirements(
    requirements: Iterable[Earlier],
) -> dict[tuple[str, ...], tuple[Earlier, ...]]:
    """
    Return the requirements that look at the same events, by the kinds of these.

    A requirement of an event since an award joins both kinds, and so do others that share
    one of them. Source: docs/semantics.md, 9.2.

    >>> from ecei_rules.rulesets.criteria import Earlier
    >>> anew = Earlier("bronze", "benchmarked", since_award_of="silver")
    >>> list(joined_requirements([Earlier("bronze", "benchmarked"), anew]))
    [('bronze benchmarked', 'silver awarded')]
    """
    joined: list[tuple[set[str], list[Earlier]]] = []
    for requirement in dict.fromkeys(requirements):
        touching = [each for each in joined if not each[0].isdisjoint(requirement.event_kinds)]
        kinds, together = touching[0] if touching else (set(), [])
        for other in touching[1:]:
            kinds |= other[0]
            together += other[1]
            joined.remove(other)
        if not touching:
            joined.append((kinds, together))
        kinds.update(requirement.event_kinds)
        together.append(requirement)
    in_order = [f"{label} {event}" for label in LABELS for event in ("benchmarked", "awarded")]
    return {tuple(sorted(kinds, key=in_order.index)): tuple(together) for kinds, together in joined}
