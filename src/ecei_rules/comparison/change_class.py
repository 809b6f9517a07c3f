"""The class of a change: how it affects those who hold the label (docs/semantics.md, 9.9)."""

from __future__ import annotations

from ecei_rules.comparison.comparison import ChangeClass, Verdict
from ecei_rules.interviews.answer_kinds import is_subkind
from ecei_rules.rulesets.ruleset import inputs_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecei_rules.comparison.diff.change import Change
    from ecei_rules.rulesets.ruleset import Ruleset

#: Changes that every new version brings: of the catalogue's version and the days in force.
_OF_EVERY_VERSION = ("ECEI531", "ECEI532", "ECEI533", "ECEI534")


def change_class(
    verdict: Verdict | None,
    newly_needed: Sequence[str],
    changes: Sequence[Change],
    *,
    shortens: bool,
) -> ChangeClass:
    """
    Return the worst class that applies (docs/semantics.md, 9.9).

    *verdict* is the one on the label, `None` if it is beyond the method. *shortens* says
    whether the label, or the time to renew it, ends earlier in some case.
    """
    if verdict in (None, Verdict.INCOMPARABLE):
        return ChangeClass.INCOMPARABLE
    if newly_needed:
        return ChangeClass.DATA_BREAKING
    if verdict is Verdict.STRICTER or shortens:
        return ChangeClass.HOLDER_AFFECTING
    if all(change.editorial or change.code in _OF_EVERY_VERSION for change in changes):
        return ChangeClass.EDITORIAL
    return ChangeClass.HOLDER_SAFE


def newly_needed_answers(old: Ruleset, new: Ruleset) -> tuple[str, ...]:
    """
    Return the ids of answers that the new ruleset needs and an old interview may lack.

    An old interview may also have an answer that the new catalogue does not allow.
    """
    before = _needed(old)
    return tuple(
        name
        for subject, name in _needed(new)
        if (subject, name) not in before or not _always_fits(subject, name, old, new)
    )


def _always_fits(subject: str, name: str, old: Ruleset, new: Ruleset) -> bool:
    """Whether the new catalogue allows each answer that the old one allows."""
    if subject == "conducted":
        roles = [{role.id for role in each.catalogue.roles} for each in (old, new)]
        return roles[0] <= roles[1]
    before, after = (
        (catalogue.asked if subject == "indicator" else catalogue.facts_asked)[name]
        for catalogue in (old.catalogue, new.catalogue)
    )
    may_not_apply = getattr(before, "not_applicable", False)
    return is_subkind(before.answer, after.answer) and (
        not may_not_apply or getattr(after, "not_applicable", False)
    )


def _needed(ruleset: Ruleset) -> dict[tuple[str, str], None]:
    """Return what the required criteria look at and an interview may lack, in their order."""
    questions = (
        question
        for criterion in ruleset.criteria
        if criterion.severity == "required"
        for question in inputs_of(ruleset, criterion.requirement, criterion.dimension)
    )
    stated = ("indicator", "fact", "conducted")
    return dict.fromkeys(each for each in questions if each[0] in stated)
