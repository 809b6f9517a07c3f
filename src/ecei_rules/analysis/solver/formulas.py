"""Formulas over classes of answers and sums of points."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TypeAlias, assert_never

from attrs import field, frozen

from ecei_rules.analysis.solver.numbers import ClassMask, Points, QuestionNumber, SumNumber
from ecei_rules.diagnostics.errors import BeyondMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


#: The largest number of boxes that a formula may have before it is beyond the method.
MAX_BOXES = 4000


@frozen(cache_hash=True)
class In:
    """The answer to a question is in one of some classes."""

    question: QuestionNumber
    classes: ClassMask


@frozen(cache_hash=True)
class AtLeast:
    """A sum of points reaches a bound."""

    sum: SumNumber
    bound: Points


@frozen(cache_hash=True)
class Below:
    """A sum of points does not reach a bound."""

    sum: SumNumber
    bound: Points


def _parts(parts: Iterable[Formula]) -> tuple[Formula, ...]:
    return tuple(parts)


@frozen(cache_hash=True)
class Conjunction:
    """Holds when every part holds; without parts, always."""

    parts: tuple[Formula, ...] = field(converter=_parts)


@frozen(cache_hash=True)
class Disjunction:
    """Holds when some part holds; without parts, never."""

    parts: tuple[Formula, ...] = field(converter=_parts)


Atom: TypeAlias = In | AtLeast | Below
Formula: TypeAlias = Atom | Conjunction | Disjunction

ALWAYS = Conjunction(())
NEVER = Disjunction(())


def conjunction(parts: Iterable[Formula]) -> Formula:
    """Return the conjunction of some formulas, flat and without repeated parts."""
    flat: dict[Formula, None] = {}
    for part in parts:
        if part == NEVER:
            return NEVER
        flat.update(dict.fromkeys(part.parts if isinstance(part, Conjunction) else [part]))
    return next(iter(flat)) if len(flat) == 1 else Conjunction(flat)


def disjunction(parts: Iterable[Formula]) -> Formula:
    """Return the disjunction of some formulas, flat and without repeated parts."""
    flat: dict[Formula, None] = {}
    for part in parts:
        if part == ALWAYS:
            return ALWAYS
        flat.update(dict.fromkeys(part.parts if isinstance(part, Disjunction) else [part]))
    return next(iter(flat)) if len(flat) == 1 else Disjunction(flat)


def in_classes(question: QuestionNumber, classes: ClassMask, size: int) -> Formula:
    """Return the formula `In`, or a constant for all or none of a question's *size* classes."""
    if classes == (1 << size) - 1:
        return ALWAYS
    return In(question, classes) if classes else NEVER


def negated(formula: Formula, sizes: Sequence[int]) -> Formula:
    """Return the negation of a formula over questions of *sizes* classes."""
    match formula:
        case In(question=question, classes=classes):
            full = (1 << sizes[question]) - 1
            return in_classes(question, ClassMask(full & ~classes), sizes[question])
        case AtLeast(sum=number, bound=bound):
            return Below(number, bound)
        case Below(sum=number, bound=bound):
            return AtLeast(number, bound)
        case Conjunction(parts=parts):
            return disjunction(negated(part, sizes) for part in parts)
        case Disjunction(parts=parts):
            return conjunction(negated(part, sizes) for part in parts)
        case unreachable:
            assert_never(unreachable)


def atoms(formula: Formula) -> Iterator[Atom]:
    """Return the parts of a formula that combine nothing, as often as they occur."""
    match formula:
        case In() | AtLeast() | Below():
            yield formula
        case Conjunction(parts=parts) | Disjunction(parts=parts):
            for part in parts:
                yield from atoms(part)
        case unreachable:
            assert_never(unreachable)


@frozen
class Box:
    """
    A product of class sets, with bounds on some sums: a conjunction without alternatives.

    *classes* are the classes allowed, by question. A sum is *at_least* one bound and
    *below* another, where these are given.
    """

    classes: Mapping[QuestionNumber, ClassMask]
    at_least: Mapping[SumNumber, Points]
    below: Mapping[SumNumber, Points]

    def intersection(self, other: Box) -> Box | None:
        """Return the intersection of two boxes, `None` if some question has no class left."""
        classes = dict(self.classes)
        for question, allowed in other.classes.items():
            classes[question] = ClassMask(classes.get(question, allowed) & allowed)
            if not classes[question]:
                return None
        at_least, below = dict(self.at_least), dict(self.below)
        for number, bound in other.at_least.items():
            at_least[number] = max(bound, at_least.get(number, bound))
        for number, bound in other.below.items():
            below[number] = min(bound, below.get(number, bound))
        return Box(classes, at_least, below)

    @property
    def contradicts_itself(self) -> bool:
        """Whether some sum must reach a bound and stay below one that is no higher."""
        return any(self.at_least.get(at, bound - 1) >= bound for at, bound in self.below.items())


def boxes(formula: Formula) -> tuple[Box, ...]:
    """
    Return the disjunctive normal form of a formula: boxes whose union it is.

    The boxes may overlap. A box in which some question has no class is left out; the
    bounds on sums are not checked.

    Raises:
        BeyondMethod: there are more than `MAX_BOXES`.
    """
    return tuple(_boxes(formula))


def _boxes(formula: Formula) -> list[Box]:
    match formula:
        case In(question=question, classes=classes):
            return [Box({question: classes}, {}, {})]
        case AtLeast(sum=number, bound=bound):
            return [Box({}, {number: bound}, {})]
        case Below(sum=number, bound=bound):
            return [Box({}, {}, {number: bound})]
        case Disjunction(parts=parts):
            return _limited(box for part in parts for box in _boxes(part))
        case Conjunction(parts=parts):
            product_so_far = [Box({}, {}, {})]
            for alternatives in sorted(map(_boxes, parts), key=len):
                pairs = product(product_so_far, alternatives)
                both = (box.intersection(alternative) for box, alternative in pairs)
                product_so_far = _limited(box for box in both if box is not None)
            return product_so_far
        case unreachable:
            assert_never(unreachable)


def _limited(alternatives: Iterator[Box]) -> list[Box]:
    kept = []
    for box in alternatives:
        kept.append(box)
        if len(kept) > MAX_BOXES:
            what = "a combination of so many alternatives"
            raise BeyondMethod(what)
    return kept
