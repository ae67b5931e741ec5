"""Which parts of a plain text are the report and which are page furniture.

Told by general signs: short lines without a sentence's end, their place before the first and after the
last full paragraph, the shape of menus and lists, the script, and words of page furniture in a lexicon a
language. Where the signs are weak a line counts as part of the report: a lost headline costs more than a
kept menu.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from burdenshare.sources.document import Stretch, StretchKind
from burdenshare.sources.lexicon import Lexicon
from burdenshare.sources.lines import Line, split
from burdenshare.sources.signs import Signs, is_byline, is_caption, stems

# Share of a paragraph's longer words that must have been used before for it to go on with the report.
COHESION = 0.28
# Words up to which what stands over a byline is a caption.
CAPTION_WORDS = 60
# Words from which a line without a sentence's end is a paragraph that was cut, not a headline.
CUT_WORDS = 20
# Words from which such a line is one too where it goes on with the report's words.
GOES_ON = 12
# Characters that a list of headlines pasted into a paragraph may take.
PASTED = 900
# Layouts remembered.
RECENT = 4
# Characters from which a line that breaks off is the opening of another report.
TEASER = 40
_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.):]?\s+|[-*•▶▷■]\s*)\S")
_ITEM = re.compile(r"(\d{1,2})[.)] \S")
_UNFOLDED, _GLUE = re.compile(r"\b(?:MORE|PLUS)\b"), re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")
_BROKEN = re.compile(r"(?:\.\.\.|…) ?(?:\[[^\[\]]{1,25}\]|[Rr]ead more|[Mm]ore)?$")
DATELINE = re.compile(
    r"(?P<line>(?:[A-Z][\w.'’-]*(?:[ ,/]{1,2}[A-Z][\w.'’-]*){0,5},? )?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})? ?)?\((?P<agency>[^()\n]{2,40})\)\s?(?:--|[—–=:-])\s?"
    r"|[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][\w.'’ -]{2,25})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})? ?(?:--|[—–]) ?"
    r"|[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{1,20}){0,3}(?:, [A-Z][A-Za-z.'’ -]{1,25})?"
    r", [A-Z][a-z]{2,8}\.? [0-3]?\d(?:, \d{4})? - "
    r"|[\(\[][^()\[\]\n]{1,25}=[^()\[\]\n]{2,25}[\)\]][^=\n]{0,30}= ?)"
)


def _tails(lines: list[Line], signs: Signs) -> set[int]:
    """Lines of lists of other stories and of comments: from their heading to where the report goes on, if it does."""
    inside: set[int] = set()
    seen: set[str] = set()
    paragraphs = 0
    comments = sum(signs.comments)
    if not comments and True not in signs.heading:
        return inside
    i = 0
    while i < len(lines):
        line = lines[i]
        ends = signs.comments[i] and paragraphs and (comments >= 2 or not line.text.endswith(":"))
        if not (signs.heading[i] or ends):
            if line.is_paragraph and not signs.furniture[i]:
                seen |= stems(line.words, wide=line.wide)
                paragraphs += 1
            i += 1
            continue
        stop = len(lines) if ends else _resumes(lines, signs, i + 1, seen)
        inside.update(range(i, stop))
        i = max(stop, i + 1)
    return inside


def _resumes(lines: list[Line], signs: Signs, start: int, seen: set[str]) -> int:
    """Index of the line at which the report goes on after a list of other stories, or the number of lines."""
    for i in range(start, len(lines)):
        line = lines[i]
        if signs.furniture[i] or not line.is_paragraph:
            continue
        if not seen:  # before any paragraph: the first one of some length is the report's
            if len(line.words) >= 20 or (line.wide and len(line.text) >= 60):
                return _first_of_head(lines, signs, start, i)
            continue
        own = stems(line.words, wide=line.wide)
        if len(line.words) >= 14 and own and len(own & seen) >= COHESION * len(own):
            return i
    return len(lines)


def _first_of_head(lines: list[Line], signs: Signs, start: int, body: int) -> int:
    """Where a list before the report ends: at the headline, which shares the body's words."""
    own = stems(lines[body].words, wide=lines[body].wide)
    if body + 1 < len(lines):
        own |= stems(lines[body + 1].words, wide=lines[body].wide)
    for i in range(start, body):
        line = lines[i]
        if not signs.furniture[i] and len(stems(line.words, wide=line.wide) & own) >= 2:
            return i
    return body


def _zones(lines: list[Line], signs: Signs, inside: set[int]) -> tuple[int, int]:
    """Indices of the first and the last full paragraph of the report; (-1, -1) where it has none."""
    full = [
        i
        for i, line in enumerate(lines)
        if line.is_paragraph and not signs.furniture[i] and i not in inside and not signs.weak[i]
    ]
    if not full:
        return -1, -1
    return full[0], full[-1]


