"""Costs: positions built with fields or taken from a claim, worked out year by year, up to four side by side."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import HTMLResponse, Response

from burdenshare import costs as costing_
from burdenshare.brief.model import Chart
from burdenshare.errors import BurdenshareError
from burdenshare.web import wording
from burdenshare.web.costing import asked as asking
from burdenshare.web.costing import drawing, tables
from burdenshare.web.costing.asked import Asked, Slot
from burdenshare.web.costing.positions import Answer, Asking, Worked, currencies, label_of, rule_words
from burdenshare.web.costing.tables import Grid
from burdenshare.web.pages.downloads import as_csv, as_json
from burdenshare.web.registry import Page
from burdenshare.web.view import View, Viewing, address

router = APIRouter()
OPENED = 2  # positions whose fields are open when the page is set; of more only the first
STARTS = 12  # positions of the dossier offered to start from
STEPS = 200  # of a slider for sums
REACH = 8  # how many times the last payment a slider for sums reaches


@dataclass(frozen=True, slots=True)
class Slider:
    """The bounds of a slider for sums, in the unit chosen, and where it stands."""

    most: str
    step: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """The fields of one position: what the address says, and what was worked out where it says nothing.

    `taken` has the first sum, year and term in use, for the sliders and the placeholders.
    """

    letter: str
    number: int
    slot: Slot
    label: str
    fault: str
    open: bool
    taken: dict[str, str]
    slider: Slider


@dataclass(frozen=True, slots=True)
class Card:
    """A position in short: its first sum, the years, all of it, and the difference to what is paid."""

    letter: str
    key: int
    label: str
    terms: str
    first: str
    total: str
    other: str
    more: str
    how: tuple[tuple[str, str], ...]
    support: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """Something to start from, and the address that adds it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Costs:
    """The fields, what was worked out of them, and how to take it along.

    `day` is the day that rates, prices and agreements are taken as of. `shares` are the categories with the share in
    use, in percent. `key` names the colours of the chart in their order.
    """

    day: str
    parts: tuple[Part, ...]
    asked: Asked
    money: tuple[str, ...]
    shares: tuple[tuple[str, str, str], ...]
    cards: tuple[Card, ...]
    key: tuple[str, ...]
    several: bool
    figure: Chart | None
    grids: tuple[Grid, ...]
    notes: tuple[str, ...]
    precedent: tuple[str, ...]
    fault: str
    starts: tuple[Start, ...]
    link: str
    files: tuple[tuple[str, str], ...]


PAGE = Page("costs", Costs, "/costs")


def asked_of(request: Request) -> Asked:
    """The question of a request's address. Raises ProblemError 422."""
    return asking.parse(request.query_params)


Question = Annotated[Asked, Depends(asked_of)]
PARAMETERS: dict[str, Any] = {"parameters": asking.parameters()}


# -- what the page shows ---------------------------------------------------------------------------------------------


def part(number: int, slot: Slot, worked: Worked | None, asker: Asking, *, shown: bool) -> Part:
    """The fields of one position; `shown` opens them."""
    costing = worked.costing if worked else None
    taken = {"year": "", "years": "", "currency": asker.view.case.host.currency, "unit": slot.unit, "rule": ""}
    first = 0.0
    if costing is not None:
        position = costing.position
        taken |= {"year": str(position.year), "years": str(position.years), "currency": position.amount.currency,
                  "rule": rule_words(position.rule, asker.view.t)}  # fmt: skip
        first = (position.amount.least + position.amount.most) / 2
    if slot.source == "sum" and slot.currency:
        taken["currency"] = slot.currency
    if not taken["unit"]:
        paid = slider_reach(asker, taken["currency"])
        size = max(first, paid / REACH)
        taken["unit"] = next((n for n, s in reversed(list(asking.UNITS.items())) if size >= s), "one")
    fault = worked.fault if worked else ""
    return Part(
        asking.LETTERS[number - 1], number, slot, worked.label if worked else "", fault, shown or bool(fault), taken,
        slider(asker, first, taken["currency"], taken["unit"]),
    )  # fmt: skip


