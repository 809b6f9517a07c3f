"""The standing of an organisation: its labels on a day."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from attrs import field, frozen

from ecei_rules.diagnostics.errors import NoRulesetInForce
from ecei_rules.interviews.history import LABELS, Label
from ecei_rules.rulesets.validity import Status, Validity, validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecei_rules.interviews.history import LabelHistory
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.ruleset import Ruleset


@frozen
class HeldLabel:
    """
    One award of a label with the days on which it holds.

    *on* is the day of the award, *first* and *until* are the first and the last day; *until*
    is as the history states it. *ruleset* is the one in force on the day of the award, and
    *rule* the validity it gives an interview of that day. If the rule gives another last
    day (`as_ruled` is false), the label holds from the day of the award. *renewable_until*
    follows from the rules in force when the label can be renewed.
    Source: docs/semantics.md, 8.3 and 8.6.
    """

    label: Label
    on: date
    first: date
    until: date
    ruleset: str | None = field(default=None, kw_only=True)
    rule: Validity | None = field(default=None, kw_only=True)
    renewable_until: date | None = field(default=None, kw_only=True)

    @property
    def as_ruled(self) -> bool:
        """Whether the ruleset in force on the day of the award gives the stated last day."""
        return self.rule is not None and self.rule.until == self.until


@frozen
class LabelStanding:
    """
    The status of one label on a day, and the validity that an interview would give it.

    *held* is the award that decides the status: the one that covers the day, otherwise the
    last before it, otherwise the first after it. From *held* on, the label holds without a
    break until *until*, and *renewable_until* is the last day to renew it then. *next_award*
    is the validity after an interview on the day, `None` if no *ruleset* is in force.
    Source: docs/semantics.md, 8.4, 8.5, 8.6 and 8.7.
    """

    label: Label
    status: Status
    held: HeldLabel
    until: date = field(kw_only=True)
    renewable_until: date | None = field(default=None, kw_only=True)
    ruleset: str | None = field(default=None, kw_only=True)
    next_award: Validity | None = field(default=None, kw_only=True)


@frozen
class Standing:
    """The labels of one organisation on a day, the lowest label first (docs/semantics.md, 8.4)."""

    on: date
    labels: tuple[LabelStanding, ...] = field(converter=tuple[LabelStanding, ...])

    @property
    def held(self) -> Label | None:
        """The highest label that is valid on the day, or `None`."""
        valid = (each.label for each in self.labels if each.status is Status.VALID)
        return max(valid, key=LABELS.index, default=None)


def awards_in(history: LabelHistory, edition: Edition) -> tuple[HeldLabel, ...]:
    """
    Return the awards of a history with their days, label by label, the earliest first.

    The last day is the stated one. The first day and the rule follow from the ruleset of
    *edition* in force on the day of the award and from the awards before it.
    Source: docs/semantics.md, 8.1 and 8.3.

    >>> from ecei_rules.documents.shipped import shipped
    >>> from ecei_rules.interviews.history import LabelEvent, LabelHistory
    >>> first = LabelEvent("bronze", "awarded", date(2020, 1, 15), valid_until=date(2022, 1, 31))
    >>> late = LabelEvent("bronze", "awarded", date(2022, 11, 21), valid_until=date(2025, 1, 31))
    >>> [str(each.first) for each in awards_in(LabelHistory([first, late]), shipped())]
    ['2020-01-15', '2022-02-01']
    """
    held: list[HeldLabel] = []
    for label in LABELS:
        previous: date | None = None
        for on, awards in groupby(history.awards(label), key=lambda each: each.on):
            ends = [award.valid_until for award in awards if award.valid_until is not None]
            held += [_award(label, on, until, previous, edition) for until in ends]
            previous = max(ends if previous is None else [previous, *ends])
    return tuple(held)


def standing_on(history: LabelHistory, on: date, edition: Edition) -> Standing:
    """
    Return the standing on a day: each label's status, and what an interview would give.

    All awards of the history count, those of later days included: a renewal late in its
    window covers the days since the previous end. The validity that an interview on the
    day would give follows only from the awards before it.
    Source: docs/semantics.md, 8.4, 8.5, 8.6 and 8.7.

    >>> from ecei_rules.documents.shipped import shipped
    >>> from ecei_rules.interviews.history import LabelEvent, LabelHistory
    >>> award = LabelEvent("bronze", "awarded", date(2020, 1, 15), valid_until=date(2022, 1, 31))
    >>> (bronze,) = standing_on(LabelHistory([award]), date(2022, 2, 1), shipped()).labels
    >>> bronze.status.value, str(bronze.renewable_until), str(bronze.next_award.first)
    ('renewable', '2023-01-31', '2022-02-01')
    """
    awards = awards_in(history, edition)
    labels = []
    for label in LABELS:
        of_label = [award for award in awards if award.label == label]
        if of_label:
            ruleset = _in_force(edition, label, on)
            held, status = deciding_award(of_label, on, edition)
            end = history.previous_end(label, before=on)
            until = _unbroken(of_label, held)
            labels.append(
                LabelStanding(
                    label,
                    status,
                    held,
                    until=until,
                    renewable_until=edition.renewable_until(label, until),
                    ruleset=ruleset.reference if ruleset else None,
                    next_award=validity(ruleset.validity, on, end) if ruleset else None,
                )
            )
    return Standing(on, labels)


def _unbroken(awards: Sequence[HeldLabel], held: HeldLabel) -> date:
    """Return the last day of a label without a break from an award on (docs/semantics.md, 8.5)."""
    until = held.until
    for award in sorted(awards, key=lambda each: each.first):
        if award.first.toordinal() <= until.toordinal() + 1:
            until = max(until, award.until)
    return until


def deciding_award(
    awards: Sequence[HeldLabel], on: date, edition: Edition
) -> tuple[HeldLabel, Status]:
    """Return the award that decides a status, and the status: docs/semantics.md, 8.4."""
    begun = [award for award in awards if award.first <= on]
    if not begun:
        return min(awards, key=lambda each: each.first), Status.NOT_YET_VALID
    held = max(begun, key=lambda each: (each.until, each.on))
    return held, status_of(held.label, held.until, on, edition)


def status_of(label: Label, until: date, on: date, edition: Edition) -> Status:
    """
    Return the status on a day of a label that is valid until a given day.

    This is the status of a record of a register, which does not state the first day; so it
    is never `not_yet_valid`. Source: docs/semantics.md, 8.4 and 8.8.

    >>> from ecei_rules.documents.shipped import shipped
    >>> end = date(2024, 3, 31)
    >>> [status_of("bronze", end, date(2024, *day), shipped()).value for day in ((3, 31), (4, 1))]
    ['valid', 'renewable']
    """
    if on <= until:
        return Status.VALID
    ruleset = _in_force(edition, label, on)
    renewal = ruleset.validity.renewal if ruleset else None
    if renewal is not None and on <= renewal.last_day(until):
        return Status.RENEWABLE
    return Status.LAPSED


def _award(
    label: Label, on: date, until: date, previous: date | None, edition: Edition
) -> HeldLabel:
    ruleset = _in_force(edition, label, on)
    rule = validity(ruleset.validity, on, previous) if ruleset else None
    ruled = rule is not None and rule.until == until
    return HeldLabel(
        label,
        on,
        rule.first if rule is not None and ruled else min(on, until),
        until,
        ruleset=ruleset.reference if ruleset else None,
        rule=rule,
        renewable_until=edition.renewable_until(label, until),
    )


def _in_force(edition: Edition, label: Label, on: date) -> Ruleset | None:
    try:
        return edition.ruleset(label, on=on)
    except NoRulesetInForce:
        return None
