"""A comparison of two assessments in words."""

from __future__ import annotations

from typing import assert_never

from ecei_rules.comparison.impact.counterfactuals import LabelDays, NoGrade
from ecei_rules.comparison.impact.partial_interview import NotKnown
from ecei_rules.evaluation.assessment import DimensionOutcome, LabelOutcome
from ecei_rules.evaluation.grounds import Outcome, Score
from ecei_rules.interviews.interview import ExpertCount
from ecei_rules.report.text.blocks import Item, Items, Section, sections_as_text
from ecei_rules.report.text.wording import answer_text, outcome_text
from ecei_rules.rulesets.wording import mode_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.comparison.impact.answer_changes import ChangedConduct
    from ecei_rules.comparison.impact.attribution import (
        AssessmentComparison,
        AssessmentReference,
        Difference,
        Factors,
    )
    from ecei_rules.comparison.impact.counterfactuals import Result
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.interview import Mode

_ABSENT = {
    "validity": "none",
    "dimension": "not there",
    "criterion": "not required",
    "grade": "not graded",
}


def explain_change(comparison: AssessmentComparison) -> str:
    """
    Explain what came out differently in two assessments, and why.

    It names the two, then the differences grouped by what they are due to, then the
    answers that differ. No line has more than 100 columns. Source: docs/comparing.md.

    >>> import ecei_rules as er
    >>> (interview,) = er.example_corpus(1)
    >>> ruleset = er.shipped().ruleset("bronze", on=interview.conducted.on)
    >>> assessment = er.assess(interview, ruleset)
    >>> print(er.explain_change(er.compare_assessments(assessment, assessment)), end="")
    Example Tourism Cluster 0001 (DE)
      - before: interview of 2024-12-30, under bronze@2019-11, catalogue benchmarking@2019-11
      - after: interview of 2024-12-30, under bronze@2019-11, catalogue benchmarking@2019-11
    <BLANKLINE>
    Nothing came out differently.
    """
    before, after = comparison.before, comparison.after
    name = f"{before.interview.name} ({before.interview.country})"
    both = _section(name, [f"before: {_assessed(before)}", f"after: {_assessed(after)}"])
    return sections_as_text([both, *_differences(comparison), *_changes(comparison)])


def _section(title: str, items: Iterable[str]) -> Section:
    return Section(title, [Items(map(Item, items))])


def _assessed(compared: AssessmentReference) -> str:
    ruleset, catalogue = compared.ruleset, compared.catalogue
    under = f"under {ruleset.label}@{ruleset.version}, catalogue {catalogue.id}@{catalogue.version}"
    return f"interview of {compared.interview.on}, {under}"


def _differences(comparison: AssessmentComparison) -> Iterator[Section]:
    """Yield a section for the differences of each origin, in the order of the first of each."""
    if not comparison.differences:
        yield _section("Nothing came out differently.", [])
    by_origin: dict[str, list[str]] = {}
    for difference in comparison.differences:
        heading = _due(difference.due_to, difference.not_known)
        by_origin.setdefault(heading, []).append(_difference(difference))
    yield from (_section(heading, items) for heading, items in by_origin.items())


def _due(due_to: tuple[Factors, ...], not_known: tuple[Factors, ...]) -> str:
    if not due_to:
        return "Due neither to the answers nor to the rules nor to the day"
    only = "only " if all(len(factors) > 1 for factors in due_to) and not not_known else ""
    text = f"Due {only}to {', or to '.join(map(_factors, due_to))}"
    if not not_known:
        return text
    sets = ", or ".join(_factors(factors) + " alone" * (len(factors) == 1) for factors in not_known)
    return f"{text}; whether {sets} would be enough is not known"


def _factors(factors: Factors) -> str:
    names = [f"the {factor.value}" for factor in factors]
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]} together"


def _difference(difference: Difference) -> str:
    name, title = difference.id, difference.title
    called = name if title is None else f"{title} [{name}]"
    match difference.aspect:
        case "label":
            subject = "the label"
        case "validity":
            subject = "the days of the label"
        case "score":
            subject = "the points"
        case "grade":
            subject = f"{called}"
        case "dimension" | "criterion" as aspect:
            subject = f"{aspect} {called}"
        case unreachable:
            assert_never(unreachable)
    absent = _ABSENT.get(difference.aspect, "")
    before, after = _result(difference.before), _result(difference.after)
    return f"{subject}: {before or absent}, then {after or absent}"


def _result(result: Result) -> str | None:
    match result:
        case LabelOutcome() | DimensionOutcome() | Outcome():
            return outcome_text(result)
        case NoGrade.UNANSWERED:
            return "unanswered"
        case NoGrade.NOT_APPLICABLE:
            return "not applicable"
        case Score(low=low, high=high, maximum=maximum):
            return f"{low} of {maximum}" if low == high else f"{low} to {high} of {maximum}"
        case LabelDays(first=first, until=until, renewable_until=last):
            return f"{first} to {until}" + (f", renewable until {last}" if last else "")
        case str() | None:
            return result
        case unreachable:
            assert_never(unreachable)


def _changes(comparison: AssessmentComparison) -> Iterator[Section]:
    items = [
        f"{answer.title} [{answer.id}]: {_answer(answer.before)}, then {_answer(answer.after)}"
        for answer in comparison.answers
    ]
    for event in comparison.events:
        until = f" until {event.valid_until}" if event.valid_until else ""
        counts = "counts now" if event.counts else "no longer counts"
        items.append(f"history: {event.label} {event.event} on {event.on}{until} {counts}")
    for improvement in comparison.improvements:
        confirmed = "confirmed now" if improvement.confirmed else "no longer confirmed"
        title = improvement.title or improvement.indicator
        items.append(f"improvement in {title}: {confirmed}")
    for change in comparison.conduct:
        before, after = _conduct(change.before), _conduct(change.after)
        items.append(f"{_subject_of(change)}: {before}, then {after}")
    if comparison.not_held:
        names = ", ".join(f"{answer.title} [{answer.id}]" for answer in comparison.not_held)
        items.append(f"not known, since the assessments do not hold both answers: {names}")
    if items:
        yield _section("Different answers", items)


def _subject_of(change: ChangedConduct) -> str:
    return "mode" if change.role is None else f'experts with the role "{change.role}"'


def _conduct(stated: Mode | ExpertCount | None) -> str:
    match stated:
        case None:
            return "not stated"
        case ExpertCount(impartial=impartial, not_stated=open_count):
            declared = f", {impartial} of them impartial" if stated.total else ""
            unstated = f", {open_count} without a statement" if open_count else ""
            return f"{stated.total}{declared}{unstated}"
        case str():
            return mode_text(stated)
        case unreachable:
            assert_never(unreachable)


def _answer(answer: Answer | NotKnown | None) -> str:
    match answer:
        case None:
            return "no answer"
        case NotKnown():
            return "an answer that the assessment does not hold"
        case _:
            return answer_text(answer)
