"""The table: bargaining over the case's own issues against a simulated side, or watching two of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import HTMLResponse, RedirectResponse, Response

from burdenshare import costs
from burdenshare.brief.model import Chart
from burdenshare.costs import Position
from burdenshare.errors import BurdenshareError
from burdenshare.money import Amount
from burdenshare.web import wording
from burdenshare.web.costing.positions import Asking, rule_words
from burdenshare.web.costing.tables import Grid, category
from burdenshare.web.pages.downloads import as_csv, as_json
from burdenshare.web.problems import ProblemError
from burdenshare.web.registry import Page
from burdenshare.web.table import drawing, game
from burdenshare.web.table.evidence import NoTableError
from burdenshare.web.table.game import Game, Judged, Setting, Turn
from burdenshare.web.table.scenario import Stakes, stakes
from burdenshare.web.view import View, Viewing

router = APIRouter()
ROLES = ("payer", "claimant")
Role = Literal["payer", "claimant"]
Seat = Literal["payer", "claimant", "watch"]
Tactic = Annotated[str, Query(max_length=20, description=f"One of {', '.join(game.TACTICS)}.")]
Place = Annotated[int | None, Query(ge=0, le=999, description="The place of the offered value in its list, from 0.")]


@dataclass(frozen=True, slots=True)
class Played:
    """What an address asks for: who plays with which tactics, and the moves so far."""

    side: str
    payer: str
    claimant: str
    opens: str
    rounds: int
    seed: int
    m: str

    @property
    def setting(self) -> Setting:
        """The same for the game."""
        seat = None if self.side == "watch" else ROLES.index(self.side)
        return Setting(seat, (self.payer, self.claimant), ROLES.index(self.opens), self.rounds, self.seed)

    def query(self, **other: Any) -> dict[str, Any]:
        """The address's query, with something else in it."""
        return {**{f.name: getattr(self, f.name) for f in dataclasses.fields(self)}, **other}


@dataclass(frozen=True, slots=True)
class Line:
    """An offer in words: who (`seat` 1 or 2), when, what, its points to the sides shown, and what it costs."""

    round: int
    seat: int
    who: str
    words: tuple[str, ...]
    points: tuple[str, ...]
    cost: str
    href: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An issue one can offer on: its name in the form, its label, and its values with the points each is worth."""

    name: str
    label: str
    options: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a side wants: points of its issues out of 100, the least it may take, and the sum that stands for it."""

    seat: int
    who: str
    mine: bool
    points: tuple[tuple[str, str], ...]
    least: str
    limit: str


@dataclass(frozen=True, slots=True)
class Table:
    """A game as it stands.

    `nothing` says why there is none. `names` are the two sides, the payer first. `verdict` is empty while it is the
    player's turn; then `figure` and `results` show the deal against what was possible.
    """

    nothing: str
    played: Played
    names: tuple[str, ...]
    tactics: tuple[str, ...]
    briefs: tuple[Brief, ...]
    choices: tuple[Choice, ...]
    lines: tuple[Line, ...]
    last: Line | None
    may_accept: bool
    round_number: int
    verdict: str
    figure: Chart | None
    results: tuple[Grid, ...]
    sources: tuple[str, ...]
    again: str
    swapped: str
    files: tuple[tuple[str, str], ...]


PAGE = Page("table", Table, "/table")


def played(
    side: Annotated[Seat, Query(description="The side to play, or watch.")] = "payer",
    payer: Tactic = "boulware",
    claimant: Tactic = "boulware",
    opens: Annotated[Role, Query(description="Who makes the first offer.")] = "claimant",
    rounds: Annotated[int, Query(ge=1, le=game.ROUNDS, description="The deadline, in rounds.")] = 10,
    seed: Annotated[int, Query(ge=0, le=999_999, description="Draws what the sides care for and their limits.")] = 1,
    m: Annotated[str, Query(max_length=1000, pattern=game.MOVES, description="Moves so far: 12-2-0-1.a")] = "",
) -> Played:
    """What an address asks for. Raises ProblemError 422 for a tactic that is not known."""
    for name in (payer, claimant):
        if name not in game.TACTICS:
            known = ", ".join(game.TACTICS)
            raise ProblemError(422, "bad-request", f"The tactic {name!r} is not known.", f"Choose one of {known}.")
    return Played(side, payer, claimant, opens, rounds, seed, m)


