"""The list of the public names."""

from ecei_rules._files import (
    digest,
    load_assessment,
    load_benchmark,
    load_catalogue,
    load_history,
    load_interview,
    load_register,
    load_ruleset,
    read_assessment,
    read_benchmark,
    read_catalogue,
    read_history,
    read_interview,
    read_register,
    read_ruleset,
    write_assessment,
    write_benchmark,
    write_catalogue,
    write_comparison,
    write_history,
    write_interview,
    write_plan,
    write_register,
    write_ruleset,
)
from ecei_rules._version import VERSION
from ecei_rules.analysis.checks.interview_review import review_interview
from ecei_rules.analysis.checks.ruleset import check_ruleset
from ecei_rules.analysis.checks.ruleset_review import review_ruleset
from ecei_rules.benchmark.benchmark import Benchmark, Figures, Group, Subject
from ecei_rules.benchmark.build import build_benchmark
from ecei_rules.benchmark.estimates import (
    Attainment,
    ClassRange,
    PercentileRange,
    ShareRange,
)
from ecei_rules.benchmark.ranking import Agreement, PartRanks, Placing, Rank, place
from ecei_rules.benchmark.synthetic.corpus import example_corpus
from ecei_rules.benchmark.tables import (
    Chosen,
    GradeClasses,
    Intervals,
    OptionClasses,
    PartIntervals,
)
from ecei_rules.comparison.certificate import Certificate
from ecei_rules.comparison.checking.certificate_check import check_certificate
from ecei_rules.comparison.compare import compare_rulesets
from ecei_rules.comparison.comparison import (
    ChangeClass,
    Comparison,
    ScopeComparison,
    Shares,
    Verdict,
    Witness,
)
from ecei_rules.comparison.diff.change import Change, Place
from ecei_rules.comparison.impact.attribution import AssessmentComparison, compare_assessments
from ecei_rules.diagnostics.errors import (
    BeyondMethod,
    ConflictingEditions,
    DifferentOrganisations,
    DigestMismatch,
    EceiRulesError,
    InvalidAnswers,
    InvalidDocument,
    InvalidEffort,
    NoRulesetInForce,
    UnknownEdition,
    UnknownIndicator,
    UnsupportedFormat,
    WrongBenchmark,
    WrongCatalogue,
)
from ecei_rules.diagnostics.frozen_map import FrozenMap
from ecei_rules.diagnostics.problem import Problem
from ecei_rules.documents.interview_schema import interview_schema
from ecei_rules.documents.shipped import shipped
from ecei_rules.evaluation.assess import assess, evaluate
from ecei_rules.evaluation.assessment import (
    AssessedDimension,
    Assessment,
    DimensionOutcome,
    Finding,
    GradedIndicator,
    LabelOutcome,
    Recommendation,
    Unanswered,
)
from ecei_rules.evaluation.grounds import Outcome, Score
from ecei_rules.interviews.answers import Answer, NotApplicable
from ecei_rules.interviews.catalogue import Catalogue, Dimension, Fact, Indicator, check_catalogue
from ecei_rules.interviews.consistency import UnequalParts
from ecei_rules.interviews.dates import Period
from ecei_rules.interviews.history import LabelEvent, LabelHistory, check_history
from ecei_rules.interviews.interview import Interview, check_interview
from ecei_rules.interviews.provenance import Basis
from ecei_rules.interviews.texts import Text
from ecei_rules.planning.plan import AnswerChange, Plan, Way
from ecei_rules.planning.planner import plan
from ecei_rules.register.register import LabelRecord, Register, check_register, merge_registers
from ecei_rules.register.standing import (
    HeldLabel,
    LabelStanding,
    Standing,
    awards_in,
    standing_on,
    status_of,
)
from ecei_rules.report.pages.individual import report_html, report_markdown, report_pdf
from ecei_rules.report.pages.individual_content import IndividualReport, individual_report
from ecei_rules.report.text.assessment import explain
from ecei_rules.report.text.attribution import explain_change
from ecei_rules.report.text.benchmark import explain_benchmark, explain_placings
from ecei_rules.report.text.comparison import explain_comparison, markdown_comparison
from ecei_rules.report.text.plan import explain_plan, markdown_plan
from ecei_rules.rulesets.conditions import Condition
from ecei_rules.rulesets.criteria import Criterion
from ecei_rules.rulesets.editions import Edition, LastRenewal
from ecei_rules.rulesets.ruleset import Ruleset
from ecei_rules.rulesets.validity import Award, Status, Validity
from ecei_rules.spreadsheets.csv_table import read_interview_table, write_interview_table
from ecei_rules.spreadsheets.read_workbook import read_workbook
from ecei_rules.spreadsheets.write_workbook import new_workbook, write_workbook

