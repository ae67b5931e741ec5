"""Korean linkages and events: what is tied to the talks, and what the report sets beside them."""

from __future__ import annotations

import re

from burdenshare.reading.korean.parse import Parse
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.positions import act_side
from burdenshare.reading.rules.ko.setting import Setting, date_in, draft

TOPICS = (
    "arms-purchases", "troop-reduction", "trade-action", "security-initiatives", "off-peninsula-operations",
    "strategic-assets", "new-categories",
)  # fmt: skip
_PAYABLE = ("strategic-assets", "new-categories", "off-peninsula-operations")
_VOTE = re.compile(r"통과|가결|처리|의결|상정|제출|부[쳤치]|문턱|심의|심사|회부|승인|표결|재가|넘[겼어]|보고")


def linkages(setting: Setting, parse: Parse) -> list[Draft]:
    """The matters tied to the talks, or kept apart from them; one claim a topic."""
    out: list[Draft] = []
    tied = bool(parse.names("topic", "series")) or parse.has("money-noun", "talks-noun", "new-categories")
    denied = parse.has("not-discussed", "ruled-out", "not-ruled-out", "no-comment") and parse.has("troop-reduction")
    if not tied and not denied:
        return out
    for topic in TOPICS:
        for h in parse.of(topic)[:1]:
            stance = _stance(parse, topic, h.start)
            if stance is None:
                continue
            cue = next(iter(parse.of("demand", "reject", "discuss", "say")), None)
            side = None
            if cue is not None:
                side, _ = act_side(setting, parse, cue, "limit")
            first, last = parse.clause(h.start)
            out.append(
                draft(
                    "linkage",
                    parse,
                    max(first, h.start - 40),
                    max(h.stop, min(last, h.stop + 50)),
                    side=side,
                    topic=topic,
                    stance=stance,
                )
            )
    return out


def _stance(parse: Parse, topic: str, at: int) -> str | None:
    first, last = parse.clause(at)
    wide = (first, min(parse.end, last + 60))
    for stance in ("not-discussed", "not-ruled-out", "no-comment", "ruled-out"):
        if parse.within(*wide, stance):
            return stance
    if topic in _PAYABLE:
        if parse.within(*wide, "refuse-item", "reject"):
            return "refused"
        if parse.within(*wide, "sought", "demand", "include"):
            return "sought"
        return None
    if parse.within(*wide, "consider"):
        return "considered"
    if topic in ("troop-reduction", "trade-action") and parse.within(*wide, "threatened", "link-condition"):
        return "threatened"
    if topic in ("arms-purchases", "security-initiatives") and parse.has(
        "demand", "link-condition", "consider", "discuss"
    ):
        return "sought" if parse.has("demand") else "considered"
    return None


def events(setting: Setting, parse: Parse) -> list[Draft]:
    """What stands beside the talks: a committee's vote, an election, a summit, an exercise."""
    out: list[Draft] = []
    vote = _legislature(parse)
    if vote is not None:
        out.append(vote)
    for kind in ("election", "summit", "ministerial", "exercise", "missile-test"):
        for h in parse.of(kind)[:1]:
            if kind == "election" and re.match(r"(?:\s?후보|\s?공약|를 노리|\s?캠프)", parse.text[h.end : h.end + 6]):
                continue
            if kind == "exercise" and parse.has("new-categories", "money-noun"):
                continue
            if kind == "ministerial" and parse.text[h.start : h.end] == "고위급 회담":
                continue
            near_start, near_end = max(parse.start, h.start - 30), min(parse.end, h.stop + 12)
            when, inferred, m = date_in(parse, near_start, near_end)
            if m is None:
                continue
            out.append(
                draft(
                    "event",
                    parse,
                    min(m.start, h.start),
                    max(m.end, h.stop),
                    type=kind,
                    when=when,
                    inferred=("when",) if inferred else (),
                )
            )
    return out


def _legislature(parse: Parse) -> Draft | None:
    """A committee's vote, a cabinet's approval, a submission to parliament."""
    if not parse.has("ratification") and not (
        parse.has("committee", "cabinet")
        and (parse.names("series", "topic") or re.search(r"서명안|협정안|비준", parse.words))
    ):
        return None
    if not parse.has("committee", "cabinet", "submit", "plenary") and "국회" not in parse.words:
        return None
    votes = list(_VOTE.finditer(parse.text, parse.start, parse.end))
    if not votes:
        return None
    final = parse.has("plenary") and not parse.has("committee", "cabinet", "submit")
    if final:
        return None
    v = votes[0]
    when, inferred, _ = date_in(parse, parse.start, v.end())
    subject = parse.of("ratification", "committee", "cabinet")[0]
    end = v.end()
    while end < parse.end and parse.text[end].isalnum():
        end += 1
    ref = parse.scene.ref
    if when is None and not re.search(
        r"[했됐였쳤렸겼었]다|통과$|처리$|가결$|의결$", parse.text[v.start() : min(parse.end, end + 8)]
    ):
        return None
    if when is None and ref is not None and ref.earliest == ref.latest:
        when, inferred = str(ref.earliest), True
    return draft(
        "event",
        parse,
        min(subject.start, v.start()),
        end,
        type="legislature",
        when=when,
        inferred=("when",) if inferred else (),
    )
