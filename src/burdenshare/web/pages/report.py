"""One report: its text with the claims marked, and beside it each claim's fields, sources and place in the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from burdenshare.dossier import Deal, Item, Meeting, Stand, TermDate
from burdenshare.reading.claim import KINDS, field_names, to_json
from burdenshare.record import Entry, Review
from burdenshare.record import lookup as looking
from burdenshare.web import verdicts, wording
from burdenshare.web.desk import environment
from burdenshare.web.editing import Editable, editable
from burdenshare.web.language import Words
from burdenshare.web.listing import item_path
from burdenshare.web.marking import WINDOW, Piece, pieces
from burdenshare.web.pages.reports import ReportLine, line
from burdenshare.web.problems import not_found
from burdenshare.web.registry import Page
from burdenshare.web.verdicts import Checked
from burdenshare.web.view import View, Viewing

router = APIRouter()
ReportId = Annotated[str, Path(min_length=16, max_length=16, pattern="^[0-9a-f]{16}$", description="A report's id.")]
At = Annotated[int, Query(ge=0, le=200_000_000, description="Show the text from this character on.")]
MOST_CARDS = 80  # claims with all their fields on one page; the others stand on the next part of the text


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a claim stands in the dossier."""

    section: str
    words: str
    supports: bool
    sources: int
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """A claim with all there is to say of it."""

    id: str
    kind: str
    start: int
    end: int
    words: str
    fields: tuple[tuple[str, str, bool], ...]  # name, words, worked out
    said_by: tuple[str, ...]
    modality: str
    decision: str
    reviewer: str
    reason: str
    standing: tuple[Standing, ...]
    verdicts: tuple[Any, ...]
    history: tuple[Review, ...]
    editable: tuple[Editable, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The report: its pieces from character `at`, the cards of the claims among them, its copies."""

    report: ReportLine
    url_of: str
    origin: str
    byline: str
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    cards_in_all: int
    copies: tuple[ReportLine, ...]
    at: int
    length: int
    before: int | None
    after: int | None
    kinds: tuple[str, ...]
    addable: Markup  # the fields of each kind of claim, to add one
    pending: bool  # the check still runs; such a page is not kept


PAGE = Page("report", ReportPage)


def item_words(section: str, item: Item, view: View) -> str:
    """An item of the dossier in a few words."""
    t = view.t
    if isinstance(item, Meeting):
        number = t("round.n", n=item.number) if item.number else t("round.any")
        outcome = t.of("outcome", item.outcome) if item.outcome else ""
        return " · ".join(w for w in (number, wording.date_words(item.when, t), outcome) if w)
    if isinstance(item, Stand):
        from burdenshare.web.pages.positions import figure

        return " · ".join((wording.side(item.side, view.case, t), t.of("act", item.act), figure(item, t)))
    if isinstance(item, TermDate):
        agreement = wording.agreement(item.agreement, view.case, t)
        return " · ".join((agreement, t.of("event", item.event), wording.date_words(item.when, t)))
    if isinstance(item, Deal):
        agreement = wording.agreement(item.agreement, view.case, t)
        return " · ".join(
            w for w in (agreement, wording.amount(item.amount, item.per, t), wording.change(item.change, t)) if w
        )
    names = ("group", "topic", "effect", "person", "speaker", "type", "category", "number", "amount", "when", "role")
    words = (wording.value(n, v, view.case, t) for n in names if (v := getattr(item, n, None)) is not None)
    return " · ".join([w for w in words if w][:4])


def standing(view: View, claim: str) -> tuple[Standing, ...]:
    """The items a claim supports or contradicts."""
    found = []
    for place in view.snapshot.places.get(claim, ())[:6]:
        item = view.snapshot.item(place)
        href = view.url(item_path(place.section, item))
        found.append(Standing(place.section, item_words(place.section, item, view), place.supports, item.sources, href))
    return tuple(found)


def card(view: View, entry: Entry, history: tuple[Review, ...], checked: Checked, *, edit: bool = False) -> Card:
    """A claim as the page shows it; with `edit` the form to correct it comes along, which is long."""
    claim = entry.claim
    inferred = set(claim.inferred)
    fields = [
        (n, wording.value(n, getattr(claim, n), view.case, view.t), n in inferred) for n in field_names(claim.kind)
    ]
    if claim.agreement is not None:
        fields.append(("agreement", wording.agreement(claim.agreement, view.case, view.t), "agreement" in inferred))
    return Card(
        entry.id, claim.kind, claim.start, claim.end, " ".join(claim.quote.split())[:800],
        tuple(f for f in fields if f[1]), claim.said_by, claim.modality, entry.decision or "", entry.reviewer,
        entry.reason, standing(view, entry.id), verdicts.on(checked, [entry.id]), history,
        editable(claim.kind, to_json(claim)) if edit and view.visitor.may("analyst") else (),
    )  # fmt: skip


@lru_cache
def blank_fields(t: Words) -> Markup:
    """The empty form of every kind of claim; the same on every page, so set once a language."""
    forms = {kind: editable(kind, {}) for kind in KINDS}
    template = environment().get_template("add_fields.html.j2")
    return Markup(template.render(t=t, addable=forms, url=None, csrf="", page="report"))


def context(view: View, id_: str, at: int) -> ReportPage:
    """The page's context. Raises ProblemError 404 where the day allows no such report."""
    report = view.snapshot.reports.get(id_)
    if report is None:
        raise not_found(f"report {id_} as of this day")
    document = view.desk.record.document(id_)
    at = 0 if at >= len(document.text) else at
    with view.desk.record.connection() as connection:
        entries = looking.of_report(connection, report, case=view.case.id)
        here = [e for e in entries if at <= e.claim.start < at + WINDOW][:MOST_CARDS]
        history = looking.reviews_of(connection, [e.id for e in here])
    checked = view.checked
    group = view.snapshot.copies.get(report.copies, ())
    length = len(document.text)
    addable = blank_fields(view.t) if view.visitor.may("analyst") else Markup("")
    return ReportPage(
        line(view, report), report.url, report.origin, report.byline,
        pieces(document, entries, at=at),
        tuple(card(view, e, tuple(history.get(e.id, ())), checked) for e in here),
        len(entries),
        tuple(line(view, view.snapshot.reports[c]) for c in group if c != id_),
        at, length, max(0, at - WINDOW) if at else None, at + WINDOW if at + WINDOW < length else None,
        tuple(KINDS), addable, checked.pending,
    )  # fmt: skip


@router.get("/{case}/reports/{id}", response_class=HTMLResponse, summary="A report")
def report(view: Viewing, id: ReportId, at: At = 0) -> Response:
    """A report with its claims marked in the text."""
    return view.page("report", lambda: context(view, id, at))
