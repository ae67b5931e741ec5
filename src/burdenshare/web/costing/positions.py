"""The positions an address asks for: from words, a claim, an item of the dossier, an agreement, or fields."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from burdenshare import costs
from burdenshare.costs import Costing, Position, Terms
from burdenshare.costs import categories as shares
from burdenshare.costs.position import Given, complete, usual_lag
from burdenshare.dossier import Deal, Stand
from burdenshare.errors import BurdenshareError
from burdenshare.money import Amount, Change, Phase, Rule
from burdenshare.web import wording
from burdenshare.web.costing.asked import LETTERS, SLOTS, UNITS, Asked, Slot
from burdenshare.web.language import Words
from burdenshare.web.pages.talks import last_day
from burdenshare.web.problems import ProblemError
from burdenshare.web.view import View

YEARS = (1950, 2100)  # days of the page that costs can be worked out for
LABEL = 90  # characters
_CLAIM = re.compile(r"(item:)?([0-9a-f]{16})")
_AGREEMENT = re.compile(r"(?:agreement|협정) ([0-9]{1,4})")
_SECTIONS = ("positions", "settlements")


@dataclass(frozen=True, slots=True)
class Worked:
    """A position asked for and what became of it: its costing, or in a sentence why there is none."""

    letter: str
    slot: Slot
    label: str
    costing: Costing | None
    fault: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The question as it was taken, its positions, and a sentence on what holds for all and could not be used."""

    asked: Asked
    day: date
    worked: tuple[Worked, ...]
    fault: str

    @property
    def costed(self) -> tuple[Worked, ...]:
        """The positions that have a costing."""
        return tuple(w for w in self.worked if w.costing is not None)


@dataclass
class Asking:
    """A page of costs: the view and the day that figures are taken as of."""

    view: View

    @cached_property
    def day(self) -> date:
        """The day of the page: as asked, else of the last report, else today. Raises ProblemError 400 out of YEARS."""
        day = last_day(self.view)
        if not YEARS[0] <= day.year <= YEARS[1]:
            raise ProblemError(
                400, "bad-input", f"Costs can be worked out as of days from {YEARS[0]} to {YEARS[1]}, not {day}.",
                "Choose another day.",
            )  # fmt: skip
        return day

    @cached_property
    def basis(self) -> costs.Basis:
        """What the case knew on the day."""
        return costs.Basis(self.view.case, self.day)

    # -- from an address to positions -------------------------------------------------------------------------------

    def answer(self, asked: Asked) -> Answer:
        """Every position costed; where none is asked for, those that stand on the table."""
        if asked.empty:
            asked = dataclasses.replace(asked, slots=self.on_the_table())
        options: dict[str, Any] = {
            "base_year": asked.base, "lapse_from": asked.lapse_from, "lapse_months": asked.lapse or 0,
        }  # fmt: skip
        fault = ""
        try:
            options["categories"] = shares.parse(asked.categories) if asked.categories else None
            options["against"] = (self.resolved(asked.against, Terms())[0],) if asked.against else ()
            if options["categories"]:
                shares.shares(self.basis, given=options["categories"])
        except BurdenshareError as error:
            options["categories"], options["against"], fault = None, (), _sentence(error)
        worked = tuple(self.worked(LETTERS[i], slot, options) for i, slot in enumerate(asked.slots) if not slot.empty)
        return Answer(asked, self.day, worked, fault)

    def worked(self, letter: str, slot: Slot, options: Mapping[str, Any]) -> Worked:
        """A position costed, or why it is not."""
        label = slot.of
        try:
            position, label = self.position(slot)
            costing = costs.cost(position, self.view.case, as_of=self.day, **options)
        except BurdenshareError as error:
            return Worked(letter, slot, _short(label), None, _sentence(error))
        return Worked(letter, slot, _short(label), costing, "")

    def position(self, slot: Slot) -> tuple[Position, str]:
        """The position that a slot stands for, and its label. Raises as `costs` does."""
        terms = Terms(slot.year, slot.years, self.rule(slot))
        if slot.source == "of":
            return self.resolved(slot.of, terms)
        t = self.view.t
        if slot.source == "rise":
            change = Change(percent=slot.rise)
            label = t("costs.rise_of", rise=f"{slot.rise:+g}%")
            return complete(Given(label, change=change), self.basis, terms=terms), label
        currency = slot.currency or self.view.case.host.currency
        amount = Amount(currency, value=(slot.sum or 0.0) * UNITS[slot.unit or "one"])
        label = wording.amount(amount, "year", t)
        return complete(Given(label, amount, "year"), self.basis, terms=terms), label

    def rule(self, slot: Slot) -> Rule | None:
        """The rule for later years that a slot names; None where it leaves it to what it starts from."""
        if slot.growth == "fixed":
            return Rule((Phase("fixed", slot.percent or 0.0),))
        if slot.growth == "frozen":
            return Rule((Phase("frozen"),))
        if slot.growth == "cpi":
            lag = usual_lag("cpi", self.basis)[0] if slot.lag is None else slot.lag
            return Rule((Phase("cpi", lag=lag, cap_percent=slot.cap),))
        if slot.growth == "defence-budget":
            lag = usual_lag("defence-budget", self.basis)[0] if slot.lag is None else slot.lag
            return Rule((Phase("defence-budget", lag=lag, cap_percent=slot.cap),))
        return None

    def resolved(self, text: str, terms: Terms) -> tuple[Position, str]:
        """The position that words, a claim's id, `item:ID` or `agreement N` name, and its label."""
        if match := _CLAIM.fullmatch(text):
            return self.item(match[2], terms) if match[1] else self.claim(match[2], terms)
        if match := _AGREEMENT.fullmatch(text):
            return self.agreement(int(match[1]), terms)
        return costs.from_words(text, self.basis, terms=terms), text

    def claim(self, id_: str, terms: Terms) -> tuple[Position, str]:
        """What a claim puts. Raises BurdenshareError where there is none of that id as of the day."""
        entry = self.view.entries([id_]).get(id_)
        if entry is None:
            raise BurdenshareError(self.view.t("costs.no_claim", id=id_))
        label = label_of(entry.claim, self.view)
        return costs.of_claim(entry.claim, self.basis, label=label, terms=terms), label

    def item(self, id_: str, terms: Terms) -> tuple[Position, str]:
        """The position or deal of the dossier that a claim stands in."""
        for place in self.view.snapshot.places.get(id_, ()):
            if place.section in _SECTIONS and place.supports:
                item = self.view.snapshot.item(place)
                label = label_of(item, self.view)
                return costs.of_item(item, self.basis, label=label, terms=terms), label
        return self.claim(id_, terms)

    def agreement(self, number: int, terms: Terms) -> tuple[Position, str]:
        """An agreement of the case known by the day, with what the asker sets instead."""
        found = next((a for a in self.basis.signed if a.number == number), None)
        if found is None:
            raise BurdenshareError(self.view.t("costs.no_agreement", n=number))
        position = costs.of_agreement(found, self.basis)
        position = dataclasses.replace(
            position, year=terms.year or position.year, years=terms.years or position.years,
            rule=terms.rule or position.rule,
        )  # fmt: skip
        return position, wording.agreement(number, self.view.case, self.view.t)

    # -- what one can start from ------------------------------------------------------------------------------------

    def standing(self) -> list[Stand | Deal]:
        """What stands on the whole sum in the talks under way, then what was agreed in them."""
        known = self.view.snapshot.dossier
        stands: list[Stand | Deal] = [
            p for p in known.positions
            if p.standing and p.item is None and p.act in ("demand", "offer", "limit") and p.agreement == known.talks
        ]  # fmt: skip
        deals = [d for d in known.settlements if d.item is None and d.agreement == known.talks]
        return [x for x in (*stands, *deals) if x.support and (x.amount or x.change) and self._costable(x)]

    def _costable(self, item: Stand | Deal) -> bool:
        try:
            position = costs.of_item(item, self.basis, label="")
            costs.cost(position, self.view.case, as_of=self.day)
        except BurdenshareError:
            return False
        return True

    def signed(self) -> list[int]:
        """The agreements of the case that can be costed, the last one first."""
        found = []
        for a in reversed(self.basis.signed):
            try:
                costs.cost(costs.of_agreement(a, self.basis), self.view.case, as_of=self.day)
            except BurdenshareError:
                continue
            found.append(a.number)
        return found

    def on_the_table(self) -> tuple[Slot, ...]:
        """A demand and an offer that stand, else the last agreement, else nothing."""
        chosen: list[Slot] = []
        standing = self.standing()
        for act in ("demand", "offer"):
            stand = next((x for x in standing if isinstance(x, Stand) and x.act == act), None)
            if stand is not None:
                chosen.append(Slot(of=f"item:{stand.support[0]}"))
        if not chosen:
            chosen = [Slot(of=f"agreement {n}") for n in self.signed()[:1]]
        return (*chosen, *(Slot(),) * (SLOTS - len(chosen)))


