"""The rules of the talks, played one step at a time: slow, plain, and what the compiled batches are held against.

`docs/bargaining.md` has the semantics of each protocol and its paper.
"""

from __future__ import annotations

import time as system_time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from burdenshare.bargaining.negotiator import Moment, Negotiator, Offer, Reply, View, views
from burdenshare.bargaining.scenario import UtilityTable
from burdenshare.bargaining.space import OutcomeSpace
from burdenshare.bargaining.time_based import Ties, relative_time, require_rounds
from burdenshare.errors import BargainingError

Clock = Callable[[], float]


@dataclass(frozen=True)
class Result:
    """How the talks ended.

    agreement: the column of the utility table, or None. rounds: rounds run, the closing one included.
    utilities: face value of the agreement to each side, or the reserved values without one.
    discounted: the same after discounting, discount ** relative time of the closing round.
    end: `agreement`, `deadline`, `walk away` or `rejected`. ended_by: the side that accepted or walked away.
    approval: the probability that the ratifying body passes the agreement (1 without such a body, 0 without agreement).
    trace: every offer, empty unless asked for.
    """

    protocol: str
    agreement: int | None
    rounds: int
    utilities: tuple[float, ...]
    discounted: tuple[float, ...]
    end: str
    ended_by: int | None
    approval: float
    trace: tuple[Offer, ...]


@dataclass
class Talks:
    """The table, the negotiators and the offers so far: what every protocol needs."""

    protocol: str
    table: UtilityTable
    negotiators: Sequence[Negotiator]
    rounds: int | None
    seconds: float | None
    clock: Clock
    keep_trace: bool

    def begin(self, space: OutcomeSpace | None, seed: int, ties: Ties) -> list[View]:
        if self.rounds is not None:
            require_rounds(self.rounds)
        if self.seconds is not None and not self.seconds > 0:
            raise BargainingError(f"The clock deadline is {self.seconds} seconds; it must be above 0.")
        if self.rounds is None and self.seconds is None:
            raise BargainingError("The talks have no deadline; give a number of rounds or of seconds.")
        if len(self.negotiators) != self.table.sides:
            raise BargainingError(
                f"There are {len(self.negotiators)} negotiators for {self.table.sides} sides; give one a side."
            )
        if len(set(map(id, self.negotiators))) != len(self.negotiators):
            raise BargainingError("One negotiator object stands for two sides; make one object a side.")
        self.offers: list[Offer] = []
        self.started = self.clock()
        seen = views(self.table, space=space, seed=seed, ties=ties)
        for negotiator, view in zip(self.negotiators, seen, strict=True):
            negotiator.begin(view)
        return seen

    def over(self, round_number: int) -> bool:
        by_rounds = self.rounds is not None and round_number > self.rounds
        return by_rounds or (self.seconds is not None and self.clock() - self.started >= self.seconds)

    def time(self, round_number: int, side: int) -> float:
        """Relative time as one side feels it: the talks' deadline, or its own where that is earlier."""
        now = 0.0
        if self.rounds is not None:
            own = self.table.deadlines[side]
            now = relative_time(round_number, self.rounds if own is None else min(own, self.rounds))
        if self.seconds is not None:
            now = max(now, min(1.0, (self.clock() - self.started) / self.seconds))
        return now

    def moment(self, round_number: int, side: int) -> Moment:
        return Moment(round_number, self.rounds, self.time(round_number, side), self.offers)

    def overdue(self, round_number: int, side: int) -> bool:
        own = self.table.deadlines[side]
        return own is not None and round_number > own

    def check(self, outcome: int, side: int) -> int:
        if not 0 <= outcome < self.table.outcomes:
            raise BargainingError(
                f"Negotiator {side + 1} offered outcome {outcome}; the table has "
                f"{self.table.outcomes}, numbered from 0."
            )
        return int(outcome)

    def result(self, agreement: int | None, rounds: int, end: str, ended_by: int | None = None) -> Result:
        table = self.table
        if agreement is None:
            worth, chance = table.reserved, 0.0
        else:
            worth = tuple(float(u) for u in table.utilities[:, agreement])
            chance = 1.0 if table.approval is None else float(table.approval[agreement])
        times = [self.time(max(rounds, 1), side) for side in range(table.sides)]
        discounted = tuple(w if d == 1.0 else w * d**t for w, d, t in zip(worth, table.discounts, times, strict=True))
        trace = tuple(self.offers) if self.keep_trace else ()
        return Result(self.protocol, agreement, rounds, worth, discounted, end, ended_by, chance, trace)


