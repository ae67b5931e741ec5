"""What is known as of a day, worked out once for each state of the record and shared by all pages.

On a large record working it out takes minutes. Then pages show the last state until the new one is there, and say so.
"""

from __future__ import annotations

import gc
import multiprocessing
import threading
import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from burdenshare.case import Case
from burdenshare.dossier import Dossier, Item, dossier
from burdenshare.record import Entry, Record, Report
from burdenshare.web import kept
from burdenshare.web.problems import ProblemError
from burdenshare.web.queue import Waiting, queue

State = tuple[int, int, int]
SECTIONS = (
    "rounds", "tallies", "positions", "terms", "settlements", "contributions", "costs", "headcounts", "linkages",
    "consequences", "appointments", "statements", "events",
)  # fmt: skip
KEPT = 6  # snapshots kept
PATIENCE = 20.0  # seconds a page waits for the first one
QUICK = 2.0  # seconds; a record that takes longer is shown in its last state meanwhile
KEPT_CLAIMS = 1_000_000  # claims of all snapshots kept together, but for the last two
LARGE = 50_000  # claims from which a process of its own works a snapshot out, so that pages are answered meanwhile


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands in the dossier: the item at `index` of a section, for it or against it."""

    section: str
    index: int
    supports: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A case as of a day, at one state of the record. `reports` are all that the day allows, by date."""

    state: State
    case: Case
    as_of: date | None
    dossier: Dossier
    reports: Mapping[str, Report]
    read: frozenset[str]  # ids of the reports read for the case
    copies: Mapping[str, tuple[str, ...]]  # id of a group's first report to the ids of the group, where it has several
    claims: Mapping[str, Mapping[str, int]]  # report id to claims by kind
    places: Mapping[str, tuple[Place, ...]]  # claim id to where it stands in the dossier
    waiting: tuple[Waiting, ...]  # claims to review, those that matter most and are least certain first
    seconds: float  # what it took
    claims_in_all: int

    def item(self, place: Place) -> Item:
        """The item of the dossier at a place."""
        found: Item = getattr(self.dossier, place.section)[place.index]
        return found


def _places(known: Dossier) -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for section in SECTIONS:
        for index, item in enumerate(getattr(known, section)):
            for supports, ids in ((True, item.support), (False, item.dissent)):
                place = Place(section, index, supports)
                for id_ in ids:
                    found[id_].append(place)
    return {id_: tuple(places) for id_, places in found.items()}


def take(record: Record, case: Case, as_of: date | None) -> Snapshot:
    """Works a snapshot out; takes about 0.3 s for each thousand claims."""
    begun = time.monotonic()
    state = record.state()
    reports = {r.id: r for r in record.reports(as_of=as_of)}
    read = frozenset(r.id for r in record.reports(case=case.id, as_of=as_of))
    entries = record.entries(case=case.id, as_of=as_of)
    known = dossier(entries, case, as_of=as_of)
    places = _places(known)
    groups: dict[str, list[str]] = defaultdict(list)
    for r in reports.values():
        groups[r.copies].append(r.id)
    return Snapshot(
        state, case, as_of, known, reports, read,
        copies={first: tuple(ids) for first, ids in groups.items() if len(ids) > 1},
        claims=_by_kind(entries),
        places=places,
        waiting=queue(entries, known, places),
        seconds=time.monotonic() - begun,
        claims_in_all=len(entries),
    )  # fmt: skip


def take_apart(db: str, case: str, as_of: date | None) -> Snapshot:
    """The same in a process of its own, which ends with it and so need not look for what can be thrown away."""
    from burdenshare import case as cases
    from burdenshare.record import open_record

    gc.disable()
    with open_record(db, create=False) as record:
        return take(record, cases.load(case), as_of)


def _by_kind(entries: list[Entry]) -> dict[str, Mapping[str, int]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        found[entry.report.id][entry.claim.kind] += 1
    return dict(found)


class Snapshots:
    """Snapshots by case and day, each worked out by one thread however many ask for it."""

    def __init__(self, record: Record, load: Callable[[str], Case], cache: Path | None = None) -> None:
        self._record, self._load = record, load
        self._cache = cache  # where those that took long are kept for the next start
        self._made: OrderedDict[tuple[str, date | None], Snapshot] = OrderedDict()
        self._making: dict[tuple[str, date | None, State], Future[Snapshot]] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="snapshot")

    def close(self) -> None:
        """Ends what is still being worked out."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()

    def get(self, case: str, as_of: date | None, *, patience: float = PATIENCE) -> Snapshot:
        """The snapshot of this moment, or on a large record the last one while the new one is worked out.

        Raises ProblemError 503 where there is none yet and `patience` seconds were not enough.
        """
        state = self._record.state()
        with self._lock:
            last = self._made.get((case, as_of))
            if last is not None:
                self._made.move_to_end((case, as_of))
                if last.state == state:
                    return last
            future = self._making.get((case, as_of, state))
            if future is None:
                future = self._making[case, as_of, state] = self._pool.submit(self._take, case, as_of, state)
        if last is not None and last.seconds > QUICK:
            return last
        try:
            return future.result(timeout=patience)
        except TimeoutError:
            if last is not None:
                return last
            raise ProblemError(
                503, "being-worked-out", "The dossier of this record is still being worked out.",
                "Wait a little; the page asks again by itself.",
            ) from None  # fmt: skip

    def _take(self, case: str, as_of: date | None, state: State) -> Snapshot:
        try:
            loaded = self._load(case)
            made = self._kept(loaded, as_of, state) or self._new(loaded, as_of)
            if len(made.places) > LARGE:
                gc.freeze()  # millions of objects that stay; each search for garbage through them stops all pages
            with self._lock:
                self._made[case, as_of] = made
                self._made.move_to_end((case, as_of))
                while self._too_many():
                    self._made.popitem(last=False)
            return made
        finally:
            with self._lock:
                self._making.pop((case, as_of, state), None)

    def _kept(self, case: Case, as_of: date | None, state: State) -> Snapshot | None:
        """The snapshot that an earlier start left for this state of the record."""
        if self._cache is None or self._record.db == ":memory:":
            return None
        gc.disable()  # it would go through millions of new objects again and again, and find nothing
        try:
            found = kept.read(self._cache, kept.name(self._record, case, as_of))
        finally:
            gc.enable()
        return found if found is not None and found.state == state else None

    def _new(self, case: Case, as_of: date | None) -> Snapshot:
        """A snapshot worked out anew; one that took long is kept for the next start."""
        db = self._record.db
        if sum(self._record.cases().values()) > LARGE and db != ":memory:":
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as apart:
                made = apart.submit(take_apart, db, case.path or case.id, as_of).result()
        else:
            made = take(self._record, case, as_of)
        if self._cache is not None and made.seconds > QUICK and db != ":memory:":
            file = kept.name(self._record, case, as_of)
            if made.state == self._record.state():
                kept.write(self._cache, file, made)
        return made

    def _too_many(self) -> bool:
        held = sum(len(s.places) for s in self._made.values())
        return len(self._made) > KEPT or (len(self._made) > 2 and held > KEPT_CLAIMS)

    def each(self) -> Iterator[Snapshot]:
        """The snapshots that are there."""
        with self._lock:
            return iter(tuple(self._made.values()))
