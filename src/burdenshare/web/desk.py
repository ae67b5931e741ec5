"""What all pages share: the record, the snapshots, the accounts, the templates, the pages set before."""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from burdenshare import case as cases
from burdenshare import intake
from burdenshare.case import Case
from burdenshare.record import Record
from burdenshare.web import visible
from burdenshare.web.adding import Adding
from burdenshare.web.forecasts import Forecasts
from burdenshare.web.problems import not_found
from burdenshare.web.safety.accounts import Accounts
from burdenshare.web.safety.tries import Tries
from burdenshare.web.settings import Settings
from burdenshare.web.snapshots import Snapshots
from burdenshare.web.verdicts import Verdicts

CACHED_BYTES = 64 * 1024 * 1024  # of pages set before
_WEB = re.compile(r"https?://[^\s\"'<>]+")
FRESH = 0.25  # seconds for which the state of the record is not asked for again


class Pages:
    """Pages set before, by all they depend on; the oldest go when there is no room."""

    def __init__(self, most: int = CACHED_BYTES) -> None:
        self._most, self._size = most, 0
        self._held: OrderedDict[Any, bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._setting = tuple(threading.Lock() for _ in range(64))

    def setting(self, key: Any) -> threading.Lock:
        """What to hold while a page is set, so that of many who ask at once one sets it."""
        return self._setting[hash(key) % len(self._setting)]

    def get(self, key: Any) -> bytes | None:
        """The page, if it is there."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            return None

    def put(self, key: Any, page: bytes) -> None:
        """Keeps the page."""
        with self._lock:
            former = self._held.pop(key, b"")
            self._held[key] = page
            self._size += len(page) - len(former)
            while self._size > self._most:
                _, gone = self._held.popitem(last=False)
                self._size -= len(gone)


@lru_cache
def environment() -> Environment:
    """The templates: everything escaped, nothing missing let pass, what cannot be seen made visible."""
    made = Environment(
        loader=PackageLoader("burdenshare.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=visible.shown,
    )
    made.filters["ours"] = Markup  # a drawing made here, with no word of a report in it but escaped ones
    made.filters["web"] = lambda address: bool(_WEB.fullmatch(address))
    made.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False)
    return made


class Desk:
    """One workbench on one record. `clock` gives the time; `monotonic` seconds that only go forward."""

    def __init__(
        self,
        record: Record,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = intake.now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.record, self.settings, self.clock, self.monotonic = record, settings, clock, monotonic
        self.secret = secrets.token_bytes(32)
        self.accounts = Accounts(record, clock)
        self.tries = Tries()
        self.pages = Pages()
        self.loaded: dict[str, Case] = {}
        self.snapshots = Snapshots(record, self.case, settings.cache)
        self.verdicts = Verdicts(record)
        self.forecasts = Forecasts(record)
        self.adding = Adding(record, settings.allow_private, clock)
        self._held: tuple[tuple[int, int, int] | None, dict[str, int]] = (None, {})
        self._state: tuple[float, tuple[int, int, int]] = (-1.0, (0, 0, 0))

    def close(self) -> None:
        """Ends what runs beside the pages."""
        self.snapshots.close()
        self.verdicts.close()
        self.forecasts.close()
        self.adding.close()

    def state(self) -> tuple[int, int, int]:
        """The state of the record, asked for at most a few times a second."""
        now = self.monotonic()
        if not 0 <= now - self._state[0] < FRESH:
            self._state = (now, self.record.state())
        return self._state[1]

    def changed(self) -> None:
        """Says that this process wrote to the record."""
        self._state = (-1.0, (0, 0, 0))

    def names(self) -> tuple[str, ...]:
        """The cases to show: the one the workbench was started on; else those of the record, else the shipped ones."""
        if self.settings.case:
            return (self.case(self.settings.case).id,)
        return tuple(self.held()) or tuple(cases.shipped())

    def held(self) -> dict[str, int]:
        """Claims by case, counted once for each state of the record."""
        state = self.state()
        if self._held[0] != state:
            self._held = (state, self.record.cases())
        return self._held[1]

    def case(self, name: str) -> Case:
        """The case by its id. Raises ProblemError 404 where neither the record nor the program has it."""
        if name in self.loaded:
            return self.loaded[name]
        started_on = self.settings.case
        if started_on and started_on not in cases.shipped():
            given = cases.load(started_on)
            self.loaded[started_on] = self.loaded[given.id] = given
            if name in (started_on, given.id):
                return given
        path = name if name in cases.shipped() else self.record.case_path(name)
        if not path:
            raise not_found(f"case {name[:80]!r}")
        self.loaded[name] = cases.load(path)
        return self.loaded[name]
