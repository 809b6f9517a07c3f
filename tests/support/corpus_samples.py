"""Small rulesets over two indicators and a fact, with interviews."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ecei_rules.interviews.catalogue import Catalogue, Count, Dimension, Fact, Indicator, YesNo
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
    from ecei_rules.rulesets.criteria import Requirement

TITLE = Text({"en": "Sample"})
COUNT = Count()
HELD = Conducted(date(2024, 3, 18))


def catalogue(
    *names: str, version: str = "2024-01", kind: Any = COUNT, title: Text = TITLE
) -> Catalogue:
    """Return a catalogue of some indicators, and of the fact whether there is staff."""
    indicators = [
        Indicator(name, "structure", title, title, kind, provenance=Attestation("attested"))
        for name in names
    ]
    dimensions = [Dimension("structure", title), Dimension("services", title)]
    facts = [Fact("staff", title, YesNo())]
    return Catalogue("sample", version, title, dimensions, indicators, facts=facts)


ASKED = catalogue("members", "partners")


def at_least(bound: int) -> Threshold:
    """Return a lower bound."""
    return Threshold("value", "at_least", Decimal(bound))


def graded(bound: int, weight: int = 1, **more: Any) -> Grading:
    """Return a grading: good, worth a point, from a bound on, or else poor."""
    return Grading(weight, [Grade("good", 1, when=at_least(bound)), Grade("poor", 0)], **more)


def members(bound: int) -> AnswerMeets:
    """Require at least so many members."""
    return AnswerMeets("indicator", "members", at_least(bound))


STAFF = AnswerMeets("fact", "staff", OneOf([True]))


def rules(
    version: str,
    *criteria: Criterion,
    judges: Catalogue = ASKED,
    grading: Any = (),
    scale: Any = ("poor", "good"),
) -> Ruleset:
    """Return a ruleset of some criteria."""
    days = ValidityRules(FirstAward(2, "same_day"))
    starts = Period(date(2010, 1, 1))
    return Ruleset("bronze", version, TITLE, starts, judges, scale, grading, criteria, days)


def required(name: str, requirement: Requirement, **more: Any) -> Criterion:
    """Return a required criterion."""
    return Criterion(name, "required", requirement, **more)


def answered(name: str = "Example Cluster", **answers: Any) -> Interview:
    """Return an interview with these answers, and with staff if it is given."""
    facts = {n: a for n, a in answers.items() if n == "staff"}
    given = {n: a for n, a in answers.items() if n != "staff"}
    return Interview(ASKED, Cluster(name, "IT"), HELD, given, facts=facts)
