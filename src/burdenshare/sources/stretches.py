"""Which parts of a plain text are the report and which are page furniture.

Told by general signs: short lines without a sentence's end, their place before the first and after the
last full paragraph, the shape of menus and lists, the script, and words of page furniture in a lexicon a
language. Where the signs are weak a line counts as part of the report: a lost headline costs more than a
kept menu.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from burdenshare.sources.document import Stretch, StretchKind
from burdenshare.sources.language import main_script, scripts
from burdenshare.sources.lexicon import Lexicon, lexicon
from burdenshare.sources.lines import Line, split

# A page sign inside a longer passage than this is about the page's subject, not the page (characters).
PHRASE_REACH = 320
# Share of a paragraph's longer words that must have been used before for it to go on with the report.
COHESION = 0.28
# Words up to which a line without a sentence's end may be a heading, a byline or a credit.
HEADING_WORDS, BYLINE_WORDS, CREDIT_WORDS, CAPTION_WORDS = 7, 14, 9, 60
# Words from which a line without a sentence's end is a paragraph that was cut, not a headline.
CUT_WORDS = 28
# Characters from which a line that breaks off is the opening of another report.
TEASER = 40
# Letters by which two forms of a word are taken for one.
STEM, STEM_WIDE = 5, 2

_MENU_SPLIT = re.compile(r"\s*(?:[|·•»›/>【】]|\s{2,}|\t)\s*")
_TRAIL = ("»", "›", " > ")
_COUNTER = re.compile(r"[\d.,]+\s?[km]?\s?([^\W\d_]+)|([^\W\d_]+)\s?[:(]?\s?[\d.,]+\)?")
_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.):]?\s+|[-*•▶▷■]\s*)\S")
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_HASHTAGS = re.compile(r"(?:#\S+(?:\s+|$)){1,30}")
_CODE = re.compile(r"[\d\W_]+")
_BROKEN = re.compile(r"(?:\.\.\.|…) ?(?:\[[^\[\]]{1,25}\]|[Rr]ead more|[Mm]ore)?$")
_DATED = re.compile(r"(?:19|20)\d\d")
_CREDIT_END = re.compile(r"[(/\[]([^()\[\]/]{2,60})[)\]]?\s*$")
_COMMENT_HEAD = re.compile(r"\(?\d{1,5}\)? [^\W\d_]+ (?:on|to)\b")
DATELINE = re.compile(
    r"(?P<line>(?:[A-Z][\w.'’-]*(?:[ ,/]{1,2}[A-Z][\w.'’-]*){0,5},? )?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})? ?)?\((?P<agency>[^()\n]{2,40})\)\s?(?:--|[—–=:-])\s?"
    r"|[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][\w.'’ -]{2,25})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})? ?(?:--|[—–]) ?"
    r"|[\(\[][^()\[\]\n]{1,25}=[^()\[\]\n]{2,25}[\)\]][^=\n]{0,30}= ?)"
)


def stems(words: Sequence[str], *, wide: bool) -> set[str]:
    """The longer words' first letters, by which passages are compared."""
    if wide:
        return {w[:STEM_WIDE] for w in words if len(w) >= 2}
    return {w[:STEM] for w in words if len(w) >= 4}


def _is_menu(line: Line, lex: Lexicon) -> bool:
    if line.ends_sentence or len(line.words) > 40:
        return False
    items = [i for i in _MENU_SPLIT.split(line.text) if i]
    if len(items) >= 2 and items[0].casefold() in lex.sections and any(mark in line.text for mark in _TRAIL):
        return True
    if len(items) < 3 or len(line.words) > 3 * len(items):
        return False
    # A trail of names with a date in it is a byline, not a menu.
    return not _DATED.search(line.text) or any(i.casefold() in lex.sections for i in items)


def _is_counter(line: Line, lex: Lexicon) -> bool:
    if len(line.words) > 8 or not line.digits:
        return False
    named = [w for w in line.words if not w[0].isdigit()]
    numbered = [re.sub(r"^\d+", "", w) for w in line.words if w[0].isdigit()]
    units = named + [w for w in numbered if w]
    return bool(units) and sum(w in lex.counters or w in lex.sections for w in units) * 2 > len(units)


