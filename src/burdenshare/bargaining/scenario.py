"""A negotiation to play: an outcome space, the sides with what they want, what may not be agreed, who must approve."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from burdenshare.bargaining.memory import require_memory
from burdenshare.bargaining.space import FloatArray, IntArray, OutcomeSpace, Value
from burdenshare.bargaining.utility import BYTES_PER_OUTCOME, LinearAdditive, Utility, refuse_nan
from burdenshare.errors import BargainingError

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Side:
    """One side. `reserved` is its utility of no deal (minus infinity: any deal is better).

    `discount` in (0, 1] is what is left of a utility at the end of the deadline: an agreement at relative time t is
    worth discount ** t of its face value. `deadline` is this side's own last round, where it is before the talks'.
    """

    name: str
    utility: Utility
    reserved: float = -math.inf
    discount: float = 1.0
    deadline: int | None = None

    def __post_init__(self) -> None:
        if math.isnan(self.reserved) or self.reserved == math.inf:
            raise BargainingError(f"The reserved value of {self.name!r} is {self.reserved}; it must be a number.")
        if not 0 < self.discount <= 1:
            raise BargainingError(
                f"The discount of {self.name!r} is {self.discount}; it must be above 0 and at most 1."
            )
        if self.deadline is not None and self.deadline < 1:
            raise BargainingError(f"The deadline of {self.name!r} is {self.deadline}; it must be at least 1 round.")


@dataclass(frozen=True)
class Condition:
    """Holds for outcomes in which every named issue takes one of the values listed for it."""

    where: tuple[tuple[str, tuple[Value, ...]], ...]

    def mask(self, space: OutcomeSpace) -> BoolArray:
        """bool of shape (outcomes,)."""
        hit = np.ones((1,) * len(space.shape), dtype=bool)
        for name, values in self.where:
            number = space.issue_index(name)
            chosen = np.zeros(space.shape[number], dtype=bool)
            chosen[[space.issues[number].position(value) for value in values]] = True
            sides = [1] * len(space.shape)
            sides[number] = -1
            hit = hit & chosen.reshape(sides)
        return np.broadcast_to(hit, space.shape).reshape(-1)


@dataclass(frozen=True)
class Bound:
    """Holds for outcomes whose weighted sum of number-valued issues lies between `low` and `high`, both included."""

    weights: tuple[tuple[str, float], ...]
    low: float = -math.inf
    high: float = math.inf

    def mask(self, space: OutcomeSpace) -> BoolArray:
        """bool of shape (outcomes,)."""
        total = np.zeros(space.shape, dtype=np.float64)
        for name, weight in self.weights:
            number = space.issue_index(name)
            sides = [1] * len(space.shape)
            sides[number] = -1
            total += weight * space.issues[number].numbers().reshape(sides)
        return ((total >= self.low) & (total <= self.high)).ravel()


@dataclass(frozen=True)
class Constraint:
    """A hard rule: outcomes for which `rule` holds are the only ones allowed, or with `forbid` the ones ruled out."""

    rule: Condition | Bound
    forbid: bool = False

    def allowed(self, space: OutcomeSpace) -> BoolArray:
        mask = self.rule.mask(space)
        return ~mask if self.forbid else mask


@dataclass(frozen=True)
class Ratification:
    """A third body, such as a parliament: it passes what meets every rule with `probability`, the rest never."""

    body: str
    rules: tuple[Condition | Bound, ...] = ()
    probability: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise BargainingError(
                f"The probability that {self.body!r} approves is {self.probability}; it must be 0 to 1."
            )

    def chance(self, space: OutcomeSpace) -> FloatArray:
        """The probability of approval, float64 of shape (outcomes,)."""
        passes = np.ones(space.size, dtype=bool)
        for rule in self.rules:
            passes &= rule.mask(space)
        return np.where(passes, self.probability, 0.0)


@dataclass(frozen=True)
class Scenario:
    """An outcome space and two or more sides over it; `notes` say what a reader of a file had to leave out."""

    name: str
    space: OutcomeSpace
    sides: tuple[Side, ...]
    constraints: tuple[Constraint, ...] = ()
    ratification: Ratification | None = None
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not self.sides:
            raise BargainingError(f"The scenario {self.name!r} has no side; it needs at least one utility.")

    def tables(self) -> UtilityTable:
        """The utilities of all allowed outcomes. BargainingError where they would not fit in memory or none is left."""
        size = self.space.size
        require_memory(
            size * BYTES_PER_OUTCOME * (len(self.sides) + 1), f"The outcome space of {self.name!r} with {size} outcomes"
        )
        ids: IntArray | None = None
        if self.constraints:
            allowed = np.ones(size, dtype=bool)
            for constraint in self.constraints:
                allowed &= constraint.allowed(self.space)
            ids = np.flatnonzero(allowed).astype(np.int64)
            if ids.size == 0:
                raise BargainingError(f"The constraints of {self.name!r} leave zero outcomes; loosen one of them.")
        rows = []
        for side in self.sides:
            table = side.utility.table(self.space)
            refuse_nan(table)
            rows.append(table if ids is None else table[ids])
        chance = None if self.ratification is None else self.ratification.chance(self.space)
        return UtilityTable(
            utilities=np.stack(rows),
            reserved=tuple(side.reserved for side in self.sides),
            discounts=tuple(side.discount for side in self.sides),
            deadlines=tuple(side.deadline for side in self.sides),
            names=tuple(side.name for side in self.sides),
            ids=ids,
            approval=chance if chance is None or ids is None else chance[ids],
        )

    @property
    def is_linear(self) -> bool:
        """True where the frontier can be found without listing the outcomes."""
        return not self.constraints and all(isinstance(side.utility, LinearAdditive) for side in self.sides)


@dataclass(frozen=True, eq=False)
class UtilityTable:
    """What every outcome is worth to every side.

    utilities: float64 of shape (sides, outcomes); minus infinity where a side's constraint rules an outcome out.
    reserved, discounts, deadlines, names: one a side.
    ids: int64 of shape (outcomes,), the outcome's number in the space, or None where the numbering is the same.
    approval: float64 of shape (outcomes,), the probability that the ratifying body passes the outcome, or None.
    """

    utilities: FloatArray
    reserved: tuple[float, ...]
    discounts: tuple[float, ...]
    deadlines: tuple[int | None, ...]
    names: tuple[str, ...]
    ids: IntArray | None = None
    approval: FloatArray | None = None

    @property
    def sides(self) -> int:
        return int(self.utilities.shape[0])

    @property
    def outcomes(self) -> int:
        return int(self.utilities.shape[1])

    def outcome_id(self, index: int) -> int:
        """The outcome's number in the space, from its column in this table."""
        return index if self.ids is None else int(self.ids[index])

    def worst(self, side: int) -> float:
        """The least finite utility of a side."""
        row = self.utilities[side]
        return float(row[np.isfinite(row)].min())

    def best(self, side: int) -> float:
        return float(self.utilities[side].max())


