"""Names of the case's parties, bodies, people, posts and places, looked up in any language the case gives them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from burdenshare.case.model import Case, Name
from burdenshare.reading.mentions.lexicon import Table, table, words_of
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.text import Token


@dataclass(frozen=True, slots=True)
class Names:
    """The case's names as a lookup table; `acronyms` are matched in upper case only, so that "US" is not "us"."""

    case: Case
    acronyms: frozenset[str]
    table: Table[Name]
    people: frozenset[str]  # full names, as written in the case
    bodies: frozenset[str]
    parties: frozenset[str]


_compiled: dict[int, Names] = {}


def compile_names(case: Case) -> Names:
    """The case's names, compiled once for each loaded case."""
    known = _compiled.get(id(case))
    if known is not None and known.case is case:
        return known
    every = tuple(case.names())
    acronyms = frozenset(
        bare
        for name in every
        for word in name.text.replace("-", " ").split()
        if 2 <= len(bare := word.replace(".", "")) <= 6 and bare.isascii() and bare.isalpha() and bare.isupper()
    )

    def texts(kind: str) -> frozenset[str]:
        return frozenset(n.text for n in every if n.kind == kind and not n.short)

    entries = ((words_of(n.text, acronyms), n) for n in every)
    compiled = Names(case, acronyms, table(entries), texts("person"), texts("body"), texts("party"))
    if len(_compiled) > 16:
        _compiled.clear()
    _compiled[id(case)] = compiled
    return compiled


def names(tokens: Sequence[Token], cased: Sequence[str], compiled: Names) -> list[Mention]:
    """The longest names at each place, none overlapping another.

    `cased` are the tokens' norms with acronyms in upper case. The value of each mention is a tuple of the case's
    Names that share these words. A word such as "may" or "general" must stand capitalised.
    """
    out = []
    i = 0
    phrases = compiled.table.phrases
    while i < len(tokens):
        found = compiled.table.longest(cased, i) if cased[i] in phrases else None
        if found is None:
            i += 1
            continue
        size, values = found
        raw = tokens[i].raw
        if raw[0].islower() and any(v.kind in ("party", "person", "place") for v in values):
            i += 1
            continue
        last = i + size
        out.append(Mention("name", i, last, tokens[i].start, tokens[last - 1].end, values))
        i = last
    return out
