"""Statements: what a speaker says, quoted or paraphrased; one claim a speaker and sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.mentions.names import compile_names
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import date_in, name_of, passive
from burdenshare.reading.rules.speakers import Speaker, speaker_named
from burdenshare.reading.rules.speaking import candidates, speaker_of
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_BARE_OFFICES = frozenset(
    "ministry official statement delegation embassy department report article document editorial".split()
)
_BARE_PERSONS = frozenset(
    "official expert analyst minister secretary negotiator spokesman source professor envoy president".split()
)
_TELLING = frozenset(
    {
        *(
            "be hopeful",
            "expect",
            "foresee",
            "doubt",
            "brush off",
            "play down",
            "voice",
            "express",
            "welcome",
            "praise",
        ),
        *("praise", "criticize", "criticise", "denounce", "condemn", "applaud", "hail", "take aim", "put the blame"),
    }
)
_BEFORE_BASE = frozenset("they officials sources experts analysts observers lawmakers critics many some".split())
# Direct speech shorter than this is a word in quotation marks ("airtight"), not a statement by itself. In 41 real
# reports the shortest statement of its own has four words.
_QUOTE_WORDS = 4
_SINGULAR = frozenset(
    (
        "official expert analyst minister secretary negotiator spokesman spokesperson spokeswoman source "
        "professor envoy president ambassador diplomat lawmaker chief"
    ).split()
)
_PICTURING = frozenset("paint portray describe call accuse blame criticize criticise denounce dismiss".split())


@dataclass(frozen=True, slots=True)
class Speech:
    """Who spoke last, for "he said" and for quoted sentences that name nobody."""

    speaker: Speaker | None = None
    quote_end: int = -1


def saying(sentence: Sentence) -> list[Mention]:
    """Verbs of saying that can carry a statement, in order."""
    out = []
    for m in sentence.cues("say", "say-weak"):
        denied = m.value.form == "base" and any(
            n in ("does", "did", "do") for n in sentence.norms[max(0, m.first - 3) : m.first]
        )
        has_saying = (
            m.value.form == "gerund"
            and m.value.word == "say"
            and m.first
            and (
                sentence.norms[m.first - 1] == "as"
                or any(n.last == m.first and name_of(n).kind == "person" for n in sentence.of("name"))
            )
        )
        if (
            m.value.form == "gerund"
            and not has_saying
            and not (
                m.first
                and sentence.norms[m.first - 1] in (",", "...")
                and (m.value.concept == "say" or m.value.word in _PICTURING)
            )
        ):
            continue
        bare = m.value.form == "base" and not denied
        if bare and (m.value.concept == "say-weak" or not m.first or sentence.norms[m.first - 1] not in _BEFORE_BASE):
            continue
        if passive(sentence, m.first) and m.value.word not in ("be quoted as saying", "be hopeful"):
            continue
        out.append(m)
    return out


def _full(s: Speaker, last: Speaker | None) -> Speaker | None:
    """The speaker a pronoun or a bare "the ministry" stands for."""
    if s.pronoun:
        return last
    if last is not None and s.side is None and not s.anonymous and s.name.lower() in _BARE_OFFICES:
        return last if not last.media else s
    if (
        last is not None
        and s.definite
        and not last.media
        and s.side in (None, last.side)
        and s.name.lower().split()[-1] in _SINGULAR
        and not last.pronoun
    ):
        return last
    if last is not None and s.side is None and s.name.lower() in _BARE_PERSONS:
        return last
    return s


def statements(
    scene: Scene, frame: Frame, sentence: Sentence, speech: Speech, hard: Sequence[Draft]
) -> tuple[list[Draft], Speech]:
    """Drafts of statements in a sentence and the speaker it leaves the report with.

    `hard` are the sentence's drafts of other kinds: what one of them tells is no statement besides.
    """
    text, line = scene.document.text, sentence.line
    quotes = [q for q in scene.quotes_in(line.start, line.end) if _speech(text[q[0] : q[1]])]
    attributed = _according(scene, sentence)
    named, out = _paraphrase(scene, sentence, speech.speaker, hard, quoted=bool(quotes))
    if named is None and attributed is not None:
        resolved = _full(attributed, speech.speaker)
        if resolved is not None and not resolved.media:
            named = resolved
            whole = (0, len(sentence.tokens))
            if not quotes and not _carried(sentence, hard, whole):
                out.append(_draft(sentence, whole, resolved, direct=False, when=None, inferred=False))
    who = named or speech.speaker
    if quotes and who is None and speech.quote_end < line.start:
        who = _lead_in(scene, sentence)
    if quotes and who is not None:
        # A sentence whose quoted words come with a paraphrase of the same speaker is one statement.
        out.append(_quotation(sentence, quotes[0], who))
    closing = quotes[-1][1] if quotes and quotes[-1][1] >= line.end - 1 else speech.quote_end
    return out, Speech(named or speech.speaker, closing)


def _paraphrase(
    scene: Scene, sentence: Sentence, last: Speaker | None, hard: Sequence[Draft], *, quoted: bool
) -> tuple[Speaker | None, list[Draft]]:
    """The speaker of the sentence's verbs of saying, and the statement where nothing else carries the words."""
    outside = [v for v in saying(sentence) if scene.quote_at(v.start, v.end) is None]
    named: Speaker | None = None
    for verb in sorted(outside, key=lambda v: (v.value.concept != "say", v.first)):
        found = speaker_of(scene, sentence, verb)
        resolved = _full(found, last) if found is not None else None
        if found is None or resolved is None or resolved.media:
            continue
        named = resolved
        direct = bool(scene.quotes_in(sentence.line.start, sentence.line.end))
        if not direct and not _carries_statement(sentence, verb):
            continue
        content = _content(sentence, verb, found)
        if content is None:
            continue
        if quoted:
            return named, []
        if resolved.name in compile_names(scene.case).parties or _carried(sentence, hard, content):
            continue
        when, inferred, _ = date_in(sentence, max(0, verb.first - 10), verb.last + 6, shapes=("weekday", "day"))
        return named, [_draft(sentence, content, resolved, direct=direct, when=when, inferred=inferred)]
    return named, []


