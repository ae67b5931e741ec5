"""Charts of a forecast in the page's colours: a deal by each date, the figure's distribution, and the fan over time."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from burdenshare.brief.model import Chart
from burdenshare.outlook import Outlook
from burdenshare.web import charts
from burdenshare.web.language import Words

WIDTH, HEIGHT = 680, 230
PADDING = {"left": 56, "top": 20, "right": 24, "bottom": 42}
BINS = 40
FAN_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
DATES = 6  # labels on an axis of dates, about


def by_date(o: Outlook, plain: Outlook | None, t: Words) -> Chart | None:
    """The probability of a deal by each day; `plain` is the forecast without what was supposed, drawn dashed."""
    if not o.deal_by:
        return None
    import altair as alt

    axis = _dates([d for d, _ in ((o.as_of, 0.0), *o.deal_by)])
    y = alt.Y("p:Q", axis=alt.Axis(title=None, format=".0%", tickCount=5), scale=alt.Scale(domain=[0, 1]))
    layers = []
    for of, dash in ((plain, [4, 4]), (o, [1, 0])):
        if of is not None:
            rows = [{"day": d.isoformat(), "p": round(p, 5)} for d, p in ((of.as_of, 0.0), *of.deal_by)]
            line = alt.Chart(alt.Data(values=rows)).mark_line(
                color=charts.ACCENT if of is o else charts.INK, strokeWidth=2.5 if of is o else 1.5, strokeDash=dash
            )
            layers.append(line.encode(x=axis, y=y))
    if o.expiry is not None and o.expiry >= o.as_of:
        layers.append(_mark({"day": o.expiry.isoformat(), "name": t("outlook.expiry")}, axis, charts.SIDES[1]))
    told = ", ".join(f"{d.isoformat()} {p:.0%}" for d, p in o.deal_by[:: max(1, len(o.deal_by) // 6)])
    caption = t("outlook.by_date_caption") + (f" ({t('outlook.dashed')})" if plain is not None else "")
    return charts.drawn(_sized(alt.layer(*layers)), alt=t("outlook.by_date_alt", told=told), caption=caption)


def figure(o: Outlook, plain: Outlook | None, t: Words) -> Chart | None:
    """How likely each first-year rise is, with the median of each baseline as a mark."""
    if o.rise is None or o.status != "forecast":
        return None
    import altair as alt
    import numpy as np

    draws = [np.array(x.rise.samples) for x in (o, plain) if x is not None and x.rise is not None]
    low = min(float(np.quantile(d, 0.01)) for d in draws)
    high = max(float(np.quantile(d, 0.99)) for d in draws)
    edges = np.linspace(low, max(high, low + 1e-6), BINS + 1)
    x = alt.X("x:Q", axis=alt.Axis(title=t("outlook.rise_axis"), grid=False, tickCount=8),
              scale=alt.Scale(domain=[float(edges[0]), float(edges[-1])], nice=False))  # fmt: skip
    y = alt.Y("y:Q", axis=None)
    layers: list[Any] = []
    for number, drawn in enumerate(draws):
        share = np.histogram(drawn, edges)[0] / drawn.size
        # a little smoothing, for the draws are few; it changes no figure, only the outline
        share = np.convolve(np.pad(share, 2, mode="edge"), np.array([1, 2, 3, 2, 1]) / 9, mode="valid")
        middles = (edges[:-1] + edges[1:]) / 2
        rows = [{"x": float(a), "y": round(float(s), 5)} for a, s in zip(middles, share, strict=True)]
        base = alt.Chart(alt.Data(values=rows))
        if number == 0:
            layers.append(base.mark_area(color=charts.ACCENT, opacity=0.3).encode(x=x, y=y))
        line = base.mark_line(color=charts.INK if number else charts.ACCENT, strokeDash=[4, 4] if number else [1, 0])
        layers.append(line.encode(x=x, y=y))
    layers += _medians(o, x, (float(edges[0]), float(edges[-1])), t)
    alt_words = t(
        "outlook.figure_alt", median=f"{o.rise.quantile(0.5):.1f}", low=f"{o.rise.quantile(0.1):.1f}",
        high=f"{o.rise.quantile(0.9):.1f}",
    )  # fmt: skip
    chart = alt.layer(*layers).resolve_scale(y="independent")
    caption = t("outlook.figure_caption") + (f" ({t('outlook.dashed')})" if plain is not None else "")
    return charts.drawn(_sized(chart), alt=alt_words, caption=caption)


def _medians(o: Outlook, x: Any, span: tuple[float, float], t: Words) -> list[Any]:
    import altair as alt

    assert o.rise is not None
    marks = [(t("outlook.ours"), o.rise.quantile(0.5), charts.ACCENT)]
    for b in o.baselines:
        middle = sorted(b.rise)[len(b.rise) // 2]
        if b.own and span[0] <= middle <= span[1]:
            marks.append((t(f"outlook.baseline.{b.name}"), middle, charts.SIDES[1]))
    layers: list[Any] = []
    for row, (name, value, colour) in enumerate(marks):
        right = value > (span[0] + span[1]) / 2
        at = alt.Chart(alt.Data(values=[{"x": value, "row": row, "name": name}]))
        layers.append(at.mark_rule(color=colour, strokeWidth=1.5).encode(x=x))
        text = at.mark_text(align="right" if right else "left", dx=-5 if right else 5, fontSize=13, color=colour)
        top = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[10, -0.4], nice=False))
        layers.append(text.encode(x=x, y=top, text="name:N"))
    return layers


def fan(outlooks: tuple[Outlook, ...], t: Words) -> Chart | None:
    """The forecast of the first-year rise at each date: median, and bands of 50 and 90 percent."""
    rows = tuple(
        (o.as_of, tuple(round(o.rise.quantile(q), 3) for q in FAN_LEVELS))
        for o in outlooks if o.rise is not None and o.status == "forecast"
    )  # fmt: skip
    return _fan(rows, t) if rows else None


@lru_cache(maxsize=32)
def _fan(rows: tuple[tuple[date, tuple[float, ...]], ...], t: Words) -> Chart:
    import altair as alt

    names = [f"p{round(100 * q)}" for q in FAN_LEVELS]
    values = [{"day": d.isoformat()} | dict(zip(names, q, strict=True)) for d, q in rows]
    x = _dates([d for d, _ in rows])
    y = alt.Y(f"{names[0]}:Q", axis=alt.Axis(title=t("outlook.rise_axis"), tickCount=6), scale=alt.Scale(zero=False))
    base = alt.Chart(alt.Data(values=values))
    layers = [
        base.mark_area(color=charts.ACCENT, opacity=0.18).encode(x=x, y=y, y2=f"{names[-1]}:Q"),
        base.mark_area(color=charts.ACCENT, opacity=0.3).encode(x=x, y=alt.Y(f"{names[1]}:Q"), y2=f"{names[3]}:Q"),
        base.mark_line(color=charts.ACCENT, strokeWidth=2).encode(x=x, y=f"{names[2]}:Q"),
        base.mark_point(color=charts.ACCENT, filled=True, size=30, opacity=1).encode(x=x, y=f"{names[2]}:Q"),
    ]
    first, last = rows[0], rows[-1]
    told = t(
        "outlook.fan_alt", n=len(rows), first=first[0].isoformat(), first_median=f"{first[1][2]:.1f}",
        last=last[0].isoformat(), last_median=f"{last[1][2]:.1f}",
    )  # fmt: skip
    return charts.drawn(_sized(alt.layer(*layers)), alt=told, caption=t("outlook.fan_caption"))


def _dates(days: list[date]) -> Any:
    """An axis of dates with few labels, in a form that needs no language."""
    import altair as alt

    short = max(days).toordinal() - min(days).toordinal() < 30 * DATES
    form, ticks = ("%Y-%m-%d", DATES - 2) if short else ("%Y-%m", DATES)
    axis = alt.Axis(title=None, format=form, grid=False, labelOverlap="greedy", tickCount=ticks)
    last = max(days) if max(days) > min(days) else date.fromordinal(min(days).toordinal() + 30)
    return alt.X("day:T", axis=axis, scale=alt.Scale(domain=[min(days).isoformat(), last.isoformat()]))


def _mark(row: dict[str, Any], x: Any, colour: str) -> Any:
    import altair as alt

    at = alt.Chart(alt.Data(values=[row]))
    text = at.mark_text(align="left", dx=5, fontSize=13, color=colour).encode(x=x, y=alt.value(8), text="name:N")
    return alt.layer(at.mark_rule(color=colour, strokeDash=[4, 3]).encode(x=x), text)


def _sized(chart: Any) -> dict[str, Any]:
    import altair as alt

    chart = chart.properties(
        width=WIDTH - PADDING["left"] - PADDING["right"], height=HEIGHT - PADDING["top"] - PADDING["bottom"],
        autosize=alt.AutoSizeParams(type="none"), padding=PADDING, background="transparent",
    )  # fmt: skip
    return dict(charts.framed(chart).to_dict(validate=False))
