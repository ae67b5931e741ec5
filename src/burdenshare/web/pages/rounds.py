"""Rounds: when the delegations met, what came of it, who says so and who says otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from burdenshare.brief.summary import month_of
from burdenshare.dossier import Item, Meeting, Tally
from burdenshare.web import wording
from burdenshare.web.listing import Listing, Row, RowOf, Sourced, disputed, listing
from burdenshare.web.registry import Page
from burdenshare.web.view import PageNumber, View, Viewing

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds of the talks under way, those of other talks, and how many the reports count."""

    listings: tuple[Listing, ...]


PAGE = Page("rounds", Rounds, "/rounds")
COLUMNS = ("round", "agreement", "when", "place", "outcome", "sources")


def _row(view: View) -> RowOf:
    t = view.t

    def row(item: Item, source: Sourced) -> Row:
        assert isinstance(item, Meeting)
        place = ", ".join(p for p in (item.venue, item.city or item.place) if p)
        if item.format == "video":
            place = f"{place} ({t('format.video')})" if place else t("format.video")
        when = wording.date_words(month_of(item.when), t) if item.when else t("none.date")
        notes = [
            t("rounds.planned", when=wording.date_words(p.when, t))
            for p in item.plans
            if p.when and p.when != item.when
        ]
        notes += [t("inferred", fields=", ".join(t.of("field", f) for f in item.inferred))] if item.inferred else []
        outcome = t.of("outcome", item.outcome) if item.outcome else t("none.outcome")
        tags = (() if item.status == "held" else (item.status,)) + (("disputed",) if item.versions else ())
        cells = (
            str(item.number or "–"), wording.agreement(item.agreement, view.case, t), when, place or "–", outcome,
        )  # fmt: skip
        return Row(cells, source, tags, tuple(dict.fromkeys(notes)), disputed(item.versions, view))

    return row


def _tally(view: View) -> RowOf:
    t = view.t

    def row(item: Item, source: Sourced) -> Row:
        assert isinstance(item, Tally)
        agreement = wording.agreement(item.agreement, view.case, t)
        cells = (f"{item.count or 0:,}", agreement, wording.date_words(item.since, t) or "–")
        return Row(cells, source, ("disputed",) if item.versions else (), (), disputed(item.versions, view))

    return row


def context(view: View, page: int) -> Rounds:
    """The page's context."""
    known = view.snapshot.dossier
    now = [("rounds", r) for r in known.rounds if r.agreement == known.talks]
    others = [("rounds", r) for r in known.rounds if r.agreement != known.talks]
    others.sort(key=lambda p: -(p[1].agreement or 0))
    found = [listing(view, "rounds", COLUMNS, now, _row(view), page=page)]
    if others:
        title = view.t("rounds.others")
        found.append(listing(view, "others", COLUMNS, others, _row(view), page=page, title=title))
    if known.tallies:
        counted = [("tallies", x) for x in known.tallies]
        columns = ("count", "agreement", "since", "sources")
        title = view.t("rounds.tallies")
        found.append(listing(view, "tallies", columns, counted, _tally(view), title=title))
    return Rounds(tuple(found))


@router.get("/{case}/rounds", response_class=HTMLResponse, summary="Rounds")
def rounds(view: Viewing, page: PageNumber = 1) -> Response:
    """Every round with its sources and dissent."""
    return view.page("rounds", lambda: context(view, page))
