"""
Rule engines for the required criteria of Bronze 2019-11 alone, each in its own language.

They judge a context, made of an interview beforehand, in which everything left out is given:
without an answer no criterion is met. That is less than the library finds out, which tells a
criterion that is not met from one that is open, and gives its reasons.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Outcomes = Sequence[bool]
    Judge = Callable[[dict[str, Any]], Outcomes]

FACTS = {
    "cluster_organisation": False,
    "cluster_focus": False,
    "management_fte": 0,
    "innovation_support": False,
    "activities_past_year": 0,
    "strategic_priority_areas": 0,
    "listed_on_eccp": False,
}
PARTS = (
    *("sme", "large_company", "research", "university"),
    *("training", "public", "other", "not_classified"),
)
ALL_PARTS = " + ".join(PARTS)


def context(interview: dict[str, Any]) -> dict[str, Any]:
    """Return what the engines look at, with a value for everything left out."""
    facts = {name.replace("-", "_"): each for name, each in interview.get("facts", {}).items()}
    answers = interview["answers"]
    parts = {name.replace("-", "_"): n for name, n in answers.get("composition", {}).items()}
    experts = interview["conducted"].get("experts", ())
    return {
        **FACTS,
        **facts,
        **dict.fromkeys(PARTS, 0),
        **parts,
        "committed_participants": answers.get("committed-participants", 0),
        "answered": list(answers),
        "experts": [{"impartial": False, **each} for each in experts],
    }


def by_hand(dimensions: list[list[str]]) -> Judge:
    """Return the criteria in plain Python."""

    def judge(given: dict[str, Any]) -> Outcomes:
        answered = given["answered"]
        private = given["sme"] + given["large_company"]
        return [
            any(e["role"] == "benchmarking-expert" and e["impartial"] for e in given["experts"]),
            *(all(name in answered for name in names) for names in dimensions),
            given["cluster_organisation"],
            given["cluster_focus"],
            given["management_fte"] >= 0.5,
            given["committed_participants"] >= 15,
            2 * private > sum(given[part] for part in PARTS),
            given["innovation_support"],
            given["activities_past_year"] >= 5,
            given["strategic_priority_areas"] >= 2,
            given["listed_on_eccp"],
        ]

    return judge


def _comparisons(number: str = "{}") -> list[str]:
    """Return the eligibility criteria, in the syntax that three of the languages share."""
    fte = number.format("management_fte")
    return [
        "cluster_organisation",
        "cluster_focus",
        f"{fte} >= 0.5",
        "committed_participants >= 15",
        f"2 * (sme + large_company) > {ALL_PARTS}",
        "innovation_support",
        "activities_past_year >= 5",
        "strategic_priority_areas >= 2",
        "listed_on_eccp",
    ]


def zen_engine(dimensions: list[list[str]]) -> Judge:
    """Return the criteria for zen-engine."""
    from zen import compile_expression

    expressions = [
        'some(experts, #.role == "benchmarking-expert" and #.impartial)',
        *(f"all({json.dumps(names)}, # in answered)" for names in dimensions),
        *_comparisons(),
    ]
    compiled = [compile_expression(each) for each in expressions]
    return lambda given: [each.evaluate(given) for each in compiled]


def common_expression_language(dimensions: list[list[str]]) -> Judge:
    """Return the criteria for common-expression-language."""
    import cel

    expressions = [
        'experts.exists(e, e.role == "benchmarking-expert" && e.impartial)',
        *(f"{json.dumps(names)}.all(name, name in answered)" for names in dimensions),
        *_comparisons("double({})"),
    ]
    compiled = [cel.compile(each) for each in expressions]
    return lambda given: [each.execute(given) for each in compiled]


def rule_engine(dimensions: list[list[str]]) -> Judge:
    """Return the criteria for rule-engine."""
    from rule_engine import Context, Rule, resolve_item

    expressions = [
        '$any([e["role"] == "benchmarking-expert" and e["impartial"] for e in experts])',
        *(f"$all([name in answered for name in {json.dumps(names)}])" for names in dimensions),
        *_comparisons(),
    ]
    own = Context(resolver=resolve_item)
    compiled = [Rule(each, context=own) for each in expressions]
    return lambda given: [each.matches(given) for each in compiled]


def json_logic(dimensions: list[list[str]]) -> Judge:
    """Return the criteria for maykin-json-logic-py, a maintained fork of json-logic."""
    from json_logic import jsonLogic

    def var(name: str) -> dict[str, Any]:
        return {"var": name}

    def at_least(name: str, bound: float) -> dict[str, Any]:
        return {">=": [var(name), bound]}

    role = {"==": [var("current.role"), "benchmarking-expert"]}
    impartial = {"or": [var("accumulator"), {"and": [role, var("current.impartial")]}]}
    private = {"*": [2, {"+": [var("sme"), var("large_company")]}]}
    rules = [
        {"reduce": [var("experts"), impartial, False]},
        *({"and": [{"in": [name, var("answered")]} for name in names]} for names in dimensions),
        var("cluster_organisation"),
        var("cluster_focus"),
        at_least("management_fte", 0.5),
        at_least("committed_participants", 15),
        {">": [private, {"+": [var(part) for part in PARTS]}]},
        var("innovation_support"),
        at_least("activities_past_year", 5),
        at_least("strategic_priority_areas", 2),
        var("listed_on_eccp"),
    ]
    return lambda given: [jsonLogic(each, given) for each in rules]


#: By the package of each.
ENGINES: dict[str, Callable[[list[list[str]]], Judge]] = {
    "zen-engine": zen_engine,
    "common-expression-language": common_expression_language,
    "rule-engine": rule_engine,
    "maykin-json-logic-py": json_logic,
}
