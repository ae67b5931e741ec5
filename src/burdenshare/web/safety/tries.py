"""How often one may try to sign in: a few times at once, then one try each while."""

from __future__ import annotations

import threading
from collections import OrderedDict

TRIES = 5  # wrong ones in a row before one has to wait
WAIT = 30.0  # seconds for each further try
KEPT = 10_000  # names and addresses remembered


class Tries:
    """Wrong tries by name and by address; `now` is in seconds of a clock that does not go back."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, keys: tuple[str, ...], now: float) -> float:
        """Seconds until the next try may be made; 0 where it may be made now."""
        with self._lock:
            return max((self._left(key, now) for key in keys), default=0.0)

    def _left(self, key: str, now: float) -> float:
        count, last = self._wrong.get(key, (0, 0.0))
        return max(0.0, last + WAIT - now) if count >= TRIES else 0.0

    def wrong(self, keys: tuple[str, ...], now: float) -> None:
        """Counts a wrong try."""
        with self._lock:
            for key in keys:
                count, last = self._wrong.pop(key, (0, now))
                self._wrong[key] = (1 if now - last > 20 * WAIT else count + 1, now)
            while len(self._wrong) > KEPT:
                self._wrong.popitem(last=False)

    def right(self, keys: tuple[str, ...]) -> None:
        """Forgets the wrong tries of these."""
        with self._lock:
            for key in keys:
                self._wrong.pop(key, None)
