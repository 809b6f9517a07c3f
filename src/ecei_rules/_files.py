"""Reading and writing all documents."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from ecei_rules import _readers
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import canonical, pretty
from ecei_rules.documents.digest import digest as document_digest
from ecei_rules.documents.quick.valid_interviews import read_valid_interview
from ecei_rules.documents.shipped import shipped_catalogue
from ecei_rules.documents.stages import MAX_SIZE, decoded, open_document, restore_extensions
from ecei_rules.interviews.catalogue import Catalogue
from ecei_rules.interviews.interview import Interview
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from ecei_rules.benchmark.benchmark import Benchmark
    from ecei_rules.comparison.comparison import Comparison
    from ecei_rules.documents.converter import Codec, Members
    from ecei_rules.evaluation.assessment import Assessment
    from ecei_rules.interviews.history import Label, LabelHistory
    from ecei_rules.planning.plan import Plan
    from ecei_rules.register.register import Register
    from ecei_rules.rulesets.editions import Edition

    Document = Catalogue | Ruleset | Interview | Assessment | LabelHistory | Register | Benchmark
    FilePath = str | PathLike[str]

#: The packages whose codecs a document needs, unless `documents` alone is enough.
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

    *name* is the document's name in errors; *max_size* limits its bytes, or characters
    if it is a `str`. Source: docs/formats.md, "Catalogue".

    Raises:
        InvalidDocument: with every problem of the first stage that found any.
        UnsupportedFormat: the document names another major version of its format.
    """
    return _readers.catalogue(open_document(text, "catalogue", name=name, max_size=max_size))


def read_ruleset(
    text: str | bytes,
    *,
    edition: Edition | None = None,
    name: str = "ruleset",
    max_size: int = MAX_SIZE,
) -> Ruleset:
    """
    Read a ruleset and check it against its catalogue.

    The catalogue comes from *edition*, by default the shipped one; the periods of the
    rulesets of the same label there must not overlap with that of this one. Source:
    docs/formats.md, "Ruleset".

    Raises:
        InvalidDocument: as `read_catalogue` does, and for the problems that
            `check_ruleset` finds.
        UnsupportedFormat: the document names another major version of its format.
    """
    return _readers.ruleset(open_document(text, "ruleset", name=name, max_size=max_size), edition)


def read_interview(
    text: str | bytes,
    *,
    edition: Edition | None = None,
    name: str = "interview",
    max_size: int = MAX_SIZE,
) -> Interview:
    """
    Read an interview, with the edition of the catalogue that it names.

    The catalogue comes from *edition*, by default the shipped one.

    >>> read_interview('{"format": "ecei-interview/2"}')
    Traceback (most recent call last):
        ...
    ecei_rules.UnsupportedFormat: interview has 1 problem
    1:12: ECEI202 /format: this library reads version 1 of the format, found "ecei-interview/2"
      hint: a newer version of the library may read it

    Raises:
        InvalidDocument: as `read_catalogue` does, and for the problems that
            `check_interview` finds.
        UnsupportedFormat: the document names another major version of its format.
    """
    valid = _valid_interview(decoded(text, name, max_size), edition)
    if valid is not None:
        return valid
    opened = open_document(text, "interview", name=name, max_size=max_size)
    return _readers.interview(opened, edition)


def read_assessment(
    text: str | bytes, *, name: str = "assessment", max_size: int = MAX_SIZE
) -> Assessment:
    """
    Read an assessment that was written before (docs/formats.md, "Assessment").

    Raises:
        InvalidDocument: as `read_catalogue` does.
    """
    return _readers.assessment(open_document(text, "assessment", name=name, max_size=max_size))


def read_history(
    text: str | bytes, *, name: str = "history", max_size: int = MAX_SIZE
) -> LabelHistory:
    """
    Read a label history that is a document of its own.

    The history of an interview is `LabelHistory(interview.history)`.

    Raises:
        InvalidDocument: as `read_catalogue` does, and for the problems that
            `check_history` finds.
    """
    return _readers.history(open_document(text, "history", name=name, max_size=max_size))


