"""Appointments: who leads, joins or leaves a delegation."""

from __future__ import annotations

from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import clause_bounds, name_of
from burdenshare.reading.rules.speakers import shape_name
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_HEADS = frozenset({"envoy", "envoys", "negotiator", "negotiators", "chief negotiator"})


def appointments(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """Drafts of appointments in a sentence."""
    taken: set[int] = set()  # people (by first token) who have their draft
    return [*_led(scene, sentence, taken), *_described(scene, sentence, taken)]


def _people(sentence: Sentence) -> list[Mention]:
    return [m for m in sentence.of("name") if name_of(m).kind == "person"]


def _led(scene: Scene, sentence: Sentence, taken: set[int]) -> list[Draft]:
    """ "The delegation was led by Chang Won-sam", "named James DeHart as its envoy"."""
    out: list[Draft] = []
    for verb in sentence.cues("lead", "appoint"):
        if verb.value.form not in ("past", "participle", "present", "base") or (
            verb.value.word == "lead" and sentence.norms[verb.last : verb.last + 1] in (["to"], ["up"])
        ):
            continue
        about = [r for r in sentence.cues("delegation") if abs(r.first - verb.first) <= 12] or [
            c for c in sentence.cues("talks-noun") if abs(c.first - verb.first) <= 10
        ]
        # "the U.S. side is led by": a side of the table is a delegation here.
        side = [c for c in sentence.cues("speaker-noun") if c.value.word == "side" and abs(c.first - verb.first) <= 6]
        about = about or (side if verb.value.concept == "lead" else [])
        if not about:
            continue
        near = [p for p in _people(sentence) if abs(p.first - verb.first) <= 14 and p.first not in taken]
        for person in near:
            if person is near[0] or sentence.norms[person.first - 1] == "and":
                out.append(_appoint(scene, sentence, person, verb))
                taken.add(person.first)
        if not near:
            out += _unknown(scene, sentence, verb, about)
    return out


def _unknown(scene: Scene, sentence: Sentence, verb: Mention, about: list[Mention]) -> list[Draft]:
    """Someone the case does not know, by the shape of the name; or a post filled with nobody named."""
    text, n = scene.document.text, len(sentence.tokens)
    shape = shape_name(text, sentence, verb.last, min(n, verb.last + 8)) or shape_name(
        text, sentence, max(0, verb.first - 10), verb.first
    )
    if shape:
        i, j = shape
        words = text[sentence.tokens[i].start : sentence.tokens[j - 1].end]
        first, last = min(i, verb.first), max(j, verb.last)
        return [draft("appointment", sentence, first, last, person=words, side=_side(sentence, i))]
    if verb.value.concept == "appoint" and any(r.value.word in _HEADS for r in about):
        return [draft("appointment", sentence, *clause_bounds(sentence, verb.first))]
    return []


def _described(scene: Scene, sentence: Sentence, taken: set[int]) -> list[Draft]:
    """ "the chief negotiators Chang Won-sam and Timothy Betts", "James DeHart, the top U.S. negotiator"."""
    out: list[Draft] = []
    heads = [
        r
        for r in sentence.cues("delegation")
        if any(n in r.value.word for n in ("negotiator", "envoy", "delegate", "representative"))
    ]
    for person in _people(sentence):
        if person.first in taken:
            continue
        before = [r for r in heads if 0 <= person.first - r.last <= 6]
        after = [
            r
            for r in heads
            if (0 < r.first - person.last <= 7 and sentence.norms[person.last] == ",")
            or (0 < r.first - person.last <= 20 and "as" in sentence.norms[max(0, r.first - 3) : r.first])
        ]
        if before or after:
            mark = (before or after)[0]
            first, last = min(person.first, mark.first), max(person.last, mark.last)
            who = _full(scene, person)
            out.append(draft("appointment", sentence, first, last, person=who, side=name_of(person).party))
            taken.add(person.first)
    return out


def _full(scene: Scene, person: Mention) -> str:
    found = scene.case.people[name_of(person).ref]
    return (found.names.get(scene.lang) or next(iter(found.names.values())))[0]


def _appoint(scene: Scene, sentence: Sentence, person: Mention, verb: Mention) -> Draft:
    first, last = clause_bounds(sentence, verb.first)
    return draft(
        "appointment",
        sentence,
        min(first, person.first),
        max(min(last, max(person.last, verb.last) + 8), person.last, verb.last),
        person=_full(scene, person),
        side=name_of(person).party,
    )


def _side(sentence: Sentence, at: int) -> str | None:
    near = [m for m in sentence.of("name") if name_of(m).party and abs(m.first - at) <= 12]
    return name_of(min(near, key=lambda m: abs(m.first - at))).party if near else None
