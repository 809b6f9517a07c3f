"""A page for each code: what it means, what it looks like, and how it is mended."""

from __future__ import annotations

import re

from attrs import frozen

from ecei_rules.diagnostics.change_codes import CHANGES
from ecei_rules.diagnostics.codes import CODES
from ecei_rules.documents.resources import examples_of_codes


@frozen
class Page:
    """
    What is said of a code of a problem or of a change.

    *example* is what is printed of a document, or of two rulesets. In a change there is
    nothing to *mend*.
    """

    code: str
    title: str
    meaning: str
    example: str
    mend: str | None = None

    def markdown(self) -> str:
        """The page as a section of docs/codes.md."""
        parts = [f"### {self.code}: {self.title}", _by_sentence(self.meaning)]
        parts.append(f"```text\n{self.example}\n```")
        if self.mend is not None:
            parts.append(_by_sentence(self.mend))
        return "\n\n".join(parts) + "\n"


def _by_sentence(text: str) -> str:
    return re.sub(r"(?<=[.:]) (?=[A-Z])", "\n", text)


def pages() -> dict[str, Page]:
    """
    The pages of all codes, by code, in their order.

    >>> pages()["ECEI101"].title
    'document too large'
    """
    examples = examples_of_codes()
    problems = {
        code: Page(code, each.title, each.meaning, examples[code], each.mend)
        for code, each in CODES.items()
    }
    changes = {
        code: Page(code, each.title, each.meaning, examples[code]) for code, each in CHANGES.items()
    }
    return problems | changes
