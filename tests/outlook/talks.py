"""Ways to look at forecasts in tests: the shipped case, a case rewritten after a day, forecasts as bytes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from burdenshare import case as cases
from burdenshare import edtf
from burdenshare.case import Agreement, Case, PastPosition, Payment
from burdenshare.money import Amount
from burdenshare.outlook import from_record, to_json
from burdenshare.record import Entry

SMA = "us-rok-sma"


def sma() -> Case:
    return cases.load(SMA)


def as_bytes(entries: Sequence[Entry], case: Case, as_of: date, **more: Any) -> bytes:
    found = from_record(entries, case, as_of=as_of, simulations=more.pop("simulations", 2000), **more)
    return json.dumps(to_json(found), sort_keys=True).encode()


def _later(when: edtf.When | None, day: date, shift: int) -> edtf.When | None:
    """A date that lies after the day moved about, but never to before it."""
    if when is None or when.latest is None or when.latest <= day:
        return when
    return edtf.parse((max(when.latest, day + timedelta(days=1)) + timedelta(days=shift)).isoformat())


def _amount(amount: Amount | None, factor: float) -> Amount | None:
    return None if amount is None else Amount(amount.currency, value=amount.most * factor)


def rewritten(case: Case, day: date, *, shift: int = 40, factor: float = 3.0) -> Case:
    """The case with every fact of a later day changed: dates moved on, sums multiplied, people exchanged.

    Written without `known`, from the dates alone, so that it can find what `known` forgets.
    """

    def agreement(a: Agreement) -> Agreement:
        dates = {
            n: _later(getattr(a, n), day, shift) for n in ("agreed", "initialled", "signed", "ratified", "in_force")
        }
        made = [w.latest for w in (a.agreed, a.initialled, a.signed) if w is not None and w.latest]
        made += [
            w.latest
            for v in a.versions
            if v.field == "first_year"
            for s in v.sources
            if (w := edtf.parse(case.sources[s].published) if case.sources[s].published else None) and w.latest
        ]
        a = dataclasses.replace(a, talks_start=_later(a.talks_start, day, shift), **dates)  # type: ignore[arg-type]
        if not made or min(made) <= day:
            return a
        return dataclasses.replace(
            a, start=_later(a.start, day, shift), end=_later(a.end, day, shift), years=(a.years or 1) + 2,
            first_year=_amount(a.first_year, factor), growth=None, growth_words="changed", growth_rule=None,
        )  # fmt: skip

    def public(number: int | None) -> bool:
        a = case.agreement(number) if number is not None else None
        days = [w.latest for w in (a.agreed, a.initialled, a.signed) if w is not None and w.latest] if a else []
        return not days or min(days) <= day

    def payment(p: Payment) -> Payment:
        if p.year <= day.year and public(p.agreement):
            return p
        return dataclasses.replace(p, amount=_amount(p.amount, factor) or p.amount, rise_percent=77.0)

    def position(p: PastPosition) -> PastPosition:
        out = [w.latest for s in p.sources if (text := case.sources[s].published) and (w := edtf.parse(text)).latest]
        if p.when.latest is not None and p.when.latest <= day and out and min(d for d in out if d) <= day:
            return p
        return dataclasses.replace(p, amount=_amount(p.amount, factor), change_percent=250.0, side="us", act="demand")

    rounds = [
        dataclasses.replace(r, start=_later(r.start, day, shift), end=_later(r.end, day, shift), outcome="broke-off")
        if (last := (r.end or r.start)) is not None and last.latest is not None and last.latest > day
        and (r.start is None or r.start.latest is None or r.start.latest > day)
        else r
        for r in case.rounds
    ]  # fmt: skip
    people = {
        key: dataclasses.replace(
            p,
            offices=tuple(
                dataclasses.replace(o, end=o.end + timedelta(days=shift) if o.end and o.end > day else o.end)
                for o in p.offices
                if o.start is None or o.start <= day
            ),
        )
        for key, p in case.people.items()
    }
    return dataclasses.replace(
        case, agreements=tuple(map(agreement, case.agreements)), payments=tuple(map(payment, case.payments)),
        positions=tuple(map(position, case.positions)), rounds=tuple(rounds), people=people, category_figures=(),
        yearly=(),
    )  # fmt: skip
