"""Speakers: who the words of a name, an office or a description stand for."""

from __future__ import annotations

from dataclasses import dataclass

from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.grammar import name_of
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_MEDIA_NOUNS = frozenset("reports media daily newspaper outlets press newspapers dailies".split())
_AFTER_OFFICE = frozenset("of at in from with for".split())
_ARTICLES = frozenset("the a an 's ’s".split())
_OFFICE_WORDS = frozenset(
    "of for and the adviser advisor minister secretary president ambassador negotiator chief top".split()
)
_BEFORE_DESCRIPTION = frozenset("after before when as by to in on at from said told with".split())
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


def shape_name(text: str, sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """The first run of two to four capitalised words between tokens first..last that reads like a person's name."""
    i = first
    if not any(t.raw[0].isupper() for t in sentence.tokens[first:last]):
        return None
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


def side_near(sentence: Sentence, first: int, last: int) -> str | None:
    """The side of the nearest party or body named in or just around tokens first..last."""
    for m in sentence.of("name"):
        if first - 4 <= m.first and m.last <= last + 8 and name_of(m).party:
            return name_of(m).party
    return None


def role_of(scene: Scene, sentence: Sentence, m: Mention) -> str | None:
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


def described(scene: Scene, sentence: Sentence, noun: Mention, floor: int) -> Speaker:
    """A speaker without a name: the words around "official", "ministry", "experts"."""
    i = noun.first
    told = {
        t
        for m in sentence.cues("say", "say-weak")
        if m.value.form in ("past", "present")
        for t in range(m.first, m.last)
    }
    while (
        i > floor
        and noun.first - i < 7
        and (
            sentence.norms[i - 1] not in _STOP
            and (sentence.norms[i - 1][0].isalnum() or sentence.norms[i - 1] in ("'s", "’s"))
            and i - 1 not in told
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


def speaker_named(scene: Scene, sentence: Sentence, m: Mention) -> Speaker:
    """The speaker that a name of the case stands for."""
    name = name_of(m)
    words = scene.document.text[m.start : m.end]
    if name.kind == "person":
        person = scene.case.people[name.ref]
        preferred = person.names.get(scene.lang) or next(iter(person.names.values()), (words,))
        return Speaker(preferred[0], role_of(scene, sentence, m), person.party, False, m.first, m.last)
    if name.kind == "body":
        body = scene.case.bodies.get(name.ref)
        media = bool(body and body.kind == "agency")
        return Speaker(words, None, name.party, False, m.first, m.last, media=media)
    if name.kind == "post":
        return Speaker(words, words, name.party, True, m.first, m.last)
    return Speaker(words, None, name.party, False, m.first, m.last)
