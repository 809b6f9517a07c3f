"""Whether the answer to a question can change what a criterion comes to."""

from __future__ import annotations

from itertools import pairwise

from ecei_rules.analysis.encoding.cores import is_empty
from ecei_rules.analysis.solver.counting import questions_in
from ecei_rules.analysis.solver.formulas import Every, Some, every, negated, some
from ecei_rules.diagnostics.errors import BeyondMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecei_rules.analysis.encoding.constraints import Statements
    from ecei_rules.analysis.solver.formulas import Formula


def is_relevant(statements: Statements, question: int, side: int) -> bool:
    """
    Whether two complete interviews with different outcomes differ in one answer alone.

    Outcomes are those of the criteria of one ruleset, required or advisory: met, failed,
    or neither.

    Raises:
        BeyondMethod: a criterion is too entangled, and no other one tells.
    """
    beyond: BeyondMethod | None = None
    for formula in _outcomes(statements, side):
        if question in questions_in(formula, statements.sums):
            try:
                if not all(
                    is_empty(statements, each) for each in _telling(formula, question, statements)
                ):
                    return True
            except BeyondMethod as error:
                beyond = error
    if beyond is not None:
        raise beyond
    return False


def _outcomes(statements: Statements, side: int) -> Iterable[Formula]:
    """When each criterion is met, and when it fails where that is not just the opposite."""
    found: dict[Formula, None] = {}
    for criterion in statements.space.rulesets[side].criteria:
        held = statements.criterion(criterion, side)
        found[held.met] = None
        if held.failed != statements.negated(held.met):
            found[held.failed] = None
    return found


def _telling(formula: Formula, question: int, statements: Statements) -> Iterator[Formula]:
    """
    For which other answers a formula holds with one answer and not with another.

    Neighbouring classes are enough: if no two of them differ, none do.
    """
    classes = range(statements.sizes[question])
    answered = dict.fromkeys(statements.given(formula, question, cell) for cell in classes)
    for one, other in pairwise(answered):
        yield _only(one, other, statements.sizes)
        yield _only(other, one, statements.sizes)


def _only(one: Formula, other: Formula, sizes: Sequence[int]) -> Formula:
    """That one formula holds and another does not; what they share is said once."""
    match one, other:
        case (Every(parts=mine), Every(parts=its)) | (Some(parts=mine), Some(parts=its)):
            shared = [part for part in mine if part in its]
            if shared:
                made = every if isinstance(one, Every) else some
                left = made(part for part in mine if part not in shared)
                right = made(part for part in its if part not in shared)
                # what they share leaves it to the rest only while it holds, or while none does
                kept = shared if made is every else [negated(part, sizes) for part in shared]
                return every([*kept, _only(left, right, sizes)])
    return every([one, negated(other, sizes)])
