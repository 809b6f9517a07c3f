"""An exact simplex tableau: linear inequalities over fractions, added one at a time."""

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
    The work that may still be done, in changed numbers of one machine word.

    It counts steps and not seconds, so that a question is beyond the method on every
    machine or on none.
    """

    def __init__(self, what: str, allowed: int) -> None:
        self.what = what
        self.left = allowed

    def spend(self, steps: int) -> None:
        """
        Take some steps from the effort.

        Raises:
            BeyondMethod: too few are left.
        """
        self.left -= steps
        if self.left < 0:
            raise BeyondMethod(self.what)


@frozen
class Inequality:
    """The sum of coefficients times variables is at least *bound*."""

    coefficients: tuple[int, ...] = field(converter=tuple[int, ...])
    bound: int

    @property
    def negated(self) -> Inequality:
        """
        The inequality that whole numbers satisfy exactly when they do not satisfy this.

        >>> Inequality([1, -2], 3).negated
        Inequality(coefficients=(-1, 2), bound=-2)
        """
        return Inequality([-each for each in self.coefficients], 1 - self.bound)

    def holds(self, values: Sequence[int]) -> bool:
        """Whether the values satisfy it."""
        return weighted_sum(self.coefficients, values) >= self.bound


def weighted_sum(weights: Iterable[int], values: Iterable[Fraction | int]) -> Fraction | int:
    """Return the sum of values, each times its weight."""
    return sum(weight * value for weight, value in zip(weights, values, strict=True) if weight)


@frozen
class _TableauRow:
    """
    A basic variable in terms of the nonbasic ones, which are 0 at the present vertex.

    *denominator* times the variable is *constant* plus the sum of coefficients times
    nonbasic variables. *name* is the number of the variable; the slack variables of
    inequalities follow the original ones.
    """

    name: int
    denominator: int
    constant: int
    coefficients: tuple[int, ...]

    @property
    def value(self) -> Fraction:
        return Fraction(self.constant, self.denominator)

    def substituted(self, column: int, other: _TableauRow) -> _TableauRow:
        """Replace the variable of a column by the right side of another row."""
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
    Inequalities over variables that are not negative, and the vertex of the least sum.

    The dual simplex method with Bland's rule finds the vertex, in fractions, and does
    not cycle. A further inequality starts from the vertex before.
    """

    inequalities: tuple[Inequality, ...]
    columns: tuple[int, ...]
    rows: tuple[_TableauRow, ...]
    objective: _TableauRow

    @classmethod
    def unconstrained(cls, size: int) -> Simplex:
        """Return *size* variables without inequalities: all of them are 0."""
        return cls((), tuple(range(size)), (), _TableauRow(-1, 1, 0, (1,) * size))

    @property
    def values(self) -> tuple[Fraction, ...]:
        """The variables at the vertex."""
        basic = {row.name: row.value for row in self.rows}
        size = len(self.columns)
        return tuple(basic.get(name, Fraction()) for name in range(size))

    @property
    def least_sum(self) -> Fraction:
        """The sum of the variables at the vertex."""
        return self.objective.value

    def with_inequality(self, inequality: Inequality, effort: Effort) -> Simplex | None:
        """
        Return the vertex under one more inequality, `None` if no fractions satisfy them all.

        Raises:
            BeyondMethod: the effort is spent.
        """
        size = len(self.columns)
        own = tuple(inequality.coefficients[name] if name < size else 0 for name in self.columns)
        slack = _TableauRow(size + len(self.inequalities), 1, -inequality.bound, own)
        for row in self.rows:
            if row.name < size and (weight := inequality.coefficients[row.name]):
                slack = _sum(slack, weight, row)
        inequalities = (*self.inequalities, inequality)
        effort.spend(1 + len(inequalities))
        return evolve(self, inequalities=inequalities, rows=(*self.rows, slack)).feasible(effort)

    def feasible(self, effort: Effort) -> Simplex | None:
        """Pivot until no variable is negative; `None` if that is impossible."""
        now: Simplex = self
        while negative := [row for row in now.rows if row.constant < 0]:
            leaving = min(negative, key=lambda row: row.name)
            entering = now.entering_column(leaving)
            if entering is None:
                return None
            now = now.pivoted(leaving, entering, effort)
        return now

    def entering_column(self, leaving: _TableauRow) -> int | None:
        """Return the entering column (Bland's rule), `None` if the row is infeasible."""
        costs = self.objective.coefficients
        return min(
            (column for column, each in enumerate(leaving.coefficients) if each > 0),
            key=lambda column: (
                Fraction(costs[column], leaving.coefficients[column]),
                self.columns[column],
            ),
            default=None,
        )

    def pivoted(self, leaving: _TableauRow, column: int, effort: Effort) -> Simplex:
        """Exchange the variable of a row for that of a column."""
        pivot = leaving.coefficients[column]
        solved = [-each for each in leaving.coefficients]
        solved[column] = leaving.denominator
        entered = _TableauRow(self.columns[column], pivot, -leaving.constant, tuple(solved))
        touched = 1 + sum(1 for row in self.rows if row.coefficients[column])
        effort.spend(touched * len(self.columns) * (1 + pivot.bit_length() // _WORD))
        columns = list(self.columns)
        columns[column] = leaving.name
        rows = tuple(
            entered if row is leaving else row.substituted(column, entered) for row in self.rows
        )
        objective = self.objective.substituted(column, entered)
        return Simplex(self.inequalities, tuple(columns), rows, objective)


def _sum(row: _TableauRow, weight: int, other: _TableauRow) -> _TableauRow:
    """Add *weight* times another row to a row."""
    common = lcm(row.denominator, other.denominator)
    mine, its = common // row.denominator, weight * (common // other.denominator)
    coefficients = [
        mine * own + its * added
        for own, added in zip(row.coefficients, other.coefficients, strict=True)
    ]
    constant = mine * row.constant + its * other.constant
    return _reduced(row.name, common, constant, coefficients)
