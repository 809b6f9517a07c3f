"""Two rulesets held against each other."""

from __future__ import annotations

from functools import partial
from math import prod

from attrs import frozen

from ecei_rules.analysis.encoding.constraints import Constraints
from ecei_rules.analysis.encoding.space import encode
from ecei_rules.analysis.solver.counting import count
from ecei_rules.analysis.solver.formulas import boxes, conjunction
from ecei_rules.analysis.solver.shortest_path import cheapest_choice
from ecei_rules.comparison.comparison import (
    ChangeClass,
    Comparison,
    Origin,
    ScopeComparison,
    Shares,
    Verdict,
    Witness,
)
from ecei_rules.comparison.diff.changes import changes_between
from ecei_rules.comparison.proofs import prove
from ecei_rules.comparison.ruleset_summary import summarised
from ecei_rules.comparison.validity import compare_validity
from ecei_rules.comparison.witnesses import Base, base_of, best, interview_from
from ecei_rules.diagnostics.errors import BeyondMethod, WrongCatalogue
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.assess import assess
from ecei_rules.evaluation.assessment import Outcome
from ecei_rules.interviews.answer_kinds import is_subkind
from ecei_rules.rulesets.ruleset import inputs_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ecei_rules.comparison.certificate import Certificate
    from ecei_rules.comparison.diff.change import Change
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.interviews.texts import Text
    from ecei_rules.rulesets.ruleset import Ruleset

