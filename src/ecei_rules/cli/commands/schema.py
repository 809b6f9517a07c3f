"""Print a JSON Schema."""

from __future__ import annotations

import json

from ecei_rules.cli.arguments import add_format
from ecei_rules.cli.editions import named_catalogue
from ecei_rules.cli.exit_codes import DONE
from ecei_rules.cli.output import WrongUsage
from ecei_rules.documents.interview_schema import interview_schema
from ecei_rules.documents.resources import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ecei_rules.cli.output import Output


_KINDS = (
    "catalogue",
    "ruleset",
    "interview",
    "assessment",
    "benchmark",
    "comparison",
    "history",
    "plan",
    "register",
)


def add_arguments(command: ArgumentParser) -> None:
    """Add the arguments of `schema`."""
    add_format(command)
    command.add_argument("kind", choices=_KINDS)
    catalogue = "with the kind interview: the schema of the interviews of this catalogue"
    command.add_argument("--catalogue", metavar="ID@VERSION", help=catalogue)
    command.set_defaults(run=run)


def run(arguments: Namespace, output: Output) -> int:
    """Print the schema of a kind, or of the interviews of one catalogue."""
    if arguments.catalogue is None:
        printed = schema(arguments.kind)
    elif arguments.kind == "interview":
        printed = interview_schema(named_catalogue(arguments.catalogue))
    else:
        msg = '--catalogue goes only with "schema interview"'
        raise WrongUsage(msg)
    output.text(json.dumps(printed, indent=2, ensure_ascii=False))
    return DONE