Asked = Annotated[Played, Depends(played)]


# -- the game in words -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Telling:
    """A game and the words for it. `shown` are the sides whose points the reader may see."""

    view: View
    asker: Asking
    stakes: Stakes
    played: Played
    game: Game

    @property
    def over(self) -> bool:
        """True once the game has ended."""
        return bool(self.game.end)

    @property
    def shown(self) -> tuple[int, ...]:
        """The sides whose points may be seen: one's own, and both once it is over."""
        seat = self.played.setting.seat
        return (0, 1) if self.over or seat is None else (seat,)

    @property
    def names(self) -> tuple[str, str]:
        """The sides' names, the payer first."""
        case = self.view.case
        return (wording.side(case.host.id, case, self.view.t), wording.side(case.stationing.id, case, self.view.t))

    def value(self, issue: str, place: int) -> str:
        """A value of an issue in words."""
        t, s = self.view.t, self.stakes
        if issue == "sum":
            return wording.money(s.sums[place], s.currency, t)
        if issue == "term":
            return wording.years(float(s.terms[place]), t)
        if issue == "rule":
            return rule_words(s.rules[place], t)
        return t("table.share_of", share=s.shares[place], category=category(s.category, self.view.case, t))

    def words(self, places: Sequence[int]) -> tuple[str, ...]:
        """An outcome in words."""
        return tuple(self.value(i, p) for i, p in zip(self.stakes.scenario.space.names, places, strict=True))

    def position(self, places: Sequence[int]) -> Position:
        """An outcome as a position to cost."""
        s = self.stakes
        at = dict(zip(s.scenario.space.names, places, strict=True))
        amount = Amount(s.currency, value=s.sums[at["sum"]])
        rule = s.rules[at["rule"]] if "rule" in at else None
        return Position(", ".join(self.words(places)), amount, s.year, s.terms[at["term"]], rule)

    def cost(self, places: Sequence[int]) -> tuple[str, str]:
        """What an outcome costs over its term, in the sides' currencies, and where that is worked out."""
        position = self.position(places)
        query = {"first1": "sum", "sum1": f"{position.amount.least:.15g}", "unit1": "one",
                 "currency1": position.amount.currency, "year1": position.year, "years1": position.years}  # fmt: skip
        if position.rule is not None:
            phase = position.rule.phases[0]
            query |= {"growth1": phase.kind, "percent1": phase.percent or "", "lag1": phase.lag}
            query |= {"cap1": phase.cap_percent} if phase.cap_percent is not None else {}
        href = self.view.url("/costs", **query)
        try:
            costing = costs.cost(position, self.view.case, as_of=self.asker.day)
        except BurdenshareError:
            return "", href
        t = self.view.t
        sums = "; ".join(wording.money(m.value, c, t) for c, m in costing.total.sums.items())
        return t("table.costs", sums=sums), href

    def line(self, turn: Turn) -> Line:
        """An offer in words."""
        points = tuple(
            self.view.t("table.worth", who=self.names[s], points=f"{100 * turn.worth[s]:.0f}") for s in self.shown
        )
        return Line(turn.round, turn.side + 1, self.names[turn.side], self.words(turn.places), points,
                    *self.cost(turn.places))  # fmt: skip

    def briefs(self) -> tuple[Brief, ...]:
        """What the sides want that may be seen."""
        found = []
        for number in self.shown:
            side = self.stakes.scenario.sides[number]
            weights = side.utility.weights  # type: ignore[union-attr]
            points = [
                (self.view.t(f"table.issue.{name}"), f"{100 * w:.0f}")
                for name, w in zip(self.stakes.scenario.space.names, weights, strict=True)
            ]
            limit = wording.money(float(f"{self.stakes.limits[number]:.3g}"), self.stakes.currency, self.view.t)
            found.append(Brief(number + 1, self.names[number], number == self.played.setting.seat, tuple(points),
                               f"{100 * side.reserved:.0f}", limit))  # fmt: skip
        return tuple(found)

    def choices(self) -> tuple[Choice, ...]:
        """What the player may offer, the last own offer chosen before."""
        seat = self.played.setting.seat
        if seat is None or self.over:
            return ()
        utility = self.stakes.scenario.sides[seat].utility
        parts = utility.parts(self.stakes.scenario.space)  # type: ignore[union-attr]
        own = next((x.places for x in reversed(self.game.turns) if x.side == seat), None)
        start = own or tuple(int(p.argmax()) for p in parts)
        return tuple(
            Choice(
                name, self.view.t(f"table.issue.{name}"),
                tuple(
                    (self.view.t("table.option", value=self.value(name, i), points=f"{100 * float(v):.0f}"),
                     i == start[number])
                    for i, v in enumerate(parts[number])
                ),
            )
            for number, name in enumerate(self.stakes.scenario.space.names)
        )  # fmt: skip

    def verdict(self) -> str:
        """How the game ended; empty while it goes on."""
        g, t = self.game, self.view.t
        if not g.end:
            return ""
        if g.end == "agreement":
            return t("table.end_deal", round=g.round, what=", ".join(self.words(g.deal or ())))
        if g.end == "walk away" and g.ended_by is not None:
            return t("table.end_walk", who=self.names[g.ended_by], round=g.round)
        return t("table.end_deadline", round=g.round)

    def results(self, judged: Judged) -> tuple[Grid, ...]:
        """What the sides got against what they could have had, and the distances from the frontier and its points."""
        t, solved = self.view.t, judged.solved
        sides = self.stakes.scenario.sides
        points = [("nash", solved.nash), ("kalai_smorodinsky", solved.kalai_smorodinsky)]
        rows = [
            (t("table.got" if self.game.deal else "table.got_none"), *(f"{100 * w:.1f}" for w in self.game.worth), ""),
            (t("table.least"), *(f"{100 * s.reserved:.1f}" for s in sides), ""),
            (t("table.more"), *(f"{100 * x:.1f}" for x in judged.more), ""),
        ]
        rows += [
            (t(f"table.{name}"), *(f"{100 * x:.1f}" for x in p.utilities), ", ".join(self.words(p.places)))
            for name, p in points if p is not None
        ]  # fmt: skip
        worth = Grid("worth", t("table.worth_title"), (t("table.column.what"), *self.names, t("table.column.deal")),
                     tuple(rows), wordy=True)  # fmt: skip
        named = (("pareto", "table.frontier"), ("nash", "table.nash"), ("kalai_smorodinsky", "table.kalai_smorodinsky"))
        away = tuple((t(key), f"{100 * judged.distances[name]:.1f}") for name, key in named if name in judged.distances)
        columns = (t("table.column.from"), t("table.column.points"))
        return (worth, Grid("distances", t("table.distances"), columns, away, t("table.distances_how")))


