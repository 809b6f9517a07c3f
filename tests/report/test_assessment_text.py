"""docs/semantics.md, 4: what an explanation says, whole."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from paths import EXAMPLES

import ecei_rules as er
from ecei_rules.cli.main import main

TEXT = {"en": "a text"}
CATALOGUE = {
    "format": "ecei-catalogue/1",
    "id": "harbour",
    "version": "2024-01",
    "title": TEXT,
    "dimensions": [{"id": "quay", "title": {"en": "The quay"}}],
    "indicators": [
        {
            "id": name,
            "dimension": "quay",
            "title": {"en": title},
            "question": TEXT,
            "answer": answer,
            "not_applicable": True,
            "provenance": {"status": "unattested"},
        }
        for name, title, answer in (
            ("cranes", "Cranes", {"kind": "count", "unit": "cranes"}),
            ("founded", "Founded", {"kind": "year"}),
            ("members", "Members", {"kind": "breakdown", "unit": "firms", "options": [
                {"id": "sme", "title": TEXT}, {"id": "large", "title": TEXT}]}),
            ("services", "Services", {"kind": "choices", "options": [
                {"id": "towing", "title": TEXT}, {"id": "piloting", "title": TEXT}]}),
            ("strategy", "Strategy", {"kind": "choice", "options": [
                {"id": "none", "title": TEXT}, {"id": "written", "title": TEXT}]}),
        )
    ],
    "facts": [{"id": "open", "title": {"en": "Open to all"}, "answer": {"kind": "yes_no"}}],
}  # fmt: skip


def threshold(measure: str, **more: Any) -> dict[str, Any]:
    """A simple condition of a ruleset."""
    return {"kind": "threshold", "measure": measure, **more}


def ruleset(*criteria: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A ruleset over the catalogue, with criteria numbered as they stand."""
    grading = {
        "weight": 1,
        "grades": [
            {"grade": "high", "points": 1, "when": threshold("value", at_least=4)},
            {"grade": "low", "points": 0},
        ],
    }
    return {
        "format": "ecei-ruleset/1",
        "label": "bronze",
        "version": "2024-01",
        "title": {"en": "Harbour bronze"},
        "in_force": {"from": "2024-01-01"},
        "catalogue": {"id": "harbour", "version": "2024-01"},
        "scale": ["low", "high"],
        "grading": {"cranes": grading},
        "criteria": [
            {
                "id": f"c{number}",
                "severity": "required",
                "provenance": {"status": "documented", "sources": ["book"]},
                **each,
            }
            for number, each in enumerate(criteria)
        ],
        "validity": {"first": {"years": 2, "from": "interview", "ends": "same_day"}},
        "sources": [{"id": "book", "title": "A book"}],
        **more,
    }


def explained(rules: dict[str, Any], **more: Any) -> str:
    """What is said of an interview of the catalogue under the rules."""
    edition = er.Edition([er.read_catalogue(json.dumps(CATALOGUE))])
    interview = {
        "format": "ecei-interview/1",
        "catalogue": {"id": "harbour", "version": "2024-01"},
        "cluster": {"name": "Example Harbour", "country": "NL"},
        "conducted": {"on": "2024-02-29"},
        "answers": {},
        **more,
    }
    return er.explain(
        er.assess(
            er.read_interview(json.dumps(interview), edition=edition),
            er.read_ruleset(json.dumps(rules), edition=edition),
        )
    )


def reasons(text: str) -> list[str]:
    """The lines below the heading of the second block: what the label was decided on."""
    block = next(each for each in text.split("\n\n") if each.startswith("What"))
    lines = " ".join(block.splitlines()[1:]).replace("    ", "").split("  - ")
    return [line.strip() for line in lines if line.strip()]


def outcome(text: str) -> str:
    """The line that says what the label came to, below that on what is not official."""
    first, second, *_ = text.splitlines()
    return second if first.startswith("NOT OFFICIAL") else first


ANSWERS = {
    "cranes": 3,
    "founded": 2014,
    "members": {"sme": 2, "large": 1},
    "services": ["towing"],
    "strategy": "written",
}


