"""A ruleset in a comparison: its required criteria, and how sure it is."""

from __future__ import annotations

import pytest
from attrs import evolve
from tiny_rulesets import (
    EXCELLENT,
    REASONABLE,
    WORDS,
    YES,
    catalogue,
    grades,
    indicator,
    meets,
    ruleset,
)

import ecei_rules as er
from ecei_rules.comparison.compare import summarised
from ecei_rules.comparison.comparison import ComparedCriterion, ComparedRuleset
from ecei_rules.interviews.catalogue import YesNo
from ecei_rules.interviews.provenance import Basis, Provenance
from ecei_rules.rulesets.criteria import CountGraded, Criterion, Floor
from ecei_rules.rulesets.validity import FirstAward, Renewal, ValidityRules
from ecei_rules.rulesets.wording import requirement

DOCUMENTED, INFERRED, ILLUSTRATIVE = (Provenance(each) for each in Basis)
ASKED = catalogue(
    indicator("plan", YesNo()),
    indicator("web", YesNo(), dimension="services"),
    indicator("board", YesNo()),
)
TITLE = er.Text({"en": "A good plan", "de": "Ein guter Plan"})
PLAN = Criterion("plan", "required", meets("plan"), title=TITLE, provenance=DOCUMENTED)
DAYS = ValidityRules(FirstAward(2, "same_day", provenance=DOCUMENTED))
GRADING = {
    "plan": grades(YES, provenance=DOCUMENTED),
    "web": grades(YES, provenance=INFERRED),
}
RULES = ruleset(ASKED, criteria=[PLAN], grading=GRADING, validity=DAYS, version="7")


def test_ruleset_is_named_and_sure_of_what_is_documented() -> None:
    """
    Its digest is that of the document; a grading is one of its values.
    """
    assert summarised(RULES) == ComparedRuleset(
        "bronze",
        "7",
        WORDS,
        er.digest(RULES),
        ASKED,
        [ComparedCriterion("plan", TITLE, Basis.DOCUMENTED)],
        Basis.DOCUMENTED,
        Basis.INFERRED,
    )


def test_criterion_without_a_title_has_its_requirement_in_words() -> None:
    """
    A reader has to recognise it, and its id is no text.
    """
    floor = Floor(["plan"], REASONABLE)
    bare = evolve(PLAN, title=None, requirement=floor)

    (criterion,) = summarised(evolve(RULES, criteria=[bare])).criteria

    words = er.Text({"en": requirement(floor)})
    assert criterion == ComparedCriterion("plan", words, Basis.DOCUMENTED)


def test_advisory_criterion_is_a_value_that_is_not_compared() -> None:
    """
    It weakens the values of a ruleset, and not the basis of its label.
    """
    advice = evolve(PLAN, id="advice", severity="advisory", provenance=ILLUSTRATIVE)

    found = summarised(evolve(RULES, criteria=[PLAN, advice]))

    assert [each.id for each in found.criteria] == ["plan"]
    assert (found.basis, found.weakest) == (Basis.DOCUMENTED, Basis.ILLUSTRATIVE)


@pytest.mark.parametrize(
    ("criterion", "basis"),
    [
        (evolve(PLAN, requirement=Floor(["plan", "board"], EXCELLENT)), Basis.DOCUMENTED),
        (evolve(PLAN, requirement=Floor(["web", "board"], EXCELLENT)), Basis.INFERRED),
        (evolve(PLAN, requirement=CountGraded(1, EXCELLENT)), Basis.INFERRED),
        (
            evolve(PLAN, requirement=CountGraded(1, EXCELLENT), dimension="structure"),
            Basis.DOCUMENTED,
        ),
        (evolve(PLAN, provenance=ILLUSTRATIVE), Basis.ILLUSTRATIVE),
    ],
)
def test_criterion_is_as_sure_as_the_gradings_that_it_looks_at(
    criterion: Criterion, basis: Basis
) -> None:
    """
    Those of its dimension, or of its indicators; an indicator without grades has no basis.
    """
    found = summarised(evolve(RULES, criteria=[criterion]))

    assert found.criteria[0].basis is found.basis is basis


@pytest.mark.parametrize(
    "days",
    [
        ValidityRules(FirstAward(2, "same_day", provenance=ILLUSTRATIVE)),
        evolve(DAYS, renewal=Renewal(3, "same_day", 1, provenance=ILLUSTRATIVE)),
    ],
)
def test_rules_for_the_days_are_part_of_the_basis(days: ValidityRules) -> None:
    """
    Both the first award and the renewal.
    """
    found = summarised(evolve(RULES, validity=days))

    assert (found.basis, found.weakest) == (Basis.ILLUSTRATIVE, Basis.ILLUSTRATIVE)