def telling(view: View, asked: Played) -> Telling:
    """The game of an address. Raises NoTableError where the case knows too little, MoveError for a wrong move."""
    asker = Asking(view)
    try:
        at_stake = stakes(view.snapshot.dossier, asker.basis, seed=asked.seed)
    except NoTableError:
        raise
    except BurdenshareError as error:
        raise NoTableError(str(error)) from error
    moves = () if asked.side == "watch" else game.moves_of(asked.m, at_stake.scenario.space)
    return Telling(view, asker, at_stake, asked, game.play(at_stake.scenario, asked.setting, moves))


def context(view: View, asked: Played) -> Table:
    """The page's context."""
    case = view.case
    names = (wording.side(case.host.id, case, view.t), wording.side(case.stationing.id, case, view.t))
    files = tuple((form.upper(), view.url(f"/table/file.{form}", **asked.query())) for form in ("csv", "json"))
    again = view.url("/table", **asked.query(seed=(asked.seed + 1) % 1_000_000, m=""))
    other = {"payer": "claimant", "claimant": "payer"}.get(asked.side, "watch")
    swapped = view.url("/table", **asked.query(side=other, m=""))
    try:
        told = telling(view, asked)
    except NoTableError as error:
        why = str(error)
        return Table(f"{why[:1].upper()}{why[1:]}.", asked, names, game.TACTICS, (), (), (), None, False, 0, "", None,
                     (), (), again, swapped, ())  # fmt: skip
    lines = tuple(told.line(x) for x in told.game.turns)
    judged = game.judge(told.stakes.scenario, told.game) if told.over else None
    figure = (
        drawing.drawing(told.stakes.scenario, told.game, judged, names=names, t=view.t) if judged is not None else None
    )
    table_ = told.game.on_table
    return Table(
        "", asked, names, game.TACTICS, told.briefs(), told.choices(), lines, lines[-1] if lines else None,
        table_ is not None and table_.side != asked.setting.seat, told.game.round, told.verdict(), figure,
        told.results(judged) if judged is not None else (), told.stakes.how, again, swapped, files,
    )  # fmt: skip