def play_alternating(
    table: UtilityTable,
    negotiators: Sequence[Negotiator],
    *,
    rounds: int | None = 100,
    seconds: float | None = None,
    seed: int = 0,
    trace: bool = False,
    space: OutcomeSpace | None = None,
    ties: Ties = "first",
    clock: Clock = system_time.monotonic,
) -> Result:
    """Stacked alternating offers (Aydogan, Festen, Hindriks and Jonker 2017), two sides or more.

    The sides act in order, every round. A side answers the offer on the table; if it rejects, it makes an offer of its
    own, in the same turn. An offer that all other sides accept in a row is the agreement.
    """
    talks = Talks("alternating offers", table, negotiators, rounds, seconds, clock, trace)
    talks.begin(space, seed, ties)
    on_table: Offer | None = None
    accepted = 0
    round_number = 1
    while not talks.over(round_number):
        for side, negotiator in enumerate(negotiators):
            if talks.overdue(round_number, side):
                return talks.result(None, round_number, "walk away", side)
            moment = talks.moment(round_number, side)
            if on_table is not None:
                reply = negotiator.respond(moment, on_table)
                if reply is Reply.WALK_AWAY:
                    return talks.result(None, round_number, "walk away", side)
                if reply is Reply.ACCEPT:
                    accepted += 1
                    if accepted == table.sides:
                        return talks.result(on_table.outcome, round_number, "agreement", side)
                    continue
            proposed = negotiator.propose(moment)
            if proposed is None:
                return talks.result(None, round_number, "walk away", side)
            on_table = Offer(round_number, side, talks.check(proposed, side))
            talks.offers.append(on_table)
            accepted = 1
        round_number += 1
    return talks.result(None, round_number - 1, "deadline")


def play_take_it_or_leave_it(
    table: UtilityTable,
    negotiators: Sequence[Negotiator],
    *,
    seed: int = 0,
    trace: bool = False,
    space: OutcomeSpace | None = None,
    ties: Ties = "first",
) -> Result:
    """The ultimatum game (Gueth, Schmittberger and Schwarze 1982): the first side offers once, the others answer.

    The offer is made at relative time 1/2, as in talks of one round; there is nothing to wait for, so the answer is:
    yes to anything worth the reserved value or more, unless the negotiator walks away.
    """
    talks = Talks("take it or leave it", table, negotiators, 1, None, lambda: 0.0, trace)
    seen = talks.begin(space, seed, ties)
    proposed = negotiators[0].propose(talks.moment(1, 0))
    if proposed is None:
        return talks.result(None, 1, "walk away", 0)
    offer = Offer(1, 0, talks.check(proposed, 0))
    talks.offers.append(offer)
    for side in range(1, table.sides):
        worth = seen[side].worth(offer.outcome)
        if not (np.isfinite(worth) and worth >= table.reserved[side]):
            return talks.result(None, 1, "rejected", side)
    return talks.result(offer.outcome, 1, "agreement", table.sides - 1)


