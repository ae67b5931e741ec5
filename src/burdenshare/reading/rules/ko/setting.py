"""A Korean report as its rules see it: parses, the frame, and drafts on characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from burdenshare.reading.frame import LEAD, Frame, talks_on
from burdenshare.reading.korean.parse import Parse, name_of
from burdenshare.reading.mentions.mention import DateValue, Mention
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.scene import Scene

_TRIM = " \t\n,.;:·…-–—)|"
_LIST_ENTRY = re.compile(r"(?:\.\.\.|…)\s*\[[^\[\]\n]{1,12}\]\s*$")


@dataclass(frozen=True, slots=True)
class Setting:
    """The report: its scene, its sentences parsed, and what it is about as a whole."""

    scene: Scene
    parses: Sequence[Parse]
    frame: Frame

    def before(self, parse: Parse) -> Parse | None:
        """The sentence before, or None."""
        i = parse.sentence.index
        return self.parses[i - 1] if i else None


def draft(kind: str, parse: Parse, start: int, end: int, **fields: Any) -> Draft:
    """A draft on characters start..end of the text, without marks and spaces at its ends. None fields are left out."""
    text = parse.text
    start, end = max(start, parse.start), min(end, parse.end)
    while start < end - 1 and text[start] in _TRIM:
        start += 1
    while end - 1 > start and text[end - 1] in _TRIM and not (text[end - 1] == ")" and "(" in text[start : end - 1]):
        end -= 1
    inferred = fields.pop("inferred", ())
    agreement = fields.pop("agreement", None)
    modality = fields.pop("modality", None)
    said_by = fields.pop("said_by", None)
    values = {k: " ".join(v.split()) if isinstance(v, str) else v for k, v in fields.items() if v is not None}
    return Draft(kind, parse.sentence, start, end, values, set(inferred), agreement, modality, said_by)


def parses_of(scene: Scene) -> list[Parse]:
    """Every sentence parsed."""
    return [Parse(scene, s) for s in scene.sentences]


_AGREEMENT = re.compile(r"(?:고위급\s)?(?:특별)?\s?협정")
_FEW = 5  # a meeting with such a number is likelier than an agreement
_MEETING = re.compile(
    r"\s?(?:(?:[가-힣]{0,6}[을를])\s?위한\s?)?(?:고위급\s?)?(?:회담|회의|협의|협상\s(?:마지막|첫|둘째|이틀|회의|[을를이에]))"
)
_TALKS = re.compile(r"(?:특별)?\s?(?:협정|협상)")


def agreements_named(parse: Parse) -> list[tuple[int, Mention]]:
    """Agreement numbers (제11차 방위비분담특별협정, 10차 협정), with the ordinal that gives each."""
    out = []
    for m in parse.mentions("ordinal"):
        at, found = parse.past_names(m.end, "party", "series", "topic")
        kinds = {n.kind for f in found if (n := name_of(f)) is not None}
        if m.value <= _FEW and _MEETING.match(parse.text, at, parse.end):
            continue  # 제3차 방위비분담협정 고위급 회담: the third meeting
        if (
            "series" in kinds
            or _AGREEMENT.match(parse.text, at, parse.end)
            or ("topic" in kinds and _TALKS.match(parse.text, at, parse.end))
        ):
            out.append((m.value, m))
    return out


def agreement_of(parse: Parse, start: int, end: int) -> int | None:
    """The agreement's number that the words name; None where they name none or several."""
    named = {n for n, m in agreements_named(parse) if start <= m.start < end}
    return next(iter(named)) if len(named) == 1 else None


_RESOLVED = re.compile(
    r"(?:부담하|분담하|지불하|지급하|올리|늘리|인상하|증액하|동결하|감액하|삭감하|깎|확정하)기로\s?(?:했|하고|합의|의견|뜻|결정)"
)
_PAYS = re.compile(r"(?:부담|분담|지불|지급|제공|인상|증액|감액|삭감|동결|결정|확정)하?$")
_TOLD_SO = re.compile(r"[^\"”“.]{0,12}[\"”](?:이?라)?(?:고|며|면서)")  # a quotation that began sentences ago


def _deal_in(parse: Parse) -> bool:
    """Whether a sentence tells of a deal made in these talks."""
    if parse.has("no-deal", "broke-off", "ratification", "plenary", "committee"):
        return False
    for h in parse.of("reached", "initial", "near-deal"):
        if _TOLD_SO.match(parse.text, h.end, parse.end) and not parse.headline:
            continue
        noun = h.word.endswith("타결") and not parse.headline
        if not noun and not parse.negated(h) and not _put_off(parse, h.start, h.stop):
            return True
    resolved_on = _RESOLVED.search(parse.text, parse.start, parse.end)
    if resolved_on is not None and parse.mentions("money", "percent") and not _past_year(parse):
        quoted = parse.scene.quote_at(resolved_on.start(), resolved_on.end())
        if quoted is None and not _TOLD_SO.match(parse.text, resolved_on.end(), parse.end):
            return True
    for h in parse.of("agree", "set"):
        if h.concept == "set" and not parse.mentions("money"):
            continue
        told = _TOLD_SO.match(parse.text, h.end, parse.end) is not None
        if (told or parse.scene.quote_at(h.start, h.end) is not None) and not parse.headline:
            continue  # what a speaker claims is agreed is not this report's deal
        pays = _PAYS.search(parse.text, max(parse.start, h.start - 6), h.start + 1) is not None
        resolved = "기로 했" in h.word and pays
        plain = h.form == "past" or h.word.endswith("기로") or resolved or "게 되" in h.word or "게 됐" in h.word
        if plain and not parse.negated(h) and not _past_year(parse) and parse.mentions("money", "percent"):
            return True
        if parse.headline and h.word in ("타결", "내기로", "더 내기로", "분담하기로", "부담하기로"):
            return not _put_off(parse, h.start, h.stop)
    return False


