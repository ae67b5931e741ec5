"""Charts as drawings set on the server: no script runs, nothing is loaded, and they print.

A chart is a Vega-Lite specification from Altair, turned into SVG with the library that vl-convert carries. Its
colours are placeholders that the style sheet fills in, so that one drawing serves light, dark and paper.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from burdenshare import edtf
from burdenshare.brief.chart import positions_chart
from burdenshare.brief.language import Tongue
from burdenshare.brief.model import Chart
from burdenshare.case import Case
from burdenshare.dossier import Dossier, Quote, Stand
from burdenshare.money import Amount

INK, FAINT, ACCENT = "#010203", "#010204", "#010208"
SIDES = ("#010205", "#010206", "#010207")  # in the order of the case's parties
_COLOURS = {
    INK: "var(--ink)", FAINT: "var(--rule)", ACCENT: "var(--accent)",
    **{colour: f"var(--side-{i})" for i, colour in enumerate(SIDES, 1)},
}  # fmt: skip
MOST_POINTS = 60  # of one side's series; more of them are put together by month


def drawn(spec: Mapping[str, Any], *, alt: str, caption: str) -> Chart:
    """A Vega-Lite specification (`chart.to_dict()`) as a drawing; use INK, FAINT, ACCENT and SIDES for its colours."""
    import vl_convert

    svg = str(vl_convert.vegalite_to_svg(dict(spec)))
    for placeholder, colour in _COLOURS.items():
        svg = re.sub(re.escape(placeholder), colour, svg, flags=re.IGNORECASE)
    opening = re.search(r"<svg[^>]*>", svg)
    if opening is None:
        return Chart("", alt, caption)
    box = re.search(r'viewBox="[^"]*"', opening[0])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box[0] if box else ""} aria-hidden="true" focusable="false">'
    return Chart(head + svg[opening.end() :], alt, caption)


def _month(quote: Quote) -> str:
    when = edtf.parse(quote.published) if quote.published else None
    day = (when.latest or when.earliest) if when else None
    return f"{day:%Y-%m}" if day else ""


def _thinned(stand: Stand) -> Stand:
    """The position with no more points than can be told apart: by month, each with the least and the most reported."""
    if len(stand.series) <= MOST_POINTS:
        return stand
    by_month: dict[str, list[Quote]] = defaultdict(list)
    for quote in stand.series:
        if quote.amount is not None and (month := _month(quote)):
            by_month[month].append(quote)
    series = []
    for month, quotes in sorted(by_month.items()):
        amounts = [q.amount for q in quotes if q.amount is not None]
        low, high = min(a.least for a in amounts), max(a.most for a in amounts)
        both = (
            Amount(amounts[0].currency, value=low) if low == high else Amount(amounts[0].currency, low=low, high=high)
        )
        series.append(dataclasses.replace(quotes[0], published=month, amount=both, support=(), by=()))
    return dataclasses.replace(stand, series=tuple(series))


def positions(known: Dossier, case: Case, *, t: Tongue) -> tuple[Chart, ...]:
    """Demands and offers on the talks under way by date of report, a chart a currency; `t` is the page's language."""
    mine = [_thinned(p) for p in known.positions if p.agreement == known.talks and p.item is None]
    return positions_chart(mine, case, t=t)


def framed(chart: Any) -> Any:
    """A chart with the axes of the pages: the page's ink and rules, no frame."""
    return chart.configure_view(stroke=None).configure_axis(
        labelColor=INK, titleColor=INK, labelFontSize=13, titleFontSize=13, gridColor=FAINT,
        domainColor=FAINT, tickColor=FAINT, labelFont="sans-serif", titleFont="sans-serif",
    )  # fmt: skip
