"""Outlook: how likely a deal is by each date, at what figure, what moved that, and what if."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import HTMLResponse, Response

from burdenshare.brief.model import Chart
from burdenshare.errors import BurdenshareError
from burdenshare.outlook import Outlook, to_json
from burdenshare.outlook.summary import numbers
from burdenshare.web import forecast_charts as drawing
from burdenshare.web import forecast_tables as tables
from burdenshare.web import wording
from burdenshare.web.costing.tables import Grid
from burdenshare.web.forecast_tables import Base, Move, Tile, Track
from burdenshare.web.forecasts import History
from burdenshare.web.pages.downloads import as_csv, as_json
from burdenshare.web.pages.talks import SINCE, last_day
from burdenshare.web.registry import Page
from burdenshare.web.supposing import Supposed, supposed
from burdenshare.web.view import BLANK, View, Viewing, address

router = APIRouter()
MOVES = 12  # observations shown, the strongest first


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: its bounds, what it says, and where its slider stands; without `high` it is a day."""

    name: str
    value: str
    low: str = ""
    high: str = ""
    step: str = ""
    stands: str = ""
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class OutlookPage:
    """The forecast as of the page's day, beside the simple ones, with what moved it and how such forecasts fared.

    `lead` and `more` are sentences. `fault` says why a supposition cannot be used; then the forecast is the
    one without it. `state` is that of the forecasts of the months before: done, running (`done` of
    `dates`), none (`why`) or too-large.
    """

    day: str
    status: str
    lead: str
    more: tuple[str, ...]
    fault: str
    given: tuple[tuple[str, str], ...]
    form: tuple[Field, ...]
    other: str
    tiles: tuple[Tile, ...]
    deal_by: Chart | None
    figure: Chart | None
    grids: tuple[Grid, ...]
    moves: tuple[Move, ...]
    moves_in_all: int
    since: str
    since_words: str
    bases: tuple[Base, ...]
    track: Track | None
    fan: Chart | None
    fan_table: Grid | None
    state: str
    done: int
    dates: int
    why: str
    how: tuple[tuple[str, str], ...]
    parameters: Grid | None
    unused: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


PAGE = Page("outlook", OutlookPage, "/outlook")
Question = Annotated[Supposed, Depends(supposed)]
Since = Annotated[date | None, BLANK, Query(description="Mark what came after this day as new.")]


@dataclass(frozen=True, slots=True)
class Answer:
    """The forecast asked for, the one without suppositions, and why they could not be used."""

    found: Outlook
    plain: Outlook
    fault: str

    @property
    def other(self) -> Outlook | None:
        """The forecast to hold this one against; None where nothing is supposed."""
        return self.plain if self.found is not self.plain and self.plain.status == "forecast" else None


def day_of(view: View) -> date:
    """The day of the forecast: as asked, else that of the last dated report."""
    return view.as_of or last_day(view)


def answer(view: View, asked: Supposed, since: date | None) -> Answer:
    """The forecast with and without what is supposed."""
    forecasts, day = view.desk.forecasts, day_of(view)
    plain = forecasts.get(view.snapshot, day, since=since)
    try:
        given = asked.given()
        found = forecasts.get(view.snapshot, day, what_if=given, since=since) if given else plain
    except BurdenshareError as error:
        return Answer(plain, plain, " ".join(str(error).split()))
    return Answer(found, plain, "")


def fields(asked: Supposed, o: Outlook) -> tuple[Field, ...]:
    """The form, each slider where the field or the forecast stands."""
    middle = f"{o.rise.quantile(0.5):.0f}" if o.rise is not None else "0"

    def rise(name: str) -> Field:
        value = asked.text(name)
        return Field(name, value, "-20", "60", "0.5", value or middle)

    def chance(name: str) -> Field:
        value, usual = asked.text(name), o.parameters.get(name)
        stands = f"{100 * usual:.0f}" if usual is not None else "0"
        return Field(name, value, "0", "100", "1", value or stands, stands)

    return (
        rise("demand"), rise("offer"), rise("tentative"), chance("veto"), chance("approval"),
        Field("expiry", asked.text("expiry")), Field("next_round", asked.text("next_round")),
    )  # fmt: skip


