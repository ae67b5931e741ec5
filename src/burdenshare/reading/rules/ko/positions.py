"""Korean positions without a sum: asked for more, turned a proposal down, kept to the framework; and whose they are."""

from __future__ import annotations

import re

from burdenshare.reading.korean.parse import Parse, name_of
from burdenshare.reading.korean.words import Hit
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.setting import Setting, agreement_of, draft, side_of

_ITEMS = re.compile(
    r"인건비|전략자산(?:\s전개)?(?:\s비용)?|작전지원\s?(?:비|항목)?|연합훈련\s비용|"
    r"순환배치(?:\s비용)?|군사건설비|군수지원비|총액|유효기간"
)
_MATTER = (
    "pay",
    "money-noun",
    "cost-noun",
    "raise",
    "cut",
    "freeze",
    "labour",
    "new-categories",
    "strategic-assets",
    "multi-year",
    "single-year",
)
_US_WORDS = re.compile(r"(?:우리|나|저)[는가도] |우리\s?[측쪽]|내가 ")


def act_side(setting: Setting, parse: Parse, hit: Hit, act: str) -> tuple[str | None, bool]:
    """The side whose act it is, and whether it was worked out: the subject, the owner, the speaker of a quotation."""
    quoted = parse.scene.quote_at(hit.start, hit.end)
    if quoted is not None:
        inner = [p for p in parse.phrases if p.side and p.acts and quoted[0] <= p.start < hit.start]
        spoken = [m.start() for m in _US_WORDS.finditer(parse.text, max(quoted[0], parse.start), hit.start)]
        named = [
            p
            for p in parse.phrases
            if p.side and quoted[0] <= p.start and 0 <= hit.start - p.end <= 16 and p.role in ("owner", "none")
        ]
        if named and hit.form == "noun" and act in ("offer", "demand"):
            return named[-1].side, False
        own = parse.subject(hit)
        if own is not None and own.side is not None and own in inner and not spoken:
            return own.side, False
        if inner and not (spoken and spoken[-1] > inner[-1].start):
            return inner[-1].side, False
        side = speaker_side(setting, parse, quoted)
        if side is not None:
            return side, True
    subject = parse.subject(hit)
    if hit.form != "noun" and parse.home_government(subject.stop if subject is not None else parse.start, hit.start):
        return setting.frame.host, True
    if subject is not None and subject.side is not None:
        return subject.side, False
    # An offer or a demand named as a noun belongs to the side named just before it: 한국의 13% 인상안, 미국 요구액.
    owner = [
        p
        for p in parse.phrases
        if p.side and p.start < hit.start and hit.start - p.end <= 26 and p.role in ("owner", "none")
    ]
    if owner:
        return owner[-1].side, False
    if parse.has("both"):
        return None, False
    # Who asks is a subject, if only of another clause; a mere mention (한국 방위에) asks for nothing.
    roles = ("subject", "topic") if act == "demand" else ("subject", "topic", "owner", "none")
    named = [p for p in parse.phrases if p.side and p.start < hit.start and p.role in roles]
    if named:
        return named[-1].side, True
    side = _carried(setting, parse)
    if side is not None and act in ("offer", "reject", "limit"):
        return side, True
    if act == "demand":
        return setting.frame.stationing, True
    if act == "offer":
        return setting.frame.host, True
    return side, side is not None


def _carried(setting: Setting, parse: Parse) -> str | None:
    """The side that the sentence before speaks of, as its subject."""
    before = setting.before(parse)
    if before is None or before.sentence.line.paragraph != parse.sentence.line.paragraph:
        return None
    acting = [p for p in before.phrases if p.side and p.acts]
    return acting[0].side if acting else None


def speaker_side(setting: Setting, parse: Parse, quoted: tuple[int, int]) -> str | None:
    """The side of whoever speaks a quotation: the subject before it in the sentence, or the speaker named above it."""
    outside = [p for p in parse.phrases if p.side and p.acts and not quoted[0] <= p.start < quoted[1]]
    if outside:
        return outside[0].side
    above = setting.before(parse)
    if above is not None and len(above.words) < 60 and "/" in above.words:
        return side_of(above, above.start, above.end)
    return None


