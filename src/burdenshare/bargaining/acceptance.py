"""When to say yes (Baarslag, Hindriks and Jonker 2014, doi:10.1016/j.dss.2013.05.021).

Every rule also refuses what is worth less than the reserved value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from burdenshare.bargaining.negotiator import Moment, Negotiator, Offer, Reply, View


class Acceptance(Protocol):
    """A rule: would a side take `offer` now, when its own next offer would be `own` (None: it would walk away)?"""

    def accepts(self, view: View, moment: Moment, *, offer: Offer, own: int | None) -> bool: ...


@dataclass(frozen=True)
class AcNext:
    """Yes where factor * worth + shift is at least the worth of the own next offer."""

    factor: float = 1.0
    shift: float = 0.0

    def accepts(self, view: View, moment: Moment, *, offer: Offer, own: int | None) -> bool:
        return own is not None and self.factor * view.worth(offer.outcome) + self.shift >= view.worth(own)


@dataclass(frozen=True)
class AcConst:
    """Yes from a fixed part of the way from the floor (0) to the best (1)."""

    level: float

    def accepts(self, view: View, moment: Moment, *, offer: Offer, own: int | None) -> bool:
        return view.scaled(view.worth(offer.outcome)) >= self.level


@dataclass(frozen=True)
class AcTime:
    """Yes to anything from relative time `time` on."""

    time: float

    def accepts(self, view: View, moment: Moment, *, offer: Offer, own: int | None) -> bool:
        return moment.time >= self.time


@dataclass(frozen=True)
class AcCombi:
    """AC_next, or from relative time `time` on whatever beats the others' offers in the last stretch of equal length.

    `against` is `max` (better than the best of that window) or `mean` (at least their mean).
    """

    time: float = 0.98
    against: Literal["max", "mean"] = "max"

    def accepts(self, view: View, moment: Moment, *, offer: Offer, own: int | None) -> bool:
        worth = view.worth(offer.outcome)
        if own is not None and worth >= view.worth(own):
            return True
        if moment.time < self.time:
            return False
        # The window is as long as the time left: what came in it is what may still be hoped for.
        remaining = 1.0 - moment.time
        rounds = moment.rounds
        first = 1 if rounds is None else moment.round - max(1, round(remaining * (rounds + 1)))
        seen = [view.worth(o.outcome) for o in moment.of_others(view.side) if first <= o.round and o is not offer]
        if not seen:
            return True
        return worth >= (max(seen) if self.against == "max" else sum(seen) / len(seen))


class WithAcceptance(Negotiator):
    """A negotiator whose offers come from `inner` and whose answers come from an acceptance rule."""

    def __init__(self, inner: Negotiator, rule: Acceptance) -> None:
        self.inner, self.rule = inner, rule
        self.name = inner.name

    def begin(self, view: View) -> None:
        super().begin(view)
        self.inner.begin(view)

    def propose(self, moment: Moment) -> int | None:
        return self.inner.propose(moment)

    def respond(self, moment: Moment, offer: Offer) -> Reply:
        if self.view.worth(offer.outcome) < self.view.reserved:
            return Reply.REJECT
        yes = self.rule.accepts(self.view, moment, offer=offer, own=self.inner.propose(moment))
        return Reply.ACCEPT if yes else Reply.REJECT


class WalksAway(Negotiator):
    """Leaves the talks at relative time `time` if no offer so far was worth the reserved value; else plays `inner`."""

    def __init__(self, inner: Negotiator, time: float) -> None:
        self.inner, self.time = inner, time
        self.name = inner.name

    def begin(self, view: View) -> None:
        super().begin(view)
        self.inner.begin(view)

    def hopeless(self, moment: Moment) -> bool:
        offers = moment.of_others(self.view.side)
        return moment.time >= self.time and not any(self.view.worth(o.outcome) >= self.view.reserved for o in offers)

    def propose(self, moment: Moment) -> int | None:
        return None if self.hopeless(moment) else self.inner.propose(moment)

    def respond(self, moment: Moment, offer: Offer) -> Reply:
        return Reply.WALK_AWAY if self.hopeless(moment) else self.inner.respond(moment, offer)
