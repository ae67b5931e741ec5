"""Positions: what a side asks for, offers or refuses, with a sum or without one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from burdenshare.money import Change
from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.changes import (
    change_of,
    changes_in,
    figure,
    growth_rule,
    is_change,
    is_cut,
    moved_by,
    period_of,
)
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.governors import adjectival, after_payment, demand_like, extent, stance
from burdenshare.reading.rules.grammar import (
    clause_bounds,
    future,
    name_of,
    negated,
    subject,
    years_of,
)
from burdenshare.reading.scene import Scene, Sentence

# How many tokens after a cue of asking still say what is asked, up to the next such cue. Set by hand;
# to reset, change it and run tests/reading/gate.py.
_WINDOW = 16
# English spellings this module looks for.
_OUGHT = frozenset("should must ought needs".split())
_RISES = frozenset("increase increases rise hike hikes cut cuts reduction reductions decrease".split())


def failing(sentence: Sentence, m: Mention) -> bool:
    """ "if the country failed to pay $5 billion", "unless Seoul paid": what is asked, said as a condition."""
    clause = sentence.clauses[m.first]
    opening = next((sentence.norms[i] for i in range(len(sentence.norms)) if sentence.clauses[i] == clause), "")
    paying = any(sentence.clauses[c.first] == clause and c.first < m.first for c in sentence.cues("pay"))
    return (
        opening in ("if", "unless")
        and paying
        and (opening == "unless" or sentence.has("fail") or sentence.has("negation"))
    )


def position(
    scene: Scene, frame: Frame, sentence: Sentence, m: Mention, mine: list[Mention], governor: Mention
) -> Draft:
    """The draft of a position with a sum, change or share `m`; `mine` are the changes and shares beside it."""
    act, side, holder = stance(scene, frame, sentence, governor)
    first, last = extent(sentence, m, governor)
    for x in mine:
        last = max(last, x.last)
    fields: dict[str, Any] = {
        "act": act,
        "side": side,
        "holder": holder,
        "per": period_of(sentence, m),
        "growth": growth_rule(sentence),
    }
    values = changes_in(sentence, mine)
    if m.type == "money":
        fields["amount"] = m.value
        if (moved := moved_by(sentence, m)) is not None:
            fields["change"] = moved
            del fields["amount"]
        elif _increase_only(sentence, m):
            fields["change"] = Change(amount=replace(m.value, also=()))
            del fields["amount"]
    elif m.type in ("percent", "multiple") and (
        is_change(sentence, m) or sentence.norms[m.last : m.last + 1] != ["of"]
    ):
        fields["change"] = change_of(m, cut=is_cut(sentence, m))
    else:
        fields["share_percent"] = figure(m.value)
        fields["share_of"] = "cost"
    fields.update(values)
    years = [years_of(d) for d in sentence.of("duration") if first <= d.first < last + 8]
    if years and years[0] and not fields["per"]:
        fields["years"] = years[0]
    return draft("position", sentence, first, last, **fields)


def _increase_only(sentence: Sentence, m: Mention) -> bool:
    after = sentence.norms[m.last : m.last + 2]
    before = sentence.norms[max(0, m.first - 2) : m.first]
    return after[:1] == ["more"] or before[-1:] == ["extra"] or before == ["an", "additional"]


_WISHES = frozenset(
    {
        "want",
        "seek",
        "call for",
        "ask for",
        "press for",
        "push for",
        "insist on",
        "demand",
        "would like",
        "favor",
        "favour",
        "request",
        "argue for",
    }
)


def _wish(scene: Scene, sentence: Sentence, cue: Mention, window: int) -> Draft | None:
    """ "Seoul wants tighter control of where the money goes": what a side asks for besides the sum."""
    actor = subject(sentence, cue.first)
    if actor is None or name_of(actor).kind != "party" or cue.first - actor.last > 6 or negated(sentence, cue.first):
        return None
    if (
        cue.value.form == "word"
        or sentence.norms[cue.last : cue.last + 1] in (["for"], ["of"])
        or scene.quote_at(cue.start, cue.end)
    ):
        return None
    about = sentence.cues(
        "contribution-noun", "share", "agreement-noun", "labour", "construction", "new-categories", "cpi"
    )
    if not any(cue.last <= c.first < window for c in about):
        return None
    _, last = clause_bounds(sentence, cue.first)
    last = max(last, min(len(sentence.tokens), window))
    item = scene.document.text[sentence.tokens[min(cue.last, last - 1)].start : sentence.tokens[last - 1].end].rstrip(
        " .,;"
    )
    return draft("position", sentence, actor.first, last, act="demand", side=name_of(actor).party, item=item)


def bare_positions(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """ "called for a very large increase", "wants Seoul to pay more", "asked for a contract of one year"."""
    stated = _stated(scene, sentence) or _within_framework(scene, frame, sentence)
    if stated is not None:
        return [stated]
    out: list[Draft] = []
    taken = -1
    for verb in sentence.cues("say") if sentence.has("cut", "raise") else ():
        if (found := _insisted(scene, frame, sentence, verb)) is not None:
            out.append(found[0])
            taken = found[1]
    for cue in sentence.cues("demand", "offer", "reject"):
        if cue.first < taken or not demand_like(sentence, cue) or adjectival(sentence, cue):
            continue
        later = [
            c.first for c in sentence.cues("demand", "offer", "reject") if c.first > cue.last and c.value.form != "word"
        ]
        window = min([cue.last + _WINDOW, *later[:1]])
        found = (
            _length_asked(scene, frame, sentence, cue)
            or _payment_asked(scene, frame, sentence, cue, window)
            or _refused(scene, frame, sentence, cue)
        )
        if found is not None:
            out.append(found[0])
            taken = found[1]
    return out


def _stated(scene: Scene, sentence: Sentence) -> Draft | None:
    """ "Seoul's position is that the burden is fair": what follows is the item."""
    for noun in sentence.cues("position-noun"):
        owner = subject(sentence, noun.first)
        if (
            owner is None
            or noun.first - owner.last > 2
            or sentence.norms[noun.last : noun.last + 2] not in (["is", "that"], ["was", "that"], ["remains", "that"])
        ):
            continue
        n = len(sentence.tokens)
        item = None
        if noun.last + 2 < n:
            item = scene.document.text[sentence.tokens[noun.last + 2].start : sentence.tokens[-1].end].rstrip(". ")
        return draft("position", sentence, owner.first, n, act="demand", side=name_of(owner).party, item=item)
    return None


def _within_framework(scene: Scene, frame: Frame, sentence: Sentence) -> Draft | None:
    """ "Seoul insists that the talks proceed within the existing framework": the host's standing wish, as an item."""
    for i, norm in enumerate(sentence.norms):
        if norm != "framework" or not {"within", "inside", "in", "existing", "current", "outside"} & set(
            sentence.norms[max(0, i - 4) : i]
        ):
            continue
        said = [v for v in sentence.cues("say", "demand", "say-weak") if v.first < i and v.value.form != "word"]
        actor = subject(sentence, said[-1].first) if said else None
        if actor is None or name_of(actor).party != frame.host or scene.quote_at(actor.start, actor.end):
            continue
        item = scene.document.text[sentence.tokens[said[-1].last].start : sentence.tokens[i].end] if said else None
        return draft("position", sentence, actor.first, i + 1, act="demand", side=frame.host, item=item)
    return None