def stated_act(hit: Hit, side: str | None, stationing: str | None, act: str | None = None) -> str:
    """What the stationing side puts on the table (제시하다) is what it asks for."""
    if hit.concept == "limit" and hit.word in ("고수하다", "견지하다") and side is not None and side == stationing:
        return "demand"
    asked = hit.word in ("제시하다", "내놓다", "내밀다", "제시액", "건네다")
    return (
        "demand" if hit.concept == "offer" and asked and side is not None and side == stationing else act or hit.concept
    )


def item_of(parse: Parse, start: int, end: int) -> str | None:
    """What a position is about where it is not the whole: 인건비, 전략자산."""
    found = _ITEMS.search(parse.text, start, end)
    return found.group() if found and found.group() not in ("총액", "유효기간") else None


def positions(setting: Setting, parse: Parse, taken: list[Draft]) -> list[Draft]:
    """Positions told without a figure, one for each side and act of the sentence."""
    if not _speaks_of_it(setting, parse):
        return []
    summed = any(d.kind == "position" and "amount" in d.fields for d in taken)
    covered = [(d.start, d.end, d.fields.get("act")) for d in taken if d.kind == "position"]
    out: list[Draft] = []
    seen: set[tuple[str | None, str]] = set()
    out += _proposals(setting, parse, covered)
    wanted = _wants(setting, parse, [*covered, *((d.start, d.end, "offer") for d in out)])
    out += wanted
    covered += [(d.start, d.end, d.fields.get("act")) for d in wanted]
    for hit, act in _acts(setting, parse):
        if _by_others(parse, hit):
            continue
        if act == "offer":
            owner, _ = act_side(setting, parse, hit, act)
            act = stated_act(hit, owner, setting.frame.stationing)
        if any(s <= hit.start < e and a == act for s, e, a in covered) or (act == "withdraw" and summed):
            continue
        if act == "reject" and "어렵" in hit.word and any(s <= hit.start < e for s, e, _ in covered):
            continue
        side, inferred = act_side(setting, parse, hit, act)
        if act == "demand" and hit.form == "noun" and _OUGHT.match(parse.text, max(hit.start, hit.end - 2), parse.end):
            teller = next((s for s in parse.of("say", "demand") if s.start >= hit.stop and s.form != "noun"), None)
            quoted = parse.scene.quote_at(hit.start, hit.end)
            if quoted is not None:
                side, inferred = speaker_side(setting, parse, quoted) or setting.frame.stationing, True
            elif teller is None:
                continue
            else:
                side, inferred = act_side(setting, parse, teller, act)
        if act in ("offer", "limit"):
            act = stated_act(hit, side, setting.frame.stationing, act)
        if side is None and act != "demand":
            continue
        if act == "reject" and (side, "demand") in seen and hit.word.startswith(("과도", "무리")):
            # 미국의 요구는 과도하다: said by the other side
            side = setting.frame.host if side == setting.frame.stationing else setting.frame.stationing
            inferred = True
        if (side, act) in seen or (act == "limit" and side is None):
            continue
        seen.add((side, act))
        start, end = _span(parse, hit)
        out.append(
            draft("position", parse, start, end, side=side, act=act, item=item_of(parse, start, end),
                  inferred=("side",) if inferred else (), agreement=agreement_of(parse, start, end))
        )  # fmt: skip
    return out


_OUGHT = re.compile(r".{0,8}?야\s?(?:한다|할|합니다|하며|하고)")


def _by_others(parse: Parse, hit: Hit) -> bool:
    """Whether a union, a party or a civic group does it: theirs is no position of a side."""
    outside = [p for p in parse.phrases if p.stop <= hit.start and parse.scene.quote_at(p.start, p.end) is None]
    first = next((n for p in outside[:1] if (n := name_of(p.mention)) is not None), None)
    body = parse.scene.case.bodies.get(first.ref) if first is not None and first.kind == "body" else None
    return body is not None and body.kind in ("other", "union", "party")


