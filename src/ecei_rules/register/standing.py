"""Which labels an organisation holds on a day."""

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
    One award of a label: the days it holds, and the rule that set them.

    *until* is as the history states it. *ruleset* was in force on the day of the award
    and *rule* is what it gives for an interview of that day; where the two ends differ
    (`as_ruled` is false) no known rule set the days, and the label is taken to hold
    from the award on. *renewable_until* is by the rules in force when it can be renewed.
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
        """Whether the rules in force on the day of the award give its stated end."""
        return self.rule is not None and self.rule.until == self.until


@frozen
class LabelStanding:
    """
    What one label is worth on a day, and what an interview on that day would make of it.

    *held* is the award that says so: the one that covers the day, else the last before
    it, else the first to come. From that one on the label holds without a break to
    *until*, and *renewable_until* is the last day to renew it then. *next_award* is what
    the interview would give, `None` where no *ruleset* is in force.
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
    """What the labels of one organisation are worth on a day, the lowest label first."""

    on: date
    labels: tuple[LabelStanding, ...] = field(converter=tuple[LabelStanding, ...])

    @property
    def held(self) -> Label | None:
        """The highest label that is valid on the day."""
        valid = (each.label for each in self.labels if each.status is Status.VALID)
        return max(valid, key=LABELS.index, default=None)


def awards_in(history: LabelHistory, edition: Edition) -> tuple[HeldLabel, ...]:
    """
    The awards of a history with their days, label by label, the earliest first.

    The end is the stated one. From when a label holds, and by which rule, follows from
    the ruleset of *edition* in force on the day of the award and from the awards before
    it. Source: docs/semantics.md, section 8.
    """
    found = []
    for label in LABELS:
        previous: date | None = None
        for on, awards in groupby(history.awards(label), key=lambda each: each.on):
            ends = [each.valid_until for each in awards if each.valid_until is not None]
            found += [_award(label, on, until, previous, edition) for until in ends]
            previous = max(ends if previous is None else [previous, *ends])
    return tuple(found)


def standing_on(history: LabelHistory, on: date, edition: Edition) -> Standing:
    """
    What the labels of a history are worth on a day, and what renewing then would give.

    All awards of the history count, also those of later days: a renewal late in its
    window covers the days since the previous end. What an interview on the day would
    give follows from the awards before it alone.
    """
    awards = awards_in(history, edition)
    found = []
    for label in LABELS:
        of_label = [each for each in awards if each.label == label]
        if of_label:
            ruleset = _in_force(edition, label, on)
            held, status = telling(of_label, on, edition)
            end = history.previous_end(label, before=on)
            until = _unbroken(of_label, held)
            found.append(
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
    return Standing(on, found)


def _unbroken(awards: Sequence[HeldLabel], held: HeldLabel) -> date:
    """The day to which a label holds from an award on without a day between."""
    until = held.until
    for each in sorted(awards, key=lambda each: each.first):
        if each.first.toordinal() <= until.toordinal() + 1:
            until = max(until, each.until)
    return until


def telling(awards: Sequence[HeldLabel], on: date, edition: Edition) -> tuple[HeldLabel, Status]:
    """Of the awards of one label the one that says what it is worth on a day, and what."""
    begun = [each for each in awards if each.first <= on]
    if not begun:
        return min(awards, key=lambda each: each.first), Status.NOT_YET_VALID
    held = max(begun, key=lambda each: (each.until, each.on))
    return held, status_of(held.label, held.until, on, edition)


def status_of(label: Label, until: date, on: date, edition: Edition) -> Status:
    """
    What a label that runs until a day is worth on another, from when on being unknown.

    So it is never *not yet valid*. This is what a register can say.
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
