"""A case of one's own: written, told what it lacks, filled in, loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from burdenshare import case as cases
from burdenshare.errors import CaseError


def test_a_new_case_says_what_it_lacks_and_loads_once_filled(tmp_path: Path) -> None:
    path = cases.new("us-freedonia", title='US-Freedonia "talks"', host="Freedonia", into=tmp_path)
    lacking = {p.key: p.line for p in cases.check(str(path))}
    assert list(lacking) == ["series", "about", "forces", "parties.freedonia.currency"]
    file = path / "case.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    for key in ("series", "about", "forces"):
        at = lacking[key]  # the line of the table's header; its `en = []` is the next
        assert lines[at] == "en = []"
        lines[at] = f'en = ["{key} words"]'
    at = lacking["parties.freedonia.currency"] - 1
    lines[at] = lines[at].replace('""', '"EUR"')
    file.write_text("\n".join(lines), encoding="utf-8")
    assert cases.check(str(path)) == []
    case = cases.load(str(path))
    assert case.title == {"en": ('US-Freedonia "talks"',)}
    assert (case.host.currency, case.stationing.names["en"]) == ("EUR", ("United States",))
    assert cases.load(str(path / "case.toml")) == case.__class__(
        **{**{f: getattr(case, f) for f in case.__slots__}, "path": str(path / "case.toml")}
    )


def test_the_commented_examples_are_sound(tmp_path: Path) -> None:
    """Every example in the comments of a new case file, taken out of its comment, is accepted."""
    path = cases.new("us-freedonia", title="T", host="Freedonia", host_currency="EUR", into=tmp_path)
    file = path / "case.toml"
    text = file.read_text(encoding="utf-8").replace("en = []", 'en = ["x"]')
    uncommented = [
        line[2:] if line.startswith(("# [", "# party", "# kind", "# names", "# en", "# delegation")) else line
        for line in text.splitlines()
    ]
    file.write_text("\n".join(uncommented), encoding="utf-8")
    assert cases.check(str(path)) == []
    case = cases.load(str(path))
    assert case.bodies["host-foreign-ministry"].party == "freedonia"
    assert case.posts["host-negotiator"].delegation


@pytest.mark.parametrize(
    ("case_id", "host", "message"),
    [
        ("US Freedonia", "Freedonia", "is no id for a case"),
        ("../x", "Freedonia", "is no id for a case"),
        ("taken", "Freedonia", "holds a case already"),
        ("free", "United States", "give the host and the stationing side different names"),
    ],
)
def test_a_new_case_is_refused(tmp_path: Path, case_id: str, host: str, message: str) -> None:
    cases.new("taken", title="T", host="Freedonia", into=tmp_path)
    with pytest.raises(CaseError, match=message):
        cases.new(case_id, title="T", host=host, into=tmp_path)


def test_coverage_lists_the_names_never_met() -> None:
    case = cases.load("us-rok-sma")
    texts = ["USFK commander Robert Abrams met Jeong Eun-bo.", "정은보 대사와 주한미군"]
    missing = {n.text for n in cases.coverage(case, texts)}
    assert {"USFK", "Robert Abrams", "Jeong Eun-bo", "정은보", "주한미군"}.isdisjoint(missing)
    assert {"US", "James DeHart", "Seoul"} <= missing  # "US" stands inside USFK, but not as a word
    assert len({n.text for n in cases.coverage(case, [])}) == len({n.text for n in case.names()})
