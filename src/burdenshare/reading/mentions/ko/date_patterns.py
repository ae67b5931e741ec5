"""The words and patterns of Korean dates. No pattern has a repeated part inside a repeated part; each part is short."""

from __future__ import annotations

import re

from burdenshare.reading.mentions.ko.calendar import Lean

RELATIVE_YEARS = {
    "올해": 0, "금년": 0, "작년": -1, "지난해": -1, "전년": -1, "지난 해": -1, "거년": -1,
    "내년": 1, "명년": 1, "래년": 1, "다음 해": 1, "다음해": 1, "이듬해": 1, "재작년": -2, "지지난해": -2, "그러께": -2,
    "내후년": 2, "후년": 2, "이번 해": 0, "같은 해": 0, "동년": 0, "그해": 0,
}  # fmt: skip
RELATIVE_MONTHS = {
    "이달": 0, "이번 달": 0, "이번달": 0, "금월": 0, "같은 달": 0, "지난달": -1, "지난 달": -1,
    "전달": -1, "저번 달": -1, "내달": 1, "다음 달": 1, "다음달": 1, "래달": 1, "오는 달": 1, "지지난달": -2,
    "다다음 달": 2, "다다음달": 2,
}  # fmt: skip
RELATIVE_WEEKS = {
    "이번 주": 0, "이번주": 0, "금주": 0, "지난주": -1, "지난 주": -1, "저번 주": -1, "전주": -1, "다음 주": 1,
    "다음주": 1, "내주": 1, "래주": 1, "다다음 주": 2, "다다음주": 2, "지지난주": -2,
}  # fmt: skip
RELATIVE_DAYS = {
    "오늘": 0, "금일": 0, "어제": -1, "작일": -1, "어저께": -1, "그제": -2, "그저께": -2, "엊그제": -2, "내일": 1,
    "명일": 1, "모레": 2, "글피": 3,
}  # fmt: skip
OF_THE_YEAR_TOLD = frozenset({"같은 해", "동년", "그해", "이듬해"})
NARRATED = {
    "이날": 0,
    "같은 날": 0,
    "당일": 0,
    "동일": 0,
    "전날": -1,
    "하루 전": -1,
    "이튿날": 1,
    "다음 날": 1,
    "다음날": 1,
}
SHORT_YEARS_UNTIL = 2005  # reports up to this year write 98년 for 1998; set by hand, to be raised if later ones do
NATIVE_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10,
    "보름": 15,
}  # fmt: skip
WEEKDAYS = "월화수목금토일"
LEAN: dict[str, Lean] = {"지난": "past", "오는": "future", "다가오는": "future", "이번": ""}
SEASONS = {"봄": 21, "여름": 22, "가을": 23, "겨울": 24}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted((w.replace(" ", r"\s") for w in words), key=len, reverse=True))


