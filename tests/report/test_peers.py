"""docs/report.md: what the report on an interview says of its peers."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from markup import tree
from paths import EXAMPLES

import ecei_rules as er
from ecei_rules.benchmark.estimates import share_range
from ecei_rules.report.pages.localisation import Words
from ecei_rules.report.pages.peer_charts import means
from ecei_rules.report.pages.peer_words import share_text

ENGLISH = Words("en")
BENCHMARK = er.load_benchmark(EXAMPLES / "benchmarks" / "made-up.json")
INTERVIEW = er.load_interview(EXAMPLES / "awarded.json")


def test_mean_that_tells_nothing_is_not_drawn() -> None:
    """
    A range from 0 to 100 % has no mark.
    """
    told = next(
        each for each in er.place(BENCHMARK, INTERVIEW) if isinstance(each.position, er.Attainment)
    )
    every = er.ShareRange(Fraction(), Fraction(1))
    untold = evolve(told, position=evolve(told.position, share=every))

    assert [each.title for each in means([untold, told], ENGLISH)] == ["all clusters"]


def test_share_is_one_number_where_both_ends_are_shown_as_it() -> None:
    """
    Otherwise it is a range.
    """
    half, most = Fraction(1, 2), Fraction(3, 4)

    assert share_text(er.ShareRange(half, half), ENGLISH) == "50%"
    assert share_text(er.ShareRange(half, most), ENGLISH) == "50% to 75%"


def test_open_question_shows_what_the_groups_answered() -> None:
    """
    Each answer with its share.
    """
    answers = {n: a for n, a in INTERVIEW.answers.items() if n != "legal-form"}
    ruleset = er.shipped().ruleset("bronze", version="2019-11")
    content = er.individual_report(evolve(INTERVIEW, answers=answers), ruleset, benchmark=BENCHMARK)
    article = tree(er.report_html(content)).by_id("legal-form")
    row = next(
        " ".join(each.text.split())
        for each in article.all("tr")
        if next(each.all("th")).text.strip().startswith("all clusters")
    )
    subject = next(each for each in BENCHMARK.subjects if each.id == "legal-form")
    everybody = next(each for each in BENCHMARK.groups if each.family == "everybody")
    figures = next(each for each in everybody.figures if each.indicator == "legal-form")
    (counts,) = figures.counts

    for number in range(subject.tables[0].size):
        share = share_range(counts, figures.answered, [number])
        assert share_text(share, ENGLISH) in row