def table_from_arrays(
    utilities: FloatArray,
    *,
    reserved: tuple[float, ...] | None = None,
    discounts: tuple[float, ...] | None = None,
    names: tuple[str, ...] | None = None,
) -> UtilityTable:
    """A utility table from plain numbers: float64 of shape (sides, outcomes).

    `reserved` is minus infinity and `discounts` 1 for each side unless given. Raises BargainingError for zero outcomes,
    NaN, plus infinity, a side with no allowed outcome, or tuples that are not one a side.
    """
    array = np.ascontiguousarray(utilities, dtype=np.float64)
    if array.ndim != 2 or array.shape[0] < 1:
        raise BargainingError(f"The utilities have the shape {array.shape}; they need the shape (sides, outcomes).")
    if array.shape[1] == 0:
        raise BargainingError("The utilities cover zero outcomes; give at least one.")
    for row in array:
        refuse_nan(row)
        if not np.isfinite(row).any():
            raise BargainingError(
                "A side's utilities rule out every outcome (all are minus infinity); allow at least one."
            )
    count = array.shape[0]
    reserved = (-math.inf,) * count if reserved is None else reserved
    discounts = (1.0,) * count if discounts is None else discounts
    names = tuple(f"side {i + 1}" for i in range(count)) if names is None else names
    for label, given in (("reserved values", reserved), ("discounts", discounts), ("names", names)):
        if len(given) != count:
            raise BargainingError(f"There are {len(given)} {label} for {count} sides; give one a side.")
    for name, value, discount in zip(names, reserved, discounts, strict=True):
        if math.isnan(value) or value == math.inf:
            raise BargainingError(f"The reserved value of {name!r} is {value}; it must be a number.")
        if not 0 < discount <= 1:
            raise BargainingError(f"The discount of {name!r} is {discount}; it must be above 0 and at most 1.")
    return UtilityTable(array, reserved, discounts, (None,) * count, names)
