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
    load_history,
    load_interview,
    load_register,
    load_ruleset,
    read_assessment,
    read_catalogue,
    read_history,
    read_interview,
    read_register,
    read_ruleset,
    write_assessment,
    write_catalogue,
    write_history,
    write_interview,
    write_register,
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
from ecei_rules.history import LabelEvent, LabelHistory, check_history
from ecei_rules.interview import Interview, check_interview
from ecei_rules.package_editions import shipped
from ecei_rules.problems import Problem
from ecei_rules.register import LabelRecord, Register, check_register, merge_registers
from ecei_rules.ruleset import Ruleset
from ecei_rules.ruleset_check import check_ruleset
from ecei_rules.schemas import interview_schema
from ecei_rules.standing import (
    HeldLabel,
    LabelStanding,
    Standing,
    awards_in,
    standing_on,
    status_of,
)
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
    "HeldLabel",
    "Indicator",
    "Interview",
    "InvalidDocument",
    "LabelEvent",
    "LabelHistory",
    "LabelOutcome",
    "LabelRecord",
    "LabelStanding",
    "NoRulesetInForce",
    "NotApplicable",
    "Outcome",
    "Period",
    "Problem",
    "Recommendation",
    "Register",
    "Ruleset",
    "Score",
    "Standing",
    "Status",
    "Text",
    "Unanswered",
    "UnknownEdition",
    "UnsupportedFormat",
    "Validity",
    "WrongCatalogue",
    "assess",
    "awards_in",
    "check_catalogue",
    "check_history",
    "check_interview",
    "check_register",
    "check_ruleset",
    "digest",
    "evaluate",
    "explain",
    "interview_schema",
    "load_assessment",
    "load_catalogue",
    "load_history",
    "load_interview",
    "load_register",
    "load_ruleset",
    "merge_registers",
    "read_assessment",
    "read_catalogue",
    "read_history",
    "read_interview",
    "read_register",
    "read_ruleset",
    "shipped",
    "standing_on",
    "status_of",
    "write_assessment",
    "write_catalogue",
    "write_history",
    "write_interview",
    "write_register",
    "write_ruleset",
]
