"""Speaking: which speaker a verb of saying belongs to."""

from __future__ import annotations

from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.mentions.names import compile_names
from burdenshare.reading.rules.grammar import name_of
from burdenshare.reading.rules.speakers import Speaker, described, role_of, shape_name, side_near, speaker_named
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_PRONOUNS = frozenset("he she they it who".split())
_AFTER_SPEECH = frozenset('" ” ’ ? ! ... . ,'.split())
_OBJECT_MARKERS = frozenset("to from with by on about against of".split())
_CLOSES_NAME = frozenset(". , of at who in on with from".split())


def candidates(scene: Scene, sentence: Sentence, first: int, last: int) -> list[Speaker]:
    """Every speaker named between tokens first..last, in order."""
    out: list[Speaker] = []
    taken: set[int] = set()
    names = [m for m in sentence.of("name") if first <= m.first < last]
    for m in names:
        if name_of(m).kind in ("person",):
            out.append(speaker_named(scene, sentence, m))
            taken.update(range(m.first, m.last))
    shape = shape_name(scene.document.text, sentence, first, last)
    if shape and not taken & set(range(*shape)):
        i, j = shape
        words = scene.document.text[sentence.tokens[i].start : sentence.tokens[j - 1].end]
        holder = Mention("person", i, j, sentence.tokens[i].start, sentence.tokens[j - 1].end, words)
        lead = words.split()
        scene.people.setdefault(lead[-1].lower(), "=" + words)
        scene.people.setdefault(lead[0].lower(), "=" + words)
        out.append(Speaker(words, role_of(scene, sentence, holder), side_near(sentence, i - 3, j), False, i, j))
        taken.update(range(i, j))
    for noun in sentence.cues("speaker-noun", "delegation"):
        if first <= noun.first and noun.last <= last and noun.first not in taken:
            found = described(scene, sentence, noun, first)
            out.append(found)
            taken.update(range(noun.first, noun.last))
    for m in names:
        if name_of(m).kind in ("body", "party", "post") and not taken & set(range(m.first, m.last)):
            if (
                name_of(m).kind == "party"
                and m.last < len(sentence.norms)
                and sentence.norms[m.last][0].isalpha()
                and m.last < last
            ):
                continue
            out.append(speaker_named(scene, sentence, m))
    for i in range(first, last):
        if sentence.norms[i] in _PRONOUNS:
            out.append(Speaker(sentence.norms[i], None, None, False, i, i + 1, pronoun=True))
        elif sentence.tokens[i].raw[0].isupper() and i not in taken:
            known = scene.people.get(sentence.norms[i], "")
            if known.startswith("="):
                out.append(Speaker(known[1:], None, None, False, i, i + 1))
    return sorted(out, key=lambda s: s.first)


def speaker_of(scene: Scene, sentence: Sentence, verb: Mention) -> Speaker | None:
    """The subject of a verb of saying: before it, or after it where the verb follows the words spoken.

    Statements and attribution both ask; the answer is looked for again only where the report has named someone new.
    """
    key = (sentence.index, verb.first, verb.last, verb.value.form)
    kept: tuple[int, Speaker | None] | None = scene.speakers.get(key)
    if kept is None or kept[0] != len(scene.people):
        kept = len(scene.people), _speaker_of(scene, sentence, verb)
        scene.speakers[key] = kept
    return kept[1]


