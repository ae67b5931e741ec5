"""What stands around the sums and dates: people, matters tied to the talks, consequences, statements, events."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from datetime import date
from typing import Any

from burdenshare.case import Case
from burdenshare.dossier import values, voices
from burdenshare.dossier.model import Effect, Link, Occasion, People, Posting, Saying, Stance, Step
from burdenshare.dossier.money_terms import backing, grouped, ranked, shown, split, worked_out
from burdenshare.dossier.places import preferred
from burdenshare.dossier.timeline import Evidence
from burdenshare.reading import claim as claims

# -- headcounts -------------------------------------------------------------------------------------------------


def headcounts(evidence: Sequence[Evidence]) -> tuple[People, ...]:
    """People by group, with the versions of the number."""
    made = []
    for _, es in grouped(evidence, lambda e: getattr(e.claim, "group", None)):
        used, against = split(es)
        if not used:
            continue
        fields = ranked(used, ["low", "high", "share_percent"])
        fields["number"] = voices.rank(
            used, _number, _numbers_agree, fineness=lambda n: values.digits(n[0]) + (n[1] == "exact")
        )
        number = fields["number"][0][0] if fields["number"] else None
        common = backing(fields, used, against)
        common["versions"] = {
            f: tuple(_plain(v) for v in vs) if f == "number" else vs for f, vs in common["versions"].items()
        }
        rest = shown(fields) | {
            "number": number[0] if number else None,
            "bound": None if number is None or number[1] == "exact" else number[1],
        }
        group = getattr(es[0].claim, "group", None)
        made.append(People(group=group, **rest, **common))
    order = {"troops": 0, "local-employees": 1, "furloughed": 2}
    return tuple(sorted(made, key=lambda p: (order.get(p.group or "", 9), p.support)))


def _number(e: Evidence) -> tuple[int, str] | None:
    c = e.claim
    assert isinstance(c, claims.Headcount)
    return None if c.number is None else (c.number, c.bound or "exact")


def _numbers_agree(a: tuple[int, str], b: tuple[int, str]) -> bool:
    return values.numbers_agree(a[0], b[0], a[1], b[1])


def _plain(v: Any) -> Any:
    return type(v)(v.value[0], v.by, v.sources, v.support, v.published)


# -- matters tied to the talks ----------------------------------------------------------------------------------

_FOR = frozenset({"sought", "considered", "threatened", "not-ruled-out"})
_AGAINST = frozenset({"refused", "not-discussed", "ruled-out"})


def _denied(e: Evidence) -> bool:
    """True where the words deny that the matter is tied to the talks; "not discussed" is a denial already."""
    return e.claim.modality == "denied" and getattr(e.claim, "stance", None) not in _AGAINST


def linkages(evidence: Sequence[Evidence]) -> tuple[Link, ...]:
    """Matters by agreement and topic, with the stances of each side in time."""
    made = []
    for (agreement, topic), es in grouped(evidence, lambda e: (e.agreement, getattr(e.claim, "topic", None))):
        used = [e for e in es if e.entry.decision != "reject"]
        rejected = [e for e in es if e.entry.decision == "reject"]
        if not used:
            continue
        denied = [e for e in used if _denied(e)]
        told = [e for e in used if not _denied(e)]
        made.append(
            Link(
                agreement=agreement,
                topic=topic,
                stances=_stances(used),
                standing=_standing(told),
                support=voices.ids(told or used),
                dissent=voices.ids([*(denied if told else []), *rejected]),
                sources=voices.count(told or used),
                by=voices.names(told or used),
                inferred=worked_out(used),
                versions=_stance_versions(used),
            )
        )
    return tuple(sorted(made, key=lambda i: (i.agreement is None, i.agreement or 0, i.topic or "", i.support)))


def _stances(used: Sequence[Evidence]) -> tuple[Stance, ...]:
    def key(e: Evidence) -> Hashable:
        c = e.claim
        assert isinstance(c, claims.Linkage)
        return (c.side, c.stance, _denied(e), voices.published(e))

    return tuple(
        Stance(side, stance, denied, day, voices.names(es), voices.count(es), voices.ids(es))
        for (side, stance, denied, day), es in grouped(used, key)
    )


def _standing(told: Sequence[Evidence]) -> dict[str, str]:
    last: dict[str, str] = {}
    for e in sorted(told, key=lambda e: (e.day or date.min, e.order)):
        c = e.claim
        assert isinstance(c, claims.Linkage)
        if c.stance:
            last[c.side or "unknown"] = c.stance
    return dict(sorted(last.items()))


def _stance_versions(used: Sequence[Evidence]) -> dict[str, Any]:
    """A dispute: for one side some reports say that it ties the matter to the talks, others that it does not."""
    found = {}
    for side, es in grouped(used, lambda e: getattr(e.claim, "side", None)):
        camps: dict[bool, list[Evidence]] = {}
        for e in es:
            stance = getattr(e.claim, "stance", None)
            if stance in _FOR | _AGAINST:
                camps.setdefault((stance in _FOR) != _denied(e), []).append(e)
        if len(camps) == 2 and {e.entry.report.copies for e in camps[True]} != {
            e.entry.report.copies for e in camps[False]
        }:
            versions = []
            for camp in (True, False):
                ranks = voices.rank(camps[camp], lambda e: getattr(e.claim, "stance", None), values.equal)
                for stance, behind in ranks:
                    denied = all(_denied(e) for e in behind)
                    versions.append(voices.version(f"denied: {stance}" if denied else stance, behind))
            found[f"stance of {side}" if side else "stance"] = tuple(versions)
    return found


# -- consequences -----------------------------------------------------------------------------------------------

_STAGES = ("threat", "notice", "start", "end")


def _stage(e: Evidence) -> str:
    """The stage told, or else by whether the words speak of what may come or of what came."""
    c = e.claim
    assert isinstance(c, claims.Consequence)
    if c.stage:
        return c.stage
    return "threat" if c.condition == "no-deal" or c.modality in ("conditional", "expected") else "start"


def consequences(evidence: Sequence[Evidence]) -> tuple[Effect, ...]:
    """Consequences by agreement, effect and group, with their stages in time."""

    def key(e: Evidence) -> Hashable:
        c = e.claim
        assert isinstance(c, claims.Consequence)
        return (e.agreement, c.effect, c.group)

    made = []
    for (agreement, effect, group), es in grouped(evidence, key):
        used, against = split(es)
        if not used:
            continue
        stage = max((_stage(e) for e in used), key=_STAGES.index)
        at_stage = [e for e in used if _stage(e) == stage]
        fields = ranked(at_stage, ["when", "number"])
        inferred = worked_out(used)
        if not any(getattr(e.claim, "stage", None) for e in at_stage):
            inferred = (*inferred, "stage")
        made.append(
            Effect(
                agreement=agreement,
                effect=effect,
                group=group,
                stage=stage,
                condition="no-deal" if stage == "threat" else None,
                steps=_steps(used),
                inferred=inferred,
                **shown(fields),
                **backing(fields, used, against),
            )
        )
    return tuple(
        sorted(made, key=lambda c: (c.agreement is None, c.agreement or 0, c.effect or "", c.group or "", c.support))
    )


def _steps(used: Sequence[Evidence]) -> tuple[Step, ...]:
    def key(e: Evidence) -> Hashable:
        c = e.claim
        assert isinstance(c, claims.Consequence)
        return (_stage(e), c.when, c.number)

    steps = [
        Step(stage, when, number, voices.first_published(es), voices.names(es), voices.count(es), voices.ids(es))
        for (stage, when, number), es in grouped(used, key)
    ]
    return tuple(sorted(steps, key=lambda s: (_STAGES.index(s.stage), values.start_of(s.when) or date.max, s.support)))


# -- who, who said what, what else ------------------------------------------------------------------------------


class Names:
    """People's names as the case prefers them."""

    def __init__(self, case: Case) -> None:
        self._full: dict[str, str] = {}
        self._short: dict[str, set[str]] = {}
        for person in case.people.values():
            show = preferred(person.names) or person.id
            for texts in person.names.values():
                for text in texts:
                    self._full.setdefault(_folded(text), show)
            for texts in person.surnames.values():
                for text in texts:
                    self._short.setdefault(_folded(text), set()).add(show)

    def of(self, text: str | None) -> str | None:
        """The preferred name; the words themselves where the case does not know them or cannot tell who is meant."""
        if not text or not text.strip():
            return None
        short = self._short.get(_folded(text), set())
        return self._full.get(_folded(text)) or (next(iter(short)) if len(short) == 1 else text.strip())