def _opening(sentence: Sentence, cue: Mention) -> int:
    """The token a position begins at: its subject where that is near, else the cue."""
    actor = subject(sentence, cue.first)
    return actor.first if actor is not None and cue.first - actor.first < 14 else cue.first


def _length_asked(scene: Scene, frame: Frame, sentence: Sentence, cue: Mention) -> tuple[Draft, int] | None:
    """ "asked for a contract of one year": the draft and the token after its words."""
    lengths = [
        d
        for d in sentence.of("duration")
        if d.value[1] == "year"
        and 1 <= d.value[0].high <= 10
        and (
            cue.last <= d.first < cue.last + 8
            or (cue.last <= d.first < cue.last + _WINDOW and sentence.near("agreement-noun", d.last, d.last + 2))
        )
    ]
    if not lengths or negated(sentence, cue.first):
        return None
    length = lengths[0]
    of_the_deal = (
        sentence.near("agreement-noun", cue.last, length.last + 4)
        or length.first - cue.last <= 2
        or frame.talks is not None
    )
    if not of_the_deal:
        return None
    act, side, holder = stance(scene, frame, sentence, cue)
    first, years = _opening(sentence, cue), figure(length.value[0])
    made = draft("position", sentence, first, length.last, act=act, side=side, holder=holder, years=years)
    return made, length.last


