"""Find the problems in documents."""

from __future__ import annotations

import os
import sys

from attrs import evolve

from ecei_rules._files import format_name, read_document
from ecei_rules.cli.arguments import add_format, add_validation
from ecei_rules.cli.exit_codes import DONE, FOUND, MISUSED
from ecei_rules.cli.output import Unreadable
from ecei_rules.cli.progress import with_progress
from ecei_rules.cli.targets import documents_in, named_files
from ecei_rules.cli.validation.reports import (
    GithubReport,
    JsonReport,
    TextReport,
    ValidatedDocument,
)
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.diagnostics.phrasing import number_of, shortened
from ecei_rules.documents.stages import locate_in
from ecei_rules.interviews.interview import Interview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    from ecei_rules._files import Document
    from ecei_rules.cli.output import Output
    from ecei_rules.cli.targets import Target
    from ecei_rules.cli.validation.reports import Report
    from ecei_rules.diagnostics.problem import Problem

    D = TypeVar("D", bound=Document)


#: The formats of results.
FORMATS = ("text", "json", "github", "sarif", "junit")


def add_arguments(command: ArgumentParser) -> None:
    """Add the arguments of `validate`."""
    add_format(command, *FORMATS)
    files = "files, folders, patterns such as 'interviews/**/*.json', or - for standard input"
    command.add_argument("files", metavar="FILE", nargs="+", help=files)
    add_validation(command)
    command.set_defaults(run=run)


def run(arguments: Namespace, output: Output) -> int:
    """Validate each file as a document of the kind that its `format` names."""
    return validate(arguments, output, read_document, _warnings)


def validate(
    arguments: Namespace,
    output: Output,
    read: Callable[..., D],
    review: Callable[[D], Iterable[Problem]],
) -> int:
    """
    Read each document, review those that can be read, and return the exit code.

    Warnings leave a document well formed; with `--strict` they count as problems.
    """
    report, code = _report(arguments), DONE
    documents = failed = problems = warnings = 0
    for target in with_progress(_targets(arguments.files)):
        if isinstance(target, Unreadable):
            output.message(str(target))
            report.add_unreadable(target)
            code = MISUSED
            continue
        document = _validated(target, read, review)
        report.add(document)
        wrong = bool(document.problems or (arguments.strict and document.warnings))
        documents, failed = documents + 1, failed + wrong
        problems += len(document.problems)
        warnings += len(document.warnings)
        code = max(code, FOUND if wrong else DONE)
    report.end()
    if not arguments.quiet and arguments.format == "text":
        counts = ((problems, "problem"), (warnings, "warning"))
        summary = ", ".join(number_of(count, noun) for count, noun in counts if count)
        if documents > 1:
            total = f"{number_of(documents, 'document')}, {failed or 'none'} with problems"
            summary = f"{total}: {summary}" if summary else total
        if summary:
            output.message(summary)
    return code


def _report(arguments: Namespace) -> Report:
    match arguments.format:
        case "json":
            return JsonReport()
        case "github":
            return GithubReport()
        case "sarif" | "junit":
            from ecei_rules.cli.validation.sarif_junit import JunitReport, SarifReport

            sarif = arguments.format == "sarif"
            return SarifReport() if sarif else JunitReport(strict=arguments.strict)
        case _:
            return TextReport(quiet=arguments.quiet, color=_in_color(arguments.color))


def _in_color(choice: str) -> bool:
    """Return whether to colour: as chosen, or on a terminal without NO_COLOR (no-color.org)."""
    if choice == "auto":
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return sys.stdout.isatty() and not plain
    return choice == "always"


def _targets(names: Iterable[str]) -> Iterator[Target | Unreadable]:
    for file in named_files(names):
        if isinstance(file, Unreadable):
            yield file
            continue
        try:
            yield from documents_in(file)
        except Unreadable as error:
            yield error


def _validated(
    target: Target, read: Callable[..., D], review: Callable[[D], Iterable[Problem]]
) -> ValidatedDocument:
    try:
        value = read(target.text, name=target.name)
    except InvalidDocument as error:
        return ValidatedDocument(target, None, _in_file(target, error.problems), ())
    findings = _in_file(target, locate_in(target.text, review(value)))
    warnings = [each for each in findings if each.severity == "warning"]
    problems = [each for each in findings if each.severity == "problem"]
    return ValidatedDocument(target, None if problems else format_name(value), problems, warnings)


def _in_file(target: Target, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems with their lines in the file of the document, cut where they are long."""
    in_file = target.line is not None
    return tuple(
        evolve(
            each,
            message=shortened(each.message),
            line=each.line and target.line if in_file else each.line,
        )
        for each in problems
    )


def _warnings(document: object) -> tuple[Problem, ...]:
    """Review an interview; rulesets have a command of their own."""
    if not isinstance(document, Interview):
        return ()
    from ecei_rules.analysis.checks.interview_review import review_interview

    return review_interview(document)
