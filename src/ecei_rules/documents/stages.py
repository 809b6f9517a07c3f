"""The stages of reading a document: text, JSON, schema, types, sense."""

from __future__ import annotations

from itertools import islice, zip_longest
from typing import Any, TypeVar

from attrs import evolve, frozen

from ecei_rules.diagnostics.errors import InvalidDocument, UnsupportedFormat
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.json_text import Json, NotPlain, parse_json
from ecei_rules.diagnostics.phrasing import near, quoted, value_text
from ecei_rules.diagnostics.problem import MAX_PROBLEMS, TOO_MANY, Problem, Steps, pointer
from ecei_rules.documents.resources import format_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol

    from attrs import AttrsInstance

    class Extensible(AttrsInstance, Protocol):
        """A value that keeps the `x-` members of its document."""

        @property
        def extensions(self) -> FrozenMap[str, object]:
            """By the JSON Pointers to them."""

    D = TypeVar("D", bound=Extensible)

#: The default limit on the size of a document: 16 MiB.
MAX_SIZE = 16 * 2**20

KINDS = ("catalogue", "ruleset", "interview", "assessment", "history", "register", "benchmark")

#: What to do with documents of versions that are no longer read.
_OF_OLDER_VERSIONS = {
    "ecei-benchmark/1": (
        "build the benchmark again from the interviews, and withdraw this one: it gives away"
        " the answers of single organisations"
    ),
}

Members = dict[str, Any]


