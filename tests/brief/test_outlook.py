"""The briefing's outlook: the forecast in a sentence, a chart, the track record; and nothing where there is no day."""

from __future__ import annotations

from datetime import date

from tests.dossier.cases import entry, report, seeds

from burdenshare import brief, dossier
from burdenshare.brief.outlook import forecast_section
from burdenshare.case import load


def test_the_section_says_the_forecast_and_its_track_record() -> None:
    case, entries, day = load("us-rok-sma"), seeds(), date(2019, 12, 31)
    section = forecast_section(entries, case, as_of=day)
    assert section is not None
    text = " ".join(line.text for line in section.lines)
    assert "first-year rise" in text
    assert "past talks" in text
    assert "2019-" not in text  # days in words, as in the rest of the briefing
    assert section.charts[0].svg.startswith("<svg")
    assert "var(--accent)" in section.charts[0].svg
    ids = {e.id for e in entries}
    cited = {c for line in section.lines for c in line.support}
    assert cited
    assert cited <= ids
    known = dossier.dossier(entries, case, as_of=day)
    page = brief.html(known, entries, case, outlook=section)
    assert '<section id="outlook">' in page
    assert "## Outlook" in brief.markdown(known, entries, case, outlook=section)
    assert "<script" not in page


def test_a_deal_made_is_said_and_not_drawn() -> None:
    told = entry(report("x", "2021-03-10"), "settlement", agreement=11, when="2021-03-07", change={"percent": 13.9})
    section = forecast_section([told], load("us-rok-sma"), as_of=None)
    assert section is not None
    assert "already made" in section.lines[0].text
    assert not section.charts


def test_no_dated_report_no_section() -> None:
    assert forecast_section([], load("us-rok-sma"), as_of=None) is None
