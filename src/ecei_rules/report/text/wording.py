"""The wording of answers, outcomes, points and evidence, in text and on pages."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Protocol, assert_never

from ecei_rules.evaluation.deciding import deciding_parts, deciding_readings
from ecei_rules.evaluation.grounds import (
    AnswerHeld,
    CombinationHeld,
    Completeness,
    ConductedHeld,
    GradesHeld,
    HistoryHeld,
    ImprovementsHeld,
    Outcome,
    ScoreHeld,
)
from ecei_rules.interviews.answers import Answer, NotApplicable, plain_answer
from ecei_rules.interviews.provenance import Basis
from ecei_rules.report.text.percentages import rounded_percentage
from ecei_rules.rulesets.conditions import Reading, Threshold
from ecei_rules.rulesets.criteria import ConductedBy, Earlier, Improvements, ScoreReaches
from ecei_rules.rulesets.wording import (
    ENGLISH,
    condition,
    conductors,
    mode_text,
    requirement,
    types,
    years_ago,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ecei_rules.evaluation.assessment import DimensionOutcome, Finding, LabelOutcome
    from ecei_rules.evaluation.grounds import Grounds, Score
    from ecei_rules.interviews.consistency import UnequalParts
    from ecei_rules.report.text.percentages import Bound
    from ecei_rules.rulesets.criteria import Requirement
    from ecei_rules.rulesets.wording import Language

#: The meaning of each status of provenance.
BASES = {
    Basis.DOCUMENTED: "a published source states it",
    Basis.INFERRED: "it follows from documented cases",
    Basis.ILLUSTRATIVE: "this project's own value, not official",
}
ONE_PAGE = "one page"
#: The meaning of a documented rule that says so.
MEANING_OF_ONE_PAGE = "one page alone states it, and it is not the operator's"
#: What the operator says of the benchmarking, beside points that this project gives.
NO_RATING = (
    "The operator gives no ranking and no rating of a benchmarking (slides of 2012):"
    " the points are this project's own."
)


def basis_text(basis: Basis, words: Language = ENGLISH, *, one_page: bool = False) -> str:
    """
    Word the basis of a result; of a documented one, whether one page alone states the rule.

    >>> basis_text(Basis.DOCUMENTED, one_page=True), basis_text(Basis.INFERRED)
    ('documented, one page', 'inferred')
    """
    named = words.text(basis.value)
    return f"{named}, {words(ONE_PAGE)}" if one_page else named


def rating_note(label: str, points: Basis, words: Language = ENGLISH) -> str:
    """
    Return the note for illustrative points of a benchmarking; nothing for any others.

    >>> rating_note("gold", Basis.ILLUSTRATIVE)
    ''
    """
    return words(NO_RATING) if (label, points) == ("bronze", Basis.ILLUSTRATIVE) else ""


def unequal_parts_text(unequal: UnequalParts, words: Language = ENGLISH) -> str:
    """Word a breakdown whose parts do not add up to the count that they are parts of."""
    return words(
        "{title}: the parts add up to {total}, but {whole} is {expected}.",
        title=words.text(unequal.title),
        total=words.number(unequal.total),
        whole=words.text(unequal.whole_title),
        expected=words.number(unequal.expected),
    )


class Names(Protocol):
    """Names the subjects of the evidence, as far as a text or a page knows them."""

    def indicator(self, name: str, /) -> str:
        """Return the title of an indicator."""

    def option(self, grounds: AnswerHeld, option: str, /) -> str:
        """Return the title of an option."""

    def answer(self, grounds: AnswerHeld, reading: Reading | None, /) -> str:
        """Return the answer, or what was measured of it."""


class NamesInAssessment:
    """
    The names that an assessment holds: titles of indicators, options by their ids.

    It holds no catalogue, so an answer is worded by what a condition measured of it.
    """

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    def indicator(self, name: str, /) -> str:
        """Return the title of an indicator, or its id if the assessment holds none."""
        return self._titles.get(name, name)

    def option(self, _held: AnswerHeld, option: str, /) -> str:
        """Return the id of an option."""
        return option

    def answer(self, grounds: AnswerHeld, reading: Reading | None, /) -> str:
        """Return the answer, or what was measured of it."""
        match grounds.answer:
            case None:
                return "not answered"
            case NotApplicable(reason=reason):
                return f"does not apply: {reason}"
            case answer:
                observed = None if reading is None else _measured(reading, grounds)
                return observed or answer_text(answer)


def evidence(grounds: Grounds, names: Names, words: Language = ENGLISH) -> Iterator[str]:
    """
    Word the evidence that settled an outcome, or keeps it open: what was found and required.

    A part of a combined requirement that made no difference is left out.
    """
    match grounds:
        case Completeness(outcome=Outcome.MET):
            yield words("every indicator is answered")
        case Completeness(unanswered=open_names):
            yield words("not answered: {titles}", titles=_titles(open_names, names))
        case AnswerHeld():
            yield from _answer(grounds, names, words)
        case GradesHeld():
            yield _grades(grounds, names, words)
        case ScoreHeld(score=score, at_least=least, unit=unit):
            earned = points(score, words, score_bounds(grounds))
            yield _with_required(earned, ScoreReaches(least, unit), words)
        case HistoryHeld(label=label, event=event, days=days, other_days=other_days):
            required = Earlier(
                label,
                event,
                repeated=grounds.repeated,
                at_least_months=grounds.at_least_months,
                at_most_months=grounds.at_most_months,
                later_at_most_months=grounds.later_at_most_months,
                since_award_of=grounds.since_award_of,
            )
            listed = ", ".join(map(words.day, days or other_days)) or words("none")
            if grounds.last_award is not None and grounds.since_award_of is not None:
                listed = words(
                    "{days}; {label} last awarded on {day}",
                    days=listed,
                    label=words.text(grounds.since_award_of.capitalize()),
                    day=words.day(grounds.last_award),
                )
            yield _with_required(listed, required, words)
        case ImprovementsHeld(at_least=least, confirmed=confirmed):
            count = len(confirmed)
            confirmed_count = words.of(
                count, "{count} improvement confirmed", "{count} improvements confirmed"
            )
            yield _with_required(confirmed_count, Improvements(least), words)
        case ConductedHeld():
            yield _conducted(grounds, words)
        case CombinationHeld():
            for part in deciding_parts(grounds):
                yield from evidence(part, names, words)
        case unreachable:
            assert_never(unreachable)


def points(score: Score, words: Language = ENGLISH, bounds: Sequence[Bound] = ()) -> str:
    """
    Word a score with its maximum and the percentage; an interval while answers are missing.

    *bounds* are the percentages that it is required to reach, across none of which it is
    rounded.

    >>> from decimal import Decimal
    >>> from ecei_rules.evaluation.grounds import Score
    >>> points(Score(8, 8, 12)), points(Score(8, 8, 12), ENGLISH, [("at_least", Decimal(80))])
    ('8 of 12 points (66.7 %)', '8 of 12 points (66.6 %)')
    """
    low, high = (
        rounded_percentage(score.percent_of(each), bounds) for each in (score.low, score.high)
    )
    numbers = {"low": words.number(score.low), "most": words.number(score.maximum)}
    if score.low == score.high:
        return words("{low} of {most} points ({percent})", **numbers, percent=words.percent(low))
    return words(
        "{low} to {high} of {most} points ({percent} to {best})",
        **numbers,
        high=words.number(score.high),
        percent=words.percent(low),
        best=words.percent(high),
    )


def score_bounds(grounds: Grounds) -> list[Bound]:
    """Return the percentages of its maximum that a score is required to reach."""
    match grounds:
        case ScoreHeld(unit="percent", at_least=least):
            return [("at_least", least)]
        case CombinationHeld(parts=parts):
            return [bound for part in parts for bound in score_bounds(part)]
        case _:  # no other requirement is about a percentage of points
            return []


def score_text(score: Score, findings: Iterable[Finding], words: Language = ENGLISH) -> str:
    """Word the score of a dimension, or of all, rounded as beside the bounds in its findings."""
    bounds = [bound for each in findings for bound in score_bounds(each.grounds)]
    return points(score, words, bounds)


def answer_text(answer: Answer) -> str:
    """
    Word an answer without its catalogue: yes or no, numbers, ids of options.

    >>> answer_text(True), answer_text(("sme", "research"))
    ('yes', 'sme, research')
    """
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return plain_answer(answer)


def outcome_text(outcome: Outcome | DimensionOutcome | LabelOutcome) -> str:
    """
    Word an outcome.

    >>> from ecei_rules.evaluation.assessment import LabelOutcome
    >>> outcome_text(LabelOutcome.NOT_AWARDED)
    'not awarded'
    """
    return str(outcome.value).replace("_", " ")


def _answer(grounds: AnswerHeld, names: Names, words: Language) -> Iterator[str]:
    title = words.text(grounds.title)
    if grounds.evidence is None:
        text = names.answer(grounds, None)
        yield words("{title}: {text}", title=title, text=text)
        return
    readings = deciding_readings(grounds.evidence)
    for reading in readings:
        observed = _share(reading, readings, grounds, words) or names.answer(grounds, reading)
        answer = words("{title}: {text}", title=title, text=observed)
        required = condition(reading.condition, words, partial(names.option, grounds))
        yield words("{found} (required: {required})", found=answer, required=required)


def _share(
    reading: Reading, readings: Iterable[Reading], grounds: AnswerHeld, words: Language
) -> str:
    """
    Word a part of a whole with its percentage; nothing for any other measure.

    It is rounded alike in all *readings* that measure the same options.
    """
    part, whole = reading.measured, reading.total
    options = _options_of_share(reading)
    if options is None or part is None or not whole:
        return ""
    bounds: list[Bound] = [
        (each.condition.comparison, each.condition.bound)
        for each in readings
        if isinstance(each.condition, Threshold) and _options_of_share(each) == options
    ]
    unit = f" {words.text(grounds.unit)}" if grounds.unit else ""
    return words(
        "{part} of {whole} ({percent})",
        part=words.number(part),
        whole=f"{words.number(whole)}{unit}",
        percent=words.percent(rounded_percentage(Fraction(100 * int(part), whole), bounds)),
    )


def _options_of_share(reading: Reading) -> frozenset[str] | None:
    match reading.condition:
        case Threshold(measure="share_of", options=options):
            return frozenset(options)
        case _:  # measures no share
            return None


def _measured(reading: Reading, grounds: AnswerHeld) -> str | None:
    if reading.measured is None or not isinstance(reading.condition, Threshold):
        return None
    match reading.condition.measure:
        case "types":
            return types(reading.measured)
        case "years_ago":
            return years_ago(reading.measured)
        case "value" | "sum_of" | "share_of":
            unit = f" {grounds.unit}" if grounds.unit else ""
            return f"{ENGLISH.number(reading.measured)}{unit}"
        case unreachable:
            assert_never(unreachable)


def _grades(grounds: GradesHeld, names: Names, words: Language) -> str:
    grade = words.text(grounds.grade)
    match grounds.outcome:
        case Outcome.MET:
            titles = _titles(grounds.attained, names)
            return words("{grade} or better: {titles}", grade=grade, titles=titles)
        case Outcome.NOT_MET:
            titles = _titles(grounds.below, names)
            return words("below {grade}: {titles}", grade=grade, titles=titles)
        case Outcome.UNDETERMINED:
            return words("not answered: {titles}", titles=_titles(grounds.open, names))
        case Outcome.NOT_APPLICABLE:
            return words("does not apply: {titles}", titles=_titles(grounds.left_aside, names))
        case unreachable:
            assert_never(unreachable)


def _conducted(grounds: ConductedHeld, words: Language) -> str:
    """Word the experts of a role, and the mode where it is required."""
    required = ConductedBy(
        grounds.role, grounds.at_least, impartial=grounds.impartial, modes=grounds.modes
    )
    observed = _experts(grounds, words)
    if grounds.modes:
        mode = words("mode not stated") if grounds.mode is None else mode_text(grounds.mode, words)
        observed = words("{experts}, {modes}", experts=observed, modes=mode)
    text = words("{title}: {text}", title=words.text(grounds.title), text=observed)
    return words("{found} (required: {required})", found=text, required=conductors(required, words))


def _experts(grounds: ConductedHeld, words: Language) -> str:
    count = grounds.experts
    if count is None:
        return words("experts not stated")
    if not count.total:
        return words("none")
    if not grounds.impartial:
        return words.number(count.total)
    impartial, total = words.number(count.impartial), words.number(count.total)
    if count.impartial == count.total:
        return words("{count} impartial", count=total)
    if count.not_stated:
        return words(
            "{count} of {total} impartial, {open} without a statement",
            count=impartial,
            total=total,
            open=words.number(count.not_stated),
        )
    return words("{count} of {total} impartial", count=impartial, total=total)


def _with_required(observed: str, required: Requirement, words: Language) -> str:
    text = requirement(required, words)
    return words("{found} (required: {required})", found=observed, required=text)


def _titles(ids: Iterable[str], names: Names) -> str:
    return ", ".join(map(names.indicator, ids))
