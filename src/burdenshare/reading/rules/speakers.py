"""Who speaks: the words that name a speaker, found around a verb of saying."""

from __future__ import annotations

from dataclasses import dataclass

from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.mentions.names import compile_names
from burdenshare.reading.rules.grammar import name_of
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_MEDIA_NOUNS = frozenset("reports media daily newspaper outlets press newspapers dailies".split())
_AFTER_OFFICE = frozenset("of at in from with for".split())
_ARTICLES = frozenset("the a an 's ’s".split())
_PRONOUNS = frozenset("he she they it who".split())
_AFTER_SPEECH = frozenset('" ” ’ ? ! ... . ,'.split())
_OBJECT_MARKERS = frozenset("to from with by on about against of".split())
_OFFICE_WORDS = frozenset(
    "of for and the adviser advisor minister secretary president ambassador negotiator chief top".split()
)
_BEFORE_DESCRIPTION = frozenset("after before when as by to in on at from said told with".split())
_CLOSES_NAME = frozenset(". , of at who in on with from".split())

_NOT_NAMES = frozenset(
    (
        "the a an in on at for but and if when while however meanwhile according asked speaking after before "
        "since as it he she they we i you this that these those his her their its there here monday tuesday "
        "wednesday thursday friday saturday sunday january february march april may june july august september "
        "october november december last next under from with by of to no not still both each news yes mr mrs ms "
        "dr capt lt gen adm col maj sgt rep sen sec navy army"
    ).split()
)
_STOP = frozenset('that , . ; : ( ) " “ ” -- — who which while but and'.split())


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as the report names it. `first`..`last` are tokens; `anonymous` where no name is given."""

    name: str
    role: str | None
    side: str | None
    anonymous: bool
    first: int
    last: int
    media: bool = False
    pronoun: bool = False
    definite: bool = False  # "the official": someone named before


def _shape_name(text: str, sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """The first run of two to four capitalised words between tokens first..last that reads like a person's name."""
    i = first
    named = {t for m in sentence.of("name") if name_of(m).kind not in ("person",) for t in range(m.first, m.last)}
    named |= {
        t for m in sentence.cues("speaker-noun", "agreement-noun", "talks-noun") for t in range(m.first, m.last)
    }  # offices, not names
    while i < last:
        j = i
        while j < last and j - i < 5:
            raw = sentence.tokens[j].raw
            # the second half of a hyphened given name: "Cheong Seong-chang"
            after_hyphen = (
                j > i
                and sentence.tokens[j - 1].end + 1 == sentence.tokens[j].start
                and text[sentence.tokens[j].start - 1] in "-‑"
            )
            if (
                not raw[0].isalpha()
                or j in named
                or raw.lower() in _NOT_NAMES
                or not (raw[0].isupper() or after_hyphen)
            ):
                # initials: "Mark T. Esper"
                if raw == "." and j > i and len(sentence.tokens[j - 1].raw) == 1:
                    j += 1
                    continue
                break
            if raw.isupper() and len(raw) > 1:
                break
            j += 1
        words = [t for t in sentence.tokens[i:j] if t.raw[0].isalpha()]
        if 2 <= len(words) <= 4:
            return i, j
        i = max(i + 1, j)
    return None


def _media(name: str, scene: Scene) -> bool:
    return any(
        name == n for b in scene.case.bodies.values() if b.kind == "agency" for ns in b.names.values() for n in ns
    )


def _side_near(sentence: Sentence, first: int, last: int) -> str | None:
    """The side of the nearest party or body named in or just around tokens first..last."""
    for m in sentence.of("name"):
        if first - 4 <= m.first and m.last <= last + 8 and name_of(m).party:
            return name_of(m).party
    return None


