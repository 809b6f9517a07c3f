"""Made-up interviews that have given classes of answers."""

from __future__ import annotations

from attrs import evolve, frozen

from ecei_rules.analysis.classes.improvement_classes import ConfirmedImprovements
from ecei_rules.analysis.encoding.preference import best_first
from ecei_rules.analysis.encoding.question import NoAnswer
from ecei_rules.analysis.encoding.space import answer_in
from ecei_rules.analysis.solver.numbers import ClassNumber, Cost
from ecei_rules.documents.digest import digest
from ecei_rules.interviews.history import Cluster, LabelHistory
from ecei_rules.interviews.interview import Conducted, Improvement, Interview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ecei_rules.analysis.encoding.question import Question
    from ecei_rules.analysis.encoding.space import Space
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import Catalogue
    from ecei_rules.interviews.history import LabelEvent

_NOBODY = Cluster("Example Cluster (made up)", "XX")


@frozen
class BaseInterview:
    """
    The interview that witnesses are made from, as classes (docs/semantics.md, 9.6).

    *orders* has for each question its classes in order of preference: first that of the
    interview, then the others, the best first. *answered* says for each question whether
    the interview has an answer; if not, the best class is used in its place. *side* is
    the number of a ruleset that judges the catalogue of the interview.
    """

    interview: Interview | None
    orders: tuple[tuple[ClassNumber, ...], ...]
    answered: tuple[bool, ...]
    side: int = 0

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
    for question, cell in zip(space.questions, cells, strict=True):
        ranked = best_first(question, space.rulesets)
        own = (
            frozenset([cell]) if cell is not None else _stated(space, question, interview, sides[0])
        )
        first = next((each for each in ranked if each in own), ranked[0])
        orders.append((first, *(each for each in ranked if each != first)))
    answered = tuple(cell is not None for cell in cells)
    return BaseInterview(interview, tuple(orders), answered, sides[0])


def _stated(
    space: Space, question: Question, interview: Interview, side: int
) -> frozenset[ClassNumber]:
    """Return the classes that agree with the experts and the mode as far as they are stated."""
    if question.subject != "conducted":
        return frozenset()
    possible = space.conducts(question, interview, side)
    return frozenset(space.class_with(question, truths) for truths in possible)


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
    conducted = own.conducted if own else Conducted(space.on)
    for number, (question, cell) in enumerate(zip(space.questions, cells, strict=True)):
        if side not in question.sides:
            continue
        kept = base.answered[number] and cell == base.orders[number][0]
        given = question.classes[cell].answers[0]
        if isinstance(given, Conducted):
            conducted = _completed(space, question, question.classes[cell].truths, base) or given
        elif question.subject in answers:
            answer = answer_in(own, question) if own and kept else given
            assert answer is not None, "what is kept was answered"
            assert not isinstance(answer, NoAnswer), "indicators and facts have answers"
            answers[question.subject][question.id] = answer
        elif kept:
            continue
        elif isinstance(given, LabelHistory):
            kinds = question.event_kinds
            history = [each for each in history if f"{each.label} {each.event}" not in kinds]
            history += given.events
        else:
            assert isinstance(given, ConfirmedImprovements), "improvements are counted"
            improvements = [
                Improvement(name, "made up for a comparison", confirmed=True)
                for name in space.improvable.first(given, side)
            ]
    return Interview(
        catalogue,
        own.cluster if own else _NOBODY,
        _with_roles_of(catalogue, conducted),
        answers["indicator"],
        facts=answers["fact"],
        improvements=improvements,
        history=history,
    )


def _completed(
    space: Space, question: Question, truths: tuple[bool, ...], base: BaseInterview
) -> Conducted | None:
    """Return the experts and the mode of the base with the rest stated, if these truths follow."""
    if base.interview is None:
        return None
    return space.conducts(question, base.interview, base.side).get(truths)


def _with_roles_of(catalogue: Catalogue, conducted: Conducted) -> Conducted:
    if conducted.experts is None:
        return conducted
    roles = {role.id for role in catalogue.roles}
    return evolve(conducted, experts=[each for each in conducted.experts if each.role in roles])


def _own_improvements(space: Space, own: Interview, side: int) -> tuple[Improvement, ...]:
    """
    Return the improvements of the base for the catalogue of one ruleset.

    A confirmed one in an indicator that the other catalogue does not ask in the same way is
    an improvement under the catalogue of the base alone.
    """
    asked = space.rulesets[side].catalogue
    confirmed: Collection[str] = space.improvable.common
    if digest(asked) == digest(own.catalogue):
        confirmed = asked.asked
    return tuple(
        improvement
        for improvement in own.improvements
        if improvement.indicator in (confirmed if improvement.confirmed else asked.asked)
    )
