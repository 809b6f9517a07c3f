"""Catalogues and rulesets of a few lines, for comparisons worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ecei_rules.interviews.catalogue import Catalogue, Dimension, Fact, Indicator, Option
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.history import Cluster
from ecei_rules.interviews.interview import Conducted, Interview
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import OneOf, Threshold
from ecei_rules.rulesets.criteria import AnswerMeets, Criterion
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset
from ecei_rules.rulesets.validity import FirstAward, ValidityRules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.rulesets.conditions import Condition
    from ecei_rules.rulesets.criteria import Requirement

ON = date(2024, 3, 18)
WORDS = Text({"en": "a text"})
SCALE = IMPROVABLE, REASONABLE, EXCELLENT = ("improvable", "reasonable", "excellent")
YES = OneOf([True])


def options(*names: str) -> tuple[Option, ...]:
    """Return options to choose or to count."""
    return tuple(Option(each, WORDS) for each in names)


def indicator(name: str, kind: AnswerKind, **more: Any) -> Indicator:
    """Return an indicator of the dimension *structure*, unless another is given."""
    given = {"dimension": "structure", "title": WORDS, **more}
    return Indicator(name, answer=kind, question=WORDS, provenance=Attestation("attested"), **given)


def catalogue(*indicators: Indicator, version: str = "1", **facts: AnswerKind) -> Catalogue:
    """Return a catalogue of two dimensions with these indicators and facts."""
    return Catalogue(
        "tiny",
        version,
        WORDS,
        [Dimension("structure", WORDS), Dimension("services", WORDS)],
        indicators,
        facts=[Fact(name, WORDS, kind) for name, kind in facts.items()],
    )


def criteria(requirements: Iterable[Requirement]) -> list[Criterion]:
    """Return required criteria of the whole, named `criterion-0` and so on."""
    return [
        Criterion(f"criterion-{number}", "required", each)
        for number, each in enumerate(requirements)
    ]


def ruleset(
    asked: Catalogue,
    *requirements: Requirement,
    grading: Mapping[str, Grading] | None = None,
    **more: Any,
) -> Ruleset:
    """Return a ruleset over a catalogue that requires these of the whole, and nothing else."""
    given: dict[str, Any] = {
        "version": "1",
        "in_force": Period(date(2010, 11, 1)),
        "criteria": criteria(requirements),
        "validity": ValidityRules(FirstAward(2, "end_of_month")),
        **more,
    }
    return Ruleset(
        "bronze", title=WORDS, catalogue=asked, scale=SCALE, grading=grading or {}, **given
    )


def grades(*whens: Condition, weight: int = 1, **more: Any) -> Grading:
    """Return a grading of one or two conditions, the better first, one point a grade."""
    names = [EXCELLENT, REASONABLE][: len(whens)]
    best = [
        Grade(name, len(whens) - place, when=when)
        for place, (name, when) in enumerate(zip(names, whens, strict=True))
    ]
    return Grading(weight, [*best, Grade(IMPROVABLE, 0)], **more)


def at_least(bound: float | str) -> Threshold:
    """Require a number to be no less than a bound."""
    return Threshold("value", "at_least", Decimal(bound))


def meets(name: str, when: Condition = YES) -> AnswerMeets:
    """Require an indicator to be answered with yes, or to meet a condition."""
    return AnswerMeets("indicator", name, when)


def interview(asked: Catalogue, on: date = ON, /, **values: Any) -> Interview:
    """Return an interview with answers and facts to a catalogue."""
    facts = {name: value for name, value in values.items() if name in asked.facts_asked}
    answers = {name: value for name, value in values.items() if name in asked.asked}
    more = {name: value for name, value in values.items() if name not in {**facts, **answers}}
    return Interview(
        asked, Cluster("Tiny Cluster", "IT"), Conducted(on), answers, facts=facts, **more
    )
