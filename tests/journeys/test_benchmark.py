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
from fractions import Fraction
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from benchmark_samples import HELD, RULES, organisation
from paths import CASES, EXAMPLES, ROOT

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.history import Cluster, LabelEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecei_rules.interviews.interview import Interview

AWARDED = EXAMPLES / "awarded.json"
MADE_UP = CASES / "random-benchmark.json"
EXAMPLE = er.load_interview(AWARDED)
ON = ("--on", "2025-01-31")
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
            "ecei-rules: a benchmark of 6 organisations in 3 groups written to made.json\n",
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

        assert (code, messages, json.loads(printed)["interviews"]) == (0, "", 5)

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
        run("build", "corpus.ndjson", "--on", "2018-01-31", "-o", "old.json")
        run("build", "corpus.ndjson", *ON, "--label", "gold", "-o", "gold.json")

        made = er.load_benchmark("bro.json")
        assert made.interviews == 5
        assert er.load_benchmark("old.json").ruleset.version == "2010-11"
        assert er.load_benchmark("gold.json").of_another_catalogue == 5

    def test_higher_minimum_withholds_more(self, run: Any) -> None:
        """
        Six organisations are enough for a minimum of six, not for one of seven.
        """
        for minimum, groups in (("6", 3), ("7", 0)):
            run("build", corpus(several(6)), *ON, "--minimum", minimum, "-o", "made.json")
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
        messages = "ecei-rules: a benchmark of interviews needs a day; give it with --on\n"

        assert run("show", corpus([])) == (2, "", messages)

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

    def test_small_benchmark_is_printed_in_full(self, run: Any) -> None:
        """
        Groups, withheld figures with reasons, figures, and the number of unanswered questions.
        """
        answers = {
            "committed-participants": 63,
            "service-spectrum": ("matchmaking",),
            "composition": FrozenMap({"sme": 1, "research": 1}),
        }
        award = LabelEvent("gold", "awarded", HELD.on, valid_until=HELD.on.replace(year=2026))
        few = several(1, "NO", answers={**answers, "composition": FrozenMap({"sme": 0})})
        held = [*several(5, answers=answers, history=[award]), *few]
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
            " organisations.\n\n"
            "Groups and their numbers of organisations\n"
            "  - everybody 6\n"
            "  - labels: gold 5\n"
            "  - portfolios: none\n"
            "  - countries: IT 5; 1 country with fewer than 5 not listed\n\n"
            "Withheld, so that nobody is singled out\n"
            "  - everybody: Year of establishment, Legal form, Driving forces, Degree of"
            " specialisation, Growth\n    in participants and 35 more (fewer than 5 have a value)\n"
            "  - gold: Year of establishment, Legal form, Driving forces, Degree of specialisation,"
            " Growth in\n    participants and 35 more (fewer than 5 have a value)\n"
            "  - gold: Committed participants, Composition of the participants, Service spectrum"
            " (another\n    published group differs from it by fewer than 5)\n"
            "  - IT: Year of establishment, Legal form, Driving forces, Degree of specialisation,"
            " Growth in\n    participants and 35 more (fewer than 5 have a value)\n"
            "  - IT: Committed participants, Composition of the participants, Service spectrum"
            " (another published\n    group differs from it by fewer than 5)\n\n"
            "Structure of the cluster, everybody\n"
            "  - Committed participants: median 63 organisations, half between 63 and 63"
            " (6 answered); excellent\n    100.0 %, reasonable 0.0 %, improvable 0.0 %\n"
            "  - Composition of the participants: on average sme 50.0 %, large-company 0.0 %,"
            " research 50.0 %,\n    university 0.0 %, training 0.0 %, public 0.0 %, other 0.0 %,"
            " not-classified 0.0 % (5 answered, 1\n    without any count); excellent 0.0 %,"
            " reasonable 0.0 %, improvable 100.0 %\n\n"
            "Services of the cluster management, everybody\n"
            "  - Service spectrum: matchmaking 100.0 %, entrepreneurship 0.0 %, human-resources"
            " 0.0 %,\n    information-exchange 0.0 %, internationalisation 0.0 %,"
            " technology-development 0.0 %,\n    third-party-funding 0.0 % (6 answered);"
            " excellent 0.0 %, reasonable 0.0 %, improvable 100.0 %\n"
        )


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

        assert code == 0
        for messages, placing in zip(
            members_of(printed), er.place(benchmark, EXAMPLE), strict=True
        ):
            assert (messages["family"], messages.get("group")) == (placing.family, placing.group)
            assert messages.get("withheld") == placing.withheld
            match placing.position:
                case er.Rank(value=value, percentile=share, quarter=quarter):
                    assert (messages["value"], messages["quarter"]) == (value, quarter)
                    assert 0 <= share * 100 - Fraction(messages["percentile"]) < Fraction(1, 10)
                case er.Agreement(shares=shares):
                    assert list(messages["same"]) == sorted(shares)
                case er.PartRanks(ranks=ranks):
                    found = {name: each["value"] for name, each in messages["parts"].items()}
                    assert found == {name: each.value for name, each in ranks.items()}
                case None:
                    assert not {"value", "same", "parts"} & set(messages)

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
        for group in document["groups"]:
            for each in group["figures"]:
                if each.get("id") == "strategy":
                    each["distribution"]["counts"] = {"nothing": 1}
        Path("odd.json").write_text(json.dumps(document), encoding="utf-8")

        code, printed, messages = run("show", "odd.json", "--interview", str(AWARDED))

        assert (code, printed) == (1, "")
        assert re.match(r"benchmark: ECEI444 /groups/0/figures/\d+/distribution: the dis", messages)

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
        assert "chosen as well among 72: nothing to compare\n" in printed
        assert "  - Points in all: no points while answers are missing\n" in printed


