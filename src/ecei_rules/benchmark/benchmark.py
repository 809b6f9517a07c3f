"""A benchmark: how the answers of groups of organisations are distributed."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import field, frozen
from attrs.validators import ge, optional

from ecei_rules.benchmark.disclosure.rounding import BASE, MINIMUM
from ecei_rules.benchmark.groups import Family, GroupName
from ecei_rules.benchmark.tables import Table
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.evaluation.assessment import CatalogueReference, RulesetReference
from ecei_rules.interviews.provenance import Basis
from ecei_rules.interviews.texts import Text
from ecei_rules.interviews.validators import nonempty, slug, supported_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from attrs import Attribute

#: Figures describe one indicator, the points of one dimension, or all points.
Level = Literal["indicator", "dimension", "total"]


def _rounded(_value: object, attribute: Attribute[int], count: int) -> None:
    if count < 0 or count % BASE:
        msg = f"{attribute.name} is a multiple of {BASE}, not {count}"
        raise ValueError(msg)


def _counts(tables: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(map(tuple, tables))


@frozen
class Subject:
    """
    The subject of figures: an indicator, a dimension or the total.

    The total has no *id*. An indicator has its *dimension*, the *unit* of its answer if
    there is one, and the *tables* that its answers are counted in; the points of each grade
    are in *points*, weight included, and *not_applicable_points* are those of an answer that
    the indicator does not apply. A dimension and the total have a *maximum* of points.
    *basis* is the provenance of the gradings that grades and points depend on, the weakest
    of them. Source: docs/benchmark.md, "What is counted".
    """

    level: Level
    id: str | None = field(default=None, kw_only=True, validator=optional(slug))
    title: Text = field(kw_only=True)
    dimension: str | None = field(default=None, kw_only=True, validator=optional(slug))
    unit: str | None = field(default=None, kw_only=True)
    maximum: int | None = field(default=None, kw_only=True)
    basis: Basis | None = field(default=None, kw_only=True)
    points: FrozenMap[str, int] = field(
        default=FrozenMap(), converter=FrozenMap[str, int], kw_only=True
    )
    not_applicable_points: int | None = field(default=None, kw_only=True)
    tables: tuple[Table, ...] = field(default=(), converter=tuple[Table, ...], kw_only=True)

    @property
    def key(self) -> tuple[Level, str | None]:
        """The level and the id, which identify the subject."""
        return self.level, self.id


@frozen
class Figures:
    """
    How many organisations of a group gave which answer to one indicator, rounded to five.

    *answered* is the number of those with a value, *not_applicable* and *unanswered* are
    those without one. *counts* has the counts of each table of the subject, none for one
    that is withheld. Rounded counts need not add up. Source: docs/benchmark.md,
    "Figures".

    >>> Figures("members", answered=7, not_applicable=0, unanswered=0, counts=[[5, 0]])
    Traceback (most recent call last):
        ...
    ValueError: answered is a multiple of 5, not 7

    Raises:
        ValueError: a count is not a multiple of five, or every table is withheld.
    """

    indicator: str = field(validator=slug)
    answered: int = field(kw_only=True, validator=[ge(MINIMUM), _rounded])
    not_applicable: int = field(kw_only=True, validator=_rounded)
    unanswered: int = field(kw_only=True, validator=_rounded)
    counts: tuple[tuple[int, ...], ...] = field(kw_only=True, converter=_counts)

    def __attrs_post_init__(self) -> None:
        if not any(self.counts):
            msg = "every table is withheld; list the indicator as withheld"
            raise ValueError(msg)
        if any(count < 0 or count % BASE for counts in self.counts for count in counts):
            msg = f"a count is a multiple of {BASE}"
            raise ValueError(msg)


@frozen
class Group:
    """
    A group of organisations to compare with, and its figures.

    *family* is what its members have in common and *name* is the label, the portfolio or the
    country; the group of everybody has no name. Every indicator of the benchmark is either
    in *figures* or in *withheld*. *size* is the number of organisations, rounded to five.
    """

    family: Family
    name: str | None = field(default=None, kw_only=True, validator=optional(nonempty))
    size: int = field(kw_only=True, validator=[ge(MINIMUM), _rounded])
    figures: tuple[Figures, ...] = field(converter=tuple[Figures, ...], kw_only=True)
    withheld: tuple[str, ...] = field(default=(), converter=tuple[str, ...], kw_only=True)

    @property
    def called(self) -> GroupName:
        """The family and the name, which identify the group."""
        return GroupName(self.family, self.name)


@frozen
class Unlisted:
    """The numbers of groups that are too small to be listed, by family."""

    label: int = field(validator=ge(0))
    portfolio: int = field(validator=ge(0))
    country: int = field(validator=ge(0))


@frozen
class Benchmark:
    """
    How the answers of many organisations are distributed, without their names.

    Read one with `read_benchmark`, or build it from interviews with `build_benchmark`.
    Labels are those held on the day *on*. *interviews* is the number of organisations, one
    interview each, and *made_up* the number of those whose interview says that it is
    invented; *repeated*, *of_another_catalogue* and *unreadable* are the numbers of
    interviews left out. These are numbers of documents and exact; all others are rounded to
    five. No figures are of fewer than *minimum* organisations. *scale* is that of the
    ruleset, the lowest grade first. Source: docs/benchmark.md.

    Raises:
        TypeError: *minimum* is not a whole number.
        ValueError: *minimum* is lower than 5.
    """

    ruleset: RulesetReference
    catalogue: CatalogueReference
    on: date = field(validator=supported_day)
    minimum: int = field(kw_only=True)
    interviews: int = field(kw_only=True, validator=ge(0))
    made_up: int = field(kw_only=True, validator=ge(0))
    repeated: int = field(kw_only=True, validator=ge(0))
    of_another_catalogue: int = field(kw_only=True, validator=ge(0))
    unreadable: int = field(kw_only=True, validator=ge(0))
    scale: tuple[str, ...] = field(converter=tuple[str, ...], kw_only=True)
    subjects: tuple[Subject, ...] = field(converter=tuple[Subject, ...], kw_only=True)
    groups: tuple[Group, ...] = field(converter=tuple[Group, ...], kw_only=True)
    unlisted: Unlisted = field(kw_only=True)
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )

    @minimum.validator
    def _check_minimum(self, _attribute: object, value: int) -> None:
        check_minimum(value)

    def group(self, family: Family, name: str | None = None) -> Group | None:
        """Return the group of a family and a name, or `None` if it is not listed."""
        called = GroupName(family, name)
        return next((each for each in self.groups if each.called == called), None)


def check_minimum(minimum: int) -> None:
    """Refuse a minimum below `MINIMUM`, which could single somebody out, and fractions."""
    if type(minimum) is not int:
        msg = f"the minimum is a whole number, not {minimum!r}"
        raise TypeError(msg)
    if minimum < MINIMUM:
        msg = f"figures are of at least {MINIMUM} organisations, not of {minimum}"
        raise ValueError(msg)
