"""What costing gives: a position, its years, its comparisons, a lapse; frozen values, in whole currency units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from burdenshare.money import Amount, Rule


@dataclass(frozen=True, slots=True)
class Position:
    """What would be paid: `amount` in the first year, then by `rule`, for `years` years from `year` on.

    `amount` is per year, in the currency the words give, a range where they give one. `rule` is None where no rule is
    known; the sum then stays what it is. `how` says where the sum, the first year, the term and the rule come from.
    `support` names the claims it is read from.
    """

    label: str
    amount: Amount
    year: int
    years: int
    rule: Rule | None = None
    side: str | None = None
    act: str | None = None
    agreement: int | None = None
    words: str = ""
    support: tuple[str, ...] = ()
    how: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in whole units: `value`, which is the middle of a range, with its ends `low` and `high`."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, amount: Amount) -> Money:
        """The sum of an amount, its currency dropped."""
        return cls((amount.least + amount.most) / 2, amount.least, amount.most)

    def times(self, factor: float) -> Money:
        """Every end multiplied; a factor below zero would turn the range round and is not used."""
        return Money(self.value * factor, self.low * factor, self.high * factor)

    def plus(self, other: Money) -> Money:
        """End by end."""
        return Money(self.value + other.value, self.low + other.low, self.high + other.high)

    def less(self, other: Money) -> Money:
        """The difference; its ends are the least and the most that the two ranges allow."""
        return Money(self.value - other.value, self.low - other.high, self.high - other.low)


@dataclass(frozen=True, slots=True)
class Part:
    """A category's part of a year or of the total: by currency, and `real` as in CostYear."""

    sums: Mapping[str, Money]
    real: Money | None


@dataclass(frozen=True, slots=True)
class CostYear:
    """One year's cost. `sums` is by currency code, nominal; `real` in the payer's currency at base-year prices.

    `per_soldier` is in the payer's currency; `budget_share_percent` of the payer's defence budget; both None where the
    case does not know the troops or the budget. `held` where a figure past the end of a series was carried forward.
    `how` has a line for the sum, the conversion, the prices and each of the rest.
    """

    year: int
    sums: Mapping[str, Money]
    real: Money | None
    by_category: Mapping[str, Part]
    per_soldier: Money | None
    budget_share_percent: Money | None
    held: bool
    how: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Total:
    """All years together, as in CostYear."""

    sums: Mapping[str, Money]
    real: Money | None
    by_category: Mapping[str, Part]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The cost less what it is set against, in the payer's currency: by year, in all, and as a multiple in all."""

    label: str
    years: Mapping[int, Money]
    total: Money
    multiple: Money | None
    how: str


@dataclass(frozen=True, slots=True)
class LapseMonth:
    """A month without an agreement; sums in the payer's currency.

    `unpaid` is the contribution that does not flow, `wages` the part of it that is for local employees, `wages_lost`
    what the employees who are furloughed go without, `furloughed` their number.
    """

    month: str
    unpaid: Money
    wages: Money | None
    furloughed: Money | None
    wages_lost: Money | None
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lapse:
    """A lapse month by month, on the pattern of the last one the case knows."""

    start: str
    currency: str
    months: tuple[LapseMonth, ...]
    precedent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Costing:
    """The cost of a position as known on a day. `currency` is the payer's; `base_year` that of the constant prices."""

    case: str
    as_of: str
    position: Position
    currency: str
    base_year: int
    years: tuple[CostYear, ...]
    total: Total
    against: tuple[Comparison, ...] = ()
    lapse: Lapse | None = None
    notes: tuple[str, ...] = ()
    how: Mapping[str, str] = field(default_factory=dict)
