"""The whole assessment, from its findings."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from benchmarks.peers.by_hand.grading import total
from benchmarks.peers.by_hand.reading import encode
from benchmarks.peers.by_hand.texts import VERSION

if TYPE_CHECKING:
    from types import SimpleNamespace

BASES = ("documented", "inferred", "illustrative")

write = encode


def outcome_of(findings: list[dict[str, Any]], names: tuple[str, str, str]) -> str:
    """Return which of three outcomes the required findings give: all met, one not met, open."""
    outcomes = [each["outcome"] for each in findings if each["severity"] == "required"]
    if "not_met" in outcomes:
        return names[1]
    return names[2] if "undetermined" in outcomes else names[0]


def dimension(
    said: SimpleNamespace,
    name: str,
    reached: dict[str, Any],
    findings: list[dict[str, Any]],
    indicators: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return an assessed dimension."""
    return {
        "findings": findings,
        "id": name,
        "indicators": indicators,
        "outcome": outcome_of(findings, ("passed", "failed", "undetermined")),
        "score": reached,
        "title": said.dimensions[name],
    }


def deciding(grounds: dict[str, Any]) -> list[str]:
    """Return the questions whose answers kept a requirement from being met."""
    match grounds["kind"]:
        case "answer":
            return [grounds["id"]]
        case "grades":
            return grounds["below"]
        case "score":
            return grounds["deciding"]
        case _:
            return []


def assessment(
    said: SimpleNamespace,
    interview: dict[str, Any],
    findings: list[dict[str, Any]],
    dimensions: list[dict[str, Any]],
    divided: tuple[str, str],
) -> dict[str, Any]:
    """Return the assessment; *divided* are the composition and the count that it divides."""
    everything = [*findings, *(each for part in dimensions for each in part["findings"])]
    indicators = [each for part in dimensions for each in part["indicators"]]
    outcome = outcome_of(everything, ("awarded", "not_awarded", "undetermined"))
    required = [each for each in everything if each["severity"] == "required"]
    refused: dict[str, list[dict[str, Any]]] = {}
    for each in required:
        if each["outcome"] == "not_met":
            for name in deciding(each["grounds"]):
                refused.setdefault(name, []).append(each)
    result = {
        "basis": basis_of(outcome, required),
        "catalogue": said.catalogue_reference,
        "dimensions": dimensions,
        "findings": findings,
        "format": "ecei-assessment/1",
        "interview": {
            "country": interview["cluster"]["country"],
            "digest": "sha256:" + sha256(encode(interview).encode()).hexdigest(),
            "name": interview["cluster"]["name"],
            "on": interview["conducted"]["on"],
        },
        "library": VERSION,
        "outcome": outcome,
        "recommendations": recommendations(said, indicators, refused),
        "ruleset": said.ruleset_reference,
        "score": total(indicators),
        "unanswered": unanswered(said, interview),
    }
    parts, whole = (interview["answers"].get(name) for name in divided)
    decided = outcome == "awarded" or divided[0] in refused
    if decided and parts is not None and whole is not None and sum(parts.values()) != whole:
        result["unequal_parts"] = [
            {
                "expected": whole,
                "id": divided[0],
                "subject": "indicator",
                "title": said.titles[divided[0]],
                "total": sum(parts.values()),
                "whole": divided[1],
                "whole_title": said.titles[divided[1]],
            }
        ]
    if outcome == "awarded":
        result["validity"] = validity(said.label, interview)
    return result


def basis_of(outcome: str, required: list[dict[str, Any]]) -> str:
    """Return the weakest basis of what decided the label, for a refusal the surest."""
    if outcome == "not_awarded":
        bases = [each["basis"] for each in required if each["outcome"] == "not_met"]
        return min(bases, key=BASES.index)
    if outcome == "undetermined":
        required = [each for each in required if each["outcome"] == "undetermined"]
    return max((each["basis"] for each in required), key=BASES.index)


def recommendations(
    said: SimpleNamespace,
    indicators: list[dict[str, Any]],
    refused: dict[str, list[dict[str, Any]]],
) -> list[dict[str, Any]]:
    """Return the recommendations, the decisive ones first, then by gain."""
    result = []
    for each in indicators:
        name = each["indicator"]
        gain = each["score"]["maximum"] - each["score"]["points"]["low"] if "grade" in each else 0
        if gain or name in refused:
            advice = recommendation(said, "indicator", name, gain, refused)
            if "grade" in each:
                advice["grade"] = each["grade"]
            if gain:
                advice["target"] = "excellent"
            result.append(advice)
    result += [
        recommendation(said, "fact", name, 0, refused) for name in said.facts if name in refused
    ]
    result.sort(key=lambda each: (not each["decisive"], -each["gain"]))
    return result


def recommendation(
    said: SimpleNamespace,
    subject: str,
    name: str,
    gain: int,
    refused: dict[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    """Return one recommendation."""
    because = refused.get(name, [])
    bases = [each["basis"] for each in because] or ["illustrative"]
    basis = max(bases, key=BASES.index)
    advice = said.advice[name]
    result = {
        "basis": basis,
        "decisive": bool(because),
        "gain": gain,
        "id": name,
        "subject": subject,
        "text": advice["text"],
        "title": said.titles[name],
    }
    if "aligned_with" in advice:
        result["aligned_with"] = advice["aligned_with"]
    if basis == "documented" and any("one_page" in each for each in because):
        result["one_page"] = True
    return result


def unanswered(said: SimpleNamespace, interview: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the questions without an answer."""
    missing = [
        {"id": name, "subject": "indicator", "title": said.titles[name]}
        for name in said.indicators
        if name not in interview["answers"]
    ]
    facts = interview.get("facts", {})
    return missing + [
        {"id": name, "subject": "fact", "title": said.titles[name]}
        for name in said.facts
        if name not in facts
    ]


def validity(label: str, interview: dict[str, Any]) -> dict[str, Any]:
    """Return the days of an awarded label."""
    on = interview["conducted"]["on"]
    ends = [
        event["valid_until"]
        for event in interview.get("history", [])
        if event["label"] == label and event["event"] == "awarded" and event["on"] < on
    ]
    result = {"basis": "inferred", "ends": "end_of_month", "interview": on}
    result |= {"award": "first", "from": on, "until_years_after_end": 1, "years": 2}
    until = end_of_month(on, 2)
    if ends:
        previous = max(ends)
        result["previous_end"] = previous
        result["award"] = "late_return"
        if on <= end_of_month(previous, 1):
            result |= {"award": "renewal", "years": 3}
            result["from"] = str(date.fromisoformat(previous) + timedelta(days=1))
            until = end_of_month(previous, 3)
    return {**result, "until": until, "renewable_until": end_of_month(until, 1)}


def end_of_month(day: str, years: int) -> str:
    """Return the last day of the same month some years later."""
    year, month = int(day[:4]) + years, int(day[5:7])
    return f"{year}-{month:02}-{monthrange(year, month)[1]}"