def read_register(  # noqa: PLR0913 - each states one detail of records
    text: str | bytes,
    *,
    country: str | None = None,
    label: Label | None = None,
    portfolio: str | None = None,
    name: str = "register",
    max_size: int = MAX_SIZE,
) -> Register:
    """
    Read a register: JSON, a table (CSV), or a page of the public listing.

    The beginning of the text decides between them. A JSON register is read strictly.
    Every readable line of a table or a listing becomes a record, and the
    register's `problems` describe the others. *country* (two capital letters), *label* and
    *portfolio* are for records of a table or a listing that do not state theirs; a page that
    names another label than *label* is refused. Source: docs/formats.md, "Register".

    >>> page = read_register("Example Cluster Food industry 2016/07/24", label="bronze")
    >>> page.records[0].name
    'Example Cluster'

    Raises:
        InvalidDocument: a JSON register has a problem, or no record can be read from
            a table or a listing.
        ValueError: *country* is not the code of a country, *label* is none of the three, or
            *portfolio* is empty.
    """
    from ecei_rules.register.forms import read_any, record_defaults

    stated = record_defaults(country, label, portfolio)
    return read_any(text, stated, name=name, max_size=max_size)


def read_benchmark(
    text: str | bytes, *, name: str = "benchmark", max_size: int = MAX_SIZE
) -> Benchmark:
    """
    Read a benchmark that was built before (docs/formats.md, "Benchmark").

    Raises:
        UnsupportedFormat: it is of version 1, which disclosed single answers.
        InvalidDocument: as `read_catalogue` does, for numbers that do not add up, and
            for figures of too few organisations.
    """
    return _readers.benchmark(open_document(text, "benchmark", name=name, max_size=max_size))


def read_document(
    text: str | bytes,
    *,
    edition: Edition | None = None,
    name: str = "document",
    max_size: int = MAX_SIZE,
) -> Document:
    """
    Read a document of the kind that its `format` names.

    Raises:
        InvalidDocument: as the reader of that kind does, and if there is no format.
        UnsupportedFormat: the library does not know the format.
    """
    plain = decoded(text, name, max_size)
    if '"ecei-interview/1"' in plain:
        valid = _valid_interview(plain, edition)
        if valid is not None:
            return valid
    opened = open_document(plain, None, name=name, max_size=max_size)
    match opened.kind:
        case "catalogue":
            return _readers.catalogue(opened)
        case "ruleset":
            return _readers.ruleset(opened, edition)
        case "interview":
            return _readers.interview(opened, edition)
        case "history":
            return _readers.history(opened)
        case "register":
            return _readers.register(opened)
        case "benchmark":
            return _readers.benchmark(opened)
        case _:  # the last of the kinds
            return _readers.assessment(opened)


def _valid_interview(text: str, edition: Edition | None) -> Interview | None:
    return read_valid_interview(text, edition.find_catalogue if edition else shipped_catalogue)


def load_catalogue(path: FilePath, *, max_size: int = MAX_SIZE) -> Catalogue:
    """Read a catalogue from a file (see `read_catalogue`); `OSError` if it cannot be read."""
    return read_catalogue(_bytes(path, max_size), name=str(path), max_size=max_size)


def load_ruleset(
    path: FilePath, *, edition: Edition | None = None, max_size: int = MAX_SIZE
) -> Ruleset:
    """Read a ruleset from a file (see `read_ruleset`); `OSError` if it cannot be read."""
    return read_ruleset(_bytes(path, max_size), edition=edition, name=str(path), max_size=max_size)


def load_interview(
    path: FilePath, *, edition: Edition | None = None, max_size: int = MAX_SIZE
) -> Interview:
    """Read an interview from a file (see `read_interview`); `OSError` if it cannot be read."""
    text = _bytes(path, max_size)
    return read_interview(text, edition=edition, name=str(path), max_size=max_size)


