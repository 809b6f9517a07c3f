"""docs/semantics.md, 4: the explanation of an assessment."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from harbour_json import ANSWERS, CATALOGUE, assessed, ruleset, threshold
from paths import EXAMPLES

import ecei_rules as er
from ecei_rules.cli.main import main


def explained(rules: dict[str, Any], **more: Any) -> str:
    """Explain the assessment of an interview under the rules."""
    return er.explain(assessed(rules, **more))


def reasons(text: str) -> list[str]:
    """Return the lines below the heading of the deciding requirements."""
    titles = ("Requirements", "Reasons for refusal")
    block = next(part for part in text.split("\n\n") if part.startswith(titles))
    lines = " ".join(block.splitlines()[1:]).replace("    ", "").split("  - ")
    return [line.strip() for line in lines if line.strip()]


def outcome(text: str) -> str:
    """Return the line with the outcome, which a notice may precede."""
    first, second, *_ = text.splitlines()
    return second if first.startswith("NOT OFFICIAL") else first


class TestEvidence:
    """Every kind of requirement is worded with the finding."""

    @pytest.mark.parametrize(
        ("criterion", "reason"),
        [
            (
                {"kind": "answer", "fact": "open", "when": {"kind": "one_of", "values": [True]}},
                "Open to all: no (required: yes)",
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "cranes",
                    "when": threshold("value", more_than=3),
                },
                "Cranes: 3 cranes (required: more than 3)",
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "members",
                    "when": threshold("share_of", options=["sme"], at_least=66.7),
                },
                'Members: 2 of 3 firms (66.6 %) (required: "sme" at least 66.7 %)',
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "members",
                    "when": threshold("sum_of", options=["sme", "large"], at_most=2),
                },
                'Members: 3 firms (required: "sme" and "large" at most 2)',
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "members",
                    "when": threshold("types", less_than=2),
                },
                ("Members: 2 of the options (required: less than 2 of the options)"),
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "founded",
                    "when": threshold("years_ago", at_least=11),
                },
                "Founded: 10 years ago (required: at least 11 years ago)",
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "services",
                    "when": {"kind": "includes", "options": ["towing", "piloting"]},
                },
                'Services: towing (required: "towing" and "piloting")',
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "strategy",
                    "when": {"kind": "one_of", "values": ["none"]},
                },
                'Strategy: written (required: "none")',
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "cranes",
                    "when": {
                        "kind": "all_of",
                        "parts": [
                            threshold("value", at_least=2),
                            threshold("value", at_least=4),
                        ],
                    },
                },
                "Cranes: 3 cranes (required: at least 4)",
            ),
            ({"kind": "floor", "indicators": ["cranes"], "grade": "high"}, "below high: Cranes"),
            ({"kind": "count", "at_least": 1, "grade": "high"}, "below high: Cranes"),
            (
                {"kind": "score", "at_least_percent": 80, "dimension": "quay"},
                "The quay: 0 of 1 points (0 %) (required: at least 80 %)",
            ),
            (
                {"kind": "score", "at_least_points": 1},
                "0 of 1 points (0 %) (required: at least 1 point)",
            ),
            (
                {
                    "kind": "history",
                    "label": "bronze",
                    "event": "awarded",
                    "at_least_months": 18,
                    "at_most_months": 24,
                },
                (
                    "none (required: Bronze awarded before,"
                    " at least 18 months and at most 24 months ago)"
                ),
            ),
            (
                {"kind": "history", "label": "gold", "event": "awarded"},
                "none (required: Gold awarded before)",
            ),
            (
                {
                    "kind": "history",
                    "label": "bronze",
                    "event": "benchmarked",
                    "at_most_months": 6,
                    "since_award_of": "silver",
                },
                (
                    "none (required: Bronze benchmarked before, at most 6 months ago,"
                    " since the last award of Silver)"
                ),
            ),
            (
                {
                    "kind": "history",
                    "label": "bronze",
                    "event": "benchmarked",
                    "repeated": True,
                    "at_least_months": 18,
                    "later_at_most_months": 24,
                    "since_award_of": "silver",
                },
                (
                    "none (required: Bronze benchmarked twice, at least 18 months apart, the later"
                    " one at most 24 months ago, the later one since the last award of Silver)"
                ),
            ),
            (
                {"kind": "improvements", "at_least": 3},
                "1 improvement confirmed (required: at least 3 improvements confirmed)",
            ),
            (
                {
                    "kind": "all_of",
                    "title": {"en": "Both"},
                    "parts": [
                        {"kind": "improvements", "at_least": 1},
                        {"kind": "improvements", "at_least": 2},
                    ],
                },
                "Both: 1 improvement confirmed (required: at least 2 improvements confirmed)",
            ),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_refusal_gives_finding_and_requirement(
        self, criterion: dict[str, Any], reason: str
    ) -> None:
        """
        The reader sees the answer, the bound, the criterion and the evidence for it.
        """
        rules = ruleset(criterion)
        basis = "documented"
        if criterion["kind"] in ("floor", "count", "score"):
            basis = "illustrative"

        text = explained(
            rules,
            answers=ANSWERS,
            facts={"open": False},
            improvements=[{"indicator": "cranes", "description": "x", "confirmed": True}],
        )

        assert reasons(text) == [f"{reason} [c0, {basis}]"]
        assert outcome(text).startswith(
            "Bronze not awarded: Example Harbour (NL), interview of 2024-02-29"
        )

    @pytest.mark.parametrize(
        ("criterion", "reason"),
        [
            (
                {"kind": "floor", "indicators": ["cranes"], "grade": "high"},
                "does not apply: Cranes",
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "cranes",
                    "when": threshold("value", at_least=4),
                },
                "Cranes: does not apply: no water",
            ),
        ],
    )
    def test_inapplicable_requirement_gives_the_reason(
        self, criterion: dict[str, Any], reason: str
    ) -> None:
        """
        Clause 3: a criterion that does not apply does not prevent the award.
        """
        text = explained(ruleset(criterion), answers={"cranes": {"not_applicable": "no water"}})

        assert outcome(text).startswith("Bronze awarded")
        assert reasons(text)[0].startswith(reason)

    @pytest.mark.parametrize(
        ("criterion", "reason"),
        [
            ({"kind": "floor", "indicators": ["cranes"], "grade": "low"}, "low or better: Cranes"),
            ({"kind": "score", "at_least_points": 1}, "1 of 1 points (100 %)"),
            ({"kind": "complete", "dimension": "quay"}, "every indicator is answered, 5 "),
            (
                {"kind": "any_of", "parts": [{"kind": "complete"}]},
                "every indicator is answered [",
            ),
            (
                {"kind": "history", "label": "bronze", "event": "benchmarked"},
                "2022-03-02 (required: Bronze benchmarked before)",
            ),
        ],
    )
    def test_award_gives_the_requirements_met(self, criterion: dict[str, Any], reason: str) -> None:
        """
        Met requirements are worded as fully as others.
        """
        text = explained(
            ruleset(criterion),
            answers={**ANSWERS, "cranes": 4},
            history=[{"label": "bronze", "event": "benchmarked", "on": "2022-03-02"}],
        )

        assert outcome(text).startswith("Bronze awarded")
        assert reasons(text)[0].startswith(reason)

    @pytest.mark.parametrize(
        ("criterion", "reason"),
        [
            ({"kind": "floor", "indicators": ["cranes"], "grade": "high"}, "not answered: Cranes"),
            ({"kind": "score", "at_least_points": 1}, "0 to 1 of 1 points (0 % to 100 %)"),
            (
                {
                    "kind": "answer",
                    "indicator": "cranes",
                    "when": threshold("value", at_least=4),
                },
                "Cranes: not answered (required: at least 4)",
            ),
            (
                {"kind": "complete", "dimension": "quay"},
                "The quay: not answered: Cranes, Founded, Members, Services, Strategy [",
            ),
        ],
    )
    def test_open_finding_names_missing_answers(
        self, criterion: dict[str, Any], reason: str
    ) -> None:
        """
        Clause 2: without the answer a requirement is neither met nor not met.
        """
        text = explained(ruleset(criterion))

        assert outcome(text).startswith("Bronze undetermined")
        assert reasons(text)[0].startswith(reason)


def test_whole_explanation() -> None:
    """
    Heading, days with reasons, requirements, points, advice, next steps, evidence.
    """
    rules = ruleset(
        {"kind": "improvements", "at_least": 1},
        {
            "kind": "score",
            "at_least_percent": 80,
            "severity": "advisory",
            "dimension": "quay",
        },
        recommendations={"cranes": {"text": {"en": "Buy a crane."}}},
        validity={
            "first": {"years": 2, "from": "interview", "ends": "end_of_month"},
            "renewal": {
                "years": 3,
                "from": "previous_end",
                "ends": "end_of_month",
                "until_years_after_end": 1,
            },
        },
    )

    text = explained(
        rules,
        answers={"cranes": 3},
        improvements=[{"indicator": "cranes", "description": "x", "confirmed": True}],
        history=[
            {"label": "bronze", "event": "awarded", "on": "2020-01-01", "valid_until": "2022-01-31"}
        ],
    )

    assert text == (
        "Bronze awarded: Example Harbour (NL), interview of 2024-02-29\n"
        "under bronze@2024-01 (Harbour bronze), catalogue harbour@2024-01\n"
        "The rules that decided this are documented.\n"
        "\n"
        "Valid from 2024-02-29 to 2026-02-28\n"
        "  - a first award again, since the label that ended on 2022-01-31 could no longer be"
        " renewed: 2\n"
        "    years from the interview, to the end of the month [illustrative]\n"
        "  - renewable until 2027-02-28, 1 year after its end\n"
        "\n"
        "Requirements met\n"
        "  - 1 improvement confirmed (required: at least 1 improvement confirmed)"
        " [c0, documented]\n"
        "\n"
        "Score: 0 of 1 points (0 %) [illustrative]\n"
        "  - The quay: 0 of 1 points (0 %)\n"
        "  The operator gives no ranking and no rating of a benchmarking (slides of 2012): the"
        " points are\n"
        "  this project's own.\n"
        "\n"
        "Recommended levels not reached (no effect on the outcome)\n"
        "  - The quay: 0 of 1 points (0 %) (required: at least 80 %) [c1, illustrative]\n"
        "\n"
        "What to do next, the most valuable first\n"
        "  1. Cranes (low; high earns 1 point more, illustrative): Buy a crane.\n"
        "\n"
        "Evidence\n"
        "  - documented: a published source states it\n"
        "  - illustrative: this project's own value, not official\n"
    )


def test_outcome_on_illustrative_values_begins_with_a_notice() -> None:
    """
    Nobody must take a threshold of this project for one of the scheme owner.
    """
    interview = er.load_interview(EXAMPLES / "awarded-gold.json")
    gold = er.shipped().ruleset("gold", on=interview.conducted.on)
    open_ = attrs.evolve(interview, answers={})

    awarded = er.explain(er.assess(interview, gold)).splitlines()
    undetermined = er.explain(er.assess(open_, gold)).splitlines()

    assert awarded[:3] == [
        "NOT OFFICIAL: illustrative values of this project decided this, not the scheme owner's.",
        "Gold awarded: Example Maritime Cluster (FI), interview of 2024-10-09",
        "under gold@2019-11 (Gold: proven for cluster excellence), catalogue quality@2019-11",
    ]
    assert undetermined[0] == (
        "NOT OFFICIAL: illustrative values of this project leave this open, not the scheme owner's."
    )


def test_documented_refusal_mentions_illustrative_requirements() -> None:
    """
    Missing improvements refuse Silver on documented rules; its floors are ours.
    """
    interview = er.load_interview(EXAMPLES / "awarded-silver.json")
    silver = er.shipped().ruleset("silver", on=interview.conducted.on)

    text = er.explain(er.assess(attrs.evolve(interview, improvements=()), silver))

    assert " ".join(text.splitlines()[2:4]) == (
        "The rules that decided this are documented;"
        " other requirements of the ruleset are illustrative, not official."
    )


def test_without_required_criteria_there_are_no_reasons() -> None:
    """
    Rules with advice alone award to everyone.
    """
    rules = ruleset({"kind": "improvements", "at_least": 1, "severity": "advisory"}, grading={})

    text = explained(rules)

    assert text.startswith("Bronze awarded")
    assert "Requirements met" not in text
    assert "Score" not in text


@pytest.mark.parametrize("name", ["not-awarded-gold-floor-missed", "undetermined-incomplete"])
def test_without_the_label_it_ends_with_the_command_for_a_plan(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Assessing does not plan; this command does.
    """
    path = EXAMPLES / f"{name}.json"
    interview = er.load_interview(path)
    label = "gold" if "gold" in name else "bronze"
    ruleset = er.shipped().ruleset(label, on=interview.conducted.on)

    text = er.explain(er.assess(interview, ruleset))

    assert text.endswith(
        "\n\nTo find the cheapest way to the label\n"
        f"  - on the command line: ecei-rules plan FILE --to {ruleset.reference}"
        " (or the ruleset's file)\n"
        "  - in Python: ecei_rules.plan(interview, ruleset)\n"
    )
    assert main(["plan", str(path), "--to", ruleset.reference]) == 0
    assert capsys.readouterr().out == er.explain_plan(er.plan(interview, ruleset))


