"""Everything shown, to take away: as CSV for a spreadsheet, as JSON for a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import HTMLResponse, Response, StreamingResponse

from burdenshare.dossier.export import _encode
from burdenshare.record import export
from burdenshare.web.problems import not_found
from burdenshare.web.registry import Page
from burdenshare.web.snapshots import SECTIONS
from burdenshare.web.view import View, Viewing

router = APIRouter()
LISTS = (*SECTIONS, "disagreements", "not_held", "unknown", "left_out")
WHOLE = ("reports", "claims", "reviews")


@dataclass(frozen=True, slots=True)
class Downloads:
    """What there is to take away, with how many rows each has."""

    lists: tuple[tuple[str, int], ...]


PAGE = Page("downloads", Downloads, "/downloads", "more")


def encoded(value: Any) -> Any:
    """An item of the dossier as plain lists and objects."""
    return _encode(value)


def rows(view: View, what: str) -> Iterable[Mapping[str, Any]]:
    """The rows of a list in the vocabulary's words. Raises ProblemError 404 where there is no such list."""
    snapshot = view.snapshot
    if what in LISTS:
        return (_encode(item) for item in getattr(snapshot.dossier, what))
    if what == "reports":
        return (export.report_json(r) for r in snapshot.reports.values())
    if what == "reviews":
        return ({**r, "at": r["at"].isoformat()} for r in _reviews(view))
    if what == "claims":
        return (export.claim_json(e) for e in view.desk.record.entries(case=view.case.id, as_of=view.as_of))
    raise not_found(f"list {what[:30]!r}")


def _reviews(view: View) -> Iterator[dict[str, Any]]:
    import dataclasses

    for review in view.desk.record.reviews():
        if review.case == view.case.id:
            yield dataclasses.asdict(review)


def _cell(value: Any) -> Any:
    """A cell; what a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def as_csv(found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of CSV, the columns those of the first row."""
    columns: list[str] = []
    for row in found:
        out = io.StringIO()
        writer = csv.writer(out)
        if not columns:
            columns = list(row)
            writer.writerow(columns)
        writer.writerow([_cell(row.get(c)) for c in columns])
        yield out.getvalue()


def as_json(found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A JSON list, an object a line."""
    before = "[\n"
    for row in found:
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


@router.get("/{case}/downloads", response_class=HTMLResponse, summary="What there is to take away")
def downloads(view: Viewing) -> Response:
    """Every list with its number of rows."""

    def context() -> Downloads:
        known = view.snapshot
        counts = [(name, len(getattr(known.dossier, name))) for name in LISTS]
        claims = known.claims_in_all
        return Downloads((("reports", len(known.reports)), ("claims", claims), *counts))

    return view.page("downloads", context)


@router.get("/{case}/downloads/{what}.{form}", response_class=Response, summary="A list as CSV or JSON")
def download(
    view: Viewing,
    what: Annotated[str, Path(max_length=30, description=f"One of {', '.join((*WHOLE, *LISTS))}.")],
    form: Annotated[str, Path(pattern="^(csv|json)$")],
) -> Response:
    """A list as it stands as of the day."""
    found = rows(view, what)
    day = view.as_of.isoformat() if view.as_of else "all"
    name = f"{view.case.id}-{what}-{day}.{form}"
    return StreamingResponse(
        (as_csv if form == "csv" else as_json)(found),
        media_type="text/csv; charset=utf-8" if form == "csv" else "application/json",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
