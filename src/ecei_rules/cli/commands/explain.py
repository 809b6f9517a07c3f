"""Explain a code of a problem or of a change."""

from __future__ import annotations

from textwrap import fill, indent

from ecei_rules.cli.main import DONE, MISUSED
from ecei_rules.diagnostics.codes import CHANGE_CODES, PROBLEM_CODES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from ecei_rules.cli.output import Output
    from ecei_rules.diagnostics.codes import Code

_WIDTH = 88


def run(arguments: Namespace, output: Output) -> int:
    """Print what a code means, what it looks like and how it is mended."""
    known = PROBLEM_CODES | CHANGE_CODES
    page = known.get(arguments.code.upper())
    if page is None:
        codes = f"codes run from {min(known)} to {max(known)}"
        output.message(f'there is no code "{arguments.code}"; {codes}')
        return MISUSED
    if output.as_json:
        names = ("code", "title", "meaning", "example", "mend")
        output.json({name: value for name in names if (value := getattr(page, name)) is not None})
    else:
        output.text(_shown(page))
    return DONE


def _shown(page: Code) -> str:
    parts = [
        f"{page.code}: {page.title}",
        fill(page.meaning, _WIDTH),
        f"For example:\n\n{indent(page.example, '  ')}",
    ]
    if page.mend is not None:
        parts.append(fill(page.mend, _WIDTH))
    return "\n\n".join(parts)
