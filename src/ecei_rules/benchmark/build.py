"""A benchmark of many interviews, in one pass over them."""

from __future__ import annotations

from array import array
from collections import defaultdict
from hashlib import blake2b
from typing import assert_never

from ecei_rules.benchmark.benchmark import (
    MINIMUM,
    Benchmark,
    Figures,
    Group,
    Subject,
    Unlisted,
    Withheld,
    check_minimum,
)
from ecei_rules.benchmark.disclosure_control import (
    EVERYBODY,
    FAMILIES,
    HIGHEST_FIRST,
    GroupName,
    withheld,
)
from ecei_rules.benchmark.tallies import tally_of
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.documents.digest import digest
from ecei_rules.documents.shipped import shipped
from ecei_rules.evaluation.assess import grades_and_validity, ruleset_reference
from ecei_rules.evaluation.assessment import CatalogueReference
from ecei_rules.evaluation.grading import total_score
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.interviews.portfolios import PORTFOLIOS
from ecei_rules.interviews.provenance import weakest
from ecei_rules.interviews.texts import Text
from ecei_rules.register.standing import awards_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from ecei_rules.benchmark.tallies import Tally
    from ecei_rules.evaluation.assessment import GradedIndicator
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.history import Cluster
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.ruleset import Ruleset
    from ecei_rules.rulesets.validity import Validity

#: The portfolios by how they may be written.
_PORTFOLIOS = {each.casefold(): each for each in PORTFOLIOS}
#: In the cells: how many there are, then for every subject those with a value, those to
#: whom it does not apply, and those without a value for another reason.
_PER_SUBJECT = 3


def build_benchmark(
    interviews: Iterable[Interview | InvalidDocument],
    ruleset: Ruleset,
    *,
    on: date,
    minimum: int = MINIMUM,
    edition: Edition | None = None,
) -> Benchmark:
    """
    What the interviews of many organisations come to, group by group.

    An organisation counts once, with the first of its interviews. Interviews of another
    edition of the catalogue than the ruleset's, and what could not be read, are left out
    and counted. Which labels are held on the day *on* follows from the histories, with
    the rulesets of *edition* (by default the shipped ones), and from the interviews
    themselves under *ruleset*.

    The interviews are gone through once, and none is kept. Source: docs/benchmark.md.

    >>> from datetime import date
    >>> ruleset = shipped().ruleset("bronze", version="2019-11")
    >>> build_benchmark([], ruleset, on=date(2024, 3, 18), minimum=4)
    Traceback (most recent call last):
        ...
    ValueError: figures are of at least 5 organisations, not of 4

    Raises:
        ValueError: *minimum* is lower than 5.
    """
    check_minimum(minimum)
    count = _Count(ruleset, on, edition or shipped())
    for each in interviews:
        count.add(each)
    return count.benchmark(minimum)


def groups_of(cluster: Cluster, labels: Iterable[str]) -> tuple[GroupName, ...]:
    """
    The groups that an organisation with some labels is in, of all families in order.

    A comparative portfolio that is none of those known makes no group.
    """
    held = set(labels)
    found = [EVERYBODY, *(GroupName("label", each) for each in HIGHEST_FIRST if each in held)]
    written = " ".join((cluster.comparative_portfolio or "").split()).casefold()
    if written in _PORTFOLIOS:
        found.append(GroupName("portfolio", _PORTFOLIOS[written]))
    return (*found, GroupName("country", cluster.country))


def subjects_of(ruleset: Ruleset) -> tuple[Subject, ...]:
    """What a benchmark under a ruleset has figures of: indicators, dimensions, the total."""
    catalogue, found = ruleset.catalogue, []
    for one in catalogue.asked.values():
        grading = ruleset.grading.get(one.id)
        found.append(
            Subject(
                "indicator",
                id=one.id,
                title=one.title,
                dimension=one.dimension,
                unit=getattr(one.answer, "unit", None),
                basis=grading.provenance.status if grading else None,
            )
        )
    scopes: list[tuple[str | None, Text]] = [(d.id, d.title) for d in catalogue.dimensions]
    for scope, title in [*scopes, (None, Text({"en": "Points in all"}))]:
        gradings = [ruleset.grading[each.id] for each in ruleset.graded(scope)]
        if gradings:
            found.append(
                Subject(
                    "total" if scope is None else "dimension",
                    id=scope,
                    title=title,
                    maximum=sum(each.maximum for each in gradings),
                    basis=weakest(each.provenance.status for each in gradings),
                )
            )
    return tuple(found)


def values_of(
    interview: Interview,
    ruleset: Ruleset,
    subjects: Iterable[Subject],
    grades: Mapping[str, GradedIndicator],
) -> Iterator[tuple[Answer | None, str | None]]:
    """The answer or the points of each subject, if they are settled, and the grade."""
    for subject in subjects:
        if subject.level == "indicator":
            assert subject.id is not None, "an indicator has an id"
            own = grades.get(subject.id)
            yield interview.answers.get(subject.id), own.grade if own else None
        else:
            yield _points(grades, ruleset, subject.id), None


def _points(
    grades: Mapping[str, GradedIndicator], ruleset: Ruleset, scope: str | None
) -> int | None:
    score = total_score(grades[each.id].score for each in ruleset.graded(scope))
    return score.low if score.low == score.high else None


