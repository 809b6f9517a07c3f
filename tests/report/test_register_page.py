"""docs/command-line.md, "register report": the register as a page that people use."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from browser import PAPER, PHONE, SHEETS, Opened, Sheet, opened
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st
from markup import Element, tree
from paths import EXAMPLES
from playwright.sync_api import expect
from register_strategies import days, records

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.register.deadlines import deadlines
from ecei_rules.report.pages.localisation import Words, words_in
from ecei_rules.report.pages.register import register_page
from ecei_rules.report.pages.register_figures import STATUSES, plain, register_figures
from ecei_rules.report.pages.templates import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

SHIPPED = er.shipped()
ENGLISH = words_in("en")
TABLE = EXAMPLES / "register" / "register.csv"
LISTING = EXAMPLES / "register" / "page.txt"
ON = date(2024, 6, 30)
HEADS = (
    "Name",
    "Label",
    "Status",
    "Valid until",
    "Last day to renew",
    "Comparative portfolio",
    "Country",
)
#: Names that would break a page that took them for anything but text.
HOSTILE = (
    "<script>document.title = 'taken'</script>",
    "</td></tr></table><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "a\u202eb\nc",
    "X" * 300,
    "שלום עולם אשכול",
    "تجمع الطاقة (شمال)",
    "🚀🧬👩\u200d🔬 Emoji Cluster 🇪🇺",
    "W" * 30 + " iiiii" * 45,
    '"><svg onload=alert(1)>',
)
pages = st.lists(
    records(st.text(min_size=1) | st.sampled_from(HOSTILE)), min_size=1, max_size=8
).map(er.Register)
each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)


def record(name: str, label: er.Label, until: str, **more: str) -> er.LabelRecord:
    """A record of an invented organisation."""
    return er.LabelRecord(name, label, date.fromisoformat(until), **more)


def made(number: int) -> er.Register:
    """A register with all labels, statuses and gaps, and its problems."""
    countries = ("IT", "FI", "DE", None, "LI")
    portfolios = ("Food industry", "Micro, nano and optical technologies", None)
    records = [
        er.LabelRecord(
            f"Example {('Élan', 'Harbour', 'alpine')[index % 3]} {index}",
            ("bronze", "silver", "gold")[index % 7 % 3],
            date(2022, 1, 31) + relativedelta(months=index % 53),
            country=countries[index % 5],
            comparative_portfolio=portfolios[index % 4 % 3],
            website=None if index % 3 else f"https://example.org/{index}",
        )
        for index in range(number)
    ]
    return er.Register(records)


def hostile() -> er.Register:
    """Every name that would do harm, as a name and as a portfolio, and problems with it."""
    records = [
        er.LabelRecord(
            name,
            "gold",
            ON + relativedelta(months=index - 4),
            country="QQ",
            comparative_portfolio=name,
            website=f"https://example.org/{name}",
        )
        for index, name in enumerate(HOSTILE)
    ]
    problems = [
        er.Problem("ECEI403", "line", f"unread: {name}", hint=name, line=1234, column=1)
        for name in HOSTILE
    ]
    return er.Register(records, problems=problems)


def page_of(register: er.Register, on: date = ON, words: Words = ENGLISH) -> Element:
    """The page of a register, as a tree."""
    return tree(register_page(register, on, SHIPPED, words))


def cells(row: Element) -> list[str]:
    """The texts of a row of a table, with single spaces."""
    found = (each for each in row.content if isinstance(each, Element))
    return [" ".join(each.text.split()) for each in found]


def body(table: Element) -> list[Element]:
    """The rows of a table below its heading."""
    return list(next(table.all("tbody")).all("tr"))


def worth(register: er.Register, on: date) -> Counter[tuple[str, str | None, str | None]]:
    """The status, portfolio and country of each record, counted one by one."""
    return Counter(
        (
            er.status_of(each.label, each.valid_until, on, SHIPPED).value,
            each.comparative_portfolio,
            each.country,
        )
        for each in register.records
    )


class TestFigures:
    """What the page counts is what there is."""

    @given(pages, days)
    def test_the_counts_are_those_of_the_records(self, register: er.Register, on: date) -> None:
        """
        By status, portfolio and country, as counted one record after the other.
        """
        figures = register_figures(register, on, SHIPPED)

        one_by_one = worth(register, on)
        statuses = [each.value for each in STATUSES]
        for place, status in enumerate(statuses):
            of_status = {key: n for key, n in one_by_one.items() if key[0] == status}
            assert figures.counts[place] == sum(of_status.values())
            for tally in figures.portfolios:
                expected = sum(n for key, n in of_status.items() if (key[1] or "") == tally.value)
                assert tally.counts[place] == expected
            for tally in figures.countries:
                expected = sum(n for key, n in of_status.items() if (key[2] or "") == tally.value)
                assert tally.counts[place] == expected
        assert sum(each.total for each in figures.portfolios) == len(register.records)
        assert sum(each.total for each in figures.countries) == len(register.records)

    @given(pages, days)
    def test_the_most_come_first_and_what_is_not_stated_last(
        self, register: er.Register, on: date
    ) -> None:
        """
        A reader who looks at the first lines sees the largest.
        """
        for tallies in (
            register_figures(register, on, SHIPPED).portfolios,
            register_figures(register, on, SHIPPED).countries,
        ):
            stated = [each.total for each in tallies if each.value]
            assert stated == sorted(stated, reverse=True)
            assert all(each.value for each in tallies[:-1])

    @given(pages, days)
    def test_two_years_of_deadlines_are_parted_into_their_months(
        self, register: er.Register, on: date
    ) -> None:
        """
        From the day itself to the last day of the 24th month, each in its own, none twice.
        """
        months = register_figures(register, on, SHIPPED).months

        begin = on.replace(day=1)
        assert [each.first for each in months] == [
            begin + relativedelta(months=count) for count in range(24)
        ]
        after = begin + relativedelta(months=24)
        expected = [each for each in deadlines(register, SHIPPED) if on <= each.on < after]
        assert [each for month in months for each in month.due] == expected
        for month in months:
            assert {each.on.replace(day=1) for each in month.due} <= {month.first}
            kinds = Counter(each.what for each in month.due)
            assert (month.running_out, month.last_days) == (
                kinds["runs_out"],
                kinds["last_day_to_renew"],
            )

    def test_a_day_before_is_no_deadline_and_the_day_itself_is(self) -> None:
        """
        A label that runs out today is still to be seen, one of yesterday is not.
        """
        register = er.Register(
            [record("Today", "bronze", "2016-06-30"), record("Gone", "bronze", "2016-06-29")]
        )
        months = register_figures(register, date(2016, 6, 30), SHIPPED).months

        assert [each.record.name for each in months[0].due] == ["Today"]
        assert months[0].running_out == 1

    def test_names_stand_in_order_whatever_their_accents_and_capitals(self) -> None:
        """
        É stands with e, and not after z.
        """
        names = ["zeta", "Éclat", "Zebra", "eagle"]
        register = er.Register([record(each, "bronze", "2024-01-31") for each in names])

        rows = register_figures(register, ON, SHIPPED).rows

        assert [each.record.name for each in rows] == ["eagle", "Éclat", "Zebra", "zeta"]


class TestPage:
    """What stands on the page, with or without scripts."""

    @given(pages, days)
    def test_every_record_stands_in_the_table_as_it_is(
        self, register: er.Register, on: date
    ) -> None:
        """
        Name, label, status, days, portfolio and country of each, and none else.
        """
        table = page_of(register, on).by_id("labels")

        shown = [tuple(cell.text for cell in _cells(row)) for row in body(table)]
        in_order = sorted(register.records, key=lambda each: (plain(each.name), each.name))
        assert shown == [_expected(each, on) for each in in_order]

    @given(pages, days)
    def test_the_same_register_gives_the_same_bytes(self, register: er.Register, on: date) -> None:
        """
        Whoever makes a page again can compare the files.
        """
        again = er.Register([evolve(each) for each in register.records])

        assert register_page(again, on, SHIPPED, ENGLISH) == register_page(
            register, on, SHIPPED, ENGLISH
        )

    @given(pages, days)
    def test_the_bars_are_as_long_as_what_they_show(self, register: er.Register, on: date) -> None:
        """
        One mark after the other, each as wide as its number, within the greatest of all.
        """
        page = page_of(register, on)
        for heading, tallies in (
            ("by-portfolio", register_figures(register, on, SHIPPED).portfolios),
            ("by-country", register_figures(register, on, SHIPPED).countries),
        ):
            section = next(
                each
                for each in page.all("section")
                if each.attributes.get("aria-labelledby") == heading
            )
            most = max(each.total for each in tallies)
            for row, tally in zip(body(section), tallies, strict=True):
                assert [int(each) for each in cells(row)[1:]] == [*tally.counts, tally.total]
                assert next(row.all("svg")).attributes["viewbox"] == f"0 0 {most} 1"
                assert _marks(row) == _stacked(tally.counts)

    def test_a_small_register_counted_by_hand(self) -> None:
        """
        The example: Bread & Wine ran out in March and is renewable, two are valid.
        """
        page = page_of(er.load_register(TABLE))

        summary = [each for each in page.all("ul") if each.attributes.get("class") == "summary"]
        assert cells(summary[0]) == ["2 Valid", "1 Renewable", "0 Lapsed"]
        assert [cells(each) for each in body(page.by_id("labels"))] == [
            [
                "Example Cluster, Bread & Wine",
                "Bronze",
                "Renewable",
                "31 Mar 2024",
                "31 Mar 2025",
                "Food industry",
                "Italy",
            ],
            [
                "Example Harbour Network",
                "Silver",
                "Valid",
                "30 Sept 2024",
                "30 Sept 2025",
                "Maritime technologies, water resources",
                "Finland",
            ],
            [
                "Example Maritime Cluster",
                "Gold",
                "Valid",
                "31 Oct 2026",
                "31 Oct 2027",
                "Maritime technologies, water resources",
                "Finland",
            ],
        ]
        months = next(page.all("ol"))
        assert cells(months)[:4] == [
            "June 2024 0 run out 0 last days to renew",
            "July 2024 0 run out 0 last days to renew",
            "August 2024 0 run out 0 last days to renew",
            "September 2024 1 runs out 0 last days to renew",
        ]
        assert [cells(each) for each in page.all("ul")][-3:] == [
            [
                (
                    "30 September 2024 Example Harbour Network, Finland: Silver"
                    " runs out; it can be renewed until 30 September 2025"
                )
            ],
            [
                (
                    "31 March 2025 Example Cluster, Bread & Wine, Italy: Bronze"
                    " can be renewed for the last time; it ran out on 31 March 2024"
                )
            ],
            [
                (
                    "30 September 2025 Example Harbour Network, Finland: Silver"
                    " can be renewed for the last time; it ran out on 30 September 2024"
                )
            ],
        ]

    def test_another_record_of_the_name_is_told_of(self) -> None:
        """
        Whose label runs out may hold it all the same; and rules of 2016 renew nothing.
        """
        register = er.Register(
            [record("Example", "bronze", "2016-07-31"), record("Example", "bronze", "2017-07-31")]
        )
        page = page_of(register, date(2016, 7, 1))

        assert [cells(each) for each in page.by_id("main").all("ul")] == [
            [
                (
                    "31 July 2016 Example: Bronze runs out; no rule known renews it then."
                    " Another record of this name runs until 31 July 2017"
                )
            ],
            ["31 July 2017 Example: Bronze runs out; no rule known renews it then"],
        ]

    def test_what_could_not_be_read_is_said(self) -> None:
        """
        Each problem of the listing with its line, and in the header how many.
        """
        register = er.load_register(LISTING)
        page = page_of(register)

        problems = next(
            each for each in page.all("ul") if each.attributes.get("class") == "problems"
        )
        assert len(cells(problems)) == len(register.problems) == 3
        assert cells(problems)[2] == (
            "ECEI405 line 13: there is no day such as 2016/07/24 in the line, which may be cut"
            " off: Example Tourism Region Sports, Leisure and Tour"
        )
        assert "3 things in the register were odd or could not be read. See which" in " ".join(
            page.text.split()
        )

    def test_a_register_without_records_is_a_page_that_says_so(self) -> None:
        """
        Nothing to sort, to find or to count, and no empty table.
        """
        page = page_of(er.Register([]))

        assert "0 labels stand in the register." in page.text
        assert list(page.all("table")) == list(page.all("form")) == []

    def test_by_which_rules_is_said(self) -> None:
        """
        The rules in force on the day, and how sure they are, for every label.
        """
        page = page_of(made(3))

        sure = "until 1 year after its end inferred: it follows from documented cases"
        assert [" ".join(each.text.split()) for each in page.all("dd")] == [
            f"{label}@2019-11: {sure}" for label in ("bronze", "silver", "gold")
        ]

    def test_a_day_without_rules_is_said(self) -> None:
        """
        Before the first ruleset nothing says whether a label can be renewed.
        """
        page = page_of(made(3), date(2010, 1, 1))

        assert {each.text.strip() for each in page.all("dd")} == {
            "no ruleset is in force on this day, so that a label that has run out counts as lapsed"
        }

    def test_rules_that_renew_nothing_are_said(self) -> None:
        """
        An edition may have no renewal at all.
        """
        ruleset = SHIPPED.ruleset("bronze", version="2019-11")
        validity = evolve(ruleset.validity, renewal=None)
        edition = er.Edition(
            [ruleset.catalogue], rulesets=[evolve(ruleset, validity=validity, after_gap=True)]
        )

        page = tree(register_page(made(3), ON, edition, ENGLISH))

        assert next(page.all("dd")).text.strip() == "bronze@2019-11 knows no renewal"

    def test_every_word_can_be_put_in_another_language(self) -> None:
        """
        With each English text in brackets, nothing but names and numbers stands outside.
        """
        source = (TEMPLATES / "register.html").read_text("utf-8")
        source += (TEMPLATES / "base.html").read_text("utf-8")
        source += (TEMPLATES.parent / "register.py").read_text("utf-8")
        known = set(re.findall(r"""words\(\s*["'](.+?)["'](?=[,)])""", source))
        for one, other in re.findall(r'words\.of\([^"]*?"(.+?)", "(.+?)"[,)]', source):
            known |= {one, other}
        words = Words("en", {each: f"⟦{each}⟧" for each in known})
        page = page_of(evolve(made(40), problems=hostile().problems[:1]), words=words)

        outside = " ".join(_own_texts(next(page.all("body"))))
        for each in [*page.all("bdi"), *page.all("code"), *page.all("time")]:
            outside = outside.replace(each.text, " ")
        for country in ("Italy", "Finland", "Germany", "Liechtenstein"):
            outside = outside.replace(country, " ")
        left = re.sub(r"⟦[^⟧]*⟧", " ", outside)
        months = "January February March April May June July August September October"
        months += " November December"

        assert len(known) > 50
        assert set(re.findall(r"[^\W\d_]+", left)) <= set(months.split())


def _own_texts(element: Element) -> Iterator[str]:
    if element.tag in ("script", "style"):
        return
    for name in ("aria-label", "data-all", "data-some", "data-none", "data-more"):
        if name in element.attributes:
            yield str(element.attributes[name])
    for each in element.content:
        if isinstance(each, str):
            yield each
        else:
            yield from _own_texts(each)


def _cells(row: Element) -> list[Element]:
    return [each for each in row.content if isinstance(each, Element)]


def _expected(each: er.LabelRecord, on: date) -> tuple[str, ...]:
    renewable = SHIPPED.renewable_until(each.label, each.valid_until)
    status = er.status_of(each.label, each.valid_until, on, SHIPPED)
    return (
        visible(each.name),
        each.label.capitalize(),
        status.value.capitalize(),
        ENGLISH.day(each.valid_until, "medium"),
        ENGLISH.day(renewable, "medium") if renewable else "",
        visible(each.comparative_portfolio) if each.comparative_portfolio else "not stated",
        ENGLISH.country(each.country) if each.country else "not stated",
    )


def _marks(row: Element) -> list[tuple[str | None, int, int]]:
    return [
        (
            each.attributes["class"],
            int(each.attributes["x"] or ""),
            int(each.attributes["width"] or ""),
        )
        for each in row.all("rect")
    ]


def _stacked(counts: tuple[int, ...]) -> list[tuple[str | None, int, int]]:
    found: list[tuple[str | None, int, int]] = []
    for place, count in enumerate(counts):
        if count:
            found.append((STATUSES[place].value, sum(counts[:place]), count))
    return found


def written(folder: Path, register: er.Register) -> Path:
    """A file with the page of a register."""
    path = folder / "register.html"
    path.write_text(register_page(register, ON, SHIPPED, ENGLISH), encoding="utf-8")
    return path


def visible_rows(found: Opened) -> list[list[str]]:
    """The rows of the table of labels that are to be seen, in order."""
    rows: list[list[str]] = found.evaluated(
        "[...document.querySelectorAll('#labels tbody tr')].filter(row => row.checkVisibility())"
        ".map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return rows


@pytest.mark.slow
class TestInABrowser:
    """How the page looks and behaves where people use it."""

    @each_sheet
    @pytest.mark.parametrize("register", [made(60), hostile()], ids=["made", "hostile"])
    def test_it_is_well_on_every_sheet(
        self, browser: Browser, tmp_path: Path, register: er.Register, sheet: Sheet
    ) -> None:
        """
        No errors, nothing asked for, no text cut or upon another, nobody kept out.
        """
        with opened(browser, written(tmp_path, register), sheet) as found:
            assert found.cut() == []
            assert found.overlapping() == []
            assert found.violations() == []
            assert found.errors == found.asked == []
            assert found.page.title() == "Register of cluster excellence labels"

    @each_sheet
    def test_it_is_whole_without_scripts(
        self, browser: Browser, tmp_path: Path, sheet: Sheet
    ) -> None:
        """
        Every row stands there, and nothing to press that would do nothing.
        """
        register = made(250)
        with opened(browser, written(tmp_path, register), sheet, scripts=False) as found:
            assert len(visible_rows(found)) == 250
            assert found.page.locator("button:visible, input:visible, select:visible").count() == 0
            assert found.cut() == found.overlapping() == found.errors == found.asked == []

    def test_a_column_sorts_both_ways(self, browser: Browser, tmp_path: Path) -> None:
        """
        Pressed once ascending, then descending; what has no day stays last; all is told.
        """
        old = [record(f"Old {end}", "bronze", end) for end in ("2016-06-30", "2012-01-31")]
        register = er.Register([*made(58).records, *old])
        with opened(browser, written(tmp_path, register)) as found:
            told = found.page.get_by_role("status")
            for column, (head, key) in enumerate(zip(HEADS, KEYS, strict=True)):
                button = found.page.get_by_role("columnheader", name=head).get_by_role("button")
                button.focus()
                ways = ["descending", "ascending"] if column == 0 else ["ascending", "descending"]
                for way in ways:
                    found.page.keyboard.press("Enter")
                    expect(told).to_have_text(f"60 labels; sorted by {head}, {way}")
                    values = [row[column] for row in visible_rows(found)]
                    stated = sorted(
                        (each for each in values if each), key=key, reverse=way == "descending"
                    )
                    assert [key(each) for each in values if each] == [key(each) for each in stated]
                    assert not any(values[len(stated) :])
                    assert (
                        found.evaluated(
                            "[...document.querySelectorAll('[aria-sort]')]"
                            ".map(each => each.ariaSort).join()"
                        )
                        == way
                    )

    @pytest.mark.parametrize(
        ("box", "choice", "column"),
        [
            ("Status", "Renewable", 2),
            ("Label", "Silver", 1),
            ("Comparative portfolio", "Food industry", 5),
            ("Comparative portfolio", "not stated", 5),
            ("Country", "Liechtenstein", 6),
            ("Country", "not stated", 6),
        ],
    )
    def test_a_choice_leaves_those_that_fit(
        self, browser: Browser, tmp_path: Path, box: str, choice: str, column: int
    ) -> None:
        """
        Those with the value in its column, in order; how many is told, and all come back.
        """
        everything = [list(_expected(each, ON)) for each in _in_order(made(60))]
        with opened(browser, written(tmp_path, made(60)), PHONE) as found:
            told = found.page.get_by_role("status")
            found.page.get_by_label(box, exact=True).select_option(choice)
            fitting = [each for each in everything if each[column] == choice]
            expect(told).to_have_text(f"{len(fitting)} of 60 labels fit")
            assert visible_rows(found) == fitting

            found.page.get_by_role("button", name="Show all").click()
            expect(told).to_have_text("60 labels")
            assert visible_rows(found) == everything

    @pytest.mark.parametrize(
        ("sought", "fits"),
        [
            ("elan", lambda text: "Élan" in text),
            ("  ITALY food ", lambda text: "Italy" in text and "Food" in text),
            ("Élan Deutschland", lambda _text: False),
        ],
    )
    def test_the_search_finds_words_whatever_their_accents_and_capitals(
        self,
        browser: Browser,
        tmp_path: Path,
        sought: str,
        fits: Callable[[str], bool],
    ) -> None:
        """
        Every word that is sought stands somewhere in the row.
        """
        everything = [list(_expected(each, ON)) for each in _in_order(made(60))]
        with opened(browser, written(tmp_path, made(60))) as found:
            found.page.get_by_label("Search").fill(sought)
            fitting = [each for each in everything if fits(" ".join(each))]
            said = f"{len(fitting)} of 60 labels fit" if fitting else "No label fits"
            expect(found.page.get_by_role("status")).to_have_text(said)
            assert visible_rows(found) == fitting

    def test_many_labels_are_shown_by_and_by(self, browser: Browser, tmp_path: Path) -> None:
        """
        200 at a time, so that thousands are no burden; the keyboard goes on where they begin.
        """
        everything = [list(_expected(each, ON)) for each in _in_order(made(450))]
        with opened(browser, written(tmp_path, made(450))) as found:
            assert visible_rows(found) == everything[:200]
            found.page.get_by_role("button", name="Show 200 more").click()
            assert visible_rows(found) == everything[:400]
            assert found.evaluated("document.activeElement.rowIndex") == 201
            found.page.get_by_role("button", name="Show 50 more").click()
            assert visible_rows(found) == everything
            assert not found.page.locator("#more").is_visible()

    def test_on_paper_all_that_fits_is_printed(self, browser: Browser, tmp_path: Path) -> None:
        """
        What waits on the screen is on paper, and what was left out by a choice is not.
        """
        with opened(browser, written(tmp_path, made(450)), PAPER) as found:
            assert len(visible_rows(found)) == 450
            assert found.page.locator("button:visible, input:visible, select:visible").count() == 0
            heads = found.page.locator("#labels thead .on-paper")
            assert heads.all_text_contents() == list(HEADS)

    def test_names_are_text_and_links_lead_to_websites_alone(
        self, browser: Browser, tmp_path: Path
    ) -> None:
        """
        No name became a part of the page; a link tells the website nothing of who comes.
        """
        with opened(browser, written(tmp_path, hostile())) as found:
            names = found.page.locator("#labels tbody th bdi").all_text_contents()
            assert names == [visible(each.name) for each in _in_order(hostile())]
            assert found.page.locator("script, img, iframe, object, link").count() == 1
            links = found.page.locator("a[href^=http]")
            assert links.count() == len(HOSTILE)
            assert {each.get_attribute("rel") for each in links.all()} == {"noopener noreferrer"}

    def test_a_script_that_is_not_the_page_s_own_does_not_run(
        self, browser: Browser, tmp_path: Path
    ) -> None:
        """
        Were a name ever taken for markup, the policy would still keep it from running.
        """
        path = written(tmp_path, made(3))
        taken = "<script>document.title = 'taken'</script><b onclick=\"document.title = 'x'\">B</b>"
        path.write_text(path.read_text("utf-8").replace("<main", f"{taken}<main"), "utf-8")
        with opened(browser, path) as found:
            found.page.locator("b").click()

            assert found.page.title() == "Register of cluster excellence labels"
            assert len(found.errors) == 2


def _in_order(register: er.Register) -> list[er.LabelRecord]:
    return sorted(register.records, key=lambda each: (plain(each.name), each.name))


def _day(text: str) -> date:
    day, month, year = text.split()
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]
    return date(int(year), months.index(month) + 1, int(day))


def _natural(text: str) -> list[tuple[int, str]]:
    """As people count: 9 before 10."""
    return [
        (int(each), "") if each.isdigit() else (-1, each)
        for each in re.split(r"(\d+)", plain(text))
    ]


KEYS: tuple[Callable[[str], Any], ...] = (
    _natural,
    ("Bronze", "Silver", "Gold").index,
    ("Valid", "Renewable", "Lapsed").index,
    _day,
    _day,
    _natural,
    _natural,
)


class TestCommand:
    """How the command ends, and what it leaves."""

    def test_the_page_is_written_and_told_of(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The file has what standard output would have had.
        """
        path = tmp_path / "register.html"
        command = ["register", "report", str(TABLE), "--on", "2024-06-30"]

        assert main([*command, "-o", str(path)]) == 0
        assert capfd.readouterr() == ("", f"ecei-rules: a page of 3 records written to {path}\n")
        assert main([*command, "-o", "-", "--lang", "en-GB"]) == main([*command]) == 0
        assert capfd.readouterr().out == path.read_text("utf-8") * 2
        assert list(tmp_path.iterdir()) == [path]

    def test_a_register_that_was_not_read_whole_ends_with_1(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The page is written with what could be read, and says what could not.
        """
        path = tmp_path / "register.html"

        assert (
            main(["register", "report", str(LISTING), "--on", "2024-06-30", "-o", str(path)]) == 1
        )
        assert "ECEI405" in capfd.readouterr().err
        assert "ECEI405" in path.read_text("utf-8")

    def test_what_is_no_register_leaves_no_page(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Nothing is written of a file of which nothing can be read.
        """
        given = tmp_path / "register.json"
        given.write_text("{", "utf-8")
        path = tmp_path / "register.html"

        assert main(["register", "report", str(given), "--on", "2024-06-30", "-o", str(path)]) == 1
        assert "ECEI104" in capfd.readouterr().err
        assert list(tmp_path.iterdir()) == [given]

    def test_a_file_that_cannot_be_written_is_named(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Wrong usage, in one line.
        """
        path = tmp_path / "missing" / "register.html"

        assert main(["register", "report", str(TABLE), "--on", "2024-06-30", "-o", str(path)]) == 2
        assert capfd.readouterr().err == (
            f"ecei-rules: cannot write {path}: No such file or directory\n"
        )

    @pytest.mark.parametrize("tag", ["", "e", "en_GB", "en-", "../de", "englishes"])
    def test_a_language_is_named_by_its_tag(
        self, tag: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        What is no tag is refused, with one that is.
        """
        with pytest.raises(SystemExit) as ended:
            main(["register", "report", str(TABLE), "--on", "2024-06-30", f"--lang={tag}"])

        assert ended.value.code == 2
        assert capfd.readouterr().err.endswith(
            f"argument --lang: expected a language tag such as de or de-AT, found {tag!r}\n"
        )

    @pytest.mark.parametrize("missing", ["jinja2", "babel"])
    def test_the_extra_may_be_missing(self, missing: str, tmp_path: Path) -> None:
        """
        The message says what to install, and nothing is written.
        """
        path = tmp_path / "register.html"
        code = (
            "import sys\n"
            f"sys.modules[{missing!r}] = None\n"
            "from ecei_rules.cli.main import main\n"
            f"sys.exit(main(['register', 'report', {str(TABLE)!r}, '--on', '2024-06-30',"
            f" '-o', {str(path)!r}]))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )

        assert (done.returncode, done.stdout, done.stderr) == (
            2,
            "",
            "ecei-rules: a page needs the extra: pip install 'ecei-rules[report]'\n",
        )
        assert list(tmp_path.iterdir()) == []

    def test_a_part_of_the_extra_may_be_missing(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Found out late, it is said all the same, and nothing is printed.
        """
        monkeypatch.setitem(sys.modules, "babel.dates", None)

        assert main(["register", "report", str(TABLE), "--on", "2024-06-30"]) == 2
        assert capfd.readouterr() == (
            "",
            "ecei-rules: a page needs the extra: pip install 'ecei-rules[report]'\n",
        )

    def test_every_run_gives_the_same_bytes(self) -> None:
        """
        Whatever the locale and the seed of the hashes.
        """
        command = [sys.executable, "-m", "ecei_rules", "register", "report", str(TABLE)]
        found = {
            subprocess.run(
                [*command, "--on", "2024-06-30"],
                env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": "Asia/Tokyo"},
                capture_output=True,
                check=True,
            ).stdout
            for seed, locale in (("1", "C"), ("2", "de_DE.UTF-8"))
        }

        assert len(found) == 1
