"""Korean pages: their encodings, what is furniture and what a caption, how they are dated, and copies of one report."""

# ruff: noqa: E501  (a Korean letter counts as two)
from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.case import load
from burdenshare.sources import Document, overlap, read_bytes, read_text, signature
from burdenshare.sources.copies import SHARED

HEAD = "방위비 분담 협의, 이틀 만에 마무리"
ONE = (
    "한국과 미국 대표단은 이틀 동안 회의를 열었지만 의견 차이를 좁히지 못했다고 외교부 당국자가 밝혔다. "
    "양측은 다음 달 다시 만나기로 했다."
)
TWO = (
    "당국자는 기자들과 만나 합리적이고 공평한 분담이라는 원칙을 여러 차례 설명했다고 말했다. "
    "정부는 국회와 국민의 이해를 구하겠다고 덧붙였다."
)


def report(under: str = "", *, lead: str = ONE, foot: str = "") -> str:
    return f"{HEAD}\n{under}\n\n{lead}\n\n{TWO}\n\n{foot}\n"


def day_of(text: str, *, case: str | None = None) -> tuple[str | None, str]:
    found = read_text(text, origin="a.txt", case=load(case) if case else None).published
    return (found.when.text if found.when else None, found.basis)


def kind_of(text: str, line: str) -> str:
    at = text.index(f"\n{line}\n") + 1
    return next(s.kind for s in read_text(text, origin="a.txt").stretches if s.start <= at < s.end)


# -- encodings ----------------------------------------------------------------------------------------------------

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=6)


def _read(data: bytes, origin: str) -> Document:
    (found,) = read_bytes(data, origin=origin)
    assert isinstance(found, Document), found
    return found


