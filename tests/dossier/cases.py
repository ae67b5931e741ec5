"""A small case and ways to write entries by hand, for the tests of the dossier and the briefing."""

from __future__ import annotations

from datetime import date
from typing import Any

from burdenshare import edtf
from burdenshare.case import Agreement, Case, Office, Party, Person, Place
from burdenshare.reading import claim as claims
from burdenshare.record import Decision, Entry, Report
from burdenshare.sources import Published


def _agreement(number: int, signed: str, in_force: str, start: str, end: str) -> Agreement:
    return Agreement(
        number, edtf.parse(start), edtf.parse(end), signed=edtf.parse(signed), in_force=edtf.parse(in_force)
    )


def case() -> Case:
    """Two allies, five agreements, a few places and people."""
    places = [
        Place("korea", "country", {"en": ("South Korea",)}, None, "rok"),
        Place("america", "country", {"en": ("United States", "US", "U.S.")}, None, "us"),
        Place("seoul", "city", {"en": ("Seoul",)}, "korea", "rok"),
        Place("washington", "city", {"en": ("Washington", "Washington, D.C.")}, "america", "us"),
        Place("hawaii", "state", {"en": ("Hawaii",)}, "america", "us"),
        Place("honolulu", "city", {"en": ("Honolulu",)}, "hawaii", "us"),
        Place("los-angeles", "city", {"en": ("Los Angeles",)}, "america", "us"),
    ]
    people = [
        Person(
            "trump", "us", {"en": ("Donald Trump",)}, {"en": ("Trump",)},
            (Office("president", date(2017, 1, 20), date(2021, 1, 20)),),
        ),
        Person("dehart", "us", {"en": ("James DeHart",)}, {"en": ("DeHart",)}),
        Person("jeong", "rok", {"en": ("Jeong Eun-bo", "Chung Eun-bo")}, {"en": ("Jeong",)}),
    ]  # fmt: skip
    return Case(
        id="us-rok-sma",
        title={"en": ("Cost sharing between the United States and South Korea",)},
        series={"en": ("Special Measures Agreement", "SMA")},
        fiscal_year_starts=1,
        about={"en": ("defense cost-sharing",)},
        parties={
            "us": Party("us", "stationing", {"en": ("United States",)}, {"en": ("American",)}, {}, "USD"),
            "rok": Party("rok", "host", {"en": ("South Korea",)}, {"en": ("South Korean",)}, {}, "KRW"),
        },
        bodies={},
        posts={},
        people={p.id: p for p in people},
        places={p.id: p for p in places},
        forces={"en": ("US Forces Korea",)},
        employees={"en": ("Korean employees",)},
        categories={},
        agreements=(
            _agreement(8, "2009-01-15", "2009-03-05", "2009-01-01", "2013-12-31"),
            _agreement(9, "2014-02-02", "2014-06-18", "2014-01-01", "2018-12-31"),
            _agreement(10, "2019-03-08", "2019-04-05", "2019-01-01", "2019-12-31"),
            _agreement(11, "2021-04-08", "2021-09-01", "2020-01-01", "2025-12-31"),
            _agreement(12, "2024-11-04", "2024-11-29", "2026-01-01", "2030-12-31"),
        ),
        payments=(), rounds=(), positions=(), category_figures=(), sources={},
    )  # fmt: skip


def report(name: str, published: str | None, *, copies: str = "", outlet: str = "") -> Report:
    """A report; its name is its id."""
    when = edtf.parse(published) if published else None
    known = Published(when, "given" if when else "unknown", ("The date was given with the report.",) if when else ())
    return Report(name, f"{name}.txt", f"Title of {name}", outlet or f"The {name}", "", "", "en", known, copies or name)


def entry(
    of: Report,
    kind: str,
    quote: str = "",
    *,
    decision: Decision | None = None,
    start: int | None = None,
    **fields: Any,
) -> Entry:
    """An entry with a claim of that kind; fields as in the vocabulary's JSON."""
    words = quote or f"words on {kind} {sorted(fields.items())}"
    at = sum(map(ord, words)) % 9000 if start is None else start
    record = {"case": "us-rok-sma", "source": of.id, "kind": kind, "start": at, "end": at + len(words), "quote": words}
    claim = claims.from_json(record | fields)
    return Entry(claim.id, claim, of, decision)