def _teasers(lines: list[Line], first: int, last: int, kinds: list[StretchKind]) -> None:
    """Headline and opening words of other reports, before and after this one: the words break off in "..."."""
    if any("..." in line.text or "…" in line.text for line in lines[first : last + 1] if line.is_paragraph):
        return  # a transcript, or a report that breaks off its sentences itself
    for i in (*range(first), *range(last + 1, len(lines))):
        line = lines[i]
        if not line.is_paragraph and len(line.text) >= TEASER and _BROKEN.search(line.text[-40:]):
            kinds[i] = "furniture"
            if i and i - 1 not in range(first, last + 1):
                kinds[i - 1] = "furniture"


def _headline(lines: list[Line], signs: Signs, body: set[str], plain: list[int]) -> int:
    """Index of the line that reads most as the headline among those before the body, or -1; `body` has its stems."""
    best, best_score = -1, 0.0
    texts = [lines[i].folded for i in plain]
    for i in plain:
        line = lines[i]
        own = stems(line.words, wide=line.wide)
        if not own or (len(line.words) < 3 and not line.wide) or len(line.words) > 40:
            continue
        shared = len(own & body)
        score = min(shared, 3) + 2.0 * shared / len(own) + 2.0 * (texts.count(line.folded) > 1) - 0.3 * i
        if line.words[-1] in signs.lex.mastheads and len(line.words) <= 5:
            score -= 3
        if score > best_score and shared:
            best, best_score = i, score
    return best


def _head(lines: list[Line], signs: Signs, first: int, kinds: list[StretchKind]) -> int:
    """Judges the lines before the first full paragraph; returns the index of the main headline, or -1."""
    lex = signs.lex
    plain = []
    for i in range(first):
        line = lines[i]
        if kinds[i] == "furniture":
            continue
        if signs.weak[i]:
            kinds[i] = "furniture"
        elif signs.dated[i] or is_byline(line, lex):
            kinds[i] = "byline"
        elif is_caption(line, lex):
            kinds[i] = "caption"
        else:
            plain.append(i)
    body: set[str] = set()
    for line in lines[first : first + 6]:
        body |= stems(line.words, wide=line.wide)
    for i in [i for i in plain if _is_listed(lines, i)]:
        plain.remove(i)
        kinds[i] = "furniture"
    chosen = _headline(lines, signs, body, plain)
    for i in plain:
        line = lines[i]
        own = stems(line.words, wide=line.wide)
        shared = len(own & body)
        if chosen < 0 or line.folded == lines[chosen].folded:
            kinds[i] = "headline"
        elif (i < chosen and len(line.words) <= 2 and not line.wide) or (
            i < chosen and ((not shared and len(line.words) <= 7) or _is_masthead(line, lex))
        ):
            kinds[i] = "furniture"
        elif i > chosen and len(line.words) <= 4 and not shared and not line.wide:
            kinds[i] = "byline" if line.text[:1].isupper() else "furniture"
        elif line.ends_sentence and len(line.words) >= 7:
            kinds[i] = "body"
        else:
            kinds[i] = "headline"
    return chosen


def _is_listed(lines: list[Line], i: int) -> bool:
    """True for a short item of a numbered menu: both lines beside it, or the two before, are numbered in turn."""

    def number(at: int) -> int:
        match = _ITEM.match(lines[at].text) if 0 <= at < len(lines) else None
        return int(match[1]) if match and len(lines[at].words) <= 7 else -9

    own = number(i)
    return (
        own > 0
        and [number(i - 1), number(i + 1)].count(-9) < 2
        and ((number(i - 1) == own - 1 and own - 2 in (0, number(i - 2))) or number(i + 1) == own + 1)
    )


def _is_masthead(line: Line, lex: Lexicon) -> bool:
    return len(line.words) <= 5 and line.folded.rstrip(" .|").endswith(lex.mastheads) and not line.ends_sentence


def _tail(lines: list[Line], signs: Signs, last: int, kinds: list[StretchKind]) -> None:
    """Judges the lines after the last full paragraph: once furniture has begun, only a credit or a date is not."""
    lex = signs.lex
    begun = False
    for i in range(last + 1, len(lines)):
        line = lines[i]
        if (
            signs.dated[i]
            and any(w in lex.published or w in lex.modified for w in line.words)
            and not _is_list_date(line, signs, i)
        ):
            kinds[i] = "byline"
        elif kinds[i] == "furniture" or signs.weak[i]:
            kinds[i] = "furniture"
            begun = True
        elif is_byline(line, lex) and not begun:
            kinds[i] = "byline"
        elif is_caption(line, lex) and not begun:
            kinds[i] = "caption"
        elif begun:
            kinds[i] = "furniture"
        elif line.ends_sentence or _is_cut(line, lines[max(0, last - 3) : last + 1]):
            kinds[i] = "body"
        elif _NUMBERED.match(line.text) or len(line.words) >= 7:
            kinds[i] = "furniture"
            begun = True
        else:
            kinds[i] = "byline"


