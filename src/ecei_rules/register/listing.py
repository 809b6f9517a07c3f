"""The public listing of labels, whose pages are saved as text."""

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

#: The listing is of the Bronze label; listings of other labels are not known.
LABEL: Label = "bronze"

_HEADING = re.compile(r"name comparative portfolio (www )?label valid until", re.IGNORECASE)
_ADDRESS = re.compile(r"URL: ?https?://\S+")
_DAY = re.compile(r"(?<!\S)[0-9]{4}/[0-9]{2}/[0-9]{2}(?!\S)")
_DASHES = "\u2013\u2014-"


_NO_PORTFOLIO, _NO_NAME, _NO_DAY, _NO_SUCH_DAY = "ECEI403", "ECEI404", "ECEI405", "ECEI406"
_UNREAD = {
    _NO_PORTFOLIO: "there is no known portfolio before the day",
    _NO_NAME: "there is no name before the portfolio",
    _NO_DAY: "there is no day such as 2016/07/24 in the line, which may be cut off",
    _NO_SUCH_DAY: "there is no such day in the years 1900 to 2999",
}


class _Unread(Exception):
    """Raised for a line that cannot be read, with the code of the reason."""


def read_listing(text: str, *, country: str | None = None) -> Register:
    """
    Read the records of a page of the public listing, whole or only its rows.

    A row is read from its right end: the day, a known portfolio, and the rest is the name.
    Lines before the heading of the table are read only if they are rows.
    Source: docs/formats.md, "The public listing".
    """
    lines = [" ".join(line.split()) for line in LINE_ENDS.split(text)]
    heading = next((i for i, line in enumerate(lines) if _HEADING.fullmatch(line)), -1)
    records: list[LabelRecord] = []
    problems: list[Problem] = []
    for index, line in enumerate(lines):
        if not line or _HEADING.fullmatch(line) or _ADDRESS.fullmatch(line):
            continue
        try:
            row_records, rest = _read_row(line, country)
        except _Unread as unread:
            if index < heading:
                continue
            code = str(unread)
            problems.append(_problem(index, code, f"{_UNREAD[code]}: {line}"))
            continue
        records += row_records
        if len(row_records) > 1:
            became = number_of(len(dict.fromkeys(row_records)), "record")
            message = f"the row holds {len(row_records)} labels and became {became}: {line}"
            problems.append(_problem(index, "ECEI401", message))
        if rest:
            message = f"{rest} follows the last day and was left out: {line}"
            problems.append(_problem(index, "ECEI402", message))
    return merge_registers([Register(records, problems=problems)])


def _problem(index: int, code: str, message: str) -> Problem:
    return Problem(code, "line", message, line=index + 1, column=1)


def _read_row(line: str, country: str | None) -> tuple[list[LabelRecord], str]:
    """Return the records of a row, and the text after the last day."""
    records: list[LabelRecord] = []
    start = 0
    for match in _DAY.finditer(line):
        before, website = _without_website(line[start : match.start()].strip())
        portfolio = next((name for name in PORTFOLIOS if f" {before}".endswith(f" {name}")), None)
        if portfolio is None:
            raise _Unread(_NO_PORTFOLIO)
        name = before.removesuffix(portfolio).strip()
        if records:
            name = name.lstrip(_DASHES).strip() or records[-1].name
        if not name:
            raise _Unread(_NO_NAME)
        records.append(
            LabelRecord(
                name,
                LABEL,
                _day(match),
                country=country,
                comparative_portfolio=portfolio,
                website=website,
            )
        )
        start = match.end()
    if not records:
        raise _Unread(_NO_DAY)
    return records, line[start:].strip()


def _without_website(before: str) -> tuple[str, str | None]:
    """Return the text before an address or before the heading "www", and the address."""
    rest, _, last = before.rpartition(" ")
    website = address(last)
    if website is not None:
        return rest, website
    return (rest, None) if last == "www" else (before, None)


def _day(match: re.Match[str]) -> date:
    day = calendar_day(match[0].replace("/", "-"))
    if day is None:
        raise _Unread(_NO_SUCH_DAY)
    return day