def slider_reach(asker: Asking, currency: str) -> float:
    """How far a slider for sums goes, in whole units: some times the last payment; 0 where there is none."""
    basis = asker.basis
    paid = basis.last_paid(basis.next_year)
    if paid is None:
        return 0.0
    amount = paid.amount
    try:
        rate = 1.0 if amount.currency == currency else basis.last_rate(amount.currency, currency).value
    except BurdenshareError:
        return 0.0
    return amount.most * rate * REACH


def slider(asker: Asking, first: float, currency: str, unit: str) -> Slider:
    """The slider of a sum: round bounds that reach beyond what is paid and what is asked."""
    size = asking.UNITS[unit or "one"]
    most = max(slider_reach(asker, currency), first * 1.5, size) / size
    step = 10.0 ** math.floor(math.log10(most / STEPS) + 0.5)
    most = math.ceil(most / step) * step
    return Slider(f"{most:.6g}", f"{step:.6g}", f"{round(first / size / step) * step:.6g}")


def card(worked: Worked, view: View) -> Card:
    """A position in short."""
    costing, t = worked.costing, view.t
    assert costing is not None
    host = costing.currency
    position = costing.position
    last = position.year + position.years - 1
    span = str(position.year) if last == position.year else f"{position.year}–{last}"

    def words(sums: Any, currency: str) -> str:
        found = sums[currency]
        low, high = wording.money(found.low, currency, t), wording.money(found.high, currency, t)
        return low if low == high else f"{low} – {high}"

    others = [c for c in costing.total.sums if c != host]
    force = next((c for c in costing.against if c.label == "in force"), None)
    more = ""
    if force is not None:
        sign = "+" if force.total.value >= 0 else "−"
        times = f" (×{force.multiple.value:.2f})" if force.multiple else ""
        more = f"{sign}{wording.money(abs(force.total.value), host, t)}{times}"
    how = [("position", line) for line in position.how]
    how += [(str(y.year), f"{name}: {line}") for y in costing.years[:1] for name, line in y.how.items()]
    how += [("categories", costing.how["categories"])] + [("against", c.how) for c in costing.against]
    return Card(
        worked.letter, asking.LETTERS.index(worked.letter) + 1, worked.label,
        t("costs.terms", span=span, rule=rule_words(position.rule, t)), words(costing.years[0].sums, host),
        words(costing.total.sums, host), "; ".join(words(costing.total.sums, c) for c in others), more, tuple(how),
        position.support[:4],
    )  # fmt: skip


def shares_in_use(answer: Answer, view: View) -> tuple[tuple[str, str, str], ...]:
    """The case's categories, each with its name and its share in percent as used in the first costing."""
    split: dict[str, float] = {}
    for w in answer.costed[:1]:
        assert w.costing is not None
        total = w.costing.total
        whole = total.sums[w.costing.currency].value
        split = {
            n: 100 * p.sums[w.costing.currency].value / whole if whole else 0.0 for n, p in total.by_category.items()
        }
    names = list(dict.fromkeys([*view.case.categories, *split]))
    return tuple((n, tables.category(n, view.case, view.t), f"{split.get(n, 0):.3g}") for n in names)


def starts(asker: Asking, asked: Asked) -> tuple[Start, ...]:
    """What stands on the table and the agreements of the case, each with the address that adds it."""
    free = next((i for i, s in enumerate(asked.slots) if s.empty), asking.SLOTS - 1)
    view = asker.view

    def href(of: str) -> str:
        slots = (*asked.slots[:free], Slot(of=of), *asked.slots[free + 1 :])
        return view.url("/costs", **asking.query(dataclasses.replace(asked, slots=slots)))

    items = [Start(label_of(x, view), href(f"item:{x.support[0]}")) for x in asker.standing()]
    agreements = [Start(wording.agreement(n, view.case, view.t), href(f"agreement {n}")) for n in asker.signed()]
    return (*items[:STARTS], *agreements[: max(4, STARTS - len(items))])


