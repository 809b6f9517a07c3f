"""The individual report on one interview."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from ecei_rules.documents.shipped import shipped
from ecei_rules.evaluation.assessment import LabelOutcome, Outcome
from ecei_rules.interviews.catalogue import Breakdown, Choice, Choices, YesNo
from ecei_rules.interviews.provenance import Basis
from ecei_rules.report.pages.answer_phrases import answered
from ecei_rules.report.pages.localisation import words_in
from ecei_rules.report.pages.peer_charts import (
    BROAD,
    NARROW,
    WIDE,
    at,
    marks,
    rows,
    style_of,
    titled,
)
from ecei_rules.report.pages.rule_phrases import asked_for, found, points
from ecei_rules.report.pages.sentences import of_groups, of_outcome, of_road
from ecei_rules.report.pages.templates import rendered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecei_rules.benchmark.ranking import Placing
    from ecei_rules.evaluation.assessment import AssessedDimension, Recommendation
    from ecei_rules.interviews.catalogue import Indicator
    from ecei_rules.planning.plan import AnswerChange
    from ecei_rules.report.pages.individual_content import IndividualReport
    from ecei_rules.report.pages.localisation import Words

#: Outcomes and how sure rules are, in words.
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
BASES = {
    Basis.DOCUMENTED: "A published source states it.",
    Basis.INFERRED: "It follows from documented cases.",
    Basis.ILLUSTRATIVE: "It is this project's own value, not official.",
}


def report_html(report: IndividualReport, *, language: str = "en") -> str:
    """
    A report as one page that needs nothing else, to be read on a screen or printed on A4.

    It is in *language*, a tag such as `de` or `fr-CH`, as far as there are translations.
    Equal arguments give equal text.

    Raises:
        ModuleNotFoundError: Jinja2 or Babel is missing, which come with the extra `report`.
        ValueError: *language* is no tag of a language.
    """
    return rendered("report.html", **_values(report, words_in(language)))


def report_markdown(report: IndividualReport, *, language: str = "en") -> str:
    """
    The same in Markdown (CommonMark with tables), the pictures in words.

    Raises:
        ModuleNotFoundError: as `report_html` does.
        ValueError: *language* is no tag of a language.
    """
    return rendered("report.md", **_values(report, words_in(language)))


def report_pdf(report: IndividualReport, *, language: str = "en") -> bytes:
    """
    The page of `report_html` as PDF on A4.

    Raises:
        ModuleNotFoundError: besides what `report_html` needs, WeasyPrint is missing, which
            comes with the extra `pdf`, or Pango, the library that it sets text with.
        ValueError: *language* is no tag of a language.
    """
    page = report_html(report, language=language)
    try:
        from weasyprint import HTML
    except OSError as error:
        raise ModuleNotFoundError(str(error), name="weasyprint") from error
    written: bytes = HTML(string=page).write_pdf()
    return written


def _values(report: IndividualReport, words: Words) -> dict[str, object]:
    catalogue, benchmark = report.interview.catalogue, report.benchmark
    by_subject: dict[tuple[str, str | None], list[Placing]] = {}
    for each in report.placings:
        by_subject.setdefault((each.level, each.id), []).append(each)
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
        "outcome_sentence": of_outcome(report.assessment, words),
        "road_sentence": of_road(report, words),
        "groups_sentence": of_groups(benchmark, words) if benchmark else "",
        "groups": [
            {"style": style_of(each), "title": titled(each, words)}
            for each in totals
            if each.figures is not None
        ],
        "profile": {
            each.id: _profile(each, by_subject.get(("dimension", each.id), []), words)
            for each in report.assessment.dimensions
        },
        "placed": {
            name: rows(by_subject.get(("indicator", name), []), each, report.ruleset.scale, words)
            for name, each in catalogue.asked.items()
        },
        "headings": {name: _heading(each.answer, words) for name, each in catalogue.asked.items()},
        "benchmark": benchmark,
        "benchmark_digest": benchmark_digest(benchmark) if benchmark else "",
        "found": partial(found, catalogue=catalogue, words=words),
        "asked_for": partial(asked_for, words=words),
        "answered": partial(answered, words=words),
        "points": partial(points, words=words),
        "gains": partial(_gains, words=words),
        "served": partial(_served, words=words),
        "change": partial(_change, asked=catalogue.asked, words=words),
    }


def _profile(
    dimension: AssessedDimension, placings: Iterable[Placing], words: Words
) -> dict[str, object]:
    score = dimension.score
    if not score.maximum:
        return {}
    medians = marks(placings, score.maximum, words)
    said = points(score, words)
    beside = [f"{words('median: {group}', group=m.title)} {m.value}" for m in medians]
    return {
        "low": at(Fraction(score.low, score.maximum), WIDE),
        "high": at(Fraction(score.high, score.maximum), WIDE),
        "said": said,
        "described": ", ".join([said, *beside]),
        "marks": medians,
        "medians": {each.title: each.value for each in medians},
        "beside": " · ".join(f"{each.title} {each.value}" for each in medians),
    }


def _heading(kind: object, words: Words) -> str:
    match kind:
        case Breakdown():
            return words("Mean composition")
        case Choice() | Choices() | YesNo():
            return words("Answers")
        case _:
            return words("Median, and the middle half")


def _gains(each: Recommendation, *, words: Words) -> str:
    if each.decisive:
        return words("The label was refused on it.")
    grade = words.text(each.target or "")
    return words.of(
        each.gain, "{count} point more at {grade}", "{count} points more at {grade}", grade=grade
    )


def _served(names: Iterable[str], *, words: Words) -> str:
    titles = {
        f"{catalogue.id}:{each.id}": words.text(each.title)
        for catalogue in shipped().catalogues
        for each in catalogue.indicators
    }
    return ", ".join(titles.get(name, name) for name in names)


def _change(change: AnswerChange, *, asked: Mapping[str, Indicator], words: Words) -> str:
    kind = asked[change.indicator].answer
    return words(
        "from {before} to {after}",
        before=answered(change.before, kind, words),
        after=answered(change.answer, kind, words),
    )
