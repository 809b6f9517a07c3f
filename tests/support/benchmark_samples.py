"""A small catalogue with every kind of answer, a ruleset, and many organisations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from paths import EXAMPLES

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
    """A catalogue with one indicator of each kind, half of them in each dimension."""
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
    """A lower bound."""
    return Threshold("value", "at_least", Decimal(bound))


def two(points: int, when: Any) -> Grading:
    """Good, worth some points, or else poor."""
    return Grading(1, [Grade("good", points, when=when), Grade("poor", 0)])


def rules(judges: Catalogue = ASKED) -> Ruleset:
    """Three graded indicators, two of them in one dimension; 20 members earn the label."""
    return Ruleset(
        "bronze",
        "2024-01",
        TITLE,
        Period(date(2010, 1, 1)),
        judges,
        ("poor", "good"),
        {
            "members": two(3, at_least(20)),
            "listed": two(1, OneOf([True])),
            "staff": two(2, at_least(2)),
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
    """An interview with some answers, of an organisation that holds some labels on ON."""
    history = [LabelEvent(label, "awarded", **AWARD_DAYS) for label in labels]
    cluster = Cluster(name, country, comparative_portfolio=portfolio)
    frozen = {n: FrozenMap(a) if isinstance(a, dict) else a for n, a in answers.items()}
    return Interview(asked, cluster, HELD, frozen, history=history)


def many(count: int, **more: Any) -> list[Interview]:
    """So many organisations that answer the number of their members: 1, 2, 3 and so on."""
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
    """Interviews that a report of a failure shows in short."""

    def __repr__(self) -> str:
        shown = (
            (e.cluster.country, e.cluster.comparative_portfolio, len(e.history), {**e.answers})
            for e in self
        )
        return "\n".join(map(str, shown))


@st.composite
def corpora(draw: st.DrawFn, most: int = 24) -> Corpus:
    """Organisations of few countries and portfolios, each with another name."""
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
