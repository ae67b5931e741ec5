"""Which of several values most voices can stand behind, without comparing every value with every other again and again.

The worth of a value: the voices of all values it agrees with, then an accepted review, then how fine it is, its own
voices, the last day it was told, and last its writing, so that no two are worth the same.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from burdenshare.dossier import values as values_
from burdenshare.dossier.timeline import Evidence

T = TypeVar("T", bound=Hashable)
Agree = Callable[[T, T], bool]


class _Down:
    """A text that sorts from the end of the alphabet."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __lt__(self, other: _Down) -> bool:
        return self.text > other.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Down) and self.text == other.text

    __hash__ = None  # type: ignore[assignment]


def _accepted(evidence: Sequence[Evidence]) -> bool:
    return any(e.entry.decision in ("accept", "correct") for e in evidence)


def near(
    values: Sequence[T], agree: Agree[T], reach: Callable[[T], tuple[Any, Any]] | None = None
) -> list[list[int]] | None:
    """For each value the places of those it agrees with, in order; None where each agrees with itself alone.

    `reach` gives the two ends of what a value may stand for: then only values that meet are compared.
    """
    if agree is values_.equal:
        return None
    if reach is None:
        return [[j for j, b in enumerate(values) if agree(a, b)] for a in values]
    ends = [reach(v) for v in values]
    found: list[list[int]] = [[] for _ in values]
    by_start = sorted(range(len(values)), key=lambda i: ends[i])
    for at, i in enumerate(by_start):
        last = ends[i][1]
        for j in by_start[at:]:
            if ends[j][0] > last:
                break
            if agree(values[i], values[j]):
                found[i].append(j)
            if i != j and agree(values[j], values[i]):
                found[j].append(i)
    for places in found:
        places.sort()
    return found


class Contest(Generic[T]):
    """Values by their places, each with its evidence; `run` gives the one of most worth, then the next left."""

    def __init__(
        self,
        values: Sequence[T],
        said: Sequence[Sequence[Evidence]],
        near: list[list[int]] | None,
        fineness: Callable[[T], float],
        precise: Callable[[T], bool] | None,
    ) -> None:
        self._voices = [{e.entry.report.copies for e in es} for es in said]
        self._near = near or [[i] for i in range(len(values))]
        self._backed: list[list[int]] = [[] for _ in values]  # for each value those that agree with it
        for i, places in enumerate(self._near):
            for j in places:
                self._backed[j].append(i)
        self._rest = [
            (
                not _accepted(es),
                -fineness(v),
                -len(voices),
                -max((e.day or date.min for e in es), default=date.min).toordinal(),
                _Down(repr(v)),
            )
            for v, es, voices in zip(values, said, self._voices, strict=True)
        ]
        self._precise = None if precise is None else {i for i, v in enumerate(values) if precise(v)}
        self._left = dict.fromkeys(range(len(values)))
        self._worth = [self._worth_of(i) for i in range(len(values))]  # less is worth more

    def _worth_of(self, i: int) -> tuple[Any, ...]:
        with_it = [j for j in self._near[i] if j in self._left]
        return (-len(set().union(*(self._voices[j] for j in with_it))), *self._rest[i])

    def run(self) -> Iterator[tuple[int, list[int]]]:
        """The place of each value shown, with the places of the values still left that agree with it."""
        heap = [(worth, i) for i, worth in enumerate(self._worth)]
        heapq.heapify(heap)
        while self._left:
            while heap[0][1] not in self._left or heap[0][0] is not self._worth[heap[0][1]]:
                heapq.heappop(heap)
            best = self._precise_one() if self._precise is not None else None
            if best is None:
                best = heap[0][1]
            with_it = [j for j in self._near[best] if j in self._left]
            yield best, with_it
            for j in with_it:
                del self._left[j]
            for i in dict.fromkeys(i for j in with_it for i in self._backed[j] if i in self._left):
                self._worth[i] = self._worth_of(i)
                heapq.heappush(heap, (self._worth[i], i))

    def _precise_one(self) -> int | None:
        """The best precise value, unless more voices contradict it than back it."""
        candidates = [i for i in self._left if i in (self._precise or ())]
        if not candidates:
            return None
        best = min(candidates, key=lambda i: self._worth[i])
        agreeing = set(self._near[best])
        against = set().union(*(self._voices[j] for j in self._left if j not in agreeing))
        return best if len(against) <= -self._worth[best][0] else None


class Ballot(Generic[T]):
    """The first of the values, kept up while evidence comes in one by one; the same as `Contest` would put first."""

    def __init__(
        self,
        agree: Agree[T],
        *,
        fineness: Callable[[T], float] = lambda _: 0.0,
        precise: Callable[[T], bool] | None = None,
    ) -> None:
        self._agree, self._fineness, self._precise = agree, fineness, precise
        self._own: dict[T, set[str]] = {}
        self._for: dict[T, set[str]] = {}  # voices of the values that it agrees with
        self._against: dict[T, set[str]] = {}
        self._rest: dict[T, tuple[bool, float, date, str]] = {}

    @property
    def values(self) -> Sequence[T]:
        """The values told, in the order they came in."""
        return list(self._own)

    def add(self, value: T, e: Evidence) -> None:
        """One more who tells the value."""
        voice, day = e.entry.report.copies, e.day or date.min
        if value not in self._own:
            self._open(value)
        accepted, fine, last, text = self._rest[value]
        if not accepted and _accepted((e,)):
            accepted = True
        self._rest[value] = (accepted, fine, max(last, day), text)
        if voice not in self._own[value]:
            self._own[value].add(voice)
            for other in self._own:
                (self._for if self._agree(other, value) else self._against)[other].add(voice)

    def _open(self, value: T) -> None:
        self._rest[value] = (False, self._fineness(value), date.min, repr(value))
        self._for[value], self._against[value] = set(), set()
        for other, voices in self._own.items():
            (self._for if self._agree(value, other) else self._against)[value].update(voices)
        self._own[value] = set()

    def _worth(self, value: T) -> tuple[Any, ...]:
        accepted, fine, last, text = self._rest[value]
        return (len(self._for[value]), accepted, fine, len(self._own[value]), last, text)

    def first(self) -> T | None:
        """The value to show; None where none was told."""
        if len(self._own) < 2:
            return next(iter(self._own), None)
        if self._precise is not None:
            candidates = [v for v in self._own if self._precise(v)]
            if candidates:
                best = max(candidates, key=self._worth)
                if len(self._against[best]) <= len(self._for[best]):
                    return best
        return max(self._own, key=self._worth)
