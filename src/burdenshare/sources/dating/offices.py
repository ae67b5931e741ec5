"""Evidence from who held which office when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from burdenshare.case.model import Case, Office, Person
from burdenshare.sources.dating.days import EARLIEST, LATEST, Evidence, union
from burdenshare.sources.dating.mentions import Sentence

# Characters around a name in which its title stands.
BEFORE, AFTER = 45, 50

_TOKEN = re.compile(r"[A-Z][A-Za-z]+(?:-[A-Za-z]+)?|[가-힣]{2,6}")
_FORMER = re.compile(
    r"(?:\b(?:former|ex-?|late|previous|one-time|then[ -])|전 )\s*(?:[\w.'’-]+ ?){0,4}$", re.IGNORECASE
)
_ELECT = re.compile(r"-elect\b")
_SPEAKERS_OWN = re.compile(r"^(?:'s|’s)? administration\b")


@dataclass(frozen=True, slots=True)
class _Names:
    case: Case
    people: dict[str, tuple[Person, ...]]
    titles: dict[str, tuple[str, ...]]


_known: dict[int, _Names] = {}  # by the case's identity; the entry holds the case, so the identity stays its own


def _names(case: Case) -> _Names:
    if id(case) in _known:
        return _known[id(case)]
    people: dict[str, list[Person]] = {}
    for person in case.people.values():
        if not any(o.start for o in person.offices):
            continue
        short = {n for names in person.surnames.values() for n in names}
        short |= {n for n in person.names.get("ko", ()) if " " not in n}
        for name in short:
            people.setdefault(name, []).append(person)
    titles = {}
    for post in case.posts.values():
        forms = {n.lower() for names in post.names.values() for n in names}
        titles[post.id] = tuple(sorted(forms, key=len, reverse=True))
    if len(_known) >= 8:
        _known.clear()
    _known[id(case)] = _Names(case, {n: tuple(p) for n, p in people.items()}, titles)
    return _known[id(case)]


def _people_at(token: str, names: _Names) -> tuple[Person, ...]:
    if token in names.people:
        return names.people[token]
    if token[0] >= "가":
        for length in (4, 3, 2):
            if token[:length] in names.people:
                return names.people[token[:length]]
    return ()


def _held(person: Person, before: str, after: str, names: _Names) -> list[Office]:
    """The offices of the person whose title stands beside the name."""
    out = []
    for office in person.offices:
        if office.start is None or office.post not in names.titles:
            continue
        for title in names.titles[office.post]:
            at = before.rfind(title)
            near = at >= 0 and "," not in before[at + len(title) :] and len(before) - at - len(title) <= 30
            if near and title == "president" and before[:at].endswith("vice "):
                near = False
            at_after = after.find(title)
            if near or (0 <= at_after <= 30 and after.startswith((",", " ("))):
                out.append(office)
                break
    return out


def from_offices(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """Terms of the office holders named with their titles; "former" puts the report after the term."""
    names = _names(case)
    whole = "\n".join(s.text for s in report)
    seen: set[tuple[str, str, bool]] = set()
    found: list[tuple[date, Evidence]] = []
    for m in _TOKEN.finditer(whole):
        people = _people_at(m[0], names)
        if not people:
            continue
        full = [p for p in people if any(n in whole for ns in p.names.values() for n in ns)]
        before = whole[max(0, m.start() - BEFORE) : m.start()].replace("\n", " . ").lower()
        after = whole[m.end() : m.end() + AFTER].split("\n", 1)[0].lower()
        if _ELECT.search(before):
            continue
        former = bool(_FORMER.search(before))
        spans: list[tuple[date, date]] = []
        posts: set[str] = set()
        who = ""
        titled = False
        for person in full or people:
            offices = _held(person, before, after, names)
            titled = titled or bool(offices)
            if not offices and _SPEAKERS_OWN.match(after):
                offices = [o for o in person.offices if o.start and "president" in names.titles.get(o.post, ())]
            for office in offices:
                start = office.start or EARLIEST
                # The last day is the first of the next holder.
                end = office.end - timedelta(days=1) if office.end else LATEST
                spans.append((end, LATEST) if former else (start, end))
                posts.add(office.post)
                who = m[0]
        if not spans or (key := (who, ",".join(sorted(posts)), former)) in seen:
            continue
        seen.add(key)
        title = whole[max(0, m.start() - 25) : m.end()].split("\n")[-1].strip()
        told = (
            f'"...{title}" is named as a former holder of the office.'
            if former
            else f'"...{title}" held the office then.'
        )
        found.append(
            (max(a for a, _ in spans), Evidence(union(spans), 6 if former else 7 if titled else 5, "narrowed", told))
        )
    # Of two holders of one office the later was known to the writer, so the later goes first.
    yield from (e for _, e in sorted(found, key=lambda item: item[0], reverse=True))
