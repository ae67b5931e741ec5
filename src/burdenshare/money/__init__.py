"""Amounts, currencies, exchange rates, price indices, rules of growth. Knows nothing of any case."""

from burdenshare.money.amount import BOUNDS, GROWTH_RULES, Amount, Bound, Change, Growth, GrowthRule, Range
from burdenshare.money.growth import GrowthError, Phase, Rule
from burdenshare.money.indices import NoIndexError, Real, Rise, real
from burdenshare.money.projection import Year, project
from burdenshare.money.rates import NoRateError, Rate, UnknownCurrencyError, average, convert, published_before, rate

__all__ = [
    "BOUNDS", "GROWTH_RULES", "Amount", "Bound", "Change", "Growth", "GrowthError", "GrowthRule", "NoIndexError",
    "NoRateError", "Phase", "Range", "Rate", "Real", "Rise", "Rule", "UnknownCurrencyError", "Year", "average",
    "convert", "project", "published_before", "rate", "real",
]  # fmt: skip
