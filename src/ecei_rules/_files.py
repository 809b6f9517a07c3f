"""Reading and writing documents."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from ecei_rules.analysis.checks.ruleset import ruleset_problems
from ecei_rules.benchmark.check import benchmark_problems
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import canonical, pretty
from ecei_rules.documents.digest import digest as document_digest
from ecei_rules.documents.shipped import shipped, shipped_catalogues
from ecei_rules.documents.stages import (
    MAX_SIZE,
    decoded,
    format_of,
    open_document,
    read,
    restore_extensions,
)
from ecei_rules.interviews.catalogue import Catalogue, catalogue_problems
from ecei_rules.interviews.history import LabelHistory, check_history
from ecei_rules.interviews.interview import Interview, interview_problems
from ecei_rules.register.register import Register, check_register
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from ecei_rules.benchmark.benchmark import Benchmark
    from ecei_rules.comparison.comparison import Comparison
    from ecei_rules.diagnostics.problem import Problem
    from ecei_rules.documents.converter import Codec, Members
    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.planning.plan import Plan
    from ecei_rules.rulesets.editions import Edition

    Document = Catalogue | Ruleset | Interview | Assessment | LabelHistory | Register | Benchmark
    FilePath = str | PathLike[str]

_BYTE_ORDER_MARK = "\ufeff"
#: A row of a listing may begin with a bracket too, but hardly with what follows one in JSON.
_LIKE_JSON = re.compile(r"\s*(\{|\[\s*[\[\]{\"])")
#: The packages whose codecs a document needs, where `documents` alone is not enough.
_CODEC_PACKAGES = {
    "Assessment": ("documents", "evaluation"),
    "Benchmark": ("documents", "benchmark"),
    "Comparison": ("documents", "evaluation", "comparison"),
    "Plan": ("documents", "evaluation", "planning"),
    "Register": ("documents", "register"),
}


def read_catalogue(
    text: str | bytes, *, name: str = "catalogue", max_size: int = MAX_SIZE
) -> Catalogue:
    """
    Read a catalogue.

    *name* is what an error calls the document; *max_size* is the most bytes of it
    (characters, of a `str`) that are read.

    Raises:
        InvalidDocument: with every problem of the first stage that found any.
        UnsupportedFormat: the document names another major version of its format.
    """
    from ecei_rules.documents.build import build_catalogue

    opened = open_document(text, "catalogue", name=name, max_size=max_size)
    return read(opened, "catalogue", build_catalogue, catalogue_problems)


def read_ruleset(
    text: str | bytes,
    *,
    edition: Edition | None = None,
    name: str = "ruleset",
    max_size: int = MAX_SIZE,
) -> Ruleset:
    """
    Read a ruleset and check it against its catalogue.

    The catalogue is looked up in *edition*, by default the shipped one; the rulesets
    of the same label there are its neighbours in time.

    Raises:
        InvalidDocument: as `read_catalogue` does, and for all that `check_ruleset`
            finds.
        UnsupportedFormat: the document names another major version of its format.
    """
    from ecei_rules.documents.build import build_ruleset

    known = edition or shipped()

    def check(ruleset: Ruleset) -> Iterator[Problem]:
        siblings = [each for each in known.rulesets if each.label == ruleset.label]
        return ruleset_problems(ruleset, siblings)

    opened = open_document(text, "ruleset", name=name, max_size=max_size)
    return read(opened, "ruleset", lambda members: build_ruleset(members, known), check)


def read_interview(
    text: str | bytes,
    *,
    edition: Edition | None = None,
    name: str = "interview",
    max_size: int = MAX_SIZE,
) -> Interview:
    """
    Read an interview against the edition of the catalogue that it names.

    The catalogue is looked up in *edition*, by default the shipped one.

    >>> read_interview('{"format": "ecei-interview/2"}')
    Traceback (most recent call last):
        ...
    ecei_rules.UnsupportedFormat: interview has 1 problem
    1:12: ECEI202 /format: this library reads version 1 of the format, found "ecei-interview/2"
      hint: a newer version of the library may read it

    Raises:
        InvalidDocument: as `read_catalogue` does, and for answers that do not fit.
        UnsupportedFormat: the document names another major version of its format.
    """
    from ecei_rules.documents.build import build_interview

    known = edition or shipped_catalogues()
    opened = open_document(text, "interview", name=name, max_size=max_size)

    def build(members: Members) -> Interview:
        return build_interview(members, known)

    def quick(members: Members) -> Interview:
        return build_interview(members, known, all_errors=False)

    return read(opened, "interview", build, interview_problems, quick=quick)


def read_assessment(
    text: str | bytes, *, name: str = "assessment", max_size: int = MAX_SIZE
) -> Assessment:
    """
    Read an assessment that was written before.

    Raises:
        InvalidDocument: as `read_catalogue` does.
        UnsupportedFormat: the document names another major version of its format.
    """
    from ecei_rules.evaluation.codec import build_assessment

    opened = open_document(text, "assessment", name=name, max_size=max_size)
    return read(opened, "assessment", build_assessment, lambda _: ())


def read_history(
    text: str | bytes, *, name: str = "history", max_size: int = MAX_SIZE
) -> LabelHistory:
    """
    Read a label history, a document of its own.

    That of an interview is `LabelHistory(interview.history)`.

    Raises:
        InvalidDocument: as `read_catalogue` does, and for events that contradict each
            other.
        UnsupportedFormat: the document names another major version of its format.
    """
    from ecei_rules.documents.build import build_history

    opened = open_document(text, "history", name=name, max_size=max_size)
    return read(opened, "history", build_history, check_history)


def read_register(
    text: str | bytes,
    *,
    country: str | None = None,
    name: str = "register",
    max_size: int = MAX_SIZE,
) -> Register:
    """
    Read a register: JSON, a table (CSV), or a page of the public listing.

    Which of them it is follows from how it begins. A JSON register is read strictly.
    Of a table or a listing every line that can be read becomes a record; what was odd
    or could not be read stands in the register's `problems`. *country* is for those
    that do not state theirs. Source: docs/formats.md, "Register".

    >>> read_register("Example Cluster Food industry 2016/07/24").records[0].name
    'Example Cluster'

    Raises:
        InvalidDocument: a JSON register has a problem, or not one record could be
            read of another.
        UnsupportedFormat: the document names another major version of its format.
        ValueError: *country* is not two capital letters.
    """
    from ecei_rules.register.codec import build_register
    from ecei_rules.register.rows import read_rows

    if country is not None and not re.fullmatch("[A-Z]{2}", country):
        msg = f"a country is two capital letters such as IT, got {country!r}"
        raise ValueError(msg)
    plain = decoded(text, name, max_size).removeprefix(_BYTE_ORDER_MARK)
    if _LIKE_JSON.match(plain):
        opened = open_document(text, "register", name=name, max_size=max_size)
        return read(opened, "register", build_register, check_register)
    return read_rows(plain, name=name, country=country)


def read_benchmark(
    text: str | bytes, *, name: str = "benchmark", max_size: int = MAX_SIZE
) -> Benchmark:
    """
    Read a benchmark that was built before.

    Raises:
        InvalidDocument: as `read_catalogue` does, for numbers that do not add up, and
            for figures that would single somebody out.
        UnsupportedFormat: the document names another major version of its format.
    """
    from ecei_rules.benchmark.codec import restore_benchmark, restore_quickly

    opened = open_document(text, "benchmark", name=name, max_size=max_size)
    return read(opened, "benchmark", restore_benchmark, benchmark_problems, quick=restore_quickly)


def read_document(
    text: str | bytes,
    *,
    edition: Edition | None = None,
    name: str = "document",
    max_size: int = MAX_SIZE,
) -> Document:
    """
    Read a document of whichever kind its `format` says it is.

    Raises:
        InvalidDocument: as the reader of that kind does, and for a missing format.
        UnsupportedFormat: the document names a format that this library does not know.
    """
    match format_of(text, name=name, max_size=max_size):
        case "catalogue":
            return read_catalogue(text, name=name, max_size=max_size)
        case "ruleset":
            return read_ruleset(text, edition=edition, name=name, max_size=max_size)
        case "interview":
            return read_interview(text, edition=edition, name=name, max_size=max_size)
        case "history":
            return read_history(text, name=name, max_size=max_size)
        case "register":
            return read_register(text, name=name, max_size=max_size)
        case "benchmark":
            return read_benchmark(text, name=name, max_size=max_size)
        case _:
            return read_assessment(text, name=name, max_size=max_size)


def load_catalogue(path: FilePath, *, max_size: int = MAX_SIZE) -> Catalogue:
    """Read a catalogue from a file; `OSError` if there is none to read."""
    return read_catalogue(_bytes(path, max_size), name=str(path), max_size=max_size)


def load_ruleset(
    path: FilePath, *, edition: Edition | None = None, max_size: int = MAX_SIZE
) -> Ruleset:
    """Read a ruleset from a file; `OSError` if there is none to read."""
    text = _bytes(path, max_size)
    return read_ruleset(text, edition=edition, name=str(path), max_size=max_size)


def load_interview(
    path: FilePath, *, edition: Edition | None = None, max_size: int = MAX_SIZE
) -> Interview:
    """Read an interview from a file; `OSError` if there is none to read."""
    text = _bytes(path, max_size)
    return read_interview(text, edition=edition, name=str(path), max_size=max_size)


def load_assessment(path: FilePath, *, max_size: int = MAX_SIZE) -> Assessment:
    """Read an assessment from a file; `OSError` if there is none to read."""
    return read_assessment(_bytes(path, max_size), name=str(path), max_size=max_size)


def load_history(path: FilePath, *, max_size: int = MAX_SIZE) -> LabelHistory:
    """Read a label history from a file; `OSError` if there is none to read."""
    return read_history(_bytes(path, max_size), name=str(path), max_size=max_size)


def load_register(
    path: FilePath, *, country: str | None = None, max_size: int = MAX_SIZE
) -> Register:
    """Read a register from a file; `OSError` if there is none to read."""
    text = _bytes(path, max_size)
    return read_register(text, country=country, name=str(path), max_size=max_size)


def load_benchmark(path: FilePath, *, max_size: int = MAX_SIZE) -> Benchmark:
    """Read a benchmark from a file; `OSError` if there is none to read."""
    return read_benchmark(_bytes(path, max_size), name=str(path), max_size=max_size)


def write_catalogue(catalogue: Catalogue) -> str:
    """The canonical JSON text of a catalogue; `read_catalogue` gives it back."""
    return _written(catalogue)


def write_ruleset(ruleset: Ruleset) -> str:
    """The canonical JSON text of a ruleset; `read_ruleset` gives it back."""
    return _written(ruleset)


def write_interview(interview: Interview) -> str:
    """The canonical JSON text of an interview; `read_interview` gives it back."""
    return _written(interview)


def write_assessment(assessment: Assessment) -> str:
    """
    The canonical JSON text of an assessment; `read_assessment` gives it back.

    Equal assessments give equal bytes on every Python, platform, locale and hash seed.
    """
    return _written(assessment)


def write_history(history: LabelHistory) -> str:
    """The canonical JSON text of a label history; `read_history` gives it back."""
    return _written(history)


def write_register(register: Register) -> str:
    """The canonical JSON text of a register; `read_register` gives its records back."""
    return _written(register)


def write_benchmark(benchmark: Benchmark) -> str:
    """The canonical JSON text of a benchmark; `read_benchmark` gives it back."""
    return _written(benchmark)


def write_plan(plan: Plan) -> str:
    """The canonical JSON text of a plan; equal plans give equal bytes."""
    return _written(plan)


def write_comparison(comparison: Comparison) -> str:
    """
    The canonical JSON text of a comparison of two rulesets.

    Its witnesses stand in it as interviews that `read_interview` takes when they are cut
    out. Equal comparisons give equal bytes, as with assessments.
    """
    return _written(comparison)


def indented(value: Document) -> str:
    """The text of a document for people: indented, its members in their usual order."""
    return pretty(_members(value))


def format_name(value: Document) -> str:
    """The format of the document that a value is written to, such as `ecei-interview/1`."""
    kind: type = type(value)
    return next(each.formats[kind] for each in _codecs(value) if kind in each.formats)


def digest(value: Interview | Catalogue | Ruleset | Benchmark) -> str:
    """
    The SHA-256 of the canonical JSON of a document, as `sha256:` and 64 digits.

    Members that hold their default, `$schema` and `x-` members are left out, for a
    catalogue and a ruleset also all texts, notes and lists of sources: a reworded
    question is no other question. Source: docs/formats.md, "Digests".
    """
    if isinstance(value, Catalogue | Interview | Ruleset):
        return document_digest(value)
    from ecei_rules.benchmark.codec import benchmark_digest

    return benchmark_digest(value)


def _written(value: Document | Plan | Comparison) -> str:
    return canonical(_members(value))


def _members(value: Document | Plan | Comparison) -> Members:
    from ecei_rules.documents.converter import document

    members = document(value, *_codecs(value))
    return restore_extensions(members, getattr(value, "extensions", FrozenMap()))


def _codecs(value: Document | Plan | Comparison) -> Iterator[Codec]:
    """The codecs that the document of a value needs; no others are imported."""
    for package in _CODEC_PACKAGES.get(type(value).__name__, ("documents",)):
        yield import_module(f"ecei_rules.{package}.codec").CODEC


def _bytes(path: FilePath, max_size: int) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(max_size + 1)
