"""Compare two rulesets: part by part, in outcomes and in the days of the label."""

from __future__ import annotations

from functools import partial
from math import prod

from attrs import frozen

from ecei_rules.analysis.encoding.constraints import Constraints
from ecei_rules.analysis.encoding.space import encode
from ecei_rules.analysis.solver.counting import count
from ecei_rules.analysis.solver.formulas import boxes, conjunction
from ecei_rules.analysis.solver.shortest_path import cheapest_choice
from ecei_rules.comparison.change_class import change_class, newly_needed_answers
from ecei_rules.comparison.comparison import (
    ComparedCriterion,
    ComparedRuleset,
    Comparison,
    Origin,
    ScopeComparison,
    Shares,
    Verdict,
    Witness,
)
from ecei_rules.comparison.diff.changes import changes_between
from ecei_rules.comparison.proofs import prove
from ecei_rules.comparison.validity import compare_validity
from ecei_rules.comparison.witnesses import (
    BaseInterview,
    base_of,
    best_interview,
    interview_from,
)
from ecei_rules.diagnostics.errors import BeyondMethod, WrongCatalogue
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.assess import judge
from ecei_rules.evaluation.grounds import Outcome
from ecei_rules.interviews.interview import require_fitting_answers
from ecei_rules.interviews.provenance import weakest
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.wording import requirement as words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ecei_rules.comparison.certificate import Certificate
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.criteria import Criterion
    from ecei_rules.rulesets.ruleset import Ruleset

#: By whether some interview loses the label, and whether some gains it.
_VERDICTS = {
    (False, False): Verdict.EQUIVALENT,
    (True, False): Verdict.STRICTER,
    (False, True): Verdict.LOOSER,
    (True, True): Verdict.INCOMPARABLE,
}


def compare_rulesets(
    old: Ruleset, new: Ruleset, *, base: Interview | None = None, on: date | None = None
) -> Comparison:
    """
    Compare two rulesets part by part, in outcomes and in the days of the label.

    Call this before publishing a ruleset: it says who loses the label, who gains it, and
    proves it where nobody does. Outcomes are exact, over all complete interviews held
    *on* a day: that of *base*, or else the first day of the ruleset that begins later.
    Witnesses differ in as few answers as possible from *base*, or from the best
    interview. Results that need too large a search are `None`, and the reason is given.
    Source: docs/semantics.md, 9.1 to 9.12.

    >>> from ecei_rules.documents.shipped import shipped
    >>> old, new = (shipped().ruleset("bronze", version=v) for v in ("2010-11", "2019-11"))
    >>> comparison = compare_rulesets(old, new)
    >>> comparison.change_class.value, comparison.label.verdict.value
    ('incomparable', 'incomparable')
    >>> comparison.label.lost.changed  # the best interview loses Bronze by this answer alone
    ('listed-on-eccp',)
    >>> comparison.label.gained.new.conducted.mode  # and this one gains it
    'video'

    Raises:
        WrongCatalogue: the base is an interview of neither ruleset's catalogue.
        InvalidAnswers: an answer of the base does not fit its question.
        TypeError: both a base and another day than its own are given.
    """
    if base is not None:
        if on not in (None, base.conducted.on):
            msg = "a comparison with a base is on the day of the base; leave the other day out"
            raise TypeError(msg)
        if digest(base.catalogue) not in {digest(old.catalogue), digest(new.catalogue)}:
            raise WrongCatalogue(base.catalogue.reference, new.reference, new.catalogue.reference)
        require_fitting_answers(base)
        on = base.conducted.on
    # docs/semantics.md, 9.1
    day = on or max(old.in_force.first, new.in_force.first)
    changes = changes_between(old, new)
    label, dimensions, (only_old, only_new), origin = _outcomes(old, new, base, day)
    days = compare_validity(old.validity, new.validity)
    missing = newly_needed_answers(old, new)
    return Comparison(
        summarised(old),
        summarised(new),
        day,
        change_class(label.verdict, missing, changes, shortens=days.shortens),
        changes,
        label,
        dimensions,
        days,
        only_old,
        only_new,
        missing,
        origin=origin,
    )


def summarised(ruleset: Ruleset) -> ComparedRuleset:
    """
    Return the name of a ruleset, its required criteria and how sure they are.

    >>> from ecei_rules.documents.shipped import shipped
    >>> bronze = summarised(shipped().ruleset("bronze", version="2019-11"))
    >>> bronze.basis.value, bronze.weakest.value
    ('inferred', 'illustrative')
    """
    required = [
        _summarised_criterion(criterion, ruleset)
        for criterion in ruleset.criteria
        if criterion.severity == "required"
    ]
    rules = ruleset.validity.first, ruleset.validity.renewal
    days = [rule.provenance.status for rule in rules if rule]
    values = [criterion.provenance.status for criterion in ruleset.criteria]
    values += [grading.provenance.status for grading in ruleset.grading.values()]
    return ComparedRuleset(
        ruleset.label,
        ruleset.version,
        ruleset.title,
        digest(ruleset),
        ruleset.catalogue,
        required,
        weakest([*(criterion.basis for criterion in required), *days]),
        weakest([*values, *days]),
    )


