"""The reports: who published what when, how the date is known, copies under the first of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from burdenshare.brief.citations import how_known, name
from burdenshare.reading.claim import KINDS
from burdenshare.record import Report
from burdenshare.record import search as searching
from burdenshare.web import wording
from burdenshare.web.registry import Page
from burdenshare.web.snapshots import Snapshot
from burdenshare.web.view import PageNumber, View, Viewing

router = APIRouter()
PAGE_ROWS = 50
Outlet = Annotated[str, Query(max_length=200, description="Only this outlet.")]
Kind = Annotated[str, Query(max_length=20, description="Only reports with a claim of this kind.")]
Lang = Annotated[str, Query(max_length=8, description="Only reports in this language, such as en.", alias="language")]
Which = Annotated[str, Query(max_length=8, description="`case` for those read for the case, `all` for every one.")]
Find = Annotated[str, Query(max_length=200, description="Words of the report or its title.")]
Sort = Annotated[str, Query(max_length=8, description="`new` or `old` first.")]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in the list, and its copies."""

    id: str
    title: str
    outlet: str
    published: str
    how: str
    basis: str
    lang: str
    claims: int
    kinds: tuple[tuple[str, int], ...]
    copies: tuple[ReportLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Reports:
    """The list, what it was narrowed by, and what there is to narrow it by."""

    lines: tuple[ReportLine, ...]
    total: int
    page_number: int
    pages: int
    outlets: tuple[str, ...]
    kinds: tuple[str, ...]
    languages_there: tuple[str, ...]
    chosen: dict[str, str]


PAGE = Page("reports", Reports, "/reports")


def line(view: View, report: Report, copies: tuple[ReportLine, ...] = ()) -> ReportLine:
    """A report as the list shows it."""
    when = report.published.when
    kinds = view.snapshot.claims.get(report.id, {})
    return ReportLine(
        report.id, report.title or name(report), name(report),
        wording.date_words(when.text, view.t) if when else view.t("none.date"), how_known(report),
        report.published.basis, report.lang, sum(kinds.values()),
        tuple(sorted(kinds.items(), key=lambda k: (-k[1], k[0]))[:4]), copies,
    )  # fmt: skip


def _there(snapshot: Snapshot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The outlets and the languages there are."""
    outlets = {r.outlet for r in snapshot.reports.values() if r.outlet}
    return tuple(sorted(outlets, key=str.casefold)[:500]), tuple(
        sorted({r.lang for r in snapshot.reports.values()} - {""})
    )


def narrowed(view: View, *, outlet: str, kind: str, language: str, which: str, find: str, sort: str) -> list[Report]:
    """The first report of each group of copies that fits, newest first; with words to find, best first."""
    snapshot = view.snapshot
    if find.strip():
        with view.desk.record.connection() as connection:
            ids = [i for i in searching.reports(connection, find) if i in snapshot.reports]
        found = [snapshot.reports[i] for i in ids]
    else:
        found = list(snapshot.reports.values())  # by date already
        if sort != "old":
            found.reverse()
    kept = []
    for r in found:
        if which != "all" and r.id not in snapshot.read:
            continue
        if (outlet and r.outlet != outlet) or (language and r.lang != language):
            continue
        if kind and kind not in snapshot.claims.get(r.id, ()):
            continue
        if r.copies != r.id and r.copies in snapshot.reports and not outlet and not find:
            continue  # stands under the first of its group
        kept.append(r)
    return kept


def context(view: View, page: int, **by: str) -> Reports:
    """The page's context."""
    snapshot = view.snapshot
    kept = narrowed(view, **by)
    pages = max(1, -(-len(kept) // PAGE_ROWS))
    page = min(page, pages)
    lines = []
    for r in kept[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]:
        group = snapshot.copies.get(r.id, ()) if r.copies == r.id else ()
        lines.append(line(view, r, tuple(line(view, snapshot.reports[c]) for c in group if c != r.id)))
    outlets, languages = _there(snapshot)
    return Reports(tuple(lines), len(kept), page, pages, outlets, tuple(KINDS), languages, by)


@router.get("/{case}/reports", response_class=HTMLResponse, summary="Reports")
def reports(
    view: Viewing,
    page: PageNumber = 1,
    outlet: Outlet = "",
    kind: Kind = "",
    language: Lang = "",
    which: Which = "case",
    find: Find = "",
    sort: Sort = "new",
) -> Response:
    """The reports that the day allows."""
    by = {"outlet": outlet, "kind": kind, "language": language, "which": which, "find": find, "sort": sort}
    return view.page("reports", lambda: context(view, page, **by))
