"""The page on case files lists the keys and columns that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from burdenshare.case.decode import hints
from burdenshare.case.new import columns
from burdenshare.case.schema import ACTS, BASES, TABLES, CaseTable

PAGE = (Path(__file__).parents[2] / "docs" / "case.md").read_text(encoding="utf-8")


def first_cells(part: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_columns_of_a_file(table: str) -> None:
    part = PAGE.split(f"### `{table}`", 1)[1].split("\n## ", 1)[0].split("\n### ", 1)[0]
    real = [re.sub(r"^heads\..*", "heads.PARTY", c) for c in columns(table, host="a", stationing="b")]
    real = [re.sub(r"\.en$", ".LANG", c) for c in real]
    assert set(first_cells(part)) == set(real)


def test_the_keys_of_the_case_file() -> None:
    part = PAGE.split("## `case.toml`", 1)[1].split("\n## ", 1)[0]
    assert {key.removesuffix(".ID") for key in first_cells(part)} == set(hints(CaseTable))


@pytest.mark.parametrize("word", [*BASES, *ACTS])
def test_the_words_a_column_may_hold(word: str) -> None:
    assert f"`{word}`" in PAGE
