"""The cheapest changes of answers that earn or lose a label."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from heapq import heappop, heappush
from math import lcm

from ecei_rules.answers import NotApplicable
from ecei_rules.formulas import boxes
from ecei_rules.history import LabelHistory
from ecei_rules.planned import AnswerChange, Blocked, Way
from ecei_rules.ruleset import looked_at
from ecei_rules.search import cheapest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ecei_rules.answers import Answer
    from ecei_rules.criteria import Criterion
    from ecei_rules.formulas import Formula
    from ecei_rules.interview_standing import InterviewStanding
    from ecei_rules.planned import Obstacle
    from ecei_rules.space import Cell

Costs = tuple[dict[int, int], ...]


def cheapest_ways(
    standing: InterviewStanding,
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
    met: list[Criterion] = []
    blocked: list[Criterion] = []
    for criterion in statements.required(0, None):
        formula = statements.stands([criterion], 0)
        reachable = cheapest(boxes(formula), statements.sums, costs) is not None
        (met if reachable else blocked).append(criterion)
    formula = statements.stands(met, 0)
    ways = [
        Way(_changes(standing, cells, efforts))
        for cells in _cheapest(standing, formula, costs, most)
    ]
    return tuple(
        Blocked(each.id, each.title, _obstacles(standing, each, kept)) for each in blocked
    ), tuple(ways)


def _obstacles(
    standing: InterviewStanding, criterion: Criterion, locked: Collection[str]
) -> Iterator[Obstacle]:
    """What a criterion looks at that does not improve; the plain answer if nothing else."""
    ruleset, answers = standing.ruleset, standing.interview.answers
    asked = looked_at(ruleset, criterion.requirement, criterion.dimension)
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
    standing: InterviewStanding, formula: Formula, costs: Costs, most: int
) -> Iterator[tuple[int, ...]]:
    """
    The cheapest choices of classes that are as a formula says, none within another.

    Whatever is not more than the cheapest falls short of it somewhere: the next one is
    the cheapest of those in which one change is left out or made smaller.
    """
    found, sums = boxes(formula), standing.statements.sums
    heap: list[tuple[int, tuple[int, ...], Costs]] = []
    seen: set[tuple[int, ...]] = set()

    def consider(allowed: Costs) -> None:
        way = cheapest(found, sums, allowed)
        if way is not None and way.cells not in seen:
            seen.add(way.cells)
            heappush(heap, (way.cost, way.cells, allowed))

    consider(costs)
    while heap and most:
        most -= 1
        _, cells, allowed = heappop(heap)
        yield cells
        for number, cell in enumerate(cells):
            if most and cell != standing.cells[number]:
                spent = allowed[number][cell]
                less = {at: cost for at, cost in allowed[number].items() if cost < spent}
                consider((*allowed[:number], less, *allowed[number + 1 :]))


def loss(standing: InterviewStanding) -> Way | None:
    """The fewest steps down that lose an award."""
    statements = standing.statements
    costs = [standing.steps(at, "down") for at in range(len(standing.space.questions))]
    lost = statements.negated(statements.passes(0, None))
    way = cheapest(boxes(lost), statements.sums, costs)
    return None if way is None else Way(_changes(standing, way.cells, {}))


def _changes(
    standing: InterviewStanding, cells: Sequence[int], efforts: Mapping[str, Decimal]
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


def _nearest(cell: Cell, before: Answer | None) -> Answer:
    """An answer of a class; of numbers the one nearest to a number answered before."""
    answers = [each for each in cell.answers if not isinstance(each, LabelHistory)]
    if not isinstance(before, int | Decimal) or isinstance(before, bool):
        return answers[0]
    numbers = [each for each in answers if isinstance(each, int | Decimal)]
    return min(numbers, key=lambda each: abs(Decimal(each) - Decimal(before)))
