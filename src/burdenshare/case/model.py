"""A case as checked data: who talks to whom about what, and what is known of it from the past.

Everything here is loaded from a case file (`case.toml` and the CSV series beside it); no value of any
case stands in code. Amounts are whole currency units; years are calendar years unless the case says that
its fiscal year starts in another month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from burdenshare.case.priors import OutlookPriors
from burdenshare.edtf import When
from burdenshare.money import Amount, Growth, Rule

Lang = str
Names = Mapping[Lang, tuple[str, ...]]  # language code to surface forms, the preferred one first

BodyKind = Literal[
    "government", "head-of-state", "foreign-ministry", "defence-ministry", "finance-ministry",
    "legislature", "forces", "embassy", "delegation", "agency", "court", "party", "union", "other",
]  # fmt: skip
PlaceKind = Literal["city", "state", "country", "venue", "region"]
EntityKind = Literal["party", "body", "person", "post", "place", "series", "forces", "employees", "outlet", "topic"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from."""

    id: str
    outlet: str
    title: str = ""
    url: str = ""
    published: str = ""  # as the source gives it, EDTF where known
    note: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A side of the talks.

    `role` is `host` (hosts the troops and pays towards their cost) or `stationing` (sends them); in talks without
    troops `payer` or `claimant`. Several that pay together are one party with one of these roles, such as an
    alliance, and each of them a party with the role `member`.
    """

    id: str
    role: str
    names: Names
    adjectives: Names  # "South Korean", "한국"
    metonyms: Names  # "Seoul", "Washington": a capital or house that stands for the government
    currency: str
    capital: str = ""  # a place id


@dataclass(frozen=True, slots=True)
class Body:
    """A ministry, parliament, command, embassy or news agency; `party` is None where it belongs to neither."""

    id: str
    party: str | None
    kind: BodyKind
    names: Names


@dataclass(frozen=True, slots=True)
class Office:
    """A person's term in a post. Open ends are None."""

    post: str  # a post id
    start: date | None
    end: date | None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """An office such as foreign minister or chief negotiator, with the words reports use for it."""

    id: str
    party: str | None
    names: Names
    delegation: bool = False  # True for heads and members of the delegations


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the coverage names. `names` hold full names and other spellings; `surname` the short form by language."""

    id: str
    party: str | None
    names: Names
    surnames: Names
    offices: tuple[Office, ...] = ()

    def held(self, post: str, on: date) -> bool:
        """True where the person held the post on that day."""
        return any(
            o.post == post and (o.start is None or o.start <= on) and (o.end is None or on <= o.end)
            for o in self.offices
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A city, state, country or venue where the delegations meet; `within` is the id of the place around it."""

    id: str
    kind: PlaceKind
    names: Names
    within: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One value of a disputed field, and who gives it. `used` marks the one the case works with, `why` says why."""

    field: str
    value: str
    unit: str
    used: bool
    why: str
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement of the series. `start` and `end` are the first and last day it covers."""

    number: int
    start: When | None = None
    end: When | None = None
    agreed: When | None = None
    initialled: When | None = None
    signed: When | None = None
    ratified: When | None = None
    in_force: When | None = None
    talks_start: When | None = None
    years: int | None = None
    first_year: Amount | None = None
    growth: Growth | None = None
    growth_words: str = ""
    growth_rule: Rule | None = None  # the rule in the form that `burdenshare.money.growth` counts with
    versions: tuple[Version, ...] = ()  # every value with its sources, those in use too


@dataclass(frozen=True, slots=True)
class Payment:
    """A year's contribution. `basis` is agreed, paid, budgeted, forecast, derived; `used` marks the series."""

    year: int
    agreement: int | None
    basis: str
    amount: Amount
    rise_percent: float | None  # on the year before, as reported
    used: bool
    why: str
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastRound:
    """A round known from the past, for the calendar that reports are dated and numbered by."""

    agreement: int
    number: int | None
    start: When | None
    end: When | None
    city: str
    venue: str
    heads: Mapping[str, str]  # party id to name
    outcome: str
    note: str
    used: bool
    why: str
    sources: tuple[str, ...]
    format: str = ""  # `video` where the delegations did not meet in one place


