"""docs/report.md: the content and the pictures of an individual report."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markup import Element, tree
from paths import EXAMPLES
from tiny_rulesets import at_least, catalogue, grades, indicator, interview, ruleset

import ecei_rules as er
from ecei_rules.benchmark.estimates import percents
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.interviews.catalogue import Count
from ecei_rules.interviews.provenance import Basis
from ecei_rules.report.pages.individual import report_html, report_markdown
from ecei_rules.report.pages.individual_content import individual_report, strengths
from ecei_rules.report.pages.next_label import NextLabel, find_next_label
from ecei_rules.report.pages.peer_charts import at
from ecei_rules.report.text.wording import basis_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

SHIPPED = er.shipped()
#: A page takes long to make.
FEW = settings(max_examples=settings().max_examples // 4)
ON = date(2024, 6, 30)
#: Names that would break a page that took them for markup.
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
    """Return made-up interviews."""
    return tuple(er.example_corpus(150))


@cache
def benchmark() -> er.Benchmark:
    """Return a benchmark of them."""
    return er.build_benchmark(corpus(), rules("bronze"), on=ON)


def rules(label: er.Label) -> er.Ruleset:
    """Return the ruleset of a label in force."""
    return SHIPPED.ruleset(label, on=ON)


def example(name: str) -> er.Interview:
    """Read one of the examples."""
    return er.load_interview(EXAMPLES / f"{name}.json")


def page(
    interview: er.Interview, label: er.Label = "bronze", *, language: str = "en", **more: Any
) -> Element:
    """Return the report on an interview as a tree."""
    content = individual_report(interview, rules(label), **more)
    return tree(report_html(content, language=language))


@cache
def tags_of_a_plain_page() -> list[str]:
    """Return the tags of the report on an organisation with the shortest of names."""
    interview = example("awarded")
    cluster = evolve(interview.cluster, name="a", comparative_portfolio="a")
    return [each.tag for each in page(evolve(interview, cluster=cluster)).everything()]


def texts(element: Element) -> str:
    """Return the text of an element, with single spaces."""
    return " ".join(element.text.split())


def of_class(element: Element, name: str) -> Iterator[Element]:
    """Return the elements of a class in an element."""
    return (
        each
        for each in element.everything()
        if name in (each.attributes.get("class") or "").split()
    )


some = st.integers(0, 149).map(lambda number: corpus()[number])


class TestContent:
    """The content, before it is laid out."""

    @given(some)
    def test_strengths_are_the_best_grades(self, interview: er.Interview) -> None:
        """
        At most three, none of the lowest grade, and no better grade left out.
        """
        ruleset = rules("bronze")
        assessment = er.assess(interview, ruleset)
        chosen = strengths(assessment, ruleset, {})

        graded = [g for d in assessment.dimensions for g in d.indicators if g.grade]
        ranks = sorted((ruleset.rank(g.grade or "") for g in graded), reverse=True)
        assert [ruleset.rank(g.grade or "") for g in chosen] == [r for r in ranks if r][:3]

    def test_rarer_grade_is_the_greater_strength(self) -> None:
        """
        Of equal grades the rarer comes first, then the one that earns more points.
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
    """The way to the next label."""

    def road(self, name: str, label: er.Label, edition: er.Edition = SHIPPED) -> NextLabel:
        """Return the way for an example."""
        interview = example(name)
        ruleset = SHIPPED.ruleset(label, on=interview.conducted.on)
        return find_next_label(er.assess(interview, ruleset), interview, ruleset, edition)

    def test_bronze_leads_to_an_own_audit(self) -> None:
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
        Both judge the same catalogue, so the plan shows the way.
        """
        road = self.road("awarded-silver", "silver")

        assert (road.ruleset.label, road.keeps, road.milestones) == ("gold", False, ())

    def test_gold_is_kept(self) -> None:
        """
        No label is above it.
        """
        road = self.road("awarded-gold", "gold")

        assert (road.ruleset.label, road.keeps) == ("gold", True)

    def test_missed_label_comes_before_the_next(self) -> None:
        """
        The report does not look beyond it.
        """
        road = self.road("not-awarded-gold-floor-missed", "gold")

        assert (road.ruleset.label, road.keeps) == ("gold", False)

    def test_without_rules_of_the_next_label_this_one_is_to_be_kept(self) -> None:
        """
        An edition may hold one label alone.
        """
        bronze = [each for each in SHIPPED.rulesets if each.label == "bronze"]
        only = er.Edition(SHIPPED.catalogues, rulesets=bronze)
        road = self.road("awarded", "bronze", only)

        assert (road.ruleset.label, road.keeps) == ("bronze", True)


class TestPage:
    """The page shows the whole assessment with its evidence."""

    @FEW
    @given(some)
    def test_page_has_every_indicator_and_recommendation(self, interview: er.Interview) -> None:
        """
        Indicators as in the catalogue, recommendations as in the assessment.
        """
        assessment = er.assess(interview, rules("bronze"))
        shown = page(interview, benchmark=benchmark())

        ids = [each.attributes["id"] for each in of_class(shown, "indicator")]
        assert ids == [g.indicator for d in assessment.dimensions for g in d.indicators]
        advice = next(of_class(shown, "advice"), None)
        titles = [texts(each) for each in advice.all("h3")] if advice else []
        assert titles == [str(each.title) for each in assessment.recommendations]

    @FEW
    @given(some)
    def test_every_rule_is_marked_with_its_evidence(self, interview: er.Interview) -> None:
        """
        Each grading, each recommendation and each requirement.
        """
        ruleset = rules("bronze")
        assessment = er.assess(interview, ruleset)
        shown = page(interview)

        for each in of_class(shown, "indicator"):
            status = ruleset.grading[each.attributes["id"] or ""].provenance.status
            (rule,) = of_class(each, "rules")
            assert [texts(mark) for mark in of_class(rule, "basis")] == [status.value]
        marks = [texts(next(of_class(each, "basis"))) for each in of_class(shown, "gain")]
        assert marks == [
            basis_text(each.basis, one_page=each.one_page) for each in assessment.recommendations
        ]
        required = [f for f in assessment.all_findings if f.severity == "required"]
        table = shown.by_id("requirements")
        assert [texts(mark) for mark in of_class(table, "basis")] == [
            basis_text(f.basis, one_page=f.one_page) for f in required
        ]

    def test_cover_marks_illustrative_award_as_not_official(self) -> None:
        """
        Before anything else is read.
        """
        interview = example("awarded-gold")
        shown = page(interview, "gold")
        (cover,) = of_class(shown, "cover")

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
                "{count} of Bronze {are} not met, so the label is not awarded.",
            ),
            (
                "undetermined-incomplete",
                "bronze",
                "Not decided yet: {count} of Bronze still {lack} an answer.",
            ),
        ],
    )
    def test_summary_gives_the_outcome(self, name: str, label: er.Label, sentence: str) -> None:
        """
        With the number of requirements that are not met, or still open.
        """
        interview = example(name)
        ruleset = SHIPPED.ruleset(label, on=interview.conducted.on)
        count = len(er.assess(interview, ruleset).decisive)
        several = count > 1
        expected = sentence.format(
            count=f"{count} requirement{'s' if several else ''}",
            are="are" if several else "is",
            lack="lack" if several else "lacks",
        )

        assert expected in texts(
            tree(report_html(individual_report(interview, ruleset))).by_id("summary")
        )

    @FEW
    @given(st.sampled_from(HOSTILE) | st.text(min_size=1))
    def test_names_are_shown_as_text(self, name: str) -> None:
        """
        The page has the same elements whatever the name.
        """
        interview = example("awarded")
        cluster = evolve(interview.cluster, name=name, comparative_portfolio=name)
        shown = page(evolve(interview, cluster=cluster))

        assert [e.tag for e in shown.everything()] == tags_of_a_plain_page()
        assert next(shown.all("h1")).text == visible(name)

    def test_same_inputs_give_same_bytes(self, tmp_path: Path) -> None:
        """
        In another process, folder and time zone, with another hash seed.
        """
        code = (
            "import sys, ecei_rules as er\n"
            "i = er.load_interview(sys.argv[1])\n"
            "b = er.load_benchmark(sys.argv[2])\n"
            "r = er.shipped().ruleset('bronze', version='2019-11')\n"
            "content = er.individual_report(i, r, benchmark=b)\n"
            "sys.stdout.buffer.write(er.report_html(content, language='fr').encode())\n"
        )
        saved = tmp_path / "benchmark.json"
        saved.write_text(er.write_benchmark(benchmark()), encoding="utf-8")
        outputs = {
            subprocess.run(
                [sys.executable, "-c", code, EXAMPLES / "awarded.json", saved],
                env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
                cwd=tmp_path,
                capture_output=True,
                check=True,
            ).stdout
            for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
        }

        assert len(outputs) == 1
        assert len(outputs.pop()) > 50_000

    def test_page_gives_the_digests_of_its_sources(self) -> None:
        """
        Those of the assessment and of the benchmark.
        """
        interview = example("awarded")
        assessment = er.assess(interview, rules("bronze"))
        shown = texts(page(interview, benchmark=benchmark()).by_id("method"))

        for value in (
            assessment.interview.digest,
            assessment.catalogue.digest,
            assessment.ruleset.digest,
            er.digest(benchmark()),
            f"ecei-rules {er.VERSION}",
        ):
            assert value in shown

    def test_invented_organisations_are_marked(self) -> None:
        """
        The own organisation, and those of the benchmark.
        """
        shown = page(corpus()[0], benchmark=benchmark())
        real = page(example("awarded"))

        assert "This organisation and its answers are invented" in shown.text
        assert "150 interviews of the comparison are made up." in shown.text
        assert "invented" not in real.text
        assert "No comparison with other clusters was requested." in real.text

    @pytest.mark.parametrize("language", ["de", "fr", "it", "es"])
    def test_translated_page_has_no_english(self, language: str) -> None:
        """
        Only texts that are spelt alike are the same.
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

    def test_ungraded_indicator_has_no_bar(self) -> None:
        """
        A ruleset may grade only some indicators.
        """
        asked = catalogue(
            indicator("cranes", Count()), indicator("divers", Count(), dimension="services")
        )
        tiny = ruleset(asked, grading={"cranes": grades(at_least(4))})
        peers = [
            evolve(each, cluster=evolve(each.cluster, name=str(number)))
            for number in range(6)
            for each in [interview(asked, ON, cranes=number % 3, divers=number)]
        ]
        edition = er.Edition([asked], rulesets=[tiny])
        beside = er.build_benchmark(peers, tiny, on=ON, edition=edition)
        content = individual_report(peers[0], tiny, benchmark=beside, edition=edition)
        shown = tree(report_html(content))

        assert [each.attributes["id"] for each in of_class(shown, "row")] == ["profile-structure"]
        assert [each.attributes["id"] for each in of_class(shown, "indicator")] == ["cranes"]


