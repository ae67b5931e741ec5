"""`burdenshare account`: who may use the workbench where people sign in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from burdenshare.cli import output

if TYPE_CHECKING:
    from burdenshare.web.safety.accounts import Accounts

_ROLE = click.Choice(["reader", "analyst", "editor"])
_PASSWORD = click.option(
    "--password-stdin", is_flag=True, help="Take the password from standard input instead of asking for it."
)


@contextmanager
def _accounts(db: str) -> Iterator[Accounts]:
    from burdenshare import intake
    from burdenshare.record import open_record
    from burdenshare.web.safety.accounts import Accounts

    with open_record(db) as record:
        yield Accounts(record, intake.now)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


@click.group()
def account() -> None:
    """Accounts for the workbench: a reader looks, an analyst reviews as well, an editor adds reports too.

    Once there is an account, everybody who opens the workbench has to sign in.

    \b
    Example:
      burdenshare account add kim --role analyst
    """


@account.command()
@click.argument("name")
@click.option("--role", type=_ROLE, default="reader", show_default=True, help="What the account may do.")
@_PASSWORD
@click.pass_obj
def add(db: str, name: str, role: str, password_stdin: bool) -> None:
    """Make an account. The password is asked for, or taken from standard input.

    \b
    Example:
      burdenshare account add kim --role analyst
    """
    with _accounts(db) as accounts:
        accounts.add(name, _password(password_stdin), role)
    click.echo(f"{output.plain(name)}: {role}")


@account.command("list")
@click.pass_obj
def list_(db: str) -> None:
    """List the accounts with their roles.

    \b
    Example:
      burdenshare account list
    """
    with _accounts(db) as accounts:
        rows = [(a.name, a.role, "revoked" if a.revoked else "", a.made.date().isoformat()) for a in accounts.list()]
    output.as_table(("name", "role", "state", "made"), rows)


@account.command("role")
@click.argument("name")
@click.argument("role", type=_ROLE)
@click.pass_obj
def role_(db: str, name: str, role: str) -> None:
    """Change what an account may do, and end its sessions.

    \b
    Example:
      burdenshare account role kim editor
    """
    with _accounts(db) as accounts:
        accounts.change(name, role=role)
    click.echo(f"{output.plain(name)}: {role}")


@account.command()
@click.argument("name")
@_PASSWORD
@click.pass_obj
def password(db: str, name: str, password_stdin: bool) -> None:
    """Give an account a new password, and end its sessions.

    \b
    Example:
      burdenshare account password kim
    """
    with _accounts(db) as accounts:
        accounts.change(name, password=_password(password_stdin))
    click.echo(f"{output.plain(name)}: password changed")


@account.command()
@click.argument("name")
@click.option("--undo", is_flag=True, help="Let it in again.")
@click.pass_obj
def revoke(db: str, name: str, undo: bool) -> None:
    """Let an account in no more, and end its sessions at once.

    \b
    Example:
      burdenshare account revoke kim
    """
    with _accounts(db) as accounts:
        accounts.change(name, revoked=not undo)
    click.echo(f"{output.plain(name)}: {'may sign in again' if undo else 'revoked'}")
