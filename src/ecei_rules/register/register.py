"""The public list of who holds a label until when."""

from __future__ import annotations

from datetime import date

from attrs import evolve, field, frozen
from attrs.validators import matches_re, optional

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.phrasing import quoted
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.interviews.history import Label
from ecei_rules.interviews.validators import nonempty, supported_day, web_address

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_DETAILS = ("country", "comparative_portfolio", "website")


@frozen
class LabelRecord:
    """
    One row of the register: who holds which label until when.

    The register does not say from when. What it leaves out is `None`.
    """

    name: str = field(validator=nonempty)
    label: Label
    valid_until: date = field(validator=supported_day)
    country: str | None = field(
        default=None, kw_only=True, validator=optional(matches_re("[A-Z]{2}"))
    )
    comparative_portfolio: str | None = field(
        default=None, kw_only=True, validator=optional(nonempty)
    )
    website: str | None = field(default=None, kw_only=True, validator=web_address)


@frozen
class Register:
    """
    Label records in the order of the list they come from.

    *problems* is what was odd in a listing or a table that they were read from, so
    that nothing is lost: a line became records and is odd all the same, or it became
    none and the problem quotes it. A JSON register with a problem is not read at all.
    """

    records: tuple[LabelRecord, ...] = field(converter=tuple[LabelRecord, ...])
    problems: tuple[Problem, ...] = field(
        default=(), converter=tuple[Problem, ...], kw_only=True, eq=False
    )
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )


def address(text: str) -> str | None:
    """
    The web address that a listing or a table states, or none if it is no address.

    >>> address("www.example.org"), address("https://example.org"), address("example")
    ('http://www.example.org', 'https://example.org', None)
    """
    if text.startswith(("http://", "https://")):
        return text
    return f"http://{text}" if text.startswith("www.") else None


def check_register(register: Register) -> tuple[Problem, ...]:
    """What in a register cannot be meant so: a record that stands twice."""
    places: dict[LabelRecord, int] = {}
    found = []
    for index, each in enumerate(register.records):
        if each in places:
            message = f"the record of {quoted([each.name])} until {each.valid_until} stands twice"
            hint = f"it is number {places[each] + 1} of the list already"
            found.append(Problem("ECEI351", f"/records/{index}", message, hint))
        places.setdefault(each, index)
    return tuple(found)


def merge_registers(registers: Iterable[Register]) -> Register:
    """
    One register of several, in which repeats of one record are one.

    A record repeats the first of its name, label and last day when nothing that both
    state differs; the one that is kept has all that either states. A record that
    differs is kept too, once, with a problem.

    >>> page = Register([LabelRecord("Example", "bronze", date(2016, 2, 13))])
    >>> other = Register([LabelRecord("Example", "bronze", date(2016, 2, 13), country="IT")])
    >>> [each.country for each in merge_registers([page, other]).records]
    ['IT']
    """
    first: dict[tuple[str, Label, date], LabelRecord] = {}
    others: dict[tuple[str, Label, date], dict[LabelRecord, None]] = {}
    problems: list[Problem] = []
    for register in registers:
        problems += register.problems
        for record in register.records:
            key = (record.name, record.label, record.valid_until)
            known = first.setdefault(key, record)
            differing = _differing(known, record)
            if not differing:
                first[key] = _together(known, record)
            elif record not in others.setdefault(key, {}):
                others[key][record] = None
                message = (
                    f"two records of {quoted([record.name])} until {record.valid_until}"
                    f" differ in {quoted(differing, 'and')}; both are kept"
                )
                problems.append(Problem("ECEI408", "records", message))
    kept = [each for key, one in first.items() for each in (one, *others.get(key, ()))]
    return Register(kept, problems=problems)


def _differing(one: LabelRecord, other: LabelRecord) -> list[str]:
    """The names of what both records state and state differently."""
    details = ((name, getattr(one, name), getattr(other, name)) for name in _DETAILS)
    return [name for name, mine, its in details if mine and its and mine != its]


def _together(one: LabelRecord, other: LabelRecord) -> LabelRecord:
    missing = {name: getattr(other, name) for name in _DETAILS if getattr(one, name) is None}
    return evolve(one, **missing) if missing else one