def test_with_the_label_no_plan_is_offered() -> None:
    """
    An award ends with the evidence for the rules, and with the note on the questions.
    """
    interview = er.load_interview(EXAMPLES / "awarded.json")
    ruleset = er.shipped().ruleset("bronze", version="2019-11")

    text = er.explain(er.assess(interview, ruleset))

    assert "cheapest" not in text
    *_, evidence, questions = text.split("\n\n")
    assert evidence.endswith("  - illustrative: this project's own value, not official")
    title, *note = questions.splitlines()
    assert title == "The questions"
    assert " ".join(each.strip() for each in note) == ruleset.catalogue.note


def test_long_list_of_advice_ends_with_titles() -> None:
    """
    Eight recommendations are given in full, the rest by title.
    """
    interview = er.load_interview(EXAMPLES / "awarded-in-2014.json")
    ruleset_of_2010 = er.shipped().ruleset("bronze", version="2010-11")

    text = er.explain(er.assess(interview, ruleset_of_2010))

    assert "  8. " in text
    assert "  9. " not in text
    assert "  - after these: " in text
    assert "Success stories" in text


def test_award_that_events_have_to_follow_is_shown() -> None:
    """
    The reader sees why an earlier benchmarking was not enough.
    """
    anew = {
        "kind": "history",
        "label": "bronze",
        "event": "benchmarked",
        "since_award_of": "silver",
    }
    history = [
        {"label": "bronze", "event": "benchmarked", "on": "2022-03-02"},
        {"label": "silver", "event": "awarded", "on": "2022-03-02", "valid_until": "2024-03-31"},
    ]

    text = explained(ruleset(anew), answers=ANSWERS, history=history)

    (reason,) = reasons(text)
    assert reason == (
        "2022-03-02; Silver last awarded on 2022-03-02 (required: Bronze benchmarked before,"
        " since the last award of Silver) [c0, documented]"
    )


