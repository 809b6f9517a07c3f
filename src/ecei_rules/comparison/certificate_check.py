"""Whether a certificate proves what it says, found without what makes certificates."""

from __future__ import annotations

from fractions import Fraction
from functools import partial, reduce
from itertools import chain, combinations, product
from math import ceil, gcd
from typing import TypeAlias, assert_never

from attrs import field, frozen

from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.probes import Asked, Subject, asked_by, said
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.interview import Given
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ecei_rules.comparison.certificate import Case
    from ecei_rules.rulesets.criteria import Criterion, Requirement

#: The outcomes that are looked for: met, failed, or not applicable, which is `None`.
Wanted: TypeAlias = "frozenset[bool | None]"
#: The points of each class, by question.
Points: TypeAlias = "FrozenMap[str, tuple[int, ...]]"

_FAILS: Wanted = frozenset([False])
_STANDS: Wanted = frozenset([True, None])


def check_certificate(certificate: Certificate, old: Ruleset, new: Ruleset) -> tuple[str, ...]:
    """
    What is wrong with a certificate about two rulesets, in words; nothing if it is accepted.

    The ways to be refused and the bounds are made anew and held against the certificate.
    That its classes are all there are is tried on many answers: of numbers that is a
    proof, of breakdowns, long lists of options and histories it is not. Where both
    rulesets have one name, it is enough that one direction is proved.
    """
    both, named = (old, new), (certificate.awarded_by, certificate.not_refused_by)
    checks = [
        _Check(certificate, both, side)
        for side in (0, 1)
        if named == (both[side].reference, both[1 - side].reference)
    ]
    if not checks:
        return (f"it is about {named[0]} and {named[1]}, not {old.reference} and {new.reference}",)
    return min((each.problems() for each in checks), key=len)


@frozen
class _Way:
    """Classes allowed for some questions, and points that are needed."""

    allowed: FrozenMap[str, frozenset[int]] = field(default=FrozenMap())
    needs: FrozenMap[Points, int] = field(default=FrozenMap())

    def __str__(self) -> str:
        classes = [
            f"{key} of class {' or '.join(map(str, sorted(each)))}"
            for key, each in self.allowed.items()
        ]
        points = [f"{least} points from {', '.join(each)}" for each, least in self.needs.items()]
        return " and ".join([*classes, *points]) or "any answers"

    def also(self, other: _Way) -> _Way:
        """What is in both."""
        allowed, needs = dict(self.allowed), dict(self.needs)
        for key, classes in other.allowed.items():
            allowed[key] = allowed.get(key, classes) & classes
        for points, least in other.needs.items():
            needs[points] = max(needs.get(points, least), least)
        return _Way(FrozenMap(allowed), FrozenMap(needs))

    def within(self, other: _Way) -> bool:
        """Whether it asks for all that the other one does."""
        return all(
            key in self.allowed and self.allowed[key] <= classes
            for key, classes in other.allowed.items()
        ) and all(self.needs.get(points, 0) >= least for points, least in other.needs.items())

    @property
    def contradicts_itself(self) -> bool:
        """Whether the same points are to be reached and to be lost, more than there are."""
        return any(
            two == _lost(one) and self.needs[one] + self.needs[two] > _most(one)
            for one, two in combinations(self.needs, 2)
        )


#: All the ways there are, none within another one.
_Ways: TypeAlias = list[_Way]
_ANY = [_Way()]


def _some(alternatives: Iterable[_Ways]) -> _Ways:
    found: _Ways = []
    for way in chain.from_iterable(alternatives):
        if all(way.allowed.values()) and not any(map(way.within, found)):
            found = [*(each for each in found if not each.within(way)), way]
    return found


def _every(parts: Iterable[_Ways]) -> _Ways:
    def both(ways: _Ways, part: _Ways) -> _Ways:
        return _some([one.also(other)] for one, other in product(ways, part))

    return reduce(both, sorted(parts, key=len), _ANY)


