"""Whether a Korean report is about a case: the same question as for an English one, asked of Korean names and words."""

from __future__ import annotations

import re
from functools import lru_cache

from burdenshare.case.model import Case, Name
from burdenshare.reading.mentions.countries import countries
from burdenshare.reading.mentions.ko.names import compile_korean, names
from burdenshare.reading.text import lines
from burdenshare.sources import Document

# Sentences looked at, a bound set by hand, as for English.
_COUNTED = 200
_PAYING = re.compile(r"분담|부담|방위비|주둔비|인건비|임금|휴직|지원금|비용|지급|인상|증액|삭감")
_TALKS = re.compile(r"협상|협정|회의|협의|합의|타결")
_DEFENCE = re.compile(r"방위|국방|주둔|미군|안보|군사|동맹|병력|기지")
_LEAST = 2  # characters of a country's name that is looked for in a word


@lru_cache(maxsize=16)
def _others(own: frozenset[str]) -> re.Pattern[str]:
    """The world's countries but those of the case."""
    named = sorted((re.escape(c) for c in countries("ko") if len(c) >= _LEAST and c not in own), key=len, reverse=True)
    return re.compile("|".join(named))


def about(document: Document, case: Case) -> float:
    """How surely the report is about the case, from 0 to 1."""
    compiled = compile_korean(case)
    others = _others(frozenset(n for p in case.parties.values() for n in p.names.get("ko", ())))
    host = sender = matter = beside_host = beside_sender = topics = 0
    manned = not any(case.forces.values())
    rivals: dict[str, int] = {}
    for k, line in enumerate(lines(document)):
        if k >= _COUNTED:
            break
        text = document.text[line.start : line.end]
        spans = names(text, compiled)
        short = {n.party for s in spans if s.end - s.start == 1 for n in s.value}
        if case.stationing.id not in short:  # the host in a chain with someone else: talks of another pair
            spans = [s for s in spans if s.end - s.start > 1]
        found: list[Name] = [n for span in spans for n in span.value]
        kinds = {n.kind for n in found}
        sides = {n.party for n in found if n.kind in ("party", "body", "forces", "post", "person")}
        paying, talks = bool(_PAYING.search(text)), bool(_TALKS.search(text))
        manned = manned or "forces" in kinds or bool(_DEFENCE.search(text))
        # The forces and the employees are called after the host: 주한미군, 한국인 근로자.
        hosted = case.host.id in sides or not kinds.isdisjoint(("forces", "employees"))
        sent = case.stationing.id in sides
        host, sender = host + hosted, sender + sent
        topical = "series" in kinds or "topic" in kinds
        topics += topical
        if topical or (paying and ("forces" in kinds or talks)):
            matter += 1
            beside_host += hosted or "series" in kinds
            beside_sender += sent
            for c in {m.group() for m in others.finditer(text)}:
                rivals[c] = rivals.get(c, 0) + 1
    if (
        not (manned and host and matter)
        or beside_host * 2 < max(rivals.values(), default=0)
        or (not beside_host and host < 2)
    ):
        return 0.0
    if not (sender or topics):
        return 0.3
    sending = 0.1 if beside_sender else 0.0
    return min(1.0, 0.4 + 0.1 * min(matter, 2) + sending + (0.1 if topics else 0.0) + 0.02 * min(host, 10))
