"""Options that several commands share, and how they open the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from burdenshare.case.model import Case
    from burdenshare.record.store import Record

Command = TypeVar("Command", bound=Callable[..., Any])


class Kind(click.ParamType[str]):
    """A kind of claim."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind. A wrong one is a wrong command."""
        from burdenshare.reading.claim import KINDS

        if value not in KINDS:
            self.fail(f"{value!r} is no kind of claim; the kinds are {', '.join(KINDS)}.", param, ctx)
        return str(value)


class Day(click.ParamType[date]):
    """A day as 2019-12-31."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day. A wrong one is a wrong command."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2019-12-31.", param, ctx)


class Edtf(click.ParamType[str]):
    """A date as EDTF: 2019-12-04, 2019-12, 2019-12-03/2019-12-04."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date as given. A wrong one is a wrong command."""
        from burdenshare import edtf

        try:
            return edtf.parse(value).text
        except ValueError as error:
            self.fail(str(error), param, ctx)


def as_of(command: Command) -> Command:
    """`--as-of`: use only what was published by that day."""
    words = "Use only reports published by this day, such as 2019-12-31."
    return click.option("--as-of", type=Day(), metavar="DAY", help=words)(command)


def case(command: Command) -> Command:
    """`--case`: which case a view is of."""
    words = "A shipped case (`case list` names them) or a case folder. [default: the one with most claims]"
    return click.option("--case", "case_name", metavar="CASE", help=words)(command)


class Lang(click.ParamType[str]):
    """A language of the briefing and the tables."""

    name = "lang"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The language's code. A wrong one is a wrong command."""
        from burdenshare.brief import LANGUAGES

        if value not in LANGUAGES:
            self.fail(f"there are no words in {value!r}; the languages are {' and '.join(LANGUAGES)}.", param, ctx)
        return str(value)


def lang(command: Command) -> Command:
    """`--lang`: the language of what is written for people."""
    words = "Language of the words: en or ko. JSON stays the same."
    return click.option("--lang", type=Lang(), default="en", show_default=True, metavar="LANG", help=words)(command)


def output(*formats: str) -> Callable[[Command], Command]:
    """`--format`, the first one being the default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help="How to print it."
    )


@contextmanager
def opened(db: str) -> Iterator[Record]:
    """The record, which must be there already."""
    from burdenshare.record import open_record

    with open_record(db, create=False) as record:
        yield record


def the_case(record: Record, name: str | None) -> Case:
    """The case a view is of; says on stderr which one it took where the record holds several."""
    from burdenshare.api import pick_case

    chosen, held = pick_case(record, name)
    if name is None and len(held) > 1:
        others = ", ".join(c for c in held if c != chosen.id)
        click.echo(f"Showing {chosen.id}; the record also holds claims on {others} (--case).", err=True)
    return chosen


def note_left_out(record: Record, *, case: str | None, as_of: date | None) -> None:
    """Says on stderr how many reports a view as of a day does not use for want of a date."""
    if as_of is None:
        return
    undated = [o for o in record.left_out(as_of=as_of, case=case) if not o.reason.startswith("It came out after")]
    if undated:
        count = "1 report is" if len(undated) == 1 else f"{len(undated)} reports are"
        click.echo(
            f"{count} left out because it is not sure that they came out by {as_of}; "
            f"`burdenshare reports --left-out --as-of {as_of}` names them.",
            err=True,
        )
