"""The checks: tolerances, no hindsight, bad input, other cases, and the same whatever the order."""

from __future__ import annotations

import json
import os
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief.test_any_claims import any_entries
from burdenshare import case as cases
from burdenshare.case import Case
from burdenshare.dossier import checks as checking
from burdenshare.dossier import dossier, to_json
from burdenshare.dossier.checks import VERDICTS, Check, checks
from burdenshare.dossier.checks import tolerance as tol
from burdenshare.reading import read
from burdenshare.record import Entry, Report
from burdenshare.sources import Document, Given, read_path, read_text
from dossier.cases import case as small_case
from dossier.cases import entry, report

SMA = cases.load("us-rok-sma")
SHARED = Path(os.environ.get("BURDENSHARE_SHARED") or Path(__file__).parents[3] / "shared")


def read_all(paths: list[Path], case: Case) -> tuple[list[Entry], dict[str, Document]]:
    """The claims of reports in files, and the reports."""
    documents: dict[str, Document] = {}
    entries = []
    for path in paths:
        for document in read_path(str(path), given=Given(case=case)):
            assert isinstance(document, Document)
            of = Report(document.id, str(path), document.title, document.outlet, "", "", document.lang,
                        document.published, document.id)  # fmt: skip
            documents[document.id] = document
            entries += [Entry(c.id, c, of) for c in read(document, case).claims]
    return entries, documents


# -- tolerances -------------------------------------------------------------------------------------------------


@given(st.integers(10**9, 10**13), st.integers(2, 6))
def test_a_figure_rounded_to_its_digits_stands_for_what_it_rounds(known: int, digits: int) -> None:
    printed = float(f"{known:.{digits - 1}e}")
    assert tol.fit(printed, known) in (("consistent",) if digits > 2 else ("consistent", "rounded"))


@given(st.floats(1e6, 1e13), st.floats(1.18, 100), st.sampled_from([None, "about", "nearly"]))
def test_no_allowance_bridges_more_than_the_coarsest_rounding(known: float, factor: float, bound: str | None) -> None:
    assert tol.fit(known * factor, known, bound) is None


def test_the_allowances_are_the_ones_the_manual_gives() -> None:
    assert tol.fit(28_000, 28_500) == "consistent"
    assert tol.fit(5e9, 4.7e9) == "rounded"
    assert tol.fit(5e9, 4.2e9) is None
    assert tol.fit(1e9, 0.873e9) == "rounded"
    assert tol.fit(1e9, 0.89e9, "about") == "rounded"
    assert tol.fit(1.04e12, 1.0389e12, "nearly") == "consistent"
    assert tol.times_fit(5, 5.73) == "consistent"
    assert tol.times_fit(5, 6.5) is None
    assert tol.times_fit(5, 6.5, increase=True) == "consistent"
    assert tol.percent_fit(13.9, 13.899) == "consistent"
    assert tol.percent_fit(14, 13.9, "nearly") == "consistent"
    assert tol.percent_fit(12.8, 8.2) is None
    assert tol.percent_fit(10, 8.2) is None


# -- any claims -------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_any_claims_can_be_checked_in_any_order(seed: int) -> None:
    rng = random.Random(seed)
    entries = any_entries(rng)
    found = checks(entries, SMA)
    assert checks(rng.sample(entries, len(entries)), SMA) == found
    ids = {e.id for e in entries}
    for c in found:
        assert c.claim in ids
        assert c.verdict in VERDICTS
        assert c.arithmetic
        assert "None" not in c.arithmetic
        assert not c.wrong or c.against
        assert not c.wrong or c.family in ("conversion",)  # without the words around them nothing else is called wrong
    data = to_json(dossier(entries, SMA), checks=found)
    assert json.loads(json.dumps(data))["checks"] == [checking.to_json(c) for c in found]
    for section in data.values():
        for item in section if isinstance(section, list) else ():
            if isinstance(item, dict) and "support" in item:
                behind = {*item["support"], *item["dissent"]} if "dissent" in item else set(item["support"])
                assert all(found[i].claim in behind for i in item["checks"])


def test_rejected_and_denied_claims_are_not_checked() -> None:
    of = report("a", "2019-11-20")
    told = entry(of, "contribution", side="rok", when="2018", amount={"value": 9.602e11, "currency": "KRW"})
    assert len(checks([told], SMA)) == 1
    assert checks([replace(told, decision="reject")], SMA) == ()
    denied = entry(of, "headcount", group="troops", number=28500, modality="denied")
    assert checks([denied], SMA) == ()


