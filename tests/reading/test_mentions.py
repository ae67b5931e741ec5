"""What the English lexers make of the ways the field writes sums, changes, counts and dates."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare import edtf
from burdenshare.reading.mentions import lexicon as lexicons
from burdenshare.reading.mentions.en.dates import dates
from burdenshare.reading.mentions.en.numbers import Scanner, numbers
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.text import tokens

LEXICON = lexicons.load("en")


def scan(text: str) -> Scanner:
    found = tokens(text, 0, len(text), acronyms=frozenset({"US"}))
    return Scanner(found, [t.norm.lower() for t in found], LEXICON)


def only(text: str, kind: str) -> Mention:
    found = [m for m in numbers(scan(text)) if m.type == kind]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("words", "currency", "low", "high", "bound"),
    [
        ("asked for US $ 4.7 billion", "USD", 4.7e9, 4.7e9, "exact"),
        ("asked for US$4.7bn", "USD", 4.7e9, 4.7e9, "exact"),
        ("a $5bn bill", "USD", 5e9, 5e9, "exact"),
        ("1.0389 trillion won", "KRW", 1.0389e12, 1.0389e12, "exact"),
        ("W960bn for the year", "KRW", 9.6e11, 9.6e11, "exact"),
        ("KRW 1.5 trillion", "KRW", 1.5e12, 1.5e12, "exact"),
        ("960 billion 200 million won", "KRW", 9.602e11, 9.602e11, "exact"),
        ("five-billion dollar costs", "USD", 5e9, 5e9, "exact"),
        ("one-point-04 trillion won", "KRW", 1.04e12, 1.04e12, "exact"),
        ("as much as five billion dollars", "USD", 5e9, 5e9, "up-to"),
        ("just under 1.04 trillion won", "KRW", 1.04e12, 1.04e12, "nearly"),
        ("no less than 1 billion U.S. dollars", "USD", 1e9, 1e9, "at-least"),
        ("more than 800 million dollars", "USD", 8e8, 8e8, "over"),
        ("4.7 to 5 billion dollars", "USD", 4.7e9, 5e9, "exact"),
        ("$4.7 billion to $5 billion", "USD", 4.7e9, 5e9, "exact"),
        ("between 800 billion and 900 billion won", "KRW", 8e11, 9e11, "exact"),
        ("¥211 billion a year", "JPY", 2.11e11, 2.11e11, "exact"),
    ],
)
def test_sums(words: str, currency: str, low: float, high: float, bound: str) -> None:
    amount = only(words, "money").value
    assert (amount.currency, amount.least, amount.most, amount.bound) == (currency, low, high, bound)


def test_the_same_sum_in_other_currencies_is_one_sum() -> None:
    amount = only("920 billion won ($866 billion, 634 million euros) in 2014", "money").value
    assert amount.currency == "KRW"
    assert [a.currency for a in amount.also] == ["USD", "EUR"]


def test_a_rise_from_one_sum_to_another_is_no_range() -> None:
    found = [m.value for m in numbers(scan("from $870 million to $5 billion")) if m.type == "money"]
    assert [a.value for a in found] == [8.7e8, 5e9]


@pytest.mark.parametrize(
    ("words", "kind", "low", "high"),
    [
        ("8.2 per cent more", "percent", 8.2, 8.2),
        ("eight-point-two percent", "percent", 8.2, 8.2),
        ("10 percent to 20 percent", "percent", 10, 20),
        ("between 10 and 20 percent", "percent", 10, 20),
        ("a five-fold rise", "multiple", 5, 5),
        ("nearly five times what it pays", "multiple", 5, 5),
        ("a quintupling of the bill", "multiple", 5, 5),
        ("half as much again", "multiple", 1.5, 1.5),
        ("a third of the cost", "share", 33.333, 33.333),
        ("some 28,500 troops", "number", 28500, 28500),
        ("28-thousand-500 strong", "number", 28500, 28500),
    ],
)
def test_changes_shares_and_counts(words: str, kind: str, low: float, high: float) -> None:
    value = only(words, kind).value
    assert (value.low, value.high) == (low, high)


@pytest.mark.parametrize(
    "words", ["for the fifth time", "he called five times a day", "a tenth meeting", "half an hour", "won 139 votes"]
)
def test_what_is_no_sum_or_multiple(words: str) -> None:
    assert not [m for m in numbers(scan(words)) if m.type in ("money", "multiple", "share")]


@pytest.mark.parametrize(
    ("words", "reference", "past", "future"),
    [
        ("began on Tuesday", "2019-12-05", "2019-12-03", "2019-12-10"),
        ("on Sept. 24-25", "2019-09-26", "2019-09-24/2019-09-25", "2020-09-24/2020-09-25"),
        ("on 3-4 December 2019", None, "2019-12-03/2019-12-04", "2019-12-03/2019-12-04"),
        ("at the end of this year", "2019-09-26", "2019-12-31", "2019-12-31"),
        ("at the end of this month", "2019-12", "2019-12-31", "2019-12-31"),
        ("in January", "2019-12", "2020-01", "2020-01"),
        ("in January", "2019-12-05", "2019-01", "2020-01"),
        ("in mid-December", "2019-12-05", "2019-12~", "2019-12~"),
        ("next month", "2019-12-05", "2020-01", "2020-01"),
        ("last week", "2019-11-21", "2019-11-11/2019-11-17", "2019-11-11/2019-11-17"),
        ("in the second half of this year", "2019-02-10", "2019-07/2019-12", "2019-07/2019-12"),
        ("in the early 1990s", None, "199X", "199X"),
        ("over the five years to 2013", None, "2009/2013", "2009/2013"),
        ("from 2014 to 2018", None, "2014/2018", "2014/2018"),
        ("expired on Dec 31", None, "XXXX-12-31", "XXXX-12-31"),
        ("on Monday, February 24, 2020", "2020-02-23", "2020-02-24", "2020-02-24"),
        ("on the 5th", "2021-02-06", "2021-02-05", "2021-03-05"),
        ("last summer", "2014-04-17", "2013-22", "2013-22"),
    ],
)
def test_dates(words: str, reference: str | None, past: str, future: str) -> None:
    found = dates(scan(words), edtf.parse(reference) if reference else None)
    assert [(m.value.past, m.value.future) for m in found] == [(past, future)]


@pytest.mark.parametrize("words", ["you may do so", "they march on", "the fifth round", "a second look"])
def test_what_is_no_date(words: str) -> None:
    assert not dates(scan(words), edtf.parse("2019-12-05"))


@given(st.text(max_size=300), st.sampled_from(["2019-12-05", "2019-12", None]))
def test_any_text_gives_mentions_in_order_that_do_not_overlap(text: str, reference: str | None) -> None:
    made = scan(text) if text else None
    if made is None or not made.tokens:
        return
    for found in (numbers(made), dates(made, edtf.parse(reference) if reference else None)):
        for m in found:
            assert text[m.start : m.end]
        for a, b in itertools.pairwise(found):
            assert a.end <= b.start


@given(
    st.floats(min_value=1, max_value=9999, allow_nan=False),
    st.sampled_from([("million", 1e6), ("billion", 1e9), ("trillion", 1e12)]),
)
def test_a_sum_written_out_is_read_back(value: float, scale: tuple[str, float]) -> None:
    words = f"{value:.2f} {scale[0]} won"
    assert only(words, "money").value.value == pytest.approx(float(f"{value:.2f}") * scale[1], abs=0.6)
