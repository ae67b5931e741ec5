"""Documents, claims and reviews, append-only. Interprets nothing.

`open_record` gives a `Record`; the tables are in `schema`, what stands is worked out in `views`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from burdenshare.record.store import Record, open_record

__all__ = [
    "Decision",
    "Entry",
    "Intake",
    "Kept",
    "LeftOut",
    "Method",
    "NotKeptError",
    "Record",
    "Report",
    "Review",
    "open_record",
]


def __getattr__(name: str) -> Any:
    # The dossier and the brief need the plain values above and not the database behind them.
    if name in ("Record", "open_record"):
        from burdenshare.record import store

        return getattr(store, name)
    raise AttributeError(name)
