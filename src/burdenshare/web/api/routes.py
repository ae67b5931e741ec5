"""The calls of the API, version 1. Every error has the one shape of `problems.shape`."""

from __future__ import annotations

import dataclasses
from datetime import date
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from burdenshare.brief.summary import summary
from burdenshare.dossier.export import _encode
from burdenshare.record import Review, export
from burdenshare.record import lookup as looking
from burdenshare.web import wording
from burdenshare.web.pages import downloads, reports, review, search, talks
from burdenshare.web.pages.report import ReportId
from burdenshare.web.pages.review import ClaimId
from burdenshare.web.problems import ProblemError, not_found
from burdenshare.web.view import Changing, View, Viewing, Visitor, admitted

router = APIRouter(prefix="/api/v1", tags=["API"])
Limit = Annotated[int, Query(ge=1, le=500, description="How many at most.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to pass over.")]
Answer = dict[str, Any]


class ErrorBody(BaseModel):
    """What went wrong."""

    code: str
    message: str
    what_to_do: str


class Problem(BaseModel):
    """The one shape of an error."""

    error: ErrorBody


class ReviewBody(BaseModel):
    """A decision: `fields` are the corrected ones in the vocabulary's JSON, for `correct` only."""

    model_config = ConfigDict(extra="forbid")
    decision: Annotated[str, Field(max_length=8, description="accept, reject, correct or undo.")]
    why: Annotated[str, Field(max_length=2000)] = ""
    fields: dict[str, Any] | None = None


class ClaimBody(BaseModel):
    """A claim taken by hand: its kind, its words (`start`, `end`), and the fields of its kind."""

    model_config = ConfigDict(extra="forbid")
    kind: Annotated[str, Field(max_length=20)]
    start: Annotated[int, Field(ge=0, le=1_000_000_000)]
    end: Annotated[int, Field(ge=0, le=1_000_000_000)]
    fields: dict[str, Any] = {}
    why: Annotated[str, Field(max_length=2000)] = ""


def page_of(items: Any, total: int, offset: int, limit: int) -> Answer:
    """A part of a list: `items`, how many there are in all, and where the next part begins."""
    after = offset + limit
    return {"items": items, "total": total, "next_offset": after if after < total else None}


@router.get("/cases", summary="The cases", response_model=None)
def cases(visitor: Annotated[Visitor, Depends(admitted)]) -> Answer:
    """Every case with its title and number of claims."""
    desk = visitor.desk
    held = desk.held()
    items = [
        {"case": n, "title": wording.names_in(desk.case(n).title, visitor.lang), "claims": held.get(n, 0)}
        for n in desk.names()
    ]
    return page_of(items, len(items), 0, len(items) or 1)


@router.get("/session", summary="Who asks", response_model=None)
def session(visitor: Annotated[Visitor, Depends(admitted)], request: Request) -> Any:
    """The name, the role, and the token (`x-csrf-token`) that a call which changes something has to carry."""
    from starlette.responses import JSONResponse

    from burdenshare.web.view import keep_cookie

    response = JSONResponse({"who": visitor.who, "role": visitor.role, "csrf": visitor.csrf})
    keep_cookie(visitor, response)
    return response


@router.get("/{case}/summary", summary="Where the talks stand", response_model=None)
def stand(view: Viewing) -> Answer:
    """The two sentences with the claims behind them, the days to the expiry, and how much the record holds."""
    known = view.snapshot.dossier
    ends = talks.expiry(view)
    return {
        "case": view.case.id,
        "as_of": known.as_of,
        "talks": known.talks,
        "sentences": [{"text": x.text, "support": list(x.support[:50]), "claims": len(x.support)}
                      for x in summary(known, view.case)],
        "expiry": {"when": ends.when, "days": ends.days} if ends else None,
        "reports": known.reports,
        "voices": known.voices,
        "last_published": known.last_published,
        "lists": {name: len(getattr(known, name)) for name in downloads.LISTS},
    }  # fmt: skip


@router.get("/{case}/dossier/{list}", summary="A list of the dossier", response_model=None)
def dossier_list(
    view: Viewing,
    list: Annotated[str, Path(max_length=20, description=", ".join(downloads.LISTS))],
    limit: Limit = 100,
    offset: Offset = 0,
) -> Answer:
    """Items in the vocabulary's words, each with the ids of the claims for and against it."""
    if list not in downloads.LISTS:
        raise not_found(f"list {list!r}; the lists are {', '.join(downloads.LISTS)}")
    items = getattr(view.snapshot.dossier, list)
    return page_of([_encode(i) for i in items[offset : offset + limit]], len(items), offset, limit)


