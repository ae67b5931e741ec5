"""Review: the claims that matter most and are least certain, and what a person decides about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from burdenshare.errors import ReviewError
from burdenshare.reading.claim import from_json, to_json
from burdenshare.record import Decision, Entry, Review
from burdenshare.record import lookup as looking
from burdenshare.web import editing
from burdenshare.web.pages.report import Card, ReportId, card
from burdenshare.web.problems import ProblemError, not_found
from burdenshare.web.registry import Page
from burdenshare.web.view import Changing, PageNumber, View, Viewing, keep_cookie, require

router = APIRouter()
ROWS = 12
ClaimId = Annotated[str, Path(min_length=16, max_length=16, pattern="^[0-9a-f]{16}$", description="A claim's id.")]
DECISIONS: tuple[Decision, ...] = ("accept", "reject", "correct", "undo")


@dataclass(frozen=True, slots=True)
class Queued:
    """A claim in the queue: the words around it, why it is here, and its card."""

    card: Card
    report: str
    title: str
    outlet: str
    published: str
    before: str
    words: str
    after: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A decision, as the list of the last ones shows it."""

    review: Review
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue, and the last decisions."""

    queued: tuple[Queued, ...]
    total: int
    page_number: int
    pages: int
    kind: str
    kinds: tuple[str, ...]
    done: tuple[Done, ...]
    pending: bool


@dataclass(frozen=True, slots=True)
class OneClaim:
    """A claim on a page of its own: its card with the form to correct it, and all that was decided about it."""

    queued: Queued
    pending: bool


PAGES = (Page("review", Queue, "/review"), Page("claim", OneClaim))
AROUND = 220  # characters shown on either side of the words


def queued(
    view: View, entries: list[Entry], reasons: dict[str, tuple[str, ...]], *, edit: bool = False
) -> tuple[Queued, ...]:
    """The claims with the words around them."""
    with view.desk.record.connection() as connection:
        history = looking.reviews_of(connection, [e.id for e in entries])
    checked = view.checked
    texts: dict[str, str] = {}
    found = []
    for e in entries:
        if e.report.id not in texts:
            texts[e.report.id] = view.desk.record.document(e.report.id).text
        text, c = texts[e.report.id], e.claim
        when = e.report.published.when
        found.append(
            Queued(
                card(view, e, tuple(history.get(e.id, ())), checked, edit=edit), e.report.id, e.report.title,
                e.report.outlet,
                when.text if when else "", text[max(0, c.start - AROUND) : c.start], text[c.start : c.end][:1500],
                text[c.end : c.end + AROUND], reasons.get(e.id, ()),
            )
        )  # fmt: skip
    return tuple(found)


def last_decisions(view: View, most: int = 10) -> tuple[Done, ...]:
    """The last decisions on this case."""
    mine = [r for r in view.desk.record.reviews() if r.case == view.case.id][-most:][::-1]
    entries = view.entries([r.claim for r in mine])
    return tuple(
        Done(r, " ".join(e.claim.quote.split())[:160], e.claim.kind)
        for r in mine
        if (e := entries.get(r.claim)) is not None
    )


def context(view: View, page: int, kind: str) -> Queue:
    """The page's context. What was decided since the snapshot was taken is passed over."""
    reviewed = {r.claim for r in view.desk.record.reviews()}
    waiting = [w for w in view.snapshot.waiting if w.claim not in reviewed and (not kind or w.kind == kind)]
    pages = max(1, -(-len(waiting) // ROWS))
    page = min(page, pages)
    here = waiting[(page - 1) * ROWS : page * ROWS]
    entries = view.entries([w.claim for w in here])
    reasons = {w.claim: w.reasons for w in here}
    kinds = tuple(sorted({w.kind for w in view.snapshot.waiting}))
    return Queue(
        queued(view, list(entries.values()), reasons),
        len(waiting),
        page,
        pages,
        kind,
        kinds,
        last_decisions(view),
        view.checked.pending,
    )


@router.get("/{case}/review", response_class=HTMLResponse, summary="The queue of claims to review")
def review(
    view: Viewing,
    page: PageNumber = 1,
    kind: Annotated[str, Query(max_length=20, description="Only claims of this kind.")] = "",
) -> Response:
    """The claims to look at first, with the words around them."""
    return view.page("review", lambda: context(view, page, kind))


def one(view: View, id_: str) -> Entry:
    """The claim of that id. Raises ProblemError 404 where the day allows none."""
    found = view.entries([id_]).get(id_)
    if found is None:
        raise not_found(f"claim {id_} as of this day")
    return found


@router.get("/{case}/claims/{id}", response_class=HTMLResponse, summary="A claim")
def claim(view: Viewing, id: ClaimId) -> Response:
    """A claim with its words, the form to correct it, and what was decided about it."""
    return view.page("claim", lambda: OneClaim(queued(view, [one(view, id)], {}, edit=True)[0], view.checked.pending))


def decide(view: View, id_: str, decision: str, why: str, given: dict[str, str]) -> Review:
    """Lays a decision over a claim. Raises ReviewError where it does not fit, ProblemError where it is not allowed."""
    require(view.visitor, "analyst")
    chosen = next((d for d in DECISIONS if d == decision), None)
    if chosen is None:
        raise ReviewError(f"{decision[:20]!r} is no decision; give one of {', '.join(DECISIONS)}.")
    entry = one(view, id_)
    fields: dict[str, Any] | None = None
    if chosen == "correct":
        now = to_json(entry.claim)
        fields = editing.differing(now, editing.parsed(entry.claim.kind, given))
        if not fields:
            raise ReviewError("Nothing is different from what the claim says; change a field, or accept it.")
    return decide_fields(view, id_, chosen, why, fields)


def decide_fields(view: View, id_: str, decision: Decision, why: str, fields: dict[str, Any] | None) -> Review:
    """Lays a decision over a claim, the corrected fields in the vocabulary's JSON."""
    require(view.visitor, "analyst")
    desk = view.desk
    try:
        made = desk.record.review(id_, decision, who=view.visitor.who, why=why, at=desk.clock(), fields=fields)
    except (ValueError, OverflowError, TypeError) as error:
        raise ReviewError(f"The correction does not fit the vocabulary: {error}.") from error
    desk.changed()
    return made


async def _form(view: View) -> dict[str, str]:
    data = await view.visitor.request.form()
    return {k: v for k, v in data.items() if isinstance(v, str)}


def _answer(view: View, made: Review, back: str) -> Response:
    if "application/json" in view.visitor.request.headers.get("accept", ""):
        return JSONResponse({"review": made.id, "claim": made.claim, "decision": made.decision, "who": made.who})
    inside = back if back.startswith(f"/{view.case.id}") and back.isprintable() else view.url(f"/claims/{made.claim}")
    response = RedirectResponse(inside, 303)
    keep_cookie(view.visitor, response)
    return response


@router.post("/{case}/claims/{id}", response_class=RedirectResponse, status_code=303, summary="Decide on a claim")
async def post_review(view: Changing, id: ClaimId) -> Response:
    """Accepts, rejects or corrects a claim, or undoes the last decision on it. Form: decision, why, back, fields."""
    form = await _form(view)
    given = {k.removeprefix("f."): v for k, v in form.items() if k.startswith("f.")}
    made = await run_in_threadpool(decide, view, id, form.get("decision", ""), form.get("why", "")[:2000], given)
    return _answer(view, made, form.get("back", ""))


def add(view: View, report: str, data: dict[str, Any], why: str) -> Review:
    """Adds a claim on words of a report. Raises ReviewError where it does not fit the words or the vocabulary."""
    from burdenshare.errors import ClaimError

    require(view.visitor, "analyst")
    if report not in view.snapshot.reports:
        raise not_found(f"report {report} as of this day")
    text = view.desk.record.document(report).text
    start, end = data.pop("start", -1), data.pop("end", -1)
    if not 0 <= start < end <= len(text):
        raise ReviewError("Select the words first; they must lie within the report.")
    values = {k: v for k, v in data.items() if v is not None}
    common = {"case": view.case.id, "source": report, "start": start, "end": end, "quote": text[start:end]}
    try:
        made = from_json(values | common)
        review = view.desk.record.add(made, who=view.visitor.who, why=why, at=view.desk.clock())
    except ClaimError as error:
        raise ReviewError(f"The claim does not fit the vocabulary: {error}.") from error
    except (ValueError, OverflowError, TypeError) as error:
        raise ReviewError(f"The claim cannot be kept: {error}.") from error
    view.desk.changed()
    return review


@router.post(
    "/{case}/reports/{id}/claims", response_class=RedirectResponse, status_code=303, summary="Add a claim by hand"
)
async def post_claim(view: Changing, id: ReportId) -> Response:
    """Adds a claim on selected words. Form: kind, start, end (characters of the text), why, back, fields."""
    form = await _form(view)
    kind = form.get("kind", "")
    data = editing.parsed(kind, {k.removeprefix("f."): v for k, v in form.items() if k.startswith("f.")})
    data["kind"] = kind
    for edge in ("start", "end"):
        if not form.get(edge, "").isdigit() or len(form[edge]) > 9:
            raise ProblemError(
                400, "bad-input", "No words are selected.", "Select words of the report, then add the claim."
            )
        data[edge] = int(form[edge])
    made = await run_in_threadpool(add, view, id, data, form.get("why", "")[:2000])
    return _answer(view, made, form.get("back", ""))
