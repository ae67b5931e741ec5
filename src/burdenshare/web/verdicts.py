"""The check's verdict on each figure, worked out once for each state of the record, beside the pages.

A page waits a moment for it and is set without it otherwise; on the largest records it is not worked out at all.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from burdenshare.dossier.checks import Check, checks

if TYPE_CHECKING:
    from burdenshare.record import Record
    from burdenshare.web.snapshots import Snapshot

SHOWN = 3  # verdicts beside one figure
MOST = 20_000  # claims; past it the check takes minutes and slows every page meanwhile
PATIENCE = 1.0  # seconds a page waits for it
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
        entries = self._record.entries(case=snapshot.case.id, as_of=snapshot.as_of)
        documents = {id_: self._record.document(id_) for id_ in {e.report.id for e in entries}}
        found: dict[str, list[Check]] = defaultdict(list)
        for check in checks(entries, snapshot.case, as_of=snapshot.as_of, documents=documents):
            found[check.claim].append(check)
        return Checked("done", {claim: tuple(made) for claim, made in found.items()})


def on(checked: Checked, claims: Iterable[str]) -> tuple[Check, ...]:
    """The verdicts on the figures of these claims, each arithmetic once, those that are wrong first."""
    if not checked.of:
        return ()
    found: dict[tuple[str, str], Check] = {}
    for claim in claims:
        for check in checked.of.get(claim, ()):
            found.setdefault((check.verdict, check.arithmetic), check)
    return tuple(sorted(found.values(), key=lambda c: not c.wrong))[:SHOWN]
