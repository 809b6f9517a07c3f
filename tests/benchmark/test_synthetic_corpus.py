"""docs/command-line.md, "example corpus": interviews that are made up, and say so."""

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
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from paths import CASES, ROOT

import ecei_rules as er
from ecei_rules.benchmark.synthetic.answer_model import RankedOption, populations
from ecei_rules.benchmark.synthetic.history import weekday
from ecei_rules.benchmark.synthetic.random_draws import Quantiles, RandomDraws, Weights
from ecei_rules.benchmark.synthetic.register_shares import BY_COUNTRY, BY_PORTFOLIO
from ecei_rules.cli.main import main
from ecei_rules.cli.output import write_pieces
from ecei_rules.interviews.portfolios import PORTFOLIOS

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUES = [each.reference for each in er.shipped().catalogues]
MADE_UP = "this organisation and its answers are invented"
#: The first and the last day on which interviews of a catalogue are asked.
ASKED = {
    "benchmarking@2010-11": (date(2010, 11, 1), date(2019, 11, 14)),
    "benchmarking@2019-11": (date(2019, 11, 15), date(2025, 12, 31)),
    "quality@2012-04": (date(2012, 4, 1), date(2019, 11, 14)),
    "quality@2019-11": (date(2019, 11, 15), date(2025, 12, 31)),
}


def catalogue(reference: str) -> er.Catalogue:
    """A shipped catalogue."""
    return er.shipped().catalogue(*reference.split("@"))


@cache
def corpus(reference: str) -> tuple[er.Interview, ...]:
    """So many interviews of a catalogue that shares of them can be told."""
    return tuple(er.example_corpus(1000, seed=6, catalogue=catalogue(reference)))


@cache
def assessed(ruleset: er.Ruleset) -> tuple[er.Assessment, ...]:
    """What the first 300 of the ruleset's catalogue come to."""
    return tuple(er.assess(each, ruleset) for each in corpus(ruleset.catalogue.reference)[:300])


def judging(reference: str) -> list[er.Ruleset]:
    """The rulesets of a catalogue."""
    return [each for each in er.shipped().rulesets if each.catalogue.reference == reference]


def text_of(reference: str, count: int, seed: int = 0) -> str:
    """A corpus as it is written."""
    made = er.example_corpus(count, seed=seed, catalogue=catalogue(reference))
    return "".join(f"{er.write_interview(each)}\n" for each in made)


seeds = st.integers(0, 999_999_999)
references = st.sampled_from(CATALOGUES)


class TestLaws:
    """What holds of every corpus."""

    @given(references, seeds, st.integers(1, 8))
    def test_every_interview_is_in_order(self, reference: str, seed: int, count: int) -> None:
        """
        Of no interview is anything wrong or suspicious, and it reads as it was written.
        """
        for each in er.example_corpus(count, seed=seed, catalogue=catalogue(reference)):
            assert er.check_interview(each) == ()
            assert er.review_interview(each) == ()
            assert er.read_interview(er.write_interview(each)) == each

    @given(references, seeds, st.integers(1, 8), st.integers(0, 8))
    def test_a_smaller_corpus_is_the_beginning_of_a_larger(
        self, reference: str, seed: int, count: int, more: int
    ) -> None:
        """
        The same seed gives the same interviews, however many are made.
        """
        assert text_of(reference, count + more, seed).startswith(text_of(reference, count, seed))

    @given(references, seeds)
    def test_another_seed_gives_others(self, reference: str, seed: int) -> None:
        """
        A seed is one's own corpus.
        """
        assert text_of(reference, 1, seed) != text_of(reference, 1, seed + 1)


