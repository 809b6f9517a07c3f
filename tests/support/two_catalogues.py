"""Pairs of small rulesets over catalogues that differ, and all pairs of their interviews."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen
from hypothesis import strategies as st
from tiny_rulesets import YES, at_least, catalogue, grades, indicator, interview, meets, ruleset

import ecei_rules as er
from ecei_rules.comparison.comparison import Shares
from ecei_rules.interviews.catalogue import Count, YesNo
from ecei_rules.interviews.interview import Improvement
from ecei_rules.rulesets.criteria import (
    AnswerMeets,
    Criterion,
    EveryRequirement,
    Improvements,
    ScoreReaches,
    SomeRequirement,
    simple_requirements,
)
from ecei_rules.rulesets.ruleset import Ruleset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecei_rules.interviews.interview import Interview
    from ecei_rules.rulesets.criteria import Requirement

#: How two catalogues ask one id: in one way, in two ways, or one of them does not ask it.
PLACES = ("common", "two ways", "only old", "only new")
#: So many ids are in each of these places.
SHAPES = ((1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 0, 1), (2, 1, 0, 0), (2, 0, 1, 0), (1, 0, 1, 1))
SHAPES += ((0, 2, 0, 0), (0, 1, 1, 1), (1, 1, 1, 0), (1, 0, 2, 0), (1, 0, 0, 2), (2, 0, 0, 1))


class Asked(NamedTuple):
    """One question: the id of an indicator, and the numbers of the rulesets that ask it so."""

    id: str
    sides: tuple[int, ...]


@frozen
class Situation:
    """A pair of interviews: the questions answered with yes, and those with an improvement."""

    yes: frozenset[Asked]
    improved: frozenset[Asked]

    def of(self, side: int) -> Situation:
        """Return the part that the catalogue of a ruleset asks for."""
        return Situation(
            frozenset(each for each in self.yes if side in each.sides),
            frozenset(each for each in self.improved if side in each.sides),
        )


@frozen(eq=False)
class Pair:
    """Two rulesets, with the questions of their catalogues, tried on all pairs of interviews."""

    old: Ruleset
    new: Ruleset
    asked: tuple[Asked, ...]
    classes: dict[tuple[object, ...], tuple[bool, bool]] = field(init=False)

    @classes.default
    def _classes(self) -> dict[tuple[object, ...], tuple[bool, bool]]:
        """Whether each awards, for each class; all pairs of a class must agree."""
        awards: dict[tuple[int, Situation], bool] = {}
        found: dict[tuple[object, ...], set[tuple[bool, bool]]] = defaultdict(set)
        for situation in situations(self.asked):
            awarded = []
            for side in (0, 1):
                part = side, situation.of(side)
                if part not in awards:
                    awards[part] = self.awards(situation, side)
                awarded.append(awards[part])
            found[self.signature(situation)].add((awarded[0], awarded[1]))
        return {signature: awarded for signature, (awarded,) in found.items()}

    def ruleset(self, side: int) -> Ruleset:
        """Return the old ruleset (0) or the new one."""
        return (self.old, self.new)[side]

    def awards(self, situation: Situation, side: int) -> bool:
        """Return whether a ruleset awards the label to its interview of a pair."""
        found = er.assess(self.interview(situation, side), self.ruleset(side))
        return found.outcome is er.LabelOutcome.AWARDED

    def interview(self, situation: Situation, side: int) -> Interview:
        """Return the interview of a pair that was held with the catalogue of a ruleset."""
        asked = self.ruleset(side).catalogue
        mine = [each for each in self.asked if side in each.sides]
        answers = {
            each.id: (each in situation.yes)
            if isinstance(asked.asked[each.id].answer, YesNo)
            else int(each in situation.yes)
            for each in mine
        }
        improved = [
            Improvement(each.id, "better", confirmed=True)
            for each in mine
            if each in situation.improved
        ]
        return interview(asked, improvements=improved, **answers)

    def signature(self, situation: Situation) -> tuple[object, ...]:
        """
        Return the class of a pair of interviews: what the criteria see of each question.

        The answer to a question is seen if a ruleset that asks it grades it, or if some
        criterion of one has a condition on it, and improvements by each number that a
        ruleset requires.
        """
        seen: list[object] = []
        for each in self.asked:
            looked_at = any(
                each.id in self.conditions(side) or each.id in self.ruleset(side).grading
                for side in each.sides
            )
            seen.append(each in situation.yes if looked_at else None)
        seen.append(tuple(self.enough(situation.improved)))
        return tuple(seen)

    def enough(self, improved: Iterable[Asked]) -> Iterator[bool]:
        """Yield whether each number of improvements is reached that a ruleset requires."""
        chosen = tuple(improved)
        for side in (0, 1):
            counted = sum(side in each.sides for each in chosen)
            for part in self.parts(side):
                if isinstance(part, Improvements):
                    yield counted >= part.at_least

    def conditions(self, side: int) -> set[str]:
        """Return the ids of the indicators that the criteria of a ruleset have conditions on."""
        return {part.id for part in self.parts(side) if isinstance(part, AnswerMeets)}

    def parts(self, side: int) -> Iterator[Requirement]:
        """Yield the simple requirements of a ruleset, in all its criteria."""
        for criterion in self.ruleset(side).criteria:
            yield from simple_requirements(criterion.requirement)

    def shares(self) -> Shares:
        """Return the numbers of classes that both rulesets award, only one, or neither."""
        counted = [*self.classes.values()]
        signs = ((True, True), (True, False), (False, True), (False, False))
        return Shares(*map(counted.count, signs))

    def situation(self, interviews: Iterable[Interview]) -> Situation:
        """Return what a pair of interviews holds; both must agree on what they have in common."""
        yes, improved = set(), set()
        pair = tuple(interviews)
        for each in self.asked:
            mine = [pair[side] for side in each.sides]
            answers = {bool(one.answers[each.id]) for one in mine}
            confirmed = {
                any(found.indicator == each.id and found.confirmed for found in one.improvements)
                for one in mine
            }
            assert len(answers) == len(confirmed) == 1, "common answers are the same"
            yes |= {each} if answers == {True} else set()
            improved |= {each} if confirmed == {True} else set()
        return Situation(frozenset(yes), frozenset(improved))

    def fewest_changes(self, start: Situation, awarding: int) -> int | None:
        """Return in how few questions a pair differs that only one ruleset awards."""
        own = self.signature(start)
        return min(
            (
                sum(one != other for one, other in zip(own, signature, strict=True))
                for signature, awarded in self.classes.items()
                if awarded[awarding] and not awarded[1 - awarding]
            ),
            default=None,
        )


def situations(asked: tuple[Asked, ...]) -> Iterator[Situation]:
    """Yield every answer to every question, with every choice of confirmed improvements."""
    choices = list(product((False, True), repeat=len(asked)))
    subsets = [
        frozenset(each for each, chosen in zip(asked, row, strict=True) if chosen)
        for row in choices
    ]
    for yes, improved in product(subsets, repeat=2):
        yield Situation(yes, improved)


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Draw pairs of rulesets over catalogues that differ, with requirements of improvements."""
    shape = draw(st.sampled_from(SHAPES))
    places = [place for place, number in zip(PLACES, shape, strict=True) for _ in range(number)]
    places = draw(st.permutations(places))
    asked: list[Asked] = []
    indicators: tuple[list[er.Indicator], list[er.Indicator]] = ([], [])
    for number, place in enumerate(places):
        name = f"i{number}"
        if place in ("common", "two ways", "only old"):
            indicators[0].append(indicator(name, YesNo()))
        if place in ("common", "only new"):
            indicators[1].append(indicator(name, YesNo()))
        if place == "two ways":
            indicators[1].append(indicator(name, Count(maximum=1)))
        sides = {"common": [(0, 1)], "two ways": [(0,), (1,)], "only old": [(0,)]}
        asked += [Asked(name, each) for each in sides.get(place, [(1,)])]
    rulesets = []
    first = draw(st.sampled_from((0, 1)))
    for side in (0, 1):
        catalogued = catalogue(*indicators[side], version=str(side))
        earns = draw(st.booleans())
        criteria = [
            Criterion(
                f"criterion-{number}",
                draw(st.sampled_from(("required", "required", "advisory")[: 2 + bool(number)])),
                draw(
                    _requirements(
                        catalogued, improvements=number == 0 and side == first, earns=earns
                    )
                ),
            )
            for number in range(draw(st.integers(1, 3)))
        ]
        graded = {
            name: grades(YES if isinstance(one.answer, YesNo) else at_least(1))
            for name, one in catalogued.asked.items()
            if earns
        }
        rulesets.append(ruleset(catalogued, version=str(side), criteria=criteria, grading=graded))
    return Pair(*rulesets, tuple(asked))


@st.composite
def _requirements(
    draw: st.DrawFn,
    asked: er.Catalogue,
    *,
    improvements: bool = False,
    earns: bool = False,
    depth: int = 1,
) -> Requirement:
    """Draw a requirement of improvements, of a yes or of points, or a combination of two."""
    kinds = ["improvements", "improvements", "yes"] + ["every", "some", "some"] * bool(depth)
    kinds += ["points", "points"] if earns else ["yes"]
    kind = "improvements" if improvements else draw(st.sampled_from(kinds))
    match kind:
        case "improvements":
            return Improvements(draw(st.integers(1, 3)))
        case "points":
            return ScoreReaches(Decimal(draw(st.integers(1, 2))), "points")
        case "yes":
            name = draw(st.sampled_from(sorted(asked.asked)))
            return meets(name, YES if isinstance(asked.asked[name].answer, YesNo) else at_least(1))
        case _:
            parts = [draw(_requirements(asked, earns=earns, depth=0)) for _ in range(2)]
            return EveryRequirement(parts) if kind == "every" else SomeRequirement(parts)
