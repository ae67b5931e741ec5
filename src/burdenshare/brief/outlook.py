"""The outlook section of the briefing: the forecast in a sentence, its chart, its track record. Computes no figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from burdenshare.brief import forecast_words, outlook_chart
from burdenshare.brief.language import ENGLISH, Tongue
from burdenshare.brief.model import Chart, Line, Section
from burdenshare.brief.wording import capital, date_words
from burdenshare.case import Case
from burdenshare.outlook import Outlook, from_record
from burdenshare.outlook.summary import day, summary
from burdenshare.outlook.track_record import Stored, stored
from burdenshare.record import Entry

TITLE = "Outlook"
SIMULATIONS = 40_000
_SHOWN = (0.1, 0.5, 0.9)
_COLOURS = {
    outlook_chart.OURS: "var(--accent)", outlook_chart.OTHER: "var(--side-2)", outlook_chart.FAINT: "var(--rule)",
    outlook_chart.INK: "var(--ink)", outlook_chart.GRID: "var(--rule)",
}  # fmt: skip


def forecast_section(
    entries: Sequence[Entry], case: Case, *, as_of: date | None, t: Tongue = ENGLISH
) -> Section | None:
    """The section from the record's entries; None where there is no dated report to tell the day by.

    Without `as_of` the day is that of the last report.
    """
    days = [w.latest for e in entries if (w := e.report.published.when) is not None and w.latest is not None]
    until = as_of or max(days, default=None)
    if until is None:
        return None
    found, record = from_record(entries, case, as_of=until, simulations=SIMULATIONS), stored(case, as_of=until)
    return section(found, record) if t is ENGLISH else section_in(found, record, case, t=t)


def section(forecast: Outlook, record: Stored | None) -> Section:
    """A forecast as a section of the briefing."""
    words = summary(forecast, record)
    lines = [Line(_worded(words.lead.text))]
    lines += [Line(_worded(s.text), _reported(s.claims)) for s in words.more]
    if forecast.status != "forecast" or forecast.rise is None:
        return Section("outlook", TITLE, lines=(Line(lines[0].text, _reported(words.lead.claims)), *lines[1:]))
    made_of = f"{forecast.simulations:,} simulated talks, seed {forecast.seed}"
    lines[0] = Line(lines[0].text, note=made_of)
    if told := _reported(words.lead.claims):
        lines.append(Line("The reports it rests on, besides the case's own past.", told))
    return Section("outlook", TITLE, lines=tuple(lines), charts=(_chart(forecast),))


def section_in(forecast: Outlook, record: Stored | None, case: Case, *, t: Tongue) -> Section:
    """A forecast as a section of a briefing in another language than English."""
    title, lead = t("heading.outlook"), forecast_words.lead(forecast, case, t=t)
    told = _reported(forecast.rests_on)
    if forecast.status != "forecast" or forecast.rise is None or forecast.date is None:
        return Section("outlook", title, lines=(Line(lead, told),))
    lines = [Line(lead, note=t("forecast.made_of", simulations=f"{forecast.simulations:,}", seed=forecast.seed))]
    lines += [Line(line.text, _reported(claims)) for line, claims in forecast_words.rest(forecast, record, t=t)]
    if told:
        lines.append(Line(t("forecast.rests_on"), told))
    low, middle, high = (f"{forecast.rise.quantile(q):z.0f}" for q in _SHOWN)
    first, day_, last = forecast_words.days_of(forecast, t)
    alt = t("forecast.chart_alt", low=low, middle=middle, high=high, first=first, day=day_, last=last)
    drawing = _page_svg(outlook_chart.svg(outlook_chart.forecast_chart(forecast)))
    return Section("outlook", title, lines=tuple(lines), charts=(Chart(drawing, alt, t("forecast.chart_caption")),))


def _reported(claims: Sequence[str]) -> tuple[str, ...]:
    """The ids among them that are claims of reports; what the case file says has no report to cite."""
    return tuple(c for c in claims if ":" not in c and c != "what-if")


def _worded(text: str) -> str:
    """The text with its days as the briefing words them."""
    return re.sub(r"\d{4}-\d{2}-\d{2}", lambda m: date_words(m[0]), text)


def _chart(forecast: Outlook) -> Chart:
    assert forecast.rise is not None
    low, middle, high = (f"{forecast.rise.quantile(q):z.0f}" for q in _SHOWN)
    days = [date_words(d) for q in _SHOWN if (d := day(forecast, q)) is not None]
    alt = (
        f"First-year rise: median {middle} percent, 80 percent of the forecast between {low} and {high}. "
        f"Day of a deal: median {days[1]}, 80 percent between {days[0]} and {days[2]}."
    )
    return Chart(_page_svg(outlook_chart.svg(outlook_chart.forecast_chart(forecast))), alt, capital(_CAPTION))


_CAPTION = "where a deal would lie, and how likely one is by each date"


def _page_svg(drawing: str) -> str:
    """The drawing in the page's colours, scaling with the page, hidden from readers of the text alternative."""
    for colour, name in _COLOURS.items():
        drawing = re.sub(re.escape(colour), name, drawing, flags=re.IGNORECASE)
    opening = re.search(r"<svg[^>]*>", drawing)
    if opening is None:
        return ""
    box = re.search(r'viewBox="[^"]*"', opening[0])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box[0] if box else ""} aria-hidden="true" focusable="false">'
    return head + drawing[opening.end() :]
