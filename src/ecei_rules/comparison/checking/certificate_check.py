"""Check certificates, independently of the code that makes them."""

from __future__ import annotations

from fractions import Fraction
from functools import partial, reduce
from itertools import chain, combinations, product
from math import ceil, gcd
from typing import TypeAlias, assert_never

from attrs import field, frozen

from ecei_rules.comparison.checking.probes import (
    ImprovementsBy,
    ProbedQuestion,
    QuestionSubject,
    input_text,
    probed_questions,
)
from ecei_rules.diagnostics.frozen_map import FrozenMap
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
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ecei_rules.comparison.certificate import Case, Certificate
    from ecei_rules.interviews.interview import Given
    from ecei_rules.rulesets.criteria import Criterion, Requirement
    from ecei_rules.rulesets.ruleset import Ruleset

#: The outcomes asked for: `True` is met, `False` failed, `None` not applicable.
Wanted: TypeAlias = "frozenset[bool | None]"
#: The points of each class, by question.
Points: TypeAlias = "FrozenMap[str, tuple[int, ...]]"

_FAILED: Wanted = frozenset([False])
_NOT_FAILED: Wanted = frozenset([True, None])


def check_certificate(certificate: Certificate, old: Ruleset, new: Ruleset) -> tuple[str, ...]:
    """
    Return the faults of a certificate about two rulesets; none if it is accepted.

    Call this on a certificate that somebody else made. The cases and the bounds are
    computed anew, without the code that makes certificates, and must be the same. Many
    answers are tried to find a class that the certificate does not list: for numbers this
    is a proof of completeness, for breakdowns, long lists of options and histories it is
    not. If both rulesets have the same name, one proved direction is enough. Source:
    docs/semantics.md, 9.7.

    >>> from ecei_rules.comparison.compare import compare_rulesets
    >>> from ecei_rules.documents.shipped import shipped
    >>> old, new = (shipped().ruleset("silver", version=v) for v in ("2014-10", "2017-01"))
    >>> certificate = compare_rulesets(old, new).label.lost
    >>> check_certificate(certificate, old, new)
    ()
    >>> check_certificate(certificate, old, old)
    ('it is about silver@2014-10 and silver@2017-01, not silver@2014-10 and silver@2014-10',)
    """
    both, named = (old, new), (certificate.awarded_by, certificate.not_refused_by)
    checks = [
        _Check(certificate, both, side)
        for side in (0, 1)
        if named == (both[side].reference, both[1 - side].reference)
    ]
    if not checks:
        return (f"it is about {named[0]} and {named[1]}, not {old.reference} and {new.reference}",)
    return min((check.faults() for check in checks), key=len)


@frozen
class _Conjunction:
    """The classes allowed for some questions, and the points needed, all at once."""

    allowed: FrozenMap[str, frozenset[int]] = field(default=FrozenMap())
    needs: FrozenMap[Points, int] = field(default=FrozenMap())

    def __str__(self) -> str:
        classes = [
            f"{key} of class {' or '.join(map(str, sorted(classes_allowed)))}"
            for key, classes_allowed in self.allowed.items()
        ]
        points = [f"{least} points from {', '.join(each)}" for each, least in self.needs.items()]
        return " and ".join([*classes, *points]) or "any answers"

    def and_(self, other: _Conjunction) -> _Conjunction:
        """Return the conjunction of both."""
        allowed, needs = dict(self.allowed), dict(self.needs)
        for key, classes in other.allowed.items():
            allowed[key] = allowed.get(key, classes) & classes
        for points, least in other.needs.items():
            needs[points] = max(needs.get(points, least), least)
        return _Conjunction(FrozenMap(allowed), FrozenMap(needs))

    def implies(self, other: _Conjunction) -> bool:
        """Whether it asks for everything that the other one asks for."""
        return all(
            key in self.allowed and self.allowed[key] <= classes
            for key, classes in other.allowed.items()
        ) and all(self.needs.get(points, 0) >= least for points, least in other.needs.items())

    @property
    def contradicts_itself(self) -> bool:
        """Whether it needs points to be gained and lost, together more than there are."""
        return any(
            lost == _lost(gained) and self.needs[gained] + self.needs[lost] > _most(gained)
            for gained, lost in combinations(self.needs, 2)
        )


