"""What reports on other cases say in their own way, each in a sentence of ours."""

from __future__ import annotations

from typing import Any

import pytest

from burdenshare.case import load
from burdenshare.reading import read
from burdenshare.reading.claim import to_json
from burdenshare.sources import read_text

ALLIES = (
    "NATO allies spend too little on defence, the United States says. The NATO goal of military spending is old.\n\n"
)
JAPAN = "Japan and the United States share the cost of hosting US forces in Japan. Tokyo pays host nation support.\n\n"
GERMANY = (
    "Germany pays part of the cost of US troops in Germany, the United States says. Germany hosts American troops.\n\n"
)


def _claims(case: str, words: str) -> list[dict[str, Any]]:
    lead = {"nato-spending": ALLIES, "us-japan-hns": JAPAN, "us-germany": GERMANY}[case]
    text = "BRUSSELS, June 10, 2024 -- " + lead + words + "\n"
    document = read_text(text, origin="own.txt", case=load(case))
    return [j for c in read(document, load(case)).claims if (j := to_json(c))["start"] >= text.index(words)]


@pytest.mark.parametrize(
    ("case", "words", "kind", "fields"),
    [
        (
            "nato-spending",
            "Portugal plans to reach 2 percent of GDP by 2030.",
            "term",
            {"event": "target", "when": "2030"},
        ),
        ("nato-spending", "Norway will meet the 2 percent target this year.", "contribution", {"side": "norway"}),
        (
            "nato-spending",
            "Italy spent 1.5 percent of GDP, or 33 billion euros, in 2023.",
            "contribution",
            {"side": "italy", "share_percent": 1.5},
        ),
        (
            "nato-spending",
            "President Donald Trump said the allies must pay 4 percent of GDP.",
            "position",
            {"side": "us", "act": "demand"},
        ),
        ("us-japan-hns", "Japan asked for a cut of 5 billion yen.", "position", {"side": "japan", "act": "demand"}),
        (
            "us-japan-hns",
            "About 20,000 Japanese work at the bases.",
            "headcount",
            {"group": "local-employees", "number": 20000},
        ),
        (
            "us-germany",
            "The plan would cut U.S. troop levels from 30,000 to 20,000.",
            "headcount",
            {"group": "troops", "number": 30000},
        ),
    ],
)
def test_what_is_read(case: str, words: str, kind: str, fields: dict[str, Any]) -> None:
    found = [c for c in _claims(case, words) if c["kind"] == kind]
    assert any(all(c.get(k) == v for k, v in fields.items()) for c in found), found


@pytest.mark.parametrize(
    ("case", "words", "kind"),
    [
        ("nato-spending", "The allies still argue about the 5 percent goal.", "contribution"),
        ("us-germany", "The United States will withdraw 9,000 troops.", "headcount"),
        ("us-japan-hns", "Special agreements are usually signed for five years.", "term"),
        ("us-japan-hns", "Japan denied a request to pay more.", "position"),
        ("us-japan-hns", "Negotiations on a new special agreement began in March.", "round"),
    ],
)
def test_what_is_not(case: str, words: str, kind: str) -> None:
    assert [c for c in _claims(case, words) if c["kind"] == kind] == []


def test_support_us_is_no_call_for_donations_where_us_is_a_country() -> None:
    words = "Germany gave 240 million euros in seven years to support US troops in the country."
    assert [c["side"] for c in _claims("us-germany", words) if c["kind"] == "contribution"] == ["germany"]