@pytest.mark.parametrize("reference", CATALOGUES)
class TestEveryCatalogue:
    """A thousand interviews of each catalogue that is shipped."""

    def test_nothing_is_wrong_or_suspicious(self, reference: str) -> None:
        """
        Whatever a check could find would be taken for a mistake of the reader.
        """
        found = [(*er.check_interview(i), *er.review_interview(i)) for i in corpus(reference)]

        assert set(found) == {()}

    def test_every_document_says_that_it_is_made_up(self, reference: str) -> None:
        """
        Each line has the mark at its top, and names nobody: the website is none that is.
        """
        for each in corpus(reference):
            document = json.loads(er.write_interview(each))
            assert document["x-made-up"] == MADE_UP
            assert "Example" in document["cluster"]["name"]
            website = document["cluster"].get("website", "https://.example.org")
            assert website.startswith("https://")
            assert website.endswith(".example.org")

    def test_no_two_clusters_have_a_name_in_common(self, reference: str) -> None:
        """
        Results can be told apart by the name.
        """
        names = {each.cluster.name for each in corpus(reference)}

        assert len(names) == 1000

    def test_days_are_working_days_on_which_the_catalogue_was_asked(self, reference: str) -> None:
        """
        An interview is held from Monday to Friday while its edition is in use.
        """
        days = [each.conducted.on for each in corpus(reference)]

        first, last = ASKED[reference]
        assert first <= min(days)
        assert max(days) <= last
        assert max(each.isoweekday() for each in days) <= 5
        assert {each.year for each in days} == set(range(first.year, last.year + 1))

    def test_the_tables_ask_what_the_catalogue_asks(self, reference: str) -> None:
        """
        No row of the tables is left over, and weights are as many as options.
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

    def test_grades_are_spread(self, reference: str) -> None:
        """
        Of every indicator each grade is attained, by at least one cluster in a hundred and
        at most 85, of 300.
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

    def test_outcomes_are_spread(self, reference: str) -> None:
        """
        Under each ruleset labels are awarded, some answers are missing, and where something
        is required beyond answers somebody lacks it.
        """
        for ruleset in judging(reference):
            outcomes = Counter(each.outcome.value for each in assessed(ruleset))
            assert outcomes["awarded"] >= 90
            assert outcomes["undetermined"] >= 1
            assert (outcomes["not_awarded"] >= 24) is (ruleset.reference != "bronze@2010-11")

    def test_the_page_tells_the_outcomes(self, reference: str) -> None:
        """
        The table of docs/command-line.md is that of this corpus.
        """
        page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
        for ruleset in judging(reference):
            outcomes = Counter(each.outcome.value for each in assessed(ruleset))
            counts = (outcomes[each] for each in ("awarded", "not_awarded", "undetermined"))
            cells = " | ".join(map(str, counts))
            assert f"| `{ruleset.reference}` | {cells} |" in page

    def test_histories_follow_the_rules(self, reference: str) -> None:
        """
        Events are earlier than the interview, on working days; awards end when the rules then
        in force say; Silver comes after two benchmarkings.
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

    def test_on_a_day_some_hold_each_label(self, reference: str) -> None:
        """
        Groups of those who hold a label on a day are there to be compared with.
        """
        day = date(2017, 6, 30) if reference.endswith(("2010-11", "2012-04")) else date(2021, 6, 30)

        held = Counter(
            er.standing_on(er.LabelHistory(each.history), day, er.shipped()).held
            for each in corpus(reference)
        )

        assert min(held[each] for each in (None, "bronze", "silver", "gold")) >= 15


class TestCharacter:
    """Behind the answers of a cluster is how well it is managed, and how large it is."""

    def test_large_clusters_have_more_working_groups(self) -> None:
        """
        The median of the larger half is above that of the smaller half.
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

    def test_who_reviews_the_strategy_watches_the_plan(self) -> None:
        """
        Answers that good management gives go together, as ranks of the options.
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
        5, 14, 26, 28 and 27 of a hundred; four standard deviations of a share of 1,000 are
        at most 6.4 in a hundred.
        """
        options = [o.id for o in catalogue("benchmarking@2019-11").asked["strategy"].answer.options]
        found = Counter(
            each.answers["strategy"]
            for each in corpus("benchmarking@2019-11")
            if "strategy" in each.answers
        )

        for option, weight in zip(options, [5, 14, 26, 28, 27], strict=True):
            assert abs(100 * found[option] / found.total() - weight) < 6.4

    def test_what_is_young_does_not_apply_yet(self) -> None:
        """
        Something does not apply to clusters of the first two years alone, and to some of them.
        """
        ages = [
            each.conducted.on.year - each.answers["year-established"]
            for each in corpus("benchmarking@2019-11")
            if isinstance(each.answers.get("working-groups"), er.NotApplicable)
            and "year-established" in each.answers
        ]

        assert set(ages) == {0, 1}

    def test_some_leave_answers_out(self) -> None:
        """
        About 15 in a hundred leave out one to four; four standard deviations are 4.5.
        """
        left_out = Counter(len(each.unanswered) for each in corpus("benchmarking@2019-11"))

        assert set(left_out) == {0, 1, 2, 3, 4}
        assert 105 <= 1000 - left_out[0] <= 195

    def test_video_came_with_the_rules_of_2019(self) -> None:
        """
        Before, and for audits, the expert comes.
        """
        modes = {
            reference: {each.conducted.mode for each in corpus(reference)}
            for reference in CATALOGUES
        }

        assert modes.pop("benchmarking@2019-11") == {"on_site", "video"}
        assert set(map(frozenset, modes.values())) == {frozenset({"on_site"})}


