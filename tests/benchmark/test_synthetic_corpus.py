"""docs/command-line.md, "example corpus": invented interviews, which say so."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tracemalloc
from collections import Counter
from datetime import date
from functools import cache
from itertools import islice
from statistics import correlation

import pytest
from attrs import evolve
from example_corpora import CATALOGUES, catalogue, corpus, corpus_text
from hypothesis import given
from hypothesis import strategies as st
from paths import CASES, ROOT

import ecei_rules as er
from ecei_rules.benchmark.synthetic.answer_model import RankedOption, populations
from ecei_rules.benchmark.synthetic.history import weekday
from ecei_rules.benchmark.synthetic.register_shares import BY_COUNTRY, BY_PORTFOLIO
from ecei_rules.interviews.portfolios import PORTFOLIOS

MADE_UP = "this organisation and its answers are invented"
#: The first and the last day of interviews with each catalogue.
ASKED = {
    "benchmarking@2010-11": (date(2010, 11, 1), date(2019, 11, 14)),
    "benchmarking@2019-11": (date(2019, 11, 15), date(2025, 12, 31)),
    "quality@2012-04": (date(2012, 4, 1), date(2019, 11, 14)),
    "quality@2019-11": (date(2019, 11, 15), date(2025, 12, 31)),
}


@cache
def assessed(ruleset: er.Ruleset) -> tuple[er.Assessment, ...]:
    """Return the assessments of the first 300 interviews of the ruleset's catalogue."""
    return tuple(er.assess(each, ruleset) for each in corpus(ruleset.catalogue.reference)[:300])


def judging(reference: str) -> list[er.Ruleset]:
    """Return the rulesets of a catalogue."""
    return [each for each in er.shipped().rulesets if each.catalogue.reference == reference]


seeds = st.integers(0, 999_999_999)
references = st.sampled_from(CATALOGUES)


class TestLaws:
    """Laws of every corpus."""

    @given(references, seeds, st.integers(1, 8))
    def test_every_interview_is_valid(self, reference: str, seed: int, count: int) -> None:
        """
        It has no problem and nothing to review, and reads as it was written.
        """
        for each in er.example_corpus(count, seed=seed, catalogue=catalogue(reference)):
            assert er.check_interview(each) == ()
            assert er.review_interview(each) == ()
            assert er.read_interview(er.write_interview(each)) == each

    @given(references, seeds, st.integers(1, 8), st.integers(0, 8))
    def test_smaller_corpus_is_the_beginning_of_a_larger_one(
        self, reference: str, seed: int, count: int, more: int
    ) -> None:
        """
        The same seed gives the same interviews, whatever their number.
        """
        assert corpus_text(reference, count + more, seed).startswith(
            corpus_text(reference, count, seed)
        )

    @given(references, seeds)
    def test_another_seed_gives_other_interviews(self, reference: str, seed: int) -> None:
        """
        Every seed has its own corpus.
        """
        assert corpus_text(reference, 1, seed) != corpus_text(reference, 1, seed + 1)


