"""The wording of conditions and requirements."""

from __future__ import annotations

from typing import Literal, Protocol, assert_never

from ecei_rules.diagnostics.json_text import plain
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.rulesets.conditions import AllOf, AnyOf, Condition, Includes, OneOf, Threshold
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Complete,
    ConductedBy,
    CountGraded,
    Earlier,
    EveryRequirement,
    Floor,
    Improvements,
    Requirement,
    ScoreReaches,
    SomeRequirement,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from decimal import Decimal

    from ecei_rules.interviews.interview import Mode
    from ecei_rules.interviews.texts import Text


class Language(Protocol):
    """Translates English texts with named fields, and writes numbers and days."""

    def __call__(self, english: str, /, **values: object) -> str:
        """Return the text in this language, with *values* in its fields."""

    def of(self, count: int | Decimal, one: str, other: str, /, **values: object) -> str:
        """Return the singular or the plural text, with the number in its field `count`."""

    def number(self, number: int | Decimal) -> str:
        """Write a number."""

    def percent(self, percent: int | Decimal) -> str:
        """Write a percentage, of which 100 is the whole."""

    def day(self, day: date) -> str:
        """Write a day."""

    def text(self, text: Text | str) -> str:
        """Translate a text of a document, or a name such as a grade."""


class PlainEnglish:
    """
    English for a terminal: digits without separators, days as documents write them.

    >>> ENGLISH.of(1, "{count} point", "{count} points"), ENGLISH.percent(80)
    ('1 point', '80 %')
    """

    def __call__(self, english: str, /, **values: object) -> str:
        """Return the text with *values* in its fields."""
        return english.format(**values)

    def of(self, count: int | Decimal, one: str, other: str, /, **values: object) -> str:
        """Return the singular for 1, else the plural."""
        return self(one if count == 1 else other, count=plain(count), **values)

    def number(self, number: int | Decimal) -> str:
        """Write a number without trailing zeros."""
        return plain(number)

    def percent(self, percent: int | Decimal) -> str:
        """Write a percentage with its sign."""
        return f"{plain(percent)} %"

    def day(self, day: date) -> str:
        """Write a day as year, month, day."""
        return day.isoformat()

    def text(self, text: Text | str) -> str:
        """Return the English text."""
        return str(text)


ENGLISH = PlainEnglish()


def bounded(threshold: Threshold, words: Language = ENGLISH) -> str:
    """
    Return the bound of a threshold, without the options that it counts.

    >>> from decimal import Decimal
    >>> bounded(Threshold("share_of", "more_than", Decimal("50.0"), options=["sme"]))
    'more than 50 %'
    """
    bound = _measured(threshold, words)
    match threshold.comparison:
        case "at_least":
            return words("at least {bound}", bound=bound)
        case "more_than":
            return words("more than {bound}", bound=bound)
        case "at_most":
            return words("at most {bound}", bound=bound)
        case "less_than":
            return words("less than {bound}", bound=bound)
        case unreachable:
            assert_never(unreachable)


def _measured(threshold: Threshold, words: Language) -> str:
    match threshold.measure:
        case "value" | "sum_of":
            return words.number(threshold.bound)
        case "share_of":
            return words.percent(threshold.bound)
        case "types":
            return types(threshold.bound, words)
        case "years_ago":
            return years_ago(threshold.bound, words)
        case unreachable:
            assert_never(unreachable)


def types(count: int | Decimal, words: Language = ENGLISH) -> str:
    """Word a number of options that are chosen, or counted above 0."""
    return words("{count} of the options", count=words.number(count))


def years_ago(count: int | Decimal, words: Language = ENGLISH) -> str:
    """Word an age in years."""
    return words.of(count, "{count} year ago", "{count} years ago")


def condition(
    of: Condition | None, words: Language = ENGLISH, title: Callable[[str], str] = str
) -> str:
    """
    Word a condition; the last grade of a grading has none.

    *title* names an option.

    >>> condition(AnyOf([OneOf([True]), Includes(["sme", "research"])]))
    'any of (yes; "sme" and "research")'
    """
    match of:
        case None:
            return words("none")
        case Threshold(options=()):
            return bounded(of, words)
        case Threshold(measure="types", options=options):
            listed = named(map(title, options), words=words)
            return words("{bound}: {options}", bound=bounded(of, words), options=listed)
        case Threshold(options=options):
            listed = named(map(title, options), words=words)
            return words("{options} {bound}", options=listed, bound=bounded(of, words))
        case OneOf(values=values):
            titles = (each if isinstance(each, bool) else title(each) for each in values)
            return named(titles, "or", words)
        case Includes(options=options):
            return named(map(title, options), words=words)
        case AllOf(parts=parts):
            joined = "; ".join(condition(each, words, title) for each in parts)
            return words("all of ({conditions})", conditions=joined)
        case AnyOf(parts=parts):
            joined = "; ".join(condition(each, words, title) for each in parts)
            return words("any of ({conditions})", conditions=joined)
        case unreachable:
            assert_never(unreachable)


