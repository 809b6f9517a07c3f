"""docs/report.md and docs/formats.md: notes on the questions, and on points of a Bronze."""

from __future__ import annotations

import json
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from paths import EXAMPLES

import ecei_rules as er
from ecei_rules.cli.commands.new import skeleton
from ecei_rules.cli.main import main
from ecei_rules.interviews.provenance import Provenance
from ecei_rules.report.pages.localisation import words_in
from ecei_rules.report.pages.phrases import required_text
from ecei_rules.report.pages.translations import LANGUAGES, translations_into
from ecei_rules.report.text.blocks import escape_markdown
from ecei_rules.report.text.wording import NO_RATING
from ecei_rules.rulesets.conditions import OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    Criterion,
    Earlier,
    Floor,
    Improvements,
    ScoreReaches,
)

if TYPE_CHECKING:
    from ecei_rules.rulesets.criteria import Requirement

AWARDED = er.load_interview(EXAMPLES / "awarded.json")
BRONZE = er.shipped().ruleset("bronze", version="2019-11")
AUDITED = er.load_interview(EXAMPLES / "awarded-gold.json")
GOLD = er.shipped().ruleset("gold", version="2019-11")
BENCHMARKING, QUALITY = AWARDED.catalogue, AUDITED.catalogue
each_language = pytest.mark.parametrize("language", LANGUAGES)


def note_in(language: str, catalogue: er.Catalogue = BENCHMARKING) -> str:
    """Return the note on a catalogue in a language."""
    assert catalogue.note is not None
    return translations_into(language).get(catalogue.note, catalogue.note)


def unwrapped(text: str) -> str:
    """Return a text without its line breaks."""
    return " ".join(text.split())


def noteless(interview: er.Interview, ruleset: er.Ruleset) -> tuple[er.Interview, er.Ruleset]:
    """Return both with the catalogue as somebody publishes it without a note."""
    bare = evolve(interview.catalogue, extensions={})
    return evolve(interview, catalogue=bare), evolve(ruleset, catalogue=bare)


