"""The public names, listed."""

from ecei_rules._mapping import FrozenMap
from ecei_rules._version import VERSION
from ecei_rules.answers import Answer, NotApplicable
from ecei_rules.assessment import (
    AssessedDimension,
    Assessment,
    DimensionOutcome,
    Finding,
    GradedIndicator,
    LabelOutcome,
    Outcome,
    Recommendation,
    Score,
    Unanswered,
)
from ecei_rules.catalogue import Catalogue, Dimension, Fact, Indicator, check_catalogue
from ecei_rules.conditions import Condition
from ecei_rules.criteria import Criterion
from ecei_rules.digests import digest
from ecei_rules.documents import (
    load_assessment,
    load_catalogue,
    load_interview,
    load_ruleset,
    read_assessment,
    read_catalogue,
    read_interview,
    read_ruleset,
    write_assessment,
    write_catalogue,
    write_interview,
    write_ruleset,
)
from ecei_rules.editions import Edition
from ecei_rules.errors import (
    ConflictingEditions,
    EceiRulesError,
    InvalidDocument,
    NoRulesetInForce,
    UnknownEdition,
    UnsupportedFormat,
    WrongCatalogue,
)
from ecei_rules.evaluation import assess, evaluate
from ecei_rules.explanation import explain
from ecei_rules.interview import Interview, check_interview
from ecei_rules.package_editions import shipped
from ecei_rules.problems import Problem
from ecei_rules.ruleset import Ruleset
from ecei_rules.ruleset_check import check_ruleset
from ecei_rules.schemas import interview_schema
from ecei_rules.texts import Basis, Text
from ecei_rules.validity import Award, Period, Status, Validity

__all__ = [
    "VERSION",
    "Answer",
    "AssessedDimension",
    "Assessment",
    "Award",
    "Basis",
    "Catalogue",
    "Condition",
    "ConflictingEditions",
    "Criterion",
    "Dimension",
    "DimensionOutcome",
    "EceiRulesError",
    "Edition",
    "Fact",
    "Finding",
    "FrozenMap",
    "GradedIndicator",
    "Indicator",
    "Interview",
    "InvalidDocument",
    "LabelOutcome",
    "NoRulesetInForce",
    "NotApplicable",
    "Outcome",
    "Period",
    "Problem",
    "Recommendation",
    "Ruleset",
    "Score",
    "Status",
    "Text",
    "Unanswered",
    "UnknownEdition",
    "UnsupportedFormat",
    "Validity",
    "WrongCatalogue",
    "assess",
    "check_catalogue",
    "check_interview",
    "check_ruleset",
    "digest",
    "evaluate",
    "explain",
    "interview_schema",
    "load_assessment",
    "load_catalogue",
    "load_interview",
    "load_ruleset",
    "read_assessment",
    "read_catalogue",
    "read_interview",
    "read_ruleset",
    "shipped",
    "write_assessment",
    "write_catalogue",
    "write_interview",
    "write_ruleset",
]
