"""Costings as tables of the page: plain cells, their unit in the heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from burdenshare.case import Case
from burdenshare.costs import Costing, Lapse, Money
from burdenshare.web import wording
from burdenshare.web.language import Words

if TYPE_CHECKING:  # the pages that positions rest on draw charts too
    from burdenshare.web.costing.positions import Worked

DIGITS = 4  # of the largest figure of a table


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: column headings, and rows whose first cell is the row's heading; the last `totals` rows sum up.

    `wordy` where the last column holds words, not figures.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    totals: int = 0
    wordy: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """How sums in a currency are written in a table: divided by `size`, with `decimals`."""

    size: float
    decimals: int
    heading: str

    def text(self, money: Money | None, *, signed: bool = False) -> str:
        """A sum, or its range; a dash where there is none."""
        if money is None:
            return "–"
        low, high = self.number(money.low, signed=signed), self.number(money.high, signed=signed)
        return low if low == high else f"{low} … {high}" if signed else f"{low}–{high}"

    def number(self, value: float, *, signed: bool = False) -> str:
        """One figure."""
        text = f"{value / self.size:{'+' if signed else ''},.{self.decimals}f}"
        return text.replace("-", "−") if float(text.replace(",", "")) else text.lstrip("+-")


def scale_of(values: Iterable[float], currency: str, t: Words) -> Scale:
    """The scale in which the largest of these sums has four digits."""
    top = max((abs(v) for v in values), default=0.0)
    size, name = next((s, n) for s, n in t.tongue.scales() if top >= s or s == 1.0)
    whole = len(str(int(top / size)))
    decimals = 0 if size == 1.0 else max(0, DIGITS - whole)
    return Scale(size, decimals, " ".join(w for w in (currency, name) if w))


def category(name: str, case: Case, t: Words) -> str:
    """A category's name: the catalogue's, else the case's, else as given."""
    known = t.of("category", name)
    if known != name.replace("-", " ") or name not in case.categories:
        return known
    return wording.names_in(case.categories[name], t.lang) if case.categories[name] else known


def years_of(worked: Sequence[Worked], case: Case, t: Words) -> Grid:
    """Year by year: of one position everything, of several their sums side by side."""
    if len(worked) == 1 and worked[0].costing is not None:
        return _years_of_one(worked[0].costing, t)
    costings = [(w.letter, w.costing) for w in worked if w.costing is not None]
    host, sender = case.host.currency, case.stationing.currency
    shown = tuple(dict.fromkeys((host, sender)))
    scales = {c: scale_of((y.sums[c].high for _, k in costings for y in k.years), c, t) for c in shown}
    columns = [t("costs.column.year")]
    columns += [f"{letter}, {scales[c].heading}" for letter, _ in costings for c in shown]
    rows = []
    for year in sorted({y.year for _, k in costings for y in k.years}):
        row = [str(year)]
        for _, k in costings:
            found = next((y for y in k.years if y.year == year), None)
            row += [scales[c].text(found.sums[c]) if found else "" for c in shown]
        rows.append(tuple(row))
    rows.append((t("costs.total"), *(scales[c].text(k.total.sums[c]) for _, k in costings for c in shown)))
    return Grid("years", t("costs.years"), tuple(columns), tuple(rows), totals=1)


