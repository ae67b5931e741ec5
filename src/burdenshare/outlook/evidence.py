"""What the record and the case say about talks as of a day, as observations that the forecast conditions on.

Rises are in log points of the last yearly sum under the old agreement: a demand of five times that sum is log 5, a
rise of 8 percent log 1.08. Silence is no observation: a side whose offer nobody reported has none here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from burdenshare import edtf
from burdenshare.case import Case, PastPosition
from burdenshare.case.priors import OutlookPriors
from burdenshare.dossier import Deal, Dossier, Quote, Stand
from burdenshare.errors import BurdenshareError
from burdenshare.money import Amount, Change, Range, convert
from burdenshare.outlook import history
from burdenshare.outlook.history import Base
from burdenshare.outlook.known import deal_day

SAME_RISE, SAME_DAYS = 0.03, 45
"""Two reports of one side's position this close (log points, days) are one observation."""
OTHER_RISE = 0.1
"""A side that names a figure this far from its last (log points) has moved."""
HOST, STATIONING, NEITHER = 0, 1, -1
SETTLING = timedelta(days=90)
"""How long after a deal reports may still speak of its talks under the wrong number."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing seen. `kind` is one of KINDS; `low` and `high` are log points (equal for one figure).

    `scale` is how far, in log points, the report may lie from the truth. `claims` are ids of claims, or `case:` and
    the place in the case file. `words` say it for people.
    """

    kind: str
    side: int
    day: date
    low: float
    high: float
    scale: float
    bound: str
    words: str
    claims: tuple[str, ...]
    factor: float = 1.0


KINDS = ("position", "limit", "reject", "tentative", "no-deal", "apart", "near")


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one set of talks. `planned` is the day of the next round, where one is announced.

    `made` is the deal where there is one already. `unused` names positions without a figure that could be used.
    `years` are term lengths asked for: side, least, most.
    """

    talks: int | None
    start: date | None
    expiry: date | None
    base: Base | None
    observations: tuple[Observation, ...]
    rounds: tuple[date, ...]
    planned: date | None
    made: Made | None
    years: tuple[tuple[int, float, float], ...]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A deal already made: its day, rise (log points) and amount a year (host currency) as far as known."""

    day: date | None
    rise: float | None
    amount: float | None
    years: float | None
    claims: tuple[str, ...]


def gather(dossier: Dossier | None, case: Case, *, as_of: date, talks: int, priors: OutlookPriors) -> Evidence:
    """The evidence on talks about agreement `talks`; `case` is cut by `known` already, the dossier built as of then."""
    base = history.base(case, talks) or _reported_base(dossier, case, talks)
    reader = _Reader(case, base, as_of, priors)
    found: list[Observation] = []
    for p in case.positions:
        if p.agreement == talks:
            found += reader.past_position(p)
    years = [y for p in case.positions if p.agreement == talks for y in _years(p, case)]
    if dossier is not None:
        for stand in dossier.positions:
            if stand.agreement == talks:
                found += reader.stand(stand)
                years += _stand_years(stand, case)
        for deal in dossier.settlements:
            if deal.agreement == talks and deal.item is None and deal.expected:
                found += reader.expected_deal(deal)
    days, planned = _rounds(dossier, case, talks, as_of)
    before = case.agreement(talks - 1)
    earlier = deal_day(before, case) if before is not None else None
    apart = _broken_off(dossier, case, talks)
    start = min([d for d in (history.talks_start(case, talks), *days) if d], default=None)
    found = _merged(found) + [
        Observation("apart", NEITHER, d, 0.0, 0.0, 0.05, "exact", "a round broken off", (f"case:round:{d}",))
        if d in apart
        else Observation("no-deal", NEITHER, d, 0.0, 0.0, 0.05, "exact", "a round without a deal", (f"case:round:{d}",))
        for d in days
    ]
    return Evidence(
        talks=talks, start=start, expiry=history.expiry_before(case, talks) or _reported_expiry(dossier, talks),
        base=base, observations=tuple(sorted(found, key=lambda o: (o.day, o.kind, o.side, o.low, o.claims))),
        rounds=days, planned=planned, made=_made(dossier, case, talks, base, start=start or earlier, rounds=days),
        years=tuple(dict.fromkeys(years)),
        unused=tuple(reader.unused),
    )  # fmt: skip


