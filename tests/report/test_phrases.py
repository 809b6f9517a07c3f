"""docs/report.md: answers, conditions and findings on pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES
from strategies import catalogues, interviews
from tiny_rulesets import at_least, catalogue, grades, indicator, interview, meets, ruleset

import ecei_rules as er
from ecei_rules.evaluation.grounds import Score
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Option,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.history import LabelEvent
from ecei_rules.interviews.interview import Improvement
from ecei_rules.report.pages.localisation import words_in
from ecei_rules.report.pages.phrases import answered, basis_sentence, condition_text, evidence_text
from ecei_rules.report.text.wording import points
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)

if TYPE_CHECKING:
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.rulesets.conditions import Condition
    from ecei_rules.rulesets.criteria import Requirement

ENGLISH = words_in("en")
TWO = (Option("a", er.Text({"en": "A"})), Option("b", er.Text({"en": "B"})))
ON = date(2024, 3, 18)


@pytest.mark.parametrize(
    ("answer", "kind", "text"),
    [
        (None, Count(), "not answered"),
        (er.NotApplicable("too young"), Count(), "does not apply: too young"),
        (True, YesNo(), "yes"),
        (False, YesNo(), "no"),
        (Decimal("12.50"), Share(), "12.5%"),
        (2016, Year(), "2016"),
        (1234, Count(unit="organisations"), "1,234\xa0organisations"),
        (Decimal("0.5"), Number(unit="FTE"), "0.5\xa0FTE"),
        (3, Count(), "3"),
        ("b", Choice(TWO), "B"),
        (("b", "a"), Choices(TWO), "B, A"),
        ((), Choices(TWO), "none"),
        (er.FrozenMap({"b": 2}), Breakdown(TWO), "A 0, B 2"),
    ],
)
def test_answer_has_its_unit_and_titles(answer: Answer | None, kind: AnswerKind, text: str) -> None:
    """
    Every kind of answer as the language writes it, options by their titles.
    """
    assert answered(answer, kind, ENGLISH) == text


@given(st.data(), st.sampled_from(["en", "de", "fr", "it", "es"]))
def test_every_answer_can_be_worded(data: st.DataObject, language: str) -> None:
    """
    Any answer that fits its catalogue.
    """
    interview = data.draw(interviews(data.draw(catalogues())))
    words = words_in(language)

    for name, answer in interview.answers.items():
        assert answered(answer, interview.catalogue.asked[name].answer, words)


@pytest.mark.parametrize(
    ("condition", "kind", "text"),
    [
        (Threshold("value", "at_least", Decimal(40)), Count(), "at least 40"),
        (Threshold("value", "more_than", Decimal("1.5")), Number(), "more than 1.5"),
        (Threshold("value", "at_most", Decimal(2)), Count(), "at most 2"),
        (Threshold("value", "less_than", Decimal(3)), Count(), "less than 3"),
        (
            Threshold("share_of", "more_than", Decimal(50), options=["a", "b"]),
            Breakdown(TWO),
            '"A" and "B" more than 50%',
        ),
        (
            Threshold("sum_of", "at_least", Decimal(2), options=["a"]),
            Breakdown(TWO),
            '"A" at least 2',
        ),
        (
            Threshold("types", "at_least", Decimal(1)),
            Breakdown(TWO),
            "at least 1 of the options",
        ),
        (
            Threshold("types", "at_least", Decimal(4)),
            Choices(TWO),
            "at least 4 of the options",
        ),
        (Threshold("years_ago", "at_least", Decimal(1)), Year(), "at least 1 year ago"),
        (Threshold("years_ago", "at_most", Decimal(4)), Year(), "at most 4 years ago"),
        (OneOf(["a", "b"]), Choice(TWO), '"A" or "B"'),
        (OneOf([True]), YesNo(), "yes"),
        (OneOf([False]), YesNo(), "no"),
        (Includes(["a", "b"]), Choices(TWO), '"A" and "B"'),
        (
            AllOf([Includes(["a"]), Threshold("types", "at_least", Decimal(2))]),
            Choices(TWO),
            'all of ("A"; at least 2 of the options)',
        ),
        (
            AnyOf([Includes(["a"]), Includes(["b"])]),
            Choices(TWO),
            'any of ("A"; "B")',
        ),
    ],
)
def test_condition_text_uses_option_titles(
    condition: Condition, kind: AnswerKind, text: str
) -> None:
    """
    Every kind of condition, in its measure.
    """
    assert condition_text(condition, indicator("asked", kind), ENGLISH) == text


def test_points_are_an_interval_until_complete() -> None:
    """
    With the percentages: 99 of 124 is 79.838… %.
    """
    assert points(Score(99, 99, 124), ENGLISH) == "99 of 124 points (79.8%)"
    assert points(Score(0, 1200, 1500), ENGLISH) == "0 to 1,200 of 1,500 points (0% to 80%)"
    assert points(Score(99, 99, 124), words_in("de")).endswith("(79,8\xa0%)")


ASKED = catalogue(
    indicator("cranes", Count(unit="cranes"), title=er.Text({"en": "Cranes"})),
    indicator("members", Breakdown(TWO), title=er.Text({"en": "Members"}), not_applicable=True),
    staff=Number(unit="FTE"),
)
GRADED = {"cranes": grades(at_least(4)), "members": grades(Includes(["a"]))}
HALF = Threshold("share_of", "more_than", Decimal(50), options=["a"])


@pytest.mark.parametrize(
    ("requirement", "answers", "text"),
    [
        (
            Complete(),
            {"cranes": 1, "members": er.NotApplicable("x")},
            "every indicator is answered",
        ),
        (Complete(), {"cranes": 1}, "not answered: Members"),
        (
            meets("cranes", at_least(4)),
            {"cranes": 5},
            "Cranes: 5\xa0cranes (required: at least 4)",
        ),
        (meets("cranes", at_least(4)), {}, "Cranes: not answered (required: at least 4)"),
        (
            meets("members", HALF),
            {"members": er.FrozenMap({"a": 2, "b": 1})},
            'Members: 2 of 3 (66.6%) (required: "A" more than 50%)',
        ),
        (
            meets("members", HALF),
            {"members": er.FrozenMap({"b": 0})},
            'Members: A 0, B 0 (required: "A" more than 50%)',
        ),
        (
            meets("members", HALF),
            {"members": er.NotApplicable("no members")},
            "Members: does not apply: no members",
        ),
        (
            AnswerMeets("fact", "staff", at_least("0.5")),
            {"staff": Decimal("0.8")},
            "a text: 0.8\xa0FTE (required: at least 0.5)",
        ),
        (Floor(["cranes"], "excellent"), {"cranes": 5}, "excellent or better: Cranes"),
        (Floor(["cranes"], "excellent"), {"cranes": 1}, "below excellent: Cranes"),
        (Floor(["cranes"], "excellent"), {}, "not answered: Cranes"),
        (
            Floor(["members"], "excellent"),
            {"members": er.NotApplicable("x")},
            "does not apply: Members",
        ),
        (CountGraded(1, "excellent"), {"cranes": 5}, "excellent or better: Cranes"),
        (
            ScoreReaches(Decimal(50), "percent"),
            {"cranes": 5},
            "1 to 2 of 2 points (50% to 100%) (required: at least 50%)",
        ),
        (
            ScoreReaches(Decimal(2), "points"),
            {"cranes": 1, "members": er.FrozenMap({"a": 1})},
            "1 of 2 points (50%) (required: at least 2 points)",
        ),
        (
            Improvements(2),
            {},
            "0 improvements confirmed (required: at least 2 improvements confirmed)",
        ),
        (
            Improvements(1),
            {"improvements": [Improvement("cranes", "more of them", confirmed=True)]},
            "1 improvement confirmed (required: at least 1 improvement confirmed)",
        ),
        (Earlier("bronze", "benchmarked"), {}, "none (required: Bronze benchmarked before)"),
        (
            Earlier("bronze", "benchmarked"),
            {"history": [LabelEvent("bronze", "benchmarked", date(2022, 3, 2))]},
            "2 March 2022 (required: Bronze benchmarked before)",
        ),
        (
            Earlier("bronze", "benchmarked", at_most_months=2),
            {"history": [LabelEvent("bronze", "benchmarked", date(2022, 3, 2))]},
            "2 March 2022 (required: Bronze benchmarked before, at most 2 months ago)",
        ),
        (
            Earlier("silver", "benchmarked", repeated=True),
            {},
            "none (required: Silver benchmarked twice)",
        ),
        (
            Earlier("bronze", "awarded", repeated=True, at_least_months=1, at_most_months=36),
            {},
            "none (required: Bronze awarded twice, at least 1 month and at most 36 months apart)",
        ),
        (
            EveryRequirement([meets("cranes", at_least(4)), Improvements(1)]),
            {"cranes": 1},
            (
                "Cranes: 1\xa0cranes (required: at least 4); 0 improvements confirmed"
                " (required: at least 1 improvement confirmed)"
            ),
        ),
        (
            SomeRequirement([meets("cranes", at_least(4)), Improvements(1)]),
            {"cranes": 5},
            "Cranes: 5\xa0cranes (required: at least 4)",
        ),
    ],
)
def test_finding_gives_evidence_and_requirement(
    requirement: Requirement, answers: dict[str, Answer], text: str
) -> None:
    """
    Of each kind of requirement and each outcome.
    """
    rules = ruleset(ASKED, requirement, grading=GRADED)
    assessment = er.assess(interview(ASKED, ON, **answers), rules)

    (finding,) = assessment.findings
    assert evidence_text(finding.grounds, ASKED, ENGLISH) == text


@pytest.mark.parametrize(
    ("outcome", "verb"),
    [
        (er.LabelOutcome.NOT_AWARDED, "decided"),
        (er.LabelOutcome.AWARDED, "decided"),
        (er.LabelOutcome.UNDETERMINED, "leave"),
    ],
)
def test_illustrative_values_decide_or_leave_open(outcome: er.LabelOutcome, verb: str) -> None:
    """
    Illustrative values are never presented as the scheme owner's.
    """
    assessment = er.assess(
        er.load_interview(EXAMPLES / "awarded.json"),
        er.shipped().ruleset("bronze", version="2019-11"),
    )
    illustrative = evolve(assessment, outcome=outcome, basis=er.Basis.ILLUSTRATIVE)

    assert basis_sentence(illustrative, words_in("en")) == (
        f"Illustrative values of this project {verb} this{' open' if verb == 'leave' else ''},"
        " not values of the scheme's owner."
    )
