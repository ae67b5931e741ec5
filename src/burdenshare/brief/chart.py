"""The chart of positions over time, as inline SVG: the same bytes for the same dossier on any machine.

Nothing in the drawing depends on the width of letters (no automatic layout, no titles on axes, no legend),
for that would depend on the fonts installed. Colours are placeholders that the page's style sheet fills in,
so that one drawing serves light, dark and print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from burdenshare import edtf
from burdenshare.brief.language import ENGLISH, Tongue
from burdenshare.brief.model import Chart
from burdenshare.case import Case
from burdenshare.dossier import Stand

_INK, _FAINT = "#010203", "#010204"
_SIDES = ("#010205", "#010206", "#010207")
_STYLE = {_INK: "var(--ink)", _FAINT: "var(--rule)", **{c: f"var(--side-{i})" for i, c in enumerate(_SIDES, 1)}}
_WIDTH, _HEIGHT = 640, 220


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one report: the days it may have come out on, the least and the most in whole units."""

    first: date
    day: date
    side: str
    act: str
    low: float
    high: float


def _points(stands: Sequence[Stand], currency: str) -> list[Point]:
    found = []
    for stand in stands:
        if stand.measure != currency or stand.item is not None or stand.act not in ("demand", "offer", "limit"):
            continue
        for quote in stand.series:
            when = edtf.parse(quote.published) if quote.published else None
            day = (when.latest or when.earliest) if when else None
            if quote.amount is not None and day is not None and stand.side:
                first = (when.earliest if when else None) or day
                found.append(Point(first, day, stand.side, stand.act or "", quote.amount.least, quote.amount.most))
    return sorted(set(found), key=lambda p: (p.day, p.side, p.low, p.high))


def positions_chart(stands: Sequence[Stand], case: Case, *, t: Tongue = ENGLISH) -> tuple[Chart, ...]:
    """One chart a currency with two points or more; the table under it holds the same figures."""
    charts = []
    for currency in sorted({p.measure for p in stands if p.amount is not None}):
        points = _points(stands, currency)
        if len(points) > 1:
            charts.append(_chart(points, currency, case, t))
    return tuple(charts)


def _chart(points: Sequence[Point], currency: str, case: Case, t: Tongue) -> Chart:
    size, scale_name = next((s, n) for s, n in t.scales() if max(p.high for p in points) >= s or s == 1.0)
    svg = _recoloured(_draw(points, size, case, t))
    measure = " ".join(w for w in (scale_name, t.unit(currency)) if w)
    sides = [s for s in case.parties if any(p.side == s for p in points)]
    described = [
        t(
            "chart.side",
            side=t.capital(_side(s, case, t)),
            range=_range([p for p in points if p.side == s], currency, t),
            reports=t.counted(sum(p.side == s for p in points), "report"),
        )
        for s in sides
    ]
    first, last = points[0].day.isoformat(), points[-1].day.isoformat()
    span = t.date_words(first)
    if first != last:
        span = t("chart.span", first=span, last=t.date_words(last))
    return Chart(
        svg, t("chart.alt", measure=measure, span=span, sides=t.listed(described)), t("chart.caption", measure=measure)
    )


def _side(side: str, case: Case, t: Tongue) -> str:
    party = case.parties.get(side)
    return t.first_name(party.names) if party else side


def _range(points: Sequence[Point], currency: str, t: Tongue) -> str:
    low, high = min(p.low for p in points), max(p.high for p in points)
    return t.money(low, currency) if low == high else t.between(low, high, currency)


def _draw(points: Sequence[Point], size: float, case: Case, t: Tongue) -> str:
    import altair as alt
    import vl_convert

    sides = [s for s in case.parties if any(p.side == s for p in points)]
    rows: list[dict[str, Any]] = [
        {
            "first": p.first.isoformat(),
            "day": p.day.isoformat(),
            "side": _side(p.side, case, t),
            "act": p.act,
            "low": p.low / size,
            "high": p.high / size,
            "mid": (p.low + p.high) / 2 / size,
        }
        for p in points
    ]
    colour = alt.Color(
        "side:N",
        scale=alt.Scale(
            domain=[_side(s, case, t) for s in sides],
            range=[_SIDES[list(case.parties).index(s) % len(_SIDES)] for s in sides],
        ),
        legend=None,
    )
    top = max(p.high for p in points) / size
    months = _months(min(p.first for p in points), max(p.day for p in points))
    x = alt.X(
        "day:T",
        axis=alt.Axis(
            title=None,
            format=t("chart.months"),
            values=_ticks(months),
            labelOverlap=False,
            grid=False,
            labelAlign="left",
        ),
        scale=alt.Scale(domain=[months[0], months[-1]], nice=False),
    )
    y_axis = alt.Axis(title=None, tickCount=5, labelOverlap=False, format=",.4~f")
    base = alt.Chart(alt.Data(values=rows))
    ranges = base.mark_rule(strokeWidth=5, opacity=0.45).encode(x=x, y=alt.Y("low:Q"), y2="high:Q", color=colour)
    spans = base.mark_rule(strokeWidth=1.5, opacity=0.6).encode(x=x.copy(), x2="day:T", y=alt.Y("mid:Q"), color=colour)
    spans.encoding.x.shorthand = "first:T"
    dots = base.mark_point(filled=True, size=90, opacity=0.85).encode(
        x=x,
        y=alt.Y("mid:Q", axis=y_axis, scale=alt.Scale(domain=[0, top * 1.12], nice=False)),
        color=colour,
        shape=alt.Shape(
            "act:N", scale=alt.Scale(domain=["demand", "offer", "limit"], range=["circle", "diamond", "square"]),
            legend=None,
        ),
    )  # fmt: skip
    last = {p.side: i for i, p in enumerate(points)}
    names = [rows[i] for i in last.values()]
    labels = (
        alt.Chart(alt.Data(values=names))
        .mark_text(align="right", dx=6, dy=-13, fontSize=13, fontWeight="bold")
        .encode(x=x, y=alt.Y("mid:Q"), text="side:N", color=colour)
    )
    chart = (
        (spans + ranges + dots + labels)
        .properties(
            width=_WIDTH - 56,
            height=_HEIGHT - 40,
            autosize=alt.AutoSizeParams(type="none"),
            padding={"left": 44, "top": 14, "right": 12, "bottom": 26},
            background="transparent",
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=_INK, tickColor=_FAINT, domainColor=_FAINT, gridColor=_FAINT, labelFontSize=12,
            labelFont="sans-serif", labelPadding=6,
        )
        .configure_text(font="sans-serif")
    )  # fmt: skip
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def _months(first: date, last: date) -> list[str]:
    """The first days of the months from the first to the one after the last."""
    count = (last.year - first.year) * 12 + last.month - first.month + 2
    starts = [(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1) for i in range(count)]
    return [date(year, month, 1).isoformat() for year, month in starts]


def _ticks(months: Sequence[str]) -> list[str]:
    """At most seven of the months, evenly spaced; the last one is the end of the scale and gets none."""
    step = -(-(len(months) - 1) // 7)
    return list(months[:-1:step])


def _recoloured(svg: str) -> str:
    """The drawing with the page's colours, scaling with the page, and hidden from readers of the text alternative."""
    for placeholder, colour in _STYLE.items():
        svg = re.sub(re.escape(placeholder), colour, svg, flags=re.IGNORECASE)
    opening = re.search(r"<svg[^>]*>", svg)
    if opening is None:
        return ""
    box = re.search(r'viewBox="[^"]*"', opening[0])
    view = box[0] if box else f'viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {view} aria-hidden="true" focusable="false">'
    return head + svg[opening.end() :]
