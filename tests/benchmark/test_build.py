"""docs/benchmark.md: what is counted, the groups, and the figures of a benchmark."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from benchmark_samples import (
    HELD,
    KEYS,
    NOT_APPLICABLE,
    ON,
    RULES,
    benchmark_of,
    catalogue,
    corpora,
    expected_groups,
    expected_value,
    figures_of,
    many,
    organisation,
)
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES

import ecei_rules as er
from ecei_rules.benchmark.distribution import Numbers, Options, Parts, shares_of
from ecei_rules.benchmark.tallies import chosen_options
from ecei_rules.interviews.history import Cluster

if TYPE_CHECKING:
    from benchmark_samples import GroupKey

    from ecei_rules.benchmark.benchmark import Figures
    from ecei_rules.interviews.interview import Interview

OTHER = Cluster("Example", "IT")
EVERYBODY: GroupKey = ("everybody", None)


class TestNobodyIsSingledOut:
    """docs/benchmark.md, "Nobody is singled out"."""

    @given(corpora(), st.sampled_from((5, 6)))
    def test_no_difference_between_shown_figures_is_small(
        self, corpus: list[Interview], minimum: int
    ) -> None:
        """
        For every subject, computed from the interviews: no shown group, no difference of
        two, and no remainder beside a family or beside labels without common holders has
        1 to minimum - 1 organisations.
        """
        benchmark = benchmark_of(corpus, minimum=minimum)
        small = range(1, minimum)
        members: dict[GroupKey, set[int]] = {}
        for number, interview in enumerate(corpus):
            for group in expected_groups(interview):
                members.setdefault(group, set()).add(number)

        for key in KEYS:
            valued = {n for n, each in enumerate(corpus) if expected_value(each, key) is not None}
            groups = [(group.family, group.name) for group in benchmark.groups]
            shown = [group for group in groups if figures_of(benchmark, group, key)]
            for sets in (members, {group: who & valued for group, who in members.items()}):
                assert all(len(sets[group]) >= minimum for group in shown)
                for first in shown:
                    assert not [g for g in shown if len(sets[first] - sets[g]) in small]
                families = [[g for g in shown if g[0] == f] for f in ("portfolio", "country")]
                labels = [group for group in shown if group[0] == "label"]
                families += [list(some) for size in (2, 3) for some in combinations(labels, size)]
                for family in families:
                    disjoint = not any(sets[a] & sets[b] for a, b in combinations(family, 2))
                    if family and disjoint:
                        remainder = set.difference(sets[EVERYBODY], *(sets[g] for g in family))
                        assert len(remainder) not in small

    @given(corpora(), st.sampled_from((5, 6)))
    def test_too_small_groups_are_not_named(self, corpus: list[Interview], minimum: int) -> None:
        """
        A country with one cluster is that cluster, so only the number of such groups is given.
        """
        benchmark = benchmark_of(corpus, minimum=minimum)
        sizes = Counter(group for each in corpus for group in expected_groups(each))

        assert {(g.family, g.name): g.size for g in benchmark.groups} == {
            group: size for group, size in sizes.items() if size >= minimum
        }
        small = Counter(group[0] for group, size in sizes.items() if size < minimum)
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

    @pytest.mark.parametrize(("count", "shown"), [(0, 0), (4, 0), (5, 2), (6, 2)])
    def test_five_organisations_are_enough(self, count: int, shown: int) -> None:
        """
        Everybody and the country are shown from five organisations on.
        """
        benchmark = benchmark_of(many(count))

        assert (benchmark.interviews, len(benchmark.groups)) == (count, shown)


class TestFigures:
    """docs/benchmark.md, "Figures"."""

    @given(corpora())
    def test_figures_agree_with_the_interviews(self, corpus: list[Interview]) -> None:
        """
        Every subject of every shown group is counted anew.
        """
        benchmark = benchmark_of(corpus)

        for group in benchmark.groups:
            members = [e for e in corpus if (group.family, group.name) in expected_groups(e)]
            for figures in group.figures:
                values = [expected_value(each, figures.key) for each in members]
                values = [value for value in values if value is not None]
                answers = [each.answers.get(str(figures.id)) for each in members]
                na = answers.count(NOT_APPLICABLE) if figures.level == "indicator" else 0
                assert (figures.answered, figures.not_applicable) == (len(values), na)
                assert figures.distribution == self.expected(values, figures, members)
                empty = getattr(figures.distribution, "empty", 0)
                assert figures.unanswered == len(members) - len(values) - na - empty

    def expected(self, values: list[Any], figures: Figures, members: list[Interview]) -> Any:
        """Return the distribution of some values, counted in another way."""
        match figures.distribution:
            case Numbers() as distribution:
                counts = Counter(values)
                return evolve(
                    distribution,
                    values=sorted(counts),
                    counts=[counts[value] for value in distribution.values],
                )
            case Options() as distribution:
                counts = Counter(name for value in values for name in chosen_options(value))
                return Options({name: counts[name] for name in distribution.counts})
            case Parts(parts=parts):
                shares = [shares_of(value, [p.option for p in parts]) for value in values]
                empty = sum(
                    isinstance(a := each.answers.get("composition"), er.FrozenMap)
                    and not sum(a.values())
                    for each in members
                )
                expected = []
                for part in parts:
                    counts = Counter(each[part.option] for each in shares)
                    mean = Fraction(sum(each[part.option] for each in shares), len(shares))
                    assert part.exact_mean == mean
                    expected.append(
                        evolve(
                            part,
                            values=sorted(counts),
                            counts=[counts[value] for value in sorted(counts)],
                            mean=Decimal(int(mean * 10)) / 10,
                        )
                    )
                assert sum(part.exact_mean for part in parts) == 1000
                return Parts(expected, empty)

    def test_grades_count_organisations_with_a_value(self) -> None:
        """
        Of 1 to 25 members six are at least 20; an indicator that is not graded has no grades.
        """
        benchmark = benchmark_of(many(25, private=30))
        members = figures_of(benchmark, EVERYBODY, ("indicator", "members"))
        private = figures_of(benchmark, EVERYBODY, ("indicator", "private"))

        assert members is not None
        assert private is not None
        assert members.grades == {"good": 6, "poor": 19}
        assert private.grades == {}

    def test_points_count_once_they_are_settled(self) -> None:
        """
        An organisation with a missing answer has no points yet and counts as unanswered.
        """
        complete = many(6, listed=True, staff=3)
        incomplete = [organisation(f"Open {n}", members=30, listed=True) for n in range(2)]
        benchmark = benchmark_of([*complete, *incomplete])
        total = figures_of(benchmark, EVERYBODY, ("total", None))

        assert total is not None
        assert (total.answered, total.unanswered) == (6, 2)
        assert total.distribution == Numbers([3], [6], er.Quartiles(3, 3, 3))

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
        members = figures_of(benchmark, EVERYBODY, ("indicator", "members"))
        assert members is not None
        assert isinstance(members.distribution, Numbers)
        assert max(members.distribution.values) == 4

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
