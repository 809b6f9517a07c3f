"""Say every problem of documents, and what in them is suspicious."""

from __future__ import annotations

import os
import sys

from attrs import evolve

from ecei_rules._files import format_name, read_document
from ecei_rules.analysis.checks.interview_review import review_interview
from ecei_rules.cli.main import DONE, FOUND, MISUSED
from ecei_rules.cli.output import Unreadable
from ecei_rules.cli.progress import counted
from ecei_rules.cli.sarif_junit import JunitReport, SarifReport
from ecei_rules.cli.targets import documents_in, named_files
from ecei_rules.cli.validation_reports import GithubReport, JsonReport, Looked, TextReport
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.documents.stages import locate_in
from ecei_rules.interviews.interview import Interview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    from ecei_rules._files import Document
    from ecei_rules.cli.output import Output
    from ecei_rules.cli.targets import Target
    from ecei_rules.cli.validation_reports import Report
    from ecei_rules.diagnostics.problem import Problem

    D = TypeVar("D", bound=Document)


def run(arguments: Namespace, output: Output) -> int:
    """Validate each file as what its `format` says it is."""
    return validate(arguments, output, read_document, _reviewed)


def validate(
    arguments: Namespace,
    output: Output,
    read: Callable[..., D],
    review: Callable[[D], Iterable[Problem]],
) -> int:
    """
    Read each document, review those that can be read, and return the exit code.

    What is only a warning leaves a document well formed; it counts if that was asked for.
    """
    report, code = _report(arguments), DONE
    documents = failed = total = warned = 0
    for target in counted(_targets(arguments.files)):
        if isinstance(target, Unreadable):
            output.message(str(target))
            code = MISUSED
            continue
        looked = _looked_at(target, read, review)
        report.add(looked)
        problems, warnings = len(looked.problems), len(looked.warnings)
        wrong = bool(problems or (arguments.strict and warnings))
        documents, failed = documents + 1, failed + wrong
        total, warned = total + problems, warned + warnings
        code = max(code, FOUND if wrong else DONE)
    report.end()
    if not arguments.quiet and arguments.format == "text":
        counts = ((total, "problem"), (warned, "warning"))
        said = ", ".join(number_of(count, what) for count, what in counts if count)
        if documents > 1:
            whole = f"{number_of(documents, 'document')}, {failed or 'none'} with problems"
            said = f"{whole}: {said}" if said else whole
        if said:
            output.message(said)
    return code


def _report(arguments: Namespace) -> Report:
    match arguments.format:
        case "json":
            return JsonReport()
        case "github":
            return GithubReport()
        case "sarif":
            return SarifReport()
        case "junit":
            return JunitReport(strict=arguments.strict)
        case _:
            return TextReport(quiet=arguments.quiet, color=_in_color(arguments.color))


def _in_color(asked: str) -> bool:
    """Whether to colour: as asked, or on a terminal if nobody objects (no-color.org)."""
    if asked == "auto":
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return sys.stdout.isatty() and not plain
    return asked == "always"


def _targets(names: Iterable[str]) -> Iterator[Target | Unreadable]:
    for file in named_files(names):
        if isinstance(file, Unreadable):
            yield file
            continue
        try:
            yield from documents_in(file)
        except Unreadable as error:
            yield error


def _looked_at(
    target: Target, read: Callable[..., D], review: Callable[[D], Iterable[Problem]]
) -> Looked:
    try:
        value = read(target.text, name=target.name)
    except InvalidDocument as error:
        return Looked(target, None, _on(target, error.problems), ())
    found = _on(target, locate_in(target.text, review(value)))
    warnings = [each for each in found if each.severity == "warning"]
    problems = [each for each in found if each.severity == "problem"]
    return Looked(target, None if problems else format_name(value), problems, warnings)


def _on(target: Target, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of a document where they stand in its file."""
    if target.line is None:
        return tuple(problems)
    return tuple(evolve(each, line=each.line and target.line) for each in problems)


def _reviewed(value: object) -> tuple[Problem, ...]:
    """What is suspicious in a document that was read; rulesets have a command of their own."""
    return review_interview(value) if isinstance(value, Interview) else ()
