"""Builds an interview from named cells."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, assert_never

from attrs import frozen

from ecei_rules._files import read_interview
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.diagnostics.phrasing import near, value_text
from ecei_rules.diagnostics.problem import MAX_PROBLEMS, TOO_MANY, Problem
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Catalogue,
    Choice,
    Choices,
    Count,
    Indicator,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.rulesets.editions import Edition
from ecei_rules.spreadsheets.cell_hints import hint_for
from ecei_rules.spreadsheets.cell_names import (
    CLUSTER_CELLS,
    EXPERTS,
    HISTORY,
    IMPROVEMENTS,
    SCHEMA,
    all_cells,
    answer_cells,
    repeated_groups,
    repeated_name,
)
from ecei_rules.spreadsheets.cell_types import NONE, Value, expected_form, parse_cell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecei_rules.interviews.catalogue import Fact
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.spreadsheets.cell_names import CellSpec
    from ecei_rules.spreadsheets.cell_types import CellKind

#: Valid values in place of required ones that are missing or refused, so that the rest
#: can be checked all the same; an interview that holds one is never returned.
_PLACEHOLDERS = {"cluster.name": "-", "cluster.country": "XX", "conducted.on": "2000-01-01"}


@frozen
class CellPlace:
    """The place of a cell: `Structure!E7`, or the name of a column with the line of the row."""

    where: str
    line: int | None = None

    def problem(self, code: str, message: str, hint: str | None = None) -> Problem:
        """Return a problem at this cell."""
        column = None if self.line is None else 1
        return Problem(code, self.where, message, hint, line=self.line, column=column)


@frozen
class NamedCell:
    """
    The value of a cell and its name; an empty cell has none (docs/semantics.md, 2.1).

    *refused* is the problem of a cell whose content cannot be a value, such as a formula.
    """

    name: str
    value: Value | None
    place: CellPlace
    refused: Problem | None = None


def assemble(
    cells: Iterable[NamedCell],
    catalogue: Catalogue,
    *,
    name: str,
    whole: CellPlace,
) -> Interview:
    """
    Build the interview that named cells hold.

    Every cell is read, and the readable ones are checked against the catalogue even if
    others are refused, so that all problems are found at once. *whole* is the place of
    problems that concern no cell in particular.

    Raises:
        InvalidDocument: with the problems, each at its cell.
    """
    assembly = _Assembly(catalogue, whole)
    for cell in cells:
        assembly.add(cell)
    members = assembly.members()
    try:
        interview = read_interview(canonical(members), edition=Edition([catalogue]), name=name)
    except InvalidDocument as error:
        assembly.problems += [assembly.at_cell(each) for each in error.problems]
    else:
        if not assembly.problems:
            return interview
    raise invalid_document(name, assembly.in_order())


@lru_cache(maxsize=8)
def _specs(
    catalogue: Catalogue,
) -> tuple[Mapping[str, CellKind], Mapping[str, Mapping[str, CellSpec]]]:
    """Return the kind of each cell, and the cells of an expert, improvement or event."""
    kinds = {spec.name: spec.kind for spec in all_cells(catalogue)}
    groups = repeated_groups(catalogue)
    return kinds, {name: {each.name: each for each in group} for name, group in groups.items()}


def find_catalogue(reference: str, edition: Edition, place: CellPlace, name: str) -> Catalogue:
    """
    Find the catalogue that a workbook or a row names, as `benchmarking@2019-11`.

    Raises:
        InvalidDocument: it names no catalogue, or an unknown one.
    """
    known = {each.reference: each for each in edition.catalogues}
    if reference in known:
        return known[reference]
    if not reference:
        problem = place.problem(
            "ECEI425", "no catalogue is named", "for example benchmarking@2019-11"
        )
    else:
        message = f"there is no catalogue edition {value_text(reference)}"
        hint = near(reference, known) or f"known: {', '.join(known)}"
        problem = place.problem("ECEI301", message, hint)
    raise InvalidDocument(name, [problem])


def invalid_document(name: str, problems: Iterable[Problem]) -> InvalidDocument:
    """Return the error with the distinct problems; at most `MAX_PROBLEMS` are listed."""
    distinct = list(dict.fromkeys(problems))
    more = [TOO_MANY] if len(distinct) > MAX_PROBLEMS else []
    return InvalidDocument(name, [*more, *distinct[:MAX_PROBLEMS]])


class _Assembly:
    """The values that were read so far, by name, and the places of their cells."""

    def __init__(self, catalogue: Catalogue, whole: CellPlace) -> None:
        self.catalogue = catalogue
        self.whole = whole
        self.problems: list[Problem] = []
        self.kinds, self.groups = _specs(catalogue)
        self.cells: dict[str, NamedCell] = {}
        self.values: dict[str, Any] = {}
        self.bad: set[str] = set()
        self.numbers: dict[str, set[int]] = {name: set() for name in self.groups}
        self.places: dict[str, CellPlace] = {}
        self.order: dict[CellPlace, int] = {whole: -1}

    def add(self, cell: NamedCell) -> None:
        """Read one cell, and note its problems."""
        self.order.setdefault(cell.place, len(self.order))
        kind = self._kind(cell.name)
        if cell.refused is not None:
            self.bad.add(cell.name)
            self.problems.append(cell.refused)
        if kind is None:
            if cell.value is not None:
                self.problems.append(self._unexpected(cell, cell.value))
            return
        if cell.name in self.cells:
            if cell.value is not None:
                message = f'another cell holds "{cell.name}" already'
                self.problems.append(cell.place.problem("ECEI427", message))
            return
        self.cells[cell.name] = cell
        if cell.value is None:
            return
        value = parse_cell(kind, cell.value)
        if value is None:
            self.bad.add(cell.name)
            message = f"expected {expected_form(kind)}, found {_shown(cell.value)}"
            few = len(self.problems) < MAX_PROBLEMS
            hint = hint_for(kind, cell.value) if few else None
            self.problems.append(cell.place.problem("ECEI428", message, hint))
        else:
            self.values[cell.name] = value
        repeated = repeated_name(cell.name)
        if repeated is not None:
            self.numbers[repeated[0]].add(repeated[1])

    def _unexpected(self, cell: NamedCell, value: Value) -> Problem:
        """Return the problem of a cell that takes no answer (docs/semantics.md, 3.1)."""
        indicator = cell.name.removesuffix(".not_applicable").removeprefix("answers.")
        if cell.name.endswith(".not_applicable") and indicator in self.catalogue.asked:
            message = f'"{indicator}" cannot be marked as not applicable'
            hint = "leave the cell empty if there is no answer"
            return cell.place.problem("ECEI307", message, hint)
        nameless = not cell.name and cell.place.line is not None
        advice = "its column has no name; name it x-index to have it ignored" if nameless else None
        message = f"this cell takes no answer, found {_shown(value)}"
        return cell.place.problem("ECEI426", message, advice)

    def _kind(self, name: str) -> CellKind | None:
        repeated = repeated_name(name)
        if repeated is None:
            return self.kinds.get(name)
        group, _, member = repeated
        spec = self.groups[group].get(member)
        return spec.kind if spec else None

    def members(self) -> dict[str, Any]:
        """Return the members of the interview, without or with placeholders for bad values."""
        self._is_complete(CLUSTER_CELLS, "")
        cluster: dict[str, Any] = {}
        conducted: dict[str, Any] = {}
        for spec in CLUSTER_CELLS:
            holder, _, member = spec.name.partition(".")
            value = _json(self.values.get(spec.name, _PLACEHOLDERS.get(spec.name)))
            if value is not None:
                (cluster if holder == "cluster" else conducted)[member] = value
            self._note_place(f"/{holder}/{member}", spec.name)
        experts = self._items(EXPERTS, "/conducted/experts")
        schema = self.values.get(SCHEMA)
        return {
            **({} if schema is None else {"$schema": schema}),
            "format": "ecei-interview/1",
            "catalogue": {"id": self.catalogue.id, "version": self.catalogue.version},
            "cluster": cluster,
            "conducted": {**conducted, **({"experts": experts} if experts else {})},
            "facts": self._answers(self.catalogue.facts_asked.values(), "facts"),
            "answers": self._answers(self.catalogue.asked.values(), "answers"),
            "improvements": self._items(IMPROVEMENTS, "/improvements"),
            "history": self._items(HISTORY, "/history"),
            "remarks": self._remarks(),
        }

    def _is_complete(self, group: Iterable[CellSpec], prefix: str) -> bool:
        """Return whether no required cell of a group is empty; those that are become problems."""
        complete = True
        for spec in group:
            name = prefix + spec.name
            if spec.required and name not in self.values and name not in self.bad:
                complete = False
                place = self.cells[name].place if name in self.cells else self.whole
                message = f"{spec.title} ({name}) is needed"
                self.problems.append(place.problem("ECEI429", message))
        return complete

    def _items(self, name: str, pointer: str) -> list[dict[str, Any]]:
        """Return experts, improvements or events without those that have a problem."""
        items: list[dict[str, Any]] = []
        group = self.groups[name]
        for number in sorted(self.numbers[name]):
            prefix = f"{name}.{number}."
            complete = self._is_complete(group.values(), prefix) and self._ends(name, prefix)
            if not complete or any(prefix + member in self.bad for member in group):
                continue
            for member in group:
                self._note_place(f"{pointer}/{len(items)}/{member}", prefix + member)
            values = {member: _json(self.values.get(prefix + member)) for member in group}
            items.append({member: value for member, value in values.items() if value is not None})
        return items

    def _ends(self, name: str, prefix: str) -> bool:
        """Return whether an event has a last day if, and only if, it is an award."""
        last_day = prefix + "valid_until"
        if name != HISTORY or last_day in self.bad:
            return True
        event, until = self.values.get(prefix + "event"), self.values.get(last_day)
        if event is None or (event == "awarded") is (until is not None):
            return True
        cell = self.cells.get(last_day) or self.cells[prefix + "event"]
        code, message = "ECEI429", f"Valid until ({last_day}) is needed for an award"
        if until is not None:
            code, message = "ECEI426", "only an award has a last day of validity"
        self.problems.append(cell.place.problem(code, message))
        return False

    def _answers(self, entries: Iterable[Indicator | Fact], holder: str) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for entry in entries:
            name, pointer = f"{holder}.{entry.id}", f"/{holder}/{entry.id}"
            cells = [spec.name for spec in answer_cells(entry)]
            for cell in cells:
                option = cell[len(name) + 1 :]
                self._note_place(f"{pointer}/{option}" if option else pointer, cell)
            reason = f"{name}.not_applicable"
            wrong = bool(self.bad.intersection([*cells, reason]))
            answer = self._answer(entry, name, [cell for cell in cells if cell in self.values])
            if reason in self.values and answer is not None:
                message = f"{entry.title} is answered, and marked as not applicable"
                place = self.cells[reason].place
                self.problems.append(place.problem("ECEI430", message))
            elif reason in self.values:
                answers[entry.id] = {"not_applicable": self.values[reason]}
            elif answer is not None and not wrong:
                answers[entry.id] = answer
        return answers

    def _answer(self, entry: Indicator | Fact, name: str, cells: list[str]) -> Any:
        if not cells:
            return None
        by_option = {cell[len(name) + 1 :]: self.values[cell] for cell in cells}
        match entry.answer:
            case Breakdown():
                # an option with an empty cell is left out and counts 0 (docs/semantics.md, 2.5)
                return {option: n for option, n in by_option.items() if n != NONE}
            case Choices():
                return sorted(filter(by_option.get, by_option), key=by_option.__getitem__)
            case Count() | Number() | Share() | YesNo() | Choice() | Year():
                return _json(self.values[name])
            case unreachable:
                assert_never(unreachable)

    def _remarks(self) -> dict[str, Any]:
        remarks = {}
        for entry in (*self.catalogue.facts_asked, *self.catalogue.asked):
            name = f"remarks.{entry}"
            if name in self.values:
                remarks[entry] = self.values[name]
            self._note_place(f"/remarks/{entry}", name)
        return remarks

    def _note_place(self, pointer: str, name: str) -> None:
        """Note the cell of a value; the values around it get the place of their first cell."""
        cell = self.cells.get(name)
        if cell is None:
            return
        while pointer:
            self.places.setdefault(pointer, cell.place)
            pointer = pointer.rpartition("/")[0]

    def at_cell(self, problem: Problem) -> Problem:
        """Return a problem of the interview at the cell that causes it."""
        place = self.places.get(problem.where, self.whole)
        return place.problem(problem.code, problem.message, problem.hint)

    def in_order(self) -> list[Problem]:
        """Return the problems in the order of their cells."""
        order = {(place.where, place.line): index for place, index in self.order.items()}
        return sorted(self.problems, key=lambda each: order.get((each.where, each.line), -1))


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _shown(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else value_text(value)
