"""Consequences of no deal: furloughs, a lapse, stop-gaps."""

from __future__ import annotations

from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import clause_bounds, date_in, name_of, negated
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_ONLY_OF_WORKERS = frozenset(
    {"suspend from work", "send home", "stand down", "days notice", "months notice", "dismissal", "layoffs", "layoff"}
)
_BEFORE_NOUN = frozenset("the this that a complete partial of for at".split())
_FUNDS = frozenset("funds money funding wages".split())
_FUNDING = frozenset({"fund", "finance", "pay", "cover", "put up", "go to"})
_GOING = frozenset("went sent placed put gone go faced face".split())


def _under_way(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a furlough named as a noun begins, is announced or would come, and is not only spoken of."""
    window = range(first, last)
    if any(m.first in window for m in sentence.cues("begin", "notify", "notice", "end")):
        return True
    if any(m.first in window for m in sentence.cues("future", "conditional")) and not sentence.has("statement"):
        return any(m.first in window for m in sentence.cues("begin", "take-effect", "workers", "notice"))
    return not _GOING.isdisjoint(sentence.norms[first:last]) and sentence.has("workers")


def consequences(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """Drafts of consequences in a sentence, one a clause."""
    seen: set[int] = set()  # clauses that have their consequence; every step adds its own
    out = _furloughs(sentence, seen)
    out += _lapses(sentence, seen)
    out += [] if out else _paid_for_now(frame, sentence, seen)
    out += _stop_gaps(sentence, seen)
    out += _run_out(sentence, seen)
    out += _suspended(sentence, seen)
    return out


def _furloughs(sentence: Sentence, seen: set[int]) -> list[Draft]:
    out: list[Draft] = []
    cues = [m for c in ("furlough", "furlough-noun", "return", "return-noun") for m in sentence.cues(c)]
    for cue in sorted(cues, key=lambda c: (c.first, -c.last)):
        clause = sentence.clauses[cue.first]
        if clause in seen or not _is_furlough(sentence, cue):
            continue
        seen.add(clause)
        out.append(_furlough(sentence, cue))
    return out


def _is_furlough(sentence: Sentence, cue: Mention) -> bool:
    """Whether a cue of leave or return speaks of the workers' furlough, and of one that happens or would."""
    of_workers = cue.value.concept in ("return", "return-noun") or cue.value.word in _ONLY_OF_WORKERS
    if of_workers and not sentence.has("workers"):
        return False
    noun = cue.value.concept == "furlough-noun" and "leave" not in cue.value.word
    verb_as_noun = (
        cue.value.concept == "furlough"
        and cue.value.form == "base"
        and cue.first > 0
        and sentence.norms[cue.first - 1] in _BEFORE_NOUN
    )
    return not (noun or verb_as_noun) or _under_way(sentence, *clause_bounds(sentence, cue.first))


def _furlough(sentence: Sentence, cue: Mention) -> Draft:
    first, last = clause_bounds(sentence, cue.first)
    ahead = sentence.near("conditional", first, last) or sentence.near("future", first, last)
    when, inferred, _ = date_in(sentence, first, last, ahead=ahead)
    happened = not ahead and not sentence.has("threaten", "notice", "notify")
    if cue.value.concept in ("return", "return-noun"):
        stage = "end"
    elif sentence.has("notice", "notify"):
        stage = "notice"
    else:
        stage = "start" if happened else "threat"
    counts = [n for n in sentence.of("number") if n.value.value and first <= n.first < last and n.value.value >= 100]
    return draft(
        "consequence",
        sentence,
        first,
        last,
        effect="furlough",
        stage=stage,
        group="local-employees",
        number=int(counts[0].value.value) if counts else None,
        when=when,
        condition=None if happened else "no-deal",
        inferred=["when"] if inferred else (),
    )


def _lapses(sentence: Sentence, seen: set[int]) -> list[Draft]:
    """ "an agreement-free state", "a gap in the agreement"."""
    out: list[Draft] = []
    about = sentence.has("agreement-noun") or any(name_of(m).kind == "series" for m in sentence.of("name"))
    for cue in sentence.cues("lapse-noun") if about else ():
        clause = sentence.clauses[cue.first]
        if clause in seen or (cue.value.word == "gap" and not sentence.near("agreement-noun", cue.first, cue.last + 4)):
            continue
        seen.add(clause)
        first, last = clause_bounds(sentence, cue.first)
        out.append(draft("consequence", sentence, first, last, effect="lapse"))
    return out


def _paid_for_now(frame: Frame, sentence: Sentence, seen: set[int]) -> list[Draft]:
    """ "will fund the wages until September": one side pays for the other for a while."""
    funded = [c for c in sentence.cues("pay") if c.value.word in _FUNDING]
    if not funded or not sentence.has("labour", "workers"):
        return []
    for_a_while = (
        any(d.value.until or d.value.shape == "end" for d in sentence.of("date"))
        or "leftover" in sentence.norms
        or any(
            name_of(n).party == frame.stationing and sentence.norms[n.last : n.last + 1] == ["funds"]
            for n in sentence.of("name")
        )
    )
    if not for_a_while:
        return []
    seen.add(sentence.clauses[funded[0].first])
    first, last = clause_bounds(sentence, funded[0].first)
    return [draft("consequence", sentence, first, last, effect="stop-gap", group="local-employees")]


def _stop_gaps(sentence: Sentence, seen: set[int]) -> list[Draft]:
    out: list[Draft] = []
    for cue in sentence.cues("stop-gap") if sentence.has("labour", "workers") else ():
        clause = sentence.clauses[cue.first]
        if clause in seen or negated(sentence, cue.first):
            continue
        seen.add(clause)
        first, last = clause_bounds(sentence, cue.first)
        out.append(draft("consequence", sentence, first, last, effect="stop-gap", group="local-employees"))
    return out


def _run_out(sentence: Sentence, seen: set[int]) -> list[Draft]:
    """ "the funds run out on April 1": the money ends, not the agreement."""
    out: list[Draft] = []
    if any(name_of(m).kind == "series" for m in sentence.of("name")):
        return out
    for cue in sentence.cues("expire"):
        before = sentence.norms[max(0, cue.first - 5) : cue.first]
        if sentence.clauses[cue.first] in seen or _FUNDS.isdisjoint(before):
            continue
        first, last = clause_bounds(sentence, cue.first)
        when, inferred, _ = date_in(sentence, first, last, ahead=True)
        out.append(
            draft(
                "consequence",
                sentence,
                first,
                last,
                effect="other",
                group="local-employees",
                when=when,
                condition="no-deal",
                inferred=["when"] if inferred else (),
            )
        )
    return out


def _suspended(sentence: Sentence, seen: set[int]) -> list[Draft]:
    """ "construction would be suspended"."""
    if not sentence.has("construction", "logistics") or not sentence.has("conditional", "future", "furlough"):
        return []
    return [
        draft("consequence", sentence, *clause_bounds(sentence, cue.first), effect="other", condition="no-deal")
        for cue in sentence.cues("suspend")
        if sentence.clauses[cue.first] not in seen
    ]
