"""The forecast: known, expected, seen, simulated. A pure function of a dossier, a case, a day and a seed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from burdenshare.case import Case
from burdenshare.case.priors import NUMBERS, OutlookPriors
from burdenshare.dossier import Dossier
from burdenshare.dossier import dossier as dossier_of
from burdenshare.errors import BurdenshareError
from burdenshare.outlook import baselines as base
from burdenshare.outlook import kernel
from burdenshare.outlook import priors as prior
from burdenshare.outlook.evidence import KINDS, Evidence, Made, Observation, gather, talks_number
from burdenshare.outlook.inference import Posterior, condition
from burdenshare.outlook.kernel import NO_DEAL, UNKNOWN, Array, Seen
from burdenshare.outlook.known import known
from burdenshare.outlook.model import (
    LEVELS,
    SAMPLES,
    Distribution,
    Influence,
    Lapse,
    Outlook,
    Sampler,
    Zone,
)
from burdenshare.outlook.priors import Expected
from burdenshare.outlook.what_if import supposed
from burdenshare.record import Entry

VERSION = "1"
"""Of the model; a change of it that changes forecasts makes stored track records stale."""
METHOD = (
    "Simulated alternating offers under a deadline; priors from past agreements; conditioned on the record by "
    "sequential Monte Carlo with tempering."
)
SIMULATIONS = 100_000
MOST_SIMULATIONS = 20_000_000
LEAST_POINTS, MOST_POINTS = 2000, 16_384
MOST_FITS = 600_000
"""Points times observations: a record of hundreds of positions takes fewer points, so that it takes no longer."""
HIGHEST_RISE = 5.0
"""In log points, 148 times the old sum: beyond, a figure only says that the suppositions are absurd."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
_BOUNDS = {"up-to": kernel.UP_TO, "under": kernel.UP_TO, "at-least": kernel.AT_LEAST, "over": kernel.AT_LEAST}


