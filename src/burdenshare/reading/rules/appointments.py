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
    out: list[Draft] = []
    people = [m for m in sentence.of("name") if name_of(m).kind == "person"]
    taken: set[int] = set()
    led = [m for m in sentence.cues("lead", "appoint") if m.value.form in ("past", "participle", "present", "base")]
    roles = sentence.cues("delegation")
    for verb in led:
        if verb.value.word == "lead" and sentence.norms[verb.last : verb.last + 1] in (["to"], ["up"]):
            continue
        about = [r for r in roles if abs(r.first - verb.first) <= 12] or [
            c for c in sentence.cues("talks-noun") if abs(c.first - verb.first) <= 10
        ]
        if not about:
            continue
        near = [p for p in people if abs(p.first - verb.first) <= 14 and p.first not in taken]
        if near:
            for person in near:
                if person is near[0] or sentence.norms[person.first - 1] == "and":
                    out.append(_appoint(scene, sentence, person, verb))
                    taken.add(person.first)
            continue
        shape = shape_name(
            scene.document.text, sentence, verb.last, min(len(sentence.tokens), verb.last + 8)
        ) or shape_name(scene.document.text, sentence, max(0, verb.first - 10), verb.first)
        if shape:
            i, j = shape
            words = scene.document.text[sentence.tokens[i].start : sentence.tokens[j - 1].end]
            out.append(
                draft(
                    "appointment",
                    sentence,
                    min(i, verb.first),
                    max(j, verb.last),
                    person=words,
                    side=_side(sentence, i),
                )
            )
        elif verb.value.concept == "appoint" and any(r.value.word in _HEADS for r in about):
            first, last = clause_bounds(sentence, verb.first)
            out.append(draft("appointment", sentence, first, last))
    # "the chief negotiators Chang Won-sam of South Korea and Timothy Betts", "James DeHart, the top U.S. negotiator"
    heads = [
        r
        for r in roles
        if "negotiator" in r.value.word
        or "envoy" in r.value.word
        or "delegate" in r.value.word
        or "representative" in r.value.word
    ]
    for person in people:
        if person.first in taken:
            continue
        before = [r for r in heads if 0 <= person.first - r.last <= 6]
        after = [
            r
            for r in heads
            if (0 < r.first - person.last <= 7 and sentence.norms[person.last] == ",")
            or (0 < r.first - person.last <= 20 and sentence.norms[max(0, r.first - 3) : r.first].count("as"))
        ]
        if before or after:
            mark = (before or after)[0]
            first = min(person.first, mark.first)
            last = max(person.last, mark.last)
            out.append(
                draft("appointment", sentence, first, last, person=_full(scene, person), side=name_of(person).party)
            )
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
