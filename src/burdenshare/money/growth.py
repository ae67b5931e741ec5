"""Rules for the sums of later years, as values: read from text or from a claim, written out in words.

A rule is a row of phases. Each says by how much a year's sum exceeds that of the year before; a phase with years of its
own goes before the one without. As text, for a case file or an option (`parse`):

    fixed 3                     3 percent more each year
    frozen                      the same sum each year
    cpi lag 2 cap 4             by consumer prices of two years before, at most 4 percent
    cpi lag 2 plus 8.8          by 8.8 percent and consumer prices of two years before
    defence-budget lag 1        by the growth of the payer's defence budget in the year before
    2021: fixed 13.9; defence-budget lag 1      a step in 2021, then by the defence budget
    table 2026=1519200000000 2027=1550000000000     sums of their own, in whole currency units
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from burdenshare.errors import MoneyError
from burdenshare.money.amount import Growth
from burdenshare.money.indices import Rise

PhaseKind = Literal["fixed", "frozen", "cpi", "defence-budget", "table"]
KINDS: tuple[PhaseKind, ...] = get_args(PhaseKind)
_INDEXED: tuple[PhaseKind, ...] = ("cpi", "defence-budget")
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?:")
_CELL = re.compile(r"(\d{4})=(\d+(?:\.\d+)?)")
# Statistics offices and ministries publish yearly rates to one decimal, and the agreements of every shipped case
# apply the published rate, not the index behind it.
PUBLISHED_DECIMALS = 1


class GrowthError(MoneyError):
    """A rule of growth contradicts itself or lacks a figure: says which and what to write."""


@dataclass(frozen=True, slots=True)
class Phase:
    """What one stretch of a rule says. `percent` and `cap_percent` are per year.

    `plus_percent` is added before the cap. `lag` is how many years before the year paid for the index is taken. `first`
    and `last` are the years it holds for, None where it holds for all that no other phase names. `table` gives whole
    sums by year. Raises GrowthError where the parts contradict each other.
    """

    kind: PhaseKind
    percent: float | None = None
    cap_percent: float | None = None
    plus_percent: float = 0.0
    lag: int = 1
    first: int | None = None
    last: int | None = None
    table: tuple[tuple[int, float], ...] = ()

    def __post_init__(self) -> None:
        if self.kind == "fixed" and self.percent is None:
            raise GrowthError("a fixed rule needs its percentage; write `fixed 3`")
        if self.kind == "fixed" and self.cap_percent is not None and (self.percent or 0) > self.cap_percent:
            raise GrowthError(
                f"a rise of {self.percent:g} percent under a cap of {self.cap_percent:g} contradicts itself; "
                f"keep the rise or the cap"
            )
        if self.kind == "frozen" and (self.percent or self.cap_percent is not None or self.plus_percent):
            raise GrowthError("a frozen sum cannot also rise; write `frozen` alone, or `fixed` with the percentage")
        if self.kind in _INDEXED and self.percent is not None:
            raise GrowthError(f"{self.kind} takes its rise from a series; write a cap, or `plus` for what comes on top")
        if self.kind == "table" and not self.table:
            raise GrowthError("a table needs a sum for each year; write `table 2026=1519200000000 2027=...`")
        if self.kind != "table" and self.table:
            raise GrowthError(f"{self.kind} and a table of sums contradict each other; keep one of them")
        if self.lag < 0:
            raise GrowthError(f"a lag of {self.lag} years would take a figure from the future; write 0 or more")
        if self.first is not None and self.last is not None and self.first > self.last:
            raise GrowthError(f"the years {self.first}-{self.last} end before they start; write the first one first")

    def holds(self, year: int) -> bool:
        """True where the phase names the year."""
        return self.first is not None and self.first <= year <= (self.last or self.first)


@dataclass(frozen=True, slots=True)
class Rule:
    """The phases of a rule. Raises GrowthError where two of them name the same year, or two name none."""

    phases: tuple[Phase, ...]

    def __post_init__(self) -> None:
        if not self.phases:
            raise GrowthError(f"an empty rule says nothing; write one of {', '.join(KINDS)}")
        if sum(p.first is None for p in self.phases) > 1:
            words = " and ".join(p.kind for p in self.phases if p.first is None)
            raise GrowthError(f"{words} both hold for every year; give one of them its years, as in `2021: fixed 13.9`")
        named = sorted((p for p in self.phases if p.first is not None), key=lambda p: p.first or 0)
        for before, after in pairwise(named):
            if before.holds(after.first or 0):
                raise GrowthError(
                    f"{before.kind} and {after.kind} both hold for {after.first}; give each year one of them"
                )

    def phase(self, year: int) -> Phase | None:
        """The phase that holds for a year: the one that names it, or the one that names none."""
        named = next((p for p in self.phases if p.holds(year)), None)
        return named or next((p for p in self.phases if p.first is None), None)

    def words(self) -> str:
        """The rule in plain words, its phases in the order of their years."""
        ordered = sorted(self.phases, key=lambda p: (p.first is None, p.first or 0))
        return "; ".join(_phase_words(p, after=p.first is None and len(ordered) > 1) for p in ordered)

    def __str__(self) -> str:
        return "; ".join(_phase_text(p) for p in self.phases)


Series = Callable[[int], Rise]


def _phase_words(p: Phase, *, after: bool) -> str:
    what = {
        "fixed": f"{p.percent or 0:g} percent more each year" if (p.percent or 0) >= 0
        else f"{-(p.percent or 0):g} percent less each year",
        "frozen": "the same sum each year",
        "cpi": f"by consumer prices of {_lag_words(p.lag)}",
        "defence-budget": f"by the growth of the payer's defence budget of {_lag_words(p.lag)}",
        "table": "sums set year by year",
    }[p.kind]  # fmt: skip
    if p.plus_percent:
        what += f" and {p.plus_percent:g} percent on top"
    if p.cap_percent is not None:
        what += f", at most {p.cap_percent:g} percent a year"
    if p.first is None:
        return f"then {what}" if after else what
    years = f"in {p.first}" if p.last in (None, p.first) else f"from {p.first} to {p.last}"
    return f"{years} {what.replace(' each year', '') if p.last in (None, p.first) else what}"


def _lag_words(lag: int) -> str:
    return {0: "the same year", 1: "the year before", 2: "two years before"}.get(lag, f"{lag} years before")


def _phase_text(p: Phase) -> str:
    parts = [] if p.first is None else [f"{p.first}{'' if p.last in (None, p.first) else f'-{p.last}'}:"]
    parts.append(p.kind)
    if p.percent is not None:
        parts.append(f"{p.percent:g}")
    if p.kind in _INDEXED:
        parts.append(f"lag {p.lag}")
    if p.plus_percent:
        parts.append(f"plus {p.plus_percent:g}")
    if p.cap_percent is not None:
        parts.append(f"cap {p.cap_percent:g}")
    parts += [f"{year}={value:.0f}" for year, value in p.table]
    return " ".join(parts)


def parse(text: str) -> Rule:
    """A rule from its text form (see the top of this module). Raises GrowthError with what to write."""
    return Rule(tuple(_phase(part.strip()) for part in text.split(";") if part.strip()))


def _phase(text: str) -> Phase:
    first = last = None
    if match := _YEARS.match(text):
        first = int(match[1])
        last = int(match[2] or match[1])
        text = text[match.end() :]
    words = text.split()
    if not words or words[0] not in KINDS:
        raise GrowthError(
            f"{text.strip()!r} is no rule of growth; write one of {', '.join(KINDS)}, as in `cpi lag 2 cap 4`"
        )
    kind: PhaseKind = words[0]
    if kind == "table":
        cells = [_CELL.fullmatch(w) for w in words[1:]]
        if not all(cells):
            raise GrowthError(
                f"{text.strip()!r} is no table; write years and whole sums, as in `table 2026=1519200000000`"
            )
        return Phase(kind, first=first, last=last, table=tuple((int(c[1]), float(c[2])) for c in cells if c))
    numbers: dict[str, float] = {}
    name = "percent"
    for word in words[1:]:
        if word in ("lag", "cap", "plus"):
            name = word
        elif name in numbers:
            raise GrowthError(f"{text.strip()!r} gives {name} twice; keep one of them")
        else:
            numbers[name] = _number(word, text)
            name = "percent"
    lag = numbers.get("lag", 1.0)
    if lag != round(lag):
        raise GrowthError(f"a lag is a whole number of years, not {lag:g}")
    return Phase(kind, numbers.get("percent"), numbers.get("cap"), numbers.get("plus", 0.0), round(lag), first, last)


def _number(word: str, text: str) -> float:
    try:
        return float(word.removesuffix("%"))
    except ValueError:
        raise GrowthError(f"{word!r} in {text.strip()!r} is no number; write it as in `cpi lag 2 cap 4`") from None


def from_growth(growth: Growth, *, lag: int | None = None) -> Rule:
    """The rule of a claim. `lag` is for prices and budgets, where reports seldom give it; without it, one year.

    A percentage beside prices or a budget is what a report expects them to grow by; the series decides, so it is left.
    Raises GrowthError where the claim says that there is a rule without one that can be counted (`other`), or where its
    parts contradict each other.
    """
    if growth.rule == "other":
        raise GrowthError("the rule is not reported in a form that can be counted; state one, such as `fixed 3`")
    if growth.rule in _INDEXED:
        return Rule((Phase(growth.rule, cap_percent=growth.cap_percent, lag=1 if lag is None else lag),))
    return Rule((Phase(growth.rule, growth.percent, growth.cap_percent),))


def published(percent: float) -> float:
    """A yearly rate as it is published and applied: to one decimal, halves away from zero."""
    scaled = round(abs(percent) * 10**PUBLISHED_DECIMALS, 6)
    return (1 if percent >= 0 else -1) * int(scaled + 0.5) / float(10**PUBLISHED_DECIMALS)
