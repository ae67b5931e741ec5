"""Batches of alternating offers between two time-dependent sides: millions of parameter sets over one utility table.

The results are those of `play_alternating` with `TimeBased` negotiators and the default tie rule, talk by talk.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from burdenshare.bargaining import kernel
from burdenshare.bargaining.scenario import UtilityTable
from burdenshare.bargaining.space import FloatArray, IntArray
from burdenshare.errors import BargainingError

Numbers = float | FloatArray
Int32Array = NDArray[np.int32]

EXPONENT_BOUNDS = (1e-3, 1e3)
"""Within these and a million rounds float64 curves fall in every round: the kernel's halving rests on it."""
MOST_ROUNDS = 1_000_000
MOST_OUTCOMES = 2**31 - 1
BLOCK = 65_536
"""Talks whose parameters come from one stream of random numbers; fixed, so that nothing else changes the draw."""


@dataclass(frozen=True, eq=False)
class Duel:
    """A utility table of two sides, made ready for batches by `prepare`. Arrays as in `kernel.side_levels`."""

    table: UtilityTable
    first: tuple[FloatArray, IntArray, FloatArray, float]
    second: tuple[FloatArray, IntArray, FloatArray, float]


@dataclass(frozen=True, eq=False)
class Batch:
    """The end of every talk. agreement: int32, column of the utility table, -1 for none. rounds: int32, rounds run."""

    duel: Duel
    agreement: Int32Array
    rounds: Int32Array

    def utilities(self) -> FloatArray:
        """Face value to both sides, NaN without agreement: float64 of shape (2, talks)."""
        worth = self.duel.table.utilities[:, self.agreement]
        worth[:, self.agreement < 0] = np.nan
        return np.asarray(worth)

    def approved(self, *, seed: int, first_talk: int = 0) -> NDArray[np.bool_]:
        """Which agreements the ratifying body passes: a draw for each talk from the seed and the talk's number."""
        agreed = self.agreement >= 0
        chances = self.duel.table.approval
        if chances is None:
            return agreed
        draw = uniform_by_number(seed, first_talk, len(agreed))
        return np.asarray(agreed & (draw < chances[np.maximum(self.agreement, 0)]))


def prepare(table: UtilityTable) -> Duel:
    """Make a table of two sides ready for batches (sorts each side's utilities once)."""
    if table.sides != 2:
        raise BargainingError(f"Batches are played between 2 sides; this table has {table.sides}.")
    if table.outcomes > MOST_OUTCOMES:
        raise BargainingError(f"The table has {table.outcomes} outcomes; the bound for batches is {MOST_OUTCOMES}.")
    if any(deadline is not None for deadline in table.deadlines):
        raise BargainingError("Batches know one deadline for both sides; play talks with a side's own one by one.")
    u = table.utilities
    return Duel(table, kernel.side_levels(u[0], u[1]), kernel.side_levels(u[1], u[0]))


