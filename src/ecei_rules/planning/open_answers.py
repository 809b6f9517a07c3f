"""What missing answers can still decide."""

from __future__ import annotations

from attrs import evolve

from ecei_rules.analysis.solver.counting import questions_in
from ecei_rules.analysis.solver.formulas import boxes, every
from ecei_rules.analysis.solver.shortest_path import cheapest_choice
from ecei_rules.evaluation.assessment import DimensionOutcome, LabelOutcome, Outcome
from ecei_rules.planning.plan import OpenQuestion, SettledOutcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.analysis.encoding.constraints import Statements
    from ecei_rules.analysis.solver.formulas import Formula
    from ecei_rules.planning.interview_classes import EncodedInterview
    from ecei_rules.rulesets.ruleset import Ruleset


def settled_outcomes(standing: EncodedInterview) -> Iterator[SettledOutcome]:
    """
    What comes out the same however the missing answers are filled in.

    The label, then the dimensions, then the criteria. That everything is answered is
    not taken for granted: `complete` is open as long as something in its scope is.
    """
    whole, ruleset = standing.statements, standing.ruleset
    partly = _with_gaps(standing)
    for scope in (None, *(each.id for each in ruleset.catalogue.dimensions)):
        passes = _possible(standing, whole.passes(0, scope))
        fails = _possible(standing, partly.negated(partly.passes(0, scope)))
        if passes is not fails:
            yield _of_scope(ruleset, scope, passed=passes)
    for criterion in ruleset.criteria:
        held, gaps = whole.criterion(criterion, 0), partly.criterion(criterion, 0)
        possible = {
            Outcome.MET: [held.met],
            Outcome.NOT_MET: [gaps.failed],
            Outcome.NOT_APPLICABLE: [
                every([whole.negated(each.met), whole.negated(each.failed)])
                for each in (held, gaps)
            ],
        }
        outcomes = [
            outcome
            for outcome, formulas in possible.items()
            if any(_possible(standing, each) for each in formulas)
        ]
        if len(outcomes) == 1:
            yield SettledOutcome("criterion", criterion.id, outcomes[0])


def deciding_questions(standing: EncodedInterview) -> Iterator[OpenQuestion]:
    """
    The unanswered questions that settle the label once they are answered, the fewest.

    These are the questions on whose answer the label can depend: there is no choice
    among them, and no other answer could change anything.
    """
    whole, catalogue = standing.statements, standing.ruleset.catalogue
    passes = whole.passes(0, None)
    needed: set[str] = set()
    for scope in _gaps(standing):
        without = evolve(whole, incomplete=frozenset([scope]))
        if _possible(standing, every([passes, whole.negated(without.passes(0, None))])):
            needed.update(each.id for each in catalogue.within(scope))
    for number in standing.unanswered:
        question = standing.space.questions[number]
        complete = question.subject == "indicator" and question.id in needed
        if complete or _matters(standing, passes, number):
            yield _open(standing, number)


def _open(standing: EncodedInterview, number: int) -> OpenQuestion:
    question, catalogue = standing.space.questions[number], standing.ruleset.catalogue
    if question.subject == "indicator":
        return OpenQuestion("indicator", question.id, catalogue.asked[question.id].title)
    return OpenQuestion("fact", question.id, catalogue.facts_asked[question.id].title)


def _matters(standing: EncodedInterview, formula: Formula, number: int) -> bool:
    """Whether two answers to a question, all else alike, differ in a formula."""
    whole = standing.statements
    if number not in questions_in(formula, whole.sums):
        return False
    first, *others = standing.completions[number]
    one = whole.given(formula, number, first)
    for cell in others:
        other = whole.given(formula, number, cell)
        for holds, fails in ((one, other), (other, one)):
            if _possible(standing, every([holds, whole.negated(fails)])):
                return True
    return False


def _possible(standing: EncodedInterview, formula: Formula) -> bool:
    """Whether some way to fill in the missing answers is as a formula says."""
    return (
        cheapest_choice(boxes(formula), standing.statements.sums, standing.completions) is not None
    )


def _with_gaps(standing: EncodedInterview) -> Statements:
    """The criteria while what is not complete stays so."""
    return evolve(standing.statements, incomplete=frozenset(_gaps(standing)))


def _gaps(standing: EncodedInterview) -> list[str | None]:
    """The dimensions, and the whole, in which something is not answered."""
    catalogue, answers = standing.ruleset.catalogue, standing.interview.answers
    scopes = (None, *(each.id for each in catalogue.dimensions))
    return [
        scope for scope in scopes if any(each.id not in answers for each in catalogue.within(scope))
    ]


def _of_scope(ruleset: Ruleset, scope: str | None, *, passed: bool) -> SettledOutcome:
    if scope is None:
        outcome = LabelOutcome.AWARDED if passed else LabelOutcome.NOT_AWARDED
        return SettledOutcome("label", ruleset.reference, outcome)
    of_dimension = DimensionOutcome.PASSED if passed else DimensionOutcome.FAILED
    return SettledOutcome("dimension", scope, of_dimension)
