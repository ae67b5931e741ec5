"""No party, place, currency or person of any case stands in the code: a case is data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from burdenshare import case as cases

SRC = Path(__file__).parents[2] / "src" / "burdenshare"
ALLOWED = {
    "money/rates.py": {"EUR"},  # what the European Central Bank counts every other currency in
}


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """String constants with their lines, without docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def _forbidden() -> re.Pattern[str]:
    words: set[str] = set()
    for name in cases.shipped():
        case = cases.load(name)
        words |= {n.text for n in case.names() if n.kind in ("party", "place", "forces") and n.lang != "de"}
        words |= {n.text for n in case.names() if n.kind == "person" and not n.short}
    ambiguous = {"US", "Polish", "Turkey", "ALL", "Wales", "우리"}  # words of a language ("we"), or of the program, too
    long = sorted((w for w in words - ambiguous if len(w) > 1), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, long)) + r")(?![\w-])")


def _currencies() -> set[str]:
    return {p.currency for name in cases.shipped() for p in cases.load(name).parties.values()}


FORBIDDEN, CURRENCIES = _forbidden(), _currencies()


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda p: str(p.relative_to(SRC)))
def test_no_name_of_a_case_stands_in_code(path: Path) -> None:
    allowed = ALLOWED.get(str(path.relative_to(SRC)), set())
    found = [
        f"line {line}: {match[0]}"
        for line, text in _texts(ast.parse(path.read_text(encoding="utf-8")))
        for match in [*FORBIDDEN.finditer(text), *re.finditer(r"^[A-Z]{3}$", text)]
        if match[0] not in allowed and (match.re is FORBIDDEN or match[0] in CURRENCIES)
    ]
    assert not found