class TestQuestions:
    """docs/indicators.md: everybody who sees the questions is told where they come from."""

    def test_both_editions_of_the_benchmarking_have_the_note(self) -> None:
        """
        Twelve titles are from memory, every wording is ours, and revisions are unknown.
        """
        old = er.shipped().catalogue("benchmarking", "2010-11")

        assert old.note == BENCHMARKING.note is not None
        for stated in ("12 of the 36", "this project's own", "2019 and 2020", "inner dynamics"):
            assert stated in BENCHMARKING.note
        # the thirteenth is a title of ours for a subject that a source names otherwise
        unknown = [e for e in BENCHMARKING.indicators if e.provenance.status == "unattested"]
        assert len(unknown) == 12 + 1
        assert "working-groups" in [each.id for each in unknown]

    @pytest.mark.parametrize("note", [None, "", 5, {"en": "a note"}])
    def test_only_a_text_is_a_note(self, note: object) -> None:
        """
        Other content under the name is kept, and not shown.
        """
        extensions: dict[str, object] = {} if note is None else {"/x-note": note}

        assert evolve(BENCHMARKING, extensions=extensions).note is None

    def test_explanation_ends_with_the_note(self) -> None:
        """
        The assessment carries it with the reference to the catalogue.
        """
        found = er.assess(AWARDED, BRONZE)
        bare = er.assess(*noteless(AWARDED, BRONZE))

        assert found.catalogue.note == BENCHMARKING.note
        assert unwrapped(er.explain(found)).endswith(f"The questions {BENCHMARKING.note}")
        assert "The questions" not in er.explain(bare)
        assert "note" not in json.loads(er.write_assessment(bare))["catalogue"]
        # a note is wording, and no part of a digest
        assert found.catalogue.digest == bare.catalogue.digest

    @each_language
    def test_report_has_the_note_on_its_cover_and_on_its_last_page(self, language: str) -> None:
        """
        In every language, for both catalogues.
        """
        for interview, ruleset in ((AWARDED, BRONZE), (AUDITED, GOLD)):
            content = er.individual_report(interview, ruleset)
            note = note_in(language, interview.catalogue)
            bare = er.individual_report(*noteless(interview, ruleset))

            page = er.report_html(content, language=language)
            assert page.count(escape(note, quote=False).replace("'", "&#39;")) == 2
            assert note.split(":")[0] not in er.report_html(bare, language=language)
            written = er.report_markdown(content, language=language)
            assert written.count(escape_markdown(note)) == 2
            assert note[:40] not in er.report_markdown(bare, language=language)

    @each_language
    def test_catalogue_show_has_the_note(
        self, language: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        On the second line, in the language that was asked for.
        """
        assert main(["catalogue", "show", "benchmarking@2010-11", "--lang", language]) == 0

        assert capfd.readouterr().out.splitlines()[1] == note_in(language)

    def test_skeleton_has_the_note(self) -> None:
        """
        Beside the questions, under a name that readers ignore.
        """
        assert skeleton(BENCHMARKING)["x-note"] == BENCHMARKING.note
        assert "x-note" not in skeleton(evolve(BENCHMARKING, extensions={}))


class TestRating:
    """docs/sources.md: the operator ranks and rates no benchmarking."""

    def test_explanation_says_so_where_it_has_points_of_a_bronze(self) -> None:
        """
        Under the score; an audit is rated by the scheme itself.
        """
        assert NO_RATING in unwrapped(er.explain(er.assess(AWARDED, BRONZE)))
        assert NO_RATING not in unwrapped(er.explain(er.assess(AUDITED, GOLD)))

    def test_points_of_the_owner_are_not_called_ours(self) -> None:
        """
        Gradings that are not illustrative would follow from the scheme.
        """
        inferred = Provenance(er.Basis.INFERRED, sources=["esca-register"])
        grading = {name: evolve(each, provenance=inferred) for name, each in BRONZE.grading.items()}
        owned = er.explain(er.assess(AWARDED, evolve(BRONZE, grading=grading)))

        assert NO_RATING not in unwrapped(owned)

    @each_language
    def test_report_says_so(self, language: str) -> None:
        """
        Beside the points, and again with the method.
        """
        said = translations_into(language).get(NO_RATING, NO_RATING)
        page = er.report_html(er.individual_report(AWARDED, BRONZE), language=language)
        audit = er.report_html(er.individual_report(AUDITED, GOLD), language=language)
        marked = escape(said, quote=False).replace("'", "&#39;")

        assert (page.count(marked), audit.count(marked)) == (2, 0)

    def test_ruleset_show_says_so(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Above the points of each indicator.
        """
        assert main(["ruleset", "show", "bronze@2010-11"]) == 0
        assert f"Points, by grade\n  {NO_RATING}\n" in capfd.readouterr().out
        assert main(["ruleset", "show", "gold@2012-04"]) == 0
        assert NO_RATING not in capfd.readouterr().out

    def test_benchmark_says_so(self) -> None:
        """
        Its groups have points too.
        """
        interviews = list(er.example_corpus(12))
        benchmark = er.build_benchmark(interviews, BRONZE, on=AWARDED.conducted.on)

        assert NO_RATING in unwrapped(er.explain_benchmark(benchmark))


class TestRequirements:
    """docs/report.md, "The way ahead": a requirement without a finding is shown with its bound."""

    @pytest.mark.parametrize(
        ("requirement", "expected"),
        [
            (
                AnswerMeets(
                    "indicator",
                    "composition-of-participants",
                    Threshold("share_of", "more_than", Decimal(50), options=["sme"]),
                ),
                '"Small and medium-sized enterprises" more than 50%',
            ),
            (AnswerMeets("fact", "listed-on-eccp", OneOf([True])), "yes"),
            (ScoreReaches(Decimal(80), "percent"), "at least 80%"),
            (Improvements(3), "at least 3 improvements confirmed"),
            (Earlier("bronze", "benchmarked", repeated=True), "Bronze benchmarked twice"),
            (Complete(), ""),
            (Floor(["web-presence"], "reasonable"), ""),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_bound_is_worded_where_the_title_has_none(
        self, requirement: Requirement, expected: str
    ) -> None:
        """
        Titles have no bounds; those of the last two name all that is required.
        """
        criterion = Criterion("c", "required", requirement)

        assert required_text(criterion, QUALITY, words_in("en")) == expected

    def test_report_shows_the_bounds_of_the_next_label(self) -> None:
        """
        Silver, after a Bronze.
        """
        written = er.report_markdown(er.individual_report(AWARDED, BRONZE))

        assert "- Confirmed improvement areas: at least 3 improvements confirmed" in written
        assert "- Dedicated cluster management: at least 0.5" in written

    def test_report_shows_the_bounds_that_no_improvement_reaches(self) -> None:
        """
        The facts that were the reason of a refusal.
        """
        facts: dict[str, Any] = {**AWARDED.facts, "management-fte": Decimal("0.2")}
        refused = er.individual_report(evolve(AWARDED, facts=facts), BRONZE)

        assert "- Dedicated cluster management: at least 0.5" in er.report_markdown(refused)

    def test_ruleset_show_has_the_bounds(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        After each title, unless that tells all.
        """
        assert main(["ruleset", "show", "bronze@2019-11"]) == 0

        out = capfd.readouterr().out
        assert (
            "  activities-offered: Different activities in the past year"
            ' ("activities-past-year": at least 5) [documented, one page]\n'
        ) in out
        assert (
            "  structure-benchmarked: Structure of the cluster: every indicator answered [" in out
        )

    def test_no_title_has_a_bound(self) -> None:
        """
        The finding has it, and a title stays right when it moves.
        """
        titles = [str(e.title) for r in er.shipped().rulesets for e in r.criteria if e.title]

        assert not [each for each in titles if any(letter.isdigit() for letter in each)]
