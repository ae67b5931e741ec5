"""The forecast at each date of a set of talks: what one would have said all along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from burdenshare.case import Case
from burdenshare.dossier import dossier as dossier_of
from burdenshare.errors import BurdenshareError
from burdenshare.outlook import evidence, history
from burdenshare.outlook.forecast import from_record
from burdenshare.outlook.known import known
from burdenshare.outlook.model import Outlook
from burdenshare.record import Entry

MOST_DATES = 400


def over_time(
    entries: Sequence[Entry], case: Case, *, until: date, first: date | None = None, talks: int | None = None,
    every_days: int | None = None, seed: int = 1, simulations: int = 40_000,
    told: Callable[[date], None] = lambda day: None,
) -> tuple[Outlook, ...]:  # fmt: skip
    """Forecasts from `first` (left out: the first round) to `until`, every month or every so many days.

    Each marks as new what came after the one before. Raises BurdenshareError where the talks or their first round are
    not known, or where there would be more than MOST_DATES forecasts.
    """
    cut = known(case, until)
    number = talks or evidence.talks_number(dossier_of(entries, cut, as_of=until) if entries else None, cut)
    if number is None:
        raise BurdenshareError("No talks are known by this day; give --agreement.")
    start = first or history.talks_start(cut, number)
    if start is None or start > until:
        raise BurdenshareError(f"No round of the talks on agreement {number} is known by {until}; give --from.")
    days = _days(start, until, every_days)
    if len(days) > MOST_DATES:
        raise BurdenshareError(f"That would be {len(days)} forecasts; give a later --from or a larger --every.")
    found: list[Outlook] = []
    for as_of in days:
        told(as_of)
        since = found[-1].as_of if found else None
        found.append(
            from_record(entries, case, as_of=as_of, talks=number, seed=seed, simulations=simulations, since=since)
        )
    return tuple(found)


def _days(start: date, until: date, every_days: int | None) -> list[date]:
    if every_days is not None:
        days = [start + timedelta(days=i) for i in range(0, (until - start).days + 1, every_days)]
    else:
        days = []
        for i in range((until.year - start.year) * 12 + until.month - start.month + 1):
            year, month = divmod(start.year * 12 + start.month - 1 + i, 12)
            last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
            days.append(date(year, month + 1, min(start.day, last)))
    return [d for d in days if d < until] + [until]