class TestGrounds:
    """Every kind of requirement is said with what was asked for and what was found."""

    @pytest.mark.parametrize(
        ("criterion", "said"),
        [
            (
                {"kind": "answer", "fact": "open", "when": {"kind": "one_of", "values": [True]}},
                "Open to all: no (asked for: yes)",
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "cranes",
                    "when": threshold("value", more_than=3),
                },
                "Cranes: 3 cranes (asked for: more than 3)",
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "members",
                    "when": threshold("share_of", options=["sme"], at_least=66.7),
                },
                "Members: 2 of 3 firms, 66.6 % (asked for: sme at least 66.7 %)",
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "members",
                    "when": threshold("sum_of", options=["sme", "large"], at_most=2),
                },
                "Members: 3 firms (asked for: sme and large at most 2)",
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "members",
                    "when": threshold("types", less_than=2),
                },
                "Members: 2 types (asked for: less than 2 types)",
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "founded",
                    "when": threshold("years_ago", at_least=11),
                },
                "Founded: 10 years ago (asked for: at least 11 years ago)",
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "services",
                    "when": {"kind": "includes", "options": ["towing", "piloting"]},
                },
                "Services: towing (asked for: towing and piloting)",
            ),
            (
                {
                    "kind": "answer",
                    "indicator": "strategy",
                    "when": {"kind": "one_of", "values": ["none"]},
                },
                "Strategy: written (asked for: none)",
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
                "Cranes: 3 cranes (asked for: at least 4)",
            ),
            ({"kind": "floor", "indicators": ["cranes"], "grade": "high"}, "below high: Cranes"),
            ({"kind": "count", "at_least": 1, "grade": "high"}, "below high: Cranes"),
            (
                {"kind": "score", "at_least_percent": 80, "dimension": "quay"},
                "The quay: 0 of 1 (0.0 %) (asked for: at least 80 %)",
            ),
            (
                {"kind": "score", "at_least_points": 1},
                "0 of 1 (0.0 %) (asked for: at least 1 point)",
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
                    "none (asked for: bronze awarded before,"
                    " at least 18 months and at most 24 months ago)"
                ),
            ),
            (
                {"kind": "history", "label": "gold", "event": "awarded"},
                "none (asked for: gold awarded before)",
            ),
            (
                {"kind": "improvements", "at_least": 3},
                "1 improvement confirmed (asked for: 3)",
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
                "Both: 1 improvement confirmed (asked for: 2)",
            ),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_a_refusal_says_what_was_found_and_what_was_asked_for(
        self, criterion: dict[str, Any], said: str
    ) -> None:
        """
        The reader is told the answer, the bound, the criterion and how sure it is.
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

        assert reasons(text) == [f"{said} [c0, {basis}]"]
        assert outcome(text).startswith(
            "Bronze not awarded: Example Harbour (NL), interview of 2024-02-29"
        )

    @pytest.mark.parametrize(
        ("criterion", "said"),
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
                "Cranes does not apply: not applicable (no water)",
            ),
        ],
    )
    def test_what_does_not_apply_is_said_with_its_reason(
        self, criterion: dict[str, Any], said: str
    ) -> None:
        """
        Clause 3: a criterion that does not apply does not stand in the way, and says so.
        """
        text = explained(ruleset(criterion), answers={"cranes": {"not_applicable": "no water"}})

        assert outcome(text).startswith("Bronze awarded")
        assert reasons(text)[0].startswith(said)

    @pytest.mark.parametrize(
        ("criterion", "said"),
        [
            ({"kind": "floor", "indicators": ["cranes"], "grade": "low"}, "low or better: Cranes"),
            ({"kind": "score", "at_least_points": 1}, "1 of 1 (100.0 %)"),
            ({"kind": "complete", "dimension": "quay"}, "every indicator is answered, 5 "),
            (
                {"kind": "any_of", "parts": [{"kind": "complete"}]},
                "every indicator is answered [",
            ),
            (
                {"kind": "history", "label": "bronze", "event": "benchmarked"},
                "2022-03-02 (asked for: bronze benchmarked before)",
            ),
        ],
    )
    def test_an_award_says_what_it_rests_on(self, criterion: dict[str, Any], said: str) -> None:
        """
        What is met is said as plainly as what is not.
        """
        text = explained(
            ruleset(criterion),
            answers={**ANSWERS, "cranes": 4},
            history=[{"label": "bronze", "event": "benchmarked", "on": "2022-03-02"}],
        )

        assert outcome(text).startswith("Bronze awarded")
        assert reasons(text)[0].startswith(said)

    @pytest.mark.parametrize(
        ("criterion", "said"),
        [
            ({"kind": "floor", "indicators": ["cranes"], "grade": "high"}, "not answered: Cranes"),
            ({"kind": "score", "at_least_points": 1}, "0 to 1 of 1 (0.0 to 100.0 %)"),
            (
                {
                    "kind": "answer",
                    "indicator": "cranes",
                    "when": threshold("value", at_least=4),
                },
                "Cranes: not answered (asked for: at least 4)",
            ),
            (
                {"kind": "complete", "dimension": "quay"},
                "The quay: not answered: Cranes, Founded, Members, Services, Strategy [",
            ),
        ],
    )
    def test_what_is_open_says_what_is_missing(self, criterion: dict[str, Any], said: str) -> None:
        """
        Clause 2: what is missing is neither met nor not met.
        """
        text = explained(ruleset(criterion))

        assert outcome(text).startswith("Bronze undetermined")
        assert reasons(text)[0].startswith(said)


def test_a_whole_explanation() -> None:
    """
    Heading, days and why these, grounds, points, advice, what to do next, how sure.
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
        "  - a first award again, since the label that ended on 2022-01-31 could no longer be\n"
        "    renewed: 2 years from the interview, to the end of the month [illustrative]\n"
        "  - renewable until 2027-02-28, 1 year after its end\n"
        "\n"
        "What it was awarded on\n"
        "  - 1 improvement confirmed (asked for: 1) [c0, documented]\n"
        "\n"
        "Points: 0 of 1 (0.0 %) [illustrative]\n"
        "  - The quay: 0 of 1 (0.0 %)\n"
        "\n"
        "Advised and not reached, which decides nothing\n"
        "  - The quay: 0 of 1 (0.0 %) (asked for: at least 80 %) [c1, illustrative]\n"
        "\n"
        "What to do next, the most valuable first\n"
        "  1. Cranes (low; high earns 1 point more, illustrative): Buy a crane.\n"
        "\n"
        "How sure\n"
        "  - documented: a published source states it\n"
        "  - illustrative: this project's own value, not official\n"
    )


