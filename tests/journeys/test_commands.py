"""docs/command-line.md: what the commands print, and how they end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from functools import cache
from hashlib import sha256
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import paths
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from paths import CASES, ROOT

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.cli.output import Unwritable, write_file
from ecei_rules.documents.resources import schema

EXAMPLES = sorted(paths.EXAMPLES.glob("*.json"))
FILES = sorted(each for each in paths.EXAMPLES.rglob("*") if each.is_file())
OUTCOMES = ("not-awarded", "undetermined", "awarded")
LABELS = ("bronze", "silver", "gold")


def cut_short(data: bytes) -> st.SearchStrategy[bytes]:
    """A file that ends too early, or has some bytes missing from its middle."""
    places = st.integers(0, len(data))
    return st.tuples(places, places).map(lambda cut: data[: min(cut)] + data[max(cut) :])


def run(
    *arguments: str, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own, in the repository's folder."""
    return subprocess.run(
        [sys.executable, "-m", "ecei_rules", *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )


def label_of(path: Path) -> str:
    """The label that an example is about: that of its name, or else Bronze."""
    return next((each for each in LABELS if each in path.stem), "bronze")


def assessed(path: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """What `assess --format json` prints for a file."""
    assert main(["assess", str(path), "--label", label_of(path), "--format", "json"]) == 0
    return capfd.readouterr().out


class TestExamples:
    """Each example gives the outcome that its name says."""

    def test_there_are_ten(self) -> None:
        """
        Eligible, not eligible, the same in 2014, incomplete, a renewal; Silver and Gold.
        """
        assert len(EXAMPLES) >= 10
        assert {label_of(path) for path in EXAMPLES} == set(LABELS)

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_an_example_comes_out_as_its_name_says(
        self, path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The JSON is one line, validates, and has the outcome of the file's name.
        """
        printed = assessed(path, capfd)

        assessment = json.loads(printed)
        assert printed.count("\n") == 1
        Draft202012Validator(schema("assessment")).validate(assessment)
        named = next(each for each in OUTCOMES if path.stem.startswith(each))
        assert assessment["outcome"] == named.replace("-", "_")

    def test_the_same_answers_were_enough_in_2014(self) -> None:
        """
        The refused interview and the one of 2014 differ in the day and the facts alone.
        """
        later = er.load_interview(paths.EXAMPLES / "not-awarded-not-eligible.json")
        early = er.load_interview(paths.EXAMPLES / "awarded-in-2014.json")

        assert later.answers == early.answers
        assert early.conducted.on.year == 2014

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_the_organisations_are_invented_and_say_so(self, path: Path) -> None:
        """
        No interview of a real organisation is made up.
        """
        text = path.read_text(encoding="utf-8")

        assert "invented" in text
        assert "Example" in json.loads(text)["cluster"]["name"]

    def test_the_renewal_is_seamless(self) -> None:
        """
        Held inside the window, it runs three years from the previous end.
        """
        interview = er.load_interview(paths.EXAMPLES / "awarded-renewal.json")
        ruleset = er.shipped().ruleset("bronze", on=interview.conducted.on)

        held = er.assess(interview, ruleset).validity

        assert held is not None
        assert (str(held.first), str(held.until)) == ("2024-04-01", "2027-03-31")


#: Assesses all examples of all labels in one process, as text and as JSON.
ALL_ASSESSED = """
import sys
from ecei_rules.cli.main import main
for label, *files in map(str.split, sys.argv[1:]):
    for form in ("text", "json"):
        assert main(["assess", *files, "--label", label, "--format", form]) == 0
"""


@cache
def assessed_under(**environment: str) -> bytes:
    """Return the assessments of all examples that a process prints in an environment."""
    files = [
        " ".join(
            [label, *(str(path.relative_to(ROOT)) for path in EXAMPLES if label_of(path) == label)]
        )
        for label in LABELS
    ]
    return subprocess.run(
        [sys.executable, "-c", ALL_ASSESSED, *files],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
    ).stdout


class TestSameBytes:
    """The same inputs give the same bytes wherever they are assessed."""

    @pytest.mark.parametrize(
        "environment",
        [
            {"PYTHONHASHSEED": "0"},
            {"PYTHONHASHSEED": "4242"},
            {"LC_ALL": "C", "PYTHONUTF8": "0"},
            {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
            {"PYTHONIOENCODING": "latin-1"},
            {"TZ": "Pacific/Kiritimati"},
        ],
        ids=str,
    )
    def test_hash_seed_locale_and_time_zone_change_nothing(
        self, environment: dict[str, str]
    ) -> None:
        """
        Neither the machine's settings nor chance show in a result, as text or as JSON.
        """
        here, there = assessed_under(), assessed_under(**environment)

        assert here.count(b"\n") > 10 * len(EXAMPLES)
        assert here == there

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_every_python_prints_the_bytes_that_were_recorded(
        self, path: Path, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        """
        The digests of the assessments of the examples are the same on every Python.
        """
        recorded = json.loads((CASES / "assessments.json").read_text("utf-8"))
        command = ["assess", str(path), "--label", label_of(path), "--format", "json"]

        assert main(command) == 0
        assert sha256(capfdbinary.readouterr().out).hexdigest() == recorded[path.stem]

    def test_every_example_has_a_recorded_digest(self) -> None:
        """
        No digest is kept of an example that is gone.
        """
        recorded = json.loads((CASES / "assessments.json").read_text("utf-8"))

        assert set(recorded) == {path.stem for path in EXAMPLES}


def shown_commands() -> list[tuple[str, list[str]]]:
    """The commands of docs/command-line.md with the lines shown below each."""
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```text\n\$ ecei-rules (.*?)^```$", page, re.DOTALL | re.MULTILINE)
    return [(command, shown) for command, *shown in (block.splitlines() for block in blocks)]


class TestCommandLinePage:
    """docs/command-line.md: what the page shows is what comes out."""

    @pytest.mark.parametrize(
        ("command", "shown"),
        [each for each in shown_commands() if "interview.json" not in each[0]],
        ids=[command for command, _ in shown_commands() if "interview.json" not in command],
    )
    def test_a_command_prints_what_the_page_shows(
        self,
        command: str,
        shown: list[str],
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        Every line that is shown is printed, in this order; `…` stands for what is left out.
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
    """What comes with an extra says so where the extra is not there."""

    def test_a_calendar_without_its_extra_names_it(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Wrong usage, no traceback, and how to come by the extra.
        """
        monkeypatch.setitem(sys.modules, "icalendar", None)
        monkeypatch.delitem(sys.modules, "ecei_rules.register.icalendar", raising=False)
        register = str(paths.EXAMPLES / "register" / "register.csv")

        assert main(["register", "export", register, "--format", "ics"]) == 2
        assert capsys.readouterr() == (
            "",
            "ecei-rules: a calendar needs the extra: pip install 'ecei-rules[calendar]'\n",
        )


class TestFiles:
    """A file is written whole or not at all."""

    def test_a_file_that_is_replaced_keeps_who_may_read_it(self, tmp_path: Path) -> None:
        """
        What was for its owner alone still is.
        """
        path = tmp_path / "register.json"
        path.touch(mode=0o600)

        write_file(str(path), "after")

        assert path.read_text(encoding="utf-8") == "after"
        assert path.stat().st_mode & 0o777 == 0o600

    def test_what_cannot_be_written_leaves_nothing_behind(self, tmp_path: Path) -> None:
        """
        Half of a surrogate pair has no bytes: the file is as before, and alone.
        """
        path = tmp_path / "register.json"
        path.write_text("before", encoding="utf-8")

        with pytest.raises(Unwritable, match=r"^cannot write .*register\.json: "):
            write_file(str(path), "\ud800")

        assert path.read_text(encoding="utf-8") == "before"
        assert list(tmp_path.iterdir()) == [path]


class TestQualityPage:
    """docs/quality.md: how the owner's floors are put in."""

    PAGE = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")

    def test_the_steps_give_a_ruleset_with_the_floors_of_the_page(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        What the page shows as shipped is so; with what it shows in its place the file is
        checked without a problem, and the example is awarded.
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
    """What the README shows is what comes out."""

    TEXT = (ROOT / "README.md").read_text(encoding="utf-8")

    def test_the_output_shown_is_the_output(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The example's explanation stands in the README as the command prints it.
        """
        shown = re.findall(r"^```text\n(.*?)^```$", self.TEXT, re.DOTALL | re.MULTILINE)

        assert main(["assess", str(paths.EXAMPLES / "awarded.json")]) == 0
        assert capfd.readouterr().out == shown[0]

    def test_there_are_two_commands(self) -> None:
        """
        One assesses, the other tests.
        """
        commands = re.findall(r"^```sh\n(.*?)^```$", self.TEXT, re.DOTALL | re.MULTILINE)

        assert ["assess" in each for each in commands] == [True, False]
        assert "pytest" in commands[1]

    def test_links_lead_to_files(self) -> None:
        """
        Every page that the README links to is there.
        """
        for link in re.findall(r"\]\(([^)]+)\)", self.TEXT):
            assert (ROOT / link).exists(), link


class TestAssess:
    """Assessing from the command line."""

    PATH = str(paths.EXAMPLES / "awarded.json")

    def test_a_requirement_that_is_not_met_ends_with_1(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        `--require awarded` makes a refusal a failure, and says of which file.
        """
        path = str(paths.EXAMPLES / "undetermined-incomplete.json")

        assert main(["assess", self.PATH, "--require", "awarded"]) == 0
        capfd.readouterr()
        assert main(["assess", path, "--require", "awarded"]) == 1
        assert capfd.readouterr().err == (f"ecei-rules: {path}: undetermined, required: awarded\n")

    def test_a_ruleset_is_named_or_in_a_file(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        A reference and the file it names give the same assessment.
        """
        file = str(ROOT / "rulesets" / "bronze" / "2019-11.json")

        for named in ("bronze@2019-11", file):
            assert main(["assess", self.PATH, "--ruleset", named, "--format", "json"]) == 0
        by_name, by_file = capfd.readouterr().out.splitlines()
        assert by_name == by_file

    def test_standard_input_is_a_file(self) -> None:
        """
        `-` reads what is piped in.
        """
        text = Path(self.PATH).read_bytes()

        piped = run("assess", "-", "--format", "json", given=text)

        assert piped.returncode == 0
        assert piped.stdout == run("assess", self.PATH, "--format", "json").stdout

    def test_several_files_are_told_apart(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        As text each has a heading, as JSON each has a line.
        """
        files = [str(path) for path in EXAMPLES if label_of(path) == "bronze"]

        assert main(["assess", *files]) == 0
        headings = [line for line in capfd.readouterr().out.splitlines() if line.startswith("==")]
        assert headings == [f"== {name}" for name in files]

    def test_one_bad_file_does_not_hide_the_others(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Each file is assessed or said to have problems; the worst decides the exit code.
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

    def test_a_day_without_rules_is_said(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        An interview of before November 2010 has no ruleset, and the periods are named.
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

    def test_an_interview_that_two_labels_judge_needs_the_label(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Silver and Gold share their catalogue, and the interview does not say which it is for.
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
    """Looking at editions, writing a skeleton, printing schemas, explaining codes."""

    @pytest.mark.parametrize("reference", ["benchmarking@2010-11", "benchmarking@2019-11"])
    def test_a_skeleton_has_every_question_and_only_wants_filling_in(
        self, reference: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Whatever `validate` says of a skeleton is a place to fill in; removing what is
        unanswered and filling in the head makes it an interview.
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

    def test_an_empty_skeleton_is_refused_place_by_place(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Nothing that was left empty is taken for an answer.
        """
        main(["new", "interview", "--catalogue", "benchmarking@2019-11"])
        path = tmp_path / "new.json"
        path.write_text(capfd.readouterr().out, encoding="utf-8")

        assert main(["validate", str(path), "--format", "json"]) == 1
        (found,) = json.loads(capfd.readouterr().out)["files"]
        assert len(found["problems"]) == 36 + 7 + 4

    @pytest.mark.parametrize("kind", ["catalogue", "ruleset", "interview", "assessment"])
    def test_a_schema_is_printed_as_it_stands(
        self, kind: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        What is printed is the published schema.
        """
        assert main(["schema", kind]) == 0
        assert json.loads(capfd.readouterr().out) == schema(kind)

    def test_the_schema_of_a_catalogues_interviews_is_the_written_one(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The file in schemas/interviews is this command's output.
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
    def test_a_command_does_what_it_says_in_both_forms(
        self, arguments: list[str], form: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Every look at an edition or a code ends with 0; as JSON it is JSON.
        """
        assert main([*arguments, "--format", form]) == 0
        printed = capfd.readouterr()
        assert printed.err == ""
        assert (form == "text") or json.loads(printed.out)

    def test_show_prints_what_can_be_read_again(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The JSON of an edition is the edition.
        """
        main(["ruleset", "show", "bronze@2019-11", "--format", "json"])
        shown = er.read_ruleset(capfd.readouterr().out)

        assert shown == er.shipped().ruleset("bronze", version="2019-11")

    def test_a_check_takes_rulesets_only(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        `ruleset check` of an interview says that it is none.
        """
        path = paths.EXAMPLES / "awarded.json"

        assert main(["ruleset", "check", str(path)]) == 1
        assert 'expected "ecei-ruleset/1", found "ecei-interview/1"' in capfd.readouterr().out

    def test_help_and_version_end_with_0_and_nonsense_with_2(self) -> None:
        """
        Wrong usage is 2 and says how it is used.
        """
        assert run("--help").returncode == run("--version").returncode == 0
        nonsense = run("asess")
        assert nonsense.returncode == 2
        assert nonsense.stderr.startswith(b"usage: ecei-rules")

    def test_a_reader_that_has_enough_is_no_failure(self) -> None:
        """
        Piping into a program that stops reading ends quietly.
        """
        code = (
            "import subprocess, sys\n"
            "made = subprocess.Popen([sys.executable, '-m', 'ecei_rules', 'catalogue', 'show',"
            " 'benchmarking@2019-11'], stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
            "made.stdout.close()\n"
            "print(made.stderr.read(), made.wait())"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert done.stdout == "b'' 0\n"

    def test_an_interrupted_command_ends_as_such(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Ctrl-C while standard input is awaited is no traceback.
        """

        class Awaited:
            """Standard input that is interrupted."""

            @property
            def buffer(self) -> Awaited:
                """Where bytes come from."""
                return self

            def readline(self, _size: int) -> bytes:
                """What Ctrl-C does to whoever waits."""
                raise KeyboardInterrupt

        monkeypatch.setattr(sys, "stdin", Awaited())

        assert main(["validate", "-"]) == 130

    @pytest.mark.parametrize("name", ["a\0b", "a\0b*", "no/such/file", "no/*/file", "docs"])
    def test_what_cannot_be_read_is_named(
        self, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A name that no file can have, one that none has, and a folder without documents.
        """
        monkeypatch.chdir(ROOT)

        for arguments in (["validate", name], ["assess", name], ["ruleset", "check", name]):
            assert main(arguments) == 2
            printed = capsys.readouterr()
            assert printed.out == ""
            assert printed.err.startswith("ecei-rules: cannot read ")
            assert printed.err.count("\n") == 1

    @given(st.binary() | st.sampled_from(FILES).map(Path.read_bytes).flatmap(cut_short))
    def test_any_bytes_end_with_an_exit_code(self, data: bytes) -> None:
        """
        Whatever a file holds, a command ends with one of its codes and no traceback.
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

    def test_output_can_be_collected(self) -> None:
        """
        Whoever calls a command with a stream of their own gets what it prints.
        """
        collected = StringIO()

        with redirect_stdout(collected):
            assert main(["explain", "ECEI302", "--format", "json"]) == 0

        assert json.loads(collected.getvalue())["code"] == "ECEI302"
