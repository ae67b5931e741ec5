"""The compiled part: many talks at once, and how well talks fit what was seen. All days count from the as-of date.

One set of talks is a point of D standard normal numbers (`theta`), turned into its quantities by `quantities`. With

    p(t) = exp((t - E) / P) before the expiry E of the old agreement, 1 + (t - E) / L after it   (pressure)
    a(t) = 1 - min(1, (t - t0) / T) ** e                                                         (aspiration)

the host's standing offer and the stationing side's standing demand are, in log points of the old yearly sum,

    offer(t)  = R_h + k_h p(t) - x_h b_h(t)        demand(t) = R_s - k_s p(t) + x_s b_s(t)
    b(t) = a(t) (1 - r min(1, p(t)))

with R the limit, x how far the opening lies beyond it, k how far the limit yields by the expiry, and r how far the
expiry is a deadline for both: the share of what they still ask beyond their limits that is gone by then. a(t) is the
time-dependent tactic of Faratin, Sierra and Jennings 1998 (`bargaining.time_based.aspiration`; tests hold the two
equal). At a round where the offer reaches the demand a deal is closed with probability q, at a figure between the two,
but never below what the host had offered before nor above what had been asked: what is on the table can be taken.

Random numbers are counted, not drawn in turn: number j of talk i is a hash (SplitMix64: G. L. Steele, D. Lea and
C. H. Flood, OOPSLA 2014) of the seed, i and j, so that the threads may share the talks in any way.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from burdenshare.bargaining.compiled import compiled

Array = NDArray[np.float64]

# Places in a point.
(
    CENTRE,
    ZONE,
    OPEN_HOST,
    OPEN_STATIONING,
    CURVE_HOST,
    CURVE_STATIONING,
    LENGTH,
    YIELD_HOST,
    YIELD_STATIONING,
    LEAD,
    DEADLINE,
) = range(11)
D = 11
# Places in the settings of a set of talks.
(
    S_ZONE, S_ZONE_SD, S_OH, S_OH_SD, S_OS, S_OS_SD, S_CURVE, S_CURVE_SD, S_LENGTH, S_LENGTH_SD, S_YIELD, S_YIELD_SD,
    S_LEAD, S_LEAD_SD, S_START, S_EXPIRY, S_PRESSURE_DAYS, S_LAPSE_DAYS, S_CLOSING, S_VETO, S_VETO_DAYS, S_VETO_SD,
    S_OFF, S_GAP, S_GAP_SD, S_LAST_ROUND, S_PLANNED, S_HORIZON, S_DEADLINE, S_DEADLINE_SD, SETTINGS,
) = range(31)  # fmt: skip
UNKNOWN = 1e9
"""A day that is not known."""
NO_DEAL = 1e12

POSITION, LIMIT, REJECT, TENTATIVE, NO_DEAL_ROUND, APART, NEAR = range(7)
EXACT, UP_TO, AT_LEAST, RANGE = range(4)
BLOCK = 8192
"""Talks a thread takes at a time; any other number gives the same talks."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Observations as columns: kind, side (0 host, 1 stationing), bound, day, low, high, scale, factor."""

    whole: NDArray[np.int64]  # shape (n, 3)
    real: Array  # shape (n, 5)


@compiled(inline=True)
def mixed(z: Any) -> Any:
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@compiled(inline=True)
def even(key: Any, j: Any) -> Any:
    """Number j of a talk, evenly between 0 and 1, never either."""
    z = mixed(key + np.uint64(j) * np.uint64(0x9E3779B97F4A7C15))
    return (float(z >> np.uint64(12)) + 0.5) * (1.0 / 4503599627370496.0)


