"""Print a JSON Schema."""

from __future__ import annotations

import json

from ecei_rules.cli.editions import named_catalogue
from ecei_rules.cli.main import DONE, MISUSED
from ecei_rules.documents.interview_schema import interview_schema
from ecei_rules.documents.resources import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from ecei_rules.cli.output import Output


def run(arguments: Namespace, output: Output) -> int:
    """Print the schema of a kind, or of the interviews of one catalogue."""
    if arguments.catalogue is None:
        printed = schema(arguments.kind)
    elif arguments.kind == "interview":
        printed = interview_schema(named_catalogue(arguments.catalogue))
    else:
        output.message('--catalogue goes only with "schema interview"')
        return MISUSED
    output.text(json.dumps(printed, indent=2, ensure_ascii=False))
    return DONE
