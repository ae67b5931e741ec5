"""The compiled part of batches: when two time-dependent sides meet, found without playing every round.

Three facts carry it. A side's threshold only falls, so its offers only move down its list of utility levels. Whether
the *best* outcome it could have named so far would satisfy the other is then a yes that never turns back into a no, and
its first round is found by halving. Only from that round on are rounds looked at one by one, and where the sides'
interests run straight against each other the first look is the last. A threshold's place in the list is found by
dividing, through a table of buckets, not by searching; for the halving the bucket's own bound is enough.

`protocols.play_alternating` with `tactics.TimeBased` plays the same talks round by round; tests hold the two equal.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from burdenshare.bargaining.compiled import compiled
from burdenshare.bargaining.space import FloatArray, IntArray

TOLERANCE = 1e-4
BELOW = 1e-6
CURVES = 64
"""How many different curves a batch may have for them to be tabulated; beyond, each talk computes its own."""
NEARLY = 1e-9
"""A power taken by logarithm and exponential is off by less than 1e-11 within the bounds of a batch."""
LINEAR_STEPS = 6
"""A bucket with more levels than this is searched by halving."""

BUCKETS_A_LEVEL = 4
MOST_BUCKETS = 4_000_000

# Columns of a side's level array.
OWN, OTHER, OUTCOME = 0, 1, 2


@compiled(inline=True)
def level_of(levels: Any, buckets: Any, scale: float, low: float, reserved: float) -> Any:
    """The level a side offers at threshold `low`; `low` is at most the best level."""
    bucket = int((low - levels[0, OWN]) * scale)
    place = buckets[bucket]
    last = buckets[bucket + 1]
    if last - place > LINEAR_STEPS:
        while place < last:
            middle = (place + last) >> 1
            if levels[middle, OWN] < low:
                place = middle + 1
            else:
                last = middle
    # Bucket edges are rounded, so the place is made sure of from both sides.
    while levels[place, OWN] < low:
        place += 1
    while place > 0 and levels[place - 1, OWN] >= low:
        place -= 1
    if place > 0:
        under = levels[place - 1, OWN]
        if under >= low - BELOW and under >= reserved and low - under < levels[place, OWN] - low:
            place -= 1
    return place


@compiled(inline=True)
def aspiration_at(curves: Any, curve: int, k: int, exponent: float, start: float, rounds: int) -> float:
    if curve >= 0:
        return float(curves[curve, k])
    return start * (1.0 - math.pow(min(1.0, k / (rounds + 1)), exponent))


@compiled(inline=True)
def nearly_aspiration_at(
    curves: Any, curve: int, k: int, exponent: float, start: float, logs: Any, rounds: int
) -> float:
    """The same to within NEARLY, without a power: enough to say where not to look."""
    if curve >= 0:
        return float(curves[curve, k])
    return start * (1.0 - math.exp(exponent * (logs[k] - logs[rounds + 1])))


@compiled(inline=True)
def threshold(floor: float, best: float, level: float) -> float:
    return max(floor, min(best, (best - floor) * level + floor - TOLERANCE))


@compiled()
def play(
    levels_a: Any, buckets_a: Any, hopes_a: Any, scale_a: float,
    levels_b: Any, buckets_b: Any, hopes_b: Any, scale_b: float,
    reserved_a: Any, reserved_b: Any, exponent_a: Any, exponent_b: Any, start_a: Any, start_b: Any, rounds: Any,
    curve_a: Any, curve_b: Any, curves: Any, logs: Any, agreement: Any, closing: Any,
) -> None:  # fmt: skip
    """Talk `i` of a batch into `agreement[i]` (column of the utility table, -1: none) and `closing[i]` (rounds run).

    Parameter arrays have one entry a talk or a single one for all. `logs[k]` is the logarithm of k.
    """
    worst_a, best_a = levels_a[0, OWN], levels_a[levels_a.shape[0] - 1, OWN]
    worst_b, best_b = levels_b[0, OWN], levels_b[levels_b.shape[0] - 1, OWN]
    slack_a, slack_b = NEARLY * (best_a - worst_a), NEARLY * (best_b - worst_b)
    # -1 keeps every bit of an index, 0 keeps none: a single entry then serves all talks without a branch.
    m_ra, m_rb = -(reserved_a.size > 1), -(reserved_b.size > 1)
    m_ea, m_eb = -(exponent_a.size > 1), -(exponent_b.size > 1)
    m_sa, m_sb = -(start_a.size > 1), -(start_b.size > 1)
    m_n, m_ca, m_cb = -(rounds.size > 1), -(curve_a.size > 1), -(curve_b.size > 1)
    for i in range(agreement.size):
        ra, rb, n = reserved_a[i & m_ra], reserved_b[i & m_rb], rounds[i & m_n]
        ea, eb, sa, sb = exponent_a[i & m_ea], exponent_b[i & m_eb], start_a[i & m_sa], start_b[i & m_sb]
        ca, cb = curve_a[i & m_ca], curve_b[i & m_cb]
        floor_a, floor_b = max(worst_a, ra), max(worst_b, rb)
        agreement[i] = -1
        if floor_a > best_a or floor_b > best_b:
            closing[i] = 1  # nothing is worth its reserved value to one side, which walks away
            continue
        closing[i] = n
        # First round in which the best outcome a has named so far would satisfy b.
        low, high = 1, n + 1
        while low < high:
            k = (low + high) >> 1
            at_a = threshold(floor_a, best_a, nearly_aspiration_at(curves, ca, k, ea, sa, logs, n)) - slack_a
            at_b = threshold(floor_b, best_b, nearly_aspiration_at(curves, cb, k, eb, sb, logs, n)) - slack_b
            if hopes_a[int(max(0.0, at_a - worst_a) * scale_a)] >= at_b:
                high = k
            else:
                low = k + 1
        first = low
        # Could a have taken an offer of b's before? b's offer of round k - 1 is answered in round k.
        low, high = 2, min(first, n) + 1
        while low < high:
            # The likely place is the upper end: look there first, then halve.
            k = high - 1 if high == min(first, n) + 1 else (low + high) >> 1
            at_a = threshold(floor_a, best_a, nearly_aspiration_at(curves, ca, k, ea, sa, logs, n)) - slack_a
            at_b = threshold(floor_b, best_b, nearly_aspiration_at(curves, cb, k - 1, eb, sb, logs, n)) - slack_b
            if hopes_b[int(max(0.0, at_b - worst_b) * scale_b)] >= at_a:
                high = k
            else:
                low = k + 1
        first = min(first, low)
        if first > n:
            continue
        ceiling_a = max(floor_a, min(best_a, (best_a - floor_a) * 1.0 + floor_a + TOLERANCE))
        ceiling_b = max(floor_b, min(best_b, (best_b - floor_b) * 1.0 + floor_b + TOLERANCE))
        standing = -1
        if first > 1:
            at_b = threshold(floor_b, best_b, aspiration_at(curves, cb, first - 1, eb, sb, n))
            standing = level_of(levels_b, buckets_b, scale_b, at_b, rb)
        for k in range(first, n + 1):
            at_a = threshold(floor_a, best_a, aspiration_at(curves, ca, k, ea, sa, n))
            if standing >= 0:
                worth = levels_b[standing, OTHER]
                if at_a <= worth <= ceiling_a:
                    agreement[i] = int(levels_b[standing, OUTCOME])
                    closing[i] = k
                    break
            offered = level_of(levels_a, buckets_a, scale_a, at_a, ra)
            at_b = threshold(floor_b, best_b, aspiration_at(curves, cb, k, eb, sb, n))
            worth = levels_a[offered, OTHER]
            if at_b <= worth <= ceiling_b:
                agreement[i] = int(levels_a[offered, OUTCOME])
                closing[i] = k
                break
            standing = level_of(levels_b, buckets_b, scale_b, at_b, rb)


@compiled()
def number_curves(exponent: Any, start: Any, rounds: Any, size: int, number: Any, known: Any) -> int:
    """Number the different (exponent, start, rounds) of a batch into `number`; how many there are, -1 beyond CURVES.

    `known` is float64 of shape (CURVES, 3) and receives them.
    """
    m_e, m_s, m_n = -(exponent.size > 1), -(start.size > 1), -(rounds.size > 1)
    count = 0
    for i in range(size):
        e, s, n = exponent[i & m_e], start[i & m_s], rounds[i & m_n]
        j = 0
        while j < count and not (known[j, 0] == e and known[j, 1] == s and known[j, 2] == n):
            j += 1
        if j == count:
            if count == CURVES:
                return -1
            known[count, 0], known[count, 1], known[count, 2] = e, s, n
            count += 1
        number[i] = j
    return count


def side_levels(own: FloatArray, other: FloatArray) -> tuple[FloatArray, IntArray, FloatArray, float]:
    """One side's distinct utility levels and the buckets that find them.

    own, other: float64 of shape (outcomes,), a side's utilities and the other's. Returns (levels, buckets, hopes,
    scale): levels is float64 of shape (levels, 3), by rising own utility: own utility, the other's utility of the first
    outcome of that level, the outcome. buckets is int64 of shape (about four times the levels + 2,): the first level of
    each stretch of equal width 1/scale. hopes, float64 of the same shape: no outcome offered at a threshold in or above
    this stretch is worth more to the other side.
    """
    columns = np.flatnonzero(np.isfinite(own))
    values = own[columns]
    order = np.argsort(values, kind="stable")
    values, columns = values[order], columns[order]
    first = np.concatenate([[True], values[1:] != values[:-1]])
    values, columns = values[first], columns[first]
    levels = np.empty((len(values), 3))
    levels[:, OWN], levels[:, OTHER], levels[:, OUTCOME] = values, other[columns], columns
    best_so_far = np.maximum.accumulate(levels[::-1, OTHER])[::-1]
    width = float(values[-1] - values[0])
    count = min(BUCKETS_A_LEVEL * len(values), MOST_BUCKETS)
    scale = count / width if width > 0 and math.isfinite(count / width) else 0.0
    if not scale:
        return levels, np.array([0, len(values) - 1]), np.full(2, best_so_far[0]), 0.0
    edges = values[0] + np.arange(count + 2) / scale
    buckets = np.minimum(np.searchsorted(values, edges, side="left"), len(values) - 1).astype(np.int64)
    # An edge is off by rounding, and an offer may lie BELOW its threshold: the hope counts from safely under both.
    safe = edges - BELOW - 1e-9 * (np.abs(edges) + width)
    hopes = best_so_far[np.minimum(np.searchsorted(values, safe, side="left"), len(values) - 1)]
    return levels, buckets, hopes, scale
