"""
The register: the public listing, tables, the records in them and what falls due.

`tests/cases/pages` holds pages of the listing (`*.page`) and tables (`*.csv`) of invented
organisations in which something is odd, named for the problem code that they are about,
and beside each the text of what reading it reports. After a message was changed, write
them anew and read the difference:

    python tests/register/test_register.py --write

`tests/cases/register` holds pages as they were published.
"""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import vobject
from attrs import evolve
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from paths import CASES
from register_strategies import (
    HEADING,
    Line,
    altered,
    calendar_names,
    due_registers,
    editions,
    line_ends,
    lines,
    preambles,
    records,
    registers,
    repeated,
    rows,
    table_rows,
    tables,
    trimmed,
    turns,
)

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.cli.output import Unwritable, write_file
from ecei_rules.diagnostics.codes import PROBLEM_CODES
from ecei_rules.documents.resources import schema
from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.interviews.portfolios import PORTFOLIOS
from ecei_rules.register.csv_table import COLUMNS, write_table
from ecei_rules.register.deadlines import count_by_feature, deadlines, due
from ecei_rules.register.icalendar import calendar_file
from ecei_rules.rulesets.validity import Status, validity

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = CASES / "pages"
ODD = sorted(path for path in PAGES.iterdir() if path.suffix in (".page", ".csv"))
ITALY, NORWAY, SPAIN = (CASES / "register" / f"{name}.txt" for name in ("italy", "norway", "spain"))
LISTED = sorted(code for code in PROBLEM_CODES if code.startswith(("ECEI40", "ECEI41")))
ONE_DAY = timedelta(days=1)
#: All that a line may be broken by, and all that may steer a terminal.
LINE_END = re.compile(r"\r\n|\r|\n")
#: Lines of a listing that need not be rows: its heading, and the address of the page.
SKIPPED = re.compile(f"{HEADING.replace('www ', '(www )?')}|URL: ?https?://\\S+", re.IGNORECASE)
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

each_odd = pytest.mark.parametrize("path", ODD, ids=lambda path: path.name)


def reported(path: Path) -> tuple[str, tuple[er.Problem, ...]]:
    """What reading a page or a table reports, as text and as problems."""
    try:
        problems = er.read_register(path.read_bytes(), name=path.name).problems
    except er.InvalidDocument as error:
        return str(error), error.problems
    return "\n".join(map(str, problems)), problems


def write_texts() -> None:
    """Write the texts anew, and remove those whose page is gone."""
    reports = {path.with_suffix(".txt"): f"{reported(path)[0]}\n" for path in ODD}
    for path in PAGES.glob("*.txt"):
        path.unlink()
    for path, text in reports.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def read(text: str | bytes, **more: Any) -> tuple[tuple[er.LabelRecord, ...], list[er.Problem]]:
    """The records of a text and its problems, whether or not it was refused."""
    try:
        register = er.read_register(text, **more)
    except er.InvalidDocument as error:
        return (), list(error.problems)
    return register.records, list(register.problems)


def collapsed(line: str) -> str:
    """A line as a problem quotes it: with single spaces."""
    return " ".join(line.split())


def has(kept: er.LabelRecord, record: er.LabelRecord) -> bool:
    """Whether a record has all that another states."""
    stated = [name for name in COLUMNS if getattr(record, name) is not None]
    return all(getattr(kept, name) == getattr(record, name) for name in stated)


def key(record: er.LabelRecord) -> tuple[str, str, date]:
    """What makes two records be about the same label."""
    return record.name, record.label, record.valid_until


class TestOddPages:
    """Every odd page or table gets exactly the text that stands beside it."""

    @each_odd
    def test_what_is_odd_is_said(self, path: Path) -> None:
        """A message is part of what is shipped, so it changes only on purpose."""
        expected = path.with_suffix(".txt").read_text(encoding="utf-8")

        assert f"{reported(path)[0]}\n" == expected

    @each_odd
    def test_a_page_is_named_for_a_problem_it_has(self, path: Path) -> None:
        """Whoever looks for examples of a code finds them by the name."""
        codes = {problem.code.lower() for problem in reported(path)[1]}

        assert path.stem.partition("-")[0] in codes

    def test_every_code_has_a_page(self) -> None:
        """A code without an example would be one that nobody has seen."""
        found = {problem.code for path in ODD for problem in reported(path)[1]}

        assert sorted(code for code in found if code.startswith(("ECEI40", "ECEI41"))) == LISTED

    def test_every_page_has_a_text_and_every_text_a_page(self) -> None:
        """A text without its page would be tested by nothing, nor would another file."""
        assert len({path.stem for path in ODD}) == len(ODD)
        assert sorted(PAGES.iterdir()) == sorted([*ODD, *(p.with_suffix(".txt") for p in ODD)])

    @each_odd
    def test_problems_stand_in_the_order_of_the_page(self, path: Path) -> None:
        """
        Who mends a page goes through it once. What is about no single line stands around
        them: that there are too many first, records that differ last.
        """
        beside = {"ECEI112": 0, "ECEI408": sys.maxsize}

        found = [
            beside[each.code] if each.line is None else each.line for each in reported(path)[1]
        ]

        assert found == sorted(found)

    @pytest.mark.parametrize(
        "path", [each for each in ODD if each.suffix == ".page"], ids=lambda path: path.name
    )
    def test_a_problem_of_a_line_quotes_the_line(self, path: Path) -> None:
        """Whoever reads the problem need not open the page, and an editor finds the line."""
        text = path.read_bytes().decode("utf-8", errors="replace").removeprefix("\ufeff")
        page = LINE_END.split(text)

        for problem in reported(path)[1]:
            if "ECEI401" <= problem.code <= "ECEI406":
                assert problem.line is not None
                assert problem.message.endswith(f": {collapsed(page[problem.line - 1])}")

    def test_warnings_are_those_of_which_nothing_is_refused(self) -> None:
        """
        A row with several labels, records that differ, a column too many: all that was
        stated of a register is kept.
        """
        assert [code for code in LISTED if PROBLEM_CODES[code].warning] == [
            "ECEI401",
            "ECEI408",
            "ECEI414",
        ]


# the pages as they were published, typed off by hand: last day, portfolio, name

ITALIAN = """\
2016-07-24 | Food industry | ASDI - Parco Agro-Alimentare di San Daniele
2016-10-01 | Biotechnology | BIOCOMPOST
2019-01-10 | Health and medical science | bioPmed Piemonte innovation cluster
2017-02-04 | Food industry | bioPmed Piemonte innovation cluster
2016-07-25 | Health and medical science | CBM s.c.r.l.
2016-08-29 | Food industry | Cluster Alimentaris
2016-08-28 | Construction | Cluster Bau
2016-08-29 | Sports, Leisure and Tourism | Cluster Gesundheit & Wellness
2016-08-28 | Construction | Cluster Holz & Technik
2017-02-05 | Health and medical science | Cluster Lombardo Scienze della Vita
2016-08-28 | Sports, Leisure and Tourism | Cluster sports & winterTECH
2016-08-29 | Transportation and mobility | Cluster Zivilschutz & Alpine Sicherheit
2016-09-19 | Food industry | Compagnia del Molise
2018-09-14 | Aviation and space | DAC - Distretto Aerospaziale della Campania
2016-02-27 | Food industry | DARE Puglia
2017-10-02 | Sports, Leisure and Tourism | DGT Molise
2016-07-24 | ICT | DITEDI - District of Digital Technologies
2016-02-13 | Energy and environment | ENERMHY
2016-09-30 | ICT | Fondazione Cluster Smart Cities and Communities - Lombardia
2016-07-25 | Health and medical science | FVG as a L@b
2016-07-24 | Production and engineering | Italian Chair District
2015-01-29 | Aviation and space | Lazio Connect
2017-02-04 | New materials and chemistry | LGCA - Lombardy Green Chemistry Association
2016-10-01 | Aviation and space | Lombardia Aerospace Cluster
2014-09-25 | Energy and environment | Lombardy Energy Cluster
2017-02-05 | Transportation and mobility | Lombardy Mobility Cluster
2016-07-24 | Transportation and mobility | Maritime Technology Cluster (form. DITENAVE)
2016-02-11 | Production and engineering |\
 MESAP - Mechatronics and System for Advanced Production
2016-09-10 | Health and medical science | Molise@Healthnet
2016-08-08 | Food industry | OLIVE 360
2018-10-25 | Textile industries | OTIR2020
2016-02-13 | New materials and chemistry | Textile Innovation Cluster
2016-02-13 | Energy and environment | POLIBRE - Renewable Energies and Biofuels Innovation Pole
2016-02-14 | Energy and environment |\
 POLIGHT - Innovation Pole Green-building & Hydrogen Technologies
2016-02-13 | Energy and environment | Polo del Lago Maggiore
2016-02-12 | New materials and chemistry | Polo IBIS - Sustainable Chemistry
2017-07-09 | New materials and chemistry | Proplast
2016-02-13 | Food industry | Tecnogranda
2016-10-01 | Production and engineering | Tecnologie per gli Ambienti di Vita
2015-06-18 | ICT | Torino Wireless
2016-03-12 | Health and medical science | Tuscany Life Science Cluster
"""
NORWEGIAN = """\
2013-03-03 | New materials and chemistry | Arena Eyde
2015-10-18 | Biotechnology | Arena Heidner
2018-09-19 | Food industry | Arena Innovasjon Torskefisk
2018-01-27 | Biotechnology | Arena Legasea
2013-01-25 | Sports, Leisure and Tourism | Arena Leisure boat manufacturers
2017-10-21 | Creative industries | Arena Magica
2015-11-12 | Sports, Leisure and Tourism | Arena Profitable Winter Experiences
2016-03-05 | Energy and environment | Arena Smart Grid Services Cluster
2016-06-17 | Sports, Leisure and Tourism | Arena Usus
2018-09-27 | Maritime technologies, water resources | Artic Maritime Cluster
2018-09-19 | Construction | Betong og byggarbeider i arktisk klima
"""
SPANISH = """\
2015-04-30 | Energy and environment |\
 ACLIMA - Basque Country's Environmental Industry's Cluster Asociation
2017-04-24 | Creative industries | ACTM - CATALAN FASHION & TEXTILE CLUSTER
2016-06-17 | Production and engineering | AEI Automoci\u00f3n de la Rioja
2016-06-16 | Production and engineering | AEI de la Madera y el Mueble de La Rioja
2018-09-06 | Aviation and space | AERA - Cluster Aeronautico Aragon\u00e9s
2016-02-11 | ICT | AERTIC
2017-01-27 | Food industry | Agrofood Murcia
2018-06-30 | New materials and chemistry | Agrupaci\u00f3 d\u2019Empreses Innovadores T\u00e8xtils
"""
BIOPMED = (
    "bioPmed Piemonte innovation cluster Health and medical science 2019/01/10"
    " Food industry 2017/02/04"
)
OTIR = (
    "OTIR2020 Textile industries 2018/10/25 \u2013 Textile Innovation Cluster"
    " New materials and chemistry 2016/02/13"
)
FORWARDERS = (
    "Agrupacion de empresas innovadoras del transporte y la logistica de la rioja Transportatio"
)
TWO_LABELS = "the row holds 2 labels and became 2 records"


