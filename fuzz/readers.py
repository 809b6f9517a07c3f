"""The law that every reader keeps for any bytes, and the documents that a run begins with."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from attrs import evolve

import ecei_rules as er
from ecei_rules._files import read_document
from ecei_rules.cli.corpus import interviews_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOME = Path(__file__).parent.parent
WRITERS: dict[type, Callable[[Any], str]] = {
    er.Assessment: er.write_assessment,
    er.Benchmark: er.write_benchmark,
    er.Catalogue: er.write_catalogue,
    er.Interview: er.write_interview,
    er.LabelHistory: er.write_history,
    er.Register: er.write_register,
    er.Ruleset: er.write_ruleset,
}


def read_parts(data: bytes) -> er.Interview:
    """
    Read a workbook, given as an archive or as a JSON object of the texts of its parts.

    Mutated archives are no archives any more, but mutated texts are still parts.
    """
    try:
        parts = json.loads(data)
    except (ValueError, RecursionError):
        parts = None
    if not isinstance(parts, dict):
        return er.read_workbook(data)
    archive = BytesIO()
    with ZipFile(archive, "w") as written:
        for name in parts.keys() - {""}:
            written.writestr(name.encode("utf-8", "replace").decode(), _bytes(parts[name]))
    return er.read_workbook(archive.getvalue())


def _bytes(part: object) -> bytes:
    text = part if isinstance(part, str) else json.dumps(part)
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


ALONE: tuple[Callable[[bytes], object], ...] = (
    read_document,
    er.read_interview,
    er.read_catalogue,
    er.read_ruleset,
    er.read_assessment,
    er.read_history,
    er.read_register,
    er.read_benchmark,
    er.read_interview_table,
    read_parts,
)
#: The readers that begin with the documents in a folder: that of their kind, and that of any.
BEGINNINGS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("examples/*.json", (0, 1, 10)),
    ("examples/histories/*.json", (0, 5)),
    ("examples/register/*", (6,)),
    ("rulesets/catalogues/*.json", (2,)),
    ("rulesets/[bgs][ior]*/*.json", (3,)),
    ("tests/cases/messages/*.json", (0, 10)),
    ("tests/cases/messages/editions/*.json", (0,)),
    ("tests/cases/pages/*", (6,)),
)


class Broken(Exception):
    """A reader broke the law."""


def check(data: bytes) -> None:
    """
    Give bytes to a reader, which the first byte chooses.

    The reader returns a value, or several, or raises an `InvalidDocument`, which can be
    printed; a value is written, and reads as the same value.

    Raises:
        Broken: a written value reads as another value.
        Exception: a reader raised another error.
    """
    reader, text = (data[0] if data else 0) % (len(ALONE) + 1), data[1:]
    if reader == len(ALONE):
        for name, read in interviews_from(BytesIO(text), "fuzz"):
            if isinstance(read, er.InvalidDocument):
                _check_error(read)
            else:
                _check_value(read, name)
        return
    try:
        value = ALONE[reader](text)
    except er.InvalidDocument as error:
        _check_error(error)
    else:
        for each in value if isinstance(value, tuple) else (value,):
            _check_value(each, "fuzz")


def beginnings() -> Iterator[bytes]:
    """Yield the project's own documents, right and wrong, each with the byte of a reader."""
    for pattern, readers in BEGINNINGS:
        for path in sorted(HOME.glob(pattern)):
            if path.is_file():
                yield from (bytes([reader]) + path.read_bytes() for reader in readers)
    interview = er.load_interview(HOME / "examples/awarded.json")
    ruleset = er.shipped().ruleset("bronze", on=interview.conducted.on)
    register = er.load_register(HOME / "examples/register/register.csv")
    yield b"\x06" + er.write_register(register).encode()
    clusters = (evolve(interview.cluster, name=f"Example {number}") for number in range(5))
    interviews = (evolve(interview, cluster=each) for each in clusters)
    benchmark = er.build_benchmark(interviews, ruleset, on=interview.conducted.on)
    yield b"\x07" + er.write_benchmark(benchmark).encode()
    yield b"\x04" + er.write_assessment(er.assess(interview, ruleset)).encode()
    # no cell has a note
    plain = evolve(interview, extensions={})
    table = er.write_interview_table([plain])
    yield from (b"\x08" + table.replace(",", mark).encode() for mark in ",;\t")
    yield from (b"\x09" + json.dumps(parts).encode() for parts in _workbooks(plain))


def _workbooks(interview: er.Interview) -> Iterator[dict[str, str]]:
    """Yield the parts of a workbook as programs write them: all have the same answers."""
    with ZipFile(BytesIO(er.write_workbook(interview))) as archive:
        names = [each for each in archive.namelist() if not re.match("docProps|xl/theme", each)]
        parts = {name: archive.read(name).decode("latin-1") for name in names}
    yield parts
    # cells and rows without places follow each other
    yield {
        name: re.sub(r'(<row|<c) r="[A-Z0-9]+"', r"\1", text)
        if "<row" in text and "<v>" not in text
        else text
        for name, text in parts.items()
    }
    moved = {
        name: text.replace("xl/workbook.xml", "book.xml").replace('"styles.xml', '"xl/styles.xml')
        for name, text in parts.items()
    }
    moved["book.xml"] = moved.pop("xl/workbook.xml")
    moved["_rels/book.xml.rels"] = moved.pop("xl/_rels/workbook.xml.rels")
    yield moved
    yield {name.replace("/", "\\"): text for name, text in parts.items()}
    for encoding in ("utf-8", "iso-8859-1", "utf-7", "shift_jis", "foo"):
        declared = f'<?xml version="1.0" encoding="{encoding}"?>'
        yield {name: declared + text for name, text in parts.items() if "<?xml" not in text}


def _check_error(error: er.InvalidDocument) -> None:
    if not error.problems or not str(error):
        raise Broken(error)
    for problem in error.problems:
        if (problem.line is None) is not (problem.column is None):
            raise Broken(problem)


def _check_value(value: Any, name: str) -> None:
    written = WRITERS[type(value)](value)
    again = read_document(written)
    if again != value:
        raise Broken(name, written)
