"""The audit of a benchmark: no published count may pin the answer of an organisation."""

from __future__ import annotations

from collections import Counter
from functools import reduce
from itertools import chain
from operator import and_, or_
from typing import NamedTuple

from ecei_rules.benchmark.disclosure.rounding import LEAST_IN_CLASS, MINIMUM, numbers_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ecei_rules.benchmark.disclosure.world import World

    #: Returns possible answers near the true one of an organisation, as sets of categories.
    Near = Callable[[int], Iterable[int]]

#: The category of those who answered, among the first three, which are the states.
ANSWERED, STATES = 0, 0b111
#: The group of everybody.
EVERYBODY = 0
#: The rounds without anybody set free after which the rest is taken as pinned.
_PATIENCE = 6
#: The most organisations whose answers a walk changes in one round, roughly.
_WALKERS = 2000
#: How many answers, organisations and members of a cell are tried at most.
_ANSWERS, _PARTNERS, _MEMBERS = 20, 300, 2


class Layout(NamedTuple):
    """
    The categories that count a question, after those of the three states.

    *tables* has the set of categories of each table; the *silent* ones are not published.
    """

    tables: tuple[int, ...]
    silent: int


class Draws:
    """Whole numbers that look random and are always the same (xorshift, Marsaglia 2003)."""

    def __init__(self) -> None:
        self._state = 0x9E3779B9

    def below(self, bound: int) -> int:
        """Return a whole number from 0 to *bound* - 1."""
        state = self._state
        state ^= state << 13 & 0xFFFFFFFF
        state ^= state >> 17
        state ^= state << 5 & 0xFFFFFFFF
        self._state = state
        return state % bound