def load_assessment(path: FilePath, *, max_size: int = MAX_SIZE) -> Assessment:
    """Read an assessment from a file (see `read_assessment`); `OSError` if it cannot be read."""
    return read_assessment(_bytes(path, max_size), name=str(path), max_size=max_size)


def load_history(path: FilePath, *, max_size: int = MAX_SIZE) -> LabelHistory:
    """Read a label history from a file (see `read_history`); `OSError` if it cannot be read."""
    return read_history(_bytes(path, max_size), name=str(path), max_size=max_size)


def load_register(
    path: FilePath,
    *,
    country: str | None = None,
    label: Label | None = None,
    portfolio: str | None = None,
    max_size: int = MAX_SIZE,
) -> Register:
    """Read a register from a file (see `read_register`); `OSError` if it cannot be read."""
    text, details = _bytes(path, max_size), {"country": country, "portfolio": portfolio}
    return read_register(text, **details, label=label, name=str(path), max_size=max_size)


def load_benchmark(path: FilePath, *, max_size: int = MAX_SIZE) -> Benchmark:
    """Read a benchmark from a file (see `read_benchmark`); `OSError` if it cannot be read."""
    return read_benchmark(_bytes(path, max_size), name=str(path), max_size=max_size)


def write_catalogue(catalogue: Catalogue) -> str:
    """Return the canonical JSON text of a catalogue; `read_catalogue` is the inverse."""
    return _written(catalogue)


def write_ruleset(ruleset: Ruleset) -> str:
    """Return the canonical JSON text of a ruleset; `read_ruleset` is the inverse."""
    return _written(ruleset)


def write_interview(interview: Interview) -> str:
    """Return the canonical JSON text of an interview; `read_interview` is the inverse."""
    return _written(interview)


def write_assessment(assessment: Assessment) -> str:
    """
    Return the canonical JSON text of an assessment; `read_assessment` is the inverse.

    Equal assessments give equal bytes on every Python, platform, locale and hash seed.
    Source: docs/semantics.md, 7.3.
    """
    from ecei_rules.evaluation.compiled.writing import assessment_text

    return _written(assessment) if assessment.extensions else assessment_text(assessment)


def write_history(history: LabelHistory) -> str:
    """Return the canonical JSON text of a label history; `read_history` is the inverse."""
    return _written(history)


def write_register(register: Register) -> str:
    """Return the canonical JSON text of a register, without its `problems`."""
    return _written(register)


def write_benchmark(benchmark: Benchmark) -> str:
    """Return the canonical JSON text of a benchmark; `read_benchmark` is the inverse."""
    return _written(benchmark)


def write_plan(plan: Plan) -> str:
    """Return the canonical JSON text of a plan; equal plans give equal bytes."""
    return _written(plan)


def write_comparison(comparison: Comparison) -> str:
    """
    Return the canonical JSON text of a comparison of two rulesets.

    Its witnesses are whole interviews, each of which `read_interview` can read.
    """
    return _written(comparison)


def indented(value: Document) -> str:
    """Return the text of a document for people: indented, its members in their usual order."""
    return pretty(_members(value))


def format_name(value: Document) -> str:
    """Return the format of a value's document, such as `ecei-interview/1`."""
    kind: type = type(value)
    return next(each.formats[kind] for each in _codecs(value) if kind in each.formats)


def digest(value: Interview | Catalogue | Ruleset | Benchmark) -> str:
    """
    Return the SHA-256 of the canonical JSON of a document: `sha256:` and 64 digits.

    Members with their default value, `$schema` and `x-` members do not count, nor do
    the texts, notes and sources of a catalogue or a ruleset: rewording a question does
    not change its digest. Source: docs/formats.md, "Digests".
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
    """Import and yield the codecs that a value needs, and no others."""
    for package in _CODEC_PACKAGES.get(type(value).__name__, ("documents",)):
        yield import_module(f"ecei_rules.{package}.codec").CODEC


def _bytes(path: FilePath, max_size: int) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(max_size + 1)
