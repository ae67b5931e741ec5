"""The verdicts of the checks: a mark beside a figure, the arithmetic behind it, and the figures to be careful with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from burdenshare.brief.arithmetic import arithmetic
from burdenshare.brief.language import ENGLISH, Tongue
from burdenshare.brief.model import Line, Section
from burdenshare.dossier.checks import Check, Held, Verdict

# The worst verdict first: it is the one that marks a line.
_ORDER: tuple[Verdict, ...] = ("contradicted", "off", "rounded", "consistent")
SIGNS: Mapping[Verdict, str] = {"contradicted": "✗", "off": "✗", "rounded": "≈", "consistent": "✓"}
_CAREFUL: tuple[Verdict, ...] = ("contradicted", "off", "rounded")


@dataclass(frozen=True, slots=True)
class Working:
    """One check as it is shown: the verdict in words, the arithmetic, and what it was held to."""

    verdict: str
    arithmetic: str
    held: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark beside a line: its sign, what it says aloud, the kind (for its look), and the workings behind it."""

    sign: str
    label: str
    kind: str
    workings: tuple[Working, ...]


class Marks:
    """The checks behind each line of a briefing."""

    def __init__(self, checks: Iterable[Check], *, t: Tongue = ENGLISH) -> None:
        self._tongue = t
        self._of: dict[str, list[Check]] = {}
        for c in checks:
            if c.verdict in _ORDER:
                self._of.setdefault(c.claim, []).append(c)

    def behind(self, support: Sequence[str]) -> Mark | None:
        """The mark of a line that rests on these claims, or None where none of their figures could be checked."""
        mine = [c for claim in support for c in self._of.get(claim, ())]
        if not mine:
            return None
        mine.sort(key=lambda c: _ORDER.index(c.verdict))
        worst = mine[0].verdict
        t = self._tongue
        workings = tuple(dict.fromkeys(working(c, t=t) for c in mine))
        kind = "wrong" if worst in ("contradicted", "off") else worst
        return Mark(SIGNS[worst], f"{t.capital(t.of('held', worst))}: {t('figures.show')}", kind, workings)


def working(check: Check, *, t: Tongue = ENGLISH) -> Working:
    """A check in words."""
    return Working(t.of("held", check.verdict), arithmetic(check.arithmetic, t=t), _held(check.against, t))


def _held(against: Sequence[Held], t: Tongue) -> str:
    names = list(dict.fromkeys(h.outlet or h.source for h in against if h.outlet or h.source))
    return t("figures.held_to", names=t.listed(names)) if names else ""


def careful(checks: Sequence[Check], *, t: Tongue = ENGLISH) -> Section:
    """The figures that are wrong or right only when rounded, each with the arithmetic; and how many were checked."""
    lines = []
    told: set[tuple[str, str]] = set()
    for verdict in _CAREFUL:
        for c in checks:
            words = " ".join(c.quote.split())
            if c.verdict != verdict or (words, c.arithmetic) in told:
                continue
            told.add((words, c.arithmetic))
            shown = working(c, t=t)
            lines.append(Line(f"“{words}”: {shown.arithmetic}.", (c.claim,), t.capital(shown.verdict), shown.held))
    empty = f"{t('empty.figures')} {t.capital(_tally(checks, t))}"
    return Section("figures", t("heading.figures"), lines=tuple(lines), more=(), empty=empty)


def _tally(checks: Sequence[Check], t: Tongue) -> str:
    able = sum(c.verdict in _ORDER for c in checks)
    rest = len(checks) - able
    if rest:
        return t("figures.tally_rest", able=t.counted(able, "figure"), rest=t.counted(rest, "figure"))
    return t("figures.tally", able=t.counted(able, "figure"))
