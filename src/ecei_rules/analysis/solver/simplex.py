"""An exact simplex tableau: linear inequalities over rational numbers, added one at a time."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from attrs import evolve, field, frozen

from ecei_rules.diagnostics.errors import BeyondMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_WORD = 64


class Effort:
    """
    How much work may still be done: numbers of a machine word changed.

    It counts steps and not seconds, so that a question is beyond the method on every
    machine or on none.
    """

    def __init__(self, what: str, allowed: int) -> None:
        self.what = what
        self.left = allowed

    def spend(self, steps: int) -> None:
        """
        Do so much work.

        Raises:
            BeyondMethod: no more is allowed.
        """
        self.left -= steps
        if self.left < 0:
            raise BeyondMethod(self.what)


@frozen
class Inequality:
    """The inequality that the sum of coefficients times variables is at least *bound*."""

    coefficients: tuple[int, ...] = field(converter=tuple[int, ...])
    bound: int

    @property
    def otherwise(self) -> Inequality:
        """
        The inequality that whole numbers satisfy exactly when they do not satisfy this.

        >>> Inequality([1, -2], 3).otherwise
        Inequality(coefficients=(-1, 2), bound=-2)
        """
        return Inequality([-each for each in self.coefficients], 1 - self.bound)

    def holds(self, values: Sequence[int]) -> bool:
        """Whether the values satisfy it."""
        return weighed(self.coefficients, values) >= self.bound


def weighed(weights: Iterable[int], values: Iterable[Fraction | int]) -> Fraction | int:
    """The sum of values, each times its weight."""
    return sum(weight * value for weight, value in zip(weights, values, strict=True) if weight)


@frozen
class _TableauRow:
    """
    How one variable depends on those that are zero at the present corner.

    *denominator* times the variable is *constant* plus the sum of coefficients times
    variables. *name* is the number of the variable; those of rows follow those asked for.
    """

    name: int
    denominator: int
    constant: int
    coefficients: tuple[int, ...]

    @property
    def value(self) -> Fraction:
        return Fraction(self.constant, self.denominator)

    def put_in(self, column: int, other: _TableauRow) -> _TableauRow:
        """The same line, with the variable of a column replaced by what another line says."""
        factor = self.coefficients[column]
        if not factor:
            return self
        times = other.denominator
        changed = [
            times * mine + factor * its if at != column else factor * its
            for at, (mine, its) in enumerate(
                zip(self.coefficients, other.coefficients, strict=True)
            )
        ]
        constant = times * self.constant + factor * other.constant
        return _reduced(self.name, times * self.denominator, constant, changed)


def _reduced(name: int, denominator: int, constant: int, coefficients: list[int]) -> _TableauRow:
    common = gcd(denominator, constant, *coefficients)
    if common == 1:
        return _TableauRow(name, denominator, constant, tuple(coefficients))
    shorter = tuple(each // common for each in coefficients)
    return _TableauRow(name, denominator // common, constant // common, shorter)


@frozen
class Simplex:
    """
    Some rows over variables that are 0 or more, and the corner with the least sum.

    The corner is one of fractions, found by the dual simplex method with Bland's rule,
    which never goes round in circles. A further row goes on from the corner before.
    """

    rows: tuple[Inequality, ...]
    columns: tuple[int, ...]
    lines: tuple[_TableauRow, ...]
    goal: _TableauRow

    @classmethod
    def of(cls, size: int) -> Simplex:
        """No rows yet over so many variables: all of them are 0."""
        return cls((), tuple(range(size)), (), _TableauRow(-1, 1, 0, (1,) * size))

    @property
    def values(self) -> tuple[Fraction, ...]:
        """The variables at the corner."""
        basic = {line.name: line.value for line in self.lines}
        size = len(self.columns)
        return tuple(basic.get(name, Fraction()) for name in range(size))

    @property
    def least(self) -> Fraction:
        """The least sum of the variables."""
        return self.goal.value

    def with_row(self, row: Inequality, effort: Effort) -> Simplex | None:
        """
        The corner under one more row, or `None` if no fractions satisfy them all.

        Raises:
            BeyondMethod: the effort is spent.
        """
        size = len(self.columns)
        own = tuple(row.coefficients[name] if name < size else 0 for name in self.columns)
        line = _TableauRow(size + len(self.rows), 1, -row.bound, own)
        for basic in self.lines:
            if basic.name < size and (weight := row.coefficients[basic.name]):
                line = _sum(line, weight, basic)
        rows = (*self.rows, row)
        effort.spend(1 + len(rows))
        return evolve(self, rows=rows, lines=(*self.lines, line)).settled(effort)

    def settled(self, effort: Effort) -> Simplex | None:
        """The corner where no variable is negative, or `None` if there is none."""
        now: Simplex = self
        while short := [line for line in now.lines if line.constant < 0]:
            leaving = min(short, key=lambda line: line.name)
            entering = now.entering(leaving)
            if entering is None:
                return None
            now = now.turned(leaving, entering, effort)
        return now

    def entering(self, leaving: _TableauRow) -> int | None:
        """The column of the variable that gives way where one is negative, if any can."""
        costs = self.goal.coefficients
        return min(
            (column for column, each in enumerate(leaving.coefficients) if each > 0),
            key=lambda column: (
                Fraction(costs[column], leaving.coefficients[column]),
                self.columns[column],
            ),
            default=None,
        )

    def turned(self, leaving: _TableauRow, column: int, effort: Effort) -> Simplex:
        """The corner where the variable of a line is zero in place of that of a column."""
        pivot = leaving.coefficients[column]
        solved = [-each for each in leaving.coefficients]
        solved[column] = leaving.denominator
        entered = _TableauRow(self.columns[column], pivot, -leaving.constant, tuple(solved))
        touched = 1 + sum(1 for line in self.lines if line.coefficients[column])
        effort.spend(touched * len(self.columns) * (1 + pivot.bit_length() // _WORD))
        columns = list(self.columns)
        columns[column] = leaving.name
        lines = tuple(
            entered if line is leaving else line.put_in(column, entered) for line in self.lines
        )
        return Simplex(self.rows, tuple(columns), lines, self.goal.put_in(column, entered))


def _sum(line: _TableauRow, weight: int, other: _TableauRow) -> _TableauRow:
    whole = lcm(line.denominator, other.denominator)
    mine, its = whole // line.denominator, weight * (whole // other.denominator)
    coefficients = [
        mine * one + its * another
        for one, another in zip(line.coefficients, other.coefficients, strict=True)
    ]
    constant = mine * line.constant + its * other.constant
    return _reduced(line.name, whole, constant, coefficients)
