"""The cheapest choice in some boxes, compared with trying every choice of classes."""

from __future__ import annotations

from copy import deepcopy
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecei_rules.analysis.solver.formulas import Box
from ecei_rules.analysis.solver.shortest_path import CheapestChoice, Learned, cheapest_choice
from ecei_rules.diagnostics.errors import BeyondMethod

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HUNDREDS = settings(max_examples=8 * settings().max_examples)

Sums = tuple[tuple[tuple[int, ...], ...], ...]


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Box], Sums, list[dict[int, int]]]:
    """Draw boxes over two to five questions of two to four classes, with ordered costs."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=2, max_size=5))
    row = st.integers(0, 4) | st.integers(0, 1)
    # of each question the least is 0, and some questions are not looked at
    rows = [
        st.just((0,) * size)
        | st.tuples(*[row] * size).map(lambda each: tuple(one - min(each) for one in each))
        for size in sizes
    ]
    sums = tuple(draw(st.lists(st.tuples(*rows), min_size=1, max_size=3)))
    highest = [sum(map(max, points)) for points in sums]
    found = []
    for _ in range(draw(st.integers(1, 3))):
        masks = {
            number: draw(st.integers(1, (1 << size) - 1))
            for number, size in enumerate(sizes)
            if draw(st.sampled_from((False, False, True)))
        }
        bounds: tuple[dict[int, int], dict[int, int]] = {}, {}
        for number, most in enumerate(highest):
            for each in bounds:
                if draw(st.booleans()):
                    each[number] = draw(st.integers(0, most + 1))
        found.append(Box(masks, *bounds))
    costs = [
        {cell: draw(st.integers(0, 3)) for cell in draw(st.permutations(range(size)))}
        for size in sizes
    ]
    # a class that is locked out is in no way
    costs = [
        each if len(each) < 3 else dict(list(each.items())[draw(st.integers(0, 1)) :])
        for each in costs
    ]
    return found, sums, costs


@st.composite
def exact(draw: st.DrawFn) -> tuple[list[Box], Sums, list[dict[int, int]]]:
    """Draw one box with exactly the sums of some choice, or slightly more."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=4, max_size=5))
    row = [st.tuples(st.just(0), *[st.integers(0, 5)] * (size - 1)) for size in sizes]
    sums = tuple(draw(st.lists(st.tuples(*row), min_size=2, max_size=3)))
    chosen = [draw(st.integers(0, size - 1)) for size in sizes]
    totals = [
        sum(gains[cell] for gains, cell in zip(each, chosen, strict=True))
        + draw(st.sampled_from((0, 0, 0, 1)))
        for each in sums
    ]
    box = Box({}, dict(enumerate(totals)), {at: each + 1 for at, each in enumerate(totals)})
    costs = [{cell: draw(st.integers(0, 3)) for cell in range(size)} for size in sizes]
    return [box], sums, costs


def inside(box: Box, sums: Sums, cells: Sequence[int]) -> bool:
    """Whether a choice of classes is in a box."""
    totals = [sum(row[cell] for row, cell in zip(each, cells, strict=True)) for each in sums]
    return (
        all(mask >> cells[number] & 1 for number, mask in box.classes.items())
        and all(totals[number] >= bound for number, bound in box.at_least.items())
        and all(totals[number] < bound for number, bound in box.below.items())
    )


def tried(
    found: Sequence[Box], sums: Sums, costs: Sequence[Mapping[int, int]]
) -> CheapestChoice | None:
    """Return the first of the cheapest choices, by trying all in order of preference."""
    ways = [
        CheapestChoice(sum(each[cell] for each, cell in zip(costs, cells, strict=True)), cells)
        for cells in product(*costs)
        if any(inside(box, sums, cells) for box in found)
    ]
    return min(ways, key=lambda way: way.cost, default=None)


@HUNDREDS
@given(problems() | exact())
def test_cheapest_choice_agrees_with_trying_all(
    problem: tuple[list[Box], Sums, list[dict[int, int]]],
) -> None:
    """
    It is the first by preference, question by question, of the choices of least cost in
    some box; `None` if all boxes are empty.
    """
    assert cheapest_choice(*problem) == tried(*problem)


@HUNDREDS
@given(problems() | exact(), st.data())
def test_learned_bounds_do_not_change_further_results(
    problem: tuple[list[Box], Sums, list[dict[int, int]]], data: st.DataObject
) -> None:
    """
    A search in the same boxes with fewer classes has the result that it has alone.
    """
    found, sums, costs = problem
    learned: Learned = {}
    cheapest_choice(found, sums, costs, learned)
    fewer = [
        {cell: each[cell] for cell in each if cell in kept}
        for each in costs
        for kept in [data.draw(st.sets(st.sampled_from(sorted(each))))]
    ]

    assert cheapest_choice(found, sums, fewer, learned) == tried(found, sums, fewer)


