"""Where the talks stand, in two sentences made from the dossier alone."""

from __future__ import annotations

from datetime import date

from burdenshare import edtf
from burdenshare.brief.language import ENGLISH, Tongue
from burdenshare.brief.model import Line
from burdenshare.case import Case
from burdenshare.dossier import Deal, Dossier, Meeting, Stand, TermDate


def month_of(text: str) -> str:
    """The date without the mark of "about" where it names a month only, for a month says as much."""
    return text.rstrip("~") if text.count("-") == 1 and "/" not in text else text


def where(meeting: Meeting, case: Case | None = None, *, t: Tongue = ENGLISH) -> str:
    """` in Seoul`, ` by video`, or nothing."""
    place = meeting.city or meeting.place
    if meeting.format == "video" and not place:
        return t("where.video")
    if not place:
        return ""
    article = "the " if place.startswith("United ") else ""
    return t("where.place", place=t.called(place, case), article=article)


def _today(dossier: Dossier) -> date | None:
    if dossier.as_of:
        return date.fromisoformat(dossier.as_of)
    return edtf.parse(dossier.last_published).latest if dossier.last_published else None


def _opening(dossier: Dossier, t: Tongue) -> str:
    if dossier.as_of:
        return t("summary.as_of", when=t.date_words(dossier.as_of))
    if dossier.last_published:
        return t("summary.by_last", when=t.date_words(dossier.last_published))
    return t("summary.undated")


def summary(dossier: Dossier, case: Case, *, t: Tongue = ENGLISH) -> tuple[Line, ...]:
    """Two lines: the talks, and the money with the deadline; each names what is not known."""
    if not dossier.reports:
        none = t("summary.no_report_by", when=t.date_words(dossier.as_of)) if dossier.as_of else t("summary.no_report")
        return (Line(none), Line(t("summary.nothing")))
    if dossier.talks is None:
        key = "summary.no_talks.one" if dossier.reports == 1 else "summary.no_talks.other"
        told = t(key, opening=_opening(dossier, t), reports=t.counted(dossier.reports, "report"))
        return (Line(told), _money(dossier, case, t))
    return (_talks(dossier, case, t), _money(dossier, case, t))


def _held(dossier: Dossier) -> list[Meeting]:
    return [r for r in dossier.rounds if r.agreement == dossier.talks and r.status == "held"]


def _talks(dossier: Dossier, case: Case, t: Tongue) -> Line:
    name = t.agreement_name(dossier.talks, case)
    held = _held(dossier)
    support: list[str] = []
    opening = _opening(dossier, t)
    deal = _deal(dossier)
    if deal is not None:
        terms = _deal_terms(deal, t)
        key = "summary.deal" if terms else "summary.deal_no_terms"
        return Line(t(key, opening=opening, name=name, terms=terms), tuple(deal.support))
    if held:
        numbers = [r.number for r in held if r.number is not None]
        text = (
            t("summary.reached", opening=opening, name=name, number=max(numbers))
            if numbers
            else t("summary.held", opening=opening, name=name)
        )
        support += held[-1].support
        text = _last_held(text, held[-1], case, t)
    else:
        text = t("summary.none_held", opening=opening, name=name)
    plans = [r for r in dossier.rounds if r.agreement == dossier.talks and r.status == "planned"]
    if plans:
        plan = plans[0]
        support += plan.support
        which = t("summary.nth", number=plan.number) if plan.number and held else t("summary.another")
        at = {"start": text, "which": which, "where": where(plan, case, t=t)}
        text = (
            t("summary.planned", when=t.date_words(month_of(plan.when)), **at)
            if plan.when
            else t("summary.planned_undated", **at)
        )
    elif held and held[-1].outcome != "deal":
        text = t("summary.no_more", start=text)
    return Line(f"{text}.", tuple(dict.fromkeys(support)))


def _last_held(start: str, last: Meeting, case: Case, t: Tongue) -> str:
    place, when = where(last, case, t=t), t.on_date(month_of(last.when)) if last.when else ""
    told = {(True, True): "both", (True, False): "where", (False, True): "when", (False, False): "bare"}
    ended = t.of("ended", last.outcome if t.knows("ended", last.outcome) else "unknown")
    return t(f"summary.last.{told[bool(place), bool(when)]}", start=start, where=place, when=when, ended=ended)


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


def _deal_terms(deal: Deal, t: Tongue) -> str:
    parts = []
    if deal.amount is not None:
        parts.append(t.amount_words(deal.amount, deal.per, also=False))
    if deal.change is not None:
        parts.append(t.change_words(deal.change))
    if deal.years is not None:
        parts.append(t("summary.for_years", years=t.years_words(deal.years)))
    return ", ".join(parts)


def stands_at(stand: Stand, *, t: Tongue = ENGLISH) -> str:
    """A standing position's figure in words; empty where it has none."""
    if stand.amount is not None:
        return t.amount_words(stand.amount, stand.per, also=False)
    if stand.change is not None:
        return t.change_words(stand.change)
    if stand.share_percent is not None:
        return t("summary.share", value=str(stand.share_percent), percent=t.percent(stand.share_percent))
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


def _asked(demand: Stand | None, side: str, over: bool, t: Tongue) -> str:
    tense = "over" if over else "now"
    if demand is None:
        return t(f"money.no_demand.{tense}", side=side)
    if figure := stands_at(demand, t=t):
        return t(f"money.asks.{tense}", side=side, figure=figure, sources=t.counted(demand.sources, "source"))
    return t(f"money.asks_more.{tense}", side=side)


def _money(dossier: Dossier, case: Case, t: Tongue) -> Line:
    support: list[str] = []
    asking, paying = case.stationing.id, case.host.id
    demand, offer = _figure(dossier, asking, ("demand",)), _figure(dossier, paying, ("offer", "limit"))
    over = _deal(dossier) is not None
    tense = "over" if over else "now"
    giver = t.side_name(paying, case)
    parts = [_asked(demand, t.side_name(asking, case), over, t)]
    if offer is None:
        parts.append(t(f"money.no_offer.{tense}", side=giver))
    else:
        parts.append(t(f"money.offers.{tense}", side=giver, figure=stands_at(offer, t=t) or t("money.unreported")))
    for stand in (demand, offer):
        support += stand.support if stand is not None else ()
    if over:
        parts[0] = t("money.before_deal", part=parts[0])
    gap = demand.gap if demand is not None and not over else None
    if gap is not None and gap.currency and gap.low is not None and gap.high is not None:
        parts.append(t("money.gap", sum=t.money_range(gap.low, gap.high, gap.currency)))
    ending = _expiry(dossier, case, t)
    if ending is not None:
        text, term = ending
        support += term.support
        parts.append(text)
    text = t("clauses.next").join(parts[:-1]) + t("clauses.last") + parts[-1] if len(parts) > 1 else parts[0]
    return Line(f"{t.capital(text)}.", tuple(dict.fromkeys(support)))


def _expiry(dossier: Dossier, case: Case, t: Tongue) -> tuple[str, TermDate] | None:
    """When the agreement before the one under negotiation runs out."""
    for term in dossier.terms:
        if term.event == "expiry" and term.when and dossier.talks and term.agreement == dossier.talks - 1:
            today, last = _today(dossier), edtf.parse(term.when).latest
            over = today is not None and last is not None and last < today
            name = t.agreement_name(term.agreement, case)
            return t("money.expired" if over else "money.expires", name=name, when=t.on_date(term.when)), term
    return None
