"""The interviews of a folder, or of a file with one on each line."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from ecei_rules._files import read_interview
from ecei_rules.cli.json_lines import LINES, documents_of, on_line
from ecei_rules.diagnostics.errors import InvalidDocument, UnsupportedFormat
from ecei_rules.documents.shipped import shipped_catalogues
from ecei_rules.documents.stages import MAX_SIZE, format_of
from ecei_rules.rulesets.editions import Edition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike
    from typing import BinaryIO

    from ecei_rules.interviews.interview import Interview

    #: Where a document was read, and the interview or why it is none.
    Read = tuple[str, Interview | InvalidDocument]


def interviews_in(
    path: str | PathLike[str], *, edition: Edition | None = None, max_size: int = MAX_SIZE
) -> Iterator[Read]:
    """
    The interviews in a folder or a file, one by one, each with the name of where it stands.

    Of a folder and all folders in it these are the files named `.json`, and `.ndjson` or
    `.jsonl` for one document on each line, in the order of their names; documents that
    say they are of another format are passed over there. Any other file is read as
    `interviews_from` does. A document that is no interview comes as the error that says
    why, and what follows it is read all the same. Catalogues are looked up in *edition*,
    by default among the shipped ones; *max_size* is the most bytes of one document.

    Raises:
        OSError: the path, or a file or folder in it, cannot be read.
    """
    known, start = edition or shipped_catalogues(), Path(path)
    folder = start.is_dir()
    reader = _Reader(known, max_size, only_interviews=folder)
    for file in _files(start) if folder else [start]:
        with file.open("rb") as stream:
            yield from reader.stream(stream, str(file), lines=file.suffix.lower() in LINES)


def interviews_from(
    stream: BinaryIO, name: str, *, edition: Edition | None = None, max_size: int = MAX_SIZE
) -> Iterator[Read]:
    """
    The interviews in a stream, which is read once and need not be a file.

    Where its first two lines that are not empty are an object each, there is one document
    on each line: they are called *name* with the number of the line, as `file:12`, and so
    are the lines in their problems. Empty lines and a byte order mark before the first
    are passed over. Otherwise all of it is one document.
    """
    reader = _Reader(edition or shipped_catalogues(), max_size, only_interviews=False)
    yield from reader.stream(stream, name, lines=False)


def _files(folder: Path) -> Iterator[Path]:
    """The files to read in a folder, in the order of their names, wherever they are read."""
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        # a folder that is a link may lead back to where it stands
        if each.is_dir() and not each.is_symlink():
            yield from _files(each)
        elif each.suffix.lower() in (".json", *LINES) and not each.is_dir():
            yield each


@frozen
class _Reader:
    """How the documents of one corpus are read."""

    edition: Edition
    max_size: int
    only_interviews: bool

    def stream(self, stream: BinaryIO, name: str, *, lines: bool) -> Iterator[Read]:
        """The interviews in a stream, and why what is none is none."""
        for line, text in documents_of(stream, self.max_size, lines=lines):
            yield from self.document(text, name, line=line)

    def document(self, text: bytes, name: str, *, line: int | None) -> Iterator[Read]:
        """One document, or why it is no interview; none where that is not asked of it."""
        where = name if line is None else f"{name}:{line}"
        try:
            read = read_interview(text, edition=self.edition, name=name, max_size=self.max_size)
        except InvalidDocument as error:
            if not (self.only_interviews and self.is_other(text, error)):
                yield where, error if line is None else on_line(error, line)
        else:
            yield where, read

    def is_other(self, text: bytes, error: InvalidDocument) -> bool:
        """Whether a document says that it is of another format that the library knows."""
        if error.problems[0].code != "ECEI203":
            return False
        try:
            format_of(text, name=error.name, max_size=self.max_size)
        except UnsupportedFormat:
            return True
        except InvalidDocument:
            return False
        return True
