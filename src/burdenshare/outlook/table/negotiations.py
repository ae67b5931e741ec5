"""A table of negotiations over one number, as read: what each says of itself, and the offers in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LEVELS = tuple(round(i / 20, 2) for i in range(1, 20))  # the 19 quantiles that a forecast gives
NOT_OFFERS = ("formal", "echo")  # kinds of offer that repeat what was said, or are the settlement itself


@dataclass(frozen=True)
class Offer:
    """One offer. `value` in the negotiation's own unit, `ratio` over its scale; NaN where the table has none."""

    buyer: bool  # the side that wants the smaller number
    value: float
    ratio: float


@dataclass(frozen=True)
class Negotiation:
    """One negotiation. NaN stands for what the table does not say.

    `settlement` is in the own unit, `settlement_ratio` over the scale. `numbers` are the other numeric columns, by
    name: the scale is looked for among them. `agreed` is 1, 0 or NaN.
    """

    id: str
    offers: tuple[Offer, ...]
    settlement: float = float("nan")
    settlement_ratio: float = float("nan")
    agreed: float = float("nan")
    domain: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Forecast:
    """The forecast of one negotiation.

    `p_agreement` is the probability of an agreement; `quantiles` (at LEVELS) are of the settlement in its own unit,
    given an agreement. `offers_used` counts the offers it rests on.
    """

    id: str
    offers_used: int
    p_agreement: float
    quantiles: tuple[float, ...]
