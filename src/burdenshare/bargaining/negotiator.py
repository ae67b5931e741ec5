"""What a negotiator sees and does. Write one of your own by subclassing `Negotiator`:

    class Stubborn(Negotiator):
        def propose(self, moment):
            return self.view.best          # always my best outcome

    play_alternating(table, [Stubborn(), TimeBased(1.0)], rounds=100)

Outcomes are columns of the utility table. A negotiator sees its own utilities only.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from burdenshare.bargaining.scenario import UtilityTable
from burdenshare.bargaining.space import FloatArray, IntArray, OutcomeSpace
from burdenshare.bargaining.time_based import Ladder, Ties, ladder_of


class Reply(enum.Enum):
    """An answer to an offer."""

    ACCEPT = "accept"
    REJECT = "reject"
    WALK_AWAY = "walk away"


@dataclass(frozen=True)
class Offer:
    """One offer: the round (from 1), who made it (from 0), the column of the utility table."""

    round: int
    side: int
    outcome: int


@dataclass(frozen=True)
class Moment:
    """Where the talks stand: the round (from 1), relative time in (0, 1], every offer so far."""

    round: int
    rounds: int | None
    time: float
    offers: Sequence[Offer]

    def last_of_others(self, side: int) -> Offer | None:
        return next((offer for offer in reversed(self.offers) if offer.side != side), None)

    def of_others(self, side: int) -> list[Offer]:
        return [offer for offer in self.offers if offer.side != side]

    def own(self, side: int) -> list[Offer]:
        return [offer for offer in self.offers if offer.side == side]


@dataclass(frozen=True, eq=False)
class View:
    """What one side knows: its own utilities (float64 of shape (outcomes,)), reserved value, discount, and the issues.

    `digits` is the place of each issue's value in each outcome, int64 of shape (issues, outcomes); a single row of
    outcome numbers where the table came without issues. `generator` is this side's own seeded randomness.
    """

    side: int
    sides: int
    utilities: FloatArray
    reserved: float
    discount: float
    digits: IntArray
    counts: tuple[int, ...]
    generator: np.random.Generator
    ties: Ties = "first"

    @cached_property
    def ladder(self) -> Ladder:
        columns = np.flatnonzero(np.isfinite(self.utilities)).astype(np.int64)
        return ladder_of(self.utilities[columns], self.reserved, columns=columns, ties=self.ties)

    @property
    def best(self) -> int:
        """The first of the columns worth most."""
        return int(np.argmax(self.utilities))

    def worth(self, outcome: int) -> float:
        return float(self.utilities[outcome])

    def scaled(self, utility: float) -> float:
        """A utility as a part of the way from the floor (0) to the best (1)."""
        span = self.ladder.best - self.ladder.floor
        return (utility - self.ladder.floor) / span if span > 0 else 1.0

    def cheapest(self, utility: float) -> int | None:
        """The column worth least of those worth `utility` and the reserved value or more; None where there is none."""
        low = max(utility, self.reserved)
        values = self.ladder.sorted_utilities
        if self.ladder.acceptable == 0:
            return None
        place = int(np.searchsorted(values, low, side="left"))
        if place == len(values):
            place = int(np.searchsorted(values, values[-1], side="left"))
        return int(self.ladder.order[place])


class Negotiator:
    """The base to subclass: `propose` is needed, `respond` accepts what is worth its next offer or more (AC_next)."""

    name = "negotiator"
    view: View

    def begin(self, view: View) -> None:
        """Called once before the talks. Subclasses that keep state reset it here and call this."""
        self.view = view

    def propose(self, moment: Moment) -> int | None:
        """The column to offer, or None to walk away."""
        raise NotImplementedError

    def respond(self, moment: Moment, offer: Offer) -> Reply:
        own = self.propose(moment)
        worth = self.view.worth(offer.outcome)
        fair = own is not None and worth >= self.view.worth(own) and worth >= self.view.reserved
        return Reply.ACCEPT if fair else Reply.REJECT

    def vote(self, moment: Moment, current: int, proposed: int) -> bool:
        """Single text: would this side rather have `proposed` than `current`?"""
        return self.view.worth(proposed) >= self.view.worth(current)


@dataclass
class FunctionNegotiator(Negotiator):
    """A negotiator from one function: (view, moment) to the column to offer, or None to walk away."""

    function: Callable[[View, Moment], int | None]
    name: str = field(default="function")

    def propose(self, moment: Moment) -> int | None:
        return self.function(self.view, moment)


def views(table: UtilityTable, *, space: OutcomeSpace | None, seed: int, ties: Ties) -> list[View]:
    """One view a side. The seed and the side's number give each side its own stream of randomness."""
    ids = np.arange(table.outcomes, dtype=np.int64) if table.ids is None else table.ids
    digits = ids[None, :] if space is None else space.digits(ids)
    counts = (table.outcomes,) if space is None else space.shape
    if space is None:
        digits = np.arange(table.outcomes, dtype=np.int64)[None, :]
    return [
        View(
            side=side,
            sides=table.sides,
            utilities=table.utilities[side],
            reserved=table.reserved[side],
            discount=table.discounts[side],
            digits=digits,
            counts=counts,
            generator=np.random.default_rng([seed, side]),
            ties=ties,
        )
        for side in range(table.sides)
    ]