def _combined(parts: Sequence[Callable[[Wanted], _Ways]], wanted: Wanted, *, by: bool) -> _Ways:
    """
    The ways in which parts come out together, where a single one that is *by* decides.

    Those that do not apply are left aside; if none applies, neither do all together.
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


def _reached(points: Points, needed: int, wanted: Wanted) -> _Ways:
    """The ways to reach points; or to lose so many that they are not reached."""
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
    return [_Way(needs=FrozenMap({gains: needed}))] if needed <= _most(gains) else []


def _lost(points: Points) -> Points:
    return FrozenMap({key: tuple(max(row) - each for each in row) for key, row in points.items()})


def _most(points: Points) -> int:
    return sum(map(max, points.values()))


@frozen
class _Check:
    """A certificate held against two rulesets, one of which is said to award."""

    certificate: Certificate
    both: tuple[Ruleset, Ruleset]
    awarding: int
    asked: dict[tuple[Subject, str, int], Asked] = field(init=False)
    classes: dict[str, tuple[Given, ...]] = field(init=False)

    @asked.default
    def _asked_by_both(self) -> dict[tuple[Subject, str, int], Asked]:
        return asked_by(self.both, self.certificate.on)

    @classes.default
    def _listed(self) -> dict[str, tuple[Given, ...]]:
        return {each.key: each.answers for each in self.certificate.questions}

    def problems(self) -> tuple[str, ...]:
        """What is wrong; the proofs are looked at only where the rest is right."""
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
                yield from self.incomplete(question, listed.answers)

    def incomplete(self, question: Asked, answers: Sequence[Given]) -> Iterator[str]:
        for answer in answers:
            if not question.allows(answer):
                yield f"{question.key} cannot be answered with {said(answer)}"
                return
        known = {question.behaviour(answer) for answer in answers}
        if len(known) < len(answers):
            yield f"two answers to {question.key} are of one class"
        for probe in question.probes():
            if question.behaviour(probe) not in known:
                yield f"{question.key} has no class for the answer {said(probe)}"
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
            parts = [self.ways(c.requirement, c.dimension, self.awarding, _STANDS) for c in by]
            side = 1 - self.awarding
            parts.append(self.ways(failed.requirement, failed.dimension, side, _FAILS))
            yield from self.cases(proof.cases, _every(parts), where)

    def cases(self, cases: Sequence[Case], ways: _Ways, where: str) -> Iterator[str]:
        listed = {each.key for each in self.certificate.questions}
        made = [_way_of(each) for each in cases]
        for way in ways:
            unlisted = {*way.allowed, *chain.from_iterable(way.needs)} - listed
            if unlisted:
                yield f"{where} rests on {min(unlisted)}, which is not listed"
            elif way not in made:
                yield f"{where} has no case for {way}"
        for number, (case, way) in enumerate(zip(cases, made, strict=True)):
            if way not in ways or way in made[:number] or len(way.needs) < len(case.needs):
                yield f"{where} has a case that is none: {way}"
            elif way.contradicts_itself and case.bounds:
                yield f"{where} has bounds where the needs contradict each other: {way}"
            elif not way.contradicts_itself:
                yield from (f"{where}: {wrong}: {way}" for wrong in self.possible(case))

    def possible(self, case: Case) -> Iterator[str]:
        """What is wrong with the bounds of a case."""
        if not case.needs:
            yield "nothing stands in the way"
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

    def ways(self, requirement: Requirement, scope: str | None, side: int, wanted: Wanted) -> _Ways:
        """The ways in which a requirement of a ruleset comes out as wanted."""
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
            case Improvements():
                asked = ask("improvements", "improvements")
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
                    needed *= Fraction(sum(ruleset.grading[name].maximum for name in names), 100)
                earned = self.points(graded, lambda q, a: q.graded(side, a)[1])
                return _reached(earned, ceil(needed), wanted)
            case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
                held = [partial(self.ways, part, scope, side) for part in parts]
                return _combined(held, wanted, by=isinstance(requirement, SomeRequirement))
            case unreachable:
                assert_never(unreachable)

    def question(self, side: int, subject: Subject, name: str) -> Asked:
        """A question that a ruleset asks; an unlisted one has its classes from what was tried."""
        question = self.asked[subject, name, side]
        if question.key not in self.classes:
            tried = {question.behaviour(each): each for each in question.probes()}
            self.classes[question.key] = tuple(tried.values())
        return question

    def among(
        self, question: Asked, truth: Callable[[Given], bool | None], wanted: Wanted
    ) -> _Ways:
        truths = [truth(answer) for answer in self.classes[question.key]]
        chosen = frozenset(number for number, each in enumerate(truths) if each in wanted)
        if len(chosen) == len(truths):
            return _ANY
        return [_Way(FrozenMap({question.key: chosen}))] if chosen else []

    def points(self, graded: Iterable[Asked], earned: Callable[[Asked, Given], int]) -> Points:
        return FrozenMap(
            {q.key: tuple(earned(q, each) for each in self.classes[q.key]) for q in graded}
        )


def _way_of(case: Case) -> _Way:
    allowed = {key: frozenset(classes) for key, classes in case.allowed.items()}
    return _Way(FrozenMap(allowed), FrozenMap({each.gains: each.at_least for each in case.needs}))
