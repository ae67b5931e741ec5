"""Approval: an agreement passed, or to be passed, by a legislature."""

from __future__ import annotations

from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.agreements import agreement_near, agreement_number
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import clause_bounds, date_in, name_of
from burdenshare.reading.scene import Scene, Sentence

# How many tokens a word of approval may stand from its date or its agreement. Set by hand; to reset, change it and run
# tests/reading/gate.py.
_REACH = 14
# English spellings this module looks for.
_LAWMAKERS = frozenset("lawmakers legislators parliament legislature assembly congress diet parliamentary".split())
_VOTES = frozenset({"votes", "voted", "vote"})
_STILL_NEEDED = frozenset("must need needs needed requires require still".split())


def ratified(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """ "The National Assembly ratified the pact on April 16", "needs parliament's approval"."""
    verbs, nouns = _approvals(scene, sentence)
    mark = next(iter([*verbs, *nouns]), None)
    if mark is None and _votes_counted(scene, sentence):
        mark = next(iter(sentence.of("number")), None)
    if mark is None:
        return []
    first, last = clause_bounds(sentence, mark.first)
    planned = any(first <= v.first < mark.last for v in sentence.cues("schedule", "future")) and not any(
        v.value.form == "past" and first <= v.first < last for v in verbs
    )
    ahead = planned or not _STILL_NEEDED.isdisjoint(sentence.norms[first:last])
    left, right = max(0, mark.first - _REACH), min(len(sentence.tokens), mark.last + _REACH)
    when, inferred, date = date_in(sentence, left, right, ahead=ahead)
    return [
        draft(
            "term",
            sentence,
            first,
            max(last, date.last if date else 0, mark.last),
            event="ratification",
            when=when,
            agreement=agreement_number(sentence, mark.first),
            inferred=["when"] if inferred else (),
        )
    ]


def _of_a_legislature(scene: Scene, sentence: Sentence) -> bool:
    return (
        sentence.has("legislature")
        or any(
            name_of(m).kind == "body" and scene.case.bodies[name_of(m).ref].kind == "legislature"
            for m in sentence.of("name")
        )
        or not _LAWMAKERS.isdisjoint(sentence.norms)
    )


def _votes_counted(scene: Scene, sentence: Sentence) -> bool:
    """ "lawmakers voted 192 to 7"."""
    return not _VOTES.isdisjoint(sentence.norms) and _of_a_legislature(scene, sentence)


def _approvals(scene: Scene, sentence: Sentence) -> tuple[list[Mention], list[Mention]]:
    """The verbs and the nouns of approval that speak of an agreement; a committee's approval is none."""
    if any(n in ("committee", "subcommittee", "cabinet") for n in sentence.norms) and "plenary" not in sentence.norms:
        verbs, nouns = [], []
    else:
        nouns = [m for m in sentence.cues("ratification-noun") if m.value.word not in ("plenary session", "motion")]
        verbs = [m for m in sentence.cues("ratify") if _ratifies(scene, sentence, m)]
    told = "vote" in sentence.norms or sentence.has("approval")
    if verbs or nouns or not told or not _of_a_legislature(scene, sentence):
        return verbs, nouns
    nouns = [
        m
        for m in sentence.mentions
        if "vote" in sentence.norms
        and m.type == "cue"
        and m.value.word == "vote"
        and sentence.norms[m.last : m.last + 1] == ["on"]
        and agreement_near(sentence, m.first, reach=8)
    ]
    if not nouns and "contract" not in sentence.norms and "public" not in sentence.norms:
        nouns = [m for m in sentence.cues("approval") if agreement_near(sentence, m.first, reach=_REACH)]
    return verbs, nouns


def _ratifies(scene: Scene, sentence: Sentence, m: Mention) -> bool:
    """Whether a verb of approval is one of ratifying: "ratify" itself, or a legislature's "passed the agreement"."""
    adjectival = m.value.form == "base" and m.first and sentence.norms[m.first - 1] in ("the", "its", "public")
    if m.value.word == "ratify" and not adjectival:
        return True
    of_agreement = agreement_near(sentence, m.first) or m.value.word.endswith(("consent", "approval"))
    return bool(of_agreement) and _of_a_legislature(scene, sentence)