def outlook(
    dossier: Dossier | None,
    case: Case,
    *,
    as_of: date,
    seed: int = 1,
    simulations: int = SIMULATIONS,
    what_if: Mapping[str, str] | None = None,
    talks: int | None = None,
    since: date | None = None,
    threads: int = 2,
) -> Outlook:
    """The forecast of the talks as of a day.

    `dossier` is what reports say, built as of that day or before; None forecasts from the case file alone. `case` may
    be the whole one: only what was public by `as_of` is used. `talks` is an agreement's number; left out, it is the
    one the dossier or the case is about. `since` marks what came after it as new. The same for any `threads`.
    Raises BurdenshareError for a dossier of a later day, a supposition that cannot be used or a count out of bounds.
    """
    if not 100 <= simulations <= MOST_SIMULATIONS:
        raise BurdenshareError(f"Give from 100 to {MOST_SIMULATIONS:,} simulations, not {simulations:,}.")
    if seed < 0:
        raise BurdenshareError(f"A seed is a whole number from 0 up, not {seed}.")
    if not FIRST_YEAR <= as_of.year <= LAST_YEAR:
        raise BurdenshareError(f"A forecast is made as of a day from {FIRST_YEAR} to {LAST_YEAR}, not {as_of}.")
    _check(dossier, as_of)
    cut = known(case, as_of)
    number = talks or talks_number(dossier, cut)
    blank = Outlook(case.id, as_of, number, "none", "", METHOD, VERSION, seed, simulations, what_if=dict(what_if or {}))
    if number is None:
        return replace(
            blank, sentence="No agreement and no talks are known by this day, so there is nothing to forecast."
        )
    priors = case.outlook or OutlookPriors()
    evidence = gather(dossier, cut, as_of=as_of, talks=number, priors=priors)
    if evidence.made is not None:
        return _made(blank, evidence, evidence.made)
    priors, evidence = supposed(priors, evidence, what_if or {}, as_of=as_of)
    expected = prior.expected(cut, priors, as_of=as_of, talks=number)
    settings, seen = settings_of(expected, priors, evidence, as_of), columns(evidence.observations, as_of)
    points = min(MOST_POINTS, max(LEAST_POINTS, simulations // 10))
    points = min(points, max(LEAST_POINTS, MOST_FITS // max(1, len(evidence.observations))))
    posterior = condition(settings=settings, rise=expected.rise, seen=seen, points=points, seed=seed, threads=threads)
    day, value, vetoes = kernel.play(
        posterior.theta, settings=settings, rise=expected.rise, seed=seed, talks=simulations, threads=threads
    )
    value = np.clip(value, -HIGHEST_RISE, HIGHEST_RISE)
    found = _described(blank, evidence, expected, priors, day, value)
    shifts = influences(posterior, evidence.observations, day, value, as_of=as_of, expiry=evidence.expiry, since=since)
    found = replace(
        found, zone=zone(posterior.theta, settings, expected.rise), veto=float(np.mean(vetoes > 0)),
        influences=shifts,
        baselines=base.baselines(cut, evidence, talks=number, priors=priors), base_rate=base.base_rate(cut, number),
        sampler=Sampler(points, posterior.effective, posterior.steps, posterior.accepted, posterior.log_evidence),
        parameters={name: getattr(priors, name) for name in NUMBERS},
    )  # fmt: skip
    return replace(found, sentence=_sentence(found, evidence))


def from_record(
    entries: Sequence[Entry], case: Case, *, as_of: date, seed: int = 1, simulations: int = SIMULATIONS,
    what_if: Mapping[str, str] | None = None, talks: int | None = None, since: date | None = None, threads: int = 2,
) -> Outlook:  # fmt: skip
    """The same from the record's entries: the dossier is built as of the day, with the case as it was then known."""
    seen = dossier_of(entries, known(case, as_of), as_of=as_of)
    return outlook(
        seen, case, as_of=as_of, seed=seed, simulations=simulations, what_if=what_if, talks=talks, since=since,
        threads=threads,
    )  # fmt: skip


def _check(dossier: Dossier | None, as_of: date) -> None:
    if dossier is None:
        return
    until = dossier.as_of or dossier.last_published
    if until is not None and date.fromisoformat(until[:10] if len(until) >= 10 else f"{until[:4]}-01-01") > as_of:
        raise BurdenshareError(
            f"The dossier holds reports up to {until}, later than {as_of}; build it as of {as_of} so that the forecast "
            "sees nothing of what came after."
        )


def settings_of(expected: Expected, priors: OutlookPriors, evidence: Evidence, as_of: date) -> Array:
    """The kernel's settings, in the order of its places."""

    def day(value: date | None) -> float:
        return float((value - as_of).days) if value is not None else UNKNOWN

    log = math.log
    last = max(evidence.rounds, default=None)
    expiry = day(evidence.expiry)
    host, stationing = expected.opening
    s = np.empty(kernel.SETTINGS)
    s[:] = [
        priors.zone_percent / 100, priors.zone_spread_percent / 100, host.mean, host.spread, stationing.mean,
        stationing.spread, log(priors.concession), priors.concession_spread, expected.duration.mean,
        expected.duration.spread, log(priors.pressure_percent / 100), priors.pressure_spread, expected.lead.mean,
        expected.lead.spread, day(evidence.start), expiry, priors.pressure_days, priors.lapse_days, priors.closing,
        priors.veto, priors.veto_days, priors.veto_percent / 100, priors.off_curve, expected.gap.mean,
        expected.gap.spread, day(last), day(evidence.planned),
        priors.horizon_days + (max(0.0, expiry) if expiry < UNKNOWN else 0.0),
        log(priors.deadline / (1 - priors.deadline)), priors.deadline_spread,
    ]  # fmt: skip
    return s


def columns(observations: Sequence[Observation], as_of: date) -> Seen:
    """The observations as the kernel reads them."""
    n = len(observations)
    whole, real = np.zeros((n, 3), dtype=np.int64), np.zeros((n, 5))
    for i, o in enumerate(observations):
        bound = kernel.RANGE if o.high > o.low else _BOUNDS.get(o.bound, kernel.EXACT)
        whole[i] = KINDS.index(o.kind), max(o.side, 0), bound
        real[i] = (o.day - as_of).days, o.low, o.high, o.scale, o.factor
    return Seen(whole, real)


def distribution(draws: Array, unit: str) -> Distribution | None:
    """A sample as quantiles, mean and thinned draws; None where it is empty."""
    if not draws.size:
        return None
    in_order = np.sort(draws)
    kept = in_order[((np.arange(SAMPLES) + 0.5) / SAMPLES * in_order.size).astype(int)]
    quantiles = np.quantile(in_order, LEVELS)
    return Distribution(unit, float(draws.mean()), tuple(map(float, quantiles)), tuple(map(float, kept)))


def _described(
    blank: Outlook, evidence: Evidence, expected: Expected, priors: OutlookPriors, day: Array, value: Array
) -> Outlook:
    """Everything that follows from the simulated deals."""
    rng = np.random.Generator(np.random.Philox([blank.seed, 7]))
    as_of, dealt = blank.as_of, day < NO_DEAL
    expiry = float((evidence.expiry - as_of).days) if evidence.expiry is not None else None
    delay = np.exp(expected.approval_days.mean + expected.approval_days.spread * rng.standard_normal(day.size))
    passed = dealt & (rng.random(day.size) < rng.beta(*expected.approval, size=day.size))
    approved = np.where(passed, day + delay, NO_DEAL)
    rise = 100.0 * np.expm1(value[dealt])
    amount = None
    if evidence.base is not None:
        b = evidence.base
        off = b.spread * math.sqrt(b.missing) * rng.standard_normal(rise.size)
        amount = distribution(b.expected * np.exp(value[dealt] + off), f"{b.currency} a year")
    terms = expected.terms.copy()
    for _, low, high in evidence.years:
        years = np.arange(1, terms.size + 1)
        terms = np.where((years >= low) & (years <= high), terms * priors.term_pull, terms)
    terms = terms / terms.sum()
    horizon = priors.horizon_days + max(0.0, expiry or 0.0)
    return replace(
        blank, status="forecast", expiry=evidence.expiry, horizon=as_of + timedelta(days=int(horizon)),
        by_expiry=float(np.mean(day <= expiry)) if expiry is not None else None, no_deal=float(np.mean(~dealt)),
        deal_by=_deal_by(day, as_of, evidence.expiry), date=distribution(day[dealt], "days from the as-of date"),
        rise=distribution(rise, "percent"), base=evidence.base.expected if evidence.base else None,
        currency=evidence.base.currency if evidence.base else None, amount=amount,
        term=tuple((i + 1, float(p)) for i, p in enumerate(terms)),
        lapse=_lapse(day, approved, expiry), approval=float(np.mean(passed[dealt])) if dealt.any() else None,
        approved=distribution(approved[passed], "days from the as-of date"),
        rests_on=tuple(dict.fromkeys(c for o in evidence.observations for c in o.claims)), unused=evidence.unused,
    )  # fmt: skip


def _deal_by(day: Array, as_of: date, expiry: date | None) -> tuple[tuple[date, float], ...]:
    """Month ends for three years, and the expiry."""
    days = set()
    for i in range(37):
        year, month = divmod(as_of.year * 12 + as_of.month + i, 12)
        days.add(date(year, month + 1, 1) - timedelta(days=1))
    if expiry is not None and expiry >= as_of:
        days.add(expiry)
    in_order = np.sort(day)
    return tuple(
        (d, float(np.searchsorted(in_order, (d - as_of).days, side="right") / day.size))
        for d in sorted(days) if d >= as_of
    )  # fmt: skip


def _lapse(day: Array, approved: Array, expiry: float | None) -> Lapse | None:
    if expiry is None:
        return None
    late, unapproved = day > expiry, approved > expiry
    return Lapse(
        float(np.mean(late)), distribution(day[late & (day < NO_DEAL)] - expiry, "days"),
        float(np.mean(unapproved)), distribution(approved[unapproved & (approved < NO_DEAL)] - expiry, "days"),
    )  # fmt: skip


def zone(theta: Array, settings: Array, rise: Array) -> Zone | None:
    """The zone of possible agreement on the as-of date, with the pressure of that day."""
    s = settings
    centre = np.interp(theta[:, kernel.CENTRE], prior.SCORES, rise)
    half = 0.5 * (s[kernel.S_ZONE] + s[kernel.S_ZONE_SD] * theta[:, kernel.ZONE])
    over = -s[kernel.S_EXPIRY]
    p = 0.0
    if s[kernel.S_EXPIRY] < UNKNOWN:
        p = math.exp(over / s[kernel.S_PRESSURE_DAYS]) if over < 0 else 1 + over / s[kernel.S_LAPSE_DAYS]
    give = [np.exp(s[kernel.S_YIELD] + s[kernel.S_YIELD_SD] * theta[:, i]) for i in (7, 8)]
    most, least = centre + half + p * give[0], centre - half - p * give[1]
    low = distribution(100 * np.expm1(least), "percent")
    high = distribution(100 * np.expm1(most), "percent")
    return Zone(float(np.mean(most >= least)), low, high) if low is not None and high is not None else None


def influences(
    posterior: Posterior, observations: Sequence[Observation], day: Array, value: Array, *, as_of: date,
    expiry: date | None, since: date | None,
) -> tuple[Influence, ...]:  # fmt: skip
    """Each observation left out in turn, by weighting its likelihood away from the same simulated talks; the strongest
    first. Importance weights are cut at the mean times the root of their number (E. L. Ionides, J. Comput. Graph.
    Stat. 17, 2008), which keeps a lone point from ruling."""
    points = posterior.theta.shape[0]
    if not np.any(day < NO_DEAL):
        return ()
    place = np.arange(day.size) % points
    dealt = day < NO_DEAL
    count = np.bincount(place, minlength=points)
    in_time = day <= ((expiry - as_of).days if expiry is not None else -1)
    rises = np.bincount(place[dealt], weights=100 * np.expm1(value[dealt]), minlength=points)
    deals = np.bincount(place[dealt], minlength=points)
    timely = np.bincount(place[in_time], minlength=points)
    order = np.argsort(day, kind="stable")

    def means(w: Array) -> tuple[float, float, float]:
        mass = np.cumsum(w[place[order]])
        median = float(day[order][np.searchsorted(mass, mass[-1] / 2)])
        return float(w @ rises) / max(1e-12, float(w @ deals)), float(w @ timely / (w @ count)), min(median, 1e5)

    whole = means(np.ones(points))
    found = []
    for j, o in enumerate(observations):
        log_w = -posterior.log_fit[:, j]
        w = np.exp(log_w - log_w.max())
        w = np.minimum(w, w.mean() * math.sqrt(points))
        without = means(w)
        found.append(
            Influence(
                o.words, o.day, o.kind, o.claims, whole[0] - without[0],
                whole[1] - without[1] if expiry is not None and expiry >= as_of else None, whole[2] - without[2],
                since is not None and o.day > since,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda i: (not i.new, -abs(i.rise) - 10 * abs(i.by_expiry or 0), i.day, i.words)))


def _single(value: float, unit: str) -> Distribution:
    return Distribution(unit, value, (value,) * len(LEVELS), (value,))


def _made(blank: Outlook, evidence: Evidence, made: Made) -> Outlook:
    """The forecast of what is known: one figure each, and a sentence that says so."""
    when = f" on {made.day}" if made.day else ""
    figure = f", with a first-year rise of {100 * math.expm1(made.rise):.1f} percent" if made.rise is not None else ""
    currency = evidence.base.currency if evidence.base else None
    by = float(made.day <= evidence.expiry) if made.day and evidence.expiry else None
    days = float((made.day - blank.as_of).days) if made.day else None
    return replace(
        blank, status="made", sentence=f"The deal on agreement {blank.talks} was already made{when}{figure}.",
        expiry=evidence.expiry, by_expiry=by, no_deal=0.0,
        deal_by=((blank.as_of, 1.0),), date=_single(days, "days from the as-of date") if days is not None else None,
        rise=_single(100 * math.expm1(made.rise), "percent") if made.rise is not None else None,
        base=evidence.base.expected if evidence.base else None, currency=currency,
        amount=_single(made.amount, f"{currency} a year") if made.amount is not None else None,
        term=((int(made.years), 1.0),) if made.years else (), rests_on=made.claims,
    )  # fmt: skip


def _sentence(o: Outlook, evidence: Evidence) -> str:
    """The forecast in a sentence or two."""
    if o.rise is None or o.date is None:
        return "In none of the simulated talks a deal comes about before the horizon, so no figure can be given."
    low, middle, high = (o.rise.quantile(q) for q in (0.1, 0.5, 0.9))
    days = [o.as_of + timedelta(days=round(o.date.quantile(q))) for q in (0.1, 0.5, 0.9)]
    figure = f"a first-year rise of {middle:z.0f} percent (80% interval {low:z.0f} to {high:z.0f})"
    when = f"most likely by {days[1]} (between {days[0]} and {days[2]} with 80%)"
    if o.expiry is None:
        start = "When the agreement in force expires is not known."
    elif o.expiry < o.as_of:
        start = f"The old agreement expired on {o.expiry}."
    else:
        start = f"A deal by the expiry on {o.expiry} has a probability of {100 * (o.by_expiry or 0):z.0f}%."
    seen = any(x.kind == "position" for x in evidence.observations)
    note = "" if seen else " No figure of either side is known, so this rests on past agreements alone."
    return f"{start} If one is made: {figure}, {when}.{note}"
