"""Say every problem of documents."""

from __future__ import annotations

from ecei_rules.cli.main import DONE, FOUND, MISUSED
from ecei_rules.cli.output import Unreadable
from ecei_rules.cli.source import content
from ecei_rules.codes import CODES
from ecei_rules.documents import read_document
from ecei_rules.errors import InvalidDocument
from ecei_rules.kinds import FORMATS
from ecei_rules.problems import number_of
from ecei_rules.reading import placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    from ecei_rules.cli.output import Output
    from ecei_rules.problems import Problem

    D = TypeVar("D")


def run(arguments: Namespace, output: Output) -> int:
    """Validate each file as what its `format` says it is."""
    return validate(arguments.files, output, read_document)


def validate(
    files: Iterable[str],
    output: Output,
    read: Callable[..., D],
    review: Callable[[D], Iterable[Problem]] | None = None,
) -> int:
    """
    Read each file, say what is wrong, and return the exit code.

    A document that was read is reviewed, where that is asked for; what is only a warning
    leaves it well formed.
    """
    code, results, total, warned = DONE, [], 0, 0
    for name in files:
        try:
            text = content(name)
        except Unreadable as error:
            output.message(str(error))
            code = MISUSED
            continue
        found, form = _looked_at(text, name, read, review)
        warnings = [each for each in found if CODES[each.code].warning]
        problems = [each for each in found if not CODES[each.code].warning]
        total, warned = total + len(problems), warned + len(warnings)
        code = max(code, FOUND if problems else DONE)
        members: dict[str, object] = {} if problems else {"format": form}
        if review is not None:
            members["warnings"] = [_members(each) for each in warnings]
        results.append({"file": name, **members, "problems": [_members(p) for p in problems]})
        if not output.as_json:
            output.problems(name, found, result=True)
            if not problems:
                output.text(f"{name}: ok ({form})")
    if output.as_json:
        output.json({"files": results})
    elif total or warned:
        counts = ((total, "problem"), (warned, "warning"))
        output.message(", ".join(number_of(count, what) for count, what in counts if count))
    return code


def _looked_at(
    text: bytes,
    name: str,
    read: Callable[..., D],
    review: Callable[[D], Iterable[Problem]] | None,
) -> tuple[tuple[Problem, ...], str | None]:
    """What is wrong with a document, and its format if it was read."""
    try:
        value = read(text, name=name)
    except InvalidDocument as error:
        return error.problems, None
    return placed(text, review(value) if review else ()), FORMATS[type(value)]


def _members(problem: Problem) -> dict[str, object]:
    members: dict[str, object] = {
        "code": problem.code,
        "where": problem.where,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }
    return members if problem.hint is None else {**members, "hint": problem.hint}
