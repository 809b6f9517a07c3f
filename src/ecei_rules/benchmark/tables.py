"""The classes of answers that a benchmark counts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal, assert_never

from attrs import field, frozen
from attrs.validators import in_

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import NotApplicable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ecei_rules.interviews.answers import Answer

    #: What tables classify: a number, an option, several options, the shares of a breakdown.
    Value = int | Decimal | str | tuple[str, ...] | FrozenMap[str, Fraction]

#: The whole of a breakdown, in percent.
WHOLE = 100
#: The most intervals of one table.
MOST_INTERVALS = 6


def _groups(names: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(each) for each in names)


def _check_bounds(_table: object, _attribute: object, bounds: Sequence[int | Decimal]) -> None:
    if any(type(bound) not in (int, Decimal) for bound in bounds):
        msg = "a bound must be a number"
        raise TypeError(msg)
    if not 1 <= len(bounds) < MOST_INTERVALS or any(a >= b for a, b in pairwise(bounds)):
        msg = f"a table has 1 to {MOST_INTERVALS - 1} bounds, the lowest first"
        raise ValueError(msg)


def _check_names(_table: object, _attribute: object, classes: Sequence[Sequence[str]]) -> None:
    names = [name for each in classes for name in each]
    if len(classes) <= 1 or not all(classes) or len(set(names)) != len(names):
        msg = "a table has at least two classes, and each name is in one of them"
        raise ValueError(msg)


@frozen
class Intervals:
    """
    Numbers in classes: below the first bound, between two bounds, above the last one.

    There are at most six classes. A bound is in the class above it, or with *includes*
    `high` in the class below it. *grades* has the grades that numbers of each class can
    attain, where the grade follows from the number. Source: docs/benchmark.md, "Classes".

    >>> Intervals([40, 60]).class_of(40), Intervals([40, 60], includes="high").class_of(40)
    (1, 0)

    Raises:
        TypeError: a bound is not a number.
        ValueError: there is no bound, there are more than five, or they do not rise.
    """

    bounds: tuple[int | Decimal, ...] = field(
        converter=tuple[int | Decimal, ...], validator=_check_bounds
    )
    includes: Literal["low", "high"] = field(
        default="low", kw_only=True, validator=in_(("low", "high"))
    )
    grades: tuple[tuple[str, ...], ...] = field(default=(), kw_only=True, converter=_groups)

    @property
    def size(self) -> int:
        """The number of classes."""
        return len(self.bounds) + 1

    def class_of(self, value: int | Decimal) -> int:
        """Return the class of a number."""
        find = bisect_right if self.includes == "low" else bisect_left
        return find(self.bounds, value)


@frozen
class OptionClasses:
    """
    Single options, or yes and no, in classes; rare options share one.

    *grades* has the grades that the options of each class attain.

    Raises:
        ValueError: there are fewer than two classes, one is empty, or an option is in two.
    """

    classes: tuple[tuple[str, ...], ...] = field(converter=_groups, validator=_check_names)
    grades: tuple[tuple[str, ...], ...] = field(default=(), kw_only=True, converter=_groups)

    @property
    def size(self) -> int:
        """The number of classes."""
        return len(self.classes)

    def class_of(self, option: str) -> int:
        """Return the class of an option."""
        return next(number for number, each in enumerate(self.classes) if option in each)


@frozen
class Chosen:
    """One of several options that can be chosen together; only those who chose it are counted."""

    option: str

    @property
    def size(self) -> int:
        """The number of published counts."""
        return 1


@frozen
class PartIntervals:
    """
    The share of one option of a breakdown in classes.

    *bounds* are in percent of the whole; each is in the class above it.

    Raises:
        TypeError: a bound is not a number.
        ValueError: as for `Intervals`, or a bound is not from 1 to 100.
    """

    option: str
    bounds: tuple[int, ...] = field(converter=tuple[int, ...], validator=_check_bounds)

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.bounds[0] <= self.bounds[-1] <= WHOLE:
            msg = f"a bound of a share lies between 1 and {WHOLE}"
            raise ValueError(msg)

    @property
    def size(self) -> int:
        """The number of classes."""
        return len(self.bounds) + 1

    def class_of(self, share: Fraction) -> int:
        """Return the class of a share in percent."""
        return bisect_right(self.bounds, share)


@frozen
class GradeClasses:
    """
    Grades in classes, the lowest first; rare grades share one with a neighbour.

    Raises:
        ValueError: there are fewer than two classes, one is empty, or a grade is in two.
    """

    classes: tuple[tuple[str, ...], ...] = field(converter=_groups, validator=_check_names)

    @property
    def size(self) -> int:
        """The number of classes."""
        return len(self.classes)

    def class_of(self, grade: str) -> int:
        """Return the class of a grade."""
        return next(number for number, each in enumerate(self.classes) if grade in each)


#: A division of the answers to one question into classes.
Table = Intervals | OptionClasses | Chosen | PartIntervals | GradeClasses


def class_in(table: Table, value: Value, grade: str | None) -> int | None:
    """
    Return the class of a value and its grade in a table.

    An option that was not chosen is in no class, nor is an answer without a grade.

    >>> class_in(Chosen("north"), ("south",), None), class_in(Chosen("north"), ("north",), None)
    (None, 0)
    """
    match table:
        case Intervals():
            assert isinstance(value, int | Decimal), "the table is of numbers"
            return table.class_of(value)
        case OptionClasses():
            assert isinstance(value, str), "the table is of single options"
            return table.class_of(value)
        case Chosen(option=option):
            assert isinstance(value, tuple), "the table is of options chosen together"
            return 0 if option in value else None
        case PartIntervals(option=option):
            assert isinstance(value, FrozenMap), "the table is of a breakdown"
            return table.class_of(value[option])
        case GradeClasses():
            return None if grade is None else table.class_of(grade)
        case unreachable:
            assert_never(unreachable)


def has_value(answer: Answer | None) -> bool:
    """Whether an answer counts as answered: it was given, and applies."""
    return answer is not None and not isinstance(answer, NotApplicable)


def share_of(counts: FrozenMap[str, int], option: str) -> Fraction:
    """
    Return the share of an option in a breakdown, in percent; without any count it is 0.

    >>> share_of(FrozenMap({"sme": 2, "research": 1}), "research"), share_of(FrozenMap(), "sme")
    (Fraction(100, 3), Fraction(0, 1))
    """
    return Fraction(WHOLE * counts.get(option, 0), sum(counts.values()) or 1)


def option_named(answer: Answer) -> str:
    """
    Return the option that an answer names, or yes or no.

    >>> option_named(False)
    'no'
    """
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    assert isinstance(answer, str), "the reader has checked the kind"
    return answer
