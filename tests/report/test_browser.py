"""The checks of `browser`: each finds what it is for, and nothing in a page that is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import PAPER, PHONE, SHEETS, Sheet, chromium, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

WELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><style>{style}</style></head>
<body><main><h1>A page</h1><p>One line of text.</p>{more}</main></body></html>"""
CUT = "cut off: One line of text."
OUT = "out of its box: One line of text."
BELOW = "above or below its box: One line of text."
each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as browser:
        yield browser


def page(folder: Path, more: str = "", style: str = "") -> Path:
    """A page that is well but for what is added to it."""
    path = folder / "page.html"
    path.write_text(WELL.format(style=style, more=more), encoding="utf-8")
    return path


@each_sheet
def test_nothing_is_found_in_a_page_that_is_well(
    browser: Browser, tmp_path: Path, sheet: Sheet
) -> None:
    """
    Two texts below each other, and one that only those hear who do not see the page.
    """
    heard = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
    with opened(browser, page(tmp_path, f'<p style="{heard}">Heard</p>'), sheet) as found:
        assert found.errors == found.requests == []
        assert found.cut() == found.overlapping() == found.violations() == []


def test_what_a_page_logs_is_found(browser: Browser, tmp_path: Path) -> None:
    """
    An error that is thrown, and one that is only logged.
    """
    scripts = "<script>console.error('logged')</script><script>missing()</script>"
    with opened(browser, page(tmp_path, scripts)) as found:
        assert found.errors == ["logged", "missing is not defined"]


def test_what_a_page_asks_for_is_found(browser: Browser, tmp_path: Path) -> None:
    """
    A picture beside the file, and a style from elsewhere.
    """
    asks = '<img src="a.png" alt="a"><link rel="stylesheet" href="http://127.0.0.1:9/b.css">'
    with opened(browser, page(tmp_path, asks)) as found:
        asked = {each.rpartition("/")[2] for each in found.requests}

        assert asked == {"a.png", "b.css"}
        assert found.errors


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("p {width: 3em; white-space: nowrap; overflow: hidden}", [CUT, OUT]),
        ("p {height: 0.5em; overflow: hidden}", [CUT, BELOW]),
        ("p {width: 3em; white-space: nowrap}", [OUT]),
        ("p {margin-left: -4em}", ["beside the page: One line of text."]),
        ("p {height: 0}", [BELOW]),
        ("p {width: 1.8em; word-break: break-all}", ["broken: One", "broken: line"]),
        (
            "main {margin-right: -2px}",
            ["the page is 362 wide on 360"],
        ),
    ],
)
def test_text_that_is_cut_is_found(
    browser: Browser, tmp_path: Path, style: str, said: list[str]
) -> None:
    """
    By its own box, by that it stands out of it, or by the edge of the page.
    """
    style = f"body {{margin: 0}} main {{overflow: visible}} {style}"
    with opened(browser, page(tmp_path, style=style), PHONE) as found:
        assert found.cut() == said


def test_texts_upon_each_other_are_found(browser: Browser, tmp_path: Path) -> None:
    """
    On paper alone, if it is so on paper alone.
    """
    style = "@media print { h1 {margin-bottom: -2rem} }"
    with opened(browser, page(tmp_path, style=style), PAPER) as found:
        assert found.cut() == []
        assert found.overlapping() == ["A page | One line of text."]
        assert found.overlapping() == ["A page | One line of text."]
    with opened(browser, page(tmp_path, style=style)) as found:
        assert found.overlapping() == []


@pytest.mark.parametrize(
    ("more", "style", "rule"),
    [
        ("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", "", "image-alt"),
        ("", "p {color: #999}", "color-contrast"),
        ("</main><p>Outside</p><main hidden>", "", "region"),
        ("<h4>Too deep</h4>", "", "heading-order"),
    ],
)
def test_what_keeps_people_out_is_found(
    browser: Browser, tmp_path: Path, more: str, style: str, rule: str
) -> None:
    """
    A picture without words, faint text, text outside of the landmarks, headings that leap.
    """
    with opened(browser, page(tmp_path, more, style)) as found:
        assert [each.partition(":")[0] for each in found.violations()] == [rule]
