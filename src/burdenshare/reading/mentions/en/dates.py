"""English dates, resolved against the day (or span) the report came out.

Each mention carries the reading before the report and the one after it; a rule that knows whether it reads of the
past or of a plan picks one. A reference that is only known as a span resolves what is the same for every day of it.
"""

from __future__ import annotations

from functools import lru_cache

from burdenshare.edtf import When
from burdenshare.reading.mentions.en.relative_dates import RelativeDates
from burdenshare.reading.mentions.en.scanner import Scanner
from burdenshare.reading.mentions.lexicon import load
from burdenshare.reading.mentions.mention import DateValue, Mention

# Words a date can begin with, besides the names of months and days.
_OPENING = frozenset(
    (
        "new end close expiry year the this ends ended expires expired last yesterday today tomorrow next past coming "
        "current previous following first second third fourth spring summer autumn fall winter early mid late middle"
    ).split()
)
# Two frequent words open a date before these words alone: "the year is out", "with the old year", "a years".
_FOLLOWED = {"the": frozenset("year old current".split()), "a": frozenset({"years"})}
_SINCE = frozenset({"since"})
_UNTIL = frozenset({"until", "till", "by", "before", "through"})


@lru_cache
def _triggers(lang: str) -> frozenset[str]:
    """The words a date can begin with; numbers in words too ("five years to 2013")."""
    lexicon = load(lang)
    return frozenset([*_OPENING, *lexicon.months, *lexicon.weekdays, *lexicon.numbers])


def dates(scan: Scanner, ref: When | None, *, fiscal_starts: int = 1) -> list[Mention]:
    """Every date of a sentence, in order, none overlapping another.

    `fiscal_starts` is the month that the fiscal years of the case begin in, for "the current fiscal year".
    """
    reader = RelativeDates(scan, ref, fiscal_starts=fiscal_starts)
    out: list[Mention] = []
    triggers = _triggers(scan.lexicon.lang)
    last = 0
    for i in scan.places(triggers):
        norm = scan.norms[i]
        if i < last or (norm in _FOLLOWED and (i + 1 == scan.n or scan.norms[i + 1] not in _FOLLOWED[norm])):
            continue
        found = None
        first = norm[:1]
        if first.isdecimal():
            found = (
                reader.years_to(i)
                or reader.iso(i)
                or reader.day_month(i)
                or reader.decade(i)
                or reader.day_alone(i)
                or reader.year_alone(i)
            )
        elif first.isalpha():
            found = (
                reader.years_to(i)
                or reader.ends(i)
                or reader.parts(i)
                or reader.relative(i)
                or reader.weekday(i)
                or reader.month_day(i)
            )
        if found is None or found[1] <= i:
            continue
        value, after = found
        if scan.norms[after - 1] == "." and after == scan.n:
            after -= 1  # the full stop of the sentence, not of "Dec."
        before = scan.norms[i - 1] if i else ""
        if before == "the" and i > 1:
            before = scan.norms[i - 2]
        if before in _SINCE or before in _UNTIL:
            value = DateValue(value.past, value.future, value.shape, before in _SINCE, before in _UNTIL, value.inferred)
        out.append(Mention("date", i, after, scan.tokens[i].start, scan.tokens[after - 1].end, value))
        last = after
    return out
