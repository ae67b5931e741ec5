"""Where the talks stand, in two sentences made from the dossier alone."""

from __future__ import annotations

from datetime import date

from burdenshare import edtf
from burdenshare.brief.model import Line
from burdenshare.brief.wording import (
    agreement_name,
    amount_words,
    capital,
    change_words,
    counted,
    date_words,
    money_range,
    on_date,
    ordinal,
    side_name,
    years_words,
)
from burdenshare.case import Case
from burdenshare.dossier import Deal, Dossier, Meeting, Stand, TermDate

_ENDED = {
    "deal": "ended with a deal",
    "no-deal": "ended without a deal",
    "broke-off": "was broken off",
    "concluded": "was concluded, with no result reported",
    "ongoing": "was still under way",
}


def month_of(text: str) -> str:
    """The date without the mark of "about" where it names a month only, for a month says as much."""
    return text.rstrip("~") if text.count("-") == 1 and "/" not in text else text


def where(meeting: Meeting) -> str:
    """` in Seoul`, ` by video`, or nothing."""
    place = meeting.city or meeting.place
    if meeting.format == "video" and not place:
        return " by video"
    if not place:
        return ""
    article = "the " if place.startswith("United ") else ""
    return f" in {article}{place}"


def _today(dossier: Dossier) -> date | None:
    if dossier.as_of:
        return date.fromisoformat(dossier.as_of)
    return edtf.parse(dossier.last_published).latest if dossier.last_published else None


def _opening(dossier: Dossier) -> str:
    if dossier.as_of:
        return f"As of {date_words(dossier.as_of)}, "
    if dossier.last_published:
        return f"By the last dated report used ({date_words(dossier.last_published)}), "
    return "By the reports used, none of which is dated, "


def summary(dossier: Dossier, case: Case) -> tuple[Line, ...]:
    """Two lines: the talks, and the money with the deadline; each names what is not known."""
    if not dossier.reports:
        until = f" published by {date_words(dossier.as_of)}" if dossier.as_of else ""
        return (
            Line(f"The record holds no report{until} that says anything about these talks."),
            Line("Nothing can be said about where they stand."),
        )
    if dossier.talks is None:
        speak = "speaks" if dossier.reports == 1 else "speak"
        told = f"{counted(dossier.reports, 'report')} {speak} of the matter, but none tells of talks"
        return (Line(f"{_opening(dossier)}{told}."), _money(dossier, case))
    return (_talks(dossier, case), _money(dossier, case))


def _held(dossier: Dossier) -> list[Meeting]:
    return [r for r in dossier.rounds if r.agreement == dossier.talks and r.status == "held"]


def _talks(dossier: Dossier, case: Case) -> Line:
    name = agreement_name(dossier.talks, case)
    held = _held(dossier)
    support: list[str] = []
    opening = _opening(dossier)
    deal = _deal(dossier)
    if deal is not None:
        support += deal.support
        text = f"{opening}the two sides have reached a deal on {name}{_deal_terms(deal)}"
        return Line(f"{text}.", tuple(support))
    if held:
        last = held[-1]
        numbers = [r.number for r in held if r.number is not None]
        if numbers:
            text = f"{opening}talks on {name} have reached the {ordinal(max(numbers))} round"
        else:
            text = f"{opening}talks on {name} have been held"
        support += last.support
        when = f" {on_date(month_of(last.when))}" if last.when else ""
        told = f"{where(last)}{when}"
        ended = _ENDED.get(last.outcome or "", "has no result reported")
        text += f"; the last one reported as held{',' + told + ',' if told else ''} {ended}"
    else:
        text = f"{opening}no round of talks on {name} is reported to have been held"
    plans = [r for r in dossier.rounds if r.agreement == dossier.talks and r.status == "planned"]
    if plans:
        plan = plans[0]
        support += plan.support
        next_one = f"a {ordinal(plan.number)} round" if plan.number and held else "a round"
        when = f" for {date_words(month_of(plan.when))}" if plan.when else ", with no date reported"
        text += f", and {next_one} is planned{where(plan)}{when}"
    elif held and held[-1].outcome != "deal":
        text += ", and no further round is announced"
    return Line(f"{text}.", tuple(dict.fromkeys(support)))


