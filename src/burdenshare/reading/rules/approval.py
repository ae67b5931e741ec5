"""Approval: an agreement passed, or to be passed, by a legislature."""

from __future__ import annotations

from burdenshare.reading.frame import Frame
from burdenshare.reading.rules.agreements import agreement_near, agreement_number
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import clause_bounds, date_in, name_of
from burdenshare.reading.scene import Scene, Sentence

_LAWMAKERS = frozenset("lawmakers legislators parliament legislature assembly congress diet parliamentary".split())
_STILL_NEEDED = frozenset("must need needs needed requires require still".split())


def ratified(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    legislature = sentence.has("legislature") or any(
        name_of(m).kind == "body" and scene.case.bodies[name_of(m).ref].kind == "legislature"
        for m in sentence.of("name")
    )
    lawmakers = any(n in _LAWMAKERS for n in sentence.norms)
    noun = [m for m in sentence.cues("ratification-noun") if m.value.word not in ("plenary session", "motion")]
    verbs = [
        m
        for m in sentence.cues("ratify")
        if (
            not (m.value.form == "base" and m.first and sentence.norms[m.first - 1] in ("the", "its", "public"))
            and m.value.word == "ratify"
        )
        or (
            (legislature or lawmakers)
            and (
                agreement_near(sentence, m.first)
                or m.value.word.endswith("consent")
                or m.value.word.endswith("approval")
            )
        )
    ]
    if any(n in ("committee", "subcommittee", "cabinet") for n in sentence.norms) and not any(
        n in ("plenary",) for n in sentence.norms
    ):
        noun = []
        verbs = []
    votes = (
        (legislature or lawmakers)
        and any(n in ("votes", "voted", "vote") for n in sentence.norms)
        and len(sentence.of("number")) > 0
    )
    if not verbs and not noun and (legislature or lawmakers) and "vote" in sentence.norms:
        noun = [
            m
            for m in sentence.mentions
            if m.type == "cue"
            and m.value.word == "vote"
            and sentence.norms[m.last : m.last + 1] == ["on"]
            and agreement_near(sentence, m.first, reach=8)
        ]
    if not verbs and not noun and (legislature or lawmakers):
        noun = [
            m
            for m in sentence.cues("approval")
            if "contract" not in sentence.norms
            and agreement_near(sentence, m.first, reach=14)
            and "public" not in sentence.norms
        ]
    mark = verbs[0] if verbs else (noun[0] if noun else None)
    if mark is None and votes:
        mark = next((m for m in sentence.of("number")), None)
    if mark is None:
        return []
    first, last = clause_bounds(sentence, mark.first)
    planned = any(first <= v.first < mark.last for v in sentence.cues("schedule", "future")) and not any(
        v.value.form == "past" and first <= v.first < last for v in verbs
    )
    ahead = planned or any(n in _STILL_NEEDED for n in sentence.norms[first:last])
    when, inferred, date = date_in(
        sentence, max(0, mark.first - 14), min(len(sentence.tokens), mark.last + 14), ahead=ahead
    )
    end = max(last, date.last if date else 0, mark.last)
    return [
        draft(
            "term",
            sentence,
            first,
            end,
            event="ratification",
            when=when,
            agreement=agreement_number(sentence, mark.first),
            inferred=["when"] if inferred else (),
        )
    ]
