"""The cheapest changes of answers that earn or lose a label."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from heapq import heappop, heappush
from math import lcm

from ecei_rules.analysis.solver.formulas import boxes
from ecei_rules.analysis.solver.shortest_path import cheapest_choice
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.planning.plan import AnswerChange, Blocked, Way
from ecei_rules.rulesets.ruleset import inputs_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ecei_rules.analysis.encoding.space import AnswerClass
    from ecei_rules.analysis.solver.formulas import Formula
    from ecei_rules.analysis.solver.shortest_path import Learned
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.planning.interview_classes import EncodedInterview
    from ecei_rules.planning.plan import Obstacle
    from ecei_rules.rulesets.criteria import Criterion

Costs = tuple[dict[int, int], ...]


def cheapest_ways(
    standing: EncodedInterview,
    efforts: Mapping[str, Decimal],
    locked: Iterable[str],
    most: int,
) -> tuple[tuple[Blocked, ...], tuple[Way, ...]]:
    """
    The required criteria that no improvement meets, and the ways to meet the others.

    Raises:
        BeyondMethod: there are too many states.
    """
    statements, kept = standing.statements, set(locked)
    scale = lcm(*(Fraction(each).denominator for each in efforts.values()))
    costs: Costs = tuple(
        {
            cell: int(steps * efforts.get(question.id, 1) * scale)
            for cell, steps in standing.steps(number, "up").items()
            if cell == standing.cells[number] or question.id not in kept
        }
        for number, question in enumerate(standing.space.questions)
    )
    required = statements.required(0, None)
    found = _cheapest(standing, statements.stands(required, 0), costs, most)
    blocked: list[Criterion] = []
    if not found:
        # only then can one of the criteria be out of reach by itself
        alone = (statements.stands([each], 0) for each in required)
        blocked = [
            each
            for each, formula in zip(required, alone, strict=True)
            if cheapest_choice(boxes(formula), statements.sums, costs) is None
        ]
    if blocked:
        rest = [each for each in required if each not in blocked]
        found = _cheapest(standing, statements.stands(rest, 0), costs, most)
    ways = [Way(_changes(standing, cells, efforts)) for cells in found]
    return tuple(
        Blocked(each.id, each.title, _obstacles(standing, each, kept)) for each in blocked
    ), tuple(ways)


def _obstacles(
    standing: EncodedInterview, criterion: Criterion, locked: Collection[str]
) -> Iterator[Obstacle]:
    """What a criterion looks at that does not improve; the plain answer if nothing else."""
    ruleset, answers = standing.ruleset, standing.interview.answers
    asked = inputs_of(ruleset, criterion.requirement, criterion.dimension)
    found: dict[Obstacle, None] = {}
    for subject, name in asked:
        if subject in ("fact", "history", "improvements"):
            found[subject] = None
        elif name in locked:
            found["locked"] = None
        elif isinstance(answers.get(name), NotApplicable):
            found["not_applicable"] = None
    if not found:
        found["indicator"] = None
    yield from found


def _cheapest(
    standing: EncodedInterview, formula: Formula, costs: Costs, most: int
) -> list[tuple[int, ...]]:
    """
    The cheapest choices of classes that are as a formula says, none within another.

    What is not more than a way falls short of it somewhere, and has a first question
    where it does. So the choices are parted by that question, and a part is parted
    again by its cheapest way, or by one found before that this is more than.
    """
    found, sums = boxes(formula), standing.statements.sums
    learned: Learned = {}
    heap: list[tuple[int, list[tuple[int, int]], Costs]] = []

    def consider(allowed: Costs) -> None:
        way = cheapest_choice(found, sums, allowed, learned)
        if way is not None:
            spent = [(each[cell], cell) for each, cell in zip(costs, way.cells, strict=True)]
            heappush(heap, (way.cost, spent, allowed))

    consider(costs)
    ways: list[list[tuple[int, int]]] = []
    while heap and len(ways) < most:
        _, way, allowed = heappop(heap)
        within = next((each for each in ways if _no_less(way, each)), None)
        if within is None:
            ways.append(way)
        for number, (spent, _) in enumerate(way if within is None else within):
            if spent and len(ways) < most:
                less, more = (
                    {at: cost for at, cost in allowed[number].items() if (cost < spent) is wanted}
                    for wanted in (True, False)
                )
                before, after = allowed[:number], allowed[number + 1 :]
                consider((*before, less, *after))
                allowed = (*before, more, *after)
    return [tuple(cell for _, cell in each) for each in ways]


def _no_less(way: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> bool:
    """Whether everything that a way spends another one spends too."""
    return all(spent >= least for (spent, _), (least, _) in zip(way, other, strict=True))


def cheapest_loss(standing: EncodedInterview) -> Way | None:
    """The fewest steps down that lose an award."""
    statements = standing.statements
    costs = [standing.steps(at, "down") for at in range(len(standing.space.questions))]
    lost = statements.negated(statements.passes(0, None))
    way = cheapest_choice(boxes(lost), statements.sums, costs)
    return None if way is None else Way(_changes(standing, way.cells, {}))


def _changes(
    standing: EncodedInterview, cells: Sequence[int], efforts: Mapping[str, Decimal]
) -> Iterator[AnswerChange]:
    asked = standing.ruleset.catalogue.asked
    for number, (question, cell) in enumerate(zip(standing.space.questions, cells, strict=True)):
        own = standing.cells[number]
        if cell == own:
            continue
        before = standing.interview.answers.get(question.id)
        directions = (standing.steps(number, "up"), standing.steps(number, "down"))
        steps = next(each[cell] for each in directions if cell in each)
        yield AnswerChange(
            question.id,
            asked[question.id].title,
            before,
            _nearest(question.cells[cell], before),
            grade=question.cells[own].grades[0],
            target=question.cells[cell].grades[0],
            steps=steps,
            cost=steps * efforts.get(question.id, Decimal(1)),
        )


def _nearest(cell: AnswerClass, before: Answer | None) -> Answer:
    """An answer of a class; of numbers the one nearest to a number answered before."""
    answers = [each for each in cell.answers if not isinstance(each, LabelHistory)]
    if not isinstance(before, int | Decimal) or isinstance(before, bool):
        return answers[0]
    numbers = [each for each in answers if isinstance(each, int | Decimal)]
    return min(numbers, key=lambda each: abs(Decimal(each) - Decimal(before)))
