"""How the arithmetic line writes sums, rates, ratios and dates: short, with the unit, the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from burdenshare.money import Amount, Range, Rate

_SCALES = ((1e12, " tn"), (1e9, " bn"), (1e6, " mn"))


def number(value: float, digits: int = 5) -> str:
    """A number with thousands commas and at most so many significant digits."""
    if value == round(value) and abs(value) < 1e15:
        return f"{round(value):,}"
    places = max(0, digits - len(str(int(abs(value)))))
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: float, currency: str) -> str:
    """A sum in whole units as `1.0389 tn KRW`."""
    for size, word in _SCALES:
        if abs(value) >= size:
            return f"{number(value / size)}{word} {currency}"
    return f"{number(value)} {currency}"


def amount(value: Amount) -> str:
    """An amount, a range as both ends."""
    if value.value is not None:
        return money(value.value, value.currency)
    return f"{money(value.least, value.currency)} to {money(value.most, value.currency)}"


def percent(value: float | Range) -> str:
    """A percentage."""
    if isinstance(value, Range):
        return f"{number(value.low)} to {number(value.high)} percent"
    return f"{number(value, 4)} percent"


def rate(used: Rate) -> str:
    """A rate the way it is read: more than one unit, with who gives it and for when."""
    value = used.value if used.value >= 1 else 1 / used.value
    base, quote = (used.base, used.quote) if used.value >= 1 else (used.quote, used.base)
    who = "ECB" if used.source.startswith("ecb") else used.source
    return f"{number(value)} {quote} for 1 {base} ({who}, {used.when})"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return "".join(parts) if len(parts) < 2 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def ordinal(value: int) -> str:
    """11th, 22nd, 3rd."""
    if 10 <= value % 100 <= 20:
        return f"{value}th"
    return f"{value}" + {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
