"""The label histories of invented clusters."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from ecei_rules.benchmark.synthetic.random_draws import DiscreteDistribution, Quantiles
from ecei_rules.interviews.history import LABELS, LabelEvent
from ecei_rules.rulesets.editions import in_force
from ecei_rules.rulesets.validity import validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ecei_rules.benchmark.synthetic.answers import Traits
    from ecei_rules.benchmark.synthetic.random_draws import RandomDraws
    from ecei_rules.interviews.dates import Period
    from ecei_rules.interviews.history import Label
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.validity import ValidityRules

    #: The validity rules of each label with the days on which they are in force, in order.
    ValidityRulesByLabel = Mapping[Label, Sequence[tuple[Period, ValidityRules]]]

_DAYS_OF_WEEK, _SATURDAY = 7, 5
#: Days between two assessments for one label that is valid for two years, and for three.
_TWO_YEARS = Quantiles([560, 660, 720, 850, 1090])
_THREE_YEARS = Quantiles([930, 1060, 1110, 1260, 1450])
#: Days from a benchmarking to the audit that it prepares, and from Silver to Gold.
_TO_AUDIT = Quantiles([60, 120, 270])
_TO_GOLD = Quantiles([600, 760, 1200])
#: The highest label that a benchmarked cluster had before: none, Bronze, Silver, Gold.
_HIGHEST = DiscreteDistribution([40, 36, 14, 10])
#: How often the label that is sought was awarded before: never, once, twice.
_EARLIER = DiscreteDistribution([60, 28, 12])
_BENCHMARKINGS_FOR_SILVER = 2
#: The share of benchmarkings under the eligibility criteria that earned no label.
_REFUSED = 0.05


def validity_rules(edition: Edition) -> ValidityRulesByLabel:
    """Return the validity rules of each label in an edition, in order."""
    return {
        label: [
            (period, ruleset.validity)
            for ruleset, period in in_force(r for r in edition.rulesets if r.label == label)
        ]
        for label in LABELS
    }


def weekday(day: date) -> date:
    """
    Return the day itself, or the next Monday if the day is at a weekend.

    >>> str(weekday(date(2024, 3, 15))), str(weekday(date(2024, 3, 16)))
    ('2024-03-15', '2024-03-18')
    """
    number = day.weekday()
    return day if number < _SATURDAY else day + timedelta(days=_DAYS_OF_WEEK - number)


def draw_history(
    draws: RandomDraws, rules: ValidityRulesByLabel, sought: Label, on: date, traits: Traits
) -> tuple[LabelEvent, ...]:
    """
    Draw the benchmarkings and awards of a cluster before an interview, in order.

    *sought* is the label of the interview, *on* its day. All events are later than the
    year in which the cluster began, on days when the label existed, and labels are valid
    as the rules then in force say. Silver comes after two benchmarkings, and after a new
    one each time.
    """
    began = date(on.year - traits.age, 12, 31)
    next_day, next_label = on, sought
    days: dict[Label, list[date]] = {label: [] for label in LABELS}
    for label, times in _times_sought(draws, sought, traits):
        for time in reversed(range(times)):
            distance = _distance(rules, label, next_label, next_day, first=time == 0)
            day = weekday(next_day - timedelta(days=int(distance.at(draws.rank()))))
            if day <= began or day < rules[label][0][0].first:
                break
            days[label].insert(0, day)
            next_day, next_label = day, label
    if len(days["bronze"]) < _BENCHMARKINGS_FOR_SILVER:
        days["silver"].clear()
    audits = [*days["silver"], *([on] if sought == "silver" else [])]
    events = [
        event for label in LABELS for event in _events(draws, rules[label], label, days[label])
    ]
    for _, audit in pairwise(audits):
        # the benchmarking of a renewal serves as its self-assessment, and earns no Bronze
        day = weekday(audit - timedelta(days=int(_TO_AUDIT.at(draws.rank()))))
        events.append(LabelEvent("bronze", "benchmarked", day))
    return tuple(sorted(events, key=lambda each: (each.on, each.event == "awarded")))


def _times_sought(draws: RandomDraws, sought: Label, traits: Traits) -> Iterator[tuple[Label, int]]:
    """Draw how often each label was sought before, the last one first."""
    rank, silver = draws.near(traits.quality, 0.5), draws.below(2)
    times, highest = 1 + draws.below(2), LABELS.index(sought)
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


def _distance(
    rules: ValidityRulesByLabel, label: Label, next_label: Label, next_day: date, *, first: bool
) -> Quantiles:
    """Return the quantiles of the days from an assessment to the next one."""
    if LABELS.index(label) < LABELS.index(next_label):
        return _TO_AUDIT if label == "bronze" else _TO_GOLD
    earliest = next_day - timedelta(days=_THREE_YEARS.values[0])
    renewed = any(earliest in period and each.renewal for period, each in rules[label])
    return _THREE_YEARS if renewed and not first else _TWO_YEARS


def _events(
    draws: RandomDraws,
    rules: Sequence[tuple[Period, ValidityRules]],
    label: Label,
    days: Sequence[date],
) -> Iterator[LabelEvent]:
    """Draw the events of assessments for a label on some days, the earliest first."""
    end: date | None = None
    for day in days:
        rules_then = next(each for period, each in rules if day in period)
        if label == "bronze":
            yield LabelEvent(label, "benchmarked", day)
            if rules_then.renewal and draws.rank() < _REFUSED:
                continue
        end = validity(rules_then, day, end).until
        yield LabelEvent(label, "awarded", day, valid_until=end)