def listed(typed: str) -> list[tuple[date, str, str]]:
    """The rows of a list that was typed off."""
    rows = (line.split(" | ") for line in typed.splitlines())
    return [(date.fromisoformat(day), portfolio, name) for day, portfolio, name in rows]


def listed_in(found: tuple[er.LabelRecord, ...]) -> list[tuple[date, str | None, str]]:
    """Records as such a list has them."""
    return [(each.valid_until, each.comparative_portfolio, each.name) for each in found]


class Published(NamedTuple):
    """A page as it was published, and what is in it."""

    path: Path
    listed: list[tuple[date, str, str]]
    number: int
    odd: list[tuple[int, str, str]]


PUBLISHED = [
    Published(ITALY, listed(ITALIAN), 41, [(21, "ECEI401", BIOPMED), (48, "ECEI401", OTIR)]),
    Published(NORWAY, listed(NORWEGIAN), 11, []),
    Published(SPAIN, listed(SPANISH), 8, [(11, "ECEI405", FORWARDERS)]),
]
each_published = pytest.mark.parametrize("page", PUBLISHED, ids=lambda page: page.path.stem)
IN_COLUMNS = re.compile(rf" ({'|'.join(map(re.escape, PORTFOLIOS))}) (?=[0-9]{{4}}/)")


def rows_alone(page: str) -> str:
    """What follows the heading of a page."""
    return page.partition(f"{HEADING}\n")[2]


class TestPublishedPages:
    """tests/cases/register: the pages as they were published are read whole."""

    @each_published
    def test_a_page_gives_its_records_in_its_order(self, page: Published) -> None:
        """
        Every row is a record, those with two labels are two, and a row that was cut off
        is quoted whole.
        """
        register = er.read_register(page.path.read_bytes())

        assert len(register.records) == page.number
        assert listed_in(register.records) == page.listed
        told = [(p.line, p.code, p.message.partition(": ")[2]) for p in register.problems]
        assert told == page.odd

    @each_published
    def test_the_listing_is_of_bronze_and_states_no_more(self, page: Published) -> None:
        """
        Country and address stand in no row; the portfolios are the fifteen known ones.
        """
        found = er.read_register(page.path.read_bytes()).records

        stated = {(each.label, each.country, each.website) for each in found}
        assert stated == {("bronze", None, None)}
        assert {each.comparative_portfolio for each in found} <= set(PORTFOLIOS)
        assert len(PORTFOLIOS) == 15

    @pytest.mark.parametrize(
        "rewritten",
        [
            rows_alone,
            lambda page: page.replace("\n", "\r\n"),
            lambda page: page.replace("\n", "\r"),
            lambda page: IN_COLUMNS.sub(r"\t\1\t", page),
            lambda page: IN_COLUMNS.sub(r" \1 www ", page),
            lambda page: page.replace(" ", "\u00a0"),
            lambda page: "\ufeff" + page,
            lambda page: f"{page}\n{rows_alone(page)}",
        ],
        ids=["rows-alone", "crlf", "cr", "tabs", "www", "no-break-spaces", "mark", "twice"],
    )
    @each_published
    def test_how_a_page_was_saved_changes_no_record(
        self, page: Published, rewritten: Callable[[str], str]
    ) -> None:
        """
        The rows alone, other line ends and other space give the same records.
        """
        register = er.read_register(rewritten(page.path.read_text(encoding="utf-8")))

        assert len(register.records) == page.number
        assert listed_in(register.records) == page.listed
        assert {each.code for each in register.problems} == {code for _, code, _ in page.odd}

    @each_published
    def test_an_address_is_that_of_its_row(self, page: Published) -> None:
        """
        The column www stands between the portfolio and the day; a country is given.
        """
        text = page.path.read_text(encoding="utf-8")
        numbers = iter(range(page.number))
        addressed = IN_COLUMNS.sub(lambda m: f" {m[1]} www.example.org/{next(numbers)} ", text)

        register = er.read_register(addressed, country="XX")

        assert listed_in(register.records) == page.listed
        assert len(register.problems) == len(page.odd)
        stated = [(each.country, each.website) for each in register.records]
        assert stated == [("XX", f"http://www.example.org/{n}") for n in range(page.number)]

    def test_the_rows_of_a_cut_page_have_their_own_line_numbers(self) -> None:
        """
        A line is counted in the text that was given, not in the page it was cut from.
        """
        page = rows_alone(ITALY.read_text(encoding="utf-8"))

        assert [(each.line, each.code) for each in er.read_register(page).problems] == [
            (21 - 18, "ECEI401"),
            (48 - 18, "ECEI401"),
        ]

    def test_two_labels_are_told_with_their_line(self) -> None:
        """
        The only problems of a whole page are warnings, and say what became of the row.
        """
        problems = er.read_register(ITALY.read_bytes()).problems

        assert [str(each) for each in problems] == [
            f"21:1: ECEI401 line: {TWO_LABELS}: {BIOPMED}",
            f"48:1: ECEI401 line: {TWO_LABELS}: {OTIR}",
        ]
        assert all(each.severity == "warning" for each in problems)

    def test_no_portfolio_is_the_end_of_another(self) -> None:
        """
        Otherwise nobody could say, reading from the right, where a name ends.
        """
        ends = [(a, b) for a in PORTFOLIOS for b in PORTFOLIOS if a != b and a.endswith(f" {b}")]

        assert ends == []


class TestInterviewsWereOnWeekdays:
    """
    docs/sources.md: an award of before 2019-11-15 runs two calendar years, to the day.

    Interviews are held on working days. The 60 last days of the published pages fall on
    any day of the week, so that of their interviews, too, about 17 would be at a weekend
    if the label ran some other time. Two calendar years back not one is.
    """

    ENDS = tuple(
        each.valid_until
        for path in (ITALY, NORWAY, SPAIN)
        for each in er.read_register(path.read_bytes()).records
    )

    def at_weekends(self, span: relativedelta) -> int:
        """How many days so long before a last day are Saturdays or Sundays."""
        return sum((end - span).isoweekday() > 5 for end in self.ENDS)

    @pytest.mark.parametrize(("years", "number"), list(enumerate([30, 13, 0, 9, 19])))
    def test_only_two_whole_years_leave_no_weekend(self, years: int, number: int) -> None:
        """
        Of one, three or four years, or of none, 9 to 30 are left.
        """
        assert len(self.ENDS) == 60
        assert self.at_weekends(relativedelta(years=years)) == number

    @pytest.mark.parametrize(
        ("span", "number"),
        [
            (relativedelta(years=2, days=-1), 11),
            (relativedelta(years=2, days=1), 3),
            (relativedelta(days=730), 9),
            (relativedelta(days=731), 2),
        ],
        ids=["a-day-less", "a-day-more", "730-days", "731-days"],
    )
    def test_a_day_beside_it_leaves_weekends(self, span: relativedelta, number: int) -> None:
        """
        The last day is the same day of the month; it is not counted in days, either:
        what 730 days get wrong are spans with a 29 February, and 731 days those without.
        """
        assert self.at_weekends(span) == number

    def test_730_and_731_days_are_wrong_where_the_other_is_right(self) -> None:
        """
        36 of the spans hold a 29 February, 24 do not, and each number of days leaves
        weekends only in those where it is not two years.
        """
        long = [end for end in self.ENDS if (end - (end - relativedelta(years=2))).days == 731]
        short = [end for end in self.ENDS if end not in long]

        assert (len(long), len(short)) == (36, 24)
        assert sum((end - timedelta(730)).isoweekday() > 5 for end in long) == 9
        assert sum((end - timedelta(731)).isoweekday() > 5 for end in short) == 2

    def test_the_rule_gives_every_published_day_back(self) -> None:
        """
        From the day two calendar years earlier the rule of that day comes to the day
        that was published.
        """
        for end in self.ENDS:
            interview = end - relativedelta(years=2)
            rules = er.shipped().ruleset("bronze", on=interview).validity
            assert add_calendar_years(interview, 2, "same_day") == end
            assert validity(rules, interview, None).until == end

    def test_a_label_is_valid_on_its_last_day_and_had_lapsed_on_the_next(self) -> None:
        """
        "Label valid until" means that day too; under the rules of then nothing was
        renewable.
        """
        for end in self.ENDS:
            statuses = [
                er.status_of("bronze", end, end + n * ONE_DAY, er.shipped()) for n in (0, 1)
            ]
            assert statuses == [Status.VALID, Status.LAPSED]


