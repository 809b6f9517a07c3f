"""The cheapest improvements that earn a label, and what would lose it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from heapq import heappop, heappush
from math import lcm

from attrs import evolve

from ecei_rules.assessment import LabelOutcome
from ecei_rules.digests import digest
from ecei_rules.errors import BeyondMethod, UnknownIndicator, WrongCatalogue
from ecei_rules.evaluation import assess
from ecei_rules.formulas import boxes
from ecei_rules.history import LabelHistory
from ecei_rules.interview_standing import InterviewStanding
from ecei_rules.plan import AnswerChange, Plan, Way
from ecei_rules.search import cheapest
from ecei_rules.settling import deciding_questions, settled_outcomes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ecei_rules.answers import Answer
    from ecei_rules.formulas import Formula
    from ecei_rules.interview import Interview
    from ecei_rules.ruleset import Ruleset
    from ecei_rules.space import Cell

Costs = tuple[dict[int, int], ...]


def plan(
    interview: Interview,
    ruleset: Ruleset,
    *,
    effort: Mapping[str, Decimal] | None = None,
    locked: Iterable[str] = (),
    alternatives: int = 2,
) -> Plan:
    """
    Say where an interview stands under a ruleset and what would earn the label.

    An improvement brings an indicator to a better grade, one step for each of its
    grades; an answer where there is none is a step to the lowest one. *effort* is what
    one step of an indicator takes, 1 where nothing is said; *locked* indicators stay as
    they are. Facts, the history and the confirmed improvements are taken as they stand.
    Source: docs/semantics.md, section 10.

    Raises:
        WrongCatalogue: as `assess` does.
        UnknownIndicator: *effort* or *locked* names what the catalogue does not ask.
        ValueError: an effort is not above 0, or the alternatives are fewer than none.
    """
    if digest(interview.catalogue) != digest(ruleset.catalogue):
        raise WrongCatalogue(
            interview.catalogue.reference, ruleset.reference, ruleset.catalogue.reference
        )
    efforts, kept = dict(effort or {}), tuple(dict.fromkeys(locked))
    for name in (*efforts, *kept):
        if name not in ruleset.catalogue.asked:
            raise UnknownIndicator(name, ruleset.catalogue.reference, list(ruleset.catalogue.asked))
    if alternatives < 0 or any(each <= 0 for each in efforts.values()):
        msg = "an effort is above 0, and the number of alternatives is not below it"
        raise ValueError(msg)
    assessment = assess(interview, ruleset)
    made = Plan(assessment.interview, assessment.ruleset, assessment.outcome, locked=kept)
    try:
        standing = InterviewStanding(interview, ruleset)
        made = evolve(
            made, settled=settled_outcomes(standing), decides=deciding_questions(standing)
        )
        blocked, ways = cheapest_ways(standing, efforts, kept, 1 + alternatives)
        made = evolve(made, blocked=blocked, ways=ways)
        if assessment.outcome is LabelOutcome.AWARDED:
            made = evolve(made, loses=_loss(standing))
    except BeyondMethod as error:
        return evolve(made, beyond=[str(error)])
    return made


def cheapest_ways(
    standing: InterviewStanding,
    efforts: Mapping[str, Decimal],
    locked: Iterable[str],
    most: int,
) -> tuple[tuple[str, ...], tuple[Way, ...]]:
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
    met, blocked = [], []
    for criterion in statements.required(0, None):
        formula = statements.stands([criterion], 0)
        reachable = cheapest(boxes(formula), statements.sums, costs) is not None
        (met if reachable else blocked).append(criterion)
    formula = statements.stands(met, 0)
    ways = [
        Way(_changes(standing, cells, efforts))
        for cells in _cheapest(standing, formula, costs, most)
    ]
    return tuple(each.id for each in blocked), tuple(ways)


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


def _loss(standing: InterviewStanding) -> Way | None:
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
    if isinstance(before, int | Decimal) and not isinstance(before, bool):
        numbers = [each for each in answers if isinstance(each, int | Decimal)]
        return min(numbers, key=lambda each: abs(each - before))
    return answers[0]
