"""Choices and counts of options, as whole numbers under inequalities."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Literal, assert_never

from attrs import frozen

from ecei_rules.analysis.solver.branch_and_bound import Search
from ecei_rules.analysis.solver.simplex import Inequality, Simplex
from ecei_rules.interviews.catalogue import Breakdown
from ecei_rules.rulesets.conditions import Includes, Threshold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ecei_rules.analysis.solver.simplex import Effort
    from ecei_rules.interviews.catalogue import Choices

#: What is measured of which options: how many are present, their sum, or their share.
Measured = tuple[Literal["present", "sum", "share"], frozenset[str]]
#: A number, and whether more than it is meant.
At = tuple[Fraction, bool]

_MULTIPLES = 10
_FINE = 10**6
_HALF = Fraction(1, 2)


@frozen
class Breakpoint:
    """Where a simple condition cuts a measure; it holds there and *above*, or else below."""

    measured: Measured
    at: At
    above: bool

    @classmethod
    def of(cls, leaf: Threshold | Includes, options: Collection[str]) -> Breakpoint:
        """The cut of a simple condition on answers over the options."""
        match leaf:
            case Includes(options=named):
                wanted = frozenset(named)
                return cls(("present", wanted), (Fraction(len(wanted)), False), above=True)
            case Threshold(measure="share_of", options=named):
                measured: Measured = "share", frozenset(named)
            case Threshold(measure="sum_of", options=named):
                measured = "sum", frozenset(named)
            case Threshold(measure=measure):
                assert measure == "types", "the kind of answer fits the measure"
                measured = "present", frozenset(options)
            case unreachable:
                assert_never(unreachable)
        number = Fraction(leaf.bound)
        beyond = leaf.comparison in {"more_than", "at_most"}
        if measured[0] != "share":
            number, beyond = Fraction(floor(number) + 1 if beyond else ceil(number)), False
        return cls(measured, (number, beyond), above=leaf.comparison in {"at_least", "more_than"})


@frozen
class CountSpace:
    """
    The answers to one question, as variables that are whole and 0 or more.

    Options that no cut tells apart make a group. Of each there is, as the cuts need
    it, how many of its options are *present* and what they sum up to; where both are
    needed, the sum is held as what exceeds one for each option present. A maximum of
    `None` has no end.
    """

    options: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    present: bool
    summed: bool
    maximum: int | None

    @classmethod
    def of(cls, kind: Choices | Breakdown, cuts: Iterable[Breakpoint]) -> CountSpace:
        """The space for all that the cuts tell apart."""
        cuts = tuple(cuts)
        groups: dict[tuple[bool, ...], list[str]] = {}
        options = tuple(dict.fromkeys(option.id for option in kind.options))
        for option in options:
            signature = tuple(option in cut.measured[1] for cut in cuts)
            groups.setdefault(signature, []).append(option)
        measures = {cut.measured[0] for cut in cuts}
        return cls(
            options,
            tuple(tuple(each) for each in groups.values()),
            present="present" in measures or not isinstance(kind, Breakdown),
            summed=isinstance(kind, Breakdown) and (measures != {"present"}),
            maximum=kind.maximum if isinstance(kind, Breakdown) else 1,
        )

    @property
    def size(self) -> int:
        """How many variables there are."""
        return len(self.groups) * (self.present + self.summed)

    def row(self, cut: Breakpoint) -> Inequality:
        """The inequality that an answer which is not empty is at the cut or above it."""
        (what, options), (number, beyond) = cut.measured, cut.at
        inside = [not options.isdisjoint(group) for group in self.groups]
        match what:
            case "present":
                return Inequality(self._presence(inside), int(number))
            case "sum":
                return Inequality(self._sums(inside), int(number))
            case "share":
                part, whole = 100 * number.denominator, number.numerator
                common = gcd(part, whole)
                weights = [(part * each - whole) // common for each in inside]
                return Inequality(self._sums(weights), int(beyond))
            case unreachable:
                assert_never(unreachable)

    def start(self, effort: Effort) -> Simplex | None:
        """All answers that are not empty, or `None` if there are none."""
        if self.maximum is not None and self.maximum < 1:
            return None
        everywhere = [1] * len(self.groups)
        some = self._sums(everywhere) if self.summed else self._presence(everywhere)
        now: Simplex | None = Simplex.of(self.size)
        for row in (Inequality(some, 1), *self._limits()):
            now = None if now is None else now.with_row(row, effort)
        return now

    def search(self, cuts: Iterable[Breakpoint]) -> Search:
        """How answers are searched for that are at some of the cuts, or above, or below."""
        groups = range(len(self.groups))
        both = self.present and self.summed
        return Search(
            links=tuple((len(self.groups) + each, each) for each in groups) if both else (),
            first=tuple(groups) if self.present else (),
            directions=tuple(dict.fromkeys(self._directions(cuts))),
            guesses=self._guesses,
        )

    def counts(self, values: Sequence[int]) -> dict[str, int]:
        """
        The counts that the variables stand for, in the order of the options.

        The first options of a group are counted, and the first of them most.
        """
        found: dict[str, int] = {}
        for group, (number, total) in zip(self.groups, self._tallies(values), strict=True):
            base = 0 if number is None else 1
            left = total - base * (number or 0)
            for name in group[:number]:
                more = left if self.maximum is None else min(left, self.maximum - base)
                found[name] = base + more
                left -= more
        return {name: found[name] for name in self.options if found.get(name)}

    def _tallies(self, values: Sequence[int]) -> Iterator[tuple[int | None, int]]:
        """For each group how many options are present, and their sum."""
        groups = len(self.groups)
        for index in range(groups):
            if not self.present:
                yield None, values[index]
            elif self.summed:
                yield values[index], values[index] + values[groups + index]
            else:
                yield values[index], values[index]

    def _presence(self, weights: Iterable[int]) -> tuple[int, ...]:
        zeros = (0,) * len(self.groups)
        return (*weights, *zeros) if self.summed else tuple(weights)

    def _sums(self, weights: Iterable[int]) -> tuple[int, ...]:
        weights = tuple(weights)
        return (*weights, *weights) if self.present else weights

    def _limits(self) -> Iterator[Inequality]:
        """That no more options are present than there are, and none above the maximum."""
        for index, group in enumerate(self.groups):
            one = [int(each == index) for each in range(len(self.groups))]
            if self.present:
                yield Inequality(self._presence([-each for each in one]), -len(group))
            if self.maximum is None or not self.summed:
                continue
            if self.present:
                room = [each * (self.maximum - 1) for each in one]
                yield Inequality([*room, *(-each for each in one)], 0)
            else:
                yield Inequality([-each for each in one], -len(group) * self.maximum)

    def _guesses(self, values: tuple[Fraction, ...]) -> Iterator[tuple[int, ...]]:
        """
        Whole numbers near a corner and near small multiples of it.

        The last is the multiple without any fractions: it has the same shares.
        """
        groups = len(self.groups)
        numbers = [ceil(each) for each in values[:groups]]
        if not self.summed:
            yield tuple(numbers)
            return
        totals = [sum(values[index::groups]) for index in range(groups)]
        clear = lcm(*(each.denominator for each in totals))
        for times in (*range(1, min(clear, _MULTIPLES)), clear):
            sums = [floor(times * each + _HALF) for each in totals]
            if not self.present:
                yield tuple(sums)
                continue
            least = [self._needed(number, each) for number, each in zip(numbers, sums, strict=True)]
            above = [max(each - n, 0) for n, each in zip(least, sums, strict=True)]
            yield (*least, *above)

    def _needed(self, number: int, total: int) -> int:
        """How many options must be present for a sum, at least the number given."""
        return max(number, int(total > 0) if self.maximum is None else -(-total // self.maximum))

    def _directions(self, cuts: Iterable[Breakpoint]) -> Iterator[tuple[int, ...]]:
        """For each bound on a share and each simple ratio near it, how far beyond it one is."""
        for cut in cuts:
            (what, options), (number, _) = cut.measured, cut.at
            if what == "share":
                for near in _convergents(number / 100):
                    part, whole = near.denominator, near.numerator
                    inside = (not options.isdisjoint(group) for group in self.groups)
                    yield self._sums(part * each - whole for each in inside)


def _convergents(value: Fraction) -> Iterator[Fraction]:
    """The best ratios of ever larger whole numbers for a fraction, while they are small."""
    before, last = (0, 1), (1, 0)
    while True:
        step = floor(value)
        before, last = last, (step * last[0] + before[0], step * last[1] + before[1])
        if last[1] > _FINE:
            return
        yield Fraction(*last)
        if value == step:
            return
        value = 1 / (value - step)
