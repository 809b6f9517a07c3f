"""docs/spreadsheets.md, "Workbooks": what they hold, and what of them is refused."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from paths import EXAMPLES
from strategies import catalogues, interviews
from workbook_samples import WORKBOOKS, awkward, example, packed, parts_of

import ecei_rules as er
from ecei_rules.interviews.history import LabelEvent
from ecei_rules.interviews.interview import Expert
from ecei_rules.spreadsheets.xlsx_archive import MAX_PARTS, MAX_UNPACKED
from ecei_rules.spreadsheets.xlsx_cells import Formula, read_sheets

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = er.shipped().catalogues[1]
SOFFICE = shutil.which("soffice")


@st.composite
def held(draw: st.DrawFn) -> er.Interview:
    """An interview of a catalogue of its own."""
    found = draw(interviews(draw(catalogues())))
    return evolve(found, schema=found.schema or None)


def again(interview: er.Interview) -> er.Interview:
    """What a workbook gives back of an interview."""
    edition = er.Edition([interview.catalogue])
    return er.read_workbook(er.write_workbook(interview), edition=edition)


def edited(cells: dict[str, object], content: bytes | None = None) -> bytes:
    """The example's workbook with other values in some cells, as `Interview!E2`."""
    book = load_workbook(BytesIO(content or er.write_workbook(example())))
    for place, value in cells.items():
        sheet, _, cell = place.rpartition("!")
        book[sheet.strip("'")][cell] = value
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def said(content: bytes) -> str:
    """What is said of a workbook that is refused."""
    with pytest.raises(er.InvalidDocument) as refused:
        er.read_workbook(content)
    return "\n".join(map(str, refused.value.problems))


class TestThereAndBack:
    """docs/spreadsheets.md: From JSON into a workbook and back nothing changes."""

    @given(held())
    def test_a_workbook_gives_the_interview_back(self, interview: er.Interview) -> None:
        """
        Whatever an interview holds that a workbook takes, it keeps.
        """
        assert again(interview) == interview

    def test_what_programs_like_to_change_stays(self) -> None:
        """
        Texts that look like formulas, numbers, days or escapes are texts.
        """
        assert again(awkward()) == awkward()

    def test_the_same_interview_gives_the_same_bytes(self) -> None:
        """
        No time stands in a workbook.
        """
        assert er.write_workbook(example()) == er.write_workbook(example())
        assert (
            b"dcterms:modified" not in parts_of(er.write_workbook(example()))["docProps/core.xml"]
        )

    def test_libreoffice_saved_it_again(self) -> None:
        """
        The file was written by LibreOffice 7.4 from the workbook of this interview.
        """
        saved = (WORKBOOKS / "saved-by-libreoffice.xlsx").read_bytes()

        assert b"LibreOffice" in parts_of(saved)["docProps/app.xml"]
        assert er.read_workbook(saved) == awkward()

    @pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
    def test_libreoffice_saves_it_again(self, tmp_path: Path) -> None:
        """
        What the LibreOffice of this machine makes of it still reads.
        """
        (tmp_path / "given.xlsx").write_bytes(er.write_workbook(awkward()))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        saved = tmp_path / "saved"
        command = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir"]
        subprocess.run(
            [*command, str(saved), str(tmp_path / "given.xlsx")], check=True, capture_output=True
        )

        assert er.read_workbook((saved / "given.xlsx").read_bytes()) == awkward()

    def test_another_library_saves_it_again(self) -> None:
        """
        What openpyxl reads and writes again still reads.
        """
        assert er.read_workbook(edited({})) == example()

    @pytest.mark.parametrize(
        ("interview", "words"),
        [
            (
                er.load_interview(EXAMPLES / "awarded.json"),
                "ECEI432 /x-note: a note under a name that begins with x- has no cell",
            ),
            (evolve(example(), schema=""), "ECEI432 /$schema: no cell can hold an empty text"),
            (
                evolve(example(), remarks={"strategy": "𝄞" * 16_384}),
                "ECEI432 /remarks/strategy: a cell holds 32,767 characters, this text has 32,768",
            ),
            (
                evolve(
                    example(), conducted=evolve(example().conducted, experts=[Expert("e")] * 10_000)
                ),
                "ECEI432 /conducted/experts: there are cells for 9,999 of them, not for 10,000",
            ),
            (
                evolve(example(), answers={"specialisation": 101}),
                "ECEI305 /answers/specialisation: expected a percentage, 0 to 100, found 101",
            ),
        ],
    )
    def test_what_it_cannot_hold_is_refused(self, interview: er.Interview, words: str) -> None:
        """
        Nothing is lost in silence.
        """
        with pytest.raises(er.InvalidDocument) as refused:
            er.write_workbook(interview)

        assert [*map(str, refused.value.problems)] == [words]


