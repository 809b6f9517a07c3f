"""docs/command-line.md, "example corpus": the command that writes invented interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example_corpora import CATALOGUES, corpus_text

from ecei_rules.cli.files import write_pieces
from ecei_rules.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_interviews_are_printed_one_a_line(capfd: pytest.CaptureFixture[str]) -> None:
    """
    Without a file they are printed; the default is the latest catalogue `benchmarking`.
    """
    assert main(["example", "corpus", "--count", "3", "--seed", "5"]) == 0
    assert capfd.readouterr() == (corpus_text("benchmarking@2019-11", 3, seed=5), "")


@pytest.mark.parametrize("reference", CATALOGUES)
def test_validate_finds_nothing(
    reference: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """
    With `--force` the written file replaces an earlier one; it is valid, even with `--strict`.
    """
    path = tmp_path / "corpus.ndjson"
    path.write_text("before", encoding="utf-8")
    options = ["--count", "60", "--catalogue", reference, "--force", "-o", str(path)]

    assert main(["example", "corpus", *options]) == 0
    assert capfd.readouterr() == (
        "",
        f"ecei-rules: 60 made-up interviews written to {path}\n",
    )
    assert path.read_text(encoding="utf-8") == corpus_text(reference, 60)
    assert list(tmp_path.iterdir()) == [path]
    assert main(["validate", "--strict", str(path)]) == 0


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--count", "0", "expected a number from 1 to 999999999, found '0'"),
        ("--count", "-3", "expected a number from 1 to 999999999, found '-3'"),
        ("--count", "1e3", "expected a number from 1 to 999999999, found '1e3'"),
        ("--count", "²", "expected a number from 1 to 999999999, found '²'"),
        ("--seed", "-1", "expected a number from 0 to 999999999, found '-1'"),
        ("--seed", "1234567890", "expected a number from 0 to 999999999, found '1234567890'"),
    ],
)
def test_wrong_number_is_a_usage_error(
    option: str, value: str, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """
    The message names the range.
    """
    count = ["--count", "1"] if option == "--seed" else []
    with pytest.raises(SystemExit) as ended:
        main(["example", "corpus", *count, f"{option}={value}"])

    assert ended.value.code == 2
    assert capfd.readouterr().err.splitlines()[-1] == (
        f"ecei-rules example corpus: error: argument {option}: {message}"
    )


def test_unknown_catalogue_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    """
    The message names the known ones.
    """
    assert main(["example", "corpus", "--count", "1", "--catalogue", ""]) == 2
    assert capfd.readouterr().err == (
        'ecei-rules: there is no edition "" (known: benchmarking@2010-11,'
        " benchmarking@2019-11, quality@2012-04, quality@2019-11)\n"
    )


def test_missing_folder_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """
    The message is one line with the path.
    """
    path = tmp_path / "none" / "corpus.ndjson"

    assert main(["example", "corpus", "--count", "1", "-o", str(path)]) == 2
    assert capfd.readouterr() == (
        "",
        f"ecei-rules: cannot write {path}: No such file or directory\n",
    )


def test_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """
    An interruption leaves the file as it was, and no other file beside it.
    """
    path = tmp_path / "corpus.ndjson"
    path.write_text("before", encoding="utf-8")

    with pytest.raises(KeyboardInterrupt):
        write_pieces(str(path), interrupted())

    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def interrupted() -> Iterator[str]:
    """Yield a piece, then interrupt the program."""
    yield "a piece"
    raise KeyboardInterrupt
