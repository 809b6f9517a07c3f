"""A comparison of two assessments in words."""

from __future__ import annotations

from textwrap import fill
from typing import assert_never

from ecei_rules.comparison.impact.counterfactuals import LabelDays, NoGrade
from ecei_rules.comparison.impact.partial_interview import NotKnown
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.evaluation.assessment import DimensionOutcome, LabelOutcome, Outcome, Score
from ecei_rules.interviews.answers import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.comparison.impact.attribution import (
        AssessmentComparison,
        AssessmentReference,
        Difference,
        Factors,
    )
    from ecei_rules.comparison.impact.counterfactuals import Result
    from ecei_rules.interviews.answers import Answer

WIDTH = 100
_ABSENT = {
    "validity": "none",
    "dimension": "not there",
    "criterion": "not asked for",
    "grade": "not graded",
}


def explain_change(comparison: AssessmentComparison) -> str:
    """
    Say in words what came out differently in two assessments, and why.

    Which two they are; what came out differently, put together by what it is due to;
    and what was answered differently. No line has more than 100 columns.
    """
    one, other = comparison.before, comparison.after
    name = f"{one.interview.name} ({one.interview.country})"
    parts = [
        [_line(name), _item(f"before: {_compared(one)}"), _item(f"after: {_compared(other)}")],
        *_differences(comparison),
        list(_changes(comparison)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _compared(one: AssessmentReference) -> str:
    ruleset, catalogue = one.ruleset, one.catalogue
    under = f"under {ruleset.label}@{ruleset.version}, catalogue {catalogue.id}@{catalogue.version}"
    return f"interview of {one.interview.on}, {under}"


def _differences(comparison: AssessmentComparison) -> Iterator[list[str]]:
    """One part for all that is due to the same, in the order of the first of each."""
    if not comparison.differences:
        yield ["Nothing came out differently."]
    parts: dict[str, list[str]] = {}
    for each in comparison.differences:
        heading = _line(_due(each.due_to, each.not_known))
        parts.setdefault(heading, [heading]).append(_item(_difference(each)))
    yield from parts.values()


def _due(due_to: tuple[Factors, ...], not_known: tuple[Factors, ...]) -> str:
    if not due_to:
        return "Due neither to the answers nor to the rules nor to the day"
    only = "only " if all(len(each) > 1 for each in due_to) and not not_known else ""
    said = f"Due {only}to {', or to '.join(map(_factors, due_to))}"
    if not_known:
        sets = ", or ".join(_factors(each) + " alone" * (len(each) == 1) for each in not_known)
        said += f"; whether {sets} would be enough is not known"
    return said


def _factors(factors: Factors) -> str:
    names = [f"the {each.value}" for each in factors]
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]} together"


def _difference(each: Difference) -> str:
    match each.aspect:
        case "label":
            what = "the label"
        case "validity":
            what = "the days of the label"
        case "score":
            what = "the points"
        case "dimension" | "criterion" | "grade":
            title = each.id if each.title is None else f"{each.title} [{each.id}]"
            what = f"{'' if each.aspect == 'grade' else each.aspect + ' '}{title}"
        case unreachable:
            assert_never(unreachable)
    absent = _ABSENT.get(each.aspect, "")
    return f"{what}: {_result(each.before) or absent}, then {_result(each.after) or absent}"


def _result(result: Result) -> str | None:
    match result:
        case LabelOutcome() | DimensionOutcome() | Outcome() | NoGrade():
            words: str = result.value
            return words.replace("_", " ")
        case Score(low=low, high=high, maximum=maximum):
            return f"{low} of {maximum}" if low == high else f"{low} to {high} of {maximum}"
        case LabelDays(first=first, until=until, renewable_until=last):
            return f"{first} to {until}" + (f", renewable until {last}" if last else "")
        case str() | None:
            return result
        case unreachable:
            assert_never(unreachable)


def _changes(comparison: AssessmentComparison) -> Iterator[str]:
    found = [
        f"{each.title} [{each.id}]: {_answer(each.before)}, then {_answer(each.after)}"
        for each in comparison.answers
    ]
    for event in comparison.events:
        until = f" until {event.valid_until}" if event.valid_until else ""
        counts = "counts now" if event.counts else "counts no more"
        found.append(f"history: {event.label} {event.event} on {event.on}{until} {counts}")
    for each in comparison.improvements:
        confirmed = "confirmed now" if each.confirmed else "confirmed no more"
        found.append(f"improvement in {each.title or each.indicator}: {confirmed}")
    if comparison.not_held:
        names = ", ".join(f"{each.title} [{each.id}]" for each in comparison.not_held)
        found.append(f"not known, since the assessments do not hold both answers: {names}")
    if found:
        yield "What was answered differently"
        yield from map(_item, found)


def _answer(answer: Answer | NotKnown | None) -> str:
    match answer:
        case None:
            return "no answer"
        case NotKnown():
            return "an answer that is not held"
        case bool():
            return "yes" if answer else "no"
        case _:
            return shown(answer)


def _item(text: str) -> str:
    return _line(text, "  - ")


def _line(text: str, mark: str = "") -> str:
    margin = " " * len(mark)
    return fill(
        visible(text),
        WIDTH,
        initial_indent=mark,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )
