"""Time-dependent concession (Faratin, Sierra and Jennings 1998, doi:10.1016/S0921-8890(98)00029-3), in its plain form.

A side's aspiration falls from `start` to 0 as relative time goes from 0 to 1: a(t) = start * (1 - t ** exponent). The
exponent is Faratin's 1/beta: above 1 is Boulware (concedes late), 1 linear, below 1 conceder.

Scaled to utilities with the floor `mn = max(worst, reserved)` and the best `mx`, the least a side takes is

    low = min(mx, max(mn, (mx - mn) * a(t) + mn - 0.0001))

in this order of float64 operations. It accepts an offer worth at least `low` (and at most `mx`), and offers the outcome
worth least to itself among those worth at least `low`; an outcome up to 0.000001 below `low` is taken where it is
nearer. These are the semantics of NegMAS 0.16, so that results can be held side by side.

Relative time in round k (from 1) of n is k / (n + 1): never 0 and never 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from burdenshare.bargaining.scenario import UtilityTable
from burdenshare.bargaining.space import FloatArray, IntArray
from burdenshare.errors import BargainingError

Ties = Literal["first", "negmas"]

TOLERANCE = 1e-4
"""Subtracted from the aspiration, in raw utility; NegMAS's value, kept for comparison."""
BELOW = 1e-6
"""How far below the aspiration an offer may lie where it is nearer than the next above; NegMAS's value."""
ABOVE = 2e-6

EXPONENTS = {"boulware": 4.0, "linear": 1.0, "conceder": 0.25}


def relative_time(round_number: int, rounds: int) -> float:
    """Relative time in round `round_number` (from 1) of `rounds`."""
    return min(1.0, round_number / (rounds + 1))


def aspiration(time: float, exponent: float, *, start: float = 1.0) -> float:
    """start * (1 - time ** exponent)."""
    return start * (1.0 - math.pow(time, exponent))


def require_exponent(exponent: float) -> float:
    if not (math.isfinite(exponent) and exponent > 0):
        raise BargainingError(f"The concession exponent is {exponent}; it must be a number above 0.")
    return float(exponent)


def require_rounds(rounds: int) -> int:
    if rounds < 1:
        raise BargainingError(f"The deadline is {rounds} rounds; it must be at least 1.")
    return int(rounds)


@dataclass(frozen=True, eq=False)
class Ladder:
    """One side's outcomes from worst to best, with the rule for equals.

    order: int64, columns of the utility table by rising utility; with `ties="first"` equals stand in the order of the
    outcome space (the same on every processor), with `ties="negmas"` as NumPy's default sort leaves them on this one,
    after the outcomes below the reserved value, unsorted, as NegMAS has them.
    sorted_utilities: float64, the utilities in that order.
    acceptable: how many entries of `order` are worth the reserved value or more.
    """

    order: IntArray
    sorted_utilities: FloatArray
    acceptable: int
    worst: float
    best: float
    reserved: float
    ties: Ties

    @property
    def floor(self) -> float:
        return max(self.worst, self.reserved)

    def threshold(self, level: float) -> float:
        """The least utility a side takes at aspiration `level`."""
        low = (self.best - self.floor) * level + self.floor - TOLERANCE
        return max(self.floor, min(self.best, low))

    def ceiling(self) -> float:
        high = (self.best - self.floor) * 1.0 + self.floor + TOLERANCE
        return max(self.floor, min(self.best, high))

    def accepts(self, utility: float, level: float) -> bool:
        return self.threshold(level) <= utility <= self.ceiling()

    def offer(self, level: float) -> int | None:
        """The column to offer at aspiration `level`, None where no outcome is worth the reserved value (first mode)."""
        if self.ties == "negmas":
            return self.offer_as_negmas(level)
        if self.acceptable == 0:
            return None
        # In this mode the acceptable outcomes stand last, in one rising order with the rest.
        low, values = self.threshold(level), self.sorted_utilities
        place = min(int(np.searchsorted(values, low, side="left")), len(values) - 1)
        under = place - 1
        if (
            under >= 0
            and values[under] >= max(low - BELOW, self.reserved)
            and low - values[under] < values[place] - low
        ):
            place = int(np.searchsorted(values, values[under], side="left"))
        return int(self.order[place])

    def offer_as_negmas(self, level: float) -> int:
        if self.acceptable == 0:
            # NegMAS then names its best outcome, whatever it is worth: the last of the best in the space's order.
            return int(self.order[len(self.order) - 1 - int(np.argmax(self.sorted_utilities[::-1]))])
        low, values = self.threshold(level), self.sorted_utilities
        place = min(int(np.searchsorted(values[: self.acceptable], low, side="left")), self.acceptable - 1)
        near = np.flatnonzero((values >= low - BELOW) & (values <= self.ceiling() + ABOVE))
        if near.size:
            distance = np.abs(values[near] - low)
            nearest = int(near[int(np.argmin(distance))])
            if abs(values[nearest] - low) < abs(values[place] - low):
                place = nearest
        return int(self.order[place])


def ladder(table: UtilityTable, side: int, *, ties: Ties = "first") -> Ladder:
    """The ladder of one side of a utility table; outcomes it may not agree to (minus infinity) are left out."""
    row, reserved = table.utilities[side], table.reserved[side]
    columns = np.arange(table.outcomes, dtype=np.int64)
    if not np.isfinite(row).all():
        columns = np.flatnonzero(np.isfinite(row)).astype(np.int64)
        row = row[columns]
    return ladder_of(row, reserved, columns=columns, ties=ties)


def ladder_of(row: FloatArray, reserved: float, *, columns: IntArray, ties: Ties) -> Ladder:
    if ties == "negmas":
        above = np.flatnonzero(row >= reserved)
        below = np.flatnonzero(row < reserved)
        order = np.concatenate([above[np.argsort(row[above])], below])
        acceptable = int(above.size)
    elif ties == "first":
        order = np.argsort(row, kind="stable")
        acceptable = int(np.count_nonzero(row >= reserved))
    else:
        raise BargainingError(f"The tie rule {ties!r} is unknown; choose first or negmas.")
    return Ladder(columns[order], row[order], acceptable, float(row.min()), float(row.max()), reserved, ties)
