"""Korean sums, shares, multiples, counts, ordinals and lengths of time in a sentence.

One pass over the places where a number can begin; at each the longest expression is taken. Every look ahead and
behind is over a bounded number of characters, so the pass is linear in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from burdenshare.money import Amount, Bound
from burdenshare.reading.mentions.ko.forms import CLOSES, UNIT_CLOSES, forms, squeezed
from burdenshare.reading.mentions.ko.numerals import DASHES, NATIVE, Numeral, native, numeral, spread
from burdenshare.reading.mentions.ko.span import Span
from burdenshare.reading.mentions.mention import Number

_SINO_START = r"[일이삼사오육칠팔구십백천만](?=[일이삼사오육칠팔구십백천만억조])|[이삼사오육칠팔구십](?=분의)"
_START = re.compile(
    rf"(?<![가-힣])(?:{_SINO_START})|절반|갑절|곱절|첫|(?<![가-힣])(?:두\s[갑곱]|배[\s로])|반\s?년"
    r"|하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름"
)
_WORD_MULTIPLES = re.compile(
    r"(?:두\s?)?(?:갑절|곱절)|(?<![가-힣])배(?=\s(?:이상|가까이|가량|넘게))|(?<![가-힣])배로(?=\s(?:늘|뛰|올|불|인상))"
)
# A native number where something follows that is counted so.
_SPOKEN = re.compile(
    NATIVE.pattern
    + r"(?=\s?(?:배|번|차례|명|달|시간|가지|곳|개|갑절|곱절|해|건|분의|사람|주|척|기|대|쪽|회|라운드|나라|퍼센트))"
)
_HALF = re.compile(r"(?<![가-힣])절반")
_FRACTION = re.compile(r"\s?분의\s?")
_SLASH = re.compile(r"(\d)/(\d{1,2})(?![\d/])")
_PERCENT = re.compile(
    r"\s?(?:%|％|퍼센트|프로(?![가-힣])|프로(?=로|를|가|의|에|는|정도|이상))(?:\s?(?:포인트|[pP](?![A-Za-z])))?"
)
_TIMES = re.compile(r"\s?배(?!럴|달|경|상|치|우|포|당|분|송|급|려|터|정|제|후|출|열|합|수|신|양)")
_ORDINAL = re.compile(r"\s?(?:번째|번쨰|차(?!례|관|장(?!관)|량|원|종|선|익|별|단|트|남|액|감|체|피)|회차|라운드)")
_FIRST = re.compile(
    r"(?<![가-힣])첫(?:\s?번째|째"
    r"|(?=\s?(?:회의|협상|만남|회담|라운드|협의|고위급|접촉|테이블|공식|대면|상견례|대화|회동|회차|일정|실무|화상|본협상)))"
)
_ARTICLE = re.compile(r"\s?(?:조|항|호|장|절|군|사단|여단|비행단)(?![가-힣0-9]*(?:원|달러))")
# What may follow a unit of time in its word; 달 is no month in 달러, 일 no day in 일본.
_AFTER_UNIT = (
    "여|간|동안|만에|만|째|짜리|치|차|쯤|가량|정도|전|뒤|후|내|의|이|을|를|은|는|으로|로|마다|단위|계약|안|밖|넘|이상|씩|도|인|입|"
    "에|과|와|부터|까지"
)
_UNITS = re.compile(rf"\s?(년|개월|달|주일|주|일|시간|분)(?=(?:{_AFTER_UNIT})|[^가-힣]|$)")
_UNIT_NAMES = {
    "년": "year", "개월": "month", "달": "month", "주": "week", "주일": "week", "일": "day", "시간": "hour",
    "분": "minute",
}  # fmt: skip
_NOT_WEEK = re.compile(r"\s?주(?=한|일\s미|미|도|요|당)")
_DAY_WORDS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10,
    "보름": 15,
}  # fmt: skip
_DAYS = re.compile(
    rf"(?<![가-힣])(?:{'|'.join(_DAY_WORDS)})(?=간|동안|만에|째|로|을|를|이|에|의|씩|가량|정도|뒤|전|앞|남|[^가-힣]|$)"
)
_HALF_YEAR = re.compile(r"(?<![가-힣])반\s?년(?![도대])")
_NO_DIGIT_BEFORE = re.compile(r"[A-Za-z0-9.]|\d[·,/\-]")
_LOOK_BACK = 8  # characters in which a bound before a number is looked for: the longest with its space


@dataclass(frozen=True, slots=True)
class _Read:
    """A number or range at a place: low, high, where it ends, whether 십 to 조 stands in it, and 여 (over) after it."""

    low: float
    high: float
    end: int
    scaled: bool
    over: bool = False
    spelled: bool = False

    @property
    def whole(self) -> bool:
        return self.low == self.high


def _one(text: str, at: int) -> Numeral | None:
    """A number in digits, or in Sino-Korean words."""
    char = text[at : at + 1]
    if char.isdecimal():
        return numeral(text, at)
    return numeral(text, at, words=True) if char and char in "일이삼사오육칠팔구십백천만" else None


def _range(text: str, at: int) -> _Read | None:
    """A number, or a range (40∼50억, 두세, 1조4천억∼1조5천억) at a place."""
    spoken = native(text, at)
    if spoken is not None:
        return _Read(spoken[0], spoken[1], spoken[2], scaled=False, spelled=True)
    first = _one(text, at)
    if first is None:
        return None
    spelled = not text[at].isdecimal()
    if not spelled and _OVER_INSIDE.match(text, first.end):  # 600여억원: over 60 billion
        whole = numeral(text[at : first.end] + text[first.end + 1 : first.end + 12], 0)
        if whole is not None and whole.scaled:
            return _Read(whole.value, whole.value, at + whole.end + 1, scaled=True, over=True)
    if spelled and not first.scaled and not _FRACTION.match(text, first.end):
        return None
    dash = DASHES.match(text, first.end)
    if dash and not spelled:
        second = numeral(text, dash.end()) if text[dash.end() : dash.end() + 1].isdecimal() else None
        if second is not None:
            low = spread(first, second)
            if low < second.value <= low * 100:
                return _over(text, _Read(low, second.value, second.end, first.scaled or second.scaled))
    return _over(text, _Read(first.value, first.value, first.end, first.scaled, spelled=spelled))


_SHORT_NATIVE = frozenset({"서", "석", "너", "넉", "닷", "엿"})  # these count months and a few measures alone
_OVER = re.compile(r"\s?(?:여|남짓)")
_OVER_INSIDE = re.compile(r"여(?=[천만억조]\s?[가-힣])")
_OVER_UNIT = re.compile(r"년|개월|달|주|일|시간|분")


def _over(text: str, read: _Read) -> _Read:
    """The number with 여 or 남짓 (over) after it: 9천여 명, 10여 년; 여당 and 여자 are words of their own."""
    found = _OVER.match(text, read.end)
    if found is None:
        return read
    at = found.end()
    if found.group().strip() == "여" and text[at : at + 1] != " ":
        known = forms()
        if not (known.money_after.match(text, at) or known.counters.match(text, at) or _OVER_UNIT.match(text, at)):
            return read
    return replace(read, end=at, over=True)


def _bounded(text: str, start: int, end: int, *, over: bool = False) -> tuple[Bound, int, int]:
    """The bound told before or after text[start:end], and the stretch with its words."""
    known = forms()
    after = known.bound_after.match(text, end) or known.bound_after.match(text, end + (text[end : end + 1] == " "))
    bound: Bound = "over" if over else "exact"
    before = known.bound_before.search(text, max(0, start - _LOOK_BACK), start)
    if before is not None:
        bound, start = known.bounds[squeezed(before.group())], before.start()
    if after is not None and _closes(text, after, end):
        bound, end = known.bounds[squeezed(after.group())], after.end()
    return bound, start, end


def _closes(text: str, after: re.Match[str], end: int) -> bool:
    """Whether the word that would bound a number is a word: 대 in "1조원대", but not in "1조원 대비"."""
    word = after.group()
    if " " in word or len(word) > 3:
        return True
    if word == "여" or (len(word) == 1 and after.start() > end and word != "선"):
        return False
    return bool(CLOSES.match(text, after.end())) or word[-1] in "넘돌박근회과돈"


def _currency_after(text: str, at: int) -> tuple[str, int] | None:
    known = forms()
    for place in (at, at + 1) if text[at : at + 1] == " " else (at,):
        found = known.money_after.match(text, place)
        if found and (len(found.group()) > 1 or UNIT_CLOSES.match(text, found.end())):
            return known.currency[squeezed(found.group())], found.end()
    return None


def _money(text: str, at: int) -> Span | None:
    """A sum at a place, with the currency before or after the number."""
    known = forms()
    before = known.money_before.match(text, at)
    code, number = None, at
    if before is not None:
        code, number = known.currency[squeezed(before.group())], before.end()
        if text[number : number + 1] == " ":
            number += 1
        for word in ("약 ", "약"):
            if text.startswith(word, number):
                number += len(word)
                break
    read = _range(text, number)
    if read is None or (read.spelled and not read.scaled):
        return None
    end = read.end
    after = _currency_after(text, end)
    if after is not None:  # where both are told the first is meant: 인민페로 53억원 is in yuan
        code, end = code or after[0], after[1]
    if code is None:
        return None
    low, high = read.low, read.high
    if read.whole:
        wider = _second_sum(text, end, code, low)
        if wider is not None:
            high, end = wider
    bound, start, end = _bounded(text, at, end, over=read.over)
    if "약" in text[at:number] and bound == "exact":
        bound = "about"
    amount = Amount(code, value=low, bound=bound) if low == high else Amount(code, low=low, high=high, bound=bound)
    return Span("money", start, end, amount)


_TO = re.compile(r"(?:\s?[~∼～〜–—-]\s?|에서\s)(?=\d)")


def _second_sum(text: str, end: int, code: str, low: float) -> tuple[float, int] | None:
    """The high end of "1조원∼1조2천억원", "10억 달러에서 20억 달러 사이"."""
    link = _TO.match(text, end)
    if link is None:
        return None
    second = numeral(text, link.end())
    if second is None:
        return None
    after = _currency_after(text, second.end)
    if after is None or after[0] != code or not low < second.value <= 20 * low:
        return None
    if link.group().startswith("에서") and not re.match(r"\s?사이", text[after[1] : after[1] + 4]):
        return None
    return second.value, after[1]


def _measured(text: str, at: int) -> Span | None:
    """A percentage, multiple, share, ordinal, count or length of time at a place."""
    read = _range(text, at)
    if read is None:
        return None
    percent = (
        _PERCENT.match(text, read.end)
        if not read.spelled or read.scaled or text[read.end : read.end + 3] == "퍼센트"
        else None
    )
    if percent is not None:
        return _percent(text, at, read, percent.end())
    share = _FRACTION.match(text, read.end)
    if share is not None and read.whole:
        part = _range(text, share.end()) or _digit_word(text, share.end())
        if part is not None and 0 < part.low < read.low:
            value = round(100 * part.low / read.low, 3)
            bound, start, end = _bounded(text, at, part.end)
            return Span("share", start, end, Number(value, value, bound))
    times = _TIMES.match(text, read.end)
    if times is not None and not read.scaled and 1 < read.high <= 100:
        bound, start, end = _bounded(text, at, times.end(), over=read.over)
        return Span("multiple", start, end, Number(read.low, read.high, bound))
    ordinal = _ORDINAL.match(text, read.end)
    if ordinal is not None and read.whole and read.low == int(read.low) and not read.scaled:
        start = at - 1 if at and text[at - 1] == "제" else at
        return Span("ordinal", start, ordinal.end(), int(read.low))
    if at and text[at - 1] == "제" and _ARTICLE.match(text, at + 1):
        return None
    return _length(text, at, read) or _count(text, at, read)


def _digit_word(text: str, at: int) -> _Read | None:
    """A single digit in words, as in 삼분의 일."""
    found = numeral(text, at, words=True)
    return _Read(found.value, found.value, found.end, found.scaled, spelled=True) if found else None


_MORE_PERCENT = re.compile(r"\s?(?:[~∼～〜–—-]|에서|와|내지)\s?(?=\d)")


def _percent(text: str, at: int, read: _Read, end: int) -> Span:
    low, high = read.low, read.high
    link = _MORE_PERCENT.match(text, end)
    if link is not None and read.whole and link.group().strip() != "와":
        second = numeral(text, link.end())
        closing = _PERCENT.match(text, second.end) if second else None
        from_to = link.group().strip() == "에서"  # "8%에서 13%로" is a rise, "8%에서 13% 사이" a range
        if (
            second is not None
            and closing is not None
            and low < second.value
            and (not from_to or re.match(r"\s?(?:사이|범위)", text[closing.end() : closing.end() + 4]))
        ):
            high, end = second.value, closing.end()
    bound, start, end = _bounded(text, at, end, over=read.over)
    return Span("percent", start, end, Number(low, high, bound))


def _length(text: str, at: int, read: _Read) -> Span | None:
    """5년, 1년 6개월, 두 달, 8주, 60일, 2시간; a year of four digits is a date and does not come here."""
    unit = _UNITS.match(text, read.end)
    if unit is None or (read.scaled and read.low > 1000) or read.low >= 1900 or _NOT_WEEK.match(text, read.end):
        return None
    name = _UNIT_NAMES[unit[1]]
    low, high, end = read.low, read.high, unit.end()
    if name == "year" and read.whole:
        more = re.compile(r"\s?(\d{1,2})개월").match(text, end)
        if more is not None:
            low = high = round(low + int(more[1]) / 12, 4)
            end = more.end()
    bound, start, end = _bounded(text, at, end, over=read.over)
    if text[end : end + 1] == "간":
        end += 1
    return Span("duration", start, end, (Number(low, high, bound), name))


def _count(text: str, at: int, read: _Read) -> Span | None:
    """A number with its counter (2만8천500여 명, 세 차례), or a large bare one."""
    known = forms()
    place = read.end + (text[read.end : read.end + 1] == " ")
    counter = known.counters.match(text, place)
    if counter is not None and (CLOSES.match(text, counter.end()) or UNIT_CLOSES.match(text, counter.end())):
        word = counter.group()
        if (
            read.spelled
            and place == read.end
            and (word in "기대해주건쪽곳척회" or text[at : read.end] in _SHORT_NATIVE)
        ):
            return None  # 세대, 열기 and 서명 are no counts
        if word == "회" and text[counter.end() : counter.end() + 1] in "의담장사원견":
            return None
        if word == "번" and text[at : place + 1] == "한번":
            return None
        if len(word) == 1 and word in "대기척표석쪽채인" and place > read.end:
            return None
        bound, start, end = _bounded(text, at, counter.end(), over=read.over)
        if counter.group().startswith("여"):
            bound, word = "over", word[1:].strip()
        return Span("number", start, end, Number(read.low, read.high, bound, word))
    if read.scaled and not read.spelled and read.high >= 1e4:
        bound, start, end = _bounded(text, at, read.end, over=read.over)
        return Span("number", start, end, Number(read.low, read.high, bound))
    return None


def _word(text: str, at: int) -> Span | None:
    """A number that is one word: 절반, 갑절, 첫, 사흘, 반년."""
    half = _HALF.match(text, at)
    if half is not None:
        bound, start, end = _bounded(text, at, half.end())
        return Span("share", start, end, Number(50.0, 50.0, bound))
    double = _WORD_MULTIPLES.match(text, at)
    if double is not None:
        bound, start, end = _bounded(text, at, double.end())
        return Span("multiple", start, end, Number(2.0, 2.0, bound))
    first = _FIRST.match(text, at)
    if first is not None:
        return Span("ordinal", at, at + len(first.group().rstrip()), 1)
    days = _DAYS.match(text, at)
    if days is not None:
        value = float(_DAY_WORDS[days.group()])
        bound, start, end = _bounded(text, at, days.end())
        return Span("duration", start, end, (Number(value, value, bound), "day"))
    year = _HALF_YEAR.match(text, at)
    if year is not None:
        return Span("duration", at, year.end(), (Number(0.5, 0.5), "year"))
    return None


def numbers(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Span]:
    """Every number expression of a sentence, in order, none overlapping another; none begins in a stretch taken."""
    out: list[Span] = []
    places = sorted({m.start() for pattern in (forms().number, _START, _SPOKEN) for m in pattern.finditer(text)})
    blocked = iter([*taken, (len(text) + 1, len(text) + 1)])
    start, stop = next(blocked)
    last = 0
    for at in places:
        while at >= stop:
            start, stop = next(blocked)
        if at < last or start <= at < stop:
            continue
        if text[at].isdecimal() and _NO_DIGIT_BEFORE.search(text, max(0, at - 2), at) and _glued(text, at):
            continue
        found = _slash(text, at) or _money(text, at) or _word(text, at) or _measured(text, at)
        if found is not None and found.end > at:
            if found.start < last:  # 한 is no bound where it closes the number before
                found.start = at
            out.append(found)
            last = found.end
    return _join(out, text)


def _glued(text: str, at: int) -> bool:
    """Whether the digit goes on a word or number before it: F35, 6·25, 3.1절."""
    before = text[at - 1]
    return (before.isascii() and before.isalnum()) or (
        before in "·.,/-" and text[at - 2 : at - 1].isdecimal() and text[at + 1 : at + 2] not in "조억만천"
    )


def _slash(text: str, at: int) -> Span | None:
    """1/3 as a share."""
    found = _SLASH.match(text, at)
    if found is None or not 0 < int(found[1]) < int(found[2]) <= 10 or text[at - 1 : at] in ("/", "."):
        return None
    if text[found.end() : found.end() + 2] == "분기":
        return None
    value = round(100 * int(found[1]) / int(found[2]), 3)
    bound, start, end = _bounded(text, at, found.end())
    return Span("share", start, end, Number(value, value, bound))


_RATE_BEFORE = re.compile(r"(?:환율(?:은|을|이)?|(?:달러|엔|유로|딸라)당)\s?(?:약\s?)?$")


def _join(found: list[Span], text: str) -> list[Span]:
    """The same sum in another currency, in brackets or after "우리 돈", goes into `also` of the first."""
    out: list[Span] = []
    for span in found:
        previous = out[-1] if out else None
        if span.type == "money" and _RATE_BEFORE.search(text, max(0, span.start - 10), span.start):
            continue  # 환율 1천2백45원 기준: a rate of exchange is no sum
        if (
            previous is None
            or span.type != "money"
            or previous.type != "money"
            or span.start - previous.end > 24
            or span.value.currency in {previous.value.currency, *(a.currency for a in previous.value.also)}
        ):
            out.append(span)
            continue
        gap = text[previous.end : span.start]
        between = forms().same_sum.fullmatch(gap)
        if between is None or not (between["open"] or gap.strip()):
            out.append(span)
            continue
        end = span.end + (1 if between["open"] in ("(", "（", "[") and text[span.end : span.end + 1] in ")）]" else 0)
        amount = replace(previous.value, also=(*previous.value.also, span.value))
        out[-1] = Span("money", previous.start, end, amount)
    return out
