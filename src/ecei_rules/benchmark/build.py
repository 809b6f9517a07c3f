"""Builds a benchmark of many interviews in one pass over them."""

from __future__ import annotations

from array import array
from collections import Counter
from hashlib import blake2b

from attrs import evolve

from ecei_rules.benchmark.benchmark import (
    Benchmark,
    Figures,
    Group,
    Subject,
    Unlisted,
    check_minimum,
)
from ecei_rules.benchmark.disclosure.audit import Audit
from ecei_rules.benchmark.disclosure.rounding import MINIMUM, fewest, rounded
from ecei_rules.benchmark.disclosure.world import World
from ecei_rules.benchmark.groups import FAMILIES, GroupName, group_order, groups_of
from ecei_rules.benchmark.questions import (
    Observation,
    Question,
    layout_of,
    question_of,
    width,
)
from ecei_rules.diagnostics.errors import InvalidDocument
from ecei_rules.documents.digest import digest
from ecei_rules.documents.shipped import shipped
from ecei_rules.evaluation.assess import judge
from ecei_rules.evaluation.assessment import CatalogueReference
from ecei_rules.evaluation.references import ruleset_reference
from ecei_rules.interviews.history import LabelHistory
from ecei_rules.interviews.names import comparable_name
from ecei_rules.interviews.provenance import weakest
from ecei_rules.interviews.texts import Text
from ecei_rules.register.standing import awards_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from ecei_rules.benchmark.tables import Table
    from ecei_rules.interviews.history import Cluster
    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.editions import Edition
    from ecei_rules.rulesets.ruleset import Grading, Ruleset
    from ecei_rules.rulesets.validity import Validity


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
    interviews themselves under *ruleset*. Figures are published only as far as the audit
    finds that they pin nobody, and none of fewer than *minimum* organisations.

    The interviews are read once, in any order, and none is kept. Source: docs/benchmark.md.

    >>> from datetime import date
    >>> ruleset = shipped().ruleset("bronze", version="2019-11")
    >>> build_benchmark([], ruleset, on=date(2024, 3, 18), minimum=4)
    Traceback (most recent call last):
        ...
    ValueError: figures are of at least 5 organisations, not of 4

    Raises:
        TypeError: *minimum* is not a whole number.
        ValueError: *minimum* is lower than 5.
    """
    check_minimum(minimum)
    count = _Count(ruleset, on, edition or shipped())
    for interview in interviews:
        count.add(interview)
    return with_minimum(count.benchmark(), minimum)


def with_minimum(benchmark: Benchmark, minimum: int) -> Benchmark:
    """
    Return a benchmark of a higher minimum, as far as its rounded counts guarantee it.

    It follows from the benchmark alone, so that two of one day with different minima reveal
    no more than the one with the lower minimum.

    Raises:
        TypeError: *minimum* is not a whole number.
        ValueError: *minimum* is lower than that of the benchmark.
    """
    check_minimum(minimum)
    if minimum < benchmark.minimum:
        msg = f"the benchmark has the minimum {benchmark.minimum}, and {minimum} is lower"
        raise ValueError(msg)
    groups, small = [], Counter[str]()
    for group in benchmark.groups:
        if fewest(group.size, MINIMUM) < minimum:
            small[group.family] += 1
            continue
        shown = [each for each in group.figures if fewest(each.answered, MINIMUM) >= minimum]
        left_out = {each.indicator for each in group.figures} - {each.indicator for each in shown}
        withheld = left_out.union(group.withheld)
        ids = [str(each.id) for each in benchmark.subjects if each.level == "indicator"]
        groups.append(
            evolve(group, figures=shown, withheld=[name for name in ids if name in withheld])
        )
    unlisted = (getattr(benchmark.unlisted, family) + small[family] for family in FAMILIES[1:])
    return evolve(benchmark, minimum=minimum, groups=groups, unlisted=Unlisted(*unlisted))


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
                points=_points(grading) if grading else {},
                not_applicable_points=(
                    grading.weight * grading.not_applicable_points
                    if grading and indicator.not_applicable
                    else None
                ),
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


def _points(grading: Grading) -> dict[str, int]:
    """Return the points of each grade, of equal ones the first."""
    points: dict[str, int] = {}
    for grade in grading.grades:
        points.setdefault(grade.grade, grading.weight * grade.points)
    return points


class _Column:
    """The answers to one indicator, as numbers of different observations."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.numbers: dict[Observation, int] = {}
        self.answers = array("I")

    def add(self, observation: Observation) -> None:
        self.answers.append(self.numbers.setdefault(observation, len(self.numbers)))

    def counts(self) -> dict[Observation, int]:
        """Return how often each observation was made."""
        counts = Counter(self.answers)
        return {observation: counts[number] for observation, number in self.numbers.items()}