#: A disjunctive normal form, in which no conjunction implies another one.
_Disjunction: TypeAlias = list[_Conjunction]
_ANY = [_Conjunction()]


def _some(alternatives: Iterable[_Disjunction]) -> _Disjunction:
    widest: _Disjunction = []
    for term in chain.from_iterable(alternatives):
        if all(term.allowed.values()) and not any(map(term.implies, widest)):
            widest = [*(each for each in widest if not each.implies(term)), term]
    return widest


def _every(parts: Iterable[_Disjunction]) -> _Disjunction:
    def both(left: _Disjunction, right: _Disjunction) -> _Disjunction:
        return _some([one.and_(other)] for one, other in product(left, right))

    return reduce(both, sorted(parts, key=len), _ANY)


def _combined(
    parts: Sequence[Callable[[Wanted], _Disjunction]], wanted: Wanted, *, by: bool
) -> _Disjunction:
    """
    Return when a combination has a wanted outcome, if one part with outcome *by* decides.

    Parts that do not apply are ignored; if no part applies, neither does the combination.
    """
    some = _some(part(frozenset([by])) for part in parts)
    if by in wanted and None not in wanted:
        return some
    if by in wanted:
        return _some([some, _every(part(frozenset([by, None])) for part in parts)])
    none = _every(part(frozenset([not by, None])) for part in parts)
    if None in wanted:
        return none
    return _every([none, _some(part(frozenset([not by])) for part in parts)])


