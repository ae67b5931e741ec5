"""Korean sums, changes and shares: what a figure is said to be, and which predicate it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from burdenshare.money import Change, Growth, Range
from burdenshare.reading.korean.parse import Parse
from burdenshare.reading.korean.words import Hit
from burdenshare.reading.mentions.mention import Mention, Number

ACTS = ("demand", "offer", "reject", "withdraw", "limit")
GOVERNORS = (*ACTS, "bid", "accept", "agree", "set", "sign", "pay")
_BASE_AFTER = re.compile(
    r"\s?\)?\s?(?:(?:가량|정도|쯤|선|수준|규모)?\s?(?:보다도?|대비|에\s?(?:비해|견줘|비하면|비하여|"
    r"견주어)|과\s?비교|와\s?비교|"
    r"(?:이|였)?던\s?(?:것|데)?에서|에서\s|에\s[^,]{0,24}?(?:더한|더해|합친|얹은))|의\s?(?:최대\s?|"
    r"약\s?|거의\s?|무려\s?|최소\s?|꼬박\s?)?$)"
)
_BASE_OF_MULTIPLE = re.compile(
    r"(?![은는이가]\s)\s?\)?(?:\s?(?:가량|정도|쯤)?(?:인|이던|였던)?\s?[가-힣\s]{0,16})?의\s?(?:최대|"
    r"약|거의|무려|최소|근|꼬박)?\s?$"
)
_DESCRIBES = re.compile(r"\s?(?:가량|정도|쯤|안팎|수준|규모)?\s?(?:인|이던|였던|이었던)\s(?P<noun>[가-힣 ]{1,24})")
_CHANGE_AFTER = re.compile(
    r"\s?(?:포인트|p|%p)?\s?(?:가량|정도|쯤|안팎|이상|나|가까이|수준|범위|씩|까지|로|의|으로|만큼|"
    r"이나|넘게|선|대|을|를|이|가)*\s?"
    r"(?:대폭\s?|더\s?|추가\s?|정도\s?|분담금\s?|방위비\s?)?"
    r"(?P<word>인상|증액|증가|상승|올[린렸려리릴라랐]|오[른르를]|늘|확대|급증|뛴|뛰|많|높|삭감|감액|"
    r"감소|줄|깎|낮[춘추췄은]|인하|적[은었다])"
)
_OF_THE_BUDGET = re.compile(r"국방(?:비|예산)\s?(?:증가율|상승률|인상률)(?:은|이|인)?\s?$")
_CUT = re.compile(r"삭감|감액|감소|줄|깎|낮|인하|적")
_CHANGE_BEFORE = re.compile(
    r"(?:인상률|인상율|증가율|상승률|물가\s?상승률|인상폭|인상\s폭|증가폭|상승폭|오름폭|인상분)(?:은|"
    r"이|을|를|도)?\s[^,.]{0,14}$"
)
_BASE_BEFORE = re.compile(r"(?:보다|대비|비해|견줘|비하면)\s[^,.]{0,20}$")
_OF_GDP = re.compile(r"(?:GDP|GNP|총생산|GNI|국방비|국방예산|예산)\)?\s?(?:의|대비)\s[^,.]{0,6}$")
_SHARE_AFTER = re.compile(
    r"\s?(?:가량|정도|쯤|이상|안팎|나|남짓|수준)?\s?(?:를|을|가|이|는|은|의|로|에)?\s?(?:차지|부담|"
    r"분담|떠안|해당|달하|이르|인건비|수준|책임|냈|내[고는])"
)
_CAP = re.compile(r"(?<!인)(?<!이)상한|넘지|넘을 수|이내|최대|초과|한도|못\s?넘")
_NO_MORE = re.compile(
    r"(?:(?<=이상)은|(?<=초과)는|\s?(?:를|을)?\s?이상은?|\s?(?:를|을)?\s?(?:넘는|넘어서는|초과하는)\s(?:것은|인상은|증액은|건)|\s?초과는)\s?[^.,]{0,8}?"
    r"(?:어렵|힘들|곤란|불가|안\s?[되된]|못)"
)
_YEARLY = re.compile(r"연간|매년|해마다|한\s?해|연평균|1년에|매해|연\s?$|년간\s총액|한해")
_TERM = re.compile(r"(?P<years>\d{1,2})\s?년(?:간|\s?동안|치)[^,.]{0,12}$")
_BOUND_AFTER = (
    (re.compile(r"\s?(?:이상|을 넘|를 넘|넘는|넘게|을 웃도|를 웃도|여\b)"), "over"),
    (re.compile(r"\s?(?:가량|정도|쯤|안팎|내외|남짓)"), "about"),
    (re.compile(r"\s?(?:에 육박|에 가까|가까이)"), "nearly"),
)


@dataclass(eq=False, slots=True)
class Figure:
    """A sum, percentage, multiple or share of a sentence, and what it is: `role` is sum, base, change, share or cap."""

    mention: Mention
    role: str
    cut: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.mention.start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.mention.end


def figures(parse: Parse) -> list[Figure]:
    """Every sum, percentage, multiple and share of the sentence with its role, in order."""
    return [_figure(parse, m) for m in parse.mentions("money", "percent", "multiple", "share")]


def _figure(parse: Parse, m: Mention) -> Figure:
    after = parse.text[m.end : min(parse.end, m.end + 24)]
    before = parse.text[max(parse.start, m.start - 26) : m.start]
    if m.type == "money":
        return Figure(m, "base" if is_base(parse, m) else "sum")
    if m.type == "percent" and _caps(parse, m):
        return Figure(m, "cap")
    change = _CHANGE_AFTER.match(after)
    if m.type == "percent" and re.search(r"(?:비율|비중|분담률|배정률|집행률)[은는이가을를의]?\s[^,.]{0,24}$", before):
        return Figure(m, "share")
    if change:
        return Figure(m, "change", bool(_CUT.match(change["word"])))
    if m.type == "multiple":
        return Figure(m, "change")
    if _OF_THE_BUDGET.search(before):
        return Figure(m, "rule")  # what the budget grew by, that the payment is to follow
    if _CHANGE_BEFORE.search(before):
        return Figure(m, "change")
    if m.type == "percent" and _OF_GDP.search(before):
        return Figure(m, "share")
    if _BASE_BEFORE.search(before) and not _SHARE_AFTER.match(after):
        return Figure(m, "change", bool(parse.within(m.end, m.end + 20, "cut")))
    if m.type == "percent" and _NO_MORE.match(parse.text, m.end, parse.end):
        return Figure(m, "change")
    if (
        m.type == "percent"
        and re.match(r"\s?(?:를|을|까지|안|선|로)?\s?(?:요구|제시|제안)", after)
        and not parse.has("share-noun")
    ):
        return Figure(m, "change")
    return Figure(m, "share")


def _caps(parse: Parse, m: Mention) -> bool:
    """Whether a percentage bounds the yearly rise: 상한 4%, 4%를 넘지 못한다."""
    near = parse.text[max(parse.start, m.start - 12) : min(parse.end, m.end + 10)]
    ruled = parse.has("cap") and parse.has("growth-noun", "cpi", "defence-budget", "raise")
    return ruled and not parse.has(*ACTS) and _CAP.search(near) is not None


def is_base(parse: Parse, m: Mention) -> bool:
    """Whether a sum is what another is compared with: 지난해(9602억원)보다, 9602억원에서, 올해 1조389억원의 5배."""
    stop = min(parse.end, m.end + 40)
    after = parse.text[m.end : stop]
    if _BASE_AFTER.match(after):
        return True
    return any(
        x.start > m.end and x.start < stop + 10 and _BASE_OF_MULTIPLE.fullmatch(parse.text[m.end : x.start])
        for x in parse.mentions("multiple", "percent")
    )


def described(parse: Parse, m: Mention) -> str:
    """The noun that a sum is said to be the size of (1조300억 원가량인 올해 분담금), or nothing."""
    found = _DESCRIBES.match(parse.text, m.end, parse.end)
    return found["noun"] if found else ""


@dataclass(eq=False, slots=True)
class Governor:
    """The predicate a figure belongs to; `left` where it modifies the figure from the left (요구한 50억 달러)."""

    hit: Hit
    left: bool


def governor(parse: Parse, figure: Figure, every: list[Figure]) -> Governor | None:
    """The predicate that says what a figure is: a clause that modifies it, else the next predicate after it."""
    left = _left(parse, figure, every)
    right = _right(parse, figure, every)
    if (left is None and right is None) or (right is not None and right.hit.concept in ("set", "pay")):
        left = left or _named(parse, figure)
    if left is not None and (right is None or left.hit.concept in ACTS or right.hit.concept in ("pay", "set")):
        return left
    return right or left


def _left(parse: Parse, figure: Figure, every: list[Figure]) -> Governor | None:
    for h in reversed(parse.of(*GOVERNORS)):
        adnominal = h.form.startswith("adn") or (h.form == "past" and parse.text.startswith("던", h.end))
        if not adnominal or h.stop > figure.start or figure.start - h.stop > 34:
            continue
        gap = parse.text[h.stop : figure.start]
        if re.search(r"[가-힣](?:을|를|이|가|은|는)\s|,", gap) or parse.negated(h):
            return None
        if any(f.role == "sum" and h.stop <= f.start < figure.start for f in every):
            return None
        if any(p.start >= h.stop and p.end <= figure.start and p.concept in GOVERNORS for p in parse.predicates):
            continue
        return Governor(h, True)
    return None


_ASKED = re.compile(
    r"(?:요구|제시|제안)\s(?:약\s)?$|"
    r"(?:요구액|요구안|(?:요구|제시|제안)\s(?:금액|액수|총액)|제시액|제안액|인상안|증액안|"
    r"(?:요구|제시|제안)(?:한|했던|하는|해온|해 온)\s(?:금액|액수|총액|분담금|방위비|인상률|인상액|돈|"
    r"규모))(?:은|는|이|을|를)\s[^,.]{0,24}$"
)


def _named(parse: Parse, figure: Figure) -> Governor | None:
    """The act that the subject of the clause names: 요구액은 50억 달러, 제시한 금액은 1조원."""
    if not _ASKED.search(parse.text, max(parse.start, figure.start - 48), figure.start):
        return None
    near = parse.within(max(parse.start, figure.start - 48), figure.start, "demand", "offer")
    return Governor(near[-1], True) if near else None


def _right(parse: Parse, figure: Figure, every: list[Figure]) -> Governor | None:
    limit = parse.end
    _, clause_end = parse.clause(figure.start)
    later = [f.start for f in every if f.start > clause_end and f.role in ("sum", "change")]
    if later:
        limit = min(later)
    noun: Governor | None = None
    argued = [h for h in parse.of("say") if h.word == "주장하다" and h.form != "noun"]
    for h in sorted([*parse.of(*GOVERNORS), *argued], key=lambda h: h.start):
        if h.start < figure.end - (4 if h.concept == "limit" else 0) or h.start >= limit:
            continue
        if h.concept == "say":
            if not _CLAIMS.search(parse.text[figure.end : h.start]):
                continue
            return Governor(h, False)
        if h.concept in ("reject", "limit") and any(
            p.acts and p.side and clause_end <= p.start and p.stop <= h.start for p in parse.phrases
        ):
            break  # 미국은 두 배로 올려야 한다고 했지만 한국은 난색을 보였다
        if h.form == "noun":
            if h.concept in ("pay", "set", "sign", "accept"):
                continue  # 분담금, 결정문: part of another noun
            if noun is None and _nominal(parse, h, figure):
                noun = Governor(h, False)
                if h.start - figure.end <= 12 or h.concept in ACTS:
                    return noun
            continue
        names_sum = h.concept == "pay" and h.form.startswith("adn") and parse.text[h.stop : h.stop + 1] == " "
        if names_sum and h.start - figure.end > 14:
            continue  # "내는 돈", "분담하는 비용": names what is paid, and is not what is said of this sum
        return Governor(h, False)
    return noun


_CLAIMS = re.compile(r"(?:인상|증액|삭감|동결|감액)(?:을|를)[^.]{0,24}$")


def _nominal(parse: Parse, h: Hit, figure: Figure) -> bool:
    """Whether a noun governs a figure before it: 50억 달러 요구, 13% 인상안, 1조원에 합의."""
    gap = parse.text[figure.end : h.start]
    if parse.text.startswith("대로", h.end):
        return False
    if len(gap) > 30:
        return False
    return not re.search(r"[.\"”]", gap)


def change_of(figure: Figure) -> Change | None:
    """A percentage or multiple as a change; a cut is negative."""
    n: Number = figure.mention.value
    sign = -1.0 if figure.cut else 1.0
    value: float | Range = (
        sign * n.low if n.low == n.high else Range(min(sign * n.low, sign * n.high), max(sign * n.low, sign * n.high))
    )
    bound = None if n.bound == "exact" else n.bound
    if figure.mention.type == "multiple":
        return Change(multiple=value, bound=bound)
    return Change(percent=value, bound=bound)


def size_of(number: Number) -> float | Range:
    """A number as a value or a range."""
    return number.low if number.low == number.high else Range(number.low, number.high)


def bounded(parse: Parse, m: Mention) -> Any:
    """A sum with the bound its following words give (쯤, 이상), where its own words give none."""
    amount = m.value
    if amount.bound != "exact":
        return amount
    for pattern, bound in _BOUND_AFTER:
        if pattern.match(parse.text, m.end, parse.end):
            return replace(amount, bound=bound)
    return amount


def period_of(parse: Parse, m: Mention) -> str | None:
    """The period a sum is for: `year`, or a number of years; None where the words name none."""
    before = parse.text[max(parse.start, m.start - 22) : m.start]
    term = _TERM.search(before)
    if term and int(term["years"]) > 1:
        return f"{term['years']} years"
    first, _ = parse.clause(m.start)
    if _YEARLY.search(parse.text[max(first, m.start - 40) : min(parse.end, m.end + 16)]):
        return "year"
    near = [d for d in parse.mentions("date") if d.value.shape == "year" and 0 <= m.start - d.end <= 30]
    return "year" if near else None


def growth_in(parse: Parse) -> tuple[Growth, int, int] | None:
    """A rule for later years, and where its words stand: 소비자물가지수를 반영하되 4%를 넘지 못한다."""
    rules = parse.of("cpi", "defence-budget", "freeze")
    caps = [f for f in figures(parse) if f.role == "cap"]
    if not rules and not caps:
        return None
    named = {"cpi": "cpi", "defence-budget": "defence-budget", "freeze": "frozen"}
    replaced = len(rules) > 1 and re.search(r"대신|아닌|에서\s|이 아니라", parse.text[rules[0].end : rules[-1].start])
    chosen = (rules[-1] if replaced else rules[0]) if rules else None
    rule: Any = named[chosen.concept] if chosen else "other"
    cap = caps[0].mention.value.high if caps else None
    places = [(h.start, h.stop) for h in rules] + [(f.start, f.end) for f in caps]
    return Growth(rule, cap_percent=cap), min(p[0] for p in places), max(p[1] for p in places)
