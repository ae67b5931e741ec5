"""Where a negotiation stands after its first offers, as arrays: what the forecast conditions on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from burdenshare.outlook.table.scale import Scaled

Array = NDArray[np.float64]
SMALL_GAP = (0.06, 0.16)  # gaps, on the scale, under which sides tend to close at once
FARTHEST = 3.0  # offers farther from zero than this, on the scale, count as this: slips of the pen must not steer a fit
BOLDEST = 0.6  # a concession larger than this, on the scale, counts as this
CORE, FULL = 20, 150  # deals from which the core features, and all features, are used; below CORE none are


@dataclass(frozen=True)
class State:
    """Arrays of shape (n,), offers on the scale; NaN where a side has made none.

    `buyer` and `seller` are the standing offers, `buyer_first` and `seller_first` the openings, `made` the offers made
    by the buyer and in all, `buyer_last` whether the buyer made the last one, `repeat` whether that one repeated the
    same side's offer before.
    """

    buyer: Array
    seller: Array
    buyer_first: Array
    seller_first: Array
    buyer_made: Array
    made: Array
    buyer_last: Array
    buyer_target: Array
    seller_target: Array

    def __len__(self) -> int:
        return len(self.buyer)


@dataclass(frozen=True)
class Anchors:
    """What stands in for the offer of a side that has made none: the class's median opening, on the scale."""

    buyer: float
    seller: float


def state_of(negotiations: Sequence[Scaled], *, first: int) -> State:
    """The state after at most `first` offers. What comes later is never looked at."""
    rows = np.full((len(negotiations), 9), math.nan)
    for row, negotiation in zip(rows, negotiations, strict=True):
        values: dict[bool, list[float]] = {True: [], False: []}
        for buyer, value in zip(negotiation.buyer[:first], negotiation.values[:first], strict=True):
            values[buyer].append(min(max(value, -FARTHEST), FARTHEST))
        bought, sold = values[True], values[False]
        if bought:
            row[0], row[2] = bought[-1], bought[0]
        if sold:
            row[1], row[3] = sold[-1], sold[0]
        made = len(bought) + len(sold)
        row[4:7] = len(bought), made, made > 0 and negotiation.buyer[made - 1]
        row[7] = negotiation.target.get("buyer", math.nan)
        row[8] = negotiation.target.get("seller", math.nan)
    return State(*rows.T)


def anchors_of(past: Sequence[Scaled]) -> Anchors:
    """The median opening of either side over whole past negotiations, on the scale.

    A side that never spoke in the past stands where settlements do, pushed outward by their spread.
    """
    openings: dict[bool, list[float]] = {True: [], False: []}
    for n in past:
        for side in (True, False):
            opening = next((v for b, v in zip(n.buyer, n.values, strict=True) if b is side), None)
            if opening is not None:
                openings[side].append(opening)
    settled = [n.settlement for n in past if math.isfinite(n.settlement)] or [1.0]
    centre, spread = float(np.median(settled)), float(np.subtract(*np.quantile(settled, [0.9, 0.1])))
    ends = {s: float(np.median(o)) if o else centre + (-spread if s else spread) for s, o in openings.items()}
    low, high = sorted(ends.values())
    return Anchors(low, high if high > low else low + max(spread, 0.1))


def standing(state: State, anchors: Anchors) -> tuple[Array, Array]:
    """The standing offers of buyer and seller, with the class's opening for a side that made none.

    A lone offer beyond the other side's usual opening moves that opening with it: the gap never turns over for it.
    """
    width = anchors.seller - anchors.buyer
    buyer, seller = state.buyer, state.seller
    implied_seller = np.where(np.isnan(buyer), anchors.seller, np.fmax(anchors.seller, buyer + 0.05 * width))
    implied_buyer = np.where(np.isnan(seller), anchors.buyer, np.fmin(anchors.buyer, seller - 0.05 * width))
    return np.where(np.isnan(buyer), implied_buyer, buyer), np.where(np.isnan(seller), implied_seller, seller)


def features(state: State, anchors: Anchors, *, deals: int, aims: bool = True) -> Array:
    """What the regressions see, shape (n, features): none for a handful of past deals, more as there are more.

    Levels, gap, who spoke last, concessions made (the next concession is
    expected from who has conceded less, as in J. G. Cross, "A theory of the bargaining process", Am. Econ. Rev. 55,
    1965, and in tit-for-tat tactics), and, unless `aims` is false, the sides' own targets where the table has them.
    """
    buyer, seller = standing(state, anchors)
    gap = seller - buyer
    spoke_b, spoke_s = np.isfinite(state.buyer) * 1.0, np.isfinite(state.seller) * 1.0
    last = np.nan_to_num(state.buyer_last)
    core = [spoke_b * spoke_s, last, gap, state.buyer_made]
    if deals < CORE:
        return np.zeros((len(state), 0))
    if deals < FULL:
        return np.column_stack(core)
    gave_b = np.clip(np.nan_to_num(state.buyer - state.buyer_first), -BOLDEST, BOLDEST)
    gave_s = np.clip(np.nan_to_num(state.seller_first - state.seller), -BOLDEST, BOLDEST)
    columns: list[NDArray[Any]] = [
        *core, buyer, seller, spoke_b, spoke_s, gave_b, gave_s, (gave_b > 0) * 1.0, (gave_s > 0) * 1.0,
        *(((gap < limit) * 1.0) for limit in SMALL_GAP),
        gap * last, buyer * last, seller * (1 - last) * spoke_b,
    ]  # fmt: skip
    return np.column_stack(columns + (targets(state, buyer, seller) if aims else []))


def targets(state: State, buyer: Array, seller: Array) -> list[NDArray[Any]]:
    """Columns on the sides' targets: where, how far from the standing offer, and whether that has gone past it."""
    columns: list[NDArray[Any]] = []
    for target, offer, sign in ((state.buyer_target, buyer, 1.0), (state.seller_target, seller, -1.0)):
        past_it = np.where(np.isnan(target), np.nan, sign * (target - offer) <= 1e-3)
        columns += [target, target - offer, past_it]
    return columns


@dataclass(frozen=True)
class Standard:
    """Brings features to mean 0 and variance 1 as in the past; a feature without variance is left out.

    What is not known (NaN) becomes the past's mean, so that not knowing it says nothing.
    """

    mean: Array
    deviation: Array

    @classmethod
    def of(cls, x: Array) -> Standard:
        """Learned from `x` of shape (n, features)."""
        known = np.isfinite(x)
        count = np.maximum(known.sum(axis=0), 1)
        mean = np.where(known, x, 0.0).sum(axis=0) / count
        return cls(mean, np.sqrt(np.where(known, (x - mean) ** 2, 0.0).sum(axis=0) / count))

    def __call__(self, x: Array) -> Array:
        """Shape (n, features with variance); nothing is let farther out than six deviations."""
        keep = self.deviation > 1e-9
        z = (x[:, keep] - self.mean[keep]) / self.deviation[keep]
        return np.asarray(np.clip(np.where(np.isnan(z), 0.0, z), -6, 6))
