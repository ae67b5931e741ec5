"""A game at the table, replayed from its moves: alternating offers against a tactic, or two tactics against each other.

Nothing is kept between requests. The moves stand in the address, `12-2-0-1.a`: an offer is the place of each issue's
value, `a` accepts what lies on the table, `w` walks away. The same scenario, setting and moves give the same game.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from burdenshare.bargaining import (
    Moment,
    Negotiator,
    Offer,
    OutcomeSpace,
    Reply,
    Scenario,
    Solutions,
    negotiator_named,
    play_alternating,
    solve,
)
from burdenshare.bargaining.names import PLAIN
from burdenshare.errors import BurdenshareError

TACTICS = tuple(PLAIN)
ROUNDS = 50  # at most
MOVES = r"^((\d{1,3}(-\d{1,3}){0,3}|a|w)(\.(\d{1,3}(-\d{1,3}){0,3}|a|w)){0,60})?$"
_MOVE = re.compile(r"\d{1,3}(?:-\d{1,3}){0,3}|a|w")
ACCEPT, WALK = "a", "w"

Move = tuple[int, ...] | str


class MoveError(BurdenshareError):
    """A move that the game does not allow: says which and what is allowed."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Who plays whom. `seat` is the side the moves are of, 0 the payer, 1 the other; None watches two tactics.

    `tactics` are those of the payer and the other; the seat's own is not used. `opens` is the side that begins.
    """

    seat: int | None
    tactics: tuple[str, str]
    opens: int
    rounds: int
    seed: int


@dataclass(frozen=True, slots=True)
class Turn:
    """An offer made: its round, the side, the places of its values, what it is worth to each side."""

    round: int
    side: int
    places: tuple[int, ...]
    worth: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Game:
    """How a game stands. `end` is empty while it is the player's turn; else agreement, deadline, walk away.

    `round` is the one under way or the closing one; `deal` the places agreed; `ended_by` who accepted or left.
    """

    turns: tuple[Turn, ...]
    round: int
    end: str
    deal: tuple[int, ...] | None
    ended_by: int | None
    worth: tuple[float, float]

    @property
    def on_table(self) -> Turn | None:
        """The last offer."""
        return self.turns[-1] if self.turns else None


@dataclass(frozen=True, slots=True)
class Judged:
    """A finished game against what was possible. Utilities are 0 to 1, distances Euclidean in them (Pareto: nearest).

    `solved` is the frontier and its points over all outcomes worth their reserved values to both. `more` is what the
    first and the second side could have had beside the other's actual utility.
    """

    solved: Solutions
    distances: dict[str, float]
    more: tuple[float, float]


def moves_of(text: str, space: OutcomeSpace) -> tuple[Move, ...]:
    """The moves of an address. Raises MoveError for one that names a value that is not there."""
    found: list[Move] = []
    for part in text.split(".") if text else ():
        if not _MOVE.fullmatch(part):
            raise MoveError(f"{part[:20]!r} is no move; write an offer as 3-1-0-2, accepting as a, walking away as w.")
        if part in (ACCEPT, WALK):
            found.append(part)
            continue
        places = tuple(int(p) for p in part.split("-"))
        if len(places) != len(space.shape) or any(p >= n for p, n in zip(places, space.shape, strict=False)):
            raise MoveError("A move does not fit the issues as they stand on this day; begin the game anew.")
        found.append(places)
    return tuple(found)


def text_of(moves: Sequence[Move]) -> str:
    """The moves as they stand in an address."""
    return ".".join(m if isinstance(m, str) else "-".join(map(str, m)) for m in moves)


class Player(Negotiator):
    """A side that makes the moves it is given, and then waits: `waiting` is the moment at which they ran out."""

    name = "player"

    def __init__(self, moves: Sequence[Move], space: OutcomeSpace) -> None:
        self._moves, self._space = list(moves), space
        self.waiting: Moment | None = None

    @property
    def left(self) -> int:
        """Moves not made."""
        return len(self._moves)

    def respond(self, moment: Moment, offer: Offer) -> Reply:
        """Accepts or walks away where that is the next move; an offer of one's own rejects."""
        move = self._moves[0] if self._moves else None
        if move is None:
            self.waiting = moment
            return Reply.WALK_AWAY
        if isinstance(move, str):
            self._moves.pop(0)
            return Reply.ACCEPT if move == ACCEPT else Reply.WALK_AWAY
        return Reply.REJECT

    def propose(self, moment: Moment) -> int | None:
        """The offer that is the next move; None walks away or waits. Raises MoveError with nothing to accept."""
        if not self._moves:
            self.waiting = moment
            return None
        move = self._moves.pop(0)
        if move == ACCEPT:
            raise MoveError("There is no offer to accept yet; make one.")
        return None if isinstance(move, str) else index_of(move, self._space)


def index_of(places: Sequence[int], space: OutcomeSpace) -> int:
    """The number of the outcome with these places."""
    number = 0
    for place, count in zip(places, space.shape, strict=True):
        number = number * count + place
    return number


def play(scenario: Scenario, setting: Setting, moves: Sequence[Move]) -> Game:
    """The game after these moves. Raises MoveError for moves after its end or that it does not allow."""
    order = (setting.opens, 1 - setting.opens)
    seated = dataclasses.replace(scenario, sides=tuple(scenario.sides[i] for i in order))
    player = Player(moves, scenario.space)
    sides = [player if i == setting.seat else negotiator_named(setting.tactics[i]) for i in order]
    table = seated.tables()
    result = play_alternating(table, sides, rounds=setting.rounds, seed=setting.seed, trace=True, space=scenario.space)
    if player.left:
        raise MoveError("The game is over before the last of these moves; take that away or begin anew.")

    def worth(values: Sequence[float]) -> tuple[float, float]:
        return (float(values[order[0]]), float(values[order[1]]))  # the order is its own inverse

    turns = tuple(
        Turn(o.round, order[o.side], scenario.space.positions(o.outcome), worth(table.utilities[:, o.outcome].tolist()))
        for o in result.trace
    )
    if player.waiting is not None:
        return Game(turns, player.waiting.round, "", None, None, worth(result.utilities))
    deal = None if result.agreement is None else scenario.space.positions(result.agreement)
    ended = None if result.ended_by is None else order[result.ended_by]
    return Game(turns, result.rounds, result.end, deal, ended, worth(result.utilities))


def judge(scenario: Scenario, game: Game) -> Judged:
    """A finished game against the frontier; without a deal the sides have their reserved values."""
    solved = solve(scenario)
    points = solved.frontier.utilities
    mine, theirs = game.worth
    more = []
    for side, (own, other) in enumerate(((mine, theirs), (theirs, mine))):
        fair = points[side][points[1 - side] >= other]
        more.append(max(0.0, float(fair.max()) - own) if fair.size else 0.0)
    distances = {k: v for k, v in solved.distances(game.worth).items() if not math.isnan(v)}
    return Judged(solved, distances, (more[0], more[1]))
