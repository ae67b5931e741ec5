"""From past negotiations and the first offers of open ones to a forecast of each."""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from burdenshare.errors import BurdenshareError
from burdenshare.outlook.scores import quantiles_of
from burdenshare.outlook.table.agreement import Agreement, fit_agreement
from burdenshare.outlook.table.mixture import Mixture, fit_mixture
from burdenshare.outlook.table.negotiations import LEVELS, Forecast, Negotiation
from burdenshare.outlook.table.scale import Scale, Scaled, find_scale, to_scale
from burdenshare.outlook.table.state import anchors_of, state_of

Array = NDArray[np.float64]
CLASS = 40  # past deals with as many offers as the open one has; where there are fewer, shorter ones join them
BATCH = 4000  # open negotiations forecast at a time, to bound memory
FARTHEST_SETTLED = 3.0  # past settlements farther out than this, on the scale, are slips and are left out


def forecast_table(
    past: Sequence[Negotiation],
    opened: Sequence[Negotiation],
    *,
    first: int,
    seed: int = 0,
    progress: Callable[[int], None] = lambda count: None,
) -> list[Forecast]:
    """Forecasts of `opened`, in their order, from at most `first` offers of each and nothing after.

    The settlements, outcomes and later offers of `opened` change nothing. Each forecast depends on the past, its own
    negotiation and the seed; `progress` is told how many more are done. Raises BurdenshareError for `first` below 1
    and for a past without any settlement.
    """
    if first < 1:
        raise BurdenshareError(f"The number of first offers is {first}; use 1 or more.")
    groups: dict[int, list[int]] = defaultdict(list)
    for place, negotiation in enumerate(opened):
        groups[min(first, len(negotiation.offers))].append(place)
    scale = find_scale(past, opened)
    found: dict[int, Forecast] = {}
    # One thread: the products are small, threads would wait for each other, and sums in one order give the same bytes.
    with threadpool_limits(limits=1):
        for used, places in sorted(groups.items()):
            model = fit(past, scale, used=used, seed=seed)
            for start in range(0, len(places), BATCH):
                some = places[start : start + BATCH]
                for place, forecast in zip(some, model.forecasts([opened[i] for i in some], seed), strict=True):
                    found[place] = forecast
                progress(len(some))
    return [found[i] for i in range(len(opened))]


@dataclass(frozen=True)
class Model:
    """What the past tells of negotiations after `used` offers."""

    used: int
    scale: Scale
    mixture: Mixture
    agreement: Agreement
    settled: tuple[float, ...]  # past settlements in their own unit, for a negotiation that nothing is known of
    negative: bool  # whether figures below zero have been seen at all

    def forecasts(self, opened: Sequence[Negotiation], seed: int) -> Iterator[Forecast]:
        """One forecast for each."""
        scaled = [to_scale(n, self.scale, first=self.used) for n in opened]
        state = state_of(scaled, first=self.used)
        spread = np.array([[_share(seed, n.id, side) for side in ("buyer", "seller")] for n in opened])
        values, weights = self.mixture.draws(state, spread)
        quantiles = quantiles_of(values, LEVELS, weights=weights)
        chance = self.agreement.probability(state)
        blind = np.quantile(self.settled, LEVELS) if self.settled else None
        for negotiation, on_scale, row, p in zip(opened, scaled, quantiles, chance, strict=True):
            unit = on_scale.unit
            if not self.used and self.scale.own and blind is not None:
                row, unit = blind, 1.0
            least = -math.inf if self.negative or min(on_scale.values[: self.used], default=0.0) < 0 else 0.0
            yield Forecast(negotiation.id, self.used, float(p), tuple(max(least, float(q * unit)) for q in row))


def fit(past: Sequence[Negotiation], scale: Scale, *, used: int, seed: int) -> Model:
    """Learns from the past what follows after `used` offers."""
    whole = [to_scale(n, scale, first=used) for n in past]
    usable = [n for n in whole if not scale.own or used == 0 or math.isfinite(n.unit)]
    anchors = anchors_of(usable)
    deals = settled_class(usable, used)
    mixture = fit_mixture(
        state_of(deals, first=used),
        np.array([n.settlement for n in deals]),
        np.array([n.grain for n in deals]),
        anchors,
        seed=seed,
    )
    ended = _class([n for n in usable if math.isfinite(n.agreed)], used)
    agreement = fit_agreement(state_of(ended, first=used), np.array([n.agreed for n in ended]), anchors, seed=seed)
    settled = tuple(n.settlement for n in past if math.isfinite(n.settlement))
    negative = any(min((*n.values, n.settlement)) < 0 for n in usable)
    return Model(used, scale, mixture, agreement, settled, negative)


def settled_class(past: Sequence[Scaled], used: int) -> list[Scaled]:
    """The past deals that an open negotiation after `used` offers is held against. Raises where there are none."""
    deals = [n for n in past if math.isfinite(n.settlement)]
    near = [n for n in deals if abs(n.settlement) <= FARTHEST_SETTLED]
    deals = near if 2 * len(near) >= len(deals) else deals  # where most lie far out, it is the scale that is odd
    if not deals:
        raise BurdenshareError("No past negotiation has a settlement to learn from; give at least one that has.")
    return _class(deals, used)


def _class(past: list[Scaled], used: int) -> list[Scaled]:
    """Those with `used` offers or more; where they are few, also the next shorter ones, in the state they ended in."""
    least = used
    lengths = np.array([len(n.values) for n in past])
    while least > 0 and np.sum(lengths >= least) < min(CLASS, len(past)):
        least -= 1
    return [n for n, length in zip(past, lengths, strict=True) if length >= least]


def _share(seed: int, name: str, side: str) -> float:
    """A number in (0, 1) that hangs on the seed and the negotiation alone, not on what else is in the table."""
    return (zlib.crc32(f"{seed}:{side}:{name}".encode()) + 0.5) / 2**32
