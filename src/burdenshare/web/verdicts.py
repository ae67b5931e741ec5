"""The check's verdict on each figure, worked out once for each state of the record, beside the pages.

A page waits a moment for it and is set without it otherwise; on the largest records it is not worked out at all.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from burdenshare.dossier.checks import Check, checks

if TYPE_CHECKING:
    from burdenshare.case import Case
    from burdenshare.record import Record
    from burdenshare.web.snapshots import Snapshot

SHOWN = 3  # verdicts beside one figure
MOST = 20_000  # claims; past it the check takes minutes and slows every page meanwhile
PATIENCE = 1.0  # seconds a page waits for it
APART = 1_000  # claims from which a process of its own checks them, so that pages are answered meanwhile
KEPT = 8  # states of records


@dataclass(frozen=True, slots=True)
class Checked:
    """The checked figures by claim, and how far the check is."""

    state: Literal["done", "running", "too-large"]
    of: Mapping[str, tuple[Check, ...]] = field(default_factory=dict)

    @property
    def pending(self) -> bool:
        """True while the check runs."""
        return self.state == "running"


class Verdicts:
    """Checks by snapshot, worked out by one thread."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._kept: OrderedDict[object, Future[Checked]] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="check")

    def close(self) -> None:
        """Waits for nothing that still runs."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def get(self, snapshot: Snapshot, *, patience: float = PATIENCE) -> Checked:
        """The verdicts on the figures of a snapshot; `running` where `patience` seconds were not enough."""
        if snapshot.claims_in_all > MOST:
            return Checked("too-large")
        key = (snapshot.case.id, snapshot.as_of, snapshot.state)
        with self._lock:
            future = self._kept.get(key)
            if future is None:
                future = self._kept[key] = self._pool.submit(self._work, snapshot)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)[1].cancel()
        if future.cancelled():
            return Checked("running")
        try:
            return future.result(timeout=patience)
        except TimeoutError:
            return Checked("running")

    def _work(self, snapshot: Snapshot) -> Checked:
        db, case = self._record.db, snapshot.case
        if snapshot.claims_in_all > APART and db != ":memory:":
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as apart:
                return Checked("done", apart.submit(check_apart, db, case.path or case.id, snapshot.as_of).result())
        return Checked("done", check(self._record, case, snapshot.as_of))


def check(record: Record, case: Case, as_of: date | None) -> dict[str, tuple[Check, ...]]:
    """The verdicts on every figure of a record's claims, by claim."""
    entries = record.entries(case=case.id, as_of=as_of)
    documents = {id_: record.document(id_) for id_ in {e.report.id for e in entries}}
    found: dict[str, list[Check]] = defaultdict(list)
    for made in checks(entries, case, as_of=as_of, documents=documents):
        found[made.claim].append(made)
    return {claim: tuple(made) for claim, made in found.items()}


def check_apart(db: str, case: str, as_of: date | None) -> dict[str, tuple[Check, ...]]:
    """The same in a process of its own."""
    from burdenshare import case as cases
    from burdenshare.record import open_record

    with open_record(db, create=False) as record:
        return check(record, cases.load(case), as_of)


def on(checked: Checked, claims: Iterable[str]) -> tuple[Check, ...]:
    """The verdicts on the figures of these claims, each arithmetic once, those that are wrong first."""
    if not checked.of:
        return ()
    found: dict[tuple[str, str], Check] = {}
    for claim in claims:
        for check in checked.of.get(claim, ()):
            found.setdefault((check.verdict, check.arithmetic), check)
    return tuple(sorted(found.values(), key=lambda c: not c.wrong))[:SHOWN]
