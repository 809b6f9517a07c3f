"""Statements about classes of answers and sums of points, combined."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TypeAlias, assert_never

from attrs import field, frozen

from ecei_rules.diagnostics.errors import BeyondMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


#: How many boxes a formula may fall into before it is beyond the method.
MAX_BOXES = 4000


@frozen(cache_hash=True)
class In:
    """The answer to a question is in one of some classes; *classes* is a set of bits."""

    question: int
    classes: int


@frozen(cache_hash=True)
class AtLeast:
    """A sum of points reaches a bound."""

    sum: int
    bound: int


@frozen(cache_hash=True)
class Below:
    """A sum of points does not reach a bound."""

    sum: int
    bound: int


def _parts(parts: Iterable[Formula]) -> tuple[Formula, ...]:
    return tuple(parts)


@frozen(cache_hash=True)
class Every:
    """Holds when every part does; without parts, always."""

    parts: tuple[Formula, ...] = field(converter=_parts)


@frozen(cache_hash=True)
class Some:
    """Holds when some part does; without parts, never."""

    parts: tuple[Formula, ...] = field(converter=_parts)


Formula: TypeAlias = In | AtLeast | Below | Every | Some

ALWAYS = Every(())
NEVER = Some(())


def every(parts: Iterable[Formula]) -> Formula:
    """A conjunction, made flat; what says the same twice is said once."""
    found: dict[Formula, None] = {}
    for part in parts:
        if part == NEVER:
            return NEVER
        found.update(dict.fromkeys(part.parts if isinstance(part, Every) else [part]))
    return next(iter(found)) if len(found) == 1 else Every(found)


def some(parts: Iterable[Formula]) -> Formula:
    """A disjunction, made flat; what says the same twice is said once."""
    found: dict[Formula, None] = {}
    for part in parts:
        if part == ALWAYS:
            return ALWAYS
        found.update(dict.fromkeys(part.parts if isinstance(part, Some) else [part]))
    return next(iter(found)) if len(found) == 1 else Some(found)


def among(question: int, classes: int, size: int) -> Formula:
    """That an answer is in some of a question's *size* classes; all or none are constants."""
    if classes == (1 << size) - 1:
        return ALWAYS
    return In(question, classes) if classes else NEVER


def negated(formula: Formula, sizes: Sequence[int]) -> Formula:
    """The opposite of a formula over questions of *sizes* classes."""
    match formula:
        case In(question=question, classes=classes):
            full = (1 << sizes[question]) - 1
            return among(question, full & ~classes, sizes[question])
        case AtLeast(sum=number, bound=bound):
            return Below(number, bound)
        case Below(sum=number, bound=bound):
            return AtLeast(number, bound)
        case Every(parts=parts):
            return some(negated(part, sizes) for part in parts)
        case Some(parts=parts):
            return every(negated(part, sizes) for part in parts)
        case unreachable:
            assert_never(unreachable)


@frozen
class Box:
    """
    Classes allowed for some questions, with bounds on some sums: a conjunction.

    *classes* are sets of bits by question; a sum is at least *at_least* and below
    *below* it, where these are given.
    """

    classes: Mapping[int, int]
    at_least: Mapping[int, int]
    below: Mapping[int, int]

    def also(self, other: Box) -> Box | None:
        """What is in both, or `None` where that is nothing by the classes alone."""
        classes = dict(self.classes)
        for question, allowed in other.classes.items():
            classes[question] = classes.get(question, allowed) & allowed
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
        """Whether some sum is to reach a bound and to stay below one that is no higher."""
        return any(self.at_least.get(at, bound - 1) >= bound for at, bound in self.below.items())


def boxes(formula: Formula) -> tuple[Box, ...]:
    """
    Boxes that together are what a formula says; they may overlap.

    Those that nothing is in by the classes alone are left out.

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
        case Some(parts=parts):
            return _limited(box for part in parts for box in _boxes(part))
        case Every(parts=parts):
            found = [Box({}, {}, {})]
            for part in sorted(map(_boxes, parts), key=len):
                both = (one.also(other) for one, other in product(found, part))
                found = _limited(box for box in both if box is not None)
            return found
        case unreachable:
            assert_never(unreachable)


def _limited(found: Iterator[Box]) -> list[Box]:
    kept = []
    for box in found:
        kept.append(box)
        if len(kept) > MAX_BOXES:
            what = "a combination of so many alternatives"
            raise BeyondMethod(what)
    return kept


#: Points by question and class; of each question the least is 0.
Points: TypeAlias = tuple[tuple[int, ...], ...]
