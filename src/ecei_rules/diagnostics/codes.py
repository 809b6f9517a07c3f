"""The codes of problems and changes, which docs/codes.md explains."""

from __future__ import annotations

import json
import re
from pathlib import Path

from attrs import frozen


@frozen
class Code:
    """
    The explanation of a code, with an example of a printed message.

    *mend* says how to fix a problem; a change has nothing to fix. A *warning* refuses
    nothing and leaves nothing out. An *editorial* change alters wording or provenance
    alone, so that no outcome and no day can differ because of it.
    """

    code: str
    title: str
    meaning: str
    example: str
    mend: str | None = None
    warning: bool = False
    editorial: bool = False

    def markdown(self) -> str:
        """Return the explanation as a section of docs/codes.md."""
        parts = [f"### {self.code}: {self.title}", _line_by_sentence(self.meaning)]
        parts.append(f"```text\n{self.example}\n```")
        if self.mend is not None:
            parts.append(_line_by_sentence(self.mend))
        return "\n\n".join(parts) + "\n"


def _line_by_sentence(text: str) -> str:
    return re.sub(r"(?<=[.:]) (?=[A-Z])", "\n", text)


_FILE = json.loads((Path(__file__).parent / "codes.json").read_text(encoding="utf-8"))
#: The codes of problems (ECEI1xx to ECEI4xx), in order.
PROBLEM_CODES = {code: Code(code, **members) for code, members in _FILE["problems"].items()}
#: The codes of changes between two rulesets (ECEI5xx), in order.
CHANGE_CODES = {code: Code(code, **members) for code, members in _FILE["changes"].items()}
