"""What an address asks of the costs page: up to four positions side by side and what holds for all of them.

The address is the whole state: `/CASE/costs?first1=sum&sum1=5&unit1=billion&currency1=USD&years1=5&lapse=6`. Fields of
a position carry its number, 1 to 4. An empty field is one that is not there, so that a plain form can send them all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from burdenshare.web.problems import ProblemError

SLOTS = 4
LETTERS = "ABCD"
UNITS: Mapping[str, float] = {"one": 1.0, "million": 1e6, "billion": 1e9, "trillion": 1e12}
GROWTHS = ("frozen", "fixed", "cpi", "defence-budget")
FIRSTS = ("of", "sum", "rise")
LARGEST = 1e16  # whole units of a currency; far above what any state spends in a year
_WHOLE = re.compile(r"-?[0-9]{1,9}")

Kind = Literal["text", "number", "whole", "choice", "currency", "day"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: what it takes and within which bounds (of a text: its characters)."""

    name: str
    kind: Kind
    words: str
    low: float = 0.0
    high: float = 0.0
    choices: tuple[str, ...] = ()


OF_A_POSITION = (
    Field("first", "choice", "What the first year's sum comes from: of, sum or rise.", choices=FIRSTS),
    Field("of", "text", "A position in words, a claim's id, item:ID of the dossier, or `agreement 11`.", high=300),
    Field("sum", "number", "The sum of the first year, in units of `unit`.", 0, 1e15),
    Field("unit", "choice", "What the sum is counted in.", choices=tuple(UNITS)),
    Field("currency", "currency", "The sum's currency, ISO 4217."),
    Field("rise", "number", "The first year's rise on the last payment, in percent.", -99, 2000),
    Field("year", "whole", "The first year.", 1950, 2100),
    Field("years", "whole", "The term in years.", 1, 30),
    Field("growth", "choice", "The rule for later years.", choices=GROWTHS),
    Field("percent", "number", "For the rule `fixed`: percent a year.", -50, 200),
    Field("lag", "whole", "For prices and budgets: how many years back they are taken.", 0, 10),
    Field("cap", "number", "For prices and budgets: at most so many percent a year.", -50, 200),
)
OF_ALL = (
    Field("base", "whole", "The year of the constant prices.", 1950, 2100),
    Field("categories", "text", "Shares in percent: labour=40, construction=60.", high=300),
    Field("against", "text", "A position to set the others against, as in `of1`.", high=300),
    Field("lapse", "whole", "Months without an agreement to show.", 0, 36),
    Field("lapse_from", "day", "The first day of the lapse.", 1950, 2100),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A position as asked for; None and "" where the address says nothing. Units as in OF_A_POSITION."""

    first: str = ""
    of: str = ""
    sum: float | None = None
    unit: str = ""
    currency: str = ""
    rise: float | None = None
    year: int | None = None
    years: int | None = None
    growth: str = ""
    percent: float | None = None
    lag: int | None = None
    cap: float | None = None

    @property
    def empty(self) -> bool:
        """True where nothing says what is paid in the first year."""
        return not self.of and self.sum is None and self.rise is None

    @property
    def source(self) -> str:
        """What the first sum comes from: as chosen where that is filled in, else what is."""
        filled = {"of": bool(self.of), "sum": self.sum is not None, "rise": self.rise is not None}
        return self.first if filled.get(self.first) else next((k for k in FIRSTS if filled[k]), "of")


@dataclass(frozen=True, slots=True)
class Asked:
    """The whole question."""

    slots: tuple[Slot, ...] = (Slot(),) * SLOTS
    base: int | None = None
    categories: str = ""
    against: str = ""
    lapse: int | None = None
    lapse_from: date | None = None

    @property
    def empty(self) -> bool:
        """True where no position is asked for."""
        return all(s.empty for s in self.slots)


def parse(given: Mapping[str, str]) -> Asked:
    """The question of an address. Raises ProblemError 422, naming the field and what it takes."""
    slots = []
    for number in range(1, SLOTS + 1):
        values = {f.name: _value(f, f"{f.name}{number}", given) for f in OF_A_POSITION}
        slot = Slot(**{k: v for k, v in values.items() if v is not None})
        if slot.sum is not None and slot.sum * UNITS[slot.unit or "one"] > LARGEST:
            raise _wrong(f"sum{number}", f"a sum of at most {LARGEST:g} whole units")
        slots.append(slot)
    every = {f.name: _value(f, f.name, given) for f in OF_ALL}
    return Asked(tuple(slots), **{k: v for k, v in every.items() if v is not None})


def query(asked: Asked) -> dict[str, Any]:
    """The shortest query that asks the same."""
    found: dict[str, Any] = {}
    for number, slot in enumerate(asked.slots, 1):
        if not slot.empty:
            found |= {f"{f.name}{number}": _text(getattr(slot, f.name)) for f in OF_A_POSITION}
    found |= {f.name: _text(getattr(asked, f.name)) for f in OF_ALL}
    return {k: v for k, v in found.items() if v != ""}


def parameters() -> list[dict[str, Any]]:
    """The fields as parameters of an OpenAPI operation."""
    found = [_described(f, f.name) for f in OF_ALL]
    for number in range(1, SLOTS + 1):
        found += [_described(f, f"{f.name}{number}") for f in OF_A_POSITION]
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _wrong(name: str, wanted: str) -> ProblemError:
    return ProblemError(422, "bad-request", f"The field {name} takes {wanted}.", "Change it and try again.")


def _value(field: Field, name: str, given: Mapping[str, str]) -> Any:
    text = given.get(name, "").strip()
    if not text:
        return None
    if field.kind == "text":
        if len(text) > field.high:
            raise _wrong(name, f"at most {field.high:g} characters")
        return text
    if field.kind == "choice":
        if text not in field.choices:
            raise _wrong(name, f"one of {', '.join(field.choices)}")
        return text
    if field.kind == "currency":
        if not (len(text) == 3 and text.isascii() and text.isalpha()):
            raise _wrong(name, "a currency's three letters")
        return text.upper()
    return _day(field, name, text) if field.kind == "day" else _number(field, name, text)


def _day(field: Field, name: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _wrong(name, "a day such as 2020-01-01") from None
    if not field.low <= day.year <= field.high:
        raise _wrong(name, f"a day from {field.low:g} to {field.high:g}")
    return day


def _number(field: Field, name: str, text: str) -> float | int:
    plain = text.replace(",", "")[:40]
    try:
        number = float(plain)
    except ValueError:
        number = math.nan
    if field.kind == "whole" and not _WHOLE.fullmatch(plain):
        raise _wrong(name, "a whole number")
    if not field.low <= number <= field.high:  # false for NaN too
        raise _wrong(name, f"a number from {field.low:g} to {field.high:g}")
    return int(plain) if field.kind == "whole" else number


def _described(field: Field, name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if field.kind == "text":
        schema["maxLength"] = int(field.high)
    elif field.kind == "choice":
        schema["enum"] = list(field.choices)
    elif field.kind == "currency":
        schema["pattern"] = "^[A-Za-z]{3}$"
    elif field.kind == "day":
        schema["format"] = "date"
    else:
        schema = {"type": "integer" if field.kind == "whole" else "number", "minimum": field.low, "maximum": field.high}
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": field.words}
