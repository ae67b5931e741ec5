"""A forecast in the page's words: tiles, tables, what moved it, the simple forecasts beside it, how such ones fared."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from burdenshare.brief import forecast_words
from burdenshare.brief import wording as english
from burdenshare.brief.language import ENGLISH
from burdenshare.case import Case
from burdenshare.outlook import Distribution, Influence, Outlook
from burdenshare.outlook.summary import summary
from burdenshare.outlook.track_record import stored
from burdenshare.web import wording
from burdenshare.web.costing.tables import Grid
from burdenshare.web.language import Words
from burdenshare.web.view import View

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
ROWS = 37  # of the table of a deal by date
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT_TOLD = ("no-deal", "apart")  # what every round without a deal says; it stands in the data


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure in large, what it is, its range, and what it was without what is supposed."""

    label: str
    value: str
    note: str
    before: str


@dataclass(frozen=True, slots=True)
class Move:
    """What an observation does to the forecast. `claims` with their addresses; none where the case file says it."""

    day: str
    words: str
    rise: str
    by_expiry: str
    days: str
    new: bool
    supposed: bool
    claims: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Base:
    """A forecast made without a model: its median or figure, what it is, and its mean error on past talks."""

    name: str
    rise: str
    why: str
    own: bool
    error: str


@dataclass(frozen=True, slots=True)
class Track:
    """How such forecasts fared on the talks before: a sentence and a table; `stale` where it has to be made anew."""

    sentence: str
    grid: Grid
    errors: Mapping[str, float]
    stale: bool


def percent(p: float | None) -> str:
    """A probability."""
    return "–" if p is None else f"{100 * p:.0f}%"


def _one(value: float) -> str:
    text = f"{value:.1f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def _signed(value: float, form: str) -> str:
    if not math.isfinite(value):
        return "–"
    text = f"{value:+{form}}"
    return text.replace("-", "−") if float(text) else text.lstrip("+-")


def day_at(o: Outlook, days: float, t: Words) -> str:
    """The day so many days after that of the forecast."""
    return wording.date_words((o.as_of + timedelta(days=round(days))).isoformat(), t)


def name_of(name: str, t: Words) -> str:
    """The name of something supposed or of a parameter, in words."""
    return t.of("supposed", name.replace("-", "_"))


def sentences(o: Outlook, case: Case, t: Words) -> tuple[str, ...]:
    """The forecast in sentences, but for the track record: that has to end before the day."""
    if t.tongue is not ENGLISH:
        rest = forecast_words.rest(o, None, t=t.tongue)[:-1] if o.status == "forecast" else []
        return (forecast_words.lead(o, case, t=t.tongue), *(line.text for line, _ in rest))
    words = summary(o, None)
    more = words.more[:-1] if o.status == "forecast" else words.more
    return tuple(_DAY.sub(lambda m: english.date_words(m[0]), s.text) for s in (words.lead, *more))


# -- tiles -----------------------------------------------------------------------------------------------------------


def tiles(o: Outlook, plain: Outlook | None, view: View) -> tuple[Tile, ...]:
    """The main figures, each with what it was without what is supposed."""
    if o.status == "none":
        return ()
    now, before = dict(_figures(o, view)), dict(_figures(plain, view)) if plain is not None else {}
    return tuple(Tile(view.t(f"outlook.tile.{key}"), value, note, _former(before.get(key), value))
                 for key, (value, note) in now.items())  # fmt: skip


def _former(before: tuple[str, str] | None, value: str) -> str:
    return before[0] if before is not None and before[0] != value else ""


