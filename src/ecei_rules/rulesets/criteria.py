"""Criteria: the requirements and the advice of a ruleset."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.interviews.history import Label, days_apart
from ecei_rules.interviews.interview import MODES, Mode, count_experts
from ecei_rules.interviews.provenance import Provenance
from ecei_rules.interviews.texts import Text
from ecei_rules.interviews.validators import slug
from ecei_rules.rulesets.conditions import Condition, Truth, all_true

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ecei_rules.interviews.history import LabelEvent
    from ecei_rules.interviews.interview import Conducted, Expert

Severity = Literal["required", "advisory"]


@frozen
class Complete:
    """Every indicator in scope is answered or does not apply."""


@frozen
class AnswerMeets:
    """The answer to one indicator or one fact meets a condition."""

    subject: Literal["indicator", "fact"]
    id: str
    when: Condition


@frozen
class Floor:
    """Each of the named indicators attains at least a grade."""

    indicators: tuple[str, ...] = field(converter=tuple[str, ...])
    grade: str


@frozen
class ScoreReaches:
    """
    The points in scope reach a number, or a percentage of the maximum.

    A percentage of a maximum of 0 is 0 %, so no score reaches more of it. Source:
    docs/semantics.md, 2.10.
    """

    at_least: Decimal
    unit: Literal["percent", "points"]

    def needed(self, maximum: int) -> Fraction:
        """
        Return the points that are enough, out of a maximum.

        >>> quarter = ScoreReaches(Decimal(25), "percent")
        >>> quarter.needed(10), quarter.needed(0)  # of nothing: more points than there are
        (Fraction(5, 2), Fraction(1, 1))
        """
        needed = Fraction(self.at_least)
        if self.unit == "points":
            return needed
        return needed * maximum / 100 if maximum else Fraction(needed > 0)

    def reached_by(self, points: int, maximum: int) -> bool:
        """
        Return whether points out of a maximum are enough, compared crosswise as fractions.

        >>> ScoreReaches(Decimal(80), "percent").reached_by(99, 124)  # 79.8 %
        False
        """
        above, below = self.at_least.as_integer_ratio()
        if self.unit == "points":
            return points * below >= above
        return 100 * points * below >= above * maximum if maximum else above <= 0


@frozen
class CountGraded:
    """At least this number of graded indicators in scope attain a grade."""

    at_least: int
    grade: str


@frozen
class Earlier:
    """
    A label had an event before the interview, within bounds on its age in months.

    An event is at least 18 months old from the day 18 calendar months after it, and
    at most 24 until the day 24 months after it, both days included. *repeated*
    requires two such events, and counts the months from the earlier to the later, which
    is then at most *later_at_most_months* old. With *since_award_of* the event, or the
    later of the two, is after the latest award of that label, if there is one.
    Source: docs/semantics.md, 2.12.

    Raises:
        ValueError: it has *later_at_most_months* without being *repeated*.

    >>> from datetime import date
    >>> from ecei_rules.interviews.history import LabelEvent
    >>> renewed = Earlier("bronze", "benchmarked", since_award_of="silver")
    >>> award = LabelEvent("silver", "awarded", date(2022, 3, 2), valid_until=date(2024, 3, 31))
    >>> on_the_day, after = (LabelEvent("bronze", "benchmarked", date(2022, 3, d)) for d in (2, 3))
    >>> [bool(renewed.matching_days([award, event], date(2024, 3, 18))[0])
    ...  for event in (on_the_day, after)]
    [False, True]
    """

    label: Label
    event: Literal["benchmarked", "awarded"]
    repeated: bool = field(default=False, kw_only=True)
    at_least_months: int | None = field(default=None, kw_only=True)
    at_most_months: int | None = field(default=None, kw_only=True)
    later_at_most_months: int | None = field(default=None, kw_only=True)
    since_award_of: Label | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.later_at_most_months is not None and not self.repeated:
            msg = "there is a later event only where two are required, see repeated"
            raise ValueError(msg)

    @property
    def event_kinds(self) -> tuple[str, ...]:
        """The kinds of events that it depends on, such as `bronze benchmarked`."""
        own = f"{self.label} {self.event}"
        since = () if self.since_award_of is None else (f"{self.since_award_of} awarded",)
        return tuple(dict.fromkeys((own, *since)))

    def last_award(self, events: Iterable[LabelEvent], on: date) -> date | None:
        """Return the day of the latest award that events must follow, if there is one."""
        awards = (e.on for e in events if e.event == "awarded" and e.label == self.since_award_of)
        return max((day for day in awards if day < on), default=None)

    def matching_days(self, events: Sequence[LabelEvent], on: date) -> tuple[set[date], list[date]]:
        """
        Return the days of the events that satisfy this, and of all events of the kind.

        *on* is the day of the interview; events of that day or later ones do not count.
        """
        wanted = (self.label, self.event)
        days = sorted({e.on for e in events if (e.label, e.event) == wanted and e.on < on})
        least, most = self.at_least_months, self.at_most_months
        award = self.last_award(events, on)
        recent = [day for day in days if award is None or day > award]
        if not self.repeated:
            return {day for day in recent if days_apart([day, on], least, most)}, days
        oldest = self.later_at_most_months
        if oldest is not None:
            recent = [day for day in recent if on <= _months_after(day, oldest)]
        later_from = recent[0] if recent else on
        return days_apart(days, least, most, later_from=later_from), days


def _months_after(day: date, months: int) -> date:
    return add_calendar_years(day, 0, "same_day", months=months)


@frozen
class Improvements:
    """At least this number of different indicators have a confirmed improvement."""

    at_least: int


@frozen
class ConductedBy:
    """
    At least so many experts of a role conducted the interview, in one of some modes.

    With *impartial* only experts who are declared impartial count. No *modes* allow any.
    Source: docs/semantics.md, 2.14.

    >>> from datetime import date
    >>> from ecei_rules.interviews.interview import Conducted, Expert
    >>> audit = ConductedBy("auditor", 1, impartial=True, modes=["on_site"])
    >>> audit.truth(Conducted(date(2024, 3, 18), mode="on_site")).value
    'unknown'
    >>> audit.truth(Conducted(date(2024, 3, 18), mode="video")).value
    'fails'
    """

    role: str = field(validator=slug)
    at_least: int
    impartial: bool = field(default=False, kw_only=True)
    modes: tuple[Mode, ...] = field(default=(), converter=tuple[Mode, ...], kw_only=True)

    def truth(self, conducted: Conducted) -> Truth:
        """Return whether this holds, unknown as long as what is not stated can decide it."""
        return all_true([self._experts(conducted.experts), self._mode(conducted.mode)])

    def _experts(self, experts: Sequence[Expert] | None) -> Truth:
        if experts is None:
            return Truth.UNKNOWN
        count = count_experts(experts, self.role)
        certain = count.impartial if self.impartial else count.total
        possible = certain + count.not_stated if self.impartial else certain
        if certain >= self.at_least:
            return Truth.HOLDS
        return Truth.UNKNOWN if possible >= self.at_least else Truth.FAILS

    def _mode(self, mode: Mode | None) -> Truth:
        if not self.modes or len(self.modes) == len(MODES):
            return Truth.HOLDS
        if mode is None:
            return Truth.UNKNOWN
        return Truth.HOLDS if mode in self.modes else Truth.FAILS


def _parts(parts: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return tuple(parts)


@frozen
class EveryRequirement:
    """Met when every part that applies is met."""

    parts: tuple[Requirement, ...] = field(converter=_parts)


@frozen
class SomeRequirement:
    """Met when at least one part is met."""

    parts: tuple[Requirement, ...] = field(converter=_parts)


SimpleRequirement = (
    Complete
    | AnswerMeets
    | Floor
    | ScoreReaches
    | CountGraded
    | Earlier
    | Improvements
    | ConductedBy
)
Requirement = SimpleRequirement | EveryRequirement | SomeRequirement


def simple_requirements(requirement: Requirement) -> Iterator[SimpleRequirement]:
    """Yield the requirements that a combination is made of, or the requirement itself."""
    if isinstance(requirement, EveryRequirement | SomeRequirement):
        for part in requirement.parts:
            yield from simple_requirements(part)
    else:
        yield requirement


@frozen
class Criterion:
    """
    One requirement of a ruleset, or one piece of its advice.

    Its scope is one *dimension*, or everything when that is `None`. A *required*
    criterion decides about the label; an *advisory* one is only reported. Source:
    docs/semantics.md, 2.11 and 4.3.
    """

    id: str = field(validator=slug)
    severity: Severity
    requirement: Requirement
    dimension: str | None = field(default=None, kw_only=True)
    title: Text | None = field(default=None, kw_only=True)
    provenance: Provenance = field(default=Provenance(), kw_only=True)