def play_batch(
    duel: Duel,
    *,
    exponents: tuple[Numbers, Numbers],
    reserved: tuple[Numbers, Numbers] | None = None,
    starts: tuple[Numbers, Numbers] = (1.0, 1.0),
    rounds: int | IntArray = 100,
    talks: int | None = None,
    threads: int | None = None,
) -> Batch:
    """Play one talk for each parameter set; a plain number stands for all talks.

    Arrays have the shape (talks,). `reserved` are the table's own unless given. `threads` is the number of processors
    unless given; it changes nothing but the time. Raises BargainingError for arrays of different lengths, exponents
    outside 0.001 to 1000, starts outside 0 to 1, rounds outside 1 to 1,000,000, or NaN.
    """
    given = duel.table.reserved if reserved is None else reserved
    names = ("reserved", "reserved", "exponents", "exponents", "starts", "starts")
    arrays = [as_column(x, name) for x, name in zip((*given, *exponents, *starts), names, strict=True)]
    steps = np.atleast_1d(np.asarray(rounds, dtype=np.int64))
    count = talks_in([*arrays, steps], talks)
    for array in arrays[:2]:
        if array.max() == math.inf:
            raise BargainingError("A reserved value is infinite; it must be a number.")
    within(arrays[2:4], EXPONENT_BOUNDS, "concession exponent")
    within(arrays[4:6], (0.0, 1.0), "starting aspiration")
    within([steps], (1, MOST_ROUNDS), "deadline in rounds")
    columns, curves = tabulated(arrays, steps, count)
    agreement, closing = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32)
    logs = np.log(np.maximum(np.arange(int(steps.max()) + 2), 1))
    parameters = [*arrays, steps, *columns]

    def part(start: int, stop: int) -> None:
        some = [p if p.size == 1 else p[start:stop] for p in parameters]
        given: Any = tuple(some)
        kernel.play(duel.first, duel.second, given, curves, logs, agreement[start:stop], closing[start:stop])

    workers = max(1, min(threads or processors(), count // 1024 or 1))
    edges = [count * w // workers for w in range(workers + 1)]
    if workers == 1:
        part(0, count)
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(part, edges[:-1], edges[1:]))
    return Batch(duel, agreement, closing)


def processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def as_column(values: Numbers, name: str) -> FloatArray:
    array = np.ascontiguousarray(np.atleast_1d(values), dtype=np.float64)
    if array.ndim != 1 or array.size == 0:
        raise BargainingError(f"The {name} have the shape {array.shape}; they need one entry a talk.")
    if np.isnan(array.min()):
        raise BargainingError(f"One of the {name} is NaN; each must be a number.")
    return array


def talks_in(arrays: list[FloatArray | IntArray], talks: int | None) -> int:
    lengths = {array.size for array in arrays if array.size > 1}
    lengths |= {talks} if talks is not None else set()
    if len(lengths) > 1:
        raise BargainingError(f"The parameters have the lengths {sorted(lengths)}; give every array one entry a talk.")
    count = lengths.pop() if lengths else 1
    if count < 1:
        raise BargainingError(f"The number of talks is {count}; it must be at least 1.")
    return count


def within(arrays: list[FloatArray] | list[IntArray], bounds: tuple[float, float], what: str) -> None:
    for array in arrays:
        for number in (array.min(), array.max()):
            if not bounds[0] <= number <= bounds[1]:
                raise BargainingError(f"A {what} is {number}; the bounds are {bounds[0]:g} to {bounds[1]:g}.")


def tabulated(arrays: list[FloatArray], steps: IntArray, count: int) -> tuple[list[IntArray], FloatArray]:
    """The number of each talk's curve for both sides, and the curves: float64 of shape (curves, rounds + 2).

    A side with too many different curves gets the number -1: its talks compute their own.
    """
    numbers: list[IntArray] = []
    rows: list[tuple[float, float, int]] = []
    for side in (0, 1):
        exponent, start = arrays[2 + side], arrays[4 + side]
        size = 1 if exponent.size == start.size == steps.size == 1 else count
        number, known = np.empty(size, dtype=np.int64), np.empty((kernel.CURVES, 3))
        found = kernel.number_curves(exponent, start, steps, size, number, known)
        if found < 0 or found * int(steps.max()) > 4_000_000:
            numbers.append(np.array([-1]))
            continue
        numbers.append(number + len(rows))
        rows += [(float(e), float(s), int(n)) for e, s, n in known[:found]]
    curves = np.zeros((max(1, len(rows)), int(steps.max()) + 2))
    for row, (exponent_, start_, n) in enumerate(rows):
        curves[row, 1 : n + 1] = [start_ * (1.0 - math.pow(min(1.0, k / (n + 1)), exponent_)) for k in range(1, n + 1)]
    return numbers, curves


@dataclass(frozen=True)
class Draw:
    """Ranges from which the parameters of talks are drawn, evenly; a range of one value twice is that value.

    reserved: one range a side, None for the table's own. exponents: one range a side, drawn evenly in the logarithm.
    """

    exponents: tuple[tuple[float, float], tuple[float, float]] = ((4.0, 4.0), (4.0, 4.0))
    reserved: tuple[tuple[float, float], tuple[float, float]] | None = None


@dataclass(frozen=True, eq=False)
class Chunk:
    """A stretch of a long batch: the number of its first talk, the parameters drawn, and the outcome."""

    first_talk: int
    exponents: tuple[Numbers, Numbers]
    reserved: tuple[Numbers, Numbers] | None
    batch: Batch


def play_drawn(
    duel: Duel,
    talks: int,
    *,
    draw: Draw,
    seed: int,
    rounds: int = 100,
    threads: int | None = None,
    chunk: int = 16 * BLOCK,
) -> Iterator[Chunk]:
    """Play any number of talks with drawn parameters, a chunk at a time, in bounded memory.

    Talk number i gets the same parameters and outcome whatever `threads` and `chunk` are.
    """
    if talks < 1 or chunk < 1:
        raise BargainingError(f"The number of talks is {talks} and of a chunk {chunk}; both must be at least 1.")
    for first in range(0, talks, chunk):
        stop = min(talks, first + chunk)
        columns = drawn(draw, seed, first, stop)
        reserved = None if draw.reserved is None else (columns[2], columns[3])
        batch = play_batch(
            duel,
            exponents=(columns[0], columns[1]),
            reserved=reserved,
            rounds=rounds,
            talks=stop - first,
            threads=threads,
        )
        yield Chunk(first, (columns[0], columns[1]), reserved, batch)


def drawn(draw: Draw, seed: int, first: int, stop: int) -> list[Numbers]:
    """Exponents of both sides, then reserved values of both, for the talks numbered `first` to `stop` - 1."""
    within([np.array(draw.exponents)], EXPONENT_BOUNDS, "concession exponent")
    ranges = [*draw.exponents, *(draw.reserved or ())]
    columns: list[Numbers] = []
    for column, (low, high) in enumerate(ranges):
        if low == high:
            columns.append(float(low))
            continue
        parts = []
        for block in range(first // BLOCK, (stop - 1) // BLOCK + 1):
            stream = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, column, block])))
            begin, end = max(first - block * BLOCK, 0), min(stop - block * BLOCK, BLOCK)
            parts.append(stream.random(BLOCK)[begin:end])
        even = np.concatenate(parts)
        if column < 2:
            columns.append(kernel.even_in_logarithm(math.log(low), math.log(high / low), even))
        else:
            columns.append(low + even * (high - low))
    return columns


