"""Integer solutions of linear inequalities, compared with trying all numbers."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecei_rules.analysis.solver.branch_and_bound import Search
from ecei_rules.analysis.solver.simplex import Effort, Inequality, Simplex
from ecei_rules.diagnostics.errors import BeyondMethod

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction


def rounded(values: tuple[Fraction, ...]) -> Iterator[tuple[int, ...]]:
    """Round some fractions to whole numbers, down and up."""
    yield tuple(round(each) for each in values)


rows = st.builds(
    Inequality, st.lists(st.integers(-4, 4), min_size=3, max_size=3).map(tuple), st.integers(-6, 6)
)


class TestIntegerSolutions:
    """Integer solutions of linear inequalities are found exactly when there are some."""

    SEARCH = Search(
        links=((2, 0),),
        first=(1,),
        directions=((1, -2, 0),),
        roundings=rounded,
    )

    @given(st.lists(rows, max_size=6))
    def test_search_agrees_with_trying_all_numbers(self, given_rows: list[Inequality]) -> None:
        """
        All numbers from 0 to 4 are tried; the third is above 0 only where the first is.
        """
        box = [Inequality(tuple(-int(at == each) for at in range(3)), -4) for each in range(3)]
        found = self.found([*box, *given_rows])
        tried = [
            values
            for values in product(range(5), repeat=3)
            if (values[0] or not values[2]) and all(row.holds(values) for row in given_rows)
        ]

        assert found in tried if tried else found is None

    def test_inequality_and_negation_are_complementary(self) -> None:
        """
        Whole numbers satisfy an inequality or its negation, and never both.
        """
        row = Inequality([2, -3, 1], 2)

        for values in product(range(-3, 4), repeat=3):
            assert row.holds(values) is not row.negated.holds(values)

    def test_endless_search_is_given_up(self) -> None:
        """
        Twice one number is never one more than twice another, however large they are.
        """
        strip = [Inequality([2, -2, 0], 1), Inequality([-2, 2, 0], -1)]

        with pytest.raises(BeyondMethod):
            self.found(strip)

    def found(self, given_rows: list[Inequality]) -> tuple[int, ...] | None:
        """Return the solution that the search finds under some inequalities."""
        effort = Effort("a search", 30_000)
        now: Simplex | None = Simplex.unconstrained(3)
        for row in given_rows:
            now = None if now is None else now.with_inequality(row, effort)
        return None if now is None else self.SEARCH.solution(now, effort)