class TestRoundTrips:
    """docs/formats.md, "Register": what was written reads as it was."""

    @given(registers())
    def test_a_register_that_was_written_reads_as_it_was(self, register: er.Register) -> None:
        """
        JSON keeps every record with all of its texts, and the members of one's own.
        """
        text = er.write_register(register)

        assert er.read_register(text) == er.read_register(text.encode()) == register
        Draft202012Validator(schema("register")).validate(json.loads(text))

    @given(st.lists(records(trimmed), max_size=4))
    @example([er.LabelRecord("Example\rBakers", "bronze", date(2016, 7, 24))])
    def test_a_table_that_was_written_reads_as_it_was(self, found: list[er.LabelRecord]) -> None:
        """
        Commas, quotation marks and line breaks in a text are kept; space around it is
        not, and of repeats a table keeps one, as a merged register does.
        """
        merged = er.merge_registers([er.Register(found)])

        register = er.read_register(write_table(merged))

        assert register == merged
        assert {each.code for each in register.problems} <= {"ECEI408"}

    @given(tables())
    def test_what_another_program_wrote_reads_the_same(
        self, written: tuple[list[er.LabelRecord], str]
    ) -> None:
        """
        Semicolons or tabs, quotation marks around everything, the columns in another
        order and under capitals, an invisible mark or empty lines first.
        """
        found, text = written

        assert er.read_register(text) == er.merge_registers([er.Register(found)])

    @given(st.lists(rows(), min_size=1, unique_by=lambda row: key(row.records[0])))
    def test_a_listing_gives_the_same_records_as_its_json_and_its_table(
        self, found: list[Line]
    ) -> None:
        """
        Whichever form a register takes, it is the same register.
        """
        register = er.read_register("\n".join([HEADING, *(row.text for row in found)]))

        assert er.read_register(er.write_register(register)) == register
        assert er.read_register(write_table(register)) == register


class TestTables:
    """docs/formats.md, "Register": a table whose first line names its columns."""

    def test_a_table_is_written_whole(self) -> None:
        """
        The columns are always the same six; what a record does not state is empty. Lines
        end as RFC 4180 has it.
        """
        register = er.Register(
            [
                er.LabelRecord("Example Miners", "silver", date(2024, 2, 29)),
                er.LabelRecord(
                    'Example "Bakers", Inc.',
                    "bronze",
                    date(2016, 7, 24),
                    country="IT",
                    comparative_portfolio="Maritime technologies, water resources",
                    website="https://example.org/;,",
                ),
            ]
        )

        assert write_table(register) == (
            "name,label,valid_until,country,comparative_portfolio,website\r\n"
            "Example Miners,silver,2024-02-29,,,\r\n"
            '"Example ""Bakers"", Inc.",bronze,2016-07-24,IT,'
            '"Maritime technologies, water resources","https://example.org/;,"\r\n'
        )

    def test_a_value_that_is_too_long_is_quoted_and_the_rest_is_read(self) -> None:
        """
        Neither is the row lost nor those after it.
        """
        row = "Example Bakers,bronze,2016-07-24"
        long = f"{'x' * 140_000},bronze,2016-07-24"

        records, problems = read(f"name,label,valid_until\n{row}\n{long}\n{row[:13]}2{row[14:]}\n")

        assert [each.name for each in records] == ["Example Bakers", "Example Baker2"]
        assert [(p.line, p.code) for p in problems] == [(3, "ECEI413")]
        assert long in problems[0].message

    def test_more_columns_than_problems_can_be_told_are_one_problem(self) -> None:
        """
        A heading of a hostile table is not gone through column by column.
        """
        names = ",".join(f"c{n}" for n in range(998))
        heading = f"name,label,valid_until,{names}"

        assert [p.message for p in read(f"{heading}\n")[1]] == ["the table has 1,001 columns"]
        assert len(read(f"{heading.removesuffix(',c997')}\n")[1]) == 997

    def test_a_warning_alone_does_not_refuse_a_table(self) -> None:
        """
        A column too many leaves a table without rows what it is.
        """
        register = er.read_register("name,label,valid_until,notes\n")

        assert register.records == ()
        assert [each.code for each in register.problems] == ["ECEI414"]

    @pytest.mark.parametrize("text", ["A ICT 2016/07/24", "name,label,valid_until\n", "{}"])
    def test_a_country_that_is_none_is_a_mistake_of_the_caller(self, text: str) -> None:
        """
        It is not looked for in the document, whichever that is.
        """
        with pytest.raises(ValueError, match=r"^a country is two capital letters such as IT"):
            er.read_register(text, country="it")

    def test_a_table_without_rows_is_an_empty_register(self) -> None:
        """
        Whoever exports an empty register can read it again.
        """
        assert er.read_register(write_table(er.Register([]))) == er.Register([])

    def test_a_stated_country_is_kept_and_a_missing_one_filled_in(self) -> None:
        """
        The country that is given is for the rows that do not state theirs.
        """
        text = "name,label,valid_until,country\nA,bronze,2016-07-24,NO\nB,bronze,2016-07-24,\n"

        found = er.read_register(text, country="IT").records

        assert [each.country for each in found] == ["NO", "IT"]

    def test_space_around_a_value_is_no_part_of_it(self) -> None:
        """
        A cell may be padded; a cell of space alone states nothing.
        """
        text = "name , label,valid_until,website\n Example  Bakers\t, Bronze , 2016/07/24 ,  \n"

        assert er.read_register(text).records == (
            er.LabelRecord("Example  Bakers", "bronze", date(2016, 7, 24)),
        )

    @given(st.lists(table_rows()))
    def test_every_row_is_a_record_or_told(self, found: list[Line]) -> None:
        """
        A value that is wrong, one too few or too many, a quotation mark out of its place
        is a problem with the line on which the row begins; rows without values are none.
        """
        text, told = f"{','.join(COLUMNS)}\r\n", []
        for row in found:
            if row.code:
                told.append((1 + len(LINE_END.findall(text)), row.code))
            text += row.text

        records, problems = read(text)

        assert [(p.line, p.code) for p in problems if p.code != "ECEI408"] == told
        held = er.Register([record for row in found for record in row.records])
        assert records == er.merge_registers([held]).records

    @pytest.mark.parametrize(
        ("text", "row"),
        [
            (
                'name,label,valid_until\n"A,bronze,2016-07-24\nB,bronze,2016-07-24\n',
                "B,bronze,2016-07-24",
            ),
            ('label,valid_until,name\nbronze,2016-07-24,"A\nbronze,2016-07-24,B\n', ",B"),
            (
                'name,label,valid_until,website\nA,bronze,2016-07-24,"https://a\nB,bronze,2016-07-24,\n',
                "B,bronze,2016-07-24,",
            ),
        ],
        ids=["first-column", "last-column", "address"],
    )
    def test_a_quotation_mark_that_is_not_closed_swallows_no_row_in_silence(
        self, text: str, row: str
    ) -> None:
        """
        Whatever column it opens in, the rows after it are not taken for a text of it, and
        the problem quotes them.
        """
        records, problems = read(text)

        assert records == ()
        assert [(each.line, each.code) for each in problems] == [(2, "ECEI413")]
        assert problems[0].message.endswith(row)

    @pytest.mark.parametrize(("length", "read_whole"), [(131_072, True), (131_073, False)])
    def test_a_value_may_be_long_and_no_longer(self, length: int, *, read_whole: bool) -> None:
        """
        The rows around one that is too long are read.
        """
        names = ["Example Bakers", "x" * length, "Example Coders"]
        rows = "".join(f"{name},bronze,2016-07-24\n" for name in names)

        found, problems = read(f"name,label,valid_until\n{rows}")

        kept = names if read_whole else [names[0], names[2]]
        assert [each.name for each in found] == kept
        assert [(p.line, p.code) for p in problems] == ([] if read_whole else [(3, "ECEI413")])


