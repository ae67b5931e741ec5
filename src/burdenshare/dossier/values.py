"""When two figures or two dates may both be right.

A rounded figure agrees with the finer one it rounds: "1.04 trillion won" with 1.0389, "28,000" with 28,500.
"""

from __future__ import annotations

from datetime import date, timedelta

from burdenshare import edtf
from burdenshare.edtf import When
from burdenshare.money import Amount, Change, Growth, Range

Number = float | Range

# A rounded figure stands for what rounds to it, but never for more than this share to either side;
# set so that 28,000 covers 28,500 while 5 billion does not cover 4.7.
_ROUNDED = 0.02
_ABOUT = 0.05  # "about", "nearly", "over": how far the exact figure may lie
_LIMIT = 0.10  # "as much as", "at least": how far below or above
# A meeting is given by days where its dates span no more than this; longer spans (a week, a month) are vague.
_DAYS_OF_A_MEETING = timedelta(days=5)
_SAME_MEETING = timedelta(days=3)


def equal(a: object, b: object) -> bool:
    """For fields where only the same word is the same."""
    return a == b


def _step(value: float) -> float:
    """The unit of the last digit that is not zero: 10 million for 1.04 trillion won."""
    whole = abs(round(value))
    step = 1
    while whole and whole % 10 == 0:
        whole //= 10
        step *= 10
    return float(step)


def digits(value: float) -> int:
    """Significant digits, trailing zeros not counted."""
    return len(f"{abs(value):.6f}".replace(".", "").strip("0")) or 1


def _reach(value: float, bound: str) -> tuple[float, float]:
    """The exact figures that a figure with this bound may stand for."""
    size = abs(value)
    near = min(_step(value) / 2, _ROUNDED * size) if value == round(value) else 0.005 * size
    below = {"about": _ABOUT, "nearly": _ABOUT, "under": _LIMIT, "up-to": _LIMIT}.get(bound, 0.0) * size
    above = {"about": _ABOUT, "over": _ABOUT, "at-least": _LIMIT}.get(bound, 0.0) * size
    return value - max(near, below), value + max(near, above)


def numbers_agree(a: float, b: float, bound_a: str = "exact", bound_b: str = "exact") -> bool:
    """True where the finer of the two may be what the other stands for."""
    low_a, high_a = _reach(a, bound_a)
    low_b, high_b = _reach(b, bound_b)
    return low_a <= b <= high_a or low_b <= a <= high_b


def spans_agree(a: Number, b: Number) -> bool:
    """Numbers or ranges that may speak of the same figure."""
    if isinstance(a, Range) or isinstance(b, Range):
        low_a, high_a = (a.low, a.high) if isinstance(a, Range) else (a, a)
        low_b, high_b = (b.low, b.high) if isinstance(b, Range) else (b, b)
        return low_a <= high_b and low_b <= high_a
    return a == b or abs(a - b) <= 0.005 * max(abs(a), abs(b))


def amounts_agree(a: Amount, b: Amount) -> bool:
    """Sums of one currency that may be the same sum; sums that share no currency cannot be told apart."""
    for left in (a, *a.also):
        for right in (b, *b.also):
            if left.currency == right.currency:
                if left.value is None or right.value is None:
                    return left.least <= right.most and right.least <= left.most
                return numbers_agree(left.value, right.value, left.bound, right.bound)
    return True


def amount_fineness(amount: Amount) -> float:
    """More for an exact figure and for more digits."""
    return digits(amount.least) + (0.5 if amount.bound == "exact" else 0.0)


def changes_agree(a: Change, b: Change) -> bool:
    """Changes that may be the same: equal in one form, or a multiple and a percentage that either reading allows."""
    if a.percent is not None and b.percent is not None:
        about = "about" in (a.bound, b.bound) or "nearly" in (a.bound, b.bound)
        if about and not isinstance(a.percent, Range) and not isinstance(b.percent, Range):
            return abs(a.percent - b.percent) <= _ABOUT * max(abs(a.percent), abs(b.percent))
        return spans_agree(a.percent, b.percent)
    if a.multiple is not None and b.multiple is not None:
        return spans_agree(a.multiple, b.multiple)
    if a.amount is not None and b.amount is not None:
        return amounts_agree(a.amount, b.amount)
    percent, multiple = a.percent or b.percent, a.multiple or b.multiple
    if isinstance(percent, float) and isinstance(multiple, float):
        # "500 percent" and "fivefold" are said of the same rise; which was meant is a matter for the check
        return any(abs(percent - p) <= _ABOUT * p for p in (100 * multiple, 100 * (multiple - 1)) if p)
    return True


def growths_agree(a: Growth, b: Growth) -> bool:
    """Rules that do not contradict each other; "other" says too little to contradict."""
    if "other" not in (a.rule, b.rule) and a.rule != b.rule:
        return False
    caps = a.cap_percent is None or b.cap_percent is None or a.cap_percent == b.cap_percent
    return caps and (a.percent is None or b.percent is None or a.percent == b.percent)


def length(when: When) -> timedelta:
    """How many days the expression leaves open; the longest there is where an end is unknown."""
    if when.earliest is None or when.latest is None:
        return timedelta.max
    return when.latest - when.earliest


def is_precise(text: str) -> bool:
    """True where the days of a meeting are named."""
    when = edtf.parse(text)
    return not when.approximate and length(when) <= _DAYS_OF_A_MEETING


def dates_agree(a: str, b: str) -> bool:
    """Two dates of one thing that lasts no more than a few days: a day of it, its days, or a span they lie in."""
    x, y = edtf.parse(a), edtf.parse(b)
    if x.overlaps(y):
        return True
    if x.is_day and y.is_day and x.earliest and y.earliest:
        return abs(x.earliest - y.earliest) <= _SAME_MEETING  # two days of one meeting
    return False


def days_agree(a: str, b: str) -> bool:
    """Two dates of one act, such as a signature."""
    return edtf.parse(a).overlaps(edtf.parse(b))


def days_reach(text: str) -> tuple[date, date]:
    """The first and the last day of a date, an unknown end as far as the calendar goes: dates agree where they meet."""
    when = edtf.parse(text)
    return when.earliest or date.min, when.latest or date.max


def date_fineness(text: str) -> float:
    """The days of a meeting from first to last say most, then one of its days, then ever wider spans."""
    when = edtf.parse(text)
    if is_precise(text):
        return 2.0 if when.is_interval else 1.0
    return -float(min(length(when), timedelta(days=36500)).days + (10 if when.approximate else 0)) / 36500


def day_fineness(text: str) -> float:
    """The narrower the better."""
    when = edtf.parse(text)
    return -float(min(length(when), timedelta(days=36500)).days) + (-0.5 if when.approximate else 0)


def join_days(texts: list[str]) -> str | None:
    """One expression for single days of one meeting (the 18th and the 19th); None where there is nothing to join."""
    days = sorted({d for t in texts if (w := edtf.parse(t)).is_day and (d := w.earliest) is not None})
    if len(days) < 2 or days[-1] - days[0] > _SAME_MEETING:
        return None
    return f"{days[0].isoformat()}/{days[-1].isoformat()}"


def start_of(text: str | None) -> date | None:
    """The first day an expression may stand for."""
    if text is None:
        return None
    when = edtf.parse(text)
    return when.earliest or when.latest