def _is_heading(line: Line, lex: Lexicon) -> bool:
    """True where the line opens a list of other stories."""
    if line.ends_sentence or len(line.words) > HEADING_WORDS:
        return False
    bare = line.folded.strip(" :>»…#-.[]()<▼▶")
    if bare in lex.headings:
        return True
    if bare.startswith(lex.heading_starts):
        ends = [len(s) for s in lex.heading_starts if bare.startswith(s)]
        if any(n == len(bare) or not bare[n].isalnum() for n in ends):
            return True
    return len(line.words) <= 5 and bare.endswith(lex.heading_ends)


def _opens_comments(line: Line, lex: Lexicon) -> bool:
    if len(line.words) > 40 or line.is_paragraph:
        return False
    if line.folded.startswith(lex.comments):
        return True
    return bool(_COMMENT_HEAD.match(line.folded)) and any(c in line.folded for c in lex.comments)


def _is_comment_name(line: Line, lex: Lexicon) -> bool:
    return (
        len(line.words) <= 16
        and line.text.endswith(":")
        and bool(line.words)
        and line.words[-1] in lex.comment_verbs
        and (len(line.words) <= 4 or any(w[0].isdigit() for w in line.words))
    )


def _is_dated(line: Line, lex: Lexicon) -> bool:
    """True for a line that is there to say when the report came out."""
    if not line.digits or len(line.words) > 24 or line.is_paragraph:
        return False
    if not (_DATED.search(line.text)):
        return False
    labels = [w for w in line.words if w in lex.published or w in lex.modified]
    months = [w for w in line.words if w in lex.months]
    digits = sum(c.isdigit() for c in line.text)
    letters = sum(c.isalpha() for c in line.text)
    return bool(labels) or digits > letters or (bool(months) and letters <= digits + 14)


def _is_byline(line: Line, lex: Lexicon) -> bool:
    """True for the names of authors, agencies and translators."""
    if not line.words or len(line.words) > 2 * BYLINE_WORDS:
        return False
    if line.words[0] in lex.bylines and "@" in line.text:
        return True
    if line.is_paragraph or len(line.words) > BYLINE_WORDS:
        return False
    bare = line.folded.rstrip(" .|")
    first = line.folded.split(None, 1)[0].rstrip(":")
    if first in lex.bylines or (first + ":") in lex.bylines:
        # "By" opens a byline where a name follows: "By the end of the year" is a sentence cut short.
        rest = line.text.split(None, 1)[1:] if " " in line.text else []
        if rest and (not rest[0][0].islower() or rest[0].startswith(("staff", "our "))):
            return True
    if len(line.words) <= 8 and bare.endswith(lex.byline_ends):
        return True
    inside = _CREDIT_END.search(line.text)
    if inside and line.text.endswith(")") and len(line.text[: inside.start()].split()) <= 2:
        return any(w in lex.agencies for w in inside[1].casefold().replace(",", " ").split())
    return len(line.words) <= 4 and any(w in lex.agencies for w in line.words)


def _is_caption(line: Line, lex: Lexicon) -> bool:
    """True where the line ends in a picture's credit, or is one."""
    words = line.words
    if (
        len(words) <= CREDIT_WORDS
        and words
        and (words[0] in lex.credits or (line.text[0] in "ⓒ©(" and words[-1] in lex.credits))
    ):
        return True
    tail = _CREDIT_END.search(line.text[-90:])
    if tail:
        inside = _fold_words(tail[1])
        if any(w in lex.credits for w in inside) or any(p in tail[1].casefold() for p in ("provided by", "courtesy")):
            return len(words) <= 90
    if len(line.text) > 700:
        return False
    end = line.folded[-80:]
    return any(f"{c} by" in end for c in ("photo", "image", "picture")) or (
        len(words) <= 60 and line.folded.startswith(("photo:", "photo :", "사진=", "사진 ="))
    )


