"""The record as it stands: which readings count, which sighting speaks for a report, what reviews changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, Subquery, bindparam, func, select

from burdenshare.record import reviews as reviewing
from burdenshare.record import rows, schema
from burdenshare.record import sightings as seen
from burdenshare.record.model import Entry, Report, Review
from burdenshare.sources.copies import group_copies
from burdenshare.sources.document import Published

_LIGHT = [c for c in schema.sightings.c if c.name not in ("stretches", "seen", "print")]
# Asked once a report, so made once: making it takes three times as long as asking it.
_SIGHTINGS_OF = (
    select(*_LIGHT, schema.sightings.c.stretches)
    .where(schema.sightings.c.document == bindparam("document"))
    .order_by(schema.sightings.c.id)
)
_CHUNK = 500  # ids in one question; SQLite takes at most 999 values in some builds


class Copies:
    """Groups of copies among the reports of a view, remembered as long as the reports stay the same."""

    def __init__(self) -> None:
        self._of: tuple[Sequence[str], Mapping[str, str]] = ((), {})

    def groups(self, connection: Connection, reports: Sequence[str]) -> Mapping[str, str]:
        """The group (id of its first report) of each report; `reports` are ids in order of publication."""
        if self._of[0] != reports:
            table = schema.documents
            sketches = {
                row[0]: tuple(row[1] or ()) for row in connection.execute(select(table.c.id, table.c.signature))
            }
            self._of = (reports, group_copies((id_, sketches[id_]) for id_ in reports))
        return self._of[1]


def sightings_of(connection: Connection, document: str) -> list[seen.Sighting]:
    """The sightings of one text, with their stretches, oldest first."""
    return [
        seen.Sighting(**{**r, "how": tuple(r["how"]), "stretches": tuple(tuple(s) for s in r["stretches"])})
        for r in connection.execute(_SIGHTINGS_OF, {"document": document}).mappings()
    ]


def order(report: Report) -> tuple[date, str]:
    """By the last day a report may have come out on, unknown ones last, then by id: the same on every machine."""
    when = report.published.when
    return (when.latest if when and when.latest else date.max, report.id)


def reports(connection: Connection, copies: Copies, *, as_of: date | None) -> dict[str, Report]:
    """The reports by id, each with its date as the first to publish it has it, in order of publication."""
    by_document: dict[str, list[seen.Sighting]] = defaultdict(list)
    for row in connection.execute(select(*_LIGHT)).mappings():
        by_document[row["document"]].append(seen.Sighting(**{**row, "how": tuple(row["how"])}))
    found = []
    for id_, sightings in by_document.items():
        speaker = seen.speaking(sightings, as_of=as_of)
        if speaker is not None:
            found.append(seen.report(speaker, copies=id_))
    found.sort(key=order)
    groups = copies.groups(connection, [r.id for r in found])
    return {r.id: r if groups[r.id] == r.id else replace(r, copies=groups[r.id]) for r in found}


def why_left_out(published: Published, as_of: date) -> str:
    """One sentence on why a report of that date is not used as of the day."""
    when = published.when
    if when is None or when.latest is None:
        return "Its date is not known."
    if when.earliest is not None and when.earliest <= as_of:
        return f"It may have come out as late as {when.latest}: its date is known only as {when}."
    return f"It came out after {as_of}: {when}."


def state(connection: Connection) -> tuple[int, int, int]:
    """The last reading, review and sighting: rows are only added, so that nothing changes while these stay."""
    tables = (schema.readings, schema.reviews, schema.sightings)
    found = [connection.execute(select(func.max(t.c.id))).scalar() or 0 for t in tables]
    return (found[0], found[1], found[2])


def _current() -> Subquery:
    """The newest reading of each document for each case."""
    table = schema.readings
    return select(func.max(table.c.id).label("id")).group_by(table.c.case, table.c.document).subquery()


def read_for(connection: Connection, case: str) -> set[str]:
    """Ids of the documents read for a case."""
    table = schema.readings
    return set(connection.execute(select(table.c.document).where(table.c.case == case).distinct()).scalars())


def cases(connection: Connection) -> dict[str, int]:
    """Claims in the readings that count, by case, most first; cases without a claim stand at the end."""
    current, readings, claims = _current(), schema.readings, schema.claims
    query = (
        select(readings.c.case, func.count(claims.c.id).label("n"))
        .join(current, current.c.id == readings.c.id)
        .join(claims, claims.c.reading == readings.c.id, isouter=True)
        .group_by(readings.c.case)
    )
    rows = [(row[0], row[1]) for row in connection.execute(query)]
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as first read, and the reading it stands in."""

    reading: int
    document: str
    data: Mapping[str, Any]


def _claims_with_document() -> Select[Any]:
    claims, readings = schema.claims, schema.readings
    return select(claims.c.id, claims.c.reading, readings.c.document, claims.c.data).join(
        readings, readings.c.id == claims.c.reading
    )