class TestListing:
    """docs/formats.md, "The public listing": rows are read from their right end."""

    @given(
        st.lists(rows(), min_size=1, unique_by=lambda row: key(row.records[0])),
        preambles,
        st.sampled_from((HEADING, HEADING.replace("www ", ""), HEADING.upper(), None)),
        line_ends,
    )
    def test_rows_are_read_as_they_were_made(
        self, found: list[Line], above: list[str], heading: str | None, end: str
    ) -> None:
        """
        Name, portfolio, address and day come back exactly and in order, whatever words
        the name is made of and whatever that is no row stands above the heading.
        """
        head = [] if heading is None else [*above, heading]

        register = er.read_register(end.join([*head, *(row.text for row in found)]))

        assert register.records == tuple(row.records[0] for row in found)
        assert register.problems == ()

    @given(st.lists(lines), line_ends)
    def test_every_line_is_records_or_quoted(self, found: list[Line], end: str) -> None:
        """
        After the heading nothing is lost: a line became its records, or a problem with
        its number quotes it whole, or both where it holds more than one record.
        """
        records, problems = read(end.join([HEADING, *(line.text for line in found)]))

        odd = [(number, line) for number, line in enumerate(found, 2) if line.code]
        held = [record for line in found for record in line.records]
        told = [each for each in problems if each.code != "ECEI408"]
        nothing = [(1, "ECEI400")] if not odd and not held else []
        expected = nothing or [(number, line.code) for number, line in odd]
        assert [(each.line, each.code) for each in told] == expected
        for (_, line), problem in zip(odd, told, strict=False):
            assert problem.message.endswith(f": {collapsed(line.text)}")
        assert all(any(has(kept, record) for kept in records) for record in held)
        assert {key(each) for each in records} == {key(each) for each in held}

    @given(
        st.lists(st.text() | lines.map(lambda line: line.text)).map("\n".join)
        | altered(rows_alone(ITALY.read_text(encoding="utf-8")))
    )
    def test_no_line_of_any_text_is_lost(self, text: str) -> None:
        """
        Whatever follows the heading, a line that no problem quotes says, read alone,
        nothing that the whole does not.
        """
        whole, problems = read(f"{HEADING}\n{text}")

        for number, line in enumerate(LINE_END.split(text), 2):
            ends = [each.message for each in problems if each.line == number]
            if collapsed(line) and not any(end.endswith(f": {collapsed(line)}") for end in ends):
                alone, odd = read(f"{HEADING}\n{line}")
                assert alone or SKIPPED.fullmatch(collapsed(line))
                assert all(any(has(kept, record) for kept in whole) for record in alone)
                assert [each.code for each in odd] == ["ECEI400"] * (not alone)

    @pytest.mark.parametrize(
        ("line", "names"),
        [
            (
                "Centre of the Food industry Food industry 2016/07/24",
                ["Centre of the Food industry"],
            ),
            ("ICT ICT 2016/07/24", ["ICT"]),
            ("- Example ICT 2016/07/24", ["- Example"]),
            ("2016/07 Example ICT 2016/07/24", ["2016/07 Example"]),
            ("[Example] ICT 2016/07/24", ["[Example]"]),
            ("A ICT 2016/07/24 ICT 2018/03/01", ["A", "A"]),
            ("A ICT 2016/07/24 - ICT 2018/03/01", ["A", "A"]),
            ("A ICT 2016/07/24 \u2013 B ICT 2018/03/01", ["A", "B"]),
            ("A ICT 2016/07/24 B - C ICT 2018/03/01 ICT 2018/03/02", ["A", "B - C", "B - C"]),
        ],
    )
    def test_the_name_is_what_is_left(self, line: str, names: list[str]) -> None:
        """
        A name may end as a portfolio does; a label without a name has the one before it.
        """
        assert [each.name for each in er.read_register(line).records] == names

    def test_a_row_above_the_heading_is_read(self) -> None:
        """
        Only what cannot be read as a row is the page's own there, with a day or without.
        """
        row = "Example Bakers Food industry 2016/07/24"
        text = f"As of 2016/12/01\nExample {row}\nExample Miners Constr\n{HEADING}\n{row}\n"

        register = er.read_register(text)

        assert [each.name for each in register.records] == [
            "Example Example Bakers",
            "Example Bakers",
        ]
        assert register.problems == ()

    def test_equal_labels_of_one_row_are_one_record(self) -> None:
        """
        The warning says how many records became of how many labels.
        """
        row = "Example Bakers Food industry 2016/07/24 Food industry 2016/07/24"

        register = er.read_register(row)

        assert len(register.records) == 1
        assert [str(each) for each in register.problems] == [
            f"1:1: ECEI401 line: the row holds 2 labels and became 1 record: {row}"
        ]

    @pytest.mark.parametrize("number", [999, 1000, 1001, 50_000])
    def test_a_text_that_is_refused_has_a_thousand_problems_at_most(self, number: int) -> None:
        """
        One with more says so first.
        """
        _, problems = read("Example Miners Constr\n" * number)

        if number <= 1000:
            assert [each.line for each in problems] == list(range(1, number + 1))
        else:
            assert [each.code for each in problems] == ["ECEI112"] + ["ECEI405"] * 1000

    def test_a_row_that_stands_twice_is_one_record(self) -> None:
        """
        Two of the published pages repeat rows.
        """
        row = "Example Bakers Food industry 2016/07/24"

        register = er.read_register(
            f"{row}\n{row}\n{row.replace(' 2016', ' www.example.org 2016')}"
        )

        assert register == er.Register(
            [
                er.LabelRecord(
                    "Example Bakers",
                    "bronze",
                    date(2016, 7, 24),
                    comparative_portfolio="Food industry",
                    website="http://www.example.org",
                )
            ]
        )
        assert register.problems == ()


class TestAnythingAtAll:
    """docs/formats.md: whatever is read, the answer is a register or problems."""

    PAGE = ITALY.read_text(encoding="utf-8")
    REGISTER = er.read_register(PAGE)
    TABLE = write_table(REGISTER)
    JSON = er.write_register(REGISTER)

    @given(
        st.text(st.characters())
        | st.sampled_from((PAGE, TABLE, JSON)).flatmap(altered)
        | st.sampled_from((f"{HEADING}\n", TABLE.partition("\n")[0] + "\n")).flatmap(
            lambda head: st.text().map(head.__add__)
        )
    )
    def test_any_text_gives_a_register_or_problems(self, text: str) -> None:
        """
        No problem names a line that is not there, or writes more than its own lines.
        """
        records, problems = read(text)
        count = len(LINE_END.split(text))

        assert problems or records or er.read_register(text) == er.Register([])
        for each in problems:
            assert each.line is None or 1 <= each.line <= count
            assert each.line is not None or each.code == "ECEI408"
            assert not UNSEEN.search(str(each).replace("\n  hint: ", "", 1))

    @given(st.binary() | st.sampled_from((PAGE, TABLE, JSON)).flatmap(altered).map(str.encode))
    def test_any_bytes_give_a_register_or_problems(self, data: bytes) -> None:
        """
        Bytes are UTF-8 or refused, and give what their text gives.
        """
        records, problems = read(data)

        if {each.code for each in problems} != {"ECEI102"}:
            assert read(data.decode("utf-8")) == (records, problems)


class TestMerging:
    """docs/formats.md, "Register": one register of several."""

    several = st.lists(st.lists(repeated, max_size=4).map(er.Register), max_size=4)

    @given(several)
    def test_merging_again_changes_nothing(self, given_registers: list[er.Register]) -> None:
        """
        Nor does merging a register with itself; no record stands twice afterwards.
        """
        merged = er.merge_registers(given_registers)

        assert er.merge_registers([merged]) == merged
        assert er.merge_registers([merged, merged]) == merged
        assert er.merge_registers([*given_registers, *given_registers]) == merged
        assert er.check_register(merged) == ()

    @given(several)
    def test_the_order_is_that_of_first_appearance(
        self, given_registers: list[er.Register]
    ) -> None:
        """
        Records that differ stand beside the first of their name, label and last day.
        """
        before = [record for each in given_registers for record in each.records]

        after = er.merge_registers(given_registers).records

        runs = [key(each) for index, each in enumerate(after) if index in starts_of_runs(after)]
        assert runs == list(dict.fromkeys(map(key, before)))
        assert len(after) <= len(before)

    @given(several)
    def test_nothing_is_lost_and_nothing_made_up(self, given_registers: list[er.Register]) -> None:
        """
        What a record states, one that was kept states beside it; what was kept states
        nothing that no record of its name, label and last day did.
        """
        before = [record for each in given_registers for record in each.records]

        after = er.merge_registers(given_registers).records

        for record in before:
            assert any(has(kept, record) for kept in after)
        for kept in after:
            alike = [record for record in before if key(record) == key(kept)]
            for name in COLUMNS:
                assert getattr(kept, name) in {None, *(getattr(each, name) for each in alike)}

    @given(several)
    def test_every_record_that_differs_is_told_once(
        self, given_registers: list[er.Register]
    ) -> None:
        """
        Of one name, label and last day the first needs no word, each other one.
        """
        merged = er.merge_registers(given_registers)
        keys = {key(each) for each in merged.records}

        told = [each.code for each in merged.problems]
        assert told == ["ECEI408"] * (len(merged.records) - len(keys))

    @given(repeated, st.sampled_from(("country", "comparative_portfolio", "website")))
    def test_a_repeat_fills_in_what_was_not_stated(self, record: er.LabelRecord, name: str) -> None:
        """
        Whichever of the two comes first, one record with all that either states is kept.
        """
        less = evolve(record, **{name: None})

        for both in ([record, less], [less, record]):
            pages = [er.Register([each]) for each in both]
            assert er.merge_registers(pages).records == (record,)

    def test_records_that_differ_are_both_kept(self) -> None:
        """
        The problem names the record and what differs; a third time says no more.
        """
        one = er.LabelRecord(
            "Example Bakers", "bronze", date(2016, 7, 24), country="IT", website="http://a"
        )
        other = evolve(one, country="AT", website="http://b", comparative_portfolio="ICT")
        later_one = evolve(one, valid_until=date(2018, 3, 1))

        merged = er.merge_registers(
            [er.Register([one, later_one]), er.Register([other]), er.Register([other, one])]
        )

        assert merged.records == (one, other, later_one)
        assert [str(each) for each in merged.problems] == [
            (
                'ECEI408 records: two records of "Example Bakers" until 2016-07-24 differ in'
                ' "country" and "website"; both are kept'
            )
        ]

    def test_what_was_odd_in_a_page_stays_with_the_whole(self) -> None:
        """
        Whoever merges pages still sees the lines that could not be read.
        """
        spain = er.read_register(SPAIN.read_bytes())
        italy = er.read_register(ITALY.read_bytes())

        merged = er.merge_registers([spain, italy])

        assert merged.records == (*spain.records, *italy.records)
        assert merged.problems == (*spain.problems, *italy.problems)


