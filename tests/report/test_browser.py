"""The checks of `browser`: each finds its fault, and none in a good page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import PAPER, PHONE, SHEETS, Sheet, opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><style>{style}</style></head>
<body><main><h1>A page</h1><p>One line of text.</p>{more}</main></body></html>"""
CUT = "cut off: One line of text."
OUT = "out of its box: One line of text."
BELOW = "above or below its box: One line of text."
each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)


def page(folder: Path, more: str = "", style: str = "") -> Path:
    """Write a good page, with something added to it."""
    path = folder / "page.html"
    path.write_text(GOOD.format(style=style, more=more), encoding="utf-8")
    return path


@each_sheet
def test_good_page_has_no_faults(browser: Browser, tmp_path: Path, sheet: Sheet) -> None:
    """
    Two texts below each other, and one for screen readers only.
    """
    heard = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
    with opened(browser, page(tmp_path, f'<p style="{heard}">Heard</p>'), sheet) as tab:
        assert tab.errors == tab.requests == []
        assert tab.cut() == tab.overlapping() == tab.violations() == []


def test_errors_of_a_page_are_found(browser: Browser, tmp_path: Path) -> None:
    """
    An error that is thrown, and one that is only logged.
    """
    scripts = "<script>console.error('logged')</script><script>missing()</script>"
    with opened(browser, page(tmp_path, scripts)) as tab:
        assert tab.errors == ["logged", "missing is not defined"]


def test_requests_of_a_page_are_found(browser: Browser, tmp_path: Path) -> None:
    """
    A picture beside the file, and a style from elsewhere.
    """
    asks = '<img src="a.png" alt="a"><link rel="stylesheet" href="http://127.0.0.1:9/b.css">'
    with opened(browser, page(tmp_path, asks)) as tab:
        requests = {each.rpartition("/")[2] for each in tab.requests}

        assert requests == {"a.png", "b.css"}
        assert tab.errors


@pytest.mark.parametrize(
    ("style", "faults"),
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
def test_cut_text_is_found(browser: Browser, tmp_path: Path, style: str, faults: list[str]) -> None:
    """
    Cut by its own box, out of its box, or beyond the edge of the page.
    """
    style = f"body {{margin: 0}} main {{overflow: visible}} {style}"
    with opened(browser, page(tmp_path, style=style), PHONE) as tab:
        assert tab.cut() == faults


def test_overlapping_texts_are_found(browser: Browser, tmp_path: Path) -> None:
    """
    On paper only, if they overlap on paper only.
    """
    style = "@media print { h1 {margin-bottom: -2rem} }"
    with opened(browser, page(tmp_path, style=style), PAPER) as tab:
        assert tab.cut() == []
        assert tab.overlapping() == ["A page | One line of text."]
        assert tab.overlapping() == ["A page | One line of text."]
    with opened(browser, page(tmp_path, style=style)) as tab:
        assert tab.overlapping() == []


@pytest.mark.parametrize(
    ("more", "style", "rule"),
    [
        ("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", "", "image-alt"),
        ("", "p {color: #999}", "color-contrast"),
        ("</main><p>Outside</p><main hidden>", "", "region"),
        ("<h4>Too deep</h4>", "", "heading-order"),
    ],
)
def test_barriers_are_found(
    browser: Browser, tmp_path: Path, more: str, style: str, rule: str
) -> None:
    """
    A picture without a text, faint text, text outside landmarks, a skipped heading level.
    """
    with opened(browser, page(tmp_path, more, style)) as tab:
        assert [each.partition(":")[0] for each in tab.violations()] == [rule]
