"""What is known as of a date: one frozen class for each kind of item, all derived from claims.

Every item names the claims that support it and those that contradict it, by id. `sources` counts voices:
the copies of one report are one voice. Dates are EDTF; amounts are whole currency units. `versions` holds,
for each disputed field, every value with the voices behind it; the first is the one the item shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from burdenshare.money import Amount, Change, Growth, Range

Status = Literal["held", "planned", "unconfirmed"]
Number = float | Range


@dataclass(frozen=True, slots=True)
class Version:
    """One value of a field and who gives it. `published` is the last report's date as known (EDTF) or None."""

    value: Any
    by: tuple[str, ...]
    sources: int
    support: tuple[str, ...]
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every item carries; `inferred` names the fields that no report gives in so many words."""

    support: tuple[str, ...]
    dissent: tuple[str, ...] = ()
    sources: int
    by: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What was announced of a meeting before it took place."""

    when: str | None
    city: str | None
    place: str | None
    published: str | None
    by: tuple[str, ...]
    sources: int
    support: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Item):
    """A round of talks. `unconfirmed`: it was planned, its time has passed, and no report says that it was held."""

    agreement: int | None
    number: int | None
    when: str | None
    city: str | None
    place: str | None
    venue: str | None
    format: str | None
    outcome: str | None
    status: Status
    plans: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally(Item):
    """How many rounds a report counts (`count`), since when."""

    agreement: int | None
    count: int | None
    since: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """One report's figure in a series: `published` is when it came out, as known (EDTF) or None."""

    published: str | None
    amount: Amount | None
    change: Change | None
    share_percent: Number | None
    years: Number | None
    per: str | None
    modality: str
    by: tuple[str, ...]
    support: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """The distance from the demand to the other side's offer, in whole units of `currency`; or why there is none."""

    against: str | None
    currency: str | None = None
    low: float | None = None
    high: float | None = None
    unknown: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand(Item):
    """A side's position: what stands (the range over the versions in force) and the series that led there.

    `measure` says what it is counted in: a currency code, `change`, `share`, `years`, `item`, or `words`
    where no report gives a figure. `standing` is False where a later figure or a withdrawal replaced it.
    """

    agreement: int | None
    side: str | None
    act: str | None
    item: str | None
    measure: str
    standing: bool
    amount: Amount | None
    per: str | None
    change: Change | None
    growth: Growth | None
    share_percent: Number | None
    share_of: str | None
    years: Number | None
    holders: tuple[str, ...]
    first_published: str | None
    last_published: str | None
    series: tuple[Quote, ...]
    gap: Gap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDate(Item):
    """A date in an agreement's or the talks' life; `expected` where no report tells it as done."""

    agreement: int | None
    event: str | None
    when: str | None
    expected: bool
    plans: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal(Item):
    """A settlement. `amounts` lists every sum reported for it that is not a version of `amount`."""

    agreement: int | None
    item: str | None
    amount: Amount | None
    per: str | None
    change: Change | None
    growth: Growth | None
    years: Number | None
    year: int | None
    when: str | None
    amounts: tuple[Version, ...] = ()
    expected: bool = False
    first_published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Item):
    """A contribution reported for a year or span (`when`), in one measure (a currency, `change`, `share`, `words`)."""

    side: str | None
    when: str | None
    agreement: int | None
    category: str | None
    categories: tuple[str, ...]
    measure: str
    amount: Amount | None
    per: str | None
    change: Change | None
    growth: Growth | None
    share_percent: Number | None
    share_of: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceCost(Item):
    """An estimate of what the presence costs."""

    amount: Amount | None
    per: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class People(Item):
    """How many are stationed, employed or furloughed."""

    group: str | None
    number: int | None
    low: int | None
    high: int | None
    share_percent: Number | None
    bound: str | None


@dataclass(frozen=True, slots=True)
class Stance:
    """Where a side stood on a matter when a report came out."""

    side: str | None
    stance: str | None
    denied: bool
    published: str | None
    by: tuple[str, ...]
    sources: int
    support: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Item):
    """A matter tied to the talks or kept apart from them: the stances in time, and where each side stands last."""

    agreement: int | None
    topic: str | None
    stances: tuple[Stance, ...]
    standing: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a consequence as reported."""

    stage: str
    when: str | None
    number: int | None
    published: str | None
    by: tuple[str, ...]
    sources: int
    support: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect(Item):
    """What follows, or followed, if there is no deal. `stage` is the furthest one reported."""

    agreement: int | None
    effect: str | None
    group: str | None
    stage: str
    when: str | None
    number: int | None
    condition: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting(Item):
    """Who leads, joins or leaves a delegation, by the first report that says so."""

    person: str | None
    role: str | None
    side: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying(Item):
    """What a speaker said; the words are the quotes of the supporting claims."""

    speaker: str | None
    role: str | None
    side: str | None
    anonymous: bool | None
    direct: bool | None
    when: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion(Item):
    """Something around the talks that reports set beside them."""

    type: str | None
    when: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A disputed field. `kind` and `index` point at the item (`rounds`, 2), `label` names it in words."""

    kind: str
    index: int
    label: str
    field: str
    versions: tuple[Version, ...]
    support: tuple[str, ...]
    dissent: tuple[str, ...]
    sources: int


@dataclass(frozen=True, slots=True)
class NotHeld:
    """A plan that did not come about, or of which nothing more is reported. `instead` is what happened."""

    kind: str
    index: int
    label: str
    planned: str | None
    instead: str | None
    why: Literal["moved", "no-report", "passed"]
    support: tuple[str, ...]
    dissent: tuple[str, ...]
    sources: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something an analyst would ask that no claim in use answers."""

    what: str
    text: str
    support: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
    sources: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A report that was not used, and why: `later` than the date asked for, or `undated`."""

    report: str
    origin: str
    title: str
    outlet: str
    published: str | None
    why: Literal["later", "undated"]
    claims: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the reports in use say, resolved. Every tuple is in a fixed order."""

    case: str
    as_of: str | None
    talks: int | None  # number of the agreement under negotiation in the last reports used
    reports: int
    voices: int
    last_published: str | None
    rounds: tuple[Meeting, ...]
    tallies: tuple[Tally, ...]
    positions: tuple[Stand, ...]
    terms: tuple[TermDate, ...]
    settlements: tuple[Deal, ...]
    contributions: tuple[Payment, ...]
    costs: tuple[PresenceCost, ...]
    headcounts: tuple[People, ...]
    linkages: tuple[Link, ...]
    consequences: tuple[Effect, ...]
    appointments: tuple[Posting, ...]
    statements: tuple[Saying, ...]
    events: tuple[Occasion, ...]
    disagreements: tuple[Disagreement, ...]
    not_held: tuple[NotHeld, ...]
    unknown: tuple[Unknown, ...]
    left_out: tuple[LeftOut, ...]
