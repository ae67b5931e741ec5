"""Shares of gross domestic product: what a member of an alliance spends, is asked to spend, or refuses.

Only for cases that say so (`gdp_shares = true`); elsewhere such a share is background.
"""

from __future__ import annotations

from burdenshare.reading.frame import LEAD, Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.changes import figure
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.governors import demand_like, extent, governor_of, stance
from burdenshare.reading.rules.grammar import actors, clause_bounds, date_in, name_of, negated
from burdenshare.reading.scene import Scene, Sentence

# Percent of gross domestic product; no state of an alliance spends more in peace. What is greater is another share.
_MOST = 12.0
# Tokens between the number and "GDP": "5 percent of its national gross domestic product".
_REACH = 6


def gdp_shares(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """Drafts for the shares of gross domestic product in a sentence; empty where the case does not count in them."""
    if not scene.case.gdp_shares:
        return []
    out = []
    for m in sentence.of("percent"):
        if m.value.high <= _MOST and (_named(sentence, m) or _understood(scene, sentence, m)):
            out += _drafted(scene, frame, sentence, m)
    return out


def _named(sentence: Sentence, m: Mention) -> bool:
    return sentence.near("gdp", m.last, m.last + _REACH)


def _understood(scene: Scene, sentence: Sentence, m: Mention) -> bool:
    """ "followed by ... at 4 percent": a level in a list, the measure of which was named before."""
    norms = sentence.norms
    if sentence.near("more", m.last, m.last + 3) or norms[m.first - 1 : m.first] == ["by"]:
        return False
    spoken = any(s.has("gdp") for s in scene.sentences[: sentence.index + 1])
    return spoken and sentence.has("defence-budget", "gdp", "pay", "contribution-noun", "schedule")


def _payer(scene: Scene, frame: Frame, sentence: Sentence, m: Mention) -> str | None:
    """The side whose share it is: the nearest named before it, else after it in its clause, else all together."""
    first, last = clause_bounds(sentence, m.first)
    named = [n for n in actors(sentence) if name_of(n).party in scene.case.parties]
    before = [n for n in named if n.last <= m.first]
    after = [n for n in named if m.last <= n.first < last]
    mine = [n for n in before if first <= n.first] or before or after
    return name_of(mine[-1] if mine is not after else mine[0]).party if mine else frame.host


def _drafted(scene: Scene, frame: Frame, sentence: Sentence, m: Mention) -> list[Draft]:
    governor = None if _spent_here(sentence, m) else governor_of(sentence, m)
    concept = governor.value.concept if governor is not None else None
    share = {"share_percent": figure(m.value), "share_of": "gdp"}
    if governor is not None and concept in ("demand", "offer", "reject", "limit") and demand_like(sentence, governor):
        act, side, holder = stance(scene, frame, sentence, governor)
        first, last = extent(sentence, m, governor)
        return [draft("position", sentence, first, last, act=act, side=side, holder=holder, **share)]
    first, last = clause_bounds(sentence, m.first)
    first, last = max(first, m.first - 14), min(max(last, m.last), m.last + _REACH + 2)
    if _agreed(sentence, m) and sentence.index <= LEAD:
        return [draft("settlement", sentence, first, last)]
    when, inferred, _ = date_in(sentence, m.last, min(len(sentence.tokens), m.last + _REACH + 6))
    if when is None:
        when, inferred, _ = date_in(sentence, first, last)
    side = _payer(scene, frame, sentence, m)
    given = {"side": side, "when": when, **share}
    return [draft("contribution", sentence, first, last, inferred=["when"] if inferred else (), **given)]


def _spent_here(sentence: Sentence, m: Mention) -> bool:
    """ "...; last year it spent 1.4 percent": a verb of paying that stands for itself in the share's clause."""
    first, _ = clause_bounds(sentence, m.first)
    asked = any(first <= c.first < m.first for c in sentence.cues("demand", "offer", "reject"))
    return not asked and any(
        first <= c.first < m.first and c.value.form in ("past", "present") for c in sentence.cues("pay")
    )


def _agreed(sentence: Sentence, m: Mention) -> bool:
    """ "agreed to raise spending to 5 percent of GDP": the pledge itself, told as new."""
    return any(
        v.value.word.startswith("agree")
        and v.value.form in ("past", "participle", "present")
        and 0 < m.first - v.last <= 20
        and not negated(sentence, v.first)
        for v in sentence.cues("agree", "accept")
    )