def _role(scene: Scene, sentence: Sentence, m: Mention) -> str | None:
    """Words of office just before a name or in the apposition after it."""
    i = m.first
    while (
        i > 0
        and sentence.norms[i - 1] not in _STOP
        and m.first - i < 8
        and (sentence.tokens[i - 1].raw[0].isupper() or sentence.norms[i - 1] in _OFFICE_WORDS)
    ):
        i -= 1
    while i < m.first and sentence.norms[i] in ("of", "for", "and", "the"):
        i += 1
    if i < m.first:
        return scene.document.text[sentence.tokens[i].start : sentence.tokens[m.first - 1].end]
    j = m.last
    if j < len(sentence.norms) and sentence.norms[j] == ",":
        k = j + 1
        while k < len(sentence.norms) and sentence.norms[k] not in (",", ".", ";", ")") and k - j < 25:
            k += 1
        if k > j + 1 and any(j < c.first < k for c in sentence.cues("speaker-noun", "delegation")):
            start = j + 2 if sentence.norms[j + 1] in ("the", "a", "an") else j + 1
            if start < k:
                return scene.document.text[sentence.tokens[start].start : sentence.tokens[k - 1].end]
    return None


def _descriptor(scene: Scene, sentence: Sentence, noun: Mention, floor: int) -> Speaker:
    """A speaker without a name: the words around "official", "ministry", "experts"."""
    i = noun.first
    while (
        i > floor
        and noun.first - i < 7
        and (
            sentence.norms[i - 1] not in _STOP
            and (sentence.norms[i - 1][0].isalnum() or sentence.norms[i - 1] in ("'s", "’s"))
            and not any(
                m.first <= i - 1 < m.last
                and m.value.form in ("past", "present")
                and m.value.concept in ("say", "say-weak")
                for m in sentence.mentions
                if m.type == "cue"
            )
            and not sentence.norms[i - 1].isdecimal()
            and sentence.norms[i - 1] not in _BEFORE_DESCRIPTION
        )
    ):
        i -= 1
    last = noun.last
    # "members of the South Korean delegation", "sources at the South Korean foreign ministry"
    if last < len(sentence.norms) and sentence.norms[last] in _AFTER_OFFICE:
        j = last + 1
        while (
            j < len(sentence.norms)
            and sentence.norms[j] not in _STOP
            and j - last < 8
            and not any(m.first == j and m.value.form in ("past", "present") for m in sentence.cues("say", "say-weak"))
        ):
            j += 1
        last = j
    definite = sentence.norms[i] == "the" or (i > 0 and sentence.norms[i - 1] == "the")
    while i < noun.first and sentence.norms[i] in _ARTICLES:
        i += 1
    words = scene.document.text[sentence.tokens[i].start : sentence.tokens[last - 1].end]
    side = None
    for m in sentence.of("name"):
        if i <= m.first < last and name_of(m).party:
            side = name_of(m).party
            break
    if side is None and sentence.norms[noun.last - 1] == "ministry":
        side = _ministry_side(scene, sentence.norms[i : noun.last])
    anonymous = noun.value.concept == "speaker-noun" and sentence.norms[noun.last - 1] in _ANONYMOUS
    media = sentence.norms[noun.last - 1] in _MEDIA_NOUNS
    return Speaker(words, None, side, anonymous, i, last, media=media, definite=definite)


def _ministry_side(scene: Scene, words: list[str]) -> str | None:
    """Whose "foreign ministry" it is where no side is named: the one party that has a body called so."""
    kind = (
        "foreign-ministry"
        if "foreign" in words
        else "defence-ministry"
        if {"defense", "defence"} & set(words)
        else None
    )
    if kind is None:
        return None
    sides = {
        b.party
        for b in scene.case.bodies.values()
        if b.kind == kind and any("ministry" in n.lower() for ns in b.names.values() for n in ns)
    }
    return next(iter(sides)) if len(sides) == 1 else None


_ANONYMOUS = frozenset(
    (
        "official officials source sources diplomat diplomats expert experts analyst analysts observer observers "
        "critics insider insiders lawmaker lawmakers aide aides members watchers scholars senator senators "
        "veteran veterans economists activists leaders spokesperson spokesman"
    ).split()
)


