"""Compare two validity rules: the histories and days on which they give other dates."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import assert_never

from attrs import field, frozen

from ecei_rules.comparison.critical_dates import Limit, Terms, critical_interviews
from ecei_rules.interviews.dates import add_calendar_years
from ecei_rules.rulesets.validity import Award, Validity, ValidityRules, validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ecei_rules.rulesets.validity import FirstAward, Renewal

_FEBRUARY = 2
_BY_THE_YEAR = {(_FEBRUARY, 28), (_FEBRUARY, 29)}


class History(Enum):
    """
    The label history before an interview, as far as two rules distinguish it.

    *any*: neither has renewals, so that no history matters. The others differ in the
    previous end, and in the last days on which each rule can still renew.
    """

    ANY = "any"
    NO_LABEL = "no_label"
    STILL_HELD = "still_held"
    IN_EVERY_WINDOW = "in_every_window"
    IN_ONE_WINDOW = "in_one_window"
    PAST_EVERY_WINDOW = "past_every_window"


class Days(Enum):
    """
    The days on which two rules give different dates.

    Months are those of the day that both rules count from. *not the last of a month*
    does not say anything of 28 and 29 February, where leap years decide; *february* is
    some days of some Februaries, and no other day.
    """

    NEVER = "never"
    ALWAYS = "always"
    NOT_LAST_OF_MONTH = "not_last_of_month"
    FEBRUARY = "february"
    SOMETIMES = "sometimes"


class Shift(Enum):
    """
    The direction in which the new date differs from the old one.

    *gained* is a date that only the new rules give, *lost* one that only the old ones do.
    """

    SAME = "same"
    LATER = "later"
    EARLIER = "earlier"
    EITHER = "either"
    GAINED = "gained"
    LOST = "lost"


@frozen
class Relation:
    """The days on which one date of the new rules differs from the old one, and the direction."""

    days: Days
    shift: Shift


@frozen
class Example:
    """The dates that the two rules give for one interview."""

    interview: date
    previous_end: date | None
    old: Validity
    new: Validity


@frozen
class HistoryCompared:
    """
    The dates that two rules give in one kind of history.

    The history covers the interviews *after* a limit and *up to* another, counted from
    the previous end; `None` is no limit. *days* is about all three dates together.
    *example* is the first interview for which any of them differs, *loss* the first with
    an earlier end or last day to renew, *gain* the first with a later one.

    Interviews are in the order of the day that the rules count from: the previous end if
    one of the two counts from it, else the interview. Days of 2024 come before those of
    2100 to 2499, which have every pattern of leap years. The other of the two days is
    the nearest to it.
    """

    history: History
    old: Terms
    new: Terms
    days: Days = field(kw_only=True)
    begins: Relation = field(kw_only=True)
    ends: Relation = field(kw_only=True)
    renewable: Relation = field(kw_only=True)
    after: Limit | None = field(default=None, kw_only=True)
    up_to: Limit | None = field(default=None, kw_only=True)
    example: Example | None = field(default=None, kw_only=True)
    loss: Example | None = field(default=None, kw_only=True)
    gain: Example | None = field(default=None, kw_only=True)

    def covers(self, interview: date, previous_end: date | None) -> bool:
        """Whether an interview with a previous end, or with none, belongs to this history."""
        match self.history:
            case History.ANY:
                return True
            case History.NO_LABEL:
                return previous_end is None
            case (
                History.STILL_HELD
                | History.IN_EVERY_WINDOW
                | History.IN_ONE_WINDOW
                | History.PAST_EVERY_WINDOW
            ):
                return (
                    previous_end is not None
                    and (self.after is None or interview > self.after.after(previous_end))
                    and (self.up_to is None or interview <= self.up_to.after(previous_end))
                )
            case unreachable:
                assert_never(unreachable)


@frozen
class ValidityComparison:
    """The dates of two rules in every history; each interview belongs to exactly one case."""

    cases: tuple[HistoryCompared, ...] = field(converter=tuple[HistoryCompared, ...])

    @property
    def differs(self) -> bool:
        """Whether some interview gets another first day, end or last day to renew."""
        return any(each.days is not Days.NEVER for each in self.cases)

    @property
    def shortens(self) -> bool:
        """Whether some interview gets an earlier end, or an earlier last day to renew or none."""
        return any(each.loss is not None for each in self.cases)

    @property
    def interrupts(self) -> bool:
        """Whether some label begins later after its previous end, which it followed before."""
        return any(
            case.after is not None and case.begins.shift in (Shift.LATER, Shift.EITHER)
            for case in self.cases
        )


@lru_cache(maxsize=64)
def compare_validity(old: ValidityRules, new: ValidityRules) -> ValidityComparison:
    """
    Compare the dates that two rules give, in every history and on every day.

    The result is exact for all interviews and previous ends of the years 1900 to 2999.
    Only dates count: a first award and a late return of the same days are no difference,
    and neither is another provenance. Source: docs/semantics.md, 9.10.

    >>> from ecei_rules.rulesets.validity import FirstAward
    >>> rules = ValidityRules(FirstAward(2, "same_day"))
    >>> monthly = ValidityRules(FirstAward(2, "end_of_month"))
    >>> [case] = compare_validity(rules, monthly).cases
    >>> case.history.value, case.ends.days.value, case.ends.shift.value
    ('any', 'not_last_of_month', 'later')
    >>> str(case.example.old.until), str(case.example.new.until)
    ('2026-01-01', '2026-01-31')
    """
    windows = {_window(rules.renewal) for rules in (old, new) if rules.renewal}
    if not windows:
        return ValidityComparison([_compared(History.ANY, None, None, old, new)])
    cuts = sorted({Limit(0, "same_day"), *windows}, key=_order)
    spans = pairwise([None, *cuts, None])
    return ValidityComparison(
        [
            _compared(History.NO_LABEL, None, None, old, new),
            *(_compared(_history(*span, old, new), *span, old, new) for span in spans),
        ]
    )


def _window(renewal: Renewal) -> Limit:
    return Limit(renewal.until_years_after_end, renewal.ends)


def _order(limit: Limit) -> tuple[int, bool]:
    """A key that orders limits; the order is the same after every end of a label."""
    return limit.years, limit.ends == "end_of_month"


def _renews(rules: ValidityRules, up_to: Limit | None) -> bool:
    if up_to is None or rules.renewal is None:
        return False
    return _order(up_to) <= _order(_window(rules.renewal))


def _history(
    after: Limit | None, up_to: Limit | None, old: ValidityRules, new: ValidityRules
) -> History:
    if after is None:
        return History.STILL_HELD
    renewing = sum(_renews(rules, up_to) for rules in (old, new))
    return (History.PAST_EVERY_WINDOW, History.IN_ONE_WINDOW, History.IN_EVERY_WINDOW)[renewing]


def _terms(rules: ValidityRules, history: History, up_to: Limit | None) -> Terms:
    rule: FirstAward | Renewal = rules.first
    award = Award.FIRST
    if rules.renewal and _renews(rules, up_to):
        rule, award = rules.renewal, Award.RENEWAL
    elif rules.renewal and history is not History.NO_LABEL:
        award = Award.LATE_RETURN
    window = _window(rules.renewal) if rules.renewal else None
    return Terms(award, rule.years, rule.ends, renewable=window)


@frozen
class _DatedExample:
    """One interview, the shifts of its three dates, and the day that both rules count from."""

    example: Example
    shifts: tuple[Shift, ...]
    counted_from: date | None


def _compared(
    history: History,
    after: Limit | None,
    up_to: Limit | None,
    old: ValidityRules,
    new: ValidityRules,
) -> HistoryCompared:
    terms = _terms(old, history, up_to), _terms(new, history, up_to)
    shared = terms[0].from_end == terms[1].from_end
    examples = []
    for interview, end in critical_interviews(after, up_to, *terms):
        dates = [validity(rules, interview, end) for rules in (old, new)]
        example = Example(interview, end, *dates)
        counted_from = (end if terms[0].from_end else interview) if shared else None
        examples.append(_DatedExample(example, _shifts(example), counted_from))
    begins, ends, renewable = (_relation(examples, which) for which in range(3))
    return HistoryCompared(
        history,
        *terms,
        days=_days((each.counted_from, set(each.shifts) != {Shift.SAME}) for each in examples),
        begins=begins,
        ends=ends,
        renewable=renewable,
        after=after,
        up_to=up_to,
        example=_first(examples, set(Shift) - {Shift.SAME}, from_=0),
        loss=_first(examples, {Shift.EARLIER, Shift.LOST}),
        gain=_first(examples, {Shift.LATER, Shift.GAINED}),
    )


def _shifts(example: Example) -> tuple[Shift, ...]:
    old, new = example.old, example.new
    return (
        _shift(old.first, new.first),
        _shift(old.until, new.until),
        _shift(old.renewable_until, new.renewable_until),
    )


def _shift(old: date | None, new: date | None) -> Shift:
    if old == new:
        return Shift.SAME
    if old is None:
        return Shift.GAINED
    if new is None:
        return Shift.LOST
    return Shift.LATER if new > old else Shift.EARLIER


def _first(
    examples: Iterable[_DatedExample], wanted: set[Shift], *, from_: int = 1
) -> Example | None:
    """Return the first interview with a wanted shift; a later first day of a label is no loss."""
    shifted = (each.example for each in examples if wanted.intersection(each.shifts[from_:]))
    return next(shifted, None)


def _relation(examples: Sequence[_DatedExample], which: int) -> Relation:
    shifts = {each.shifts[which] for each in examples}
    days = _days((each.counted_from, each.shifts[which] is not Shift.SAME) for each in examples)
    match tuple(shifts - {Shift.SAME}):
        case ():
            return Relation(days, Shift.SAME)
        case (shift,):
            return Relation(days, shift)
        case _:
            return Relation(days, Shift.EITHER)


def _days(flags: Iterable[tuple[date | None, bool]]) -> Days:
    """Return the days on which two rules differ, from those of the critical interviews."""
    flags = tuple(flags)
    if not any(differ for _, differ in flags):
        return Days.NEVER
    if all(differ for _, differ in flags):
        return Days.ALWAYS
    known = [(day, differ) for day, differ in flags if day]
    if not known:
        return Days.SOMETIMES
    if not any(differ for day, differ in known if day.month != _FEBRUARY):
        return Days.FEBRUARY
    assert all(
        differ == (day != add_calendar_years(day, 0, "end_of_month"))
        for day, differ in known
        if (day.month, day.day) not in _BY_THE_YEAR
    ), "other years always differ, and the same years unless the day is the last of a month"
    return Days.NOT_LAST_OF_MONTH
