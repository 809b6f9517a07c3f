"""Contradictions in a ruleset, and what does not fit its catalogue or its neighbours."""

from __future__ import annotations

from itertools import chain
from typing import assert_never

from ecei_rules.analysis.checks.conduct import conduct_problems
from ecei_rules.analysis.checks.reachability import is_unsatisfiable, reachable
from ecei_rules.diagnostics.phrasing import joined, near, number_of, quoted
from ecei_rules.diagnostics.problem import Problem, repeated_ids, step, unlisted_sources
from ecei_rules.interviews.catalogue import (
    AnswerKind,
    Breakdown,
    Choice,
    Choices,
    Count,
    Fact,
    Indicator,
    Number,
    Share,
    Year,
    YesNo,
    unknown_dimension,
    unusable_id,
)
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    Requirement,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.editions import conflicts_among

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from ecei_rules.rulesets.ruleset import Grading, Ruleset

#: How deep all_of and any_of may be nested.
MAX_LEVELS = 10
_TOO_DEEP = f"all_of and any_of are nested more than {MAX_LEVELS} levels deep"
# a new measure or kind of answer without an entry is a KeyError, and never ignored
_MEASURES: dict[str, tuple[type, ...]] = {
    "value": (Count, Number, Share, Year),
    "share_of": (Breakdown,),
    "sum_of": (Breakdown,),
    "types": (Breakdown, Choices),
    "years_ago": (Year,),
}
_NOUNS: dict[type, str] = {
    Count: "a count",
    Number: "a number",
    Share: "a share",
    YesNo: "yes or no",
    Choice: "a choice",
    Choices: "choices",
    Breakdown: "a breakdown",
    Year: "a year",
}


def check_ruleset(ruleset: Ruleset, *, siblings: Iterable[Ruleset] = ()) -> tuple[Problem, ...]:
    """
    Return the problems of a ruleset with its catalogue, itself, and its siblings.

    It finds unknown and retired ids, grades out of order or out of reach, conditions that
    do not fit the kind of answer, points that fall as the grade rises, experts and modes
    that no document allows, criteria that can never be met, and, among *siblings*, periods
    in force that overlap or leave an undeclared gap. A sibling of the same label and
    version is the one that this ruleset replaces. Call this before a ruleset that was built
    in Python is used; reading a document calls it. Source: docs/semantics.md, 2.4 and 2.7.

    >>> from ecei_rules.documents.shipped import shipped
    >>> check_ruleset(shipped().ruleset("bronze", version="2019-11"))
    ()
    """
    return tuple(ruleset_problems(ruleset, siblings))


def ruleset_problems(ruleset: Ruleset, siblings: Iterable[Ruleset]) -> Iterator[Problem]:
    """Return the problems that `check_ruleset` finds, one after the other."""
    return _Check(ruleset).problems(siblings)


def _levels(nested: Condition | Requirement) -> int:
    """Return how deep the parts of a condition or a requirement are nested."""
    return 1 + max(map(_levels, getattr(nested, "parts", ())), default=-1)


def _any_of(problems: Iterable[Problem]) -> Generator[Problem, None, bool]:
    """Yield the same problems, and return whether there was one."""
    any_problem = False
    for problem in problems:
        any_problem = True
        yield problem
    return any_problem


