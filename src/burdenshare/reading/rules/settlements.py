"""Settlements: the sum, the length and the later growth of a deal that is made."""

from __future__ import annotations

from typing import Any

from burdenshare.money import Change
from burdenshare.reading.frame import LEAD, Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.changes import caps_in, change_of, changes_in, growth_rule, is_cut, moved_by, period_of
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.governors import after_payment, extent
from burdenshare.reading.rules.grammar import (
    clause_bounds,
    name_of,
    negated,
    passive,
    subject,
    years_of,
)
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_STAND_INS = frozenset("it they which adjustments increases raises rises".split())
_AGREEING = frozenset({"come to terms", "close the gap", "hammer out", "tentatively agree", "settle"})
_YEARLY = frozenset("annually annual yearly year".split())
_NO_TERM_AFTER = frozenset("previous last past in than nearly almost ago".split())


def to_be_agreed(sentence: Sentence, m: Mention) -> bool:
    """ "will probably agree to raise the contribution by 10 to 20 percent": a deal said to be about to be."""
    return any(
        v.value.word in ("agree", "settle")
        and v.value.form == "base"
        and 0 < m.first - v.last <= 14
        and sentence.near("future", v.first - 4, v.first)
        for v in sentence.cues("agree")
    )


def is_new(scene: Scene, sentence: Sentence, m: Mention) -> bool:
    """Whether a payment in a report of a deal is the deal's own and not an earlier year's."""
    first, last = clause_bounds(sentence, m.first)
    if any(
        v.value.form in ("participle", "past") and passive(sentence, v.first) and first <= v.first < m.first
        for v in sentence.cues("freeze")
    ):
        return True
    if _as_a_rule(sentence, m, first, last):
        return False
    old = {"current", "existing", "last", "previous", "present", "earlier", "old", "expiring", "expired"}
    if any(
        first <= n.first < m.first
        and (
            old & set(sentence.norms[max(0, n.first - 3) : n.first])
            or sentence.norms[max(0, n.first - 3) : n.first][:2] == ["this", "year"]
        )
        for n in [*sentence.cues("agreement-noun"), *(x for x in sentence.of("name") if name_of(x).kind == "series")]
    ):
        return False
    year = scene.ref.latest.year if scene.ref and scene.ref.latest else None
    for d in sentence.of("date"):
        between = sentence.norms[m.last : d.first]
        if "than" in between or "from" in between or any(m.last <= x.first < d.first for x in sentence.of("money")):
            continue
        if d.value.since:
            continue
        later = d.value.past or ""
        if later[:4].isdecimal() and year and int(later[:4]) > year and _forecast(sentence, m, d):
            return False  # "could touch 1.5 trillion won in 2025": what it may come to, not the deal's sum
        near = abs(d.first - m.last) <= 8 or sentence.clauses[d.first] == sentence.clauses[m.first]
        text = d.value.past
        if near and text and text[:4].isdecimal() and year:
            if int(text[:4]) < year and "/" not in text and d.value.shape in ("year", "month"):
                return False
            if "/" in text and text[-4:].isdecimal() and int(text[-4:]) < year:
                return False
    if sentence.near("previous-year", m.last, m.last + 6) and not sentence.of("percent"):
        return False
    past = [
        c
        for c in sentence.cues("pay")
        if c.value.form == "past" and first <= c.first < last and c.value.word in ("pay", "contribute", "spend")
    ]
    return not past


_FORECASTS = frozenset("could would may might likely forecast projected estimated expected reach touch".split())


def _forecast(sentence: Sentence, m: Mention, d: Mention) -> bool:
    """Whether a sum for a later year is a forecast: a word of likelihood stands before it."""
    return abs(d.first - m.last) <= 6 and not _FORECASTS.isdisjoint(sentence.norms[max(0, m.first - 8) : m.first])


def _as_a_rule(sentence: Sentence, m: Mention, first: int, last: int) -> bool:
    """ "in return Tokyo shoulders about 200 billion yen annually": what is paid year by year, in the present tense."""
    yearly = not _YEARLY.isdisjoint(sentence.norms[first : min(len(sentence.norms), max(last, m.last + 6))])
    return yearly and any(
        first <= v.first < m.first and v.value.form == "present" and m.first - v.last <= 3 for v in sentence.cues("pay")
    )