def _figures(o: Outlook, view: View) -> Iterator[tuple[str, tuple[str, str]]]:
    t = view.t
    if o.status == "forecast":
        if o.expiry is not None and o.expiry >= o.as_of:
            yield "by_expiry", (percent(o.by_expiry), wording.date_words(o.expiry.isoformat(), t))
        else:
            yield "in_a_year", (percent(_by(o, o.as_of + timedelta(days=365))), "")
    if o.rise is not None:
        yield "rise", (f"{_one(o.rise.quantile(0.5))}%", _range(o, o.rise, lambda v: f"{_one(v)}%", t))
    if o.amount is not None and o.currency is not None:
        currency = o.currency
        yield (
            "amount",
            (
                wording.money(o.amount.quantile(0.5), currency, t),
                _range(o, o.amount, lambda v: wording.money(v, currency, t), t),
            ),
        )
    if o.date is not None:
        yield "date", (day_at(o, o.date.quantile(0.5), t), _range(o, o.date, lambda v: day_at(o, v, t), t))
    if o.term:
        years, p = max(o.term, key=lambda x: x[1])
        yield "term", (wording.years(years, t), percent(p) if o.status == "forecast" else "")
    if o.lapse is not None and o.expiry is not None and o.expiry >= o.as_of:
        note = t("outlook.days", n=f"{o.lapse.days.quantile(0.5):.0f}") if o.lapse.days is not None else ""
        yield "lapse", (percent(o.lapse.probability), note)
    if o.zone is not None:
        yield "zone", (percent(o.zone.probability), "")


def _by(o: Outlook, day: date) -> float | None:
    return next((p for d, p in reversed(o.deal_by) if d <= day), None)


def _range(o: Outlook, of: Distribution, say: Any, t: Words) -> str:
    if o.status != "forecast":
        return ""
    return t("outlook.interval", low=say(of.quantile(0.1)), high=say(of.quantile(0.9)))


# -- tables ----------------------------------------------------------------------------------------------------------


def grids(o: Outlook, plain: Outlook | None, view: View) -> tuple[Grid, ...]:
    """The tables beside the charts."""
    if o.status != "forecast":
        return ()
    found = [_by_date(o, plain, view.t), _spread(o, view), _terms(o, view.t), _limits(o, view.t), _lapse(o, view.t)]
    return tuple(g for g in found if g is not None)


def _by_date(o: Outlook, plain: Outlook | None, t: Words) -> Grid | None:
    if not o.deal_by:
        return None
    were = dict(plain.deal_by) if plain is not None else {}
    columns = (t("outlook.column.day"), t("outlook.column.deal"), *([t("outlook.column.without")] if were else []))
    rows = []
    for d, p in o.deal_by[:ROWS]:
        mark = f" ({t('outlook.expiry')})" if d == o.expiry else ""
        rows.append((d.isoformat() + mark, percent(p), *([percent(were.get(d))] if were else [])))
    note = t("outlook.no_deal", p=percent(o.no_deal), when=o.horizon.isoformat()) if o.horizon else ""
    return Grid("by-date", t("outlook.by_date"), columns, tuple(rows), note)


def _spread(o: Outlook, view: View) -> Grid | None:
    t = view.t
    rows = []
    if o.rise is not None:
        rows.append((t("outlook.tile.rise"), *(f"{_one(o.rise.quantile(q))}%" for q in LEVELS)))
    if o.amount is not None and o.currency is not None:
        currency = o.currency
        rows.append((t("outlook.tile.amount"), *(wording.money(o.amount.quantile(q), currency, t) for q in LEVELS)))
    if o.date is not None:
        rows.append((t("outlook.tile.date"),
                     *((o.as_of + timedelta(days=round(o.date.quantile(q)))).isoformat() for q in LEVELS)))  # fmt: skip
    if not rows:
        return None
    note = t("outlook.base", amount=wording.money(o.base, o.currency, t)) if o.base and o.currency else ""
    columns = (t("outlook.column.quantile"), *(f"{100 * q:.0f}%" for q in LEVELS))
    return Grid("spread", t("outlook.spread"), columns, tuple(rows), note)


def _terms(o: Outlook, t: Words) -> Grid | None:
    if not o.term:
        return None
    columns = (t("outlook.column.years"), *(str(y) for y, _ in o.term))
    row = (t("outlook.column.probability"), *(percent(p) for _, p in o.term))
    return Grid("term", t("outlook.tile.term"), columns, (row,))


