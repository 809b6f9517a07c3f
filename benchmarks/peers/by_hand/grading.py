"""Grades and scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import SimpleNamespace

GRADES = ("improvable", "reasonable", "excellent")


def at_least(value: float, reasonable: float, excellent: float) -> int:
    """Return the grade of a number of which more is better."""
    return 2 if value >= excellent else 1 if value >= reasonable else 0


def is_in(answer: str, reasonable: tuple[str, ...], excellent: tuple[str, ...]) -> int:
    """Return the grade of a choice."""
    return 2 if answer in excellent else 1 if answer in reasonable else 0


def types(parts: dict[str, int]) -> int:
    """Return the number of options that are counted, what is not classified left aside."""
    return sum(1 for name, counted in parts.items() if counted and name != "not-classified")


def private_majority(parts: dict[str, int]) -> bool:
    """Return whether more than half of the participants are companies."""
    return 2 * (parts.get("sme", 0) + parts.get("large-company", 0)) > sum(parts.values())


def composition(parts: dict[str, int]) -> int:
    """Return the grade of the composition of the participants."""
    if not private_majority(parts):
        return 0
    different, science = types(parts), parts.get("research", 0) + parts.get("university", 0)
    if different >= 4 and science >= 2:
        return 2
    return 1 if different >= 2 else 0


def percent(points: int, maximum: int) -> float:
    """Return a percentage, rounded down to one decimal."""
    tenths = 1000 * points // maximum if maximum else 0
    return tenths / 10 if tenths % 10 else tenths // 10


def score(low: int, high: int, maximum: int) -> dict[str, Any]:
    """Return a score."""
    return {
        "maximum": maximum,
        "percent": {"high": percent(high, maximum), "low": percent(low, maximum)},
        "points": {"high": high, "low": low},
    }


def graded(
    said: SimpleNamespace,
    answers: dict[str, Any],
    name: str,
    level: Any,
    points: tuple[int, int, int],
    unasked: int = 0,
) -> dict[str, Any]:
    """Grade one indicator; *unasked* are the points where it does not apply."""
    maximum = points[2]
    result = {"basis": "illustrative", "indicator": name, "title": said.titles[name]}
    answer = answers.get(name)
    if answer is None:
        result["score"] = score(0, maximum, maximum)
        return result
    result["answer"] = answer
    if type(answer) is dict and "not_applicable" in answer:
        earned = unasked
    else:
        grade = level(answer)
        earned = points[grade]
        result["grade"] = GRADES[grade]
    result["score"] = score(earned, earned, maximum)
    return result


def total(indicators: list[dict[str, Any]]) -> dict[str, Any]:
    """Add up scores."""
    low = high = maximum = 0
    for each in indicators:
        low += each["score"]["points"]["low"]
        high += each["score"]["points"]["high"]
        maximum += each["score"]["maximum"]
    return score(low, high, maximum)
