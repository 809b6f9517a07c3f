"""docs/benchmark.md, "The rank of an interview"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from benchmark_samples import (
    EXAMPLE,
    KEYS,
    ON,
    RICH,
    RICH_CORPUS,
    RULES,
    benchmark_of,
    catalogue,
    corpora,
    expected_groups,
    figures_of,
    has_value,
    organisation,
)
from hypothesis import given
from hypothesis import strategies as st

import ecei_rules as er
from ecei_rules.benchmark.tables import (
    Chosen,
    GradeClasses,
    Intervals,
    OptionClasses,
    PartIntervals,
)
from ecei_rules.interviews.history import Cluster

if TYPE_CHECKING:
    from benchmark_samples import GroupKey

    from ecei_rules.benchmark.tables import Table
    from ecei_rules.interviews.interview import Interview


class TestPlace:
    """An interview is compared with each of its groups."""

    @given(corpora(most=60), st.data())
    def test_interview_is_compared_with_all_its_groups(
        self, corpus: list[Interview], data: st.DataObject
    ) -> None:
        """
        Every subject of every group has a position, or a reason why there is none.
        """
        own = data.draw(st.sampled_from([*corpus, organisation("Own", "FI", members=20)]))
        benchmark = benchmark_of(corpus)

        placings = er.place(benchmark, own, ruleset=RULES)

        portfolio = own.cluster.comparative_portfolio
        groups: list[GroupKey] = [("everybody", None)]
        groups += [("label", label) for label in ("gold", "silver", "bronze")]
        groups += [("portfolio", portfolio)] if portfolio else []
        groups += [("country", own.cluster.country)]
        assert [((p.family, p.group), (p.level, p.id)) for p in placings] == [
            (group, key) for group in groups for key in KEYS
        ]
        listed = {(group.family, group.name) for group in benchmark.groups}
        for placing in placings:
            group = (placing.family, placing.group)
            if placing.level == "indicator":
                shown = figures_of(benchmark, group, str(placing.id))
                assert placing.figures == shown
                assert (placing.withheld is None) is (shown is not None)
                if shown is None or not has_value(own, str(placing.id)):
                    assert placing.position is None
            else:
                assert (placing.withheld is None) is (placing.position is not None)
            if placing.withheld is not None:
                assert (placing.withheld == "not_listed") is (group not in listed)

    @pytest.mark.parametrize("number", range(0, 80, 7))
    def test_rank_is_true_of_the_exact_answers(self, number: int) -> None:
        """
        The share of each group below the own number is within the range that is stated.
        """
        own = RICH_CORPUS[number]
        for placing in er.place(RICH, own, ruleset=RULES):
            if not isinstance(placing.position, er.Rank):
                continue
            group = (placing.family, placing.group)
            members = [each for each in RICH_CORPUS if group in expected_groups(each)]
            answers: list[Any] = [each.answers[str(placing.id)] for each in members]
            below = sum(each < own.answers[str(placing.id)] for each in answers)
            share = placing.position.percentile
            assert share.low <= Fraction(below, len(answers)) <= share.high
            if share.quarter is not None:
                assert share.quarter - 1 <= Fraction(4 * below, len(answers)) <= share.quarter

    def test_chosen_options_have_the_share_of_the_group(self) -> None:
        """
        Of 80, counted as 78 to 82: each form counts as 25, 53 listed as 55 and 27 others as
        25; 53 chose north and 26 east. More than 81 would be too many for the three forms.
        """
        by_id = {p.id: p.position for p in er.place(RICH, RICH_CORPUS[2], ruleset=RULES)[:8]}

        def share(low: int, of: int, high: int, most: int) -> er.ShareRange:
            return er.ShareRange(Fraction(low, of), Fraction(high, most))

        assert by_id["form"] == er.Agreement({"east": share(24, 78, 27, 78)})
        assert by_id["listed"] == er.Agreement({"yes": share(53, 80, 57, 80)})
        assert by_id["services"] == er.Agreement(
            {"north": share(53, 82, 57, 78), "east": share(23, 82, 27, 78)}
        )

    def test_options_of_a_breakdown_have_ranks(self) -> None:
        """
        Those that have a table; east, which nobody has, has none.
        """
        placing = er.place(RICH, RICH_CORPUS[3], ruleset=RULES)[7]

        assert isinstance(placing.position, er.PartRanks)
        assert list(placing.position.ranks) == ["north", "south"]

    @pytest.mark.parametrize("answer", [{}, {"north": 0}])
    def test_breakdown_without_any_count_ranks_lowest(self, answer: dict[str, int]) -> None:
        """
        docs/semantics.md, 2.5: the share of every option is 0 %.
        """
        own = organisation("Own", composition=answer)
        placing = er.place(RICH, own, ruleset=RULES)[7]

        assert placing.id == "composition"
        assert isinstance(placing.position, er.PartRanks)
        assert [each.number for each in placing.position.ranks.values()] == [0, 0]

    def test_points_are_beside_the_mean_of_the_group(self) -> None:
        """
        Of 80 organisations 70 have at least 20 members (3 points), 53 are listed (1 point),
        and 72 have at least two FTE (2 points). The lowest class of FTE mixes both grades.
        """
        total = er.place(RICH, RICH_CORPUS[0], ruleset=RULES)[10]
        mean = Fraction(3 * 70 + 53 + 2 * 72, 6 * 80)

        assert (total.level, total.answer) == ("total", 0)
        assert isinstance(total.position, er.Attainment)
        assert (total.position.indicators, total.position.graded) == (3, 3)
        assert total.position.share.low < mean < total.position.share.high < 1

    def test_rank_has_the_median_of_the_group(self) -> None:
        """
        Half of 10 to 89 members is 49.5, and the quarters are 29.75 and 69.25.
        """
        placing = er.place(RICH, RICH_CORPUS[2], ruleset=RULES)[0]
        (table,) = RICH.subjects[0].tables

        assert isinstance(table, Intervals)
        assert isinstance(placing.position, er.Rank)
        middle, half = placing.position.median, placing.position.middle_half
        assert middle.first <= table.class_of(Decimal("49.5")) <= middle.last
        assert half.first <= table.class_of(Decimal("29.75"))
        assert table.class_of(Decimal("69.25")) <= half.last
        assert half != er.ClassRange(0, table.size - 1)

    def test_shipped_ruleset_is_the_default(self) -> None:
        """
        An interview of the examples needs nothing but the benchmark.
        """
        example = er.load_interview(EXAMPLE)
        ruleset = er.shipped().ruleset("bronze", version="2019-11")
        corpus = [evolve(example, cluster=Cluster(f"Example {n}", "IT")) for n in range(5)]
        benchmark = er.build_benchmark(corpus, ruleset, on=ON)

        total = [each for each in er.place(benchmark, example) if each.level == "total"]
        assert [each.answer for each in total] == [57] * 6
        assert total[0].withheld == "withheld"


class TestRefusals:
    """Another catalogue or ruleset than those of the benchmark is refused."""

    def test_another_catalogue_is_refused(self) -> None:
        """
        The meaning of an answer depends on the edition of its question.
        """
        other = organisation("Other", asked=catalogue("2023-01"))

        with pytest.raises(er.WrongCatalogue) as raised:
            er.place(RICH, other, ruleset=RULES)

        assert str(raised.value) == (
            "the interview was held with sample@2023-01, but bronze@2024-01 judges sample@2024-01"
        )

    def test_another_ruleset_is_refused(self) -> None:
        """
        Points under different rules cannot be compared.
        """
        with pytest.raises(er.DigestMismatch, match=r"^the ruleset bronze@2024-01 is not the one"):
            er.place(RICH, RICH_CORPUS[0], ruleset=evolve(RULES, version="2024-02"))
        with pytest.raises(er.UnknownEdition, match=r'^there is no edition "bronze@2024-01"'):
            er.place(RICH, RICH_CORPUS[0])

    @pytest.mark.parametrize(
        ("index", "table"),
        [
            (0, Chosen("north")),
            (1, OptionClasses([["yes"], ["no"]])),
            (4, OptionClasses([["yes"], ["perhaps"]])),
            (5, Chosen("north")),
            (6, Chosen("west")),
            (6, Intervals([1])),
            (7, PartIntervals("west", [50])),
            (7, Intervals([1])),
            (5, PartIntervals("north", [50])),
            (5, GradeClasses([["poor"], ["good"]])),
        ],
    )
    def test_table_of_another_kind_is_refused(self, index: int, table: Table) -> None:
        """
        The digest of the ruleset alone does not guarantee that the tables fit it.
        """
        subjects = list(RICH.subjects)
        subjects[index] = evolve(subjects[index], tables=[table])
        benchmark = evolve(RICH, subjects=subjects)

        with pytest.raises(er.InvalidDocument) as raised:
            er.place(benchmark, RICH_CORPUS[0], ruleset=RULES)

        (problem,) = raised.value.problems
        assert problem.where == f"/subjects/{index}/tables/0"
        assert problem.message == f'the table does not fit the indicator "{subjects[index].id}"'

    def test_unknown_subject_is_refused(self) -> None:
        """
        The ruleset must have every subject of the benchmark.
        """
        strange = evolve(RICH.subjects[0], id="strange")
        benchmark = evolve(RICH, subjects=[strange, *RICH.subjects[1:]])

        with pytest.raises(
            er.InvalidDocument, match='the indicator "strange" is not part of the ruleset'
        ):
            er.place(benchmark, RICH_CORPUS[0], ruleset=RULES)


def test_answers_that_do_not_fit_are_refused() -> None:
    """
    As by an assessment: such an answer has no class.
    """
    wrong = evolve(RICH_CORPUS[0], answers={**RICH_CORPUS[0].answers, "members": -1})

    with pytest.raises(er.InvalidAnswers, match="ECEI305 /answers/members: "):
        er.place(RICH, wrong, ruleset=RULES)
