"""What the members of closed families, and the formats of documents, are called."""

from __future__ import annotations

from ecei_rules.benchmark.benchmark import Benchmark
from ecei_rules.benchmark.distribution import Numbers, Options, Parts
from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.comparison import Comparison, Witness
from ecei_rules.evaluation.assessment import (
    AnswerHeld,
    Assessment,
    CombinationHeld,
    Completeness,
    GradesHeld,
    HistoryHeld,
    ImprovementsHeld,
    ScoreHeld,
)
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Catalogue,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.interviews.interview import Interview
from ecei_rules.planning.plan import Plan
from ecei_rules.register.register import Register
from ecei_rules.rulesets.conditions import (
    AllOf,
    AnyOf,
    Combination,
    Includes,
    OneOf,
    Reading,
    Threshold,
)
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    CountGraded,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    ScoreReaches,
    SomeRequirement,
)
from ecei_rules.rulesets.ruleset import Ruleset
from ecei_rules.rulesets.validity import Period, Validity

#: The members of every closed family, by the `kind` that names them in a document.
KINDS: tuple[dict[str, type], ...] = (
    {
        "count": Count,
        "number": Number,
        "share": Share,
        "yes_no": YesNo,
        "choice": Choice,
        "choices": Choices,
        "breakdown": Breakdown,
        "year": Year,
    },
    {
        "threshold": Threshold,
        "one_of": OneOf,
        "includes": Includes,
        "all_of": AllOf,
        "any_of": AnyOf,
    },
    {
        "complete": Complete,
        "answer": AnswerMeets,
        "floor": Floor,
        "score": ScoreReaches,
        "count": CountGraded,
        "history": Earlier,
        "improvements": Improvements,
        "all_of": EveryRequirement,
        "any_of": SomeRequirement,
    },
    {"reading": Reading, "combination": Combination},
    {
        "completeness": Completeness,
        "answer": AnswerHeld,
        "grades": GradesHeld,
        "score": ScoreHeld,
        "history": HistoryHeld,
        "improvements": ImprovementsHeld,
        "combination": CombinationHeld,
    },
    {"numbers": Numbers, "options": Options, "parts": Parts},
    {"witness": Witness, "certificate": Certificate},
)
#: The kind that a document names for a member of a family.
KIND_OF: dict[type, str] = {member: kind for family in KINDS for kind, member in family.items()}

#: Where a member of a document is named otherwise than the attribute that holds it.
NAMES: dict[type, dict[str, str]] = {
    Period: {"first": "from", "last": "to"},
    Validity: {"first": "from"},
    NotApplicable: {"reason": "not_applicable"},
    LabelHistory: {"events": "history"},
    Comparison: {"change_class": "class"},
}
#: The format that a document of each type names.
FORMATS: dict[type, str] = {
    Catalogue: "ecei-catalogue/1",
    Ruleset: "ecei-ruleset/1",
    Interview: "ecei-interview/1",
    Assessment: "ecei-assessment/1",
    LabelHistory: "ecei-history/1",
    Register: "ecei-register/1",
    Comparison: "ecei-comparison/1",
    Plan: "ecei-plan/1",
    Benchmark: "ecei-benchmark/1",
}
