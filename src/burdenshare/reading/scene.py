"""A report as the rules see it: sentences with their mentions, and what is known of the report as a whole."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from burdenshare.case.model import Case, Name
from burdenshare.edtf import When
from burdenshare.money import Amount
from burdenshare.reading.mentions import lexicon as lexicons
from burdenshare.reading.mentions.en.dates import dates
from burdenshare.reading.mentions.en.numbers import numbers
from burdenshare.reading.mentions.en.scanner import Scanner
from burdenshare.reading.mentions.mention import Cue, Mention
from burdenshare.reading.mentions.names import compile_names, names
from burdenshare.reading.text import Line, Token, tokenised
from burdenshare.sources import Document

# English spellings this module looks for.
_BEFORE_PLURAL_NOUN = frozenset("the its his her their these those 's ’s such new initial".split())
_BEFORE_PLURAL_VERB = frozenset("they we i you who and officials sides negotiators".split())
_AFTER_COMMA = frozenset("and saying with adding making a an up".split())
_BEFORE_AS = frozenset("such much many well".split())

# Words that open a new clause: what follows has its own verb.
_OPENERS = frozenset(
    (
        "while but although though because since which who whose after as if unless when where whereas despite so "
        "yet amid until before"
    ).split()
)
_SUBORDINATE = frozenset({"that"})


@dataclass(eq=False, slots=True)
class Sentence:
    """One sentence: its tokens, their norms, its mentions in order, and a clause number for each token."""

    index: int
    line: Line
    tokens: list[Token]
    norms: list[str]
    mentions: list[Mention]
    clauses: list[int]
    by_type: dict[str, list[Mention]]
    by_cue: dict[str, list[Mention]]

    def of(self, *types: str) -> list[Mention]:
        """Mentions of these types, in order."""
        if len(types) == 1:
            return self.by_type.get(types[0], [])
        return sorted((m for t in types for m in self.by_type.get(t, ())), key=lambda m: m.first)

    def cues(self, *concepts: str) -> list[Mention]:
        """Cues of these concepts, in order."""
        if len(concepts) == 1:
            return self.by_cue.get(concepts[0], [])
        found = {id(m): m for c in concepts for m in self.by_cue.get(c, ())}
        return sorted(found.values(), key=lambda m: m.first)

    def has(self, *concepts: str) -> bool:
        """Whether a cue of any of these concepts stands in the sentence."""
        return any(c in self.by_cue for c in concepts)

    def near(self, concept: str, first: int, last: int) -> bool:
        """Whether a cue of the concept begins among tokens first..last."""
        return any(first <= m.first < last for m in self.by_cue.get(concept, ()))

    @property
    def headline(self) -> bool:
        """Whether the sentence is a headline."""
        return self.line.kind == "headline"


@dataclass(eq=False)
class Scene:
    """A report with its sentences. `quotes` are the spans of direct speech, as characters of the text."""

    document: Document
    case: Case
    lang: str
    sentences: list[Sentence]
    quotes: list[tuple[int, int]]
    people: dict[str, str] = field(default_factory=dict)  # surname as written -> the fullest name met

    @property
    def ref(self) -> When | None:
        """When the report came out, as far as it is known."""
        return self.document.published.when

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [q[0] for q in self.quotes]

    def quote_at(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch of direct speech that start..end lies in, or None."""
        k = bisect_right(self._quote_starts, start) - 1
        if k >= 0 and self.quotes[k][1] >= end:
            return self.quotes[k]
        return None

    def quotes_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches of direct speech that touch start..end, cut to it."""
        k = max(0, bisect_right(self._quote_starts, start) - 1)
        out = []
        while k < len(self.quotes) and self.quotes[k][0] < end:
            s, e = max(start, self.quotes[k][0]), min(end, self.quotes[k][1])
            if e > s:
                out.append((s, e))
            k += 1
        return out


def _quote_spans(text: str, sentences: Sequence[Line]) -> list[tuple[int, int]]:
    """Direct speech by paragraph: curly quotes by their shape, straight ones in turn.

    An open one runs to the paragraph's end.
    """
    out = []
    paragraphs: dict[int, tuple[int, int]] = {}
    for line in sentences:
        s, _ = paragraphs.get(line.paragraph, (line.start, line.end))
        paragraphs[line.paragraph] = (s, line.end)
    for start, end in paragraphs.values():
        opened = None
        for i in range(start, end):
            c = text[i]
            if c in "“「『«" or (c == '"' and opened is None):
                opened = i
            elif c in '”」』»"' and opened is not None:
                out.append((opened, i + 1))
                opened = None
        if opened is not None and end - opened > 20:
            out.append((opened, end))
    return out


def _clauses(norms: Sequence[str], found: Sequence[Mention]) -> list[int]:
    """A clause number for each token: a new one after ; : — and before words that open a clause."""
    out = []
    current = 0
    inside = {
        t for m in found if m.type in ("money", "date", "duration", "percent") for t in range(m.first + 1, m.last)
    }
    for i, norm in enumerate(norms):
        if i and i not in inside:
            previous = norms[i - 1]
            if previous in (";", ":", "--", "—"):
                current += 1
            elif (
                norm in _OPENERS
                and not (norm == "as" and i + 1 < len(norms) and norms[i + 1] in ("much", "many", "well", "high"))
                and not (norm == "since" and i + 1 < len(norms) and norms[i + 1][:1].isdecimal())
            ):
                if not (norm == "as" and previous in _BEFORE_AS) and previous not in ("as",):
                    current += 1
            elif previous == "," and norm in _AFTER_COMMA:
                current += 1
        out.append(current)
    return out


def _index(found: Sequence[Mention]) -> tuple[dict[str, list[Mention]], dict[str, list[Mention]]]:
    by_type: dict[str, list[Mention]] = {}
    by_cue: dict[str, list[Mention]] = {}
    for m in found:
        if m.type == "cue":
            by_cue.setdefault(m.value.concept, []).append(m)
        else:
            by_type.setdefault(m.type, []).append(m)
    return by_type, by_cue


def _cues(toks: Sequence[Token], norms: Sequence[str], lexicon: lexicons.Lexicon) -> list[Mention]:
    out = []
    n = len(toks)
    phrases = lexicon.cues.phrases
    for i in range(n):
        if norms[i] not in phrases:
            continue
        seen: set[str] = set()
        for size, values in lexicon.cues.all(norms, i):
            last = i + size
            for cue in values:
                if cue.concept in seen:
                    continue
                seen.add(cue.concept)
                forms = [v for v in values if v.concept == cue.concept and v.form != "word"]
                if len(forms) > 1:
                    cue = _form(norms, i, forms)
                noun = next((v for v in values if v.concept == cue.concept and v.form == "word"), None)
                if noun is not None and cue.form in ("base", "present") and _is_noun(norms, i, last, cue):
                    cue = noun
                out.append(Mention("cue", i, last, toks[i].start, toks[last - 1].end, cue))
    return out


def _is_noun(norms: Sequence[str], first: int, last: int, cue: Cue) -> bool:
    """Whether a word that is verb and noun alike ("demand", "offers") stands as a noun."""
    before = norms[first - 1] if first else ""
    after = norms[last] if last < len(norms) else ""
    if cue.form == "base":
        return before not in _MODALS and before not in _BEFORE_PLURAL_VERB
    return after in ("for", "of") or before in _BEFORE_PLURAL_NOUN


_MODALS = frozenset("to will would could might may should can must not did does do cannot shall n't let helped".split())
_AUXILIARIES = frozenset("have has had having is are was were be been being get got".split())


def _form(norms: Sequence[str], at: int, forms: list[Cue]) -> Cue:
    """The form of a verb whose forms look alike ("cut", "come"), from the auxiliary before it."""
    before = norms[max(0, at - 3) : at]
    by_form = {f.form: f for f in forms}
    if before and before[-1] in _MODALS and "base" in by_form:
        return by_form["base"]
    if any(n in _AUXILIARIES for n in before) and "participle" in by_form:
        return by_form["participle"]
    if any(n in _MODALS for n in before[-2:]) and "base" in by_form:
        return by_form["base"]
    return by_form.get("past") or by_form.get("base") or forms[0]


# Words before a surname that are no first name.
_TITLES = frozenset(
    "mr mrs ms dr president secretary minister ambassador general gen lt col adm admiral capt captain sen senator rep "
    "representative negotiator envoy director chairman candidate spokesman spokesperson vice and but when while if as "
    "says said then former premier prime chancellor commander major republican democrat".split()
)


def _other_person(toks: Sequence[Token], m: Mention) -> bool:
    """Whether a surname stands behind another first name: "Charles C. Campbell" is not the Campbell of the case."""
    i = m.first - 1
    while i > 0 and (toks[i].raw == "." or len(toks[i].raw) == 1):
        i -= 1
    if i <= 0:
        return False
    word = toks[i]
    gap = m.start - word.end
    return (
        word.raw.isalpha()
        and word.raw[0].isupper()
        and not word.raw.isupper()
        and word.raw.lower() not in _TITLES
        and gap <= 4
    )


def _resolve(
    toks: Sequence[Token], found: list[Mention], case: Case, ref: When | None, known: dict[str, str]
) -> list[Mention]:
    """Names with one meaning each: a surname is the person already met, else whoever was in office then."""
    out = []
    for m in found:
        values: tuple[Name, ...] = m.value
        people = [v for v in values if v.kind == "person"]
        others = [v for v in values if v.kind != "person"]
        full = [v for v in people if not v.short]
        if people and not full and not others and _other_person(toks, m):
            continue
        chosen: Name | None = None
        if full:
            chosen = full[0]
            for surname in case.people[chosen.ref].surnames.values():
                for s in surname:
                    known[s.lower()] = chosen.ref
        elif people:
            met = known.get(people[0].text.lower())
            chosen = next((v for v in people if v.ref == met), None)
            if chosen is None and not others:
                on = ref.latest if ref is not None else None
                in_office = [
                    v
                    for v in people
                    if on
                    and any(
                        (o.start is None or o.start <= on) and (o.end is None or on <= o.end)
                        for o in case.people[v.ref].offices
                    )
                ]
                if len({v.ref for v in in_office}) == 1:
                    chosen = in_office[0]
                elif len({v.ref for v in people}) == 1:
                    chosen = people[0]
        if chosen is None and others:
            # "the president" of either side is no name: the rules take it as a description.
            if others[0].kind == "post" and len({v.party for v in others}) > 1:
                continue
            chosen = others[0]
        if chosen is not None:
            out.append(Mention("name", m.first, m.last, m.start, m.end, chosen))
    return out


def build(document: Document, case: Case, *, lang: str) -> Scene:
    """The scene of a report, in time linear in its text."""
    lexicon = lexicons.load(lang)
    compiled = compile_names(case)
    cut = tokenised(document, compiled.acronyms)
    known: dict[str, str] = {}
    sentences: list[Sentence] = []
    for line, toks in cut:
        cased = [t.norm for t in toks]
        norms = [t.lower() for t in cased]
        scan = Scanner(toks, norms, lexicon)
        found_names = _resolve(toks, names(toks, cased, compiled), case, document.published.when, known)
        found_dates = dates(scan, document.published.when)
        dated = {t for m in found_dates for t in range(m.first, m.last)}
        found_numbers = [
            m for m in numbers(scan) if not (m.type in ("number", "ordinal", "share") and m.first in dated)
        ]
        summed = {t for m in found_numbers if m.type in ("money", "percent") for t in range(m.first, m.last)}
        found_dates = [m for m in found_dates if not any(t in summed for t in range(m.first, m.last))]
        named = {t for m in found_names for t in range(m.first, m.last)}
        found = sorted(
            [
                *found_names,
                *found_dates,
                *found_numbers,
                *(c for c in _cues(toks, norms, lexicon) if not (c.value.form != "word" and c.first in named)),
            ],
            key=lambda m: (m.first, -m.last),
        )
        by_type, by_cue = _index(found)
        sentences.append(Sentence(len(sentences), line, toks, norms, found, _clauses(norms, found), by_type, by_cue))
    _currencies(sentences)
    return Scene(document, case, lang, sentences, _quote_spans(document.text, [line for line, _ in cut]), known)


def _currencies(sentences: Sequence[Sentence]) -> None:
    """A large sum without a currency ("between 800 billion and 900 billion") is in that of the sum nearest in size.

    Only sums within a factor of five of one that has a currency are taken; the rest stay bare numbers.
    """
    known = [m.value for s in sentences for m in s.of("money")]
    if not known:
        return
    for s in sentences:
        for m in list(s.of("number")):
            if m.value.low < 1e8:
                continue
            nearest = min(known, key=lambda a: abs(math.log(max(a.most, 1.0) / m.value.high)))
            if not 0.2 <= nearest.most / m.value.high <= 5:
                continue
            number = m.value
            amount = (
                Amount(nearest.currency, value=number.low, bound=number.bound)
                if number.low == number.high
                else Amount(nearest.currency, low=number.low, high=number.high, bound=number.bound)
            )
            s.by_type["number"].remove(m)
            m.type, m.value = "money", amount
            s.by_type.setdefault("money", []).append(m)
            s.by_type["money"].sort(key=lambda x: x.first)
