"""docs/spreadsheets.md, "Tables": interviews as CSV, one in a row."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import catalogues, interviews
from workbook_samples import awkward, example, without_empty_members

import ecei_rules as er
from ecei_rules.interviews.catalogue import Dimension, Number
from ecei_rules.interviews.interview import Expert
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.spreadsheets.cell_types import escape_text, one_of, unescape_text

HEAD = "catalogue,cluster.name,cluster.country,conducted.on"
ROW = "benchmarking@2019-11,Example,IT,2024-03-18"


@st.composite
def interview_lists(draw: st.DrawFn) -> list[er.Interview]:
    """Interviews of one catalogue."""
    catalogue = draw(catalogues())
    found = draw(st.lists(interviews(catalogue), min_size=1, max_size=3))
    return [without_empty_members(each) for each in found]


def refusal(text: str | bytes) -> str:
    """Return the problems of a table that is refused."""
    with pytest.raises(er.InvalidDocument) as refused:
        er.read_interview_table(text)
    return "\n".join(map(str, refused.value.problems))


def answers(columns: str, values: str) -> dict[str, er.Answer]:
    """Return the answers in a table with some more columns."""
    (read,) = er.read_interview_table(f"{HEAD},{columns}\n{ROW},{values}")
    return dict(read.answers)


class TestThereAndBack:
    """docs/spreadsheets.md: From JSON into a table and back nothing changes."""

    @given(interview_lists())
    def test_tables_read_back(self, given_: list[er.Interview]) -> None:
        """
        In their order.
        """
        edition = er.Edition([given_[0].catalogue])
        text = er.write_interview_table(given_)

        assert [*er.read_interview_table(text, edition=edition)] == given_

    def test_table_of_several_catalogues(self) -> None:
        """
        It has the columns of all of them.
        """
        other = evolve(example(), catalogue=er.shipped().catalogues[2], answers={}, facts={})
        audited = evolve(other.conducted, experts=[Expert("auditor", impartial=True)])
        others = evolve(other, remarks={}, improvements=(), conducted=audited)
        text = er.write_interview_table([example(), awkward(), others])

        assert er.read_interview_table(text) == (example(), awkward(), others)

    def test_columns_do_not_depend_on_answers(self) -> None:
        """
        A table of an empty interview has all columns of its catalogue.
        """
        empty = er.Interview(
            example().catalogue, example().cluster, example().conducted, answers={}
        )

        first = er.write_interview_table([empty]).splitlines()[0]
        assert first == er.write_interview_table([example()]).splitlines()[0]
        assert "answers.composition.sme" in first.split(",")

    def test_formulas_are_guarded(self) -> None:
        """
        An apostrophe is before every text that a spreadsheet would run.
        """
        names = ["=1+1", "+1", "-1", "@SUM(A1)", "'a", "\t=1", "\r=1", " =1", "a=1"]
        experts = [Expert("observer", name=name) for name in names]
        interview = evolve(example(), conducted=evolve(example().conducted, experts=experts))
        text = er.write_interview_table([interview])

        (row,) = csv.DictReader(StringIO(text, newline=""))
        found = [row[f"conducted.experts.{number}.name"] for number in range(1, 10)]
        guarded = ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "''a"]
        assert found == [*guarded, "\\u0009=1", "\\u000d=1", "\\u0020=1", "a=1"]
        assert er.read_interview_table(text) == (interview,)

    @given(st.text())
    def test_escaped_texts_read_back(self, text: str) -> None:
        """
        No escaped text has spaces at its ends or looks like another one.
        """
        safe = escape_text(text)

        assert unescape_text(safe) == text
        assert safe == safe.strip()

    def test_notes_are_refused(self) -> None:
        """
        There is no column for an `x-` member.
        """
        with pytest.raises(er.InvalidDocument) as refused:
            er.write_interview_table([evolve(example(), extensions={"/x-a": 1})])

        assert str(refused.value) == (
            "Example Food Cluster has 1 problem\n"
            "ECEI432 /x-a: a note under a name that begins with x- has no cell"
        )


class TestReading:
    """docs/spreadsheets.md: A table from elsewhere has some of the columns, in any order."""

    @pytest.mark.parametrize(
        ("columns", "values", "expected"),
        [
            ("answers.specialisation", "12.50", {"specialisation": 12.5}),
            ("answers.specialisation", "1e1", {"specialisation": 10}),
            ("Answers.Specialisation ", " 12 ", {"specialisation": 12}),
            ("answers.legal-form", "own-legal-form", {"legal-form": "own-legal-form"}),
            ("answers.participant-growth", "-5", {"participant-growth": -5}),
            ("answers.participant-growth", "'-5", {"participant-growth": -5}),
            (
                "answers.participant-growth.not_applicable",
                "too young",
                {"participant-growth": er.NotApplicable("too young")},
            ),
            (
                "answers.composition.sme,answers.composition.other",
                "0,none",
                {"composition": er.FrozenMap({"sme": 0})},
            ),
            ("answers.composition.sme", "None", {"composition": er.FrozenMap({})}),
            ("answers.composition.sme", "", {}),
            (
                "answers.management-competences.sector,answers.management-competences.funding",
                "1,1",
                {"management-competences": ("sector", "funding")},
            ),
            (
                "answers.management-competences.sector,answers.management-competences.funding",
                "2,yes",
                {"management-competences": ("funding", "sector")},
            ),
            (
                "answers.management-competences.sector,answers.management-competences.funding",
                "no,0",
                {"management-competences": ()},
            ),
            ("x-notes,answers.specialisation", "whatever,1", {"specialisation": 1}),
        ],
    )
    def test_accepted_forms(
        self, columns: str, values: str, expected: dict[str, er.Answer]
    ) -> None:
        """
        As survey tools and people write them.
        """
        assert answers(columns, values) == expected

    def test_separators_and_byte_order_mark(self) -> None:
        """
        Spreadsheet programs write all of these.
        """
        plain = er.read_interview_table(f"{HEAD}\n{ROW}")

        for mark in ";\t":
            text = "\ufeff" + f"{HEAD}\r\n\r\n{ROW}\r\n".replace(",", mark)
            assert er.read_interview_table(text.encode()) == plain

    def test_event_numbers_may_have_gaps(self) -> None:
        """
        The numbers only order the events.
        """
        columns = ",".join(f"history.{n}.{m}" for n in (9, 2) for m in ("label", "event", "on"))
        row = "gold,benchmarked,2020-01-02,bronze,benchmarked,2020/01/01"

        (read,) = er.read_interview_table(f"{HEAD},{columns}\n{ROW},{row}")

        assert [each.label for each in read.history] == ["bronze", "gold"]
        assert read.history[0].on == date(2020, 1, 1)

    def test_ambiguous_titles_have_ids(self) -> None:
        """
        If that is not enough, the ids replace the titles.
        """
        b, bee, t, t_a = (er.Text({"en": text}) for text in ("b", "Bee", "T", "T [a]"))

        assert dict(one_of([("a", b), ("b", bee)]).labels) == {"a": "b [a]", "b": "Bee"}
        assert dict(one_of([("a", t), ("b", t), ("c", t_a)]).labels) == {
            "a": "a", "b": "b", "c": "c",
        }  # fmt: skip


class TestProblems:
    """
    docs/spreadsheets.md: Problems are reported with row and column, those of all rows at once.
    """

    def test_problems_of_all_rows(self) -> None:
        """
        A row with problems does not hide those of the next one.
        """
        head = f"{HEAD},answers.specialisation,answers.legal-form,answers.committed-participants"
        text = (
            f"{head}\n"
            f"{ROW},101,own-legal-frm,1.5\n"
            "benchmarking@2019-11,,Italy,soon,1,,\n"
            f"{ROW},1\n"
            ",Example,IT,2024-03-18,,,\n"
        )

        found = refusal(text)

        assert found.startswith(
            "2:1: ECEI305 answers.specialisation: expected a percentage, 0 to 100, found 101\n"
            "2:1: ECEI428 answers.legal-form: expected one of "
        )
        assert '\n  hint: did you mean "own-legal-form"?\n' in found
        assert found.endswith(
            "2:1: ECEI428 answers.committed-participants: expected a whole number of"
            ' organisations, 0 to 100000, found "1.5"\n'
            "  hint: write a whole number, without a fraction\n"
            "3:1: ECEI429 cluster.name: Name of the cluster (cluster.name) is needed\n"
            "3:1: ECEI428 cluster.country: expected a country code such as IT (ISO 3166-1"
            ' alpha-2), found "Italy"\n'
            "  hint: write IT\n"
            "3:1: ECEI428 conducted.on: expected a day of the years 1900 to 2999 such as"
            ' 2024-03-18, found "soon"\n'
            "4:1: ECEI431 line: the row has 5 values for 7 columns\n"
            "5:1: ECEI425 catalogue: no catalogue is named\n"
            "  hint: for example benchmarking@2019-11"
        )

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "1:1: ECEI431 line: there is no row below the names of the columns"),
            (HEAD, "1:1: ECEI431 line: there is no row below the names of the columns"),
            (
                f"{HEAD},answers.specialization,y,\n{ROW},,,",
                ('1:1: ECEI426 answers.specialization: there is no column'
                ' "answers.specialization"\n'
                '  hint: did you mean "answers.specialisation" or'
                ' "remarks.specialisation"?\n'
                '1:1: ECEI426 y: there is no column "y"\n'
                "  hint: begin the name with x- to have a column ignored"),
            ),
            (
                f"{HEAD},\n{ROW},1",
                ('2:1: ECEI426 line: this cell takes no answer, found "1"\n'
                "  hint: its column has no name; name it x-index to have it ignored"),
            ),
            (
                f",{HEAD},\n,{ROW},1",
                ('2:1: ECEI426 line: this cell takes no answer, found "1"\n'
                "  hint: its column has no name; name it x-index to have it ignored"),
            ),
            (
                f"{HEAD},Answers.Specialization,Índex\n{ROW},,",
                ('1:1: ECEI426 Answers.Specialization: there is no column'
                ' "Answers.Specialization"\n'
                '  hint: did you mean "answers.specialisation" or'
                ' "remarks.specialisation"?\n'
                '1:1: ECEI426 Índex: there is no column "Índex"\n'
                "  hint: begin the name with x- to have a column ignored"),
            ),
            (
                f"{HEAD},conducted.on\n{ROW},2024-03-18",
                '1:1: ECEI427 conducted.on: there are two columns "conducted.on"',
            ),
            (
                "cluster.name,cluster.country\nExample,IT",
                ('1:1: ECEI425 catalogue: the table has no column "catalogue"\n'
                "  hint: for example benchmarking@2019-11"),
            ),
            (
                f'{HEAD}\n"{ROW}',
                ('2:1: ECEI413 line: the row cannot be read: "benchmarking@2019-11,Example,IT,'
                "2024-03-18\n  hint: is a closing quotation mark missing?"),
            ),
            (
                f'"catalogue" x\n{ROW}',
                ('1:1: ECEI413 line: the row cannot be read: "catalogue" x\n'
                "  hint: is a closing quotation mark missing?"),
            ),
            (
                '"catalogue',
                ('1:1: ECEI413 line: the row cannot be read: "catalogue\n'
                "  hint: is a closing quotation mark missing?"),
            ),
            (
                f"{HEAD},history.1.place\n{ROW},Rome",
                ('1:1: ECEI426 history.1.place: there is no column "history.1.place"\n'
                '  hint: did you mean "history.1.label", "history.1.on" or "history.1.event"?'),
            ),
            (
                f"{HEAD},improvements.1.indicator,improvements.1.description\n{ROW},stategy,d",
                ("2:1: ECEI428 improvements.1.indicator: expected one of 36 in a list, such as"
                ' "Year of establishment", found "stategy"\n'
                '  hint: did you mean "strategy" or "Strategy"?'),
            ),
            (
                f"{HEAD},facts.listed-on-eccp\n{ROW},maybe",
                '2:1: ECEI428 facts.listed-on-eccp: expected yes or no, found "maybe"',
            ),
            (
                f"{HEAD},answers.composition.sme,answers.composition.other\n{ROW},-1,100001",
                ("2:1: ECEI428 answers.composition.sme: expected a whole number of organisations,"
                ' 0 to 100000, found "-1"'),
            ),
            (
                f"{HEAD},answers.management-competences.sector\n{ROW},perhaps",
                ("2:1: ECEI428 answers.management-competences.sector: expected yes or no, found"
                ' "perhaps"'),
            ),
        ],
    )  # fmt: skip
    def test_problems_have_line_and_column(self, text: str, words: str) -> None:
        """
        The line of the row, and the name of the column.
        """
        assert refusal(text) == words

    def test_at_most_a_thousand_problems_are_listed(self) -> None:
        """
        Of rows, and of columns.
        """
        rows = "\n".join(["benchmarking@2019-11,,,"] * 1000)

        assert refusal(f"{HEAD}\n{rows}").splitlines()[0].startswith("ECEI112 ")
        assert refusal(f"{'a,' * 10_000}\nb").splitlines()[0] == (
            "1:1: ECEI431 line: the table has 10,001 columns"
        )
        names = ",".join(f"a{number}" for number in range(2000))
        assert len(refusal(f"{HEAD},{names}\n{ROW}{',' * 2000}").splitlines()) > 1000

    @given(st.text() | st.text("catalogue,\"\n'=x@-1.", max_size=60).map(lambda t: f"{HEAD}\n{t}"))
    def test_any_text_gives_interviews_or_problems(self, text: str) -> None:
        """
        No content of a table raises another error.
        """
        try:
            read = er.read_interview_table(text)
        except er.InvalidDocument:
            return

        assert read

    def test_rows_have_their_own_catalogues(self) -> None:
        """
        A column of another catalogue has to be empty.
        """
        column = "answers.satisfaction-of-participants"

        assert refusal(f"{HEAD},{column}\n{ROW},80") == (
            f'2:1: ECEI426 {column}: this cell takes no answer, found "80"'
        )

    def test_retired_indicators_have_no_column(self) -> None:
        """
        Nobody answers them any more.
        """
        one = er.Indicator(
            "one", "d", er.Text({"en": "One"}), er.Text({"en": "?"}), Number(),
            status="retired", provenance=Attestation("attested"),
        )  # fmt: skip
        title = er.Text({"en": "d"})
        catalogue = er.Catalogue("c", "1", title, [Dimension("d", title)], [one])
        row = "c@1,Example,IT,2024-03-18"

        with pytest.raises(er.InvalidDocument) as refused:
            er.read_interview_table(f"{HEAD},answers.one\n{row},1", edition=er.Edition([catalogue]))

        assert refused.value.problems[0].code == "ECEI426"
