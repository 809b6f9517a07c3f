"""Roles of experts are those of the catalogue (docs/formats.md, "Interview")."""

from __future__ import annotations

from attrs import evolve
from tiny_rulesets import ON, WORDS, YES, catalogue, indicator, interview, meets, ruleset

import ecei_rules as er
from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.interviews.catalogue import Option, YesNo
from ecei_rules.interviews.interview import Conducted, Expert
from ecei_rules.rulesets.criteria import ConductedBy, EveryRequirement

PLAIN = catalogue(indicator("plan", YesNo()))
ASKED = evolve(PLAIN, roles=[Option("auditor", WORDS), Option("observer", WORDS)])


def problems(asked: er.Catalogue, *roles: str) -> list[str]:
    """Return the problems of an interview with experts of some roles."""
    experts = [Expert(role) for role in roles]
    held = evolve(interview(asked, plan=True), conducted=Conducted(ON, experts=experts))
    return [str(each) for each in er.check_interview(held)]


def test_unknown_roles_are_all_told() -> None:
    """With the nearest role, or all of them."""
    assert problems(ASKED, "auditor", "auditer", "guest") == [
        (
            'ECEI308 /conducted/experts/1/role: there is no role "auditer"\n'
            '  hint: did you mean "auditor"?'
        ),
        (
            'ECEI308 /conducted/experts/2/role: there is no role "guest"\n'
            '  hint: the roles are "auditor" and "observer"'
        ),
    ]


def test_catalogue_without_roles_allows_no_expert() -> None:
    """Roles are a closed list."""
    assert problems(PLAIN, "auditor") == [
        (
            'ECEI308 /conducted/experts/0/role: there is no role "auditor"\n'
            "  hint: the catalogue has no roles"
        ),
    ]


def test_role_listed_twice() -> None:
    """Ids of roles are unique."""
    twice = evolve(PLAIN, roles=[Option("auditor", WORDS), Option("auditor", WORDS)])

    assert [str(each) for each in er.check_catalogue(twice)] == [
        'ECEI310 /roles/1/id: another role has the id "auditor" already'
    ]


def test_criterion_names_a_role_of_the_catalogue() -> None:
    """Also within a combination."""
    rules = ruleset(
        ASKED, meets("plan", YES), EveryRequirement([ConductedBy("guest", 1)]), version="1"
    )

    assert [str(each) for each in er.check_ruleset(rules)] == [
        (
            'ECEI308 /criteria/1/parts/0/role: there is no role "guest"\n'
            '  hint: the roles are "auditor" and "observer"'
        )
    ]


def test_more_experts_than_there_can_be_are_never_met() -> None:
    """An interview has at most twenty experts."""
    twenty, more = (ruleset(ASKED, ConductedBy("auditor", number)) for number in (20, 21))

    assert er.check_ruleset(twenty) == ()
    assert [each.code for each in er.check_ruleset(more)] == ["ECEI327"]


def test_two_roles_with_too_many_experts_exclude_each_other() -> None:
    """Eleven auditors and ten observers are no interview."""
    rules = ruleset(ASKED, ConductedBy("auditor", 11), ConductedBy("observer", 10))

    (problem,) = (each for each in review_ruleset(rules) if each.code == "ECEI361")
    assert problem.message == (
        'no interview attains the label: "criterion-0" and "criterion-1" exclude each other'
    )