def _fold_words(text: str) -> list[str]:
    """Lower-case words, split at anything that is no letter, digit or hyphen."""
    return re.findall(r"[\w-]+", text.casefold())


class _Signs:
    """What each line is by itself, before its place is looked at."""

    def __init__(self, lines: list[Line], text: str) -> None:
        self.lex = lexicon()
        self.script = main_script(text[:6000])
        self.heading = [False] * len(lines)
        self.comments = [False] * len(lines)
        self.dated = [False] * len(lines)
        self.furniture = [False] * len(lines)
        self.weak = [False] * len(lines)  # furniture only outside the body
        for i, line in enumerate(lines):
            self._judge(i, line)

    def _judge(self, i: int, line: Line) -> None:
        lex = self.lex
        if not line.words:
            self.furniture[i] = True
            return
        length = len(line.text)
        if length > 2 * PHRASE_REACH:
            return
        paragraph = line.is_paragraph
        self.dated[i] = not paragraph and _is_dated(line, lex)
        hits = lex.phrases.inside(line.folded, line.words, wide=line.wide) if length <= PHRASE_REACH else 0
        if paragraph:
            self.weak[i] = hits == 1 or (
                length <= PHRASE_REACH and ":" in line.text[:24] and self._opens(line, line.words[0])
            )
            self.furniture[i] = hits >= 2 or self._is_foreign(line)
            return
        self.heading[i] = _is_heading(line, lex)
        self.comments[i] = _opens_comments(line, lex) or _is_comment_name(line, lex)
        if self.dated[i]:
            return
        first = line.words[0]
        bare = line.folded.strip(" :>»#-.[]()<▼")
        self.furniture[i] = (
            hits > 0
            or self.heading[i]
            or self.comments[i]
            or bare in lex.sections
            or (len(line.words) <= 8 and all(w in lex.sections or w in lex.counters or w.isdigit() for w in line.words))
            or (self._is_foreign(line) and first not in lex.bylines)
            or _is_menu(line, lex)
            or _is_counter(line, lex)
            or (not line.ends_sentence and self._opens(line, first))
            or _HASHTAGS.fullmatch(line.text) is not None
            or (_URL.sub("", line.text).strip(" -:.") == "")
            or (_CODE.fullmatch(line.text) is not None)
        )

    def _opens(self, line: Line, first: str) -> bool:
        """True where the line opens as furniture does; a single plain word needs a colon, capitals or a short line."""
        for phrase in self.lex.openings.by_word.get(first, ()):
            if not line.folded.startswith(phrase):
                continue
            rest = line.folded[len(phrase) :]
            if rest and rest[0].isalnum() and phrase[-1].isalnum():
                continue
            if " " in phrase or phrase.endswith(":") or rest.lstrip().startswith(":"):
                return True
            if len(line.words) <= 4 or line.text[: len(phrase)].isupper():
                return True
        # Bullets and signs stand before the folded text's first word.
        return line.folded.startswith(self.lex.openings.anywhere) or line.text.startswith(self.lex.openings.anywhere)

    def _is_foreign(self, line: Line) -> bool:
        """True where most letters are of another script than the text's."""
        if line.text.isascii():
            return (
                self.script not in ("latin", "")
                and len(line.words) >= 2
                and len(line.text) <= 120
                and not line.ends_sentence
            )
        counts = scripts(line.text)
        total = sum(counts.values())
        if self.script in ("hangul", "han", "kana"):
            own = sum(counts.get(s, 0) for s in ("hangul", "han", "kana"))
            return total > 0 and own == 0 and not line.ends_sentence
        return total > 0 and counts.get(self.script, 0) * 2 < total


def _tails(lines: list[Line], signs: _Signs) -> set[int]:
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


def _resumes(lines: list[Line], signs: _Signs, start: int, seen: set[str]) -> int:
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


