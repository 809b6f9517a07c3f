"""The interviews in a folder, or in a file with one on each line."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve, frozen

from ecei_rules._files import read_benchmark, read_interview
from ecei_rules.cli.editions import content
from ecei_rules.cli.json_lines import LINES, documents_of, on_line
from ecei_rules.cli.output import Unreadable
from ecei_rules.cli.targets import files_below, standard_input
from ecei_rules.diagnostics.errors import InvalidDocument, UnsupportedFormat
from ecei_rules.documents.shipped import shipped_catalogues
from ecei_rules.documents.stages import MAX_SIZE, format_of
from ecei_rules.rulesets.editions import Edition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike
    from typing import BinaryIO

    from ecei_rules.benchmark.benchmark import Benchmark
    from ecei_rules.cli.output import Output
    from ecei_rules.interviews.interview import Interview

    #: The name of a document, and the interview or the error that refuses it.
    Read = tuple[str, Interview | InvalidDocument]


def read_corpus(path: str, output: Output) -> Iterator[Read]:
    """
    Read the interviews of a folder or file, or of standard input for `-`.

    The problems of the documents that are refused are printed meanwhile.

    Raises:
        Unreadable: the path, or a file or folder in it, cannot be read.
    """
    read = interviews_from(standard_input(), "-") if path == "-" else interviews_in(path)
    try:
        for name, interview in read:
            if isinstance(interview, InvalidDocument):
                output.problems(interview.name, interview.problems)
            yield name, interview
    except OSError as error:
        raise Unreadable(str(error.filename or path), error) from error


def read_saved_benchmark(path: str, hint: str) -> Benchmark:
    """
    Read a benchmark from a file, with a hint if it has an interview in its place.

    Raises:
        Unreadable: the file cannot be read.
        InvalidDocument: as `read_benchmark` does.
    """
    text = content(path)
    try:
        return read_benchmark(text, name=path)
    except InvalidDocument as error:
        problem, *others = error.problems
        if (
            problem.code != "ECEI203"
            or format_of(text, name=path, max_size=MAX_SIZE) != "interview"
        ):
            raise
        hinted = evolve(problem, hint=f"this is an interview; {hint}")
        raise InvalidDocument(error.name, [hinted, *others]) from error


def interviews_in(
    path: str | PathLike[str], *, edition: Edition | None = None, max_size: int = MAX_SIZE
) -> Iterator[Read]:
    """
    Read the interviews in a folder or a file one by one, each with the name of its document.

    In a folder and all folders below it, the files that end in `.json` hold a document
    each, those that end in `.ndjson` or `.jsonl` one on each line; they are read in the
    order of their names, and documents that name another format are passed over. Any
    other file is read as `interviews_from` does. In place of a document that is not an
    interview comes the error that says why, and reading goes on. Catalogues are looked up
    in *edition*, by default among the shipped ones; *max_size* is the most bytes of one
    document.

    Raises:
        OSError: the path, or a file or folder in it, cannot be read.
    """
    start = Path(path)
    folder = start.is_dir()
    reader = _Reader(edition or shipped_catalogues(), max_size, only_interviews=folder)
    for file in files_below(start) if folder else [start]:
        with file.open("rb") as stream:
            yield from reader.stream(stream, str(file), lines=file.suffix.lower() in LINES)


def interviews_from(
    stream: BinaryIO, name: str, *, edition: Edition | None = None, max_size: int = MAX_SIZE
) -> Iterator[Read]:
    """
    Read the interviews in a stream, which is read once and need not be a file.

    If its first two lines that are not empty are an object each, there is one document on
    each line: a document is called *name* with the number of its line, as `file:12`, and
    its problems have that line. Empty lines and a byte order mark before the first are
    passed over. Otherwise the whole stream is one document.
    """
    reader = _Reader(edition or shipped_catalogues(), max_size, only_interviews=False)
    yield from reader.stream(stream, name, lines=False)


@frozen
class _Reader:
    """Settings for reading the documents of one corpus."""

    edition: Edition
    max_size: int
    only_interviews: bool

    def stream(self, stream: BinaryIO, name: str, *, lines: bool) -> Iterator[Read]:
        """Read the interviews in a stream, and the errors of other documents."""
        for line, text in documents_of(stream, self.max_size, lines=lines):
            yield from self.document(text, name, line=line)

    def document(self, text: bytes, name: str, *, line: int | None) -> Iterator[Read]:
        """Read one document; of another format it is passed over where that is allowed."""
        document = name if line is None else f"{name}:{line}"
        try:
            read = read_interview(text, edition=self.edition, name=name, max_size=self.max_size)
        except InvalidDocument as error:
            if not (self.only_interviews and self.is_other(text, error)):
                yield document, error if line is None else on_line(error, line)
        else:
            yield document, read

    def is_other(self, text: bytes, error: InvalidDocument) -> bool:
        """Return whether a document names another format that the library knows."""
        if error.problems[0].code != "ECEI203":
            return False
        try:
            format_of(text, name=error.name, max_size=self.max_size)
        except UnsupportedFormat:
            return True
        except InvalidDocument:
            return False
        return True
