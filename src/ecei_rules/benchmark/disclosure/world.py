"""Other answers that organisations could have given: worlds that agree with what is published."""

from __future__ import annotations

from array import array
from collections import Counter

from ecei_rules.benchmark.disclosure.rounding import Ledger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class World:
    """
    Answers of all organisations to one question that agree with every published count.

    At first they are the true ones. A change is allowed only if no published count changes
    with it. So every later world agrees with the benchmark too, and whoever answers
    differently in one of them is not pinned.

    *cells* are the sets of groups that organisations belong to, and *cell_of* has the cell
    of each. *answers* are numbers of *options*; each option is the set of categories that
    count it. The *ledger* counts them by group.
    """

    def __init__(
        self,
        cells: Sequence[tuple[int, ...]],
        cell_of: Sequence[int],
        answers: Iterable[int],
        options: list[int],
    ) -> None:
        self.cells, self.cell_of, self.options = cells, cell_of, options
        self.answers = array("I", answers)
        self._members = [frozenset(each) for each in cells]
        pairs = Counter(zip(cell_of, self.answers, strict=True))
        self.ledger = Ledger(
            1 + max((group for each in cells for group in each), default=-1),
            ((cells[cell], options[option], count) for (cell, option), count in pairs.items()),
        )

    def categories(self, organisation: int) -> int:
        """Return the categories that count an organisation in this world."""
        return self.options[self.answers[organisation]]

    def allows(self, organisation: int, option: int) -> bool:
        """Whether an organisation may have another answer."""
        before, after = self.options[self.answers[organisation]], self.options[option]
        groups = self.cells[self.cell_of[organisation]]
        return self._allow(groups, before & ~after, after & ~before)

    def allows_exchange(self, first: int, second: int) -> bool:
        """Whether two organisations may have each other's answer."""
        one = self.options[self.answers[first]]
        two = self.options[self.answers[second]]
        here, there = self._members[self.cell_of[first]], self._members[self.cell_of[second]]
        left, joined = one & ~two, two & ~one
        return self._allow(here - there, left, joined) and self._allow(there - here, joined, left)

    def _allow(self, groups: Iterable[int], left: int, joined: int) -> bool:
        falls, rises = self.ledger.falls, self.ledger.rises
        return not any(left & ~falls[group] or joined & ~rises[group] for group in groups)

    def answer(self, organisation: int, option: int) -> None:
        """Give an organisation another answer, which is allowed."""
        before, after = self.options[self.answers[organisation]], self.options[option]
        for group in self.cells[self.cell_of[organisation]]:
            self.ledger.add(group, before & ~after, -1)
            self.ledger.add(group, after & ~before, 1)
        self.answers[organisation] = option

    def exchange(self, first: int, second: int) -> None:
        """Exchange the answers of two organisations, which is allowed."""
        own, other = self.answers[first], self.answers[second]
        self.answer(first, other)
        self.answer(second, own)
