"""docs/report.md: the report in a browser, as PDF and from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from browser import PAPER, PHONE, SHEETS, Sheet, opened
from paths import EXAMPLES, ROOT

import ecei_rules as er
from ecei_rules.cli.commands.report import NO_PDF, NO_REPORT
from ecei_rules.cli.main import main
from ecei_rules.diagnostics.phrasing import visible

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AWARDED = str(EXAMPLES / "awarded.json")
ON = date(2024, 6, 30)
RULES = er.shipped().ruleset("bronze", on=ON)
#: Names that would break a page that took them for markup.
HOSTILE = (
    "<script>document.title = 'taken'</script>",
    "X" * 300,
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd \u05d0\u05e9\u05db\u05d5\u05dc",
    "\U0001f680\U0001f9ec\U0001f469\u200d\U0001f52c Emoji Cluster \U0001f1ea\U0001f1fa",
)
each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)


@cache
def corpus() -> tuple[er.Interview, ...]:
    """Return made-up interviews."""
    return tuple(er.example_corpus(150))


@cache
def benchmark() -> er.Benchmark:
    """Return a benchmark of them."""
    return er.build_benchmark(corpus(), RULES, on=ON)


def named(name: str) -> er.Interview:
    """Return a made-up interview whose organisation and portfolio have a name."""
    interview = corpus()[7]
    cluster = evolve(interview.cluster, name=name, comparative_portfolio=name)
    return evolve(interview, cluster=cluster)


def written(folder: Path, interview: er.Interview, language: str = "en") -> Path:
    """Write the report on an interview into a file."""
    content = er.individual_report(interview, RULES, benchmark=benchmark())
    file = folder / "report.html"
    file.write_text(er.report_html(content, language=language), encoding="utf-8")
    return file


@pytest.mark.slow
class TestBrowser:
    """The page in a real browser, without a network."""

    @each_sheet
    @pytest.mark.parametrize("language", ["en", "de"])
    def test_layout_on_every_sheet(
        self, browser: Browser, tmp_path: Path, sheet: Sheet, language: str
    ) -> None:
        """
        No errors, no requests, no text cut or overlapping, no barrier for anybody.
        """
        with opened(browser, written(tmp_path, corpus()[7], language), sheet) as tab:
            assert (tab.errors, tab.requests) == ([], [])
            assert tab.cut() == []
            assert tab.overlapping() == []
            assert tab.violations() == []

    @pytest.mark.parametrize("name", HOSTILE, ids=["markup", "long", "from the right", "emoji"])
    @pytest.mark.parametrize("sheet", [PHONE, PAPER], ids=lambda sheet: sheet.name)
    def test_names_are_text_and_keep_the_layout(
        self, browser: Browser, tmp_path: Path, name: str, sheet: Sheet
    ) -> None:
        """
        Any name of an organisation.
        """
        with opened(browser, written(tmp_path, named(name)), sheet) as tab:
            assert tab.page.locator("h1").inner_text() == visible(name)
            assert (tab.errors, tab.requests) == ([], [])
            assert (tab.cut(), tab.overlapping()) == ([], [])

    @pytest.mark.parametrize("number", [0, 3, 12])
    def test_layout_of_other_organisations(
        self, browser: Browser, tmp_path: Path, number: int
    ) -> None:
        """
        With other outcomes and other groups.
        """
        with opened(browser, written(tmp_path, corpus()[number]), PHONE) as tab:
            assert (tab.cut(), tab.overlapping(), tab.violations()) == ([], [], [])

    def test_page_needs_no_script(self, browser: Browser, tmp_path: Path) -> None:
        """
        It has none, and its policy allows none.
        """
        with opened(browser, written(tmp_path, corpus()[7]), scripts=False) as tab:
            assert tab.page.locator("script").count() == 0
            assert tab.page.locator("main h2").count() > 8


def test_pdf_is_on_a4(tmp_path: Path) -> None:
    """
    Every page, with the text of the HTML page; the summary is on one, also beside others.
    """
    pytest.importorskip("weasyprint", reason="Pango is missing", exc_type=(ImportError, OSError))
    from pypdf import PdfReader

    beside = ["--benchmark", str(EXAMPLES / "benchmarks" / "made-up.json")]
    assert main(["report", AWARDED, *beside, "-o", str(tmp_path / "a.pdf")]) == 0
    pages = PdfReader(BytesIO((tmp_path / "a.pdf").read_bytes())).pages
    sizes = {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in pages}

    assert sizes == {(595, 842)}
    for number, words in enumerate(
        ("Example Food Cluster", "First steps", "What the label requires")
    ):
        assert words in pages[number].extract_text()


class TestCommand:
    """docs/command-line.md, "report": files and exit codes."""

    def test_file_name_gives_the_format(self, tmp_path: Path) -> None:
        """
        Without an ending --format does.
        """
        page, text, other = (str(tmp_path / name) for name in ("a.html", "a.md", "other"))
        assert main(["report", AWARDED, "-o", page]) == 0
        assert main(["report", AWARDED, "-o", text]) == 0
        assert main(["report", AWARDED, "--format", "md", "-o", other]) == 0

        content = er.individual_report(er.load_interview(AWARDED), RULES)
        assert Path(page).read_text("utf-8") == er.report_html(content)
        assert Path(text).read_text("utf-8") == er.report_markdown(content)
        assert Path(other).read_bytes() == Path(text).read_bytes()

    def test_without_a_file_it_is_printed(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        As HTML by default.
        """
        assert main(["report", AWARDED, "--lang", "fr"]) == 0
        out, err = capfd.readouterr()

        content = er.individual_report(er.load_interview(AWARDED), RULES)
        assert (out, err) == (er.report_html(content, language="fr"), "")

    def test_a_saved_benchmark_is_used(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        With the requested labels.
        """
        saved = tmp_path / "benchmark.json"
        saved.write_text(er.write_benchmark(benchmark()), encoding="utf-8")
        command = ["report", AWARDED, "--benchmark", str(saved), "--against", "gold,silver"]

        assert main(command) == 0
        out, _ = capfd.readouterr()
        assert "holders of Gold" in out
        assert "holders of Bronze" not in out

    @pytest.mark.parametrize(
        ("arguments", "code", "said"),
        [
            (
                ["--format", "pdf"],
                2,
                "ecei-rules: a PDF is written into a file; name it with -o FILE.pdf\n",
            ),
            (
                ["--ruleset", "gold@2019-11"],
                1,
                (
                    f"ecei-rules: {AWARDED}: the interview was held with benchmarking@2019-11, but"
                    " gold@2019-11 judges quality@2019-11\n"
                ),
            ),
            (
                ["--lang", "is"],
                0,
                (
                    "ecei-rules: no translation into is; written in English"
                    " (there are de, fr, it, es)\n"
                ),
            ),
        ],
    )
    def test_impossible_request_ends_with_one_line(
        self, arguments: list[str], code: int, said: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        No file is written.
        """
        assert main(["report", AWARDED, *arguments]) == code
        assert capfd.readouterr().err == said

    def test_interviews_are_no_benchmark(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        The message says how to make one of them.
        """
        first = "build the benchmark first, with `benchmark build`"
        lines = tmp_path / "corpus.ndjson"
        lines.write_text("", encoding="utf-8")
        for several in (lines, tmp_path):
            assert main(["report", AWARDED, "--benchmark", str(several)]) == 2
            assert capfd.readouterr() == ("", f"ecei-rules: {several} has interviews; {first}\n")
        assert main(["report", AWARDED, "--benchmark", AWARDED]) == 1
        assert capfd.readouterr().err.endswith(
            "  hint: this is an interview; build the benchmark of many first, with `benchmark"
            " build`\n"
        )

    def test_benchmark_of_another_ruleset_is_refused(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        Also one of the same name; a missing file is wrong usage.
        """
        audit = str(EXAMPLES / "awarded-gold.json")
        saved = str(EXAMPLES / "benchmarks" / "made-up.json")
        own = json.loads((ROOT / "rulesets" / "bronze" / "2019-11.json").read_text("utf-8"))
        own["grading"]["legal-form"]["weight"] = 2
        ruleset = tmp_path / "own.json"
        ruleset.write_text(json.dumps(own), encoding="utf-8")

        assert main(["report", audit, "--label", "gold", "--benchmark", saved]) == 1
        assert capfd.readouterr().err == (
            f"ecei-rules: {audit}: the benchmark was made under bronze@2019-11, and the report"
            " is about gold@2019-11\n"
        )
        assert main(["report", AWARDED, "--ruleset", str(ruleset), "--benchmark", saved]) == 1
        assert "the ruleset bronze@2019-11 is not the one" in capfd.readouterr().err
        assert main(["report", AWARDED, "--benchmark", "none.json"]) == 2
        assert capfd.readouterr().err == (
            "ecei-rules: cannot read none.json: No such file or directory\n"
        )

    def test_audit_for_two_labels_needs_the_label(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The catalogue of quality serves Silver and Gold.
        """
        audit = str(EXAMPLES / "awarded-gold.json")

        assert main(["report", audit]) == 2
        assert capfd.readouterr().err == (
            f"ecei-rules: {audit}: the catalogue quality serves silver or gold; say which with"
            " --label\n"
        )
        assert main(["report", audit, "--label", "gold"]) == 0

    def test_interview_with_problems_is_refused(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """
        As by the other commands, and no file is written.
        """
        bad = tmp_path / "bad.json"
        bad.write_text("{", encoding="utf-8")

        assert main(["report", str(bad), "-o", str(tmp_path / "a.html")]) == 1
        assert "ECEI104" in capfd.readouterr().err
        assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.json"]

    @pytest.mark.parametrize(
        ("missing", "name", "said"),
        [
            ("jinja2", "a.html", NO_REPORT),
            ("babel", "a.md", NO_REPORT),
            ("weasyprint", "a.pdf", NO_PDF),
        ],
    )
    def test_missing_extra_is_named(
        self, missing: str, name: str, said: str, tmp_path: Path
    ) -> None:
        """
        In one line, and no file is written.
        """
        code = (
            f"import sys\nsys.modules[{missing!r}] = None\n"
            "from ecei_rules.cli.main import main\n"
            "sys.exit(main(sys.argv[1:]))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, "report", AWARDED, "-o", str(tmp_path / name)],
            capture_output=True,
            check=False,
            text=True,
        )

        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ecei-rules: {said}\n")
        assert [*tmp_path.iterdir()] == []

    def test_missing_pango_is_named(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """
        WeasyPrint is installed and does not find the library that it sets text with.
        """
        (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library pango')\n")
        monkeypatch.syspath_prepend(tmp_path)
        for name in [each for each in sys.modules if each.partition(".")[0] == "weasyprint"]:
            monkeypatch.delitem(sys.modules, name)

        assert main(["report", AWARDED, "-o", str(tmp_path / "a.pdf")]) == 2
        assert capfd.readouterr().err == f"ecei-rules: {NO_PDF}\n"

    def test_pdf_is_made_from_the_page(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        WeasyPrint gets the whole HTML and nothing else.
        """
        (tmp_path / "weasyprint.py").write_text(
            "class HTML:\n"
            "    def __init__(self, *, string):\n"
            "        self.string = string\n"
            "    def write_pdf(self):\n"
            "        return self.string.encode()\n"
        )
        monkeypatch.syspath_prepend(tmp_path)
        for name in [each for each in sys.modules if each.partition(".")[0] == "weasyprint"]:
            monkeypatch.delitem(sys.modules, name)
        content = er.individual_report(er.load_interview(AWARDED), RULES)

        written = er.report_pdf(content, language="it")
        del sys.modules["weasyprint"]

        assert written == er.report_html(content, language="it").encode()

    def test_unknown_labels_are_refused(self, capfd: pytest.CaptureFixture[str]) -> None:
        """
        The exit code is that of wrong usage.
        """
        with pytest.raises(SystemExit, match="2"):
            main(["report", AWARDED, "--against", "gold,platinum"])
        assert "expected some of bronze,silver,gold, found 'gold,platinum'" in (
            capfd.readouterr().err
        )
