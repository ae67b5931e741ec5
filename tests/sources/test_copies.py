"""Copies of one report count as one; reports of one event do not."""

from __future__ import annotations

import random

from burdenshare.sources import group_copies, overlap, read_text, signature

WORDS = [
    "delegates",
    "allies",
    "capital",
    "bases",
    "offered",
    "percent",
    "official",
    "ministry",
    "statement",
    "planned",
    "month",
    "paid",
    "cost",
    "share",
    "talks",
    "round",
    "won",
    "dollars",
    "year",
    "troops",
    "demand",
]


def report(seed: int, sentences: int = 18) -> str:
    """A report of made-up sentences."""
    rng = random.Random(seed)
    return "\n\n".join(
        "The " + " ".join(rng.choice(WORDS) for _ in range(rng.randint(12, 20))) + " in the end."
        for _ in range(sentences)
    )


def sketch(text: str) -> tuple[int, ...]:
    return signature(read_text(text, origin="x"))


def edited(text: str, seed: int) -> str:
    """About one word in fifteen replaced."""
    rng = random.Random(seed)
    return " ".join(w if rng.random() > 1 / 15 or w.endswith(".") else "changed" for w in text.split(" "))


def test_syndicated_edited_retitled_and_shortened_reports_are_copies() -> None:
    first = report(1)
    versions = [
        first,
        "A wholly different headline for it\n\nBy Ann Lee\n\n" + first + "\n\nRelated stories\nHarbour reopens",
        edited(first, 2),
        "\n\n".join(first.split("\n\n")[:8]),
    ]
    groups = group_copies([*((i, sketch(v)) for i, v in enumerate(versions)), ("other", sketch(report(2)))])
    assert {groups[i] for i in range(4)} == {0}
    assert groups["other"] == "other"


def test_reports_that_quote_one_statement_are_not_copies() -> None:
    statement = report(3, sentences=4)
    one, two = sketch(report(4) + "\n\n" + statement), sketch(report(5) + "\n\n" + statement)
    assert 0 < overlap(one, two) < 0.4
    assert group_copies([("a", one), ("b", two)]) == {"a": "a", "b": "b"}


def test_many_copies_and_many_reports_are_told_apart() -> None:
    first = report(6)
    pairs = [(f"c{i}", sketch(edited(first, i))) for i in range(200)] + [
        (f"r{i}", sketch(report(100 + i))) for i in range(200)
    ]
    groups = group_copies(pairs)
    assert len({groups[k] for k, _ in pairs[:200]}) <= 3
    assert len({groups[k] for k, _ in pairs[200:]}) == 200


def test_a_signature_is_the_same_on_every_machine() -> None:
    assert sketch("The delegates of the two allies met in the capital on Tuesday to settle who pays.")[:2] == (
        253452495,
        387166965,
    )
