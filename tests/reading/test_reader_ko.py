"""Korean reports through the same function: what is taken, who is said to do it, and what is left."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.case import load
from burdenshare.dossier import dossier
from burdenshare.money import Range
from burdenshare.reading import about, read
from burdenshare.reading.claim import Claim, check
from burdenshare.reading.korean.conjugation import forms
from burdenshare.record import Entry, Report
from burdenshare.sources import Document, read_text

CASE = load("us-rok-sma")
LEAD = "한국과 미국이 주한미군 방위비 분담금 협상을 이어 가고 있다.\n\n"


def report(body: str, *, published: str = "2019-12-05") -> Document:
    return read_text(LEAD + body + "\n", origin="보도.txt", case=CASE, published=published)


def claims(body: str, kind: str, *, published: str = "2019-12-05") -> list[Any]:
    found = read(report(body, published=published), CASE).claims
    return [c for c in found if c.kind == kind and c.start >= len(LEAD)]


def one(body: str, kind: str, *, published: str = "2019-12-05") -> Any:
    found = claims(body, kind, published=published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("올리다", {"올린", "올리는", "올릴", "올렸", "올려"}),
        ("맺다", {"맺은", "맺는", "맺을", "맺었", "맺어"}),
        ("오르다", {"오른", "오르는", "오를", "올랐", "올라"}),
        ("요구하다", {"요구한", "요구하는", "요구했", "요구된", "요구됐", "요구"}),
        ("낮추다", {"낮춘", "낮췄", "낮춰"}),
    ],
)
def test_verbs_are_known_in_their_inflected_forms(verb: str, expected: set[str]) -> None:
    assert expected <= {surface for surface, _, _ in forms(verb)}


def test_a_sum_belongs_to_the_predicate_that_follows_it() -> None:
    found = claims("미국은 연간 48억 달러를 요구했고 한국은 4% 인상안을 제시했다.", "position")
    assert [(c.side, c.act) for c in found] == [("us", "demand"), ("rok", "offer")]
    assert found[0].amount.value == 4.8e9
    assert found[1].change.percent == 4


def test_a_clause_before_a_sum_says_whose_it_is() -> None:
    found = claims("한국은 미국이 요구한 48억 달러를 받아들일 수 없다고 맞섰다.", "position")
    assert ("us", "demand", 4.8e9) in [(c.side, c.act, c.amount and c.amount.value) for c in found]


def test_what_the_host_is_told_to_pay_is_asked_for_by_the_other_side() -> None:
    claim = one("트럼프 대통령은 한국이 60억 달러를 내야 한다고 말했다.", "position")
    assert (claim.side, claim.act, claim.amount.value) == ("us", "demand", 6e9)


def test_a_sum_and_its_change_are_one_claim_and_the_sum_it_grew_from_another() -> None:
    found = claims("올해 분담금은 지난해(9천602억원)보다 8.2% 오른 1조389억원이다.", "contribution")
    assert sorted((c.amount.value, c.when, c.change and c.change.percent) for c in found) == [
        (960_200_000_000, "2018", None),
        (1_038_900_000_000, "2019", 8.2),
    ]


def test_the_number_of_the_agreement_is_not_that_of_the_meeting() -> None:
    claim = one("제11차 방위비분담특별협정 체결을 위한 4차 회의가 3∼4일 워싱턴에서 열렸으나 성과 없이 끝났다.", "round")
    assert (claim.agreement, claim.number, claim.when) == (11, 4, "2019-12-03/2019-12-04")
    assert (claim.city, claim.outcome) == ("워싱턴", "no-deal")


@pytest.mark.parametrize(
    ("ending", "outcome"),
    [
        ("에서 열린다", "scheduled"),
        ("에서 개최될 예정이다", "scheduled"),
        ("에서 막을 올렸다", "ongoing"),
        ("에서 열렸으나 결렬됐다", "broke-off"),
        ("에서 열렸지만 양측은 이견을 좁히지 못했다", "no-deal"),
        ("에서 마무리됐다", "concluded"),
    ],
)
def test_the_ending_of_the_verb_says_how_a_meeting_went(ending: str, outcome: str) -> None:
    claim = one(f"양국의 5차 회의가 17일 서울{ending}.", "round", published="2019-12-17")
    assert claim.outcome == outcome


def test_a_committee_is_an_event_and_the_plenary_the_ratification() -> None:
    body = "외교통일위원회는 4일 비준동의안을 의결했다. 비준동의안은 5일 국회 본회의를 통과했다."
    assert [c.when for c in claims(body, "event")] == ["2019-12-04"]
    assert [(c.event, c.when) for c in claims(body, "term")] == [("ratification", "2019-12-05")]


def test_a_furlough_is_a_threat_a_notice_or_a_fact() -> None:
    told = "한국인 근로자 4천명이 1일 무급휴직에 들어갔다."
    assert [(c.stage, c.number) for c in claims(told, "consequence")] == [("start", 4000)]
    assert one("타결되지 않으면 한국인 근로자들은 무급휴직에 들어갈 수 있다.", "consequence").stage == "threat"
    assert one("사령부는 무급휴직을 노조에 통보했다.", "consequence").stage == "notice"


def test_a_speaker_is_known_again_by_the_surname() -> None:
    found = claims(
        '정은보 방위비분담협상대사는 "서두르지 않겠다"고 말했다. 그는 "원칙을 지키겠다는 뜻"이라고 덧붙였다.',
        "statement",
    )
    assert [c.speaker for c in found] == ["정은보", "정은보"]


def test_hearsay_and_sources_are_reported() -> None:
    claim = one("외교 소식통에 따르면 미국은 45억 달러를 요구한 것으로 알려졌다.", "position")
    assert claim.modality == "reported"
    assert claim.said_by == ("외교 소식통",)


def test_both_sides_at_once_are_no_side() -> None:
    assert all(c.side is None for c in claims("한미는 협정의 틀을 유지하기로 했다.", "position"))


@pytest.mark.parametrize(
    "body",
    [
        "최저임금위원회 5차 전원회의에서 노동계는 10% 인상안을 제시했다. 경영계는 동결을 요구했다.",
        "일본 정부는 주일미군 주둔 경비로 5년간 1조엔을 부담하기로 미국과 합의했다. 일본은 증액을 받아들였다.",
    ],
)
def test_talks_of_others_yield_nothing(body: str) -> None:
    document = read_text(body + "\n", origin="다른.txt", case=CASE)
    assert about(document, CASE) < 0.5
    assert read(document, CASE).claims == ()


def test_an_english_and_a_korean_report_of_a_round_make_one_round_with_two_sources() -> None:
    english = (
        "South Korea and the United States ended the fourth round of talks on the 11th Special Measures Agreement in "
        "Washington on December 3-4 without a deal, the foreign ministry said. About 28,500 American "
        "troops are stationed in South Korea.\n"
    )
    korean = (
        "한국과 미국이 3∼4일 워싱턴에서 제11차 방위비분담특별협정 체결을 위한 4차 회의를 열었지만 "
        "합의에 이르지 못했다고 외교부가 5일 밝혔다.\n"
    )
    entries = [e for text, name in ((english, "en"), (korean, "ko")) for e in _entries(text, name)]
    found = [r for r in dossier(entries, CASE, as_of=date(2019, 12, 31)).rounds if r.number == 4]
    assert len(found) == 1
    assert (found[0].sources, found[0].when, found[0].outcome) == (2, "2019-12-03/2019-12-04", "no-deal")
    assert not found[0].versions  # 워싱턴 and Washington do not disagree


def _entries(text: str, name: str) -> list[Entry]:
    document = read_text(text, origin=f"{name}.txt", case=CASE, published="2019-12-05")
    of = Report(document.id, f"{name}.txt", "", f"Paper {name}", "", "", document.lang, document.published, name)
    return [Entry(c.id, c, of, None) for c in read(document, CASE).claims]


_PIECES = st.sampled_from(
    (
        "미국은 한국이 정부가 방위비 분담금을 50억 달러를 1조389억원으로 8.2% 5배 요구한 요구했다 "
        "제시한 합의했다고 인상된 4차 회의가 제11차 협정 3∼4일 서울에서 열린다 결렬됐다 무급휴직 4천명 "
        '“ ” " ( ) , . … 밝혔다. 며 고 않았다 다고 정은보 대사는 올해 지난해보다 까지 유효기간은 5년 '
        "비준동의안 본회의에서 통과"
    ).split(" ")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=60))
def test_any_order_of_such_words_is_read_without_fault(pieces: list[str]) -> None:
    document = report(" ".join(pieces))
    first = read(document, CASE)
    for claim in first.claims:
        check(claim, document.text)
    assert first == read(document, CASE)


def test_the_claims_of_a_paragraph_do_not_depend_on_what_stands_far_below() -> None:
    body = "미국은 48억 달러를 요구했다."
    alone = claims(body, "position")
    longer = claims(body + "\n\n" + "날씨가 맑았다. " * 300, "position")
    assert [_plain(c) for c in alone] == [_plain(c) for c in longer]


def _plain(c: Claim) -> tuple[Any, ...]:
    return c.kind, c.start, c.end, c.quote


def test_a_writer_s_own_government_is_the_host_and_a_length_may_be_a_range() -> None:
    found = claims("협정 기간으로 우리는 2∼3년을, 미 측은 5년을 각각 제시했다.", "position")
    assert [(c.side, c.years) for c in found] == [("rok", Range(2.0, 3.0)), ("us", 5.0)]
    refused = claims("미국이 10% 인상을 요구하자 정부는 이를 거부했다.", "position")
    assert [(c.side, c.act) for c in refused] == [("us", "demand"), ("rok", "reject")]


def test_what_another_country_pays_is_no_contribution_of_the_host() -> None:
    assert claims("독일은 주둔 비용의 18%인 9억 달러를 부담하고 있다.", "contribution") == []
    assert claims("한국은 주둔 비용으로 9억 달러를 부담하고 있다.", "contribution") != []


def test_a_rate_of_exchange_is_no_sum() -> None:
    found = one("분담금은 올해보다 10% 늘어난 4억 달러(환율 1천200원 기준 4천800억원)로 확정됐다.", "settlement")
    assert found.amount.value == 4e8
    assert found.change.percent == 10


@pytest.mark.parametrize(
    ("body", "when"),
    [
        ("5차 회의가 2일부터 사흘간 서울에서 열렸다.", "2019-12-02/2019-12-04"),
        ("5차 회의가 12.3.(화)~4.(수) 서울에서 열렸다.", "2019-12-03/2019-12-04"),
        ("5차 회의를 어제(4일)와 오늘(5일) 서울에서 열었다.", "2019-12-04/2019-12-05"),
    ],
)
def test_the_days_of_a_meeting(body: str, when: str) -> None:
    assert str(one(body, "round").when) == when


def test_a_deal_told_back_is_a_contribution_and_what_may_come_of_a_sum_is_none() -> None:
    told_back = "두 나라는 지난해 2월 올해 분담금을 8.2% 올린 1조389억원으로 정했다."
    assert claims(told_back, "settlement") == []
    assert [c.amount.value for c in claims(told_back, "contribution")] == [1.0389e12]
    assert claims("100억 달러면 약 13조원이다.", "contribution") == []
