"""The costs page: its address is its state, its numbers are those of `costs.cost`, and no address breaks it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.conftest import CASE, Bench

from burdenshare import case as cases
from burdenshare import costs
from burdenshare.money import Amount, Phase, Rule
from burdenshare.web.costing import asked as asking
from burdenshare.web.costing.asked import OF_A_POSITION, OF_ALL, Asked, Field, Slot
from burdenshare.web.costing.tables import scale_of
from burdenshare.web.language import Words
from burdenshare.web.problems import ProblemError

DAY = date(2019, 12, 20)
API = f"/api/v1/{CASE}/costs"


def address(path: str, **query: Any) -> str:
    return f"{path}?{urlencode({'as_of': DAY.isoformat(), **query})}"


WORDS = ("5 billion dollars a year", "a 13% rise", "agreement 9", "labour=40", "nothing at all", "연간 50억 달러")
ONE = [f"{f.name}1" for f in OF_A_POSITION] + [f.name for f in OF_ALL]


class Form(HTMLParser):
    """What the form of the page would send if its button were pressed, and how many of its parts there are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._in, self._select, self._first = False, "", True
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._in = "asking" in (given.get("class") or "")
        if not self._in:
            return
        if tag == "input" and given.get("name"):
            self.sent[str(given["name"])] = given.get("value") or ""
        if tag == "select":
            self._select, self._first = str(given["name"]), True
        if tag == "option" and (self._first or "selected" in given):
            self.sent[self._select] = given.get("value") if given.get("value") is not None else "?"  # type: ignore[assignment]
            self._first = False


# -- the address -----------------------------------------------------------------------------------------------------


def values(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "choice":
        return st.sampled_from(field.choices)
    if field.kind == "number":
        return st.floats(field.low, min(field.high, 9000.0), allow_nan=False).map(lambda x: float(f"{x:.6g}"))
    if field.kind == "whole":
        return st.integers(int(field.low), int(field.high))
    if field.kind == "day":
        return st.dates(date(1950, 1, 1), date(2100, 12, 31))
    if field.kind == "currency":
        return st.sampled_from(("USD", "KRW", "EUR", "XXX"))
    return st.sampled_from(WORDS)


SLOT = st.fixed_dictionaries({}, optional={f.name: values(f) for f in OF_A_POSITION}).map(lambda d: Slot(**d))
ASKED = st.builds(
    lambda slots, every: Asked(tuple(slots), **every),
    st.lists(SLOT, min_size=4, max_size=4),
    st.fixed_dictionaries({}, optional={f.name: values(f) for f in OF_ALL}),
)


@given(ASKED)
def test_a_question_and_its_address_say_the_same(asked: Asked) -> None:
    query = {k: str(v) for k, v in asking.query(asked).items()}
    again = asking.parse(query)
    assert asking.query(again) == asking.query(asked)
    for before, after in zip(asked.slots, again.slots, strict=True):
        assert after == (Slot() if before.empty else before)


@given(st.dictionaries(st.sampled_from(ONE), st.text(max_size=30)))
def test_whatever_stands_in_a_field_is_taken_or_refused_by_name(query: dict[str, str]) -> None:
    refused = None
    try:
        asking.parse(query)
    except ProblemError as error:
        refused = error
    if refused is not None:
        assert refused.status == 422
        assert any(f"field {name} takes" in refused.message for name in query)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=ASKED, day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), case=st.sampled_from(cases.shipped()))
def test_no_address_breaks_the_page(looking: Bench, asked: Asked, day: date, case: str) -> None:
    query = urlencode({**asking.query(asked), "as_of": day.isoformat()})
    answer = looking.http.get(f"/api/v1/{case}/costs?{query}")
    assert answer.status_code in (200, 400), answer.text
    if answer.status_code == 200:
        told = answer.json()["positions"]
        assert [p["letter"] for p in told] == sorted(p["letter"] for p in told)
        assert all((p["costing"] is None) == bool(p["fault"]) for p in told)
    else:
        assert not 1950 <= day.year <= 2100