class _Check:
    def __init__(self, ruleset: Ruleset) -> None:
        catalogue = ruleset.catalogue
        self.ruleset = ruleset
        self.indicators = {each.id: each for each in catalogue.indicators}
        self.facts = {each.id: each for each in catalogue.facts}
        self.dimensions = {each.id: each for each in catalogue.dimensions}
        self.sources = {each.id: each for each in ruleset.sources}
        self.ranks = {grade: rank for rank, grade in enumerate(ruleset.scale)}
        self.best = {
            name: max((self.ranks.get(each.grade, -1) for each in grading.grades), default=-1)
            for name, grading in ruleset.grading.items()
        }
        self.maxima = {name: grading.maximum for name, grading in ruleset.grading.items()}

    def problems(self, siblings: Iterable[Ruleset]) -> Iterator[Problem]:
        yield from self.in_force(siblings)
        for name, grading in self.ruleset.grading.items():
            yield from self.grading(name, grading, f"/grading{step(name)}")
        ids = [criterion.id for criterion in self.ruleset.criteria]
        yield from repeated_ids(ids, "/criteria", "criterion")
        for index, criterion in enumerate(self.ruleset.criteria):
            where = f"/criteria/{index}"
            yield from self.cited(criterion.provenance.sources, where)
            scope = criterion.dimension
            if scope is not None and scope not in self.dimensions:
                yield unknown_dimension(scope, self.dimensions, f"{where}/dimension")
                continue
            if _levels(criterion.requirement) > MAX_LEVELS:
                yield Problem("ECEI333", where, _TOO_DEEP)
                continue
            wrong = yield from _any_of(self.requirement(criterion.requirement, scope, where))
            # docs/semantics.md, 2.10
            if not wrong and self.never_met(criterion.requirement, scope):
                message = f'the criterion "{criterion.id}" can never be met'
                yield Problem("ECEI327", where, message)
        for name, advice in self.ruleset.recommendations.items():
            yield from self.advice(name, advice.below, f"/recommendations{step(name)}")
        first, renewal = self.ruleset.validity.first, self.ruleset.validity.renewal
        yield from self.cited(first.provenance.sources, "/validity/first")
        if renewal is not None:
            if renewal.until_years_after_end > renewal.years:
                window = number_of(renewal.until_years_after_end, "year")
                message = f"a renewal {window} after the end would have expired already"
                hint = f"it is valid for {number_of(renewal.years, 'year')} from the previous end"
                where = "/validity/renewal/until_years_after_end"
                yield Problem("ECEI334", where, message, hint)
            yield from self.cited(renewal.provenance.sources, "/validity/renewal")
        yield from repeated_ids((each.id for each in self.ruleset.sources), "/sources", "source")

    def in_force(self, siblings: Iterable[Ruleset]) -> Iterator[Problem]:
        mine = self.ruleset
        others = [each for each in siblings if each.reference != mine.reference]
        known = set(conflicts_among(others))  # docs/semantics.md, 5.4
        for conflict in conflicts_among([*others, mine]):
            later, overlap, message = conflict
            if conflict not in known and overlap:
                yield Problem("ECEI330", "/in_force", message)
            elif conflict not in known:
                hint = f'declare it with "after_gap": true in {later.reference}'
                yield Problem("ECEI331", "/in_force", message, hint)

    def grading(self, name: str, grading: Grading, where: str) -> Iterator[Problem]:
        yield from self.cited(grading.provenance.sources, where)
        indicator = self.indicators.get(name)
        if indicator is None or indicator.status == "retired":
            yield from unusable_id("indicator", name, self.indicators, where)
            return
        wrong = yield from _any_of(
            chain(self.grades(grading, where), self.conditions(grading, indicator, where))
        )
        if not wrong:
            yield from self.out_of_reach(grading, indicator, where)
        points = max(grade.points for grade in grading.grades)
        if grading.not_applicable_points > points:  # docs/semantics.md, 3.3
            message = (
                f"expected at most the {number_of(points, 'point')} of the best grade,"
                f" found {grading.not_applicable_points}"
            )
            yield Problem("ECEI332", f"{where}/not_applicable_points", message)

    def grades(self, grading: Grading, where: str) -> Iterator[Problem]:
        ranks = self.ranks
        before = None
        for index, grade in enumerate(grading.grades):
            here = f"{where}/grades/{index}"
            if grade.grade not in ranks:
                yield self.unknown_grade(grade.grade, f"{here}/grade")
                continue
            if before is not None and ranks[grade.grade] >= ranks[before.grade]:
                message = f'"{grade.grade}" comes after "{before.grade}" but is no lower grade'
                if grade.grade == before.grade:
                    message = f'"{grade.grade}" is listed twice'
                yield Problem("ECEI322", f"{here}/grade", message, "the best grade comes first")
            elif before is not None and grade.points > before.points:
                message = (
                    f'"{grade.grade}" earns {grade.points} and the better "{before.grade}"'
                    f" only {before.points}: a better grade must not earn fewer points"
                )
                yield Problem("ECEI325", f"{here}/points", message)
            before = grade

    def conditions(self, grading: Grading, indicator: Indicator, where: str) -> Iterator[Problem]:
        last = len(grading.grades) - 1
        for index, grade in enumerate(grading.grades):
            here = f"{where}/grades/{index}"
            if grade.when is None:
                if index != last:
                    message = (
                        f'"{grade.grade}" has no condition, so no answer attains a grade after it'
                    )
                    yield Problem("ECEI326", here, message)
            elif index == last:
                message = "the last grade must have no condition: every answer attains some grade"
                yield Problem("ECEI326", f"{here}/when", message)
            else:
                yield from self.when(grade.when, indicator.answer, f"{here}/when")

    def out_of_reach(self, grading: Grading, indicator: Indicator, where: str) -> Iterator[Problem]:
        days = self.ruleset.in_force
        reached = reachable((grade.when for grade in grading.grades), indicator.answer, days)
        for index, grade in enumerate(grading.grades):
            if reached is not None:
                missed = index not in reached
            else:
                missed = grade.when is not None and is_unsatisfiable(
                    grade.when, indicator.answer, days
                )
            if missed:
                message = f'no answer attains "{grade.grade}"'
                yield Problem("ECEI323", f"{where}/grades/{index}", message)

    def when(self, condition: Condition, kind: AnswerKind, where: str) -> Iterator[Problem]:
        if _levels(condition) > MAX_LEVELS:
            yield Problem("ECEI333", where, _TOO_DEEP)
        else:
            yield from self.condition(condition, kind, where)

    def condition(self, condition: Condition, kind: AnswerKind, where: str) -> Iterator[Problem]:
        match condition:
            case AllOf(parts=parts) | AnyOf(parts=parts):
                for index, part in enumerate(parts):
                    yield from self.condition(part, kind, f"{where}/parts/{index}")
            case Threshold(measure=measure, options=options):
                if isinstance(kind, _MEASURES[measure]):
                    yield from self.options(options, kind, f"{where}/options")
                else:
                    fitting = [_NOUNS[each] for each in _MEASURES[measure]]
                    message = f'"{measure}" fits {joined(fitting)}, not {_NOUNS[type(kind)]}'
                    yield Problem("ECEI324", f"{where}/measure", message)
            case Includes(options=options):
                if isinstance(kind, Choices | Breakdown):
                    yield from self.options(options, kind, f"{where}/options")
                else:
                    message = f'"includes" fits choices or a breakdown, not {_NOUNS[type(kind)]}'
                    yield Problem("ECEI324", f"{where}/kind", message)
            case OneOf(values=values):
                yield from self.values(values, kind, where)
            case unreachable:
                assert_never(unreachable)

    def values(
        self, values: Sequence[str | bool], kind: AnswerKind, where: str
    ) -> Iterator[Problem]:
        if not isinstance(kind, YesNo | Choice):
            message = f'"one_of" fits a choice or yes or no, not {_NOUNS[type(kind)]}'
            yield Problem("ECEI324", f"{where}/kind", message)
            return
        allowed = bool if isinstance(kind, YesNo) else str
        form = "true or false" if isinstance(kind, YesNo) else "an option"
        for index, value in enumerate(values):
            here = f"{where}/values/{index}"
            if not isinstance(value, allowed):
                shown = str(value).lower() if isinstance(value, bool) else f'"{value}"'
                yield Problem("ECEI324", here, f"expected {form}, found {shown}")
            elif isinstance(kind, Choice) and isinstance(value, str):
                yield from self.option(value, kind, here)

    def options(self, options: Sequence[str], kind: AnswerKind, where: str) -> Iterator[Problem]:
        if isinstance(kind, Choices | Breakdown):
            for index, option in enumerate(options):
                yield from self.option(option, kind, f"{where}/{index}")

    def option(
        self, option: str, kind: Choice | Choices | Breakdown, where: str
    ) -> Iterator[Problem]:
        known = [each.id for each in kind.options]
        if option not in known:
            hint = near(option, known) or f"the options are {quoted(known, 'and')}"
            yield Problem("ECEI306", where, f'there is no option "{option}"', hint)

    def requirement(
        self, requirement: Requirement, scope: str | None, where: str
    ) -> Iterator[Problem]:
        match requirement:
            case Complete() | ScoreReaches() | Earlier() | Improvements():
                return
            case AnswerMeets(subject=subject, id=name, when=when):
                known = self.subjects(subject)
                wrong = list(unusable_id(subject, name, known, f"{where}/{subject}"))
                yield from wrong
                if not wrong:
                    yield from self.when(when, known[name].answer, f"{where}/when")
            case Floor(indicators=indicators, grade=grade):
                for index, name in enumerate(indicators):
                    here = f"{where}/indicators/{index}"
                    wrong = list(unusable_id("indicator", name, self.indicators, here))
                    yield from wrong
                    if not wrong and name not in self.ruleset.grading:
                        yield Problem("ECEI328", here, f'"{name}" is not graded')
                yield from self.known_grade(grade, where)
            case CountGraded(grade=grade):
                yield from self.known_grade(grade, where)
            case ConductedBy():
                yield from conduct_problems(requirement, self.ruleset.catalogue, where)
            case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
                for index, part in enumerate(parts):
                    yield from self.requirement(part, scope, f"{where}/parts/{index}")
            case unreachable:
                assert_never(unreachable)

    def subjects(self, subject: str) -> Mapping[str, Indicator | Fact]:
        return self.indicators if subject == "indicator" else self.facts

    def never_met(self, requirement: Requirement, scope: str | None) -> bool:
        ruleset, days = self.ruleset, self.ruleset.in_force
        graded = [each.id for each in ruleset.graded(scope)]
        match requirement:
            case Complete():
                return False
            case AnswerMeets(subject=subject, id=name, when=when):
                return is_unsatisfiable(when, self.subjects(subject)[name].answer, days)
            case Floor(indicators=indicators, grade=grade):
                return not all(self.attains(name, grade) for name in indicators)
            case ScoreReaches():
                maximum = sum(self.maxima[name] for name in graded)
                return maximum < requirement.needed(maximum)
            case CountGraded(at_least=least, grade=grade):
                return sum(self.attains(name, grade) for name in graded) < least
            case Earlier(event="awarded", label=label, since_award_of=since) if since == label:
                return True  # the latest award follows no award
            case Earlier(later_at_most_months=0):
                return True  # an event of the interview's own day does not count
            case Earlier(at_least_months=int(least), at_most_months=int(most)):
                return least > most
            case Earlier() | Improvements() | ConductedBy():
                return False
            case EveryRequirement(parts=parts):
                return any(self.never_met(part, scope) for part in parts)
            case SomeRequirement(parts=parts):
                return all(self.never_met(part, scope) for part in parts)
            case unreachable:
                assert_never(unreachable)

    def attains(self, name: str, grade: str) -> bool:
        return self.best[name] >= self.ranks[grade]

    def advice(self, name: str, below: str | None, where: str) -> Iterator[Problem]:
        both: dict[str, Indicator | Fact] = {**self.indicators, **self.facts}
        wrong = list(unusable_id("indicator or fact", name, both, where))
        yield from wrong
        if wrong or below is None:
            return
        if name not in self.ruleset.grading:
            message, hint = f'"{name}" is not graded', None
            if name in self.facts:
                message, hint = f'"{name}" is a fact and has no grades', 'leave "below" out'
            yield Problem("ECEI328", f"{where}/below", message, hint)
        elif below not in self.ranks:
            yield self.unknown_grade(below, f"{where}/below")

    def known_grade(self, grade: str, where: str) -> Iterator[Problem]:
        if grade not in self.ranks:
            yield self.unknown_grade(grade, f"{where}/grade")

    def unknown_grade(self, grade: str, where: str) -> Problem:
        scale = self.ruleset.scale
        hint = near(grade, scale) or f"the grades are {quoted(scale, 'and')}"
        return Problem("ECEI321", where, f'the scale has no grade "{grade}"', hint)

    def cited(self, sources: Sequence[str], where: str) -> Iterator[Problem]:
        yield from unlisted_sources(sources, self.sources, f"{where}/provenance/sources")
