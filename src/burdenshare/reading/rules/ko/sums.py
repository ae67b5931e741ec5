"""Korean sums: positions, settlements, contributions and costs, by the predicate each figure belongs to."""

from __future__ import annotations

import re
from typing import Any

from burdenshare.reading.korean.parse import Parse, name_of
from burdenshare.reading.korean.words import Hit
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.figures import (
    ACTS,
    Figure,
    Governor,
    bounded,
    change_of,
    described,
    figures,
    governor,
    period_of,
    size_of,
)
from burdenshare.reading.rules.ko.payers import listed, of_another_payer
from burdenshare.reading.rules.ko.payments import base_year, categories, category_of, share_beside, year_of
from burdenshare.reading.rules.ko.positions import act_side, item_of, stated_act
from burdenshare.reading.rules.ko.setting import COMPARED, Setting, _past_year, agreement_of, draft

_OLD = re.compile(r"지난해|작년|전년|기존|현행|종전|이전|지금까지|올해까지|직전")
_OBLIGED = re.compile(r"야\s?(?:한다|할|하|[\"”…]|$)|라고|달라|도록|라는|으라|게\s?해|라(?=[\"”…\s]|$)")
_ASSERT = ("주장하다", "압박하다", "강조하다", "말하다", "불만을 쏟아내다", "촉구하다")
_OF_THEM = re.compile(r"(?:그\s?중|이\s?중|이\s?가운데|그\s?가운데)")


_RATE = re.compile(r"(?:달러|엔|유로|딸라|원)당\s?(?:약\s?)?$|환율(?:은|을|이)?\s?(?:약\s?)?$")
_RATE_AFTER = re.compile(r"(?:의|인)?\s?(?:환율|기준\s?환율)|당\s")
_YARDSTICK = re.compile(r"[^.,]{0,24}(?:것에|데)\s?(?:비하면|비해|비교|견주)")  # 매년 15% 늘려온 것에 비하면
_IF = re.compile(r"(?:이)?(?:라)?면\s?(?:우리 돈으로\s?|한화로\s?|원화로\s?)?(?:약\s?)?")


def sums(setting: Setting, parse: Parse) -> list[Draft]:
    """Drafts for every sum, change and share of the sentence; a sum and its change make one claim."""
    every = figures(parse)
    out: list[Draft] = []
    used: set[int] = set()
    mains = [f for f in every if f.role == "sum" and not _aside(parse, f, every)]
    for f in mains + [f for f in every if f.role in ("change", "share")]:
        if f.start in used or _foreign(setting, parse, f):
            continue
        mine = [f, *_beside(parse, f, every, used)]
        found = _classify(setting, parse, f, mine, every)
        if found:
            used.update(x.start for x in mine)
            out += found
    if not out:
        out += categories(setting, parse)
    out += [d for f in every if f.role == "base" and not _foreign(setting, parse, f) for d in _base(setting, parse, f)]
    return out


def _aside(parse: Parse, f: Figure, every: list[Figure]) -> bool:
    """Whether a sum in brackets only gives the one before it in another currency: ‘50억 달러’(약 5조9천억원)."""
    if _RATE.search(parse.text, max(parse.start, f.start - 10), f.start) or _RATE_AFTER.match(
        parse.text, f.end, parse.end
    ):
        return True  # 1달러당 1천200원, 환율 1천245원 기준: a rate of exchange
    money = [x for x in every if x.mention.type == "money" and x.end <= f.start]
    near = [x for x in money if f.start - x.end <= 4 and "(" in parse.text[x.end : f.start]]
    opened = parse.text.rfind("(", max(parse.start, f.start - 40), f.start)
    inside = opened >= 0 and ")" not in parse.text[opened : f.start]
    return bool(near) or (inside and any(0 <= opened - x.end <= 1 for x in money))


