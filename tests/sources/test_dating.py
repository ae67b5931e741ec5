"""When a report came out, and how that is known."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burdenshare.case import load
from burdenshare.errors import SourceError
from burdenshare.sources import dated as with_date_of
from burdenshare.sources import read_text
from burdenshare.sources.dating.days import intersect, union
from burdenshare.sources.stretches import layout

CASE = load("us-rok-sma")
BODY = (
    "Delegates of the two allies met in the capital to settle who pays for the bases, an official said. "
    "The hosts offered a little more than they paid before, the ministry said in a statement after the meeting."
)


def dated(text: str, **given_: str) -> tuple[str, str]:
    """The date and how it is known, as words."""
    published = read_text(text, origin="x", case=CASE, **given_).published  # type: ignore[arg-type]
    return str(published.when), published.basis


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Posted on : 2019-09-26 17:10 KST Modified on : 2019-10-19 20:29 KST", "2019-09-26"),
        ("Updated: June 3, 2020 Published: June 2, 2020", "2020-06-02"),
        ("입력 2019.12.19 (15:03) 수정 2019.12.20 (16:45)", "2019-12-19"),
        ("등록 2019년 12월 9일", "2019-12-09"),
        ("Published : April 3, 2014 - 13:31", "2014-04-03"),
        ("Veröffentlicht am 3. März 2019", "2019-03-03"),
        ("Publié le 4 août 2020", "2020-08-04"),
        ("Yayınlanma: 5 Kasım 2019", "2019-11-05"),
        ("12.01.2014", "2014-01-12"),
        ("Fri, 05/06/2033 - 10:43", "2033-05-06"),
        ("Sun, 06/05/2033 - 05:56", "2033-06-05"),
        ("05/13/2033 / By Ann Lee", "2033-05-13"),
        ("05/06/2033 / By Ann Lee", "2033-05-06"),
        ("Allies meet once more on who pays for the bases | News | HB | 06.05.2033", "2033-05-06"),
        ("Allies meet again. November. 20, 2033 07:35. by Ann Lee ann@example.org.", "2033-11-20"),
        ("Harbour edition, Wednesday, April 27, 2033", "2033-04-27"),
        ("Updated Nov. 17, 2033", "2033-11-17"),
        ("Dec 07,2033", "2033-12-07"),
        ("Posted on : Jan.13,2033 15:02", "2033-01-13"),
        ("24 January 2033 | Reading time five minutes | by Ann Lee", "2033-01-24"),
    ],
)
def test_a_line_that_gives_the_date_is_read(line: str, day: str) -> None:
    assert dated(f"Allies meet on who pays for the bases\n\n{line}\n\n{BODY}") == (day, "byline")


def test_a_given_date_goes_before_all_and_must_be_a_date() -> None:
    text = f"Posted on : 2019-09-26\n\n{BODY}"
    assert dated(text, published="2019-09") == ("2019-09", "given")
    with pytest.raises(SourceError, match="not understood"):
        dated(text, published="last spring")


def test_dates_of_other_stories_are_not_the_reports() -> None:
    assert dated(f"{BODY}\n\nMost viewed\nTwo ports hold talks 09.01.2014\nFerry sinks - 2016-05-02") == (
        "None",
        "unknown",
    )


def test_the_year_of_a_dateline_is_worked_out_from_office_holder_and_weekday() -> None:
    text = (
        "SEOUL, Dec. 5 (Yonhap) -- U.S. President Donald Trump said on Thursday that the hosts "
        f"must pay more in 2020. {BODY}"
    )
    assert dated(text) == ("2019-12-05", "worked-out")
    before = f"SEOUL, Dec. 10 (Yonhap) -- President Barack Obama said Tuesday that the deal of 2012 holds. {BODY}"
    assert dated(before) == ("2013-12-10", "worked-out")


def test_figures_with_strokes_are_read_in_the_order_of_the_texts_spelling() -> None:
    body = BODY.replace("bases", "bases in the defence budget, a labour cost")
    assert dated(f"Allies meet on who pays\n\n05/06/2033 / By Ann Lee\n\n{body}")[0] == "2033-06-05"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # A weekday beside the dateline's day rules years out: 4 October is a Friday in 2024, not in 2025.
        (
            "SEOUL, Oct 4 (NAP) - The two agreed on a plan, the governments said on Friday. The pact signed in 2021 "
            "is to end in 2025.",
            "2024-10-04",
        ),
        (
            "Sejong, July 12 - The panel elected in 2018 decided at dawn on Friday. By 2020 it was to pay 10,000.",
            "2019-07-12",
        ),
        (
            "SEOUL, Dec. 18 (Yonhap) -- The allies ended their talks without a deal on Wednesday. Jeong Eun-bo, South "
            "Korea's chief negotiator, and his counterpart, James DeHart, met in Seoul.",
            "2019-12-18",
        ),
        (
            "July ninth, morning bulletin\n\nPresident Donald Trump spoke on Tuesday of a deal signed in 2024.",
            "2025-07-09",
        ),
        (
            "Thursday, June 4\n\nThe workers sent home in April come back; the last agreement lapsed in 2019.",
            "2020-06-04",
        ),
    ],
)
def test_the_year_of_a_day_without_one_is_worked_out(text: str, day: str) -> None:
    assert dated(f"{text} {BODY}")[0] == day


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        # What was agreed to is still to come, so the accord is that of December 2006 and not a later one.
        (
            "The two allies on Wednesday reached an agreement on the costs. South Korea agreed to raise its share in "
            "2008 with prices.",
            "2006-12-06",
            "2006-12-07",
        ),
        (
            "The allies wrapped up the first round of talks on the 11th Special Measures Agreement on Wednesday, and "
            "the second round will be held next month.",
            "2019-09-25",
            "2019-09-26",
        ),
        (
            "President Donald Trump asks for more than the deal that expired on Dec. 31. The one before, reached in "
            "February 2019, was a stopgap for 2019. South Korea's chief negotiator, Jeong Eun-bo, said so.",
            "2020-01-01",
            "2021-01-31",
        ),
        ("Seoul pays this year's share of 920 billion won, up 5.8 percent from last year.", "2014-01-01", "2014-12-31"),
        ("The accord reached last month makes Seoul pay 1.18 trillion won this year.", "2021-04-01", "2021-04-30"),
    ],
)
def test_the_words_of_the_report_bound_its_date(sentence: str, first: str, last: str) -> None:
    body = BODY.replace("met in the capital", "met")
    when = read_text(f"{sentence} {body}", origin="x", case=CASE).published.when
    assert when is not None
    assert (str(when.earliest), str(when.latest)) == (first, last)


def test_a_year_in_an_aside_is_background() -> None:
    text = (
        "The governments finalized a budget agreement on Tuesday. Last year's support - instituted in 1991 under the "
        f"Special Measures Agreement - equaled 40 percent. {BODY}"
    )
    when = read_text(text, origin="x", case=CASE).published.when
    assert when is None or when.earliest is None or when.earliest > date(1995, 1, 1)


def test_a_former_holder_puts_the_report_after_the_term() -> None:
    text = (
        "SEOUL, Dec. 5 (Yonhap) -- Former President Barack Obama spoke of the deal of 2014 "
        f"with President Donald Trump. {BODY}"
    )
    when = read_text(text, origin="x", case=CASE, received=date(2021, 1, 1)).published.when
    assert when is not None
    assert when.earliest is not None
    assert when.earliest >= date(2017, 1, 20)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        (
            "The talks were the final ones for 2019, and the current deal expires at the end of this month.",
            "2019-12-01",
            "2019-12-31",
        ),
        (
            "The second round of talks on the 11th Special Measures Agreement opens after a first round last month.",
            "2019-10-01",
            "2019-10-31",
        ),
        ("Defense Secretary Mark Esper spoke after the talks resumed on November 18.", "2019-11-01", "2019-11-30"),
    ],
)
def test_the_agreements_calendar_narrows_the_date(sentence: str, first: str, last: str) -> None:
    published = read_text(f"{sentence} {BODY}", origin="x", case=CASE).published
    assert published.basis == "narrowed"
    assert published.when is not None
    assert (str(published.when.earliest), str(published.when.latest)) == (first, last)
    assert published.how


def test_evidence_that_does_not_fit_is_dropped_and_said() -> None:
    text = (
        "SEOUL, Dec. 5 (Yonhap) -- President Barack Obama spoke. The deal will hold until 1995, "
        f"the ministry said on Thursday. {BODY}"
    )
    published = read_text(text, origin="x", case=CASE).published
    assert any(how.startswith("Left aside") and "1995" in how for how in published.how)


def test_the_address_gives_a_day_and_the_dateline_corrects_it() -> None:
    assert dated(BODY, url="https://example.org/2019/11/20/talks.html") == ("2019-11-20", "metadata")
    assert dated(f"LONDON, Nov. 19 (Reuters) -- {BODY}", url="https://example.org/20191120/talks") == (
        "2019-11-19",
        "dateline",
    )


@pytest.mark.parametrize(
    "text",
    [
        f"SEOUL, Dec. 5 (Yonhap) -- President Donald Trump said on Thursday that it must pay more in 2020. {BODY}",
        f"Posted on : 2019-09-26 17:10\n\n{BODY}",
        f"President Donald Trump asks for more than the deal that expired on Dec. 31. {BODY}",
        BODY,
    ],
)
def test_a_date_worked_out_once_the_case_is_known_is_that_of_reading_with_it(text: str) -> None:
    later = read_text(text, origin="x")
    layout.cache_clear()
    assert with_date_of(later, CASE) == read_text(text, origin="x", case=CASE)
    assert with_date_of(read_text(text, origin="x", published="2001"), CASE).published.basis == "given"


def test_what_cannot_be_narrowed_is_unknown() -> None:
    assert dated(BODY) == ("None", "unknown")


spans = st.lists(
    st.tuples(st.dates(date(2000, 1, 1), date(2003, 1, 1)), st.dates(date(2000, 1, 1), date(2003, 1, 1))), max_size=6
)


@given(spans, spans, st.dates(date(2000, 1, 1), date(2003, 1, 1)))
def test_sets_of_days_hold_what_both_hold(
    one: list[tuple[date, date]], two: list[tuple[date, date]], day: date
) -> None:
    def inside(pairs: list[tuple[date, date]]) -> bool:
        return any(a <= day <= b for a, b in pairs)

    both = intersect(union(one), union(two))
    assert any(a <= day.toordinal() <= b for a, b in both) == (inside(one) and inside(two))


def test_the_shared_reports_are_dated() -> None:
    shared = Path(os.environ.get("BURDENSHARE_SHARED", "../shared")) / "seeds"
    if not shared.exists():
        pytest.skip(f"the shared reports are not at {shared}")
    found = [read_text(p.read_text(), origin="x", case=CASE).published for p in sorted(shared.glob("*.txt"))]
    assert [(str(p.when)[:7], p.basis) for p in found[1:3]] == [("2019-12", "narrowed"), ("2019-11", "narrowed")]
    assert [(str(p.when), p.basis) for p in found[3:]] == [("2019-09-26", "byline"), ("2019-12-05", "worked-out")]
    assert found[0].when is not None
    assert {found[0].when.earliest.year, found[0].when.latest.year} == {2024}  # type: ignore[union-attr]