def requirement(of: Requirement, words: Language = ENGLISH) -> str:
    """
    Word what a criterion requires, naming indicators, facts and options by their ids.

    >>> requirement(Earlier("bronze", "benchmarked", at_most_months=24))
    'Bronze benchmarked before, at most 24 months ago'
    >>> requirement(Earlier("bronze", "benchmarked", repeated=True, since_award_of="silver"))
    'Bronze benchmarked twice, the later one since the last award of Silver'
    """
    match of:
        case Complete():
            return "every indicator answered"
        case AnswerMeets(id=name, when=when):
            return f'"{name}": {condition(when)}'
        case Floor(indicators=indicators, grade=grade):
            return f'"{grade}" or better in {named(indicators)}'
        case ScoreReaches():
            return score(of, words)
        case CountGraded(at_least=least, grade=grade):
            return f'at least {number_of(least, "indicator")} "{grade}" or better'
        case Earlier():
            return _earlier(of, words)
        case Improvements(at_least=least):
            confirmed = words.of(
                least, "{count} improvement confirmed", "{count} improvements confirmed"
            )
            return words("at least {bound}", bound=confirmed)
        case ConductedBy(role=role):
            return f'"{role}": {conductors(of, words)}'
        case EveryRequirement(parts=parts):
            return f"all of ({'; '.join(map(requirement, parts))})"
        case SomeRequirement(parts=parts):
            return f"any of ({'; '.join(map(requirement, parts))})"
        case unreachable:
            assert_never(unreachable)


def conductors(of: ConductedBy, words: Language = ENGLISH) -> str:
    """
    Word the required number of experts, without their role, and the modes.

    >>> conductors(ConductedBy("auditor", 2, impartial=True, modes=["on_site", "video"]))
    'at least 2 impartial, on site or by video'
    """
    number = words("at least {bound}", bound=words.number(of.at_least))
    if of.impartial:
        number = words("at least {count} impartial", count=words.number(of.at_least))
    if not of.modes:
        return number
    *others, last = (mode_text(each, words) for each in of.modes)
    joint = words("or")
    modes = f"{', '.join(others)} {joint} {last}" if others else last
    return words("{experts}, {modes}", experts=number, modes=modes)


def mode_text(mode: Mode, words: Language = ENGLISH) -> str:
    """Word the mode of an interview."""
    match mode:
        case "on_site":
            return words("on site")
        case "at_expert":
            return words("at the expert's")
        case "video":
            return words("by video")
        case unreachable:
            assert_never(unreachable)


def score(of: ScoreReaches, words: Language = ENGLISH) -> str:
    """Word a required score, in percent or in points."""
    match of.unit:
        case "percent":
            bound = words.percent(of.at_least)
        case "points":
            bound = words.of(of.at_least, "{count} point", "{count} points")
        case unreachable:
            assert_never(unreachable)
    return words("at least {bound}", bound=bound)


def named(
    values: Iterable[str | bool], last: Literal["and", "or"] = "and", words: Language = ENGLISH
) -> str:
    """
    List options in quotes, or yes and no, as a sentence does.

    >>> named(["sme", "research"]), named([True, False], "or"), named([])
    ('"sme" and "research"', 'yes or no', 'none')
    """
    truths = {True: words("yes"), False: words("no")}
    texts = [
        truths[value] if isinstance(value, bool) else words('"{option}"', option=value)
        for value in values
    ]
    *others, final = texts or [words("none")]
    joint = words("and") if last == "and" else words("or")
    return f"{', '.join(others)} {joint} {final}" if others else final


def _earlier(of: Earlier, words: Language) -> str:
    label = words.text(of.label.capitalize())
    match of.event:
        case "benchmarked":
            before = words("{label} benchmarked before", label=label)
            event = words("{label} benchmarked twice", label=label) if of.repeated else before
        case "awarded":
            before = words("{label} awarded before", label=label)
            event = words("{label} awarded twice", label=label) if of.repeated else before
        case unreachable:
            assert_never(unreachable)
    at_least, at_most = of.at_least_months, of.at_most_months
    lower = "" if at_least is None else words("at least {bound}", bound=_months(at_least, words))
    upper = "" if at_most is None else words("at most {bound}", bound=_months(at_most, words))
    bounds = lower or upper
    if lower and upper:
        bounds = words("{lower} and {upper}", lower=lower, upper=upper)
    if bounds and of.repeated:
        event = words("{event}, {bounds} apart", event=event, bounds=bounds)
    elif bounds:
        event = words("{event}, {bounds} ago", event=event, bounds=bounds)
    if of.later_at_most_months is not None:
        age = words("at most {bound}", bound=_months(of.later_at_most_months, words))
        event = words("{event}, the later one {bounds} ago", event=event, bounds=age)
    if of.since_award_of is None:
        return event
    award = words.text(of.since_award_of.capitalize())
    if of.repeated:
        return words(
            "{event}, the later one since the last award of {label}", event=event, label=award
        )
    return words("{event}, since the last award of {label}", event=event, label=award)


def _months(count: int, words: Language) -> str:
    return words.of(count, "{count} month", "{count} months")
