"""How a case lies in its folder: the table of `case.toml` and the rows of each CSV file, one dataclass a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from burdenshare.case.model import (
    Body,
    CategoryFigure,
    Names,
    Party,
    PastPosition,
    PastRound,
    Payment,
    Place,
    Post,
    Source,
    YearlyFigure,
)
from burdenshare.case.priors import OutlookPriors
from burdenshare.edtf import When

CASE_FILE = "case.toml"
BASES = ("agreed", "paid", "budgeted", "forecast", "derived", "provisional", "adjusted", "payable", "executed")
ACTS = (
    "demand", "offer", "reject", "withdraw", "limit", "settlement", "tentative", "expected", "estimate", "statement",
)  # fmt: skip
OUTCOMES = ("scheduled", "ongoing", "concluded", "no-deal", "broke-off", "deal")
PAYING = ("host", "payer")  # one party of the case has one of these roles,
ASKING = ("stationing", "claimant")  # one has one of these,
ROLES = (*PAYING, *ASKING, "member")  # and any number stand for a side together with others
# The series of `yearly.csv`, each with what its unit may be. A party may follow: `share-of-gdp-PARTY`.
SERIES = {
    "defence-budget": "currency", "defence-budget-growth": "percent", "troops": "persons",
    "local-employees": "persons", "exchange-rate": "pair", "share-of-gdp": "percent", "members-at-target": "count",
}  # fmt: skip
# Facts of an agreement that have no field of their own in the model; they are kept as versions.
FURTHER_FIELDS = (
    "announced", "committee_passed", "cabinet_approved", "provisional_agreement", "negotiators_named",
    "signed_by_host", "signed_by_stationing", "vote", "scope", "terms", "adjustment", "payable_first_year",
    "second_year", "last_year",
    "first_year_change", "second_year_change", "total", "yearly_level", "share_of_local_cost",
    "labour_floor", "labour_ceiling", "utilities", "facilities_floor", "facilities_total", "training_equipment",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseTable:
    """`case.toml`."""

    id: str
    title: Names
    series: Names
    about: Names
    parties: Mapping[str, Party]
    bodies: Mapping[str, Body] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    forces: Names = field(default_factory=dict)
    employees: Names = field(default_factory=dict)
    categories: Mapping[str, Names] = field(default_factory=dict)
    fiscal_year_starts: int = 1
    updated: When | None = None
    gdp_shares: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)
    outlook: OutlookPriors | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of `people.csv`; columns `names.en`, `surnames.ko` and so on hold forms parted by semicolons."""

    id: str
    party: str | None
    names: Names
    surnames: Names


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A row of `offices.csv`: a person's term in a post."""

    person: str
    post: str
    start: date | None
    end: date | None
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A row of `agreements.csv`: one version of one field of one agreement."""

    number: int
    field: str
    value: str
    unit: str
    used: bool
    why: str
    note: str
    sources: tuple[str, ...]


TABLES: Mapping[str, type[Any]] = {
    "sources.csv": Source,
    "people.csv": PersonRow,
    "offices.csv": OfficeRow,
    "agreements.csv": AgreementRow,
    "payments.csv": Payment,
    "rounds.csv": PastRound,
    "positions.csv": PastPosition,
    "categories.csv": CategoryFigure,
    "yearly.csv": YearlyFigure,
}
