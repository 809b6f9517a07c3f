"""docs/command-line.md, "benchmark": output, files and exit codes."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from benchmark_samples import HELD
from paths import EXAMPLES, ROOT

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.history import Cluster, LabelEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecei_rules.interviews.interview import Interview

AWARDED = EXAMPLES / "awarded.json"
MADE_UP = EXAMPLES / "benchmarks" / "made-up.json"
EXAMPLE = er.load_interview(AWARDED)
ON = ("--on", "2025-01-31")
NEEDS_A_DAY = "ecei-rules: a benchmark of interviews needs a day; give it with --on\n"
NO_FIGURES = (
    "ecei-rules: the benchmark shows no figures: every group is too small, or its figures are"
    " withheld so that nobody is singled out\n"
)
Printed = tuple[int, str, str]


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def several(count: int, country: str = "IT", **more: Any) -> list[Interview]:
    """Return the example as the interviews of several organisations."""
    return [
        evolve(EXAMPLE, cluster=Cluster(f"{country} {number}", country), **more)
        for number in range(count)
    ]


def corpus(interviews: Sequence[Interview], *broken: str, name: str = "corpus.ndjson") -> str:
    """Write a file of interviews and other lines."""
    lines = [*map(er.write_interview, interviews), *broken]
    Path(name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return name


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Any:
    """Return a function that runs a command and returns its exit code and output."""

    def called(*arguments: str) -> Printed:
        code = main(["benchmark", *arguments])
        return code, *capfd.readouterr()

    return called


def written(count: int, groups: str) -> str:
    """Return the message on a written benchmark."""
    return f"ecei-rules: a benchmark of {count} organisations in {groups} written to made.json\n"


class TestBuild:
    """`benchmark build`."""

    def test_written_file_reads_back(self, run: Any) -> None:
        """
        It equals the benchmark that the library builds of the same interviews.
        """
        held = several(6)

        assert run("build", corpus(held), *ON, "-o", "made.json") == (
            0,
            "",
            f"{written(6, '3 groups')}{NO_FIGURES}",
        )
        ruleset = er.shipped().ruleset("bronze", version="2019-11")
        benchmark = er.load_benchmark("made.json")
        assert benchmark == er.build_benchmark(held, ruleset, on=er.load_benchmark("made.json").on)
        assert run("build", "corpus.ndjson", *ON, "-o", "-")[1] == (
            Path("made.json").read_text(encoding="utf-8") + "\n"
        )
        assert main(["validate", "made.json"]) == 0

    def test_folder_includes_all_interviews(self, run: Any) -> None:
        """
        A benchmark among them is not an interview and is passed over.
        """
        Path("folder").mkdir()
        corpus(several(3), name="folder/a.ndjson")
        corpus(several(3, "NO"), name="folder/b.ndjson")
        Path("folder/c.json").write_bytes(MADE_UP.read_bytes())

        assert run("build", "folder", *ON, "-o", "made.json")[0] == 0
        assert er.load_benchmark("made.json").interviews == 6

    def test_reads_standard_input(self, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        `-` is read as lines of interviews.
        """
        text = Path(corpus(several(5))).read_bytes()
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(text)))

        code, printed, messages = run("build", "-", *ON, "-o", "-")

        assert (code, messages, json.loads(printed)["interviews"]) == (0, NO_FIGURES, 5)

    def test_unreadable_lines_are_reported_and_the_rest_written(self, run: Any) -> None:
        """
        Each with its line; the exit code is 1.
        """
        held = several(5)

        messages = (
            "corpus.ndjson:7:1: ECEI201 (whole document): the document does not name its"
            ' format\n  hint: add "format": "ecei-interview/1"\n'
            "ecei-rules: a benchmark of 5 organisations in 3 groups written to made.json\n"
            "ecei-rules: left out: 1 document of an organisation counted before,"
            " 1 document that could not be read\n"
            f"{NO_FIGURES}"
        )

        found = run("build", corpus([*held, held[0]], "{}"), *ON, "-o", "made.json")

        assert found == (1, "", messages)

    def test_ruleset_can_be_chosen(self, run: Any) -> None:
        """
        By a label on the day, a reference or a file.
        """
        file = str(ROOT / "rulesets" / "bronze" / "2019-11.json")
        for option in (("--ruleset", "bronze@2019-11"), ("--ruleset", file), ("--label", "bronze")):
            run("build", corpus(several(5)), *ON, *option, "-o", f"{option[1][:3].strip('/')}.json")
        earlier = corpus([er.load_interview(EXAMPLES / "awarded-in-2014.json")], name="old.ndjson")
        run("build", earlier, "--on", "2018-01-31", "-o", "old.json")
        code, _, messages = run("build", "corpus.ndjson", *ON, "--label", "gold", "-o", "-")

        made = er.load_benchmark("bro.json")
        assert made.interviews == 5
        assert er.load_benchmark("old.json").ruleset.version == "2010-11"
        assert code == 1
        assert messages.endswith("left out: 5 documents of another edition of the catalogue\n")

    def test_higher_minimum_withholds_more(self, run: Any) -> None:
        """
        Nine organisations count as ten, which are at least eight and may be no nine.
        """
        for minimum, groups in (("8", 3), ("9", 0)):
            run("build", corpus(several(9)), *ON, "--minimum", minimum, "-o", "made.json")
            assert len(er.load_benchmark("made.json").groups) == groups

    @pytest.mark.parametrize("minimum", ["4", "0", "-5", "x", "100000", "٦"])
    def test_minimum_below_the_smallest_is_wrong_usage(
        self, minimum: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The bound is that of the benchmark, so that nobody is singled out by a mistyped number.
        """
        with pytest.raises(SystemExit) as ended:
            main(["benchmark", "build", "x", *ON, f"--minimum={minimum}", "-o", "x.json"])

        assert ended.value.code == 2
        assert capsys.readouterr().err.endswith(
            f"expected a number of organisations from 5 to 99999, found {minimum!r}\n"
        )

    def test_missing_corpus_is_wrong_usage(self, run: Any) -> None:
        """
        Nothing is written.
        """
        assert run("build", "nothing.ndjson", *ON, "-o", "made.json") == (
            2,
            "",
            "ecei-rules: cannot read nothing.ndjson: No such file or directory\n",
        )
        assert list(Path().iterdir()) == []

    def test_day_is_needed(self, run: Any) -> None:
        """
        The same words as `show` has.
        """
        assert run("build", corpus(several(5)), "-o", "made.json") == (2, "", NEEDS_A_DAY)
        assert not Path("made.json").exists()

    @pytest.mark.parametrize(
        ("lines", "reason"),
        [
            ([], ""),
            (["{}"], "; left out: 1 document that could not be read"),
            (
                [json.dumps(json.loads((EXAMPLES / "awarded-gold.json").read_bytes()))],
                "; left out: 1 document of another edition of the catalogue",
            ),
        ],
    )
    def test_nothing_is_written_if_nothing_is_counted(
        self, run: Any, lines: list[str], reason: str
    ) -> None:
        """
        A benchmark that is there already stays as it is; `show` ends in the same way.
        """
        Path("good.json").write_bytes(MADE_UP.read_bytes())
        name, told = (
            corpus([], *lines),
            f"ecei-rules: corpus.ndjson: no interview was counted{reason}",
        )

        for action in (("build", name, *ON, "-o", "good.json"), ("show", name, *ON)):
            code, printed, messages = run(*action)
            assert (code, printed, messages.splitlines()[-1]) == (1, "", told)
        assert Path("good.json").read_bytes() == MADE_UP.read_bytes()

    @pytest.mark.parametrize(("count", "groups"), [(4, "0 groups"), (6, "3 groups")])
    def test_benchmark_without_figures_is_written_with_a_warning(
        self, run: Any, count: int, groups: str
    ) -> None:
        """
        Four organisations are too few, and six that answer alike are withheld.
        """
        assert run("build", corpus(several(count)), *ON, "-o", "made.json") == (
            0,
            "",
            f"{written(count, groups)}{NO_FIGURES}",
        )
        assert er.load_benchmark("made.json").interviews == count

    def test_day_without_ruleset_is_refused(self, run: Any) -> None:
        """
        Without a ruleset in force nothing can be graded.
        """
        code, printed, messages = run("build", corpus([]), "--on", "2001-01-01", "-o", "made.json")

        assert (code, printed) == (1, "")
        assert messages.startswith("ecei-rules: no ruleset of bronze is in force on 2001-01-01")


class TestShow:
    """`benchmark show`."""

    def test_interviews_need_a_day(self, run: Any) -> None:
        """
        The library never uses the current day.
        """
        assert run("show", corpus([])) == (2, "", NEEDS_A_DAY)

    @pytest.mark.parametrize(
        ("options", "named"),
        [
            (["--on", "1999-01-01"], "--on"),
            (["--label", "gold"], "--label"),
            (["--ruleset", "bronze@2019-11"], "--ruleset"),
            (["--on", "1999-01-01", "--label", "gold"], "--on or --label"),
            (["--on", "1999-01-01", "--interview", str(AWARDED)], "--on"),
        ],
    )
    def test_benchmark_takes_no_options_of_interviews(
        self, run: Any, options: list[str], named: str
    ) -> None:
        """
        They were ignored in silence; `--ruleset` is one of `--interview` too.
        """
        message = f"ecei-rules: {MADE_UP} is a benchmark already, which {named} cannot change\n"

        assert run("show", str(MADE_UP), *options) == (2, "", message)

    def test_minimum_of_a_benchmark_can_be_raised(self, run: Any) -> None:
        """
        As if it had been built with it; a lower one than its own is wrong usage.
        """
        name = corpus(er.example_corpus(60))
        run("build", name, *ON, "-o", "five.json")
        run("build", name, *ON, "--minimum", "9", "-o", "nine.json")

        assert run("show", "five.json", "--minimum", "9") == run("show", "nine.json")
        assert run("show", "nine.json", "--minimum", "9") == run("show", "nine.json")
        assert run("show", "five.json", "--minimum", "9") != run("show", "five.json")
        assert run("show", "nine.json", "--minimum", "8") == (
            2,
            "",
            "ecei-rules: nine.json has the minimum 9, and --minimum 8 is lower\n",
        )

    def test_groups_that_are_not_guaranteed_are_not_called_small(self, run: Any) -> None:
        """
        Twelve of Norway count as ten, which may be eight.
        """
        name = corpus([*several(12, "NO"), *several(30), *several(1, "MT")])

        for minimum, told in (
            ("5", "IT 30, NO 10; 1 country with fewer than 5 not listed"),
            ("10", "IT 30; 2 countries not listed, because the rounded counts do not guarantee 10"),
        ):
            _, printed, _ = run("show", name, *ON, "--minimum", minimum)
            assert f"  - countries: {told}\n" in printed.replace("\n    ", " ")

    def test_interview_in_place_of_a_benchmark_gets_a_hint(self, run: Any) -> None:
        """
        The problem says where; the hint says how to show an interview.
        """
        code, printed, messages = run("show", str(AWARDED))

        assert (code, printed) == (1, "")
        assert messages.partition("\n")[2] == (
            "  hint: this is an interview; give it with --interview, or give a folder of interviews"
            " with --on\n"
        )
        assert "hint" not in run("show", str(ROOT / "rulesets" / "bronze" / "2019-11.json"))[2]

    def test_interviews_print_the_same_as_their_benchmark(self, run: Any) -> None:
        """
        In text and as JSON.
        """
        name = corpus(several(7), "{}")
        run("build", name, *ON, "-o", "made.json")

        for more in ((), ("--format", "json"), ("--interview", str(AWARDED))):
            code, printed, _ = run("show", "made.json", *more)
            again, of_corpus, _ = run("show", name, *ON, *more)
            assert (code, again, printed) == (0, 1, of_corpus)

    def test_lines_have_at_most_100_columns(self, run: Any) -> None:
        """
        Also with long names; names of organisations are never printed.
        """
        wide = "\N{FULLWIDTH LATIN CAPITAL LETTER A}<script>" * 30
        own = evolve(EXAMPLE, cluster=Cluster(wide, "IT", comparative_portfolio="ICT"))
        Path("own.json").write_text(er.write_interview(own), encoding="utf-8")

        for more in ((), ("--interview", "own.json")):
            code, printed, _ = run("show", str(MADE_UP), *more)
            assert code == 0
            assert max(map(len, printed.splitlines())) <= 100
            assert "script" not in printed
            # a median that may be in any class has no bounds, and is left out
            assert "None" not in printed
            assert "anything" not in printed

    def test_small_benchmark_is_printed_in_full(self, run: Any) -> None:
        """
        Groups, withheld figures, and the mark of invented interviews; where everybody
        answers alike nothing is shown.
        """
        award = LabelEvent("gold", "awarded", HELD.on, valid_until=HELD.on.replace(year=2026))
        held = [*several(5, history=[award]), *several(1, "NO")]
        noted = [evolve(each, extensions={"/x-made-up": True}) for each in held[:1]]
        name = corpus([*noted, *held[1:]])

        code, printed, _ = run("show", name, *ON)

        assert code == 0
        assert printed == (
            "MADE UP: 1 of the 6 interviews is made up. NOT OFFICIAL: grades and points follow"
            " illustrative\nvalues of this project, not the scheme owner's. The operator gives no"
            " ranking and no rating of a\nbenchmarking (slides of 2012): the points are this"
            " project's own.\n"
            "Benchmark of 6 organisations, labels as held on 2025-01-31\n"
            "Under bronze@2019-11, catalogue benchmarking@2019-11. All figures are of at least 5"
            " organisations,\nand of counts rounded to the nearest five: a group of 5 has 5 to 7,"
            " and one of 10 has 8 to 12.\n\n"
            "Groups and their numbers of organisations\n"
            "  - everybody 5\n"
            "  - labels: gold 5, bronze 5\n"
            "  - portfolios: none\n"
            "  - countries: IT 5; 1 country with fewer than 5 not listed\n\n"
            "Withheld, so that nobody is singled out\n"
            "  - everybody: everything\n"
            "  - gold: everything\n"
            "  - bronze: everything\n"
            "  - IT: everything\n"
        )


def outwards(share: er.ShareRange) -> list[int]:
    """Return a range in whole percent that leaves no part of it out."""
    return [int(100 * share.low), -int(-100 * share.high // 1)]


def members_of(printed: str) -> Any:
    """Return the placings that a command prints as JSON."""
    return json.loads(printed, parse_float=Decimal)["placings"]


class TestPlacings:
    """`benchmark show --interview`."""

    def test_json_has_the_content_of_the_text(self, run: Any) -> None:
        """
        Each kind of position with its figures.
        """
        own = ("--interview", str(AWARDED))
        code, printed, _ = run("show", str(MADE_UP), *own, "--format", "json")
        benchmark = er.load_benchmark(MADE_UP)
        head = json.loads(printed)["benchmark"]

        assert code == 0
        assert head["digest"] == er.digest(benchmark)
        assert (head["ruleset"]["label"], head["catalogue"]["id"]) == ("bronze", "benchmarking")
        assert (head["on"], head["minimum"]) == ("2022-06-30", 5)
        assert (head["interviews"], head["made_up"]) == (300, 300)
        assert head["notice"].startswith("MADE UP: All of the 300 interviews are made up. NOT OFF")
        for messages, placing in zip(
            members_of(printed), er.place(benchmark, EXAMPLE), strict=True
        ):
            assert (messages["family"], messages.get("group")) == (placing.family, placing.group)
            assert messages.get("withheld") == placing.withheld
            match placing.position:
                case er.Rank(number=number, percentile=share, median=median, middle_half=half):
                    low, high = messages["percentile"]
                    assert messages["class"] == number
                    assert 0 <= share.low * 100 - low < 1
                    assert 0 <= high - share.high * 100 < 1
                    assert messages.get("quarter") == share.quarter
                    assert messages["median"] == [median.first, median.last]
                    assert messages["middle_half"] == [half.first, half.last]
                case er.Agreement(shares=shares):
                    assert list(messages["same"]) == sorted(shares)
                    for name, share in shares.items():
                        assert messages["same"][name] == (share and outwards(share))
                case er.PartRanks(ranks=ranks):
                    found = {name: each["class"] for name, each in messages["parts"].items()}
                    assert found == {name: each.number for name, each in ranks.items()}
                case er.Attainment(share=share, indicators=indicators, graded=graded):
                    assert (messages["indicators"], messages["graded"]) == (indicators, graded)
                    assert messages["attained"] == outwards(share)
                case None:
                    assert not {"percentile", "same", "parts", "attained"} & set(messages)

    def test_other_catalogue_is_refused(self, run: Any) -> None:
        """
        In one line, with exit code 1.
        """
        gold = str(EXAMPLES / "awarded-gold.json")

        messages = (
            f"ecei-rules: {gold}: the interview was held with quality@2019-11, but bronze@2019-11"
            " judges benchmarking@2019-11\n"
        )

        assert run("show", str(MADE_UP), "--interview", gold) == (1, "", messages)

    def test_other_ruleset_is_refused(self, run: Any) -> None:
        """
        Its digest differs from that of the benchmark.
        """
        code, printed, messages = run(
            "show", str(MADE_UP), "--interview", str(AWARDED), "--ruleset", "bronze@2010-11"
        )

        assert (code, printed) == (1, "")
        assert "the ruleset bronze@2019-11 is not the one that was assessed" in messages

    def test_tampered_benchmark_is_refused(self, run: Any) -> None:
        """
        With its problems, and without a traceback.
        """
        document = json.loads(MADE_UP.read_bytes())
        for each in document["subjects"]:
            if each.get("id") == "strategy":
                each["tables"][0]["classes"][0] = ["nothing"]
        Path("odd.json").write_text(json.dumps(document), encoding="utf-8")

        code, printed, messages = run("show", "odd.json", "--interview", str(AWARDED))

        assert (code, printed) == (1, "")
        assert re.match(r"benchmark: ECEI444 /subjects/\d+/tables/0: the table does", messages)

    def test_breakdown_without_any_count_is_an_answer(self, run: Any) -> None:
        """
        It is graded as by `assess`, and ranks below those who cooperate.
        """
        answers = {**EXAMPLE.answers, "cluster-cooperation": er.FrozenMap({})}
        own = evolve(EXAMPLE, answers=answers)
        Path("own.json").write_text(er.write_interview(own), encoding="utf-8")

        _, printed, _ = run("show", str(MADE_UP), "--interview", "own.json")

        (found,) = re.findall(
            r"  - Cooperation with other clusters: (.*)\n    - everybody: (\w+ percentile 0) to ",
            printed,
        )
        assert found[0] == "none [improvable]"

    def test_missing_answers_show_the_figures_of_the_group(self, run: Any) -> None:
        """
        For unanswered questions and for indicators that do not apply.
        """
        ruleset = er.shipped().ruleset("bronze", version="2019-11")
        asked = ruleset.catalogue.asked
        may_not = next(name for name, each in asked.items() if each.not_applicable)
        own = evolve(
            EXAMPLE,
            answers={may_not: NotApplicable("not yet"), "service-spectrum": ()},
        )
        Path("own.json").write_text(er.write_interview(own), encoding="utf-8")

        code, printed, _ = run("show", str(MADE_UP), "--interview", "own.json")

        assert code == 0
        assert f"  - {asked[may_not].title}: not applicable (not yet)\n" in printed
        assert "  - Strategy: unanswered\n    - everybody: " in printed
        assert "  - Service spectrum: none" in printed
        assert "chosen as well among 300: nothing to compare\n" in printed
        assert "  - Points in all: no points while answers are missing\n" in printed


def test_terminal_shows_number_read() -> None:
    """
    Also if the result goes to the terminal, since it is printed at the end.
    """
    corpus(several(3))
    ours, theirs = pty.openpty()
    arguments = ["benchmark", "build", "corpus.ndjson", "--on", "2025-01-31", "-o", "made.json"]
    with subprocess.Popen(
        [sys.executable, "-m", "ecei_rules", *arguments],
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    ) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):
            while piece := os.read(ours, 4096):
                shown += piece
    os.close(ours)

    assert process.returncode == 0
    assert b"documents" in shown
    assert b"a benchmark of 3 organisations" in shown
