"""Answers, events and improvements that differ between two interviews of one organisation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, assert_never

from attrs import evolve, field, frozen

from ecei_rules.comparison.impact.partial_interview import NotKnown
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.evaluation.grounds import SubjectKind
from ecei_rules.interviews.answers import Answer, NotApplicable
from ecei_rules.interviews.history import Label
from ecei_rules.interviews.interview import ExpertCount, Mode, count_experts
from ecei_rules.interviews.texts import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.comparison.impact.partial_interview import PartialInterview


@frozen
class ChangedAnswer:
    """
    A question of both interviews whose answer is not the same; `None` is no answer.

    An answer that an assessment does not record is `NotKnown.NOT_KNOWN`.
    """

    subject: SubjectKind
    id: str
    title: Text
    before: Answer | NotKnown | None
    after: Answer | NotKnown | None


@frozen
class ChangedEvent:
    """
    A past event of one of the interviews that is not one of the other.

    *counts* says whether it is one of the second interview. The last day of an award is
    known only if the interviews are given.
    """

    label: Label
    event: Literal["benchmarked", "awarded"]
    on: date
    valid_until: date | None = field(default=None, kw_only=True)
    counts: bool = field(kw_only=True)


@frozen
class ChangedImprovement:
    """An improvement that is confirmed in only one of the interviews."""

    indicator: str
    title: Text | None
    confirmed: bool


@frozen
class ChangedConduct:
    """
    The mode, or the experts of one role, that two interviews do not have in common.

    *role* is `None` for the mode. `None` is no statement.
    """

    role: str | None
    before: Mode | ExpertCount | None
    after: Mode | ExpertCount | None


def changed_answers(before: PartialInterview, after: PartialInterview) -> Iterator[ChangedAnswer]:
    """
    Yield the questions of both interviews whose answers differ, or may differ.

    Answers with the same meaning are the same: options in another order, an option
    counted 0 and one left out, another reason for not applying.
    """
    old, new = before.interview.catalogue, after.interview.catalogue
    for name in filter(old.asked.__contains__, new.asked):
        yield from _changed("indicator", new.asked[name].title, name, before, after)
    for name in filter(old.facts_asked.__contains__, new.facts_asked):
        yield from _changed("fact", new.facts_asked[name].title, name, before, after)


def _changed(
    subject: SubjectKind, title: Text, name: str, before: PartialInterview, after: PartialInterview
) -> Iterator[ChangedAnswer]:
    old, new = before.answer(name), after.answer(name)
    if NotKnown.NOT_KNOWN in (old, new) or _meaning(old) != _meaning(new):
        yield ChangedAnswer(subject, name, title, old, new)


def _meaning(answer: Answer | NotKnown | None) -> object:
    match answer:
        case bool():
            return "yes" if answer else "no"
        case tuple():
            return frozenset(answer)
        case FrozenMap():
            return {name: count for name, count in answer.items() if count}
        case NotApplicable():
            return NotApplicable
        case int() | Decimal() | str() | NotKnown() | None:
            return answer
        case unreachable:
            assert_never(unreachable)


def changed_events(before: PartialInterview, after: PartialInterview) -> Iterator[ChangedEvent]:
    """Yield the past events of only one interview, by day, of the kinds that both record."""
    old, new = _past_events(before, after), _past_events(after, before)
    ordered = sorted(old ^ new, key=lambda e: (e.on, e.label, e.event, e.valid_until or e.on))
    for event in ordered:
        yield evolve(event, counts=event in new)


def _past_events(interview: PartialInterview, other: PartialInterview) -> set[ChangedEvent]:
    """Return the past events of one interview, in the detail that both have."""
    whole = interview.whole and other.whole
    return {
        ChangedEvent(
            event.label,
            event.event,
            event.on,
            valid_until=event.valid_until if whole else None,
            counts=False,
        )
        for event in interview.interview.history
        if event.on < interview.interview.conducted.on
        and interview.records(event.label, event.event)
        and other.records(event.label, event.event)
    }


def changed_conduct(before: PartialInterview, after: PartialInterview) -> Iterator[ChangedConduct]:
    """Yield the mode and the experts that differ, of the roles that both record."""
    old, new = before.interview.conducted, after.interview.conducted
    roles = dict.fromkeys(
        role.id
        for partial in (before, after)
        for role in partial.interview.catalogue.roles
        if before.records_experts(role.id) and after.records_experts(role.id)
    )
    if roles and old.mode != new.mode:
        yield ChangedConduct(None, old.mode, new.mode)
    for role in roles:
        counts = [
            None if each.experts is None else count_experts(each.experts, role)
            for each in (old, new)
        ]
        if counts[0] != counts[1]:
            yield ChangedConduct(role, *counts)


def changed_improvements(
    before: PartialInterview, after: PartialInterview
) -> Iterator[ChangedImprovement]:
    """Yield the improvements confirmed in only one interview, if both record them."""
    if not (before.improvements and after.improvements):
        return
    old, new = (
        {e.indicator for e in partial.interview.improvements if e.confirmed}
        for partial in (before, after)
    )
    catalogues = before.interview.catalogue, after.interview.catalogue
    titles = {i.id: i.title for catalogue in catalogues for i in catalogue.indicators}
    for name in sorted(old ^ new):
        yield ChangedImprovement(name, titles.get(name), name in new)