def test_an_outcome_on_illustrative_values_begins_with_saying_so() -> None:
    """
    Nobody takes a threshold of this project for one of the scheme's owner.
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


def test_a_sure_refusal_under_unsure_rules_says_that_others_are_illustrative() -> None:
    """
    Two confirmed improvements refuse Silver for certain; its floors are ours all the same.
    """
    interview = er.load_interview(EXAMPLES / "awarded-silver.json")
    silver = er.shipped().ruleset("silver", on=interview.conducted.on)

    text = er.explain(er.assess(attrs.evolve(interview, improvements=()), silver))

    assert text.splitlines()[2] == (
        "The rules that decided this are documented;"
        " other requirements of the ruleset are illustrative, not official."
    )


def test_without_criteria_that_decide_there_are_no_grounds() -> None:
    """
    Rules that only advise award to everyone, and the explanation gives no reasons.
    """
    rules = ruleset({"kind": "improvements", "at_least": 1, "severity": "advisory"}, grading={})

    text = explained(rules)

    assert text.startswith("Bronze awarded")
    assert "What it was awarded on" not in text
    assert "Points" not in text


@pytest.mark.parametrize("name", ["not-awarded-gold-floor-missed", "undetermined-incomplete"])
def test_without_the_label_it_ends_with_how_to_ask_for_a_plan(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Assessing does not plan; the command that it names does.
    """
    path = EXAMPLES / f"{name}.json"
    interview = er.load_interview(path)
    label = "gold" if "gold" in name else "bronze"
    ruleset = er.shipped().ruleset(label, on=interview.conducted.on)

    text = er.explain(er.assess(interview, ruleset))

    assert text.endswith(
        "\n\nFor the cheapest way to the label\n"
        f"  - on the command line: ecei-rules plan FILE --to {ruleset.reference}\n"
        "  - in Python: ecei_rules.plan(interview, ruleset)\n"
    )
    assert main(["plan", str(path), "--to", ruleset.reference]) == 0
    assert capsys.readouterr().out == er.explain_plan(er.plan(interview, ruleset))


def test_with_the_label_there_is_no_way_to_ask_for() -> None:
    """
    An award ends with how sure the rules are.
    """
    interview = er.load_interview(EXAMPLES / "awarded.json")
    ruleset = er.shipped().ruleset("bronze", version="2019-11")

    text = er.explain(er.assess(interview, ruleset))

    assert "cheapest" not in text
    assert text.endswith("  - illustrative: this project's own value, not official\n")


