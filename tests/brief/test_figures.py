"""The verdicts in the briefing: a mark beside a figure, the arithmetic one click away, what to be careful with."""

from __future__ import annotations

import re
from datetime import date

import pytest
from lxml import etree

from burdenshare import brief
from burdenshare.dossier import dossier
from burdenshare.dossier.checks import Check, Held, Verdict
from burdenshare.record import Entry
from dossier.cases import case, entry, report, seeds

END_OF_2019 = date(2019, 12, 31)


def _check(of: Entry, verdict: Verdict, arithmetic: str, *held: Held) -> Check:
    return Check(
        of.id, of.report.id, of.claim.quote, of.claim.kind, "amount", "contribution", verdict, arithmetic, held
    )


def _checks(entries: list[Entry]) -> list[Check]:
    """One check of each verdict on claims that the briefing shows."""
    of = {e.claim.quote: e for e in entries}
    white_paper = Held("960.2 bn KRW agreed for 2018", "wp", "A white paper", "Figures", "https://example.org/")
    return [
        _check(of["1 billion dollars last year"], "rounded", "960.2 bn KRW = 872.8 mn USD", white_paper),
        _check(of["28,500 American troops"], "consistent", "two other reports count the same"),
        _check(of["the envoy named a price of 4.7 billion dollars"], "off", "4.7 / 1 = 4.7 times, not 9"),
        _check(of["wants close to 5 billion dollars"], "cannot be checked", "a position is not wrong for its size"),
    ]


def _page(checks: list[Check] | None, entries: list[Entry]) -> str:
    return brief.html(dossier(entries, case(), as_of=END_OF_2019), entries, case(), checks=checks)


def _markdown(checks: list[Check] | None, entries: list[Entry]) -> str:
    return brief.markdown(dossier(entries, case(), as_of=END_OF_2019), entries, case(), checks=checks)


def test_the_wrong_and_the_rounded_are_listed_with_their_arithmetic() -> None:
    text = _markdown(_checks(seeds()), seeds())
    section = text.partition("## Figures to be careful with")[2].partition("\n## ")[0]
    assert "4.7 / 1 = 4.7 times, not 9" in section
    assert "960.2 bn KRW = 872.8 mn USD" in section
    assert "A white paper" in section
    assert "two other reports" not in section
    assert "not wrong for its size" not in section
    assert section.index("times, not 9") < section.index("872.8 mn USD")  # the wrong ones first


def test_a_mark_leads_to_its_arithmetic_in_markdown() -> None:
    text = _markdown(_checks(seeds()), seeds())
    cited = set(re.findall(r"\S\[\^(c\d+)\]", text))
    notes = dict(re.findall(r"^\[\^(c\d+)\]: (.*)$", text, re.M))
    assert cited == set(notes) != set()
    troops = next(line for line in text.splitlines() if line.startswith("- **Troops stationed.**"))
    mark = re.search(r"✓\[\^(c\d+)\]", troops)
    assert mark
    assert "two other reports count the same" in notes[mark[1]]


def test_a_mark_opens_its_arithmetic_on_the_page() -> None:
    page = _page(_checks(seeds()), seeds())
    tree = etree.fromstring(
        re.sub(r"<(meta|br|link)([^>]*?)/?>", r"<\1\2/>", page).replace("<!doctype html>", "").encode()
    )
    opened = {
        d.findtext("summary/span"): " ".join("".join(d.find("div").itertext()).split())
        for d in tree.iter("details")
        if "chk" in (d.get("class") or "").split()
    }
    assert "960.2 bn KRW = 872.8 mn USD" in opened["≈"]
    assert "not 9" in opened["✗"]
    assert "two other reports" in opened["✓"]
    assert "script" not in {etree.QName(e).localname for e in tree.iter(etree.Element)}


def test_without_checks_the_briefing_says_nothing_of_them() -> None:
    for text in (_page(None, seeds()), _markdown(None, seeds())):
        assert "careful with" not in text
        assert "✓" not in text


def test_checks_that_found_nothing_wrong_say_so() -> None:
    text = _markdown([c for c in _checks(seeds()) if c.verdict == "consistent"], seeds())
    assert "No figure that could be checked was found to be wrong. One figure checked." in text


@pytest.mark.parametrize("page", [True, False])
def test_markup_in_what_a_check_says_is_shown_as_text(page: bool) -> None:
    told = entry(report("a", "2019-12-05"), "headcount", "<b>5</b> troops", group="troops", number=5)
    check = _check(told, "contradicted", "<script>x</script> [y](javascript:z)", Held("<i>", "s", "<u>Outlet</u>"))
    text = (_page if page else _markdown)([check], [told])
    assert "<script>" not in text
    assert "<u>" not in text
    assert page or not re.search(r"(?<!\\)\]\((?!#s)", text)