class TestRegister:
    """Portfolios and countries are those of the public register, as far as it is known."""

    def test_portfolios_are_counted_on_the_pages(self) -> None:
        """
        Their weights are the records on the pages in tests/cases/register; the one that stands on
        no page has 1.
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
    def test_clusters_are_spread_by_the_weights(self, shares: er.FrozenMap, of: str) -> None:
        """
        Of 4,000 clusters each share is within five standard deviations of its weight.
        """
        found = Counter(
            getattr(each.cluster, of) for name in CATALOGUES for each in another_thousand(name)
        )

        assert set(found) <= set(shares)
        for name, weight in shares.items():
            share = weight / sum(shares.values())
            assert abs(found[name] - 4000 * share) <= 5 * (4000 * share * (1 - share)) ** 0.5


@cache
def another_thousand(reference: str) -> tuple[er.Interview, ...]:
    """A thousand interviews with a seed that is the catalogue's own."""
    seed = CATALOGUES.index(reference)
    return tuple(er.example_corpus(1000, seed=seed, catalogue=catalogue(reference)))


class TestNames:
    """Some names try the page that shows them."""

    def test_forty_clusters_have_a_name_of_each_kind(self) -> None:
        """
        Accents, what HTML escapes, letters from right to left, an emoji, a long one.
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
        The longest is that of the longest field, with a number of nine digits.
        """
        longest = max(
            (each.cluster.name for each in islice(er.example_corpus(2000), 2000)), key=len
        )

        assert "Biotechnology" in longest
        assert len(longest) - len("0033") + len("999999999") <= 120


