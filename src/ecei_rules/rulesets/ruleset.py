"""One version of the rules of one label."""

from __future__ import annotations

from functools import cached_property
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
from ecei_rules.rulesets.conditions import Condition, holds
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
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

InputKind = Literal["indicator", "fact", "history", "improvements", "conducted"]


@frozen
class Grade:
    """
    A grade that an answer can attain, its points, and its condition.

    The last grade of an indicator has no condition. Points are whole numbers. Source:
    docs/semantics.md, 1.2 and 2.7.
    """

    grade: str = field(validator=slug)
    points: int = field(validator=ge(0))
    when: Condition | None = field(default=None, kw_only=True)


@frozen
class Grading:
    """
    The grades that answers to one indicator can attain, the best first.

    The points of a grade count *weight* times.
    """

    weight: int = field(validator=ge(1))
    grades: tuple[Grade, ...] = field(converter=tuple[Grade, ...])
    not_applicable_points: int = field(default=0, kw_only=True, validator=ge(0))
    provenance: Provenance = field(default=Provenance(), kw_only=True)

    @cached_property
    def maximum(self) -> int:
        """The most points an answer can earn, weight included (docs/semantics.md, 2.8)."""
        return self.weight * max(grade.points for grade in self.grades)

    def grade_of(self, answer: Answer, on: date) -> Grade:
        """Return the first grade whose condition holds (docs/semantics.md, 2.7)."""
        return next(
            grade for grade in self.grades if grade.when is None or holds(grade.when, answer, on)
        )


@frozen
class Advice:
    """A recommendation for those below a grade, or without a fact."""

    text: Text
    below: str | None = field(default=None, kw_only=True)
    aligned_with: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)


@frozen(cache_hash=True)
class Ruleset:
    """
    One version of the rules of one label: grading, criteria, validity.

    It judges interviews of one edition of a *catalogue*. *scale* names the grades,
    the lowest first. Without a last day in *in_force* it is in force until a later
    ruleset of the label begins; *after_gap* declares that no ruleset was in force
    before its first day. Call `check_ruleset` before publishing one. Source:
    docs/semantics.md, 5.3 and 5.4.

    >>> import ecei_rules as er
    >>> er.shipped().ruleset("bronze", version="2019-11").scale
    ('improvable', 'reasonable', 'excellent')
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
        """The label and the version, such as `bronze@2019-11`."""
        return f"{self.label}@{self.version}"

    def graded(self, dimension: str | None) -> tuple[Indicator, ...]:
        """
        Return the indicators that are asked and graded, in one dimension or in all.

        They alone are part of scores and counts. Source: docs/semantics.md, 2.8.
        """
        return self._graded_within.get(dimension, ())

    @cached_property
    def _graded_within(self) -> dict[str | None, tuple[Indicator, ...]]:
        dimensions = {None, *(each.dimension for each in self.catalogue.indicators)}
        return {
            each: tuple(i for i in self.catalogue.within(each) if i.id in self.grading)
            for each in dimensions
        }

    def grades_in(self, requirement: Requirement, scope: str | None) -> tuple[str, ...]:
        """
        Return the indicators whose grades a requirement depends on, none twice.

        *scope* is the dimension of the criterion, `None` for all dimensions. The
        indicators named by a floor are returned whether or not they are graded.

        >>> import ecei_rules as er
        >>> bronze = er.shipped().ruleset("bronze", version="2019-11")
        >>> bronze.grades_in(Floor(["strategy"], "reasonable"), "structure")
        ('strategy',)
        >>> bronze.grades_in(Complete(), "structure")
        ()
        """
        names: dict[str, None] = {}
        for part in simple_requirements(requirement):
            match part:
                case Floor(indicators=indicators):
                    names.update(dict.fromkeys(indicators))
                case ScoreReaches() | CountGraded():
                    names.update((each.id, None) for each in self.graded(scope))
                case Complete() | AnswerMeets() | Earlier() | Improvements() | ConductedBy():
                    pass
                case unreachable:
                    assert_never(unreachable)
        return tuple(names)

    def rank(self, grade: str) -> int:
        """Return the position of a grade in the scale, 0 for the lowest."""
        return self.scale.index(grade)


def inputs_of(
    ruleset: Ruleset, requirement: Requirement, scope: str | None
) -> Iterator[tuple[InputKind, str]]:
    """Yield the kinds and ids of all that a requirement depends on."""
    for part in simple_requirements(requirement):
        match part:
            case Complete():
                yield from (("indicator", each.id) for each in ruleset.catalogue.within(scope))
            case AnswerMeets(subject=subject, id=name):
                yield subject, name
            case Floor() | ScoreReaches() | CountGraded():
                yield from (("indicator", name) for name in ruleset.grades_in(part, scope))
            case Earlier():
                yield from (("history", kind) for kind in part.event_kinds)
            case Improvements():
                yield "improvements", "improvements"
            case ConductedBy():
                yield "conducted", "conducted"
            case unreachable:
                assert_never(unreachable)
