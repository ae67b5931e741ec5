"""How the forecast would have fared on past talks: monthly dates, priors only from before, every score kept."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from burdenshare.case import Case, shipped
from burdenshare.case import load as load_case
from burdenshare.errors import BurdenshareError
from burdenshare.outlook import history, scores
from burdenshare.outlook.baselines import NAMES
from burdenshare.outlook.forecast import VERSION, outlook
from burdenshare.outlook.known import deal_day, known
from burdenshare.outlook.model import Outlook, to_json

LEAST_BEFORE = 3
"""Agreements with a known rise that must lie before the talks, so that there is a past to learn from."""
CLOSE_BY = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One forecast and how it fared. Rises in percent, CRPS in percentage points; `by_expiry` is None after it."""

    talks: int
    as_of: date
    low: float  # 10% quantile of the first-year rise
    median: float
    high: float  # 90% quantile
    observed: float
    pit: float
    crps: float
    baselines: tuple[tuple[str, float], ...]  # CRPS of each
    by_expiry: float | None
    base_rate: float | None
    happened: bool | None
    day_low: date
    day_median: date
    day_high: date
    day: date
    effective: float
    letter: float | None = None  # the rise of the first year of the term to the letter, where it is another one
    crps_letter: float | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """One set of talks over all its dates: means."""

    talks: int
    dates: int
    observed: float
    crps: float
    baselines: tuple[tuple[str, float], ...]
    brier: float | None
    brier_base: float | None


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """The whole backtest. Means are over talks, each counting the same however long it took.

    `skill` is against each baseline, `skill_best` against the one with the least mean CRPS, with a 90% interval from
    a bootstrap over talks. `coverage` is of the 80% interval.
    """

    case: str
    version: str
    data: str  # digest of what the case holds
    seed: int
    simulations: int
    crps: float
    baselines: tuple[tuple[str, float], ...]
    best: str
    skill_best: float
    skill: tuple[tuple[str, float, float, float], ...]
    brier: float | None
    brier_base: float | None
    coverage: float
    sharpness: float
    log_score: float | None
    day_coverage: float
    talks: tuple[Talk, ...]
    rows: tuple[Row, ...]


def backtest(
    case: Case, *, talks: Sequence[int] | None = None, seed: int = 1, simulations: int = 40_000,
    told: Callable[[int, date], None] = lambda number, day: None,
) -> TrackRecord:  # fmt: skip
    """Forecasts at the first round and every month after it until the deal, for each of the past talks.

    `talks` are agreements' numbers; left out, all whose rounds are known and that have LEAST_BEFORE rises before
    them. `told` hears of each forecast before it is made. Raises BurdenshareError where there is none to test on.
    """
    numbers = list(talks) if talks is not None else talks_to_test(case)
    rows: list[Row] = []
    for number in numbers:
        for as_of in dates(case, number):
            told(number, as_of)
            found = outlook(None, case, as_of=as_of, talks=number, seed=seed, simulations=simulations)
            row = scored(found, case, number, seed)
            if row is not None:
                rows.append(row)
    if not rows:
        raise BurdenshareError(
            "The case holds no past talks with rounds, a settlement and others before them to test on."
        )
    return _record(case, rows, seed, simulations)


def talks_to_test(case: Case) -> list[int]:
    """Agreements that were made, whose rounds are known from the first on, with enough known rises before them."""
    found, before = [], 0
    for p in history.past(case):
        first = any(r.number == 1 for r in history.rounds_of(case, p.number))
        if p.rise is not None and p.deal is not None and p.expiry is not None and first and before >= LEAST_BEFORE:
            found.append(p.number)
        before += p.rise is not None
    return found


def dates(case: Case, number: int) -> list[date]:
    """The first round's last day and the same day of every month after it, before the deal."""
    agreement = case.agreement(number)
    deal = deal_day(agreement, case) if agreement is not None else None
    days = history.round_days(case, number)
    first = min(days, default=None)
    if deal is None or first is None:
        return []
    out = []
    for i in range(120):
        year, month = divmod(first.year * 12 + first.month - 1 + i, 12)
        last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        day = date(year, month + 1, min(first.day, last))
        if day >= deal:
            break
        out.append(day)
    return out


