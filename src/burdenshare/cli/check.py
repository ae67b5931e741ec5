"""`burdenshare check`: every figure held against the record and the history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from burdenshare.cli import options, output

if TYPE_CHECKING:
    from burdenshare.dossier.checks import Check, Verdict
    from burdenshare.record.model import Entry

_COLUMNS = ("claim", "source", "kind", "field", "family", "verdict", "quote", "arithmetic", "against")


class Judgement(click.ParamType[str]):
    """A verdict, or `wrong` for the two that call a figure wrong."""

    name = "verdict"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The verdict. A wrong word is a wrong command."""
        from burdenshare.dossier.checks import VERDICTS

        known = (*VERDICTS, "wrong")
        wanted = str(value).replace("-", " ")
        if wanted not in known:
            self.fail(f"{value!r} is no verdict; the verdicts are {', '.join(known)}.", param, ctx)
        return wanted


@click.command()
@options.as_of
@options.case
@click.option(
    "--verdict",
    "verdicts",
    type=Judgement(),
    multiple=True,
    metavar="VERDICT",
    help="These verdicts only: consistent, rounded, off, contradicted, cannot-be-checked, or wrong.",
)
@click.option("--kind", type=options.Kind(), metavar="KIND", help="Figures of one kind of claim only.")
@click.option("--source", metavar="REPORT", help="One report only: its id, or its path or address as it was read.")
@options.output("table", "json", "jsonl", "csv")
@options.lang
@click.pass_obj
def check(
    db: str,
    as_of: date | None,
    case_name: str | None,
    verdicts: tuple[str, ...],
    kind: str | None,
    source: str | None,
    form: str,
    lang: str,
) -> None:
    """Hold every figure in the coverage against the case's history, the other reports and its own arithmetic.

    A line a figure: the verdict, the arithmetic to redo it by, and the sources it was held to. `off` is a figure whose
    own arithmetic does not come out, `contradicted` one that the sources or the other reports give otherwise.

    \b
    Examples:
      burdenshare check --verdict wrong
      burdenshare check --as-of 2019-12-31 --format jsonl > checks.jsonl
      burdenshare check --lang ko
    """
    from burdenshare.api import documents_of
    from burdenshare.dossier.checks import WRONG, checks, to_json
    from burdenshare.errors import RecordError

    with options.opened(db) as record:
        case = options.the_case(record, case_name)
        entries = record.entries(case=case.id, as_of=as_of)
        chosen = record.find(source) if source is not None else None
        if source is not None and chosen is None:
            raise RecordError(f"There is no report {source!r} in {record.db}; `burdenshare reports` lists them.")
        documents = documents_of(record, entries)
        options.note_left_out(record, case=case.id, as_of=as_of)
    wanted = {v for w in verdicts for v in (WRONG if w == "wrong" else (w,))}
    found = [
        c
        for c in checks(entries, case, as_of=as_of, documents=documents)
        if (not wanted or c.verdict in wanted)
        and (kind is None or c.kind == kind)
        and (chosen is None or c.source == chosen)
    ]
    if form == "json":
        output.as_json([to_json(c) for c in found])
    elif form == "jsonl":
        output.as_jsonl(to_json(c) for c in found)
    elif form == "csv":
        output.as_csv(_COLUMNS, (_flat(to_json(c)) for c in found))
    else:
        _table(found, entries, lang)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """One cell for what the figure was held to."""
    held = [f"{h['what']} [{h.get('outlet') or h.get('source') or h.get('claim')}]" for h in row["against"]]
    return row | {"against": "; ".join(held)}


def _table(found: list[Check], entries: list[Entry], lang: str) -> None:
    """Wrong figures first, each with its words and the arithmetic."""
    from burdenshare.brief import tongue
    from burdenshare.brief.arithmetic import arithmetic
    from burdenshare.dossier.checks import VERDICTS

    t = tongue(lang)
    verdict = {v: v if lang == "en" else t.of("held", v) for v in VERDICTS}
    order = {v: i for i, v in enumerate(("contradicted", "off", "rounded", "consistent", "cannot be checked"))}
    reports = {e.report.id: e.report.outlet or e.report.origin for e in entries}
    rows = [
        (
            verdict[c.verdict],
            reports.get(c.source, c.source),
            " ".join(c.quote.split()),
            arithmetic(c.arithmetic, t=t),
            c.claim,
        )
        for c in sorted(found, key=lambda c: order[c.verdict])
    ]
    output.as_table(output.headings(("verdict", "report", "words", "arithmetic", "claim"), lang), rows)
    counts = {v: sum(c.verdict == v for c in found) for v in VERDICTS}
    click.echo(_counted(counts, lang), err=True)


def _counted(counts: dict[Verdict, int], lang: str) -> str:
    """How many figures have each verdict, in a line."""
    from burdenshare.brief import tongue

    t = tongue(lang)
    if lang == "en":
        return "; ".join(f"{n} {v}" for v, n in counts.items() if n) or "No figure to check."
    return "; ".join(f"{t.of('held', v)} {n}" for v, n in counts.items() if n) or t("tabled.no-figure")
