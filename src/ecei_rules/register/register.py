"""The register: the public list of labels and their last days."""

from __future__ import annotations

from datetime import date

from attrs import evolve, field, frozen
from attrs.validators import optional

from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.phrasing import quoted
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.interviews.history import LABELS, Label
from ecei_rules.interviews.names import comparable_name
from ecei_rules.interviews.validators import (
    country_code,
    each_of_type,
    nonempty,
    one_of,
    supported_day,
    web_address,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    _Award = tuple[str, Label, date]
    _Details = tuple[str | None, ...]

_DETAILS = ("country", "comparative_portfolio", "website")


@frozen
class LabelRecord:
    """
    A record of the register: an organisation, its label, and the last day of the label.

    The register does not state the first day. Members that it leaves out are `None`.
    *country* is two capital letters (ISO 3166-1 alpha-2), *valid_until* a day of the years
    1900 to 2999. Source: docs/formats.md, "Register".
    """

    name: str = field(validator=nonempty)
    label: Label = field(validator=one_of(*LABELS))
    valid_until: date = field(validator=supported_day)
    country: str | None = field(default=None, kw_only=True, validator=optional(country_code))
    comparative_portfolio: str | None = field(
        default=None, kw_only=True, validator=optional(nonempty)
    )
    website: str | None = field(default=None, kw_only=True, validator=web_address)


@frozen
class Register:
    """
    Label records in the order of their list.

    *problems* are those of the listing or the table that the records were read from. A
    line that could not be read is quoted there, so that nothing is lost. A JSON register
    with a problem is refused instead. Problems do not count when registers are compared.
    *published* is the day when the register was published, of the years 1900 to 2999.
    Source: docs/formats.md, "Register".
    """

    records: tuple[LabelRecord, ...] = field(
        converter=tuple[LabelRecord, ...], validator=each_of_type(LabelRecord)
    )
    published: date | None = field(default=None, kw_only=True, validator=supported_day)
    problems: tuple[Problem, ...] = field(
        default=(), converter=tuple[Problem, ...], kw_only=True, eq=False
    )
    schema: str | None = field(default=None, kw_only=True)
    extensions: FrozenMap[str, object] = field(
        default=FrozenMap(), converter=FrozenMap[str, object], kw_only=True
    )


@frozen
class RecordDefaults:
    """
    Details of the records of a table or a page that do not state them.

    A page that names another label than *label* is refused.
    """

    country: str | None = None
    label: Label | None = None
    comparative_portfolio: str | None = None


def address(text: str) -> str | None:
    """
    Return the web address in a listing or a table, or `None` if the text is none.

    >>> address("www.example.org"), address("https://example.org"), address("example")
    ('http://www.example.org', 'https://example.org', None)
    """
    if text.startswith(("http://", "https://")):
        return text
    return f"http://{text}" if text.startswith("www.") else None


def check_register(register: Register) -> tuple[Problem, ...]:
    """
    Return a problem for every record that is listed twice (docs/semantics.md, 8.9).

    >>> record = LabelRecord("Example", "bronze", date(2016, 2, 13))
    >>> [each.code for each in check_register(Register([record, record]))]
    ['ECEI351']
    """
    places: dict[tuple[_Award, _Details], int] = {}
    problems = []
    for index, record in enumerate(register.records):
        key = _award(record), _details(record)
        if key in places:
            named = f"{quoted([record.name])} until {record.valid_until}"
            message = f"the record of {named} is listed twice"
            hint = f"it is already number {places[key] + 1} of the list"
            problems.append(Problem("ECEI351", f"/records/{index}", message, hint))
        places.setdefault(key, index)
    return tuple(problems)


def merge_registers(registers: Iterable[Register]) -> Register:
    """
    Merge several registers into one in which no record is repeated.

    Call it for the pages of a listing. Two records of the same name (docs/semantics.md, 8.9),
    label and last day are one if nothing else that both state differs; the merged record has
    the name of the first and everything that either states. A record that differs is kept
    too, once, with a problem. The merged register was published on the latest day that any
    register states.

    >>> page = Register([LabelRecord("Example", "bronze", date(2016, 2, 13))])
    >>> other = Register([LabelRecord("Example", "bronze", date(2016, 2, 13), country="IT")])
    >>> [each.country for each in merge_registers([page, other]).records]
    ['IT']
    """
    first: dict[_Award, LabelRecord] = {}
    others: dict[_Award, dict[_Details, LabelRecord]] = {}
    problems: list[Problem] = []
    published: set[date] = set()
    for register in registers:
        problems += register.problems
        published |= {register.published} if register.published else set()
        for record in register.records:
            key, details = _award(record), _details(record)
            known = first.setdefault(key, record)
            differing = _differing(known, record)
            if not differing:
                first[key] = _merged(known, record)
            elif details not in others.setdefault(key, {}):
                others[key][details] = record
                message = (
                    f"two records of {quoted([record.name])} until {record.valid_until}"
                    f" differ in {quoted(differing, 'and')}; both are kept"
                )
                problems.append(Problem("ECEI408", "records", message))
    kept = [
        record for key, known in first.items() for record in (known, *others.get(key, {}).values())
    ]
    return Register(kept, problems=problems, published=max(published, default=None))


def _award(record: LabelRecord) -> _Award:
    """Return the comparable name, the label and the last day of a record."""
    return comparable_name(record.name), record.label, record.valid_until


def _details(record: LabelRecord) -> _Details:
    return tuple(getattr(record, name) for name in _DETAILS)


def _differing(first: LabelRecord, second: LabelRecord) -> list[str]:
    """Return the names of the details that both records state differently."""
    details = zip(_DETAILS, _details(first), _details(second), strict=True)
    return [name for name, a, b in details if a and b and a != b]


def _merged(first: LabelRecord, second: LabelRecord) -> LabelRecord:
    missing = {name: getattr(second, name) for name in _DETAILS if getattr(first, name) is None}
    return evolve(first, **missing) if missing else first