class _Count:
    """What was met so far in one pass over the interviews."""

    def __init__(self, ruleset: Ruleset, on: date, edition: Edition) -> None:
        self.ruleset, self.on, self.edition = ruleset, on, edition
        self.judged = digest(ruleset.catalogue)
        self.subjects = subjects_of(ruleset)
        self.tallies = [_tally(ruleset, each) for each in self.subjects]
        self.organisations: set[bytes] = set()
        self.made_up = self.repeated = self.of_another = self.unreadable = 0
        length = 1 + _PER_SUBJECT * len(self.subjects)
        empty = array("L", [0] * length)
        self.cells: defaultdict[tuple[GroupName, ...], array[int]] = defaultdict(lambda: empty[:])
        self.grades: list[defaultdict[GroupName, dict[str, int]]] = [
            defaultdict(lambda: dict.fromkeys(reversed(ruleset.scale), 0)) for _ in self.subjects
        ]

    def add(self, read: Interview | InvalidDocument) -> None:
        if isinstance(read, InvalidDocument):
            self.unreadable += 1
            return
        if digest(read.catalogue) != self.judged:
            self.of_another += 1
            return
        organisation = _fingerprint(read.cluster)
        if organisation in self.organisations:
            self.repeated += 1
            return
        self.organisations.add(organisation)
        self.made_up += read.made_up
        grades, days = grades_and_validity(read, self.ruleset)
        groups = groups_of(read.cluster, self._labels(read, days))
        cell = self.cells[groups]
        cell[0] += 1
        values = values_of(read, self.ruleset, self.subjects, grades)
        for number, (value, grade) in enumerate(values):
            at = 1 + _PER_SUBJECT * number
            if value is None:
                cell[at + 2] += 1
            elif isinstance(value, NotApplicable):
                cell[at + 1] += 1
            elif self.tallies[number].add(value, groups):
                cell[at] += 1
                if grade is not None:
                    for group in groups:
                        self.grades[number][group][grade] += 1

    def _labels(self, interview: Interview, days: Validity | None) -> set[str]:
        """The labels that the organisation holds on the day."""
        awards = awards_in(LabelHistory(interview.history), self.edition)
        held: set[str] = {each.label for each in awards if each.first <= self.on <= each.until}
        if days is not None and days.first <= self.on <= days.until:
            held.add(self.ruleset.label)
        return held

    def benchmark(self, minimum: int) -> Benchmark:
        sizes: dict[GroupName, int] = {}
        for groups, cell in self.cells.items():
            for group in groups:
                sizes[group] = sizes.get(group, 0) + cell[0]
        listed = sorted((g for g, size in sizes.items() if size >= minimum), key=_order)
        small = [group.family for group, size in sizes.items() if size < minimum]
        found: dict[GroupName, list[Figures | Withheld]] = {group: [] for group in listed}
        for number in range(len(self.subjects)):
            for group, each in self._figures(number, listed, minimum):
                found[group].append(each)
        catalogue = self.ruleset.catalogue
        return Benchmark(
            ruleset_reference(self.ruleset),
            CatalogueReference(catalogue.id, catalogue.version, self.judged),
            self.on,
            minimum=minimum,
            interviews=len(self.organisations),
            made_up=self.made_up,
            repeated=self.repeated,
            of_another_catalogue=self.of_another,
            unreadable=self.unreadable,
            scale=self.ruleset.scale,
            subjects=self.subjects,
            groups=[
                Group(
                    group.family,
                    name=group.name,
                    size=sizes[group],
                    figures=[each for each in made if isinstance(each, Figures)],
                    withheld=[each for each in made if isinstance(each, Withheld)],
                )
                for group, made in found.items()
            ],
            unlisted=Unlisted(*(small.count(each) for each in FAMILIES[1:])),
        )

    def _figures(
        self, number: int, listed: Iterable[GroupName], minimum: int
    ) -> Iterator[tuple[GroupName, Figures | Withheld]]:
        """What is shown, or why it is withheld, of one subject in each group."""
        at, subject, tally = 1 + _PER_SUBJECT * number, self.subjects[number], self.tallies[number]
        reasons = withheld({g: (cell[0], cell[at]) for g, cell in self.cells.items()}, minimum)
        counts: defaultdict[GroupName, list[int]] = defaultdict(lambda: [0] * _PER_SUBJECT)
        for groups, cell in self.cells.items():
            for group in groups:
                for index in range(_PER_SUBJECT):
                    counts[group][index] += cell[at + index]
        for group in listed:
            reason = reasons[group]
            if reason is not None:
                yield group, Withheld(subject.level, id=subject.id, reason=reason)
                continue
            answered, not_applicable, unanswered = counts[group]
            yield (
                group,
                Figures(
                    subject.level,
                    id=subject.id,
                    answered=answered,
                    unanswered=unanswered,
                    not_applicable=not_applicable,
                    distribution=tally.distribution(group),
                    grades=self.grades[number].get(group, {}),
                ),
            )


def _tally(ruleset: Ruleset, subject: Subject) -> Tally:
    match subject.level:
        case "indicator":
            assert subject.id is not None, "an indicator has an id"
            return tally_of(ruleset.catalogue.asked[subject.id].answer)
        case "dimension" | "total":
            return tally_of(None)
        case unreachable:
            assert_never(unreachable)


def _fingerprint(cluster: Cluster) -> bytes:
    """A short digest of an organisation, whose names need not be kept."""
    name = " ".join(cluster.name.split()).casefold()
    return blake2b(f"{cluster.country} {name}".encode(), digest_size=8).digest()


def _order(group: GroupName) -> tuple[int, int, str]:
    """Everybody, the labels from the highest down, portfolios and countries by name."""
    label = HIGHEST_FIRST.index(group.name) if group.name in HIGHEST_FIRST else 0
    return FAMILIES.index(group.family), label, str(group)
