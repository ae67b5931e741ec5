"""All Korean rules over one report: drafts in order, each with who vouches for it and how it is put."""

from __future__ import annotations

import re

from burdenshare.case.model import Case
from burdenshare.reading.frame import Frame
from burdenshare.reading.korean.parse import Parse
from burdenshare.reading.korean.scene import build
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.appointments import appointments
from burdenshare.reading.rules.ko.around import events, linkages
from burdenshare.reading.rules.ko.consequences import consequences
from burdenshare.reading.rules.ko.deals import deals
from burdenshare.reading.rules.ko.headcounts import headcounts
from burdenshare.reading.rules.ko.positions import positions
from burdenshare.reading.rules.ko.rounds import Current, rounds
from burdenshare.reading.rules.ko.setting import Setting, frame_of, parses_of
from burdenshare.reading.rules.ko.speakers import sources, speaker_of
from burdenshare.reading.rules.ko.statements import Speech, saying, statements
from burdenshare.reading.rules.ko.sums import sums
from burdenshare.reading.rules.ko.terms import terms
from burdenshare.reading.scene import Scene
from burdenshare.sources import Document

_ENTRY_ENDS = re.compile(r"(?:\.\.\.|…)\s?\[[^\[\]\n]{1,12}\]\s*$")  # "...[더보기]": the end of a teaser


def drafts_of(document: Document, case: Case) -> tuple[Scene, Frame, list[Draft]]:
    """The scene, the frame and the drafts of a Korean report."""
    scene = build(document, case)
    parses = parses_of(scene)
    setting = Setting(scene, parses, frame_of(scene, parses))
    current, speech = Current(), Speech()
    out: list[Draft] = []
    passed = _other_stories(parses)
    for parse in parses:
        if parse.sentence.line.paragraph in passed:
            continue
        some, current, speech = _sentence(setting, parse, current, speech)
        chain = _voices(setting, parse)
        for d in some:
            if d.said_by is None:
                d.said_by = chain
            d.modality = d.modality or _modality(parse, d, d.said_by)
        out += some
    return scene, setting.frame, _once_told(out)


def _other_stories(parses: list[Parse]) -> set[int]:
    """Paragraphs of a page that lists several stories which do not speak of these talks."""
    if sum(1 for p in parses if _ENTRY_ENDS.search(p.words)) < 2:
        return set()
    told: dict[int, bool] = {}
    for p in parses:
        k = p.sentence.line.paragraph
        told[k] = told.get(k, False) or bool(p.names("topic", "series")) or p.has("furlough")
    return {k for k, ours in told.items() if not ours}


def _sentence(setting: Setting, parse: Parse, current: Current, speech: Speech) -> tuple[list[Draft], Current, Speech]:
    hard = sums(setting, parse)
    hard += positions(setting, parse, hard)
    met, current = rounds(setting, parse, current)
    hard += met
    hard += deals(setting, parse, hard)
    hard += terms(setting, parse)
    hard += headcounts(setting, parse)
    hard += consequences(setting, parse)
    soft = [*linkages(setting, parse), *appointments(setting, parse), *events(setting, parse)]
    said, speech = statements(setting, parse, speech, [*hard, *soft])
    soft += said
    return [*hard, *soft], current, speech


def _once_told(drafts: list[Draft]) -> list[Draft]:
    """Events once a type and day: the vote that a report comes back to is one event."""
    seen: set[tuple[str, str | None]] = set()
    out = []
    ordered = sorted(drafts, key=lambda d: d.sentence.headline)  # the body tells more than the headline
    for d in ordered:
        if d.kind == "event":
            key = d.fields["type"], d.fields.get("when")
            if key in seen:
                continue
            seen.add(key)
        out.append(d)
    return out


def _voices(setting: Setting, parse: Parse) -> tuple[str, ...]:
    """Those who vouch for a sentence, nearest to the fact first."""
    chain = sources(parse)
    media: list[str] = []
    for h in saying(parse):
        who = speaker_of(setting, parse, h)
        if who is not None:
            (media if who.media else chain).append(who.name)
    return tuple(dict.fromkeys([*chain, *media]))


def _modality(parse: Parse, d: Draft, chain: tuple[str, ...]) -> str:
    """How a claim is put: stated, reported, expected, conditional or denied."""
    if d.fields.get("outcome") == "scheduled":
        return "expected"
    if d.kind in ("linkage", "consequence") and parse.within(d.start, d.end, "deny"):
        return "denied"
    if d.kind in ("linkage", "consequence", "cost") and parse.within(d.start, d.end, "conditional"):
        return "conditional"
    if parse.has("hearsay") or chain:
        return "reported"
    if d.kind in ("term", "settlement") and parse.within(d.start, min(parse.end, d.end + 12), "future"):
        return "expected"
    return "stated"
