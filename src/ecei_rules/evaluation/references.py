"""References of an assessment: to the interview, its catalogue and the ruleset."""

from __future__ import annotations

from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.assessment import (
    CatalogueReference,
    InterviewReference,
    RulesetReference,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.interviews.catalogue import Catalogue
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset


def interview_reference(interview: Interview, its_digest: str) -> InterviewReference:
    """Return the reference to an interview whose digest is known."""
    cluster = interview.cluster
    return InterviewReference(cluster.name, cluster.country, interview.conducted.on, its_digest)


def catalogue_reference(catalogue: Catalogue) -> CatalogueReference:
    """Return the reference to a catalogue, with its digest and the note on all of it."""
    return CatalogueReference(
        catalogue.id, catalogue.version, digest(catalogue), note=catalogue.note
    )


def ruleset_reference(ruleset: Ruleset) -> RulesetReference:
    """Return the reference to a ruleset, with its digest."""
    return RulesetReference(ruleset.label, ruleset.version, ruleset.title, digest(ruleset))
