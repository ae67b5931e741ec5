"""Charts of talks: the utility space with frontier, solution points and offers; the offers over time.

Written as SVG, PNG or one HTML file that carries its scripts, so that it opens without a network.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import vl_convert

from burdenshare.bargaining.protocols import Result
from burdenshare.bargaining.scenario import UtilityTable
from burdenshare.bargaining.solutions import POINTS, Solutions
from burdenshare.errors import BargainingError

SHOWN_OUTCOMES = 3000
"""More dots than this only blacken the picture; every k-th outcome is drawn instead."""

COLOURS = ("#1f5fa8", "#c2571a", "#3d7a3d", "#7a4a9c", "#8a7a1a", "#5a5a5a")
TITLES = {
    "nash": "Nash",
    "egalitarian": "egalitarian",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "utilitarian": "utilitarian",
}


def axis(name: str) -> Any:
    return alt.Axis(title=f"utility of {name}", grid=True, gridColor="#e6e6e6", tickCount=6)


def utility_space(table: UtilityTable, solved: Solutions, result: Result | None) -> Any:
    """Layers over the utilities of the first two sides."""
    u = table.utilities[:2]
    columns = np.arange(0, table.outcomes, max(1, -(-table.outcomes // SHOWN_OUTCOMES)))
    columns = columns[np.isfinite(u[:, columns]).all(axis=0)]
    x = alt.X("x:Q", axis=axis(table.names[0]), scale=alt.Scale(zero=False, nice=True))
    y = alt.Y("y:Q", axis=axis(table.names[1]), scale=alt.Scale(zero=False, nice=True))

    def rows(values: Any) -> alt.InlineData:
        return alt.InlineData(values=values)

    dots = [{"x": float(a), "y": float(b)} for a, b in u[:, columns].T]
    layers = [alt.Chart(rows(dots)).mark_circle(size=9, color="#b9c2cc", opacity=0.7).encode(x=x, y=y)]
    line = sorted(({"x": float(p[0]), "y": float(p[1])} for p in solved.frontier.utilities.T), key=lambda p: p["x"])
    if line and table.sides == 2:
        layers.append(
            alt.Chart(rows(line))
            .mark_line(color="#222222", strokeWidth=1.5, point=alt.OverlayMarkDef(size=14, color="#222222"))
            .encode(x=x, y=y)
        )
    points = point_rows(solved)
    if points:
        shape = alt.Shape(
            "point:N",
            title="solution points",
            sort=[row["point"] for row in points],
            legend=alt.Legend(labelLimit=400),
        )
        layers.append(
            alt.Chart(rows(points))
            .mark_point(size=130, filled=False, color="#000000", strokeWidth=2)
            .encode(x=x, y=y, shape=shape)
        )
    if result is not None and result.trace:
        offers = offer_rows(table, result)
        colour = side_colour(table, result)
        layers.append(
            alt.Chart(rows(offers))
            # A mediator's proposals jump about; lines between them would say nothing.
            .mark_line(
                strokeWidth=0 if result.trace[0].side < 0 else 1.2, opacity=0.8, point=alt.OverlayMarkDef(size=18)
            )
            .encode(x=x, y=y, color=colour, order="order:Q", detail="side:N")
        )
    if result is not None and result.agreement is not None:
        at = [{"x": float(u[0, result.agreement]), "y": float(u[1, result.agreement]), "what": "agreement"}]
        layers.append(
            alt.Chart(rows(at)).mark_point(shape="cross", size=260, filled=True, color="#b3001b").encode(x=x, y=y)
        )
        layers.append(
            alt.Chart(rows(at))
            .mark_text(dx=10, dy=-10, align="left", color="#b3001b", fontWeight="bold")
            .encode(x=x, y=y, text="what:N")
        )
    return alt.layer(*layers).properties(width=430, height=430, title="Utility space")


def point_rows(solved: Solutions) -> list[dict[str, Any]]:
    """One row a place: points that fall together share a mark and its label."""
    names: dict[tuple[float, ...], list[str]] = {}
    for name in POINTS:
        point = getattr(solved, name)
        if point is not None:
            names.setdefault(point.utilities[:2], []).append(TITLES[name])
    return [{"x": at[0], "y": at[1], "point": ", ".join(labels)} for at, labels in names.items()]


def side_colour(table: UtilityTable, result: Result) -> Any:
    offering = sorted({offer.side for offer in result.trace})
    names = ["mediator" if side < 0 else table.names[side] for side in offering]
    colours = [COLOURS[side % len(COLOURS)] for side in offering]
    return alt.Color("side:N", title="offers of", scale=alt.Scale(domain=names, range=colours))


def offer_rows(table: UtilityTable, result: Result) -> list[dict[str, Any]]:
    return [
        {
            "order": i,
            "round": offer.round,
            "side": "mediator" if offer.side < 0 else table.names[offer.side],
            "x": float(table.utilities[0, offer.outcome]),
            "y": float(table.utilities[1, offer.outcome]),
            "worth": float(table.utilities[max(offer.side, 0), offer.outcome]),
        }
        for i, offer in enumerate(result.trace)
        if np.isfinite(table.utilities[:, offer.outcome]).all()
    ]


def offers_over_time(table: UtilityTable, result: Result) -> Any:
    """What each offer is worth to each side, round by round, one panel a side."""
    values = [
        {
            "round": offer.round,
            "side": "mediator" if offer.side < 0 else table.names[offer.side],
            "to": table.names[s],
            "worth": float(table.utilities[s, offer.outcome]),
        }
        for offer in result.trace
        for s in range(table.sides)
        if np.isfinite(table.utilities[s, offer.outcome])
    ]
    return (
        alt.Chart(alt.InlineData(values=values))
        .mark_line(strokeWidth=1.5, point=alt.OverlayMarkDef(size=14))
        .encode(
            x=alt.X("round:Q", title="round", axis=alt.Axis(grid=False, tickMinStep=1)),
            y=alt.Y("worth:Q", title="utility", scale=alt.Scale(zero=False), axis=alt.Axis(gridColor="#e6e6e6")),
            color=side_colour(table, result),
        )
        .properties(width=430, height=max(90, 400 // table.sides - 30))
        .facet(
            row=alt.Row(
                "to:N",
                title=None,
                sort=list(table.names),
                header=alt.Header(
                    labelExpr="'worth to ' + datum.value", labelAngle=0, labelAlign="left", labelOrient="top"
                ),
            )
        )
        .properties(title="Offers over time")
    )


def chart(table: UtilityTable, solved: Solutions, result: Result | None, *, title: str) -> Any:
    """The whole picture: the utility space and, where there are offers, the offers over time beside it."""
    if table.sides < 2:
        raise BargainingError("A chart of the utility space needs at least two sides.")
    space = utility_space(table, solved, result)
    both = (
        alt.hconcat(space, offers_over_time(table, result))
        if result is not None and result.trace
        else alt.hconcat(space)
    )
    return both.properties(title=alt.TitleParams(title, anchor="start", fontSize=16)).configure_view(stroke=None)


def save_chart(drawn: Any, path: str | Path) -> None:
    """Write a chart as .svg, .png or .html by the ending of the path."""
    path = Path(path)
    spec = drawn.to_dict()
    if path.suffix == ".svg":
        path.write_text(vl_convert.vegalite_to_svg(spec), encoding="utf-8")
    elif path.suffix == ".png":
        path.write_bytes(vl_convert.vegalite_to_png(spec, scale=2))
    elif path.suffix == ".html":
        path.write_text(vl_convert.vegalite_to_html(spec, bundle=True), encoding="utf-8")
    else:
        raise BargainingError(f"{path} has the ending {path.suffix!r}; a chart is written as .svg, .png or .html.")
