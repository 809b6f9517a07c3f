"""Contradictions, and minimal unsatisfiable cores of criteria."""

from __future__ import annotations

from ecei_rules.analysis.solver.counting import questions_in
from ecei_rules.analysis.solver.formulas import boxes, conjunction
from ecei_rules.analysis.solver.numbers import Cost, class_numbers
from ecei_rules.analysis.solver.shortest_path import cheapest_choice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ecei_rules.analysis.encoding.constraints import Constraints
    from ecei_rules.analysis.solver.formulas import Formula
    from ecei_rules.rulesets.criteria import Criterion


def minimal_core(
    constraints: Constraints,
    criteria: Sequence[Criterion],
    side: int,
    name: str,
    failed: Formula,
) -> tuple[Criterion, ...] | None:
    """
    Return few of the criteria that exclude a failure, `None` if all together do not.

    None of them if it cannot happen anyway; else a single one, preferably of the given
    *name*; else a core from which no criterion can be left out.
    """

    def excluded(by: Iterable[Criterion]) -> bool:
        standing = constraints.none_fails(by, side)
        return is_contradiction(constraints, conjunction([standing, failed]))

    if excluded(()):
        return ()
    sums = constraints.sums
    questions = set(questions_in(failed, sums))
    for criterion in sorted(criteria, key=lambda each: each.id != name):
        standing = constraints.none_fails([criterion], side)
        if questions.intersection(questions_in(standing, sums)) and excluded([criterion]):
            return (criterion,)
    if not excluded(criteria):
        return None
    core = list(criteria)
    for criterion in criteria:
        fewer = [other for other in core if other is not criterion]
        if excluded(fewer):
            core = fewer
    return tuple(core)


def is_contradiction(constraints: Constraints, formula: Formula) -> bool:
    """Whether no complete interview satisfies a formula."""
    alternatives = boxes(formula)
    if any(not box.at_least and not box.below for box in alternatives):
        return False  # every question has a class in the box, and no sum is bounded
    free = [dict.fromkeys(class_numbers(size), Cost(0)) for size in constraints.sizes]
    return cheapest_choice(alternatives, constraints.sums, free) is None
