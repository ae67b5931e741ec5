"""A group of commands that is imported when it is first asked for, because what it imports takes long."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module

import click


class Later(click.Group):
    """Stands for the group `name` of a module; its one-line help is given here, so that listing it imports nothing."""

    def __init__(self, name: str, module: str, *, short_help: str) -> None:
        super().__init__(name, short_help=short_help)
        self._module = module

    @cached_property
    def _real(self) -> click.Group:
        found = getattr(import_module(self._module), self.name or "")
        assert isinstance(found, click.Group)
        return found

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the group's commands."""
        return self._real.list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command of the group, or None."""
        return self._real.get_command(ctx, cmd_name)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The group's own help."""
        self._real.format_help_text(ctx, formatter)
