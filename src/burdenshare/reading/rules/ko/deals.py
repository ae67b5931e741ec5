"""Korean settlements told without a sum: that there is a deal, its term of years, its rule for later years."""

from __future__ import annotations

import re

from burdenshare.money import Growth, Range
from burdenshare.reading.korean.parse import Parse
from burdenshare.reading.korean.words import word_end
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.figures import growth_in
from burdenshare.reading.rules.ko.positions import act_side, stated_act
from burdenshare.reading.rules.ko.setting import Setting, _put_off, agreement_of, date_in, draft

_CONTEXT = re.compile(
    r"매년|해마다|이후|그\s?후|연도|년도|부터|까지|인상률|증가율|상승률|연간|년간|상한|연동|향후|나머지|다음 해|이듬해"
)
_TERM = re.compile(r"(?:유효\s?기간|계약\s?기간|협정\s?기간|적용\s?기간|협상\s?주기|협정\s?주기|기한)")
_YEARS = re.compile(r"(?:(?P<low>\d)\s?[∼~∼～–-]\s?)?(?P<years>\d{1,2}|일|이|삼|한|두|세|네|다섯)\s?(?:개)?년")
_YEAR_WORDS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "일": 1, "이": 2, "삼": 3}
_FORMER = re.compile(r"\s?(?:이?던|이었던|에서|짜리(?:였던|이던|에서))")
_MULTI = re.compile(
    r"(?P<years>\d{1,2})\s?년(?:짜리|\s?단위(?:의)?|\s?기한의|\s?계약|\s?다년|간\s?(?:유효|"
    r"적용)|\s?(?:간\s?)?(?:더\s?|잠정\s?){0,2}연장)\s?(?:[가-힣]{1,6}\s){0,2}?(?:협정|계약|유효|적용|$)?"
)


def deals(setting: Setting, parse: Parse, taken: list[Draft]) -> list[Draft]:
    """Settlements of a sentence beside those that carry a sum."""
    return [*_growth(setting, parse), *_years(setting, parse), *_bare(setting, parse, taken)]


def _growth(setting: Setting, parse: Parse) -> list[Draft]:
    found = growth_in(parse)
    if found is None or not _CONTEXT.search(parse.words):
        return []
    growth, start, end = found
    if re.search(r"방안을? (?:검토|논의)|검토 중|검토하고|당초|목표로 (?:했|삼)", parse.words):
        return []
    if parse.scene.quote_at(start, end) is not None and not setting.frame.deal:
        return []
    if not (parse.has("money-noun", "growth-noun", "raise") or parse.names("series", "topic")):
        return []
    if growth.rule == "frozen" and not parse.has("agree", "set", "reached", "growth-scope"):
        return []
    first, last = parse.clause(start)
    named = agreement_of(parse, parse.start, parse.end)
    span = (max(first, start - 50), max(end, min(last, end + 24)))
    for h in parse.of("demand", "offer", "reject"):
        if h.start >= start and h.form != "noun":
            side, inferred = act_side(setting, parse, h, h.concept)
            return [
                draft(
                    "position",
                    parse,
                    span[0],
                    h.stop,
                    side=side,
                    act=h.concept,
                    growth=growth,
                    inferred=("side",) if inferred else (),
                )
            ]
    if setting.frame.deal:
        return [
            draft(
                "settlement",
                parse,
                *span,
                growth=growth,
                agreement=named or setting.frame.talks,
                inferred=() if named else ("agreement",),
            )
        ]
    if growth == Growth("other") or (parse.has("conditional") and not parse.has("agree")):
        return []
    return [draft("contribution", parse, *span, side=setting.frame.host, growth=growth, agreement=named)]


_NOT_A_TERM = re.compile(r"\s?(?:전|만에|째|여|새|넘게|차|도|반)")


def _lengths(parse: Parse) -> list[re.Match[str]]:
    """Lengths of one to ten years that can be a term: not 3년 전, 5년 만에, 2019년."""
    return [
        m
        for m in _YEARS.finditer(parse.text, parse.start, parse.end)
        if not _NOT_A_TERM.match(parse.text, m.end())
        and (not m["years"].isdecimal() or 1 <= int(m["years"]) <= 10)
        and not re.search(r"[\d가-힣]$", parse.text[max(parse.start, m.start() - 1) : m.start()])
    ]


def _term(setting: Setting, parse: Parse, every: list[re.Match[str]]) -> tuple[re.Match[str] | None, int, bool]:
    """The length that is the agreement's term, where its words begin, and whether its noun is named."""
    noun = _TERM.search(parse.text, parse.start, parse.end)
    above = setting.before(parse)
    asked = noun is None and above is not None and _TERM.search(above.words) is not None and len(above.words) < 40
    if (noun is not None or asked) and every:
        at = noun.end() if noun is not None else parse.start  # "유효기간은?" stands in the question before
        near = [m for m in every if abs(m.start() - at) <= 40 and not _FORMER.match(parse.text, m.end(), parse.end)]
        chosen = next(iter([m for m in near if m.start() > at] or near), None)
        begins = min(noun.start() if noun is not None else parse.start, chosen.start()) if chosen else 0
        return chosen, begins, True
    short = _MULTI.search(parse.text, parse.start, parse.end)
    named = parse.has("agreement-noun") or parse.names("series") or "계약" in parse.words
    if noun is None and not asked and short is not None and 1 <= int(short["years"]) <= 10 and named:
        return short, short.start(), False
    return None, 0, False


