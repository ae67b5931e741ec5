"""Whole strategies: trade-off, MiCRO, Nice tit-for-tat, hard-headed, random. Each class names its paper."""

from __future__ import annotations

import math

import numpy as np

from burdenshare.bargaining.negotiator import Moment, Negotiator, Offer, Reply, View
from burdenshare.bargaining.opponent import BayesianConcession, FrequencyModel
from burdenshare.bargaining.tactics import TimeBased
from burdenshare.bargaining.time_based import EXPONENTS, aspiration


class Listening:
    """Feeds each new offer of the others to the models, once."""

    def __init__(self, view: View) -> None:
        self.frequency = FrequencyModel(view)
        self.heard = 0
        self.side = view.side

    def update(self, moment: Moment) -> None:
        for offer in moment.offers[self.heard :]:
            if offer.side != self.side:
                self.frequency.observe(offer.outcome)
        self.heard = len(moment.offers)


class TradeOff(TimeBased):
    """Faratin, Sierra and Jennings 2002, doi:10.1016/S0004-3702(02)00290-4.

    The aspiration follows a time-dependent curve. Among the outcomes worth from the aspiration to `band` (a part of
    the range) above it, offer the one most like the other side's last offer. Likeness is the mean over issues of 1
    minus the distance of the values' places as a part of the issue's length.
    """

    def __init__(self, exponent: float = 1.0, *, band: float = 0.05) -> None:
        super().__init__(exponent, name="trade-off")
        self.band = band

    def propose(self, moment: Moment) -> int | None:
        view, level = self.view, self.level(moment)
        plain = view.ladder.offer(level)
        theirs = moment.last_of_others(view.side)
        if plain is None or theirs is None:
            return plain
        low = view.ladder.threshold(level)
        high = low + self.band * (view.ladder.best - view.ladder.floor)
        near = np.flatnonzero((view.utilities >= max(low, view.reserved)) & (view.utilities <= high))
        if near.size == 0:
            return plain
        steps = np.array([max(1, count - 1) for count in view.counts], dtype=np.float64)
        gap = np.abs(view.digits[:, near] - view.digits[:, [theirs.outcome]]) / steps[:, None]
        return int(near[int(np.argmin(gap.mean(axis=0)))])


class MiCRO(Negotiator):
    """de Jonge 2022, doi:10.24963/ijcai.2022/32: concede one step for every new offer of the other side.

    Own outcomes stand from best to worst, equals in the order of the space. If it has made no more different offers
    than it got, it makes the next one on the list; else it repeats one of its own at random. It takes an offer worth at
    least that next one, or where it would not concede, at least its own lowest so far.
    """

    name = "micro"

    def begin(self, view: View) -> None:
        super().begin(view)
        finite = np.flatnonzero(np.isfinite(view.utilities) & (view.utilities >= view.reserved))
        self.list = finite[np.argsort(-view.utilities[finite], kind="stable")]

    def ready(self, moment: Moment) -> tuple[int, bool]:
        """How many of the list are offered, and whether to offer the next."""
        made = len({offer.outcome for offer in moment.own(self.view.side)})
        got = len({offer.outcome for offer in moment.of_others(self.view.side)})
        return made, made <= got and made < len(self.list)

    def propose(self, moment: Moment) -> int | None:
        if len(self.list) == 0:
            return None
        made, concede = self.ready(moment)
        if concede:
            return int(self.list[made])
        return int(self.list[int(self.view.generator.integers(made))])

    def respond(self, moment: Moment, offer: Offer) -> Reply:
        if len(self.list) == 0:
            return Reply.WALK_AWAY
        made, concede = self.ready(moment)
        least = self.view.worth(int(self.list[made if concede else made - 1]))
        return Reply.ACCEPT if self.view.worth(offer.outcome) >= least else Reply.REJECT


