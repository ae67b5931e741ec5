"""One claim as a check sees it: its sentence, the days of its report, the claims beside it, the case's history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from burdenshare import edtf
from burdenshare.case import Case
from burdenshare.dossier.checks.history import Figure, History
from burdenshare.dossier.checks.model import Held
from burdenshare.dossier.checks.wording import money
from burdenshare.dossier.checks.wording import rate as rate_words
from burdenshare.dossier.checks.words import Spot, Words, by_characters, spots
from burdenshare.dossier.timeline import Evidence
from burdenshare.errors import MoneyError
from burdenshare.money import Rate, average, published_before
from burdenshare.reading.claim import Claim
from burdenshare.reading.mentions.countries import countries
from burdenshare.reading.scene import Sentence
from burdenshare.record import Entry

# A report whose date is known no finer than this has no rate of its day, and its "last year" is no year.
_DATED = timedelta(days=400)
# Within so many days what a report calls "this year" or "the end of the month" is sure.
_SURE = timedelta(days=62)
# A payment of another year is put at the rate of the report's day only so few years off.
_RATE_YEARS = 3
_RATES = Held(
    "",
    "ecb_eurofxref",
    "European Central Bank",
    "Euro foreign exchange reference rates",
    "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html",
)


class UncheckedError(Exception):
    """Why a figure cannot be checked, in one sentence."""


@dataclass(frozen=True, slots=True)
class View:
    """A claim with what its checks look at. `beside` are the other claims of the report, in the order of its words."""

    evidence: Evidence
    history: History
    words: Words
    beside: Sequence[Entry]
    by_kind: Mapping[str, Sequence[Entry]]

    @property
    def entry(self) -> Entry:
        """The claim with its report."""
        return self.evidence.entry

    @property
    def claim(self) -> Claim:
        """The claim as it now stands."""
        return self.evidence.entry.claim

    @property
    def case(self) -> Case:
        """The case."""
        return self.history.case

    @property
    def sentence(self) -> Sentence | None:
        """The sentence the claim's words end in, or None where the text is not at hand."""
        return self.words.sentence(self.claim, self.entry.report.id)

    def spots(self, *concepts: str) -> list[Spot]:
        """The checks' cues of these concepts in the claim's sentence."""
        sentence = self.sentence
        if sentence is None:
            return []
        found = spots(sentence, self.words.lang(self.entry.report.id))
        return [s for s in found if s.concept in concepts] if concepts else found

    @property
    def neighbours(self) -> list[Entry]:
        """The other claims whose words end in the same sentence."""
        sentence = self.sentence
        if sentence is None:
            return []
        line = sentence.line
        return [e for e in self.beside if e.id != self.entry.id and line.start < e.claim.end <= line.end]

    def speaks_of(self, *concepts: str) -> bool:
        """Whether the sentence has a cue of these concepts outside the names of the agreements and the matter itself:
        in a wage round the "wage agreement" does not speak of a part of the sum.
        """
        sentence = self.sentence
        if sentence is None:
            return False
        named = [m for m in sentence.of("name") if m.value.kind in ("series", "topic")]
        return any(not any(m.first <= c.first < m.last for m in named) for c in sentence.cues(*concepts))

    def others(self, kind: str) -> list[Entry]:
        """The claims of a kind in reports that are no copy of this one."""
        copies = self.entry.report.copies
        return [e for e in self.by_kind.get(kind, ()) if e.report.copies != copies and e.decision != "reject"]

    # -- the report's days --------------------------------------------------------------------------------------

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day the report may be of; None where that is not known within about a year."""
        first, last = self.evidence.first, self.evidence.day
        if first is None or last is None or last - first > _DATED:
            return None
        return first, last

    @property
    def sure_of_day(self) -> bool:
        """True where the report's date is known well enough to trust "this year" and "next month"."""
        days = self.days
        return days is not None and days[1] - days[0] <= _SURE

    @property
    def years(self) -> list[int]:
        """The report's own year(s), the latest first; empty where they are not known."""
        days = self.days
        return list(range(days[1].year, days[0].year - 1, -1)) if days else []

    def year_of(self, text: str | None) -> int | None:
        """The one year a date lies in (a fiscal year counts by its first month); None where it spans several."""
        when = edtf.parse(text) if text else None
        if when is None or when.earliest is None or when.latest is None:
            return None
        return when.earliest.year if when.earliest.year == when.latest.year else None

    @property
    def named_year(self) -> int | None:
        """The one year that the sentence names, "last year" only where no other is named; None where it names several,
        or none, or only days.
        """
        found = self.sentence.of("date") if self.sentence is not None else []
        dates = [m for m in found if not m.value.inferred] or found
        named = {self.year_of(m.value.past) for m in dates}
        return named.pop() if len(named) == 1 and any(m.value.shape == "year" for m in dates) else None

    # -- money --------------------------------------------------------------------------------------------------

    def rate(self, base: str, quote: str) -> Rate:
        """The rate the report would have used. Raises UncheckedError where its date or the rate is not known."""
        days = self.days
        if days is None:
            raise UncheckedError("the report's date is not known well enough to name an exchange rate")
        first, last = days
        stated = self.history.stated
        try:
            if first == last:
                return published_before(base, quote, day=last, stated=stated)
            return average(base, quote, start=first, end=last, stated=stated)
        except MoneyError as error:
            raise UncheckedError(str(error)) from error

    def versions(self, year: int, currency: str) -> list[tuple[float, str, tuple[Held, ...], bool]]:
        """A year's payment in a currency, in every version, as sourced and then at that year's average rate; the last
        part tells where a rate stands behind it.
        """
        out = [(f.value, f.words, f.held, f.converted) for f in self.history.figures(year) if f.currency == currency]
        used = self.history.in_use(year)
        if used is not None and used.currency != currency:
            for r in self._rates_for(used, currency):
                value = used.value * r.value
                words = f"{used.words} = {money(value, currency)} at {rate_words(r)}"
                out.append((value, words, (*used.held, rate_held(r)), True))
        return out

    def _rates_for(self, used: Figure, currency: str) -> list[Rate]:
        """The average rate of the figure's year and the rate of the report's day, those that are known."""
        out = []
        with suppress(UncheckedError):
            out.append(self._of_year(used, currency, used.year))
        if any(abs(y - used.year) <= _RATE_YEARS for y in self.years):
            with suppress(UncheckedError):
                out.append(self.rate(used.currency, currency))
        return out

    def _of_year(self, used: Figure, currency: str, year: int) -> Rate:
        try:
            return average(
                used.currency, currency, start=date(year, 1, 1), end=date(year, 12, 31), stated=self.history.stated
            )
        except MoneyError as error:
            raise UncheckedError(str(error)) from error


def names_another(view: View) -> bool:
    """Whether the claim's sentence names a country that is no party of the case: a figure may then be of that one."""
    sentence = view.sentence
    if sentence is None:
        return False
    names = [n for p in view.case.parties.values() for forms in p.names.values() for n in forms]
    own = {word for name in names for word in name.lower().split()}
    lang = view.words.lang(view.entry.report.id)
    if by_characters(lang):  # particles cling to a name, so it is looked for at the start of a word
        others = tuple(n for n in countries(lang) if n not in own and len(n) > 1)
        starts = [
            n for i, n in enumerate(sentence.norms) if not i or sentence.tokens[i - 1].end < sentence.tokens[i].start
        ]
        return any(n.startswith(others) for n in starts)
    return any(n in countries(lang) and n not in own for n in sentence.norms)


def rate_held(used: Rate) -> Held:
    """The source of a rate."""
    what = f"{rate_words(used)}: {used.how}" if used.source else used.how
    if used.source == _RATES.source:
        return Held(what, _RATES.source, _RATES.outlet, _RATES.title, _RATES.url)
    return Held(what, used.source)
