"""Which conditions can hold, against trying all answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from ecei_rules._mapping import FrozenMap
from ecei_rules.catalogue import Breakdown, Choice, Choices, Count, Number, Share, Year, YesNo
from ecei_rules.conditions import Condition, Threshold, Truth, hold
from ecei_rules.reach import attained, never
from ecei_rules.validity import Period
from strategies import OPTIONS, conditions_on, kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.answers import Answer
    from ecei_rules.catalogue import AnswerKind

DAYS = Period(date(2019, 11, 15), date(2021, 12, 31))


def every_answer(kind: AnswerKind) -> Iterator[Answer]:
    """All answers of a kind, or so many that no bound of the strategies escapes."""
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
        case Breakdown():
            for counts in product([0, 1, 2, 3, 7, 40, 100], repeat=3):
                yield FrozenMap(zip(names, counts, strict=True))
        case Year(minimum=minimum, maximum=maximum):
            yield from range(minimum, maximum + 1)


def holds_somewhere(condition: Condition, kind: AnswerKind) -> bool:
    """Whether some answer on some day meets the condition, by trying."""
    on = (DAYS.first, date(2020, 1, 1), date(2021, 12, 31))
    return any(
        hold(condition, answer, day).truth is Truth.HOLDS
        for answer in every_answer(kind)
        for day in on
    )


cases = kinds.flatmap(lambda kind: st.tuples(st.just(kind), conditions_on(kind)))
scalar = kinds.map(
    lambda kind: Year(minimum=1900, maximum=2100) if isinstance(kind, Breakdown) else kind
)


@given(cases)
def test_a_condition_said_to_be_out_of_reach_holds_for_no_answer(
    case: tuple[AnswerKind, Condition],
) -> None:
    """
    There are no false alarms, whatever the condition looks at.
    """
    kind, condition = case

    if never(condition, kind, DAYS):
        assert not holds_somewhere(condition, kind)


@given(scalar.flatmap(lambda kind: st.tuples(st.just(kind), conditions_on(kind))))
def test_a_condition_that_holds_for_no_answer_is_found(
    case: tuple[AnswerKind, Condition],
) -> None:
    """
    For every kind but a breakdown nothing that is out of reach escapes.
    """
    kind, condition = case
    measures = {each.measure for each in _thresholds(condition)}

    if len(measures) <= 1 and not holds_somewhere(condition, kind):
        assert never(condition, kind, DAYS)


@given(
    scalar.flatmap(lambda kind: st.tuples(st.just(kind), st.lists(conditions_on(kind), max_size=2)))
)
def test_the_conditions_attained_are_those_that_are_first_to_hold(
    case: tuple[AnswerKind, list[Condition]],
) -> None:
    """
    A grade counts as attained if some answer attains it and no better one.
    """
    kind, conditions = case
    whens: list[Condition | None] = [*conditions, None]
    measures = {one.measure for each in conditions for one in _thresholds(each)}
    on = (DAYS.first, date(2020, 1, 1), date(2021, 12, 31))
    tried = {
        next(
            index
            for index, each in enumerate(whens)
            if each is None or hold(each, answer, day).truth is Truth.HOLDS
        )
        for answer in every_answer(kind)
        for day in on
    }

    if len(measures) <= 1:
        assert attained(whens, kind, DAYS) == tried


class TestBreakdowns:
    """docs/formats.md: what can be said of one measure of a breakdown is exact."""

    KIND = Breakdown(OPTIONS, maximum=100)

    def threshold(self, measure: Any, comparison: Any, bound: str, *options: str) -> Condition:
        """A condition on the breakdown."""
        return Threshold(measure, comparison, Decimal(bound), options=options)

    def test_a_share_of_all_options_is_nothing_or_everything(self) -> None:
        """
        Who counts every option as private has all of them, or nobody at all.
        """
        names = [option.id for option in OPTIONS]

        assert never(self.threshold("share_of", "more_than", "100", *names), self.KIND, DAYS)
        assert not never(self.threshold("share_of", "at_least", "100", *names), self.KIND, DAYS)

    def test_a_sum_cannot_exceed_its_options(self) -> None:
        """
        Two options of at most 100 make at most 200.
        """
        most = self.threshold("sum_of", "at_least", "200", "north", "south")
        more = self.threshold("sum_of", "more_than", "200", "north", "south")

        assert not never(most, self.KIND, DAYS)
        assert never(more, self.KIND, DAYS)

    def test_a_lower_grade_behind_a_wider_one_is_not_attained(self) -> None:
        """
        At least 60 % after at least 50 % is never the first to hold.
        """
        half = self.threshold("share_of", "at_least", "50", "north")
        most = self.threshold("share_of", "at_least", "60", "north")

        assert attained([half, most, None], self.KIND, DAYS) == {0, 2}
        assert attained([most, half, None], self.KIND, DAYS) == {0, 1, 2}

    def test_a_share_too_fine_to_be_counted_is_not_judged(self) -> None:
        """
        Where counts are too small to make up a share, nothing is claimed.
        """
        fine = self.threshold("share_of", "at_least", "33.333", "north")

        assert attained([fine, None], self.KIND, DAYS) is None

    def test_many_options_are_not_tried_one_by_one(self) -> None:
        """
        The subsets of thirteen options are too many; nothing is claimed about them.
        """
        from ecei_rules.catalogue import Option
        from ecei_rules.texts import Text

        many = [Option(f"option-{n}", Text({"en": "an option"})) for n in range(13)]
        types = self.threshold("types", "at_least", "14")

        assert attained([types, None], Choices(many), DAYS) is None
        assert attained([types, None], Breakdown(many), DAYS) is None
        assert not never(types, Breakdown(many), DAYS)


def _thresholds(condition: Any) -> Iterator[Threshold]:
    if isinstance(condition, Threshold):
        yield condition
    for part in getattr(condition, "parts", ()):
        yield from _thresholds(part)
