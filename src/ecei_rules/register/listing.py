"""The public listing of labels, as its pages are saved as text."""

from __future__ import annotations

import re

from ecei_rules.diagnostics.csv_rows import LINE_ENDS
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.interviews.dates import calendar_day
from ecei_rules.interviews.portfolios import PORTFOLIOS
from ecei_rules.register.register import LabelRecord, Register, address, merge_registers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from ecei_rules.interviews.history import Label

#: The listing is that of the Bronze label; listings of the others are not known.
LABEL: Label = "bronze"

_HEADING = re.compile(r"name comparative portfolio (www )?label valid until", re.IGNORECASE)
_ADDRESS = re.compile(r"URL: ?https?://\S+")
_DAY = re.compile(r"(?<!\S)[0-9]{4}/[0-9]{2}/[0-9]{2}(?!\S)")
_DASHES = "\u2013\u2014-"


_NO_PORTFOLIO, _NO_NAME, _NO_DAY, _NO_SUCH_DAY = "ECEI403", "ECEI404", "ECEI405", "ECEI406"
_UNREAD = {
    _NO_PORTFOLIO: "no portfolio that is known stands before the day",
    _NO_NAME: "no name stands before the portfolio",
    _NO_DAY: "no day such as 2016/07/24 stands in the line, which may be cut off",
    _NO_SUCH_DAY: "the calendar of the years 1900 to 2999 has no such day",
}


class _Unread(Exception):
    """A line cannot be read; the code says why."""


def read_listing(text: str, *, country: str | None = None) -> Register:
    """
    The records of one page of the public listing: the whole page, or its rows alone.

    A row is read from its right end: the day, the portfolio, which is one of those
    known, and what is left is the name. Of a whole page only what follows the heading
    of its table, and what looks like a row, is read. Source: docs/formats.md, "The
    public listing".
    """
    lines = [" ".join(line.split()) for line in LINE_ENDS.split(text)]
    heading = next((i for i, line in enumerate(lines) if _HEADING.fullmatch(line)), -1)
    records: list[LabelRecord] = []
    problems: list[Problem] = []
    for index, line in enumerate(lines):
        if not line or _HEADING.fullmatch(line) or _ADDRESS.fullmatch(line):
            continue
        try:
            rows, rest = _read(line, country)
        except _Unread as unread:
            if index < heading:
                continue
            code = str(unread)
            problems.append(_problem(index, code, f"{_UNREAD[code]}: {line}"))
            continue
        records += rows
        if len(rows) > 1:
            became = number_of(len(dict.fromkeys(rows)), "record")
            message = f"the row holds {len(rows)} labels and became {became}: {line}"
            problems.append(_problem(index, "ECEI401", message))
        if rest:
            message = f"{rest} follows the last day and is in no record: {line}"
            problems.append(_problem(index, "ECEI402", message))
    return merge_registers([Register(records, problems=problems)])


def _problem(index: int, code: str, message: str) -> Problem:
    return Problem(code, "line", message, line=index + 1, column=1)


def _read(line: str, country: str | None) -> tuple[list[LabelRecord], str]:
    """The records of a row, and what follows them."""
    rows: list[LabelRecord] = []
    start = 0
    for found in _DAY.finditer(line):
        before, website = _without_website(line[start : found.start()].strip())
        portfolio = next((each for each in PORTFOLIOS if f" {before}".endswith(f" {each}")), None)
        if portfolio is None:
            raise _Unread(_NO_PORTFOLIO)
        name = before.removesuffix(portfolio).strip()
        if rows:
            name = name.lstrip(_DASHES).strip() or rows[-1].name
        if not name:
            raise _Unread(_NO_NAME)
        rows.append(
            LabelRecord(
                name,
                LABEL,
                _day(found),
                country=country,
                comparative_portfolio=portfolio,
                website=website,
            )
        )
        start = found.end()
    if not rows:
        raise _Unread(_NO_DAY)
    return rows, line[start:].strip()


def _without_website(before: str) -> tuple[str, str | None]:
    """What stands before an address, or before the mere word of its column."""
    rest, _, last = before.rpartition(" ")
    website = address(last)
    if website is not None:
        return rest, website
    return (rest, None) if last == "www" else (before, None)


def _day(found: re.Match[str]) -> date:
    day = calendar_day(found[0].replace("/", "-"))
    if day is None:
        raise _Unread(_NO_SUCH_DAY)
    return day