@pytest.mark.parametrize(
    "query",
    [
        "as_of=1951-03-01&rise1=5", "as_of=0001-01-01", "as_of=9999-12-31", "sum1=0&unit1=trillion",
        "rise1=-99&years1=30",
        "of1=%00", "of1=" + "9" * 300, "of1=agreement+999", "of1=0123456789abcdef", "of1=item:0123456789abcdef",
        "categories=a=b", "categories=labour=90,construction=90", "categories=x=1e400", "against=nothing",
        "lapse=36&rise1=1",
        "lapse=12&lapse_from=2100-12-31", "base=1950&rise1=1", "base=2100&rise1=1", "sum1=5&currency1=ZZZ",
        "sum1=5&growth1=fixed&percent1=9&cap1=3", "rise1=3&growth1=cpi&lag1=10&cap1=-50&year1=1950",
        "sum1=1&year1=2100&years1=30",
        "sum1=5&unit1=billion&currency1=USD&growth1=defence-budget&lag1=0",
    ],
)  # fmt: skip
def test_no_odd_address_breaks_it(looking: Bench, query: str) -> None:
    for path in (f"/{CASE}/costs", API, f"/{CASE}/costs/file.csv"):
        assert looking.http.get(f"{path}?{query}").status_code in (200, 400, 422), path


@pytest.mark.parametrize(
    "query", ["sum1=x", "sum1=nan", "sum1=inf", "rise1=-100", "years1=0", "years1=2.5", "unit1=dozen", "first1=none",
              "currency1=dollars", "lapse=999", "lapse_from=tomorrow", f"of1={'a' * 301}", "sum1=1e15&unit1=trillion"],
)  # fmt: skip
def test_a_wrong_field_is_named(looking: Bench, query: str) -> None:
    for path in (f"/{CASE}/costs", API):
        answer = looking.http.get(f"{path}?{query}", headers={"accept": "application/json"})
        assert answer.status_code == 422
        assert query.partition("=")[0] in answer.json()["error"]["message"]


def test_the_form_sends_what_the_address_asked(looking: Bench) -> None:
    query = {
        "first1": "sum", "sum1": "5", "unit1": "billion", "currency1": "USD", "years1": "5", "growth1": "fixed",
        "percent1": "3", "rise2": "13", "growth2": "cpi", "lag2": "2", "cap2": "4", "of3": "agreement 9",
        "lapse": "6", "base": "2015", "categories": "labour=50, construction=50", "against": "a 10% increase",
    }  # fmt: skip
    page = looking.http.get(address(f"/{CASE}/costs", **query))
    sent = Form(page.text).sent
    assert sent["as_of"] == DAY.isoformat()
    for name, value in query.items():
        assert sent[name] == value, name
    again = looking.http.get(f"/{CASE}/costs?{urlencode(sent)}")
    parts = [re.search(r'<div id="worked-out".*?data-link', p.text, re.DOTALL) for p in (page, again)]
    assert parts[0]
    assert parts[1]
    # the form also names the units it stands on; the figures are the same
    assert re.sub(r'href="[^"]*"', "", parts[0][0]) == re.sub(r'href="[^"]*"', "", parts[1][0])


def test_the_link_of_the_page_leads_to_the_same_page(looking: Bench) -> None:
    page = looking.http.get(address(f"/{CASE}/costs"))
    found = re.search(r'<a href="([^"]+)" class="button" data-link', page.text)
    assert found
    link = found[1].replace("&amp;", "&")
    query = dict(parse_qsl(urlsplit(link).query))
    assert query["as_of"] == DAY.isoformat()
    assert query["of1"].startswith("item:")  # what stands on the table is named, so that the link does not move on
    again = looking.http.get(link).text
    cut = re.compile(r'<div id="worked-out".*', re.DOTALL)
    assert cut.search(again)[0].partition("<footer")[0] == cut.search(page.text)[0].partition("<footer")[0]  # type: ignore[index]


# -- the figures -----------------------------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_costing(looking: Bench) -> None:
    case = cases.load(CASE)
    basis = costs.Basis(case, DAY)
    rule = Rule((Phase("cpi", lag=2, cap_percent=4.0),))
    words = "5 billion dollars a year, then 3% a year, for three years"
    told = looking.http.get(
        address(
            API, rise1=13, growth1="cpi", lag1=2, cap1=4, years1=4, of2=words, sum3=1.2, unit3="trillion",
            currency3="KRW", growth3="frozen", years3=2, of4="agreement 9", base=2015, lapse=3,
            categories="labour=40, construction=35", against="a 10% increase",
        )
    ).json()  # fmt: skip
    assert told["as_of"] == DAY.isoformat()
    positions = [
        costs.from_words("a 13% rise", basis, terms=costs.Terms(years=4, rule=rule)),
        costs.from_words(words, basis),
        costs.Position("", Amount("KRW", value=1.2e12), 2020, 2, Rule((Phase("frozen"),))),
        costs.of_agreement(next(a for a in case.agreements if a.number == 9), basis),
    ]
    against = costs.from_words("a 10% increase", basis)
    for position, shown in zip(positions, told["positions"], strict=True):
        made = costs.to_json(
            costs.cost(
                position, case, as_of=DAY, base_year=2015, categories={"labour": 40, "construction": 35},
                against=(against,), lapse_months=3,
            )
        )  # fmt: skip
        assert shown["costing"]["years"] == made["years"]
        assert shown["costing"]["total"] == made["total"]
        assert shown["costing"]["against"] == made["against"]
        assert shown["costing"]["lapse"] == made["lapse"]


