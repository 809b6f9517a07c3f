"""A small catalogue with every kind of answer, a ruleset, organisations, and their benchmark."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from paths import EXAMPLES

from ecei_rules.benchmark.build import build_benchmark
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Catalogue,
    Choice,
    Choices,
    Count,
    Dimension,
    Indicator,
    Number,
    Option,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.history import Cluster, LabelEvent
from ecei_rules.interviews.interview import Conducted, Interview
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import OneOf, Threshold
from ecei_rules.rulesets.criteria import AnswerMeets, Criterion
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset
from ecei_rules.rulesets.validity import FirstAward, ValidityRules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.benchmark.benchmark import Benchmark, Figures
    from ecei_rules.diagnostics.errors import InvalidDocument

#: The level and the id of a subject, and the family and the name of a group.
SubjectKey = tuple[str, str | None]
GroupKey = tuple[str, str | None]

EXAMPLE = EXAMPLES / "awarded.json"
TITLE = Text({"en": "Sample"})
OPTIONS = tuple(Option(name, Text({"en": name})) for name in ("north", "south", "east"))
KINDS: dict[str, Any] = {
    "members": Count(unit="organisations"),
    "staff": Number(unit="FTE"),
    "private": Share(),
    "since": Year(),
    "listed": YesNo(),
    "form": Choice(OPTIONS),
    "services": Choices(OPTIONS),
    "composition": Breakdown(OPTIONS),
}
HELD, ON = Conducted(date(2024, 3, 18)), date(2025, 1, 31)
AWARD_DAYS = {"on": date(2024, 1, 1), "valid_until": date(2026, 12, 31)}


def catalogue(version: str = "2024-01") -> Catalogue:
    """Return a catalogue with one indicator of each kind, half of them in each dimension."""
    indicators = [
        Indicator(
            name,
            ("structure", "services")[index % 2],
            TITLE,
            TITLE,
            kind,
            not_applicable=True,
            provenance=Attestation("attested"),
        )
        for index, (name, kind) in enumerate(KINDS.items())
    ]
    dimensions = [Dimension("structure", TITLE), Dimension("services", TITLE)]
    return Catalogue("sample", version, TITLE, dimensions, indicators)


ASKED = catalogue()


def at_least(bound: int) -> Threshold:
    """Return a lower bound."""
    return Threshold("value", "at_least", Decimal(bound))


def good_or_poor(points: int, when: Any) -> Grading:
    """Return a grading with the grades good, worth some points, and poor."""
    return Grading(1, [Grade("good", points, when=when), Grade("poor", 0)])


def rules(judges: Catalogue = ASKED) -> Ruleset:
    """Return a ruleset with three graded indicators that requires 20 members."""
    return Ruleset(
        "bronze",
        "2024-01",
        TITLE,
        Period(date(2010, 1, 1)),
        judges,
        ("poor", "good"),
        {
            "members": good_or_poor(3, at_least(20)),
            "listed": good_or_poor(1, OneOf([True])),
            "staff": good_or_poor(2, at_least(2)),
        },
        [Criterion("enough", "required", AnswerMeets("indicator", "members", at_least(20)))],
        ValidityRules(FirstAward(2, "same_day")),
    )


RULES = rules()


def organisation(
    name: str,
    country: str = "IT",
    portfolio: str | None = None,
    labels: tuple[Any, ...] = (),
    asked: Catalogue = ASKED,
    **answers: Any,
) -> Interview:
    """Return an interview of an organisation that holds some labels on `ON`."""
    history = [LabelEvent(label, "awarded", **AWARD_DAYS) for label in labels]
    cluster = Cluster(name, country, comparative_portfolio=portfolio)
    frozen = {n: FrozenMap(a) if isinstance(a, dict) else a for n, a in answers.items()}
    return Interview(asked, cluster, HELD, frozen, history=history)


def many(count: int, **more: Any) -> list[Interview]:
    """Return interviews of organisations that have 1, 2, 3 … members."""
    return [organisation(f"Cluster {n}", **{"members": n, **more}) for n in range(1, count + 1)]


NOT_APPLICABLE = NotApplicable("not yet")
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "members": st.sampled_from((0, 3, 19, 20, 21, 500)),
    "staff": st.sampled_from((0, Decimal("0.5"), 2, Decimal("2.5"))),
    "private": st.decimals(0, 100, places=1),
    "since": st.integers(1990, 2024),
    "listed": st.booleans(),
    "form": st.sampled_from(("north", "south", "east")),
    "services": st.lists(st.sampled_from(("north", "south", "east")), unique=True).map(tuple),
    "composition": st.dictionaries(
        st.sampled_from(("north", "south", "east")), st.sampled_from((0, 1, 2, 50))
    ),
}
given_answers = st.fixed_dictionaries(
    {}, optional={name: each | st.just(NOT_APPLICABLE) for name, each in ANSWERS.items()}
)


class Corpus(list[Interview]):
    """Interviews with a short representation in reports of failures."""

    def __repr__(self) -> str:
        shown = (
            (e.cluster.country, e.cluster.comparative_portfolio, len(e.history), {**e.answers})
            for e in self
        )
        return "\n".join(map(str, shown))


@st.composite
def corpora(draw: st.DrawFn, most: int = 24) -> Corpus:
    """Draw organisations of few countries and portfolios, each with its own name."""
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(("IT", "IT", "IT", "NO")),
                st.sampled_from((None, "ICT", "ICT", "Construction")),
                st.sets(st.sampled_from(("bronze", "silver", "gold")), max_size=2).map(sorted),
                # most answer alike, so that most figures are shown
                st.just({"members": 7, "listed": True, "staff": 1}) | given_answers,
            ),
            max_size=most,
        )
    )
    return Corpus(
        organisation(f"Organisation {number}", country, portfolio, tuple(labels), **answers)
        for number, (country, portfolio, labels, answers) in enumerate(drawn)
    )


KEYS: list[SubjectKey] = [
    *(("indicator", name) for name in KINDS),
    ("dimension", "structure"),
    ("dimension", "services"),
    ("total", None),
]


def benchmark_of(
    interviews: Iterable[Interview | InvalidDocument], *, on: date = ON, **more: Any
) -> Benchmark:
    """Return the benchmark of some interviews under `RULES`."""
    return build_benchmark(interviews, RULES, on=on, **more)


def expected_groups(interview: Interview) -> set[GroupKey]:
    """
    Return the groups of an organisation.

    20 members earn a bronze label, and so does an organisation without members to count.
    """
    held = {("label", each.label) for each in interview.history}
    members: Any = interview.answers.get("members", 0)
    if members == NOT_APPLICABLE or members >= 20:
        held.add(("label", "bronze"))
    portfolio = interview.cluster.comparative_portfolio
    named = {("portfolio", portfolio)} if portfolio else set()
    return {("everybody", None), *held, *named, ("country", interview.cluster.country)}


def has_value(interview: Interview, indicator: str) -> bool:
    """Whether an organisation counts as having answered an indicator."""
    answer: Any = interview.answers.get(indicator)
    return answer is not None and answer != NOT_APPLICABLE


def figures_of(benchmark: Benchmark, group: GroupKey, indicator: str) -> Figures | None:
    """Return the figures of an indicator in a group, if they are shown."""
    for each in benchmark.groups:
        for figures in each.figures:
            if (each.family, each.name) == group and figures.indicator == indicator:
                return figures
    return None


RICH_CORPUS = [
    organisation(
        f"Rich {n}",
        ("IT", "NO")[n % 2],
        ("ICT", "Construction")[n // 40],
        ("gold",) if n < 40 else (),
        members=n + 10,
        staff=Decimal(n) / 4,
        private=n,
        since=2000 + n % 20,
        listed=n % 3 > 0,
        form=("north", "south", "east")[n % 3],
        services=("north", "east")[: n % 3],
        composition={"north": n % 4, "south": 1 + n % 5},
    )
    for n in range(80)
]
#: A benchmark in which every kind of figures is shown in most groups.
RICH = benchmark_of(RICH_CORPUS)
