"""Turn interviews from JSON into workbooks and tables, and back."""

from __future__ import annotations

from io import BytesIO

from attrs import evolve

from ecei_rules._files import read_interview, write_interview
from ecei_rules.cli.editions import content
from ecei_rules.cli.json_lines import documents_of, on_line
from ecei_rules.cli.main import DONE, MISUSED
from ecei_rules.cli.output import write_file
from ecei_rules.cli.targets import documents_in
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.problem import MAX_PROBLEMS
from ecei_rules.documents.stages import MAX_SIZE
from ecei_rules.spreadsheets.assemble import refused
from ecei_rules.spreadsheets.csv_table import read_interview_table, write_interview_table
from ecei_rules.spreadsheets.read_workbook import read_workbook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from ecei_rules.cli.output import Output
    from ecei_rules.diagnostics.problem import Problem
    from ecei_rules.interviews.interview import Interview

_FORMATS = {"json": "json", "ndjson": "json", "jsonl": "json", "csv": "csv", "xlsx": "xlsx"}
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
NO_EXCEL = "a workbook needs the extra: pip install 'ecei-rules[excel]'"


def run(arguments: Namespace, output: Output) -> int:
    """Read interviews in one format and write them in another."""
    stated = None if arguments.format == "text" else arguments.format
    wanted = stated or _format_of(arguments.output or "") or "json"
    if wanted == "xlsx" and arguments.output in (None, "-"):
        output.message("a workbook is written into a file; name it with -o FILE.xlsx")
        return MISUSED
    interviews = _read(arguments.file)
    if arguments.leave_out_notes:
        interviews = tuple(evolve(each, extensions=FrozenMap()) for each in interviews)
    if wanted == "xlsx" and len(interviews) != 1:
        output.message(f"a workbook holds one interview, not {len(interviews)}")
        return MISUSED
    try:
        written = _written(interviews, wanted)
    except InvalidDocument as error:
        raise InvalidDocument(arguments.file, error.problems) from error
    except ModuleNotFoundError:
        output.message(NO_EXCEL)
        return MISUSED
    if isinstance(written, str) and arguments.output in (None, "-"):
        output.text(written)
    else:
        write_file(arguments.output, written)
    return DONE


def _read(name: str) -> tuple[Interview, ...]:
    """The interviews in a file; what is in it its name says, or else how it begins."""
    kind = _format_of(name)
    if kind == "json":
        return _all_of(((each.line, each.text) for each in documents_in(name)), name)
    given = content(name)
    match kind or _sniffed(given):
        case "xlsx":
            return (read_workbook(given, name=name),)
        case "csv":
            return read_interview_table(given, name=name)
        case _ if len(given) > MAX_SIZE:
            return (read_interview(given, name=name),)
        case _:
            return _all_of(documents_of(BytesIO(given), MAX_SIZE, lines=False), name)


def _all_of(pieces: Iterable[tuple[int | None, bytes]], name: str) -> tuple[Interview, ...]:
    """The interviews in a text with one in each line; their problems are told together."""
    interviews: list[Interview] = []
    problems: list[Problem] = []
    for line, text in pieces:
        try:
            interviews.append(read_interview(text, name=name))
        except InvalidDocument as error:
            if line is None:
                raise
            problems += on_line(error, line).problems
        if len(problems) > MAX_PROBLEMS:
            break
    if problems:
        raise refused(name, problems)
    # a file without a line is a document that is empty, and is refused as such
    return tuple(interviews) or (read_interview(b"", name=name),)


def _written(interviews: tuple[Interview, ...], wanted: str) -> str | bytes:
    match wanted:
        case "xlsx":
            from ecei_rules.spreadsheets.write_workbook import write_workbook

            return write_workbook(interviews[0])
        case "csv":
            return write_interview_table(interviews)
        case _:
            return "".join(f"{write_interview(each)}\n" for each in interviews)


def _format_of(name: str) -> str | None:
    return _FORMATS.get(name.rpartition(".")[2].lower())


def _sniffed(given: bytes) -> str:
    if given.startswith(_WORKBOOKS):
        return "xlsx"
    return "json" if given.lstrip().startswith((b"{", b"[")) else "csv"