class TestToFillIn:
    """docs/spreadsheets.md: A sheet for each dimension, and cells with drop-downs and bounds."""

    def test_the_sheets_are_the_dimensions_and_some_more(self) -> None:
        """
        Openpyxl finds them in order, the last two hidden.
        """
        book = load_workbook(BytesIO(er.new_workbook(CATALOGUE)))

        titles = [str(each.title)[:31].strip() for each in CATALOGUE.dimensions]
        first = ["How to fill in", "Interview", "Facts"]
        assert book.sheetnames == [
            *first, *titles, "Improvements", "History", "ecei", "ecei-lists",
        ]  # fmt: skip
        assert [s.title for s in book if s.sheet_state == "hidden"] == ["ecei", "ecei-lists"]
        assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)

    def test_rows_are_the_indicators_in_order(self) -> None:
        """
        Each stands on the sheet of its dimension, with its options below it.
        """
        book = load_workbook(BytesIO(er.new_workbook(CATALOGUE)))

        ids = [row[0].value for row in book["Structure of the cluster"].iter_rows(min_row=2)]
        asked = [each.id for each in CATALOGUE.within("structure")]
        assert [each.split(".")[1] for each in ids if each.count(".") == 1] == asked
        assert "answers.composition.sme" in ids
        assert book["Structure of the cluster"].column_dimensions["A"].hidden

    def test_answers_alone_can_be_written(self) -> None:
        """
        Labels are locked, answers are not; nor is the reason, where one is allowed.
        """
        sheet = load_workbook(BytesIO(er.new_workbook(CATALOGUE)))["Structure of the cluster"]
        rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}

        def unlocked(name: str) -> str:
            return "".join(c.column_letter for c in rows[name] if not c.protection.locked)

        assert unlocked("answers.year-established") == "EG"
        assert unlocked("answers.participant-growth") == "EFG"
        assert unlocked("answers.composition") == "G"
        assert unlocked("answers.composition.sme") == "E"

    def test_cells_have_lists_bounds_and_help(self) -> None:
        """
        A choice has a list of its titles, a number its bounds, and each the question.
        """
        book = load_workbook(BytesIO(er.new_workbook(CATALOGUE)))
        sheet = book["Structure of the cluster"]
        rules = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
        cells = {row[0].value: row[4].coordinate for row in sheet.iter_rows(min_row=2)}

        year = rules[cells["answers.year-established"]]
        form = rules[cells["answers.legal-form"]]
        share = rules[cells["answers.specialisation"]]
        assert (year.type, year.formula1, year.formula2) == ("whole", "1900", "2100")
        assert (share.type, share.formula1, share.formula2) == ("decimal", "0", "100")
        question = CATALOGUE.asked["year-established"].question
        assert year.prompt == str(question)
        where = form.formula1.replace("'", "").replace("$", "")
        listed = [row[0].value for row in book["ecei-lists"][where.partition("!")[2]]]
        options = getattr(CATALOGUE.asked["legal-form"].answer, "options", ())
        assert listed == [str(each.title) for each in options]

    def test_portfolios_are_offered_and_others_taken(self) -> None:
        """
        There may be more portfolios than the fifteen that are known.
        """
        book = load_workbook(BytesIO(er.new_workbook(CATALOGUE)))
        (rule,) = [
            each
            for each in book["Interview"].data_validations.dataValidation
            if "E5" in str(each.sqref)
        ]

        assert (rule.type, rule.showErrorMessage) == ("list", False)
        assert er.read_workbook(edited({"Interview!E5": "Mining"})).cluster == evolve(
            example().cluster, comparative_portfolio="Mining"
        )

    def test_one_that_was_filled_in_reads(self) -> None:
        """
        What people and programs put into cells is taken in several forms.
        """
        content = edited(
            {
                "Interview!E2": "Example",
                "Interview!E3": " IT ",
                "Interview!E6": date(2024, 3, 18),
                "Interview!E7": "ON SITE",
                "Interview!E8": "benchmarking-expert",
                "Interview!E10": True,
                "Structure of the cluster!E2": 2016.0,
                "Structure of the cluster!E5": 0.1,
                "Structure of the cluster!E8": "40",
                "Structure of the cluster!F15": "too young",
                "History!B2": "bronze",
                "History!C2": "benchmarked",
                "History!D2": "2022/03/02",
            },
            er.new_workbook(CATALOGUE),
        )
        # nothing else is in the rows of the example's catalogue
        read = er.read_workbook(content)

        assert read.cluster.name == "Example"
        assert read.conducted.mode == "on_site"
        assert read.conducted.experts == (Expert("benchmarking-expert", impartial=True),)
        assert read.answers["year-established"] == 2016
        assert read.answers["specialisation"] == Decimal("0.1")
        assert read.history == (LabelEvent("bronze", "benchmarked", date(2022, 3, 2)),)

    def test_an_empty_one_says_what_is_needed(self) -> None:
        """
        The cells that cannot stay empty are named.
        """
        assert said(er.new_workbook(CATALOGUE)) == (
            "ECEI429 Interview!E2: Name of the cluster (cluster.name) is needed\n"
            "ECEI429 Interview!E3: Country (cluster.country) is needed\n"
            "ECEI429 Interview!E6: Day of the interview (conducted.on) is needed"
        )


