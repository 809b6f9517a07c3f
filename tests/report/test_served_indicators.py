"""docs/report.md: the indicators of the next label that a recommendation serves."""

from __future__ import annotations

import re

import pytest
from attrs import evolve
from tiny_rulesets import ON, catalogue, grades, indicator, interview, meets, ruleset

import ecei_rules as er
from ecei_rules.interviews.catalogue import YesNo
from ecei_rules.rulesets.ruleset import Advice

ASKED = catalogue(indicator("plan", YesNo()))
#: The shipped catalogue of this id and indicator, with another title.
OWN = evolve(
    catalogue(
        indicator("strategy-building-process", YesNo(), title=er.Text({"en": "Our strategy"}))
    ),
    id="quality",
)
RULES = ruleset(
    ASKED,
    meets("plan"),
    grading={"plan": grades()},
    recommendations={
        "plan": Advice(
            er.Text({"en": "Make a plan."}),
            aligned_with=["quality:strategy-building-process", "other:unknown"],
        )
    },
)


class TestServed:
    """The titles are those of the edition that the report is made with."""

    @pytest.mark.parametrize(
        ("edition", "title"),
        [
            (er.Edition([ASKED, OWN], rulesets=[RULES]), "Our strategy"),
            (er.Edition([ASKED], rulesets=[RULES]), "quality:strategy-building-process"),
            (None, "Strategy building process"),
        ],
        ids=["own", "none", "shipped"],
    )
    def test_titles_are_those_of_the_edition(self, edition: er.Edition | None, title: str) -> None:
        """
        Without an edition they are the shipped ones; an unknown indicator has its id.
        """
        held = interview(ASKED, ON, plan=False)
        report = er.individual_report(held, RULES, edition=edition)

        for page in (er.report_html(report), er.report_markdown(report)):
            served = re.search(r"Serves the quality label\S+ indicators: ([^<\n]*)", page)
            assert served is not None
            assert served[1].replace("\\", "") == f"{title}, other:unknown"
