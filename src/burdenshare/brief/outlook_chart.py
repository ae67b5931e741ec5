"""Charts of a forecast and of forecasts over time, as Altair specifications; `write` sets them as SVG, PNG or HTML.

The same forecast gives the same bytes on one machine; where its fonts differ, another may set the margins otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np

from burdenshare.errors import BurdenshareError
from burdenshare.outlook.model import LEVELS, Outlook

OURS, OTHER, FAINT, INK, GRID = "#1f5fa8", "#c2571a", "#c9d3de", "#222222", "#e6e6e6"
WIDTH, HEIGHT = 620, 170
_BINS = 40


def forecast_chart(o: Outlook) -> Any:
    """Above, how likely each first-year rise is, with the baselines' medians as marks; below, a deal by each date.

    Raises BurdenshareError where the forecast has no figures to draw.
    """
    if o.rise is None or o.status != "forecast":
        raise BurdenshareError(f"There is nothing to draw: {o.sentence}")
    return _finished(alt.vconcat(_rises(o), _deal_by(o), spacing=34))


def fan_chart(outlooks: Sequence[Outlook], observed: float | None = None) -> Any:
    """The forecast of the first-year rise at each date: median, and bands of 50 and 90%.

    `observed` is what came of it, in percent, where that is to be shown. Raises BurdenshareError without figures.
    """
    rows: list[dict[str, Any]] = []
    for o in outlooks:
        if o.rise is not None and o.status == "forecast":
            q = dict(zip(LEVELS, o.rise.quantiles, strict=True))
            rows.append({"day": o.as_of.isoformat()} | {f"p{100 * v:.0f}": q[v] for v in (0.05, 0.25, 0.5, 0.75, 0.95)})
    if not rows:
        raise BurdenshareError("There is nothing to draw: none of the dates has a forecast with figures.")
    base = alt.Chart(alt.InlineData(values=rows)).properties(width=WIDTH, height=HEIGHT + 60)
    x = alt.X("day:T", axis=alt.Axis(title=None, format="%b %Y", grid=False, labelOverlap="greedy"))
    y = alt.Y("p5:Q", axis=alt.Axis(title="first-year rise, percent"), scale=alt.Scale(zero=False))
    layers = [
        base.mark_area(color=OURS, opacity=0.18).encode(x=x, y=y, y2="p95:Q"),
        base.mark_area(color=OURS, opacity=0.30).encode(x=x, y=alt.Y("p25:Q"), y2="p75:Q"),
        base.mark_line(color=OURS, strokeWidth=2, point=alt.OverlayMarkDef(color=OURS, size=22)).encode(x=x, y="p50:Q"),
    ]
    if observed is not None:
        line = alt.Chart(alt.InlineData(values=[{"y": observed}])).mark_rule(
            color=OTHER, strokeDash=[5, 3], strokeWidth=2
        )
        layers.append(line.encode(y=alt.Y("y:Q")))
    title = "Median and the middle 50 and 90 percent" + ("; dashed: what it came to" if observed is not None else "")
    return _finished(alt.layer(*layers).properties(title=title))


def _rises(o: Outlook) -> Any:
    assert o.rise is not None
    draws = np.array(o.rise.samples)
    low, high = float(np.quantile(draws, 0.01)), float(np.quantile(draws, 0.99))
    edges = np.linspace(low, high, _BINS + 1)
    share = np.histogram(draws, edges)[0] / draws.size
    # A little smoothing, for the draws are few; it changes no figure, only the outline.
    share = np.convolve(np.pad(share, 2, mode="edge"), np.array([1, 2, 3, 2, 1]) / 9, mode="valid")
    rows = [{"x": float((a + b) / 2), "y": float(s)} for a, b, s in zip(edges, edges[1:], share, strict=False)]
    x = alt.X("x:Q", axis=alt.Axis(title="first-year rise, percent", grid=False, tickCount=8))
    y = alt.Y("y:Q", axis=None)
    area = alt.Chart(alt.InlineData(values=rows)).mark_area(color=OURS, opacity=0.35, line={"color": OURS})
    marks = [{"x": o.rise.quantile(0.5), "name": "this forecast", "row": 0, "ours": True}]
    marks += [
        {"x": float(np.median(b.rise)), "name": b.name, "row": i + 1, "ours": False}
        for i, b in enumerate(o.baselines) if b.own and low <= float(np.median(b.rise)) <= high
    ]  # fmt: skip
    colour = alt.condition("datum.ours", alt.value(OURS), alt.value(OTHER))
    rules = alt.Chart(alt.InlineData(values=marks)).mark_rule(strokeWidth=1.5).encode(x=x, color=colour)
    names = alt.Chart(alt.InlineData(values=marks)).mark_text(align="left", dx=4, fontSize=11)
    top = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[12, -0.5]))
    labels = names.encode(x=x, y=top, text="name:N", color=colour)
    chart = alt.layer(area.encode(x=x, y=y), rules, labels).resolve_scale(y="independent")
    return chart.properties(
        width=WIDTH, height=HEIGHT, title="Where a deal would lie: this forecast, and the medians of the baselines"
    )


def _deal_by(o: Outlook) -> Any:
    rows = [{"day": d.isoformat(), "p": p} for d, p in ((o.as_of, 0.0), *o.deal_by)]
    x = alt.X("day:T", axis=alt.Axis(title=None, format="%b %Y", grid=False, labelOverlap="greedy"))
    y = alt.Y("p:Q", axis=alt.Axis(title="probability", format=".0%"), scale=alt.Scale(domain=[0, 1]))
    layers = [alt.Chart(alt.InlineData(values=rows)).mark_line(color=OURS, strokeWidth=2).encode(x=x, y=y)]
    if o.expiry is not None and o.expiry > o.as_of - timedelta(days=1):
        at = alt.Chart(alt.InlineData(values=[{"day": o.expiry.isoformat(), "name": "expiry"}]))
        layers.append(at.mark_rule(color=OTHER, strokeDash=[4, 3]).encode(x="day:T"))
        layers.append(at.mark_text(align="left", dx=4, y=8, color=OTHER, fontSize=11).encode(x="day:T", text="name:N"))
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT - 30, title="A deal by each date")


def _finished(chart: Any) -> Any:
    return (
        chart.properties(background="transparent", padding=14)
        .configure_view(stroke=None)
        .configure_axis(labelFont="sans-serif", titleFont="sans-serif", labelColor=INK, titleColor=INK,
                        titleFontWeight="normal", gridColor=GRID, domainColor=FAINT, tickColor=FAINT)
        .configure_title(font="sans-serif", fontSize=13, fontWeight="normal", anchor="start", color=INK)
        .configure_text(font="sans-serif")
    )  # fmt: skip


def svg(chart: Any) -> str:
    """The drawing as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def write(chart: Any, path: str | Path) -> Path:
    """Writes the chart as the path's ending says (.svg, .png, .html); an HTML file carries its scripts.

    Raises BurdenshareError where the ending is another one or the file cannot be written.
    """
    import vl_convert

    target = Path(path)
    try:
        match target.suffix.lower():
            case ".svg":
                target.write_text(svg(chart), encoding="utf-8")
            case ".png":
                on_white = chart.properties(background="white").to_dict()
                target.write_bytes(vl_convert.vegalite_to_png(on_white, scale=2))
            case ".html":
                page = vl_convert.vegalite_to_html(chart.to_dict(), bundle=True)
                target.write_text(page, encoding="utf-8")
            case _:
                raise BurdenshareError(f"A chart is written as .svg, .png or .html; {target.name!r} ends otherwise.")
    except OSError as error:
        raise BurdenshareError(f"The chart could not be written to {target}: {error.strerror or error}.") from error
    return target
