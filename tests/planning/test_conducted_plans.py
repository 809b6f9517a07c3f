"""Plans where a criterion requires experts and a mode (docs/semantics.md, 10.1 to 10.5)."""

from __future__ import annotations

import pytest
from attrs import evolve
from tiny_rulesets import ON, WORDS, YES, catalogue, indicator, interview, meets, ruleset

import ecei_rules as er
from ecei_rules.interviews.catalogue import Option, YesNo
from ecei_rules.interviews.interview import Conducted, Expert
from ecei_rules.planning.plan import OpenQuestion
from ecei_rules.planning.planner import plan
from ecei_rules.report.pages.localisation import words_in
from ecei_rules.rulesets.criteria import ConductedBy

ASKED = evolve(catalogue(indicator("plan", YesNo())), roles=[Option("auditor", WORDS)])
RULES = ruleset(
    ASKED,
    meets("plan", YES),
    ConductedBy("auditor", 1),
    ConductedBy("auditor", 1, impartial=True, modes=["on_site"]),
)


def planned(conducted: Conducted) -> er.Plan:
    """Plan for an interview without a plan of its own."""
    return plan(evolve(interview(ASKED, plan=False), conducted=conducted), RULES)


class TestBlocked:
    """docs/semantics.md, 10.5: no improvement of an indicator changes who held the interview."""

    @pytest.mark.parametrize(
        ("conducted", "blocked"),
        [
            (Conducted(ON, mode="on_site", experts=[Expert("auditor", impartial=True)]), []),
            (Conducted(ON, mode="video", experts=[Expert("auditor")]), ["criterion-2"]),
            (Conducted(ON, mode="on_site", experts=[]), ["criterion-1", "criterion-2"]),
            # one auditor is enough for the first, whoever that is
            (Conducted(ON, experts=[Expert("auditor")]), ["criterion-2"]),
            (Conducted(ON), ["criterion-1", "criterion-2"]),
        ],
    )
    def test_experts_block(self, conducted: Conducted, blocked: list[str]) -> None:
        """What is met for certain is no obstacle; what waits for a statement is one."""
        found = planned(conducted)

        assert [each.criterion for each in found.blocked] == blocked
        assert {each.obstacles for each in found.blocked} <= {("conducted",)}
        assert next([c.indicator for c in way.changes] for way in found.ways) == ["plan"]


class TestOpen:
    """docs/semantics.md, 10.2 and 10.3: experts that are not stated are one open question."""

    def test_open_experts_decide(self) -> None:
        """They count as one missing answer, and have a title in every language."""
        stated = evolve(interview(ASKED, plan=True), conducted=Conducted(ON, mode="on_site"))

        found = plan(stated, RULES)

        assert found.unanswered == 1
        (question,) = found.decides
        assert isinstance(question, OpenQuestion)
        assert (question.subject, question.id) == ("conducted", "conducted")
        assert (
            words_in("de").text(question.title)
            == "Experten, ihre Unparteilichkeit und Form des Interviews"
        )
        assert (
            "Experts, their impartiality and mode of the interview [conducted]"
            in er.explain_plan(found)
        )

    def test_open_experts_settle_nothing_where_another_criterion_fails(self) -> None:
        """The label is refused whatever they are."""
        found = planned(Conducted(ON))

        assert found.decides == ()
        settled = {each.id: each.outcome.value for each in found.settled}
        assert settled == {
            "bronze@1": "not_awarded",
            "structure": "passed",
            "services": "passed",
            "criterion-0": "not_met",
        }

    def test_what_is_stated_settles_a_criterion(self) -> None:
        """A video settles the criterion that requires an audit on site."""
        found = planned(Conducted(ON, mode="video"))

        settled = {each.id: each.outcome.value for each in found.settled}
        assert settled["criterion-2"] == "not_met"
        assert "criterion-1" not in settled
