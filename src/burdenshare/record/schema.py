"""The tables of the record. Rows are only ever added; what stands is worked out when it is asked for.

A document is a text; a sighting is where, when and as what that text was met; a reading is one pass of one
reader over it for one case, and the claims are that reading's. A newer reading takes the place of the former
one in the views, and a review is laid over a claim; neither removes anything.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from burdenshare.reading.claim import KINDS, Claim
from burdenshare.record.rows import encode

HEAD = "0002"  # the newest step under migrations/versions

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(16), primary_key=True),  # Document.id: SHA-256 over the text in NFC
    Column("text", Text, nullable=False),
    Column("signature", JSON),  # what copies are recognised by; None where the text is too short for one
    Column("added", DateTime(timezone=True), nullable=False),
)

sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document", String(16), ForeignKey("documents.id"), nullable=False),
    Column("origin", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("byline", Text, nullable=False),
    Column("lang", String(8), nullable=False),
    Column("media_type", Text, nullable=False),
    Column("stretches", JSON, nullable=False),  # [[start, end, kind], ...]
    Column("published", String(40)),  # EDTF, None where nothing is known
    Column("basis", String(16), nullable=False),
    Column("how", JSON, nullable=False),
    Column("seen", DateTime(timezone=True), nullable=False),
    Column("print", String(16), nullable=False),  # over all of the above but `seen`: the same twice adds nothing
    UniqueConstraint("document", "print"),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document", String(16), ForeignKey("documents.id"), nullable=False),
    Column("case", String(80), nullable=False),
    Column("case_path", Text, nullable=False),  # the file of a case that is not shipped; empty otherwise
    Column("case_print", String(16), nullable=False),
    Column("reader", String(120), nullable=False),
    Column("published", String(40)),  # the date that relative dates were resolved against
    Column("document_print", String(16), nullable=False),  # over all the reader could see beside the text
    Column("passed_over", JSON, nullable=False),
    Column("note", Text, nullable=False),
    Column("read", DateTime(timezone=True), nullable=False),
    Index("ix_readings_case_document", "case", "document"),
)

_SCALARS: Mapping[Any, type[Any]] = {int: Integer, str: Text}
INDEXED = ("kind", "agreement", "modality", "side", "number", "when")  # names of claim fields that get a column


def _scalar(hint: Any) -> type[Any]:
    """The column type of a claim field: integers as such, all else as text."""
    return _SCALARS[int] if int in (hint, *typing.get_args(hint)) else _SCALARS[str]


def _claim_columns() -> list[Column[Any]]:
    hints: dict[str, Any] = {"kind": str}
    classes: tuple[type[Claim], ...] = (Claim, *KINDS.values())
    for cls in classes:
        known = typing.get_type_hints(cls)
        hints |= {f.name: known[f.name] for f in dataclasses.fields(cls) if f.name not in hints}
    return [Column(name, _scalar(hints[name]), nullable=name not in ("kind", "modality")) for name in INDEXED]


claims = Table(
    "claims",
    metadata,
    Column("reading", Integer, ForeignKey("readings.id"), primary_key=True),
    Column("position", Integer, primary_key=True),  # order in the reading
    Column("id", String(16), nullable=False, index=True),
    *_claim_columns(),
    Column("data", JSON, nullable=False),  # the vocabulary's JSON object, empty fields left out
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("claim", String(16), nullable=False, index=True),
    Column("document", String(16), ForeignKey("documents.id"), nullable=False),
    Column("case", String(80), nullable=False),
    Column("decision", String(8), nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("fields", JSON, nullable=False),  # the corrected fields, in the vocabulary's JSON
    Column("previous", Integer, ForeignKey("reviews.id")),
    Column("at", DateTime(timezone=True), nullable=False),
)


def claim_row(claim: Claim, *, position: int) -> dict[str, Any]:
    """A row of the claims table but for its reading; the columns beside `data` are taken from the same object."""
    data = encode(claim)
    row = {name: data.get(name) for name in INDEXED}
    return {**row, "position": position, "id": data["id"], "data": data}
