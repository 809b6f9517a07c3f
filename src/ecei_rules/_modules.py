"""The modules that the public names are loaded from."""

#: By module, so that a name costs no import of the others.
_NAMES_OF = {
    "_files": (
        "digest load_assessment load_benchmark load_catalogue load_history load_interview "
        "load_register load_ruleset read_assessment read_benchmark read_catalogue read_history "
        "read_interview read_register read_ruleset write_assessment write_benchmark "
        "write_catalogue write_comparison write_history write_interview write_plan "
        "write_register write_ruleset"
    ),
    "_version": "VERSION",
    "analysis.checks.interview_review": "review_interview",
    "analysis.checks.ruleset": "check_ruleset",
    "analysis.checks.ruleset_review": "review_ruleset",
    "benchmark.benchmark": "Benchmark Figures Group Subject",
    "benchmark.build": "build_benchmark",
    "benchmark.estimates": "Attainment ClassRange PercentileRange ShareRange",
    "benchmark.ranking": "Agreement PartRanks Placing Rank place",
    "benchmark.synthetic.corpus": "example_corpus",
    "benchmark.tables": "Chosen GradeClasses Intervals OptionClasses PartIntervals",
    "comparison.certificate": "Certificate",
    "comparison.checking.certificate_check": "check_certificate",
    "comparison.compare": "compare_rulesets",
    "comparison.comparison": "ChangeClass Comparison ScopeComparison Shares Verdict Witness",
    "comparison.diff.change": "Change Place",
    "comparison.impact.attribution": "AssessmentComparison compare_assessments",
    "diagnostics.errors": (
        "BeyondMethod ConflictingEditions DifferentOrganisations DigestMismatch EceiRulesError "
        "InvalidAnswers InvalidDocument InvalidEffort NoRulesetInForce UnknownEdition "
        "UnknownIndicator UnsupportedFormat WrongBenchmark WrongCatalogue"
    ),
    "diagnostics.frozen_map": "FrozenMap",
    "diagnostics.problem": "Problem",
    "documents.interview_schema": "interview_schema",
    "documents.shipped": "shipped",
    "evaluation.assess": "assess evaluate",
    "evaluation.assessment": (
        "AssessedDimension Assessment DimensionOutcome Finding GradedIndicator LabelOutcome "
        "Recommendation Unanswered"
    ),
    "evaluation.grounds": "Outcome Score",
    "interviews.answers": "Answer NotApplicable",
    "interviews.catalogue": "Catalogue Dimension Fact Indicator check_catalogue",
    "interviews.consistency": "UnequalParts",
    "interviews.dates": "Period",
    "interviews.history": "LabelEvent LabelHistory check_history",
    "interviews.interview": "Interview check_interview",
    "interviews.provenance": "Basis",
    "interviews.texts": "Text",
    "planning.plan": "AnswerChange Plan Way",
    "planning.planner": "plan",
    "register.register": "LabelRecord Register check_register merge_registers",
    "register.standing": "HeldLabel LabelStanding Standing awards_in standing_on status_of",
    "report.pages.individual": "report_html report_markdown report_pdf",
    "report.pages.individual_content": "IndividualReport individual_report",
    "report.text.assessment": "explain",
    "report.text.attribution": "explain_change",
    "report.text.benchmark": "explain_benchmark explain_placings",
    "report.text.comparison": "explain_comparison markdown_comparison",
    "report.text.plan": "explain_plan markdown_plan",
    "rulesets.conditions": "Condition",
    "rulesets.criteria": "Criterion",
    "rulesets.editions": "Edition LastRenewal",
    "rulesets.ruleset": "Ruleset",
    "rulesets.validity": "Award Status Validity",
    "spreadsheets.csv_table": "read_interview_table write_interview_table",
    "spreadsheets.read_workbook": "read_workbook",
    "spreadsheets.write_workbook": "new_workbook write_workbook",
}
#: The module of each public name.
MODULES = {name: module for module, names in _NAMES_OF.items() for name in names.split()}
