"""Notes of an assessment on answers: missing ones, and deciding ones that do not add up."""

from __future__ import annotations

from ecei_rules.evaluation.assessment import Unanswered, decisive_findings
from ecei_rules.evaluation.deciding import deciding
from ecei_rules.interviews.consistency import unequal_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.evaluation.assessment import Finding, LabelOutcome
    from ecei_rules.interviews.consistency import UnequalParts
    from ecei_rules.interviews.interview import Interview


def unanswered(interview: Interview) -> Iterator[Unanswered]:
    """Yield the indicators and facts without an answer, in the catalogue's order."""
    catalogue = interview.catalogue
    for name in interview.unanswered:
        if name in catalogue.asked:
            yield Unanswered("indicator", name, catalogue.asked[name].title)
        else:
            yield Unanswered("fact", name, catalogue.facts_asked[name].title)


def deciding_unequal_parts(
    interview: Interview, outcome: LabelOutcome, findings: Iterable[Finding]
) -> Iterator[UnequalParts]:
    """Yield the breakdowns that do not add up and decided the label (docs/semantics.md, 2.5)."""
    unequal = tuple(unequal_parts(interview))
    if unequal:
        decisive = decisive_findings(outcome, findings)
        names = {name for finding in decisive for name in deciding(finding.grounds)}
        yield from (each for each in unequal if each.id in names)
