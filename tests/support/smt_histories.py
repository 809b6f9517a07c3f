"""The events of a label before a day, as variables of the solver z3."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import z3
from attrs import frozen

from ecei_rules.rulesets.criteria import Earlier, EveryRequirement, Requirement, SomeRequirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecei_rules.rulesets.ruleset import Ruleset

#: Where the year, the month and the day stand in the bits of a day, so that the later of
#: two days is the larger number.
_YEAR, _MONTH, _DAY = (20, 9), (8, 5), (4, 0)
_BITS = 21
_YEARS = range(1900, 3000)


def simple(requirement: Requirement) -> Iterator[Requirement]:
    """Yield the requirements that a combination is made of."""
    match requirement:
        case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
            for part in parts:
                yield from simple(part)
        case _:
            yield requirement


@frozen
class Event:
    """One possible event on a day."""

    happened: z3.BoolRef
    day: z3.BitVecRef


@frozen
class Stream:
    """
    The events of one label and kind before the day of the interview.

    There are as many as the requirements need, one or two each. More would change nothing:
    from any history the events that meet the requirements can be kept, and fewer meet no
    more. Two may be on one day, and are then one.
    """

    events: tuple[Event, ...]
    on: date

    def valid(self) -> list[z3.BoolRef]:
        """Return formulas: the days exist, and are before the interview's."""
        days = [one.day for one in self.events]
        return [
            *(_exists(day) for day in days),
            *(z3.ULT(day, _constant(self.on)) for day in days),
        ]

    def fits(self, earlier: Earlier) -> z3.BoolRef:
        """
        Return whether some event, or some pair, satisfies a requirement:
        docs/semantics.md, 2.12.
        """
        ends = self.events
        if not earlier.repeated:
            ends = (Event(z3.BoolVal(val=True), _constant(self.on)),)
        return z3.Or(
            [
                z3.And(one.happened, end.happened, _apart(one.day, end.day, earlier))
                for one in self.events
                for end in ends
            ]
        )

    def days(self, model: z3.ModelRef) -> frozenset[date]:
        """Return the days of the events in a model."""
        happened = (one.day for one in self.events if z3.is_true(_value(model, one.happened)))
        found = [_value(model, day).as_long() for day in happened]
        return frozenset(
            date(each >> _YEAR[1], each >> _MONTH[1] & 15, each & 31) for each in found
        )

    def only(self, days: Iterable[date]) -> list[z3.BoolRef]:
        """Return a formula: there are events on these days, and on no others."""
        left = [*days]
        assert len(left) <= len(self.events), "there is an event for each of the days"
        return [
            *(one.day == _constant(day) for one, day in zip(self.events, left, strict=False)),
            *(one.happened == (number < len(left)) for number, one in enumerate(self.events)),
        ]


def classes(
    sought: Sequence[Earlier], on: date
) -> Iterator[tuple[tuple[Earlier, ...], frozenset[date]]]:
    """
    Return the sets of requirements of one stream that a history can meet together, with its
    days.
    """
    for chosen in product((False, True), repeat=len(sought)):
        met = [one for one, each in zip(sought, chosen, strict=True) if each]
        events = [[_event(f"{n}/{k}") for k in range(_needs(one))] for n, one in enumerate(met)]
        stream = Stream(tuple(event for each in events for event in each), on)
        # finite domains: bits and nothing else, which this solver is quick at
        solver = z3.SolverFor("QF_FD")
        solver.add(stream.valid())
        solver.add([one.happened for one in stream.events])
        for one, (first, *second) in zip(met, events, strict=True):
            end = second[0].day if second else _constant(on)
            solver.add(_apart(first.day, end, one))
        solver.add([z3.Not(stream.fits(one)) for one in sought if one not in met])
        found = solver.check()
        assert found != z3.unknown, solver.reason_unknown()
        if found == z3.sat:
            yield tuple(met), stream.days(solver.model())


def streams(rulesets: Iterable[Ruleset], on: date, least: int = 0) -> dict[tuple[str, str], Stream]:
    """Return the events that the rulesets require, by label and kind, at least a number of each."""
    every = (c.requirement for ruleset in rulesets for c in ruleset.criteria)
    asked = (each for one in every for each in simple(one) if isinstance(each, Earlier))
    needed: dict[tuple[str, str], int] = {}
    for one in dict.fromkeys(asked):
        key = one.label, one.event
        needed[key] = needed.get(key, 0) + _needs(one)
    return {
        key: Stream(tuple(_event(f"{key}/{n}") for n in range(max(count, least))), on)
        for key, count in needed.items()
    }


def _needs(earlier: Earlier) -> int:
    return 2 if earlier.repeated else 1


def _event(name: str) -> Event:
    return Event(z3.Bool(f"{name}/happened"), z3.BitVec(f"{name}/day", _BITS))


def _value(model: z3.ModelRef, variable: z3.ExprRef) -> Any:
    return model.eval(variable, model_completion=True)


def _constant(on: date) -> z3.BitVecRef:
    return z3.BitVecVal((on.year << _YEAR[1]) + (on.month << _MONTH[1]) + on.day, _BITS)


def _fields(day: z3.BitVecRef) -> tuple[z3.BitVecRef, z3.BitVecRef, z3.BitVecRef]:
    return z3.Extract(*_YEAR, day), z3.Extract(*_MONTH, day), z3.Extract(*_DAY, day)


def _exists(on: z3.BitVecRef) -> z3.BoolRef:
    year, month, day = _fields(on)
    return z3.And(
        z3.UGE(year, _YEARS[0]),
        z3.ULE(year, _YEARS[-1]),
        z3.UGE(month, 1),
        z3.ULE(month, 12),
        z3.UGE(day, 1),
        z3.ULE(day, _length(year, month)),
    )


def _apart(start: z3.BitVecRef, end: z3.BitVecRef, earlier: Earlier) -> z3.BoolRef:
    """Return whether one day is before another, by the required number of months."""
    found = [z3.ULT(start, end)]
    if earlier.at_least_months is not None:
        found.append(z3.ULE(_later(start, earlier.at_least_months), end))
    if earlier.at_most_months is not None:
        found.append(z3.ULE(end, _later(start, earlier.at_most_months)))
    return z3.And(found)


def _later(on: z3.BitVecRef, months: int) -> z3.BitVecRef:
    """Return the same day some months later, or the last of its month: docs/semantics.md, 6.3."""
    year, month, day = _fields(on)
    years, left = divmod(months, 12)
    carries = z3.UGT(month, 12 - left)
    year = year + years + z3.If(carries, z3.BitVecVal(1, 12), z3.BitVecVal(0, 12))
    month = month + left - z3.If(carries, z3.BitVecVal(12, 4), z3.BitVecVal(0, 4))
    last = _length(year, month)
    return z3.Concat(year, month, z3.If(z3.UGT(day, last), last, day))


def _length(year: z3.BitVecRef, month: z3.BitVecRef) -> z3.BitVecRef:
    days = [z3.BitVecVal(each, 5) for each in (28, 29, 30, 31)]
    common = [each for each in _YEARS if each % 100 == 0 and each % 400]
    leap = z3.And(z3.Extract(1, 0, year) == 0, *(year != each for each in common))
    short = z3.Or([month == each for each in (4, 6, 9, 11)])
    return z3.If(month == 2, z3.If(leap, days[1], days[0]), z3.If(short, days[2], days[3]))