def _carries_statement(sentence: Sentence, verb: Mention) -> bool:
    """Whether a verb of saying carries a statement without direct speech: weak ones ("expects") need a "that"."""
    return (
        verb.value.concept != "say-weak"
        or verb.value.form in ("gerund", "base")
        or verb.value.word in _TELLING
        or _that(sentence, verb)
    )


def _quotation(sentence: Sentence, quote: tuple[int, int], who: Speaker) -> Draft:
    """The statement of a stretch of direct speech, given as characters of the text."""
    start, end = quote
    first = next(i for i, t in enumerate(sentence.tokens) if t.end > start)
    last = next((i for i, t in enumerate(sentence.tokens) if t.start >= end), len(sentence.tokens))
    when, inferred, _ = date_in(sentence, last, len(sentence.tokens), shapes=("weekday", "day"))
    made = _draft(sentence, (first, last), who, direct=True, when=when, inferred=inferred)
    made.start, made.end = start, min(end, sentence.line.end)
    return made


def _that(sentence: Sentence, verb: Mention) -> bool:
    """Whether a clause follows the verb: "argued that", "expects no shift"."""
    after = sentence.norms[verb.last : verb.last + 8]
    return "that" in after[:5]


def _speech(words: str) -> bool:
    """Whether words in quotation marks are speech: not a word or two, not a title in capitals."""
    parts = words.strip('"“”,. ').split()
    if len(parts) < _QUOTE_WORDS:
        return False
    return sum(w[0].isupper() for w in parts) < 0.7 * len(parts)


# A paraphrase that carries one of these is told as that claim, with the speaker as its source.
_TOLD = frozenset("round settlement term headcount consequence position contribution appointment cost".split())


def _carried(sentence: Sentence, hard: Sequence[Draft], content: tuple[int, int]) -> bool:
    """Whether what is said is carried by another claim already."""
    start = sentence.tokens[content[0]].start
    end = sentence.tokens[min(content[1], len(sentence.tokens)) - 1].end
    return any(d.kind in _TOLD and d.start < end and start < d.end for d in hard)


def _content(sentence: Sentence, verb: Mention, who: Speaker) -> tuple[int, int] | None:
    """The tokens of what is said: the words after the verb, or before it where the verb closes the sentence."""
    n = len(sentence.tokens)
    if (
        verb.first > 0
        and sentence.norms[verb.first - 1] in (",", '"', "”", "...")
        and verb.first > 6
        and n - verb.last < max(14, verb.first)
    ):
        return 0, verb.first
    if (
        who.last <= verb.first
        and who.first > 6
        and sentence.norms[who.first - 1] in (",", "”", '"')
        and n - verb.last < 8
    ):
        return 0, who.first
    if n - verb.last < 3:
        return (0, verb.first) if verb.first > 5 else None
    return min(who.first, verb.first) if who.first < verb.first else verb.first, n


def _according(scene: Scene, sentence: Sentence) -> Speaker | None:
    """The source of "according to X", "X was quoted by": a speaker made from the words after the cue."""
    for cue in sentence.cues("attribution"):
        end = cue.last
        while end < len(sentence.norms) and sentence.norms[end] not in (",", ".", ";") and end - cue.last < 12:
            end += 1
        found = [s for s in candidates(scene, sentence, cue.last, end) if not s.pronoun]
        if found:
            return next((s for s in found if _is_name(scene, s)), found[0])
    return None


def _is_name(scene: Scene, s: Speaker) -> bool:
    """Whether a speaker is named as a person or body."""
    known = compile_names(scene.case)
    return s.name in known.people or s.name in known.bodies


def _lead_in(scene: Scene, sentence: Sentence) -> Speaker | None:
    """A quoted phrase without a verb of saying: the nearest person or body before it."""
    for m in reversed(sentence.of("name")):
        if name_of(m).kind in ("person", "body"):
            return speaker_named(scene, sentence, m)
    return None


def _draft(
    sentence: Sentence, tokens: tuple[int, int], who: Speaker, *, direct: bool, when: str | None, inferred: bool
) -> Draft:
    return draft(
        "statement",
        sentence,
        *tokens,
        speaker=who.name,
        role=who.role,
        side=who.side,
        anonymous=who.anonymous,
        direct=direct,
        when=when,
        inferred=["when"] if inferred and when else (),
    )
