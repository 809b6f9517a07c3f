"""The content of an individual report, before it is laid out."""

from __future__ import annotations

from attrs import field, frozen

from ecei_rules.benchmark.benchmark import Benchmark
from ecei_rules.benchmark.ranking import Placing, place
from ecei_rules.diagnostics.errors import WrongBenchmark
from ecei_rules.documents.shipped import shipped
from ecei_rules.evaluation.assess import assess
from ecei_rules.evaluation.assessment import Assessment, GradedIndicator
from ecei_rules.interviews.history import LABELS
from ecei_rules.interviews.interview import Interview
from ecei_rules.interviews.provenance import Basis, weakest
from ecei_rules.report.pages.next_label import NextLabel, find_next_label
from ecei_rules.report.pages.peer_charts import in_order, share_reaching
from ecei_rules.rulesets.editions import Edition
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from ecei_rules.evaluation.assessment import Recommendation
    from ecei_rules.interviews.history import Label

#: How many strengths and first steps the summary has.
FEW = 3


def _all(graded: Iterable[GradedIndicator]) -> tuple[GradedIndicator, ...]:
    return tuple(graded)


@frozen
class IndividualReport:
    """
    The content of a report on one interview under one ruleset.

    *edition* has the catalogues and rulesets of the other labels. *strengths* are the best
    indicators, the best first; *placings* are the places of the
    interview in the groups of a *benchmark*, in the order in which the report shows them.
    """

    interview: Interview
    ruleset: Ruleset
    assessment: Assessment
    road: NextLabel
    edition: Edition
    strengths: tuple[GradedIndicator, ...] = field(converter=_all)
    benchmark: Benchmark | None = None
    placings: tuple[Placing, ...] = field(default=(), converter=tuple[Placing, ...])

    @property
    def steps(self) -> tuple[Recommendation, ...]:
        """The first recommendations."""
        return self.assessment.recommendations[:FEW]

    @property
    def points_basis(self) -> Basis:
        """The weakest provenance among the gradings."""
        return weakest(g.basis for d in self.assessment.dimensions for g in d.indicators)


def individual_report(
    interview: Interview,
    ruleset: Ruleset,
    *,
    benchmark: Benchmark | None = None,
    against: Iterable[Label] = LABELS,
    edition: Edition | None = None,
) -> IndividualReport:
    """
    Gather the content of a report on an interview under a ruleset.

    Call it before `report_html`, `report_markdown` or `report_pdf`. With a *benchmark* the
    report also compares the interview with the clusters of its portfolio, those of its
    country, all of them, and the holders of the labels *against*. The ruleset of the next
    label and the titles of the indicators that a recommendation serves are those of
    *edition*, by default the shipped one. Source: docs/report.md.

    Raises:
        WrongCatalogue: as `assess` does.
        WrongBenchmark: the benchmark was made under another ruleset.
        DigestMismatch: it was made under another ruleset of the same name.
    """
    known = edition or shipped()
    assessment = assess(interview, ruleset)
    placings: tuple[Placing, ...] = ()
    if benchmark is not None:
        judged = f"{benchmark.ruleset.label}@{benchmark.ruleset.version}"
        if judged != ruleset.reference:
            raise WrongBenchmark(judged, ruleset.reference)
        placings = in_order(place(benchmark, interview, ruleset=ruleset), tuple(against))
    return IndividualReport(
        interview,
        ruleset,
        assessment,
        find_next_label(assessment, interview, ruleset, known),
        known,
        strengths(assessment, ruleset, share_reaching(placings, benchmark, ruleset.scale)),
        benchmark,
        placings,
    )


def strengths(
    assessment: Assessment, ruleset: Ruleset, attained: Mapping[str, Fraction]
) -> tuple[GradedIndicator, ...]:
    """
    Return the indicators with the best grades, at most three.

    Of equal grades those come first that the smallest part of the others attains (given by
    *attained*), then those that earn more points, then as in the catalogue. An indicator
    with the lowest grade is no strength.
    """
    graded = [indicator for each in assessment.dimensions for indicator in each.indicators]
    worthy = [(each, each.grade) for each in graded if each.grade and ruleset.rank(each.grade)]

    def order(entry: tuple[GradedIndicator, str]) -> tuple[int, Fraction | int, int]:
        indicator, grade = entry
        return -ruleset.rank(grade), attained.get(indicator.indicator, 1), -indicator.score.low

    return tuple(indicator for indicator, _ in sorted(worthy, key=order)[:FEW])