# -- addresses -------------------------------------------------------------------------------------------------------


def moved(view: View, asked: Played, do: str, offered: Mapping[str, int | None]) -> str:
    """The moves with one more. Raises ProblemError 422 where an offer lacks an issue."""
    move = {"accept": game.ACCEPT, "walk": game.WALK}.get(do)
    if move is None:
        names = telling(view, asked).stakes.scenario.space.names
        places = [offered.get(n) for n in names]
        if None in places:
            raise ProblemError(
                422, "bad-request", f"An offer names a value for each of {', '.join(names)}.", "Choose them all."
            )
        move = "-".join(str(p) for p in places)
    return f"{asked.m}.{move}" if asked.m else move


@router.get("/{case}/table", response_class=HTMLResponse, summary="The table")
def table(
    view: Viewing,
    asked: Asked,
    do: Annotated[
        Literal["offer", "accept", "walk"] | None, Query(description="A move to make: leads to the address with it.")
    ] = None,
    sum: Place = None,
    term: Place = None,
    rule: Place = None,
    share: Place = None,
) -> Response:
    """A game against a tactic or between two; the address holds the setting and every move."""
    if do is not None:
        m = moved(view, asked, do, {"sum": sum, "term": term, "rule": rule, "share": share})
        after = dataclasses.replace(asked, m=m)
        telling(view, after)  # refuses a move that the game does not allow before the address shows it
        return RedirectResponse(view.url("/table", **after.query()) + "#now", 303)
    return view.page("table", lambda: context(view, asked))


def rows(told: Telling) -> list[dict[str, Any]]:
    """The offers as flat rows: round, side, values in whole units, years, the rule's text, percent; points shown."""
    s = told.stakes
    found = []
    for turn in told.game.turns:
        position = told.position(turn.places)
        at = dict(zip(s.scenario.space.names, turn.places, strict=True))
        row: dict[str, Any] = {
            "round": turn.round, "side": s.scenario.sides[turn.side].name, "sum": position.amount.value,
            "currency": s.currency, "first_year": s.year, "years": position.years,
            "rule": str(position.rule) if position.rule else None,
            "share_percent": s.shares[at["share"]] if "share" in at else None, "category": s.category or None,
        }  # fmt: skip
        for number in (0, 1):
            row[f"utility_{s.scenario.sides[number].name}"] = turn.worth[number] if number in told.shown else None
        found.append(row)
    return found


@router.get("/{case}/table/file.{form}", response_class=Response, summary="The offers of a game as CSV or JSON")
def file(view: Viewing, asked: Asked, form: Annotated[str, Path(pattern="^(csv|json)$")]) -> Response:
    """The offers so far; the other side's utilities are there once the game is over."""
    found = rows(telling(view, asked))
    day = view.as_of.isoformat() if view.as_of else "all"
    return Response(
        "".join((as_csv if form == "csv" else as_json)(found)),
        media_type="text/csv; charset=utf-8" if form == "csv" else "application/json",
        headers={"content-disposition": f'attachment; filename="{view.case.id}-table-{day}.{form}"'},
    )
