"""All answers to a question, grouped by what rulesets can distinguish."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Literal

from attrs import (
    evolve,
    field,
    frozen,
)
from event_streams import (
    Kind,
    all_leaves,
    critical_days,
    earlier_asked,
    events,
    kinds_of,
    stream_of,
)

import ecei_rules as er
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import Answer, NotApplicable
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Breakdown,
    Catalogue,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.history import Cluster, LabelEvent
from ecei_rules.interviews.interview import (
    MODES,
    Conducted,
    Expert,
    Improvement,
    Interview,
)
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    ConductedBy,
    Criterion,
    Earlier,
    Improvements,
    Requirement,
)
from ecei_rules.rulesets.ruleset import Grading, Ruleset
from ecei_rules.rulesets.validity import FirstAward, ValidityRules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: `("indicator", id)`, `("fact", id)`, `("history", label, event)`, with more labels and events
#: where some have to follow others, `("improvements",)` or `("conducted",)`.
Question = tuple[str, ...]
#: What an interview holds for a question.
Value = Answer | tuple[LabelEvent, ...] | tuple[Improvement, ...] | Conducted
Subject = Literal["indicator", "fact"]

IMPROVEMENTS: Question = ("improvements",)
CONDUCTED: Question = ("conducted",)
NOT_APPLICABLE = NotApplicable("not here")


@frozen(cache_hash=True)
class Cell:
    """
    The answers to one question that some rulesets do not distinguish.

    The *signature* is the result of each ruleset for them, by which two cells of one
    question are compared; *value* is one of the answers.
    """

    signature: tuple[str, ...]
    value: Value = field(eq=False)


#: The kinds and days of some events.
Dated = tuple[tuple[Kind, date], ...]
#: One cell for each question, or `None` where it is unanswered.
Cells = dict[Question, Cell | None]


def answers_of(kind: AnswerKind, conditions: Iterable[Condition]) -> list[Answer]:
    """
    Return all answers of a small kind.

    Numbers and shares are on a grid: each bound of the conditions, both ends, the midpoints
    between neighbours, and one value beyond where there is no end. Every possible outcome
    of thresholds occurs on it.
    """
    match kind:
        case Count(minimum=minimum, maximum=int(maximum)):
            return [*range(minimum or 0, maximum + 1)]
        case Year(minimum=minimum, maximum=maximum):
            return [*range(minimum, maximum + 1)]
        case Number(minimum=minimum, maximum=maximum):
            ends = [end for end in (minimum, maximum) if end is not None]
            marks = sorted({Decimal(0), *ends, *_bounds(conditions)})
            marks = [marks[0] - 1, *marks, marks[-1] + 1]
            return [
                each
                for each in _with_midpoints(marks)
                if (minimum is None or each >= minimum) and (maximum is None or each <= maximum)
            ]
        case Share():
            marks = sorted({Decimal(0), Decimal(100), *_bounds(conditions)})
            return [each for each in _with_midpoints(marks) if 0 <= each <= 100]
        case YesNo():
            return [False, True]
        case Choice(options=options):
            return [each.id for each in options]
        case Choices(options=options):
            names = [each.id for each in options]
            sizes = range(len(names) + 1)
            return [chosen for size in sizes for chosen in combinations(names, size)]
        case Breakdown(options=options, maximum=int(maximum)):
            counts = product(range(maximum + 1), repeat=len(options))
            names = [each.id for each in options]
            return [FrozenMap(zip(names, each, strict=True)) for each in counts]
    msg = f"not every answer of {kind} can be tried"
    raise ValueError(msg)


def _with_midpoints(marks: list[Decimal]) -> list[Decimal]:
    return sorted([*marks, *((one + other) / 2 for one, other in pairwise(marks))])


def _bounds(conditions: Iterable[Condition]) -> Iterator[Decimal]:
    for each in conditions:
        match each:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                yield from _bounds(parts)
            case Threshold(bound=bound):
                yield bound


def conditions_asked(question: Question, rulesets: Iterable[Ruleset]) -> tuple[Condition, ...]:
    """Return every condition of a grade or of a criterion on one question."""
    rulesets = tuple(rulesets)
    grades = [grade for each in gradings_of(question, rulesets) for grade in each.grades]
    graded = [each.when for each in grades if each.when is not None]
    return tuple(dict.fromkeys([*graded, *criteria_conditions(question, rulesets)]))


def gradings_of(question: Question, rulesets: Iterable[Ruleset]) -> list[Grading]:
    """Return the gradings of an indicator, each once."""
    if question[0] != "indicator":
        return []
    found = (each.grading[question[1]] for each in rulesets if question[1] in each.grading)
    return [*dict.fromkeys(found)]


def criteria_conditions(question: Question, rulesets: Iterable[Ruleset]) -> tuple[Condition, ...]:
    """Return every condition of a criterion, required or not, on one question."""
    return tuple(
        dict.fromkeys(
            leaf.when
            for leaf in all_leaves(rulesets)
            if isinstance(leaf, AnswerMeets) and (leaf.subject, leaf.id) == question
        )
    )


def improvements_asked(rulesets: Iterable[Ruleset]) -> tuple[Improvements, ...]:
    """Return every requirement of confirmed improvements."""
    found = [each for each in all_leaves(rulesets) if isinstance(each, Improvements)]
    return tuple(dict.fromkeys(found))


def conducted_asked(rulesets: Iterable[Ruleset]) -> tuple[ConductedBy, ...]:
    """Return every requirement of experts and a mode."""
    found = [each for each in all_leaves(rulesets) if isinstance(each, ConductedBy)]
    return tuple(dict.fromkeys(found))


def conducts(asked: Iterable[ConductedBy], on: date) -> list[Value]:
    """
    Return every mode with up to two impartial and two other experts of each role asked for.

    No small ruleset asks for more than two experts.
    """
    roles = dict.fromkeys(each.role for each in asked)
    of_role = {
        role: [
            (*[Expert(role, impartial=True)] * impartial, *[Expert(role, impartial=False)] * others)
            for impartial, others in product(range(3), repeat=2)
        ]
        for role in roles
    }
    return [
        Conducted(on, mode=mode, experts=[expert for group in chosen for expert in group])
        for mode in MODES
        for chosen in product(*of_role.values())
    ]


def completed_conducts(conducted: Conducted, asked: Iterable[ConductedBy]) -> list[Value]:
    """Return every way to state what an interview does not state of its experts and mode."""
    given = conducted.experts
    experts = [each.experts for each in conducts(asked, conducted.on)] if given is None else [given]
    return [
        evolve(conducted, mode=mode, experts=chosen)
        for mode in ([conducted.mode] if conducted.mode else MODES)
        for some in dict.fromkeys(experts)
        for chosen in product(*map(_stated, some))
    ]


def _stated(expert: Expert) -> list[Expert]:
    if expert.impartial is not None:
        return [expert]
    return [evolve(expert, impartial=impartial) for impartial in (True, False)]


def questions(rulesets: Iterable[Ruleset]) -> tuple[Question, ...]:
    """
    What interviews can differ in, as far as the rulesets go.

    Every indicator and fact that the catalogue asks, asked about by a ruleset or not;
    each stream of events, the improvements, and the experts with the mode, if some ruleset
    asks about it.
    """
    rulesets = tuple(rulesets)
    catalogue = rulesets[0].catalogue
    asked = (each for each in all_leaves(rulesets) if isinstance(each, Earlier))
    streams = {stream_of(each, rulesets) for each in asked}
    return (
        *(("indicator", each) for each in catalogue.asked),
        *(("fact", each) for each in catalogue.facts_asked),
        *sorted(streams),
        *([IMPROVEMENTS] if improvements_asked(rulesets) else []),
        *([CONDUCTED] if conducted_asked(rulesets) else []),
    )


def interview_of(catalogue: Catalogue, on: date, values: Mapping[Question, Value]) -> Interview:
    """Return an interview of a day with some values and no others."""
    return Interview(
        catalogue,
        Cluster("Small Cluster", "IT"),
        evolve(values.get(CONDUCTED, Conducted(on)), on=on),
        {question[1]: each for question, each in values.items() if question[0] == "indicator"},
        facts={question[1]: each for question, each in values.items() if question[0] == "fact"},
        history=[e for question, each in values.items() if question[0] == "history" for e in each],
        improvements=values.get(IMPROVEMENTS, ()),
    )


@cache
def _bare(catalogue: Catalogue) -> Ruleset:
    """Return a ruleset without gradings and criteria, for evaluating a single criterion."""
    return Ruleset(
        "bronze",
        "0",
        Text({"en": "Nothing"}),
        Period(date(2000, 1, 1)),
        catalogue,
        ["attained"],
        {},
        [],
        ValidityRules(FirstAward(1, "same_day")),
    )


def outcome_of(requirement: Requirement, interview: Interview) -> er.Outcome:
    """Return the outcome of one requirement without grades, by the ordinary evaluation."""
    criterion = Criterion("asked", "required", requirement)
    return er.evaluate(criterion, interview, _bare(interview.catalogue)).outcome


@frozen(eq=False)
class _Looks:
    """What some rulesets look at in the answers to one question."""

    question: Question
    catalogue: Catalogue
    gradings: list[Grading]
    asked: tuple[Requirement, ...]

    def cell(self, value: Value, on: date) -> Cell:
        """The cell of a value: its grades, and what the requirements on the question make of it."""
        if isinstance(value, NotApplicable):
            return Cell(("not applicable",), value)
        interview = interview_of(self.catalogue, on, {self.question: value})
        grades = [_attained(each, self.question[1], interview) for each in self.gradings]
        return Cell((*grades, *(outcome_of(each, interview).value for each in self.asked)), value)


def _looks(question: Question, rulesets: tuple[Ruleset, ...]) -> _Looks:
    asked: tuple[Requirement, ...]
    match question:
        case ("indicator" | "fact") as subject, name:
            conditions = criteria_conditions(question, rulesets)
            asked = tuple(AnswerMeets(subject, name, each) for each in conditions)
        case "history", *_:
            asked = earlier_asked(question, rulesets)
        case ("improvements",):
            asked = improvements_asked(rulesets)
        case _:
            asked = conducted_asked(rulesets)
    # of equal catalogues always the same one, so that none has to be compared for its digest
    catalogue = _bare(rulesets[0].catalogue).catalogue
    return _Looks(question, catalogue, gradings_of(question, rulesets), asked)


def cell_of(question: Question, value: Value, rulesets: Iterable[Ruleset], on: date) -> Cell:
    """The cell of a value: its grades, and what the requirements on the question make of it."""
    return _looks(question, tuple(rulesets)).cell(value, on)


def _attained(grading: Grading, name: str, interview: Interview) -> str:
    """Return the first grade whose condition evaluates as met (docs/semantics.md, 2.7)."""
    return next(
        each.grade
        for each in grading.grades
        if each.when is None
        or outcome_of(AnswerMeets("indicator", name, each.when), interview) is er.Outcome.MET
    )


def is_open(question: Question, cell: Cell | None) -> bool:
    """Whether a question waits for an answer, or for a part of the experts and the mode."""
    return cell is None or (question == CONDUCTED and "undetermined" in cell.signature)


def possible_cells(
    question: Question, cell: Cell | None, known: Iterable[Cell], rulesets: tuple[Ruleset, ...]
) -> list[Cell]:
    """Return the cells that a question can have once it is answered."""
    if cell is None:
        return [*known]
    if not is_open(question, cell):
        return [cell]
    on = cell.value.on
    possible = completed_conducts(cell.value, conducted_asked(rulesets))
    return [*dict.fromkeys(cell_of(question, each, rulesets, on) for each in possible)]


def cells(rulesets: Iterable[Ruleset], on: date) -> dict[Question, tuple[Cell, ...]]:
    """
    For each question the cells that its answers fall into, in the order they are met.

    Two answers are in one cell when they attain the same grade under each of the rulesets
    that grades them, and every condition of a criterion, required or advisory, of any of
    the rulesets has the same truth on both; two histories of a stream, when every history
    requirement on the stream comes out the same; two numbers of confirmed improvements,
    when every requirement of improvements does. *Not applicable* is a cell of its own,
    where it is allowed.
    """
    rulesets = tuple(rulesets)
    found: dict[Question, tuple[Cell, ...]] = {}
    for question in questions(rulesets):
        if question[0] == "history":
            made = _history_cells if len(kinds_of(question)) == 1 else _joined_cells
            found[question] = made(question, earlier_asked(question, rulesets), on)
        else:
            looks = _looks(question, rulesets)
            each = (looks.cell(value, on) for value in values_of(question, rulesets, on))
            found[question] = tuple(dict.fromkeys(each))
    return found


def values_of(question: Question, rulesets: Iterable[Ruleset], on: date) -> list[Value]:
    """Return all answers to a question that is no history, in order."""
    rulesets = tuple(rulesets)
    catalogue = rulesets[0].catalogue
    match question:
        case "indicator", name:
            asked = catalogue.asked[name]
            known = answers_of(asked.answer, conditions_asked(question, rulesets))
            return [*known, *([NOT_APPLICABLE] if asked.not_applicable else [])]
        case "fact", name:
            asked = catalogue.facts_asked[name]
            return [*answers_of(asked.answer, conditions_asked(question, rulesets))]
        case ("conducted",):
            return conducts(conducted_asked(rulesets), on)
        case _:
            names = [*catalogue.asked]
            confirmed = [Improvement(each, "better", confirmed=True) for each in names]
            return [tuple(confirmed[:number]) for number in range(len(names) + 1)]


def histories_of(question: Question, rulesets: Iterable[Ruleset], on: date) -> list[Value]:
    """Return all histories of a stream with at most three events on critical days, by length."""
    days = critical_days(earlier_asked(question, rulesets), on)
    possible = list(product(kinds_of(question), days))
    sizes = range(min(3, len(possible)) + 1)
    return [events(each) for size in sizes for each in combinations(possible, size)]


@lru_cache(maxsize=1024)
def _history_cells(question: Question, asked: tuple[Earlier, ...], on: date) -> tuple[Cell, ...]:
    """
    The cells of histories with at most three events on telling days.

    Three are enough: one event fits a requirement, or two do where it is repeated, so
    that the worlds, with at most three requirements on a stream of which at most two are
    repeated, need no more. What a history meets is what some pair of its events meets.
    """
    (kind,) = kinds_of(question)
    days = [(kind, day) for day in critical_days(asked, on)]
    pairs = {each: _met(asked, each, on) for size in (0, 1, 2) for each in combinations(days, size)}
    found = {seen: each for each, seen in reversed(pairs.items())}
    if len(asked) > 1:
        for each in combinations(days, 3):
            one, other, third = (pairs[pair] for pair in combinations(each, 2))
            seen = tuple(map(any, zip(one, other, third, strict=True)))
            found.setdefault(seen, each)
    return _as_cells(found)


@lru_cache(maxsize=1024)
def _joined_cells(question: Question, asked: tuple[Earlier, ...], on: date) -> tuple[Cell, ...]:
    """
    The cells of histories of joined kinds, in which an event has to follow an award.

    The worlds join kinds by the awards of one label, and require no two events of these.
    With a latest award of the label, or none, a requirement is then met by some event of its
    own, so that what a history meets is what one of its events meets.
    """
    assert not any(each.repeated for each in asked)
    (label,) = {each.since_award_of for each in asked} - {None}
    award, days = (label, "awarded"), critical_days(asked, on)
    found: dict[tuple[bool, ...], Dated] = {}
    for last in (None, *days):
        latest: Dated = () if last is None else ((award, last),)
        beside: dict[tuple[bool, ...], Dated] = {}
        for kind, day in product(kinds_of(question), days):
            if kind != award or (last is not None and day < last):
                beside.setdefault(_met(asked, (*latest, (kind, day)), on), ((kind, day),))
        reached = {_met(asked, latest, on): latest}
        for seen, event in beside.items():
            for other, chosen in list(reached.items()):
                both = tuple(map(any, zip(seen, other, strict=True)))
                reached.setdefault(both, (*chosen, *event))
        found = {**reached, **found}
    return _as_cells(found)


def _met(asked: Iterable[Earlier], chosen: Dated, on: date) -> tuple[bool, ...]:
    catalogue = Catalogue("none", "0", Text({"en": "Nothing"}), [], [])
    interview = interview_of(catalogue, on, {("history",): events(chosen)})
    return tuple(outcome_of(each, interview) is er.Outcome.MET for each in asked)


def _as_cells(found: dict[tuple[bool, ...], Dated]) -> tuple[Cell, ...]:
    outcomes = {True: er.Outcome.MET.value, False: er.Outcome.NOT_MET.value}
    return tuple(
        Cell(tuple(outcomes[each] for each in seen), events(chosen))
        for seen, chosen in sorted(found.items(), key=lambda pair: (len(pair[1]), pair[1]))
    )
