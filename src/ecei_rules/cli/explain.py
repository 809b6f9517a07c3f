"""Explain a problem code."""

from __future__ import annotations

from textwrap import fill

from ecei_rules.cli.main import DONE, MISUSED
from ecei_rules.codes import CODES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from ecei_rules.cli.output import Output

_WIDTH = 88


def run(arguments: Namespace, output: Output) -> int:
    """Print what a code means and how such a problem is mended."""
    code = arguments.code.upper()
    found = CODES.get(code)
    if found is None:
        codes = f"codes run from {min(CODES)} to {max(CODES)}"
        output.message(f'there is no code "{arguments.code}"; {codes}')
        return MISUSED
    if output.as_json:
        members = {"title": found.title, "meaning": found.meaning, "mend": found.mend}
        output.json({"code": code, **members})
    else:
        parts = (f"{code}: {found.title}", fill(found.meaning, _WIDTH), fill(found.mend, _WIDTH))
        output.text("\n\n".join(parts))
    return DONE