@pytest.mark.parametrize("reference", CATALOGUES)
class TestEveryCatalogue:
    """A thousand interviews of each shipped catalogue."""

    def test_checks_find_nothing(self, reference: str) -> None:
        """
        A reader would take a problem of the corpus for a mistake of the program under trial.
        """
        problems = [(*er.check_interview(i), *er.review_interview(i)) for i in corpus(reference)]

        assert set(problems) == {()}

    def test_every_document_says_that_it_is_invented(self, reference: str) -> None:
        """
        Each has the mark at its top and names nobody; no such website exists.
        """
        for each in corpus(reference):
            document = json.loads(er.write_interview(each))
            assert document["x-made-up"] == MADE_UP
            assert "Example" in document["cluster"]["name"]
            website = document["cluster"].get("website", "https://.example.org")
            assert website.startswith("https://")
            assert website.endswith(".example.org")

    def test_names_of_clusters_are_unique(self, reference: str) -> None:
        """
        Results can be identified by the name.
        """
        names = {each.cluster.name for each in corpus(reference)}

        assert len(names) == 1000

    def test_days_are_working_days_within_the_use_of_the_catalogue(self, reference: str) -> None:
        """
        Interviews are held from Monday to Friday while the edition is in use.
        """
        days = [each.conducted.on for each in corpus(reference)]

        first, last = ASKED[reference]
        assert first <= min(days)
        assert max(days) <= last
        assert max(each.isoweekday() for each in days) <= 5
        assert {each.year for each in days} == set(range(first.year, last.year + 1))

    def test_answer_model_fits_the_catalogue(self, reference: str) -> None:
        """
        Every question has a model and every model a question, with one weight per option.
        """
        asked = catalogue(reference)
        models = populations()[asked.id].models
        newest = catalogue(f"{asked.id}@2019-11")

        assert set(asked.asked) | set(asked.facts_asked) <= set(models)
        assert set(newest.asked) | set(newest.facts_asked) == set(models)
        for name, indicator in asked.asked.items():
            model = models[name]
            if isinstance(model, RankedOption):
                assert len(model.weights.parts) == len(indicator.answer.options)
                assert sum(model.weights.parts) == 100

    def test_every_grade_is_attained(self, reference: str) -> None:
        """
        Each grade of each indicator is attained by 1 to 85 percent of 300 clusters.
        """
        for ruleset in judging(reference):
            attained = Counter(
                (graded.indicator, graded.grade)
                for assessment in assessed(ruleset)
                for dimension in assessment.dimensions
                for graded in dimension.indicators
            )
            for name, grading in ruleset.grading.items():
                for grade in grading.grades:
                    assert 3 <= attained[name, grade.grade] <= 255, (name, grade.grade)

    def test_outcomes_vary(self, reference: str) -> None:
        """
        Under each ruleset, labels are awarded and some answers are missing; where a ruleset
        requires more than answers, some clusters do not fulfil it.
        """
        for ruleset in judging(reference):
            outcomes = Counter(each.outcome.value for each in assessed(ruleset))
            assert outcomes["awarded"] >= 60
            assert outcomes["undetermined"] >= 1
            assert (outcomes["not_awarded"] >= 24) is (ruleset.reference != "bronze@2010-11")

    def test_documented_outcomes_are_those_of_the_corpus(self, reference: str) -> None:
        """
        The table in docs/command-line.md describes this corpus.
        """
        page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
        for ruleset in judging(reference):
            outcomes = Counter(each.outcome.value for each in assessed(ruleset))
            counts = (outcomes[each] for each in ("awarded", "not_awarded", "undetermined"))
            cells = " | ".join(map(str, counts))
            assert f"| `{ruleset.reference}` | {cells} |" in page

    def test_histories_follow_the_rules(self, reference: str) -> None:
        """
        Events are before the interview and on working days; awards end on the day that the
        rules then in force give; Silver comes after two benchmarkings, and each one after a
        new one.
        """
        for each in corpus(reference):
            history = er.LabelHistory(each.history)
            assert all(event.on < each.conducted.on for event in each.history)
            assert all(event.on.isoweekday() <= 5 for event in each.history)
            assert all(held.as_ruled for held in er.awards_in(history, er.shipped()))
            assert [event.on for event in each.history] == sorted(e.on for e in each.history)
            for silver in history.awards("silver"):
                before = [e for e in each.history if e.event == "benchmarked" and e.on < silver.on]
                assert len(before) >= 2
                since = max(
                    (e.on for e in history.awards("silver") if e.on < silver.on), default=None
                )
                assert since is None or any(e.on > since for e in before)

    def test_every_label_has_holders_on_a_day(self, reference: str) -> None:
        """
        So a benchmark has groups of holders to compare with.
        """
        day = date(2017, 6, 30) if reference.endswith(("2010-11", "2012-04")) else date(2021, 6, 30)

        held = Counter(
            er.standing_on(er.LabelHistory(each.history), day, er.shipped()).held
            for each in corpus(reference)
        )

        assert min(held[each] for each in (None, "bronze", "silver", "gold")) >= 15


