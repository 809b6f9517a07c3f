"""The program `ecei-rules`: finds the command, parses its arguments and runs it."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress

from ecei_rules._version import VERSION
from ecei_rules.cli.arguments import add_parser, formatter
from ecei_rules.cli.exit_codes import FOUND, INTERRUPTED, MISUSED, READER_LEFT
from ecei_rules.cli.streams import OutputEnded, StandardStreams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_DESCRIPTION = """\
The rules of the cluster excellence labels, applied to interviews.
"""
_EPILOG = """\
exit codes: 0 done, 1 problems found or a requirement not met, 2 wrong usage.
FILE may be - for standard input.
"""
#: The modules in `commands` and their purposes; `--help` imports none of them.
COMMANDS = {
    "validate": "find the problems in documents",
    "assess": "assess interviews",
    "new": "write an interview to fill in",
    "convert": "convert interviews between JSON, tables and workbooks",
    "schema": "print a JSON Schema",
    "catalogue": "list and show catalogues",
    "ruleset": "list, show and check rulesets",
    "compare": "compare two rulesets and show who is affected",
    "plan": "find the cheapest way to a label",
    "timeline": "show the labels of an organisation through the years",
    "benchmark": "build a benchmark of many interviews, and compare an interview with it",
    "report": "write the individual report on an interview",
    "register": "read, search and export the register of labels",
    "example": "make up interviews for trying things out",
    "explain": "explain the code of a problem or of a change",
}

#: The arguments of commands whose exit code answers a question.
_VERDICTS = ("gives_verdict", "require", "fail_on")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; no input causes a traceback."""
    given = sys.argv[1:] if arguments is None else arguments
    with StandardStreams() as streams:
        try:
            try:
                return _run(_parse(given), streams)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
        except OutputEnded as ended:
            if ended.reader_left:
                return READER_LEFT
            with suppress(OutputEnded):
                sys.stderr.write(f"ecei-rules: {ended}\n")
            return MISUSED
        except KeyboardInterrupt:
            return INTERRUPTED


def _parse(given: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments; only the module of the command that is named is imported."""
    parser = argparse.ArgumentParser(
        "ecei-rules", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=formatter
    )
    parser.add_argument("--version", action="version", version=f"ecei-rules {VERSION}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True, prog="ecei-rules")
    named = next((each for each in given if not each.startswith("-")), None)
    for name, purpose in COMMANDS.items():
        command = add_parser(subparsers, name, purpose)
        if name == named:
            from importlib import import_module

            import_module(f"ecei_rules.cli.commands.{name}").add_arguments(command)
    return parser.parse_args(given)


def _run(arguments: argparse.Namespace, streams: StandardStreams) -> int:
    from ecei_rules.cli.output import Output, WrongUsage
    from ecei_rules.diagnostics.errors import InvalidDocument, NoRulesetInForce, UnknownEdition

    output = Output(as_json=arguments.format == "json")
    to_file = getattr(arguments, "output", None) not in (None, "-")
    streams.goes_on = to_file or any(getattr(arguments, name, None) for name in _VERDICTS)
    try:
        if to_file:
            from ecei_rules.cli.files import check_output

            check_output(arguments)
        code: int = arguments.run(arguments, output)
    except InvalidDocument as error:
        output.problems(error.name, error.problems)
        return FOUND
    except NoRulesetInForce as error:
        output.message(str(error))
        return FOUND
    except (WrongUsage, UnknownEdition) as error:
        output.message(str(error))
        return MISUSED
    except OSError as error:
        # of what is none of the named files: a folder for temporary files, the working folder
        where = "" if error.filename is None else f" {error.filename}"
        output.message(f"cannot use{where or ' a temporary file'}: {error.strerror or error}")
        return MISUSED
    return code
