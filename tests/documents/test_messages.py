"""
The messages, whole: what each bad document is told, and what each error says.

`tests/cases/messages` holds bad documents, named for the problem code that they are about,
and beside each the text of the error that reading it raises (`.txt`) and what `validate`
prints (`.shown`); of a ruleset or an interview that is read without a problem, that of
what a review finds in it besides. After a message was changed, write them anew and read
the difference:

    python tests/documents/test_messages.py --write

The documents are read with the shipped editions and with the small ones in
`tests/cases/messages/editions`. A document whose name ends in `max-N-bytes` is read with
`max_size=N`.
"""

from __future__ import annotations

import errno
import json
import os
import pickle
import re
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from paths import CASES, EXAMPLES
from rich.cells import cell_len

import ecei_rules as er
from ecei_rules._files import read_document
from ecei_rules.analysis.checks.interview_review import review_interview
from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.cli.main import main
from ecei_rules.cli.targets import Target
from ecei_rules.cli.validation_reports import TextReport
from ecei_rules.diagnostics.codes import PROBLEM_CODES
from ecei_rules.diagnostics.phrasing import number_of, visible
from ecei_rules.diagnostics.problem import step
from ecei_rules.documents.stages import MAX_SIZE, placed

MESSAGES = CASES / "messages"
EXAMPLE = EXAMPLES / "awarded.json"
GOLD = EXAMPLE.with_name("awarded-gold.json")
CATALOGUES = "(known: benchmarking@2010-11, benchmarking@2019-11, quality@2012-04, quality@2019-11)"
RULESETS = (
    "(known: bronze@2010-11, bronze@2019-11, silver@2014-10, silver@2017-01, silver@2019-11,"
    " gold@2012-04, gold@2019-11)"
)
CODE_RANGE = "codes run from ECEI101 to ECEI595"
NO_GOLD = "no ruleset of gold is in force on 2024-03-18 (there is none at all)"
QUALITY = "the catalogue quality serves silver or gold; say which with --label"
WRONG_CATALOGUE = (
    "the interview was held with benchmarking@2019-11,"
    " but bronze@2010-11 judges benchmarking@2010-11"
)
OTHER_CATALOGUE = (
    "the interview was held with benchmarking@2019-11, but gold@2019-11 judges quality@2019-11"
)
NO_FILE, FOLDER = os.strerror(errno.ENOENT), os.strerror(errno.EISDIR)
DOCUMENTS = sorted(MESSAGES.glob("*.json"))


def is_json(path: Path) -> bool:
    """Whether a lenient reader takes a document for JSON."""
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
each_json_document = pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if is_json(path)], ids=lambda path: path.stem
)


@cache
def edition() -> er.Edition:
    """The shipped editions, and the small ones beside the documents."""
    shipped, folder = er.shipped(), MESSAGES / "editions"
    pilot = er.load_catalogue(folder / "pilot-catalogue.json")
    # the shipped rulesets of Silver leave no days for one of the tests' own
    others = [each for each in shipped.rulesets if each.label != "silver"]
    known = er.Edition([*shipped.catalogues, pilot], rulesets=others)
    silver = er.load_ruleset(folder / "silver-2020.json", edition=known)
    return er.Edition(known.catalogues, rulesets=[*known.rulesets, silver])


def refusal(path: Path) -> er.InvalidDocument:
    """The error that reading a bad document raises, or that has what a review finds in it."""
    limit = re.search(r"max-(\d+)-bytes$", path.stem)
    max_size = int(limit[1]) if limit else MAX_SIZE
    text = path.read_bytes()
    try:
        value = read_document(text, edition=edition(), name=path.name, max_size=max_size)
    except er.InvalidDocument as error:
        return error
    reviewed: tuple[er.Problem, ...] = ()
    if isinstance(value, er.Ruleset):
        reviewed = review_ruleset(value)
    elif isinstance(value, er.Interview):
        reviewed = review_interview(value)
    found = placed(text, reviewed)
    assert found, f"{path.name} has no problem, so it is no bad document"
    return er.InvalidDocument(path.name, found)


def shown(path: Path) -> str:
    """What `validate` prints of a bad document."""
    text = path.read_bytes()
    target, report = Target(path.name, None, text), TextReport(quiet=False, color=False)
    lines = text.decode("utf-8", errors="replace").split("\n")
    return "".join(report.formatted(target, lines, each) for each in refusal(path).problems)


