"""What the command line takes, and which module does it."""

from __future__ import annotations

import argparse
import os
import sys
from io import TextIOWrapper

from ecei_rules._version import VERSION
from ecei_rules.cli import arguments as values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Protocol

    from ecei_rules.cli.output import Output

    class _Command(Protocol):
        def run(self, arguments: argparse.Namespace, output: Output, /) -> int: ...


DONE, FOUND, MISUSED = 0, 1, 2
_INTERRUPTED = 130
_WIDTH = 80

_DESCRIPTION = """\
The rules of the cluster excellence labels, and what they say about an interview.
"""
_EPILOG = """\
exit codes: 0 done, 1 problems found or a requirement not met, 2 wrong usage.
FILE may be - for standard input.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; never a traceback for what it was given."""
    given = sys.argv[1:] if arguments is None else arguments
    parsed = _parser(given).parse_args(given)
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

    from ecei_rules.cli.output import Output, Unreadable, Unwritable
    from ecei_rules.diagnostics.errors import InvalidDocument, UnknownEdition

    command: _Command = import_module(f"ecei_rules.cli.commands.{parsed.module}")
    output = Output(as_json=parsed.format == "json")
    try:
        return command.run(parsed, output)
    except InvalidDocument as error:
        output.problems(error.name, error.problems, result=False)
        return FOUND
    except (Unreadable, UnknownEdition, Unwritable) as error:
        output.message(str(error))
        return MISUSED


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser, with the arguments of those commands alone that were named."""
    parser = argparse.ArgumentParser(
        "ecei-rules", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=_formatter
    )
    parser.add_argument("--version", action="version", version=f"ecei-rules {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, prog="ecei-rules")
    for name, (purpose, add_arguments) in _COMMANDS.items():
        formats = _FORMATS.get(name, ("text", "json"))
        command = _action(commands, name, purpose, formats=formats, default="text")
        if name in given:
            command.set_defaults(module=name)
            add_arguments(command)
    return parser


def _validate(command: argparse.ArgumentParser) -> None:
    files = "files, folders, patterns such as 'interviews/**/*.json', or - for standard input"
    command.add_argument("files", metavar="FILE", nargs="+", help=files)
    _validating(command)


def _validating(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="let warnings count as problems")
    quiet = "print nothing of documents that are in order, and no summary"
    command.add_argument("--quiet", action="store_true", help=quiet)
    command.add_argument(
        "--color",
        choices=["auto", "always", "never"],
        default="auto",
        help="default: on a terminal, unless NO_COLOR is set",
    )


def _assess(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", metavar="FILE", nargs="+")
    _under(command)
    command.add_argument(
        "--require", choices=["awarded"], help="exit with 1 if an interview comes to less"
    )


def _under(command: argparse.ArgumentParser) -> None:
    which = command.add_mutually_exclusive_group()
    which.add_argument("--label", choices=["bronze", "silver", "gold"])
    which.add_argument(
        "--ruleset",
        metavar="REF|PATH",
        help="as bronze@2019-11, or a file; default: the one in force on the interview's day",
    )


def _in_language(command: argparse.ArgumentParser) -> None:
    tag = "as en or de-AT; the nearest there is, else English; default: en"
    command.add_argument("--lang", metavar="TAG", type=values.language, default="en", help=tag)


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument("kind", choices=["interview"])
    command.add_argument("--catalogue", metavar="ID@VERSION", required=True)
    command.add_argument("-o", "--output", metavar="FILE", help="default: standard output")


def _convert(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="JSON, NDJSON, CSV or a workbook (.xlsx)")
    where = "default: standard output; its ending says the format: .json, .csv or .xlsx"
    command.add_argument("-o", "--output", metavar="FILE", help=where)
    notes = "leave out members whose names begin with x-, which no cell holds"
    command.add_argument("--leave-out-notes", action="store_true", help=notes)


def _schema(command: argparse.ArgumentParser) -> None:
    kinds = ["catalogue", "ruleset", "interview", "assessment", "benchmark", "comparison"]
    kinds += ["history", "plan", "register"]
    command.add_argument("kind", choices=kinds)
    command.add_argument(
        "--catalogue", metavar="ID@VERSION", help="of the interviews of one catalogue"
    )


def _catalogue(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(metavar="ACTION", dest="action")
    _action(actions, "list", "the shipped ones; this is the default")
    show = _action(actions, "show", "what one asks")
    show.add_argument("reference", metavar="REF")
    _in_language(show)


def _ruleset(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(metavar="ACTION", dest="action")
    _action(actions, "list", "the shipped ones; this is the default")
    show = _action(actions, "show", "what one requires")
    show.add_argument("reference", metavar="REF")
    _in_language(show)
    check = _action(actions, "check", "say every problem of a ruleset", formats=_REPORTS)
    check.add_argument("files", metavar="PATH", nargs="+")
    _validating(check)


def _compare(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", metavar="OLD", help="as bronze@2010-11, or a file")
    command.add_argument("new", metavar="NEW", help="as bronze@2019-11, or a file")
    which = command.add_mutually_exclusive_group()
    which.add_argument(
        "--from",
        dest="interview",
        metavar="FILE",
        help="an interview that examples differ from; default: the best there is",
    )
    day = "the day that interviews are held on; default: the first on which both are in force"
    which.add_argument("--on", metavar="DATE", type=values.day, help=day)
    corpus = "a folder or a file of interviews: what becomes of them, and due to what"
    command.add_argument("--corpus", metavar="PATH", help=corpus)
    classes = ["editorial", "holder-safe", "holder-affecting", "data-breaking", "incomparable"]
    command.add_argument(
        "--fail-on",
        metavar="CLASS",
        choices=classes,
        help=f"exit with 1 for a change of this class or a later one of {', '.join(classes)}",
    )


def _plan(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="an interview")
    to = "a label, by the rules in force on the interview's day; or as gold@2019-11, or a file"
    command.add_argument("--to", metavar="LABEL|REF|PATH", required=True, help=to)
    effort = "what one step of an indicator takes, 1 where nothing is said; may be repeated"
    command.add_argument(
        "--effort",
        metavar="ID=NUMBER",
        type=values.effort,
        action="append",
        default=[],
        help=effort,
    )
    lock = "an indicator that stays as it is; may be repeated"
    command.add_argument("--lock", metavar="ID", action="append", default=[], help=lock)
    others = "how many of the next best ways to show; default: 2"
    command.add_argument("--alternatives", metavar="N", type=values.count, default=2, help=others)


def _timeline(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="a label history or an interview")
    day = "what the labels are worth on a day; of an interview, by default its own"
    command.add_argument("--on", metavar="DATE", type=values.day, help=day)


def _register(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(metavar="ACTION", dest="action", required=True)
    purpose = "make one register of pages, tables and registers"
    read = _action(actions, "import", purpose, formats=["json"])
    read.add_argument("pages", metavar="PAGE", nargs="+")
    read.add_argument(
        "--country", metavar="CC", type=values.country, help="of pages that do not say"
    )
    read.add_argument("-o", "--output", metavar="FILE", help="default: standard output")
    status = _action(actions, "status", "what each label is worth on a day")
    runs_out = _action(actions, "due", "what runs out soon, and the last days to renew")
    stats = _action(actions, "stats", "count by portfolio, country, year, label and status")
    page = _action(actions, "report", "make a page (HTML) of a register", formats=["html"])
    for each in (status, runs_out, stats, page):
        each.add_argument("file", metavar="FILE")
        each.add_argument("--on", metavar="DATE", type=values.day, required=True)
    runs_out.add_argument("--within", metavar="DAYS", type=values.days, required=True)
    page.add_argument("-o", "--output", metavar="FILE", help="default: standard output")
    _in_language(page)
    export = _action(
        actions, "export", "write a register for other programs", formats=["json", "csv", "ics"]
    )
    export.add_argument("file", metavar="FILE")


def _example(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(metavar="ACTION", dest="action", required=True)
    purpose = "make up interviews, one a line"
    corpus = _action(actions, "corpus", purpose, formats=_FORMATS["example"])
    corpus.add_argument("--count", metavar="N", type=values.at_least_one, required=True)
    seed = "a number from 0 on, another one for other interviews; default: 0"
    corpus.add_argument("--seed", metavar="S", type=values.seed, default=0, help=seed)
    catalogue = "default: the latest of the benchmarking"
    corpus.add_argument("--catalogue", metavar="ID@VERSION", help=catalogue)
    corpus.add_argument("-o", "--output", metavar="FILE", help="default: standard output")


def _benchmark(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(metavar="ACTION", dest="action", required=True)
    build = _action(actions, "build", "make one of many interviews", formats=["json"])
    build.add_argument("corpus", metavar="CORPUS", help="a folder, or a file of interviews")
    build.add_argument("-o", "--output", metavar="FILE", required=True)
    show = _action(actions, "show", "say what one holds, and where an interview stands in it")
    show.add_argument("file", metavar="FILE|CORPUS", help="a benchmark, or interviews")
    show.add_argument("--interview", metavar="FILE", help="say where this interview stands")
    for each in (build, show):
        which = each.add_mutually_exclusive_group()
        which.add_argument("--label", choices=["bronze", "silver", "gold"], help="default: bronze")
        by = "as bronze@2019-11, or a file; default: the one of the label in force on the day"
        which.add_argument("--ruleset", metavar="REF|PATH", help=by)
        day = "the day on which labels are held"
        each.add_argument("--on", metavar="DATE", type=values.day, required=each is build, help=day)
        few = "show no figures of fewer organisations; default: 5, which is the lowest"
        each.add_argument("--minimum", metavar="N", type=values.minimum, default=5, help=few)


def _report(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="an interview")
    others = "where it stands among others: a file that benchmark build wrote"
    command.add_argument("--benchmark", metavar="FILE", help=others)
    holders = "the labels whose holders it is set beside, as bronze,gold; default: all"
    command.add_argument("--against", metavar="LABELS", type=values.labels, help=holders)
    _under(command)
    _in_language(command)
    where = "default: standard output; its ending says the format: .html, .md or .pdf"
    command.add_argument("-o", "--output", metavar="FILE", help=where)


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("code", metavar="CODE")


_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "validate": ("say every problem of documents", _validate),
    "assess": ("assess interviews", _assess),
    "new": ("write a skeleton to fill in", _new),
    "convert": ("turn interviews into JSON, tables and workbooks", _convert),
    "schema": ("print a JSON Schema", _schema),
    "catalogue": ("look at catalogues", _catalogue),
    "ruleset": ("look at rulesets and check them", _ruleset),
    "compare": ("say what differs between two rulesets, and who is affected", _compare),
    "plan": ("say where an interview stands and what would earn a label", _plan),
    "timeline": ("show the labels of an organisation through the years", _timeline),
    "benchmark": ("say how the answers of many organisations are distributed", _benchmark),
    "report": ("write the individual report on an interview", _report),
    "register": ("read, look through and pass on the register of labels", _register),
    "example": ("make up interviews to try things with", _example),
    "explain": ("explain the code of a problem or of a change", _explain),
}
#: What validating can print.
_REPORTS = ("text", "json", "github", "sarif", "junit")
#: What a command can print, where that is more than text and JSON.
_FORMATS = {
    **dict.fromkeys(("compare", "plan"), ("text", "json", "markdown")),
    "convert": ("json", "csv", "xlsx"),
    "example": ("json",),
    "new": ("text", "json", "xlsx"),
    "report": ("html", "md", "pdf"),
    "validate": _REPORTS,
}


def _formatter(prog: str) -> argparse.HelpFormatter:
    """A fixed width: to ask the terminal for its own costs a tenth of the start-up."""
    return argparse.RawDescriptionHelpFormatter(prog, width=_WIDTH)


def _action(
    actions: Any,
    name: str,
    purpose: str,
    *,
    formats: Sequence[str] = ("text", "json"),
    default: str = argparse.SUPPRESS,
) -> argparse.ArgumentParser:
    """A command, or an action of one: what that leaves open the command has said."""
    made: argparse.ArgumentParser = actions.add_parser(
        name,
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}.",
        formatter_class=_formatter,
    )
    made.add_argument("--format", choices=formats, default=default)
    return made
