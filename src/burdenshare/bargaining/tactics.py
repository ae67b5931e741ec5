"""The tactics of Faratin, Sierra and Jennings 1998: time-dependent and behaviour-dependent, in utilities.

Behaviour-dependent tactics imitate the other side's concessions, each measured by what it is worth to oneself. The
offer made is the outcome worth least to oneself among those worth the target or more.
"""

from __future__ import annotations

import math
from typing import Literal

from burdenshare.bargaining.negotiator import Moment, Negotiator, Offer, Reply
from burdenshare.bargaining.time_based import aspiration, require_exponent
from burdenshare.errors import BargainingError

ROUNDING = 1e-9
"""Part of a side's range by which a target may be missed from below: far above float error, far below any real step."""


class TimeBased(Negotiator):
    """Boulware (exponent above 1), linear (1) or conceder (below 1); `time_based.py` has the semantics."""

    def __init__(self, exponent: float, *, start: float = 1.0, name: str | None = None) -> None:
        self.exponent = require_exponent(exponent)
        if not 0 <= start <= 1:
            raise BargainingError(f"The starting aspiration is {start}; it must be between 0 and 1.")
        self.start = start
        self.name = name or f"time({exponent:g})"

    def level(self, moment: Moment) -> float:
        return aspiration(moment.time, self.exponent, start=self.start)

    def propose(self, moment: Moment) -> int | None:
        return self.view.ladder.offer(self.level(moment))

    def respond(self, moment: Moment, offer: Offer) -> Reply:
        yes = self.view.ladder.accepts(self.view.worth(offer.outcome), self.level(moment))
        return Reply.ACCEPT if yes else Reply.REJECT


class Exponential(TimeBased):
    """Faratin's exponential curve: a(t) = 1 - exp((1 - t) ** beta * ln k), with k the part conceded at once."""

    def __init__(self, beta: float, *, conceded: float = 0.05, name: str | None = None) -> None:
        super().__init__(require_exponent(beta), name=name or f"exponential({beta:g})")
        if not 0 < conceded < 1:
            raise BargainingError(f"The part conceded at once is {conceded}; it must be between 0 and 1.")
        self.conceded = conceded

    def level(self, moment: Moment) -> float:
        return 1.0 - math.exp(math.pow(1.0 - moment.time, self.exponent) * math.log(self.conceded))


class TitForTat(Negotiator):
    """Concede as the other side did.

    relative: own last worth times (their offer `window` before last / their last), each as worth to oneself.
    absolute: own last worth minus what they gave between those two offers, give or take `noise` at random.
    averaged: as relative, over the last `window` offers, 5 unless given.
    Before enough offers are in it offers its best. Ratios are of worth above the floor; where one is not above 0 the
    absolute step is taken.
    """

    def __init__(
        self,
        kind: Literal["relative", "absolute", "averaged"] = "relative",
        *,
        window: int | None = None,
        noise: float = 0.0,
    ) -> None:
        self.kind = kind
        self.window = (5 if kind == "averaged" else 1) if window is None else window
        if self.window < 1:
            raise BargainingError(f"The window is {self.window} offers; it must be at least 1.")
        self.noise = noise
        self.name = f"{kind}-tft"

    def propose(self, moment: Moment) -> int | None:
        view = self.view
        theirs = moment.of_others(view.side)
        own = moment.own(view.side)
        if len(theirs) < 2 or not own:
            return view.cheapest(view.ladder.best)
        floor = view.ladder.floor
        window = min(self.window, len(theirs) - 1)
        if self.kind != "averaged" and len(theirs) <= self.window:
            return own[-1].outcome
        old = view.worth(theirs[-1 - window].outcome) - floor
        new = view.worth(theirs[-1].outcome) - floor
        last = view.worth(own[-1].outcome) - floor
        if self.kind == "absolute" or old <= 0 or new <= 0:
            target = last - (new - old)
            if self.noise:
                target += self.noise * float(view.generator.uniform(-1.0, 1.0))
        else:
            target = last * old / new
        span = view.ladder.best - floor
        # Rounding must not turn "the same step as theirs" into the next outcome up.
        return view.cheapest(floor + min(max(target, 0.0), span) - ROUNDING * span)
