"""`burdenshare serve`: the workbench in the browser."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import click

from burdenshare.cli import options


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Where to listen; any address beyond this machine demands accounts.")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="The port to listen on.")
@click.option("--name", "names", multiple=True, metavar="HOST",
              help="A host name the workbench goes by beside its address, such as a proxy's.")  # fmt: skip
@click.option("--https", is_flag=True, help="A proxy before it speaks https: cookies are sent over https only.")
@click.option(
    "--allow-private", multiple=True, metavar="HOST", help="A host on a private network to read reports from."
)
@click.option(
    "--who", metavar="NAME", help="Who signs reviews where there are no accounts.  [default: your login name]"
)
@click.option("--cache", envvar="BURDENSHARE_CACHE", metavar="FOLDER", show_envvar=True,
              type=click.Path(file_okay=False),
              help="Keeps what took long to work out for the next start.  [default: your cache folder]")  # fmt: skip
@click.option("--open/--no-open", "open_", default=True, show_default=True, help="Open it in the browser.")
@options.case
@click.pass_obj
def serve(
    db: str, host: str, port: int, names: tuple[str, ...], https: bool, allow_private: tuple[str, ...], who: str | None,
    cache: str | None, open_: bool, case_name: str | None,
) -> None:  # fmt: skip
    """Open the workbench on the record in the browser: the talks, the reports, review, search, the briefing.

    It listens on this machine only. A record that is not there yet is made.

    \b
    Examples:
      burdenshare serve
      burdenshare serve --port 9000 --no-open
    """
    from dataclasses import replace

    import uvicorn

    from burdenshare import intake
    from burdenshare.record import open_record
    from burdenshare.web.app import create_app
    from burdenshare.web.safety.accounts import Accounts
    from burdenshare.web.settings import settings_for

    with open_record(db) as record:
        settings = settings_for(
            host, port, case=case_name, accounts=Accounts(record, intake.now).count(), who=who or _login(), names=names,
            secure=https,
        )  # fmt: skip
        settings = replace(settings, allow_private=allow_private, cache=_cache(cache))
        app = create_app(record, settings, warm=True)
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"The workbench on {db}: http://{shown}:{port}/  (stop it with Ctrl-C)")
        if open_:
            _open_later(f"http://{'127.0.0.1' if host == '0.0.0.0' else shown}:{port}/")
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, date_header=False)


def _cache(given: str | None) -> Path:
    """The folder given, else `burdenshare` in the user's cache folder (XDG Base Directory)."""
    return Path(given) if given else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "burdenshare"


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "analyst"


def _open_later(address: str) -> None:
    """Opens the browser once the server has had a moment to begin listening."""
    import threading
    import webbrowser

    timer = threading.Timer(1.0, webbrowser.open, [address])
    timer.daemon = True
    timer.start()
