"""English clauses: where in a sentence a new predicate begins."""

from __future__ import annotations

from collections.abc import Sequence

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


def clauses(norms: Sequence[str], found: Sequence[Mention]) -> list[int]:
    """A clause number for each token: a new one after ; : — and before words that open a clause."""
    out = []
    current = 0
    inside = {
        t for m in found if m.type in ("money", "date", "duration", "percent") for t in range(m.first + 1, m.last)
    }
    for i, norm in enumerate(norms):
        if i and i not in inside:
            previous = norms[i - 1]
            if previous in (";", ":", "--", "—"):
                current += 1
            elif (
                norm in _OPENERS
                and not (norm == "as" and i + 1 < len(norms) and norms[i + 1] in ("much", "many", "well", "high"))
                and not (norm == "since" and i + 1 < len(norms) and norms[i + 1][:1].isdecimal())
            ):
                if not (norm == "as" and previous in _BEFORE_AS) and previous not in ("as",):
                    current += 1
            elif previous == "," and norm in _AFTER_COMMA:
                current += 1
        out.append(current)
    return out
