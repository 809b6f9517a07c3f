"""Where the shape of a document is not the shape of the value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.comparison import ScopeComparison, Shares
from ecei_rules.comparison.diff.change import Change
from ecei_rules.comparison.impact.corpus_outcomes import ChangedCriterion, Turn
from ecei_rules.comparison.validity import Example
from ecei_rules.evaluation.assessment import Score
from ecei_rules.planning.plan import AnswerChange, Blocked
from ecei_rules.rulesets.conditions import COMPARE, Threshold
from ecei_rules.rulesets.criteria import AnswerMeets, Criterion, ScoreReaches
from ecei_rules.rulesets.ruleset import Ruleset
from ecei_rules.rulesets.validity import FirstAward, Renewal

Members = dict[str, Any]

_OF_CRITERION = ("id", "severity", "dimension", "title", "provenance")


@frozen
class Adapter:
    """How the members of a document become attributes, and back."""

    read: Callable[[Members], Members]
    write: Callable[[Members], Members]


def _read_threshold(members: Members) -> Members:
    """`at_least` and its like name the comparison; what they hold is the bound."""
    rest = {name: value for name, value in members.items() if name not in COMPARE}
    comparison = next(name for name in COMPARE if name in members)
    return {**rest, "comparison": comparison, "bound": members[comparison]}


def _write_threshold(members: Members) -> Members:
    bound = {members.pop("comparison"): members.pop("bound")}
    return {**members, **bound}


def _read_answer(members: Members) -> Members:
    """`indicator` or `fact` names the subject; what it holds is the id."""
    subject = "indicator" if "indicator" in members else "fact"
    return {"subject": subject, "id": members[subject], **_without(members, subject)}


def _write_answer(members: Members) -> Members:
    return {members.pop("subject"): members.pop("id"), **members}


def _read_score(members: Members) -> Members:
    unit = "percent" if "at_least_percent" in members else "points"
    name = f"at_least_{unit}"
    return {"unit": unit, "at_least": members[name], **_without(members, name)}


def _write_score(members: Members) -> Members:
    return {f"at_least_{members['unit']}": members["at_least"]}


def _read_criterion(members: Members) -> Members:
    """A document writes a criterion and its requirement as one object."""
    own = {name: value for name, value in members.items() if name in _OF_CRITERION}
    return {**own, "requirement": _without(members, *own)}


def _write_criterion(members: Members) -> Members:
    requirement: Members = members.pop("requirement")
    return {**members, **requirement}


def _read_ruleset(members: Members) -> Members:
    """That a ruleset follows a gap stands with its period."""
    in_force = members["in_force"]
    period = _without(in_force, "after_gap")
    return {**members, "in_force": period, "after_gap": in_force.get("after_gap", False)}


def _write_ruleset(members: Members) -> Members:
    if "after_gap" in members:
        members["in_force"] = {**members["in_force"], "after_gap": members.pop("after_gap")}
    return members


def _counted_from(day: str) -> Adapter:
    """What the years are counted from follows from the rule, and is said all the same."""
    return Adapter(
        lambda members: _without(members, "from"), lambda members: {**members, "from": day}
    )


def _read_interval(members: Members) -> Members:
    """The percentages of a score are there for the reader; they must be right."""
    read = {**members["points"], "maximum": members["maximum"]}
    if members != _write_interval(dict(read)):
        msg = "the percentages do not follow from the points"
        raise ValueError(msg)
    return read


def _write_interval(members: Members) -> Members:
    low, high = Score(**members).percent
    maximum = members.pop("maximum")
    return {"points": members, "maximum": maximum, "percent": {"low": low, "high": high}}


def _read_shares(members: Members) -> Members:
    """The percentages are there for the reader; they must be right."""
    read: Members = members["classes"]
    if members != _write_shares(dict(read)):
        msg = "the percentages do not follow from the classes"
        raise ValueError(msg)
    return read


def _write_shares(members: Members) -> Members:
    """Percentages stand beside the numbers, for whoever cannot read numbers of such length."""
    shares = Shares(**members)
    percent = {name: shares.percent(number) for name, number in members.items()}
    return {"classes": members, "total": shares.total, "percent": percent}


def _write_present(members: Members) -> Members:
    """What is not there is left out, also where a value has to state it."""
    return {name: value for name, value in members.items() if value is not None}


def _without(members: Members, *names: str) -> Members:
    return {name: value for name, value in members.items() if name not in names}


# of comparisons and plans, which are written and not read
_PRESENT = Adapter(dict, _write_present)

ADAPTERS: dict[type, Adapter] = {
    AnswerMeets: Adapter(_read_answer, _write_answer),
    AnswerChange: _PRESENT,
    Blocked: _PRESENT,
    Certificate: _PRESENT,
    Change: _PRESENT,
    ChangedCriterion: _PRESENT,
    Criterion: Adapter(_read_criterion, _write_criterion),
    Example: _PRESENT,
    FirstAward: _counted_from("interview"),
    Renewal: _counted_from("previous_end"),
    Ruleset: Adapter(_read_ruleset, _write_ruleset),
    ScopeComparison: _PRESENT,
    Score: Adapter(_read_interval, _write_interval),
    ScoreReaches: Adapter(_read_score, _write_score),
    Shares: Adapter(_read_shares, _write_shares),
    Turn: _PRESENT,
    Threshold: Adapter(_read_threshold, _write_threshold),
}