def context(view: View, asked: Supposed, since: date | None) -> OutlookPage:
    """The page's context."""
    t, day = view.t, day_of(view)
    before = since or day - SINCE
    got = answer(view, asked, before)
    found = got.found
    history = view.desk.forecasts.history(view.snapshot, day)
    words = tables.sentences(found, view.case, t)
    track = tables.track(found, view)
    query = asked.query() if not got.fault else {}
    return OutlookPage(
        wording.date_words(day.isoformat(), t), found.status, words[0], words[1:], got.fault,
        tuple((tables.name_of(name, t), value) for name, value in found.what_if.items()),
        fields(asked, got.plain), asked.other.strip(), tables.tiles(found, got.other, view),
        drawing.by_date(found, got.other, t), drawing.figure(found, got.other, t), tables.grids(found, got.other, view),
        tables.moves(found, view)[:MOVES], len(tables.told(found)), before.isoformat(),
        wording.date_words(before.isoformat(), t), tables.bases(found, track, t), track,
        drawing.fan(history.outlooks, t), tables.fan(history.outlooks, view), history.state, history.done, history.of,
        history.why, tables.how(found, t), tables.parameters(found, t), found.unused, files(view, query),
    )  # fmt: skip


def files(view: View, query: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What there is to take away, by label."""
    t = view.t
    found = [(t("outlook.file_forecast", form=f.upper()), view.url(f"/outlook/forecast.{f}", **query))
             for f in ("csv", "json")]  # fmt: skip
    found += [(t("outlook.file_history", form=f.upper()), view.url(f"/outlook/history.{f}")) for f in ("csv", "json")]
    return (*found, ("API", address(f"api/v1/{view.case.id}", view.as_of, "/outlook", query)))


# -- addresses -------------------------------------------------------------------------------------------------------


@router.get("/{case}/outlook", response_class=HTMLResponse, summary="Outlook")
def outlook(view: Viewing, asked: Question, since: Since = None) -> Response:
    """How likely a deal is by each date and at what figure, as of the day, and what if."""
    history = view.desk.forecasts.history(view.snapshot, day_of(view))
    return view.page("outlook", lambda: context(view, asked, since), keep=history.state != "running")


def forecast_rows(o: Outlook) -> Iterator[Mapping[str, Any]]:
    """A forecast as rows: a measure, the level or day or year it is for, the value and its unit."""
    from burdenshare.outlook import LEVELS

    def row(measure: str, at: Any, value: Any, unit: str) -> dict[str, Any]:
        return {"case": o.case, "as_of": o.as_of.isoformat(), "measure": measure, "at": at, "value": value,
                "unit": unit}  # fmt: skip

    for day, p in o.deal_by:
        yield row("deal by", day.isoformat(), p, "probability")
    for measure, of in (("rise", o.rise), ("amount", o.amount), ("date", o.date)):
        if of is not None:
            for level, value in zip(LEVELS, of.quantiles, strict=True):
                yield row(f"{measure}, quantile", level, value, of.unit)
    for years, p in o.term:
        yield row("term", years, p, "probability")
    for name, number in numbers(o).items():
        yield row("figure", name, number, "")


def history_rows(history: History) -> Iterator[Mapping[str, Any]]:
    """A row a date: what was forecast then."""
    for o in history.outlooks:
        yield {"case": o.case, "as_of": o.as_of.isoformat(), "status": o.status, **numbers(o)}


def _file(view: View, name: str, form: str, rows: Iterator[Mapping[str, Any]]) -> Response:
    day = view.as_of.isoformat() if view.as_of else "all"
    return Response(
        "".join((as_csv if form == "csv" else as_json)(rows)),
        media_type="text/csv; charset=utf-8" if form == "csv" else "application/json",
        headers={"content-disposition": f'attachment; filename="{view.case.id}-{name}-{day}.{form}"'},
    )


Form = Annotated[str, Path(pattern="^(csv|json)$")]


@router.get("/{case}/outlook/forecast.{form}", response_class=Response, summary="The forecast as CSV or JSON")
def forecast_file(view: Viewing, asked: Question, form: Form, since: Since = None) -> Response:
    """The forecast: a row a figure as CSV, all of it as JSON. A supposition that cannot be used is an error."""
    got = answer(view, asked, since or day_of(view) - SINCE)
    if got.fault:
        raise BurdenshareError(got.fault)
    rows = forecast_rows(got.found) if form == "csv" else iter([tables.finite(to_json(got.found))])
    return _file(view, "outlook", form, rows)


@router.get("/{case}/outlook/history.{form}", response_class=Response, summary="The forecasts of all months")
def history_file(view: Viewing, form: Form) -> Response:
    """The forecast at each date of the talks; none until they have been worked out."""
    history = view.desk.forecasts.history(view.snapshot, day_of(view))
    rows = history_rows(history) if form == "csv" else iter(tables.finite(to_json(history.outlooks)))
    return _file(view, "outlook-history", form, rows)
