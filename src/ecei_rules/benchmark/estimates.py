"""What rounded counts tell: quartiles, shares, grades and points, as far as they are sure."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from attrs import frozen

from ecei_rules.benchmark.disclosure.rounding import MINIMUM, fewest, most
from ecei_rules.benchmark.tables import GradeClasses, Intervals, OptionClasses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ecei_rules.benchmark.benchmark import Benchmark, Figures, Group, Subject
    from ecei_rules.benchmark.tables import Table

#: The quarters of a group that quartiles separate.
LOWER, MEDIAN, UPPER = Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)


@frozen
class ClassRange:
    """The first and the last class that a quartile can be in; one class if both are the same."""

    first: int
    last: int


@frozen
class PercentileRange:
    """
    The least and the greatest share of a group that can be below a number, from 0 to 1.

    >>> PercentileRange(Fraction(4, 5), Fraction(1)).quarter
    4
    """

    low: Fraction
    high: Fraction

    @property
    def quarter(self) -> int | None:
        """The quarter of the group that the number is in, 1 the lowest, if that is sure."""
        return _part(self, 4)

    @property
    def half(self) -> int | None:
        """The half of the group that the number is in, 1 the lower, if that is sure."""
        return _part(self, 2)


def _part(share: PercentileRange, parts: int) -> int | None:
    number = min(parts, floor(share.low * parts) + 1)
    return number if share.high * parts <= number else None


@frozen
class ShareRange:
    """
    The least and the greatest share that can be true of a group, from 0 to 1.

    Some exact counts that agree with the published ones give each of the two.
    """

    low: Fraction
    high: Fraction


def percents(share: ShareRange | PercentileRange) -> tuple[int, int]:
    """
    Return the ends of a range in whole percent, rounded so that no true share is left out.

    >>> percents(ShareRange(Fraction(1, 3), Fraction(2, 3)))
    (33, 67)
    """
    return floor(100 * share.low), ceil(100 * share.high)


def tells(share: ShareRange | PercentileRange) -> bool:
    """Whether a range excludes anything as it is shown, in whole percent."""
    return percents(share) != (0, 100)


@frozen
class _Bounds:
    """The least and the most organisations in each class, and in all."""

    low: tuple[int, ...]
    high: tuple[int, ...]
    whole: range

    def below(self, number: int, whole: int) -> tuple[int, int]:
        """Return the least and the most of *whole* organisations in the first classes."""
        return (
            max(sum(self.low[:number]), whole - sum(self.high[number:])),
            min(sum(self.high[:number]), whole - sum(self.low[number:])),
        )

    def fewest_points(self, points: Sequence[int], whole: int) -> int:
        """Return the fewest points of *whole* organisations, given those of each class."""
        total = sum(each * low for each, low in zip(points, self.low, strict=True))
        left = whole - sum(self.low)
        for each, low, high in sorted(zip(points, self.low, self.high, strict=True)):
            joined = min(left, high - low)
            total, left = total + each * joined, left - joined
        return total

    def most_points(self, points: Sequence[int], whole: int) -> int:
        """Return the most points of *whole* organisations, given those of each class."""
        return -self.fewest_points([-each for each in points], whole)


def _bounds(counts: Sequence[int], answered: int) -> _Bounds:
    low, high = tuple(map(fewest, counts)), tuple(map(most, counts))
    least = max(fewest(answered, MINIMUM), sum(low))
    return _Bounds(low, high, range(least, min(most(answered), sum(high)) + 1))


def quartile(counts: Sequence[int], answered: int, quarter: Fraction) -> ClassRange:
    """
    Return the classes that a quartile can be in, given rounded counts.

    The exact quartile is interpolated linearly between two values (Hyndman and Fan, 1996,
    definition 7). It is in one of the classes, whatever the exact counts are.

    >>> quartile([40, 100, 10], 150, MEDIAN), quartile([5, 0, 5], 10, MEDIAN)
    (ClassRange(first=1, last=1), ClassRange(first=0, last=2))
    """
    bounds = _bounds(counts, answered)
    first, last = len(counts) - 1, 0
    for whole in bounds.whole:
        place = quarter * (whole - 1)
        below, above = floor(place) + 1, ceil(place) + 1
        classes = range(len(counts))
        first = min(first, next(n for n in classes if bounds.below(n + 1, whole)[1] >= below))
        last = max(last, next(n for n in classes if bounds.below(n + 1, whole)[0] >= above))
    return ClassRange(first, last)


def middle_half(counts: Sequence[int], answered: int) -> ClassRange:
    """
    Return the classes that the middle half of a group can be in, given rounded counts.

    >>> middle_half([40, 100, 10], 150)
    ClassRange(first=0, last=1)
    """
    lower, upper = (quartile(counts, answered, each) for each in (LOWER, UPPER))
    return ClassRange(lower.first, upper.last)


def percentile_range(counts: Sequence[int], answered: int, number: int) -> PercentileRange:
    """
    Return the share of a group that can be below a number of a class.

    >>> percentile_range([40, 100, 10], 150, 2).low
    Fraction(34, 37)
    """
    bounds = _bounds(counts, answered)
    low = min(Fraction(bounds.below(number, whole)[0], whole) for whole in bounds.whole)
    high = max(Fraction(bounds.below(number + 1, whole)[1], whole) for whole in bounds.whole)
    return PercentileRange(low, high)


def share_range(counts: Sequence[int], answered: int, classes: Collection[int]) -> ShareRange:
    """
    Return the share of a group that can be in some of the classes, given rounded counts.

    >>> share_range([5, 15], 20, [0])
    ShareRange(low=Fraction(3, 20), high=Fraction(7, 20))
    """
    bounds = _bounds(counts, answered)
    others = [number for number in range(len(counts)) if number not in classes]

    def within(ends: Sequence[int], numbers: Iterable[int]) -> int:
        return sum(ends[number] for number in numbers)

    low = min(
        Fraction(max(within(bounds.low, classes), whole - within(bounds.high, others)), whole)
        for whole in bounds.whole
    )
    high = max(
        Fraction(min(within(bounds.high, classes), whole - within(bounds.low, others)), whole)
        for whole in bounds.whole
    )
    return ShareRange(low, high)


def share_of_choosers(count: int, answered: int) -> ShareRange:
    """
    Return the share of a group that can have chosen an option beside others.

    >>> share_of_choosers(10, 20)
    ShareRange(low=Fraction(4, 11), high=Fraction(2, 3))
    """
    high = Fraction(most(count), fewest(answered, MINIMUM))
    return ShareRange(Fraction(fewest(count), most(answered)), min(high, Fraction(1)))


def grade_counts(
    subject: Subject, figures: Figures, scale: Sequence[str]
) -> dict[tuple[str, ...], int]:
    """
    Return the rounded counts by grade, the lowest first, as far as the classes tell.

    Grades that one class mixes are counted together. There are none if that leaves one
    count, if the classes do not follow the grades, or if they are withheld.
    """
    graded = _graded_classes(subject, figures)
    if graded is None:
        return {}
    groups = _told_apart(graded.grades, scale)
    return {each: sum(graded.counts[n] for n in numbers) for each, numbers in groups.items()}


def grade_shares(
    subject: Subject, figures: Figures, scale: Sequence[str]
) -> dict[tuple[str, ...], ShareRange]:
    """Return the shares of a group that can have the grades of `grade_counts`."""
    graded = _graded_classes(subject, figures)
    if graded is None:
        return {}
    return {
        each: share_range(graded.counts, figures.answered, numbers)
        for each, numbers in _told_apart(graded.grades, scale).items()
    }


def _told_apart(
    classes: Sequence[tuple[str, ...]], scale: Sequence[str]
) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Return the numbers of the classes by the grades that they mix; none if they mix all."""
    groups: list[tuple[set[str], tuple[int, ...]]] = []
    for number, some in enumerate(classes):
        together, numbers = set(some), tuple[int, ...]([number])
        apart = []
        for names, others in groups:
            if names & together:
                together, numbers = together | names, others + numbers
            else:
                apart.append((names, others))
        groups = [*apart, (together, numbers)]
    if len(groups) == 1:
        return {}
    ordered = {tuple(each for each in scale if each in names): n for names, n in groups}
    return dict(sorted(ordered.items(), key=lambda each: scale.index(each[0][0])))


