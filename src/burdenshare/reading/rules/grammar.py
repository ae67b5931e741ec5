"""Who does what: subjects, sides, tense and the extent of a clause, from mentions alone."""

from __future__ import annotations

from burdenshare.case.model import Name
from burdenshare.reading.mentions.mention import DateValue, Mention
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_STAND_INS = frozenset("it this that which they".split())
_NEGATIONS = frozenset("not no never n't neither nor t".split())
_FORMS_OF_BE = frozenset("is are was were been be being".split())

_OBJECT_MARKERS = frozenset(
    (
        "from on for of with to by in at against between among toward towards about over into under upon across "
        "around near outside inside through"
    ).split()
)
_ARTICLES = frozenset("the a an both its his her their all".split())


def clause_bounds(sentence: Sentence, at: int) -> tuple[int, int]:
    """First and last (exclusive) token of the clause that token `at` stands in."""
    number = sentence.clauses[at]
    first = at
    while first > 0 and sentence.clauses[first - 1] == number:
        first -= 1
    last = at + 1
    while last < len(sentence.tokens) and sentence.clauses[last] == number:
        last += 1
    return first, last


def name_of(mention: Mention) -> Name:
    """The case name a name mention stands for."""
    value = mention.value
    assert isinstance(value, Name)
    return value


def _possessive(sentence: Sentence, mention: Mention) -> bool:
    return mention.last < len(sentence.norms) and sentence.norms[mention.last] in ("'s", "’s", "'", "’")


def _after_preposition(sentence: Sentence, first: int) -> bool:
    i = first - 1
    while i >= 0 and sentence.norms[i] in _ARTICLES:
        i -= 1
    return i >= 0 and sentence.norms[i] in _OBJECT_MARKERS


def _phrase_start(sentence: Sentence, mention: Mention) -> int:
    """The token at which a run of names begins: "to U.S. President Donald Trump" has one preposition for all."""
    first = mention.first
    for n in reversed(sentence.of("name")):
        if n.last == first:
            first = n.first
    return first


def actors(sentence: Sentence) -> list[Mention]:
    """Names that can act for a side: parties, bodies, people and posts that belong to one."""
    return [
        m
        for m in sentence.of("name")
        if name_of(m).party is not None and name_of(m).kind in ("party", "body", "person", "post")
    ]


def subject(sentence: Sentence, at: int, *, back: int = 40) -> Mention | None:
    """The actor that governs the verb at token `at`: the nearest before it that is no object of a preposition.

    A name that only qualifies another noun ("U.S. troops", "South Korean media") still stands for its side where
    nothing better is found.
    """
    weak = None
    clause = sentence.clauses[at]
    for m in actors(sentence):
        # "the Trump administration's demand", "U.S. demands": the owner stands just before the noun.
        if 0 <= at - m.last <= 1 and (at == m.last or _possessive(sentence, m)):
            return m
    for m in reversed(actors(sentence)):
        if m.last > at:
            continue
        if at - m.last > back:
            break
        if _after_preposition(sentence, _phrase_start(sentence, m)):
            if weak is None and sentence.clauses[m.first] == clause:
                weak = m
            continue
        return m
    return weak


def by_agent(sentence: Sentence, at: int) -> Mention | None:
    """The actor of a passive: "was asked for by Washington", "demand from the US"."""
    for m in actors(sentence):
        if m.first <= at or m.first - at > 12:
            continue
        i = m.first - 1
        while i > at and sentence.norms[i] in _ARTICLES:
            i -= 1
        if sentence.norms[i] in ("by", "from"):
            return m
    return None


def passive(sentence: Sentence, at: int) -> bool:
    """Whether the verb at `at` is passive: a form of "be" stands just before it."""
    verb = next((m for m in sentence.mentions if m.type == "cue" and m.first == at and m.value.form == "gerund"), None)
    return verb is None and not _FORMS_OF_BE.isdisjoint(sentence.norms[max(0, at - 2) : at])


def told_before(scene: Scene, sentence: Sentence, concept: str) -> bool:
    """Whether "it", "which" or "that" may stand for a thing of the concept named in the sentence before."""
    opens = not _STAND_INS.isdisjoint(sentence.norms[:4])
    return opens and sentence.index > 0 and scene.sentences[sentence.index - 1].has(concept)


def negated(sentence: Sentence, at: int, *, back: int = 4) -> bool:
    """Whether a negation stands within a few tokens before `at`."""
    return not _NEGATIONS.isdisjoint(sentence.norms[max(0, at - back) : at])


def future(sentence: Sentence, first: int, last: int) -> bool:
    """Whether tokens first..last speak of what is to come."""
    return any(first <= m.first < last for m in sentence.cues("future"))


def date_in(
    sentence: Sentence, first: int, last: int, *, ahead: bool = False, shapes: tuple[str, ...] = ()
) -> tuple[str | None, bool, Mention | None]:
    """The first date among tokens first..last as EDTF, whether it was worked out, and its mention."""
    best = None
    for m in sentence.of("date"):
        if first <= m.first < last and (not shapes or m.value.shape in shapes):
            value: DateValue = m.value
            text = value.future if ahead or (value.until and value.future) else value.past
            if text is None:
                continue
            rank = {"day": 0, "span": 0, "end": 0, "weekday": 1, "part": 2, "month": 3, "year": 5, "decade": 4}.get(
                value.shape, 6
            )
            if best is None or rank < best[0]:
                best = (rank, text, value.inferred, m)
    return (best[1], best[2], best[3]) if best else (None, False, None)


def years_of(mention: Mention) -> float | None:
    """The length in years of a duration mention, or None where it is given in a shorter unit."""
    number, unit = mention.value
    return number.value if unit == "year" and number.value is not None else None
