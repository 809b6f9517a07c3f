"""Rulesets as formulas for the solver z3, and their comparison."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Any, Literal, Protocol, assert_never

import z3
from attrs import frozen
from smt_histories import classes, simple
from smt_interviews import (
    CONDUCTED,
    IMPROVED,
    Interviewed,
    Question,
)

from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Criterion,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    Requirement,
    ScoreReaches,
    SomeRequirement,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.conditions import Condition
    from ecei_rules.rulesets.ruleset import Ruleset

Verdict = Literal["equivalent", "stricter", "looser", "incomparable"]


class View(Protocol):
    """The inputs of requirements, as formulas."""

    def applies(self, indicator: str) -> z3.BoolRef:
        """Return whether an indicator applies."""

    def graded(self, ruleset: Ruleset, indicator: str, index: int) -> z3.ArithRef:
        """Return 1 if an indicator attains exactly the grade of that index, otherwise 0."""

    def holds(self, question: Question, when: Condition) -> z3.BoolRef:
        """Return whether a condition holds on the answer, if the question applies."""

    def fits(self, earlier: Earlier) -> z3.BoolRef:
        """Return whether some event satisfies the requirement."""

    def improved(self, at_least: int) -> z3.BoolRef:
        """Return whether this number of improvements is confirmed."""

    def conducted(self, by: ConductedBy) -> z3.BoolRef:
        """Return whether the experts and the mode are as required."""


@frozen
class Held:
    """The outcome of a requirement: whether it is not *not met*, and whether it is met."""

    met: z3.BoolRef
    applies: z3.BoolRef

    @property
    def refuses(self) -> z3.BoolRef:
        """Return a formula: a required criterion prevents the label."""
        return z3.And(self.applies, z3.Not(self.met))


def held(requirement: Requirement, scope: str | None, ruleset: Ruleset, view: View) -> Held:
    """
    Return the outcome of a requirement on a complete interview: docs/semantics.md, 2.11 and
    3.4.
    """
    always = z3.BoolVal(val=True)
    match requirement:
        case Complete():
            return Held(always, always)
        case AnswerMeets(subject=subject, id=name, when=when):
            applies = view.applies(name) if subject == "indicator" else always
            return Held(z3.And(applies, view.holds((subject, name), when)), applies)
        case Floor(indicators=names, grade=grade):
            applies = z3.Or([view.applies(name) for name in names])
            each = [
                z3.Implies(view.applies(name), _attained(ruleset, name, grade, view) >= 1)
                for name in names
            ]
            return Held(z3.And(applies, *each), applies)
        case CountGraded(at_least=least, grade=grade):
            within = [one.id for one in ruleset.graded(scope)]
            attained = _sum(_attained(ruleset, name, grade, view) for name in within)
            return Held(attained >= least, always)
        case ScoreReaches(at_least=least, unit=unit):
            within = [one.id for one in ruleset.graded(scope)]
            needed = Fraction(least)
            if unit == "percent":
                most = (
                    ruleset.grading[name].weight
                    * max(one.points for one in ruleset.grading[name].grades)
                    for name in within
                )
                total = sum(most)
                # docs/semantics.md, 2.10: no score is more than 0 % of nothing
                needed = needed * total / 100 if total else Fraction(needed > 0)
            earned = _sum(_points(ruleset, name, view) for name in within)
            return Held(earned >= ceil(needed), always)
        case Earlier():
            return Held(view.fits(requirement), always)
        case Improvements(at_least=least):
            return Held(view.improved(least), always)
        case ConductedBy():
            return Held(view.conducted(requirement), always)
        case EveryRequirement(parts=parts):
            of = [held(part, scope, ruleset, view) for part in parts]
            applies = z3.Or([each.applies for each in of])
            return Held(z3.And(applies, *(z3.Not(each.refuses) for each in of)), applies)
        case SomeRequirement(parts=parts):
            of = [held(part, scope, ruleset, view) for part in parts]
            return Held(z3.Or([each.met for each in of]), z3.Or([each.applies for each in of]))
        case unreachable:
            assert_never(unreachable)


def required(ruleset: Ruleset, scope: str | None = None) -> tuple[Criterion, ...]:
    """Return the criteria that decide the label, or one dimension."""
    return tuple(
        each
        for each in ruleset.criteria
        if each.severity == "required" and scope in (None, each.dimension)
    )


def awards(ruleset: Ruleset, view: View, scope: str | None = None) -> z3.BoolRef:
    """
    Return a formula: the label is awarded, or a dimension passed (docs/semantics.md, 3.5
    and 4.2).
    """
    decide = required(ruleset, scope)
    each = [held(one.requirement, one.dimension, ruleset, view) for one in decide]
    return z3.And([z3.Not(one.refuses) for one in each])


def _attained(ruleset: Ruleset, name: str, grade: str, view: View) -> z3.ArithRef:
    enough = ruleset.scale.index(grade)
    grades = enumerate(ruleset.grading[name].grades)
    better = [index for index, one in grades if ruleset.scale.index(one.grade) >= enough]
    return _sum(view.graded(ruleset, name, index) for index in better)


def _sum(terms: Iterable[z3.ArithRef]) -> z3.ArithRef:
    return z3.Sum([z3.IntVal(0), *terms])


def _points(ruleset: Ruleset, name: str, view: View) -> z3.ArithRef:
    grading = ruleset.grading[name]
    applies = [
        grading.weight * one.points * view.graded(ruleset, name, index)
        for index, one in enumerate(grading.grades)
    ]
    aside = z3.If(view.applies(name), 0, grading.weight * grading.not_applicable_points)
    return z3.Sum([*applies, aside])


class Classes:
    """
    The answers to each question, divided into the classes that some rulesets distinguish.

    z3 finds them question by question: an answer, then one with another property, until
    there is no other. A class is then a number, 1 for the one of the answer and 0 for the
    others, so that scores and counts are sums of these numbers.
    """

    def __init__(self, interviewed: Interviewed, rulesets: Sequence[Ruleset]) -> None:
        self.interviewed = interviewed
        self.valid: list[z3.BoolRef] = []
        self.members: dict[Question, list[tuple[z3.ArithRef, Any]]] = {}
        self.true: dict[Question, list[frozenset[Any]]] = {}
        self.atoms: dict[Any, z3.ArithRef] = {}
        self.told_apart = told_apart = self._told_apart(rulesets)
        for question in interviewed.valid:
            found = self._found(question, told_apart[question])
            members = [
                (z3.Int(f"{'/'.join(question)}/{number}"), answer)
                for number, (answer, _) in enumerate(found)
            ]
            self.members[question] = members
            self.true[question] = [frozenset(true) for _, true in found]
            self.valid += [chosen >= 0 for chosen, _ in members]
            self.valid.append(_sum(chosen for chosen, _ in members) == 1)
            for atom in told_apart[question]:
                within = [
                    chosen
                    for (chosen, _), (_, true) in zip(members, found, strict=True)
                    if atom in true
                ]
                self.atoms[atom] = _sum(within)

    def applies(self, indicator: str) -> z3.BoolRef:
        """As `View` says."""
        return self.atoms["applies", indicator] >= 1

    def graded(self, ruleset: Ruleset, indicator: str, index: int) -> z3.ArithRef:
        """As `View` says."""
        return self.atoms[ruleset, indicator, index]

    def holds(self, question: Question, when: Condition) -> z3.BoolRef:
        """As `View` says."""
        return self.atoms[question, when] >= 1

    def fits(self, earlier: Earlier) -> z3.BoolRef:
        """As `View` says."""
        return self.atoms[earlier] >= 1

    def improved(self, at_least: int) -> z3.BoolRef:
        """As `View` says."""
        return self.atoms[IMPROVED, at_least] >= 1

    def conducted(self, by: ConductedBy) -> z3.BoolRef:
        """As `View` says."""
        return self.atoms[CONDUCTED, by] >= 1

    def saying(self, interview: Interview) -> dict[Question, set[Any]]:
        """Return formulas: each answer of an interview has the properties of its class."""
        asked, found = self.interviewed, {}
        saying = asked.saying(interview)
        for question, told_apart in self.told_apart.items():
            solver = z3.Solver()
            solver.add(asked.valid[question] + saying[question])
            assert solver.check() == z3.sat, "the interview has no problem"
            held = {
                atom: asked.fits(atom) if each is None else each
                for atom, each in told_apart.items()
            }
            model = solver.model()
            found[question] = {
                atom
                for atom, each in held.items()
                if z3.is_true(model.eval(each, model_completion=True))
            }
        return found

    def interview(self, model: z3.ModelRef) -> Interview:
        """Return an interview of the classes that a model chooses."""
        return self.interviewed.interview(
            {
                question: next(
                    answer
                    for chosen, answer in members
                    if model.eval(chosen, model_completion=True).as_long() == 1
                )
                for question, members in self.members.items()
            }
        )

    def _told_apart(self, rulesets: Sequence[Ruleset]) -> dict[Question, dict[Any, z3.BoolRef]]:
        """Return the properties that distinguish answers to each question, by its name."""
        asked = self.interviewed
        found: dict[Question, dict[Any, z3.BoolRef]] = {one: {} for one in asked.valid}
        for name in asked.catalogue.asked:
            found["indicator", name]["applies", name] = asked.applies(name)
        for each in rulesets:
            for name, grading in each.grading.items():
                for index in range(len(grading.grades)):
                    alone = asked.graded(each, name, index) == 1
                    found["indicator", name][each, name, index] = alone
            for criterion in each.criteria:
                for one in simple(criterion.requirement):
                    match one:
                        case AnswerMeets(subject=subject, id=name, when=when):
                            question = (subject, name)
                            held = asked.holds(question, when)
                            if subject == "indicator":
                                held = z3.And(asked.applies(name), held)
                            found[question][question, when] = held
                        case Earlier():
                            found[asked.stream_of(one)][one] = None
                        case Improvements(at_least=least):
                            found[IMPROVED][IMPROVED, least] = asked.improved(least)
                        case ConductedBy():
                            found[CONDUCTED][CONDUCTED, one] = asked.conducted(one)
                        case _:
                            pass
        return found

    def _found(
        self, question: Question, told_apart: dict[Any, z3.BoolRef]
    ) -> list[tuple[Any, Collection[Any]]]:
        """Return an answer of each class, with its properties."""
        if question in self.interviewed.streams:
            sought = [*told_apart]
            return [(days, met) for met, days in classes(sought, self.interviewed.on)]
        solver, found = z3.Solver(), []
        solver.add(self.interviewed.valid[question])
        names = [z3.Bool(f"property/{number}") for number in range(len(told_apart))]
        solver.add([one == each for one, each in zip(names, told_apart.values(), strict=True)])
        while solver.check() == z3.sat:
            model = solver.model()
            values = [model.eval(one, model_completion=True) for one in names]
            held = [atom for atom, each in zip(told_apart, values, strict=True) if z3.is_true(each)]
            found.append((self.interviewed.answer_of(question, model), held))
            different = [one != each for one, each in zip(names, values, strict=True)]
            solver.add(z3.Or(different))
        assert solver.check() == z3.unsat, "all classes are found"
        return found


class Pair:
    """Two rulesets for one catalogue, compared over all complete interviews of one day."""

    def __init__(self, old: Ruleset, new: Ruleset, on: date) -> None:
        assert old.catalogue == new.catalogue, "an interview is assessed under both"
        self.old, self.new = old, new
        self.classes = Classes(Interviewed(old.catalogue, on, [old, new]), [old, new])

    def witness(
        self, awarding: Ruleset, refusing: Ruleset, scope: str | None = None
    ) -> Interview | None:
        """Return an interview that one of the two awards and the other refuses, or `None`."""
        solver = z3.SolverFor("QF_LIA")
        solver.add(self.classes.valid)
        solver.add(awards(awarding, self.classes, scope))
        for each in required(refusing, scope):
            solver.push()
            solver.add(held(each.requirement, each.dimension, refusing, self.classes).refuses)
            found = solver.check()
            assert found != z3.unknown, f"the solver gives up: {solver.reason_unknown()}"
            if found == z3.sat:
                return self.classes.interview(solver.model())
            solver.pop()
        return None

    def verdict(self, scope: str | None = None) -> Verdict:
        """How the new ruleset compares with the old: *stricter* awards fewer."""
        loses = self.witness(self.old, self.new, scope) is not None
        gains = self.witness(self.new, self.old, scope) is not None
        if loses and gains:
            return "incomparable"
        if loses:
            return "stricter"
        return "looser" if gains else "equivalent"


def verdict(old: Ruleset, new: Ruleset, scope: str | None, on: date) -> Verdict:
    """How two rulesets compare for the label (`None`) or one dimension, see `Pair`."""
    return Pair(old, new, on).verdict(scope)


def cheapest(
    interview: Interview, ruleset: Ruleset, *, locked: Collection[str] = (), **enough: int
) -> int | None:
    """
    Return the fewest steps of grades that earn a complete interview the label, or `None`.

    An indicator keeps its answer or attains a better grade of its own, by any answer of
    that grade; one step is from a grade to the next one above. *locked*, ungraded and
    inapplicable indicators do not change, and neither do facts, improvements and history.
    *enough* is for `Interviewed`.
    """
    interviewed = Interviewed(ruleset.catalogue, interview.conducted.on, [ruleset], **enough)
    view = Classes(interviewed, [ruleset])
    solver, steps = z3.Optimize(), []
    solver.add(view.valid)
    solver.add(awards(ruleset, view))
    for question, now in view.saying(interview).items():
        for (chosen, _), there in zip(view.members[question], view.true[question], strict=True):
            up = _steps(ruleset, question[1], now, there)
            if now == there:
                continue
            if up > 0 and question[1] not in locked:
                steps.append(up * chosen)
            else:
                solver.add(chosen == 0)
    cost = solver.minimize(_sum(steps))
    found = solver.check()
    assert found != z3.unknown, solver.reason_unknown()
    return cost.value().as_long() if found == z3.sat else None


def _steps(ruleset: Ruleset, name: str, now: Collection[Any], there: Collection[Any]) -> int:
    """Return the number of grades by which one class of an indicator is above another."""
    if name not in ruleset.grading:
        return 0
    indexes = range(len(ruleset.grading[name].grades))
    attained = [[i for i in indexes if (ruleset, name, i) in each] for each in (now, there)]
    return attained[0][0] - attained[1][0] if all(attained) else 0
