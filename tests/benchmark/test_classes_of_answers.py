"""docs/benchmark.md, "Classes": tables and the bounds between their classes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecei_rules.benchmark.benchmark import Figures
from ecei_rules.benchmark.number_scales import NumberScale, number_scale, scale_of_parts
from ecei_rules.benchmark.tables import GradeClasses, Intervals, OptionClasses, PartIntervals
from ecei_rules.interviews.catalogue import Count, Number, Share, Year, YesNo
from ecei_rules.report.text.benchmark import numbers_between, shares_of_classes
from ecei_rules.rulesets.conditions import AllOf, AnyOf, OneOf, Threshold
from ecei_rules.rulesets.ruleset import Grade, Grading

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.rulesets.conditions import Comparator, Condition

FEW_BOUNDS = "a table has 1 to 5 bounds, the lowest first"
rising = st.lists(st.integers(-50, 50), min_size=1, max_size=5, unique=True).map(sorted)


def bound(comparison: Comparator, number: float | str) -> Threshold:
    """Compare the number itself with a bound."""
    return Threshold("value", comparison, Decimal(number))


def grading(*whens: Condition) -> Grading:
    """Return a grading with a grade for each condition, the best first, and a lowest one."""
    best = [Grade(f"g{n}", 9 - n, when=when) for n, when in enumerate(whens)]
    return Grading(1, [*best, Grade("lowest", 0)])


class TestTables:
    """A table is checked as it is made."""

    @given(rising, st.integers(-60, 60), st.sampled_from(["low", "high"]))
    def test_class_is_the_number_of_bounds_below(
        self, bounds: list[int], number: int, includes: Literal["low", "high"]
    ) -> None:
        """
        A bound itself is below the class above it, or with `high` above the class below it.
        """
        table = Intervals(bounds, includes=includes)
        below = [each for each in bounds if each < number or (each == number and includes == "low")]

        assert table.class_of(number) == len(below)
        assert table.size == len(bounds) + 1

    @pytest.mark.parametrize(
        ("make", "error", "message"),
        [
            (lambda: Intervals([1.5]), TypeError, "a bound must be a number"),
            (lambda: Intervals([True]), TypeError, "a bound must be a number"),
            (lambda: Intervals([]), ValueError, FEW_BOUNDS),
            (lambda: Intervals(range(6)), ValueError, FEW_BOUNDS),
            (lambda: Intervals([2, 2]), ValueError, FEW_BOUNDS),
            (
                lambda: PartIntervals("sme", [0, 50]),
                ValueError,
                "a bound of a share lies between 1 and 100",
            ),
            (
                lambda: PartIntervals("sme", [50, 101]),
                ValueError,
                "a bound of a share lies between 1 and 100",
            ),
            (
                lambda: OptionClasses([["a", "b"]]),
                ValueError,
                "a table has at least two classes, and each name is in one of them",
            ),
            (
                lambda: GradeClasses([["a"], []]),
                ValueError,
                "a table has at least two classes, and each name is in one of them",
            ),
            (
                lambda: OptionClasses([["a"], ["b", "a"]]),
                ValueError,
                "a table has at least two classes, and each name is in one of them",
            ),
        ],
    )
    def test_others_are_refused(
        self, make: Callable[[], object], error: type[Exception], message: str
    ) -> None:
        """
        No classes, classes that overlap, or bounds that are no shares.
        """
        with pytest.raises(error) as refused:
            make()
        assert str(refused.value) == message

    @pytest.mark.parametrize(
        ("counts", "message"),
        [
            ([], "every table is withheld; list the indicator as withheld"),
            ([[], []], "every table is withheld; list the indicator as withheld"),
            ([[5, 7]], "a count is a multiple of 5"),
            ([[10, -5]], "a count is a multiple of 5"),
        ],
    )
    def test_figures_are_rounded_counts(self, counts: list[list[int]], message: str) -> None:
        """
        At least one table is shown.
        """
        with pytest.raises(ValueError, match=f"^{message}$"):
            Figures("members", answered=10, not_applicable=0, unanswered=0, counts=counts)


class TestBounds:
    """Bounds are round, and those of the grading are taken first."""

    @pytest.mark.parametrize(
        ("kind", "whens", "includes", "wanted", "settled"),
        [
            (Count(), [bound("at_least", 30), bound("at_least", 10)], "low", [10, 30], True),
            (Count(), [bound("more_than", 30)], "low", [31], True),
            (Count(), [bound("at_least", "29.5")], "low", [30], True),
            (Count(), [bound("at_most", 3), bound("less_than", 10)], "low", [4, 10], True),
            (Number(), [bound("at_least", "2.5")], "low", [Decimal("2.5")], True),
            (Number(), [bound("at_most", 3)], "high", [3], True),
            (Share(), [bound("more_than", 50)], "high", [50], True),
            # a class cannot hold both of its bounds
            (Number(), [bound("at_least", 7), bound("at_most", 3)], "low", [7], False),
            (
                Number(),
                [AllOf([bound("at_least", 2), AnyOf([bound("less_than", 8)])])],
                "low",
                [2, 8],
                True,
            ),
            (Number(), [Threshold("years_ago", "at_least", Decimal(4))], "low", [], False),
            (Year(), [Threshold("years_ago", "at_least", Decimal(4))], "low", [], False),
            (Number(), [OneOf([Decimal(4)])], "low", [], False),
            (Share(), [], "low", [], True),
        ],
    )
    def test_bounds_between_grades(
        self,
        kind: AnswerKind,
        whens: list[Condition],
        includes: str,
        wanted: list[int | Decimal],
        *,
        settled: bool,
    ) -> None:
        """
        Each is on the side that its comparison includes; otherwise a class would mix grades.
        """
        scale, follows = number_scale(kind, grading(*whens) if whens else None)

        assert (scale.includes, follows) == (includes, settled)
        assert sorted(scale.bounds[place] for place in scale.wanted) == wanted

    @pytest.mark.parametrize("kind", [Count(), Number(), Share(), Year()])
    def test_bounds_rise_and_have_a_roundness(self, kind: AnswerKind) -> None:
        """
        Numbers with a fraction also have bounds below one.
        """
        scale, _ = number_scale(kind, None)

        assert list(scale.bounds) == sorted(set(scale.bounds))
        assert len(scale.roundness) == len(scale.bounds)
        assert any(0 < each < 1 for each in scale.bounds) is isinstance(kind, Number)

    def test_other_kinds_have_no_scale(self) -> None:
        """
        Their answers are no numbers.
        """
        with pytest.raises(TypeError, match=r"^answers of this kind are not numbers: YesNo\(\)$"):
            number_scale(YesNo(), None)

    @given(st.fractions(0, 100), st.sets(st.sampled_from(scale_of_parts().bounds), min_size=1))
    def test_coarse_number_is_in_the_class(self, share: Fraction, chosen: set[int]) -> None:
        """
        Whichever bounds are chosen, a number and its coarse form are in one class.
        """
        table = PartIntervals("sme", sorted(chosen)[:5])

        assert table.class_of(Fraction(scale_of_parts().coarse(share))) == table.class_of(share)

    @given(rising, st.integers(-60, 60), st.sampled_from(["low", "high"]))
    def test_coarse_numbers_are_the_values_of_a_scale(
        self, bounds: list[int], number: int, includes: Literal["low", "high"]
    ) -> None:
        """
        One between any two bounds, in the same class as the number.
        """
        scale = NumberScale(bounds, [0] * len(bounds), includes)
        table = Intervals(bounds, includes=includes)

        coarse = scale.coarse(number)

        assert table.class_of(coarse) == table.class_of(number)
        assert scale.values[table.class_of(number)] == coarse


class TestWords:
    """The numbers of classes in words."""

    @pytest.mark.parametrize(
        ("includes", "first", "last", "words"),
        [
            ("low", 0, 0, "under 40"),
            ("high", 0, 0, "up to 40"),
            ("low", 1, 1, "40 to 60"),
            ("low", 2, 2, "at least 60"),
            ("high", 1, 2, "over 40"),
        ],
    )
    def test_range_of_classes(
        self, includes: Literal["low", "high"], first: int, last: int, words: str
    ) -> None:
        """
        A bound belongs to one side.
        """
        assert numbers_between(Intervals([40, 60], includes=includes), first, last) == words

    @pytest.mark.parametrize(
        ("counts", "words"),
        [
            ((), "withheld"),
            # 0 to 2 beside 18 to 22, and 18 to 22 in all
            ((0, 20), "a 0 to 10 %, b 90 to 100 %"),
            # 3 to 7 beside 13 to 17
            ((5, 15), "a 15 to 35 %, b 65 to 85 %"),
        ],
    )
    def test_shares_of_classes(self, counts: tuple[int, ...], words: str) -> None:
        """
        The low end is rounded down and the high end up.
        """
        assert shares_of_classes(("a", "b"), counts, 20) == words