def _foreign(setting: Setting, parse: Parse, f: Figure) -> bool:
    """Whether a figure is about something else: arms, trade, budgets, other countries' payments, voters."""
    first, last = parse.clause(f.start)
    about = parse.within(max(first, f.start - 40), min(last, f.end + 20), "asset-noun")
    near = parse.within(max(first, f.start - 40), min(last, f.end + 30), "money-noun", *ACTS)
    spent = parse.within(max(parse.start, f.start - 12), f.start, "cost-noun")  # 예산안에 주둔 비용을 45억 달러로
    if about and not near and not (spent and spent[-1].start > about[-1].start):
        return True
    if of_another_payer(setting, parse, f):
        return True
    if f.role == "share":
        return not parse.has(
            "share-noun", "money-noun", "cost-noun", "labour", "construction", "logistics", "gdp", "unspent", "pay"
        )
    if f.mention.type == "percent" and parse.has("election") and not near:
        return True
    if f.mention.type in ("percent", "share") and re.search(
        r"응답자|여론조사|지지율|조사한 결과|조사 결과", parse.words
    ):
        return True
    if f.mention.type == "money" and _SAVED.match(parse.text, f.end, parse.end):
        return True
    return bool(re.match(r"\s?(?:찬성|반대|지지|응답|득표|할인)", parse.text[f.end : f.end + 12]))


_SAVED = re.compile(
    r"\s?(?:가량|정도|안팎|쯤|이상|여)?(?:의|이|을|가)?\s?(?:추가로\s?|더\s?)?(?:절감|절약|경감|환차손|환차익|이자|손실|이득|손해|차익)"
)


def _beside(parse: Parse, f: Figure, every: list[Figure], used: set[int]) -> list[Figure]:
    """The change that belongs to a sum: 8.2% 인상된 1조389억원, 1조389억원으로 8.2% 인상, 50억 달러(약 5배)."""
    if f.role != "sum":
        return []
    out = []
    for x in every:
        if x.role != "change" or x.start in used:
            continue
        if x.end <= f.start:
            gap = parse.text[x.end : f.start]
            taken = any(o.role == "sum" and x.end <= o.start < f.start for o in every)
            if (
                len(gap) <= 40
                and not any(x.end < b <= f.start for b in parse.breaks)
                and not taken
                and not re.search(r"(?:했|됐|였)[고으지는]|다[.,]", gap)
            ):
                out.append(x)
        elif x.start >= f.end:
            gap = parse.text[f.end : x.start]
            taken = any(o.role == "sum" and f.end <= o.start < x.start for o in every)
            if (
                len(gap) <= 34
                and not any(f.end < b <= x.start for b in parse.breaks)
                and not taken
                and not re.search(r"(?:했|됐|였)[고으지는]|다[.,]", gap)
            ):
                out.append(x)
    return sorted(out, key=lambda x: min(abs(f.start - x.end), abs(x.start - f.end)))[:1]


