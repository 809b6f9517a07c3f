"""
The whole messages of bad documents, errors and the command line.

`tests/cases/messages` has bad documents, named for the problem code that they are about, and
next to each the text of the error of reading it (`.txt`) and the output of `validate`
(`.shown`); for a ruleset or an interview without a problem, the warnings of its review. After
a change to a message, write them and read the difference:

    PYTHONPATH=tests/support python tests/documents/test_messages.py --write

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
from ecei_rules.cli.validation.reports import TextReport
from ecei_rules.diagnostics.codes import PROBLEM_CODES
from ecei_rules.diagnostics.phrasing import number_of, visible
from ecei_rules.diagnostics.problem import step
from ecei_rules.documents.stages import MAX_SIZE, locate_in

MESSAGES = CASES / "messages"
EXAMPLE = EXAMPLES / "awarded.json"
GOLD = EXAMPLE.with_name("awarded-gold.json")
CATALOGUES = "(known: benchmarking@2010-11, benchmarking@2019-11, quality@2012-04, quality@2019-11)"
RULESETS = (
    "(known: bronze@2010-11, bronze@2019-11, silver@2014-10, silver@2017-01, silver@2019-11,"
    " gold@2012-04, gold@2019-11)"
)
CODE_RANGE = "codes run from ECEI101 to ECEI595"
NO_GOLD = "no ruleset of gold is in force on 2024-03-18 (the label has no ruleset)"
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
    """Return whether a lenient reader accepts a document as JSON."""
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
    """Return the shipped editions, and the small ones next to the documents."""
    shipped, folder = er.shipped(), MESSAGES / "editions"
    pilot = er.load_catalogue(folder / "pilot-catalogue.json")
    # the shipped rulesets of Silver leave no days for one of the tests' own
    others = [each for each in shipped.rulesets if each.label != "silver"]
    known = er.Edition([*shipped.catalogues, pilot], rulesets=others)
    silver = er.load_ruleset(folder / "silver-2020.json", edition=known)
    return er.Edition(known.catalogues, rulesets=[*known.rulesets, silver])


def refusal(path: Path) -> er.InvalidDocument:
    """Return the error of reading a bad document, or one with the warnings of a review."""
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
    found = locate_in(text, reviewed)
    assert found, f"{path.name} has no problem, so it is no bad document"
    return er.InvalidDocument(path.name, found)


def shown(path: Path) -> str:
    """Return the text that `validate` prints for a bad document."""
    text = path.read_bytes()
    target, report = Target(path.name, None, text), TextReport(quiet=False, color=False)
    lines = text.decode("utf-8", errors="replace").split("\n")
    return "".join(report.formatted(target, lines, each) for each in refusal(path).problems)


def write_texts() -> None:
    """Write the expected texts, and remove those without a document."""
    texts = {path.with_suffix(".txt"): f"{refusal(path)}\n" for path in DOCUMENTS}
    texts |= {path.with_suffix(".shown"): shown(path) for path in DOCUMENTS}
    for path in [*MESSAGES.glob("*.txt"), *MESSAGES.glob("*.shown")]:
        path.unlink()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def pointed_at(document: object, pointer: str) -> object:
    """Return the value that a JSON Pointer leads to; fail if there is none."""
    value = document
    for name in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(name)]
        else:
            assert isinstance(value, dict), f"there is nothing at {pointer}"
            value = value[name.replace("~1", "/").replace("~0", "~")]
    return value


class TestBadDocuments:
    """Every bad document gets exactly the text in the file next to it."""

    @each_document
    def test_bad_document_gets_its_text(self, path: Path) -> None:
        """Messages are part of the product, so they change only on purpose."""
        expected = path.with_suffix(".txt").read_text(encoding="utf-8")

        assert f"{refusal(path)}\n" == expected

    @each_document
    def test_bad_document_is_shown_with_excerpts(self, path: Path) -> None:
        """The excerpt and the mark under the place are compared too."""
        assert shown(path) == path.with_suffix(".shown").read_text(encoding="utf-8")

    @each_document
    def test_mark_is_below_the_place(self, path: Path) -> None:
        """The characters above the mark are those at the place in the file."""
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
    def test_document_is_named_for_a_problem_it_has(self, path: Path) -> None:
        """So readers find examples of a code by the name."""
        codes = {problem.code.lower() for problem in refusal(path).problems}

        assert path.stem.partition("-")[0] in codes

    def test_every_code_has_a_document(self) -> None:
        """
        Every code needs an example; those of listings and tables have theirs in
        tests/cases/pages.
        """
        found = {problem.code for path in DOCUMENTS for problem in refusal(path).problems}

        assert sorted(found) == sorted(
            code for code in PROBLEM_CODES if not "ECEI400" <= code < "ECEI441"
        )

    def test_every_document_has_a_text_and_every_text_a_document(self) -> None:
        """No test would read a text without its document."""
        texts = {path.stem for path in MESSAGES.glob("*.txt")}

        assert texts == {path.stem for path in DOCUMENTS}

    @each_document
    def test_only_a_format_of_another_version_is_unsupported(self, path: Path) -> None:
        """Callers can distinguish a document that is too new from one with problems."""
        error = refusal(path)
        versions = {problem.code for problem in error.problems} == {"ECEI202"}

        assert isinstance(error, er.UnsupportedFormat) is versions


class TestPlaces:
    """Every problem has a place in its document."""

    @each_document
    def test_line_and_column_are_in_the_text(self, path: Path) -> None:
        """An editor can go to the place, which may be the end of the text."""
        lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")

        for problem in refusal(path).problems:
            assert problem.line is not None
            assert problem.column is not None
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1

    @each_json_document
    def test_pointer_leads_to_a_value(self, path: Path) -> None:
        """A program can resolve the pointer to the value with the problem."""
        document = json.loads(path.read_bytes())

        for problem in refusal(path).problems:
            pointed_at(document, problem.where)

    @each_json_document
    def test_line_and_column_agree_with_the_pointer(self, path: Path) -> None:
        """The value or its name is at the line and column."""
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
    def test_problems_are_in_the_order_of_the_document(self, path: Path) -> None:
        """So authors fix a document from its beginning to its end."""
        places = [(problem.line or 0, problem.column or 0) for problem in refusal(path).problems]

        assert places == sorted(places)


class TestErrors:
    """The texts of errors that are not about one document."""

    def test_no_ruleset_in_force_lists_the_periods(self) -> None:
        """The message shows which days have a ruleset."""
        with pytest.raises(er.NoRulesetInForce) as raised:
            er.shipped().ruleset("bronze", on=date(2009, 12, 31))

        assert str(raised.value) == (
            "no ruleset of bronze is in force on 2009-12-31 (bronze@2010-11 from"
            " 2010-11-01 to 2019-11-14; bronze@2019-11 from 2019-11-15 on)"
        )

    def test_no_ruleset_in_force_for_a_label_without_rulesets(self) -> None:
        """The message distinguishes a label without rulesets from a day without one."""
        with pytest.raises(er.NoRulesetInForce) as raised:
            er.Edition([]).ruleset("gold", on=date(2024, 3, 18))

        assert str(raised.value) == NO_GOLD

    def test_unknown_ruleset_is_named_with_those_of_its_label(self) -> None:
        """The message shows the valid versions."""
        with pytest.raises(er.UnknownEdition) as raised:
            er.shipped().ruleset("bronze", version="2019")

        assert str(raised.value) == (
            'there is no edition "bronze@2019" (known: bronze@2010-11, bronze@2019-11)'
        )

    def test_unknown_catalogue_is_named_with_the_known_ones(self) -> None:
        """For an edition without catalogues the message says so."""
        with pytest.raises(er.UnknownEdition) as raised:
            er.Edition([]).catalogue("benchmarking", "2019-11")

        assert str(raised.value) == ('there is no edition "benchmarking@2019-11" (known: none)')

    def test_interview_of_another_catalogue_is_not_assessed(self) -> None:
        """The error names both catalogues, and the ruleset."""
        interview = er.load_interview(EXAMPLE)
        ruleset = er.shipped().ruleset("bronze", version="2010-11")

        with pytest.raises(er.WrongCatalogue) as raised:
            er.assess(interview, ruleset)

        assert str(raised.value) == WRONG_CATALOGUE

    def test_overlapping_rulesets_are_refused(self) -> None:
        """The error names both rulesets and the period of the earlier one."""
        with pytest.raises(er.ConflictingEditions) as raised:
            er.Edition(
                [], rulesets=[silver("2020", "2020-01-01", "2020-12-31"), silver("b", "2020-12-31")]
            )

        assert str(raised.value) == (
            "silver@b begins on 2020-12-31, while silver@2020 is in force"
            " from 2020-01-01 to 2020-12-31"
        )

    def test_undeclared_gap_is_refused(self) -> None:
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
            er.WrongBenchmark("bronze@2019-11", "gold@2019-11"),
            er.ConflictingEditions(["one", "other"]),
            er.BeyondMethod("a search through so many states"),
            er.UnknownIndicator("web", "quality@2019-11", ["web-presence"]),
            er.InvalidEffort("web-presence", "2.5"),
            er.DifferentOrganisations("Example (IT)", "Other (FR)"),
            er.DigestMismatch("the ruleset bronze@2019-11", "sha256:0", "sha256:1"),
        ],
        ids=lambda error: type(error).__name__,
    )
    def test_error_survives_pickling(self, error: er.EceiRulesError) -> None:
        """Errors cross process boundaries with their data."""
        copy = pickle.loads(pickle.dumps(error))

        assert type(copy) is type(error)
        assert (str(copy), vars(copy)) == (str(error), vars(error))

    def test_traceback_names_an_error_by_its_public_name(self) -> None:
        """It is `ecei_rules.InvalidDocument`, wherever the class is defined."""
        errors = [
            each
            for each in (getattr(er, name) for name in er.__all__)
            if isinstance(each, type) and issubclass(each, Exception)
        ]

        assert er.InvalidDocument in errors
        assert {each.__module__ for each in errors} == {"ecei_rules"}


def silver(version: str, first: str, last: str | None = None) -> er.Ruleset:
    """Return a ruleset of the label silver with the given period in force."""
    document = json.loads((MESSAGES / "editions" / "silver-2020.json").read_bytes())
    in_force = {"from": first} if last is None else {"from": first, "to": last}
    text = json.dumps({**document, "version": version, "in_force": in_force})
    catalogues = er.Edition(edition().catalogues)
    return er.read_ruleset(text, edition=catalogues)


class TestCommandLine:
    """The command line prints results to standard output, and the rest to standard error."""

    @pytest.fixture(autouse=True)
    def _in_the_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Run in the folder of the documents, so that their names have no path."""
        monkeypatch.chdir(MESSAGES)

    @each_document
    def test_validate_refuses_a_bad_document(
        self, path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each problem is a line that an editor can follow; other lines are hints."""
        code = main(["validate", "--strict", path.name])
        out, err = capsys.readouterr()
        lines = [e for e in out.splitlines() if not e.startswith("  ") and ": ok (" not in e]

        assert code == 1
        wrong = [line for line in lines if ": warning: " not in line]
        counts = ((len(wrong), "problem"), (len(lines) - len(wrong), "warning"))
        words = ", ".join(number_of(count, what) for count, what in counts if count)
        assert err == f"ecei-rules: {words}\n"
        for line in lines:
            assert re.match(re.escape(path.name) + r":\d+:\d+: ECEI\d{3} \S", line)

    def test_validate_prints_the_problems_of_the_library(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It prints the file's name before each problem."""
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
                " /answers/participant-growth: expected a percentage,"
                " -100 to 1000, found 1001\n"
                '  9 |     "participant-growth": 1001\n'
                "    |                           ^^^^\n"
            ),
            "ecei-rules: 3 problems\n",
        )

    def test_file_larger_than_the_limit_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The command line has no max_size, and the message states the limit."""
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

    def test_ruleset_check_accepts_rulesets_only(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The message names the expected format."""
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

    def test_interview_with_problems_is_not_assessed(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Problems are not a result of `assess`, so they go to standard error."""
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

    def test_bad_ruleset_prevents_assessments(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The problems of the ruleset are printed once for all interviews."""
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

    def test_unmet_requirement_is_printed(self, capsys: pytest.CaptureFixture[str]) -> None:
        """If an outcome makes a build fail, the message names the outcome."""
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
    def test_failing_call_prints_the_reason(
        self,
        arguments: list[str],
        code: int,
        message: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """It prints one line on standard error, nothing on standard output, and no traceback."""
        assert main(arguments) == code
        assert capsys.readouterr() == ("", f"ecei-rules: {message}\n")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/documents/test_messages.py --write")
    write_texts()
