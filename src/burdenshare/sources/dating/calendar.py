"""Evidence from the case: the agreements' terms and talks, the rounds known from the past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from burdenshare.case.model import Case
from burdenshare.edtf import When
from burdenshare.sources.dating.days import EARLIEST, LATEST, Days, Evidence, month, union
from burdenshare.sources.dating.mentions import LEAD, Sentence, dates, weekdays, years
from burdenshare.sources.lexicon import lexicon

# Days before talks open and after they close in which reports still tell of them as going on.
BEFORE_TALKS, AFTER_TALKS = 60, 45
# Days before and after a round in which reports tell of it by its number.
BEFORE_ROUND, AFTER_ROUND = 30, 40
# Days after the next agreement was made in which reports still tell of the last one's end.
LAPSE = 30
# Days after a signing or vote in which a report names only its weekday.
WEEK = 6

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip
_DIGIT_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\b")
_ORDINAL = r"(?P<ordinal>" + "|".join(_ORDINALS) + r"|\d{1,2}(?:st|nd|rd|th))"
_ROUND = re.compile(_ORDINAL + r"[ -](?:official |formal )?(?:round|meeting|session|negotiation|talks)\b")
_AGREEMENT = re.compile(
    _ORDINAL + r" (?:(?!round|meeting|session|negotiation|talks)[\w.-]+ ){0,3}?"
    r"(?:special measures|sma\b|(?:defen[cs]e )?cost-sharing (?:agreement|deal|pact))",
)
_RUNNING_OUT = ("expir", "end", "run", "valid")
_TALKS = re.compile(r"\b(?:negotiat|talks|round|meeting)")
_IN_FORCE = re.compile(
    r"\b(?:current|present|existing|now in force|in force now|one in force|latest)\b(?P<gap>[^.\n]{0,90}?)"
    r"\b(?:expires?|expiring|ends?|ending|runs? out|valid|runs? through|set to expire|due to expire|set to end)\b"
    r"(?P<rest>[^.\n]{0,60})",
)
_THIS_END = re.compile(
    r"\b(?:end of (?P<unit>this month|this year|the year|the month)|this year ends|"
    r"(?:on )?dec(?:ember|\.) 31(?!,? ?\d))"
)
_EFFECT = re.compile(r"\b(?:take|takes|taking|come|go) (?:in(?:to)? )?effect (?:in|from) ((?:19|20)\d\d)\b")
_NAMED = re.compile(
    r"\b(?:named|appointed|tapped|picked)\b[^.\n]{0,60}?\b(?:envoys?|negotiators?|representatives?)\b"
    r"[^.\n]{0,30}?\bthis month\b"
)
_NEXT_MONTH = re.compile(r"\bnext month\b")
_NEXT_WEEK = re.compile(r"\bnext week\b")
_OVER = re.compile(
    r"\b(?:wrapped up|ended|concluded|closed|finished|completed|broke off|walked out of|emerged from)"
    r"(?: (?:the|their|a|an|its|this|that|two-day|three-day|\w+'s)){0,3} $"
)
_TO_COME = re.compile(
    r"\b(?:will|to|set to|due to|expected to|scheduled to) (?:be )?(?:hold|held|meet|open|start|begin|kick off|launch|"
    r"face off|convene|have|sit down)(?: (?:in|for|the|their|a|an|its|on)){0,3} $"
)
_LAST_MONTH = re.compile(r"\blast month\b")
_LAPSED = re.compile(r"\b(?:expired|lapsed|ran out)\b(?: on| at| as of)?")
_SUM = re.compile(
    r"(?P<sign>(?<![a-z])w|₩|¥)? ?(?<![\d.,])(?P<number>\d{1,3}(?:,\d{3})?(?:\.\d{1,4})?)[ -](?P<unit>billion|trillion)"
    r"(?:[ -](?P<currency>[a-z]{2,8}))?"
)
# "this year's share of 920 billion won"; "920 billion won ($870 million) this year", but not "..., up from last year"
_YEAR_BEFORE = re.compile(
    r"\b(?P<which>this|next|last) year(?:['’]s)?(?: (?!from\b|than\b|over\b)[a-z-]{1,14}){0,4} ?$"
)
_YEAR_AFTER = re.compile(
    r"(?: \([^()]{1,30}\))?(?: (?!from\b|than\b|over\b)[a-z-]{1,14}){0,4}? (?P<which>this|next|last) year\b"
)
_ACTS = {
    "signed": re.compile(r"\bsign(?:ed|s|ing)\b|\bput signatures\b"),
    "initialled": re.compile(r"\bsign(?:ed|s)\b|\binitial+ed\b|\bfinali[sz]ed\b|\bpreliminary\b"),
    "ratified": re.compile(r"\bratif|\bpassed\b|\bapprov|\bconsent\b|\bplenary\b"),
    "agreed": re.compile(
        r"\bagreed\b|\bfinali[sz]ed\b|\breached\b|\bconcluded\b|\bstruck\b|\bcome to terms\b|\bsettled\b", re.IGNORECASE
    ),
}


_TOLD = re.compile(r"\b(?:said|announced|confirmed|told|disclosed|made public|unveiled)\b")
_MONTH_WORD = re.compile(
    r"\b(?P<verb>reached|struck|concluded|agreed|initialed|initialled|signed|ratified|approved|sealed)\b"
    r"(?: (?:upon|on|in|by|to|earlier|here|in principle)){0,2} (?P<which>last|this) month\b"
)
_ACCORDS = ("agreed", "initialled")
_VERBS = {
    **dict.fromkeys(("reached", "struck", "concluded", "agreed", "sealed"), _ACCORDS),
    **dict.fromkeys(("initialed", "initialled"), ("initialled",)),
    "signed": ("signed",),
    **dict.fromkeys(("ratified", "approved"), ("ratified",)),
}


def _has_ordinal(s: Sentence) -> bool:
    """A cheap look before the patterns that start with an ordinal."""
    low = s.low
    for word in _ORDINALS:  # a plain loop is the quickest here
        if word in low:
            return True
    return s.digits and _DIGIT_ORDINAL.search(low) is not None


def _number(ordinal: str) -> int:
    word = ordinal.lower()
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(re.sub(r"\D", "", word))


def _first(when: When | None) -> date | None:
    return when.earliest if when else None


def _last(when: When | None) -> date | None:
    return when.latest if when else None


def talks_span(case: Case, number: int) -> tuple[date, date] | None:
    """First and last day on which reports tell of the talks on an agreement as going on, as far as the case knows."""
    agreement = case.agreement(number)
    if agreement is None:
        return None
    rounds = [r for r in case.rounds if r.agreement == number and r.start and r.start.earliest]
    starts = [d for r in rounds if (d := _first(r.start))]
    before = case.agreement(number - 1)
    opened = _first(agreement.talks_start) or (min(starts) if starts else _first(before.start) if before else None)
    closed = (
        _last(agreement.initialled) or _last(agreement.agreed) or _last(agreement.signed) or _last(agreement.ratified)
    )
    if opened is None:
        return None
    return opened - timedelta(days=BEFORE_TALKS), (closed or LATEST - timedelta(days=400)) + timedelta(days=AFTER_TALKS)


def from_numbers(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """An agreement called by its number: its talks where those are told of, else any time from their start."""
    newest: tuple[int, bool] | None = None
    for s in filter(_has_ordinal, report):
        for m in _AGREEMENT.finditer(s.low):
            number = _number(m["ordinal"])
            if newest is None or number > newest[0]:
                newest = (number, bool(_TALKS.search(s.low)))
    if newest is None or (span := talks_span(case, newest[0])) is None:
        return
    number, talking = newest
    days = union([span]) if talking else union([(span[0], LATEST)])
    told = "talks on the" if talking else "the"
    yield Evidence(days, 4 if talking else 5, "narrowed", f"It tells of {told} agreement number {number}.")


def from_rounds(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """A round called by its number in the headline or the first paragraphs: the days around such rounds."""
    counted = [s for s in report if _has_ordinal(s)]
    named = {_number(m["ordinal"]) for s in counted for m in _AGREEMENT.finditer(s.low)}
    for s in counted:
        if s.paragraph >= LEAD:
            continue
        rounds = list(_ROUND.finditer(s.low))
        for m, following in zip(rounds, [*rounds[1:], None], strict=False):
            reach = min(m.end() + 90, following.start() if following else len(s.low))
            number = _number(m["ordinal"])
            known = [r for r in case.rounds if r.number == number and r.start and r.start.earliest]
            held = [r for r in known if r.agreement in named] or known
            spans: list[tuple[date, date]] = []
            for r in held:
                first = _first(r.start)
                last = _last(r.end) or _last(r.start)
                if first is None or last is None:
                    continue
                spans.append(_around(first, last, s.low, m.start(), (m.end(), reach)))
            if spans:
                yield Evidence(union(spans), 4, "narrowed", f'"{m[0]}" fits the rounds the case knows of that number.')


def _around(first: date, last: date, low: str, start: int, reach: tuple[int, int]) -> tuple[date, date]:
    """The days on which a report tells of a round held from `first` to `last` as the words around it do."""
    if _LAST_MONTH.search(low, *reach):
        after = month(last.year, last.month)[1] + timedelta(days=1)
        return month(after.year, after.month)
    if _NEXT_MONTH.search(low, *reach):
        before = month(first.year, first.month)[0] - timedelta(days=1)
        return month(before.year, before.month)
    if _NEXT_WEEK.search(low, *reach):
        monday = first - timedelta(days=first.weekday())
        return monday - timedelta(days=7), monday - timedelta(days=1)
    lead = low[max(0, start - 60) : start]
    if _OVER.search(lead):
        return last, last + timedelta(days=AFTER_ROUND)
    if _TO_COME.search(lead):
        return first - timedelta(days=BEFORE_ROUND), last
    return first - timedelta(days=BEFORE_ROUND), last + timedelta(days=AFTER_ROUND)


def _ends(case: Case) -> list[tuple[date, date]]:
    """First and last day on which each agreement was the one in force or agreed for now."""
    out = []
    for a in case.agreements:
        end, start = _last(a.end), _first(a.start)
        if end and start and end < LATEST:
            out.append((min([start, *[d for w in (a.agreed, a.signed) if (d := _first(w))]]), end))
    return out


def from_terms(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """What is said to be in force, and when it is said to run out."""
    for s in report:
        if not any(word in s.low for word in _RUNNING_OUT):
            continue
        force = _IN_FORCE.search(s.low)
        if force is None:
            continue
        words = " ".join(force[0].split())
        terms = _ends(case)
        ending = years(force["rest"])
        this = _THIS_END.search(force["rest"])
        if ending:
            spans = [(a, b) for a, b in terms if b.year == ending[0][0]]
            if spans:
                yield Evidence(union(spans), 7, "narrowed", f'"{words}" fits the time in which that was in force.')
        elif this:
            monthly = this["unit"] in ("this month", "the month")
            spans = [month(b.year, b.month) if monthly else (date(b.year, 1, 1), b) for _, b in terms]
            if spans:
                yield Evidence(union(spans), 7, "narrowed", f'"{words}" fits the years in which an agreement ran out.')


def from_year_ends(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """An agreement said to end with the year, in other words than "the current one"."""
    for s in report:
        match = _THIS_END.search(s.low) if "end" in s.low or "31" in s.low else None
        if match and re.search(r"\b(?:expire|run|conclud|end|valid)", s.low) and _AGREEMENT.search(s.low):
            spans = [(date(b.year, 1, 1), b) for _, b in _ends(case)]
            if not spans:
                return
            text = f'"{match[0]}" fits the years in which an agreement ran out.'
            yield Evidence(union(spans), 4, "narrowed", text)
            return


def from_lapsed(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """An agreement said to have run out on a day of some year: the time from then until the next was made."""
    for s in report:
        match = _LAPSED.search(s.low) if "expired" in s.low or "lapsed" in s.low or "ran out" in s.low else None
        named = next((d for d in dates(s.text[match.end() : match.end() + 40]) if not d.year), None) if match else None
        if match is None or named is None:
            continue
        spans = []
        for a in case.agreements:
            end = _last(a.end)
            if end is None or (end.month, end.day) != (named.month, named.day):
                continue
            following = case.agreement(a.number + 1)
            made = _last(following.ratified) or _last(following.signed) or _last(following.start) if following else None
            spans.append((end + timedelta(days=1), max(made or end, end) + timedelta(days=LAPSE)))
        if spans:
            text = f'"{match[0]} {named.words}" fits the time after an agreement ran out.'
            yield Evidence(union(spans), 6, "narrowed", text)
            return


def from_payments(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """A yearly payment the case knows, said to be this, next or last year's."""
    telling = [s for s in report if s.digits and "year" in s.low and "illion" in s.low]
    host = case.host.currency
    words = [w for w, code in lexicon().currencies.items() if code == host] if telling else []
    paid = [(p.year, v) for p in case.payments if p.used and p.amount.currency == host and (v := p.amount.value)]
    if not words or not paid:
        return
    for s in telling:
        for m in _SUM.finditer(s.low):
            if m["currency"] not in words and m["sign"] is None:
                continue
            value, step = _sum(m["number"], m["unit"])
            years_ = [y for y, amount in paid if abs(amount - value) <= step / 2]
            told = _YEAR_BEFORE.search(s.low[max(0, m.start() - 60) : m.start()]) or _YEAR_AFTER.match(s.low, m.end())
            if years_ and told:
                offset = {"this": 0, "next": 1, "last": -1}[told["which"]]
                text = f'"{m[0].strip()}" was paid in the year it calls {told["which"]} year.'
                spans = [(date(y - offset, 1, 1), date(y - offset, 12, 31)) for y in years_]
                yield Evidence(union(spans), 5, "narrowed", text)


