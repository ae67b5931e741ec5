"""Linkages: matters tied to the talks, or kept apart from them."""

from __future__ import annotations

from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.governors import demand_like
from burdenshare.reading.rules.grammar import clause_bounds, name_of, negated, subject
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_STAND_INS = frozenset("neither it this that they these".split())
_ARMS_TRADE = frozenset(
    {"arms purchases", "arms purchase", "weapons purchases", "arms sales", "arms deals", "arms imports"}
)

TOPICS = (
    "arms-purchases", "troop-reduction", "trade-action", "security-initiatives", "off-peninsula-operations",
    "strategic-assets", "new-categories",
)  # fmt: skip


def _troop_verb(sentence: Sentence) -> Mention | None:
    """ "withdraw thousands of troops", "bringing the troops home", "reduce the number of its troops"."""
    for verb in sentence.cues("withdraw-troops"):
        if any(
            0 <= t.first - verb.last <= 7
            for t in sentence.cues("troops")
            if t.value.word not in ("strong", "personnel")
        ):
            if verb.value.word in ("leave", "bring") and "home" not in sentence.norms[verb.last : verb.last + 8]:
                continue
            if verb.value.word in ("cut", "reduce") and any(
                n in ("cost", "costs") for n in sentence.norms[verb.first : verb.last + 5]
            ):
                continue
            return verb
    # "take American troops out", "bringing the troops home"
    for t in sentence.cues("troops"):
        following = sentence.norms[t.last : t.last + 4]
        if any(n in ("out", "home", "away") and "to" not in following[i:] for i, n in enumerate(following[:3])):
            return t
        if t.value.word == "troop" and sentence.norms[t.last : t.last + 1] == ["numbers"]:
            return t
    return None


def linkages(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """Drafts of linkages in a sentence, one a topic."""
    out: list[Draft] = []
    topics: set[str] = set()
    for topic in TOPICS:
        cues = list(sentence.cues(topic))
        cue: Mention | None = cues[0] if cues else None
        if topic == "troop-reduction":
            cue = _troop_verb(sentence) or next(
                (
                    c
                    for c in cues
                    if c.value.word != "withdrawal" or sentence.has("troops") or "brigade" in sentence.norms
                ),
                None,
            )
        if topic == "arms-purchases":
            cue = next(
                (c for c in cues if sentence.has("buy") or c.value.word in _ARMS_TRADE),
                None,
            )
        if topic == "new-categories" and cue is None:
            cue = next((e for e in sentence.cues("exercise") if _costs_of(sentence, e)), None)
        if cue is None or topic in topics:
            continue
        stance = _stance(scene, frame, sentence, cue, topic)
        if stance is None:
            continue
        topics.add(topic)
        first, last = clause_bounds(sentence, cue.first)
        actor = subject(sentence, cue.first)
        side = name_of(actor).party if actor else None
        out.append(draft("linkage", sentence, first, max(last, cue.last), topic=topic, stance=stance, side=side))
    return out


def _costs_of(sentence: Sentence, exercise: Mention) -> bool:
    """Whether the expenses of exercises are meant, as a new heading, and not the exercises themselves."""
    return sentence.near("cost-noun", exercise.first - 9, exercise.first)


def _stance(scene: Scene, frame: Frame, sentence: Sentence, cue: Mention, topic: str) -> str | None:
    """How the matter stands to the talks; None where the sentence does not tie the two."""
    answered = _answer(scene, sentence)
    if answered is not None:
        return answered
    talks = sentence.has("talks-noun", "agreement-noun", "round-noun") or any(
        name_of(m).kind in ("series", "topic") for m in sentence.of("name")
    )
    paying = sentence.has("pay", "share", "demand", "contribution-noun", "cost-noun")
    if topic == "troop-reduction":
        return _reduction(frame, sentence, cue, talks=talks, paying=paying)
    if topic == "new-categories" and not (talks or paying):
        return None
    asking = any(demand_like(sentence, c) for c in sentence.cues("demand"))
    if sentence.has("consideration") and not asking:
        return "considered"
    if _refusing(sentence, cue):
        return "refused"
    if topic in ("off-peninsula-operations", "strategic-assets", "new-categories"):
        return "sought" if asking or paying else None
    if asking:
        return "sought"
    return "considered" if talks or paying or sentence.has("link-condition") else None


def _answer(scene: Scene, sentence: Sentence) -> str | None:
    """What was said when asked about it: not discussed, not ruled out, no comment, ruled out."""
    following = scene.sentences[sentence.index + 1] if sentence.index + 1 < len(scene.sentences) else None
    if following is not None and following.has("not-discussed") and not _STAND_INS.isdisjoint(following.norms[:6]):
        return "not-discussed"
    if any(negated(sentence, d.first) for d in sentence.cues("discuss")):
        return "not-discussed"
    return next((c for c in ("not-discussed", "not-ruled-out", "no-comment", "ruled-out") if sentence.has(c)), None)


def _reduction(frame: Frame, sentence: Sentence, cue: Mention, *, talks: bool, paying: bool) -> str | None:
    """Threats to withdraw troops, reports that it is considered, and denials of such reports."""
    conditional = any(n in ("if", "unless", "should") for n in sentence.norms)
    if conditional and (sentence.has("threaten") or any(n in ("ready", "prepared") for n in sentence.norms)):
        return "threatened"
    denied = any(d.first < cue.first for d in sentence.cues("deny"))
    if denied and (talks or sentence.has("consider")):
        return "considered"
    reported = any(n in ("report", "reports") for n in sentence.norms)
    if sentence.has("consider") and (talks or conditional or reported or paying):
        return "considered"
    if sentence.has("threaten"):
        return "threatened"
    here = any(name_of(m).party == frame.host for m in sentence.of("name")) or "peninsula" in sentence.norms
    if not here and not talks and not paying:
        return None
    return "ruled-out" if negated(sentence, cue.first, back=6) else "considered"


def _refusing(sentence: Sentence, cue: Mention) -> bool:
    """Whether the matter is refused: a cue of refusal before it, or a negation of paying, using or raising."""
    return (
        any(c.first < cue.first for c in sentence.cues("reject"))
        or any(negated(sentence, c.first) for c in sentence.cues("use", "pay", "cut", "raise"))
        or " no further" in " ".join(sentence.norms)
        or "not" in sentence.norms[max(0, cue.first - 10) : cue.first]
    )