class TestProblems:
    """docs/spreadsheets.md: Problems are told by sheet and cell, all at once."""

    def test_all_of_them_are_told_in_order(self) -> None:
        """
        Cells of another form, answers out of bounds and contradictions stand together.
        """
        content = edited(
            {
                "Interview!E3": "Italy",
                "Interview!E10": "perhaps",
                "Structure of the cluster!E2": "2016,5",
                "Structure of the cluster!E3": "own legal from",
                "Structure of the cluster!E5": 101,
                "Structure of the cluster!F2": "none",
                "History!B2": "bronze",
                "History!C2": "benchmarked",
                "History!D2": "2022-03-02",
                "History!B3": "bronze",
                "History!C3": "benchmarked",
                "History!D3": "2022-03-02",
            }
        )
        options = getattr(CATALOGUE.asked["legal-form"].answer, "options", ())
        titles = [f'"{each.title}"' for each in options]

        found = said(content)
        assert found.startswith(
            "ECEI428 Interview!E3: expected a country code such as IT (ISO 3166-1 alpha-2),"
            ' found "Italy"\n'
            'ECEI428 Interview!E10: expected yes or no, found "perhaps"\n'
            "ECEI428 'Structure of the cluster'!E2: expected a year, 1900 to 2100,"
            ' found "2016,5"\n'
            "  hint: write a point in place of the comma: 2016.5\n"
            "ECEI307 'Structure of the cluster'!F2: \"year-established\" cannot be marked as not"
            " applicable\n"
            "  hint: leave the cell empty if there is no answer\n"
            f"ECEI428 'Structure of the cluster'!E3: expected one of {', '.join(titles[:-1])} or"
            f' {titles[-1]}, found "own legal from"\n'
        )
        assert "ECEI305 'Structure of the cluster'!E5: expected a percentage, 0 to 100" in found
        assert found.endswith(
            "ECEI341 History!B3: the benchmarking of bronze on 2022-03-02 stands twice\n"
            "  hint: it is number 1 of the list already"
        )

    @pytest.mark.parametrize(
        ("cells", "words"),
        [
            (
                {"Structure of the cluster!E2": "=2000+16"},
                ("ECEI424 'Structure of the cluster'!E2: the cell contains a formula"
                ' ("=2000+16"); formulas are not evaluated\n  hint: write the value itself'),
            ),
            (
                {"Interview!E2": "=cmd|' /C calc'!A0"},
                ("ECEI424 Interview!E2: the cell contains a formula (\"=cmd|' /C calc'!A0\");"
                " formulas are not evaluated\n  hint: write the value itself"),
            ),
            (
                {"Interview!E6": 12.5},
                ("ECEI428 Interview!E6: expected a day of the years 1900 to 2999 such as"
                " 2024-03-18, found 12.5"),
            ),
            (
                {"Structure of the cluster!E5": "12 %"},
                ("ECEI428 'Structure of the cluster'!E5: expected a percentage, 0 to 100, found"
                ' "12 %"\n  hint: write the number alone, without a unit or spaces'),
            ),
            (
                {"Structure of the cluster!E2": date(2016, 1, 1)},
                ("ECEI428 'Structure of the cluster'!E2: expected a year, 1900 to 2100, found"
                " 2016-01-01"),
            ),
            (
                {"Structure of the cluster!A3": "answers.year-established"},
                ("ECEI427 'Structure of the cluster'!E3: another cell is for"
                ' "answers.year-established" already'),
            ),
            (
                {"Structure of the cluster!A3": "answers.unheard-of"},
                ("ECEI426 'Structure of the cluster'!E3: this cell takes no answer, found"
                ' "A legal form of its own (association, foundation, company or…"'),
            ),
            (
                {"History!B2": "bronze", "History!C2": "awarded", "History!D2": "2022-03-02"},
                "ECEI429 History!E2: Valid until (history.1.valid_until) is needed for an award",
            ),
            (
                {
                    "History!B2": "bronze",
                    "History!C2": "benchmarked",
                    "History!D2": "2022-03-02",
                    "History!E2": "2024-03-02",
                },
                "ECEI426 History!E2: only an award has a last day of validity",
            ),
            (
                {"History!E2": "2024-03-02"},
                ("ECEI429 History!B2: Label (history.1.label) is needed\n"
                "ECEI429 History!C2: Event (history.1.event) is needed\n"
                "ECEI429 History!D2: On (history.1.on) is needed"),
            ),
            (
                {"History!B2": "tin", "History!C2": "awarded", "History!D2": "2022-03-02",
                 "History!E2": "soon"},
                ('ECEI428 History!B2: expected one of "bronze", "silver" or "gold", found "tin"\n'
                "ECEI428 History!E2: expected a day of the years 1900 to 2999 such as 2024-03-18,"
                ' found "soon"'),
            ),
            (
                {"ecei!B3": "benchmarking@2019-12"},
                ('ECEI301 ecei!B3: there is no catalogue edition "benchmarking@2019-12"\n'
                '  hint: did you mean "benchmarking@2019-11" or "benchmarking@2010-11"?'),
            ),
            ({"ecei!B3": None}, ("ECEI425 ecei!B3: no catalogue is named\n"
             "  hint: as benchmarking@2019-11")),
            ({"ecei!B2": "x"}, 'ECEI425 ecei!B2: expected "ecei-interview-workbook/1", found "x"'),
            (
                {"ecei!B2": "ecei-interview-workbook/2"},
                ("ECEI202 ecei!B2: this library reads version 1 of the format, found"
                ' "ecei-interview-workbook/2"\n  hint: a newer version of the library may read it'),
            ),
            (
                {"ecei!A1": None},
                ("ECEI425 (whole document): this is not an interview workbook\n"
                "  hint: make one with `ecei-rules new interview --format xlsx`"),
            ),
        ],
    )  # fmt: skip
    def test_each_has_its_place(self, cells: dict[str, object], words: str) -> None:
        """
        The cell is named as spreadsheets name it.
        """
        assert said(edited(cells)) == words

    def test_an_answer_that_does_not_apply_is_one_of_both(self) -> None:
        """
        An answer and a reason for none contradict each other.
        """
        sheet = load_workbook(BytesIO(er.write_workbook(example())))["Structure of the cluster"]
        rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
        place = f"F{rows['answers.participant-growth']}"

        assert said(edited({f"Structure of the cluster!{place}": "too young"})) == (
            f"ECEI430 'Structure of the cluster'!{place}: Growth of the participation is answered,"
            " and marked as not applicable"
        ).replace("Growth of the participation", str(CATALOGUE.asked["participant-growth"].title))

    def test_what_stands_in_a_row_without_a_name_is_not_lost(self) -> None:
        """
        A row that somebody added has no place in the interview.
        """
        assert said(edited({"Interview!E40": "more"})) == (
            'ECEI426 Interview!E40: this cell takes no answer, found "more"'
        )

    def test_other_sheets_are_not_read(self) -> None:
        """
        A sheet of one's own is no part of the interview.
        """
        book = load_workbook(BytesIO(er.write_workbook(example())))
        book.create_sheet("Mine")["A1"] = "notes"
        made = BytesIO()
        book.save(made)

        assert er.read_workbook(made.getvalue()) == example()

    def test_a_percentage_is_not_guessed(self) -> None:
        """
        A program keeps 0.5 for what it shows as 50 %.
        """
        book = load_workbook(BytesIO(er.write_workbook(example())))
        cell = book["Structure of the cluster"]["E5"]
        cell.value, cell.number_format = 0.5, "0.0%"
        made = BytesIO()
        book.save(made)

        assert said(made.getvalue()) == (
            "ECEI428 'Structure of the cluster'!E5: expected a plain number, found 0.5"
            " formatted as a percentage\n"
            "  hint: if 50 % is meant, write 50 and format the cell as a number"
        )

    def test_there_may_be_too_many(self) -> None:
        """
        Of more than a thousand problems the first thousand are listed.
        """
        cells: dict[str, object] = {f"History!E{row}": "soon" for row in range(2, 1100)}

        problems = said(edited(cells)).splitlines()

        assert problems[0].startswith("ECEI112 ")