def _years_of_one(costing: Costing, t: Words) -> Grid:
    shown = list(costing.total.sums)
    scales = {c: scale_of((y.sums[c].high for y in costing.years), c, t) for c in shown}
    host = scales[costing.currency]
    force = next((c for c in costing.against if c.label == "in force"), None)
    soldier = scale_of((y.per_soldier.high for y in costing.years if y.per_soldier), costing.currency, t)
    columns = [t("costs.column.year"), *(scales[c].heading for c in shown)]
    columns += [t("costs.column.real", year=costing.base_year), t("costs.column.more"), t("costs.column.soldier",
                unit=soldier.heading), t("costs.column.budget")]  # fmt: skip
    rows = []
    for y in costing.years:
        budget = f"{y.budget_share_percent.value:.2f}%" if y.budget_share_percent else "–"
        rows.append((
            str(y.year), *(scales[c].text(y.sums[c]) for c in shown), host.text(y.real),
            host.text(force.years[y.year], signed=True) if force else "–", soldier.text(y.per_soldier), budget,
        ))  # fmt: skip
    total = costing.total
    rows.append((
        t("costs.total"), *(scales[c].text(total.sums[c]) for c in shown), host.text(total.real),
        host.text(force.total, signed=True) if force else "–", "", "",
    ))  # fmt: skip
    return Grid("years", t("costs.years"), tuple(columns), tuple(rows), totals=1)


def categories_of(worked: Sequence[Worked], case: Case, t: Words) -> Grid | None:
    """By category: of one position year by year, of several in all; None where no split is known."""
    costings = [(w.letter, w.costing) for w in worked if w.costing is not None]
    names = list(dict.fromkeys(n for _, k in costings for n in k.total.by_category))
    if not names:
        return None
    host = case.host.currency
    if len(costings) == 1:
        costing = costings[0][1]
        scale = scale_of((y.sums[host].high for y in costing.years), host, t)
        columns = (t("costs.column.year"), *(category(n, case, t) for n in names))
        rows = [(str(y.year), *(scale.text(y.by_category[n].sums[host]) for n in names)) for y in costing.years]
        rows.append((t("costs.total"), *(scale.text(costing.total.by_category[n].sums[host]) for n in names)))
        return Grid("by-category", t("costs.by_category", unit=scale.heading), columns, tuple(rows), totals=1)
    scale = scale_of((k.total.sums[host].high for _, k in costings), host, t)
    columns = (t("costs.column.category"), *(letter for letter, _ in costings))
    rows = [
        (category(n, case, t), *(scale.text(k.total.by_category[n].sums[host]) for _, k in costings)) for n in names
    ]
    return Grid("by-category", t("costs.by_category_total", unit=scale.heading), columns, tuple(rows))


def against_of(worked: Sequence[Worked], case: Case, t: Words) -> Grid | None:
    """What each position costs in all beyond what it is set against."""
    rows = []
    costings = [(w.letter, w.costing) for w in worked if w.costing is not None]
    scale = scale_of((abs(c.total.value) for _, k in costings for c in k.against), case.host.currency, t)
    for letter, costing in costings:
        for c in costing.against:
            times = "–" if c.multiple is None else _times(c.multiple)
            name = t("costs.in_force") if c.label == "in force" else c.label
            rows.append((letter, name, scale.text(c.total, signed=True), times))
    if not rows:
        return None
    columns = (t("costs.position"), t("costs.against"), t("costs.column.difference", unit=scale.heading),
               t("costs.column.times"))  # fmt: skip
    return Grid("against", t("costs.against_title"), columns, tuple(rows))


def _times(multiple: Money) -> str:
    low, high = f"{multiple.low:.2f}", f"{multiple.high:.2f}"
    return f"×{low}" if low == high else f"×{low}–{high}"


def lapse_of(lapse: Lapse, t: Words) -> Grid:
    """A lapse month by month."""
    months = lapse.months
    scale = scale_of((m.unpaid.high for m in months), lapse.currency, t)
    rows = [
        (m.month, scale.text(m.unpaid), scale.text(m.wages), _people(m.furloughed), scale.text(m.wages_lost))
        for m in months
    ]
    columns = (t("costs.column.month"), t("costs.column.unpaid", unit=scale.heading), t("costs.column.wages"),
               t("costs.column.furloughed"), t("costs.column.wages_lost"))  # fmt: skip
    return Grid("lapse", t("costs.lapse_title"), columns, tuple(rows))


def _people(number: Money | None) -> str:
    if number is None:
        return "–"
    low, high = f"{number.low:,.0f}", f"{number.high:,.0f}"
    return low if low == high else f"{low}–{high}"
