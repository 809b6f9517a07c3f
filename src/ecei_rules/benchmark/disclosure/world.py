"""Other answers that organisations could have given: worlds that agree with what is published."""

from __future__ import annotations

from array import array
from collections import Counter

from ecei_rules.benchmark.disclosure.rounding import Ledger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


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
        left, joined = before & ~after, after & ~before
        falls, rises = self.ledger.falls, self.ledger.rises
        for group in self.cells[self.cell_of[organisation]]:
            if left & ~falls[group] or joined & ~rises[group]:
                return False
        return True

    def allows_exchange(self, first: int, second: int) -> bool:
        """Whether two organisations may have each other's answer."""
        return self.exchanges_of(first)(second)

    def exchanges_of(self, organisation: int) -> Callable[[int], bool]:
        """
        Return a test whether an organisation and another one may have each other's answer.

        It holds until an answer changes.
        """
        answers, options, cells = self.answers, self.options, self.cell_of
        falls, rises, members = self.ledger.falls, self.ledger.rises, self._members
        one, here = options[answers[organisation]], members[cells[organisation]]
        fixed = [(group, ~falls[group], ~rises[group]) for group in here]
        by_option: dict[int, tuple[int, int, list[int]]] = {}

        def allows(other: int) -> bool:
            option = answers[other]
            if option not in by_option:
                two = options[option]
                left, joined = one & ~two, two & ~one
                refusing = [group for group, low, high in fixed if left & low or joined & high]
                by_option[option] = left, joined, refusing
            left, joined, refusing = by_option[option]
            there = members[cells[other]]
            # no count of a group that has both of them changes
            for group in refusing:
                if group not in there:
                    return False
            for group in there:
                if (joined & ~falls[group] or left & ~rises[group]) and group not in here:
                    return False
            return True

        return allows

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
