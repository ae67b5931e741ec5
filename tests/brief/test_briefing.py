"""The briefing: right in words, whole in one file, safe whatever a report says, the same every time."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from burdenshare import brief
from burdenshare.dossier import dossier
from burdenshare.errors import BurdenshareError
from burdenshare.record import Entry
from dossier.cases import case, entry, report, seeds

END_OF_2019 = date(2019, 12, 31)
SNAPSHOT = Path(__file__).parent / "briefing_2019.md"


def _made(entries: list[Entry], *, page: bool, as_of: date | None = END_OF_2019) -> str:
    make = brief.html if page else brief.markdown
    return make(dossier(entries, case(), as_of=as_of), entries, case())


def _summary(entries: list[Entry], as_of: date | None = END_OF_2019) -> list[str]:
    briefing, _ = brief.compose(dossier(entries, case(), as_of=as_of), entries, case())
    return [line.text for line in briefing.summary]


def test_the_whole_briefing_in_markdown() -> None:
    """Set BURDENSHARE_SNAPSHOT=write to take a wanted change over, and read the difference."""
    text = _made(seeds(), page=False)
    if os.environ.get("BURDENSHARE_SNAPSHOT") == "write":
        SNAPSHOT.write_text(text, "utf-8")
    assert text == SNAPSHOT.read_text("utf-8")


def test_where_the_talks_stand_in_two_sentences() -> None:
    assert _summary(seeds()) == [
        "As of 31 December 2019, talks on the 11th Special Measures Agreement have reached the 5th round; the last "
        "one reported as held, in Seoul in December 2019, ended without a deal, and a 6th round is planned for January "
        "2020.",
        "The United States asks for 4.7 to 5 billion dollars a year (three sources); no offer by South Korea is "
        "reported; and the 10th Special Measures Agreement expires on 31 December 2019.",
    ]


def test_the_sentences_say_what_is_not_known() -> None:
    assert _summary([])[0] == (
        "The record holds no report published by 31 December 2019 that says anything about these talks."
    )
    only = [entry(report("a", "2019-12-05"), "position", side="us", act="demand")]
    assert _summary(only) == [
        "As of 31 December 2019, no round of talks on the 11th Special Measures Agreement is reported to have been "
        "held.",
        "The United States asks for more, with no figure reported; and no offer by South Korea is reported.",
    ]
    undated = [entry(report("a", None), "headcount", group="troops", number=28500)]
    assert _summary(undated, None)[0] == (
        "By the reports used, none of which is dated, one report speaks of the matter, but none tells of talks."
    )


def test_a_deal_is_told_first() -> None:
    made = report("a", "2021-03-10")
    terms = {"amount": {"value": 1.183e12, "currency": "KRW"}, "change": {"percent": 13.9}, "years": 6}
    assert _summary([entry(made, "settlement", **terms)], date(2021, 3, 31))[0] == (
        "As of 31 March 2021, the two sides have reached a deal on the 11th Special Measures Agreement: "
        "1.183 trillion won, 13.9 percent more, for six years."
    )


def test_the_gap_is_told_in_a_common_currency() -> None:
    talks = report("a", "2013-12-10")
    entries = [
        entry(talks, "position", side="us", act="demand", amount={"value": 1e12, "currency": "KRW", "bound": "about"}),
        entry(talks, "position", side="rok", act="offer", amount={"value": 8.695e11, "currency": "KRW"}),
    ]
    assert "the gap is 130.5 billion won" in _summary(entries)[1]


def test_every_quote_behind_a_line_is_in_the_page() -> None:
    page = _made(seeds(), page=True)
    tree = etree.fromstring(_as_xml(page))
    behind = [" ".join(b.itertext()) for b in tree.iter("blockquote")]
    used = [e for e in seeds() if e.report.id != "mirror"]
    d = dossier(seeds(), case(), as_of=END_OF_2019)
    shown = {c for r in d.rounds for c in r.support} | {c for t in d.terms for c in t.support}
    for e in used:
        if e.id in shown:
            assert e.claim.quote in behind
    assert not any("13.9" in b for b in behind)


def _as_xml(page: str) -> bytes:
    """The page with its void elements closed, for a strict parser."""
    closed = re.sub(r"<(meta|br|link)([^>]*?)/?>", r"<\1\2/>", page)
    return closed.replace("<!doctype html>", "", 1).encode()


def test_the_page_is_well_formed_and_needs_nothing_else() -> None:
    tree = etree.fromstring(_as_xml(_made(seeds(), page=True)))
    tags = {etree.QName(e).localname for e in tree.iter(etree.Element)}
    assert {"svg", "details", "blockquote", "style"} <= tags
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "image", "use"}
    ids = [e.get("id") for e in tree.iter(etree.Element) if e.get("id")]
    assert len(ids) == len(set(ids))
    for e in tree.iter(etree.Element):
        for name, value in e.attrib.items():
            assert not name.startswith("on")
            assert name != "src"
            if name.endswith("href"):
                assert value.startswith("#"), value
                assert value[1:] in ids
    style = tree.findtext(".//style") or ""
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("page", [True, False])
def test_markup_in_a_report_is_shown_as_text(page: bool) -> None:
    nasty = "<script>alert(1)</script> [x](javascript:alert(2)) ![i](http://evil.test/i.png) | # `q` {{ 7 * 7 }}"
    told = replace(report("a", "2019-12-05", outlet=nasty), title=nasty, origin=nasty, url="javascript:alert(3)")
    entries = [
        entry(told, "round", nasty, number=4, city=nasty, venue=nasty, outcome="no-deal", said_by=[nasty]),
        entry(told, "position", nasty, side="us", act="demand", item=nasty),
        entry(told, "statement", nasty, speaker=nasty, side="us", role=nasty),
        entry(told, "appointment", nasty, person=nasty, role=nasty, side="us"),
        entry(told, "linkage", nasty, topic="other", stance="sought"),
    ]
    text = _made(entries, page=page)
    assert "<script" not in text
    assert "49" not in text
    if page:
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "javascript:alert(3)" not in re.sub(r">[^<]*<", "><", text)
        etree.fromstring(_as_xml(text))
    else:
        assert not re.search(r"(?<!\\)\]\((?!#s)", text)
        assert "&lt;script&gt;" in text


def test_the_same_in_the_same_out() -> None:
    assert _made(seeds(), page=True) == _made(list(reversed(seeds())), page=True)


def test_a_long_list_of_sources_is_cut_in_the_line_and_whole_behind_it() -> None:
    entries = [entry(report(f"r{i}", "2019-12-05"), "headcount", group="troops", number=28500) for i in range(9)]
    assert "+4" in _made(entries, page=True)
    assert "+4 more" in _made(entries, page=False)


def test_written_by_the_ending_of_the_path(tmp_path: Path) -> None:
    d: Any = dossier(seeds(), case(), as_of=END_OF_2019)
    assert brief.write(d, seeds(), case(), tmp_path / "b.html").read_text("utf-8").startswith("<!doctype html>")
    assert brief.write(d, seeds(), case(), tmp_path / "b.md").read_text("utf-8").startswith("# Cost sharing")
    with pytest.raises(BurdenshareError, match=r"\.html or \.md"):
        brief.write(d, seeds(), case(), tmp_path / "b.pdf")
    with pytest.raises(BurdenshareError, match="could not be written"):
        brief.write(d, seeds(), case(), tmp_path / "no" / "b.md")


def test_after_a_deal_positions_are_told_as_past() -> None:
    talks, made = report("a", "2020-02-02"), report("b", "2021-03-10")
    entries = [
        entry(talks, "position", side="us", act="demand", amount={"value": 5e9, "currency": "USD"}),
        entry(made, "settlement", years=6),
    ]
    assert _summary(entries, date(2021, 3, 31))[1] == (
        "Before the deal, the United States had asked for 5 billion dollars (one source); and no offer by South Korea "
        "was reported."
    )


def test_a_word_of_a_deal_is_no_deal_where_the_sides_went_on_talking() -> None:
    early, late = report("a", "2019-11-20"), report("b", "2019-12-05")
    rumour = entry(early, "settlement", "they had settled it", change={"percent": 10})
    round_ = entry(late, "round", "fourth round", number=4, outcome="no-deal", when="2019-12-03/2019-12-04")
    assert "have reached a deal" in _summary([rumour])[0]
    assert "have reached the 4th round" in _summary([rumour, round_])[0]
    assert "deal on" not in _summary([entry(early, "settlement", "some accord")])[0]