class TestPictures:
    """The places of the marks in the pictures."""

    def test_length_of_a_bar_is_the_points(self) -> None:
        """
        On a scale of 640 units, with the range of the mean points of the groups below.
        """
        interview = corpus()[7]
        shown = page(interview, benchmark=benchmark())
        placings = er.place(benchmark(), interview)
        means = {
            each.id: each.position.share
            for each in placings
            if each.family == "everybody" and isinstance(each.position, er.Attainment)
        }

        for each in er.assess(interview, rules("bronze")).dimensions:
            row = shown.by_id(f"profile-{each.id}")
            (own,) = of_class(row, "own")
            exact = Fraction(640 * each.score.low, each.score.maximum)
            assert abs(Fraction(own.attributes["width"]) - exact) <= Fraction(1, 200)
            # the mark of everybody is dotted
            (dotted,) = (
                lane
                for lane in row.all("g")
                for mark in of_class(lane, "mark")
                if mark.attributes.get("stroke-dasharray") == "2 2"
            )
            (drawn,), (mark,) = of_class(dotted, "range"), of_class(dotted, "mark")
            ends = [Fraction(drawn.attributes[name] or "") for name in ("x1", "x2")]
            share = means[each.id]
            for end, exact in zip(ends, (share.low, share.high), strict=True):
                assert abs(end - 640 * exact) <= Fraction(1, 200)
            assert Fraction(mark.attributes["x1"] or "") == sum(ends) / 2

    def test_mean_points_say_by_how_many_indicators(self) -> None:
        """
        In the text alternative, with the dimension and in Markdown: a range, and whose it is.
        """
        interview = corpus()[7]
        content = individual_report(interview, rules("bronze"), benchmark=benchmark())
        shown, markdown = page(interview, benchmark=benchmark()), report_markdown(content)

        for placing in content.placings:
            if placing.level == "dimension" and isinstance(placing.position, er.Attainment):
                low, high = percents(placing.position.share)
                known, graded = placing.position.indicators, placing.position.graded
                told = f"{low}% to {high}%, by {known} of {graded} indicators"
                row = shown.by_id(f"profile-{placing.id}")
                (bar,) = of_class(row, "bar")
                assert told in (bar.attributes["aria-label"] or "")
                assert told in texts(shown.by_id(f"dimension-{placing.id}"))
                assert told in markdown

    def test_pieces_of_a_stacked_bar_fill_it(self) -> None:
        """
        The classes of numbers follow each other, as wide as their counts; the own class,
        and no other, is marked.
        """
        interview = corpus()[7]
        shown = page(interview, benchmark=benchmark())
        tried = 0
        for placing in er.place(benchmark(), interview):
            if placing.family != "everybody" or not isinstance(placing.position, er.Rank):
                continue
            article = shown.by_id(placing.id or "")
            row = next(
                each
                for each in article.all("tr")
                if texts(next(each.all("th"))).startswith("all clusters")
            )
            stack = next(of_class(row, "stack"))
            pieces = [each.attributes for each in of_class(stack, "piece")]
            (counts,) = placing.figures.counts
            exact = [Fraction(320 * count, sum(counts)) for count in counts if count]
            for piece, width in zip(pieces, exact, strict=True):
                assert abs(Fraction(piece["width"]) - width) <= Fraction(1, 100)
            ends = [Fraction(p["x"]) + Fraction(p["width"]) for p in pieces]
            assert [Fraction(p["x"]) for p in pieces] == [0, *ends[:-1]]
            assert ends[-1] == 320
            assert len(list(of_class(stack, "chosen"))) == 1
            tried += 1
        assert tried > 8

    def test_every_picture_has_a_text_alternative(self) -> None:
        """
        Or it is hidden from screen readers.
        """
        shown = page(corpus()[7], benchmark=benchmark())

        for each in shown.all("svg"):
            hidden = each.attributes.get("aria-hidden") == "true"
            assert hidden or each.attributes["role"] == "img"
            assert hidden or len(each.attributes["aria-label"] or "") > 5

    @given(st.fractions(0, 1), st.integers(1, 1000))
    def test_a_place_is_exact_to_a_hundredth(self, part: Fraction, width: int) -> None:
        """
        Rounded to the nearest.
        """
        assert abs(Fraction(at(part, width)) - part * width) <= Fraction(1, 200)

    def test_small_groups_are_not_drawn(self) -> None:
        """
        A cluster from a country with few others learns that, and nothing of them; nothing
        was withheld there to protect anybody.
        """
        interview = corpus()[7]
        alone = evolve(interview, cluster=evolve(interview.cluster, country="MT"))
        shown = page(alone, benchmark=benchmark())

        rows = [texts(each) for each in shown.all("tr") if texts(each).startswith("country: Malta")]
        assert len(rows) == len(interview.catalogue.asked)
        assert set(rows) == {
            "country: Malta not listed, it may have fewer than 5 clusters, or none"
        }

    def test_only_requested_labels_are_shown(self) -> None:
        """
        The groups of label holders are those named.
        """
        shown = page(corpus()[7], benchmark=benchmark(), against=["gold"])

        assert "holders of Gold" in shown.text
        assert "holders of Bronze" not in shown.text


class TestMarkdown:
    """The same in Markdown."""

    @FEW
    @given(st.sampled_from(HOSTILE))
    def test_names_are_no_markup(self, name: str) -> None:
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

    def test_markdown_has_every_recommendation(self) -> None:
        """
        With its title and its text.
        """
        interview = corpus()[7]
        text = report_markdown(individual_report(interview, rules("bronze"), benchmark=benchmark()))
        plain = re.sub(r"\\(.)", r"\1", text)

        for each in er.assess(interview, rules("bronze")).recommendations:
            assert str(each.title) in plain
            assert str(each.text) in plain
