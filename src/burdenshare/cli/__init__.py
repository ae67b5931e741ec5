"""The commands. Each is a thin cover over the same calls as the Python API, and imports what it needs when it runs."""

from __future__ import annotations

import sys
from typing import Any

import click

from burdenshare.cli import (
    account,
    brief,
    cases,
    check,
    claims,
    cost,
    dossier,
    export,
    history,
    outlook,
    read,
    reports,
    review,
    serve,
)
from burdenshare.cli.later import Later
from burdenshare.errors import BurdenshareError


class Commands(click.Group):
    """A group that ends with one plain sentence and status 1 where the input was bad."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command. Status 2, for a wrong command, is click's own."""
        try:
            return super().invoke(ctx)
        except BurdenshareError as error:
            click.echo(f"burdenshare: {' '.join(str(error).split())}", err=True)
            ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work, not of the alphabet."""
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="burdenshare", prog_name="burdenshare")
@click.option(
    "--db",
    envvar="BURDENSHARE_DB",
    default="burdenshare.db",
    show_default=True,
    show_envvar=True,
    metavar="RECORD",
    help="The record: a file, or a postgresql:// address.",
)
@click.pass_context
def main(ctx: click.Context, db: str) -> None:
    """Turns press reports on cost-sharing talks into a record of sourced claims, a dossier and a briefing.

    \b
    Example:
      burdenshare read reports/ && burdenshare brief -o briefing.html
    """
    ctx.obj = db
    for stream in (sys.stdout, sys.stderr):  # a report's words may hold what a terminal's encoding cannot show
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


for command in (
    read.read, claims.claims, dossier.dossier, check.check, cost.cost, brief.brief, reports.reports, review.review,
    export.export, history.history, outlook.outlook, cases.case,
    serve.serve, account.account,
):  # fmt: skip
    main.add_command(command)
main.add_command(
    Later(
        "bargain",
        "burdenshare.bargaining.commands",
        short_help="Negotiation scenarios: play them, solve them, hold tournaments.",
    )
)
