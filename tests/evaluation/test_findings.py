"""docs/semantics.md, 2.11: a finding states everything that the outcome rests on."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from harbour_json import CATALOGUE, TEXT, ruleset

import ecei_rules as er
from ecei_rules.evaluation.assessment import (
    CatalogueReference,
    InterviewReference,
    RulesetReference,
)
from ecei_rules.evaluation.grounds import (
    AnswerHeld,
    CombinationHeld,
    Completeness,
    ConductedHeld,
    GradesHeld,
    HistoryHeld,
    ImprovementsHeld,
    ScoreHeld,
)
from ecei_rules.interviews.history import Cluster
from ecei_rules.interviews.interview import Conducted, Expert, ExpertCount, Improvement
from ecei_rules.interviews.provenance import Basis, Provenance
from ecei_rules.rulesets.conditions import Reading, Threshold, Truth
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)

if TYPE_CHECKING:
    from ecei_rules.evaluation.grounds import Grounds
    from ecei_rules.rulesets.criteria import Requirement

HARBOUR = er.read_catalogue(
    json.dumps(
        {**CATALOGUE, "x-note": "made up", "roles": [{"id": "guest", "title": {"en": "Guest"}}]}
    )
)
# cranes earn 1 point for a high grade, 4 or more of them; nothing else is graded
RULES = er.read_ruleset(json.dumps(ruleset({"kind": "complete"})), edition=er.Edition([HARBOUR]))
INTERVIEW = er.Interview(
    HARBOUR,
    Cluster("Example Harbour", "NL"),
    Conducted(
        date(2024, 2, 29), mode="video", experts=[Expert("guest", impartial=True), Expert("guest")]
    ),
    {"cranes": 3, "strategy": er.NotApplicable("there is none")},
    facts={"open": True},
    improvements=[
        Improvement("cranes", "one more", confirmed=True),
        Improvement("founded", "not proved"),
        Improvement("cranes", "another", confirmed=True),
    ],
    history=[
        er.LabelEvent("bronze", "benchmarked", date(2020, 1, 10)),
        er.LabelEvent("bronze", "benchmarked", date(2022, 1, 10)),
        er.LabelEvent("bronze", "awarded", date(2021, 1, 10), valid_until=date(2023, 1, 10)),
    ],
)
FOUR = Threshold("value", "at_least", Decimal(4))
NOT_FOUR = AnswerHeld(
    er.Outcome.NOT_MET,
    "indicator",
    "cranes",
    er.Text({"en": "Cranes"}),
    unit="cranes",
    answer=3,
    evidence=Reading(FOUR, Truth.FAILS, 3),
)
LACKING = ("founded", "members", "services")
INCOMPLETE = Completeness(er.Outcome.UNDETERMINED, ["cranes", "strategy"], LACKING)


@pytest.mark.parametrize(
    ("requirement", "grounds"),
    [
        (Complete(), INCOMPLETE),
        (AnswerMeets("indicator", "cranes", FOUR), NOT_FOUR),
        (
            AnswerMeets("indicator", "founded", FOUR),
            AnswerHeld(
                er.Outcome.UNDETERMINED,
                "indicator",
                "founded",
                er.Text({"en": "Founded"}),
                evidence=Reading(FOUR, Truth.UNKNOWN),
            ),
        ),
        (
            AnswerMeets("indicator", "strategy", FOUR),
            AnswerHeld(
                er.Outcome.NOT_APPLICABLE,
                "indicator",
                "strategy",
                er.Text({"en": "Strategy"}),
                answer=er.NotApplicable("there is none"),
            ),
        ),
        (
            Floor(["cranes"], "high"),
            GradesHeld(er.Outcome.NOT_MET, "high", 1, (), ["cranes"], ()),
        ),
        (
            CountGraded(1, "low"),
            GradesHeld(er.Outcome.MET, "low", 1, ["cranes"], (), ()),
        ),
        (
            ScoreReaches(Decimal(50), "percent"),
            ScoreHeld(er.Outcome.NOT_MET, er.Score(0, 0, 1), Decimal(50), "percent", ["cranes"]),
        ),
        (
            Earlier("bronze", "benchmarked", at_most_months=36, since_award_of="bronze"),
            HistoryHeld(
                er.Outcome.MET,
                "bronze",
                "benchmarked",
                [date(2022, 1, 10)],
                other_days=[date(2020, 1, 10)],
                at_most_months=36,
                since_award_of="bronze",
                last_award=date(2021, 1, 10),
            ),
        ),
        (
            Earlier(
                "bronze",
                "benchmarked",
                repeated=True,
                at_least_months=24,
                at_most_months=25,
                later_at_most_months=26,
            ),
            HistoryHeld(
                er.Outcome.MET,
                "bronze",
                "benchmarked",
                [date(2020, 1, 10), date(2022, 1, 10)],
                repeated=True,
                at_least_months=24,
                at_most_months=25,
                later_at_most_months=26,
            ),
        ),
        (Improvements(2), ImprovementsHeld(er.Outcome.NOT_MET, 2, ["cranes"])),
        (
            ConductedBy("guest", 2, impartial=True, modes=["video", "on_site"]),
            ConductedHeld(
                er.Outcome.UNDETERMINED,
                "guest",
                er.Text({"en": "Guest"}),
                2,
                impartial=True,
                modes=["video", "on_site"],
                experts=ExpertCount(1, 0, 1),
                mode="video",
            ),
        ),
        (
            EveryRequirement([Complete(), AnswerMeets("indicator", "cranes", FOUR)]),
            CombinationHeld(er.Outcome.NOT_MET, "every", [INCOMPLETE, NOT_FOUR]),
        ),
        (
            SomeRequirement([Complete(), AnswerMeets("indicator", "cranes", FOUR)]),
            CombinationHeld(er.Outcome.UNDETERMINED, "some", [INCOMPLETE, NOT_FOUR]),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_grounds_of_each_kind(requirement: Requirement, grounds: Grounds) -> None:
    """
    They are those of the requirement, with the answers, the bounds and the titles.
    """
    found = er.evaluate(Criterion("tried", "required", requirement), INTERVIEW, RULES)

    assert found.grounds == grounds
    assert found.outcome is grounds.outcome


def test_role_that_the_catalogue_lacks_is_its_own_title() -> None:
    """
    A ruleset that was checked has no such role, but an author may try one out.
    """
    criterion = Criterion("tried", "required", ConductedBy("pilot", 1))

    found = er.evaluate(criterion, INTERVIEW, RULES)

    assert found.grounds == ConductedHeld(
        er.Outcome.NOT_MET,
        "pilot",
        er.Text({"en": "pilot"}),
        1,
        experts=ExpertCount(0, 0, 0),
        mode="video",
    )


def test_experts_that_nobody_states() -> None:
    """
    Their number is not known, which is not none.
    """
    interview = evolve(INTERVIEW, conducted=Conducted(date(2024, 2, 29)))

    found = er.evaluate(Criterion("tried", "required", ConductedBy("guest", 1)), interview, RULES)

    assert found.grounds == ConductedHeld(
        er.Outcome.UNDETERMINED, "guest", er.Text({"en": "Guest"}), 1
    )


def test_finding_has_the_title_and_the_severity_of_its_criterion() -> None:
    """
    Its basis is the weakest that decided, here the basis of the criterion.
    """
    title = er.Text({"en": "Four cranes"})
    criterion = Criterion(
        "tried",
        "advisory",
        AnswerMeets("indicator", "cranes", FOUR),
        title=title,
        provenance=Provenance(Basis.DOCUMENTED, sources=["book"], one_page=True),
    )

    assert er.evaluate(criterion, INTERVIEW, RULES) == er.Finding(
        "tried",
        "advisory",
        er.Outcome.NOT_MET,
        Basis.DOCUMENTED,
        NOT_FOUR,
        title=title,
        one_page=True,
    )


def test_age_of_a_later_event_needs_two() -> None:
    """
    docs/semantics.md, 2.12: grounds with one event cannot bound a second.
    """
    message = "^there is a later event only where two are required, see repeated$"
    with pytest.raises(ValueError, match=message):
        HistoryHeld(er.Outcome.NOT_MET, "bronze", "benchmarked", (), later_at_most_months=24)


class TestAssessment:
    """docs/semantics.md, 7.3: an assessment names everything that it was made from."""

    RULES = er.read_ruleset(
        json.dumps(
            ruleset(
                {"kind": "complete"},
                {"kind": "floor", "indicators": ["cranes"], "grade": "high", "dimension": "quay"},
                recommendations={
                    "cranes": {"text": TEXT, "aligned_with": ["quality:cranes"]},
                    "open": {"text": TEXT},
                },
            )
        ),
        edition=er.Edition([HARBOUR]),
    )

    def test_documents_are_referred_to_by_name_and_digest(self) -> None:
        """
        The digests are those of the documents as they are written.
        """
        found = er.assess(INTERVIEW, self.RULES)

        assert found.library == er.VERSION
        assert found.interview == InterviewReference(
            "Example Harbour", "NL", date(2024, 2, 29), er.digest(INTERVIEW)
        )
        assert found.catalogue == CatalogueReference(
            "harbour", "2024-01", er.digest(HARBOUR), note="made up"
        )
        assert found.ruleset == RulesetReference(
            "bronze", "2024-01", er.Text({"en": "Harbour bronze"}), er.digest(self.RULES)
        )

    def test_dimension_has_its_outcome_its_score_and_its_indicators(self) -> None:
        """
        The findings without a dimension are those of the whole.
        """
        found = er.assess(INTERVIEW, self.RULES)
        whole, of_the_quay = (
            er.evaluate(each, INTERVIEW, self.RULES) for each in self.RULES.criteria
        )
        cranes = er.GradedIndicator(
            "cranes",
            er.Text({"en": "Cranes"}),
            er.Score(0, 0, 1),
            answer=3,
            grade="low",
            basis=Basis.ILLUSTRATIVE,
        )

        assert found.findings == (whole,)
        assert found.dimensions == (
            er.AssessedDimension(
                "quay",
                er.Text({"en": "The quay"}),
                er.DimensionOutcome.FAILED,
                er.Score(0, 0, 1),
                [of_the_quay],
                [cranes],
            ),
        )
        assert found.score == er.Score(0, 0, 1)
        assert (found.outcome, found.validity) == (er.LabelOutcome.NOT_AWARDED, None)

    def test_recommendation_has_the_advice_and_what_it_would_gain(self) -> None:
        """
        Nothing is advised for the fact, because no criterion failed on it.
        """
        assert er.assess(INTERVIEW, self.RULES).recommendations == (
            er.Recommendation(
                "indicator",
                "cranes",
                er.Text({"en": "Cranes"}),
                er.Text(TEXT),
                decisive=True,
                gain=1,
                grade="low",
                target="high",
                aligned_with=["quality:cranes"],
                basis=Basis.ILLUSTRATIVE,
            ),
        )

    def test_unanswered_questions_have_their_kind_and_title(self) -> None:
        """
        Facts come after the indicators.
        """
        silent = evolve(INTERVIEW, answers={"cranes": 3, "founded": 2014}, facts={})

        assert er.assess(silent, self.RULES).unanswered == (
            er.Unanswered("indicator", "members", er.Text({"en": "Members"})),
            er.Unanswered("indicator", "services", er.Text({"en": "Services"})),
            er.Unanswered("indicator", "strategy", er.Text({"en": "Strategy"})),
            er.Unanswered("fact", "open", er.Text({"en": "Open to all"})),
        )
