"""Costs: what the presence of the troops costs, whoever pays."""

from __future__ import annotations

from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.scene import Sentence

# English spellings this module looks for.
_AMOUNT_NOUNS = frozenset("level total amount sum figure".split())
_COST_NOUNS = frozenset("cost costs expense expenses upkeep".split())


def estimated(sentence: Sentence, m: Mention) -> bool:
    """ "the costs of operating the forces come to about 5 billion": a cost verb joins noun and sum."""
    if m.type != "money":
        return False
    verbs = [
        v
        for v in sentence.cues("cost")
        if 0 <= m.first - v.last <= 2 and v.value.form != "word" and v.value.word not in ("total", "cost")
    ]
    return any(
        v
        for v in verbs
        if any(n.value.word in _COST_NOUNS and 0 < v.first - n.last <= 12 for n in sentence.cues("cost-noun"))
    )


def is_cost(sentence: Sentence, m: Mention, governor: Mention | None) -> bool:
    """Whether a sum is what the presence costs, and no one is said to pay it."""
    if (
        governor is None
        or m.type != "money"
        or governor.value.concept not in ("cost", "cost-noun", "pay", "contribution-noun")
    ):
        return False
    clause = sentence.clauses[m.first]
    costs = [
        c
        for c in sentence.cues("cost")
        if sentence.clauses[c.first] == clause
        and 0 <= m.first - c.last <= 8
        and c.value.form != "word"
        and c.value.word not in ("total",)
    ]
    nouns = [
        c
        for c in sentence.cues("cost-noun")
        if abs(sentence.clauses[c.first] - clause) <= 1 and c.last <= m.first and m.first - c.last <= 14
    ]
    if any(
        c.value.word not in _AMOUNT_NOUNS and c.last <= m.first and m.first - c.last <= 18
        for c in sentence.cues("contribution-noun")
    ):
        return False
    payers = [
        c
        for c in sentence.cues("pay")
        if sentence.clauses[c.first] == clause and c.value.word not in ("meet", "cover", "spend")
    ]
    if costs and any(c.value.word in ("cost",) for c in costs):
        return not payers
    return bool(costs and nouns and not payers)
