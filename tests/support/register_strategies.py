"""Strategies for registers, lines of the public listing and editions."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any, NamedTuple

from attrs import evolve
from hypothesis import strategies as st

import ecei_rules as er
from ecei_rules.interviews.history import LABELS
from ecei_rules.interviews.names import comparable_name
from ecei_rules.interviews.portfolios import PORTFOLIOS
from ecei_rules.register.csv_table import COLUMNS
from ecei_rules.rulesets.validity import FirstAward, Renewal, ValidityRules

HEADING = "Name Comparative portfolio www Label valid until"
ADDRESS = "URL: https://example.org/listing?country=1"

#: Pieces of text that are hard for readers of tables, listings or calendars.
PIECES = (*',;"\\=+\n\r\t \u00a0\u0085', "\r\n", "\x1b[31m", "Example", "ü³\u2019", "valid_until")
texts = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    min_size=1,
    max_size=4,
).map("".join)
line_ends = st.sampled_from(("\n", "\r\n", "\r"))
#: Texts without the surrounding space, which a table does not keep.
trimmed = texts.map(str.strip).map(lambda text: text or "Example")
days = st.sampled_from((date(1900, 1, 1), date(2016, 2, 29), date(2999, 12, 31))) | st.dates(
    date(1900, 1, 1), date(2999, 12, 31)
)


def records(
    names: st.SearchStrategy[str], ends: st.SearchStrategy[date] = days
) -> st.SearchStrategy[er.LabelRecord]:
    """Draw records whose texts are all from one strategy."""
    return st.builds(
        er.LabelRecord,
        names,
        st.sampled_from(LABELS),
        ends,
        country=st.sampled_from((None, "IT", "NO")),
        comparative_portfolio=st.none() | st.sampled_from(PORTFOLIOS) | names,
        website=st.none() | names.map("https://{}".format),
    )


def _of_one_name(record: er.LabelRecord) -> er.LabelRecord:
    return evolve(record, name=f"{comparable_name(record.name)}.")


@st.composite
def registers(draw: st.DrawFn) -> er.Register:
    """Draw registers for JSON, with any texts and no repeated record."""
    drawn = draw(st.lists(records(texts), unique_by=_of_one_name, max_size=4))
    places = ["", *(f"/records/{index}" for index in range(len(drawn)))]
    notes = draw(st.dictionaries(st.sampled_from(places).map("{}/x-note".format), texts))
    published = draw(st.none() | days)
    return er.Register(drawn, published=published, schema=draw(st.none() | texts), extensions=notes)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[er.LabelRecord], str]:
    """Draw records, and their table as another program may write it."""
    # an apostrophe there would be taken for that of a guarded text
    plain = trimmed.filter(lambda text: not re.match(r"'(\s*[=+\-@']|[\t\r0-9]|$)", text))
    drawn = draw(st.lists(records(plain), max_size=4))
    columns = draw(st.permutations(COLUMNS))
    text = StringIO(newline="")
    writer: Any = csv.writer(
        text,
        delimiter=draw(st.sampled_from(",;\t")),
        lineterminator=draw(line_ends),
        quoting=csv.QUOTE_ALL,
    )
    writer.writerow(map(draw(st.sampled_from((str, str.upper, str.title))), columns))
    for record in drawn:
        writer.writerow(str(getattr(record, name) or "") for name in columns)
    before = draw(st.sampled_from(("", "\ufeff", "\n", "\r\n\r\n")))
    return drawn, before + text.getvalue()


#: Records, many of which agree in name, label and last day.
repeated = st.builds(
    er.LabelRecord,
    st.sampled_from(("Example Bakers", "Example Coders")),
    st.sampled_from(("bronze", "silver")),
    st.sampled_from((date(2016, 7, 24), date(2018, 3, 1))),
    country=st.sampled_from((None, "IT", "NO")),
    comparative_portfolio=st.sampled_from((None, "Food industry", "ICT")),
    website=st.sampled_from((None, "https://example.org", "http://example.org")),
)


class Line(NamedTuple):
    """A line of a listing or a table, its records, and the code of its problem."""

    text: str
    records: tuple[er.LabelRecord, ...] = ()
    code: str | None = None


@st.composite
def table_rows(draw: st.DrawFn) -> Line:
    """Draw rows of a table, with their record or the code of their problem."""
    record = draw(records(trimmed))
    values = [str(getattr(record, name) or "") for name in COLUMNS]
    wrong = ((0, " "), (1, "platinum"), (1, ""), (2, "2016-02-30"), (2, ""), (3, "it"), (5, "a"))
    match draw(st.sampled_from(("right", "right", "wrong", "short", "long", "quoted", "empty"))):
        case "right":
            return Line(_written(values), (record,))
        case "wrong":
            index, value = draw(st.sampled_from(wrong))
            values[index] = value
            return Line(_written(values), (), "ECEI412")
        case "short":
            return Line(_written(values[: draw(st.integers(1, 5))]), (), "ECEI412")
        case "long":
            return Line(_written([*values, ""]), (), "ECEI412")
        case "quoted":
            return Line('"Example" Bakers,bronze,2016-07-24,,,\r\n', (), "ECEI413")
        case _:
            return Line(_written(["", " \t"] * draw(st.integers(0, 4))))


def _written(values: list[str]) -> str:
    text = StringIO(newline="")
    writer: Any = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(values)
    return text.getvalue()


#: Words of names. None has a slash, as days and addresses have; none begins like JSON; and
#: no two of them are names of columns, as in the first line of a table.
_words = st.sampled_from(
    [
        *(*PORTFOLIOS, "and space", "Example", "e.V.", "(form. Wheels)", "d\u2019Empreses"),
        *(
            "Names",
            "Label valid until",
            "URL:",
            "www",
            "www.example.org",
            "2016",
            '"',
            "-",
            "\u2013",
        ),
    ]
) | st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="/[{"), min_size=1, max_size=6
)
_names = st.lists(_words, min_size=1, max_size=4).map(" ".join)
_gaps = st.sampled_from((" ", "  ", "\t", "\u00a0", " \t ", "\u2003"))
_margins = st.sampled_from(("", " ", "\t"))
_addresses = st.sampled_from(
    (
        ("", None),
        ("www", None),
        ("https://example.org/bakers", "https://example.org/bakers"),
        ("www.example.org", "http://www.example.org"),
    )
)
_nowhere = st.sampled_from(("2015/02/29", "2016/13/01", "2016/00/10", "1899/12/31", "3000/01/01"))
_other_portfolios = st.sampled_from(("Metal industry", "Tourism", "Aviation"))


@st.composite
def rows(draw: st.DrawFn) -> Line:
    """Draw correct rows with any amount of space."""
    name, portfolio = draw(_names), draw(st.sampled_from(PORTFOLIOS))
    day, (address, website) = draw(days), draw(_addresses)
    gap, margin = draw(_gaps), draw(_margins)
    cells = [name, portfolio, address, f"{day:%Y/%m/%d}"]
    text = gap.join(each for each in cells if each).replace(" ", draw(_gaps))
    record = er.LabelRecord(name, "bronze", day, comparative_portfolio=portfolio, website=website)
    return Line(f"{margin}{text}{margin}", (record,))


@st.composite
def double_rows(draw: st.DrawFn) -> Line:
    """Draw rows of two labels; the second has its own name or that of the first."""
    row, other = draw(rows()), draw(rows()).records[0]
    named = draw(st.sampled_from(("Example Dyers", None)))
    dash = draw(st.sampled_from(("", "\u2013 ", "- ", "\u2014 ")))
    second = evolve(other, name=named or row.records[0].name, website=None)
    end = f"{second.comparative_portfolio} {second.valid_until:%Y/%m/%d}"
    text = f"{row.text} {dash}{f'{named} ' if named else ''}{end}"
    return Line(text, (*row.records, second), "ECEI401")


@st.composite
def rows_of_other_portfolios(draw: st.DrawFn) -> Line:
    """Draw rows below a heading in which a portfolio is not known or has other capitals."""
    row, name, day = draw(rows()), draw(_names), draw(days)
    other = f"{name} {draw(_other_portfolios)}"
    small = er.LabelRecord(name, "bronze", day, comparative_portfolio="Food industry")
    end = f"{day:%Y/%m/%d}"
    return draw(
        st.sampled_from(
            (
                Line(f"{other} {end}", (er.LabelRecord(other, "bronze", day),), "ECEI403"),
                Line(f"{row.text} Example Dyers Metal industry {end}", row.records, "ECEI403"),
                Line(f"{name} food industry {end}", (small,), "ECEI415"),
            )
        )
    )


@st.composite
def unread_lines(draw: st.DrawFn) -> Line:
    """Draw lines that are not rows, or rows that cannot be read."""
    row, name, portfolio = draw(rows()), draw(_names), draw(st.sampled_from(PORTFOLIOS))
    day = f"{draw(days):%Y/%m/%d}"
    return draw(
        st.sampled_from(
            (
                Line(f"{portfolio} {day}", (), "ECEI404"),
                Line(f"{name} {portfolio}", (), "ECEI405"),
                Line(row.text.strip()[:-2], (), "ECEI405"),
                Line(name, (), "ECEI405"),
                Line(f"{name} {portfolio} 3/4/{day[:4]}", (), "ECEI417"),
                Line(f"{name} {portfolio} {draw(_nowhere)}", (), "ECEI406"),
            )
        )
    )


_rests = st.sampled_from((" (renewed)", " \u2013 Example Dyers Textile ind", " *"))
followed_rows = st.builds(
    lambda row, rest: Line(row.text + rest, row.records, "ECEI402"), rows(), _rests
)
#: Lines that are not rows, without any information.
_silent = st.sampled_from(
    ("", " \t", HEADING, HEADING.upper(), HEADING.replace("www ", ""), ADDRESS)
)
lines = st.one_of(
    rows(),
    double_rows(),
    followed_rows,
    rows_of_other_portfolios(),
    unread_lines(),
    unread_lines(),
    _silent.map(Line),
)
#: The lines above the heading of a page.
preambles = st.lists(unread_lines().map(lambda line: line.text) | st.just(ADDRESS), max_size=4)


def altered(text: str) -> st.SearchStrategy[str]:
    """Draw a text with a part of it replaced or cut out."""
    places = st.integers(0, len(text))
    odd = st.sampled_from(("\n", "\r", "\0", "\x1b[2J", '"', ",", ";", "2016/02/30", "{", " "))
    return st.builds(
        lambda a, b, replacement: f"{text[: min(a, b)]}{replacement}{text[max(a, b) :]}",
        places,
        places,
        st.just("") | odd | st.text(max_size=4),
    )


_often = st.sampled_from((date(2018, 12, 20), date(2019, 11, 14), date(2019, 11, 15)))
#: Ends around the day on which the shipped rules change.
ends = st.one_of(_often, _often, st.dates(date(2017, 11, 1), date(2019, 12, 31)))
_rules = st.builds(
    ValidityRules,
    st.builds(FirstAward, st.integers(1, 3), st.sampled_from(("same_day", "end_of_month"))),
    renewal=st.none()
    | st.builds(
        Renewal,
        st.integers(1, 3),
        st.sampled_from(("same_day", "end_of_month")),
        st.integers(0, 1),
    ),
)


def _a_year_later(day: date) -> date:
    return day + timedelta(365)


#: Days on which something may begin or end.
turns = ends | ends.map(_a_year_later)


@st.composite
def editions(draw: st.DrawFn) -> er.Edition:
    """Draw editions in which the rules of a label change, some with gaps."""
    pattern = er.shipped().ruleset("bronze", version="2019-11")
    rulesets = []
    for label in LABELS:
        begins = sorted(draw(st.sets(turns, max_size=3)))
        lengths = [later - earlier for earlier, later in pairwise(begins)] + [
            timedelta(900)
        ] * bool(begins)
        for first, days_until in zip(begins, lengths, strict=True):
            length = draw(st.none() | st.integers(0, days_until.days - 1))
            last = None if length is None else first + timedelta(length)
            rulesets.append(
                evolve(
                    pattern,
                    label=label,
                    version=f"{first}",
                    in_force=er.Period(first, last),
                    validity=draw(_rules),
                    after_gap=True,
                )
            )
    return er.Edition([pattern.catalogue], rulesets=rulesets)


due_registers = st.lists(
    records(st.sampled_from(("Example Bakers", "Example Coders")), ends), min_size=1, max_size=4
).map(er.Register)

#: Names that calendar files escape, without control characters. They have no capital N,
#: because icalendar 7.3 reads one after a backslash as a line break.
calendar_names = st.lists(
    st.sampled_from((*',;:\\"', "\\n", "\u00fc\u00b3", "\U0001d11e" * 30))
    | st.text(
        st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="N"), min_size=1
    ),
    min_size=1,
    max_size=4,
).map("".join)