#: What each version has of its own: its catalogue's version and its days in force.
_OF_EVERY_VERSION = ("ECEI531", "ECEI532", "ECEI533", "ECEI534")
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
    Hold two rulesets against each other: part by part, in outcomes and in days.

    Witnesses differ in as few answers as possible from *base*, or from the best
    interview there is. Outcomes are those of interviews held *on* a day: that of the
    base, or else the first on which both rulesets are in force or have been. Source:
    docs/semantics.md, section 9.

    Raises:
        WrongCatalogue: the base is an interview of neither ruleset's catalogue.
        TypeError: a base was given, and another day than its own.
    """
    if base is not None and on not in (None, base.conducted.on):
        msg = "outcomes are those of the base's day, so that no other can be given"
        raise TypeError(msg)
    if base is not None:
        known = {digest(each.catalogue) for each in (old, new)}
        if digest(base.catalogue) not in known:
            raise WrongCatalogue(base.catalogue.reference, new.reference, new.catalogue.reference)
        on = base.conducted.on
    day = on or max(old.in_force.first, new.in_force.first)
    changes = changes_between(old, new)
    label, dimensions, alone, origin = _outcomes(old, new, base, day)
    days = compare_validity(old.validity, new.validity)
    missing = _missing(old, new)
    return Comparison(
        summarised(old),
        summarised(new),
        day,
        _class_of(label.verdict, missing, changes, shortens=days.shortens),
        changes,
        label,
        dimensions,
        days,
        alone[0],
        alone[1],
        (name for _, name in missing),
        origin=origin,
    )


def _class_of(
    verdict: Verdict | None,
    missing: Sequence[object],
    changes: Sequence[Change],
    *,
    shortens: bool,
) -> ChangeClass:
    if verdict in (None, Verdict.INCOMPARABLE):
        return ChangeClass.INCOMPARABLE
    if missing:
        return ChangeClass.DATA_BREAKING
    if verdict is Verdict.STRICTER or shortens:
        return ChangeClass.HOLDER_AFFECTING
    if all(each.editorial or each.code in _OF_EVERY_VERSION for each in changes):
        return ChangeClass.EDITORIAL
    return ChangeClass.HOLDER_SAFE


def _missing(old: Ruleset, new: Ruleset) -> tuple[tuple[str, str], ...]:
    """What the new ruleset needs and an interview that was enough may lack, or say otherwise."""
    before = _needed(old)
    return tuple(
        (subject, name)
        for subject, name in _needed(new)
        if (subject, name) not in before or not _carries_over(subject, name, old, new)
    )


def _carries_over(subject: str, name: str, old: Ruleset, new: Ruleset) -> bool:
    """Whether each answer that the old catalogue allows is one that the new one allows."""
    one, other = (
        (each.asked if subject == "indicator" else each.facts_asked)[name]
        for each in (old.catalogue, new.catalogue)
    )
    may_not_apply = getattr(one, "not_applicable", False)
    return is_subkind(one.answer, other.answer) and (
        not may_not_apply or getattr(other, "not_applicable", False)
    )


def _needed(ruleset: Ruleset) -> dict[tuple[str, str], None]:
    """The indicators and facts without an answer to which the label stays open."""
    required = [each for each in ruleset.criteria if each.severity == "required"]
    asked = (
        pair for each in required for pair in inputs_of(ruleset, each.requirement, each.dimension)
    )
    return dict.fromkeys(pair for pair in asked if pair[0] in ("indicator", "fact"))


def _outcomes(
    old: Ruleset, new: Ruleset, base: Interview | None, on: date
) -> tuple[ScopeComparison, list[ScopeComparison], tuple[list[str], list[str]], Origin | None]:
    title = new.title
    shared = [each for each in new.catalogue.dimensions if each.id in _dimensions(old)]
    try:
        statements = Constraints(encode((old, new), on))
    except BeyondMethod as error:
        unknown = partial(_unknown, str(error))
        unknown_each = [unknown(each.id, each.title) for each in shared]
        return unknown(None, title), unknown_each, ([], []), None
    space = statements.space
    origin = base_of(base, space) if base else best(space)
    compared = _Outcomes(statements, origin)
    return (
        compared.of(None, title),
        [compared.of(each.id, each.title) for each in shared],
        (
            [q.id for q in space.questions if q.sides == (0,)],
            [q.id for q in space.questions if q.sides == (1,)],
        ),
        Origin(*compared.held([each[0] for each in origin.orders]), given=base is not None),
    )


def _dimensions(ruleset: Ruleset) -> set[str]:
    return {each.id for each in ruleset.catalogue.dimensions}


def _unknown(why: str, scope: str | None, title: Text) -> ScopeComparison:
    return ScopeComparison(scope, title, None, None, None, None, beyond=[why])


@frozen
class _Outcomes:
    """The label and the dimensions of two rulesets over their common space."""

    statements: Constraints
    base: Base

    def of(self, scope: str | None, title: Text) -> ScopeComparison:
        """One scope under both rulesets; what is beyond the method is left out, with why."""
        beyond: list[str] = []
        lost, gained = (self.between(scope, side, beyond) for side in (0, 1))
        verdict = None
        if lost is not None and gained is not None:
            verdict = _VERDICTS[isinstance(lost, Witness), isinstance(gained, Witness)]
        shares = None
        try:
            shares = self.shares(scope, verdict)
        except BeyondMethod as error:
            beyond.append(str(error))
        return ScopeComparison(scope, title, verdict, lost, gained, shares, beyond=beyond)

    def between(
        self, scope: str | None, awarding: int, beyond: list[str]
    ) -> Witness | Certificate | None:
        """An interview that one ruleset awards and the other refuses, or that there is none."""
        passed = [self.statements.passed(side, scope) for side in (awarding, 1 - awarding)]
        both = conjunction([passed[0], self.statements.negated(passed[1])])
        try:
            way = cheapest_choice(boxes(both), self.statements.sums, self.base.costs)
            if way is None:
                return prove(self.statements, scope, awarding)
        except BeyondMethod as error:
            beyond.append(str(error))
            return None
        return self.witness(way.classes, scope, 1 - awarding)

    def witness(self, cells: Sequence[int], scope: str | None, refusing: int) -> Witness:
        """The interview of some classes, with what the refusing ruleset misses in it."""
        space = self.statements.space
        old, new = self.held(cells)
        assessment = assess((old, new)[refusing], space.rulesets[refusing])
        required = {each.id for each in self.statements.required(refusing, scope)}
        fails = [
            each.criterion
            for each in assessment.all_findings
            if each.criterion in required and each.outcome is Outcome.NOT_MET
        ]
        changed = [
            question.id
            for question, order, cell in zip(space.questions, self.base.orders, cells, strict=True)
            if cell != order[0]
        ]
        return Witness(old, new, changed, fails)

    def held(self, cells: Sequence[int]) -> tuple[Interview, Interview]:
        """The interview of some classes, with the old catalogue and with the new one."""
        space = self.statements.space
        return (
            interview_from(space, cells, self.base, 0),
            interview_from(space, cells, self.base, 1),
        )

    def shares(self, scope: str | None, verdict: Verdict | None) -> Shares:
        """How many classes of interviews each ruleset awards."""
        made = self.statements
        old, new = (made.passed(side, scope) for side in (0, 1))
        by_old, by_new = (count(each, made.sizes, made.sums) for each in (old, new))
        if verdict in (Verdict.EQUIVALENT, Verdict.STRICTER):
            both = by_new
        elif verdict is Verdict.LOOSER:
            both = by_old
        else:
            both = count(conjunction([old, new]), made.sizes, made.sums)
        neither = prod(made.sizes) - by_old - by_new + both
        return Shares(both, by_old - both, by_new - both, neither)