@dataclass(frozen=True)
class Summary:
    """What many talks came to. utilities: mean face value to each side over agreements, NaN without any."""

    talks: int
    agreements: int
    approved: int
    rounds: float
    utilities: tuple[float, float]


def summary(chunks: Iterator[Chunk], *, seed: int) -> Summary:
    """Counts and means over chunks, each dropped once counted."""
    talks = approved = rounds = 0
    # Counting outcomes, not adding utilities, keeps rounding out of it: the means do not depend on the chunks.
    times: IntArray | None = None
    table: UtilityTable | None = None
    for chunk in chunks:
        batch = chunk.batch
        table = batch.duel.table
        counted = np.bincount(batch.agreement[batch.agreement >= 0], minlength=table.outcomes)
        times = counted if times is None else times + counted
        talks += len(batch.agreement)
        approved += int(batch.approved(seed=seed, first_talk=chunk.first_talk).sum())
        rounds += int(batch.rounds.sum(dtype=np.int64))
    if times is None or table is None:
        raise BargainingError("There are no chunks to sum up; play at least one talk.")
    agreements = int(times.sum())
    reached = np.flatnonzero(times)
    total = (table.utilities[:, reached] * times[reached]).sum(axis=1)
    mean = total / agreements if agreements else np.full(2, np.nan)
    return Summary(talks, agreements, approved, rounds / talks, (float(mean[0]), float(mean[1])))


def uniform_by_number(seed: int, first: int, count: int) -> FloatArray:
    """A number in [0, 1) for each talk, from its number alone (SplitMix64: Steele, Lea and Flood 2014)."""
    with np.errstate(over="ignore"):
        z = (np.arange(first, first + count, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z += np.uint64(seed % 2**64) * np.uint64(0xD1B54A32D192ED03)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(11)).astype(np.float64) * 2.0**-53