def _classify(setting: Setting, parse: Parse, f: Figure, mine: list[Figure], every: list[Figure]) -> list[Draft]:
    noun = described(parse, f.mention) if f.role == "sum" else ""
    now = noun + parse.text[max(parse.start, f.start - 6) : f.start]
    if noun and re.search(r"분담금|방위비|지원금", noun) and re.search(r"올해|지난해|작년|현재|현행|기존|지금", now):
        return [_contribution(setting, parse, f, mine)]
    if f.role == "change" and _YARDSTICK.match(parse.text, f.end, parse.end):
        return []
    if f.role == "sum" and any(_IF.fullmatch(parse.text, x.end, f.start) for x in every if x.end <= f.start):
        return []  # 100억 달러면 약 13조원: only what a sum would be
    if f.role == "sum" and re.match(r"(?:이)?(?:라)?면\s", parse.text[f.end : f.end + 4]):
        return []
    stated = f.role == "sum" and _STATES.search(parse.text, max(parse.start, f.start - 44), f.start)
    if stated and _STATED.match(parse.text, f.end, parse.end):  # 올해 분담금은 1조389억원으로 ...
        return _paid(setting, parse, f, mine, None, "")
    held = _held_to(setting, parse, f, mine)
    if held is not None:
        return [held]
    if f.role == "sum" and parse.within(f.end, f.end + 6, "cost-verb-in", "cost") and _is_cost(parse, f):
        return [_cost(parse, f)]  # 연간 50억 달러가 든다며 증액을 요구했다
    gov = governor(parse, f, every)
    if f.role == "change" and f.mention.type == "multiple" and _told_of(parse, f):
        asked = _asked_before(setting, parse, f)
        return [asked] if asked is not None else []
    if f.role == "share" and any(x.role == "sum" and share_beside(parse, x) is f.mention for x in every):
        return []  # told with its sum: 인건비 3천억원(39%)
    if f.role == "share":
        return _share(setting, parse, f, gov)
    if gov is not None:
        hit, act = _act(parse, gov)
        if act == "say":
            act = "demand"
        if act == "withdraw" and f.role == "sum" and re.search(r"로\s", parse.text[f.end : f.end + 8]):
            act = "demand"  # 40억 달러로 요구를 낮췄다: what is asked for now
        if act == "reject" and f.role in ("sum", "change") and "어렵" in hit.word:
            act = "limit"
        if act in ACTS and not (act == "reject" and gov.left):
            drafts = [_position(setting, parse, f, mine, hit, act)]
            beyond = _offered(parse, f, every) if act == "reject" else None
            if beyond is not None:
                drafts.append(
                    _position(setting, parse, f, mine, beyond, "offer" if beyond.concept == "offer" else "demand")
                )
            return drafts
        if act == "cost":
            return [_cost(parse, f)] if f.role == "sum" else []
        if act == "agree" and f.role == "change" and "잠정" in parse.words and not parse.negated(hit):
            return [_settled(setting, parse, mine, hit)]
        if act in ("agree", "set", "sign", "accept", "pay"):
            by_host = act == "pay" and (payer := parse.subject(hit)) is not None and payer.side == setting.frame.host
            if _is_cost(parse, f) and not by_host:
                return [_cost(parse, f)]
            if f.role == "change" and not _ours(parse, f, setting):
                both = act == "agree" and (parse.has("both") or "잠정" in parse.words)
                return [_settled(setting, parse, mine, hit)] if both and not parse.negated(hit) else []
            return _paid(setting, parse, f, mine, hit, act)
    if f.role == "sum" and _is_cost(parse, f):
        return [_cost(parse, f)]
    if f.role == "change" and setting.frame.deal and re.match(r"\s*(?:이는|이 금액은|이 액수는)", parse.words):
        before = setting.before(parse)
        if before is not None and before.mentions("money") and before.has("agree", "set", "reached", "money-noun"):
            return [_settled(setting, parse, mine, None)]
    asked = _asked_before(setting, parse, f) if f.role == "change" else None
    if asked is not None:
        return [asked]
    if f.role == "change" and re.search(r"적정|적절|바람직", parse.words):
        return []
    grown = f.role != "change" or f.mention.type != "multiple" or parse.within(f.end, f.end + 24, "raise")
    if not grown:
        return []
    if not setting.frame.deal and re.match(
        r"[^.]{0,4}(?:될|될 수|넘을|넘어설) (?:가능성|전망|수)", parse.text[f.end : parse.end]
    ):
        return []
    if _ours(parse, f, setting) and not (f.mention.type == "multiple" and parse.scene.quote_at(f.start, f.end)):
        return _paid(setting, parse, f, mine, None, "")
    return []


_STATES = re.compile(
    r"(?:올해|지난해|작년|금년|현재|현행|\d{4}년도?)[^.,]{0,20}(?:분담금|방위비|지원분|지원금|분담액|부담금|부담액)(?:\s총액)?은\s"
    r"(?:총\s|약\s|모두\s)?$"
)
_STATED = re.compile(r"\s?(?:가량|정도|수준)?(?:으로(?=\s(?:약\s)?\d)|이며|이고|이다|이었|였|입니다|인데|이지만)")
_HELD_TO = re.compile(
    r"(?:[^.,\"”]{0,10}?(?:적정|적절|합리적|타당)(?:하다|이라|하)는\s(?:입장|방침|주장|의견|판단)|[^.,\"”]{0,12}?(?:인상|증액|삭감|감액|동결|올[리려]|늘[리려]|줄[이여]|깎아?|낮[추춰])(?:하|해|시키|시켜)?(?:겠다|자|야\s?한다|야\s?된다|\s?달라)"
    r"(?:고\s(?:했|하고|말했|맞|주장|요구|버티|강조|고집|압박)|는\s(?:입장|방침|주장|생각|의사|뜻|요구|제안|방안|안(?=[을이은\s])|의견|태도)))"
)


