"""Forecasts worked out once for each day, state of the record and set of suppositions, and shared by all pages.

One forecast takes a fraction of a second and a page waits for it. The forecasts of all months before it take some
seconds: they are worked out beside the pages, and a page shows how far they are.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from burdenshare.errors import BurdenshareError
from burdenshare.web.problems import ProblemError

if TYPE_CHECKING:
    from burdenshare.dossier import Dossier
    from burdenshare.outlook import Outlook
    from burdenshare.record import Record
    from burdenshare.web.snapshots import Snapshot

SIMULATIONS = 20_000
SEED = 1
PATIENCE = 20.0  # seconds a page waits for a forecast
KEPT = 64  # forecasts
KEPT_HISTORIES = 8
MOST = 20_000  # claims; past it a forecast takes the page's dossier, and the months before are left to the command


@dataclass(frozen=True, slots=True)
class History:
    """The forecasts of the months up to a day, oldest first, or how far they are: `done` of `of` dates.

    `why` says why there are none, in a sentence.
    """

    state: Literal["done", "running", "none", "too-large"]
    outlooks: tuple[Outlook, ...] = ()
    done: int = 0
    of: int = 0
    why: str = ""


@dataclass
class _Run:
    """A history being worked out."""

    future: Future[tuple[Outlook, ...]]
    days: list[date]
    until: date


class _EndedError(Exception):
    """The workbench is closing."""


class Forecasts:
    """Forecasts by case, day, state of the record and suppositions. `eager`: pages begin what the next will ask for."""

    def __init__(self, record: Record) -> None:
        self._record, self.eager = record, False
        self._made: OrderedDict[Any, Future[Outlook]] = OrderedDict()
        self._dossiers: OrderedDict[Any, Dossier] = OrderedDict()
        self._histories: OrderedDict[Any, _Run] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="forecast")
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="history")
        self._closed = threading.Event()

    def begin(self) -> None:
        """Loads what forecasts need, beside the pages; from now on pages begin what the next one will ask for."""
        self.eager = True
        self._pool.submit(import_module, "burdenshare.outlook")

    def close(self) -> None:
        """Ends after the forecast that is being made."""
        self._closed.set()
        for pool in (self._pool, self._beside):
            pool.shutdown(wait=False, cancel_futures=True)

    def get(
        self, snapshot: Snapshot, day: date, *, what_if: Mapping[str, str] | None = None, since: date | None = None
    ) -> Outlook:
        """The forecast as of a day, of the state of the record that the snapshot has.

        Raises BurdenshareError for a supposition that cannot be used, ProblemError 503 where PATIENCE was not enough.
        """
        key = (snapshot.case.id, day, snapshot.state, tuple(sorted((what_if or {}).items())), since)
        with self._lock:
            future = self._made.get(key)
            if future is None or future.cancelled():
                future = self._made[key] = self._pool.submit(self._forecast, snapshot, day, dict(what_if or {}), since)
                while len(self._made) > KEPT:
                    self._made.popitem(last=False)[1].cancel()
            self._made.move_to_end(key)
        try:
            return future.result(timeout=PATIENCE)
        except TimeoutError:
            raise ProblemError(
                503, "being-worked-out", "The forecast is still being worked out.", "Load the page again in a while."
            ) from None

    def history(self, snapshot: Snapshot, day: date, *, begin: bool = True) -> History:
        """The forecasts of the months up to a day, as far as they are; without `begin` nothing is started for it."""
        if snapshot.claims_in_all > MOST:
            return History("too-large")
        key = (snapshot.case.id, day, snapshot.state)
        with self._lock:
            run = self._histories.get(key)
            if run is None or run.future.cancelled():
                if not begin or self._closed.is_set():
                    return History("running")
                days: list[date] = []
                run = _Run(self._beside.submit(self._over_time, snapshot, day, days), days, day)
                self._histories[key] = run
                while len(self._histories) > KEPT_HISTORIES:
                    self._histories.popitem(last=False)[1].future.cancel()
            self._histories.move_to_end(key)
        if not run.future.done():
            first = run.days[0] if run.days else day
            of = (day.year - first.year) * 12 + day.month - first.month + 1
            return History("running", done=max(0, len(run.days) - 1), of=of if run.days else 0)
        try:
            found = run.future.result()
        except BurdenshareError as error:
            return History("none", why=" ".join(str(error).split()))
        return History("done", found, len(found), len(found))

    def _forecast(self, snapshot: Snapshot, day: date, what_if: dict[str, str], since: date | None) -> Outlook:
        from burdenshare.outlook import outlook

        known = self._dossier(snapshot, day)
        return outlook(
            known, snapshot.case, as_of=day, seed=SEED, simulations=SIMULATIONS, what_if=what_if, since=since
        )

    def _dossier(self, snapshot: Snapshot, day: date) -> Dossier:
        """What reports say by the day, told with the case as it was known then; kept for the next supposition."""
        if snapshot.claims_in_all > MOST:
            return snapshot.dossier
        from burdenshare.dossier import dossier
        from burdenshare.outlook import known

        key = (snapshot.case.id, day, snapshot.state)
        if key not in self._dossiers:
            entries = self._record.entries(case=snapshot.case.id, as_of=day)
            self._dossiers[key] = dossier(entries, known(snapshot.case, day), as_of=day)
            while len(self._dossiers) > KEPT_HISTORIES:
                self._dossiers.popitem(last=False)
        return self._dossiers[key]

    def _over_time(self, snapshot: Snapshot, day: date, days: list[date]) -> tuple[Outlook, ...]:
        from burdenshare.outlook.over_time import over_time

        def told(reached: date) -> None:
            if self._closed.is_set():
                raise _EndedError
            days.append(reached)

        entries = self._record.entries(case=snapshot.case.id, as_of=day)
        return over_time(entries, snapshot.case, until=day, seed=SEED, simulations=SIMULATIONS, told=told)
