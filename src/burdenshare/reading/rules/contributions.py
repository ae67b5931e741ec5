"""Contributions: what the host pays or paid, its shares and its categories."""

from __future__ import annotations

from typing import Any

from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.changes import change_of, changes_in, figure, is_change, is_cut, moved_by, period_of
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import (
    clause_bounds,
    date_in,
    name_of,
)
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_LOOSE_PAYING = frozenset({"meet", "carry", "put", "share", "set aside", "owe"})
_INTO = frozenset("into for to on toward towards".split())


def into_category(sentence: Sentence, m: Mention) -> str | None:
    """ "46 per cent of it went into construction, 39 per cent into wages": the category a share goes to."""
    for concept in ("labour", "construction", "logistics"):
        for c in sentence.cues(concept):
            between = sentence.norms[m.last : c.first]
            if 0 < c.first - m.last <= 7 and not _INTO.isdisjoint(between) and "," not in between:
                return concept
    return None


def contribution(
    scene: Scene, frame: Frame, sentence: Sentence, m: Mention, *, base: bool, mine: list[Mention] | None = None
) -> Draft:
    """The draft of what the host pays or paid; a `base` is a sum that another one is compared with."""
    first, last = clause_bounds(sentence, m.first)
    if base:
        first, last = max(first, m.first - 4), min(last, m.last + 5)
    fields: dict[str, Any] = {"side": frame.host}
    stop = next((x.first for x in sentence.of("money") if x.first > m.first), len(sentence.tokens))
    when, inferred, _ = date_in(sentence, m.last, min(m.last + 5, stop))
    if when is None:
        when, inferred, _ = date_in(sentence, first, min(last, m.last + 12))
    if when is None:
        when, inferred, _ = date_in(
            sentence, max(0, m.first - 10), min(len(sentence.tokens), m.last + (10 if base else 8))
        )
    since = [d for d in sentence.of("date") if d.value.since and abs(d.first - m.first) < 25]
    if since and since[0].value.past and "/" not in since[0].value.past:
        when = since[0].value.past + "/.."
    if (moved := moved_by(sentence, m)) is not None:
        fields["change"] = moved
    elif m.type == "money":
        fields["amount"] = m.value
    elif m.type in ("percent", "multiple") and is_change(sentence, m):
        fields["change"] = change_of(m, cut=is_cut(sentence, m))
    else:
        fields["share_percent"] = figure(m.value)
    fields.update(changes_in(sentence, mine or []))
    fields["per"] = period_of(sentence, m)
    fields["when"] = when
    if sentence.has("unspent"):
        fields["category"] = "unspent"
    elif "share_percent" in fields:
        named = [c for c in ("labour", "construction", "logistics") if sentence.has(c)]
        if len(named) == 1:
            fields["category"] = named[0]
        elif sentence.has("workers"):
            fields["category"] = "labour"
        fields["share_of"] = "contribution" if "category" in fields else "cost"
    if mine:
        last = max(min(last, m.last + 12), *(x.last for x in mine))
    return draft(
        "contribution",
        sentence,
        min(first, m.first),
        max(last, m.last),
        inferred=["when"] if inferred else (),
        **fields,
    )


def bare_payments(frame: Frame, sentence: Sentence) -> list[Draft]:
    """ "has shouldered a part of the costs since 1991", "three categories: labour, ..."."""
    host = [n for n in sentence.of("name") if name_of(n).party == frame.host and name_of(n).kind in ("party", "body")]
    named = [c for c in ("labour", "construction", "logistics") if sentence.has(c)]
    if named and "labour" not in named and sentence.has("workers"):
        named = ["labour", *named]
    categories = tuple(named) if len(named) >= 2 else None
    dated = [
        d
        for d in sentence.of("date")
        if d.value.past
        and (
            d.value.since
            or "since" in sentence.norms[max(0, d.first - 10) : d.first]
            or d.value.shape == "decade"
            or (d.value.shape == "year" and sentence.has("begin"))
        )
    ]
    for cue in sentence.cues("pay"):
        if cue.value.word in _LOOSE_PAYING or not host:
            continue
        first, last = clause_bounds(sentence, cue.first)
        if "how" in sentence.norms[max(0, cue.first - 6) : cue.first]:
            continue
        near = [d for d in dated if abs(d.first - cue.first) <= 30]
        part = any(
            n in ("part", "portion", "half") for n in sentence.norms[cue.last : cue.last + 4]
        ) and cue.value.form in ("past", "participle", "gerund")
        if part and not near:
            near = [d for d in sentence.of("date") if d.value.past and abs(d.first - cue.first) <= 20][:1]
        if not near and not categories and not part:
            continue
        when = near[0].value.past if near else None
        if (
            near
            and (near[0].value.since or "since" in sentence.norms[max(0, near[0].first - 10) : near[0].first])
            and when
            and "/" not in when
        ):
            when += "/.."
        last = max([last, *(d.last for d in near)])
        if near and near[0].last < first:
            first = near[0].first
        return [draft("contribution", sentence, first, last, side=frame.host, when=when, categories=categories)]
    if (
        categories
        and sentence.has("contribution-noun", "share", "pay", "workers")
        and not sentence.has("conditional", "suspend", "furlough")
    ):
        cues = sentence.cues("labour", "construction", "logistics")
        first, _ = clause_bounds(sentence, cues[0].first)
        return [draft("contribution", sentence, first, cues[-1].last, side=frame.host, categories=categories)]
    return []
