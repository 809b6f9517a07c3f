"""What the command line takes, and which module does it."""

from __future__ import annotations

import argparse
import os
import sys
from io import TextIOWrapper

from ecei_rules._version import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Protocol

    from ecei_rules.cli.output import Output

    class _Command(Protocol):
        def run(self, arguments: argparse.Namespace, output: Output, /) -> int: ...


DONE, FOUND, MISUSED = 0, 1, 2
_INTERRUPTED = 130

_DESCRIPTION = """\
The rules of the cluster excellence labels, and what they say about an interview.
"""
_EPILOG = """\
exit codes: 0 done, 1 problems found or a requirement not met, 2 wrong usage.
FILE may be - for standard input.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; never a traceback for what it was given."""
    parsed = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # the same bytes whatever the locale, and no failure on what cannot be shown
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        code = _run(parsed)
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read the output has enough; nothing is left to flush at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _run(parsed: argparse.Namespace) -> int:
    from importlib import import_module

    from ecei_rules.cli.output import Output, Unreadable
    from ecei_rules.errors import InvalidDocument, UnknownEdition

    command: _Command = import_module(f"ecei_rules.cli.{parsed.module}")
    output = Output(as_json=parsed.format == "json")
    try:
        return command.run(parsed, output)
    except InvalidDocument as error:
        output.problems(error.name, error.problems, result=False)
        return FOUND
    except (Unreadable, UnknownEdition) as error:
        output.message(str(error))
        return MISUSED


def _parser() -> argparse.ArgumentParser:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "ecei-rules", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=form
    )
    parser.add_argument("--version", action="version", version=f"ecei-rules {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    validate = _command(commands, "validate", "say every problem of documents")
    validate.add_argument("files", metavar="FILE", nargs="+")

    assess = _command(commands, "assess", "assess interviews")
    assess.add_argument("files", metavar="FILE", nargs="+")
    which = assess.add_mutually_exclusive_group()
    which.add_argument("--label", choices=["bronze", "silver", "gold"])
    which.add_argument(
        "--ruleset",
        metavar="REF|PATH",
        help="as bronze@2019-11, or a file; default: the one in force on the interview's day",
    )
    assess.add_argument(
        "--require", choices=["awarded"], help="exit with 1 if an interview comes to less"
    )

    new = _command(commands, "new", "write a skeleton to fill in")
    new.add_argument("kind", choices=["interview"])
    new.add_argument("--catalogue", metavar="ID@VERSION", required=True)

    schema = _command(commands, "schema", "print a JSON Schema")
    schema.add_argument("kind", choices=["catalogue", "ruleset", "interview", "assessment"])
    schema.add_argument(
        "--catalogue", metavar="ID@VERSION", help="of the interviews of one catalogue"
    )

    catalogue = _command(commands, "catalogue", "look at catalogues")
    actions = catalogue.add_subparsers(metavar="ACTION", dest="action")
    _action(actions, "list", "the shipped ones; this is the default")
    _action(actions, "show", "what one asks").add_argument("reference", metavar="REF")

    ruleset = _command(commands, "ruleset", "look at rulesets and check them")
    actions = ruleset.add_subparsers(metavar="ACTION", dest="action")
    _action(actions, "list", "the shipped ones; this is the default")
    _action(actions, "show", "what one requires").add_argument("reference", metavar="REF")
    check = _action(actions, "check", "say every problem of a ruleset")
    check.add_argument("files", metavar="PATH", nargs="+")

    explain = _command(commands, "explain", "explain a problem code")
    explain.add_argument("code", metavar="CODE")
    return parser


def _command(commands: Any, name: str, purpose: str) -> argparse.ArgumentParser:
    made = _action(commands, name, purpose)
    made.set_defaults(module=name)
    return made


def _action(actions: Any, name: str, purpose: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = actions.add_parser(
        name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}."
    )
    made.add_argument("--format", choices=["text", "json"], default="text")
    return made
