"""docs/report.md: what an individual report says and draws."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markup import Element, tree
from paths import EXAMPLES
from tiny_rulesets import at_least, catalogue, grades, indicator, interview, ruleset

import ecei_rules as er
from ecei_rules.benchmark.distribution import Numbers, Parts
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import Count
from ecei_rules.interviews.texts import Basis
from ecei_rules.report.pages.individual import report_html, report_markdown
from ecei_rules.report.pages.individual_content import individual_report, strengths
from ecei_rules.report.pages.next_label import road_from
from ecei_rules.report.pages.peer_charts import at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

SHIPPED = er.shipped()
ON = date(2024, 6, 30)
#: Names that would break a page that took them for anything but text.
HOSTILE = (
    "<script>document.title = 'taken'</script>",
    "{{ 7 * 7 }}{% raw %}",
    "a\u202eb\nc | d",
    "X" * 300,
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "\U0001f680\U0001f9ec Emoji Cluster \U0001f1ea\U0001f1fa",
    '"><svg onload=alert(1)>',
    "*not* [a link](https://example.org) <b>",
)


@cache
def corpus() -> tuple[er.Interview, ...]:
    """Made-up interviews."""
    return tuple(er.example_corpus(150))


@cache
def benchmark() -> er.Benchmark:
    """A benchmark of them."""
    return er.build_benchmark(corpus(), rules("bronze"), on=ON)


def rules(label: er.Label) -> er.Ruleset:
    """The ruleset of a label in force on a day."""
    return SHIPPED.ruleset(label, on=ON)


def example(name: str) -> er.Interview:
    """One of the examples."""
    return er.load_interview(EXAMPLES / f"{name}.json")


def page(
    interview: er.Interview, label: er.Label = "bronze", *, language: str = "en", **more: Any
) -> Element:
    """The report on an interview, as a tree."""
    made = individual_report(interview, rules(label), **more)
    return tree(report_html(made, language=language))


def texts(element: Element) -> str:
    """The text of an element, its spaces made single."""
    return " ".join(element.text.split())


def of_class(element: Element, name: str) -> Iterator[Element]:
    """The elements of a class in it."""
    return (
        each
        for each in element.everything()
        if name in (each.attributes.get("class") or "").split()
    )


some = st.integers(0, 149).map(lambda number: corpus()[number])


class TestContent:
    """What is said, before it is laid out."""

    @given(some)
    def test_strengths_are_the_best_grades(self, interview: er.Interview) -> None:
        """
        At most three, none of the lowest grade, and no better grade was left out.
        """
        ruleset = rules("bronze")
        assessment = er.assess(interview, ruleset)
        chosen = strengths(assessment, ruleset, {})

        graded = [g for d in assessment.dimensions for g in d.indicators if g.grade]
        ranks = sorted((ruleset.rank(g.grade or "") for g in graded), reverse=True)
        assert [ruleset.rank(g.grade or "") for g in chosen] == [r for r in ranks if r][:3]

    def test_what_fewer_attain_is_the_greater_strength(self) -> None:
        """
        Among equal grades; then what earns more points.
        """
        interview, ruleset = example("awarded"), rules("bronze")
        assessment = er.assess(interview, ruleset)

        rare = {"working-groups": Fraction(1, 10), "legal-form": Fraction(1, 2)}
        chosen = [each.indicator for each in strengths(assessment, ruleset, rare)]

        assert chosen[:2] == ["working-groups", "legal-form"]

    def test_the_first_steps_are_the_first_recommendations(self) -> None:
        """
        Three of them, in the order of the assessment.
        """
        interview, ruleset = example("awarded"), rules("bronze")
        content = individual_report(interview, ruleset)

        assert content.steps == er.assess(interview, ruleset).recommendations[:3]
        assert content.points_basis is Basis.ILLUSTRATIVE


class TestRoad:
    """Where the road leads, and what lies on it."""

    def road(self, name: str, label: er.Label, edition: er.Edition = SHIPPED) -> object:
        """The road of an example."""
        interview = example(name)
        ruleset = SHIPPED.ruleset(label, on=interview.conducted.on)
        return road_from(er.assess(interview, ruleset), interview, ruleset, edition)

    def test_bronze_leads_to_an_audit_of_its_own(self) -> None:
        """
        Each floor of Silver is a milestone, with the indicators that serve it.
        """
        road = self.road("awarded", "bronze")

        assert (road.ruleset.label, road.plan) == ("silver", None)
        floors = {
            name
            for criterion in road.ruleset.criteria
            if hasattr(criterion.requirement, "indicators")
            for name in criterion.requirement.indicators
        }
        assert {each.indicator.id for each in road.milestones} == floors
        served = {
            each.indicator.id: [own.indicator for own in each.served_by] for each in road.milestones
        }
        # docs/alignment.md, "The table"
        assert served["number-of-committed-participants"] == ["committed-participants"]
        assert served["clarity-of-roles"] == [
            "legal-form",
            "driving-forces",
            "governance-and-roles",
        ]
        assert served["financial-controlling"] == []
        assert {each.id for each in road.asks}.isdisjoint(
            each.id for each in road.ruleset.criteria if hasattr(each.requirement, "indicators")
        )

    def test_silver_leads_to_gold(self) -> None:
        """
        Both look at the same catalogue, so that the way can be worked out.
        """
        road = self.road("awarded-silver", "silver")

        assert (road.ruleset.label, road.keeps, road.milestones) == ("gold", False, ())

    def test_gold_is_kept(self) -> None:
        """
        There is nothing above it.
        """
        road = self.road("awarded-gold", "gold")

        assert (road.ruleset.label, road.keeps) == ("gold", True)

    def test_what_was_not_awarded_comes_first(self) -> None:
        """
        The next label is no subject before.
        """
        road = self.road("not-awarded-gold-floor-missed", "gold")

        assert (road.ruleset.label, road.keeps) == ("gold", False)

    def test_without_rules_of_the_next_label_this_one_is_kept(self) -> None:
        """
        An edition may hold one label alone.
        """
        bronze = [each for each in SHIPPED.rulesets if each.label == "bronze"]
        only = er.Edition(SHIPPED.catalogues, rulesets=bronze)
        road = self.road("awarded", "bronze", only)

        assert (road.ruleset.label, road.keeps) == ("bronze", True)


class TestPage:
    """The page says all that the assessment says, and how sure it is."""

    @given(some)
    def test_every_indicator_and_recommendation_is_on_it(self, interview: er.Interview) -> None:
        """
        In the order of the catalogue, and in the order of what they gain.
        """
        assessment = er.assess(interview, rules("bronze"))
        found = page(interview, benchmark=benchmark())

        shown = [each.attributes["id"] for each in of_class(found, "indicator")]
        assert shown == [g.indicator for d in assessment.dimensions for g in d.indicators]
        advice = next(of_class(found, "advice"), None)
        titles = [texts(each) for each in advice.all("h3")] if advice else []
        assert titles == [str(each.title) for each in assessment.recommendations]

    @given(some)
    def test_whatever_is_illustrative_is_marked_where_it_is_used(
        self, interview: er.Interview
    ) -> None:
        """
        Each grading, each recommendation and each requirement says how sure it is.
        """
        ruleset = rules("bronze")
        assessment = er.assess(interview, ruleset)
        found = page(interview)

        for each in of_class(found, "indicator"):
            status = ruleset.grading[each.attributes["id"] or ""].provenance.status
            (rule,) = of_class(each, "rules")
            assert [texts(mark) for mark in of_class(rule, "basis")] == [status.value]
        marks = [texts(next(of_class(each, "basis"))) for each in of_class(found, "gain")]
        assert marks == [each.basis.value for each in assessment.recommendations]
        required = [f for f in assessment.all_findings if f.severity == "required"]
        table = found.by_id("requirements")
        assert [texts(mark) for mark in of_class(table, "basis")] == [
            f.basis.value for f in required
        ]

    def test_an_award_on_illustrative_values_is_not_official(self) -> None:
        """
        It stands on the cover, before anything else is read.
        """
        interview = example("awarded-gold")
        found = page(interview, "gold")
        (cover,) = of_class(found, "cover")

        assert "Not official. Illustrative values of this project decided this" in texts(cover)
        assert "Gold awarded" in texts(next(of_class(cover, "outcome")))
        assert "from 9 October 2024 to 31 October 2026" in texts(cover)

    @pytest.mark.parametrize(
        ("name", "label", "sentence"),
        [
            ("awarded", "bronze", "Every requirement of Bronze is met: the label is awarded."),
            (
                "not-awarded-not-eligible",
                "bronze",
                "{count} of Bronze {are} not met, so that the label is not awarded.",
            ),
            (
                "undetermined-incomplete",
                "bronze",
                "Whether the label Bronze is awarded is open: {count} {wait} for answers.",
            ),
        ],
    )
    def test_the_summary_says_what_came_out(
        self, name: str, label: er.Label, sentence: str
    ) -> None:
        """
        With the number of the requirements that it was refused on, or that are open.
        """
        interview = example(name)
        ruleset = SHIPPED.ruleset(label, on=interview.conducted.on)
        count = len(er.assess(interview, ruleset).decisive)
        several = count > 1
        said = sentence.format(
            count=f"{count} requirement{'s' if several else ''}",
            are="are" if several else "is",
            wait="wait" if several else "waits",
        )

        assert said in texts(
            tree(report_html(individual_report(interview, ruleset))).by_id("summary")
        )

    @given(st.sampled_from(HOSTILE) | st.text(min_size=1))
    def test_names_are_text_whatever_they_are(self, name: str) -> None:
        """
        The same elements, and the name where it belongs.
        """
        interview = example("awarded")
        cluster = evolve(interview.cluster, name=name, comparative_portfolio=name)
        found = page(evolve(interview, cluster=cluster))

        plain = page(
            evolve(interview, cluster=evolve(cluster, name="a", comparative_portfolio="a"))
        )
        assert [e.tag for e in found.everything()] == [e.tag for e in plain.everything()]
        assert next(found.all("h1")).text == visible(name)

    def test_the_same_inputs_give_the_same_bytes(self, tmp_path: Path) -> None:
        """
        In another process, with another seed of hashes, in another place and time zone.
        """
        code = (
            "import sys, ecei_rules as er\n"
            "i = er.load_interview(sys.argv[1])\n"
            "b = er.load_benchmark(sys.argv[2])\n"
            "r = er.shipped().ruleset('bronze', version='2019-11')\n"
            "made = er.individual_report(i, r, benchmark=b)\n"
            "sys.stdout.buffer.write(er.report_html(made, language='fr').encode())\n"
        )
        saved = tmp_path / "benchmark.json"
        saved.write_text(er.write_benchmark(benchmark()), encoding="utf-8")
        made = {
            subprocess.run(
                [sys.executable, "-c", code, EXAMPLES / "awarded.json", saved],
                env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
                cwd=tmp_path,
                capture_output=True,
                check=True,
            ).stdout
            for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
        }

        assert len(made) == 1
        assert len(made.pop()) > 50_000

    def test_what_it_was_made_from_can_be_checked(self) -> None:
        """
        The digests are those of the assessment and of the benchmark.
        """
        interview = example("awarded")
        assessment = er.assess(interview, rules("bronze"))
        found = texts(page(interview, benchmark=benchmark()).by_id("method"))

        for value in (
            assessment.interview.digest,
            assessment.catalogue.digest,
            assessment.ruleset.digest,
            er.digest(benchmark()),
            f"ecei-rules {er.VERSION}",
        ):
            assert value in found

    def test_invented_organisations_are_said_to_be(self) -> None:
        """
        Of the report's own, and of those that it is compared with.
        """
        found = page(corpus()[0], benchmark=benchmark())
        real = page(example("awarded"))

        assert "This organisation and its answers are invented" in found.text
        assert "150 interviews of the comparison are made up." in found.text
        assert "invented" not in real.text
        assert "No comparison with other clusters was requested." in real.text

    @pytest.mark.parametrize("language", ["de", "fr", "it", "es"])
    def test_another_language_leaves_no_english(self, language: str) -> None:
        """
        Of all texts of the page those alone are the same that are spelt alike.
        """
        english = page(corpus()[7], benchmark=benchmark())
        other = page(corpus()[7], benchmark=benchmark(), language=language)

        kept = {texts(e) for e in english.everything() if e.tag in {"h2", "h3", "th", "li", "p"}}
        same = {
            texts(e)
            for e in other.everything()
            if e.tag in {"h2", "h3", "th", "li", "p"} and texts(e) in kept and len(texts(e)) > 25
        }
        assert same <= {"Example Mobility Cluster 0008"}
        assert next(other.all("html")).attributes["lang"] == language

    def test_what_is_not_graded_has_no_grades_and_no_bar(self) -> None:
        """
        A ruleset may grade some indicators only.
        """
        asked = catalogue(
            indicator("cranes", Count()), indicator("divers", Count(), dimension="services")
        )
        tiny = ruleset(asked, grading={"cranes": grades(at_least(4))})
        held = [
            evolve(each, cluster=evolve(each.cluster, name=str(number)))
            for number in range(6)
            for each in [interview(asked, ON, cranes=number % 3, divers=number)]
        ]
        edition = er.Edition([asked], rulesets=[tiny])
        beside = er.build_benchmark(held, tiny, on=ON, edition=edition)
        made = individual_report(held[0], tiny, benchmark=beside, edition=edition)
        found = tree(report_html(made))

        assert [each.attributes["id"] for each in of_class(found, "row")] == ["profile-structure"]
        assert [each.attributes["id"] for each in of_class(found, "indicator")] == ["cranes"]


class TestPictures:
    """The marks of the pictures stand where the data say."""

    def test_bars_of_points_end_where_the_points_do(self) -> None:
        """
        Of 640 units, and the medians of the groups on them.
        """
        interview = corpus()[7]
        found = page(interview, benchmark=benchmark())
        everybody = benchmark().group("everybody")
        medians = {
            each.id: each.distribution.quartiles.median
            for each in everybody.figures
            if each.level == "dimension"
        }

        for each in er.assess(interview, rules("bronze")).dimensions:
            row = found.by_id(f"profile-{each.id}")
            (own,) = of_class(row, "own")
            exact = Fraction(640 * each.score.low, each.score.maximum)
            assert abs(Fraction(own.attributes["width"]) - exact) <= Fraction(1, 200)
            dotted = [
                Fraction(mark.attributes["x1"])
                for mark in of_class(row, "mark")
                if mark.attributes.get("stroke-dasharray") == "2 2"
            ]
            exact = Fraction(640) * Fraction(medians[each.id]) / each.score.maximum
            assert abs(dotted[0] - exact) <= Fraction(1, 200)

    def test_bands_show_quartiles_and_the_own_value_on_one_scale(self) -> None:
        """
        The places follow from the values by one straight line, the same in all rows.
        """
        interview = corpus()[7]
        found = page(interview, benchmark=benchmark())
        tried = 0
        for placing in er.place(benchmark(), interview):
            if placing.level != "indicator" or placing.family != "everybody":
                continue
            if not isinstance(placing.figures and placing.figures.distribution, Numbers):
                continue
            if placing.answer is None or isinstance(placing.answer, NotApplicable):
                continue
            article = found.by_id(placing.id or "")
            row = next(
                each
                for each in article.all("tr")
                if texts(next(each.all("th"))).startswith("all clusters")
            )
            (middle,) = of_class(row, "middle")
            (median,) = of_class(row, "median")
            (self_,) = of_class(row, "self")
            x = float(middle.attributes["x"])
            places = [
                x,
                float(median.attributes["x1"]),
                x + float(middle.attributes["width"]),
                float(self_.attributes["cx"]),
            ]
            quartiles = placing.figures.distribution.quartiles
            values = [quartiles.lower, quartiles.median, quartiles.upper, placing.answer]
            slope, start = np.polyfit([float(v) for v in values], places, 1)
            fitted = [slope * float(v) + start for v in values]
            assert np.allclose(places, fitted, atol=0.02)
            assert slope > 0
            tried += 1
        assert tried > 8

    def test_stacked_bars_are_a_whole(self) -> None:
        """
        The pieces of a breakdown stand one after the other, as wide as their means.
        """
        interview = corpus()[7]
        found = page(interview, benchmark=benchmark())
        tried = 0
        for placing in er.place(benchmark(), interview):
            if placing.family != "everybody" or placing.figures is None:
                continue
            if not isinstance(placing.figures.distribution, Parts):
                continue
            article = found.by_id(placing.id or "")
            row = next(
                each
                for each in article.all("tr")
                if texts(next(each.all("th"))).startswith("all clusters")
            )
            stack = next(of_class(row, "stack"))
            pieces = [each.attributes for each in of_class(stack, "piece")]
            exact = [320 * p.exact_mean / 1000 for p in placing.figures.distribution.parts]
            for piece, width in zip(pieces, [e for e in exact if e], strict=True):
                assert abs(Fraction(piece["width"]) - width) <= Fraction(1, 100)
            ends = [Fraction(p["x"]) + Fraction(p["width"]) for p in pieces]
            assert [Fraction(p["x"]) for p in pieces] == [0, *ends[:-1]]
            assert ends[-1] == 320
            tried += 1
        assert tried > 1

    def test_every_picture_can_be_heard(self) -> None:
        """
        Each has a text alternative, or is hidden from those who listen.
        """
        found = page(corpus()[7], benchmark=benchmark())

        for each in found.all("svg"):
            hidden = each.attributes.get("aria-hidden") == "true"
            assert hidden or each.attributes["role"] == "img"
            assert hidden or len(each.attributes["aria-label"] or "") > 5

    @given(st.fractions(0, 1), st.integers(1, 1000))
    def test_a_place_is_exact_to_a_hundredth(self, part: Fraction, width: int) -> None:
        """
        Rounded to the nearest.
        """
        assert abs(Fraction(at(part, width)) - part * width) <= Fraction(1, 200)

    def test_groups_that_are_too_small_are_not_drawn(self) -> None:
        """
        A cluster whose country has few others learns that it has, and nothing of them.
        """
        interview = corpus()[7]
        alone = evolve(interview, cluster=evolve(interview.cluster, country="MT"))
        found = page(alone, benchmark=benchmark())

        rows = [texts(each) for each in found.all("tr") if texts(each).startswith("country: Malta")]
        assert len(rows) == len(interview.catalogue.asked)
        assert set(rows) == {"country: Malta not shown, to keep anybody from being singled out"}

    def test_only_the_labels_that_are_asked_for_are_shown(self) -> None:
        """
        The excellence groups are those named.
        """
        found = page(corpus()[7], benchmark=benchmark(), against=["gold"])

        assert "holders of Gold" in found.text
        assert "holders of Bronze" not in found.text


class TestMarkdown:
    """The same in Markdown, for those who put it elsewhere."""

    @given(st.sampled_from(HOSTILE))
    def test_it_holds_no_markup_of_others(self, name: str) -> None:
        """
        Tables have as many cells in each row, and names are text.
        """
        interview = example("awarded")
        named = evolve(interview, cluster=evolve(interview.cluster, name=name))
        text = report_markdown(individual_report(named, rules("bronze"), benchmark=benchmark()))
        reader = MarkdownIt("commonmark", {"html": True}).enable("table")
        tokens = reader.parse(text)

        inline = [child for token in tokens for child in token.children or ()]
        assert not [
            t for t in [*tokens, *inline] if t.type in ("html_block", "html_inline", "link_open")
        ]
        heading = next(token for token in tokens if token.type == "inline")
        assert "".join(c.content for c in heading.children or ()).replace("\n", " ").split() == (
            visible(name).split()
        )
        assert sum(token.type == "table_open" for token in tokens) > 30

    def test_it_says_what_the_page_says(self) -> None:
        """
        Every title and every recommendation.
        """
        interview = corpus()[7]
        text = report_markdown(individual_report(interview, rules("bronze"), benchmark=benchmark()))
        plain = re.sub(r"\\(.)", r"\1", text)

        for each in er.assess(interview, rules("bronze")).recommendations:
            assert str(each.title) in plain
            assert str(each.text) in plain
