"""The outcomes that are open until the missing answers are given."""

from __future__ import annotations

from attrs import evolve

from ecei_rules.analysis.solver.counting import questions_in
from ecei_rules.analysis.solver.formulas import boxes, conjunction
from ecei_rules.analysis.solver.shortest_path import cheapest_choice
from ecei_rules.evaluation.assessment import DimensionOutcome, LabelOutcome
from ecei_rules.evaluation.grounds import Outcome
from ecei_rules.interviews.texts import Text
from ecei_rules.planning.plan import OpenQuestion, SettledOutcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.analysis.solver.formulas import Formula
    from ecei_rules.analysis.solver.numbers import QuestionNumber
    from ecei_rules.planning.interview_classes import EncodedInterview
    from ecei_rules.rulesets.ruleset import Ruleset


_CONDUCTED = Text(
    {
        "en": "Experts, their impartiality and mode of the interview",
        "de": "Experten, ihre Unparteilichkeit und Form des Interviews",
        "es": "Expertos, su imparcialidad y modalidad de la entrevista",
        "fr": "Experts, leur impartialité et forme de l'entretien",
        "it": "Esperti, loro imparzialità e modalità dell'intervista",
    }
)


def settled_outcomes(encoded: EncodedInterview) -> Iterator[SettledOutcome]:
    """
    Return the outcomes that are the same however the missing answers are filled in.

    The label comes first, then the dimensions, then the criteria. Missing answers may
    stay missing, so `complete` is open as long as something in its scope is unanswered.
    Source: docs/semantics.md, 10.2.
    """
    complete, ruleset = encoded.constraints, encoded.ruleset
    gaps = evolve(complete, incomplete=frozenset(_incomplete_scopes(encoded)))
    for scope in (None, *(dimension.id for dimension in ruleset.catalogue.dimensions)):
        passes = _possible(encoded, complete.passed(0, scope))
        fails = _possible(encoded, gaps.negated(gaps.passed(0, scope)))
        if passes is not fails:
            yield _settled_scope(ruleset, scope, passed=passes)
    for criterion in ruleset.criteria:
        filled, left_open = complete.outcomes(criterion, 0), gaps.outcomes(criterion, 0)
        formulas = {
            Outcome.MET: [filled.met],
            Outcome.NOT_MET: [left_open.failed],
            Outcome.NOT_APPLICABLE: [
                conjunction([complete.negated(bounds.met), complete.negated(bounds.failed)])
                for bounds in (filled, left_open)
            ],
        }
        possible = [
            outcome
            for outcome, alternatives in formulas.items()
            if any(_possible(encoded, formula) for formula in alternatives)
        ]
        if len(possible) == 1:
            yield SettledOutcome("criterion", criterion.id, possible[0])


def deciding_questions(encoded: EncodedInterview) -> Iterator[OpenQuestion]:
    """
    Return the unanswered questions whose answers settle the label.

    They are the questions on whose answer the label can depend, so no smaller set
    settles it in every case. Source: docs/semantics.md, 10.3.
    """
    constraints, catalogue = encoded.constraints, encoded.ruleset.catalogue
    passed = constraints.passed(0, None)
    needed: set[str] = set()
    for scope in _incomplete_scopes(encoded):
        without = evolve(constraints, incomplete=frozenset([scope]))
        lost = constraints.negated(without.passed(0, None))
        if _possible(encoded, conjunction([passed, lost])):
            needed.update(indicator.id for indicator in catalogue.within(scope))
    for number in encoded.unanswered:
        question = encoded.space.questions[number]
        for_completeness = question.subject == "indicator" and question.id in needed
        if for_completeness or _can_change(encoded, passed, number):
            yield _open_question(encoded, number)


def _open_question(encoded: EncodedInterview, number: QuestionNumber) -> OpenQuestion:
    question, catalogue = encoded.space.questions[number], encoded.ruleset.catalogue
    if question.subject == "indicator":
        return OpenQuestion("indicator", question.id, catalogue.asked[question.id].title)
    if question.subject == "conducted":
        return OpenQuestion("conducted", question.id, _CONDUCTED)
    # a history and the number of improvements are never unanswered
    return OpenQuestion("fact", question.id, catalogue.facts_asked[question.id].title)


def _can_change(encoded: EncodedInterview, formula: Formula, number: QuestionNumber) -> bool:
    """Whether two answers to a question, all else equal, differ in a formula."""
    constraints = encoded.constraints
    if number not in set(questions_in(formula, constraints.sums)):
        return False
    first, *others = (
        constraints.restricted(formula, number, completion)
        for completion in encoded.completions[number]
    )
    return any(
        _possible(encoded, conjunction([holds, constraints.negated(fails)]))
        for another in others
        for holds, fails in ((first, another), (another, first))
    )


def _possible(encoded: EncodedInterview, formula: Formula) -> bool:
    """Whether the missing answers can be filled in so that a formula holds."""
    sums, completions = encoded.constraints.sums, encoded.completions
    return cheapest_choice(boxes(formula), sums, completions) is not None


def _incomplete_scopes(encoded: EncodedInterview) -> list[str | None]:
    """Return the scopes, the whole as `None`, in which some indicator is unanswered."""
    catalogue, answers = encoded.ruleset.catalogue, encoded.interview.answers
    scopes = (None, *(dimension.id for dimension in catalogue.dimensions))
    return [
        scope for scope in scopes if any(each.id not in answers for each in catalogue.within(scope))
    ]


def _settled_scope(ruleset: Ruleset, scope: str | None, *, passed: bool) -> SettledOutcome:
    if scope is None:
        outcome = LabelOutcome.AWARDED if passed else LabelOutcome.NOT_AWARDED
        return SettledOutcome("label", ruleset.reference, outcome)
    of_dimension = DimensionOutcome.PASSED if passed else DimensionOutcome.FAILED
    return SettledOutcome("dimension", scope, of_dimension)
