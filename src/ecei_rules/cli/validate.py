"""Say every problem of documents."""

from __future__ import annotations

from ecei_rules.cli.main import DONE, FOUND, MISUSED
from ecei_rules.cli.output import Unreadable
from ecei_rules.cli.source import content
from ecei_rules.documents import read_document
from ecei_rules.errors import InvalidDocument
from ecei_rules.kinds import FORMATS
from ecei_rules.problems import number_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable

    from ecei_rules.cli.output import Output
    from ecei_rules.problems import Problem


def run(arguments: Namespace, output: Output) -> int:
    """Validate each file as what its `format` says it is."""
    return validate(arguments.files, output, read_document)


def validate(files: Iterable[str], output: Output, read: Callable[..., object]) -> int:
    """Read each file, say what is wrong, and return the exit code."""
    code, results, total = DONE, [], 0
    for name in files:
        try:
            text = content(name)
        except Unreadable as error:
            output.message(str(error))
            code = MISUSED
            continue
        try:
            value = read(text, name=name)
        except InvalidDocument as error:
            code, total = max(code, FOUND), total + len(error.problems)
            results.append({"file": name, "problems": [_members(p) for p in error.problems]})
            if not output.as_json:
                output.problems(name, error.problems, result=True)
        else:
            form = FORMATS[type(value)]
            results.append({"file": name, "format": form, "problems": []})
            if not output.as_json:
                output.text(f"{name}: ok ({form})")
    if output.as_json:
        output.json({"files": results})
    elif total:
        output.message(number_of(total, "problem"))
    return code


def _members(problem: Problem) -> dict[str, object]:
    members: dict[str, object] = {
        "code": problem.code,
        "where": problem.where,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }
    return members if problem.hint is None else {**members, "hint": problem.hint}