_DASH = r"\s?[~∼～〜–—-]\s?"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_M = r"(?:1[0-2]|0?[1-9])"
# 5일간, 5일 동안, 8일 만에, 5일째 are lengths of time, and 5일 뒤 is no 5th; 5일 전체회의 is.
_LENGTHS = r"간|째|짜리|여|치(?![가-힣])|\s?(?:동안|만에|만의|연속|이내|뒤|내내)|\s?전(?![가-힣])|\s?후(?![가-힣반])"
_NO_LENGTH = rf"(?!{_LENGTHS})"
_ZONE = r"[가-힣]{1,3}\s?(?:[가-힣]{2}\s?)?시[간각]"  # 현지시간, 한국 시간, 미 동부 시간
_BRACKET = rf"(?:\s?[(（](?:{_ZONE}|[{WEEKDAYS}](?:요일)?)[)）])?"
_LEANING = r"(?:(?P<lean>지난|오는|다가오는|이번)\s?)?"
_CLOCK = rf"(?:{_ZONE}(?:으로|기준)?\s?)?"
_THIS = r"올(?=\s(?:초|상|하|봄|여|가을|겨|말|\d)|상반기|하반기|봄|여름|가을|겨울|초|말)"
_SHORT = r"[’'‘](?P<y2>\d\d)년|(?P<y3>[89]\d)년(?=부터|까지|에|의|도|\s?\d{1,2}월)"
_YEAR = rf"(?:(?P<y>(?:19|20)\d\d)\s?년|{_SHORT}|(?P<ry>{_THIS}|{_any(RELATIVE_YEARS)}))"
_MONTH = rf"(?:(?<!\d)(?P<m>{_M})월(?!요일)|(?P<rm>{_any(RELATIVE_MONTHS)}))"
_WEEKDAY_AFTER = rf"(?:\s[{WEEKDAYS}]요일)?"
# "24일", "24∼25일", "24, 25일", "24일과 25일", "17일부터 19일(까지)", "31일부터 2월 2일".
_DAYS = (
    rf"(?<![\d.,:])(?<!박\s)(?P<d>{_D})(?:일{_BRACKET}(?:부터|에서|과|와)?|(?={_DASH}\d|[,·]\s?\d{{1,2}}일))"
    rf"(?:(?:{_DASH}|[,·]\s?|(?<=부터)\s|(?<=에서)\s(?=(?:\d{{1,2}}월\s?)?\d{{1,2}}일까지)|(?<=[과와])\s)"
    rf"(?:(?P<m2>{_M})월\s?)?(?P<d2>{_D})일{_BRACKET}{_WEEKDAY_AFTER}"
    rf"|(?<=일){_WEEKDAY_AFTER}|(?<=[)）])|(?<=부터)|(?<=에서)|(?<=[과와])){_NO_LENGTH}"
)
DAY = re.compile(
    rf"{_CLOCK}(?:{_LEANING}{_YEAR}\s?)?{_CLOCK}(?:(?P<lean2>지난|오는|다가오는|이번)\s)?(?:{_MONTH}\s?)?{_CLOCK}{_DAYS}"
)
NUMERIC = re.compile(rf"(?<![\d.])(?P<y>(?:19|20)\d\d)(?P<s>[./-])\s?(?P<m>{_M})(?P=s)\s?(?P<d>{_D})(?!\d)\.?")
# 10.22.(화)~24.(목): the weekday tells it from a decimal number.
_IN_WEEK = rf"\.?\s?[(（][{WEEKDAYS}][)）]"
DOTTED = re.compile(
    rf"(?:(?P<y>(?:19|20)\d\d)\.\s?|(?<![\d.]))(?P<m>{_M})\.\s?(?P<d>{_D}){_IN_WEEK}"
    rf"(?:{_DASH}(?:(?P<m2>{_M})\.\s?)?(?P<d2>{_D})(?:{_IN_WEEK}|\.|일)?)?"
)
FOR_DAYS = re.compile(rf"부터\s?(?:(?P<nd>{'|'.join(NATIVE_DAYS)})|(?P<n>\d{{1,2}})일)\s?(?:간|동안)")
_PART = r"초순|초반|초|중순|상순|중반|하순|말께|말경|말"
MONTH_ONLY = re.compile(
    rf"{_LEANING}(?:{_YEAR}\s?)?{_MONTH}(?:{_DASH}(?P<m2>{_M})월|부터\s(?P<m3>{_M})월(?=까지))?(?:\s?(?P<part>{_PART})(?!씀|했|하|없))?"
)
_FISCAL = r"\s?회계\s?[연년]도"
YEAR_SPAN = re.compile(
    rf"(?P<a>(?:19|20)\d\d)(?:년도?|[연]도|{_FISCAL})?(?:{_DASH}|부터\s|에서\s(?=\d+년))"
    rf"(?P<b>(?:19|20)\d\d|\d\d(?=년|{_FISCAL}))(?:년도?|연도|{_FISCAL})?(?!\d|월|억|조|만|원)"
)
FISCAL_YEAR = re.compile(
    rf"(?:(?P<y>(?:19|20)\d\d)(?:년\s?)?|(?P<rel>올해|올|이번|금년|내년|다음|차기|지난해|지난|작년)\s?){_FISCAL}|(?P<y1>(?:19|20)\d\d)연도"
)
FISCAL_OFFSET = {"내년": 1, "다음": 1, "차기": 1, "지난해": -1, "지난": -1, "작년": -1}
YEAR_ONLY = re.compile(
    rf"{_LEANING}{_YEAR}(?:도)?\s?(?:(?P<half>상반기|하반기|전반기|후반기)|(?P<quarter>[1-4])(?:[/·]4)?\s?분기|(?P<season>봄|여름|가을|겨울)(?![가-힣](?<![에은는의부까]))|"
    rf"(?P<part>{_PART}|연말|년말|연초|년초)(?!씀|했|하|없)|(?P<within>안|내|중)(?=에|으로|\s|까지|[^가-힣]|$))?"
)
DECADE = re.compile(r"(?P<y>(?:19|20)\d)0년대")
YEAR_TURN = re.compile(
    r"(?P<end>(?<![가-힣])(?:연말|년말|세밑))|(?P<start>(?<![가-힣])(?:연초|년초|새해\s?초|새해))|(?P<within>(?<![가-힣])(?:연내|년내))"
)
HALF = re.compile(
    r"(?:(?P<half>상반기|하반기)|(?P<quarter>[1-4])(?:[/·]4)?\s?분기)(?=에|부터|까지|중|안|내|\s|[^가-힣]|$)"
)
WEEK = re.compile(
    rf"(?P<w>{_any(RELATIVE_WEEKS)})(?:\s?(?P<wd>[{WEEKDAYS}])요일|\s?(?P<part>초|중반|중|말|후반))?(?![가-힣]한)"
)
WEEKDAY = re.compile(
    rf"(?:(?P<lean>지난|오는|다가오는|이번)\s)?(?P<wd>[{WEEKDAYS}])요일(?:\s?[(（](?P<d>{_D})일[)）])?"
)
TODAY = re.compile(
    rf"(?<![가-힣])(?P<t>{_any(RELATIVE_DAYS)})(?:\s?[(（](?:(?P<m>{_M})월\s?)?(?P<d>{_D})일[)）])?(?=은|는|이|가|도|의|까지|부터|과|와|자|\s|[^가-힣]|$|저녁|밤|아침|오전|오후)"
)
TOLD = re.compile(rf"(?<![가-힣])(?P<t>{_any(NARRATED)})(?=은|는|이|에|의|도|까지|부터|과|\s|[^가-힣]|$)")
AGO = re.compile(
    rf"(?<![가-힣\d.])(?:(?P<n>\d{{1,3}}|한|두|세|석|네|넉|다섯)\s?(?P<u>년|개월|달|주일|주|일)|(?P<nd>{'|'.join(NATIVE_DAYS)})|(?P<wk>일주일))\s?(?P<way>전|뒤|후)(?=인|에|의|부터|까지|만|\s|[^가-힣]|$)"
)
SEASON = re.compile(r"(?<![가-힣])(?P<rel>올|지난|이번|다음|내년|작년)\s?(?P<season>봄|여름|가을|겨울)")
NATIVE = {"한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5}
_OPENING = (
    "연말|년말|연초|년초|새해|연내|년내|세밑|상반기|하반기|한\\s?달|두\\s?달|석\\s?달|넉\\s?달|다음\\s|차기\\s|하루|이틀|사흘|나흘|닷새|엿새|"
    "열흘|보름|일주일|올"
)
_WORDS = "|".join(_any(t) for t in (RELATIVE_YEARS, RELATIVE_MONTHS, RELATIVE_WEEKS, RELATIVE_DAYS, NARRATED))
TRIGGER = re.compile(
    rf"(?<![\d.,])\d|[’'‘]\d\d년|지난|오는|다가오는|이번|[가-힣]{{2}}\s?시[간각](?=\S{{0,2}}\s?(?:지난|오는|이달|내달|\d))"
    rf"|(?<![가-힣])(?:{_WORDS}|[{WEEKDAYS}]요일|{_OPENING})"
)
SINCE = re.compile(r"\s?(?:부터|이후|이래|이후로|뒤부터)")
UNTIL = re.compile(r"\s?(?:까지|이전|전까지|안(?=에|으로)|안에|내로|내에)")
