"""Rounds of talks, tallies of rounds, from claims of kind round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from burdenshare import edtf
from burdenshare.dossier import values, voices
from burdenshare.dossier.meetings import STRENGTH, Resolver, Sighting, is_plan, rank_dates, round_of, told_or_planned
from burdenshare.dossier.model import Meeting, Plan, Status, Tally, Version
from burdenshare.dossier.places import Gazetteer
from burdenshare.dossier.timeline import Evidence


def is_tally(evidence: Evidence) -> bool:
    """True where the claim counts meetings rather than telling of one."""
    return round_of(evidence).count is not None and round_of(evidence).number is None


def resolve(evidence: Sequence[Evidence], gazetteer: Gazetteer, *, today: date | None) -> tuple[Meeting, ...]:
    """The meetings, ordered by agreement, then by date and number. `today` is the day up to which reports speak."""
    resolver = Resolver(gazetteer)
    used = [e for e in evidence if not is_tally(e) and _counts(e)]
    by_report: dict[str, list[Evidence]] = {}
    for e in sorted(used, key=lambda e: e.order):
        by_report.setdefault(e.entry.report.id, []).append(e)
    nodes = resolver.across([resolver.within(group) for group in by_report.values()])
    against: dict[int, list[Evidence]] = {}
    for e in evidence:
        if not is_tally(e) and not _counts(e):
            home = resolver.home(nodes, Sighting((e,)))
            if home is not None:
                against.setdefault(nodes.index(home), []).append(e)
    made = [
        _meeting(node, gazetteer, against.get(i, []), today, followed=_followed(node, nodes))
        for i, node in enumerate(nodes)
    ]
    return _in_order(made)


def _followed(node: Sighting, nodes: Sequence[Sighting]) -> bool:
    """True where a later round of the same talks is told of, so that this one cannot have brought the deal."""
    return node.number is not None and any(
        n.agreement == node.agreement and n.number is not None and n.number > node.number for n in nodes
    )


def _counts(evidence: Evidence) -> bool:
    return evidence.entry.decision != "reject" and evidence.claim.modality != "denied"


def _in_order(made: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """By agreement, then by number; a meeting without a number goes before the first that begins after it."""
    ordered: list[Meeting] = []
    for agreement in sorted({m.agreement for m in made}, key=lambda a: (a is None, a or 0)):
        mine = [m for m in made if m.agreement == agreement]
        row = sorted(
            (m for m in mine if m.number is not None), key=lambda m: (m.number or 0, _about(m.when), m.support)
        )
        loose = sorted((m for m in mine if m.number is None), key=lambda m: (_about(m.when), m.support))
        for m in loose:
            later = (i for i, other in enumerate(row) if _about(other.when) > _about(m.when))
            row.insert(next(later, len(row)), m)
        ordered += row
    return tuple(ordered)


def _about(text: str | None) -> date:
    """Where a date stands in a chronology: at its start, or at its end where it leaves more than a month open."""
    if text is None:
        return date.max
    when = edtf.parse(text)
    wide = when.earliest is not None and when.latest is not None and values.length(when).days > 31
    return (when.latest if wide else when.earliest or when.latest) or date.max


def _when(evidence: Sequence[Evidence]) -> list[tuple[str, list[Evidence]]]:
    ranked = rank_dates(evidence)
    if ranked and edtf.parse(ranked[0][0]).is_day:
        joined = values.join_days([w for e in ranked[0][1] if (w := round_of(e).when)])
        if joined:
            return [(joined, ranked[0][1]), *ranked[1:]]
    return ranked


def _where(evidence: Sequence[Evidence], gazetteer: Gazetteer, field: str) -> list[tuple[str, list[Evidence]]]:
    def agree(a: str, b: str) -> bool:
        x, y = gazetteer.ref(a), gazetteer.ref(b)
        return x is not None and y is not None and gazetteer.may_be_same(x, y)

    return voices.rank(
        evidence,
        lambda e: gazetteer.name(getattr(round_of(e), field)),
        agree,
        fineness=lambda text: float(gazetteer.depth(text)),
    )


def _outcomes_agree(a: str, b: str) -> bool:
    """Only a deal and no deal exclude each other; the rest are stages of one story."""
    return (a == "deal") == (b == "deal") or min(STRENGTH[a], STRENGTH[b]) < 3


def _outcome(held: Sequence[Evidence], *, followed: bool) -> list[tuple[str, list[Evidence]]]:
    """The strongest outcome told; between a deal and none, the later report's; no deal where talks went on."""
    told = [e for e in held if round_of(e).outcome]
    if not told:
        return []

    def weight(e: Evidence) -> tuple[int, bool, date, bool]:
        outcome = str(round_of(e).outcome)
        strength = 1 if followed and outcome == "deal" else STRENGTH[outcome]
        return (strength, voices.accepted([e]), e.day or date.min, outcome == "broke-off")

    first = max(told, key=weight)
    chosen = str(round_of(first).outcome)
    if chosen in ("no-deal", "broke-off"):
        # a meeting that was broken off ended without a deal too: the finer word, unless more voices use the other
        cut = voices.count(e for e in told if round_of(e).outcome == "broke-off")
        plain = voices.count(e for e in told if round_of(e).outcome == "no-deal")
        chosen = "broke-off" if cut and 2 * cut >= plain else "no-deal"
    backing = [e for e in told if _outcomes_agree(chosen, str(round_of(e).outcome))]
    if followed and chosen != "deal":
        backing = [e for e in backing if round_of(e).outcome != "deal"]
    chosen_by = set(backing)
    others = voices.rank([e for e in told if e not in chosen_by], lambda e: round_of(e).outcome, values.equal)
    return [(chosen, backing), *((str(o), es) for o, es in others)]


