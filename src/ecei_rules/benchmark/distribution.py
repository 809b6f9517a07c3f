"""How often each answer occurs in a group, and where one of them stands."""

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

#: What the parts of a whole add up to.
WHOLE = 1000
#: How many digits are kept of values that are too many, one after the other.
DIGITS = (4, 3, 2, 1)
#: Enough for the sum of a number with all its digits before the point and one with all behind.
_EXACTLY = Context(prec=3 * MAX_DIGITS)


@frozen
class Quartiles:
    """
    The values below which a quarter, half and three quarters of a group lie.

    Between two values they are found on the straight line, as most programs do it
    (Hyndman and Fan, 1996, definition 7).
    """

    lower: int | Decimal
    median: int | Decimal
    upper: int | Decimal


@frozen
class Numbers:
    """
    Numbers and how often each occurs, the smallest first.

    With *digits* all but so many digits of each were replaced by zeros, because there
    were too many different ones.

    Raises:
        ValueError: the values do not rise, one does not occur, or the quartiles do not
            follow from them.
    """

    values: tuple[int | Decimal, ...] = field(converter=tuple[int | Decimal, ...])
    counts: tuple[int, ...] = field(converter=tuple[int, ...])
    quartiles: Quartiles
    digits: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_occurrences(self.values, self.counts)
        if self.digits is not None and any(shortened(v, self.digits) != v for v in self.values):
            msg = f"a value has more than {self.digits} digits that are not zero"
            raise ValueError(msg)
        if self.quartiles != quartiles(self.values, self.counts):
            msg = "the quartiles do not follow from the values"
            raise ValueError(msg)


@frozen
class Options:
    """How many chose each option, in the order in which they are asked; also yes and no."""

    counts: FrozenMap[str, int] = field(converter=FrozenMap[str, int])


