"""The chart of costings in the page's colours: one position as bars by category, several as lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from burdenshare.brief.model import Chart
from burdenshare.case import Case
from burdenshare.costs import Costing
from burdenshare.web import charts
from burdenshare.web.costing.tables import Scale, scale_of
from burdenshare.web.language import Words

if TYPE_CHECKING:  # the pages that positions rest on draw charts too
    from burdenshare.web.costing.positions import Worked

WIDTH, HEIGHT = 640, 260
LABELLED = 12  # years with a label under the chart, at most
PADDING = {"left": 52, "top": 16, "right": 34, "bottom": 26}
COLOURS = (*charts.SIDES, charts.INK)  # of the positions and of the categories, in this order; the key has the same
_DASHES = ([1, 0], [8, 3], [2, 3], [10, 3, 2, 3])  # beside its letter a line is told by its dashes, not by colour alone


def drawing(worked: Sequence[Worked], case: Case, t: Words) -> Chart | None:
    """The chart of all positions that could be costed; None where there is none."""
    costings = [(w, w.costing) for w in worked if w.costing is not None]
    if not costings:
        return None
    host = case.host.currency
    top = max(y.sums[host].high for _, k in costings for y in k.years)
    force = in_force(costings[0][1]) if costings else {}
    scale = scale_of([top, *force.values()], host, t)
    if len(costings) == 1:
        layers = _bars(costings[0][1], scale)
        caption = t("costs.chart_one", unit=scale.heading)
    else:
        layers = _lines([(w.letter, k) for w, k in costings], scale)
        caption = t("costs.chart_many", unit=scale.heading)
    years = sorted({y.year for _, k in costings for y in k.years})
    if force:
        layers.append(_dashed([{"year": y, "value": v / scale.size} for y, v in force.items()], charts.INK))
    told = [
        f"{w.letter}: {w.label}, {k.years[0].year} {scale.text(k.years[0].sums[host])}, "
        f"{k.years[-1].year} {scale.text(k.years[-1].sums[host])}"
        for w, k in costings
    ]
    alt = t("costs.chart_alt", unit=scale.heading, told="; ".join(told))
    return charts.drawn(_framed(layers, years), alt=alt, caption=caption)


def in_force(costing: Costing) -> dict[int, float]:
    """What is paid as things stand, by year, in the host's currency; empty where the case knows no payment."""
    standing = next((c for c in costing.against if c.label == "in force"), None)
    if standing is None:
        return {}
    return {y.year: y.sums[costing.currency].value - standing.years[y.year].value for y in costing.years}


def _x() -> Any:
    import altair as alt

    return alt.X("year:O")


def _y(field: str) -> Any:
    import altair as alt

    return alt.Y(field, axis=alt.Axis(title=None, tickCount=5, format=",~f"), scale=alt.Scale(zero=True, nice=True))


def _bars(costing: Costing, scale: Scale) -> list[Any]:
    import altair as alt

    host = costing.currency
    names = list(costing.total.by_category) or [""]
    rows, ranges = [], []
    for y in costing.years:
        for number, name in enumerate(names):
            money = y.by_category[name].sums[host] if name else y.sums[host]
            rows.append({"year": y.year, "part": f"{number}", "value": money.value / scale.size})
        sums = y.sums[host]
        if sums.low != sums.high:
            ranges.append({"year": y.year, "low": sums.low / scale.size, "high": sums.high / scale.size})
    colour = alt.Color(
        "part:N", legend=None,
        scale=alt.Scale(
            domain=[f"{i}" for i in range(len(names))], range=[COLOURS[i % len(COLOURS)] for i in range(len(names))]
        ),
    )  # fmt: skip
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(opacity=0.85, stroke=charts.FAINT, strokeWidth=0.5, width={"band": 0.6})
        .encode(x=_x(), y=_y("value:Q"), color=colour, order="part:N")
    )
    layers: list[Any] = [bars]
    if ranges:
        layers.append(
            alt.Chart(alt.Data(values=ranges))
            .mark_rule(color=charts.INK, strokeWidth=2)
            .encode(x=_x(), y=_y("low:Q"), y2="high:Q")
        )
    real = [{"year": y.year, "value": y.real.value / scale.size} for y in costing.years if y.real is not None]
    if real:
        layers.append(
            alt.Chart(alt.Data(values=real))
            .mark_point(color=charts.INK, filled=False, strokeWidth=2, size=60, shape="diamond", opacity=1)
            .encode(x=_x(), y=_y("value:Q"))
        )
    return layers


def _lines(costings: Sequence[tuple[str, Costing]], scale: Scale) -> list[Any]:
    import altair as alt

    host = costings[0][1].currency
    rows, ends = [], []
    for letter, costing in costings:
        for y in costing.years:
            sums = y.sums[host]
            rows.append({
                "year": y.year, "letter": letter, "value": sums.value / scale.size, "low": sums.low / scale.size,
                "high": sums.high / scale.size,
            })  # fmt: skip
        ends.append(rows[-1])
    letters = [letter for letter, _ in costings]
    places = ["ABCD".index(letter) for letter in letters]
    colour = alt.Color("letter:N", legend=None, scale=alt.Scale(domain=letters, range=[COLOURS[i] for i in places]))
    dash = alt.StrokeDash("letter:N", legend=None, scale=alt.Scale(domain=letters, range=[_DASHES[i] for i in places]))
    base = alt.Chart(alt.Data(values=rows))
    band = base.mark_area(opacity=0.18).encode(x=_x(), y=_y("low:Q"), y2="high:Q", color=colour)
    line = base.mark_line(strokeWidth=2.5).encode(x=_x(), y=_y("value:Q"), color=colour, strokeDash=dash)
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(x=_x(), y=_y("value:Q"), color=colour)
    names = (
        alt.Chart(alt.Data(values=ends))
        .mark_text(dx=14, fontSize=14, fontWeight="bold", align="left")
        .encode(x=_x(), y=_y("value:Q"), text="letter:N", color=colour)
    )
    return [band, line, dots, names]


def _dashed(rows: list[dict[str, Any]], colour: str) -> Any:
    import altair as alt

    return (
        alt.Chart(alt.Data(values=rows))
        .mark_line(color=colour, strokeWidth=1.5, strokeDash=[5, 4], point=False)
        .encode(x=_x(), y=_y("value:Q"))
    )


def _framed(layers: list[Any], years: Sequence[int]) -> dict[str, Any]:
    import altair as alt

    ticks = list(years[:: -(-len(years) // LABELLED)])
    axis = alt.Axis(title=None, labelAngle=0, labelOverlap=False, grid=False, values=ticks)
    layers = [layer.encode(x=alt.X("year:O", axis=axis, scale=alt.Scale(domain=list(years)))) for layer in layers]
    chart = alt.layer(*layers).properties(
        width=WIDTH - PADDING["left"] - PADDING["right"], height=HEIGHT - PADDING["top"] - PADDING["bottom"],
        autosize=alt.AutoSizeParams(type="none"), padding=PADDING, background="transparent",
    )  # fmt: skip
    return dict(charts.framed(chart).to_dict())
