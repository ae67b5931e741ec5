"""What a line of plain text looks like by itself: menu, counter, heading of a list, byline, caption, another script."""

from __future__ import annotations

import re
from collections.abc import Sequence

from burdenshare.sources.language import main_script, scripts
from burdenshare.sources.lexicon import Lexicon, lexicon
from burdenshare.sources.lines import Line

# A page sign inside a longer passage than this is about the page's subject, not the page (characters).
PHRASE_REACH = 320
# Words up to which a line without a sentence's end may be a heading, a byline or a credit.
HEADING_WORDS, BYLINE_WORDS, CREDIT_WORDS = 7, 14, 9
# Letters by which two forms of a word are taken for one.
STEM, STEM_WIDE = 5, 2

_MENU_SPLIT = re.compile(r"\s*(?:[|·•»›/>【】]|\s{2,}|\t)\s*")
_TRAIL = ("»", "›", " > ")
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
# Credits run together with what follows: "사진공동취재단", "뉴스1ⓒ".
_WIDE_CREDITS = ("사진", "공동취재", "연합뉴스", "뉴시스", "뉴스1", "자료사진")
_HASHTAGS = re.compile(r"(?:#\S+(?:\s+|$)){1,30}")
_CODE = re.compile(r"[\d\W_]+")
_DATED = re.compile(r"(?:19|20)\d\d")
_DATE_FIELD = re.compile(r"(?:(?P<figures>\d{1,2}/\d{1,2}/(?:19|20)\d\d)|[^\n|/]{4,24}(?:19|20)\d\d)\s*[|/·•]\s")
# "2014년 01월 14일 09:26 【글자 크게】": a stamp with the page's controls behind it.
_STAMPED = re.compile(
    r"(?:19|20)\d\d(?:년\s?|[-./]\s?)[01]?\d(?:월\s?|[-./]\s?)[0-3]?\d[일.]?[^\d\n]{0,12}[0-2]?\d:[0-5]\d"
)
# "... 있다. 2019.12.18. name@example.kr", "... 대표. 2019.12.17/공동취재단": a caption closes with its picture's day.
_PICTURE_DAY = re.compile(
    r"[.다요]['\"”’)]{0,2} ?(?:19|20)\d\d[./-] ?[01]?\d[./-] ?[0-3]?\d\.?"
    r"(?:\s*[/=ⓒ©]\s?[^/\n]{2,40}|\s*\S{1,40}@\S{1,40})?$"
)
# A picture's credit without brackets: "... 있다. 사진=연합뉴스", "... 대표들 /연합뉴스", "... 청사. 외교부 제공".
_CREDIT_KO = re.compile(
    r"(?:사진\s?[=:]\s?(?P<named>[^\n=]{2,20})|[\s.]/\s?(?P<stroke>[^\s/]{2,12})|[ⓒ©]\s?(?P<signed>[^\s/]{2,12})"
    r"|[.\s](?P<given>[^\s.]{1,12}\s(?:제공|자료사진)))$"
)
_REPORTER = re.compile(r"[가-힣]{2,4}\s?(?:\S{2,8}\s)?(?:선임|수습|인턴|전문|객원)?(?:기자|특파원)")
_CREDIT_END = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]\s*$|[(/\[]([^()\[\]/]{2,60})$")
_SIGNED = re.compile(r"[-–—•] ?[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]*){1,5}$")
_COMMENT_HEAD = re.compile(r"\(?\d{1,5}\)? [^\W\d_]+ (?:on|to)\b")


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
    if line.wide and _STAMPED.match(line.text):
        return True
    labels = [w for w in line.words if w in lex.published or w in lex.modified]
    months = [w for w in line.words if w in lex.months]
    digits = sum(c.isdigit() for c in line.text)
    letters = sum(c.isalpha() for c in line.text)
    field = _DATE_FIELD.match(line.text)
    if field and (field["figures"] or any(w in lex.months for w in line.words[:4])):
        return True
    return bool(labels) or digits > letters or (bool(months) and letters <= digits + 14)


def is_byline(line: Line, lex: Lexicon) -> bool:
    """True for the names of authors, agencies and translators."""
    if not line.words or len(line.words) > 2 * BYLINE_WORDS or (line.wide and _is_credited(line, lex)):
        return False
    if line.words[0] in lex.bylines and "@" in line.text:
        return True
    if line.is_paragraph or len(line.words) > BYLINE_WORDS:
        return False
    if _SIGNED.match(line.text):
        return True
    if line.wide and "@" in line.text and len(line.words) <= 10 and _REPORTER.match(line.text):
        return True
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
        return any(w in lex.agencies for w in (inside[1] or inside[2]).casefold().replace(",", " ").split())
    return len(line.words) <= 4 and any(w in lex.agencies for w in line.words)


def is_caption(line: Line, lex: Lexicon) -> bool:
    """True where the line ends in a picture's credit, or is one."""
    words = line.words
    if (
        len(words) <= CREDIT_WORDS
        and words
        and (words[0] in lex.credits or (line.text[0] in "ⓒ©(" and words[-1] in lex.credits))
    ):
        return True
    if line.wide and (is_dated_picture(line) or _is_credited(line, lex)):
        return True
    last = line.text[-90:]
    tail = _CREDIT_END.search(last) if "(" in last or "[" in last or "/" in last else None
    if tail:
        credit = tail[1] or tail[2]
        inside = _fold_words(credit)
        if any(w in lex.credits or (line.wide and w.startswith(_WIDE_CREDITS)) for w in inside) or any(
            p in credit.casefold() for p in ("provided by", "courtesy")
        ):
            return len(words) <= 90
    if len(line.text) > 700:
        return False
    end = line.folded[-80:]
    return any(f"{c} by" in end for c in ("photo", "image", "picture")) or (
        len(words) <= 60 and line.folded.startswith(("photo:", "photo :", "사진=", "사진 ="))
    )


def is_dated_picture(line: Line) -> bool:
    """True for a caption that closes with the day of its picture, and mostly with a credit."""
    return line.wide and line.digits and len(line.text) <= 400 and _PICTURE_DAY.search(line.text[-110:]) is not None


def _is_credited(line: Line, lex: Lexicon) -> bool:
    """True for a Korean caption that closes with its credit; a line that is all credit is told elsewhere."""
    match = _CREDIT_KO.search(line.text[-60:]) if len(line.words) >= 3 and len(line.text) <= 400 else None
    if match is None or "저작권" in line.text or "@" in line.text:
        return False
    if match["named"] or match["given"]:
        return True
    name = (match["stroke"] or match["signed"]).casefold().rstrip(".")
    return name in lex.credits or name in lex.agencies or name.startswith(_WIDE_CREDITS)


def _fold_words(text: str) -> list[str]:
    """Lower-case words, split at anything that is no letter, digit or hyphen."""
    return re.findall(r"[\w-]+", text.casefold())


class Signs:
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
            if i and self.furniture[i - 1] and lines[i - 1].text.endswith(":") and line.text[0].islower():
                self.furniture[i] = True  # the rest of what the page says of itself

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
