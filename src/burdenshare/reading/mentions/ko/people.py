"""People the case does not know, by the word of office behind their name, and surnames of people already met.

A Korean report writes the name first and the office after it: 홍길동 의원은, 홍길동대변인은, 존 스미스 국무부 부차관보.
Later it writes 홍 의원. A name is a surname of the list and two more syllables, or two words in the syllables that
foreign names are written with; between it and the office at most four words without a particle may stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from burdenshare.case.model import Name
from burdenshare.edtf import When
from burdenshare.reading.mentions.ko.forms import CLOSES, Forms, forms
from burdenshare.reading.mentions.ko.names import KoreanNames, in_office
from burdenshare.reading.mentions.ko.span import Span

_WORD = re.compile(r"[가-힣A-Za-z0-9·]+")
_NOT_LAST = frozenset("는를을의에와과로며들던된적인")  # no given name ends so; a word with a particle does
_MAY_BE_PARTICLE = frozenset("은이도만고가")  # a given name may end so, but only right before its office is it taken
_OPEN = frozenset("어아게서며고지면여해워")  # a word that ends so is an adverb or verb, and no part of an office
_BACK = 5  # words looked at before the word of office
# Syllables that foreign names are written with and Korean words seldom have.
_MARKED = frozenset(
    "드트스르크프츠퍼튼웰랜켈헬넬렌슨렉릭릴먼멘밀블빌샌셔슈즈젤캠컨켄콜퀸클킨텔톤톰팀팔펠펫폴핀핸헌홀휘힐랄럼렐롤롭룩벤벨"
    "볼앤앨엘웬윌윙촐델딕러브터"
)
_SHORT_FIRST = frozenset("잭존척짐팀톰밥댄벤빌샘론폴맥딕릭닉켄")  # first names of one syllable
_LIKELY = _MARKED | frozenset("레마아에오케조존제로니디리카사나다바비베지히패매맥데도래론루잭제찰캐코콘크폼하해허")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str


_LONGEST_COMPOUND = 20  # characters of one word before the office in it
_start = attrgetter("start")


def title_end(text: str, end: int, stop: int) -> int | None:
    """Where the office that follows a name at `end` closes ("홍길동| 외교부 협상 대표|가"), or None."""
    known = forms()
    best = None
    at, words = end, 0
    while words <= _BACK and at < stop:
        if text[at] == " ":
            at += 1
        word = _WORD.match(text, at, stop)
        if word is None:
            break
        closed = _office_in(text, word.start(), word.end(), known)
        if closed is not None:
            best = closed
        if CLOSES.match(text, word.end()) is None or _particle_at(word.group()):
            break
        at, words = word.end(), words + 1
        if text[at : at + 1] != " ":
            break
    return best


def _particle_at(word: str) -> bool:
    return word[-1] in "은는이가을를의에와과" and len(word) > 2


def _office_in(text: str, start: int, end: int, known: Forms) -> int | None:
    """Where a word of office that closes the word at start..end (its particle apart) ends, or None."""
    for place in range(max(start, end - 12), end):
        found = known.titles.match(text, place)
        if found is not None and found.end() <= end and CLOSES.match(text, found.end()):
            return found.end()
    return None


def _is_korean_name(word: str, known: Forms) -> bool:
    if word in known.not_names or word[-1] in _NOT_LAST:
        return False
    return (len(word) == 3 and word[0] in known.surnames) or (len(word) == 4 and word[:2] in known.surnames)


def _is_foreign_name(first: str, last: str, known: Forms) -> bool:
    both = first + last
    return (
        (2 <= len(first) <= 5 or first in _SHORT_FIRST)
        and 1 <= len(last) <= 6
        and all("가" <= c <= "힣" for c in both)
        and not {first, last} & (known.not_names | known.title_words)
        and first[-1] not in "은는을를의에와과가"
        and last[-1] not in "은는을를의에과"
        and (first in _SHORT_FIRST or any(c in _LIKELY for c in first))
        and (
            any(c in _MARKED for c in last)
            or first in _SHORT_FIRST
            or (len(last) == 1 and any(c in _MARKED for c in first))
        )
    )


def people(
    text: str, taken: Sequence[Span], met: dict[str, str], compiled: KoreanNames, ref: When | None
) -> list[Span]:
    """Names of people in a sentence that the case does not list, and surnames before an office.

    `taken` are the case's names found there; `met` maps surnames to a person's id or a full name and is added to.
    """
    known = forms()
    covered = sorted((s.start, s.end) for s in taken)
    words = [_Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    out: list[Span] = []
    offices = [m.start() for m in known.titles.finditer(text) if CLOSES.match(text, m.end())]
    last = -1
    for place in offices:
        k = bisect_right(words, place, key=_start) - 1
        word, office = words[k], place
        if k == last or office - word.start > _LONGEST_COMPOUND:
            continue
        last = k
        found = _glued_name(text, word, office, known) or _name_before(words, k, covered, known, text)
        if (
            found is not None
            and not _overlaps(found.start, found.end, covered)
            and (not out or out[-1].end <= found.start)
        ):
            met.setdefault(_surname(found.value), found.value)
            out.append(found)
        elif office == word.start and k and text[word.start - 1] == " ":
            short = _surname_before(text, words[k - 1], word, met, compiled, ref)
            if short is not None and not _overlaps(short.start, short.end, covered):
                out.append(short)
    return out


def _surname(full: str) -> str:
    parts = full.split(" ")
    return parts[-1] if len(parts) > 1 else full[:2] if len(full) == 4 else full[:1]


def _glued_name(text: str, word: _Word, office: int, known: Forms) -> Span | None:
    """홍길동대변인: the name and the office in one word."""
    size = office - word.start
    name = text[word.start : office]
    return Span("person", word.start, office, name) if size in (3, 4) and _is_korean_name(name, known) else None


def _name_before(
    words: Sequence[_Word], k: int, covered: Sequence[tuple[int, int]], known: Forms, text: str
) -> Span | None:
    """The name before the office, with at most four words without a particle between."""
    for j in range(k - 1, max(-1, k - 1 - _BACK), -1):
        word = words[j]
        if text[word.end : words[j + 1].start] != " ":
            return None
        if _overlaps(word.start, word.end, covered):
            continue
        before = words[j - 1] if j and text[words[j - 1].end : word.start] == " " else None
        if (
            before is not None
            and not _overlaps(before.start, before.end, covered)
            and _is_foreign_name(before.text, word.text, known)
        ):
            return Span("person", before.start, word.end, f"{before.text} {word.text}")
        if _is_korean_name(word.text, known) and (
            word.text[-1] not in _MAY_BE_PARTICLE or (j == k - 1 and word.text[:-1] not in known.title_words)
        ):
            return Span("person", word.start, word.end, word.text)
        if _particle_at(word.text) or word.text[-1] in _OPEN:
            return None
    return None


def _surname_before(
    text: str, before: _Word, office: _Word, met: dict[str, str], compiled: KoreanNames, ref: When | None
) -> Span | None:
    """송 의원, 문 대통령: a surname of someone met before, or of the one who held the office then."""
    if len(before.text) > 6 or text[before.end : office.start] != " ":
        return None
    surname = before.text
    held = forms().titles.match(text, office.start)
    who = met.get(surname)
    if who is None and len(surname) <= 2 and held is not None:
        who = in_office(compiled, surname, held.group(), ref)
    if who is None:
        return None
    person = compiled.case.people.get(who)
    if person is None:
        return Span("person", before.start, before.end, who)
    return Span(
        "name", before.start, before.end, (Name(surname, "ko", "person", person.id, person.party, short=False),)
    )


def _overlaps(start: int, end: int, covered: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch touches one of those covered, which are in order and apart."""
    k = bisect_right(covered, (start, end))
    return (k > 0 and covered[k - 1][1] > start) or (k < len(covered) and covered[k][0] < end)