def claim_rows(connection: Connection, ids: Sequence[str]) -> dict[str, ClaimRow]:
    """Claims by id from any reading, the newest one that has it."""
    found: dict[str, ClaimRow] = {}
    for at in range(0, len(ids), _CHUNK):
        query = _claims_with_document().where(schema.claims.c.id.in_(ids[at : at + _CHUNK]))
        for row in connection.execute(query.order_by(schema.claims.c.reading)):
            found[row[0]] = ClaimRow(row[1], row[2], row[3])
    return found


def reviews(connection: Connection, *, claim: str | None = None, case: str | None = None) -> list[Review]:
    """Reviews, oldest first."""
    table = schema.reviews
    query = select(table).order_by(table.c.id)
    if claim is not None:
        query = query.where(table.c.claim == claim)
    if case is not None:
        query = query.where(table.c.case == case)
    return [Review(**row) for row in connection.execute(query).mappings()]


def with_standing(connection: Connection, all_: Sequence[Review]) -> list[Review]:
    """The reviews, each with whether its claim stands: in a reading that counts, or held by a person's word."""
    ids = sorted({r.claim for r in all_})
    current, claims = _current(), schema.claims
    standing: set[str] = set()
    for at in range(0, len(ids), _CHUNK):
        query = select(claims.c.id).join(current, current.c.id == claims.c.reading)
        standing |= set(connection.execute(query.where(claims.c.id.in_(ids[at : at + _CHUNK]))).scalars())
    of: dict[str, list[Review]] = defaultdict(list)
    for r in all_:
        of[r.claim].append(r)
    held = {id_ for id_, found in of.items() if (o := reviewing.overlay(found)) and o.decision != "reject"}
    return [replace(r, stands=r.claim in standing or r.claim in held) for r in all_]


def entries(
    connection: Connection,
    reports: Mapping[str, Report],
    *,
    case: str | None,
    kind: str | None,
    source: str | None,
    rejected: bool,
) -> list[Entry]:
    """The claims of these reports as they stand. See `Record.entries`."""
    by_claim: dict[str, list[Review]] = defaultdict(list)
    for review in reviews(connection, case=case):
        by_claim[review.claim].append(review)
    overlays = {id_: o for id_, found in by_claim.items() if (o := reviewing.overlay(found))}
    current, claims, readings = _current(), schema.claims, schema.readings
    query = _claims_with_document().join(current, current.c.id == claims.c.reading)
    if case is not None:
        query = query.where(readings.c.case == case)
    if kind is not None:
        query = query.where(claims.c.kind == kind)
    if source is not None:
        query = query.where(readings.c.document == source)
    standing: dict[str, ClaimRow] = {row[0]: ClaimRow(row[1], row[2], row[3]) for row in connection.execute(query)}
    held = [id_ for id_, o in overlays.items() if o.decision != "reject" and id_ not in standing]
    if held:
        _hold(connection, standing, held, overlays, kind=kind, source=source)
    out = []
    for id_, row in standing.items():
        report, over = reports.get(row.document), overlays.get(id_)
        if report is None or (over and over.decision == "reject" and not rejected):
            continue
        claim = reviewing.laid_over(row.data, over.fields) if over and over.fields else rows.decode(row.data)
        out.append(Entry(id_, claim, report, over.decision, over.who, over.why) if over else Entry(id_, claim, report))
    out.sort(key=lambda e: (order(e.report), e.claim.start, e.claim.end, e.claim.kind, e.id))
    return out


def _hold(
    connection: Connection,
    standing: dict[str, ClaimRow],
    held: Sequence[str],
    overlays: Mapping[str, reviewing.Overlay],
    *,
    kind: str | None,
    source: str | None,
) -> None:
    """Keeps what a person accepted or corrected although a newer reading words it otherwise.

    The newer reading's claim of that kind on the same words gives way to it, one for one: a person's decision
    stands until a person changes it.
    """
    for id_, row in claim_rows(connection, held).items():
        if (kind is not None and row.data["kind"] != kind) or (source is not None and row.document != source):
            continue
        siblings = connection.execute(
            select(schema.claims.c.id).where(schema.claims.c.reading == row.reading)
        ).scalars()
        passed = _most_alike(standing, row, set(siblings) | set(overlays))
        if passed is not None:
            del standing[passed]
        standing[id_] = row


def _most_alike(standing: Mapping[str, ClaimRow], row: ClaimRow, spared: Iterable[str]) -> str | None:
    """The claim of the same report, case and kind that shares most words with the row; None where none does."""

    def shared(other: Mapping[str, Any]) -> int:
        return int(min(row.data["end"], other["end"]) - max(row.data["start"], other["start"]))

    alike = [
        (shared(r.data), id_)
        for id_, r in standing.items()
        if r.document == row.document
        and r.data["kind"] == row.data["kind"]
        and r.data["case"] == row.data["case"]
        and id_ not in spared
        and shared(r.data) > 0
    ]
    return max(alike)[1] if alike else None
