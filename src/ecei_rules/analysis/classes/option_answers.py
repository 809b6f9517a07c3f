"""Representative answers of breakdowns and choices, one for each outcome of some conditions."""

from __future__ import annotations

from typing import assert_never

from attrs import frozen

from ecei_rules.analysis.classes.breakpoints import simple_conditions
from ecei_rules.analysis.classes.option_counts import (
    Bound,
    Breakpoint,
    CountSpace,
    MeasuredOptions,
)
from ecei_rules.analysis.solver.simplex import Effort
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.catalogue import Breakdown, Choices
from ecei_rules.rulesets.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Includes,
    OneOf,
    Threshold,
    Truth,
    all_true,
    any_true,
    evaluate_condition,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ecei_rules.analysis.solver.simplex import Simplex
    from ecei_rules.interviews.answers import Answer

_ALLOWED = 600_000
#: The effort of evaluating one simple condition.
_EVALUATION = 10


def representative_answers(
    kind: Choices | Breakdown, conditions: Sequence[Condition], on: date
) -> tuple[Answer, ...]:
    """
    Return one answer for each combination of truths that the conditions can have.

    They are in the order in which the combinations were found: first that of the empty
    answer, then those of one option alone, then as the search branches at a breakpoint,
    below it before above it. Each is the smallest answer found on the way, which need
    not be the smallest of all.

    Raises:
        BeyondMethod: the search would take too long.
    """
    return tuple(_RepresentativeSearch(kind, conditions, on).answers())


@frozen
class _Interval:
    """The known bounds of a measure: at *least* one breakpoint, and *below* another."""

    least: Bound | None = None
    below: Bound | None = None


_Known = FrozenMap[MeasuredOptions, _Interval]


class _RepresentativeSearch:
    """A branch and bound search for one answer of each combination of truths."""

    def __init__(
        self, kind: Choices | Breakdown, conditions: Sequence[Condition], on: date
    ) -> None:
        self.kind = kind
        self.conditions = conditions
        self.on = on
        options = tuple(option.id for option in kind.options)
        self.breakpoints: dict[Condition, Breakpoint] = {}
        for condition in conditions:
            for leaf in simple_conditions(condition):
                assert not isinstance(leaf, OneOf), "the kind of answer fits the condition"
                self.breakpoints[leaf] = Breakpoint.of_condition(leaf, options)
        self.by_truths: dict[tuple[Truth, ...], Answer] = {}
        self.totals: dict[tuple[Truth, ...], int] = {}
        self.effort = Effort(f"telling apart the answers over {len(options)} options", _ALLOWED)

    def answers(self) -> Iterable[Answer]:
        """Return one answer for each combination of truths."""
        space = CountSpace.of_breakpoints(self.kind, self.breakpoints.values())
        search = space.search(self.breakpoints.values())
        start = space.nonempty_answers(self.effort)
        self.record({})
        if start is None:
            return self.by_truths.values()
        for group in space.groups:
            self.record({group[0]: 1})
        tried: set[tuple[int, ...]] = set()
        waiting = [(start, _Known())]
        while waiting:
            now, known = waiting.pop()
            truths = [self.truth(condition, known) for condition in self.conditions]
            if self.exhausted(truths):
                continue
            undecided = [
                condition
                for condition, truth in zip(self.conditions, truths, strict=True)
                if truth is Truth.UNKNOWN
            ]
            find = search.rounded_solution if undecided else search.solution
            values = find(now, self.effort)
            if values is not None and values not in tried:
                tried.add(values)
                self.record(space.counts(values))
            if undecided:
                point = self.next_breakpoint(undecided[0], known)
                at_least = space.inequality(point)
                above = now.with_inequality(at_least, self.effort)
                waiting += self.branch(above, known, point, above=True)
                below = now.with_inequality(at_least.negated, self.effort)
                waiting += self.branch(below, known, point, above=False)
        return self.by_truths.values()

    def record(self, counts: dict[str, int]) -> None:
        """Keep an answer if its truths are new or it has a smaller total than the one kept."""
        answer = FrozenMap(counts) if isinstance(self.kind, Breakdown) else tuple(counts)
        self.effort.spend(_EVALUATION * len(self.breakpoints))
        truths = tuple(evaluate_condition(each, answer, self.on).truth for each in self.conditions)
        total = sum(counts.values())
        if truths not in self.by_truths or total < self.totals[truths]:
            self.by_truths[truths], self.totals[truths] = answer, total

    def exhausted(self, truths: Sequence[Truth]) -> bool:
        """Whether an answer is known for each way to decide the unknown truths."""
        self.effort.spend(_EVALUATION * len(self.breakpoints) + len(self.by_truths) * len(truths))
        unknown = sum(truth is Truth.UNKNOWN for truth in truths)
        matching = sum(
            all(mine in (Truth.UNKNOWN, its) for mine, its in zip(truths, decided, strict=True))
            for decided in self.by_truths
        )
        return matching == 1 << unknown

    @staticmethod
    def branch(
        simplex: Simplex | None, known: _Known, point: Breakpoint, *, above: bool
    ) -> Iterator[tuple[Simplex, _Known]]:
        """Return one side of a breakpoint, if it is not empty."""
        if simplex is not None:
            before = known.get(point.measured, _Interval())
            side = _Interval(point.at, before.below) if above else _Interval(before.least, point.at)
            yield simplex, FrozenMap({**known, point.measured: side})

    def truth(self, condition: Condition, known: _Known) -> Truth:
        """Return the truth of a condition as far as the known intervals decide it."""
        match condition:
            case AllOf(parts=parts):
                return all_true(self.truth(part, known) for part in parts)
            case AnyOf(parts=parts):
                return any_true(self.truth(part, known) for part in parts)
            case Threshold() | OneOf() | Includes():
                point = self.breakpoints[condition]
                interval = known.get(point.measured, _Interval())
                if interval.least is not None and interval.least >= point.at:
                    return Truth.HOLDS if point.above else Truth.FAILS
                if interval.below is not None and interval.below <= point.at:
                    return Truth.FAILS if point.above else Truth.HOLDS
                return Truth.UNKNOWN
            case unreachable:
                assert_never(unreachable)

    def next_breakpoint(self, condition: Condition, known: _Known) -> Breakpoint:
        """Return the first breakpoint that leaves a condition unknown."""
        match condition:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                unknown = (part for part in parts if self.truth(part, known) is Truth.UNKNOWN)
                return self.next_breakpoint(next(unknown), known)
            case Threshold() | OneOf() | Includes():
                return self.breakpoints[condition]
            case unreachable:
                assert_never(unreachable)