class TestEdges:
    """Boxes by hand: two questions of three classes that gain 0, 1 and 2."""

    SUMS = (((0, 1, 2), (0, 1, 2)),)
    FREE = ({0: 0, 1: 1, 2: 2}, {0: 0, 1: 1, 2: 2})

    def test_unbounded_box_costs_nothing(self) -> None:
        """
        The preferred classes are enough there, and without boxes there is no choice.
        """
        assert cheapest_choice([Box({}, {}, {})], self.SUMS, self.FREE) == CheapestChoice(0, (0, 0))
        assert cheapest_choice([], self.SUMS, self.FREE) is None
        assert cheapest_choice([Box({}, {}, {})], (), ()) == CheapestChoice(0, ())

    def test_bounds_are_exact(self) -> None:
        """
        4 is the most that two questions gain; no sum is below 0.
        """
        assert cheapest_choice([Box({}, {0: 4}, {})], self.SUMS, self.FREE) == CheapestChoice(
            4, (2, 2)
        )
        assert cheapest_choice([Box({}, {0: 5}, {})], self.SUMS, self.FREE) is None
        assert cheapest_choice([Box({}, {}, {0: 1})], self.SUMS, self.FREE) == CheapestChoice(
            0, (0, 0)
        )
        assert cheapest_choice([Box({}, {}, {0: 0})], self.SUMS, self.FREE) is None

    def test_first_question_keeps_its_preferred_class(self) -> None:
        """
        2 points cost 2 in three ways; the first question stays as it is, in whichever box.
        """
        assert cheapest_choice([Box({}, {0: 2}, {})], self.SUMS, self.FREE) == CheapestChoice(
            2, (0, 2)
        )
        apart = [Box({0: 0b100}, {0: 2}, {}), Box({1: 0b100}, {0: 2}, {})]
        assert cheapest_choice(apart, self.SUMS, self.FREE) == CheapestChoice(2, (0, 2))
        assert cheapest_choice(apart[::-1], self.SUMS, self.FREE) == CheapestChoice(2, (0, 2))

    def test_contradictory_box_is_empty(self) -> None:
        """
        At least 2 and below 2 is empty, at least 2 and below 3 is exactly 2.
        """
        assert cheapest_choice([Box({}, {0: 2}, {0: 2})], self.SUMS, self.FREE) is None
        assert cheapest_choice(
            [Box({0: 0b010}, {0: 2}, {0: 3})], self.SUMS, self.FREE
        ) == CheapestChoice(2, (1, 1))

    def test_learned_bounds_hold_for_fewer_classes(self) -> None:
        """
        The first question has to move, for 3 or for 4. 2 points cost 4 there, and 3 + 2
        with the second question if the first may only gain nothing.
        """
        sums, moved = (((0, 0, 2), (0, 2, 4)),), [Box({0: 0b110}, {0: 2}, {})]
        learned: Learned = {}

        assert cheapest_choice(
            moved, sums, ({0: 0, 1: 3, 2: 4}, {0: 0, 1: 2}), learned
        ) == CheapestChoice(4, (2, 0))
        first = deepcopy(learned)
        assert first[0]
        assert cheapest_choice(
            moved, sums, ({0: 0, 1: 3}, {0: 0, 1: 2}), learned
        ) == CheapestChoice(5, (1, 1))
        assert learned == first

    def test_class_without_cost_is_not_chosen(self) -> None:
        """
        So a question can be locked to some of its classes, or to one.
        """
        locked = ({0: 0}, self.FREE[1])

        assert cheapest_choice([Box({}, {0: 2}, {})], self.SUMS, locked) == CheapestChoice(
            2, (0, 2)
        )
        assert cheapest_choice([Box({}, {0: 3}, {})], self.SUMS, locked) is None
        assert cheapest_choice([Box({0: 0b110}, {}, {})], self.SUMS, locked) is None


class TestLimits:
    """A search that would take too long is refused."""

    #: Each of four questions meets one of five needs, so that not all are met; but any two.
    SUMS = tuple((tuple(int(cell == need) for cell in range(5)),) * 4 for need in range(5))
    BOX = Box({}, dict.fromkeys(range(5), 1), {})
    FREE = (dict.fromkeys(range(5), 0),) * 4

    def test_too_many_states_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        The learned bounds are kept up to a limit.
        """
        assert cheapest_choice([self.BOX], self.SUMS, self.FREE) is None

        monkeypatch.setattr("ecei_rules.analysis.solver.shortest_path.MAX_STATES", 0)
        with pytest.raises(BeyondMethod) as caught:
            cheapest_choice([self.BOX], self.SUMS, self.FREE)
        assert str(caught.value) == "a search through so many states is beyond the method"

    def test_too_many_questions_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        One question more than the limit is tried.
        """
        monkeypatch.setattr("ecei_rules.analysis.solver.shortest_path.MAX_QUESTIONS", 4)
        assert cheapest_choice([Box({}, {}, {})], (), self.FREE) == CheapestChoice(0, (0, 0, 0, 0))

        with pytest.raises(BeyondMethod) as caught:
            cheapest_choice([Box({}, {}, {})], (), (*self.FREE, {0: 0}))
        assert str(caught.value) == "a search through so many questions is beyond the method"