def test_a_long_list_of_advice_is_cut_to_its_titles() -> None:
    """
    Eight recommendations are spelled out, the rest are named.
    """
    interview = er.load_interview(EXAMPLES / "awarded-in-2014.json")
    ruleset_of_2010 = er.shipped().ruleset("bronze", version="2010-11")

    text = er.explain(er.assess(interview, ruleset_of_2010))

    assert "  8. " in text
    assert "  9. " not in text
    assert "  - after these: " in text
    assert "Success stories" in text


def test_what_documents_hold_cannot_steer_a_terminal() -> None:
    """
    An escape sequence in a name is shown and not obeyed.
    """
    text = explained(
        ruleset({"kind": "improvements", "at_least": 1}),
        cluster={"name": "a\x1b[31m\nBronze awarded", "country": "NL"},
    )

    assert text.startswith("Bronze not awarded: a\\u001b[31m\\u000aBronze awarded (NL)")


def test_rules_as_deep_as_they_may_be_are_assessed_and_written() -> None:
    """
    Ten levels of a requirement over ten of a condition are read, said and read again.
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

    assert reasons(text) == ["Cranes: 3 cranes (asked for: at least 4) [c0, documented]"]
    interview = er.Interview(
        edition.catalogues[0],
        er.load_interview(EXAMPLES / "awarded.json").cluster,
        er.load_interview(EXAMPLES / "awarded.json").conducted,
        {"cranes": 3},
    )
    assessment = er.assess(interview, rules)
    assert er.read_assessment(er.write_assessment(assessment)) == assessment


class TestAdvice:
    """docs/semantics.md, 4.7 to 4.10: what is recommended, and in which order."""

    RULES = ruleset(
        {
            "kind": "answer",
            "indicator": "founded",
            "when": threshold("years_ago", at_least=11),
            "title": {"en": "Age"},
        },
        {"kind": "answer", "fact": "open", "when": {"kind": "one_of", "values": [True]}},
        recommendations={
            "cranes": {"below": "high", "text": {"en": "Buy a crane."}},
            "founded": {"text": {"en": "Wait."}},
            "open": {"text": {"en": "Open up."}, "aligned_with": ["quality:openness"]},
        },
    )

    def recommended(self, rules: dict[str, Any], **more: Any) -> tuple[er.Recommendation, ...]:
        """What is recommended, as values."""
        edition = er.Edition([er.read_catalogue(json.dumps(CATALOGUE))])
        interview = er.read_interview(
            json.dumps(
                {
                    "format": "ecei-interview/1",
                    "catalogue": {"id": "harbour", "version": "2024-01"},
                    "cluster": {"name": "Example Harbour", "country": "NL"},
                    "conducted": {"on": "2024-02-29"},
                    **more,
                }
            ),
            edition=edition,
        )
        ruled = er.read_ruleset(json.dumps(rules), edition=edition)
        return er.assess(interview, ruled).recommendations

    def test_what_the_label_was_refused_on_comes_first(self) -> None:
        """
        An indicator without grades and a fact are advised on when they are decisive.
        """
        found = self.recommended(self.RULES, answers=ANSWERS, facts={"open": False})

        assert [(each.id, each.decisive, each.gain) for each in found] == [
            ("founded", True, 0),
            ("open", True, 0),
            ("cranes", False, 1),
        ]
        assert [each.basis.value for each in found] == [
            "documented",
            "documented",
            "illustrative",
        ]
        assert (found[0].grade, found[0].target) == (None, None)
        assert found[1].aligned_with == ("quality:openness",)
        assert (found[2].grade, found[2].target) == ("low", "high")

    def test_what_is_fine_or_unanswered_is_not_advised_on(self) -> None:
        """
        The best grade, a fact that is as it should be, and a missing answer call for nothing.
        """
        best = {**ANSWERS, "cranes": 4, "founded": 2000}

        assert self.recommended(self.RULES, answers=best, facts={"open": True}) == ()
        assert self.recommended(self.RULES, answers={}) == ()

    def test_a_grade_above_the_one_advised_calls_for_nothing(self) -> None:
        """
        Advice for those below a grade is no advice for those who have it.
        """
        rules = json.loads(json.dumps(self.RULES))
        rules["scale"] = ["lowest", "low", "high"]
        rules["recommendations"]["cranes"]["below"] = "lowest"
        settled = {"founded": 2000, "cranes": 3}

        assert self.recommended(rules, answers=settled, facts={"open": True}) == ()