class TestHostile:
    """docs/spreadsheets.md: No formula is worked out, no entity expanded, and no bomb unpacked."""

    @given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda data: b"PK\x03\x04" + data))
    def test_any_bytes_give_problems(self, content: bytes) -> None:
        """
        Whatever is no workbook is refused with a problem.
        """
        with pytest.raises(er.InvalidDocument):
            er.read_workbook(content)

    @given(st.data())
    def test_a_broken_workbook_gives_a_value_or_problems(self, data: st.DataObject) -> None:
        """
        Bytes changed anywhere in a part never end in another error.
        """
        parts = parts_of(_SAMPLE)
        name = data.draw(st.sampled_from(sorted(parts)))
        part = parts[name]
        at = data.draw(st.integers(0, len(part)))
        piece = data.draw(
            st.sampled_from((b"", b"<", b"9999999", b'"', b"<f>1</f>", b"e", b"\x00"))
        )
        parts[name] = part[:at] + piece + part[at + data.draw(st.integers(0, 8)) :]

        try:
            read = er.read_workbook(packed(parts))
        except er.InvalidDocument:
            return

        assert isinstance(read, er.Interview)

    @given(st.data())
    def test_a_broken_archive_gives_a_value_or_problems(self, data: st.DataObject) -> None:
        """
        Nor do bytes changed anywhere in the archive, whose beginnings and ends say how the
        parts are packed.
        """
        content = bytearray(_SAMPLE)
        headers = [found.start() for found in re.finditer(b"PK[\x01-\x06]{2}", _SAMPLE)]
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.sampled_from(headers)) + data.draw(st.integers(0, 46))
            content[min(at, len(content) - 1)] = data.draw(st.integers(0, 255))

        try:
            read = er.read_workbook(bytes(content))
        except er.InvalidDocument:
            return

        assert isinstance(read, er.Interview)

    @pytest.mark.parametrize("packing", [ZIP_BZIP2, ZIP_LZMA])
    def test_parts_packed_in_another_way_are_not_unpacked(self, packing: int) -> None:
        """
        Of these the packed bytes say how much memory is taken, and how they may be wrong.
        """
        packed = BytesIO()
        with ZipFile(packed, "w", packing) as archive:
            for name, part in parts_of(_SAMPLE).items():
                archive.writestr(name, part)

        assert said(packed.getvalue()) == (
            "ECEI421 (whole document): a part is compressed by a method that workbooks do not use\n"
            "  hint: a workbook is a file of the format .xlsx"
        )

    def test_an_old_or_a_locked_one_is_known(self) -> None:
        """
        Both begin alike, and neither is read.
        """
        assert said(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)) == (
            "ECEI421 (whole document): the file is protected by a password, or has the old format"
            " .xls\n  hint: save it as .xlsx, without a password"
        )

    def test_a_locked_archive_is_known(self) -> None:
        """
        An archive may have a password of its own.
        """
        content = bytearray(packed({"xl/workbook.xml": b"<x/>"}))
        content[content.rindex(b"PK\x01\x02") + 8] |= 1

        assert said(bytes(content)) == (
            "ECEI421 (whole document): the file is protected by a password\n"
            "  hint: save it without a password"
        )

    def test_a_bomb_is_not_unpacked(self) -> None:
        """
        What it says of its size is looked at first, and no more than that is unpacked.
        """
        content = packed({"xl/workbook.xml": bytes(MAX_UNPACKED + 1)})

        assert len(content) < 20_000
        assert said(content) == (
            "ECEI422 (whole document): unpacked, the workbook has 16,777,217 bytes, more than"
            " 16,777,216"
        )

    def test_a_bomb_that_lies_is_not_unpacked(self) -> None:
        """
        A part is unpacked to its declared size, and then its checksum is wrong.
        """
        content = packed({"xl/workbook.xml": bytes(MAX_UNPACKED + 1)})
        real, false = (MAX_UNPACKED + 1).to_bytes(4, "little"), (100).to_bytes(4, "little")

        assert said(content.replace(real, false)) == (
            "ECEI421 (whole document): the file is a damaged archive\n"
            "  hint: a workbook is a file of the format .xlsx"
        )

    def test_many_parts_are_too_many(self) -> None:
        """
        Each of them costs, however small it is.
        """
        content = packed({str(number): b"" for number in range(MAX_PARTS + 1)})

        assert said(content) == (
            "ECEI422 (whole document): the workbook has 1,001 parts, more than 1,000"
        )

    def test_a_text_in_many_cells_is_too_large(self) -> None:
        """
        A workbook holds a text once that stands in many cells.
        """
        text = b"<si><t>" + b"a" * 2**20 + b"</t></si>"
        cells = b"".join(b'<c r="E%d" t="s"><v>0</v></c>' % row for row in range(1, 30))
        content = packed(
            {
                **_BARE,
                "xl/sharedStrings.xml": b"<sst>" + text + b"</sst>",
                "xl/sheet.xml": b"<worksheet>" + cells + b"</worksheet>",
            }
        )

        assert said(content) == (
            "ECEI422 (whole document): the texts of the workbook have more than 16,777,216"
            " characters"
        )

    @pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
    def test_a_document_type_is_refused(self, coding: str) -> None:
        """
        No entity is declared, and so none expanded or fetched, whatever the coding.
        """
        laughs = (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
        )
        parts = {
            **_BARE,
            "xl/sheet.xml": laughs.replace('1.0"', f'1.0" encoding="{coding}"').encode(coding),
        }

        assert said(packed(parts)) == (
            "ECEI423 (whole document): a part of the workbook declares a document type, which is"
            " never read"
        )

    @pytest.mark.parametrize(
        ("part", "data", "words"),
        [
            ("xl/sheet.xml", b"<x", "a part is not XML: unclosed token"),
            ("xl/sheet.xml", b"<a>" * 51, "its parts are nested more than 50 deep"),
            ("xl/sheet.xml", b'<x><c r="1A"/></x>', '"1A" does not name a cell'),
            ("xl/sheet.xml", b"<x><c/></x>", '"" does not name a cell'),
            ("xl/sheet.xml", b'<x><c r="A1" t="s"><v>7</v></c></x>', 'there is no shared text "7"'),
            (
                "xl/sheet.xml",
                b'<x><c r="A1" t="s"><v>-1</v></c></x>',
                'there is no shared text "-1"',
            ),
            ("xl/_rels/workbook.xml.rels", b"<x/>", 'the sheet "one" is missing'),
            (
                "xl/workbook.xml",
                b'<x><sheet name="one" id="r1"/><sheet name="two" id="r1"/></x>',
                'the sheet "two" is missing',
            ),
        ],
    )
    def test_a_damaged_part_is_named(self, part: str, data: bytes, words: str) -> None:
        """
        The message says what is wrong with the workbook.
        """
        found = said(packed({**_BARE, part: data}))

        assert found == f"ECEI421 (whole document): the workbook is damaged: {words}"

    def test_cells_of_other_programs_are_taken(self) -> None:
        """
        Texts in runs, days as texts or counted from 1904, errors, escapes, styles.
        """
        styles = (
            b"<s><numFmts><numFmt numFmtId='170' formatCode='[$-409]d/m/yy;@'/>"
            b"<numFmt numFmtId='171' formatCode='&quot;%&quot;General'/></numFmts>"
            b"<cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>"
            b"<cellXfs><xf numFmtId='0'/><xf numFmtId='170'/><xf numFmtId='171'/></cellXfs></s>"
        )
        cells = (
            b"<c r='A1' t='inlineStr'><is><r><t>one</t></r><r><t>_x0009_two</t></r>"
            b"<rPh><t>spoken</t></rPh></is></c>"
            b"<c r='A2' t='d'><v>2024-03-18T00:00:00</v></c>"
            b"<c r='A3' t='e'><v>#REF!</v></c>"
            b"<c r='A4' s='1'><v>1000</v></c>"
            b"<c r='A5' s='1'><v>1000.5</v></c>"
            b"<c r='A6' s='2'><v>1.1000000000000001</v></c>"
            b"<c r='A7'><v>1e999</v></c>"
            b"<c r='A8'><v>many</v></c>"
            b"<c r='A9' t='str'><v>a</v></c>"
            b"<c r='B1' t='s'><v>0</v></c>"
            b"<c r='B2' t='b'><v>1</v></c>"
            b"<c r='B3' s='1'><v>1</v></c>"
            b"<c r='AZ1'><v>1</v></c><c r='A99999'><v>1</v></c><c r='B9'/>"
        )
        relations = _BARE["xl/_rels/workbook.xml.rels"].replace(
            b"</x>", b'<Relationship Id="r3" Type="x/styles" Target="styles.xml"/></x>'
        )
        epoch = b'<workbook><workbookPr date1904="1"/><sheet name="one" id="r1"/></workbook>'
        content = packed(
            {
                "xl/workbook.xml": epoch,
                "xl/_rels/workbook.xml.rels": relations,
                "xl/styles.xml": styles,
                "xl/sharedStrings.xml": (
                    b"<sst><si><rPh><t>x</t></rPh><t>sha</t><t>red</t></si><rPh/></sst>"
                ),
                "xl/sheet.xml": b"<x>" + cells + b"<rPh/></x>",
            }
        )

        (sheet,) = read_sheets(content, name="workbook")

        assert dict(sheet.cells) == {
            (1, 1): "one\ttwo",
            (2, 1): "2024-03-18",
            (3, 1): Formula("#REF!"),
            (4, 1): date(1904, 1, 1) + timedelta(1000),
            (5, 1): Decimal("1000.5"),
            (6, 1): Decimal("1.1"),
            (7, 1): "1e999",
            (8, 1): "many",
            (9, 1): "a",
            (1, 2): "shared",
            (2, 2): True,
            (3, 2): 1,
        }

    def test_titles_become_names_of_sheets(self) -> None:
        """
        Names of sheets are short, different, and without some characters.
        """
        titles = ["Facts", "History", "A/B", "[]", "a" * 40, "a" * 41]
        dimensions = [
            er.Dimension(f"d{number}", er.Text({"en": title}))
            for number, title in enumerate(titles)
        ]
        catalogue = evolve(CATALOGUE, dimensions=dimensions, indicators=())

        assert load_workbook(BytesIO(er.new_workbook(catalogue))).sheetnames[3:9] == [
            "Facts 2", "History", "A B", "Sheet", "a" * 31, "a" * 29 + " 2",
        ]  # fmt: skip

    def test_an_archive_of_something_else_is_no_workbook(self) -> None:
        """
        Many formats are archives.
        """
        assert said(packed({"content.xml": b"<x/>"})) == (
            "ECEI421 (whole document): the workbook is damaged: it has no part workbook.xml"
        )

    def test_a_file_may_be_too_large(self) -> None:
        """
        The limit is the one of all documents.
        """
        with pytest.raises(er.InvalidDocument) as refused:
            er.read_workbook(b"PK" + bytes(99), max_size=100)

        assert [*map(str, refused.value.problems)] == [
            "ECEI101 (whole document): the document is larger than 100 bytes"
        ]


_SAMPLE = er.write_workbook(awkward())
_BARE = {
    "xl/workbook.xml": b'<workbook><sheet name="one" id="r1"/></workbook>',
    "xl/_rels/workbook.xml.rels": (
        b'<x><Relationship Id="r1" Target="sheet.xml"/>'
        b'<Relationship Id="r2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></x>'
    ),
    "xl/sheet.xml": b"<worksheet/>",
}
