"""Unsatisfiable formulas, and minimal parts of them that are unsatisfiable."""

from __future__ import annotations

from ecei_rules.analysis.solver.counting import questions_in
from ecei_rules.analysis.solver.formulas import boxes, every
from ecei_rules.analysis.solver.shortest_path import cheapest_choice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ecei_rules.analysis.encoding.constraints import Statements
    from ecei_rules.analysis.solver.formulas import Formula
    from ecei_rules.rulesets.criteria import Criterion


def minimal_core(
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
        return is_empty(statements, every([statements.stands(by, side), failed]))

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


def is_empty(statements: Statements, formula: Formula) -> bool:
    """Whether no complete interview is as a formula says."""
    found = boxes(formula)
    if any(not each.at_least and not each.below for each in found):
        return False  # no class is forbidden altogether, and no sum is bounded
    free = [dict.fromkeys(range(size), 0) for size in statements.sizes]
    return cheapest_choice(found, statements.sums, free) is None
