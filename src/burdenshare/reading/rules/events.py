"""Events set beside the talks: elections, summits, exercises, flights, missile tests, steps of a legislature."""

from __future__ import annotations

from burdenshare.reading.frame import Frame
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import date_in
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_TESTED = frozenset("launch launches test tests tested fired launched missile missiles".split())

_TYPES = ("summit", "exercise", "flight", "election", "missile-test", "ministerial")


def events(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """Drafts of events in a sentence, at most one a type, dated by the nearest date."""
    out = []
    for kind in _TYPES:
        cues = sentence.cues(kind)
        if not cues:
            continue
        cue = cues[0]
        if kind == "exercise" and sentence.near("cost-noun", cue.first - 9, cue.first):
            continue  # the expenses of exercises are a matter of the talks
        if kind == "election" and cue.value.word in ("vote", "campaign", "polls", "primary"):
            continue
        if kind == "missile-test" and _TESTED.isdisjoint(sentence.norms):
            continue
        first = max(0, cue.first - 6)
        when, inferred, _ = date_in(sentence, max(0, cue.first - 8), cue.last + 6)
        last = min(len(sentence.tokens), cue.last + 6)
        out.append(draft("event", sentence, first, last, type=kind, when=when, inferred=["when"] if inferred else ()))
    return out
