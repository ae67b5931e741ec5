"""Figures: what was agreed, paid, counted and estimated as the reports give it, with the check's verdict beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from burdenshare.dossier import Deal, Item, Payment, People, PresenceCost
from burdenshare.web import verdicts, wording
from burdenshare.web.listing import Listing, Row, Sourced, disputed, listing
from burdenshare.web.registry import Page
from burdenshare.web.view import PageNumber, View, Viewing

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Figures:
    """A table each for deals, contributions, costs and people; a row's `extra` are the check's verdicts on it."""

    listings: tuple[Listing, ...]
    checked: str  # done, running, too-large
    pending: bool


PAGE = Page("figures", Figures, "/figures")


def _deal(item: Deal, view: View) -> tuple[str, ...]:
    t = view.t
    years = wording.years(item.years, t)
    parts = (wording.amount(item.amount, item.per, t), wording.change(item.change, t), wording.growth(item.growth, t))
    what = wording.agreement(item.agreement, view.case, t) + (f" ({item.item})" if item.item else "")
    return (what, "; ".join(p for p in parts if p) or t("none.figure"), years or "–",
            wording.date_words(item.when, t) or t("none.date"))  # fmt: skip


def _payment(item: Payment, view: View) -> tuple[str, ...]:
    t = view.t
    parts = (wording.amount(item.amount, item.per, t), wording.change(item.change, t),
             wording.percent(item.share_percent), wording.growth(item.growth, t))  # fmt: skip
    what = t.of("category", item.category) if item.category else t("positions.whole")
    return (wording.date_words(item.when, t) or t("none.date"), wording.side(item.side, view.case, t) or "–",
            "; ".join(p for p in parts if p) or t("none.figure"), what)  # fmt: skip


def _cost(item: PresenceCost, view: View) -> tuple[str, ...]:
    return (wording.amount(item.amount, item.per, view.t) or view.t("none.figure"),)


def _people(item: People, view: View) -> tuple[str, ...]:
    number = f"{item.number:,}" if item.number is not None else ""
    if item.low is not None and item.high is not None:
        number = f"{item.low:,}–{item.high:,}"
    share = wording.percent(item.share_percent)
    return (view.t.of("group", item.group), "; ".join(p for p in (number, share) if p) or view.t("none.figure"))


KINDS: tuple[tuple[str, tuple[str, ...], Callable[..., tuple[str, ...]]], ...] = (
    ("settlements", ("agreement", "figure", "years", "when", "sources"), _deal),
    ("contributions", ("when", "side", "figure", "for", "sources"), _payment),
    ("costs", ("figure", "sources"), _cost),
    ("headcounts", ("group", "figure", "sources"), _people),
)


def context(view: View, page: int) -> Figures:
    """The page's context."""
    known = view.snapshot.dossier
    checked = view.checked

    def rows(cells: Callable[..., tuple[str, ...]]) -> Callable[[Item, Sourced], Row]:
        def row(item: Item, source: Sourced) -> Row:
            tags = (("expected",) if getattr(item, "expected", False) else ()) + (
                ("disputed",) if item.versions else ()
            )
            found = verdicts.on(checked, item.support)
            return Row(cells(item, view), source, tags, (), disputed(item.versions, view), extra=found)

        return row

    listings = tuple(
        listing(view, name, columns, [(name, x) for x in getattr(known, name)], rows(cells), page=page,
                title=view.t(f"figures.{name}"))
        for name, columns, cells in KINDS
        if getattr(known, name)
    )  # fmt: skip
    return Figures(listings, checked.state, checked.pending)


@router.get("/{case}/figures", response_class=HTMLResponse, summary="Figures")
def figures(view: Viewing, page: PageNumber = 1) -> Response:
    """Every figure with its sources, dissent and the check's verdict."""
    return view.page("figures", lambda: context(view, page))
