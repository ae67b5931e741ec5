"""A case of one's own: written, told what it lacks, filled in, loaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from burdenshare import case as cases
from burdenshare.cli import main
from burdenshare.errors import CaseError


def test_a_new_case_says_what_it_lacks_and_loads_once_filled(tmp_path: Path) -> None:
    path = cases.new(
        "us-freedonia", title='US-Freedonia "talks"', host="Freedonia", stationing="Sylvania", into=tmp_path
    )
    lacking = {p.key: p.line for p in cases.check(str(path))}
    assert list(lacking) == ["series", "about", "forces", "parties.freedonia.currency", "parties.sylvania.currency"]
    file = path / "case.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    for key in ("series", "about", "forces"):
        at = lacking[key]  # the line of the table's header; its `en = []` is the next
        assert lines[at] == "en = []"
        lines[at] = f'en = ["{key} words"]'
    for key in ("parties.freedonia.currency", "parties.sylvania.currency"):
        lines[lacking[key] - 1] = lines[lacking[key] - 1].replace('""', '"EUR"')
    file.write_text("\n".join(lines), encoding="utf-8")
    assert cases.check(str(path)) == []
    case = cases.load(str(path))
    assert case.title == {"en": ('US-Freedonia "talks"',)}
    assert (case.host.currency, case.stationing.names["en"]) == ("EUR", ("Sylvania",))
    assert cases.load(str(path / "case.toml")) == case.__class__(
        **{**{f: getattr(case, f) for f in case.__slots__}, "path": str(path / "case.toml")}
    )


EXAMPLE_KEYS = ("[", "party", "kind", "names", "en", "delegation", "role", "currency", "adjectives", "metonyms")


def test_the_commented_examples_are_sound(tmp_path: Path) -> None:
    """Every example in the comments of a new case file, taken out of its comment, is accepted."""
    path = cases.new(
        "us-freedonia",
        title="T",
        host="Freedonia",
        stationing="Sylvania",
        host_currency="EUR",
        stationing_currency="EUR",
        into=tmp_path,
    )
    file = path / "case.toml"
    text = file.read_text(encoding="utf-8").replace("en = []", 'en = ["x"]')
    uncommented = [
        line[2:] if line.startswith(tuple(f"# {key}" for key in EXAMPLE_KEYS)) else line for line in text.splitlines()
    ]
    file.write_text("\n".join(uncommented), encoding="utf-8")
    assert cases.check(str(path)) == []
    case = cases.load(str(path))
    assert case.bodies["host-foreign-ministry"].party == "freedonia"
    assert case.posts["host-negotiator"].delegation
    assert [p.id for p in case.members] == ["third"]


def test_the_example_rows_of_the_tables_are_sound(tmp_path: Path) -> None:
    """The row that stands as a comment in each CSV file, taken out of its comment, is accepted."""
    path = cases.new(
        "us-freedonia", title="T", host="Freedonia", stationing="Sylvania", host_currency="EUR",
        stationing_currency="EUR", series=["Pact"], about=["base costs"], forces=["the garrison"], into=tmp_path,
    )  # fmt: skip
    assert cases.check(str(path)) == []
    file = path / "case.toml"
    post = '[posts.host-negotiator]\nparty = "freedonia"\nnames = { en = ["chief negotiator"] }\n'
    file.write_text(file.read_text(encoding="utf-8") + post, encoding="utf-8")
    ends = "2,start,2025-01-01,date,yes,,,memory\n"  # the rounds and positions speak of a second agreement
    for table in path.glob("*.csv"):
        about, example, head, *rest = table.read_text(encoding="utf-8").splitlines()
        assert about.startswith("# ")
        body = [example.removeprefix("# "), *rest] + ([ends] if table.name == "agreements.csv" else [])
        table.write_text("\n".join([about, head, *body]) + "\n", encoding="utf-8")
    assert [str(p) for p in cases.check(str(path))] == []
    case = cases.load(str(path))
    assert [len(rows) for rows in (case.payments, case.rounds, case.positions, case.category_figures, case.yearly)] == [
        1, 1, 1, 1, 1,
    ]  # fmt: skip
    assert case.people["ann-lee"].offices[0].post == "host-negotiator"


@pytest.mark.parametrize(
    ("case_id", "host", "message"),
    [
        ("US Freedonia", "Freedonia", "is no id for a case"),
        ("../x", "Freedonia", "is no id for a case"),
        ("taken", "Freedonia", "holds a case already"),
        ("free", "Sylvania", "give the two sides different names"),
    ],
)
def test_a_new_case_is_refused(tmp_path: Path, case_id: str, host: str, message: str) -> None:
    cases.new("taken", title="T", host="Freedonia", stationing="Sylvania", into=tmp_path)
    with pytest.raises(CaseError, match=message):
        cases.new(case_id, title="T", host=host, stationing="Sylvania", into=tmp_path)


def test_unknown_names_are_the_capitalised_ones_the_case_lacks() -> None:
    case = cases.load("us-rok-sma")
    texts = [
        "SEOUL (Herald) - Officials met on Tuesday. Rufus T. Firefly of the Ministry of Silly Walks spoke for Seoul. "
        "Firefly's aide said James DeHart had met Foreign Minister Gloria Teasdale in Freedonia in March.",
        "Rufus T. Firefly left early.",
    ]
    found = dict(cases.unknown_names(case, texts))
    assert found["Rufus T. Firefly"] == 2
    assert "Gloria Teasdale" in found
    assert "Freedonia" in found
    assert not {"Officials", "Tuesday", "March", "Seoul", "James DeHart", "DeHart"} & found.keys()
    assert cases.unknown_names(case, []) == ()


def run(*arguments: str, terminal: bool = False, answers: str = "", monkeypatch: pytest.MonkeyPatch) -> Result:
    # click's runner has no terminal; the command asks for it by one name.
    monkeypatch.setattr("burdenshare.cli.cases.on_terminal", lambda: terminal)
    return CliRunner().invoke(main, ["case", *arguments], input=answers)


def test_case_new_asks_for_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = "mine\nPay of miners\nn\nMine Owners\nMiners\nEUR\nOwners; MOA\n\n\nwage pact\npay talks; wage round\n"
    result = run("new", "--into", str(tmp_path), terminal=True, answers=answers, monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert cases.check(str(tmp_path / "mine")) == []
    case = cases.load(str(tmp_path / "mine"))
    assert (case.host.role, case.stationing.role) == ("payer", "claimant")
    assert case.host.names["en"] == ("Mine Owners", "Owners", "MOA")
    assert (case.host.currency, case.stationing.currency) == ("EUR", "EUR")
    assert case.about["en"] == ("pay talks", "wage round")


def test_case_new_without_a_terminal_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("new", "mine", "--title", "T", "--into", str(tmp_path), monkeypatch=monkeypatch)
    assert result.exit_code == 2
    assert "--host or --payer" in result.output
    result = run("new", "half", "--title", "T", "--host", "A", "--into", str(tmp_path), monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert "parties.stationing.names" in {p.key for p in cases.check(str(tmp_path / "half"))}
    options = ["--title", "T", "--host", "A", "--stationing", "B", "--currency", "EURO"]
    result = run("new", "mine", *options, "--into", str(tmp_path), monkeypatch=monkeypatch)
    assert result.exit_code == 1
    assert "did you mean 'EUR'?" in result.output


def test_case_check_on_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "a.txt"
    report.write_text(
        "SEOUL, Dec. 4, 2019 -- James DeHart met Rufus Firefly in Seoul on Wednesday to speak of costs.\n"
    )
    result = run("check", "us-rok-sma", str(report), "--format", "json", monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["problems"] == []
    assert told["languages"] == ["en"]
    assert {"name": "Rufus Firefly", "count": 1} in told["unknown"]
    never = {n["name"] for n in told["never_met"]}
    assert "James DeHart" not in never
    assert "Linda Specht" in never
    result = run("check", "us-rok-sma", str(tmp_path / "none.txt"), monkeypatch=monkeypatch)
    assert result.exit_code == 1


def test_coverage_lists_the_names_never_met() -> None:
    case = cases.load("us-rok-sma")
    texts = ["USFK commander Robert Abrams met Jeong Eun-bo.", "정은보 대사와 주한미군"]
    missing = {n.text for n in cases.coverage(case, texts)}
    assert {"USFK", "Robert Abrams", "Jeong Eun-bo", "정은보", "주한미군"}.isdisjoint(missing)
    assert {"US", "James DeHart", "Seoul"} <= missing  # "US" stands inside USFK, but not as a word
    assert len({n.text for n in cases.coverage(case, [])}) == len({n.text for n in case.names()})
