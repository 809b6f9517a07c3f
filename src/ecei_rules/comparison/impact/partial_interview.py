"""An interview as far as it is held, whole or by its assessment alone."""

from __future__ import annotations

from datetime import date
from enum import Enum
from itertools import chain
from typing import Literal

from attrs import evolve, field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.assessment import (
    AnswerHeld,
    CombinationHeld,
    HistoryHeld,
    ImprovementsHeld,
)
from ecei_rules.interviews.answers import Answer, NotApplicable, answer_problems
from ecei_rules.interviews.history import Cluster, Label, LabelEvent
from ecei_rules.interviews.interview import Conducted, Improvement, Interview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ecei_rules.evaluation.assessment import Assessment, Grounds
    from ecei_rules.interviews.catalogue import AnswerKind, Catalogue, Fact, Indicator

#: A label and what happened to it.
EventKind = tuple[Label, Literal["benchmarked", "awarded"]]


class NotKnown(Enum):
    """What cannot be said, because an assessment does not hold all of its interview."""

    NOT_KNOWN = "not_known"


@frozen
class PartialInterview:
    """
    An interview, or what is left of it in its assessment.

    *hidden* are the indicators and facts that were answered, though not how. Of the
    history only the kinds in *events* are held, and only what came before the
    interview's day; `None` says that all of it is. *ends* has the last day of a label
    held before the interview, for the labels of which it is known.
    """

    interview: Interview
    hidden: frozenset[str] = field(default=frozenset(), kw_only=True)
    events: frozenset[EventKind] | None = field(default=None, kw_only=True)
    improvements: bool = field(default=True, kw_only=True)
    ends: FrozenMap[Label, date | None] = field(
        default=FrozenMap(), converter=FrozenMap[Label, date | None], kw_only=True
    )

    @property
    def whole(self) -> bool:
        """Whether all of the interview is held."""
        return self.events is None

    def answer(self, name: str) -> Answer | NotKnown | None:
        """The answer to an indicator or a fact; `None` if there was none."""
        if name in self.hidden:
            return NotKnown.NOT_KNOWN
        return self.interview.answers.get(name, self.interview.facts.get(name))

    def holds(self, label: Label, event: Literal["benchmarked", "awarded"]) -> bool:
        """Whether the events of a kind before the interview's day are held."""
        return self.events is None or (label, event) in self.events

    def previous_end(self, label: Label, on: date) -> date | NotKnown | None:
        """
        The last day of a label for an interview on a day, if it was awarded earlier.

        An assessment tells it for its own day. For a later one it does not hold what
        happened since, and for an earlier one only where no award lies between.
        """
        day = self.interview.conducted.on
        if on > day or label not in self.ends:
            return NotKnown.NOT_KNOWN
        end = self.ends[label]
        awards = {e.on for e in self.interview.history if (e.label, e.event) == (label, "awarded")}
        seen_alike = on == day or (bool(awards) and all(each < on for each in awards))
        return end if end is None or seen_alike else NotKnown.NOT_KNOWN


def from_assessment(assessment: Assessment, catalogue: Catalogue) -> PartialInterview:
    """What an assessment holds of its interview, which was held with the catalogue."""
    grounds = [one for each in assessment.all_findings for one in _all(each.grounds)]
    graded = (each for one in assessment.dimensions for each in one.indicators)
    answers = {each.indicator: each.answer for each in graded}
    answers |= {each.id: each.answer for each in grounds if isinstance(each, AnswerHeld)}
    unanswered = {each.id for each in assessment.unanswered}
    asked = (*catalogue.asked, *catalogue.facts_asked)
    histories = {(g.label, g.event): g for g in grounds if isinstance(g, HistoryHeld)}
    days = {kind: (*each.days, *each.other_days) for kind, each in histories.items()}
    ends: dict[Label, date | None] = {
        label: None for (label, event), held in days.items() if event == "awarded" and not held
    }
    if assessment.validity is not None:
        ends[assessment.ruleset.label] = assessment.validity.previous_end
    shown = [each for each in grounds if isinstance(each, ImprovementsHeld)]
    interview = Interview(
        catalogue,
        Cluster(assessment.interview.name, assessment.interview.country),
        Conducted(assessment.interview.on),
        _given(answers, catalogue.asked),
        facts=_given(answers, catalogue.facts_asked),
        improvements=[
            Improvement(name, "confirmed", confirmed=True)
            for each in shown[:1]
            for name in each.confirmed
        ],
        history=[
            # the end of an earlier award stands nowhere but in ends, so any will do here
            LabelEvent(label, event, day, valid_until=day if event == "awarded" else None)
            for (label, event), held in days.items()
            for day in held
        ],
    )
    return PartialInterview(
        interview,
        hidden=frozenset(n for n in asked if n not in unanswered and answers.get(n) is None),
        events=frozenset(days),
        improvements=bool(shown),
        ends=ends,
    )


def carried(interview: Interview, catalogue: Catalogue, on: date) -> Interview:
    """
    An interview as if it had been held on a day and with a catalogue.

    What the catalogue does not ask, or asks in a form that the answer does not fit, is
    left out, and so are improvements in indicators that it does not ask.
    """
    moved = evolve(interview, catalogue=catalogue, conducted=evolve(interview.conducted, on=on))
    if digest(interview.catalogue) == digest(catalogue):
        return moved
    return evolve(
        moved,
        answers=_fitting(interview.answers, interview.catalogue.asked, catalogue.asked),
        facts=_fitting(interview.facts, interview.catalogue.facts_asked, catalogue.facts_asked),
        improvements=[each for each in interview.improvements if each.indicator in catalogue.asked],
        remarks={},
    )


def answer_form(asked: Indicator | Fact) -> tuple[AnswerKind, bool]:
    """What an answer must be like: its kind, and whether it may be that none applies."""
    return asked.answer, getattr(asked, "not_applicable", False)


def _all(grounds: Grounds) -> Iterator[Grounds]:
    yield grounds
    if isinstance(grounds, CombinationHeld):
        yield from chain.from_iterable(map(_all, grounds.parts))


def _given(answers: Mapping[str, Answer | None], asked: Iterable[str]) -> dict[str, Answer]:
    found = ((name, answers.get(name)) for name in asked)
    return {name: answer for name, answer in found if answer is not None}


def _fitting(
    answers: Mapping[str, Answer],
    before: Mapping[str, Indicator | Fact],
    asked: Mapping[str, Indicator | Fact],
) -> dict[str, Answer]:
    return {
        name: each
        for name, each in answers.items()
        if name in asked and _fits(each, before[name], asked[name])
    }


def _fits(answer: Answer, before: Indicator | Fact, asked: Indicator | Fact) -> bool:
    kind, may_not_apply = answer_form(asked)
    if isinstance(answer, NotApplicable):
        return may_not_apply
    # the same number of another unit is another answer
    same = getattr(before.answer, "unit", None) == getattr(kind, "unit", None)
    return same and not any(answer_problems(answer, kind, ""))
