"""Hints for values that a cell does not accept."""

from __future__ import annotations

import re
from datetime import date
from typing import assert_never

from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import near, quoted
from ecei_rules.interviews.answers import answer_problems
from ecei_rules.interviews.catalogue import Count, Number, Share, Year, YesNo
from ecei_rules.register.countries import country_of
from ecei_rules.register.days import written_days
from ecei_rules.spreadsheets.cell_types import (
    Checkbox,
    Day,
    FreeText,
    ListChoice,
    OptionCount,
    exact_number,
    meant_options,
    parse_cell,
    text_of,
    translated_titles,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.spreadsheets.cell_types import CellKind, Value

#: Thousands set apart by points, commas, apostrophes or spaces, and maybe a fraction.
_GROUPED = re.compile(
    r"(-?[1-9][0-9]{0,2}(?:([.,'\u2019\u00a0\u2009\u202f ])[0-9]{3})(?:\2[0-9]{3})*)([.,][0-9]+)?"
)

#: A number with a sign, zeros before it, a word such as "circa", a unit or a percent sign.
_ADORNED = re.compile(
    r"(?:(?:ca|circa|about|env|~|\u2248)\.? ?)?([+\-\u2212]?)([0-9][0-9.,]*) ?%?[^\W\d]{0,40}"
)
_DAY_OR_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2} )?[0-9]{2}:[0-9]{2}:[0-9]{2}")
_NO_ANSWERS = frozenset(["-", "—", "?", "n/a", "na", "k.a.", "n.d.", "s/d", "n.c.", "nc"])
_TIME = re.compile(r"(?<=[0-9])T(?=[0-9]{2}:)")
_FORMATTED_AS_DAY = (
    "the cell is formatted as a day; format it as a number, and write the number again"
)
#: The numbers of the days of the years 2000 to 2099, as programs count them.
_FIRST, _LAST = 36_526, 73_050
_WEBSITE = re.compile(r"[^\s/:@]{1,200}\.[^\s/:@.]{2,60}(/\S{0,200})?")
_MARKS = tuple("x\u00d7\u2713\u2714\u2717\u2718\u2611\u2612\u25a1\u2610")


def hint_for(kind: CellKind, value: Value) -> str | None:
    """
    Return a hint for a value that a cell does not accept.

    What a hint proposes is accepted.

    >>> hint_for(Count(), "1.000")
    '1000 or 1? write the one that is meant'
    """
    if not isinstance(value, str):
        return _format_hint(kind, value)
    text = text_of(value)
    match kind:
        case ListChoice(labels=labels):
            meant = [labels[each] for each in meant_options(kind, text)]
            if meant:
                return f"did you mean {quoted(meant)}?"
            return near(text, [*labels.values(), *labels]) or near(text, translated_titles(kind))
        case YesNo() | Checkbox() if text.casefold() in _MARKS:
            return "write yes or no in place of a mark"
        case OptionCount(count=count):
            return _number_hint(count, text)
        case Count() | Number() | Share() | Year():
            return _number_hint(kind, text)
        case Day():
            return _day_hint(text)
        case FreeText():
            proposed = country_of(text) or country_of(text.upper())
            if _WEBSITE.fullmatch(text):
                proposed = f"https://{text}"
            fits = proposed is not None and parse_cell(kind, proposed) is not None
            return f"write {proposed}" if fits else None
        case Checkbox(options=most) if exact_number(text) is not None:
            return _place_hint(most)
        case YesNo() | Checkbox():
            return None
        case unreachable:
            assert_never(unreachable)


def _place_hint(most: int) -> str:
    return f"a number is the place of the option among the chosen ones, 1 to {most}; 0 means no"


def _format_hint(kind: CellKind, value: Value) -> str | None:
    """Return a hint for a number or a day of a program in a cell for another value."""
    if isinstance(kind, Checkbox) and exact_number(value) is not None:
        return _place_hint(kind.options)
    if isinstance(kind, OptionCount | Count | Number | Share | Year) and isinstance(value, date):
        return _FORMATTED_AS_DAY
    number = exact_number(value)
    if not isinstance(kind, Day) or number is None or not _FIRST <= number <= _LAST:
        return None
    if isinstance(number, int):
        return "format the cell as a day, or write the day as a text such as 2024-03-18"
    return "write the day alone, without a time"


def _day_hint(text: str) -> str | None:
    """Return a hint for a day in another form, or with a time."""
    spaced = " ".join(_TIME.sub(" ", text).split())
    days = [day for each in written_days(spaced) if not each.by_month for day in each.days]
    match days:
        case [day] if ":" in text:
            return f"write the day alone, without a time: {day}"
        case [day]:
            return f"write {day}"
        case [one, other]:
            return f"{one} or {other}? write the one that is meant"
        case _:
            return None


def _number_hint(kind: Count | Number | Share | Year, text: str) -> str | None:
    if text.casefold().replace(" ", "") in _NO_ANSWERS:
        return "leave the cell empty if there is no answer"
    if _DAY_OR_TIME.fullmatch(text):
        return _FORMATTED_AS_DAY
    decimal = text.replace(",", ".")
    grouped = _without_separators(text)
    meant = [
        number
        for number in map(exact_number, filter(None, (grouped, decimal)))
        if number is not None and not any(answer_problems(number, kind, ""))
    ]
    if len(meant) > 1:
        return f"{plain(meant[0])} or {plain(meant[1])}? write the one that is meant"
    if meant and grouped is None and parse_cell(kind, decimal) is not None:
        return f"write a point in place of the comma: {decimal}"
    if meant and grouped is not None and exact_number(decimal) is None:
        return f"write the number without a thousands separator: {grouped}"
    if meant:
        return f"if {plain(meant[0])} is meant, write {plain(meant[0])}"
    if isinstance(kind, Count | Year) and re.fullmatch(r"-?[0-9]+[.,][0-9]+", text):
        return "write a whole number, without a fraction"
    alone = _number_alone(kind, text)
    if alone is not None:
        return f"write {alone}"
    if exact_number(text) is None and re.match(r"-?[0-9]", text):
        return "write the number alone, without separators, a unit or spaces"
    return None


def _number_alone(kind: Count | Number | Share | Year, text: str) -> str | None:
    """Return a number written with a sign, zeros, an approximation or a unit, without these."""
    match = _ADORNED.fullmatch(text)
    if match is None or _GROUPED.fullmatch(match[2]):
        return None
    digits = match[2].rstrip(".,").replace(",", ".")
    whole, point, fraction = digits.partition(".")
    sign = "" if match[1] in ("", "+") else "-"
    number = f"{sign}{whole.lstrip('0') or '0'}{point}{fraction}"
    read = exact_number(number) if parse_cell(kind, number) is not None else None
    return None if read is None or any(answer_problems(read, kind, "")) else number


def _without_separators(text: str) -> str | None:
    """Return a number with thousands separators without them, or none if it has none."""
    match = _GROUPED.fullmatch(text)
    if match is None or (match[3] or "").startswith(match[2]):
        return None
    return match[1].replace(match[2], "") + (match[3] or "").replace(",", ".")
