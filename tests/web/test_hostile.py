"""Reports made to do harm are shown as text."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from tests.web.conftest import CASE, NOW, Bench

from burdenshare import edtf
from burdenshare.reading.claim import Statement
from burdenshare.reading.result import Reading
from burdenshare.record import Intake, Method
from burdenshare.sources import Document, Published, Stretch
from burdenshare.web.visible import visible

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "svg": "<svg onload=alert(1)><image href=x onerror=alert(2)></svg>",
    "attribute": '" onmouseover="alert(1)" x="',
    "single": "' autofocus onfocus='alert(1)",
    "close": "</blockquote></main></html><iframe src=data:text/html,x></iframe>",
    "data": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "template": "{{ 7 * 191 }}{% for x in y %}",
    "direction": "paid \u202e000,000,5\u202c dollars \u2066hidden\u2069",
    "control": "a\x07b\x1b[31mred\u200bwidth\ufeff",
    "csrf": "0123456789csrf-token-goes-here",
}


class Found(HTMLParser):
    """Tags that no page of ours has, and attributes that run."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("iframe", "object", "embed", "image", "base"):
            self.bad.append(tag)
        self.bad += [f"{tag} {k}" for k, _ in attrs if k.startswith("on")]
        followed = [v or "" for k, v in attrs if k in ("href", "src", "action", "formaction", "srcset")]
        self.bad += [v for v in followed if v.startswith(("javascript:", "data:"))]
        if tag == "script" and not str(dict(attrs).get("src", "")).startswith("/static/"):
            self.bad.append("script")


def keep(bench: Bench, attack: str, *, words: str | None = None) -> str:
    """A report that holds the attack wherever a report can: text, title, outlet, byline, address, speaker."""
    text = words or f"{attack} The round ended in Seoul. {attack}"
    document = Document(
        text, (Stretch(0, len(text), "body"),), f"{attack[:60]}.txt", title=attack[:200], outlet=attack[:200],
        byline=attack[:200], url=f"javascript:{attack[:50]}", lang="en",
        published=Published(edtf.parse("2020-05-01"), "byline", (attack[:200],)),
    )  # fmt: skip
    claim = Statement(
        case=CASE, source=document.id, start=0, end=min(len(text), 40), quote=text[: min(len(text), 40)],
        speaker=attack[:200], role=attack[:200], side="us", said_by=(attack[:200],), direct=True,
    )  # fmt: skip
    bench.record.keep([Intake(document, Reading((claim,)), Method(CASE, "r"), document)], at=NOW)
    bench.record.review(claim.id, "correct", who=attack[:80], why=attack[:200], at=NOW, fields={"role": attack[:50]})
    return document.id


@pytest.mark.parametrize("name", ATTACKS)
def test_what_a_report_holds_is_only_ever_text(bench: Bench, name: str) -> None:
    attack = ATTACKS[name]
    report = keep(bench, attack)
    claim = next(e.id for e in bench.record.entries(case=CASE, source=report))
    paths = (
        "", "/reports", f"/reports/{report}", "/review", f"/claims/{claim}", f"/items/statements/{claim}",
        "/search?q=round",
        "/brief", "/rounds", "/changes?since=2020-01-01",
    )  # fmt: skip
    for path in paths:
        answer = bench.get(path)
        assert answer.status_code == 200, path
        found = Found()
        found.feed(answer.text)
        assert found.bad == [], path
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x07\x1b]", answer.text), path
        assert "1337" not in re.sub(r"<svg.*?</svg>", "", answer.text, flags=re.DOTALL), path
    shown = bench.get(f"/reports/{report}").text
    if name == "direction":
        assert "⟦U+202E⟧" in shown
    if name == "script":
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "javascript:" not in re.sub(r"<(?:bdi|span|a|p|blockquote|dd)[^>]*>[^<]*", "", shown)


def test_five_megabytes_of_one_word_are_shown_in_parts(bench: Bench) -> None:
    text = "a" * 5_000_000
    report = keep(bench, "plain", words=text)
    begun = time.monotonic()
    first = bench.get(f"/reports/{report}")
    last = bench.get(f"/reports/{report}?at=4990000")
    assert first.status_code == last.status_code == 200
    assert len(first.content) < 300_000
    assert "a" * 1000 in last.text
    assert time.monotonic() - begun < 60  # a bound, not a measure: nothing grows with the square
    for path in ("/reports", "/search?q=aaaa*", "/review", "/brief"):
        answer = bench.get(path)
        assert answer.status_code == 200
        assert len(answer.content) < 300_000


def test_a_spreadsheet_is_given_no_formula(bench: Bench) -> None:
    keep(bench, "=HYPERLINK(1)")
    for line in bench.get("/downloads/reports.csv").text.splitlines():
        assert not re.search(r'(^|,)"?=', line)


def test_only_what_is_hidden_is_changed() -> None:
    plain = "방위비 분담금 \n\t “quoted” é ﷲ עברית"
    assert visible(plain) == plain
    assert visible("a\u202eb") == "a⟦U+202E⟧b"