def _put_off(parse: Parse, start: int, stop: int) -> bool:
    """Whether a deal is only hoped for, asked about or dated years back."""
    after = parse.text[start : min(parse.end, stop + 14)]
    if re.search(
        r"(?:할|될|하려|하자|하면|되면|되지|하도록|위해|위한|목표|전망|예정|가능성|기대|불발|실패|"
        r"난망|촉구|되나|하나|무산|돼야|되어야|해야|될까)",
        after,
    ):
        return True
    return _past_year(parse)


COMPARED = re.compile(
    r"도?\s?(?:\([^()]{1,20}\))?\s?(?:보다|대비|에\s?비해|에\s?견줘|에\s?비하|수준|과\s?비교|의\s경우)"
)


def _past_year(parse: Parse) -> bool:
    """Whether the sentence is about a year before the report's own."""
    ref = parse.scene.ref
    year = ref.earliest.year if ref is not None and ref.earliest is not None else None
    found = [d for d in parse.mentions("date") if d.value.shape in ("day", "month", "part", "year", "span")]
    found = [d for d in found if not COMPARED.match(parse.text, d.end, parse.end)]
    fine = [d for d in found if d.value.shape in ("day", "month", "part")] or found
    years = [int(t[:4]) for d in fine if (t := d.value.past or "")[:4].isdecimal()]
    return (
        bool(years)
        and year is not None
        and max(years) < year - (1 if ref and ref.earliest and ref.earliest.month < 4 else 0)
    )


def frame_of(scene: Scene, parses: Sequence[Parse]) -> Frame:
    """The report's frame, from its first sentences and the case's calendar."""
    lead = [p for p in parses if p.sentence.line.kind != "caption"][:LEAD] or list(parses[:LEAD])
    deal = any(_deal_in(p) for p in lead)
    if deal and any(p.has("broke-off", "no-deal") for p in lead[:3]):
        deal = False
    if any(p.has("ratification", "cabinet") for p in lead[:2]):
        deal = False
    talks = talks_on(scene.case, scene.ref)
    named = [n for p in parses for n, _ in agreements_named(p)]
    if named and talks is None:
        talks = max(named)
    return Frame(deal, talks, scene.case.host.id, scene.case.stationing.id)


def side_of(parse: Parse, start: int, end: int) -> str | None:
    """The side of the one party or body named in the words; None for none or both."""
    sides = {
        n.party for m in parse.names("party", "body", "person", "post") if start <= m.start < end and (n := name_of(m))
    }
    sides.discard(None)
    return next(iter(sides)) if len(sides) == 1 else None


_TELLS = re.compile(
    r"\s?(?:[가-힣A-Za-z]{1,10}\s){0,2}?(?:밝혔|말했|전했|발표했|보도했|설명했|강조했|알려졌|전해졌|"
    r"통보했|밝힌|말한|전한|보도한|발표한)"
)


_PASSED_ON = re.compile(r"(?:다고|라고|자고)\s?[가-힣 ]{0,12}$")


def told_on(parse: Parse) -> list[Mention]:
    """The dates that say when something was told: 외교부는 10일 ... 발표했다, ...고 외교부가 13일 밝혔다."""
    out = []
    dates = parse.mentions("date")
    says = [
        h for h in parse.of("say") if h.form in ("past", "present") and parse.scene.quote_at(h.start, h.end) is None
    ]
    for m in dates:
        if re.match(r"\s?(?:부터|까지)", parse.text[m.end : m.end + 3]):
            continue
        if _TELLS.match(parse.text, m.end, parse.end):
            out.append(m)
            continue
        beside = any(p.role == "topic" and 0 <= m.start - p.stop <= 4 for p in parse.phrases)
        if says and len(dates) > 1 and beside and _PASSED_ON.search(parse.text[m.end : says[-1].start]):
            out.append(m)
    return out


_RANK = {"day": 0, "span": 0, "end": 0, "weekday": 1, "part": 2, "month": 3, "decade": 4, "year": 5}


def date_in(
    parse: Parse, start: int, end: int, *, ahead: bool = False, shapes: tuple[str, ...] = ()
) -> tuple[str | None, bool, Mention | None]:
    """The finest date that begins at start..end as EDTF, whether it was worked out, and its mention."""
    best: tuple[int, str, bool, Mention] | None = None
    for m in parse.mentions("date"):
        value: DateValue = m.value
        if not start <= m.start < end or (shapes and value.shape not in shapes):
            continue
        text = value.future if ahead or (value.until and value.future) else value.past
        if text is None:
            continue
        rank = _RANK.get(value.shape, 6)
        if best is None or rank < best[0]:
            best = (rank, text, value.inferred, m)
    return (best[1], best[2], best[3]) if best else (None, False, None)