def talks_number(dossier: Dossier | None, case: Case) -> int | None:
    """The agreement that is talked about: the one after the last made, where the case or reports show that talks on
    it have begun; else the last one made (whose forecast is that it is made). None where neither says anything.

    A report that words it as if the next talks were on ("the next agreement will") just after a deal begins none.
    """
    made = {p.number: p.deal for p in history.past(case)}
    if not made:
        return dossier.talks if dossier is not None and dossier.talks is not None else 1 if case.agreements else None
    last = max(made)
    begun = history.talks_start(case, last + 1) is not None or any(
        p.agreement == last + 1 and p.act in ("demand", "offer") for p in case.positions
    )
    if begun or (dossier is not None and dossier.talks is not None and _begun(dossier, last, made[last])):
        return last + 1
    return last


def _begun(dossier: Dossier, last: int, deal: date | None) -> bool:
    """True where the dossier holds a round or position of later talks, not of the weeks about the last deal."""
    days = [edtf.parse(r.when).latest for r in dossier.rounds if (r.agreement or 0) > last and r.when]
    days += [_last(p.last_published) for p in dossier.positions if (p.agreement or 0) > last]
    return any(d is not None and (deal is None or d > deal + SETTLING) for d in days)


def positions_before(case: Case, talks: int, deal: date | None, priors: OutlookPriors) -> list[Observation]:
    """The demands and offers with a figure in past talks, in order of their days, up to the day before the deal.

    One told only afterwards ("the first demand had been") counts too, where it lies within a day of the deal's report.
    """
    base = history.base(case, talks)
    reader = _Reader(case, base, deal or date.max, priors)
    found = [
        o for p in case.positions if p.agreement == talks and p.act in ("demand", "offer")
        for o in reader.past_position(p)
        if deal is None or o.day <= deal + timedelta(days=1)
    ]  # fmt: skip
    return sorted(found, key=lambda o: o.day)


