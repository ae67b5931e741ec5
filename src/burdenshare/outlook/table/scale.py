"""Brings negotiations of unequal size onto one scale, which is found in the data and not by a column's name.

In the order of trust: ratios that the table itself gives (`value_over_...`); a numeric column that first offers stay
close to in the past (a list price, a status quo); the negotiation's own first offers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from burdenshare.outlook.table.negotiations import Negotiation

GAIN = 0.5  # a column is a scale if the log of first offers over it spreads by less than this share of their own
CLOSE = 0.5  # ratios are ratios to a column if first offers over it are typical, in the median, within this log
MOST = 0.8  # share of negotiations in which a column must be there and above zero to serve all of them
SAME = 0.01  # relative difference up to which two numbers that were rounded apart are one
GRAINS = (0.5, 0.25, 0.2, 0.1, 0.05, 0.025, 0.02, 0.01)  # rounding that a table of ratios may have
ON_GRAIN = 0.99  # share of ratios on a grain for it to be the table's
ENOUGH = 10  # ratios that it takes to tell a grain


@dataclass(frozen=True)
class Scale:
    """How a class of negotiations is scaled.

    `ratios`: the past gives ratios. `column`: the column to divide by, or "". `grain`: what past ratios without a
    figure in their own unit are rounded to; 0 for none. `typical`: median first offer over the scale, buyer and seller.
    """

    ratios: bool = False
    column: str = ""
    grain: float = 0.0
    typical: dict[bool, float] = field(default_factory=dict)

    @property
    def own(self) -> bool:
        """True where each negotiation is scaled by its own first offers."""
        return not self.ratios and not self.column


@dataclass(frozen=True)
class Scaled:
    """A negotiation on the scale: `unit` is one on the scale in the own unit. NaN for what is not known."""

    id: str
    buyer: tuple[bool, ...]
    values: tuple[float, ...]
    unit: float
    settlement: float
    agreed: float
    domain: str
    target: dict[str, float]
    grain: float


def find_scale(past: Sequence[Negotiation], opened: Sequence[Negotiation]) -> Scale:
    """The scale that the past and the open negotiations share."""
    given = [o.ratio for n in past for o in n.offers]
    ratios = bool(given) and np.mean(np.isfinite(given)) > 0.5
    if not ratios:
        return Scale(column=_closest(past))
    bare = [o.ratio for n in past for o in n.offers if math.isnan(o.value)]
    bare += [n.settlement_ratio for n in past if math.isnan(n.settlement)]
    typical = {
        side: median(firsts)
        for side in (True, False)
        if (firsts := [f for n in past if math.isfinite(f := _first(n, side, ratio=True)) and f > 0])
    }
    return Scale(True, _matching(past, opened, typical), _grain(bare), typical)


def to_scale(negotiation: Negotiation, scale: Scale, *, first: int) -> Scaled:
    """One negotiation on the scale; where it is its own measure, by those of its `first` offers that it has."""
    unit = _unit(negotiation, scale, first)
    bare = not math.isfinite(unit)
    if bare:
        unit = 1.0
    values = []
    for offer in negotiation.offers:
        direct = offer.value / unit if not bare else math.nan
        values.append(direct if math.isfinite(direct) else offer.ratio if math.isfinite(offer.ratio) else offer.value)
    settled = negotiation.settlement / unit if not bare else math.nan
    if not math.isfinite(settled):
        settled = negotiation.settlement_ratio
    if not math.isfinite(settled) and bare:
        settled = negotiation.settlement
    size = negotiation.numbers.get(scale.column, math.nan) if scale.column else unit
    target = {
        side: negotiation.numbers[name] / size
        for side in ("buyer", "seller")
        if (name := f"{side}_target") in negotiation.numbers and size > 0
    }
    coarse = scale.grain if scale.ratios and all(math.isnan(o.value) for o in negotiation.offers) else 0.0
    return Scaled(
        negotiation.id,
        tuple(o.buyer for o in negotiation.offers),
        tuple(values),
        unit,
        settled,
        negotiation.agreed,
        negotiation.domain,
        target,
        coarse if math.isnan(negotiation.settlement) else 0.0,
    )


def _unit(negotiation: Negotiation, scale: Scale, first: int) -> float:
    """One on the scale in the negotiation's own unit; NaN where the table tells none (it then stays in ratios)."""
    if scale.own:
        seen = negotiation.offers[:first]
        ends = [next((abs(o.value) for o in seen if o.buyer is side), 0.0) for side in (True, False)]
        ends = [e for e in ends if e > 0]
        return sum(ends) / len(ends) if ends else math.nan
    stated = negotiation.numbers.get(scale.column, math.nan) if scale.column else math.nan
    has_value = any(math.isfinite(o.value) for o in negotiation.offers) or math.isfinite(negotiation.settlement)
    if stated > 0 and (has_value or not any(math.isfinite(o.ratio) for o in negotiation.offers)):
        return stated
    both = [o.value / o.ratio for o in negotiation.offers if o.value > 0 and o.ratio > 0]
    if both:
        return median(both)
    guesses = [
        value / scale.typical[side]
        for side in (True, False)
        if side in scale.typical and (value := _first(negotiation, side, ratio=False, count=first)) > 0
    ]
    return float(np.exp(np.mean(np.log(guesses)))) if guesses else math.nan


