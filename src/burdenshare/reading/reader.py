"""From a document and a case to claims: a pure function, the same in, the same out."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import Any

from babel import Locale

from burdenshare.case.model import Case
from burdenshare.reading import attribution
from burdenshare.reading.claim import KINDS, Claim
from burdenshare.reading.frame import Frame, frame
from burdenshare.reading.relevance import RELEVANT, about
from burdenshare.reading.result import Reading
from burdenshare.reading.rules.appointments import appointments
from burdenshare.reading.rules.consequences import consequences
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.events import events
from burdenshare.reading.rules.headcounts import headcounts
from burdenshare.reading.rules.ko import report as korean
from burdenshare.reading.rules.lengths import lengths
from burdenshare.reading.rules.linkages import linkages
from burdenshare.reading.rules.rounds import Current, reconcile, rounds
from burdenshare.reading.rules.statements import Speech, statements
from burdenshare.reading.rules.sums import sums
from burdenshare.reading.rules.terms import terms
from burdenshare.reading.scene import Scene, Sentence, build
from burdenshare.sources import Document

LANGUAGES = ("en", "ko")
_NAME = itemgetter(0)


def unread(document: Document) -> str:
    """The sentence for a report in a language that is not read; empty where it is."""
    lang = document.lang or "en"
    if lang in LANGUAGES:
        return ""
    name = Locale.parse("en").languages.get(lang, lang)
    return f"reports in {name} are kept but not read"


def read(document: Document, case: Case) -> Reading:
    """The claims of one report for one case, in the order of their words.

    A report in a language without a lexicon, or about something else, yields no claims and a note that says so.
    """
    lang = document.lang or "en"
    if note := unread(document):
        return Reading((), {}, f"no claims were taken: {note}")
    if about(document, case) < RELEVANT:
        return Reading((), {}, f"no claims were taken: the report does not speak of {_title(case)}")
    scene, found, drafts = korean.drafts_of(document, case) if lang == "ko" else _english(document, case)
    passed = _passed_over(scene, drafts)
    voices, source = attribution.Voices(scene), document.id
    claims = [_claim(scene, found, d, voices=voices, source=source) for d in _once(drafts)]
    claims.sort(key=lambda c: (c.start, c.end, c.kind))
    return Reading(tuple(claims), dict(passed))


def _english(document: Document, case: Case) -> tuple[Scene, Frame, list[Draft]]:
    """The scene, the frame and the drafts of an English report."""
    scene = build(document, case, lang="en")
    found = frame(scene)
    drafts: list[Draft] = []
    current, speech = Current(agreement=None), Speech()
    for sentence in scene.sentences:
        some, current, speech = _sentence(scene, found, sentence, current, speech)
        drafts += some
    reconcile(drafts)
    return scene, found, drafts


def _title(case: Case) -> str:
    return (case.title.get("en") or next(iter(case.title.values()), (case.id,)))[0]


def _sentence(
    scene: Scene, found: Frame, sentence: Sentence, current: Current, speech: Speech
) -> tuple[list[Draft], Current, Speech]:
    hard: list[Draft] = sums(scene, found, sentence)
    met, current = rounds(scene, found, sentence, current)
    hard += met
    told = terms(scene, found, sentence)
    if any(d.fields["event"] == "talks-start" for d in told):  # the talks as a whole, no meeting of them
        of_one = ("number", "count", "city", "venue")
        hard = [d for d in hard if d.kind != "round" or any(k in d.fields for k in of_one)]
    hard += told
    hard += lengths(scene, found, sentence)
    hard += headcounts(scene, found, sentence)
    hard += consequences(scene, found, sentence)
    hard += linkages(scene, found, sentence)
    hard += appointments(scene, found, sentence)
    said, speech = statements(scene, found, sentence, speech, hard)
    return [*hard, *said, *events(scene, found, sentence)], current, speech


def _once(drafts: list[Draft]) -> list[Draft]:
    """Each draft once: the same kind, words and fields twice is one claim."""
    seen: set[tuple[Any, ...]] = set()
    out = []
    beside: dict[tuple[str, int], list[Draft]] = {}  # by kind and sentence: only these can cover one another
    for d in drafts:
        key = (d.kind, d.start, d.end, repr(sorted(d.fields.items(), key=_NAME)))
        if key not in seen:
            seen.add(key)
            out.append(d)
            beside.setdefault((d.kind, d.sentence.index), []).append(d)
    return [d for d in out if not any(_covered(d, o) for o in beside[d.kind, d.sentence.index])]


def _covered(d: Draft, other: Draft) -> bool:
    """Whether another draft of this kind on overlapping words of the sentence says all that this one says, and more."""
    if d is other or d.start >= other.end or other.start >= d.end:
        return False
    said = all(other.fields.get(k) == v for k, v in d.fields.items())
    within = (other.start, -other.end) < (d.start, -d.end) and d.end <= other.end
    return said and (len(d.fields) < len(other.fields) or (len(d.fields) == len(other.fields) and within))


def _passed_over(scene: Scene, drafts: list[Draft]) -> Counter[str]:
    """Counts the sums and changes no rule could use, so that one can see what the reader passes over."""
    passed: Counter[str] = Counter()
    used: dict[int, list[Draft]] = {}
    for d in drafts:
        used.setdefault(d.sentence.index, []).append(d)
    for sentence in scene.sentences:
        for m in sentence.of("money", "percent", "multiple"):
            if not any(d.start < m.end and m.start < d.end for d in used.get(sentence.index, ())):
                passed[f"{m.type} without a rule"] += 1
    return passed


def _claim(scene: Scene, found: Frame, d: Draft, *, voices: attribution.Voices, source: str) -> Claim:
    chain = d.said_by if d.said_by is not None else (() if d.kind == "statement" else voices.of(d.sentence))
    agreement, inferred = d.agreement, set(d.inferred)
    if agreement is None and d.kind == "round" and found.talks is not None and "count" not in d.fields:
        agreement = found.talks
        inferred.add("agreement")
    return KINDS[d.kind](
        case=scene.case.id,
        source=source,
        start=d.start,
        end=d.end,
        quote=scene.document.text[d.start : d.end],
        said_by=chain,
        modality=attribution.modality(d.sentence, d, chain),  # type: ignore[arg-type]
        agreement=agreement,
        inferred=tuple(sorted(inferred)),
        **d.fields,
    )
