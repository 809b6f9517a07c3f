"""Tallies of answers in several groups, in bounded memory."""

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
    numbers_from,
    part_from,
    shares_of,
    truncated,
)
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.schema_texts import options_of
from ecei_rules.interviews.answers import NotApplicable
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

#: The most different numbers of one subject that are kept in a group.
MOST_VALUES = 1000


class AnswerTally(Protocol):
    """The answers to one indicator, or the points of several, counted by group."""

    def add(self, value: Answer, groups: Iterable[GroupName], /) -> bool:
        """Count an answer in some groups; return whether it has a value."""

    def distribution(self, group: GroupName, /) -> Distribution:
        """Return the distribution in a group that has at least one value."""


def empty_tally(kind: AnswerKind | None) -> AnswerTally:
    """Return an empty tally of answers of a kind, or of points."""
    match kind:
        case None | Count() | Number() | Share() | Year():
            return _NumberTally()
        case YesNo() | Choice() | Choices():
            return _OptionTally(option_ids(kind))
        case Breakdown():
            return _BreakdownTally(option_ids(kind))
        case unreachable:
            assert_never(unreachable)


def option_ids(kind: AnswerKind | None) -> tuple[str, ...]:
    """Return the options that answers of a kind name, yes and no included; none for numbers."""
    if isinstance(kind, YesNo):
        return "yes", "no"
    return tuple(each.id for each in options_of(kind)) if kind is not None else ()


class _NumberTally:
    """
    A tally of numbers that keeps fewer digits once there are too many different numbers.

    The final number of digits does not depend on the order of the numbers, because there
    are never more different numbers on the way than at the end.
    """

    def __init__(self) -> None:
        self.digits: int | None = None
        self.counts: defaultdict[GroupName, Occurrences] = defaultdict(_occurrences)

    def add(self, value: Answer, groups: Iterable[GroupName]) -> bool:
        assert isinstance(value, int | Decimal), "the reader has checked the kind"
        kept = value if self.digits is None else truncated(value, self.digits)
        for group in groups:
            self.counts[group][kept] += 1
        # everybody has at least the different numbers of every other group
        while len(self.counts[EVERYBODY]) > MOST_VALUES and self.digits != DIGITS[-1]:
            self._shorten()
        return True

    def _shorten(self) -> None:
        self.digits = DIGITS[0 if self.digits is None else DIGITS.index(self.digits) + 1]
        for group, counts in self.counts.items():
            shorter = _occurrences()
            for value, count in counts.items():
                shorter[truncated(value, self.digits)] += count
            self.counts[group] = shorter

    def distribution(self, group: GroupName) -> Numbers:
        return numbers_from(self.counts[group], self.digits)


class _OptionTally:
    """A tally of chosen options, or of yes and no."""

    def __init__(self, options: Sequence[str]) -> None:
        self.counts: defaultdict[GroupName, dict[str, int]] = defaultdict(
            lambda: dict.fromkeys(options, 0)
        )

    def add(self, value: Answer, groups: Iterable[GroupName]) -> bool:
        for group in groups:
            counts = self.counts[group]
            for option in chosen_options(value):
                counts[option] += 1
        return True

    def distribution(self, group: GroupName) -> Options:
        return Options(self.counts[group])


class _BreakdownTally:
    """A tally of breakdowns in per mille; a breakdown without any count has no value."""

    def __init__(self, options: Sequence[str]) -> None:
        self.options = options
        self.empty: defaultdict[GroupName, int] = defaultdict(int)
        self.counts: defaultdict[GroupName, list[defaultdict[int, int]]] = defaultdict(
            lambda: [defaultdict(int) for _ in options]
        )

    def add(self, value: Answer, groups: Iterable[GroupName]) -> bool:
        assert isinstance(value, FrozenMap), "the reader has checked the kind"
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
        by_option = zip(self.options, self.counts[group], strict=True)
        return Parts([part_from(option, counts) for option, counts in by_option], self.empty[group])


def chosen_options(answer: Answer) -> tuple[str, ...]:
    """Return the options that an answer names, or yes or no."""
    match answer:
        case bool():
            return ("yes",) if answer else ("no",)
        case str():
            return (answer,)
        case tuple():
            return answer
        case int() | Decimal() | FrozenMap() | NotApplicable():
            msg = f"the answer names no options: {answer!r}"
            raise TypeError(msg)
        case unreachable:
            assert_never(unreachable)


def _occurrences() -> Occurrences:
    return defaultdict(int)
