"""docs/semantics.md, 2.5 and 4.4: answers that do not add up, and rules of one page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from harbour_json import CATALOGUE, TEXT, threshold
from harbour_json import assessed as in_harbour
from harbour_json import ruleset as harbour
from jsonschema import Draft202012Validator
from paths import EXAMPLES

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.documents.resources import schema
from ecei_rules.interviews.consistency import unequal_parts
from ecei_rules.report.pages.localisation import words_in
from ecei_rules.report.pages.phrases import basis_sentence
from ecei_rules.report.pages.translations import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

AWARDED = er.load_interview(EXAMPLES / "awarded.json")
BRONZE = er.shipped().ruleset("bronze", version="2019-11")
#: Of 63 committed participants 20 are left out.
SHORT = {"sme": 30, "public": 13}


def assessed(counts: dict[str, int], **facts: Any) -> er.Assessment:
    """Assess the example with another composition, and perhaps other facts."""
    answers = {**AWARDED.answers, "composition": counts}
    changed = evolve(AWARDED, answers=answers, facts={**AWARDED.facts, **facts})
    return er.assess(er.read_interview(er.write_interview(changed)), BRONZE)


class TestUnequalParts:
    """docs/semantics.md, 2.5: a warning where the breakdown decided, and no other outcome."""

    def test_those_not_classified_are_counted_in_the_share(self) -> None:
        """
        30 of 63 is 47.6 %, no majority, though 43 alone are classified.
        """
        found = assessed({**SHORT, "not-classified": 20})

        assert found.outcome is er.LabelOutcome.NOT_AWARDED
        assert found.unequal_parts == ()
        assert "30 of 63 organisations (47.6 %)" in er.explain(found)

    def test_the_breakdown_is_named_if_it_decided(self) -> None:
        """
        An award rests on all required criteria, and this one on the composition.
        """
        (unequal,) = assessed(SHORT).unequal_parts

        assert (unequal.subject, unequal.id, unequal.total) == ("indicator", "composition", 43)
        assert (unequal.whole, unequal.expected) == ("committed-participants", 63)

    def test_a_refusal_for_another_reason_has_no_warning(self) -> None:
        """
        The majority is met, and did not decide.
        """
        found = assessed(SHORT, **{"activities-past-year": 4})

        assert found.outcome is er.LabelOutcome.NOT_AWARDED
        assert found.unequal_parts == ()

    def test_a_refusal_for_the_breakdown_has_one(self) -> None:
        """
        Nobody knows whether the rest would be a majority.
        """
        found = assessed({"sme": 10, "public": 13})

        assert [each.id for each in found.unequal_parts] == ["composition"]

    def test_an_open_label_has_no_warning_for_what_is_met(self) -> None:
        """
        Only what keeps it open counts.
        """
        answers = {**AWARDED.answers, "composition": er.FrozenMap(SHORT)}
        del answers["strategy"]
        found = er.assess(evolve(AWARDED, answers=answers), BRONZE)

        assert found.outcome is er.LabelOutcome.UNDETERMINED
        assert found.unequal_parts == ()

    def test_document_has_the_warning(self) -> None:
        """
        It fits the schema, and reads back.
        """
        found = assessed(SHORT)
        document = json.loads(er.write_assessment(found))

        Draft202012Validator(schema("assessment")).validate(document)
        assert er.read_assessment(er.write_assessment(found)) == found
        assert document["unequal_parts"] == [
            {
                "subject": "indicator",
                "id": "composition",
                "title": {"en": "Composition of the participants"},
                "total": 43,
                "whole": "committed-participants",
                "whole_title": {"en": "Committed participants"},
                "expected": 63,
            }
        ]
        assert "unequal_parts" not in json.loads(er.write_assessment(er.assess(AWARDED, BRONZE)))

    def test_explanation_has_the_warning(self) -> None:
        """
        In a section of its own, right after what decided.
        """
        text = er.explain(assessed(SHORT))

        title, line = text.split("\n\n")[3].splitlines()
        assert title == "Check these answers: they decided this, and do not add up"
        assert line == (
            "  - Composition of the participants: the parts add up to 43, but Committed"
            " participants is 63."
        )
        assert "Check these answers" not in er.explain(er.assess(AWARDED, BRONZE))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_report_has_the_warning_in_every_language(self, language: str) -> None:
        """
        Above the table of requirements, in both forms.
        """
        changed = evolve(AWARDED, answers={**AWARDED.answers, "composition": er.FrozenMap(SHORT)})
        report = er.individual_report(changed, BRONZE)
        plain = er.individual_report(AWARDED, BRONZE)
        assert [*unequal_parts(changed)]

        for write in (er.report_html, er.report_markdown):
            page, other = write(report, language=language), write(plain, language=language)
            assert ("43" in page, "43" in other) == (True, False)

    def test_validate_warns_wherever_the_parts_are(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        It needs no ruleset, and says where the rest belongs.
        """
        changed = evolve(AWARDED, answers={**AWARDED.answers, "composition": er.FrozenMap(SHORT)})
        file = tmp_path / "short.json"
        file.write_text(er.write_interview(changed), encoding="utf-8")

        assert main(["validate", str(file)]) == 0
        out, err = capfd.readouterr()
        assert "ECEI379 /answers/composition: warning: the parts add up to 43" in out + err
        assert 'put the other 20 under "not-classified"' in out + err


