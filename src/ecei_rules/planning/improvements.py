"""The cheapest changes of answers that earn or lose a label."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from heapq import heappop, heappush
from math import lcm

from attrs import frozen

from ecei_rules.analysis.encoding.question import NoAnswer
from ecei_rules.analysis.solver.formulas import boxes
from ecei_rules.analysis.solver.numbers import ClassNumber, Cost
from ecei_rules.analysis.solver.shortest_path import cheapest_choice
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.planning.plan import AnswerChange, Blocked, Way
from ecei_rules.rulesets.ruleset import inputs_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ecei_rules.analysis.encoding.question import AnswerClass
    from ecei_rules.analysis.solver.formulas import Formula
    from ecei_rules.analysis.solver.shortest_path import Learned
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.planning.interview_classes import EncodedInterview
    from ecei_rules.planning.plan import Obstacle
    from ecei_rules.rulesets.criteria import Criterion

#: The allowed classes of each question, with the costs of moving there.
Costs = tuple[dict[ClassNumber, Cost], ...]


def cheapest_ways(
    encoded: EncodedInterview,
    efforts: Mapping[str, Decimal],
    locked: Iterable[str],
    most: int,
) -> tuple[tuple[Blocked, ...], tuple[Way, ...]]:
    """
    Return the blocked criteria, and at most so many ways to meet the other required ones.

    Source: docs/semantics.md, 10.4, 10.5 and 10.6.

    Raises:
        BeyondMethod: there are too many states.
    """
    constraints, fixed = encoded.constraints, set(locked)
    scale = lcm(*(Fraction(effort).denominator for effort in efforts.values()))
    costs: Costs = tuple(
        {
            at: Cost(int(steps * efforts.get(question.id, 1) * scale))
            for at, steps in encoded.steps(number, "up").items()
            if at == own or question.id not in fixed
        }
        for number, question, own in encoded.questions()
    )
    required = constraints.required(0, None)
    choices = _cheapest_choices(encoded, constraints.none_fails(required, 0), costs, most)
    blocked: list[Criterion] = []
    if not choices:
        # only then can one of the criteria be out of reach by itself
        alone = (constraints.none_fails([criterion], 0) for criterion in required)
        blocked = [
            criterion
            for criterion, formula in zip(required, alone, strict=True)
            if cheapest_choice(boxes(formula), constraints.sums, costs) is None
        ]
    if blocked:
        rest = [criterion for criterion in required if criterion not in blocked]
        choices = _cheapest_choices(encoded, constraints.none_fails(rest, 0), costs, most)
    return (
        tuple(Blocked(each.id, each.title, _obstacles(encoded, each, fixed)) for each in blocked),
        tuple(Way(_changes(encoded, classes, efforts)) for classes in choices),
    )


def _obstacles(
    encoded: EncodedInterview, criterion: Criterion, locked: Collection[str]
) -> Iterator[Obstacle]:
    """Return the fixed things that a criterion looks at; its indicators if there are none."""
    ruleset, answers = encoded.ruleset, encoded.interview.answers
    obstacles: dict[Obstacle, None] = {}
    for subject, name in inputs_of(ruleset, criterion.requirement, criterion.dimension):
        if subject != "indicator":
            obstacles[subject] = None
        elif name in locked:
            obstacles["locked"] = None
        elif not ruleset.catalogue.asked[name].improvable:
            obstacles["not_improvable"] = None
        elif isinstance(answers.get(name), NotApplicable):
            obstacles["not_applicable"] = None
    if not obstacles:
        obstacles["indicator"] = None
    yield from obstacles


@frozen(order=True)
class _CostedChoice:
    """A choice of classes: its cost, the cost of each question, and the classes."""

    cost: Cost
    spent: tuple[Cost, ...]
    classes: tuple[ClassNumber, ...]

    def covers(self, other: _CostedChoice) -> bool:
        """Whether it costs at least as much as another choice in every question."""
        return all(mine >= its for mine, its in zip(self.spent, other.spent, strict=True))


def _cheapest_choices(
    encoded: EncodedInterview, formula: Formula, costs: Costs, most: int
) -> list[tuple[ClassNumber, ...]]:
    """
    Return the cheapest choices of classes that satisfy a formula, none covering another.

    A choice that does not cover a given one costs less in some question, and in a first
    such question. So the other choices are partitioned by that question, and a part is
    partitioned again by its cheapest choice, or by a kept one that this covers. A choice
    waits until its parts are searched: one of the same cost may cost less in the first
    question where they differ. Source: docs/semantics.md, 10.6.
    """
    alternatives, sums = boxes(formula), encoded.constraints.sums
    learned: Learned = {}
    #: choices with the part that each is the cheapest of, or without if that is partitioned
    heap: list[tuple[_CostedChoice, Costs | None]] = []

    def push_cheapest(allowed: Costs) -> None:
        choice = cheapest_choice(alternatives, sums, allowed, learned)
        if choice is not None:
            spent = tuple(of[at] for of, at in zip(costs, choice.classes, strict=True))
            heappush(heap, (_CostedChoice(choice.cost, spent, choice.classes), allowed))

    push_cheapest(costs)
    kept: list[_CostedChoice] = []
    while heap and len(kept) < most:
        choice, allowed = heappop(heap)
        if allowed is None:
            kept.append(choice)
            continue
        covered = next((each for each in kept if choice.covers(each)), None)
        if covered is None:
            heappush(heap, (choice, None))
            covered = choice
        for number, spent in enumerate(covered.spent):
            if spent:
                cheaper, others = (
                    {at: cost for at, cost in allowed[number].items() if (cost < spent) is wanted}
                    for wanted in (True, False)
                )
                before, after = allowed[:number], allowed[number + 1 :]
                push_cheapest((*before, cheaper, *after))
                allowed = (*before, others, *after)
    return [choice.classes for choice in kept]


def cheapest_loss(encoded: EncodedInterview) -> Way | None:
    """
    Return the fewest steps down after which the label is no longer awarded.

    An unanswered question meets nothing and earns nothing, so a criterion that it leaves
    undetermined counts as lost. Source: docs/semantics.md, 10.7.
    """
    constraints = encoded.constraints
    costs = tuple(
        {at: Cost(steps) for at, steps in encoded.steps(number, "down").items()}
        for number, _, _ in encoded.questions()
    )
    lost = constraints.negated(constraints.passed(0, None))
    choices = _cheapest_choices(encoded, lost, costs, 1)
    return Way(_changes(encoded, choices[0], {})) if choices else None


def _changes(
    encoded: EncodedInterview, classes: Sequence[ClassNumber], efforts: Mapping[str, Decimal]
) -> Iterator[AnswerChange]:
    asked = encoded.ruleset.catalogue.asked
    for (number, question, own), chosen in zip(encoded.questions(), classes, strict=True):
        if chosen == own:
            continue
        before = encoded.interview.answers.get(question.id)
        directions = (encoded.steps(number, "up"), encoded.steps(number, "down"))
        steps = next(moves[chosen] for moves in directions if chosen in moves)
        yield AnswerChange(
            question.id,
            asked[question.id].title,
            before,
            _nearest(question.classes[chosen], before),
            grade=question.classes[own].grades[0],
            target=question.classes[chosen].grades[0],
            steps=steps,
            cost=steps * efforts.get(question.id, Decimal(1)),
        )


def _nearest(chosen: AnswerClass, before: Answer | None) -> Answer:
    """Return an answer of a class; of numbers the nearest to the number answered before."""
    answers = [answer for answer in chosen.answers if not isinstance(answer, NoAnswer)]
    if not isinstance(before, int | Decimal) or isinstance(before, bool):
        return answers[0]
    numbers = [answer for answer in answers if isinstance(answer, int | Decimal)]
    return min(numbers, key=lambda number: abs(Decimal(number) - Decimal(before)))
