"""Whether a report is about a case at all."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from burdenshare.case.model import Case
from burdenshare.reading.mentions import lexicon as lexicons
from burdenshare.reading.mentions.names import compile_names
from burdenshare.reading.text import tokenised
from burdenshare.sources import Document

# A report counts as about the case from this score on: it speaks of paying for troops, and of this host at least half
# as often as of any other country where it does. Set on 41 real reports of the case (all score 0.7 or more) and on
# reports of other matters.
RELEVANT = 0.5
_COUNTED = 200  # sentences looked at; a report says what it is about in its first few


@lru_cache
def _countries(lang: str) -> frozenset[str]:
    """Names of the world's countries in a language, one word each, from the CLDR."""
    territories = Locale.parse(lang).territories
    return frozenset(name.lower() for code, name in territories.items() if len(code) == 2 and " " not in name)


def about(document: Document, case: Case) -> float:
    """How surely the report is about the case, from 0 to 1."""
    lang = document.lang if document.lang in ("en", "ko") else "en"
    compiled = compile_names(case)
    lexicon = lexicons.load("en")
    countries = _countries(lang)
    host, stationing = case.host.id, case.stationing.id
    host_names = hosts = sending = matter = money = 0
    phrases = compiled.table.phrases
    rivals: dict[str, int] = {}
    manned = False
    sending_named = 0
    for _, toks in tokenised(document, compiled.acronyms)[:_COUNTED]:
        cased = [t.norm for t in toks]
        norms = [n.lower() for n in cased]
        sides: set[str] = set()
        series = topic = forces = False
        i = 0
        while i < len(toks):
            found = compiled.table.longest(cased, i) if cased[i] in phrases else None
            if found is None:
                i += 1
                continue
            for name in found[1]:
                if name.kind in ("party", "body", "forces") and name.party and not toks[i].raw[0].islower():
                    sides.add(name.party)
                series = series or name.kind == "series"
                topic = topic or name.kind == "topic"
                forces = forces or name.kind == "forces"
            i += found[0]
        words = set(norms)
        paying = bool(words & lexicon.single("pay")) or bool(words & lexicon.single("share"))
        troops = forces or bool(words & lexicon.single("troops"))
        talks = bool(words & lexicon.single("talks-noun")) or bool(words & lexicon.single("agreement-noun"))
        manned = manned or troops or bool(words & lexicon.single("defence"))
        here = series or topic or (paying and troops) or (troops and talks) or (paying and talks)
        host_names += host in sides
        sending_named += stationing in sides or forces
        if here:
            matter += 1
            hosts += host in sides or series
            sending += 1 if stationing in sides or forces else 0
            for word in {t.norm.lower() for t in toks if t.raw[0].isupper()} & countries:
                rivals[word] = rivals.get(word, 0) + 1
        money += series or topic
    own = {n.lower() for p in case.parties.values() for ns in p.names.values() for n in ns}
    rival = max((n for name, n in rivals.items() if name not in own), default=0)
    if not manned or not host_names or not matter or hosts * 2 < rival or (not hosts and host_names < 3):
        return 0.0
    return (
        min(1.0, 0.5 + 0.1 * min(matter, 3) + (0.2 if sending else 0.0) + (0.1 if money else 0.0))
        if sending_named or money
        else 0.3
    )