def two_facts(pages: tuple[bool, bool], **more: Any) -> dict[str, Any]:
    """Return a ruleset of a criterion for each, which one page alone states or not."""
    return harbour(
        *(
            {
                "kind": "answer",
                "indicator": name,
                "when": threshold("value", at_least=2000),
                "provenance": {
                    "status": "documented",
                    "sources": ["book"],
                    **({"one_page": True} if one else {}),
                },
            }
            for name, one in zip(("founded", "cranes"), pages, strict=True)
        ),
        **more,
    )


class TestOnePage:
    """docs/semantics.md, 4.4: a documented rule that one page alone states says so."""

    @pytest.mark.parametrize(
        ("pages", "answers", "expected"),
        [
            ((True, True), {"founded": 2000, "cranes": 2000}, True),
            ((True, False), {"founded": 2000, "cranes": 2000}, True),
            ((False, False), {"founded": 2000, "cranes": 2000}, False),
            ((True, False), {"founded": 1999, "cranes": 2000}, True),
            ((True, False), {"founded": 1999, "cranes": 1999}, False),
            ((True, True), {"founded": 1999, "cranes": 1999}, True),
            ((True, False), {"cranes": 2000}, True),
            ((False, True), {"cranes": 2000}, False),
        ],
    )
    def test_label_says_so(
        self, pages: tuple[bool, bool], answers: dict[str, int], *, expected: bool
    ) -> None:
        """
        One reason is enough for a refusal, so a better documented one is; an award needs
        all of its rules.
        """
        found = in_harbour(two_facts(pages), answers=answers)

        assert found.basis is er.Basis.DOCUMENTED
        assert found.one_page is expected
        assert ("are documented, one page." in er.explain(found)) is expected
        said = basis_sentence(found, words_in("en"))
        assert said.startswith("One page alone" if expected else "Published sources")

    def test_other_bases_do_not(self) -> None:
        """
        An illustrative grading decides with the criterion, so the finding is illustrative.
        """
        floor = {
            "kind": "floor",
            "indicators": ["cranes"],
            "grade": "high",
            "provenance": {"status": "documented", "sources": ["book"], "one_page": True},
        }
        found = in_harbour(harbour(floor), answers={"cranes": 4})

        assert [each.one_page for each in found.findings] == [False]
        assert not found.one_page

    def test_decisive_recommendation_says_so(self) -> None:
        """
        The recommendation rests on the findings it was decisive for.
        """
        advice = {name: {"text": TEXT} for name in ("founded", "cranes")}
        rules = two_facts((True, False), recommendations=advice)
        found = in_harbour(rules, answers={"founded": 1999, "cranes": 3})

        assert {each.id: each.one_page for each in found.recommendations} == {
            "founded": True,
            "cranes": False,
        }
        assert "this is why the label was refused, documented, one page" in er.explain(found)
        assert er.read_assessment(er.write_assessment(found)) == found

    def test_recommendation_with_a_weaker_basis_does_not(self) -> None:
        """
        The same answer failed an inferred criterion too.
        """
        rules = two_facts((True, True), recommendations={"founded": {"text": TEXT}})
        rules["criteria"][1]["indicator"] = "founded"
        rules["criteria"][1]["provenance"] = {"status": "inferred"}
        (recommended,) = in_harbour(rules, answers={"founded": 1999}).recommendations

        assert (recommended.basis, recommended.one_page) == (er.Basis.INFERRED, False)

    def test_evidence_explains_it(self) -> None:
        """
        Only where it is used.
        """
        meaning = "  - one page: one page alone states it, and it is not the operator's\n"

        assert meaning in er.explain(er.assess(AWARDED, BRONZE))
        old = er.load_interview(EXAMPLES / "awarded-in-2014.json")
        assert meaning not in er.explain(
            er.assess(old, er.shipped().ruleset("bronze", version="2010-11"))
        )

    def test_shipped_criteria_of_one_page(self) -> None:
        """
        The eligibility criteria that only one page has, in all three labels.
        """
        for label in ("bronze", "silver", "gold"):
            criteria = er.shipped().ruleset(label, version="2019-11").criteria
            named = [each.id for each in criteria if each.provenance.one_page]
            assert named == [
                "has-cluster-focus",
                "specialised-support",
                "activities-offered",
                "strategic-areas-covered",
            ]

    def test_it_belongs_to_a_documented_rule(self) -> None:
        """
        Elsewhere it is refused, with a hint.
        """
        rules = harbour({"kind": "complete"})
        rules["criteria"][0]["provenance"] = {"status": "inferred", "one_page": True}
        edition = er.Edition([er.read_catalogue(json.dumps(CATALOGUE))])

        with pytest.raises(er.InvalidDocument) as caught:
            er.read_ruleset(json.dumps(rules), edition=edition)

        (problem,) = caught.value.problems
        assert (problem.code, problem.where) == ("ECEI212", "/criteria/0/provenance/one_page")
        assert problem.hint == "it goes with documented"
