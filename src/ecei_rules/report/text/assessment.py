"""An assessment in words."""

from __future__ import annotations

from fractions import Fraction
from textwrap import fill
from typing import assert_never

from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import number_of, visible
from ecei_rules.evaluation.assessment import (
    AnswerHeld,
    CombinationHeld,
    Completeness,
    GradesHeld,
    HistoryHeld,
    ImprovementsHeld,
    LabelOutcome,
    Outcome,
    ScoreHeld,
    deciding,
    deciding_parts,
    rounded_down,
)
from ecei_rules.interviews.answers import answer_text
from ecei_rules.interviews.provenance import Basis, weakest
from ecei_rules.rulesets.conditions import Combination, Includes, OneOf, Reading, Threshold
from ecei_rules.rulesets.validity import Award
from ecei_rules.rulesets.wording import bounded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ecei_rules.evaluation.assessment import (
        Assessment,
        Finding,
        Grounds,
        Recommendation,
        Score,
    )
    from ecei_rules.rulesets.conditions import Evidence
    from ecei_rules.rulesets.validity import Validity

WIDTH = 88
#: How many recommendations are spelled out; all that are decisive always are.
SPELLED_OUT = 8
_NOT_OFFICIAL = (
    "NOT OFFICIAL: illustrative values of this project {decided}, not the scheme owner's."
)
_OTHERS = "other requirements of the ruleset are illustrative, not official"
_UNBROKEN = "\N{NO-BREAK SPACE}%"
_OUTCOMES = {
    LabelOutcome.AWARDED: "awarded",
    LabelOutcome.NOT_AWARDED: "not awarded",
    LabelOutcome.UNDETERMINED: "undetermined",
}
_BASES = {
    Basis.DOCUMENTED: "documented: a published source states it",
    Basis.INFERRED: "inferred: it follows from documented cases",
    Basis.ILLUSTRATIVE: "illustrative: this project's own value, not official",
}


