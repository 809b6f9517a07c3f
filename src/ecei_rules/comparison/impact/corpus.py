"""Compare two rulesets on a corpus of interviews."""

from __future__ import annotations

from collections import Counter

from attrs import evolve

from ecei_rules.comparison.impact.causes import changed_criteria, criteria_of, minimal_sets
from ecei_rules.comparison.impact.corpus_outcomes import (
    CatalogueCount,
    Cause,
    ChangedOutcome,
    CorpusComparison,
    CriterionOutcomes,
    ExcludedCatalogue,
    OldOrNew,
    OutcomeCount,
    UnreadableDocument,
)
from ecei_rules.comparison.impact.partial_interview import carried_over
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.assess import judge
from ecei_rules.evaluation.assessment import LabelOutcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ecei_rules.evaluation.assessment import Finding
    from ecei_rules.evaluation.grounds import Outcome
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset

#: The most changed outcomes, and the most unreadable documents, that are listed.
MOST_LISTED = 1000


def compare_on(
    interviews: Iterable[tuple[str, Interview | InvalidDocument]], old: Ruleset, new: Ruleset
) -> CorpusComparison:
    """
    Assess interviews under two rulesets, and find the criteria that change the outcomes.

    Each interview comes with the name of its place, as `interviews_in` yields them; a
    document that could not be read is listed and not assessed. Every interview is assessed
    under both rulesets, whichever was in force on its day. Under a ruleset of another
    edition of the catalogue, only the answers that fit that edition are used.

    The criteria to blame follow from the findings, see `minimal_sets`: the finding of a
    criterion under the new ruleset, with the gradings and questions of that one, replaces
    the one under the old ruleset. Source: docs/semantics.md, 9.11.

    The interviews are read once. Only the first 1,000 changed outcomes and unreadable
    documents are kept, and counts by criterion and by edition.

    >>> from datetime import date
    >>> from ecei_rules.interviews.history import Cluster
    >>> from ecei_rules.interviews.interview import Conducted, Interview
    >>> from ecei_rules.documents.shipped import shipped
    >>> old, new = (shipped().ruleset("bronze", version=v) for v in ("2010-11", "2019-11"))
    >>> cluster, day = Cluster("Example Cluster", "IT"), Conducted(date(2024, 3, 18))
    >>> small = Interview(new.catalogue, cluster, day, {"committed-participants": 14})
    >>> move = compare_on([("small.json", small)], old, new).moves[0]
    >>> move.old.value, move.new.value, move.blame
    ('undetermined', 'not_awarded', (('enough-committed-participants',),))
    """
    counts = _Counts(old, new)
    for where, read in interviews:
        if isinstance(read, InvalidDocument):
            counts.add_unreadable(where, read)
        else:
            counts.add(where, read)
    return counts.comparison()


class _Counts:
    """The counts of the interviews read so far."""

    def __init__(self, old: Ruleset, new: Ruleset) -> None:
        self.rulesets = old, new
        self.known = {each.catalogue.id for each in self.rulesets}
        self.criteria = criteria_of(old, new)
        self.table: Counter[tuple[LabelOutcome, LabelOutcome]] = Counter()
        self.alone: Counter[tuple[LabelOutcome, LabelOutcome, str]] = Counter()
        self.together: Counter[tuple[LabelOutcome, LabelOutcome, str]] = Counter()
        self.catalogues: Counter[tuple[str, tuple[OldOrNew, ...]]] = Counter()
        self.excluded: Counter[str] = Counter()
        self.first_excluded: dict[str, str] = {}
        self.moves: list[ChangedOutcome] = []
        self.unreadable: list[UnreadableDocument] = []
        self.unread = 0

    def add_unreadable(self, where: str, error: InvalidDocument) -> None:
        self.unread += 1
        if len(self.unreadable) < MOST_LISTED:
            first = error.problems[0]
            place = (
                error.name if first.line is None else f"{error.name}:{first.line}:{first.column}"
            )
            problem = str(evolve(first, hint=None, line=None, column=None))
            self.unreadable.append(UnreadableDocument(where, len(error.problems), place, problem))

    def add(self, where: str, interview: Interview) -> None:
        catalogue = interview.catalogue
        if catalogue.id not in self.known:
            self.excluded[catalogue.reference] += 1
            self.first_excluded.setdefault(catalogue.reference, where)
            return
        carried = tuple(
            side
            for side, ruleset in zip(OldOrNew, self.rulesets, strict=True)
            if digest(ruleset.catalogue) != digest(catalogue)
        )
        self.catalogues[catalogue.reference, carried] += 1
        on = interview.conducted.on
        before, after = (judge(carried_over(interview, r.catalogue, on), r) for r in self.rulesets)
        both = before.outcome, after.outcome
        self.table[both] += 1
        if before.outcome is not after.outcome:
            old, new = ({f.criterion: f for f in each.findings} for each in (before, after))
            causes = minimal_sets(self.criteria, old, new)
            causing = {name for names in causes for name in names}
            for name in causing:
                counted = self.alone if (name,) in causes else self.together
                counted[(*both, name)] += 1
            if len(self.moves) < MOST_LISTED:
                turns = [
                    CriterionOutcomes(name, _decided(old, name), _decided(new, name))
                    for name in self.criteria
                    if name in causing
                ]
                cluster = interview.cluster
                self.moves.append(
                    ChangedOutcome(where, cluster.name, cluster.country, on, *both, causes, turns)
                )

    def comparison(self) -> CorpusComparison:
        old, new = self.rulesets
        pairs = [(before, after) for before in LabelOutcome for after in LabelOutcome]
        return CorpusComparison(
            old.reference,
            new.reference,
            [OutcomeCount(*both, self.table[both]) for both in pairs],
            sum(count for both, count in self.table.items() if both[0] is not both[1]),
            self.moves,
            list(self._causes(pairs)),
            changed_criteria(old, new),
            [
                CatalogueCount(reference, n, carried)
                for (reference, carried), n in self.catalogues.items()
            ],
            [
                ExcludedCatalogue(reference, count, self.first_excluded[reference])
                for reference, count in self.excluded.items()
            ],
            self.unread,
            self.unreadable,
        )

    def _causes(self, pairs: Iterable[tuple[LabelOutcome, LabelOutcome]]) -> Iterator[Cause]:
        """Yield the criteria to blame for each change of outcome, the most frequent first."""
        for both in pairs:
            counts = [(n, self.alone[(*both, n)], self.together[(*both, n)]) for n in self.criteria]
            for name, alone, together in sorted(counts, key=lambda count: -(count[1] + count[2])):
                if alone or together:
                    yield Cause(name, *both, alone, together)


def _decided(findings: Mapping[str, Finding], name: str) -> Outcome | None:
    finding = findings.get(name)
    if finding is None or finding.severity == "advisory":
        return None
    return finding.outcome