def starts_of_runs(found: tuple[er.LabelRecord, ...]) -> set[int]:
    """Where records begin that are about another label than those before them."""
    return {
        index
        for index in range(len(found))
        if not index or key(found[index]) != key(found[index - 1])
    }


def renews(record: er.LabelRecord, day: date, edition: er.Edition) -> bool:
    """Whether an interview on a day from the end on renews a label, by the rules of that day."""
    if day > record.valid_until:
        return er.status_of(record.label, record.valid_until, day, edition) is Status.RENEWABLE
    try:
        return edition.ruleset(record.label, on=day).validity.renewal is not None
    except er.NoRulesetInForce:
        return False


def last_day_to_renew(record: er.LabelRecord, edition: er.Edition) -> date | None:
    """The last of such days, looked for day by day; no rule here gives more than a year."""
    days = [record.valid_until + number * ONE_DAY for number in range(500)]
    return max((day for day in days if renews(record, day, edition)), default=None)


each_edition = st.one_of(st.just(er.shipped()), editions(), editions())


class TestDeadlines:
    """docs/semantics.md, 8: what a register can say of a day."""

    @given(due_registers, each_edition, st.tuples(turns, turns).map(sorted))
    def test_what_falls_due_is_what_a_walk_through_the_days_finds(
        self, register: er.Register, edition: er.Edition, bounds: list[date]
    ) -> None:
        """
        A label runs out on a day if it is valid on it and not on the next; the last day
        to renew is the last on which the rules in force renew it. Both ends count, and
        of one day the records stand in their order.
        """
        on, within = bounds[0], (bounds[1] - bounds[0]).days
        lasts = [last_day_to_renew(each, edition) for each in register.records]
        expected = []
        for day in (on + number * ONE_DAY for number in range(within + 1)):
            for record, last in zip(register.records, lasts, strict=True):
                until = record.valid_until
                today, tomorrow = (
                    er.status_of(record.label, until, each, edition)
                    for each in (day, day + ONE_DAY)
                )
                if today is Status.VALID and tomorrow is not Status.VALID:
                    expected.append((day, "runs_out", record))
                if day == last:
                    expected.append((day, "last_day_to_renew", record))

        found = due(register, on, within, edition)

        assert [(each.on, each.what, each.record) for each in found] == expected

    @given(due_registers, each_edition)
    def test_all_deadlines_are_those_of_all_days(
        self, register: er.Register, edition: er.Edition
    ) -> None:
        """
        Each record runs out once, and has a last day to renew at most once; each says how
        long its label can be renewed. Of one day they stand in the order of the register.
        """
        everything = deadlines(register, edition)

        lasts = [(each, last_day_to_renew(each, edition)) for each in register.records]
        expected = []
        for record, last in lasts:
            expected.append((record.valid_until, "runs_out", record, last))
            if last is not None:
                expected.append((last, "last_day_to_renew", record, last))
        expected.sort(key=lambda each: each[0])
        found = [(each.on, each.what, each.record, each.renewable_until) for each in everything]
        assert found == expected
        assert due(register, date(2013, 1, 1), 5000, edition) == everything

    @given(due_registers, each_edition)
    def test_a_later_record_of_the_name_is_told(
        self, register: er.Register, edition: er.Edition
    ) -> None:
        """
        Who is in the register again, with the same country and label and a later end,
        may hold the label all the same; the latest of such ends is given.
        """
        for each in deadlines(register, edition):
            after = [
                other.valid_until
                for other in register.records
                if other.country == each.record.country
                and (other.name, other.label) == (each.record.name, each.record.label)
                and other.valid_until > each.record.valid_until
            ]
            assert each.later_end == max(after, default=None)

    @given(due_registers, each_edition, turns)
    def test_counts_are_those_of_the_records(
        self, register: er.Register, edition: er.Edition, on: date
    ) -> None:
        """
        By each feature every record is counted once, under its value and its status.
        """
        counts = count_by_feature(register, on, edition)

        assert list(counts) == ["comparative_portfolio", "country", "year", "label"]
        for name, by_value in counts.items():
            features = [
                str(each.valid_until.year) if name == "year" else getattr(each, name) or ""
                for each in register.records
            ]
            statuses = [
                er.status_of(each.label, each.valid_until, on, edition) for each in register.records
            ]
            cells = [
                (value, status, number)
                for value, by_status in by_value.items()
                for status, number in by_status.items()
            ]
            expected = Counter(zip(features, statuses, strict=True))
            assert Counter({(value, status): n for value, status, n in cells}) == expected
            assert sum(number for *_, number in cells) == len(register.records)
            assert list(by_value) == sorted(set(features))

    @given(due_registers, each_edition)
    def test_a_day_brings_no_label_back(self, register: er.Register, edition: er.Edition) -> None:
        """
        From one day to the next none that has lapsed, or can only be renewed, is valid
        again; from when one is valid the register does not say.
        """
        for record in register.records:
            around = [record.valid_until + number * ONE_DAY for number in range(-30, 500)]
            found = [er.status_of(record.label, record.valid_until, day, edition) for day in around]
            assert found[:31] == [Status.VALID] * 31
            assert Status.VALID not in found[31:]
            assert Status.NOT_YET_VALID not in found

    def test_what_lapsed_under_the_old_rules_can_be_renewable_under_the_new(self) -> None:
        """
        Bronze had no renewal until 2019-11-14; from the next day on what ran out within
        a year can be renewed, to the end of the month.
        """
        end, days = date(2018, 12, 20), (date(2018, 12, 20), date(2018, 12, 21), date(2019, 11, 14))
        more = (date(2019, 11, 15), date(2019, 12, 31), date(2020, 1, 1))

        found = [er.status_of("bronze", end, day, er.shipped()).value for day in (*days, *more)]

        assert found == ["valid", "lapsed", "lapsed", "renewable", "renewable", "lapsed"]
        assert er.shipped().renewable_until("bronze", end) == date(2019, 12, 31)
        assert er.shipped().renewable_until("bronze", date(2018, 10, 20)) is None

    @pytest.mark.parametrize(
        ("end", "last"),
        [
            (date(2019, 3, 31), date(2020, 3, 31)),
            (date(2020, 3, 31), date(2020, 6, 30)),
            (date(2020, 6, 30), date(2020, 6, 30)),
            (date(2020, 7, 1), None),
        ],
        ids=str,
    )
    def test_rules_that_are_out_of_force_renew_nothing(self, end: date, last: date | None) -> None:
        """
        With the rules of 2019 ended on 2020-06-30 and none after them that is the last
        day to renew, and a label that ends later cannot be renewed.
        """
        bronze = er.shipped().ruleset("bronze", version="2019-11")
        ended = evolve(bronze, in_force=er.Period(date(2019, 11, 15), date(2020, 6, 30)))
        edition = er.Edition([bronze.catalogue], rulesets=[ended])

        record = er.LabelRecord("Example Bakers", "bronze", end)
        found = [(each.on, each.what) for each in deadlines(er.Register([record]), edition)]

        assert edition.renewable_until("bronze", end) == last
        assert found[0] == (end, "runs_out")
        assert found[1:] == ([(last, "last_day_to_renew")] if last else [])


SUMMARIES = {
    "runs_out": "{} label of {} runs out",
    "last_day_to_renew": "last day to renew {} label of {}",
}


def events_in(text: str) -> list[Any]:
    """The events of a calendar file."""
    found: list[Any] = vobject.readOne(text).contents.get("vevent", [])
    return found


def identified(register: er.Register) -> set[tuple[str, str, date]]:
    """The events of a register's calendar, each with what tells it from the others."""
    events = events_in(calendar_file(register, er.shipped()))
    return {(each.uid.value, each.summary.value, each.dtstart.value) for each in events}


