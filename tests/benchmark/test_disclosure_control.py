"""docs/benchmark.md, "Nobody is singled out": which figures are shown."""

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
#: Several organisations alike, as small groups alone would show nothing.
worlds = st.lists(st.tuples(organisations, st.sampled_from((1, 2, 3, 5, 8))), max_size=12)
minima = st.sampled_from((5, 6))


def cells_of(
    world: list[tuple[tuple[tuple[GroupName, ...], bool], int]],
) -> dict[tuple[GroupName, ...], tuple[int, int]]:
    """How many are in just these groups, and how many of them have a value."""
    members: Counter[tuple[GroupName, ...]] = Counter()
    values: Counter[tuple[GroupName, ...]] = Counter()
    for (groups, has_value), times in world:
        members[groups] += times
        values[groups] += times * has_value
    return {groups: (members[groups], values[groups]) for groups in members}


def sets_of(
    world: list[tuple[tuple[tuple[GroupName, ...], bool], int]], *, only_values: bool
) -> dict[GroupName, set[tuple[int, int]]]:
    """Who is in each group, or who of them has a value."""
    found: dict[GroupName, set[tuple[int, int]]] = {}
    for number, ((groups, has_value), times) in enumerate(world):
        for group in groups:
            people = {(number, time) for time in range(times)}
            found.setdefault(group, set()).update(people if has_value or not only_values else ())
    return found


@given(worlds, minima)
def test_nobody_is_singled_out(
    world: list[tuple[tuple[tuple[GroupName, ...], bool], int]], minimum: int
) -> None:
    """
    Of all groups that are shown, all differences of two, and everybody beside groups that
    have nobody in common: none has 1 to minimum - 1 members, told or having a value.
    """
    reasons = withheld(cells_of(world), minimum)
    shown = [group for group, reason in reasons.items() if reason is None]
    few = range(1, minimum)

    for only_values in (False, True):
        sets = sets_of(world, only_values=only_values)
        for group in shown:
            assert len(sets[group]) >= minimum
        for one in shown:
            assert not [other for other in shown if len(sets[one] - sets[other]) in few]
        families = [[e for e in shown if e in COUNTRIES], [e for e in shown if e in PORTFOLIOS]]
        labels = [each for each in shown if each in LABELS.values()]
        families += [list(some) for size in (2, 3) for some in combinations(labels, size)]
        for groups in families:
            apart = not any(sets[a] & sets[b] for a, b in combinations(groups, 2))
            if groups and apart:
                rest = sets[EVERYBODY].difference(*(sets[each] for each in groups))
                assert len(rest) not in few


@given(worlds, minima)
def test_everybody_is_shown_if_there_are_enough(
    world: list[tuple[tuple[tuple[GroupName, ...], bool], int]], minimum: int
) -> None:
    """
    What is withheld is no more than needed at least there.
    """
    cells = cells_of(world)
    values = sum(values for _, values in cells.values())

    if world:
        wanted = None if values >= minimum else "too_few"
        assert withheld(cells, minimum)[EVERYBODY] == wanted


def test_groups_are_admitted_in_their_order() -> None:
    """
    Of two that differ by a few the higher label is shown, and of two portfolios that
    leave a few over the larger, or the first by name.
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
    for sizes, apart in (((6, 7), a), ((7, 6), b), ((6, 6), a)):
        cells = {(EVERYBODY, each): (n, n) for each, n in zip((a, b), sizes, strict=True)}
        found = withheld({**cells, (EVERYBODY,): (1, 1)}, 5)
        assert [group for group, reason in found.items() if reason == "remainder"] == [apart]


def test_labels_without_common_holders_leave_nobody_over() -> None:
    """
    Whoever subtracts the holders of all labels from everybody finds no few without one.
    """
    cells = {(EVERYBODY, label): (6, 6) for label in LABELS.values()}
    found = withheld({**cells, (EVERYBODY,): (2, 2)}, 5)

    assert [group for group, reason in found.items() if reason == "remainder"] == [BRONZE]


def test_a_few_without_an_answer_are_not_told_either() -> None:
    """
    That nobody of a difference has a value does not help if the difference is of a few:
    it would be told that they gave no answer.
    """
    cells = {(EVERYBODY, GOLD): (6, 6), (EVERYBODY,): (1, 0)}

    assert withheld(cells, 5) == {EVERYBODY: None, GOLD: "difference"}
    assert withheld({**cells, (EVERYBODY,): (5, 0)}, 5) == {EVERYBODY: None, GOLD: None}
