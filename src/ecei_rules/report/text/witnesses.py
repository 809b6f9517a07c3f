"""Where a witness differs from the interview that it was made from, in words."""

from __future__ import annotations

from attrs import frozen

from ecei_rules.interviews.answers import answer_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.comparison.comparison import Origin, Witness
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.history import LabelEvent
    from ecei_rules.interviews.interview import Interview


@frozen
class Differing:
    """One thing that an interview says otherwise, with both in words."""

    title: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.title}: {self.after} instead of {self.before}"


def differing(witness: Witness, origin: Origin) -> tuple[Differing, ...]:
    """
    What a witness says otherwise than its origin, in the order of the catalogues.

    What only one of the catalogues asks, or each in its own way, is said of the one that
    asks it.
    """
    old = tuple(_between(origin.old, witness.old))
    new = tuple(_between(origin.new, witness.new))
    return tuple(dict.fromkeys((*old, *new)))


def _between(before: Interview, after: Interview) -> Iterator[Differing]:
    catalogue = after.catalogue
    for name, indicator in catalogue.asked.items():
        title = f"{indicator.title} [{name}]"
        yield from _answered(title, before.answers[name], after.answers[name])
    for name, fact in catalogue.facts_asked.items():
        yield from _answered(f"{fact.title} [{name}]", before.facts[name], after.facts[name])
    events = {(each.label, each.event): None for each in (*before.history, *after.history)}
    for label, event in events:
        said = [_days(each.history, label, event) for each in (before, after)]
        if said[0] != said[1]:
            yield Differing(f"{label.capitalize()} {event} before", *said)
    confirmed = [_confirmed(each) for each in (before, after)]
    if confirmed[0] != confirmed[1]:
        yield Differing("Improvements confirmed", *map(str, confirmed))


def _answered(title: str, before: Answer, after: Answer) -> Iterator[Differing]:
    if before != after:
        yield Differing(title, _said(before), _said(after))


def _said(answer: Answer) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer_text(answer)


def _days(history: tuple[LabelEvent, ...], label: str, event: str) -> str:
    fitting = sorted(
        (each for each in history if (each.label, each.event) == (label, event)),
        key=lambda each: (each.on, each.valid_until or each.on),
    )
    days = (f"{e.on} (until {e.valid_until})" if e.valid_until else str(e.on) for e in fitting)
    return ", ".join(days) or "never"


def _confirmed(interview: Interview) -> int:
    return len({each.indicator for each in interview.improvements if each.confirmed})