def _held_to(setting: Setting, parse: Parse, f: Figure, mine: list[Figure]) -> Draft | None:
    """A figure a side says it holds to: 미국은 50% 인상해야 한다는 입장이다."""
    found = _HELD_TO.match(parse.text, f.end, parse.end) if f.role in ("change", "sum") else None
    if found is None:
        return None
    acting = [p for p in parse.phrases if p.acts and p.side and p.stop <= f.start]
    if not acting:
        return None
    at_home = parse.home_government(acting[-1].stop, f.start)
    side = setting.frame.host if at_home else acting[-1].side
    act = "demand" if side == setting.frame.stationing else "offer"
    start, _ = _span(parse, mine, None)
    return draft("position", parse, start, found.end(), side=side, act=act, **_fields(parse, mine))


def _told_of(parse: Parse, f: Figure) -> bool:
    """Whether a multiple only says how large something is: 올해 분담금의 다섯 배다."""
    after = parse.text[f.end : min(parse.end, f.end + 12)]
    return (
        re.match(
            r"\s?(?:수준|규모|가량|정도|쯤)?\s?"
            r"(?:다\b|이다|입니다|인데|이라|가 넘|를 넘|에 해당|에 달하는 (?:금액|액수|돈))",
            after,
        )
        is not None
    )


def _asked_before(setting: Setting, parse: Parse, f: Figure) -> Draft | None:
    """올해 분담금의 다섯 배가 넘습니다, after a sentence of what is asked for: the same demand."""
    before = setting.before(parse)
    if before is not None and not before.has("demand", "offer") and _told_of(parse, f):
        before = setting.before(before)
    if (
        before is None
        or not before.has("demand", "offer")
        or not before.mentions("money")
        or parse.has("agree", "set", "pay")
    ):
        return None
    if any(p.side and p.acts for p in parse.phrases):
        return None
    if before.has("offer") and not re.match(
        r"\s*(?:이는|이 금액|이 액수|이 제안|올해|현재|작년|지난해|이같은|이 같은)", parse.words
    ):
        return None
    hit = before.of("demand", "offer")[0]
    side, _ = act_side(setting, before, hit, hit.concept)
    act = stated_act(hit, side, setting.frame.stationing)
    start, end = _span(parse, [f], None)
    return draft("position", parse, start, end, side=side, act=act, change=change_of(f), inferred=("side", "act"))


def _act(parse: Parse, gov: Governor) -> tuple[Hit, str]:
    """What the governing predicate does; one that is asked for (내야 한다고 주장) gives way to the one that asks."""
    hit = gov.hit
    act = "demand" if hit.concept == "bid" else hit.concept
    after = parse.text[hit.start : min(parse.end, hit.stop + 8)]
    if act in ("pay", "set", "agree", "accept") and not gov.left and _OBLIGED.search(after):
        if re.match(r".{0,2}(?:야|라(?!고|는))", after[len(hit.word) - 2 :]) and (
            parse.headline or parse.scene.quote_at(hit.start, hit.end)
        ):
            return hit, "demand"
        for later in parse.of("demand", "offer", "say"):
            if later.start >= hit.stop and (later.concept != "say" or later.word in _ASSERT):
                return later, "offer" if later.concept == "offer" else "demand"
    if act in ("demand", "offer") and hit.form != "noun" and parse.negated(hit):
        return hit, ""
    if act == "accept" and parse.negated(hit):
        return hit, "reject"
    if act in ("agree", "pay") and parse.negated(hit):
        able = re.search(
            r"수(?:는|가)? 없|못\s?(?:내|주|낸)|어렵", parse.text[hit.start : min(parse.end, hit.stop + 10)]
        )
        return hit, "limit" if act == "pay" and able else ""
    return hit, act


def _offered(parse: Parse, f: Figure, every: list[Figure]) -> Hit | None:
    """The offer or demand that a refused figure is: 한국이 제시한 13% 인상안을 거부했다."""
    near = [h for h in parse.of("offer", "demand") if -30 <= h.start - f.end <= 10 or 0 <= f.start - h.stop <= 34]
    return near[0] if near else None


def _span(parse: Parse, mine: list[Figure], hit: Hit | None) -> tuple[int, int]:
    first, last = parse.clause(mine[0].start)
    start = min(x.start for x in mine)
    end = max(x.end for x in mine)
    if hit is not None:
        end = max(end, hit.stop) if hit.start >= end else end
        start = min(start, hit.start)
    if start - 60 > first:
        space = parse.text.find(" ", start - 60, start)
        first = space + 1 if space > 0 else first
    tail = end
    while tail < parse.end and parse.text[tail].isalnum():
        tail += 1
    return max(first, start - 60) if first <= start else start, min(parse.end, max(tail, min(last, end)))