class TestTraits:
    """The answers of a cluster depend on the quality of its management and on its size."""

    def test_large_clusters_have_more_working_groups(self) -> None:
        """
        The larger half has more than twice the working groups of the smaller half.
        """
        pairs = sorted(
            (each.answers["committed-participants"], each.answers["working-groups"])
            for each in corpus("benchmarking@2019-11")
            if isinstance(each.answers.get("committed-participants"), int)
            and isinstance(each.answers.get("working-groups"), int)
        )
        half = len(pairs) // 2
        small, large = ([groups for _, groups in part] for part in (pairs[:half], pairs[half:]))

        assert sum(large) > 2 * sum(small)

    def test_good_answers_are_correlated(self) -> None:
        """
        The ranks of two options are, since both depend on the quality of the management.
        """
        asked = catalogue("benchmarking@2019-11").asked
        ranks = []
        for name in ("strategy", "implementation-plan"):
            options = [option.id for option in asked[name].answer.options]
            ranks.append(
                [
                    options.index(each.answers[name])
                    for each in corpus("benchmarking@2019-11")
                    if {"strategy", "implementation-plan"} <= set(each.answers)
                ]
            )

        assert 0.6 < correlation(*ranks) < 0.95

    def test_options_are_as_frequent_as_their_weights(self) -> None:
        """
        These are 5, 14, 26, 28 and 27 percent; four standard deviations of a share of 1,000
        are at most 6.4 percent.
        """
        options = [o.id for o in catalogue("benchmarking@2019-11").asked["strategy"].answer.options]
        counts = Counter(
            each.answers["strategy"]
            for each in corpus("benchmarking@2019-11")
            if "strategy" in each.answers
        )

        for option, weight in zip(options, [5, 14, 26, 28, 27], strict=True):
            assert abs(100 * counts[option] / counts.total() - weight) < 6.4

    def test_some_questions_do_not_apply_to_young_clusters(self) -> None:
        """
        Working groups do not apply to some clusters in their first two years, and to no older ones.
        """
        ages = [
            each.conducted.on.year - each.answers["year-established"]
            for each in corpus("benchmarking@2019-11")
            if isinstance(each.answers.get("working-groups"), er.NotApplicable)
            and "year-established" in each.answers
        ]

        assert set(ages) == {0, 1}

    def test_some_clusters_leave_answers_out(self) -> None:
        """
        About 15 percent leave out one to four; four standard deviations are 4.5 percent.
        """
        left_out = Counter(len(each.unanswered) for each in corpus("benchmarking@2019-11"))

        assert set(left_out) == {0, 1, 2, 3, 4}
        assert 105 <= 1000 - left_out[0] <= 195

    def test_video_came_with_the_rules_of_2019(self) -> None:
        """
        Before that, and for audits, the expert comes.
        """
        modes = {
            reference: {each.conducted.mode for each in corpus(reference)}
            for reference in CATALOGUES
        }

        assert modes.pop("benchmarking@2019-11") == {"on_site", "video"}
        assert set(map(frozenset, modes.values())) == {frozenset({"on_site"})}


class TestRegister:
    """Portfolios and countries are distributed as in the public register, as far as it is known."""

    def test_portfolios_are_counted_on_the_pages(self) -> None:
        """
        Their weights are the numbers of records in tests/cases/register; a portfolio that is
        on no page has the weight 1.
        """
        pages = [er.load_register(path) for path in (CASES / "register").glob("*.txt")]
        counted = Counter(each.comparative_portfolio for page in pages for each in page.records)

        assert counted.total() == 60
        assert tuple(BY_PORTFOLIO) == PORTFOLIOS
        assert dict(BY_PORTFOLIO) == {each: counted[each] or 1 for each in PORTFOLIOS}

    def test_italy_is_counted_on_its_page(self) -> None:
        """
        Its page has 39 organisations; two of them have two records each.
        """
        page = er.load_register(CASES / "register" / "italy.txt")

        assert len({each.line for each in page.problems}) == 2
        assert BY_COUNTRY["IT"] == len(page.records) - 2 == 39
        assert sum(BY_COUNTRY.values()) == 689

    @pytest.mark.parametrize(
        ("shares", "of"), [(BY_PORTFOLIO, "comparative_portfolio"), (BY_COUNTRY, "country")]
    )
    def test_clusters_are_distributed_by_the_weights(self, shares: er.FrozenMap, of: str) -> None:
        """
        Of 4,000 clusters each share is within five standard deviations of its weight.
        """
        counts = Counter(
            getattr(each.cluster, of) for name in CATALOGUES for each in another_thousand(name)
        )

        assert set(counts) <= set(shares)
        for name, weight in shares.items():
            share = weight / sum(shares.values())
            assert abs(counts[name] - 4000 * share) <= 5 * (4000 * share * (1 - share)) ** 0.5


@cache
def another_thousand(reference: str) -> tuple[er.Interview, ...]:
    """Return a thousand interviews with another seed for each catalogue."""
    seed = CATALOGUES.index(reference)
    return tuple(er.example_corpus(1000, seed=seed, catalogue=catalogue(reference)))