def _first(negotiation: Negotiation, buyer: bool, *, ratio: bool, count: int | None = None) -> float:
    offers = (o for o in negotiation.offers[:count] if o.buyer is buyer)
    return next((o.ratio if ratio else o.value for o in offers), math.nan)


def _columns(negotiations: Iterable[Negotiation]) -> list[str]:
    """The numeric columns, in the order of the file."""
    return list(dict.fromkeys(c for n in negotiations for c in n.numbers))


def _spread(values: Sequence[float]) -> float:
    low, high = np.quantile(np.log(values), [0.25, 0.75])
    return float(high - low)


def _closest(past: Sequence[Negotiation]) -> str:
    """The column that first offers stay closest to, by interquartile range; "" where none is close."""
    firsts = [(n, abs(n.offers[0].value)) for n in past if n.offers and abs(n.offers[0].value) > 0]
    if len(firsts) < 2:
        return ""
    widest = _spread([f for _, f in firsts])
    found: tuple[float, str] = (GAIN * widest, "")
    for column in _columns(past):
        over = [f / n.numbers[column] for n, f in firsts if n.numbers.get(column, 0) > 0]
        if len(over) >= MOST * len(firsts) and _spread(over) < found[0]:
            found = (_spread(over), column)
    return found[1]


def _matching(past: Sequence[Negotiation], opened: Sequence[Negotiation], typical: dict[bool, float]) -> str:
    """The column that ratios are ratios to: by value over ratio where both stand, else by typical first offers."""
    every = [*opened, *past]
    for column in _columns(every):
        over = [
            abs(o.value / o.ratio / n.numbers[column] - 1)
            for n in every
            if n.numbers.get(column, 0) > 0
            for o in n.offers[:1]
            if o.ratio > 0 and math.isfinite(o.value)
        ]
        if over and median(over) < SAME:
            return column
    found = (CLOSE, "")
    for column in _columns(opened):
        gaps = [
            abs(math.log(value / n.numbers[column] / typical[side]))
            for n in opened
            if n.numbers.get(column, 0) > 0
            for side in typical
            if (value := _first(n, side, ratio=False)) > 0
        ]
        if gaps and median(gaps) < found[0]:
            found = (median(gaps), column)
    return found[1]


def _grain(ratios: Sequence[float]) -> float:
    """What the ratios are rounded to, 0 for none: quotients have no reason of their own to lie on a grid."""
    known = np.array([r for r in ratios if math.isfinite(r)])
    if known.size < ENOUGH:
        return 0.0
    for grain in GRAINS:
        if np.mean(np.abs(known / grain - np.round(known / grain)) < 1e-6) >= ON_GRAIN:
            return grain
    return 0.0
