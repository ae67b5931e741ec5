"""A claim that a person takes from the words of a report: a row in the reading that counts, and a review that holds it.

The review keeps it standing when the report is read anew, as it does for every claim that a person decided on.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from burdenshare.errors import ClaimError, ReviewError
from burdenshare.reading.claim import Claim, check
from burdenshare.record import schema, views

BY_HAND = "by hand"  # the reader of a report that no reader has read for the case


def _reading(connection: Connection, claim: Claim, at: datetime) -> int:
    """The reading that counts; one by hand where the report was not read for the case."""
    table = schema.readings
    query = select(func.max(table.c.id)).where(table.c.case == claim.case, table.c.document == claim.source)
    found = connection.execute(query).scalar()
    if found is not None:
        return int(found)
    fields: dict[str, Any] = {
        "document": claim.source, "case": claim.case, "case_path": "", "case_print": "", "reader": BY_HAND,
        "published": None, "document_print": "", "passed_over": {}, "note": "", "read": at,
    }  # fmt: skip
    return int(connection.execute(insert(table).returning(table.c.id), fields).scalar_one())


def add(connection: Connection, claim: Claim, *, who: str, why: str, at: datetime) -> dict[str, Any]:
    """Adds the claim and its review; gives the review's row. Raises ReviewError where the words are not in the text."""
    text = connection.execute(select(schema.documents.c.text).where(schema.documents.c.id == claim.source)).scalar()
    if text is None:
        raise ReviewError(f"There is no report {claim.source}; `burdenshare reports` lists their ids.")
    try:
        check(claim, text)
    except ClaimError as error:
        raise ReviewError(f"The claim does not fit the report: {error}.") from error
    if views.claim_rows(connection, [claim.id]):
        raise ReviewError("The record has this very claim already; review that one.")
    reading = _reading(connection, claim, at)
    claims = schema.claims
    last = connection.execute(select(func.max(claims.c.position)).where(claims.c.reading == reading)).scalar()
    row = schema.claim_row(claim, position=0 if last is None else last + 1)
    connection.execute(insert(claims), {**row, "reading": reading})
    review: dict[str, Any] = {
        "claim": claim.id, "document": claim.source, "case": claim.case, "decision": "add", "who": who, "why": why,
        "fields": {}, "previous": None, "at": at,
    }  # fmt: skip
    id_ = connection.execute(insert(schema.reviews).returning(schema.reviews.c.id), review).scalar_one()
    return {**review, "id": id_}
