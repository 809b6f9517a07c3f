"""docs/benchmark.md, "What rounded counts tell": every range contains the truth."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil, floor
from statistics import mean
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from benchmark_samples import (
    HELD,
    NOT_APPLICABLE,
    RICH,
    RULES,
    TITLE,
    benchmark_of,
    corpora,
    expected_groups,
)
from hypothesis import given
from hypothesis import strategies as st

import ecei_rules as er
from ecei_rules.benchmark.benchmark import Figures, Group, Subject
from ecei_rules.benchmark.estimates import (
    MEDIAN,
    attainment,
    grade_counts,
    grade_shares,
    middle_half,
    percents,
    quartile,
    share_of_choosers,
    share_range,
    tells,
)
from ecei_rules.benchmark.tables import Chosen, Intervals, OptionClasses, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecei_rules.interviews.interview import Interview

SCALE = ("poor", "good", "better")
POINTS = {"poor": 0, "good": 2, "better": 3}
EXEMPT = 1
#: Counts of classes of which at least five organisations are.
exact_counts = st.lists(st.integers(0, 40), min_size=2, max_size=6).filter(lambda n: sum(n) >= 5)
#: Classes that have one grade each, that mix some, and that mix all.
GRADED = [
    [("poor",), ("good",), ("better",)],
    [("poor",), ("poor", "good"), ("better",)],
    [("poor", "good"), ("good", "better"), ("better",)],
]


def rounded(count: int) -> int:
    """Return the nearest multiple of five."""
    return min(range(0, count + 5, 5), key=lambda each: abs(each - count))


def sources(shown: int) -> list[int]:
    """Return the counts that are rounded to one."""
    return [count for count in range(shown + 5) if rounded(count) == shown]


def agreeing(counts: Sequence[int], answered: int) -> list[tuple[int, ...]]:
    """Return all exact counts of classes that agree with the published ones."""
    return [
        exact
        for exact in product(*map(sources, counts))
        if rounded(sum(exact)) == answered and sum(exact) >= 5
    ]


#: Published counts of two or three classes, and of those who answered, that can be true.
SMALL = [
    (counts, answered)
    for size in (2, 3)
    for counts in product((0, 5, 10), repeat=size)
    for answered in (5, 10, 15, 20)
    if agreeing(counts, answered)
]


class TestShares:
    """The share of the organisations in some classes."""

    @given(exact_counts, st.data())
    def test_true_share_is_in_the_range(self, exact: list[int], data: st.DataObject) -> None:
        """
        Whatever the exact counts are, also as it is shown in whole percent.
        """
        classes = data.draw(st.sets(st.sampled_from(range(len(exact)))))
        share = share_range([*map(rounded, exact)], rounded(sum(exact)), classes)

        true = Fraction(sum(exact[number] for number in classes), sum(exact))
        assert share.low <= true <= share.high
        low, high = percents(share)
        assert low <= 100 * true <= high

    @pytest.mark.parametrize(("counts", "answered"), SMALL)
    def test_ends_are_those_of_all_exact_counts(
        self, counts: tuple[int, ...], answered: int
    ) -> None:
        """
        Trying all of them is the oracle.
        """
        every = agreeing(counts, answered)

        for classes in ([0], [1], [0, len(counts) - 1]):
            true = [Fraction(sum(exact[n] for n in classes), sum(exact)) for exact in every]
            assert share_range(counts, answered, classes) == er.ShareRange(min(true), max(true))

    @pytest.mark.parametrize("answered", [5, 10, 15, 40])
    @pytest.mark.parametrize("count", [0, 5, 10, 15])
    def test_ends_of_an_option_chosen_with_others(self, count: int, answered: int) -> None:
        """
        At most all of those who answered chose it.
        """
        true = [
            Fraction(chose, of)
            for chose, of in product(sources(count), sources(answered))
            if chose <= of >= 5
        ]
        if true:
            assert share_of_choosers(count, answered) == er.ShareRange(min(true), max(true))

    @pytest.mark.parametrize(
        ("low", "high", "shown", "told"),
        [
            (Fraction(3, 8), Fraction(1), (37, 100), True),
            (Fraction(47, 100), Fraction(47, 100), (47, 47), True),
            (Fraction(1, 200), Fraction(199, 200), (0, 100), False),
            (Fraction(0), Fraction(99, 100), (0, 99), True),
        ],
    )
    def test_ends_are_rounded_outwards(
        self, low: Fraction, high: Fraction, shown: tuple[int, int], *, told: bool
    ) -> None:
        """
        A range of 0 to 100 % tells nothing.
        """
        assert percents(er.ShareRange(low, high)) == shown
        assert tells(er.ShareRange(low, high)) is told


@given(exact_counts)
def test_true_quartiles_are_in_the_range(exact: list[int]) -> None:
    """
    Those of the organisations in the order of their classes, between which a quartile is
    interpolated; the middle half is from the lower one to the upper one.
    """
    ordered = [number for number, count in enumerate(exact) for _ in range(count)]
    counts, answered = [*map(rounded, exact)], rounded(len(ordered))
    around = [
        (ordered[floor(place)], ordered[ceil(place)])
        for quarter in (1, 2, 3)
        for place in [Fraction(quarter * (len(ordered) - 1), 4)]
    ]

    found = quartile(counts, answered, MEDIAN)
    assert found.first <= around[1][0]
    assert around[1][1] <= found.last
    half = middle_half(counts, answered)
    assert half.first <= around[0][0]
    assert around[2][1] <= half.last


def graded_by(classes: Sequence[tuple[str, ...]]) -> Subject:
    """Return a subject with a table of classes that have grades, and points for exemption."""
    return Subject(
        "indicator",
        id="form",
        title=TITLE,
        dimension="structure",
        points=POINTS,
        not_applicable_points=EXEMPT,
        tables=[OptionClasses([[str(n)] for n in range(len(classes))], grades=classes)],
    )


def figures(counts: Sequence[int], answered: int, exempt: int = 0) -> Figures:
    """Return the figures of one table."""
    return Figures("form", answered=answered, not_applicable=exempt, unanswered=0, counts=[counts])


def points_of(subject: Subject, shown: Figures) -> er.Attainment:
    """Return the mean points of everybody in a benchmark of one subject."""
    group = Group("everybody", size=shown.answered, figures=[shown])
    found = attainment(evolve(RICH, subjects=[subject], groups=[group]), group, None)
    assert found is not None
    return found


def mean_shares(
    exact: Sequence[int], exempt: int, grades: Sequence[Sequence[str]]
) -> Iterator[Fraction]:
    """Yield the mean points for each division of the classes into their grades."""
    for split in product(
        *(range(n + 1) if len(g) > 1 else [n] for n, g in zip(exact, grades, strict=True))
    ):
        total = sum(
            first * POINTS[some[0]] + (count - first) * POINTS[some[-1]]
            for first, count, some in zip(split, exact, grades, strict=True)
        )
        yield Fraction(total + exempt * EXEMPT, sum(exact) + exempt) / max(POINTS.values())


class TestPoints:
    """The mean points of a group."""

    @pytest.mark.parametrize("grades", GRADED)
    @pytest.mark.parametrize("counts", [(0, 5, 0), (5, 0, 5), (5, 5, 0), (10, 5, 0)])
    @pytest.mark.parametrize("exempt", [0, 5])
    def test_ends_are_those_of_all_exact_counts(
        self, counts: tuple[int, ...], exempt: int, grades: list[tuple[str, ...]]
    ) -> None:
        """
        Trying all counts, and all grades of the organisations in a class, is the oracle.
        """
        answered = sum(counts)
        true = {
            each
            for exact in agreeing(counts, answered)
            for number in sources(exempt)
            for each in mean_shares(exact, number, grades)
        }

        found = points_of(graded_by(grades), figures(counts, answered, exempt))

        assert found == er.Attainment(er.ShareRange(min(true), max(true)), 1, 1)

    def test_grades_that_all_mix_are_not_told(self) -> None:
        """
        "poor or good or better 100 %" would say nothing.
        """
        mixed, apart = graded_by(GRADED[2]), graded_by(GRADED[1])
        shown = figures((5, 5, 10), 20)

        assert grade_counts(mixed, shown, SCALE) == grade_shares(mixed, shown, SCALE) == {}
        assert grade_counts(apart, shown, SCALE) == {("poor", "good"): 10, ("better",): 10}
        # 6 to 14 of 18 to 22, and 8 to 12
        assert grade_shares(apart, shown, SCALE) == {
            ("poor", "good"): er.ShareRange(Fraction(6, 18), Fraction(14, 22)),
            ("better",): er.ShareRange(Fraction(8, 22), Fraction(12, 18)),
        }


def members(corpus: Sequence[Interview], group: Group) -> list[Interview]:
    """Return the organisations of a group."""
    return [each for each in corpus if (group.family, group.name) in expected_groups(each)]


def true_mean(corpus: Sequence[Interview], indicator: str) -> Fraction:
    """Return the mean points of those who answered an indicator, or to whom it does not apply."""
    grading = RULES.grading[indicator]
    answers = [each.answers[indicator] for each in corpus if indicator in each.answers]
    return mean(
        Fraction(
            grading.not_applicable_points
            if isinstance(answer, er.NotApplicable)
            else grading.grade_of(answer, HELD.on).points
        )
        for answer in answers
    )


def chose(table: Table, answer: object) -> int | None:
    """Return the class of an answer in a table of options."""
    match table:
        case OptionClasses(classes=classes):
            name = {True: "yes", False: "no"}.get(answer) if isinstance(answer, bool) else answer
            return next(number for number, each in enumerate(classes) if name in each)
        case Chosen(option=option):
            assert isinstance(answer, tuple)
            return 0 if option in answer else None
        case _:
            return None


@given(corpora(most=60))
def test_true_shares_and_points_of_all_groups_are_in_their_ranges(corpus: list[Interview]) -> None:
    """
    Of every group of a benchmark, for every question and all points.
    """
    benchmark = benchmark_of(corpus)
    subjects = {each.id: each for each in benchmark.subjects if each.level == "indicator"}

    for group in benchmark.groups:
        held = members(corpus, group)
        graded = []
        for shown in group.figures:
            answers = [
                answer
                for each in held
                for answer in [each.answers.get(shown.indicator)]
                if answer is not None and answer != NOT_APPLICABLE
            ]
            tables = subjects[shown.indicator].tables
            for table, counts in zip(tables, shown.counts, strict=True):
                if counts and isinstance(table, OptionClasses | Chosen):
                    for number in range(table.size):
                        true = Fraction(
                            sum(chose(table, each) == number for each in answers), len(answers)
                        )
                        share = (
                            share_of_choosers(counts[0], shown.answered)
                            if isinstance(table, Chosen)
                            else share_range(counts, shown.answered, [number])
                        )
                        assert share.low <= true <= share.high
                if counts and isinstance(table, Intervals | OptionClasses) and table.grades:
                    graded.append(shown.indicator)
        found = attainment(benchmark, group, None)
        assert (found is not None) is bool(graded)
        if found is not None:
            best = sum(RULES.grading[name].maximum for name in graded)
            mean_points = sum(true_mean(held, name) for name in graded) / best
            assert found.share.low <= mean_points <= found.share.high
            assert (found.indicators, found.graded) == (len(graded), 3)
