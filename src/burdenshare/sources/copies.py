"""Copies of one report: syndicated, lightly edited, under another headline or cut short.

Each report keeps a bottom-k sketch (Broder 1997) of the three-word runs of its body. Two sketches are
compared below the smaller of their largest values, where both are complete, by how much of the smaller
one stands in the larger: a report cut short is still a copy. Candidates are found through an index from
sketch values to reports, so that the time grows with the number of reports and not with its square.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

import numpy as np

from burdenshare.sources.document import Document

# Values kept of a report; the standard error of a share is about 1 / sqrt(SKETCH).
SKETCH = 128
# Words in a run: one changed word breaks three runs, so one in ten changed still leaves most whole.
RUN = 3
# Share of the smaller report's runs that must stand in the other, and the fewest that make a share mean something.
# Reports of one event written apart share under a tenth, a long quoted statement included under a third.
SHARED, FEWEST = 0.4, 12
# A value in more groups than this is a common phrase and says nothing.
COMMON = 40

# Languages whose editors set the spaces between words as they like: their runs are of syllables, spaces left out.
# Ten syllables are about as much as three words; names and stock phrases are mostly shorter.
SYLLABIC, SPAN = frozenset({"ko"}), 10
_SYLLABLE = re.compile(r"[^\W_]")
_WORD = re.compile(r"\w+")
# Odd multipliers of Steele and Vigna's SplitMix and of Murmur3's finaliser, to spread the words' checksums.
_MIX = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xFF51AFD7ED558CCD], dtype=np.uint64)

Id = TypeVar("Id", bound=Hashable)


def signature(document: Document) -> tuple[int, ...]:
    """The report's sketch: up to 128 ascending 32-bit numbers, of its body without headline, byline and furniture."""
    words: list[int] = []
    for stretch in document.stretches:
        if stretch.kind == "body":
            text = document.text[stretch.start : stretch.end].casefold()
            units = _SYLLABLE.findall(text) if document.lang in SYLLABIC else _WORD.findall(text)
            words += map(zlib.crc32, map(str.encode, units))
    if len(words) < (SPAN if document.lang in SYLLABIC else RUN):
        return ()
    w = np.array(words, dtype=np.uint64)
    if document.lang in SYLLABIC:
        w = _spans(w)
    with np.errstate(over="ignore"):  # products are meant to wrap at 64 bits
        runs = w[:-2] * _MIX[0] + w[1:-1] * _MIX[1] + w[2:] * _MIX[2]
        runs = ((runs ^ (runs >> np.uint64(29))) * _MIX[3]) >> np.uint64(32)
    runs.sort()
    first = np.ones(len(runs), dtype=bool)  # of equal neighbours
    np.not_equal(runs[1:], runs[:-1], out=first[1:])
    return tuple(runs[first][:SKETCH].tolist())


def _spans(units: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """One value for each run of SPAN - 2 neighbours; the runs of three that are kept then span SPAN of them."""
    count = len(units) - SPAN + 3
    total = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for i in range(SPAN - 2):
            total = total * _MIX[i % 2] + units[i : i + count]
            total ^= total >> np.uint64(31)
    return total


def overlap(one: tuple[int, ...], two: tuple[int, ...]) -> float:
    """Share (0 to 1) of the smaller report's runs that stand in the other, as far as the sketches tell."""
    if not one or not two:
        return 0.0
    complete = [s[-1] for s in (one, two) if len(s) >= SKETCH]
    limit = min(complete) if complete else max(one[-1], two[-1])
    a, b = {v for v in one if v <= limit}, {v for v in two if v <= limit}
    fewest = min(len(a), len(b))
    if fewest < FEWEST:
        return 1.0 if one == two else 0.0
    return len(a & b) / fewest


@dataclass(slots=True)
class _Group:
    sketches: list[tuple[int, ...]] = field(default_factory=list)


def group_copies(reports: Iterable[tuple[Id, tuple[int, ...]]]) -> Mapping[Id, Id]:
    """Each report's group, named by the id of its first report in the order given; (id, signature) pairs in.

    A report is compared with the groups that share values with it and joins the one it overlaps most.
    """
    groups: dict[Id, _Group] = {}
    index: dict[int, list[Id]] = {}
    member: dict[Id, Id] = {}
    for key, sketch in reports:
        if key in member:
            continue
        hits = Counter(chain.from_iterable(index.get(value, ()) for value in sketch))
        best, most = key, 0.0
        for group, count in hits.most_common(5):
            if count < min(FEWEST, len(sketch)) // 2:
                break
            share = max(overlap(sketch, other) for other in groups[group].sketches)
            if share >= SHARED and share > most:
                best, most = group, share
        member[key] = best
        entry = groups.setdefault(best, _Group())
        # A second sketch helps where the first was cut short; more would only repeat it.
        if len(entry.sketches) < 4 and sketch not in entry.sketches:
            entry.sketches.append(sketch)
            for value in sketch:
                known = index.setdefault(value, [])
                if best not in known and len(known) < COMMON:
                    known.append(best)
    return member
