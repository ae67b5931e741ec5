"""Reports and readings made for the tests."""

from __future__ import annotations

from datetime import UTC, datetime

from burdenshare import edtf
from burdenshare.money import Amount
from burdenshare.reading.claim import Claim, Position, Round
from burdenshare.reading.result import Reading
from burdenshare.record import Intake, Kept, Method, Record
from burdenshare.sources import DateBasis, Document, Published, Stretch

CASE = "us-rok-sma"
AT = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
RULES = Method(CASE, "rules-1")


def report(
    text: str = "The fourth round ended in Washington.",
    *,
    origin: str = "a.txt",
    published: str | None = "2019-12-04",
    basis: DateBasis = "byline",
    outlet: str = "Han River Daily",
) -> Document:
    when = edtf.parse(published) if published else None
    known = Published(when, basis if when else "unknown", ("a dateline",) if when else ())
    return Document(text, (Stretch(0, len(text), "body"),), origin, outlet=outlet, lang="en", published=known)


def a_round(document: Document, *, number: int | None = 4, when: str | None = None) -> Claim:
    end = min(16, len(document.text))
    return Round(
        case=CASE, source=document.id, start=0, end=end, quote=document.text[:end], number=number, when=when,
        agreement=11, inferred=("agreement",),
    )  # fmt: skip


def a_demand(document: Document, value: float = 4.7e9) -> Claim:
    return Position(
        case=CASE, source=document.id, start=4, end=10, quote=document.text[4:10],
        side="us", act="demand", amount=Amount("USD", value=value),
    )  # fmt: skip


def keep(record: Record, document: Document, *claims: Claim, method: Method = RULES) -> Kept:
    """Reads and keeps one report the way the commands do."""
    as_kept = record.as_kept(document)
    if record.is_read(as_kept, method):
        return record.keep([Intake(document)], at=AT)[0]
    return record.keep([Intake(document, Reading(claims), method, as_kept)], at=AT)[0]