def notes_of(worked: Sequence[Worked]) -> tuple[str, ...]:
    """What is missing or was held, once each."""
    return tuple(dict.fromkeys(n for w in worked if w.costing for n in w.costing.notes))


def context(view: View, asked: Asked) -> Costs:
    """The page's context."""
    asker = Asking(view)
    answer = asker.answer(asked)
    by_letter = {w.letter: w for w in answer.worked}
    opened = {w.letter for w in (answer.worked if len(answer.worked) <= OPENED else answer.worked[:1])}
    parts = tuple(
        part(i, s, by_letter.get(letter), asker, shown=letter in opened or (not opened and i == 1))
        for i, (letter, s) in enumerate(zip(asking.LETTERS, answer.asked.slots, strict=True), 1)
    )
    costed = answer.costed
    found: list[Grid | None] = []
    lapse = None
    if costed:
        lapse = costed[0].costing.lapse if costed[0].costing else None
        found = [
            tables.years_of(costed, view.case, view.t), tables.categories_of(costed, view.case, view.t),
            tables.against_of(costed, view.case, view.t), tables.lapse_of(lapse, view.t) if lapse else None,
        ]  # fmt: skip
    several = len(costed) > 1
    key = [w.label for w in costed] if several else []
    if costed and not several and costed[0].costing:
        key = [tables.category(n, view.case, view.t) for n in costed[0].costing.total.by_category]
    query = asking.query(answer.asked)
    link = view.url("/costs", **query)
    files = tuple((form.upper(), view.url(f"/costs/file.{form}", **query)) for form in ("csv", "json"))
    api = address("api/v1/" + view.case.id, view.as_of, "/costs", query)
    return Costs(
        wording.date_words(asker.day.isoformat(), view.t), parts, answer.asked,
        currencies(view, answer.asked.slots), shares_in_use(answer, view), tuple(card(w, view) for w in costed),
        tuple(key), several, drawing.drawing(costed, view.case, view.t), tuple(g for g in found if g is not None),
        notes_of(costed), lapse.precedent if lapse else (), answer.fault, starts(asker, answer.asked), link,
        (*files, ("API", api)),
    )  # fmt: skip


# -- addresses -------------------------------------------------------------------------------------------------------


@router.get("/{case}/costs", response_class=HTMLResponse, summary="Costs", openapi_extra=PARAMETERS)
def costs(view: Viewing, asked: Question) -> Response:
    """What up to four positions cost, year by year; the address holds them all."""
    return view.page("costs", lambda: context(view, asked))


@router.get("/{case}/costs/file.{form}", response_class=Response, summary="Costs as CSV or JSON",
            openapi_extra=PARAMETERS)  # fmt: skip
def file(view: Viewing, asked: Question, form: Annotated[str, Path(pattern="^(csv|json)$")]) -> Response:
    """The costings of the page: a row a year as CSV, all of it as JSON."""
    answer = Asking(view).answer(asked)
    if form == "csv":
        rows = [{"letter": w.letter, **r} for w in answer.costed if w.costing for r in costing_.rows(w.costing)]
        columns = dict.fromkeys(k for r in rows for k in r)
        text = "".join(as_csv({c: r.get(c) for c in columns} for r in rows))
    else:
        text = "".join(as_json(costing_.to_json(w.costing) for w in answer.costed if w.costing))
    day = view.as_of.isoformat() if view.as_of else "all"
    return Response(
        text, media_type="text/csv; charset=utf-8" if form == "csv" else "application/json",
        headers={"content-disposition": f'attachment; filename="{view.case.id}-costs-{day}.{form}"'},
    )  # fmt: skip
