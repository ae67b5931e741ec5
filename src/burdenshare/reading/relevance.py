"""Whether a report is about a case at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from burdenshare.case.model import Case
from burdenshare.reading.korean import relevance as korean
from burdenshare.reading.mentions import lexicon as lexicons
from burdenshare.reading.mentions.countries import countries
from burdenshare.reading.mentions.names import LETTERS, Names, compile_names
from burdenshare.reading.text import Cut, Token, tokenised
from burdenshare.sources import Document

# A report counts as about the case from this score on: it speaks of paying for troops, and of this host at least half
# as often as of any other country where it does. Set on 41 real reports of the case (all score 0.7 or more) and on
# reports of other matters.
RELEVANT = 0.5
# Sentences looked at, a bound set by hand: a report says what it is about in its first few.
_COUNTED = 200
# The headline and the first sentences.
_LEAD = 4


@dataclass(frozen=True, slots=True)
class _Words:
    """The one-word cues that say what a sentence speaks of."""

    paying: frozenset[str]
    troops: frozenset[str]
    talks: frozenset[str]
    defence: frozenset[str]


@lru_cache
def _words(lang: str) -> _Words:
    single = lexicons.load(lang).single
    return _Words(
        paying=single("pay") | single("share"),
        troops=single("troops"),
        talks=single("talks-noun") | single("agreement-noun"),
        defence=single("defence"),
    )


@dataclass(slots=True)
class _Seen:
    """Counts over the sentences looked at: how many name the host, the sender, or the matter, and other countries."""

    host: int = 0
    led: bool = False  # whether the host is named at the top
    member: int = 0  # one of several that make up a side, and not the side itself
    sender: int = 0
    matter: int = 0
    host_beside_matter: int = 0
    sender_beside_matter: int = 0
    topic: int = 0
    manned: bool = False  # whether troops or defence were spoken of at all
    rivals: dict[str, int] = field(default_factory=dict)  # other countries named beside the matter


@lru_cache(maxsize=16)
def _spoken(text: str) -> frozenset[str]:
    """The words of a text in lower case; kept while it is held against one case after another."""
    return frozenset(LETTERS.findall(text.lower()))


def about(document: Document, case: Case) -> float:
    """How surely the report is about the case, from 0 to 1."""
    if document.lang == "ko":
        return korean.about(document, case)
    compiled = compile_names(case)
    spoken = _spoken(document.text)
    if not any(spoken.issuperset(words) for words in compiled.host_words):
        return 0.0  # most reports are about one case of many; the others need no look at their sentences
    seen = _Seen()
    for i, cut in enumerate(tokenised(document, compiled.acronyms)[:_COUNTED]):
        _look(seen, cut, compiled, document.lang)
        seen.led = seen.led or (i < _LEAD and bool(seen.host))
    own = {n.lower() for p in case.parties.values() for ns in p.names.values() for n in ns}
    seen.manned = seen.manned or not any(case.forces.values())  # talks without troops need no word of them
    rival = max((n for name, n in seen.rivals.items() if name not in own), default=0)
    hosted = seen.host_beside_matter
    if not (seen.manned and seen.host and seen.matter) or hosted * 2 < rival or (not hosted and seen.host < 2):
        return 0.0
    # A member's own spending, told at length, is the alliance's matter even where the alliance is named once.
    of_members = seen.topic >= 3 and seen.member >= 2
    if not (seen.sender or seen.topic) or (compiled.members and not (seen.host > 1 or seen.led or of_members)):
        return 0.3  # an alliance that is named once, further down, is not what a report is about
    sending = 0.1 if seen.sender_beside_matter else 0.0
    # Cases that share the sender and the name of the series are told apart by how often their host is named.
    # A report that names an alliance once may be about one of its members alone.
    hosting = 0.02 * min(seen.host + (seen.member if seen.host > 1 else 0), 10)
    return min(1.0, 0.4 + 0.1 * min(seen.matter, 2) + sending + (0.1 if seen.topic else 0.0) + hosting)


def _look(seen: _Seen, cut: Cut, compiled: Names, lang: str | None) -> None:
    """Adds one sentence to what was seen."""
    case, cues = compiled.case, _words("en")
    _, toks, cased, norms = cut
    sides, kinds = _named(toks, cased, compiled)
    words = set(norms)
    paying = not words.isdisjoint(cues.paying)
    forces = "forces" in kinds
    troops = forces or not words.isdisjoint(cues.troops)
    talks = not words.isdisjoint(cues.talks)
    host, sender = case.host.id in sides, case.stationing.id in sides or forces
    seen.manned = seen.manned or troops or not words.isdisjoint(cues.defence)
    member = not host and not sides.isdisjoint(compiled.members)
    seen.host += host
    seen.member += member
    seen.sender += sender
    topical = "series" in kinds or "topic" in kinds
    seen.topic += topical
    if topical or (paying and troops) or (troops and talks) or (paying and talks):
        seen.matter += 1
        seen.host_beside_matter += host or "series" in kinds or member
        seen.sender_beside_matter += sender
        known = countries(lang if lang in ("en", "ko") else "en")
        if words.isdisjoint(known):
            return
        for word in {norm for t, norm in zip(toks, norms, strict=True) if t.raw[0].isupper()} & known:
            seen.rivals[word] = seen.rivals.get(word, 0) + 1


def _named(toks: Sequence[Token], cased: Sequence[str], compiled: Names) -> tuple[set[str], set[str]]:
    """The parties a sentence names, by themselves or by a body or their forces, and the kinds of all names in it."""
    sides: set[str] = set()
    kinds: set[str] = set()
    phrases = compiled.table.phrases
    plain = not any(compiled.case.forces.values())  # "the union", "employers": sides that are no states
    last = 0
    for i in [i for i, norm in enumerate(cased) if norm in phrases]:
        found = compiled.table.longest(cased, i) if i >= last else None
        if found is None:
            continue
        last = i + found[0]
        capital = not toks[i].raw[0].islower()
        for name in found[1]:
            kinds.add(name.kind)
            if (capital or (plain and name.kind == "body")) and name.party and name.kind in ("party", "body", "forces"):
                sides.add(name.party)
    return sides, kinds
