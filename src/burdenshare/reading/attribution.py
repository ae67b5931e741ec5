"""Who vouches for a claim, and in which modality: chains such as "the foreign ministry, Tongil News reported"."""

from __future__ import annotations

from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.grammar import name_of
from burdenshare.reading.rules.speaking import candidates, speaker_of
from burdenshare.reading.rules.statements import saying
from burdenshare.reading.scene import Scene, Sentence

# "according to the report" names nobody.
_BARE = frozenset(
    {"report", "reports", "statement", "article", "sides", "allies", "two sides", "document", "press release", "paper"}
)
_UNTIL = frozenset({",", ".", ";"})


class Voices:
    """The chains of a scene's sentences, each worked out once for all the claims of its sentence."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._known: dict[int, tuple[int, tuple[str, ...]]] = {}

    def of(self, sentence: Sentence) -> tuple[str, ...]:
        """The chain of a sentence. It may name anyone the report has introduced, so a new name brings a new look."""
        met, chain = self._known.get(sentence.index, (-1, ()))
        if met != len(self.scene.people):
            met = len(self.scene.people)
            chain = voices(self.scene, sentence)
            self._known[sentence.index] = met, chain
        return chain


def voices(scene: Scene, sentence: Sentence) -> tuple[str, ...]:
    """The chain of those who vouch for a sentence, nearest to the fact first; empty where the outlet itself does."""
    chain: list[str] = []
    for cue in sentence.cues("attribution"):
        end = cue.last
        while end < len(sentence.norms) and sentence.norms[end] not in _UNTIL and end - cue.last < 12:
            end += 1
        found = [s for s in candidates(scene, sentence, cue.last, end) if not s.pronoun]
        if found and found[0].name not in chain and found[0].name.lower() not in _BARE:
            chain.append(found[0].name)
    people: list[str] = []
    media: list[str] = []
    for verb in saying(sentence):
        if verb.value.concept == "say-weak" and verb.value.word not in ("report", "cite", "quote"):
            continue
        if scene.quote_at(verb.start, verb.end) is not None:
            continue
        found_speaker = speaker_of(scene, sentence, verb)
        if found_speaker is None or found_speaker.pronoun:
            continue
        if found_speaker.name.lower() in _BARE:
            continue
        (media if found_speaker.media or verb.value.word == "report" else people).append(found_speaker.name)
    for name in [*people, *media]:
        if name not in chain:
            chain.append(name)
    return tuple(chain)


def modality(sentence: Sentence, d: Draft, chain: tuple[str, ...]) -> str:
    """How a claim is put: stated, reported, expected, conditional or denied."""
    if d.modality:
        return d.modality
    first = next(i for i, t in enumerate(sentence.tokens) if t.end > d.start)
    last = next((i for i, t in enumerate(sentence.tokens) if t.start >= d.end), len(sentence.tokens))
    around = max(0, first - 8)
    if sentence.near("deny", around, last) and d.kind in ("linkage", "position", "consequence"):
        return "denied"
    if d.fields.get("outcome") == "scheduled" or (
        d.kind in ("round", "term") and sentence.near("schedule", around, last)
    ):
        return "expected"
    if d.kind in ("linkage", "consequence", "cost") and sentence.near("conditional", first, last):
        return "conditional"
    if sentence.near("reported", around, last + 6) or chain:
        return "reported"
    if any(
        name_of(m).kind == "body" and name_of(m).party is None for m in sentence.of("name") if around <= m.first < last
    ):
        return "reported"
    return "stated"
