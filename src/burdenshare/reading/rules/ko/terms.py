"""Korean dates in the life of an agreement or the talks: expiry, signature, ratification, entry into force, target."""

from __future__ import annotations

import re

from burdenshare.reading.korean.parse import Parse
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.setting import COMPARED, Setting, agreement_of, agreements_named, draft, told_on

_EXPIRY = re.compile(
    r"만료|시한(?:은|이)\s|(?:말|일)(?:로|에)\s?(?:끝나|종료되)|만기|효력을 (?:잃|다[하한할해])|효력이 (?:끝|"
    r"다하|종료|만료|소멸)|(?:만|지)?\s?효력을 (?:갖|가진|"
    r"발휘|지닌)|까지만?\s?(?:유효|적용|효력)|시한이? (?:끝|다가|종료)|"
    r"마감(?:되|된|하|한|돼)|협정(?:은|이|의)?\s?[^.]{0,24}(?:끝[나난났]|종료)|(?:기한|기간)(?:이|"
    r"은)?\s?[^.]{0,10}(?:끝[나난났]|종료|까지)|실효|까지가? (?:유효|협정)|까지\s?적용"
)
_SIGNED = re.compile(
    r"(?<!가)서명(?:$|했|됐|한|된|하|합|식|을|돼|되|이|에|할|될)|체결(?:했|됐|한|된|할|될|돼|하였|되었|되였|되여|"
    r"하고|하며|되고)|맺(?:었|은|어|으며|고|는다)|조인|정식\s?서명"
)
_INITIALLED = re.compile(r"가서명")
_STARTS = re.compile(
    r"부터\s?(?:[가-힣]{0,6}\s?)?(?:적용|발효|시행|효력)|발효(?:를 목표|했|됐|되|된|될|돼|할|한|하|시키)|"
    r"효력이 발생|효력을 (?:갖게|발생)|적용(?:되는|될|된다|됐|하는|할)"
)
_RATIFIED = re.compile(
    r"(?:비준\s?동의안?|비준안|동의안|협정)[^.]{0,40}(?:본회의|국회)[^.]{0,24}(?:통과|가결|처리|의결|"
    r"승인|문턱을 넘)|(?:본회의|"
    r"국회)[^.]{0,40}(?:비준\s?동의안?|비준안|동의안|협정)[^.]{0,20}(?:통과|가결|처리|의결|승인)|"
    r"비준동의(?:를)? 받|국회(?:의)? (?:비준동의|"
    r"동의|비준)를 (?:받|거)|(?:비준동의안?|비준안)[^.]{0,16}국회 (?:통과|처리|가결)|비준(?:을|절차를|"
    r"이)? ?(?:마|완료|끝|거)"
)
_NOT_FINAL = re.compile(
    r"외교통일위|외통위|통외통위|통일외교|상임위|소위|위원회|국무회의|상정|제출|부쳤|회부|부치|차관회의"
)
_TARGET = re.compile(
    r"(?:까지|(?<!방)안에|내에|내로|안으로|이내에?|(?<!사)전에|중에?)\s?(?:는\s)?(?:[가-힣]{1,8}\s){0,4}?(?:타결|"
    r"마무리|합의|끝내|매듭|체결|결론|협상을 (?:마|끝)|마치)|시한으로|목표"
)
_TALKS_START = re.compile(
    r"부터\s?(?!\S{1,4}간\s|\S{1,4}\s동안)(?:[가-힣]{1,9}\s?){0,5}?(?:협상|협의|회의)|(?:협상|협의)[을를은는이가]\s[^.,]{0,16}부터\s(?:진행|이어|벌|계속|시작|해\s?[오왔]|하고)|협상(?:을|이)?\s?(?:공식\s?)?(?:시작|"
    r"개시|착수|돌입)|협상에\s?(?:착수|"
    r"돌입|들어)|협의를\s?(?:시작|개시)"
)
_AHEAD = re.compile(r"예정|전망|할|될|하기로|계획|한다|된다|끝난다|만료된다|목표|방침|이다|입니다|만료되는|끝나는")


def terms(setting: Setting, parse: Parse) -> list[Draft]:
    """The dated terms of a sentence, and the final vote even where its day is not told."""
    out: list[Draft] = []
    if not _about(setting, parse):
        return out
    seen: set[tuple[str, str | None]] = set()
    for event, pattern in (
        ("initialled", _INITIALLED), ("ratification", _RATIFIED), ("expiry", _EXPIRY), ("signature", _SIGNED),
        ("start", _STARTS), ("target", _TARGET), ("talks-start", _TALKS_START),
    ):  # fmt: skip
        for found in pattern.finditer(parse.text, parse.start, parse.end):
            made = _term(setting, parse, event, found.start(), found.end(), seen)
            if made is not None:
                out.append(made)
                seen.add((event, made.fields.get("when")))
    return out + _span_of_validity(parse, seen)


