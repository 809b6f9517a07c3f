"""docs/semantics.md, 2.5: breakdowns that divide a count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import catalogues, interviews

import ecei_rules as er
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Catalogue,
    Count,
    Dimension,
    Fact,
    Indicator,
    Option,
)
from ecei_rules.interviews.consistency import unequal_parts, unequal_parts_problems
from ecei_rules.interviews.history import Cluster
from ecei_rules.interviews.interview import Conducted, Interview
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text

QUESTION = Text({"en": "How many?"})


def catalogue(*options: str, whole: str = "cranes") -> Catalogue:
    """Return a catalogue that asks for cranes, and for the number of each type."""
    kind = Breakdown([Option(each, Text({"en": each})) for each in options], parts_of=whole)
    asked = [
        Indicator(
            name,
            "quay",
            Text({"en": name.capitalize()}),
            QUESTION,
            answer,
            not_applicable=True,
            provenance=Attestation("unattested"),
        )
        for name, answer in {"types": kind, "cranes": Count()}.items()
    ]
    berths = Fact("berths", Text({"en": "Berths"}), Count())
    return Catalogue("harbour", "1", QUESTION, [Dimension("quay", QUESTION)], asked, facts=[berths])


def held(of: Catalogue, answers: dict[str, Any], **facts: Any) -> Interview:
    """Return an interview of an invented cluster."""
    conducted = Conducted(date(2024, 3, 18))
    return Interview(of, Cluster("Example Cluster", "EE"), conducted, answers, facts=facts)


TYPES = catalogue("gantry", "mobile", "not-classified")


@given(st.data())
def test_breakdowns_are_found_exactly_if_their_parts_do_not_add_up(data: st.DataObject) -> None:
    """
    In any interview of any catalogue: each breakdown that names a whole, where both are
    answered, and no others, in the order of the catalogue.
    """
    interview = data.draw(interviews(data.draw(catalogues())))
    asked = {**interview.catalogue.asked, **interview.catalogue.facts_asked}
    given = {**interview.answers, **interview.facts}
    wrong = []
    for name, question in asked.items():
        whole = getattr(question.answer, "parts_of", None)
        parts = given.get(name)
        if whole in given and parts is not None and not isinstance(parts, NotApplicable):
            count = given[whole]
            if not isinstance(count, NotApplicable) and sum(parts.values()) != count:
                wrong.append(name)

    assert [each.id for each in unequal_parts(interview)] == wrong
    assert [each.code for each in unequal_parts_problems(interview)] == ["ECEI379"] * len(wrong)


@pytest.mark.parametrize(
    "answers",
    [
        {"types": {"gantry": 2, "mobile": 1}, "cranes": 3},
        {"types": {"gantry": 1, "not-classified": 2}, "cranes": 3},
        {"types": {}, "cranes": 0},
        {"types": {"gantry": 2}},
        {"cranes": 3},
        {"types": NotApplicable("no cranes"), "cranes": 3},
        {"types": {"gantry": 2}, "cranes": NotApplicable("no cranes")},
    ],
)
def test_parts_are_fine_if_they_add_up_or_nothing_is_to_compare(answers: dict[str, Any]) -> None:
    """
    What is not classified counts as a part, like any other.
    """
    assert [*unequal_parts(held(TYPES, answers))] == []


@pytest.mark.parametrize(
    ("of", "cranes", "hint"),
    [
        (TYPES, 1, 'put the other 2 under "not-classified"'),
        (catalogue("gantry"), 1, "put the other 2 under an option, or correct the whole"),
        (TYPES, 4, "count each part once, or correct the whole"),
    ],
)
def test_message_says_where_the_rest_belongs(of: Catalogue, cranes: int, hint: str) -> None:
    """
    Under the option for it, if the catalogue has one.
    """
    (problem,) = unequal_parts_problems(held(of, {"types": {"gantry": cranes}, "cranes": 3}))

    assert problem.where == "/answers/types"
    assert problem.message == f'the parts add up to {cranes}, but "cranes" is 3'
    assert (problem.hint, problem.severity) == (hint, "warning")


def test_whole_and_parts_can_be_facts() -> None:
    """
    The parts of a fact are compared as well, and the place is among the facts.
    """
    kind = Breakdown([Option("deep", Text({"en": "Deep"}))], parts_of="berths")
    depths = Fact("depths", Text({"en": "Berths by depth"}), kind)
    of = evolve(TYPES, facts=[*TYPES.facts, depths])

    (found,) = unequal_parts(held(of, {}, berths=3, depths={"deep": 2}))
    (problem,) = unequal_parts_problems(held(of, {}, berths=3, depths={"deep": 2}))

    assert (found.subject, found.id, found.total) == ("fact", "depths", 2)
    assert (found.whole, str(found.whole_title), found.expected) == ("berths", "Berths", 3)
    assert problem.where == "/facts/depths"


@pytest.mark.parametrize("reference", ["benchmarking@2010-11", "quality@2012-04"])
def test_shipped_catalogues_divide_the_committed_participants(reference: str) -> None:
    """
    Each has an option for those that are not classified.
    """
    name, _, version = reference.partition("@")
    asked = er.shipped().catalogue(name, version).asked
    (types,) = (
        each for each in asked.values() if getattr(each.answer, "parts_of", None) is not None
    )

    assert isinstance(types.answer, Breakdown)
    assert isinstance(asked[types.answer.parts_of or ""].answer, Count)
    assert types.answer.options[-1].id == "not-classified"
