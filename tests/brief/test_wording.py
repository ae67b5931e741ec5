"""Every form of date and figure has one wording."""

from __future__ import annotations

import pytest

from burdenshare.brief import wording
from burdenshare.money import Amount, Change, Growth, Range


@pytest.mark.parametrize(
    ("text", "alone", "with_preposition"),
    [
        ("2019-12-04", "4 December 2019", "on 4 December 2019"),
        ("2019-12", "December 2019", "in December 2019"),
        ("2019-12-XX", "December 2019", "in December 2019"),
        ("2019", "2019", "in 2019"),
        ("199X", "the 1990s", "in the 1990s"),
        ("19XX", "between 1900 and 1999", "between 1900 and 1999"),
        ("2019-12-03/2019-12-04", "3-4 December 2019", "on 3-4 December 2019"),
        ("2019-11-30/2019-12-02", "30 November to 2 December 2019", "from 30 November to 2 December 2019"),
        ("2019-12-30/2020-01-02", "30 December 2019 to 2 January 2020", "from 30 December 2019 to 2 January 2020"),
        ("2019-07/2019-12", "July to December 2019", "from July to December 2019"),
        ("2014/2018", "2014 to 2018", "from 2014 to 2018"),
        ("2019-12~", "around December 2019", "around December 2019"),
        ("2019?", "2019 (uncertain)", "in 2019 (uncertain)"),
        ("2019-03%", "around March 2019 (uncertain)", "around March 2019 (uncertain)"),
        ("1991/..", "since 1991", "since 1991"),
        ("../2019-12", "until December 2019", "until December 2019"),
        ("2013-22", "summer 2013", "in summer 2013"),
        ("2013-24", "winter 2013-14", "in winter 2013-14"),
        ("XXXX-12-31", "31 December of an unknown year", "on 31 December of an unknown year"),
        ("XXXX-03", "March of an unknown year", "in March of an unknown year"),
    ],
)
def test_dates(text: str, alone: str, with_preposition: str) -> None:
    assert (wording.date_words(text), wording.on_date(text)) == (alone, with_preposition)


@pytest.mark.parametrize(
    ("amount", "per", "words"),
    [
        (Amount("USD", 5e9), "year", "5 billion dollars a year"),
        (Amount("USD", low=4.7e9, high=5e9), "year", "4.7 to 5 billion dollars a year"),
        (Amount("KRW", 1.0389e12), None, "1.0389 trillion won"),
        (Amount("KRW", 8.695e11, also=(Amount("USD", 8.2e8),)), None, "869.5 billion won (820 million dollars)"),
        (Amount("USD", 5e9, bound="nearly"), "5 years", "nearly 5 billion dollars over 5 years"),
        (Amount("KRW", low=9e11, high=1.2e12), None, "900 billion to 1.2 trillion won"),
        (Amount("USD", 8700.0, bound="over"), "month", "more than 8,700 dollars a month"),
        (Amount("CHF", 2e6), None, "2 million CHF"),
    ],
)
def test_sums(amount: Amount, per: str | None, words: str) -> None:
    assert wording.amount_words(amount, per) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(percent=13.9), "13.9 percent more"),
        (Change(percent=-8.9), "a cut of 8.9 percent"),
        (Change(percent=Range(10, 20)), "10 to 20 percent more"),
        (Change(multiple=5.0, bound="nearly"), "nearly five times as much"),
        (Change(multiple=1.5), "1.5 times as much"),
        (Change(amount=Amount("USD", 5e8)), "500 million dollars more"),
    ],
)
def test_changes(change: Change, words: str) -> None:
    assert wording.change_words(change) == words


def test_rules_counts_and_lists() -> None:
    assert (
        wording.growth_words(Growth("cpi", cap_percent=4)) == "a rise with consumer prices each year, at most 4 percent"
    )
    assert [wording.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 22, 103)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "22nd", "103rd",
    ]  # fmt: skip
    assert wording.named(["a", "b", "c", "d", "e", "f"]) == "a, b, c, d and two more"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
