"""docs/benchmark.md: what a benchmark says of many interviews, and what it does not say."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

import benchmark_samples as samples
import pytest
from attrs import evolve
from benchmark_samples import ASKED, HELD, NOT_APPLICABLE, ON, RULES, corpora, many, organisation
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from spoiling import spoiled

import ecei_rules as er
from ecei_rules._files import read_document
from ecei_rules.benchmark.distribution import Numbers, Options, Parts, shares_of, shortened
from ecei_rules.benchmark.tallies import MOST_VALUES, chosen, tally_of
from ecei_rules.documents.resources import schema
from ecei_rules.interviews.catalogue import Count, Number
from ecei_rules.interviews.history import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ecei_rules.benchmark.benchmark import Benchmark, Figures
    from ecei_rules.interviews.interview import Interview

Key = tuple[str, str | None]
Named = tuple[str, str | None]
KEYS: list[Key] = [
    *(("indicator", name) for name in samples.KINDS),
    ("dimension", "structure"),
    ("dimension", "services"),
    ("total", None),
]
SCHEMA = Draft202012Validator(schema("benchmark"))


def built(interviews: Iterable[Interview | er.InvalidDocument], **more: Any) -> Benchmark:
    """The benchmark of some interviews."""
    return er.build_benchmark(interviews, RULES, **{"on": ON, **more})


def groups_by_hand(interview: Interview) -> set[Named]:
    """
    The groups of an organisation, from its document: 20 members earn a bronze label, and
    so does whoever has none to count.
    """
    held = {("label", each.label) for each in interview.history}
    members: Any = interview.answers.get("members", 0)
    if members == NOT_APPLICABLE or members >= 20:
        held.add(("label", "bronze"))
    portfolio = interview.cluster.comparative_portfolio
    named = {("portfolio", portfolio)} if portfolio else set()
    return {("everybody", None), *held, *named, ("country", interview.cluster.country)}


def points_by_hand(interview: Interview, key: Key) -> int | None:
    """The points of a dimension or of all, once all answers are there."""
    level, name = key
    graded = {"members": (3, 20), "listed": (1, True), "staff": (2, 2)}
    earned = 0
    for indicator, (points, bound) in graded.items():
        if level == "dimension" and ASKED.asked[indicator].dimension != name:
            continue
        if indicator not in interview.answers:
            return None
        answer: Any = interview.answers[indicator]
        earned += points * (answer != NOT_APPLICABLE and answer >= bound)
    return earned


def value_by_hand(interview: Interview, key: Key) -> Any:
    """What enters the figures of a subject; `None` if nothing does."""
    level, name = key
    if level != "indicator":
        return points_by_hand(interview, key)
    value: Any = interview.answers.get(str(name))
    if value == NOT_APPLICABLE or (name == "composition" and not sum((value or {}).values())):
        return None
    return value


def figures_of(benchmark: Benchmark, named: Named, key: Key) -> Figures | None:
    """The figures of a subject in a group, if they are shown."""
    for group in benchmark.groups:
        for each in group.figures:
            if (group.family, group.name) == named and each.key == key:
                return each
    return None


class TestNobodyIsSingledOut:
    """docs/benchmark.md, "Nobody is singled out"."""

    @given(corpora(), st.sampled_from((5, 6)))
    def test_no_few_are_shown_by_any_difference(
        self, corpus: list[Interview], minimum: int
    ) -> None:
        """
        For every subject, from the interviews themselves: no group that is shown, no
        difference of two, and nothing beside a family or labels without common holders
        is of 1 to minimum - 1 organisations.
        """
        benchmark = built(corpus, minimum=minimum)
        few = range(1, minimum)
        members: dict[Named, set[int]] = {}
        for number, each in enumerate(corpus):
            for group in groups_by_hand(each):
                members.setdefault(group, set()).add(number)

        for key in KEYS:
            valued = {n for n, each in enumerate(corpus) if value_by_hand(each, key) is not None}
            named = [(group.family, group.name) for group in benchmark.groups]
            shown = [each for each in named if figures_of(benchmark, each, key)]
            for sets in (members, {name: who & valued for name, who in members.items()}):
                assert all(len(sets[each]) >= minimum for each in shown)
                for one in shown:
                    assert not [other for other in shown if len(sets[one] - sets[other]) in few]
                parted = [[e for e in shown if e[0] == f] for f in ("portfolio", "country")]
                labels = [each for each in shown if each[0] == "label"]
                parted += [list(some) for size in (2, 3) for some in combinations(labels, size)]
                for groups in parted:
                    apart = not any(sets[a] & sets[b] for a, b in combinations(groups, 2))
                    if groups and apart:
                        rest = set.difference(sets["everybody", None], *(sets[g] for g in groups))
                        assert len(rest) not in few

    @given(corpora(), st.sampled_from((5, 6)))
    def test_a_group_that_is_too_small_is_not_even_named(
        self, corpus: list[Interview], minimum: int
    ) -> None:
        """
        A country with one cluster is that cluster; only how many groups there are is said.
        """
        benchmark = built(corpus, minimum=minimum)
        sizes = Counter(group for each in corpus for group in groups_by_hand(each))

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
    def test_no_name_stands_in_the_document(self, corpus: list[Interview]) -> None:
        """
        Neither the names of the organisations nor a digest that could be tried.
        """
        text = er.write_benchmark(built(corpus))

        for each in corpus:
            assert f'"{each.cluster.name}"' not in text
            assert er.digest(each) not in text
        assert "Organisation" not in text

    def test_no_fewer_than_five_can_be_asked_for(self) -> None:
        """
        A group of four is never shown.
        """
        with pytest.raises(
            ValueError, match=r"^figures are of at least 5 organisations, not of 4$"
        ):
            built([], minimum=4)
        with pytest.raises(ValueError, match="not of 0"):
            evolve(built([]), minimum=0)

    @pytest.mark.parametrize(("count", "shown"), [(0, 0), (4, 0), (5, 2), (6, 2)])
    def test_five_are_enough(self, count: int, shown: int) -> None:
        """
        Everybody and the country, as soon as there are five.
        """
        benchmark = built(many(count))

        assert (benchmark.interviews, len(benchmark.groups)) == (count, shown)


class TestFigures:
    """docs/benchmark.md, "What is counted": the figures are those of the group."""

    @given(corpora())
    def test_the_figures_are_those_of_the_interviews(self, corpus: list[Interview]) -> None:
        """
        Every subject of every group that is shown, counted by hand.
        """
        benchmark = built(corpus)

        for group in benchmark.groups:
            inside = [e for e in corpus if (group.family, group.name) in groups_by_hand(e)]
            for figures in group.figures:
                values = [value_by_hand(each, figures.key) for each in inside]
                values = [each for each in values if each is not None]
                given_here = [each.answers.get(str(figures.id)) for each in inside]
                na = given_here.count(NOT_APPLICABLE) if figures.level == "indicator" else 0
                assert (figures.answered, figures.not_applicable) == (len(values), na)
                assert figures.distribution == self.by_hand(values, figures, inside)
                empty = getattr(figures.distribution, "empty", 0)
                assert figures.unanswered == len(inside) - len(values) - na - empty

    def by_hand(self, values: list[Any], figures: Figures, inside: list[Interview]) -> Any:
        """The distribution of some values, counted in another way."""
        match figures.distribution:
            case Numbers() as found:
                counts = Counter(values)
                return evolve(
                    found, values=sorted(counts), counts=[counts[v] for v in found.values]
                )
            case Options() as found:
                counts = Counter(name for each in values for name in chosen(each))
                return Options({name: counts[name] for name in found.counts})
            case Parts(parts=parts):
                shares = [shares_of(each, [p.option for p in parts]) for each in values]
                empty = sum(
                    isinstance(a := each.answers.get("composition"), er.FrozenMap)
                    and not sum(a.values())
                    for each in inside
                )
                made = []
                for part in parts:
                    counts = Counter(each[part.option] for each in shares)
                    mean = Fraction(sum(each[part.option] for each in shares), len(shares))
                    down = Decimal(int(mean * 10)) / 10
                    assert part.exact_mean == mean
                    values_here = sorted(counts)
                    made.append(
                        evolve(
                            part,
                            values=values_here,
                            counts=[counts[v] for v in values_here],
                            mean=down,
                        )
                    )
                assert sum(part.exact_mean for part in parts) == 1000
                return Parts(made, empty)

    def test_grades_are_shares_of_those_with_a_value(self) -> None:
        """
        Of 1 to 25 members six are at least 20; what is not graded has no grades.
        """
        benchmark = built(many(25, private=30))
        members = figures_of(benchmark, ("everybody", None), ("indicator", "members"))
        private = figures_of(benchmark, ("everybody", None), ("indicator", "private"))

        assert members is not None
        assert private is not None
        assert members.grades == {"good": 6, "poor": 19}
        assert private.grades == {}

    def test_points_count_once_they_are_settled(self) -> None:
        """
        Who left an answer open has no points yet, and is counted as unanswered.
        """
        full = many(6, listed=True, staff=3)
        open_ones = [organisation(f"Open {n}", members=30, listed=True) for n in range(2)]
        total = figures_of(built([*full, *open_ones]), ("everybody", None), ("total", None))

        assert total is not None
        assert (total.answered, total.unanswered) == (6, 2)
        assert total.distribution == Numbers([3], [6], er.Quartiles(3, 3, 3))

    def test_a_ruleset_without_gradings_has_no_points(self) -> None:
        """
        Nor a basis for anything.
        """
        bare = evolve(RULES, grading={})
        benchmark = er.build_benchmark(many(5), bare, on=ON)

        assert {each.level for each in benchmark.subjects} == {"indicator"}
        assert {each.basis for each in benchmark.subjects} == {None}


class TestCounting:
    """docs/benchmark.md, "What is counted": one interview of each organisation."""

    def test_an_organisation_counts_once(self) -> None:
        """
        The first of its interviews counts, however its name is written.
        """
        first = organisation("Größe Example", members=1)
        again = [
            organisation("  GRÖSSE   example ", members=99),
            organisation("Größe Example", members=98),
        ]
        abroad = organisation("Größe Example", "NO", members=1)

        benchmark = built([first, *again, abroad, *many(4)])

        assert (benchmark.interviews, benchmark.repeated) == (6, 2)
        found = figures_of(benchmark, ("everybody", None), ("indicator", "members"))
        assert found is not None
        assert isinstance(found.distribution, Numbers)
        assert max(found.distribution.values) == 4

    def test_what_is_left_out_is_counted(self) -> None:
        """
        Another edition of the catalogue, what could not be read, and what is made up.
        """
        other = organisation("Other", asked=samples.catalogue("2023-01"))
        note = {"/x-made-up": True}
        corpus = [
            er.InvalidDocument("a.json", []),
            other,
            *(evolve(each, extensions=note) for each in many(3)),
            evolve(organisation("Else"), extensions={"/cluster/x-made-up": True}),
        ]

        found = built(corpus)

        counts = found.interviews, found.made_up, found.of_another_catalogue, found.unreadable
        assert counts == (4, 3, 1, 1)

    def test_the_next_interview_of_another_edition_still_counts(self) -> None:
        """
        What is left out takes nobody's place.
        """
        old = organisation("Example", asked=samples.catalogue("2023-01"))

        assert built([old, organisation("Example")]).interviews == 1

    @given(corpora(), st.randoms(use_true_random=False))
    def test_the_order_does_not_matter(self, corpus: list[Interview], chance: Any) -> None:
        """
        Whatever the order of the organisations, the same bytes come of them.
        """
        shuffled = list(corpus)
        chance.shuffle(shuffled)

        assert er.write_benchmark(built(shuffled)) == er.write_benchmark(built(corpus))

    def test_the_interviews_may_come_one_by_one(self) -> None:
        """
        They are gone through once.
        """
        corpus = many(7)

        assert built(each for each in corpus) == built(corpus)


class TestGroups:
    """docs/benchmark.md, "Groups"."""

    @pytest.mark.parametrize(
        ("on", "held"),
        [
            (date(2023, 12, 31), 0),
            (date(2024, 1, 1), 5),
            (date(2026, 12, 31), 5),
            (date(2027, 1, 1), 0),
        ],
    )
    def test_a_label_of_the_history_counts_on_its_days(self, on: date, held: int) -> None:
        """
        From the award to the last day, both included.
        """
        corpus = [organisation(f"Holder {n}", labels=("gold",)) for n in range(5)]
        group = built([*corpus, *many(5)], on=on).group("label", "gold")

        assert (group.size if group else 0) == held

    @pytest.mark.parametrize(
        ("on", "held"),
        [(HELD.on, 5), (date(2026, 3, 18), 5), (date(2024, 3, 17), 0), (date(2026, 3, 19), 0)],
    )
    def test_a_label_that_the_interview_earns_counts_on_its_days(self, on: date, held: int) -> None:
        """
        Two years from the interview, as the ruleset has it.
        """
        corpus = [organisation(f"Large {n}", members=20) for n in range(5)]
        small = [organisation(f"Small {n}", members=19) for n in range(5)]
        group = built([*corpus, *small], on=on).group("label", "bronze")

        assert (group.size if group else 0) == held

    @pytest.mark.parametrize("written", ["ICT", "ict", "  Ict "])
    def test_a_portfolio_is_known_however_it_is_written(self, written: str) -> None:
        """
        It has the name that the register has.
        """
        found = built(many(5, portfolio=written))

        assert found.group("portfolio", "ICT") is not None

    def test_an_unknown_portfolio_makes_no_group(self) -> None:
        """
        Whoever is in it is compared with all the others; a name would be told of it.
        """
        found = built(many(5, portfolio="The five of us"))

        assert [each.family for each in found.groups] == ["everybody", "country"]
        assert found.unlisted.portfolio == 0

    def test_groups_stand_in_their_order(self) -> None:
        """
        Everybody, the labels from the highest down, portfolios and countries by name.
        """
        corpus = [
            organisation(f"{labels} {country} {n}", country, portfolio, labels)
            for labels in (("bronze",), ("silver", "gold"))
            for country, portfolio in (("NO", "ICT"), ("IT", "Construction"))
            for n in range(5)
        ]

        assert [str(each.called) for each in built(corpus).groups] == [
            "everybody",
            "gold",
            "silver",
            "bronze",
            "Construction",
            "ICT",
            "IT",
            "NO",
        ]


class TestDigits:
    """docs/benchmark.md, "Many different values"."""

    def shortened_by_hand(self, values: Sequence[int | Decimal]) -> tuple[int | None, set[Any]]:
        """The most digits with which there are not too many, and what is left."""
        if len(set(values)) <= MOST_VALUES:
            return None, set(values)
        for digits in (4, 3, 2, 1):
            left = {shortened(each, digits) for each in values}
            if len(left) <= MOST_VALUES:
                return digits, left
        return 1, left

    @pytest.mark.parametrize(
        "values",
        [
            list(range(1000)),
            list(range(1001)),
            list(range(10_000, 12_000)),
            [Decimal(n) / 1000 for n in range(20_000)],
            [int(f"{n}{'0' * zeros}") for n in range(100) for zeros in range(900)][::7],
        ],
        ids=["1000", "1001", "thousands", "decimals", "too many for one digit"],
    )
    def test_as_many_digits_are_kept_as_can_be_in_any_order(
        self, values: list[int | Decimal]
    ) -> None:
        """
        Forwards and backwards, all at once or one after the other.
        """
        digits, left = self.shortened_by_hand(values)

        for order in (values, values[::-1]):
            tally = tally_of(Number())
            everybody = er_everybody()
            for each in order:
                assert tally.add(each, (everybody,))
            found = tally.distribution(everybody)
            assert isinstance(found, Numbers)
            assert (found.digits, set(found.values)) == (digits, left)
            assert sum(found.counts) == len(values)

    def test_all_groups_keep_the_same_digits(self) -> None:
        """
        Also one with few values: of 1001 that differ in their first four digits, and in
        their first three, only two are left.
        """
        tally, small = tally_of(Count()), er_everybody("IT")
        tally.add(123_456, (er_everybody(), small))
        for each in range(1001):
            tally.add(each * 10_000 + 1, (er_everybody(),))

        found = tally.distribution(small)
        assert isinstance(found, Numbers)
        assert (found.values, found.digits) == ((120_000,), 2)

    def test_an_own_value_is_shortened_in_the_same_way(self) -> None:
        """
        It stands where it would stand among the others: with three digits there are
        still 1001 different ones, so that two are kept.
        """
        corpus = many(1001)
        own = organisation("Own", members=12_345)
        benchmark = built([*corpus, own])
        first = er.place(benchmark, own, ruleset=RULES)[0]

        assert isinstance(first.position, er.Rank)
        assert (first.position.value, first.position.percentile) == (
            12_000,
            1 - Fraction(1, 2 * 1002),
        )


def er_everybody(country: str | None = None) -> Any:
    """The name of everybody, or of a country."""
    from ecei_rules.benchmark.disclosure_control import EVERYBODY, GroupName

    return GroupName("country", country) if country else EVERYBODY


class TestDocument:
    """docs/formats.md, "Benchmark"."""

    @given(corpora())
    def test_what_was_written_reads_as_it_was(self, corpus: list[Interview]) -> None:
        """
        With any reader, and what is written fits the schema.
        """
        benchmark = evolve(built(corpus), extensions={"/x-note": "kept"})
        text = er.write_benchmark(benchmark)

        assert er.read_benchmark(text) == read_document(text) == benchmark
        assert er.write_benchmark(er.read_benchmark(text)) == text
        assert SCHEMA.is_valid(json.loads(text))

    @given(st.data())
    def test_the_quick_way_takes_exactly_what_the_schema_takes(self, data: st.DataObject) -> None:
        """
        Not every number is held against the schema one by one, and none gets by all the
        same: what does not fit is refused, and for a reason that the schema has.
        """
        document = json.loads(er.write_benchmark(RICH))
        document = data.draw(spoiled(document))

        try:
            er.read_benchmark(json.dumps(document))
        except er.InvalidDocument as error:
            of_sense = {"ECEI213", "ECEI441", "ECEI442", "ECEI443", "ECEI444"}
            accepted = {each.code for each in error.problems} <= of_sense
        else:
            accepted = True
        # 1.0 is a whole number in JSON, and 10**30 has no fraction in Python alone
        assert SCHEMA.is_valid(document) is accepted

    @given(st.sampled_from([True, "1", None, [], {}]), st.data())
    def test_no_number_of_a_list_gets_by(self, odd: Any, data: st.DataObject) -> None:
        """
        Wherever it stands in the list of the values or of how often they occur.
        """
        document = json.loads(er.write_benchmark(RICH))
        figures = data.draw(st.sampled_from(document["groups"][0]["figures"]))
        found = figures["distribution"]
        lists = [each for each in (found, *found.get("parts", ())) if "values" in each]
        if not lists:
            lists = [document["groups"][0]["figures"][0]["distribution"]]
        one = data.draw(st.sampled_from(lists))[data.draw(st.sampled_from(("values", "counts")))]
        one[data.draw(st.integers(0, len(one) - 1))] = odd

        with pytest.raises(er.InvalidDocument):
            er.read_benchmark(json.dumps(document))

    def test_a_file_is_read_as_well(self, tmp_path: Any) -> None:
        """
        By its path.
        """
        path = tmp_path / "benchmark.json"
        path.write_text(er.write_benchmark(RICH), encoding="utf-8")

        assert er.load_benchmark(path) == RICH


RICH_CORPUS = [
    organisation(
        f"Rich {n}",
        ("IT", "NO")[n % 2],
        ("ICT", "Construction")[n // 10],
        ("gold",) if n < 10 else (),
        members=n + 10,
        staff=Decimal(n) / 4,
        private=n,
        since=2000 + n % 3,
        listed=n % 3 > 0,
        form=("north", "south")[n % 2],
        services=("north", "east")[: n % 3],
        composition={"north": n % 4, "south": n % 5},
    )
    for n in range(20)
]
RICH = built(RICH_CORPUS)


class TestPlacing:
    """docs/benchmark.md, "Where one stands"."""

    @given(corpora(), st.data())
    def test_an_interview_is_placed_in_all_its_groups(
        self, corpus: list[Interview], data: st.DataObject
    ) -> None:
        """
        In each with every subject: figures, or why there are none.
        """
        own = data.draw(st.sampled_from([*corpus, organisation("Own", "FI", members=20)]))
        benchmark = built(corpus)

        found = er.place(benchmark, own, ruleset=RULES)

        portfolio = own.cluster.comparative_portfolio
        wanted: list[Named] = [("everybody", None)]
        wanted += [("label", each) for each in ("gold", "silver", "bronze")]
        wanted += [("portfolio", portfolio)] if portfolio else []
        wanted += [("country", own.cluster.country)]
        assert [((e.family, e.group), (e.level, e.id)) for e in found] == [
            (group, key) for group in wanted for key in KEYS
        ]
        listed = {(each.family, each.name) for each in benchmark.groups}
        for each in found:
            assert each.figures == figures_of(
                benchmark, (each.family, each.group), (each.level, each.id)
            )
            assert (each.withheld is None) is (each.figures is not None)
            assert (each.withheld == "not_listed") is ((each.family, each.group) not in listed)
            has_value = value_by_hand(own, (each.level, each.id)) is not None
            assert (each.position is not None) is (each.figures is not None and has_value)

    def test_numbers_have_a_rank(self) -> None:
        """
        Of 10 to 29 members, 24 have 14 below and itself: (14 + 1/2) / 20.
        """
        first = er.place(RICH, RICH_CORPUS[14], ruleset=RULES)[0]

        assert (first.answer, first.grade) == (24, "good")
        assert first.position == er.Rank(24, Fraction(29, 40), 3)

    def test_options_have_the_share_that_chose_them_too(self) -> None:
        """
        Half of the twenty are of the form north; thirteen are listed; of the services
        thirteen chose north and six east.
        """
        by_id = {p.id: p.position for p in er.place(RICH, RICH_CORPUS[2], ruleset=RULES)[:8]}

        assert by_id["form"] == er.Agreement({"north": Fraction(1, 2)})
        assert by_id["listed"] == er.Agreement({"yes": Fraction(13, 20)})
        assert by_id["services"] == er.Agreement(
            {"north": Fraction(13, 20), "east": Fraction(6, 20)}
        )

    def test_a_breakdown_has_a_rank_for_each_option(self) -> None:
        """
        Number 3 is all north but for an equal half: 500 per mille each, none east.
        """
        placed = er.place(RICH, RICH_CORPUS[3], ruleset=RULES)[7]

        assert isinstance(placed.position, er.PartRanks)
        assert [(name, rank.value) for name, rank in placed.position.ranks.items()] == [
            ("north", 500),
            ("south", 500),
            ("east", 0),
        ]
        assert placed.position.ranks["east"].percentile == Fraction(1, 2)

    def test_a_breakdown_without_any_count_has_no_rank(self) -> None:
        """
        There are no shares of nothing.
        """
        placed = er.place(RICH, organisation("Own", composition={"north": 0}), ruleset=RULES)[7]

        assert (placed.id, placed.position) == ("composition", None)
        assert placed.figures is not None

    def test_the_shipped_ruleset_is_found_by_itself(self) -> None:
        """
        An interview of the examples needs nothing but the benchmark.
        """
        example = er.load_interview(samples.EXAMPLE)
        ruleset = er.shipped().ruleset("bronze", version="2019-11")
        corpus = [evolve(example, cluster=Cluster(f"Example {n}", "IT")) for n in range(5)]
        benchmark = er.build_benchmark(corpus, ruleset, on=ON)

        total = [each for each in er.place(benchmark, example) if each.level == "total"]
        assert [each.answer for each in total] == [57] * 6
        assert total[0].position == er.Rank(57, Fraction(1, 2), 2)

    def test_another_catalogue_is_refused(self) -> None:
        """
        An answer means what the question of its own edition asked.
        """
        other = organisation("Other", asked=samples.catalogue("2023-01"))

        with pytest.raises(er.WrongCatalogue) as raised:
            er.place(RICH, other, ruleset=RULES)

        assert str(raised.value) == (
            "the interview was held with sample@2023-01, but bronze@2024-01 judges sample@2024-01"
        )

    def test_another_ruleset_is_refused(self) -> None:
        """
        Points would be held against points of other rules.
        """
        with pytest.raises(er.DigestMismatch, match=r"^the ruleset bronze@2024-01 is not the one"):
            er.place(RICH, RICH_CORPUS[0], ruleset=evolve(RULES, version="2024-02"))
        with pytest.raises(er.UnknownEdition, match=r'^there is no edition "bronze@2024-01"'):
            er.place(RICH, RICH_CORPUS[0])

    @pytest.mark.parametrize(
        ("at", "changed", "message"),
        [
            (0, {"distribution": Options({"yes": 20, "no": 0})}, 'the indicator "members"'),
            (4, {"distribution": Options({"yes": 20})}, 'the indicator "listed"'),
            (5, {"distribution": RICH.groups[0].figures[7].distribution}, 'the indicator "form"'),
            (7, {"distribution": RICH.groups[0].figures[0].distribution}, '"composition"'),
            (
                7,
                {"distribution": Options({"north": 1, "south": 1, "east": 1})},
                'the indicator "composition"',
            ),
            (8, {"distribution": Options({})}, 'the dimension "structure"'),
        ],
    )
    def test_figures_of_another_kind_are_refused(
        self, at: int, changed: dict[str, Any], message: str
    ) -> None:
        """
        Digests alone do not say that somebody's benchmark is what it seems to be.
        """
        everybody, *others = RICH.groups
        figures = list(everybody.figures)
        figures[at] = evolve(figures[at], **changed)
        benchmark = evolve(RICH, groups=[evolve(everybody, figures=figures), *others])

        with pytest.raises(er.InvalidDocument) as raised:
            er.place(benchmark, RICH_CORPUS[0], ruleset=RULES)

        (problem,) = raised.value.problems
        assert problem.where == f"/groups/0/figures/{at}/distribution"
        assert "they are no figures of the " in problem.message
        assert message in problem.message

    def test_subjects_of_other_rules_are_refused(self) -> None:
        """
        As are their figures.
        """
        strange = evolve(RICH.subjects[0], id="strange")
        benchmark = evolve(RICH, subjects=[strange, *RICH.subjects[1:]])

        with pytest.raises(er.InvalidDocument, match='nothing of the indicator "strange"'):
            er.place(benchmark, RICH_CORPUS[0], ruleset=RULES)


def test_what_names_no_option_has_none() -> None:
    """
    To ask for the options of a number is a mistake of the program.
    """
    with pytest.raises(TypeError, match=r"^no answer that names options: 3$"):
        chosen(3)
