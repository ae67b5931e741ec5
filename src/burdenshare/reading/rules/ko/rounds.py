"""Korean rounds: meetings of the delegations, which one, where, when and how they ended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from burdenshare.reading.korean.parse import Parse, name_of
from burdenshare.reading.korean.words import Hit, word_end
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.setting import Setting, agreements_named, draft, told_on

_MEETING = re.compile(
    r"[\s\"”’')]*(?:(?:[가-힣]{0,6}[을를])\s?위한\s?|관련\s?|체결\s?)?(?:고위급\s?|"
    r"실무\s?|공식\s?|본\s?|화상\s?)?"
    r"(?P<noun>회의|회담|협의|협상|본협상|만남|라운드|테이블|담판|교섭)"
)
_FIRST_MEETING = re.compile(
    r"(?<![가-힣])(?P<which>첫|마지막|다음|차기|후속|이번)\s?(?:번째\s?)?(?:고위급\s?|실무\s?|공식\s?|본\s?|"
    r"방위비\s?(?:분담금?)?\s?)?(?P<noun>회의|회담|협의|협상|라운드|담판)"
)
_TALLY = re.compile(
    r"(?P<count>\d{1,2}|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:차례|번(?!째)|회(?!의)|(?<!제\d)(?<!제\d\d)라운드)"
    r"(?:에 걸쳐|에 걸친|의|나)?\s?[^.]{0,20}?(?:회의|협의|협상|회담|만[났나]|마주|머리)"
)
_ROUNDS_IN_ALL = re.compile(r"의\s|에\s걸[쳐친]|\s?(?:협상|담판)\s?(?:끝|을\s?(?:진행|거[쳐친듭]))")
_COUNTS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_HELD = re.compile(
    r"열렸|열린(?!다)|열었|개최(?:하였|했|됐|되었|한\b|된)|가[졌진]|진행(?:했|됐|한|된)|벌[였인]|"
    r"이어갔|(?:회의|협상|협의|회담)를?을? 했다|마주 앉았|"
    r"만났|치렀|머리를 맞댔|속개됐|속개했|있었다|지속[되됐]|개최되[였여]|진행되[였여]|"
    r"(?:회의|협의|회담|협상)는? [^.]{0,40}에서 했다"
)
_COMING = re.compile(
    r"열(?:린다|립니다|릴|기로|릴지|\s?예정)|개최(?:한다|된다|할|될|하기로|키로|합니다|됩니다|"
    r"\s?예정)|가(?:질|진다|집니다)|갖(?:는다|기로|습니다|고자|"
    r"게 된다)|만(?:난다|날|나기로)|"
    r"진행(?:한다|된다|할|될|하기로)|이어(?:질|간다|가기로)|예정(?!보다|대로|됐|되었|에 없|된 시간)|"
    r"재개(?:한다|된다|할|될|하기로)|계획|방침|돌입한다|"
    r"시작(?:한다|된다|할|될|합니다|됩니다)|착수(?:한다|합니다)|돌입(?:합니다|할)|나섭니다|들어갑니다|시도(?:한다|합니다)|"
    r"마주 앉는다|속개(?:한다|된다|할|될)|벌인다|벌입니다|벌일|엽니다|만납니다"
)
_BEGUN = re.compile(
    r"시작(?:했|됐|되었|\s?$)|돌입(?:했|$|…)|막을 올[렸려]|막이 올|착수(?:했|$)|들어갔|개시(?:했|됐|"
    r"$)|개막|진행\s?(?:중|하고 있|되고 있)|"
    r"열리고 있|이틀째|첫날|시작$|돌입$"
)
_TO_CONCLUDE = re.compile(r"체결|위한|위해|협상|회의|협의|맺")
_LOCAL = re.compile(r"\(\s?(?:[가-힣]{1,6}\s)?현지\s?시간\s?(?:으로)?\s?$")
_CLOSED = re.compile(r"마[쳤치친]|마무리(?:했|됐|됐다|하)|종료|끝났|끝나|끝냈|폐막|막을 내렸|마무리")
_DEAL = re.compile(
    r"타결(?:했|됐|됐다|되었|지었|…|$)|합의에 (?:이르렀|도달했)|합의했|매듭지었|합의를 (?:이뤘|봤)|최종 타결|전격 타결"
)


@dataclass(frozen=True, slots=True)
class Current:
    """The round a report is telling of."""

    number: int | None = None
    agreement: int | None = None
    told: int = -9  # the sentence it was last spoken of
    ahead: bool = False  # whether it is still to come


def rounds(setting: Setting, parse: Parse, current: Current) -> tuple[list[Draft], Current]:
    """The rounds of a sentence, and the round the report tells of after it."""
    named = _numbered(setting, parse)
    made = [_draft(setting, parse, number, place, named, current) for number, place in named]
    if not named:
        made.append(_unnumbered(setting, parse, current))
    tally = _tally(parse)
    out = [d for d in made if d is not None and (not tally or ("number" in d.fields and "number" not in d.inferred))]
    out += tally
    i = parse.sentence.index
    if len(named) == 1:
        coming = any(d.fields.get("outcome") == "scheduled" for d in out)
        number = _agreement(parse) or current.agreement
        current = Current(named[0][0], number, i, coming)
    elif out:
        current = Current(current.number, current.agreement, i, current.ahead)
    return out, current


def _numbered(setting: Setting, parse: Parse) -> list[tuple[int, int]]:
    """The numbered meetings of a sentence: their numbers and where each is named."""
    agreements = {m.start for _, m in agreements_named(parse)}
    out: list[tuple[int, int]] = []
    for m in parse.mentions("ordinal"):
        if not 1 <= m.value <= 20:
            continue
        at, names = parse.past_names(m.end, "party", "topic", "series")
        if m.start not in agreements and parse.text[m.start : m.end].endswith(("라운드", "회차")):
            if parse.text[m.start] != "제" and _ROUNDS_IN_ALL.match(parse.text, m.end, parse.end):
                continue
            out.append((m.value, m.start))
            continue
        found = _MEETING.match(parse.text, at, parse.end)
        talks_named = bool(names) and parse.text[names[-1].start : names[-1].end].endswith(("협상", "협의", "회의"))
        if found is None and talks_named and m.start not in agreements and m.value < (setting.frame.talks or 0):
            out.append((m.value, m.start))  # 제3차 방위비 분담금 협상 마지막날
            continue
        if found is None or (m.start in agreements and found["noun"] == "협상"):
            continue
        if m.start in agreements and not re.match(r"[\s]*(?:고위급|회의|회담|협의)", parse.text[m.end : m.end + 6]):
            continue
        talks = setting.frame.talks
        if (
            found["noun"] == "협상"
            and "고위급" not in found.group()
            and talks is not None
            and m.value >= talks
            and talks > 5
        ):
            continue
        out.append((m.value, m.start))
    for found in _FIRST_MEETING.finditer(parse.text, parse.start, parse.end):
        if found["which"] == "첫" and not any(abs(p - found.start()) < 12 for _, p in out):
            out.append((1, found.start()))
    return sorted([*out, *_in_chain(parse, out, agreements)], key=lambda x: x[1])


_CHAIN = re.compile(r"\s?(?:\([^()]{1,24}\))?(?:\s?[,·/]\s?|[와과]\s|\s및\s|\s(?=\())")


def _in_chain(parse: Parse, found: list[tuple[int, int]], agreements: set[int]) -> list[tuple[int, int]]:
    """The numbers that share the noun of the next one: 1차(24∼25일)와 2차(23∼24일) 협상."""
    out: list[tuple[int, int]] = []
    ordinals = [m for m in parse.mentions("ordinal") if m.start not in agreements]
    known = {place for _, place in found}
    for m, following in reversed(list(pairwise(ordinals))):
        if following.start in known and m.start not in known and _CHAIN.fullmatch(parse.text, m.end, following.start):
            out.append((m.value, m.start))
            known.add(m.start)
    if out:
        return out
    for following in ordinals:  # 2차(23∼24일) 협상
        bracket = _BRACKETED.match(parse.text, following.end, parse.end)
        if bracket is not None and following.start not in known and following.value <= 20:
            at, _ = parse.past_names(bracket.end(), "party", "topic", "series")
            named = re.search(r"(?:협상|회의|협의|회담)\s?$", parse.text[bracket.end() : at])
            if named or _MEETING.match(parse.text, at, parse.end):
                return [(following.value, following.start), *_in_chain(parse, [(0, following.start)], agreements)]
    return []


_BRACKETED = re.compile(r"\s?\([^()]{2,24}\)\s?")


def _ours(setting: Setting, parse: Parse, current: Current) -> bool:
    """Whether a meeting in this sentence is one of these talks."""
    if parse.names("topic", "series") or parse.has("money-noun"):
        return True
    if not _elsewhere(setting) and not parse.has("other-talks"):
        return True
    return parse.sentence.index - current.told <= 4 or current.number is not None


def _outcome(parse: Parse, start: int, end: int) -> str | None:
    """How a meeting ended, from the words about it."""
    words = parse.text[start:end]
    if _coming(words) and not re.search(r"(?:결렬|파행)(?:됐|했|으로)", words):
        return "scheduled"
    if parse.within(start, end, "broke-off"):
        return "broke-off"
    if parse.within(start, end, "no-deal"):
        return "no-deal"
    if _DEAL.search(words) and not re.search(r"타결하지|합의하지|타결(?:을|이) ", words):
        return "deal"
    if _BEGUN.search(words):
        return "ongoing"
    if _CLOSED.search(words) or _HELD.search(words):
        return "concluded"
    return None


def _coming(words: str) -> bool:
    found = list(_COMING.finditer(words))
    held = list(_HELD.finditer(words))
    if not found:
        return False
    return (
        not held or found[-1].start() > held[-1].start() or ("예정" not in words and found[0].start() < held[0].start())
    )


def _where(parse: Parse, start: int, end: int) -> dict[str, Any]:
    """City, country or state, venue and format of the meeting told of in start..end."""
    fields: dict[str, Any] = {}
    for m in parse.names("place", "party"):
        name = name_of(m)
        if name is None or not start <= m.start < end:
            continue
        kind = _place_kind(parse, m)
        after = parse.text[m.end : m.end + 26]
        if (
            kind == "city"
            and "city" not in fields
            and re.match(
                r"\s?(?:\([^)]{1,12}\))?\s?(?:시내|모처|현지|[가-힣A-Za-z. ]{0,14}?)?\s?에서|에 (?:있는|위치)|"
                r"\s[가-힣A-Za-z ·]{1,14}에서|\s?(?:회의|협상|회담|\()",
                after,
            )
        ):
            fields["city"] = parse.text[m.start : m.end]
        elif kind == "venue" and "venue" not in fields and re.match(r"[가-힣A-Za-z ]{0,10}에서|\s?\(", after):
            fields["venue"] = parse.text[m.start : m.end]
        elif kind in ("state", "country") and "place" not in fields and re.match(r"\s?(?:현지)?에서", after):
            fields["place"] = parse.text[m.start : m.end]
    if "city" in fields:
        fields.pop("place", None)
    if parse.within(start, end, "video"):
        fields["format"] = "video"
    return fields


def _place_kind(parse: Parse, m: Mention) -> str:
    """The kind of place that a name is; a capital that stands for its government is a city before 에서."""
    text = parse.text[m.start : m.end]
    for place in parse.scene.case.places.values():
        if any(text in names for names in place.names.values()):
            return place.kind
    return ""


def _elsewhere(setting: Setting) -> bool:
    """Whether the report lists several stories, so that a meeting without its talks may be of another."""
    return any(re.search(r"(?:\.\.\.|…)\s?\[[^\[\]\n]{1,12}\]\s*$", p.words) for p in setting.parses)


def _date(
    parse: Parse, start: int, end: int, *, ahead: bool, shapes: tuple[str, ...]
) -> tuple[str | None, bool, Mention | None]:
    """The day of a meeting: the finest date nearest before the verb that says it is held, not the day it was told."""
    spoken = {m.start for m in told_on(parse)}
    dates = [
        m
        for m in parse.mentions("date")
        if start <= m.start < end and m.start not in spoken and m.value.shape in shapes
    ]
    if not dates:
        return None, False, None
    held = [x.start() + start for p in (_HELD, _COMING, _BEGUN, _CLOSED) for x in p.finditer(parse.text[start:end])]
    by_day = [m for m in dates if len(((m.value.future if ahead else m.value.past) or "").split("/")[0]) >= 10] or dates
    anchor = min(held) if held else end
    before = [m for m in by_day if m.end <= anchor]
    m = before[-1] if before else by_day[0]
    if not before and held and re.search(r"뒤|후|다음|직후", parse.text[anchor : m.start]):
        return None, False, None
    text = m.value.future if ahead or (m.value.until and m.value.future) else m.value.past
    return text, m.value.inferred, m


def _fields(parse: Parse, start: int, end: int) -> tuple[dict[str, Any], bool]:
    outcome = _outcome(parse, start, end)
    fields = _where(parse, start, end)
    ref = parse.scene.ref
    shapes = ("day", "span", "weekday", "relative", "part", "month")
    when, inferred, m = _date(parse, start, end, ahead=outcome == "scheduled", shapes=shapes)
    if (
        m is not None
        and re.match(r"\s?(?:체결|타결|만료|시한|예정됐|통보|이후|까지)", parse.text[m.end : m.end + 5])
        and m.value.shape == "month"
    ):
        when = None
    local = [
        d
        for d in parse.mentions("date")
        if start <= d.start < end and _LOCAL.search(parse.text, max(start, d.start - 8), d.start)
    ]
    if local and (local[0].value.past or local[0].value.future):
        value = local[0].value
        when, inferred = (value.future if outcome == "scheduled" else value.past) or value.past, value.inferred
    fields["when"] = when
    day = (when or "").split("/")[0]
    if (
        outcome in (None, "concluded")
        and len(day) == 10
        and ref is not None
        and ref.latest is not None
        and day > str(ref.latest)
    ):
        outcome = "scheduled"
    if outcome is None and m is not None and _AHEAD.match(parse.text, m.start, m.end):
        outcome = "scheduled"
    fields["outcome"] = outcome
    return fields, inferred


def _draft(
    setting: Setting, parse: Parse, number: int, place: int, named: Sequence[tuple[int, int]], current: Current
) -> Draft | None:
    if not _ours(setting, parse, current) and (number != 1 or _elsewhere(setting)):
        return None
    others = [p for _, p in named if p > place]
    before = [p for _, p in named if p < place]
    start = _between(parse, max(before), place) if before else parse.start
    end = _between(parse, place, min(others)) if others else parse.end
    if not before and not others:
        start, end = _extent(parse, place)
    fields, inferred = _fields(parse, start, end)
    if fields.get("when") is None and not before and not others:
        wider, inferred = _fields(parse, parse.start, parse.end)
        fields = {**wider, **{k: v for k, v in fields.items() if v is not None}}
    told = any(fields.get(k) is not None for k in ("when", "city", "venue", "outcome", "format"))
    if not told and (current.number == number or number == 1):
        return None
    agreement = _agreement(parse)
    return draft(
        "round", parse, start, end, number=number, agreement=agreement, inferred=("when",) if inferred else (), **fields
    )


def _between(parse: Parse, one: int, other: int) -> int:
    """Where what is said of one meeting ends and of the next begins: the last comma or clause between them."""
    breaks = [b for b in parse.breaks if one < b <= other]
    comma = parse.text.rfind(",", one, other)
    found = max([*breaks, comma + 1 if comma > 0 else 0])
    if found:
        return found
    meeting = _MEETING.search(parse.text, one, other)
    return word_end(parse.text, meeting.end(), other) if meeting else min(other, one + 12)


def _agreement(parse: Parse) -> int | None:
    """The agreement that a meeting is about: named before its conclusion or its talks, not one in force."""
    near = {n for n, m in agreements_named(parse) if _TO_CONCLUDE.search(parse.text, m.end, min(parse.end, m.end + 44))}
    return next(iter(near)) if len(near) == 1 else None


def _extent(parse: Parse, place: int) -> tuple[int, int]:
    """The clauses that tell of the meeting: from the one it is named in to the next that has a subject of its own."""
    first, last = parse.clause(place)
    if last < parse.end:
        _, following = parse.clause(last + 1)
        passed_on = re.search(r"[다라]고\s", parse.text[last:following])  # who told of it stands behind: -다고 외교부가
        until = last + passed_on.start() if passed_on else following
        if not any(p.acts and last <= p.start < until for p in parse.phrases):
            last = following
    return first, last


_NAMES_MEETING = re.compile(
    r"(?:회의|회담|머리를 맞|마주 앉|고위급|화상|실무|본회담|라운드|본협상|협상 회의|공식|담판|추가)"
)
_OF_OTHERS = re.compile(r"(?:국무|전체|정상|장관|안보협의|차관|상임위|본|대책|기자|NSC|최고위|의원총|안보|정례)\s?$")
_NO_TALKS = re.compile(r"\s?(?:대표|대사|팀|단|안|력|장|문|수석|상대|카드|과정|회(?!의|담))")
_AHEAD = re.compile(r"오는|다가오는|내달|내주|내년|내일|모레|다음\s?(?:달|주|해)")
_UNSET = re.compile(
    r"미정|정해지지 않|확정되지 않|결정되지 않|발표되지 않|잡히지 않|추후 (?:결정|협의|조율|확정|통보)|"
    r"외교 ?(?:경로|채널)를 통해"
)
_UPCOMING = re.compile(r"(?:다음|차기|후속|추가)\s?(?:번\s?)?(?:고위급\s?|방위비\s?)?(?:회의|협상|회담|협의|라운드)")


def _meetings(parse: Parse) -> tuple[list[Hit], list[Hit]]:
    """The meetings a sentence names without a number, and the talks it names beside them."""
    meetings = [
        h
        for h in parse.of("round-noun")
        if not parse.within(h.start, h.start + 1, "ministerial", "summit", "committee", "cabinet")
        and _NAMES_MEETING.match(parse.text, h.start, h.end)
        and not _OF_OTHERS.search(parse.text, max(parse.start, h.start - 6), h.start)
    ]
    places = {m.start for m in meetings}
    talks = [h for h in parse.of("talks-noun") if h.start not in places and not _NO_TALKS.match(parse.text, h.end)]
    return meetings, talks


def _tells(parse: Parse, fields: dict[str, Any], current: Current, words: str, *, meeting: bool) -> bool:
    """Whether enough is said of a meeting without a number to take it for one."""
    outcome, dated = fields.get("outcome"), fields.get("when") is not None
    placed = any(k in fields for k in ("city", "venue", "format", "place"))
    failed = outcome in ("no-deal", "broke-off")
    if meeting:
        return bool((placed or dated or failed or outcome == "deal") and (outcome or placed or _UPCOMING.search(words)))
    if failed and parse.sentence.index - current.told <= 2 and not current.ahead:
        return True
    if (
        outcome == "scheduled"
        and placed
        and re.search(r"열[린립릴]|개최|갖[고는기]|만[나날난]|재개|이어[가갈간]", words)
    ):
        return True
    return bool((failed and (parse.headline or dated or placed)) or (placed and dated and outcome))


def _unnumbered(setting: Setting, parse: Parse, current: Current) -> Draft | None:
    """A meeting without a number: the one the report tells of, or the next one."""
    meetings, talks = _meetings(parse)
    about = bool(parse.names("topic", "series")) or parse.has("money-noun")
    since = parse.sentence.index - current.told
    ahead = bool(meetings) and _UPCOMING.search(parse.words) is not None and not parse.has("other-talks")
    if (meetings and not about and since > 3 and not ahead) or not (meetings or ((about or since <= 2) and talks)):
        return None
    if not meetings and any(re.match(r"\s?부터", parse.text[d.end - 2 : d.end + 3]) for d in parse.mentions("date")):
        return None  # 지난해 9월부터 협상을 진행했다: the talks as a whole
    start, end = _extent(parse, (meetings or talks)[0].start)
    fields, inferred = _fields(parse, start, end)
    words = parse.text[start:end]
    if not _tells(parse, fields, current, words, meeting=bool(meetings)):
        return None
    if _UPCOMING.search(words) and _UNSET.search(words):
        return None  # 다음 회의 날짜는 미정이다
    outcome, upcoming = fields.get("outcome"), _UPCOMING.search(words) is not None
    same = outcome is None or current.ahead == (outcome == "scheduled")
    number = current.number if since <= 3 and not upcoming and same else None
    if upcoming and current.number is not None:
        number = current.number + 1
    given = [name for name, is_so in (("number", number is not None), ("when", inferred)) if is_so]
    return draft("round", parse, start, end, number=number, agreement=_agreement(parse), inferred=given, **fields)


def _tally(parse: Parse) -> list[Draft]:
    """How often the delegations met: 지난해 3월 이후 10차례 회의."""
    if parse.has("other-talks"):
        return []
    for found in _TALLY.finditer(parse.text, parse.start, parse.end):
        raw = found["count"]
        count = int(raw) if raw.isdecimal() else _COUNTS[raw]
        if count < 2 or _coming(parse.text[found.start() : min(parse.end, found.end() + 20)]):
            continue
        dates = [
            d
            for d in parse.mentions("date")
            if d.start < found.start()
            and (
                d.value.since
                or d.value.shape == "span"
                or re.match(
                    r"\s?(?:부터|이후|이래|[^,.]{0,14}(?:연|한|시작된|시작한)\s(?:이래|이후|지))",
                    parse.text[d.end : d.end + 24],
                )
            )
        ]
        since = (dates[0].value.past or "").split("/")[0] or None if dates else None
        inferred = bool(dates and dates[0].value.inferred)
        first, last = parse.clause(found.start())
        return [draft("round", parse, first, last, count=count, since=since, inferred=("since",) if inferred else ())]
    return []
