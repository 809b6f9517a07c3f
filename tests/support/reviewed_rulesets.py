"""A catalogue and rulesets for reviews worked out by hand."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Catalogue,
    Count,
    Dimension,
    Fact,
    Indicator,
    Number,
    Option,
    Year,
    YesNo,
)
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.provenance import Attestation
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.conditions import Threshold
from ecei_rules.rulesets.criteria import (
    Criterion,
)
from ecei_rules.rulesets.ruleset import Grade, Grading, Ruleset
from ecei_rules.rulesets.validity import FirstAward, ValidityRules

if TYPE_CHECKING:
    from ecei_rules.diagnostics.problem import Problem
    from ecei_rules.interviews.catalogue import AnswerKind
    from ecei_rules.rulesets.criteria import Requirement

DAY = date(2024, 3, 18)
WORDS = Text({"en": "words"})
OPTIONS = tuple(Option(name, WORDS) for name in ("north", "south", "east"))


def of(code: str, problems: tuple[Problem, ...]) -> list[Problem]:
    """Return the problems of one code."""
    return [each for each in problems if each.code == code]


def named(text: str) -> list[str]:
    """Return the quoted words of a message."""
    return re.findall(r'"(.+?)"', text)


def at_least(bound: str, measured: Any = "value", *options: str) -> Threshold:
    """Return a condition on an answer."""
    return Threshold(measured, "at_least", Decimal(bound), options=options)


LOW, MIDDLE, HIGH = "improvable", "reasonable", "excellent"
DIMENSIONS = ("structure", "services")
ASKED: dict[str, tuple[str, AnswerKind]] = {
    "members": ("structure", Count(maximum=500)),
    "types": ("structure", Breakdown(OPTIONS, maximum=2)),
    "founded": ("services", Year(minimum=1950, maximum=2050)),
    "staff": ("services", Number(minimum=Decimal(0))),
}


#: 0, 2 or 5 points for members, 0 or 3 for types, 0 or 3 for staff; founded is not graded.
GRADING = {
    "members": Grading(
        1,
        [Grade(HIGH, 5, when=at_least("40")), Grade(MIDDLE, 2, when=at_least("15")), Grade(LOW, 0)],
    ),
    "types": Grading(1, [Grade(HIGH, 3, when=at_least("2", "types")), Grade(LOW, 0)]),
    "staff": Grading(3, [Grade(HIGH, 1, when=at_least("1.5")), Grade(LOW, 0)]),
}


def ruleset(*requirements: Requirement | Criterion, grading: Any = None) -> Ruleset:
    """Return a ruleset in force from 2024-03-18 with criteria named a, b, c and so on."""
    criteria = [
        each if isinstance(each, Criterion) else Criterion("abcdefgh"[index], "required", each)
        for index, each in enumerate(requirements)
    ]
    return Ruleset(
        "bronze",
        "2024-03",
        WORDS,
        Period(DAY),
        Catalogue(
            "sample",
            "2024-03",
            WORDS,
            [Dimension(each, WORDS) for each in DIMENSIONS],
            [
                Indicator(name, scope, WORDS, WORDS, kind, provenance=Attestation("attested"))
                for name, (scope, kind) in ASKED.items()
            ],
            facts=[Fact("listed", WORDS, YesNo()), Fact("offices", WORDS, Count())],
        ),
        [LOW, MIDDLE, HIGH],
        GRADING if grading is None else grading,
        criteria,
        ValidityRules(FirstAward(2, "same_day")),
    )


def reported_in(found: Ruleset, *codes: str) -> list[str]:
    """Return the problems of a review, of some codes."""
    return [str(each) for each in review_ruleset(found) if each.code in codes]


def irrelevant(found: Ruleset) -> list[str]:
    """Return the reported indicators and facts whose answer changes nothing."""
    return [named(each.message)[0] for each in of("ECEI364", review_ruleset(found))]
