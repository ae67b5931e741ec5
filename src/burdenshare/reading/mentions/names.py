"""Names of the case's parties, bodies, people, posts and places, looked up in any language the case gives them in."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from burdenshare.case.model import Case, Name
from burdenshare.edtf import When
from burdenshare.reading.mentions.lexicon import Table, table, words_of
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.text import Token

# Words before a surname that are no first name.
_TITLES = frozenset(
    "mr mrs ms dr president secretary minister ambassador general gen lt col adm admiral capt captain sen senator rep "
    "representative negotiator envoy director chairman candidate spokesman spokesperson vice and but when while if as "
    "says said then former premier prime chancellor commander major republican democrat".split()
)


@dataclass(frozen=True, slots=True)
class Names:
    """The case's names as a lookup table; `acronyms` are matched in upper case only, so that "US" is not "us"."""

    case: Case
    acronyms: frozenset[str]
    table: Table[Name]
    people: frozenset[str]  # full names, as written in the case
    bodies: frozenset[str]
    parties: frozenset[str]
    members: frozenset[str]  # ids of the parties that make up a side together
    host_words: tuple[tuple[str, ...], ...]  # the words of each name of the host, in lower case


LETTERS = re.compile(r"[^\W\d_]+")
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
    members = frozenset(p.id for p in case.members)
    compiled = Names(
        case, acronyms, table(entries), texts("person"), texts("body"), texts("party"), members, _host_words(case)
    )
    if len(_compiled) > 16:
        _compiled.clear()
    _compiled[id(case)] = compiled
    return compiled


def _host_words(case: Case) -> tuple[tuple[str, ...], ...]:
    """The words of each name of the host and its bodies; a text that lacks a word of each does not name the host."""
    mine = [n for n in case.names() if n.party == case.host.id and n.kind in ("party", "body", "forces")]
    return tuple(dict.fromkeys(tuple(w.lower() for w in LETTERS.findall(n.text)) for n in mine))


def names(tokens: Sequence[Token], cased: Sequence[str], compiled: Names) -> list[Mention]:
    """The longest names at each place, none overlapping another.

    `cased` are the tokens' norms with acronyms in upper case. The value of each mention is a tuple of the case's
    Names that share these words. A word such as "may" or "general" must stand capitalised.
    """
    out = []
    last = 0
    phrases = compiled.table.phrases
    for i in [i for i, norm in enumerate(cased) if norm in phrases]:
        found = compiled.table.longest(cased, i) if i >= last else None
        if found is None:
            continue
        size, values = found
        if tokens[i].raw[0].islower() and any(v.kind in ("party", "person", "place") for v in values):
            continue
        last = i + size
        out.append(Mention("name", i, last, tokens[i].start, tokens[last - 1].end, values))
    return out


def _other_person(toks: Sequence[Token], m: Mention, *, ends: Collection[int]) -> bool:
    """Whether a surname stands behind another first name: "Charles C. Campbell" is not the Campbell of the case."""
    i = m.first - 1
    while i > 0 and (toks[i].raw == "." or len(toks[i].raw) == 1):
        i -= 1
    if i <= 0:
        return False
    word = toks[i]
    if m.first in ends:
        return False  # two names side by side: "a Kim-Trump meeting"
    gap = m.start - word.end
    return (
        word.raw.isalpha()
        and word.raw[0].isupper()
        and not word.raw.isupper()
        and word.raw.lower() not in _TITLES
        and gap <= 4
    )


def resolve(
    toks: Sequence[Token], found: list[Mention], case: Case, ref: When | None, known: dict[str, str]
) -> list[Mention]:
    """Names with one meaning each: a surname is the person already met, else whoever was in office then."""
    out = []
    ends = {m.last for m in found}
    for m in found:
        values: tuple[Name, ...] = m.value
        people = [v for v in values if v.kind == "person"]
        others = [v for v in values if v.kind != "person"]
        full = [v for v in people if not v.short]
        if people and not full and not others and _other_person(toks, m, ends=ends):
            continue
        chosen: Name | None = None
        if full:
            chosen = full[0]
            for surname in case.people[chosen.ref].surnames.values():
                for s in surname:
                    known[s.lower()] = chosen.ref
        elif people:
            met = known.get(people[0].text.lower())
            chosen = next((v for v in people if v.ref == met), None)
            if chosen is None and not others:
                on = ref.latest if ref is not None else None
                in_office = [
                    v
                    for v in people
                    if on
                    and any(
                        (o.start is None or o.start <= on) and (o.end is None or on <= o.end)
                        for o in case.people[v.ref].offices
                    )
                ]
                if len({v.ref for v in in_office}) == 1:
                    chosen = in_office[0]
                elif len({v.ref for v in people}) == 1:
                    chosen = people[0]
        if chosen is None and others:
            # "the president" of either side is no name: the rules take it as a description.
            if others[0].kind == "post" and len({v.party for v in others}) > 1:
                continue
            chosen = others[0]
        if chosen is not None:
            out.append(Mention("name", m.first, m.last, m.start, m.end, chosen))
    return out
