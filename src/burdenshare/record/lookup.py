"""What one page shows: the claims of one report, or a few claims by id, without going through all the record holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from burdenshare.record import reviews as reviewing
from burdenshare.record import rows, schema, views
from burdenshare.record.model import Entry, Report, Review

_CHUNK = 500


def reviews_of(connection: Connection, ids: Sequence[str]) -> dict[str, list[Review]]:
    """The reviews of these claims, oldest first."""
    table = schema.reviews
    found: dict[str, list[Review]] = defaultdict(list)
    for at in range(0, len(ids), _CHUNK):
        query = select(table).where(table.c.claim.in_(ids[at : at + _CHUNK])).order_by(table.c.id)
        for row in connection.execute(query).mappings():
            found[row["claim"]].append(Review(**row))
    return found


def entries(connection: Connection, reports: Mapping[str, Report], ids: Iterable[str]) -> dict[str, Entry]:
    """The claims of these ids that are from these reports, reviews laid over them, rejected ones too."""
    wanted = list(dict.fromkeys(ids))
    reviews = reviews_of(connection, wanted)
    found = {}
    for id_, row in views.claim_rows(connection, wanted).items():
        report = reports.get(row.document)
        if report is not None:
            found[id_] = _entry(id_, row, report, reviews.get(id_, ()))
    return {id_: found[id_] for id_ in wanted if id_ in found}


def _entry(id_: str, row: views.ClaimRow, report: Report, reviews: Iterable[Review]) -> Entry:
    over = reviewing.overlay(reviews)
    claim = reviewing.laid_over(row.data, over.fields) if over and over.fields else rows.decode(row.data)
    if over is None:
        return Entry(id_, claim, report)
    return Entry(id_, claim, report, over.decision, over.who, over.why)


def of_report(connection: Connection, report: Report, *, case: str) -> list[Entry]:
    """The claims of one report for a case, by place in the text: those that stand, and those that a review rejected."""
    readings, claims, table = schema.readings, schema.claims, schema.reviews
    last = (
        select(readings.c.id)
        .where(readings.c.case == case, readings.c.document == report.id)
        .order_by(readings.c.id.desc())
        .limit(1)
    )
    reading = connection.execute(last).scalar()
    ids: list[str] = []
    if reading is not None:
        query = select(claims.c.id).where(claims.c.reading == reading).order_by(claims.c.position)
        ids += connection.execute(query).scalars()
    reviewed = select(table.c.claim).where(table.c.document == report.id, table.c.case == case).distinct()
    ids += connection.execute(reviewed).scalars()
    found = entries(connection, {report.id: report}, ids).values()
    return sorted(found, key=lambda e: (e.claim.start, e.claim.end, e.claim.kind, e.id))
