"""English cues: the words of the lexicon in a sentence, each in the form it stands in there."""

from __future__ import annotations

from collections.abc import Sequence

from burdenshare.reading.mentions.lexicon import Choice, Lexicon
from burdenshare.reading.mentions.mention import Cue, Mention
from burdenshare.reading.text import Token

_MODALS = frozenset("to will would could might may should can must not did does do cannot shall n't let helped".split())
_AUXILIARIES = frozenset("have has had having is are was were be been being get got".split())
# English spellings this module looks for.
_BEFORE_PLURAL_NOUN = frozenset("the its his her their these those 's ’s such new initial".split())
_BEFORE_PLURAL_VERB = frozenset("they we i you who and officials sides negotiators".split())


def cues(toks: Sequence[Token], norms: Sequence[str], lexicon: Lexicon) -> list[Mention]:
    """Every cue of a sentence, in order; at one place a concept is named once, by its longest phrase."""
    out = []
    phrases = lexicon.cues.phrases
    n = len(norms)
    for i in [i for i, norm in enumerate(norms) if norm in phrases]:
        row = phrases[norms[i]]
        found: Sequence[tuple[int, tuple[Choice, ...]]]
        if i + 1 < n and norms[i + 1] in row.longer:
            found = lexicon.cues.all(norms, i)
        elif row.alone is not None:  # by far the most
            found = ((1, row.alone),)
        else:
            continue
        seen: list[str] = []
        start = toks[i].start
        for size, choices in found:
            last = i + size
            end = toks[last - 1].end
            for choice in choices:
                cue = choice.first
                if cue.concept in seen:
                    continue
                seen.append(cue.concept)
                if len(choice.forms) > 1:
                    cue = _form(norms, i, choice.forms)
                noun = choice.noun
                if noun is not None and cue.form in ("base", "present") and _is_noun(norms, i, last, cue):
                    cue = noun
                out.append(Mention("cue", i, last, start, end, cue))
    return out


def _is_noun(norms: Sequence[str], first: int, last: int, cue: Cue) -> bool:
    """Whether a word that is verb and noun alike ("demand", "offers") stands as a noun."""
    before = norms[first - 1] if first else ""
    after = norms[last] if last < len(norms) else ""
    if cue.form == "base":
        return before not in _MODALS and before not in _BEFORE_PLURAL_VERB
    return after in ("for", "of") or before in _BEFORE_PLURAL_NOUN


def _form(norms: Sequence[str], at: int, forms: Sequence[Cue]) -> Cue:
    """The form of a verb whose forms look alike ("cut", "come"), from the auxiliary before it."""
    before = norms[max(0, at - 3) : at]
    by_form = {f.form: f for f in forms}
    if before and before[-1] in _MODALS and "base" in by_form:
        return by_form["base"]
    if not _AUXILIARIES.isdisjoint(before) and "participle" in by_form:
        return by_form["participle"]
    if not _MODALS.isdisjoint(before[-2:]) and "base" in by_form:
        return by_form["base"]
    return by_form.get("past") or by_form.get("base") or forms[0]
