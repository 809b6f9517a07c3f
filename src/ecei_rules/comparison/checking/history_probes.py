"""Histories to try on the requirements of two rulesets."""

from __future__ import annotations

from itertools import combinations, product

from ecei_rules.interviews.dates import SUPPORTED_YEARS, add_calendar_years
from ecei_rules.interviews.history import LABELS, LabelEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from typing import Literal

    from ecei_rules.interviews.history import Label
    from ecei_rules.rulesets.criteria import Earlier

    Kind = tuple[Label, Literal["benchmarked", "awarded"]]
    History = tuple[LabelEvent, ...]

_JOINT = " and "


def question_names(tests: Iterable[Earlier]) -> dict[str, str]:
    """
    Return the name of the question that each kind of event belongs to.

    A test of an event since an award joins the question of the event and that of the
    award (docs/semantics.md, 9.2).
    """
    joined: dict[Kind, frozenset[Kind]] = {}
    for test in tests:
        kinds = frozenset(_kinds(test))
        kinds = kinds.union(*(joined.get(kind, ()) for kind in kinds))
        joined |= dict.fromkeys(kinds, kinds)
    return {
        " ".join(kind): _JOINT.join(" ".join(each) for each in sorted(kinds, key=_place))
        for kind, kinds in joined.items()
    }


def kinds_of(question: str) -> list[str]:
    """Return the kinds of events of a question with a name of `question_names`."""
    return question.split(_JOINT)


def _kinds(test: Earlier) -> Iterator[Kind]:
    yield test.label, test.event
    if test.since_award_of is not None:
        yield test.since_award_of, "awarded"


def _place(kind: Kind) -> tuple[int, bool]:
    return LABELS.index(kind[0]), kind[1] == "awarded"


def histories(tests: Sequence[Earlier], on: date) -> Iterator[History]:
    """
    Yield histories of no event, and of one or two around the bounds on their age.

    Where an award matters, there are also such histories with an award around the events.
    """
    day = on - on.resolution
    days = {day, day - on.resolution}
    months = {
        bound
        for test in tests
        for bound in (test.at_least_months, test.at_most_months, test.later_at_most_months)
        if bound
    }
    for start, ago in product([on, day], sorted(months)):
        if start.year - ago // 12 - 1 in SUPPORTED_YEARS:
            bound = add_calendar_years(start, 0, "same_day", months=-ago)
            days.update((bound - on.resolution, bound, bound + on.resolution))
    kinds = dict.fromkeys(kind for test in tests for kind in _kinds(test))
    possible = [_event(kind, day) for kind in kinds for day in sorted(days) if day < on]
    labels = dict.fromkeys(test.since_award_of for test in tests if test.since_award_of)
    for size in (0, 1, 2):
        for events in combinations(possible, size):
            yield events
            for awards in _awards_around(events, tuple(labels), on) if size else ():
                yield tuple(dict.fromkeys((*events, *awards)))


def _awards_around(events: History, labels: Sequence[Label], on: date) -> Iterator[History]:
    """Yield awards of some labels on the days of events, the days before, and the last day."""
    last = on - on.resolution
    days = [last, *(day for event in events for day in (event.on, event.on - on.resolution))]
    days = sorted(day for day in {*days} if day.year in SUPPORTED_YEARS)
    for size in range(1, len(labels) + 1):
        for chosen in combinations(labels, size):
            for of_each in product(days if size == 1 else days[-2:], repeat=size):
                pairs = zip(chosen, of_each, strict=True)
                yield tuple(_event((label, "awarded"), day) for label, day in pairs)


def _event(kind: Kind, day: date) -> LabelEvent:
    label, event = kind
    return LabelEvent(label, event, day, valid_until=day if event == "awarded" else None)
