"""The costs page as a call of the API."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from burdenshare import costs
from burdenshare.web.costing import asked as asking
from burdenshare.web.costing.positions import Asking
from burdenshare.web.pages.costs import PARAMETERS, Question
from burdenshare.web.view import Viewing

router = APIRouter(prefix="/api/v1", tags=["API"])


@router.get("/{case}/costs", summary="What positions cost", response_model=None, openapi_extra=PARAMETERS)
def cost(view: Viewing, asked: Question) -> dict[str, Any]:
    """Up to four positions, each as `burdenshare cost --format json` has it, or why it cannot be costed.

    Without a position in the address: a demand and an offer that stand, else the last agreement.
    """
    answer = Asking(view).answer(asked)
    return {
        "case": view.case.id,
        "as_of": answer.day.isoformat(),
        "asked": asking.query(answer.asked),
        "positions": [
            {"letter": w.letter, "label": w.label, "fault": w.fault or None,
             "costing": costs.to_json(w.costing) if w.costing else None}
            for w in answer.worked
        ],
        "fault": answer.fault or None,
    }  # fmt: skip
