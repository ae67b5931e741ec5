"""Utility functions: what an outcome is worth to one side, as a formula or a table."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from burdenshare.bargaining.memory import require_memory
from burdenshare.bargaining.space import FloatArray, OutcomeSpace
from burdenshare.bargaining.values import ValueFunction, checked
from burdenshare.errors import BargainingError

WEIGHT_SUM_TOLERANCE = 1e-6
"""How far weights that must sum to 1 may be off: published weights are rounded to about seven digits."""

BYTES_PER_OUTCOME = 8 * 4
"""A table, its copy while it is built, its order and the frontier's workspace, 8 bytes each."""


@dataclass(frozen=True)
class LinearAdditive:
    """bias + sum over issues of weight * value.

    The sum runs in the order of the issues, in float64, starting from `bias` (from 0 with `bias_last`, which then adds
    the bias at the end): two programs that keep this order get the same bits. `weights_sum` is what the weights must
    sum to, within 1e-6; None for files of other programs, whose weights are free.
    """

    weights: tuple[float, ...]
    values: tuple[ValueFunction, ...]
    bias: float = 0.0
    bias_last: bool = False
    weights_sum: float | None = 1.0

    def __post_init__(self) -> None:
        if len(self.weights) != len(self.values):
            raise BargainingError(
                f"There are {len(self.weights)} weights for {len(self.values)} value functions; "
                "give one weight an issue."
            )
        for number in (*self.weights, self.bias):
            if not math.isfinite(number):
                raise BargainingError(f"A weight or bias is {number}; it must be a finite number.")
        if self.weights_sum is not None:
            total = sum(self.weights)
            if abs(total - self.weights_sum) > WEIGHT_SUM_TOLERANCE:
                raise BargainingError(
                    f"The weights sum to {total:.9g} where {self.weights_sum:g} is expected, within "
                    f"{WEIGHT_SUM_TOLERANCE:g}; correct them or say that any sum is meant (weights_sum)."
                )

    def parts(self, space: OutcomeSpace) -> list[FloatArray]:
        """weight * value of each issue, one float64 array of shape (values of the issue,) each."""
        if len(self.weights) != len(space.issues):
            raise BargainingError(
                f"The utility weighs {len(self.weights)} issues and the outcome space has {len(space.issues)}."
            )
        return [
            weight * checked(value.at(issue), issue)
            for weight, value, issue in zip(self.weights, self.values, space.issues, strict=True)
        ]

    def table(self, space: OutcomeSpace) -> FloatArray:
        """float64 of shape (outcomes,), in the numbering of the space."""
        require_memory(space.size * BYTES_PER_OUTCOME, f"A utility table over {space.size} outcomes")
        total = np.array([0.0 if self.bias_last else self.bias])
        for part in self.parts(space):
            total = (total[:, None] + part[None, :]).ravel()
        return total + self.bias if self.bias_last else total


@dataclass(frozen=True, eq=False)
class Tabulated:
    """A number for every outcome: float64 of shape (outcomes,), in the numbering of the space. NaN is refused."""

    utilities: FloatArray

    def __post_init__(self) -> None:
        array = np.ascontiguousarray(self.utilities, dtype=np.float64)
        if array.ndim != 1 or array.size == 0:
            raise BargainingError(
                f"A utility table has the shape {array.shape}; it needs one dimension and at least one outcome."
            )
        refuse_nan(array)
        object.__setattr__(self, "utilities", array)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tabulated) and np.array_equal(self.utilities, other.utilities)

    def __hash__(self) -> int:
        return hash(self.utilities.tobytes())

    def table(self, space: OutcomeSpace) -> FloatArray:
        if self.utilities.size != space.size:
            raise BargainingError(
                f"The utility table has {self.utilities.size} numbers and the outcome space {space.size} outcomes; "
                "give one number an outcome."
            )
        return self.utilities


@dataclass(frozen=True)
class Box:
    """A worth that outcomes inside a box get: each condition is (issue number, low, high), bounds included.

    `outside` conditions hold where the issue's value is not between the bounds.
    """

    worth: float
    inside: tuple[tuple[int, float, float], ...] = ()
    outside: tuple[tuple[int, float, float], ...] = ()


@dataclass(frozen=True)
class Boxes:
    """The sum of the worth of all boxes an outcome lies in (GENIUS calls them hyper-rectangles)."""

    boxes: tuple[Box, ...] = field(default=())
    bias: float = 0.0

    def table(self, space: OutcomeSpace) -> FloatArray:
        require_memory(space.size * BYTES_PER_OUTCOME, f"A utility table over {space.size} outcomes")
        total = np.full(space.shape, self.bias, dtype=np.float64)
        numbers = [issue.numbers() for issue in space.issues]
        for box in self.boxes:
            hit = np.ones((1,) * len(space.shape), dtype=bool)
            for conditions, wanted in ((box.inside, True), (box.outside, False)):
                for issue, low, high in conditions:
                    if not 0 <= issue < len(numbers):
                        raise BargainingError(f"A box names issue number {issue + 1}; there are {len(numbers)} issues.")
                    within = (numbers[issue] >= low) & (numbers[issue] <= high)
                    sides = [1] * len(space.shape)
                    sides[issue] = -1
                    hit = hit & (within if wanted else ~within).reshape(sides)
            total += np.where(hit, box.worth, 0.0)
        return total.ravel()


Utility = LinearAdditive | Tabulated | Boxes


def refuse_nan(table: FloatArray) -> None:
    """BargainingError naming the first outcome whose utility is NaN or plus infinity."""
    bad = np.isnan(table) | (table == np.inf)
    if bad.any():
        first = int(np.argmax(bad))
        raise BargainingError(
            f"The utility of outcome number {first} is {table[first]}; a utility must be a number "
            "(minus infinity marks an outcome that may not be agreed)."
        )