def _about(setting: Setting, parse: Parse) -> bool:
    if parse.names("series", "topic") or parse.has("ratification", "money-noun"):
        return True
    if parse.has("security-initiatives", "trade-action"):
        return False
    if agreements_named(parse) or (
        parse.has("talks-noun") and any(1 < m.value < 30 for m in parse.mentions("ordinal"))
    ):
        return True
    return parse.has("talks-noun", "term-noun", "deal-noun", "agreement-noun") or "협정" in parse.words


def _of_another(parse: Parse, d: Mention, event: str) -> bool:
    """Whether the words behind a date tie it to something else: 내년부터 적용될, 지난 4월 타결된."""
    after = parse.text[d.end : min(parse.end, d.end + 14)]
    applied = re.match(r"\s?(?:부터|이후)\s?[^.]{0,6}(?:적용|발효)", after)
    if applied and event in ("talks-start", "signature", "target"):
        return True
    if event == "expiry" and re.match(r"\s?(?:체결|서명|맺|타결)", after):
        return True
    return event == "signature" and re.match(r"\s?(?:[가-힣]{1,8}\s)?타결", after) is not None


_TAKES_PLACE = re.compile(r"[^.,]{0,16}(?:이뤄|이루어|열[리린렸]|진행|예정|있[을었다])")


def _date_for(parse: Parse, event: str, start: int, end: int) -> Mention | None:
    """The date that belongs to a term: the nearest before its words in the clause or the one before, or just after."""
    first, _ = parse.clause(start)
    every = [d for d in parse.mentions("date") if d.value.past or d.value.future]
    before = [d for d in every if d.end <= end and d.start >= first]
    if event in ("expiry", "target"):
        bounded = [
            d
            for d in before
            if d.value.until
            or d.value.shape in ("end", "span")
            or re.match(r"\s?(?:로|에|까지|안|내|중|전|만)", parse.text[d.end : d.end + 3])
        ]
        before = bounded or before
    spoken = {m.start for m in told_on(parse)}
    before = [d for d in before if d.start not in spoken] or before
    before = [d for d in before if not _of_another(parse, d, event)]
    before = [d for d in before if not COMPARED.match(parse.text, d.end, parse.end)] or before
    if event in ("initialled", "signature") and not before:
        before = [d for d in every if 0 <= d.start - end <= 8 and _TAKES_PLACE.match(parse.text, d.end, parse.end)]
    if event == "expiry" and not before:
        before = [d for d in every if 0 <= d.start - end <= 12]
    if before:
        if event == "start":
            return before[-1]
        fine = [d for d in before if len((d.value.past or d.value.future or "").split("/")[0]) >= 10]
        return (fine or before)[-1]
    if event == "ratification":
        nearby = [d for d in every if d.end <= end]
        return nearby[-1] if nearby else None
    return None


def _term(
    setting: Setting, parse: Parse, event: str, start: int, end: int, seen: set[tuple[str, str | None]]
) -> Draft | None:
    words = parse.text[start : min(parse.end, end + 14)]
    first, last = parse.clause(start)
    if event == "ratification":
        return _ratified(setting, parse, start, end, seen)
    if event == "signature" and re.search(
        r"체결을 위|맺기 위|서명하지|체결하지|맺지|체결되지", parse.text[start : end + 8]
    ):
        return None
    date = _date_for(parse, event, start, end)
    if date is None:
        return None
    if event in ("target", "talks-start") and not parse.has("talks-noun", "deal-noun", "agree"):
        return None
    if event == "talks-start" and (parse.mentions("ordinal") and parse.has("round-noun")):
        return None
    if event == "start" and parse.text[date.end : date.end + 3].strip().startswith("이후"):
        return None
    if event == "start" and not re.search(r"협정|적용|발효", parse.text[first:last]):
        return None
    if event == "signature" and parse.text[date.end : date.end + 2] in ("부터", "까지"):
        return None
    if (
        event == "expiry"
        and not parse.names("series")
        and not re.search(r"협정|기간|기한|시한", parse.text[max(parse.start, first - 60) : last])
    ):
        return None
    if event == "target" and re.match(r"\S{0,4}지 (?:않|못)", parse.text[end : min(parse.end, end + 10)]):
        return None
    if event == "target" and re.search(r"만료", parse.text[first:last]) and not re.search(r"목표|타결|마무리", words):
        return None
    ahead = bool(_AHEAD.search(parse.text[start : min(parse.end, end + 10)])) and not re.search(
        r"[했됐였]다|[했됐]고", words
    )
    value = date.value
    when = (value.future if ahead or (value.until and value.future) else value.past) or value.past or value.future
    if when is None:
        return None
    when = (
        _end_of(when)
        if event in ("expiry",)
        else _start_of(when, value.shape)
        if event in ("start", "talks-start")
        else when
    )
    if (event, when) in seen:
        return None
    expected = ahead and event in ("expiry", "target", "start", "signature", "initialled")
    stop = min(parse.end, max(end, start + 1))
    while stop < parse.end and parse.text[stop].isalnum():
        stop += 1
    return draft(
        "term", parse, min(date.start, start), stop, event=event, when=when,
        agreement=_agreement(parse, date.start, stop),
        modality="expected" if expected and event != "expiry" else None, inferred=("when",) if value.inferred else (),
    )  # fmt: skip