class TestSameBytes:
    """The same seed and count give the same bytes everywhere."""

    #: Of 200 interviews with the seed 6; they change with the tables, and with nothing else.
    DIGESTS: dict[str, str] = json.loads(
        (CASES / "example_corpora.json").read_text(encoding="utf-8")
    )

    @pytest.mark.parametrize("reference", CATALOGUES)
    def test_the_bytes_are_known(self, reference: str) -> None:
        """
        The digest is the same on every Python and platform on which this runs.
        """
        text = text_of(reference, 200, seed=6)

        assert hashlib.sha256(text.encode()).hexdigest() == self.DIGESTS[reference]

    @pytest.mark.parametrize("hash_seed", ["0", "1", "2"])
    def test_the_order_of_sets_makes_no_difference(self, hash_seed: str) -> None:
        """
        What another process prints are the same bytes.
        """
        options = ["--count", "20", "--seed", "6", "--catalogue", "quality@2019-11"]
        done = subprocess.run(
            [sys.executable, "-m", "ecei_rules", "example", "corpus", *options],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
        )

        assert done.stdout.decode() == text_of("quality@2019-11", 20, seed=6)

    def test_memory_does_not_grow_with_the_number(self) -> None:
        """
        Ten times as many take no more memory at once.
        """
        peaks = []
        for count in (20, 40, 400):
            tracemalloc.start()
            for each in er.example_corpus(count):
                er.write_interview(each)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

        assert peaks[2] < peaks[1] + 100_000

    def test_interviews_come_one_by_one(self) -> None:
        """
        The first of very many is there at once.
        """
        first = next(er.example_corpus(999_999_999))

        assert first == next(er.example_corpus(1))


class TestWrongCalls:
    """What cannot be made up is said at the call, not with the first interview."""

    @pytest.mark.parametrize(("count", "seed"), [(0, 0), (-1, 0), (1, -1)])
    def test_a_number_below_the_least(self, count: int, seed: int) -> None:
        """
        A seed of -1 would give the corpus of another one.
        """
        with pytest.raises(ValueError, match="count of at least 1") as caught:
            er.example_corpus(count, seed=seed)

        assert str(caught.value) == (
            f"expected a count of at least 1 and a seed of at least 0, found {count} and {seed}"
        )

    def test_a_catalogue_of_ones_own(self) -> None:
        """
        What is likely is known of the shipped catalogues alone.
        """
        own = evolve(catalogue("benchmarking@2019-11"), version="2027-01")

        with pytest.raises(er.UnknownEdition) as caught:
            er.example_corpus(1, catalogue=own)

        assert str(caught.value) == (
            'there is no edition "benchmarking@2027-01" (known: benchmarking@2010-11,'
            " benchmarking@2019-11, quality@2012-04, quality@2019-11)"
        )


class TestChances:
    """Draws are made of one uniform one."""

    ranks = st.floats(0, 1)

    @given(seeds, ranks, st.floats(0, 1))
    def test_a_rank_near_another_is_a_rank(self, seed: int, rank: float, loosely: float) -> None:
        """
        It never leaves the interval, and is no farther than it may be.
        """
        near = RandomDraws(seed, 0).near(rank, loosely)

        assert 0 <= near <= 1
        assert abs(near - rank) <= loosely + 1e-9

    @pytest.mark.parametrize("loosely", [0, 0.3, 1])
    def test_ranks_near_ranks_are_spread_evenly(self, loosely: float) -> None:
        """
        Each tenth has 1,000 of 10,000, give or take five standard deviations of 30.
        """
        draws = RandomDraws(6, 0)
        tenths = Counter(int(10 * draws.near(draws.rank(), loosely)) for _ in range(10_000))

        assert all(850 <= tenths[tenth] <= 1150 for tenth in range(10))

    @given(st.lists(st.integers(0, 9), min_size=1, max_size=6).map(lambda w: [*w, 1]), ranks)
    def test_a_weight_of_nothing_is_never_met(self, parts: list[int], rank: float) -> None:
        """
        What falls on a rank has a weight, the ends of the interval included.
        """
        assert parts[Weights(parts).at(rank)] > 0

    @given(st.lists(st.integers(-9, 9), min_size=2, max_size=7).map(sorted), ranks, ranks)
    def test_a_higher_rank_is_no_smaller_number(
        self, values: list[int], one: float, other: float
    ) -> None:
        """
        Numbers go from the first point to the last and never back.
        """
        quantiles, (low, high) = Quantiles(values), sorted([one, other])

        assert values[0] <= quantiles.at(low) <= quantiles.at(high) + 1e-9
        assert quantiles.at(high) <= values[-1] + 1e-9

    @given(st.dates(date(1900, 1, 1), date(2999, 1, 1)))
    def test_a_working_day_is_near(self, day: date) -> None:
        """
        A day of the week stays, Saturday and Sunday become the Monday after.
        """
        moved = weekday(day)

        assert moved.isoweekday() <= 5
        assert (moved - day).days == {6: 2, 7: 1}.get(day.isoweekday(), 0)


