"""Agreements: which agreement a verb or a noun of the sentence speaks of."""

from __future__ import annotations

from burdenshare.reading.frame import numbered
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.grammar import name_of
from burdenshare.reading.scene import Sentence


def agreement_near(sentence: Sentence, at: int, *, reach: int = 22) -> Mention | None:
    """The agreement a verb speaks of: a noun of agreement or a name of the series near it."""
    found = [
        m
        for m in sentence.cues("agreement-noun")
        if abs(m.first - at) <= reach
        and not (m.first and m.last - m.first == 1 and sentence.norms[m.first - 1] in ("in", "of", "without"))
    ]
    found += [m for m in sentence.of("name") if name_of(m).kind == "series" and abs(m.first - at) <= reach]
    return min(found, key=lambda m: abs(m.first - at)) if found else None


def agreement_number(sentence: Sentence, at: int) -> int | None:
    """The number of the agreement named nearest to token `at` ("the 10th Special Measures Agreement"), or None."""
    named = numbered(sentence)
    if named:
        return min(named, key=lambda x: abs(x[1] - at))[0]
    return None
