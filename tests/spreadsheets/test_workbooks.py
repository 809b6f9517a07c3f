"""docs/spreadsheets.md, "Filling in a workbook": contents and problems of workbooks."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from paths import EXAMPLES
from strategies import catalogues, interviews
from workbook_samples import (
    BACK,
    WORKBOOKS,
    awkward,
    edited,
    example,
    parts_of,
    refusal,
    without_empty_members,
)

import ecei_rules as er
from ecei_rules.interviews.history import LabelEvent
from ecei_rules.interviews.interview import Expert

if TYPE_CHECKING:
    from pathlib import Path


CATALOGUE = er.shipped().catalogues[1]
SOFFICE = shutil.which("soffice")
MISSING_ROW = (
    'ECEI425 (whole document): the row of "Legal form" is missing, and its answer with it\n'
    f"  hint: {BACK}\n"
)


@st.composite
def any_interviews(draw: st.DrawFn) -> er.Interview:
    """Interviews, each of a catalogue of its own."""
    return without_empty_members(draw(interviews(draw(catalogues()))))


def round_trip(interview: er.Interview) -> er.Interview:
    """Write the workbook of an interview and read it."""
    edition = er.Edition([interview.catalogue])
    return er.read_workbook(er.write_workbook(interview), edition=edition)


class TestThereAndBack:
    """docs/spreadsheets.md: From JSON into a workbook and back nothing changes."""

    @settings(max_examples=settings().max_examples // 2)
    @given(any_interviews())
    def test_workbooks_read_back(self, interview: er.Interview) -> None:
        """
        For any interview.
        """
        assert round_trip(interview) == interview

    def test_texts_stay_texts(self) -> None:
        """
        Also those that look like formulas, numbers, days or escapes.
        """
        assert round_trip(awkward()) == awkward()

    def test_same_interview_gives_same_bytes(self) -> None:
        """
        The workbook does not contain the current time.
        """
        assert er.write_workbook(example()) == er.write_workbook(example())
        assert (
            b"dcterms:modified" not in parts_of(er.write_workbook(example()))["docProps/core.xml"]
        )

    def test_reads_a_file_saved_by_libreoffice(self) -> None:
        """
        LibreOffice 7.4 wrote the file from the workbook of this interview.
        """
        saved = (WORKBOOKS / "saved-by-libreoffice.xlsx").read_bytes()

        assert b"LibreOffice" in parts_of(saved)["docProps/app.xml"]
        assert er.read_workbook(saved) == awkward()

    @pytest.mark.slow
    @pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
    def test_libreoffice_round_trip(self, tmp_path: Path) -> None:
        """
        With the LibreOffice of this machine.
        """
        (tmp_path / "given.xlsx").write_bytes(er.write_workbook(awkward()))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        saved = tmp_path / "saved"
        command = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir"]
        subprocess.run(
            [*command, str(saved), str(tmp_path / "given.xlsx")], check=True, capture_output=True
        )

        assert er.read_workbook((saved / "given.xlsx").read_bytes()) == awkward()

    def test_openpyxl_round_trip(self) -> None:
        """
        A workbook that openpyxl reads and writes again still reads.
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
                    example(),
                    history=[
                        LabelEvent("bronze", "benchmarked", date(1990, 1, 1) + timedelta(n))
                        for n in range(10_000)
                    ],
                ),
                "ECEI432 /history: there are cells for 9,999 of them, not for 10,000",
            ),
            (
                evolve(example(), conducted=evolve(example().conducted, experts=[])),
                (
                    "ECEI432 /conducted/experts: there is no cell for a list without experts\n"
                    "  hint: leave it out, or name one"
                ),
            ),
            (
                evolve(example(), answers={"specialisation": 101}),
                "ECEI305 /answers/specialisation: expected a percentage, 0 to 100, found 101",
            ),
        ],
    )
    def test_unrepresentable_interviews_are_refused(
        self, interview: er.Interview, words: str
    ) -> None:
        """
        Nothing is lost silently.
        """
        with pytest.raises(er.InvalidDocument) as refused:
            er.write_workbook(interview)

        assert [*map(str, refused.value.problems)] == [words]


