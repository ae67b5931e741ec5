"""Evidence from who held which office when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from burdenshare.case.model import Case, Office, Person
from burdenshare.sources.dating.days import EARLIEST, LATEST, Evidence, union
from burdenshare.sources.dating.mentions import Sentence

# Characters around a name in which its title stands.
BEFORE, AFTER = 45, 90

_TOKEN = re.compile(r"[A-Z][A-Za-z]+(?:-[A-Za-z]+)?|[가-힣]{2,6}")
# "former", and whom somebody else "replaced" or "succeeded".
_FORMER = re.compile(
    r"(?:\b(?:former|ex-?|late|previous|one-time|then[ -]|replac(?:ing|es|ed)|succeed(?:ing|s|ed)|over from)|전 )"
    r"\s*(?:[\w.'’-]+ ?){0,4}$",
    re.IGNORECASE,
)
# A cheap look before the pattern above.
_PAST = re.compile(r"former|\bex|late|previous|one-time|then|replac|succe|over from|전 ")
_ELECT = re.compile(r"-elect\b")
# What may stand between a title and its holder: "chief negotiator Ann Lee", "the chief negotiator, Ann Lee".
_GIVEN = re.compile(r",? (?:[\w.'’-]+ ){0,3}|")
# The rest of a name before what is said of its bearer: "Lee Ann-na, the host's chief negotiator".
_REST = re.compile(r"(?:[ -][A-Za-z][\w'’-]*\.?){0,2}(?=, | \()")
_COUNTERPART = re.compile(r"\bcounterparts?,? (?:[\w.'’-]+ ){0,2}$")
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
    follows = _REST.match(after)
    rest = follows.end() if follows else -1
    for office in person.offices:
        if office.start is None or office.post not in names.titles:
            continue
        for title in names.titles[office.post]:
            at = before.rfind(title)
            between = before[at + len(title) :]
            near = at >= 0 and len(between) <= 30 and ("," not in between or _GIVEN.fullmatch(between) is not None)
            if near and title == "president" and before[:at].endswith("vice "):
                near = False
            if near or (rest >= 0 and 0 <= after.find(title, rest) - rest <= 45):
                out.append(office)
                break
    return out


def from_offices(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """Terms of the office holders named with their titles; "former" puts the report after the term."""
    names = _names(case)
    whole = "\n".join(s.text for s in report)
    full_names: dict[str, list[Person]] = {}
    seen: set[tuple[str, str, bool]] = set()
    found: list[tuple[date, Evidence]] = []
    for m in _TOKEN.finditer(whole):
        people = _people_at(m[0], names)
        if not people:
            continue
        if m[0] not in full_names:
            full_names[m[0]] = [p for p in people if any(n in whole for ns in p.names.values() for n in ns)]
        full = full_names[m[0]]
        before = whole[max(0, m.start() - BEFORE) : m.start()].replace("\n", " . ").lower()
        after = whole[m.end() : m.end() + AFTER].split("\n", 1)[0].lower()
        if _ELECT.search(before):
            continue
        former = _PAST.search(before) is not None and _FORMER.search(before) is not None
        spans: list[tuple[date, date]] = []
        posts: set[str] = set()
        who = ""
        titled = False
        for person in full or people:
            offices = _held(person, before, after, names)
            titled = titled or bool(offices)
            if not offices and _COUNTERPART.search(before):
                offices = [o for o in person.offices if o.start]
            if not offices and _SPEAKERS_OWN.match(after):
                offices = [o for o in person.offices if o.start and "president" in names.titles.get(o.post, ())]
            for office in offices:
                start = office.start or EARLIEST
                end = office.end or LATEST
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
