"""The briefing before it is set: sections of lines and tables, each line with the claims behind it."""

from __future__ import annotations

from dataclasses import dataclass

from burdenshare.record import Report


@dataclass(frozen=True, slots=True)
class Line:
    """A statement of the briefing. `label` leads (a date, a topic); `note` is set small; `support` are claim ids."""

    text: str
    support: tuple[str, ...] = ()
    label: str = ""
    note: str = ""
    tag: str = ""  # planned, not confirmed, disputed


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row with the claims behind it."""

    cells: tuple[str, ...]
    support: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the sources are a last column of their own."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """An SVG drawing with its text alternative."""

    svg: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the briefing; `empty` is what it says where there is nothing to list."""

    id: str
    title: str
    lines: tuple[Line, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    more: tuple[tuple[str, tuple[Line, ...]], ...] = ()  # further lists, each under a heading of its own
    empty: str = ""
    timeline: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of one claim, under the label that lines cite (`3b`)."""

    label: str
    claim: str
    words: str
    said_by: tuple[str, ...]
    review: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A report as the list of sources shows it."""

    number: int
    report: Report
    name: str
    published: str
    how: str
    quotations: tuple[Quotation, ...]
    copy_of: int | None = None


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything the templates set."""

    title: str
    subtitle: str
    basis: str
    summary: tuple[Line, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    left_out: tuple[str, ...]
    legend: str = ""  # what the marks beside figures mean, where figures were checked
