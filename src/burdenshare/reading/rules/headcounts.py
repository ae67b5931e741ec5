"""Headcounts: troops stationed, local employees, people furloughed."""

from __future__ import annotations

from typing import Any

from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.countries import countries
from burdenshare.reading.mentions.mention import Mention, Number
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import name_of
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_LEADING = frozenset("presence of force a maintains the about".split())
_LEVEL_AFTER = frozenset("to , . ;".split())
_OF_A_WHOLE = frozenset("the its their these those".split())
_BETWEEN = frozenset(", . ; and billion million".split())


def headcounts(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """Drafts of headcounts in a sentence: a number with troops or employees within a few words."""
    out: list[Draft] = []
    taken = {t for m in sentence.of("money", "date", "percent") for t in range(m.first, m.last)}
    for m in sentence.of("number"):
        number: Number = m.value
        if m.first in taken or number.high < 100 or number.low != int(number.low) or number.high > 2e6:
            continue
        group, last = _group(sentence, m, frame.stationing)
        if group is None:
            group, last = _level(sentence, m)
        if group == "troops" and _on_the_move(sentence, m, last):
            continue
        if group is None or not _of_case(scene, sentence, m, last):
            continue
        first = m.first
        if sentence.norms[first - 1 : first] in (["the"], ["its"], ["their"]):
            first -= 1
        while first > 0 and sentence.norms[first - 1] in _LEADING and m.first - first < 4:
            first -= 1
        fields: dict[str, Any] = {"group": group, "bound": number.bound if number.bound != "exact" else None}
        if number.value is not None:
            fields["number"] = int(number.value)
        else:
            fields["low"], fields["high"] = int(number.low), int(number.high)
        out.append(draft("headcount", sentence, first, last, **fields))
    return out


def _group(sentence: Sentence, m: Mention, stationing: str | None) -> tuple[str | None, int]:
    """The people a number counts and the token after their words; None where it counts no one of the case."""
    following = sentence.norms[m.last : m.last + 8]
    for verb in sentence.cues("furlough"):
        if (
            0 < verb.first - m.last <= 8
            and verb.value.form in ("participle", "past")
            and not any(x.type == "number" and m.last <= x.first < verb.first for x in sentence.mentions)
            and any(n in ("were", "was", "been", "be") for n in following)
        ):
            return "furloughed", verb.last
    for cue in sorted([*sentence.cues("workers"), *sentence.cues("troops")], key=lambda c: c.first):
        if m.last <= cue.first < m.last + 7 and _BETWEEN.isdisjoint(sentence.norms[m.last : cue.first]):
            return _counted(sentence, m, cue, stationing), _tail(sentence, cue.last)
    for n in sentence.of("name"):
        stationed = any(0 <= c.first - n.last <= 4 for c in sentence.cues("stationed"))
        if name_of(n).party == stationing and (
            (0 <= n.first - m.last <= 1 and stationed)
            or (n.first == m.last and "serve" in sentence.norms[n.last : n.last + 4])
        ):
            return "troops", _tail(sentence, n.last)
    for n in sentence.of("name"):
        if n.first == m.last and name_of(n).party not in (None, stationing):
            at = sentence.norms[n.last : n.last + 2]
            if at[:1] in (["work"], ["works"], ["worked"]) or at == ["are", "employed"]:
                return "local-employees", n.last  # "25,400 Japanese work at the bases"
    return _group_without_cue(sentence, m)


def _level(sentence: Sentence, m: Mention) -> tuple[str | None, int]:
    """ "cut troop levels from 36,000 to 24,000": the level that a change begins at."""
    if sentence.norms[m.first - 1 : m.first] != ["from"] and sentence.norms[m.first - 2 : m.first] != ["from", "about"]:
        return None, m.last
    if sentence.norms[m.last : m.last + 1] and sentence.norms[m.last] not in _LEVEL_AFTER:
        return None, m.last
    counted = any(0 < m.first - c.last <= 10 for c in sentence.cues("troops"))
    moved = any(0 < m.first - c.last <= 14 for c in sentence.cues("cut", "raise", "withdraw-troops", "move-people"))
    return ("troops", m.last) if counted and moved else (None, m.last)


def _on_the_move(sentence: Sentence, m: Mention, last: int) -> bool:
    """ "pull nearly 12,000 troops", "11,900 personnel will be moved": a part that comes or goes, not who is there.

    A number with "the" or "its" before it ("some of the 28,500 troops") is of the whole.
    """
    before = sentence.norms[max(0, m.first - 2) : m.first]
    if not _OF_A_WHOLE.isdisjoint(before):
        return False
    first = sentence.clauses[m.first]
    for c in sentence.cues("move-people"):
        near = 0 <= m.first - c.last <= 2 or 0 <= c.first - last <= 4
        if near and sentence.clauses[c.first] == first:
            return True
    return before[-1:] == ["of"] and "withdrawal" in sentence.norms[max(0, m.first - 3) : m.first]


def _counted(sentence: Sentence, m: Mention, cue: Mention, stationing: str | None) -> str:
    """The group that a cue of workers or troops just after a number names."""
    if cue.value.concept == "troops":
        return "troops"
    of_the_forces = cue.value.word in ("employees", "staff", "nationals") and any(
        name_of(x).party == stationing for x in sentence.of("name") if m.last <= x.first < cue.first
    )
    if of_the_forces:
        return "troops"
    return "furloughed" if sentence.near("furlough", m.first - 5, m.first + 1) else "local-employees"


def _group_without_cue(sentence: Sentence, m: Mention) -> tuple[str | None, int]:
    """ "a force of 28,500", "a payroll of 8,700", "9,000 of them work", "close to nine thousand in number"."""
    following = sentence.norms[m.last : m.last + 8]
    before = sentence.norms[max(0, m.first - 2) : m.first]
    if before[1:] == ["of"] and before[0] in ("force", "presence", "garrison", "contingent", "strength"):
        return "troops", _tail(sentence, m.last)
    if before[1:] == ["of"] and before[0] in ("payroll", "workforce", "staff"):
        return "local-employees", m.last
    if following[:1] == ["people"] and any(n in ("pay", "wages", "salaries", "payroll") for n in following):
        return "local-employees", m.last + 1
    if following[:2] in (["of", "them"], ["of", "whom"]) and any(
        n in ("work", "worked", "employed", "works") for n in following
    ):
        return "local-employees", m.last + 2
    # "the workforce of 8,700", "local staff numbering 9,000"
    if following[:2] == ["in", "number"] or any(
        0 <= m.first - cue.last <= 2 and sentence.norms[cue.last : cue.last + 1] in (["of"], [","], ["numbering"])
        for cue in sentence.cues("workers")
    ):
        return "local-employees", m.last
    return None, m.last


def _tail(sentence: Sentence, last: int) -> int:
    for cue in sentence.cues("stationed"):
        if cue.first - last <= 2 and cue.first >= last:
            for m in sentence.of("name"):
                if 0 <= m.first - cue.last <= 3:
                    return m.last
            return cue.last
    return last


def _of_case(scene: Scene, sentence: Sentence, m: Mention, last: int) -> bool:
    """Whether the people counted are this case's: not a neighbour's army, not another host's garrison."""
    near = [x for x in sentence.of("name") if m.first - 3 <= x.first < last + 5]
    if any(name_of(x).party for x in near):
        return True
    # A country the case names without a side ("North Korea"), or any other country of the world.
    if any(name_of(x).kind == "place" and scene.case.places[name_of(x).ref].kind == "country" for x in near):
        return False
    around = sentence.tokens[max(0, m.first - 3) : min(len(sentence.tokens), last + 5)]
    return not any(t.raw[0].isupper() and t.norm.lower() in countries(scene.lang) for t in around)
