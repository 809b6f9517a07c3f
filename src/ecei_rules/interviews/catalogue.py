"""Catalogues: the dimensions, indicators and facts of an interview."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Literal, assert_never

from attrs import field, frozen
from attrs.validators import matches_re, optional

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import near, quoted
from ecei_rules.diagnostics.problem import Problem, repeated_ids, step, unknown_id, unlisted_sources
from ecei_rules.interviews.provenance import Attestation, Source
from ecei_rules.interviews.texts import Text
from ecei_rules.interviews.validators import slug, version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import Protocol, TypeVar

    class _Entry(Protocol):
        @property
        def id(self) -> str: ...
        @property
        def status(self) -> Lifecycle: ...

    E = TypeVar("E", bound=_Entry)


@frozen
class Option:
    """An option that can be chosen or counted."""

    id: str = field(validator=slug)
    title: Text


@frozen(kw_only=True)
class Count:
    """A whole number, at least 0 or *minimum*."""

    unit: str | None = None
    minimum: int | None = None
    maximum: int | None = None


@frozen(kw_only=True)
class Number:
    """A decimal number, such as staff in FTE."""

    unit: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@frozen
class Share:
    """A percentage, from 0 to 100."""


@frozen
class YesNo:
    """Yes or no."""


@frozen
class Choice:
    """One option."""

    options: tuple[Option, ...] = field(converter=tuple[Option, ...])


@frozen
class Choices:
    """Any number of options, each at most once."""

    options: tuple[Option, ...] = field(converter=tuple[Option, ...])


@frozen
class Breakdown:
    """
    A count for each option, 0 for one left out; *maximum* limits each count.

    *parts_of* is the id of the count that all options together add up to. Such a
    breakdown needs an option for the parts that are not classified, since a share is a
    percentage of everything counted. Source: docs/semantics.md, 2.5.
    """

    options: tuple[Option, ...] = field(converter=tuple[Option, ...])
    unit: str | None = field(default=None, kw_only=True)
    maximum: int | None = field(default=None, kw_only=True)
    parts_of: str | None = field(default=None, kw_only=True)


@frozen(kw_only=True)
class Year:
    """A calendar year."""

    minimum: int = 1
    maximum: int = 9999


AnswerKind = Count | Number | Share | YesNo | Choice | Choices | Breakdown | Year

Lifecycle = Literal["active", "retired"]
#: The pointer to the member with the note on the whole catalogue.
NOTE = "/x-note"
NUMBER = r"[0-9]+(\.[0-9]+)*"


@frozen
class Dimension:
    """
    An area of the interview, with indicators of its own.

    *id* is a slug such as `structure`. Source: docs/formats.md, "Catalogue".
    """

    id: str = field(validator=slug)
    title: Text


@frozen
class Indicator:
    """
    One question of a dimension.

    *number* is the scheme's own number of the indicator, such as `4.1.2`; *evidence* is
    what the expert looks at; *not_applicable* allows that answer. An indicator that
    nobody can improve, such as the age, is not *improvable*: no plan changes it. A
    *retired* indicator is no longer asked. Source: docs/formats.md, "Catalogue".
    """

    id: str = field(validator=slug)
    dimension: str = field(validator=slug)
    title: Text
    question: Text
    answer: AnswerKind
    number: str | None = field(default=None, kw_only=True, validator=optional(matches_re(NUMBER)))
    evidence: Text | None = field(default=None, kw_only=True)
    not_applicable: bool = field(default=False, kw_only=True)
    improvable: bool = field(default=True, kw_only=True)
    status: Lifecycle = field(default="active", kw_only=True)
    provenance: Attestation = field(kw_only=True)


@frozen
class Fact:
    """
    A statement about the organisation that is no indicator, such as its staff in FTE.

    Facts always apply, and belong to no dimension and no score. One that nobody can
    improve is not *improvable*. Source: docs/semantics.md, 2.11 and 3.1.
    """

    id: str = field(validator=slug)
    title: Text
    answer: AnswerKind
    question: Text | None = field(default=None, kw_only=True)
    improvable: bool = field(default=True, kw_only=True)
    status: Lifecycle = field(default="active", kw_only=True)
    provenance: Attestation | None = field(default=None, kw_only=True)


@frozen(cache_hash=True)
class Catalogue:
    """
    The questions of one edition of an interview, without any rules.

    Retired indicators and facts are still listed, so that nobody uses their ids again,
    but `asked` and `facts_asked` leave them out. *roles* are those that an expert of an
    interview can have. Call `check_catalogue` before
    publishing one. Source: docs/formats.md, "Catalogue".

    >>> import ecei_rules as er
    >>> benchmarking = er.shipped().catalogue("benchmarking", "2019-11")
    >>> benchmarking.asked["working-groups"].dimension
    'contacts'
    """

    id: str = field(validator=slug)
    version: str = field(validator=version)
    title: Text
    dimensions: tuple[Dimension, ...] = field(converter=tuple[Dimension, ...])
    indicators: tuple[Indicator, ...] = field(converter=tuple[Indicator, ...])
    facts: tuple[Fact, ...] = field(default=(), converter=tuple[Fact, ...], kw_only=True)
    roles: tuple[Option, ...] = field(default=(), converter=tuple[Option, ...], kw_only=True)
    sources: tuple[Source, ...] = field(default=(), converter=tuple[Source, ...], kw_only=True)
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )
    asked: FrozenMap[str, Indicator] = field(init=False, eq=False, repr=False)
    facts_asked: FrozenMap[str, Fact] = field(init=False, eq=False, repr=False)

    @asked.default
    def _asked(self) -> FrozenMap[str, Indicator]:
        return _active(self.indicators)

    @facts_asked.default
    def _facts_asked(self) -> FrozenMap[str, Fact]:
        return _active(self.facts)

    @property
    def reference(self) -> str:
        """The id and the version, such as `benchmarking@2019-11`."""
        return f"{self.id}@{self.version}"

    @property
    def note(self) -> str | None:
        """
        The note on the whole catalogue, its member `x-note`, for everybody who sees a question.

        >>> import ecei_rules as er
        >>> er.shipped().catalogue("benchmarking", "2019-11").note[:47]
        "A reconstruction, not the operator's document: "
        """
        note = self.extensions.get(NOTE)
        return note if isinstance(note, str) and note else None

    def within(self, dimension: str | None) -> tuple[Indicator, ...]:
        """Return the indicators asked in one dimension, or in all (`None`)."""
        return self._asked_within.get(dimension, ())

    @cached_property
    def _asked_within(self) -> dict[str | None, tuple[Indicator, ...]]:
        within: dict[str | None, list[Indicator]] = {}
        for each in self.asked.values():
            within.setdefault(None, []).append(each)
            within.setdefault(each.dimension, []).append(each)
        return {dimension: tuple(asked) for dimension, asked in within.items()}


def _active(entries: Iterable[E]) -> FrozenMap[str, E]:
    return FrozenMap({each.id: each for each in entries if each.status == "active"})


def unusable_id(
    noun: str, name: str, known: Mapping[str, Indicator | Fact], where: str
) -> Iterator[Problem]:
    """Yield the problem with the id of an indicator or a fact that is unknown or retired."""
    if name not in known:
        active = [id_ for id_, entry in known.items() if entry.status == "active"]
        yield unknown_id(noun, name, active, where)
    elif known[name].status == "retired":
        kind = "indicator" if isinstance(known[name], Indicator) else "fact"
        message = f'the {kind} "{name}" is retired in this edition'
        at_name = where.endswith(step(name))
        yield Problem("ECEI303", where, message, "leave it out", at_name=at_name)


def unknown_role(name: str, catalogue: Catalogue, where: str) -> Iterator[Problem]:
    """Yield the problem with the role of an expert that the catalogue does not have."""
    known = [each.id for each in catalogue.roles]
    if name not in known:
        hint = f"the roles are {quoted(known, 'and')}" if known else "the catalogue has no roles"
        message = f'there is no role "{name}"'
        yield Problem("ECEI308", where, message, near(name, known) or hint)


def unknown_dimension(name: str, known: Collection[str], where: str) -> Problem:
    """Return the problem with the id of a dimension that the catalogue does not have."""
    hint = near(name, known) or f"the dimensions are {quoted(known, 'and')}"
    return Problem("ECEI311", where, f'the catalogue has no dimension "{name}"', hint)


def check_catalogue(catalogue: Catalogue) -> tuple[Problem, ...]:
    """
    Check a catalogue, and return its problems.

    They are ids that occur twice (indicators and facts share one namespace), dimensions
    and sources that are not listed, minima above their maxima, and breakdowns that are
    parts of something that is not counted. Call it before publishing a catalogue;
    `read_catalogue` calls it too. Source: docs/codes.md.

    >>> twice = [Dimension("structure", Text({"en": "Structure"}))] * 2
    >>> for problem in check_catalogue(Catalogue("own", "2030-01", Text({"en": "Own"}), twice, [])):
    ...     print(problem)
    ECEI310 /dimensions/1/id: another dimension has the id "structure" already
    """
    return tuple(catalogue_problems(catalogue))


def catalogue_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield the problems that `check_catalogue` returns."""
    sources = {each.id: each for each in catalogue.sources}
    dimensions = {each.id: each for each in catalogue.dimensions}
    yield from repeated_ids((each.id for each in catalogue.dimensions), "/dimensions", "dimension")
    yield from repeated_ids((each.id for each in catalogue.indicators), "/indicators", "indicator")
    yield from repeated_ids((each.id for each in catalogue.facts), "/facts", "fact")
    yield from repeated_ids((each.id for each in catalogue.roles), "/roles", "role")
    yield from repeated_ids((each.id for each in catalogue.sources), "/sources", "source")
    yield from _repeated_numbers(catalogue.indicators)
    indicators = {each.id for each in catalogue.indicators}
    asked: dict[str, Indicator | Fact] = {each.id: each for each in catalogue.facts}
    asked.update({each.id: each for each in catalogue.indicators})
    for index, indicator in enumerate(catalogue.indicators):
        where = f"/indicators/{index}"
        if indicator.dimension not in dimensions:
            yield unknown_dimension(indicator.dimension, dimensions, f"{where}/dimension")
        yield from _answer_problems(indicator.answer, f"{where}/answer")
        yield from _whole_problems(indicator.answer, asked, f"{where}/answer/parts_of")
        yield from unlisted_sources(
            indicator.provenance.sources, sources, f"{where}/provenance/sources"
        )
    for index, fact in enumerate(catalogue.facts):
        where = f"/facts/{index}"
        if fact.id in indicators:
            message = f'an indicator has the id "{fact.id}" already'
            yield Problem("ECEI310", f"{where}/id", message)
        yield from _answer_problems(fact.answer, f"{where}/answer")
        yield from _whole_problems(fact.answer, asked, f"{where}/answer/parts_of")
        if fact.provenance is not None:
            yield from unlisted_sources(
                fact.provenance.sources, sources, f"{where}/provenance/sources"
            )


