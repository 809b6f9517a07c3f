"""Explain the code of a problem or of a change."""

from __future__ import annotations

from textwrap import fill, indent

from ecei_rules.cli.arguments import add_format
from ecei_rules.cli.exit_codes import DONE
from ecei_rules.cli.output import WrongUsage
from ecei_rules.diagnostics.codes import CHANGE_CODES, PROBLEM_CODES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ecei_rules.cli.output import Output
    from ecei_rules.diagnostics.codes import Code

_WIDTH = 88


def add_arguments(command: ArgumentParser) -> None:
    """Add the arguments of `explain`."""
    add_format(command)
    command.add_argument("code", metavar="CODE", help="for example ECEI306")
    command.set_defaults(run=run)


def run(arguments: Namespace, output: Output) -> int:
    """Print the meaning of a code, an example and the remedy."""
    known = PROBLEM_CODES | CHANGE_CODES
    page = known.get(arguments.code.upper())
    if page is None:
        codes = f"codes run from {min(known)} to {max(known)}"
        msg = f'there is no code "{arguments.code}"; {codes}'
        raise WrongUsage(msg)
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