def settlement(
    scene: Scene, frame: Frame, sentence: Sentence, m: Mention, mine: list[Mention], governor: Mention | None
) -> Draft:
    """The draft of a deal with its sum or change `m`; `mine` are the changes and shares beside it."""
    first, last = extent(sentence, m, governor)
    fields: dict[str, Any] = {"per": period_of(sentence, m), "growth": growth_rule(sentence)}
    if (moved := moved_by(sentence, m)) is not None:
        fields["change"] = moved
    elif m.type == "money":
        fields["amount"] = m.value
    elif m.type in ("percent", "multiple"):
        fields["change"] = change_of(m, cut=is_cut(sentence, m))
    fields.update({k: v for k, v in changes_in(sentence, mine).items() if k == "change"})
    for x in mine:
        last = max(last, x.last) if "change" in fields else last
    lengths = [years_of(d) for d in sentence.of("duration") if _term_of_deal(sentence, d)]
    if lengths and lengths[0]:
        fields["years"] = lengths[0]
    return draft("settlement", sentence, first, last, **fields)


def _term_of_deal(sentence: Sentence, d: Mention) -> bool:
    """Whether a length is the deal's: "a five-year package", "over five years"; not "the first cut in ten years"."""
    before = sentence.norms[max(0, d.first - 3) : d.first]
    if not _NO_TERM_AFTER.isdisjoint(before[-2:]) or not (years_of(d) or 0) <= 10:
        return False
    nouns = [*sentence.cues("agreement-noun"), *(m for m in sentence.of("name") if name_of(m).kind == "series")]
    return any(0 <= n.first - d.last <= 3 for n in nouns) or any(n in ("over", "for") for n in before)


def bare_growth(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """ "From 2022 on the contribution will be raised in step with the defence budget": a rule for later years."""
    rule = growth_rule(sentence)
    pronoun = not _STAND_INS.isdisjoint(sentence.norms[:8])
    grows = sentence.cues("raise", "more", "last")
    if (
        rule is None
        or not grows
        or not (sentence.has("contribution-noun", "share", "pay") or after_payment(scene, sentence) or pronoun)
    ):
        return []
    verbs = sentence.cues("raise")
    told = bool(verbs) and all(v.value.form == "past" for v in verbs)
    in_force = bool({"current", "existing", "present", "previous", "last"} & set(sentence.norms)) or "now in force" in (
        " ".join(sentence.norms)
    )
    past = told or sentence.has("demand", "offer") or in_force
    if not frame.deal or past:
        return []
    first, last = clause_bounds(sentence, grows[0].first)
    caps = caps_in(sentence)
    change = Change(percent=caps[0].value.low, bound="up-to") if caps else None
    return [draft("settlement", sentence, first, last, growth=rule, change=change)]


def bare_deal(frame: Frame, sentence: Sentence) -> list[Draft]:
    """ "Seoul and Washington had come to terms on dividing the costs": the deal itself, told in the lead."""
    if not frame.deal or sentence.index > LEAD or sentence.has("no-deal"):
        return []
    for verb in sentence.cues("agree"):
        if verb.value.form not in ("past", "participle", "present") or negated(sentence, verb.first):
            continue
        if sentence.near("conditional", verb.first - 4, verb.first) or sentence.near(
            "future", verb.first - 3, verb.first
        ):
            continue
        nouns = [n for n in sentence.cues("agreement-noun") if 0 <= n.first - verb.last <= 6]
        if not nouns and verb.value.word not in _AGREEING:
            continue
        first, last = clause_bounds(sentence, verb.first)
        actor = subject(sentence, verb.first)
        lengths = [
            years_of(d)
            for d in sentence.of("duration")
            if verb.last <= d.first < last
            and any(0 <= n.first - d.last <= 3 for n in [*sentence.cues("agreement-noun"), *sentence.of("name")])
        ]
        years = lengths[0] if lengths and lengths[0] and lengths[0] <= 10 else None
        return [
            draft(
                "settlement", sentence, actor.first if actor is not None else first, max(last, verb.last), years=years
            )
        ]
    return []
