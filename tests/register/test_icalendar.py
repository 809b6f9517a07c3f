"""RFC 5545: the deadlines of a register as a calendar file."""

from __future__ import annotations

import re
from datetime import date

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from register_pages import ONE_DAY, events_in
from register_strategies import (
    calendar_names,
    repeated,
)

import ecei_rules as er
from ecei_rules.register.deadlines import deadlines
from ecei_rules.register.icalendar import calendar_file

SUMMARIES = {
    "runs_out": "{} label of {} runs out",
    "last_day_to_renew": "last day to renew {} label of {}",
}


def identified(register: er.Register) -> set[tuple[str, str, date]]:
    """Return the events of a register's calendar with their identifiers."""
    events = events_in(calendar_file(register, er.shipped()))
    return {(each.uid.value, each.summary.value, each.dtstart.value) for each in events}


SAME = er.LabelRecord(
    "Example Bakers",
    "bronze",
    date(2016, 7, 24),
    country="IT",
    comparative_portfolio="Food industry",
    website="https://example.org",
)
SAILORS = (
    "valid until 2024-09-30; renewable until 2025-09-30 [inferred]; another record of the name"
    " runs until 2030-09-30; Maritime technologies, water resources; NO; https://example.org"
)


class TestCalendar:
    """Another library than the writing one reads the calendar."""

    @given(st.lists(st.builds(evolve, repeated, name=calendar_names), max_size=4))
    def test_events_are_all_day_and_named(self, drawn: list[er.LabelRecord]) -> None:
        """
        Names keep commas, semicolons, backslashes and letters of any alphabet.
        """
        register = er.merge_registers([er.Register(drawn)])

        events = events_in(calendar_file(register, er.shipped()))

        assert [(each.summary.value, each.dtstart.value, each.dtend.value) for each in events] == [
            (
                SUMMARIES[each.what].format(each.record.label.capitalize(), each.record.name),
                each.on,
                each.on + ONE_DAY,
            )
            for each in deadlines(register, er.shipped())
        ]
        assert {type(each.dtstart.value) for each in events} <= {date}
        # with the time of writing, equal registers would give different files
        assert [str(each.dtstamp.value) for each in events] == [
            f"{each.on} 00:00:00+00:00" for each in deadlines(register, er.shipped())
        ]

    @given(st.lists(st.builds(evolve, repeated, name=calendar_names), max_size=4))
    def test_lines_are_short_and_end_with_crlf(self, drawn: list[er.LabelRecord]) -> None:
        """
        A line has at most 75 octets and splits no UTF-8 character.
        """
        data = calendar_file(er.Register(drawn), er.shipped()).encode()

        *folded, last = data.split(b"\r\n")
        assert last == b""
        for line in folded:
            assert len(line) <= 75
            assert b"\r" not in line
            assert b"\n" not in line
            line.decode()

    @given(st.lists(repeated, max_size=4), repeated)
    def test_event_keeps_its_identifier(
        self, drawn: list[er.LabelRecord], more: er.LabelRecord
    ) -> None:
        """
        A second export gives the same bytes. Another record, or a country or address added
        later, does not change the events.
        """
        register = er.merge_registers([er.Register(drawn)])
        longer = er.Register(
            [more, *(evolve(each, country="SE", website="https://x") for each in register.records)]
        )

        text = calendar_file(register, er.shipped())

        assert calendar_file(er.read_register(er.write_register(register)), er.shipped()) == text
        assert identified(register) <= identified(longer)

    def test_spelling_of_a_name_changes_no_identifier(self) -> None:
        """
        docs/semantics.md, 8.9: a newer register that has the name in capitals repeats no event.
        """
        registers = [er.Register([each]) for each in (SAME, evolve(SAME, name=SAME.name.upper()))]

        first, second = (
            {identity for identity, *_ in identified(register)} for register in registers
        )
        assert first == second != set()

    @given(st.lists(repeated, max_size=6))
    @example([SAME, evolve(SAME, country="AT")])
    @example([SAME, evolve(SAME, comparative_portfolio="ICT")])
    @example([SAME, evolve(SAME, website="https://example.com")])
    def test_identifiers_are_unique(self, drawn: list[er.LabelRecord]) -> None:
        """
        A calendar program would show only one of two events with the same identifier.
        """
        register = er.merge_registers([er.Register(drawn)])

        identities = {identity for identity, *_ in identified(register)}
        assert len(identities) == len(deadlines(register, er.shipped()))

    @pytest.mark.parametrize(
        ("published", "modified", "sequence"),
        [
            (date(2024, 3, 1), "2024-03-01 00:00:00+00:00", "4869"),
            (date(2010, 11, 2), "2010-11-02 00:00:00+00:00", "1"),
            (date(2010, 10, 31), "2010-10-31 00:00:00+00:00", "0"),
        ],
    )
    def test_changed_event_has_a_later_revision(
        self, published: date, modified: str, sequence: str
    ) -> None:
        """
        docs/command-line.md: "`SEQUENCE` is the number of days since 2010-11-01".
        """
        register = er.Register([SAME], published=published)

        (event,) = events_in(calendar_file(register, er.shipped()))

        assert str(event.last_modified.value) == str(event.dtstamp.value) == modified
        assert event.sequence.value == sequence
        assert (f"\r\nSEQUENCE:{sequence}\r\n") in calendar_file(register, er.shipped())

    def test_event_of_an_undated_register_has_no_revision(self) -> None:
        """
        Without the day neither is written.
        """
        text = calendar_file(er.Register([SAME]), er.shipped())

        assert not re.search("LAST-MODIFIED|SEQUENCE", text)

    def test_newer_register_keeps_the_event_and_raises_its_revision(self) -> None:
        """
        A portfolio that is added later is the same event, with a greater `SEQUENCE`.
        """
        first, second = (
            events_in(calendar_file(register, er.shipped()))[0]
            for register in (
                er.Register([evolve(SAME, country=None)], published=date(2024, 3, 1)),
                er.Register([SAME], published=date(2024, 3, 2)),
            )
        )

        assert first.uid.value == second.uid.value
        assert first.description.value != second.description.value
        assert int(first.sequence.value) < int(second.sequence.value)

    def test_control_characters_are_escaped(self) -> None:
        """
        RFC 5545 allows none in a text; line breaks are escaped too.
        """
        record = er.LabelRecord("Example\x00\x1b\r\nBakers", "bronze", date(2016, 7, 24))

        (event,) = events_in(calendar_file(er.Register([record]), er.shipped()))

        assert event.summary.value == (
            r"Bronze label of Example\u0000\u001b\u000d\u000aBakers runs out"
        )

    def test_description_has_the_details_of_the_record(self) -> None:
        """
        It has the other days, the portfolio, the country and the address.
        """
        register = er.Register(
            [
                er.LabelRecord(
                    "Example Sailors; Divers",
                    "gold",
                    date(2024, 9, 30),
                    country="NO",
                    comparative_portfolio="Maritime technologies, water resources",
                    website="https://example.org",
                ),
                er.LabelRecord("Example Sailors; Divers", "gold", date(2030, 9, 30), country="NO"),
                er.LabelRecord("Example Bakers", "bronze", date(2016, 7, 24)),
            ]
        )

        events = events_in(calendar_file(register, er.shipped()))

        assert [(str(each.dtstart.value), each.description.value) for each in events] == [
            ("2016-07-24", "valid until 2016-07-24"),
            ("2024-09-30", SAILORS),
            ("2025-09-30", SAILORS),
            ("2030-09-30", "valid until 2030-09-30; renewable until 2031-09-30 [inferred]; NO"),
            ("2031-09-30", "valid until 2030-09-30; renewable until 2031-09-30 [inferred]; NO"),
        ]

    def test_empty_register_is_a_calendar_without_events(self) -> None:
        """
        The file is valid and has no events.
        """
        assert events_in(calendar_file(er.Register([]), er.shipped())) == []
