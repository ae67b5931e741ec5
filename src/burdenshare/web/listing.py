"""Items of the dossier as rows of a page, each with its sources and what speaks against it side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from burdenshare.brief.citations import how_known, name
from burdenshare.dossier import Item, Version
from burdenshare.record import Entry
from burdenshare.web import wording
from burdenshare.web.language import Words
from burdenshare.web.view import View

SHOWN = 4  # quotes for a row, and as many against it; the page of the item has them all
NAMED = 5  # voices named for a version
PAGE = 40  # rows of a page


@dataclass(frozen=True, slots=True)
class Told:
    """One claim as a source: its words, who said them, the report, how the report's date is known."""

    claim: str
    report: str
    kind: str
    words: str
    said_by: tuple[str, ...]
    outlet: str
    published: str
    how: str
    decision: str
    supports: bool


@dataclass(frozen=True, slots=True)
class Sourced:
    """The sources of an item: some of each side, how many there are, and where all of them stand."""

    support: tuple[Told, ...]
    dissent: tuple[Told, ...]
    supporting: int
    dissenting: int
    voices: int
    href: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One version of a disputed field and who gives it."""

    words: str
    by: tuple[str, ...]
    more: int
    sources: int


@dataclass(frozen=True, slots=True)
class Disputed:
    """A field on which the reports disagree; the first version is the one shown."""

    field: str
    versions: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells in the order of the columns, tags as keys of the catalogue (`tag.planned`), notes in words."""

    cells: tuple[str, ...]
    sourced: Sourced
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    disputed: tuple[Disputed, ...] = ()
    side: str = ""
    extra: Any = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: columns as keys of the catalogue (`column.when`), rows of this page, and how many pages there are."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    page: int = 1
    pages: int = 1
    note: str = ""


RowOf = Callable[[Item, Sourced], Row]


def told(entry: Entry, t: Words, *, supports: bool = True) -> Told:
    """A claim as a source."""
    when = entry.report.published.when
    return Told(
        entry.id, entry.report.id, entry.claim.kind, " ".join(entry.claim.quote.split())[:600], entry.claim.said_by,
        name(entry.report), wording.date_words(when.text, t) if when else t("none.date"), how_known(entry.report),
        entry.decision or "", supports,
    )  # fmt: skip


def item_path(section: str, item: Item) -> str:
    """Where an item has its own page: under its section and its first claim."""
    return f"/items/{section}/{item.support[0] if item.support else item.dissent[0] if item.dissent else '-'}"


def sourced(view: View, items: Sequence[tuple[str, Item]], *, each: int = SHOWN) -> list[Sourced]:
    """The sources of these items, asked for at once."""
    wanted = [id_ for _, item in items for ids in (item.support, item.dissent) for id_ in islice(ids, each)]
    entries = view.entries(wanted)

    def some(ids: Iterable[str], supports: bool) -> tuple[Told, ...]:
        return tuple(told(entries[i], view.t, supports=supports) for i in islice(ids, each) if i in entries)

    return [
        Sourced(
            some(item.support, True), some(item.dissent, False), len(item.support), len(item.dissent), item.sources,
            view.url(item_path(section, item)),
        )
        for section, item in items
    ]  # fmt: skip


def alternatives(field: str, versions: Sequence[Version], view: View) -> Disputed:
    """A disputed field with its versions."""
    return Disputed(
        view.t.of("field", field),
        tuple(
            Alternative(
                wording.value(field, v.value, view.case, view.t), v.by[:NAMED], max(0, len(v.by) - NAMED), v.sources
            )
            for v in versions
        ),
    )


def disputed(versions: Mapping[str, Sequence[Version]], view: View) -> tuple[Disputed, ...]:
    """Every disputed field of an item."""
    return tuple(alternatives(field, found, view) for field, found in versions.items() if found)


def listing(
    view: View,
    id_: str,
    columns: tuple[str, ...],
    items: Sequence[tuple[str, Item]],
    row: RowOf,
    *,
    page: int = 1,
    title: str = "",
    note: str = "",
) -> Listing:
    """The page of a table; `items` are all of them, each with its section."""
    pages = max(1, -(-len(items) // PAGE))
    page = min(page, pages)
    here = items[(page - 1) * PAGE : page * PAGE]
    rows = [row(item, source) for (_, item), source in zip(here, sourced(view, here), strict=True)]
    return Listing(id_, title or view.t(f"{id_}.title"), columns, tuple(rows), len(items), page, pages, note)
