"""What two rulesets make of the same interviews."""

from __future__ import annotations

from collections import Counter

from attrs import evolve

from ecei_rules.comparison.impact.causes import changed_criteria, criteria_of, minimal_sets
from ecei_rules.comparison.impact.corpus_outcomes import (
    Broken,
    Cause,
    Cell,
    CorpusComparison,
    HeldWith,
    LeftOut,
    Move,
    Side,
    Turn,
)
from ecei_rules.comparison.impact.partial_interview import carried
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.documents.digest import digest
from ecei_rules.evaluation.assess import assess
from ecei_rules.evaluation.assessment import LabelOutcome, Outcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ecei_rules.evaluation.assessment import Finding
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.ruleset import Ruleset

#: How many moves, and how many broken documents, are listed; the rest is counted.
MOST_LISTED = 1000


def compare_on(
    interviews: Iterable[tuple[str, Interview | InvalidDocument]], old: Ruleset, new: Ruleset
) -> CorpusComparison:
    """
    Hold interviews against two rulesets, and say which changed criteria turn the outcomes.

    Each comes with the name of where it was read, as `interviews_in` gives them; what
    could not be read is listed and goes no further. All are held against both rulesets,
    whichever was in force on their day. Under a ruleset that judges another edition of
    the catalogue an interview stands with the answers that fit that edition, and
    everything else is unanswered there.

    What is to blame follows from the findings. A criterion is put into its new form by
    taking what it comes to under the new ruleset, with the gradings and questions of
    that one, in place of what it comes to under the old one; the label is that of the
    mixture of required findings (semantics 4.2). See `least_sets`.

    The interviews are gone through once. No more is kept than the first 1,000 moves and
    broken documents, and counts by criterion and by edition.

    >>> from datetime import date
    >>> from ecei_rules.interviews.history import Cluster
    >>> from ecei_rules.interviews.interview import Conducted, Interview
    >>> from ecei_rules.documents.shipped import shipped
    >>> old, new = (shipped().ruleset("bronze", version=v) for v in ("2010-11", "2019-11"))
    >>> cluster, held = Cluster("Example Cluster", "IT"), Conducted(date(2024, 3, 18))
    >>> small = Interview(new.catalogue, cluster, held, {"committed-participants": 14})
    >>> move = compare_on([("small.json", small)], old, new).moves[0]
    >>> move.old.value, move.new.value, move.blame
    ('undetermined', 'not_awarded', (('enough-committed-participants',),))
    """
    count = _Count(old, new)
    for where, read in interviews:
        if isinstance(read, InvalidDocument):
            count.unread(where, read)
        else:
            count.add(where, read)
    return count.comparison()


class _Count:
    """What was met so far in one pass over the interviews."""

    def __init__(self, old: Ruleset, new: Ruleset) -> None:
        self.rulesets = old, new
        self.known = {each.catalogue.id for each in self.rulesets}
        self.criteria = criteria_of(old, new)
        self.cells: Counter[tuple[LabelOutcome, LabelOutcome]] = Counter()
        self.alone: Counter[tuple[LabelOutcome, LabelOutcome, str]] = Counter()
        self.together: Counter[tuple[LabelOutcome, LabelOutcome, str]] = Counter()
        self.held: Counter[tuple[str, tuple[Side, ...]]] = Counter()
        self.strange: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        self.moves: list[Move] = []
        self.broken: list[Broken] = []
        self.refused = 0

    def unread(self, where: str, error: InvalidDocument) -> None:
        self.refused += 1
        if len(self.broken) < MOST_LISTED:
            first = error.problems[0]
            place = (
                error.name if first.line is None else f"{error.name}:{first.line}:{first.column}"
            )
            said = str(evolve(first, hint=None, line=None, column=None))
            self.broken.append(Broken(where, len(error.problems), place, said))

    def add(self, where: str, interview: Interview) -> None:
        catalogue = interview.catalogue
        if catalogue.id not in self.known:
            self.strange[catalogue.reference] += 1
            self.first.setdefault(catalogue.reference, where)
            return
        held = digest(catalogue)
        other = (digest(each.catalogue) != held for each in self.rulesets)
        moved = tuple(side for side, is_other in zip(Side, other, strict=True) if is_other)
        self.held[catalogue.reference, moved] += 1
        on = interview.conducted.on
        before, after = (assess(carried(interview, r.catalogue, on), r) for r in self.rulesets)
        both = before.outcome, after.outcome
        self.cells[both] += 1
        if before.outcome is not after.outcome:
            old, new = ({f.criterion: f for f in one.all_findings} for one in (before, after))
            blame = minimal_sets(self.criteria, old, new)
            blamed = {name for each in blame for name in each}
            for name in blamed:
                counted = self.alone if (name,) in blame else self.together
                counted[(*both, name)] += 1
            if len(self.moves) < MOST_LISTED:
                turns = [
                    Turn(name, _decided(old, name), _decided(new, name))
                    for name in self.criteria
                    if name in blamed
                ]
                cluster = interview.cluster
                move = Move(where, cluster.name, cluster.country, on, *both, blame, turns)
                self.moves.append(move)

    def comparison(self) -> CorpusComparison:
        old, new = self.rulesets
        pairs = [(before, after) for before in LabelOutcome for after in LabelOutcome]
        return CorpusComparison(
            old.reference,
            new.reference,
            [Cell(*both, self.cells[both]) for both in pairs],
            sum(count for both, count in self.cells.items() if both[0] is not both[1]),
            self.moves,
            list(self._causes(pairs)),
            changed_criteria(old, new),
            [HeldWith(reference, n, moved) for (reference, moved), n in self.held.items()],
            [LeftOut(each, count, self.first[each]) for each, count in self.strange.items()],
            self.refused,
            self.broken,
        )

    def _causes(self, pairs: Iterable[tuple[LabelOutcome, LabelOutcome]]) -> Iterator[Cause]:
        """The criteria that are to blame for each kind of move, the most frequent first."""
        for both in pairs:
            counts = [(n, self.alone[(*both, n)], self.together[(*both, n)]) for n in self.criteria]
            for name, alone, together in sorted(counts, key=lambda each: -(each[1] + each[2])):
                if alone or together:
                    yield Cause(name, *both, alone, together)


def _decided(findings: Mapping[str, Finding], name: str) -> Outcome | None:
    finding = findings.get(name)
    if finding is None or finding.severity == "advisory":
        return None
    return finding.outcome
