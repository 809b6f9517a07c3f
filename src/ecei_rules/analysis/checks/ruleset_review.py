"""What in a ruleset comes to nothing, though it is well formed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias, assert_never

from attrs import field, frozen

from ecei_rules.analysis.checks.gaps import attainable_neighbours, gap_in_points
from ecei_rules.analysis.checks.influence import is_relevant
from ecei_rules.analysis.checks.reachability import reachable
from ecei_rules.analysis.encoding.constraints import Statements
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
    Earlier,
    EveryRequirement,
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
    from ecei_rules.rulesets.criteria import Criterion, Requirement

#: What an interview is asked, by its id.
Asked: TypeAlias = tuple[InputKind, str]

_VALUES = {
    "value": "answer",
    "share_of": "share",
    "sum_of": "sum of the options",
    "types": "number of types",
    "years_ago": "number of years",
}
_FINE = 10**4


def review_ruleset(ruleset: Ruleset) -> tuple[Problem, ...]:
    """
    What in a ruleset comes to nothing, for who writes it to look at.

    A label or a dimension that no complete interview attains, a required criterion that
    the other ones imply, an indicator or a fact that changes no criterion, a bound
    between values that nobody can have. All of it is exact, and what cannot be decided
    is said to be so. It is odd rather than wrong, so that no reader refuses a ruleset for
    it; the ruleset is one in which `check_ruleset` finds nothing.

    Where the day of an interview makes a difference (`years_ago`, months of a history),
    it is the first one on which the ruleset is in force, and the problem names it. That
    `complete` asks for an answer does not count: every interview here is a complete one.

    >>> from ecei_rules.documents.shipped import shipped
    >>> found = review_ruleset(shipped().ruleset("gold", version="2019-11"))
    >>> [(each.code, each.where) for each in found]
    [('ECEI363', '/criteria/9'), ('ECEI363', '/criteria/10')]
    >>> found[1].message
    'the criterion "private-majority" is implied by "structure-floors"'
    """
    return tuple(_found(ruleset))


def _found(ruleset: Ruleset) -> Iterator[Problem]:
    days = ruleset.in_force
    bounds = tuple(_bounds(ruleset))
    for each in bounds:
        gap = attainable_neighbours(each.threshold, each.kind, days)
        if gap is not None:
            yield each.between(gap)
    for name, grading in ruleset.grading.items():
        whens = [grade.when for grade in grading.grades]
        if reachable(whens, ruleset.catalogue.asked[name].answer, days) is None:
            message = f'whether every grade of "{name}" is attained was not decided'
            yield Problem("ECEI366", f"/grading{step(name)}", message)
    try:
        statements = Statements(encode((ruleset,), days.first))
    except BeyondMethod as error:
        yield _undecided("", "what the criteria come to", error)
        return
    timed = {each.asked for each in bounds if each.threshold.measure == "years_ago"}
    yield from _Review(ruleset, statements, frozenset(timed)).all()


@frozen
class _Bound:
    """A bound of a condition on answers of a kind, and where it stands."""

    asked: Asked
    where: str
    threshold: Threshold
    kind: AnswerKind

    def between(self, gap: Gap) -> Problem:
        """The problem that nobody is at the bound."""
        comparison, bound = self.threshold.comparison, self.threshold.bound
        same = {"at_most": gap.below, "less_than": gap.above}
        if comparison in {"at_least", "more_than"}:
            same = {"at_least": gap.above, "more_than": gap.below}
        thing = _VALUES[self.threshold.measure]
        return _between(f"{self.where}/{comparison}", thing, bound, gap, same)


def _bounds(ruleset: Ruleset) -> Iterator[_Bound]:
    """Every bound on an answer, in grades and in criteria."""
    asked, facts = ruleset.catalogue.asked, ruleset.catalogue.facts_asked
    for name, grading in ruleset.grading.items():
        for index, grade in enumerate(grading.grades):
            if grade.when is not None:
                where = f"/grading{step(name)}/grades/{index}/when"
                yield from _thresholds(grade.when, ("indicator", name), asked[name].answer, where)
    for index, criterion in enumerate(ruleset.criteria):
        for where, each in _within(criterion.requirement, f"/criteria/{index}"):
            if isinstance(each, AnswerMeets):
                kind = (asked if each.subject == "indicator" else facts)[each.id].answer
                yield from _thresholds(each.when, (each.subject, each.id), kind, f"{where}/when")


def _thresholds(
    condition: Condition, asked: Asked, kind: AnswerKind, where: str
) -> Iterator[_Bound]:
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for index, part in enumerate(parts):
                yield from _thresholds(part, asked, kind, f"{where}/parts/{index}")
        case Threshold():
            yield _Bound(asked, where, condition, kind)
        case OneOf() | Includes():
            return
        case unreachable:
            assert_never(unreachable)


def _within(requirement: Requirement, where: str) -> Iterator[tuple[str, Requirement]]:
    """The simple requirements in one, each with its place."""
    if isinstance(requirement, EveryRequirement | SomeRequirement):
        for index, part in enumerate(requirement.parts):
            yield from _within(part, f"{where}/parts/{index}")
    else:
        yield where, requirement


@frozen
class _Review:
    """One ruleset over the classes of complete interviews; of what is *timed* the day tells."""

    ruleset: Ruleset
    statements: Statements
    timed: frozenset[Asked]
    looks: Mapping[str, frozenset[Asked]] = field(init=False)

    @looks.default
    def _look(self) -> Mapping[str, frozenset[Asked]]:
        return {each.id: frozenset(self.telling(each)) for each in self.ruleset.criteria}

    def telling(self, criterion: Criterion) -> Iterator[Asked]:
        """What can change a criterion in complete interviews, and with the day a history."""
        for each in simple_requirements(criterion.requirement):
            match each:
                case (
                    Complete() | Improvements() | Earlier(at_least_months=None, at_most_months=None)
                ):
                    continue
                case _:
                    yield from inputs_of(self.ruleset, each, criterion.dimension)

    def held(self, asked: Iterable[Asked]) -> str:
        """On which day interviews are held, if that can matter to what they are asked."""
        if any(each in self.timed or each[0] == "history" for each in asked):
            return f" held on {self.ruleset.in_force.first}"
        return ""

    def looking(self, criteria: Iterable[Criterion]) -> str:
        """The same of all that some criteria look at."""
        return self.held(asked for each in criteria for asked in self.looks[each.id])

    def all(self) -> Iterator[Problem]:
        """All there is to say of the ruleset as a whole."""
        ruleset = self.ruleset
        label = tuple(_tried("", "the label can be attained", self.unattained(None)))
        yield from label
        # where no interview is awarded the label, every criterion would be implied
        refused = any(each.code == "ECEI361" for each in label)
        for each in ruleset.catalogue.dimensions:
            what = f'the dimension "{each.id}" can be passed'
            yield from _tried("", what, self.unattained(each.id))
        for index, criterion in enumerate(ruleset.criteria):
            where = f"/criteria/{index}"
            if criterion.severity == "required" and not refused:
                what = f'the criterion "{criterion.id}" is implied'
                yield from _tried(where, what, self.implied(criterion, where))
            for place, one in _within(criterion.requirement, where):
                if isinstance(one, ScoreReaches) and one.unit == "points":
                    at = f"{place}/at_least_points"
                    found = self.between_sums(one, criterion.dimension, at)
                    yield from _tried(at, "a sum of points is at the bound", found)
        for name in ruleset.catalogue.asked:
            where = f"/grading{step(name)}" if name in ruleset.grading else "/catalogue"
            yield from _tried(where, f'"{name}" matters', self.idle(("indicator", name), where))
        for name in ruleset.catalogue.facts_asked:
            found = self.idle(("fact", name), "/catalogue")
            yield from _tried("/catalogue", f'"{name}" matters', found)

    def unattained(self, scope: str | None) -> Iterator[Problem]:
        """That no complete interview is awarded the label, or passes a dimension."""
        core = minimal_core(self.statements, self.statements.required(0, scope), 0, "", ALWAYS)
        if core is None:
            return
        names = quoted([each.id for each in core], "and")
        why = f"{names} always fails" if len(core) == 1 else f"{names} exclude each other"
        held = self.looking(core)
        if scope is None:
            yield Problem("ECEI361", "", f"no interview{held} attains the label: {why}")
        else:
            where = f"/criteria/{self.ruleset.criteria.index(core[0])}"
            message = f'no interview{held} passes the dimension "{scope}": {why}'
            yield Problem("ECEI362", where, message)

    def implied(self, criterion: Criterion, where: str) -> Iterator[Problem]:
        """That a required criterion can fail, but never alone."""
        others = [each for each in self.statements.required(0, None) if each is not criterion]
        failed = self.statements.criterion(criterion, 0).failed
        by = minimal_core(self.statements, others, 0, "", failed)
        if by:
            names = quoted([each.id for each in by], "and")
            held = _among(self.looking([criterion, *by]))
            message = f'the criterion "{criterion.id}" is implied by {names}{held}'
            yield Problem("ECEI363", where, message, "it decides nothing about the label")

    def idle(
        self, asked: tuple[Literal["indicator", "fact"], str], where: str
    ) -> Iterator[Problem]:
        """That no answer to an indicator or a fact changes what a criterion comes to."""
        subject, name = asked
        if is_relevant(self.statements, self.statements.space.number(subject, name, 0), 0):
            return
        near = [each for each in self.ruleset.criteria if asked in self.looks[each.id]]
        held = _among(self.looking(near))
        message = f'no answer to "{name}" changes the outcome of a criterion{held}'
        yield Problem("ECEI364", where, message)

    def between_sums(self, score: ScoreReaches, scope: str | None, at: str) -> Iterator[Problem]:
        """That a bound in points is between two sums that can occur."""
        space = self.statements.space
        asked: list[Asked] = [("indicator", each.id) for each in self.ruleset.graded(scope)]
        numbers = [space.number("indicator", name, 0) for _, name in asked]
        earned = [{cell.points[0] for cell in space.questions[each].cells} for each in numbers]
        gap = gap_in_points(Fraction(score.at_least), earned)
        if gap is not None:
            thing = f"sum of points{_among(self.held(asked))}"
            yield _between(at, thing, score.at_least, gap, {"at_least_points": gap.above})


def _among(held: str) -> str:
    return f" in interviews{held}" if held else ""


def _tried(where: str, what: str, found: Iterable[Problem]) -> Iterator[Problem]:
    try:
        yield from found
    except BeyondMethod as error:
        yield _undecided(where, f"whether {what}", error)


def _undecided(where: str, what: str, error: BeyondMethod) -> Problem:
    return Problem("ECEI366", where, f"{what} was not decided: {error}")


def _between(
    where: str, thing: str, bound: Decimal, gap: Gap, same: Mapping[str, Fraction]
) -> Problem:
    """The problem of a bound in a gap, with the first bound that says the *same*, if any."""
    written = ((name, _written(value)) for name, value in same.items())
    hint = next((f'"{name}": {text} says the same' for name, text in written if text), None)
    nearest = " and ".join(_written(each) or _share(each) for each in (gap.below, gap.above))
    message = f"no {thing} is {plain(bound)}: the nearest are {nearest}"
    return Problem("ECEI365", where, message, hint)


def _written(value: Fraction) -> str | None:
    """A number as a document has it, if it has only a few decimals."""
    if value.denominator == 1:
        return plain(int(value))
    fits = _FINE % value.denominator == 0
    return plain(Decimal(int(value * _FINE)) / _FINE) if fits else None


def _share(percent: Fraction) -> str:
    part = percent / 100
    return f"{part.numerator} of {part.denominator}"
