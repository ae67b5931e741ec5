"""Korean consequences of no deal: unpaid leave, a gap in the agreement, stop-gaps on wages."""

from __future__ import annotations

import re

from burdenshare.reading.korean.parse import Parse
from burdenshare.reading.korean.words import Hit
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.setting import Setting, date_in, draft

_END = re.compile(
    r"(?:휴직)?\S{0,4}\s?[^.]{0,24}(?:종료|끝[나난났냈내]|돌아[가간갔오온왔]|해제|철회|복귀|복직|"
    r"중단(?:했|됐|하기로|된)|풀[렸리]|마치고|피하|막[았을])"
)
_NOTICE = re.compile(r"통보|예고|통지|고지|사전\s?통|알렸|안내")
_BEGUN = re.compile(
    r"^\S{0,6}\s?시작$|시작(?:됐|했|되었|된|한)|들어갔|들어간|돌입(?:했|한|됐)|시행(?:됐|했|된|되고|"
    r"에 들어)|단행|중인|중이다|상태|현실화(?:됐|했)|"
    r"강행|한 달째|이틀째|계속되|이어지고|놓인|놓였"
)
_MAY = re.compile(
    r"가능성|우려|위기|수 있|수도|불가피|않으면|못하면|경우|될 것|전망|예정|위협|압박|막[아기]|피하|"
    r"되나|현실|방침|계획|대비|막판"
)
_CALLED_FOR = re.compile(r"(?:철회|중단|해제)\s?(?:하라|해야|요구|촉구|하자)")
_BACK = re.compile(r"(?:일터|직장|업무|현장)(?:로|에) (?:돌아|복귀)|업무에 복귀")
_ACTED = re.compile(r"휴직\S{0,3}\s(?:들어[가갈간갑]|시행|실시|시작|돌입|현실|강행|단행|조치|사태|결정)")
_MADE = re.compile(r"제안|합의|타결|지급|방안|추진|검토|체결|요청|거부|특별법|입법|마련|결정")


def consequences(setting: Setting, parse: Parse) -> list[Draft]:
    """What follows, or followed, if there is no deal; one claim an effect and clause."""
    out: list[Draft] = []
    seen: set[int] = set()
    for h in parse.of("furlough"):
        first, _ = parse.clause(h.start)
        if parse.words.startswith(("Q", "문")) or first in seen or _only_names(parse, h):
            continue
        made = _furlough(setting, parse, h)
        if made is None:
            continue
        seen.add(first)
        out.append(made)
    if (
        parse.has("lapse")
        and not re.match(r".{0,8}(?:더라도|겨도|돼도|없도록)", parse.text[parse.of("lapse")[0].end : parse.end])
        and (parse.names("series", "topic") or "협정" in parse.words)
    ):
        out.append(_lapse(parse, parse.of("lapse")[0]))
    out += _stop_gap(parse)
    out += _layoffs(parse, bool(out))
    return out


def _only_names(parse: Parse, h: Hit) -> bool:
    """Whether the words only name people or a matter: 무급휴직 문제, 무급휴직 관련, 무급휴직만은 막아보자며."""
    return bool(re.match(r"(?:자|\s?(?:문제|관련|사안|이슈))", parse.text[h.end : h.end + 4])) or bool(
        re.match(
            r"(?:만은|만큼은|은|을|를)?\s?(?:사태)?(?:의)?\s?(?:재발|막아|막자|막기|피하자|피하기|방지)",
            parse.text[h.end : h.end + 8],
        )
    )


def _furlough(setting: Setting, parse: Parse, h: Hit) -> Draft | None:
    first, last = parse.clause(h.start)
    start = max(first, h.start - 60)
    end = max(h.stop, min(last, h.stop + 40))
    words = parse.text[start:end]
    tail = parse.text[h.start : end]
    if _BACK.search(tail) or (_END.match(tail) and not _MAY.search(tail)):
        stage = "end"
    elif _NOTICE.search(words):
        stage = "notice"
    elif _BEGUN.search(tail) and not _MAY.search(tail):
        stage = "start"
    else:
        stage = "threat"
        if not (
            _MAY.search(words)
            or parse.has("conditional", "possible")
            or parse.headline
            or h.form != "noun"
            or _ACTED.search(tail)
        ):
            return None
    ahead = stage in ("threat", "notice")
    near = [d for d in parse.mentions("date") if first - 2 <= d.start and 0 <= h.start - d.end <= 50]
    acted = [v.start() for v in (_END.search(tail), _BEGUN.search(tail), _NOTICE.search(tail)) if v is not None]
    if stage in ("start", "end") and acted:
        until = h.start + max(acted) + 2 if stage == "end" else h.start + min(acted)
        later = [d for d in parse.mentions("date") if h.start < d.start and d.end <= until + 24 and d.start < end]
        near = later or near
    where = (near[-1].start, near[-1].end) if near else (start, end)
    when, inferred, _ = date_in(parse, *where, ahead=ahead)
    if when is None:
        when, inferred, _ = date_in(parse, parse.start, end, ahead=ahead)
    counts = [n for n in parse.mentions("number") if first <= n.start < last and n.value.value and n.value.value >= 100]
    counts = sorted((n for n in counts if "명" in parse.text[n.start : n.end + 3]), key=lambda n: abs(n.end - h.start))
    return draft(
        "consequence", parse, start, end, effect="furlough", stage=stage, group="local-employees",
        number=round(counts[0].value.value) if counts else None, when=when,
        condition="no-deal" if ahead else None, inferred=("when",) if inferred else (),
        modality="conditional" if parse.within(start, end, "conditional") else None,
    )  # fmt: skip


def _lapse(parse: Parse, h: Hit) -> Draft:
    first, last = parse.clause(h.start)
    words = parse.text[h.start : min(last, h.stop + 30)]
    happened = bool(
        re.search(
            r"째(?:다|이|를|로)|상태(?:다|이다|가 이어|가 계속|가 지속|에 (?:놓|들어))|이어지고|"
            r"계속되|발생했|생겼|지속|돌입|들어갔|맞았",
            words,
        )
    ) and not _MAY.search(words)
    return draft("consequence", parse, max(first, h.start - 40), min(last, h.stop + 30), effect="lapse",
                 stage="start" if happened else "threat", condition=None if happened else "no-deal")  # fmt: skip


def _stop_gap(parse: Parse) -> list[Draft]:
    """Wages paid or settled ahead of the rest: 인건비 선지급, 인건비를 먼저 타결하자."""
    if not parse.has("labour", "workers"):
        return []
    for h in parse.of("stop-gap", "advance"):
        first, last = parse.clause(h.start)
        if not _MADE.search(parse.text[first : min(parse.end, last + 30)]):
            continue
        return [
            draft(
                "consequence",
                parse,
                max(first, h.start - 40),
                max(h.stop, min(last, h.stop + 20)),
                effect="stop-gap",
                group="local-employees",
            )
        ]
    return []


def _layoffs(parse: Parse, taken: bool) -> list[Draft]:
    if (
        taken
        or not parse.has("layoff")
        or not parse.has("workers")
        or not (parse.has("conditional", "possible", "notify") or re.search(r"수밖에|하겠다", parse.words))
    ):
        return []
    h = parse.of("layoff")[0]
    first, last = parse.clause(h.start)
    return [
        draft(
            "consequence",
            parse,
            max(first, h.start - 40),
            min(last, h.stop + 20),
            effect="other",
            group="local-employees",
            condition="no-deal",
        )
    ]