_FAVOURED = re.compile(
    r"(?:인상|증액|동결|삭감|감액)(?:을|를)\s(?:거듭\s|계속\s)?(?:주장|고집|희망|바라|선호|원하|내세우|내세워)"
)
_WANTED = re.compile(
    r"(?:하|시키|되|돼|해|려|춰|여|이|러|와|어)?\s?(?:야\s?(?:한다|할|된다|하며|하지)|자(?:는|고|며)\s|"
    r"(?:라|달라|줄 것을|주도록|줄 것)(?:고|는|며)?\s?)"
    r"[^.\"”]{0,24}?(?:주장|요구|입장|요청|당부|압박|촉구|논리|설득|제의|의견|뜻|고집|강조)"
)


def _wants(setting: Setting, parse: Parse, covered: list[tuple[int, int, str | None]]) -> list[Draft]:
    """방위비 분담금을 삭감해야 한다고 주장, 증액하자는 입장: what a side says ought to become of the payment."""
    if not (parse.has("money-noun") or parse.names("topic", "series")):
        return []
    for h in parse.of("raise", "cut", "freeze"):
        favoured = _FAVOURED.match(parse.text, h.start, min(parse.end, h.end + 24)) if h.form == "noun" else None
        found = favoured or _WANTED.match(parse.text, max(h.start + 1, h.end - 1), min(parse.end, h.end + 48))
        if found is None or parse.negated(h) or any(s <= h.start < e for s, e, _ in covered):
            continue
        if parse.scene.quote_at(h.start, h.end) is not None:
            continue
        if not favoured and not re.search(
            r"방위비|분담|부담|비용", parse.text[max(parse.start, h.start - 40) : h.start]
        ):
            continue
        acting = [p for p in parse.phrases if p.acts and p.side and p.stop <= h.start and name_of(p.mention)]
        acting = [p for p in acting if (n := name_of(p.mention)) is not None and n.kind != "forces"]
        payer = setting.frame.host if h.concept == "raise" else None
        topics = [p for p in acting if p.side != payer] or acting  # 미국은 한국이 더 내야 한다고 요구했다
        if not topics or parse.has("furlough", "workers") or _by_others(parse, h):
            continue
        first, _ = parse.clause(h.start)
        start = max(first, h.start - 60)
        # A host that is for a rise offers it.
        act = "offer" if h.concept == "raise" and topics[-1].side == setting.frame.host else "demand"
        return [
            draft("position", parse, start, found.end(), side=topics[-1].side, act=act,
                  item=item_of(parse, start, found.end()))
        ]  # fmt: skip
    return []


_LETS = re.compile(r"자고\s(?:한|했|하는|하고|주장|요청|제의|촉구|말)")


def _proposals(setting: Setting, parse: Parse, covered: list[tuple[int, int, str | None]]) -> list[Draft]:
    """인건비 문제부터 먼저 매듭짓자고 한: what a side proposes to do first."""
    for found in _LETS.finditer(parse.text, parse.start, parse.end):
        before = [p for p in parse.phrases if p.side and p.acts and p.stop <= found.start() and name_of(p.mention)]
        if not before or any(s <= found.start() < e for s, e, _ in covered):
            continue
        if not re.search(
            r"인건비|방위비|분담금|액수|금액|인상|동결|총액|협정|타결|매듭|휴직|특별법|선지급",
            parse.text[max(parse.start, found.start() - 40) : found.start()],
        ):
            continue
        first, _ = parse.clause(found.start())
        start = max(parse.start, min(first, found.start() - 40))
        return [
            draft(
                "position",
                parse,
                max(start, before[-1].stop),
                found.end(),
                side=before[-1].side,
                act="offer",
                item=item_of(parse, start, found.end()),
            )
        ]
    return []


def _speaks_of_it(setting: Setting, parse: Parse) -> bool:
    if parse.has(*_MATTER) or parse.names("topic", "series"):
        return True
    before = setting.before(parse)
    if before is not None and parse.has("reject") and not before.has("money-noun", "offer", "demand", "labour"):
        before = setting.before(before)
    return (
        before is not None and before.has("money-noun", "offer", "demand", "labour") and parse.has("reject", "accept")
    )