def _venues_agree(a: str, b: str) -> bool:
    x, y = a.casefold(), b.casefold()
    return x in y or y in x


def _venue(evidence: Sequence[Evidence]) -> list[tuple[str, list[Evidence]]]:
    return voices.rank(evidence, lambda e: round_of(e).venue, _venues_agree, fineness=lambda v: float(len(v)))


def _meeting(
    node: Sighting, gazetteer: Gazetteer, against: Sequence[Evidence], today: date | None, *, followed: bool
) -> Meeting:
    held = list(node.held)
    base = held or list(node.evidence)
    ranked: dict[str, list[tuple[object, list[Evidence]]]] = {}

    def put(field: str, found: Sequence[tuple[object, list[Evidence]]]) -> None:
        ranked[field] = list(found)

    put("number", voices.rank(node.evidence, lambda e: round_of(e).number, values.equal))
    put("when", told_or_planned(_when(base), _when(node.plans)))
    put("city", _where(base, gazetteer, "city") or _where(node.plans, gazetteer, "city"))
    put("place", _where(base, gazetteer, "place") or _where(node.plans, gazetteer, "place"))
    put("venue", _venue(base))
    put("format", voices.rank(base, lambda e: round_of(e).format, values.equal))
    put("outcome", _outcome(held, followed=followed))
    if not held:
        ranked["outcome"] = [("scheduled", base)]
    dissent = {e for field in ranked.values() for _, es in field[1:] for e in es} | set(against)
    support = [e for e in node.evidence if e not in dissent] or list(node.evidence)
    dissent -= set(support)
    disputed: dict[str, tuple[Version, ...]] = {f: v for f in ranked if (v := voices.versions(ranked[f]))}

    def shown(field: str) -> str | None:
        return str(ranked[field][0][0]) if ranked[field] else None

    number = ranked["number"][0][0] if ranked["number"] else None
    return Meeting(
        agreement=node.agreement,
        number=number if isinstance(number, int) else None,
        when=shown("when"),
        city=shown("city"),
        place=shown("place"),
        venue=shown("venue"),
        format=shown("format"),
        outcome=shown("outcome"),
        status=_status(node, shown("when"), today),
        plans=_plans(node) if held else (),
        support=voices.ids(support),
        dissent=voices.ids(dissent),
        sources=voices.count(support),
        by=voices.names(support),
        inferred=_inferred(node, {f: shown(f) for f in ("when", "city", "place")}),
        versions=dict(sorted(disputed.items())),
    )


def _status(node: Sighting, when: str | None, today: date | None) -> Status:
    if node.held:
        return "held"
    last = edtf.parse(when).latest if when else None
    return "unconfirmed" if last is not None and today is not None and last < today else "planned"


def _plans(node: Sighting) -> tuple[Plan, ...]:
    plans: dict[tuple[str | None, str | None, str | None], list[Evidence]] = {}
    for e in node.evidence:
        if is_plan(e):
            c = round_of(e)
            plans.setdefault((c.when, c.city, c.place), []).append(e)
    return tuple(
        Plan(when, city, place, voices.last_published(es), voices.names(es), voices.count(es), voices.ids(es))
        for (when, city, place), es in plans.items()
    )


def _inferred(node: Sighting, shown: Mapping[str, str | None]) -> tuple[str, ...]:
    """Fields that no claim behind the meeting reads in the words."""
    found = []
    if all(e.worked_out for e in node.evidence if e.agreement is not None) and node.agreement is not None:
        found.append("agreement")
    numbered = [e for e in node.evidence if round_of(e).number is not None]
    if numbered and all("number" in round_of(e).inferred for e in numbered):
        found.append("number")
    if node.held:  # what only the plan tells is taken to have come about
        told = {
            f: {edtf.parse(v).text if f == "when" else v for e in node.held if (v := getattr(round_of(e), f))}
            for f in shown
        }
        found += [f for f, value in shown.items() if value is not None and not told[f]]
        if (
            shown["when"]
            and told["when"]
            and not any(edtf.parse(t).within(edtf.parse(shown["when"])) for t in told["when"])
        ):
            found.append("when")
    return tuple(found)


def tallies(evidence: Sequence[Evidence]) -> tuple[Tally, ...]:
    """Counts of rounds, each a claim of its own; equal counts of one agreement are put together."""
    groups: dict[tuple[int | None, int | None, str | None], list[Evidence]] = {}
    for e in evidence:
        if is_tally(e):
            c = round_of(e)
            groups.setdefault((e.agreement, c.count, c.since), []).append(e)
    made = []
    for (agreement, number, since), es in groups.items():
        used = [e for e in es if _counts(e)]
        if not used:
            continue
        outcome = voices.rank(used, lambda e: round_of(e).outcome, values.equal)
        made.append(
            Tally(
                agreement=agreement,
                count=number,
                since=since,
                outcome=outcome[0][0] if outcome else None,
                support=voices.ids(used),
                dissent=voices.ids(e for e in es if not _counts(e)),
                sources=voices.count(used),
                by=voices.names(used),
                inferred=("agreement",) if agreement is not None and all(e.worked_out for e in used) else (),
            )
        )
    return tuple(sorted(made, key=lambda t: (t.agreement or 0, t.count or 0, t.since or "", t.support)))
