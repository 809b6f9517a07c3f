"""Builds a benchmark of many interviews in one pass over them."""

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
from ecei_rules.benchmark.tallies import empty_tally
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.documents.digest import digest
from ecei_rules.documents.shipped import shipped
from ecei_rules.evaluation.assess import grades_and_validity, ruleset_reference
from ecei_rules.evaluation.assessment import CatalogueReference
from ecei_rules.evaluation.grading import total_score
from ecei_rules.interviews.answers import NotApplicable
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.interviews.names import comparable_name
from ecei_rules.interviews.portfolios import portfolio_of
from ecei_rules.interviews.provenance import weakest
from ecei_rules.interviews.texts import Text
from ecei_rules.register.standing import awards_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from ecei_rules.benchmark.tallies import AnswerTally
    from ecei_rules.evaluation.assessment import GradedIndicator
    from ecei_rules.interviews.answers import Answer
    from ecei_rules.interviews.history import Cluster
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.ruleset import Ruleset
    from ecei_rules.rulesets.validity import Validity

#: A cell holds the number of organisations, then for every subject the number of those with
#: a value, of those to which it does not apply, and of those without a value otherwise.
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
    Return the benchmark of the interviews of many organisations.

    Each organisation counts once, with the first of its interviews. Interviews with another
    edition of the catalogue than the ruleset's, and errors in place of interviews that could
    not be read, are left out and counted. The labels held on the day *on* follow from the
    histories under the rulesets of *edition* (by default the shipped ones) and from the
    interviews themselves under *ruleset*. No figures of fewer than *minimum* organisations
    are published.

    The interviews are read once, in any order, and none is kept. Source: docs/benchmark.md.

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
    for interview in interviews:
        count.add(interview)
    return count.benchmark(minimum)


def groups_of(cluster: Cluster, labels: Iterable[str]) -> tuple[GroupName, ...]:
    """
    Return the groups of an organisation with some labels, in the order of the families.

    A comparative portfolio that is not in the public register makes no group.
    """
    held_labels = set(labels)
    groups = [
        EVERYBODY,
        *(GroupName("label", each) for each in HIGHEST_FIRST if each in held_labels),
    ]
    portfolio = portfolio_of(cluster.comparative_portfolio or "")
    if portfolio is not None:
        groups.append(GroupName("portfolio", portfolio))
    return (*groups, GroupName("country", cluster.country))


def subjects_of(ruleset: Ruleset) -> tuple[Subject, ...]:
    """Return the subjects of a benchmark under a ruleset: indicators, dimensions, the total."""
    catalogue, subjects = ruleset.catalogue, []
    for indicator in catalogue.asked.values():
        grading = ruleset.grading.get(indicator.id)
        subjects.append(
            Subject(
                "indicator",
                id=indicator.id,
                title=indicator.title,
                dimension=indicator.dimension,
                unit=getattr(indicator.answer, "unit", None),
                basis=grading.provenance.status if grading else None,
            )
        )
    scopes: list[tuple[str | None, Text]] = [(d.id, d.title) for d in catalogue.dimensions]
    for scope, title in [*scopes, (None, Text({"en": "Points in all"}))]:
        gradings = [ruleset.grading[each.id] for each in ruleset.graded(scope)]
        if gradings:
            subjects.append(
                Subject(
                    "total" if scope is None else "dimension",
                    id=scope,
                    title=title,
                    maximum=sum(each.maximum for each in gradings),
                    basis=weakest(each.provenance.status for each in gradings),
                )
            )
    return tuple(subjects)


def values_of(
    interview: Interview,
    ruleset: Ruleset,
    subjects: Iterable[Subject],
    grades: Mapping[str, GradedIndicator],
) -> Iterator[tuple[Answer | None, str | None]]:
    """Yield the answer or the points of each subject, if they are settled, and the grade."""
    for subject in subjects:
        if subject.level == "indicator":
            assert subject.id is not None, "an indicator has an id"
            graded = grades.get(subject.id)
            yield interview.answers.get(subject.id), graded.grade if graded else None
        else:
            yield _points(grades, ruleset, subject.id), None


def _points(
    grades: Mapping[str, GradedIndicator], ruleset: Ruleset, scope: str | None
) -> int | None:
    score = total_score(grades[each.id].score for each in ruleset.graded(scope))
    return score.low if score.low == score.high else None