class Refused(Exception):
    """A stage found problems in a document; their lines and columns are not known yet."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


@frozen
class Opened:
    """A document that is JSON of the right format, without its `x-` members."""

    kind: str
    name: str
    text: str
    members: Members
    extension_members: tuple[tuple[Steps, object], ...]

    @property
    def extensions(self) -> FrozenMap[str, object]:
        """The `x-` members by the JSON Pointers to them."""
        return FrozenMap({pointer(steps): value for steps, value in self.extension_members})

    def refused(self, problems: Iterable[Problem]) -> InvalidDocument:
        """Return the error for problems in this document, with their lines and columns."""
        return InvalidDocument(self.name, locate(self.text, problems))


def read(
    opened: Opened,
    build: Callable[[Members], D],
    check: Callable[[D], Iterable[Problem]],
) -> D:
    """
    Read a document that is open: its shape, its types, then its sense.

    Raises:
        InvalidDocument: with all problems of the first stage that found any.
    """
    value = _validated(opened, build)
    problems = _first(check(value))
    if problems:
        raise opened.refused(problems)
    if not opened.extension_members:
        return value
    # the type checker takes `evolve` of classes that it knows, not of a protocol
    plain: Any = value
    extended: D = evolve(plain, extensions=opened.extensions)
    return extended


def _first(problems: Iterable[Problem]) -> dict[Problem, None]:
    """Take one more problem than are listed, and no others: wording them costs time."""
    different: dict[Problem, None] = {}
    for problem in problems:
        different[problem] = None
        if len(different) > MAX_PROBLEMS:
            break
    return different


def _validated(opened: Opened, build: Callable[[Members], D]) -> D:
    from ecei_rules.documents.converter import conversion_problems
    from ecei_rules.documents.quick.schema_check import checks_of

    whole = {"format": format_name(opened.kind), **opened.members}
    problems = () if checks_of(opened.kind).fits(whole) else _shape_problems(opened.kind, whole)
    if problems:
        raise opened.refused(problems)
    try:
        return build(opened.members)
    except Refused as refused:
        raise opened.refused(refused.problems) from None
    except Exception as error:
        raise opened.refused(conversion_problems(error)) from error


def _shape_problems(kind: str, document: Members) -> tuple[Problem, ...]:
    from ecei_rules.documents.shape import shape_problems

    return tuple(islice(shape_problems(kind, document), MAX_PROBLEMS + 1))


def open_document(text: str | bytes, kind: str | None, *, name: str, max_size: int) -> Opened:
    """
    Read text as JSON of the format of a kind of document, or of any kind (`None`).

    Raises:
        UnsupportedFormat: the document names another major version of the format.
        InvalidDocument: the text is no JSON, or the document is of another kind.
    """
    checked = decoded(text, name, max_size)
    value, kind = _json_of_kind(checked, kind, name)
    extension_members: list[tuple[Steps, object]] = []
    if has_inner_extensions(checked, value):
        value = set_extensions_aside(value, None, extension_members)
    members = {}
    for member, held in value.items():
        if member.startswith("x-"):
            extension_members.append(((None, member), frozen_json(held)))
        elif member != "format":
            members[member] = held
    return Opened(kind, name, checked, members, tuple(extension_members))


def format_of(text: str | bytes, *, name: str, max_size: int) -> str:
    """
    Return the kind of document that the `format` of a text names.

    Raises:
        UnsupportedFormat: it names a format that this library does not know.
        InvalidDocument: the text is no JSON, or names no format.
    """
    return _json_of_kind(decoded(text, name, max_size), None, name)[1]


def _json_of_kind(text: str, wanted: str | None, name: str) -> tuple[Members, str]:
    """Read text as a JSON object with the format of a kind, and return the kind too."""
    value = _json(text, name)
    kinds = KINDS if wanted is None else (wanted,)
    if isinstance(value, dict):
        kind = next((each for each in kinds if value.get("format") == format_name(each)), None)
        if kind is not None:
            return value, kind
    problem = _format_problem(value, wanted)
    error = UnsupportedFormat if problem.code == "ECEI202" else InvalidDocument
    raise error(name, locate(text, [problem]))


def decoded(text: str | bytes, name: str, max_size: int) -> str:
    """
    Decode the text of a document.

    Raises:
        InvalidDocument: the document is too large, or not UTF-8.
    """
    if len(text) > max_size:
        unit = "characters" if isinstance(text, str) else "bytes"
        message = f"the document is larger than {max_size:,} {unit}"
        raise InvalidDocument(name, [Problem("ECEI101", "", message, line=1, column=1)])
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        before = text[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        message = f"the file is not UTF-8: byte 0x{text[error.start]:02x} is not valid here"
        if error.reason == "unexpected end of data":
            message = "the file ends in the middle of a UTF-8 character"
        wide = b"\x00" in text[:4] or text[:2] in (b"\xff\xfe", b"\xfe\xff")
        hint = "it looks like UTF-16 or UTF-32; save it as UTF-8" if wide else "save it as UTF-8"
        if text.startswith(b"PK\x03\x04"):
            hint = "it looks like a workbook; ecei-rules convert turns one into a document"
        problem = Problem("ECEI102", "", message, hint, line=line, column=column)
        raise InvalidDocument(name, [problem]) from None


def locate(text: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """
    Give problems their lines and columns, and put them in the order of the document.

    Equal problems are listed once. The text must be strict JSON.
    """
    from ecei_rules.diagnostics.places import lines_and_columns, places

    reported = list(dict.fromkeys(problems))
    if len(reported) > MAX_PROBLEMS:
        reported = [TOO_MANY, *reported[:MAX_PROBLEMS]]
    at = places(text, {each.where for each in reported})
    offsets = [at[p.where].name if p.at_name else at[p.where].value for p in reported]
    numbers = lines_and_columns(text, offsets)
    ordered = sorted(zip(offsets, reported, strict=True), key=lambda pair: pair[0])
    return tuple(
        evolve(problem, line=numbers[offset][0], column=numbers[offset][1])
        for offset, problem in ordered
    )


def locate_in(text: str | bytes, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give problems of a document that was read from a text their lines and columns."""
    known = tuple(problems)
    return locate(decoded(text, "document", MAX_SIZE), known) if known else ()


