"""
The canonical text of an assessment, written without its members between.

It is the text that `canonical` makes of the members that the converter writes. What several
assessments share keeps its text, see `ecei_rules.evaluation.assessment.Finding.canonical_text`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import assert_never

from ecei_rules.diagnostics.identity_cache import cached_by_identity
from ecei_rules.diagnostics.json_text import canonical, json_string, plain
from ecei_rules.documents.interview_text import answer_text
from ecei_rules.evaluation.grounds import (
    AnswerHeld,
    CombinationHeld,
    Completeness,
    ConductedHeld,
    GradesHeld,
    HistoryHeld,
    ImprovementsHeld,
    Score,
    ScoreHeld,
)
from ecei_rules.rulesets.conditions import (
    Combination,
    Includes,
    OneOf,
    Reading,
    Threshold,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from ecei_rules.evaluation.assessment import (
        AssessedDimension,
        Assessment,
        Finding,
        GradedIndicator,
        Recommendation,
    )
    from ecei_rules.evaluation.grounds import Grounds
    from ecei_rules.interviews.consistency import UnequalParts
    from ecei_rules.interviews.texts import Text
    from ecei_rules.rulesets.conditions import Evidence
    from ecei_rules.rulesets.validity import Validity


def assessment_text(assessment: Assessment) -> str:
    """Return the canonical text of an assessment without `x-` members."""
    catalogue, interview, ruleset = assessment.catalogue, assessment.interview, assessment.ruleset
    schema, validity, parts = assessment.schema, assessment.validity, assessment.unequal_parts
    about_catalogue = _object(
        digest=json_string(catalogue.digest),
        id=json_string(catalogue.id),
        note=None if catalogue.note is None else json_string(catalogue.note),
        version=json_string(catalogue.version),
    )
    about_interview = (
        f'{{"country":{json_string(interview.country)},"digest":{json_string(interview.digest)},'
        f'"name":{json_string(interview.name)},"on":{_day(interview.on)}}}'
    )
    about_ruleset = (
        f'{{"digest":{json_string(ruleset.digest)},"label":{json_string(ruleset.label)},'
        f'"title":{_text(ruleset.title)},"version":{json_string(ruleset.version)}}}'
    )
    unanswered = [_subject(each.subject, each.id, each.title) for each in assessment.unanswered]
    first = "" if schema is None else f'"$schema":{json_string(schema)},'
    unequal = f',"unequal_parts":{_list(map(_unequal, parts))}' if parts else ""
    days = "" if validity is None else f',"validity":{_validity(validity)}'
    return (
        f'{{{first}"basis":"{assessment.basis.value}","catalogue":{about_catalogue},'
        f'"dimensions":{_list(map(_dimension, assessment.dimensions))},'
        f'"findings":{_kept(assessment.findings)},"format":"ecei-assessment/1",'
        f'"interview":{about_interview},"library":{json_string(assessment.library)},'
        f'"outcome":"{assessment.outcome.value}",'
        f'"recommendations":{_kept(assessment.recommendations)},"ruleset":{about_ruleset},'
        f'"score":{_score(assessment.score)},"unanswered":{_list(unanswered)}{unequal}{days}}}'
    )


def indicator_text(graded: GradedIndicator) -> str:
    """Return the canonical text of a graded indicator."""
    answer, grade = graded.answer, graded.grade
    first = "" if answer is None else f'"answer":{answer_text(answer)},'
    second = "" if grade is None else f'"grade":{json_string(grade)},'
    return (
        f'{{{first}"basis":"{graded.basis.value}",{second}"indicator":'
        f'{json_string(graded.indicator)},"score":{_score(graded.score)},'
        f'"title":{_text(graded.title)}}}'
    )


def finding_text(finding: Finding) -> str:
    """Return the canonical text of a finding."""
    title = "" if finding.title is None else f',"title":{_text(finding.title)}'
    one_page = '"one_page":true,' if finding.one_page else ""
    return (
        f'{{"basis":"{finding.basis.value}","criterion":{json_string(finding.criterion)},'
        f'"grounds":{_grounds(finding.grounds)},{one_page}"outcome":"{finding.outcome.value}",'
        f'"severity":{json_string(finding.severity)}{title}}}'
    )


def recommendation_text(recommendation: Recommendation) -> str:
    """Return the canonical text of a recommendation."""
    grade, target = recommendation.grade, recommendation.target
    return _object(
        aligned_with=_texts(recommendation.aligned_with) if recommendation.aligned_with else None,
        basis=json_string(recommendation.basis.value),
        decisive=canonical(recommendation.decisive),
        gain=plain(recommendation.gain),
        grade=None if grade is None else json_string(grade),
        id=json_string(recommendation.id),
        one_page="true" if recommendation.one_page else None,
        subject=json_string(recommendation.subject),
        target=None if target is None else json_string(target),
        text=_text(recommendation.text),
        title=_text(recommendation.title),
    )


def _dimension(dimension: AssessedDimension) -> str:
    return (
        f'{{"findings":{_kept(dimension.findings)},'
        f'"id":{json_string(dimension.id)},'
        f'"indicators":{_kept(dimension.indicators)},'
        f'"outcome":"{dimension.outcome.value}","score":{_score(dimension.score)},'
        f'"title":{_text(dimension.title)}}}'
    )


def _grounds(grounds: Grounds) -> str:
    outcome = json_string(grounds.outcome.value)
    match grounds:
        case ScoreHeld():
            return (
                f'{{"at_least":{plain(grounds.at_least)},"deciding":{_texts(grounds.deciding)},'
                f'"kind":"score","outcome":{outcome},"score":{_score(grounds.score)},'
                f'"unit":{json_string(grounds.unit)}}}'
            )
        case GradesHeld():
            return _object(
                at_least=plain(grounds.at_least),
                attained=_texts(grounds.attained),
                below=_texts(grounds.below),
                grade=json_string(grounds.grade),
                kind='"grades"',
                left_aside=_texts(grounds.left_aside) if grounds.left_aside else None,
                open=_texts(grounds.open),
                outcome=outcome,
            )
        case AnswerHeld(answer=answer, evidence=evidence, unit=unit):
            return _object(
                answer=None if answer is None else answer_text(answer),
                evidence=None if evidence is None else _evidence(evidence),
                id=json_string(grounds.id),
                kind='"answer"',
                outcome=outcome,
                subject=json_string(grounds.subject),
                title=_text(grounds.title),
                unit=None if unit is None else json_string(unit),
            )
        case Completeness():
            return _object(
                answered=_texts(grounds.answered),
                kind='"completeness"',
                outcome=outcome,
                unanswered=_texts(grounds.unanswered),
            )
        case HistoryHeld():
            return _history(grounds, outcome)
        case ImprovementsHeld():
            return _object(
                at_least=plain(grounds.at_least),
                confirmed=_texts(grounds.confirmed),
                kind='"improvements"',
                outcome=outcome,
            )
        case ConductedHeld():
            return _conducted(grounds, outcome)
        case CombinationHeld():
            return _object(
                kind='"combination"',
                of=json_string(grounds.of),
                outcome=outcome,
                parts=_list(map(_grounds, grounds.parts)),
            )
        case unreachable:
            assert_never(unreachable)


def _history(grounds: HistoryHeld, outcome: str) -> str:
    since, award = grounds.since_award_of, grounds.last_award
    return _object(
        at_least_months=_number(grounds.at_least_months),
        at_most_months=_number(grounds.at_most_months),
        days=_list(map(_day, grounds.days)),
        event=json_string(grounds.event),
        kind='"history"',
        label=json_string(grounds.label),
        last_award=None if award is None else _day(award),
        later_at_most_months=_number(grounds.later_at_most_months),
        other_days=_list(map(_day, grounds.other_days)) if grounds.other_days else None,
        outcome=outcome,
        repeated="true" if grounds.repeated else None,
        since_award_of=None if since is None else json_string(since),
    )


def _conducted(grounds: ConductedHeld, outcome: str) -> str:
    count = grounds.experts
    experts = None
    if count is not None:
        experts = _object(
            impartial=plain(count.impartial),
            not_impartial=plain(count.not_impartial),
            not_stated=plain(count.not_stated),
        )
    return _object(
        at_least=plain(grounds.at_least),
        experts=experts,
        impartial="true" if grounds.impartial else None,
        kind='"conducted"',
        mode=None if grounds.mode is None else json_string(grounds.mode),
        modes=_texts(grounds.modes) if grounds.modes else None,
        outcome=outcome,
        role=json_string(grounds.role),
        title=_text(grounds.title),
    )


def _evidence(evidence: Evidence) -> str:
    truth = json_string(evidence.truth.value)
    match evidence:
        case Reading(condition=condition, measured=measured, total=total):
            return _object(
                condition=_condition(condition),
                kind='"reading"',
                measured=_number(measured),
                total=_number(total),
                truth=truth,
            )
        case Combination(of=of, parts=parts):
            return _object(
                kind='"combination"',
                of=json_string(of),
                parts=_list(map(_evidence, parts)),
                truth=truth,
            )
        case unreachable:
            assert_never(unreachable)


def _condition(condition: Threshold | OneOf | Includes) -> str:
    match condition:
        case Threshold(options=options):
            bound = {condition.comparison: plain(condition.bound)}
            return _object(
                kind='"threshold"',
                measure=json_string(condition.measure),
                options=_texts(options) if options else None,
                **bound,
            )
        case OneOf(values=values):
            return _object(kind='"one_of"', values=canonical(values))
        case Includes(options=options):
            return _object(kind='"includes"', options=_texts(options))
        case unreachable:
            assert_never(unreachable)


def _validity(validity: Validity) -> str:
    previous, renewable = validity.previous_end, validity.renewable_until
    return _object(
        award=json_string(validity.award.value),
        basis=json_string(validity.basis.value),
        ends=json_string(validity.ends),
        interview=_day(validity.interview),
        previous_end=None if previous is None else _day(previous),
        renewable_until=None if renewable is None else _day(renewable),
        until=_day(validity.until),
        until_years_after_end=_number(validity.until_years_after_end),
        years=plain(validity.years),
        **{"from": _day(validity.first)},
    )


def _unequal(unequal: UnequalParts) -> str:
    return _object(
        expected=plain(unequal.expected),
        id=json_string(unequal.id),
        subject=json_string(unequal.subject),
        title=_text(unequal.title),
        total=plain(unequal.total),
        whole=json_string(unequal.whole),
        whole_title=_text(unequal.whole_title),
    )


def _subject(subject: str, name: str, title: Text) -> str:
    return f'{{"id":{json_string(name)},"subject":{json_string(subject)},"title":{_text(title)}}}'


def _score(score: Score) -> str:
    return _score_of(score.low, score.high, score.maximum)


@lru_cache(maxsize=1024)
def _score_of(low: int, high: int, maximum: int) -> str:
    least, most = map(plain, Score(low, high, maximum).percent)
    return (
        f'{{"maximum":{plain(maximum)},"percent":{{"high":{most},"low":{least}}},'
        f'"points":{{"high":{plain(high)},"low":{plain(low)}}}}}'
    )


@cached_by_identity
def _text(text: Text) -> str:
    translations = text.translations
    members = [
        f"{json_string(tag)}:{json_string(translations[tag])}" for tag in sorted(translations)
    ]
    return f"{{{','.join(members)}}}"


def _texts(texts: Iterable[str]) -> str:
    return f"[{','.join(map(json_string, texts))}]"


def _list(items: Iterable[str]) -> str:
    return f"[{','.join(items)}]"


def _kept(values: Iterable[Finding | GradedIndicator | Recommendation]) -> str:
    return f"[{','.join([each.canonical_text for each in values])}]"


def _number(number: int | Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _day(day: date) -> str:
    return f'"{day.isoformat()}"'


def _object(**members: str | None) -> str:
    """Return an object of members that are written already, without those that are `None`."""
    texts = [f'"{name}":{text}' for name, text in sorted(members.items()) if text is not None]
    return f"{{{','.join(texts)}}}"
