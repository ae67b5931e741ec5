"""Writes docs/commands.md from the commands' own help; `make docs` runs it, and a test says when it is stale."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from burdenshare.cli import main

TARGET = Path(__file__).with_name("commands.md")
HEAD = """# Commands

This page is written by `make docs` from the help of the commands. `burdenshare COMMAND --help` prints the same.

Exit status: 0 done, 1 the input was bad (one sentence on standard error says what to do), 2 the command was wrong.
"""


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it, groups before their own commands."""
    context = click.Context(group)
    for name in group.list_commands(context):
        here, command = (*path, name), group.get_command(context, name)
        assert command is not None
        yield here, command
        if isinstance(command, click.Group):
            yield from commands(command, here)


def prose_and_examples(command: click.Command) -> tuple[str, list[str]]:
    """The help in sentences, and the lines of its examples."""
    before, _, after = inspect.cleandoc(command.help or getattr(command, "_real", command).help or "").partition("\b\n")
    examples = [line.strip() for line in after.splitlines()[1:] if line.strip()]
    return before.strip(), examples


def options(command: click.Command) -> list[str]:
    """A line an option: its spelling and what it does."""
    context = click.Context(command, max_content_width=10_000)
    records = [p.get_help_record(context) for p in command.params if isinstance(p, click.Option)]
    return [f"- `{spelling}`: {' '.join(words.split())}" for spelling, words in (r for r in records if r)]


def section(path: tuple[str, ...], command: click.Command) -> str:
    """A command as a section of the page."""
    context = click.Context(command, info_name=" ".join(("burdenshare", *path)))
    prose, examples = prose_and_examples(command)
    usage = " ".join([context.info_name or "", *command.collect_usage_pieces(context)])
    lines = [f"## {' '.join(path)}" if path else "## burdenshare", "", f"    {usage}", "", prose]
    listed = options(command)
    if listed:
        lines += ["", *listed]
    if examples:
        lines += ["", "```sh", *examples, "```"]
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, section((), main), *(section(path, command) for path, command in commands())])


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
    print(TARGET)
