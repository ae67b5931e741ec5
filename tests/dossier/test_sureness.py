"""The conditions an alarm has to meet: a plain slip is flagged, and no longer when one thing around it changes."""

from __future__ import annotations

import pytest

from burdenshare.dossier.checks import Check
from burdenshare.dossier.checks.sureness import CONDITIONS
from dossier.test_checks_planted import checked

DAY = "2019-04-06"
PAID = "South Korea paid {} won in 2018 for the upkeep of the American troops."


def _of(text: str, family: str, published: str = DAY) -> list[Check]:
    return [c for c in checked(text, published) if c.family == family]


def _flagged(text: str, family: str, published: str = DAY) -> bool:
    return any(c.wrong for c in _of(text, family, published))


def test_a_plain_slip_is_flagged() -> None:
    assert _flagged(PAID.format("1.3 trillion"), "contribution")


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (PAID.format("1.3 trillion"), "2019"),  # not dated to the month
        (PAID.format("1.3 trillion").replace("paid", "reportedly paid"), DAY),
        (PAID.format("1.3 trillion").replace("paid", "would have paid"), DAY),
        (PAID.format("1.3 trillion").replace("South Korea", "South Korea, like Germany,"), DAY),
        (PAID.format("1.3 trillion").replace("won in", "won, not 1.1 trillion won, in"), DAY),
        (PAID.format("950.7 billion"), DAY),  # the payment of the year before
        (PAID.format("371 billion"), DAY),  # what went to labour
        (PAID.format("4.2 trillion"), DAY),  # no slip gives it
    ],
)
def test_one_doubt_is_enough(text: str, published: str) -> None:
    assert not _flagged(text, "contribution", published)


def test_a_figure_of_another_year_is_named() -> None:
    found = _of(PAID.format("932 billion"), "contribution")
    assert any("but it may be 932 bn KRW agreed for 2015" in c.arithmetic for c in found)


def test_a_sum_later_than_the_report_is_no_excuse() -> None:
    # 1.5192 trillion won are agreed for 2026: in 2019 nobody could mean them, in 2024 the words may
    of = "South Korea paid 1.5192 trillion won in {} for the upkeep of the American troops."
    assert not _flagged(of.format(2024), "contribution", "2024-10-20")
    assert "2026" not in " ".join(c.arithmetic for c in _of(of.format(2019), "contribution", "2019-11-20"))


def test_a_share_of_a_sum_in_the_sentence_is_not_held_to_the_whole() -> None:
    text = "Seoul paid almost 95 percent of the 11 billion dollars that the base in South Korea cost."
    assert not _flagged(text, "share")


def test_every_condition_has_its_own_name_and_reason() -> None:
    names = [c.name for c in CONDITIONS]
    assert len(set(names)) == len(names)
    assert all(c.families for c in CONDITIONS)
