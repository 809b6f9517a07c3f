"""The findings on criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.peers.by_hand.grading import private_majority
from benchmarks.peers.by_hand.reading import FACTS

if TYPE_CHECKING:
    from types import SimpleNamespace

OUTCOMES = {True: "met", False: "not_met", None: "undetermined"}
TRUTHS = {True: "holds", False: "fails", None: "unknown"}
ONE_PAGE = {
    "has-cluster-focus",
    "specialised-support",
    "activities-offered",
    "strategic-areas-covered",
}


def finding(
    said: SimpleNamespace, name: str, severity: str, basis: str, grounds: dict[str, Any]
) -> dict[str, Any]:
    """Return what a criterion found."""
    result = {"basis": basis, "criterion": name, "grounds": grounds}
    result |= {"outcome": grounds["outcome"], "severity": severity, "title": said.criteria[name]}
    if name in ONE_PAGE:
        result["one_page"] = True
    return result


def score_reaches(indicators: list[dict[str, Any]], reached: dict[str, Any]) -> dict[str, Any]:
    """Compare a score with 80 %."""
    needed = 80 * reached["maximum"]
    if 100 * reached["points"]["low"] >= needed:
        outcome = "met"
        deciding = [each for each in indicators if each["score"]["points"]["low"] > 0]
    elif 100 * reached["points"]["high"] < needed:
        outcome = "not_met"
        deciding = [e for e in indicators if e["score"]["points"]["high"] < e["score"]["maximum"]]
    else:
        outcome = "undetermined"
        deciding = [each for each in indicators if "answer" not in each]
    return {
        "at_least": 80,
        "deciding": [each["indicator"] for each in deciding],
        "kind": "score",
        "outcome": outcome,
        "score": reached,
        "unit": "percent",
    }


def conducted_by(
    said: SimpleNamespace,
    conducted: dict[str, Any],
    role: str,
    least: int,
    *,
    impartial: bool = False,
    on_site: bool = False,
) -> dict[str, Any]:
    """Compare the experts and the mode with those required."""
    result = {"at_least": least, "kind": "conducted", "role": role, "title": said.roles[role]}
    mode = conducted.get("mode")
    truths = [mode and mode == "on_site"] if on_site else []
    if on_site:
        result["modes"] = ["on_site"]
    if impartial:
        result["impartial"] = True
    if mode:
        result["mode"] = mode
    if "experts" in conducted:
        stated = [each.get("impartial") for each in conducted["experts"] if each["role"] == role]
        yes, no, open_ = stated.count(True), stated.count(False), stated.count(None)
        result["experts"] = {"impartial": yes, "not_impartial": no, "not_stated": open_}
        certain = yes if impartial else len(stated)
        possible = yes + open_ if impartial else len(stated)
        truths.append(True if certain >= least else None if possible >= least else False)
    else:
        truths.append(None)
    result["outcome"] = OUTCOMES[False if False in truths else None if None in truths else True]
    return result


def answered(
    said: SimpleNamespace, name: str, answer: Any, condition: dict[str, Any], reading: Any
) -> dict[str, Any]:
    """Compare one answer with a condition; *reading* gives the truth, and what was measured."""
    truth, measured = (None, {}) if answer is None else reading(answer)
    result = {
        "evidence": {"condition": condition, "kind": "reading", "truth": TRUTHS[truth], **measured},
        "id": name,
        "kind": "answer",
        "outcome": OUTCOMES[truth],
        "subject": "fact" if name in FACTS else "indicator",
        "title": said.titles[name],
    }
    if answer is not None:
        result["answer"] = answer
    if said.units[name]:
        result["unit"] = said.units[name]
    return result


def eligibility(
    said: SimpleNamespace, interview: dict[str, Any], committed: str, composed: str
) -> list[dict[str, Any]]:
    """Return the findings on the eligibility criteria of 15 November 2019."""
    answers, facts = interview["answers"], interview.get("facts", {})

    def require(criterion: str, basis: str, grounds: dict[str, Any]) -> dict[str, Any]:
        return finding(said, criterion, "required", basis, grounds)

    def yes(name: str) -> dict[str, Any]:
        condition = {"kind": "one_of", "values": [True]}
        return answered(said, name, facts.get(name), condition, lambda answer: (answer, {}))

    def enough(name: str, answer: Any, least: float) -> dict[str, Any]:
        condition = {"at_least": least, "kind": "threshold", "measure": "value"}
        return answered(
            said, name, answer, condition, lambda found: (found >= least, {"measured": found})
        )

    def companies(parts: dict[str, int]) -> tuple[bool, dict[str, int]]:
        counted = parts.get("sme", 0) + parts.get("large-company", 0)
        return private_majority(parts), {"measured": counted, "total": sum(parts.values())}

    majority = {"kind": "threshold", "measure": "share_of", "more_than": 50}
    majority["options"] = ["sme", "large-company"]
    return [
        require("is-cluster-organisation", "documented", yes("cluster-organisation")),
        require("has-cluster-focus", "documented", yes("cluster-focus")),
        require(
            "dedicated-management",
            "documented",
            enough("management-fte", facts.get("management-fte"), 0.5),
        ),
        require(
            "enough-committed-participants",
            "inferred",
            enough(committed, answers.get(committed), 15),
        ),
        require(
            "private-majority",
            "inferred",
            answered(said, composed, answers.get(composed), majority, companies),
        ),
        require("specialised-support", "documented", yes("innovation-support")),
        require(
            "activities-offered",
            "documented",
            enough("activities-past-year", facts.get("activities-past-year"), 5),
        ),
        require(
            "strategic-areas-covered",
            "documented",
            enough("strategic-priority-areas", facts.get("strategic-priority-areas"), 2),
        ),
        require("eccp-listing", "documented", yes("listed-on-eccp")),
    ]