def restore_extensions(members: Members, extensions: FrozenMap[str, object]) -> Members:
    """
    Put the `x-` members of a document back at their places.

    A member is dropped if its place no longer exists because the value was changed after
    reading.
    """
    for where, extension in extensions.items():
        *parents, last = (
            name.replace("~1", "/").replace("~0", "~") for name in where.split("/")[1:]
        )
        holder = _holder(members, parents)
        if holder is not None:
            holder[last] = extension
    return members


def _holder(members: Members, steps: list[str]) -> Members | None:
    """Return the object at some steps; an empty one that was left out is added."""
    place: Any = members
    for name, after in zip_longest(steps, steps[1:]):
        if isinstance(place, list):
            if int(name) >= len(place):
                return None
            place = place[int(name)]
        elif name not in place and after is not None and after.isdecimal():
            return None  # only lists have numbers for names, and this one is empty now
        else:
            place = place.setdefault(name, {})
    holder: Members = place
    return holder


def _json(text: str, name: str) -> Json:
    try:
        return parse_json(text)
    except NotPlain:
        from ecei_rules.diagnostics.scanner import scan

        scanned = scan(text)
        if scanned.problems:
            raise InvalidDocument(name, scanned.problems) from None
        return scanned.value


def _format_problem(value: Json, kind: str | None) -> Problem:
    """Return the problem with the format of a document that is not of a kind, or of none."""
    known = [format_name(each) for each in KINDS]
    wanted = format_name(kind) if kind else ""
    if not isinstance(value, dict):
        hint = f'a document begins with {{"format": "{wanted or known[2]}"'
        return Problem("ECEI204", "", f"expected an object, found {value_text(value)}", hint)
    if "format" not in value:
        hint = f'add "format": "{wanted}"' if kind else f"the formats are {', '.join(known)}"
        return Problem("ECEI201", "", "the document does not name its format", hint)
    stated = value["format"]
    name, _, major = stated.partition("/") if isinstance(stated, str) else ("", "", "")
    read = next((each for each in ([wanted] if kind else known) if each.startswith(f"{name}/")), "")
    current = read.rpartition("/")[2]
    if read and major.isdecimal() and major.isascii() and major != current:
        message = f"this library reads version {current} of the format, found {value_text(stated)}"
        version = major.lstrip("0")
        if (len(version), version) > (len(current), current):
            hint = "a newer version of the library may read it"
        else:
            hint = _OF_OLDER_VERSIONS.get(f"{name}/{version}", "")
        return Problem("ECEI202", "/format", message, hint or None)
    likely = near(stated, [wanted] if kind else known) if isinstance(stated, str) else None
    expected = f'"{wanted}"' if kind else f"one of {quoted(known)}"
    return Problem("ECEI203", "/format", f"expected {expected}, found {value_text(stated)}", likely)


def has_inner_extensions(text: str, members: Members) -> bool:
    """Return whether a text may have `x-` members that are not those of the document itself."""
    return text.count('"x-') > sum(each.startswith("x-") for each in members) or "\\u" in text


def set_extensions_aside(value: Any, where: Steps, aside: list[tuple[Steps, object]]) -> Any:
    """Return a JSON value without its `x-` members, and add these with their places to *aside*."""
    if isinstance(value, list):
        return [
            set_extensions_aside(item, (where, index), aside) for index, item in enumerate(value)
        ]
    if not isinstance(value, dict):
        return value
    members = {}
    for name, member in value.items():
        if name.startswith("x-"):
            aside.append(((where, name), frozen_json(member)))
        else:
            members[name] = set_extensions_aside(member, (where, name), aside)
    return members


def frozen_json(value: Json) -> object:
    """Return a JSON value that does not change: its lists become tuples, its objects maps."""
    if isinstance(value, list):
        return tuple(map(frozen_json, value))
    if isinstance(value, dict):
        return FrozenMap({name: frozen_json(each) for name, each in value.items()})
    return value
