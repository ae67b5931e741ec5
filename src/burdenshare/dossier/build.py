"""From claims to what is known as of a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from burdenshare.case import Case
from burdenshare.dossier import money_terms, open_points, positions, rounds, surroundings, undated, voices
from burdenshare.dossier.model import Dossier, Item, LeftOut
from burdenshare.dossier.places import Gazetteer
from burdenshare.dossier.timeline import Calendar, Evidence, gather
from burdenshare.record import Entry, Report


def dossier(entries: Sequence[Entry], case: Case, *, as_of: date | None = None) -> Dossier:
    """What the entries say, resolved; the order of the entries changes nothing.

    With `as_of`, only reports published by that day are used: one whose date is only known as a span counts
    from the end of the span, and one without a date is left out. What is left out is named in `left_out`.
    """
    mine = [e for e in entries if e.claim.case == case.id]
    used, left_out = _by_date(mine, as_of)
    calendar = Calendar.of(case)
    evidence = undated.place(gather(used, calendar))
    today = as_of or max((e.day for e in evidence if e.entry.report.published.when and e.day), default=None)

    by_kind: dict[str, list[Evidence]] = {}
    for e in evidence:
        by_kind.setdefault(e.claim.kind, []).append(e)

    def of(kind: str) -> list[Evidence]:
        return by_kind.get(kind, [])

    gazetteer, names = Gazetteer.of(case), surroundings.Names(case)
    meetings = rounds.resolve(of("round"), gazetteer, today=today)
    stands = positions.resolve(of("position"), case)
    terms = money_terms.terms(of("term"))
    deals = money_terms.settlements(of("settlement"))
    kinds: dict[str, Sequence[Item]] = {
        "rounds": meetings,
        "positions": stands,
        "terms": terms,
        "settlements": deals,
        "contributions": (payments := money_terms.contributions(of("contribution"))),
        "costs": (costs := money_terms.costs(of("cost"))),
        "headcounts": (people := surroundings.headcounts(of("headcount"))),
        "linkages": (links := surroundings.linkages(of("linkage"))),
        "consequences": (effects := surroundings.consequences(of("consequence"))),
        "appointments": (postings := surroundings.appointments(of("appointment"), names)),
    }
    talks = _under_negotiation(evidence)
    return Dossier(
        case=case.id,
        as_of=as_of.isoformat() if as_of else None,
        talks=talks,
        reports=len({e.report.id for e in used}),
        voices=len({e.report.copies for e in used}),
        last_published=voices.last_published(evidence),
        rounds=meetings,
        tallies=rounds.tallies([e for e in of("round") if rounds.is_tally(e)]),
        positions=stands,
        terms=terms,
        settlements=deals,
        contributions=payments,
        costs=costs,
        headcounts=people,
        linkages=links,
        consequences=effects,
        appointments=postings,
        statements=surroundings.statements(of("statement"), names),
        events=surroundings.events(of("event")),
        disagreements=open_points.disagreements(kinds, case),
        not_held=open_points.not_held(meetings, terms, deals, case, today=today),
        unknown=open_points.unknown(talks, meetings, stands, terms, case),
        left_out=left_out,
    )


def used_by(entries: Sequence[Entry], case: Case, as_of: date | None) -> list[Entry]:
    """The case's entries from reports published by the day, each once."""
    return _by_date([e for e in entries if e.claim.case == case.id], as_of)[0]


def _by_date(entries: Sequence[Entry], as_of: date | None) -> tuple[list[Entry], tuple[LeftOut, ...]]:
    """The entries published by the day, each once, and the reports that were not."""
    once = {(e.id, e.report.id): e for e in sorted(entries, key=lambda e: (e.id, e.report.id, e.decision or ""))}
    used, late = [], dict[str, list[Report]]()
    for entry in once.values():
        when = entry.report.published.when
        if as_of is None or (when is not None and when.latest is not None and when.latest <= as_of):
            used.append(entry)
        else:
            late.setdefault(entry.report.id, []).append(entry.report)
    left_out = []
    for reports in late.values():
        r = reports[0]
        when = r.published.when
        why = "undated" if when is None or when.latest is None else "later"
        left_out.append(
            LeftOut(r.id, r.origin, r.title, r.outlet, when.text if when else None, why, len(reports))  # type: ignore[arg-type]
        )
    return used, tuple(sorted(left_out, key=lambda r: (r.published or "", r.origin, r.report)))


def _under_negotiation(evidence: Sequence[Evidence]) -> int | None:
    """The agreement that the latest reports negotiate: the highest that a round, position or settlement is about."""
    kinds = ("round", "position", "settlement", "term")
    numbers = [
        e.agreement
        for e in evidence
        if e.claim.kind in kinds
        and e.agreement is not None
        and not e.retold
        and e.entry.decision != "reject"
        and not (e.claim.kind == "term" and getattr(e.claim, "event", None) == "expiry")
    ]
    return max(numbers, default=None)
