"""An interview as cells with names."""

from __future__ import annotations

import re
from typing import assert_never

from attrs import frozen

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Indicator,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.history import LABELS
from ecei_rules.interviews.interview import check_interview
from ecei_rules.interviews.portfolios import PORTFOLIOS
from ecei_rules.spreadsheets.cell_types import (
    NONE,
    CellKind,
    Checkbox,
    Day,
    FreeText,
    OneOf,
    OptionCount,
    escaped,
    labelled,
    text_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.catalogue import Catalogue, Fact, Option
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.spreadsheets.cell_types import Value


@frozen
class CellSpec:
    """One cell: its name, what it may hold, and whether it can be left empty."""

    name: str
    title: str
    kind: CellKind
    needed: bool = False


_PORTFOLIO = FreeText(suggested=PORTFOLIOS)
_COUNTRY = FreeText(form="a country code such as IT (ISO 3166-1 alpha-2)", pattern="[A-Z]{2}")
_WEBSITE = FreeText(
    form="a web address that begins with http:// or https://", pattern=r"https?://[\s\S]*"
)
_MODE = labelled([("on_site", "on site"), ("video", "video")])
_LABEL = labelled((label, label) for label in LABELS)
_EVENT = labelled((event, event) for event in ("benchmarked", "awarded"))

#: What the scheme calls the one who asks.
_ROLES = ("benchmarking-expert", "second-expert", "observer")

#: How many experts, improvements or events there are names for.
MOST = 9999

CATALOGUE, SCHEMA = "catalogue", "schema"
CLUSTER = (
    CellSpec("cluster.name", "Name of the cluster", FreeText(), needed=True),
    CellSpec("cluster.country", "Country", _COUNTRY, needed=True),
    CellSpec("cluster.website", "Website", _WEBSITE),
    CellSpec("cluster.comparative_portfolio", "Comparative portfolio", _PORTFOLIO),
    CellSpec("conducted.on", "Day of the interview", Day(), needed=True),
    CellSpec("conducted.mode", "Held on site or by video", _MODE),
)
EXPERT = (
    CellSpec("role", "Role", FreeText(suggested=_ROLES), needed=True),
    CellSpec("name", "Name", FreeText()),
    CellSpec("impartial", "Declared to be impartial", YesNo()),
)
EVENT = (
    CellSpec("label", "Label", _LABEL, needed=True),
    CellSpec("event", "Event", _EVENT, needed=True),
    CellSpec("on", "On", Day(), needed=True),
    CellSpec("valid_until", "Valid until", Day()),
)
EXPERTS, HISTORY, IMPROVEMENTS = "conducted.experts", "history", "improvements"
_NUMBERED = re.compile(
    rf"({re.escape(EXPERTS)}|{IMPROVEMENTS}|{HISTORY})\.([1-9][0-9]{{0,3}})\.([a-z_]+)"
)


def improvement(catalogue: Catalogue) -> tuple[CellSpec, ...]:
    """What is asked of one improvement; its indicator is one of the catalogue."""
    known = labelled((each.id, str(each.title)) for each in catalogue.asked.values())
    return (
        CellSpec("indicator", "Indicator", known, needed=True),
        CellSpec("description", "What was improved", FreeText(), needed=True),
        CellSpec("effect", "Effect", FreeText()),
        CellSpec("confirmed", "Confirmed", YesNo()),
    )


def numbered(name: str) -> tuple[str, int, str] | None:
    """
    The group, the number and the member of a cell such as that of the second expert's role.

    >>> numbered("conducted.experts.2.role"), numbered("history.0.on")
    (('conducted.experts', 2, 'role'), None)
    """
    found = _NUMBERED.fullmatch(name)
    return (found[1], int(found[2]), found[3]) if found else None


def repeated(catalogue: Catalogue) -> dict[str, tuple[CellSpec, ...]]:
    """What is asked of each expert, improvement and event, by the name it begins with."""
    return {EXPERTS: EXPERT, IMPROVEMENTS: improvement(catalogue), HISTORY: EVENT}


def answer_cells(entry: Indicator | Fact) -> tuple[CellSpec, ...]:
    """
    The cells for the answer to an indicator or a fact.

    One cell, or one for each option where several options may be answered.
    """
    title = str(entry.title)
    name = f"{'answers' if isinstance(entry, Indicator) else 'facts'}.{entry.id}"
    match entry.answer:
        case Count() | Number() | Share() | YesNo() | Year():
            return (CellSpec(name, title, entry.answer),)
        case Choice(options=options):
            return (CellSpec(name, title, choice_of(options)),)
        case Choices(options=options):
            return tuple(CellSpec(f"{name}.{e.id}", str(e.title), Checkbox()) for e in options)
        case Breakdown(options=options, unit=unit, maximum=maximum):
            tally = OptionCount(Count(unit=unit, maximum=maximum))
            return tuple(CellSpec(f"{name}.{each.id}", str(each.title), tally) for each in options)
        case unreachable:
            assert_never(unreachable)


def choice_of(options: Iterable[Option]) -> OneOf:
    """The choice among the options of an answer."""
    return labelled((each.id, str(each.title)) for each in options)


def all_cells(
    catalogue: Catalogue, *, experts: int = 1, improvements: int = 1, events: int = 1
) -> Iterator[CellSpec]:
    """Every cell of an interview, in order, with so many experts, improvements and events."""
    yield CellSpec(CATALOGUE, "Catalogue", FreeText(), needed=True)
    yield CellSpec(SCHEMA, "Schema", FreeText())
    yield from CLUSTER
    numbers = {EXPERTS: experts, IMPROVEMENTS: improvements, HISTORY: events}
    entries: list[Fact | Indicator] = [*catalogue.facts_asked.values(), *catalogue.asked.values()]
    groups = repeated(catalogue)
    yield from _numbered(EXPERTS, groups[EXPERTS], experts)
    for entry in entries:
        yield from answer_cells(entry)
        if isinstance(entry, Indicator) and entry.not_applicable:
            yield CellSpec(
                f"answers.{entry.id}.not_applicable", "Does not apply, because", FreeText()
            )
    for name in (IMPROVEMENTS, HISTORY):
        yield from _numbered(name, groups[name], numbers[name])
    for entry in entries:
        yield CellSpec(f"remarks.{entry.id}", "Remark", FreeText())


def _numbered(name: str, group: tuple[CellSpec, ...], count: int) -> Iterator[CellSpec]:
    for number in range(1, count + 1):
        for each in group:
            yield CellSpec(f"{name}.{number}.{each.name}", each.title, each.kind)


def cell_values(interview: Interview) -> dict[str, Value]:
    """
    What the cells of an interview hold, by their names; empty ones are left out.

    >>> from ecei_rules._files import read_interview
    >>> interview = read_interview(
    ...     '{"format": "ecei-interview/1", "cluster": {"name": "Example", "country": "IT"},'
    ...     ' "catalogue": {"id": "benchmarking", "version": "2019-11"},'
    ...     ' "conducted": {"on": "2024-03-18"}, "answers": {"composition": {"sme": 40}}}'
    ... )
    >>> [name for name in cell_values(interview) if name.startswith("answers")]
    ['answers.composition.sme']
    """
    cluster, conducted = interview.cluster, interview.conducted
    found: dict[str, Value | None] = {
        CATALOGUE: interview.catalogue.reference,
        SCHEMA: interview.schema,
        "cluster.name": cluster.name,
        "cluster.country": cluster.country,
        "cluster.website": cluster.website,
        "cluster.comparative_portfolio": cluster.comparative_portfolio,
        "conducted.on": conducted.on,
        "conducted.mode": conducted.mode,
    }
    for prefix, group, items in (
        (EXPERTS, EXPERT, conducted.experts),
        (IMPROVEMENTS, improvement(interview.catalogue), interview.improvements),
        (HISTORY, EVENT, interview.history),
    ):
        for number, item in enumerate(items, 1):
            for each in group:
                found[f"{prefix}.{number}.{each.name}"] = getattr(item, each.name)
    for name, answer in interview.facts.items():
        found |= _answer(f"facts.{name}", interview.catalogue.facts_asked[name], answer)
    for name, answer in interview.answers.items():
        found |= _answer(f"answers.{name}", interview.catalogue.asked[name], answer)
    for name, remark in interview.remarks.items():
        found[f"remarks.{name}"] = remark
    return {name: value for name, value in found.items() if value is not None}


def _answer(name: str, entry: Fact | Indicator, answer: Answer) -> dict[str, Value]:
    match answer:
        case NotApplicable(reason=reason):
            return {f"{name}.not_applicable": reason}
        case tuple():
            return _marks(
                name, [each.name.rpartition(".")[2] for each in answer_cells(entry)], answer
            )
        case FrozenMap():
            options = [each.name.rpartition(".")[2] for each in answer_cells(entry)]
            counted: dict[str, Value] = {f"{name}.{each}": count for each, count in answer.items()}
            # that every option was left out is an answer too, and none is in the first cell
            return counted or {f"{name}.{options[0]}": NONE}
        case bool() | int() | str():
            return {name: answer}
        case other:
            return {name: other}


def _marks(name: str, options: list[str], chosen: tuple[str, ...]) -> dict[str, Value]:
    """Yes or no for each option; places where they are chosen in another order."""
    usual = [each for each in options if each in chosen] == list(chosen)
    return {
        f"{name}.{each}": (each in chosen)
        if usual or each not in chosen
        else chosen.index(each) + 1
        for each in options
    }


def not_representable(interview: Interview, *, longest: int | None = None) -> tuple[Problem, ...]:
    """
    What of an interview no cell can hold, or why it is none to write at all.

    *longest* is how many characters (UTF-16) a cell takes, where there is a limit.
    """
    found = list(check_interview(interview))
    for pointer in interview.extensions:
        message = "a note under a name that begins with x- has no cell"
        found.append(Problem("ECEI432", pointer, message, at_name=True))
    for pointer, count in (
        ("/conducted/experts", len(interview.conducted.experts)),
        ("/improvements", len(interview.improvements)),
        ("/history", len(interview.history)),
    ):
        if count > MOST:
            message = f"there are cells for {MOST:,} of them, and not for {count:,}"
            found.append(Problem("ECEI432", pointer, message))
    if interview.schema == "":
        found.append(Problem("ECEI432", "/$schema", "an empty text has no cell"))
    if found or longest is None:
        return tuple(found)
    for name, value in cell_values(interview).items():
        length = len(escaped(text_of(value)).encode("utf-16-le")) // 2
        if length > longest:
            where = "/" + name.replace(".", "/")
            message = f"a cell takes {longest:,} characters, and this has {length:,}"
            found.append(Problem("ECEI432", where, message))
    return tuple(found)
