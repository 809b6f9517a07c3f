"""docs/semantics.md, 4.5: the answers and the conditions that settled an outcome."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import pytest

import ecei_rules as er
from ecei_rules.evaluation.deciding import deciding, deciding_readings
from ecei_rules.evaluation.grounds import AnswerHeld, CombinationHeld, Completeness
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Threshold, evaluate_condition

MET, NOT_MET, NOT_APPLICABLE, OPEN = (
    er.Outcome.MET,
    er.Outcome.NOT_MET,
    er.Outcome.NOT_APPLICABLE,
    er.Outcome.UNDETERMINED,
)
ON = date(2024, 2, 29)


def at_least(bound: int) -> Threshold:
    """Return a condition on a count."""
    return Threshold("value", "at_least", Decimal(bound))


@pytest.mark.parametrize(
    ("condition", "bounds"),
    [
        (at_least(3), [3]),
        (AnyOf((at_least(9), at_least(2), at_least(3))), [2, 3]),
        (AllOf((at_least(1), at_least(8), at_least(9))), [8, 9]),
        (AllOf((AnyOf((at_least(9), at_least(2))), at_least(1))), [2, 1]),
        (AnyOf((AllOf((at_least(9), at_least(2))), at_least(8))), [9, 8]),
    ],
    ids=str,
)
def test_parts_with_another_truth_did_not_matter(condition: Condition, bounds: list[int]) -> None:
    """
    With five, a combination holds or fails on the parts that do the same.
    """
    evidence = evaluate_condition(condition, 5, ON)

    found = [reading.condition for reading in deciding_readings(evidence)]

    assert found == [at_least(bound) for bound in bounds]


@pytest.mark.parametrize(
    ("outcome", "names"), [(MET, ("asked", "heard")), (OPEN, ("missed",))], ids=str
)
def test_missing_answers_decide_what_is_not_complete(
    outcome: er.Outcome, names: tuple[str, ...]
) -> None:
    """
    The given ones decide only once all are given.
    """
    missing = ["missed"] if outcome is OPEN else []

    assert deciding(Completeness(outcome, ["asked", "heard"], missing)) == names


@pytest.mark.parametrize(
    ("of", "outcome", "parts", "names"),
    [
        ("every", MET, [MET, NOT_APPLICABLE, MET], ["0", "1", "2"]),
        ("every", NOT_MET, [MET, NOT_APPLICABLE, NOT_MET, OPEN, NOT_MET], ["2", "4"]),
        ("every", OPEN, [MET, NOT_APPLICABLE, OPEN], ["2"]),
        ("some", MET, [MET, NOT_APPLICABLE, NOT_MET, OPEN], ["0"]),
        ("some", NOT_MET, [NOT_MET, NOT_APPLICABLE, NOT_MET], ["0", "1", "2"]),
        ("some", OPEN, [NOT_MET, NOT_APPLICABLE, OPEN], ["2"]),
    ],
)
def test_parts_that_settled_a_combination(
    of: Literal["every", "some"], outcome: er.Outcome, parts: list[er.Outcome], names: list[str]
) -> None:
    """
    Parts that do not apply matter only where all parts had to agree.
    """
    title = er.Text({"en": "a title"})
    grounds = [
        AnswerHeld(each, "indicator", str(number), title) for number, each in enumerate(parts)
    ]

    assert list(deciding(CombinationHeld(outcome, of, grounds))) == names