def _years(setting: Setting, parse: Parse) -> list[Draft]:
    """유효기간은 5년, 5년이던 유효기간은 1년으로, 1년짜리 협정."""
    every = _lengths(parse)
    chosen, start, noun = _term(setting, parse, every)
    if chosen is None:
        return []
    end = word_end(parse.text, chosen.end(), parse.end)
    years = _length(chosen)
    shared = _one_verb_for_both(setting, parse, every)
    for h in parse.of("demand", "offer", "reject"):
        before = h.concept != "reject" and h.form.startswith("adn") and 0 <= chosen.start() - h.stop <= 8
        gap = h.start - chosen.end()
        behind = not shared and 0 <= gap <= 40 and (h.form != "noun" or gap < 10)
        if before or behind:
            side, inferred = act_side(setting, parse, h, h.concept)
            act = stated_act(h, side, setting.frame.stationing)
            span = (h.start, end) if before else (start, h.stop)
            worked_out = ("side",) if inferred else ()
            return [draft("position", parse, *span, side=side, act=act, years=years, inferred=worked_out)]
    if shared:
        return shared
    if parse.has("offer", "demand") and not parse.has("set", "agree", "reached"):
        return []
    if not setting.frame.deal and not noun:
        return []
    named = agreement_of(parse, parse.start, parse.end)
    given = named or (setting.frame.talks if setting.frame.deal else None)
    worked_out = () if named or given is None else ("agreement",)
    return [draft("settlement", parse, start, end, years=years, agreement=given, inferred=worked_out)]


def _length(m: re.Match[str]) -> float | Range:
    """The years a length names: 5년, 세 해, 2∼3년."""
    raw = m["years"]
    years = float(int(raw) if raw.isdecimal() else _YEAR_WORDS[raw])
    low = m.groupdict().get("low")
    return Range(float(low), years) if low and float(low) < years else years


def _one_verb_for_both(setting: Setting, parse: Parse, every: list[re.Match[str]]) -> list[Draft]:
    """미국은 5년을, 한국은 1년을 제시했다: two terms, two sides and one verb."""
    verbs = [h for h in parse.of("demand", "offer") if h.form != "noun" and every and h.start >= every[-1].end()]
    if len(every) != 2 or not verbs:
        return []
    hit = verbs[0]
    out = []
    for m in every:
        before = [p for p in parse.phrases if p.acts and p.side and p.stop <= m.start()]
        if not before:
            return []
        years = _length(m)
        act = stated_act(hit, before[-1].side, setting.frame.stationing)
        out.append(draft("position", parse, before[-1].start, m.end(), side=before[-1].side, act=act, years=years))
    return out if out[0].fields["side"] != out[1].fields["side"] else []


def _bare(setting: Setting, parse: Parse, taken: list[Draft]) -> list[Draft]:
    """That the talks ended in a deal: 협상을 타결했다, 방위비를 더 내기로 했다, 협정에 서명했다."""
    if any(d.kind == "settlement" for d in taken) or parse.has("no-deal", "broke-off", "committee", "plenary"):
        return []
    if not (
        parse.names("series", "topic") or parse.has("money-noun") or (parse.has("talks-noun") and parse.has("both"))
    ):
        return []
    for h in parse.of("reached", "initial", "agree"):
        if parse.negated(h) or _put_off(parse, h.start, h.stop) or h.form.startswith("adn"):
            continue
        if h.concept == "initial" and h.form != "past" and not parse.headline:
            continue  # 가서명은 두 대표가 한다: names the act
        if h.concept == "reached" and h.form == "noun" and h.word.endswith(("타결", "타결…")) and not parse.headline:
            continue
        if h.concept == "agree" and not _agrees(parse, h.word, h.form):
            continue
        both_told = setting.frame.deal or (
            parse.has("money-noun") and parse.within(parse.start, h.start, "raise", "cut", "freeze")
        )
        if any(
            d.kind in (("contribution", "position") if both_told else ("contribution", "position", "round"))
            and d.fields.get("outcome") in (None, "deal")
            and d.start <= h.start < d.end
            for d in taken
        ):
            return []
        if (
            re.search(
                r"에 동의|이행|노력하기로|협력하기로|논의하기로|개최하기로|열기로|줄이기로|만나기로|"
                r"지속하기로|계속하기로|모색|갖기로",
                parse.text[max(parse.start, h.start - 14) : h.stop],
            )
            and "더" not in parse.words
        ):
            continue
        first, _ = parse.clause(h.start)
        when, inferred, _ = date_in(parse, parse.start, h.stop, shapes=("day", "weekday", "relative", "month", "part"))
        named = agreement_of(parse, parse.start, parse.end)
        given = named or (setting.frame.talks if setting.frame.deal else None)
        worked_out = ("when",) if inferred else ()
        return [draft("settlement", parse, first, h.stop, when=when, agreement=given, inferred=worked_out)]
    return []


def _agrees(parse: Parse, word: str, form: str) -> bool:
    """Whether a cue of agreement is a deal on the payment: 내기로 했다, 인상에 합의했다."""
    if form == "past":
        return True
    return (parse.has("pay", "raise") and any(x in word for x in ("기로", "게 되", "게 됐"))) or (
        parse.headline and word in ("타결", "타결하다")
    )