def _acts(setting: Setting, parse: Parse) -> list[tuple[Hit, str]]:
    out: list[tuple[Hit, str]] = []
    last = -1
    for h in parse.of("demand", "offer", "reject", "withdraw", "limit", "accept"):
        if h.start < last:
            continue
        act = h.concept
        if act == "accept":
            if not parse.negated(h):
                continue
            act = "reject"
        elif parse.negated(h) and h.concept in ("demand", "offer", "withdraw"):
            continue
        if h.form == "noun" and not _nominal_act(parse, h, act):
            continue
        if h.form.startswith("adn") and _PAPERS.match(parse.text, h.stop, parse.end):
            continue  # 내놓은 보고서
        if re.search(r"느냐|냐는|냐고|질문|여부", parse.text[h.end : min(parse.end, h.stop + 4)]) or _should(parse, h):
            continue
        if act == "reject" and not _rejects_terms(setting, parse, h):
            continue
        if act in ("demand", "offer") and not _about_money(parse, h):
            continue
        last = h.stop
        out.append((h, act))
    return out


_PAPERS = re.compile(
    r"\s?(?:[가-힣]{1,6}\s)?(?:보고서|자료|통계|성명|논평|분석|책자|보도|법안|기사|설명|해명|전망|명세서)"
)


def _nominal_act(parse: Parse, h: Hit, act: str) -> bool:
    """Whether a noun stands for an act here: 증액 요구, 한국의 제안; "요구에 대해" and "제안 설명" stand for none."""
    if parse.text.startswith("대로", h.end):
        return False
    if len(h.word) >= 5 or " " in h.word:
        return True
    before = parse.text[max(parse.start, h.start - 8) : h.start]
    if act == "demand":
        owned = any(p.side and 0 <= h.start - p.end <= 3 for p in parse.phrases)
        return owned or bool(re.search(r"(?:증액|인상|측의|추가|대폭)\s?$", before))
    if act == "offer":
        return h.word not in ("제안하다", "제시하다", "제의하다", "타진하다")
    return True


def _should(parse: Parse, h: Hit) -> bool:
    """Whether the writer says what ought to be done: 거부해야 한다."""
    after = parse.text[h.end - 1 : min(parse.end, h.stop + 4)]
    return re.match(r"해야\s?(?:한다|합니다|할)", after) is not None and not re.search(
        r"고\s", parse.text[h.stop : min(parse.end, h.stop + 8)]
    )


def _rejects_terms(setting: Setting, parse: Parse, h: Hit) -> bool:
    """Whether what is refused is a proposal, a sum or a demand, and not a comment or a vote."""
    before = parse.text[max(parse.start, h.start - 60) : h.start + 14]
    if re.search(r"찬성|표결|기권|표를", parse.words):
        return False
    above = setting.before(parse)
    if above is not None and not above.has("offer", "demand"):
        above = setting.before(above)
    if (
        above is not None
        and above.has("offer", "demand")
        and (
            re.match(r"\s*(?:이에|그러나|하지만|반면)", parse.words)
            or (parse.phrases and re.search(r"받아들|수용|난색|이를", parse.words))
        )
    ):
        return True
    return bool(
        re.search(r"제안|인상|증액|요구|액수|금액|분담금|방위비|총액|방안|인건비|항목|안을|타결|제시|협상안", before)
    )


def _about_money(parse: Parse, h: Hit) -> bool:
    """Whether what is asked for or offered is about the payment."""
    around = parse.text[max(parse.start, h.start - 60) : min(parse.end, h.stop + 12)]
    return bool(
        re.search(
            r"방위비|분담금|증액|인상|금액|액수|총액|비용|인건비|부담|항목|더 내|더 받|더 많|돈|제안|"
            r"다년|유효기간|동결|삭감|청구서",
            around,
        )
    )


def _span(parse: Parse, hit: Hit) -> tuple[int, int]:
    first, last = parse.clause(hit.start)
    quoted = parse.scene.quote_at(hit.start, hit.end)
    if quoted is not None:
        first, last = max(quoted[0] + 1, first), min(quoted[1] - 1, last)
    return max(first, hit.start - 70), max(hit.stop, min(last, hit.stop + 20))


__all__ = ["act_side", "item_of", "name_of", "positions", "speaker_side"]
