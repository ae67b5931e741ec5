"""The curated surface: every name resolves, and the checker's list is the list at run time."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import burdenshare.bargaining as bargaining


def test_every_public_name_is_there_and_typed() -> None:
    typed = set()
    for node in ast.walk(ast.parse(Path(bargaining.__file__).read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("burdenshare.bargaining."):
            typed |= {alias.name for alias in node.names}
    assert typed == set(bargaining.__all__)
    for name in bargaining.__all__:
        assert getattr(bargaining, name) is not None


def test_reading_and_playing_does_not_load_the_compiler() -> None:
    code = (
        "import sys; from burdenshare.bargaining import read_scenario, play_alternating, negotiator_named;"
        "assert 'numba' not in sys.modules and 'altair' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
