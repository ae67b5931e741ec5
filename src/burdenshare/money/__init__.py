"""Amounts, currencies, rules of growth. Knows nothing of any case."""

from burdenshare.money.amount import BOUNDS, GROWTH_RULES, Amount, Bound, Change, Growth, GrowthRule, Range

__all__ = ["BOUNDS", "GROWTH_RULES", "Amount", "Bound", "Change", "Growth", "GrowthRule", "Range"]
