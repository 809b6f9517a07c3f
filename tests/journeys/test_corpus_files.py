"""The interviews of a folder, or of a file with one on each line."""

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


def told(read: Iterable[tuple[str, Interview | er.InvalidDocument]]) -> Told:
    """The names, each with `ok` or the error in words."""
    return [(name, str(r) if isinstance(r, er.InvalidDocument) else "ok") for name, r in read]


def streamed(data: bytes, *, max_size: int = MAX_SIZE) -> Told:
    """What is in a stream of some bytes."""
    return told(interviews_from(BytesIO(data), "corpus", max_size=max_size))


def written(folder: Path, **files: bytes) -> Path:
    """A folder with some files; two underscores stand for a folder, and one for a dot."""
    for name, data in files.items():
        file = folder / name.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


class TestLines:
    """One document on each line."""

    @given(st.data())
    def test_what_was_written_on_lines_is_read_back(self, data: st.DataObject) -> None:
        """
        In their order, under the number of the line, whatever empty lines stand between.
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
        Whatever a stream holds, nothing but an interview or an error comes of it.
        """
        for name, read in interviews_from(BytesIO(b"".join(pieces)), "a"):
            assert name.startswith("a")
            assert isinstance(read, er.Interview | er.InvalidDocument)

    def test_a_broken_line_is_said_and_the_rest_is_read(self) -> None:
        """
        The line in the problem is that of the file, and the format an error of its own.
        """
        newer = LINE.replace(b"ecei-interview/1", b"ecei-interview/2")
        data = b"\n".join([LINE, b'{"format": }', b"", newer, b'"\xff"', LINE])

        read = list(interviews_from(BytesIO(data), "corpus"))

        assert told(read) == [
            ("corpus:1", "ok"),
            (
                "corpus:2",
                'corpus has 1 problem\n2:12: ECEI104 /format: expected a value, found "}"',
            ),
            ("corpus:4", told(read)[2][1]),
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

    def test_a_line_that_is_too_long_is_said_and_the_rest_is_read(self) -> None:
        """
        A line as long as a document may be is read, with its mark and its end; of one a
        byte longer, or many times longer, no more than its beginning is looked at.
        """
        size = len(LINE)
        mark, end = b"\xef\xbb\xbf", b"\r\n"
        longer = [LINE + b" ", LINE + b" " * 5, LINE + b" " * 9 * size]
        data = mark + end.join([LINE, *longer, LINE]) + end

        read = streamed(data, max_size=size)

        too_long = (
            "corpus has 1 problem\n{}:1: ECEI101 (whole document):"
            f" the document is larger than {size:,} bytes"
        )
        assert read == [
            ("corpus:1", "ok"),
            *((f"corpus:{n}", too_long.format(n)) for n in (2, 3, 4)),
            ("corpus:5", "ok"),
        ]

    def test_of_a_first_line_that_is_too_long_the_beginning_is_no_document(
        self, tmp_path: Path
    ) -> None:
        """
        Also where it has a mark, and what is cut off is no more than spaces.
        """
        data = b"\xef\xbb\xbf" + LINE + b" " * 9 + b"\n" + LINE
        file = written(tmp_path, a_ndjson=data) / "a.ndjson"

        read = told(interviews_in(file, max_size=len(LINE)))

        assert [("ECEI101" in said, said == "ok") for _, said in read] == [
            (True, False),
            (False, True),
        ]


class TestOneDocument:
    """What is no file of lines is one document."""

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
    def test_a_document_however_it_is_laid_out(self, data: bytes) -> None:
        """
        It goes by the name of the file alone.
        """
        assert streamed(data) == [("corpus", "ok")]

    def test_two_documents_are_not_one(self) -> None:
        """
        Two indented documents in one file are no lines, and too much for one document.
        """
        ((name, said),) = streamed(EXAMPLE.read_bytes() * 2)

        assert name == "corpus"
        assert "ECEI105" in said

    def test_nothing_is_no_document(self) -> None:
        """
        An empty file is one broken document, not a corpus of none.
        """
        ((name, said),) = streamed(b"")

        assert name == "corpus"
        assert "ECEI104" in said

    def test_one_that_is_too_large(self) -> None:
        """
        It is said to be too large, and is not taken for lines.
        """
        ((name, said),) = streamed(EXAMPLE.read_bytes(), max_size=100)

        assert name == "corpus"
        assert said.endswith("the document is larger than 100 bytes")

    def test_a_beginning_that_is_too_long_for_a_line(self) -> None:
        """
        Empty lines without end are not gone through for a document behind them.
        """
        stream = BytesIO(b"\n" * 5000 + LINE)

        ((name, said),) = told(interviews_from(stream, "corpus", max_size=100))

        assert name == "corpus"
        assert "ECEI101" in said
        assert stream.tell() < 300


class TestPaths:
    """Files and folders."""

    def test_a_folder_is_read_in_the_order_of_its_names(self, tmp_path: Path) -> None:
        """
        Files in it and in folders in it, those named for lines one by one; names are told
        as they are, and other files are passed over.
        """
        folder = written(
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

    def test_a_folder_may_hold_documents_of_other_formats(self, tmp_path: Path) -> None:
        """
        A document that says it is another one is passed over, of whichever version; one
        that does not say what it is, or mistypes it, is broken.
        """
        folder = written(
            tmp_path,
            a_json=b'{"format": "ecei-register/1"}',
            b_json=b'{"format": "ecei-ruleset/7"}',
            c_json=b'{"format": "ecei-interveiw/1"}',
            d_json=b"{}",
            e_json=LINE,
            f_ndjson=b'{"format": "ecei-history/1"}\n' + LINE,
        )

        read = [(Path(name).name, said[-4:]) for name, said in told(interviews_in(folder))]

        assert [name for name, _ in read] == ["c.json", "d.json", "e.json", "f.ndjson:2"]
        assert [said for _, said in read if said != "ok"] == ['/1"?', 'w/1"']

    def test_a_file_that_is_named_is_not_passed_over(self, tmp_path: Path) -> None:
        """
        Whoever names a register for a corpus is told that it is none.
        """
        file = written(tmp_path, a_json=b'{"format": "ecei-register/1"}') / "a.json"

        ((name, said),) = told(interviews_in(file))

        assert name == str(file)
        assert said == (
            f"{file} has 1 problem\n"
            '1:12: ECEI203 /format: expected "ecei-interview/1", found "ecei-register/1"\n'
            '  hint: did you mean "ecei-interview/1"?'
        )

    def test_a_link_to_a_folder_is_not_followed(self, tmp_path: Path) -> None:
        """
        It may lead round in a circle; a link to a file is read.
        """
        folder = written(tmp_path, a_json=LINE)
        (folder / "b").symlink_to(folder, target_is_directory=True)
        (folder / "c.json").symlink_to(folder, target_is_directory=True)
        (folder / "d.json").symlink_to(folder / "a.json")

        assert [Path(name).name for name, _ in interviews_in(folder)] == ["a.json", "d.json"]

    @pytest.mark.parametrize("name", ["none.json", "none", "broken.json/inside.json"])
    def test_a_path_that_cannot_be_read_is_an_error_of_the_system(
        self, tmp_path: Path, name: str
    ) -> None:
        """
        Not a broken document: whoever named it is told.
        """
        written(tmp_path, broken_json=b"")

        with pytest.raises(OSError, match=r"none|broken"):
            next(interviews_in(tmp_path / name))

    def test_a_link_that_leads_nowhere_is_an_error(self, tmp_path: Path) -> None:
        """
        What a folder lists and cannot be read is not passed over in silence.
        """
        (tmp_path / "a.json").symlink_to(tmp_path / "none.json")

        with pytest.raises(FileNotFoundError):
            next(interviews_in(tmp_path))

    def test_lines_are_read_as_they_are_asked_for(self, tmp_path: Path) -> None:
        """
        The first interview of a file is there before the second is read.
        """
        file = written(tmp_path, a_ndjson=LINE + b"\n" + b"{}\n" * 3) / "a.ndjson"

        reading = interviews_in(str(file))

        assert next(reading) == (f"{file}:1", INTERVIEW)
        assert "ECEI201" in str(next(reading)[1])
        assert len(list(reading)) == 2

    def test_another_edition_can_be_given(self, tmp_path: Path) -> None:
        """
        An interview of a catalogue that is not in it is broken.
        """
        catalogue = evolve(INTERVIEW.catalogue, version="2031-01")
        file = written(tmp_path, a_json=LINE.replace(b'"2019-11"', b'"2031-01"')) / "a.json"

        (here,) = interviews_in(file, edition=Edition([catalogue]))
        ((_, there),) = told(interviews_in(file))

        assert here == (str(file), evolve(INTERVIEW, catalogue=catalogue))
        assert json.dumps("benchmarking@2031-01") in there
