"""Issues and outcome spaces.

An outcome is one value for each issue. Outcomes are numbered from 0 in the order of `itertools.product`: the last issue
changes fastest. Everything else in this package speaks of outcomes by that number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from burdenshare.bargaining.memory import require_memory
from burdenshare.errors import BargainingError

Value = str | int | float | bool
Outcome = tuple[Value, ...]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

DEFAULT_LEVELS = 101
"""A continuous issue is cut into this many equal steps, ends included, unless it says otherwise."""


@dataclass(frozen=True)
class CategoricalIssue:
    """An issue with named values, in the order given."""

    name: str
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise BargainingError(
                f"The issue {self.name!r} has no values, so there are zero outcomes; give it one or more."
            )
        seen: set[tuple[type, Value]] = set()
        for value in self.values:
            if not isinstance(value, str | int | float) or value != value:
                raise BargainingError(
                    f"The issue {self.name!r} lists {value!r}; a value must be text, a number, true or false."
                )
            if (type(value), value) in seen:
                raise BargainingError(f"The issue {self.name!r} lists the value {value!r} twice; list each value once.")
            seen.add((type(value), value))

    @property
    def count(self) -> int:
        return len(self.values)

    def value(self, position: int) -> Value:
        return self.values[position]

    def position(self, value: Value) -> int:
        """The place of a value in the list; BargainingError where it is not there."""
        try:
            return self.values.index(value)
        except ValueError:
            shown = ", ".join(map(str, self.values[:8])) + (", …" if self.count > 8 else "")
            raise BargainingError(f"{value!r} is no value of the issue {self.name!r}, which has {shown}.") from None

    def numbers(self) -> FloatArray:
        """The values as numbers, float64 of shape (count,); BargainingError where one is no number."""
        if any(isinstance(value, str | bool) for value in self.values):
            raise BargainingError(
                f"The issue {self.name!r} has values that are no numbers, so a formula cannot weigh it."
            )
        return np.array(self.values, dtype=np.float64)


@dataclass(frozen=True)
class IntegerIssue:
    """An issue with the whole numbers from `low` to `high`, both included."""

    name: str
    low: int
    high: int

    def __post_init__(self) -> None:
        if self.high < self.low:
            raise BargainingError(
                f"The issue {self.name!r} runs from {self.low} to {self.high}, so there are zero outcomes; "
                "put the smaller bound first."
            )

    @property
    def count(self) -> int:
        return self.high - self.low + 1

    def value(self, position: int) -> Value:
        return self.low + position

    def position(self, value: Value) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float) or value % 1 != 0:
            raise BargainingError(f"{value!r} is no whole number, which the issue {self.name!r} needs.")
        if not self.low <= value <= self.high:
            raise BargainingError(f"{value!r} is outside the issue {self.name!r}, {self.low} to {self.high}.")
        return int(value) - self.low

    def numbers(self) -> FloatArray:
        require_memory(8 * self.count, f"The issue {self.name!r} with {self.count} values")
        return np.arange(self.low, self.high + 1, dtype=np.float64)


@dataclass(frozen=True)
class ContinuousIssue:
    """An issue with the real numbers from `low` to `high`, played on `levels` equally spaced points, ends included."""

    name: str
    low: float
    high: float
    levels: int = DEFAULT_LEVELS

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise BargainingError(
                f"The continuous issue {self.name!r} runs from {self.low} to {self.high}; it needs two finite bounds, "
                "the smaller one first."
            )
        if self.levels < 2:
            raise BargainingError(f"The continuous issue {self.name!r} has {self.levels} levels; it needs at least 2.")

    @property
    def count(self) -> int:
        return self.levels

    def value(self, position: int) -> Value:
        if position == self.levels - 1:
            return float(self.high)
        return self.low + (self.high - self.low) * position / (self.levels - 1)

    def position(self, value: Value) -> int:
        """The level nearest to a value within the bounds."""
        if isinstance(value, str | bool) or not self.low <= value <= self.high:
            raise BargainingError(f"{value!r} is outside the issue {self.name!r}, {self.low} to {self.high}.")
        return round((value - self.low) / (self.high - self.low) * (self.levels - 1))

    def numbers(self) -> FloatArray:
        # 32 bytes: the list of Python numbers stands beside the array for a moment.
        require_memory(40 * self.count, f"The issue {self.name!r} with {self.count} levels")
        return np.array([self.value(i) for i in range(self.levels)], dtype=np.float64)


Issue = CategoricalIssue | IntegerIssue | ContinuousIssue


@dataclass(frozen=True)
class OutcomeSpace:
    """The product of one or more issues. Raises BargainingError for none, or for two of one name."""

    issues: tuple[Issue, ...]

    def __post_init__(self) -> None:
        if not self.issues:
            raise BargainingError(
                "The outcome space has no issues, so there are zero outcomes; give it at least one issue."
            )
        names = [issue.name for issue in self.issues]
        for name in names:
            if names.count(name) > 1:
                raise BargainingError(f"Two issues are named {name!r}; give each issue its own name.")

    @cached_property
    def shape(self) -> tuple[int, ...]:
        return tuple(issue.count for issue in self.issues)

    @cached_property
    def size(self) -> int:
        """The number of outcomes, exact however large."""
        return math.prod(self.shape)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(issue.name for issue in self.issues)

    def issue_index(self, name: str) -> int:
        if name not in self.names:
            raise BargainingError(f"There is no issue {name!r}; the issues are {', '.join(self.names)}.")
        return self.names.index(name)

    def positions(self, index: int) -> tuple[int, ...]:
        """The place of each issue's value in outcome number `index`."""
        if not 0 <= index < self.size:
            raise BargainingError(f"There is no outcome number {index}; the space has {self.size}.")
        places = []
        for count in reversed(self.shape):
            index, place = divmod(index, count)
            places.append(place)
        return tuple(reversed(places))

    def outcome(self, index: int) -> Outcome:
        return tuple(issue.value(place) for issue, place in zip(self.issues, self.positions(index), strict=True))

    def as_mapping(self, index: int) -> dict[str, Value]:
        return dict(zip(self.names, self.outcome(index), strict=True))

    def index(self, outcome: Sequence[Value] | Mapping[str, Value]) -> int:
        """The number of an outcome, given as values in the order of the issues or by issue name."""
        values = [outcome[name] for name in self.names] if isinstance(outcome, Mapping) else list(outcome)
        if len(values) != len(self.issues):
            raise BargainingError(f"An outcome of this space has {len(self.issues)} values, not {len(values)}.")
        number = 0
        for issue, value in zip(self.issues, values, strict=True):
            number = number * issue.count + issue.position(value)
        return number

    def digits(self, indices: IntArray) -> IntArray:
        """Value places of many outcomes: int64 of shape (issues, len(indices))."""
        return np.array(np.unravel_index(indices, self.shape), dtype=np.int64)

    def __iter__(self) -> Iterator[Outcome]:
        return (self.outcome(i) for i in range(self.size))
