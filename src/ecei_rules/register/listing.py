"""The public listing of labels, whose pages are saved as text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import assert_never

from attrs import evolve, field, frozen

from ecei_rules.diagnostics.csv_rows import LINE_ENDS
from ecei_rules.diagnostics.phrasing import number_of, quoted, value_text
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.interviews.names import comparable_name
from ecei_rules.interviews.portfolios import PORTFOLIOS, portfolio_of
from ecei_rules.register.countries import country_of, most_words
from ecei_rules.register.days import last_of_month, two_readings, written_days
from ecei_rules.register.page_text import ADDRESS, higher_label_in, named_labels, named_portfolios
from ecei_rules.register.register import (
    LabelRecord,
    RecordDefaults,
    Register,
    address,
    merge_registers,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal

    from ecei_rules.interviews.history import Label
    from ecei_rules.register.days import WrittenDay

    Column = Literal["country", "comparative portfolio"]

_HEADING = re.compile(
    r"(?:cluster )?name((?: country| comparative portfolio)+)(?: www)? label valid until",
    re.IGNORECASE,
)
_COLUMN = re.compile("country|comparative portfolio")
_DASHES = "\u2013\u2014-"
#: The most characters of a line that are read back from a day in words.
_BEFORE = 400
#: No portfolio and no country has a longer name.
_LONG_NAME = 100
_PORTFOLIO_WORDS = max(len(name.split()) for name in PORTFOLIOS)
#: The shortest beginning of a portfolio that shows that a row was cut off in it.
_SHORTEST = 3
_HALF_A_DAY = re.compile(r"(?<!\S)[0-9]{4}[-/][0-9]{0,2}[-/]?[0-9]?$")
_OTHER_DAY = re.compile(r"[0-9]([-/.])[0-9]{1,2}\1[0-9]{2}")

_NO_PORTFOLIO, _NO_COUNTRY = "ECEI403", "ECEI407"
_NO_NAME, _NO_DAY, _NO_SUCH_DAY, _TWO_DAYS = "ECEI404", "ECEI405", "ECEI406", "ECEI417"
_UNKNOWN = {
    _NO_PORTFOLIO: "there is no known portfolio before",
    _NO_COUNTRY: "there is no known country before",
}


class _Unread(Exception):
    """Raised for a line that cannot be read, with the code and the reason."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@frozen
class _Details:
    """
    The columns before a day.

    If one of them is not known, *unknown* is the code, and *name* is all that is left.
    *written* is the portfolio in the row, if that is another spelling.
    """

    name: str
    country: str | None = None
    comparative_portfolio: str | None = None
    website: str | None = None
    written: str | None = None
    unknown: str | None = None


@frozen
class _Row:
    """
    A row under a heading: the columns and the day of each label, and notes on the row.

    The notes are messages by their codes. *unknown* is the code if a column before the
    first day is not known.
    """

    columns: tuple[Column, ...]
    labels: tuple[tuple[_Details, date], ...] = field(converter=tuple[tuple[_Details, date], ...])
    notes: Mapping[str, list[str]]
    unknown: str | None

    def records(
        self, label: Label, country: str | None, portfolio: str | None
    ) -> list[LabelRecord]:
        """Return the records of a page's label; the other two are of rows without the column."""
        return [
            LabelRecord(
                details.name,
                label,
                valid_until,
                country=details.country if "country" in self.columns else country,
                comparative_portfolio=details.comparative_portfolio
                if "comparative portfolio" in self.columns
                else portfolio,
                website=details.website,
            )
            for details, valid_until in self.labels
        ]


def read_listing(text: str, defaults: RecordDefaults) -> Register:
    """
    Read the records of a page of the public listing, whole or only its rows.

    A row is read from its right end: the day, a known portfolio or country, and the rest is
    the name. Lines before the heading of the table are read only if they are rows.
    Source: docs/formats.md, "The public listing".
    """
    lines = [" ".join(line.split()) for line in LINE_ENDS.split(text)]
    headings = {i: columns for i, line in enumerate(lines) if (columns := heading_columns(line))}
    first = min(headings, default=0)
    rows, unread = _rows(lines, headings)
    texts = {i: line for i, line in enumerate(lines) if i not in rows and i not in headings}
    problems = [_problem(i, each.code, f"{each.reason}: {lines[i]}") for i, each in unread.items()]
    label = _label(texts, first, defaults.label, problems) if rows else None
    if label is None:
        return Register([], problems=sorted(problems, key=_line))
    portfolio = None
    if any("comparative portfolio" not in columns for columns in headings.values()):
        above = [line for index, line in texts.items() if index < first]
        portfolio = _portfolio(above, first, defaults.comparative_portfolio, problems)
    records: list[LabelRecord] = []
    for index, row in rows.items():
        row_records = row.records(label, defaults.country, portfolio)
        if len(row_records) > 1:
            became = number_of(len(dict.fromkeys(row_records)), "record")
            message = f"the row holds {len(row_records)} labels and became {became}"
            problems.append(_problem(index, "ECEI401", f"{message}: {lines[index]}"))
        # one problem of a code quotes the line, however many labels it concerns
        problems += [
            _problem(index, code, f"{'; '.join(notes)}: {lines[index]}")
            for code, notes in row.notes.items()
        ]
        records += row_records
    return merge_registers([Register(records, problems=sorted(problems, key=_line))])