class _Reader:
    """Turns figures into log points of the base; notes what could not be used."""

    def __init__(self, case: Case, base: Base | None, as_of: date, priors: OutlookPriors) -> None:
        self.case, self.base, self.as_of, self.priors = case, base, as_of, priors
        self.sides = {case.host.id: HOST, case.stationing.id: STATIONING}
        self.unused: list[str] = []

    def past_position(self, p: PastPosition) -> list[Observation]:
        """A position of the case file."""
        day = p.when.latest
        where = f"case:position:{p.when}:{p.side or 'both'}:{p.act}"
        kind = {"demand": "position", "offer": "position", "limit": "limit", "reject": "reject",
                "tentative": "tentative", "expected": "tentative"}.get(p.act)  # fmt: skip
        if day is None or kind is None or (kind != "tentative" and p.side not in self.sides):
            return []
        span = None
        if p.change_percent is not None:
            span = (math.log1p(p.change_percent / 100),) * 2
        if p.amount is not None and (span is None or p.amount.currency == self.case.host.currency):
            span = self.rises(p.amount, day) or span
        if span is None:
            self.unused.append(f"{p.when}: {p.words}")
            return []
        side = self.sides.get(p.side or "", NEITHER)
        bound = p.amount.bound if p.amount else "exact"
        return [self.observation(kind, side, day, span, bound, p.words, (where,))]

    def stand(self, stand: Stand) -> list[Observation]:
        """A position of the dossier: one observation a report's figure."""
        kind = {"demand": "position", "offer": "position", "limit": "limit", "reject": "reject"}.get(stand.act or "")
        if kind is None or stand.item is not None or stand.side not in self.sides:
            return []
        out = []
        for quote in stand.series:
            day = _last(quote.published)
            span = self.quoted(quote, day) if day is not None and quote.modality != "denied" else None
            if span is None or day is None:
                self.unused.append(f"{quote.published}: {stand.side} {stand.act} without a figure that can be used")
                continue
            bound = (quote.amount and quote.amount.bound) or (quote.change and quote.change.bound) or "exact"
            words = f"{self.party(stand.side)}: {stand.act} {_figure(quote, bound)}"
            out.append(self.observation(kind, self.sides[stand.side], day, span, bound, words, quote.support))
        return out

    def party(self, side: str) -> str:
        """The side's first name."""
        names = self.case.parties[side].names
        return next((forms[0] for forms in names.values() if forms), side)

    def expected_deal(self, deal: Deal) -> list[Observation]:
        """A deal that reports say is about to be made: near, and if they name it, at what figure."""
        day = _last(deal.first_published) or self.as_of
        span = self.changed(deal.change) if deal.change else None
        span = span or (self.rises(deal.amount, day) if deal.amount and deal.per in (None, "year") else None)
        out = [Observation("near", NEITHER, day, 0.0, 0.0, 0.03, "exact", "a deal is expected", deal.support)]
        if span is not None:
            out.append(self.observation("tentative", NEITHER, day, span, "exact", "a deal is expected", deal.support))
        return out

    def quoted(self, quote: Quote, day: date | None) -> tuple[float, float] | None:
        """The rise a report's figure stands for, least and most."""
        if quote.amount is not None and quote.per in (None, "year") and day is not None:
            return self.rises(quote.amount, day)
        return self.changed(quote.change) if quote.change is not None else None

    def rises(self, amount: Amount, day: date) -> tuple[float, float] | None:
        """The log rise of a yearly sum over the base, at that day's rate of exchange where currencies differ."""
        if self.base is None:
            return None
        host = self.base.currency
        sums = next((a for a in (amount, *amount.also) if a.currency == host), None)
        if sums is None:
            try:
                sums, _ = convert(amount, host, on=min(day, self.as_of))
            except BurdenshareError:
                return None
        low, high = (math.log(v / self.base.expected) if v > 0 else None for v in (sums.least, sums.most))
        if low is None or high is None or max(abs(low), abs(high)) > 4:
            return None
        return low, high

    def changed(self, change: Change) -> tuple[float, float] | None:
        """The log rise of a change against the sum in force."""
        ends: list[float] = []
        if change.percent is not None:
            ends = [1 + v / 100 for v in _pair(change.percent)]
        elif change.multiple is not None:
            ends = list(_pair(change.multiple))
        elif change.amount is not None and self.base is not None and change.amount.currency == self.base.currency:
            ends = [1 + v / self.base.expected for v in (change.amount.least, change.amount.most)]
        if len(ends) != 2 or min(ends) <= 0.02 or max(ends) > 50:
            return None
        return math.log(ends[0]), math.log(ends[1])

    def observation(
        self, kind: str, side: int, day: date, span: tuple[float, float], bound: str, words: str, claims: Sequence[str]
    ) -> Observation:
        """With its scale: vague words say less, and so do words from a former leader's time."""
        p = self.priors
        scale = p.report_percent / 100 * (p.vague_factor if bound in ("about", "nearly") else 1.0)
        if kind == "tentative":
            scale = p.tentative_percent / 100
        factor = p.former_leader if self.leader_changed(side, day) else 1.0
        return Observation(kind, side, day, *span, scale, bound, words, tuple(claims), factor)

    def leader_changed(self, side: int, day: date) -> bool:
        """True where another person leads the side now than on that day."""
        parties = [p for p, s in self.sides.items() if s == side or side == NEITHER]
        return any(self.leader(p, day) != self.leader(p, self.as_of) for p in parties)

    def leader(self, party: str, day: date) -> str | None:
        post = self.priors.leaders.get(party)
        return next((p.id for p in self.case.people.values() if post and p.held(post, day)), None)


