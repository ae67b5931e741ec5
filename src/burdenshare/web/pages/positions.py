"""Positions: what each side asks for, offers or refuses, over time and with the gap between them."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from burdenshare.brief.model import Chart
from burdenshare.dossier import Gap, Item, Stand
from burdenshare.web import charts, wording
from burdenshare.web.language import Words
from burdenshare.web.listing import Listing, Row, RowOf, Sourced, disputed, listing
from burdenshare.web.registry import Page
from burdenshare.web.view import PageNumber, View, Viewing

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Positions:
    """The charts, a sentence on each gap, and the positions that stand, that were replaced, and of other talks."""

    charts: tuple[Chart, ...]
    gaps: tuple[str, ...]
    listings: tuple[Listing, ...]


PAGE = Page("positions", Positions, "/positions")
COLUMNS = ("side", "act", "figure", "for", "reported", "sources")
_WEIGHT = {"change": 1, "share": 2, "years": 2, "item": 3, "words": 4}


def figure(stand: Stand, t: Words) -> str:
    """The figures of a position in one line."""
    parts = (
        wording.amount(stand.amount, stand.per, t), wording.change(stand.change, t),
        wording.percent(stand.share_percent), wording.years(stand.years, t), wording.growth(stand.growth, t),
    )  # fmt: skip
    return "; ".join(p for p in parts if p) or t("none.figure")


def weight(stand: Stand) -> tuple[int, bool]:
    """Sums on the whole first, then rises and shares, then what has no figure."""
    return (_WEIGHT.get(stand.measure, 0) if stand.item is None else 3, stand.act != "demand")


def row_of(view: View) -> RowOf:
    """How a position is set as a row."""
    t = view.t

    def row(item: Item, source: Sourced) -> Row:
        assert isinstance(item, Stand)
        dates = [wording.date_words(d, t) for d in (item.first_published, item.last_published) if d]
        notes = (t("positions.holders", who=", ".join(item.holders[:4])),) if item.holders else ()
        tags = (() if item.standing else ("replaced",)) + (("disputed",) if item.versions else ())
        cells = (
            wording.side(item.side, view.case, t) or "–", t.of("act", item.act), figure(item, t),
            item.item or t("positions.whole"), " – ".join(dict.fromkeys(dates)) or t("none.date"),
        )  # fmt: skip
        return Row(cells, source, tags, notes, disputed(item.versions, view), item.side or "")

    return row


def gap_words(gap: Gap, view: View) -> str:
    """The distance between the sides, or why there is none."""
    against = wording.side(gap.against, view.case, view.t)
    if gap.unknown is not None or gap.low is None or gap.high is None or gap.currency is None:
        return view.t("positions.no_gap", side=against, why=gap.unknown or "")
    low, high = (wording.money(v, gap.currency, view.t) for v in (gap.low, gap.high))
    return view.t("positions.gap", side=against, gap=low if low == high else f"{low} – {high}")


def context(view: View, page: int) -> Positions:
    """The page's context."""
    known = view.snapshot.dossier
    mine = sorted((p for p in known.positions if p.agreement == known.talks), key=weight)
    groups = (
        ("positions", view.t("positions.standing"), [p for p in mine if p.standing]),
        ("replaced", view.t("positions.replaced"), [p for p in mine if not p.standing]),
        ("others", view.t("positions.others"), [p for p in known.positions if p.agreement != known.talks]),
    )
    return Positions(
        charts.positions(known, view.case, t=view.t.tongue),
        tuple(gap_words(p.gap, view) for p in mine if p.standing and p.gap is not None),
        tuple(
            listing(view, id_, COLUMNS, [("positions", p) for p in items], row_of(view), page=page, title=title)
            for id_, title, items in groups
            if items or id_ == "positions"
        ),
    )


@router.get("/{case}/positions", response_class=HTMLResponse, summary="Positions")
def positions(view: Viewing, page: PageNumber = 1) -> Response:
    """Every position with its sources and dissent."""
    return view.page("positions", lambda: context(view, page))
