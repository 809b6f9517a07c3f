"""The results of validating documents, in the formats of other tools."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ecei_rules._version import VERSION
from ecei_rules.cli.validation.reports import level_of, place_of
from ecei_rules.diagnostics.codes import PROBLEM_CODES
from ecei_rules.diagnostics.json_text import canonical
from ecei_rules.diagnostics.phrasing import number_of, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.cli.output import Unreadable
    from ecei_rules.cli.validation.reports import ValidatedDocument
    from ecei_rules.diagnostics.problem import Problem

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
#: Characters that XML 1.0 does not allow, not even as references.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class SarifReport:
    """
    A log with one result for each problem.

    Source: Static Analysis Results Interchange Format (SARIF) 2.1.0, OASIS Standard.
    """

    def __init__(self) -> None:
        self.rules: dict[str, int] = {}
        self.results: list[dict[str, object]] = []
        self.notifications: list[dict[str, object]] = []

    def add(self, document: ValidatedDocument) -> None:
        """Add the results of a document."""
        for problem in (*document.problems, *document.warnings):
            self.results.append(self.result(document.target.file, problem))

    def result(self, file: str, problem: Problem) -> dict[str, object]:
        """Return the result of a problem at its place."""
        line, column = place_of(problem)
        location: dict[str, object] = {
            "physicalLocation": {
                "artifactLocation": {"uri": _uri(file)},
                "region": {"startLine": line, "startColumn": column},
            }
        }
        if problem.where:
            location["logicalLocations"] = [{"fullyQualifiedName": problem.where}]
        text = problem.message + ("" if problem.hint is None else f"\nhint: {problem.hint}")
        return {
            "ruleId": problem.code,
            "ruleIndex": self.rules.setdefault(problem.code, len(self.rules)),
            "level": level_of(problem),
            "message": {"text": text},
            "locations": [location],
        }

    def add_unreadable(self, file: Unreadable) -> None:
        """Add a notification that the run was not complete."""
        place = {"physicalLocation": {"artifactLocation": {"uri": _uri(file.name)}}}
        message = {"text": visible(str(file))}
        self.notifications.append({"level": "error", "message": message, "locations": [place]})

    def end(self) -> None:
        """Print the log."""
        invocation: dict[str, object] = {"executionSuccessful": not self.notifications}
        if self.notifications:
            invocation["toolExecutionNotifications"] = self.notifications
        driver = {"name": "ecei-rules", "version": VERSION, "rules": [*map(_rule, self.rules)]}
        run = {
            "tool": {"driver": driver},
            "invocations": [invocation],
            "columnKind": "unicodeCodePoints",
            "results": self.results,
        }
        log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
        sys.stdout.write(canonical(log) + "\n")


def _rule(code: str) -> dict[str, object]:
    page = PROBLEM_CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.meaning},
        "help": {"text": page.mend},
        "defaultConfiguration": {"level": "warning" if page.warning else "error"},
    }


def _uri(file: str) -> str:
    """Return the URI of a file, relative if the file was named so."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


class JunitReport:
    """
    A suite with one test case for each document, which fails if the document has problems.

    With *strict* warnings fail it too. Source: the report of Ant's task JUnit, as Jenkins
    reads it.
    """

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.suite = Element("testsuite", name="ecei-rules validate")
        self.failed = self.unreadable = 0

    def add(self, document: ValidatedDocument) -> None:
        """Add the test case of a document."""
        case = SubElement(self.suite, "testcase", classname="ecei-rules", name="")
        case.set("name", _xml(document.target.name))
        file = document.target.file
        failures = document.problems + (document.warnings if self.strict else ())
        if failures:
            self.failed += 1
            failure = SubElement(case, "failure", type=failures[0].code)
            failure.set("message", number_of(len(failures), "problem"))
            failure.text = _xml(_listed(file, failures))
        elif document.warnings:
            SubElement(case, "system-out").text = _xml(_listed(file, document.warnings))

    def add_unreadable(self, file: Unreadable) -> None:
        """Add a test case that is an error, which is no failure."""
        self.unreadable += 1
        case = SubElement(self.suite, "testcase", classname="ecei-rules", name="")
        case.set("name", _xml(file.name))
        SubElement(case, "error", type="unreadable", message=_xml(str(file)))

    def end(self) -> None:
        """Print the suite."""
        counts = {
            "tests": len(self.suite),
            "failures": self.failed,
            "errors": self.unreadable,
            "skipped": 0,
        }
        for name, count in counts.items():
            self.suite.set(name, str(count))
        suites = Element("testsuites")
        suites.append(self.suite)
        indent(suites)
        declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
        sys.stdout.write(f"{declaration}{tostring(suites, encoding='unicode')}\n")


def _listed(file: str, problems: Iterable[Problem]) -> str:
    return "\n".join(f"{file}:{each}" for each in problems)


def _xml(text: str) -> str:
    """Replace the characters that XML does not allow by their numbers."""
    return _NOT_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
