"""docs/command-line.md, "validate": files, formats of results and exit codes."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml
from sarif_pydantic import Sarif
from validate_samples import (
    BAD,
    FORMATS,
    GOOD,
    compact,
    files,
    make_documents,
    validate,
)
from xmlschema import XMLSchema

from ecei_rules.cli.main import main
from ecei_rules.cli.progress import with_progress
from ecei_rules.diagnostics.codes import PROBLEM_CODES

#: GitHub Docs, "Workflow commands for GitHub Actions".
COMMAND = re.compile(r"::(error|warning) ([^:]*)::([^\r\n]*)")


def message_of(problem: dict[str, Any]) -> str:
    """Return the message and the hint of a problem."""
    hint = f"\n  hint: {problem['hint']}" if "hint" in problem else ""
    return f"{problem['where']}: {problem['message']}{hint}"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with documents in it and below."""
    monkeypatch.chdir(tmp_path)
    make_documents(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
class TestText:
    """The text for people."""

    def test_problems_have_lines_and_a_summary(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Valid documents are named, and the last line counts.
        """
        number = 1 + BAD.split("\n").index('    "legal-form": "own-legal-fom",')

        code, out, err = validate(capfd, "a.JSON", "b.json", "deep/er/c.json")

        assert code == 1
        assert out.startswith(
            f"a.JSON:{number}:19: ECEI306 /answers/legal-form: there is no option"
            ' "own-legal-fom"\n'
            f'  {number} |     "legal-form": "own-legal-fom",\n'
            "     |                   ^^^^^^^^^^^^^^^\n"
            '  hint: did you mean "own-legal-form"?\n'
        )
        assert "\nb.json: ok (ecei-interview/1)\n" in out
        assert ": ECEI376 /conducted/experts/0/impartial: warning: the expert is not" in out
        assert out.endswith("\ndeep/er/c.json: ok (ecei-interview/1)\n")
        assert err == "ecei-rules: 3 documents, 1 with problems: 2 problems, 1 warning\n"

    def test_one_valid_document_needs_no_summary(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Several have one.
        """
        assert validate(capfd, "b.json") == (0, "b.json: ok (ecei-interview/1)\n", "")
        assert validate(capfd, "b.json", "b.json")[2] == (
            "ecei-rules: 2 documents, none with problems\n"
        )

    def test_quiet_prints_problems_only(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Neither valid documents nor a summary.
        """
        assert validate(capfd, "--quiet", "b.json", "b.json") == (0, "", "")
        code, out, err = validate(capfd, "--quiet", ".")
        assert (code, err) == (1, "")
        assert ": ok (" not in out
        assert out.count("ECEI3") == 5

    def test_strict_counts_warnings(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Without it they do not change the exit code.
        """
        assert validate(capfd, "deep/er/c.json")[0] == 0
        code, _, err = validate(capfd, "--strict", "deep/er/c.json", "b.json")
        assert (code, err) == (1, "ecei-rules: 2 documents, 1 with problems: 1 warning\n")

    def test_colour_does_not_change_the_text(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Without the escape sequences it is the text of a pipe.
        """
        coloured = validate(capfd, "--color", "always", "a.JSON", "deep/er/c.json")
        plain = validate(capfd, "a.JSON", "deep/er/c.json")

        assert re.sub("\x1b\\[[0-9;]*m", "", coloured[1]) == plain[1]
        assert {"\x1b[1;31mECEI306\x1b[0m", "\x1b[1;33mECEI376\x1b[0m"} <= set(
            coloured[1].split(" ")
        )
        assert "\x1b" not in plain[1]

    @pytest.mark.parametrize(
        ("environment", "arguments", "coloured"),
        [
            ({}, [], True),
            ({"NO_COLOR": "1"}, [], False),
            ({"NO_COLOR": ""}, [], True),
            ({"TERM": "dumb"}, [], False),
            ({"NO_COLOR": "1"}, ["--color", "always"], True),
            ({}, ["--color", "never"], False),
        ],
    )
    def test_colour_on_a_terminal_unless_disabled(
        self, environment: dict[str, str], arguments: list[str], *, coloured: bool
    ) -> None:
        """
        The option comes first, then NO_COLOR (no-color.org).
        """
        _, shown = on_a_terminal(["--quiet", *arguments, "a.JSON"], environment, both=True)

        assert ("\x1b[1;31mECEI306" in shown) is coloured
        assert "ECEI306" in shown

    def test_terminal_shows_progress(self) -> None:
        """
        While results go into a pipe; the pipe gets none of it, and a terminal that gets the
        results shows only them.
        """
        out, shown = on_a_terminal(["b.json"] * 3, {}, both=False)
        _, together = on_a_terminal(["b.json"] * 3, {}, both=True)

        assert out == "b.json: ok (ecei-interview/1)\n" * 3
        assert "3 documents" in shown.replace("3 documents, none", "")
        assert "0 documents" not in together


def test_no_progress_without_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without the extra `cli` the documents are read all the same.
    """
    monkeypatch.setitem(sys.modules, "rich.console", None)
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal, io.StringIO() as pipe:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setattr(sys, "stdout", pipe)
        found = list(with_progress(["one", "other"]))
        monkeypatch.undo()

    assert found == ["one", "other"]
    assert _read(ours) == b""
    os.close(ours)


def on_a_terminal(
    arguments: list[str], environment: dict[str, str], *, both: bool
) -> tuple[str, str]:
    """Return the output of `validate` to a pipe (nothing, if both go to it) and to a terminal."""
    ours, theirs = pty.openpty()
    known = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    with subprocess.Popen(
        [sys.executable, "-m", "ecei_rules", "validate", *arguments],
        stdout=theirs if both else subprocess.PIPE,
        stderr=theirs,
        env=known | {"TERM": "xterm", **environment},
    ) as process:
        os.close(theirs)
        out = process.stdout.read().decode() if process.stdout else ""
        shown = b""
        while piece := _read(ours):
            shown += piece
    os.close(ours)
    return out, shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        # a terminal that nobody writes to any more
        return b""


@pytest.mark.usefixtures("folder")
class TestOtherTools:
    """Other tools can read the formats written for them, with the same content."""

    def test_github_commands(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        One line for each problem, without characters that would end it early.
        """
        code, out, err = validate(capfd, ".", "--format", "github")
        commands = [match.groups() for match in map(COMMAND.fullmatch, out.splitlines()) if match]

        assert (code, err, len(commands)) == (1, "", len(out.splitlines()))
        expected = [
            (kind, each["file"], each_problem)
            for each in files(capfd, ".")
            for kind, found in (("error", each["problems"]), ("warning", each["warnings"]))
            for each_problem in found
        ]
        assert len(commands) == len(expected)
        for (kind, properties, message), (wanted, file, problem) in zip(
            commands, expected, strict=True
        ):
            given = dict(each.split("=") for each in properties.split(","))
            assert (kind, given["file"], given["title"]) == (wanted, file, problem["code"])
            assert (given["line"], given["col"]) == (str(problem["line"]), str(problem["column"]))
            assert problem["message"] in message

    @pytest.mark.slow
    def test_workflow_runner_reads_github_commands(
        self, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Level, place and message of each problem arrive unchanged, also if names contain
        separators of a command.
        """
        (folder / "100 %, 1:1.json").write_text(BAD.replace("Food", "%0A,:\u2028 Füd"), "utf-8")
        (folder / "said").write_text(validate(capfd, ".", "--format", "github")[1], "utf-8")
        workflow = folder / ".github" / "workflows" / "said.yml"
        workflow.parent.mkdir(parents=True)
        steps = {"runs-on": "here", "steps": [{"run": f"cat '{folder / 'said'}'"}]}
        workflow.write_text(json.dumps({"on": "push", "jobs": {"say": steps}}), "utf-8")

        runner = [tool("ECEI_RULES_ACTIONS_RUNNER"), "push", "-P", "here=-self-hosted", "--json"]
        env = {**os.environ, "HOME": str(folder / "home")}
        done = subprocess.run(runner, env=env, capture_output=True, check=True)

        commands = [json.loads(each) for each in done.stdout.splitlines() if each.startswith(b"{")]
        assert [
            (each["command"], each["kvPairs"], each["arg"])
            for each in commands
            if "command" in each
        ] == [
            (
                kind,
                {
                    "file": each["file"],
                    "line": str(problem["line"]),
                    "col": str(problem["column"]),
                    "title": problem["code"],
                },
                message_of(problem),
            )
            for each in files(capfd, ".")
            for kind, found in (("error", each["problems"]), ("warning", each["warnings"]))
            for problem in found
        ]

    def test_sarif_model_reads_the_log(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Each problem with its rule and its place.
        """
        _, out, _ = validate(capfd, ".", "--format", "sarif")
        (run,) = Sarif.model_validate_json(out).runs
        rules = run.tool.driver.rules

        found = [
            (
                each.rule_id,
                rules[each.rule_index].id,
                each.level.value,
                each.locations[0].physical_location.artifact_location.uri,
                each.locations[0].physical_location.region.start_line,
                each.locations[0].physical_location.region.start_column,
            )
            for each in run.results
        ]
        assert found == [
            (p["code"], p["code"], level, each["file"], p["line"], p["column"])
            for each in files(capfd, ".")
            for level, problems in (("error", each["problems"]), ("warning", each["warnings"]))
            for p in problems
        ]
        assert [rule.id for rule in rules] == list(dict.fromkeys(each[0] for each in found))

    @pytest.mark.parametrize("strict", [False, True])
    def test_junit_has_a_case_for_each_document(
        self, capfd: pytest.CaptureFixture[str], *, strict: bool
    ) -> None:
        """
        A document with problems fails, and with `--strict` one with warnings.
        """
        _, out, _ = validate(capfd, ".", "--format", "junit", *["--strict"] * strict)
        read = JUnitXml.fromstring(out.encode())
        (suite,) = read

        documents = files(capfd, ".")
        failing = [bool(e["problems"] or (strict and e["warnings"])) for e in documents]
        assert (suite.tests, suite.failures) == (len(documents), sum(failing))
        assert [bool(case.result) for case in suite] == failing
        names = [f"{e['file']}:{e['line']}" if "line" in e else e["file"] for e in documents]
        assert [case.name for case in suite] == names
        assert ("ECEI376" in out, "<system-out>" in out) == (True, not strict)

    @pytest.mark.slow
    def test_sarif_fits_the_standard(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The tool of the authors of the standard checks schema and rules.
        """
        log = Path("log.sarif")
        log.write_text(validate(capfd, ".", "--format", "sarif")[1], "utf-8")
        done = subprocess.run(
            [tool("ECEI_RULES_SARIF_TOOL"), "validate", "log.sarif", "--output", "found.sarif"],
            env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
            capture_output=True,
            check=False,
        )

        found = json.loads(Path("found.sarif").read_text("utf-8"))["runs"][0]["results"]
        assert done.returncode == 0
        assert [each["ruleId"] for each in found if each.get("level") == "error"] == []

    def test_junit_fits_a_schema(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The schema with which pytest checks its own reports.
        """
        schema = XMLSchema(tool("ECEI_RULES_JUNIT_SCHEMA"))

        for strict in ([], ["--strict"]):
            report = validate(capfd, ".", "--format", "junit", *strict)[1]
            assert [*schema.iter_errors(report)] == []

    @pytest.mark.parametrize("form", FORMATS[1:])
    @pytest.mark.parametrize("name", ["no.json", "n\udce9.json"])
    def test_files_that_cannot_be_read_are_reported(
        self, form: str, name: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A gate that reads the report alone must not be green; the name need not be UTF-8.
        """
        code, out, err = validate(capfd, "b.json", name, "--format", form)
        shown = name.replace("\udce9", "\\udce9")
        reason = f"cannot read {shown}: No such file or directory"

        assert (code, err) == (2, f"ecei-rules: {reason}\n")
        match form:
            case "json":
                unreadable = [{"file": name, "reason": "No such file or directory"}]
                assert json.loads(out)["unreadable"] == unreadable
            case "github":
                assert out == f"::error file={shown}::{reason}\n"
            case "sarif":
                (run,) = json.loads(out)["runs"]
                assert Sarif.model_validate_json(out).runs[0].results == []
                (invocation,) = run["invocations"]
                (told,) = invocation["toolExecutionNotifications"]
                (place,) = told["locations"]
                assert invocation["executionSuccessful"] is False
                assert (told["level"], told["message"]) == ("error", {"text": reason})
                uri = place["physicalLocation"]["artifactLocation"]["uri"]
                assert uri == name.replace("\udce9", "%E9")
            case "junit":
                (suite,) = JUnitXml.fromstring(out.encode())
                assert (suite.tests, suite.failures, suite.errors) == (2, 0, 1)
                good, missing = suite
                assert (good.result, missing.name) == ([], shown)
                (error,) = missing.result
                assert (error.type, error.message) == ("unreadable", reason)

    def test_complete_runs_are_successful(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Problems that are found do not make a run unsuccessful.
        """
        _, out, _ = validate(capfd, "a.JSON", "--format", "sarif")
        assert json.loads(out)["runs"][0]["invocations"] == [{"executionSuccessful": True}]

    @pytest.mark.parametrize("form", FORMATS)
    def test_names_need_not_be_text(
        self, form: str, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        A name with bytes that are no UTF-8 breaks no format.
        """
        name = "caf\udce9.json"
        (folder / name).write_text(BAD, "utf-8")
        code, out, err = validate(capfd, name, "--format", form, "--quiet")

        assert (code, err) == (1, "")
        assert ("caf%E9.json" if form == "sarif" else "caf\\udce9.json") in out


@given(
    st.lists(
        st.binary(max_size=40) | st.text(max_size=20).map(lambda each: json.dumps(each).encode()),
        max_size=5,
    ),
    st.sampled_from(FORMATS),
)
def test_reports_are_readable_for_any_bytes(lines: list[bytes], form: str) -> None:
    """
    Also for bytes that are not text and texts that XML cannot hold.
    """
    text = b"\n".join([b'{"format": "ecei-interview/1"}', b'{"x": "\xef\xbf\xbf\x01"}', *lines])
    done = validated_input(text, form)

    match form:
        case "json":
            assert json.loads(done)["files"]
        case "sarif":
            assert Sarif.model_validate_json(done).runs[0].results
        case "junit":
            assert JUnitXml.fromstring(done.encode()).failures
        case "github":
            assert all(map(COMMAND.fullmatch, done.split("\n")[:-1]))
        case _:
            assert all(code in PROBLEM_CODES for code in re.findall(r"\bECEI\d{3}\b", done))


def tool(variable: str) -> str:
    """Return the path in an environment variable, or skip the test."""
    named = os.environ.get(variable)
    if not named:
        pytest.skip(f"{variable} names nothing; .ci/run fetches it")
    return named


def validated_input(text: bytes, form: str) -> str:
    """Return the output of validating standard input, in this process."""
    kept = sys.stdin, sys.stdout, sys.stderr
    out = io.StringIO()
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(text)), out, io.StringIO()
    try:
        assert main(["validate", "-", "--format", form]) == 1
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
    return out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_memory_does_not_grow_with_documents(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Only a test report keeps the names of valid documents.
    """
    peaks = []
    with Path(os.devnull).open("w") as nowhere:
        monkeypatch.setattr(sys, "stdout", nowhere)
        monkeypatch.setattr(sys, "stderr", nowhere)
        for number in (1, 1, 300):
            path = tmp_path / f"{number}.ndjson"
            path.write_text(f"{compact(GOOD)}\n" * number)
            tracemalloc.start()
            try:
                assert main(["validate", str(path), "--format", form]) == 0
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
        monkeypatch.undo()

    assert peaks[2] < peaks[1] + 600_000
