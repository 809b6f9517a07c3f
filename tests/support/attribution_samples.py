"""Small rulesets and interviews, and comparisons of their assessments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import evolve

import ecei_rules as er
from ecei_rules.comparison.impact.attribution import Difference, Factor, compare_assessments
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Catalogue,
    Count,
    Dimension,
    Fact,
    Indicator,
    Number,
    Option,
    Year,
    YesNo,
)
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.history import Cluster, LabelEvent
from ecei_rules.interviews.interview import Conducted, Improvement, Interview
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Criterion,
)
from ecei_rules.rulesets.editions import Edition
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset
from ecei_rules.rulesets.validity import FirstAward, Renewal, ValidityRules

if TYPE_CHECKING:
    from ecei_rules.comparison.impact.attribution import AssessmentComparison
    from ecei_rules.rulesets.criteria import Requirement

ANSWERS, RULES, DAY = Factor.ANSWERS, Factor.RULES, Factor.DAY


CLUSTER = Cluster("Example Cluster", "IT")


Side = tuple[Interview, Ruleset]


def edition_of(*rules: Ruleset) -> Edition:
    """Return an edition of some rulesets, each of them once."""
    judged = dict.fromkeys(each.catalogue for each in rules)
    return Edition(judged, rulesets=dict.fromkeys(rules))


def compared(before: Side, after: Side, *, known: bool) -> AssessmentComparison:
    """Compare the assessments, with the interviews or without."""
    return compare_assessments(
        er.assess(*before),
        er.assess(*after),
        edition=edition_of(before[1], after[1]),
        interviews=(before[0], after[0]) if known else None,
    )


def by_aspect(comparison: AssessmentComparison) -> dict[tuple[str, str], Difference]:
    """Return the differences by aspect and id."""
    return {(each.aspect, each.id): each for each in comparison.differences}


MEMBERS, FOUNDED = "members", "year-founded"


ATTESTED = Attestation("attested", sources=["page"])


def asked(name: str, kind: Any, *, may_not_apply: bool = False) -> Indicator:
    """Return an indicator of the only dimension."""
    title = Text({"en": name.capitalize()})
    return Indicator(
        name,
        "structure",
        title,
        title,
        kind,
        not_applicable=may_not_apply,
        provenance=ATTESTED,
    )


def catalogue(*indicators: Indicator, version: str = "2024-01") -> Catalogue:
    """Return a catalogue of these indicators and of the staff."""
    return Catalogue(
        "sample",
        version,
        Text({"en": "Sample"}),
        [Dimension("structure", Text({"en": "Structure"}))],
        indicators,
        facts=[Fact("staff", Text({"en": "Staff"}), Number(unit="FTE"))],
    )


ASKED = catalogue(
    asked(MEMBERS, Count()),
    asked(FOUNDED, Year()),
    asked("plan", YesNo(), may_not_apply=True),
    asked("partners", Breakdown([Option(n, Text({"en": n})) for n in ("sme", "research")])),
)


def at_least(bound: int, measure: Any = "value") -> Threshold:
    """Return a lower bound."""
    return Threshold(measure, "at_least", Decimal(bound))


def graded(when: Any) -> Grading:
    """Return a grading: good, worth a point, if the condition holds, or else poor."""
    return Grading(1, [Grade("good", 1, when=when), Grade("poor", 0)])


def required(*requirements: Requirement, **more: Any) -> list[Criterion]:
    """Return required criteria, called one, two and three."""
    names = ("one", "two", "three")
    return [Criterion(n, "required", r, **more) for n, r in zip(names, requirements, strict=False)]


def rules(
    *requirements: Requirement,
    version: str = "2024-01",
    judges: Catalogue = ASKED,
    grading: Any = (),
    renewal: Renewal | None = None,
    label: Any = "bronze",
    **more: Any,
) -> Ruleset:
    """Return a ruleset that requires these, and awards for two years to the day."""
    starts = {"2024-01": date(2010, 1, 1), "2024-02": date(2012, 1, 1)}
    return Ruleset(
        label,
        version,
        Text({"en": "Sample"}),
        Period(starts[version]),
        judges,
        ("poor", "good"),
        grading,
        required(*requirements, **more),
        ValidityRules(FirstAward(2, "same_day"), renewal=renewal),
    )


def answered(on: date = date(2024, 3, 18), **answers: Any) -> Interview:
    """Return an interview with these answers; underscores become hyphens."""
    given = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return Interview(ASKED, CLUSTER, Conducted(on), given)


def causes(comparison: AssessmentComparison, aspect: str, name: str = "") -> tuple[Any, Any]:
    """Return the causes of one difference, and the sets that are not known."""
    difference = by_aspect(comparison)[aspect, name]
    return difference.due_to, difference.not_known


def floor(bound: int) -> AnswerMeets:
    """Require at least so many members."""
    return AnswerMeets("indicator", MEMBERS, at_least(bound))


BENCHMARKED = LabelEvent("bronze", "benchmarked", date(2022, 3, 18))


RICH = evolve(
    answered(members=40, year_founded=2020, plan=True, partners=FrozenMap({"sme": 3})),
    facts={"staff": 2},
    improvements=[Improvement("plan", "better", confirmed=True)],
    history=[BENCHMARKED],
)


POOR = evolve(
    answered(members=20, year_founded=2020, plan=True, partners=FrozenMap()), facts={"staff": 0}
)


STAFFED = AnswerMeets("fact", "staff", at_least(1))