def _figure(quote: Quote, bound: str) -> str:
    """A report's figure in short: its sum, else its change."""
    sign = {"up-to": "up to ", "under": "under ", "at-least": "at least ", "over": "over ", "about": "about "}.get(
        bound, ""
    )
    if quote.amount is not None:
        a = quote.amount
        low, high = (f"{v / 1e9:,.6g}bn" if v >= 1e9 else f"{v / 1e6:,.6g}m" for v in (a.least, a.most))
        return f"{sign}{a.currency} {low}" + (f" to {high}" if a.most > a.least else "")
    change = quote.change
    if change is not None and change.percent is not None:
        low_, high_ = _pair(change.percent)
        return f"{sign}{low_:g}%" + (f" to {high_:g}%" if high_ > low_ else "")
    if change is not None and change.multiple is not None:
        return f"{sign}{_pair(change.multiple)[1]:g} times as much"
    return f"{sign}a change"


def _pair(value: float | Range) -> tuple[float, float]:
    return (value.low, value.high) if isinstance(value, Range) else (value, value)


def _last(published: str | None) -> date | None:
    return edtf.parse(published).latest if published else None


def _merged(found: Iterable[Observation]) -> list[Observation]:
    """Reports of one and the same position as one observation: the first day it was told, every claim behind it.

    A figure told again after another had taken its place is a look back, not a new position: a memoir of 2020 that
    tells of a demand of 2019 does not renew it.
    """
    out: list[Observation] = []
    for o in sorted(found, key=lambda o: (o.day, o.kind, o.side, o.low, o.high, o.claims)):
        alike = [i for i, kept in enumerate(out) if _alike(kept, o)]
        at = next(
            (i for i in alike if o.day - out[i].day <= timedelta(days=SAME_DAYS) or _replaced(out, out[i], o)), None
        )
        if at is None:
            out.append(o)
        else:
            out[at] = replace(out[at], claims=tuple(dict.fromkeys((*out[at].claims, *o.claims))))
    return out


def _alike(a: Observation, b: Observation) -> bool:
    """The same side's same figure, with the same kind of bound."""
    ours, theirs = ((o.kind, o.side, o.bound in ("up-to", "under")) for o in (a, b))
    return ours == theirs and abs(a.low - b.low) <= SAME_RISE and abs(a.high - b.high) <= SAME_RISE


def _replaced(kept: Sequence[Observation], earlier: Observation, later: Observation) -> bool:
    """True where between the two the side stood for another figure."""
    return earlier.kind == "position" and any(
        o.kind == "position" and o.side == later.side and earlier.day < o.day < later.day
        and abs(o.low - later.low) > OTHER_RISE
        for o in kept
    )  # fmt: skip


def _rounds(dossier: Dossier | None, case: Case, talks: int, as_of: date) -> tuple[tuple[date, ...], date | None]:
    """The days on which held rounds ended, and the day of the next one where it is announced."""
    days = [d for d in history.round_days(case, talks) if d <= as_of]
    ahead: list[date] = []
    for meeting in dossier.rounds if dossier is not None else ():
        if meeting.agreement not in (talks, None) or not meeting.when or meeting.outcome == "deal":
            continue
        when = edtf.parse(meeting.when)
        if when.earliest is None or when.latest is None or (when.latest - when.earliest).days > 31:
            continue
        if meeting.status == "held" and when.latest <= as_of:
            close = timedelta(days=4)  # a round told by its month, or by its first day, is the one known already
            if not any(when.earliest - close <= d <= when.latest + close for d in days):
                days.append(when.latest)
        elif meeting.status == "planned" and when.latest > as_of:
            ahead.append(max(when.earliest, as_of + timedelta(days=1)))
    deal = {d for r in history.rounds_of(case, talks) if r.outcome == "deal" for d in [(r.end or r.start)] if d}
    dealt = {w.latest for w in deal}
    return tuple(sorted(d for d in days if d not in dealt)), min(ahead, default=None)


def _broken_off(dossier: Dossier | None, case: Case, talks: int) -> set[date]:
    found = {
        w.latest for r in history.rounds_of(case, talks) if r.outcome == "broke-off"
        for w in [r.end or r.start] if w is not None and w.latest
    }  # fmt: skip
    for meeting in dossier.rounds if dossier is not None else ():
        off = meeting.agreement in (talks, None) and meeting.outcome == "broke-off"
        if off and meeting.when and (day := edtf.parse(meeting.when).latest):
            found.add(day)
    return found