def _speaker_of(scene: Scene, sentence: Sentence, verb: Mention) -> Speaker | None:
    norms = sentence.norms
    after_quote = verb.first > 0 and norms[verb.first - 1] in _AFTER_SPEECH
    if after_quote and verb.value.form in ("past", "present") and _inverted(scene, sentence, verb):
        end = verb.last
        while end < len(norms) and norms[end] not in (".", ";", '"', "“") and end - verb.last < 22:
            end += 1
        found = [s for s in candidates(scene, sentence, verb.last, end) if not s.pronoun or s.first <= verb.last + 1]
        # What follows at once: "said Kim Jun-seok", "says Donald Trump", "said the U.S. deputy ..., Timothy Betts"
        people = [s for s in found if _is_person(scene, s) and s.first - verb.last <= 18]
        if people:
            return people[0]
        if found and found[0].first - verb.last <= 3:
            return found[0]
    start = _segment_start(scene, sentence, verb)
    found = candidates(scene, sentence, start, verb.first)
    if not found:
        return None
    if sentence.norms[max(0, verb.first - 2) : verb.first].count("who"):
        # "... came from James DeHart, the top negotiator, who told reporters": the person the clause describes.
        before = [s for s in found if not s.pronoun and verb.first - s.last <= 14]
        named = [s for s in before if _is_person(scene, s)]
        if named or before:
            return (named or before)[-1]
    near = [s for s in found if s.pronoun and verb.first - s.last <= 2 and s.name != "who"]
    if near:
        return near[-1]
    people = [
        s
        for s in found
        if _is_person(scene, s)
        and not _object(sentence, s)
        and sentence.norms[s.last : s.last + 1] not in (["'s"], ["’s"])
    ]
    if people:
        # "Cheong Seong-chang, a South Korean analyst with the institute, recently said": the name heads the phrase.
        return (
            people[-1]
            if verb.first - people[-1].last <= 3 or len(people) == 1
            else people[0]
            if people[0].first - start <= 8
            else people[-1]
        )
    solid = [s for s in found if not s.pronoun and not _object(sentence, s)]
    return solid[-1] if solid else (found[-1] if not found[-1].pronoun or found[-1].name != "it" else None)


def _inverted(scene: Scene, sentence: Sentence, verb: Mention) -> bool:
    """Whether the speaker follows the verb: after direct speech, or after a comma with a person or office."""
    before = sentence.norms[verb.first - 1]
    if before != ",":
        return verb.last < len(sentence.norms) and sentence.norms[verb.last] not in ("that", ".", ",")
    if scene.quote_at(sentence.tokens[verb.first - 1].start - 1, sentence.tokens[verb.first - 1].start) or (
        verb.first > 1 and sentence.norms[verb.first - 2] in ('"', "”")
    ):
        return verb.last < len(sentence.norms) and sentence.norms[verb.last] not in ("that", ".", ",")
    near = [
        m
        for m in sentence.of("name")
        if 0 <= m.first - verb.last <= 1 and name_of(m).kind in ("person", "body", "post")
    ]
    near += [m for m in sentence.cues("speaker-noun", "delegation") if 0 <= m.first - verb.last <= 4]
    shape = shape_name(scene.document.text, sentence, verb.last, min(len(sentence.tokens), verb.last + 4))
    closes = [m for m in near if m.last >= len(sentence.norms) or sentence.norms[m.last] in _CLOSES_NAME]
    return bool(closes) or (shape is not None and shape[0] == verb.last)


def _object(sentence: Sentence, s: Speaker) -> bool:
    i = s.first - 1
    while i >= 0 and sentence.norms[i] in ("the", "a", "an", "its"):
        i -= 1
    return i >= 0 and sentence.norms[i] in _OBJECT_MARKERS


def _is_person(scene: Scene, s: Speaker) -> bool:
    """Whether a speaker is named as a person: one of the case's, or a name the report itself has introduced."""
    if s.anonymous or s.media or s.pronoun or " " not in s.name or not s.name[0].isupper():
        return False
    return s.name in compile_names(scene.case).people or "=" + s.name in scene.people.values()


def _segment_start(scene: Scene, sentence: Sentence, verb: Mention) -> int:
    """Where the words before a verb of saying begin: after the last direct speech or semicolon before it."""
    start = 0
    for i in range(verb.first - 1, -1, -1):
        if sentence.norms[i] in (";", "”"):
            start = i + 1
            break
        if (
            sentence.norms[i] == '"'
            and scene.quote_at(sentence.tokens[i].start - 1, sentence.tokens[i].start) is not None
        ):
            start = i + 1
            break
    return start
