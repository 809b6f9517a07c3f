"""Answers that choose or count options, one for each outcome of some conditions."""

from __future__ import annotations

from typing import assert_never

from attrs import frozen

from ecei_rules.analysis.encoding.breakpoints import simple_conditions
from ecei_rules.analysis.encoding.option_counts import At, Breakpoint, CountSpace, Measured
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
    conjunction,
    disjunction,
    evaluate_condition,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ecei_rules.analysis.solver.simplex import Simplex
    from ecei_rules.interviews.answers import Answer

_ALLOWED = 600_000
_HELD = 10


def representative_answers(
    kind: Choices | Breakdown, conditions: Sequence[Condition], on: date
) -> tuple[Answer, ...]:
    """
    An answer for each combination of truths that the conditions can have, and no other.

    They come in the order in which the combinations were found: that of the empty answer
    first, then those of one option alone, then as the search cuts the answers in two,
    below a bound before at it or above. Each is the smallest that was met with on the
    way, which need not be the smallest there is.

    Raises:
        BeyondMethod: the search would take too long.
    """
    return tuple(_Telling(kind, conditions, on).answers())


@frozen
class _Between:
    """What is known of one measure: it is at a cut or above it, and below another."""

    least: At | None = None
    below: At | None = None


_Known = FrozenMap[Measured, _Between]


class _Telling:
    """The search for one answer of each combination of truths."""

    def __init__(
        self, kind: Choices | Breakdown, conditions: Sequence[Condition], on: date
    ) -> None:
        self.kind = kind
        self.conditions = conditions
        self.on = on
        options = tuple(option.id for option in kind.options)
        self.cuts: dict[Condition, Breakpoint] = {}
        for condition in conditions:
            for leaf in simple_conditions(condition):
                assert not isinstance(leaf, OneOf), "the kind of answer fits the condition"
                self.cuts[leaf] = Breakpoint.of(leaf, options)
        self.found: dict[tuple[Truth, ...], Answer] = {}
        self.sizes: dict[tuple[Truth, ...], int] = {}
        self.effort = Effort(f"telling apart the answers over {len(options)} options", _ALLOWED)

    def answers(self) -> Iterable[Answer]:
        """The answers, one for each combination of truths."""
        space = CountSpace.of(self.kind, self.cuts.values())
        search = space.search(self.cuts.values())
        start = space.start(self.effort)
        self.note({})
        if start is None:
            return self.found.values()
        for group in space.groups:
            self.note({group[0]: 1})
        tried: set[tuple[int, ...]] = set()
        waiting = [(start, _Known())]
        while waiting:
            now, known = waiting.pop()
            truths = [self.truth(each, known) for each in self.conditions]
            if self.exhausted(truths):
                continue
            open_ones = [
                condition
                for condition, truth in zip(self.conditions, truths, strict=True)
                if truth is Truth.UNKNOWN
            ]
            values = (search.guessed if open_ones else search.whole)(now, self.effort)
            if values is not None and values not in tried:
                tried.add(values)
                self.note(space.counts(values))
            if open_ones:
                cut = self.undecided(open_ones[0], known)
                row = space.row(cut)
                waiting += self.half(now.with_row(row, self.effort), known, cut, above=True)
                below = now.with_row(row.otherwise, self.effort)
                waiting += self.half(below, known, cut, above=False)
        return self.found.values()

    def note(self, counts: dict[str, int]) -> None:
        """Keep an answer, if its truths are new or it is smaller than that of the same truths."""
        answer = FrozenMap(counts) if isinstance(self.kind, Breakdown) else tuple(counts)
        self.effort.spend(_HELD * len(self.cuts))
        truths = tuple(evaluate_condition(each, answer, self.on).truth for each in self.conditions)
        size = sum(counts.values())
        if truths not in self.found or size < self.sizes[truths]:
            self.found[truths], self.sizes[truths] = answer, size

    def exhausted(self, truths: Sequence[Truth]) -> bool:
        """Whether all truths are seen that those still unknown could lead to."""
        self.effort.spend(_HELD * len(self.cuts) + len(self.found) * len(truths))
        open_ones = sum(truth is Truth.UNKNOWN for truth in truths)
        matching = sum(
            all(mine in (Truth.UNKNOWN, its) for mine, its in zip(truths, each, strict=True))
            for each in self.found
        )
        return matching == 1 << open_ones

    @staticmethod
    def half(
        relaxation: Simplex | None, known: _Known, cut: Breakpoint, *, above: bool
    ) -> Iterator[tuple[Simplex, _Known]]:
        """What remains on one side of a cut."""
        if relaxation is not None:
            before = known.get(cut.measured, _Between())
            side = _Between(cut.at, before.below) if above else _Between(before.least, cut.at)
            yield relaxation, FrozenMap({**known, cut.measured: side})

    def truth(self, condition: Condition, known: _Known) -> Truth:
        """The truth of a condition as far as the measures are known."""
        match condition:
            case AllOf(parts=parts):
                return conjunction(self.truth(part, known) for part in parts)
            case AnyOf(parts=parts):
                return disjunction(self.truth(part, known) for part in parts)
            case Threshold() | OneOf() | Includes():
                cut = self.cuts[condition]
                between = known.get(cut.measured, _Between())
                if between.least is not None and between.least >= cut.at:
                    return Truth.HOLDS if cut.above else Truth.FAILS
                if between.below is not None and between.below <= cut.at:
                    return Truth.FAILS if cut.above else Truth.HOLDS
                return Truth.UNKNOWN
            case unreachable:
                assert_never(unreachable)

    def undecided(self, condition: Condition, known: _Known) -> Breakpoint:
        """The first cut that a condition of unknown truth waits for."""
        match condition:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                waiting = (part for part in parts if self.truth(part, known) is Truth.UNKNOWN)
                return self.undecided(next(waiting), known)
            case Threshold() | OneOf() | Includes():
                return self.cuts[condition]
            case unreachable:
                assert_never(unreachable)
