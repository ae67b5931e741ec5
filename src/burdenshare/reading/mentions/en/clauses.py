"""English clauses: where in a sentence a new predicate begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from burdenshare.reading.mentions.mention import Mention

# Words that open a new clause: what follows has its own verb.
_OPENERS = frozenset(
    (
        "while but although though because since which who whose after as if unless when where whereas despite so "
        "yet amid until before"
    ).split()
)
_AFTER_COMMA = frozenset("and saying with adding making a an up".split())
_BEFORE_AS = frozenset("such much many well".split())
_AFTER_AS = frozenset("much many well high".split())
_MARKS = frozenset({";", ":", "--", "—"})
# A clause opens at one of these or just after it.
_WATCHED = _OPENERS | _MARKS | {","}


def clauses(norms: Sequence[str], found: Sequence[Mention]) -> list[int]:
    """A clause number for each token: a new one after ; : — and before words that open a clause."""
    starts = [i for i, norm in enumerate(norms) if norm in _WATCHED]
    if not starts:
        return [0] * len(norms)
    inside = {
        t for m in found if m.type in ("money", "date", "duration", "percent") for t in range(m.first + 1, m.last)
    }
    opens = {i for at in starts for i in (at, at + 1) if i not in inside and _opens(norms, i)}
    if not opens:
        return [0] * len(norms)
    return list(accumulate(int(i in opens) for i in range(len(norms))))


def _opens(norms: Sequence[str], i: int) -> bool:
    """Whether a new clause begins at token i."""
    if not 0 < i < len(norms):
        return False
    norm, previous = norms[i], norms[i - 1]
    if previous in _MARKS:
        return True
    following = norms[i + 1] if i + 1 < len(norms) else ""
    if (
        norm in _OPENERS
        and not (norm == "as" and following in _AFTER_AS)
        and not (norm == "since" and following[:1].isdecimal())
    ):
        return previous != "as" and not (norm == "as" and previous in _BEFORE_AS)
    return previous == "," and norm in _AFTER_COMMA
