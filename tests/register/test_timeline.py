"""The drawing of a label history, and the command `ecei-rules timeline`."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES, ROOT
from strategies import histories

import ecei_rules as er
from ecei_rules.cli.main import main
from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.interviews.history import LABELS
from ecei_rules.register.timeline import WIDTH, timeline

if TYPE_CHECKING:
    from pathlib import Path

THREE = EXAMPLES / "histories" / "three-labels.json"


EDITION = er.shipped()


days = st.dates(date(2009, 1, 1), date(2036, 12, 31))


def awarded(label: str, on: str, until: str) -> er.LabelEvent:
    """Return an award of a label."""
    return er.LabelEvent(
        label, "awarded", date.fromisoformat(on), valid_until=date.fromisoformat(until)
    )


def _months(start: date, day: date) -> int:
    return 12 * (day.year - start.year) + day.month - start.month


@given(histories(), st.none() | days)
def test_drawing_shows_the_status_on_the_first_day_of_each_column(
    events: list[er.LabelEvent], on: date | None
) -> None:
    """
    Read back from its years and ticks, the drawing agrees with `standing_on`.
    """
    history = er.LabelHistory(events)
    text = timeline(history, EDITION, on=on)
    if not events:
        assert text == ""
        return
    years, ticks, *lines, legend = text.splitlines()
    months = int(legend.split("a column is ")[1].split()[0])
    start = date(int(years.split()[0]), 1, 1)
    assert years.index(str(start.year)) == ticks.index("|") == 8
    assert max(map(len, text.splitlines())) <= WIDTH
    if on is not None:
        caret = lines.pop()
        assert caret.index("^") - 8 == _months(start, on) // months
        assert caret.strip() in (f"^ {on}", f"{on} ^")
    assert [each.split()[0] for each in lines] == [
        label for label in LABELS if any(e.label == label for e in events)
    ]
    for line in lines:
        label, marks = line[:8].strip(), line[8:]
        for column, mark in enumerate(marks):
            first = add_calendar_years(start, 0, "same_day", months=column * months)
            inside = {
                each.event
                for each in events
                if each.label == label and _months(start, each.on) // months == column
            }
            if inside:
                assert mark == ("A" if "awarded" in inside else "b")
            elif any(e.label == label and e.event == "awarded" for e in events):
                labels = er.standing_on(history, first, EDITION).labels
                status = next(each.status for each in labels if each.label == label)
                assert mark == {"valid": "=", "renewable": "-"}.get(status.value, " ")


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (2012, 2018, 1),
        (2012, 2019, 2),
        (2012, 2026, 2),
        (2012, 2027, 3),
        (1930, 2021, 12),
        (1900, 2999, 240),
    ],
)
def test_drawing_is_as_fine_as_its_width_allows(first: int, last: int, months: int) -> None:
    """
    Of 92 columns, 7 years need 84 with one month each, and 15 years need 90 with two. A year
    that does not fit at the right is left out.
    """
    events = [
        er.LabelEvent("bronze", "benchmarked", date(first, 1, 1)),
        er.LabelEvent("bronze", "benchmarked", date(last, 12, 31)),
    ]

    lines = timeline(er.LabelHistory(events), EDITION, on=date(last, 12, 31)).splitlines()

    assert lines[-1].endswith(f"a column is {months} month{'s' * (months > 1)}")
    assert lines[2].startswith("bronze  b")
    assert max(map(len, lines)) <= WIDTH
    years = lines[0].split()
    assert years[0] == str(first)
    assert all(len(each) == 4 for each in years)


class TestTimeline:
    """`ecei-rules timeline` prints text or JSON."""

    def test_whole_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        It has the heading, the drawing, the awards with their rules, and the standing.
        """
        assert main(["timeline", str(THREE), "--on", "2025-12-01"]) == 0
        assert capsys.readouterr().out == (
            "Example Cluster (IT)\n"
            "\n"
            "        2017  2018  2019  2020  2021  2022  2023  2024  2025  2026\n"
            "        |     |     |     |     |     |     |     |     |     |\n"
            "bronze    A==========A============------\n"
            "silver                A=================A============------\n"
            "gold                                            A============------\n"
            "                                                             ^ 2025-12-01\n"
            "        A awarded, b benchmarked, = valid, - renewable; a column is 2 months\n"
            "\n"
            "Bronze\n"
            "  - awarded on 2017-06-08, valid from 2017-06-08 to 2019-06-08: a first award under"
            " bronze@2010-11\n"
            "    [inferred]; renewable until 2020-06-30\n"
            "  - awarded on 2019-03-12, valid from 2019-03-12 to 2021-03-12: a first award under"
            " bronze@2010-11\n"
            "    [inferred]; renewable until 2022-03-31\n"
            "\n"
            "Silver\n"
            "  - awarded on 2019-06-25, valid from 2019-06-25 to 2021-06-25: a first award under"
            " silver@2017-01\n"
            "    [inferred]; renewable until 2022-06-30\n"
            "  - awarded on 2022-06-14, valid from 2021-06-26 to 2024-06-30: a renewal under"
            " silver@2019-11\n"
            "    [inferred]; renewable until 2025-06-30\n"
            "\n"
            "Gold\n"
            "  - awarded on 2023-10-17, valid from 2023-10-17 to 2025-10-31: a first award under"
            " gold@2019-11\n"
            "    [inferred]; renewable until 2026-10-31\n"
            "\n"
            "On 2025-12-01: No label is valid\n"
            "  - bronze: lapsed, run out on 2021-03-12; an award on an interview of this day would"
            " be a first\n"
            "    award again: from 2025-12-01 to 2027-12-31 [inferred]\n"
            "  - silver: lapsed, run out on 2024-06-30; an award on an interview of this day would"
            " be a first\n"
            "    award again: from 2025-12-01 to 2027-12-31 [inferred]\n"
            "  - gold: run out on 2025-10-31, renewable until 2026-10-31; an award on an interview"
            " of this day\n"
            "    would be a renewal: from 2025-11-01 to 2028-10-31 [inferred]\n"
        )

    def test_interview_is_shown_on_its_own_day(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        A history alone has no day, so it has no standing.
        """
        assert main(["timeline", str(EXAMPLES / "awarded-gold.json")]) == 0
        assert "\nOn 2024-10-09: Silver is valid\n" in capsys.readouterr().out
        assert main(["timeline", str(THREE)]) == 0
        assert "\nOn " not in capsys.readouterr().out

    def test_stated_ends_and_later_awards_are_explained(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The history has no cluster, the day is before all awards, and no rule gives the ends.
        """
        history = er.LabelHistory(
            [
                er.LabelEvent("bronze", "benchmarked", date(2010, 5, 3)),
                awarded("bronze", "2014-11-06", "2016-07-24"),
                awarded("gold", "2012-03-05", "2014-03-05"),
            ]
        )
        path = tmp_path / "history.json"
        path.write_text(er.write_history(history), encoding="utf-8")

        assert main(["timeline", str(path), "--on", "2010-05-03"]) == 0
        assert capsys.readouterr().out.partition("\n\n")[2] == (
            "Bronze\n"
            "  - awarded on 2014-11-06, valid from 2014-11-06 to 2016-07-24: as stated;"
            " bronze@2010-11 gives\n"
            "    2016-11-06 for an interview of that day [inferred]\n"
            "\n"
            "Gold\n"
            "  - awarded on 2012-03-05, valid from 2012-03-05 to 2014-03-05: as stated, no ruleset"
            " being in force\n"
            "    on that day; renewable until 2015-03-05\n"
            "\n"
            "On 2010-05-03: No label is valid\n"
            "  - bronze: not yet valid, from 2014-11-06 on; no ruleset is in force on 2010-05-03\n"
            "  - gold: not yet valid, from 2012-03-05 on; no ruleset is in force on 2010-05-03\n"
        )

    def test_empty_history_says_so(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        There is nothing to draw.
        """
        path = tmp_path / "history.json"
        path.write_text('{"format": "ecei-history/1", "history": []}', encoding="utf-8")

        assert main(["timeline", str(path)]) == 0
        assert capsys.readouterr().out == "There is no event in the history.\n"

    def test_json_has_the_same_content(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        It has the awards, and the labels on the day with the award of an interview.
        """
        assert main(["timeline", str(THREE), "--on", "2024-06-30", "--format", "json"]) == 0
        shown = json.loads(capsys.readouterr().out)

        assert shown["cluster"] == {"name": "Example Cluster", "country": "IT"}
        assert (shown["on"], shown["held"]) == ("2024-06-30", "gold")
        assert len(shown["awards"]) == 5
        assert shown["awards"][3] == {
            "label": "silver",
            "on": "2022-06-14",
            "from": "2021-06-26",
            "until": "2024-06-30",
            "as_ruled": True,
            "renewable_until": "2025-06-30",
            "ruleset": "silver@2019-11",
            "rule": {
                "award": "renewal",
                "from": "2021-06-26",
                "until": "2024-06-30",
                "basis": "inferred",
            },
        }
        assert shown["labels"][0] == {
            "label": "bronze",
            "status": "lapsed",
            "from": "2019-03-12",
            "until": "2021-03-12",
            "renewable_until": "2022-03-31",
            "ruleset": "bronze@2019-11",
            "next_award": {
                "award": "late_return",
                "from": "2024-06-30",
                "until": "2026-06-30",
                "basis": "inferred",
            },
        }

    def test_json_leaves_out_unknown_members(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        These are rules that were not in force, and last days to renew that do not exist.
        """
        history = er.LabelHistory(
            [
                awarded("bronze", "2014-11-06", "2016-07-24"),
                awarded("gold", "2012-03-05", "2014-03-05"),
            ]
        )
        path = tmp_path / "history.json"
        path.write_text(er.write_history(history), encoding="utf-8")

        assert main(["timeline", str(path), "--on", "2010-05-03", "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out) == {
            "on": "2010-05-03",
            "awards": [
                {
                    "label": "bronze",
                    "on": "2014-11-06",
                    "from": "2014-11-06",
                    "until": "2016-07-24",
                    "as_ruled": False,
                    "ruleset": "bronze@2010-11",
                    "rule": {
                        "award": "first",
                        "from": "2014-11-06",
                        "until": "2016-11-06",
                        "basis": "inferred",
                    },
                },
                {
                    "label": "gold",
                    "on": "2012-03-05",
                    "from": "2012-03-05",
                    "until": "2014-03-05",
                    "as_ruled": False,
                    "renewable_until": "2015-03-05",
                },
            ],
            "labels": [
                {
                    "label": "bronze",
                    "status": "not_yet_valid",
                    "from": "2014-11-06",
                    "until": "2016-07-24",
                },
                {
                    "label": "gold",
                    "status": "not_yet_valid",
                    "from": "2012-03-05",
                    "until": "2014-03-05",
                    "renewable_until": "2015-03-05",
                },
            ],
        }

    def test_another_document_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        A ruleset has no history.
        """
        path = ROOT / "rulesets" / "gold" / "2019-11.json"

        assert main(["timeline", str(path)]) == 1
        assert capsys.readouterr().err == (
            f'{path}:3:13: ECEI203 /format: expected "ecei-history/1", found "ecei-ruleset/1"\n'
        )