@router.get("/{case}/reports", summary="Reports", response_model=None)
def report_list(
    view: Viewing,
    outlet: reports.Outlet = "",
    kind: reports.Kind = "",
    language: reports.Lang = "",
    which: reports.Which = "case",
    find: reports.Find = "",
    sort: reports.Sort = "new",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Answer:
    """The first report of each group of copies that fits."""
    found = reports.narrowed(view, outlet=outlet, kind=kind, language=language, which=which, find=find, sort=sort)
    claims = view.snapshot.claims
    items = [
        {
            **export.report_json(r),
            "claims": dict(claims.get(r.id, {})),
            "group": [*view.snapshot.copies.get(r.copies, ())],
        }
        for r in found[offset : offset + limit]
    ]
    return page_of(items, len(found), offset, limit)


@router.get("/{case}/reports/{id}", summary="A report with its claims", response_model=None)
def one_report(view: Viewing, id: ReportId) -> Answer:
    """The text, what its stretches are, and its claims as they stand."""
    report = view.snapshot.reports.get(id)
    if report is None:
        raise not_found(f"report {id} as of this day")
    document = view.desk.record.document(id)
    with view.desk.record.connection() as connection:
        entries = looking.of_report(connection, report, case=view.case.id)
    return {
        **export.report_json(report),
        "text": document.text,
        "stretches": [{"start": s.start, "end": s.end, "kind": s.kind} for s in document.stretches],
        "claims": [claim_json(view, e) for e in entries],
    }


def claim_json(view: View, entry: Any) -> Answer:
    """A claim in the vocabulary's JSON, how it was reviewed, and where it stands in the dossier."""
    standing = [
        {"list": p.section, "index": p.index, "supports": p.supports} for p in view.snapshot.places.get(entry.id, ())
    ]
    review = (
        {"decision": entry.decision, "reviewer": entry.reviewer, "reason": entry.reason} if entry.decision else None
    )
    return {**export.claim_json(entry), "review": review, "stands_in": standing}


@router.get("/{case}/claims/{id}", summary="A claim and its history", response_model=None)
def one_claim(view: Viewing, id: ClaimId) -> Answer:
    """The claim as it stands and every decision on it, oldest first."""
    entry = review.one(view, id)
    with view.desk.record.connection() as connection:
        history = looking.reviews_of(connection, [id]).get(id, [])
    return {**claim_json(view, entry), "history": [review_json(r) for r in history]}


def review_json(made: Review) -> Answer:
    """A decision."""
    return {**dataclasses.asdict(made), "at": made.at.isoformat()}


@router.get("/{case}/search", summary="Search", response_model=None)
def find(view: Viewing, q: search.Query_ = "", limit: Limit = 50, offset: Offset = 0) -> Answer:
    """Reports and claims with all words of the query; at most 500 of each are told apart."""
    found, claims = search.found(view, q)
    entries = view.entries(islice(claims, offset, offset + limit))
    return {
        "reports": page_of([export.report_json(view.snapshot.reports[i]) for i in found[offset : offset + limit]],
                           len(found), offset, limit),
        "claims": page_of([claim_json(view, e) for e in entries.values()], len(claims), offset, limit),
    }  # fmt: skip


@router.get("/{case}/changes", summary="What changed", response_model=None)
def changes(view: Viewing, since: Annotated[date, Query(description="Since this day.")]) -> Answer:
    """What is known as of the day that was not on the other."""
    found = talks.changed_since(view, since)
    if found is None:
        raise ProblemError(
            503, "being-worked-out", "The state of that day is still being worked out.", "Ask again soon."
        )
    return page_of([dataclasses.asdict(c) for c in found], len(found), 0, len(found) or 1)


@router.get("/{case}/queue", summary="Claims to review", response_model=None)
def queue(view: Viewing, limit: Limit = 50, offset: Offset = 0) -> Answer:
    """The claims on which most hangs and that are least certain, first."""
    waiting = view.snapshot.waiting
    return page_of([dataclasses.asdict(w) for w in waiting[offset : offset + limit]], len(waiting), offset, limit)


@router.post("/{case}/claims/{id}/reviews", status_code=201, summary="Decide on a claim", response_model=None)
def decide(view: Changing, id: ClaimId, body: Annotated[ReviewBody, Body()]) -> Answer:
    """Lays a decision over a claim. Takes the role analyst and the token of `session`."""
    chosen = next((d for d in review.DECISIONS if d == body.decision), None)
    if chosen is None:
        from burdenshare.errors import ReviewError

        raise ReviewError(f"{body.decision!r} is no decision; give one of {', '.join(review.DECISIONS)}.")
    review.one(view, id)
    return review_json(review.decide_fields(view, id, chosen, body.why, body.fields))


@router.post("/{case}/reports/{id}/claims", status_code=201, summary="Add a claim by hand", response_model=None)
def add_claim(view: Changing, id: ReportId, body: Annotated[ClaimBody, Body()]) -> Answer:
    """Adds a claim on words of a report. Takes the role analyst and the token of `session`."""
    data = {**body.fields, "kind": body.kind, "start": body.start, "end": body.end}
    return review_json(review.add(view, id, data, body.why))
