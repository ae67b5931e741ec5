"""Shares of gross domestic product: what a member of an alliance spends, is asked to spend, or refuses.

Only for cases that say so (`gdp_shares = true`); elsewhere such a share is background.
"""

from __future__ import annotations

from typing import Any

from burdenshare.reading.frame import LEAD, Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.changes import figure
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.governors import demand_like, extent, governor_of, stance, urged
from burdenshare.reading.rules.grammar import actors, clause_bounds, date_in, name_of, negated, subject
from burdenshare.reading.scene import Scene, Sentence

# Percent of gross domestic product; no state of an alliance spends more in peace. What is greater is another share.
_MOST = 12.0
# Tokens between the number and "GDP": "5 percent of its national gross domestic product".
_REACH = 6
# English spellings this module looks for.
_MEETING = frozenset("meet meets met hit hits reach reaches reached exceed exceeds exceeded".split())
_SAME = frozenset("or , ( about approximately roughly".split())
_ALL = frozenset("leaders allies members countries nations governments ministers".split())


def gdp_shares(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """Drafts for the shares of gross domestic product in a sentence; empty where the case does not count in them."""
    if not scene.case.gdp_shares:
        return []
    out = []
    for m in sentence.of("percent"):
        if is_gdp_share(scene, sentence, m):
            out += _drafted(scene, frame, sentence, m)
    return out


def is_gdp_share(scene: Scene, sentence: Sentence, m: Mention) -> bool:
    """Whether a percentage is a share of gross domestic product, named so or understood."""
    if not scene.case.gdp_shares or m.value.high > _MOST:
        return False
    return _named(sentence, m) or _understood(scene, sentence, m) or _aim(sentence, m)


def _named(sentence: Sentence, m: Mention) -> bool:
    return sentence.near("gdp", m.last, m.last + _REACH)


def _understood(scene: Scene, sentence: Sentence, m: Mention) -> bool:
    """ "followed by ... at 4 percent": a level in a list, the measure of which was named before."""
    norms = sentence.norms
    if sentence.near("more", m.last, m.last + 3) or norms[m.first - 1 : m.first] == ["by"]:
        return False
    if norms[m.first - 1 : m.first] == ["of"] and any(
        0 <= m.first - 1 - c.last <= 1 for c in sentence.cues("more", "less")
    ):
        return False  # "a rise of 11 percent"
    spoken = any(s.has("gdp") for s in scene.sentences[: sentence.index + 1])
    return spoken and sentence.has("defence-budget", "gdp", "pay", "contribution-noun", "schedule", "target")


def _drafted(scene: Scene, frame: Frame, sentence: Sentence, m: Mention) -> list[Draft]:
    governor = None if _spent_here(sentence, m) else governor_of(sentence, m)
    concept = governor.value.concept if governor is not None else None
    share: dict[str, Any] = {"share_percent": figure(m.value), "share_of": "gdp"}
    if governor is not None and concept in ("demand", "offer", "reject", "limit") and demand_like(sentence, governor):
        act, side, holder = stance(scene, frame, sentence, governor)
        first, last = extent(sentence, m, governor)
        if act == "reject" or not _aim(sentence, m) or governor.first >= m.last:
            return [
                draft("position", sentence, first, max(last, governor.last), act=act, side=side, holder=holder, **share)
            ]
    if (told := urged(frame, sentence, m)) is not None:
        first, last = extent(sentence, m, told)
        return [draft("position", sentence, first, last, act="demand", side=frame.stationing, **share)]
    first, last = clause_bounds(sentence, m.first)
    first, last = max(first, m.first - 14), min(max(last, m.last), m.last + _REACH + 2)
    by = _by_when(sentence, m)
    out: list[Draft] = []
    verb = _pledged(sentence, m)
    if verb is not None and not _looks_back(scene, sentence):
        owner = subject(sentence, verb.first)
        party = name_of(owner).party if owner is not None else frame.host
        alone = party not in (None, frame.host) and not _together(sentence, verb)
        if alone and verb.value.concept == "pledge":
            out.append(draft("position", sentence, first, last, act="offer", side=party, **share))
        elif sentence.index <= LEAD and not alone:
            out.append(draft("settlement", sentence, first, last))
    aimed = by is not None and not _spent_here(sentence, m)
    if by is not None and aimed:
        inferred = ["when"] if by.value.inferred else ()
        start, end = min(first, by.first), max(m.last, by.last)
        out.append(
            draft(
                "term", sentence, start, end, event="target", when=by.value.future or by.value.past, inferred=inferred
            )
        )
    if out or aimed or verb is not None or (_aim(sentence, m) and not _met(scene, frame, sentence, m)):
        return out
    when, inferred_when, _ = date_in(sentence, m.last, min(len(sentence.tokens), m.last + _REACH + 6))
    if when is None:
        when, inferred_when, _ = date_in(sentence, first, last)
    given = {"side": payer(scene, frame, sentence, m), "when": when, **share}
    if (money := _in_money(sentence, m)) is not None:
        given["amount"], last = money.value, max(last, money.last)
    return [draft("contribution", sentence, first, last, inferred=["when"] if inferred_when else (), **given)]


def _aim(sentence: Sentence, m: Mention) -> bool:
    """ "the 2 percent target", "a goal of spending 2 percent": what is aimed at, not what anyone spends."""
    clause = sentence.clauses[m.first]
    for c in sentence.cues("target"):
        if sentence.clauses[c.first] != clause and c.first < m.first:
            continue
        between = sentence.norms[c.last : m.first]
        if 0 <= c.first - m.last <= 3 or (c.last <= m.first and len(between) <= 8 and "of" in between[:2]):
            return True
    # "5 percent of GDP, the target that ..."
    return any(
        0 < c.first - m.last <= 8 and sentence.norms[c.first - 2 : c.first] == [",", "the"]
        for c in sentence.cues("target")
    )


def _met(scene: Scene, frame: Frame, sentence: Sentence, m: Mention) -> bool:
    """ "Berlin will meet the 2 percent target this year": what one member spends, said by the aim it reaches."""
    for i in range(max(0, m.first - 8), m.first):
        if sentence.norms[i] in _MEETING and sentence.norms[i - 1] not in ("to", "not"):
            actor = subject(sentence, i)
            party = name_of(actor).party if actor is not None else None
            return party not in (None, frame.host) and not negated(sentence, i)
    return False


def _by_when(sentence: Sentence, m: Mention) -> Mention | None:
    """The date by which a share is to be reached: "by 2035", "until 2024"."""
    for d in sentence.of("date"):
        near = 0 <= d.first - m.last <= 14 or (d.first < m.first and m.first - d.last <= 4)
        near = near or (m.last < d.first and any(0 < d.first - c.last <= 2 for c in sentence.cues("target")))
        preceded = "by" in sentence.norms[max(0, d.first - 2) : d.first] or d.value.until
        if near and preceded and (d.value.future or d.value.past):
            return d
    return None


def _in_money(sentence: Sentence, m: Mention) -> Mention | None:
    """ "1.24 percent of GDP, or 17.2 billion euros": the same level as a sum."""
    for x in sentence.of("money"):
        alike = sentence.norms[x.first - 1] == "or"
        if m.last < x.first <= m.last + (10 if alike else _REACH) and not _SAME.isdisjoint(
            sentence.norms[m.last + 1 : x.first]
        ):
            return x
    return None


def _looks_back(scene: Scene, sentence: Sentence) -> bool:
    """ "In 2014 the leaders agreed": a year before the report's own opens the sentence."""
    year = scene.ref.earliest.year if scene.ref is not None and scene.ref.earliest is not None else None
    opening = [d for d in sentence.of("date") if d.first <= 2 and d.value.shape == "year"]
    return bool(opening and year and (opening[0].value.past or "9999")[:4] < str(year))


def payer(scene: Scene, frame: Frame, sentence: Sentence, m: Mention) -> str | None:
    """The side whose share it is: the nearest named before it, else after it in its clause, else all together."""
    first, last = clause_bounds(sentence, m.first)
    named = [n for n in actors(sentence) if name_of(n).party in scene.case.parties]
    before = [n for n in named if n.last <= m.first]
    after = [n for n in named if m.last <= n.first < last]
    mine = [n for n in before if first <= n.first] or before or after
    return name_of(mine[-1] if mine is not after else mine[0]).party if mine else frame.host


def spenders(scene: Scene, sentence: Sentence, m: Mention) -> str | None:
    """In a case with members, the one whose sum `m` is by the name before it in its clause; else None."""
    if not any(p.role == "member" for p in scene.case.parties.values()):
        return None
    first, _ = clause_bounds(sentence, m.first)
    named = [n for n in actors(sentence) if first <= n.first and n.last <= m.first and name_of(n).kind == "party"]
    return name_of(named[-1]).party if named else None


def bare_pledge(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """ "The leaders agreed to reverse the decline of defence budgets": a pledge told in the lead without a figure."""
    if (
        not scene.case.gdp_shares
        or sentence.index > LEAD
        or sentence.of("money", "percent")
        or _looks_back(scene, sentence)
    ):
        return []
    for v in sentence.cues("agree", "accept", "pledge", "ratify"):
        if v.value.form not in ("past", "present", "participle") or negated(sentence, v.first):
            continue
        if v.value.concept in ("agree", "accept") and not v.value.word.startswith("agree"):
            continue
        actor = subject(sentence, v.first)
        allies = sentence.norms[v.first - 1 : v.first] and _together(sentence, v)
        about = [c for c in sentence.cues("defence-budget", "target") if 0 <= c.first - v.last <= 20]
        hosted = actor is not None and name_of(actor).party == frame.host and v.first - actor.last <= 6
        if about and (hosted or allies):
            first, last = clause_bounds(sentence, v.first)
            return [draft("settlement", sentence, first, max(last, about[0].last))]
    return []


def _together(sentence: Sentence, v: Mention) -> bool:
    """ "the 28 leaders agreed": all members as one."""
    return not _ALL.isdisjoint(sentence.norms[max(0, v.first - 4) : v.first])


def _spent_here(sentence: Sentence, m: Mention) -> bool:
    """ "...; last year it spent 1.4 percent": a verb of paying that stands for itself in the share's clause."""
    first, _ = clause_bounds(sentence, m.first)
    asked = any(first <= c.first < m.first for c in sentence.cues("demand", "offer", "reject"))
    return not asked and any(
        first <= c.first < m.first and c.value.form in ("past", "present") for c in sentence.cues("pay")
    )


def _pledged(sentence: Sentence, m: Mention) -> Mention | None:
    """ "agreed to raise spending to 5 percent of GDP", "pledged 3.5 percent": the verb of a pledge told as done."""
    for v in sentence.cues("agree", "accept", "pledge"):
        if (
            (v.value.concept == "pledge" or v.value.word.startswith("agree"))
            and v.value.form in ("past", "participle", "present")
            and 0 < m.first - v.last <= 20
            and not negated(sentence, v.first)
        ):
            return v
    return None
