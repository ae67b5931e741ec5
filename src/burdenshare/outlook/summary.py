"""A forecast in sentences and figures, for pages that set it. Pure: no drawing, no reading."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from burdenshare.outlook.model import Outlook
from burdenshare.outlook.track_record import Stored

BASELINES = {
    "past": "the spread of past agreements",
    "last": "the last settlement once more",
    "midpoint": "the middle of the last positions",
    "ridge": "a regression on the positions",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the ids of the claims it rests on."""

    text: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """`lead` says the forecast, `more` what it rests on and how such forecasts fared; `numbers` holds the figures:
    probabilities from 0 to 1, rises in percent, amounts in whole units of the currency, days as ISO dates."""

    lead: Sentence
    more: tuple[Sentence, ...]
    numbers: Mapping[str, float | str | None]


def summary(outlook: Outlook, record: Stored | None = None) -> Summary:
    """The forecast put in words, with its track record where there is one."""
    lead = Sentence(outlook.sentence, outlook.rests_on)
    more = []
    if outlook.status == "forecast":
        more += [s for s in (_zone(outlook), _lapse(outlook), _baselines(outlook), _influence(outlook)) if s]
        more.append(Sentence(track(record)))
    return Summary(lead, tuple(more), numbers(outlook))


def numbers(o: Outlook) -> dict[str, float | str | None]:
    """The figures that pages show."""
    found: dict[str, float | str | None] = {"by_expiry": o.by_expiry, "no_deal": o.no_deal}
    for name, of in (("rise", o.rise), ("amount", o.amount)):
        for key, level in (("low", 0.1), ("median", 0.5), ("high", 0.9)):
            found[f"{name}_{key}"] = of.quantile(level) if of else None
    for key, level in (("low", 0.1), ("median", 0.5), ("high", 0.9)):
        found[f"date_{key}"] = day(o, level) if o.date else None
    found["lapse"] = o.lapse.probability if o.lapse else None
    found["zone"] = o.zone.probability if o.zone else None
    found["effective"] = o.sampler.effective if o.sampler else None
    return found


def day(o: Outlook, level: float) -> str | None:
    """The day by which that share of the deals is made."""
    return (o.as_of + datetime.timedelta(days=round(o.date.quantile(level)))).isoformat() if o.date else None


def _zone(o: Outlook) -> Sentence | None:
    if o.zone is None:
        return None
    low, high = o.zone.low.quantile(0.5), o.zone.high.quantile(0.5)
    where = f", about from {low:z.0f} to {high:z.0f} percent" if low < high else ""
    return Sentence(
        f"Some figure is acceptable to both sides with a probability of {100 * o.zone.probability:z.0f}%{where}."
    )


def _lapse(o: Outlook) -> Sentence | None:
    if o.lapse is None:
        return None
    if o.expiry is not None and o.expiry < o.as_of and o.lapse.days is not None:
        return Sentence(
            f"The gap would have lasted {o.lapse.days.quantile(0.5):z.0f} days or less in half of the cases."
        )
    text = f"A gap between the old agreement's end and a deal has a probability of {100 * o.lapse.probability:z.0f}%"
    if o.lapse.days is not None and o.lapse.probability > 0.01:
        text += f"; it would last {o.lapse.days.quantile(0.5):z.0f} days or less in half of the cases"
    return Sentence(text + ".")


def _baselines(o: Outlook) -> Sentence | None:
    if not o.baselines or o.rise is None:
        return None
    parts = []
    for b in o.baselines:
        if b.own:
            middle = sorted(b.rise)[len(b.rise) // 2]
            parts.append(f"{BASELINES[b.name]} {middle:z.0f}")
    ours = f"this forecast {o.rise.quantile(0.5):z.0f}"
    return Sentence(f"Median first-year rise in percent: {', '.join([ours, *parts])}.")


def _influence(o: Outlook) -> Sentence | None:
    told = [i for i in o.influences if i.kind not in ("no-deal", "apart")]
    if not told:
        return None
    i = told[0]
    way = "raises" if i.rise > 0 else "lowers"
    return Sentence(
        f"What moves it most is “{i.words}” ({i.day}): it {way} the expected rise by {abs(i.rise):.1f} points.",
        i.claims,
    )


def track(record: Stored | None) -> str:
    """How such forecasts fared, in a sentence."""
    if record is None:
        return "There is no track record for this case: it has too few past talks whose rounds are known."
    better = f"{100 * abs(record.skill):z.0f}% {'less' if record.skill > 0 else 'more'}"
    text = (
        f"On {record.talks} past talks ({record.dates} monthly forecasts, each from what was known then) the mean "
        f"error of the rise (CRPS) was {record.crps:.1f} points, {better} than that of {BASELINES[record.best]}"
    )
    if record.brier is not None and record.brier_base is not None:
        text += (
            f"; the Brier score of a deal by the expiry was {record.brier:.2f}, the base rate's {record.brier_base:.2f}"
        )
    stale = "" if record.fresh else " The case has changed since; run the backtest again."
    return f"{text}. So few talks prove little.{stale}"