def _fields(parse: Parse, mine: list[Figure]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for x in mine:
        if x.mention.type == "money":
            fields["amount"] = bounded(parse, x.mention)
            fields["per"] = period_of(parse, x.mention)
        elif x.role == "change":
            fields["change"] = change_of(x)
    return fields


def _position(setting: Setting, parse: Parse, f: Figure, mine: list[Figure], hit: Hit, act: str) -> Draft:
    start, end = _span(parse, mine, hit)
    side, inferred = act_side(setting, parse, hit, act)
    gapped = _gapped(parse, f, hit)
    if gapped is not None:
        side, inferred = gapped, False
    if (
        act == "demand"
        and side == setting.frame.host
        and hit.concept in ("pay", "say", "demand")
        and _must_pay(parse, f)
    ):
        side, inferred = setting.frame.stationing, True
    if act in ("offer", "limit"):
        act = stated_act(hit, side, setting.frame.stationing, act)
    denied = _DENIED.match(parse.text, f.end, parse.end) is not None
    return draft(
        "position", parse, start, end, side=side, act=act, modality="denied" if denied else None,
        item=item_of(parse, start, end),
        inferred=("side",) if inferred else (), agreement=agreement_of(parse, start, end), **_fields(parse, mine),
    )  # fmt: skip


_MUST_PAY = re.compile(r"[^.]{0,12}?(?:내|부담해|분담해|지불해|지급해|올려|늘려)야")


_DENIED = re.compile(r"\s?(?:요구)?(?:가|는|은|이)?\s?(?:아니|아냐|아닌|아님)")


def _must_pay(parse: Parse, f: Figure) -> bool:
    """Whether the sum is what the host is told to pay: 한국이 100억 달러를 내야 한다."""
    return _MUST_PAY.match(parse.text, f.end, parse.end) is not None


def _gapped(parse: Parse, f: Figure, hit: Hit) -> str | None:
    """The side of the first of two that share a verb: 미국은 10% 인상을, 한국은 삭감을 주장했다."""
    after = parse.text[f.end : min(parse.end, f.end + 48)]
    if not re.match(r"[^,.]{0,44}[을를],", after):
        return None
    between = [p for p in parse.phrases if p.acts and p.side and f.end <= p.start and p.stop <= hit.start]
    before = [p for p in parse.phrases if p.acts and p.side and p.stop <= f.start]
    return before[-1].side if between and before else None


def _is_cost(parse: Parse, f: Figure) -> bool:
    """Whether a sum is what the presence costs: the nearest noun before it speaks of cost and none of a share."""
    first, last = parse.clause(f.start)
    costs = parse.within(max(parse.start, f.start - 60), min(last, f.end + 14), "cost-noun")
    shares = [
        h
        for h in parse.within(max(first, f.start - 40), f.start, "money-noun")
        if not any(c.start <= h.start < c.end for c in costs) and h.word not in ("총액", "방위비")
    ]
    verbs = parse.within(f.end, min(last, f.end + 16), "cost", "cost-verb-in")
    for h in parse.within(max(first, f.start - 60), f.start, "pay"):
        if h.form.startswith("adn") or parse.text.startswith(("야 할", "야 하는"), h.end):
            return False  # 한국이 부담할 주둔비
    if parse.within(f.end, f.end + 6, "set") and not verbs:
        return False  # 주둔비용 1조원 책정: what is to be paid
    payers = parse.within(f.end, min(last, f.end + 16), "pay")
    if shares or (payers and not verbs):
        return False
    about = parse.has("troops") or parse.names("forces") or costs
    return bool(about and (verbs or (costs and costs[-1].start < f.start)))


def _cost(parse: Parse, f: Figure) -> Draft:
    start, end = _span(parse, [f], None)
    after = parse.within(f.end, f.end + 16, "cost", "cost-verb-in")
    end = max([end, *(h.stop for h in after)])
    return draft("cost", parse, start, end, amount=bounded(parse, f.mention), per=period_of(parse, f.mention))


def _ours(parse: Parse, f: Figure, setting: Setting | None = None) -> bool:
    """Whether the words before a figure, or a few after it, speak of the host's payment."""
    first, last = parse.clause(f.start)
    inside = parse.scene.quote_at(f.start, f.end)
    before = parse.within(max(parse.start, min(first, f.start - 50)), f.start, "money-noun", "pay")
    after = parse.within(f.end, min(last, f.end + 16), "money-noun")
    after = [h for h in after if parse.scene.quote_at(h.start, h.end) == inside]
    if agreement_of(parse, parse.start, parse.end) is not None and f.role == "change":
        return True
    above = setting.before(parse) if setting is not None else None
    if (
        above is not None
        and setting is not None
        and setting.frame.deal
        and f.role == "sum"
        and above.has("money-noun", "growth-noun", "defence-budget")
    ):
        dated = [d for d in parse.mentions("date") if d.value.shape == "year" and d.start < f.start]
        if dated and re.match(
            r"\s?(?:원)?(?:에|으로|이|가)?\s?(?:이르|이른|이를|달하|달한|달할|늘|오르|된다|됩니다|추정|예상)",
            parse.text[f.end : f.end + 12],
        ):
            return True
    parts = parse.within(max(first, f.start - 24), f.start, "labour", "construction", "logistics", "unspent")
    return bool(
        before or after or parts or listed(setting, parse, f) or (parse.headline and parse.names("series", "topic"))
    )


_CATEGORIES = ("labour", "construction", "logistics")


def _paid(setting: Setting, parse: Parse, f: Figure, mine: list[Figure], hit: Hit | None, act: str) -> list[Draft]:
    """A settlement where the report brings the deal and the sum is new, else a contribution."""
    if act == "pay" and hit is not None and f.role == "sum" and _host_pays(setting, parse, hit):
        pass
    elif not (
        _ours(parse, f, setting)
        or (act in ("agree", "set", "sign") and (parse.names("series", "topic") or parse.has("agreement-noun")))
    ) and (act != "agree" or not setting.frame.deal):
        return []
    paying_now = hit is None and any(
        h.form == "adn-now" for h in parse.within(max(parse.start, f.start - 40), f.start, "pay")
    )
    listed = len(parse.mentions("money")) > 2 and len({h.concept for h in parse.of(*_CATEGORIES)}) > 1
    part = f.role == "sum" and (
        listed or category_of(parse, f) is not None or bool(parse.within(f.start - 40, f.end + 20, "unspent"))
    )
    if setting.frame.deal and not part and not paying_now and not _old(setting, parse, f, hit):
        start, end = _span(parse, mine, hit)
        fields = _fields(parse, mine)
        if _past_year(parse) and not parse.within(parse.start, parse.end, "near-deal"):
            return [_contribution(setting, parse, f, mine, hit)]
        year = _paid_for(parse, f)
        ref = parse.scene.ref
        if year and year.isdecimal() and ref is not None and ref.earliest is not None and int(year) < ref.earliest.year:
            return [_contribution(setting, parse, f, mine, hit)]
        named = agreement_of(parse, start, end)
        return [
            draft("settlement", parse, start, end, year=int(year) if year and year.isdecimal() else None,
                  agreement=named or setting.frame.talks, inferred=() if named else ("agreement",), **fields)
        ]  # fmt: skip
    return [_contribution(setting, parse, f, mine, hit)]


def _paid_for(parse: Parse, f: Figure) -> str | None:
    """The year a new sum is for; not the one it is compared with (작년보다)."""
    first = max(parse.start, f.start - 40)
    dates = [
        d
        for d in parse.mentions("date")
        if first <= d.start < f.start and d.value.shape == "year" and not COMPARED.match(parse.text, d.end, parse.end)
    ]
    return dates[0].value.past if dates else None


def _settled(setting: Setting, parse: Parse, mine: list[Figure], hit: Hit | None) -> Draft:
    start, end = _span(parse, mine, hit)
    named = agreement_of(parse, start, end)
    return draft("settlement", parse, start, end, agreement=named or setting.frame.talks,
                 inferred=() if named else ("agreement",), **_fields(parse, mine))  # fmt: skip


def _host_pays(setting: Setting, parse: Parse, hit: Hit) -> bool:
    """Whether the one who pays is the host, or not told."""
    payer = parse.subject(hit)
    return payer is None or payer.side in (None, setting.frame.host)


def _old(setting: Setting, parse: Parse, f: Figure, hit: Hit | None) -> bool:
    """Whether a sum is of an earlier year or agreement than the deal the report brings."""
    first, _ = parse.clause(f.start)
    before = parse.text[max(first, f.start - 30) : f.start]
    named = agreement_of(parse, first, f.start)
    if named is not None and setting.frame.talks is not None and named < setting.frame.talks:
        return True
    beside = any(x.role == "change" and x.start < f.start for x in figures(parse))
    return bool(_OLD.search(before)) and not beside and (hit is None or hit.concept == "pay")


def _contribution(setting: Setting, parse: Parse, f: Figure, mine: list[Figure], hit: Hit | None = None) -> Draft:
    start, end = _span(parse, mine, hit)
    start = max(start, mine[0].start - 45) if hit is None else start
    when, inferred = year_of(parse, f)
    fields = _fields(parse, mine)
    if "amount" in fields:
        fields["category"] = category_of(parse, f)
        share = share_beside(parse, f) if fields["category"] else None
        if share is not None:
            fields.update(share_percent=size_of(share.value), share_of="contribution")
    if parse.has("unspent") and f.role == "sum" and not parse.has("demand"):
        near = parse.within(f.start - 40, f.end + 20, "unspent")
        fields["category"] = "unspent" if near else None
    return draft(
        "contribution", parse, start, end, side=setting.frame.host, when=when,
        inferred=("when",) if inferred else (), agreement=agreement_of(parse, parse.start, end), **fields,
    )  # fmt: skip


def _base(setting: Setting, parse: Parse, f: Figure) -> list[Draft]:
    first, last = parse.clause(f.start)
    if not parse.has("money-noun", "pay", *ACTS, "agree", "raise", "cut"):
        return []
    before = parse.text[max(parse.start, f.start - 30) : f.start]
    gov = governor(parse, f, [f])
    if gov is not None and gov.left and gov.hit.concept in ("demand", "offer"):
        return [_position(setting, parse, f, [f], gov.hit, gov.hit.concept)]
    if parse.within(max(first, f.start - 30), f.start, *ACTS) and not _OLD.search(before):
        return []
    when, inferred = base_year(parse, f)
    if when is None and not parse.within(parse.start, f.end + 20, "money-noun", "pay"):
        return []  # what it is compared with is not said to be paid
    start = max(parse.start, f.start - 24)
    dates = [d for d in parse.mentions("date") if start - 6 <= d.start < f.start]
    start = dates[-1].start if dates else f.start
    return [
        draft("contribution", parse, start, min(last, f.end + 12), side=setting.frame.host, when=when,
              amount=bounded(parse, f.mention), inferred=("when",) if inferred else ())
    ]  # fmt: skip


def _share(setting: Setting, parse: Parse, f: Figure, gov: Governor | None) -> list[Draft]:
    """A share of the cost, of the contribution or of what is unspent."""
    if not parse.has("money-noun", "cost-noun", "labour", "gdp", "unspent", "share-noun"):
        return []
    first, last = parse.clause(f.start)
    named = [c for c in ("labour", "construction", "logistics") if parse.within(max(first, f.start - 14), f.start, c)]
    named = named or [
        c for c in ("labour", "construction", "logistics") if parse.within(max(first, f.start - 24), last, c)
    ]
    of = "contribution" if named else "gdp" if parse.within(f.start - 20, f.end + 12, "gdp") else "cost"
    if parse.within(f.start - 24, f.end + 20, "unspent"):
        of = "unspent"
    if of == "gdp" and not parse.within(first, last, "money-noun"):
        return []
    share = size_of(f.mention.value)
    hit, act = _act(parse, gov) if gov is not None else (None, "")
    if hit is not None and gov is not None and parse.negated(gov.hit) and gov.hit.concept == "pay":
        return []
    if hit is not None and act in ("demand", "offer"):
        side, inferred = act_side(setting, parse, hit, act)
        return [
            draft("position", parse, max(first, f.start - 40), hit.stop, side=side, act=act,
                  share_percent=share, share_of=of, inferred=("side",) if inferred else ())
        ]  # fmt: skip
    when, inferred = year_of(parse, f)
    end = max(f.end, min(last, f.end + 24))
    return [
        draft("contribution", parse, max(first, f.start - 40), end, side=setting.frame.host,
              when=when, share_percent=share, share_of=of, category=named[0] if len(named) == 1 else None,
              inferred=("when",) if inferred else ())
    ]  # fmt: skip


__all__ = ["name_of", "sums"]
