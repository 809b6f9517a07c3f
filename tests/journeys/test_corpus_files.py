"""Reading the interviews of a folder, or of a file with one on each line."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES
from strategies import catalogues, interviews

import ecei_rules as er
from ecei_rules.cli.corpus import interviews_from, interviews_in
from ecei_rules.documents.stages import MAX_SIZE
from ecei_rules.rulesets.editions import Edition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecei_rules.interviews.interview import Interview

EXAMPLE = EXAMPLES / "awarded.json"
INTERVIEW = er.load_interview(EXAMPLE)
LINE = er.write_interview(INTERVIEW).encode()

Told = list[tuple[str, str]]


def summary(read: Iterable[tuple[str, Interview | er.InvalidDocument]]) -> Told:
    """Return the names of documents, each with `ok` or the text of the error."""
    return [(name, str(r) if isinstance(r, er.InvalidDocument) else "ok") for name, r in read]


def read_stream(data: bytes, *, max_size: int = MAX_SIZE) -> Told:
    """Read the interviews in a stream of bytes."""
    return summary(interviews_from(BytesIO(data), "corpus", max_size=max_size))


def write_files(folder: Path, **files: bytes) -> Path:
    """Write a folder of files; two underscores mean a folder, and one a dot."""
    for name, data in files.items():
        file = folder / name.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


class TestLines:
    """One document on each line."""

    @given(st.data())
    def test_lines_read_back(self, data: st.DataObject) -> None:
        """
        In their order, with the numbers of their lines, also between empty lines.
        """
        catalogue = data.draw(catalogues())
        held = data.draw(st.lists(interviews(catalogue), min_size=2, max_size=4))
        ends = data.draw(st.lists(st.sampled_from((b"\n", b"\r\n", b"\n \n", b"\n\r\n\n"))))
        ends = [*ends, *[b"\n"] * len(held)]
        text, numbers = b"", []
        for interview, end in zip(held, ends, strict=False):
            numbers.append(text.count(b"\n") + 1)
            text += er.write_interview(interview).encode() + end
        mark = data.draw(st.sampled_from((b"", b"\xef\xbb\xbf")))

        read = list(interviews_from(BytesIO(mark + text), "a", edition=Edition([catalogue])))

        assert read == [(f"a:{n}", each) for n, each in zip(numbers, held, strict=True)]

    @given(st.lists(st.sampled_from((LINE, b"", b"\xef\xbb\xbf", b"\n", b"\r", b"{}", b"\xff"))))
    def test_any_bytes_give_interviews_or_problems(self, pieces: list[bytes]) -> None:
        """
        No content of a stream raises another error.
        """
        for name, read in interviews_from(BytesIO(b"".join(pieces)), "a"):
            assert name.startswith("a")
            assert isinstance(read, er.Interview | er.InvalidDocument)

    def test_broken_line_is_reported_and_the_rest_read(self) -> None:
        """
        The problem has the line of the file, and the error the class of its document.
        """
        newer = LINE.replace(b"ecei-interview/1", b"ecei-interview/2")
        data = b"\n".join([LINE, b'{"format": }', b"", newer, b'"\xff"', LINE])

        read = list(interviews_from(BytesIO(data), "corpus"))

        assert summary(read) == [
            ("corpus:1", "ok"),
            (
                "corpus:2",
                'corpus has 1 problem\n2:12: ECEI104 /format: expected a value, found "}"',
            ),
            ("corpus:4", summary(read)[2][1]),
            (
                "corpus:5",
                (
                    "corpus has 1 problem\n"
                    "5:2: ECEI102 (whole document): the file is not UTF-8:"
                    " byte 0xff is not valid here\n"
                    "  hint: save it as UTF-8"
                ),
            ),
            ("corpus:6", "ok"),
        ]
        assert isinstance(read[2][1], er.UnsupportedFormat)
        assert [each.line for each in read[2][1].problems] == [4]

    def test_too_long_line_is_reported_and_the_rest_read(self) -> None:
        """
        A line as long as a document may be is read, with its mark and its end; of a line that is
        a byte longer, or many times longer, only the beginning is read.
        """
        size = len(LINE)
        mark, end = b"\xef\xbb\xbf", b"\r\n"
        longer = [LINE + b" ", LINE + b" " * 5, LINE + b" " * 9 * size]
        data = mark + end.join([LINE, *longer, LINE]) + end

        read = read_stream(data, max_size=size)

        too_long = (
            "corpus has 1 problem\n{}:1: ECEI101 (whole document):"
            f" the document is larger than {size:,} bytes"
        )
        assert read == [
            ("corpus:1", "ok"),
            *((f"corpus:{n}", too_long.format(n)) for n in (2, 3, 4)),
            ("corpus:5", "ok"),
        ]

    def test_too_long_first_line_is_refused(self, tmp_path: Path) -> None:
        """
        Also if it has a mark, and if only spaces are cut off.
        """
        data = b"\xef\xbb\xbf" + LINE + b" " * 9 + b"\n" + LINE
        file = write_files(tmp_path, a_ndjson=data) / "a.ndjson"

        read = summary(interviews_in(file, max_size=len(LINE)))

        assert [("ECEI101" in said, said == "ok") for _, said in read] == [
            (True, False),
            (False, True),
        ]


class TestOneDocument:
    """Files that do not have a document on each line."""

    @pytest.mark.parametrize(
        "data",
        [
            EXAMPLE.read_bytes(),
            LINE,
            b"\n\n" + LINE + b"\n\n",
            LINE.replace(b",", b",\n", 1),
            LINE.replace(b":{", b":\n{", 1),
        ],
        ids=["indented", "one line", "empty lines", "two lines", "two that begin alike"],
    )
    def test_indented_document(self, data: bytes) -> None:
        """
        It has the name of the file, without a line.
        """
        assert read_stream(data) == [("corpus", "ok")]

    def test_two_indented_documents_are_one_broken_document(self) -> None:
        """
        They are not on one line each.
        """
        ((name, said),) = read_stream(EXAMPLE.read_bytes() * 2)

        assert name == "corpus"
        assert "ECEI105" in said

    def test_empty_file_is_a_broken_document(self) -> None:
        """
        It is not a corpus without interviews.
        """
        ((name, said),) = read_stream(b"")

        assert name == "corpus"
        assert "ECEI104" in said

    def test_too_large_document(self) -> None:
        """
        The error is about its size; it is not read as lines.
        """
        ((name, said),) = read_stream(EXAMPLE.read_bytes(), max_size=100)

        assert name == "corpus"
        assert said.endswith("the document is larger than 100 bytes")

    def test_endless_empty_lines(self) -> None:
        """
        They are not searched for a document behind them.
        """
        stream = BytesIO(b"\n" * 5000 + LINE)

        ((name, said),) = summary(interviews_from(stream, "corpus", max_size=100))

        assert name == "corpus"
        assert "ECEI101" in said
        assert stream.tell() < 300


class TestPaths:
    """Files and folders."""

    def test_folder_is_read_in_order_of_names(self, tmp_path: Path) -> None:
        """
        Files in it and in the folders below, those with the ending of lines line by line; other
        files are passed over.
        """
        folder = write_files(
            tmp_path / "all",
            b_json=LINE,
            a__z_JSON=LINE,
            a__y_ndjson=LINE,
            c_jsonl=LINE + b"\n" + LINE,
            d_json__deep_json=LINE,
            e_txt=LINE,
            f_json=LINE + b"\n" + LINE,
            g_ndjson=b"",
        )

        names = [Path(name).relative_to(folder).as_posix() for name, _ in interviews_in(folder)]

        assert names == [
            "a/y.ndjson:1",
            "a/z.JSON",
            "b.json",
            "c.jsonl:1",
            "c.jsonl:2",
            "d.json/deep.json",
            "f.json:1",
            "f.json:2",
        ]

    def test_other_formats_in_a_folder_are_passed_over(self, tmp_path: Path) -> None:
        """
        Of every version; a document without a format, or with an unknown one, is broken.
        """
        folder = write_files(
            tmp_path,
            a_json=b'{"format": "ecei-register/1"}',
            b_json=b'{"format": "ecei-ruleset/7"}',
            c_json=b'{"format": "ecei-interveiw/1"}',
            d_json=b"{}",
            e_json=LINE,
            f_ndjson=b'{"format": "ecei-history/1"}\n' + LINE,
        )

        read = [(Path(name).name, said[-4:]) for name, said in summary(interviews_in(folder))]

        assert [name for name, _ in read] == ["c.json", "d.json", "e.json", "f.ndjson:2"]
        assert [said for _, said in read if said != "ok"] == ['/1"?', 'w/1"']

    def test_named_file_is_not_passed_over(self, tmp_path: Path) -> None:
        """
        A register that is named as a corpus is an error.
        """
        file = write_files(tmp_path, a_json=b'{"format": "ecei-register/1"}') / "a.json"

        ((name, said),) = summary(interviews_in(file))

        assert name == str(file)
        assert said == (
            f"{file} has 1 problem\n"
            '1:12: ECEI203 /format: expected "ecei-interview/1", found "ecei-register/1"\n'
            '  hint: did you mean "ecei-interview/1"?'
        )

    def test_links_to_folders_are_not_followed(self, tmp_path: Path) -> None:
        """
        They may form a circle; a link to a file is read.
        """
        folder = write_files(tmp_path, a_json=LINE)
        (folder / "b").symlink_to(folder, target_is_directory=True)
        (folder / "c.json").symlink_to(folder, target_is_directory=True)
        (folder / "d.json").symlink_to(folder / "a.json")

        assert [Path(name).name for name, _ in interviews_in(folder)] == ["a.json", "d.json"]

    @pytest.mark.parametrize("name", ["none.json", "none", "broken.json/inside.json"])
    def test_unreadable_path_raises_oserror(self, tmp_path: Path, name: str) -> None:
        """
        It is not a broken document.
        """
        write_files(tmp_path, broken_json=b"")

        with pytest.raises(OSError, match=r"none|broken"):
            next(interviews_in(tmp_path / name))

    def test_dangling_link_raises_oserror(self, tmp_path: Path) -> None:
        """
        A file that a folder lists and that cannot be read is not passed over.
        """
        (tmp_path / "a.json").symlink_to(tmp_path / "none.json")

        with pytest.raises(FileNotFoundError):
            next(interviews_in(tmp_path))

    def test_lines_are_read_lazily(self, tmp_path: Path) -> None:
        """
        The first interview is available before the second is read.
        """
        file = write_files(tmp_path, a_ndjson=LINE + b"\n" + b"{}\n" * 3) / "a.ndjson"

        reading = interviews_in(str(file))

        assert next(reading) == (f"{file}:1", INTERVIEW)
        assert "ECEI201" in str(next(reading)[1])
        assert len(list(reading)) == 2

    def test_edition_can_be_given(self, tmp_path: Path) -> None:
        """
        An interview of a catalogue outside the edition is broken.
        """
        catalogue = evolve(INTERVIEW.catalogue, version="2031-01")
        file = write_files(tmp_path, a_json=LINE.replace(b'"2019-11"', b'"2031-01"')) / "a.json"

        (here,) = interviews_in(file, edition=Edition([catalogue]))
        ((_, there),) = summary(interviews_in(file))

        assert here == (str(file), evolve(INTERVIEW, catalogue=catalogue))
        assert json.dumps("benchmarking@2031-01") in there