class TestToFillIn:
    """docs/spreadsheets.md: A sheet for each dimension, and cells with drop-downs and bounds."""

    def test_sheets(self) -> None:
        """
        In order, the last two hidden, and all protected without a password.
        """
        book = load_workbook(BytesIO(er.new_workbook(CATALOGUE)))

        titles = [str(each.title)[:31].strip() for each in CATALOGUE.dimensions]
        first = ["How to fill in", "Interview", "Facts"]
        assert book.sheetnames == [
            *first, *titles, "Improvements", "History", "ecei", "ecei-lists",
        ]  # fmt: skip
        assert [s.title for s in book if s.sheet_state == "hidden"] == ["ecei", "ecei-lists"]
        assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)

    def test_first_sheet_tells_that_the_questions_are_a_reconstruction(self) -> None:
        """
        Right under the title; a catalogue without a note has none.
        """
        book = load_workbook(BytesIO(er.new_workbook(CATALOGUE)))
        bare = load_workbook(BytesIO(er.new_workbook(evolve(CATALOGUE, extensions={}))))

        assert CATALOGUE.note is not None
        assert book["How to fill in"]["A2"].value == CATALOGUE.note
        assert bare["How to fill in"]["A2"].value == book["How to fill in"]["A3"].value

    def test_rows_are_the_indicators(self) -> None:
        """
        In the order of the catalogue, each on the sheet of its dimension, with its options below
        it.
        """
        book = load_workbook(BytesIO(er.new_workbook(CATALOGUE)))

        ids = [row[0].value for row in book["Structure of the cluster"].iter_rows(min_row=2)]
        asked = [each.id for each in CATALOGUE.within("structure")]
        assert [each.split(".")[1] for each in ids if each.count(".") == 1] == asked
        assert "answers.composition.sme" in ids
        assert book["Structure of the cluster"].column_dimensions["A"].hidden

    def test_only_answers_are_unlocked(self) -> None:
        """
        And the reasons, for indicators that may be marked as not applicable.
        """
        sheet = load_workbook(BytesIO(er.new_workbook(CATALOGUE)))["Structure of the cluster"]
        rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}

        def unlocked(name: str) -> str:
            return "".join(c.column_letter for c in rows[name] if not c.protection.locked)

        assert unlocked("answers.year-established") == "EG"
        assert unlocked("answers.participant-growth") == "EFG"
        assert unlocked("answers.composition") == "G"
        assert unlocked("answers.composition.sme") == "E"

    def test_cells_have_lists_bounds_and_questions(self) -> None:
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

    def test_portfolios_are_suggestions(self) -> None:
        """
        Portfolios beside the fifteen known ones are accepted.
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

    def test_accepted_forms(self) -> None:
        """
        Cells accept values in the several forms that people and programs write.
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
                "Structure of the cluster!F16": "too young",
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

    def test_numbers_stay_whole_numbers(self) -> None:
        """
        A number is exact, however the program shows it; a text of three digits is not.
        """
        cells: dict[str, object] = {"Structure of the cluster!E6": 63.0}
        text = {"Structure of the cluster!E6": "63.000"}

        assert er.read_workbook(edited(cells)).answers["committed-participants"] == 63
        assert refusal(edited(text)) == (
            "ECEI428 'Structure of the cluster'!E6: expected a whole number of organisations,"
            ' 0 to 100000, found "63.000"\n'
            "  hint: 63000 or 63? write the one that is meant"
        )

    def test_empty_workbook_names_the_required_cells(self) -> None:
        """
        The cells that may not stay empty.
        """
        assert refusal(er.new_workbook(CATALOGUE)) == (
            "ECEI429 Interview!E2: Name of the cluster (cluster.name) is needed\n"
            "ECEI429 Interview!E3: Country (cluster.country) is needed\n"
            "ECEI429 Interview!E6: Day of the interview (conducted.on) is needed"
        )


