"""docs/command-line.md: the output and the exit codes of commands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import redirect_stdout
from importlib import import_module
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

import paths
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import ROOT

import ecei_rules as er
from ecei_rules._version import VERSION
from ecei_rules.cli.main import COMMANDS, main
from ecei_rules.documents.resources import schema

FILES = sorted(each for each in paths.EXAMPLES.rglob("*") if each.is_file())


def truncated(data: bytes) -> st.SearchStrategy[bytes]:
    """Files that end too early, or lack bytes in the middle."""
    places = st.integers(0, len(data))
    return st.tuples(places, places).map(lambda cut: data[: min(cut)] + data[max(cut) :])


def shown_commands() -> list[tuple[str, list[str]]]:
    """Return the commands of docs/command-line.md with the lines shown below each."""
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```text\n\$ ecei-rules (.*?)^```$", page, re.DOTALL | re.MULTILINE)
    return [(command, shown) for command, *shown in (block.splitlines() for block in blocks)]


class TestCommandLinePage:
    """docs/command-line.md: commands print the lines that the page shows."""

    @pytest.mark.parametrize(
        ("command", "shown"),
        [each for each in shown_commands() if "interview.json" not in each[0]],
        ids=[command for command, _ in shown_commands() if "interview.json" not in command],
    )
    def test_page_shows_the_output(
        self,
        command: str,
        shown: list[str],
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        Every line of the page is printed, in this order; `…` stands for omitted text.
        """
        monkeypatch.chdir(ROOT)

        main(command.split())

        printed = capsys.readouterr()
        lines = iter((printed.out + printed.err).splitlines())
        for line in (each for each in shown if each != "…"):
            start = line.removesuffix("…")
            assert any(
                each == line or (start != line and each.startswith(start)) for each in lines
            ), line