def _agreement(parse: Parse, start: int, stop: int) -> int | None:
    near = [(abs(m.start - start), n) for n, m in agreements_named(parse) if start - 60 <= m.start <= stop + 20]
    return min(near)[1] if near else agreement_of(parse, parse.start, parse.end)


def _end_of(when: str) -> str:
    return when.split("/")[1] if "/" in when and not when.endswith("..") else when


def _start_of(when: str, shape: str) -> str:
    return when.split("/")[0] if len(when) == 9 and "/" in when else when


def _ratified(setting: Setting, parse: Parse, start: int, end: int, seen: set[tuple[str, str | None]]) -> Draft | None:
    """The final vote; a committee's, a cabinet's and a submission are events."""
    words = parse.text[max(parse.start, start - 30) : min(parse.end, end + 6)]
    if any(e == "ratification" for e, _ in seen) or (_NOT_FINAL.search(words) and "본회의" not in words):
        return None
    if re.search(
        r"(?:통과|처리|비준|동의)(?:를|가|를)?\s?(?:촉구|요청|필요|기다|남)",
        parse.text[start : min(parse.end, end + 10)],
    ):
        return None
    after = parse.text[start : min(parse.end, end + 16)]
    ahead = bool(
        re.search(
            r"예정|전망|계획|할 |될 |받을|거칠|받게|받은 뒤|받으면|거치면|밟|하면|되면|거쳐야|받아야|"
            r"거친|거쳐|필요|한다|된다",
            after,
        )
    ) and not re.search(r"[했됐였]다", after)
    date = _date_for(parse, "ratification", start, end)
    if date is not None and date.value.shape in ("year", "span", "decade"):
        date = None  # the year of the payment, not of the vote
    value = date.value if date is not None else None
    when = (value.future if ahead else value.past) if value else None
    inferred = bool(value and value.inferred)
    ref = parse.scene.ref
    if when is None and not ahead and parse.headline and ref is not None and ref.earliest == ref.latest:
        when, inferred = str(ref.earliest), True
    if when is None and ahead:
        return None
    stop = end
    while stop < parse.end and parse.text[stop].isalnum():
        stop += 1
    return draft("term", parse, min(date.start, start) if date else start, stop, event="ratification", when=when,
                 modality="expected" if ahead else None, agreement=agreement_of(parse, parse.start, parse.end),
                 inferred=("when",) if inferred else ())  # fmt: skip


def _span_of_validity(parse: Parse, seen: set[tuple[str, str | None]]) -> list[Draft]:
    """유효기간은 2014년부터 2018년까지 5년이다: the first and the last year."""
    if not parse.has("term-noun"):
        return []
    spans = [d for d in parse.mentions("date") if d.value.shape == "span" and d.value.past and "/" in d.value.past]
    if not spans:
        return []
    d = spans[0]
    first, last = d.value.past.split("/")
    noun = parse.of("term-noun")[0]
    start, end = min(noun.start, d.start), max(d.end, noun.stop)
    number = agreement_of(parse, parse.start, parse.end)
    out = []
    if ("start", first) not in seen:
        out.append(draft("term", parse, start, end, event="start", when=first, agreement=number))
    if ("expiry", last) not in seen:
        out.append(draft("term", parse, start, end, event="expiry", when=last, agreement=number))
    return out