def _limits(o: Outlook, t: Words) -> Grid | None:
    if o.zone is None:
        return None
    columns = (t("outlook.column.limit"), *(f"{100 * q:.0f}%" for q in LEVELS))
    rows = tuple(
        (t(f"outlook.{name}"), *(f"{_one(of.quantile(q))}%" for q in LEVELS))
        for name, of in (("least", o.zone.low), ("most", o.zone.high))
    )
    return Grid("zone", t("outlook.zone"), columns, rows, t("outlook.zone_note", p=percent(o.zone.probability)))


def _lapse(o: Outlook, t: Words) -> Grid | None:
    if o.lapse is None:
        return None
    columns = (t("outlook.column.lapse"), t("outlook.column.probability"), *(f"{100 * q:.0f}%" for q in LEVELS))
    rows = []
    for name, p, days in (
        ("until_deal", o.lapse.probability, o.lapse.days),
        ("until_vote", o.lapse.without_agreement, o.lapse.days_without),
    ):
        lengths = [f"{days.quantile(q):.0f}" for q in LEVELS] if days is not None else ["–"] * len(LEVELS)
        rows.append((t(f"outlook.{name}"), percent(p), *lengths))
    return Grid("lapse", t("outlook.lapse"), columns, tuple(rows), t("outlook.lapse_note"))


# -- what moved it, and what stands beside it ------------------------------------------------------------------------


def told(o: Outlook) -> list[Influence]:
    """The observations that say more than that a round ended without a deal."""
    return [i for i in o.influences if i.kind not in _NOT_TOLD]


def moves(o: Outlook, view: View) -> tuple[Move, ...]:
    """Each observation with what it does, the new ones first, then the strongest."""
    found = []
    for i in told(o):
        ids = [c for c in i.claims if ":" not in c and c != "what-if"]
        found.append(
            Move(
                i.day.isoformat(), i.words, _signed(i.rise, ".1f"),
                "–" if i.by_expiry is None else _signed(100 * i.by_expiry, ".0f"), _signed(i.days, ".0f"), i.new,
                "what-if" in i.claims,
                tuple((c[:8], view.url(f"/claims/{c}")) for c in ids),
            )
        )  # fmt: skip
    return tuple(found)


def bases(o: Outlook, fared: Track | None, t: Words) -> tuple[Base, ...]:
    """The forecast itself and the simple ones."""
    if o.status != "forecast" or o.rise is None:
        return ()
    errors = fared.errors if fared is not None else {}

    def error(name: str) -> str:
        return _one(errors[name]) if name in errors else "–"

    ours = Base(t("outlook.ours"), _spread_words(o.rise.quantiles[1], o.rise.quantile(0.5), o.rise.quantiles[17]),
                "", True, error("ours"))  # fmt: skip
    found = [ours]
    for b in o.baselines:
        draws = sorted(b.rise)
        at = [draws[min(len(draws) - 1, int(q * len(draws)))] for q in (0.1, 0.5, 0.9)]
        words = _spread_words(*at) if len(draws) > 1 else f"{_one(at[1])}%"
        found.append(Base(t(f"outlook.baseline.{b.name}"), words, b.why, b.own, error(b.name)))
    return tuple(found)


def _spread_words(low: float, middle: float, high: float) -> str:
    return f"{_one(middle)}% ({_one(low)}–{_one(high)})"


def past_talks(o: Outlook, case: Case) -> tuple[Mapping[str, Any], ...]:
    """The talks of the stored record that were over before the ones forecast began."""
    record = stored(case, as_of=o.as_of)
    if record is None or o.talks is None:
        return ()
    return tuple(r for r in record.rows if r["talks"] < o.talks)