class TestExtras:
    """Commands name a missing extra."""

    def test_calendar_names_its_missing_extra(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Wrong usage with the command that installs it, and no traceback.
        """
        monkeypatch.setitem(sys.modules, "icalendar", None)
        monkeypatch.delitem(sys.modules, "ecei_rules.register.icalendar", raising=False)
        register = str(paths.EXAMPLES / "register" / "register.csv")

        assert main(["register", "export", register, "--format", "ics"]) == 2
        assert capsys.readouterr() == (
            "",
            "ecei-rules: a calendar needs the extra: pip install 'ecei-rules[calendar]'\n",
        )


class TestQualityPage:
    """docs/quality.md: the steps for putting in the owner's floors."""

    PAGE = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")

    def test_steps_give_a_valid_ruleset_with_the_floors(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The values shown as shipped are the shipped ones; with the replacements of the page the
        ruleset has no problems, and the example is awarded.
        """
        section = self.PAGE.partition("## Putting in the owner's floors")[2]
        head, before, after, source = re.findall(
            r"^```json\n(.*?)^```$", section, re.DOTALL | re.MULTILINE
        )
        ruleset = json.loads((ROOT / "rulesets" / "gold" / "2019-11.json").read_bytes())
        name = "share-of-private-resources"
        assert json.loads(f"{{{before}}}")[name] == ruleset["grading"][name]
        ruleset |= json.loads(f"{{{head.rstrip().rstrip(',')}}}")
        ruleset["grading"] |= json.loads(f"{{{after}}}")
        ruleset["sources"].append(json.loads(source))
        path = tmp_path / "gold-2027-01.json"
        path.write_text(json.dumps(ruleset), encoding="utf-8")
        example = str(paths.EXAMPLES / "not-awarded-gold-floor-missed.json")

        assert main(["ruleset", "check", str(path)]) == 0
        assert main(["assess", "--ruleset", str(path), example, "--require", "awarded"]) == 0
        assert main(["assess", "--label", "gold", example, "--require", "awarded"]) == 1
        assert "NOT OFFICIAL" in capsys.readouterr().out


class TestReadme:
    """README.md shows the output of its commands."""

    TEXT = (ROOT / "README.md").read_text(encoding="utf-8")

    def test_readme_shows_the_output(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The explanation of the example is the one that the command prints.
        """
        shown = re.findall(r"^```text\n(.*?)^```$", self.TEXT, re.DOTALL | re.MULTILINE)

        assert main(["assess", str(paths.EXAMPLES / "awarded.json")]) == 0
        assert capfd.readouterr().out == shown[0]

    def test_readme_has_two_commands(self) -> None:
        """
        One assesses, the other runs the tests.
        """
        commands = re.findall(r"^```sh\n(.*?)^```$", self.TEXT, re.DOTALL | re.MULTILINE)

        assert ["assess" in each for each in commands] == [True, False]
        assert "pytest" in commands[1]

    def test_links_lead_to_files(self) -> None:
        """
        Every page that the README links to exists.
        """
        for link in re.findall(r"\]\(([^)]+)\)", self.TEXT):
            assert (ROOT / link).exists(), link


class TestAssess:
    """`assess`."""

    PATH = str(paths.EXAMPLES / "awarded.json")

    def test_require_fails_if_not_awarded(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        `--require awarded` gives exit code 1, and names the file.
        """
        path = str(paths.EXAMPLES / "undetermined-incomplete.json")

        assert main(["assess", self.PATH, "--require", "awarded"]) == 0
        capfd.readouterr()
        assert main(["assess", path, "--require", "awarded"]) == 1
        assert capfd.readouterr().err == (f"ecei-rules: {path}: undetermined, required: awarded\n")

    def test_ruleset_by_reference_or_file(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Both give the same assessment.
        """
        file = str(ROOT / "rulesets" / "bronze" / "2019-11.json")

        for named in ("bronze@2019-11", file):
            assert main(["assess", self.PATH, "--ruleset", named, "--format", "json"]) == 0
        by_name, by_file = capfd.readouterr().out.splitlines()
        assert by_name == by_file

    def test_reads_standard_input(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        `-` reads the piped document.
        """
        piped = TextIOWrapper(BytesIO(Path(self.PATH).read_bytes()))
        monkeypatch.setattr(sys, "stdin", piped)

        assert main(["assess", "-", "--format", "json"]) == 0
        assert main(["assess", self.PATH, "--format", "json"]) == 0
        from_pipe, from_file = capfd.readouterr().out.splitlines()
        assert from_pipe == from_file

    def test_several_files_have_headings(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        As text each has a heading, as JSON each has a line.
        """
        files = [self.PATH, str(paths.EXAMPLES / "undetermined-incomplete.json")]

        assert main(["assess", *files]) == 0
        headings = [line for line in capfd.readouterr().out.splitlines() if line.startswith("==")]
        assert headings == [f"== {name}" for name in files]

    def test_bad_file_does_not_hide_the_others(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Each file is assessed or refused; the worst one decides the exit code.
        """
        bad = tmp_path / "bad.json"
        bad.write_text("{", encoding="utf-8")

        code = main(["assess", str(bad), self.PATH, str(tmp_path / "none"), "--format", "json"])

        printed = capfd.readouterr()
        assert code == 2
        assert len(printed.out.splitlines()) == 1
        assert printed.err == (
            f"{bad}:1:2: ECEI104 (whole document): expected a name in double quotes,"
            " found the end of the text\n"
            f"ecei-rules: cannot read {tmp_path / 'none'}: No such file or directory\n"
        )

    def test_day_without_ruleset_is_refused(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        No ruleset is in force before November 2010; the message lists the periods.
        """
        document = json.loads(Path(paths.EXAMPLES / "awarded-in-2014.json").read_bytes())
        document["conducted"]["on"] = "2010-10-31"
        path = tmp_path / "early.json"
        path.write_text(json.dumps(document), encoding="utf-8")

        assert main(["assess", str(path)]) == 1
        assert capfd.readouterr().err == (
            f"ecei-rules: {path}: no ruleset of bronze is in force on 2010-10-31"
            " (bronze@2010-11 from 2010-11-01 to 2019-11-14; bronze@2019-11 from 2019-11-15 on)\n"
        )

    def test_shared_catalogue_needs_a_label(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Silver and Gold share their catalogue, and the interview names neither.
        """
        path = str(paths.EXAMPLES / "awarded-gold.json")

        assert main(["assess", path, self.PATH, "--format", "json"]) == 2
        printed = capfd.readouterr()
        assert len(printed.out.splitlines()) == 1
        assert printed.err == (
            f"ecei-rules: {path}: the catalogue quality serves silver or gold;"
            " say which with --label\n"
        )


class TestOtherCommands:
    """`new`, `schema`, `catalogue`, `ruleset`, `explain`, and rules of all commands."""

    @pytest.mark.parametrize("reference", ["benchmarking@2010-11", "benchmarking@2019-11"])
    def test_skeleton_becomes_an_interview_when_filled_in(
        self, reference: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        It has every question; without the unanswered ones and with cluster and day it is valid.
        """
        assert main(["new", "interview", "--catalogue", reference]) == 0
        skeleton = json.loads(capfd.readouterr().out)
        catalogue = er.shipped().catalogue(*reference.split("@"))

        assert list(skeleton["answers"]) == list(catalogue.asked)
        assert list(skeleton.get("facts", {})) == list(catalogue.facts_asked)
        skeleton["answers"], skeleton["facts"] = {}, {}
        skeleton["cluster"] = {"name": "Example Cluster", "country": "IT"}
        skeleton["conducted"] = {"on": "2014-03-18"}
        interview = er.read_interview(json.dumps(skeleton))
        assert interview.catalogue == catalogue

    def test_empty_skeleton_has_a_problem_for_each_place(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        No empty place counts as an answer.
        """
        main(["new", "interview", "--catalogue", "benchmarking@2019-11"])
        path = tmp_path / "new.json"
        path.write_text(capfd.readouterr().out, encoding="utf-8")

        assert main(["validate", str(path), "--format", "json"]) == 1
        (found,) = json.loads(capfd.readouterr().out)["files"]
        assert len(found["problems"]) == 36 + 7 + 5

    @pytest.mark.parametrize("kind", ["catalogue", "ruleset", "interview", "assessment"])
    def test_schema_is_the_published_one(
        self, kind: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        `schema` prints the file in schemas.
        """
        assert main(["schema", kind]) == 0
        assert json.loads(capfd.readouterr().out) == schema(kind)

    def test_interview_schema_is_the_published_one(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        `schema interview --catalogue` prints the file in schemas/interviews.
        """
        written = ROOT / "schemas" / "interviews" / "benchmarking-2019-11.json"

        assert main(["schema", "interview", "--catalogue", "benchmarking@2019-11"]) == 0
        assert capfd.readouterr().out == written.read_text(encoding="utf-8")

    @pytest.mark.parametrize("form", ["text", "json"])
    @pytest.mark.parametrize(
        "arguments",
        [
            ["catalogue"],
            ["catalogue", "list"],
            ["catalogue", "show", "benchmarking@2010-11"],
            ["catalogue", "show", "benchmarking@2019-11"],
            ["ruleset"],
            ["ruleset", "list"],
            ["ruleset", "show", "bronze@2010-11"],
            ["ruleset", "show", "bronze@2019-11"],
            ["ruleset", "check", str(ROOT / "rulesets" / "bronze" / "2019-11.json")],
            ["explain", "ECEI302"],
            ["explain", "ecei302"],
            ["explain", "ECEI501"],
        ],
        ids=" ".join,
    )
    def test_text_and_json(
        self, arguments: list[str], form: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Every command that shows an edition or a code ends with 0; as JSON it prints JSON.
        """
        assert main([*arguments, "--format", form]) == 0
        printed = capfd.readouterr()
        assert printed.err == ""
        assert (form == "text") or json.loads(printed.out)

    def test_shown_ruleset_reads_back(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The JSON of a ruleset is its document.
        """
        main(["ruleset", "show", "bronze@2019-11", "--format", "json"])
        shown = er.read_ruleset(capfd.readouterr().out)

        assert shown == er.shipped().ruleset("bronze", version="2019-11")

    def test_ruleset_check_refuses_interviews(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The message names both formats.
        """
        path = paths.EXAMPLES / "awarded.json"

        assert main(["ruleset", "check", str(path)]) == 1
        assert 'expected "ecei-ruleset/1", found "ecei-interview/1"' in capfd.readouterr().out

    @pytest.mark.parametrize(
        ("arguments", "code", "start"),
        [
            (["--help"], 0, "usage: ecei-rules"),
            (["--version"], 0, "ecei-rules "),
            (["validate", "--help"], 0, "usage: ecei-rules validate"),
            (["asess"], 2, "usage: ecei-rules"),
            ([], 2, "usage: ecei-rules"),
        ],
    )
    def test_exit_codes_of_help_and_wrong_usage(
        self, arguments: list[str], code: int, start: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Help and version end with 0, a missing or unknown command with 2 and the usage.
        """
        with pytest.raises(SystemExit) as ended:
            main(arguments)

        printed = capfd.readouterr()
        assert ended.value.code == code
        assert (printed.err if code else printed.out).startswith(start)

    def test_module_is_the_program(self) -> None:
        """
        `python -m ecei_rules` is the same as `ecei-rules`.
        """
        command = [sys.executable, "-m", "ecei_rules", "--version"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)

        assert done.stdout == f"ecei-rules {VERSION}\n"

    @pytest.mark.parametrize("name", COMMANDS)
    def test_help_has_the_purpose_of_each_command(
        self, name: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        `--help` shows it for every command, and it is the first line of the command's module.
        """
        module = import_module(f"ecei_rules.cli.commands.{name}")
        with pytest.raises(SystemExit):
            main(["--help"])

        summary = " ".join(capfd.readouterr().out.split())
        assert f" {name} {COMMANDS[name]} " in summary
        assert module.__doc__ == f"{COMMANDS[name][0].upper()}{COMMANDS[name][1:]}."

    def test_help_of_validate_names_the_stages(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        A document with problems may have others that a later stage would find.
        """
        for command in (["validate"], ["ruleset", "check"]):
            with pytest.raises(SystemExit):
                main([*command, "--help"])
            assert "stage by stage" in capfd.readouterr().out

    def test_interrupt_ends_with_130(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Ctrl-C while a command waits for standard input gives no traceback.
        """

        class Awaited:
            """Standard input that is interrupted."""

            @property
            def buffer(self) -> Awaited:
                """Return the stream of bytes."""
                return self

            def readline(self, _size: int) -> bytes:
                """Raise what Ctrl-C raises."""
                raise KeyboardInterrupt

        monkeypatch.setattr(sys, "stdin", Awaited())

        assert main(["validate", "-"]) == 130

    @pytest.mark.parametrize("name", ["a\0b", "a\0b*", "no/such/file", "no/*/file", "docs"])
    def test_unreadable_files_are_named(
        self, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An impossible name, a missing file, a missing folder, and a folder without documents.
        """
        monkeypatch.chdir(ROOT)

        for arguments in (["validate", name], ["assess", name], ["ruleset", "check", name]):
            assert main(arguments) == 2
            printed = capsys.readouterr()
            assert printed.out == ""
            assert printed.err.startswith("ecei-rules: cannot read ")
            assert printed.err.count("\n") == 1

    @given(st.binary() | st.sampled_from(FILES).map(Path.read_bytes).flatmap(truncated))
    def test_any_bytes_end_with_an_exit_code(self, data: bytes) -> None:
        """
        No content of a file causes a traceback.
        """
        with TemporaryDirectory() as folder:
            path = Path(folder) / "file.json"
            path.write_bytes(data)
            for command in (
                ["validate", str(path)],
                ["assess", str(path), "--label", "gold"],
                ["assess", str(paths.EXAMPLES / "awarded.json"), "--ruleset", str(path)],
                ["ruleset", "check", str(path)],
                ["timeline", str(path), "--on", "2024-02-29"],
                ["register", "import", str(path), "--country", "IT"],
                ["register", "status", str(path), "--on", "2024-02-29"],
                ["register", "due", str(path), "--on", "2024-02-29", "--within", "99999"],
                ["register", "stats", str(path), "--on", "2024-02-29"],
                ["register", "export", str(path), "--format", "ics"],
            ):
                assert main(command) in (0, 1)

    def test_output_can_be_redirected(self) -> None:
        """
        Callers from Python can replace standard output.
        """
        collected = StringIO()

        with redirect_stdout(collected):
            assert main(["explain", "ECEI302", "--format", "json"]) == 0

        assert json.loads(collected.getvalue())["code"] == "ECEI302"


@pytest.mark.parametrize(
    ("name", "validated"),
    [
        ("interviews/a.json", True),
        ("interviews/a.ndjson", True),
        ("interviews/a.jsonl", True),
        ("interviews/a.json.txt", False),
        ("interviews/json", False),
    ],
)
def test_hook_validates_every_kind_of_document(name: str, *, validated: bool) -> None:
    """
    pre-commit searches the names of files for the pattern of the hook.
    """
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    (pattern,) = re.findall("^  files: (.*)$", hook, re.MULTILINE)

    assert bool(re.search(pattern, name)) is validated
    assert "types:" not in hook
