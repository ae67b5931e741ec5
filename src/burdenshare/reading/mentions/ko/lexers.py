"""All Korean lexers of a report, sentence by sentence: what they find, as mentions over tokens cut to fit them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from burdenshare.case.model import Case, Name
from burdenshare.edtf import When
from burdenshare.reading.mentions.ko.dates import Dates
from burdenshare.reading.mentions.ko.names import compile_korean, names
from burdenshare.reading.mentions.ko.numbers import numbers
from burdenshare.reading.mentions.ko.people import people
from burdenshare.reading.mentions.ko.span import Span
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.mentions.names import resolve
from burdenshare.reading.text import Line, Token, tokens

_WE, _ACTING = "우리", ("는", "가", "도", "의")  # 우리는 is the writer's own side, 우리 돈 no name
_NO_ACRONYMS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexed:
    """A sentence's tokens, cut at the edges of its mentions, and its mentions in order of place (no cues)."""

    tokens: list[Token]
    mentions: list[Mention]


class Lexers:
    """The lexers of one report. They remember who was named and the last day told, so read its sentences in order."""

    def __init__(self, case: Case, ref: When | None) -> None:
        self.case = case
        self.ref = ref
        self.people: dict[str, str] = {}  # surname as written -> the person's id, or the full name met
        self._names = compile_korean(case)
        self._dates = Dates(ref, fiscal_starts=case.fiscal_year_starts)

    def read(self, text: str, line: Line) -> Lexed:
        """The mentions of text[line.start:line.end], in time linear in its length. Offsets are into `text`.

        A name's mention ends before its particle; a number's covers its counter (명, 차례), which its value repeats.
        A person's value is the name in full where the report gave it.
        """
        sentence = text[line.start : line.end]
        dated = self._dates.find(sentence, line.paragraph)
        named = _apart(names(sentence, self._names), dated)  # 한국시간 8일 is a date, and names nobody
        named = [s for s in named if sentence[s.start : s.end] != _WE or sentence[s.end : s.end + 1] in _ACTING]
        named += people(sentence, named, self.people, self._names, self.ref)
        named.sort(key=_place)
        dated = _apart(dated, named)
        counted = _apart(numbers(sentence, [(s.start, s.end) for s in dated]), named)
        dated = _apart(dated, [s for s in counted if s.type in ("money", "percent")])
        counted = _apart(counted, dated)
        found = sorted([*named, *dated, *counted], key=_place)
        toks = _cut(tokens(text, line.start, line.end, acronyms=_NO_ACRONYMS), found, line.start)
        mentions = _over(toks, found, line.start)
        people_named = [m for m in mentions if m.type == "name"]
        meant = {(m.start, m.end): m for m in resolve(toks, people_named, self.case, self.ref, self.people)}
        self._remember(meant.values())
        kept = [meant.get((m.start, m.end)) if m.type == "name" else m for m in mentions]
        return Lexed(toks, [m for m in kept if m is not None])

    def _remember(self, found: Iterable[Mention]) -> None:
        """Korean surnames of the case's people met, so that 정 대사 is known later."""
        for m in found:
            name = m.value
            if isinstance(name, Name) and name.kind == "person":
                for full in self.case.people[name.ref].names.get("ko", ()):
                    if " " not in full and 2 <= len(full) <= 4:
                        self.people[full[:2] if len(full) == 4 else full[0]] = name.ref


def _place(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def _apart(found: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """The spans that touch none of those taken, both in order."""
    out = []
    k = 0
    for span in found:
        while k < len(taken) and taken[k].end <= span.start:
            k += 1
        if k == len(taken) or taken[k].start >= span.end:
            out.append(span)
    return out


def _cut(words: Sequence[Token], found: Sequence[Span], base: int) -> list[Token]:
    """The words, cut wherever a span begins or ends."""
    edges = sorted({base + edge for s in found for edge in (s.start, s.end)})
    out: list[Token] = []
    for word in words:
        first, last = bisect_right(edges, word.start), bisect_left(edges, word.end)
        if first >= last:
            out.append(word)
            continue
        places = [word.start, *edges[first:last], word.end]
        for start, end in pairwise(places):
            raw = word.raw[start - word.start : end - word.start]
            out.append(Token(start, end, raw, raw.lower()))
    return out


def _over(toks: Sequence[Token], found: Sequence[Span], base: int) -> list[Mention]:
    """The spans as mentions over tokens."""
    starts = [t.start for t in toks]
    out = []
    for span in found:
        start, end = base + span.start, base + span.end
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        out.append(Mention(span.type, first, last, start, end, span.value))
    return out