def _first_of_head(lines: list[Line], signs: _Signs, start: int, body: int) -> int:
    """Where a list before the report ends: at the headline, which shares the body's words."""
    own = stems(lines[body].words, wide=lines[body].wide)
    if body + 1 < len(lines):
        own |= stems(lines[body + 1].words, wide=lines[body].wide)
    for i in range(start, body):
        line = lines[i]
        if not signs.furniture[i] and len(stems(line.words, wide=line.wide) & own) >= 2:
            return i
    return body


def _zones(lines: list[Line], signs: _Signs, inside: set[int]) -> tuple[int, int]:
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


def _headline(lines: list[Line], signs: _Signs, first: int, plain: list[int]) -> int:
    """Index of the line that reads most as the headline among those before the body, or -1."""
    body: set[str] = set()
    for line in lines[first : first + 6]:
        body |= stems(line.words, wide=line.wide)
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


def _head(lines: list[Line], signs: _Signs, first: int, kinds: list[StretchKind]) -> int:
    """Judges the lines before the first full paragraph; returns the index of the main headline, or -1."""
    lex = signs.lex
    plain = []
    for i in range(first):
        line = lines[i]
        if kinds[i] == "furniture":
            continue
        if signs.weak[i]:
            kinds[i] = "furniture"
        elif signs.dated[i] or _is_byline(line, lex):
            kinds[i] = "byline"
        elif _is_caption(line, lex):
            kinds[i] = "caption"
        else:
            plain.append(i)
    chosen = _headline(lines, signs, first, plain)
    body: set[str] = set()
    for line in lines[first : first + 6]:
        body |= stems(line.words, wide=line.wide)
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


def _is_masthead(line: Line, lex: Lexicon) -> bool:
    return len(line.words) <= 5 and line.folded.rstrip(" .|").endswith(lex.mastheads) and not line.ends_sentence


def _tail(lines: list[Line], signs: _Signs, last: int, kinds: list[StretchKind]) -> None:
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
        elif _is_byline(line, lex) and not begun:
            kinds[i] = "byline"
        elif _is_caption(line, lex) and not begun:
            kinds[i] = "caption"
        elif begun:
            kinds[i] = "furniture"
        elif line.ends_sentence or len(line.words) >= CUT_WORDS:
            kinds[i] = "body"
        elif _NUMBERED.match(line.text) or len(line.words) >= 7:
            kinds[i] = "furniture"
            begun = True
        else:
            kinds[i] = "byline"


def _is_list_date(line: Line, signs: _Signs, i: int) -> bool:
    """True where a dated line is a lone "date" field of a list of other stories rather than the report's own."""
    labels = [w for w in line.words if w in signs.lex.published or w in signs.lex.modified]
    return labels == ["date"] and i > 0


@dataclass(frozen=True, slots=True)
class Layout:
    """A text's lines and what each is; `title` is the index of the main headline's line, or -1."""

    lines: list[Line]
    kinds: list[StretchKind]
    title: int


def layout(text: str) -> Layout:
    """Judges every line of a plain text."""
    lines = split(text)
    kinds, title = _kinds(lines, text)
    return Layout(lines, kinds, title)


def _kinds(lines: list[Line], text: str) -> tuple[list[StretchKind], int]:
    signs = _Signs(lines, text)
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
            if signs.dated[i] or (not line.is_paragraph and _is_byline(line, signs.lex)):
                kinds[i] = "byline"
            elif _is_caption(line, signs.lex) and not line.text.lstrip().startswith('"'):
                kinds[i] = "caption" if i <= first + 1 or not line.is_paragraph else "body"
    if (
        kinds[first] == "body"
        and first < last
        and kinds[first + 1] == "byline"
        and len(lines[first].words) <= CAPTION_WORDS
    ):
        kinds[first] = "caption"  # what stands over the byline belongs to the picture
    return kinds, title


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
    merged: list[tuple[int, StretchKind]] = []
    for start, kind in pieces:
        if not merged or merged[-1][1] != kind or kind in ("headline", "caption"):
            merged.append((start, kind))
    merged[0] = (0, merged[0][1])
    ends = [b[0] for _, b in pairwise(merged)] + [len(text)]
    return tuple(Stretch(start, end, kind) for (start, kind), end in zip(merged, ends, strict=True))
