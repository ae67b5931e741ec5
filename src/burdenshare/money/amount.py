"""Amounts, changes and rules of growth as a report words them.

Values are whole currency units (dollars, won), never millions; percentages are in percent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Bound = Literal["exact", "about", "nearly", "under", "over", "up-to", "at-least"]
BOUNDS: tuple[Bound, ...] = ("exact", "about", "nearly", "under", "over", "up-to", "at-least")
GrowthRule = Literal["fixed", "cpi", "defence-budget", "frozen", "other"]
GROWTH_RULES: tuple[GrowthRule, ...] = ("fixed", "cpi", "defence-budget", "frozen", "other")


@dataclass(frozen=True, slots=True)
class Range:
    """A range of numbers, in the unit of the field that holds it; low <= high."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"a range goes from low to high, not from {self.low} to {self.high}")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in whole units of `currency` (ISO 4217): `value`, or a range `low` to `high`.

    `also` holds the same sum in other currencies as the report gives it. Whether it is per year or in
    all, and of which price year, stands in the claim that holds it.
    """

    currency: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    bound: Bound = "exact"
    also: tuple[Amount, ...] = ()

    def __post_init__(self) -> None:
        if (self.value is None) == (self.low is None or self.high is None):
            raise ValueError("an amount has either a value or both low and high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"an amount's range goes from low to high, not from {self.low} to {self.high}")

    @property
    def least(self) -> float:
        """The value, or the range's low end."""
        return self.value if self.value is not None else self.low  # type: ignore[return-value]

    @property
    def most(self) -> float:
        """The value, or the range's high end."""
        return self.value if self.value is not None else self.high  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Change:
    """A change in the words' own form: percent, multiple ("fivefold" is 5) or an absolute amount. A cut is negative."""

    percent: float | Range | None = None
    multiple: float | Range | None = None
    amount: Amount | None = None
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """A rule for later years; `percent` and `cap_percent` are per year."""

    rule: GrowthRule
    percent: float | None = None
    cap_percent: float | None = None
