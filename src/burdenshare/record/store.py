"""The record itself: reports are kept in batches, and handed out as they stand.

Nothing here looks at a clock; the time of reading and of reviewing is passed in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Table, bindparam, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from burdenshare.errors import RecordError, ReviewError
from burdenshare.reading.claim import Claim
from burdenshare.record import additions, schema, views
from burdenshare.record import engine as opening
from burdenshare.record import reviews as reviewing
from burdenshare.record import sightings as seen
from burdenshare.record.model import (
    Decision,
    Entry,
    Intake,
    Kept,
    LeftOut,
    Method,
    NotKeptError,
    Report,
    Review,
)
from burdenshare.sources.copies import signature
from burdenshare.sources.document import Document

# Asked once a report that is known, so made once.
_CURRENT = (
    select(schema.readings.c.reader, schema.readings.c.case_print, schema.readings.c.document_print)
    .where(schema.readings.c.case == bindparam("case"), schema.readings.c.document == bindparam("document"))
    .order_by(schema.readings.c.id.desc())
    .limit(1)
)


class Record:
    """An open record. Use `open_record`; close it, or use it in a `with` statement."""

    def __init__(self, engine: Engine, db: str) -> None:
        self.db = db
        self._engine = engine
        self._copies = views.Copies()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file or the server."""
        self._engine.dispose()

    # Writing

    def as_kept(self, document: Document) -> Document:
        """The document as it would stand once kept: date, title and stretches from the sighting that speaks for it.

        A text first met without a date and now with one is read with the date, and the other way round as well.
        A text that the record does not hold comes back as the very object given.
        """
        id_ = document.id
        if not self._may_hold(id_):
            return document
        with self._engine.connect() as connection:
            former = views.sightings_of(connection, id_)
        if not former:
            return document
        newest = seen.of(document, id=max(s.id for s in former) + 1)
        speaker = seen.speaking([*former, newest])
        return seen.laid_over(document, speaker or newest)

    def _may_hold(self, id: str) -> bool:
        """False where the record surely does not hold the text.

        Asked for each report that comes in, so SQLite is asked without the machinery that a query else runs through.
        """
        if self._engine.dialect.name != "sqlite":
            return True
        raw = self._engine.raw_connection()
        try:
            connection = raw.driver_connection
            assert isinstance(connection, sqlite3.Connection)
            return connection.execute("SELECT 1 FROM sightings WHERE document = ?", (id,)).fetchone() is not None
        except sqlite3.Error:
            return True  # the query that follows meets the same fault, and has words for it
        finally:
            raw.close()

    def is_read(self, document: Document, method: Method) -> bool:
        """True where the reading that counts is of this very document (from `as_kept`) by this very method."""
        with self._engine.connect() as connection:
            return _current_key(connection, document.id, method.case) == _key(document, method)

    def keep(self, intakes: Sequence[Intake], *, at: datetime) -> list[Kept]:
        """Writes the reports in one transaction; once it returns, nothing of them can be lost.

        Raises NotKeptError naming every report that was not written; the others of the batch were.
        """
        try:
            return self._keep(intakes, at)
        except (DBAPIError, ValueError) as error:  # ValueError: text that the database's encoding cannot hold
            if len(intakes) == 1:
                raise self._not_kept([intakes[0]], error) from error
        done: list[Kept] = []
        lost: list[str] = []
        for position, intake in enumerate(intakes):
            try:
                done += self._keep([intake], at)
            except (DBAPIError, ValueError) as error:
                lost.append(intake.document.origin)
                cause: Exception = error
                if opening.is_full(error):
                    rest = [i.document.origin for i in intakes[position + 1 :]]
                    raise NotKeptError([*lost, *rest], _cause(error), full=True) from error
        if lost:
            raise NotKeptError(lost, _cause(cause)) from cause
        return done

    def _not_kept(self, intakes: Sequence[Intake], error: Exception) -> NotKeptError:
        return NotKeptError([i.document.origin for i in intakes], _cause(error), full=opening.is_full(error))

    def _writing(self) -> Connection:
        return self._engine.connect().execution_options(**{opening.WRITE: True})

    def _keep(self, intakes: Sequence[Intake], at: datetime) -> list[Kept]:
        batch = [_Prepared(intake, at) for intake in intakes]
        with self._writing() as connection, connection.begin():
            return _keep_all(connection, batch)

    def review(
        self,
        claim: str,
        decision: Decision,
        *,
        who: str,
        why: str,
        at: datetime,
        fields: Mapping[str, Any] | None = None,
    ) -> Review:
        """Adds a decision on a claim. Raises ReviewError where there is none or a correction does not fit."""
        if not who.strip():
            raise ReviewError("A review says who decided; give --who NAME.")
        if (decision == "correct") != bool(fields):
            raise ReviewError("A correction gives the fields it sets, and no other decision does.")
        with _sentence(self.db), self._writing() as connection, connection.begin():
            found = views.claim_rows(connection, [claim]).get(claim)
            if found is None:
                raise ReviewError(f"There is no claim {claim} in {self.db}; `burdenshare claims` lists their ids.")
            former = views.reviews(connection, claim=claim)
            if decision == "undo" and not reviewing.counting(former):
                raise ReviewError(f"No decision on {claim} is left to undo.")
            standing = reviewing.overlay(former)
            data = {**found.data, **(standing.fields if standing else {})}
            text = connection.execute(
                select(schema.documents.c.text).where(schema.documents.c.id == found.document)
            ).scalar_one()
            row = {
                "claim": claim,
                "document": found.document,
                "case": found.data["case"],
                "decision": decision,
                "who": who,
                "why": why,
                "fields": reviewing.corrected(data, fields, text=text) if fields else {},
                "previous": former[-1].id if former else None,
                "at": at,
            }
            id_ = connection.execute(insert(schema.reviews).returning(schema.reviews.c.id), row).scalar_one()
        return Review(id=id_, **row)

    def add(self, claim: Claim, *, who: str, why: str, at: datetime) -> Review:
        """Adds a claim that a person took from the words of a report. Raises ReviewError where it does not fit them."""
        if not who.strip():
            raise ReviewError("A claim that is added says who added it.")
        with _sentence(self.db), self._writing() as connection, connection.begin():
            return Review(**additions.add(connection, claim, who=who, why=why, at=at))

    @contextmanager
    def connection(self, *, write: bool = False) -> Iterator[Connection]:
        """A connection for the modules beside this one (`search`, `lookup`, `accounts`); one that writes commits."""
        with _sentence(self.db):
            if write:
                with self._writing() as connection, connection.begin():
                    yield connection
            else:
                with self._engine.connect() as connection:
                    yield connection

    # Views

    def state(self) -> tuple[int, int, int]:
        """What tells one state of the record from another: the last reading, review and sighting."""
        with _sentence(self.db), self._engine.connect() as connection:
            return views.state(connection)

    def entries(
        self,
        *,
        case: str | None = None,
        as_of: date | None = None,
        kind: str | None = None,
        source: str | None = None,
        rejected: bool = False,
    ) -> list[Entry]:
        """The claims as they stand, reviews laid over them, by date of report and place in it.

        With `as_of` only from reports published by that day: a span counts from its end, and a report of unknown
        date is left out (`left_out` names it). `source` is a report's id. `rejected` brings the rejected ones too.
        """
        with _sentence(self.db), self._engine.connect() as connection:
            reports = self._reports(connection, as_of)
            return views.entries(connection, reports, case=case, kind=kind, source=source, rejected=rejected)

    def reports(self, *, case: str | None = None, as_of: date | None = None) -> list[Report]:
        """The reports by date; with `case` those that were read for it."""
        with _sentence(self.db), self._engine.connect() as connection:
            reports = self._reports(connection, as_of)
            chosen = views.read_for(connection, case) if case else set(reports)
        return sorted((r for r in reports.values() if r.id in chosen), key=views.order)

    def left_out(self, *, as_of: date, case: str | None = None) -> list[LeftOut]:
        """The reports that a view as of that day does not use, each with the reason."""
        with _sentence(self.db), self._engine.connect() as connection:
            all_, used = self._reports(connection, None), self._reports(connection, as_of)
            chosen = views.read_for(connection, case) if case else set(all_)
        out = [r for r in all_.values() if r.id in chosen and r.id not in used]
        return [LeftOut(r, views.why_left_out(r.published, as_of)) for r in sorted(out, key=views.order)]

    def _reports(self, connection: Connection, as_of: date | None) -> dict[str, Report]:
        return views.reports(connection, self._copies, as_of=as_of)

    def find(self, source: str) -> str | None:
        """The id of the report with that id, path or address; None where there is none. Of several the last one met."""
        table = schema.sightings
        with _sentence(self.db), self._engine.connect() as connection:
            query = select(table.c.document).where(or_(table.c.document == source, table.c.origin == source))
            return connection.execute(query.order_by(table.c.id.desc()).limit(1)).scalar()

    def document(self, id: str) -> Document:
        """A report with its text and stretches. Raises RecordError where there is none of that id."""
        with _sentence(self.db), self._engine.connect() as connection:
            text = connection.execute(select(schema.documents.c.text).where(schema.documents.c.id == id)).scalar()
            speaker = seen.speaking(views.sightings_of(connection, id))
        if text is None or speaker is None:
            raise RecordError(f"There is no report {id} in {self.db}.")
        return seen.laid_over(Document(text, (), speaker.origin), speaker)

    def reviews(self) -> list[Review]:
        """Every review, oldest first, with whether it still has an effect."""
        with _sentence(self.db), self._engine.connect() as connection:
            return views.with_standing(connection, views.reviews(connection))

    def cases(self) -> dict[str, int]:
        """Claims that stand by case id, the largest number first."""
        with _sentence(self.db), self._engine.connect() as connection:
            return views.cases(connection)

    def case_path(self, case: str) -> str:
        """The file that the case of the newest reading was loaded from; empty for a shipped one."""
        table = schema.readings
        with _sentence(self.db), self._engine.connect() as connection:
            query = select(table.c.case_path).where(table.c.case == case).order_by(table.c.id.desc()).limit(1)
            return connection.execute(query).scalar() or ""

    def counts(self) -> dict[str, int]:
        """Rows by table, superseded ones too: what the record holds in all."""
        with _sentence(self.db), self._engine.connect() as connection:
            return {
                name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in schema.metadata.tables.items()
                if not table.info
            }


