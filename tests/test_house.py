"""The rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST = 600  # lines of a module; a longer one holds more than one thing
# A module is named for what it holds. These names say nothing, and so take in everything.
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
# A file that names a registry's host works on one network only: pip and its settings know where packages are.
# Spelled in parts here, so that this file may stand under its own rule.
REGISTRY_HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org"]


def kept_files() -> list[Path]:
    """The files of the project; without git (an unpacked archive) all that are not built."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        built = {".venv", "build", "demo", "__pycache__"}
        paths = [p for p in ROOT.rglob("*") if not built & set(p.relative_to(ROOT).parts)]
    return [p for p in paths if p.is_file()]


@pytest.mark.parametrize("path", SOURCES, ids=[str(p.relative_to(ROOT / "src" / "burdenshare")) for p in SOURCES])
def test_a_module_is_short_and_named_for_what_it_holds(path: Path) -> None:
    assert not NAMES_THAT_SAY_NOTHING & {*path.relative_to(ROOT).with_suffix("").parts}
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_file_names_a_registry() -> None:
    files = kept_files()
    assert len(files) > 20
    for path in files:
        data = path.read_bytes()
        for host in REGISTRY_HOSTS:
            assert host.encode() not in data, f"{path.relative_to(ROOT)} names {host}"


def test_every_package_that_is_imported_is_declared() -> None:
    """A package that another one happens to bring may be gone with its next version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[\[<>=!~; ]", d, maxsplit=1)[0].lower().replace("_", "-") for d in project["dependencies"]}
    declared |= {"psycopg", "pandas", "polars"}  # extras, asked for by name where they are missing
    homes = packages_distributions()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) and not node.level and node.module else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in {n.split(".")[0] for n in names} - sys.stdlib_module_names - {"burdenshare"}:
                home = {h.lower().replace("_", "-") for h in homes.get(name, [name])}
                assert home & declared, f"{path.name} imports {name}, which pyproject.toml does not name"


def test_only_the_edge_asks_for_the_time() -> None:
    asking = ("datetime.now(", "date.today(", "time.time(", "datetime.utcnow(", "datetime.today(")
    found = [
        str(p.relative_to(ROOT / "src" / "burdenshare"))
        for p in SOURCES
        if any(words in p.read_text(encoding="utf-8") for words in asking)
    ]
    assert found == ["intake.py"]
