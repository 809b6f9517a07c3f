"""Distributions of answers in a group, and the percentile of one answer."""

from __future__ import annotations

from bisect import bisect_left
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction
from itertools import accumulate, pairwise

from attrs import field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import MAX_DIGITS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: The sum of the shares of a breakdown, in per mille.
WHOLE = 1000
#: The numbers of digits to keep while there are too many different values, in order.
DIGITS = (4, 3, 2, 1)
#: Exact even for the sum of a number with all digits before the point and one with all after it.
_EXACTLY = Context(prec=3 * MAX_DIGITS)


@frozen
class Quartiles:
    """
    The quartiles of a group: a quarter, half and three quarters of it lie below them.

    Between two values they are interpolated linearly, as in most programs (Hyndman and Fan,
    1996, definition 7). They have the unit of the values.
    """

    lower: int | Decimal
    median: int | Decimal
    upper: int | Decimal


@frozen
class Numbers:
    """
    The distribution of numbers: each value, the smallest first, and how often it occurs.

    *values* and *counts* have equal lengths. *digits*, from 1 to 4, is given if there were
    too many different values: of each, all but the first digits were then replaced by zeros.
    Source: docs/benchmark.md, "Figures".

    >>> Numbers([1, 2], [1, 1], Quartiles(1, 1, 2))
    Traceback (most recent call last):
        ...
    ValueError: the quartiles do not follow from the values

    Raises:
        TypeError: a value is not a number.
        ValueError: the values do not rise, a count is below 1, or the quartiles do not
            follow from them.
    """

    values: tuple[int | Decimal, ...] = field(converter=tuple[int | Decimal, ...])
    counts: tuple[int, ...] = field(converter=tuple[int, ...])
    quartiles: Quartiles
    digits: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_occurrences(self.values, self.counts)
        if self.digits is not None and any(truncated(v, self.digits) != v for v in self.values):
            msg = f"a value has more than {self.digits} digits that are not zero"
            raise ValueError(msg)
        if self.quartiles != quartiles(self.values, self.counts):
            msg = "the quartiles do not follow from the values"
            raise ValueError(msg)


@frozen
class Options:
    """The number of organisations that chose each option, or yes and no, in the asked order."""

    counts: FrozenMap[str, int] = field(converter=FrozenMap[str, int])


@frozen
class Part:
    """
    The distribution of one option's shares in breakdowns.

    *values* are shares in per mille, 0 to 1000, the smallest first; *counts* is how often
    each occurs. *mean* is the mean share in per mille, rounded down to one decimal.

    >>> Part("sme", [0, 1], [1, 2], Decimal("0.6")).exact_mean
    Fraction(2, 3)

    Raises:
        TypeError: a value is not a number.
        ValueError: the values do not rise or are not shares, a count is below 1, or the
            mean does not follow from them.
    """

    option: str
    values: tuple[int, ...] = field(converter=tuple[int, ...])
    counts: tuple[int, ...] = field(converter=tuple[int, ...])
    mean: Decimal

    def __attrs_post_init__(self) -> None:
        _check_occurrences(self.values, self.counts)
        if not 0 <= self.values[0] <= self.values[-1] <= WHOLE:
            msg = f"a share lies between 0 and {WHOLE}"
            raise ValueError(msg)
        if self.mean != one_decimal(self.exact_mean):
            msg = "the mean does not follow from the values"
            raise ValueError(msg)

    @property
    def exact_mean(self) -> Fraction:
        """The mean share in per mille; the means of all options add up to 1000."""
        return Fraction(_total(self.values, self.counts), sum(self.counts))


@frozen
class Parts:
    """
    The distribution of breakdowns: the shares of each option.

    *empty* is the number of breakdowns without any count, which have no shares. *parts* has
    every option of the question, in its order.

    Raises:
        ValueError: the shares do not add up to 1000 for every organisation.
    """

    parts: tuple[Part, ...] = field(converter=tuple[Part, ...])
    empty: int

    def __attrs_post_init__(self) -> None:
        sizes = {sum(each.counts) for each in self.parts}
        whole = sum(_total(each.values, each.counts) for each in self.parts)
        if len(sizes) != 1 or whole != WHOLE * max(sizes):
            msg = f"the shares of the options do not add up to {WHOLE} for every organisation"
            raise ValueError(msg)


#: The distribution of the answers to one question.
Distribution = Numbers | Options | Parts


def _check_occurrences(values: Sequence[int | Decimal], counts: Sequence[int]) -> None:
    if any(type(value) not in (int, Decimal) for value in values):
        msg = "a value must be a number"
        raise TypeError(msg)
    if not values or len(values) != len(counts):
        msg = "each value needs the number of times that it occurs"
        raise ValueError(msg)
    if any(low >= high for low, high in pairwise(values)) or min(counts) < 1:
        msg = "each value is listed once, the smallest first, with a count of at least 1"
        raise ValueError(msg)


