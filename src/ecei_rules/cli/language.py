"""The language that a command line asks for."""

from __future__ import annotations

from ecei_rules.diagnostics.phrasing import joined
from ecei_rules.report.pages.translations import LANGUAGES, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.cli.output import Output


def told(tag: str, output: Output) -> str:
    """The tag that was asked for; if there is nothing in its language, that is said."""
    language = tag.lower().partition("-")[0]
    if nearest(tag) == "en" and language != "en":
        output.message(
            f"nothing is translated into {tag}, so that it is in English; there is"
            f" {joined(LANGUAGES)}"
        )
    return tag