def test_page_file_and_api_give_the_same_figures(looking: Bench) -> None:
    query = {"rise1": 13, "growth1": "cpi", "sum2": 5, "unit2": "billion", "currency2": "USD"}
    told = looking.http.get(address(API, **query)).json()
    rows = list(csv.DictReader(io.StringIO(looking.http.get(address(f"/{CASE}/costs/file.csv", **query)).text)))
    whole = looking.http.get(address(f"/{CASE}/costs/file.json", **query)).json()
    page = looking.http.get(address(f"/{CASE}/costs", **query), headers={"accept-language": "en"}).text
    for position, costing in zip(told["positions"], whole, strict=True):
        assert costing == position["costing"]
        for year in costing["years"]:
            row = next(r for r in rows if r["letter"] == position["letter"] and r["year"] == str(year["year"]))
            assert int(row["krw"]) == year["krw"]
            top = max(y["krw"] for p in told["positions"] for y in p["costing"]["years"])
            assert f"<td>{scale_of([top], 'KRW', Words('en')).number(year['krw'])}</td>" in page


def test_a_claim_and_an_item_can_be_costed_from_where_they_stand(looking: Bench) -> None:
    claim = next(
        e for e in looking.record.entries(case=CASE, kind="position")
        if e.claim.amount is not None and e.claim.item is None and e.claim.act == "demand"
    )  # fmt: skip
    page = looking.http.get(f"/{CASE}/claims/{claim.id}").text
    assert f"/{CASE}/costs?of1={claim.id}" in page
    told = looking.http.get(f"{API}?of1={claim.id}").json()["positions"][0]
    assert told["costing"]["position"]["support"] == [claim.id]
    assert told["costing"]["position"]["currency"] == claim.claim.amount.currency
    item = looking.http.get(f"{API}?of1=item:{claim.id}").json()["positions"][0]
    assert claim.id in item["costing"]["position"]["support"]


def test_the_day_decides_what_a_claim_may_be(looking: Bench) -> None:
    claim = next(e for e in looking.record.entries(case=CASE, kind="position") if e.claim.amount is not None)
    early = looking.http.get(f"{API}?of1={claim.id}&as_of=2015-01-01").json()["positions"][0]
    assert early["costing"] is None
    assert claim.id in early["fault"]


def test_without_a_question_the_table_is_costed(looking: Bench, empty: Bench) -> None:
    told = looking.http.get(API).json()
    assert [p["costing"]["position"]["act"] for p in told["positions"]] == ["demand", "offer"]
    bare = empty.http.get(API).json()
    assert [p["label"] for p in bare["positions"]] == ["10th SMA"]  # the last one signed by the clock of these tests
    assert empty.http.get(f"/{CASE}/costs").status_code == 200


@pytest.mark.parametrize("case", cases.shipped())
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_case_has_the_page(looking: Bench, case: str, lang: str) -> None:
    answer = looking.http.get(f"/{case}/costs", headers={"accept-language": lang})
    assert answer.status_code == 200
    assert '<form class="asking"' in answer.text


@given(st.lists(st.floats(-1e15, 1e15, allow_nan=False), min_size=1, max_size=5), st.sampled_from(["en", "ko"]))
def test_a_figure_of_a_table_is_the_sum_within_its_last_digit(sums: list[float], lang: str) -> None:
    scale = scale_of(sums, "KRW", Words(lang))
    for value in sums:
        shown = float(scale.number(value, signed=True).replace(",", "").replace("−", "-"))
        assert abs(shown * scale.size - value) <= 0.5000001 * scale.size / 10**scale.decimals + 1e-6 * abs(value)
