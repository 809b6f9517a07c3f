"""Explain a code of a problem or of a change."""

from __future__ import annotations

from textwrap import fill

from ecei_rules.change_codes import CHANGES
from ecei_rules.cli.main import DONE, MISUSED
from ecei_rules.codes import CODES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from ecei_rules.cli.output import Output

_WIDTH = 88


def run(arguments: Namespace, output: Output) -> int:
    """Print what a code means and, of a problem, how it is mended."""
    code = arguments.code.upper()
    problem, change = CODES.get(code), CHANGES.get(code)
    if problem is not None:
        said = {"title": problem.title, "meaning": problem.meaning, "mend": problem.mend}
    elif change is not None:
        said = {"title": change.title, "meaning": change.meaning}
    else:
        codes = f"codes run from {min(CODES)} to {max(CHANGES)}"
        output.message(f'there is no code "{arguments.code}"; {codes}')
        return MISUSED
    if output.as_json:
        output.json({"code": code, **said})
    else:
        title, *others = said.values()
        output.text("\n\n".join([f"{code}: {title}", *(fill(each, _WIDTH) for each in others)]))
    return DONE
