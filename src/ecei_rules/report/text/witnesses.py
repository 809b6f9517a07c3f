"""The differences between a witness and the interview that it was made from."""

from __future__ import annotations

from collections import Counter

from attrs import frozen

from ecei_rules.report.text.wording import answer_text
from ecei_rules.rulesets.wording import mode_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.comparison.comparison import Origin, Witness
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.history import LabelEvent
    from ecei_rules.interviews.interview import Interview


@frozen
class DifferingAnswer:
    """An answer, a history or a number of improvements that differs, in words."""

    title: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.title}: {self.after} instead of {self.before}"


def differing(witness: Witness, origin: Origin) -> tuple[DifferingAnswer, ...]:
    """
    Return the differences between a witness and its origin, in the order of the catalogues.

    The interviews under the old and the new catalogue are compared each for itself, since a
    question may be in one of them only, or differ.
    """
    pairs = (origin.old, witness.old), (origin.new, witness.new)
    counted = {(_confirmed(before), _confirmed(after)) for before, after in pairs}
    differences: dict[DifferingAnswer, None] = {}
    for before, after in pairs:
        differences.update(dict.fromkeys(_between(before, after)))
        fewer, more = _confirmed(before), _confirmed(after)
        if fewer != more:
            where = f" in indicators of {after.catalogue.reference}" if len(counted) > 1 else ""
            title = f"Improvements confirmed{where}"
            differences[DifferingAnswer(title, str(fewer), str(more))] = None
    return tuple(differences)


def _between(before: Interview, after: Interview) -> Iterator[DifferingAnswer]:
    catalogue = after.catalogue
    for name, indicator in catalogue.asked.items():
        title = f"{indicator.title} [{name}]"
        yield from _answered(title, before.answers[name], after.answers[name])
    for name, fact in catalogue.facts_asked.items():
        yield from _answered(f"{fact.title} [{name}]", before.facts[name], after.facts[name])
    events = {(each.label, each.event): None for each in (*before.history, *after.history)}
    for label, event in events:
        old, new = (_days(each.history, label, event) for each in (before, after))
        if old != new:
            yield DifferingAnswer(f"{label.capitalize()} {event} before", old, new)
    asked, answered = _conducted(before), _conducted(after)
    if asked != answered:
        yield DifferingAnswer("Conducted by", asked, answered)


def _answered(title: str, before: Answer, after: Answer) -> Iterator[DifferingAnswer]:
    if before != after:
        yield DifferingAnswer(title, answer_text(before), answer_text(after))


def _days(history: tuple[LabelEvent, ...], label: str, event: str) -> str:
    events = sorted(
        (each for each in history if (each.label, each.event) == (label, event)),
        key=lambda each: (each.on, each.valid_until or each.on),
    )
    days = (f"{e.on} (until {e.valid_until})" if e.valid_until else str(e.on) for e in events)
    return ", ".join(days) or "never"


def _conducted(interview: Interview) -> str:
    conducted, titles = interview.conducted, {e.id: str(e.title) for e in interview.catalogue.roles}
    experts = Counter(
        f"{titles[expert.role]} ({'impartial' if expert.impartial else 'not impartial'})"
        for expert in conducted.experts or ()
    )
    listed = [f"{count} {expert}" for expert, count in sorted(experts.items())] or ["no expert"]
    modes = [mode_text(conducted.mode)] if conducted.mode else []
    return ", ".join([*listed, *modes])


def _confirmed(interview: Interview) -> int:
    return len({each.indicator for each in interview.improvements if each.confirmed})