class TestNames:
    """Some names are a trial for the pages that show them."""

    def test_forty_clusters_have_every_kind_of_name(self) -> None:
        """
        Accents, characters that HTML escapes, Hebrew, Arabic, an emoji, and a long name.
        """
        names = [each.cluster.name for each in er.example_corpus(40)]

        assert sum("Größe" in each for each in names) == 1
        assert sum("& " in each and "<R&D>" in each for each in names) == 1
        assert sum("\u05d0" <= each[0] <= "\u05ea" for each in names) == 1
        assert sum("\u0621" <= each[0] <= "\u064a" for each in names) == 1
        assert sum("\U0001f331" in each for each in names) == 1
        assert sum(len(each) >= 100 for each in names) == 1
        assert names[0] == "Example Tourism Cluster 0001"

    def test_no_name_is_longer_than_120_characters(self) -> None:
        """
        The longest name has the longest field and a number of nine digits.
        """
        longest = max(
            (each.cluster.name for each in islice(er.example_corpus(2000), 2000)), key=len
        )

        assert "Biotechnology" in longest
        assert len(longest) - len("0033") + len("999999999") <= 120


class TestSameBytes:
    """The same seed and count give the same bytes everywhere."""

    #: Those of 200 interviews with the seed 6; they change only with the answer model.
    DIGESTS: dict[str, str] = json.loads(
        (CASES / "example_corpora.json").read_text(encoding="utf-8")
    )

    @pytest.mark.parametrize("reference", CATALOGUES)
    def test_bytes_are_known(self, reference: str) -> None:
        """
        The digest is the same on every Python and platform.
        """
        text = corpus_text(reference, 200, seed=6)

        assert hashlib.sha256(text.encode()).hexdigest() == self.DIGESTS[reference]

    @pytest.mark.parametrize("hash_seed", ["0", "1", "2"])
    def test_hash_seed_does_not_matter(self, hash_seed: str) -> None:
        """
        Another process prints the same bytes.
        """
        options = ["--count", "20", "--seed", "6", "--catalogue", "quality@2019-11"]
        done = subprocess.run(
            [sys.executable, "-m", "ecei_rules", "example", "corpus", *options],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
        )

        assert done.stdout.decode() == corpus_text("quality@2019-11", 20, seed=6)

    def test_memory_does_not_grow_with_the_number(self) -> None:
        """
        Ten times as many interviews need no more memory.
        """
        peaks = []
        # what is imported and kept with its first use is not counted
        for count in (400, 40, 400):
            tracemalloc.start()
            for each in er.example_corpus(count):
                er.write_interview(each)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

        assert peaks[2] < peaks[1] + 100_000

    def test_interviews_come_one_by_one(self) -> None:
        """
        The first of very many is available at once.
        """
        first = next(er.example_corpus(999_999_999))

        assert first == next(er.example_corpus(1))


class TestWrongCalls:
    """A wrong argument is refused at the call, not with the first interview."""

    @pytest.mark.parametrize(("count", "seed"), [(0, 0), (-1, 0), (1, -1)])
    def test_number_below_the_least_is_refused(self, count: int, seed: int) -> None:
        """
        A seed of -1 would give the corpus of another seed.
        """
        with pytest.raises(ValueError, match="count of at least 1") as caught:
            er.example_corpus(count, seed=seed)

        assert str(caught.value) == (
            f"expected a count of at least 1 and a seed of at least 0, found {count} and {seed}"
        )

    def test_own_catalogue_is_refused(self) -> None:
        """
        Only the shipped catalogues have an answer model.
        """
        own = evolve(catalogue("benchmarking@2019-11"), version="2027-01")

        with pytest.raises(er.UnknownEdition) as caught:
            er.example_corpus(1, catalogue=own)

        assert str(caught.value) == (
            'there is no edition "benchmarking@2027-01" (known: benchmarking@2010-11,'
            " benchmarking@2019-11, quality@2012-04, quality@2019-11)"
        )


@given(st.dates(date(1900, 1, 1), date(2999, 1, 1)))
def test_weekends_move_to_monday(day: date) -> None:
    """
    Other days stay.
    """
    moved = weekday(day)

    assert moved.isoweekday() <= 5
    assert (moved - day).days == {6: 2, 7: 1}.get(day.isoweekday(), 0)
