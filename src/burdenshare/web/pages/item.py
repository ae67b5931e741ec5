"""One item of the dossier: every claim for it and against it, in the words of the reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import HTMLResponse, Response

from burdenshare.web import verdicts
from burdenshare.web.listing import Disputed, Told, disputed, told
from burdenshare.web.pages.report import item_words
from burdenshare.web.problems import not_found
from burdenshare.web.registry import Page
from burdenshare.web.snapshots import SECTIONS
from burdenshare.web.view import PageNumber, View, Viewing

router = APIRouter()
ROWS = 60


@dataclass(frozen=True, slots=True)
class ItemPage:
    """The item in words, what is disputed on it, and its claims."""

    section: str
    words: str
    voices: int
    disputed: tuple[Disputed, ...]
    inferred: tuple[str, ...]
    support: tuple[Told, ...]
    dissent: tuple[Told, ...]
    supporting: int
    dissenting: int
    page_number: int
    pages: int
    item_path: str  # where this page stands under the case
    verdicts: tuple[Any, ...]
    pending: bool


PAGE = Page("item", ItemPage)


def context(view: View, section: str, claim: str, page: int) -> ItemPage:
    """The page's context. Raises ProblemError 404 where the claim stands in no item of the section."""
    place = next((p for p in view.snapshot.places.get(claim, ()) if p.section == section), None)
    if section not in SECTIONS or place is None:
        raise not_found(f"item of {section[:20]} that claim {claim} stands in as of this day")
    item = view.snapshot.item(place)
    most = max(len(item.support), len(item.dissent))
    pages = max(1, -(-most // ROWS))
    page = min(page, pages)
    window = slice((page - 1) * ROWS, page * ROWS)
    entries = view.entries([*item.support[window], *item.dissent[window]])
    return ItemPage(
        section, item_words(section, item, view), item.sources, disputed(item.versions, view),
        tuple(view.t.of("field", f) for f in item.inferred),
        tuple(told(entries[i], view.t) for i in item.support[window] if i in entries),
        tuple(told(entries[i], view.t, supports=False) for i in item.dissent[window] if i in entries),
        len(item.support), len(item.dissent), page, pages, f"/items/{section}/{claim}",
        verdicts.on(view.checked, item.support), view.checked.pending,
    )  # fmt: skip


@router.get("/{case}/items/{section}/{claim}", response_class=HTMLResponse, summary="An item with all its sources")
def item(
    view: Viewing,
    section: Annotated[str, Path(max_length=20, description="rounds, positions, terms ...")],
    claim: Annotated[str, Path(max_length=16, pattern="^([0-9a-f]{16}|-)$", description="A claim of the item.")],
    page: PageNumber = 1,
) -> Response:
    """Every claim that supports the item, and every one that contradicts it."""
    return view.page("item", lambda: context(view, section, claim, page))