def play_simultaneous(
    table: UtilityTable,
    negotiators: Sequence[Negotiator],
    *,
    rounds: int | None = 100,
    seconds: float | None = None,
    seed: int = 0,
    trace: bool = False,
    space: OutcomeSpace | None = None,
    ties: Ties = "first",
    clock: Clock = system_time.monotonic,
) -> Result:
    """Simultaneous offers, as in the monotonic concession protocol (Rosenschein and Zlotkin 1994).

    Each round all sides offer at once, none seeing the others' offer of the round; then each answers all of them. An
    offer that every other side accepts is agreed. Of several, the one with the largest product of gains over the floors
    is, then the one of the first side.
    """
    talks = Talks("simultaneous offers", table, negotiators, rounds, seconds, clock, trace)
    seen = talks.begin(space, seed, ties)
    round_number = 1
    while not talks.over(round_number):
        made: list[Offer] = []
        for side, negotiator in enumerate(negotiators):
            if talks.overdue(round_number, side):
                return talks.result(None, round_number, "walk away", side)
            proposed = negotiator.propose(talks.moment(round_number, side))
            if proposed is None:
                return talks.result(None, round_number, "walk away", side)
            made.append(Offer(round_number, side, talks.check(proposed, side)))
        talks.offers.extend(made)
        best: tuple[float, Offer] | None = None
        for offer in made:
            replies = [
                negotiators[side].respond(talks.moment(round_number, side), offer)
                for side in range(table.sides)
                if side != offer.side
            ]
            if Reply.WALK_AWAY in replies:
                return talks.result(None, round_number, "walk away")
            if all(reply is Reply.ACCEPT for reply in replies):
                gain = float(np.prod([max(0.0, v.worth(offer.outcome) - v.ladder.floor) for v in seen]))
                if best is None or gain > best[0]:
                    best = (gain, offer)
        if best is not None:
            return talks.result(best[1].outcome, round_number, "agreement")
        round_number += 1
    return talks.result(None, round_number - 1, "deadline")


def play_single_text(
    table: UtilityTable,
    negotiators: Sequence[Negotiator],
    *,
    rounds: int = 1000,
    seed: int = 0,
    trace: bool = False,
    space: OutcomeSpace | None = None,
    start: int | None = None,
) -> Result:
    """A mediator's single text (Raiffa 1982; Klein, Faratin, Sayama and Bar-Yam 2003).

    The mediator starts from a random text and each round changes one issue of it at random. All sides vote; the change
    stands where all want it. After the last round the text is agreed if it is worth its reserved value to every side.
    The mediator never sees a utility. Offers in the trace have the side -1.
    """
    talks = Talks("single text", table, negotiators, rounds, None, lambda: 0.0, trace)
    talks.begin(space, seed, "first")
    generator = np.random.default_rng([seed, table.sides])
    column = {int(i): k for k, i in enumerate(table.ids)} if table.ids is not None else None
    current = int(generator.integers(table.outcomes)) if start is None else talks.check(start, -1)
    talks.offers.append(Offer(0, -1, current))
    for round_number in range(1, rounds + 1):
        proposed = mutated(current, table, space=space, generator=generator, column=column)
        if proposed is None:
            continue
        talks.offers.append(Offer(round_number, -1, proposed))
        wanted = [n.vote(talks.moment(round_number, s), current, proposed) for s, n in enumerate(negotiators)]
        if all(wanted):
            current = proposed
    worth = table.utilities[:, current]
    for side in range(table.sides):
        if not (np.isfinite(worth[side]) and worth[side] >= table.reserved[side]):
            return talks.result(None, rounds, "rejected", side)
    return talks.result(current, rounds, "agreement")


def mutated(
    current: int,
    table: UtilityTable,
    *,
    space: OutcomeSpace | None,
    generator: np.random.Generator,
    column: dict[int, int] | None,
) -> int | None:
    """Another column that differs in one issue; None where a constraint rules that outcome out."""
    if space is None:
        return int(generator.integers(table.outcomes))
    number = table.outcome_id(current)
    places = list(space.positions(number))
    issue = int(generator.integers(len(places)))
    place = int(generator.integers(space.shape[issue]))
    stride = int(np.prod(space.shape[issue + 1 :], dtype=np.int64))
    number += (place - places[issue]) * stride
    return number if column is None else column.get(number)
