"""Counting how often answers occur in several groups, in bounded memory."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Protocol, assert_never

from ecei_rules.benchmark.disclosure_control import EVERYBODY
from ecei_rules.benchmark.distribution import (
    DIGITS,
    Numbers,
    Options,
    Parts,
    numbers,
    part,
    shares_of,
    shortened,
)
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ecei_rules.benchmark.disclosure_control import GroupName
    from ecei_rules.benchmark.distribution import Distribution
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import AnswerKind

    Occurrences = defaultdict[int | Decimal, int]

#: How many different numbers of one subject are kept in a group.
MOST_VALUES = 1000


class Tally(Protocol):
    """What was answered to one indicator, by group; or the points of many."""

    def add(self, value: Answer, groups: Iterable[GroupName], /) -> bool:
        """Count an answer in some groups; false if it has no value."""

    def distribution(self, group: GroupName, /) -> Distribution:
        """How the answers of a group are distributed, in which there is one."""


def tally_of(kind: AnswerKind | None) -> Tally:
    """A tally of answers of a kind, or of points."""
    match kind:
        case None | Count() | Number() | Share() | Year():
            return _Numbers()
        case YesNo() | Choice() | Choices():
            return _Options(options_of(kind))
        case Breakdown():
            return _Parts(options_of(kind))
        case unreachable:
            assert_never(unreachable)


def options_of(kind: AnswerKind | None) -> tuple[str, ...]:
    """The options that answers of a kind name, in their order; none where they are numbers."""
    match kind:
        case YesNo():
            return "yes", "no"
        case Choice(options=options) | Choices(options=options) | Breakdown(options=options):
            return tuple(each.id for each in options)
        case None | Count() | Number() | Share() | Year():
            return ()
        case unreachable:
            assert_never(unreachable)


class _Numbers:
    """
    Numbers, of which fewer digits are kept as soon as there are too many.

    How many are kept in the end does not depend on the order in which they come: there
    are never more different numbers on the way than in the end.
    """

    def __init__(self) -> None:
        self.digits: int | None = None
        self.counts: defaultdict[GroupName, Occurrences] = defaultdict(_occurrences)

    def add(self, value: Answer, groups: Iterable[GroupName]) -> bool:
        assert isinstance(value, int | Decimal), "the reader has seen to it"
        kept = value if self.digits is None else shortened(value, self.digits)
        for group in groups:
            self.counts[group][kept] += 1
        # whatever another group holds, that of everybody holds as well
        while len(self.counts[EVERYBODY]) > MOST_VALUES and self.digits != DIGITS[-1]:
            self._shorten()
        return True

    def _shorten(self) -> None:
        self.digits = DIGITS[0 if self.digits is None else DIGITS.index(self.digits) + 1]
        for group, counts in self.counts.items():
            shorter = _occurrences()
            for value, count in counts.items():
                shorter[shortened(value, self.digits)] += count
            self.counts[group] = shorter

    def distribution(self, group: GroupName) -> Numbers:
        return numbers(self.counts[group], self.digits)


class _Options:
    """Options, of which one or several were chosen; also yes and no."""

    def __init__(self, options: Sequence[str]) -> None:
        self.counts: defaultdict[GroupName, dict[str, int]] = defaultdict(
            lambda: dict.fromkeys(options, 0)
        )

    def add(self, value: Answer, groups: Iterable[GroupName]) -> bool:
        for group in groups:
            counts = self.counts[group]
            for each in chosen(value):
                counts[each] += 1
        return True

    def distribution(self, group: GroupName) -> Options:
        return Options(self.counts[group])


class _Parts:
    """Breakdowns, in per mille of their wholes; one without a whole has no value."""

    def __init__(self, options: Sequence[str]) -> None:
        self.options = options
        self.empty: defaultdict[GroupName, int] = defaultdict(int)
        self.counts: defaultdict[GroupName, list[defaultdict[int, int]]] = defaultdict(
            lambda: [defaultdict(int) for _ in options]
        )

    def add(self, value: Answer, groups: Iterable[GroupName]) -> bool:
        assert isinstance(value, FrozenMap), "the reader has seen to it"
        if not any(value.values()):
            for group in groups:
                self.empty[group] += 1
            return False
        shares = tuple(shares_of(value, self.options).values())
        for group in groups:
            for counts, share in zip(self.counts[group], shares, strict=True):
                counts[share] += 1
        return True

    def distribution(self, group: GroupName) -> Parts:
        made = zip(self.options, self.counts[group], strict=True)
        return Parts([part(option, counts) for option, counts in made], self.empty[group])


def chosen(answer: Answer) -> tuple[str, ...]:
    """The options that an answer names; also yes or no."""
    match answer:
        case bool():
            return ("yes",) if answer else ("no",)
        case str():
            return (answer,)
        case tuple():
            return answer
        case _:
            msg = f"no answer that names options: {answer!r}"
            raise TypeError(msg)


def _occurrences() -> Occurrences:
    return defaultdict(int)
