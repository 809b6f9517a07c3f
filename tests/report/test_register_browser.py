"""docs/command-line.md, "register report": the page of a register in a browser."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from browser import PAPER, PHONE, SHEETS, Opened, Sheet, opened
from playwright.sync_api import expect
from register_page_samples import (
    ENGLISH,
    HOSTILE,
    ON,
    SHIPPED,
    hostile,
    in_order,
    numbered,
    record,
    shown_row,
)

import ecei_rules as er
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.report.pages.register import register_page, sort_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

HEADS = (
    "Name",
    "Label",
    "Status",
    "Valid until",
    "Last day to renew",
    "Comparative portfolio",
    "Country",
)
each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)


def _day(text: str) -> date:
    day, month, year = text.split()
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]
    return date(int(year), months.index(month) + 1, int(day))


def _natural(text: str) -> list[tuple[int, str]]:
    """Return a key that sorts 9 before 10."""
    return [
        (int(each), "") if each.isdigit() else (-1, each)
        for each in re.split(r"(\d+)", sort_key(text))
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


def written(folder: Path, register: er.Register) -> Path:
    """Write the page of a register into a file."""
    path = folder / "register.html"
    path.write_text(register_page(register, ON, SHIPPED, ENGLISH), encoding="utf-8")
    return path


def visible_rows(tab: Opened) -> list[list[str]]:
    """Return the visible rows of the table of labels, in order."""
    rows: list[list[str]] = tab.evaluated(
        "[...document.querySelectorAll('#labels tbody tr')].filter(row => row.checkVisibility())"
        ".map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return rows


@pytest.mark.slow
class TestInABrowser:
    """The layout and the behaviour of the page."""

    @each_sheet
    @pytest.mark.parametrize("register", [numbered(60), hostile()], ids=["made", "hostile"])
    def test_layout_on_every_sheet(
        self, browser: Browser, tmp_path: Path, register: er.Register, sheet: Sheet
    ) -> None:
        """
        No errors, no requests, no text cut or overlapping, no barrier for anybody.
        """
        with opened(browser, written(tmp_path, register), sheet) as tab:
            assert tab.cut() == []
            assert tab.overlapping() == []
            assert tab.violations() == []
            assert tab.errors == tab.requests == []
            assert tab.page.title() == "Register of cluster excellence labels"

    @each_sheet
    def test_page_is_complete_without_scripts(
        self, browser: Browser, tmp_path: Path, sheet: Sheet
    ) -> None:
        """
        Every row is visible, and no button that would do nothing.
        """
        register = numbered(250)
        with opened(browser, written(tmp_path, register), sheet, scripts=False) as tab:
            assert len(visible_rows(tab)) == 250
            assert tab.page.locator("button:visible, input:visible, select:visible").count() == 0
            assert tab.cut() == tab.overlapping() == tab.errors == tab.requests == []

    def test_column_sorts_both_ways(self, browser: Browser, tmp_path: Path) -> None:
        """
        First ascending, then descending; rows without a day stay last; the status names it.
        """
        old = [record(f"Old {end}", "bronze", end) for end in ("2016-06-30", "2012-01-31")]
        register = er.Register([*numbered(58).records, *old])
        with opened(browser, written(tmp_path, register)) as tab:
            status = tab.page.get_by_role("status")
            for column, (head, key) in enumerate(zip(HEADS, KEYS, strict=True)):
                button = tab.page.get_by_role("columnheader", name=head).get_by_role("button")
                button.focus()
                ways = ["descending", "ascending"] if column == 0 else ["ascending", "descending"]
                for way in ways:
                    tab.page.keyboard.press("Enter")
                    expect(status).to_have_text(f"60 labels; sorted by {head}, {way}")
                    values = [row[column] for row in visible_rows(tab)]
                    stated = sorted(
                        (each for each in values if each), key=key, reverse=way == "descending"
                    )
                    assert [key(each) for each in values if each] == [key(each) for each in stated]
                    assert not any(values[len(stated) :])
                    assert (
                        tab.evaluated(
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
    def test_filter_keeps_matching_labels(
        self, browser: Browser, tmp_path: Path, box: str, choice: str, column: int
    ) -> None:
        """
        The status shows their number, and a button brings all back.
        """
        everything = [list(shown_row(each, ON)) for each in in_order(numbered(60))]
        with opened(browser, written(tmp_path, numbered(60)), PHONE) as tab:
            status = tab.page.get_by_role("status")
            tab.page.get_by_label(box, exact=True).select_option(choice)
            fitting = [each for each in everything if each[column] == choice]
            expect(status).to_have_text(f"{len(fitting)} of 60 labels fit")
            assert visible_rows(tab) == fitting

            tab.page.get_by_role("button", name="Show all").click()
            expect(status).to_have_text("60 labels")
            assert visible_rows(tab) == everything

    @pytest.mark.parametrize(
        ("sought", "fits"),
        [
            ("elan", lambda text: "Élan" in text),
            ("  ITALY food ", lambda text: "Italy" in text and "Food" in text),
            ("Élan Deutschland", lambda _text: False),
        ],
    )
    def test_search_ignores_accents_and_capitals(
        self,
        browser: Browser,
        tmp_path: Path,
        sought: str,
        fits: Callable[[str], bool],
    ) -> None:
        """
        Every word of the search is somewhere in the row.
        """
        everything = [list(shown_row(each, ON)) for each in in_order(numbered(60))]
        with opened(browser, written(tmp_path, numbered(60))) as tab:
            tab.page.get_by_label("Search").fill(sought)
            fitting = [each for each in everything if fits(" ".join(each))]
            text = f"{len(fitting)} of 60 labels fit" if fitting else "No label fits"
            expect(tab.page.get_by_role("status")).to_have_text(text)
            assert visible_rows(tab) == fitting

    def test_many_labels_are_shown_in_steps(self, browser: Browser, tmp_path: Path) -> None:
        """
        200 at a time; the focus moves to the first new row.
        """
        everything = [list(shown_row(each, ON)) for each in in_order(numbered(450))]
        with opened(browser, written(tmp_path, numbered(450))) as tab:
            assert visible_rows(tab) == everything[:200]
            tab.page.get_by_role("button", name="Show 200 more").click()
            assert visible_rows(tab) == everything[:400]
            assert tab.evaluated("document.activeElement.rowIndex") == 201
            tab.page.get_by_role("button", name="Show 50 more").click()
            assert visible_rows(tab) == everything
            assert not tab.page.locator("#more").is_visible()

    def test_paper_shows_all_matching_labels(self, browser: Browser, tmp_path: Path) -> None:
        """
        Rows that wait on the screen are printed, and no controls.
        """
        with opened(browser, written(tmp_path, numbered(450)), PAPER) as tab:
            assert len(visible_rows(tab)) == 450
            assert tab.page.locator("button:visible, input:visible, select:visible").count() == 0
            heads = tab.page.locator("#labels thead .on-paper")
            assert heads.all_text_contents() == list(HEADS)

    def test_names_are_text_and_only_websites_are_links(
        self, browser: Browser, tmp_path: Path
    ) -> None:
        """
        No name becomes markup; a link sends no referrer.
        """
        with opened(browser, written(tmp_path, hostile())) as tab:
            names = tab.page.locator("#labels tbody th bdi").all_text_contents()
            assert names == [visible(each.name) for each in in_order(hostile())]
            assert tab.page.locator("script, img, iframe, object, link").count() == 1
            links = tab.page.locator("a[href^=http]")
            assert links.count() == len(HOSTILE)
            assert {each.get_attribute("rel") for each in links.all()} == {"noopener noreferrer"}

    def test_foreign_script_does_not_run(self, browser: Browser, tmp_path: Path) -> None:
        """
        If a name became markup, the policy would still stop it.
        """
        path = written(tmp_path, numbered(3))
        injected = (
            "<script>document.title = 'taken'</script><b onclick=\"document.title = 'x'\">B</b>"
        )
        path.write_text(path.read_text("utf-8").replace("<main", f"{injected}<main"), "utf-8")
        with opened(browser, path) as tab:
            tab.page.locator("b").click()

            assert tab.page.title() == "Register of cluster excellence labels"
            assert len(tab.errors) == 2
