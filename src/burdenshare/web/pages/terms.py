"""Terms: the dates in the life of the agreements and of the talks."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from burdenshare.dossier import Item, TermDate
from burdenshare.web import wording
from burdenshare.web.listing import Listing, Row, RowOf, Sourced, disputed, listing
from burdenshare.web.registry import Page
from burdenshare.web.view import PageNumber, View, Viewing

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Terms:
    """The dates by agreement, the one under negotiation first."""

    listings: tuple[Listing, ...]


PAGE = Page("terms", Terms, "/terms")
COLUMNS = ("event", "when", "sources")


def row_of(view: View) -> RowOf:
    """How a date is set as a row."""
    t = view.t

    def row(item: Item, source: Sourced) -> Row:
        assert isinstance(item, TermDate)
        plans = dict.fromkeys(wording.date_words(p.when, t) for p in item.plans if p.when and p.when != item.when)
        tags = (("expected",) if item.expected else ()) + (("disputed",) if item.versions else ())
        notes = tuple(t("rounds.planned", when=when) for when in plans)
        cells = (t.of("event", item.event), wording.date_words(item.when, t) or t("none.date"))
        return Row(cells, source, tags, notes, disputed(item.versions, view))

    return row


def context(view: View, page: int) -> Terms:
    """The page's context."""
    known = view.snapshot.dossier
    numbers = sorted({x.agreement for x in known.terms}, key=lambda n: (n != known.talks, n is None, -(n or 0)))
    found = []
    for number in numbers:
        items = [("terms", x) for x in known.terms if x.agreement == number]
        title = wording.agreement(number, view.case, view.t)
        id_ = f"agreement-{number or 'none'}"
        found.append(listing(view, id_, COLUMNS, items, row_of(view), page=page, title=title))
    return Terms(tuple(found))


@router.get("/{case}/terms", response_class=HTMLResponse, summary="Terms")
def terms(view: Viewing, page: PageNumber = 1) -> Response:
    """Every date with its sources and dissent."""
    return view.page("terms", lambda: context(view, page))
