"""What a reader returns: the claims, what it passed over, and a plain sentence where there is something to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from burdenshare.reading.claim import Claim


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading one report for one case.

    `passed_over` counts, by a short reason, what was seen and not used (sums no rule could place, quotes
    that are not in the text). `note` is empty or one sentence for the user, such as why no claims were taken.
    """

    claims: tuple[Claim, ...]
    passed_over: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
