"""Breakdowns and choices as integer solutions of linear inequalities."""

from __future__ import annotations

from fractions import Fraction
from itertools import takewhile
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

#: A measure of some options: how many of them are present, their sum, or their share.
MeasuredOptions = tuple[Literal["present", "sum", "share"], frozenset[str]]
#: A number, and whether the bound lies just above it.
Bound = tuple[Fraction, bool]

_MAX_MULTIPLE = 10
_MAX_DENOMINATOR = 10**6
_HALF = Fraction(1, 2)


@frozen
class Breakpoint:
    """The bound at which a simple condition changes: it holds from there on *above*, or below."""

    measured: MeasuredOptions
    at: Bound
    above: bool

    @classmethod
    def of_condition(cls, leaf: Threshold | Includes, options: Collection[str]) -> Breakpoint:
        """Return the breakpoint of a simple condition on answers over the options."""
        match leaf:
            case Includes(options=named):
                wanted = frozenset(named)
                return cls(("present", wanted), (Fraction(len(wanted)), False), above=True)
            case Threshold(measure="share_of", options=named):
                measured: MeasuredOptions = "share", frozenset(named)
            case Threshold(measure="sum_of", options=named):
                measured = "sum", frozenset(named)
            case Threshold(measure=measure, options=named):
                assert measure == "types", "the kind of answer fits the measure"
                measured = "present", frozenset(named or options)
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
    The answers to one question, as integer variables that are not negative.

    Options that no breakpoint distinguishes form a group. The variables are, as the
    breakpoints need them, the number of *present* options of each group, then the sum
    of each group's counts (*summed*). With both, the sum is stored as the excess over
    one for each option present. A *maximum* of `None` is no limit.
    """

    options: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    present: bool
    summed: bool
    maximum: int | None

    @classmethod
    def of_breakpoints(
        cls, kind: Choices | Breakdown, breakpoints: Iterable[Breakpoint]
    ) -> CountSpace:
        """Return the space of the variables that some breakpoints need."""
        points = tuple(breakpoints)
        groups: dict[tuple[bool, ...], list[str]] = {}
        options = tuple(dict.fromkeys(option.id for option in kind.options))
        for option in options:
            signature = tuple(option in point.measured[1] for point in points)
            groups.setdefault(signature, []).append(option)
        measures = {point.measured[0] for point in points}
        return cls(
            options,
            tuple(map(tuple, groups.values())),
            present="present" in measures or not isinstance(kind, Breakdown),
            summed=isinstance(kind, Breakdown) and (measures != {"present"}),
            maximum=kind.maximum if isinstance(kind, Breakdown) else 1,
        )

    @property
    def size(self) -> int:
        """The number of variables."""
        return len(self.groups) * (self.present + self.summed)

    def inequality(self, point: Breakpoint) -> Inequality:
        """Return the inequality of the nonempty answers at or above a breakpoint."""
        (measure, options), (number, beyond) = point.measured, point.at
        inside = [not options.isdisjoint(group) for group in self.groups]
        match measure:
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

    def nonempty_answers(self, effort: Effort) -> Simplex | None:
        """Return the relaxation of all answers that are not empty, `None` if there are none."""
        if self.maximum is not None and self.maximum < 1:
            return None
        everywhere = [1] * len(self.groups)
        total = self._sums(everywhere) if self.summed else self._presence(everywhere)
        now: Simplex | None = Simplex.unconstrained(self.size)
        for inequality in (Inequality(total, 1), *self._limits()):
            now = None if now is None else now.with_inequality(inequality, effort)
        return now

    def search(self, breakpoints: Iterable[Breakpoint]) -> Search:
        """Return the strategy for finding answers on given sides of the breakpoints."""
        groups = range(len(self.groups))
        both = self.present and self.summed
        return Search(
            links=tuple((len(groups) + group, group) for group in groups) if both else (),
            first=tuple(groups) if self.present else (),
            directions=tuple(dict.fromkeys(self._directions(breakpoints))),
            roundings=self._roundings,
        )

    def counts(self, values: Sequence[int]) -> dict[str, int]:
        """
        Return an answer of these variables: the counts above 0, in the order of the options.

        The first options of a group are counted, and the first of them most.
        """
        counts: dict[str, int] = {}
        for group, (number, total) in zip(self.groups, self._tallies(values), strict=True):
            base = 0 if number is None else 1
            left = total - base * (number or 0)
            for name in group[:number]:
                more = left if self.maximum is None else min(left, self.maximum - base)
                counts[name] = base + more
                left -= more
        return {name: counts[name] for name in self.options if counts.get(name)}

    def _tallies(self, values: Sequence[int]) -> Iterator[tuple[int | None, int]]:
        """Return for each group the number of present options, if known, and the sum."""
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
        """Limit the present options to the size of their group, and counts to the maximum."""
        for index, group in enumerate(self.groups):
            minus = [-int(each == index) for each in range(len(self.groups))]
            if self.present:
                yield Inequality(self._presence(minus), -len(group))
            if self.maximum is None or not self.summed:
                continue
            if self.present:
                room = [weight * (1 - self.maximum) for weight in minus]
                yield Inequality([*room, *minus], 0)
            else:
                yield Inequality(minus, -len(group) * self.maximum)

    def _roundings(self, values: tuple[Fraction, ...]) -> Iterator[tuple[int, ...]]:
        """
        Round a vertex, and small multiples of it, to whole numbers.

        The last is the multiple without fractions: it has the same shares.
        """
        groups = len(self.groups)
        numbers = [ceil(each) for each in values[:groups]]
        if not self.summed:
            yield tuple(numbers)
            return
        totals = [sum(values[index::groups]) for index in range(groups)]
        clear = lcm(*(each.denominator for each in totals))
        for times in (*range(1, min(clear, _MAX_MULTIPLE)), clear):
            sums = [floor(times * each + _HALF) for each in totals]
            if not self.present:
                yield tuple(sums)
                continue
            least = [self._needed(number, each) for number, each in zip(numbers, sums, strict=True)]
            above = [max(each - n, 0) for n, each in zip(least, sums, strict=True)]
            yield (*least, *above)

    def _needed(self, number: int, total: int) -> int:
        """Return how many options must be present for a sum, *number* at least."""
        return max(number, int(total > 0) if self.maximum is None else -(-total // self.maximum))

    def _directions(self, breakpoints: Iterable[Breakpoint]) -> Iterator[tuple[int, ...]]:
        """Return the distance of an answer from each bound on a share and from ratios near it."""
        for point in breakpoints:
            (measure, options), (number, _) = point.measured, point.at
            if measure == "share":
                ratios = takewhile(_is_small, _convergents(number / 100))
                for whole, part in (near.as_integer_ratio() for near in ratios):
                    inside = (not options.isdisjoint(group) for group in self.groups)
                    yield self._sums(part * each - whole for each in inside)


def _is_small(ratio: Fraction) -> bool:
    return ratio.denominator <= _MAX_DENOMINATOR


def _convergents(value: Fraction) -> Iterator[Fraction]:
    """Yield the convergents of a continued fraction, whose denominators grow."""
    before, last = (0, 1), (1, 0)
    while True:
        quotient = floor(value)
        before, last = last, (quotient * last[0] + before[0], quotient * last[1] + before[1])
        yield Fraction(*last)
        if value == quotient:
            return
        value = 1 / (value - quotient)
