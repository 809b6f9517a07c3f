"""docs/command-line.md, "register report": the page of a register."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve
from hypothesis import given
from markup import Element, tree
from register_page_samples import (
    ENGLISH,
    LISTING,
    ON,
    SHIPPED,
    TABLE,
    body,
    cells,
    children,
    hostile,
    in_order,
    numbered,
    page_of,
    pages,
    record,
    shown_row,
)
from register_strategies import days
from texts_in_use import in_use

import ecei_rules as er
from ecei_rules.report.pages.localisation import Words
from ecei_rules.report.pages.register import STATUSES, register_figures, register_page

if TYPE_CHECKING:
    from collections.abc import Iterator


class TestPage:
    """The page, with or without scripts."""

    @given(pages, days)
    def test_table_has_every_record(self, register: er.Register, on: date) -> None:
        """
        Name, label, status, days, portfolio and country of each, and no other row.
        """
        table = page_of(register, on).by_id("labels")

        shown = [tuple(cell.text for cell in children(row)) for row in body(table)]
        assert shown == [shown_row(each, on) for each in in_order(register)]

    @given(pages, days)
    def test_same_register_gives_same_bytes(self, register: er.Register, on: date) -> None:
        """
        Pages written again can be compared.
        """
        again = er.Register([evolve(each) for each in register.records])

        assert register_page(again, on, SHIPPED, ENGLISH) == register_page(
            register, on, SHIPPED, ENGLISH
        )

    @given(pages, days)
    def test_length_of_a_bar_is_the_number_of_labels(self, register: er.Register, on: date) -> None:
        """
        One part after the other, each as wide as its number, on the scale of the greatest.
        """
        page = page_of(register, on)
        for heading, values in (
            ("by-portfolio", register_figures(register, on, SHIPPED).portfolios),
            ("by-country", register_figures(register, on, SHIPPED).countries),
        ):
            section = next(
                each
                for each in page.all("section")
                if each.attributes.get("aria-labelledby") == heading
            )
            most = max(each.total for each in values)
            for row, value in zip(body(section), values, strict=True):
                assert [int(each) for each in cells(row)[1:]] == [*value.counts, value.total]
                assert next(row.all("svg")).attributes["viewbox"] == f"0 0 {most} 1"
                assert _marks(row) == _stacked(value.counts)

    def test_small_register_counted_by_hand(self) -> None:
        """
        The example: Bread & Wine ran out in March and is renewable, two are valid.
        """
        page = page_of(er.load_register(TABLE))

        summary = [each for each in page.all("ul") if each.attributes.get("class") == "summary"]
        assert cells(summary[0]) == ["2 Valid", "1 Renewable", "0 Lapsed"]
        assert [cells(each) for each in body(page.by_id("labels"))] == [
            [
                "Example Cluster, Bread & Wine",
                "Bronze",
                "Renewable",
                "31 Mar 2024",
                "31 Mar 2025",
                "Food industry",
                "Italy",
            ],
            [
                "Example Harbour Network",
                "Silver",
                "Valid",
                "30 Sept 2024",
                "30 Sept 2025",
                "Maritime technologies, water resources",
                "Finland",
            ],
            [
                "Example Maritime Cluster",
                "Gold",
                "Valid",
                "31 Oct 2026",
                "31 Oct 2027",
                "Maritime technologies, water resources",
                "Finland",
            ],
        ]
        months = next(page.all("ol"))
        assert cells(months)[:4] == [
            "June 2024 0 run out 0 last days to renew",
            "July 2024 0 run out 0 last days to renew",
            "August 2024 0 run out 0 last days to renew",
            "September 2024 1 runs out 0 last days to renew",
        ]
        assert [cells(each) for each in page.all("ul")][-3:] == [
            [
                (
                    "30 September 2024 Example Harbour Network, Finland: Silver"
                    " runs out; it can be renewed until 30 September 2025"
                )
            ],
            [
                (
                    "31 March 2025 Example Cluster, Bread & Wine, Italy: Bronze"
                    " can be renewed for the last time; it ran out on 31 March 2024"
                )
            ],
            [
                (
                    "30 September 2025 Example Harbour Network, Finland: Silver"
                    " can be renewed for the last time; it ran out on 30 September 2024"
                )
            ],
        ]

    def test_deadline_names_another_record_of_the_same_name(self) -> None:
        """
        The organisation may still hold the label; and the rules of 2016 renew nothing.
        """
        register = er.Register(
            [record("Example", "bronze", "2016-07-31"), record("Example", "bronze", "2017-07-31")]
        )
        page = page_of(register, date(2016, 7, 1))

        assert [cells(each) for each in page.by_id("main").all("ul")] == [
            [
                (
                    "31 July 2016 Example: Bronze runs out; no known rule allows a renewal then."
                    " Another record of this name runs until 31 July 2017"
                )
            ],
            ["31 July 2017 Example: Bronze runs out; no known rule allows a renewal then"],
        ]

    def test_page_lists_the_problems_of_the_register(self) -> None:
        """
        Each problem with its line, and their number in the header.
        """
        register = er.load_register(LISTING)
        page = page_of(register)

        problems = next(
            each for each in page.all("ul") if each.attributes.get("class") == "problems"
        )
        assert len(cells(problems)) == len(register.problems) == 3
        assert cells(problems)[2] == (
            "ECEI405 line 13: there is no day in the line, which may be cut off: Example Tourism"
            " Region Sports, Leisure and Tour"
        )
        assert "3 entries of the register have problems. See the problems" in " ".join(
            page.text.split()
        )

    def test_register_without_records_gives_a_page(self) -> None:
        """
        Without an empty table, and with nothing to search.
        """
        page = page_of(er.Register([]))

        assert "The register lists 0 labels." in page.text
        assert list(page.all("table")) == list(page.all("form")) == []

    def test_page_names_the_rules_for_renewals(self) -> None:
        """
        The rules in force on the day and the evidence for them, for every label.
        """
        page = page_of(numbered(3))

        until = "until 1 year after its end inferred: it follows from documented cases"
        assert [" ".join(each.text.split()) for each in page.all("dd")] == [
            f"{label}@2019-11: {until}" for label in ("bronze", "silver", "gold")
        ]

    def test_page_of_a_day_without_rules(self) -> None:
        """
        Before the first ruleset no rule allows a renewal.
        """
        page = page_of(numbered(3), date(2010, 1, 1))

        assert {each.text.strip() for each in page.all("dd")} == {
            "no ruleset is in force on this day, so a label that has run out counts as lapsed"
        }

    def test_page_with_rules_that_renew_nothing(self) -> None:
        """
        A ruleset may have no rule for renewals.
        """
        ruleset = SHIPPED.ruleset("bronze", version="2019-11")
        validity = evolve(ruleset.validity, renewal=None)
        edition = er.Edition(
            [ruleset.catalogue], rulesets=[evolve(ruleset, validity=validity, after_gap=True)]
        )

        page = tree(register_page(numbered(3), ON, edition, ENGLISH))

        assert next(page.all("dd")).text.strip() == "bronze@2019-11 has no rule for renewals"

    def test_every_text_of_the_page_is_translated(self) -> None:
        """
        With each English text in brackets, only names and numbers are outside.
        """
        words = Words("en", {text: f"⟦{text}⟧" for text in in_use()})
        page = page_of(evolve(numbered(40), problems=hostile().problems[:1]), words=words)

        outside = " ".join(_own_texts(next(page.all("body"))))
        for each in [*page.all("bdi"), *page.all("code"), *page.all("time")]:
            outside = outside.replace(each.text, " ")
        for country in ("Italy", "Finland", "Germany", "Liechtenstein"):
            outside = outside.replace(country, " ")
        left = re.sub(r"⟦[^⟧]*⟧", " ", outside)
        months = "January February March April May June July August September October"
        months += " November December"

        assert set(re.findall(r"[^\W\d_]+", left)) <= set(months.split())


def _own_texts(element: Element) -> Iterator[str]:
    if element.tag in ("script", "style"):
        return
    for name in ("aria-label", "data-all", "data-some", "data-none", "data-more"):
        if name in element.attributes:
            yield str(element.attributes[name])
    for each in element.content:
        if isinstance(each, str):
            yield each
        else:
            yield from _own_texts(each)


def _marks(row: Element) -> list[tuple[str | None, int, int]]:
    return [
        (
            each.attributes["class"],
            int(each.attributes["x"] or ""),
            int(each.attributes["width"] or ""),
        )
        for each in row.all("rect")
    ]


def _stacked(counts: tuple[int, ...]) -> list[tuple[str | None, int, int]]:
    found: list[tuple[str | None, int, int]] = []
    for place, count in enumerate(counts):
        if count:
            found.append((STATUSES[place].value, sum(counts[:place]), count))
    return found
