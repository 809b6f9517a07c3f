"""The pages of the public listing as they were published, in tests/cases/register."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from dateutil.relativedelta import relativedelta
from register_pages import ITALY, NORWAY, ONE_DAY, SPAIN, rows_alone

import ecei_rules as er
from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.interviews.portfolios import PORTFOLIOS
from ecei_rules.rulesets.validity import Status, validity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
    """Return the rows of a typed list."""
    rows = (line.split(" | ") for line in typed.splitlines())
    return [(date.fromisoformat(day), portfolio, name) for day, portfolio, name in rows]


def listed_in(records: tuple[er.LabelRecord, ...]) -> list[tuple[date, str | None, str]]:
    """Return records as rows of such a list."""
    return [(each.valid_until, each.comparative_portfolio, each.name) for each in records]


class Published(NamedTuple):
    """A page as it was published, with its rows and its odd lines."""

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


class TestPublishedPages:
    """The published pages are read whole."""

    @each_published
    def test_page_gives_its_records_in_order(self, page: Published) -> None:
        """
        Every row is a record, a row with two labels is two records, and a row that was cut
        off is quoted.
        """
        register = er.read_register(page.path.read_bytes())

        assert len(register.records) == page.number
        assert listed_in(register.records) == page.listed
        problems = [(p.line, p.code, p.message.partition(": ")[2]) for p in register.problems]
        assert problems == page.odd

    @each_published
    def test_listing_states_neither_country_nor_address(self, page: Published) -> None:
        """
        All labels are Bronze, and the portfolios are the fifteen known ones.
        """
        records = er.read_register(page.path.read_bytes()).records

        stated = {(each.label, each.country, each.website) for each in records}
        assert stated == {("bronze", None, None)}
        assert {each.comparative_portfolio for each in records} <= set(PORTFOLIOS)
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
    def test_format_of_the_saved_page_changes_no_record(
        self, page: Published, rewritten: Callable[[str], str]
    ) -> None:
        """
        Only the rows, other line ends and other spaces give the same records.
        """
        text = rewritten(page.path.read_text(encoding="utf-8"))

        register = er.read_register(text, label="bronze")

        assert len(register.records) == page.number
        assert listed_in(register.records) == page.listed
        assert {each.code for each in register.problems} == {code for _, code, _ in page.odd}

    @each_published
    def test_address_belongs_to_its_row(self, page: Published) -> None:
        """
        The column www is between the portfolio and the day; the country is an argument.
        """
        text = page.path.read_text(encoding="utf-8")
        numbers = iter(range(page.number))
        addressed = IN_COLUMNS.sub(lambda m: f" {m[1]} www.example.org/{next(numbers)} ", text)

        register = er.read_register(addressed, country="NO")

        assert listed_in(register.records) == page.listed
        assert len(register.problems) == len(page.odd)
        stated = [(each.country, each.website) for each in register.records]
        assert stated == [("NO", f"http://www.example.org/{n}") for n in range(page.number)]

    def test_lines_are_counted_in_the_given_text(self) -> None:
        """
        In the rows alone they are not counted from the top of the page.
        """
        page = rows_alone(ITALY.read_text(encoding="utf-8"))

        assert [
            (each.line, each.code) for each in er.read_register(page, label="bronze").problems
        ] == [
            (21 - 18, "ECEI401"),
            (48 - 18, "ECEI401"),
        ]

    def test_row_with_two_labels_is_a_warning(self) -> None:
        """
        The warning has the line, and the numbers of labels and records.
        """
        problems = er.read_register(ITALY.read_bytes()).problems

        assert [str(each) for each in problems] == [
            f"21:1: ECEI401 line: {TWO_LABELS}: {BIOPMED}",
            f"48:1: ECEI401 line: {TWO_LABELS}: {OTIR}",
        ]
        assert all(each.severity == "warning" for each in problems)

    def test_no_portfolio_ends_with_another(self) -> None:
        """
        Otherwise the end of a name, read from the right, would be ambiguous.
        """
        assert not [(a, b) for a in PORTFOLIOS for b in PORTFOLIOS if a.endswith(f" {b}")]


class TestInterviewsWereOnWeekdays:
    """
    docs/sources.md: awards before 2019-11-15 are valid for two calendar years, to the day.

    Interviews are held on working days. The 60 last days of the published pages fall on
    any day of the week. With another length of validity, about 17 of the interviews would
    have been at a weekend; two calendar years before, none was.
    """

    ENDS = tuple(
        each.valid_until
        for path in (ITALY, NORWAY, SPAIN)
        for each in er.read_register(path.read_bytes()).records
    )

    def at_weekends(self, span: relativedelta) -> int:
        """Return how many days a span before a last day are Saturdays or Sundays."""
        return sum((end - span).isoweekday() > 5 for end in self.ENDS)

    @pytest.mark.parametrize(("years", "number"), list(enumerate([30, 13, 0, 9, 19])))
    def test_only_two_whole_years_leave_no_weekend(self, years: int, number: int) -> None:
        """
        With one, three or four years, or none, 9 to 30 are at weekends.
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
    def test_other_spans_near_two_years_leave_weekends(
        self, span: relativedelta, number: int
    ) -> None:
        """
        The last day is the same day of the month. It is not counted in days either: 730 days
        are wrong for spans with a 29 February, and 731 days for those without.
        """
        assert self.at_weekends(span) == number

    def test_730_and_731_days_are_each_wrong_for_some_spans(self) -> None:
        """
        36 of the spans have a 29 February, 24 have none. Each number of days leaves weekends
        only in the spans that are not two years with it.
        """
        long = [end for end in self.ENDS if (end - (end - relativedelta(years=2))).days == 731]
        short = [end for end in self.ENDS if end not in long]

        assert (len(long), len(short)) == (36, 24)
        assert sum((end - timedelta(730)).isoweekday() > 5 for end in long) == 9
        assert sum((end - timedelta(731)).isoweekday() > 5 for end in short) == 2

    def test_rule_gives_every_published_day(self) -> None:
        """
        An interview two calendar years earlier gives the published last day, under the
        rules of its day.
        """
        for end in self.ENDS:
            interview = end - relativedelta(years=2)
            rules = er.shipped().ruleset("bronze", on=interview).validity
            assert add_calendar_years(interview, 2, "same_day") == end
            assert validity(rules, interview, None).until == end

    def test_label_is_valid_on_its_last_day_and_lapsed_on_the_next(self) -> None:
        """
        "Label valid until" includes the day; under the rules then in force, no label was
        renewable.
        """
        for end in self.ENDS:
            statuses = [
                er.status_of("bronze", end, end + n * ONE_DAY, er.shipped()) for n in (0, 1)
            ]
            assert statuses == [Status.VALID, Status.LAPSED]
