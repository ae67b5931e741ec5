"""The case's names in Korean sentences: at each place the longest, with a particle or a compound's next part behind it.

Names written with spaces are met without them too (미 국무부, 미국무부). The one-syllable names of countries count in
chains (한미, 한·미·일) and, where they are no common word, by themselves (미 정부).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from burdenshare.case.model import Case, Name
from burdenshare.edtf import When
from burdenshare.reading.mentions.ko.forms import CLOSES, Forms, forms
from burdenshare.reading.mentions.ko.span import Span

_SPACED = 3  # spaces of a name that may each be missing; a name with more is met as written, and without any
_HANGUL = re.compile(r"[가-힣]")
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class KoreanNames:
    """A case's names by their first two characters, the longest first, and its one-syllable names."""

    case: Case
    table: Mapping[str, tuple[tuple[str, tuple[Name, ...]], ...]]
    single: Mapping[str, tuple[Name, ...]]
    firsts: frozenset[str]  # characters a name or a chain of them can begin with
    chain: re.Pattern[str]
    surnames: Mapping[str, tuple[str, ...]]  # surname to the ids of those who have it


_compiled: dict[int, KoreanNames] = {}


def _spellings(text: str) -> set[str]:
    """A name with and without each of its spaces."""
    parts = text.split(" ")
    if len(parts) > _SPACED + 1:
        return {text, "".join(parts)}
    out = {parts[0]}
    for part in parts[1:]:
        out = {o + gap + part for o in out for gap in ("", " ")}
    return out


def _is_acronym(text: str) -> bool:
    return text.isascii() and text.replace(".", "").isalpha() and text.isupper() and len(text) > 1


def compile_korean(case: Case) -> KoreanNames:
    """The case's Korean names (and acronyms of any language), compiled once for each loaded case."""
    known = _compiled.get(id(case))
    if known is not None and known.case is case:
        return known
    grouped: dict[str, dict[Name, None]] = {}
    for name in case.names():
        if name.lang != "ko" and not _is_acronym(name.text):
            continue
        # A Korean surname of one syllable is met before a word of office only (문 대통령): see people.py.
        if name.kind == "person" and len(name.text) == 1:
            continue
        for text in _spellings(name.text) if _HANGUL.search(name.text) else {name.text}:
            grouped.setdefault(text, {})[name] = None
    for text in [t for t in grouped if t.endswith("의") and t[:-1] in grouped]:
        del grouped[text]  # 한국의 is 한국 with its particle
    table: dict[str, list[tuple[str, tuple[Name, ...]]]] = {}
    for text in sorted(grouped, key=lambda t: (-len(t), t)):
        if len(text) > 1:
            table.setdefault(text[:2], []).append((text, tuple(grouped[text])))
    single = {t: tuple(ns) for t, ns in grouped.items() if len(t) == 1}
    surnames: dict[str, list[str]] = {}
    for person in case.people.values():
        for full in person.names.get("ko", ()):
            if " " not in full and 2 <= len(full) <= 4:
                surnames.setdefault(full[:2] if len(full) == 4 else full[0], []).append(person.id)
    compiled = KoreanNames(
        case,
        {k: tuple(v) for k, v in table.items()},
        single,
        frozenset([t[0] for t in table] + [*single, *(forms().abbreviations if single else "")]),
        _chain(forms(), single),
        {k: tuple(v) for k, v in surnames.items()},
    )
    if len(_compiled) > 16:
        _compiled.clear()
    _compiled[id(case)] = compiled
    return compiled


def _chain(known: Forms, single: Mapping[str, object]) -> re.Pattern[str]:
    """한미, 한·미, 한·미·일, 韓美: a chain that begins with one of the case's own, or has marks between."""
    if not single:
        return _NOTHING
    own = "".join(re.escape(c) for c in single)
    every = "".join(dict.fromkeys(known.abbreviations + "".join(single)))
    mark = r"\s?[·ㆍ‧・•∙\-–]\s?"
    return re.compile(rf"(?<![가-힣])(?:[{own}][{every}]{{1,3}}|[{every}](?:{mark}[{every}]){{1,3}})")


