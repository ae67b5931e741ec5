"""Which claims speak of one meeting: first within a report, then across reports.

A report counts meetings ("the fourth round"), dates them, places them, or does none of these ("the
latest talks"). Numbers bind most, then days, then places; what is left goes to the meeting it fits best,
or stays a meeting without a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from burdenshare import edtf
from burdenshare.dossier import values, voices
from burdenshare.dossier.contest import Ballot
from burdenshare.dossier.places import Gazetteer
from burdenshare.dossier.timeline import Evidence
from burdenshare.edtf import When
from burdenshare.reading.claim import Round

# Rounds of one series followed each other by a week or more; meetings of one number further apart are two.
_APART = timedelta(days=14)
# A report on "the latest talks" speaks of talks held this long before it at most.
_BEFORE_REPORT = timedelta(days=45)
# "Last week" is reckoned from a report's date, which may be off by a week.
_LOOSE = timedelta(days=7)
_A_MONTH = timedelta(days=31)
# A planned meeting may be held this much later than planned and still be the one that was planned.
_POSTPONED = timedelta(days=120)
# What a report calls over says more than what it calls under way.
STRENGTH = {"deal": 3, "broke-off": 3, "no-deal": 3, "concluded": 2, "ongoing": 1, "scheduled": 0}


def round_of(evidence: Evidence) -> Round:
    """The claim, which is of kind round wherever this module is used."""
    assert isinstance(evidence.claim, Round)
    return evidence.claim


def is_plan(evidence: Evidence) -> bool:
    """True where the meeting lay ahead when the report was written."""
    c = round_of(evidence)
    return c.outcome == "scheduled" or (c.modality in ("expected", "conditional") and c.outcome is None)


def rank_dates(evidence: Sequence[Evidence]) -> list[tuple[str, list[Evidence]]]:
    """The dates on offer for one meeting, the one to show first."""
    return voices.rank(
        evidence,
        lambda e: round_of(e).when,
        values.dates_agree,
        fineness=values.date_fineness,
        precise=values.is_precise,
    )


def told_or_planned(
    told: list[tuple[str, list[Evidence]]], planned: list[tuple[str, list[Evidence]]]
) -> list[tuple[str, list[Evidence]]]:
    """The dates told, unless they are vague ("this year") and the finer plan lies within them."""
    if not told:
        return planned
    plan = _finer_plan(told[0][0], {round_of(e).when or "" for _, es in planned for e in es} - {""})
    return [(plan, told[0][1]), *told[1:]] if plan is not None else told


def _finer_plan(told: str, planned: Iterable[str]) -> str | None:
    """The plan that lies within a vague date told."""
    if values.is_precise(told):
        return None
    # the month of a plan is surer than its day, which often is a last day ("before the year is out")
    texts = sorted(planned, key=lambda t: (values.is_precise(t), values.length(edtf.parse(t)), t))
    if not texts:
        return None
    plan, word = edtf.parse(texts[0]), edtf.parse(told)
    return texts[0] if plan.within(word) and values.length(plan) < values.length(word) else None


def _dates() -> Ballot[str]:
    return Ballot(values.dates_agree, fineness=values.date_fineness, precise=values.is_precise)


class Sighting:
    """What one or more reports tell of one meeting.

    It grows while a `Resolver` puts reports together, and what it says is kept up claim by claim: a meeting that
    thousands of reports tell of would else be worked out anew for each of them.
    """

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self._evidence: list[Evidence] = []
        self._in_order = True
        self.held: list[Evidence] = []  # the evidence that the meeting took place
        self.plans: list[Evidence] = []  # the evidence that it was to take place
        self.outcomes: set[str] = set()  # the outcomes told of it
        self.named_held: set[str] = set()  # the places by which it is told
        self.named: set[str] = set()  # the same, plans too
        self._stated: Ballot[int] = Ballot(values.equal)
        self._agreements: Ballot[int] = Ballot(values.equal)
        self._numbers: Ballot[int] = Ballot(values.equal)
        self._told, self._planned = _dates(), _dates()
        self._told_between: tuple[date, date] | None = None  # the earliest first and last day of its reports
        self._first_told: date | None = None
        self._kept: dict[str, Any] = {}  # what was asked for since it last grew
        for e in evidence:
            self._add(e)

    def _add(self, e: Evidence) -> None:
        c = round_of(e)
        self._in_order = self._in_order and (not self._evidence or self._evidence[-1].order <= e.order)
        self._evidence.append(e)
        place = c.city or c.place
        if place:
            self.named.add(place)
        if is_plan(e):
            self.plans.append(e)
            if c.when is not None:
                self._planned.add(c.when, e)
        else:
            self.held.append(e)
            if c.when is not None:
                self._told.add(c.when, e)
            if e.first is not None and e.day is not None:
                first, day = self._told_between or (e.first, e.day)
                self._told_between = min(first, e.first), min(day, e.day)
            if c.outcome:
                self.outcomes.add(c.outcome)
            if place:
                self.named_held.add(place)
        if e.day is not None:
            self._first_told = min(self._first_told or e.day, e.day)
        if e.agreement is not None:
            self._agreements.add(e.agreement, e)
            if not e.worked_out:
                self._stated.add(e.agreement, e)
        if c.number is not None:
            self._numbers.add(c.number, e)
        self._kept = {}

    def grow(self, other: Sighting) -> None:
        """Takes in what another tells of the same meeting."""
        for e in other.evidence:
            self._add(e)

    @property
    def evidence(self) -> Sequence[Evidence]:
        """All evidence, in the fixed order."""
        if not self._in_order:
            for part in (self._evidence, self.held, self.plans):
                part.sort(key=lambda e: e.order)
            self._in_order = True
        return self._evidence

    def in_order(self) -> Sighting:
        """The same, with its evidence in the fixed order."""
        assert self.evidence is self._evidence
        return self

    @property
    def agreement(self) -> int | None:
        """The agreement that the talks are about: read before worked out, then by voices."""
        if "agreement" not in self._kept:
            stated = self._stated.first()
            self._kept["agreement"] = stated if stated is not None else self._agreements.first()
        found: int | None = self._kept["agreement"]
        return found

    @property
    def number(self) -> int | None:
        """The number most voices give."""
        if "number" not in self._kept:
            self._kept["number"] = self._numbers.first()
        found: int | None = self._kept["number"]
        return found

    @property
    def when(self) -> When | None:
        """The dates of the meeting where told, else the dates it was planned for."""
        if "when" not in self._kept:
            self._kept["when"] = self._when()
        found: When | None = self._kept["when"]
        return found

    def _when(self) -> When | None:
        planned = self._planned
        told = (self._told if self.held else planned).first()
        text = planned.first() if told is None else _finer_plan(told, planned.values) or told
        return edtf.parse(text) if text else None

    @property
    def window(self) -> tuple[date, date] | None:
        """The days between which it lies, by its dates or else by the dates of its reports."""
        if "window" not in self._kept:
            self._kept["window"] = self._window()
        found: tuple[date, date] | None = self._kept["window"]
        return found

    def _window(self) -> tuple[date, date] | None:
        when = self.when
        if when is not None and (when.earliest or when.latest):
            first = when.earliest or when.latest
            last = when.latest or when.earliest
            assert first is not None
            assert last is not None
            return first, last
        if self._told_between is not None:
            return self._told_between[0] - _BEFORE_REPORT, self._told_between[1]
        planned = self._first_told
        return (planned, planned + _POSTPONED) if planned is not None else None


def _precise(sighting: Sighting) -> bool:
    return sighting.when is not None and values.is_precise(sighting.when.text)


def _gap(a: tuple[date, date], b: tuple[date, date]) -> timedelta:
    """Days between two spans; none where they touch."""
    return max(a[0] - b[1], b[0] - a[1], timedelta(0))


class Resolver:
    """Puts sightings together. Holds the place names only; every method is a pure function of its arguments."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    # -- places and outcomes ------------------------------------------------------------------------------------

    def places(self, sighting: Sighting) -> tuple[str, ...]:
        """Where it is said to be: by the evidence that it was held, else by the plans."""
        for named in (sighting.named_held, sighting.named):
            found = {p for name in named if (p := self.gazetteer.ref(name))}
            if found:
                return tuple(sorted(found))
        return ()

    def place_conflict(self, a: Sighting, b: Sighting) -> bool:
        """True where no place of the one may be a place of the other."""
        x, y = self.places(a), self.places(b)
        return bool(x and y) and not any(self.gazetteer.may_be_same(p, q) for p in x for q in y)

    def same_place(self, a: Sighting, b: Sighting) -> bool:
        """True where a place is shared."""
        return bool(set(self.places(a)) & set(self.places(b)))

    @staticmethod
    def outcome_conflict(a: Sighting, b: Sighting) -> bool:
        """True where one ended with a deal and the other without."""
        failed = {"no-deal", "broke-off"}
        return ("deal" in a.outcomes and bool(b.outcomes & failed) and "deal" not in b.outcomes) or (
            "deal" in b.outcomes and bool(a.outcomes & failed) and "deal" not in a.outcomes
        )

    # -- within one report --------------------------------------------------------------------------------------

    def within(self, evidence: Sequence[Evidence]) -> list[Sighting]:
        """The meetings that one report speaks of."""
        found: list[Sighting] = []
        evidence = [self._renumbered(e, evidence) for e in evidence]
        numbered = [e for e in evidence if round_of(e).number is not None]
        for e in sorted(numbered, key=lambda e: e.order):
            single = Sighting((e,))
            home = next(
                (s for s in found if s.number == single.number and s.agreement in (single.agreement, None)), None
            )
            self._merge(found, home, single)
        rest = [e for e in evidence if round_of(e).number is None]
        # the dated ones first: they settle which meeting an undated headline may speak of
        for e in sorted(rest, key=lambda e: (round_of(e).when is None, e.order)):
            single = Sighting((e,))
            fits = [(fit, -i, s) for i, s in enumerate(found) if (fit := self._fit_within(s, single)) is not None]
            home = max(fits, key=lambda f: f[:2])[2] if fits else None
            self._merge(found, home, single)
        return found

    def _renumbered(self, evidence: Evidence, told_with: Sequence[Evidence]) -> Evidence:
        """The claim without a number that was worked out and that its own report belies.

        It does where the round of that number still lies ahead, or where its number, read in the words, goes with
        other days or another place.
        """
        c = round_of(evidence)
        if c.number is None or "number" not in c.inferred or is_plan(evidence):
            return evidence
        same = [e for e in told_with if round_of(e).number == c.number and e is not evidence]
        read = [e for e in same if not is_plan(e) and "number" not in round_of(e).inferred]
        ahead = not read and any(is_plan(e) for e in same)
        single = Sighting((evidence,))
        belied = any(
            self.place_conflict(single, Sighting((e,)))
            or (c.when and (w := round_of(e).when) and not values.dates_agree(c.when, w))
            for e in read
        )
        if not ahead and not belied:
            return evidence
        return replace(evidence, entry=replace(evidence.entry, claim=replace(c, number=None)))

    @staticmethod
    def _merge(found: list[Sighting], home: Sighting | None, single: Sighting) -> None:
        """Puts the sighting with the meeting it belongs to, or as one more at the end of `found`."""
        if home is None:
            found.append(Sighting(single.evidence))
        else:
            home.grow(single)

    def _fit_within(self, home: Sighting, single: Sighting) -> tuple[float, ...] | None:
        """How well a claim without a number fits a meeting of the same report; None where it cannot be it."""
        if bool(home.held) != bool(single.held) or self.place_conflict(home, single):
            return None
        if None not in (home.agreement, single.agreement) and home.agreement != single.agreement:
            return None
        if self.outcome_conflict(home, single):
            return None
        dated = home.when is not None and single.when is not None
        if dated and not values.dates_agree(home.when.text, single.when.text):  # type: ignore[union-attr]
            return None
        same_outcome = bool(home.outcomes & single.outcomes)
        distance = min(abs(round_of(e).start - round_of(single.evidence[0]).start) for e in home.evidence)
        return (dated, self.same_place(home, single), same_outcome, home.number or 0, -distance)

    # -- across reports -----------------------------------------------------------------------------------------

    def across(self, reports: Iterable[Sequence[Sighting]]) -> list[Sighting]:
        """The meetings that all reports together speak of."""
        groups = [list(g) for g in reports]
        every = [s for g in groups for s in g]
        nodes: list[Sighting] = []
        for s in sorted((s for s in every if s.number is not None and s.agreement is not None), key=_order):
            self._merge(nodes, self._by_number(nodes, s), s)
        nodes = self._fold_misnumbered(nodes)
        loose = [s for s in every if s.number is None and s.held]
        for s in sorted(loose, key=lambda s: (s.agreement is None, not _precise(s), s.when is None, _order(s))):
            self._merge(nodes, self._best(nodes, s), s)
        self._place_unplaced(nodes, [s for s in every if s.number is not None and s.agreement is None])
        where = {e.entry.id: i for i, node in enumerate(nodes) for e in node.evidence}
        home_of = {id(s): where[s.evidence[0].entry.id] for s in every if s.evidence[0].entry.id in where}
        plans = [(s, g) for g in groups for s in g if s.number is None and not s.held]
        for s, group in sorted(plans, key=lambda p: _order(p[0])):
            self._add_plan(nodes, s, [nodes[home_of[id(o)]] for o in group if id(o) in home_of])
        return [n.in_order() for n in nodes]

    def _by_number(self, nodes: Sequence[Sighting], s: Sighting) -> Sighting | None:
        """The meeting of the same agreement and number, unless both are dated too far apart."""
        for node in nodes:
            if (node.agreement, node.number) == (s.agreement, s.number) and not self._too_far(node, s):
                return node
        return None

    @staticmethod
    def _too_far(a: Sighting, b: Sighting) -> bool:
        if a.held and b.held and a.when is not None and b.when is not None:
            if a.window is None or b.window is None:
                return False
            return _gap(a.window, b.window) > _APART
        if a.when is not None and b.when is not None and a.window and b.window:
            return _gap(a.window, b.window) > _POSTPONED
        return False

    def _fold_misnumbered(self, nodes: list[Sighting]) -> list[Sighting]:
        """Meetings of different numbers on the same days in the same place are one, misnumbered by someone."""
        folded: list[Sighting] = []
        for node in nodes:
            twin = next(
                (
                    f
                    for f in folded
                    if f.agreement == node.agreement
                    and f.held
                    and node.held
                    and _precise(f)
                    and _precise(node)
                    and f.when is not None
                    and node.when is not None
                    and f.when.overlaps(node.when)
                    and not self.place_conflict(f, node)
                ),
                None,
            )
            self._merge(folded, twin, node)
        return folded

    def _best(self, nodes: Sequence[Sighting], s: Sighting) -> Sighting | None:
        """The meeting that a held one without a number fits best."""
        fits = [(fit, -i, n) for i, n in enumerate(nodes) if (fit := self._fit(n, s)) is not None]
        return max(fits, key=lambda f: f[:2])[2] if fits else None

    def _fit(self, node: Sighting, s: Sighting) -> tuple[float, ...] | None:
        """How well a held meeting without a number fits a known one; None where it cannot be it."""
        if node.agreement is not None and s.agreement is not None and node.agreement != s.agreement:
            return None
        if self.place_conflict(node, s) or self.outcome_conflict(node, s):
            return None
        same_place = self.same_place(node, s)
        same_outcome = bool(node.outcomes & s.outcomes)
        mine, theirs = s.window, node.window
        if mine is None or theirs is None:
            # without any date only a rare ending tells meetings apart
            return (0, True, 0, 0) if "broke-off" in node.outcomes & s.outcomes else None
        gap = _gap(mine, theirs)
        dated = s.when is not None and node.when is not None
        narrow = max(mine[1] - mine[0], theirs[1] - theirs[0]) <= _A_MONTH
        if dated and narrow and values.dates_agree(s.when.text, node.when.text):  # type: ignore[union-attr]
            strength = 3.0
        elif gap == timedelta(0):
            strength = 2.0 if narrow else 1.5
        elif gap <= _LOOSE and not (_precise(s) and _precise(node)) and (same_place or same_outcome):
            strength = 1.0
        else:
            return None
        if s.when is None and theirs[0] > mine[1]:
            return None
        rare = bool(node.outcomes & s.outcomes & {"broke-off", "deal"})
        recent = min(theirs[0], mine[1]).toordinal()
        return (strength + same_place + 1.5 * rare, same_outcome, recent, node.number or 0)

    def _place_unplaced(self, nodes: list[Sighting], unplaced: Sequence[Sighting]) -> None:
        """Numbered meetings of undated reports: with the only agreement that has such a round, else alone."""
        for s in sorted(unplaced, key=_order):
            same = [
                n
                for n in nodes
                if n.number == s.number and not self.place_conflict(n, s) and not self.outcome_conflict(n, s)
            ]
            self._merge(nodes, same[0] if len(same) == 1 else None, s)

    def _add_plan(self, nodes: list[Sighting], s: Sighting, told_with: Sequence[Sighting]) -> None:
        """A planned meeting without a number: the one after the last that its report tells of, or the one it fits."""
        earlier = [
            n
            for n in told_with
            if n.number is not None
            and n.agreement == s.agreement
            and (n.window is None or s.when is None or s.when.latest is None or n.window[0] <= s.when.latest)
        ]
        if earlier:
            last = max(n.number for n in earlier if n.number is not None)
            target = next((n for n in nodes if n.agreement == s.agreement and n.number == last + 1), None)
            if target is None or not self._too_far(target, s):
                self._merge(nodes, target, _numbered(s, last + 1))
                return
        fits = [
            (self.same_place(n, s), -_gap(n.window, s.window), -i, n)
            for i, n in enumerate(nodes)
            if n.agreement == s.agreement
            and n.agreement is not None
            and s.when is not None
            and n.window is not None
            and s.window is not None
            and not self.place_conflict(n, s)
            and _gap(n.window, s.window) <= _LOOSE
        ]
        self._merge(nodes, max(fits, key=lambda f: f[:3])[3] if fits else None, s)

    def home(self, nodes: Sequence[Sighting], single: Sighting) -> Sighting | None:
        """The meeting that a rejected or denied claim was about."""
        if single.number is not None:
            return self._by_number(nodes, single)
        return self._best([n for n in nodes if n.held], single) if single.held else None


def _order(sighting: Sighting) -> tuple[date, str, int, str]:
    return sighting.evidence[0].order


def _numbered(sighting: Sighting, number: int) -> Sighting:
    """The sighting with a number worked out from the one before it."""
    return Sighting(tuple(_with_number(e, number) for e in sighting.evidence))


def _with_number(evidence: Evidence, number: int) -> Evidence:
    claim = round_of(evidence)
    numbered = replace(claim, number=number, inferred=(*claim.inferred, "number"))
    return replace(evidence, entry=replace(evidence.entry, claim=numbered))
