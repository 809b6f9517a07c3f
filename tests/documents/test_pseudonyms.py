"""docs/command-line.md, "Pseudonymous interviews"."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from paths import EXAMPLES, ROOT
from strategies import judged

import ecei_rules as er
from ecei_rules.documents.pseudonyms import pseudonymous
from ecei_rules.interviews.history import Cluster, LabelEvent
from ecei_rules.interviews.interview import Conducted, Expert, Improvement

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset

NUMBERED = re.compile(r"Organisation [1-9]\d*")


@cache
def corpus() -> tuple[Interview, ...]:
    """Make interviews of seven organisations, two with more than one, even on one day."""
    made = tuple(er.example_corpus(7))
    later = [
        evolve(each, conducted=evolve(each.conducted, on=date(2026, 5, 4)), history=[])
        for each in made[:2]
    ]
    return (*made, *later, evolve(later[0], answers={}))


@given(judged())
def test_assessment_is_the_same(case: tuple[Interview, Ruleset]) -> None:
    """
    What an assessment depends on is kept: outcomes, points and days are those of before.
    """
    interview, ruleset = case
    (hidden,) = pseudonymous([interview])

    before, after = er.assess(interview, ruleset), er.assess(hidden, ruleset)

    assert after.outcome == before.outcome
    assert after.score == before.score
    assert after.validity == before.validity
    assert [each.outcome for each in after.all_findings] == [
        each.outcome for each in before.all_findings
    ]
    assert after.unanswered == before.unanswered
    assert [each.gain for each in after.recommendations] == [
        each.gain for each in before.recommendations
    ]


@given(judged())
def test_it_is_an_interview_and_hiding_twice_changes_nothing(
    case: tuple[Interview, Ruleset],
) -> None:
    """
    What is written can be read; nothing is left to hide.
    """
    interview, _ = case
    (hidden,) = pseudonymous([interview])

    text = er.write_interview(hidden)
    edition = er.Edition([interview.catalogue])
    assert er.read_interview(text, edition=edition) == hidden
    assert pseudonymous([hidden]) == (hidden,)


@given(st.permutations(range(10)), st.permutations(range(7)))
def test_neither_names_nor_their_order_are_left(order: list[int], names: list[int]) -> None:
    """
    The order in the file, often that of the names, has no effect, and neither have the names.
    """
    called = list(dict.fromkeys(each.cluster.name for each in corpus()))
    renamed = {name: f"{new} Cluster" for name, new in zip(called, names, strict=True)}
    others = [
        evolve(each, cluster=evolve(each.cluster, name=renamed[each.cluster.name]))
        for each in (corpus()[place] for place in order)
    ]

    hidden = pseudonymous(others)

    assert hidden == pseudonymous(corpus())
    numbers = [int(each.cluster.name.removeprefix("Organisation ")) for each in hidden]
    assert numbers == sorted(numbers)
    assert Counter(Counter(numbers).values()) == {1: 5, 2: 1, 3: 1}


def written(catalogue: er.Catalogue) -> Interview:
    """Return an interview with a word wherever people write."""
    (sometimes, *_) = (each.id for each in catalogue.indicators if each.not_applicable)
    return er.Interview(
        catalogue,
        Cluster(
            "Word Cluster",
            "IT",
            website="https://word.example.org",
            comparative_portfolio="The word industry",
        ),
        Conducted(
            date(2024, 3, 18),
            mode="video",
            experts=[Expert("benchmarking-expert", name="Dr Word", impartial=True)],
        ),
        {sometimes: er.NotApplicable("not before the word"), "strategy": "broad"},
        improvements=[Improvement("strategy", "a word", effect="more words", confirmed=True)],
        history=[LabelEvent("bronze", "benchmarked", date(2022, 3, 2))],
        remarks={"strategy": "a word too"},
        schema="https://word.example.org/interview-1.json",
        extensions={
            "/x-made-up": "by Word",
            "/x-note": "a word",
            "/cluster/x-word": 1,
            "/conducted/experts/0/x-mail": "word@example.org",
            "/answers/x-y": ["word"],
        },
    )


def test_no_word_that_somebody_wrote_is_left() -> None:
    """
    Every member of the format that takes any text at all is dropped or replaced.
    """
    interview = written(er.shipped().catalogue("benchmarking", "2019-11"))
    (sometimes,) = (name for name, each in interview.answers.items() if each != "broad")

    (hidden,) = pseudonymous([interview])

    assert "word" not in er.write_interview(hidden).lower()
    assert json.loads(er.write_interview(hidden)) == {
        "format": "ecei-interview/1",
        "x-made-up": True,
        "catalogue": {"id": "benchmarking", "version": "2019-11"},
        "cluster": {"name": "Organisation 1", "country": "IT"},
        "conducted": {
            "on": "2024-03-18",
            "mode": "video",
            "experts": [{"role": "benchmarking-expert", "impartial": True}],
        },
        "answers": {sometimes: {"not_applicable": "left out"}, "strategy": "broad"},
        "improvements": [{"indicator": "strategy", "description": "left out", "confirmed": True}],
        "history": [{"label": "bronze", "event": "benchmarked", "on": "2022-03-02"}],
    }


def test_every_text_of_the_format_was_thought_of() -> None:
    """
    A member of the schema that takes any text, and is not in the test above, is found here.
    """
    schema = json.loads((ROOT / "schemas" / "interview-1.json").read_text("utf-8"))
    found = set()

    def visit(at: Any, name: str) -> None:
        if isinstance(at, dict):
            if at.get("type") == "string" and not {"pattern", "enum", "const"} & set(at):
                found.add(name)
            for key, each in at.items():
                inner = key if key not in ("properties", "additionalProperties") else name
                visit(each, inner)

    visit(schema, "interview")
    assert found == {
        "$schema",
        "name",
        "comparative_portfolio",
        "description",
        "effect",
        "remarks",
        "not_applicable",
        # the options of an answer, which are those of the catalogue
        "items",
    }


class TestNumbers:
    """An organisation has one number."""

    def numbers(self, *clusters: tuple[str, str]) -> list[str]:
        """Return the numbers of interviews of organisations with names and countries."""
        interview = evolve(er.load_interview(EXAMPLES / "awarded.json"), extensions={})
        held = [
            evolve(
                interview,
                cluster=Cluster(name, country),
                conducted=evolve(interview.conducted, on=date(2024, 3, day)),
            )
            for day, (name, country) in enumerate(clusters, start=1)
        ]
        hidden = sorted(pseudonymous(held), key=lambda each: each.conducted.on)
        assert all(NUMBERED.fullmatch(each.cluster.name) for each in hidden)
        return [each.cluster.name.removeprefix("Organisation ") for each in hidden]

    @pytest.mark.parametrize(
        "other",
        ["Agrupació d\u2019Empreses", "AGRUPACIÓ  D'EMPRESES", "agrupacio\u0301 d'empreses\u200b"],
    )
    def test_spellings_of_one_name(self, other: str) -> None:
        """
        docs/semantics.md, 8.9: names are compared as in registers.
        """
        first, second = self.numbers(("Agrupació d'Empreses", "ES"), (other, "ES"))

        assert first == second == "1"

    def test_another_name_or_country(self) -> None:
        """
        Organisations of one name in two countries are two, as are those of two names.
        """
        given = [("A", "ES"), ("A", "FR"), ("B", "ES"), ("A", "ES")]

        first, second, third, last = self.numbers(*given)

        assert first == last
        assert {first, second, third} == {"1", "2", "3"}

    def test_nothing(self) -> None:
        """
        No interviews stay none.
        """
        assert pseudonymous([]) == ()


@pytest.mark.oracle
def test_page_tells_how_many_are_recognised() -> None:
    """
    The table of the page is counted anew.
    """
    interviews = tuple(er.example_corpus(1300))

    def group(each: Interview) -> tuple[str, str | None]:
        return each.cluster.country, each.cluster.comparative_portfolio

    def ends(each: Interview) -> frozenset[tuple[str, date | None]]:
        return frozenset((e.label, e.valid_until) for e in each.history if e.valid_until)

    def alone(key: Callable[[Interview], Hashable], among: list[Interview]) -> str:
        counted = Counter(map(key, among))
        return f"{len(among):,} | {sum(counted[key(each)] == 1 for each in among):,} |"

    everybody, holders = list(interviews), [each for each in interviews if ends(each)]
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    rows = re.findall(r"^\| country.*? \| (\d.*\|)$", page, re.MULTILINE)
    assert rows == [
        alone(group, everybody),
        alone(lambda each: (group(each), each.conducted.on.year), everybody),
        alone(lambda each: (group(each), f"{each.conducted.on:%Y-%m}"), everybody),
        alone(lambda each: (group(each), ends(each)), holders),
    ]
