"""Interviews reconstructed from their assessments, as far as possible."""

from __future__ import annotations

from datetime import date
from enum import Enum
from itertools import chain
from typing import Literal, assert_never

from attrs import evolve, field, frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.grounds import (
    AnswerHeld,
    CombinationHeld,
    Completeness,
    ConductedHeld,
    GradesHeld,
    HistoryHeld,
    ImprovementsHeld,
    ScoreHeld,
)
from ecei_rules.interviews.answers import Answer, NotApplicable, answer_problems
from ecei_rules.interviews.history import Cluster, Label, LabelEvent
from ecei_rules.interviews.interview import Conducted, Expert, Improvement, Interview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.evaluation.grounds import Grounds
    from ecei_rules.interviews.catalogue import AnswerKind, Catalogue, Fact, Indicator

#: A label, and a kind of event of it.
EventKind = tuple[Label, Literal["benchmarked", "awarded"]]


class NotKnown(Enum):
    """A result or an answer that cannot be known, as an assessment does not record it."""

    NOT_KNOWN = "not_known"


@frozen
class PartialInterview:
    """
    An interview, or the part of it that its assessment records.

    *hidden* are the indicators and facts that were answered, but whose answers are not
    recorded. Of the history only the kinds in *events* are recorded, and only what came
    before the interview's day; `None` means the whole history. *improvements* says
    whether the confirmed improvements are recorded. *roles* are those whose experts are
    recorded, and the mode with them; `None` means all. *ends* has the last day of the
    previous award of each label for which it is known, and *awards* the day of the latest
    award of each label for which only that is recorded; `None` is no award.
    """

    interview: Interview
    hidden: frozenset[str] = field(default=frozenset(), kw_only=True)
    events: frozenset[EventKind] | None = field(default=None, kw_only=True)
    improvements: bool = field(default=True, kw_only=True)
    roles: frozenset[str] | None = field(default=None, kw_only=True)
    ends: FrozenMap[Label, date | None] = field(
        default=FrozenMap(), converter=FrozenMap[Label, date | None], kw_only=True
    )
    awards: FrozenMap[Label, date | None] = field(
        default=FrozenMap(), converter=FrozenMap[Label, date | None], kw_only=True
    )

    @property
    def whole(self) -> bool:
        """Whether this is the whole interview."""
        return self.events is None

    def answer(self, name: str) -> Answer | NotKnown | None:
        """Return the answer to an indicator or a fact; `None` if there was none."""
        if name in self.hidden:
            return NotKnown.NOT_KNOWN
        return self.interview.answers.get(name, self.interview.facts.get(name))

    def records(self, label: Label, event: Literal["benchmarked", "awarded"]) -> bool:
        """Whether the events of a kind before the interview's day are recorded."""
        return self.events is None or (label, event) in self.events

    def records_experts(self, role: str) -> bool:
        """Whether the mode and the experts of a role are recorded."""
        return self.roles is None or role in self.roles

    def records_last_award(self, label: Label, on: date) -> bool:
        """
        Whether it is recorded which award of a label was the latest before a day.

        For a later day than the interview's the awards since are missing. For an earlier
        one the latest award is enough if it was before that day, too.
        """
        if on > self.interview.conducted.on:
            return False
        if self.records(label, "awarded") or self.ends.get(label, on) is None:
            return True
        award = self.awards.get(label, on)
        return award is None or award < on

    def previous_end(self, label: Label, on: date) -> date | NotKnown | None:
        """
        Return the last day of a label before an interview on a day, if it was awarded.

        An assessment records it for its own day. For a later day it lacks the events
        since; for an earlier day it is enough if no award lies between.
        """
        day = self.interview.conducted.on
        if on > day or label not in self.ends:
            return NotKnown.NOT_KNOWN
        end = self.ends[label]
        awards = {e.on for e in self.interview.history if (e.label, e.event) == (label, "awarded")}
        same_awards = on == day or (bool(awards) and all(award < on for award in awards))
        return end if end is None or same_awards else NotKnown.NOT_KNOWN


