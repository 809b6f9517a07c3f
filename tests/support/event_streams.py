"""The events that requirements of a history look at, and the days on which they matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from ecei_rules.interviews.history import LABELS, LabelEvent
from ecei_rules.rulesets.criteria import Earlier, EveryRequirement, Requirement, SomeRequirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from ecei_rules.rulesets.ruleset import Ruleset

#: A label, and a kind of its events.
Kind = tuple[str, str]
#: `("history", label, event)`, with more labels and events where requirements join them.
Stream = tuple[str, ...]

_KINDS = [(label, event) for label in LABELS for event in ("benchmarked", "awarded")]


def leaves(requirement: Requirement) -> Iterator[Requirement]:
    """Return the simple requirements of a requirement."""
    match requirement:
        case EveryRequirement(parts=parts) | SomeRequirement(parts=parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield requirement


def all_leaves(rulesets: Iterable[Ruleset]) -> list[Requirement]:
    """Return the simple requirements of all criteria."""
    criteria = [criterion for ruleset in rulesets for criterion in ruleset.criteria]
    return [leaf for criterion in criteria for leaf in leaves(criterion.requirement)]


def stream_of(requirement: Earlier, rulesets: Iterable[Ruleset]) -> Stream:
    """
    Return the question about the events that a requirement looks at.

    Where a requirement of any of the rulesets looks at two kinds of events, since an event
    has to follow an award, histories of the two are one question (docs/semantics.md, 9.2).
    """
    joined = _looked_at(requirement)
    asked = [_looked_at(each) for each in all_leaves(rulesets) if isinstance(each, Earlier)]
    while any(joined & kinds and not kinds <= joined for kinds in asked):
        joined = joined.union(*(kinds for kinds in asked if joined & kinds))
    return "history", *(word for kind in _KINDS if kind in joined for word in kind)


def _looked_at(requirement: Earlier) -> set[Kind]:
    since = requirement.since_award_of
    own = (requirement.label, requirement.event)
    return {own} if since is None else {own, (since, "awarded")}


def kinds_of(stream: Stream) -> list[Kind]:
    """Return the kinds of events of a question."""
    words = stream[1:]
    return list(zip(words[::2], words[1::2], strict=True))


def earlier_asked(stream: Stream, rulesets: Iterable[Ruleset]) -> tuple[Earlier, ...]:
    """Return every history requirement on the events of a question."""
    kinds = kinds_of(stream)
    found = [each for each in all_leaves(rulesets) if isinstance(each, Earlier)]
    return tuple(dict.fromkeys(e for e in found if (e.label, e.event) in kinds))


def events(dated: Iterable[tuple[Kind, date]]) -> tuple[LabelEvent, ...]:
    """Return events of some kinds and days; an award lasts two years, so none contradict."""
    two_years = relativedelta(years=2)
    return tuple(
        LabelEvent(*kind, day, valid_until=day + two_years if kind[1] == "awarded" else None)
        for kind, day in sorted(dated, key=lambda each: (each[1], each[0]))
    )


def critical_days(asked: Iterable[Earlier], on: date) -> tuple[date, ...]:
    """
    Return the days before an interview on which an event can make a difference.

    For each bound on the age of an event these are the last day that is old enough, the
    first that is not too old, and their neighbours; a day older than every bound; the day
    before the interview. Where two events are required, they include the days that are so
    far from one of these, by each bound on the time between.
    """
    asked = tuple(asked)
    bounds = {each: _months(each) for each in asked}
    ages = {0}.union(*(months for each, months in bounds.items() if not each.repeated))
    gaps = set().union(*(months for each, months in bounds.items() if each.repeated))
    days = {day for months in {*ages, max(ages) + 1} for day in _around(on, months)}
    days |= {day for one in tuple(days) for months in gaps for day in _around(one, months)}
    return tuple(sorted(day for day in days if day < on))


def _months(requirement: Earlier) -> set[int]:
    bounds = requirement.at_least_months, requirement.at_most_months
    return {each for each in bounds if each is not None}


def _around(day: date, months: int) -> set[date]:
    """The last day from which *months* are over on a day, the first from which no more are."""
    ago = day - relativedelta(months=months)
    near = [ago + relativedelta(days=number) for number in range(-5, 6)]
    enough = max(each for each in near if each + relativedelta(months=months) <= day)
    allowed = min(each for each in near if each + relativedelta(months=months) >= day)
    one = relativedelta(days=1)
    return {allowed - one, allowed, enough, enough + one}
