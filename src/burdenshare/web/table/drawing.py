"""The utility space of a game: every outcome, the frontier, the points that theory picks, the offers and the deal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from burdenshare.bargaining import Scenario
from burdenshare.brief.model import Chart
from burdenshare.web import charts
from burdenshare.web.charts import framed
from burdenshare.web.language import Words
from burdenshare.web.table.game import Game, Judged

WIDTH, HEIGHT = 560, 440
DOTS = 500  # outcomes drawn; more only blacken the picture
NAMED = (("nash", "N"), ("kalai_smorodinsky", "K"))


def drawing(scenario: Scenario, game: Game, judged: Judged, *, names: Sequence[str], t: Words) -> Chart:
    """The space of both sides' utilities in percent, the first side's to the right, the second's upwards."""
    import altair as alt

    u = scenario.tables().utilities * 100
    floors = [100 * s.reserved for s in scenario.sides]
    # Every k-th outcome would leave out whole values of the last issue; a fixed draw does not.
    columns = np.sort(np.random.default_rng(0).permutation(u.shape[1])[:DOTS])
    dots = [{"x": round(float(a), 1), "y": round(float(b), 1)} for a, b in u[:, columns].T]
    front = sorted(
        ({"x": float(a) * 100, "y": float(b) * 100} for a, b in judged.solved.frontier.utilities.T),
        key=lambda p: p["x"],
    )
    axis = alt.Axis(title=None, values=[0, 20, 40, 60, 80, 100], format="d")
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[0, 100], nice=False))
    y = alt.Y("y:Q", axis=axis, scale=alt.Scale(domain=[0, 100], nice=False))

    def of(rows: list[dict[str, Any]]) -> Any:
        return alt.Chart(alt.Data(values=rows))

    layers: list[Any] = [
        of(dots).mark_point(filled=True, size=9, color=charts.INK, opacity=0.22).encode(x=x, y=y),
        of([{"x": floors[0]}]).mark_rule(color=charts.SIDES[0], strokeDash=[4, 4]).encode(x=x),
        of([{"y": floors[1]}]).mark_rule(color=charts.SIDES[1], strokeDash=[4, 4]).encode(y=y),
    ]
    if front:
        layers.append(of(front).mark_line(color=charts.INK, strokeWidth=2).encode(x=x, y=y))
        layers.append(of(front).mark_point(color=charts.INK, filled=True, size=18, opacity=1).encode(x=x, y=y))
    for side in (0, 1):
        path = [
            {"x": 100 * turn.worth[0], "y": 100 * turn.worth[1], "n": n}
            for n, turn in enumerate(game.turns) if turn.side == side
        ]  # fmt: skip
        if path:
            base = of(path).encode(x=x, y=y, order="n:Q")
            layers.append(base.mark_line(color=charts.SIDES[side], strokeWidth=1.3, opacity=0.8))
            layers.append(base.mark_point(color=charts.SIDES[side], filled=True, size=45, opacity=1))
    marks = _points(judged)
    if marks:
        base = of(marks).encode(x=x, y=y)
        layers.append(base.mark_point(shape="triangle-up", size=130, color=charts.INK, strokeWidth=2, opacity=1))
        layers.append(
            base.mark_text(dx=11, dy=-9, align="left", fontSize=14, fontWeight="bold", color=charts.INK).encode(
                text="name:N"
            )
        )
    if game.deal is not None:
        deal = of([{"x": 100 * game.worth[0], "y": 100 * game.worth[1]}]).encode(x=x, y=y)
        layers.append(deal.mark_point(shape="cross", size=320, angle=45, filled=True, color=charts.SIDES[2], opacity=1))
    padding = {"left": 44, "top": 14, "right": 16, "bottom": 28}
    chart = alt.layer(*layers).properties(
        width=WIDTH - 60, height=HEIGHT - 42, autosize=alt.AutoSizeParams(type="none"), padding=padding,
        background="transparent",
    )  # fmt: skip
    deal_words = (
        t("table.alt_deal", first=f"{100 * game.worth[0]:.0f}", second=f"{100 * game.worth[1]:.0f}")
        if game.deal is not None
        else t("table.alt_none")
    )
    told = t("table.alt", first=names[0], second=names[1], n=len(front), deal=deal_words)
    return charts.drawn(framed(chart).to_dict(), alt=told, caption=t("table.caption", first=names[0], second=names[1]))


def _points(judged: Judged) -> list[dict[str, Any]]:
    """The solution points that there are; two in one place share their mark."""
    found: dict[tuple[float, ...], list[str]] = {}
    for name, letter in NAMED:
        point = getattr(judged.solved, name)
        if point is not None:
            found.setdefault(point.utilities, []).append(letter)
    return [{"x": 100 * at[0], "y": 100 * at[1], "name": ", ".join(n)} for at, n in found.items()]
