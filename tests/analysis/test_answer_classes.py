"""Classes of answers, compared with trying all answers and with z3."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st
from option_conditions import NAMES, numeric, options, sharp, threshold
from strategies import conditions_on, kinds

import ecei_rules as er
from ecei_rules.analysis.classes import option_answers
from ecei_rules.analysis.classes.answer_classes import TruthClass, truth_classes
from ecei_rules.analysis.classes.breakpoints import decimals_around
from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import answer_problems
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
from ecei_rules.rulesets.conditions import (
    COMPARE,
    AllOf,
    AnyOf,
    Condition,
    Includes,
    OneOf,
    Threshold,
    Truth,
    evaluate_condition,
)
from ecei_rules.rulesets.criteria import AnswerMeets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import AnswerKind

ON = date(2024, 3, 18)


def truths(conditions: Iterable[Condition], answer: Answer) -> tuple[bool, ...]:
    """Return which of the conditions hold on an answer."""
    return tuple(evaluate_condition(each, answer, ON).truth is Truth.HOLDS for each in conditions)


def by_trying(conditions: list[Condition], answers: Iterable[Answer]) -> set[tuple[bool, ...]]:
    """Return the truths that some of the answers have."""
    return {truths(conditions, answer) for answer in answers}


def checked_truths(kind: AnswerKind, conditions: list[Condition]) -> set[tuple[bool, ...]]:
    """Return the truths of the classes, after checking the examples of each."""
    found = truth_classes(kind, conditions, ON)
    for each in found:
        assert each.answers
        for answer in each.answers:
            assert not list(answer_problems(answer, kind, ""))
            assert truths(conditions, answer) == each.truths
    different = {each.truths for each in found}
    assert len(different) == len(found)
    return different


def counted(number: int, most: int) -> Iterator[FrozenMap[str, int]]:
    """Return all breakdowns of so many options with at most so many in each."""
    for counts in product(range(most + 1), repeat=number):
        yield FrozenMap(zip(NAMES, counts, strict=False))


def summing(number: int, total: int) -> Iterator[FrozenMap[str, int]]:
    """Return all breakdowns of so many options with at most so many in all."""
    for counts in product(range(total + 1), repeat=number):
        if sum(counts) <= total:
            yield FrozenMap(zip(NAMES, counts, strict=False))


def possible(kind: Breakdown, conditions: list[Condition], wanted: tuple[bool, ...]) -> bool:
    """Ask z3 whether some breakdown has the truths."""
    counts = {option.id: z3.Int(option.id) for option in kind.options}
    solver = z3.Solver()
    for count in counts.values():
        solver.add(count >= 0)
        if kind.maximum is not None:
            solver.add(count <= kind.maximum)
    for condition, holds in zip(conditions, wanted, strict=True):
        solver.add(in_symbols(condition, counts) == holds)
    answer = solver.check()
    assert answer != z3.unknown
    return bool(answer == z3.sat)


def in_symbols(condition: Condition, counts: dict[str, Any]) -> Any:
    """Translate a condition on a breakdown for z3."""
    match condition:
        case AllOf(parts=parts):
            return z3.And([in_symbols(part, counts) for part in parts])
        case AnyOf(parts=parts):
            return z3.Or([in_symbols(part, counts) for part in parts])
        case Includes(options=named):
            return z3.And([counts[name] > 0 for name in named])
        case Threshold(measure=measure, comparison=comparison, bound=bound, options=named):
            compare, number = COMPARE[comparison], Fraction(bound)
            above, below = number.numerator, number.denominator
            part = z3.Sum([counts[name] for name in named])
            whole = z3.Sum(list(counts.values()))
            if measure == "types":
                counted = [counts[name] for name in named or counts]
                return compare(below * z3.Sum([z3.If(c > 0, 1, 0) for c in counted]), above)
            if measure == "sum_of":
                return compare(below * part, above)
            nothing = bool(compare(0, number))
            return z3.If(whole == 0, nothing, compare(100 * below * part, above * whole))
        case _:
            pytest.fail("breakdowns have no other conditions")


EVERY = ("share_of", "share_of", "sum_of", "types", "includes")


class TestSmallKinds:
    """One class for each combination of truths that some answer has, and no other."""

    @given(st.sampled_from((0, 1, 2, 3)), sharp(NAMES[:3], *EVERY))
    def test_breakdown_agrees_with_all_answers(
        self, maximum: int, conditions: list[Condition]
    ) -> None:
        """
        Breakdowns of three options with at most three in each are tried.
        """
        kind = Breakdown(options(3), maximum=maximum)

        assert checked_truths(kind, conditions) == by_trying(conditions, counted(3, maximum))

    @given(sharp(NAMES[:3], "share_of", "sum_of"))
    def test_breakdown_with_conditions_on_sums_only(self, conditions: list[Condition]) -> None:
        """
        Where no option must be present, the sums alone are searched.
        """
        kind = Breakdown(options(3), maximum=3)

        assert checked_truths(kind, conditions) == by_trying(conditions, counted(3, 3))

    @given(st.sampled_from((0, 1)), sharp(NAMES, "types", "includes"))
    def test_breakdown_with_conditions_on_presence_only(
        self, maximum: int, conditions: list[Condition]
    ) -> None:
        """
        Where only the presence of options matters, one of each is enough.
        """
        kind = Breakdown(options(4), maximum=maximum)

        assert checked_truths(kind, conditions) == by_trying(conditions, counted(4, maximum))

    @given(sharp(NAMES, "types", "includes"))
    def test_choices_agree_with_all_subsets(self, conditions: list[Condition]) -> None:
        """
        All sixteen subsets of four options are tried.
        """
        chosen = [
            tuple(name for name, flag in zip(NAMES, flags, strict=True) if flag)
            for flags in product([True, False], repeat=4)
        ]

        assert checked_truths(Choices(options(4)), conditions) == by_trying(conditions, chosen)

    def test_choices_are_never_fractions(self) -> None:
        """
        Three options out of two threes are two of one three: half of each would be none.
        """
        names = [option.id for option in options(6)]
        threes = (names[:3], names[3:])
        two = AnyOf([Includes(pair) for three in threes for pair in combinations(three, 2)])
        three = threshold("types", "at_least", 3)
        found = checked_truths(Choices(options(6)), [two, three])

        assert found == {(False, False), (True, False), (True, True)}

    @given(
        st.sampled_from((None, 0, 2)),
        st.sampled_from((None, 2, 7)),
        numeric(("value",), ["-3", "0", "0.5", "1", "2", "6.5", "7", "9"]),
    )
    def test_count_agrees_with_all_answers(
        self, minimum: int | None, maximum: int | None, conditions: list[Condition]
    ) -> None:
        """
        A count without a maximum is tried up to beyond the largest bound.
        """
        kind = Count(minimum=minimum, maximum=maximum)
        last = 12 if maximum is None else maximum

        assert checked_truths(kind, conditions) == by_trying(
            conditions, range(minimum or 0, last + 1)
        )

    @given(
        st.sampled_from((None, "-1.5", "0", "2")),
        st.sampled_from((None, "2", "3.3")),
        numeric(("value",), ["-3", "-1.5", "0", "0.01", "2", "2.02", "3.3", "100"]),
    )
    def test_number_agrees_with_a_fine_grid(
        self, minimum: str | None, maximum: str | None, conditions: list[Condition]
    ) -> None:
        """
        All bounds are hundredths, so a grid of two-hundredths has a point on every side of
        each.
        """
        kind = Number(
            minimum=None if minimum is None else Decimal(minimum),
            maximum=None if maximum is None else Decimal(maximum),
        )
        steps = [*range(-700, 900), 20000, 20200]
        tried = [Decimal(step) / 200 for step in steps]

        assert checked_truths(kind, conditions) == by_trying(
            conditions, [each for each in tried if not list(answer_problems(each, kind, ""))]
        )

    @given(numeric(("value",), ["-1", "0", "33", "33.5", "50", "99.5", "100", "101"]))
    def test_share_agrees_with_a_fine_grid(self, conditions: list[Condition]) -> None:
        """
        A share is a number from 0 to 100; all bounds are halves, and quarters are tried.
        """
        tried = [Decimal(step) / 4 for step in range(401)]

        assert checked_truths(Share(), conditions) == by_trying(conditions, tried)

    @given(
        st.sampled_from((2015, 2023)),
        st.sampled_from((2023, 2024, 2027)),
        numeric(("value", "years_ago"), ["-2", "0", "1.5", "3", "2016", "2020.5", "2024", "2026"]),
    )
    def test_year_agrees_with_all_answers(
        self, minimum: int, maximum: int, conditions: list[Condition]
    ) -> None:
        """
        Conditions on the year and on years ago are classified together.
        """
        kind = Year(minimum=minimum, maximum=maximum)

        assert checked_truths(kind, conditions) == by_trying(
            conditions, range(minimum, maximum + 1)
        )

    @given(kinds.flatmap(lambda kind: st.tuples(st.just(kind), conditions_on(kind))))
    def test_examples_fit_their_kind(self, case: tuple[AnswerKind, Condition]) -> None:
        """
        Whatever the kind, each class has valid answers with its own truths.
        """
        kind, condition = case

        assert checked_truths(kind, [condition])


@pytest.mark.oracle
class TestLargeBreakdowns:
    """Where there are too many answers to try, no class is missing and none is impossible."""

    @given(st.sampled_from((None, 100)), sharp(NAMES[:3], *EVERY))
    def test_three_options_agree_with_z3(
        self, maximum: int | None, conditions: list[Condition]
    ) -> None:
        """
        Every class of the smaller breakdowns is found, and the missing ones are impossible.
        """
        kind = Breakdown(options(3), maximum=maximum)
        found = checked_truths(kind, conditions)
        missing = set(product([False, True], repeat=len(conditions))) - found

        assert by_trying(conditions, summing(3, 12)) <= found
        assert not any(possible(kind, conditions, each) for each in missing)

    @given(st.sampled_from((None, 5, 500)), sharp(tuple(o.id for o in options(7)), *EVERY))
    def test_seven_options_agree_with_z3(
        self, maximum: int | None, conditions: list[Condition]
    ) -> None:
        """
        Each class that is not found among the answers over seven options is impossible.
        """
        kind = Breakdown(options(7), maximum=maximum)
        missing = set(product([False, True], repeat=len(conditions))) - checked_truths(
            kind, conditions
        )

        assert not any(possible(kind, conditions, each) for each in missing)

    @pytest.mark.parametrize(
        ("maximum", "there"), [(None, True), (39217, True), (39216, False), (500, False)]
    )
    def test_shares_between_two_close_bounds_are_found(
        self, maximum: int | None, *, there: bool
    ) -> None:
        """
        A share of n in 3n - 1 is 1/3 more than 1/3 of 1 in 3n - 1: it is above 33.3335 %
        while 3n - 1 is below 200,000, and below 33.3339 % once 3n - 1 is above 58,823, so
        from 19,609 in 58,826 on, which leaves 39,217.
        """
        between = AllOf(
            [
                threshold("share_of", "more_than", "33.3335", "north"),
                threshold("share_of", "less_than", "33.3339", "north"),
            ]
        )

        assert (
            (True,) in checked_truths(Breakdown(options(2), maximum=maximum), [between])
        ) is there

    @pytest.mark.parametrize(("maximum", "there"), [(39_215, True), (39_214, False)])
    def test_shares_between_bounds_of_many_digits_are_found(
        self, maximum: int, *, there: bool
    ) -> None:
        """
        As before, but the bounds are no ratios of less than a million parts: n in 3n - 1 is
        below 33.33390001 % once 3n - 1 is above 58,822, so from 19,608 in 58,823 on, which
        leaves 39,215.
        """
        between = AllOf(
            [
                threshold("share_of", "more_than", "33.33350001", "north"),
                threshold("share_of", "less_than", "33.33390001", "north"),
            ]
        )

        assert (
            (True,) in checked_truths(Breakdown(options(2), maximum=maximum), [between])
        ) is there

    def test_share_next_to_a_bounded_sum_is_found(self) -> None:
        """
        A share just below a third leaves a rest just above two thirds: 334 of 1,003, since
        333 of 1,000 are 33.3 % and no more.
        """
        narrow = AllOf(
            [
                threshold("share_of", "more_than", "33.3", "north"),
                threshold("share_of", "less_than", "33.33", "north"),
                threshold("sum_of", "at_most", 1003, "north", "south", "east"),
                threshold("types", "at_least", 3),
            ]
        )
        fewer = AllOf([narrow, threshold("sum_of", "less_than", 1003, "north", "south", "east")])

        assert checked_truths(Breakdown(options(3)), [narrow, fewer]) == {
            (False, False),
            (True, False),
        }

    def test_bound_may_have_any_number_of_digits(self) -> None:
        """
        A share of exactly a third, to nine hundred places, takes that many counts.
        """
        third = "33." + "3" * 900
        exactly = AllOf(
            [
                threshold("share_of", "at_least", third, "north"),
                threshold("share_of", "at_most", third, "north"),
            ]
        )

        assert checked_truths(Breakdown(options(2)), [exactly]) == {(False,), (True,)}
        assert checked_truths(Breakdown(options(2), maximum=10**6), [exactly]) == {(False,)}


class TestExamples:
    """The first example of a class is the most natural; numbers have the ends as well."""

    @pytest.mark.parametrize(
        ("kind", "bounds", "expected"),
        [
            (Count(), ["40"], [(0, 39), (40, 41)]),
            (Count(minimum=3, maximum=50), ["40"], [(3, 39), (40, 50)]),
            (Count(maximum=50), ["60", "-5"], [(0, 50)]),
            (Share(), ["50"], [(0, 49), (50, 100)]),
            (Number(), ["-2", "1.5"], [(-3,), (0, -2, 1), (Decimal("1.5"), 2)]),
            (Number(minimum=Decimal(-5)), ["-2"], [(-3, -5), (0, -2, 1)]),
            (Number(maximum=Decimal(-1)), [], [(-1, -2)]),
            (Number(), [], [(0, -1, 1)]),
            (Year(minimum=1990, maximum=2030), ["2020"], [(2019, 1990), (2024, 2020, 2030)]),
            (Year(minimum=2026, maximum=2030), ["2028"], [(2026, 2027), (2028, 2030)]),
        ],
    )
    def test_numbers_begin_with_the_most_natural(
        self, kind: AnswerKind, bounds: list[str], expected: list[tuple[object, ...]]
    ) -> None:
        """
        The most natural number is the smallest from 0 on, the most natural year the latest
        past one.
        """
        conditions = [threshold("value", "at_least", each) for each in bounds]

        assert [each.answers for each in truth_classes(kind, conditions, ON)] == expected

    def test_years_ago_begin_with_the_latest_year(self) -> None:
        """
        In 2024 an event at least 3 years ago was in 2021 or before.
        """
        old = threshold("years_ago", "at_least", 3)
        kind = Year(minimum=1990, maximum=2030)

        assert truth_classes(kind, [old], ON) == (
            TruthClass([True], [2021, 1990]),
            TruthClass([False], [2024, 2022, 2030]),
        )

    def test_single_choices_are_all_listed(self) -> None:
        """
        Yes and no, and the options of a choice, are few enough to be listed.
        """
        some = OneOf(["north", "east"])

        assert truth_classes(YesNo(), [OneOf([True])], ON) == (
            TruthClass([True], [True]),
            TruthClass([False], [False]),
        )
        assert truth_classes(Choice(options(4)), [some], ON) == (
            TruthClass([True], ["north", "east"]),
            TruthClass([False], ["south", "west"]),
        )

    def test_breakdown_has_small_counts_in_option_order(self) -> None:
        """
        More than half of at least four types takes three of one type, in all six.
        """
        private = AllOf(
            [
                threshold("types", "at_least", 4),
                threshold("share_of", "more_than", 50, "south", "north"),
            ]
        )
        one = threshold("share_of", "at_least", 50, "east")
        kind = Breakdown(options(5))
        found = {each.truths: each.answers for each in truth_classes(kind, [private, one], ON)}
        ((most,),) = (answers for held, answers in found.items() if held[0])

        assert list(found) == [(False, False), (False, True), (True, False)]
        assert found[False, False] == (FrozenMap(),)
        assert found[False, True] == (FrozenMap({"east": 1}),)
        assert isinstance(most, FrozenMap)
        assert list(most) == [name for name in [*NAMES, "option-0"] if name in most]
        assert sum(most.values()) <= 6

    def test_breakdown_keeps_to_its_maximum(self) -> None:
        """
        Seven in three options of at most three are three, three and one.
        """
        seven = threshold("sum_of", "at_least", 7, *NAMES[:3])
        both = AllOf([seven, threshold("types", "at_most", 3)])
        kind = Breakdown(options(3), maximum=3)
        filled = FrozenMap({"north": 3, "south": 3, "east": 1})

        assert truth_classes(kind, [seven], ON)[1].answers == (filled,)
        assert truth_classes(kind, [both], ON)[1].answers == (filled,)

    def test_without_conditions_there_is_one_class(self) -> None:
        """
        Without conditions all answers are equivalent.
        """
        for kind in (Count(), Choices(options(3)), Breakdown(options(3)), YesNo()):
            assert [each.truths for each in truth_classes(kind, [], ON)] == [()]

    def test_breakdown_without_counts_has_one_answer(self) -> None:
        """
        A breakdown without options, or with counts of 0 alone, is empty.
        """
        some = threshold("types", "at_least", 1)

        for kind in (Breakdown([]), Breakdown(options(2), maximum=0)):
            assert truth_classes(kind, [some], ON) == (TruthClass([False], [FrozenMap()]),)

    def test_decimals_keep_all_their_digits(self) -> None:
        """
        An example at a bound of forty digits has them all.
        """
        long = "0." + "1234567890" * 4
        exactly = AllOf([threshold("value", "at_least", long), threshold("value", "at_most", long)])

        assert TruthClass([True], [Decimal(long)]) in truth_classes(Number(), [exactly], ON)

    def test_numbers_between_bounds_have_the_fewest_decimals(self) -> None:
        """
        Between 1.25 and 1.3 there are hundredths, and the first and the last are found.
        """
        found = decimals_around([Fraction(5, 4), Fraction(13, 10)], Decimal(1), Decimal(2))

        assert [str(each) for each in found] == [
            *("1", "1.1", "1.2", "1.25", "1.26", "1.29", "1.3", "1.4", "1.9", "2")
        ]


class TestBeyondTheMethod:
    """A question that takes too many steps is refused and never guessed."""

    def test_too_many_classes_are_refused(self) -> None:
        """
        Twenty options that may each be chosen or not make a million classes.
        """
        many = options(20)
        conditions = [Includes([option.id]) for option in many]

        with pytest.raises(BeyondMethod) as raised:
            truth_classes(Choices(many), conditions, ON)

        assert str(raised.value) == (
            "telling apart the answers over 20 options is beyond the method"
        )

    def test_too_many_bounds_on_a_number_are_refused(self) -> None:
        """
        Each condition is evaluated on each side of each bound.
        """
        conditions = [threshold("value", "at_least", 2 * each) for each in range(400)]

        with pytest.raises(BeyondMethod) as raised:
            truth_classes(Count(), conditions, ON)

        assert str(raised.value) == (
            "evaluating 400 simple conditions on 800 answers is beyond the method"
        )

    def test_error_survives_pickling(self) -> None:
        """
        The error can be passed from one process to another.
        """
        error = BeyondMethod("a question")

        assert pickle.loads(pickle.dumps(error)).args == ("a question",)

    def test_shipped_rulesets_take_a_tenth_of_the_steps(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        All conditions that any edition has on one question are classified with a tenth of
        the allowed effort.
        """
        monkeypatch.setattr(option_answers, "_ALLOWED", 100_000)
        asked: dict[tuple[str, AnswerKind], list[Condition]] = {}
        for ruleset in er.shipped().rulesets:
            known = {**ruleset.catalogue.asked, **ruleset.catalogue.facts_asked}
            for name, condition in conditions_of(ruleset):
                asked.setdefault((name, known[name].answer), []).append(condition)
        breakdowns = [kind for _, kind in asked if isinstance(kind, Breakdown)]

        assert breakdowns
        for (_, kind), conditions in asked.items():
            checked_truths(kind, conditions)


def conditions_of(ruleset: er.Ruleset) -> Iterator[tuple[str, Condition]]:
    """Return the conditions in the gradings of a ruleset and directly in its criteria."""
    for name, grading in ruleset.grading.items():
        yield from ((name, each.when) for each in grading.grades if each.when is not None)
    for criterion in ruleset.criteria:
        if isinstance(criterion.requirement, AnswerMeets):
            yield criterion.requirement.id, criterion.requirement.when
