"""Reports find their case by themselves; one in a language that is not read is kept, with a sentence that says so."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import pytest

import burdenshare
from burdenshare import case as cases
from burdenshare.arrival import Cases
from burdenshare.sources import Document, read_text

GOLD = Path(__file__).parents[1] / "reading" / "gold" / "cases"
with (GOLD / "index.csv").open(newline="", encoding="utf-8") as _rows:
    INDEX = {row["source"]: row["case"] for row in csv.DictReader(_rows)}

UNREAD = {
    "ja": "Japanese", "de": "German", "fr": "French", "zh": "Chinese",
}  # fmt: skip
TEXTS = {
    "ja": "日米両政府は十二月二十一日、来年度から五年間の在日米軍の駐留経費について合意した。日本側の負担は年平均で"
    "約二千百十億円となり、今年度より約百億円増える。外相が記者会見で明らかにした。",
    "de": "Deutschland hat in den letzten zehn Jahren fast eine Milliarde Euro für die amerikanischen Truppen im Land "
    "ausgegeben. Das geht aus einer Antwort der Bundesregierung hervor. Der größte Teil floss in Bauten.",
    "fr": "Les États-Unis et la Corée du Sud ont mis fin mardi à la quatrième série de discussions sur le partage du "
    "coût des troupes américaines, sans parvenir à un accord. Séoul a proposé une hausse de 13 pour cent.",
    "zh": "美国和韩国周三结束了关于驻韩美军费用分担的第四轮谈判，双方没有达成协议。"
    "韩国提出增加百分之十三，美国要求五十亿美元。",
}  # fmt: skip


@lru_cache
def document(text: str) -> Document:
    return read_text(text, origin="page.txt", case=cases.load("us-rok-sma"))


@pytest.mark.parametrize("source", sorted(INDEX))
def test_a_report_finds_its_case(source: str) -> None:
    text = (GOLD / "texts" / f"{source}.txt").read_text(encoding="utf-8")
    chosen = Cases().choose(document(text))
    assert chosen is not None
    assert chosen.id == INDEX[source]


@pytest.mark.parametrize("source", sorted(s for s in INDEX if s.startswith("n")))
def test_the_payer_of_a_share_is_the_member_named(source: str) -> None:
    from burdenshare.reading import read

    case = cases.load("nato-spending")
    text = (GOLD / "texts" / f"{source}.txt").read_text(encoding="utf-8")
    found = [c for c in read(document(text), case).claims if getattr(c, "share_of", None) == "gdp"]
    assert len(found) >= 3
    for claim in found:
        side = claim.side  # type: ignore[attr-defined]
        assert side in case.parties
        names = [n.text for n in case.names() if n.party == side]
        assert any(n in text for n in names)


@pytest.mark.parametrize("lang", sorted(TEXTS))
@pytest.mark.parametrize("case", ["auto", "us-japan-hns", "us-germany", "us-rok-sma"])
def test_an_unread_language_is_kept_and_said_so(lang: str, case: str, tmp_path: Path) -> None:
    page = tmp_path / f"{lang}.txt"
    page.write_text(TEXTS[lang], encoding="utf-8")
    with burdenshare.open(tmp_path / "record.db") as record:
        (line,) = record.read(page, case=case)
        claims = record.claims()
    assert line["status"] in ("kept", "read")
    assert line["claims"] == 0
    assert f"reports in {UNREAD[lang]} are kept but not read" in line["why"]
    assert claims == []


def test_a_page_in_two_languages_is_read_in_the_one_most_of_it_is_in(tmp_path: Path) -> None:
    english = (
        "The fourth round of talks between Seoul and Washington on sharing the cost of U.S. troops ended without a "
        "deal on Dec. 4, 2019. Washington demanded $5 billion a year. The two sides will meet again in Seoul this "
        "month, South Korea's foreign ministry said in a statement on Wednesday."
    )
    korean = "한국어 요약: 양측은 이달 중 서울에서 다시 만나기로 했다."
    page = tmp_path / "page.txt"
    page.write_text(f"{english}\n\n{korean}\n", encoding="utf-8")
    with burdenshare.open(tmp_path / "record.db") as record:
        (line,) = record.read(page, published="2019-12-04")
        claims = record.claims()
    assert line["case"] == "us-rok-sma"
    assert {c["kind"] for c in claims} >= {"round", "position"}
    text = page.read_text(encoding="utf-8")
    assert all(text[c["start"] : c["end"]] == c["quote"] for c in claims)
    assert all(c["end"] <= len(english) + 1 for c in claims)


def test_talks_without_a_signature_are_counted_from_the_day_they_were_agreed() -> None:
    from burdenshare import edtf
    from burdenshare.reading.frame import talks_on

    alliance = cases.load("nato-spending")
    assert talks_on(alliance, edtf.parse("2019-12-04")) == 2
    assert talks_on(alliance, edtf.parse("2025-07-01")) == 3


@pytest.mark.parametrize(
    ("words", "published", "when"),
    [
        ("the current fiscal year", "2021-12-21", "2021"),
        ("the current fiscal year", "2021-02-17", "2020"),
        ("last fiscal year", "2021-12-21", "2020"),
        ("next fiscal year", "2021-12-21", "2022"),
        ("fiscal 2022", "2021-12-21", "2022"),
        ("between 2010 and 2019", "2020-07-06", "2010/2019"),
        ("between fiscal 2016 and fiscal 2020", "2021-12-09", "2016/2020"),
        ("the five years through fiscal 2020", "2021-12-21", "2016/2020"),
    ],
)
def test_years_are_read_by_the_calendar_of_the_case(words: str, published: str, when: str) -> None:
    from burdenshare.reading.scene import build

    case = cases.load("us-japan-hns")
    text = f"Japan paid 200 billion yen for U.S. forces in {words}."
    read_on = read_text(text, origin="a.txt", case=case, published=published)
    (sentence,) = build(read_on, case, lang="en").sentences
    assert [m.value.past for m in sentence.of("date")] == [when]


@pytest.mark.parametrize(
    ("words", "value", "length"),
    [
        ("211 billion yen", 211e9, None),
        ("¥1.055 trillion over five years", 1.055e12, 5),
        ("1,055.1 billion yen over five years", 1055.1e9, 5),
        ("1.05 trillion yen for 24 months", 1.05e12, 2),
    ],
)
def test_sums_over_a_span_of_years(words: str, value: float, length: float | None) -> None:
    from burdenshare.reading.scene import build

    case = cases.load("us-japan-hns")
    read_on = read_text(f"Japan agreed to pay {words} for U.S. forces.", origin="a.txt", case=case)
    (sentence,) = build(read_on, case, lang="en").sentences
    (money,) = sentence.of("money")
    assert (money.value.currency, money.value.value) == ("JPY", value)
    lengths = [(m.value[0].value, m.value[0].bound, m.value[1]) for m in sentence.of("duration")]
    assert lengths == ([] if length is None else [(length, "exact", "year")])