SAME = er.LabelRecord(
    "Example Bakers",
    "bronze",
    date(2016, 7, 24),
    country="IT",
    comparative_portfolio="Food industry",
    website="https://example.org",
)


class TestCalendar:
    """RFC 5545: the deadlines as a calendar file, read by a library that did not write it."""

    @given(st.lists(st.builds(evolve, repeated, name=calendar_names), max_size=4))
    def test_events_are_days_with_their_names(self, found: list[er.LabelRecord]) -> None:
        """
        Each deadline is an event of one whole day; commas, semicolons, backslashes and
        letters of any alphabet survive.
        """
        register = er.merge_registers([er.Register(found)])

        events = events_in(calendar_file(register, er.shipped()))

        assert [(each.summary.value, each.dtstart.value, each.dtend.value) for each in events] == [
            (
                SUMMARIES[each.what].format(each.record.label.capitalize(), each.record.name),
                each.on,
                each.on + ONE_DAY,
            )
            for each in deadlines(register, er.shipped())
        ]
        assert {type(each.dtstart.value) for each in events} <= {date}
        # that of the day, since with the time of writing no two files would be the same
        assert [str(each.dtstamp.value) for each in events] == [
            f"{each.on} 00:00:00+00:00" for each in deadlines(register, er.shipped())
        ]

    @given(st.lists(st.builds(evolve, repeated, name=calendar_names), max_size=4))
    def test_lines_are_of_the_form_that_calendars_read(self, found: list[er.LabelRecord]) -> None:
        """
        A line has at most 75 octets and ends with CR and LF, and is whole UTF-8.
        """
        data = calendar_file(er.Register(found), er.shipped()).encode()

        *folded, last = data.split(b"\r\n")
        assert last == b""
        for line in folded:
            assert len(line) <= 75
            assert b"\r" not in line
            assert b"\n" not in line
            line.decode()

    @given(st.lists(repeated, max_size=4), repeated)
    def test_an_event_keeps_its_identity(
        self, found: list[er.LabelRecord], more: er.LabelRecord
    ) -> None:
        """
        A second export gives the same bytes; with another record in the register, and
        with a country or an address that was found out since, the events are the same.
        """
        register = er.merge_registers([er.Register(found)])
        longer = er.Register(
            [more, *(evolve(each, country="SE", website="https://x") for each in register.records)]
        )

        text = calendar_file(register, er.shipped())

        assert calendar_file(er.read_register(er.write_register(register)), er.shipped()) == text
        assert identified(register) <= identified(longer)

    @given(st.lists(repeated, max_size=6))
    @example([SAME, evolve(SAME, country="AT")])
    @example([SAME, evolve(SAME, comparative_portfolio="ICT")])
    @example([SAME, evolve(SAME, website="https://example.com")])
    def test_no_two_events_are_taken_for_one(self, found: list[er.LabelRecord]) -> None:
        """
        A calendar shows one of two events with the same identity, and of records that
        differ both were kept.
        """
        register = er.merge_registers([er.Register(found)])

        identities = {identity for identity, *_ in identified(register)}
        assert len(identities) == len(deadlines(register, er.shipped()))

    def test_what_cannot_be_seen_is_shown(self) -> None:
        """
        RFC 5545 has no control characters in a text; a line break is no exception here.
        """
        record = er.LabelRecord("Example\x00\x1b\r\nBakers", "bronze", date(2016, 7, 24))

        (event,) = events_in(calendar_file(er.Register([record]), er.shipped()))

        assert event.summary.value == (
            r"Bronze label of Example\u0000\u001b\u000d\u000aBakers runs out"
        )

    def test_an_event_says_what_the_register_does(self) -> None:
        """
        The description has the other days, the portfolio, the country and the address.
        """
        register = er.Register(
            [
                er.LabelRecord(
                    "Example Sailors; Divers",
                    "gold",
                    date(2024, 9, 30),
                    country="NO",
                    comparative_portfolio="Maritime technologies, water resources",
                    website="https://example.org",
                ),
                er.LabelRecord("Example Sailors; Divers", "gold", date(2030, 9, 30), country="NO"),
                er.LabelRecord("Example Bakers", "bronze", date(2016, 7, 24)),
            ]
        )

        events = events_in(calendar_file(register, er.shipped()))

        assert [(str(each.dtstart.value), each.description.value) for each in events] == [
            ("2016-07-24", "valid until 2016-07-24"),
            ("2024-09-30", SAILORS),
            ("2025-09-30", SAILORS),
            ("2030-09-30", "valid until 2030-09-30; renewable until 2031-09-30; NO"),
            ("2031-09-30", "valid until 2030-09-30; renewable until 2031-09-30; NO"),
        ]

    def test_an_empty_register_is_a_calendar_without_events(self) -> None:
        """
        A program that looks for events finds none, and no broken file.
        """
        assert events_in(calendar_file(er.Register([]), er.shipped())) == []


SAILORS = (
    "valid until 2024-09-30; renewable until 2025-09-30; another record of the name runs until"
    " 2030-09-30; Maritime technologies, water resources; NO; https://example.org"
)

# a register of invented organisations, and what the commands say of it on 2024-08-31

