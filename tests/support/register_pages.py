"""Pages of the public listing, and what reading them gives."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import vobject
from paths import CASES
from register_strategies import HEADING

import ecei_rules as er
from ecei_rules.interviews.names import comparable_name
from ecei_rules.register.csv_table import COLUMNS

#: Pages as they were published.
ITALY, NORWAY, SPAIN = (CASES / "register" / f"{name}.txt" for name in ("italy", "norway", "spain"))
ONE_DAY = timedelta(days=1)
#: All line breaks, and all characters that control a terminal.
LINE_END = re.compile(r"\r\n|\r|\n")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def read(text: str | bytes, **more: Any) -> tuple[tuple[er.LabelRecord, ...], list[er.Problem]]:
    """Return the records and the problems of a text, also of one that is refused."""
    try:
        register = er.read_register(text, **more)
    except er.InvalidDocument as error:
        return (), list(error.problems)
    return register.records, list(register.problems)


def read_bronze(text: str) -> tuple[tuple[er.LabelRecord, ...], list[er.Problem]]:
    """Return the records and the problems of a page of Bronze."""
    return read(text, label="bronze")


def collapsed(line: str) -> str:
    """Return a line as problems quote it, with single spaces."""
    return " ".join(line.split())


def has(kept: er.LabelRecord, record: er.LabelRecord) -> bool:
    """Return whether a record is of the same award and has every detail that another states."""
    stated = [name for name in COLUMNS[3:] if getattr(record, name) is not None]
    same = all(getattr(kept, name) == getattr(record, name) for name in stated)
    return same and key(kept) == key(record)


def key(record: er.LabelRecord) -> tuple[str, str, date]:
    """Return the comparable name, the label and the last day, which identify an award."""
    return comparable_name(record.name), record.label, record.valid_until


def rows_alone(page: str) -> str:
    """Return the rows below the heading of a page."""
    return page.partition(f"{HEADING}\n")[2]


def events_in(text: str) -> list[Any]:
    """Return the events of a calendar file."""
    events: list[Any] = vobject.readOne(text).contents.get("vevent", [])
    return events
