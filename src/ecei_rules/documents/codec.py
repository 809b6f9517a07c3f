"""The codec of catalogues, interviews, rulesets and label histories."""

from __future__ import annotations

from ecei_rules.documents.converter import Adapter, Codec, without
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Catalogue,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.interviews.interview import Interview
from ecei_rules.rulesets.conditions import (
    COMPARE,
    AllOf,
    AnyOf,
    Combination,
    Includes,
    OneOf,
    Reading,
    Threshold,
)
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Ruleset
from ecei_rules.rulesets.validity import FirstAward, Renewal, Validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.documents.converter import Members

_OF_CRITERION = ("id", "severity", "dimension", "title", "provenance")


def _read_threshold(members: Members) -> Members:
    """In a document the comparison is the name of a member, whose value is the bound."""
    rest = {name: value for name, value in members.items() if name not in COMPARE}
    comparison = next(name for name in COMPARE if name in members)
    return {**rest, "comparison": comparison, "bound": members[comparison]}


def _write_threshold(members: Members) -> Members:
    bound = {members.pop("comparison"): members.pop("bound")}
    return {**members, **bound}


def _read_answer(members: Members) -> Members:
    """In a document the subject is the name of a member, whose value is the id."""
    subject = "indicator" if "indicator" in members else "fact"
    return {"subject": subject, "id": members[subject], **without(members, subject)}


def _write_answer(members: Members) -> Members:
    return {members.pop("subject"): members.pop("id"), **members}


def _read_score(members: Members) -> Members:
    unit = "percent" if "at_least_percent" in members else "points"
    name = f"at_least_{unit}"
    return {"unit": unit, "at_least": members[name], **without(members, name)}


def _write_score(members: Members) -> Members:
    return {f"at_least_{members['unit']}": members["at_least"]}


def _read_criterion(members: Members) -> Members:
    """In a document a criterion and its requirement are one object."""
    own = {name: value for name, value in members.items() if name in _OF_CRITERION}
    return {**own, "requirement": without(members, *own)}


def _write_criterion(members: Members) -> Members:
    requirement: Members = members.pop("requirement")
    return {**members, **requirement}


def _read_ruleset(members: Members) -> Members:
    """In a document `after_gap` is a member of the period."""
    in_force = members["in_force"]
    period = without(in_force, "after_gap")
    return {**members, "in_force": period, "after_gap": in_force.get("after_gap", False)}


def _write_ruleset(members: Members) -> Members:
    if "after_gap" in members:
        members["in_force"] = {**members["in_force"], "after_gap": members.pop("after_gap")}
    return members


def _counted_from(day: str) -> Adapter:
    """Write `from`, the day that years are counted from, which each rule implies."""
    return Adapter(
        lambda members: without(members, "from"), lambda members: {**members, "from": day}
    )


CODEC = Codec(
    families=(
        {
            "count": Count,
            "number": Number,
            "share": Share,
            "yes_no": YesNo,
            "choice": Choice,
            "choices": Choices,
            "breakdown": Breakdown,
            "year": Year,
        },
        {
            "threshold": Threshold,
            "one_of": OneOf,
            "includes": Includes,
            "all_of": AllOf,
            "any_of": AnyOf,
        },
        {
            "complete": Complete,
            "answer": AnswerMeets,
            "floor": Floor,
            "score": ScoreReaches,
            "count": CountGraded,
            "history": Earlier,
            "improvements": Improvements,
            "conducted": ConductedBy,
            "all_of": EveryRequirement,
            "any_of": SomeRequirement,
        },
        {"reading": Reading, "combination": Combination},
    ),
    names={
        Period: {"first": "from", "last": "to"},
        Validity: {"first": "from"},
        NotApplicable: {"reason": "not_applicable"},
        LabelHistory: {"events": "history"},
    },
    formats={
        Catalogue: "ecei-catalogue/1",
        Ruleset: "ecei-ruleset/1",
        Interview: "ecei-interview/1",
        LabelHistory: "ecei-history/1",
    },
    adapters={
        AnswerMeets: Adapter(_read_answer, _write_answer),
        Criterion: Adapter(_read_criterion, _write_criterion),
        FirstAward: _counted_from("interview"),
        Renewal: _counted_from("previous_end"),
        Ruleset: Adapter(_read_ruleset, _write_ruleset),
        ScoreReaches: Adapter(_read_score, _write_score),
        Threshold: Adapter(_read_threshold, _write_threshold),
    },
)
