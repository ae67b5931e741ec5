"""The front page of a case: where the talks stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from burdenshare import edtf
from burdenshare.brief import matters
from burdenshare.brief.chronology import chronology
from burdenshare.brief.labels import item_label
from burdenshare.brief.model import Chart, Line
from burdenshare.brief.summary import summary
from burdenshare.web import charts, forecast_charts, wording
from burdenshare.web.changes import Changed, changes
from burdenshare.web.listing import Disputed, alternatives, item_path
from burdenshare.web.problems import ProblemError
from burdenshare.web.registry import Page
from burdenshare.web.view import BLANK, View, Viewing

router = APIRouter()
SINCE = timedelta(days=30)  # how far back "what changed" looks where nobody says
SHOWN = 8  # changes, disputes and questions on the front page; their own pages have all


@dataclass(frozen=True, slots=True)
class Cited:
    """A line of the briefing with the way to its sources: `sources` claims stand behind it."""

    line: Line
    sources: int
    href: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A matter on which the reports disagree, and where its item stands."""

    label: str
    disputed: Disputed
    href: str


@dataclass(frozen=True, slots=True)
class Expiry:
    """When the agreement in force ends. `days` from the day of the page; negative where it is over."""

    agreement: str
    when: str
    days: int
    href: str


@dataclass(frozen=True, slots=True)
class Talks:
    """Where the talks stand."""

    agreement: str
    stand: tuple[Cited, ...]
    expiry: Expiry | None
    charts: tuple[Chart, ...]
    outlook: Chart | None  # the forecast's fan, where the program has one
    timeline: tuple[Cited, ...]
    changed: tuple[Changed, ...]
    changed_in_all: int
    pending: bool  # True while the day compared with or the fan is still being worked out; such a page is not kept
    since: str
    since_words: str
    disputes: tuple[Dispute, ...]
    disputes_in_all: int
    unknown: tuple[Cited, ...]
    reports: int
    voices: int
    empty: bool


PAGE = Page("talks", Talks, "")


def today(view: View) -> date:
    """The day of the page: as asked, else the clock's."""
    return view.as_of or view.desk.clock().date()


def cited(view: View, line: Line) -> Cited:
    """A line with the way to the item that its first claim stands in."""
    if not line.support:
        return Cited(line, 0, "")
    place = next(iter(view.snapshot.places.get(line.support[0], ())), None)
    path = item_path(place.section, view.snapshot.item(place)) if place else f"/claims/{line.support[0]}"
    return Cited(line, len(line.support), view.url(path))


def expiry(view: View) -> Expiry | None:
    """The end of the agreement before the one under negotiation."""
    known = view.snapshot.dossier
    for term in known.terms:
        if term.event == "expiry" and term.when and known.talks and term.agreement == known.talks - 1:
            last = edtf.parse(term.when).latest
            if last is not None:
                name = wording.agreement(term.agreement, view.case, view.t)
                when = wording.date_words(term.when, view.t)
                return Expiry(name, when, (last - today(view)).days, view.url(item_path("terms", term)))
    return None


def last_day(view: View) -> date:
    """The day the record speaks of: as asked, else that of its last dated report."""
    known = view.snapshot.dossier
    last = edtf.parse(known.last_published).latest if known.last_published else None
    return view.as_of or last or today(view)


def changed_since(view: View, since: date) -> tuple[Changed, ...] | None:
    """What is known now and was not on that day; None while the state of that day is still being worked out."""
    try:
        before = view.desk.snapshots.get(
            view.case.id, since, patience=5.0 if len(view.snapshot.places) < 20_000 else 0.0
        )
    except ProblemError:
        return None
    return changes(before.dossier, view.snapshot.dossier, case=view.case, t=view.t)


def dispute(view: View, matter: object) -> Dispute:
    """A disagreement as the page shows it."""
    from burdenshare.dossier import Disagreement

    assert isinstance(matter, Disagreement)
    item = getattr(view.snapshot.dossier, matter.kind)[matter.index]
    found = alternatives(matter.field, matter.versions, view)
    label = item_label(matter.kind, matter.index, matter.label, view.snapshot.dossier, view.case, t=view.t.tongue)
    return Dispute(label, found, view.url(item_path(matter.kind, item)))


def context(view: View, since: date | None) -> Talks:
    """The page's context."""
    known, say = view.snapshot.dossier, view.t.tongue
    before = since or last_day(view) - SINCE
    changed = changed_since(view, before) if known.reports else ()
    unknown = [cited(view, line) for line in matters.not_known(known, view.case, t=say).lines]
    fan, fan_pending = forecast_fan(view)
    return Talks(
        wording.agreement(known.talks, view.case, view.t) if known.talks else "",
        tuple(cited(view, line) for line in summary(known, view.case, t=say)),
        expiry(view),
        charts.positions(known, view.case, t=say),
        fan,
        tuple(cited(view, line) for line in chronology(known, view.case, t=say).lines),
        (changed or ())[:SHOWN],
        len(changed or ()),
        changed is None or fan_pending,
        before.isoformat(),
        wording.date_words(before.isoformat(), view.t),
        tuple(dispute(view, d) for d in known.disagreements[:SHOWN]),
        len(known.disagreements),
        tuple(unknown[:SHOWN]),
        known.reports,
        known.voices,
        not view.snapshot.reports,
    )


def forecast_fan(view: View) -> tuple[Chart | None, bool]:
    """The forecast at each date, where there is one, and whether it is still being worked out."""
    if not view.snapshot.dossier.reports:
        return None, False
    forecasts = view.desk.forecasts
    history = forecasts.history(view.snapshot, last_day(view), begin=forecasts.eager)
    return forecast_charts.fan(history.outlooks, view.t), history.state == "running" and forecasts.eager


@router.get("/{case}", response_class=HTMLResponse, summary="The talks")
def talks(
    view: Viewing, since: Annotated[date | None, BLANK, Query(description="Show what changed since this day.")] = None
) -> Response:
    """Where the talks stand, and what changed since a day."""
    return view.page("talks", lambda: context(view, since))