@frozen
class Part:
    """
    One option of a breakdown: its shares of the whole, in per mille, and how often each occurs.

    *mean* is the mean share, rounded down to one decimal.

    Raises:
        ValueError: the values do not rise or are no shares, one does not occur, or the
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
        """The mean share; those of all parts of a breakdown add up to 1000."""
        return Fraction(_total(self.values, self.counts), sum(self.counts))


@frozen
class Parts:
    """
    Breakdowns: what each option is of the whole.

    *empty* are those without any count, which have no shares.

    Raises:
        ValueError: the shares do not add up to 1000 for everybody.
    """

    parts: tuple[Part, ...] = field(converter=tuple[Part, ...])
    empty: int

    def __attrs_post_init__(self) -> None:
        sizes = {sum(each.counts) for each in self.parts}
        whole = sum(_total(each.values, each.counts) for each in self.parts)
        if len(sizes) != 1 or whole != WHOLE * max(sizes):
            msg = f"the shares of the options do not add up to {WHOLE} for everybody"
            raise ValueError(msg)


#: How often each answer of one kind occurs.
Distribution = Numbers | Options | Parts


def _check_occurrences(values: Sequence[int | Decimal], counts: Sequence[int]) -> None:
    if any(type(each) not in (int, Decimal) for each in values):
        msg = "a value is a number"
        raise TypeError(msg)
    if not values or len(values) != len(counts):
        msg = "each value needs the number of times that it occurs"
        raise ValueError(msg)
    if any(low >= high for low, high in pairwise(values)) or min(counts) < 1:
        msg = "values that occur stand once each, the smallest first"
        raise ValueError(msg)


def numbers(occurrences: Mapping[int | Decimal, int], digits: int | None = None) -> Numbers:
    """The distribution of numbers, of which at least one occurs."""
    values = sorted(occurrences)
    counts = [occurrences[each] for each in values]
    return Numbers(values, counts, quartiles(values, counts), digits=digits)


def part(option: str, occurrences: Mapping[int, int]) -> Part:
    """The distribution of the shares of one option, of which at least one occurs."""
    values = sorted(occurrences)
    counts = [occurrences[each] for each in values]
    mean = Fraction(_total(values, counts), sum(counts))
    return Part(option, values, counts, one_decimal(mean))


def quartiles(values: Sequence[int | Decimal], counts: Sequence[int]) -> Quartiles:
    """
    The quartiles of rising values that occur so often.

    They are exact, as long as a document can hold them: decimals beyond its most digits
    are cut.

    >>> quartiles([1, 2, 4], [1, 1, 1])
    Quartiles(lower=Decimal('1.5'), median=2, upper=3)
    """
    ends = list(accumulate(counts))

    def at(quarter: int) -> int | Decimal:
        index, beyond = divmod(quarter * (ends[-1] - 1), 4)
        low = values[bisect_left(ends, index + 1)]
        high = values[bisect_left(ends, min(index + 2, ends[-1]))]
        both = _EXACTLY.add(_times(low, 4 - beyond), _times(high, beyond))
        return _writable(_EXACTLY.divide(both, Decimal(4)))

    return Quartiles(at(1), at(2), at(3))


def _times(value: int | Decimal, factor: int) -> Decimal:
    return _EXACTLY.multiply(Decimal(value), Decimal(factor))


def _writable(value: Decimal) -> int | Decimal:
    """A number in as many digits as a document takes, whole where it is."""
    whole = int(value)
    if whole == value:
        return whole
    decimals = MAX_DIGITS - max(value.adjusted() + 1, 1)
    cut = value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN, _EXACTLY)
    shorter = value if -int(value.as_tuple().exponent) <= decimals else cut
    return whole if shorter == whole else shorter


def shortened(value: int | Decimal, digits: int) -> int | Decimal:
    """
    A number with all but its first digits replaced by zeros.

    Shortening to fewer digits later gives what doing so at once gives.

    >>> shortened(123456, 4), shortened(Decimal("-0.0199"), 1), shortened(7, 4)
    (123400, Decimal('-0.01'), 7)
    """
    sign, figures, exponent = Decimal(value).as_tuple()
    assert isinstance(exponent, int), "a document holds no infinities"
    rest = len(figures) - digits
    if rest <= 0:
        return value
    shorter = Decimal((sign, figures[:digits], exponent + rest))
    whole = int(shorter)
    return whole if whole == shorter else shorter


def shares_of(counts: Mapping[str, int], options: Sequence[str]) -> dict[str, int]:
    """
    What each option is of the whole, in per mille that add up to 1000.

    What is lost in rounding down goes to those that lose most by it, to the first of
    them where they lose the same. Some count is above 0.

    >>> shares_of({"sme": 2, "research": 1}, ["sme", "university", "research"])
    {'sme': 667, 'university': 0, 'research': 333}
    """
    whole = sum(counts.values())
    parts = {each: divmod(WHOLE * counts.get(each, 0), whole) for each in options}
    shares = {each: down for each, (down, _) in parts.items()}
    missing = WHOLE - sum(shares.values())
    for each in sorted(options, key=lambda name: -parts[name][1])[:missing]:
        shares[each] += 1
    return shares


def percentile(
    values: Sequence[int | Decimal], counts: Sequence[int], value: int | Decimal
) -> Fraction:
    """
    The share of a group below a value, and half of those that have it.

    >>> percentile([1, 2], [3, 1], 1)
    Fraction(3, 8)
    """
    below = bisect_left(values, value)
    equal = counts[below] if below < len(values) and values[below] == value else 0
    return Fraction(2 * sum(counts[:below]) + equal, 2 * sum(counts))


def quarter(share: Fraction) -> int:
    """
    Which quarter of a group a percentile is in: 1 is the lowest, 4 the highest.

    >>> quarter(Fraction(0)), quarter(Fraction(1, 4)), quarter(Fraction(2, 4)), quarter(Fraction(1))
    (1, 1, 2, 4)
    """
    return max(1, -(-4 * share.numerator // share.denominator))


def one_decimal(number: Fraction) -> Decimal:
    """A number for display, rounded down to one decimal."""
    return Decimal(number * 10 // 1).scaleb(-1)


def _total(values: Sequence[int | Decimal], counts: Sequence[int]) -> int:
    return sum(int(value) * count for value, count in zip(values, counts, strict=True))
