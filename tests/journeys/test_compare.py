"""docs/command-line.md, "compare", and docs/comparing.md: output and exit codes."""

from __future__ import annotations

import json
import re
from io import BytesIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from paths import EXAMPLES, ROOT

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.comparison.comparison import ChangeClass
from ecei_rules.documents.resources import schema

PAGE = (ROOT / "docs" / "comparing.md").read_text(encoding="utf-8")
#: A pair of each class of change, the harmless first.
BY_CLASS = (
    ("silver@2014-10", "silver@2017-01", "holder-safe"),
    ("silver@2017-01", "silver@2014-10", "holder-affecting"),
    ("gold@2012-04", "gold@2019-11", "data-breaking"),
    ("silver@2019-11", "gold@2019-11", "incomparable"),
)
CLASSES = [each.value for each in ChangeClass]


class TestPage:
    """docs/comparing.md shows the output of its commands."""

    @pytest.mark.parametrize(
        ("command", "shown"),
        re.findall(r"^```text\n\$ ecei-rules (.*?)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE),
        ids=lambda each: each.partition("\n")[0],
    )
    def test_page_shows_the_output(
        self,
        command: str,
        shown: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        Between one `…` and the next, the lines follow each other as printed.
        """
        monkeypatch.chdir(ROOT)

        main(command.split())

        printed = capsys.readouterr()
        rest = printed.out + printed.err
        first, *parts = re.split(r"^…\n", shown, flags=re.MULTILINE)
        assert rest.startswith(first)
        rest = rest.removeprefix(first)
        for part in (each for each in parts if each):
            _, found, rest = rest.partition(part)
            assert found == part
        assert rest == "" or shown.endswith("…\n")

    def test_page_shows_the_four_changes_of_the_scheme(self) -> None:
        """
        Bronze, Gold, and the two steps of Silver.
        """
        shown = re.findall(r"^\$ ecei-rules compare (\S+ \S+)$", PAGE, re.MULTILINE)

        assert shown == [
            "bronze@2010-11 bronze@2019-11",
            "gold@2012-04 gold@2019-11",
            "silver@2014-10 silver@2017-01",
            "silver@2017-01 silver@2019-11",
        ]


class TestFormats:
    """Text, JSON and Markdown."""

    PAIR = ("compare", "bronze@2010-11", "bronze@2019-11")

    def test_json_is_one_line(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        It is a document, with the file and line of each change.
        """
        assert main([*self.PAIR, "--format", "json"]) == 0
        printed = capfd.readouterr().out

        document = json.loads(printed)
        assert printed.count("\n") == 1
        assert document["format"] == "ecei-comparison/1"
        for change in document["changes"]:
            for place in (change[side] for side in ("old", "new") if side in change):
                lines = (ROOT / place["file"]).read_text(encoding="utf-8").splitlines()
                last = place["pointer"].rpartition("/")[2]
                assert last.isdecimal() or last in lines[place["line"] - 1]

    def test_markdown_has_a_heading(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        It begins with the title of the page.
        """
        assert main([*self.PAIR, "--format", "markdown"]) == 0
        assert capfd.readouterr().out.startswith(
            "# bronze@2010-11 (old) compared with bronze@2019-11 (new): incomparable\n"
        )

    def test_files_keep_their_given_names(
        self, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A ruleset in a file gives the same comparison, with its path in the places.
        """
        path = ROOT / "rulesets" / "bronze" / "2019-11.json"

        assert main(list(self.PAIR)) == 0
        by_name = capfd.readouterr().out
        monkeypatch.chdir(path.parent)
        assert main([*self.PAIR[:2], path.name]) == 0
        by_file = capfd.readouterr().out

        assert "(2019-11.json:1384)" in by_file
        assert "".join(by_file.split()) == "".join(by_name.split()).replace(
            "rulesets/bronze/2019-11.json:", "2019-11.json:"
        )


class TestInterviews:
    """`--from` and `--on`: the interviews that are compared."""

    def test_examples_derive_from_the_given_interview(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Outcomes are those of its day.
        """
        path = str(EXAMPLES / "awarded.json")

        assert main(["compare", "bronze@2010-11", "bronze@2019-11", "--from", path]) == 0
        text = capfd.readouterr().out
        interview = er.load_interview(path)
        assert f"held on\n{interview.conducted.on};" in text
        assert f"for example the interview of {interview.cluster.name} with\n" in text

    def test_interview_of_other_catalogue_is_refused(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        An answer belongs to the question of its own edition.
        """
        path = str(EXAMPLES / "awarded.json")

        assert main(["compare", "silver@2019-11", "gold@2019-11", "--from", path]) == 1
        printed = capfd.readouterr()
        assert printed.out == ""
        assert printed.err == (
            f"ecei-rules: {path}: the interview was held with benchmarking@2019-11,"
            " but gold@2019-11 judges quality@2019-11\n"
        )

    def test_day_can_be_chosen(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Outcomes are those of interviews on that day.
        """
        pair = ("silver@2014-10", "silver@2017-01")

        assert main(["compare", *pair, "--on", "2018-06-30", "--format", "json"]) == 0
        assert json.loads(capfd.readouterr().out)["on"] == "2018-06-30"


class TestFailOn:
    """`--fail-on CLASS` ends with 1 for a change of that class or a later one."""

    @pytest.mark.parametrize(("old", "new", "found"), BY_CLASS)
    @pytest.mark.parametrize("bound", CLASSES)
    def test_fails_on_the_class_or_a_later_one(
        self, old: str, new: str, found: str, bound: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The comparison is printed in any case, and the reason goes to standard error.
        """
        fails = CLASSES.index(found) >= CLASSES.index(bound)

        assert main(["compare", old, new, "--fail-on", bound]) == int(fails)
        printed = capfd.readouterr()
        assert f"(new): {found}\n" in printed.out
        assert printed.err == (
            f"ecei-rules: the change is {found}, --fail-on {bound}\n" if fails else ""
        )

    def test_equal_rulesets_never_fail(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        With another title there is an editorial change.
        """
        document = json.loads((ROOT / "rulesets" / "bronze" / "2019-11.json").read_bytes())
        document["title"]["en"] = "Another title"
        path = tmp_path / "2019-11.json"
        path.write_text(json.dumps(document), encoding="utf-8")

        for name, code in (("bronze@2019-11", 0), (str(path), 1)):
            assert main(["compare", "bronze@2019-11", name, "--fail-on", "editorial"]) == code
        assert capfd.readouterr().err == (
            "ecei-rules: the change is editorial, --fail-on editorial\n"
        )


class TestMisuse:
    """Wrong usage ends with 2, and no input causes a traceback."""

    @pytest.mark.parametrize(
        "arguments",
        [
            ["bronze@2019-11"],
            ["bronze@2019-11", "bronze@2019-11", "--fail-on", "harmless"],
            ["bronze@2019-11", "bronze@2019-11", "--on", "2019-02-30"],
            ["bronze@2019-11", "bronze@2019-11", "--on", "2019-12-01", "--from", "a.json"],
            ["bronze@2019-11", "bronze@2019-11", "--format", "html"],
        ],
        ids=" ".join,
    )
    def test_wrong_arguments_print_the_usage(
        self, arguments: list[str], capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Nothing is compared.
        """
        with pytest.raises(SystemExit, match=r"^2$"):
            main(["compare", *arguments])

        printed = capfd.readouterr()
        assert printed.out == ""
        assert printed.err.startswith("usage: ecei-rules compare")

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("bronze@1999-01", 'there is no edition "bronze@1999-01" (known: bronze@2010-11, '),
            ("no/such/file", "cannot read no/such/file: "),
        ],
    )
    def test_missing_files_are_named(
        self, name: str, message: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        As the old ruleset, as the new one, and as the interview.
        """
        for arguments in ([name, "bronze@2019-11"], ["bronze@2019-11", name]):
            assert main(["compare", *arguments]) == 2
            printed = capfd.readouterr()
            assert printed.out == ""
            assert printed.err.startswith(f"ecei-rules: {message}")

    @given(st.binary() | st.integers(0, 60_000))
    def test_any_bytes_end_with_an_exit_code(self, data: bytes | int) -> None:
        """
        Files that are truncated or not JSON cause no traceback.
        """
        whole = (ROOT / "rulesets" / "bronze" / "2010-11.json").read_bytes()
        with TemporaryDirectory() as folder:
            path = Path(folder) / "file.json"
            path.write_bytes(whole[:data] if isinstance(data, int) else data)
            for arguments in (
                [str(path), "bronze@2019-11"],
                ["bronze@2019-11", str(path)],
                ["bronze@2010-11", "bronze@2010-11", "--from", str(path)],
            ):
                assert main(["compare", *arguments]) in (0, 1)


class TestCorpus:
    """`--corpus PATH`: changed outcomes of real interviews and their causes."""

    def test_corpus_section_comes_last(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        Two of the examples lose Bronze, one for a criterion of its own.
        """
        corpus = str(EXAMPLES)

        assert main(["compare", "bronze@2010-11", "bronze@2019-11", "--corpus", corpus]) == 0

        *_, section = capfd.readouterr().out.partition("On the interviews given\n")
        assert section.startswith(
            "  Outcomes of 5 interviews under bronze@2010-11 (down) and bronze@2019-11 (across)\n"
        )
        assert "From awarded to not awarded: 2 interviews, due to\n" in section

    def test_markdown_has_a_section_with_a_table(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The corpus has a heading of its own.
        """
        arguments = ["--corpus", str(EXAMPLES), "--format", "markdown"]

        assert main(["compare", "bronze@2010-11", "bronze@2019-11", *arguments]) == 0

        *_, section = capfd.readouterr().out.partition("## On the interviews given\n")
        assert "| awarded | 2 | 2 | 0 | 4 |" in section

    def test_json_fits_the_schema(self, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """
        With changed outcomes, omitted documents and unreadable ones, which give exit code 1.
        """
        for name in ("awarded-in-2014.json", "awarded-gold.json"):
            (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
        (tmp_path / "broken.json").write_text("{")
        arguments = ["--corpus", str(tmp_path), "--format", "json"]

        assert main(["compare", "bronze@2010-11", "bronze@2019-11", *arguments]) == 1

        printed = capfd.readouterr()
        found = json.loads(printed.out)
        Draft202012Validator(schema("comparison")).validate(found)
        assert [each["name"] for each in found["corpus"]["moves"]] == ["Example Photonics Network"]
        assert found["corpus"]["unread"] == 1
        assert f"{tmp_path}/broken.json:1:2: ECEI104" in printed.err

    def test_reads_lines_of_standard_input(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        `-` reads the interviews from a pipe.
        """
        name = EXAMPLES / "awarded-in-2014.json"
        line = json.dumps(json.loads(name.read_text(encoding="utf-8"))).encode()
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(line + b"\n" + line)))

        assert main(["compare", "bronze@2010-11", "bronze@2019-11", "--corpus", "-"]) == 0

        assert "Outcomes of 2 interviews" in capfd.readouterr().out

    def test_missing_corpus_is_named(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        It is wrong usage.
        """
        arguments = ["compare", "bronze@2010-11", "bronze@2019-11", "--corpus", "no/such/folder"]

        assert main(arguments) == 2

        assert capfd.readouterr().err.startswith("ecei-rules: cannot read no/such/folder: ")
