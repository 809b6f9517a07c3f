"""Reachability of conditions, compared with trying all answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from strategies import OPTIONS, conditions_on, kinds

from ecei_rules.analysis.checks.reachability import is_unsatisfiable, reachable
from ecei_rules.analysis.checks.ruleset import check_ruleset
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Catalogue,
    Choice,
    Choices,
    Count,
    Dimension,
    Indicator,
    Number,
    Option,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Includes,
    Threshold,
    Truth,
    evaluate_condition,
)
from ecei_rules.rulesets.criteria import Complete, Criterion
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset
from ecei_rules.rulesets.validity import FirstAward, ValidityRules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import AnswerKind

DAYS = Period(date(2019, 11, 15), date(2021, 12, 31))


def every_answer(kind: AnswerKind) -> Iterator[Answer]:
    """Return all answers of a kind, or enough for every bound of the strategies."""
    names = [option.id for option in OPTIONS]
    match kind:
        case Count(maximum=maximum):
            yield from range((maximum or 102) + 1)
        case Number(minimum=minimum):
            low = 0 if minimum == 0 else -200
            yield from (Decimal(n) / 200 for n in range(low, 20400))
        case Share():
            yield from (Decimal(n) / 200 for n in range(20001))
        case YesNo():
            yield from (True, False)
        case Choice():
            yield from names
        case Choices():
            for flags in product([True, False], repeat=3):
                yield tuple(n for n, flag in zip(names, flags, strict=True) if flag)
        case Breakdown(maximum=maximum):
            several = range(4) if maximum == 3 else (0, 1, 2, 3, 7, 40, 100)
            for counts in product(several, repeat=3):
                yield FrozenMap(zip(names, counts, strict=True))
        case Year(minimum=minimum, maximum=maximum):
            yield from range(minimum, maximum + 1)


def on_days(kind: AnswerKind) -> tuple[date, ...]:
    """Return a day of every year of the period, or one day if the year does not matter."""
    every_year = (DAYS.first, date(2020, 1, 1), date(2021, 12, 31))
    return every_year if isinstance(kind, Year) else every_year[:1]


def holds_somewhere(condition: Condition, kind: AnswerKind) -> bool:
    """Try whether some answer on some day meets the condition."""
    return any(
        evaluate_condition(condition, answer, day).truth is Truth.HOLDS
        for answer in every_answer(kind)
        for day in on_days(kind)
    )


cases = kinds.flatmap(lambda kind: st.tuples(st.just(kind), conditions_on(kind)))
scalar = kinds.map(
    lambda kind: Year(minimum=1900, maximum=2100) if isinstance(kind, Breakdown) else kind
)
small = st.just(Breakdown(OPTIONS, maximum=3))


@given(cases)
def test_unsatisfiable_condition_holds_for_no_answer(
    case: tuple[AnswerKind, Condition],
) -> None:
    """
    There are no false alarms, whatever the condition looks at.
    """
    kind, condition = case

    if is_unsatisfiable(condition, kind, DAYS):
        assert not holds_somewhere(condition, kind)


@given((scalar | small).flatmap(lambda kind: st.tuples(st.just(kind), conditions_on(kind))))
def test_condition_that_holds_for_no_answer_is_found(
    case: tuple[AnswerKind, Condition],
) -> None:
    """
    No unsatisfiable condition is missed, whatever it looks at.
    """
    kind, condition = case

    assert is_unsatisfiable(condition, kind, DAYS) is not holds_somewhere(condition, kind)


@given(
    (scalar | small).flatmap(
        lambda kind: st.tuples(st.just(kind), st.lists(conditions_on(kind), max_size=2))
    )
)
def test_reachable_conditions_are_the_first_to_hold(
    case: tuple[AnswerKind, list[Condition]],
) -> None:
    """
    A grade is reachable if some answer attains it and no better one.
    """
    kind, conditions = case
    whens: list[Condition | None] = [*conditions, None]
    tried = {
        next(
            index
            for index, each in enumerate(whens)
            if each is None or evaluate_condition(each, answer, day).truth is Truth.HOLDS
        )
        for answer in every_answer(kind)
        for day in on_days(kind)
    }

    assert reachable(whens, kind, DAYS) == tried


close = st.builds(
    Threshold,
    st.sampled_from(("value", "years_ago")),
    st.sampled_from(("at_least", "more_than", "at_most", "less_than")),
    st.sampled_from([Decimal(each) for each in ("-2", "0", "1.5", "3", "2018", "2020.5", "2022")]),
)


@given(
    st.sampled_from((2012, 2018, 2020)),
    st.sampled_from((2019, 2020, 2024)),
    st.lists(st.builds(AllOf, st.lists(close, min_size=2, max_size=4)), max_size=3),
)
def test_year_and_years_ago_are_combined(
    minimum: int, maximum: int, conditions: list[Condition]
) -> None:
    """
    Every year of the kind is tried in every year of the period.
    """
    kind = Year(minimum=minimum, maximum=maximum)
    tried = {
        next(
            (
                index
                for index, each in enumerate(conditions)
                if evaluate_condition(each, year, date(on, 12, 1)).truth is Truth.HOLDS
            ),
            len(conditions),
        )
        for year in range(minimum, maximum + 1)
        for on in (2019, 2020, 2021)
    }

    assert reachable([*conditions, None], kind, DAYS) == tried


def test_period_without_end_lasts_until_9999() -> None:
    """
    In interviews from 2019 to 9999 the year 2000 is at most 7999 years ago.
    """
    endless = Period(date(2019, 11, 15))
    kind = Year(minimum=2000, maximum=2100)

    for bound, out_of_reach in ((7999, False), (8000, True)):
        condition = Threshold("years_ago", "at_least", Decimal(bound))
        assert is_unsatisfiable(condition, kind, endless) is out_of_reach


class TestBreakdowns:
    """Reachability in breakdowns is exact, with any measures and any number of options."""

    KIND = Breakdown(OPTIONS, maximum=100)

    def threshold(self, measure: Any, comparison: Any, bound: str, *options: str) -> Condition:
        """Return a condition on the breakdown."""
        return Threshold(measure, comparison, Decimal(bound), options=options)

    def test_share_of_all_options_is_0_or_100(self) -> None:
        """
        If every option counts as private, all are private, or nothing is counted.
        """
        names = [option.id for option in OPTIONS]

        assert is_unsatisfiable(
            self.threshold("share_of", "more_than", "100", *names), self.KIND, DAYS
        )
        assert not is_unsatisfiable(
            self.threshold("share_of", "at_least", "100", *names), self.KIND, DAYS
        )

    def test_sum_cannot_exceed_its_maximum(self) -> None:
        """
        Two options of at most 100 make at most 200.
        """
        most = self.threshold("sum_of", "at_least", "200", "north", "south")
        more = self.threshold("sum_of", "more_than", "200", "north", "south")

        assert not is_unsatisfiable(most, self.KIND, DAYS)
        assert is_unsatisfiable(more, self.KIND, DAYS)

    def test_grade_after_a_wider_one_is_unreachable(self) -> None:
        """
        At least 60 % after at least 50 % is never the first to hold.
        """
        half = self.threshold("share_of", "at_least", "50", "north")
        most = self.threshold("share_of", "at_least", "60", "north")

        assert reachable([half, most, None], self.KIND, DAYS) == {0, 2}
        assert reachable([most, half, None], self.KIND, DAYS) == {0, 1, 2}

    def test_share_between_neighbouring_fractions_is_unreachable(self) -> None:
        """
        Of at most 100 in each of two options, 34 of 102 is exactly a third; just below it
        come 66 of 199, which is 33.17 %, and 33 of 100, but nothing from 33.3 % on.
        """
        two = Breakdown(OPTIONS[:2], maximum=100)
        least = self.threshold("share_of", "at_least", "33.3", "north")
        below = self.threshold("share_of", "less_than", "33.3333", "north")
        third = self.threshold("share_of", "at_most", "33.3334", "north")

        assert is_unsatisfiable(AllOf([least, below]), two, DAYS)
        assert not is_unsatisfiable(AllOf([least, third]), two, DAYS)
        assert reachable([AllOf([least, below]), least, None], two, DAYS) == {1, 2}

    def test_contradictory_measures_are_unreachable(self) -> None:
        """
        Three types count at least three, so one of them alone cannot exceed the rest as
        long as there are at most three in all.
        """
        types = self.threshold("types", "at_least", "3")
        few = self.threshold("sum_of", "at_most", "3", *(option.id for option in OPTIONS))
        half = self.threshold("share_of", "more_than", "34", "north")

        assert is_unsatisfiable(AllOf([types, few, half]), self.KIND, DAYS)
        assert not is_unsatisfiable(AllOf([types, few]), self.KIND, DAYS)
        assert not is_unsatisfiable(AllOf([types, half]), self.KIND, DAYS)

    def test_many_options_are_decided(self) -> None:
        """
        Forty of forty options can be chosen or counted, and no more.
        """
        many = options(40)

        for bound, out_of_reach in (("40", False), ("41", True)):
            types = self.threshold("types", "at_least", bound)
            assert is_unsatisfiable(types, Choices(many), DAYS) is out_of_reach
            assert is_unsatisfiable(types, Breakdown(many), DAYS) is out_of_reach


class TestBeyondTheMethod:
    """An undecidable question yields no claim."""

    def test_entangled_conditions_yield_no_claim(self) -> None:
        """
        Two of each of thirteen threes are more than 25, which no single answer shows.
        """
        kind = Choices(options(39))

        assert reachable([entangled(kind), None], kind, DAYS) is None
        assert not is_unsatisfiable(entangled(kind), kind, DAYS)

    def test_undecided_grade_does_not_hide_an_unreachable_one(self) -> None:
        """
        The grade that needs forty of 39 options is reported, and no other.
        """
        kind = Choices(options(39))
        forty = Threshold("types", "at_least", Decimal(40))
        grades = [
            Grade("excellent", 2, when=entangled(kind)),
            Grade("reasonable", 1, when=forty),
            Grade("improvable", 0),
        ]
        asked = Indicator(
            "services",
            "structure",
            Text({"en": "Services"}),
            Text({"en": "Which services are offered?"}),
            kind,
            provenance=Attestation("attested"),
        )
        structure = Dimension("structure", Text({"en": "Structure"}))
        ruleset = Ruleset(
            "bronze",
            "2024-01",
            Text({"en": "Bronze"}),
            DAYS,
            Catalogue("sample", "2024-01", Text({"en": "A sample"}), [structure], [asked]),
            ["improvable", "reasonable", "excellent"],
            {"services": Grading(1, grades)},
            [Criterion("answered", "required", Complete())],
            ValidityRules(FirstAward(2, "same_day")),
        )

        assert [str(each) for each in check_ruleset(ruleset)] == [
            'ECEI323 /grading/services/grades/1: no answer attains "reasonable"'
        ]

    def test_too_many_bounds_on_a_year_yield_no_claim(self) -> None:
        """
        Sixty bounds on the year and sixty on years ago make 14,641 parts.
        """
        values = [Threshold("value", "at_least", Decimal(1900 + 2 * n)) for n in range(60)]
        ages = [Threshold("years_ago", "at_least", Decimal(2 * n)) for n in range(60)]
        both = AllOf([*values, *ages])

        assert reachable([both, None], Year(minimum=1900, maximum=2100), DAYS) is None
        assert not is_unsatisfiable(both, Year(minimum=1900, maximum=2100), DAYS)


def entangled(kind: Choices) -> Condition:
    """Require two of each three options, but fewer in all."""
    chosen = [Includes([option.id]) for option in kind.options]
    threes = [chosen[at : at + 3] for at in range(0, 39, 3)]
    pairs = [AnyOf(pair) for three in threes for pair in combinations(three, 2)]
    return AllOf([*pairs, Threshold("types", "at_most", Decimal(25))])


def options(number: int) -> list[Option]:
    """Return so many options."""
    return [Option(f"option-{each}", Text({"en": "an option"})) for each in range(number)]
