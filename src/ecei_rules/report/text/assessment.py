"""An assessment in words."""

from __future__ import annotations

from typing import assert_never

from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.evaluation.assessment import LabelOutcome
from ecei_rules.evaluation.deciding import deciding
from ecei_rules.evaluation.grounds import CombinationHeld, Completeness, Outcome, ScoreHeld
from ecei_rules.interviews.provenance import Basis, weakest
from ecei_rules.report.text.blocks import Item, Items, Paragraph, Report, Section, as_text
from ecei_rules.report.text.wording import (
    BASES,
    MEANING_OF_ONE_PAGE,
    ONE_PAGE,
    NamesInAssessment,
    basis_text,
    evidence,
    outcome_text,
    rating_note,
    score_text,
    unequal_parts_text,
)
from ecei_rules.rulesets.validity import Award

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.evaluation.assessment import Assessment, Finding, Recommendation
    from ecei_rules.rulesets.validity import Validity

#: How many recommendations are given in full, besides the deciding ones, which always are.
SPELLED_OUT = 8
_NOT_OFFICIAL = (
    "NOT OFFICIAL: illustrative values of this project {decided}, not the scheme owner's."
)
_OTHERS = "other requirements of the ruleset are illustrative, not official"


def explain(assessment: Assessment) -> str:
    """
    Explain an assessment to the organisation and to whoever pays it.

    The text gives the outcome and the rules; the days of the label and the reasons for
    them; the deciding requirements, with the answers and the evidence for each rule; the
    points; recommendations, the most valuable first; and, without a label, how to ask for
    the cheapest way to it. What made no difference is left out. No line has more than 100
    columns. If illustrative values decided, the first line says so. The note on the
    catalogue, and breakdowns that decided and do not add up, have sections of their own.

    >>> import ecei_rules as er
    >>> (interview,) = er.example_corpus(1)
    >>> ruleset = er.shipped().ruleset("bronze", on=interview.conducted.on)
    >>> text = er.explain(er.assess(interview, ruleset))
    >>> text.splitlines()[0]
    'Bronze not awarded: Example Tourism Cluster 0001 (DE), interview of 2024-12-30'
    >>> "Reasons for refusal (each alone is enough)" in text
    True
    """
    interview, ruleset, catalogue = assessment.interview, assessment.ruleset, assessment.catalogue
    subject = f"{interview.name} ({interview.country}), interview of {interview.on}"
    title = f"{ruleset.label.capitalize()} {outcome_text(assessment.outcome)}: {subject}"
    under = (
        f"under {ruleset.label}@{ruleset.version} ({ruleset.title}),"
        f" catalogue {catalogue.id}@{catalogue.version}"
    )
    settled = assessment.outcome is not LabelOutcome.UNDETERMINED
    decided = "decided this" if settled else "leave this open"
    if assessment.basis is Basis.ILLUSTRATIVE:
        notice, introduction = _NOT_OFFICIAL.format(decided=decided), [under]
    else:
        notice, introduction = "", [under, _sure(assessment, decided)]
    return as_text(Report(title, notice, introduction, _sections(assessment)))


def _sure(assessment: Assessment, decided: str) -> str:
    required = (f for f in assessment.all_findings if f.severity == "required")
    others = any(finding.basis is Basis.ILLUSTRATIVE for finding in required)
    basis = basis_text(assessment.basis, one_page=assessment.one_page)
    sure = f"The rules that {decided} are {basis}"
    return f"{sure}; {_OTHERS}." if others else f"{sure}."


def _sections(assessment: Assessment) -> Iterator[Section]:
    if assessment.validity is not None:
        yield _days(assessment.validity)
    if assessment.decisive:
        yield _section(_reasons(assessment.outcome), _findings(assessment, assessment.decisive))
    if assessment.unequal_parts:
        title = "Check these answers: they decided this, and do not add up"
        yield _section(title, map(unequal_parts_text, assessment.unequal_parts))
    if assessment.score.maximum:
        yield _points(assessment)
    missed = [f for f in _advisory(assessment) if f.outcome is not Outcome.MET]
    if missed:
        title = "Recommended levels not reached (no effect on the outcome)"
        yield _section(title, _findings(assessment, missed))
    if assessment.recommendations:
        yield Section("What to do next, the most valuable first", [*_advice(assessment)])
    yield _bases(assessment)
    if assessment.catalogue.note:
        yield Section("The questions", [Paragraph(assessment.catalogue.note)])
    if assessment.outcome is not LabelOutcome.AWARDED:
        yield _where_to_plan(assessment)


def _section(title: str, items: Iterable[str]) -> Section:
    return Section(title, [Items(map(Item, items))])


def _days(validity: Validity) -> Section:
    ends = ", to the end of the month" if validity.ends == "end_of_month" else ", to the day"
    years = number_of(validity.years, "year")
    match validity.award:
        case Award.RENEWAL:
            why = f"a renewal: {years} after the previous end ({validity.previous_end}){ends}"
        case Award.FIRST:
            why = f"a first award: {years} from the interview{ends}"
        case Award.LATE_RETURN:
            why = (
                f"a first award again, since the label that ended on {validity.previous_end}"
                f" could no longer be renewed: {years} from the interview{ends}"
            )
        case unreachable:
            assert_never(unreachable)
    items = [f"{why} [{validity.basis.value}]"]
    if validity.renewable_until is not None and validity.until_years_after_end is not None:
        window = number_of(validity.until_years_after_end, "year")
        items.append(f"renewable until {validity.renewable_until}, {window} after its end")
    return _section(f"Valid from {validity.first} to {validity.until}", items)


