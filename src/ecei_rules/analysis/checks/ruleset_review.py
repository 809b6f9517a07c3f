"""Warnings about rules of a well-formed ruleset that have no effect."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias, assert_never

from attrs import field, frozen

from ecei_rules.analysis.checks.gaps import attainable_neighbours, gap_in_points
from ecei_rules.analysis.checks.influence import is_relevant
from ecei_rules.analysis.checks.reachability import reachable
from ecei_rules.analysis.encoding.constraints import Constraints
from ecei_rules.analysis.encoding.cores import minimal_core
from ecei_rules.analysis.encoding.space import encode
from ecei_rules.analysis.solver.formulas import ALWAYS
from ecei_rules.diagnostics.errors import BeyondMethod
from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import quoted
from ecei_rules.diagnostics.problem import Problem, step
from ecei_rules.interviews.catalogue import AnswerKind
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
    simple_requirements,
)
from ecei_rules.rulesets.ruleset import InputKind, Ruleset, inputs_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.analysis.checks.gaps import Gap
    from ecei_rules.rulesets.conditions import Condition
    from ecei_rules.rulesets.criteria import Criterion, Requirement, SimpleRequirement

#: A thing that an interview answers, and its id.
QuestionId: TypeAlias = tuple[InputKind, str]

_VALUES = {
    "value": "answer",
    "share_of": "share",
    "sum_of": "sum of the options",
    "types": "number of types",
    "years_ago": "number of years",
}
#: A number with at most four decimals can be shown as one.
_FINEST = 10**4


def review_ruleset(ruleset: Ruleset) -> tuple[Problem, ...]:
    """
    Return the rules of a ruleset that have no effect, for its author to look at.

    These are a label or a dimension that no complete interview attains, a required
    criterion that others imply, an indicator or a fact that changes no criterion, and a
    bound between attainable values. The results are exact, and a question that cannot be
    decided is reported as undecided. A rule without effect is odd rather than wrong, so
    no reader refuses a ruleset for it. Call this before publishing a ruleset in which
    `check_ruleset` finds nothing.

    Where the day of an interview makes a difference (`years_ago`, months of a history),
    it is the first day on which the ruleset is in force, and the problem names it. All
    interviews considered are complete, so `complete` makes no difference. Source:
    docs/semantics.md, 9.1, 9.2 and 9.3.

    >>> from ecei_rules.documents.shipped import shipped
    >>> problems = review_ruleset(shipped().ruleset("gold", version="2019-11"))
    >>> [(problem.code, problem.where) for problem in problems]
    [('ECEI363', '/criteria/10'), ('ECEI363', '/criteria/11')]
    >>> problems[1].message
    'the criterion "private-majority" is implied by "structure-floors"'
    """
    return tuple(_problems(ruleset))


def _problems(ruleset: Ruleset) -> Iterator[Problem]:
    days = ruleset.in_force
    bounds = tuple(_bounds(ruleset))
    for bound in bounds:
        gap = attainable_neighbours(bound.threshold, bound.kind, days)
        if gap is not None:
            yield bound.in_gap(gap)
    for name, grading in ruleset.grading.items():
        whens = [grade.when for grade in grading.grades]
        if reachable(whens, ruleset.catalogue.asked[name].answer, days) is None:
            message = f'whether every grade of "{name}" can be attained was not decided'
            yield Problem("ECEI366", f"/grading{step(name)}", message)
    try:
        constraints = Constraints(encode((ruleset,), days.first))
    except BeyondMethod as error:
        yield _undecided("", "whether the criteria have an effect", error)
        return
    timed = {bound.question for bound in bounds if bound.threshold.measure == "years_ago"}
    yield from _Review(ruleset, constraints, frozenset(timed)).problems()


@frozen
class _Bound:
    """A bound of a condition on answers of a kind, and its place in the document."""

    question: QuestionId
    where: str
    threshold: Threshold
    kind: AnswerKind

    def in_gap(self, gap: Gap) -> Problem:
        """Return the problem that the bound is not attainable."""
        comparison, bound = self.threshold.comparison, self.threshold.bound
        equivalent = {"at_most": gap.below, "less_than": gap.above}
        if comparison in {"at_least", "more_than"}:
            equivalent = {"at_least": gap.above, "more_than": gap.below}
        value = _VALUES[self.threshold.measure]
        return _in_gap(f"{self.where}/{comparison}", value, bound, gap, equivalent)


def _bounds(ruleset: Ruleset) -> Iterator[_Bound]:
    """Return every bound on an answer, in grades and in criteria."""
    asked, facts = ruleset.catalogue.asked, ruleset.catalogue.facts_asked
    for name, grading in ruleset.grading.items():
        for index, grade in enumerate(grading.grades):
            if grade.when is not None:
                where = f"/grading{step(name)}/grades/{index}/when"
                yield from _thresholds(grade.when, ("indicator", name), asked[name].answer, where)
    for index, criterion in enumerate(ruleset.criteria):
        for where, requirement in _simple_at(criterion.requirement, f"/criteria/{index}"):
            if isinstance(requirement, AnswerMeets):  # no other requirement has conditions
                subject, name = requirement.subject, requirement.id
                kind = (asked if subject == "indicator" else facts)[name].answer
                yield from _thresholds(requirement.when, (subject, name), kind, f"{where}/when")


def _thresholds(
    condition: Condition, question: QuestionId, kind: AnswerKind, where: str
) -> Iterator[_Bound]:
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for index, part in enumerate(parts):
                yield from _thresholds(part, question, kind, f"{where}/parts/{index}")
        case Threshold():
            yield _Bound(question, where, condition, kind)
        case OneOf() | Includes():
            return
        case unreachable:
            assert_never(unreachable)


def _simple_at(requirement: Requirement, where: str) -> Iterator[tuple[str, SimpleRequirement]]:
    """Return the simple requirements in a requirement, each with its place."""
    if isinstance(requirement, EveryRequirement | SomeRequirement):
        for index, part in enumerate(requirement.parts):
            yield from _simple_at(part, f"{where}/parts/{index}")
    else:
        yield where, requirement


@frozen
class _Review:
    """
    The review of one ruleset over the classes of complete interviews.

    The answers to the *timed* questions depend on the day of the interview.
    """

    ruleset: Ruleset
    constraints: Constraints
    timed: frozenset[QuestionId]
    by_criterion: Mapping[str, frozenset[QuestionId]] = field(init=False)

    @by_criterion.default
    def _questions_by_criterion(self) -> Mapping[str, frozenset[QuestionId]]:
        return {each.id: frozenset(self.questions_of(each)) for each in self.ruleset.criteria}

    def questions_of(self, criterion: Criterion) -> Iterator[QuestionId]:
        """Return the questions whose answers, or whose day, can change a criterion."""
        for requirement in simple_requirements(criterion.requirement):
            match requirement:
                case (
                    Complete()
                    | Improvements()
                    | Earlier(at_least_months=None, at_most_months=None, later_at_most_months=None)
                ):
                    pass  # always met here, no question of its own, or the same on every day
                case (
                    AnswerMeets()
                    | Floor()
                    | ScoreReaches()
                    | CountGraded()
                    | Earlier()
                    | ConductedBy()
                ):
                    yield from inputs_of(self.ruleset, requirement, criterion.dimension)
                case unreachable:
                    assert_never(unreachable)

    def on_day(self, questions: Iterable[QuestionId]) -> str:
        """Return the words for the day of interviews, if some question depends on it."""
        if any(each in self.timed or each[0] == "history" for each in questions):
            return f" held on {self.ruleset.in_force.first}"
        return ""

    def on_day_of(self, criteria: Iterable[Criterion]) -> str:
        """Return the same words for the questions of some criteria."""
        return self.on_day(
            question for criterion in criteria for question in self.by_criterion[criterion.id]
        )

    def problems(self) -> Iterator[Problem]:
        """Return the problems of the ruleset as a whole."""
        ruleset = self.ruleset
        label = tuple(_decided("", "the label can be attained", self.unattained(None)))
        yield from label
        # where no interview is awarded the label, every criterion would be implied
        refused = any(problem.code == "ECEI361" for problem in label)
        for dimension in ruleset.catalogue.dimensions:
            what = f'the dimension "{dimension.id}" can be passed'
            yield from _decided("", what, self.unattained(dimension.id))
        for index, criterion in enumerate(ruleset.criteria):
            where = f"/criteria/{index}"
            if criterion.severity == "required" and not refused:
                what = f'the criterion "{criterion.id}" is implied'
                yield from _decided(where, what, self.implied(criterion, where))
            for place, part in _simple_at(criterion.requirement, where):
                # no other requirement has a bound in points
                if isinstance(part, ScoreReaches) and part.unit == "points":
                    bound = f"{place}/at_least_points"
                    gaps = self.between_sums(part, criterion.dimension, bound)
                    yield from _decided(bound, "a sum of points is at the bound", gaps)
        for name in ruleset.catalogue.asked:
            where = f"/grading{step(name)}" if name in ruleset.grading else "/catalogue"
            yield from self.irrelevant(("indicator", name), where)
        for name in ruleset.catalogue.facts_asked:
            yield from self.irrelevant(("fact", name), "/catalogue")

    def unattained(self, scope: str | None) -> Iterator[Problem]:
        """Report that no complete interview is awarded the label, or passes a dimension."""
        required = self.constraints.required(0, scope)
        core = minimal_core(self.constraints, required, 0, "", ALWAYS)
        if core is None:
            return
        names = quoted([criterion.id for criterion in core], "and")
        why = f"{names} always fails" if len(core) == 1 else f"{names} exclude each other"
        day = self.on_day_of(core)
        if scope is None:
            yield Problem("ECEI361", "", f"no interview{day} attains the label: {why}")
        else:
            where = f"/criteria/{self.ruleset.criteria.index(core[0])}"
            message = f'no interview{day} passes the dimension "{scope}": {why}'
            yield Problem("ECEI362", where, message)

    def implied(self, criterion: Criterion, where: str) -> Iterator[Problem]:
        """Report that a required criterion can fail, but never alone."""
        others = [each for each in self.constraints.required(0, None) if each is not criterion]
        failed = self.constraints.outcomes(criterion, 0).failed
        core = minimal_core(self.constraints, others, 0, "", failed)
        if core:
            names = quoted([each.id for each in core], "and")
            day = _in_interviews(self.on_day_of([criterion, *core]))
            message = f'the criterion "{criterion.id}" is implied by {names}{day}'
            yield Problem("ECEI363", where, message, "it decides nothing about the label")

    def irrelevant(
        self, question: tuple[Literal["indicator", "fact"], str], where: str
    ) -> Iterator[Problem]:
        """Report that no answer to an indicator or a fact changes the outcome of a criterion."""
        name = question[1]
        number = self.constraints.space.number(*question, 0)
        try:
            if is_relevant(self.constraints, number, 0):
                return
        except BeyondMethod as error:
            yield _undecided(where, f'whether "{name}" matters', error)
            return
        criteria = [c for c in self.ruleset.criteria if question in self.by_criterion[c.id]]
        day = _in_interviews(self.on_day_of(criteria))
        message = f'no answer to "{name}" changes the outcome of a criterion{day}'
        yield Problem("ECEI364", where, message)

    def between_sums(self, score: ScoreReaches, scope: str | None, where: str) -> Iterator[Problem]:
        """Report that a bound in points lies between two attainable sums."""
        space = self.constraints.space
        questions: list[QuestionId] = [("indicator", e.id) for e in self.ruleset.graded(scope)]
        numbers = [space.number("indicator", name, 0) for _, name in questions]
        earned = [{each.points[0] for each in space.questions[n].classes} for n in numbers]
        gap = gap_in_points(Fraction(score.at_least), earned)
        if gap is not None:
            value = f"sum of points{_in_interviews(self.on_day(questions))}"
            yield _in_gap(where, value, score.at_least, gap, {"at_least_points": gap.above})


def _in_interviews(day: str) -> str:
    return f" in interviews{day}" if day else ""


def _decided(where: str, what: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Return the problems, then an undecided question if there is one (docs/semantics.md, 9.12)."""
    try:
        yield from problems
    except BeyondMethod as error:
        yield _undecided(where, f"whether {what}", error)


def _undecided(where: str, what: str, error: BeyondMethod) -> Problem:
    return Problem("ECEI366", where, f"{what} was not decided: {error}")


def _in_gap(
    where: str, value: str, bound: Decimal, gap: Gap, equivalent: Mapping[str, Fraction]
) -> Problem:
    """Return the problem of a bound in a gap, with the first *equivalent* bound as hint."""
    written = ((name, _written(number)) for name, number in equivalent.items())
    hint = next((f'"{name}": {text} means the same' for name, text in written if text), None)
    nearest = " and ".join(_written(each) or _share(each) for each in (gap.below, gap.above))
    message = f"no {value} can be {plain(bound)}: the nearest are {nearest}"
    return Problem("ECEI365", where, message, hint)


def _written(value: Fraction) -> str | None:
    """Return a number as a document writes it, `None` if it has too many decimals."""
    if value.denominator == 1:
        return plain(int(value))
    fits = _FINEST % value.denominator == 0
    return plain(Decimal(int(value * _FINEST)) / _FINEST) if fits else None


def _share(percent: Fraction) -> str:
    part = percent / 100
    return f"{part.numerator} of {part.denominator}"