def scored(found: Outlook, case: Case, number: int, seed: int) -> Row | None:
    """A forecast beside what came of it; None where it gave no figure or nothing is known to hold against it."""
    agreement = case.agreement(number)
    deal = deal_day(agreement, case) if agreement is not None else None
    rise = history.first_rise(case, agreement) if agreement is not None else None
    if agreement is None or deal is None or rise is None or found.rise is None or found.date is None:
        return None
    observed = 100 * math.expm1(rise)
    draws = np.array(found.rise.samples)
    letter = history.first_rise(case, agreement, to_the_letter=True)
    other = 100 * math.expm1(letter) if letter is not None and abs(letter - rise) > 1e-9 else None
    open_still = found.expiry is not None and found.as_of < found.expiry
    day = [found.as_of + timedelta(days=round(found.date.quantile(q))) for q in (0.1, 0.5, 0.9)]
    return Row(
        number, found.as_of, found.rise.quantile(0.1), found.rise.quantile(0.5), found.rise.quantile(0.9), observed,
        float(scores.pit(draws, observed, seed=seed)), float(scores.crps_sample(draws, observed)),
        tuple((b.name, float(scores.crps_sample(np.array(b.rise), observed))) for b in found.baselines),
        found.by_expiry if open_still else None, found.base_rate if open_still else None,
        (deal <= found.expiry) if open_still and found.expiry else None, day[0], day[1], day[2], deal,
        found.sampler.effective if found.sampler else 0.0, other,
        float(scores.crps_sample(draws, other)) if other is not None else None,
    )  # fmt: skip


def _mean(values: Iterable[float]) -> float:
    held = list(values)
    return float(np.mean(held)) if held else math.nan


def _record(case: Case, rows: Sequence[Row], seed: int, simulations: int) -> TrackRecord:
    talks = tuple(_talk(n, [r for r in rows if r.talks == n]) for n in dict.fromkeys(r.talks for r in rows))
    means = tuple((name, _mean(dict(t.baselines)[name] for t in talks)) for name in NAMES)
    best, least = min(means, key=lambda m: m[1])
    crps = _mean(t.crps for t in talks)
    ours = [t.crps for t in talks]
    skills = []
    for name in NAMES:
        s = scores.skill(ours, [dict(t.baselines)[name] for t in talks], seed=seed)
        skills.append((name, s.value, s.low, s.high))
    asked = [t for t in talks if t.brier is not None]
    p = [(r.by_expiry, r.happened) for r in rows if r.by_expiry is not None]
    return TrackRecord(
        case.id, VERSION, digest(case), seed, simulations, crps, means, best, 1 - crps / least, tuple(skills),
        _mean(t.brier for t in asked if t.brier is not None) if asked else None,
        _mean(t.brier_base for t in asked if t.brier_base is not None) if asked else None,
        _mean(float(r.low <= r.observed <= r.high) for r in rows), _mean(r.high - r.low for r in rows),
        float(np.mean(scores.log_score([x for x, _ in p], [float(bool(y)) for _, y in p]))) if p else None,
        _mean(float(r.day_low <= r.day <= r.day_high) for r in rows), talks, tuple(rows),
    )  # fmt: skip


def _talk(number: int, rows: Sequence[Row]) -> Talk:
    asked = [r for r in rows if r.by_expiry is not None and r.base_rate is not None]
    return Talk(
        number, len(rows), rows[0].observed, _mean(r.crps for r in rows),
        tuple((name, _mean(dict(r.baselines)[name] for r in rows)) for name in NAMES),
        _mean(((r.by_expiry or 0) - float(bool(r.happened))) ** 2 for r in asked) if asked else None,
        _mean(((r.base_rate or 0) - float(bool(r.happened))) ** 2 for r in asked) if asked else None,
    )  # fmt: skip


def digest(case: Case) -> str:
    """A digest of all in the case, and in those pooled with it, that a backtest looks at: changed data make a stored
    track record stale."""
    pool = case.outlook.pool if case.outlook is not None else ()
    seen = [case, *(load_case(name) for name in pool if name in shipped() and name != case.id)]
    parts = [_looked_at(known(c, date.max)) for c in seen]
    return hashlib.sha256(json.dumps([parts, repr(case.outlook)], sort_keys=True).encode()).hexdigest()[:16]


def _looked_at(case: Case) -> dict[str, Any]:
    return {
        "agreements": [repr((a, deal_day(a, case))) for a in case.agreements],
        "payments": [repr((p.year, p.agreement, p.basis, p.amount, p.rise_percent)) for p in case.payments],
        "rounds": [repr((r.agreement, r.number, r.start, r.end, r.outcome)) for r in case.rounds],
        "positions": [repr(p) for p in case.positions],
        "told": [repr([case.sources[s].published for s in p.sources if s in case.sources]) for p in case.positions],
    }


def as_json(record: TrackRecord) -> dict[str, Any]:
    """The track record as plain lists and dictionaries; figures rounded to what they can bear."""

    def short(value: Any) -> Any:
        if isinstance(value, float):
            return round(value, 4) if math.isfinite(value) else None
        if isinstance(value, dict):
            return {k: short(v) for k, v in value.items()}
        return [short(v) for v in value] if isinstance(value, list) else value

    return dict(short(to_json(record)))
