"""Intersections of answer kinds."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import OPTIONS, answers_to
from strategies import kinds as full_kinds

from ecei_rules.interviews.answer_kinds import intersection
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

if TYPE_CHECKING:
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import AnswerKind

NORTH, SOUTH, EAST = OPTIONS
some_options = st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True).map(tuple)
ends = st.none() | st.sampled_from((0, 2, 40))
units = st.sampled_from((None, None, "organisations"))
kinds: st.SearchStrategy[AnswerKind] = st.one_of(
    full_kinds,
    st.builds(Count, minimum=ends, maximum=ends, unit=units),
    st.builds(
        Number,
        minimum=ends.map(_d := lambda e: e if e is None else Decimal(e)),
        maximum=ends.map(_d),
    ),
    st.builds(Choice, some_options),
    st.builds(Choices, some_options),
    st.builds(Breakdown, some_options, maximum=ends, unit=units),
    st.builds(Year, minimum=st.sampled_from((2000, 2015)), maximum=st.sampled_from((2010, 2030))),
)


def fits(answer: Answer, kind: AnswerKind) -> bool:
    """Return whether an answer is one of a kind."""
    return not [*answer_problems(answer, kind, "")]


@given(st.lists(kinds, min_size=1, max_size=3), st.data())
def test_answers_of_the_intersection_fit_all_kinds(
    given_kinds: list[AnswerKind], data: st.DataObject
) -> None:
    """
    An answer fits the intersection if and only if it fits all kinds. If there is no
    intersection, no answer fits all, unless the kinds or the units differ; an empty choice
    or breakdown is no evidence, because it has no options.
    """
    common = intersection(given_kinds)

    for kind in given_kinds:
        answer = data.draw(answers_to(kind))
        in_all = all(fits(answer, each) for each in given_kinds)
        if common is not None:
            assert fits(answer, common) is in_all
        elif len({(type(each), getattr(each, "unit", None)) for each in given_kinds}) == 1:
            assert not in_all or not answer


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (Count(), Count(), Count()),
        (Count(minimum=1, maximum=9), Count(maximum=7), Count(minimum=1, maximum=7)),
        (Count(maximum=3), Count(minimum=3), Count(minimum=3, maximum=3)),
        (Count(maximum=2), Count(minimum=3), None),
        (Count(unit="people"), Count(unit="organisations"), None),
        (Count(unit="people"), Count(unit="people"), Count(unit="people")),
        (
            Number(minimum=Decimal(0)),
            Number(maximum=Decimal(2)),
            Number(minimum=Decimal(0), maximum=Decimal(2)),
        ),
        (Number(minimum=Decimal("2.5")), Number(maximum=Decimal("2.4")), None),
        (Year(minimum=2000), Year(maximum=2000), Year(minimum=2000, maximum=2000)),
        (Year(minimum=2001), Year(maximum=2000), None),
        (Share(), Share(), Share()),
        (YesNo(), YesNo(), YesNo()),
        (YesNo(), Share(), None),
        (Count(), Number(), None),
        (Choice([NORTH, SOUTH]), Choice([EAST, SOUTH, NORTH]), Choice([NORTH, SOUTH])),
        (Choice([NORTH]), Choice([SOUTH]), None),
        (Choice([NORTH]), Choices([NORTH]), None),
        (Choices([NORTH, EAST]), Choices([EAST]), Choices([EAST])),
        (Choices([NORTH]), Choices([EAST]), None),
        (Breakdown([NORTH, EAST], maximum=5), Breakdown([EAST]), Breakdown([EAST], maximum=5)),
        (
            Breakdown([NORTH], maximum=5),
            Breakdown([NORTH], maximum=4),
            Breakdown([NORTH], maximum=4),
        ),
        (Breakdown([NORTH]), Breakdown([EAST]), None),
        (Breakdown([NORTH], unit="people"), Breakdown([NORTH]), None),
    ],
)
def test_intersection_of_pairs(
    one: AnswerKind, other: AnswerKind, common: AnswerKind | None
) -> None:
    """
    The intersection has the narrower bounds, or the options of both in the order of the
    first; different kinds and units have none. In the other order it has the same answers.
    """
    assert intersection([one, other]) == common
    back = intersection([other, one])
    if isinstance(common, Choice | Choices | Breakdown):
        assert isinstance(back, Choice | Choices | Breakdown)
        assert set(back.options) == set(common.options)
    else:
        assert back == common


def test_intersection_of_one_and_of_three_kinds() -> None:
    """
    A kind is its own intersection, and two different kinds have none whatever follows.
    """
    assert intersection([Share()]) == Share()
    assert intersection([Share(), YesNo(), Share()]) is None
