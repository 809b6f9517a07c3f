"""One version of the rules of one label."""

from __future__ import annotations

from typing import Literal, assert_never

from attrs import field, frozen
from attrs.validators import ge

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.catalogue import Catalogue, Indicator
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.history import Label
from ecei_rules.interviews.provenance import Provenance, Source
from ecei_rules.interviews.texts import Text
from ecei_rules.interviews.validators import slug, version
from ecei_rules.rulesets.conditions import Condition, Truth, evaluate_condition
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Criterion,
    Earlier,
    Floor,
    Improvements,
    Requirement,
    ScoreReaches,
    simple_requirements,
)
from ecei_rules.rulesets.validity import ValidityRules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ecei_rules.interviews.answers import Answer

InputKind = Literal["indicator", "fact", "history", "improvements"]


@frozen
class Grade:
    """A level an answer can attain, what it is worth, and when; the last always."""

    grade: str = field(validator=slug)
    points: int = field(validator=ge(0))
    when: Condition | None = field(default=None, kw_only=True)


@frozen
class Grading:
    """
    How the answers to one indicator are graded.

    The *grades* stand best first; the first whose condition holds is attained. Points
    count *weight* times.
    """

    weight: int = field(validator=ge(1))
    grades: tuple[Grade, ...] = field(converter=tuple[Grade, ...])
    not_applicable_points: int = field(default=0, kw_only=True, validator=ge(0))
    provenance: Provenance = field(default=Provenance(), kw_only=True)

    @property
    def maximum(self) -> int:
        """The most points an answer can earn, weight included."""
        return self.weight * max(grade.points for grade in self.grades)

    def grade_of(self, answer: Answer, on: date) -> Grade:
        """The grade of an answer that applies, in an interview of a day."""
        return next(
            grade
            for grade in self.grades
            if grade.when is None or evaluate_condition(grade.when, answer, on).truth is Truth.HOLDS
        )


@frozen
class Advice:
    """What a ruleset recommends to whoever is below a grade, or misses a fact."""

    text: Text
    below: str | None = field(default=None, kw_only=True)
    aligned_with: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)


@frozen(cache_hash=True)
class Ruleset:
    """
    One version of the rules of one label: grading, criteria, validity.

    It judges interviews of one edition of a *catalogue*. *scale* names the grades,
    the lowest first. Without a last day in *in_force* it is in force until a later
    ruleset of the label begins; *after_gap* declares that before its first day there
    were none.
    """

    label: Label
    version: str = field(validator=version)
    title: Text
    in_force: Period
    catalogue: Catalogue
    scale: tuple[str, ...] = field(converter=tuple[str, ...])
    grading: FrozenMap[str, Grading] = field(converter=FrozenMap[str, Grading])
    criteria: tuple[Criterion, ...] = field(converter=tuple[Criterion, ...])
    validity: ValidityRules
    recommendations: FrozenMap[str, Advice] = field(
        default=FrozenMap(), converter=FrozenMap[str, Advice], kw_only=True
    )
    sources: tuple[Source, ...] = field(default=(), converter=tuple[Source, ...], kw_only=True)
    after_gap: bool = field(default=False, kw_only=True)
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )

    @property
    def reference(self) -> str:
        """How the ruleset is named, as `bronze@2019-11`."""
        return f"{self.label}@{self.version}"

    def graded(self, dimension: str | None) -> tuple[Indicator, ...]:
        """The indicators asked and graded in one dimension, or all of them."""
        return tuple(each for each in self.catalogue.within(dimension) if each.id in self.grading)

    def grades_in(
        self, requirement: Floor | ScoreReaches | CountGraded, scope: str | None
    ) -> tuple[str, ...]:
        """The indicators whose grades a requirement looks at."""
        if isinstance(requirement, Floor):
            return requirement.indicators
        return tuple(each.id for each in self.graded(scope))

    def rank(self, grade: str) -> int:
        """The place of a grade in the scale, 0 for the lowest."""
        return self.scale.index(grade)


def inputs_of(
    ruleset: Ruleset, requirement: Requirement, scope: str | None
) -> Iterator[tuple[InputKind, str]]:
    """The indicators and facts, and whatever else, that a requirement looks at, by their ids."""
    for each in simple_requirements(requirement):
        match each:
            case Complete():
                yield from (("indicator", one.id) for one in ruleset.catalogue.within(scope))
            case AnswerMeets(subject=subject, id=name):
                yield subject, name
            case Floor() | ScoreReaches() | CountGraded():
                yield from (("indicator", name) for name in ruleset.grades_in(each, scope))
            case Earlier(label=label, event=event):
                yield "history", f"{label} {event}"
            case Improvements():
                yield "improvements", "improvements"
            case unreachable:
                assert_never(unreachable)