def _years(p: PastPosition, case: Case) -> list[tuple[int, float, float]]:
    sides = {case.host.id: HOST, case.stationing.id: STATIONING}
    if p.act not in ("demand", "offer") or p.side not in sides or not p.years:
        return []
    ends = [float(part) for part in p.years.split("-") if part.strip().isdigit()]
    return [(sides[p.side], ends[0], ends[-1])] if ends else []


def _stand_years(stand: Stand, case: Case) -> list[tuple[int, float, float]]:
    sides = {case.host.id: HOST, case.stationing.id: STATIONING}
    if stand.years is None or stand.side not in sides or stand.act not in ("demand", "offer") or not stand.standing:
        return []
    y = stand.years
    return [(sides[stand.side], y.low, y.high) if isinstance(y, Range) else (sides[stand.side], float(y), float(y))]


def _reported_base(dossier: Dossier | None, case: Case, talks: int) -> Base | None:
    """The last sum that reports say is paid, where the case gives none."""
    found = []
    for c in dossier.contributions if dossier is not None else ():
        ours = c.amount is not None and c.amount.currency == case.host.currency and c.category is None
        when = edtf.parse(c.when).latest if c.when else None
        if ours and c.amount and when and c.per in (None, "year") and (c.agreement is None or c.agreement < talks):
            found.append((when, c.sources, c.amount.most))
    if not found:
        return None
    when, _, amount = max(found)
    return Base(amount, case.host.currency, when.year)


def _reported_expiry(dossier: Dossier | None, talks: int) -> date | None:
    days = [
        (t.sources, edtf.parse(t.when).latest) for t in (dossier.terms if dossier is not None else ())
        if t.event == "expiry" and t.when and t.agreement in (talks - 1, None)
    ]  # fmt: skip
    known = [(n, d) for n, d in days if d is not None]
    return max(known)[1] if known else None


def _told_as_made(deal: Deal, start: date | None, rounds: Sequence[date]) -> date | None:
    """The day of a deal that reports tell as reached, or None where they are not believed.

    One report's word without any terms does not make a deal, nor does one before the talks began (a report may put
    the last agreement's date to the next) or one after which the sides went on meeting.
    """
    terms = deal.amount or deal.change or deal.years or deal.when
    if deal.item is not None or deal.expected or not (terms or deal.sources > 1):
        return None
    for day in (edtf.parse(deal.when).latest if deal.when else None, _last(deal.first_published)):
        went_on = day is not None and any(r > day + timedelta(days=3) for r in rounds)
        if day is not None and not went_on and (start is None or day >= start):
            return day
    return None


def _made(
    dossier: Dossier | None, case: Case, talks: int, base: Base | None, *, start: date | None, rounds: Sequence[date]
) -> Made | None:
    agreement = case.agreement(talks)
    day = deal_day(agreement, case) if agreement is not None else None
    if agreement is not None and day is not None:
        amount = agreement.first_year.most if agreement.first_year else None
        year = history.first_new_year(agreement, case)
        paid = case.contribution(year) if year is not None else None
        amount = paid.amount.most if paid is not None else amount
        return Made(day, history.first_rise(case, agreement), amount, agreement.years, (f"case:agreement:{talks}",))
    believed = [
        (deal.sources, deal.amount is not None, deal.change is not None, deal.support, told, deal)
        for deal in (dossier.settlements if dossier is not None else ())
        if deal.agreement == talks and (told := _told_as_made(deal, start, rounds)) is not None
    ]
    if not believed:
        return None
    *_, when, deal = max(believed, key=lambda b: b[:4])
    sums = deal.amount
    own = next((a for a in (sums, *sums.also) if base and a.currency == base.currency), None) if sums else None
    rise = math.log(own.most / base.expected) if own is not None and base is not None and own.most > 0 else None
    if rise is None and deal.change is not None and isinstance(deal.change.percent, float | int):
        rise = math.log1p(deal.change.percent / 100)
    years = deal.years.high if isinstance(deal.years, Range) else deal.years
    return Made(when, rise, own.most if own is not None else None, years, deal.support)
