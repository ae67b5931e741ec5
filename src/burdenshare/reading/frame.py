"""What a report is about as a whole: which talks, whether it brings a deal, which round it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from burdenshare.case.model import Case
from burdenshare.edtf import When
from burdenshare.reading.rules.grammar import name_of, negated
from burdenshare.reading.scene import Scene, Sentence

# How many sentences from the top tell what is new in a report. The lead and its follow-up carry the news in 39 of 41
# real reports; a greater number takes background ("reached a deal in 2014") for news.
LEAD = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """The report's own news.

    `talks` is the number of the agreement under negotiation; `host` and `stationing` are party ids of the case.
    None where the report and the calendar leave it open.
    """

    deal: bool
    talks: int | None
    host: str | None = None
    stationing: str | None = None


def _deal_in(sentence: Sentence) -> bool:
    """Whether a sentence tells of a deal made."""
    if sentence.has("no-deal"):
        return False
    if sentence.has("reached") and not sentence.has("negation"):
        return True
    taken = [v for v in sentence.cues("accept") if v.value.word == "accept" and v.value.form in ("past", "participle")]
    if taken and any(n in ("proposal", "offer") for n in sentence.norms):
        return True
    if any(
        sentence.norms[max(0, n.first - 2) : n.first] in (["under", "a"], ["under", "the"])
        and sentence.norms[n.last : n.last + 1] in (["between"],)
        for n in sentence.cues("agreement-noun")
    ):
        return True
    if _under_new(sentence):
        return True
    nouns = sentence.cues("agreement-noun")
    for verb in sentence.cues("agree", "sign", "initial", "ratify"):
        form = verb.value.form
        if (
            verb.value.concept in ("sign", "initial")
            and form == "base"
            and sentence.norms[verb.first - 1] == "to"
            and nouns
        ):
            return True
        if form not in ("past", "participle") and not (sentence.headline and form in ("base", "present")):
            continue
        if "yet" in sentence.norms[max(0, verb.first - 4) : verb.first]:
            continue  # "yet to be finalized"
        if negated(sentence, verb.first) or sentence.near("conditional", verb.first - 4, verb.first):
            continue
        if sentence.near("future", verb.first - 3, verb.first) and verb.value.concept not in ("sign", "initial"):
            continue
        if verb.value.word in ("come to terms", "close the gap", "hammer out"):
            return True
        if any(
            d.value.past and d.value.past[:4].isdecimal() and d.value.shape == "year" for d in sentence.of("date")
        ) and not sentence.of("money"):
            continue
        if verb.value.word.startswith("put pen"):
            return True
        if verb.value.concept in ("sign", "initial", "ratify") and any(abs(n.first - verb.first) < 25 for n in nouns):
            return True
        if any(
            0 <= n.first - verb.last <= 5
            or (0 < verb.first - n.last <= 8 and form == "participle")
            or (0 < verb.first - n.last <= 6)
            for n in nouns
        ):
            return True
        if sentence.headline and verb.value.word not in ("wrap up", "conclude", "finish"):
            return True
        if sentence.of("money", "percent") and verb.value.word in ("agree", "settle", "conclude"):
            return True
    return False


# Words before "to pay" that make it news of a deal.
_BOUND_TO = frozenset({"agreed", "agrees", "is"})


def _pays_anew(sentence: Sentence, host: str | None) -> bool:
    """ "Seoul will pay 1.18 trillion won", "has agreed to raise its share by 8.3 percent": news of a deal in itself."""
    if not sentence.of("money", "percent") or sentence.has("no-deal", "demand", "offer", "reject", "conditional"):
        return False
    if not any(name_of(n).party == host for n in sentence.of("name")):
        return False
    for verb in sentence.cues("pay", "raise"):
        before = sentence.norms[max(0, verb.first - 4) : verb.first]
        if verb.value.form != "base" or negated(sentence, verb.first) or "expected" in before:
            continue
        if any(v.value.form == "past" and v.first < verb.first for v in sentence.cues("pay")):
            continue  # "spent a billion to cover the costs" tells of what was paid
        if "will" in before or (
            before[-1:] == ["to"] and (sentence.headline or {"agreed", "agrees", "is"} & set(before))
        ):
            return True
    return False


def _under_new(sentence: Sentence) -> bool:
    """ "Under the new deal", "in the new agreement's first year": a deal there is."""
    for noun in sentence.cues("agreement-noun"):
        before = sentence.norms[max(0, noun.first - 4) : noun.first]
        opens = before[-2:] == ["under", "the"]
        if opens and sentence.has("future") and any(v.value.form != "past" for v in sentence.cues("pay", "raise")):
            return True
        if (
            "new" in before
            and any(n in ("under", "by", "in") for n in before[:3])
            and "the" in before
            and not sentence.near("demand", 0, noun.first)
        ):
            return True
    return any(
        name_of(m).kind == "series"
        and sentence.norms[m.first - 1] in ("new", "revised")
        and any(n in ("under", "in", "the") for n in sentence.norms[max(0, m.first - 3) : m.first - 1])
        and sentence.of("money", "percent")
        for m in sentence.of("name")
    )


def numbered(sentence: Sentence) -> list[tuple[int, int]]:
    """Agreement numbers named in a sentence ("the 10th Special Measures Agreement"), with the token they begin at."""
    out = []
    for m in sentence.of("ordinal"):
        for n in sentence.of("name"):
            if (
                name_of(n).kind == "series"
                and 0 <= n.first - m.last <= 5
                and not sentence.near("round-noun", m.last, n.first)
                and not sentence.near("talks-noun", m.last, n.first)
            ):
                out.append((m.value, m.first))
                break
    return out


def talks_on(case: Case, when: When | None) -> int | None:
    """From the case's calendar: the agreement under negotiation when the report came out; None where days differ.

    The talks on agreement n run from the signature of n-1 to the signature of n; where nothing is signed, from the
    day it was agreed.
    """
    if when is None or when.latest is None or when.earliest is None:
        return None

    def at(day: date) -> int:
        ends = [(a.number, (a.signed or a.agreed)) for a in case.agreements]  # a pledge is never signed
        signed = [n for n, when in ends if when and when.latest and when.latest < day]
        open_ = any(when and when.latest and when.latest >= day for _, when in ends)
        known = signed if open_ or not signed else [a.number for a in case.agreements]
        return max(known, default=0) + 1

    first, last = at(when.earliest), at(when.latest)
    return first if first == last else None


def frame(scene: Scene) -> Frame:
    """The report's frame, from its first sentences and the case's calendar."""
    lead = [s for s in scene.sentences if s.line.kind != "caption"][:LEAD]
    deal = any(_deal_in(s) for s in lead) or any(_under_new(s) for s in scene.sentences)
    host = scene.case.host.id
    deal = deal or any(_pays_anew(s, host) for s in lead[:4])
    if deal and any(s.has("broke-off", "break-off") or (s.has("no-deal") and not s.has("agree")) for s in lead[:3]):
        deal = False
    talks = talks_on(scene.case, scene.ref)
    named = [n for s in scene.sentences for n, _ in numbered(s)]
    if named and talks is None:
        talks = max(named)
    return Frame(deal, talks, host, scene.case.stationing.id)