class NiceTitForTat(Negotiator):
    """Baarslag, Hindriks and Jonker 2013 (in Complex Automated Negotiations): concede as they concede, up to Nash.

    A frequency model guesses their utilities and with them the Nash point. Their concession is the way from what their
    first offer was worth to us to the Nash point's worth; we go the same part of the way from our best to the Nash
    point, and a little further as time runs out. Of the outcomes worth that target or up to 2% of the range above it,
    offer the one the model thinks best for them. Accepts by AC_next, and at the end (t > 0.98) anything as good as
    their best so far.
    """

    name = "nice-tft"

    def begin(self, view: View) -> None:
        super().begin(view)
        self.listening = Listening(view)

    def propose(self, moment: Moment) -> int | None:
        view = self.view
        theirs = moment.of_others(view.side)
        if not theirs:
            return view.cheapest(view.ladder.best)
        self.listening.update(moment)
        guessed = self.listening.frequency.utilities()
        floor, best = view.ladder.floor, view.ladder.best
        gains = np.where(np.isfinite(view.utilities), np.maximum(view.utilities - floor, 0.0), 0.0)
        nash = view.worth(int(np.argmax(gains * guessed)))
        first = view.worth(theirs[0].outcome)
        most = max(view.worth(offer.outcome) for offer in theirs)
        way = 1.0 if nash <= first else min(1.0, max(0.0, (most - first) / (nash - first)))
        bonus = 0.5 * max(0.0, moment.time - 0.9) / 0.1
        target = best - min(1.0, way + bonus) * (best - nash)
        near = np.flatnonzero(
            (view.utilities >= max(target, view.reserved)) & (view.utilities <= target + 0.02 * (best - floor))
        )
        if near.size == 0:
            return view.cheapest(target)
        return int(near[int(np.argmax(guessed[near]))])

    def respond(self, moment: Moment, offer: Offer) -> Reply:
        view, worth = self.view, self.view.worth(offer.outcome)
        if worth < view.reserved:
            return Reply.REJECT
        most = max(view.worth(o.outcome) for o in moment.of_others(view.side))
        if moment.time > 0.98 and worth >= most:
            return Reply.ACCEPT
        own = self.propose(moment)
        return Reply.ACCEPT if own is not None and worth >= view.worth(own) else Reply.REJECT


class HardHeaded(Negotiator):
    """After van Krimpen, Looije and Hajizadeh 2013 (in Complex Automated Negotiations), winner of ANAC 2011.

    A Boulware aspiration (exponent 1/0.05, ends at `lowest` of the way from floor to best). Of the outcomes worth the
    aspiration or up to 2% of the range above it, offer the one that a frequency model thinks best for them. Accepts
    what is worth as much as its own lowest offer so far, or as its next offer.
    """

    name = "hard-headed"

    def __init__(self, *, exponent: float = 20.0, lowest: float = 0.58) -> None:
        self.exponent, self.lowest = exponent, lowest

    def begin(self, view: View) -> None:
        super().begin(view)
        self.listening = Listening(view)

    def target(self, moment: Moment) -> float:
        level = self.lowest + (1 - self.lowest) * aspiration(moment.time, self.exponent)
        return self.view.ladder.floor + (self.view.ladder.best - self.view.ladder.floor) * level

    def propose(self, moment: Moment) -> int | None:
        view, target = self.view, self.target(moment)
        self.listening.update(moment)
        band = 0.02 * (view.ladder.best - view.ladder.floor)
        near = np.flatnonzero((view.utilities >= max(target, view.reserved)) & (view.utilities <= target + band))
        if near.size == 0:
            return view.cheapest(target)
        return int(near[int(np.argmax(self.listening.frequency.utilities()[near]))])

    def respond(self, moment: Moment, offer: Offer) -> Reply:
        worth = self.view.worth(offer.outcome)
        mine = [self.view.worth(o.outcome) for o in moment.own(self.view.side)]
        own = self.propose(moment)
        if own is not None:
            mine.append(self.view.worth(own))
        least = max(min(mine, default=math.inf), self.view.reserved)
        return Reply.ACCEPT if worth >= least else Reply.REJECT


class Random(Negotiator):
    """Offers any outcome worth the reserved value or more, by its seeded stream; accepts by AC_next."""

    name = "random"

    def begin(self, view: View) -> None:
        super().begin(view)
        self.list = np.flatnonzero(np.isfinite(view.utilities) & (view.utilities >= view.reserved))

    def propose(self, moment: Moment) -> int | None:
        if len(self.list) == 0:
            return None
        return int(self.list[int(self.view.generator.integers(len(self.list)))])


class Forecaster(TimeBased):
    """A time-dependent side that will not go below what it expects the others to give it at the deadline.

    A Bayesian concession curve gives the mean and deviation of their last offer's worth; the aspiration stays at or
    above mean - deviation once three offers are in.
    """

    def __init__(self, exponent: float = EXPONENTS["linear"]) -> None:
        super().__init__(exponent, name="forecaster")

    def begin(self, view: View) -> None:
        super().begin(view)
        self.model = BayesianConcession(view)
        self.heard = 0

    def level(self, moment: Moment) -> float:
        plain = super().level(moment)
        for offer in moment.offers[self.heard :]:
            if offer.side != self.view.side:
                self.model.observe(offer.outcome, moment.time)
        self.heard = len(moment.offers)
        if len(moment.of_others(self.view.side)) < 3:
            return plain
        mean, deviation = self.model.final()
        return max(plain, min(1.0, self.view.scaled(mean - deviation)))
