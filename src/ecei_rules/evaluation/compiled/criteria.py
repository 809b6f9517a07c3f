"""What the finding of a criterion depends on."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, assert_never

from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Earlier,
    Floor,
    Improvements,
    ScoreReaches,
    simple_requirements,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from ecei_rules.evaluation.compiled.judgement import Judgement
    from ecei_rules.evaluation.grounds import SubjectKind
    from ecei_rules.rulesets.criteria import Criterion, SimpleRequirement
    from ecei_rules.rulesets.ruleset import Ruleset

    Reader = Callable[[Judgement], Hashable]
    Places = Mapping[tuple[SubjectKind, str], int]

#: The most indicators whose marks are read: those of more hardly ever occur again.
MOST_MARKS = 12


def reader_of(criterion: Criterion, ruleset: Ruleset, places: Places) -> Reader | None:
    """
    Return a function that reads all that the finding of a criterion depends on.

    Two interviews with the same reading have the same finding. There is no such function
    where the same reading hardly ever occurs again. *places* are those of the questions.
    """
    readers = []
    for part in simple_requirements(criterion.requirement):
        reader = _reader_of_part(part, criterion.dimension, ruleset, places)
        if reader is None:
            return None
        readers.append(reader)
    if len(readers) == 1:
        return readers[0]
    return lambda judgement: tuple([read(judgement) for read in readers])


def _reader_of_part(
    part: SimpleRequirement, scope: str | None, ruleset: Ruleset, places: Places
) -> Reader | None:
    match part:
        case Complete():
            asked = frozenset(each.id for each in ruleset.catalogue.within(scope))
            return lambda judgement: (
                judgement.missing and asked.intersection([each.id for each in judgement.missing])
            )
        case AnswerMeets(id=name):
            # equal answers that are written in different ways are shown in different ways
            return lambda judgement: (
                repr(judgement.answers.get(name)),
                judgement.interview.conducted.on.year,
            )
        case Floor() | ScoreReaches() | CountGraded():
            return marks_reader(ruleset.grades_in(part, scope), places)
        case ConductedBy():
            return _conduct
        case Earlier() | Improvements():
            return None
        case unreachable:
            assert_never(unreachable)


def marks_reader(names: Sequence[str], places: Places) -> Reader | None:
    """Return a function that reads the marks of some indicators, unless they are too many."""
    pick = picker([places["indicator", name] for name in names])
    if len(names) > MOST_MARKS:
        return None
    return lambda judgement: pick(judgement.marks)


def picker(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Return a function that picks the items at some places."""
    match places:
        case []:
            return lambda _items: ()
        case [place]:
            return lambda items: (items[place],)
        case _:
            return itemgetter(*places)


def _conduct(judgement: Judgement) -> Hashable:
    conducted = judgement.interview.conducted
    experts = conducted.experts
    stated = None if experts is None else tuple([(e.role, e.impartial) for e in experts])
    return conducted.mode, stated
