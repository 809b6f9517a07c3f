"""The individual report on one interview."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import assert_never

from ecei_rules.evaluation.assessment import LabelOutcome
from ecei_rules.evaluation.grounds import Outcome
from ecei_rules.interviews.catalogue import (
    Breakdown,
    Choice,
    Choices,
    Count,
    Number,
    Share,
    Year,
    YesNo,
)
from ecei_rules.report.pages.localisation import words_in
from ecei_rules.report.pages.peer_charts import (
    BROAD,
    NARROW,
    WIDE,
    at,
    group_rows,
    group_title,
    mark_style,
    means,
)
from ecei_rules.report.pages.phrases import (
    answered,
    basis_sentence,
    condition_text,
    evidence_text,
    groups_sentence,
    outcome_sentence,
    required_text,
    road_sentence,
)
from ecei_rules.report.pages.templates import rendered
from ecei_rules.report.text.wording import (
    BASES,
    MEANING_OF_ONE_PAGE,
    ONE_PAGE,
    basis_text,
    rating_note,
    score_text,
    unequal_parts_text,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecei_rules.benchmark.ranking import Placing
    from ecei_rules.evaluation.assessment import AssessedDimension, Recommendation
    from ecei_rules.interviews.catalogue import AnswerKind, Indicator
    from ecei_rules.planning.plan import AnswerChange
    from ecei_rules.report.pages.individual_content import IndividualReport
    from ecei_rules.report.pages.localisation import Words
    from ecei_rules.rulesets.editions import Edition

OUTCOMES = {
    LabelOutcome.AWARDED: "awarded",
    LabelOutcome.NOT_AWARDED: "not awarded",
    LabelOutcome.UNDETERMINED: "still open",
}
FINDINGS = {
    Outcome.MET: "met",
    Outcome.NOT_MET: "not met",
    Outcome.NOT_APPLICABLE: "does not apply",
    Outcome.UNDETERMINED: "still open",
}


def report_html(report: IndividualReport, *, language: str = "en") -> str:
    """
    Write a report as one HTML page, to be read on a screen or printed on A4.

    The page loads nothing. *language* is a tag such as `de` or `fr-CH`; a text without a
    translation stays English. Equal arguments give equal text. Source: docs/report.md.

    Raises:
        ModuleNotFoundError: Jinja2 or Babel is missing, which come with the extra `report`.
        ValueError: *language* is not a language tag.
    """
    return rendered("report.html", **_values(report, words_in(language)))


def report_markdown(report: IndividualReport, *, language: str = "en") -> str:
    """
    Write the same in Markdown (CommonMark with tables), the pictures in words.

    Raises:
        ModuleNotFoundError: as `report_html` does.
        ValueError: *language* is not a language tag.
    """
    return rendered("report.md", **_values(report, words_in(language)))


def report_pdf(report: IndividualReport, *, language: str = "en") -> bytes:
    """
    Write the page of `report_html` as PDF on A4.

    Raises:
        ModuleNotFoundError: besides what `report_html` needs, WeasyPrint is missing, which
            comes with the extra `pdf`, or Pango, the library that it sets text with.
        ValueError: *language* is not a language tag.
    """
    page = report_html(report, language=language)
    try:
        from weasyprint import HTML
    except OSError as error:
        raise ModuleNotFoundError(str(error), name="weasyprint") from error
    pdf: bytes = HTML(string=page).write_pdf()
    return pdf


def _values(report: IndividualReport, words: Words) -> dict[str, object]:
    catalogue, benchmark = report.interview.catalogue, report.benchmark
    by_subject: dict[tuple[str, str | None], list[Placing]] = {}
    for placing in report.placings:
        by_subject.setdefault((placing.level, placing.id), []).append(placing)
    totals = by_subject.get(("total", None), [])
    from ecei_rules.benchmark.codec import benchmark_digest

    return {
        "title": words("Individual report: {name}", name=report.interview.cluster.name),
        "style": "report.css",
        "words": words,
        "colon": words("{title}: {text}", title="", text=""),
        "wide": WIDE,
        "broad": BROAD,
        "narrow": NARROW,
        "content": report,
        "outcome_words": OUTCOMES,
        "finding_words": FINDINGS,
        "basis_words": BASES,
        "outcome_sentence": outcome_sentence(report.assessment, words),
        "basis_sentence": basis_sentence(report.assessment, words),
        "road_sentence": road_sentence(report.assessment, report.road, words),
        "groups_sentence": groups_sentence(benchmark, words) if benchmark else "",
        "groups": [
            {"style": mark_style(placing), "title": group_title(placing, words)}
            for placing in totals
            if placing.position is not None
        ],
        "profile": {
            dimension.id: _profile(
                dimension, by_subject.get(("dimension", dimension.id), []), words
            )
            for dimension in report.assessment.dimensions
        },
        "placed": {
            name: group_rows(
                by_subject.get(("indicator", name), []),
                indicator,
                benchmark,
                words,
            )
            for name, indicator in catalogue.asked.items()
        },
        "headings": {name: _heading(each.answer, words) for name, each in catalogue.asked.items()},
        "benchmark": benchmark,
        "benchmark_digest": benchmark_digest(benchmark) if benchmark else "",
        "evidence": partial(evidence_text, catalogue=catalogue, words=words),
        "condition": partial(condition_text, words=words),
        "answered": partial(answered, words=words),
        "basis_text": partial(basis_text, words=words),
        "one_page": (ONE_PAGE, MEANING_OF_ONE_PAGE) if _says_one_page(report) else (),
        "rating_note": rating_note(report.ruleset.label, report.points_basis, words),
        "unequal_parts": partial(unequal_parts_text, words=words),
        "required": partial(required_text, catalogue=report.road.ruleset.catalogue, words=words),
        "gains": partial(_gains, words=words),
        "served": partial(_served, edition=report.edition, words=words),
        "change": partial(_change, asked=catalogue.asked, words=words),
    }


def _says_one_page(report: IndividualReport) -> bool:
    """Whether the basis of a finding, or of another requirement, is one page."""
    return any(each.one_page for each in report.assessment.all_findings) or any(
        each.provenance.one_page for each in report.road.asks
    )


def _profile(
    dimension: AssessedDimension, placings: Iterable[Placing], words: Words
) -> dict[str, object]:
    score = dimension.score
    if not score.maximum:
        return {}
    marks = means(placings, words)
    scored = score_text(score, dimension.findings, words)
    beside = [f"{words('mean: {group}', group=mark.title)} {mark.value}" for mark in marks]
    return {
        "low": at(Fraction(score.low, score.maximum), WIDE),
        "high": at(Fraction(score.high, score.maximum), WIDE),
        "points": scored,
        "described": ", ".join([scored, *beside]),
        "marks": marks,
        "means": {mark.title: mark.value for mark in marks},
        "beside": " · ".join(f"{mark.title} {mark.value}" for mark in marks),
    }


def _heading(kind: AnswerKind, words: Words) -> str:
    match kind:
        case Breakdown():
            return words("Median of each part")
        case Choice() | Choices() | YesNo():
            return words("Answers")
        case Count() | Number() | Share() | Year():
            return words("Classes of answers")
        case unreachable:
            assert_never(unreachable)


def _gains(recommendation: Recommendation, *, words: Words) -> str:
    if recommendation.decisive:
        return words("This is why the label was refused.")
    return words.of(
        recommendation.gain,
        "{count} point more at {grade}",
        "{count} points more at {grade}",
        grade=words.text(recommendation.target or ""),
    )


def _served(names: Iterable[str], *, edition: Edition, words: Words) -> str:
    """Name indicators of other catalogues by their titles, or by their ids if they are unknown."""
    titles = {
        f"{catalogue.id}:{indicator.id}": words.text(indicator.title)
        for catalogue in edition.catalogues
        for indicator in catalogue.indicators
    }
    return ", ".join(titles.get(name, name) for name in names)


def _change(change: AnswerChange, *, asked: Mapping[str, Indicator], words: Words) -> str:
    kind = asked[change.indicator].answer
    return words(
        "from {before} to {after}",
        before=answered(change.before, kind, words),
        after=answered(change.answer, kind, words),
    )
