"""docs/benchmark.md, "Nobody is singled out": which figures are suppressed."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ecei_rules.benchmark.disclosure_control import EVERYBODY, GroupName, withheld

LABELS = {name: GroupName("label", name) for name in ("gold", "silver", "bronze")}
PORTFOLIOS = [GroupName("portfolio", name) for name in ("A", "B", "C")]
COUNTRIES = [GroupName("country", name) for name in ("IT", "NO")]
GOLD, SILVER, BRONZE = LABELS.values()

#: The groups of one organisation, and whether it has a value.
organisations = st.tuples(
    st.sets(st.sampled_from([GOLD, SILVER, BRONZE]), max_size=3),
    st.sampled_from([None, *PORTFOLIOS]),
    st.sampled_from(COUNTRIES),
    st.sampled_from((True, True, True, False)),
).map(
    lambda drawn: (
        (EVERYBODY, *sorted(drawn[0], key=str), *filter(None, [drawn[1]]), drawn[2]),
        drawn[3],
    )
)
#: Organisations in numbers, because small groups alone would all be suppressed.
worlds = st.lists(st.tuples(organisations, st.sampled_from((1, 2, 3, 5, 8))), max_size=12)
minima = st.sampled_from((5, 6))


def cells_of(
    world: list[tuple[tuple[tuple[GroupName, ...], bool], int]],
) -> dict[tuple[GroupName, ...], tuple[int, int]]:
    """Return the numbers of organisations in exactly these groups, and of those with a value."""
    members: Counter[tuple[GroupName, ...]] = Counter()
    values: Counter[tuple[GroupName, ...]] = Counter()
    for (groups, has_value), times in world:
        members[groups] += times
        values[groups] += times * has_value
    return {groups: (members[groups], values[groups]) for groups in members}


def sets_of(
    world: list[tuple[tuple[tuple[GroupName, ...], bool], int]], *, only_values: bool
) -> dict[GroupName, set[tuple[int, int]]]:
    """Return the organisations of each group, or only those with a value."""
    sets: dict[GroupName, set[tuple[int, int]]] = {}
    for number, ((groups, has_value), times) in enumerate(world):
        for group in groups:
            people = {(number, time) for time in range(times)}
            sets.setdefault(group, set()).update(people if has_value or not only_values else ())
    return sets


@given(worlds, minima)
def test_no_difference_or_remainder_is_small(
    world: list[tuple[tuple[tuple[GroupName, ...], bool], int]], minimum: int
) -> None:
    """
    No published group, no difference of two, and no remainder of everybody beside disjoint
    groups has 1 to minimum - 1 members, or members with a value.
    """
    reasons = withheld(cells_of(world), minimum)
    published = [group for group, reason in reasons.items() if reason is None]
    small = range(1, minimum)

    for only_values in (False, True):
        sets = sets_of(world, only_values=only_values)
        for first in published:
            assert len(sets[first]) >= minimum
            assert not [g for g in published if len(sets[first] - sets[g]) in small]
        families = [[g for g in published if g in some] for some in (COUNTRIES, PORTFOLIOS)]
        labels = [group for group in published if group in LABELS.values()]
        families += [list(some) for size in (2, 3) for some in combinations(labels, size)]
        for family in families:
            disjoint = not any(sets[a] & sets[b] for a, b in combinations(family, 2))
            if family and disjoint:
                remainder = sets[EVERYBODY].difference(*(sets[group] for group in family))
                assert len(remainder) not in small


@given(worlds, minima)
def test_everybody_is_published_if_there_are_enough(
    world: list[tuple[tuple[tuple[GroupName, ...], bool], int]], minimum: int
) -> None:
    """
    At least for everybody, no more is suppressed than necessary.
    """
    cells = cells_of(world)
    values = sum(values for _, values in cells.values())

    if world:
        reason = None if values >= minimum else "too_few"
        assert withheld(cells, minimum)[EVERYBODY] == reason


def test_earlier_groups_have_priority() -> None:
    """
    Of two labels with a small difference the higher one is published; of two portfolios with
    a small remainder the smaller one is suppressed, or the first by name.
    """
    assert withheld({(EVERYBODY, GOLD, SILVER): (6, 6), (EVERYBODY, SILVER): (4, 4)}, 5) == {
        EVERYBODY: None,
        GOLD: "difference",
        SILVER: None,
    }
    assert withheld(
        {(EVERYBODY, GOLD, SILVER): (6, 6), (EVERYBODY, GOLD): (4, 4), (EVERYBODY,): (5, 5)}, 5
    ) == {EVERYBODY: None, GOLD: None, SILVER: "difference"}
    a, b, _ = PORTFOLIOS
    for sizes, suppressed in (((6, 7), a), ((7, 6), b), ((6, 6), a)):
        cells = {(EVERYBODY, group): (n, n) for group, n in zip((a, b), sizes, strict=True)}
        reasons = withheld({**cells, (EVERYBODY,): (1, 1)}, 5)
        assert [g for g, reason in reasons.items() if reason == "remainder"] == [suppressed]


def test_disjoint_labels_leave_no_small_remainder() -> None:
    """
    Subtracting the holders of all labels from everybody reveals no few without a label.
    """
    cells = {(EVERYBODY, label): (6, 6) for label in LABELS.values()}
    reasons = withheld({**cells, (EVERYBODY,): (2, 2)}, 5)

    assert [group for group, reason in reasons.items() if reason == "remainder"] == [BRONZE]


def test_difference_without_values_counts_too() -> None:
    """
    A small difference in which nobody has a value would reveal that those few gave no answer.
    """
    cells = {(EVERYBODY, GOLD): (6, 6), (EVERYBODY,): (1, 0)}

    assert withheld(cells, 5) == {EVERYBODY: None, GOLD: "difference"}
    assert withheld({**cells, (EVERYBODY,): (5, 0)}, 5) == {EVERYBODY: None, GOLD: None}
