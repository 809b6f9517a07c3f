"""The named cells of an interview."""

from __future__ import annotations

import re
from decimal import Decimal
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
from ecei_rules.interviews.interview import MODES, check_interview
from ecei_rules.interviews.portfolios import PORTFOLIOS
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.wording import mode_text
from ecei_rules.spreadsheets.cell_types import (
    NONE,
    CellKind,
    Checkbox,
    Day,
    FreeText,
    ListChoice,
    OptionCount,
    escape_text,
    one_of,
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
    """One cell: its name, its title, the kind of its values, and whether it may stay empty."""

    name: str
    title: str
    kind: CellKind
    required: bool = False


_PORTFOLIO = FreeText(suggested=PORTFOLIOS)
_COUNTRY = FreeText(form="a country code such as IT (ISO 3166-1 alpha-2)", pattern="[A-Z]{2}")
_WEBSITE = FreeText(
    form="a web address that begins with http:// or https://", pattern=r"https?://[\s\S]*"
)
_MODE = one_of((mode, Text({"en": mode_text(mode)})) for mode in MODES)
_LABEL = ListChoice(
    FrozenMap((label, label) for label in LABELS),
    FrozenMap((label, Text({"en": label.capitalize()})) for label in LABELS),
)
_EVENT = one_of((event, Text({"en": event})) for event in ("benchmarked", "awarded"))

#: There are names for so many improvements or events.
MAX_ITEMS = 9999

CATALOGUE, SCHEMA = "catalogue", "schema"
CLUSTER_CELLS = (
    CellSpec("cluster.name", "Name of the cluster", FreeText(), required=True),
    CellSpec("cluster.country", "Country", _COUNTRY, required=True),
    CellSpec("cluster.website", "Website", _WEBSITE),
    CellSpec("cluster.comparative_portfolio", "Comparative portfolio", _PORTFOLIO),
    CellSpec("conducted.on", "Day of the interview", Day(), required=True),
    CellSpec("conducted.mode", "Mode", _MODE),
)
EVENT_CELLS = (
    CellSpec("label", "Label", _LABEL, required=True),
    CellSpec("event", "Event", _EVENT, required=True),
    CellSpec("on", "On", Day(), required=True),
    CellSpec("valid_until", "Valid until", Day()),
)
EXPERTS, HISTORY, IMPROVEMENTS = "conducted.experts", "history", "improvements"
_NUMBERED = re.compile(
    rf"({re.escape(EXPERTS)}|{IMPROVEMENTS}|{HISTORY})\.([1-9][0-9]{{0,3}})\.([a-z_]+)"
)


def expert_cells(catalogue: Catalogue) -> tuple[CellSpec, ...]:
    """Return the cells of one expert; the roles are those of the catalogue."""
    roles = one_of((each.id, each.title) for each in catalogue.roles)
    return (
        CellSpec("role", "Role", roles, required=True),
        CellSpec("name", "Name", FreeText()),
        CellSpec("impartial", "Declared to be impartial", YesNo()),
    )


def improvement_cells(catalogue: Catalogue) -> tuple[CellSpec, ...]:
    """Return the cells of one improvement; its indicator is one of the catalogue."""
    indicators = one_of((each.id, each.title) for each in catalogue.asked.values())
    return (
        CellSpec("indicator", "Indicator", indicators, required=True),
        CellSpec("description", "What was improved", FreeText(), required=True),
        CellSpec("effect", "Effect", FreeText()),
        CellSpec("confirmed", "Confirmed", YesNo()),
    )


def repeated_name(name: str) -> tuple[str, int, str] | None:
    """
    Split the name of a cell of an expert, improvement or event: group, number and member.

    >>> repeated_name("conducted.experts.2.role"), repeated_name("history.0.on")
    (('conducted.experts', 2, 'role'), None)
    """
    match = _NUMBERED.fullmatch(name)
    return (match[1], int(match[2]), match[3]) if match else None


def repeated_groups(catalogue: Catalogue) -> dict[str, tuple[CellSpec, ...]]:
    """Return the cells of one expert, improvement and event, by the beginnings of their names."""
    return {
        EXPERTS: expert_cells(catalogue),
        IMPROVEMENTS: improvement_cells(catalogue),
        HISTORY: EVENT_CELLS,
    }


def answer_name(entry: Indicator | Fact) -> str:
    """Return the name of the answer to an indicator or a fact, with which its cells begin."""
    return f"{'answers' if isinstance(entry, Indicator) else 'facts'}.{entry.id}"


def answer_cells(entry: Indicator | Fact) -> tuple[CellSpec, ...]:
    """
    Return the cells for the answer to an indicator or a fact.

    There is one cell, or one for each option where several options may be answered.
    """
    name, title = answer_name(entry), str(entry.title)
    match entry.answer:
        case Count() | Number() | Share() | YesNo() | Year():
            return (CellSpec(name, title, entry.answer),)
        case Choice(options=options):
            titles = one_of((each.id, each.title) for each in options)
            return (CellSpec(name, title, titles),)
        case Choices(options=options):
            return _option_cells(name, options, Checkbox(len(options)))
        case Breakdown(options=options, unit=unit, maximum=maximum):
            return _option_cells(name, options, OptionCount(Count(unit=unit, maximum=maximum)))
        case unreachable:
            assert_never(unreachable)


def _option_cells(name: str, options: Iterable[Option], kind: CellKind) -> tuple[CellSpec, ...]:
    return tuple(CellSpec(f"{name}.{each.id}", str(each.title), kind) for each in options)


def all_cells(
    catalogue: Catalogue, *, experts: int = 1, improvements: int = 1, events: int = 1
) -> Iterator[CellSpec]:
    """Yield every cell of an interview in order, for so many experts, improvements and events."""
    yield CellSpec(CATALOGUE, "Catalogue", FreeText(), required=True)
    yield CellSpec(SCHEMA, "Schema", FreeText())
    yield from CLUSTER_CELLS
    numbers = {EXPERTS: experts, IMPROVEMENTS: improvements, HISTORY: events}
    entries: list[Fact | Indicator] = [*catalogue.facts_asked.values(), *catalogue.asked.values()]
    groups = repeated_groups(catalogue)
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
        for spec in group:
            yield CellSpec(f"{name}.{number}.{spec.name}", spec.title, spec.kind)


def cell_values(interview: Interview) -> dict[str, Value]:
    """
    Return the values of the cells of an interview by their names, without empty cells.

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
    values: dict[str, Value | None] = {
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
        (EXPERTS, expert_cells(interview.catalogue), conducted.experts or ()),
        (IMPROVEMENTS, improvement_cells(interview.catalogue), interview.improvements),
        (HISTORY, EVENT_CELLS, interview.history),
    ):
        for number, item in enumerate(items, 1):
            for spec in group:
                values[f"{prefix}.{number}.{spec.name}"] = getattr(item, spec.name)
    for name, answer in interview.facts.items():
        values |= _answer(f"facts.{name}", interview.catalogue.facts_asked[name], answer)
    for name, answer in interview.answers.items():
        values |= _answer(f"answers.{name}", interview.catalogue.asked[name], answer)
    for name, remark in interview.remarks.items():
        values[f"remarks.{name}"] = remark
    return {name: value for name, value in values.items() if value is not None}


def _answer(name: str, entry: Fact | Indicator, answer: Answer) -> dict[str, Value]:
    match answer:
        case NotApplicable(reason=reason):
            return {f"{name}.not_applicable": reason}
        case tuple():
            return _checked(name, _options(entry), answer)
        case FrozenMap():
            counts: dict[str, Value] = {f"{name}.{each}": count for each, count in answer.items()}
            # leaving out every option is an answer too: the first cell says so
            return counts or {f"{name}.{_options(entry)[0]}": NONE}
        case bool() | int() | Decimal() | str():
            return {name: answer}
        case unreachable:
            assert_never(unreachable)


def _options(entry: Fact | Indicator) -> list[str]:
    return [spec.name.rpartition(".")[2] for spec in answer_cells(entry)]


def _checked(name: str, options: list[str], chosen: tuple[str, ...]) -> dict[str, Value]:
    """Return yes or no for each option, or its place if they were chosen in another order."""
    usual = [each for each in options if each in chosen] == list(chosen)
    return {
        f"{name}.{option}": (option in chosen)
        if usual or option not in chosen
        else chosen.index(option) + 1
        for option in options
    }


def not_representable(interview: Interview, *, longest: int | None = None) -> tuple[Problem, ...]:
    """
    Return the problems of writing an interview to cells; its own problems are among them.

    *longest* is the greatest number of characters (UTF-16) in a cell, where there is a limit.
    """
    problems = list(check_interview(interview))
    for pointer in interview.extensions:
        message = "a note under a name that begins with x- has no cell"
        problems.append(Problem("ECEI432", pointer, message, at_name=True))
    for pointer, count in (
        ("/improvements", len(interview.improvements)),
        ("/history", len(interview.history)),
    ):
        if count > MAX_ITEMS:
            message = f"there are cells for {MAX_ITEMS:,} of them, not for {count:,}"
            problems.append(Problem("ECEI432", pointer, message))
    if interview.conducted.experts == ():
        message, hint = "there is no cell for a list without experts", "leave it out, or name one"
        problems.append(Problem("ECEI432", "/conducted/experts", message, hint))
    if interview.schema == "":
        problems.append(Problem("ECEI432", "/$schema", "no cell can hold an empty text"))
    if problems or longest is None:
        return tuple(problems)
    for name, value in cell_values(interview).items():
        length = len(escape_text(text_of(value)).encode("utf-16-le")) // 2
        if length > longest:
            where = "/" + name.replace(".", "/")
            message = f"a cell holds {longest:,} characters, this text has {length:,}"
            problems.append(Problem("ECEI432", where, message))
    return tuple(problems)
