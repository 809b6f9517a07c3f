"""docs/formats.md, "Careful advice": warnings about suspicious interviews."""

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
QUALITY = er.shipped().catalogue("quality", "2019-11")
TYPES = [option.id for option in BENCHMARKING.asked["composition"].answer.options]


def conducted(on: date = ON, *experts: Expert) -> Conducted:
    """Return a day with some experts, by default one who is declared impartial."""
    return Conducted(on, experts=experts or [Expert("benchmarking-expert", impartial=True)])


def interview_with(answers: dict[str, Any], **more: Any) -> Interview:
    """Return an interview of an invented cluster."""
    given = {"conducted": conducted(), "answers": answers, **more}
    return Interview(BENCHMARKING, Cluster("Example Cluster", "IT"), **given)


def audit(facts: dict[str, Any], answers: dict[str, Any]) -> Interview:
    """Return an audit of an invented cluster."""
    held = conducted(ON, Expert("auditor", impartial=True))
    return Interview(QUALITY, Cluster("Example Cluster", "IT"), held, answers, facts=facts)


def codes(interview: Interview) -> list[str]:
    """Return the codes of the warnings about an interview."""
    return [each.code for each in review_interview(interview)]


@given(st.data())
def test_every_warning_has_a_place(data: st.DataObject) -> None:
    """
    An interview with any catalogue can be reviewed and is still read. A catalogue that no
    ruleset judges is not suspicious.
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
def test_rounded_shares_of_counts_are_not_suspicious(
    whole: int, part: int, places: int, rounding: str
) -> None:
    """
    Any rounding to any number of places is accepted.
    """
    exact = Decimal(min(part, whole)) * 100 / whole
    share = exact.quantize(Decimal(1).scaleb(-places), rounding=rounding)

    found = interview_with({"committed-participants": whole, "participant-contacts": share})

    assert "ECEI373" not in codes(found)


@given(st.integers(0, 60), st.integers(0, 1000))
def test_share_is_suspicious_exactly_when_no_number_rounds_to_it(whole: int, tenths: int) -> None:
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

    found = interview_with({"committed-participants": whole, "participant-contacts": share})

    assert ("ECEI373" in codes(found)) is (share not in possible)


@given(st.dictionaries(st.sampled_from(TYPES), st.integers(0, 40), min_size=1), st.integers(0, 200))
def test_types_that_do_not_add_up_are_suspicious(types: dict[str, int], whole: int) -> None:
    """
    Those that are not classified are counted too.
    """
    found = codes(interview_with({"committed-participants": whole, "composition": types}))

    assert found == ["ECEI379"] * (sum(types.values()) != whole)


@pytest.mark.parametrize(
    ("interview", "expected"),
    [
        (interview_with({"committed-participants": 9, "international-participants": 9}), []),
        (
            interview_with({"committed-participants": 9, "international-participants": 10}),
            ["ECEI371"],
        ),
        (interview_with({"international-participants": 10}), []),
        *(
            (
                interview_with(
                    {"committed-participants": 60, "participants-per-fte": Decimal(stated)},
                    facts={"management-fte": Decimal(staff)},
                ),
                found,
            )
            for stated, staff, found in (
                ("27", "2", []),
                ("26.9", "2", ["ECEI380"]),
                ("33", "2", []),
                ("33.1", "2", ["ECEI380"]),
                ("33.1", "0", []),
            )
        ),
        (interview_with({"committed-participants": 60, "participants-per-fte": 1}), []),
        (audit({}, {"human-resources-available": Decimal("1.5")}), []),
        (
            audit(
                {"management-fte": Decimal("1.50")}, {"human-resources-available": Decimal("1.5")}
            ),
            [],
        ),
        (audit({"management-fte": Decimal("1.5")}, {"human-resources-available": 1}), ["ECEI380"]),
        (
            audit({"activities-past-year": 5}, {"activities-and-services": {"matchmaking": 5}}),
            [],
        ),
        (
            audit({"activities-past-year": 6}, {"activities-and-services": {"matchmaking": 5}}),
            ["ECEI371"],
        ),
        (audit({"activities-past-year": 6}, {}), []),
        *(
            (interview_with({"specialisation": Decimal(share)}), found)
            for share, found in (
                ("0", []),
                ("0.05", ["ECEI381"]),
                ("0.5", []),
                ("0.50", []),
                ("0.746", ["ECEI381"]),
                ("0.999", ["ECEI381"]),
                ("1", []),
                ("74.6", []),
            )
        ),
        (interview_with({"participant-growth": Decimal("0.5")}), []),
        (interview_with({"specialisation": er.NotApplicable("new")}), []),
        (interview_with({"year-established": 2024}), []),
        (interview_with({"year-established": 2025}), ["ECEI375"]),
        (interview_with({}, history=[er.LabelEvent("bronze", "benchmarked", ON)]), []),
        (
            interview_with({}, history=[er.LabelEvent("bronze", "benchmarked", date(2024, 3, 19))]),
            ["ECEI374"],
        ),
        (interview_with({}, conducted=Conducted(ON)), ["ECEI376"]),
        (interview_with({}, conducted=Conducted(ON, experts=[])), ["ECEI376"]),
        (interview_with({}, conducted=conducted(ON, Expert("observer", impartial=True))), []),
        (
            interview_with({}, conducted=conducted(ON, Expert("observer", impartial=False))),
            ["ECEI376"],
        ),
        (interview_with({}, conducted=conducted(ON, Expert("observer"))), ["ECEI376"]),
        (interview_with({}, conducted=conducted(date(2019, 11, 15))), []),
        (interview_with({}, conducted=conducted(date(2019, 11, 14))), ["ECEI378"]),
        (interview_with({}, conducted=conducted(date(2010, 10, 31))), ["ECEI378"]),
    ],
)
def test_largest_unsuspicious_and_smallest_suspicious_values(
    interview: Interview, expected: list[str]
) -> None:
    """
    Each pair of cases lies on both sides of a limit.
    """
    assert codes(interview) == expected


@pytest.mark.parametrize("portfolio", [*PORTFOLIOS, "Food"])
def test_portfolios_are_those_of_the_register(portfolio: str) -> None:
    """
    Each of the fifteen is known, and no other.
    """
    one = interview_with({})
    found = evolve(one, cluster=evolve(one.cluster, comparative_portfolio=portfolio))

    assert codes(found) == ([] if portfolio in PORTFOLIOS else ["ECEI377"])
    assert len(PORTFOLIOS) == 15


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_shipped_examples_are_not_suspicious(path: Path) -> None:
    """
    A user who starts from an example gets no warning.
    """
    assert review_interview(er.load_interview(path)) == ()


def test_another_edition_may_be_given() -> None:
    """
    If it has no rules for the catalogue, there is no warning about the day.
    """
    nothing = er.Edition([BENCHMARKING])

    assert (
        review_interview(interview_with({}, conducted=conducted(date(1999, 1, 1))), edition=nothing)
        == ()
    )