def explain(assessment: Assessment) -> str:
    """
    Say an assessment in words, for the organisation and for whoever pays.

    What was decided and under which rules; the days of the label and why these; what
    decided it, on which answers, and how sure those rules are; the points; what to do
    next, the most valuable first; where the label is not awarded, how to ask for the
    cheapest way to it. What made no difference is left out.
    """
    parts = [
        _heading(assessment),
        _days(assessment.validity),
        _reasons(assessment),
        _points(assessment),
        _advice(assessment),
        _next(assessment.recommendations),
        _legend(assessment),
        _where_to_plan(assessment),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(assessment: Assessment) -> str:
    interview, ruleset = assessment.interview, assessment.ruleset
    label, outcome = ruleset.label.capitalize(), _OUTCOMES[assessment.outcome]
    held = f"{interview.name} ({interview.country}), interview of {interview.on}"
    under = (
        f"under {ruleset.label}@{ruleset.version} ({ruleset.title}),"
        f" catalogue {assessment.catalogue.id}@{assessment.catalogue.version}"
    )
    said = f"{label} {outcome}: {held}"
    settled = assessment.outcome is not LabelOutcome.UNDETERMINED
    decided = "decided this" if settled else "leave this open"
    if assessment.basis is Basis.ILLUSTRATIVE:
        lines = [_NOT_OFFICIAL.format(decided=decided), said, under]
    else:
        required = (each for each in assessment.all_findings if each.severity == "required")
        others = any(each.basis is Basis.ILLUSTRATIVE for each in required)
        sure = f"The rules that {decided} are {assessment.basis.value}"
        lines = [said, under, f"{sure}; {_OTHERS}." if others else f"{sure}."]
    return "\n".join(map(visible, lines))


def _days(held: Validity | None) -> str:
    if held is None:
        return ""
    ends = ", to the end of the month" if held.ends == "end_of_month" else ", to the day"
    years = number_of(held.years, "year")
    match held.award:
        case Award.RENEWAL:
            why = f"a renewal: {years} after the previous end ({held.previous_end}){ends}"
        case Award.FIRST:
            why = f"a first award: {years} from the interview{ends}"
        case Award.LATE_RETURN:
            why = (
                f"a first award again, since the label that ended on {held.previous_end}"
                f" could no longer be renewed: {years} from the interview{ends}"
            )
        case unreachable:
            assert_never(unreachable)
    lines = [
        f"Valid from {held.first} to {held.until}",
        _item(f"{why} [{held.basis.value}]"),
    ]
    if held.renewable_until is not None and held.until_years_after_end is not None:
        window = number_of(held.until_years_after_end, "year")
        lines.append(_item(f"renewable until {held.renewable_until}, {window} after its end"))
    return "\n".join(lines)


def _reasons(assessment: Assessment) -> str:
    if not assessment.decisive:
        return ""
    heading = {
        LabelOutcome.AWARDED: "What it was awarded on",
        LabelOutcome.NOT_AWARDED: "What it was refused on, each reason being enough",
        LabelOutcome.UNDETERMINED: "What is still open",
    }[assessment.outcome]
    return "\n".join([heading, *_findings(assessment, assessment.decisive)])


def _findings(assessment: Assessment, findings: Iterable[Finding]) -> Iterator[str]:
    """A line for each finding; that dimensions are complete is said once for all."""
    names = {
        **{g.indicator: str(g.title) for d in assessment.dimensions for g in d.indicators},
        **{each.id: str(each.title) for each in assessment.unanswered},
    }
    scopes = {f.criterion: str(d.title) for d in assessment.dimensions for f in d.findings}
    complete = []
    for finding in findings:
        grounds, scope = finding.grounds, scopes.get(finding.criterion)
        if isinstance(grounds, Completeness) and grounds.outcome is Outcome.MET:
            complete.append(finding)
            continue
        said = "; ".join(_grounds(grounds, names))
        if isinstance(grounds, CombinationHeld) and finding.title:
            said = f"{finding.title}: {said}"
        elif isinstance(grounds, ScoreHeld | Completeness) and scope:
            said = f"{scope}: {said}"
        yield _item(f"{said} [{finding.criterion}, {finding.basis.value}]")
    if complete:
        answered = {name for each in complete for name in deciding(each.grounds)}
        basis = weakest(each.basis for each in complete).value
        criteria = ", ".join(each.criterion for each in complete)
        count = number_of(len(answered), "indicator")
        yield _item(f"every indicator is answered, {count} in all [{criteria}, {basis}]")


def _grounds(grounds: Grounds, names: dict[str, str]) -> Iterator[str]:
    match grounds:
        case Completeness(outcome=Outcome.MET):
            yield "every indicator is answered"
        case Completeness(unanswered=unanswered):
            yield f"not answered: {_listed(unanswered, names)}"
        case AnswerHeld(evidence=None, title=title, answer=answer):
            yield f"{title} does not apply: {answer_text(answer) if answer else ''}"
        case AnswerHeld():
            yield from _answer(grounds)
        case GradesHeld():
            yield _grades(grounds, names)
        case ScoreHeld(score=score, at_least=least, unit=unit):
            needed = f"{plain(least)} %" if unit == "percent" else number_of(int(least), "point")
            yield f"{_score(score)} (asked for: at least {needed})"
        case HistoryHeld():
            yield _history(grounds)
        case ImprovementsHeld(at_least=least, confirmed=confirmed):
            yield f"{number_of(len(confirmed), 'improvement')} confirmed (asked for: {least})"
        case CombinationHeld():
            for part in deciding_parts(grounds):
                yield from _grounds(part, names)
        case unreachable:
            assert_never(unreachable)


def _answer(held: AnswerHeld) -> Iterator[str]:
    assert held.evidence is not None, "what does not apply is said elsewhere"
    for reading in deciding_readings(held.evidence):
        asked = f"asked for: {_asked(reading)}"
        if held.answer is None:
            yield f"{held.title}: not answered ({asked})"
        else:
            yield f"{held.title}: {_observed(reading, held)} ({asked})"


def deciding_readings(evidence: Evidence) -> tuple[Reading, ...]:
    """The simple conditions that settled a condition, without those that did not matter."""
    match evidence:
        case Reading():
            return (evidence,)
        case Combination(truth=truth, parts=parts):
            same = (part for part in parts if part.truth is truth)
            return tuple(each for part in same for each in deciding_readings(part))
        case unreachable:
            assert_never(unreachable)


def _asked(reading: Reading) -> str:
    match reading.condition:
        case Threshold(options=options) as threshold:
            of = f"{' and '.join(options)} " if options else ""
            return f"{of}{bounded(threshold)}"
        case OneOf(values=values):
            return " or ".join(_yes_no(value) for value in values)
        case Includes(options=options):
            return " and ".join(options)
        case unreachable:
            assert_never(unreachable)


def _observed(reading: Reading, held: AnswerHeld) -> str:
    unit = f" {held.unit}" if held.unit else ""
    condition = reading.condition
    if not isinstance(condition, Threshold) or reading.measured is None:
        return (
            _yes_no(held.answer)
            if isinstance(held.answer, bool)
            else answer_text(held.answer or "")
        )
    match condition.measure:
        case "share_of" if reading.total:
            percent = rounded_down(Fraction(100 * int(reading.measured), reading.total))
            return f"{plain(reading.measured)} of {reading.total}{unit}, {percent} %"
        case "types":
            return number_of(int(reading.measured), "type")
        case "years_ago":
            return number_of(int(reading.measured), "year") + " ago"
        case _:
            return f"{plain(reading.measured)}{unit}"


def _grades(held: GradesHeld, names: dict[str, str]) -> str:
    match held.outcome:
        case Outcome.MET:
            return f"{held.grade} or better: {_listed(held.attained, names)}"
        case Outcome.NOT_MET:
            return f"below {held.grade}: {_listed(held.below, names)}"
        case Outcome.UNDETERMINED:
            return f"not answered: {_listed(held.open, names)}"
        case Outcome.NOT_APPLICABLE:
            return f"does not apply: {_listed(held.left_aside, names)}"
        case unreachable:
            assert_never(unreachable)


def _history(held: HistoryHeld) -> str:
    bounds = [
        f"{words} {number_of(months, 'month')}"
        for words, months in (
            ("at least", held.at_least_months),
            ("at most", held.at_most_months),
        )
        if months is not None
    ]
    asked, ago = (
        (f"{held.label} {held.event} twice", "apart")
        if held.repeated
        else (f"{held.label} {held.event} before", "ago")
    )
    aged = f", {' and '.join(bounds)} {ago}" if bounds else ""
    days = ", ".join(map(str, held.days or held.other_days)) or "none"
    return f"{days} (asked for: {asked}{aged})"


def _points(assessment: Assessment) -> str:
    if not assessment.score.maximum:
        return ""
    lines = [f"Points: {_score(assessment.score)} [{_points_basis(assessment).value}]"]
    lines += [
        _item(f"{each.title}: {_score(each.score)}")
        for each in assessment.dimensions
        if each.score.maximum
    ]
    return "\n".join(lines)


def _points_basis(assessment: Assessment) -> Basis:
    return weakest(each.basis for one in assessment.dimensions for each in one.indicators)


def _score(score: Score) -> str:
    low, high = score.percent
    if score.low == score.high:
        return f"{score.low} of {score.maximum} ({low} %)"
    return f"{score.low} to {score.high} of {score.maximum} ({low} to {high} %)"


def _advice(assessment: Assessment) -> str:
    advisory = [
        each
        for each in assessment.all_findings
        if each.severity == "advisory" and each.outcome is not Outcome.MET
    ]
    if not advisory:
        return ""
    heading = "Advised and not reached, which decides nothing"
    return "\n".join([heading, *_findings(assessment, advisory)])


def _next(recommendations: Sequence[Recommendation]) -> str:
    if not recommendations:
        return ""
    decisive = sum(each.decisive for each in recommendations)
    spelled = max(decisive, SPELLED_OUT)
    lines = ["What to do next, the most valuable first"]
    lines += [
        _item(f"{each.title} ({_worth(each)}): {each.text}", f"{number}. ")
        for number, each in enumerate(recommendations[:spelled], 1)
    ]
    rest = ", ".join(str(each.title) for each in recommendations[spelled:])
    if rest:
        lines.append(_item(f"after these: {rest}"))
    return "\n".join(lines)


def _worth(recommendation: Recommendation) -> str:
    if recommendation.decisive:
        return f"the label was refused on it, {recommendation.basis.value}"
    gain = number_of(recommendation.gain, "point")
    graded, target = recommendation.grade, recommendation.target
    return f"{graded}; {target} earns {gain} more, {recommendation.basis.value}"


def _legend(assessment: Assessment) -> str:
    shown_bases = {
        assessment.basis,
        *(each.basis for each in assessment.decisive),
        *(each.basis for each in assessment.all_findings if each.severity == "advisory"),
        *(each.basis for each in assessment.recommendations),
        _points_basis(assessment),
        *([assessment.validity.basis] if assessment.validity else []),
    }
    return "\n".join(["How sure", *(_item(_BASES[each]) for each in Basis if each in shown_bases)])


def _where_to_plan(assessment: Assessment) -> str:
    """Assessing does not plan, so that whoever lacks the label is told what does."""
    if assessment.outcome is LabelOutcome.AWARDED:
        return ""
    reference = f"{assessment.ruleset.label}@{assessment.ruleset.version}"
    return "\n".join(
        [
            "For the cheapest way to the label",
            _item(f"on the command line: ecei-rules plan FILE --to {reference}"),
            _item("in Python: ecei_rules.plan(interview, ruleset)"),
        ]
    )


def _listed(ids: Iterable[str], names: dict[str, str]) -> str:
    return ", ".join(names.get(each, each) for each in ids)


def _yes_no(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _item(text: str, mark: str = "- ") -> str:
    margin = " " * (2 + len(mark))
    return fill(
        visible(text).replace(" %", _UNBROKEN),
        WIDTH,
        initial_indent=f"  {mark}",
        subsequent_indent=margin,
        break_on_hyphens=False,
    ).replace(_UNBROKEN, " %")
