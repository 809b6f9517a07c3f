"""That nothing is in some boxes, with the bounds that show it."""

from __future__ import annotations

from ecei_rules.certificate import Case, Certificate, CertifiedQuestion, Need, Proof
from ecei_rules.counting import questions_in
from ecei_rules.errors import BeyondMethod
from ecei_rules.formulas import boxes, every
from ecei_rules.history import LabelHistory
from ecei_rules.search import MAX_STATES, cheapest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecei_rules.criteria import Criterion
    from ecei_rules.formulas import Box, Formula
    from ecei_rules.interview import Given
    from ecei_rules.space import Cell
    from ecei_rules.statements import Points, Statements


def certificate(statements: Statements, scope: str | None, awarding: int) -> Certificate | None:
    """
    Proofs that what one ruleset awards the other does not refuse; `None` if it does.

    Raises:
        BeyondMethod: a proof would be too large.
    """
    refusing = 1 - awarding
    required = statements.required(awarding, scope)
    proofs = []
    used: set[int] = set()
    for criterion in statements.required(refusing, scope):
        failed = statements.criterion(criterion, refusing).failed
        by = enough(statements, required, awarding, criterion.id, failed)
        if by is None:
            return None
        found = boxes(every([statements.stands(by, awarding), failed]))
        proofs.append(Proof(criterion.id, (each.id for each in by), _cases(statements, found)))
        for box in found:
            used.update(box.classes)
            for number in (*box.at_least, *box.below):
                used.update(_gaining(statements.sums[number]))
    rulesets, questions = statements.space.rulesets, statements.space.questions
    return Certificate(
        scope,
        rulesets[awarding].reference,
        rulesets[refusing].reference,
        statements.space.on,
        (
            CertifiedQuestion(each.key, each.sides, map(_example, each.cells))
            for number, each in enumerate(questions)
            if number in used
        ),
        proofs,
    )


def _example(cell: Cell) -> Given:
    answer = cell.answers[0]
    return answer.events if isinstance(answer, LabelHistory) else answer


def enough(
    statements: Statements,
    criteria: Sequence[Criterion],
    side: int,
    name: str,
    failed: Formula,
) -> tuple[Criterion, ...] | None:
    """
    A few of some criteria that exclude a failure, `None` if all of them do not.

    None at all where it cannot happen; or a single one, first that of the same name; or
    all of them without those that can be spared.
    """

    def excluded(by: Iterable[Criterion]) -> bool:
        return empty(statements, every([statements.stands(by, side), failed]))

    if excluded(()):
        return ()
    asked = set(questions_in(failed, statements.sums))
    near = [
        each
        for each in sorted(criteria, key=lambda each: each.id != name)
        if asked.intersection(questions_in(statements.stands([each], side), statements.sums))
    ]
    for each in near:
        if excluded([each]):
            return (each,)
    if not excluded(criteria):
        return None
    kept = list(criteria)
    for each in criteria:
        fewer = [other for other in kept if other is not each]
        if excluded(fewer):
            kept = fewer
    return tuple(kept)


def empty(statements: Statements, formula: Formula) -> bool:
    """Whether no complete interview is as a formula says."""
    free = [dict.fromkeys(range(size), 0) for size in statements.sizes]
    return cheapest(boxes(formula), statements.sums, free) is None


def _gaining(points: Points) -> list[int]:
    return [number for number, row in enumerate(points) if any(row)]


def _cases(statements: Statements, found: Iterable[Box]) -> Iterator[Case]:
    keys = [each.key for each in statements.space.questions]
    for box in found:
        allowed = {
            keys[number]: tuple(
                cell for cell in range(statements.sizes[number]) if mask >> cell & 1
            )
            for number, mask in sorted(box.classes.items())
        }
        tables = [(statements.sums[at], bound) for at, bound in box.at_least.items()]
        for at, bound in box.below.items():
            points = statements.sums[at]
            lost = tuple(tuple(max(row) - each for each in row) for row in points)
            tables.append((lost, sum(map(max, points)) - bound + 1))
        needs = [
            Need({keys[number]: table[number] for number in _gaining(table)}, at_least)
            for table, at_least in tables
        ]
        bounds = () if box.contradicts_itself else _bounds(statements, box, tables)
        yield Case(allowed, needs, bounds)


def _bounds(
    statements: Statements, box: Box, tables: Sequence[tuple[Points, int]]
) -> Iterator[list[tuple[int, ...]]]:
    """After each question that gains anything, the most of the last need by the others."""
    *others, (last, _) = tables
    reached: dict[tuple[int, ...], int] = {(0,) * len(others): 0}
    states = 0
    for number, size in enumerate(statements.sizes):
        if not any(any(table[number]) for table, _ in tables):
            continue
        after: dict[tuple[int, ...], int] = {}
        cells = [cell for cell in range(size) if box.classes.get(number, -1) >> cell & 1]
        for values, most in reached.items():
            for cell in cells:
                now = tuple(
                    min(value + table[number][cell], at_least)
                    for value, (table, at_least) in zip(values, others, strict=True)
                )
                after[now] = max(after.get(now, 0), most + last[number][cell])
        reached = after
        states += len(after)
        if states > MAX_STATES:
            what = "a proof with so many bounds"
            raise BeyondMethod(what)
        yield [(*values, most) for values, most in sorted(reached.items())]
