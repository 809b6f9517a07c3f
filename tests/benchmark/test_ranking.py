"""docs/benchmark.md, "The rank of an interview"."""

from __future__ import annotations

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
    expected_value,
    figures_of,
    organisation,
)
from hypothesis import given
from hypothesis import strategies as st

import ecei_rules as er
from ecei_rules.benchmark.distribution import Options
from ecei_rules.interviews.history import Cluster

if TYPE_CHECKING:
    from benchmark_samples import GroupKey

    from ecei_rules.interviews.interview import Interview


class TestPlace:
    """An interview is compared with each of its groups."""

    @given(corpora(), st.data())
    def test_interview_is_compared_with_all_its_groups(
        self, corpus: list[Interview], data: st.DataObject
    ) -> None:
        """
        Every subject of every group has figures, or a reason why there are none.
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
            group, key = (placing.family, placing.group), (placing.level, placing.id)
            assert placing.figures == figures_of(benchmark, group, key)
            shown = placing.figures is not None
            assert (placing.withheld is None) is shown
            assert (placing.withheld == "not_listed") is (group not in listed)
            has_value = expected_value(own, key) is not None
            assert (placing.position is not None) is (shown and has_value)

    def test_number_has_a_rank(self) -> None:
        """
        Of 10 to 29 members, 14 are fewer than 24 and one is the same: (14 + 1/2) / 20.
        """
        first = er.place(RICH, RICH_CORPUS[14], ruleset=RULES)[0]

        assert (first.answer, first.grade) == (24, "good")
        assert first.position == er.Rank(24, Fraction(29, 40), 3)

    def test_chosen_options_have_the_share_of_the_group(self) -> None:
        """
        Half of the twenty are of the form north; thirteen are listed; of the services
        thirteen chose north and six chose east.
        """
        by_id = {p.id: p.position for p in er.place(RICH, RICH_CORPUS[2], ruleset=RULES)[:8]}

        assert by_id["form"] == er.Agreement({"north": Fraction(1, 2)})
        assert by_id["listed"] == er.Agreement({"yes": Fraction(13, 20)})
        assert by_id["services"] == er.Agreement(
            {"north": Fraction(13, 20), "east": Fraction(6, 20)}
        )

    def test_each_option_of_a_breakdown_has_a_rank(self) -> None:
        """
        Number 3 has as many north as south: 500 per mille each, and none east.
        """
        placing = er.place(RICH, RICH_CORPUS[3], ruleset=RULES)[7]

        assert isinstance(placing.position, er.PartRanks)
        assert [(name, rank.value) for name, rank in placing.position.ranks.items()] == [
            ("north", 500),
            ("south", 500),
            ("east", 0),
        ]
        assert placing.position.ranks["east"].percentile == Fraction(1, 2)

    def test_empty_breakdown_has_no_rank(self) -> None:
        """
        It has no shares.
        """
        own = organisation("Own", composition={"north": 0})
        placing = er.place(RICH, own, ruleset=RULES)[7]

        assert (placing.id, placing.position) == ("composition", None)
        assert placing.figures is not None

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
        assert total[0].position == er.Rank(57, Fraction(1, 2), 2)


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
        ("index", "changed", "subject"),
        [
            (0, {"distribution": Options({"yes": 20, "no": 0})}, 'the indicator "members"'),
            (4, {"distribution": Options({"yes": 20})}, 'the indicator "listed"'),
            (5, {"distribution": RICH.groups[0].figures[7].distribution}, 'the indicator "form"'),
            (
                7,
                {"distribution": RICH.groups[0].figures[0].distribution},
                'the indicator "composition"',
            ),
            (
                7,
                {"distribution": Options({"north": 1, "south": 1, "east": 1})},
                'the indicator "composition"',
            ),
            (8, {"distribution": Options({})}, 'the dimension "structure"'),
        ],
    )
    def test_distribution_of_another_kind_is_refused(
        self, index: int, changed: dict[str, Any], subject: str
    ) -> None:
        """
        The digest of the ruleset alone does not guarantee that the figures fit it.
        """
        everybody, *others = RICH.groups
        figures = list(everybody.figures)
        figures[index] = evolve(figures[index], **changed)
        benchmark = evolve(RICH, groups=[evolve(everybody, figures=figures), *others])

        with pytest.raises(er.InvalidDocument) as raised:
            er.place(benchmark, RICH_CORPUS[0], ruleset=RULES)

        (problem,) = raised.value.problems
        assert problem.where == f"/groups/0/figures/{index}/distribution"
        assert problem.message == f"the distribution does not fit {subject}"

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
