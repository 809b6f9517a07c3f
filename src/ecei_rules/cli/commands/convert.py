"""Convert interviews between JSON, tables and workbooks."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from attrs import evolve

from ecei_rules._files import read_interview, write_interview
from ecei_rules.cli.arguments import add_force, add_format, add_output
from ecei_rules.cli.editions import content
from ecei_rules.cli.exit_codes import DONE
from ecei_rules.cli.files import format_to_write
from ecei_rules.cli.json_lines import documents_of, on_line
from ecei_rules.cli.output import WrongUsage, needs_extra, require_file
from ecei_rules.cli.targets import documents_in
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.diagnostics.problem import MAX_PROBLEMS
from ecei_rules.documents.pseudonyms import pseudonymous
from ecei_rules.documents.stages import MAX_SIZE
from ecei_rules.spreadsheets.assemble import invalid_document
from ecei_rules.spreadsheets.csv_table import read_interview_table, write_interview_table
from ecei_rules.spreadsheets.read_workbook import read_workbook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Sequence

    from ecei_rules.cli.output import Output
    from ecei_rules.diagnostics.problem import Problem
    from ecei_rules.interviews.interview import Interview

_ENDINGS = {
    ".json": "json",
    ".ndjson": "json",
    ".jsonl": "json",
    ".csv": "csv",
    ".xlsx": "xlsx",
}
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")


def add_arguments(command: ArgumentParser) -> None:
    """Add the arguments of `convert`."""
    add_format(command, "json", "csv", "xlsx", default=None)
    command.add_argument("file", metavar="FILE", help="JSON, NDJSON, CSV or a workbook (.xlsx)")
    output = "default: standard output; its ending names the format: .json, .csv or .xlsx"
    add_output(command, output)
    add_force(command)
    notes = "drop members whose names begin with x-, for which there is no cell"
    command.add_argument("--leave-out-notes", action="store_true", help=notes)
    names = "number the organisations, and drop names, websites and what people wrote"
    command.add_argument("--pseudonymous", action="store_true", help=names)
    command.set_defaults(run=run)


def run(arguments: Namespace, output: Output) -> int:
    """Read interviews in one format and write them in another."""
    format_ = format_to_write(arguments, _ENDINGS)
    if format_ == "xlsx":
        require_file(arguments.output, "a workbook", "xlsx")
    interviews = _read(arguments.file)
    if arguments.pseudonymous:
        interviews = pseudonymous(interviews)
    if arguments.leave_out_notes:
        interviews = tuple(evolve(each, extensions=FrozenMap()) for each in interviews)
    if format_ == "xlsx" and len(interviews) != 1:
        msg = f"a workbook holds one interview, not {len(interviews)}"
        raise WrongUsage(msg)
    try:
        converted = _converted(interviews, format_)
    except InvalidDocument as error:
        raise InvalidDocument(arguments.file, [_hinted(each) for each in error.problems]) from error
    output.save(converted, arguments.output, replace=arguments.force)
    if arguments.pseudonymous:
        output.message(_told(interviews))
    return DONE


def _hinted(problem: Problem) -> Problem:
    """Name the option that drops a note for which there is no cell."""
    if problem.code != "ECEI432" or not problem.at_name:
        return problem
    return evolve(problem, hint="--leave-out-notes drops it")


def _told(interviews: Sequence[Interview]) -> str:
    """Word what pseudonyms do not hide."""
    count = number_of(len(interviews), "interview")
    organisations = number_of(len({each.cluster.name for each in interviews}), "organisation")
    return (
        f"{count} of {organisations}, pseudonymous but not anonymous: countries, portfolios,"
        " days of labels and answers still identify organisations"
    )


def _read(name: str) -> tuple[Interview, ...]:
    """Read the interviews in a file, whose ending or else beginning shows the format."""
    format_ = _format_of(name)
    if format_ == "json":
        return _all_of(((each.line, each.text) for each in documents_in(name)), name)
    data = content(name)
    match format_ or _sniffed(data):
        case "xlsx":
            return (read_workbook(data, name=name),)
        case "csv":
            return read_interview_table(data, name=name)
        case _ if len(data) > MAX_SIZE:
            return (read_interview(data, name=name),)
        case _:
            return _all_of(documents_of(BytesIO(data), MAX_SIZE, lines=False), name)


def _all_of(texts: Iterable[tuple[int | None, bytes]], name: str) -> tuple[Interview, ...]:
    """Read the interviews of a file, and raise the problems of all of them together."""
    interviews: list[Interview] = []
    problems: list[Problem] = []
    for line, text in texts:
        try:
            interviews.append(read_interview(text, name=name))
        except InvalidDocument as error:
            if line is None:
                raise
            problems += on_line(error, line).problems
        if len(problems) > MAX_PROBLEMS:
            break
    if problems:
        raise invalid_document(name, problems)
    # a file without a line is read as an empty document, which is refused
    return tuple(interviews) or (read_interview(b"", name=name),)


def _converted(interviews: tuple[Interview, ...], format_: str) -> str | bytes:
    match format_:
        case "xlsx":
            from ecei_rules.spreadsheets.write_workbook import write_workbook

            with needs_extra("a workbook", "excel"):
                return write_workbook(interviews[0])
        case "csv":
            return write_interview_table(interviews)
        case _:
            return "".join(f"{write_interview(each)}\n" for each in interviews)


def _format_of(name: str) -> str | None:
    return _ENDINGS.get(Path(name).suffix.lower())


def _sniffed(data: bytes) -> str:
    if data.startswith(_WORKBOOKS):
        return "xlsx"
    return "json" if data.lstrip().startswith((b"{", b"[")) else "csv"
