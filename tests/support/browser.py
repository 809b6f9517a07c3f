"""A real browser: what a page logs and asks for, how its text lies, what keeps people out."""

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
#: What texts may come too near by, or out of their boxes: no more than a rounded edge.
SLACK = 1


@frozen
class Sheet:
    """What a page is looked at on: so many pixels wide, a screen or paper."""

    name: str
    width: int
    height: int
    media: Literal["screen", "print"] = "screen"


PHONE = Sheet("phone", 360, 740)
TABLET = Sheet("tablet", 768, 1024)
DESKTOP = Sheet("desktop", 1280, 900)
#: A4 at 96 pixels an inch, and what its margins leave.
PAPER = Sheet("paper", 794, 1123, "print")
WITHIN_MARGINS = Sheet("within margins", 673, 979, "print")
SHEETS = (PHONE, TABLET, DESKTOP, PAPER, WITHIN_MARGINS)


class Opened:
    """A page that is open, with what it logged as an error and what else it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.errors: list[str] = []
        self.asked: list[str] = []

    def evaluated(self, expression: str) -> Any:
        """What an expression comes to in the page; its policy does not keep this out."""
        answer = self.session.send(
            "Runtime.evaluate",
            {"expression": expression, "awaitPromise": True, "returnByValue": True},
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def cut(self) -> list[str]:
        """The texts that are cut off or stand out of their boxes, and what is too wide."""
        found: list[str] = self.evaluated(f"({_TEXTS})({_CUT})")
        return found

    def overlapping(self) -> list[str]:
        """The pairs of texts that lie upon each other."""
        found: list[str] = self.evaluated(f"({_TEXTS})({_OVERLAPPING})")
        return found

    def violations(self) -> list[str]:
        """What axe finds to keep people out, each with the first place of it."""
        script = Path(fetched("ECEI_RULES_AXE")).read_text(encoding="utf-8")
        self.evaluated(f"{script};0")
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
        found: list[str] = self.evaluated(
            f"axe.run(document, {options}).then(found => found.violations.map("
            "each => `${each.id}: ${each.nodes[0].html.slice(0, 200)}`))"
        )
        return found


def fetched(variable: str) -> str:
    """What an environment variable names that does not come from PyPI; else skips."""
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
    """A file in a browser without a network, on a sheet, with or without scripts."""
    context = browser.new_context(
        viewport={"width": sheet.width, "height": sheet.height},
        java_script_enabled=scripts,
        offline=True,
        locale="en-GB",
    )
    try:
        found = Opened(context.new_page())
        address = file.resolve().as_uri()
        found.page.on("pageerror", lambda error: found.errors.append(str(error)))
        found.page.on(
            "console",
            lambda said: found.errors.append(said.text) if said.type == "error" else None,
        )
        found.page.on(
            "request",
            lambda request: found.asked.append(request.url) if request.url != address else None,
        )
        found.page.goto(address)
        # with the page, since the browser forgets what was asked of an empty one
        found.page.emulate_media(media=sheet.media, reduced_motion="reduce")
        yield found
    finally:
        context.close()


#: Gives a function the texts that are seen: each with its element and the boxes it lies in.
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

#: A word that has room on a line of its own anywhere, so that it need not be broken.
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