class TestCommand:
    """What the command prints, and how it ends."""

    def test_interviews_are_printed_one_a_line(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Without a file they go to standard output, of the latest benchmarking.
        """
        assert main(["example", "corpus", "--count", "3", "--seed", "5"]) == 0
        assert capfd.readouterr() == (text_of("benchmarking@2019-11", 3, seed=5), "")

    @pytest.mark.parametrize("reference", CATALOGUES)
    def test_validate_finds_nothing(
        self, reference: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A file of them is in order, warnings counted; what was there before is replaced.
        """
        path = tmp_path / "corpus.ndjson"
        path.write_text("before", encoding="utf-8")
        options = ["--count", "60", "--catalogue", reference, "-o", str(path)]

        assert main(["example", "corpus", *options]) == 0
        assert capfd.readouterr() == (
            "",
            f"ecei-rules: 60 made-up interviews written to {path}\n",
        )
        assert path.read_text(encoding="utf-8") == text_of(reference, 60)
        assert list(tmp_path.iterdir()) == [path]
        assert main(["validate", "--strict", str(path)]) == 0

    @pytest.mark.parametrize(
        ("option", "value", "message"),
        [
            ("--count", "0", "expected a number from 1 to 999999999, found '0'"),
            ("--count", "-3", "expected a number from 1 to 999999999, found '-3'"),
            ("--count", "1e3", "expected a number from 1 to 999999999, found '1e3'"),
            ("--count", "²", "expected a number from 1 to 999999999, found '²'"),
            ("--seed", "-1", "expected a number from 0 to 999999999, found '-1'"),
            ("--seed", "1234567890", "expected a number from 0 to 999999999, found '1234567890'"),
        ],
    )
    def test_a_number_that_is_none(
        self, option: str, value: str, message: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Wrong usage is told with what would be right.
        """
        given_count = ["--count", "1"] if option == "--seed" else []
        with pytest.raises(SystemExit) as ended:
            main(["example", "corpus", *given_count, f"{option}={value}"])

        assert ended.value.code == 2
        assert capfd.readouterr().err.splitlines()[-1] == (
            f"ecei-rules example corpus: error: argument {option}: {message}"
        )

    def test_a_catalogue_that_there_is_not(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The known ones are named.
        """
        assert main(["example", "corpus", "--count", "1", "--catalogue", ""]) == 2
        assert capfd.readouterr().err == (
            'ecei-rules: there is no edition "" (known: benchmarking@2010-11,'
            " benchmarking@2019-11, quality@2012-04, quality@2019-11)\n"
        )

    def test_a_folder_that_there_is_not(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Where nothing can be written is said in one line.
        """
        path = tmp_path / "none" / "corpus.ndjson"

        assert main(["example", "corpus", "--count", "1", "-o", str(path)]) == 2
        assert capfd.readouterr() == (
            "",
            f"ecei-rules: cannot write {path}: No such file or directory\n",
        )

    def test_a_file_is_written_whole_or_not_at_all(self, tmp_path: Path) -> None:
        """
        What breaks off in the middle leaves the file as it was, and nothing beside it.
        """
        path = tmp_path / "corpus.ndjson"
        path.write_text("before", encoding="utf-8")

        with pytest.raises(KeyboardInterrupt):
            write_pieces(str(path), broken_off())

        assert path.read_text(encoding="utf-8") == "before"
        assert list(tmp_path.iterdir()) == [path]


def broken_off() -> object:
    """A piece, and then somebody has had enough."""
    yield "a piece"
    raise KeyboardInterrupt
