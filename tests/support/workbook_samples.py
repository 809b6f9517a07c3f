"""Interviews and workbooks that are hard for spreadsheet programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from attrs import evolve
from openpyxl import load_workbook
from paths import CASES, EXAMPLES

import ecei_rules as er
from ecei_rules.interviews.history import Cluster, LabelEvent
from ecei_rules.interviews.interview import Conducted, Expert, Improvement

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook

WORKBOOKS = CASES / "workbooks"
EXAMPLE = EXAMPLES / "awarded.json"
#: The hint where something is missing from a workbook.
BACK = "move it back from another copy, or from a new workbook if nothing is answered"


def without_empty_members(interview: er.Interview) -> er.Interview:
    """Leave out an empty schema and an empty list of experts, which no cell can state."""
    experts = interview.conducted.experts or None
    return evolve(
        interview,
        schema=interview.schema or None,
        conducted=evolve(interview.conducted, experts=experts),
    )


def example() -> er.Interview:
    """Return the example that is awarded, without its note."""
    return evolve(er.load_interview(EXAMPLE), extensions={})


def awkward() -> er.Interview:
    """Return an interview full of values that programs change."""
    catalogue = er.shipped().catalogues[1]
    return er.Interview(
        catalogue,
        Cluster("=1+1", "IT", website="https://example.org/?a=1&b=<2>", comparative_portfolio="+x"),
        Conducted(
            date(1900, 1, 31),
            mode="video",
            experts=[
                Expert("observer", name="@SUM(A1)", impartial=False),
                Expert("benchmarking-expert", name="1e3", impartial=True),
                Expert("observer", name="TRUE"),
                Expert("observer", name="a fourth\nwith a line break\r"),
                Expert("observer", name=" spaced "),
                Expert("observer", name="2024-03-18"),
            ],
        ),
        {
            "year-established": 2016,
            "specialisation": Decimal("0.1"),
            "participant-growth": er.NotApplicable("-5"),
            "staff-development": Decimal("0.12345678901234567"),
            "participants-per-fte": Decimal("12.30"),
            "management-competences": ("communication", "sector"),
            "service-spectrum": (),
            "composition": er.FrozenMap({"sme": 0, "research": 100000}),
            "cluster-cooperation": er.FrozenMap({}),
        },
        facts={"listed-on-eccp": False, "management-fte": Decimal("1.5")},
        improvements=[
            Improvement("strategy", "'quoted", effect='"quoted"', confirmed=True),
            Improvement("legal-form", "_x0041_ and x005F_", effect="\\u0041 and \x00\ufffe"),
        ],
        history=[
            LabelEvent("bronze", "benchmarked", date(2022, 3, 2)),
            LabelEvent("bronze", "awarded", date(2022, 3, 2), valid_until=date(2999, 12, 31)),
        ],
        remarks={"strategy": "1/2", "listed-on-eccp": "50 %", "composition": "naïve 𝄞\ttab"},
    )


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by their names."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a workbook of parts."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def changed(content: bytes, old: bytes, new: bytes) -> bytes:
    """Return a workbook with one piece of its parts replaced; the piece must exist."""
    parts = parts_of(content)
    found = [name for name, part in parts.items() if old in part]
    assert found, old
    return packed(parts | {name: parts[name].replace(old, new) for name in found})


def edited(cells: dict[str, object], content: bytes | None = None) -> bytes:
    """Return the example's workbook with other values in cells such as `Interview!E2`."""

    def edit(book: Workbook) -> None:
        for place, value in cells.items():
            sheet, _, cell = place.rpartition("!")
            book[sheet.strip("'")][cell] = value

    return rearranged(edit, content)


def rearranged(change: Callable[[Workbook], object], content: bytes | None = None) -> bytes:
    """Return the example's workbook after a change."""
    book = load_workbook(BytesIO(content or er.write_workbook(example())))
    change(book)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def refusal(content: bytes) -> str:
    """Return the problems of a workbook that is refused."""
    with pytest.raises(er.InvalidDocument) as refused:
        er.read_workbook(content)
    return "\n".join(map(str, refused.value.problems))
