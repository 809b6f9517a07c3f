"""A comparison of two rules for the days of a label, in words."""

from __future__ import annotations

from typing import assert_never

from ecei_rules.comparison.critical_dates import Limit
from ecei_rules.comparison.validity import Days, History, Shift
from ecei_rules.diagnostics.phrasing import number_of
from ecei_rules.report.text.blocks import inner_lines
from ecei_rules.rulesets.validity import Award

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecei_rules.comparison.critical_dates import Terms
    from ecei_rules.comparison.validity import (
        Example,
        HistoryCompared,
        Relation,
        ValidityComparison,
    )
    from ecei_rules.interviews.dates import ENDS
    from ecei_rules.rulesets.validity import Validity

_AT_THE_END = Limit(0, "same_day")
_AWARDS = {
    Award.FIRST: "first award",
    Award.RENEWAL: "renewal",
    Award.LATE_RETURN: "late return",
}
_ENDS: dict[ENDS, str] = {"same_day": "to the day", "end_of_month": "to the end of the month"}


def lines(comparison: ValidityComparison) -> tuple[str, ...]:
    """
    Explain the comparison to people who did not write the rules.

    No line has more than 96 columns; the lines on one history are indented under it.

    >>> from ecei_rules.rulesets.validity import FirstAward, ValidityRules
    >>> from ecei_rules.comparison.validity import compare_validity
    >>> rules = ValidityRules(FirstAward(2, "same_day"))
    >>> lines(compare_validity(rules, rules))
    ('The days of a label: the same in every situation.',)
    """
    unwrapped = [*_summary(comparison)]
    if comparison.differs:
        for case in comparison.cases:
            unwrapped += [f"{_history(case)}:", *(f"  {line}" for line in _case(case))]
    return tuple(part for line in unwrapped for part in inner_lines(line))


def _summary(comparison: ValidityComparison) -> Iterator[str]:
    if not comparison.differs:
        yield "The days of a label: the same in every situation."
        return
    different = sum(case.days is not Days.NEVER for case in comparison.cases)
    situations = number_of(len(comparison.cases), "situation")
    yield f"The days of a label: other dates in {different} of {situations}."
    if comparison.shortens:
        yield "Some interviews get an earlier end, or an earlier last day to renew or none."
    else:
        yield "No interview gets an earlier end or an earlier last day to renew."
    if comparison.interrupts:
        yield "Some interviews no longer follow the previous label without a break."


def _history(case: HistoryCompared) -> str:
    match case.history:
        case History.ANY:
            return "Any history (neither has a rule for renewals)"
        case History.NO_LABEL:
            return "No label held before"
        case History.STILL_HELD:
            return "A label held before, interview on its last day or earlier"
        case History.IN_EVERY_WINDOW | History.IN_ONE_WINDOW | History.PAST_EVERY_WINDOW:
            after = case.after or _AT_THE_END
            later = f"Interview later than {_limit(after, 'the previous end')}"
            if case.up_to is None:
                return later
            if after.years == case.up_to.years:
                return f"{later}, up to the end of that month"
            return f"{later}, up to {_limit(case.up_to, 'it')}"
        case unreachable:
            assert_never(unreachable)


def _limit(limit: Limit, end: str) -> str:
    day = f"{number_of(limit.years, 'year')} after {end}" if limit.years else end
    if limit.ends == "same_day":
        return day
    return f"the end of the month {day}" if limit.years else f"the end of the month of {day}"


def _case(case: HistoryCompared) -> Iterator[str]:
    if case.days is Days.NEVER:
        yield "the same dates"
        return
    yield f"old: {_terms(case.old)}"
    yield f"new: {_terms(case.new)}"
    if case.begins.days is not Days.NEVER:
        yield f"begins {_relation(case.begins)}"
    yield f"ends {_relation(case.ends)}"
    if case.old.renewable or case.new.renewable:
        yield f"last renewal: {_relation(case.renewable)}"
    assert case.example is not None, "dates that differ have an example"
    yield from _example("example", case.example)
    if case.loss and case.loss != case.example:
        yield from _example("example of a loss", case.loss)


def _terms(terms: Terms) -> str:
    counted_from = "previous end" if terms.from_end else "interview"
    years = number_of(terms.years, "year")
    award = f"{_AWARDS[terms.award]}, {years} from the {counted_from} {_ENDS[terms.ends]}"
    return f"{award}, {_renewable(terms, terms.renewable)}"


def _renewable(terms: Terms, limit: Limit | None) -> str:
    if limit is None:
        return "not renewable"
    if limit.years:
        longer = f"renewable {number_of(limit.years, 'year')} longer"
        return longer if limit.ends == terms.ends else f"{longer} {_ENDS[limit.ends]}"
    moved = limit.ends == "end_of_month" and terms.ends == "same_day"
    return "renewable to the end of that month" if moved else "renewable until it ends"


def _relation(relation: Relation) -> str:
    match relation.shift:
        case Shift.SAME:
            return "on the same day"
        case Shift.GAINED:
            return "given by the new rules only"
        case Shift.LOST:
            return "given by the old rules only"
        case Shift.EITHER:
            return _on(relation.days, "earlier or later")
        case Shift.LATER | Shift.EARLIER:
            return _on(relation.days, relation.shift.value)
        case unreachable:
            assert_never(unreachable)


def _on(days: Days, shift: str) -> str:
    match days:
        case Days.ALWAYS:
            return f"{shift} on every day"
        case Days.NOT_LAST_OF_MONTH:
            return f"{shift} unless counted from the last of a month (end of February: by the year)"
        case Days.FEBRUARY:
            return f"{shift} only if counted from a day of February, and not in every year"
        case Days.SOMETIMES | Days.NEVER:
            return f"{shift} on some days, else the same"
        case unreachable:
            assert_never(unreachable)


def _example(title: str, example: Example) -> Iterator[str]:
    before = f", previous end {example.previous_end}" if example.previous_end else ""
    yield f"{title}: interview {example.interview}{before}"
    yield f"  old: {_dates(example.old)}"
    yield f"  new: {_dates(example.new)}"


def _dates(validity: Validity) -> str:
    last = validity.renewable_until
    renewable = f"renewable until {last}" if last else "not renewable"
    return f"{validity.first} to {validity.until}, {renewable}"
