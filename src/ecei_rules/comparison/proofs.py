"""That nothing is in some boxes, with the bounds that show it."""

from __future__ import annotations

from itertools import combinations

from attrs import evolve

from ecei_rules.analysis.encoding.cores import minimal_core
from ecei_rules.analysis.solver.formulas import boxes, conjunction
from ecei_rules.analysis.solver.shortest_path import MAX_STATES
from ecei_rules.comparison.certificate import Case, Certificate, CertifiedQuestion, Need, Proof
from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.history import LabelHistory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.analysis.encoding.constraints import Constraints
    from ecei_rules.analysis.encoding.space import AnswerClass
    from ecei_rules.analysis.solver.formulas import Box
    from ecei_rules.interviews.interview import Given


def prove(statements: Constraints, scope: str | None, awarding: int) -> Certificate | None:
    """
    Proofs that what one ruleset awards the other does not refuse; `None` if it does.

    Raises:
        BeyondMethod: a proof would be too large.
    """
    refusing = 1 - awarding
    required = statements.required(awarding, scope)
    proofs = []
    used: set[str] = set()
    for criterion in statements.required(refusing, scope):
        failed = statements.outcomes(criterion, refusing).failed
        by = minimal_core(statements, required, awarding, criterion.id, failed)
        if by is None:
            return None
        found = boxes(conjunction([statements.none_fails(by, awarding), failed]))
        cases = tuple(_cases(statements, found))
        proofs.append(Proof(criterion.id, (each.id for each in by), cases))
        for case in cases:
            used.update(case.allowed, *(need.gains for need in case.needs))
    rulesets, questions = statements.space.rulesets, statements.space.questions
    return Certificate(
        scope,
        rulesets[awarding].reference,
        rulesets[refusing].reference,
        statements.space.on,
        (
            CertifiedQuestion(each.key, each.sides, map(_example, each.classes))
            for each in questions
            if each.key in used
        ),
        proofs,
    )


def _example(cell: AnswerClass) -> Given:
    answer = cell.answers[0]
    return answer.events if isinstance(answer, LabelHistory) else answer


def _cases(statements: Constraints, found: Iterable[Box]) -> Iterator[Case]:
    """A case for each box that is not within another one."""
    widest: list[Case] = []
    for case in dict.fromkeys(_case(statements, box) for box in found):
        if not any(_within(case, other) for other in widest):
            widest = [*(other for other in widest if not _within(other, case)), case]
    for case in widest:
        bounds = () if _contradicts_itself(case) else _bounds(statements, case)
        yield evolve(case, bounds=bounds)


def _case(statements: Constraints, box: Box) -> Case:
    keys = [each.key for each in statements.space.questions]
    allowed = {
        keys[number]: tuple(cell for cell in range(statements.sizes[number]) if mask >> cell & 1)
        for number, mask in sorted(box.classes.items())
    }
    tables: list[tuple[tuple[tuple[int, ...], ...], int]] = [
        (statements.sums[at], bound) for at, bound in box.at_least.items()
    ]
    for at, limit in box.below.items():
        points = statements.sums[at]
        lost = tuple(tuple(max(row) - each for each in row) for row in points)
        tables.append((lost, sum(map(max, points)) - limit + 1))
    needs: dict[FrozenMap[str, tuple[int, ...]], int] = {}
    for table, bound in tables:
        gains = FrozenMap({keys[at]: row for at, row in enumerate(table) if any(row)})
        needs[gains] = max(bound, needs.get(gains, bound))
    return Case(allowed, [Need(gains, bound) for gains, bound in needs.items()])


def _within(case: Case, other: Case) -> bool:
    """Whether whatever is in a case is plainly in another one."""
    needed = {each.gains: each.at_least for each in case.needs}
    return all(
        key in case.allowed and set(classes).issuperset(case.allowed[key])
        for key, classes in other.allowed.items()
    ) and all(needed.get(each.gains, 0) >= each.at_least for each in other.needs)


def _contradicts_itself(case: Case) -> bool:
    """Whether some points are to be gained and to be lost, and are more than there are."""
    for one, two in combinations(case.needs, 2):
        lost = {key: tuple(max(row) - each for each in row) for key, row in one.gains.items()}
        if two.gains == lost and one.at_least + two.at_least > sum(map(max, one.gains.values())):
            return True
    return False


def _bounds(statements: Constraints, case: Case) -> Iterator[list[tuple[int, ...]]]:
    """After each question that gains anything, the most of the last need by the others."""
    *others, last = case.needs
    reached: dict[tuple[int, ...], int] = {(0,) * len(others): 0}
    states = 0
    for question, size in zip(statements.space.questions, statements.sizes, strict=True):
        key, nothing = question.key, (0,) * size
        if not any(key in need.gains for need in case.needs):
            continue
        after: dict[tuple[int, ...], int] = {}
        for values, most in reached.items():
            for cell in case.allowed.get(key, range(size)):
                now = tuple(
                    min(value + need.gains.get(key, nothing)[cell], need.at_least)
                    for value, need in zip(values, others, strict=True)
                )
                gained = most + last.gains.get(key, nothing)[cell]
                after[now] = max(after.get(now, 0), gained)
        reached = after
        states += len(after)
        if states > MAX_STATES:
            what = "a proof with so many bounds"
            raise BeyondMethod(what)
        yield [(*values, most) for values, most in sorted(reached.items())]
