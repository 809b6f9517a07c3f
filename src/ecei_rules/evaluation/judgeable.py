"""Which interviews a ruleset can judge."""

from __future__ import annotations

from ecei_rules.diagnostics.errors import WrongCatalogue
from ecei_rules.documents.digest import digest
from ecei_rules.interviews.interview import require_fitting_answers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset


def require_same_catalogue(interview: Interview, ruleset: Ruleset) -> None:
    """
    Refuse an interview with another edition of the catalogue (docs/semantics.md, 5.6).

    Raises:
        WrongCatalogue: the editions differ in more than wording.
    """
    if interview.catalogue is ruleset.catalogue:
        return
    if digest(interview.catalogue) != digest(ruleset.catalogue):
        raise WrongCatalogue(
            interview.catalogue.reference, ruleset.reference, ruleset.catalogue.reference
        )


def require_judgeable(interview: Interview, ruleset: Ruleset) -> None:
    """
    Refuse an interview that a ruleset cannot judge.

    Raises:
        WrongCatalogue: as `require_same_catalogue` does.
        InvalidAnswers: an answer does not fit its question.
    """
    require_same_catalogue(interview, ruleset)
    require_fitting_answers(interview)
