"""Whether a report is about a case at all."""

from __future__ import annotations

from burdenshare.case.model import Case
from burdenshare.reading.mentions.names import compile_names
from burdenshare.reading.text import tokens
from burdenshare.sources import Document

# A report counts as about the case from this score on: it names both sides and the matter (the series or its topic
# words) or the stationed forces. Set on 41 real reports, all of which score 1.0, and on reports of other matters.
RELEVANT = 0.5


def about(document: Document, case: Case) -> float:
    """How surely the report is about the case, from 0 to 1: its sides, its series and its matter, each as far as named."""
    compiled = compile_names(case)
    sides: set[str] = set()
    matter = forces = 0
    for stretch in document.body:
        toks = tokens(document.text, stretch.start, min(stretch.end, stretch.start + 50_000), acronyms=compiled.acronyms)
        cased = [t.norm for t in toks]
        i = 0
        while i < len(toks):
            found = compiled.table.longest(cased, i)
            if found is None:
                i += 1
                continue
            for name in found[1]:
                if name.kind in ("party", "body") and name.party and toks[i].raw[0].isupper():
                    sides.add(name.party)
                elif name.kind in ("series", "topic"):
                    matter += 1
                elif name.kind == "forces":
                    forces += 1
                    if name.party:
                        sides.add(name.party)
            i += found[0]
    both = sum(1 for p in case.parties if p in sides) >= min(2, len(case.parties))
    host = case.host.id in sides
    if not host:
        return 0.0
    return (0.3 if both else 0.1) + (0.5 if matter else 0.0) + (0.2 if forces else 0.0) + (0.2 if matter > 1 else 0.0)