@settings(deadline=None, max_examples=60)
@given(
    st.lists(SYLLABLES, min_size=8, max_size=30),
    st.sampled_from(["cp949", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    st.sampled_from(["", "euc-kr", "utf-8", "iso-8859-1", "ks_c_5601-1987", "windows-1252", "no-such-thing"]),
)
def test_any_syllables_are_read_whatever_the_page_says_of_its_encoding(
    words: list[str], encoding: str, declared: str
) -> None:
    """All 11,172 syllables, so those too that EUC-KR proper lacks, between sentences as a report has them."""
    told = f"{ONE} {' '.join(words)} {TWO}"
    meta = f'<meta charset="{declared}">' if declared else ""
    page = f"<html><head>{meta}<title>{HEAD}</title></head><body><article><p>{told}</p></article></body></html>"
    assert " ".join(words) in " ".join(_read(page.encode(encoding), "a.html").text.split())
    assert _read(f"{HEAD}\n\n{told}\n".encode(encoding), "a.txt").text.startswith(HEAD)


@pytest.mark.parametrize(
    "data",
    [
        report().encode() + f"{TWO}\n".encode("cp949"),
        report().encode("cp949") + f"{TWO}\n".encode(),
        report().encode("cp949") + b"\xff\n" + TWO.encode("cp949"),
        report(foot="끝").encode("cp949").rstrip()[:-1],
    ],
    ids=["utf-8 then cp949", "cp949 then utf-8", "a broken byte", "cut inside a letter"],
)
def test_mixed_and_broken_korean_is_read_and_the_rest_kept(data: bytes) -> None:
    text = _read(data, "a.txt").text
    assert ONE in text
    assert text.count("\ufffd") <= 2


@pytest.mark.parametrize(
    "other", ["Über die Kosten für Stützpunkte wird in Köln geredet.", "Las cuotas del año próximo."]
)
def test_other_languages_in_one_byte_encodings_stay_what_they_are(other: str) -> None:
    told = " ".join([other] * 8)
    page = f'<html><head><meta charset="iso-8859-1"></head><body><article><p>{told}</p></article></body></html>'
    assert other in _read(page.encode("iso-8859-1"), "a.html").text


# -- furniture and captions ---------------------------------------------------------------------------------------

ABOVE = [
    "본문 바로가기", "글자크기 조정", "음성으로 듣기", "URL 복사", "스크랩하기", "언론사 구독", "요약봇", "댓글 12",
    "글자크기 설정 파란원을 좌우로 움직이시면 글자크기가 변경 됩니다.",
]  # fmt: skip
BELOW = [
    "<저작권자 ⓒ 한빛일보 무단 전재-재배포 금지>", "▶ 네이버에서 한빛일보 구독하기", "이전 기사 장마 북상, 주말 전국 비",
    "다음 기사 코스피 2200선 회복", "이 기사의 카테고리는 언론사의 분류를 따릅니다.", "많이 본 뉴스", "관련기사",
    "기사 추천은 24시간 내 50회까지 참여할 수 있습니다.", "당신의 제보가 뉴스로 만들어집니다.", "홍길동 기자의 다른 기사 보기",
    "댓글을 입력해 주세요", "등록번호 서울아00000 | 발행인 홍길동 | 편집인 이순신", "이미지 크게 보기", "#방위비 #한미동맹",
]  # fmt: skip
CAPTIONS = [
    "양측 대표가 악수하고 있다. 사진=연합뉴스", "회의장에 들어서는 대표단 (사진=뉴시스)", "악수하는 대표들 /연합뉴스",
    "대표단이 입장하고 있다. ⓒ뉴스1", "서울 외교부 청사. 외교부 제공", "지난해 열린 회의 모습. 연합뉴스 자료사진",
    "회의장에 들어서는 양측 대표. 2019.12.17/사진공동취재단", "대표단이 입장하고 있다. 2019.12.18. hong@example.com",
]  # fmt: skip


@pytest.mark.parametrize("line", ABOVE)
def test_what_stands_over_a_report_is_furniture(line: str) -> None:
    assert kind_of(report(f"입력 2019.12.18 14:05\n{line}"), line) == "furniture"


@pytest.mark.parametrize("line", BELOW)
def test_what_stands_under_a_report_is_furniture(line: str) -> None:
    assert kind_of(report("입력 2019.12.18 14:05", foot=line), line) == "furniture"


@pytest.mark.parametrize("line", CAPTIONS)
def test_a_picture_and_its_credit_are_a_caption(line: str) -> None:
    assert kind_of(report("입력 2019.12.18 14:05", foot=line), line) == "caption"
    assert kind_of(report(f"입력 2019.12.18 14:05\n\n{line}"), line) == "caption"


def test_a_report_that_speaks_of_such_things_is_no_furniture() -> None:
    lead = "당국자는 관련기사에 달린 댓글과 광고를 두고 구독자와 의견을 공유하겠다고 말했다. 미국은 답하지 않았다."
    kinds = {s.kind for s in read_text(report("입력 2019.12.18 14:05", lead=lead), origin="a.txt").stretches}
    assert kinds == {"headline", "byline", "body"}


@pytest.mark.parametrize(
    ("text", "outlet", "byline"),
    [
        (report(lead=f"(서울=연합뉴스) 홍길동 기자 = {ONE}"), "연합뉴스", "홍길동 기자"),
        (report(lead=f"[워싱턴=뉴시스] 이순신 특파원 = {ONE}"), "뉴시스", "이순신 특파원"),
        (report("홍길동 기자 승인 2019.12.18 14:05", foot="ⓒ '열린 신문' 한빛일보. 무단전재 금지"), "한빛일보", "홍길동 기자"),
        (report(foot="<저작권자(c) 한빛뉴스, 무단 전재-재배포 금지>"), "한빛뉴스", ""),
    ],
)  # fmt: skip
def test_who_wrote_and_published_it(text: str, outlet: str, byline: str) -> None:
    found = read_text(text, origin="a.txt")
    assert (found.outlet, found.byline) == (outlet, byline)


# -- dates --------------------------------------------------------------------------------------------------------

STAMPS = [
    "송고시간2019-12-18 14:05", "입력 2019.12.18 14:05 수정 2019.12.19 09:00", "기사입력 2019-12-18 오후 2:05",
    "최종수정 2019.12.19 14:05 기사입력 2019.12.18 09:00", "등록 :2019-12-18 18:21수정 :2019-12-19 02:33",
    "홍길동 입력 2019. 12. 18. 14:05 수정 2019. 12. 18. 15:10", "배포일시 2019. 12. 18.(수)", "보도시점 2019. 12. 18.(수) 17:00",
    "2019년 12월 18일 (수)", "2019년 12월 18일자 3면", "2019년 12월 18일 09:26 【글자 크게】【메모】【창닫기】",
    "홍길동 기자 hong@example.com | 2019-12-18 14:05",
]  # fmt: skip


@pytest.mark.parametrize("stamp", STAMPS)
def test_the_day_a_stamp_gives(stamp: str) -> None:
    assert day_of(report(stamp)) == ("2019-12-18", "byline")


@pytest.mark.parametrize(
    "text",
    [
        report("홍길동 기자"),
        report(foot="관련기사\n방위비 협의 시작 2018.03.01\n한미 대표단 만나 2017.01.05"),
        report("12월 18일자"),
        report(foot="회의장에 들어서는 양측 대표. 2019.12.17/사진공동취재단"),
        report(lead=f"지난 3일 시작된 회의가 18일 끝났다고 당국자가 전했다. {ONE}"),
    ],
)
def test_a_report_without_its_day_is_not_dated_wrongly(text: str) -> None:
    assert day_of(text, case="us-rok-sma") == (None, "unknown")


@pytest.mark.parametrize(
    ("lead", "foot", "when"),
    [
        ("정부는 내년(2020년)에 적용할 분담금을 두고 협의를 이어 가고 있다고 18일 밝혔다.", "", "2019"),
        ("제12차 방위비분담특별협정 협상이 10월 2일 수요일 마무리됐습니다.", "", "2024-10"),
        ("방위비분담특별협정 비준동의안이 23일 위원회를 통과했다. 제11차 방위비분담특별협정은 지난 3월 타결됐다.", "", "2021-04/2021-08"),
        ("양측 대표는 17일 서울에서 만나 회의를 시작했다고 전했다.", "들어서는 양측 대표. 2019.12.17/사진공동취재단", "2019-12-17/2019-12-18"),
        ("제11차 방위비분담특별협정(SMA) 체결을 위한 3차 회의가 서울에서 열렸으나 성과 없이 끝났다고 한다.", "", "2019-10/2019-12"),
    ],
)  # fmt: skip
def test_the_day_is_narrowed_by_words_pictures_and_the_case(lead: str, foot: str, when: str) -> None:
    assert day_of(report(lead=lead, foot=foot), case="us-rok-sma") == (when, "narrowed")


def test_a_round_of_other_talks_does_not_date_a_report() -> None:
    other = "외교 당국은 감염병 물자를 나누는 방안을 두고 3차 회의를 다음 주 연다고 했다."
    lead = "한미 양국은 제11차 방위비분담특별협정(SMA) 체결을 위한 7차 회의에서도 의견 차이를 좁히지 못했다고 전했다."
    assert day_of(f"{HEAD}\n\n{other}\n\n{lead}\n\n{TWO}\n", case="us-rok-sma")[0] == "2020-02/2020-04"


# -- copies -------------------------------------------------------------------------------------------------------

STORY = [
    "한국과 미국은 18일 서울에서 내년 이후 적용할 방위비 분담금을 정하기 위한 다섯 번째 회의를 마쳤으나 합의에 이르지 못했다.",
    "외교부는 이날 보도자료를 내고 양측이 입장 차이를 좁히기 위해 계속 논의하기로 했으며 다음 회의는 1월에 열기로 했다고 밝혔다.",
    "정부 당국자는 기자들에게 기존 협정의 틀을 지켜야 한다는 입장을 거듭 전했다면서 새 항목은 받아들이기 어렵다고 설명했다.",
    "미국 대표는 공항에서 동맹의 기여를 넓게 보아야 한다고 주장하며 처음 제시한 금액과는 다른 수준에서 협의한다고 했다.",
    "현행 협정은 이달 31일로 끝나며 연말까지 타결되지 않으면 협정 공백이 생기지만 큰 영향은 없을 것으로 정부는 보고 있다.",
]
OTHER = [
    "한국과 미국의 방위비 협상이 18일 서울에서 이틀째 이어졌으나 양측은 결과를 내지 못한 채 헤어졌다.",
    "외교부 당국자는 협상이 끝난 뒤 내년 1월에 다시 만나 논의를 이어 가기로 했다고 설명했다.",
    "미국은 한국이 부담할 금액을 크게 늘려야 한다는 주장을 굽히지 않았고, 한국은 기존 틀 안에서만 가능하다고 맞섰다.",
    "현행 협정은 올해 말 끝나기 때문에 내년 초에는 협정 없이 지내야 하며, 무급휴직 우려도 나온다.",
    "국회에서는 과도한 인상은 비준하지 않겠다는 목소리가 여야를 가리지 않고 나왔다.",
]


def _article(paragraphs: list[str], *, head: str = HEAD, by: str = "", foot: str = "") -> Document:
    return read_text("\n\n".join([f"{head}\n{by}", *paragraphs, foot]), origin="a.txt")


def test_copies_are_known_by_their_syllables_and_other_reports_are_not() -> None:
    wire = _article([f"(서울=연합뉴스) 홍길동 기자 = {STORY[0]}", *STORY[1:]], foot="hong@example.com")
    copies = [
        _article(STORY, head="한미 방위비 줄다리기 해 넘긴다", by="한빛일보 이순신 기자", foot="저작권자 ⓒ 한빛일보 무단 전재 금지"),
        _article([re.sub(r"(\w) (\w)", r"\1\2", p, count=5) for p in STORY]),
        _article(STORY[:3]),
        _article([p.replace("밝혔다", "전했다").replace("당국자", "관계자").replace("이날", "18일") for p in STORY]),
    ]  # fmt: skip
    for copy in copies:
        assert overlap(signature(wire), signature(copy)) >= SHARED
    other = _article(OTHER)
    for document in (wire, *copies):
        assert overlap(signature(document), signature(other)) < SHARED / 4


@settings(deadline=None, max_examples=60)
@given(st.sets(st.integers(0, 200), max_size=40))
def test_spacing_does_not_change_a_korean_signature(closed: set[int]) -> None:
    text = "\n\n".join(STORY[:4])
    gaps = [m.start() for m in re.finditer(r"(?<=[가-힣]) (?=[가-힣])", text)]
    shut = {gaps[i % len(gaps)] for i in closed}
    respaced = "".join(c for i, c in enumerate(text) if i not in shut)
    ours, theirs = (signature(read_text(f"{HEAD}\n\n{t}\n", origin="a.txt")) for t in (text, respaced))
    assert overlap(ours, theirs) == 1.0


def test_a_hundred_pairs_of_different_korean_reports_share_nothing() -> None:
    """Reports made of other sentences of the same matter: no two that share fewer than two sentences are copies."""
    pool = [*STORY, *OTHER]
    made = {c: signature(_article([pool[i] for i in c])) for c in combinations(range(len(pool)), 4)}
    apart = [(a, b) for a, b in combinations(made, 2) if len(set(a) & set(b)) == 0]
    assert len(apart) > 100
    assert max(overlap(made[a], made[b]) for a, b in apart) < SHARED / 2
