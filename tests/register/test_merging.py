"""docs/formats.md, "Register": merging registers."""

from __future__ import annotations

from datetime import date

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from register_pages import ITALY, SPAIN, has, key
from register_strategies import (
    repeated,
)

import ecei_rules as er
from ecei_rules.register.csv_table import COLUMNS


class TestMerging:
    """Several registers become one."""

    several = st.lists(st.lists(repeated, max_size=4).map(er.Register), max_size=4)

    @given(several)
    def test_merging_again_changes_nothing(self, drawn: list[er.Register]) -> None:
        """
        Merging a register with itself does not either, and no record is listed twice.
        """
        merged = er.merge_registers(drawn)

        assert er.merge_registers([merged]) == merged
        assert er.merge_registers([merged, merged]) == merged
        assert er.merge_registers([*drawn, *drawn]) == merged
        assert er.check_register(merged) == ()

    @given(several)
    def test_order_is_that_of_first_appearance(self, drawn: list[er.Register]) -> None:
        """
        Records that differ follow the first of their name, label and last day.
        """
        before = [record for each in drawn for record in each.records]

        after = er.merge_registers(drawn).records

        runs = [key(each) for index, each in enumerate(after) if index in starts_of_runs(after)]
        assert runs == list(dict.fromkeys(map(key, before)))
        assert len(after) <= len(before)

    @given(several)
    def test_nothing_is_lost_or_invented(self, drawn: list[er.Register]) -> None:
        """
        Every record is contained in a kept one, and every detail of a kept record is stated
        by a record with the same name, label and last day.
        """
        before = [record for each in drawn for record in each.records]

        after = er.merge_registers(drawn).records

        for record in before:
            assert any(has(kept, record) for kept in after)
        for kept in after:
            alike = [record for record in before if key(record) == key(kept)]
            for name in COLUMNS:
                assert getattr(kept, name) in {None, *(getattr(each, name) for each in alike)}

    def test_spellings_of_one_name_are_one_organisation(self) -> None:
        """
        docs/semantics.md, 8.9: the name stays as the first record has it.
        """
        first = er.LabelRecord("Agrupaci\u00f3 d\u2019Empreses", "bronze", date(2018, 6, 30))
        again = evolve(first, name="AGRUPACIO\u0301  d'Empreses", country="ES")
        differing = evolve(first, name="Agrupaci\u00f3 d`Empreses", country="FR")

        merged = er.merge_registers([er.Register([first, again, differing, differing])])

        assert merged.records == (evolve(first, country="ES"), differing)
        assert [each.code for each in merged.problems] == ["ECEI408"]
        twice = er.Register([again, evolve(again, name=first.name)])
        assert [(p.code, p.where) for p in er.check_register(twice)] == [("ECEI351", "/records/1")]

    @given(several)
    def test_every_different_record_has_one_problem(self, drawn: list[er.Register]) -> None:
        """
        The first record of a name, label and last day has none.
        """
        merged = er.merge_registers(drawn)
        keys = {key(each) for each in merged.records}

        codes = [each.code for each in merged.problems]
        assert codes == ["ECEI408"] * (len(merged.records) - len(keys))

    @given(repeated, st.sampled_from(("country", "comparative_portfolio", "website")))
    def test_repeat_adds_missing_details(self, record: er.LabelRecord, name: str) -> None:
        """
        The order of the two does not matter.
        """
        less = evolve(record, **{name: None})

        for both in ([record, less], [less, record]):
            pages = [er.Register([each]) for each in both]
            assert er.merge_registers(pages).records == (record,)

    def test_records_that_differ_are_both_kept(self) -> None:
        """
        The problem names the record and the different details; further repeats add no problem.
        """
        first = er.LabelRecord(
            "Example Bakers", "bronze", date(2016, 7, 24), country="IT", website="http://a"
        )
        second = evolve(first, country="AT", website="http://b", comparative_portfolio="ICT")
        later = evolve(first, valid_until=date(2018, 3, 1))

        merged = er.merge_registers(
            [er.Register([first, later]), er.Register([second]), er.Register([second, first])]
        )

        assert merged.records == (first, second, later)
        assert [str(each) for each in merged.problems] == [
            (
                'ECEI408 records: two records of "Example Bakers" until 2016-07-24 differ in'
                ' "country" and "website"; both are kept'
            )
        ]

    def test_merged_register_is_as_new_as_its_newest_part(self) -> None:
        """
        Registers that do not state when they were published do not change the day.
        """
        days = (None, date(2024, 3, 1), date(2024, 3, 2), date(2023, 1, 1), None)

        merged = er.merge_registers(er.Register([], published=day) for day in days)

        assert merged.published == date(2024, 3, 2)
        assert er.merge_registers([er.Register([]), er.Register([])]).published is None

    def test_problems_of_the_pages_are_kept(self) -> None:
        """
        The lines that could not be read are still reported after merging.
        """
        spain = er.read_register(SPAIN.read_bytes())
        italy = er.read_register(ITALY.read_bytes())

        merged = er.merge_registers([spain, italy])

        assert merged.records == (*spain.records, *italy.records)
        assert merged.problems == (*spain.problems, *italy.problems)


def starts_of_runs(records: tuple[er.LabelRecord, ...]) -> set[int]:
    """Return the indices of records whose key differs from that of the record before."""
    return {
        index
        for index in range(len(records))
        if not index or key(records[index]) != key(records[index - 1])
    }