@dataclass(frozen=True, slots=True)
class PastPosition:
    """A position known from the past. `change_percent` is against the sum then in force."""

    when: When
    agreement: int
    side: str | None
    actor: str
    act: str
    amount: Amount | None
    change_percent: float | None
    years: str
    words: str
    reported_by: str
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CategoryFigure:
    """A figure on one category of the contribution (labour, construction, logistics), with its unit."""

    period: str
    item: str
    value: str
    unit: str
    basis: str
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearlyFigure:
    """A figure of one year in a named series: the payer's defence budget, troops, local employees, a rate of exchange.

    `unit` is a currency (whole units), `percent`, `persons`, or a pair such as `KRW/USD`: won for one dollar.
    """

    series: str
    year: int
    value: float
    unit: str
    basis: str
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One surface form and what it names; the reader's dictionary is made of these."""

    text: str
    lang: Lang
    kind: EntityKind
    ref: str  # id of the party, body, person, post, place ...; for a topic, its word
    party: str | None
    short: bool = False  # True for a bare surname or an abbreviation that needs the full form nearby


@dataclass(frozen=True, slots=True)
class Case:
    """A case loaded and checked. Mappings keep the file's order."""

    id: str
    title: Names
    series: Names  # names of the series of agreements: "Special Measures Agreement", "SMA"
    fiscal_year_starts: int  # month, 1 for calendar years
    about: Names  # words that show a report to be about this case ("defense cost-sharing")
    parties: Mapping[str, Party]
    bodies: Mapping[str, Body]
    posts: Mapping[str, Post]
    people: Mapping[str, Person]
    places: Mapping[str, Place]
    forces: Names  # what the stationed troops are called: "US Forces Korea", "USFK"
    employees: Names  # what the local employees are called: "Korean workers of USFK"
    categories: Mapping[str, Names]  # labour, construction, logistics, ... and their words
    agreements: tuple[Agreement, ...]
    payments: tuple[Payment, ...]
    rounds: tuple[PastRound, ...]
    positions: tuple[PastPosition, ...]
    category_figures: tuple[CategoryFigure, ...]
    sources: Mapping[str, Source]
    path: str = ""  # the file it was loaded from, as given
    yearly: tuple[YearlyFigure, ...] = ()
    updated: When | None = None  # when the data were last gone over
    gdp_shares: bool = False  # whether what a party spends is counted as a share of gross domestic product, too
    extra: Mapping[str, str] = field(default_factory=dict)
    outlook: OutlookPriors | None = None  # None: the generic priors

    @property
    def host(self) -> Party:
        """The party that hosts the troops and pays towards their cost; in talks without troops the one that pays."""
        return next(p for p in self.parties.values() if p.role in ("host", "payer"))

    @property
    def stationing(self) -> Party:
        """The party whose troops are stationed; in talks without troops the one that asks to be paid."""
        return next(p for p in self.parties.values() if p.role in ("stationing", "claimant"))

    @property
    def members(self) -> tuple[Party, ...]:
        """The parties that make up one of the two sides, such as the states of an alliance; empty in most cases."""
        return tuple(p for p in self.parties.values() if p.role == "member")

    def agreement(self, number: int) -> Agreement | None:
        """The agreement of that number in the series, or None."""
        return next((a for a in self.agreements if a.number == number), None)

    def in_force(self, on: date) -> Agreement | None:
        """The agreement whose covered span (start to end) contains the day, or None in a gap."""
        for a in self.agreements:
            if (
                a.start
                and a.start.earliest
                and a.start.earliest <= on
                and (a.end is None or a.end.latest is None or on <= a.end.latest)
            ):
                return a
        return None

    def contribution(self, year: int) -> Payment | None:
        """The year's contribution in the series the case uses, or None where the case has none."""
        return next((p for p in self.payments if p.year == year and p.used), None)

    def names(self) -> Iterator[Name]:
        """Every surface form the case gives, for the reader's dictionary."""

        def forms(
            names: Names, kind: EntityKind, ref: str, party: str | None, *, short: bool = False
        ) -> Iterator[Name]:
            for lang, texts in names.items():
                for text in texts:
                    yield Name(text, lang, kind, ref, party, short)

        for p in self.parties.values():
            yield from forms(p.names, "party", p.id, p.id)
            yield from forms(p.adjectives, "party", p.id, p.id)
            yield from forms(p.metonyms, "party", p.id, p.id)
        for b in self.bodies.values():
            yield from forms(b.names, "body", b.id, b.party)
        for person in self.people.values():
            yield from forms(person.names, "person", person.id, person.party)
            yield from forms(person.surnames, "person", person.id, person.party, short=True)
        for post in self.posts.values():
            yield from forms(post.names, "post", post.id, post.party)
        for place in self.places.values():
            yield from forms(place.names, "place", place.id, place.party)
        yield from forms(self.series, "series", self.id, None)
        yield from forms(self.forces, "forces", "forces", self.stationing.id)
        yield from forms(self.employees, "employees", "employees", None)
        yield from forms(self.about, "topic", "about", None)
