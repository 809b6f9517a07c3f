"""Scores, outcomes and bases."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from benchmarks.peers.obvious.conditions import combined

BASES = ["documented", "inferred", "illustrative"]


def does_not_apply(answer: Any) -> bool:
    """Whether an answer says that the question does not apply."""
    return isinstance(answer, dict) and "not_applicable" in answer


def outcome_of(findings: list[dict[str, Any]], names: tuple[str, str, str]) -> str:
    """Return the name of the outcome that the required findings give together."""
    truths = {"met": True, "not_met": False, "undetermined": None, "not_applicable": True}
    required = [truths[f["outcome"]] for f in findings if f["severity"] == "required"]
    return dict(zip((True, False, None), names, strict=True))[combined(required, every=True)]


def label_basis(outcome: str, findings: list[dict[str, Any]]) -> str:
    """Return the weakest basis of what decided the label, for a refusal the surest."""
    required = [each for each in findings if each["severity"] == "required"]
    if outcome == "not_awarded":
        bases = [each["basis"] for each in required if each["outcome"] == "not_met"]
        return min(bases, key=BASES.index)
    if outcome == "undetermined":
        required = [each for each in required if each["outcome"] == "undetermined"]
    return weakest([each["basis"] for each in required])


def weakest(bases: list[str]) -> str:
    """Return the weakest of some bases."""
    return max(bases, key=BASES.index)


def deciding(grounds: dict[str, Any]) -> list[str]:
    """Return the questions that decided an outcome."""
    outcome = grounds["outcome"]
    match grounds["kind"]:
        case "completeness":
            return grounds["answered" if outcome == "met" else "unanswered"]
        case "answer":
            return [grounds["id"]]
        case "grades" if outcome in ("met", "not_applicable"):
            return [*grounds["attained"], *grounds.get("left_aside", [])]
        case "grades":
            return grounds["below" if outcome == "not_met" else "open"]
        case "score":
            return grounds["deciding"]
        case _:
            return []


def score(low: int, high: int, maximum: int) -> dict[str, Any]:
    """Return a score with its percentages."""
    percent = {"low": percentage(low, maximum), "high": percentage(high, maximum)}
    return {"points": {"low": low, "high": high}, "maximum": maximum, "percent": percent}


def percentage(points: int, maximum: int) -> float:
    """Return a percentage, rounded down to one decimal."""
    tenths = Fraction(1000 * points, maximum) // 1 if maximum else 0
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def total(graded: Any) -> dict[str, Any]:
    """Add up the scores of indicators."""
    scores = [each["score"] for each in graded]
    low, high = (sum(each["points"][end] for each in scores) for end in ("low", "high"))
    return score(low, high, sum(each["maximum"] for each in scores))
