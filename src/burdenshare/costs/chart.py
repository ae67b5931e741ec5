"""The chart of costings, as a Vega-Lite specification: payments by year, ranges as bands, what is paid as a grey line.

One costing is drawn as bars by category with its constant prices as a dashed line; several are drawn as lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from burdenshare.costs.model import Costing
from burdenshare.errors import MoneyError

ENDINGS = (".svg", ".png", ".html")
_COLOURS = ("#1f5fa8", "#c2571a", "#3d7a3d", "#7a4a9c", "#8a7a1a", "#5a5a5a")
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1.0, ""))
_WIDTH, _HEIGHT = 560, 300


def spec(costings: Sequence[Costing]) -> dict[str, Any]:
    """The specification, its data inside. Raises MoneyError for none, or for costings in different currencies."""
    if not costings:
        raise MoneyError("there is nothing to draw: no position could be costed")
    currency = costings[0].currency
    if any(c.currency != currency for c in costings):
        raise MoneyError("costings in different currencies do not fit one chart; draw one case at a time")
    top = max(y.sums[currency].high for c in costings for y in c.years)
    size, name = next((s, n) for s, n in _SCALES if top >= s or s == 1.0)
    axis = " ".join(w for w in (currency, name) if w)
    drawn = _one(costings[0], size, axis) if len(costings) == 1 else _several(costings, size, axis)
    return dict(drawn.to_dict())


def save(costings: Sequence[Costing], path: Path) -> None:
    """Writes the chart as .svg, .png or .html by the ending of the path. Raises MoneyError for another ending."""
    import vl_convert

    if path.suffix not in ENDINGS:
        raise MoneyError(f"{path} has the ending {path.suffix!r}; a chart is written as {', '.join(ENDINGS)}")
    drawn = spec(costings)
    try:
        if path.suffix == ".svg":
            path.write_text(vl_convert.vegalite_to_svg(drawn), encoding="utf-8")
        elif path.suffix == ".png":
            path.write_bytes(vl_convert.vegalite_to_png(drawn, scale=2))
        else:
            path.write_text(vl_convert.vegalite_to_html(drawn, bundle=True), encoding="utf-8")
    except OSError as error:
        raise MoneyError(f"{path} could not be written: {error.strerror}") from error


def _in_force(costing: Costing, size: float) -> list[dict[str, Any]]:
    """What is paid as things stand: the cost less its difference to it."""
    standing = next((c for c in costing.against if c.label == "in force"), None)
    if standing is None:
        return []
    return [
        {"year": y.year, "value": (y.sums[costing.currency].value - standing.years[y.year].value) / size,
         "series": "as in force"}
        for y in costing.years
    ]  # fmt: skip


def _lines(rows: list[dict[str, Any]], axis: str, colour: str) -> Any:
    import altair as alt

    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_line(color=colour, strokeWidth=2, strokeDash=[5, 3], point=alt.OverlayMarkDef(color=colour, size=22))
        .encode(
            x=alt.X("year:O", title=None), y=alt.Y("value:Q", title=axis), tooltip=["series:N", "year:O", "value:Q"]
        )
    )


def _one(costing: Costing, size: float, axis: str) -> Any:
    import altair as alt

    bars, ranges = [], []
    for y in costing.years:
        money = y.sums[costing.currency]
        parts = {n: p.sums[costing.currency].value for n, p in y.by_category.items()} or {"all": money.value}
        bars += [{"year": y.year, "category": n, "value": v / size} for n, v in parts.items()]
        if money.low != money.high:
            ranges.append({"year": y.year, "low": money.low / size, "high": money.high / size})
    names = list(dict.fromkeys(b["category"] for b in bars))
    colour = alt.Color(
        "category:N",
        title=None,
        sort=names,
        scale=alt.Scale(domain=names, range=[_COLOURS[i % len(_COLOURS)] for i in range(len(names))]),
    )
    layers = [
        alt.Chart(alt.InlineData(values=bars))
        .mark_bar(opacity=0.85)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("value:Q", title=axis, stack="zero"),
            color=colour,
            tooltip=["year:O", "category:N", "value:Q"],
        )
    ]
    if ranges:
        layers.append(
            alt.Chart(alt.InlineData(values=ranges))
            .mark_rule(strokeWidth=2)
            .encode(x="year:O", y=alt.Y("low:Q", title=axis), y2="high:Q")
        )
    real = [
        {"year": y.year, "value": y.real.value / size, "series": f"at prices of {costing.base_year}"}
        for y in costing.years
        if y.real is not None
    ]
    note = []
    if paid := _in_force(costing, size):
        layers.append(_lines(paid, axis, "#5a5a5a"))
        note.append("grey: what is paid as things stand")
    if real:
        layers.append(_lines(real, axis, "#111111"))
        note.append(f"black: at prices of {costing.base_year}")
    return _titled(alt.layer(*layers), costing.position.label, "; ".join(note))


def _several(costings: Sequence[Costing], size: float, axis: str) -> Any:
    import altair as alt

    rows = [
        {
            "year": y.year,
            "position": c.position.label,
            "value": y.sums[c.currency].value / size,
            "low": y.sums[c.currency].low / size,
            "high": y.sums[c.currency].high / size,
        }
        for c in costings
        for y in c.years
    ]
    base = alt.Chart(alt.InlineData(values=rows))
    names = list(dict.fromkeys(r["position"] for r in rows))
    colour = alt.Color(
        "position:N",
        title=None,
        sort=names,
        scale=alt.Scale(domain=names, range=[_COLOURS[i % len(_COLOURS)] for i in range(len(names))]),
        legend=alt.Legend(orient="bottom", columns=1, labelLimit=_WIDTH),
    )
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0))
    band = base.mark_area(opacity=0.2).encode(x=x, y=alt.Y("low:Q", title=axis), y2="high:Q", color=colour)
    line = base.mark_line(point=True).encode(
        x=x, y=alt.Y("value:Q", title=axis), color=colour, tooltip=["position:N", "year:O", "value:Q"]
    )
    layers = [band, line]
    if paid := _in_force(costings[0], size):
        layers.append(_lines(paid, axis, "#5a5a5a"))
    return _titled(alt.layer(*layers), "What the positions cost", "grey: what is paid as things stand" if paid else "")


def _titled(chart: Any, title: str, note: str) -> Any:
    import altair as alt

    heading = alt.TitleParams(title, subtitle=note, anchor="start", fontSize=15, subtitleColor="#555555")
    return chart.properties(width=_WIDTH, height=_HEIGHT, title=heading).configure_view(stroke=None)
