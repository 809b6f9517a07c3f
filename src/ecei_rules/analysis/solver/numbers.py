"""The kinds of whole numbers in formulas and searches, each with a type of its own."""

from __future__ import annotations

from typing import NewType, TypeAlias

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: The position of a question among all questions.
QuestionNumber = NewType("QuestionNumber", int)
#: The position of a class among the classes of its question.
ClassNumber = NewType("ClassNumber", int)
#: A set of classes of one question: bit *n* is set if class *n* is in the set.
ClassMask = NewType("ClassMask", int)
#: The position of a table among all tables of points.
SumNumber = NewType("SumNumber", int)
#: Points that a class earns, or a bound on a sum of them.
Points = NewType("Points", int)
#: The cost of a class, or of a choice of classes.
Cost = NewType("Cost", int)

#: Points by question and class. The lowest points of each question are 0.
PointTable: TypeAlias = tuple[tuple[Points, ...], ...]


def class_mask(classes: Iterable[int]) -> ClassMask:
    """
    Return the set of some classes.

    >>> bin(class_mask([0, 3]))
    '0b1001'
    """
    return ClassMask(sum(1 << number for number in classes))


def class_numbers(size: int) -> Iterable[ClassNumber]:
    """Return the numbers of a question's *size* classes, in order."""
    return map(ClassNumber, range(size))
