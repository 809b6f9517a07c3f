"""Conditions and requirements in words."""

from __future__ import annotations

from typing import assert_never

from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    Requirement,
    ScoreReaches,
    SomeRequirement,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

AT = {
    "at_least": "at least",
    "more_than": "more than",
    "at_most": "at most",
    "less_than": "less than",
}


def bounded(threshold: Threshold) -> str:
    """
    Word the bound of a threshold, without the options it is about.

    >>> from decimal import Decimal
    >>> bounded(Threshold("share_of", "more_than", Decimal("50.0"), options=["sme"]))
    'more than 50 %'
    """
    number = f"{AT[threshold.comparison]} {plain(threshold.bound)}"
    match threshold.measure:
        case "value" | "sum_of":
            return number
        case "share_of":
            return f"{number} %"
        case "types":
            return f"{number} {_noun(threshold, 'type')}"
        case "years_ago":
            return f"{number} {_noun(threshold, 'year')} ago"
        case unreachable:
            assert_never(unreachable)


def condition(of: Condition | None) -> str:
    """
    Word a condition; without one, as for the last grade, the word is "none".

    >>> condition(AnyOf([OneOf([True]), Includes(["sme", "research"])]))
    'any of (yes; "sme" and "research")'
    """
    match of:
        case None:
            return "none"
        case Threshold(options=options):
            return f"{named(options)} {bounded(of)}" if options else bounded(of)
        case OneOf(values=given):
            return named(given, "or")
        case Includes(options=options):
            return named(options)
        case AllOf(parts=parts):
            return f"all of ({'; '.join(map(condition, parts))})"
        case AnyOf(parts=parts):
            return f"any of ({'; '.join(map(condition, parts))})"
        case unreachable:
            assert_never(unreachable)


def requirement(of: Requirement) -> str:
    """
    Word a requirement.

    >>> requirement(Earlier("bronze", "benchmarked", at_most_months=24))
    'bronze benchmarked at most 24 months before'
    """
    match of:
        case Complete():
            return "every indicator answered"
        case AnswerMeets(id=name, when=when):
            return f'"{name}": {condition(when)}'
        case Floor(indicators=indicators, grade=grade):
            return f'"{grade}" or better in {named(indicators)}'
        case ScoreReaches():
            return score(of)
        case CountGraded(at_least=least, grade=grade):
            return f'at least {number_of(least, "indicator")} "{grade}" or better'
        case Earlier():
            return _earlier(of)
        case Improvements(at_least=least):
            return f"at least {number_of(least, 'improvement')} confirmed"
        case EveryRequirement(parts=parts):
            return f"all of ({'; '.join(map(requirement, parts))})"
        case SomeRequirement(parts=parts):
            return f"any of ({'; '.join(map(requirement, parts))})"
        case unreachable:
            assert_never(unreachable)


def score(of: ScoreReaches) -> str:
    """Word the score that is required, in percent or in points."""
    if of.unit == "percent":
        return f"at least {plain(of.at_least)} %"
    return f"at least {plain(of.at_least)} {'point' if of.at_least == 1 else 'points'}"


def named(values: Iterable[str | bool], last: str = "and") -> str:
    """
    List options, or yes and no, for a sentence; without any the word is "none".

    >>> named(["sme", "research"]), named([True, False], "or"), named([])
    ('"sme" and "research"', 'yes or no', 'none')
    """
    words = {True: "yes", False: "no"}
    each = [words[value] if isinstance(value, bool) else f'"{value}"' for value in values]
    *others, final = each or ["none"]
    return f"{', '.join(others)} {last} {final}" if others else final


def _noun(threshold: Threshold, thing: str) -> str:
    return thing if threshold.bound == 1 else f"{thing}s"


def _earlier(of: Earlier) -> str:
    bounds = [
        f"{words} {number_of(months, 'month')}"
        for words, months in (("at least", of.at_least_months), ("at most", of.at_most_months))
        if months is not None
    ]
    asked = f"{of.label} {of.event}" + (" twice" if of.repeated else "")
    if not bounds:
        return asked if of.repeated else f"{asked} before"
    return f"{asked} {' and '.join(bounds)} {'apart' if of.repeated else 'before'}"