def label_of(item: Any, view: View) -> str:
    """A claim, position or deal in a few words: who, what, how much."""
    t = view.t

    def field(name: str) -> Any:
        return getattr(item, name, None)

    parts = (
        wording.amount(field("amount"), field("per"), t), wording.change(field("change"), t),
        wording.years(field("years"), t),
    )  # fmt: skip
    figure = "; ".join(p for p in parts if p) or t("none.figure")
    act = field("act")
    who = wording.side(field("side"), view.case, t)
    what = t.of("act", act) if act else t.of("section", "settlements") if isinstance(item, Deal) else ""
    return " ".join(w for w in (who, what, figure) if w)


def rule_words(rule: Rule | None, t: Words) -> str:
    """The rule for later years in the language of the page; a rule of several phases in English."""
    if rule is None:
        return t("costs.rule.none")
    if len(rule.phases) > 1 or rule.phases[0].kind == "table":
        return rule.words()
    phase = rule.phases[0]
    words = t(f"costs.rule.{phase.kind}", percent=f"{phase.percent or 0:+g}%", lag=phase.lag)
    words += t("costs.rule.plus", percent=f"{phase.plus_percent:g}%") if phase.plus_percent else ""
    return words + (t("costs.rule.cap", cap=f"{phase.cap_percent:g}%") if phase.cap_percent is not None else "")


def _short(label: str) -> str:
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"


def _sentence(error: Exception) -> str:
    words = " ".join(str(error).split())
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"


def currencies(view: View, slots: Sequence[Slot]) -> tuple[str, ...]:
    """The currencies of the sides, then those asked for."""
    sides = [p.currency for p in view.case.parties.values()]
    return tuple(dict.fromkeys([*sides, *(s.currency for s in slots if s.currency)]))