class TestProblems:
    """docs/spreadsheets.md: Problems are reported with sheet and cell, all at once."""

    def test_problems_are_reported_in_order(self) -> None:
        """
        Wrong forms, values out of bounds and contradictions together.
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

        found = refusal(content)
        assert found.startswith(
            "ECEI428 Interview!E3: expected a country code such as IT (ISO 3166-1 alpha-2),"
            ' found "Italy"\n'
            "  hint: write IT\n"
            'ECEI428 Interview!E10: expected yes or no, found "perhaps"\n'
            "ECEI428 'Structure of the cluster'!E2: expected a year, 1900 to 2100,"
            ' found "2016,5"\n'
            "  hint: write a whole number, without a fraction\n"
            "ECEI307 'Structure of the cluster'!F2: \"year-established\" cannot be marked as not"
            " applicable\n"
            "  hint: leave the cell empty if there is no answer\n"
            f"ECEI428 'Structure of the cluster'!E3: expected one of {', '.join(titles[:-1])} or"
            f' {titles[-1]}, found "own legal from"\n'
        )
        assert "ECEI305 'Structure of the cluster'!E5: expected a percentage, 0 to 100" in found
        assert found.endswith(
            "ECEI341 History!B3: the benchmarking of bronze on 2022-03-02 is listed twice\n"
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
                {"Interview!E6": 45369.4375},
                ("ECEI428 Interview!E6: expected a day of the years 1900 to 2999 such as"
                ' 2024-03-18, found "2024-03-18 10:30:00"\n'
                "  hint: write the day alone, without a time: 2024-03-18"),
            ),
            (
                {"Interview!E6": 12.5},
                ("ECEI428 Interview!E6: expected a day of the years 1900 to 2999 such as"
                " 2024-03-18, found 12.5"),
            ),
            (
                {"Structure of the cluster!E5": "12 %"},
                ("ECEI428 'Structure of the cluster'!E5: expected a percentage, 0 to 100, found"
                ' "12 %"\n  hint: write 12'),
            ),
            (
                {"Structure of the cluster!E2": date(2016, 1, 1)},
                ("ECEI428 'Structure of the cluster'!E2: expected a year, 1900 to 2100, found"
                " 2016-01-01\n  hint: the cell is formatted as a day; format it as a number, and"
                " write the number again"),
            ),
            (
                {"Structure of the cluster!A3": "answers.year-established"},
                (MISSING_ROW + "ECEI427 'Structure of the cluster'!E3: another cell holds"
                ' "answers.year-established" already'),
            ),
            (
                {"Structure of the cluster!A3": "answers.unheard-of"},
                (MISSING_ROW + "ECEI426 'Structure of the cluster'!E3: this cell takes no answer,"
                " found"
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
             "  hint: for example benchmarking@2019-11")),
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
    def test_problems_have_cells(self, cells: dict[str, object], words: str) -> None:
        """
        As spreadsheet programs name them.
        """
        assert refusal(edited(cells)) == words

    def test_answer_and_reason_contradict(self) -> None:
        """
        An answer and a reason why none applies.
        """
        sheet = load_workbook(BytesIO(er.write_workbook(example())))["Structure of the cluster"]
        rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
        place = f"F{rows['answers.participant-growth']}"

        assert refusal(edited({f"Structure of the cluster!{place}": "too young"})) == (
            f"ECEI430 'Structure of the cluster'!{place}: Growth of the participation is answered,"
            " and marked as not applicable"
        ).replace("Growth of the participation", str(CATALOGUE.asked["participant-growth"].title))

    def test_added_rows_are_reported(self) -> None:
        """
        They have no place in the interview.
        """
        assert refusal(edited({"Interview!E40": "more"})) == (
            'ECEI426 Interview!E40: this cell takes no answer, found "more"'
        )

    def test_percentage_format_is_a_problem(self) -> None:
        """
        A program stores 0.5 for 50 %.
        """
        book = load_workbook(BytesIO(er.write_workbook(example())))
        cell = book["Structure of the cluster"]["E5"]
        cell.value, cell.number_format = 0.5, "0.0%"
        made = BytesIO()
        book.save(made)

        assert refusal(made.getvalue()) == (
            "ECEI428 'Structure of the cluster'!E5: expected a plain number, found 0.5"
            " formatted as a percentage\n"
            "  hint: if 50 % is meant, write 50 and format the cell as a number"
        )

    def test_at_most_a_thousand_problems_are_listed(self) -> None:
        """
        And that there are more.
        """
        cells: dict[str, object] = {f"History!E{row}": "soon" for row in range(2, 1100)}

        problems = refusal(edited(cells)).splitlines()

        assert problems[0].startswith("ECEI112 ")
