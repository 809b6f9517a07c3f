"""Conditions, and what findings rest on, in the words of pages."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from ecei_rules.documents.schema_texts import options_of
from ecei_rules.evaluation.assessment import (
    AnswerHeld,
    CombinationHeld,
    Completeness,
    GradesHeld,
    HistoryHeld,
    ImprovementsHeld,
    Outcome,
    ScoreHeld,
    deciding_parts,
    rounded_down,
)
from ecei_rules.report.pages.answer_phrases import answered
from ecei_rules.report.text.assessment import deciding_readings
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Includes, OneOf, Threshold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.evaluation.assessment import Grounds, Score
    from ecei_rules.interviews.catalogue import Catalogue, Fact, Indicator
    from ecei_rules.report.pages.localisation import Words
    from ecei_rules.rulesets.conditions import Condition, Reading


def asked_for(condition: Condition, asked: Indicator | Fact, words: Words) -> str:
    """A condition on the answer to an indicator or a fact."""
    match condition:
        case Threshold(options=options):
            bound = _bound(condition, words)
            if not options:
                return bound
            of = _titles(options, asked, words, words("and"))
            return words("{title}: {text}", title=of, text=bound)
        case OneOf(values=values):
            truths = {True: words("yes"), False: words("no")}
            texts = [
                truths[each] if isinstance(each, bool) else _titles([each], asked, words, "")
                for each in values
            ]
            return f" {words('or')} ".join(texts)
        case Includes(options=options):
            return _titles(options, asked, words, words("and"))
        case AllOf(parts=parts):
            return "; ".join(asked_for(each, asked, words) for each in parts)
        case AnyOf(parts=parts):
            joint = f"; {words('or')} "
            return joint.join(asked_for(each, asked, words) for each in parts)
        case unreachable:
            assert_never(unreachable)


def found(grounds: Grounds, catalogue: Catalogue, words: Words) -> str:
    """What the outcome of a requirement rests on."""
    return "; ".join(_found(grounds, catalogue, words))


def points(score: Score, words: Words) -> str:
    """
    The points that were earned of those there are, with the percentage.

    An interval while answers are missing.
    """
    low, high = score.percent
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


def _bound(threshold: Threshold, words: Words) -> str:
    number = words.number(threshold.bound)
    match threshold.measure:
        case "value" | "sum_of":
            bound = number
        case "share_of":
            bound = words.percent(threshold.bound)
        case "types":
            bound = words.of(int(threshold.bound), "{count} type", "{count} types")
        case "years_ago":
            bound = words.of(int(threshold.bound), "{count} year ago", "{count} years ago")
        case unreachable:
            assert_never(unreachable)
    match threshold.comparison:
        case "at_least":
            return words("at least {bound}", bound=bound)
        case "more_than":
            return words("more than {bound}", bound=bound)
        case "at_most":
            return words("at most {bound}", bound=bound)
        case "less_than":
            return words("less than {bound}", bound=bound)
        case unreachable_comparison:
            assert_never(unreachable_comparison)


def _titles(options: Iterable[str], asked: Indicator | Fact, words: Words, joint: str) -> str:
    titles = {each.id: words.text(each.title) for each in options_of(asked.answer)}
    return f" {joint} ".join(titles[each] for each in options)


def _found(grounds: Grounds, catalogue: Catalogue, words: Words) -> Iterator[str]:
    match grounds:
        case Completeness(outcome=Outcome.MET):
            yield words("every indicator is answered")
        case Completeness(unanswered=names) | GradesHeld(outcome=Outcome.UNDETERMINED, open=names):
            yield words("not answered: {titles}", titles=_indicators(names, catalogue, words))
        case AnswerHeld():
            yield from _held(grounds, catalogue, words)
        case GradesHeld(outcome=Outcome.MET, attained=names, grade=grade):
            titles = _indicators(names, catalogue, words)
            yield words("{grade} or better: {titles}", grade=words.text(grade), titles=titles)
        case GradesHeld(outcome=Outcome.NOT_MET, below=names, grade=grade):
            titles = _indicators(names, catalogue, words)
            yield words("below {grade}: {titles}", grade=words.text(grade), titles=titles)
        case GradesHeld(left_aside=names):
            yield words("does not apply: {titles}", titles=_indicators(names, catalogue, words))
        case ScoreHeld(score=score, at_least=least, unit=unit):
            bound = words.percent(least) if unit == "percent" else words.number(least)
            asked = words("at least {bound}", bound=bound)
            yield _with_asked(points(score, words), asked, words)
        case HistoryHeld(days=days, other_days=others):
            yield ", ".join(map(words.day, days or others)) or words("none")
        case ImprovementsHeld(confirmed=confirmed, at_least=least):
            said = words.of(
                len(confirmed), "{count} improvement confirmed", "{count} improvements confirmed"
            )
            asked = words("at least {bound}", bound=words.number(least))
            yield _with_asked(said, asked, words)
        case CombinationHeld():
            for part in deciding_parts(grounds):
                yield from _found(part, catalogue, words)
        case unreachable:
            assert_never(unreachable)


def _held(held: AnswerHeld, catalogue: Catalogue, words: Words) -> Iterator[str]:
    asked = (catalogue.asked if held.subject == "indicator" else catalogue.facts_asked)[held.id]
    answer = answered(held.answer, asked.answer, words)
    title = words.text(held.title)
    if held.evidence is None:
        yield words("{title}: {text}", title=title, text=answer)
        return
    for reading in deciding_readings(held.evidence):
        observed = _observed(reading, words) or answer
        wanted = asked_for(reading.condition, asked, words)
        said = words("{title}: {text}", title=title, text=observed)
        yield _with_asked(said, wanted, words)


def _observed(reading: Reading, words: Words) -> str:
    """A part of a whole as a percentage; nothing where the answer says it all."""
    shares = isinstance(reading.condition, Threshold) and reading.condition.measure == "share_of"
    if not (shares and reading.measured is not None and reading.total):
        return ""
    percent = rounded_down(Fraction(100 * int(reading.measured), reading.total))
    return words(
        "{part} of {whole} ({percent})",
        part=words.number(reading.measured),
        whole=words.number(reading.total),
        percent=words.percent(percent),
    )


def _with_asked(said: str, asked: str, words: Words) -> str:
    return words("{found} (asked for: {asked})", found=said, asked=asked)


def _indicators(names: Iterable[str], catalogue: Catalogue, words: Words) -> str:
    return ", ".join(words.text(catalogue.asked[each].title) for each in names)
