"""docs/formats.md, "Careful advice": what is suspicious in an interview."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import paths
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import catalogues, interviews

import ecei_rules as er
from ecei_rules.analysis.checks.interview_review import review_interview
from ecei_rules.interviews.history import Cluster
from ecei_rules.interviews.interview import Conducted, Expert, Interview
from ecei_rules.interviews.portfolios import PORTFOLIOS

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = sorted(paths.EXAMPLES.glob("*.json"))
ON = date(2024, 3, 18)
BENCHMARKING = er.shipped().ruleset("bronze", version="2019-11").catalogue
TYPES = [option.id for option in BENCHMARKING.asked["composition"].answer.options]


def held(answers: dict[str, Any], **more: Any) -> Interview:
    """An interview of an invented cluster."""
    given = {"conducted": Conducted(ON), "answers": answers, **more}
    return Interview(BENCHMARKING, Cluster("Example Cluster", "IT"), **given)


def codes(interview: Interview) -> list[str]:
    """The codes of what is suspicious."""
    return [each.code for each in review_interview(interview)]


@given(st.data())
def test_everything_suspicious_is_a_warning_at_a_place(data: st.DataObject) -> None:
    """
    Interviews of whatever catalogue are read as before; nothing is refused. A catalogue
    that no ruleset judges is nothing to be suspicious of.
    """
    interview = data.draw(interviews(data.draw(catalogues())))

    for each in review_interview(interview):
        assert each.severity == "warning"
        assert each.code != "ECEI378"
        assert each.where.startswith("/")


@given(
    st.integers(1, 400),
    st.integers(0, 400),
    st.integers(0, 3),
    st.sampled_from([ROUND_FLOOR, ROUND_CEILING, ROUND_HALF_UP, ROUND_HALF_EVEN]),
)
def test_no_share_that_was_counted_is_suspicious(
    whole: int, part: int, places: int, rounding: str
) -> None:
    """
    However it was rounded, and to as many places as somebody likes.
    """
    exact = Decimal(min(part, whole)) * 100 / whole
    share = exact.quantize(Decimal(1).scaleb(-places), rounding=rounding)

    found = held({"committed-participants": whole, "participant-contacts": share})

    assert "ECEI373" not in codes(found)


@given(st.integers(0, 60), st.integers(0, 1000))
def test_a_share_of_one_decimal_is_suspicious_just_when_none_rounds_to_it(
    whole: int, tenths: int
) -> None:
    """
    All numbers of participants are tried, each rounded down and up.
    """
    share = Decimal(tenths) / 10
    places = 0 if tenths % 10 == 0 else 1
    possible = set()
    for number in range(whole + 1):
        exact = Decimal(number) * 100 / whole if whole else Decimal(0)
        for rounding in (ROUND_FLOOR, ROUND_CEILING):
            possible.add(exact.quantize(Decimal(1).scaleb(-places), rounding=rounding))

    found = held({"committed-participants": whole, "participant-contacts": share})

    assert ("ECEI373" in codes(found)) is (share not in possible)


@given(st.dictionaries(st.sampled_from(TYPES), st.integers(0, 40), min_size=1), st.integers(0, 200))
def test_types_add_up_or_are_suspicious(types: dict[str, int], whole: int) -> None:
    """
    More than the whole is one thing, less than it another.
    """
    total = sum(types.values())

    found = codes(held({"committed-participants": whole, "composition": types}))

    assert found == ["ECEI371"] * (total > whole) + ["ECEI372"] * (total < whole)


@pytest.mark.parametrize(
    ("interview", "expected"),
    [
        (held({"committed-participants": 9, "international-participants": 9}), []),
        (held({"committed-participants": 9, "international-participants": 10}), ["ECEI371"]),
        (held({"international-participants": 10}), []),
        (held({"year-established": 2024}), []),
        (held({"year-established": 2025}), ["ECEI375"]),
        (held({}, history=[er.LabelEvent("bronze", "benchmarked", ON)]), []),
        (
            held({}, history=[er.LabelEvent("bronze", "benchmarked", date(2024, 3, 19))]),
            ["ECEI374"],
        ),
        (held({}, conducted=Conducted(ON, experts=[Expert("x", impartial=True)])), []),
        (held({}, conducted=Conducted(ON, experts=[Expert("x", impartial=False)])), ["ECEI376"]),
        (held({}, conducted=Conducted(ON, experts=[Expert("x")])), ["ECEI376"]),
        (held({}, conducted=Conducted(date(2019, 11, 15))), []),
        (held({}, conducted=Conducted(date(2019, 11, 14))), ["ECEI378"]),
        (held({}, conducted=Conducted(date(2010, 10, 31))), ["ECEI378"]),
    ],
)
def test_on_the_edge(interview: Interview, expected: list[str]) -> None:
    """
    The largest that is in order and the smallest that is not.
    """
    assert codes(interview) == expected


@pytest.mark.parametrize("portfolio", [*PORTFOLIOS, "Food"])
def test_the_portfolios_are_those_of_the_register(portfolio: str) -> None:
    """
    Each of the fifteen is known, and nothing else.
    """
    one = held({})
    found = evolve(one, cluster=evolve(one.cluster, comparative_portfolio=portfolio))

    assert codes(found) == ([] if portfolio in PORTFOLIOS else ["ECEI377"])
    assert len(PORTFOLIOS) == 15


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_not_suspicious(path: Path) -> None:
    """
    Whoever starts from one starts from nothing to wonder about.
    """
    assert review_interview(er.load_interview(path)) == ()


def test_rules_may_be_those_of_another_edition() -> None:
    """
    Where there are none for the catalogue nothing is said of the day.
    """
    nothing = er.Edition([BENCHMARKING])

    assert review_interview(held({}, conducted=Conducted(date(1999, 1, 1))), edition=nothing) == ()
