"""The outlook page as calls of the API."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from burdenshare.errors import BurdenshareError
from burdenshare.outlook import to_json
from burdenshare.web import forecast_tables as tables
from burdenshare.web.pages.outlook import Question, Since, answer, day_of
from burdenshare.web.pages.talks import SINCE
from burdenshare.web.view import Viewing

router = APIRouter(prefix="/api/v1", tags=["API"])


@router.get("/{case}/outlook", summary="The forecast", response_model=None)
def forecast(view: Viewing, asked: Question, since: Since = None) -> dict[str, Any]:
    """The forecast as of the day as `burdenshare outlook --format json` has it, with the record of such forecasts.

    The record holds the talks before the ones forecast. A supposition that cannot be used is an error.
    """
    got = answer(view, asked, since or day_of(view) - SINCE)
    if got.fault:
        raise BurdenshareError(got.fault)
    found: dict[str, Any] = tables.finite(to_json(got.found))
    return found | {"track_record": list(tables.past_talks(got.found, view.case))}


@router.get("/{case}/outlook/history", summary="The forecast at each date", response_model=None)
def history(view: Viewing) -> dict[str, Any]:
    """The forecasts of the months up to the day, or how far they are: `state` running, with `done` of `of` dates."""
    found = view.desk.forecasts.history(view.snapshot, day_of(view))
    return {
        "case": view.case.id,
        "as_of": day_of(view).isoformat(),
        "state": found.state,
        "done": found.done,
        "of": found.of,
        "why": found.why or None,
        "items": tables.finite(to_json(found.outlooks)),
    }
