# ruff: noqa: E501  (a Korean letter counts as two)
"""The briefing in Korean: particles, numbers that read back, one wording a form, the whole of it as a snapshot."""

from __future__ import annotations

import os
import re
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare import brief
from burdenshare.brief import korean
from burdenshare.brief.language import ENGLISH, KOREAN, LANGUAGES, messages
from burdenshare.brief.particles import PAIRS, with_particle
from burdenshare.case import load
from burdenshare.dossier import checks, dossier
from burdenshare.errors import BurdenshareError
from burdenshare.money import Amount, Change, Growth, Range
from dossier.cases import case, seeds

SNAPSHOT = Path(__file__).parent / "briefing_2019_ko.md"
AS_OF = date(2019, 12, 31)
KNOWN = load("us-rok-sma")


def _markdown() -> str:
    entries = seeds()
    return brief.markdown(dossier(entries, KNOWN, as_of=AS_OF), entries, KNOWN, t=brief.tongue("ko"))


def test_the_whole_briefing_in_korean() -> None:
    """Set BURDENSHARE_SNAPSHOT=write to take a wanted change over, and read the difference."""
    text = _markdown()
    if os.environ.get("BURDENSHARE_SNAPSHOT") == "write":
        SNAPSHOT.write_text(text, "utf-8")
    assert text == SNAPSHOT.read_text("utf-8")


def test_a_language_that_there_is_not_is_refused_by_naming_those_there_are() -> None:
    with pytest.raises(BurdenshareError, match="en and ko"):
        brief.tongue("fr")


# -- particles ----------------------------------------------------------------------------------------------------

SYLLABLE = st.integers(0xAC00, 0xD7A3).map(chr)
WORD = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6)


@given(WORD, SYLLABLE, st.sampled_from(["은", "이", "을", "과", "으로"]))
def test_the_particle_hangs_on_the_last_consonant_alone(word: str, last: str, particle: str) -> None:
    """Unicode sets the syllables of one vowel side by side, the one without a final consonant first."""
    closed, opened = PAIRS[particle]
    index = (ord(last) - 0xAC00) % 28
    wanted = opened if index == 0 or (particle == "으로" and index == 8) else closed
    assert with_particle(word + last, particle) == word + last + wanted


@given(WORD, st.sampled_from(sorted(PAIRS)), st.sampled_from(["{}", "‘{}’", "{}(SMA)", "“{}”", "{} (3곳)"]))
def test_quotation_marks_and_asides_are_passed_over(word: str, particle: str, around: str) -> None:
    dressed = around.format(word)
    assert with_particle(dressed, particle)[len(dressed) :] == with_particle(word, particle)[len(word) :]


@given(WORD, st.sampled_from(sorted(PAIRS)))
def test_both_forms_of_a_particle_ask_for_the_same(word: str, particle: str) -> None:
    assert len({with_particle(word, form) for form in PAIRS[particle]}) == 1


@pytest.mark.parametrize(
    ("word", "particle", "wanted"),
    [
        ("미국", "은", "미국은"), ("일본", "이", "일본이"), ("나토", "는", "나토는"), ("서울", "으로", "서울로"),
        ("워싱턴", "로", "워싱턴으로"), ("50억 달러", "을", "50억 달러를"), ("1조 389억 원", "를", "1조 389억 원을"),
        ("13.9%", "이", "13.9%가"), ("SMA", "은", "SMA는"), ("2019", "을", "2019를"), ("7", "으로", "7로"), ("3", "과", "3과"),
    ],
)  # fmt: skip
def test_particles_of_names_sums_and_figures(word: str, particle: str, wanted: str) -> None:
    assert with_particle(word, particle) == wanted


def test_every_message_asks_for_particles_that_there_are() -> None:
    asked = 0
    for message in messages("ko").values():
        for _, name, spec, _ in string.Formatter().parse(message):
            if name and spec and spec != ".0":
                assert spec in PAIRS, message
                asked += 1
    assert asked > 30


# -- numbers ------------------------------------------------------------------------------------------------------


def _value(words: str) -> int:
    """A slow reader of 1조 389억 2,000만 3: each part times its unit."""
    units = {"조": 10**12, "억": 10**8, "만": 10**4, "": 1}
    parts = [re.fullmatch(r"([\d,]+)(조|억|만|)", part) for part in words.split()]
    assert all(parts), words
    return sum(int(p[1].replace(",", "")) * units[p[2]] for p in parts if p)


@given(st.integers(0, 10**16))
def test_a_number_by_its_myriads_is_that_number(value: int) -> None:
    words = korean.number(value)
    assert _value(words) == value
    counts = [int(p.rstrip("조억만").replace(",", "")) for p in words.split()]
    assert all(c < 10**4 for c in counts[1:])


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9999), st.integers(0, 9999), st.sampled_from(["KRW", "USD", "JPY"]))
def test_sums_read_back_through_the_korean_reader(big: int, rest: int, currency: str) -> None:
    from burdenshare.reading import read
    from burdenshare.sources import read_text

    value = big * 10**8 + rest * 10**4
    told = f"미국은 제11차 방위비분담특별협정 협상에서 한국에 연간 {korean.money(value, currency)}을 요구했다고 외교부가 18일 밝혔다."
    document = read_text(f"방위비 협상\n입력 2019.12.18 14:05\n\n{told}\n", origin="a.txt")
    sums = {
        (c.amount.value, c.amount.currency)
        for c in read(document, KNOWN).claims
        if getattr(c, "amount", None) is not None
    }
    assert (value, currency) in sums


