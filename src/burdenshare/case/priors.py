"""What a case file says to the forecast beforehand: the `[outlook]` table. No figure of any case stands here.

The defaults are for a case that says nothing. They are wide on purpose: what the case's own past agreements show
narrows them (`burdenshare.outlook.priors`). Rises are percent of the last yearly sum under the old agreement. A
"spread" of a positive quantity is the standard deviation of its natural logarithm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date


@dataclass(frozen=True, slots=True)
class Reference:
    """A bargain from elsewhere that shows how far openings lie from settlements.

    The payer is the side that wants the smaller figure. All figures are in one unit, named in `unit`; `status_quo` is
    what held before.
    """

    id: str
    decided: date
    unit: str
    status_quo: float
    payer_opening: float
    demander_opening: float
    settlement: float
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutlookPriors:
    """Prior knowledge of one case's talks, before its past agreements are looked at."""

    rise_median: float = 3.0  # percent; where first-year rises centre
    rise_median_spread: float = 4.0  # percent; how sure that is, as a standard deviation
    rise_scale: float = 3.0  # percent; how widely one talk's rise lies about the centre
    rise_scale_spread: float = 0.5
    rise_tails: float = 4.0  # degrees of freedom of Student's t; 0 leaves them open, 30 and more is normal
    half_life_years: float = 15.0  # a past agreement this much older than the last counts half
    pool: tuple[str, ...] = ()  # other shipped cases whose past rises count too
    pool_weight: float = 0.25  # how much a bargain from elsewhere counts against one of the case's own
    opening_percent: float = 10.0  # how far a side's opening lies beyond its limit, median
    opening_spread: float = 1.0
    zone_percent: float = 3.0  # width of the zone of possible agreement, mean; below 0 there is none
    zone_spread_percent: float = 3.0  # its standard deviation
    concession: float = 1.5  # exponent of the concession curve, median; above 1 is Boulware (late)
    concession_spread: float = 0.6
    duration_days: float = 240.0  # from the first round until a side is at its limit, median
    duration_spread: float = 0.6
    lead_days: float = 240.0  # from the first round to the expiry of the old agreement, median
    lead_spread: float = 0.6
    gap_days: float = 35.0  # from one round to the next, median
    gap_spread: float = 0.7
    pressure_percent: float = 2.0  # how far a side's limit yields by the day of expiry, median
    pressure_spread: float = 0.7
    deadline: float = 0.85  # share of what a side still asks beyond its limit that is gone by the expiry, median
    deadline_spread: float = 1.5  # standard deviation of its log odds
    pressure_days: float = 45.0  # how long before the expiry the pressure sets in (e-folding time)
    lapse_days: float = 365.0  # a lapse of this length doubles the pressure
    closing: float = 0.7  # probability that a round at which the offers meet ends in a deal
    veto: float = 0.1  # probability that a leader or parliament turns down what negotiators agreed
    veto_days: float = 90.0  # how long talks rest after that, mean
    veto_percent: float = 4.0  # how much the side that turned it down then asks beyond, standard deviation
    approval: float = 0.95  # probability that a signed agreement is approved, counted as 20 past cases
    approval_days: float = 90.0  # from the deal to the final vote, median
    approval_spread: float = 0.6
    report_percent: float = 2.0  # how far a reported position lies from the true one, scale
    vague_factor: float = 2.5  # the same for "about", as a multiple
    tentative_percent: float = 3.0  # how far a settlement lies from one reported as near, scale
    off_curve: float = 0.2  # how far an offer strays from its curve, as part of the way conceded
    former_leader: float = 3.0  # how much less a position says once the side's leader has changed, as a multiple
    leaders: Mapping[str, str] = field(default_factory=dict)  # party to the post that can turn a deal down
    horizon_days: float = 1800.0  # talks not over by then after the as-of date or the expiry are "no deal"
    longest_years: float = 8.0  # terms longer than this are not considered
    term_weight: float = 1.0  # how many past terms the even prior over term lengths counts for
    term_pull: float = 3.0  # how many times likelier a term is that a side has asked for
    references: Mapping[str, Reference] = field(default_factory=dict)


_ANY = frozenset({"rise_median", "zone_percent"})
_SHARES = frozenset({"pool_weight", "closing", "veto", "approval"})
NUMBERS = tuple(f.name for f in fields(OutlookPriors) if isinstance(f.default, float))


_LARGEST = 10_000.0
_SMALLEST = 0.001
_LARGEST_SPREAD = 3.0  # of a logarithm: a factor of twenty either way; more is no knowledge, and soon no number


def mistakes(priors: OutlookPriors) -> Iterator[tuple[str, str]]:
    """The keys of `[outlook]` whose value cannot be used, each with what was expected."""
    for name in NUMBERS:
        value = getattr(priors, name)
        low, high = _bounds(name)
        if not low <= value <= high:
            yield name, f"{value:g} cannot be used; expected a number from {low:g} to {high:g}"
    for key, reference in priors.references.items():
        if min(reference.status_quo, reference.payer_opening, reference.demander_opening, reference.settlement) <= 0:
            yield f"references.{key}", "has a figure of 0 or less; expected figures above 0"


def _bounds(name: str) -> tuple[float, float]:
    if name in _SHARES:
        return 0.0, 1.0
    if name == "deadline":
        return 0.01, 0.99
    if name == "rise_tails":
        return 0.0, 1000.0
    if name in _ANY:
        return -90.0, 1000.0
    if name.endswith("_spread") and name != "rise_median_spread":
        return _SMALLEST, _LARGEST_SPREAD
    if name == "longest_years":
        return 1.0, 50.0
    return (1.0 if name.endswith("_days") else _SMALLEST), _LARGEST
