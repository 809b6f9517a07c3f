"""Whether the answer to a question can change the outcome of a criterion."""

from __future__ import annotations

from itertools import pairwise

from ecei_rules.analysis.encoding.cores import is_contradiction
from ecei_rules.analysis.solver.counting import questions_in
from ecei_rules.analysis.solver.formulas import (
    Conjunction,
    Disjunction,
    conjunction,
    disjunction,
    negated,
)
from ecei_rules.analysis.solver.numbers import class_numbers
from ecei_rules.diagnostics.errors import BeyondMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecei_rules.analysis.encoding.constraints import Constraints
    from ecei_rules.analysis.solver.formulas import Formula
    from ecei_rules.analysis.solver.numbers import QuestionNumber


def is_relevant(constraints: Constraints, question: QuestionNumber, side: int) -> bool:
    """
    Whether two complete interviews that differ in one answer alone differ in an outcome.

    The outcomes are those of the criteria of one ruleset, required or advisory: met,
    failed, or neither.

    Raises:
        BeyondMethod: a criterion is too entangled, and no other one shows a difference.
    """
    beyond: BeyondMethod | None = None
    for formula in _outcomes(constraints, side):
        if question in set(questions_in(formula, constraints.sums)):
            try:
                differences = _differences(formula, question, constraints)
                if not all(is_contradiction(constraints, each) for each in differences):
                    return True
            except BeyondMethod as error:
                beyond = error
    if beyond is not None:
        raise beyond
    return False


def _outcomes(constraints: Constraints, side: int) -> Iterable[Formula]:
    """Return when each criterion is met, and when it fails if that is not the negation."""
    formulas: dict[Formula, None] = {}
    for criterion in constraints.space.rulesets[side].criteria:
        outcomes = constraints.outcomes(criterion, side)
        formulas[outcomes.met] = None
        if outcomes.failed != constraints.negated(outcomes.met):
            formulas[outcomes.failed] = None
    return formulas


def _differences(
    formula: Formula, question: QuestionNumber, constraints: Constraints
) -> Iterator[Formula]:
    """
    Return when a formula holds with one answer to a question and not with another.

    Neighbouring classes are enough: if no two of them differ, none do.
    """
    classes = class_numbers(constraints.sizes[question])
    restricted = dict.fromkeys(constraints.restricted(formula, question, each) for each in classes)
    for before, after in pairwise(restricted):
        yield _difference(before, after, constraints.sizes)
        yield _difference(after, before, constraints.sizes)


def _difference(left: Formula, right: Formula, sizes: Sequence[int]) -> Formula:
    """Return the formula: *left* holds and *right* does not; shared parts occur once."""
    match left, right:
        case (Conjunction(parts=mine), Conjunction(parts=its)) | (
            Disjunction(parts=mine),
            Disjunction(parts=its),
        ):
            shared = [part for part in mine if part in its]
            if shared:
                combine = conjunction if isinstance(left, Conjunction) else disjunction
                left_rest = combine(part for part in mine if part not in shared)
                right_rest = combine(part for part in its if part not in shared)
                # the rests differ only while all shared conjuncts hold, or no shared disjunct
                decides = isinstance(left, Conjunction)
                kept = shared if decides else [negated(part, sizes) for part in shared]
                return conjunction([*kept, _difference(left_rest, right_rest, sizes)])
    # atoms, and formulas of different kinds, have no parts to share
    return conjunction([left, negated(right, sizes)])