class _Graded(NamedTuple):
    """The grades and the count of each class of the table that follows the grades."""

    grades: tuple[tuple[str, ...], ...]
    counts: tuple[int, ...]


def _graded_classes(subject: Subject, figures: Figures) -> _Graded | None:
    for table, counts in zip(subject.tables, figures.counts, strict=True):
        grades = _grades_of(table)
        if grades and counts:
            return _Graded(grades, counts)
    return None


def _grades_of(table: Table) -> tuple[tuple[str, ...], ...]:
    if isinstance(table, GradeClasses):
        return table.classes
    return table.grades if isinstance(table, Intervals | OptionClasses) else ()


@frozen
class Attainment:
    """
    The least and the greatest mean share of the points that a group can attain.

    It is computed from the published grades of *indicators* of the *graded* indicators, and
    holds for these.
    """

    share: ShareRange
    indicators: int
    graded: int


def attainment(benchmark: Benchmark, group: Group, dimension: str | None) -> Attainment | None:
    """
    Return the mean points of a group in a dimension (`None`: in all), `None` without grades.

    They follow from the published grades alone. Organisations that answered count with the
    points of their grade, which are those of any of the grades that one class mixes; those
    to which an indicator does not apply with the points for that. The mean of an indicator
    is that of these organisations. Source: docs/benchmark.md, "Points".
    """
    figures = {each.indicator: each for each in group.figures}
    low, high, whole, known, graded = Fraction(), Fraction(), 0, 0, 0
    for subject in benchmark.subjects:
        if not subject.points or dimension not in (None, subject.dimension):
            continue
        graded += 1
        shown = figures.get(str(subject.id))
        classes = _graded_classes(subject, shown) if shown else None
        if shown is not None and classes is not None:
            least, greatest = _mean_points(subject, shown, classes)
            known += 1
            low, high = low + least, high + greatest
            whole += max(subject.points.values())
    return Attainment(ShareRange(low / whole, high / whole), known, graded) if whole else None


def _mean_points(subject: Subject, figures: Figures, classes: _Graded) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest mean of the points of one indicator."""
    points = [[subject.points[grade] for grade in each] for each in classes.grades]
    fewest_each, most_each = [min(each) for each in points], [max(each) for each in points]
    bounds = _bounds(classes.counts, figures.answered)
    apart, exempt = subject.not_applicable_points, range(1)
    if apart is not None:
        exempt = range(fewest(figures.not_applicable), most(figures.not_applicable) + 1)
    pairs = [(whole, number) for whole in bounds.whole for number in exempt]

    def mean(total: int, whole: int, number: int) -> Fraction:
        return Fraction(total + number * (apart or 0), whole + number)

    return (
        min(mean(bounds.fewest_points(fewest_each, whole), whole, n) for whole, n in pairs),
        max(mean(bounds.most_points(most_each, whole), whole, n) for whole, n in pairs),
    )
