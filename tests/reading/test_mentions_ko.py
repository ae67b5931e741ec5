"""The Korean lexers: what is written in Korean style reads back, and what only looks like a mention is none."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare import edtf
from burdenshare.case import load
from burdenshare.money import Amount
from burdenshare.reading.mentions.ko import Lexed, Lexers
from burdenshare.reading.mentions.mention import DateValue, Mention, Number
from burdenshare.reading.text import Line

REF = "2019-11-20"  # a Wednesday
FEW = settings(max_examples=150, deadline=None)


def lexed(text: str, ref: str | None = REF, *, case: str = "us-rok-sma") -> Lexed:
    return Lexers(load(case), edtf.parse(ref) if ref else None).read(text, Line(0, len(text), "body", 0))


def found(text: str, *types: str, ref: str | None = REF) -> list[Mention]:
    return [m for m in lexed(text, ref).mentions if m.type in types]


def only(text: str, kind: str, ref: str | None = REF) -> Any:
    values = [m.value for m in found(text, kind, ref=ref)]
    assert len(values) == 1, f"{text!r}: {values}"
    return values[0]


# --- sums ---------------------------------------------------------------------------------------------------------


def _thousands(n: int, style: str) -> str:
    """1 to 9999 as 9602, 9,602 or 9천602."""
    if style == "comma":
        return f"{n:,}"
    if style == "korean" and n >= 1000:
        return f"{n // 1000}천" + (str(n % 1000) if n % 1000 else "")
    return str(n)


def won(hundred_millions: int, *, style: str, gap: str, unit: str) -> str:
    """A sum of so many 억 won as a Korean report writes it."""
    large, small = divmod(hundred_millions, 10_000)
    parts = ([f"{_thousands(large, style)}조"] if large else []) + ([f"{_thousands(small, style)}억"] if small else [])
    return gap.join(parts) + unit


sums = st.tuples(
    st.integers(1, 99_999_999),
    st.sampled_from(["plain", "comma", "korean"]),
    st.sampled_from(["", " "]),
    st.sampled_from(["원", " 원"]),
)


@FEW
@given(sums, st.sampled_from(["{}을 낸다", "분담금은 {}이다", "총액 {}에 합의", "({})", "{}으로 정했다"]))
def test_any_sum_in_korean_style_reads_back(written: tuple[int, str, str, str], sentence: str) -> None:
    n, style, gap, unit = written
    amount = only(sentence.format(won(n, style=style, gap=gap, unit=unit)), "money")
    assert amount == Amount("KRW", value=n * 1e8)


@FEW
@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from("~∼～"), st.sampled_from(["", " "]))
def test_a_range_takes_the_unit_of_its_end(a: int, b: int, dash: str, gap: str) -> None:
    low, high = sorted((a, b))
    amount = only(f"{low}{dash}{high}억{gap}달러를 요구", "money")
    if low == high:
        return
    assert (amount.low, amount.high) == (low * 1e8, high * 1e8)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("47억불을 부른다", Amount("USD", value=4.7e9)),
        ("6천만 달러 모자란다", Amount("USD", value=6e7)),
        ("$50억", Amount("USD", value=5e9)),
        ("오십억 달러를", Amount("USD", value=5e9)),
        ("백만 달러짜리", Amount("USD", value=1e6)),
        ("2천110억엔씩", Amount("JPY", value=2.11e11)),
        ("1조551억 엔", Amount("JPY", value=1.0551e12)),
        ("3억5천만 유로", Amount("EUR", value=3.5e8)),
        ("₩1조2천억", Amount("KRW", value=1.2e12)),
        ("10억딸라", Amount("USD", value=1e9)),
        ("약 1조원", Amount("KRW", value=1e12, bound="about")),
        ("1조 원가량", Amount("KRW", value=1e12, bound="about")),
        ("2조원대를", Amount("KRW", value=2e12, bound="about")),
        ("1조원 안팎", Amount("KRW", value=1e12, bound="about")),
        ("최대 3조원", Amount("KRW", value=3e12, bound="up-to")),
        ("최소 9천억원", Amount("KRW", value=9e11, bound="at-least")),
        ("1조원 이상", Amount("KRW", value=1e12, bound="at-least")),
        ("1조원 미만", Amount("KRW", value=1e12, bound="under")),
        ("1조원을 넘는", Amount("KRW", value=1e12, bound="over")),
        ("1조여원", Amount("KRW", value=1e12, bound="over")),
        ("1조원에 육박하는", Amount("KRW", value=1e12, bound="nearly")),
        ("1조원 대비", Amount("KRW", value=1e12)),
        ("1조4천억∼1조5천억원", Amount("KRW", low=1.4e12, high=1.5e12)),
        ("1조3천~1조5천억원", Amount("KRW", low=1.3e12, high=1.5e12)),
        ("10억 달러에서 20억 달러 사이", Amount("USD", low=1e9, high=2e9)),
    ],
)
def test_sums(text: str, amount: Amount) -> None:
    assert only(text, "money") == amount


@pytest.mark.parametrize(
    "text", ["50억 달러(약 5조9천억원)", "50억 달러, 우리 돈으로 약 5조9천억 원", "50억 달러[한화 약 5조9천억원]"]
)
def test_the_same_sum_in_won_goes_beside_it(text: str) -> None:
    assert only(text + "을 요구했다", "money") == Amount(
        "USD", value=5e9, also=(Amount("KRW", value=5.9e12, bound="about"),)
    )


def test_a_rise_from_one_sum_to_another_is_two_sums() -> None:
    values = [m.value for m in found("9천200억원에서 1조1천억원으로 올렸다", "money")]
    assert values == [Amount("KRW", value=9.2e11), Amount("KRW", value=1.1e12)]


# --- other numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("8.2퍼센트 올랐다", "percent", Number(8.2, 8.2)),
        ("25.7%p 차이", "percent", Number(25.7, 25.7)),
        ("10∼20% 늘린다", "percent", Number(10, 20)),
        ("4%를 넘는", "percent", Number(4, 4, "over")),
        ("다섯 배", "multiple", Number(5, 5)),
        ("서너 배", "multiple", Number(3, 4)),
        ("3배 이상", "multiple", Number(3, 3, "at-least")),
        ("거의 두 배로", "multiple", Number(2, 2, "nearly")),
        ("절반을", "share", Number(50, 50)),
        ("3분의1", "share", Number(33.333, 33.333)),
        ("삼분의 이를", "share", Number(66.667, 66.667)),
        ("제11차 협정", "ordinal", 11),
        ("열 번째 협정", "ordinal", 10),
        ("첫 회의", "ordinal", 1),
        ("2만8천500여 명", "number", Number(28500, 28500, "over", "명")),
        ("2만 8천5백명", "number", Number(28500, 28500, "exact", "명")),
        ("2만 8천 5백여 명", "number", Number(28500, 28500, "over", "명")),
        ("1만2천명가량", "number", Number(12000, 12000, "about", "명")),
        ("9,000여 명", "number", Number(9000, 9000, "over", "명")),
        ("세 차례 회의", "number", Number(3, 3, "exact", "차례")),
        ("10여 차례", "number", Number(10, 10, "over", "차례")),
        ("1년 6개월짜리", "duration", (Number(1.5, 1.5), "year")),
        ("5년간", "duration", (Number(5, 5), "year")),
        ("사흘 동안", "duration", (Number(3, 3), "day")),
        ("석 달", "duration", (Number(3, 3), "month")),
        ("60일 이내", "duration", (Number(60, 60, "up-to"), "day")),
    ],
)
def test_counts_and_measures(text: str, kind: str, value: object) -> None:
    assert only(text, kind) == value


@pytest.mark.parametrize(
    "text",
    [
        "제4조에 따라", "F35 전투기", "6·25전쟁", "2+2 회의", "외교부 2차관", "이만 줄인다", "이번 일은", "3차원 지도",
        "배럴당", "네 탓", "한때 멈췄다", "두고 볼 일", "서울 가는 길", "협정에 서명한다", "다음 세대", "사상 첫 하락",
    ],
)  # fmt: skip
def test_no_number(text: str) -> None:
    assert found(text, "money", "percent", "multiple", "share", "number", "ordinal", "duration") == []


# --- dates --------------------------------------------------------------------------------------------------------

days = st.dates(date(1991, 1, 1), date(2030, 12, 31))


@FEW
@given(
    days,
    st.sampled_from(["{y}년 {m}월 {d}일", "{y}.{m}.{d}", "{y}년{m}월{d}일", "{y}-{m:02d}-{d:02d}", "{y}. {m}. {d}."]),
)
def test_any_full_date_reads_back(day: date, style: str) -> None:
    value = only(f"협정은 {style.format(y=day.year, m=day.month, d=day.day)} 서명됐다", "date")
    assert (value.past, value.future, value.shape) == (day.isoformat(), day.isoformat(), "day")


@FEW
@given(days, st.integers(1, 27))
def test_last_and_coming_days_are_the_nearest(ref: date, back: int) -> None:
    before, after = ref - timedelta(days=back), ref + timedelta(days=back)
    assert only(f"지난 {before.day}일 만났다", "date", ref.isoformat()).past == before.isoformat()
    assert only(f"오는 {after.day}일 만난다", "date", ref.isoformat()).future == after.isoformat()


@FEW
@given(days)
def test_a_bare_day_near_the_report_is_the_day_meant(ref: date) -> None:
    for shift in (-2, -1, 0):
        day = ref + timedelta(days=shift)
        assert only(f"{day.day}일 밝혔다", "date", ref.isoformat()).past == day.isoformat()


@FEW
@given(days, st.integers(1, 4))
def test_a_span_of_days_reads_back(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    if last.month != first.month:
        return
    for style in ("{m}월 {a}∼{b}일", "{m}월 {a}일부터 {b}일까지", "{m}월 {a}~{b}일 이틀간"):
        value = only(style.format(m=first.month, a=first.day, b=last.day), "date", first.isoformat())
        assert value.past == f"{first}/{last}"


@pytest.mark.parametrize(
    ("text", "past", "shape"),
    [
        ("이달 24∼25일", "2019-11-24/2019-11-25", "span"),
        ("지난 17일부터 19일까지(현지시간)", "2019-11-17/2019-11-19", "span"),
        ("18일(현지시간)", "2019-11-18", "day"),
        ("현지시간 18일", "2019-11-18", "day"),
        ("월요일(18일)", "2019-11-18", "day"),
        ("내달 초", "2019-12~", "part"),
        ("지난달", "2019-10", "month"),
        ("지난달 28일", "2019-10-28", "day"),
        ("다음 달 5일", "2019-12-05", "day"),
        ("지난주", "2019-11-11/2019-11-17", "span"),
        ("다음 주 월요일", "2019-11-25", "weekday"),
        ("지난해 말", "2018-12-31", "end"),
        ("올해 말", "2019-12-31", "end"),
        ("연말", "2019-12-31", "end"),
        ("연내", "2019", "year"),
        ("재작년", "2017", "year"),
        ("내년 초", "2020", "part"),
        ("올 상반기", "2019-01/2019-06", "part"),
        ("지난 2014년", "2014", "year"),
        ("'19년", "2019", "year"),
        ("2014∼2018년", "2014/2018", "span"),
        ("2014년부터 2018년까지", "2014/2018", "span"),
        ("2022~2026 회계연도", "2022/2026", "span"),
        ("2021회계연도", "2021", "year"),
        ("내년 회계연도", "2020", "year"),
        ("1990년대", "199X", "decade"),
        ("내년부터 2023년까지", "2020/2023", "span"),
        ("지난해 9월부터 올해 3월까지", "2018-09/2019-03", "span"),
        ("4월 중순", "2019-04~", "part"),
        ("지난 9월", "2019-09", "month"),
        ("내년 3월", "2020-03", "month"),
        ("올봄", "2019-21", "part"),
        ("어제", "2019-11-19", "day"),
        ("이틀 뒤", "2019-11-22", "day"),
        ("두 달 전", "2019-09", "month"),
        ("3년 전", "2016", "year"),
        ("한국시간 19일", "2019-11-19", "day"),
        ("미 동부시간 17일", "2019-11-17", "day"),
        ("2020년 1월∼2021년 12월", "2020-01/2021-12", "span"),
    ],
)
def test_dates(text: str, past: str, shape: str) -> None:
    value = only(text, "date")
    assert (value.past, value.shape) == (past, shape)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [("1991년부터", True, False), ("1991년 이후", True, False), ("9월까지", False, True), ("올해 안에", False, True)],
)
def test_since_and_until(text: str, since: bool, until: bool) -> None:
    value = only(text, "date")
    assert (value.since, value.until) == (since, until)


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("지난 3일", None),
        ("4월 1일", "XXXX-04-01"),
        ("9월", "XXXX-09"),
        ("연말", "XXXX-12-31"),
        ("올해", None),
        ("2019년", "2019"),
    ],
)
def test_without_the_report_s_day(text: str, past: str | None) -> None:
    assert only(text, "date", None).past == past


@pytest.mark.parametrize("text", ["5일간", "3일 동안", "8일 만에", "48일째", "1박 2일"])
def test_a_length_is_no_date(text: str) -> None:
    assert found(text, "date") == []


def test_short_years_of_reports_of_their_time() -> None:
    assert only("98년까지 낸다", "date", "1995-11-25").past == "1998"
    assert found("98년까지 낸다", "date", ref="2019-11-25") == []


def test_this_day_is_the_day_told_last() -> None:
    lexers = Lexers(load("us-rok-sma"), edtf.parse(REF))
    text = "대표단은 18일 전날에 이어 만났다. 이날 회의는 짧았다."
    values = [m.value for m in lexers.read(text, Line(0, len(text), "body", 0)).mentions if m.type == "date"]
    assert [v.past for v in values] == ["2019-11-18", "2019-11-17", "2019-11-18"]


# --- names and people ---------------------------------------------------------------------------------------------


def named(text: str, ref: str | None = REF) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.value.ref) for m in found(text, "name", ref=ref)]


@pytest.mark.parametrize("particle", "은 이 의 에 과 도 만 에서 으로 보다 측은 에게 까지 이라고".split())
def test_a_name_ends_before_its_particle(particle: str) -> None:
    for name, ref in (("미국", "us"), ("한국", "rok")):
        spans = named(f"결국 {name}{particle} 반대했다")
        assert [r for _, r in spans] == [ref]
        assert spans[0][0] in (name, name + "측")


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("한미 양국", ["rok", "us"]),
        ("한·미 협상", ["rok", "us"]),
        ("한·미·일 장관", ["rok", "us"]),
        ("韓美 협상", ["rok", "us"]),
        ("미 정부는", ["us"]),
        ("美 국방부", ["us-defence-department"]),
        ("미국무부", ["us-state-department"]),
        ("우리 정부는", ["rok"]),
        ("우리측 대표단", ["rok-delegation"]),
        ("한 소식통은 일 처리가", []),
        ("한국전쟁 때", []),
        ("주한미군은", ["us-forces-korea"]),
        ("국회의 동의", ["rok-national-assembly"]),
        ("로스앤젤레스에서", ["los-angeles"]),
    ],
)
def test_names(text: str, refs: list[str]) -> None:
    assert [r for _, r in named(text)] == refs


def test_names_in_both_scripts_are_one_person() -> None:
    korean = {r for _, r in named("정은보 한미방위비분담협상대사와 제임스 드하트 미 국무부 선임보좌관이 만났다")}
    assert {"jeong-eun-bo", "james-dehart"} <= korean


def test_a_surname_before_its_office_is_who_was_met_or_held_it() -> None:
    assert ("정", "jeong-eun-bo") in named("정은보 대사가 떠났다. 정 대사는 말을 아꼈다.")
    assert ("문", "moon-jae-in") in named("문 대통령은 침묵했다")
    assert named("이 대통령은 침묵했다", "1995-05-01") == []


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("나석호 민주평화연구소 선임연구위원은 반대했다", "나석호"),
        ("구자명대변인이 나왔다", "구자명"),
        ("그레고리 펠먼 전 부차관보는 회의적이다", "그레고리 펠먼"),
        ("무소속 엄태준 의원이 물었다", "엄태준"),
    ],
)
def test_people_the_case_does_not_know(text: str, person: str) -> None:
    assert [m.value for m in found(text, "person")] == [person]


@pytest.mark.parametrize(
    "text",
    [
        "고위급 대표가 왔다",
        "정부는 대사를 불렀다",
        "양국의 대표가 만났다",
        "주요 언론 기자가 물었다",
        "장관은 대사가 아니다",
    ],
)
def test_no_person(text: str) -> None:
    assert found(text, "person") == []


# --- the whole ----------------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    "1조389억원 한미 은 미국이 2019년 12월 31일 지난 3일 정은보 대사가 5배 8.2% ( ) · ∼ , . 제11차 9천명 내년 초 "
    "억 조 원 만 두 US$ 이날 트럼프 한 방위비분담금 10∼20% 절반 3분의 1 오는 월요일 송 의원은".split(" ")
)


@FEW
@given(st.lists(st.tuples(_PIECES, st.sampled_from(["", " "])), max_size=25))
def test_mentions_cover_whole_tokens_in_order(pieces: list[tuple[str, str]]) -> None:
    text = "".join(p + gap for p, gap in pieces) or "."
    result = lexed(text)
    assert "".join(t.raw for t in result.tokens) == "".join(text.split())
    at = 0
    for m in result.mentions:
        assert at <= m.start < m.end
        assert (result.tokens[m.first].start, result.tokens[m.last - 1].end) == (m.start, m.end)
        if isinstance(m.value, DateValue):
            for told in (m.value.past, m.value.future):
                assert told is None or edtf.parse(told)
        at = m.end


def _work(text: str) -> int:
    """Calls made, of Python and of C, while a text is read."""
    calls = 0
    lexers = Lexers(load("us-rok-sma"), edtf.parse(REF))

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        lexers.read(text, Line(0, len(text), "body", 0))
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "piece",
    [
        "1조", "조억만천", "1,", "한·", "미", "지난 ", "24∼", "24일부터 ", "이사 ", "대사", "김대사 ", "3분의 ",
        "약 ", "10%∼", "(", "두 ", "2014년부터 ", "트럼프", "현지시간 ", "방위비 ", "천백십",
    ],
)  # fmt: skip
def test_work_grows_with_the_length(piece: str) -> None:
    once, twice = (_work(piece * (n // len(piece))) for n in (3000, 6000))
    assert twice < 2.5 * once + 200
