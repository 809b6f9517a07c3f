"""The law that every reader keeps for any bytes, and the documents that a run begins with."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
ALONE: tuple[Callable[[bytes], object], ...] = (
    read_document,
    er.read_interview,
    er.read_catalogue,
    er.read_ruleset,
    er.read_assessment,
    er.read_history,
    er.read_register,
    er.read_benchmark,
)
#: The readers that begin with the documents in a folder: that of their kind, and that of any.
BEGINNINGS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("examples/*.json", (0, 1, 8)),
    ("examples/histories/*.json", (0, 5)),
    ("examples/register/*", (6,)),
    ("rulesets/catalogues/*.json", (2,)),
    ("rulesets/[bgs][ior]*/*.json", (3,)),
    ("tests/cases/messages/*.json", (0, 8)),
    ("tests/cases/messages/editions/*.json", (0,)),
    ("tests/cases/pages/*", (6,)),
)


class Broken(Exception):
    """A reader broke the law."""


def check(data: bytes) -> None:
    """
    Give bytes to a reader, which the first byte chooses.

    The reader returns a value or raises an `InvalidDocument`, which can be printed; a
    value is written, and reads as the same value.

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
        _check_value(value, "fuzz")


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
