"""Strategies for formulas over a few questions and sums, and their meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from hypothesis import strategies as st

from ecei_rules.analysis.solver.formulas import (
    AtLeast,
    Below,
    Conjunction,
    Disjunction,
    Formula,
    In,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Sums = tuple[tuple[tuple[int, ...], ...], ...]
Problem = tuple[Formula, list[int], Sums]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw a nested formula over at most five questions and three sums, with their sizes."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    rows = [
        st.just((0,) * size)
        | st.tuples(*[st.integers(0, 4)] * size).map(lambda e: tuple(one - min(e) for one in e))
        for size in sizes
    ]
    sums = tuple(draw(st.lists(st.tuples(*rows), max_size=3)))
    simple: list[st.SearchStrategy[Formula]] = [
        st.builds(In, st.just(number), st.integers(0, (1 << size) - 1))
        for number, size in enumerate(sizes)
    ]
    # a bound that a sum always or never reaches is a constant and no bound
    highest = [sum(map(max, points)) for points in sums]
    for number, most in enumerate(highest):
        if most:
            bounds = st.integers(1, most)
            simple += [st.builds(each, st.just(number), bounds) for each in (AtLeast, Below)]
    formula = st.recursive(
        st.one_of(simple),
        lambda inner: st.one_of(
            st.builds(each, st.lists(inner, max_size=3)) for each in (Conjunction, Disjunction)
        ),
        max_leaves=8,
    )
    return draw(formula), sizes, sums


def holds(formula: Formula, sums: Sums, cells: Sequence[int]) -> bool:
    """Evaluate a formula on a choice of classes, by its definition."""
    match formula:
        case In(question=question, classes=classes):
            return bool(classes >> cells[question] & 1)
        case AtLeast(sum=number, bound=bound):
            return _total(sums, number, cells) >= bound
        case Below(sum=number, bound=bound):
            return _total(sums, number, cells) < bound
        case Conjunction(parts=parts):
            return all(holds(part, sums, cells) for part in parts)
        case Disjunction(parts=parts):
            return any(holds(part, sums, cells) for part in parts)
        case unreachable:
            assert_never(unreachable)


def _total(sums: Sums, number: int, cells: Sequence[int]) -> int:
    return sum(row[cell] for row, cell in zip(sums[number], cells, strict=True))