class Audit:
    """
    The audit of one question, which withholds tables until nobody is pinned.

    An organisation is pinned in a table if it is in the same class in every world that
    agrees with the published counts. Members of one cell are exchangeable, so that only
    cells whose members are all in one class can be pinned. The audit looks for worlds in
    which a member differs: with one answer changed, or two exchanged, here or after a walk
    through other worlds. Where it finds none it takes the members as pinned and withholds
    the table in their smallest group.

    *sizes* are those of the groups. Where *labelled* says so, the members of a cell hold a
    label, so that they are known to have answered: no world takes an answer from them.
    Source: docs/benchmark.md, "The audit".
    """

    def __init__(
        self,
        world: World,
        layout: Layout,
        sizes: Sequence[int],
        labelled: Sequence[bool],
        near: Near,
    ) -> None:
        self._world, self._layout, self._sizes, self._near = world, layout, sizes, near
        self._labelled, self._draws = labelled, Draws()
        self._members: list[list[int]] = [[] for _ in world.cells]
        for organisation, cell in enumerate(world.cell_of):
            self._members[cell].append(organisation)
        frequent = sorted(Counter(world.answers).items(), key=lambda each: (-each[1], each[0]))
        self._common = [option for option, _ in frequent]
        self._numbers = {each: number for number, each in enumerate(world.options)}
        self._proposed: dict[int, list[int]] = {}
        self._similar: dict[tuple[int, int], list[int]] = {}
        self._shown: dict[int, set[int]] = {}
        #: The categories that all members of a cell were in, in every world so far.
        self._pinned: dict[int, int] = {}

    def shown(self) -> Mapping[int, set[int]]:
        """Return the numbers of the tables that each group shows, so that nobody is pinned."""
        self._publish()
        self._pin()
        while self._pinned:
            self._free()
            for group, table in self._cuts():
                self._withhold(group, table)
            for cell in list(self._pinned):
                if self._shown.keys().isdisjoint(self._world.cells[cell]):
                    del self._pinned[cell]
        return self._shown

    def _publish(self) -> None:
        """Publish all tables in the groups in which enough answered."""
        tables, silent = self._layout
        ledger, classes = self._world.ledger, reduce(or_, tables, 0)
        for group in range(len(self._sizes)):
            if ledger.counts[group][ANSWERED] >= MINIMUM and tables:
                ledger.publish(group, (STATES | classes) & ~silent)
                ledger.keep(group, 1 << ANSWERED, MINIMUM)
                if group == EVERYBODY:
                    ledger.keep(group, classes, LEAST_IN_CLASS)
                self._shown[group] = set(range(len(tables)))

    def _pin(self) -> None:
        for cell, members in enumerate(self._members):
            common = reduce(and_, map(self._world.categories, members), -1) & ~(1 << ANSWERED)
            if common and not self._shown.keys().isdisjoint(self._world.cells[cell]):
                self._pinned[cell] = common

    def _free(self) -> None:
        """Look for other worlds until several rounds have set nobody free."""
        idle = 0
        while self._pinned and idle < _PATIENCE:
            before = sum(map(int.bit_count, self._pinned.values()))
            for cell in list(self._pinned):
                for organisation in self._members[cell][:_MEMBERS]:
                    self._change(cell, organisation)
                    self._exchange(cell, organisation)
            if self._pinned:
                self._walk()
            idle += 1
            if sum(map(int.bit_count, self._pinned.values())) < before:
                idle = 0

    def _set_free(self, cell: int, categories: int) -> None:
        """Note that a member of a cell is, in some world, in none but these categories."""
        left = self._pinned[cell] & categories
        if left:
            self._pinned[cell] = left
        else:
            del self._pinned[cell]

    def _change(self, cell: int, organisation: int) -> None:
        world = self._world
        for category in numbers_in(self._pinned.get(cell, 0)):
            for option in chain(
                self._proposals(organisation), self._others(world.answers[organisation], category)
            ):
                categories = world.options[option]
                if not self._pinned.get(cell, 0) >> category & 1:
                    break
                if (
                    not categories >> category & 1
                    and self._possible(organisation, option)
                    and world.allows(organisation, option)
                ):
                    self._set_free(cell, categories)

    def _exchange(self, cell: int, organisation: int) -> None:
        world, count = self._world, len(self._world.cell_of)
        start = self._draws.below(count)
        options, answers, allows = world.options, world.answers, world.exchanges_of(organisation)
        own = answers[organisation]
        for step in range(start, start + min(count, _PARTNERS)):
            pinned = self._pinned.get(cell, 0)
            if not pinned:
                break
            other = step % count
            categories = options[answers[other]]
            if (
                pinned & ~categories
                and allows(other)
                and self._possible(organisation, answers[other])
                and self._possible(other, own)
            ):
                self._set_free(cell, categories)

    def _exchangeable(self, first: int, second: int) -> bool:
        answers = self._world.answers
        return (
            self._possible(first, answers[second])
            and self._possible(second, answers[first])
            and self._world.allows_exchange(first, second)
        )

    def _possible(self, organisation: int, option: int) -> bool:
        """Whether an attacker cannot know that an organisation answered in another way."""
        answered = self._world.options[option] >> ANSWERED & 1
        return bool(answered) or not self._labelled[self._world.cell_of[organisation]]

    def _proposals(self, organisation: int) -> list[int]:
        """Return the answers near the true one of an organisation."""
        if organisation not in self._proposed:
            numbers, options = self._numbers, self._world.options
            proposed = list(dict.fromkeys(self._near(organisation)))
            for categories in proposed:
                if categories not in numbers:
                    numbers[categories] = len(options)
                    options.append(categories)
            self._proposed[organisation] = [numbers[categories] for categories in proposed]
        return self._proposed[organisation]

    def _others(self, own: int, category: int) -> list[int]:
        """Return the given answers outside a category that differ least from one inside."""
        if (own, category) not in self._similar:
            options = self._world.options
            others = [n for n in self._common if not options[n] >> category & 1]
            others.sort(key=lambda number: (options[number] ^ options[own]).bit_count())
            self._similar[own, category] = others[:_ANSWERS]
        return self._similar[own, category]

    def _walk(self) -> None:
        """Change and exchange answers at random where the counts allow it."""
        world, draws, count = self._world, self._draws, len(self._world.cell_of)
        for organisation in range(0, count, 1 + count // _WALKERS):
            proposals = self._proposals(organisation)
            choices = proposals if proposals and draws.below(2) else self._common
            option = choices[draws.below(len(choices))]
            if self._possible(organisation, option) and world.allows(organisation, option):
                world.answer(organisation, option)
            other = draws.below(count)
            if self._exchangeable(organisation, other):
                world.exchange(organisation, other)
        for cell in list(self._pinned):
            for organisation in self._members[cell]:
                if cell in self._pinned:
                    self._set_free(cell, world.categories(organisation))

    def _cuts(self) -> Iterable[tuple[int, int | None]]:
        """Return, for each pinned cell, its smallest group with a table that pins it."""
        cuts: dict[tuple[int, int | None], None] = {}
        for cell, categories in self._pinned.items():
            groups = [group for group in self._world.cells[cell] if group in self._shown]
            groups.sort(key=lambda group: (self._sizes[group], -group))
            tables = [n for n, each in enumerate(self._layout.tables) if each & categories]
            places = [(g, table) for g in groups for table in tables if table in self._shown[g]]
            # without one, the states or the tables of other options pin it
            cuts[places[0] if places else (groups[0], None)] = None
        return cuts

    def _withhold(self, group: int, table: int | None) -> None:
        """Withhold a table in a group, or all; with the last one, who answered too."""
        ledger, shown = self._world.ledger, self._shown.get(group, set())
        for number in sorted(shown) if table is None else [table]:
            ledger.withhold(group, self._layout.tables[number])
            shown.discard(number)
        if not shown:
            ledger.withhold(group, STATES)
            self._shown.pop(group, None)
