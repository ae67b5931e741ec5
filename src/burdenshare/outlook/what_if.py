"""Suppositions: a parameter set otherwise, or something said that was not. `NAME=VALUE`, checked."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from datetime import date, timedelta

from burdenshare import edtf
from burdenshare.case.priors import NUMBERS, OutlookPriors, mistakes
from burdenshare.errors import BurdenshareError
from burdenshare.outlook.evidence import HOST, NEITHER, STATIONING, Evidence, Observation

DAYS = ("expiry", "next-round")
POSITIONS = {"offer": HOST, "demand": STATIONING}
NAMES = (*NUMBERS, *DAYS, *POSITIONS, "tentative")
_FIGURE = re.compile(r"([+-]?\d{1,15}(?:\.\d{1,6})?(?:[eE]\d{1,2})?)\s?(%|[A-Z]{3})?")


def supposed(
    priors: OutlookPriors, evidence: Evidence, what_if: Mapping[str, str], *, as_of: date
) -> tuple[OutlookPriors, Evidence]:
    """The priors and the evidence with the suppositions in them.

    A name is a number of the `[outlook]` table; `expiry` or `next-round` with a day; `offer`, `demand` or `tentative`
    (a deal said to be near) with a rise (`13%`) or a yearly sum in the host's currency (`1.2e12 KRW`).
    Raises BurdenshareError where a name or value cannot be used.
    """
    numbers: dict[str, float] = {}
    for name, text in what_if.items():
        if name in NUMBERS:
            try:
                numbers[name] = float(text)
            except ValueError:
                raise BurdenshareError(f"{name} is a number; {text!r} is none.") from None
        elif name in DAYS:
            evidence = _day(evidence, name, text, as_of)
        elif name in NAMES:
            evidence = _said(evidence, name, text, as_of, priors)
        else:
            raise BurdenshareError(f"There is nothing called {name!r} to suppose; the names are {', '.join(NAMES)}.")
    changed = dataclasses.replace(priors, **numbers)  # type: ignore[arg-type]
    for key, words in mistakes(changed):
        if key in numbers:
            raise BurdenshareError(f"{key}: {words}.")
    return changed, evidence


def _day(evidence: Evidence, name: str, text: str, as_of: date) -> Evidence:
    try:
        day = edtf.parse(text).latest
    except ValueError:
        day = None
    if day is None:
        raise BurdenshareError(f"{name} is a day such as 2019-12-31; {text!r} is none.")
    if name == "expiry":
        return dataclasses.replace(evidence, expiry=day)
    return dataclasses.replace(evidence, planned=max(day, as_of + timedelta(days=1)))


def _said(evidence: Evidence, name: str, text: str, as_of: date, priors: OutlookPriors) -> Evidence:
    match = _FIGURE.fullmatch(text.strip())
    if match is None:
        raise BurdenshareError(f"{name} is a rise such as 13% or a yearly sum such as 1.2e12; {text!r} is neither.")
    value, unit = float(match[1]), match[2]
    if unit == "%":
        ratio = 1 + value / 100
    elif evidence.base is None:
        raise BurdenshareError(f"No yearly sum in force is known to hold {text!r} against; give a rise such as 13%.")
    elif unit not in (None, evidence.base.currency):
        raise BurdenshareError(f"{name} is counted in {evidence.base.currency}; give it in that, or as a rise (13%).")
    else:
        ratio = value / evidence.base.expected
    if not 0.01 < ratio < 60:
        raise BurdenshareError(
            f"{name} of {text!r} is {ratio:.3g} times the sum in force; give one between 0.01 and 60."
        )
    rise, side = math.log(ratio), POSITIONS.get(name, NEITHER)
    kind = "position" if name in POSITIONS else "tentative"
    scale = (priors.report_percent if name in POSITIONS else priors.tentative_percent) / 100
    said = Observation(kind, side, as_of, rise, rise, scale, "exact", f"supposed: {name} {text}", ("what-if",))
    return dataclasses.replace(evidence, observations=(*evidence.observations, said))
