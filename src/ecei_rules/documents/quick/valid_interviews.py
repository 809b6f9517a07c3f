"""Reads valid interviews quickly, by tables that are made from their catalogues."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, assert_never

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.identity_cache import cached_by_identity
from ecei_rules.diagnostics.json_text import MAX_DIGITS, check_limits, parse_unlimited
from ecei_rules.diagnostics.problem import pointer, step
from ecei_rules.documents.resources import format_name
from ecei_rules.documents.stages import frozen_json, has_inner_extensions, set_extensions_aside
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.dates import calendar_day
from ecei_rules.interviews.history import Cluster, LabelEvent, contradictions
from ecei_rules.interviews.interview import Conducted, Expert, Improvement, Interview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date
    from typing import TypeVar

    from ecei_rules.diagnostics.problem import Steps
    from ecei_rules.documents.stages import Members
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import AnswerKind, Catalogue, Fact, Indicator

    T = TypeVar("T")
    Extensions = dict[str, object]
    FindCatalogue = Callable[[str, str], Catalogue | None]
    Bound = int | Decimal
    #: Returns the answers that the members of a document are, or fails.
    ReadAnswers = Callable[[Members], FrozenMap[str, Answer]]

_INFINITE = Decimal("Infinity")
#: No document has an integer of more digits; for decimals the parser sees to it.
_LARGEST = 10**MAX_DIGITS - 1
_FORMAT = format_name("interview")
_MEMBERS = {
    *("$schema", "format", "catalogue", "cluster", "conducted", "facts", "answers"),
    *("improvements", "history", "remarks"),
}


class _Unusual(Exception):
    """A document has a problem, or is merely unusual; the stages of reading tell which."""


def read_valid_interview(text: str, find_catalogue: FindCatalogue) -> Interview | None:
    """
    Return the interview that a text is, or `None` if it may have a problem.

    *find_catalogue* returns the catalogue with an id and a version, or `None`.
    It accepts no more than the stages of reading with `check_interview` do, and gives the
    same value. It cannot explain what it refuses; the stages can.
    """
    try:
        value: Any = parse_unlimited(text)
        if value["format"] != _FORMAT:
            return None
        try:
            return _interview(value, {}, find_catalogue)
        except Exception:
            if not has_inner_extensions(text, value):
                return None
            members, extensions = _apart(value)
            return _interview(members, extensions, find_catalogue)
    except Exception:
        return None


def _apart(value: Members) -> tuple[Members, Extensions]:
    """Return a document without any `x-` members, and these."""
    check_limits(value)
    aside: list[tuple[Steps, object]] = []
    members = set_extensions_aside(value, None, aside)
    return members, {pointer(steps): each for steps, each in aside}


def _interview(members: Members, extensions: Extensions, find: FindCatalogue) -> Interview:
    reference = members["catalogue"]
    catalogue = find(reference["id"], reference["version"])
    if catalogue is None or len(reference) != len(("id", "version")):
        raise _Unusual
    for name, member in members.items():
        if name not in _MEMBERS:
            if not name.startswith("x-"):
                raise _Unusual
            check_limits({name: member})
            extensions[step(name)] = frozen_json(member)
    return _reader(catalogue)(members, extensions)


@cached_by_identity
def _reader(catalogue: Catalogue) -> Callable[[Members, Extensions], Interview]:
    read_answers = _answers_reader(catalogue.asked)
    read_facts = _answers_reader(catalogue.facts_asked)
    indicators, asked = {*catalogue.asked}, {*catalogue.asked, *catalogue.facts_asked}
    roles = {each.id for each in catalogue.roles}

    def read(members: Members, extensions: Extensions) -> Interview:
        given, schema = members.get, members.get("$schema")
        if type(schema) is not str and "$schema" in members:
            raise _Unusual
        return _unchecked(
            Interview,
            catalogue=catalogue,
            cluster=_built(Cluster, members["cluster"]),
            conducted=_conducted(members["conducted"], roles),
            answers=read_answers(members["answers"]),
            facts=read_facts(given("facts", {})),
            improvements=_improvements(given("improvements", []), indicators),
            history=_history(given("history", [])),
            remarks=_remarks(given("remarks", {}), asked),
            schema=schema,
            extensions=FrozenMap(extensions),
            answers_fit=True,
        )

    return read


def _answers_reader(asked: Mapping[str, Indicator] | Mapping[str, Fact]) -> ReadAnswers:
    tables = _Tables()
    for name, question in asked.items():
        tables.add(name, question.answer)
    option, options, counts = tables.option, tables.options, tables.counts
    integers, decimals, yes_or_no = tables.integers, tables.decimals, tables.yes_or_no
    may_not_apply = {name for name, each in asked.items() if getattr(each, "not_applicable", False)}

    def read(members: Members) -> FrozenMap[str, Answer]:
        answers: dict[str, Answer] = {}
        for name, value in members.items():
            answer, kind = value, type(value)
            if kind is str:
                fits = value in option[name]
            elif kind is int:
                low, high = integers[name]
                fits = low <= value <= high
            elif kind is Decimal:
                low, high = decimals[name]
                fits = low <= value <= high
            elif kind is bool:
                fits = name in yes_or_no
            elif kind is list:
                answer = tuple(value)
                fits = len(options[name].intersection(answer)) == len(answer)
            elif "not_applicable" in value:
                answer = NotApplicable(value["not_applicable"])
                fits = name in may_not_apply and len(value) == 1
            else:
                answer = _counts(value, *counts[name])
                fits = True
            if not fits:
                raise _Unusual
            answers[name] = answer
        return FrozenMap(answers)

    return read


class _Tables:
    """What answers must fit, by the types of their JSON values and the ids of questions."""

    def __init__(self) -> None:
        self.integers: dict[str, tuple[Bound, Bound]] = {}
        self.decimals: dict[str, tuple[Decimal, Decimal]] = {}
        self.yes_or_no: set[str] = set()
        self.option: dict[str, frozenset[str]] = {}
        self.options: dict[str, frozenset[str]] = {}
        self.counts: dict[str, tuple[frozenset[str], Bound]] = {}

    def add(self, name: str, kind: AnswerKind) -> None:
        """Add a question with the kind of its answers."""
        match kind:
            case Count(minimum=least, maximum=most):
                self.integers[name] = least or 0, _LARGEST if most is None else most
            case Year(minimum=least, maximum=most):
                self.integers[name] = least, most
            case Number(minimum=lowest, maximum=highest):
                self._add_number(name, lowest, highest)
            case Share():
                self._add_number(name, Decimal(0), Decimal(100))
            case YesNo():
                self.yes_or_no.add(name)
            case Choice(options=options):
                self.option[name] = frozenset(each.id for each in options)
            case Choices(options=options):
                self.options[name] = frozenset(each.id for each in options)
            case Breakdown(options=options, maximum=most):
                known = frozenset(each.id for each in options)
                self.counts[name] = known, _LARGEST if most is None else most
            case unreachable:
                assert_never(unreachable)

    def _add_number(self, name: str, lowest: Decimal | None, highest: Decimal | None) -> None:
        self.decimals[name] = (
            -_INFINITE if lowest is None else lowest,
            _INFINITE if highest is None else highest,
        )
        self.integers[name] = (
            -_LARGEST if lowest is None else lowest,
            _LARGEST if highest is None else highest,
        )


def _counts(value: Members, known: AbstractSet[str], highest: Bound) -> FrozenMap[str, int]:
    for name, count in value.items():
        if name not in known or type(count) is not int or not 0 <= count <= highest:
            raise _Unusual
    return FrozenMap(value)


def _conducted(members: Members, roles: AbstractSet[str]) -> Conducted:
    conducted: Members = {**members, "on": _day(members["on"])}
    if "experts" in members:
        conducted["experts"] = [_built(Expert, each) for each in _list(members["experts"])]
        for expert in conducted["experts"]:
            if expert.role not in roles:
                raise _Unusual
    return _built(Conducted, conducted)


def _improvements(items: list[Members], indicators: AbstractSet[str]) -> tuple[Improvement, ...]:
    for each in _list(items):
        if each["indicator"] not in indicators:
            raise _Unusual
    return tuple([_built(Improvement, each) for each in items])


def _history(items: list[Members]) -> tuple[LabelEvent, ...]:
    events = tuple([_event(each) for each in _list(items)])
    if events and next(contradictions(events), None) is not None:
        raise _Unusual
    return events


def _event(members: Members) -> LabelEvent:
    label, event, on = members["label"], members["event"], _day(members["on"])
    if event == "awarded":
        end, expected = _day(members["valid_until"]), 4
    else:
        end, expected = None, 3
    if len(members) != expected:
        raise _Unusual
    return LabelEvent(label, event, on, valid_until=end)


def _remarks(remarks: Members, asked: AbstractSet[str]) -> FrozenMap[str, str]:
    if not remarks.keys() <= asked:
        raise _Unusual
    for remark in remarks.values():
        if type(remark) is not str or not remark:
            raise _Unusual
    return FrozenMap(remarks)


def _day(text: str) -> date:
    day = calendar_day(text)
    if day is None:
        raise _Unusual
    return day


def _built(kind: Callable[..., T], members: Members) -> T:
    """Build a value that checks itself from members with the names of its attributes."""
    if None in members.values():
        raise _Unusual
    return kind(**members)


def _unchecked(kind: type[T], **attributes: object) -> T:
    """Build a value from attributes that were checked already, of the types that it keeps."""
    value = object.__new__(kind)
    for name, attribute in attributes.items():
        object.__setattr__(value, name, attribute)
    return value


def _list(value: list[Members]) -> list[Members]:
    if type(value) is not list:
        raise _Unusual
    return value
