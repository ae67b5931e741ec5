"""`burdenshare review`: a person's word on a claim."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from burdenshare.cli import options, output

if TYPE_CHECKING:
    from burdenshare.record.model import Decision


def _fields(pairs: tuple[str, ...]) -> dict[str, Any]:
    """FIELD=JSON, once or more. A bare word stands for itself, so that `act=offer` needs no quotes."""
    fields = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"{pair!r} is not FIELD=JSON; write for example --correct number=4.")
        try:
            fields[name] = json.loads(value)
        except json.JSONDecodeError:
            if value[:1] in '{["':
                raise click.UsageError(f"The value of {name} is not JSON: {value}") from None
            fields[name] = value
    return fields


@click.command()
@click.argument("claim", required=False)
@click.option("--accept", is_flag=True, help="The claim is right as it stands.")
@click.option("--reject", is_flag=True, help="The claim is wrong: it leaves every view, and stays in the record.")
@click.option("--correct", multiple=True, metavar="FIELD=JSON", help="Sets a field; give it again for another one.")
@click.option("--undo", is_flag=True, help="The last decision on the claim counts no more; it stays in the record.")
@click.option("--who", envvar="BURDENSHARE_WHO", default="", metavar="NAME", show_envvar=True, help="Who decided.")
@click.option("--why", default="", metavar="TEXT", help="The reason, in a sentence.")
@click.option("--list", "listing", is_flag=True, help="List every review, oldest first.")
@options.output("table", "json", "jsonl", "csv")
@click.pass_obj
def review(
    db: str, claim: str | None, accept: bool, reject: bool, correct: tuple[str, ...], undo: bool, who: str, why: str,
    listing: bool, form: str,
) -> None:  # fmt: skip
    """Accept, reject or correct a claim. The claim itself is kept; the review is laid over it.

    \b
    Examples:
      burdenshare review 3f2a9c0d11e8b764 --accept --who "A. Kim"
      burdenshare review 3f2a9c0d11e8b764 --correct number=4 --who "A. Kim" --why "The fourth, see the caption."
      burdenshare review 3f2a9c0d11e8b764 --correct 'amount={"value": 5e9, "currency": "USD"}' --who "A. Kim"
      burdenshare review 3f2a9c0d11e8b764 --undo --who "A. Kim"
      burdenshare review --list
    """
    if listing:
        if claim:
            raise click.UsageError("--list takes no claim.")
        _list(db, form)
        return
    if claim is None:
        raise click.UsageError("Name the claim by its id (`burdenshare claims` lists them), or use --list.")
    if accept + reject + bool(correct) + undo != 1:
        raise click.UsageError("Choose one of --accept, --reject, --correct and --undo.")
    if not who.strip():
        raise click.UsageError("Say who decides: --who NAME.")
    from burdenshare import intake

    decision: Decision = "accept" if accept else "reject" if reject else "undo" if undo else "correct"
    with options.opened(db) as record:
        done = record.review(claim, decision, who=who, why=why, at=intake.now(), fields=_fields(correct))
    past = {
        "accept": "accepted", "reject": "rejected", "correct": "corrected", "undo": "last decision undone",
    }[done.decision]  # fmt: skip
    click.echo(f"{claim}: {past} by {output.plain(who)} (review {done.id})")


def _list(db: str, form: str) -> None:
    import dataclasses

    with options.opened(db) as record:
        rows = [dataclasses.asdict(r) | {"at": r.at.isoformat(timespec="seconds")} for r in record.reviews()]
    if form == "json":
        output.as_json(rows)
    elif form == "jsonl":
        output.as_jsonl(rows)
    else:
        columns = ("id", "at", "claim", "decision", "who", "why", "fields", "stands")
        for row in rows:
            row["fields"] = json.dumps(row["fields"], ensure_ascii=False) if row["fields"] else ""
        if form == "csv":
            output.as_csv(columns, rows)
        else:
            output.as_table(columns, [tuple(str(row[c]) for c in columns) for row in rows])