@compiled()
def normal_score(u: float) -> float:
    """The standard normal quantile (M. J. Wichura, Applied Statistics 37, 1988, algorithm AS 241, PPND7: 7 digits)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        return q * top / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0)
    r = math.sqrt(-math.log(u if q < 0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
        x = top / ((0.12021132975 * r + 0.73700164250) * r + 1.0)
    else:
        r -= 5.0
        top = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
        x = top / ((0.012258202635 * r + 0.24197894225) * r + 1.0)
    return -x if q < 0 else x


@compiled(inline=True)
def looked_up(table: Any, score: float) -> Any:
    """The quantile at a normal score, from a table even in the score from -5 to 5; straight lines between."""
    place = (score + 5.0) * ((table.size - 1) / 10.0)
    i = int(place)
    if i < 0:
        i = 0
    if i > table.size - 2:
        i = table.size - 2
    return table[i] + (place - i) * (table[i + 1] - table[i])


@compiled(inline=True)
def quantities(x: Any, s: Any, rise: Any) -> Any:
    """centre, R_h, R_s, x_h, x_s, e_h, e_s, T, k_h, k_s, t0, r of a point `x`."""
    centre = looked_up(rise, x[0])
    half = 0.5 * (s[0] + s[1] * x[1])
    start = s[14]
    if start >= 1e9:
        lead = math.exp(s[12] + s[13] * x[9])
        start = lead / 4.0
        if s[15] < 1e9:
            start = max(1.0, s[15] - lead)
    return (
        centre, centre + half, centre - half, math.exp(s[2] + s[3] * x[2]), math.exp(s[4] + s[5] * x[3]),
        math.exp(s[6] + s[7] * x[4]), math.exp(s[6] + s[7] * x[5]), math.exp(s[8] + s[9] * x[6]),
        math.exp(s[10] + s[11] * x[7]), math.exp(s[10] + s[11] * x[8]), start,
        1.0 / (1.0 + math.exp(-s[28] - s[29] * x[10])),
    )  # fmt: skip


@compiled(inline=True)
def pressure(t: float, s: Any) -> Any:
    if s[15] >= 1e9:
        return 0.0
    over = t - s[15]
    return math.exp(over / s[16]) if over < 0 else 1.0 + over / s[17]


@compiled(inline=True)
def aspirations(t: float, start: float, length: float, e_h: float, e_s: float, left: float) -> Any:
    """How much of its opening each side still asks beyond its limit, 1 to 0; `left` is what the deadline leaves."""
    time = (t - start) / length
    if time <= 0.0:
        return left, left
    if time >= 1.0:
        return 0.0, 0.0
    log_time = math.log(time)
    return left * (1.0 - math.exp(e_h * log_time)), left * (1.0 - math.exp(e_s * log_time))


@compiled()
def play_block(first: int, seed: Any, theta: Any, s: Any, rise: Any, day: Any, value: Any, vetoes: Any) -> None:
    """Talks from the as-of date on, into day (NO_DEAL: none by the horizon), value (log points) and vetoes.

    Talk i = first + k goes on from point i of `theta`, again from 0 once they are used up; with no points it starts
    from a point drawn from the prior.
    """
    x = np.empty(11)
    for k in range(day.size):
        i = first + k
        key = mixed(seed + np.uint64(i + 1) * np.uint64(0xD1342543DE82EF95))
        j = 1
        if theta.shape[0]:
            x[:] = theta[i % theta.shape[0]]
        else:
            for d in range(11):
                x[d] = normal_score(even(key, j))
                j += 1
        _, r_h, r_s, x_h, x_s, e_h, e_s, length, k_h, k_s, start, deadline = quantities(x, s, rise)
        day[k], value[k], vetoes[k] = 1e12, 0.0, 0
        horizon = s[27]
        # The first round: announced, or the first there is, or as long after the last as gaps of the past say it may
        # still take.
        if s[26] < 1e9:
            t = s[26]
        elif s[25] >= 1e9:
            t = max(start, 1.0)
        else:
            gone = (math.log(max(1.0, -s[25])) - s[23]) / s[24]
            below = 0.5 * math.erfc(-gone * 0.7071067811865476)
            u = below + (1.0 - below) * even(key, j)
            j += 1
            t = max(1.0, s[25] + math.exp(s[23] + s[24] * normal_score(min(u, 0.999999999))))
        # What is on the table on the as-of date, where the two have not met yet.
        p = pressure(0.0, s)
        a_h, a_s = aspirations(0.0, start, length, e_h, e_s, 1.0 - deadline * min(1.0, p))
        offered, asked = r_h + k_h * p - x_h * a_h, r_s - k_s * p + x_s * a_s
        if offered >= asked:
            offered, asked = -1e9, 1e9
        while t <= horizon:
            p = pressure(t, s)
            a_h, a_s = aspirations(t, start, length, e_h, e_s, 1.0 - deadline * min(1.0, p))
            offer = r_h + k_h * p - x_h * a_h
            demand = r_s - k_s * p + x_s * a_s
            if offer >= demand and even(key, j) < s[18]:
                j += 1
                if even(key, j) < s[19] and vetoes[k] < 100:
                    vetoes[k] += 1
                    harder = abs(normal_score(even(key, j + 1))) * s[21]
                    if even(key, j + 2) < 0.5:
                        r_s += harder
                        asked = 1e9  # what the side had asked for is withdrawn with its word
                    else:
                        r_h -= harder
                        offered = -1e9
                    t -= math.log(even(key, j + 3)) * s[20]
                    j += 4
                else:
                    day[k] = t
                    value[k] = max(offered, min(asked, demand + even(key, j + 1) * (offer - demand)))
                    break
            else:
                j += 1
            if offer < demand:
                offered, asked = max(offered, offer), min(asked, demand)
            gap = math.exp(s[23] + s[24] * normal_score(even(key, j)))
            j += 1
            # Rounds come closer together about the expiry.
            if s[15] < 1e9:
                gap *= 0.5 + 0.5 * min(1.0, abs(t - s[15]) / s[16])
            t += max(1.0, gap)


@compiled(inline=True)
def log_below(z: float) -> float:
    """Logarithm of the logistic distribution function."""
    return -math.log1p(math.exp(-z)) if z > -30.0 else z


@compiled()
def fit_block(theta: Any, s: Any, rise: Any, whole: Any, real: Any, out: Any) -> None:
    """Log likelihood of each observation for each point into out, shape (points, observations)."""
    for i in range(theta.shape[0]):
        centre, r_h, r_s, x_h, x_s, e_h, e_s, length, k_h, k_s, start, deadline = quantities(theta[i], s, rise)
        for j in range(whole.shape[0]):
            kind, side, bound = whole[j, 0], whole[j, 1], whole[j, 2]
            t, low, high, scale, factor = real[j, 0], real[j, 1], real[j, 2], real[j, 3], real[j, 4]
            p = pressure(t, s)
            a_h, a_s = aspirations(t, start, length, e_h, e_s, 1.0 - deadline * min(1.0, p))
            limit = r_h + k_h * p if side == 0 else r_s - k_s * p
            beyond = -x_h * a_h if side == 0 else x_s * a_s
            gap = (r_s - k_s * p + x_s * a_s) - (r_h + k_h * p - x_h * a_h)
            if kind == 4:  # a round without a deal: had the two met, it would have closed with probability q
                out[i, j] = math.log(max(1e-12, 1.0 - s[18])) if gap <= 0.0 else 0.0
            elif kind == 5:
                out[i, j] = log_below(gap / scale) + (math.log(max(1e-12, 1.0 - s[18])) if gap <= 0.0 else 0.0)
            elif kind == 6:
                out[i, j] = log_below(-gap / scale)
            elif kind == 2:  # turned down: beyond what the side stood for then
                z = (limit + beyond - low) / (scale * factor)
                out[i, j] = log_below(z if side == 1 else -z)
            else:
                if kind == 3:
                    stands, width = centre, scale * factor
                elif kind == 1:
                    stands, width = limit, 2.0 * scale * factor
                    bound = 1 if side == 0 else 2
                else:
                    stands = limit + beyond
                    width = factor * math.sqrt(scale * scale + (s[22] * beyond) ** 2)
                if bound == 1:
                    out[i, j] = log_below((high - stands) / width)
                elif bound == 2:
                    out[i, j] = log_below((stands - low) / width)
                elif bound == 3:
                    z_low, z_high = (low - stands) / width, (high - stands) / width
                    wide = 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, z_high))))
                    wide -= 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, z_low))))
                    out[i, j] = math.log(max(wide, 1e-17))
                else:
                    z = abs(low - stands) / width
                    out[i, j] = -z - 2.0 * math.log1p(math.exp(-z)) - math.log(width)


def _shared(work: Any, size: int, threads: int) -> None:
    starts = range(0, size, BLOCK)
    if threads <= 1 or size <= BLOCK:
        for start in starts:
            work(start)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, starts))


def play(
    theta: Array, *, settings: Array, rise: Array, seed: int, talks: int, threads: int = 2
) -> tuple[Array, Array, NDArray[np.int64]]:
    """`talks` simulated talks: the day of the deal (from the as-of date; NO_DEAL), its rise in log points, vetoes.

    theta: float64 of shape (points, D), or (0, D) to draw each talk from the prior. The same for any `threads`.
    """
    day, value = np.empty(talks), np.empty(talks)
    vetoes = np.zeros(talks, dtype=np.int64)

    def work(start: int) -> None:
        part = slice(start, min(start + BLOCK, talks))
        play_block(start, np.uint64(seed % 2**64), theta, settings, rise, day[part], value[part], vetoes[part])

    _shared(work, talks, threads)
    return day, value, vetoes


def fit(theta: Array, *, settings: Array, rise: Array, seen: Seen, threads: int = 2) -> Array:
    """Log likelihood of each observation at each point, shape (points, observations)."""
    out = np.empty((theta.shape[0], seen.whole.shape[0]))

    def work(start: int) -> None:
        part = slice(start, min(start + BLOCK, theta.shape[0]))
        fit_block(theta[part], settings, rise, seen.whole, seen.real, out[part])

    _shared(work, theta.shape[0], threads)
    return out
