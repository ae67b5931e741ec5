"""`burdenshare outlook`: how talks will end."""

from __future__ import annotations

import click

from burdenshare.cli import outlook_table


@click.group()
def outlook() -> None:
    """Forecast how talks will end, with the track record of such forecasts.

    \b
    Example:
      burdenshare outlook table --past sold/ --open today/ --first 2
    """


outlook.add_command(outlook_table.table)
