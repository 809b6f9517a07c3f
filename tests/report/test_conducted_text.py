"""How a report words experts and modes (docs/semantics.md, 2.14)."""

from __future__ import annotations

import pytest
from attrs import evolve
from tiny_rulesets import ON, WORDS, catalogue, indicator, interview, ruleset

import ecei_rules as er
from ecei_rules.interviews.catalogue import Option, YesNo
from ecei_rules.interviews.interview import Conducted, Expert
from ecei_rules.rulesets.criteria import ConductedBy

ASKED = evolve(catalogue(indicator("plan", YesNo())), roles=[Option("expert", WORDS)])
IMPARTIAL, PARTIAL, UNSTATED = (Expert("expert", impartial=each) for each in (True, False, None))


@pytest.mark.parametrize(
    ("experts", "found"),
    [
        (None, "experts not stated"),
        ([], "none"),
        ([PARTIAL], "0 of 1 impartial"),
        ([IMPARTIAL, PARTIAL], "1 of 2 impartial"),
        ([PARTIAL, UNSTATED], "0 of 2 impartial, 1 without a statement"),
        ([IMPARTIAL, IMPARTIAL], "2 impartial"),
    ],
    ids=str,
)
def test_impartial_experts_are_counted_in_the_evidence(
    experts: list[Expert] | None, found: str
) -> None:
    """
    Experts whose impartiality is not stated are told apart from those who are not impartial.
    """
    rules = ruleset(ASKED, ConductedBy("expert", 2, impartial=True))
    held = evolve(interview(ASKED, plan=True), conducted=Conducted(ON, experts=experts))

    assert f": {found} (required: " in " ".join(er.explain(er.assess(held, rules)).split())


def test_experts_are_counted_where_none_must_be_impartial() -> None:
    """
    Then it does not matter who is impartial.
    """
    rules = ruleset(ASKED, ConductedBy("expert", 2))
    held = evolve(interview(ASKED, plan=True), conducted=Conducted(ON, experts=[PARTIAL]))

    assert ": 1 (required: " in " ".join(er.explain(er.assess(held, rules)).split())
