"""Planted figures: every wrong one is flagged, and the same report with the right one is not."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from burdenshare import case as cases
from burdenshare.case import Case
from burdenshare.dossier.checks import Check, checks
from burdenshare.reading import read
from burdenshare.record import Entry, Report
from burdenshare.sources import read_text


def _written(name: str, lang: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return {section: [{"lang": lang, **p} for p in some] for section, some in found.items()}


ENGLISH, KOREAN = _written("planted.toml", "en"), _written("planted_ko.toml", "ko")
PAIRS = [*ENGLISH["pair"], *KOREAN["pair"]]
TRUE = [*ENGLISH["true"], *KOREAN["true"]]
ROK = "us-rok-sma"
LEADS = {
    ROK: "South Korea and the United States hold talks on sharing the cost of the American troops in South Korea.",
    "us-japan-hns": "Japan and the United States hold talks on host-nation support for the American troops in Japan.",
    "us-germany": "Germany and the United States talk about the cost of the American troops in Germany.",
    "nato-spending": "NATO allies talk about defence spending and the alliance's target for burden sharing.",
}
KOREAN_LEAD = "한국과 미국이 주한미군 방위비 분담금 협상을 벌이고 있다."


@cache
def _case(name: str) -> Case:
    return cases.load(name)


def checked(text: str, published: str, name: str = ROK, lang: str = "en") -> tuple[Check, ...]:
    """A report read and checked on its own."""
    case = _case(name)
    lead = KOREAN_LEAD if lang == "ko" else LEADS[name]
    document = read_text(f"{lead}\n\n{text}\n", origin="report.txt", case=case, published=published)
    of = Report(document.id, "report.txt", "", "The Daily", "", "", lang, document.published, document.id)
    entries = [Entry(c.id, c, of) for c in read(document, case).claims]
    return checks(entries, case, documents={document.id: document})


def _told(found: tuple[Check, ...]) -> list[tuple[Any, ...]]:
    return [(c.family, c.verdict, c.quote, c.arithmetic) for c in found]


def _name(planted: dict[str, str]) -> str:
    return f"{planted.get('family', 'true')} {planted['published']} {planted.get('wrong', planted['text'][:20])}"


def _checked(planted: dict[str, str], figure: str = "") -> tuple[Check, ...]:
    text = planted["text"].format(figure) if figure else planted["text"]
    return checked(text, planted["published"], planted.get("case", ROK), planted["lang"])


@pytest.mark.parametrize("planted", [p for p in PAIRS if "passed_over" not in p], ids=_name)
def test_a_planted_figure_is_flagged(planted: dict[str, str]) -> None:
    found = _checked(planted, planted["wrong"])
    assert planted["family"] in {c.family for c in found if c.wrong}, _told(found)


@pytest.mark.parametrize("planted", [p for p in PAIRS if "passed_over" in p], ids=_name)
def test_a_figure_passed_over_says_why(planted: dict[str, str]) -> None:
    found = [c for c in _checked(planted, planted["wrong"]) if c.family == planted["family"]]
    assert {c.verdict for c in found} == {"cannot be checked"}, _told(found)
    assert any("; but " in c.arithmetic for c in found), _told(found)


@pytest.mark.parametrize("planted", PAIRS, ids=_name)
def test_the_same_report_with_the_right_figure_is_not(planted: dict[str, str]) -> None:
    found = _checked(planted, planted["right"])
    assert not [c for c in found if c.wrong], _told(found)
    assert {c.verdict for c in found if c.family == planted["family"]} & {"consistent", "rounded"}, _told(found)


@pytest.mark.parametrize("planted", TRUE, ids=_name)
def test_a_true_passage_is_not_called_wrong(planted: dict[str, str]) -> None:
    found = _checked(planted)
    assert not [c for c in found if c.wrong], _told(found)


@pytest.mark.parametrize("planted", ENGLISH["open"], ids=_name)
def test_words_of_something_else_confirm_nothing(planted: dict[str, str]) -> None:
    found = _checked(planted)
    assert {c.verdict for c in found if c.family == planted["family"]} <= {"cannot be checked"}, _told(found)