def _summarised_criterion(criterion: Criterion, ruleset: Ruleset) -> ComparedCriterion:
    graded = ruleset.grades_in(criterion.requirement, criterion.dimension)
    gradings = [
        ruleset.grading[name].provenance.status for name in graded if name in ruleset.grading
    ]
    title = criterion.title or Text({"en": words(criterion.requirement)})
    return ComparedCriterion(criterion.id, title, weakest([criterion.provenance.status, *gradings]))


def _outcomes(
    old: Ruleset, new: Ruleset, base: Interview | None, on: date
) -> tuple[ScopeComparison, list[ScopeComparison], tuple[list[str], list[str]], Origin | None]:
    """
    Compare the label and the dimensions that both catalogues have.

    The third item has the questions that the old ruleset alone asks, then those of the
    new one alone (docs/semantics.md, 9.4); the last is what witnesses are made from.
    """
    common = {dimension.id for dimension in old.catalogue.dimensions}
    scopes: list[tuple[str | None, Text]] = [(None, new.title)]
    scopes += [(each.id, each.title) for each in new.catalogue.dimensions if each.id in common]
    try:
        statements = Constraints(encode((old, new), on))
    except BeyondMethod as error:
        unknown = partial(ScopeComparison, beyond=[str(error)])
        label, *dimensions = (unknown(*scope, None, None, None, None) for scope in scopes)
        return label, dimensions, ([], []), None
    space = statements.space
    start = base_of(base, space) if base else best_interview(space)
    outcomes = _OutcomeComparison(statements, start)
    label, *dimensions = (outcomes.compare(*scope) for scope in scopes)
    return (
        label,
        dimensions,
        (
            [question.id for question in space.questions if question.sides == (0,)],
            [question.id for question in space.questions if question.sides == (1,)],
        ),
        Origin(*outcomes.interviews([order[0] for order in start.orders]), given=base is not None),
    )


@frozen
class _OutcomeComparison:
    """Compares the outcomes of two rulesets over their common space of interviews."""

    statements: Constraints
    base: BaseInterview

    def compare(self, scope: str | None, title: Text) -> ScopeComparison:
        """
        Compare one scope, and leave out what is beyond the method, with the reason.

        Verdicts are those of docs/semantics.md, 9.5.
        """
        beyond: list[str] = []
        lost, gained = (self.witness_or_proof(scope, side, beyond) for side in (0, 1))
        verdict = None
        if lost is not None and gained is not None:
            verdict = _VERDICTS[isinstance(lost, Witness), isinstance(gained, Witness)]
        shares = None
        try:
            shares = self.shares(scope, verdict)
        except BeyondMethod as error:
            beyond.append(str(error))
        return ScopeComparison(scope, title, verdict, lost, gained, shares, beyond=beyond)

    def witness_or_proof(
        self, scope: str | None, awarding: int, beyond: list[str]
    ) -> Witness | Certificate | None:
        """
        Find an interview that one ruleset awards and the other refuses, or prove there is none.

        The witness has the fewest changes (docs/semantics.md, 9.6).
        """
        passes = [self.statements.passed(side, scope) for side in (awarding, 1 - awarding)]
        awarded_and_refused = conjunction([passes[0], self.statements.negated(passes[1])])
        try:
            choice = cheapest_choice(
                boxes(awarded_and_refused), self.statements.sums, self.base.costs
            )
            if choice is None:
                return prove(self.statements, scope, awarding)
        except BeyondMethod as error:
            beyond.append(str(error))
            return None
        return self.witness(choice.classes, scope, 1 - awarding)

    def witness(self, cells: Sequence[int], scope: str | None, refusing: int) -> Witness:
        """Return the interview of some classes, with the criteria that it fails."""
        space = self.statements.space
        old, new = self.interviews(cells)
        judgement = judge((old, new)[refusing], space.rulesets[refusing])
        required = {criterion.id for criterion in self.statements.required(refusing, scope)}
        fails = [
            finding.criterion
            for finding in judgement.findings
            if finding.criterion in required and finding.outcome is Outcome.NOT_MET
        ]
        changed = [
            question.id
            for question, order, cell in zip(space.questions, self.base.orders, cells, strict=True)
            if cell != order[0]
        ]
        return Witness(old, new, changed, fails)

    def interviews(self, cells: Sequence[int]) -> tuple[Interview, Interview]:
        """Return the interview of some classes, with the old catalogue and with the new one."""
        space = self.statements.space
        return (
            interview_from(space, cells, self.base, 0),
            interview_from(space, cells, self.base, 1),
        )

    def shares(self, scope: str | None, verdict: Verdict | None) -> Shares:
        """Count the classes of interviews that each ruleset awards (docs/semantics.md, 9.8)."""
        sizes, sums = self.statements.sizes, self.statements.sums
        old, new = (self.statements.passed(side, scope) for side in (0, 1))
        by_old, by_new = (count(formula, sizes, sums) for formula in (old, new))
        if verdict in (Verdict.EQUIVALENT, Verdict.STRICTER):
            both = by_new
        elif verdict is Verdict.LOOSER:
            both = by_old
        else:
            both = count(conjunction([old, new]), sizes, sums)
        neither = prod(sizes) - by_old - by_new + both
        return Shares(both, by_old - both, by_new - both, neither)
