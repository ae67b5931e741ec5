"""The table as a call of the API: a program can play, too."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from burdenshare.web.pages.table import Asked, Telling, rows, telling
from burdenshare.web.table import game
from burdenshare.web.view import Viewing

router = APIRouter(prefix="/api/v1", tags=["API"])


def issues_of(told: Telling) -> list[dict[str, Any]]:
    """The issues with their values in the order of their places, in plain figures."""
    s = told.stakes
    values: dict[str, list[Any]] = {
        "sum": list(s.sums), "term": list(s.terms), "rule": [str(r) for r in s.rules], "share": list(s.shares),
    }  # fmt: skip
    return [{"issue": name, "values": values[name]} for name in s.scenario.space.names]


@router.get("/{case}/table", summary="A game at the table", response_model=None)
def table(view: Viewing, asked: Asked) -> dict[str, Any]:
    """The game after the moves `m`: issues, one's own weights and reserved value, offers, and once it is over the rest.

    Sums are whole units of `currency` in `first_year`; utilities and distances are on 0 to 1.
    """
    told = telling(view, asked)
    s = told.stakes
    sides = []
    for number, side in enumerate(s.scenario.sides):
        seen = number in told.shown
        weights = dict(zip(s.scenario.space.names, side.utility.weights, strict=True))  # type: ignore[union-attr]
        sides.append({"side": side.name, "weights": weights if seen else None,
                      "reserved": side.reserved if seen else None})  # fmt: skip
    end = None
    if told.over:
        judged = game.judge(s.scenario, told.game)
        points = {
            name: {"utilities": list(p.utilities), "places": list(p.places)} if p is not None else None
            for name in ("nash", "kalai_smorodinsky")
            for p in (getattr(judged.solved, name),)
        }
        end = {
            "how": told.game.end, "round": told.game.round, "deal": list(told.game.deal) if told.game.deal else None,
            "utilities": list(told.game.worth), "distances": judged.distances, "more": list(judged.more), **points,
            "frontier": judged.solved.frontier.utilities.T.tolist(),
        }  # fmt: skip
    return {
        "case": view.case.id, "as_of": told.asker.day.isoformat(), "setting": asked.query(), "currency": s.currency,
        "first_year": s.year, "category": s.category or None, "issues": issues_of(told), "sides": sides,
        "offers": rows(told), "round": told.game.round, "end": end, "sources": list(s.how),
    }  # fmt: skip
