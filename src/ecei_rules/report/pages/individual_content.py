"""What an individual report says, before it is laid out."""

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
from ecei_rules.report.pages.next_label import Road, road_from
from ecei_rules.report.pages.peer_charts import in_order, reached
from ecei_rules.rulesets.ruleset import Ruleset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from ecei_rules.evaluation.assessment import Recommendation
    from ecei_rules.interviews.history import Label
    from ecei_rules.rulesets.editions import Edition

#: How many strengths and first steps the summary has.
FEW = 3


def _all(graded: Iterable[GradedIndicator]) -> tuple[GradedIndicator, ...]:
    return tuple(graded)


@frozen
class IndividualReport:
    """
    What is said of one interview under one ruleset, in whatever form.

    *strengths* are the indicators to be proud of, the best first; *placings* are where the
    interview stands in a *benchmark*, group by group as they are shown.
    """

    interview: Interview
    ruleset: Ruleset
    assessment: Assessment
    road: Road
    strengths: tuple[GradedIndicator, ...] = field(converter=_all)
    benchmark: Benchmark | None = None
    placings: tuple[Placing, ...] = field(default=(), converter=tuple[Placing, ...])

    @property
    def steps(self) -> tuple[Recommendation, ...]:
        """What to do first."""
        return self.assessment.recommendations[:FEW]

    @property
    def points_basis(self) -> Basis:
        """How sure the points are."""
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
    Gather what a report says of an interview under a ruleset.

    With a *benchmark* these are also the places of the interview among the clusters of its
    portfolio, of its country, among all of them and among the holders of the labels
    *against*. The ruleset of the next label is sought in *edition*, by default the shipped
    one.

    Raises:
        WrongCatalogue: as `assess` does.
        WrongBenchmark: the benchmark was made under another ruleset.
        DigestMismatch: it was made under another one of that name.
    """
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
        road_from(assessment, interview, ruleset, edition or shipped()),
        strengths(assessment, ruleset, reached(placings, ruleset.scale)),
        benchmark,
        placings,
    )


def strengths(
    assessment: Assessment, ruleset: Ruleset, attained: Mapping[str, Fraction]
) -> tuple[GradedIndicator, ...]:
    """
    The indicators with the best grades, at most three.

    Among equal grades those come first whose grade fewer of the others attain (*attained*
    says which part of them does), then those that earn more points, then as the catalogue
    has them. None is among them that has the lowest grade.
    """
    graded = [each for one in assessment.dimensions for each in one.indicators]
    worthy = [(each, each.grade) for each in graded if each.grade and ruleset.rank(each.grade)]

    def order(entry: tuple[GradedIndicator, str]) -> tuple[int, Fraction | int, int]:
        each, grade = entry
        return -ruleset.rank(grade), attained.get(each.indicator, 1), -each.score.low

    return tuple(each for each, _ in sorted(worthy, key=order)[:FEW])
