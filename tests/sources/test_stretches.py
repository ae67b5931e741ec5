"""Where the report is and where the page furniture, in plain text."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.sources import read_text
from burdenshare.sources.stretches import layout

BODY = [
    "Delegates of the two allies met in the capital on Tuesday to settle who pays for the bases next year.",
    "The hosts offered four percent more than they paid last year, an official who took part in the meeting said.",
    "Another meeting of the delegates is planned for next month, the foreign ministry said in a short statement.",
]


def kind_of(text: str, words: str) -> set[str]:
    """Kinds of the stretches that hold the words."""
    at = text.index(words)
    document = read_text(text, origin="x")
    return {s.kind for s in document.stretches if s.start < at + len(words) and at < s.end}


@given(
    st.text(alphabet=st.sampled_from("aB가ά .,!?\n\r\t|#-:()…0123\u2028\u00a0"), max_size=300) | st.text(max_size=300)
)
@settings(max_examples=300, deadline=None)
def test_stretches_partition_any_text_and_leave_it_unchanged(text: str) -> None:
    document = read_text(text, origin="x")
    assert document.text == text
    assert "".join(text[s.start : s.end] for s in document.stretches) == text
    assert all(s.start < s.end for s in document.stretches)


@pytest.mark.parametrize(
    "line",
    [
        "Home | World | Business | Sport",
        "Startseite  Politik  Wirtschaft  Sport",
        "Related: Harbour reopens after the storm",
        "RELATED Harbour reopens after storm, officials say",
        "Share this article",
        "12 Comments",
        "Tags: defence, budget, harbour",
        "#defence #budget",
        "Advertisement",
        "Please direct comments or questions to [desk@example.org]",
        "Copyright 2031 Example Wire. All rights reserved.",
        "관련기사",
        "무단전재 및 재배포 금지",
        "Διαβάστε επίσης",
        "Tüm hakları saklıdır",
        "Home > National > Politics",
        "Your email address will not be published. Required fields are marked",
        "We use cookies and similar tools. By staying on this website you accept their use.",
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_furniture_lines_are_told_above_and_below_the_report(line: str, place: str) -> None:
    body = "\n\n".join(BODY)
    text = f"{line}\n\n{body}" if place == "above" else f"{body}\n\n{line}"
    assert kind_of(text, line) == {"furniture"}
    assert kind_of(text, BODY[0]) == {"body"}


@pytest.mark.parametrize(
    "heading",
    ["Most viewed articles", "Latest Headlines", "많이 본 뉴스", "En çok okunanlar", "Δημοφιλή", "Related stories"],
)
def test_other_headlines_after_a_list_heading_are_furniture_to_the_end(heading: str) -> None:
    others = [
        "1 Carmaker seeks 500 million from lender",
        "2 Two ports to hold talks on Mar. 29",
        "Rain expected on Friday",
    ]
    text = "\n\n".join(BODY) + f"\n\n{heading}\n" + "\n".join(others)
    for other in others:
        assert kind_of(text, other) == {"furniture"}
    assert kind_of(text, BODY[-1]) == {"body"}


def test_the_report_goes_on_after_a_list_in_its_middle() -> None:
    text = f"{BODY[0]}\n\n{BODY[1]}\n\nRelated stories\nHarbour reopens after storm\n\n{BODY[2]}"
    assert kind_of(text, "Harbour") == {"furniture"}
    assert kind_of(text, BODY[2]) == {"body"}


def test_comments_of_readers_are_furniture_though_they_are_sentences() -> None:
    text = (
        "\n\n".join(BODY)
        + "\n\n2 thoughts on “Delegates meet”\n\nOldSailor says:\nThe hosts should pay at least ten percent more."
    )
    assert kind_of(text, "The hosts should pay") == {"furniture"}


def test_headlines_pasted_into_a_paragraph_are_furniture() -> None:
    text = (
        "The minister Ann LeeAnn Marie LeeHarbour reopens after storm Ferry fares to rise by $5 MORE told reporters on "
        f"Tuesday that the hosts must pay more.\n\n{BODY[0]}"
    )
    assert kind_of(text, "Harbour reopens after storm") == {"furniture"}
    assert kind_of(text, "the hosts must pay more") == {"body"}


def test_headline_byline_caption_and_dateline_are_told() -> None:
    headline = "Allies meet on who pays for the bases"
    text = (
        f"The Harbour Herald\n\n{headline}\n\nBy Ann Lee\nPosted on : 2031-03-04 10:00\n"
        f"{headline}\nThe delegates shake hands. (Yonhap)\n\nLISBON, March 4 (Reuters) -- {BODY[0]}\n\n{BODY[1]}"
    )
    assert kind_of(text, "The Harbour Herald") == {"furniture"}
    assert kind_of(text, headline) == {"headline"}
    assert kind_of(text, "By Ann Lee") == {"byline"}
    assert kind_of(text, "The delegates shake") == {"caption"}
    assert kind_of(text, "LISBON, March 4") == {"dateline"}
    document = read_text(text, origin="x")
    assert (document.title, document.outlet, document.byline) == (headline, "The Harbour Herald", "By Ann Lee")


def test_a_transcript_that_breaks_off_its_sentences_is_a_report() -> None:
    lines = [
        "The last meeting of the year ended without a deal.",
        "The allies will go on in the new year... and try to come closer",
        "Meanwhile the chief delegate says the first demand,... made in June,... no longer stands as it was made then.",
        "The next meeting is planned for January,... the ministry says.",
    ]
    text = "\n".join(lines)
    assert all(kind_of(text, line) == {"body"} for line in lines[2:])
    assert all("furniture" not in kind_of(text, line) for line in lines)


def test_wrapped_lines_count_as_one_paragraph() -> None:
    text = (
        "Delegates of the two allies met in the capital on Tuesday to settle\n"
        "who pays for the bases next year, and the hosts offered to pay four\n"
        "percent more than they paid last year, an official said after it. A\n"
        "further meeting is planned for next month in the other capital, the\n"
        "foreign ministry said."
    )
    assert len(layout(text).lines) == 1
    assert {s.kind for s in read_text(text, origin="x").stretches} == {"body"}


def test_a_wrapped_text_under_a_headline_keeps_both_apart() -> None:
    headline = "Allies close another round on who pays for the bases"
    first = (
        "Delegates of the two allies met in the capital on Tuesday to settle\n"
        "who pays for the bases next year, and the hosts offered to pay four\n"
        "percent more than they paid last year, an official said after it. A\n"
        "further meeting is planned for next month in the other capital, the\n"
        "foreign ministry said in a statement."
    )
    text = (
        f"{headline}\n{first}\nUnder an earlier deal of the two allies, the hosts are to pay 680\nbillion (708 million)"
    )
    assert kind_of(text, headline) == {"headline"}
    assert kind_of(text, first) == {"body"}
    assert kind_of(text, "Under an earlier deal") == {"body"}


def test_a_last_paragraph_cut_off_is_of_the_report() -> None:
    cut = (
        "The talks were led by the hosts' chief delegate, Ann Lee, and her counterpart of the other side, with the "
        "help of officials from"
    )
    assert kind_of("\n\n".join([*BODY, cut]), cut) == {"body"}
    assert kind_of("\n\n".join([*BODY, "Ferry line to the islands opens in spring"]), "Ferry line") == {"furniture"}


def test_a_menu_of_numbers_and_what_a_page_says_of_itself_are_furniture() -> None:
    menu = ["1. Contents", "2. Navigation", "3. Further pages", "4. Choose from 30 languages"]
    own = [
        "Our award-winning reporting has moved",
        "It provides news and analysis on three themes:",
        "the sea and trade.",
    ]
    text = (
        "\n".join([*own, *menu, "More info OK"]) + "\n\nAllies meet on who pays for the bases\n\n" + "\n\n".join(BODY)
    )
    for line in [*own, *menu, "More info OK"]:
        assert kind_of(text, line) == {"furniture"}
    assert kind_of(text, "Allies meet") == {"headline"}


def test_a_text_made_to_make_patterns_slow_is_read() -> None:
    for unit in (
        "(" * 50,
        "a | " * 50,
        "Dec. 1 " * 50,
        "first " * 60,
        "[[" * 80,
        '"' * 90,
        "former " * 50,
        "1 comment ",
        "05/06/2033 | ",
        "agreed to pay 920 billion won this year ",
        "- AB CD ",
        "SEOUL, Dec. 5 - ",
        "by 2020 expired on Dec. 31 (",
    ):
        read_text(unit * 400, origin="x")


@pytest.mark.parametrize(("folder", "gold"), [("seeds", "gold/seeds.jsonl"), ("dev/texts", "dev/gold.jsonl")])
def test_shared_reports_keep_their_claims_and_lose_their_furniture(folder: str, gold: str) -> None:
    shared = Path(os.environ.get("BURDENSHARE_SHARED", "../shared"))
    if not (shared / gold).exists():
        pytest.skip(f"the shared reports are not at {shared}")
    never = lost = spared = claims = 0
    for row in map(json.loads, (shared / gold).read_text().splitlines()):
        text = (shared / folder / f"{row['source']}.txt").read_bytes().decode()
        stretches = read_text(text, origin="x").stretches
        kinds = {s.kind for s in stretches if text[max(s.start, row["start"]) : min(s.end, row["end"])].strip()}
        if row.get("never"):
            never += 1
            spared += kinds != {"furniture"}
        else:
            claims += 1
            lost += "furniture" in kinds
    assert lost <= 0.01 * claims
    assert spared <= 0.1 * never