__all__ = [
    "VERSION",
    "Agreement",
    "Answer",
    "AnswerChange",
    "AssessedDimension",
    "Assessment",
    "AssessmentComparison",
    "Attainment",
    "Award",
    "Basis",
    "Benchmark",
    "BeyondMethod",
    "Catalogue",
    "Certificate",
    "Change",
    "ChangeClass",
    "Chosen",
    "ClassRange",
    "Comparison",
    "Condition",
    "ConflictingEditions",
    "Criterion",
    "DifferentOrganisations",
    "DigestMismatch",
    "Dimension",
    "DimensionOutcome",
    "EceiRulesError",
    "Edition",
    "Fact",
    "Figures",
    "Finding",
    "FrozenMap",
    "GradeClasses",
    "GradedIndicator",
    "Group",
    "HeldLabel",
    "Indicator",
    "IndividualReport",
    "Intervals",
    "Interview",
    "InvalidAnswers",
    "InvalidDocument",
    "InvalidEffort",
    "LabelEvent",
    "LabelHistory",
    "LabelOutcome",
    "LabelRecord",
    "LabelStanding",
    "LastRenewal",
    "NoRulesetInForce",
    "NotApplicable",
    "OptionClasses",
    "Outcome",
    "PartIntervals",
    "PartRanks",
    "PercentileRange",
    "Period",
    "Place",
    "Placing",
    "Plan",
    "Problem",
    "Rank",
    "Recommendation",
    "Register",
    "Ruleset",
    "ScopeComparison",
    "Score",
    "ShareRange",
    "Shares",
    "Standing",
    "Status",
    "Subject",
    "Text",
    "Unanswered",
    "UnequalParts",
    "UnknownEdition",
    "UnknownIndicator",
    "UnsupportedFormat",
    "Validity",
    "Verdict",
    "Way",
    "Witness",
    "WrongBenchmark",
    "WrongCatalogue",
    "assess",
    "awards_in",
    "build_benchmark",
    "check_catalogue",
    "check_certificate",
    "check_history",
    "check_interview",
    "check_register",
    "check_ruleset",
    "compare_assessments",
    "compare_rulesets",
    "digest",
    "evaluate",
    "example_corpus",
    "explain",
    "explain_benchmark",
    "explain_change",
    "explain_comparison",
    "explain_placings",
    "explain_plan",
    "individual_report",
    "interview_schema",
    "load_assessment",
    "load_benchmark",
    "load_catalogue",
    "load_history",
    "load_interview",
    "load_register",
    "load_ruleset",
    "markdown_comparison",
    "markdown_plan",
    "merge_registers",
    "new_workbook",
    "place",
    "plan",
    "read_assessment",
    "read_benchmark",
    "read_catalogue",
    "read_history",
    "read_interview",
    "read_interview_table",
    "read_register",
    "read_ruleset",
    "read_workbook",
    "report_html",
    "report_markdown",
    "report_pdf",
    "review_interview",
    "review_ruleset",
    "shipped",
    "standing_on",
    "status_of",
    "write_assessment",
    "write_benchmark",
    "write_catalogue",
    "write_comparison",
    "write_history",
    "write_interview",
    "write_interview_table",
    "write_plan",
    "write_register",
    "write_ruleset",
    "write_workbook",
]