def seeds() -> list[Entry]:
    """Five reports of the talks of late 2019 and one glance back from 2024, in words of our own."""
    first = report("daily", "2019-09-26")
    third = report("digest", "2019-11")
    fourth = report("wire", "2019-12-05")
    fifth = report("broadcast", "2019-12")
    later = report("mirror", "2024-03")
    five_billion = {"value": 5e9, "currency": "USD"}
    return [
        entry(first, "round", "The opening round for the 11th pact began in Seoul on 24 September",
              number=1, agreement=11, city="Seoul", when="2019-09-24"),
        entry(first, "round", "met at the Korea Institute for Defense Analyses on 24 and 25 September", number=1,
              agreement=11, city="Seoul", venue="Korea Institute for Defense Analyses",
              when="2019-09-24/2019-09-25", outcome="concluded"),
        entry(first, "round", "They will meet again in the United States in a month's time", number=2, agreement=11,
              place="United States", when="2019-10", outcome="scheduled", inferred=["number", "when"]),
        entry(first, "term", "The 10th pact runs for a single year and ends when the year does", agreement=10,
              event="expiry", when="2019-12-31", inferred=["when"]),
        entry(first, "position", "Washington is understood to want far more", side="us", act="demand",
              modality="reported"),
        entry(first, "cost", "keeping the forces here costs some 5 billion dollars a year",
              amount={"value": 5e9, "currency": "USD", "bound": "about"}, per="year"),
        entry(third, "round", "The two teams went back to the table on 18 November", when="2019-11-18"),
        entry(third, "round", "Ten rounds have been held since March 2018", count=10, since="2018-03"),
        entry(third, "position", "the envoy named a price of 4.7 billion dollars", side="us", act="demand",
              amount={"value": 4.7e9, "currency": "USD"}, change={"multiple": 5}, said_by=["South Korean media"],
              modality="reported"),
        entry(third, "position", "wants close to 5 billion dollars", side="us", act="demand",
              amount={"value": 5e9, "currency": "USD", "bound": "nearly"}),
        entry(third, "headcount", "28,500 American troops", group="troops", number=28500),
        entry(third, "contribution", "1 billion dollars last year", side="rok", when="2018",
              amount={"value": 1e9, "currency": "USD"}, inferred=["when"]),
        entry(third, "consequence", "employees would be sent home without pay", effect="furlough",
              group="local-employees", condition="no-deal", modality="conditional"),
        entry(third, "appointment", "Jeong Eun-bo heads the Korean team", person="Jeong Eun-bo", side="rok"),
        entry(fourth, "round", "A fourth round closed with nothing settled", number=4, outcome="no-deal"),
        entry(fourth, "round", "They talked in Washington on Tuesday and Wednesday", number=4, city="Washington",
              when="2019-12-03/2019-12-04", inferred=["number", "when"], said_by=["Tongil News"]),
        entry(fourth, "round", "The third, in November, was cut short", number=3, when="2019-11", outcome="broke-off"),
        entry(fourth, "round", "Seoul is to host the next one around the middle of December", number=5, city="Seoul",
              when="2019-12~", outcome="scheduled", inferred=["number", "when"]),
        entry(fourth, "position", "as much as 5 billion dollars a year", side="us", act="demand", per="year",
              amount=five_billion | {"bound": "up-to"}),
        entry(fourth, "headcount", "about 28,500 troops", group="troops", number=28500, bound="about"),
        entry(fifth, "round", "The two days in Seoul, fifth of the series, brought no accord", number=5, city="Seoul",
              when="2019", outcome="no-deal"),
        entry(fifth, "round", "They mean to go on in January", when="2020-01", outcome="scheduled",
              modality="expected"),
        entry(fifth, "position", "was said to have asked for 5 billion dollars", side="us", act="demand",
              amount=five_billion, change={"multiple": 5}, modality="reported"),
        entry(fifth, "term", "the deal in force runs out at the end of the month", event="expiry", when="2019-12-31"),
        entry(fifth, "linkage", "fewer troops had not come up", topic="troop-reduction", stance="not-discussed",
              side="us"),
        entry(fifth, "linkage", "costs of operations off the peninsula", topic="off-peninsula-operations",
              stance="sought", side="us"),
        entry(fifth, "statement", "\"The figure will not be the one we began with,\"", speaker="James DeHart",
              side="us", direct=True),
        entry(later, "contribution", "Seoul came to pay 13.9 percent more", side="rok", change={"percent": 13.9}),
        entry(later, "position", "Trump had wanted up to 5 billion dollars a year", side="us", act="demand",
              amount=five_billion | {"bound": "up-to"}, per="year"),
        entry(later, "term", "a pact to start in 2026", event="start", when="2026"),
        entry(later, "term", "the present one lasts until 2025", event="expiry", when="2025"),
    ]  # fmt: skip