def _is_cut(line: Line, told: list[Line]) -> bool:
    """True for a last paragraph that was cut off before its full stop; `told` has those before it."""
    if len(line.words) >= CUT_WORDS or ("\n" in line.text and len(line.words) >= GOES_ON):
        return True
    if len(line.words) < GOES_ON:
        return False
    own = stems(line.words, wide=line.wide)
    used = set[str]().union(*(stems(t.words, wide=t.wide) for t in told))
    return len(own & used) >= 2 * COHESION * len(own)


def _is_list_date(line: Line, signs: Signs, i: int) -> bool:
    """True where a dated line is a lone "date" field of a list of other stories rather than the report's own."""
    labels = [w for w in line.words if w in signs.lex.published or w in signs.lex.modified]
    return labels == ["date"] and i > 0


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A text's lines and what each is; `title` is the index of the main headline's line, or -1.

    Compared by identity, so that what was worked out for one can be looked up again.
    """

    lines: list[Line]
    kinds: list[StretchKind]
    title: int


@lru_cache(maxsize=RECENT)
def layout(text: str) -> Layout:
    """Judges every line of a plain text. The last few are remembered: a report is dated anew once its case is known."""
    lines = split(text)
    kinds, title = _kinds(lines, text)
    return Layout(lines, kinds, title)


def layout_of(text: str, stretches: tuple[Stretch, ...]) -> Layout:
    """The layout of a text whose stretches are known: its lines, each of the kind that most of it is."""
    lines = split(text)
    kinds: list[StretchKind] = []
    i = 0
    for line in lines:
        while i + 1 < len(stretches) and stretches[i].end <= line.start:
            i += 1
        kind: StretchKind = stretches[i].kind if stretches else "furniture"
        kinds.append("body" if kind == "dateline" else kind)
    return Layout(lines, kinds, -1)


def _kinds(lines: list[Line], text: str) -> tuple[list[StretchKind], int]:
    signs = Signs(lines, text)
    inside = _tails(lines, signs)
    kinds: list[StretchKind] = ["furniture" if signs.furniture[i] or i in inside else "body" for i in range(len(lines))]
    first, last = _zones(lines, signs, inside)
    if first < 0:  # no paragraph to hold on to: only what is furniture by itself is
        return kinds, _head(lines, signs, len(lines), kinds)
    _teasers(lines, first, last, kinds)
    title = _head(lines, signs, first, kinds)
    _tail(lines, signs, last, kinds)
    for i in range(first, last + 1):
        if kinds[i] == "body":
            line = lines[i]
            if signs.dated[i] or (not line.is_paragraph and is_byline(line, signs.lex)):
                kinds[i] = "byline"
            elif is_caption(line, signs.lex) and not line.text.lstrip().startswith('"'):
                kinds[i] = "caption" if i <= first + 1 or not line.is_paragraph else "body"
    if (
        kinds[first] == "body"
        and first < last
        and kinds[first + 1] == "byline"
        and len(lines[first].words) <= CAPTION_WORDS
    ):
        kinds[first] = "caption"  # what stands over the byline belongs to the picture
    return kinds, title


def _pasted(text: str) -> list[tuple[int, int]]:
    """Lists of other headlines that a page unfolds at a name inside a paragraph, glued to it and closed by "MORE"."""
    out = []
    at = 0
    for end in _UNFOLDED.finditer(text) if "MORE" in text or "PLUS" in text else ():
        glue = _GLUE.search(text, max(at, end.start() - PASTED), end.start())
        if glue and end.end() < len(text):
            out.append((glue.start(), end.end()))
        at = end.end()
    return out


def stretches_of(text: str, found: Layout | None = None) -> tuple[Stretch, ...]:
    """The stretches of a plain text: they cover it in order, without gaps or overlaps.

    Space between two lines belongs to the first; neighbours of one kind are one stretch, headlines and
    captions apart. `found` is the text's layout where it is known already.
    """
    found = found or layout(text)
    lines = found.lines
    if not lines:
        return (Stretch(0, len(text), "furniture"),) if text else ()
    pieces: list[tuple[int, StretchKind]] = []
    for line, kind in zip(lines, found.kinds, strict=True):
        match = DATELINE.match(text, line.start, min(line.end, line.start + 120)) if kind == "body" else None
        if match and line.end - match.end() > 20:
            pieces.append((line.start, "dateline"))
            pieces.append((match.end(), "body"))
        else:
            pieces.append((line.start, kind))
        if kind == "body":
            for first, last in _pasted(line.text):
                pieces += [(line.start + first, "furniture"), (line.start + last, "body")]
    merged: list[tuple[int, StretchKind]] = []
    for start, kind in pieces:
        if not merged or merged[-1][1] != kind or kind in ("headline", "caption"):
            merged.append((start, kind))
    merged[0] = (0, merged[0][1])
    ends = [b[0] for _, b in pairwise(merged)] + [len(text)]
    return tuple(Stretch(start, end, kind) for (start, kind), end in zip(merged, ends, strict=True))
