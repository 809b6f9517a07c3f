"""Interviews made up to stand for a choice of classes."""

from __future__ import annotations

from attrs import frozen

from ecei_rules.analysis.encoding.space import answer_in
from ecei_rules.analysis.solver.numbers import ClassNumber, Cost, class_numbers
from ecei_rules.documents.digest import digest
from ecei_rules.interviews.history import Cluster, LabelHistory
from ecei_rules.interviews.interview import Conducted, Improvement, Interview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ecei_rules.analysis.encoding.space import Question, Space
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.history import LabelEvent
    from ecei_rules.rulesets.ruleset import Ruleset

_NOBODY = Cluster("Example Cluster (made up)", "XX")


@frozen
class Base:
    """
    The interview that others are held against, by its classes.

    *orders* holds, for each question, its classes in order of preference: first that of
    the interview, then the others, the best first. *answered* says where the interview
    itself has an answer; elsewhere the best one stands in.
    """

    interview: Interview | None
    orders: tuple[tuple[ClassNumber, ...], ...]
    answered: tuple[bool, ...]

    @property
    def costs(self) -> tuple[Mapping[ClassNumber, Cost], ...]:
        """A cost of one for each answer that is not the interview's."""
        return tuple({cell: Cost(int(cell != order[0])) for cell in order} for order in self.orders)


def best(space: Space) -> Base:
    """The interview with the best answer to every question, see `best_first`."""
    orders = tuple(tuple(best_first(each, space.rulesets)) for each in space.questions)
    return Base(None, orders, (False,) * len(orders))


def base_of(interview: Interview, space: Space) -> Base:
    """The classes of an interview; what it leaves open is answered in the best way."""
    sides = [
        side
        for side, each in enumerate(space.rulesets)
        if digest(each.catalogue) == digest(interview.catalogue)
    ]
    placed = [space.classes_of(interview, side) for side in sides]
    cells = [
        next((one for one in each if one is not None), None) for each in zip(*placed, strict=True)
    ]
    orders = []
    for question, cell in zip(space.questions, cells, strict=True):
        ranked = list(best_first(question, space.rulesets))
        orders.append(
            tuple(ranked if cell is None else sorted(ranked, key=lambda each: each != cell))
        )
    return Base(interview, tuple(orders), tuple(cell is not None for cell in cells))


def best_first(question: Question, rulesets: Sequence[Ruleset]) -> Sequence[ClassNumber]:
    """
    The classes of a question, the best first.

    The better one attains the better grade under the first ruleset, then under the
    second, then earns more points under each, then meets more of what is asked of the
    answer. What does not apply comes last of equals, and otherwise the order of the
    classes decides.
    """

    def key(number: int) -> tuple[object, ...]:
        cell = question.classes[number]
        ranks = tuple(
            0 if grade is None else -each.rank(grade)
            for each, grade in zip(rulesets, cell.grades, strict=True)
        )
        points = tuple(-each for each in cell.points)
        return ranks, points, -sum(cell.truths), not cell.applies, number

    return sorted(class_numbers(len(question.classes)), key=key)


def interview_from(space: Space, cells: Sequence[int], base: Base, side: int) -> Interview:
    """
    A complete interview of a ruleset's catalogue with answers of some classes.

    Where the class is that of the base, it is the base's own answer.
    """
    own = base.interview
    catalogue = space.rulesets[side].catalogue
    answers: dict[str, dict[str, Answer]] = {"indicator": {}, "fact": {}}
    history: list[LabelEvent] = list(own.history) if own else []
    improvements: Sequence[Improvement] = _kept(space, own, side) if own else ()
    for number, (question, cell) in enumerate(zip(space.questions, cells, strict=True)):
        if side not in question.sides:
            continue
        kept = base.answered[number] and cell == base.orders[number][0]
        given = question.classes[cell].answers[0]
        if question.subject in answers:
            held = answer_in(own, question) if own and kept else given
            assert held is not None, "what is kept was answered"
            assert not isinstance(held, LabelHistory), "only a history is answered by one"
            answers[question.subject][question.id] = held
        elif kept:
            continue
        elif isinstance(given, LabelHistory):
            history = [each for each in history if f"{each.label} {each.event}" != question.id]
            history += given.events
        else:
            assert isinstance(given, int), "improvements are counted"
            improvements = _improvements(space, given)
    return Interview(
        catalogue,
        own.cluster if own else _NOBODY,
        own.conducted if own else Conducted(space.on),
        answers["indicator"],
        facts=answers["fact"],
        improvements=improvements,
        history=history,
    )


def _kept(space: Space, own: Interview, side: int) -> tuple[Improvement, ...]:
    """The improvements that a catalogue asks about; confirmed ones, that every one does."""
    asked = space.rulesets[side].catalogue.asked
    return tuple(
        each
        for each in own.improvements
        if each.indicator in (space.improvable if each.confirmed else asked)
    )


def _improvements(space: Space, count: int) -> tuple[Improvement, ...]:
    """Confirmed improvements in so many indicators, those that every catalogue asks first."""
    return tuple(
        Improvement(name, "made up for a comparison", confirmed=True)
        for name in space.improvable[:count]
    )