def write_texts() -> None:
    """Write the texts anew, and remove those whose document is gone."""
    texts = {path.with_suffix(".txt"): f"{refusal(path)}\n" for path in DOCUMENTS}
    texts |= {path.with_suffix(".shown"): shown(path) for path in DOCUMENTS}
    for path in [*MESSAGES.glob("*.txt"), *MESSAGES.glob("*.shown")]:
        path.unlink()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def pointed_at(document: object, pointer: str) -> object:
    """What a JSON Pointer points at; an error if there is nothing."""
    value = document
    for name in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(name)]
        else:
            assert isinstance(value, dict), f"nothing stands at {pointer}"
            value = value[name.replace("~1", "/").replace("~0", "~")]
    return value


class TestBadDocuments:
    """Every bad document gets exactly the text that stands beside it."""

    @each_document
    def test_a_bad_document_gets_its_text(self, path: Path) -> None:
        """A message is part of what is shipped, so it changes only on purpose."""
        expected = path.with_suffix(".txt").read_text(encoding="utf-8")

        assert f"{refusal(path)}\n" == expected

    @each_document
    def test_a_bad_document_is_shown_so(self, path: Path) -> None:
        """So are the line and the mark under the place."""
        assert shown(path) == path.with_suffix(".shown").read_text(encoding="utf-8")

    @each_document
    def test_the_mark_stands_under_the_place(self, path: Path) -> None:
        """The characters above the mark are those that stand at the place in the file."""
        lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")
        printed = [each[each.index("|") + 2 :] for each in shown(path).split("\n") if " | " in each]
        found = refusal(path).problems

        for problem, line, mark in zip(found, printed[::2], printed[1::2], strict=True):
            assert problem.line is not None
            assert problem.column is not None
            start = problem.column - 1
            there = lines[problem.line - 1].rstrip("\r")[start : start + 1]
            before = (line[:end] for end in range(len(line) + 1))
            blanks = mark.index("^")
            above = next((line[len(e) :] for e in before if cell_len(e) == blanks), "")
            assert above.startswith(visible(there.replace("\t", " "))) or there in ("", "\t", " ")
            assert cell_len(line) <= 100

    @each_document
    def test_a_document_is_named_for_a_problem_it_has(self, path: Path) -> None:
        """Whoever looks for examples of a code finds them by the name."""
        codes = {problem.code.lower() for problem in refusal(path).problems}

        assert path.stem.partition("-")[0] in codes

    def test_every_code_has_a_document(self) -> None:
        """
        A code without an example would be one that nobody has seen; those of listings
        and tables have theirs in tests/cases/pages.
        """
        found = {problem.code for path in DOCUMENTS for problem in refusal(path).problems}

        assert sorted(found) == sorted(
            code for code in PROBLEM_CODES if not "ECEI400" <= code < "ECEI441"
        )

    def test_every_document_has_a_text_and_every_text_a_document(self) -> None:
        """A text without its document would be tested by nothing."""
        texts = {path.stem for path in MESSAGES.glob("*.txt")}

        assert texts == {path.stem for path in DOCUMENTS}

    @each_document
    def test_only_a_format_of_another_version_is_unsupported(self, path: Path) -> None:
        """A caller may tell a document that is too new from one that is wrong."""
        error = refusal(path)
        versions = {problem.code for problem in error.problems} == {"ECEI202"}

        assert isinstance(error, er.UnsupportedFormat) is versions


class TestPlaces:
    """Every problem is somewhere in its document."""

    @each_document
    def test_the_line_and_the_column_are_in_the_text(self, path: Path) -> None:
        """An editor that is sent to the place finds it; the end of the text is one."""
        lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")

        for problem in refusal(path).problems:
            assert problem.line is not None
            assert problem.column is not None
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1

    @each_json_document
    def test_the_pointer_points_at_something(self, path: Path) -> None:
        """A program that resolves the pointer finds the value that is meant."""
        document = json.loads(path.read_bytes())

        for problem in refusal(path).problems:
            pointed_at(document, problem.where)

    @each_json_document
    def test_the_value_or_its_name_stands_at_the_line_and_the_column(self, path: Path) -> None:
        """The place for people and the place for programs are the same place."""
        text = path.read_bytes().decode("utf-8", errors="replace")
        starts = [0, *(found.end() for found in re.finditer("\n", text))]

        for problem in refusal(path).problems:
            if problem.code < "ECEI201":
                continue
            assert problem.line is not None
            assert problem.column is not None
            offset = starts[problem.line - 1] + problem.column - 1
            there, _ = json.JSONDecoder().raw_decode(text, offset)
            if problem.at_name:
                assert problem.where.endswith(step(there))
            else:
                assert there == pointed_at(json.loads(text), problem.where)

    @each_document
    def test_problems_stand_in_the_order_of_the_document(self, path: Path) -> None:
        """Who mends a document goes through it once, from its beginning."""
        places = [(problem.line or 0, problem.column or 0) for problem in refusal(path).problems]

        assert places == sorted(places)


