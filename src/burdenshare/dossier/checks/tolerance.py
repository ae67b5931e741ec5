"""When a figure as printed and a figure as known may be the same, each allowance with its name and reason.

Amounts, counts and percentages alike; all allowances are shares of the printed figure unless said otherwise. They were
set on 41 English reports of 2013 to 2024 by looking at every figure that fell outside; raise one only with a report in
hand whose figure is right and falls outside.
"""

from __future__ import annotations

from typing import Literal

from burdenshare.money import Range

Fit = Literal["consistent", "rounded"] | None

# A figure is right within half a unit of its last digit, but a short one ("5 billion") never speaks for more than this
# to either side: 28,000 stands for 28,500, 5 billion does not stand for 4.7.
EXACT = 0.02
# "about", "around", "some": reporters use them within a twentieth, readers allow a little more.
ABOUT = 0.07
# "nearly", "almost": the figure is a little less; never more than a rounding above.
NEARLY = 0.12
# "more than", "over": at the figure or above it, and close enough that the next round figure was not named.
OVER = 0.25
# "up to", "at least": a limit, so the figure lies below (above), however far.
LIMIT = 0.5
# Rounded more coarsely than the words admit ("1 billion" where 0.87 was paid): half a unit of the last digit, but
# never further than this.
COARSE = 0.15
# Two sources that put one sum in another currency took rates of different days; so does a third.
CONVERTED = 0.03
# An old or a budget rate: further off than any rate of the quarter, but no slip of a digit.
OLD_RATE = 0.08
# A multiple in words drops the fraction over the whole times ("fivefold" for 5.7), seldom adds one.
TIMES_BELOW = 0.12
TIMES_ABOVE = 0.20
# A percentage worked out from rounded sums differs from the published one by a few tenths of a point.
POINTS = 0.15


def step(value: float) -> float:
    """The unit of the last digit that is not zero: 10 million for 1.04 trillion, 0.1 for 13.9."""
    size = abs(value)
    if size == 0:
        return 1.0
    if size != round(size):
        for places in (1, 2, 3):
            if abs(size - round(size, places)) < 1e-9:
                return float(10**-places)
        return 0.001
    whole, unit = round(size), 1
    while whole % 10 == 0:
        whole, unit = whole // 10, unit * 10
    return float(unit)


def reach(value: float, bound: str | None = None, *, slack: float = 0.0) -> tuple[float, float]:
    """The least and the most that a figure printed with this bound may stand for; `slack` widens both, as a share."""
    size = abs(value)
    near = min(step(value) / 2, EXACT * size)
    below, above = {
        "about": (ABOUT, ABOUT),
        "nearly": (NEARLY, 0.0),
        "under": (NEARLY, 0.0),
        "over": (0.0, OVER),
        "up-to": (LIMIT, 0.0),
        "at-least": (0.0, LIMIT),
    }.get(bound or "exact", (0.0, 0.0))
    low, high = value - max(near, below * size), value + max(near, above * size)
    return low - slack * size, high + slack * size


def fit(value: float, known: float, bound: str | None = None, *, slack: float = 0.0) -> Fit:
    """`consistent` where the printed value may stand for the known one, `rounded` where only a coarser one would."""
    low, high = reach(value, bound, slack=slack)
    if low - 1e-9 <= known <= high + 1e-9:
        return "consistent"
    size = abs(value)
    coarse = step(value) / 2 if bound in (None, "exact") else COARSE * size
    coarse = min(max(coarse, near_miss(value)), COARSE * size)
    return "rounded" if low - coarse <= known <= high + coarse and abs(known - value) <= COARSE * size else None


def near_miss(value: float) -> float:
    """One unit of the last digit: 1.04 for 1.033, or the last digit cut off and not rounded."""
    return min(step(value), EXACT * abs(value))


def times_fit(multiple: float, ratio: float, bound: str | None = None, *, increase: bool = False) -> Fit:
    """Whether a multiple in words may stand for a ratio; "an increase of five times" may also mean six times."""
    below, above = TIMES_BELOW, TIMES_ABOVE
    if bound in ("nearly", "under", "up-to"):
        below, above = 0.2, 0.05
    elif bound in ("over", "at-least"):
        below, above = 0.02, 0.35
    elif bound == "about":
        below, above = 0.2, 0.25
    for m in (multiple, multiple + 1) if increase else (multiple,):
        if m * (1 - below) <= ratio <= m * (1 + above):
            return "consistent"
    # the sums of a "nearly five times" are themselves rounded, so the bound is not held to the letter
    return "rounded" if multiple * (1 - 0.2) <= ratio <= multiple * (1 + TIMES_ABOVE) else None


def percent_fit(percent: float, known: float, bound: str | None = None) -> Fit:
    """Whether a percentage of change may stand for a known one, in points; a half percent and a tenth of it for sums
    that were rounded before they were divided.
    """
    low, high = reach(percent, bound)
    room = max(POINTS, min(step(percent), 1.0) / 2)
    if min(low, percent - room) <= known <= max(high, percent + room):
        return "consistent"
    wide = max(2 * room, 0.1 * abs(percent)) if bound not in (None, "exact") else 2 * min(step(percent), 1.0)
    return "rounded" if abs(known - percent) <= min(wide, 1.0) and known * percent >= 0 else None


def ends(value: float | Range) -> tuple[float, float]:
    """The low and the high end of a number or a range."""
    return (value.low, value.high) if isinstance(value, Range) else (value, value)


def best(fits: list[Fit]) -> Fit:
    """The kindest of several fits."""
    return "consistent" if "consistent" in fits else "rounded" if "rounded" in fits else None
