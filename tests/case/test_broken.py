# ruff: noqa: E501 - the tables below give each message as it is printed, on one line
"""Broken case files: what is said, and on which line."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from burdenshare import case as cases
from burdenshare.case.decode import hints
from burdenshare.case.lines import key_lines
from burdenshare.case.load import folder
from burdenshare.case.model import Body, Party, Place, Post
from burdenshare.case.schema import TABLES, CaseTable
from burdenshare.errors import CaseError

TOML = """\
id = "us-freedonia"
[title]
en = ["US-Freedonia talks"]
[series]
en = ["Special Measures Agreement"]
[about]
en = ["cost-sharing"]
[forces]
en = ["US Forces Freedonia"]
[parties.us]
role = "stationing"
currency = "USD"
names = { en = ["United States"] }
adjectives = { en = ["American"] }
metonyms = { en = ["Washington"] }
[parties.fr]
role = "host"
currency = "EUR"
capital = "fredville"
names = { en = ["Freedonia"] }
adjectives = { en = ["Freedonian"] }
metonyms = { en = [] }
[bodies.mof]
party = "fr"
kind = "foreign-ministry"
names = { en = ["Ministry of Foreign Affairs"] }
[posts.minister]
party = "fr"
names = { en = ["foreign minister"] }
[places.freedonia]
kind = "country"
names = { en = ["Freedonia"] }
[places.fredville]
kind = "city"
within = "freedonia"
names = { en = ["Fredville"] }
"""
CSV = {
    "sources.csv": "id,outlet,title,url,published,note\nherald,Herald,,,2020-01-02,\nmemory,,,,,\n",
    "people.csv": "id,party,names.en,surnames.en\nfirefly,fr,Rufus Firefly,Firefly\n",
    "offices.csv": "person,post,start,end,source,note\n"
    "firefly,minister,2001-01-01,2003-12-31,herald,\nfirefly,minister,2005-01-01,,herald,\n",
    "agreements.csv": "number,field,value,unit,used,why,note,sources\n"
    "1,start,2001-01-01,date,yes,,,herald\n1,end,2005-12-31,date,yes,,,herald\n"
    "2,start,2006-01-01,date,yes,,,herald\n2,growth,cpi cap 4,rule,yes,,,herald\n",
    "payments.csv": "year,agreement,basis,amount,currency,bound,also,rise_percent,used,why,note,sources\n"
    "2001,1,agreed,100000000,EUR,,,,yes,,,herald\n2002,1,agreed,110000000,EUR,about,90000000 USD,10,yes,,,herald\n",
    "rounds.csv": "agreement,number,start,end,city,venue,heads.us,heads.fr,outcome,note,used,why,sources\n"
    "2,1,2005-03-01,2005-03-02,fredville,,,Rufus Firefly,no-deal,,yes,,herald\n",
}


def write(tmp: Path, *, toml: str = TOML, tables: dict[str, str] | None = None) -> Path:
    tmp.mkdir(parents=True, exist_ok=True)
    (tmp / "case.toml").write_text(toml, encoding="utf-8")
    for name, text in {**CSV, **(tables or {})}.items():
        (tmp / name).write_text(text, encoding="utf-8")
    return tmp


def said(path: Path) -> list[str]:
    return [str(p).removeprefix(f"{path}/") for p in cases.check(str(path))]


def test_the_sound_case_is_clean(tmp_path: Path) -> None:
    assert said(write(tmp_path)) == []
    case = cases.load(str(tmp_path))
    assert case.contribution(2002) is not None
    assert case.contribution(2002).amount.also[0].currency == "USD"  # type: ignore[union-attr]
    assert case.host.id == "fr"


IN_TOML = [
    ('id = "us-freedonia"', 'id = "us-freedonia"\ntitel = 1', "case.toml, line 2: titel: unknown key; did you mean 'title'?"),
    ('id = "us-freedonia"', 'id = "US Freedonia"',
     "case.toml, line 1: id: 'US Freedonia' is no id; expected small letters, digits and hyphens, such as us-rok-sma"),
    ('id = "us-freedonia"\n', "", "case.toml, line 1: id: is missing; expected text in quotation marks"),
    ('role = "stationing"', 'role = "stationning"',
     "case.toml, line 11: parties.us.role: 'stationning' is no role; did you mean 'stationing'?"),
    ('currency = "EUR"', 'currency = "EURO"',
     "case.toml, line 18: parties.fr.currency: 'EURO' is no ISO 4217 currency; did you mean 'EUR'?"),
    ('currency = "EUR"', "currency = 7",
     "case.toml, line 18: parties.fr.currency: 7 is wrong; expected text in quotation marks"),
    ('capital = "fredville"', 'capital = "fredvile"',
     "case.toml, line 19: parties.fr.capital: 'fredvile' is no place of this case; did you mean 'fredville'?"),
    ('within = "freedonia"', 'within = "fredville"',
     "case.toml, line 35: places.fredville.within: 'fredville' lies within itself; expected a larger place"),
    ('kind = "foreign-ministry"', 'kind = "foreign-minstry"',
     "case.toml, line 25: bodies.mof.kind: 'foreign-minstry' is not known here; did you mean 'foreign-ministry'?"),
    ('[bodies.mof]\nparty = "fr"', '[bodies.mof]\nparty = "uk"',
     "case.toml, line 24: bodies.mof.party: 'uk' is no party of this case; expected one of us, fr"),
    ('names = { en = ["Fredville"] }', 'names = { english = ["Fredville"] }',
     "case.toml, line 36: places.fredville.names.english: unknown key; expected a language code such as en or ko"),
    ('names = { en = ["Fredville"] }', "names = { en = 3 }",
     'case.toml, line 36: places.fredville.names.en: 3 is no list of texts; write ["one", "two"]'),
    ('en = ["cost-sharing"]', "en = []",
     'case.toml, line 6: about: is empty; expected names such as { en = ["..."] }'),
    ('en = ["cost-sharing"]', 'en = ["cost-sharing]', "case.toml, line 7: file: is no valid TOML: Illegal character '\\n'"),
    ('role = "host"', 'role = "stationing"', "case.toml, line 10: parties: 0 parties have the role 'host' or 'payer'; expected one"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), IN_TOML)
def test_a_mistake_in_the_case_file(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in TOML
    assert message in said(write(tmp_path, toml=TOML.replace(old, new, 1)))


IN_CSV = [
    ("sources.csv", "memory,", "herald,", "sources.csv, line 3: id: 'herald' is the id of the source in line 2 already"),
    ("people.csv", "firefly,fr", "firefly,uk",
     "people.csv, line 2: party: 'uk' is no party of this case; expected one of us, fr"),
    ("people.csv", "names.en", "nmaes.en", "people.csv, line 1: nmaes.en: unknown column; did you mean 'names'?"),
    ("offices.csv", "firefly,minister,2001", "firefly,ministre,2001",
     "offices.csv, line 2: post: 'ministre' is no post of this case; did you mean 'minister'?"),
    ("offices.csv", "2001-01-01,2003", "2001-02-30,2003",
     "offices.csv, line 2: start: '2001-02-30' is no day; expected a day such as 2019-12-04"),
    ("offices.csv", "2001-01-01", "2004-01-01", "offices.csv, line 2: end: 2003-12-31 is before the start, 2004-01-01"),
    ("offices.csv", "2005-01-01", "2003-12-31",
     "offices.csv, line 3: start: overlaps the term of firefly as minister in line 2; expected one after it"),
    ("offices.csv", "2005-01-01,,herald", "2005-01-01,,",
     "offices.csv, line 3: source: is empty; expected the id of a source"),
    ("offices.csv", "2005-01-01,,herald", "2005-01-01,,harold",
     "offices.csv, line 3: source: 'harold' is no source of this case; did you mean 'herald'?"),
    ("agreements.csv", "1,end,2005", "1,end,2006",
     "agreements.csv, line 4: value: 2006-01-01 overlaps agreement 1, which ends on 2006-12-31; expected a later start"),
    ("agreements.csv", "1,end,2005", "1,end,1999", "agreements.csv, line 3: value: 1999-12-31 is before 2001-01-01; expected a later date"),
    ("agreements.csv", "1,end,2005-12-31", "1,end,December",
     "agreements.csv, line 3: value: 'December' is no EDTF date; write 2019-12-04, 2019-12, 2019, "
     "2019-12-03/2019-12-04 or 1991/.."),
    ("agreements.csv", "1,end,", "1,ende,", "agreements.csv, line 3: field: 'ende' is not known here; did you mean 'end'?"),
    ("agreements.csv", "1,end,2005-12-31", "1,start,2001",
     "agreements.csv, line 3: used: agreement 1 has two values of start in use; mark one of them no"),
    ("agreements.csv", "cpi cap 4", "inflation",
     "agreements.csv, line 5: value: 'inflation' is no rule of growth; write fixed 10, cpi cap 4, defence-budget, "
     "frozen or other"),
    ("payments.csv", "EUR,about", "EURO,about",
     "payments.csv, line 3: amount: 'EURO' is no ISO 4217 currency; did you mean 'EUR'?"),
    ("payments.csv", "EUR,about", "EUR,abuot", "payments.csv, line 3: amount: bound 'abuot'; did you mean 'about'?"),
    ("payments.csv", "110000000", "110 million", "payments.csv, line 3: amount: '110 million' is no number"),
    ("payments.csv", "90000000 USD", "90000000 USX",
     "payments.csv, line 3: amount: 'USX' is no ISO 4217 currency; expected three capital letters, such as EUR"),
    ("payments.csv", "110000000", "", "payments.csv, line 3: amount: is empty; expected a sum in whole currency units"),
    ("payments.csv", "2002,1,agreed", "2002,3,agreed",
     "payments.csv, line 3: agreement: there is no agreement 3 in agreements.csv; expected one of its numbers"),
    ("payments.csv", "2002,1,agreed", "2002,1,agred", "payments.csv, line 3: basis: 'agred' is not known here; did you mean 'agreed'?"),
    ("payments.csv", "2002,1", "2001,1", "payments.csv, line 3: used: line 2 is in use for the same payment; mark one no"),
    ("payments.csv", ",10,yes", ",10,y", "payments.csv, line 3: used: 'y'; expected yes or no"),
    ("payments.csv", "10,yes,,,herald", "10,yes,,,",
     "payments.csv, line 3: sources: is empty; expected the id of a source in sources.csv"),
    ("payments.csv", "10,yes,,,herald", "10,yes,,,herald,extra",
     "payments.csv, line 3: file: has 13 cells; expected 12, one a column"),
    ("payments.csv", "2001,1,agreed,100000000,EUR,,,,yes,,,herald",
     "2002,1,agreed,100000000,EUR,,,,no,,,herald\n2002,1,agreed,7,EUR,,,,yes,,,memory",
     "payments.csv, line 3: used: is from memory, and another row has a source; mark the sourced one as used"),
    ("rounds.csv", "fredville", "paris", "rounds.csv, line 2: city: 'paris' is no place of this case; expected one of freedonia, fredville"),
    ("rounds.csv", "no-deal", "nodeal", "rounds.csv, line 2: outcome: 'nodeal' is not known here; did you mean 'no-deal'?"),
    ("payments.csv", "110000000", "nan", "payments.csv, line 3: amount: 'nan' is no number that can be counted with"),
    ("rounds.csv", "heads.fr", "heads.uk", "rounds.csv, line 2: heads.uk: 'uk' is no party of this case; expected one of us, fr"),
    ("rounds.csv", "2005-03-02", "2005-02-02", "rounds.csv, line 2: end: 2005-02-02 is before 2005-03-01; expected a later date"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "message"), IN_CSV)
def test_a_mistake_in_a_series(tmp_path: Path, table: str, old: str, new: str, message: str) -> None:
    assert old in CSV[table]
    assert message in said(write(tmp_path, tables={table: CSV[table].replace(old, new, 1)}))


def test_check_finds_all_and_load_says_the_first(tmp_path: Path) -> None:
    broken = write(
        tmp_path,
        tables={
            "offices.csv": CSV["offices.csv"].replace("minister", "clerk").replace("herald", "harold"),
            "payments.csv": CSV["payments.csv"].replace("herald", "harold"),
            "nonsense.csv": "a\n",
        },
    )
    assert len(cases.check(str(broken))) == 7
    with pytest.raises(
        CaseError, match=r"line 1: file: is no file of a case.*; and 2 more, which `burdenshare case check`"
    ):
        cases.load(str(broken))


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\xff\xfe\x00", "is no UTF-8 text"), (b'id,outlet\n"a', "is no valid CSV"), (b"", "")],
)
def test_a_series_that_is_no_text(tmp_path: Path, content: bytes, message: str) -> None:
    write(tmp_path)
    (tmp_path / "sources.csv").write_bytes(content)
    problems = said(tmp_path)
    assert any(message in p for p in problems)
    assert any("'herald' is no source of this case" in p for p in problems)


def test_a_case_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"there is no case 'us-rok-sme': did you mean 'us-rok-sma'\?"):
        cases.load("us-rok-sme")
    with pytest.raises(CaseError, match=r"give the folder that holds case\.toml"):
        cases.check(str(tmp_path))


_JUNK = st.one_of(
    st.sampled_from(
        [
            "[",
            "[[parties]]",
            "parties = 3",
            "[title]\nen = 1",
            "x" * 99,
            "a = " + "[" * 3000,
            '"',
            "nan",
            "-1",
            "9" * 30,
        ]
    ),
    st.text(max_size=12),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(junk=_JUNK, at=st.integers(0, 34), name=st.sampled_from(["case.toml", *CSV]), cell=st.integers(0, 12))
def test_no_junk_makes_it_fall(
    tmp_path_factory: pytest.TempPathFactory, junk: str, at: int, name: str, cell: int
) -> None:
    """A line of the case file or a cell of a series made junk is reported or harmless, never a crash."""
    path = write(tmp_path_factory.mktemp("case") / "c")
    lines = (path / name).read_text(encoding="utf-8").splitlines()
    if name == "case.toml":
        lines[at] = junk
    else:
        cells = lines[at % len(lines)].split(",")
        cells[cell % len(cells)] = junk
        lines[at % len(lines)] = ",".join(cells)
    (path / name).write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    if cases.check(str(path)):
        with pytest.raises(CaseError):
            cases.load(str(path))
    else:
        cases.load(str(path))


# Any unknown key, anywhere ---------------------------------------------------------------------------------------

SHIPPED = (folder("us-rok-sma") / "case.toml").read_text(encoding="utf-8")
_KEYS = st.from_regex(r"[a-z][a-z_]{0,12}", fullmatch=True)


def _headers() -> list[tuple[int, type[Any]]]:
    """Lines (from 0) of the table headers whose keys are fixed, and the dataclass of the table."""
    kinds: dict[str, type[Any]] = {"parties": Party, "bodies": Body, "posts": Post, "places": Place}
    found = []
    for n, line in enumerate(SHIPPED.splitlines()):
        stem, _, rest = line.strip("[]").partition(".")
        if line.startswith("[") and stem in kinds and "." not in rest:
            found.append((n, kinds[stem]))
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(key=_KEYS, where=st.sampled_from([(0, CaseTable), *_headers()]))
def test_any_unknown_key_is_found_on_its_line(
    tmp_path_factory: pytest.TempPathFactory, key: str, where: tuple[int, type[Any]]
) -> None:
    at, cls = where
    if key in hints(cls):
        return
    lines = SHIPPED.splitlines()
    lines.insert(at + 1, f"{key} = 1")
    path = tmp_path_factory.mktemp("case") / "c"
    shutil.copytree(folder("us-rok-sma"), path)
    (path / "case.toml").write_text("\n".join(lines), encoding="utf-8")
    problems = [p for p in cases.check(str(path)) if "unknown key" in p.message]
    assert [(p.line, p.key.split(".")[-1]) for p in problems] == [(at + 2, key)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(column=_KEYS, table=st.sampled_from(sorted(TABLES)))
def test_any_unknown_column_is_found(tmp_path_factory: pytest.TempPathFactory, column: str, table: str) -> None:
    if column in {*hints(TABLES[table]), "currency", "bound", "also"}:
        return
    path = tmp_path_factory.mktemp("case") / "c"
    shutil.copytree(folder("us-japan-hns"), path)
    head, _, rest = (path / table).read_text(encoding="utf-8").partition("\n")
    body = "".join(f"{row}," + "\n" for row in rest.splitlines())
    (path / table).write_text(f"{head},{column}\n{body}", encoding="utf-8")
    assert [(p.line, p.key) for p in cases.check(str(path))] == [(1, column)]


_SCALARS = st.one_of(st.integers(-9, 9).map(str), st.sampled_from(['"a # b"', "'[x]'", '"""p\nq = 1\n"""', "2019-12-04", '[\n  "[t]", # = {\n]']))  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables=st.dictionaries(_KEYS, st.dictionaries(_KEYS, _SCALARS, max_size=4), max_size=4))
def test_the_line_of_every_key_is_the_one_it_stands_on(tables: dict[str, dict[str, str]]) -> None:
    lines: list[str] = []
    expected: dict[tuple[str, ...], int] = {}
    for table, keys in tables.items():
        expected[(table,)] = len(lines) + 1
        lines.append(f"[{table}]  # x = 1")
        for key, value in keys.items():
            expected[(table, key)] = len(lines) + 1
            lines += f"{key} = {value}".split("\n")
    text = "\n".join(lines)
    tomllib.loads(text)
    assert key_lines(text) == expected


def test_lines_within_inline_and_repeated_tables() -> None:
    text = 'a = { b = [\n1,\n{ c = "}" }], d = 2 }\n[[x.y]]\nk = 1\n[[x.y]]\n"k l".m = 2\n'
    tomllib.loads(text)
    found = key_lines(text)
    assert found[("a", "b")] == 1
    assert found[("a", "d")] == 3
    assert found[("x", "y", "0", "k")] == 5
    assert found[("x", "y", "1", "k l", "m")] == 7
