"""Lengths: how many years the deal a report tells of will hold."""

from __future__ import annotations

from burdenshare.reading.frame import Frame
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import clause_bounds, name_of, years_of
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_COVERING = frozenset("covering covers cover for from".split())
_HABITS = frozenset("usually normally typically generally customarily".split())
_OF_THE_OLD = frozenset("previous past customary former last ago than from not usual old earlier nearly almost".split())


def lengths(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """The term of the deal a report tells of: "will hold for five years", "the one-year deal"."""
    if not frame.deal or not _HABITS.isdisjoint(sentence.norms):
        return []
    out = []
    for d in sentence.of("date"):
        text = d.value.past or ""
        if (
            len(text) == 9
            and text[4] == "/"
            and not _COVERING.isdisjoint(sentence.norms[max(0, d.first - 2) : d.first])
            and any(abs(n.first - d.first) <= 6 for n in sentence.cues("agreement-noun"))
            and sentence.index <= 6
        ):
            first, last = clause_bounds(sentence, d.first)
            return [
                draft("settlement", sentence, first, max(last, d.last), years=float(int(text[5:]) - int(text[:4]) + 1))
            ]
    for d in sentence.of("duration"):
        years = years_of(d)
        if years is None or not 1 <= years <= 10:
            continue
        before = sentence.norms[max(0, d.first - 7) : d.first]
        if (
            not _OF_THE_OLD.isdisjoint(before[-4:])
            or sentence.norms[d.first - 1 : d.first] in (["'s"], ["’s"])
            or "before" in sentence.norms[d.last : d.last + 5]
            or "previous" in sentence.norms[d.last : d.last + 2]
            or sentence.norms[d.last : d.last + 1] in (["ago"], ["earlier"])
        ):
            continue
        noun = [m for m in sentence.cues("agreement-noun") if abs(m.first - d.first) <= 14] or [
            m for m in sentence.of("name") if name_of(m).kind == "series" and abs(m.first - d.first) <= 14
        ]
        verb = [m for m in sentence.cues("last") if 0 <= d.first - m.last <= 6]
        changed = before[-2:-1] in (["shortened"], ["extended"], ["cut"], ["lengthened"]) and before[-1:] == ["to"]
        adjectival = any(0 <= m.first - d.last <= 3 for m in noun)
        coming = any(n in ("coming", "next", "over", "through") for n in before[-3:])
        if sentence.has("demand", "offer") and not verb:
            continue
        if not verb and any(0 <= d.first - t.last <= 6 for t in sentence.cues("talks-noun", "round-noun")):
            continue
        if not (adjectival or verb or (coming and noun) or (changed and noun)):
            continue
        first, last = clause_bounds(sentence, d.first)
        out.append(draft("settlement", sentence, first, max(last, d.last), years=years))
        break
    return out
