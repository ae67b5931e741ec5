"""The forecast in the sentences of a language other than English; the forecast words itself in English."""

from __future__ import annotations

import datetime

from burdenshare.brief.language import Tongue
from burdenshare.brief.model import Line
from burdenshare.case import Case
from burdenshare.outlook import Outlook
from burdenshare.outlook.track_record import Stored

SHOWN = (0.1, 0.5, 0.9)


def days_of(o: Outlook, t: Tongue) -> tuple[str, str, str]:
    """The days by which a tenth, half and nine tenths of the deals are made, in words; the forecast has a date."""
    assert o.date is not None
    days = (o.as_of + datetime.timedelta(days=round(o.date.quantile(q))) for q in SHOWN)
    first, middle, last = (t.date_words(d.isoformat()) for d in days)
    return first, middle, last


def lead(o: Outlook, case: Case, *, t: Tongue) -> str:
    """The forecast in a sentence or two."""
    if o.status == "none":
        return t("forecast.none")
    if o.status == "made":
        on = o.as_of + datetime.timedelta(days=round(o.date.mean)) if o.date else None
        when = t("forecast.made_on", when=t.date_words(on.isoformat())) if on else ""
        return t("forecast.made", name=t.agreement_name(o.talks, case), when=when)
    if o.rise is None or o.date is None:
        return t("forecast.no_deal")
    if o.expiry is None:
        start = t("forecast.no_expiry")
    elif o.expiry < o.as_of:
        start = t("forecast.expired", on=t.on_date(o.expiry.isoformat()))
    else:
        expiry = t.date_words(o.expiry.isoformat())
        start = t("forecast.by_expiry", expiry=expiry, probability=_percent(o.by_expiry or 0))
    low, middle, high = (f"{o.rise.quantile(q):z.0f}" for q in SHOWN)
    first, day, last = days_of(o, t)
    deal = t("forecast.deal", low=low, middle=middle, high=high, first=first, day=day, last=last)
    alone = "" if any(i.kind == "position" for i in o.influences) else " " + t("forecast.alone")
    return f"{start} {deal}{alone}"


def rest(o: Outlook, record: Stored | None, *, t: Tongue) -> list[tuple[Line, tuple[str, ...]]]:
    """What the forecast rests on and how such forecasts fared, each line with the claims behind it."""
    lines: list[tuple[Line, tuple[str, ...]]] = []
    if o.zone is not None:
        low, high = o.zone.low.quantile(0.5), o.zone.high.quantile(0.5)
        span = t("forecast.zone_span", low=f"{low:z.0f}", high=f"{high:z.0f}") if low < high else ""
        lines.append((Line(t("forecast.zone", probability=_percent(o.zone.probability), span=span)), ()))
    if o.lapse is not None and not (o.expiry is not None and o.expiry < o.as_of):
        text = t("forecast.lapse", probability=_percent(o.lapse.probability))
        if o.lapse.days is not None and o.lapse.probability > 0.01:
            text += " " + t("forecast.lapse_days", days=f"{o.lapse.days.quantile(0.5):z.0f}")
        lines.append((Line(text), ()))
    own = [b for b in o.baselines if b.own]
    if own and o.rise is not None:
        others = t.listed([f"{t.of('baseline', b.name)} {sorted(b.rise)[len(b.rise) // 2]:z.0f}" for b in own])
        lines.append((Line(t("forecast.baselines", ours=f"{o.rise.quantile(0.5):z.0f}", others=others)), ()))
    told = next((i for i in o.influences if i.kind not in ("no-deal", "apart")), None)
    if told is not None:
        way = t("forecast.raises" if told.rise > 0 else "forecast.lowers")
        points, day = f"{abs(told.rise):.1f}", t.date_words(told.day.isoformat())
        lines.append((Line(t("forecast.influence", words=told.words, day=day, points=points, way=way)), told.claims))
    lines.append((Line(_track(record, t)), ()))
    return lines


def _track(record: Stored | None, t: Tongue) -> str:
    if record is None:
        return t("forecast.no_record")
    return t("forecast.record", talks=record.talks, dates=record.dates, crps=f"{record.crps:.1f}")


def _percent(probability: float) -> str:
    return f"{100 * probability:z.0f}%"