class TestWords:
    """Wording of special cases."""

    def test_documented_gradings_give_no_warning(self) -> None:
        """
        Only illustrative values begin the text with NOT OFFICIAL.
        """
        benchmark = er.load_benchmark(MADE_UP)
        for basis, begins in (
            (er.Basis.DOCUMENTED, "The gradings behind grades and points are documented.\n"),
            (None, "There are no grades and no points.\n"),
        ):
            subjects = [evolve(each, basis=basis) for each in benchmark.subjects]
            explanation = er.explain_benchmark(evolve(benchmark, subjects=subjects, made_up=0))
            assert explanation.startswith(begins)

    def test_withheld_group_is_one_line(self) -> None:
        """
        Five of six hold the label, so the figures of the sixth could be computed. Without
        gradings there are no points, and a dimension without a title is named by its id.
        """
        full = {"members": 1, "staff": 1, "private": 1, "since": 2000, "listed": True}
        full |= {"form": "north", "services": (), "composition": {"north": 1}}
        held = [organisation(f"Holder {n}", labels=("gold",), **full) for n in range(5)]
        bare = evolve(RULES, grading={})
        made = er.build_benchmark([*held, organisation("Other", **full)], bare, on=HELD.on)

        explanation = er.explain_benchmark(made)

        assert (
            "  - gold: everything (another published group differs from it by fewer than 5)\n"
        ) in explanation
        assert "\nservices, everybody\n" in explanation
        assert "All dimensions" not in explanation

    def test_empty_benchmark(self) -> None:
        """
        The text says that it is empty.
        """
        ruleset = er.shipped().ruleset("bronze", version="2019-11")
        explanation = er.explain_benchmark(er.build_benchmark([], ruleset, on=HELD.on))

        assert "Benchmark of 0 organisations" in explanation
        assert "  - everybody: too few to be shown\n" in explanation

    def test_rounded_values_are_marked(self) -> None:
        """
        A rounded median is not presented as exact.
        """
        benchmark = er.load_benchmark(MADE_UP)
        everybody, *others = benchmark.groups
        figures = list(everybody.figures)
        rough = er.Numbers([2000], [72], er.Quartiles(2000, 2000, 2000), digits=2)
        figures[0] = evolve(figures[0], distribution=rough)
        explanation = er.explain_benchmark(
            evolve(benchmark, groups=[evolve(everybody, figures=figures), *others])
        )

        messages = "half between 2000 and 2000 (2 digits of each kept) (72 answered)"
        assert messages in " ".join(explanation.split())


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
