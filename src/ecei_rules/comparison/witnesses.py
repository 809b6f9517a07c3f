"""Made-up interviews that have given classes of answers."""

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
class BaseInterview:
    """
    The interview that witnesses are made from, as classes (docs/semantics.md, 9.6).

    *orders* has for each question its classes in order of preference: first that of the
    interview, then the others, the best first. *answered* says for each question whether
    the interview has an answer; if not, the best class is used in its place.
    """

    interview: Interview | None
    orders: tuple[tuple[ClassNumber, ...], ...]
    answered: tuple[bool, ...]

    @property
    def costs(self) -> tuple[Mapping[ClassNumber, Cost], ...]:
        """The cost of each class of each question: 0 for the interview's own, 1 for others."""
        return tuple({cell: Cost(int(cell != order[0])) for cell in order} for order in self.orders)


def best_interview(space: Space) -> BaseInterview:
    """Return the interview with the best answer to every question, see `best_first`."""
    orders = tuple(tuple(best_first(question, space.rulesets)) for question in space.questions)
    return BaseInterview(None, orders, (False,) * len(orders))


def base_of(interview: Interview, space: Space) -> BaseInterview:
    """Return the classes of an interview; an open question gets its best class."""
    sides = [
        side
        for side, ruleset in enumerate(space.rulesets)
        if digest(ruleset.catalogue) == digest(interview.catalogue)
    ]
    by_side = [space.classes_of(interview, side) for side in sides]
    cells = [
        next((cell for cell in row if cell is not None), None) for row in zip(*by_side, strict=True)
    ]
    orders = []
    for question, own in zip(space.questions, cells, strict=True):
        ranked = best_first(question, space.rulesets)
        orders.append(tuple(sorted(ranked, key=lambda cell: own is not None and cell != own)))
    return BaseInterview(interview, tuple(orders), tuple(cell is not None for cell in cells))


def best_first(question: Question, rulesets: Sequence[Ruleset]) -> Sequence[ClassNumber]:
    """
    Return the classes of a question, the best first (docs/semantics.md, 9.6).

    The better one attains the better grade under the first ruleset, then under the
    second, then earns more points under each, then meets more conditions. "Not
    applicable" comes after its equals; otherwise the order of the classes decides.
    """

    def key(number: int) -> tuple[object, ...]:
        cell = question.classes[number]
        ranks = tuple(
            0 if grade is None else -ruleset.rank(grade)
            for ruleset, grade in zip(rulesets, cell.grades, strict=True)
        )
        points = tuple(-earned for earned in cell.points)
        return ranks, points, -sum(cell.truths), not cell.applies, number

    return sorted(class_numbers(len(question.classes)), key=key)


def interview_from(space: Space, cells: Sequence[int], base: BaseInterview, side: int) -> Interview:
    """
    Return a complete interview of a ruleset's catalogue with answers of some classes.

    If the class of a question is that of the base, the answer is the base's own.
    """
    own = base.interview
    catalogue = space.rulesets[side].catalogue
    answers: dict[str, dict[str, Answer]] = {"indicator": {}, "fact": {}}
    history: list[LabelEvent] = list(own.history) if own else []
    improvements: Sequence[Improvement] = _own_improvements(space, own, side) if own else ()
    for number, (question, cell) in enumerate(zip(space.questions, cells, strict=True)):
        if side not in question.sides:
            continue
        kept = base.answered[number] and cell == base.orders[number][0]
        given = question.classes[cell].answers[0]
        if question.subject in answers:
            answer = answer_in(own, question) if own and kept else given
            assert answer is not None, "what is kept was answered"
            assert not isinstance(answer, LabelHistory), "only a history is answered by one"
            answers[question.subject][question.id] = answer
        elif kept:
            continue
        elif isinstance(given, LabelHistory):
            kinds = question.event_kinds
            history = [each for each in history if f"{each.label} {each.event}" not in kinds]
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


def _own_improvements(space: Space, own: Interview, side: int) -> tuple[Improvement, ...]:
    """Return the improvements in indicators of a catalogue; confirmed ones of both catalogues."""
    asked = space.rulesets[side].catalogue.asked
    return tuple(
        improvement
        for improvement in own.improvements
        if improvement.indicator in (space.improvable if improvement.confirmed else asked)
    )


def _improvements(space: Space, count: int) -> tuple[Improvement, ...]:
    """Return confirmed improvements in the first indicators that both catalogues ask."""
    return tuple(
        Improvement(name, "made up for a comparison", confirmed=True)
        for name in space.improvable[:count]
    )