def _from_name(scene: Scene, sentence: Sentence, m: Mention) -> Speaker:
    name = name_of(m)
    words = scene.document.text[m.start : m.end]
    if name.kind == "person":
        person = scene.case.people[name.ref]
        preferred = person.names.get(scene.lang) or next(iter(person.names.values()), (words,))
        return Speaker(preferred[0], _role(scene, sentence, m), person.party, False, m.first, m.last)
    if name.kind == "body":
        body = scene.case.bodies.get(name.ref)
        media = bool(body and body.kind == "agency")
        return Speaker(words, None, name.party, False, m.first, m.last, media=media)
    if name.kind == "post":
        return Speaker(words, words, name.party, True, m.first, m.last)
    return Speaker(words, None, name.party, False, m.first, m.last)


def _candidates(scene: Scene, sentence: Sentence, first: int, last: int) -> list[Speaker]:
    """Every speaker named between tokens first..last, in order."""
    out: list[Speaker] = []
    taken: set[int] = set()
    names = [m for m in sentence.of("name") if first <= m.first < last]
    for m in names:
        if name_of(m).kind in ("person",):
            out.append(_from_name(scene, sentence, m))
            taken.update(range(m.first, m.last))
    shape = _shape_name(scene.document.text, sentence, first, last)
    if shape and not taken & set(range(*shape)):
        i, j = shape
        words = scene.document.text[sentence.tokens[i].start : sentence.tokens[j - 1].end]
        holder = Mention("person", i, j, sentence.tokens[i].start, sentence.tokens[j - 1].end, words)
        lead = words.split()
        scene.people.setdefault(lead[-1].lower(), "=" + words)
        scene.people.setdefault(lead[0].lower(), "=" + words)
        out.append(Speaker(words, _role(scene, sentence, holder), _side_near(sentence, i - 3, j), False, i, j))
        taken.update(range(i, j))
    for noun in sentence.cues("speaker-noun", "delegation"):
        if first <= noun.first and noun.last <= last and noun.first not in taken:
            found = _descriptor(scene, sentence, noun, first)
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
            out.append(_from_name(scene, sentence, m))
    for i in range(first, last):
        if sentence.norms[i] in _PRONOUNS:
            out.append(Speaker(sentence.norms[i], None, None, False, i, i + 1, pronoun=True))
        elif sentence.tokens[i].raw[0].isupper() and i not in taken:
            known = scene.people.get(sentence.norms[i], "")
            if known.startswith("="):
                out.append(Speaker(known[1:], None, None, False, i, i + 1))
    return sorted(out, key=lambda s: s.first)


def speaker_of(scene: Scene, sentence: Sentence, verb: Mention) -> Speaker | None:
    """The subject of a verb of saying: before it, or after it where the verb follows the words spoken."""
    norms = sentence.norms
    after_quote = verb.first > 0 and norms[verb.first - 1] in _AFTER_SPEECH
    if after_quote and verb.value.form in ("past", "present") and _inverted(scene, sentence, verb):
        end = verb.last
        while end < len(norms) and norms[end] not in (".", ";", '"', "“") and end - verb.last < 22:
            end += 1
        found = [s for s in _candidates(scene, sentence, verb.last, end) if not s.pronoun or s.first <= verb.last + 1]
        # What follows at once: "said Kim Jun-seok", "says Donald Trump", "said the U.S. deputy ..., Timothy Betts"
        people = [s for s in found if _is_person(scene, s) and s.first - verb.last <= 18]
        if people:
            return people[0]
        if found and found[0].first - verb.last <= 3:
            return found[0]
    start = _segment_start(scene, sentence, verb)
    found = _candidates(scene, sentence, start, verb.first)
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
    shape = _shape_name(scene.document.text, sentence, verb.last, min(len(sentence.tokens), verb.last + 4))
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