def names(text: str, compiled: KoreanNames) -> list[Span]:
    """The names of a sentence, none overlapping another; the value of each is the tuple of Names that share it."""
    out: list[Span] = []
    known = forms()
    last = 0
    table, single, firsts = compiled.table, compiled.single, compiled.firsts
    for i in [i for i, char in enumerate(text) if char in firsts]:
        if i < last:
            continue
        char = text[i]
        if char in known.abbreviations or char in single:
            chain = compiled.chain.match(text, i)
            if chain is not None and not _listed(text, i, chain.end() - i, compiled):
                found = [
                    Span("name", at, at + 1, single[text[at]]) for at in range(i, chain.end()) if text[at] in single
                ]
                if found:
                    out += found
                    last = chain.end()
                    continue
        hit = _longest(text, i, out, compiled, known) if text[i : i + 2] in table else None
        if hit is not None:
            out.append(hit)
            last = hit.end
        elif char in single and _alone(text, i, compiled, known):
            out.append(Span("name", i, i + 1, single[char]))
            last = i + 1
    return out


def _listed(text: str, at: int, size: int, compiled: KoreanNames) -> bool:
    """Whether a name longer than the chain begins here: 한미연합사, 미일동맹."""
    return any(len(t) > size and text.startswith(t, at) for t, _ in compiled.table.get(text[at : at + 2], ()))


def _alone(text: str, at: int, compiled: KoreanNames, known: Forms) -> bool:
    """Whether a one-syllable name stands for its country: "미 정부", 美; "일 방위성" by what follows."""
    char = text[at]
    if not "가" <= char <= "힣":
        return True
    if (at and text[at - 1].isalnum()) or text[at + 1 : at + 2] not in (" ", ",", "·"):
        return False
    if char not in known.common:
        return True
    if char in known.articles:
        return False
    following = text[at + 2 : at + 4]
    parties = {n.party for n in compiled.single[char]}
    return any(
        text.startswith(t, at + 2) and any(n.kind in ("body", "forces") and n.party in parties for n in ns)
        for t, ns in compiled.table.get(following, ())
    )


def _longest(text: str, at: int, before: Sequence[Span], compiled: KoreanNames, known: Forms) -> Span | None:
    begins = at == 0 or not text[at - 1].isalnum() or (bool(before) and before[-1].end == at)
    for surface, found in compiled.table[text[at : at + 2]]:
        if not text.startswith(surface, at):
            continue
        end = at + len(surface)
        kept = tuple(n for n in found if _fits(text, end, n, surface, begins, compiled, known))
        if kept:
            return Span("name", at, end, kept)
    return None


def _fits(text: str, end: int, name: Name, surface: str, begins: bool, compiled: KoreanNames, known: Forms) -> bool:
    """Whether a name may stand here, by what comes right before and after it in the same word."""
    if surface.isascii():
        return begins and not (text[end : end + 1].isascii() and text[end : end + 1].isalnum())
    kind, size = name.kind, len(surface)
    if not begins and (size < 3 or kind in ("party", "place", "post", "person")):
        return False
    if kind in ("series", "topic", "forces", "employees"):
        return True
    if CLOSES.match(text, end) or _name_at(text, end, compiled):
        return size > 2 or kind != "person" or name.short or _office_follows(text, end, known)
    if kind == "person":
        return (size >= 3 and not name.short) or known.titles.match(text, end) is not None
    if kind == "post":
        return text[end : end + 1] in "급직실들님"
    if kind in ("party", "place", "body"):
        return known.after[kind].match(text, end) is not None or (kind == "body" and size >= 4)
    return False


def _name_at(text: str, at: int, compiled: KoreanNames) -> bool:
    """Whether a name of the case begins here: 미국하와이, 한국외교부."""
    return any(text.startswith(t, at) for t, _ in compiled.table.get(text[at : at + 2], ()))


def _office_follows(text: str, end: int, known: Forms) -> bool:
    """Whether a word of office follows within four words: 박진 외교부 장관, 조현 장관."""
    at, words = end, 0
    while words < 4 and at < len(text):
        if text[at] == " ":
            at += 1
        stop = at
        while stop < len(text) and text[stop].isalnum() and stop - at < 16:
            stop += 1
        for place in range(max(at, stop - 8), stop):
            if known.titles.match(text, place):
                return True
        if stop == at or text[stop : stop + 1] != " ":
            return False
        at, words = stop, words + 1
    return False


def in_office(compiled: KoreanNames, surname: str, office: str, ref: When | None) -> str | None:
    """The one person of that surname who held a post called so when the report came out (문 대통령), or None."""
    on: date | None = ref.latest if ref is not None else None
    if on is None:
        return None
    case = compiled.case
    found = {
        person
        for person in compiled.surnames.get(surname, ())
        for o in case.people[person].offices
        if (o.start is None or o.start <= on)
        and (o.end is None or on <= o.end)
        and any(n.endswith(office) for n in case.posts[o.post].names.get("ko", ()))
    }
    return next(iter(found)) if len(found) == 1 else None