def _folded(text: str) -> str:
    return re.sub(r"[\s\-.]", "", text).casefold()


def appointments(evidence: Sequence[Evidence], names: Names) -> tuple[Posting, ...]:
    """People of the delegations by person and side; a claim that names nobody stands alone."""

    def key(e: Evidence) -> Hashable:
        c = e.claim
        assert isinstance(c, claims.Appointment)
        person = names.of(c.person)
        return (_folded(person) if person else None, c.side) if person else (None, c.side, e.entry.report.copies)

    made = []
    for _, es in grouped(evidence, key):
        used, against = split(es)
        if not used:
            continue
        fields = ranked(used, ["role"])
        fields["role"] = fields["role"][:1]  # reports word a post in many ways; that is no dispute
        first = used[0].claim
        assert isinstance(first, claims.Appointment)
        made.append(
            Posting(
                person=names.of(first.person),
                side=first.side,
                published=voices.first_published(used),
                **shown(fields),
                **backing(fields, used, against),
            )
        )
    return tuple(sorted(made, key=lambda p: (p.side or "~", p.person is None, p.person or "", p.support)))


def statements(evidence: Sequence[Evidence], names: Names) -> tuple[Saying, ...]:
    """Statements in the order of their reports; the same words of the same speaker in copies are one."""

    def key(e: Evidence) -> Hashable:
        c = e.claim
        assert isinstance(c, claims.Statement)
        return (names.of(c.speaker), " ".join(c.quote.split()))

    made = []
    for (speaker, _), es in grouped(evidence, key):
        used, against = split(es)
        if not used:
            continue
        fields = ranked(used, ["role", "side", "anonymous", "direct", "when"])
        fields = {f: r[:1] for f, r in fields.items()}
        saying = Saying(
            speaker=speaker,
            published=voices.first_published(used),
            **shown(fields),
            **backing(fields, used, against),
        )
        made.append((used[0].order, saying))
    return tuple(s for _, s in sorted(made, key=lambda m: m[0]))


def events(evidence: Sequence[Evidence]) -> tuple[Occasion, ...]:
    """Events by type and date; an undated one stands alone by report."""

    def key(e: Evidence) -> Hashable:
        c = e.claim
        assert isinstance(c, claims.Event)
        return (c.type, c.when) if c.when else (c.type, None, e.entry.report.copies)

    made = []
    for (kind, when, *_), es in grouped(evidence, key):
        used, against = split(es)
        if used:
            made.append(
                Occasion(type=kind, when=when, published=voices.first_published(used), **backing({}, used, against))
            )
    return tuple(sorted(made, key=lambda o: (values.start_of(o.when) or date.max, o.type or "", o.support)))
