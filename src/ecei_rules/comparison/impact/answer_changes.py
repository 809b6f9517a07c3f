"""What was answered differently in two interviews of one organisation."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import evolve, field, frozen

from ecei_rules.comparison.impact.partial_interview import NotKnown
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.evaluation.assessment import Subject
from ecei_rules.interviews.answers import Answer, NotApplicable
from ecei_rules.interviews.history import Label
from ecei_rules.interviews.texts import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.comparison.impact.partial_interview import PartialInterview


@frozen
class ChangedAnswer:
    """
    Another answer to what both interviews asked; `None` is none.

    Where an assessment does not hold an answer it is `NotKnown.NOT_KNOWN`.
    """

    subject: Subject
    id: str
    title: Text
    before: Answer | NotKnown | None
    after: Answer | NotKnown | None


@frozen
class ChangedEvent:
    """
    An event of the history that came before one of the interviews and not before the other.

    *counts* is whether it does so for the second. The last day of an award is said
    where the interviews are at hand.
    """

    label: Label
    event: Literal["benchmarked", "awarded"]
    on: date
    valid_until: date | None = field(default=None, kw_only=True)
    counts: bool = field(kw_only=True)


@frozen
class ChangedImprovement:
    """An improvement that is confirmed in one of the interviews and not in the other."""

    indicator: str
    title: Text | None
    confirmed: bool


def changed_answers(before: PartialInterview, after: PartialInterview) -> Iterator[ChangedAnswer]:
    """
    The answers to what both asked that are not the same, or may not be.

    What means the same is the same: options in another order, an option counted 0 and
    one left out, another reason for not applying.
    """
    one, other = before.interview.catalogue, after.interview.catalogue
    for name, asked in other.asked.items():
        if name in one.asked:
            yield from _changed("indicator", asked.title, name, before, after)
    for name, fact in other.facts_asked.items():
        if name in one.facts_asked:
            yield from _changed("fact", fact.title, name, before, after)


def _changed(
    subject: Subject, title: Text, name: str, before: PartialInterview, after: PartialInterview
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
        case _:
            return answer


def changed_events(before: PartialInterview, after: PartialInterview) -> Iterator[ChangedEvent]:
    """The events that only one of them counts, of the kinds that both hold, by their days."""
    one, other = _counted(before, after), _counted(after, before)
    ordered = sorted(one ^ other, key=lambda e: (e.on, e.label, e.event, e.valid_until or e.on))
    for each in ordered:
        yield evolve(each, counts=each in other)


def _counted(recalled: PartialInterview, beside: PartialInterview) -> set[ChangedEvent]:
    """The events that one interview counts, said as far as both hold them."""
    whole = recalled.whole and beside.whole
    return {
        ChangedEvent(
            each.label,
            each.event,
            each.on,
            valid_until=each.valid_until if whole else None,
            counts=False,
        )
        for each in recalled.interview.history
        if each.on < recalled.interview.conducted.on
        and recalled.holds(each.label, each.event)
        and beside.holds(each.label, each.event)
    }


def changed_improvements(
    before: PartialInterview, after: PartialInterview
) -> Iterator[ChangedImprovement]:
    """The improvements that only one of them has confirmed, if both hold them."""
    if not (before.improvements and after.improvements):
        return
    one, other = (
        {e.indicator for e in each.interview.improvements if e.confirmed}
        for each in (before, after)
    )
    known = {e.id: e for e in before.interview.catalogue.indicators}
    known |= {e.id: e for e in after.interview.catalogue.indicators}
    for name in sorted(one ^ other):
        title = known[name].title if name in known else None
        yield ChangedImprovement(name, title, name in other)
