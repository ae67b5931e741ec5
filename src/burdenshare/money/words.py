"""Sums and rates in the plain words of an arithmetic line: `KRW 1,038.9 billion`, `13.9% more`."""

from __future__ import annotations

from burdenshare.money.amount import Amount, Bound

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_BOUNDS: dict[Bound, str] = {
    "exact": "", "about": "about ", "nearly": "nearly ", "under": "less than ", "over": "more than ",
    "up-to": "up to ", "at-least": "at least ",
}  # fmt: skip
_DIGITS = 5  # of a sum in words; sums of money in talks are published with four or five


def value_words(value: float, currency: str) -> str:
    """`KRW 1.0389 trillion`, `USD 925 million`, `EUR 3,412`: five digits at most, scaled from a million on."""
    size, name = next(((s, n) for s, n in _SCALES if abs(value) >= s), (1.0, ""))
    number = f"{value / size:,.{_DIGITS}g}" if name else f"{value:,.0f}"
    if "e" in number:
        number = f"{value / size:,.0f}"
    return " ".join(w for w in (currency, number, name) if w)


def sum_words(amount: Amount) -> str:
    """The amount with its bound: `about USD 5 billion`, `USD 4.7 billion to USD 5 billion`."""
    bound = _BOUNDS[amount.bound]
    if amount.value is not None:
        return bound + value_words(amount.value, amount.currency)
    return f"{bound}{value_words(amount.least, amount.currency)} to {value_words(amount.most, amount.currency)}"


def percent_words(percent: float) -> str:
    """`13.9% more`, `8.9% less`, `unchanged`."""
    if not percent:
        return "unchanged"
    return f"{abs(percent):.4g}% {'more' if percent > 0 else 'less'}"