def _repeated_numbers(indicators: Iterable[Indicator]) -> Iterator[Problem]:
    seen: dict[str | None, str] = {}
    for index, indicator in enumerate(indicators):
        number = indicator.number
        if number is not None and number in seen:
            message = f'"{seen[number]}" has the number {number} already'
            yield Problem("ECEI314", f"/indicators/{index}/number", message)
        seen.setdefault(number, indicator.id)


def _whole_problems(
    kind: AnswerKind, known: Mapping[str, Indicator | Fact], where: str
) -> Iterator[Problem]:
    whole = kind.parts_of if isinstance(kind, Breakdown) else None
    if whole is None:
        return
    yield from unusable_id("indicator or fact", whole, known, where)
    if whole in known and not isinstance(known[whole].answer, Count):
        message = f'the parts add up to a count, and "{whole}" has another kind of answer'
        entries = (each for each in known.values() if each.status == "active")
        counts = [each.id for each in entries if isinstance(each.answer, Count)]
        hint = f"the counts are {quoted(counts, 'and')}" if counts else None
        yield Problem("ECEI315", where, message, hint)


def _answer_problems(kind: AnswerKind, where: str) -> Iterator[Problem]:
    match kind:
        case Count() | Number() | Year():
            lowest, highest = kind.minimum, kind.maximum
            if lowest is not None and highest is not None and lowest > highest:
                message = f"the minimum {plain(lowest)} is above the maximum {plain(highest)}"
                yield Problem("ECEI313", where, message)
        case Choice(options=options) | Choices(options=options) | Breakdown(options=options):
            yield from repeated_ids((each.id for each in options), f"{where}/options", "option")
        case Share() | YesNo():
            return
        case unreachable:
            assert_never(unreachable)
