"""Consequences of no deal: furloughs, a lapse, stop-gaps."""

from __future__ import annotations

from burdenshare.reading.frame import Frame
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import clause_bounds, date_in, name_of, negated
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_ONLY_OF_WORKERS = frozenset(
    {"suspend from work", "send home", "stand down", "days notice", "months notice", "dismissal", "layoffs", "layoff"}
)
_BEFORE_NOUN = frozenset("the this that a complete partial of for at".split())
_FUNDING = frozenset({"fund", "finance", "pay", "cover", "put up", "go to"})
_GOING = frozenset("went sent placed put gone go faced face".split())


def _under_way(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a furlough named as a noun begins, is announced or would come, and is not only spoken of."""
    window = range(first, last)
    if any(m.first in window for m in sentence.cues("begin", "notify", "notice", "notify", "end")):
        return True
    if any(m.first in window for m in sentence.cues("future", "conditional")) and not sentence.has("statement"):
        return any(m.first in window for m in sentence.cues("begin", "take-effect", "workers", "notice"))
    return any(n in _GOING for n in sentence.norms[first:last]) and sentence.has("workers")


def consequences(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """Drafts of consequences in a sentence, one a clause."""
    out: list[Draft] = []
    seen: set[int] = set()
    for cue in sorted(
        [
            *sentence.cues("furlough"),
            *sentence.cues("furlough-noun"),
            *sentence.cues("return"),
            *sentence.cues("return-noun"),
        ],
        key=lambda c: (c.first, -c.last),
    ):
        clause = sentence.clauses[cue.first]
        if clause in seen:
            continue
        if cue.value.concept in ("return", "return-noun") and not sentence.has("workers"):
            continue
        if cue.value.word in _ONLY_OF_WORKERS and not sentence.has("workers"):
            continue
        first, last = clause_bounds(sentence, cue.first)
        if (
            cue.value.concept == "furlough-noun"
            and "leave" not in cue.value.word
            and not _under_way(sentence, first, last)
        ):
            continue
        if (
            cue.value.concept == "furlough"
            and cue.value.form == "base"
            and cue.first
            and sentence.norms[cue.first - 1] in _BEFORE_NOUN
            and not _under_way(sentence, first, last)
        ):
            continue
        seen.add(clause)
        end = cue.value.concept in ("return", "return-noun")
        ahead = sentence.near("conditional", first, last) or sentence.near("future", first, last)
        when, inferred, _ = date_in(sentence, first, last, ahead=ahead)
        happened = not ahead and not sentence.has("threaten", "notice", "notify")
        stage = (
            "end"
            if end
            else ("notice" if sentence.has("notice", "notify") else ("threat" if not happened else "start"))
        )
        number = next(
            (
                int(n.value.value)
                for n in sentence.of("number")
                if n.value.value and first <= n.first < last and n.value.value >= 100
            ),
            None,
        )
        out.append(
            draft(
                "consequence",
                sentence,
                first,
                last,
                effect="furlough",
                stage=stage,
                group="local-employees",
                number=number,
                when=when,
                condition=None if happened else "no-deal",
                inferred=["when"] if inferred else (),
            )
        )
    for cue in sentence.cues("lapse-noun"):
        clause = sentence.clauses[cue.first]
        about = sentence.has("agreement-noun") or any(name_of(m).kind == "series" for m in sentence.of("name"))
        if (
            clause in seen
            or not about
            or (cue.value.word == "gap" and not sentence.near("agreement-noun", cue.first, cue.last + 4))
        ):
            continue
        seen.add(clause)
        first, last = clause_bounds(sentence, cue.first)
        out.append(draft("consequence", sentence, first, last, effect="lapse"))
    funded = [c for c in sentence.cues("pay") if c.value.word in _FUNDING]
    if (
        funded
        and sentence.has("labour", "workers")
        and not out
        and (
            any(d.value.until or d.value.shape == "end" for d in sentence.of("date"))
            or "leftover" in sentence.norms
            or "us funds" in " ".join(sentence.norms)
        )
    ):
        first, last = clause_bounds(sentence, funded[0].first)
        out.append(draft("consequence", sentence, first, last, effect="stop-gap", group="local-employees"))
        seen.add(sentence.clauses[funded[0].first])
    for cue in sentence.cues("stop-gap"):
        clause = sentence.clauses[cue.first]
        paid = sentence.has("labour", "workers")
        if clause in seen or not paid or negated(sentence, cue.first):
            continue
        seen.add(clause)
        first, last = clause_bounds(sentence, cue.first)
        out.append(draft("consequence", sentence, first, last, effect="stop-gap", group="local-employees"))
    for cue in sentence.cues("expire"):
        if (
            sentence.clauses[cue.first] in seen
            or any(name_of(m).kind == "series" for m in sentence.of("name"))
            or not any(
                n in ("funds", "money", "funding", "wages") for n in sentence.norms[max(0, cue.first - 5) : cue.first]
            )
        ):
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
    for cue in sentence.cues("suspend"):
        if (
            sentence.clauses[cue.first] in seen
            or not sentence.has("construction", "logistics")
            or not sentence.has("conditional", "future", "furlough")
        ):
            continue
        first, last = clause_bounds(sentence, cue.first)
        out.append(draft("consequence", sentence, first, last, effect="other", condition="no-deal"))
    return out