def _reasons(outcome: LabelOutcome) -> str:
    match outcome:
        case LabelOutcome.AWARDED:
            return "Requirements met"
        case LabelOutcome.NOT_AWARDED:
            return "Reasons for refusal (each alone is enough)"
        case LabelOutcome.UNDETERMINED:
            return "Requirements that still lack an answer"
        case unreachable:
            assert_never(unreachable)


def _findings(assessment: Assessment, findings: Iterable[Finding]) -> Iterator[str]:
    """Word each finding; complete dimensions share one entry."""
    names = NamesInAssessment(
        {
            **{g.indicator: str(g.title) for d in assessment.dimensions for g in d.indicators},
            **{each.id: str(each.title) for each in assessment.unanswered},
        }
    )
    scopes = {f.criterion: str(d.title) for d in assessment.dimensions for f in d.findings}
    complete = []
    for finding in findings:
        grounds, scope = finding.grounds, scopes.get(finding.criterion)
        if isinstance(grounds, Completeness) and grounds.outcome is Outcome.MET:
            complete.append(finding)
            continue
        text = "; ".join(evidence(grounds, names))
        # these alone do not name their subject
        if isinstance(grounds, CombinationHeld) and finding.title:
            text = f"{finding.title}: {text}"
        elif isinstance(grounds, ScoreHeld | Completeness) and scope:
            text = f"{scope}: {text}"
        basis = basis_text(finding.basis, one_page=finding.one_page)
        yield f"{text} [{finding.criterion}, {basis}]"
    if complete:
        answered = {name for finding in complete for name in deciding(finding.grounds)}
        basis = weakest(finding.basis for finding in complete).value
        criteria = ", ".join(finding.criterion for finding in complete)
        count = number_of(len(answered), "indicator")
        yield f"every indicator is answered, {count} in all [{criteria}, {basis}]"


def _points(assessment: Assessment) -> Section:
    basis = _points_basis(assessment)
    total = score_text(assessment.score, assessment.findings)
    scored = (each for each in assessment.dimensions if each.score.maximum)
    listed = Items(Item(f"{d.title}: {score_text(d.score, d.findings)}") for d in scored)
    note = rating_note(assessment.ruleset.label, basis)
    title = f"Score: {total} [{basis.value}]"
    return Section(title, [listed, *([Paragraph(note)] if note else [])])


def _points_basis(assessment: Assessment) -> Basis:
    return weakest(g.basis for d in assessment.dimensions for g in d.indicators)


def _advisory(assessment: Assessment) -> Iterator[Finding]:
    return (f for f in assessment.all_findings if f.severity == "advisory")


def _advice(assessment: Assessment) -> Iterator[Items]:
    decisive = sum(each.decisive for each in assessment.recommendations)
    spelled = max(decisive, SPELLED_OUT)
    in_full = (f"{r.title} ({_worth(r)}): {r.text}" for r in assessment.recommendations[:spelled])
    yield Items(map(Item, in_full), numbered=True)
    rest = ", ".join(str(each.title) for each in assessment.recommendations[spelled:])
    if rest:
        yield Items([Item(f"after these: {rest}")])


def _worth(recommendation: Recommendation) -> str:
    if recommendation.decisive:
        basis = basis_text(recommendation.basis, one_page=recommendation.one_page)
        return f"this is why the label was refused, {basis}"
    gain = number_of(recommendation.gain, "point")
    graded, target = recommendation.grade, recommendation.target
    return f"{graded}; {target} earns {gain} more, {recommendation.basis.value}"


def _bases(assessment: Assessment) -> Section:
    """Explain each status of provenance that the explanation uses."""
    used = {
        assessment.basis,
        *(finding.basis for finding in assessment.decisive),
        *(finding.basis for finding in _advisory(assessment)),
        *(each.basis for each in assessment.recommendations),
        _points_basis(assessment),
        *([assessment.validity.basis] if assessment.validity else []),
    }
    meanings = [f"{basis.value}: {BASES[basis]}" for basis in Basis if basis in used]
    if any(finding.one_page for finding in (*assessment.decisive, *_advisory(assessment))):
        meanings.insert(1, f"{ONE_PAGE}: {MEANING_OF_ONE_PAGE}")
    return _section("Evidence", meanings)


def _where_to_plan(assessment: Assessment) -> Section:
    """Tell those without the label what plans: assessing does not."""
    reference = f"{assessment.ruleset.label}@{assessment.ruleset.version}"
    return _section(
        "To find the cheapest way to the label",
        [
            f"on the command line: ecei-rules plan FILE --to {reference} (or the ruleset's file)",
            "in Python: ecei_rules.plan(interview, ruleset)",
        ],
    )