class _Count:
    """The counts so far in one pass over the interviews."""

    def __init__(self, ruleset: Ruleset, on: date, edition: Edition) -> None:
        self.ruleset, self.on, self.edition = ruleset, on, edition
        self.catalogue_digest = digest(ruleset.catalogue)
        self.organisations: set[bytes] = set()
        self.made_up = self.repeated = self.of_another_catalogue = self.unreadable = 0
        self.cells: dict[tuple[GroupName, ...], int] = {}
        self.cell_of = array("I")
        self.columns = {
            name: _Column(question_of(ruleset, name)) for name in ruleset.catalogue.asked
        }

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
        judgement = judge(interview, self.ruleset)
        grades = judgement.graded
        groups = groups_of(interview.cluster, self._labels(interview, judgement.validity()))
        self.cell_of.append(self.cells.setdefault(groups, len(self.cells)))
        for name, column in self.columns.items():
            grade = grades[name].grade if name in grades else None
            column.add(column.question.observed(interview.answers.get(name), grade))

    def _labels(self, interview: Interview, validity: Validity | None) -> set[str]:
        """Return the labels that the organisation holds on the day of the benchmark."""
        awards = awards_in(LabelHistory(interview.history), self.edition)
        held_labels: set[str] = {
            award.label for award in awards if award.first <= self.on <= award.until
        }
        if validity is not None and validity.first <= self.on <= validity.until:
            held_labels.add(self.ruleset.label)
        return held_labels

    def benchmark(self) -> Benchmark:
        sizes = Counter[GroupName]()
        members = Counter(self.cell_of)
        for groups, cell in self.cells.items():
            sizes.update(dict.fromkeys(groups, members[cell]))
        listed = sorted((g for g, size in sizes.items() if size >= MINIMUM), key=group_order)
        small = [group.family for group, size in sizes.items() if size < MINIMUM]
        population = _Population(self, listed, [sizes[group] for group in listed])
        subjects, figures = [], [dict[str, Figures | None]() for _ in listed]
        for subject in subjects_of(self.ruleset):
            if subject.level != "indicator" or subject.id is None:
                subjects.append(subject)
                continue
            column = self.columns[subject.id]
            tables = column.question.tables(column.counts())
            subjects.append(evolve(subject, tables=tables))
            for group, shown in population.figures(subject.id, column, tables):
                figures[group][subject.id] = shown
        catalogue = self.ruleset.catalogue
        return Benchmark(
            ruleset_reference(self.ruleset),
            CatalogueReference(catalogue.id, catalogue.version, self.catalogue_digest),
            self.on,
            minimum=MINIMUM,
            interviews=len(self.organisations),
            made_up=self.made_up,
            repeated=self.repeated,
            of_another_catalogue=self.of_another_catalogue,
            unreadable=self.unreadable,
            scale=self.ruleset.scale,
            subjects=subjects,
            groups=[
                Group(
                    group.family,
                    name=group.name,
                    size=rounded(sizes[group]),
                    figures=[each for each in by_indicator.values() if each is not None],
                    withheld=[name for name, each in by_indicator.items() if each is None],
                )
                for group, by_indicator in zip(listed, figures, strict=True)
            ],
            unlisted=Unlisted(*(small.count(family) for family in FAMILIES[1:])),
        )


class _Population:
    """
    The organisations in an order that does not depend on that of the interviews.

    Their cells have the listed groups alone, by their numbers.
    """

    def __init__(self, count: _Count, listed: Sequence[GroupName], sizes: Sequence[int]) -> None:
        self.sizes = sizes
        numbers = {group: number for number, group in enumerate(listed)}
        by_cell = [
            tuple(numbers[group] for group in groups if group in numbers) for groups in count.cells
        ]
        self.cells = sorted(set(by_cell))
        places = {cell: place for place, cell in enumerate(self.cells)}
        self.cell_of = [places[by_cell[cell]] for cell in count.cell_of]
        self.labelled = [any(listed[g].family == "label" for g in cell) for cell in self.cells]

    def figures(
        self, name: str, column: _Column, tables: Sequence[Table]
    ) -> Iterator[tuple[int, Figures | None]]:
        """Yield the number of each group with its figures, or with `None` to withhold them."""
        question = column.question
        observations = list(column.numbers)
        categories = [question.categories(tables, each) for each in observations]
        # organisations of one cell that answered alike may take each other's place
        rank = [(each, repr(o)) for each, o in zip(categories, observations, strict=True)]
        order = sorted(
            range(len(self.cell_of)), key=lambda n: (self.cell_of[n], *rank[column.answers[n]])
        )
        options = sorted(set(categories))
        numbers = {each: number for number, each in enumerate(options)}
        world = World(
            self.cells,
            [self.cell_of[n] for n in order],
            [numbers[categories[column.answers[n]]] for n in order],
            options,
        )
        true_counts = [dict(each) for each in world.ledger.counts]

        def near(organisation: int) -> Iterator[int]:
            observation = observations[column.answers[order[organisation]]]
            for each in question.near(observation, tables):
                yield question.categories(tables, each)

        shown = Audit(world, layout_of(tables), self.sizes, self.labelled, near).shown()
        for group, counts in enumerate(true_counts):
            yield group, _figures(name, tables, counts, shown[group]) if group in shown else None


def _figures(
    name: str, tables: Iterable[Table], counts: Mapping[int, int], shown: Collection[int]
) -> Figures:
    published: list[list[int]] = []
    first = 3
    for number, table in enumerate(tables):
        own = [rounded(counts.get(first + place, 0)) for place in range(table.size)]
        published.append(own if number in shown else [])
        first += width(table)
    answered, not_applicable, unanswered = (rounded(counts.get(each, 0)) for each in range(3))
    return Figures(
        name,
        answered=answered,
        not_applicable=not_applicable,
        unanswered=unanswered,
        counts=published,
    )


def _fingerprint(cluster: Cluster) -> bytes:
    """Return a short digest of an organisation, so that no names are kept."""
    # two spellings of one name are one organisation: docs/semantics.md, 8.9
    name = comparable_name(cluster.name)
    return blake2b(f"{cluster.country} {name}".encode(), digest_size=8).digest()
