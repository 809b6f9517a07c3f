"""docs/benchmark.md, "The audit": who is pinned, in worlds that are small enough to see."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecei_rules.benchmark.disclosure.audit import Audit, Layout
from ecei_rules.benchmark.disclosure.rounding import Ledger, fewest, most, rounded
from ecei_rules.benchmark.disclosure.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

#: An answer in a class, as the set of categories that count it; the first three are states.
A, B, SILENT = 0b01001, 0b10001, 0b00100
CLASSES = Layout((0b11000,), 0)


def shown(cells: list[tuple[int, ...]], answers: list[str]) -> Mapping[int, set[int]]:
    """Audit worlds in which the organisations of each cell answered `a`, `b` or not at all."""
    organisations = [(cell, "ab-".index(each)) for cell, row in enumerate(answers) for each in row]
    cell_of, options = zip(*organisations, strict=True)
    groups = 1 + max(group for each in cells for group in each)
    rows = list(zip(cells, answers, strict=True))
    sizes = [sum(len(row) for cell, row in rows if group in cell) for group in range(groups)]
    world = World(cells, cell_of, options, [A, B, SILENT])
    audit = Audit(world, CLASSES, sizes, [False] * len(cells), lambda _organisation: ())
    return audit.shown()


class TestPinned:
    """A table is withheld where an organisation is in one class in every world."""

    def test_members_of_one_cell_take_each_others_place(self) -> None:
        """
        Ten answered in each way, and nobody knows who.
        """
        assert shown([(0,)], ["a" * 10 + "b" * 10]) == {0: {0}}

    def test_where_all_answered_alike_nothing_is_shown(self) -> None:
        """
        Each of them did, and there is no group that could be shown instead.
        """
        assert shown([(0,)], ["a" * 20]) == {}

    def test_rounding_protects_ten_that_answered_alike(self) -> None:
        """
        Nine of one answer and one of the other would be rounded to ten and none as well.
        """
        cells = [(0, 1), (0, 2)]

        assert shown(cells, ["a" * 10, "b" * 10]) == {0: {0}, 1: {0}, 2: {0}}

    def test_eight_that_answered_alike_are_withheld(self) -> None:
        """
        Seven would be rounded to five, and is published as ten: all eight gave the answer.
        """
        cells = [(0, 1), (0, 2), (0,)]

        assert shown(cells, ["a" * 8, "b" * 8, "ab" * 6]) == {0: {0}}

    def test_too_few_that_answered_show_nothing(self) -> None:
        """
        Figures are of at least five.
        """
        assert shown([(0, 1), (0,)], ["a" * 2 + "b" * 2 + "-" * 9, "a" * 9 + "b" * 9]).keys() == {0}


class TestWorlds:
    """Every world of a walk agrees with what is published."""

    @given(st.lists(st.sampled_from("ab-"), min_size=3, max_size=7), st.data())
    def test_allowed_changes_keep_every_rounded_count(
        self, answers: list[str], data: st.DataObject
    ) -> None:
        """
        And a change that keeps them all is allowed: counting anew is the oracle.
        """
        split = data.draw(st.integers(1, len(answers) - 1))
        cells = [(0, 1), (0, 2)]
        cell_of = [int(number >= split) for number in range(len(answers))]
        options = [A, B, SILENT]
        given_ = ["ab-".index(each) for each in answers]
        world = World(cells, cell_of, given_, options)
        for group in range(3):
            world.ledger.publish(group, 0b11111)

        def published(chosen: list[int]) -> dict[tuple[int, int], int]:
            return {
                (group, category): rounded(
                    sum(
                        options[option] >> category & 1
                        for cell, option in zip(cell_of, chosen, strict=True)
                        if group in cells[cell]
                    )
                )
                for group, category in product(range(3), range(5))
            }

        organisation = data.draw(st.integers(0, len(answers) - 1))
        option = data.draw(st.integers(0, 2))
        other = [*given_]
        other[organisation] = option

        allowed = world.allows(organisation, option)
        assert allowed is (published(other) == published(given_))


@given(st.integers(0, 10_000))
def test_count_is_within_the_ends_of_its_rounded_form(count: int) -> None:
    """
    The nearest multiple of five is at most two away, and the ends are the counts that have it.
    """
    shown_ = rounded(count)

    assert shown_ % 5 == 0
    assert abs(shown_ - count) <= 2
    assert fewest(shown_) <= count <= most(shown_)
    assert rounded(most(shown_)) == shown_ != rounded(most(shown_) + 1)


@pytest.mark.parametrize("published", [True, False])
def test_unpublished_counts_may_change(*, published: bool) -> None:
    """
    Only what is told has to stay as it is.
    """
    ledger = Ledger(1, [((0,), 0b1, 3)])
    if published:
        ledger.publish(0, 0b1)

    # of three, one fewer would be rounded down to none
    assert bool(ledger.falls[0] & 1) is not published