class _Count:
    """The counts so far in one pass over the interviews."""

    def __init__(self, ruleset: Ruleset, on: date, edition: Edition) -> None:
        self.ruleset, self.on, self.edition = ruleset, on, edition
        self.catalogue_digest = digest(ruleset.catalogue)
        self.subjects = subjects_of(ruleset)
        self.tallies = [_empty_tally(ruleset, subject) for subject in self.subjects]
        self.organisations: set[bytes] = set()
        self.made_up = self.repeated = self.of_another_catalogue = self.unreadable = 0
        length = 1 + _PER_SUBJECT * len(self.subjects)
        zeros = array("L", [0] * length)
        self.cells: defaultdict[tuple[GroupName, ...], array[int]] = defaultdict(lambda: zeros[:])
        self.grades: list[defaultdict[GroupName, dict[str, int]]] = [
            defaultdict(lambda: dict.fromkeys(reversed(ruleset.scale), 0)) for _ in self.subjects
        ]

    def add(self, interview: Interview | InvalidDocument) -> None:
        if isinstance(interview, InvalidDocument):
            self.unreadable += 1
            return
        if digest(interview.catalogue) != self.catalogue_digest:
            self.of_another_catalogue += 1
            return
        organisation = _fingerprint(interview.cluster)
        if organisation in self.organisations:
            self.repeated += 1
            return
        self.organisations.add(organisation)
        self.made_up += interview.made_up
        grades, validity = grades_and_validity(interview, self.ruleset)
        groups = groups_of(interview.cluster, self._labels(interview, validity))
        cell = self.cells[groups]
        cell[0] += 1
        values = values_of(interview, self.ruleset, self.subjects, grades)
        for number, (value, grade) in enumerate(values):
            start = 1 + _PER_SUBJECT * number
            if value is None:
                cell[start + 2] += 1
            elif isinstance(value, NotApplicable):
                cell[start + 1] += 1
            elif self.tallies[number].add(value, groups):
                cell[start] += 1
                if grade is not None:
                    for group in groups:
                        self.grades[number][group][grade] += 1

    def _labels(self, interview: Interview, validity: Validity | None) -> set[str]:
        """Return the labels that the organisation holds on the day of the benchmark."""
        awards = awards_in(LabelHistory(interview.history), self.edition)
        held_labels: set[str] = {
            award.label for award in awards if award.first <= self.on <= award.until
        }
        if validity is not None and validity.first <= self.on <= validity.until:
            held_labels.add(self.ruleset.label)
        return held_labels

    def benchmark(self, minimum: int) -> Benchmark:
        sizes: dict[GroupName, int] = {}
        for groups, cell in self.cells.items():
            for group in groups:
                sizes[group] = sizes.get(group, 0) + cell[0]
        listed = sorted((g for g, size in sizes.items() if size >= minimum), key=_order)
        small = [group.family for group, size in sizes.items() if size < minimum]
        results: dict[GroupName, list[Figures | Withheld]] = {group: [] for group in listed}
        for number in range(len(self.subjects)):
            for group, result in self._figures(number, listed, minimum):
                results[group].append(result)
        catalogue = self.ruleset.catalogue
        return Benchmark(
            ruleset_reference(self.ruleset),
            CatalogueReference(catalogue.id, catalogue.version, self.catalogue_digest),
            self.on,
            minimum=minimum,
            interviews=len(self.organisations),
            made_up=self.made_up,
            repeated=self.repeated,
            of_another_catalogue=self.of_another_catalogue,
            unreadable=self.unreadable,
            scale=self.ruleset.scale,
            subjects=self.subjects,
            groups=[
                Group(
                    group.family,
                    name=group.name,
                    size=sizes[group],
                    figures=[each for each in of_group if isinstance(each, Figures)],
                    withheld=[each for each in of_group if isinstance(each, Withheld)],
                )
                for group, of_group in results.items()
            ],
            unlisted=Unlisted(*(small.count(family) for family in FAMILIES[1:])),
        )

    def _figures(
        self, number: int, listed: Iterable[GroupName], minimum: int
    ) -> Iterator[tuple[GroupName, Figures | Withheld]]:
        """Yield the figures of one subject in each group, or the reason to withhold them."""
        start = 1 + _PER_SUBJECT * number
        subject, tally = self.subjects[number], self.tallies[number]
        reasons = withheld({g: (cell[0], cell[start]) for g, cell in self.cells.items()}, minimum)
        counts: defaultdict[GroupName, list[int]] = defaultdict(lambda: [0] * _PER_SUBJECT)
        for groups, cell in self.cells.items():
            for group in groups:
                for index in range(_PER_SUBJECT):
                    counts[group][index] += cell[start + index]
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


def _empty_tally(ruleset: Ruleset, subject: Subject) -> AnswerTally:
    match subject.level:
        case "indicator":
            assert subject.id is not None, "an indicator has an id"
            return empty_tally(ruleset.catalogue.asked[subject.id].answer)
        case "dimension" | "total":
            return empty_tally(None)
        case unreachable:
            assert_never(unreachable)


def _fingerprint(cluster: Cluster) -> bytes:
    """Return a short digest of an organisation, so that no names are kept."""
    # two spellings of one name are one organisation: docs/semantics.md, 8.9
    name = comparable_name(cluster.name)
    return blake2b(f"{cluster.country} {name}".encode(), digest_size=8).digest()


def _order(group: GroupName) -> tuple[int, int, str]:
    """Return the sort key: everybody, the highest label first, then portfolios and countries."""
    label = HIGHEST_FIRST.index(group.name) if group.name in HIGHEST_FIRST else 0
    return FAMILIES.index(group.family), label, str(group)
