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

POSITIVE = 2**62 - 1

# Columns of a side's level array.
OWN, OTHER, OUTCOME = 0, 1, 2


@compiled(inline=True)
def level_of(side: Any, low: float, reserved: float) -> Any:
    """The level a side offers at threshold `low`; `low` is at most the best level."""
    levels, buckets, _, scale = side
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


@compiled(inline=True)
def low_of(side: Any, floor: float, curve: int, k: int, exponent: float, start: float, rounds: int, curves: Any) -> Any:
    """A side's threshold in round k, exact."""
    best = side[0][side[0].shape[0] - 1, OWN]
    return threshold(floor, best, aspiration_at(curves, curve, k, exponent, start, rounds))


@compiled(inline=True)
def hope_of(side: Any, worst: float, low: float) -> Any:
    """No outcome this side has named by the time of threshold `low` is worth more than this to the other."""
    # The mask changes nothing; it tells the compiler that the place is not negative, which saves a test.
    return side[2][int(max(0.0, low - worst) * side[3]) & POSITIVE]


@compiled()
def play(a: Any, b: Any, given: Any, curves: Any, logs: Any, agreement: Any, closing: Any) -> None:
    """Talk `i` of a batch into `agreement[i]` (column of the utility table, -1: none) and `closing[i]` (rounds run).

    a, b: levels, buckets, hopes and scale of `side_levels`. given: reserved values, exponents, starts (each for a and
    b), rounds, and the row of `curves` for a and b (-1: none), arrays with one entry a talk or a single one for all.
    `logs[k]` is the logarithm of k.
    """
    r_a, r_b, e_a, e_b, s_a, s_b, steps, c_a, c_b = given
    worst_a, best_a = a[0][0, OWN], a[0][a[0].shape[0] - 1, OWN]
    worst_b, best_b = b[0][0, OWN], b[0][b[0].shape[0] - 1, OWN]
    slack_a, slack_b = NEARLY * (best_a - worst_a), NEARLY * (best_b - worst_b)
    # -1 keeps every bit of an index, 0 keeps none: a single entry then serves all talks without a branch.
    m_ra, m_rb, m_ea, m_eb = -(r_a.size > 1), -(r_b.size > 1), -(e_a.size > 1), -(e_b.size > 1)
    m_sa, m_sb, m_n = -(s_a.size > 1), -(s_b.size > 1), -(steps.size > 1)
    m_ca, m_cb = -(c_a.size > 1), -(c_b.size > 1)
    for i in range(agreement.size):
        ra, rb, n = r_a[i & m_ra], r_b[i & m_rb], steps[i & m_n]
        ea, eb, sa, sb = e_a[i & m_ea], e_b[i & m_eb], s_a[i & m_sa], s_b[i & m_sb]
        ca, cb = c_a[i & m_ca], c_b[i & m_cb]
        floor_a, floor_b = max(worst_a, ra), max(worst_b, rb)
        agreement[i], closing[i] = -1, n
        if floor_a > best_a or floor_b > best_b:
            closing[i] = 1  # nothing is worth its reserved value to one side, which walks away
            continue
        # First round in which the best a has named so far could satisfy b; rounds + 1 where none could.
        low, high = 1, n + 1
        while low < high:
            k = (low + high) >> 1
            at_a = threshold(floor_a, best_a, nearly_aspiration_at(curves, ca, k, ea, sa, logs, n)) - slack_a
            at_b = threshold(floor_b, best_b, nearly_aspiration_at(curves, cb, k, eb, sb, logs, n)) - slack_b
            if hope_of(a, worst_a, at_a) >= at_b:
                high = k
            else:
                low = k + 1
        first = low
        # Could a have taken an offer of b's by then? b's offer of round k - 1 is answered in round k. If at all, most
        # likely in the last round possible: look there first, then halve.
        low, high = 2, min(first, n) + 1
        k = high - 1
        while low < high:
            at_a = threshold(floor_a, best_a, nearly_aspiration_at(curves, ca, k, ea, sa, logs, n)) - slack_a
            at_b = threshold(floor_b, best_b, nearly_aspiration_at(curves, cb, k - 1, eb, sb, logs, n)) - slack_b
            if hope_of(b, worst_b, at_b) >= at_a:
                high = k
            else:
                low = k + 1
            k = (low + high) >> 1
        first = min(first, low)
        if first > n:
            continue
        ceiling_a = max(floor_a, min(best_a, (best_a - floor_a) * 1.0 + floor_a + TOLERANCE))
        ceiling_b = max(floor_b, min(best_b, (best_b - floor_b) * 1.0 + floor_b + TOLERANCE))
        standing = -1
        if first > 1:
            standing = level_of(b, low_of(b, floor_b, cb, first - 1, eb, sb, n, curves), rb)
        for k in range(first, n + 1):
            at_a = low_of(a, floor_a, ca, k, ea, sa, n, curves)
            if standing >= 0 and at_a <= b[0][standing, OTHER] <= ceiling_a:
                agreement[i], closing[i] = int(b[0][standing, OUTCOME]), k
                break
            offered = level_of(a, at_a, ra)
            at_b = low_of(b, floor_b, cb, k, eb, sb, n, curves)
            if at_b <= a[0][offered, OTHER] <= ceiling_b:
                agreement[i], closing[i] = int(a[0][offered, OUTCOME]), k
                break
            standing = level_of(b, at_b, rb)


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


@compiled()
def even_in_logarithm(low: float, width: float, even: Any) -> Any:
    """exp(low + even * width), float64 of the shape of `even`, by the C library: NumPy's own differs by processor."""
    out = np.empty_like(even)
    for i in range(even.size):
        out[i] = math.exp(low + even[i] * width)
    return out


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
