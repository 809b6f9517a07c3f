"""Pages from the templates of the package."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.report.text.blocks import escape_markdown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


def rendered(template: str, /, **values: object) -> str:
    """
    Fill in a template; equal values give equal text.

    Every value is shown as text: markup in it is escaped. A name that the template uses
    and that has no value is an error, not a blank.

    >>> from ecei_rules.report.pages.localisation import words_in
    >>> page = rendered("base.html", title="Bread & <b>Wine</b>", words=words_in("en"))
    >>> "<title>Bread &amp; &lt;b&gt;Wine&lt;/b&gt;</title>" in page
    True

    Raises:
        ModuleNotFoundError: Jinja2 is missing, which comes with the extra `report`.
    """
    return _environment().get_template(template).render(values)


def content_digest(template: str) -> str:
    """
    Return the digest of a script for the policy of a page, so that no other script runs.

    Source: Content Security Policy Level 3, 2.3.1 (hash-source).
    """
    return b64encode(sha256(rendered(template).encode()).digest()).decode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(disabled_extensions=("md",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["visible"] = _shown
    environment.filters["md"] = escape_markdown
    environment.filters["css"] = _css
    environment.globals["digest"] = content_digest
    return environment


def _css(text: str) -> str:
    """Write a text as a string of a style sheet, with other than letters and digits escaped."""
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'


def _shown(value: object) -> str:
    return visible(str(value))
