"""A real browser: errors and requests of a page, its layout, its accessibility."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
#: The pixels by which texts may overlap or leave their boxes: a rounded edge.
SLACK = 1


@frozen
class Sheet:
    """A screen or paper of a size in pixels."""

    name: str
    width: int
    height: int
    media: Literal["screen", "print"] = "screen"


PHONE = Sheet("phone", 360, 740)
TABLET = Sheet("tablet", 768, 1024)
DESKTOP = Sheet("desktop", 1280, 900)
#: A4 at 96 pixels an inch, with and without its margins.
PAPER = Sheet("paper", 794, 1123, "print")
WITHIN_MARGINS = Sheet("within margins", 673, 979, "print")
SHEETS = (PHONE, TABLET, DESKTOP, PAPER, WITHIN_MARGINS)


class Opened:
    """An open page, with the errors that it logged and the requests that it made."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.errors: list[str] = []
        self.requests: list[str] = []

    def evaluated(self, expression: str) -> Any:
        """Evaluate an expression in the page; its policy does not prevent this."""
        answer = self.session.send(
            "Runtime.evaluate",
            {"expression": expression, "awaitPromise": True, "returnByValue": True},
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def cut(self) -> list[str]:
        """Return the texts that are cut off or out of their boxes, and a page that is too wide."""
        found: list[str] = self.evaluated(f"({_TEXTS})({_CUT})")
        return found

    def overlapping(self) -> list[str]:
        """Return the pairs of texts that overlap."""
        found: list[str] = self.evaluated(f"({_TEXTS})({_OVERLAPPING})")
        return found

    def violations(self) -> list[str]:
        """Return the barriers that axe finds, each with its first place."""
        script = Path(fetched("ECEI_RULES_AXE")).read_text(encoding="utf-8")
        self.evaluated(f"{script};0")
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
        found: list[str] = self.evaluated(
            f"axe.run(document, {options}).then(found => found.violations.map("
            "each => `${each.id}: ${each.nodes[0].html.slice(0, 200)}`))"
        )
        return found


def fetched(variable: str) -> str:
    """Return the path in an environment variable, for what PyPI does not have; else skip."""
    named = os.environ.get(variable)
    if not named:
        pytest.skip(f"{variable} names nothing; .ci/run --full fetches it")
    return named


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser to open pages in; the fixture `browser` keeps one for all tests."""
    path = fetched("ECEI_RULES_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(
    browser: Browser, file: Path, sheet: Sheet = DESKTOP, *, scripts: bool = True
) -> Iterator[Opened]:
    """Open a file in a browser without a network, on a sheet, with or without scripts."""
    context = browser.new_context(
        viewport={"width": sheet.width, "height": sheet.height},
        java_script_enabled=scripts,
        offline=True,
        locale="en-GB",
    )
    try:
        tab = Opened(context.new_page())
        address = file.resolve().as_uri()
        tab.page.on("pageerror", lambda error: tab.errors.append(str(error)))
        tab.page.on(
            "console",
            lambda message: tab.errors.append(message.text) if message.type == "error" else None,
        )
        tab.page.on(
            "request",
            lambda request: tab.requests.append(request.url) if request.url != address else None,
        )
        tab.page.goto(address)
        # after loading, since the browser forgets the media of an empty page
        tab.page.emulate_media(media=sheet.media, reduced_motion="reduce")
        yield tab
    finally:
        context.close()


#: Passes the visible texts to a function, each with its element and its boxes.
_TEXTS = """
check => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const unseen = element => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.clipPath === "inset(50%)" && style.position === "absolute") return true;
    }
    return !element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || unseen(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter(box => box.width > 0 && box.height > 0);
    texts.push({ node, element: node.parentElement, said: node.data.trim().slice(0, 60), boxes });
  }
  return check(texts);
}
"""

#: A word that has room on any line, so that it need not be broken.
_WORD = r"/(?<!\S)\p{L}{2,16}(?!\S)/gu"

_CUT = f"""
texts => {{
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    found.push(`the page is ${{root.scrollWidth}} wide on ${{root.clientWidth}}`);
  const cuts = new Set(["hidden", "clip", "scroll", "auto"]);
  const seen = new Set();
  for (const {{ node, element, said, boxes }} of texts) {{
    const words = boxes.length > 1 ? node.data.matchAll({_WORD}) : [];
    for (const word of words) {{
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
      if (tops.size > 1) found.push(`broken: ${{word[0]}}`);
    }}
    for (let each = element; each && each !== root; each = each.parentElement) {{
      if (seen.has(each)) break;
      seen.add(each);
      const style = getComputedStyle(each);
      const wide = cuts.has(style.overflowX) && each.scrollWidth > each.clientWidth + {SLACK};
      const high = cuts.has(style.overflowY) && each.scrollHeight > each.clientHeight + {SLACK};
      if (each !== document.body && (wide || high)) found.push(`cut off: ${{said}}`);
    }}
    let parent = element;
    while (getComputedStyle(parent).display === "inline" && parent.parentElement)
      parent = parent.parentElement;
    const room = parent.getBoundingClientRect();
    for (const box of boxes) {{
      if (box.left < -{SLACK} || box.right > root.clientWidth + {SLACK})
        found.push(`beside the page: ${{said}}`);
      else if (box.left < room.left - {SLACK} || box.right > room.right + {SLACK})
        found.push(`out of its box: ${{said}}`);
      else if ((box.top + box.bottom) / 2 < room.top || (box.top + box.bottom) / 2 > room.bottom)
        found.push(`above or below its box: ${{said}}`);
    }}
  }}
  return [...new Set(found)];
}}
"""

_OVERLAPPING = f"""
texts => {{
  const boxes = texts.flatMap(text => text.boxes.map(box => ({{ ...text, box }})));
  boxes.sort((one, other) => one.box.top - other.box.top);
  const found = new Set();
  let open = [];
  for (const each of boxes) {{
    open = open.filter(other => other.box.bottom > each.box.top + {SLACK});
    for (const other of open) {{
      const width = Math.min(each.box.right, other.box.right)
        - Math.max(each.box.left, other.box.left);
      const height = Math.min(each.box.bottom, other.box.bottom) - each.box.top;
      if (other.element !== each.element && width > {SLACK} && height > {SLACK})
        found.add(`${{other.said}} | ${{each.said}}`);
    }}
    open.push(each);
  }}
  return [...found];
}}
"""