# -- as of ------------------------------------------------------------------------------------------------------


def test_a_view_as_of_a_day_is_held_to_nothing_later() -> None:
    of = report("a", "2019-12-20")
    entries = [
        entry(
            of, "position", side="us", act="demand", amount={"value": 5e9, "currency": "USD"}, change={"multiple": 5}
        ),
        entry(of, "headcount", group="troops", number=28500),
        entry(of, "term", event="expiry", when="2025", agreement=11),
        entry(of, "contribution", side="rok", when="2021", amount={"value": 1.1833e12, "currency": "KRW"}),
    ]
    later = [h for c in checks(entries, SMA) for h in c.against if "2021" in h.what or "2025" in h.what]
    then = checks(entries, SMA, as_of=date(2019, 12, 31))
    assert later
    assert not any(str(year) in h.what for c in then for h in c.against for year in range(2020, 2031))
    assert {c.verdict for c in then if c.kind in ("term", "contribution")} == {"cannot be checked"}
    assert checks(entries, SMA, as_of=date(2019, 12, 1)) == ()


# -- bad input --------------------------------------------------------------------------------------------------


def _only(entries: list[Entry], family: str, case: Case = SMA) -> Check:
    (found,) = [c for c in checks(entries, case) if c.family == family]
    return found


@pytest.mark.parametrize(
    ("published", "fields", "family", "said"),
    [
        ("2019-11-20", {"amount": {"value": 1e9, "currency": "XXQ", "also": [{"value": 2, "currency": "USD"}]}},
         "conversion", "no exchange rate of 'XXQ' is known"),
        ("2019-11-20", {"amount": {"value": 5e8, "currency": "XXQ"}, "change": {"multiple": 5}}, "multiple", "'XXQ'"),
        ("1985-05-05", {"amount": {"value": 5e8, "currency": "USD"}, "change": {"multiple": 5}}, "multiple",
         "knows no payment for the year"),
        ("1950-05-05", {"amount": {"value": 5e8, "currency": "KRW", "also": [{"value": 2e5, "currency": "USD"}]}},
         "conversion", "there is no rate from KRW to USD"),
        (None, {"amount": {"value": 5e9, "currency": "USD", "also": [{"value": 5e12, "currency": "KRW"}]}},
         "conversion", "date is not known"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(published: str | None, fields: dict[str, object], family: str, said: str) -> None:
    found = _only([entry(report("a", published), "position", side="us", act="demand", **fields)], family)
    assert found.verdict == "cannot be checked"
    assert said in found.arithmetic


def test_a_case_without_a_history_calls_nothing_wrong() -> None:
    of = report("a", "2019-11-20")
    entries = [
        entry(of, "contribution", side="rok", when="2018", amount={"value": 9e12, "currency": "KRW"}),
        entry(of, "settlement", change={"percent": 90}, years=9),
        entry(of, "round", number=9, when="2019-11-18"),
        entry(of, "headcount", group="troops", number=9),
    ]
    found = checks(entries, small_case())
    assert {c.verdict for c in found} == {"cannot be checked"}


# -- the other reports ------------------------------------------------------------------------------------------


def test_a_sum_the_case_lacks_is_held_to_the_other_reports() -> None:
    def told(n: int, value: float, **more: object) -> Entry:
        amount = {"value": value, "currency": "EUR"}
        return entry(report(f"r{n}", "2019-08-21"), "contribution", side="rok", when="2017", amount=amount, **more)

    def verdicts(*entries: Entry) -> list[str]:
        return [c.verdict for c in checks(entries, small_case()) if c.family == "reports"]

    same = [told(n, 2.4e8) for n in range(3)]
    assert verdicts(same[0]) == []
    assert verdicts(*same) == ["consistent"] * 3
    assert verdicts(same[0], told(3, 5e8)) == ["cannot be checked"] * 2  # two voices, and neither is known to be right
    apart = [c for c in checks([*same, told(3, 5e8)], small_case()) if c.claim == told(3, 5e8).id]
    named = next(c for c in apart if c.family == "reports")
    assert named.verdict == "cannot be checked"  # without the words around it nothing is called wrong
    assert "240 mn EUR" in named.arithmetic
    assert verdicts(same[0], told(3, 5e8, category="labour")) == []  # a part is another thing
    assert verdicts(same[0], replace(told(3, 2.4e8), report=same[0].report)) == []  # its own report is no other voice


# -- a case of one's own ----------------------------------------------------------------------------------------


def test_a_wage_round_in_euro(tmp_path: Path) -> None:
    folder = cases.new(
        "steel-wages", title="Steel wages", host="Employers", stationing="Union", host_currency="EUR",
        stationing_currency="EUR", series=["wage agreement"], about=["wage round", "pay deal"], forces=["steelworkers"],
        into=tmp_path,
    )  # fmt: skip
    with (folder / "payments.csv").open("a", encoding="utf-8") as file:
        file.writelines(
            f"{y},1,agreed,{sum_},EUR,,,,yes,,,memory\n" for y, sum_ in ((2023, 42_000_000), (2024, 43_050_000))
        )
    with (folder / "agreements.csv").open("a", encoding="utf-8") as file:
        for line in ("start,2023-01-01,date", "end,2024-12-31,date", "signed,2023-01-10,date", "years,2,years"):
            file.write(f"1,{line},yes,,,memory\n")
    assert cases.check(str(folder)) == []
    case = cases.load(str(folder))
    text = (
        "Employers and Union open a new wage round on the pay deal of the steelworkers.\n\n"
        "The Union demands 45.2 million euros, {} percent more than the 43.05 million euros that Employers pay this "
        "year. Employers paid {} million euros in 2023 under the wage agreement. The wage agreement expires on "
        "December 31, 2024.\n"
    )

    def verdicts(percent: str, paid: str) -> dict[tuple[str, str], str]:
        document = read_text(text.format(percent, paid), origin="a.txt", case=case, published="2024-11-20")
        of = Report(document.id, "a.txt", "", "", "", "", "en", document.published, document.id)
        entries = [Entry(c.id, c, of) for c in read(document, case).claims]
        found = checks(entries, case, documents={document.id: document})
        return {(c.kind, c.field): c.verdict for c in found if c.verdict != "cannot be checked"}

    right = verdicts("5", "42")
    assert right
    assert set(right.values()) == {"consistent"}
    wrong = verdicts("5", "24")
    assert "contradicted" in wrong.values()


# -- real reports, where they are at hand -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared() -> Path:
    if not (SHARED / "seeds").is_dir():
        pytest.skip(f"no real reports under {SHARED}; set BURDENSHARE_SHARED")
    return SHARED


def test_the_figures_of_five_real_reports(shared: Path) -> None:
    entries, documents = read_all(sorted((shared / "seeds").glob("*.txt")), SMA)
    found = checks(entries, SMA, documents=documents)
    assert [(c.quote, c.arithmetic) for c in found if c.wrong] == []

    def told(words: str, family: str) -> Check:
        return next(c for c in found if words in c.quote and c.family == family)

    five = told("a fivefold increase", "multiple")
    assert five.verdict == "consistent"
    assert "1.0389 tn KRW agreed for 2019 = 5.66 times" in five.arithmetic
    assert "2019-12" in five.arithmetic
    assert told("nearly five times", "multiple").verdict == "consistent"
    one = told("1 billion. last year", "contribution")
    assert one.verdict == "rounded"
    assert "960.2 bn KRW agreed for 2018" in one.arithmetic
    rise = told("biggest annual rise in nearly two decades", "superlative")
    assert rise.verdict == "consistent"
    assert "17 percent for 2003" in rise.arithmetic
    for words in ("the fifth so far this year", "conducted 10 rounds of talks"):
        assert told(words, "count").verdict == "consistent"
    assert told("valid for one year", "length").verdict == "consistent"


def test_no_false_alarm_over_real_reports(shared: Path) -> None:
    """Every alarm over these 36 reports was judged by hand; this one is right, and there is no other."""
    entries, documents = read_all(sorted((shared / "dev" / "texts").glob("*.txt")), SMA)
    found = checks(entries, SMA, documents=documents)
    wrong = {(c.family, c.arithmetic.rpartition("; ")[2].rpartition(": ")[2]) for c in found if c.wrong}
    assert wrong == {
        ("conversion", "the report has 866 bn USD, 1,000 times as much"),
    }
    assert sum(c.verdict == "consistent" for c in found) > 120
