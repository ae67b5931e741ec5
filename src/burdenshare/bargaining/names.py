"""Tactics by name, as the command line and tournaments take them."""

from __future__ import annotations

import re
from collections.abc import Callable

from burdenshare.bargaining.negotiator import Negotiator
from burdenshare.bargaining.strategies import Forecaster, HardHeaded, MiCRO, NiceTitForTat, Random, TradeOff
from burdenshare.bargaining.tactics import Exponential, TimeBased, TitForTat
from burdenshare.bargaining.time_based import EXPONENTS
from burdenshare.errors import BargainingError

PLAIN: dict[str, Callable[[], Negotiator]] = {
    "boulware": lambda: TimeBased(EXPONENTS["boulware"], name="boulware"),
    "linear": lambda: TimeBased(EXPONENTS["linear"], name="linear"),
    "conceder": lambda: TimeBased(EXPONENTS["conceder"], name="conceder"),
    "relative-tft": lambda: TitForTat("relative"),
    "absolute-tft": lambda: TitForTat("absolute"),
    "averaged-tft": lambda: TitForTat("averaged"),
    "trade-off": lambda: TradeOff(),
    "micro": lambda: MiCRO(),
    "nice-tft": lambda: NiceTitForTat(),
    "hard-headed": lambda: HardHeaded(),
    "forecaster": lambda: Forecaster(),
    "random": lambda: Random(),
}
WITH_NUMBER: dict[str, Callable[[float], Negotiator]] = {
    "time": lambda number: TimeBased(number),
    "exponential": lambda number: Exponential(number),
    "trade-off": lambda number: TradeOff(number),
}
CALL = re.compile(r"([a-z-]{1,40})\(([0-9.eE+-]{1,30})\)")


def negotiator_named(name: str) -> Negotiator:
    """A fresh negotiator for a name such as `boulware` or `time(2.5)`; BargainingError lists the names."""
    name = name.strip().lower()
    if name in PLAIN:
        return PLAIN[name]()
    match = CALL.fullmatch(name)
    if match and match[1] in WITH_NUMBER:
        try:
            return WITH_NUMBER[match[1]](float(match[2]))
        except ValueError:
            pass
    known = ", ".join([*PLAIN, *(f"{key}(NUMBER)" for key in WITH_NUMBER)])
    raise BargainingError(f"The tactic {name!r} is unknown; choose from {known}.")
