"""The history as open data: every column documented, every file typed, every figure within reason."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from burdenshare import case as cases
from burdenshare import edtf
from burdenshare.case import history
from burdenshare.case.decode import is_currency
from burdenshare.case.schema import ACTS, BASES, OUTCOMES
from burdenshare.cli import main
from burdenshare.money import BOUNDS

DOCS = Path(__file__).parents[2] / "docs"
ROK = "us-rok-sma"
TYPES: dict[str, Any] = {
    "text": str, "texts": list, "whole": int, "number": (int, float), "day": date, "yes-no": bool,
}  # fmt: skip
EVERY = [(case, name) for case in cases.shipped() for name in history.SERIES]


def rows(case: str, name: str) -> tuple[history.Row, ...]:
    return history.rows(cases.load(case), name, every_version=True)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["history", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


# The dictionary ---------------------------------------------------------------------------------------------------


def test_the_page_is_what_the_definition_says() -> None:
    spec = importlib.util.spec_from_file_location("history_page", DOCS / "history_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.TARGET.read_text(encoding="utf-8") == module.page(), "stale: run `make docs`"


@pytest.mark.parametrize(("case", "name"), EVERY)
def test_every_column_of_every_file_is_documented_and_there(case: str, name: str, tmp_path: Path) -> None:
    part = (DOCS / "history.md").read_text(encoding="utf-8").split(f"## `{name}`:", 1)[1].split("\n## ", 1)[0]
    documented = re.findall(r"^\| `([^`]+)` \| (\S+) \|", part, re.MULTILINE)
    run("--case", case, "--series", name, "--all", "-o", str(tmp_path / "a.csv"))
    run("--case", case, "--series", name, "--all", "-o", str(tmp_path / "a.parquet"))
    head = next(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))
    table = pq.read_table(tmp_path / "a.parquet")
    assert head == table.schema.names == [c for c, _ in documented]
    assert table.num_rows == len(rows(case, name))
    for column, (_, type_) in zip(table.schema, documented, strict=True):
        assert column.metadata[b"description"]
        assert {"text": "string", "texts": "list", "whole": "int64", "number": "double", "day": "date32",
                "yes-no": "bool"}[type_] in str(column.type)  # fmt: skip
    told = json.loads(table.schema.metadata[b"dictionary"])
    assert [(c["name"], c["type"]) for c in told] == documented
    assert table.schema.metadata[b"citation"].decode() in run("--case", case, "--cite")


@pytest.mark.parametrize(("case", "name"), EVERY)
def test_cells_have_the_type_of_their_column_and_csv_holds_the_same(case: str, name: str, tmp_path: Path) -> None:
    columns = history.SERIES[name].columns
    found = rows(case, name)
    assert found
    for row in found:
        assert list(row) == [c.name for c in columns]
        for c in columns:
            value = row[c.name]
            assert value is None or isinstance(value, TYPES[c.type]), (c.name, value)
            assert c.type == "yes-no" or not isinstance(value, bool)
    run("--case", case, "--series", name, "--all", "-o", str(tmp_path / "a.csv"))
    read = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))
    for cells, row in zip(read, found, strict=True):
        for c in columns:
            if c.type in ("whole", "number") and row[c.name] is not None:
                assert float(cells[c.name]) == row[c.name]
            elif c.type == "texts":
                assert [t for t in cells[c.name].split("; ") if t] == row[c.name], "a text with a semicolon in it"


# A validation test a file -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cases.shipped())
class TestEveryCase:
    def test_references_and_sources(self, name: str) -> None:
        case = cases.load(name)
        numbers, parties = {a.number for a in case.agreements}, case.parties.keys()
        sources = {r["id"] for r in rows(name, "sources")}
        people = {r["person"] for r in rows(name, "people")}
        for series in history.SERIES:
            for row in rows(name, series):
                assert row["case"] == name
                if "sources" in row:
                    assert row["sources"], (series, row)
                    assert set(row["sources"]) <= sources
                assert row.get("agreement") is None or row["agreement"] in numbers
                for key in ("side", "payer", "party"):
                    assert row.get(key) is None or row[key] in parties
                assert row.get("person") is None or row["person"] in people
                if row.get("used") is False:
                    assert row["why"], (series, row)

    def test_sums(self, name: str) -> None:
        for series in ("contributions", "positions"):
            for row in rows(name, series):
                if row["currency"] is None:
                    assert row["low"] is row["high"] is row["amount"] is None
                    continue
                assert is_currency(row["currency"])
                assert row["bound"] in BOUNDS
                assert 0 < row["low"] <= row["high"]
                assert row["amount"] in (None, row["low"])
                # A sum of the case is tens of millions at the least; a slip of units shows here.
                assert row["low"] >= 1e6, row
                assert all(re.fullmatch(r"\d+ [A-Z]{3}", other) for other in row["also"])

    def test_dates(self, name: str) -> None:
        case = cases.load(name)
        first = min(a.start.earliest.year for a in case.agreements if a.start and a.start.earliest)
        for series in ("rounds", "positions", "terms", "categories"):
            for row in rows(name, series):
                for column in row:
                    stem = column.removesuffix("_earliest")
                    if stem == column or row[stem] is None:
                        continue
                    span = edtf.parse(row[stem])
                    assert (row[column], row[f"{stem}_latest"]) == (span.earliest, span.latest)
                    assert 1960 <= span.earliest.year <= 2035  # type: ignore[union-attr]
        for row in rows(name, "terms"):
            assert (row["unit"] == "date") == (row["earliest"] is not None)
            if row["earliest"]:
                assert first - 2 <= row["earliest"].year <= 2035
        for row in rows(name, "offices"):
            assert row["start"] is None or row["end"] is None or row["start"] <= row["end"]

    def test_yearly_figures(self, name: str) -> None:
        found = rows(name, "yearly")
        assert len({(r["series"], r["year"], r["unit"]) for r in found}) == len(found)
        for row in found:
            assert 1960 <= row["year"] <= 2035
            if "share-of-gdp" in row["series"]:
                assert 0 < row["value"] < 10
            elif row["unit"] == "persons":
                assert 1_000 <= row["value"] <= 500_000
            elif is_currency(row["unit"]):
                assert row["value"] >= 1e9

    def test_words(self, name: str) -> None:
        assert {r["basis"] for r in rows(name, "contributions")} <= set(BASES)
        assert {r["act"] for r in rows(name, "positions")} <= set(ACTS)
        assert {r["outcome"] for r in rows(name, "rounds")} <= {*OUTCOMES, ""}

    def test_rounds_of_an_agreement_follow_one_another(self, name: str) -> None:
        used = [r for r in history.rows(cases.load(name), "rounds") if r["round"] is not None and r["start_earliest"]]
        for a in {r["agreement"] for r in used}:
            mine = sorted((r for r in used if r["agreement"] == a), key=lambda r: r["round"])
            assert len({r["round"] for r in mine}) == len(mine)
            for before, after in pairwise(mine):
                assert before["start_earliest"] <= after["start_latest"], (a, after["round"])

    def test_numbers_of_terms(self, name: str) -> None:
        for row in rows(name, "terms"):
            if row["unit"] in ("years", "persons"):
                assert row["number"] is not None
                assert row["number"] > 0
            if row["unit"] == "percent" and row["number"] is not None:
                assert -100 < row["number"] <= 400
            if row["field"] == "years":
                assert 1 <= row["number"] <= 10

    def test_terms_fill_their_years(self, name: str) -> None:
        """An agreement of n years covers n years, start to end, to within a year of its talks running over."""
        for a in cases.load(name).agreements:
            if a.years and a.start and a.start.earliest and a.end and a.end.latest:
                covered = (a.end.latest - a.start.earliest).days / 365.25
                assert abs(covered - a.years) <= 1, a.number


def test_the_korean_series_has_no_gap() -> None:
    used = history.rows(cases.load(ROK), "contributions")
    assert [r["year"] for r in used] == list(range(1991, 2027))
    assert history.years_missing(cases.load(ROK)) == ()


def test_a_rise_is_the_quotient_of_two_years() -> None:
    used = {r["year"]: r for r in history.rows(cases.load(ROK), "contributions")}
    recomputed = 0
    for year, row in used.items():
        before = used.get(year - 1)
        if before is None or before["currency"] != row["currency"] or row["amount"] is None:
            assert row["rise_percent"] is None
            continue
        assert row["rise_percent"] == pytest.approx(100 * row["amount"] / before["amount"] - 100, abs=0.005)
        recomputed += 1
        if row["rise_percent_reported"] is not None and year >= 2006:
            assert row["rise_percent"] == pytest.approx(row["rise_percent_reported"], abs=0.1)
    assert recomputed >= 33


def test_first_year_sums_are_those_of_the_series() -> None:
    for name in cases.shipped():
        case = cases.load(name)
        for a in case.agreements:
            paid = case.contribution(a.start.earliest.year) if a.start and a.start.earliest else None
            if a.first_year and paid and paid.amount.currency == a.first_year.currency and paid.basis == "agreed":
                assert paid.amount.least == pytest.approx(a.first_year.least, rel=0.005), (name, a.number)


def test_every_version_is_kept_and_one_is_used() -> None:
    found = history.disagreements(cases.load(ROK))
    assert len(found) >= 15
    for d in found:
        assert len(d.versions) > 1
        assert all(v["sources"] for v in d.versions)
        if d.used is not None:
            assert all(v["used"] or v["why"] or v["note"] for v in d.versions)
    tenth = next(d for d in found if d.series == "contributions" and d.what == "year 2019")
    assert tenth.used is not None
    assert tenth.used["amount"] == 1_038_900_000_000


# The command ------------------------------------------------------------------------------------------------------


def test_json_holds_the_series_the_disagreements_and_the_sources() -> None:
    told = json.loads(run("--case", ROK, "--format", "json", "--all"))
    assert {"contributions", "terms", "rounds", "positions", "disagreements", "sources", "citation"} <= told.keys()
    named = {s for d in told["disagreements"] for v in d["versions"] for s in v["sources"]}
    assert named <= {s["id"] for s in told["sources"]}


def test_a_folder_gets_a_file_a_series_the_same_each_time(tmp_path: Path) -> None:
    for _ in range(2):
        run("--case", ROK, "--all", "--format", "parquet", "-o", str(tmp_path / "open"))
    assert {p.name for p in (tmp_path / "open").iterdir()} == {f"{ROK}-{s}.parquet" for s in history.SERIES}


def test_the_citation_changes_with_the_data() -> None:
    rok, japan = (history.citation(cases.load(c), version="9.9") for c in (ROK, "us-japan-hns"))
    assert "burdenshare 9.9" in rok
    assert "1991-2026" in rok
    assert rok.split("fingerprint ")[1][:12] != japan.split("fingerprint ")[1][:12]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--series", "contribution"], 1, "did you mean 'contributions'?"),
        (["--case", "us-narnia"], 1, "there is no case 'us-narnia'"),
        (["--format", "parquet"], 2, "give a file or folder with -o"),
        (["--series", "terms", "--series", "rounds", "--format", "csv"], 2, "CSV holds one series"),
    ],
)
def test_bad_commands_are_told(arguments: list[str], status: int, words: str) -> None:
    result = CliRunner().invoke(main, ["history", *arguments])
    assert result.exit_code == status
    assert words in result.output
