"""Percentages, multiples, periods, caps and rules of growth as the values a claim carries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from burdenshare.money import Change, Growth, Range
from burdenshare.reading.mentions.mention import Mention, Number
from burdenshare.reading.rules.grammar import clause_bounds, years_of
from burdenshare.reading.scene import Sentence


def figure(value: Number) -> float | Range:
    """A number as a claim carries it: a range where the words give one, in the unit of its mention."""
    return value.low if value.low == value.high else Range(value.low, value.high)


def change_of(mention: Mention, *, cut: bool) -> Change | None:
    """A percentage or multiple mention as a change; a cut is negative."""
    number: Number = mention.value
    sign = -1 if cut else 1
    bound = number.bound if number.bound != "exact" else None
    if mention.type == "percent":
        value: float | Range = (
            sign * number.low
            if number.low == number.high
            else (Range(-number.high, -number.low) if cut else Range(number.low, number.high))
        )
        return Change(percent=value, bound=bound)
    return Change(multiple=figure(number), bound=bound)


def is_change(sentence: Sentence, m: Mention) -> bool:
    """Whether a percentage is a rise or cut (and not a share of something)."""
    if m.type == "multiple":
        return True
    norms = sentence.norms
    after = norms[m.last : m.last + 4]
    before = norms[max(0, m.first - 6) : m.first]
    if before[-1:] == ["of"] and any(0 <= m.first - 1 - c.last <= 1 for c in sentence.cues("more", "less")):
        return True
    if after[:1] == ["of"] and not sentence.near("more", m.last, m.last + 3):
        return False
    return (
        after[:1] in (["above"], ["higher"], ["below"])
        or sentence.near("more", m.last, m.last + 3)
        or sentence.near("less", m.last, m.last + 3)
        or sentence.near("raise", m.first - 9, m.last + 3)
        or sentence.near("cut", m.first - 9, m.last + 3)
        or sentence.near("more", m.first - 7, m.first)
        or sentence.near("less", m.first - 6, m.first)
        or "up" in before[-2:]
        or "down" in before[-2:]
        or "up" in after[:1]
        or (before[-1:] == ["or"] and not _MOVED.isdisjoint(before))
        or "by" in before[-2:]
    )


def moved_by(sentence: Sentence, m: Mention) -> Change | None:
    """ "up 46.6 billion yen compared with ...": a sum that is itself the change; None where it is not."""
    word = sentence.norms[m.first - 1] if m.first else ""
    if any(c.last == m.first for c in sentence.cues("pay")):
        return None  # "put up 200 million dollars"
    if m.type != "money" or m.value.value is None:
        return None
    lowered = _lowered(sentence, m)
    if word not in _MOVED and not lowered:
        return None
    value = -m.value.value if word == "down" or lowered else m.value.value
    return Change(amount=replace(m.value, value=value, also=()))


def _lowered(sentence: Sentence, m: Mention) -> bool:
    """ "a cut of 3.3 billion yen", "will be reduced by 800 million", "cut 87 million dollars in support"."""
    word = sentence.norms[m.first - 1] if m.first else ""
    if word == "of":
        return any(c.last == m.first - 1 for c in sentence.cues("less"))
    if word == "by":
        return any(0 <= m.first - 1 - c.last <= 3 for c in sentence.cues("cut"))
    direct = any(c.last == m.first and c.value.form in ("base", "gerund") for c in sentence.cues("cut"))
    return direct and sentence.norms[m.last : m.last + 1] in (["in"], ["from"], ["off"])


def is_cut(sentence: Sentence, m: Mention) -> bool:
    """Whether a percentage or multiple is a cut and no rise."""
    if sentence.near("raise", m.first - 8, m.first) or sentence.near("more", m.first - 3, m.last + 3):
        return False
    return (
        sentence.near("cut", m.first - 6, m.last + 2)
        or sentence.near("less", m.last, m.last + 3)
        or "down" in sentence.norms[max(0, m.first - 2) : m.first]
        or (sentence.norms[m.first - 1] == "or" and "down" in sentence.norms[max(0, m.first - 6) : m.first])
        or sentence.near("less", m.first - 4, m.first)
    ) and not sentence.near("more", m.first - 4, m.last + 4)


def changes_in(sentence: Sentence, mine: list[Mention]) -> dict[str, Any]:
    """The first change and the first share (in percent) among mentions, as the fields of a claim."""
    out: dict[str, Any] = {}
    for x in mine:
        if x.type in ("percent", "multiple") and is_change(sentence, x) and "change" not in out:
            out["change"] = change_of(x, cut=is_cut(sentence, x))
        elif x.type in ("percent", "share") and "share_percent" not in out and not is_change(sentence, x):
            out["share_percent"] = figure(x.value)
    return out


_MOVED = frozenset({"up", "down"})
_YEARLY = frozenset({"annual", "annually", "yearly"})


def period_of(sentence: Sentence, m: Mention) -> str | None:
    """The period a sum is for: "year", "month" or "5 years"; None where the words name none."""
    after = sentence.norms[m.last : m.last + 4]
    before = sentence.norms[max(0, m.first - 8) : m.first]
    _, last = clause_bounds(sentence, m.first)
    if not _YEARLY.isdisjoint([*before, *after, *sentence.norms[m.last : min(last, m.last + 12)]]):
        return "year"
    if len(after) > 1 and after[0] in ("a", "per", "each", "every") and after[1] in ("year", "month"):
        return after[1]
    for d in sentence.of("duration"):
        if 0 <= d.first - m.last <= 4 and sentence.norms[d.first - 1] in ("over", "for", "the", "in"):
            years = years_of(d)
            if years and years > 1:
                return f"{years:g} years"
    return None


# English spellings this module looks for.
_CEILING = frozenset("cap caps capped top exceed limit limited ceiling above maximum".split())


def caps_in(sentence: Sentence) -> list[Mention]:
    """Percentages that bound a yearly rise: "capped at 4 percent", "may not exceed 4 percent a year"."""
    return [
        m
        for m in sentence.of("percent")
        if _CEILING & set(sentence.norms[max(0, m.first - 6) : m.last + 4]) or m.value.bound == "up-to"
    ]


def growth_rule(sentence: Sentence) -> Growth | None:
    """The rule for later years that a sentence gives, or None."""
    if sentence.has("defence-budget") and sentence.has("raise", "more", "last") and not sentence.has("unspent"):
        return Growth("defence-budget")
    caps = caps_in(sentence)
    cap = caps[0].value.low if caps else None
    if sentence.has("cpi"):
        return Growth("cpi", cap_percent=cap)
    yearly = {"annual", "annually", "yearly", "year", "each"} & set(sentence.norms)
    if cap is not None and yearly and sentence.has("more", "raise"):
        return Growth("other", cap_percent=cap)
    return None
