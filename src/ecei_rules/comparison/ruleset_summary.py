"""What a comparison says of each of its two rulesets."""

from __future__ import annotations

from ecei_rules.comparison.comparison import ComparedCriterion, ComparedRuleset
from ecei_rules.documents.digest import digest
from ecei_rules.interviews.provenance import weakest
from ecei_rules.interviews.texts import Text
from ecei_rules.rulesets.wording import requirement as words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.rulesets.criteria import Criterion
    from ecei_rules.rulesets.ruleset import Ruleset


def summarised(ruleset: Ruleset) -> ComparedRuleset:
    """
    Which ruleset it is, what it requires, and how sure that is.

    >>> from ecei_rules.documents.shipped import shipped
    >>> bronze = summarised(shipped().ruleset("bronze", version="2019-11"))
    >>> bronze.basis.value, bronze.weakest.value
    ('inferred', 'illustrative')
    """
    required = [
        _described(each, ruleset) for each in ruleset.criteria if each.severity != "advisory"
    ]
    days = [
        each.provenance.status
        for each in (ruleset.validity.first, ruleset.validity.renewal)
        if each
    ]
    values = [each.provenance.status for each in ruleset.criteria]
    values += [each.provenance.status for each in ruleset.grading.values()]
    return ComparedRuleset(
        ruleset.label,
        ruleset.version,
        ruleset.title,
        digest(ruleset),
        ruleset.catalogue,
        required,
        weakest([*(each.basis for each in required), *days]),
        weakest([*values, *days]),
    )


def _described(criterion: Criterion, ruleset: Ruleset) -> ComparedCriterion:
    graded = ruleset.grades_in(criterion.requirement, criterion.dimension)
    gradings = [
        ruleset.grading[name].provenance.status for name in graded if name in ruleset.grading
    ]
    title = criterion.title or Text({"en": words(criterion.requirement)})
    return ComparedCriterion(criterion.id, title, weakest([criterion.provenance.status, *gradings]))
