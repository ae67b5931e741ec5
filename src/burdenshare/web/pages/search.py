"""Search over reports and claims."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from burdenshare.record import search as searching
from burdenshare.web.listing import Told, told
from burdenshare.web.pages.reports import ReportLine, line
from burdenshare.web.registry import Page
from burdenshare.web.view import PageNumber, View, Viewing

router = APIRouter()
ROWS = 20
MOST = searching.MOST  # hits that are told apart; more are given as "more than"
Query_ = Annotated[str, Query(max_length=200, description='Words; `"two words"` a phrase, `word*` a beginning.')]


@dataclass(frozen=True, slots=True)
class Search:
    """The reports and the claims with all words of the query."""

    q: str
    reports: tuple[ReportLine, ...]
    reports_in_all: int
    claims: tuple[Told, ...]
    claims_in_all: int
    page_number: int
    pages: int
    most: int


PAGE = Page("search", Search, "/search", "more")


def found(view: View, q: str) -> tuple[list[str], list[str]]:
    """Ids of the reports and of the claims, of those that the day allows and that stand."""
    snapshot = view.snapshot
    with view.desk.record.connection() as connection:
        reports = [i for i in searching.reports(connection, q) if i in snapshot.reports]
        hits = searching.claims(connection, q)
        claims = list(
            dict.fromkeys(i for _, document, i in hits if document in snapshot.reports and i in snapshot.places)
        )
    return reports, claims


def context(view: View, q: str, page: int) -> Search:
    """The page's context."""
    reports, claims = found(view, q) if q.strip() else ([], [])
    pages = max(1, -(-max(len(reports), len(claims)) // ROWS))
    page = min(page, pages)
    at = (page - 1) * ROWS
    entries = view.entries(islice(claims, at, at + ROWS))
    return Search(
        q, tuple(line(view, view.snapshot.reports[i]) for i in reports[at : at + ROWS]), len(reports),
        tuple(told(e, view.t) for e in entries.values()), len(claims), page, pages, MOST,
    )  # fmt: skip


@router.get("/{case}/search", response_class=HTMLResponse, summary="Search")
def search(view: Viewing, q: Query_ = "", page: PageNumber = 1) -> Response:
    """Reports and claims with all words of the query."""
    return view.page("search", lambda: context(view, q, page))