def _reached(points: Points, needed: int, wanted: Wanted) -> _Disjunction:
    """Return when points are reached, or so many lost that they are not reached."""
    if True not in wanted:
        points, needed = _lost(points), _most(points) - needed + 1
    needed -= sum(map(min, points.values()))
    above = {key: [each - min(row) for each in row] for key, row in points.items()}
    factor = gcd(*chain.from_iterable(above.values())) or 1
    gains = FrozenMap(
        {key: tuple(each // factor for each in row) for key, row in above.items() if any(row)}
    )
    needed = -(-needed // factor)
    if needed <= 0:
        return _ANY
    return [_Conjunction(needs=FrozenMap({gains: needed}))] if needed <= _most(gains) else []


def _lost(points: Points) -> Points:
    return FrozenMap({key: tuple(max(row) - each for each in row) for key, row in points.items()})


def _most(points: Points) -> int:
    return sum(map(max, points.values()))


class _Check:
    """Checks a certificate in one direction: *awarding* is the ruleset that awards."""

    def __init__(
        self, certificate: Certificate, both: tuple[Ruleset, Ruleset], awarding: int
    ) -> None:
        self.certificate, self.both, self.awarding = certificate, both, awarding
        self.asked = probed_questions(both, certificate.on)
        self.classes = {each.key: each.answers for each in certificate.questions}

    def faults(self) -> tuple[str, ...]:
        """Return the faults of headings, or else of questions, or else of proofs."""
        return tuple(self.headings()) or tuple(self.questions()) or tuple(self.proofs())

    def required(self, side: int) -> dict[str, Criterion]:
        scope, criteria = self.certificate.scope, self.both[side].criteria
        required = (each for each in criteria if each.severity == "required")
        return {each.id: each for each in required if scope in (None, each.dimension)}

    def headings(self) -> Iterator[str]:
        scope, required = self.certificate.scope, self.required(1 - self.awarding)
        for ruleset in self.both:
            if scope not in (None, *(each.id for each in ruleset.catalogue.dimensions)):
                yield f'{ruleset.reference} has no dimension "{scope}"'
        proved = [each.criterion for each in self.certificate.proofs]
        for name in dict.fromkeys([*required, *proved]):
            if proved.count(name) != (name in required):
                expected = "one" if name in required else "none"
                yield f'expected {expected}, found {proved.count(name)} proofs of "{name}"'

    def questions(self) -> Iterator[str]:
        asked = {each.key: each for each in self.asked.values()}
        if len(self.classes) < len(self.certificate.questions):
            yield "a question is listed twice"
        for listed in self.certificate.questions:
            question = asked.get(listed.key)
            if question is None or question.sides != listed.sides:
                yield f"{listed.key} is not asked in this way"
            else:
                yield from self.classes_of(question, listed.answers)

    def classes_of(self, question: ProbedQuestion, answers: Sequence[Given]) -> Iterator[str]:
        for answer in answers:
            if not question.allows(answer):
                yield f"{question.key} cannot be answered with {input_text(answer)}"
                return
        known = {question.behaviour(answer) for answer in answers}
        if len(known) < len(answers):
            yield f"two answers to {question.key} are of one class"
        for probe in question.probes():
            if question.behaviour(probe) not in known:
                yield f"{question.key} has no class for the answer {input_text(probe)}"
                return

    def proofs(self) -> Iterator[str]:
        awarding, refusing = self.required(self.awarding), self.required(1 - self.awarding)
        for proof in self.certificate.proofs:
            where = f'the proof of "{proof.criterion}"'
            unknown = [name for name in proof.by if name not in awarding]
            if unknown or len(set(proof.by)) < len(proof.by):
                yield f"{where} is by {', '.join(unknown or proof.by)}, not by required criteria"
                continue
            by, failed = [awarding[name] for name in proof.by], refusing[proof.criterion]
            parts = [self.when(c.requirement, c.dimension, self.awarding, _NOT_FAILED) for c in by]
            side = 1 - self.awarding
            parts.append(self.when(failed.requirement, failed.dimension, side, _FAILED))
            yield from self.cases(proof.cases, _every(parts), where)

    def cases(self, cases: Sequence[Case], needed: _Disjunction, where: str) -> Iterator[str]:
        listed = {each.key for each in self.certificate.questions}
        terms = [_term(each) for each in cases]
        for term in needed:
            unlisted = {*term.allowed, *chain.from_iterable(term.needs)} - listed
            if unlisted:
                yield f"{where} rests on {min(unlisted)}, which is not listed"
            elif term not in terms:
                yield f"{where} has no case for {term}"
        for number, (case, term) in enumerate(zip(cases, terms, strict=True)):
            repeated = term in terms[:number] or len(term.needs) < len(case.needs)
            if repeated or term not in needed:
                yield f"{where} has a superfluous case: {term}"
            elif term.contradicts_itself and case.bounds:
                yield f"{where} has bounds where the needs contradict each other: {term}"
            elif not term.contradicts_itself:
                yield from (f"{where}: {fault}: {term}" for fault in self.bounds(case))

    def bounds(self, case: Case) -> Iterator[str]:
        """Return the faults of the bounds of a case."""
        if not case.needs:
            yield "nothing makes it infeasible"
            return
        *others, last = case.needs
        reached, bounds = {(0,) * len(others): 0}, list(reversed(case.bounds))
        for question in self.certificate.questions:
            key, nothing = question.key, (0,) * len(question.answers)
            if not any(key in need.gains for need in case.needs):
                continue
            after: dict[tuple[int, ...], int] = {}
            for values, most in reached.items():
                for chosen in case.allowed.get(key, range(len(nothing))):
                    gained = tuple(
                        min(value + need.gains.get(key, nothing)[chosen], need.at_least)
                        for value, need in zip(values, others, strict=True)
                    )
                    total = most + last.gains.get(key, nothing)[chosen]
                    after[gained] = max(after.get(gained, 0), total)
            reached = after
            layer = tuple(sorted((*values, most) for values, most in after.items()))
            if not bounds or bounds.pop() != layer:
                yield f"the bounds after {key} do not follow"
                return
        if bounds:
            yield "there are bounds after the last question"
        if reached.get(tuple(need.at_least for need in others), 0) >= last.at_least:
            yield "the bounds leave it possible"

    def when(
        self, requirement: Requirement, scope: str | None, side: int, wanted: Wanted
    ) -> _Disjunction:
        """Return when a requirement of a ruleset has a wanted outcome."""
        ask, ruleset = partial(self.question, side), self.both[side]
        names = [each.id for each in ruleset.graded(scope)]
        match requirement:
            case Complete():
                return _ANY if True in wanted else []
            case AnswerMeets(subject=subject, id=name, when=when):
                asked = ask(subject, name)
                return self.among(asked, partial(asked.truth, when), wanted)
            case Earlier(label=label, event=event):
                asked = ask("history", f"{label} {event}")
                return self.among(asked, partial(asked.truth, requirement), wanted)
            case Improvements(at_least=least):
                asked = ask("improvements", "improvements")
                enough = ImprovementsBy(side, least)
                return self.among(asked, partial(asked.truth, enough), wanted)
            case ConductedBy():
                asked = ask("conducted", "conducted")
                return self.among(asked, partial(asked.truth, requirement), wanted)
            case Floor(indicators=indicators, grade=grade):
                floor = [ask("indicator", name) for name in indicators]
                attain = [(each, partial(each.attains, side, grade)) for each in floor]
                return _combined([partial(self.among, *each) for each in attain], wanted, by=False)
            case CountGraded(at_least=least, grade=grade):
                graded = [ask("indicator", name) for name in names]
                counted = self.points(graded, lambda q, a: int(q.attains(side, grade, a) is True))
                return _reached(counted, least, wanted)
            case ScoreReaches(at_least=least, unit=unit):
                graded, needed = [ask("indicator", name) for name in names], Fraction(least)
                if unit == "percent":
                    most = sum(ruleset.grading[name].maximum for name in names)
                    # nothing is 0 % of nothing
                    needed = needed * most / 100 if most else Fraction(least > 0)
                earned = self.points(graded, lambda q, a: q.graded(side, a)[1])
                return _reached(earned, ceil(needed), wanted)
            case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
                alternatives = [partial(self.when, part, scope, side) for part in parts]
                return _combined(alternatives, wanted, by=isinstance(requirement, SomeRequirement))
            case unreachable:
                assert_never(unreachable)

    def question(self, side: int, subject: QuestionSubject, name: str) -> ProbedQuestion:
        """Return a question of a ruleset; the answers tried give the classes of an unlisted one."""
        question = self.asked[subject, name, side]
        if question.key not in self.classes:
            tried = {question.behaviour(each): each for each in question.probes()}
            self.classes[question.key] = tuple(tried.values())
        return question

    def among(
        self, question: ProbedQuestion, truth: Callable[[Given], bool | None], wanted: Wanted
    ) -> _Disjunction:
        truths = [truth(answer) for answer in self.classes[question.key]]
        chosen = frozenset(number for number, each in enumerate(truths) if each in wanted)
        if len(chosen) == len(truths):
            return _ANY
        return [_Conjunction(FrozenMap({question.key: chosen}))] if chosen else []

    def points(
        self, graded: Iterable[ProbedQuestion], earned: Callable[[ProbedQuestion, Given], int]
    ) -> Points:
        return FrozenMap(
            {q.key: tuple(earned(q, each) for each in self.classes[q.key]) for q in graded}
        )


def _term(case: Case) -> _Conjunction:
    allowed = {key: frozenset(classes) for key, classes in case.allowed.items()}
    return _Conjunction(
        FrozenMap(allowed), FrozenMap({each.gains: each.at_least for each in case.needs})
    )
