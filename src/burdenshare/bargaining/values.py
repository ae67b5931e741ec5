"""Value functions: what the values of one issue are worth to one side."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from burdenshare.bargaining.space import CategoricalIssue, FloatArray, Issue
from burdenshare.errors import BargainingError


@dataclass(frozen=True)
class TableValue:
    """One number a value, in the order of the issue's values."""

    worth: tuple[float, ...]

    def at(self, issue: Issue) -> FloatArray:
        if len(self.worth) != issue.count:
            raise BargainingError(
                f"The value table of the issue {issue.name!r} has {len(self.worth)} numbers for {issue.count} values; "
                "give one number a value."
            )
        return np.array(self.worth, dtype=np.float64)


@dataclass(frozen=True)
class AffineValue:
    """slope * x + offset."""

    slope: float
    offset: float = 0.0

    def at(self, issue: Issue) -> FloatArray:
        return issue.numbers() * self.slope + self.offset


@dataclass(frozen=True)
class QuadraticValue:
    """a2 * x squared + a1 * x + offset."""

    a2: float
    a1: float
    offset: float = 0.0

    def at(self, issue: Issue) -> FloatArray:
        x = issue.numbers()
        return self.a2 * x * x + self.a1 * x + self.offset


@dataclass(frozen=True)
class TriangularValue:
    """0 at `start` and `end`, 1 at `middle`, straight between, 0 outside."""

    start: float
    middle: float
    end: float

    def at(self, issue: Issue) -> FloatArray:
        return np.interp(issue.numbers(), [self.start, self.middle, self.end], [0.0, 1.0, 0.0], left=0.0, right=0.0)


ValueFunction = TableValue | AffineValue | QuadraticValue | TriangularValue


def worthless(issue: Issue) -> ValueFunction:
    """0 for every value: an issue that a side does not care about."""
    return TableValue((0.0,) * issue.count) if isinstance(issue, CategoricalIssue) else AffineValue(0.0)


def checked(worth: FloatArray, issue: Issue) -> FloatArray:
    """The same array, or BargainingError where a number is NaN or infinite."""
    for position, number in enumerate(worth.tolist()):
        if not math.isfinite(number):
            raise BargainingError(
                f"The issue {issue.name!r} values {issue.value(position)!r} at {number}; "
                "a value must be a finite number."
            )
    return worth