# -- one wording a form -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019-12-18", "2019년 12월 18일"), ("2019-12", "2019년 12월"), ("2019", "2019년"), ("199X", "1990년대"),
        ("2019-12-03/2019-12-04", "2019년 12월 3~4일"), ("2019-11-30/2019-12-02", "2019년 11월 30일~12월 2일"),
        ("2019-12-30/2020-01-02", "2019년 12월 30일~2020년 1월 2일"), ("2019-07/2019-12", "2019년 7~12월"),
        ("2014/2018", "2014~2018년"), ("2019-12~", "2019년 12월경"), ("2019?", "2019년(불확실)"), ("1991/..", "1991년부터"),
        ("../2019-12", "2019년 12월까지"), ("2013-22", "2013년 여름"), ("XXXX-12-31", "연도 미상 12월 31일"),
    ],
)  # fmt: skip
def test_dates(text: str, words: str) -> None:
    assert korean.date_words(text) == words


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (korean.amount_words(Amount("KRW", 1.0389e12)), "1조 389억 원"),
        (korean.amount_words(Amount("USD", 5e9, bound="about", also=(Amount("KRW", 5.9e12),))), "약 50억 달러(5조 9,000억 원)"),
        (korean.amount_words(Amount("USD", low=4.7e9, high=5e9), "year"), "연간 47억~50억 달러"),
        (korean.amount_words(Amount("JPY", 2.11e11), "5 years"), "5년간 2,110억 엔"),
        (korean.change_words(Change(percent=13.9)), "13.9% 인상"),
        (korean.change_words(Change(percent=-8.9)), "8.9% 삭감"),
        (korean.change_words(Change(multiple=5, bound="nearly")), "거의 5배"),
        (korean.change_words(Change(percent=Range(10, 20))), "10~20% 인상"),
        (korean.growth_words(Growth("cpi", cap_percent=4)), "매년 소비자물가에 따라 인상(상한 4%)"),
        (korean.bounded(28500, "about"), "약 2만 8,500명"),
    ],
)  # fmt: skip
def test_sums_changes_and_counts(made: str, words: str) -> None:
    assert made == words


# -- the catalogue ------------------------------------------------------------------------------------------------


def _blanks(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def test_every_language_has_every_message_with_the_same_blanks() -> None:
    """The forecast words itself in English (`burdenshare.outlook`), so its sentences stand in other languages only."""
    first = messages(LANGUAGES[0])
    for lang in LANGUAGES[1:]:
        other = {k: m for k, m in messages(lang).items() if not k.startswith(("forecast.", "baseline."))}
        assert set(other) == set(first)
        for key, message in first.items():
            assert _blanks(message) == _blanks(other[key]), key


def _words(text: str) -> Iterator[str]:
    """The page's own words: no quotes, no names of outlets, no dates of the edge."""
    yield from re.findall(r"[A-Za-z]{3,}", re.sub(r"“[^”]*”|<[^>]*>|\([^)]*\)|\[[^\]]*\]", " ", text))


def test_nothing_of_the_page_stays_english() -> None:

    known = KNOWN
    entries = seeds()
    d = dossier(entries, known, as_of=AS_OF)
    found = checks.checks(entries, known, as_of=AS_OF)
    text = brief.markdown(d, entries, known, checks=found, t=KOREAN).split("## 출처")[0]
    text = re.sub(r"\[\^c\d+\]:.*|대조한 것: .*", "", text)
    outlets = {
        w for e in entries for w in re.findall(r"[A-Za-z]{3,}", f"{e.report.outlet} {e.report.title} {e.claim.said_by}")
    }
    quoted = {w for e in entries for w in re.findall(r"[A-Za-z]{3,}", e.claim.quote)}
    assert set(_words(text)) <= outlets | quoted
    assert brief.html(d, entries, known, t=KOREAN).startswith('<!doctype html>\n<html lang="ko">')


def test_english_is_the_language_where_none_is_named() -> None:
    entries = seeds()
    d = dossier(entries, case(), as_of=AS_OF)
    assert brief.markdown(d, entries, case()) == brief.markdown(d, entries, case(), t=ENGLISH)


def test_tables_in_korean_hold_the_same_and_json_has_no_language(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from burdenshare.cli import main

    report = tmp_path / "a.txt"
    report.write_text(
        "방위비 4차 회의 합의 없이 끝나\n입력 2019.12.05 14:05\n\n"
        "제11차 방위비분담특별협정(SMA) 체결을 위한 4차 회의가 3∼4일 워싱턴에서 열렸으나 합의 없이 끝났다고 외교부가 밝혔다.\n\n"
        "미국은 방위비 분담 협상에서 한국에 연간 50억 달러를 요구했다고 외교부 당국자가 전했다.\n",
        "utf-8",
    )
    db = ["--db", str(tmp_path / "r.db")]

    def run(*args: str) -> str:
        done = CliRunner().invoke(main, [*db, *args], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    run("read", str(report))
    assert run("dossier", "--format", "json", "--lang", "ko") == run("dossier", "--format", "json")
    table = run("dossier", "--lang", "ko")
    assert table.startswith("\n회의\n협정")
    for words in ("워싱턴", "2019년 12월 3~4일", "합의 없음", "미국", "요구", "50억 달러"):
        assert words in table
    assert "판정" in run("check", "--lang", "ko")
    assert "십억 원" in run("cost", "--lang", "ko", "5 billion dollars a year", "--as-of", "2019-12-20")
    assert "분담금\n연도" in run("history", "--lang", "ko", "--case", "us-rok-sma")
    wrong = CliRunner().invoke(main, [*db, "dossier", "--lang", "fr"])
    assert wrong.exit_code == 2
    assert "en and ko" in wrong.output
