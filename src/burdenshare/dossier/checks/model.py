"""What a check of a figure says: the verdict, the arithmetic a reader can redo, and what the figure was held to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["consistent", "rounded", "off", "contradicted", "cannot be checked"]
VERDICTS: tuple[Verdict, ...] = ("consistent", "rounded", "off", "contradicted", "cannot be checked")
# The verdicts that say a report's figure is wrong: its own arithmetic does not come out (`off`), or the sources of the
# case or the other reports have another figure (`contradicted`).
WRONG: tuple[Verdict, ...] = ("off", "contradicted")

Family = Literal[
    "multiple", "percentage", "conversion", "share", "superlative", "count", "date", "length", "sum", "contribution",
    "headcount", "position",
    "reports",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """One thing a figure was held to. `source` is a source id of the case or of the rates, `claim` a claim's id.

    `outlet`, `title` and `url` describe the source; empty where only a claim stands behind it.
    """

    what: str
    source: str = ""
    outlet: str = ""
    title: str = ""
    url: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a family of checks finds on one figure of a claim: `field` names the figure as in the claim's JSON."""

    field: str
    family: Family
    verdict: Verdict
    arithmetic: str
    against: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A checked figure. `claim` and `source` are the ids of the claim and its report, `quote` the claim's words."""

    claim: str
    source: str
    quote: str
    kind: str
    field: str
    family: Family
    verdict: Verdict
    arithmetic: str
    against: tuple[Held, ...] = ()

    @property
    def wrong(self) -> bool:
        """True where the verdict says that the figure is wrong."""
        return self.verdict in WRONG