def track(o: Outlook, view: View) -> Track | None:
    """How such forecasts fared on the talks before; None where none is stored."""
    t, rows = view.t, past_talks(o, view.case)
    if not rows:
        return None
    names = [name for name, _ in rows[0]["baselines"]]
    table = [_track_row(r, wording.agreement(r["talks"], view.case, t)) for r in rows]
    errors = {"ours": _mean(r["crps"] for r in rows)}
    errors |= {name: _mean(dict(r["baselines"])[name] for r in rows) for name in names}
    brier = [(r["brier"], r["brier_base"]) for r in rows if r["brier"] is not None and r["brier_base"] is not None]
    scores = [f"{_mean(values):.2f}" for values in zip(*brier, strict=True)] or ["–", "–"]
    dates = str(sum(r["dates"] for r in rows))
    mean = (t("outlook.mean"), dates, "", *(f"{errors[n]:.2f}" for n in ("ours", *names)), *scores)
    columns = (
        t("outlook.column.talks"), t("outlook.column.dates"), t("outlook.column.came"), t("outlook.ours"),
        *(t(f"outlook.baseline.{n}") for n in names), t("outlook.column.brier"), t("outlook.column.base_rate"),
    )  # fmt: skip
    best = min(names, key=lambda n: errors[n])
    won = sum(r["crps"] < min(c for _, c in r["baselines"]) for r in rows)
    sentence = t.n(
        "outlook.track_sentence", len(rows), ours=f"{errors['ours']:.1f}", best=t(f"outlook.baseline.{best}"),
        other=f"{errors[best]:.1f}", won=won,
    )  # fmt: skip
    grid = Grid("track", t("outlook.track"), columns, (*table, mean), t("outlook.track_note"), 1)
    record = stored(view.case, as_of=o.as_of)
    return Track(sentence, grid, errors, record is not None and not record.fresh)


def _track_row(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    scores = [f"{c:.2f}" for c in (row["crps"], *(c for _, c in row["baselines"]))]
    brier = ["–" if row[k] is None else f"{row[k]:.2f}" for k in ("brier", "brier_base")]
    return (name, str(row["dates"]), f"{_one(row['observed'])}%", *scores, *brier)


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def fan(outlooks: tuple[Outlook, ...], view: View) -> Grid | None:
    """The forecast at each date as a table."""
    t = view.t
    rows = []
    for o in outlooks:
        if o.rise is None or o.status != "forecast":
            continue
        rows.append((
            o.as_of.isoformat(), *(f"{_one(o.rise.quantile(q))}%" for q in (0.05, 0.25, 0.5, 0.75, 0.95)),
            percent(o.by_expiry), day_at(o, o.date.quantile(0.5), t) if o.date else "–",
        ))  # fmt: skip
    if not rows:
        return None
    columns = (t("outlook.column.as_of"), "5%", "25%", "50%", "75%", "95%", t("outlook.tile.by_expiry"),
               t("outlook.tile.date"))  # fmt: skip
    return Grid("fan", t("outlook.fan"), columns, tuple(rows))


def how(o: Outlook, t: Words) -> tuple[tuple[str, str], ...]:
    """How the forecast was made."""
    found = [(t("outlook.how.simulations"), f"{o.simulations:,}"), (t("outlook.how.seed"), str(o.seed))]
    if o.sampler is not None:
        found.append((t("outlook.how.effective"), f"{o.sampler.effective:,.0f} / {o.sampler.points:,}"))
    if o.veto is not None:
        found.append((t("outlook.how.veto"), percent(o.veto)))
    if o.approval is not None:
        found.append((t("outlook.how.approval"), percent(o.approval)))
    if o.base_rate is not None:
        found.append((t("outlook.how.base_rate"), percent(o.base_rate)))
    reports = sum(":" not in c and c != "what-if" for c in o.rests_on)
    found.append((t("outlook.how.rests_on"), f"{reports:,} / {len(o.rests_on):,}"))
    return tuple(found)


def parameters(o: Outlook, t: Words) -> Grid | None:
    """The numbers of the case's `[outlook]` table as they were used."""
    if not o.parameters:
        return None
    rows = tuple((name, f"{value:g}") for name, value in o.parameters.items())
    return Grid("parameters", t("outlook.parameters"), (t("outlook.column.name"), t("outlook.column.value")), rows)


def finite(value: Any) -> Any:
    """The same with what is no number as nothing, for JSON has no word for it."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {k: finite(v) for k, v in value.items()}
    return [finite(v) for v in value] if isinstance(value, list) else value
