"""Writes docs/history.md from the definition of the series; `make docs` runs it, and a test says when it is stale."""

from __future__ import annotations

from pathlib import Path

from burdenshare.case.history import SERIES, Series

TARGET = Path(__file__).with_name("history.md")
HEAD = """# The history as open data

This page is written by `make docs` from the definition of the series in `burdenshare.case.history`.

`burdenshare history` prints what a case knows of the past: the contributions year by year, the agreements field by
field, the rounds, the positions, figures on categories, people and their terms of office, and the sources. Each row
names its sources. Where sources disagree, `--all` gives every version; `used` marks the one the case works with, and
`why` says why it is used or put aside.

```sh
burdenshare history                                        # the main series of the longest case, as tables
burdenshare history --case us-japan-hns --series contributions --all
burdenshare history --series terms --all --format csv > terms.csv
burdenshare history --series contributions -o payments.parquet
burdenshare history --all --format parquet -o open-data/   # a file a series
burdenshare history --format json > history.json           # with the disagreements and the sources named
burdenshare history --cite
```

`--cite` prints the line to cite the data by: title, years, the program's version, the date the data were last gone
over, and a fingerprint. The fingerprint is taken over every row of every series, so that two copies of the data can
be told apart or shown to be the same.

In CSV a list's items are parted by semicolons and yes-no is `yes` or `no`. In Parquet the columns are typed; the
file's metadata hold the title, the citation and the data dictionary as JSON, and each column's metadata its meaning
and unit. In JSON there is one list a series, and beside them `disagreements` (every case of versions that differ,
with all of them), `sources` and `citation`.

```python
from burdenshare import case
from burdenshare.case import history

sma = case.load("us-rok-sma")
history.rows(sma, "contributions")  # the series in use; every_version=True for all
history.disagreements(sma)
history.years_missing(sma)  # years without a contribution in use; empty
```

What a rise is measured on: `rise_percent` is worked out from the sums in the series; `rise_percent_reported` is what
the source says. Where they differ, the note says why (a base in another currency, a sum adjusted later).

## The data dictionary

Types: `text`; `texts` (a list of texts); `whole` (a whole number); `number`; `day` (a date); `yes-no`. An empty cell
means that the case does not say.
"""


def section(series: Series) -> str:
    """A series as a section: what a row is, then a line a column."""
    versions = " Only rows in use are printed without `--all`." if series.versioned else ""
    lines = [f"## `{series.name}`: {series.title}", "", f"{series.about}{versions}", ""]
    lines += ["| column | type | unit | meaning |", "| --- | --- | --- | --- |"]
    lines += [f"| `{c.name}` | {c.type} | {c.unit} | {c.meaning} |" for c in series.columns]
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(section(s) for s in SERIES.values())])


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
    print(TARGET)
