"""What happened to the labels of made-up clusters before an interview."""

from __future__ import annotations

from datetime import date, timedelta

from ecei_rules.benchmark.synthetic.random_draws import Points, Weights
from ecei_rules.interviews.history import LABELS, LabelEvent
from ecei_rules.rulesets.editions import in_force
from ecei_rules.rulesets.validity import validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ecei_rules.benchmark.synthetic.answers import Character
    from ecei_rules.benchmark.synthetic.random_draws import Chances
    from ecei_rules.interviews.dates import Period
    from ecei_rules.interviews.history import Label
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.validity import ValidityRules

    #: The rules for the days of each label, with when they are in force, in order.
    Rules = Mapping[Label, Sequence[tuple[Period, ValidityRules]]]

_DAYS_OF_WEEK, _SATURDAY = 7, 5
#: Days between two assessments for one label, where it holds two years and where three.
_TWO_YEARS = Points([560, 660, 720, 850, 1090])
_THREE_YEARS = Points([930, 1060, 1110, 1260, 1450])
#: Days from a benchmarking to the audit that it prepares, and from Silver to Gold.
_TO_AUDIT = Points([60, 120, 270])
_TO_GOLD = Points([600, 760, 1200])
#: How often a cluster that is benchmarked had no label before, had Bronze, Silver, Gold.
_HIGHEST = Weights([40, 36, 14, 10])
#: How often a label that is sought was awarded before: never, once, twice.
_EARLIER = Weights([60, 28, 12])
_BENCHMARKINGS_FOR_SILVER = 2
#: How often a benchmarking under the criteria for who is eligible earned no label.
_REFUSED = 0.05


def rules_of(edition: Edition) -> Rules:
    """The rules for the days of each label that an edition has had."""
    return {
        label: [
            (period, each.validity)
            for each, period in in_force(r for r in edition.rulesets if r.label == label)
        ]
        for label in LABELS
    }


def weekday(day: date) -> date:
    """
    The day itself, or the Monday after it if that is of a weekend.

    >>> str(weekday(date(2024, 3, 15))), str(weekday(date(2024, 3, 16)))
    ('2024-03-15', '2024-03-18')
    """
    late = day.weekday()
    return day if late < _SATURDAY else day + timedelta(days=_DAYS_OF_WEEK - late)


def made_up_history(
    chances: Chances, rules: Rules, sought: Label, on: date, one: Character
) -> tuple[LabelEvent, ...]:
    """
    The benchmarkings and awards of a cluster before an interview for a label, in order.

    All are later than the year in which the cluster began, on days when the label was
    there to be had, and last as long as the rules then in force say. Silver comes after
    two benchmarkings.
    """
    began, later, after = date(on.year - one.age, 12, 31), on, sought
    days: dict[Label, list[date]] = {label: [] for label in LABELS}
    for label, times in _before(chances, sought, one):
        for time in reversed(range(times)):
            days_before = _apart(rules, label, after, later, first=time == 0)
            day = weekday(later - timedelta(days=int(days_before.at(chances.rank()))))
            if day <= began or day < rules[label][0][0].first:
                break
            days[label].insert(0, day)
            later, after = day, label
    if len(days["bronze"]) < _BENCHMARKINGS_FOR_SILVER:
        days["silver"].clear()
    events = [
        event for label in LABELS for event in _awarded(chances, rules[label], label, days[label])
    ]
    return tuple(sorted(events, key=lambda each: (each.on, each.event == "awarded")))


def _before(chances: Chances, sought: Label, one: Character) -> Iterator[tuple[Label, int]]:
    """How often each label was sought before, the last one first."""
    rank, silver = chances.near(one.quality, 0.5), chances.some(2)
    times, highest = 1 + chances.some(2), LABELS.index(sought)
    if sought == "bronze":
        highest = _HIGHEST.at(rank) - 1
    else:
        times = _EARLIER.at(rank)
    if highest == LABELS.index("gold"):
        yield "gold", times
        yield "silver", silver
    elif highest == LABELS.index("silver"):
        yield "silver", times
    if highest > LABELS.index("bronze"):
        yield "bronze", _BENCHMARKINGS_FOR_SILVER
    elif highest == LABELS.index("bronze"):
        yield "bronze", times + silver


def _apart(rules: Rules, label: Label, after: Label, later: date, *, first: bool) -> Points:
    """How many days an assessment was before the one that came after it."""
    if LABELS.index(label) < LABELS.index(after):
        return _TO_AUDIT if label == "bronze" else _TO_GOLD
    three = later - timedelta(days=_THREE_YEARS.values[0])
    renewed = any(three in period and each.renewal for period, each in rules[label])
    return _THREE_YEARS if renewed and not first else _TWO_YEARS


def _awarded(
    chances: Chances,
    rules: Sequence[tuple[Period, ValidityRules]],
    label: Label,
    days: Sequence[date],
) -> Iterator[LabelEvent]:
    """The events of assessments for a label on some days, the earliest first."""
    end: date | None = None
    for day in days:
        in_force_then = next(each for period, each in rules if day in period)
        if label == "bronze":
            yield LabelEvent(label, "benchmarked", day)
            if in_force_then.renewal and chances.rank() < _REFUSED:
                continue
        end = validity(in_force_then, day, end).until
        yield LabelEvent(label, "awarded", day, valid_until=end)
