"""The verdicts of the checks: a mark beside a figure, the arithmetic behind it, and the figures to be careful with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from burdenshare.brief.model import Line, Section
from burdenshare.brief.wording import capital, counted, listed
from burdenshare.dossier.checks import Check, Held, Verdict

# The worst verdict first: it is the one that marks a line.
_ORDER: tuple[Verdict, ...] = ("contradicted", "off", "rounded", "consistent")
SIGNS: Mapping[Verdict, str] = {"contradicted": "✗", "off": "✗", "rounded": "≈", "consistent": "✓"}
VERDICTS: Mapping[Verdict, str] = {
    "contradicted": "contradicted",
    "off": "does not come out",
    "rounded": "rounded coarsely",
    "consistent": "holds",
    "cannot be checked": "cannot be checked",
}
_CAREFUL: tuple[Verdict, ...] = ("contradicted", "off", "rounded")
TITLE = "Figures to be careful with"
EMPTY = "No figure that could be checked was found to be wrong."
LEGEND = "A mark opens the check of a line's figures: ✓ holds, ≈ rounded coarsely, ✗ wrong."
SHOW = "show the arithmetic"
_HELD_TO = "Held to"
_CHECKED = "checked"
_UNCHECKED = "cannot be checked with what the case and the reports hold"


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

    def __init__(self, checks: Iterable[Check]) -> None:
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
        workings = tuple(dict.fromkeys(working(c) for c in mine))
        kind = "wrong" if worst in ("contradicted", "off") else worst
        return Mark(SIGNS[worst], f"{capital(VERDICTS[worst])}: {SHOW}", kind, workings)


def working(check: Check) -> Working:
    """A check in words."""
    return Working(VERDICTS[check.verdict], check.arithmetic, _held(check.against))


def _held(against: Sequence[Held]) -> str:
    names = list(dict.fromkeys(h.outlet or h.source for h in against if h.outlet or h.source))
    return f"{_HELD_TO} {listed(names)}" if names else ""


def careful(checks: Sequence[Check]) -> Section:
    """The figures that are wrong or right only when rounded, each with the arithmetic; and how many were checked."""
    lines = []
    told: set[tuple[str, str]] = set()
    for verdict in _CAREFUL:
        for c in checks:
            words = " ".join(c.quote.split())
            if c.verdict != verdict or (words, c.arithmetic) in told:
                continue
            told.add((words, c.arithmetic))
            shown = working(c)
            lines.append(Line(f"“{words}”: {c.arithmetic}.", (c.claim,), capital(shown.verdict), shown.held))
    return Section("figures", TITLE, lines=tuple(lines), more=(), empty=f"{EMPTY} {capital(_tally(checks))}")


def _tally(checks: Sequence[Check]) -> str:
    able = sum(c.verdict in _ORDER for c in checks)
    rest = len(checks) - able
    words = f"{counted(able, 'figure')} {_CHECKED}"
    return f"{words}; {counted(rest, 'figure')} {_UNCHECKED}." if rest else f"{words}."
