"""Evaluating conditions on one answer."""

from __future__ import annotations

import operator
from typing import Any

COMPARE = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "less_than": operator.lt,
}
TRUTHS = {True: "holds", False: "fails", None: "unknown"}


def evaluate(condition: dict[str, Any], answer: Any, year: int) -> tuple[bool | None, dict]:
    """Return the truth of a condition (None: unknown) and the evidence."""
    kind = condition["kind"]
    if kind in ("all_of", "any_of"):
        parts = [evaluate(part, answer, year) for part in condition["parts"]]
        truths = [truth for truth, _ in parts]
        truth = combined(truths, every=kind == "all_of")
        evidence = {"kind": "combination", "of": "every" if kind == "all_of" else "some"}
        evidence |= {"parts": [each for _, each in parts], "truth": TRUTHS[truth]}
        return truth, evidence
    evidence = {"kind": "reading", "condition": condition, "truth": "unknown"}
    if answer is None:
        return None, evidence
    if kind == "threshold":
        comparison = next(name for name in COMPARE if name in condition)
        bound = condition[comparison]
        measured, total = measure(condition, answer, year)
        evidence["measured"] = measured
        if total is not None:
            evidence["total"] = total
        left, right = (100 * measured, bound * total) if total else (measured, bound)
        truth = COMPARE[comparison](left, right)
    elif kind == "one_of":
        truth = answer in condition["values"]
    else:
        truth = set(condition["options"]) <= selected(answer)
    evidence["truth"] = TRUTHS[truth]
    return truth, evidence


def combined(truths: list[bool | None], *, every: bool) -> bool | None:
    """Combine truths by strong Kleene logic."""
    if (not every) in truths:
        return not every
    return None if None in truths else every


def measure(condition: dict[str, Any], answer: Any, year: int) -> tuple[Any, int | None]:
    """Return the number that a threshold bounds, and the total of a share."""
    options = condition.get("options")
    match condition["measure"]:
        case "value":
            return answer, None
        case "years_ago":
            return year - answer, None
        case "types":
            found = selected(answer)
            return len(found & set(options) if options else found), None
        case "sum_of":
            return sum(answer.get(option, 0) for option in options), None
        case "share_of":
            return sum(answer.get(option, 0) for option in options), sum(answer.values())
        case other:
            raise ValueError(other)


def selected(answer: Any) -> set[str]:
    """Return the options chosen or counted."""
    if isinstance(answer, list):
        return set(answer)
    return {name for name, counted in answer.items() if counted}
