"""An interview from cells with names."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from attrs import frozen

from ecei_rules._files import read_interview
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.diagnostics.phrasing import near, value_text
from ecei_rules.diagnostics.problem import MAX_PROBLEMS, TOO_MANY, Problem
from ecei_rules.interviews.catalogue import Breakdown, Catalogue, Choices, Indicator
from ecei_rules.rulesets.editions import Edition
from ecei_rules.spreadsheets.cell_names import (
    CLUSTER,
    EXPERTS,
    HISTORY,
    IMPROVEMENTS,
    SCHEMA,
    all_cells,
    answer_cells,
    numbered,
    repeated,
)
from ecei_rules.spreadsheets.cell_types import NONE, Value, expected_form, hint_for, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecei_rules.interviews.catalogue import Fact
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.spreadsheets.cell_names import CellSpec
    from ecei_rules.spreadsheets.cell_types import CellKind


@frozen
class CellPlace:
    """Where a cell stands: as `Structure!E7`, or the name of a column with its line."""

    where: str
    line: int | None = None

    def problem(self, code: str, message: str, hint: str | None = None) -> Problem:
        """The problem of this cell."""
        column = None if self.line is None else 1
        return Problem(code, self.where, message, hint, line=self.line, column=column)


@frozen
class NamedCell:
    """
    What stands in the cell of a name; *value* is none where it is empty.

    *refused* says why what stands there has no value.
    """

    name: str
    value: Value | None
    place: CellPlace
    refused: Problem | None = None


def assemble(
    entries: Iterable[NamedCell],
    catalogue: Catalogue,
    *,
    name: str,
    whole: CellPlace,
) -> Interview:
    """
    The interview that cells with names hold.

    Every cell is looked at, and what can be read is held against the catalogue even if
    something else cannot, so that all problems are found at once. *whole* is the place of
    what no cell is to blame for.

    Raises:
        InvalidDocument: with the problems, each at its cell.
    """
    gathering = _Gathering(catalogue, whole)
    for entry in entries:
        gathering.take(entry)
    members = gathering.members()
    try:
        found = read_interview(canonical(members), edition=Edition([catalogue]), name=name)
    except InvalidDocument as error:
        gathering.problems += [gathering.placed(each) for each in error.problems]
    else:
        if not gathering.problems:
            return found
    raise refused(name, gathering.in_order())


@lru_cache(maxsize=8)
def _forms(
    catalogue: Catalogue,
) -> tuple[Mapping[str, CellKind], Mapping[str, Mapping[str, CellSpec]]]:
    """What each cell may hold, and what is asked of each expert, improvement and event."""
    groups = {
        name: {each.name: each for each in group} for name, group in repeated(catalogue).items()
    }
    return {each.name: each.kind for each in all_cells(catalogue)}, groups


def named(reference: str, edition: Edition, place: CellPlace, name: str) -> Catalogue:
    """
    The catalogue that a workbook or a row names, as `benchmarking@2019-11`.

    Raises:
        InvalidDocument: it names none, or one that is not known.
    """
    known = {each.reference: each for each in edition.catalogues}
    if reference in known:
        return known[reference]
    if not reference:
        problem = place.problem("ECEI425", "no catalogue is named", "as benchmarking@2019-11")
    else:
        message = f"there is no catalogue edition {value_text(reference)}"
        hint = near(reference, known) or f"known: {', '.join(known)}"
        problem = place.problem("ECEI301", message, hint)
    raise InvalidDocument(name, [problem])


def refused(name: str, problems: Iterable[Problem]) -> InvalidDocument:
    """The error for problems, of which there may be too many to list."""
    found = list(dict.fromkeys(problems))
    more = [TOO_MANY] if len(found) > MAX_PROBLEMS else []
    return InvalidDocument(name, [*more, *found[:MAX_PROBLEMS]])


class _Gathering:
    """What was read so far, and where it stood."""

    def __init__(self, catalogue: Catalogue, whole: CellPlace) -> None:
        self.catalogue = catalogue
        self.whole = whole
        self.problems: list[Problem] = []
        self.kinds, self.groups = _forms(catalogue)
        self.entries: dict[str, NamedCell] = {}
        self.read: dict[str, Any] = {}
        self.bad: set[str] = set()
        self.numbers: dict[str, set[int]] = {name: set() for name in self.groups}
        self.pointers: dict[str, CellPlace] = {}
        self.order: dict[CellPlace, int] = {whole: -1}

    def take(self, entry: NamedCell) -> None:
        """Read one cell, and say what is wrong with it."""
        self.order.setdefault(entry.place, len(self.order))
        kind = self._kind(entry.name)
        if entry.refused is not None:
            self.bad.add(entry.name)
            self.problems.append(entry.refused)
        if kind is None:
            if entry.value is not None:
                self.problems.append(self._unasked(entry, entry.value))
            return
        if entry.name in self.entries:
            if entry.value is not None:
                message = f'another cell is for "{entry.name}" already'
                self.problems.append(entry.place.problem("ECEI427", message))
            return
        self.entries[entry.name] = entry
        if entry.value is None:
            return
        value = parse(kind, entry.value)
        if value is None:
            self.bad.add(entry.name)
            message = f"expected {expected_form(kind)}, found {_found(entry.value)}"
            few = len(self.problems) < MAX_PROBLEMS
            hint = hint_for(kind, entry.value) if few else None
            self.problems.append(entry.place.problem("ECEI428", message, hint))
        else:
            self.read[entry.name] = value
        place = numbered(entry.name)
        if place is not None:
            self.numbers[place[0]].add(place[1])

    def _unasked(self, entry: NamedCell, value: Value) -> Problem:
        about = entry.name.removesuffix(".not_applicable").removeprefix("answers.")
        if entry.name.endswith(".not_applicable") and about in self.catalogue.asked:
            message = f'"{about}" cannot be marked as not applicable'
            return entry.place.problem("ECEI307", message, "leave it empty if there is no answer")
        return entry.place.problem("ECEI426", f"nothing is asked here, found {_found(value)}")

    def _kind(self, name: str) -> CellKind | None:
        place = numbered(name)
        if place is None:
            return self.kinds.get(name)
        asked = self.groups[place[0]].get(place[2])
        return asked.kind if asked else None

    def members(self) -> dict[str, Any]:
        """The members of the interview; what is wrong is left out or stood in for."""
        stated = {each.name: self._member(each) for each in CLUSTER}
        self._needed(CLUSTER, "")
        stood_in = {"cluster.name": "-", "cluster.country": "XX", "conducted.on": "2000-01-01"}
        cluster: dict[str, Any] = {}
        conducted: dict[str, Any] = {}
        for name, value in stated.items():
            holder, _, member = name.partition(".")
            found = stood_in.get(name) if value is None else value
            if found is not None:
                (cluster if holder == "cluster" else conducted)[member] = found
            self._point(f"/{holder}/{member}", name)
        experts = self._items(EXPERTS, "/conducted/experts")
        schema = self.read.get(SCHEMA)
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

    def _member(self, asked: CellSpec, prefix: str = "") -> Any:
        return _json(self.read.get(prefix + asked.name))

    def _needed(self, group: Iterable[CellSpec], prefix: str) -> bool:
        """Whether all is there that cannot be left empty."""
        complete = True
        for each in group:
            name = prefix + each.name
            if each.needed and name not in self.read and name not in self.bad:
                complete = False
                place = self.entries[name].place if name in self.entries else self.whole
                message = f"{each.title} ({name}) is needed"
                self.problems.append(place.problem("ECEI429", message))
        return complete

    def _items(self, name: str, pointer: str) -> list[dict[str, Any]]:
        """Experts, improvements or events; one with a problem is left out."""
        items: list[dict[str, Any]] = []
        group = self.groups[name]
        for number in sorted(self.numbers[name]):
            prefix = f"{name}.{number}."
            complete = self._needed(group.values(), prefix) and self._ends(name, prefix)
            if not complete or any(prefix + each in self.bad for each in group):
                continue
            for each in group:
                self._point(f"{pointer}/{len(items)}/{each}", prefix + each)
            found = {each: self._member(asked, prefix) for each, asked in group.items()}
            items.append({each: value for each, value in found.items() if value is not None})
        return items

    def _ends(self, name: str, prefix: str) -> bool:
        """Whether a last day stands with an award, and with nothing else."""
        if name != HISTORY or prefix + "valid_until" in self.bad:
            return True
        event, until = self.read.get(prefix + "event"), self.read.get(prefix + "valid_until")
        if event is None or (event == "awarded") is (until is not None):
            return True
        at = prefix + "valid_until"
        entry = self.entries.get(at)
        place = entry.place if entry else self.entries[prefix + "event"].place
        code, message = ("ECEI429", f"Valid until ({at}) is needed of an award")
        if until is not None:
            code, message = "ECEI426", "only an award has a last day of validity"
        self.problems.append(place.problem(code, message))
        return False

    def _answers(self, entries: Iterable[Indicator | Fact], holder: str) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for entry in entries:
            name, pointer = f"{holder}.{entry.id}", f"/{holder}/{entry.id}"
            cells = [each.name for each in answer_cells(entry)]
            for each in cells:
                option = each[len(name) + 1 :]
                self._point(f"{pointer}/{option}" if option else pointer, each)
            reason = f"{name}.not_applicable"
            wrong = bool(self.bad.intersection([*cells, reason]))
            answer = self._answer(entry, name, [each for each in cells if each in self.read])
            if reason in self.read and answer is not None:
                message = f"{entry.title} is answered, and marked as not applicable"
                place = self.entries[reason].place
                self.problems.append(place.problem("ECEI430", message))
            elif reason in self.read:
                answers[entry.id] = {"not_applicable": self.read[reason]}
            elif answer is not None and not wrong:
                answers[entry.id] = answer
        return answers

    def _answer(self, entry: Indicator | Fact, name: str, cells: list[str]) -> Any:
        if not cells:
            return None
        by_option = {each[len(name) + 1 :]: self.read[each] for each in cells}
        match entry.answer:
            case Breakdown():
                return {option: n for option, n in by_option.items() if n != NONE}
            case Choices():
                return sorted(filter(by_option.get, by_option), key=by_option.__getitem__)
            case _:
                return _json(self.read[name])

    def _remarks(self) -> dict[str, Any]:
        found = {}
        for each in (*self.catalogue.facts_asked, *self.catalogue.asked):
            name = f"remarks.{each}"
            if name in self.read:
                found[each] = self.read[name]
            self._point(f"/remarks/{each}", name)
        return found

    def _point(self, pointer: str, name: str) -> None:
        """Remember where a value stood; for what holds it, its first cell stands."""
        entry = self.entries.get(name)
        if entry is None:
            return
        while pointer:
            self.pointers.setdefault(pointer, entry.place)
            pointer = pointer.rpartition("/")[0]

    def placed(self, problem: Problem) -> Problem:
        """A problem of the interview at the cell that it comes from."""
        place = self.pointers.get(problem.where, self.whole)
        return place.problem(problem.code, problem.message, problem.hint)

    def in_order(self) -> list[Problem]:
        """The problems, by where their cells stand."""
        order = {(place.where, place.line): index for place, index in self.order.items()}
        return sorted(self.problems, key=lambda each: order.get((each.where, each.line), -1))


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _found(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else value_text(value)