def _sum(number: str, unit: str) -> tuple[float, float]:
    """The amount in whole units and the step of its last digit."""
    plain = number.replace(",", "")
    scale = 1e12 if unit == "trillion" else 1e9
    decimals = len(plain.partition(".")[2])
    return float(plain) * scale, scale / 10**decimals


def from_effect(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """An agreement still to take effect in a year named: the talks on it, or the time up to that year."""
    for s in report:
        for m in _EFFECT.finditer(s.low) if "effect" in s.low else ():
            number = int(m[1])
            yield Evidence(union([(EARLIEST, date(number, 12, 31))]), 5, "narrowed", f'"{m[0]}" is still to come.')
            for a in case.agreements:
                start = _first(a.start)
                span = talks_span(case, a.number)
                if start and start.year == number and span and re.search(r"\btalks|negotiat", s.low):
                    text = f"It tells of talks on the agreement that begins in {number}."
                    yield Evidence(union([span]), 4, "narrowed", text)


def from_appointments(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """Negotiators said to be named this month: the months in which the case has such posts taken up."""
    if not any("this month" in s.low for s in report):
        return
    months = {
        (o.start.year, o.start.month)
        for p in case.people.values()
        for o in p.offices
        if o.start and o.post in case.posts and case.posts[o.post].delegation
    }
    for s in report:
        match = _NAMED.search(s.low) if "this month" in s.low else None
        if match and months:
            days: Days = union(month(y, m) for y, m in months)
            yield Evidence(days, 5, "narrowed", f'"{match[0]}" fits the months in which negotiators took up the post.')
            return


def from_acts(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """A signing, vote or accord told of with only its weekday: the week after those that fell on it."""
    for s in report:
        if s.kind != "body" or s.paragraph > 2:
            continue
        named = [w for w, at in weekdays(s.text) if not s.low[max(0, at - 6) : at].lower().endswith(("next ", "last "))]
        if len(named) != 1:
            continue
        spans, told = [], []
        for a in case.agreements:
            for act, pattern in _ACTS.items():
                when: When | None = getattr(a, act)
                day = _first(when) if when and when.is_day else None
                if day and day.weekday() == named[0] and pattern.search(s.low):
                    spans.append((day, day + timedelta(days=WEEK)))
                if day and (day.weekday() + 1) % 7 == named[0] and pattern.search(s.low) and _TOLD.search(s.low):
                    after = day + timedelta(days=1)
                    told.append((after, after + timedelta(days=WEEK)))
        if spans:
            yield Evidence(union(spans), 3, "narrowed", "An agreement was signed or voted on such a weekday then.")
        if told:
            yield Evidence(union(told), 2, "narrowed", "An agreement was made public on such a weekday then.")
        if spans or told:
            return


def from_months(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """An accord, signing or vote of last month or earlier this month: the months that fit the known ones."""
    for s in report:
        if " month" not in s.low:
            continue
        for m in _MONTH_WORD.finditer(s.low):
            spans = []
            for a in case.agreements:
                for act in _VERBS.get(m["verb"], ()):
                    when: When | None = getattr(a, act)
                    if when is None or (day := when.earliest) is None or (last := when.latest) is None:
                        continue
                    if (last - day).days <= 31:
                        at = day if m["which"] == "this" else month(day.year, day.month)[1] + timedelta(days=1)
                        spans.append(month(at.year, at.month))
            if spans:
                text = f'"{m[0]}" fits the months in which that was done, or the ones after.'
                yield Evidence(union(spans), 4, "narrowed", text)
                return