def test_texts_of_documents_cannot_steer_a_terminal() -> None:
    """
    An escape sequence in a name is shown as text.
    """
    text = explained(
        ruleset({"kind": "improvements", "at_least": 1}),
        cluster={"name": "a\x1b[31m\nBronze awarded", "country": "NL"},
    )

    assert text.startswith("Bronze not awarded: a\\u001b[31m\\u000aBronze awarded (NL)")


def test_deepest_rules_are_assessed_and_written() -> None:
    """
    Ten levels of requirements over ten of conditions are explained and read back.
    """
    condition = threshold("value", at_least=4)
    for _ in range(10):
        condition = {"kind": "all_of", "parts": [condition]}
    criterion: dict[str, Any] = {"kind": "answer", "indicator": "cranes", "when": condition}
    for _ in range(10):
        criterion = {"kind": "any_of", "parts": [criterion]}
    edition = er.Edition([er.read_catalogue(json.dumps(CATALOGUE))])
    rules = er.read_ruleset(json.dumps(ruleset(criterion)), edition=edition)

    text = explained(ruleset(criterion), answers=ANSWERS)

    assert reasons(text) == ["Cranes: 3 cranes (required: at least 4) [c0, documented]"]
    interview = er.Interview(
        edition.catalogues[0],
        er.load_interview(EXAMPLES / "awarded.json").cluster,
        er.load_interview(EXAMPLES / "awarded.json").conducted,
        {"cranes": 3},
    )
    assessment = er.assess(interview, rules)
    assert er.read_assessment(er.write_assessment(assessment)) == assessment
