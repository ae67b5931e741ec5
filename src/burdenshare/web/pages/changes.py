"""What changed between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from burdenshare.web import wording
from burdenshare.web.changes import Changed
from burdenshare.web.pages import talks
from burdenshare.web.registry import Page
from burdenshare.web.view import BLANK, View, Viewing

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed since `since`, by section."""

    since: str
    since_words: str
    changed: tuple[Changed, ...]
    pending: bool


PAGE = Page("changes", Changes)
MOST = 500


def context(view: View, since: date | None) -> Changes:
    """The page's context."""
    before = since or talks.last_day(view) - talks.SINCE
    found = talks.changed_since(view, before)
    return Changes(
        before.isoformat(), wording.date_words(before.isoformat(), view.t), (found or ())[:MOST], found is None
    )


@router.get("/{case}/changes", response_class=HTMLResponse, summary="What changed")
def changed(
    view: Viewing,
    since: Annotated[date | None, BLANK, Query(description="Since this day; 30 days back if not given.")] = None,
) -> Response:
    """What is known on one day that was not on another."""
    return view.page("changes", lambda: context(view, since))