def _deal(dossier: Dossier) -> Deal | None:
    """The settlement on the whole that the reports tell as reached.

    One report's word without any terms does not make a deal, nor does one after which the sides went on talking.
    """
    for d in dossier.settlements:
        if d.agreement != dossier.talks or d.expected or d.item is not None:
            continue
        terms = d.amount or d.change or d.years or d.when
        if (terms or d.sources > 1) and not _went_on(dossier, d):
            return d
    return None


def _went_on(dossier: Dossier, deal: Deal) -> bool:
    told = edtf.parse(deal.first_published).latest if deal.first_published else None
    for r in dossier.rounds:
        start = edtf.parse(r.when).earliest if r.when else None
        later = told is not None and start is not None and start > told
        if r.agreement == deal.agreement and later and r.outcome != "deal":
            return True
    return False


def _deal_terms(deal: Deal) -> str:
    parts = []
    if deal.amount is not None:
        parts.append(amount_words(deal.amount, deal.per, also=False))
    if deal.change is not None:
        parts.append(change_words(deal.change))
    if deal.years is not None:
        parts.append(f"for {years_words(deal.years)}")
    return f": {', '.join(parts)}" if parts else ", with no terms reported"


def stands_at(stand: Stand) -> str:
    """A standing position's figure in words; empty where it has none."""
    if stand.amount is not None:
        return amount_words(stand.amount, stand.per, also=False)
    if stand.change is not None:
        return change_words(stand.change)
    if stand.share_percent is not None:
        return f"a share of {stand.share_percent} percent"
    return ""


def _figure(dossier: Dossier, side: str, acts: tuple[str, ...]) -> Stand | None:
    """The standing position with a figure: a sum on the whole before a change."""
    stands = [
        p
        for p in dossier.positions
        if p.agreement == dossier.talks and p.side == side and p.act in acts and p.standing and p.item is None
    ]
    with_figure = [p for p in stands if stands_at(p)]
    ranked = sorted(with_figure, key=lambda p: (p.amount is None, -p.sources, p.measure))
    return next(iter(ranked or stands), None)


def _money(dossier: Dossier, case: Case) -> Line:
    support: list[str] = []
    asking, paying = case.stationing.id, case.host.id
    demand, offer = _figure(dossier, asking, ("demand",)), _figure(dossier, paying, ("offer", "limit"))
    over = _deal(dossier) is not None
    parts = []
    asker, giver = side_name(asking, case), side_name(paying, case)
    asks, offers, is_ = ("had asked for", "had offered", "was") if over else ("asks for", "offers", "is")
    if demand is None:
        parts.append(f"no demand by {asker} {is_} reported")
    elif figure := stands_at(demand):
        parts.append(f"{asker} {asks} {figure} ({counted(demand.sources, 'source')})")
    else:
        parts.append(f"{asker} {asks} more, with no figure reported")
    if offer is None:
        parts.append(f"no offer by {giver} {is_} reported")
    else:
        parts.append(f"{giver} {offers} {stands_at(offer) or 'a sum that is not reported'}")
    for stand in (demand, offer):
        support += stand.support if stand is not None else ()
    if over:
        parts[0] = f"before the deal, {parts[0]}"
    if (
        not over
        and demand is not None
        and demand.gap is not None
        and demand.gap.currency
        and demand.gap.low is not None
    ):
        gap = demand.gap
        assert gap.high is not None
        assert gap.currency is not None
        assert gap.low is not None
        parts.append(f"the gap is {money_range(gap.low, gap.high, gap.currency)}")
    ending = _expiry(dossier, case)
    if ending is not None:
        text, term = ending
        support += term.support
        parts.append(text)
    text = "; ".join(parts[:-1]) + f"; and {parts[-1]}" if len(parts) > 1 else parts[0]
    return Line(f"{capital(text)}.", tuple(dict.fromkeys(support)))


def _expiry(dossier: Dossier, case: Case) -> tuple[str, TermDate] | None:
    """When the agreement before the one under negotiation runs out."""
    for term in dossier.terms:
        if term.event == "expiry" and term.when and dossier.talks and term.agreement == dossier.talks - 1:
            today, last = _today(dossier), edtf.parse(term.when).latest
            over = today is not None and last is not None and last < today
            verb = "expired" if over else "expires"
            return f"{agreement_name(term.agreement, case)} {verb} {on_date(term.when)}", term
    return None
