"""What keeping costs: opening a record, writing reports in batches, finding what is known, reading it all out again.

python benchmarks/record.py [REPORTS]
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from burdenshare import edtf
from burdenshare.money import Amount
from burdenshare.reading.claim import Position
from burdenshare.reading.result import Reading
from burdenshare.record import Intake, Method, open_record
from burdenshare.sources import Document, Published, Stretch

CLAIMS, WORDS, BATCH = 20, 600, 64
METHOD = Method("us-rok-sma", "rules")
AT = datetime(2020, 1, 1, tzinfo=UTC)


def intake(number: int) -> Intake:
    """A made report of 4 KB with 20 claims."""
    text = f"Report {number}. " + " ".join(f"word{(number * 31 + i * 7) % 997}" for i in range(WORDS))
    known = Published(edtf.parse("2019-12-04"), "byline", ("A line gives the date.",))
    document = Document(text, (Stretch(0, len(text), "body"),), f"{number}.txt", lang="en", published=known)
    claims = tuple(
        Position(
            case="us-rok-sma", source=document.id, start=i, end=i + 9, quote=text[i : i + 9],
            side="us", act="demand", amount=Amount("USD", value=4.7e9 + i), per="year",
        )
        for i in range(CLAIMS)
    )  # fmt: skip
    return Intake(document, Reading(claims), METHOD, document)


def main(count: int) -> None:
    """Prints a line a measure."""
    reports = [intake(i) for i in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "talks.db")
        open_record(path).close()
        start = time.perf_counter()
        record = open_record(path)
        print(f"opening a record: {(time.perf_counter() - start) * 1e3:.1f} ms")
        start = time.perf_counter()
        for at in range(0, count, BATCH):
            record.keep(reports[at : at + BATCH], at=AT)
        print(f"writing: {(time.perf_counter() - start) / count * 1e3:.2f} ms a report of {CLAIMS} claims")
        start = time.perf_counter()
        for r in reports[:500]:
            record.is_read(record.as_kept(r.document), METHOD)
        print(f"finding what is known: {(time.perf_counter() - start) / min(count, 500) * 1e3:.2f} ms a report")
        start = time.perf_counter()
        entries = record.entries()
        print(f"reading out: {time.perf_counter() - start:.2f} s for {len(entries):,} claims")
        record.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
