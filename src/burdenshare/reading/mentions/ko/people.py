"""People the case does not know, by the word of office behind their name, and surnames of people already met.

A Korean report writes the name first and the office after it: 홍길동 의원은, 홍길동대변인은, 존 스미스 국무부 부차관보.
Later it writes 홍 의원. A name is a surname of the list and two more syllables, or two words in the syllables that
foreign names are written with; between it and the office at most four words without a particle may stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from burdenshare.case.model import Name
from burdenshare.edtf import When
from burdenshare.reading.mentions.ko.forms import CLOSES, Forms, forms
from burdenshare.reading.mentions.ko.names import KoreanNames, in_office
from burdenshare.reading.mentions.ko.span import Span

_WORD = re.compile(r"[가-힣A-Za-z0-9·]+")
_NOT_LAST = frozenset("는를을의에와과로며들던된적인")  # no given name ends so; a word with a particle does
_BACK = 5  # words looked at before the word of office
# Syllables that foreign names are written with and Korean words seldom have.
_FOREIGN = frozenset(
    "드트스르크프츠퍼튼웰랜벨켈헬넬렌슨렉릭릴맥먼멘밀버브블빌샌셔쇼슈슐즈젠젤캐캠커컨케켄코콜쿠퀸클키킨타터테텔토톤톰티팀파팔패퍼페펠펫포폴푸프핀필해핸허헌헤호홀휘히힐"
    "랄랜러런럼레렐로론롤롭루룩리린마매머모미바뱅베벤벨보볼부사새서세소수시아애앤앨어에엘오올와요우월웬웰윌윙유이자재저제조존주지찰체촐치카데델도돈두디딕라래"
)
_MARKED = frozenset(
    "드트스르크프츠퍼튼웰랜켈헬넬렌슨렉릭릴먼멘밀블빌샌셔슈즈젤캠컨켄콜퀸클킨텔톤톰팀팔펠펫폴핀핸헌홀휘힐랄럼렐론롤롭룩뱅벤벨볼앤앨엘웬윌윙촐델딕러"
)


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str


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


def _is_foreign_name(first: str, last: str) -> bool:
    both = first + last
    return (
        2 <= len(first) <= 5
        and 1 <= len(last) <= 6
        and all(c in _FOREIGN for c in both)
        and any(c in _MARKED for c in first)
        and (len(last) == 1 or any(c in _MARKED for c in last))
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
    for k, word in enumerate(words):
        office = _office_start(text, word, known)
        if office is None:
            continue
        found = _glued_name(text, word, office, known) or _name_before(
            words, k, office == word.start, covered, known, text
        )
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


def _office_start(text: str, word: _Word, known: Forms) -> int | None:
    """Where a word of office begins that closes this word but for a particle."""
    for place in range(max(word.start, word.end - 12), word.end):
        found = known.titles.match(text, place)
        if found is not None and CLOSES.match(text, found.end()):
            return place
    return None


def _glued_name(text: str, word: _Word, office: int, known: Forms) -> Span | None:
    """홍길동대변인: the name and the office in one word."""
    size = office - word.start
    name = text[word.start : office]
    return Span("person", word.start, office, name) if size in (3, 4) and _is_korean_name(name, known) else None


def _name_before(
    words: Sequence[_Word], k: int, alone: bool, covered: Sequence[tuple[int, int]], known: Forms, text: str
) -> Span | None:
    """The name before the office, with at most four words without a particle between."""
    for j in range(k - 1, max(-1, k - 1 - _BACK), -1):
        word = words[j]
        if text[word.end : words[j + 1].start] != " ":
            return None
        inside = _overlaps(word.start, word.end, covered)
        if not inside and _is_korean_name(word.text, known):
            return Span("person", word.start, word.end, word.text)
        if (
            not inside
            and j
            and text[words[j - 1].end : word.start] == " "
            and not _overlaps(words[j - 1].start, words[j - 1].end, covered)
            and _is_foreign_name(words[j - 1].text, word.text)
        ):
            return Span("person", words[j - 1].start, word.end, f"{words[j - 1].text} {word.text}")
        if not inside and _particle_at(word.text):
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
    return any(s < end and start < e for s, e in covered)