INVENTED = """\
{
  "format": "ecei-register/1",
  "records": [
    {
      "name": "Example Bakers",
      "label": "bronze",
      "valid_until": "2016-07-24",
      "country": "IT",
      "comparative_portfolio": "Food industry",
      "website": "http://example.org/bakers"
    },
    {
      "name": "Example Coders, Inc.",
      "label": "bronze",
      "valid_until": "2023-08-31",
      "country": "DE",
      "comparative_portfolio": "ICT"
    },
    {
      "name": "Example Coders, Inc.",
      "label": "bronze",
      "valid_until": "2026-08-31",
      "country": "DE",
      "comparative_portfolio": "ICT"
    },
    {
      "name": "Example Miners",
      "label": "silver",
      "valid_until": "2024-02-29"
    },
    {
      "name": "Example Sailors",
      "label": "gold",
      "valid_until": "2024-09-30",
      "country": "NO",
      "comparative_portfolio": "Maritime technologies, water resources"
    }
  ]
}
"""
STATUS = """\
2016-07-24  lapsed     bronze  Example Bakers (IT, Food industry)
2023-08-31  renewable  bronze  Example Coders, Inc. (DE, ICT)
2026-08-31  valid      bronze  Example Coders, Inc. (DE, ICT)
2024-02-29  renewable  silver  Example Miners
2024-09-30  valid      gold    Example Sailors (NO, Maritime technologies, water resources)
5 records on 2024-08-31: 2 valid, 2 renewable, 1 lapsed
the register does not give the first days of labels
"""
DUE = """\
2024-08-31  last day to renew  bronze  Example Coders, Inc. (DE, ICT);\
 ran out on 2023-08-31; another record of the name runs until 2026-08-31
2024-09-30  runs out           gold    Example Sailors\
 (NO, Maritime technologies, water resources); renewable until 2025-09-30
"""
STATS = """\
5 records on 2024-08-31

Comparative portfolio                     all  valid  renewable  lapsed
(not stated)                                1      0          1       0
Food industry                               1      0          0       1
ICT                                         2      1          1       0
Maritime technologies, water resources      1      1          0       0

Country                                   all  valid  renewable  lapsed
(not stated)                                1      0          1       0
DE                                          2      1          1       0
IT                                          1      0          0       1
NO                                          1      1          0       0

Year of the last day                      all  valid  renewable  lapsed
2016                                        1      0          0       1
2023                                        1      0          1       0
2024                                        2      1          1       0
2026                                        1      1          0       0

Label                                     all  valid  renewable  lapsed
bronze                                      3      1          1       1
gold                                        1      1          0       0
silver                                      1      0          1       0
"""
TABLE = """\
name,label,valid_until,country,comparative_portfolio,website
Example Bakers,bronze,2016-07-24,IT,Food industry,http://example.org/bakers
"Example Coders, Inc.",bronze,2023-08-31,DE,ICT,
"Example Coders, Inc.",bronze,2026-08-31,DE,ICT,
Example Miners,silver,2024-02-29,,,
Example Sailors,gold,2024-09-30,NO,"Maritime technologies, water resources",
"""
NO_ROW = "there is no row of a register in the text"
NO_DAY = "expected a day such as 2024-03-31 of the years 1900 to 2999, found"
NO_NUMBER = "expected a number of days from 0 to 99999, found"
NO_COUNTRY = "expected two capital letters such as IT, found"
#: Until when each of its records can be renewed; Bronze of 2016 never could.
RENEWABLE = [None, "2024-08-31", "2027-08-31", "2025-02-28", "2025-09-30"]
PAGE = f"""\
You are here: Home / Example of a listing

{HEADING}
Example Bakers Food industry 2016/07/24
Example Coders, Inc. ICT 2023/08/31
Example Valley of Pills Health and medical science 2019/01/10 Biotechnology 2017/02/04
"""
MORE = """\
name;label;valid_until;country;website
Example Coders, Inc.;bronze;2023-08-31;DE;https://example.org
Example Miners;silver;2024-02-29;;
"""
PILLS = (
    "page.txt:6:1: ECEI401 line: the row holds 2 labels and became 2 records: Example"
    " Valley of Pills Health and medical science 2019/01/10 Biotechnology 2017/02/04\n"
)
IMPORTED = """\
{
  "format": "ecei-register/1",
  "records": [
    {
      "name": "Example Bakers",
      "label": "bronze",
      "valid_until": "2016-07-24",
      "comparative_portfolio": "Food industry"
    },
    {
      "name": "Example Coders, Inc.",
      "label": "bronze",
      "valid_until": "2023-08-31",
      "country": "DE",
      "comparative_portfolio": "ICT",
      "website": "https://example.org"
    },
    {
      "name": "Example Valley of Pills",
      "label": "bronze",
      "valid_until": "2019-01-10",
      "comparative_portfolio": "Health and medical science"
    },
    {
      "name": "Example Valley of Pills",
      "label": "bronze",
      "valid_until": "2017-02-04",
      "comparative_portfolio": "Biotechnology"
    },
    {
      "name": "Example Miners",
      "label": "silver",
      "valid_until": "2024-02-29"
    }
  ]
}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a register, a page and a table, in which the commands run."""
    for name, text in {"all.json": INVENTED, "page.txt": PAGE, "more.csv": MORE}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def called(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """How `register` ends, and what it prints on either stream."""
    code = main(["register", *arguments])
    return code, *capfd.readouterr()


class TestImport:
    """docs/command-line.md: `register import` makes one register of several pages."""

    def test_pages_and_tables_become_one_register(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A repeat is one record with all that either states; a warning is said, and is no
        failure.
        """
        done = called(capfd, "import", "page.txt", "more.csv", "-o", "new.json")

        assert done == (0, "", f"{PILLS}ecei-rules: 5 records of 2 pages written to new.json\n")
        assert (folder / "new.json").read_bytes() == IMPORTED.encode()
        assert called(capfd, "import", "new.json") == (0, IMPORTED, "")
        assert called(capfd, "import", "new.json", "-o", "-") == (0, IMPORTED, "")

    @pytest.mark.usefixtures("folder")
    def test_a_country_stands_in_where_none_is_stated(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The table states one country of its own, which stays; the page states none, and so
        the two disagree on where the coders are.
        """
        code, out, err = called(capfd, "import", "page.txt", "more.csv", "--country", "IT")

        records = json.loads(out)["records"]
        assert [(each["name"], each["country"]) for each in records] == [
            ("Example Bakers", "IT"),
            ("Example Coders, Inc.", "IT"),
            ("Example Coders, Inc.", "DE"),
            ("Example Valley of Pills", "IT"),
            ("Example Valley of Pills", "IT"),
            ("Example Miners", "IT"),
        ]
        assert (code, err) == (
            0,
            (
                f"{PILLS}merged: ECEI408 records: two records of "
                '"Example Coders, Inc." until 2023-08-31 differ in "country"; both are kept\n'
            ),
        )

    def test_a_line_that_cannot_be_read_is_said_and_ends_with_1(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        What could be read is written all the same.
        """
        (folder / "cut.txt").write_text(f"{PAGE}Example Forw", encoding="utf-8")

        code, out, err = called(capfd, "import", "cut.txt", "-o", "new.json")

        assert (code, out) == (1, "")
        assert err == (
            f"{PILLS.replace('page.txt', 'cut.txt')}"
            "cut.txt:7:1: ECEI405 line: no day such as 2016/07/24 stands in the line, which may"
            " be cut off: Example Forw\n"
            "ecei-rules: 4 records of 1 page written to new.json\n"
        )
        assert len(er.load_register(folder / "new.json").records) == 4

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (HEADING, f"bad.txt:1:1: ECEI400 (whole document): {NO_ROW}\n"),
            (
                '{"format": "ecei-register/2"}',
                (
                    "bad.txt:1:12: ECEI202 /format: this library reads version 1 of the format,"
                    ' found "ecei-register/2"\n'
                    "  hint: a newer version of the library may read it\n"
                ),
            ),
        ],
        ids=["no-row", "newer"],
    )
    def test_a_page_that_cannot_be_read_at_all_leaves_everything_as_it_was(
        self, content: str, said: str, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Wherever it stands among the pages, nothing is written and nothing printed.
        """
        (folder / "bad.txt").write_text(content, encoding="utf-8")
        before = contents(folder)

        for pages in (["bad.txt"], ["more.csv", "bad.txt"], ["bad.txt", "more.csv"]):
            assert called(capfd, "import", *pages) == (1, "", said)
            for output in ("new.json", "all.json"):
                assert called(capfd, "import", *pages, "-o", output) == (1, "", said)
            assert contents(folder) == before

    def test_a_page_that_is_not_there_leaves_everything_as_it_was(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        That is wrong usage, and ends with 2.
        """
        before = contents(folder)

        done = called(capfd, "import", "more.csv", "none.txt", "-o", "all.json")

        assert done == (2, "", f"ecei-rules: cannot read none.txt: {os.strerror(errno.ENOENT)}\n")
        assert contents(folder) == before

    def test_a_file_is_replaced_whole(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Nothing of a longer one is left behind it, be it one of the pages itself.
        """
        (folder / "all.json").write_text(INVENTED + " " * 9999, encoding="utf-8")

        done = called(capfd, "import", "all.json", "-o", "all.json")

        assert done == (0, "", "ecei-rules: 5 records of 1 page written to all.json\n")
        assert sorted(contents(folder)) == ["all.json", "more.csv", "page.txt"]
        assert (folder / "all.json").read_bytes() == INVENTED.encode()

    def test_a_link_stays_a_link(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        """
        What it leads to is written, and not a file in its place.
        """
        (folder / "link.json").symlink_to("new.json")

        assert called(capfd, "import", "all.json", "-o", "link.json")[0] == 0
        assert (folder / "link.json").is_symlink()
        assert (folder / "new.json").read_bytes() == INVENTED.encode()

    @pytest.mark.parametrize(
        ("output", "reason"),
        [
            ("kept", "it is not a file"),
            ("kept/", "it is not a file"),
            ("", "it is not a file"),
            ("none/new.json", os.strerror(errno.ENOENT)),
            ("page.txt/new.json", os.strerror(errno.ENOTDIR)),
            ("a" * 256, os.strerror(errno.ENAMETOOLONG)),
        ],
    )
    def test_what_cannot_be_written_is_said(
        self, output: str, reason: str, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A folder, a file in none, a name that is too long: 2, and no part is left.
        """
        (folder / "kept").mkdir()
        before = contents(folder)

        done = called(capfd, "import", "all.json", "-o", output)

        assert done == (2, "", f"ecei-rules: cannot write {output}: {reason}\n")
        assert contents(folder) == before

    @pytest.mark.usefixtures("folder")
    def test_a_name_that_no_file_can_have_is_said(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        What Python says of it differs from version to version.
        """
        code, out, err = called(capfd, "import", "all.json", "-o", "a\0b")

        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(r"ecei-rules: cannot write a\u0000b: ")

    @pytest.mark.parametrize("name", ["all.json", "new.json"])
    def test_what_fails_in_the_middle_leaves_no_part(self, name: str, folder: Path) -> None:
        """
        Half of a surrogate pair can be in no file; the text before it is not left there.
        """
        before = contents(folder)

        with pytest.raises(Unwritable):
            write_file(name, "x" * 99_999 + "\ud800")

        assert contents(folder) == before

    def test_standard_input_is_a_page(self) -> None:
        """
        `-` reads what is piped in, and problems name it so.
        """
        done = subprocess.run(
            [sys.executable, "-m", "ecei_rules", "register", "import", "-"],
            input=PAGE.encode(),
            capture_output=True,
            check=False,
        )

        assert (done.returncode, done.stderr.decode()) == (0, PILLS.replace("page.txt", "-"))
        assert len(er.read_register(done.stdout).records) == 4


def contents(folder: Path) -> dict[str, bytes | None]:
    """All that is in a folder, hidden files with it."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.mark.usefixtures("folder")
class TestLooking:
    """docs/command-line.md: `register status`, `due`, `stats` and `export`."""

    DAY = ("--on", "2024-08-31")

    @pytest.mark.parametrize(
        ("arguments", "printed"),
        [
            (("status", *DAY), STATUS),
            (("due", *DAY, "--within", "30"), DUE),
            (("due", *DAY, "--within", "29"), f"{DUE.splitlines()[0]}\n"),
            (("due", *DAY, "--within", "0"), f"{DUE.splitlines()[0]}\n"),
            (
                ("due", "--on", "2016-07-24", "--within", "1"),
                (
                    "2016-07-24  runs out           bronze  Example Bakers (IT, Food industry);"
                    " no rule known renews it then\n"
                ),
            ),
            (
                ("due", "--on", "2024-09-01", "--within", "1"),
                "nothing runs out within 1 day\n",
            ),
            (
                ("due", "--on", "2024-09-01", "--within", "00"),
                "nothing runs out within 0 days\n",
            ),
            (("stats", *DAY), STATS),
            (("export",), INVENTED),
            (("export", "--format", "json"), INVENTED),
            (("export", "--format", "csv"), TABLE.replace("\n", "\r\n")),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
    )
    def test_a_command_prints_this(
        self, arguments: tuple[str, ...], printed: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Results stand on standard output, whole, and nothing else.
        """
        assert called(capfd, *arguments, "all.json") == (0, printed, "")

    def test_status_as_json(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        One line; every record with its status, and until when it can be renewed.
        """
        code, out, err = called(capfd, "status", *self.DAY, "all.json", "--format", "json")

        statuses = ["lapsed", "renewable", "valid", "renewable", "valid"]
        expected = [
            {**each, "status": status}
            for each, status in zip(with_renewal(), statuses, strict=True)
        ]
        assert (code, out.count("\n"), err) == (0, 1, "")
        assert json.loads(out) == {"on": "2024-08-31", "records": expected}

    def test_due_as_json(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        One line; each deadline with its day, what it is, and the record.
        """
        code, out, err = called(
            capfd, "due", *self.DAY, "--within", "30", "all.json", "--format", "json"
        )

        _, coders, _, _, sailors = with_renewal()
        assert (code, out.count("\n"), err) == (0, 1, "")
        assert json.loads(out) == {
            "on": "2024-08-31",
            "within": 30,
            "due": [
                {
                    "on": "2024-08-31",
                    "what": "last_day_to_renew",
                    "record": coders,
                    "later_end": "2026-08-31",
                },
                {"on": "2024-09-30", "what": "runs_out", "record": sailors},
            ],
        }

    def test_stats_as_json(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        One line with the counts of the table; what is not stated has no value.
        """
        code, out, err = called(capfd, "stats", *self.DAY, "all.json", "--format", "json")

        names = ["comparative_portfolio", "country", "year", "label"]
        blocks = [block.splitlines()[1:] for block in STATS.split("\n\n")[1:]]
        expected = {
            name: [cells(row) for row in rows] for name, rows in zip(names, blocks, strict=True)
        }
        assert (code, out.count("\n"), err) == (0, 1, "")
        assert json.loads(out) == {"on": "2024-08-31", "records": 5, "by": expected}

    def test_an_empty_register_has_nothing_to_say(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        No record is no failure.
        """
        (folder / "none.csv").write_text("name,label,valid_until\n", encoding="utf-8")

        assert called(capfd, "status", *self.DAY, "none.csv") == (
            0,
            (
                "0 records on 2024-08-31: 0 valid, 0 renewable, 0 lapsed\n"
                "the register does not give the first days of labels\n"
            ),
            "",
        )
        assert called(capfd, "stats", *self.DAY, "none.csv")[0] == 0
        assert called(capfd, "due", *self.DAY, "--within", "7", "none.csv") == (
            0,
            "nothing runs out within 7 days\n",
            "",
        )

    def test_a_calendar_has_an_event_for_each_deadline(
        self, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        """
        Five ends, and four last days to renew; its lines end as calendars want them.
        """
        code = main(["register", "export", "all.json", "--format", "ics"])
        data, err = capfdbinary.readouterr()

        assert (code, err) == (0, b"")
        assert data.replace(b"\r\n", b"").count(b"\n") == 0
        assert [(str(e.dtstart.value), e.summary.value) for e in events_in(data.decode())] == [
            ("2016-07-24", "Bronze label of Example Bakers runs out"),
            ("2023-08-31", "Bronze label of Example Coders, Inc. runs out"),
            ("2024-02-29", "Silver label of Example Miners runs out"),
            ("2024-08-31", "last day to renew Bronze label of Example Coders, Inc."),
            ("2024-09-30", "Gold label of Example Sailors runs out"),
            ("2025-02-28", "last day to renew Silver label of Example Miners"),
            ("2025-09-30", "last day to renew Gold label of Example Sailors"),
            ("2026-08-31", "Bronze label of Example Coders, Inc. runs out"),
            ("2027-08-31", "last day to renew Bronze label of Example Coders, Inc."),
        ]

    @pytest.mark.parametrize(
        "arguments",
        [
            ("status", *DAY),
            ("due", *DAY, "--within", "30"),
            ("stats", *DAY),
            ("export", "--format", "json"),
            ("export", "--format", "csv"),
            ("export", "--format", "ics"),
        ],
        ids=" ".join,
    )
    @pytest.mark.parametrize("file", ["page.txt", "cut.txt", "bad.txt", "none.txt"])
    def test_what_was_odd_decides_how_it_ends(
        self, arguments: tuple[str, ...], file: str, capfd: pytest.CaptureFixture[str], folder: Path
    ) -> None:
        """
        A warning alone is 0; a line that could not be read is 1, with the result; a page
        without a row is 1 without one; no file is 2.
        """
        (folder / "cut.txt").write_text(f"{PAGE}Example Forw", encoding="utf-8")
        (folder / "bad.txt").write_text(HEADING, encoding="utf-8")

        code, out, err = called(capfd, *arguments, file)

        assert code == {"page.txt": 0, "cut.txt": 1, "bad.txt": 1, "none.txt": 2}[file]
        assert bool(out) is (file in ("page.txt", "cut.txt"))
        assert err.count("\n") == {"page.txt": 1, "cut.txt": 2, "bad.txt": 1, "none.txt": 1}[file]

    @pytest.mark.parametrize(
        "arguments",
        [
            ("status", *DAY),
            ("due", *DAY, "--within", "999"),
            ("stats", *DAY),
        ],
        ids=" ".join,
    )
    def test_no_name_steers_a_terminal(
        self, arguments: tuple[str, ...], folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A line break or an escape sequence in a record is shown as what it is.
        """
        odd = "Example \x1b[2J\x9b1mBakers\n\u202e\u2028"
        record = er.LabelRecord(odd, "gold", date(2024, 9, 30), comparative_portfolio=odd)
        (folder / "odd.json").write_text(er.write_register(er.Register([record])), encoding="utf-8")
        shown = "Example \\u001b[2J\\u009b1mBakers\\u000a\\u202e\\u2028"

        code, out, err = called(capfd, *arguments, "odd.json")

        assert (code, err) == (0, "")
        assert not UNSEEN.search(out.replace("\n", ""))
        assert shown in out

    @pytest.mark.parametrize(
        ("arguments", "complaint"),
        [
            (("status", "all.json"), "the following arguments are required: --on"),
            (("due", "all.json", *DAY), "the following arguments are required: --within"),
            (("stats", "all.json", "--on"), "argument --on: expected one argument"),
            (("import",), "the following arguments are required: PAGE"),
            (("export", "all.json", "--format", "xml"), "argument --format: invalid choice: 'xml'"),
            ((), "the following arguments are required: ACTION"),
            *(
                (
                    ("status", "all.json", f"--on={day}"),
                    f"argument --on: {NO_DAY} {day!r}",
                )
                for day in ("2024-02-30", "2024-8-31", "31.08.2024", "1899-12-31", "today", "")
            ),
            *(
                (
                    ("due", "all.json", "--on=2024-08-31", f"--within={days}"),
                    f"argument --within: {NO_NUMBER} {days!r}",
                )
                for days in ("-1", "100000", "1.5", "1_0", "\u0663", "month", "")
            ),
            *(
                (
                    ("import", "all.json", f"--country={country}", "-o", "new.json"),
                    f"argument --country: {NO_COUNTRY} {country!r}",
                )
                for country in ("it", "ITA", "I", "I1", "\u00c4\u00d6", "")
            ),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
    )
    def test_wrong_usage_is_said(
        self,
        arguments: tuple[str, ...],
        complaint: str,
        folder: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """
        It ends with 2, prints no result, and says what was expected and what it found.
        """
        before = contents(folder)

        with pytest.raises(SystemExit) as ended:
            main(["register", *arguments])

        out, err = capfd.readouterr()
        assert (ended.value.code, out) == (2, "")
        assert f"error: {complaint}" in err
        assert contents(folder) == before

    @given(st.binary() | altered(PAGE).map(str.encode) | altered(INVENTED).map(str.encode))
    def test_any_bytes_end_with_an_exit_code(self, data: bytes) -> None:
        """
        Whatever a file holds, a command ends with one of its codes and no traceback.
        """
        with TemporaryDirectory() as scratch:
            path, new = Path(scratch) / "file", Path(scratch) / "new.json"
            path.write_bytes(data)
            codes = {
                main(["register", *command, str(path)])
                for command in (
                    ("import", "-o", str(new)),
                    ("status", *self.DAY),
                    ("due", *self.DAY, "--within", "999"),
                    ("stats", *self.DAY),
                    ("export", "--format", "csv"),
                    ("export", "--format", "ics"),
                )
            }

            assert codes in ({0}, {1})
            assert not new.exists() or er.load_register(new)


def with_renewal() -> list[dict[str, str]]:
    """The records of the invented register, each with the last day to renew it."""
    found = json.loads(INVENTED)["records"]
    days = [{"renewable_until": day} if day else {} for day in RENEWABLE]
    return [{**record, **day} for record, day in zip(found, days, strict=True)]


def cells(row: str) -> dict[str, str | int]:
    """A row of the table of counts, as JSON has it."""
    value, *numbers = re.split(r"\s{2,}", row)
    names = ("all", "valid", "renewable", "lapsed")
    stated = {} if value == "(not stated)" else {"value": value}
    return {**stated, **dict(zip(names, map(int, numbers), strict=True))}


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/register/test_register.py --write")
    write_texts()
