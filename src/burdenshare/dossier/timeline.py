"""Which agreement a claim speaks of, worked out from the report's date and the agreements' calendar.

Only what lay in the past on the day of the report is used, so that no answer rests on hindsight: talks
after the 10th agreement took effect are talks on the 11th, whether or not the 11th was ever signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from burdenshare import edtf
from burdenshare.case import Agreement, Case
from burdenshare.edtf import When
from burdenshare.reading import claim as claims
from burdenshare.reading.claim import Claim
from burdenshare.record import Entry

# Shorter surnames (Han, Kim, Lee) are words or shared too often.
_TELLING_SURNAME = 4
_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> str:
    """The words of a text set between single spaces, for finding a name as whole words."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def took_effect(agreement: Agreement) -> date | None:
    """The day from which talks are about the next agreement: entry into force, or the nearest thing known to it."""
    for when in (agreement.in_force, agreement.ratified, agreement.signed, agreement.start):
        if when is not None and (day := when.latest or when.earliest) is not None:
            return day
    return None


# name between spaces, party, id, terms
_Office = tuple[str, str | None, str, tuple[tuple[date | None, date | None], ...]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which the agreements of a case took effect and end, by number."""

    effective: tuple[tuple[int, date], ...]
    ends: tuple[tuple[int, When], ...]
    acts: tuple[tuple[int, str, When], ...]  # number, event as in the vocabulary, date
    terms_of_office: tuple[_Office, ...]
    # the same by the first word of the name, so that of many names only a few are looked for in a text
    _by_word: Mapping[str, tuple[_Office, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_word: dict[str, tuple[_Office, ...]] = {}
        for office in self.terms_of_office:
            first = office[0].split()[0]
            by_word[first] = (*by_word.get(first, ()), office)
        object.__setattr__(self, "_by_word", by_word)

    @classmethod
    def of(cls, case: Case) -> Calendar:
        """The calendar of a case."""
        effective = tuple(sorted((a.number, day) for a in case.agreements if (day := took_effect(a)) is not None))
        ends = tuple(sorted(((a.number, a.end) for a in case.agreements if a.end is not None), key=lambda e: e[0]))
        acts = tuple(
            (a.number, event, when)
            for a in sorted(case.agreements, key=lambda a: a.number)
            for event, when in (
                ("initialled", a.initialled),
                ("signature", a.signed),
                ("ratification", a.ratified),
                ("start", a.start),
                ("talks-start", a.talks_start),
            )
            if when is not None
        )
        offices = []
        surnames = [_words(n) for p in case.people.values() for texts in p.surnames.values() for n in texts]
        for person in case.people.values():
            terms = tuple((o.start, o.end) for o in person.offices)
            full = {_words(n) for texts in person.names.values() for n in texts}
            short = {_words(n) for texts in person.surnames.values() for n in texts}
            # a surname that others share, or as short as many words are, does not say who is meant
            names = full | {n for n in short if surnames.count(n) == 1 and len(n.strip()) >= _TELLING_SURNAME}
            offices += [(name, person.party, person.id, terms) for name in sorted(names) if terms and name.strip()]
        return cls(effective, ends, acts, tuple(sorted(offices, key=lambda o: (o[0], o[2]))))

    def last_in_force(self, day: date) -> int | None:
        """The last agreement that had taken effect before the day."""
        return max((number for number, effective in self.effective if effective < day), default=None)

    def talks_on(self, day: date) -> int | None:
        """The agreement that talks on that day are about: the one after the last that had taken effect."""
        last = self.last_in_force(day)
        if last is not None:
            return last + 1
        return min((number for number, _ in self.effective), default=None)

    def expiring(self, when: When, told: date) -> int | None:
        """The agreement whose expiry is told on `told`: one that ends then, else by whether it is past or to come."""
        last = self.last_in_force(told)
        if last is None:
            return self.talks_on(told)
        for number, end in reversed(self.ends):
            if number <= last and end.overlaps(when) and when.earliest is not None:
                return number
        past = when.latest is not None and when.latest <= told
        end_of_last = dict(self.ends).get(last)
        if not past and end_of_last is not None and when.earliest and end_of_last.latest:
            return last + 1 if when.earliest > end_of_last.latest else last
        return last

    def dated(self, event: str | None, when: When, told: date | None) -> int | None:
        """The agreement of which the calendar knows this act at this time, no later than the day it is told."""
        for number, kind, known in self.acts:
            past = known.earliest is not None and (told is None or known.earliest <= told)
            if kind == event and past and when.earliest is not None and known.overlaps(when):
                return number
        return None

    def retold_from(self, words: str, side: str | None, told: date) -> tuple[int, ...]:
        """Agreements under negotiation while a person named in the words was in office, where no term reaches `told`.

        Empty where nobody named has left office: the words then speak of the present.
        """
        spoken = _words(words)
        named = {
            person: terms
            for word in self._by_word.keys() & set(spoken.split())
            for name, party, person, terms in self._by_word[word]
            if name in spoken and (side is None or party in (None, side))
        }
        found: set[int] = set()
        for terms in named.values():
            if any((start is None or start <= told) and (end is None or told <= end) for start, end in terms):
                return ()
            for start, end in terms:
                if end is not None and end < told:
                    first, last = self.talks_on(start or end), self.talks_on(end)
                    if first is not None and last is not None:
                        found |= set(range(first, last + 1))
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry with the agreement it speaks of and the days its report may have come out.

    `order` is a fixed order: by report date (unknown last), report, place in the text, id.
    """

    entry: Entry
    agreement: int | None
    worked_out: bool  # the agreement was not in the words
    first: date | None
    day: date | None  # the last day the report may be of; reports are ordered by it
    retold: tuple[int, ...] = ()
    claim: Claim = field(init=False, repr=False, compare=False)  # as it now stands
    order: tuple[date, str, int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # worked out once, for a large record is sorted by it again and again
        claim, entry = self.entry.claim, self.entry
        object.__setattr__(self, "claim", claim)
        object.__setattr__(self, "order", (self.day or date.max, entry.report.id, claim.start, entry.id))

    def __hash__(self) -> int:
        return hash(self.entry.id)  # equal evidence is of one entry; all its fields take long to hash


def _settled_before(claim: Claim, agreement: int, day: date | None, calendar: Calendar) -> bool:
    """True where the claim puts a meeting after the day on which the agreement it names took effect."""
    effective = dict(calendar.effective).get(agreement)
    if not isinstance(claim, claims.Round) or claim.count is not None or effective is None:
        return False
    when = edtf.parse(claim.when) if claim.when else None
    start = when.earliest if when else None
    if start is None and claim.outcome == "scheduled":
        start = day
    return start is not None and start > effective


def _own_day(entries: Sequence[Entry]) -> date | None:
    """For an undated report: the last day that its own accounts of past meetings and statements name."""
    days = []
    for entry in entries:
        c = entry.claim
        when = getattr(c, "when", None)
        told = isinstance(c, (claims.Round, claims.Statement, claims.Event)) and c.modality in ("stated", "reported")
        if when and told and getattr(c, "outcome", None) != "scheduled":
            parsed = edtf.parse(when)
            if parsed.latest is not None and parsed.earliest is not None:
                days.append(min(parsed.latest, parsed.earliest + timedelta(days=31)))
    return max(days, default=None)


def _from_calendar(claim: Claim, day: date | None, calendar: Calendar) -> int | None:
    """The agreement by the dates alone."""
    text = getattr(claim, "since", None) or getattr(claim, "when", None)
    when = edtf.parse(text) if text else None
    if isinstance(claim, claims.Term) and claim.event == "expiry":
        told = day or (when.earliest if when else None)
        if told is None:
            return None
        return calendar.expiring(when, told) if when else calendar.last_in_force(told)
    if isinstance(claim, claims.Contribution):
        return None  # a payment belongs to its year
    if isinstance(claim, claims.Term) and when is not None and (known := calendar.dated(claim.event, when, day)):
        return known
    # "in 2019" told in December is about the last of its days that the report could know of
    last = (when.earliest if getattr(claim, "since", None) else when.latest or when.earliest) if when else None
    if isinstance(claim, (claims.Statement, claims.Event)) or last is None or (day is not None and last > day):
        last = day
    return calendar.talks_on(last) if last is not None else None


def gather(entries: Iterable[Entry], calendar: Calendar) -> list[Evidence]:
    """Evidence in its fixed order: each entry with its agreement and its report's days."""
    by_report: dict[str, list[Entry]] = {}
    for entry in entries:
        by_report.setdefault(entry.report.id, []).append(entry)
    found = []
    for group in by_report.values():
        published = group[0].report.published.when
        day = published.latest if published else None
        first = published.earliest if published else None
        if day is None:
            day = first = _own_day(group)
        told = {e.claim.agreement for e in group if e.claim.kind == "round" and e.claim.agreement is not None}
        of_report = told.pop() if len(told) == 1 else None
        for entry in group:
            c = entry.claim
            agreement, worked_out = c.agreement, "agreement" in c.inferred
            retold: tuple[int, ...] = ()
            if isinstance(c, claims.Position) and day is not None and (agreement is None or worked_out):
                retold = calendar.retold_from(f"{c.holder or ''} {' '.join(c.said_by)} {c.quote}", c.side, day)
            if agreement is not None and _settled_before(c, agreement, day, calendar):
                agreement = None  # the words name the agreement in force, not the one the talks are about
            if agreement is None or retold:
                worked_out = True
                agreement = None if retold else _from_calendar(c, day, calendar)
                if agreement is None and day is None and isinstance(c, (claims.Round, claims.Settlement)):
                    agreement = of_report
            found.append(Evidence(entry, agreement, worked_out and agreement is not None, first, day, retold))
    return sorted(found, key=lambda e: e.order)
