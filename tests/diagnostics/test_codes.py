"""
Every code has an explanation, the same in the program and in docs/codes.md.

The examples are expected texts in tests/cases/messages, pages and tables, and those of changes
in tests/comparison. After a change to a message or an explanation, write them and read the
difference:

    PYTHONPATH=tests/support python tests/diagnostics/test_codes.py --write
"""

from __future__ import annotations

import ast
import json
import re
import sys

import pytest
from attrs import evolve
from paths import ROOT

from ecei_rules.cli.main import main
from ecei_rules.diagnostics.codes import CHANGE_CODES, PROBLEM_CODES, Code
from ecei_rules.interviews.portfolios import PORTFOLIOS

TESTS = ROOT / "tests"
DOCS = ROOT / "docs" / "codes.md"
FILE = ROOT / "src" / "ecei_rules" / "diagnostics" / "codes.json"
PRINTED = {
    path: re.sub(
        rf"(?m)^{re.escape(path.stem)}\.(json|csv|xlsx):", r"document.\1:", path.read_text("utf-8")
    )
    for folder, ending in (("messages", "shown"), ("pages", "txt"), ("tables", "txt"))
    for path in sorted((TESTS / "cases" / folder).glob(f"*.{ending}"))
}

#: The expected texts of changes in the tests of comparisons.
CHANGED = [
    node.value
    for path in sorted((TESTS / "comparison").glob("test_*.py"))
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(node, ast.Constant)
    and isinstance(node.value, str)
    and re.match(r"ECEI5\d\d \S", node.value)
]

HEADING = """\
# Codes

Every problem and every change has a code, which stays the same when the words change.
`ecei-rules explain CODE` prints these pages.
A warning about an interview or a ruleset refuses nothing.

"""

PAGES = PROBLEM_CODES | CHANGE_CODES
each_code = pytest.mark.parametrize("code", [*PROBLEM_CODES, *CHANGE_CODES])


def blocks(printed: str) -> list[str]:
    """Split printed text into problems."""
    problems: list[str] = []
    for line in printed.splitlines():
        if line.startswith("  ") and problems:
            problems[-1] += f"\n{line}"
        elif re.search(r"\bECEI\d{3} ", line):
            problems.append(line)
    return problems


def shortest(code: str) -> str:
    """Return the shortest printed text of a change, or of a problem in a document named for it."""
    if code in CHANGE_CODES:
        texts = [text for text in CHANGED if text.startswith(code)]
    else:
        named = [path for path in PRINTED if path.stem.startswith(code.lower())]
        shown = [path for path in named if path.suffix == ".shown"] or named
        texts = [text for path in shown for text in blocks(PRINTED[path]) if f"{code} " in text]
    return min(texts, key=lambda text: (len(text), text))


def document(pages: dict[str, Code]) -> str:
    """Return the page of all codes."""
    problems, changes = (
        "\n".join(pages[code].markdown() for code in codes)
        for codes in (PROBLEM_CODES, CHANGE_CODES)
    )
    return f"{HEADING}## Problems\n\n{problems}\n## Changes\n\n{changes}"


def write() -> None:
    """Write the examples and the page of all codes anew."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    for codes in content.values():
        for code, members in codes.items():
            members["example"] = shortest(code)
    text = json.dumps(content, ensure_ascii=False, indent=2)
    FILE.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    pages = {code: evolve(page, example=shortest(code)) for code, page in PAGES.items()}
    DOCS.write_text(document(pages), encoding="utf-8", newline="\n")


@each_code
def test_explain_prints_the_whole_page_of_a_code(
    code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A page has the meaning, an example, and for a problem how to fix it.
    """
    assert main(["explain", code]) == 0

    printed = capsys.readouterr().out
    page = PAGES[code]
    assert printed.startswith(f"{code}: {page.title}\n\n")
    words = " ".join(printed.split())
    for part in (page.meaning, page.example, page.mend):
        assert part is None or " ".join(part.split()) in words
    assert (page.mend is None) is (code in CHANGE_CODES)


def test_docs_page_has_every_code_and_no_other() -> None:
    """
    The page in docs is generated from the codes.
    """
    assert DOCS.read_text(encoding="utf-8") == document(PAGES)
    headed = re.findall(r"(?m)^### (ECEI\d{3}): ", DOCS.read_text(encoding="utf-8"))
    assert headed == [*PROBLEM_CODES, *CHANGE_CODES]


@each_code
def test_example_was_printed(code: str) -> None:
    """
    The example is the shortest of the expected texts of bad documents, or of changes.
    """
    assert PAGES[code].example == shortest(code)


def test_page_on_unknown_portfolios_lists_the_known_ones() -> None:
    """
    The list in the page is the list that rows are read with.
    """
    assert f"Known are {'; '.join(PORTFOLIOS)}." in PROBLEM_CODES["ECEI403"].meaning


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    write()