def heading_columns(line: str) -> tuple[Column, ...]:
    """
    Return the columns between the name and the day that a heading names; none of another line.

    >>> heading_columns("Name Country www Label valid until"), heading_columns("Name")
    (('country',), ())
    """
    heading = _HEADING.fullmatch(line)
    # the pattern finds nothing but columns
    return tuple(_COLUMN.findall(heading[1].lower())) if heading else ()


def _rows(
    lines: list[str], headings: Mapping[int, tuple[Column, ...]]
) -> tuple[dict[int, _Row], dict[int, _Unread]]:
    """Return the rows by their lines, and why other lines are none, but for those above them."""
    rows: dict[int, _Row] = {}
    unread: dict[int, _Unread] = {}
    first = min(headings, default=0)
    columns = headings.get(first, ("comparative portfolio",))
    for index, line in enumerate(lines):
        if index in headings:
            columns = headings[index]
        elif line and not ADDRESS.fullmatch(line):
            try:
                row = _read_row(line, columns)
            except _Unread as reason:
                if index >= first:
                    unread[index] = reason
            else:
                if index >= first or row.unknown is None:
                    rows[index] = row
    if not headings and all(row.unknown for row in rows.values()):
        # neither a heading nor a portfolio shows that the text is a page of the listing
        for index, row in rows.items():
            assert row.unknown is not None, "see the condition"
            unread[index] = _Unread(row.unknown, f"{_UNKNOWN[row.unknown]} the day")
        rows = {}
    return rows, unread


def _label(
    texts: Mapping[int, str], first: int, stated: Label | None, problems: list[Problem]
) -> Label | None:
    """Return the label of a page, or `None` if its text names another one or several."""
    named = named_labels(texts)
    if stated is not None and (stated in named or not named):
        return stated
    higher = higher_label_in(texts) if not named else None
    if higher is not None:
        number, word = higher
        message = f'the page does not name its label, but has the word "{word}"'
        problems.append(
            _problem(number, "ECEI410", message, "state the label with `register import --label`")
        )
        return None
    if not named:
        message = 'the page does not name its label; "bronze" was taken'
        problems.append(
            _problem(first, "ECEI409", message, "state it with `register import --label`")
        )
        return "bronze"
    if stated is None and len(named) == 1:
        return next(iter(named))
    labels, hint = quoted(named, "and"), "state its own with `register import --label`"
    message = (
        f"the page names several labels: {labels}"
        if stated is None
        else f'the page names {labels}, but "{stated}" was stated'
    )
    line = next(iter(named.values()))
    problems.append(_problem(line, "ECEI410", message, None if stated else hint))
    return None


def _portfolio(
    above: list[str], first: int, stated: str | None, problems: list[Problem]
) -> str | None:
    """Return the portfolio of a page whose rows have none: that of its title, or the stated one."""
    named = named_portfolios(above)
    if len(named) == 1:
        return named[0]
    if stated is None:
        several = f"names several portfolios: {quoted(named, 'and')}" if named else ""
        message = f"the page {several or 'does not name its portfolio'}; its records have none"
        problems.append(
            _problem(first, "ECEI419", message, "state it with `register import --portfolio`")
        )
    return stated


def _line(problem: Problem) -> int:
    assert problem.line is not None, "all problems of a page are of lines"
    return problem.line


def _problem(index: int, code: str, message: str, hint: str | None = None) -> Problem:
    return Problem(code, "line", message, hint, line=index + 1, column=1)