class TestErrors:
    """What the errors say that are not about one document."""

    def test_no_ruleset_in_force_names_the_periods_there_are(self) -> None:
        """Whoever asks for a day outside them sees what to ask for."""
        with pytest.raises(er.NoRulesetInForce) as raised:
            er.shipped().ruleset("bronze", on=date(2009, 12, 31))

        assert str(raised.value) == (
            "no ruleset of bronze is in force on 2009-12-31 (bronze@2010-11 from"
            " 2010-11-01 to 2019-11-14; bronze@2019-11 from 2019-11-15 on)"
        )

    def test_no_ruleset_in_force_says_that_there_is_none_at_all(self) -> None:
        """A label without rulesets is told from a day without one."""
        with pytest.raises(er.NoRulesetInForce) as raised:
            er.Edition([]).ruleset("gold", on=date(2024, 3, 18))

        assert str(raised.value) == NO_GOLD

    def test_an_unknown_ruleset_is_named_with_those_of_its_label(self) -> None:
        """Whoever mistypes a version sees the right ones."""
        with pytest.raises(er.UnknownEdition) as raised:
            er.shipped().ruleset("bronze", version="2019")

        assert str(raised.value) == (
            'there is no edition "bronze@2019" (known: bronze@2010-11, bronze@2019-11)'
        )

    def test_an_unknown_catalogue_is_named_with_the_known_ones(self) -> None:
        """An edition without catalogues says so instead of listing nothing."""
        with pytest.raises(er.UnknownEdition) as raised:
            er.Edition([]).catalogue("benchmarking", "2019-11")

        assert str(raised.value) == ('there is no edition "benchmarking@2019-11" (known: none)')

    def test_an_interview_of_another_catalogue_is_not_assessed(self) -> None:
        """The error names both catalogues, and which ruleset was asked."""
        interview = er.load_interview(EXAMPLE)
        ruleset = er.shipped().ruleset("bronze", version="2010-11")

        with pytest.raises(er.WrongCatalogue) as raised:
            er.assess(interview, ruleset)

        assert str(raised.value) == WRONG_CATALOGUE

    def test_overlapping_rulesets_make_no_edition(self) -> None:
        """The error names both rulesets and the days of the one that came first."""
        with pytest.raises(er.ConflictingEditions) as raised:
            er.Edition(
                [], rulesets=[silver("2020", "2020-01-01", "2020-12-31"), silver("b", "2020-12-31")]
            )

        assert str(raised.value) == (
            "silver@b begins on 2020-12-31, while silver@2020 is in force"
            " from 2020-01-01 to 2020-12-31"
        )

    def test_an_undeclared_gap_makes_no_edition(self) -> None:
        """The error names the first and the last day without a ruleset."""
        with pytest.raises(er.ConflictingEditions) as raised:
            er.Edition(
                [], rulesets=[silver("2020", "2020-01-01", "2020-12-31"), silver("b", "2021-01-03")]
            )

        assert str(raised.value) == (
            "no ruleset of silver is in force from 2021-01-01 to 2021-01-02"
        )

    @pytest.mark.parametrize(
        "error",
        [
            er.InvalidDocument("a.json", [er.Problem("ECEI205", "", "x", "y", line=1, column=2)]),
            er.UnsupportedFormat("a.json", [er.Problem("ECEI202", "/format", "x")]),
            er.NoRulesetInForce("gold", date(2024, 3, 18), ["gold@1 from 2020-01-01 on"]),
            er.UnknownEdition("bronze@2019", ["bronze@2019-11"]),
            er.WrongCatalogue("pilot@1", "bronze@2019-11", "benchmarking@2019-11"),
            er.ConflictingEditions(["one", "other"]),
        ],
        ids=lambda error: type(error).__name__,
    )
    def test_an_error_survives_pickling(self, error: er.EceiRulesError) -> None:
        """Errors cross process boundaries with all they know."""
        copy = pickle.loads(pickle.dumps(error))

        assert type(copy) is type(error)
        assert (str(copy), vars(copy)) == (str(error), vars(error))


