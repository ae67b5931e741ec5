"""The manual says what the program does."""

from __future__ import annotations

import importlib.util
import re
import shlex
import tomllib
from pathlib import Path
from types import ModuleType

import click
import pytest

import burdenshare
from burdenshare.cli import main

ROOT = Path(__file__).parents[1]


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generate = load(ROOT / "docs" / "generate.py")
COMMANDS = list(generate.commands())


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    assert generate.TARGET.read_text(encoding="utf-8") == generate.page(), "stale: run `make docs`"


@pytest.mark.parametrize(("path", "command"), [pytest.param(*c, id=" ".join(c[0])) for c in COMMANDS])
def test_every_command_has_an_example_that_would_be_understood(path: tuple[str, ...], command: click.Command) -> None:
    prose, examples = generate.prose_and_examples(command)
    assert prose.endswith(".")
    assert examples
    for option in command.params:
        assert isinstance(option, click.Argument) or option.help, option.name  # type: ignore[attr-defined]
    for example in examples:
        words = shlex.split(example.split(" > ")[0])
        assert words[: len(path) + 1] == ["burdenshare", *path] or isinstance(command, click.Group), example
        parse(words[1:])


def parse(words: list[str]) -> None:
    """Parses the command line without running it. Raises click.UsageError where it is wrong."""
    command: click.Command = main
    context: click.Context | None = None
    while isinstance(command, click.Group):
        context = command.make_context(words[0], list(words), parent=context)
        rest = [*context._protected_args, *context.args]
        if not rest and command.invoke_without_command:
            return
        name, found, words = command.resolve_command(context, rest)
        assert found is not None, name
        command = found
    command.make_context(words[0] if words else "", list(words), parent=context)


def test_the_links_of_the_manual_lead_somewhere() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    assert len(pages) > 5
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            if not target.startswith(("http://", "https://", "mailto:")):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_page_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "index.md" or f"({page.name})" in index, f"docs/index.md does not name {page.name}"


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == burdenshare.__version__
    assert f"## {burdenshare.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Apache License")


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"], "setuptools"]
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    pins = dict(line.split("==") for line in lines)
    known = {re.sub(r"[-_.]+", "-", name).lower() for name in pins}
    for requirement in wanted:
        name = re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]).lower()
        assert name in known, f"{name} is not pinned: run `make constraints`"