def _refused(scene: Scene, frame: Frame, sentence: Sentence, cue: Mention) -> tuple[Draft, int] | None:
    """ "President Trump rejected that offer": the draft and the token after its words."""
    if cue.value.concept != "reject" or negated(sentence, cue.first):
        return None
    aims = [t for t in sentence.cues("target") if 0 <= t.first - cue.last <= 7] if scene.case.gdp_shares else []
    if cue.value.form not in ("past", "participle") and not aims:
        return None
    refused = [c for c in sentence.cues("offer", "demand") if c.value.form == "word" and 0 <= c.first - cue.last <= 4]
    refused = refused or aims
    short = cue.value.word in ("turn that down", "turn it down", "turn the offer down")
    actor = subject(sentence, cue.first)
    if actor is None or not (refused or short):
        return None
    last = refused[0].last if refused else cue.last
    made = draft("position", sentence, actor.first, last, act="reject", side=name_of(actor).party)
    return made, last


def _insisted(scene: Scene, frame: Frame, sentence: Sentence, cue: Mention) -> tuple[Draft, int] | None:
    """ "Tokyo has insisted that the budget should be cut": what a side says must come down or go up."""
    if cue.value.word not in ("insist", "argue", "maintain") or sentence.norms[cue.last : cue.last + 1] != ["that"]:
        return None
    actor = subject(sentence, cue.first)
    moved = [c for c in sentence.cues("cut", "raise") if cue.last < c.first <= cue.last + _WINDOW]
    modal = moved and not _OUGHT.isdisjoint(sentence.norms[max(cue.last, moved[0].first - 3) : moved[0].first])
    about = sentence.has("share", "contribution-noun", "pay") or any(
        name_of(n).kind == "topic" for n in sentence.of("name")
    )
    if actor is None or not modal or not about or negated(sentence, moved[0].first):
        return None
    last = moved[0].last
    return draft("position", sentence, actor.first, last, act="demand", side=name_of(actor).party), last


def _payment_asked(
    scene: Scene, frame: Frame, sentence: Sentence, cue: Mention, window: int
) -> tuple[Draft, int] | None:
    """ "wants Seoul to pay more", and wishes besides the sum: the draft and the token after its words."""
    concept = cue.value.concept
    more, share = _more_of(frame, sentence, cue, window)
    if concept == "demand" and not share and _plainly_more(scene, sentence, cue, more):
        share = more = more[:1]
    if not (more and share):
        wished = _wish(scene, sentence, cue, window) if concept == "demand" and cue.value.word in _WISHES else None
        return (wished, window) if wished is not None else None
    if negated(sentence, cue.first) and concept != "reject":
        return None
    act, side, holder = stance(scene, frame, sentence, cue)
    if concept == "offer" and not future(sentence, 0, len(sentence.tokens)) and side == frame.stationing:
        return None
    last = max(more[-1].last, share[-1].last)
    made = draft("position", sentence, _opening(sentence, cue), last, act=act, side=side, holder=holder)
    return made, last


def _plainly_more(scene: Scene, sentence: Sentence, cue: Mention, more: list[Mention]) -> bool:
    """ "Washington asked for more": with nothing after it, in talk of a sum or a payment."""
    actor = subject(sentence, cue.first)
    if not more or more[0].first != cue.last or actor is None or cue.first - actor.last > 3:
        return False
    following = sentence.norms[more[0].last : more[0].last + 1]
    paying = bool(sentence.of("money")) or sentence.has("pay", "cost-noun") or after_payment(scene, sentence)
    return paying and not (following and following[0][0].isalpha())


def _more_of(frame: Frame, sentence: Sentence, cue: Mention, window: int) -> tuple[list[Mention], list[Mention]]:
    """The cues up to token `window` that say "more", and those that say of what: a share, a payment."""
    concept = cue.value.concept
    moves = ("more", "raise", "cut", "less") if concept == "demand" else ("more", "raise")
    more = [c for c in sentence.cues(*moves) if cue.last <= c.first < window]
    rises = [c for c in more if c.value.word in _RISES and c.first - cue.last <= 6]
    share = rises or [c for c in sentence.cues("share", "pay", "contribution-noun") if cue.last <= c.first < window]
    if more or not share:
        return more, share
    if concept == "offer" and any(c.value.concept == "pay" or c.first - cue.last <= 2 for c in share):
        more = share
    paid = [c for c in sentence.cues("pay") if cue.last <= c.first < window and c.value.form != "word"]
    host_named = any(name_of(n).party == frame.host and cue.last <= n.first < window for n in sentence.of("name"))
    if concept == "demand" and cue.value.form != "word" and paid and host_named:
        more = paid
    return more, share