def silver(version: str, first: str, last: str | None = None) -> er.Ruleset:
    """A ruleset of the label silver with its days in force."""
    document = json.loads((MESSAGES / "editions" / "silver-2020.json").read_bytes())
    in_force = {"from": first} if last is None else {"from": first, "to": last}
    text = json.dumps({**document, "version": version, "in_force": in_force})
    catalogues = er.Edition(edition().catalogues)
    return er.read_ruleset(text, edition=catalogues)


class TestCommandLine:
    """What the command line says: results to standard output, the rest to standard error."""

    @pytest.fixture(autouse=True)
    def _in_the_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Name the documents as somebody does who stands beside them."""
        monkeypatch.chdir(MESSAGES)

    @each_document
    def test_validate_refuses_a_bad_document(
        self, path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each problem is a line that an editor can follow; the rest are hints."""
        code = main(["validate", "--strict", path.name])
        out, err = capsys.readouterr()
        lines = [e for e in out.splitlines() if not e.startswith("  ") and ": ok (" not in e]

        assert code == 1
        wrong = [line for line in lines if ": warning: " not in line]
        counts = ((len(wrong), "problem"), (len(lines) - len(wrong), "warning"))
        said = ", ".join(number_of(count, what) for count, what in counts if count)
        assert err == f"ecei-rules: {said}\n"
        for line in lines:
            assert re.match(re.escape(path.name) + r":\d+:\d+: ECEI\d{3} \S", line)

    def test_validate_says_what_the_library_says(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Only the file's name stands before each problem."""
        code = main(["validate", "ecei302-of-the-shipped-catalogue.json"])

        assert code == 1
        assert capsys.readouterr() == (
            (
                "ecei302-of-the-shipped-catalogue.json:7:5: ECEI302"
                " /answers/commited-participants: the catalogue has no indicator"
                ' "commited-participants"\n'
                '  7 |     "commited-participants": 63,\n'
                "    |     ^^^^^^^^^^^^^^^^^^^^^^^\n"
                '  hint: did you mean "committed-participants"?\n'
                "ecei302-of-the-shipped-catalogue.json:8:19: ECEI306"
                ' /answers/legal-form: there is no option "association"\n'
                '  8 |     "legal-form": "association",\n'
                "    |                   ^^^^^^^^^^^^^\n"
                '  hint: the options are "informal-network", "hosted-project",'
                ' "hosted-unit" and "own-legal-form"\n'
                "ecei302-of-the-shipped-catalogue.json:9:27: ECEI305"
                " /answers/participant-growth: expected a number of percent,"
                " -100 to 1000, found 1001\n"
                '  9 |     "participant-growth": 1001\n'
                "    |                           ^^^^\n"
            ),
            "ecei-rules: 3 problems\n",
        )

    def test_a_file_larger_than_a_reader_takes_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The command line has no max_size, and says how much it reads."""
        large = tmp_path / "large.json"
        large.write_bytes(b" " * (MAX_SIZE + 1))

        code = main(["validate", str(large)])

        assert code == 1
        assert capsys.readouterr() == (
            (
                f"{large}:1:1: ECEI101 (whole document): the document is larger than"
                " 16,777,216 bytes\n"
                f"  1 | {' ' * 99}…\n"
                "    | ^\n"
            ),
            "ecei-rules: 1 problem\n",
        )

    def test_a_ruleset_is_checked_as_a_ruleset_only(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """`ruleset check` names the format that it wants."""
        code = main(["ruleset", "check", "ecei305-negative-count.json"])

        assert code == 1
        assert capsys.readouterr() == (
            (
                "ecei305-negative-count.json:2:13: ECEI203 /format: expected"
                ' "ecei-ruleset/1", found "ecei-interview/1"\n'
                '  2 |   "format": "ecei-interview/1",\n'
                "    |             ^^^^^^^^^^^^^^^^^^\n"
            ),
            "ecei-rules: 1 problem\n",
        )

    def test_problems_keep_an_interview_from_being_assessed(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Problems are no result of `assess`, so they go to standard error."""
        code = main(["assess", "ecei203-misspelt.json"])

        assert code == 1
        assert capsys.readouterr() == (
            "",
            (
                "ecei203-misspelt.json:2:13: ECEI203 /format: expected"
                ' "ecei-interview/1", found "ecei-inteview/1"\n'
                '  hint: did you mean "ecei-interview/1"?\n'
            ),
        )

    def test_a_bad_ruleset_keeps_interviews_from_being_assessed(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The problems of the ruleset are told once, whatever the interviews are."""
        code = main(
            ["assess", str(EXAMPLE), "--ruleset", "ecei213-period-the-wrong-way-round.json"]
        )

        assert code == 1
        assert capsys.readouterr() == (
            "",
            (
                "ecei213-period-the-wrong-way-round.json:6:16: ECEI301 /catalogue: there is no"
                ' catalogue edition "pilot@1"\n'
                f"  hint: {CATALOGUES[1:-1]}\n"
            ),
        )

    def test_a_requirement_that_is_not_met_is_said(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Whoever lets a build fail on an outcome reads which one it was."""
        name = str(EXAMPLE.with_name("undetermined-incomplete.json"))

        code = main(["assess", name, "--require", "awarded", "--format", "json"])

        assert code == 1
        assert capsys.readouterr().err == f"ecei-rules: {name}: undetermined, required: awarded\n"

    @pytest.mark.parametrize(
        ("arguments", "code", "message"),
        [
            (["validate", "no.json"], 2, f"cannot read no.json: {NO_FILE}"),
            (["validate", "no/*.json"], 2, "cannot read no/*.json: no file fits the pattern"),
            (["assess", "no.json"], 2, f"cannot read no.json: {NO_FILE}"),
            (["assess", "editions"], 2, f"cannot read editions: {FOLDER}"),
            (
                ["assess", str(EXAMPLE), "--ruleset", "editions"],
                2,
                f"cannot read editions: {FOLDER}",
            ),
            (
                ["assess", str(EXAMPLE), "--ruleset", "bronze@2020"],
                2,
                f'there is no edition "bronze@2020" {RULESETS}',
            ),
            (
                ["assess", str(EXAMPLE), "--ruleset", "bronze@2010-11"],
                1,
                f"{EXAMPLE}: {WRONG_CATALOGUE}",
            ),
            (
                ["assess", str(EXAMPLE), "--label", "gold"],
                1,
                f"{EXAMPLE}: {OTHER_CATALOGUE}",
            ),
            (
                ["assess", str(GOLD)],
                2,
                f"{GOLD}: {QUALITY}",
            ),
            (
                ["catalogue", "show", "benchmarking"],
                2,
                f'there is no edition "benchmarking" {CATALOGUES}',
            ),
            (
                ["ruleset", "show", "silver@2019"],
                2,
                f'there is no edition "silver@2019" {RULESETS}',
            ),
            (
                ["new", "interview", "--catalogue", "benchmarking@2020"],
                2,
                f'there is no edition "benchmarking@2020" {CATALOGUES}',
            ),
            (
                ["schema", "interview", "--catalogue", "benchmarking@2020"],
                2,
                f'there is no edition "benchmarking@2020" {CATALOGUES}',
            ),
            (
                ["schema", "ruleset", "--catalogue", "benchmarking@2019-11"],
                2,
                '--catalogue goes only with "schema interview"',
            ),
            (["explain", "nonsense"], 2, f'there is no code "nonsense"; {CODE_RANGE}'),
            (
                ["explain", "ecei999"],
                2,
                f'there is no code "ecei999"; {CODE_RANGE}',
            ),
        ],
        ids=lambda value: (
            " ".join(Path(each).name for each in value) if isinstance(value, list) else ""
        ),
    )
    def test_a_call_that_cannot_be_answered_is_told_why(
        self,
        arguments: list[str],
        code: int,
        message: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """One line on standard error, nothing on standard output, and no traceback."""
        assert main(arguments) == code
        assert capsys.readouterr() == ("", f"ecei-rules: {message}\n")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/documents/test_messages.py --write")
    write_texts()
