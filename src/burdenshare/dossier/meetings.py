"""Which claims speak of one meeting: first within a report, then across reports.

A report counts meetings ("the fourth round"), dates them, places them, or does none of these ("the
latest talks"). Numbers bind most, then days, then places; what is left goes to the meeting it fits best,
or stays a meeting without a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from burdenshare import edtf
from burdenshare.dossier import values, voices
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
    if planned and not values.is_precise(told[0][0]):
        # the month of a plan is surer than its day, which often is a last day ("before the year is out")
        named = {round_of(e).when or "" for _, es in planned for e in es}
        texts = sorted(named - {""}, key=lambda t: (values.is_precise(t), values.length(edtf.parse(t)), t))
        plan, word = edtf.parse(texts[0]), edtf.parse(told[0][0])
        if plan.within(word) and values.length(plan) < values.length(word):
            return [(texts[0], told[0][1]), *told[1:]]
    return told


@dataclass(frozen=True)
class Sighting:
    """What one or more reports tell of one meeting."""

    evidence: tuple[Evidence, ...]

    @cached_property
    def agreement(self) -> int | None:
        """The agreement that the talks are about: read before worked out, then by voices."""
        stated = [e for e in self.evidence if not e.worked_out]
        for group in (stated, self.evidence):
            ranked = voices.rank(group, lambda e: e.agreement, lambda a, b: a == b)
            if ranked:
                return ranked[0][0]
        return None

    @cached_property
    def number(self) -> int | None:
        """The number most voices give."""
        ranked = voices.rank(self.evidence, lambda e: round_of(e).number, lambda a, b: a == b)
        return ranked[0][0] if ranked else None

    @cached_property
    def held(self) -> tuple[Evidence, ...]:
        """The evidence that the meeting took place."""
        return tuple(e for e in self.evidence if not is_plan(e))

    @cached_property
    def plans(self) -> tuple[Evidence, ...]:
        """The evidence that it was to take place."""
        return tuple(e for e in self.evidence if is_plan(e))

    @cached_property
    def when(self) -> When | None:
        """The dates of the meeting where told, else the dates it was planned for."""
        told = rank_dates(self.held or self.evidence)
        planned = rank_dates(self.plans)
        return edtf.parse(told_or_planned(told, planned)[0][0]) if told or planned else None

    @cached_property
    def window(self) -> tuple[date, date] | None:
        """The days between which it lies, by its dates or else by the dates of its reports."""
        when = self.when
        if when is not None and (when.earliest or when.latest):
            first = when.earliest or when.latest
            last = when.latest or when.earliest
            assert first is not None
            assert last is not None
            return first, last
        dated = [e for e in self.held if e.day is not None and e.first is not None]
        if dated:
            last = min(e.day for e in dated if e.day)
            return min(e.first for e in dated if e.first) - _BEFORE_REPORT, last
        planned = [e.day for e in self.evidence if e.day is not None]
        return (min(planned), min(planned) + _POSTPONED) if planned else None

    @cached_property
    def outcomes(self) -> frozenset[str]:
        """The outcomes told of it."""
        return frozenset(o for e in self.held if (o := round_of(e).outcome))

    def with_more(self, other: Sighting) -> Sighting:
        """The two as one, in the fixed order."""
        return Sighting(tuple(sorted((*self.evidence, *other.evidence), key=lambda e: e.order)))


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
        for group in (sighting.held, sighting.evidence):
            found = {p for e in group if (p := self.gazetteer.ref(round_of(e).city or round_of(e).place))}
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
            found = self._merge(found, home, single)
        rest = [e for e in evidence if round_of(e).number is None]
        # the dated ones first: they settle which meeting an undated headline may speak of
        for e in sorted(rest, key=lambda e: (round_of(e).when is None, e.order)):
            single = Sighting((e,))
            fits = [(fit, -i, s) for i, s in enumerate(found) if (fit := self._fit_within(s, single)) is not None]
            home = max(fits, key=lambda f: f[:2])[2] if fits else None
            found = self._merge(found, home, single)
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
    def _merge(found: list[Sighting], home: Sighting | None, single: Sighting) -> list[Sighting]:
        if home is None:
            return [*found, single]
        return [s.with_more(single) if s is home else s for s in found]

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
            nodes = self._merge(nodes, self._by_number(nodes, s), s)
        nodes = self._fold_misnumbered(nodes)
        loose = [s for s in every if s.number is None and s.held]
        for s in sorted(loose, key=lambda s: (s.agreement is None, not _precise(s), s.when is None, _order(s))):
            nodes = self._merge(nodes, self._best(nodes, s), s)
        nodes = self._place_unplaced(nodes, [s for s in every if s.number is not None and s.agreement is None])
        where = {e.entry.id: i for i, node in enumerate(nodes) for e in node.evidence}
        home_of = {id(s): where[s.evidence[0].entry.id] for s in every if s.evidence[0].entry.id in where}
        plans = [(s, g) for g in groups for s in g if s.number is None and not s.held]
        for s, group in sorted(plans, key=lambda p: _order(p[0])):
            nodes = self._add_plan(nodes, s, [nodes[home_of[id(o)]] for o in group if id(o) in home_of])
        return nodes

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
            folded = self._merge(folded, twin, node)
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

    def _place_unplaced(self, nodes: list[Sighting], unplaced: Sequence[Sighting]) -> list[Sighting]:
        """Numbered meetings of undated reports: with the only agreement that has such a round, else alone."""
        for s in sorted(unplaced, key=_order):
            same = [
                n
                for n in nodes
                if n.number == s.number and not self.place_conflict(n, s) and not self.outcome_conflict(n, s)
            ]
            nodes = self._merge(nodes, same[0] if len(same) == 1 else None, s)
        return nodes

    def _add_plan(self, nodes: list[Sighting], s: Sighting, told_with: Sequence[Sighting]) -> list[Sighting]:
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
                return self._merge(nodes, target, _numbered(s, last + 1))
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
        return self._merge(nodes, max(fits, key=lambda f: f[:3])[3] if fits else None, s)

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