class _sentence:  # noqa: N801  # reads as a word in a with statement
    """Turns an error of the database into one sentence."""

    def __init__(self, db: str) -> None:
        self.db = db

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        if isinstance(error, DBAPIError):
            raise RecordError(f"The record {self.db} could not be used: {opening.reason(error)}.") from error


def _cause(error: Exception) -> str:
    return f"the database says: {opening.reason(error)}" if isinstance(error, DBAPIError) else str(error)


def _key(document: Document, method: Method) -> tuple[str, str, str]:
    return method.reader, method.case_print, seen.reading_print(document)


def _current_key(connection: Connection, document: str, case: str) -> tuple[str, str, str] | None:
    row = connection.execute(_CURRENT, {"case": case, "document": document}).first()
    return (row[0], row[1], row[2]) if row else None


def _add(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds the rows, but for those that another writer added meanwhile."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    if rows:
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def _known(connection: Connection, ids: Sequence[str]) -> dict[str, set[str]]:
    """Of these documents the ones in the record, each with the prints of its sightings."""
    documents, sightings = schema.documents, schema.sightings
    rows = connection.execute(
        select(documents.c.id, sightings.c.print)
        .join(sightings, sightings.c.document == documents.c.id, isouter=True)
        .where(documents.c.id.in_(ids))
    )
    known: dict[str, set[str]] = {}
    for id_, print_ in rows:
        known.setdefault(id_, set()).add(print_)
    return known


class _Prepared:
    """An intake as rows, made before the transaction begins so that no other writer has to wait for it."""

    def __init__(self, intake: Intake, at: datetime) -> None:
        document = intake.document
        self.intake = intake
        self.id = document.id
        self.row = {"id": self.id, "text": document.text, "signature": list(signature(document)), "added": at}
        fields = seen.fields_of(document, id=self.id)
        self.print = seen.fingerprint(fields)
        self.sighting = {**fields, "seen": at, "print": self.print}
        read_as = intake.read_as or document
        self.reading: dict[str, Any] = {}
        self.claims: list[dict[str, Any]] = []
        if intake.reading is not None:
            assert intake.method is not None
            as_read = fields if read_as is document else seen.fields_of(read_as, id=self.id)
            self.reading = {**_reading_row(intake, intake.method, at), **_read_as_row(as_read)}
            self.claims = [schema.claim_row(c, position=i) for i, c in enumerate(intake.reading.claims)]


def _reading_row(intake: Intake, method: Method, at: datetime) -> dict[str, Any]:
    assert intake.reading is not None
    return {
        "case": method.case,
        "case_path": method.case_path,
        "case_print": method.case_print,
        "reader": method.reader,
        "passed_over": dict(intake.reading.passed_over),
        "note": intake.reading.note,
        "read": at,
    }


def _read_as_row(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a reading row says of the document that the reader was given."""
    return {
        "document": fields["document"],
        "published": fields["published"],
        "document_print": seen.print_as_read(fields),
    }


def _keep_all(connection: Connection, batch: Sequence[_Prepared]) -> list[Kept]:
    known = _known(connection, [p.id for p in batch])
    done: list[Kept] = []
    documents, sightings, read = [], [], []
    for p in batch:
        new_document = p.id not in known
        new_sighting = p.print not in known.setdefault(p.id, set())
        known[p.id].add(p.print)
        if new_document:
            documents.append(p.row)
        if new_sighting:
            sightings.append(p.sighting)
        done.append(Kept(p.id, new_document, new_sighting, False))
    _add(connection, schema.documents, documents)
    _add(connection, schema.sightings, sightings)
    for at, (p, kept) in enumerate(zip(batch, done, strict=True)):
        if p.reading and (kept.new_document or not _is_stale(connection, p)):
            if kept.new_document or _current_key(connection, p.id, p.reading["case"]) != _row_key(p.reading):
                read.append(p)
                done[at] = replace(kept, new_reading=True)
        elif p.reading:
            done[at] = replace(kept, stale=True)
    if read:
        ids = connection.execute(
            insert(schema.readings).returning(schema.readings.c.id, sort_by_parameter_order=True),
            [p.reading for p in read],
        ).scalars()
        rows = [{**row, "reading": id_} for id_, p in zip(ids, read, strict=True) for row in p.claims]
        _add_claims(connection, rows)
    return done


def _add_claims(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds claims: by far the most rows, so SQLite gets them past the machinery that every value else runs through."""
    if connection.dialect.name != "sqlite":
        if rows:
            connection.execute(insert(schema.claims), rows)
        return
    names = [c.name for c in schema.claims.columns if c.name != "data"]
    statement = str(insert(schema.claims).compile(dialect=connection.dialect, column_keys=[*names, "data"]))
    values = [(*(row[n] for n in names), opening.dumps(row["data"])) for row in rows]
    if values:
        connection.exec_driver_sql(statement, values)


def _is_stale(connection: Connection, p: _Prepared) -> bool:
    speaker = seen.speaking(views.sightings_of(connection, p.id))
    if speaker is None:
        return False
    return bool(p.reading["document_print"] != seen.reading_print(seen.laid_over(p.intake.document, speaker)))


def _row_key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["reader"], row["case_print"], row["document_print"]


def open_record(db: str, *, create: bool = True) -> Record:
    """Opens the record at a path or a `postgresql://` address; `create` makes it where it is not there.

    Raises RecordError where it cannot be opened, belongs to another program or to a newer version of this one.
    """
    return Record(opening.open_engine(db, create=create), db)
