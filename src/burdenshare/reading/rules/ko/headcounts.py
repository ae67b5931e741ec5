"""Korean headcounts: troops stationed, local employees, people furloughed."""

from __future__ import annotations

import re
from typing import Any

from burdenshare.reading.korean.parse import Parse, name_of
from burdenshare.reading.mentions.countries import countries
from burdenshare.reading.mentions.mention import Mention, Number
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.figures import size_of
from burdenshare.reading.rules.ko.setting import Setting, draft

# A count below this is of people at a meeting or on a march, not of a force or a workforce. Set by hand.
_LEAST = 500
_MOVED = re.compile(
    r"\s?(?:여)?\s?명?(?:을|를|이|가|까지|이나|의 \S{1,8}(?:을|를))?\s?(?:추가로\s?|더\s?)?"
    r"(?:감축|철수|줄이|줄어|줄일|빼|감원|해고|증원|파병|파견|전사|사망|모였|모인|참가|참석|집회|충원|뽑)"
)
_COUNTED = re.compile(r"\s?(?:여)?\s?명")
_ELSEWHERE = re.compile(r"시위|참가자|집회|서명(?:자|한)|확진|사망|의석")


def headcounts(setting: Setting, parse: Parse) -> list[Draft]:
    """The counts of people of a sentence, each with its group."""
    out = []
    found = [m for m in parse.mentions("number") if _is_people(parse, m)]
    for m in found:
        n: Number = m.value
        first, last = parse.clause(m.start)
        group = _group(setting, parse, m, first, last)
        if group is None or n.high < _LEAST:
            continue
        if _MOVED.match(parse.text, m.end, parse.end):
            continue
        out.append(_count(parse, m, group, first, last))
    if not out:
        out += _shares(parse)
    return out


def _is_people(parse: Parse, m: Mention) -> bool:
    return "명" in parse.text[m.start : m.end] or _COUNTED.match(parse.text, m.end, parse.end) is not None


def _here(setting: Setting, parse: Parse, start: int, end: int) -> bool:
    """Whether the host, or the forces stationed there, are named at start..end."""
    host = setting.frame.host
    named = [
        n for m in parse.names("party", "forces", "employees", "place") if start <= m.start < end and (n := name_of(m))
    ]
    return any(n.kind in ("forces", "employees") or n.party == host for n in named)


def _other_country(setting: Setting, words: str) -> bool:
    own = {n for p in setting.scene.case.parties.values() for n in p.names.get("ko", ())}
    return any(c in words for c in countries("ko") if len(c) > 1 and c not in own)


def _group(setting: Setting, parse: Parse, m: Mention, first: int, last: int) -> str | None:
    near = parse.text[max(first, m.start - 50) : min(last, m.end + 30)]
    here = _here(setting, parse, first, last)
    if _ELSEWHERE.search(near) or (_other_country(setting, near) and not here):
        return None
    of_all = re.match(r"\s?명?(?:의)?\s?(?:중|가운데)\s", parse.text[m.end : min(last, m.end + 6)])
    if "무급" in near and not of_all and re.search(r"휴직", near):
        return (
            "furloughed"
            if re.search(r"휴직(?:에|을|이)?\s?(?:들어[간갔가갈갑]|시작|시행|중|상태|대상|하게|된|됐)|무급휴직자", near)
            else "local-employees"
        )
    above = setting.before(parse)
    of_them = (
        parse.text[max(first, m.start - 6) : m.start].strip() in ("전체", "모두", "총")
        and above is not None
        and above.has("workers")
    )
    if of_them or parse.within(max(first, m.start - 50), min(last, m.end + 30), "workers"):
        return "local-employees"
    about = parse.within(max(first, m.start - 50), min(last, m.end + 30), "troops")
    if about:
        return "troops"
    if parse.within(parse.start, parse.end, "station") and _here(setting, parse, parse.start, parse.end):
        return "troops"
    wide = here or _here(setting, parse, parse.start, parse.end)
    before = setting.before(parse)
    told = parse.has("troops") or (before is not None and before.has("troops"))
    counted = m.value.low >= 20_000 and m.value.high <= 60_000
    return "troops" if wide and counted and (told or re.search(r"땅|주둔|두고|지키|있", near)) else None


def _count(parse: Parse, m: Mention, group: str, first: int, last: int) -> Draft:
    n: Number = m.value
    fields: dict[str, Any] = {"group": group, "bound": n.bound}
    if n.value is not None:
        fields["number"] = round(n.value)
    else:
        fields["low"], fields["high"] = round(n.low), round(n.high)
    share = [s for s in parse.mentions("percent", "share") if first <= s.start < last and 0 <= s.start - m.end <= 14]
    if share:
        fields["share_percent"] = size_of(share[0].value)
    start = max(first, m.start - 30)
    while start > first and parse.text[start - 1] != " ":
        start -= 1
    end = m.end
    while end < parse.end and parse.text[end].isalnum():
        end += 1
    return draft("headcount", parse, start, end, **fields)


def _shares(parse: Parse) -> list[Draft]:
    """Half of the local employees, without their number."""
    if not parse.has("workers") or not parse.has("furlough"):
        return []
    for s in parse.mentions("share", "percent"):
        near = parse.text[max(parse.start, s.start - 30) : min(parse.end, s.end + 24)]
        if re.search(r"근로자|노동자|직원|휴직", near) and not re.search(r"인건비|분담금|임금|급여", near):
            first, last = parse.clause(s.start)
            return [
                draft(
                    "headcount",
                    parse,
                    max(first, s.start - 30),
                    min(last, s.end + 20),
                    group="local-employees",
                    share_percent=size_of(s.value),
                )
            ]
    return []
