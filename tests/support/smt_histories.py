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

#: The bits of the year, the month and the day in a day, so that the later of
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


#: A label, and a kind of its events.
Kind = tuple[str, str]


@frozen
class Event:
    """One possible event on a day."""

    kind: Kind
    happened: z3.BoolRef
    day: z3.BitVecRef


@frozen
class Stream:
    """
    The events before the day of the interview that some requirements look at.

    There are as many of each kind as the requirements need, one or two each, and one more
    award of each label that events have to follow. More would change nothing: from any
    history the events that meet the requirements and the latest awards can be kept, and
    fewer meet no more. Two may be on one day, and are then one.
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
        own = [one for one in self.events if one.kind == (earlier.label, earlier.event)]
        ends = own
        if not earlier.repeated:
            ends = [Event(("", ""), z3.BoolVal(val=True), _constant(self.on))]
        return z3.Or(
            [
                z3.And(
                    one.happened,
                    end.happened,
                    _apart(one.day, end.day, earlier),
                    self.later(end if earlier.repeated else one, earlier),
                )
                for one in own
                for end in ends
            ]
        )

    def later(self, event: Event, earlier: Earlier) -> z3.BoolRef:
        """Return whether an event is after the awards that it has to follow, and recent."""
        found = [
            z3.Implies(one.happened, z3.ULT(one.day, event.day))
            for one in self.events
            if one.kind == (earlier.since_award_of, "awarded")
        ]
        if earlier.later_at_most_months is not None:
            last = _later(event.day, earlier.later_at_most_months)
            found.append(z3.ULE(_constant(self.on), last))
        return z3.And(found)

    def days(self, model: z3.ModelRef) -> frozenset[tuple[Kind, date]]:
        """Return the kinds and days of the events in a model."""
        happened = [one for one in self.events if z3.is_true(_value(model, one.happened))]
        found = ((one.kind, _value(model, one.day).as_long()) for one in happened)
        return frozenset(
            (kind, date(day >> _YEAR[1], day >> _MONTH[1] & 15, day & 31)) for kind, day in found
        )

    def only(self, days: Iterable[tuple[Kind, date]]) -> list[z3.BoolRef]:
        """Return a formula: there are events of these kinds and days, and no others."""
        left, found = [*days], []
        for one in self.events:
            own = next((each for each in left if each[0] == one.kind), None)
            found.append(one.happened == (own is not None))
            if own is not None:
                found.append(one.day == _constant(own[1]))
                left.remove(own)
        assert not left, "there is an event for each of the days"
        return found


def classes(
    sought: Sequence[Earlier], on: date
) -> Iterator[tuple[tuple[Earlier, ...], frozenset[tuple[Kind, date]]]]:
    """
    Return the sets of requirements of one stream that a history can meet together, with its
    events.
    """
    for chosen in product((False, True), repeat=len(sought)):
        met = [one for one, each in zip(sought, chosen, strict=True) if each]
        events = [
            [_event(_kind(one), f"{n}/{k}") for k in range(_needs(one))]
            for n, one in enumerate(met)
        ]
        awards = [_event((label, "awarded"), f"{label} awarded") for label in _followed(sought)]
        stream = Stream((*(event for each in events for event in each), *awards), on)
        # finite domains: bits and nothing else, which this solver is quick at
        solver = z3.SolverFor("QF_FD")
        solver.add(stream.valid())
        solver.add([one.happened for each in events for one in each])
        for one, (first, *second) in zip(met, events, strict=True):
            end = second[0].day if second else _constant(on)
            solver.add(_apart(first.day, end, one), stream.later((first, *second)[-1], one))
        solver.add([z3.Not(stream.fits(one)) for one in sought if one not in met])
        found = solver.check()
        assert found != z3.unknown, solver.reason_unknown()
        if found == z3.sat:
            yield tuple(met), stream.days(solver.model())


def streams(rulesets: Iterable[Ruleset], on: date, least: int = 0) -> dict[tuple[str, ...], Stream]:
    """
    Return the events that the rulesets require, by label and kind, at least a number of each.

    Kinds that a requirement looks at together are in one stream, called by all of them.
    """
    every = (c.requirement for ruleset in rulesets for c in ruleset.criteria)
    asked = [each for one in every for each in simple(one) if isinstance(each, Earlier)]
    needed: dict[Kind, int] = {}
    together: dict[Kind, set[Kind]] = {}
    for one in dict.fromkeys(asked):
        needed[_kind(one)] = needed.get(_kind(one), 0) + _needs(one)
        kinds = {_kind(one), *((label, "awarded") for label in _followed([one]))}
        kinds.update(*(together.get(each, ()) for each in kinds))
        together |= dict.fromkeys(kinds, kinds)
    for label in _followed(asked):
        needed[label, "awarded"] = needed.get((label, "awarded"), 0) + 1
    return {
        tuple(word for kind in kinds for word in kind): Stream(
            tuple(
                _event(kind, f"{kind}/{n}")
                for kind in kinds
                for n in range(max(needed[kind], least))
            ),
            on,
        )
        for kinds in sorted({tuple(sorted(each)) for each in together.values()})
    }


def _followed(sought: Iterable[Earlier]) -> list[str]:
    """Return the labels whose awards some events have to follow."""
    labels = (one.since_award_of for one in sought)
    return [*dict.fromkeys(label for label in labels if label is not None)]


def _kind(earlier: Earlier) -> Kind:
    return earlier.label, earlier.event


def _needs(earlier: Earlier) -> int:
    return 2 if earlier.repeated else 1


def _event(kind: Kind, name: str) -> Event:
    return Event(kind, z3.Bool(f"{name}/happened"), z3.BitVec(f"{name}/day", _BITS))


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
