"""Amounts, currencies, exchange rates, price indices, rules of growth. Knows nothing of any case."""

from burdenshare.money.amount import BOUNDS, GROWTH_RULES, Amount, Bound, Change, Growth, GrowthRule, Range
from burdenshare.money.rates import NoRateError, Rate, UnknownCurrencyError, average, convert, published_before, rate

__all__ = [
    "BOUNDS", "GROWTH_RULES", "Amount", "Bound", "Change", "Growth", "GrowthRule", "NoRateError", "Range", "Rate",
    "UnknownCurrencyError", "average", "convert", "published_before", "rate",
]  # fmt: skip
