"""What rounded counts tell: quartiles, shares, grades and points, as far as they are sure."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from attrs import frozen

from ecei_rules.benchmark.disclosure.rounding import MINIMUM, fewest, most
from ecei_rules.benchmark.tables import GradeClasses, Intervals, OptionClasses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

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


def shares(counts: Sequence[int]) -> tuple[Fraction, ...]:
    """
    Return about the share of each class, as the rounded counts give it; none if all are 0.

    >>> shares([5, 15])
    (Fraction(1, 4), Fraction(3, 4))
    """
    whole = sum(counts)
    return tuple(Fraction(count, whole) for count in counts) if whole else ()


def grade_counts(
    subject: Subject, figures: Figures, scale: Sequence[str]
) -> dict[tuple[str, ...], int]:
    """
    Return the rounded counts by grade, the lowest first, as far as the classes tell.

    Grades that one class mixes are counted together. There are none if the classes do not
    follow the grades, or are withheld.
    """
    groups: list[tuple[set[str], int]] = []
    for some, count in _graded_classes(subject, figures):
        together, total = set(some), count
        apart = []
        for names, number in groups:
            if names & together:
                together, total = together | names, total + number
            else:
                apart.append((names, number))
        groups = [*apart, (together, total)]
    ordered = {tuple(each for each in scale if each in names): n for names, n in groups}
    return dict(sorted(ordered.items(), key=lambda each: scale.index(each[0][0])))


def _graded_classes(subject: Subject, figures: Figures) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Return the grades and the count of each class of the table that follows the grades."""
    for table, counts in zip(subject.tables, figures.counts, strict=True):
        grades = _grades_of(table)
        if grades and counts:
            return tuple(zip(grades, counts, strict=True))
    return ()


def _grades_of(table: Table) -> tuple[tuple[str, ...], ...]:
    if isinstance(table, GradeClasses):
        return table.classes
    return table.grades if isinstance(table, Intervals | OptionClasses) else ()


@frozen
class Attainment:
    """
    About the mean share of the points that a group attains, from 0 to 1.

    It is computed from the published grades of *indicators* of the *graded* indicators.
    """

    share: Fraction
    indicators: int
    graded: int


def attainment(benchmark: Benchmark, group: Group, dimension: str | None) -> Attainment | None:
    """
    Estimate the mean points of a group in a dimension (`None`: in all), `None` without grades.

    It follows from the published grades alone. Organisations that answered count with the
    points of their grade, or the middle of those of grades that one class mixes; those to
    which an indicator does not apply with the points for that. Source: docs/benchmark.md,
    "Points".
    """
    figures = {each.indicator: each for each in group.figures}
    earned, whole, known, graded = Fraction(), 0, 0, 0
    for subject in benchmark.subjects:
        if not subject.points or dimension not in (None, subject.dimension):
            continue
        graded += 1
        shown = figures.get(str(subject.id))
        mean = _mean_points(subject, shown) if shown else None
        if mean is not None:
            known += 1
            earned += mean
            whole += max(subject.points.values())
    return Attainment(earned / whole, known, graded) if whole else None


def _mean_points(subject: Subject, figures: Figures) -> Fraction | None:
    total, count = Fraction(), 0
    for grades, number in _graded_classes(subject, figures):
        points = [subject.points[grade] for grade in grades]
        total += number * Fraction(min(points) + max(points), 2)
        count += number
    if count and subject.not_applicable_points is not None:
        total += figures.not_applicable * subject.not_applicable_points
        count += figures.not_applicable
    return total / count if count else None
