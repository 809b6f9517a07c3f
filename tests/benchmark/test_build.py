"""docs/benchmark.md: what is counted, the groups, and the figures of a benchmark."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from benchmark_samples import (
    HELD,
    NOT_APPLICABLE,
    ON,
    RICH,
    RULES,
    benchmark_of,
    catalogue,
    corpora,
    expected_groups,
    figures_of,
    has_value,
    many,
    organisation,
)
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES

import ecei_rules as er
from ecei_rules.benchmark.build import with_minimum
from ecei_rules.benchmark.questions import question_of
from ecei_rules.benchmark.tables import Chosen, Intervals, OptionClasses, PartIntervals
from ecei_rules.interviews.history import Cluster

if TYPE_CHECKING:
    from benchmark_samples import GroupKey

    from ecei_rules.interviews.interview import Interview

OTHER = Cluster("Example", "IT")
EVERYBODY: GroupKey = ("everybody", None)


def nearest_five(count: int) -> int:
    """Return the nearest multiple of five."""
    return min(range(0, count + 5, 5), key=lambda each: abs(each - count))


class TestNobodyIsSingledOut:
    """docs/benchmark.md, "Nobody is singled out"."""

    @given(corpora(most=60), st.sampled_from((5, 6, 8, 13)))
    def test_counts_are_rounded_and_not_of_too_few(
        self, corpus: list[Interview], minimum: int
    ) -> None:
        """
        Every published count is the true one rounded to five; the counts alone guarantee
        the minimum for every group and its figures.
        """
        benchmark = benchmark_of(corpus, minimum=minimum)

        for group in benchmark.groups:
            members = [e for e in corpus if (group.family, group.name) in expected_groups(e)]
            assert group.size == nearest_five(len(members))
            assert len(members) >= minimum
            for figures in group.figures:
                answers = [each.answers.get(figures.indicator) for each in members]
                answered = sum(has_value(each, figures.indicator) for each in members)
                inapplicable = answers.count(NOT_APPLICABLE)
                assert answered >= minimum
                assert figures.answered == nearest_five(answered)
                assert figures.not_applicable == nearest_five(inapplicable)
                unanswered = len(members) - answered - inapplicable
                assert figures.unanswered == nearest_five(unanswered)

    @given(corpora(most=60), st.integers(6, 30))
    def test_higher_minimum_follows_from_the_lowest(
        self, corpus: list[Interview], minimum: int
    ) -> None:
        """
        Two benchmarks of one day reveal no more than the one with the lower minimum.
        """
        assert with_minimum(benchmark_of(corpus), minimum) == benchmark_of(corpus, minimum=minimum)

    @given(corpora())
    def test_too_small_groups_are_not_named(self, corpus: list[Interview]) -> None:
        """
        A country with one cluster is that cluster, so only the number of such groups is given.
        """
        benchmark = benchmark_of(corpus)
        sizes = Counter(group for each in corpus for group in expected_groups(each))

        assert {(g.family, g.name) for g in benchmark.groups} == {
            group for group, size in sizes.items() if size >= 5
        }
        small = Counter(group[0] for group, size in sizes.items() if size < 5)
        unlisted = benchmark.unlisted
        assert (unlisted.label, unlisted.portfolio, unlisted.country) == (
            small["label"],
            small["portfolio"],
            small["country"],
        )

    @given(corpora())
    def test_document_names_no_organisation(self, corpus: list[Interview]) -> None:
        """
        It has neither the names of the organisations nor digests that could be guessed.
        """
        text = er.write_benchmark(benchmark_of(corpus))

        for each in corpus:
            assert f'"{each.cluster.name}"' not in text
            assert er.digest(each) not in text
        assert "Organisation" not in text

    def test_minimum_below_five_is_refused(self) -> None:
        """
        A group of four is never shown.
        """
        with pytest.raises(
            ValueError, match=r"^figures are of at least 5 organisations, not of 4$"
        ):
            benchmark_of([], minimum=4)
        with pytest.raises(ValueError, match="not of 0"):
            evolve(benchmark_of([]), minimum=0)

    @pytest.mark.parametrize("minimum", [7.5, 5.0, True, "5"])
    def test_minimum_is_a_whole_number(self, minimum: Any) -> None:
        """
        Another one was taken, and the benchmark could not be written.
        """
        with pytest.raises(TypeError) as raised:
            benchmark_of([], minimum=minimum)

        assert str(raised.value) == f"the minimum is a whole number, not {minimum!r}"

    def test_minimum_of_a_benchmark_is_not_lowered(self) -> None:
        """
        What it withholds is lost, so that the lower minimum would be untrue.
        """
        with pytest.raises(ValueError, match=r"^the benchmark has the minimum 8, and 7 is lower$"):
            with_minimum(benchmark_of([], minimum=8), 7)

    @pytest.mark.parametrize(("count", "shown"), [(0, 0), (4, 0), (5, 2), (6, 2)])
    def test_five_organisations_are_enough(self, count: int, shown: int) -> None:
        """
        Everybody and the country are shown from five organisations on.
        """
        benchmark = benchmark_of(many(count))

        assert (benchmark.interviews, len(benchmark.groups)) == (count, shown)


class TestFigures:
    """docs/benchmark.md, "Figures"."""

    def test_each_kind_of_answer_has_its_tables(self) -> None:
        """
        Of 80 organisations, with 10 to 89 members: each class has at least ten.
        """
        tables = {each.id: each.tables for each in RICH.subjects if each.level == "indicator"}

        assert tables["listed"] == (OptionClasses([["yes"], ["no"]], grades=[["good"], ["poor"]]),)
        assert tables["form"] == (OptionClasses([["north"], ["south"], ["east"]]),)
        assert tables["services"] == (Chosen("north"), Chosen("east"))
        (members,) = tables["members"]
        assert isinstance(members, Intervals)
        assert members.bounds[0] == 20
        assert members.grades[:2] == (("poor",), ("good",))
        assert {type(each) for each in tables["composition"]} == {PartIntervals}

    def test_counts_are_those_of_the_classes(self) -> None:
        """
        27 of 80 are not listed, and 53 are; 27 chose north, 26 north and east.
        """
        listed = figures_of(RICH, EVERYBODY, "listed")
        services = figures_of(RICH, EVERYBODY, "services")

        assert listed is not None
        assert (listed.answered, listed.counts) == (80, ((55, 25),))
        assert services is not None
        assert services.counts == ((55,), (25,))

    def test_breakdown_without_any_count_is_an_answer(self) -> None:
        """
        docs/semantics.md, 2.5: "the share of any options is 0 %", which is in the lowest class.
        """
        parts = [{}, {"north": 0}, {"north": 9, "south": 1}, {"north": 1, "south": 9}]
        benchmark = benchmark_of(
            organisation(f"Organisation {n}", composition=parts[n % 4]) for n in range(80)
        )

        figures = figures_of(benchmark, EVERYBODY, "composition")
        (subject,) = (each for each in benchmark.subjects if each.id == "composition")

        assert figures is not None
        assert (figures.answered, figures.unanswered) == (80, 0)
        for table, counts in zip(subject.tables, figures.counts, strict=True):
            assert isinstance(table, PartIntervals)
            assert (counts[0], sum(counts)) == (40, 80)

    def test_no_answer_is_near_a_breakdown_without_any_count(self) -> None:
        """
        It has no part that another one could take from, so its shares are not changed.
        """
        question, table = question_of(RULES, "composition"), PartIntervals("north", [60])

        def near(**counts: int) -> list[object]:
            observation = question.observed(er.FrozenMap(counts), None)
            return [each.value for each in question.near(observation, [table])]

        assert near() == near(north=0) == []
        assert near(north=1, south=1) == [(2, 0, 0)]

    def test_like_answers_are_withheld(self) -> None:
        """
        Where everybody answers the same, a figure would tell the answer of each.
        """
        benchmark = benchmark_of(many(30, listed=True))

        for group in benchmark.groups:
            assert "listed" in group.withheld

    def test_ruleset_without_gradings_has_no_points(self) -> None:
        """
        No subject has a basis either.
        """
        bare = evolve(RULES, grading={})
        benchmark = er.build_benchmark(many(5), bare, on=ON)

        assert {each.level for each in benchmark.subjects} == {"indicator"}
        assert {each.basis for each in benchmark.subjects} == {None}


class TestCounting:
    """docs/benchmark.md, "What is counted"."""

    def test_an_organisation_counts_once(self) -> None:
        """
        The first of its interviews counts, however its name is written.
        """
        first = organisation("Größe Example", members=1)
        again = [
            organisation("  GRÖSSE   example ", members=99),
            organisation("Größe Example", members=98),
            organisation("Gro\u0308\u200bße Example", members=97),
        ]
        abroad = organisation("Größe Example", "NO", members=1)

        benchmark = benchmark_of([first, *again, abroad, *many(4)])

        assert (benchmark.interviews, benchmark.repeated) == (6, 3)

    def test_interviews_left_out_are_counted(self) -> None:
        """
        Another edition of the catalogue and unreadable documents are; invented interviews
        are counted apart, if the mark is at the top of the document.
        """
        corpus = [
            er.InvalidDocument("a.json", []),
            organisation("Other", asked=catalogue("2023-01")),
            *(evolve(each, extensions={"/x-made-up": True}) for each in many(3)),
            evolve(organisation("Else"), extensions={"/cluster/x-made-up": True}),
        ]

        benchmark = benchmark_of(corpus)

        assert benchmark.interviews == 4
        assert benchmark.made_up == 3
        assert benchmark.of_another_catalogue == 1
        assert benchmark.unreadable == 1

    def test_interview_left_out_does_not_count_as_the_first(self) -> None:
        """
        A later interview of the organisation, with the right edition, counts.
        """
        old = organisation("Example", asked=catalogue("2023-01"))

        assert benchmark_of([old, organisation("Example")]).interviews == 1

    @given(corpora(), st.randoms(use_true_random=False))
    def test_order_of_the_interviews_does_not_matter(
        self, corpus: list[Interview], random: Any
    ) -> None:
        """
        Any order of the organisations gives the same bytes.
        """
        shuffled = list(corpus)
        random.shuffle(shuffled)

        assert er.write_benchmark(benchmark_of(shuffled)) == er.write_benchmark(
            benchmark_of(corpus)
        )

    def test_interviews_may_be_an_iterator(self) -> None:
        """
        They are read once.
        """
        corpus = many(7)

        assert benchmark_of(iter(corpus)) == benchmark_of(corpus)


class TestGroups:
    """docs/benchmark.md, "Groups"."""

    @pytest.mark.parametrize(
        ("on", "size"),
        [
            (date(2023, 12, 31), 0),
            (date(2024, 1, 1), 5),
            (date(2026, 12, 31), 5),
            (date(2027, 1, 1), 0),
        ],
    )
    def test_label_of_the_history_counts_while_it_is_valid(self, on: date, size: int) -> None:
        """
        It is valid from the award to the last day, both included.
        """
        corpus = [organisation(f"Holder {n}", labels=("gold",)) for n in range(5)]
        group = benchmark_of([*corpus, *many(5)], on=on).group("label", "gold")

        assert (group.size if group else 0) == size

    @pytest.mark.parametrize(
        ("on", "size"),
        [(HELD.on, 5), (date(2026, 3, 18), 5), (date(2024, 3, 17), 0), (date(2026, 3, 19), 0)],
    )
    def test_label_that_the_interview_earns_counts_while_it_is_valid(
        self, on: date, size: int
    ) -> None:
        """
        The ruleset makes it valid for two years from the interview.
        """
        large = [organisation(f"Large {n}", members=20) for n in range(5)]
        small = [organisation(f"Small {n}", members=19) for n in range(5)]
        group = benchmark_of([*large, *small], on=on).group("label", "bronze")

        assert (group.size if group else 0) == size

    @pytest.mark.parametrize("written", ["ICT", "ict", "  Ict "])
    def test_case_and_spaces_of_a_portfolio_do_not_matter(self, written: str) -> None:
        """
        The group has the name of the register.
        """
        benchmark = benchmark_of(many(5, portfolio=written))

        assert benchmark.group("portfolio", "ICT") is not None

    def test_unknown_portfolio_makes_no_group(self) -> None:
        """
        Its members are compared with everybody; a group would reveal its name.
        """
        benchmark = benchmark_of(many(5, portfolio="The five of us"))

        assert [each.family for each in benchmark.groups] == ["everybody", "country"]
        assert benchmark.unlisted.portfolio == 0

    def test_groups_have_a_fixed_order(self) -> None:
        """
        Everybody, the labels from the highest to the lowest, portfolios and countries by name.
        """
        corpus = [
            organisation(f"{labels} {country} {n}", country, portfolio, labels)
            for labels in (("bronze",), ("silver", "gold"))
            for country, portfolio in (("NO", "ICT"), ("IT", "Construction"))
            for n in range(5)
        ]

        assert [str(each.called) for each in benchmark_of(corpus).groups] == [
            "everybody",
            "gold",
            "silver",
            "bronze",
            "Construction",
            "ICT",
            "IT",
            "NO",
        ]


def test_answer_that_does_not_fit_is_refused() -> None:
    """
    docs/python.md: "building a benchmark does too"; it is not counted in silence.
    """
    read = er.load_interview(EXAMPLES / "awarded.json")
    made = evolve(read, answers={**read.answers, "working-groups": -7})
    ruleset = er.shipped().ruleset("bronze", version="2019-11")

    with pytest.raises(er.InvalidAnswers) as caught:
        er.build_benchmark([read, evolve(made, cluster=OTHER)], ruleset, on=date(2024, 6, 30))

    assert str(caught.value) == (
        'the answers of "Example" do not fit benchmarking@2019-11\n'
        "ECEI305 /answers/working-groups: expected a whole number of working groups, 0 to 1000,"
        " found -7"
    )
