"""The tables of who may use the workbench. They stand beside the record and are no part of it: rows may change here.

A password is kept as its argon2 hash, a session as the SHA-256 of its token; neither can be turned back.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Table, Text

from burdenshare.record.schema import metadata

ASIDE = {"aside": True}  # marks a table that holds nothing of the record

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("password", Text, nullable=False),  # argon2id, with its parameters and salt
    Column("role", String(8), nullable=False),  # reader, analyst, editor
    Column("revoked", Boolean, nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
    info=ASIDE,
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("token", String(64), nullable=False, unique=True),  # SHA-256 of what the cookie holds
    Column("account", Integer, ForeignKey("accounts.id"), nullable=False),
    Column("begun", DateTime(timezone=True), nullable=False),
    Column("ends", DateTime(timezone=True), nullable=False),
    Column("revoked", Boolean, nullable=False),
    info=ASIDE,
)
