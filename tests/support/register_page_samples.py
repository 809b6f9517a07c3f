"""Registers and their pages, for tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st
from markup import Element, tree
from paths import EXAMPLES
from register_strategies import records

import ecei_rules as er
from ecei_rules.diagnostics.phrasing import visible
from ecei_rules.report.pages.localisation import words_in
from ecei_rules.report.pages.register import register_page, sort_key

if TYPE_CHECKING:
    from ecei_rules.report.pages.localisation import Words

SHIPPED = er.shipped()
ENGLISH = words_in("en")
TABLE = EXAMPLES / "register" / "register.csv"
LISTING = EXAMPLES / "register" / "page.txt"
ON = date(2024, 6, 30)
#: Names that would break a page that took them for markup.
HOSTILE = (
    "<script>document.title = 'taken'</script>",
    "</td></tr></table><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "a\u202eb\nc",
    "X" * 300,
    "שלום עולם אשכול",
    "تجمع الطاقة (شمال)",
    "🚀🧬👩\u200d🔬 Emoji Cluster 🇪🇺",
    "W" * 30 + " iiiii" * 45,
    '"><svg onload=alert(1)>',
)
pages = st.lists(
    records(st.text(min_size=1) | st.sampled_from(HOSTILE)), min_size=1, max_size=8
).map(er.Register)


def record(name: str, label: er.Label, until: str, **more: str) -> er.LabelRecord:
    """Return a record of an invented organisation."""
    return er.LabelRecord(name, label, date.fromisoformat(until), **more)


def numbered(number: int) -> er.Register:
    """Return a register with all labels, statuses and gaps."""
    countries = ("IT", "FI", "DE", None, "LI")
    portfolios = ("Food industry", "Micro, nano and optical technologies", None)
    records = [
        er.LabelRecord(
            f"Example {('Élan', 'Harbour', 'alpine')[index % 3]} {index}",
            ("bronze", "silver", "gold")[index % 7 % 3],
            date(2022, 1, 31) + relativedelta(months=index % 53),
            country=countries[index % 5],
            comparative_portfolio=portfolios[index % 4 % 3],
            website=None if index % 3 else f"https://example.org/{index}",
        )
        for index in range(number)
    ]
    return er.Register(records)


def hostile() -> er.Register:
    """Return a register with every harmful name, as name, portfolio and problem."""
    records = [
        er.LabelRecord(
            name,
            "gold",
            ON + relativedelta(months=index - 4),
            country="QQ",
            comparative_portfolio=name,
            website=f"https://example.org/{name}",
        )
        for index, name in enumerate(HOSTILE)
    ]
    problems = [
        er.Problem("ECEI403", "line", f"unread: {name}", hint=name, line=1234, column=1)
        for name in HOSTILE
    ]
    return er.Register(records, problems=problems)


def page_of(register: er.Register, on: date = ON, words: Words = ENGLISH) -> Element:
    """Return the page of a register as a tree."""
    return tree(register_page(register, on, SHIPPED, words))


def children(row: Element) -> list[Element]:
    """Return the elements directly in another."""
    return [each for each in row.content if isinstance(each, Element)]


def cells(row: Element) -> list[str]:
    """Return the texts of a row of a table, with single spaces."""
    return [" ".join(each.text.split()) for each in children(row)]


def body(table: Element) -> list[Element]:
    """Return the rows of a table below its heading."""
    return list(next(table.all("tbody")).all("tr"))


def in_order(register: er.Register) -> list[er.LabelRecord]:
    """Sort the records as the page does."""
    return sorted(register.records, key=lambda each: (sort_key(each.name), each.name))


def shown_row(record: er.LabelRecord, on: date) -> tuple[str, ...]:
    """Return the cells that the page shows for a record."""
    renewable = SHIPPED.renewable_until(record.label, record.valid_until)
    status = er.status_of(record.label, record.valid_until, on, SHIPPED)
    return (
        visible(record.name),
        record.label.capitalize(),
        status.value.capitalize(),
        ENGLISH.day(record.valid_until, "medium"),
        ENGLISH.day(renewable, "medium") if renewable else "",
        visible(record.comparative_portfolio) if record.comparative_portfolio else "not stated",
        ENGLISH.country(record.country) if record.country else "not stated",
    )