def _read_row(line: str, columns: tuple[Column, ...]) -> _Row:
    """Read a row; what cannot be a row is `_Unread`."""
    labels: list[tuple[_Details, date]] = []
    notes: defaultdict[str, list[str]] = defaultdict(list)
    start = 0
    for day in written_days(line):
        if day.in_words and day.end < len(line):
            # the name of a month may be part of a name; a whole line would take long each time
            nearest = line[max(start, day.start - _BEFORE) : day.start].strip()
            if _details(nearest, columns).unknown:
                continue
        details = _details(line[start : day.start].strip(), columns)
        start = day.end
        if details.unknown and labels:
            reason = f"{_UNKNOWN[details.unknown]} {day.text}; that label was left out"
            notes[details.unknown].append(reason)
            continue
        if len(day.days) != 1:
            raise _wrong_day(day)
        if labels:
            name = details.name.lstrip(_DASHES).strip() or labels[-1][0].name
            details = evolve(details, name=name)
        if not details.name:
            column = "the day" if details.unknown else f"the {columns[-1].split()[-1]}"
            raise _Unread(_NO_NAME, f"there is no name before {column}")
        labels.append((details, day.days[0]))
        for code, note in _notes(details, day):
            notes[code].append(note)
    if not labels:
        raise _Unread(_NO_DAY, _no_day(line, columns))
    rest = line[start:].strip()
    if rest:
        notes["ECEI402"].append(f"{rest} follows the last day and was left out")
    return _Row(columns, labels, notes, labels[0][0].unknown)


def _wrong_day(day: WrittenDay) -> _Unread:
    if not day.days:
        return _Unread(_NO_SUCH_DAY, "there is no such day in the years 1900 to 2999")
    return _Unread(_TWO_DAYS, two_readings(day))


def _notes(details: _Details, day: WrittenDay) -> Iterator[tuple[str, str]]:
    """Yield what is to be told of a label of a row, with the codes."""
    if details.unknown:
        name = quoted([details.name])
        reason = f"{_UNKNOWN[details.unknown]} the day; {name} was taken as the name"
        yield details.unknown, reason
    if details.written:
        assert details.comparative_portfolio is not None, "only a known portfolio is written"
        yield "ECEI415", read_portfolio(details.written, details.comparative_portfolio)
    if day.by_month:
        yield "ECEI418", last_of_month(day)


def read_portfolio(written: str, portfolio: str) -> str:
    """Say that another spelling was read as a portfolio of the listing."""
    return f"the portfolio {quoted([written])} was read as {quoted([portfolio])}"


def _no_day(line: str, columns: tuple[Column, ...]) -> str:
    """Return why a line without a day is no row."""
    if _HALF_A_DAY.search(line) or not _details(line, columns).unknown or _ends_early(line):
        return "there is no day in the line, which may be cut off"
    other = _OTHER_DAY.search(line)
    if other:
        word = line[line.rfind(" ", 0, other.start()) + 1 :].partition(" ")[0]
        form = "a known form with space around it, such as 2016/07/24"
        return f"the day in {value_text(word)} is not in {form}"
    return "there is no day in the line"


def _ends_early(line: str) -> bool:
    """Return whether a line ends in the beginning of a portfolio, which follows a name."""
    words = line.rsplit(" ", _PORTFOLIO_WORDS)
    ends = (comparable_name(" ".join(words[n:])) for n in range(1, len(words)))
    return any(
        len(end) >= _SHORTEST and comparable_name(name).startswith(end)
        for end in ends
        for name in PORTFOLIOS
    )


def _details(before: str, columns: tuple[Column, ...]) -> _Details:
    """Take the columns off the text before a day, the last one first."""
    rest, website = _without_website(before)
    details = _Details(rest, website=website)
    for column in reversed(columns):
        match column:
            case "comparative portfolio":
                found = _at_end(details.name, portfolio_of, _PORTFOLIO_WORDS)
                if found is None:
                    return evolve(details, unknown=_NO_PORTFOLIO)
                name, portfolio, written = found
                other = None if written == portfolio else written
                details = evolve(details, name=name, comparative_portfolio=portfolio, written=other)
            case "country":
                found = _at_end(details.name, country_of, most_words())
                if found is None:
                    return evolve(details, unknown=_NO_COUNTRY)
                details = evolve(details, name=found[0], country=found[1])
            case unreachable:
                assert_never(unreachable)
    return details


def _at_end(
    text: str, lookup: Callable[[str], str | None], most: int
) -> tuple[str, str, str] | None:
    """Return the text before its longest end that is known, the value of the end, and the end."""
    words = text.rsplit(" ", most)
    for number in range(min(most, len(words)), 0, -1):
        end = " ".join(words[-number:])
        # a word without visible characters belongs to the name
        if len(end) <= _LONG_NAME and comparable_name(words[-number]):
            value = lookup(end)
            if value is not None:
                return " ".join(words[:-number]), value, end
    return None


def _without_website(before: str) -> tuple[str, str | None]:
    """Return the text before an address or before the heading "www", and the address."""
    rest, _, last = before.rpartition(" ")
    website = address(last)
    if website is not None:
        return rest, website
    return (rest, None) if last == "www" else (before, None)
