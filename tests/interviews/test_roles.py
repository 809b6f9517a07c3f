"""Roles of experts are those of the catalogue (docs/formats.md, "Interview")."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from tiny_rulesets import ON, WORDS, YES, catalogue, indicator, interview, meets, ruleset

import ecei_rules as er
from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.interviews.catalogue import Option, YesNo
from ecei_rules.interviews.interview import MODES, Conducted, Expert
from ecei_rules.rulesets.criteria import ConductedBy, EveryRequirement

if TYPE_CHECKING:
    from collections.abc import Iterable

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


@pytest.mark.parametrize(
    ("at_least", "modes", "expected"),
    [
        (1, (), []),
        (20, MODES, []),
        (0, (), ["ECEI209 {}/at_least: expected at least 1, found 0"]),
        (-3, (), ["ECEI209 {}/at_least: expected at least 1, found -3"]),
        (21, (), ["ECEI209 {}/at_least: expected at most 20, found 21"]),
        (True, (), ["ECEI204 {}/at_least: expected a whole number, found true"]),
        (Decimal("1.5"), (), ["ECEI204 {}/at_least: expected a whole number, found 1.5"]),
        ("2", (), ['ECEI204 {}/at_least: expected a whole number, found "2"']),
        (
            0,
            ("on_site", "by_video", "on_site", 5),
            [
                "ECEI209 {}/at_least: expected at least 1, found 0",
                (
                    'ECEI207 {}/modes/1: expected "on_site", "at_expert" or "video", found'
                    ' "by_video"\n  hint: did you mean "video"?'
                ),
                'ECEI211 {}/modes/2: "on_site" is listed twice',
                'ECEI207 {}/modes/3: expected "on_site", "at_expert" or "video", found 5',
            ],
        ),
    ],
)
def test_experts_and_modes_built_in_python(at_least: Any, modes: Any, expected: list[str]) -> None:
    """What a document would be refused for is a problem of a value too, and in a combination."""
    required = ConductedBy("auditor", at_least, modes=modes)
    for rules, where in (
        (ruleset(ASKED, required), "/criteria/0"),
        (ruleset(ASKED, EveryRequirement([required])), "/criteria/0/parts/0"),
    ):
        assert [str(each) for each in er.check_ruleset(rules)] == [
            each.format(where) for each in expected
        ]


@pytest.mark.parametrize(
    ("at_least", "modes"),
    [(0, None), (21, None), (True, None), (1, ["video", "video"]), (1, ["phone"])],
)
def test_values_have_the_problems_of_documents(at_least: Any, modes: Any) -> None:
    """Code, place and words are those with which the document is refused."""
    rules = ruleset(ASKED, ConductedBy("auditor", at_least, modes=modes or ()))
    document = json.loads(er.write_ruleset(ruleset(ASKED, ConductedBy("auditor", 1))))
    stated = {} if modes is None else {"modes": modes}
    document["criteria"][0] |= {"at_least": at_least, **stated}

    with pytest.raises(er.InvalidDocument) as refused:
        er.read_ruleset(json.dumps(document), edition=er.Edition([ASKED]))

    def told(problems: Iterable[er.Problem]) -> list[tuple[str, str, str, str | None]]:
        return [(each.code, each.where, each.message, each.hint) for each in problems]

    assert told(er.check_ruleset(rules)) == told(refused.value.problems)


def test_two_roles_with_too_many_experts_exclude_each_other() -> None:
    """Eleven auditors and ten observers are no interview."""
    rules = ruleset(ASKED, ConductedBy("auditor", 11), ConductedBy("observer", 10))

    (problem,) = (each for each in review_ruleset(rules) if each.code == "ECEI361")
    assert problem.message == (
        'no interview attains the label: "criterion-0" and "criterion-1" exclude each other'
    )
