"""Assessments as documents."""

from __future__ import annotations

import json

import pytest
from harbour_json import ANSWERS, assessed, ruleset

import ecei_rules as er


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("percent", [99.9, 0.1])
def test_percentages_follow_from_the_points(end: str, percent: float) -> None:
    """
    docs/formats.md: they are for people, and a reader refuses any others.
    """
    document = json.loads(
        er.write_assessment(assessed(ruleset({"kind": "complete"}), answers=ANSWERS))
    )
    assert document["score"]["percent"] == {"low": 0.0, "high": 0.0}
    document["score"]["percent"][end] = percent

    with pytest.raises(er.InvalidDocument) as refused:
        er.read_assessment(json.dumps(document))

    (problem,) = refused.value.problems
    assert (problem.where, problem.message) == (
        "/score",
        "the percentages do not follow from the points",
    )
