"""Make certificates: proofs that no interview satisfies a formula."""

from __future__ import annotations

from itertools import combinations

from attrs import evolve

from ecei_rules.analysis.classes.improvement_classes import ConfirmedImprovements
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
    from ecei_rules.analysis.encoding.question import AnswerClass
    from ecei_rules.analysis.solver.formulas import Box
    from ecei_rules.interviews.interview import Given


def prove(statements: Constraints, scope: str | None, awarding: int) -> Certificate | None:
    """
    Prove that one ruleset refuses nothing that the other awards; `None` if it does.

    Source: docs/semantics.md, 9.7.

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
        conjunctions = boxes(conjunction([statements.none_fails(by, awarding), failed]))
        cases = tuple(_cases(statements, conjunctions))
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
            CertifiedQuestion(question.key, question.sides, map(_example, question.classes))
            for question in questions
            if question.key in used
        ),
        proofs,
    )


def _example(cell: AnswerClass) -> Given:
    answer = cell.answers[0]
    if isinstance(answer, LabelHistory):
        return answer.events
    if isinstance(answer, ConfirmedImprovements):
        old, new = answer.own
        return FrozenMap({"common": answer.common, "only-old": old, "only-new": new})
    return answer


def _cases(statements: Constraints, conjunctions: Iterable[Box]) -> Iterator[Case]:
    """Yield a case for each conjunction that does not imply another one."""
    widest: list[Case] = []
    for case in dict.fromkeys(_case(statements, box) for box in conjunctions):
        if not any(_implies(case, other) for other in widest):
            widest = [*(other for other in widest if not _implies(other, case)), case]
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
        (statements.sums[index], bound) for index, bound in box.at_least.items()
    ]
    for index, bound in box.below.items():
        points = statements.sums[index]
        lost = tuple(tuple(max(row) - gain for gain in row) for row in points)
        tables.append((lost, sum(map(max, points)) - bound + 1))
    needs: dict[FrozenMap[str, tuple[int, ...]], int] = {}
    for table, needed in tables:
        gains = FrozenMap({keys[number]: row for number, row in enumerate(table) if any(row)})
        needs[gains] = max(needed, needs.get(gains, needed))
    return Case(allowed, [Need(gains, bound) for gains, bound in needs.items()])


def _implies(case: Case, other: Case) -> bool:
    """Whether a case asks for everything that another one asks for."""
    needed = {need.gains: need.at_least for need in case.needs}
    return all(
        key in case.allowed and set(classes).issuperset(case.allowed[key])
        for key, classes in other.allowed.items()
    ) and all(needed.get(need.gains, 0) >= need.at_least for need in other.needs)


def _contradicts_itself(case: Case) -> bool:
    """Whether it needs points to be gained and lost, together more than there are."""
    for gain, loss in combinations(case.needs, 2):
        lost = {key: tuple(max(row) - each for each in row) for key, row in gain.gains.items()}
        most = sum(map(max, gain.gains.values()))
        if loss.gains == lost and gain.at_least + loss.at_least > most:
            return True
    return False


def _bounds(statements: Constraints, case: Case) -> Iterator[list[tuple[int, ...]]]:
    """
    Yield a layer of bounds after each question that gains anything.

    A layer has the reachable values of all needs but the last, each with the most that
    the last can reach.
    """
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
                reached_now = tuple(
                    min(value + need.gains.get(key, nothing)[cell], need.at_least)
                    for value, need in zip(values, others, strict=True)
                )
                gained = most + last.gains.get(key, nothing)[cell]
                after[reached_now] = max(after.get(reached_now, 0), gained)
        reached = after
        states += len(after)
        if states > MAX_STATES:
            what = "a proof with so many bounds"
            raise BeyondMethod(what)
        yield [(*values, most) for values, most in sorted(reached.items())]
