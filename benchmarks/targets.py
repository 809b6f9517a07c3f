"""The targets, and whether measurements reach them."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Literal

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Verdict = Literal["reached", "missed, within 15 %", "missed", "not there yet"]

#: The part of a target that a measurement may exceed before the command fails.
MARGIN = 0.15


@frozen
class Target:
    """A ratio, or a number in some *unit*, that is to be at most a bound."""

    name: str
    what: str
    against: str
    at_most: float
    unit: str = ""


TARGETS = tuple(
    Target(*each)
    for each in (
        ("whole-bronze", "whole: bytes → bytes, Bronze", "hand-written, same bytes", 0.6),
        ("whole-gold", "whole: bytes → bytes, Gold", "hand-written, same bytes", 0.6),
        ("read", "read a valid interview", "hand-written `json.loads` and checks", 1.2),
        ("accept", "accept a valid parsed interview", "jsonschema `iter_errors`", 1 / 40),
        ("reject", "reject and explain", "jsonschema `iter_errors`", 0.6),
        ("assess-awarded", "assess, awarded", "hand-written dict → dict", 0.5),
        ("assess-not-awarded", "assess, not awarded", "hand-written dict → dict", 0.5),
        ("write", "write", "`json.dumps(…, sort_keys=True)` of the ready dict", 0.6),
        ("read-assessment", "`read_assessment`", "`write_assessment`", 2),
        (
            "benchmark",
            "benchmark of 10,000, for each interview, without the audit",
            "reading it",
            2,
        ),
        (
            "compare-corpus",
            "`compare --corpus`, for each interview",
            "two assessments by hand",
            2.5,
        ),
        ("flat", "time an interview at 100,000", "at 1,000", 1.1),
        ("memory-validate", "memory of `validate`, 100,000", "memory for one", 4, "MB"),
        ("memory-benchmark", "memory of `benchmark build`, 100,000", "memory for one", 4, "MB"),
        ("memory-compare", "memory of `compare --corpus`, 100,000", "memory for one", 4, "MB"),
        ("memory-assess", "memory of `assess`, 100,000", "memory for one", 4, "MB"),
        ("two-processes", "two processes on 100,000", "one", 1 / 1.6),
        ("command-assess", "`ecei-rules assess ONE`", "the obvious design's command", 0.6),
        (
            "import",
            "`import ecei_rules; er.assess` over bare Python",
            "`import attrs` over bare Python",
            2.5,
        ),
        ("command-help", "`ecei-rules --help`", "`python -c pass`", 3),
    )
)


def verdict(target: Target, measured: Sequence[float]) -> Verdict:
    """
    Return the verdict on the median of some measurements; without any it is not there yet.

    >>> half = Target("half", "this", "that", 0.5)
    >>> verdict(half, [0.4, 0.5, 9]), verdict(half, [0.57]), verdict(half, [0.58])
    ('reached', 'missed, within 15 %', 'missed')
    """
    if not measured:
        return "not there yet"
    found = median(measured)
    if found <= target.at_most:
        return "reached"
    return "missed, within 15 %" if found <= target.at_most * (1 + MARGIN) else "missed"


def is_failure(verdicts: Iterable[Verdict]) -> bool:
    """Return whether a target is missed by more than the margin, or cannot be measured yet."""
    return any(each in ("missed", "not there yet") for each in verdicts)


def table(targets: Sequence[Target], measured: dict[str, list[float]]) -> str:
    """Return the table of targets, in Markdown."""
    rows = [("what", "against", "at most", "measured", "verdict")]
    for target in targets:
        found = measured.get(target.name, [])
        shown = _shown(median(found), target.unit) if found else "-"
        bound = _shown(target.at_most, target.unit)
        rows.append((target.what, target.against, bound, shown, verdict(target, found)))
    return markdown(rows, right=(2, 3))


def markdown(rows: Sequence[Sequence[str]], right: Sequence[int]) -> str:
    """Return a table in Markdown, of which some columns are aligned to the right."""
    head, *others = rows
    rule = ["--:" if column in right else "---" for column in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *others)) + "\n"


def _shown(number: float, unit: str) -> str:
    shown = f"{number:.3g}" if number < 1 else f"{number:.2f}".rstrip("0").rstrip(".")
    return f"{shown} {unit}".rstrip()