def from_assessment(assessment: Assessment, catalogue: Catalogue) -> PartialInterview:
    """Reconstruct the interview of an assessment (docs/semantics.md, 11.3)."""
    graded = (grade for dimension in assessment.dimensions for grade in dimension.indicators)
    answers = {grade.indicator: grade.answer for grade in graded}
    histories: dict[EventKind, HistoryHeld] = {}
    awards: dict[Label, date | None] = {}
    confirmed: tuple[str, ...] | None = None
    conduct: dict[str, ConductedHeld] = {}
    for ground in (part for f in assessment.all_findings for part in _all(f.grounds)):
        match ground:
            case AnswerHeld(id=name, answer=answer):
                answers[name] = answer
            case HistoryHeld(label=label, event=event):
                histories[label, event] = ground
                if ground.since_award_of is not None:
                    awards[ground.since_award_of] = ground.last_award
            case ImprovementsHeld():
                confirmed = ground.confirmed
            case ConductedHeld(role=role):
                conduct[role] = ground
            case Completeness() | GradesHeld() | ScoreHeld() | CombinationHeld():
                continue  # the grades have the answers, and the parts follow on their own
            case unreachable:
                assert_never(unreachable)
    unanswered = {question.id for question in assessment.unanswered}
    asked = (*catalogue.asked, *catalogue.facts_asked)
    days = {kind: (*ground.days, *ground.other_days) for kind, ground in histories.items()}
    last_awards: dict[EventKind, Sequence[date]] = {
        (label, "awarded"): [day] for label, day in awards.items() if day is not None
    }
    ends: dict[Label, date | None] = {
        label: None for (label, event), past in days.items() if event == "awarded" and not past
    }
    if assessment.validity is not None:
        ends[assessment.ruleset.label] = assessment.validity.previous_end
    interview = Interview(
        catalogue,
        Cluster(assessment.interview.name, assessment.interview.country),
        _conducted(assessment.interview.on, conduct.values()),
        _given(answers, catalogue.asked),
        facts=_given(answers, catalogue.facts_asked),
        improvements=[Improvement(name, "confirmed", confirmed=True) for name in confirmed or ()],
        history=[
            # the last day of an earlier award is read from ends alone, so any will do here
            LabelEvent(label, event, day, valid_until=day if event == "awarded" else None)
            for (label, event), past in ({**last_awards, **days}).items()
            for day in past
        ],
    )
    return PartialInterview(
        interview,
        hidden=frozenset(n for n in asked if n not in unanswered and answers.get(n) is None),
        events=frozenset(days),
        improvements=confirmed is not None,
        roles=_recorded_roles(conduct),
        ends=ends,
        awards=awards,
    )


def _conducted(on: date, conduct: Iterable[ConductedHeld]) -> Conducted:
    modes = [ground.mode for ground in conduct]
    experts = [
        Expert(ground.role, impartial=impartial)
        for ground in conduct
        if (count := ground.experts) is not None
        for impartial, number in (
            (True, count.impartial),
            (False, count.not_impartial),
            (None, count.not_stated),
        )
        for _ in range(number)
    ]
    stated = any(ground.experts is not None for ground in conduct)
    return Conducted(on, mode=modes[0] if modes else None, experts=experts if stated else None)


def _recorded_roles(conduct: Mapping[str, ConductedHeld]) -> frozenset[str] | None:
    """An interview that states no experts states none of any role."""
    nothing_stated = any(ground.experts is None for ground in conduct.values())
    return None if nothing_stated else frozenset(conduct)


def carried_over(interview: Interview, catalogue: Catalogue, on: date) -> Interview:
    """
    Return an interview as if it had been conducted on a day and with a catalogue.

    Answers are left out if the catalogue does not ask for them, or in a form that they do
    not fit, and so are improvements in indicators that it does not ask, and experts of
    roles that it does not have.
    """
    if interview.catalogue is catalogue and interview.conducted.on == on:
        return interview
    moved = evolve(interview, catalogue=catalogue, conducted=evolve(interview.conducted, on=on))
    if digest(interview.catalogue) == digest(catalogue):
        return moved
    roles, experts = {each.id for each in catalogue.roles}, moved.conducted.experts
    if experts is not None:
        experts = tuple(expert for expert in experts if expert.role in roles)
    return evolve(
        moved,
        conducted=evolve(moved.conducted, experts=experts),
        answers=_fitting(interview.answers, interview.catalogue.asked, catalogue.asked),
        facts=_fitting(interview.facts, interview.catalogue.facts_asked, catalogue.facts_asked),
        improvements=[e for e in interview.improvements if e.indicator in catalogue.asked],
        remarks={},
    )


def answer_form(asked: Indicator | Fact) -> tuple[AnswerKind, bool]:
    """Return the kind of answer that is asked for, and whether "not applicable" is allowed."""
    return asked.answer, getattr(asked, "not_applicable", False)


def _all(grounds: Grounds) -> Iterator[Grounds]:
    yield grounds
    if isinstance(grounds, CombinationHeld):
        yield from chain.from_iterable(map(_all, grounds.parts))


def _given(answers: Mapping[str, Answer | None], asked: Iterable[str]) -> dict[str, Answer]:
    known = ((name, answers.get(name)) for name in asked)
    return {name: answer for name, answer in known if answer is not None}


def _fitting(
    answers: Mapping[str, Answer],
    before: Mapping[str, Indicator | Fact],
    asked: Mapping[str, Indicator | Fact],
) -> dict[str, Answer]:
    return {
        name: answer
        for name, answer in answers.items()
        if name in asked and _fits(answer, before[name], asked[name])
    }


def _fits(answer: Answer, before: Indicator | Fact, asked: Indicator | Fact) -> bool:
    kind, may_not_apply = answer_form(asked)
    if isinstance(answer, NotApplicable):
        return may_not_apply
    # the same number of another unit is another answer
    same_unit = getattr(before.answer, "unit", None) == getattr(kind, "unit", None)
    return same_unit and not any(answer_problems(answer, kind, ""))