def numbers_from(occurrences: Mapping[int | Decimal, int], digits: int | None = None) -> Numbers:
    """Return the distribution of numbers, of which at least one occurs."""
    values = sorted(occurrences)
    counts = [occurrences[value] for value in values]
    return Numbers(values, counts, quartiles(values, counts), digits=digits)


def part_from(option: str, occurrences: Mapping[int, int]) -> Part:
    """Return the distribution of the shares of one option, of which at least one occurs."""
    values = sorted(occurrences)
    counts = [occurrences[value] for value in values]
    mean = Fraction(_total(values, counts), sum(counts))
    return Part(option, values, counts, one_decimal(mean))


def quartiles(values: Sequence[int | Decimal], counts: Sequence[int]) -> Quartiles:
    """
    Return the quartiles of rising values and their counts.

    They are exact but for decimals beyond the most digits of a document, which are cut.

    >>> quartiles([1, 2, 4], [1, 1, 1])
    Quartiles(lower=Decimal('1.5'), median=2, upper=3)
    """
    ends = list(accumulate(counts))

    def at(quarter: int) -> int | Decimal:
        index, beyond = divmod(quarter * (ends[-1] - 1), 4)
        low = values[bisect_left(ends, index + 1)]
        high = values[bisect_left(ends, min(index + 2, ends[-1]))]
        four_times = _EXACTLY.add(_times(low, 4 - beyond), _times(high, beyond))
        return _writable(_EXACTLY.divide(four_times, Decimal(4)))

    return Quartiles(at(1), at(2), at(3))


def _times(value: int | Decimal, factor: int) -> Decimal:
    return _EXACTLY.multiply(Decimal(value), Decimal(factor))


def _writable(value: Decimal) -> int | Decimal:
    """Return a number with at most the digits of a document, as an `int` if it is whole."""
    whole = int(value)
    if whole == value:
        return whole
    decimals = MAX_DIGITS - max(value.adjusted() + 1, 1)
    cut = value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN, _EXACTLY)
    shorter = value if -int(value.as_tuple().exponent) <= decimals else cut
    return whole if shorter == whole else shorter


def truncated(value: int | Decimal, digits: int) -> int | Decimal:
    """
    Return a number with all but its first digits replaced by zeros.

    Truncating step by step gives the same as truncating at once.

    >>> truncated(123456, 4), truncated(Decimal("-0.0199"), 1), truncated(7, 4)
    (123400, Decimal('-0.01'), 7)
    """
    sign, figures, exponent = Decimal(value).as_tuple()
    assert isinstance(exponent, int), "a document has no infinite numbers"
    rest = len(figures) - digits
    if rest <= 0:
        return value
    shorter = Decimal((sign, figures[:digits], exponent + rest))
    whole = int(shorter)
    return whole if whole == shorter else shorter


def shares_of(counts: Mapping[str, int], options: Sequence[str]) -> dict[str, int]:
    """
    Return the share of each option in per mille; the shares add up to 1000.

    Shares are rounded by the largest remainder method; of equal remainders the first
    option's is larger. At least one count is above 0.

    >>> shares_of({"sme": 2, "research": 1}, ["sme", "university", "research"])
    {'sme': 667, 'university': 0, 'research': 333}
    """
    whole = sum(counts.values())
    exact = {option: divmod(WHOLE * counts.get(option, 0), whole) for option in options}
    shares = {option: rounded_down for option, (rounded_down, _) in exact.items()}
    missing = WHOLE - sum(shares.values())
    for option in sorted(options, key=lambda name: -exact[name][1])[:missing]:
        shares[option] += 1
    return shares


def percentile(
    values: Sequence[int | Decimal], counts: Sequence[int], value: int | Decimal
) -> Fraction:
    """
    Return the share of a group below a value, plus half of the share with the same value.

    >>> percentile([1, 2], [3, 1], 1)
    Fraction(3, 8)
    """
    below = bisect_left(values, value)
    equal = counts[below] if below < len(values) and values[below] == value else 0
    return Fraction(2 * sum(counts[:below]) + equal, 2 * sum(counts))


def quarter(share: Fraction) -> int:
    """
    Return the quarter of a group that a percentile is in, from 1, the lowest, to 4.

    >>> quarter(Fraction(0)), quarter(Fraction(1, 4)), quarter(Fraction(2, 4)), quarter(Fraction(1))
    (1, 1, 2, 4)
    """
    return max(1, -(-4 * share.numerator // share.denominator))


def one_decimal(number: Fraction) -> Decimal:
    """Return a number rounded down to one decimal."""
    return Decimal(number * 10 // 1).scaleb(-1)


def _total(values: Sequence[int | Decimal], counts: Sequence[int]) -> int:
    return sum(int(value) * count for value, count in zip(values, counts, strict=True))
